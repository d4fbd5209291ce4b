"""A table → a store: the inverse of an export.

The columns are those of an export, or are mapped to them. What follows from the figure and the period (`DERIVED`) is
read anew; where a table says otherwise, a warning tells. What may explain a conflict has no column and is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from cs_facts.dates.edtf import parse_period
from cs_facts.errors import FigureError, PeriodError, StoreFaults, UnknownName, UsageError, nearest
from cs_facts.lexicon import PLAIN
from cs_facts.model import Problem, Source, Store
from cs_facts.numbers.figures import parse_figure
from cs_facts.store import readers, schema
from cs_facts.store.loader import check_references
from cs_facts.store.parser import FORBIDDEN_IN_VALUES, refusal
from cs_facts.store.reading import Mapping, Node, Reading, Scalar, Sequence, Stopped
from cs_facts.store.tables import Cell, Record, read_records

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator
    from collections.abc import Mapping as Known
    from pathlib import Path
    from typing import TypeVar

    from cs_facts.store.reading import Severity

    T = TypeVar("T")

# The columns that say again what another one says.
DERIVED = {"value": "figure", "low": "figure", "high": "figure", "form": "figure", "bound": "figure"} | {
    "start": "when",
    "end": "when",
}

_TEXTS = tuple(name for name, declared in schema.FACT.fields.items() if declared.read is readers.read_text)
_REFERENCES = ("category", "unit", "source")
_LISTS = ("tags", "conflicts")
_BETWEEN = re.compile("; ?")

# How spreadsheets and databases write true and false.
_FLAGS = {"true": "true", "1": "true", "false": "false", "0": "false"}

# Unknown columns that come with a suggestion, which takes time.
_SUGGESTIONS = 100


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
        warnings: where a table says otherwise what follows from a figure or a period.
        unused: columns of the table that no column of a store comes from, with the one that is near, if any.
        invented: the ids of units, categories and sources that no store defined, so that the id is the name.

    """

    store: Store
    warnings: tuple[Problem, ...]
    unused: dict[str, str | None]
    invented: dict[str, tuple[str, ...]]


class _Reading(Reading):
    """A reading that names the column of a fault."""

    def tell(self, node: Node, message: str, severity: Severity = "error") -> None:
        super().tell(node, f"column {node.name!r}: {message}" if isinstance(node, Cell) else message, severity)


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
    store = _store(_nodes(records, names, layout, reading), reading, known)
    left_out = [name for name in header if name not in names and name.strip()]
    unused = {name: next(iter(nearest(name, _known())), None) for name in left_out[:_SUGGESTIONS]}
    unused |= dict.fromkeys(left_out[_SUGGESTIONS:])
    return Imported(store, tuple(reading.problems), unused, _invented(store, known))


def _store(nodes: Iterable[Mapping], reading: _Reading, known: Store) -> Store:
    """Make a store of facts; what a known store does not define is defined here, by its id.

    Raises:
        StoreFaults: any fact has a fault; all of them are listed.

    """
    facts = []
    for node in nodes:
        fact = schema.read_fact(node, reading)
        own = node.items.get("id")
        if isinstance(own, Scalar) and own.value.strip():
            reading.define("fact", own.value, own)
        if fact:
            facts.append(fact)
    used = {what: [id_ for kind, id_ in reading.references if kind == what] for what in _REFERENCES}
    for what in _REFERENCES:
        for id_ in used[what]:
            del reading.references[what, id_]
    check_references([reading], (), [fact.id for fact in facts])  # the facts of a table are among the definitions
    if any(problem.severity == "error" for problem in reading.problems):
        raise StoreFaults(reading.problems)
    return Store(
        title=known.title,
        units=_defined(used["unit"], known.units, lambda id_: {PLAIN: id_}),
        categories=_defined(used["category"], known.categories, lambda id_: {PLAIN: id_}),
        sources=_defined(used["source"], known.sources, lambda id_: Source(id_, "document", {PLAIN: id_})),
        facts=tuple(facts),
    )


def _defined(used: Iterable[str], known: Known[str, T], define: Callable[[str], T]) -> dict[str, T]:
    """Return what the facts refer to: what is known in its order, then what is defined here."""
    used = dict.fromkeys(used)
    return {id_: value for id_, value in known.items() if id_ in used} | {
        id_: define(id_) for id_ in used if id_ not in known
    }


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
    there = {_split(name)[0] for name in (*names.values(), *layout.values)}
    return [name for name, declared in schema.FACT.fields.items() if declared.required and name not in there]


def _split(name: str) -> tuple[str, str]:
    """Split the name of a column: ``title_zh`` is the title in zh."""
    base, mark, language = name.partition("_")
    return (base, language) if mark and base in _TEXTS else (name, PLAIN)


