"""YAML for rows that are no store: a list of mappings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_facts.output.rows import Rows, flat
from cs_facts.store import dump_rows

if TYPE_CHECKING:
    from collections.abc import Iterator


def render_yaml(rows: Rows) -> Iterator[str]:
    """Yield an item a row; what is missing is left out."""
    return dump_rows(
        {
            name: list(cell) if isinstance(cell, tuple) else flat(cell)
            for name, cell in zip(rows.columns, row, strict=True)
            if cell not in (None, ())
        }
        for row in rows.typed()
    )
