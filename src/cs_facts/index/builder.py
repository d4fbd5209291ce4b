"""Compile stores into an index, or update one, in a single transaction."""

from __future__ import annotations

import json
import sqlite3
import zlib
from contextlib import contextmanager
from functools import lru_cache, reduce
from itertools import chain, count, islice, zip_longest
from typing import TYPE_CHECKING, Any

from cs_facts.columns import reading_order
from cs_facts.errors import StoreFaults
from cs_facts.index import Index
from cs_facts.index.analyzer import COLUMNS, TOKENIZER, Analyzer, by_reading, names_of, variants
from cs_facts.index.database import (
    COLUMN_OF,
    FILE_BITS,
    INDEXES,
    LATIN,
    TABLES,
    Connection,
    Damaged,
    checksum,
    decode,
    encode,
    encode_source,
    is_whole,
    to_json,
)
from cs_facts.index.tallies import TALLIED
from cs_facts.model import Store
from cs_facts.store.loader import StoreFile, finish, labels, merge, open_files, renamings, store_of
from cs_facts.store.reading import skeleton
from cs_facts.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from cs_facts.index.database import Row
    from cs_facts.model import Fact

    Progress = Callable[[int, int], None]

_AT_ONCE = 1000

# Nobody else sees the file before it is complete, and a broken one is discarded: no journal, no waiting for the disk.
_PRAGMAS = ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", "cache_size=-32000")

# FTS5 writes a segment for every so many bytes; with its default, 1 MiB, it spends most of the time merging segments.
_HASH_SIZE = 8 << 20

# Tags are often repeated.
_folded = lru_cache(4096)(fold)

_EMPTY = Store({}, {}, {}, {}, ())

# An index is updated if at most one in so many of the files changed; otherwise compiling everything is as fast.
_FEW = 3


def build(paths: Sequence[Path], target: str, progress: Progress | None = None) -> sqlite3.Connection:
    """Compile stores into a new SQLite database and return the open connection to it.

    The ``target`` is a path, ``:memory:``, or empty for a temporary file. ``progress`` is called with the bytes read
    and the bytes in all. Raises `StoreUnreadable` if a file cannot be opened, and `StoreFaults` with all faults.
    """
    paths = list(dict.fromkeys(paths))
    opened = [open_files(path) for path in paths]
    every = list(chain.from_iterable(opened))
    size = sum(file.path.stat().st_size for file in every if file.path.exists())

    def tell() -> None:
        if progress:
            progress(sum(file.size for file in every), max(size, 1))

    with building(target, progress) as builder:
        builder.create()
        for number, file in enumerate(every, start=1):
            builder.add_file(number, file, tell, is_final=len(paths) == 1)
        problems = [problem for files in opened for problem in finish(files) if problem.severity == "error"]
        if problems:
            raise StoreFaults(problems)
        stores = dict(zip(labels(paths), map(store_of, opened), strict=True))
        builder.define(merge(stores), merged=len(stores) > 1)
        if len(stores) > 1:
            builder.qualify(stores, map(len, opened))
        builder.finish()
        return builder.connection


def update(target: str, before: str, after: str, files: Sequence[Path]) -> sqlite3.Connection | None:
    """Update the index of one store, file by file, and return the connection to it.

    The target must be a copy that nobody reads. The states, from `cache.state_of`, have a line for the versions of the
    software and then one for each file. Returns None, and leaves the copy half changed, if everything has to be
    compiled: many files or their definitions changed, there may be a fault, or the index is damaged.
    """
    lines = list(zip_longest(before.split("\n"), after.split("\n")))
    changed = [number for number, (one, other) in enumerate(lines) if one != other]
    if not changed or 0 in changed or len(changed) * _FEW > len(files):
        return None
    try:
        with building(target) as builder:
            if builder.run("SELECT count(*) FROM facts").fetchone()[0] != Index(builder.connection).size:
                raise Damaged
            ids = builder.digest_of_ids()
            for number in changed:
                builder.replace_file(number, StoreFile(files[number - 1]) if number <= len(files) else None)
            if builder.digest_of_ids() != ids:
                looks = [hash(skeleton(id_)) for (id_,) in builder.run("SELECT id FROM facts")]
                if len(set(looks)) < len(looks):  # two ids are equal or look alike
                    raise _DoubtError
            builder.finish()
            return builder.connection
    except (_DoubtError, sqlite3.DatabaseError):
        return None


class _DoubtError(Exception):
    """Something may be wrong, and only compiling everything can tell."""


@contextmanager
def building(target: str, progress: Progress | None = None) -> Iterator[Builder]:
    """Open a database to write an index, and close it if that fails."""
    connection = sqlite3.connect(target, isolation_level=None, factory=Connection)
    try:
        yield Builder(connection)
    except BaseException:
        connection.close()
        raise
    finally:
        if progress:
            progress(1, 1)


