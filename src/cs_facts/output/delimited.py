"""CSV (RFC 4180) and TSV."""

from __future__ import annotations

import csv
from itertools import chain, islice
from typing import TYPE_CHECKING

from cs_facts.output.rows import Rows, flat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cs_facts.output.rows import Cell

_BOM = "\ufeff"
_CRLF = "\r\n"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def render_csv(rows: Rows) -> Iterator[str]:
    """Yield CSV: UTF-8 without BOM, LF, quotes where RFC 4180 needs them."""
    yield from _rows(rows.columns, _flat(rows), ",", "\n")


def render_tsv(rows: Rows) -> Iterator[str]:
    """Yield TSV, quoted as CSV is where a value holds a tab, a quote or a line end."""
    yield from _rows(rows.columns, _flat(rows), "\t", "\n")


def render_excel(rows: Rows) -> Iterator[str]:
    """Yield CSV that Excel and WPS open by double-click in any locale and run no formula of.

    A BOM says UTF-8, lines end in CRLF, and a text that would begin a formula begins with an apostrophe instead
    (OWASP, CSV Injection); so does one that has an apostrophe there already, which keeps the two apart when the
    table is imported. Numbers are untouched.
    """
    yield _BOM
    yield from _rows(map(_harmless, rows.columns), (tuple(map(_harmless, row)) for row in rows.typed()), ",", _CRLF)


def _harmless(cell: Cell) -> str:
    from decimal import Decimal

    text = flat(cell)
    is_formula = not isinstance(cell, int | Decimal) and text.lstrip("'").startswith(_FORMULA_STARTS)
    return f"'{text}" if is_formula else text


def _flat(rows: Rows) -> Iterable[tuple[Cell, ...]]:
    """Return the rows as texts; those of facts are that already."""
    return rows.cells if rows.written else (tuple(map(flat, row)) for row in rows.cells)


class _Records(list[str]):
    """A file for `csv.writer` that gathers records."""

    write = list.append


def _rows(columns: Iterable[str], rows: Iterable[tuple[Cell, ...]], delimiter: str, end: str) -> Iterator[str]:
    """Yield records, some at a time; a writer quotes a value that holds a character of its own line end."""
    records = _Records()
    writer = csv.writer(records, delimiter=delimiter, lineterminator=_CRLF)
    rows = chain([tuple(columns)], rows)
    while batch := list(islice(rows, 200)):
        writer.writerows(batch)
        yield "".join([record.removesuffix(_CRLF) + end for record in records])
        records.clear()
