"""A workbook of facts, categories, sources and contradictions in the reader's language.

Text stays text: no cell is run as a formula, turned into a link or converted to a number.
"""

from __future__ import annotations

import io
import math
import re
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from cs_facts.columns import PLAIN, fact_columns
from cs_facts.errors import UsageError
from cs_facts.model import Figure
from cs_facts.output.labels import SOURCE_NAMES
from cs_facts.output.rows import Rows, cell_of, flat
from cs_facts.output.values import in_words, number, source_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from cs_facts.model import Fact
    from cs_facts.output.labels import Language, Pair
    from cs_facts.output.rows import Cell
    from cs_facts.output.values import View

# Headings that `labels` does not have.
_HEADINGS = {"other": ("Contradicts", "与之矛盾"), "against": ("Its figure", "对方原文")}

# Columns of facts that few people need: folded away under a plus, and not printed.
_ASIDE = ("id", "kind", "low", "high", "form", "bound", "start", "end", "source", "quote", "tags", "conflicts", "draft")

# Spreadsheets count days from 1900, which they take for a leap year; from March on their dates are right.
_FIRST_DAY = date(1900, 3, 1)
_MOST_DIGITS = 15  # that a spreadsheet keeps of a number
_MOST_CHARACTERS = 32767  # in a cell

_CREATED = datetime(2000, 1, 1)  # fixed, so that the same facts result in the same bytes
_A4 = 9
_LINE = 15.5  # height of a line in points
_NARROWEST, _WIDEST = 8, 40
_HEAD = {"bold": True, "bottom": 1, "bg_color": "#E7ECF1", "align": "left", "indent": 1}
_TEXT = {"text_wrap": True, "align": "left", "indent": 1}
_DAY = {"num_format": "yyyy-mm-dd", "align": "left", "indent": 1}


class _Sheet(NamedTuple):
    name: Pair
    headings: Sequence[str]
    rows: Sequence[Sequence[Any]]  # of cells, or figures, which are shown as numbers
    aside: Container[str] = ()  # headings of the columns to fold away
    note: str = ""  # below the rows


def render_xlsx(facts: Iterable[Fact], view: View) -> Iterator[bytes]:
    """Yield the workbook, with a sheet for the scales of a comparison; a `UsageError` without the extra ``xlsx``."""
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise UsageError("a workbook needs the extra xlsx: pip install xlsxwriter; a .csv does not") from None
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(stream, options) as book:
        book.set_properties({"title": view.language.text(view.store.title), "created": _CREATED})
        for sheet in _sheets(list(facts), view):
            if sheet.rows or sheet.note:
                _write_sheet(book, sheet, view.language)
    yield stream.getvalue()


def _sheets(facts: Sequence[Fact], view: View) -> Iterator[_Sheet]:
    """Yield the sheets, some of which may be empty."""
    store, language, comparison = view.store, view.language, view.comparison

    def heads(columns: Iterable[str], names: Mapping[str, Pair] = _HEADINGS) -> list[str]:
        return [language.words(names[name]) if name in names else language.heading(name) for name in columns]

    if comparison:
        scales = heads(("unit", "id", "title", "category", "when", "value", "figure", "against"))
        yield _Sheet(("Comparison", "对比"), scales, [*_scales(facts, view)], note=view.left_out(facts))
    own = [tag for tag in store.languages if tag in (PLAIN, language.tag)]
    columns = fact_columns(store.languages if language.both else own or store.languages)
    cells: Iterator[tuple[Any, ...]] = (
        tuple(fact.figure if name == "value" else cell_of(store, fact, name) for name in columns) for fact in facts
    )
    rows = in_words(Rows(columns, cells), view)
    yield _Sheet(("Facts", "条目"), rows.columns, [*rows.cells], heads(_ASIDE))
    counts, figures = Counter(fact.category for fact in facts), Counter(fact.category for fact in facts if fact.figure)
    counted = [(id_, counts[id_], figures[id_]) for id_ in store.categories if counts[id_]]
    if comparison:  # the same counts as in its summary
        counted = [(each.category, each.facts, each.figures) for each in comparison.summaries]
    categories = [(id_, language.text(store.categories[id_]), many, some) for id_, many, some in counted]
    yield _Sheet(("Categories", "类别"), heads(("id", "name", "facts", "figures")), categories)
    used = dict.fromkeys(fact.source for fact in facts)
    sources = [(id_, *source_fields(store.sources[id_], language).values()) for id_ in used]
    yield _Sheet(("Sources", "来源"), heads(("id", *SOURCE_NAMES), SOURCE_NAMES), sources)
    sides = ("id", "title", "figure", "other", "title", "against", "explanation")
    conflicts = [
        (*(view.value(each, name) for each in pair for name in sides[:3]), language.text(why))
        for *pair, why in view.contradictions(facts)
    ]
    yield _Sheet(("Contradictions", "矛盾"), heads(sides), conflicts)


