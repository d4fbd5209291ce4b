"""What every machine format is made from: named columns and rows of plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cs_facts.columns import LISTS, NUMBERS, TEXTS, fact_columns
from cs_facts.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from cs_facts.index import Facts
    from cs_facts.model import Catalogue, Fact

    # A value: text, an exact number, a day, a list of texts, or nothing.
    Cell = str | int | Decimal | date | tuple[str, ...] | None

_SEPARATOR = "; "

# The column that a search adds: whether a fact matches whole (all) or comes near (near).
MATCH = "match"


class Rows:
    """Rows of cells under named columns.

    Attributes:
        columns: their names.
        cells: as many cells for each row; they may be read once only.
        written: whether the cells are those of facts as the index has them: numbers and lists are written out.

    """

    def __init__(self, columns: tuple[str, ...], cells: Iterable[tuple[Cell, ...]], *, written: bool = False) -> None:
        self.columns, self.cells, self.written = columns, cells, written

    def typed(self) -> Iterator[tuple[Cell, ...]]:
        """Yield the rows with numbers as numbers and lists as lists."""
        types = [_TYPES.get(name) if self.written else None for name in self.columns]
        for row in self.cells:
            yield tuple(type_(cell) if type_ else cell for type_, cell in zip(types, row, strict=True))


def _number(cell: Any) -> Cell:  # noqa: ANN401  # text or nothing
    from decimal import Decimal  # CSV does without, which saves it 3 ms

    return Decimal(cell) if isinstance(cell, str) else cell


_TYPES: Mapping[str, Callable[[Any], Cell]] = dict.fromkeys(NUMBERS, _number) | dict.fromkeys(
    LISTS, lambda cell: tuple(cell.split(_SEPARATOR)) if cell else ()
)


def flat(cell: Cell) -> str:
    """Write a cell as one text: lists joined, nothing as the empty text, a number without exponent.

    >>> from decimal import Decimal
    >>> flat(("a", "b")), flat(None), flat(Decimal("5E+8"))
    ('a; b', '', '500000000')
    """
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return _SEPARATOR.join(cell)
    from decimal import Decimal  # as above

    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def fact_rows(facts: Facts, columns: Sequence[str], full: int | None = None) -> Rows:
    """Lay facts out under columns; the first ``full`` match a search whole, which the column `MATCH` says.

    A column that there is not is an `UnknownName`.
    """
    check_columns(columns, (*fact_columns(facts.index.languages), *([MATCH] if full is not None else [])))
    cells = facts.rows([name for name in columns if name != MATCH])
    if MATCH in columns:
        at = list(columns).index(MATCH)
        cells = ((*row[:at], "all" if nth < (full or 0) else "near", *row[at:]) for nth, row in enumerate(cells))
    return Rows(tuple(columns), cells, written=True)


def check_columns(columns: Iterable[str], known: tuple[str, ...]) -> None:
    """Raise an `UnknownName` for the first column that is not known."""
    for name in columns:
        if name not in known:
            raise UnknownName("column", name, known)


def cell_of(store: Catalogue, fact: Fact, column: str) -> Cell:
    """Return what a column holds of a fact; one that there is not is an `UnknownName`."""
    check_columns([column], fact_columns(store.languages))
    name, _, language = column.partition("_")
    if name in TEXTS:
        text: dict[str, str] = getattr(fact, name)
        return text.get(language)
    if name == "conflicts":
        return tuple(conflict.other for conflict in store.conflicts.get(fact.id, ()))
    if name == "draft":
        return "true" if fact.draft else None
    part = getattr(fact, _PART_OF.get(name, name))
    cell: Cell = getattr(part, _NAMES_THERE.get(name, name), None) if name in _PART_OF else part
    return cell


# Columns that are attributes of a fact's figure or of its period, and the two that have another name there.
_PART_OF = dict.fromkeys(("figure", "value", "low", "high", "form", "bound"), "figure") | dict.fromkeys(
    ("start", "end", "when"), "when"
)
_NAMES_THERE = {"figure": "printed", "when": "edtf"}
