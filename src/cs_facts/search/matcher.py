"""Words → the facts that have all of them, best first, and below them those that come near."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cs_facts.dates.edtf import parse_period
from cs_facts.index.analyzer import BREAK
from cs_facts.index.selection import Facts, Filters, Part
from cs_facts.model import Period
from cs_facts.search.highlight import Highlights
from cs_facts.search.near import Near, near_matches
from cs_facts.search.query import Query, Reader, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cs_facts.index import Index
    from cs_facts.model import Fact

# Full matches up to which each is weighed; of more, those that match in the title stand before the others.
RANKED = 300

# What a word in each column is worth; a word as typed counts more than a longer one or another inflection.
_WORTH = {"title": 10.0, "tags": 3.0, "text": 1.0}
_AS_TYPED = 1.5
_FIGURE, _SAID, _WITHIN = 12.0, 12.0, (10.0, 5.0, 2.0)
_WHOLE_TITLE, _WHOLE_TAG, _IN_A_ROW = 25.0, 8.0, 5.0
_BEGINS = 3.0


@dataclass(frozen=True)
class Hits:
    """What a search found.

    Attributes:
        full: the facts that have all words, best first; ``near`` those that come near.
        remark: how words were read otherwise; empty where none was.
        query: as it was read.
        read: what its words were read as.

    """

    full: Facts
    near: Facts
    remark: str
    query: Query
    read: tuple[Term, ...] = ()

    @property
    def facts(self) -> Facts:
        """The full matches, then the near ones."""
        return replace(self.full, parts=(*self.full.parts, *self.near.parts))

    def highlights(self, facts: Iterable[Fact]) -> Highlights:
        """Say what of some of the facts matches, for who draws them."""
        return Highlights((*self.query.terms, *self.read), facts)

    def sorted(self, column: str, *, descending: bool) -> Hits:
        """Sort the full matches by a column, and the near ones behind them."""
        full, near = (facts.sorted(column, descending=descending) for facts in (self.full, self.near))
        return replace(self, full=full, near=near)


def search(
    index: Index, text: str, filters: Filters | None = None, *, exact: bool = False, limit: int | None = None
) -> Hits:
    """Find facts by words, numbers and dates; any text is a query.

    Args:
        index: the store.
        text: the query.
        filters: what facts must pass besides.
        exact: whether near matches are left out.
        limit: how many facts are wanted at most, 0 for all; near matches are ten at most where it is None.

    Raises:
        UnknownName: a filter names what the store does not have.

    """
    index.select(filters)
    reader = Reader(index)
    query = reader.read(text)
    places = matching(index, query.terms, filters, RANKED + 1) if query.terms else []
    if len(places) > RANKED:
        places = _by_columns(index, query.terms, filters, limit)
    else:
        places = _ranked(reader, query, places)
    near = Near() if exact or not query.terms else near_matches(reader, query, filters, places, limit)
    return Hits(_facts(index, places[: limit or None]), _facts(index, near.places), near.remark, query, near.read)


def _facts(index: Index, places: Iterable[int]) -> Facts:
    return Facts(index, (Part(places=tuple(places)),))


def matching(index: Index, terms: Sequence[Term], filters: Filters | None, limit: int | None) -> list[int]:
    """Return the places of the facts that match all terms, in store order."""
    words = [term for term in terms if not term.period]
    found: set[int] | None = None
    for term in terms:
        if term.period:
            said = index.match(_all((*words, term)), filters, limit)
            during = within(filters, term.period)
            dated = index.match(_all(words), during, limit) if during else []
            found = {*said, *dated} & (found if found is not None else {*said, *dated})
    return sorted(found)[:limit] if found is not None else index.match(_all(words), filters, limit)


def within(filters: Filters | None, period: Period) -> Filters | None:
    """Narrow filters down to the days of a period; None where they share none."""
    filters = filters or Filters()
    given = filters.period
    start = max(filter(None, (period.start, given and given.start)), default=None)
    end = min(filter(None, (period.end, given and given.end)), default=None)
    if start and end and start > end:
        return None
    return replace(filters, period=Period(period.edtf, start, end, start, end))


def _all(terms: Iterable[Term], columns: str = "") -> str:
    return " AND ".join(expression for term in terms if (expression := term.said(columns) if columns else term.match))


def _by_columns(index: Index, terms: Sequence[Term], filters: Filters | None, limit: int | None) -> list[int]:
    """Return the places of many facts, those first that have all words in the title or say the date."""
    words = [term for term in terms if not term.period]
    if len(words) < len(terms):
        said = index.match(_all(terms), filters)
        found = matching(index, terms, filters, None)
        first = {*said}
        return [*said, *(place for place in found if place not in first)][: limit or None]
    whole, title = _all(terms), _all([term for term in terms if term.said()], "title")
    first_places = index.match(f"({whole}) AND ({title})", filters, limit) if title else []
    rest = limit - len(first_places) if limit else None
    others = index.match(f"({whole}) NOT ({title})" if title else whole, filters, rest) if rest != 0 else []
    return [*first_places, *others]


def _ranked(reader: Reader, query: Query, places: Sequence[int]) -> list[int]:
    """Sort facts by how well they match: title above tags above text, as typed above otherwise, in a row above apart."""
    if len(places) < 2:
        return list(places)
    index, scores = reader.index, dict.fromkeys(places, 0.0)
    scope = _all(term for term in query.terms if not term.period)

    def add(expression: str, worth: float) -> None:
        for place in index.match(f"({scope}) AND ({expression})" if scope else expression):
            if place in scores:
                scores[place] += worth

    weights = {term: reader.rarity(term) for term in query.terms}
    most = max(weights.values(), default=1) or 1
    for term, rarity in weights.items():
        for place, worth in _worths(index, scope, term).items():
            if place in scores:
                scores[place] += worth * (0.3 + 0.7 * rarity / most)
    if query.whole:
        add(f'title : "{BREAK} {query.whole} {BREAK}"', _WHOLE_TITLE)
        add(f'tags : "{BREAK} {query.whole} {BREAK}"', _WHOLE_TAG)
        add(f'title : "{query.whole}"', _IN_A_ROW)
        add(f'{{tags text}} : "{query.whole}"', _IN_A_ROW / 5)
    for term in query.terms:
        if term.phrases:
            add(f'title : "{BREAK} {term.phrases[0]}"', _BEGINS)
    for expression, worth in query.preferred:
        add(expression, worth)
    return sorted(places, key=lambda place: (-scores[place], place))


def _worths(index: Index, scope: str, term: Term) -> dict[int, float]:
    """Return the places of facts → what a term is worth there."""
    ways: list[tuple[str, float]] = []
    for column, worth in _WORTH.items():
        if said := term.said(column):
            ways.append((said, worth))
            ways.append((f'{column} : "{term.phrases[0]}"', worth * _AS_TYPED) if term.phrases else ways[-1])
    if term.value:
        ways.append((f'numbers : "{term.value}"', 1.0))
    found: dict[int, float] = {}
    if term.period:
        for period, worth in zip(_around(term.period), _WITHIN, strict=False):
            for place in index.match("", Filters(within=period)):
                found.setdefault(place, worth)
        ways = [(expression, worth + _SAID) for expression, worth in ways]
    for expression, worth in ways:
        for place in index.match(f"({scope}) AND ({expression})" if scope else expression):
            found[place] = max(found.get(place, 0), worth)
    if term.number is not None:
        found |= dict.fromkeys(index.valued(term.number, term.number), _FIGURE)
    return found


def _around(period: Period) -> list[Period]:
    """Return a period, its month and its year."""
    year, month = period.edtf[:4], period.edtf[:7]
    return [parse_period(edtf) for edtf in dict.fromkeys((period.edtf, month, year))]
