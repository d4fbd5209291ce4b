"""Stores → an index, in one transaction: whole, or not at all."""

from __future__ import annotations

import json
import sqlite3
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from cs_facts.index.analyzer import COLUMNS, Analyzer
from cs_facts.index.index import TALLY_GROUP, TALLY_SQL, Index
from cs_facts.index.schema import (
    COLUMN_OF,
    FILE_BITS,
    INDEXES,
    STORED,
    TABLES,
    all_conflicts,
    checksum,
    decode,
    encode,
    encode_source,
    to_json,
)
from cs_facts.store.loader import load
from cs_facts.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from cs_facts.index.schema import Row
    from cs_facts.model import Fact, Store

    Progress = Callable[[int, int], None]

_AT_ONCE = 1000

# How the file is written: a broken one is thrown away, so nothing need be undone or safe on the disk before it is whole.
_PRAGMAS = ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", "cache_size=-32000", "temp_store=MEMORY")

# FTS5 writes a segment for so many bytes of words; with its default of 1 MiB a large compilation merges most of the time.
_FTS_OPTIONS = {"hashsize": 8 << 20, "automerge": 16, "crisismerge": 64}


def build(paths: Sequence[Path], target: str, progress: Progress | None = None) -> sqlite3.Connection:
    """Compile stores into a new SQLite file, or into memory, and return the open connection to it.

    Args:
        paths: of stores, read as one.
        target: the file; ``:memory:`` is none.
        progress: is told how many bytes of how many are read.

    Raises:
        StoreUnreadable: a file cannot be opened.
        StoreFaults: any file has a fault; all of them are listed.

    """
    store = load(paths)
    return build_from(store, target, merged=len(set(paths)) > 1)


def build_from(store: Store, target: str = ":memory:", *, merged: bool = False) -> sqlite3.Connection:
    """Compile a store that is in memory; ``merged`` says that it is several read as one."""
    connection = sqlite3.connect(target, isolation_level=None)
    try:
        builder = Builder(connection)
        builder.create()
        builder.add_file(1, "", store.facts)
        builder.define(store, merged=merged)
        builder.finish([1])
    except BaseException:
        connection.close()
        raise
    return connection


