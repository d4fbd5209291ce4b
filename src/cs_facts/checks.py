"""What must hold between the facts of a store, beyond its form: a tuple of small functions, each yielding problems."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from cs_facts.dates.edtf import parse_period
from cs_facts.model import NOWHERE, Problem
from cs_facts.numbers.figures import find_numbers, grouped
from cs_facts.numbers.intervals import interval
from cs_facts.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cs_facts.model import Fact, Figure, Period, Store


def consistency(store: Store) -> list[Problem]:
    """Return what does not hold between the facts of a store, errors and warnings, in the order of their places."""
    problems = [problem for check in CHECKS for problem in check(store)]
    return sorted(problems, key=lambda problem: (problem.at.file, problem.at.line, problem.at.column))


def _error(fact: Fact, message: str) -> Problem:
    return Problem(fact.at or NOWHERE, f"fact {fact.id!r} {message}")


def _warning(fact: Fact, message: str) -> Problem:
    return Problem(fact.at or NOWHERE, f"fact {fact.id!r} {message}", "warning")


def unlinked_contradictions(store: Store) -> Iterator[Problem]:
    """Yield figures of the same thing that cannot both be right and that no conflict links.

    The same thing is: one title in any language, one category, one unit, periods that share a day.
    """
    same: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in store.facts:
        for language, title in fact.title.items() if fact.figure else ():
            same[language, fold(title), fact.category, fact.unit or ""].append(fact)
    told: set[frozenset[str]] = set()
    for facts in same.values():
        for place, fact in enumerate(facts):
            for other in facts[:place]:
                pair = frozenset((fact.id, other.id))
                if pair not in told and _disagree(fact, other) and not _linked(store, fact, other):
                    told.add(pair)
                    yield _error(
                        fact, f"{_printed(fact)} contradicts {other.id!r} {_printed(other)}; link them by conflicts"
                    )


def agreeing_conflicts(store: Store) -> Iterator[Problem]:
    """Yield conflicts between figures that could both be right."""
    for fact in store.facts:
        for conflict in fact.conflicts:
            other = store.by_id[conflict.other]
            if fact.figure and other.figure and interval(fact.figure).overlaps(interval(other.figure)):
                yield _warning(
                    fact, f"{_printed(fact)} does not contradict {other.id!r} {_printed(other)}; is it a conflict?"
                )


def sentences_without_their_figure(store: Store) -> Iterator[Problem]:
    """Yield sentences that state another number than the figure, or none at all."""
    for fact in store.facts:
        for language, text in fact.text.items() if fact.figure else ():
            assert fact.figure is not None  # the loop is empty otherwise
            numbers = [found.figure for found in find_numbers(text)]
            if any(_same(number, fact.figure) for number in numbers):
                continue
            said = f"text{f' ({language})' if language else ''}"
            wanted = f"the figure is {_printed(fact)}"
            if fact.figure.value is not None:
                wanted = f"{wanted} = {grouped(fact.figure.value)}"
            if numbers:
                stated = ", ".join(
                    grouped(number.value) if number.value is not None else number.printed for number in numbers
                )
                yield _error(fact, f"{said} states {stated}; {wanted}")
            else:
                yield _warning(fact, f"{said} states no number; {wanted}")


def periods_after_publication(store: Store) -> Iterator[Problem]:
    """Yield facts that begin or end after their source was published."""
    for fact in store.facts:
        published = store.sources[fact.source].published
        last = _last_date(fact)
        if last and last.start and published and published.end and last.start > published.end:
            assert fact.when is not None  # it has a last date
            yield _error(
                fact,
                f"speaks of {fact.when.edtf}, after its source was published on {published.end}; "
                "give a plan the day it was announced, and the day it is for in the note",
            )


def uncertain_dates_without_note(store: Store) -> Iterator[Problem]:
    """Yield facts whose period is marked as inferred and that do not say from what."""
    for fact in store.facts:
        if fact.when and any(mark in fact.when.edtf for mark in "?~%") and not fact.note:
            yield _warning(fact, f"has the inferred date {fact.when.edtf} and no note that says from what")


def facts_without_tags(store: Store) -> Iterator[Problem]:
    """Yield facts that no tag helps to find."""
    for fact in store.facts:
        if not fact.tags:
            yield _warning(fact, "has no tags; give the words that people would look for")


def unused_definitions(store: Store) -> Iterator[Problem]:
    """Yield units, categories and sources that no fact uses."""
    used: dict[str, set[str | None]] = {
        "unit": {fact.unit for fact in store.facts},
        "category": {fact.category for fact in store.facts},
        "source": {fact.source for fact in store.facts},
    }
    for (what, id_), at in store.places.items():
        if what in used and id_ not in used[what]:
            yield Problem(at, f"{what} {id_!r} is used by no fact", "warning")


def _last_date(fact: Fact) -> Period | None:
    """Return the date at which a fact's period ends, as precise as it is written: 2022 in 2012/2022."""
    last = fact.when.edtf.rpartition("/")[2] if fact.when else ""
    return parse_period(last) if last not in ("", "..") else None


def _disagree(fact: Fact, other: Fact) -> bool:
    if not fact.figure or not other.figure or interval(fact.figure).overlaps(interval(other.figure)):
        return False
    return not fact.when or not other.when or fact.when.overlaps(other.when)


def _same(number: Figure, figure: Figure) -> bool:
    if number.value is not None or figure.value is not None:
        return number.value == figure.value
    return (number.low, number.high, number.parts) == (figure.low, figure.high, figure.parts)


def _linked(store: Store, fact: Fact, other: Fact) -> bool:
    return any(conflict.other == other.id for conflict in store.conflicts.get(fact.id, ()))


def _printed(fact: Fact) -> str:
    return fact.figure.printed if fact.figure else ""


CHECKS: tuple[Callable[[Store], Iterator[Problem]], ...] = (
    unlinked_contradictions,
    agreeing_conflicts,
    sentences_without_their_figure,
    periods_after_publication,
    uncertain_dates_without_note,
    facts_without_tags,
    unused_definitions,
)
