"""Import a table as a store, the inverse of an export.

The columns are those of an export, or are mapped to them. A row is turned into the events of a fact in YAML, so that
the same rules read both. The `DERIVED` columns are read anew from the figure and the period, with a warning where the
table disagrees. The notes of conflicts have no column and are lost.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import chain
from typing import TYPE_CHECKING, Any

from yaml import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from cs_facts.columns import DERIVED, LISTS, PLAIN, SECTIONS, TEXTS
from cs_facts.dates.edtf import parse_period
from cs_facts.errors import FigureError, PeriodError, StoreFaults, UnknownName, UsageError, check_names, nearest
from cs_facts.model import Source, Store
from cs_facts.numbers.figures import parse_figure
from cs_facts.store import readers, schema
from cs_facts.store.loader import check_references
from cs_facts.store.reading import FORBIDDEN_IN_VALUES, Stopped, refusal
from cs_facts.store.tables import CellMark, Row, TableReading, cell, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from cs_facts.model import Fact, Problem
    from cs_facts.store.reading import Event, Mark
    from cs_facts.store.tables import Cell


_BETWEEN = re.compile("; ?")

# True and false as spreadsheets and databases write them.
_FLAGS = {"true": "true", "1": "true", "false": "false", "0": "false"}

# How many unknown columns come with a suggestion, as these take time.
_SUGGESTIONS = 100


@dataclass(frozen=True)
class Layout:
    """Where the columns of a store come from, other than from a column of the same name."""

    columns: dict[str, str] = field(default_factory=dict)  # column of the store → column of the table
    values: dict[str, str] = field(default_factory=dict)  # column of the store → default value

    def __post_init__(self) -> None:
        for name in (*self.columns, *self.values):
            if not _is_column(name):
                raise UnknownName("column of a store", name, _known())
        for name, value in self.values.items():
            if hidden := FORBIDDEN_IN_VALUES.search(value):
                raise UsageError(f"--set {name}: {refusal(hidden[0])}")


@dataclass(frozen=True)
class Imported:
    """A store made from a table."""

    store: Store
    warnings: tuple[Problem, ...]  # where the table contradicts a figure or a period
    unused: dict[str, str | None]  # ignored column → the most similar column of a store, if any
    invented: dict[str, tuple[str, ...]]  # "unit", "category" or "source" → ids that had no definition


def import_table(path: Path, layout: Layout, known: Store) -> Imported:
    """Make a store from a CSV, TSV, JSON or NDJSON file; ``known`` may define its units, categories and sources.

    Raises `StoreFaults` with the faults of all rows, `StoreUnreadable` if the file cannot be read, and `UsageError` if
    the layout names a column that the table does not have.
    """
    reading = TableReading(str(path))
    try:
        header, rows = read_rows(path, reading)
        names = _targets(header, layout)
        there = {_split(name)[0] for name in (*names.values(), *layout.values)}
        missing = [name for name, field in schema.FACT.fields.items() if field.required and name not in there]
        for name in missing:
            reading.report_at(0, 0, f"no column {name!r}; --map {name}=COLUMN names the one that holds it")
        facts = () if missing else tuple(filter(None, _facts(rows, names, layout, reading)))
    except Stopped:
        raise StoreFaults(reading.problems) from None
    store, invented = _store(facts, known, reading)
    left_out = [name for name in header if name not in names and name.strip()]
    unused = {name: next(iter(nearest(name, _known())), None) for name in left_out[:_SUGGESTIONS]}
    return Imported(store, tuple(reading.problems), unused | dict.fromkeys(left_out[_SUGGESTIONS:]), invented)


def _store(facts: tuple[Fact, ...], known: Store, reading: TableReading) -> tuple[Store, dict[str, tuple[str, ...]]]:
    """Build a store with what its facts refer to, and return the ids that were invented; raise any StoreFaults."""
    defined: dict[str, dict[str, Any]] = {
        "unit": dict(known.units),
        "category": dict(known.categories),
        "source": dict(known.sources),
    }
    references = reading.references
    reading.references = {name: where for name, where in references.items() if name[0] not in defined}
    check_references([reading], (), [fact.id for fact in facts])  # those of a table are among the definitions
    if any(problem.severity == "error" for problem in reading.problems):
        raise StoreFaults(reading.problems)
    invented: dict[str, tuple[str, ...]] = {}
    for what, values in defined.items():
        new = tuple(id_ for kind, id_ in references if kind == what and id_ not in values)
        values |= {id_: Source(id_, "document", {PLAIN: id_}) if what == "source" else {PLAIN: id_} for id_ in new}
        defined[what] = {id_: value for id_, value in values.items() if (what, id_) in references}
        invented |= {what: new} if new else {}
    return Store(known.title, defined["unit"], defined["category"], defined["source"], facts), invented


def _targets(header: tuple[str, ...], layout: Layout) -> dict[str, str]:
    """Map the columns of the table to those of the store."""
    check_names("column of the table", layout.columns.values(), header)
    named = {column: name for name, column in layout.columns.items()}
    if len(named) < len(layout.columns):
        raise UsageError("--map gives one column of the table to two of the store")
    own = {name: name for name in header if _is_column(name) and name not in layout.columns and name not in named}
    return named | own


def _split(name: str) -> tuple[str, str]:
    """Split the name of a column into key and language: ``title_zh`` is the title in zh."""
    base, mark, language = name.partition("_")
    return (base, language) if mark and base in TEXTS else (name, PLAIN)


def _is_column(name: str) -> bool:
    base, language = _split(name)
    is_language = not language or re.fullmatch(readers.LANGUAGE, language) is not None
    return (base in schema.FACT.fields or base in DERIVED) and is_language


def _known() -> list[str]:
    texts = [f"{name}_{language}" for name in TEXTS for language in ("zh", "en")]
    return [*schema.FACT.fields, *texts, *DERIVED]


def _facts(rows: Iterable[Row], names: dict[str, str], layout: Layout, reading: TableReading) -> Iterator[Fact | None]:
    """Read the rows as facts, None for one with a fault."""
    reading.on_id = lambda event: reading.define("fact", event.value, event)
    stated: set[tuple[str, str]] = set()
    for row in rows:
        cells = {names[name]: value for name, value in row.cells.items() if name in names}
        for name, text in layout.values.items():
            cells.setdefault(name, cell(CellMark(*row.at, name), text))
        _check_derived(cells, reading)
        for name in SECTIONS:
            if type(cells.get(name)) is ScalarEvent:
                readers.ID.read(cells[name], reading)
        values = _values(cells, stated, reading).items()
        pairs = ((cell(events[0].start_mark, name), *events) for name, events in values)
        reading.next = iter(_mapping(row.at, *chain.from_iterable(pairs))).__next__
        yield schema.read_fact(reading.next(), reading)


def _values(cells: dict[str, Cell], stated: set[tuple[str, str]], reading: TableReading) -> dict[str, list[Event]]:
    """Map each key to the events that its value would give in a store."""
    values: dict[str, list[Event]] = {}
    for column, value in cells.items():
        name, language = _split(column)
        if name in DERIVED:
            continue
        if name in LISTS and type(value) is ScalarEvent:
            value = [cell(value.start_mark, part) for part in _BETWEEN.split(value.value) if part.strip()]
        elif name == "draft" and type(value) is ScalarEvent:
            value = cell(value.start_mark, _FLAGS.get(value.value.lower(), value.value))
        if value == []:
            continue
        events = value if isinstance(value, list) else [value]
        mark = events[0].start_mark
        if isinstance(value, list):
            parts = _partners(value, getattr(cells.get("id"), "value", ""), stated) if name == "conflicts" else value
            events = [SequenceStartEvent(None, None, True, mark, mark), *parts, SequenceEndEvent()]
        known = values.get(name)
        if known is None:
            values[name] = _mapping(mark, cell(mark, language), *events) if language else events
        elif language and type(known[0]) is MappingStartEvent:
            known[-1:-1] = [cell(mark, language), *events]
        else:
            one, other = ("with", "without") if language else ("without", "with")
            said = f"gives the {name} {one} a language, another column {other} one; leave one of them out"
            reading.report(events[0], said)
    return values


def _partners(partners: Iterable[Event], own: str, stated: set[tuple[str, str]]) -> list[Event]:
    """Return the events of a fact's conflicts; of the two sides that an export names, only the first is kept."""
    events: list[Event] = []
    for partner in partners:
        other = getattr(partner, "value", "")
        if (other, own) not in stated or other == own:
            stated.add((own, other))
            events += _mapping(partner.start_mark, cell(partner.start_mark, "with"), partner)
    return events


def _mapping(mark: Mark, *inside: Event) -> list[Event]:
    return [MappingStartEvent(None, None, True, mark, mark), *inside, MappingEndEvent()]


def _check_derived(cells: dict[str, Cell], reading: TableReading) -> None:
    """Warn where a derived column contradicts the figure or the period."""
    for name, base in DERIVED.items():
        said, origin = cells.get(name), cells.get(base)
        if type(said) is not ScalarEvent:
            continue
        if type(origin) is not ScalarEvent:
            reading.report(said, f"{said.value!r} follows from no {base} and is left out", "warning")
            continue
        with suppress(FigureError, PeriodError):  # reported when the figure or the period itself is read
            value = getattr(parse_figure(origin.value) if base == "figure" else parse_period(origin.value), name)
            text = "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
            with suppress(InvalidOperation):
                if said.value == text or Decimal(said.value.replace(",", "")) == value:
                    continue
            printed = repr(origin.value)
            meant = f"is not {text}, as {printed} says" if text else f"has no place, for {printed} has none"
            reading.report(said, f"{said.value!r} {meant}; what is printed counts", "warning")
