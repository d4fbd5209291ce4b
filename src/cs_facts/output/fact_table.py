"""Facts and categories as tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_facts.errors import UnknownName
from cs_facts.output.labels import bound, kind, number, paragraph, source_line
from cs_facts.output.rows import cell_of, fact_columns, flat
from cs_facts.output.table import Column, Styled, render_lines, render_table, stacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from cs_facts.compare import Summary
    from cs_facts.index import Index
    from cs_facts.model import Catalogue, Fact
    from cs_facts.output.labels import Language
    from cs_facts.output.table import Page
    from cs_facts.search.highlight import Highlights

_PLACE = "place"
"""What stands for a paragraph where its heading is not beside it: ``¶ 43``."""

_TITLE_AND_ID = "title+id"
"""A column for narrow terminals: the id below the title, so that it stays whole."""

_WHEN_AND_PLACE = "when+paragraph"
_FIGURE_AND_MORE = "figure+value+when+paragraph"
"""Likewise, for narrow terminals and for still narrower ones."""

OFF_TERMINAL = ("id", "category", "title", "figure", "value", "when", "paragraph", "text")
_FROM_WIDTH = {
    # columns of the terminal: what a table shows from there on; narrower ones show records
    120: ("id", "title", "figure", "value", "when", "paragraph", "text"),
    80: (_TITLE_AND_ID, "figure", "value", _WHEN_AND_PLACE),
    60: (_TITLE_AND_ID, _FIGURE_AND_MORE),
    0: ("title", "id", "figure", "value", "when", "paragraph"),
}

_CATEGORIES_FROM = 100
"""Columns of a terminal in which a category's id stands beside its name."""

_READABLE = 12
_COUNT = 5
"""Columns that a count of facts needs."""

_RIGHT = {"value", "paragraph"}
_WHOLE = {"id", "value", "paragraph", "start", "end", "when"}
_TEXTS = {"title", "text", "note"}
_MARKED = "figure"
"""The column in which a fact in conflict has its mark."""

_FULL, _NEAR = ("all words", "全部匹配"), ("near matches", "相近条目")
_CONTRADICTED = ("another fact contradicts this one: facts show ID", "与另一条目矛盾：facts show ID")


