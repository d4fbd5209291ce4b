"""Facts as a table for people, each value in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.text import Text

from cs_facts.columns import TEXTS, fact_columns
from cs_facts.errors import UnknownName
from cs_facts.output.labels import DRAFT, WORD_NAMES
from cs_facts.output.layout import FOUND, Column, Row, Table, draw, draw_lines, draw_rows, group_headings
from cs_facts.output.rows import MATCH
from cs_facts.output.values import of_fact, paragraph, source_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cs_facts.model import Catalogue, Fact
    from cs_facts.output.labels import Language
    from cs_facts.output.layout import Cell, Page
    from cs_facts.search.highlight import Highlights

# The columns off a terminal, where a fact is one line, and in one, where the statement stands below or behind them.
_ON_ONE_LINE = ("id", "category", "title", "figure", "value", "when", "paragraph", "text")
_IN_A_TERMINAL = ("title", "figure", "value", "when", "paragraph")

# Columns that a title and a statement have at least; where there are fewer for them they stand above or below.
_TITLE, _STATEMENT = 24, 40

_RIGHT = {"value", "low", "high", "paragraph"}
_WHOLE = {"id", "value", "paragraph", "start", "end"}

_NEAR = ("Near matches", "相近的条目")
_DISPUTE = ("Contradiction {}", "矛盾{}")
_NO_DAY = {"start": ("no first day given", "起始日未载"), "end": ("no last day given", "截止日未载")}
_UNDATED = ("undated", "无日期")
_CONTRADICTED = ("* another fact contradicts this one: facts show ID", "* 与另一条目矛盾：facts show 编号")


@dataclass(frozen=True, slots=True)
class View:
    """How a reader sees facts.

    Attributes:
        store: where they come from.
        language: what the reader reads.
        highlight: what a search found; its language is shown where none is asked for.
        full: of what a search found, how many facts, the first, match whole; the others come near.
        sort: the column by which they are sorted; by a first or last day they are grouped by year.

    """

    store: Catalogue
    language: Language
    highlight: Highlights | None = None
    full: int | None = None
    sort: str = ""

    def text(self, fact: Fact, name: str) -> Text:
        """Return a text of a fact in the reader's language, what a search found highlighted."""
        matched = self.highlight.languages.get(fact.id) if self.highlight else None
        text = Text(self.language.text(getattr(fact, name), matched))
        for start, end in self.highlight.spans(text.plain) if self.highlight else ():
            text.stylize(FOUND, start, end)
        if fact.draft and name == "title":
            text.append(f" {self.language.word(DRAFT)}")
        return text

    def value(self, fact: Fact, name: str) -> str | Text:
        """Return what a column holds of a fact, as people read it."""
        if name in TEXTS:
            return self.text(fact, name)
        if name == "figure":
            mark = " *" if fact.figure and fact.id in self.store.conflicts else ""
            return f"{of_fact(self.store, fact, name, self.language)}{mark}"
        return of_fact(self.store, fact, name, self.language)


def draw_facts(page: Page, view: View, facts: Sequence[Fact], columns: Sequence[str] | None) -> Iterator[str]:
    """Yield a table of facts with their sources under it; without ``columns`` those that fit the page."""
    if columns is not None or page.width is None:
        names = columns or (*_ON_ONE_LINE, *([MATCH] if view.full is not None and view.full < len(facts) else []))
        yield from _draw_columns(page, view, facts, names)
    else:
        names = _IN_A_TERMINAL
        yield from draw(page, *_layouts(page, view, facts))
    if "figure" in names and any(fact.id in view.store.conflicts for fact in facts):
        yield from draw_lines(page, view.language.word(_CONTRADICTED))
    yield from draw_lines(page, source_line(view.store, (fact.source for fact in facts), view.language))


def _groups(view: View, facts: Sequence[Fact]) -> list[str]:
    """Name for each fact its group: what only nearly matches, a year, a contradiction, or a category.

    Facts whose categories are mixed stand in no group.
    """
    if view.full is not None and view.full < len(facts):
        return [""] * view.full + [view.language.words(_NEAR)] * (len(facts) - view.full)
    if (name := view.sort.removeprefix("-")) in _NO_DAY:
        days = [getattr(fact.when, name, None) for fact in facts]
        lacking = [view.language.words(_NO_DAY[name] if fact.when else _UNDATED) for fact in facts]
        return [str(day.year) if day else words for day, words in zip(days, lacking, strict=True)]
    if facts and all(fact.id in view.store.conflicts for fact in facts):
        numbers = _disputes(view.store, [fact.id for fact in facts])
        return [view.language.words(_DISPUTE).replace("{}", str(number)) for number in numbers]
    names = [fact.category for fact in facts]
    if sum(before != name for before, name in pairwise(["", *names])) > len(set(names)):
        return [""] * len(names)
    return [view.language.text(view.store.categories[name]) for name in names]


