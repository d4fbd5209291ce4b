"""The rows of an index, verified as they are read, and its full-text table."""

from __future__ import annotations

import json
import sqlite3
from functools import cached_property
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from cs_facts.columns import TEXTS
from cs_facts.index.schema import COLUMN_OF, SEPARATOR, conflicts_in, decode, is_whole
from cs_facts.index.selection import EVERYTHING, Condition, Filters, Part, at_places, condition_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from cs_facts.index.schema import Row
    from cs_facts.model import Fact


# Places that are looked up at once.
_AT_ONCE = 500

_ROW = ", ".join(f'"{name}"' for name in (*COLUMN_OF, "checksum"))


class Damaged(sqlite3.DatabaseError):
    """What was read is not what was written."""


class Database:
    """Rows of an index, and the words by which facts are found.

    Rows are verified by their checksums as they are read. Where one is altered, or SQLite finds the file damaged, the
    index is made anew, once, and the statement goes on behind the rows that it gave already. Not covered in an index
    too large to be verified whole: what SQLite's B-trees and the full-text table leave out when a bit of theirs is
    altered and they still look sound: a fact may then be missing from an answer or from a count, never be altered.

    """

    def __init__(self, connection: sqlite3.Connection, remake: Callable[[], sqlite3.Connection] | None = None) -> None:
        self._connection = connection
        self._remake = remake

    def close(self) -> None:
        """Let the index go."""
        self._connection.close()

    def _run(self, sql: str, values: Sequence[Any] = (), check: Callable[[Row], bool] | None = None) -> Iterator[Row]:
        """Yield what a statement finds; ``check`` tells whether a row is as it was written."""
        given = 0
        while True:
            connection = self._connection
            try:
                for row in islice(connection.execute(sql, values), given, None):
                    if check and not check(row):
                        raise Damaged(f"a row is altered: {sql}")
                    given += 1
                    yield row
            except UnicodeEncodeError:  # an argument in the bytes of another locale stands nowhere
                return
            except sqlite3.ProgrammingError:
                raise
            except sqlite3.DatabaseError as error:
                self._replace(connection, error)
            else:
                return

    def _replace(self, damaged: sqlite3.Connection, error: sqlite3.DatabaseError) -> None:
        """Make the index anew, unless another statement has done so already; damage to a new one is raised."""
        if self._connection is damaged:
            if self._remake is None:
                raise error
            remake, self._remake = self._remake, None
            self._connection = remake()

    def _value(self, sql: str, values: Sequence[Any] = ()) -> int | None:
        row = next(self._run(sql, values), None)
        return None if row is None else int(row[0])

    def meta(self, key: str) -> Any:  # noqa: ANN401  # any JSON
        """Return what the index notes under a key; None while it is being made."""
        for _, value, _ in self._run("SELECT key, value, checksum FROM meta WHERE key = ?", (key,), is_whole):
            return json.loads(value)
        if self._remake is None:
            return None
        self._replace(self._connection, Damaged(f"a note is gone: {key}"))
        return self.meta(key)

    def facts_at(self, places: Iterable[int]) -> Iterator[Fact]:
        """Yield the facts at places, in that order."""
        return map(decode, self.rows_of(Part(places=tuple(places))))

    def cells(self, rows: Iterable[Row], columns: Iterable[str]) -> Iterator[Row]:
        """Yield columns of rows: text, lists joined, numbers written out."""
        getters = [_getter(name) for name in columns]
        texts, conflicts = [COLUMN_OF[name] for name in TEXTS], COLUMN_OF["conflicts"]
        for row in rows:
            cells = list(row)
            for place in texts:
                cells[place] = json.loads(row[place] or "{}")
            cells[conflicts] = SEPARATOR.join(other for other, *_ in conflicts_in(row[conflicts])) or None
            yield tuple([get(cells) for get in getters])

    def rows_of(self, part: Part, limit: int = 0) -> Iterator[Row]:
        """Yield the rows of facts, verified."""
        if part.places is not None:
            yield from self._rows_at(part.places[: limit or None])
            return
        sql = f"SELECT {_ROW} FROM facts WHERE {part.condition.sql} ORDER BY {part.order} LIMIT {limit or -1}"
        yield from self._run(sql, part.condition.values, is_whole)

    def _rows_at(self, places: Sequence[int]) -> Iterator[Row]:
        for start in range(0, len(places), _AT_ONCE):
            some = places[start : start + _AT_ONCE]
            condition = at_places(some)
            rows = self._run(f"SELECT {_ROW} FROM facts WHERE {condition.sql}", condition.values, is_whole)
            found = {row[0]: row for row in rows}
            yield from (found[place] for place in some if place in found)

    def places(self, part: Part, limit: int = 0) -> Iterator[int]:
        """Yield the places of facts, in their order."""
        if part.places is not None:
            yield from part.places[: limit or None]
            return
        sql = f"SELECT place FROM facts WHERE {part.condition.sql} ORDER BY {part.order} LIMIT {limit or -1}"
        yield from (place for (place,) in self._run(sql, part.condition.values))

    def count_of(self, part: Part) -> int:
        """Return how many facts there are in a part."""
        if part.places is not None:
            return len(part.places)
        sql = f"SELECT count(*) FROM facts WHERE {part.condition.sql}"
        return self._value(sql, part.condition.values) or 0

    def row_of(self, id_: str) -> Row | None:
        """Return the row of the fact of an id, and never that of another, whatever SQLite's index of ids says."""
        sql = f"SELECT {_ROW} FROM facts WHERE id = ?"
        return next(self._run(sql, (id_,), lambda row: is_whole(row) and row[COLUMN_OF["id"]] == id_), None)

    def match(
        self,
        expression: str,
        filters: Filters | None = None,
        limit: int | None = None,
        among: Iterable[int] | None = None,
    ) -> list[int]:
        """Return the places of the facts that match, see `matches`."""
        return list(self.matches(expression, filters, limit, among=among))

    def matches(
        self,
        expression: str,
        filters: Filters | None = None,
        limit: int | None = None,
        *,
        offset: int = 0,
        until: int | None = None,
        among: Iterable[int] | None = None,
    ) -> Iterator[int]:
        """Yield the places of the facts that match, in store order.

        The expression is one of FTS5 over `analyzer.COLUMNS`; every fact matches the empty one. At most ``limit`` come,
        after ``offset`` that are passed over, from places up to ``until`` and ``among`` some.

        """
        condition = condition_of(filters or Filters())
        condition = condition if among is None else condition.also(at_places(among))
        found, values = _matching(expression, condition, until)
        sql = f"SELECT {'words.rowid' if expression else 'place'} {found} ORDER BY 1 LIMIT ? OFFSET ?"
        yield from (place for (place,) in self._run(sql, (*values, -1 if limit is None else limit, offset)))

    def count(self, expression: str, filters: Filters | None = None, limit: int | None = None) -> int:
        """Return how many facts match, ``limit`` at most."""
        found, values = _matching(expression, condition_of(filters or Filters()))
        sql = f"SELECT count(*) FROM (SELECT 1 {found} LIMIT ?)"
        return int(self._value(sql, (*values, -1 if limit is None else limit)) or 0)

    def vocabulary(self, beginning: str = "", limit: int | None = None) -> list[str]:
        """Return the words in Latin letters that begin so, in the order of their code points, ``limit`` at most."""
        sql = "SELECT word FROM latin WHERE word >= ? AND word < ? ORDER BY word LIMIT ?"
        values = (beginning, f"{beginning}{chr(0x10FFFF)}", -1 if limit is None else limit)
        return [word for (word,) in self._run(sql, values)]

    def documents(self, term: str) -> int:
        """Return how many facts have a word."""
        return int(self._value("SELECT doc FROM vocabulary WHERE term = ?", (term,)) or 0)

    @property
    def characters(self) -> str:
        """The characters of the store's Chinese, each once."""
        return str(self.meta("characters"))

    @cached_property
    def sounds(self) -> Mapping[str, Sequence[str]]:
        """Syllables and the store's characters that sound so, the commonest first; none without the extra ``zh``."""
        return self.meta("sounds") or {}

    @property
    def simplified(self) -> Mapping[int, str]:
        """Traditional characters and their simplified ones, for `str.translate`; none without the extra ``zh``."""
        return str.maketrans(*self.meta("simplified"))

    def same_stem(self, word: str) -> tuple[str, ...]:
        """Return the Latin words of the store that share a stem with a word (Porter 1980, as SQLite has it)."""
        quoted = '"' + word.replace('"', "") + '"'
        return tuple(found for (found,) in self._run("SELECT word FROM stems WHERE stems MATCH ?", (quoted,)))


def _getter(column: str) -> Callable[[Sequence[Any]], Any]:
    """Return what takes a column from a row whose JSON is read."""
    name, _, language = column.partition("_")
    place = COLUMN_OF[name]
    return (lambda cells: cells[place].get(language)) if name in TEXTS else itemgetter(place)


def _matching(expression: str, condition: Condition, until: int | None = None) -> tuple[str, tuple[Any, ...]]:
    """Write what follows SELECT; the words are asked first, for SQLite would ask them anew for every fact."""
    if not expression:
        return f"FROM facts WHERE {condition.sql}", condition.values
    table = "words" if condition == EVERYTHING else "words CROSS JOIN facts ON facts.place = words.rowid"
    last = "" if until is None else f" AND words.rowid <= {until:d}"
    return f"FROM {table} WHERE words MATCH ?{last} AND {condition.sql}", (expression, *condition.values)
