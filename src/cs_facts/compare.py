"""Categories side by side: what can honestly be set beside what.

Figures stand on one scale only where they count the same unit; nothing is summed or averaged.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_facts.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from cs_facts.model import Fact, Store


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
    """Every figure that counts one unit, the greatest first."""

    unit: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two or more categories beside each other.

    Attributes:
        summaries: one for each category, in the order asked for.
        panels: one for each unit that two or more of the categories count in.
        unshared: unit → the one category that counts in it.
        uncounted: figures without a unit, which stand on no scale.

    """

    summaries: tuple[Summary, ...]
    panels: tuple[Panel, ...]
    unshared: dict[str, str]
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


def compare(store: Store, categories: Iterable[str], facts: Iterable[Fact]) -> Comparison:
    """Set categories beside each other.

    Args:
        store: where the facts come from.
        categories: two or more category ids.
        facts: the facts to compare, of these categories.

    Raises:
        UsageError: fewer than two categories.

    """
    chosen = tuple(dict.fromkeys(categories))
    if len(chosen) < 2:
        others = ", ".join(id_ for id_ in store.categories if id_ not in chosen)
        raise UsageError(f"a comparison takes two categories or more; add one of {others}")
    facts = [fact for fact in facts if fact.category in chosen]
    summaries = tuple(summarise(store, category, facts) for category in chosen)
    owners = {unit: [s.category for s in summaries if unit in s.units] for unit in store.units}
    return Comparison(
        summaries,
        panels=tuple(Panel(unit, _ranked(facts, unit)) for unit, owning in owners.items() if len(owning) > 1),
        unshared={unit: owning[0] for unit, owning in owners.items() if len(owning) == 1},
        uncounted=tuple(fact for fact in facts if fact.figure and not fact.unit),
    )


def _ranked(facts: Iterable[Fact], unit: str) -> tuple[Fact, ...]:
    return tuple(
        sorted(
            (f for f in facts if f.figure and f.unit == unit),
            key=lambda f: -f.figure.value if f.figure else 0,
        )
    )