def _disputes(store: Catalogue, ids: Sequence[str]) -> list[int]:
    """Return for each fact the number of the contradiction that it is a party to."""
    numbers: dict[str, int] = {}
    for id_ in ids:
        number, parties = len(set(numbers.values())) + 1, [id_]
        while parties:
            party = parties.pop()
            if party not in numbers:
                numbers[party] = number
                parties += [conflict.other for conflict in store.conflicts[party]]
    return [numbers[id_] for id_ in ids]


def _draw_columns(page: Page, view: View, facts: Sequence[Fact], names: Sequence[str]) -> Iterator[str]:
    known = (*fact_columns(view.store.languages), *TEXTS, *([MATCH] if view.full is not None else []))
    for name in names:
        if name not in known:
            raise UnknownName("column", name, tuple(dict.fromkeys(known)))
    matches = ("all" if nth < (view.full or 0) else "near" for nth in range(len(facts)))
    said = [page.cell(view.language.words(WORD_NAMES[MATCH][match])) for match in matches]
    rows = [
        [match if name == MATCH else _cell(page, view, fact, name) for name in names]
        for match, fact in zip(said, facts, strict=True)
    ]
    yield from draw_rows(page, [_column(view, name) for name in names], rows, _groups(view, facts))


def _column(view: View, name: str, least: int = 0) -> Column:
    return Column(view.language.heading(name), right=name in _RIGHT, whole=name in _WHOLE, least=least)


def _cell(page: Page, view: View, fact: Fact, name: str) -> Cell:
    value = view.value(fact, name)
    return page.cell(value, "bold" if name == "value" and isinstance(value, str) else "")


def _layouts(page: Page, view: View, facts: Sequence[Fact]) -> Iterator[Table]:
    """Yield the ways to set facts, the first being the one for a wide page.

    The statement stands behind the other columns, or below them; or the title stands alone and the rest below it.
    """
    groups = _groups(view, facts)
    above = group_headings(page, groups)
    named = groups == [view.value(fact, "category") for fact in facts]
    values = [{name: _cell(page, view, fact, name) for name in _IN_A_TERMINAL} for fact in facts]
    titles = [page.cell(view.text(fact, "title"), "bold") for fact in facts]
    statements = [page.cell(_statement(view, fact, named=named)) for fact in facts]
    names = [name for name in _IN_A_TERMINAL[1:] if any(value[name].extent for value in values)]
    columns = [_column(view, "title", _TITLE), *(_column(view, name) for name in names)]
    rows = [[title, *(value[name] for name in names)] for title, value in zip(titles, values, strict=True)]
    yield Table(
        page,
        [*columns, _column(view, "text", _STATEMENT)],
        [Row([*row, text], above=lines) for row, text, lines in zip(rows, statements, above, strict=True)],
    )
    yield Table(page, columns, [Row(*row) for row in zip(rows, ([text] for text in statements), above, strict=True)])
    yield Table(
        page,
        [Column()],
        [
            Row([title], [page.cell(_in_line(view, fact)), text], lines)
            for fact, title, text, lines in zip(facts, titles, statements, above, strict=True)
        ],
    )


def _statement(view: View, fact: Fact, *, named: bool) -> Text:
    """Return the sentence of a fact, and behind it its id, with its category where no heading names that."""
    place = fact.id if named else f"{view.value(fact, 'category')} · {fact.id}"
    return view.text(fact, "text").append("  ").append(place, "dim")


def _in_line(view: View, fact: Fact) -> Text:
    """Set figure, number, period and paragraph in one line."""
    values = [view.value(fact, name) for name in ("figure", "value", "when")]
    place = paragraph(fact.paragraph, view.language) if fact.paragraph else ""
    return Text(" · ".join(str(value) for value in dict.fromkeys((*values, place)) if value))
