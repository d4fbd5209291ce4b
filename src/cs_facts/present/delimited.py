"""CSV (RFC 4180) and TSV."""

from __future__ import annotations

import csv
from itertools import islice
from typing import TYPE_CHECKING

from cs_facts.present.sheet import Cell, Sheet, flat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BOM = "\ufeff"
_CRLF = "\r\n"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def render_csv(sheet: Sheet) -> Iterator[str]:
    """Yield CSV: UTF-8 without BOM, LF, quotes where RFC 4180 needs them."""
    yield from _rows(sheet.columns, _flat(sheet), ",", "\n")


def render_tsv(sheet: Sheet) -> Iterator[str]:
    """Yield TSV, quoted as CSV is where a value holds a tab, a quote or a line end."""
    yield from _rows(sheet.columns, _flat(sheet), "\t", "\n")


def render_excel(sheet: Sheet) -> Iterator[str]:
    """Yield CSV that Excel and WPS open by double-click in any locale and run no formula of.

    A BOM says UTF-8, lines end in CRLF, and a text that would begin a formula begins with an apostrophe instead
    (OWASP, CSV Injection); so does one that has an apostrophe there already, which keeps the two apart when the
    table is imported. Numbers are untouched.
    """
    yield _BOM
    yield from _rows(map(_harmless, sheet.columns), (map(_harmless, row) for row in sheet.typed()), ",", _CRLF)


def _harmless(cell: Cell) -> str:
    from decimal import Decimal

    text = flat(cell)
    is_formula = not isinstance(cell, int | Decimal) and text.lstrip("'").startswith(_FORMULA_STARTS)
    return f"'{text}" if is_formula else text


def _flat(sheet: Sheet) -> Iterable[Iterable[Cell]]:
    """Return the rows as texts; those of facts are that already."""
    return sheet.rows if sheet.written else (map(flat, row) for row in sheet.rows)


_TOGETHER = 200
"""Lines that are handed on at once."""


class _Lines(list[str]):
    """A file for `csv.writer` that gathers lines."""

    write = list.append


def _rows(columns: Iterable[str], rows: Iterable[Iterable[Cell]], delimiter: str, end: str) -> Iterator[str]:
    lines = _Lines()
    # the writer quotes a value that holds a character of its line end; with CRLF that is every line end there is
    writer = csv.writer(lines, delimiter=delimiter, lineterminator=_CRLF)
    writer.writerow(columns)
    rows = iter(rows)
    while lines:
        yield "".join([f"{line[:-2]}{end}" for line in lines])
        lines.clear()
        writer.writerows(islice(rows, _TOGETHER))