class Builder:
    """Writes an index in one transaction, which `finish` ends. The place of a fact includes the number of its file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.run, self._run_many = connection.execute, connection.executemany
        self._index = Index(connection)
        self._analyzer = Analyzer(variants())
        for pragma in _PRAGMAS:
            self.run(f"PRAGMA {pragma}")
        self.run("BEGIN")

    def create(self) -> None:
        """Create the tables of a new index."""
        self._run_all(TABLES.format(columns=", ".join(COLUMNS), tokenizer=TOKENIZER))
        self.run("INSERT INTO words (words, rank) VALUES ('hashsize', ?)", (_HASH_SIZE,))

    def note(self, key: str, value: object) -> None:
        """Write a note, which `Database.meta` reads."""
        row = (key, to_json(value))
        self.run("INSERT OR REPLACE INTO meta VALUES (?, ?, ?)", (*row, checksum(row)))

    def define(self, store: Store, *, merged: bool = False) -> None:
        """Write everything that a store defines besides its facts."""
        for key, value in _definitions(store).items():
            self.note(key, value)
        self.note("is_merged", merged)
        self.note("named", names_of(store))
        plain = self._analyzer.simplified
        self.note("simplified", ["".join(map(chr, plain)), "".join(map(chr, plain.values()))])

    def add_file(
        self, number: int, file: StoreFile, tell: Callable[[], None] = lambda: None, *, is_final: bool = True
    ) -> None:
        """Write the facts of a file and note what it defines; write the words too if the ids are final."""
        placed = zip(_places(number), file, strict=False)
        while some := list(islice(placed, _AT_ONCE)):
            self._insert(some)
            if is_final:
                self._write_words([(place, *self._analyzer.indexed(fact)) for place, fact in some])
            tell()
        self.note(f"file {number}", [list(file.languages), _digest(store_of([file]))])

    def _insert(self, placed: Iterable[tuple[int, Fact]]) -> None:
        cells = zip((*COLUMN_OF, "checksum"), zip(*(encode(*each) for each in placed), strict=True), strict=True)
        # NOTE: sqlite3 spends a microsecond on each None, looking for an adapter, so empty columns are left out
        columns = {name: column for name, column in cells if any(cell is not None for cell in column)}
        names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
        self._run_many(f"INSERT OR REPLACE INTO facts ({names}) VALUES ({marks})", zip(*columns.values(), strict=True))
        tags = [(_folded(tag), place, nth, tag) for place, fact in placed for nth, tag in enumerate(fact.tags)]
        self._run_many("INSERT OR REPLACE INTO tags VALUES (?, ?, ?, ?)", tags)

    def qualify(self, stores: Mapping[str, Store], files: Iterable[int]) -> None:
        """Rename the ids that stores share, as `merge` does, and write the words; ``files`` are the files per store."""
        numbers = count(1)
        shared = {id_ for (id_,) in self.run("SELECT id FROM facts GROUP BY id HAVING count(*) > 1")}
        for renaming, many in zip(renamings(stores, shared).values(), files, strict=True):
            for number in islice(numbers, many):
                rows = self._rows(number)
                while some := [(row[0], renaming.of_fact(decode(row))) for row in islice(rows, _AT_ONCE)]:
                    self._insert(some)
                self._write_words(self._documents(number))

    def replace_file(self, number: int, file: StoreFile | None) -> None:
        """Replace or delete the facts of a file; raise _DoubtError if its definitions changed or it has a fault."""
        self._write_words(self._documents(number), "words, rowid", "'delete', ?")
        known = self._index.meta(f"file {number}")
        between = _places(number)
        for table in ("facts", "tags"):
            self.run(f"DELETE FROM {table} WHERE place >= ? AND place < ?", (between.start, between.stop))
        self.run("DELETE FROM meta WHERE key = ?", (f"file {number}",))
        if file:
            self.add_file(number, file)
        if (known[1] if known else _digest(_EMPTY)) != _digest(store_of([file]) if file else _EMPTY):
            raise _DoubtError
        names = {"unit": self._index.units, "category": self._index.categories, "source": self._index.sources}
        references = file.references if file else ()
        unknown = any(what != "fact" and id_ not in names[what] for what, id_ in references)
        if unknown or (file and (file.problems or not file.is_whole)):
            raise _DoubtError

    def digest_of_ids(self) -> int:
        """Return the CRC-32 of all ids in alphabetical order."""
        ids = self.run("SELECT id FROM facts ORDER BY id")
        return reduce(lambda digest, row: zlib.crc32(row[0].encode(), digest), ids, 0)

    def finish(self) -> None:
        """Resolve conflicts, note facts about the whole store, and commit; raise Damaged if a note was altered."""
        self._run_all(INDEXES)
        self._resolve_conflicts()
        if not all(map(is_whole, self.run("SELECT * FROM meta WHERE key != 'state'"))):
            raise Damaged
        self.note("size", self.run("SELECT count(*) FROM facts").fetchone()[0])
        self.note("tallies", self.run(TALLIED.format("1")).fetchall())
        self.note("cited", self.run("SELECT DISTINCT category, source FROM facts").fetchall())
        files = self.run("SELECT value FROM meta WHERE key GLOB 'file *' ORDER BY CAST(substr(key, 6) AS INTEGER)")
        languages = chain.from_iterable(json.loads(value)[0] for (value,) in files)
        self.note("languages", reading_order(dict.fromkeys(languages)))
        self._run_all(LATIN)
        characters = "SELECT term FROM vocabulary WHERE term BETWEEN '\u3400' AND '\u9fff' AND length(term) = 1"
        known = "".join(char for (char,) in self.run(characters))
        self.note("characters", known)
        self.note("sounds", by_reading(known))
        self.run("COMMIT")

    def _run_all(self, statements: str) -> None:
        for statement in statements.strip().split(";\n"):
            self.run(statement)

    def _rows(self, number: int) -> Iterator[Row]:
        """Yield the rows of the facts of a file, verifying each."""
        between = _places(number)
        sql = "SELECT * FROM facts WHERE place >= ? AND place < ?"
        return self._index.run(sql, (between.start, between.stop), is_whole)

    def _documents(self, number: int) -> Iterator[Row]:
        return ((row[0], *self._analyzer.indexed(decode(row))) for row in self._rows(number))

    def _write_words(self, documents: Iterable[Row], place: str = "rowid", mark: str = "?") -> None:
        """Write the words of facts, or delete them, for which FTS5 needs to be given the words again."""
        columns, marks = ", ".join((place, *COLUMNS)), ", ".join((mark, *("?" for _ in COLUMNS)))
        self._run_many(f"INSERT INTO words ({columns}) VALUES ({marks})", documents)

    def _resolve_conflicts(self) -> None:
        """Add each conflict to its other side and mark the connected facts; raise _DoubtError for an unknown fact."""
        sides: dict[int, dict[str, list[Any]]] = {}
        ids: dict[int, str] = {}
        for place, id_, conflicts in self.run("SELECT place, id, conflicts FROM facts WHERE conflicts NOT NULL"):
            ids[place], sides[place] = id_, {each[0]: each for each in json.loads(conflicts) if not each[2]}
        places = {id_: place for place, id_ in ids.items()}
        for other in {other for others in sides.values() for other in others} - places.keys():
            for (place,) in self.run("SELECT place FROM facts WHERE id = ?", (other,)):
                places[other], sides[place] = place, {}
        if not all(other in places for others in sides.values() for other in others):
            raise _DoubtError
        for place in ids:
            for other, (_, note, is_mirrored) in list(sides[place].items()):
                if not is_mirrored:
                    sides[places[other]].setdefault(ids[place], [ids[place], note, 1])
        first = _disputes({place: [places[other] for other in others] for place, others in sides.items()})
        for place, others in sides.items():
            *row, _ = self.run("SELECT * FROM facts WHERE place = ?", (place,)).fetchone()
            before = row[COLUMN_OF["conflicts"]], row[COLUMN_OF["dispute"]]
            after = (to_json(list(others.values())), first[place]) if others else (None, None)
            if after != before:
                row[COLUMN_OF["conflicts"]], row[COLUMN_OF["dispute"]] = after
                update = "UPDATE facts SET conflicts = ?, dispute = ?, checksum = ? WHERE place = ?"
                self.run(update, (*after, checksum(row), place))


def _places(number: int) -> range:
    """Return the places that the facts of a file may have."""
    return range(number << FILE_BITS, (number + 1) << FILE_BITS)


def _definitions(store: Store) -> dict[str, object]:
    """Return everything that a store defines besides its facts in a form that JSON can hold."""
    names = ("title", "units", "categories", "version", "licence", "synonyms")
    sources = {id_: encode_source(source) for id_, source in store.sources.items()}
    return {**{name: getattr(store, name) for name in names}, "sources": sources}


def _digest(store: Store) -> int:
    return zlib.crc32(to_json(_definitions(store)).encode())


def _disputes(others: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """Map each fact in conflict to the first fact that it is connected to by conflicts, directly or indirectly."""
    first: dict[int, int] = {}
    for start in sorted(others):
        joined = [] if start in first else [start]
        while joined:
            place = joined.pop()
            first[place] = start
            joined += [other for other in others[place] if other not in first]
    return first
