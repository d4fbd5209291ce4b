"""Which facts are meant, and in which order: filters, and facts that are read when they are asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from cs_facts.errors import UnknownName
from cs_facts.index.schema import SIZE, decode, number_key
from cs_facts.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from cs_facts.index.index import Index
    from cs_facts.model import Fact, Period


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


def condition_of(filters: Filters) -> Condition:
    """Return the condition that a fact passes the filters."""
    condition = EVERYTHING
    for each in _conditions(filters):
        condition = each if condition == EVERYTHING else condition.also(each)
    return condition


def _conditions(filters: Filters) -> Iterator[Condition]:
    columns = {"category": filters.categories, "kind": filters.kinds, "unit": filters.units, "source": filters.sources}
    yield from (among(column, names) for column, names in columns.items() if names)
    if filters.tags:
        yield tagged(filters.tags)
    if filters.conflicts:
        yield Condition("dispute NOT NULL")
    if known := filters.period:
        sql = "\"when\" NOT NULL AND ifnull(last, '9999-12-31') >= ? AND ifnull(first, '0001-01-01') <= ?"
        yield Condition(sql, (str(known.first or date.min), str(known.last or date.max)))
    if whole := filters.within:
        first, last = str(whole.start or date.min), str(whole.end or date.max)
        yield Condition('start BETWEEN ? AND ? AND "end" <= ?', (first, last, last))  # along the index of starts
    for number, sql in (
        (filters.minimum, f"{SIZE} >= ?"),
        (filters.maximum, "ifnull(number, least) <= ?"),
    ):
        if number is not None:
            yield Condition(f"form != 'rank' AND {sql}", (number_key(number),))


class Part(NamedTuple):
    """Facts that pass a condition, sorted by SQL, or those at places, in the order of these."""

    condition: Condition = EVERYTHING
    order: str = "place"
    places: Sequence[int] | None = None


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
        count = sum(map(self.index.count_of, self.parts))
        return min(count, self.limit) if self.limit else count

    def __bool__(self) -> bool:
        return any(True for part in self.parts for _ in self.index.places(part, limit=1))

    def __iter__(self) -> Iterator[Fact]:
        return map(decode, self._rows())

    def rows(self, columns: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        """Yield for each fact these columns, as the index has them: text, lists joined, numbers written out."""
        return self.index.cells(self._rows(), columns)

    def places(self) -> list[int]:
        """Return the places of the facts in their order."""
        found = chain.from_iterable(self.index.places(part, limit=self.limit) for part in self.parts)
        return list(islice(found, self.limit or None))

    def followed_by(self, others: Facts) -> Facts:
        """Return these facts, then others of the same index."""
        return replace(self, parts=(*self.parts, *others.parts))

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        rows = chain.from_iterable(self.index.rows_of(part, limit=self.limit) for part in self.parts)
        return islice(rows, self.limit or None)

    def sorted(self, column: str, *, descending: bool) -> Facts:
        """Sort by a column; what has no value comes last, ties stay in the store's order.

        Raises:
            UnknownName: there is no such column.

        """
        sql = self.index.sort_key(column)
        undated = '"when" IS NULL, ' if column in ("start", "end") else ""  # an open beginning is still a date
        order = f"{undated}{sql} IS NULL, {sql} {'DESC' if descending else 'ASC'}, place"
        return replace(self, parts=(Part(self._condition, order),))

    @property
    def _condition(self) -> Condition:
        """The condition of all parts."""
        conditions = [part.condition if part.places is None else at_places(part.places) for part in self.parts]
        sql = " OR ".join(f"({condition.sql})" for condition in conditions) or "0"
        return Condition(sql, tuple(value for condition in conditions for value in condition.values))

    def limited(self, limit: int) -> Facts:
        """Return the first so many; 0 is all."""
        return replace(self, limit=limit)


def at_places(places: Iterable[int]) -> Condition:
    """Return the condition that a fact stands at one of some places."""
    return Condition("place IN (SELECT value FROM json_each(?))", (f"[{','.join(map(str, places))}]",))


def require(what: str, names: Iterable[str], known: Iterable[str]) -> None:
    """Refuse names that a closed list does not hold.

    Raises:
        UnknownName: one is not known.

    """
    for name in names:
        if name not in known:
            raise UnknownName(what, name, known)
