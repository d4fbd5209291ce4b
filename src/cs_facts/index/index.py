"""A compiled store: its facts, what is known besides, and what a comparison asks of them."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from cs_facts.columns import KINDS, TEXTS, fact_columns, reading_order
from cs_facts.errors import UnknownFact, UnknownName
from cs_facts.index.database import COLUMN_OF, IS_DRAWN, IS_RANK, SIZE, Database, decode, decode_source, number_key
from cs_facts.index.selection import EVERYTHING, Condition, Facts, Filters, Part, among, at_places, condition_of, tagged
from cs_facts.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from cs_facts.index.database import Row
    from cs_facts.model import Conflict, Fact, Source, Text

# Ids of facts among which one like an unknown one is sought.
_NEAR = 5000


class Tally(NamedTuple):
    """How many facts share a category, kind, unit and form of figure, and the days they speak of.

    Attributes:
        form: of their figures, None where they have none.
        is_drawn: whether their figures have a value, or a least and a greatest one.
        disputed: how many of them are in a conflict.
        place: of the first of them.
        first: the first day known, ``last`` the last, in ISO 8601; None where none is.

    """

    category: str
    kind: str | None
    unit: str | None
    form: str | None
    is_drawn: bool
    facts: int
    disputed: int
    place: int
    first: str | None
    last: str | None


# The tallies of the facts that pass a condition, which is to be filled in.
TALLIED = (
    f"SELECT category, kind, unit, form, {IS_DRAWN}, count(*), sum(dispute NOT NULL), min(place), min(first), "
    "max(last) FROM facts WHERE {} GROUP BY 1, 2, 3, 4, 5 ORDER BY min(place)"
)
_TALLIED = frozenset(("categories", "kinds", "units"))

# What a filter names → where its names are, in `Filters` and in `Index`.
_CLOSED = {"category": "categories", "kind": "kinds", "unit": "units", "source": "sources"}


def _noted(key: str, default: object = None, read: Callable[[Any], Any] = lambda noted: noted) -> Any:  # noqa: ANN401
    """Return a property that reads once what the index notes under a key, or else a default."""
    return cached_property(lambda index: read(index.meta(key) or default))


class Index(Database):
    """A store that is read from its index: what `Store` holds, of any size.

    Attributes:
        languages: of the facts' texts: Chinese, English, then the others as they come.
        size: how many facts there are.
        is_merged: whether several stores are read as one.
        named: names and synonyms → what they mean, see `analyzer.names_of`.
        characters: those of the store's Chinese, each once.
        sounds: syllables → the store's characters that sound so, the commonest first; none without the extra ``zh``.
        simplified: traditional characters → simplified ones, for `str.translate`; none without the extra ``zh``.

    """

    title: Text = _noted("title", {})
    version: str | None = _noted("version")
    licence: str | None = _noted("licence")
    synonyms: tuple[tuple[str, ...], ...] = _noted("synonyms", (), lambda groups: tuple(map(tuple, groups)))
    units: Mapping[str, Text] = _noted("units", {})
    categories: Mapping[str, Text] = _noted("categories", {})
    sources: Mapping[str, Source] = _noted(
        "sources", {}, lambda known: {id_: decode_source(fields) for id_, fields in known.items()}
    )
    kinds = KINDS
    languages: tuple[str, ...] = _noted("languages", (), reading_order)
    size: int = _noted("tallies", (), lambda rows: sum(Tally(*row).facts for row in rows))
    is_merged: bool = _noted("merged", default=False)
    named: Mapping[str, tuple[list[str], list[str]]] = _noted("named", {})
    characters: str = _noted("characters", "")
    sounds: Mapping[str, Sequence[str]] = _noted("sounds", {})
    simplified: Mapping[int, str] = _noted("simplified", ("", ""), lambda pair: str.maketrans(*pair))

    # Facts.

    def select(self, filters: Filters | None = None) -> Facts:
        """Return the facts that pass the filters, in store order; those in conflict, if asked for, side by side.

        Raises:
            UnknownName: a filter names what the store does not have.

        """
        filters = filters or Filters()
        for what, plural in _CLOSED.items():
            for name in getattr(filters, plural):
                if name not in (known := getattr(self, plural)):
                    raise UnknownName(what, name, known)
        for tag in filters.tags:
            if not any(self.run("SELECT 1 FROM tags WHERE folded = ? LIMIT 1", (fold(tag),))):
                raise UnknownName("tag", tag, self.facts_by_tag)
        return Facts(self, (Part(condition_of(filters), "dispute, place" if filters.conflicts else "place"),))

    def facts_at(self, places: Sequence[int]) -> Facts:
        """Return the facts at places, in that order."""
        return Facts(self, (Part(places=places),))

    def facts_by_id(self, names: Iterable[str]) -> Facts:
        """Return the facts of these ids, or else of these titles, each once, in the order asked for.

        Raises:
            UnknownName: there is no such fact.

        """
        return self.facts_at(tuple(dict.fromkeys(place for name in names for place in self._meant(name))))

    def _meant(self, name: str) -> list[int]:
        """Return the places of the facts of an id, or of a title in any language: case, width and accents aside."""
        if row := self.row_of(name):
            return [row[0]]
        from cs_facts.index.analyzer import BREAK, Analyzer  # 5 ms, which a list, say, is spared

        words = Analyzer().words(name)
        places = self.match(f'title : "{BREAK} {words} {BREAK}"') if words else array("q")
        facts = zip(places, self.facts_at(places), strict=True)
        found = [place for place, fact in facts if fold(name) in map(fold, fact.title.values())]
        if not found:  # one like it is sought, in a large store among those that begin as it does
            raise UnknownFact(name, self.ids_beginning(name[:3], _NEAR) or self.ids_beginning("", _NEAR))
        return found

    def sort_key(self, column: str) -> str:
        """Return the SQL that a column is sorted by.

        Raises:
            UnknownName: there is no such column.

        """
        known = fact_columns(self.languages)
        if column not in known:
            raise UnknownName("column", column, known)
        name, _, language = column.partition("_")
        if name in TEXTS:
            key = language.replace("'", "''")
            return f"(SELECT value FROM json_each({name}) WHERE key = '{key}')"
        return "number" if column == "value" else f'"{column}"'

    def ids_beginning(self, begin: str, limit: int) -> list[str]:
        """Return the ids that begin so, some of them, in alphabetical order."""
        sql = "SELECT id FROM facts WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
        return [id_ for (id_,) in self.run(sql, (begin, f"{begin}{chr(0x10FFFF)}", limit))]

    @cached_property
    def by_id(self) -> Mapping[str, Fact]:
        """Fact id → fact, each read when it is asked for."""
        return _Lookup(self, decode)

    @cached_property
    def conflicts(self) -> Mapping[str, tuple[Conflict, ...]]:
        """Fact id → its conflicts, whichever side names them; likewise."""
        from cs_facts.model import Conflict

        def read(row: Row) -> tuple[Conflict, ...]:
            return tuple(Conflict(other, note) for other, note, _ in json.loads(row[COLUMN_OF["conflicts"]] or "[]"))

        return _Lookup(self, read, Condition("dispute NOT NULL"))

    @cached_property
    def facts_by_tag(self) -> Mapping[str, int]:
        """Tag → number of facts, in the order of their first use."""
        sql = "SELECT tag, count(*), min(place), nth FROM tags GROUP BY tag ORDER BY 3, 4"
        return {tag: count for tag, count, *_ in self.run(sql)}

    def valued(self, low: Decimal, high: Decimal) -> list[int]:
        """Return the places of the facts whose value, no rank, lies between two numbers, in store order."""
        value = f"{IS_RANK} = 0 AND {SIZE} BETWEEN ? AND ? AND {IS_DRAWN} AND value NOT NULL"
        sql, keys = f"SELECT place FROM facts WHERE unit IS ? AND {value}", (number_key(low), number_key(high))
        units = (None, *self.units)  # along the index
        return sorted(place for unit in units for (place,) in self.run(sql, (unit, *keys)))

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
        """Return the places of the facts that match, in store order.

        The expression is one of FTS5 over `analyzer.COLUMNS`; every fact matches the empty one. At most ``limit`` come,
        after ``offset`` that are passed over, from places up to ``until`` and ``among`` some.

        """
        condition = condition_of(filters) if filters else EVERYTHING
        condition = condition if among is None else condition.also(at_places(among))
        sql, values = f"SELECT place FROM facts WHERE {condition.sql}", condition.values
        if expression:  # the words are asked first, for SQLite would ask them anew for every fact
            table = "words" if condition == EVERYTHING else "words CROSS JOIN facts ON facts.place = words.rowid"
            last = "" if until is None else f" AND words.rowid <= {until:d}"
            sql = f"SELECT words.rowid FROM {table} WHERE words MATCH ?{last} AND {condition.sql}"
            values = (expression, *values)
        found = self.run(f"{sql} ORDER BY 1 LIMIT ? OFFSET ?", (*values, -1 if limit is None else limit, offset))
        return array("q", (place for (place,) in found))

    def count(self, expression: str, limit: int) -> int:
        """Return how many facts match an expression, ``limit`` at most; all match the empty one."""
        sql = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
        return sum(count for (count,) in self.run(sql, (expression, limit))) if expression else min(self.size, limit)

    def documents(self, term: str) -> int:
        """Return how many facts have a word."""
        return sum(count for (count,) in self.run("SELECT doc FROM vocabulary WHERE term = ?", (term,)))

    def vocabulary(self, beginning: str = "", limit: int = -1) -> list[str]:
        """Return the words in Latin letters that begin so, in the order of their code points, ``limit`` at most."""
        sql = "SELECT word FROM latin WHERE word >= ? AND word < ? ORDER BY word LIMIT ?"
        return [word for (word,) in self.run(sql, (beginning, f"{beginning}{chr(0x10FFFF)}", limit))]

    def same_stem(self, word: str) -> tuple[str, ...]:
        """Return the Latin words of the store that share a stem with a word (Porter 1980, as SQLite has it)."""
        quoted = '"' + word.replace('"', "") + '"'
        return tuple(found for (found,) in self.run("SELECT word FROM stems WHERE stems MATCH ?", (quoted,)))

    # What a comparison needs.

    def tallies(self, filters: Filters | None = None) -> list[Tally]:
        """Return numbers of facts, the first fact first."""
        filters = filters or Filters()
        if _is_tallied(filters):
            asked = filters.categories, filters.kinds, filters.units
            tallies = map(Tally._make, self.meta("tallies"))
            return [each for each in tallies if all(not some or one in some for one, some in zip(each, asked))]  # noqa: B905
        condition = condition_of(filters)
        return [Tally(*row) for row in self.run(TALLIED.format(condition.sql), condition.values)]

    def cited(self, filters: Filters) -> dict[str, set[str]]:
        """Return category → the sources that its facts cite."""
        condition, found = condition_of(filters), dict[str, set[str]]()
        sql = f"SELECT DISTINCT category, source FROM facts WHERE {condition.sql}"
        is_noted = filters == Filters(categories=filters.categories)
        for category, source in self.meta("cited") if is_noted else self.run(sql, condition.values):
            found.setdefault(category, set()).add(source)
        return found

    def scales(self, filters: Filters, by: str) -> Iterator[tuple[str, bool, str, str]]:
        """Yield each unit, whether as a rank, group and category that figures have, in the order of the store.

        The group is a column: kind, when or tag; with the empty one all are in one group, "".

        """
        if by in ("", "kind") and _is_tallied(filters):
            found = (
                (tally.unit, tally.form == "rank", tally.kind if by else "", tally.category)
                for tally in self.tallies(filters)
                if tally.unit and tally.is_drawn
            )
            yield from (each for each in dict.fromkeys(found) if each[2] is not None)  # type: ignore[misc]
            return
        condition = condition_of(filters)
        group = {"": "''", "tag": "tag"}.get(by, f'"{by}"')
        tables = "facts JOIN tags USING (place)" if by == "tag" else "facts"
        sql = (
            f"SELECT unit, {IS_RANK}, {group}, category FROM {tables} WHERE ({condition.sql}) AND {IS_DRAWN} "
            f"AND unit NOT NULL AND {group} NOT NULL GROUP BY 1, 2, 3, 4 ORDER BY min(place){', nth' * (by == 'tag')}"
        )
        for unit, is_rank, name, category in self.run(sql, condition.values):
            yield unit, bool(is_rank), name, category

    def figures(
        self,
        filters: Filters,
        unit: str | None,
        *,
        rank: bool | None = None,
        by: str = "",
        groups: Sequence[str] | None = None,
        without: Sequence[str] = (),
    ) -> Part:
        """Return figures that can be drawn on one scale, the greatest first, ranks from the first down.

        The unit None is that of figures without one, the rank None takes ranks and others; ``by`` is the column of
        groups as in `scales`, of which a figure is in one of ``groups``, if given, and in none of ``without``.

        """
        condition = condition_of(filters).also(Condition(IS_DRAWN)).also(Condition("unit IS ?", (unit,)))
        if rank is not None:
            condition = condition.also(Condition(f"{IS_RANK} = {rank:d}"))
        for names, sql in ((groups, "{}"), (without or None, "NOT ifnull({}, 0)")):
            if names is not None:
                one = tagged(names) if by == "tag" else among(by, names) if by else EVERYTHING
                condition = condition.also(Condition(sql.format(one.sql), one.values))
        return Part(condition, f"{SIZE} {'ASC' if rank else 'DESC'}, place")

    def unvalued(self, filters: Filters) -> Part:
        """Return the figures that cannot be drawn on any scale, in store order."""
        return Part(condition_of(filters).also(Condition(f"form NOT NULL AND NOT {IS_DRAWN}")))

    def common_days(self, part: Part) -> tuple[str, str]:
        """Return the latest first day and the earliest last one of dated facts: who overlaps both overlaps all."""
        sql = f"SELECT max(first), min(last) FROM facts WHERE {part.condition.sql}"
        latest, earliest = next(self.run(sql, part.condition.values))
        return latest or "", earliest or "9999-12-31"


def _is_tallied(filters: Filters) -> bool:
    """Tell whether the index has its numbers of facts by what is filtered."""
    return all(name in _TALLIED or value == Filters._field_defaults[name] for name, value in filters._asdict().items())


_V = TypeVar("_V")


class _Lookup(Mapping[str, _V]):
    """Fact id → something that is read when it is asked for; of conflicts, those facts alone that have any."""

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
