"""What every format is made from: named columns and rows of plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cs_facts.columns import LISTS, NUMBERS, column_name, fact_columns
from cs_facts.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from cs_facts.index import Facts
    from cs_facts.model import Catalogue, Fact, Text

    Cell = str | int | Decimal | date | tuple[str, ...] | None
    """A value: text, an exact number, a day, a list of texts, or nothing."""

__all__ = ["LIST_SEPARATOR", "Sheet", "cell_of", "column_name", "fact_columns", "fact_sheet", "flat"]

LIST_SEPARATOR = "; "

# The column that a search adds: whether a fact matches whole (all) or comes near (near).
MATCH = "match"


class Sheet:
    """Rows of cells under named columns.

    Attributes:
        columns: their names.
        rows: as many cells each; they may be read once only.
        written: whether the cells are those of facts as the index has them: numbers and lists are written out.

    """

    def __init__(self, columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]], *, written: bool = False) -> None:
        self.columns, self.rows, self.written = columns, rows, written

    def typed(self) -> Iterator[tuple[Cell, ...]]:
        """Yield the rows with numbers as numbers and lists as lists."""
        if not self.written:
            yield from self.rows
            return
        types = [_TYPES.get(name, _same) for name in self.columns]
        for row in self.rows:
            yield tuple(type_(cell) for type_, cell in zip(types, row, strict=True))

    def is_number(self, place: int) -> bool:
        """Tell whether a column of facts holds numbers."""
        return self.columns[place] in NUMBERS


def _list(cell: Any) -> tuple[str, ...]:  # noqa: ANN401  # text or nothing
    return tuple(cell.split(LIST_SEPARATOR)) if cell else ()


def _number(cell: Any) -> Cell:  # noqa: ANN401  # likewise
    from decimal import Decimal

    return Decimal(cell) if isinstance(cell, str) else cell


def _same(cell: Cell) -> Cell:
    return cell


_TYPES: Mapping[str, Callable[[Any], Cell]] = dict.fromkeys(LISTS, _list) | dict.fromkeys(NUMBERS, _number)


def flat(cell: Cell) -> str:
    """Write a cell as one text: lists joined, nothing as the empty text, a number without exponent.

    >>> from decimal import Decimal
    >>> flat(("a", "b")), flat(None), flat(Decimal("5E+8"))
    ('a; b', '', '500000000')
    """
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return LIST_SEPARATOR.join(cell)
    from decimal import Decimal  # facts from an index are written out already

    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def fact_sheet(facts: Facts, columns: Sequence[str], full: int | None = None) -> Sheet:
    """Lay facts out under columns.

    Args:
        facts: the rows.
        columns: their names.
        full: how many facts, the first, match a search whole, which the column ``match`` says; None: no search was.

    Raises:
        UnknownName: there is no such column.

    """
    own = [name for name in columns if full is None or name != MATCH]
    for name in own:
        require_column(facts.index, name)
    rows = facts.rows(own)
    if len(own) < len(columns):
        place = list(columns).index(MATCH)
        rows = ((*row[:place], "all" if nth < (full or 0) else "near", *row[place:]) for nth, row in enumerate(rows))
    return Sheet(tuple(columns), rows, written=True)


def require_column(store: Catalogue, column: str) -> None:
    """Refuse a column that facts do not have.

    Raises:
        UnknownName: there is no such column.

    """
    known = fact_columns(store)
    if column not in known:
        raise UnknownName("column", column, known)


def cell_of(store: Catalogue, fact: Fact, column: str) -> Cell:
    """Return what a column holds of a fact.

    Raises:
        UnknownName: there is no such column.

    """
    return _getter(store, column)(fact)


def _getter(store: Catalogue, column: str) -> Callable[[Fact], Cell]:
    require_column(store, column)
    name, _, language = column.partition("_")
    if name in _TEXTS:
        text = _TEXTS[name]
        return lambda fact: text(fact).get(language)
    field = _FIELDS[column]
    return lambda fact: field(store, fact)


_TEXTS: Mapping[str, Callable[[Fact], Text]] = {
    "title": lambda fact: fact.title,
    "text": lambda fact: fact.text,
    "note": lambda fact: fact.note,
}

_FIELDS: Mapping[str, Callable[[Catalogue, Fact], Cell]] = {
    "id": lambda _, fact: fact.id,
    "category": lambda _, fact: fact.category,
    "kind": lambda _, fact: fact.kind,
    "figure": lambda _, fact: fact.figure.printed if fact.figure else None,
    "value": lambda _, fact: fact.figure.value if fact.figure else None,
    "low": lambda _, fact: fact.figure.low if fact.figure else None,
    "high": lambda _, fact: fact.figure.high if fact.figure else None,
    "form": lambda _, fact: fact.figure.form if fact.figure else None,
    "quote": lambda _, fact: fact.quote,
    "draft": lambda _, fact: "true" if fact.draft else None,
    "unit": lambda _, fact: fact.unit,
    "bound": lambda _, fact: fact.figure.bound if fact.figure else None,
    "start": lambda _, fact: fact.when.start if fact.when else None,
    "end": lambda _, fact: fact.when.end if fact.when else None,
    "when": lambda _, fact: fact.when.edtf if fact.when else None,
    "source": lambda _, fact: fact.source,
    "paragraph": lambda _, fact: fact.paragraph,
    "tags": lambda _, fact: fact.tags,
    "conflicts": lambda store, fact: tuple(conflict.other for conflict in store.conflicts.get(fact.id, ())),
}
