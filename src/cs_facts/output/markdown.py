"""Markdown tables (GitHub Flavored Markdown 0.29, §4.10) whose cells render to exactly the value."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING

from cs_facts.output.rows import Rows, flat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cs_facts.output.rows import Cell

_BACKSLASHED = re.compile(r"[`*_\[\]<>~]")
# What a backslash cannot save: the table's own characters, line ends, and white space that would be trimmed, that of
# Unicode too, which implementations in JavaScript and Python trim.
_AS_ENTITY = re.compile(r"[\\|&\n\r\t]|^[\s\ufeff]+|[\s\ufeff]+$")


def render_markdown(rows: Rows) -> Iterator[str]:
    """Yield a table; numbers stand to the right."""
    cells = iter(rows.typed())
    first = next(cells, ())
    numeric = [rows.is_number(place) or isinstance(cell, int | Decimal) for place, cell in enumerate(first)]
    yield _line(map(_escaped, rows.columns))
    yield _line("--:" if right else "---" for right in numeric or [False] * len(rows.columns))
    for row in chain([first] if first else [], cells):
        yield _line(map(_escaped, row))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _escaped(cell: Cell) -> str:
    r"""Escape a value for a cell.

    >>> _escaped("a|b*"), _escaped(" x")
    ('a&#124;b\\*', '&#32;x')
    """
    text = _AS_ENTITY.sub(lambda match: "".join(f"&#{ord(char)};" for char in match[0]), flat(cell))
    return _BACKSLASHED.sub(r"\\\g<0>", text)
