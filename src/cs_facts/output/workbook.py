"""A workbook for spreadsheets: facts, categories, sources and contradictions, in the words of the language asked for.

Text stays text: nothing in a cell is run, turned into a link or taken for a number.
"""

from __future__ import annotations

import io
import math
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from itertools import starmap
from typing import TYPE_CHECKING

from cs_facts.columns import PLAIN, fact_columns
from cs_facts.errors import UsageError
from cs_facts.output.labels import SOURCE_NAMES
from cs_facts.output.rows import Rows, cell_of, flat
from cs_facts.output.values import contradictions, in_words, of_fact, panel_title, source_fields

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from cs_facts.compare import Comparison, Panel
    from cs_facts.model import Catalogue, Conflict, Fact
    from cs_facts.output.labels import Language
    from cs_facts.output.rows import Cell


_SHEETS = {
    # what it holds: its name (English, Chinese)
    "comparison": ("Comparison", "对比"),
    "facts": ("Facts", "条目"),
    "categories": ("Categories", "类别"),
    "sources": ("Sources", "来源"),
    "conflicts": ("Contradictions", "矛盾"),
}
# Column → English, Chinese; the others are named by labels, the title of a source as that of a fact.
_HEADINGS = {name: pair for name, pair in SOURCE_NAMES.items() if name != "title"} | {
    "other": ("Contradicts", "与之矛盾"),
    "against": ("Its figure", "对方原文"),
    "limits": ("Number with its limit", "数值（含限定）"),
}

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
    "whole": {"num_format": "#,##0"},
    "number": {"num_format": "#,##0.##########"},
    "day": {"num_format": "yyyy-mm-dd", "align": "left", "indent": 1},
}


def render_xlsx(
    facts: Iterable[Fact], catalogue: Catalogue, language: Language, comparison: Comparison | None = None
) -> Iterator[bytes]:
    """Yield the workbook, with a sheet for the scales of a comparison.

    Raises:
        UsageError: the extra ``xlsx`` is not installed.

    """
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise UsageError("a workbook needs the extra xlsx: pip install xlsxwriter; a .csv needs nothing") from None
    facts = list(facts)
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(stream, options) as book:
        book.set_properties({"title": language.text(catalogue.title), "created": _CREATED})
        sheets = {
            "comparison": _comparison(comparison, {fact.id for fact in facts}, catalogue, language),
            "facts": _facts(facts, catalogue, language),
            "categories": _categories(facts, catalogue, language, comparison),
            "sources": _sources(facts, catalogue, language),
            "conflicts": _conflicts(facts, catalogue, language),
        }
        aside = {language.heading(column) for column in _ASIDE}
        for name, rows in sheets.items():
            if cells := list(rows.cells):
                _write_sheet(book, language.word(_SHEETS[name]), rows.columns, cells, aside if name == "facts" else ())
    yield stream.getvalue()


def _facts(facts: Iterable[Fact], catalogue: Catalogue, language: Language) -> Rows:
    own = [tag for tag in catalogue.languages if tag in (PLAIN, language.tag)]
    columns = fact_columns(catalogue.languages if language.both else own or catalogue.languages)
    cells = (tuple(cell_of(catalogue, fact, column) for column in columns) for fact in facts)
    return in_words(Rows(columns, cells), catalogue, language)


def _comparison(comparison: Comparison | None, shown: Container[str], catalogue: Catalogue, language: Language) -> Rows:
    """Lay out the scales as a screen shows them, one below the other."""

    def row(panel: Panel, fact: Fact) -> tuple[Cell, ...]:
        others = (catalogue.by_id[conflict.other] for conflict in catalogue.conflicts.get(fact.id, ()))
        said = [of_fact(catalogue, fact, name, language) for name in ("title", "category", "when", "value", "figure")]
        value = fact.figure.value if fact.figure else None
        against = "; ".join(other.figure.printed if other.figure else other.id for other in others)
        return (panel_title(catalogue, panel, language), fact.id, *said[:4], value, said[4], against)

    panels = comparison.panels if comparison else ()
    rows = (row(panel, fact) for panel in panels for fact in panel.facts if fact.id in shown)
    heads = ("unit", "id", "title", "category", "when", "limits", "value", "figure", "against")
    return _headed(heads, rows, language)


