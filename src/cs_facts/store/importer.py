"""A table → a store: the inverse of an export.

The columns are those of an export, or are mapped to them. ``value``, ``bound``, ``start`` and ``end`` follow from the
figure and the period; where a table has them, they must agree. What may explain a conflict has no column and is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from cs_facts.dates.edtf import parse_period
from cs_facts.errors import FigureError, PeriodError, StoreFaults, UnknownName, UsageError, nearest
from cs_facts.lexicon import PLAIN
from cs_facts.numbers.figures import parse_figure
from cs_facts.store import schema
from cs_facts.store.loader import load_facts
from cs_facts.store.nodes import Mapping, Node, Refused, Scalar, Sequence
from cs_facts.store.raw import FORBIDDEN_IN_VALUES, Stopped, refusal
from cs_facts.store.tables import Cell, Record, read_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from cs_facts.model import Store

DERIVED = ("value", "bound", "start", "end")
"""The columns that say again what the figure and the period say."""

_TEXTS = tuple(name for name, declared in schema.FACT.items() if declared.read is schema.read_text)
_REFERENCES = ("category", "unit", "source")
_LISTS = ("tags", "conflicts")
_BETWEEN = re.compile("; ?")


@dataclass(frozen=True)
class Layout:
    """Where the columns of a store come from.

    Attributes:
        columns: column of a store → column of the table; one that is not named comes from the column of its own name.
        values: column of a store → the value of every row that has none.

    """

    columns: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in (*self.columns, *self.values):
            if not _is_column(name):
                raise UnknownName("column of a store", name, _known())
        for name, value in self.values.items():
            if hidden := FORBIDDEN_IN_VALUES.search(value):
                raise UsageError(f"--set {name}: {refusal(hidden[0])}")


@dataclass(frozen=True)
class Imported:
    """A store made of a table.

    Attributes:
        unused: columns of the table that no column of a store comes from, with the one that is near, if any.
        invented: the ids of units, categories and sources that no store defined, so that the id is the name.

    """

    store: Store
    unused: dict[str, str | None]
    invented: dict[str, tuple[str, ...]]


@dataclass(slots=True)
class _Reading(schema.Reading):
    """A reading that names the column of a fault."""

    def tell(self, node: Node, message: str) -> None:
        column = f"column {node.name!r}: " if isinstance(node, Cell) else ""
        if not isinstance(node, Refused):
            self.report(node.line, node.column, column + message)


def import_table(path: Path, layout: Layout, known: Store) -> Imported:
    """Make a store of a table.

    Args:
        path: a CSV or TSV, or the JSON or NDJSON of an export, in UTF-8.
        layout: where the columns come from.
        known: a store whose units, categories and sources keep their names.

    Raises:
        StoreFaults: any row has a fault; all of them are listed.
        StoreUnreadable: the file cannot be read.
        UsageError: the layout names a column that the table does not have.

    """
    reading = _Reading(str(path))
    try:
        return _import(path, layout, known, reading)
    except Stopped:
        raise StoreFaults(reading.problems) from None


def _import(path: Path, layout: Layout, known: Store, reading: _Reading) -> Imported:
    header, records = read_records(path, reading)
    names = _targets(header, layout)
    if missing := _missing(names, layout):
        for name in missing:
            reading.report(0, 0, f"no column {name!r}; --map {name}=COLUMN names the one that holds it")
        raise StoreFaults(reading.problems)
    store = load_facts(_nodes(records, names, layout, reading), reading, known)
    unused = {name: next(iter(nearest(name, _known())), None) for name in header if name not in names and name.strip()}
    return Imported(store, unused, _invented(store, known))


def _targets(header: Iterable[str], layout: Layout) -> dict[str, str]:
    """Return column of the table → column of the store."""
    header = tuple(header)
    for column in layout.columns.values():
        if column not in header:
            raise UnknownName("column of the table", column, header)
    named = {column: name for name, column in layout.columns.items()}
    if len(named) < len(layout.columns):
        raise UsageError("--map gives one column of the table to two of the store")
    own = {name: name for name in header if _is_column(name) and name not in layout.columns and name not in named}
    return named | own


def _missing(names: dict[str, str], layout: Layout) -> list[str]:
    """Return the required columns that a table does not have."""
    there = {_field(name) for name in (*names.values(), *layout.values)}
    return [name for name, declared in schema.FACT.items() if declared.required and name not in there]


def _field(name: str) -> str:
    return _split(name)[0]


def _split(name: str) -> tuple[str, str]:
    """Split the name of a column: ``title_zh`` is the title in zh."""
    base, mark, language = name.partition("_")
    return (base, language) if mark and base in _TEXTS else (name, PLAIN)


def _is_column(name: str) -> bool:
    base, language = _split(name)
    is_language = not language or re.fullmatch(schema.LANGUAGE, language) is not None
    return (base in schema.FACT or base in DERIVED) and is_language


def _known() -> list[str]:
    texts = [f"{name}_{language}" for name in _TEXTS for language in ("zh", "en")]
    return [*schema.FACT, *texts, *DERIVED]


def _nodes(records: Iterable[Record], names: dict[str, str], layout: Layout, reading: _Reading) -> Iterator[Node]:
    stated: set[tuple[str, str]] = set()
    for record in records:
        cells = {names[name]: node for name, node in record.cells.items() if name in names}
        for name, value in layout.values.items():
            cells.setdefault(name, Cell(record.line, record.column, value, name))
        _check_derived(cells, reading)
        for name in _REFERENCES:
            if name in cells:
                schema.read_identifier(cells[name], reading)
        yield _fact(record, cells, stated, reading)


def _fact(record: Record, cells: dict[str, Node], stated: set[tuple[str, str]], reading: _Reading) -> Mapping:
    """Lay a record out as a fact stands in a store."""
    fact = Mapping(record.line, record.column)
    for column, node in cells.items():
        name, language = _split(column)
        if name in DERIVED:
            continue
        if name in _LISTS:
            node = _items(node)
        if name == "conflicts":
            node = _conflicts(node, cells.get("id"), stated)
        fact.keys.setdefault(name, Cell(node.line, node.column, name, node.name if isinstance(node, Cell) else name))
        if name in _TEXTS and language:
            _add_language(fact, name, language, node, reading)
        elif name in fact.items:
            reading.tell(node, f"gives the {name} without a language, another column with one; leave one of them out")
        else:
            fact.items[name] = node
    return fact


def _add_language(fact: Mapping, name: str, language: str, node: Node, reading: _Reading) -> None:
    text = fact.items.setdefault(name, Mapping(node.line, node.column))
    if not isinstance(text, Mapping):
        reading.tell(node, f"gives the {name} with a language, another column without one; leave one of them out")
        return
    text.items[language] = node
    text.keys[language] = Scalar(node.line, node.column, language)


def _items(node: Node) -> Node:
    """Split a cell into the items of a list, as an export joins them."""
    if not isinstance(node, Cell):
        return node
    items = [Cell(node.line, node.column, part, node.name) for part in _BETWEEN.split(node.text) if part.strip()]
    return Sequence(node.line, node.column, [*items])


def _conflicts(node: Node, own: Node | None, stated: set[tuple[str, str]]) -> Node:
    """Keep of each pair the side that names it first; an export names both."""
    if not isinstance(node, Sequence):
        return node
    kept, id_ = Sequence(node.line, node.column), own.text if isinstance(own, Scalar) else ""
    for partner in node.items:
        if isinstance(partner, Scalar):
            if (partner.text, id_) in stated and partner.text != id_:
                continue
            stated.add((id_, partner.text))
        key = Scalar(partner.line, partner.column, "with")
        kept.items.append(Mapping(partner.line, partner.column, {"with": partner}, {"with": key}))
    return kept


def _check_derived(cells: dict[str, Node], reading: _Reading) -> None:
    for base, names in (("figure", ("value", "bound")), ("when", ("start", "end"))):
        origin = cells.get(base)
        for name in names:
            cell = cells.get(name)
            if isinstance(cell, Cell) and not isinstance(origin, Cell):
                reading.tell(cell, f"{cell.text!r} follows from no {base}; give the {base} too, or empty this cell")
            elif isinstance(cell, Cell) and isinstance(origin, Cell):
                _compare(name, cell, origin, reading)


def _compare(name: str, cell: Cell, origin: Cell, reading: _Reading) -> None:
    try:
        said = _derived(name, origin.text)
    except (FigureError, PeriodError):
        return  # which is told where it stands
    if cell.text != said and not (name == "value" and _number(cell.text) == _number(said)):
        meant = f"is not {said}, as {origin.text!r} says" if said else f"is a day, where {origin.text!r} is open"
        reading.tell(cell, f"{cell.text!r} {meant}; mend one of them, or empty this cell")


def _derived(name: str, origin: str) -> str:
    if name == "value":
        return f"{parse_figure(origin).value:f}"
    if name == "bound":
        return parse_figure(origin).bound
    period = parse_period(origin)
    return str((period.start if name == "start" else period.end) or "")


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _invented(store: Store, known: Store) -> dict[str, tuple[str, ...]]:
    ids = {
        "unit": tuple(id_ for id_ in store.units if id_ not in known.units),
        "category": tuple(id_ for id_ in store.categories if id_ not in known.categories),
        "source": tuple(id_ for id_ in store.sources if id_ not in known.sources),
    }
    return {what: own for what, own in ids.items() if own}
