"""Count the facts of an index by category, kind and unit, and find the figures that share a scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cs_facts.index import EVERYTHING, Condition, Filters, Part, among, condition_of
from cs_facts.index.database import IS_DRAWN, IS_RANK, number_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from cs_facts.index import Index


class Tally(NamedTuple):
    """The number of facts that share a category, kind, unit and form of figure, and the days that they cover."""

    category: str
    kind: str | None
    unit: str | None
    form: str | None  # of their figures, None without a figure
    is_drawn: bool  # whether the figures can be drawn: they have a value, or both ends of a range
    facts: int
    disputed: int  # how many of them are in a conflict
    place: int  # of the first of them
    first: str | None  # the first and the last known day in ISO 8601, None if no day is known
    last: str | None


# Selects the tallies of the facts that meet a condition, which `format` fills in.
TALLIED = (
    f"SELECT category, kind, unit, form, {IS_DRAWN}, count(*), sum(dispute NOT NULL), min(place), min(first), "
    "max(last) FROM facts WHERE {} GROUP BY 1, 2, 3, 4, 5 ORDER BY min(place)"
)


def tallies(index: Index, filters: Filters | None = None) -> list[Tally]:
    """Return the tallies of the facts that pass the filters, in the order of their first facts."""
    filters = filters or Filters()
    if _is_tallied(filters):
        asked = filters.categories, filters.kinds, filters.units
        noted = map(Tally._make, index.meta("tallies"))
        return [each for each in noted if all(not some or one in some for one, some in zip(each, asked))]  # noqa: B905
    condition = condition_of(filters)
    return [Tally(*row) for row in index.run(TALLIED.format(condition.sql), condition.values)]


def cited(index: Index, filters: Filters) -> dict[str, set[str]]:
    """Return the sources that the facts of each category cite."""
    condition, found = condition_of(filters), dict[str, set[str]]()
    sql = f"SELECT DISTINCT category, source FROM facts WHERE {condition.sql}"
    is_noted = filters == Filters(categories=filters.categories)
    for category, source in index.meta("cited") if is_noted else index.run(sql, condition.values):
        found.setdefault(category, set()).add(source)
    return found


def scales(index: Index, filters: Filters, by: str) -> Iterator[tuple[str, bool, str, str]]:
    """Yield each combination of unit, "is a rank", group and category that figures have, in store order.

    Figures are grouped ``by`` a column (kind, when or tag), or are all in one group named "".
    """
    if by in ("", "kind") and _is_tallied(filters):
        found = (
            (tally.unit, tally.form == "rank", tally.kind if by else "", tally.category)
            for tally in tallies(index, filters)
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
    for unit, is_rank, name, category in index.run(sql, condition.values):
        yield unit, bool(is_rank), name, category


def figures(
    filters: Filters,
    unit: str | None,
    *,
    rank: bool | None = None,
    by: str = "",
    groups: Sequence[str] | None = None,
    without: Sequence[str] = (),
) -> Part:
    """Return figures that can be drawn on one scale, the greatest first, but ranks from the first down.

    The unit None means figures without a unit; ``rank`` None means ranks and other figures. With ``by``, a column as
    in `scales`, a figure must be in one of ``groups``, if given, and in none of ``without``.
    """
    condition = condition_of(filters).also(Condition(IS_DRAWN)).also(Condition("unit IS ?", (unit,)))
    if rank is not None:
        condition = condition.also(Condition(f"{IS_RANK} = {rank:d}"))
    for names, sql in ((groups, "{}"), (without or None, "NOT ifnull({}, 0)")):
        if names is not None:
            one = among(by, names) if by else EVERYTHING
            condition = condition.also(Condition(sql.format(one.sql), one.values))
    return Part(condition, f"greatest {'ASC' if rank else 'DESC'}, place")


def unvalued(filters: Filters) -> Part:
    """Return the figures that cannot be drawn on any scale, in store order."""
    return Part(condition_of(filters).also(Condition(f"form NOT NULL AND NOT {IS_DRAWN}")))


def valued(index: Index, low: Decimal, high: Decimal) -> list[int]:
    """Return the places of the facts whose value lies between two numbers and is no rank, in store order."""
    value = f"{IS_RANK} = 0 AND greatest BETWEEN ? AND ? AND {IS_DRAWN} AND value NOT NULL"
    sql, keys = f"SELECT place FROM facts WHERE unit IS ? AND {value}", (number_key(low), number_key(high))
    units = (None, *index.units)  # one statement for each unit can use the index
    return sorted(place for unit in units for (place,) in index.run(sql, (unit, *keys)))


def _is_tallied(filters: Filters) -> bool:
    """Tell whether the tallies that the index has noted can answer these filters."""
    return filters._replace(categories=(), kinds=(), units=()) == Filters()