def _categories(facts: Iterable[Fact], catalogue: Catalogue, language: Language, comparison: Comparison | None) -> Rows:
    """Count what is in the sheet of facts, or in a comparison what its summary counts."""
    rows: list[tuple[Cell, ...]]
    if comparison:
        rows = [
            (each.category, language.text(catalogue.categories[each.category]), each.facts, each.figures)
            for each in comparison.summaries
        ]
    else:
        counts = Counter(fact.category for fact in facts)
        figures = Counter(fact.category for fact in facts if fact.figure)
        rows = [
            (id_, language.text(name), counts[id_], figures[id_])
            for id_, name in catalogue.categories.items()
            if counts[id_]
        ]
    return _headed(("id", "name", "facts", "figures"), rows, language)


def _sources(facts: Iterable[Fact], catalogue: Catalogue, language: Language) -> Rows:
    used = dict.fromkeys(fact.source for fact in facts)
    rows = ((id_, *source_fields(catalogue.sources[id_], language).values()) for id_ in used)
    return _headed(("id", *SOURCE_NAMES), rows, language)


def _conflicts(facts: Iterable[Fact], catalogue: Catalogue, language: Language) -> Rows:
    def row(fact: Fact, conflict: Conflict) -> tuple[Cell, ...]:
        other = catalogue.by_id[conflict.other]
        return (
            *(fact.id, language.text(fact.title), fact.figure.printed if fact.figure else None),
            *(other.id, language.text(other.title), other.figure.printed if other.figure else None),
            language.text(conflict.note),
        )

    rows = starmap(row, contradictions(catalogue, facts))
    return _headed(("id", "title", "figure", "other", "title", "against", "explanation"), rows, language)


def _headed(columns: Iterable[str], cells: Iterable[tuple[Cell, ...]], language: Language) -> Rows:
    """Put headings in a language."""
    heads = (language.words(_HEADINGS[name]) if name in _HEADINGS else language.heading(name) for name in columns)
    return Rows(tuple(heads), cells)


def _write_sheet(
    book: Workbook, name: str, headings: Sequence[str], rows: Sequence[Sequence[Cell]], aside: Container[str]
) -> None:
    sheet = book.add_worksheet(name)
    styles = {kind: book.add_format({"valign": "top", **style}) for kind, style in _STYLES.items()}
    widths = []
    for at, heading in enumerate(headings):
        longest = max((_width(row[at]) for row in rows), default=0)
        widths.append(min(max(longest + 3, _width(heading) + 5, _NARROWEST), _WIDEST))
        sheet.write_string(0, at, heading, styles["head"])
        sheet.set_column(at, at, widths[at], None, {"level": 1, "hidden": True} if heading in aside else {})
    for number, row in enumerate(rows, 1):
        # no spreadsheet but Excel finds the height of wrapped text by itself
        lines = (math.ceil((_width(cell) + 2) / width) for cell, width in zip(row, widths, strict=True))
        sheet.set_row(number, _LINE * max(lines))
        for at, cell in enumerate(row):
            if cell not in (None, ""):
                _write_cell(sheet, number, at, cell, styles)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(headings) - 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def _write_cell(sheet: Worksheet, row: int, column: int, cell: Cell, styles: dict[str, Format]) -> None:
    if isinstance(cell, date) and cell >= _FIRST_DAY:
        sheet.write_datetime(row, column, cell, styles["day"])
    elif isinstance(cell, int) or (
        isinstance(cell, Decimal) and len(cell.normalize().as_tuple().digits) <= _MOST_DIGITS
    ):
        sheet.write_number(row, column, cell, styles["whole" if cell == int(cell) else "number"])
    else:
        sheet.write_string(row, column, flat(cell)[:_MOST_CHARACTERS], styles["text"])


def _width(cell: Cell) -> int:
    """Return how many digits wide a cell is, which is what a spreadsheet measures columns by."""
    return sum(1 if char < "\u2e80" else 2 for char in flat(cell)) + isinstance(cell, Decimal) * 4
