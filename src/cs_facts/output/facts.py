"""Draw facts in the reader's language: as a table, as full records, and as a sentence with its citation."""

from __future__ import annotations

import re
from itertools import chain, pairwise, repeat
from typing import TYPE_CHECKING

from rich.text import Text

from cs_facts.citations import cite
from cs_facts.columns import NUMBERS, TEXTS, fact_columns
from cs_facts.errors import check_names
from cs_facts.numbers.characters import NUMERALS
from cs_facts.output.labels import DRAFT, WORD_NAMES
from cs_facts.output.layout import FOUND, Column, Row, Table, as_records, draw, draw_lines, draw_rows, group_headings
from cs_facts.output.rows import MATCH
from cs_facts.output.values import source_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cs_facts import model
    from cs_facts.model import Catalogue, Fact
    from cs_facts.output.layout import Page
    from cs_facts.output.values import View

# The columns off a terminal, where a fact is one line, and those in a terminal, followed by the statement.
_ON_ONE_LINE = ("id", "category", "title", "figure", "value", "when", "paragraph", "text")
_IN_A_TERMINAL = ("title", "figure", "value", "when", "paragraph")

# The least width of a title and of a statement beside the other columns.
_TITLE, _STATEMENT = 24, 40

_WHOLE = {"id", "value", "paragraph", "start", "end"}

_NEAR = ("Near matches", "相近的条目")
_DISPUTE = ("Contradiction {}", "矛盾{}")
_NO_DAY = {"start": ("no first day given", "起始日未载"), "end": ("no last day given", "截止日未载")}
_UNDATED = ("undated", "无日期")
_CONTRADICTED = ("* another fact contradicts this one: facts show ID", "* 与另一条目矛盾：facts show 编号")

# The counter at the end of a Chinese figure: 名 of 50.66万名.
_NUMERAL = f"0-9{NUMERALS}余多几"
_COUNTER = re.compile(f"[{_NUMERAL}]((?:(?![{_NUMERAL}])[\u4e00-\u9fff])+?)(?:以上|以下|以内|左右|上下)?$")


def marked(view: View, fact: Fact, name: str) -> Text:
    """Return the text of a column, with marks for drafts and contradicted figures and matches highlighted."""
    if name not in TEXTS:
        mark = " *" if name == "figure" and fact.figure and fact.id in view.store.conflicts else ""
        text = Text(f"{view.value(fact, name)}{mark}")
        text.stylize("bold" if name == "value" else "")
        return text
    matched = view.highlight.languages.get(fact.id) if view.highlight else None
    text = Text(view.language.text(getattr(fact, name), matched))
    for start, end in view.highlight.spans(text.plain) if view.highlight else ():
        text.stylize(FOUND, start, end)
    if fact.draft and name == "title":
        text.append(f" {view.language.word(DRAFT)}")
    return text


def _place(view: View, fact: Fact, within: tuple[str, str] = ("{}", "{}")) -> str:
    """Name the paragraph of a fact, put into the template of the reader's language; empty if it has none."""
    place = view.language.word(("¶ {}", "第{}段")).format(fact.paragraph)
    return view.language.word(within).format(place) if fact.paragraph else ""


def draw_facts(page: Page, view: View, facts: Sequence[Fact], columns: Sequence[str] | None) -> Iterator[str]:
    """Yield a table of facts and below it their sources; without ``columns``, choose those that fit the page."""
    if columns is not None or page.width is None:
        names = columns or (*_ON_ONE_LINE, *([MATCH] if view.full is not None and view.full < len(facts) else []))
        yield from _draw_columns(page, view, facts, names)
    else:
        names = _IN_A_TERMINAL
        yield from draw(page, *_layouts(page, view, facts))
    if "figure" in names and any(fact.id in view.store.conflicts for fact in facts):
        yield from draw_lines(page, view.language.word(_CONTRADICTED))
    yield from draw_lines(page, view.source_line(fact.source for fact in facts))


def _groups(view: View, facts: Sequence[Fact]) -> list[str]:
    """Return the group of each fact: near matches, a year, a contradiction, or its category if its facts adjoin."""
    words = view.language.words
    if view.full is not None and view.full < len(facts):
        return [""] * view.full + [words(_NEAR)] * (len(facts) - view.full)
    if (name := view.sort.removeprefix("-")) in _NO_DAY:
        days = [getattr(fact.when, name, None) for fact in facts]
        missing = [words(_NO_DAY[name] if fact.when else _UNDATED) for fact in facts]
        return [str(day.year) if day else label for day, label in zip(days, missing, strict=True)]
    if facts and all(fact.id in view.store.conflicts for fact in facts):
        return [words(_DISPUTE, number) for number in _disputes(view.store, facts)]
    names = [fact.category for fact in facts]
    if sum(before != name for before, name in pairwise(["", *names])) > len(set(names)):
        return [""] * len(names)
    return [view.language.text(view.store.categories[name]) for name in names]


def _disputes(store: Catalogue, facts: Sequence[Fact]) -> list[int]:
    """Return the number of the contradiction that each fact is part of."""
    numbers: dict[str, int] = {}
    for fact in facts:
        number, parties = len(set(numbers.values())) + 1, [fact.id]
        while parties:
            party = parties.pop()
            if party not in numbers:
                numbers[party] = number
                parties += [conflict.other for conflict in store.conflicts[party]]
    return [numbers[fact.id] for fact in facts]


