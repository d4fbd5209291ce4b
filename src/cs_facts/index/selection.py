"""Which facts are meant, and in which order: filters, and facts that are read when they are asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, reduce
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from cs_facts.columns import TEXTS
from cs_facts.index.database import COLUMN_OF, SEPARATOR, SIZE, decode, is_whole, number_key
from cs_facts.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from cs_facts.index.database import Row
    from cs_facts.index.index import Index
    from cs_facts.model import Fact, Period

# Places that are looked up at once.
_AT_ONCE = 500


class Filters(NamedTuple):
    """What a fact must be to pass: one of the values of each filter given, and within the limits.

    Attributes:
        period: the known days of the fact's period overlap it.
        within: the fact's whole period lies inside; one with an open or unknown end never does.
        minimum: the least value of the figure, ``maximum`` the greatest; of one without a value, a range say, some of
            what it may stand for is within these limits. A rank never passes.
        conflicts: only facts in a conflict.

    """

    categories: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    period: Period | None = None
    within: Period | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    conflicts: bool = False


class Condition(NamedTuple):
    """The condition of a row of ``facts`` in SQL, with the values of its parameters."""

    sql: str
    values: tuple[Any, ...] = ()

    def also(self, other: Condition) -> Condition:
        """Return the condition that both hold."""
        return Condition(f"({self.sql}) AND ({other.sql})", (*self.values, *other.values))


EVERYTHING = Condition("1")


def among(column: str, names: Sequence[str]) -> Condition:
    """Return the condition that a column holds one of some values."""
    return Condition(f'"{column}" IN ({", ".join("?" * len(names))})', tuple(names))


def tagged(tags: Sequence[str]) -> Condition:
    """Return the condition that a fact has one of some tags, however they are written."""
    folded = tuple(map(fold, tags))
    return Condition(f"place IN (SELECT place FROM tags WHERE folded IN ({', '.join('?' * len(folded))}))", folded)


def at_places(places: Iterable[int]) -> Condition:
    """Return the condition that a fact stands at one of some places."""
    return Condition("place IN (SELECT value FROM json_each(?))", (f"[{','.join(map(str, places))}]",))


def condition_of(filters: Filters) -> Condition:
    """Return the condition that a fact passes the filters."""
    columns = {"category": filters.categories, "kind": filters.kinds, "unit": filters.units, "source": filters.sources}
    found = [among(column, names) for column, names in columns.items() if names]
    if filters.tags:
        found.append(tagged(filters.tags))
    if filters.conflicts:
        found.append(Condition("dispute NOT NULL"))
    if known := filters.period:
        sql = "\"when\" NOT NULL AND ifnull(last, '9999-12-31') >= ? AND ifnull(first, '0001-01-01') <= ?"
        found.append(Condition(sql, (str(known.first or date.min), str(known.last or date.max))))
    if whole := filters.within:
        first, last = str(whole.start or date.min), str(whole.end or date.max)
        sql = 'start BETWEEN ? AND ? AND "end" <= ?'  # along the index of starts
        found.append(Condition(sql, (first, last, last)))
    for number, sql in ((filters.minimum, f"{SIZE} >= ?"), (filters.maximum, "ifnull(number, least) <= ?")):
        if number is not None:
            found.append(Condition(f"form != 'rank' AND {sql}", (number_key(number),)))
    return reduce(Condition.also, found) if found else EVERYTHING


class Part(NamedTuple):
    """Facts that pass a condition, sorted by SQL, or those at places, in the order of these."""

    condition: Condition = EVERYTHING
    order: str = "place"
    places: Sequence[int] | None = None

    def statements(self, limit: int) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """Yield the statements, with their values, that read the rows of the facts, so many at most; 0 is all."""
        if self.places is None:
            sql = f"SELECT * FROM facts WHERE {self.condition.sql} ORDER BY {self.order} LIMIT {limit or -1}"
            yield sql, self.condition.values
            return
        places = self.places[: limit or None]
        joined = "json_each(?) AS asked CROSS JOIN facts ON place = asked.value ORDER BY asked.key"
        for start in range(0, len(places), _AT_ONCE):
            yield f"SELECT facts.* FROM {joined}", at_places(places[start : start + _AT_ONCE]).values


@dataclass(frozen=True)
class Facts:
    """Facts in an order, read from the index when they are asked for.

    Attributes:
        index: where they are.
        parts: which they are, one part behind the other.
        limit: how many of them at most; 0 is all.

    """

    index: Index
    parts: tuple[Part, ...]
    limit: int = 0

    def __len__(self) -> int:
        return min(self._count, self.limit) if self.limit else self._count

    @cached_property
    def _count(self) -> int:
        count = 0
        for condition, _, places in self.parts:
            sql = f"SELECT count(*) FROM facts WHERE {condition.sql}"
            count += next(self.index.run(sql, condition.values))[0] if places is None else len(places)
        return count

    def __iter__(self) -> Iterator[Fact]:
        return map(decode, self._read())

    def rows(self, columns: Iterable[str]) -> Iterator[Row]:
        """Yield for each fact these columns, as the index has them: text, lists joined, numbers written out."""
        split = (each.partition("_") for each in columns)
        wanted = [(COLUMN_OF[name], language if name in TEXTS else None) for name, _, language in split]
        texts, conflicts = [COLUMN_OF[name] for name in TEXTS], COLUMN_OF["conflicts"]
        for row in self._read():
            cells = list(row)
            for at in texts:
                cells[at] = json.loads(row[at] or "{}")
            cells[conflicts] = SEPARATOR.join(other for other, *_ in json.loads(row[conflicts] or "[]")) or None
            yield tuple([cells[at] if language is None else cells[at].get(language) for at, language in wanted])

    def _read(self) -> Iterator[Row]:
        asked = chain.from_iterable(part.statements(self.limit) for part in self.parts)
        return islice(chain.from_iterable(self.index.run(*each, is_whole) for each in asked), self.limit or None)

    def sorted(self, column: str, *, descending: bool) -> Facts:
        """Sort by a column; what has no value comes last, ties stay in the store's order.

        Raises:
            UnknownName: there is no such column.

        """
        sql = self.index.sort_key(column)
        undated = '"when" IS NULL, ' if column in ("start", "end") else ""  # an open beginning is still a date
        order = f"{undated}{sql} IS NULL, {sql} {'DESC' if descending else 'ASC'}, place"
        conditions = [part.condition if part.places is None else at_places(part.places) for part in self.parts]
        anyone = " OR ".join(f"({condition.sql})" for condition in conditions) or "0"
        values = tuple(value for condition in conditions for value in condition.values)
        return replace(self, parts=(Part(Condition(anyone, values), order),))

    def limited(self, limit: int) -> Facts:
        """Return the first so many; 0 is all."""
        return replace(self, limit=limit)
