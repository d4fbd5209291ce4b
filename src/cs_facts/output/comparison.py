"""A comparison: a summary, a scale for each shared unit, and what was left out and why."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from cs_facts.compare import span_of
from cs_facts.output.labels import number, source_line
from cs_facts.output.scale import Scale
from cs_facts.output.table import Column, Styled, render_lines, render_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cs_facts.compare import Comparison, Panel, Summary
    from cs_facts.index import Index
    from cs_facts.model import Catalogue, Fact
    from cs_facts.output.labels import Language
    from cs_facts.output.table import Page

_SIDE_BY_SIDE = 4
"""Up to so many categories the summary has a row a measure; more of them stand below each other."""

_WIDE_FROM = 100
_BAR = 24
_NARROW_BAR = 8
_COLOURS = ("magenta", "green", "red", "cyan", "yellow", "blue")
"""Of the bars, category by category, the two first told apart by most eyes; the text beside a bar says the same."""
_UNLIKE = "†"


def draw_comparison(
    page: Page, store: Index, comparison: Comparison, language: Language, *, only_shared: bool = False, limit: int = 0
) -> Iterator[str]:
    """Yield the summary, the panels and, unless ``only_shared``, what was left out; ``limit`` rows of each at most."""
    chosen = [summary.category for summary in comparison.summaries]
    colours = dict(zip(chosen, itertools.cycle(_COLOURS), strict=False))
    yield from _draw_summary(page, store, comparison.summaries, language)
    for panel in comparison.panels:
        yield "\n"
        yield from _draw_panel(page, store, panel, colours, language, limit)
    yield "\n"
    if not only_shared:
        yield from render_lines(page, *_left_out(store, comparison, language, limit))
    used = [source for source in store.sources if any(source in summary.sources for summary in comparison.summaries)]
    yield from render_lines(page, source_line(store, used, language))


def _draw_summary(page: Page, store: Catalogue, summaries: Sequence[Summary], language: Language) -> Iterator[str]:
    names = [language.text(store.categories[summary.category]) for summary in summaries]
    measures = _measures(store, language)
    if len(summaries) <= _SIDE_BY_SIDE:
        columns = [Column(language.heading("measure")), *(Column(name, right=True) for name in names)]
        rows = [(name, *(value(summary) for summary in summaries)) for name, value in measures]
    else:
        columns = [Column(language.heading("category")), *(Column(name, right=True) for name, _ in measures[:-1])]
        rows = [
            (name, *(value(summary) for _, value in measures[:-1]))
            for name, summary in zip(names, summaries, strict=True)
        ]
    yield from render_table(page, columns, rows)


def _measures(store: Catalogue, language: Language) -> list[tuple[str, Callable[[Summary], str]]]:
    """Name the measures of the summary and say how each is read; the longest comes last."""

    def units(summary: Summary) -> str:
        return ", ".join(f"{language.text(store.units[unit])} {count}" for unit, count in summary.units.items())

    return [
        (language.heading("facts"), lambda summary: str(summary.facts)),
        (language.heading("figures"), lambda summary: str(summary.figures)),
        (language.heading("rankings"), lambda summary: str(summary.kinds.get("ranking", 0))),
        (language.heading("events"), lambda summary: str(summary.kinds.get("event", 0))),
        (language.heading("awards"), lambda summary: str(summary.kinds.get("award", 0))),
        (language.heading("contradicted"), lambda summary: str(summary.conflicts)),
        (language.heading("period"), _years),
        (language.heading("units"), units),
    ]


def _years(summary: Summary) -> str:
    """Write the years that a category speaks of: ``2012/2022``."""
    first, last = (day.year if day else ".." for day in (summary.start, summary.end))
    if first == last:
        return "" if first == ".." else str(first)
    return f"{first}/{last}"


def _draw_panel(
    page: Page, store: Catalogue, panel: Panel, colours: dict[str, str], language: Language, limit: int
) -> Iterator[str]:
    facts = list(panel.facts.limited(limit))
    scale = Scale([end for fact in facts for end in span_of(fact)])
    drawn = scale.drawn and not panel.ordinal and page.width is not None
    columns, cells = _layout(page, store, panel, language)
    rows = [cells(fact) for fact in facts]
    if drawn:
        columns = [*columns, Column("", whole=True)]
        rows = [(*row, bar) for row, bar in zip(rows, _bars(page, facts, scale, colours), strict=True)]
    yield from render_table(page, columns, rows, title=_panel_title(store, panel, language))
    yield from render_lines(page, *_captions(store, panel, facts, scale if drawn else None, language))


def _bars(page: Page, facts: Iterable[Fact], scale: Scale, colours: dict[str, str]) -> Iterator[Styled]:
    width = _NARROW_BAR if (page.width or 0) < _WIDE_FROM else _BAR
    for fact in facts:
        yield Styled(scale.bar(span_of(fact)[1], width, ascii_only=page.ascii), colours[fact.category])


def _layout(
    page: Page, store: Catalogue, panel: Panel, language: Language
) -> tuple[list[Column], Callable[[Fact], tuple[str, ...]]]:
    """Choose the columns of a panel and say what each shows of a fact."""
    number_column = Column(language.heading("value"), right=True, whole=True, style="bold")
    printed_column = Column(language.heading("figure"))

    def start(fact: Fact) -> tuple[str, str]:
        return number(fact.figure, language) if fact.figure else "", _printed(store, fact)

    def parts(fact: Fact) -> tuple[str, str, str]:
        when = (fact.when.edtf if fact.when else "") + _UNLIKE * panel.is_unlike(fact)
        return language.text(store.categories[fact.category]), language.text(fact.title), when

    if page.width is not None and page.width < _WIDE_FROM:
        together = Column(f"{language.heading('title')} / {language.heading('category')}")
        return [number_column, printed_column, together], lambda fact: (*start(fact), _stacked(*parts(fact)))
    columns = [number_column, printed_column]
    columns += [Column(language.heading(name)) for name in ("category", "title", "when")]
    if page.width is not None:
        return columns, lambda fact: (*start(fact), *parts(fact))
    return [Column(language.heading("id")), *columns], lambda fact: (fact.id, *start(fact), *parts(fact))


def _stacked(category: str, title: str, when: str) -> str:
    return f"{title}\n{', '.join(filter(None, (category, when)))}"


def _printed(store: Catalogue, fact: Fact) -> str:
    """Write a figure as printed, and behind a mark the other side's where another fact contradicts it."""
    assert fact.figure is not None  # a panel holds figures
    others = [store.by_id[conflict.other] for conflict in store.conflicts.get(fact.id, ())]
    if not others:
        return fact.figure.printed
    return f"{fact.figure.printed} * ({', '.join(o.figure.printed if o.figure else o.id for o in others)})"