def _draw_columns(page: Page, view: View, facts: Sequence[Fact], names: Sequence[str]) -> Iterator[str]:
    known = (*fact_columns(view.store.languages), *TEXTS, *([MATCH] if view.full is not None else []))
    check_names("column", names, dict.fromkeys(known))
    full, near = (page.cell(view.language.words(pair)) for pair in WORD_NAMES[MATCH].values())
    rows = []
    for nth, fact in enumerate(facts):
        match = full if nth < (view.full or 0) else near
        rows.append([match if name == MATCH else page.cell(marked(view, fact, name)) for name in names])
    yield from draw_rows(page, [_column(view, name) for name in names], rows, _groups(view, facts))


def _column(view: View, name: str, least: int = 0) -> Column:
    return Column(view.language.heading(name), right=name in NUMBERS, whole=name in _WHOLE, least=least)


def _layouts(page: Page, view: View, facts: Sequence[Fact]) -> Iterator[Table]:
    """Yield the layouts: the statement as the last column, below the other columns, or everything below the title."""
    groups = _groups(view, facts)
    is_category_named = groups == [view.value(fact, "category") for fact in facts]
    texts = [{name: marked(view, fact, name) for name in (*_IN_A_TERMINAL, "text")} for fact in facts]
    names = [name for name in _IN_A_TERMINAL[1:] if any(text[name] for text in texts)]
    beside, below, stacked = [], [], []
    for fact, text, above in zip(facts, texts, group_headings(page, groups), strict=True):
        title, cells = page.cell(text["title"], "bold"), [page.cell(text[name]) for name in names]
        details = (*(text[name].plain for name in ("figure", "value", "when")), _place(view, fact))
        line = page.cell(" · ".join(filter(None, dict.fromkeys(details))))
        id_ = fact.id if is_category_named else f"{view.value(fact, 'category')} · {fact.id}"
        statement = page.cell(text["text"].append("  ").append(id_, "dim"))
        beside.append(Row([title, *cells, statement], above=above))
        below.append(Row([title, *cells], [statement], above))
        stacked.append(Row([title], [line, statement], above))
    columns = [_column(view, "title", _TITLE), *(_column(view, name) for name in names)]
    yield Table(page, [*columns, _column(view, "text", _STATEMENT)], beside)
    yield Table(page, columns, below)
    yield Table(page, [Column()], stacked)


def draw_pages(page: Page, view: View, facts: Sequence[Fact]) -> Iterator[str]:
    """Yield everything known about each fact, separated by a rule in a terminal and an empty line elsewhere."""
    for nth, fact in enumerate(facts):
        if nth:
            yield "\n" if page.width is None else f"\n{page.rule * page.columns}\n\n"
        figure = ["", f"    {_figure(view, fact)}"] if fact.figure else []
        yield from draw_lines(page, *view.language.texts(fact.text), *figure, style="bold")
        yield "\n"
        evidence = [(name, page.cell(text)) for name, text in _evidence(view, fact) if text]
        kinds = " · ".join(filter(None, (view.value(fact, name) for name in ("category", "kind"))))
        known = {"title": marked(view, fact, "title").plain, "category": kinds, "id": fact.id}
        known["tags"] = view.value(fact, "tags")
        about = [(name, page.cell(text, "dim")) for name, text in known.items() if text]
        record = [(view.language.heading(name), cell) for name, cell in (*evidence, ("", page.cell("")), *about)]
        yield from draw(page, *as_records(page, [record]))


def _figure(view: View, fact: Fact) -> str:
    """Return a figure as printed, followed by its number and unit (in Chinese, counter) if they add anything."""
    assert fact.figure is not None
    unit, number = (view.value(fact, name) for name in ("unit", "value"))
    if number and unit and fact.figure.form not in ("rank", "share", "change", "multiple"):
        counter = _COUNTER.search(fact.figure.printed)
        number += view.language.word((f" {unit}", counter[1] if counter else unit))
    return "  ·  ".join(dict.fromkeys(filter(None, (fact.figure.printed, number))))


def _evidence(view: View, fact: Fact) -> Iterator[tuple[str, str]]:
    """Yield the columns of a record that support or contradict the claim, with their texts."""

    def texts(name: str, text: model.Text) -> Iterator[tuple[str, str]]:
        return zip(chain([name], repeat("")), view.language.texts(text), strict=False)

    def side(fact: Fact) -> str:
        return (view.value(fact, "figure") or view.value(fact, "title")) + _place(view, fact, (" ({})", "（{}）"))

    source = view.store.sources[fact.source]
    yield "quote", f"“{fact.quote}”" if fact.quote else ""
    yield "source", f"{source_name(source, view.language)}{_place(view, fact, (', {}', '，{}'))}"
    yield "url", source.url or ""
    yield "archived", source.archived or ""
    yield "when", view.value(fact, "when")
    for conflict in view.store.conflicts.get(fact.id, ()):
        other = view.store.by_id[conflict.other]
        id_ = view.language.word(("  ({})", "（{}）")).format(other.id)
        yield "conflicts", f"{side(fact)}  ≠  {side(other)}{id_}"
        yield from chain(texts("", other.text), texts("explanation", conflict.note))
    yield from texts("note", fact.note)
    yield "cite", "".join(cite(view.store, [fact])).rstrip("\n")


def render_text(facts: Iterable[Fact], view: View) -> Iterator[str]:
    """Yield the sentence of each fact, in each language shown, and its citation, with empty lines between facts."""
    for nth, fact in enumerate(facts):
        lines = [" ".join(text.split("\n")) for text in view.language.texts(fact.text)]
        yield "".join(["\n" * bool(nth), *(f"{line}\n" for line in lines), *cite(view.store, [fact])])
