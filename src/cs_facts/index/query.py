"""Filters, selection and order: a store in, facts that are read when they are asked for out."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from cs_facts.errors import UnknownName
from cs_facts.lexicon import KINDS
from cs_facts.search.quantities import number_key
from cs_facts.search.tokens import facet_token
from cs_facts.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from cs_facts.index import Index
    from cs_facts.model import Fact, Period

_NEAR = 5000
"""Ids of facts among which one like an unknown one is sought."""


class Filters(NamedTuple):
    """What a fact must be to pass: one of the values of each filter given, and within the limits.

    Attributes:
        period: the fact's period overlaps it; a fact without a period does not pass.
        minimum: the least value of the figure, ``maximum`` the greatest; a fact without a figure does not pass.
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


class Part(NamedTuple):
    """Facts as SQL.

    Attributes:
        match: what the table of words must match (FTS5), empty where it is not asked.
        conditions: what else must hold of a row of ``facts``.
        values: of the parameters in the conditions.
        order: what the facts are sorted by, the order of the store where it is empty.
        tables: what is asked instead of the table of facts, and holds it.

    """

    match: str = ""
    conditions: tuple[str, ...] = ()
    values: Mapping[str, Any] = {}
    order: str = ""
    tables: str = "facts"

    @property
    def source(self) -> str:
        """What follows FROM, up to the order."""
        tables = "words CROSS JOIN facts ON facts.place = words.rowid" if self.match else self.tables
        return f"{tables}{self._where}"

    @property
    def counted(self) -> str:
        """The same without what is not needed to count them."""
        return f"words{self._where}" if self.match and not self.conditions else self.source

    @property
    def _where(self) -> str:
        conditions = (*(["words MATCH :match"] if self.match else []), *self.conditions)
        return f" WHERE {' AND '.join(conditions)}" if conditions else ""

    @property
    def ordered(self) -> str:
        """The same in its order."""
        return f"{self.source} ORDER BY {self.order or ('words.rowid' if self.match else 'facts.place')}"

    @property
    def parameters(self) -> dict[str, Any]:
        """The values of all parameters."""
        return {**self.values, "match": self.match}

    def also(self, match: str) -> Part:
        """Return the facts of this part that match something more."""
        return self._replace(match=f"({match}) AND ({self.match})" if self.match else match)