def _scales(facts: Sequence[Fact], view: View) -> Iterator[Sequence[Any]]:
    """Yield the rows of all scales, one scale after the other."""
    shown = {fact.id for fact in facts}
    for panel in view.comparison.panels if view.comparison else ():
        for fact in (fact for fact in panel.facts if fact.id in shown):
            columns = (view.value(fact, name) for name in ("title", "category", "when"))
            sides = "; ".join(view.value(other, "figure") or other.id for other in view.contradicting(fact))
            yield view.panel_title(panel), fact.id, *columns, fact.figure, view.value(fact, "figure"), sides


def _write_sheet(book: Workbook, page: _Sheet, language: Language) -> None:
    sheet = book.add_worksheet(language.word(page.name))
    style = cache(lambda **look: book.add_format({"valign": "top", **look}))
    texts = [[number(cell, language) if isinstance(cell, Figure) else flat(cell) for cell in row] for row in page.rows]
    rows = [[cell.value if isinstance(cell, Figure) else cell for cell in row] for row in page.rows]
    widths = []
    for at, heading in enumerate(page.headings):
        sizes = (_width(shown[at]) + 4 * isinstance(row[at], Decimal) for shown, row in zip(texts, rows, strict=True))
        widths.append(min(max(max(sizes, default=0) + 3, _width(heading) + 5, _NARROWEST), _WIDEST))
        sheet.write_string(0, at, heading, style(**_HEAD))
        sheet.set_column(at, at, widths[at], None, {"level": 1, "hidden": True} if heading in page.aside else {})
    for nth, (row, shown) in enumerate(zip(rows, texts, strict=True), 1):
        # only Excel adjusts the height of rows to wrapped text
        lines = (math.ceil((_width(text) + 2) / width) for text, width in zip(shown, widths, strict=True))
        sheet.set_row(nth, _LINE * max(lines))
        for at, (cell, text) in enumerate(zip(row, shown, strict=True)):
            _write_cell(sheet, nth, at, cell, text, style)
    if page.note:
        sheet.write_string(len(rows) + 2, 0, page.note)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(page.headings) - 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def _write_cell(sheet: Worksheet, row: int, column: int, cell: Cell, text: str, style: Callable[..., Format]) -> None:
    if isinstance(cell, date) and cell >= _FIRST_DAY:
        sheet.write_datetime(row, column, cell, style(**_DAY))
    elif isinstance(cell, int) or (
        isinstance(cell, Decimal) and len(cell.normalize().as_tuple().digits) <= _MOST_DIGITS
    ):
        sheet.write_number(row, column, cell, style(num_format=_format(cell, text)))
    elif text:
        sheet.write_string(row, column, (flat(cell) or text)[:_MOST_CHARACTERS], style(**_TEXT))


def _format(value: int | Decimal, text: str) -> str:
    """Return the number format that shows a value as in the text, with its limit (> 1,800) and either sign."""
    digits = "#,##0" if value == int(value) else "#,##0.##########"
    before, _, after = re.split(r"(\d[\d,.]*)", text, maxsplit=1)
    limit = before.rstrip("+−-")
    if not limit + after and before != "+":
        return digits
    signs = ("+" * (limit != before), "−")
    return ";".join(f'"{limit}{sign}"{digits}"{after}"' for sign in signs).replace('""', "")


def _width(text: str) -> int:
    """Return the width of a text in digits, the unit for columns of a spreadsheet."""
    return sum(1 if char < "\u2e80" else 2 for char in text)
