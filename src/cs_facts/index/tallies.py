"""What is asked of an index in numbers: how many facts there are of what, and which figures stand on one scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cs_facts.index import Condition, Filters, Part, condition_of
from cs_facts.index.database import IS_DRAWN, IS_RANK, number_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from cs_facts.index import Index


class Tally(NamedTuple):
    """How many facts share a category, kind, unit and form of figure, and the days they speak of."""

    category: str
    kind: str | None
    unit: str | None
    form: str | None  # of their figures, None where they have none
    is_drawn: bool  # whether these have a value, or a least and a greatest one
    facts: int
    disputed: int  # how many of them are in a conflict
    place: int  # of the first of them
    first: str | None  # the first day known, and the last, in ISO 8601; None where none is
    last: str | None


# The tallies of the facts that pass a condition, which is to be filled in.
TALLIED = (
    f"SELECT category, kind, unit, form, {IS_DRAWN}, count(*), sum(dispute NOT NULL), min(place), min(first), "
    "max(last) FROM facts WHERE {} GROUP BY 1, 2, 3, 4, 5 ORDER BY min(place)"
)


def tallies(index: Index, filters: Filters | None = None) -> list[Tally]:
    """Return numbers of facts, the first fact first."""
    filters = filters or Filters()
    if _is_tallied(filters):
        asked = filters.categories, filters.kinds, filters.units
        noted = map(Tally._make, index.meta("tallies"))
        return [each for each in noted if all(not some or one in some for one, some in zip(each, asked))]  # noqa: B905
    condition = condition_of(filters)
    return [Tally(*row) for row in index.run(TALLIED.format(condition.sql), condition.values)]


def cited(index: Index, filters: Filters) -> dict[str, set[str]]:
    """Return category → the sources that its facts cite."""
    condition, found = condition_of(filters), dict[str, set[str]]()
    sql = f"SELECT DISTINCT category, source FROM facts WHERE {condition.sql}"
    is_noted = filters == Filters(categories=filters.categories)
    for category, source in index.meta("cited") if is_noted else index.run(sql, condition.values):
        found.setdefault(category, set()).add(source)
    return found


def scales(index: Index, filters: Filters) -> Iterator[tuple[str, bool, str]]:
    """Yield each combination of unit, whether figures are ranks, and category that figures have, in store order."""
    if _is_tallied(filters):
        found = (
            (tally.unit, tally.form == "rank", tally.category)
            for tally in tallies(index, filters)
            if tally.unit and tally.is_drawn
        )
        yield from dict.fromkeys(found)
        return
    condition = condition_of(filters)
    sql = (
        f"SELECT unit, {IS_RANK}, category FROM facts WHERE ({condition.sql}) AND {IS_DRAWN} AND unit NOT NULL "
        "GROUP BY 1, 2, 3 ORDER BY min(place)"
    )
    for unit, is_rank, category in index.run(sql, condition.values):
        yield unit, bool(is_rank), category


def figures(filters: Filters, unit: str | None, *, rank: bool | None = None) -> Part:
    """Return figures that can be drawn on one scale, the greatest first, ranks from the first down.

    The unit None is that of figures without one; the rank None takes ranks and others.
    """
    condition = condition_of(filters).also(Condition(IS_DRAWN)).also(Condition("unit IS ?", (unit,)))
    if rank is not None:
        condition = condition.also(Condition(f"{IS_RANK} = {rank:d}"))
    return Part(condition, f"greatest {'ASC' if rank else 'DESC'}, place")


def unvalued(filters: Filters) -> Part:
    """Return the figures that cannot be drawn on any scale, in store order."""
    return Part(condition_of(filters).also(Condition(f"form NOT NULL AND NOT {IS_DRAWN}")))


def valued(index: Index, low: Decimal, high: Decimal) -> list[int]:
    """Return the places of the facts whose value, no rank, lies between two numbers, in store order."""
    value = f"{IS_RANK} = 0 AND greatest BETWEEN ? AND ? AND {IS_DRAWN} AND value NOT NULL"
    sql, keys = f"SELECT place FROM facts WHERE unit IS ? AND {value}", (number_key(low), number_key(high))
    units = (None, *index.units)  # along the index
    return sorted(place for unit in units for (place,) in index.run(sql, (unit, *keys)))


def _is_tallied(filters: Filters) -> bool:
    """Tell whether the index has its numbers of facts by what is filtered."""
    return filters._replace(categories=(), kinds=(), units=()) == Filters()