class Facts:
    """Facts in an order, read from the index when they are asked for.

    Attributes:
        index: where they are.
        whole: which they are.
        parts: the same facts in several parts, one behind the other; none where ``whole`` has their order.
        limit: how many of them at most; 0 is all.
        distinct: whether a fact that stands in several parts is taken from the first.

    """

    def __init__(
        self, index: Index, whole: Part, parts: tuple[Part, ...] = (), limit: int = 0, *, distinct: bool = False
    ) -> None:
        self.index = index
        self.whole = whole
        self.parts = parts
        self.limit = limit
        self.distinct = distinct

    def __len__(self) -> int:
        (count,) = self.index.run(f"SELECT count(*) FROM {self.whole.counted}", self.whole.parameters).fetchone()
        return min(int(count), self.limit) if self.limit else int(count)

    def __bool__(self) -> bool:
        found = self.index.run(f"SELECT 1 FROM {self.whole.counted} LIMIT 1", self.whole.parameters)
        return found.fetchone() is not None

    def __iter__(self) -> Iterator[Fact]:
        return self._limited(self.index.facts(self._ordered(part), part.parameters) for part in self._parts)

    def rows(self, columns: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        """Yield for each fact these columns, as the index has them: text, lists joined, numbers written out."""
        wanted = ", ".join(self.index.columns[name] for name in columns)
        if self.distinct:
            return self._limited(self._distinct(wanted))
        return self._limited(
            self.index.run(f"SELECT {wanted} FROM {self._ordered(part)}", part.parameters) for part in self._parts
        )

    def _distinct(self, wanted: str) -> Iterator[Iterator[tuple[Any, ...]]]:
        seen: set[int] = set()
        for part in self._parts:
            rows = self.index.run(f"SELECT facts.place, {wanted} FROM {part.ordered}", part.parameters)
            yield (row[1:] for row in rows if _is_new(row[0], seen))

    @property
    def _parts(self) -> tuple[Part, ...]:
        return self.parts or (self.whole,)

    def _ordered(self, part: Part) -> str:
        return part.ordered + (f" LIMIT {self.limit}" if self.limit else "")

    def _limited(self, parts: Iterable[Iterator[Any]]) -> Iterator[Any]:
        found = chain.from_iterable(parts)
        return islice(found, self.limit) if self.limit else found

    def sorted(self, column: str, *, descending: bool) -> Facts:
        """Sort by a column; what has no value comes last, ties stay in the store's order.

        Raises:
            UnknownName: there is no such column.

        """
        if column not in self.index.columns:
            raise UnknownName("column", column, self.index.columns)
        sql = "number" if column == "value" else self.index.columns[column]
        undated = '"when" IS NULL, ' if column in ("start", "end") else ""  # an open beginning is still a date
        order = f"{sql} IS NULL, {undated}{sql} {'DESC' if descending else 'ASC'}, facts.place"
        return Facts(self.index, self.whole._replace(order=order), limit=self.limit)

    def limited(self, limit: int) -> Facts:
        """Return the first so many."""
        return Facts(self.index, self.whole, self.parts, limit, distinct=self.distinct)


def _is_new(place: int, seen: set[int]) -> bool:
    known = len(seen)
    seen.add(place)
    return len(seen) > known


def select(index: Index, filters: Filters) -> Facts:
    """Return the facts that pass the filters, in store order; those in conflict, if asked for, side by side.

    Raises:
        UnknownName: a filter names what the store does not have.

    """
    for what, names, known in (
        ("category", filters.categories, lambda: index.categories),
        ("kind", filters.kinds, lambda: KINDS),
        ("unit", filters.units, lambda: index.units),
        ("source", filters.sources, lambda: index.sources),
    ):
        if names:
            _require(what, names, known())
    for tag in filters.tags:
        if not index.run("SELECT 1 FROM words WHERE words MATCH ? LIMIT 1", (_facets("tag", [fold(tag)]),)).fetchone():
            raise UnknownName("tag", tag, index.tags)
    return Facts(index, part_of(filters))


def part_of(filters: Filters) -> Part:
    """Return what passes the filters as SQL."""
    matches = [
        _facets(what, names)
        for what, names in (
            ("category", filters.categories),
            ("kind", filters.kinds),
            ("unit", filters.units),
            ("source", filters.sources),
            ("tag", tuple(map(fold, filters.tags))),
        )
        if names
    ]
    return Part(
        " AND ".join(matches),
        tuple(_conditions(filters)),
        {
            "since": str(filters.period.start) if filters.period and filters.period.start else None,
            "until": str(filters.period.end) if filters.period and filters.period.end else None,
            "minimum": _key(filters.minimum),
            "maximum": _key(filters.maximum),
        },
        "(SELECT first FROM disputes WHERE disputes.place = facts.place), facts.place" if filters.conflicts else "",
    )


def _facets(what: str, names: Iterable[str]) -> str:
    tokens = " OR ".join(f'"{facet_token(what, name)}"' for name in names)
    return f"({tokens})"


def _conditions(filters: Filters) -> Iterator[str]:
    if filters.period:
        yield '"when" NOT NULL'
        if filters.period.start:
            yield '("end" IS NULL OR "end" >= :since)'
        if filters.period.end:
            yield "(start IS NULL OR start <= :until)"
    if filters.minimum is not None:
        yield "number >= :minimum"
    if filters.maximum is not None:
        yield "number <= :maximum"
    if filters.conflicts:
        yield "facts.place IN (SELECT place FROM disputes)"


def _key(number: Decimal | None) -> str | None:
    return None if number is None else number_key(number)


def facts_by_id(index: Index, ids: Iterable[str]) -> Facts:
    """Return the facts of these ids, each once, in the order asked for.

    Raises:
        UnknownName: there is no such fact.

    """
    places = []
    for id_ in dict.fromkeys(ids):
        place = index.place_of(id_)
        if place is None:
            raise UnknownName("fact", id_, _ids_like(index, id_))
        places.append(place)
    return at_places(index, places)


def at_places(index: Index, places: Iterable[int]) -> Facts:
    """Return the facts at places of the store, in the order given."""
    return Facts(
        index,
        Part(
            values={"places": f"[{','.join(map(str, places))}]"},
            order="json_each.key",
            tables="json_each(:places) CROSS JOIN facts ON facts.place = json_each.value",
        ),
    )


def places_of(index: Index, part: Part, limit: int = -1) -> list[int]:
    """Return the places of facts, in no order; ``limit`` of them at most."""
    column = "words.rowid" if part.counted.startswith("words WHERE") else "facts.place"
    return [place for (place,) in index.run(f"SELECT {column} FROM {part.counted} LIMIT {limit}", part.parameters)]


def _ids_like(index: Index, id_: str) -> list[str]:
    """Return ids among which those most like an unknown one are, of a large store those that begin as it does."""
    return index.ids_beginning(id_[:3], _NEAR) or index.ids_beginning("", _NEAR)


def _require(what: str, names: Iterable[str], known: Iterable[str]) -> None:
    for name in names:
        if name not in known:
            raise UnknownName(what, name, known)
