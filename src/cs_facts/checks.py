"""What must hold between the facts of a store, beyond its form: a tuple of small functions, each yielding problems."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from cs_facts.dates.edtf import parse_period
from cs_facts.errors import listed
from cs_facts.model import NOWHERE, Problem
from cs_facts.numbers.figures import find_numbers, grouped
from cs_facts.numbers.intervals import agree, rounds_to
from cs_facts.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cs_facts.model import Fact, Figure, Period, Store


def consistency(store: Store) -> list[Problem]:
    """Return what does not hold between the facts of a store, errors and warnings, in the order of their places."""
    problems = [problem for check in CHECKS for problem in check(store)]
    return sorted(problems, key=lambda problem: (problem.at.file, problem.at.line, problem.at.column))


def _error(fact: Fact, message: str) -> Problem:
    """Make an error; of a draft, which nobody has read yet, a warning."""
    return Problem(fact.at or NOWHERE, f"fact {fact.id!r} {message}", "warning" if fact.draft else "error")


def _warning(fact: Fact, message: str) -> Problem:
    return Problem(fact.at or NOWHERE, f"fact {fact.id!r} {message}", "warning")


def contradictions(store: Store) -> Iterator[Problem]:
    """Yield figures of the same thing that cannot both be right and that no conflict links.

    The same thing is: one title in any language, one category, one unit, one form, one period. Figures that differ only
    by rounding agree, and are told so as a warning.
    """
    same: dict[tuple[str | None, ...], list[Fact]] = defaultdict(list)
    for fact in store.facts:
        for language, title in fact.title.items() if fact.figure else ():
            period = fact.when.edtf.rstrip("?~%") if fact.when else None
            form = fact.figure.form if fact.figure else None
            same[language, fold(title), fact.category, fact.unit, form, period].append(fact)
    told: set[tuple[str, str]] = set()
    for facts in same.values():
        for place, fact in enumerate(facts):
            for other in facts[:place]:
                if (fact.id, other.id) not in told:
                    told.add((fact.id, other.id))
                    yield from _contradiction(store, fact, other)


def _contradiction(store: Store, fact: Fact, other: Fact) -> Iterator[Problem]:
    assert fact.figure
    assert other.figure
    if any(conflict.other == other.id for conflict in store.conflicts.get(fact.id, ())):
        return
    pair = f"{fact.figure.printed} {{}} {other.id!r} {other.figure.printed}"
    if not agree(fact.figure, other.figure):
        problem = _error if not other.draft else _warning
        yield problem(fact, f"{pair.format('contradicts')}; link them by conflicts")
    elif fact.figure.value != other.figure.value and (
        rounds_to(fact.figure, other.figure) or rounds_to(other.figure, fact.figure)
    ):
        yield _warning(fact, f"{pair.format('differs only by rounding from')}; are both needed?")


def agreeing_conflicts(store: Store) -> Iterator[Problem]:
    """Yield conflicts between counts of one unit that could both be right."""
    for fact in store.facts:
        for conflict in fact.conflicts:
            other = store.by_id[conflict.other]
            alike = fact.figure and other.figure and fact.unit == other.unit and fact.figure.form == other.figure.form
            if alike and fact.figure and other.figure and agree(fact.figure, other.figure):
                yield _warning(
                    fact,
                    f"{fact.figure.printed} does not contradict {other.id!r} {other.figure.printed}; is it a conflict?",
                )


def sentences_without_their_figure(store: Store) -> Iterator[Problem]:
    """Yield sentences that state other numbers than the figure, or none at all."""
    for fact in store.facts:
        for language, text in fact.text.items() if fact.figure else ():
            assert fact.figure is not None  # the loop is empty otherwise
            if fact.figure.printed in text:
                continue
            numbers = list(find_numbers(text))
            if any(_says(number, fact.figure) for number in numbers):
                continue
            said = f"text{f' ({language})' if language else ''}"
            wanted = f"the figure is {fact.figure.printed}{_valued(fact.figure)}"
            if numbers:
                stated = ", ".join(number.printed for number in numbers)
                yield _error(fact, f"{said} states {stated}; {wanted}")
            else:
                yield _warning(fact, f"{said} states no number; {wanted}")


def _says(number: Figure, figure: Figure) -> bool:
    """Tell whether a number of a sentence says what a figure says; the direction of a change may stand in the verb."""
    if figure.value is None:
        return (number.low, number.high, number.parts) == (figure.low, figure.high, figure.parts)
    if number.value is None:
        return False
    if "change" in (number.form, figure.form):
        return abs(number.value) == abs(figure.value)
    return number.value == figure.value


def _valued(figure: Figure) -> str:
    return f" = {grouped(figure.value)}" if figure.value is not None else ""


def periods_after_publication(store: Store) -> Iterator[Problem]:
    """Yield facts that begin or end after their source was published; a plan may."""
    for fact in store.facts:
        published = store.sources[fact.source].published
        last = _last_date(fact)
        if fact.kind == "plan" or not (fact.when and last and last.start and published and published.end):
            continue
        if last.start > published.end:
            yield _error(
                fact,
                f"speaks of {fact.when.edtf}, after its source was published on {published.end}; "
                "give what is planned the kind plan",
            )


def uncertain_dates_without_note(store: Store) -> Iterator[Problem]:
    """Yield facts whose period is marked as inferred and that do not say from what."""
    for fact in store.facts:
        if fact.when and any(mark in fact.when.edtf for mark in "?~%") and not fact.note:
            yield _warning(fact, f"has the inferred date {fact.when.edtf} and no note that says from what")


def facts_without_tags(store: Store) -> Iterator[Problem]:
    """Yield facts that no tag helps to find."""
    for fact in store.facts:
        if not fact.tags and not fact.draft:
            yield _warning(fact, "has no tags; give the words that people would look for")


def drafts(store: Store) -> Iterator[Problem]:
    """Yield one warning that counts the facts which no person has read yet."""
    found = [fact for fact in store.facts if fact.draft]
    if found:
        count = "1 fact is still a draft" if len(found) == 1 else f"{len(found)} facts are still drafts"
        ids = listed([fact.id for fact in found], 10)
        message = f"{count}: {ids}; read each, reword it and take `draft` out"
        yield Problem(found[0].at or NOWHERE, message, "warning")


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


CHECKS: tuple[Callable[[Store], Iterator[Problem]], ...] = (
    contradictions,
    agreeing_conflicts,
    sentences_without_their_figure,
    periods_after_publication,
    uncertain_dates_without_note,
    facts_without_tags,
    drafts,
    unused_definitions,
)
