"""Consistency checks on the facts of a well-formed store; each check is a function that yields problems."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from cs_facts.dates.edtf import parse_period
from cs_facts.errors import listed
from cs_facts.model import NOWHERE, Problem
from cs_facts.numbers.characters import NUMERALS
from cs_facts.numbers.figures import agree, find_numbers, grouped, rounds_to
from cs_facts.text import fold, occurrences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cs_facts.model import Fact, Figure, Store

# Text before and after a figure that may make it part of a longer number: 0.7% in 40.7%, five in twenty-five.
_MORE_BEFORE = re.compile(rf"(?:[\d%{NUMERALS}][\s.,/:~至到–-]?|[A-Za-z][\s-]?)\Z")
_MORE_BEHIND = re.compile(rf"[.,/:]?\d|[{NUMERALS}A-Za-z%％‰~–-]")


def consistency(store: Store) -> list[Problem]:
    """Run all checks and return their errors and warnings, sorted by position."""
    checks = (
        contradictions,
        agreeing_conflicts,
        sentences_without_their_figure,
        periods_after_publication,
        incomplete_facts,
        drafts,
        unused_definitions,
    )
    problems = [problem for check in checks for problem in check(store)]
    return sorted(problems, key=lambda problem: (problem.at.file, problem.at.line, problem.at.column))


def _problem(fact: Fact, message: str, *, is_error: bool = False) -> Problem:
    """Return an error or a warning about a fact; drafts, which nobody has reviewed yet, only get warnings."""
    is_error = is_error and not fact.draft
    return Problem(fact.at or NOWHERE, f"fact {fact.id!r} {message}", "error" if is_error else "warning")


def contradictions(store: Store) -> Iterator[Problem]:
    """Yield figures of the same thing that cannot both be right and are not linked as a conflict.

    Facts are about the same thing if they share a title in some language, the category, the unit, the form and the
    period. Figures that differ only by rounding agree, but get a warning.
    """
    same: dict[tuple[str | None, ...], list[tuple[Fact, Figure]]] = defaultdict(list)
    for fact, figure in _figures(store):
        period = fact.when.edtf.rstrip("?~%") if fact.when else None
        for language, title in fact.title.items():
            same[language, fold(title), fact.category, fact.unit, figure.form, period].append((fact, figure))
    pairs = {
        (fact.id, other.id): (fact, figure, other, its)
        for facts in same.values()
        for (other, its), (fact, figure) in combinations(facts, 2)
        if not (fact.draft and other.draft)  # drafts with the same title only need better titles
    }
    for fact, figure, other, its in pairs.values():
        if any(conflict.other == other.id for conflict in store.conflicts.get(fact.id, ())):
            continue
        pair = f"{figure.printed} {{}} {other.id!r} {its.printed}"
        if not agree(figure, its):
            message = f"{pair.format('contradicts')}; link them as a conflict"
            yield _problem(fact, message, is_error=not other.draft)
        elif figure.value != its.value and (rounds_to(figure, its) or rounds_to(its, figure)):
            yield _problem(fact, f"{pair.format('differs only by rounding from')}; are both needed?")


def _figures(store: Store) -> Iterator[tuple[Fact, Figure]]:
    return ((fact, fact.figure) for fact in store.facts if fact.figure)


def agreeing_conflicts(store: Store) -> Iterator[Problem]:
    """Yield conflicts between counts of one unit that could both be right."""
    for fact, figure in _figures(store):
        for conflict in fact.conflicts:
            other = store.by_id[conflict.other]
            its = other.figure
            if its and (fact.unit, figure.form) == (other.unit, its.form) and agree(figure, its):
                pair = f"{figure.printed} does not contradict {other.id!r} {its.printed}"
                yield _problem(fact, f"{pair}; is it a conflict?")


def sentences_without_their_figure(store: Store) -> Iterator[Problem]:
    """Yield sentences that state a number other than the figure, or none at all."""
    for fact, figure in _figures(store):
        valued = f" = {grouped(figure.value)}" if figure.value is not None else ""
        for language, text in fact.text.items():
            if _occurs_alone(figure.printed, text):
                continue
            numbers = list(find_numbers(text))
            is_read = any(_equals(number, figure) for number in numbers)
            if is_read or _is_read_in(figure.printed, text):
                continue
            states = f"text{f' ({language})' if language else ''} states"
            wanted = f"the figure is {figure.printed}{valued}"
            stated = ", ".join(number.printed for number in numbers) or "no number"
            yield _problem(fact, f"{states} {stated}; {wanted}", is_error=bool(numbers))


def _occurs_alone(printed: str, text: str) -> bool:
    """Return whether a text contains a figure with nothing next to it that could belong to the number."""
    return any(
        not _MORE_BEFORE.search(text, max(start - 2, 0), start) and not _MORE_BEHIND.match(text, start + len(printed))
        for start in occurrences(text, printed)
    )


def _is_read_in(printed: str, text: str) -> bool:
    """Return whether the grammar reads a figure in a text as a whole number, not as part of one."""
    from cs_facts.texts.document import read_document  # takes 20 ms, and most stores do not need it

    return any(each.standing(printed) for each in read_document("", text).paragraphs)


def _equals(number: Figure, figure: Figure) -> bool:
    """Return whether a number in a sentence equals a figure; the direction of a change may be in the verb."""
    if figure.value is None:
        return (number.low, number.high, number.parts) == (figure.low, figure.high, figure.parts)
    if number.value is not None and "change" in (number.form, figure.form):
        return abs(number.value) == abs(figure.value)
    return number.value == figure.value


def periods_after_publication(store: Store) -> Iterator[Problem]:
    """Yield facts whose period ends after their source was published, unless they are plans."""
    for fact in store.facts:
        published = store.sources[fact.source].published
        end = fact.when.edtf.rpartition("/")[2] if fact.when else ""
        if fact.kind == "plan" or end in ("", "..") or not (published and published.end):
            continue
        last = parse_period(end)  # with the precision it is written in: 2022 in 2012/2022
        if fact.when and last.start and last.start > published.end:
            message = f"is about {fact.when.edtf}, after its source was published on {published.end}"
            yield _problem(fact, f"{message}; if it is a plan, give it that kind", is_error=True)


def incomplete_facts(store: Store) -> Iterator[Problem]:
    """Yield facts with an inferred period that no note explains, and facts without tags."""
    for fact in store.facts:
        if fact.when and any(mark in fact.when.edtf for mark in "?~%") and not fact.note:
            yield _problem(fact, f"has the inferred date {fact.when.edtf} and no note on what it was inferred from")
        if not fact.tags and not fact.draft:
            yield _problem(fact, "has no tags; add the words that people would search for")


def drafts(store: Store) -> Iterator[Problem]:
    """Yield one warning that counts the facts nobody has reviewed yet."""
    found = [fact for fact in store.facts if fact.draft]
    if found:
        count = "1 fact is still a draft" if len(found) == 1 else f"{len(found)} facts are still drafts"
        message = f"{count}: {listed([fact.id for fact in found], 10)}; read each, reword it and take `draft` out"
        yield Problem(found[0].at or NOWHERE, message, "warning")


def unused_definitions(store: Store) -> Iterator[Problem]:
    """Yield the units, categories and sources that no fact uses."""
    kinds = ("unit", "category", "source")
    used = {(what, getattr(fact, what)) for fact in store.facts for what in kinds}
    for (what, id_), at in store.places.items():
        if what in kinds and (what, id_) not in used:
            yield Problem(at, f"{what} {id_!r} is used by no fact", "warning")
