"""What every format is made from: named columns and rows of plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from cs_facts.errors import UnknownName
from cs_facts.model import PLAIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from cs_facts.model import Fact, Store, Text

Cell = str | int | Decimal | date | tuple[str, ...] | None
"""A value: text, an exact number, a day, a list of texts, or nothing."""

LIST_SEPARATOR = "; "


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of cells under named columns."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


def flat(cell: Cell) -> str:
    """Write a cell as one text: lists joined, nothing as the empty text, a number without exponent.

    >>> flat(("a", "b")), flat(None), flat(Decimal("5E+8"))
    ('a; b', '', '500000000')
    """
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return LIST_SEPARATOR.join(cell)
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return str(cell)


def fact_columns(store: Store, languages: Iterable[str] | None = None) -> tuple[str, ...]:
    """Return the columns of a fact in their order, those of texts once for each language.

    Args:
        store: its languages are taken where none are given.
        languages: language tags.

    """
    tags = tuple(languages) if languages is not None else store.languages
    return tuple(column_name(name, tag) for name in _TEXTS_AND_FIELDS for tag in (tags if name in _TEXTS else (PLAIN,)))


def column_name(name: str, language: str) -> str:
    """Name the column of a text in a language.

    >>> column_name("title", "zh"), column_name("title", "")
    ('title_zh', 'title')
    """
    return f"{name}_{language}" if language else name


def fact_sheet(store: Store, facts: Iterable[Fact], columns: Sequence[str]) -> Sheet:
    """Lay facts out under columns.

    Raises:
        UnknownName: there is no such column.

    """
    getters = [_getter(store, name) for name in columns]
    return Sheet(tuple(columns), [tuple(get(fact) for get in getters) for fact in facts])


def sort_key(store: Store, column: str) -> Callable[[Fact], Cell]:
    """Return what a column holds of a fact, to sort by.

    Raises:
        UnknownName: there is no such column.

    """
    return _getter(store, column)


def _getter(store: Store, column: str) -> Callable[[Fact], Cell]:
    known = fact_columns(store)
    if column not in known:
        raise UnknownName("column", column, known)
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

_FIELDS: Mapping[str, Callable[[Store, Fact], Cell]] = {
    "id": lambda _, fact: fact.id,
    "category": lambda _, fact: fact.category,
    "kind": lambda _, fact: fact.kind,
    "figure": lambda _, fact: fact.figure.printed if fact.figure else None,
    "value": lambda _, fact: fact.figure.value if fact.figure else None,
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

_TEXTS_AND_FIELDS = (
    *("id", "category", "kind", "title", "text", "figure", "value", "unit", "bound", "start", "end", "when"),
    *("source", "paragraph", "tags", "conflicts", "note"),
)
