"""The tables of an index, facts as rows of them, and reading these with a checksum for each row."""

from __future__ import annotations

import json
import marshal
import sqlite3
import zlib
from contextlib import suppress
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, Any

from cs_facts.columns import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from cs_facts.model import Fact, Figure, Source, Text

Row = tuple[Any, ...]

# To be increased whenever older indexes would be misread.
FORMAT = 18

# The libraries of the extra `zh`. An index made without them differs.
LIBRARIES = ("opencc", "pypinyin")

# The columns of the table `facts`: numbers are exact decimal text, texts and conflicts are JSON. `least` and `greatest`
# are the `number_key` of the value, or of the ends of a figure without one; `dispute` is the place of the first fact
# that this one is connected to by conflicts, directly or indirectly.
STORED = (
    *("id", "category", "kind", "title", "text", "figure", "value", "low", "high", "form", "bound", "parts"),
    *("least", "greatest", "unit", "start", "end", "first", "last", "when", "source", "paragraph", "quote"),
    *("tags", "conflicts", "dispute", "note", "draft"),
)
COLUMN_OF = {name: place for place, name in enumerate(("place", *STORED))}

# The columns of the table of words and its tokenizer, which the analyzer defines, are filled in by `format`.
TABLES = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT, checksum INTEGER) WITHOUT ROWID;
CREATE TABLE facts (place INTEGER PRIMARY KEY, {", ".join(f'"{name}"' for name in STORED)}, checksum INTEGER);
CREATE TABLE tags (folded TEXT, place INTEGER, nth INTEGER, tag TEXT, PRIMARY KEY (folded, place, nth)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 ({{columns}}, content='', columnsize=0, tokenize="{{tokenizer}}");
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);
"""

# The Latin words and their stems, in tables of their own, as the vocabulary counts facts for each word that it yields.
LATIN = """
DROP TABLE IF EXISTS latin;
DROP TABLE IF EXISTS stems;
CREATE TABLE latin (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE stems USING fts5 (word, tokenize='porter unicode61', detail=none, columnsize=0);
INSERT INTO latin SELECT term FROM vocabulary WHERE term >= 'a' AND term < '{';
INSERT INTO stems SELECT word FROM latin;
"""

# Whether a figure can be drawn on a scale, as a point or as a span, and whether it is a rank.
IS_DRAWN = "(value NOT NULL OR low NOT NULL AND high NOT NULL)"
IS_RANK = "(form = 'rank')"

# Created once all facts are there, which takes a third of the time of updating them with each fact.
INDEXES = f"""
CREATE INDEX IF NOT EXISTS facts_by_id ON facts (id);
CREATE INDEX IF NOT EXISTS facts_by_category ON facts (category);
CREATE INDEX IF NOT EXISTS facts_by_kind ON facts (kind);
CREATE INDEX IF NOT EXISTS facts_by_size ON facts (unit, {IS_RANK}, greatest) WHERE {IS_DRAWN};
CREATE INDEX IF NOT EXISTS facts_by_start ON facts (start, "end");
CREATE INDEX IF NOT EXISTS facts_by_source ON facts (source);
CREATE INDEX IF NOT EXISTS facts_by_dispute ON facts (dispute) WHERE dispute NOT NULL;
CREATE INDEX IF NOT EXISTS facts_with_conflicts ON facts (place) WHERE conflicts NOT NULL;
"""

# The lower bits of a place number the facts of a file, the upper ones the files.
FILE_BITS = 24

_EXPONENT_ZERO = 5000
_COMPLEMENT = str.maketrans("0123456789", "9876543210")


def has_zh() -> bool:
    """Tell whether the extra ``zh`` is installed, without importing it."""
    return all(find_spec(library) for library in LIBRARIES)


def number_key(value: Decimal) -> str:
    """Write a number of any size as a text that sorts exactly as the number does.

    >>> from decimal import Decimal
    >>> numbers = [Decimal(text) for text in ("-10", "-9.5", "0", "0.5", "9", "10")]
    >>> [number for _, number in sorted((number_key(number), number) for number in numbers)] == numbers
    True
    """
    significant = f"{value:f}".replace(".", "").strip("-0")
    if not significant:
        return "1"
    key = f"{value.adjusted() + _EXPONENT_ZERO:04}{significant}"
    return f"0{key.translate(_COMPLEMENT)}~" if value < 0 else f"2{key}"


def checksum(row: Sequence[Any]) -> int:
    """Return the CRC-32 of the columns of a row, which is stored as its last one."""
    return zlib.crc32(marshal.dumps(tuple(row), 0))  # version 0 of the format has no references


def is_whole(row: Row) -> bool:
    """Tell whether a row matches the checksum at its end."""
    return bool(row[-1] == checksum(row[:-1]))


# Writes any value as JSON.
to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_quote = json.encoder.encode_basestring


def text_to_json(text: Text) -> str:
    """Write a text as JSON, in a third of the time that `to_json` takes."""
    return f"{{{','.join([f'{_quote(language)}:{_quote(words)}' for language, words in text.items()])}}}"


def encode(place: int, fact: Fact) -> Row:
    """Make the row of a fact: its place, `STORED` and the checksum. It has only the conflicts that the fact names."""
    when = fact.when
    row = (
        *(place, fact.id, fact.category, fact.kind, text_to_json(fact.title), text_to_json(fact.text)),
        *(_figure(fact.figure) if fact.figure else (None,) * 9),
        fact.unit,
        *((day and day.isoformat() for day in (when.start, when.end, when.first, when.last)) if when else (None,) * 4),
        when and when.edtf,
        *(fact.source, fact.paragraph, fact.quote, SEPARATOR.join(fact.tags) or None),
        to_json([[conflict.other, conflict.note, 0] for conflict in fact.conflicts]) if fact.conflicts else None,
        None,
        text_to_json(fact.note) if fact.note else None,
        "true" if fact.draft else None,
    )
    return (*row, checksum(row))


def _figure(figure: Figure) -> Row:
    value, low, high = (None if number is None else f"{number:f}" for number in (figure.value, figure.low, figure.high))
    keys: tuple[str | None, ...] = (None, None)
    if figure.value is not None:
        keys = (number_key(figure.value),) * 2
    elif low or high:  # an open end has a key below or above those of all numbers
        keys = (
            "" if figure.low is None else number_key(figure.low),
            "~" if figure.high is None else number_key(figure.high),
        )
    parts = SEPARATOR.join(f"{part:f}" for part in figure.parts) or None
    return (figure.printed, value, low, high, figure.form, figure.bound, parts, *keys)


def decode(row: Row) -> Fact:
    """Make a fact from a row."""
    # commands that print columns make no facts, and save 8 ms of imports
    from decimal import Decimal

    from cs_facts.dates.edtf import parse_period
    from cs_facts.model import Conflict, Fact, Figure

    _, id_, category, kind, title, text, printed, value, low, high, form, bound, parts, _, _, unit, *rest = row
    _, _, _, _, edtf, source, paragraph, quote, tags, conflicts, _, note, draft, *_ = rest
    value, low, high = (number and Decimal(number) for number in (value, low, high))
    numbers = tuple(map(Decimal, parts.split(SEPARATOR))) if parts else ()
    named = json.loads(conflicts) if conflicts else ()
    return Fact(
        *(id_, category, json.loads(title), json.loads(text), source),
        kind=kind,
        figure=None if printed is None else Figure(printed, value, low, high, form, bound, numbers),
        unit=unit,
        when=parse_period(edtf) if edtf else None,
        paragraph=paragraph,
        quote=quote,
        tags=tuple(tags.split(SEPARATOR)) if tags else (),
        conflicts=tuple(Conflict(other, words) for other, words, is_mirrored in named if not is_mirrored),
        note=json.loads(note) if note else {},
        draft=draft is not None,
    )


# The fields of a source that are periods.
_PERIODS = ("published", "accessed")


def encode_source(source: Source) -> dict[str, Any]:
    """Return the fields of a source in a form that JSON can hold."""
    fields = {name: getattr(source, name) for name in source.__dataclass_fields__}
    periods = {name: fields[name] and fields[name].edtf for name in _PERIODS}
    return {**fields, **periods, "names": [[name.printed, name.why, name.paragraph] for name in source.names]}


def decode_source(fields: Mapping[str, Any]) -> Source:
    """Make a source from such fields."""
    from cs_facts.dates.edtf import parse_period
    from cs_facts.model import Name, Source

    periods = {name: parse_period(fields[name]) if fields[name] else None for name in _PERIODS}
    return Source(**{**fields, **periods, "names": tuple(Name(*name) for name in fields["names"])})


class Connection(sqlite3.Connection):
    """A connection that closes itself when it is no longer used; Python warns of others from 3.13 on."""

    def __del__(self) -> None:
        with suppress(sqlite3.ProgrammingError):  # it was never opened, or by another thread
            self.close()


class Damaged(sqlite3.DatabaseError):
    """The data read is not the data that was written."""


class Database:
    """The rows of an index, verified by their checksums as they are read.

    If a row has been altered, or SQLite finds the file damaged, the index is made again, once, and the statement goes
    on after the rows it has already yielded. An index too large to be verified as a whole has one gap: a flipped bit in
    a B-tree or in the full-text table that still looks sound may hide a fact from an answer or a count. No fact is ever
    shown altered.
    """

    def __init__(self, connection: sqlite3.Connection, remake: Callable[[], sqlite3.Connection] | None = None) -> None:
        self._connection = connection
        self._remake = remake

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def run(self, sql: str, values: Sequence[Any] = (), check: Callable[[Row], bool] | None = None) -> Iterator[Row]:
        """Yield the rows of a statement; ``check`` tells whether a row is intact."""
        given = 0
        while True:
            connection = self._connection
            try:
                for row in islice(connection.execute(sql, values), given, None):
                    if check and not check(row):
                        raise Damaged(f"a row is altered: {sql}")
                    given += 1
                    yield row
            except UnicodeEncodeError:  # an argument in another encoding, which no row can contain
                return
            except sqlite3.ProgrammingError:
                raise
            except sqlite3.DatabaseError as error:
                self._replace(connection, error)
            else:
                return

    def _replace(self, damaged: sqlite3.Connection, error: sqlite3.DatabaseError) -> None:
        """Make the index again, unless another statement has done so; raise the error if the new one is damaged too."""
        if self._connection is damaged:
            if self._remake is None:
                raise error
            remake, self._remake = self._remake, None
            self._connection = remake()

    def meta(self, key: str) -> Any:  # noqa: ANN401  # any JSON
        """Return the note with a key; None while the index is being made."""
        for _, value, _ in self.run("SELECT key, value, checksum FROM meta WHERE key = ?", (key,), is_whole):
            return json.loads(value)
        if self._remake is None:
            return None
        self._replace(self._connection, Damaged(f"a note is gone: {key}"))
        return self.meta(key)

    def row_of(self, id_: str) -> Row | None:
        """Return the row of the fact with an id, never of another, even if SQLite's index of ids is damaged."""
        rows = self.run("SELECT * FROM facts WHERE id = ?", (id_,), lambda row: is_whole(row) and row[1] == id_)
        return next(rows, None)
