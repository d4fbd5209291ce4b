"""Compare categories side by side.

Figures share a scale only if they count the same unit, and ranks never share one with counts. Nothing is summed or
averaged.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Literal, NamedTuple

from cs_facts.index import Facts, Filters, tallies

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cs_facts.index import Index
    from cs_facts.model import Fact

By = Literal["unit", "kind", "period", "tag"]

# A further way to group the figures of a unit → the column of the index that holds it.
GROUPS: dict[By, str] = {"unit": "", "kind": "kind", "period": "when", "tag": "tag"}


class Summary(NamedTuple):
    """Counts of a category's facts, the days they cover and the ids of their sources."""

    category: str
    facts: int
    figures: int
    start: date | None  # None if no fact is dated
    end: date | None
    conflicts: int  # facts in a conflict
    sources: frozenset[str]


class Panel(NamedTuple):
    """Figures on one scale: counts in descending order, ranks from the first."""

    unit: str
    group: str  # the kind, period or tag that the figures share; empty if grouped by unit alone
    ordinal: bool  # ranks, whose size means nothing
    facts: Facts


@dataclass(frozen=True)
class Comparison:
    """The result of a comparison; comparisons of equal facts are equal.

    There is a panel for each unit (and kind, period or tag) in which at least two categories have figures, or any
    category if only one category, or a unit, was asked for.
    """

    index: Index = field(compare=False)
    categories: tuple[str, ...]  # in the order asked for
    filters: Filters
    panels: tuple[Panel, ...]
    shown: Facts  # the figures of the panels, each once, in the first panel it appears in
    unshared: Facts  # figures in no panel because only one category uses their unit, ordered by unit
    uncounted: Facts  # figures without a unit
    unvalued: Facts  # figures that are neither a single number nor an interval

    def figures(self, *, only_shared: bool = False) -> Facts:
        """Return the figures of the panels, followed by the others unless ``only_shared``."""
        left_out = [] if only_shared else [self.unshared, self.uncounted, self.unvalued]
        return Facts(self.index, tuple(part for facts in (self.shown, *left_out) for part in facts.parts))

    @cached_property
    def summaries(self) -> tuple[Summary, ...]:
        """A summary of each category."""
        return summarise(self.index, self.categories, self.filters)


def compare(index: Index, filters: Filters, by: By = "unit") -> Comparison:
    """Compare the categories that the filters name, in their order, or all categories if they name none.

    Raises `UnknownName` if a filter names something that the store does not have.
    """
    index.select(filters)  # raises for unknown names
    chosen = tuple(dict.fromkeys(filters.categories or index.categories))
    filters = filters._replace(categories=() if len(chosen) == len(index.categories) else chosen)
    shared = _shared_groups(index, filters, by, enough=1 if len(chosen) == 1 or filters.units else 2)
    panels: list[Panel] = []
    shown, unshared = [], []
    for unit in (unit for unit in index.units if unit in (filters.units or index.units)):
        figures = partial(tallies.figures, filters, unit, by=GROUPS[by])
        scales = {rank: groups for (counted, rank), groups in shared.items() if counted == unit}
        for rank, groups in scales.items():
            for before, group in enumerate(groups):
                panels.append(Panel(unit, group, rank, Facts(index, (figures(rank=rank, groups=[group]),))))
                shown.append(figures(rank=rank, groups=[group], without=groups[:before]))
        outside = (
            [figures(rank=rank, without=scales.get(rank, ())) for rank in (False, True)] if scales else [figures()]
        )
        unshared += [part._replace(order="place") for part in outside]
    return Comparison(
        index,
        chosen,
        filters,
        tuple(panels),
        shown=Facts(index, tuple(shown)),
        unshared=Facts(index, tuple(unshared)),
        uncounted=Facts(index, (tallies.figures(filters, None)._replace(order="place"),)),
        unvalued=Facts(index, (tallies.unvalued(filters),)),
    )


def _shared_groups(index: Index, filters: Filters, by: By, enough: int) -> dict[tuple[str, bool], list[str]]:
    """Return (unit, whether ranks) → the groups in which enough categories have figures, in store order."""
    having = Counter((unit, rank, group) for unit, rank, group, _ in tallies.scales(index, filters, GROUPS[by]))
    shared: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for (unit, rank, group), categories in having.items():
        if categories >= enough:
            shared[unit, rank].append(group)
    return shared


def without_common_day(facts: Sequence[Fact]) -> set[str]:
    """Return the ids of facts that are undated or do not cover the day that most facts have in common."""
    spans = {fact.id: (str(fact.when.first or ""), str(fact.when.last or "9999-12-31")) for fact in facts if fact.when}
    firsts, lasts = (sorted(ends) for ends in zip(*spans.values(), strict=True)) if spans else ([""], [""])
    shared = max(firsts, key=lambda day: bisect_right(firsts, day) - bisect_left(lasts, day))
    alike = {id_ for id_, (first, last) in spans.items() if first <= shared <= last}
    return {fact.id for fact in facts} - alike


def summarise(index: Index, categories: Iterable[str], filters: Filters | None = None) -> tuple[Summary, ...]:
    """Summarise each category, counting the facts that pass the filters."""
    filters = filters or Filters()
    counted: dict[str, list[tallies.Tally]] = defaultdict(list)
    for tally in tallies.tallies(index, filters):
        counted[tally.category].append(tally)
    cited, summaries = tallies.cited(index, filters), list[Summary]()
    for category in categories:
        own = counted[category]
        facts, figures = sum(each.facts for each in own), sum(each.facts for each in own if each.form)
        first = min((date.fromisoformat(each.first) for each in own if each.first), default=None)
        last = max((date.fromisoformat(each.last) for each in own if each.last), default=None)
        disputed = sum(each.disputed for each in own)
        summaries.append(Summary(category, facts, figures, first, last, disputed, frozenset(cited.get(category, ()))))
    return tuple(summaries)