class Builder:
    """Writes an index through a connection; the transaction that `create` or `change` begins ends with `finish`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._run = connection.execute
        self._run_many = connection.executemany
        self._connection = connection

    def create(self) -> None:
        """Begin a new index."""
        for pragma in _PRAGMAS:
            self._run(f"PRAGMA {pragma}")
        self._run("BEGIN")
        for statement in filter(str.strip, TABLES.split(";\n")):
            self._run(statement)
        for option, value in _FTS_OPTIONS.items():
            self._run("INSERT INTO words (words, rank) VALUES (?, ?)", (option, value))

    def define(self, store: Store, *, merged: bool = False) -> None:
        """Write what a store defines besides its facts."""
        sources = {id_: encode_source(source) for id_, source in store.sources.items()}
        for key in ("title", "units", "categories", "version", "licence", "synonyms"):
            self.note(key, getattr(store, key))
        self.note("sources", sources)
        self.note("merged", merged)

    def note(self, key: str, value: object) -> None:
        """Write something into the table of notes."""
        row = (key, to_json(value))
        self._run("INSERT OR REPLACE INTO meta VALUES (?, ?, ?)", (*row, checksum(row)))

    def add_file(self, number: int, path: str, facts: Iterable[Fact]) -> None:
        """Write the facts of a file; their words wait for `finish`, when all that names them is known."""
        languages: dict[str, None] = {}
        places = iter(range(number << FILE_BITS, (number + 1) << FILE_BITS))
        facts = iter(facts)
        marks = ", ".join("?" * (len(COLUMN_OF) + 1))
        while some := list(islice(facts, _AT_ONCE)):
            placed = list(zip(islice(places, len(some)), some, strict=True))
            self._run_many(f"INSERT INTO facts VALUES ({marks})", (encode(place, fact) for place, fact in placed))
            self._run_many(
                "INSERT OR IGNORE INTO tags VALUES (?, ?, ?, ?)",
                ((fold(tag), place, nth, tag) for place, fact in placed for nth, tag in enumerate(fact.tags)),
            )
            for fact in some:
                for text in (fact.title, fact.text, fact.note):
                    languages.update(dict.fromkeys(text))
        self._run("INSERT INTO files VALUES (?, ?, NULL, ?)", (number, path, to_json(list(languages))))

    def finish(self, files: Sequence[int]) -> None:
        """Resolve conflicts, make the words of some files' facts and count, then end the transaction."""
        for statement in filter(str.strip, INDEXES.split(";\n")):
            self._run(statement)
        self._resolve_conflicts()
        index = Index(self._connection)
        for number in files:
            self._index_words(index, number)
            self._count(number)
        languages = (json.loads(row[0]) for row in self._run("SELECT languages FROM files ORDER BY number"))
        self.note("languages", list(dict.fromkeys(chain.from_iterable(languages))))
        self._run("DELETE FROM stems")
        self._run("INSERT INTO stems SELECT term FROM vocabulary WHERE term GLOB '[a-z]*'")
        self._run("COMMIT")

    def _rows(self, number: int) -> Iterator[Row]:
        between = (number << FILE_BITS, (number + 1) << FILE_BITS)
        return self._run("SELECT * FROM facts WHERE place >= ? AND place < ?", between)

    def _index_words(self, index: Index, number: int) -> None:
        analyzer = Analyzer()
        marks = ", ".join("?" * (len(COLUMNS) + 1))
        self._run_many(
            f"INSERT INTO words (rowid, {', '.join(COLUMNS)}) VALUES ({marks})",
            ((row[0], *analyzer.document(decode(row), index)) for row in self._rows(number)),
        )

    def _count(self, number: int) -> None:
        condition = f"place >= {number << FILE_BITS} AND place < {(number + 1) << FILE_BITS}"
        rows = self._run(f"SELECT {TALLY_SQL} FROM facts WHERE {condition} {TALLY_GROUP}").fetchall()
        self._run("DELETE FROM tallies WHERE file = ?", (number,))
        marks = ", ".join("?" * 12)
        self._run_many(f"INSERT INTO tallies VALUES ({marks})", ((number, *row, checksum(row)) for row in rows))

    def _resolve_conflicts(self) -> None:
        """Tell each fact in conflict of the other side, whichever names it, and join those that belong together."""
        written: dict[int, list[list[Any]]] = {}
        for place, conflicts in self._run("SELECT place, conflicts FROM facts WHERE conflicts NOT NULL"):
            written[place] = [each for each in json.loads(conflicts) if not each[2]]
        ids = dict(self._run("SELECT place, id FROM facts WHERE conflicts NOT NULL"))
        place_of: dict[str, int] = {id_: place for place, id_ in ids.items()}
        for other in {each[0] for conflicts in written.values() for each in conflicts} - place_of.keys():
            ((place_of[other],),) = self._run("SELECT place FROM facts WHERE id = ?", (other,))
            ids[place_of[other]] = other
        sides = {place: {each[0]: each for each in conflicts} for place, conflicts in written.items()}
        for place, conflicts in written.items():
            for other, note, _ in conflicts:
                sides.setdefault(place_of[other], {}).setdefault(ids[place], [ids[place], note, 1])
        first = _disputes({place: [place_of[other] for other in others] for place, others in sides.items()})
        columns = ", ".join(f'"{name}"' for name in COLUMN_OF)
        for place, others in sides.items():
            row = list(self._run(f"SELECT {columns} FROM facts WHERE place = ?", (place,)).fetchone())
            row[COLUMN_OF["conflicts"]] = to_json(list(others.values())) if others else None
            row[COLUMN_OF["dispute"]] = first[place] if others else None
            self._run(
                "UPDATE facts SET conflicts = ?, dispute = ?, checksum = ? WHERE place = ?",
                (row[COLUMN_OF["conflicts"]], row[COLUMN_OF["dispute"]], checksum(row), place),
            )


def _disputes(others: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """Return, for each fact in conflict, the first fact that conflicts join it to, directly or not."""
    first: dict[int, int] = {}
    for start in sorted(others):
        joined = [] if start in first else [start]
        while joined:
            place = joined.pop()
            first[place] = start
            joined += [other for other in others[place] if other not in first]
    return first
