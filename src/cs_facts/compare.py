"""Categories side by side: what can honestly be set beside what.

Figures stand on one scale only where they count the same unit, a rank never beside a count; nothing is summed or
averaged.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from cs_facts.errors import UsageError
from cs_facts.index.query import Facts, Filters, Part, select

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cs_facts.index import Index
    from cs_facts.model import Fact

By = Literal["unit", "kind", "period", "tag"]

GROUPS: dict[By, str] = {"unit": "''", "kind": "kind", "period": '"when"', "tag": "facts.tags"}
"""What may divide the figures of a unit further → the column that says it."""

_SUMMED = frozenset(("categories", "kinds", "units"))
"""The filters that the index has its numbers of facts by."""


class Summary(NamedTuple):
    """What a category holds, as numbers of facts.

    Attributes:
        kinds: kind → number of facts.
        start: the first day that a fact of the category speaks of, ``end`` the last; None: no fact is dated.
        conflicts: facts in a conflict.
        units: unit → number of figures, in store order.
        sources: ids of the sources of its facts.

    """

    category: str
    facts: int
    figures: int
    kinds: dict[str, int]
    start: date | None
    end: date | None
    conflicts: int
    units: dict[str, int]
    sources: frozenset[str]


class Panel:
    """Figures on one scale: counts from the greatest down, ranks from the first down.

    Attributes:
        unit: what is counted.
        group: the kind, period or tag that the figures share, empty when only the unit is asked for.
        ordinal: whether they are ranks, whose size says nothing.
        facts: the figures' facts.

    """

    def __init__(self, unit: str, group: str, ordinal: bool, facts: Facts) -> None:
        self.unit, self.group, self.ordinal, self.facts = unit, group, ordinal, facts

    def is_unlike(self, fact: Fact) -> bool:
        """Tell whether a fact shares no day with another dated fact of the panel, or has no date."""
        if not fact.when:
            return True
        latest_start, earliest_end = self._common
        start, end = str(fact.when.start or ""), str(fact.when.end or "9999-12-31")
        return start > earliest_end or end < latest_start

    @cached_property
    def _common(self) -> tuple[str, str]:
        """The latest first day and the earliest last day: who overlaps both overlaps all."""
        part = self.facts.whole
        row = self.facts.index.run(f'SELECT max(start), min("end") FROM {part.source}', part.parameters).fetchone()
        return row[0] or "", row[1] or "9999-12-31"


class Comparison:
    """Two or more categories beside each other.

    Attributes:
        index: where they are.
        categories: in the order asked for.
        filters: which facts are compared.
        by: what divides the figures of a unit further.
        panels: one for each unit (and kind, period or tag) in which two or more of the categories have figures.
        everything: all the figures compared.
        unshared: figures that stand in no panel, since only one category counts in their unit; by unit.
        uncounted: figures without a unit, which stand on no scale.

    """

    def __init__(
        self,
        index: Index,
        categories: tuple[str, ...],
        filters: Filters,
        by: By,
        panels: tuple[Panel, ...],
        everything: Part,
    ) -> None:
        self.index, self.categories, self.filters, self.by = index, categories, filters, by
        self.panels, self.everything = panels, everything
        self.unshared = _by_unit(index, _with(everything, "unit NOT NULL", _apart(panels, by)))
        self.uncounted = Facts(index, _with(everything, "unit IS NULL"))

    def figures(self, *, only_shared: bool = False) -> Facts:
        """Return the figures of the panels, each once, then, unless ``only_shared``, the others."""
        groups = [panel.facts for panel in self.panels] + ([] if only_shared else [self.unshared, self.uncounted])
        parts = tuple(part for facts in groups for part in facts.parts or (facts.whole,))
        if only_shared:
            shared = _with(self.everything, "unit NOT NULL", f"NOT ({_apart(self.panels, self.by)})")
            return Facts(self.index, shared, parts, distinct=True)
        return Facts(self.index, self.everything, parts, distinct=True)

    @cached_property
    def summaries(self) -> tuple[Summary, ...]:
        """A summary of each category."""
        return summarise(self.index, self.categories, self.filters)


def summarise(index: Index, categories: Iterable[str], filters: Filters | None = None) -> tuple[Summary, ...]:
    """Count what categories hold among the facts that pass some filters."""
    filters = filters or Filters()
    tallies: dict[str, list[dict[str, Any]]] = {}
    for tally in _tallies(index, filters):
        tallies.setdefault(tally["category"], []).append(tally)
    sources: dict[str, list[str]] = {}
    for category, source in _cited(index, filters):
        sources.setdefault(category, []).append(source)
    contradicted = _contradicted(index, filters)
    return tuple(
        _summary(
            category,
            tallies.get(category, []),
            contradicted.get(category, 0),
            index.units,
            frozenset(sources.get(category, ())),
        )
        for category in categories
    )


def _summary(
    category: str, tallies: list[dict[str, Any]], conflicts: int, units: Iterable[str], sources: frozenset[str]
) -> Summary:
    kinds: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    for tally in tallies:
        if tally["kind"]:
            kinds[tally["kind"]] += tally["facts"]
        if tally["unit"] and tally["ordinal"] is not None:
            counted[tally["unit"]] += tally["facts"]
    start = min((tally["start"] for tally in tallies if tally["start"]), default=None)
    end = max((tally["end"] for tally in tallies if tally["end"]), default=None)
    return Summary(
        category,
        facts=sum(tally["facts"] for tally in tallies),
        figures=sum(tally["facts"] for tally in tallies if tally["ordinal"] is not None),
        kinds=dict(kinds),
        start=date.fromisoformat(start) if start else None,
        end=date.fromisoformat(end) if end else None,
        conflicts=conflicts,
        units={unit: counted[unit] for unit in units if counted[unit]},
        sources=sources,
    )


_TALLY = ("category", "kind", "unit", "ordinal")


def _tallies(index: Index, filters: Filters) -> Iterator[dict[str, Any]]:
    """Yield numbers of facts by category, kind, unit and whether they are ranks, the first fact first."""
    columns = (*_TALLY, "facts", "first", "start", "end")
    names = ", ".join(_TALLY)
    if _is_summed(filters):
        rows = index.run(f'SELECT {names}, facts, first, start, "end" FROM tallies ORDER BY first')
    else:
        part = select(index, filters).whole
        rows = index.run(
            f'SELECT {names}, count(*), min(facts.place) AS first, min(start), max("end") FROM {part.source} '
            f"GROUP BY {names} ORDER BY first",
            part.parameters,
        )
    allowed = {"category": filters.categories, "kind": filters.kinds, "unit": filters.units}
    for row in rows:
        tally = dict(zip(columns, row, strict=True))
        if all(not names or tally[what] in names for what, names in allowed.items()):
            yield tally


def _cited(index: Index, filters: Filters) -> Iterable[tuple[str, str]]:
    """Return categories, each with a source of a fact of it."""
    if filters == Filters(categories=filters.categories):
        return index.run("SELECT category, source FROM cited")
    part = select(index, filters).whole
    return index.run(f"SELECT DISTINCT category, source FROM {part.source}", part.parameters)


def _is_summed(filters: Filters) -> bool:
    return all(name in _SUMMED or getattr(filters, name) == usual for name, usual in Filters._field_defaults.items())


def _contradicted(index: Index, filters: Filters) -> dict[str, int]:
    part = select(index, filters._replace(conflicts=True)).whole
    return dict(index.run(f"SELECT category, count(*) FROM {part.source} GROUP BY category", part.parameters))


def compare(index: Index, filters: Filters, by: By = "unit") -> Comparison:
    """Set categories beside each other.

    Args:
        index: where the facts are.
        filters: which facts are compared; their categories, two or more, stand in the order given, none is all.
        by: what divides the figures of a unit further.

    Raises:
        UnknownName: a filter names what the store does not have.
        UsageError: fewer than two categories; the message names those that share a unit with the one.

    """
    select(index, filters)  # it knows the names
    chosen = tuple(dict.fromkeys(filters.categories or index.categories))
    if len(chosen) < 2:
        raise UsageError(f"a comparison takes two categories or more; {_partners(index, chosen)}")
    figures = _figures(index, filters, chosen)
    panels = tuple(_panels(index, figures, filters, chosen, by))
    return Comparison(index, chosen, filters, by, panels, figures)


def _figures(index: Index, filters: Filters, chosen: tuple[str, ...]) -> Part:
    """Return the figures that are compared, by conditions alone, for they are read in the order of their size."""
    part = select(index, filters._replace(categories=(), units=(), conflicts=False)).whole
    conditions = ["number NOT NULL"]
    for column, names in (("category", chosen), ("unit", filters.units)):
        if names and not (column == "category" and len(names) == len(index.categories)):
            conditions.append(f"{column} IN ({', '.join(map(_literal, names))})")
    if filters.conflicts:
        conditions.append("facts.place IN (SELECT place FROM disputes)")
    return _with(part, *conditions)


def _with(part: Part, *conditions: str, order: str = "") -> Part:
    return part._replace(conditions=(*part.conditions, *conditions), order=order)


def _literal(text: str) -> str:
    """Write a text as SQL."""
    return "'" + text.replace("'", "''") + "'"


def _panels(index: Index, figures: Part, filters: Filters, chosen: tuple[str, ...], by: By) -> Iterator[Panel]:
    sharing: dict[tuple[str, str, bool], set[str]] = {}
    for unit, group, ordinal, category in _groups(index, figures, filters, chosen, by):
        sharing.setdefault((unit, group, bool(ordinal)), set()).add(category)
    for unit in index.units:
        for (counted, group, ordinal), categories in sharing.items():
            if counted == unit and len(categories) > 1:
                yield Panel(unit, group, ordinal, Facts(index, _on_one_scale(figures, unit, group, ordinal, by)))


def _groups(
    index: Index, figures: Part, filters: Filters, chosen: tuple[str, ...], by: By
) -> Iterator[tuple[str, str, int, str]]:
    """Yield the units, groups, scales and categories that figures have, in the order of the store."""
    if by in ("unit", "kind") and _is_summed(filters):
        for tally in _tallies(index, filters._replace(categories=chosen)):
            group = "" if by == "unit" else tally["kind"]
            if tally["unit"] and tally["ordinal"] is not None and group is not None:
                yield tally["unit"], group, tally["ordinal"], tally["category"]
        return
    part = _with(figures, "unit NOT NULL", f"{GROUPS[by]} NOT NULL")
    names = f"unit, {GROUPS[by]}, ordinal, category"
    order = "GROUP BY 1, 2, 3, 4 ORDER BY min(facts.place)"
    rows = index.run(f"SELECT {names} FROM {part.source} {order}", part.parameters)
    for unit, groups, ordinal, category in rows:
        for group in groups.split("; ") if by == "tag" else [groups]:
            yield unit, group, ordinal, category


def _on_one_scale(figures: Part, unit: str, group: str, ordinal: bool, by: By) -> Part:
    one = _literal(group)
    grouped = {
        "unit": (),
        "kind": (f"kind = {one}",),
        "period": (f'"when" = {one}',),
        "tag": (f"instr('; ' || facts.tags || '; ', '; ' || {one} || '; ')",),
    }[by]
    order = f"number {'ASC' if ordinal else 'DESC'}, facts.place"
    return _with(figures, f"unit = {_literal(unit)}", f"ordinal = {ordinal:d}", *grouped, order=order)


def _apart(panels: Iterable[Panel], by: By) -> str:
    """Return the condition of a figure with a unit that it stands in no panel."""
    shown = ", ".join(f"({_literal(panel.unit)}, {panel.ordinal:d}, {_literal(panel.group)})" for panel in panels)
    if not shown:
        return "1"
    group = f"ifnull({GROUPS[by]}, '')"
    if by == "tag":
        return (
            f"NOT EXISTS (WITH p (u, o, t) AS (VALUES {shown}) SELECT 1 FROM p WHERE u = unit AND o = ordinal "
            f"AND instr('; ' || {group} || '; ', '; ' || t || '; '))"
        )
    return f"(unit, ordinal, {group}) NOT IN (VALUES {shown})"


def _by_unit(index: Index, part: Part) -> Facts:
    """Return figures in the order of their units."""
    return Facts(index, part, tuple(_with(part, f"unit = {_literal(unit)}") for unit in index.units))


def _partners(index: Index, chosen: tuple[str, ...]) -> str:
    """Name the categories that a lone one may be compared with, those that share a unit first."""
    tallies = list(_tallies(index, Filters()))
    units = {tally["unit"] for tally in tallies if tally["category"] in chosen} - {None}
    sharing = {tally["category"] for tally in tallies if tally["unit"] in units} - set(chosen)
    others = [category for category in index.categories if category not in chosen]
    if sharing:
        return f"{chosen[0]} shares a unit with {', '.join(other for other in others if other in sharing)}"
    return f"add one of {', '.join(others)}" if others else "the store has no other"
