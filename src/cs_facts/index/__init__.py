"""A store compiled into SQLite: select, sort and look up its facts, which are read on demand, and match their words.

Only this package and the export to SQLite know SQL.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, reduce
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from cs_facts.columns import KINDS, SECTIONS, SEPARATOR, TEXTS, fact_columns
from cs_facts.errors import UnknownFact, UnknownName, check_names
from cs_facts.index.database import COLUMN_OF, Database, decode, decode_source, is_whole, number_key
from cs_facts.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from cs_facts.index.database import Row
    from cs_facts.model import Conflict, Fact, Period, Source, Text

# How many places are looked up in one statement, and among how many ids one is sought that resembles an unknown one.
_AT_ONCE, _NEAR = 500, 5000


class Filters(NamedTuple):
    """Conditions that a fact must meet: one of the values of each filter that is given, and all of the limits."""

    categories: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    period: Period | None = None  # overlaps the known days of the fact's period
    within: Period | None = None  # contains the fact's whole period, which must have a known beginning and end
    # limits of the figure's value or, if it has none, of any part of its range; a rank never passes
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    conflicts: bool = False  # only facts in a conflict


# Columns with a closed list of values → the attribute of `Filters` and of `Index` that has these.
_CLOSED = {"category": "categories", "kind": "kinds"} | SECTIONS


class Condition(NamedTuple):
    """A condition in SQL on a row of ``facts``, with the values of its parameters."""

    sql: str
    values: tuple[Any, ...] = ()

    def also(self, other: Condition) -> Condition:
        """Return the condition that both conditions hold."""
        return Condition(f"({self.sql}) AND ({other.sql})", (*self.values, *other.values))


EVERYTHING = Condition("1")


def among(column: str, names: Sequence[str]) -> Condition:
    """Return the condition that a column has one of these values; tags are compared folded."""
    if column == "tag":
        tagged = among("folded", tuple(map(fold, names)))
        return Condition(f"place IN (SELECT place FROM tags WHERE {tagged.sql})", tagged.values)
    return Condition(f'"{column}" IN ({", ".join("?" * len(names))})', tuple(names))


def at_places(places: Iterable[int]) -> Condition:
    """Return the condition that a fact stands at one of these places."""
    return Condition("place IN (SELECT value FROM json_each(?))", (json.dumps([*places]),))


def condition_of(filters: Filters) -> Condition:
    """Return the condition that a fact passes the filters."""
    columns = [("tag", filters.tags), *((what, getattr(filters, plural)) for what, plural in _CLOSED.items())]
    found = [among(column, names) for column, names in columns if names]
    if filters.conflicts:
        found.append(Condition("dispute NOT NULL"))
    if known := filters.period:
        sql = "\"when\" NOT NULL AND ifnull(last, '9999-12-31') >= ? AND ifnull(first, '0001-01-01') <= ?"
        found.append(Condition(sql, (str(known.first or date.min), str(known.last or date.max))))
    if whole := filters.within:
        first, last = str(whole.start or date.min), str(whole.end or date.max)
        sql = 'start BETWEEN ? AND ? AND "end" <= ?'  # uses the index on starts
        found.append(Condition(sql, (first, last, last)))
    for number, sql in ((filters.minimum, "greatest >= ?"), (filters.maximum, "least <= ?")):
        if number is not None:
            found.append(Condition(f"form != 'rank' AND {sql}", (number_key(number),)))
    return reduce(Condition.also, found) if found else EVERYTHING


class Part(NamedTuple):
    """Facts that meet a condition, in the order of an SQL expression; or those at places, in that order."""

    condition: Condition = EVERYTHING
    order: str = "place"
    places: Sequence[int] | None = None


class Facts:
    """Facts that are read from the index on demand, one part after another, up to a limit, of which 0 means none."""

    def __init__(self, index: Index, parts: tuple[Part, ...], limit: int = 0) -> None:
        self.index, self.parts, self.limit = index, parts, limit
        self._count: int | None = None  # regardless of the limit, once known

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Facts) and [*self] == [*other]

    def __hash__(self) -> int:
        return hash(len(self))

    def __len__(self) -> int:
        if self._count is None:
            self._count = 0
            for condition, _, places in self.parts:
                sql = f"SELECT count(*) FROM facts WHERE {condition.sql}"
                self._count += next(self.index.run(sql, condition.values))[0] if places is None else len(places)
        return min(self._count, self.limit) if self.limit else self._count

    def __iter__(self) -> Iterator[Fact]:
        return map(decode, islice(self._read(), self.limit or None))

    def rows(self, columns: Iterable[str]) -> Iterator[Row]:
        """Yield these columns of each fact as the index has them: as text, with lists joined and numbers in digits."""
        split = (each.partition("_") for each in columns)
        wanted = [(COLUMN_OF[name], language if name in TEXTS else None) for name, _, language in split]
        texts, conflicts = [COLUMN_OF[name] for name in TEXTS], COLUMN_OF["conflicts"]
        for row in islice(self._read(), self.limit or None):
            cells = list(row)
            for at in texts:
                cells[at] = json.loads(row[at] or "{}")
            cells[conflicts] = SEPARATOR.join(other for other, *_ in json.loads(row[conflicts] or "[]")) or None
            yield tuple([cells[at] if language is None else cells[at].get(language) for at, language in wanted])

    def _read(self) -> Iterator[Row]:
        """Yield the rows of the facts, from each part no more than the limit."""
        for condition, order, places in self.parts:
            if places is None:
                sql = f"SELECT * FROM facts WHERE {condition.sql} ORDER BY {order} LIMIT {self.limit or -1}"
                yield from self.index.run(sql, condition.values, is_whole)
                continue
            sql = "SELECT facts.* FROM json_each(?) AS asked CROSS JOIN facts ON place = asked.value ORDER BY asked.key"
            for start in range(0, len(places[: self.limit or None]), _AT_ONCE):
                some = json.dumps([*places[start : start + _AT_ONCE]])
                yield from self.index.run(sql, (some,), is_whole)

    def sorted(self, column: str, *, descending: bool) -> Facts:
        """Sort by a column, missing values last, ties in store order; raise UnknownName if there is no such column."""
        check_names("column", [column], fact_columns(self.index.languages))
        name, _, language = column.partition("_")
        sql = "CASE WHEN value NOT NULL THEN greatest END" if column == "value" else f'"{column}"'
        if name in TEXTS:
            tag = language.replace("'", "''")
            sql = f"(SELECT value FROM json_each({name}) WHERE key = '{tag}')"
        undated = '"when" IS NULL, ' if column in ("start", "end") else ""  # an open beginning is still a date
        order = f"{undated}{sql} IS NULL, {sql} {'DESC' if descending else 'ASC'}, place"
        conditions = [part.condition if part.places is None else at_places(part.places) for part in self.parts]
        anyone = " OR ".join(f"({condition.sql})" for condition in conditions) or "0"
        values = tuple(value for condition in conditions for value in condition.values)
        return Facts(self.index, (Part(Condition(anyone, values), order),), self.limit)

    def limited(self, limit: int) -> Facts:
        """Return the same facts with another limit; 0 means all."""
        return Facts(self.index, self.parts, limit)


# How to convert those notes of the index that are not used as JSON has them.
_READ: dict[str, Callable[[Any], Any]] = {
    "sources": lambda known: {id_: decode_source(fields) for id_, fields in known.items()},
    "synonyms": lambda groups: tuple(map(tuple, groups)),
    "languages": tuple,
    "simplified": lambda pair: str.maketrans(*pair),
}


class Index(Database):
    """A store of any size, read from its index: what `Store` holds, each part read once, on demand."""

    title: Text
    version: str | None
    licence: str | None
    synonyms: tuple[tuple[str, ...], ...]
    units: Mapping[str, Text]
    categories: Mapping[str, Text]
    sources: Mapping[str, Source]
    languages: tuple[str, ...]  # of the facts' texts: Chinese, English, then others in order of appearance
    size: int  # the number of facts
    is_merged: bool  # whether several stores are read as one
    named: Mapping[str, tuple[list[str], list[str]]]  # names and synonyms → what they mean; see `analyzer.names_of`
    characters: str  # every Chinese character of the store once
    # syllables → characters that sound like them, best first; traditional → simplified characters, for `str.translate`;
    # both are empty without the extra `zh`
    sounds: Mapping[str, Sequence[str]]
    simplified: Mapping[int, int]
    kinds = KINDS

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # one of the above
        if name not in Index.__annotations__:
            raise AttributeError(f"an index has no attribute {name!r}", name=name, obj=self)
        noted = self.meta(name)
        self.__dict__[name] = value = _READ[name](noted) if name in _READ else noted
        return value

    # Facts.

    def select(self, filters: Filters | None = None) -> Facts:
        """Return the facts that pass the filters in store order, or with ``conflicts`` grouped by conflict.

        Raises `UnknownName` if a filter names something that the store does not have.
        """
        filters = filters or Filters()
        for what, plural in _CLOSED.items():
            if names := getattr(filters, plural):
                check_names(what, names, getattr(self, plural))
        for tag in filters.tags:
            if not any(self.run("SELECT 1 FROM tags WHERE folded = ? LIMIT 1", (fold(tag),))):
                raise UnknownName("tag", tag, self.facts_by_tag)
        return Facts(self, (Part(condition_of(filters), "dispute, place" if filters.conflicts else "place"),))

    def facts_at(self, places: Sequence[int]) -> Facts:
        """Return the facts at places, in that order."""
        return Facts(self, (Part(places=places),))

    def facts_by_id(self, names: Iterable[str]) -> Facts:
        """Return the facts with these ids, or else titles, each once, in this order; raise UnknownFact for others."""
        return self.facts_at(tuple(dict.fromkeys(place for name in names for place in self._meant(name))))

    def _meant(self, name: str) -> list[int]:
        """Return the places of the facts with an id or a title, ignoring case, width and accents of the latter."""
        if row := self.row_of(name):
            return [row[0]]
        from cs_facts.index.analyzer import BREAK, Analyzer  # takes 5 ms, and few commands need it

        words = Analyzer(self.simplified).words(name)
        places = self.match(f'title : "{BREAK} {words} {BREAK}"') if words else array("q")
        facts = zip(places, self.facts_at(places), strict=True)
        found = [place for place, fact in facts if fold(name) in map(fold, fact.title.values())]
        if not found:  # suggest one, preferably from among those that begin with the same letters
            raise UnknownFact(name, self.ids_beginning(name[:3], _NEAR) or self.ids_beginning("", _NEAR))
        return found

    def ids_beginning(self, begin: str, limit: int) -> list[str]:
        """Return at most so many ids with this beginning, in alphabetical order."""
        sql = "SELECT id FROM facts WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
        return [id_ for (id_,) in self.run(sql, (begin, f"{begin}{chr(0x10FFFF)}", limit))]

    @cached_property
    def by_id(self) -> Mapping[str, Fact]:
        """The facts by id, read on demand."""
        return _Lookup(self, decode)

    @cached_property
    def conflicts(self) -> Mapping[str, tuple[Conflict, ...]]:
        """The conflicts of facts by id, whichever side names them, read on demand."""
        from cs_facts.model import Conflict

        def read(row: Row) -> tuple[Conflict, ...]:
            return tuple(Conflict(other, note) for other, note, _ in json.loads(row[COLUMN_OF["conflicts"]] or "[]"))

        return _Lookup(self, read, Condition("dispute NOT NULL"))

    @cached_property
    def facts_by_tag(self) -> Mapping[str, int]:
        """The number of facts of each tag, in the order of first use."""
        sql = "SELECT tag, count(*), min(place), nth FROM tags GROUP BY tag ORDER BY 3, 4"
        return {tag: count for tag, count, *_ in self.run(sql)}

    # Words.

    def match(
        self,
        expression: str,
        filters: Filters | None = None,
        limit: int | None = None,
        *,
        offset: int = 0,
        until: int | None = None,
        among: Iterable[int] | None = None,
    ) -> array[int]:
        """Return the places of the facts that match an expression of FTS5 over `analyzer.COLUMNS`, in store order.

        An empty expression matches every fact. At most ``limit`` places are returned, after the first ``offset``, none
        of them beyond ``until``, and only those ``among`` these places.
        """
        condition = condition_of(filters) if filters else EVERYTHING
        condition = condition if among is None else condition.also(at_places(among))
        sql, values = f"SELECT place FROM facts WHERE {condition.sql}", condition.values
        if expression:  # a CROSS JOIN keeps the words first, or SQLite would search them for every fact
            table = "words" if condition == EVERYTHING else "words CROSS JOIN facts ON facts.place = words.rowid"
            last = "" if until is None else f" AND words.rowid <= {until:d}"
            sql = f"SELECT words.rowid FROM {table} WHERE words MATCH ?{last} AND {condition.sql}"
            values = (expression, *values)
        found = self.run(f"{sql} ORDER BY 1 LIMIT ? OFFSET ?", (*values, -1 if limit is None else limit, offset))
        return array("q", (place for (place,) in found))

    def count(self, expression: str, limit: int) -> int:
        """Return how many facts match an expression, counting up to ``limit``; all match an empty one."""
        sql = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
        return sum(count for (count,) in self.run(sql, (expression, limit))) if expression else min(self.size, limit)

    def documents(self, term: str) -> int:
        """Return how many facts contain a word."""
        return sum(count for (count,) in self.run("SELECT doc FROM vocabulary WHERE term = ?", (term,)))

    def words_beginning(self, beginning: str = "", limit: int = -1) -> list[str]:
        """Return at most ``limit`` words in Latin letters with this beginning, in the order of their code points."""
        sql = "SELECT word FROM latin WHERE word >= ? AND word < ? ORDER BY word LIMIT ?"
        return [word for (word,) in self.run(sql, (beginning, f"{beginning}{chr(0x10FFFF)}", limit))]

    def same_stem(self, word: str) -> tuple[str, ...]:
        """Return the Latin words of the store with the same stem as a word (SQLite's implementation of Porter 1980)."""
        quoted = '"' + word.replace('"', "") + '"'
        return tuple(found for (found,) in self.run("SELECT word FROM stems WHERE stems MATCH ?", (quoted,)))


_V = TypeVar("_V")


class _Lookup(Mapping[str, _V]):
    """A mapping of fact ids to something that is read on demand, for all facts that meet a condition."""

    def __init__(self, index: Index, read: Callable[[Row], _V], condition: Condition = EVERYTHING) -> None:
        self._index, self._read, self._facts = index, read, Facts(index, (Part(condition),))

    def __getitem__(self, id_: str) -> _V:
        row = self._index.row_of(id_)
        if row and (value := self._read(row)):
            return value
        raise KeyError(id_)

    def __iter__(self) -> Iterator[str]:
        return (id_ for (id_,) in self._facts.rows(("id",)))

    def __len__(self) -> int:
        return len(self._facts)
