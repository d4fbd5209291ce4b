"""A workbook for spreadsheets: facts, categories, sources and contradictions, in the words of the language asked for.

Text stays text: nothing in a cell is run, turned into a link or taken for a number.
"""

from __future__ import annotations

import io
import math
import re
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from cs_facts.columns import PLAIN, fact_columns
from cs_facts.errors import UsageError
from cs_facts.output.labels import SOURCE_NAMES
from cs_facts.output.rows import Rows, cell_of, flat
from cs_facts.output.values import in_words, source_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from cs_facts.compare import Comparison
    from cs_facts.model import Fact
    from cs_facts.output.labels import Pair
    from cs_facts.output.rows import Cell
    from cs_facts.output.values import View

_SHEETS = {
    # what it holds: its name (English, Chinese)
    "comparison": ("Comparison", "对比"),
    "facts": ("Facts", "条目"),
    "categories": ("Categories", "类别"),
    "sources": ("Sources", "来源"),
    "conflicts": ("Contradictions", "矛盾"),
}
# Column → English, Chinese; the others are named by labels.
_HEADINGS = {"other": ("Contradicts", "与之矛盾"), "against": ("Its figure", "对方原文")}

# Columns of facts that few people read; a click on the plus above them shows them, and they are not printed.
_ASIDE = ("id", "kind", "low", "high", "form", "bound", "start", "end", "source", "quote", "tags", "conflicts", "draft")

# A spreadsheet counts days from 1900 and takes that year for a leap year; from March on the two agree.
_FIRST_DAY = date(1900, 3, 1)
_MOST_DIGITS = 15  # of a number that a spreadsheet holds exactly
_MOST_CHARACTERS = 32767  # of a cell

_CREATED = datetime(2000, 1, 1)  # fixed, so that the same facts give the same bytes
_A4 = 9
_LINE = 15.5  # height of a line in points
_NARROWEST, _WIDEST = 8, 40
_STYLES: dict[str, dict[str, object]] = {
    "head": {"bold": True, "bottom": 1, "bg_color": "#E7ECF1", "align": "left", "indent": 1},
    "text": {"text_wrap": True, "align": "left", "indent": 1},
    "number": {},
    "day": {"num_format": "yyyy-mm-dd", "align": "left", "indent": 1},
}


def render_xlsx(facts: Iterable[Fact], view: View) -> Iterator[bytes]:
    """Yield the workbook, with a sheet for the scales of a comparison; without the extra ``xlsx`` a `UsageError`."""
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise UsageError("a workbook needs the extra xlsx: pip install xlsxwriter; a .csv needs nothing") from None
    facts = list(facts)
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(stream, options) as book:
        book.set_properties({"title": view.language.text(view.store.title), "created": _CREATED})
        for name, rows in _sheets(facts, view):
            if cells := list(rows.cells):
                aside = map(view.language.heading, _ASIDE if name == "facts" else ())
                note = view.left_out(facts) if name == "comparison" else ""
                _write_sheet(book, view.language.word(_SHEETS[name]), rows.columns, cells, {*aside}, note)
    yield stream.getvalue()


def _sheets(facts: Sequence[Fact], view: View) -> Iterator[tuple[str, Rows]]:
    """Yield the names of the sheets and their rows; what has none becomes no sheet."""
    store, language, comparison = view.store, view.language, view.comparison

    def headed(
        columns: Iterable[str], cells: Iterable[tuple[Cell, ...]], names: Mapping[str, Pair] = _HEADINGS
    ) -> Rows:
        heads = (language.words(names[name]) if name in names else language.heading(name) for name in columns)
        return Rows(tuple(heads), cells)

    if comparison:
        heads = ("unit", "id", "title", "category", "when", "value", "figure", "against")
        yield "comparison", headed(heads, _scales(comparison, {fact.id for fact in facts}, view))
    own = [tag for tag in store.languages if tag in (PLAIN, language.tag)]
    columns = fact_columns(store.languages if language.both else own or store.languages)
    rows = (tuple(_cell(view, fact, column) for column in columns) for fact in facts)
    yield "facts", in_words(Rows(columns, rows), view)
    counts, figures = Counter(fact.category for fact in facts), Counter(fact.category for fact in facts if fact.figure)
    counted = [(id_, counts[id_], figures[id_]) for id_ in store.categories if counts[id_]]
    if comparison:  # what its summary counts
        counted = [(each.category, each.facts, each.figures) for each in comparison.summaries]
    categories = ((id_, language.text(store.categories[id_]), many, some) for id_, many, some in counted)
    yield "categories", headed(("id", "name", "facts", "figures"), categories)
    used = dict.fromkeys(fact.source for fact in facts)
    sources = ((id_, *source_fields(store.sources[id_], language).values()) for id_ in used)
    yield "sources", headed(("id", *SOURCE_NAMES), sources, SOURCE_NAMES)
    sides = ("id", "title", "figure", "other", "title", "against", "explanation")
    conflicts = (
        (*(view.value(each, name) for each in pair for name in sides[:3]), language.text(why))
        for *pair, why in view.contradictions(facts)
    )
    yield "conflicts", headed(sides, conflicts)


