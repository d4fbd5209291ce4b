"""Facts → an SQLite file with a full-text table (FTS5), written from nothing."""

from __future__ import annotations

from array import array
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

from cs_facts.columns import TEXTS
from cs_facts.index.chinese import sounds
from cs_facts.index.connecting import connect
from cs_facts.index.encoding import Batch, Row, Tally, add_tally
from cs_facts.index.rows import FIELDS, WORDS
from cs_facts.store.merge import labelled
from cs_facts.tokens import is_spaceless

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from cs_facts.model import Store, Text

_TABLES = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE facts (place INTEGER PRIMARY KEY, {", ".join(f'"{name}"' for name in FIELDS)});
CREATE VIRTUAL TABLE words USING fts5 ({", ".join(WORDS)}, content='', columnsize=0, tokenize='ascii');
CREATE TABLE vocabulary (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE languages (column INTEGER PRIMARY KEY, language TEXT);
CREATE TABLE names (place INTEGER PRIMARY KEY, what TEXT, id TEXT, language TEXT, name TEXT);
CREATE TABLE sources (place INTEGER PRIMARY KEY, id TEXT, type TEXT, published TEXT, language TEXT, url TEXT,
    sha256 TEXT);
CREATE TABLE source_names (source TEXT, paragraph INTEGER, printed TEXT, why TEXT);
CREATE TABLE written (number INTEGER PRIMARY KEY, place INTEGER, other TEXT);
CREATE TABLE conflict_notes (written INTEGER, language TEXT, note TEXT);
CREATE TABLE conflicts (number INTEGER PRIMARY KEY, place INTEGER, other INTEGER, written INTEGER, mirrored INTEGER);
CREATE TABLE disputes (place INTEGER PRIMARY KEY, first INTEGER);
CREATE TABLE readings (char TEXT PRIMARY KEY, readings TEXT) WITHOUT ROWID;
CREATE TABLE sounds (reading TEXT, common TEXT, PRIMARY KEY (reading, common)) WITHOUT ROWID;
CREATE TABLE tallies (category TEXT, kind TEXT, unit TEXT, source TEXT, ordinal INTEGER, facts INTEGER,
    first INTEGER, start TEXT, "end" TEXT);
"""

FILES = 1 << 32
"""Places between two files: the facts of one stand together, in the order of the files."""

_HASH_SIZE = 8 << 20
"""Bytes of words that FTS5 gathers before it writes a segment; with the default of 1 MiB it merges segments long."""

TEXT_FIELDS = ("title", "author", "container", "publisher", "editor")
"""What a source has in languages."""


class Doubt(Exception):
    """What is read may have a fault: the reader of stores must look at it."""


class Writer:
    """Writes an index.

    Attributes:
        connection: to the file.

    """

    def __init__(self, target: str) -> None:
        self.connection = connect(target)
        run = self.connection.execute
        for pragma in ("journal_mode=MEMORY", "synchronous=OFF", "cache_size=-16000", "locking_mode=EXCLUSIVE"):
            run(f"PRAGMA {pragma}")
        if target == ":memory:":
            run("PRAGMA temp_store=MEMORY")
        run("BEGIN")
        for statement in _TABLES.strip().split(";\n"):
            run(statement)
        run("INSERT INTO words (words, rank) VALUES ('hashsize', ?)", (_HASH_SIZE,))
        self._columns: dict[str, int] = {}
        self._skeletons: dict[int, array[int]] = {}
        self._known: set[str] = set()
        self._tallies: dict[Row, Tally] = {}
        self._written = 0

    def define(self, store: Store, variants: tuple[str, str]) -> None:
        """Write what a store defines besides its facts, in the order written.

        Args:
            store: its facts are passed over.
            variants: traditional characters and their simplified ones.

        """
        self._meta: dict[str, str | int] = dict(zip(("traditional", "simplified"), variants, strict=True))
        self._names("title", {"": store.title})
        self._names("unit", store.units)
        self._names("category", store.categories)
        for source in store.sources.values():
            published = source.published.edtf if source.published else None
            row = (source.id, source.type, published, source.language, source.url, source.sha256)
            self._insert("sources (id, type, published, language, url, sha256)", [row])
            for name in TEXT_FIELDS:
                self._names(f"source {name}", {source.id: getattr(source, name)})
            self._insert(
                "source_names (source, paragraph, printed, why)",
                [(source.id, name.paragraph, name.printed, name.why) for name in source.names],
            )

    def _names(self, what: str, named: Mapping[str, Text]) -> None:
        rows: Iterable[tuple[Any, ...]] = (
            (what, id_, language, name)
            for id_, text in named.items()
            for language, name in (text.items() or [(None, None)])
        )
        self._insert("names (what, id, language, name)", rows)

    def add(self, first: int, batch: Batch, file: int = 0) -> None:
        """Write facts whose places count from ``first`` on."""
        for language in batch.languages:
            self._column(language)
        texts = [f"{name}{self._columns[language]}" for language in batch.languages for name in TEXTS]
        columns = ", ".join(f'"{name}"' for name in ("place", *FIELDS, *texts))
        self._insert(f"facts ({columns})", ((place, *row) for place, row in enumerate(batch.facts, first)))
        self._insert(
            f"words (rowid, {', '.join(WORDS)})", ((place, *row) for place, row in enumerate(batch.words, first))
        )
        fresh = batch.vocabulary - self._known
        self._insert("vocabulary", ((word,) for word in fresh), "OR IGNORE")
        self._known |= fresh
        for place, other, notes in batch.conflicts:
            self._written += 1
            self._insert("written", [(self._written, first + place, other)])
            self._insert("conflict_notes", ((self._written, language, note) for language, note in notes.items()))
        for key, tally in batch.tallies.items():
            add_tally(self._tallies, key, (tally[0], first + tally[1], *tally[2:]))
        self._skeletons.setdefault(file, array("Q")).frombytes(bytes(batch.skeletons))

    def _column(self, language: str) -> None:
        """Make the columns of a language when its first text comes."""
        if language not in self._columns:
            self._columns[language] = len(self._columns)
            for name in TEXTS:
                self.connection.execute(f"ALTER TABLE facts ADD COLUMN {name}{self._columns[language]} TEXT")
            self._insert("languages", [(self._columns[language], language)])

    def _insert(self, into: str, rows: Iterable[tuple[Any, ...]], how: str = "") -> None:
        rows = iter(rows)
        first = next(rows, None)
        if first is None:
            return
        statement = f"INSERT {how} INTO {into} VALUES ({', '.join('?' * len(first))})"
        self.connection.execute(statement, first)
        self.connection.executemany(statement, rows)

    def finish(self, stores: Mapping[str, int] | None = None, *, merged: bool = False) -> sqlite3.Connection:
        """Resolve what the facts say of each other and return the connection to the whole index.

        Args:
            stores: label → the number behind that of its last file; none where their ids are told apart already.
            merged: whether several stores are read as one.

        Raises:
            Doubt: two ids of a store are the same or look alike, or a conflict names no fact.

        """
        run = self.connection.execute
        run("CREATE INDEX facts_by_id ON facts (id)")
        first = 0
        for end in (stores or {"": max(self._skeletons, default=0) + 1}).values():
            if _has_twins(self._skeletons[file] for file in range(first, end) if file in self._skeletons):
                raise Doubt
            self._resolve(first * FILES, end * FILES)
            first = end
        self._meta["merged"] = merged
        if stores and merged:
            self._tell_apart(stores)
        self._mirror()
        run("CREATE INDEX facts_by_number ON facts (unit, ordinal, number, category) WHERE number NOT NULL")
        run("CREATE INDEX conflicts_by_place ON conflicts (place)")
        if pinyin := sounds():
            chars = [word for (word,) in run("SELECT word FROM vocabulary WHERE length(word) = 1")]
            self._insert("sounds", pinyin.pairs(filter(is_spaceless, chars)), "OR IGNORE")
            self._insert("readings", pinyin.common())
        self._insert("tallies", ((*key, *tally) for key, tally in self._tallies.items()))
        self._insert("meta", self._meta.items())
        run("COMMIT")
        return self.connection

    def discard(self) -> None:
        """Undo everything; the file is left empty."""
        self.connection.rollback()
        self.connection.close()

    def _resolve(self, first: int, end: int) -> None:
        """Find the facts that the facts of one store, those from a place up to another, say they contradict."""
        store = {"first": first, "end": end}
        run = self.connection.execute
        run(
            "INSERT INTO conflicts (place, other, written, mirrored) "
            "SELECT w.place, f.place, w.number, 0 FROM written w JOIN facts f ON f.id = w.other WHERE "
            "w.place >= :first AND w.place < :end AND f.place >= :first AND f.place < :end ORDER BY w.number",
            store,
        )
        unresolved = run(
            "SELECT 1 FROM written WHERE place >= :first AND place < :end "
            "AND number NOT IN (SELECT written FROM conflicts)",
            store,
        )
        if unresolved.fetchone():
            raise Doubt

    def _tell_apart(self, stores: Mapping[str, int]) -> None:
        """Qualify the ids that two stores share by the names of their stores."""
        run = self.connection.execute
        run("CREATE TEMP TABLE shared AS SELECT id FROM facts GROUP BY id HAVING count(*) > 1")
        first = 0
        for label, end in stores.items():
            run(
                "UPDATE facts SET id = ? || id WHERE place >= ? AND place < ? AND id IN (SELECT id FROM shared)",
                (labelled(label, ""), first * FILES, end * FILES),
            )
            first = end

    def _mirror(self) -> None:
        """Tell each fact in conflict of the other side, whichever names it."""
        run = self.connection.execute
        run(
            "INSERT INTO conflicts (place, other, written, mirrored) "
            "SELECT other, place, written, 1 FROM conflicts c WHERE NOT EXISTS "
            "(SELECT 1 FROM conflicts d WHERE d.place = c.other AND d.other = c.place) ORDER BY number"
        )
        run(
            "UPDATE facts SET conflicts = (SELECT group_concat(id, '; ') FROM "
            "(SELECT f.id FROM conflicts c JOIN facts f ON f.place = c.other WHERE c.place = facts.place "
            "ORDER BY c.number)) WHERE place IN (SELECT place FROM conflicts)"
        )
        pairs: dict[int, list[int]] = {}
        for place, other in run("SELECT place, other FROM conflicts"):
            pairs.setdefault(place, []).append(other)
        self._insert("disputes", sorted(_disputes(pairs).items()))


def _disputes(pairs: Mapping[int, list[int]]) -> dict[int, int]:
    """Return, for each fact in conflict, the first fact that conflicts join it to, directly or not."""
    first: dict[int, int] = {}
    for start in sorted(pairs):
        joined = [] if start in first else [start]
        while joined:
            place = joined.pop()
            first[place] = start
            joined += [other for other in pairs[place] if other not in first]
    return first


def _has_twins(skeletons: Iterable[array[int]]) -> bool:
    ordered = sorted(chain.from_iterable(skeletons))
    return any(one == other for one, other in pairwise(ordered))
