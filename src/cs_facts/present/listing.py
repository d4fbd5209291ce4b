"""Facts and categories as tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_facts.errors import UnknownName
from cs_facts.present.sheet import fact_columns, fact_sheet, flat
from cs_facts.present.table import Column, render_lines, render_table
from cs_facts.present.words import number, source_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cs_facts.compare import Summary
    from cs_facts.model import Fact, Store
    from cs_facts.present.table import Page
    from cs_facts.present.words import Language

_TITLE_AND_ID = "title+id"
"""A column for narrow terminals: the id below the title, so that it stays whole."""

NARROW = (_TITLE_AND_ID, "figure", "value", "when")
WIDE = ("id", "title", "figure", "value", "when", "paragraph", "text")
OFF_TERMINAL = ("id", "category", "title", "figure", "value", "when", "paragraph", "text")
_WIDE_FROM = 120

_RIGHT = {"value", "paragraph"}
_WHOLE = {"id", "value", "paragraph"}
_TEXTS = {"title", "text", "note"}
_MARKED = "figure"
"""The column in which a fact in conflict has its mark."""


def draw_facts(
    page: Page,
    store: Store,
    facts: Sequence[Fact],
    columns: Sequence[str] | None,
    language: Language,
    matched: Mapping[str, str],
) -> Iterator[str]:
    """Yield a table of facts with their sources under it.

    Args:
        page: what it is drawn on.
        store: where the facts come from.
        facts: the rows.
        columns: column names, ``title`` being that in the reader's language; None: those that fit the page.
        language: what the reader reads.
        matched: fact id → the language in which a search found it, shown where none is asked for.

    Raises:
        UnknownName: there is no such column.

    """
    names = columns or (OFF_TERMINAL if page.width is None else WIDE if page.width >= _WIDE_FROM else NARROW)
    longest = max((len(fact.id) for fact in facts), default=0)
    headings = [_column(name, language, min(longest, (page.width or 0) // 2)) for name in names]
    rows = list(zip(*(_values(store, facts, name, language, matched) for name in names), strict=True))
    yield from render_table(page, headings, rows, groups=[fact.category for fact in facts])
    if _MARKED in names and any(fact.id in store.conflicts for fact in facts):
        yield from render_lines(page, language.word((
            "* another fact contradicts this one: facts show ID",
            "* 与另一条目矛盾：facts show ID",
        )))  # fmt: skip
    yield from render_lines(page, source_line(store, facts, language))


def _column(name: str, language: Language, id_width: int) -> Column:
    if name == _TITLE_AND_ID:
        return Column(f"{language.heading('title')} / {language.heading('id')}", least=id_width)
    style = {"id": "cyan", "category": "cyan", "value": "bold"}.get(name, "")
    return Column(language.heading(name), right=name in _RIGHT, whole=name in _WHOLE, style=style)


def _values(
    store: Store, facts: Sequence[Fact], name: str, language: Language, matched: Mapping[str, str]
) -> list[str]:
    """Return a column of a table for people."""
    if name in _TEXTS:
        return [language.text(getattr(fact, name), matched.get(fact.id)) for fact in facts]
    if name == _TITLE_AND_ID:
        return [f"{language.text(fact.title, matched.get(fact.id))}\n{fact.id}" for fact in facts]
    if name == "value":
        return [number(fact.figure, language) if fact.figure else "" for fact in facts]
    if name not in fact_columns(store):
        raise UnknownName("column", name, dict.fromkeys((*fact_columns(store), *sorted(_TEXTS))))
    values = [flat(row[0]) for row in fact_sheet(store, facts, [name]).rows]
    if name == _MARKED:
        return [value + " *" * (fact.id in store.conflicts) for value, fact in zip(values, facts, strict=True)]
    return values


def draw_categories(page: Page, store: Store, summaries: Sequence[Summary], language: Language) -> Iterator[str]:
    """Yield a table of categories: what each holds and the days that it speaks of."""
    columns = [
        Column(language.heading("id"), style="cyan"),
        Column(language.heading("category")),
        *(Column(language.heading(name), right=True, whole=True) for name in ("facts", "figures")),
        Column(language.heading("period")),
        Column(language.heading("contradicted"), right=True),
    ]
    rows = [
        (
            summary.category,
            language.text(store.categories[summary.category]),
            str(summary.facts),
            str(summary.figures),
            span(summary),
            str(summary.conflicts),
        )
        for summary in summaries
    ]
    yield from render_table(page, columns, rows)
    used = {summary.category for summary in summaries}
    yield from render_lines(page, source_line(store, [f for f in store.facts if f.category in used], language))


def span(summary: Summary) -> str:
    """Write the days that a category speaks of: ``2012-01-01/2022-12-31``."""
    if summary.start is None and summary.end is None:
        return ""
    return f"{summary.start or '..'}/{summary.end or '..'}"