def _scales(comparison: Comparison, shown: Container[str], view: View) -> Iterator[tuple[Cell, ...]]:
    """Yield the scales as a screen shows them, one below the other."""
    for panel in comparison.panels:
        for fact in panel.facts:
            if fact.id in shown:
                said = (view.value(fact, name) for name in ("title", "category", "when"))
                sides = (view.value(other, "figure") or other.id for other in view.opposed(fact))
                printed = view.value(fact, "figure")
                yield view.panel_title(panel), fact.id, *said, _cell(view, fact, "value"), printed, "; ".join(sides)


class _Number(Decimal):
    """A number that is ``shown`` with its limit and its form."""

    shown = ""


def _cell(view: View, fact: Fact, column: str) -> Cell:
    """Return what a column holds of a fact, its number as people read it."""
    if column != "value" or not fact.figure:
        return cell_of(view.store, fact, column)
    if fact.figure.value is None:  # a range
        return view.value(fact, column)
    number = _Number(fact.figure.value)
    number.shown = view.value(fact, column)
    return number


def _format(cell: int | Decimal) -> str:
    """Return how a spreadsheet shows a number; one with a limit (> 1,800) stays a number, its sign in the words."""
    digits = "#,##0" if cell == int(cell) else "#,##0.##########"
    before, _, after = re.split(r"([\d,.]+)", getattr(cell, "shown", "") or "0", maxsplit=1)
    section = (f'"{before}"' if before else "") + digits + (f'"{after}"' if after else "")
    return digits if section == digits else f"{section};{section}"  # the second is for numbers below zero


def _write_sheet(
    book: Workbook, name: str, headings: Sequence[str], rows: Sequence[Sequence[Cell]], aside: Container[str], note: str
) -> None:
    sheet = book.add_worksheet(name)

    @cache
    def style(kind: str, num_format: str = "") -> Format:
        return book.add_format({"valign": "top", **_STYLES[kind]} | ({"num_format": num_format} if num_format else {}))

    widths = []
    for at, heading in enumerate(headings):
        longest = max((_width(row[at]) for row in rows), default=0)
        widths.append(min(max(longest + 3, _width(heading) + 5, _NARROWEST), _WIDEST))
        sheet.write_string(0, at, heading, style("head"))
        sheet.set_column(at, at, widths[at], None, {"level": 1, "hidden": True} if heading in aside else {})
    for number, row in enumerate(rows, 1):
        # no spreadsheet but Excel finds the height of wrapped text by itself
        lines = (math.ceil((_width(cell) + 2) / width) for cell, width in zip(row, widths, strict=True))
        sheet.set_row(number, _LINE * max(lines))
        for at, cell in enumerate(row):
            if cell not in (None, ""):
                _write_cell(sheet, number, at, cell, style)
    if note:
        sheet.write_string(len(rows) + 2, 0, note)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(headings) - 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def _write_cell(sheet: Worksheet, row: int, column: int, cell: Cell, style: Callable[..., Format]) -> None:
    if isinstance(cell, date) and cell >= _FIRST_DAY:
        sheet.write_datetime(row, column, cell, style("day"))
    elif isinstance(cell, int) or (
        isinstance(cell, Decimal) and len(cell.normalize().as_tuple().digits) <= _MOST_DIGITS
    ):
        sheet.write_number(row, column, cell, style("number", _format(cell)))
    else:
        sheet.write_string(row, column, flat(cell)[:_MOST_CHARACTERS], style("text"))


def _width(cell: Cell) -> int:
    """Return how many digits wide a cell is, which is what a spreadsheet measures columns by."""
    text = getattr(cell, "shown", "") or flat(cell)
    return sum(1 if char < "\u2e80" else 2 for char in text) + isinstance(cell, Decimal) * 4
