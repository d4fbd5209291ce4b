"""An SQLite file to open with sqlite3, Datasette, sqlite-utils or DuckDB."""

from __future__ import annotations

import contextlib
import functools
import json
import re
import sqlite3
import tempfile
from decimal import Decimal
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from cs_facts.errors import OutputError
from cs_facts.output.rows import Rows, fact_rows, flat, spread_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cs_facts.index import Facts
    from cs_facts.output.rows import Cell

_VALUE = "value"
_TYPES = {_VALUE: "NUMERIC", "low": "NUMERIC", "high": "NUMERIC", "paragraph": "INTEGER"}
_KEYS = {"category": "categories", "unit": "units", "source": "sources"}
_SOURCE = ("id", "type", "title", "author", "publisher", "editor", "published", "language", "url", "sha256")
_SEARCHED = {"id", "title", "text", "figure", "tags", "note"}

_CHUNK = 1 << 20
# Integers in SQLite are below this.
_GREATEST = 2**63

_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
# The longest Chinese word, in characters, that the search table finds as one word; few words are longer.
_LONGEST = 4


def render_facts(facts: Facts, columns: Sequence[str]) -> Iterator[bytes]:
    """Yield a database of facts, with the categories, units and sources of their store and a search table."""
    store = facts.index

    def fill(database: sqlite3.Connection) -> None:
        _create_table(database, "categories", spread_texts(("id", "name"), store.categories.items()))
        _create_table(database, "units", spread_texts(("id", "name"), store.units.items()))
        _create_table(database, "sources", spread_texts(_SOURCE, map(attrgetter(*_SOURCE), store.sources.values())))
        _create_table(database, "facts", fact_rows(facts, columns))
        _create_search_table(database, fact_rows(facts, columns))

    return _build(fill)


def render_rows(rows: Rows) -> Iterator[bytes]:
    """Yield a database with one table, ``result``."""
    if not rows.written:
        rows = Rows(rows.columns, list(rows.cells))  # they are read twice: for the types of columns and for the rows
    return _build(lambda database: _create_table(database, "result", rows, key=False))


def _build(fill: Callable[[sqlite3.Connection], None]) -> Iterator[bytes]:
    """Build a database in a temporary folder, since SQLite may not work at its destination, and yield its bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "facts.db")
        try:
            with contextlib.closing(sqlite3.connect(path)) as database, database:
                database.execute("PRAGMA journal_mode = OFF")  # an incomplete database is discarded
                database.execute("PRAGMA synchronous = OFF")
                fill(database)
        except sqlite3.Error as error:
            raise OutputError(f"the database cannot be built in {path.parent.parent}: {error}") from None
        with path.open("rb") as stream:
            yield from iter(functools.partial(stream.read, _CHUNK), b"")


def _create_table(database: sqlite3.Connection, name: str, rows: Rows, *, key: bool = True) -> None:
    """Create a table of rows, with primary and foreign keys if ``key``; ``value`` is followed by its exact text."""
    columns = [
        _quoted(column)
        + f" {_TYPES.get(column) or ('TEXT' if rows.written else _column_type(row[place] for row in rows.cells))}"
        + " PRIMARY KEY" * (key and column == "id")
        + (f" REFERENCES {_KEYS[column]}(id)" if key and column in _KEYS else "")
        for place, column in enumerate(rows.columns)
    ]
    at = rows.columns.index(_VALUE) if _VALUE in rows.columns else None
    if at is not None:
        columns.insert(at + 1, "value_exact TEXT")
    database.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
    cells = (list(map(_sqlite_value, row)) for row in rows.typed())
    twice = cells if at is None else ([*row[: at + 1], *row[at:]] for row in cells)
    database.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", twice)


def _column_type(cells: Iterable[Cell]) -> str:
    first = next((cell for cell in cells if cell is not None), None)
    return "INTEGER" if isinstance(first, int) else "NUMERIC" if isinstance(first, Decimal) else "TEXT"


def _sqlite_value(cell: Cell) -> str | int | None:
    """Convert a cell for SQLite: lists become JSON; days and decimals text, which a NUMERIC column makes a number."""
    if isinstance(cell, tuple):
        return json.dumps(cell, ensure_ascii=False)
    return cell if cell is None or (isinstance(cell, int) and abs(cell) < _GREATEST) else flat(cell)


def _create_search_table(database: sqlite3.Connection, rows: Rows) -> None:
    """Create the table ``search``, in which MATCH finds words of the table ``facts``."""
    places = [place for place, column in enumerate(rows.columns) if column.partition("_")[0] in _SEARCHED]
    if not places:
        return
    columns = ", ".join(_quoted(rows.columns[place]) for place in places)
    # sqlite-utils and Datasette recognise the search table of a table by content="…", in exactly these quotes
    options = "content=\"facts\", tokenize='porter unicode61 remove_diacritics 2'"
    database.execute(f"CREATE VIRTUAL TABLE search USING fts5({columns}, {options})")
    found = ((number, *(_words(flat(row[place])) for place in places)) for number, row in enumerate(rows.typed(), 1))
    marks = ", ".join("?" * len(places))
    database.executemany(f"INSERT INTO search (rowid, {columns}) VALUES (?, {marks})", found)


def _words(text: str) -> str:
    """Separate what FTS5, which takes a run of Chinese for one word, is to find as words.

    >>> _words("50万党员")
    '50 万 万党 万党员 党 党员 员 '
    """

    def parts(run: re.Match[str]) -> str:
        starts, ends = range(len(run[0])), range(1, len(run[0]) + 1)
        return f" {' '.join(run[0][start:end] for start in starts for end in ends[start : start + _LONGEST])} "

    return _HAN.sub(parts, text)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