def _panel_title(store: Catalogue, panel: Panel, language: Language) -> str:
    unit = language.text(store.units[panel.unit])
    ranks = language.word((" (ranks)", "（名次）")) if panel.ordinal else ""
    return f"{language.heading('unit')}: {unit}{ranks}" + (f" · {panel.group}" if panel.group else "")


def _captions(
    store: Catalogue, panel: Panel, facts: Sequence[Fact], scale: Scale | None, language: Language
) -> Iterator[str]:
    if scale:
        words = (
            ("Bars: logarithmic, {} to {}", "对数刻度，{} 至 {}")
            if scale.logarithmic
            else ("Bars: {} to {}", "刻度 {} 至 {}")
        )
        yield language.word(words).format(*scale.ends())
    if any(map(panel.is_unlike, facts)):
        yield language.word(
            (f"{_UNLIKE} undated, or not of the same time as all others", f"{_UNLIKE} 无日期，或与其他数字不属同一时段")
        )
    if any(fact.id in store.conflicts for fact in facts):
        yield language.word(
            ("* contradicted by another fact, whose figure follows in brackets", "* 与另一条目矛盾，括号内为对方的数字")
        )


def _left_out(store: Index, comparison: Comparison, language: Language, limit: int) -> Iterator[str]:
    """Say what stands on no common scale, and why."""
    unshared = list(comparison.unshared.limited(limit))
    uncounted = list(comparison.uncounted.limited(limit))
    if not comparison.panels:
        yield language.word(
            (
                "These categories share no unit, so no figures stand side by side.",
                "这些类别没有共同单位，数字无法并列。",
            )
        )
    if unshared:
        yield language.word(
            ("Left out, since only one of the categories counts so:", "未列入，因为只有一个类别如此计数：")
        )
    units = dict.fromkeys(fact.unit for fact in unshared if fact.unit)
    for unit in units:
        figures = [
            f"{fact.figure.printed} ({language.text(store.categories[fact.category])})"
            for fact in unshared
            if fact.unit == unit and fact.figure
        ]
        yield f"  {language.text(store.units[unit])}: {', '.join(figures)}"
    if uncounted:
        head = language.word(("Left out, since they have no unit: ", "未列入，因为没有单位："))
        yield head + ", ".join(f"{fact.figure.printed} ({fact.id})" for fact in uncounted if fact.figure)
    yield language.word(("Nothing is summed or averaged.", "各数未作加总或平均。"))
