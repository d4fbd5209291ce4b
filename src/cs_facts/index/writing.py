"""Facts → an SQLite file with a full-text table (FTS5), written from nothing."""

from __future__ import annotations

from operator import add
from typing import TYPE_CHECKING, Any

from cs_facts.columns import TEXTS
from cs_facts.index.chinese import sounds
from cs_facts.index.connecting import connect
from cs_facts.index.resolving import EVERYWHERE, RESOLVED, index_ids, mirror, resolve, tell_apart, write_conflicts
from cs_facts.index.rows import FIELDS
from cs_facts.index.summary import Summary
from cs_facts.index.tags import count_tags
from cs_facts.search.tokens import is_spaceless

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cs_facts.index.encoding import Batch
    from cs_facts.index.rows import Row
    from cs_facts.model import Store, Text

_TABLES = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE files (number INTEGER PRIMARY KEY, head BLOB, summary TEXT);
CREATE TABLE facts (place INTEGER PRIMARY KEY, {", ".join(f'"{name}"' for name in FIELDS)});
CREATE VIRTUAL TABLE words USING fts5 (row, content='', columnsize=0, tokenize='ascii');
CREATE TABLE vocabulary (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE pairs (pair TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE tags (tag TEXT PRIMARY KEY, place INTEGER, nth INTEGER, facts INTEGER) WITHOUT ROWID;
CREATE TABLE languages (column INTEGER PRIMARY KEY, language TEXT);
CREATE TABLE names (place INTEGER PRIMARY KEY, what TEXT, id TEXT, language TEXT, name TEXT);
CREATE TABLE sources (place INTEGER PRIMARY KEY, id TEXT, type TEXT, published TEXT, language TEXT, url TEXT,
    sha256 TEXT);
CREATE TABLE source_names (source TEXT, paragraph INTEGER, printed TEXT, why TEXT);
CREATE TABLE readings (char TEXT PRIMARY KEY, readings TEXT) WITHOUT ROWID;
CREATE TABLE sounds (reading TEXT PRIMARY KEY, chars TEXT) WITHOUT ROWID;
CREATE TABLE tallies (category TEXT, kind TEXT, unit TEXT, ordinal INTEGER, facts INTEGER, first INTEGER, start TEXT,
    "end" TEXT);
CREATE TABLE cited (category TEXT, source TEXT);
{RESOLVED}
"""

_FILE = 32
"""Bits of a place that are free for a file, so that the facts of one stand together, in the order of the files."""

_BETWEEN, _ROOM = 512, 64
"""Facts that stand together, and the free places behind them, for those that come between them later."""

_PAGE, _LARGE_PAGE, _LARGE = 4096, 16384, 4 << 20
"""Bytes of a page of the file: in large pages less room is left over, in small ones small tables take less; bytes of
stores from which on they are large."""

_PRAGMAS = ("journal_mode=MEMORY", "synchronous=OFF", "cache_size=-16000", "locking_mode=EXCLUSIVE", "threads=1")
"""How the file is written. The thread sorts what an index is made of, when the processes that read are done."""

_FTS_OPTIONS = {"hashsize": 8 << 20, "automerge": 16, "crisismerge": 64}
"""Bytes of words that FTS5 gathers before it writes a segment, how many segments it merges, a little with each that it
writes, and how many make it merge them at once; with the defaults, 1 MiB, 4 and 16, it merges long, and a compilation
of a million facts stands still for a second now and then."""

TEXT_FIELDS = ("title", "author", "container", "publisher", "editor")
"""What a source has in languages."""


class Writer:
    """Writes an index.

    Args:
        target: its file.
        size: of what it is made of, in bytes.

    Attributes:
        connection: to the file.

    """

    def __init__(self, target: str, size: int = 0) -> None:
        self.connection = connect(target)
        run = self.connection.execute
        run(f"PRAGMA page_size={_LARGE_PAGE if size > _LARGE else _PAGE}")
        for pragma in _PRAGMAS:
            run(f"PRAGMA {pragma}")
        if target == ":memory:":
            run("PRAGMA temp_store=MEMORY")
        run("BEGIN")
        for statement in filter(str.strip, _TABLES.split(";\n")):
            run(statement)
        for option, value in _FTS_OPTIONS.items():
            run("INSERT INTO words (words, rank) VALUES (?, ?)", (option, value))
        self._columns: dict[str, int] = {}
        self._file, self._facts, self._summary = 0, 0, Summary()
        self._summaries: dict[int, str] = {}

    def define(self, store: Store, variants: tuple[str, str]) -> None:
        """Write what a store defines besides its facts, in the order written.

        Args:
            store: its facts are passed over.
            variants: traditional characters and their simplified ones.

        """
        insert(self.connection, "meta", zip(("traditional", "simplified"), variants, strict=True))
        self._names("title", {"": store.title})
        self._names("unit", store.units)
        self._names("category", store.categories)
        for source in store.sources.values():
            published = source.published.edtf if source.published else None
            row = (source.id, source.type, published, source.language, source.url, source.sha256)
            insert(self.connection, "sources (id, type, published, language, url, sha256)", [row])
            for name in TEXT_FIELDS:
                self._names(f"source {name}", {source.id: getattr(source, name)})
            insert(
                self.connection,
                "source_names (source, paragraph, printed, why)",
                [(source.id, name.paragraph, name.printed, name.why) for name in source.names],
            )

    def _names(self, what: str, named: Mapping[str, Text]) -> None:
        rows: Iterable[Row] = (
            (what, id_, language, name)
            for id_, text in named.items()
            for language, name in (text.items() or [(None, None)])
        )
        insert(self.connection, "names (what, id, language, name)", rows)

    def add(self, batch: Batch, file: int = 0) -> None:
        """Write the facts of a file that follow those written last; the files come one after the other."""
        for language in batch.languages:
            self._column(language)
        if file != self._file:
            assert file not in self._summaries
            self._sum()
            self._file, self._facts = file, 0
        begin, first = places_of(file).start, self._facts
        self._facts += len(batch.facts)
        places = [begin + at + at // _BETWEEN * _ROOM for at in range(first, self._facts)]
        insert_facts(self.connection, places, batch, self._columns)
        insert(self.connection, "vocabulary", zip(sorted(batch.vocabulary)), "OR IGNORE")
        insert(self.connection, "pairs", zip(sorted(batch.pairs)), "OR IGNORE")
        write_conflicts(self.connection, [(places[at], other, note) for at, other, note in batch.conflicts])
        self._summary.add(batch.facts, places, batch.languages)

    def _sum(self) -> None:
        """Keep what the facts of a file come to, as text, which takes a small part of the room."""
        if self._summary.tallies:
            self._summaries[self._file] = self._summary.to_json()
        self._summary = Summary()

    def summaries(self) -> Iterator[tuple[int, Summary]]:
        """Yield the number of each file and what its facts come to, when all are written."""
        self._sum()
        for file, text in self._summaries.items():
            yield file, Summary.from_json(text)

    def _column(self, language: str) -> None:
        """Make the columns of a language when its first text comes."""
        if language not in self._columns:
            self._columns[language] = len(self._columns)
            for name in TEXTS:
                self.connection.execute(f"ALTER TABLE facts ADD COLUMN {name}{self._columns[language]} TEXT")
            insert(self.connection, "languages", [(self._columns[language], language)])

    def finish(
        self,
        heads: Mapping[int, bytes] | None = None,
        stores: Mapping[str, range] | None = None,
        *,
        merged: bool = False,
    ) -> sqlite3.Connection:
        """Resolve what the facts say of each other and return the connection to the whole index.

        Args:
            heads: the number of each file → the text before its facts.
            stores: label → the places of its facts; none where their ids are told apart already.
            merged: whether several stores are read as one.

        Raises:
            Doubt: two ids of a store are the same or look alike, or a conflict names no fact.

        """
        run = self.connection.execute
        self._sum()
        places = stores.values() if stores else [EVERYWHERE]
        index_ids(self.connection, places)
        resolve(self.connection, places)
        if stores and merged:
            tell_apart(self.connection, stores)
        mirror(self.connection)
        run("CREATE INDEX facts_by_number ON facts (unit, ordinal, number, category) WHERE number NOT NULL")
        for number, head in (heads or {}).items():
            insert(self.connection, "files", [(number, head, self._summaries.get(number) or Summary().to_json())])
        sum_up(self.connection, (summary for _, summary in self.summaries()))
        write_sounds(self.connection)
        if pinyin := sounds():
            insert(self.connection, "readings", pinyin.common())
        insert(self.connection, "meta", [("merged", merged)])
        run("COMMIT")
        return self.connection

    def discard(self) -> None:
        """Undo everything; the file is left empty."""
        self.connection.rollback()
        self.connection.close()


def places_of(file: int) -> range:
    """Return the places that the facts of a file may have, by its number."""
    return range(file << _FILE, (file + 1) << _FILE)


def insert(connection: sqlite3.Connection, into: str, rows: Iterable[Sequence[Any]], how: str = "") -> None:
    """Write rows into a table."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    statement = f"INSERT {how} INTO {into} VALUES ({', '.join('?' * len(first))})"
    connection.execute(statement, first)
    connection.executemany(statement, rows)


def insert_facts(
    connection: sqlite3.Connection, places: Iterable[int], batch: Batch, columns: Mapping[str, int]
) -> None:
    """Write facts at places, with their words and tags; a language → the number of its columns."""
    texts = [f"{name}{columns[language]}" for language in batch.languages for name in TEXTS]
    names = ", ".join(f'"{name}"' for name in ("place", *FIELDS, *texts))
    insert(connection, f"facts ({names})", map(add, zip(places), batch.facts))
    insert(connection, "words (rowid, row)", zip(places, batch.words, strict=True))
    count_tags(connection, zip(places, batch.facts, strict=True))


def sum_up(connection: sqlite3.Connection, summaries: Iterable[Summary]) -> Summary:
    """Write what the facts of all files come to, and return it."""
    whole = Summary()
    for summary in summaries:
        whole.add_all(summary)
    for table in ("tallies", "cited"):
        connection.execute(f"DELETE FROM {table}")
    insert(connection, "tallies", ((*key, *tally) for key, tally in whole.tallies.items()))
    insert(connection, "cited", sorted(whole.cited))
    insert(connection, "meta", [("days", "/".join(whole.days))], "OR REPLACE")
    return whole


def write_sounds(connection: sqlite3.Connection) -> None:
    """Write how the characters of the vocabulary sound, where that is known."""
    if pinyin := sounds():
        connection.execute("DELETE FROM sounds")
        chars = [word for (word,) in connection.execute("SELECT word FROM vocabulary WHERE length(word) = 1")]
        insert(connection, "sounds", pinyin.by_reading(filter(is_spaceless, chars)).items())