def draw_facts(
    page: Page,
    store: Index,
    facts: Sequence[Fact],
    columns: Sequence[str] | None,
    language: Language,
    marks: Highlights | None = None,
    sort: str | None = None,
    full: int | None = None,
) -> Iterator[str]:
    """Yield a table of facts with their sources under it.

    Args:
        page: what it is drawn on.
        store: where the facts come from.
        facts: the rows.
        columns: column names, ``title`` being that in the reader's language; None: those that fit the page.
        language: what the reader reads.
        marks: what a search found; its language is shown where none is asked for.
        full: how many facts, the first, match a search whole; the near ones stand under a heading of their own.
        sort: the column by which they are sorted; by a first or last day they are grouped by year.

    Raises:
        UnknownName: there is no such column.

    """
    names = columns or _fitting(page)
    longest = max((len(fact.id) for fact in facts), default=0)
    headings = [_column(name, language, min(longest, (page.width or 0) // 2)) for name in names]
    rows = list(zip(*(_values(store, facts, name, language, marks) for name in names), strict=True))
    years = _years(facts, (sort or "").removeprefix("-"), language)
    if full is not None and full < len(facts):
        words = [language.words(_FULL)] * full + [language.words(_NEAR)] * (len(facts) - full)
        yield from render_table(page, headings, rows, groups=words, labelled=True)
    else:
        groups = years or _disputes(store, facts) or _categories(facts)
        yield from render_table(page, headings, rows, groups=groups, labelled=bool(years))
    if any(_MARKED in name.split("+") for name in names) and any(fact.id in store.conflicts for fact in facts):
        yield from render_lines(page, f"* {language.words(_CONTRADICTED)}")
    yield from render_lines(page, source_line(store, (fact.source for fact in facts), language))


def _fitting(page: Page) -> Sequence[str]:
    """Return the columns that suit a page."""
    if page.width is None:
        return OFF_TERMINAL
    return next(names for least, names in _FROM_WIDTH.items() if page.width >= least)


def _years(facts: Sequence[Fact], sort: str, language: Language) -> list[str]:
    """Name for each fact the year by which a timeline groups it; nothing where the order is no timeline."""
    if sort not in ("start", "end"):
        return []
    days = [getattr(fact.when, sort, None) for fact in facts]
    lacking = [language.heading(f"no {sort}" if fact.when else "undated") for fact in facts]
    return [str(day.year) if day else name for day, name in zip(days, lacking, strict=True)]


def _disputes(store: Index, facts: Sequence[Fact]) -> list[str]:
    """Name for each fact the dispute that it is a party to; nothing where not every fact is."""
    first = [store.disputes.get(fact.id, "") for fact in facts]
    return first if all(first) else []


def _categories(facts: Sequence[Fact]) -> list[str]:
    """Name for each fact its category; nothing where those of one category do not stand together."""
    names = [fact.category for fact in facts]
    runs = sum(before != name for before, name in zip(["", *names], names, strict=False))
    return names if runs == len(set(names)) else []


def _column(name: str, language: Language, id_width: int) -> Column:
    if name == _TITLE_AND_ID:
        return Column(f"{language.heading('title')} / {language.heading('id')}", least=max(id_width, _READABLE))
    if "+" in name:
        headings = [language.heading(part) for part in name.split("+")]
        return Column((" / " if len(headings) == 2 else "\n").join(headings), whole=True)
    style = {"value": "bold"}.get(name, "")  # no colour of the sixteen is legible on dark and light grounds alike
    return Column(language.heading(name), right=name in _RIGHT, whole=name in _WHOLE, style=style)


def _values(store: Index, facts: Sequence[Fact], name: str, language: Language, marks: Highlights | None) -> list[str]:
    """Return a column of a table for people."""
    if name in _TEXTS:
        matched = marks.languages if marks else {}
        texts = [language.text(getattr(fact, name), matched.get(fact.id)) for fact in facts]
        return [Styled(text, spans=marks.spans(text)) for text in texts] if marks else texts
    if "+" in name:
        parts = [_values(store, facts, part, language, marks) for part in name.replace("paragraph", _PLACE).split("+")]
        return [stacked(row) for row in zip(*parts, strict=True)]
    if name in _WORDS:
        return [_WORDS[name](store, fact, language) for fact in facts]
    if name not in fact_columns(store):
        raise UnknownName("column", name, dict.fromkeys((*fact_columns(store), *sorted(_TEXTS))))
    values = [flat(cell_of(store, fact, name)) for fact in facts]
    if name == _MARKED:
        return [value + " *" * (fact.id in store.conflicts) for value, fact in zip(values, facts, strict=True)]
    return values


_WORDS: Mapping[str, Callable[[Catalogue, Fact, Language], str]] = {
    # what a machine format gives as an id is a word for people
    "category": lambda store, fact, language: language.text(store.categories[fact.category]),
    "kind": lambda _, fact, language: kind(fact, language),
    "value": lambda _, fact, language: number(fact.figure, language) if fact.figure else "",
    "unit": lambda store, fact, language: language.text(store.units[fact.unit]) if fact.unit else "",
    "bound": lambda _, fact, language: bound(fact, language),
    _PLACE: lambda _, fact, language: paragraph(fact.paragraph, language) if fact.paragraph else "",
}


def draw_categories(page: Page, store: Index, summaries: Sequence[Summary], language: Language) -> Iterator[str]:
    """Yield a table of categories: what each holds and the days that it speaks of."""
    stacked = page.width is not None and page.width < _CATEGORIES_FROM
    longest = max((len(category) for category in store.categories), default=0)
    columns = [
        *([] if stacked else [Column(language.heading("id"), whole=True)]),
        Column(" / ".join(map(language.heading, ("category", "id"))), least=longest)
        if stacked
        else Column(language.heading("category")),
        *(Column(language.heading(name), right=True, least=_COUNT) for name in ("facts", "figures")),
        Column(language.heading("period"), whole=True),
        Column(language.heading("contradicted"), right=True, least=_COUNT),
    ]
    rows = [
        (
            *_named(store, summary.category, language, stacked=stacked),
            str(summary.facts),
            str(summary.figures),
            span(summary).replace("/", "/\n") if stacked else span(summary),
            str(summary.conflicts),
        )
        for summary in summaries
    ]
    yield from render_table(page, columns, rows)
    used = [source for source in store.sources if any(source in summary.sources for summary in summaries)]
    yield from render_lines(page, source_line(store, used, language))


def _named(store: Index, category: str, language: Language, *, stacked: bool) -> tuple[str, ...]:
    """Give a category's id and name in two cells, or the id below the name in one."""
    name = language.text(store.categories[category])
    return (f"{name}\n{category}",) if stacked else (category, name)


def span(summary: Summary) -> str:
    """Write the days that a category speaks of: ``2012-01-01/2022-12-31``."""
    if summary.start is None and summary.end is None:
        return ""
    return f"{summary.start or '..'}/{summary.end or '..'}"
