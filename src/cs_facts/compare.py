"""Categories side by side: what can honestly be set beside what.

Figures stand on one scale only where they count the same unit, a rank never beside a count; nothing is summed or
averaged.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cs_facts.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from cs_facts.model import Fact, Store

By = Literal["unit", "kind", "period", "tag"]

GROUPS: dict[By, Callable[[Fact], tuple[str, ...]]] = {
    # by: the groups of a fact within its unit
    "unit": lambda _: ("",),
    "kind": lambda fact: (fact.kind,) if fact.kind else (),
    "period": lambda fact: (fact.when.edtf,) if fact.when else (),
    "tag": lambda fact: fact.tags,
}
"""What may divide the figures of a unit further."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a category holds, as numbers of facts.

    Attributes:
        kinds: kind → number of facts.
        start: the first day that a fact of the category speaks of, ``end`` the last; None: no fact is dated.
        conflicts: facts in a conflict.
        units: unit → number of figures, in store order.

    """

    category: str
    facts: int
    figures: int
    kinds: dict[str, int]
    start: date | None
    end: date | None
    conflicts: int
    units: dict[str, int]


@dataclass(frozen=True, slots=True)
class Panel:
    """Figures on one scale: counts from the greatest down, ranks from the first down.

    Attributes:
        unit: what is counted.
        group: the kind, period or tag that the figures share, empty when only the unit is asked for.
        ordinal: whether they are ranks, whose size says nothing.
        facts: the figures' facts.
        unlike: ids of facts that share no day with another dated fact of the panel, or have no date.

    """

    unit: str
    group: str
    ordinal: bool
    facts: tuple[Fact, ...]
    unlike: frozenset[str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two or more categories beside each other.

    Attributes:
        summaries: one for each category, in the order asked for.
        panels: one for each unit (and kind, period or tag) in which two or more of the categories have figures.
        unshared: figures that stand in no panel, since only one category counts in their unit; by unit.
        uncounted: figures without a unit, which stand on no scale.

    """

    summaries: tuple[Summary, ...]
    panels: tuple[Panel, ...]
    unshared: tuple[Fact, ...]
    uncounted: tuple[Fact, ...]


def summarise(store: Store, category: str, facts: Iterable[Fact]) -> Summary:
    """Count what a category holds among some facts."""
    own = [fact for fact in facts if fact.category == category]
    figures = [fact for fact in own if fact.figure]
    return Summary(
        category,
        facts=len(own),
        figures=len(figures),
        kinds=dict(Counter(fact.kind for fact in own if fact.kind)),
        start=min((fact.when.start for fact in own if fact.when and fact.when.start), default=None),
        end=max((fact.when.end for fact in own if fact.when and fact.when.end), default=None),
        conflicts=sum(fact.id in store.conflicts for fact in own),
        units=dict(Counter(fact.unit for fact in figures if fact.unit)),
    )


def compare(store: Store, categories: Iterable[str], facts: Iterable[Fact], by: By = "unit") -> Comparison:
    """Set categories beside each other.

    Args:
        store: where the facts come from.
        categories: two or more category ids.
        facts: the facts to compare, of these categories.
        by: what divides the figures of a unit further.

    Raises:
        UsageError: fewer than two categories; the message names those that share a unit with the one.

    """
    chosen = tuple(dict.fromkeys(categories))
    if len(chosen) < 2:
        raise UsageError(f"a comparison takes two categories or more; {_partners(store, chosen)}")
    facts = [fact for fact in facts if fact.category in chosen]
    panels = _panels(store, facts, by)
    shown = {fact.id for panel in panels for fact in panel.facts}
    return Comparison(
        tuple(summarise(store, category, facts) for category in chosen),
        panels,
        unshared=tuple(fact for unit in store.units for fact in _counting(facts, unit) if fact.id not in shown),
        uncounted=tuple(fact for fact in facts if fact.figure and not fact.unit),
    )


def _panels(store: Store, facts: list[Fact], by: By) -> tuple[Panel, ...]:
    grouped: dict[tuple[str, str, bool], list[Fact]] = {}
    for unit in store.units:
        for fact in _counting(facts, unit):
            for group in GROUPS[by](fact):
                grouped.setdefault((unit, group, _is_ordinal(fact)), []).append(fact)
    return tuple(
        Panel(unit, group, ordinal, _ranked(members, ordinal), _unlike(members))
        for (unit, group, ordinal), members in grouped.items()
        if len({fact.category for fact in members}) > 1
    )


def _counting(facts: Iterable[Fact], unit: str) -> Iterable[Fact]:
    return (fact for fact in facts if fact.figure and fact.unit == unit)


def _is_ordinal(fact: Fact) -> bool:
    return fact.figure is not None and fact.figure.bound in ("rank", "top")


def _ranked(facts: Iterable[Fact], ordinal: bool) -> tuple[Fact, ...]:
    # reverse keeps ties in store order, and negating a Decimal would round it
    counted = [(fact.figure.value, fact) for fact in facts if fact.figure]
    return tuple(fact for _, fact in sorted(counted, key=lambda pair: pair[0], reverse=not ordinal))


def _unlike(facts: list[Fact]) -> frozenset[str]:
    dated = [fact.when for fact in facts if fact.when]
    return frozenset(
        fact.id for fact in facts if not fact.when or not all(fact.when.overlaps(other) for other in dated)
    )


def _partners(store: Store, chosen: tuple[str, ...]) -> str:
    """Name the categories that a lone one may be compared with, those that share a unit first."""
    units = {fact.unit for fact in store.facts if fact.category in chosen and fact.unit}
    sharing = {fact.category for fact in store.facts if fact.unit in units} - set(chosen)
    others = [category for category in store.categories if category not in chosen]
    if sharing:
        return f"{chosen[0]} shares a unit with {', '.join(other for other in others if other in sharing)}"
    return f"add one of {', '.join(others)}" if others else "the store has no other"
