"""Words → the facts that match them, best first, or the closest ones. Any text is a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_facts.index.query import Facts, at_places, places_of
from cs_facts.search.terms import Vocabulary, by_sound, read_terms
from cs_facts.search.tokens import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cs_facts.model import Fact
    from cs_facts.search.highlight import Marks
    from cs_facts.search.terms import Term

RANKED = 300
"""Facts up to which each is weighed by itself; beyond, those that match in the title stand before those that match in
the tags, those before the rest, each in store order; where a date is asked for, see `_by_period`."""


class Hits:
    """What a search found.

    Attributes:
        facts: best first.
        terms: what they match.
        remark: what of the query was left out or read otherwise; empty where all of it matches.

    """

    def __init__(self, facts: Facts, terms: tuple[Term, ...], remark: str = "") -> None:
        self.facts = facts
        self.terms = terms
        self.remark = remark

    def marks(self, facts: Iterable[Fact]) -> Marks:
        """Say what of some of the facts matches, for who draws them."""
        from cs_facts.search.highlight import marks_of

        return marks_of(facts, self.terms, Vocabulary(self.facts.index))


def search(facts: Facts, query: str, *, exact: bool = False) -> Hits:
    """Return the facts that match every word of a query, best first, ties in store order, or else the closest ones.

    Any text is a query. Words in quotes stay together. Words that stand together also rank above scattered ones.

    Args:
        facts: those that are searched.
        query: the words.
        exact: whether no closest facts are wanted.

    Raises:
        NotFound: nothing matches or comes close; the message offers the nearest known words.

    """
    vocabulary = Vocabulary(facts.index)
    terms = read_terms(query, vocabulary)
    for way in (terms, by_sound(query, vocabulary)):
        if way and (found := matching(facts, way)):
            return Hits(found, way)
    from cs_facts.search.closest import closest, nothing_found

    if hits := None if exact else closest(facts, terms, vocabulary):
        return hits
    raise nothing_found(query, terms, vocabulary)


def matching(facts: Facts, terms: Sequence[Term]) -> Facts | None:
    """Return the facts that match all terms, best first; None when there are none."""
    part = facts.whole.also(_all(terms))
    places = places_of(facts.index, part, RANKED + 1)
    if not places:
        return None
    if len(places) > RANKED:
        return _by_period(facts, terms) if any(term.date for term in terms) else _by_columns(facts, terms)
    from cs_facts.search.ranking import ranked

    return at_places(facts.index, ranked(facts.index, part, terms, places))


def _all(terms: Iterable[Term], columns: Iterable[str] = COLUMNS, *, exact: bool = False) -> str:
    return " AND ".join(term.match(columns, exact=exact) for term in terms)


def _by_columns(facts: Facts, terms: Sequence[Term]) -> Facts:
    whole, title, tags = (_all(terms, columns) for columns in (COLUMNS, ("title",), ("title", "tags")))
    steps = (f"({title})", f"(({tags}) NOT ({title}))", f"(({whole}) NOT ({tags}))")
    return Facts(facts.index, facts.whole.also(whole), tuple(map(facts.whole.also, steps)))


def _by_period(facts: Facts, terms: Sequence[Term]) -> Facts:
    """Put facts that say a date first, then those whose period lies within it, then the rest, each in store order."""
    from cs_facts.search.ranking import days_of

    first, last = days_of(next(term.date for term in terms if term.date))
    whole = facts.whole.also(_all(terms))
    said = " AND ".join(term.words() or term.match() for term in terms)
    others = facts.whole.also(f"({_all(terms)}) NOT ({said})")
    within = "(coalesce(start, '') >= :first AND coalesce(\"end\", ':') <= :last)"
    days = {**facts.whole.values, "first": first, "last": last}
    steps = [
        others._replace(conditions=(*others.conditions, condition), values=days)
        for condition in (within, f"NOT {within}")
    ]
    return Facts(facts.index, whole, (facts.whole.also(said), *steps))
