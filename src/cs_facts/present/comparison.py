"""A comparison: a summary, a scale for each shared unit, and what was left out and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_facts.present.listing import span
from cs_facts.present.sheet import Sheet, fact_columns, fact_sheet
from cs_facts.present.table import Column, render_lines, render_table
from cs_facts.present.words import number, source_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cs_facts.compare import Comparison, Panel, Summary
    from cs_facts.model import Store
    from cs_facts.present.table import Page
    from cs_facts.present.words import Language

_TIDY = ("category", "unit", "id", "title", "figure", "value", "bound", "start", "end", "when", "conflicts")


def comparison_sheet(store: Store, comparison: Comparison) -> Sheet:
    """Lay the figures of all panels out as tidy data: one row a figure, one column a variable (Wickham 2014)."""
    known = fact_columns(store)
    columns = [name for wanted in _TIDY for name in known if name.partition("_")[0] == wanted]
    return fact_sheet(store, [fact for panel in comparison.panels for fact in panel.facts], columns)


def draw_comparison(page: Page, store: Store, comparison: Comparison, language: Language) -> Iterator[str]:
    """Yield the summary, the panels and what was left out."""
    yield from _draw_summary(page, store, comparison, language)
    for panel in comparison.panels:
        yield "\n"
        yield from _draw_panel(page, store, panel, language)
    yield "\n"
    yield from render_lines(page, *_left_out(store, comparison, language))
    chosen = {summary.category for summary in comparison.summaries}
    yield from render_lines(page, source_line(store, [f for f in store.facts if f.category in chosen], language))


def _draw_summary(page: Page, store: Store, comparison: Comparison, language: Language) -> Iterator[str]:
    summaries = comparison.summaries
    columns = [
        Column(language.heading("measure")),
        *(Column(language.text(store.categories[summary.category]), right=True) for summary in summaries),
    ]
    rows = [(name, *(value(summary) for summary in summaries)) for name, value in _measures(language)]
    yield from render_table(page, columns, rows)


def _measures(language: Language) -> list[tuple[str, Callable[[Summary], str]]]:
    """Name the rows of the summary and say how each is read."""
    return [
        (language.heading("facts"), lambda summary: str(summary.facts)),
        (language.heading("figures"), lambda summary: str(summary.figures)),
        (language.heading("rankings"), lambda summary: str(summary.kinds.get("ranking", 0))),
        (language.heading("events"), lambda summary: str(summary.kinds.get("event", 0))),
        (language.heading("awards"), lambda summary: str(summary.kinds.get("award", 0))),
        (language.heading("period"), span),
        (language.heading("contradicted"), lambda summary: str(summary.conflicts)),
        (language.heading("units"), lambda summary: str(len(summary.units))),
    ]


def _draw_panel(page: Page, store: Store, panel: Panel, language: Language) -> Iterator[str]:
    columns = [
        Column(language.heading("value"), right=True, whole=True, style="bold"),
        Column(language.heading("figure")),
        Column(language.heading("category"), style="cyan"),
        Column(language.heading("title")),
        Column(language.heading("when")),
    ]
    rows = [
        (
            number(fact.figure, language),
            fact.figure.printed + " *" * (fact.id in store.conflicts),
            language.text(store.categories[fact.category]),
            language.text(fact.title),
            fact.when.edtf if fact.when else "",
        )
        for fact in panel.facts
        if fact.figure
    ]
    title = f"{language.heading('unit')}: {language.text(store.units[panel.unit])}"
    yield from render_table(page, columns, rows, title=title)


def _left_out(store: Store, comparison: Comparison, language: Language) -> Iterator[str]:
    """Say what stands on no common scale, and why."""
    units = [
        language.word(("{} ({} only)", "{}（仅{}）")).format(
            language.text(store.units[unit]), language.text(store.categories[category])
        )
        for unit, category in comparison.unshared.items()
    ]
    if units:
        head = language.word(
            ("Left out, because only one of the categories counts it: ", "未列入（只有一个类别使用该单位）：")
        )
        yield head + language.word((", ", "、")).join(units)
    if comparison.uncounted:
        head = language.word(("Left out, because the figure has no unit: ", "未列入（数字没有单位）："))
        yield head + ", ".join(fact.id for fact in comparison.uncounted)
    if not comparison.panels:
        yield language.word(
            (
                "These categories share no unit, so no figures stand side by side.",
                "这些类别没有共同单位，数字无法并列。",
            )
        )
    yield language.word(("Nothing is summed or averaged.", "各数未作加总或平均。"))