def _is_column(name: str) -> bool:
    base, language = _split(name)
    is_language = not language or re.fullmatch(readers.LANGUAGE, language) is not None
    return (base in schema.FACT.fields or base in DERIVED) and is_language


def _known() -> list[str]:
    texts = [f"{name}_{language}" for name in _TEXTS for language in ("zh", "en")]
    return [*schema.FACT.fields, *texts, *DERIVED]


def _nodes(records: Iterable[Record], names: dict[str, str], layout: Layout, reading: _Reading) -> Iterator[Mapping]:
    stated: set[tuple[str, str]] = set()
    for record in records:
        cells = {names[name]: node for name, node in record.cells.items() if name in names}
        for name, value in layout.values.items():
            cells.setdefault(name, Cell(record.at, value, name))
        _check_derived(cells, reading)
        for name in _REFERENCES:
            if name in cells:
                readers.read_identifier.read(cells[name], reading)
        yield _fact(record, cells, stated, reading)


def _fact(record: Record, cells: dict[str, Node], stated: set[tuple[str, str]], reading: _Reading) -> Mapping:
    """Lay a record out as a fact stands in a store."""
    fact = Mapping(record.at)
    for column, node in cells.items():
        name, language = _split(column)
        if name in DERIVED:
            continue
        if name in _LISTS:
            node = _items(node)
        if name == "draft" and isinstance(node, Cell):
            node = Cell(node.at, _FLAGS.get(node.value.lower(), node.value), node.name)
        if name == "conflicts":
            node = _conflicts(node, cells.get("id"), stated)
        fact.keys.setdefault(name, _key(name, node, record))
        if name in _TEXTS and language:
            _add_language(fact, name, language, node, reading)
        elif name in fact.items:
            reading.tell(node, f"gives the {name} without a language, another column with one; leave one of them out")
        else:
            fact.items[name] = node
    return fact


def _key(name: str, node: Node, record: Record) -> Cell:
    """Return the key of a value: what its fault is told of when it has no place of its own."""
    return Cell(node.at, name, node.name) if isinstance(node, Cell) else Cell(record.at, name, name)


def _add_language(fact: Mapping, name: str, language: str, node: Node, reading: _Reading) -> None:
    text = fact.items.setdefault(name, Mapping(fact.keys[name].start_mark))
    if not isinstance(text, Mapping):
        reading.tell(node, f"gives the {name} with a language, another column without one; leave one of them out")
        return
    text.items[language] = node
    text.keys[language] = fact.keys[name]


def _items(node: Node) -> Node:
    """Split a cell into the items of a list, as an export joins them."""
    if not isinstance(node, Cell):
        return node
    parts = (part for part in _BETWEEN.split(node.value) if part.strip())
    return Sequence(node.at, [Cell(node.at, part, node.name) for part in parts])


def _conflicts(node: Node, own: Node | None, stated: set[tuple[str, str]]) -> Node:
    """Keep of each pair the side that names it first; an export names both."""
    if not isinstance(node, Sequence):
        return node
    kept, id_ = Sequence(node.start_mark), own.value if isinstance(own, Scalar) else ""
    for partner in node.items:
        if isinstance(partner, Scalar):
            if (partner.value, id_) in stated and partner.value != id_:
                continue
            stated.add((id_, partner.value))
        conflict = Mapping(node.start_mark)
        conflict.items["with"] = partner
        kept.items.append(conflict)
    return kept


def _check_derived(cells: dict[str, Node], reading: _Reading) -> None:
    for name, base in DERIVED.items():
        cell, origin = cells.get(name), cells.get(base)
        if isinstance(cell, Cell) and not isinstance(origin, Cell):
            reading.tell(cell, f"{cell.value!r} follows from no {base} and is left out", "warning")
        elif isinstance(cell, Cell) and isinstance(origin, Cell):
            _compare(name, cell, origin, reading)


def _compare(name: str, cell: Cell, origin: Cell, reading: _Reading) -> None:
    try:
        base = parse_figure(origin.value) if DERIVED[name] == "figure" else parse_period(origin.value)
    except (FigureError, PeriodError):
        return  # which is told where it stands
    value = getattr(base, name)
    said = "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
    if cell.value != said and not (isinstance(value, Decimal) and _number(cell.value) == value):
        meant = f"is not {said}, as {origin.value!r} says" if said else f"has no place, for {origin.value!r} has none"
        reading.tell(cell, f"{cell.value!r} {meant}; what is printed counts", "warning")


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _invented(store: Store, known: Store) -> dict[str, tuple[str, ...]]:
    ids: dict[str, tuple[Iterable[str], Container[str]]] = {
        "unit": (store.units, known.units),
        "category": (store.categories, known.categories),
        "source": (store.sources, known.sources),
    }
    return {what: own for what, (has, had) in ids.items() if (own := tuple(id_ for id_ in has if id_ not in had))}
