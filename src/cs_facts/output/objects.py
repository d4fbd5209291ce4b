"""Rows as objects: JSON (RFC 8259) as an array or an object a line, and YAML for rows that are no store."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from json import JSONEncoder
from typing import TYPE_CHECKING

from cs_facts.output.rows import Rows, flat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cs_facts.output.rows import Cell

_encode = JSONEncoder(ensure_ascii=False).encode


def render_json(rows: Rows) -> Iterator[str]:
    """Yield an array of objects, an object a line."""
    before = "[\n"
    for line in _objects(rows):
        yield f"{before}{line}"
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def render_ndjson(rows: Rows) -> Iterator[str]:
    """Yield an object a line."""
    for line in _objects(rows):
        yield f"{line}\n"


def render_yaml(rows: Rows) -> Iterator[str]:
    """Yield an item a row; what is missing is left out."""
    from cs_facts.store import dump_rows  # JSON does without

    return dump_rows(
        {
            name: list(cell) if isinstance(cell, tuple) else flat(cell)
            for name, cell in zip(rows.columns, row, strict=True)
            if cell not in (None, ())
        }
        for row in rows.typed()
    )


def _objects(rows: Rows) -> Iterator[str]:
    names = [_encode(name) for name in rows.columns]
    for row in rows.typed():
        yield f"{{{', '.join(f'{name}: {_value(cell)}' for name, cell in zip(names, row, strict=True))}}}"


def _value(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return flat(cell)  # exact, where a float would round
    if isinstance(cell, date):
        return _encode(flat(cell))
    return _encode(cell)
