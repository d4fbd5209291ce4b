"""Words → the facts that have all of them, best first, and below them those that come near."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, NamedTuple

from cs_facts.index.analyzer import BREAK
from cs_facts.index.selection import Facts, Filters
from cs_facts.search.near import Near, near_matches
from cs_facts.search.query import Reader
from cs_facts.search.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cs_facts.index import Index
    from cs_facts.model import Fact, Period
    from cs_facts.search.highlight import Highlights
    from cs_facts.search.terms import Query, Term

# Full matches up to which each is weighed. Of more, those that match in the title stand before the others, in store
# order, as far as they are among so many that come first in the store.
_RANKED, _SCANNED = 300, 10_000

# What a word in a column is worth; as typed it counts more than a longer one or another inflection.
_WORTH = {"title": 10.0, "tags": 3.0, "text": 1.0}
_AS_TYPED = 1.5

# What a number is worth that is the fact's own, words that say a date, a period within it, its month or its year.
_FIGURE, _SAID, _WITHIN = 12.0, 12.0, (10.0, 5.0, 2.0)

# What the whole query is worth as a title, as a tag, in a row within a title or elsewhere, a word that begins a title.
_WHOLE_TITLE, _WHOLE_TAG, _IN_A_TITLE, _IN_A_ROW, _BEGINS = 25.0, 8.0, 8.0, 1.0, 3.0


class Hits(NamedTuple):
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
        return Facts(self.full.index, (*self.full.parts, *self.near.parts))

    def highlights(self, facts: Iterable[Fact]) -> Highlights:
        """Say what of some of the facts matches, for who draws them."""
        from cs_facts.search.highlight import Highlights  # for tables, which CSV is not

        return Highlights((*self.query.terms, *self.read), facts)

    def sorted(self, column: str, *, descending: bool) -> Hits:
        """Sort the full matches by a column, and the near ones behind them."""
        full, near = (facts.sorted(column, descending=descending) for facts in (self.full, self.near))
        return self._replace(full=full, near=near)


def search(
    index: Index, text: str, filters: Filters | None = None, *, exact: bool = False, limit: int | None = None
) -> Hits:
    """Find facts by words, numbers and dates; any text is a query.

    What is ``exact`` has no near matches. The limit 0 is none; where it is None, near matches are ten at most.

    Raises:
        UnknownName: a filter names what the store does not have.

    """
    index.select(filters)
    vocabulary = Vocabulary(index)
    query = Reader(vocabulary).read(text)
    counts = {term: vocabulary.count(term.match) for term in query.terms}
    terms = sorted(query.terms, key=lambda term: counts[term])  # FTS5 is quicker when the rarest word comes first
    is_possible = terms and all(counts[term] or term.period for term in terms)
    places = _matching(index, terms, filters, _RANKED + 1) if is_possible else ()
    if len(places) > _RANKED:
        places = _in_tiers(index, terms, filters, limit or 0)
    else:
        places = _ranked(vocabulary, query, places)
    near = Near() if exact else near_matches(vocabulary, query, filters, places, limit)
    return Hits(index.facts_at(places[: limit or None]), index.facts_at(near.places), near.remark, query, near.read)


def _matching(index: Index, terms: Sequence[Term], filters: Filters | None, limit: int) -> Sequence[int]:
    """Return the places of facts that match all terms, in store order."""
    words = _all(term for term in terms if not term.period)
    found: set[int] | None = None
    for term in terms:
        if term.period:
            during = _during(filters, term.period)
            dated = index.match(words, during, limit) if during else []
            said = index.match(f"({words}) AND {term.match}" if words else term.match, filters, limit)
            found = {*said, *dated} if found is None else found & {*said, *dated}
    return index.match(words, filters, limit) if found is None else sorted(found)[:limit]


def _during(filters: Filters | None, period: Period) -> Filters | None:
    """Narrow filters down to the days of a period; None where they share none."""
    from cs_facts.model import Period  # 7 ms, which a search without a date is spared

    filters = filters or Filters()
    given = filters.period or Period("..", None, None, None, None)
    start = max((day for day in (period.first, given.first) if day), default=None)
    end = min((day for day in (period.last, given.last) if day), default=None)
    is_empty = start is not None and end is not None and start > end
    return None if is_empty else filters._replace(period=Period(period.edtf, start, end, start, end))


def _all(terms: Iterable[Term], column: str = "") -> str:
    return " AND ".join(found for term in terms if (found := term.said(column) if column else term.match))


def _in_tiers(index: Index, terms: Sequence[Term], filters: Filters | None, limit: int) -> array[int]:
    """Return the places of many facts: those first that have the words in the title, say the date or lie within it."""
    words = _all(term for term in terms if not term.period)
    tiers: list[tuple[str, Filters | None]] = []
    for term in terms:
        if term.period:
            within = (filters or Filters())._replace(within=term.period)
            said = f"({words}) AND {term.match}" if words else term.match
            tiers += [(said, filters), (words, within), (words, _during(filters, term.period))]
            break
    else:
        if (titles := [term.said("title") for term in terms]) and all(titles):
            tiers.append((" AND ".join(titles), filters))
        tiers.append((words, filters))
    found, seen = array("q"), set[int]()
    for nth, (expression, passing) in enumerate(tiers):
        last = nth == len(tiers) - 1
        most = limit + len(found) if limit else None if last else _SCANNED
        beyond = () if last else index.match(words, filters, 1, offset=_SCANNED)
        places = index.match(expression, passing, most, until=beyond[0] if beyond else None)
        found.extend(place for place in places if place not in seen)
        if last or (limit and len(found) >= limit):
            break
        seen.update(found)
    return found[: limit or None]


def _ranked(vocabulary: Vocabulary, query: Query, places: Sequence[int]) -> list[int]:
    """Sort facts by how well they match: title above tags above text, as typed above longer, in a row above apart."""
    if len(places) < 2:
        return list(places)
    index, scores = vocabulary.index, dict.fromkeys(places, 0.0)
    scope = _all(term for term in query.terms if not term.period)
    rarities = [vocabulary.rarity(term.match) for term in query.terms]
    for term, rarity in zip(query.terms, rarities, strict=True):
        worths = {} if vocabulary.is_common(term.match) else _worths(index, scope, term, places)
        for place, worth in worths.items():
            if place in scores:
                scores[place] += worth * (0.3 + 0.7 * rarity / max(rarities))
    for expression, worth in (*_in_a_row(query), *query.preferred):
        for place in index.match(f"({scope}) AND ({expression})" if scope else expression):
            if place in scores:
                scores[place] += worth
    return sorted(places, key=lambda place: (-scores[place], place))


def _in_a_row(query: Query) -> Iterator[tuple[str, float]]:
    """Yield expressions for a query whose words stand together, each with its worth."""
    if row := query.whole:
        yield f'title : "{BREAK} {row} {BREAK}"', _WHOLE_TITLE
        yield f'tags : "{BREAK} {row} {BREAK}"', _WHOLE_TAG
        yield f'title : "{row}"', _IN_A_TITLE
        yield f'"{row}"', _IN_A_ROW
    for term in query.terms:
        if term.phrases:
            yield f'title : "{BREAK} {term.phrases[0]}"', _BEGINS


def _worths(index: Index, scope: str, term: Term, places: Sequence[int]) -> dict[int, float]:
    """Return the places of facts → what a term is worth there."""
    ways = [(said, worth) for column, worth in _WORTH.items() if (said := term.said(column))]
    if term.phrases:
        ways += [(f'{column} : "{term.phrases[0]}"', _AS_TYPED * worth) for column, worth in _WORTH.items()]
    if term.number is not None:
        ways.append((term._replace(phrases=()).match, _WORTH["text"]))
    found: dict[int, float] = {}
    for said, worth in ways:
        for place in index.match(f"({scope}) AND ({said})" if scope else said):
            found[place] = max(found.get(place, 0), worth + _SAID * bool(term.period))
    for place, worth in _within(index, term.period, places).items() if term.period else ():
        found[place] = found.get(place, 0) + worth
    if term.number is not None:
        found |= dict.fromkeys(index.valued(term.number, term.number), _FIGURE)
    return found


def _within(index: Index, period: Period, places: Sequence[int]) -> dict[int, float]:
    """Return the facts at places whose period lies within one, its month or its year → what that is worth."""
    from cs_facts.dates.edtf import parse_period

    day, found = str(period.first), dict[int, float]()
    wider = dict.fromkeys((period.edtf, day[:7], day[:4]))
    for each, worth in zip(map(parse_period, wider), _WITHIN, strict=False):
        for place in index.match("", Filters(within=each), among=places):
            found.setdefault(place, worth)
    return found
