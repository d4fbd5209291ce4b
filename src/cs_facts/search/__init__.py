"""Search: the facts that have all words, best first, those that come near, and the words to highlight."""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING, NamedTuple

from cs_facts.index import Facts, Filters
from cs_facts.index.analyzer import BREAK, PART, POINT, PRIVATE_USE, Analyzer, is_spaceless
from cs_facts.index.tallies import valued
from cs_facts.search.near import near_matches
from cs_facts.search.query import Reader
from cs_facts.search.terms import COUNTED, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cs_facts.index import Index
    from cs_facts.model import Fact, Period
    from cs_facts.search.terms import Query, Term

    # One way to match: an expression of FTS5, and filters.
    _Way = tuple[str, Filters | None]

# Up to how many full matches are ranked one by one. Of more, those with a match in the title come first, in store
# order, if they are among the first so many.
_RANKED, _SCANNED = 300, 10_000

# The worth of a word in each column; a word exactly as typed counts more than a longer or inflected one.
_WORTH = {"title": 10.0, "tags": 3.0, "text": 1.0}
_AS_TYPED = 1.5

# The worth of a number that is the fact's own figure, of a date in words, and of a period within that, its month or
# its year.
_FIGURE, _SAID, _WITHIN = 12.0, 12.0, (10.0, 5.0, 2.0)

# The worth of the whole query as a title, as a tag, as a phrase within a title or elsewhere; of a word at the beginning
# of a title.
_WHOLE_TITLE, _WHOLE_TAG, _IN_A_TITLE, _IN_A_ROW, _BEGINS = 25.0, 8.0, 8.0, 1.0, 3.0


class Hits(NamedTuple):
    """The result of a search."""

    full: Facts  # those with all words, best first
    near: Facts  # those that come near
    query: Query  # as it was read
    remark: str  # which words were read as others, if any
    read: tuple[Term, ...]  # the terms that near matches were sought for

    @property
    def facts(self) -> Facts:
        """The full matches and then the near ones."""
        return Facts(self.full.index, (*self.full.parts, *self.near.parts))

    def highlights(self, facts: Iterable[Fact]) -> Highlights:
        """Return what to highlight in these facts."""
        return Highlights((*self.query.terms, *self.read), facts)


def search(
    index: Index, text: str, filters: Filters | None = None, *, exact: bool = False, limit: int | None = None
) -> Hits:
    """Find facts by words, numbers and dates; any text is a valid query.

    With ``exact`` there are no near matches. The limit 0 means all; None means all full and ten near matches. Raises
    `UnknownName` if a filter names something that the store does not have.
    """
    index.select(filters)  # raises UnknownName
    vocabulary = Vocabulary(index)
    query = Reader(vocabulary).read(text)
    counts = {term: vocabulary.count(term.match) for term in query.terms}
    terms = sorted(query.terms, key=counts.__getitem__)  # FTS5 is faster if the rarest word comes first
    words = " AND ".join(term.match for term in terms if term.match and not term.period)
    dated = [_dated(term, term.period, words, filters) for term in terms if term.period]
    places: Sequence[int] = ()
    if terms and all(counts[term] or term.period for term in terms):
        most = _RANKED + 1
        found = [{place for way in ways for place in index.match(*way, most)} for ways in dated or [[(words, filters)]]]
        places = sorted(set.intersection(*found))[:most]
    if len(places) > _RANKED:
        titles = [term.expression("title") for term in terms]
        undated = [(" AND ".join(titles), filters)] * all(titles) + [(words, filters)]
        places = _in_tiers(index, dated[0] if dated else undated, (words, filters), limit or 0)
    elif len(places) > 1:
        places = _ranked(vocabulary, query, words, places)
    near, remark, read = ([], "", ()) if exact else near_matches(vocabulary, query, filters, places, limit)
    return Hits(index.facts_at(places[: limit or None]), index.facts_at(near), query, remark, read)


def _dated(term: Term, period: Period, words: str, filters: Filters | None) -> list[_Way]:
    """Return the ways to match words and a date, best first: its words, a period within it, one overlapping it."""
    from cs_facts.model import Period  # takes 7 ms, and most searches have no date

    ways: list[_Way] = [(f"({words}) AND {term.match}" if words else term.match, filters)]
    filters = filters or Filters()
    both = (period, filters.period) if filters.period else (period,)
    start = max((each.first for each in both if each.first), default=None)
    end = min((each.last for each in both if each.last), default=None)
    if not (start and end and start > end):
        during = filters._replace(period=Period(period.edtf, start, end, start, end))
        ways += [(words, during._replace(within=filters.within or period)), (words, during)]
    return ways


def _in_tiers(index: Index, tiers: Sequence[_Way], everything: _Way, limit: int) -> Sequence[int]:
    """Return the places of many facts by the first way that they match; all but the last try only the store's first."""
    found, seen, beyond = array("q"), set[int](), index.match(*everything, 1, offset=_SCANNED)
    for nth, way in enumerate(tiers, 1):
        is_last = nth == len(tiers)
        most = limit + len(found) if limit else None if is_last else _SCANNED
        places = index.match(*way, most, until=beyond[0] if beyond and not is_last else None)
        found.extend(place for place in places if place not in seen)
        if limit and len(found) >= limit:
            break
        seen.update(found)
    return found[: limit or None]


def _ranked(vocabulary: Vocabulary, query: Query, scope: str, places: Sequence[int]) -> list[int]:
    """Sort facts, best first: title over tags over text, words as typed over longer ones, phrases over words."""
    index, scores = vocabulary.index, dict.fromkeys(places, 0.0)
    counts = [vocabulary.count(term.match) for term in query.terms]
    rarities = list(map(vocabulary.rarity, counts))
    for term, count, rarity in zip(query.terms, counts, rarities, strict=True):
        worths = _worths(index, scope, term, places) if count < COUNTED else {}
        for place, worth in worths.items():
            if place in scores:
                scores[place] += worth * (0.3 + 0.7 * rarity / max(rarities))
    ways = list[tuple[str, float]]()
    if row := query.whole:
        ways += [(f'title : "{BREAK} {row} {BREAK}"', _WHOLE_TITLE), (f'tags : "{BREAK} {row} {BREAK}"', _WHOLE_TAG)]
        ways += [(f'title : "{row}"', _IN_A_TITLE), (f'"{row}"', _IN_A_ROW)]
    ways += [(f'title : "{BREAK} {term.phrases[0]}"', _BEGINS) for term in query.terms if term.phrases]
    for expression, worth in (*ways, *query.preferred):
        for place in index.match(f"({scope}) AND ({expression})" if scope else expression):
            if place in scores:
                scores[place] += worth
    return sorted(places, key=scores.__getitem__, reverse=True)  # ties stay in store order


def _worths(index: Index, scope: str, term: Term, places: Sequence[int]) -> dict[int, float]:
    """Return the worth of a term for each place of a fact that has it."""
    ways = [(expression, worth) for column, worth in _WORTH.items() if (expression := term.expression(column))]
    if term.phrases:
        ways += [(f'{column} : "{term.phrases[0]}"', _AS_TYPED * worth) for column, worth in _WORTH.items()]
    found: dict[int, float] = {}
    for expression, worth in ways:
        for place in index.match(f"({scope}) AND ({expression})" if scope else expression):
            found[place] = max(found.get(place, 0), worth + _SAID * bool(term.period))
    if term.period:
        from cs_facts.dates.edtf import parse_period

        day, dated = str(term.period.first), dict[int, float]()
        wider = dict.fromkeys((term.period.edtf, day[:7], day[:4]))  # the period, its month and its year
        for each, worth in zip(map(parse_period, wider), _WITHIN, strict=False):
            for place in index.match("", Filters(within=each), among=places):
                dated.setdefault(place, worth)
        found |= {place: found.get(place, 0) + worth for place, worth in dated.items()}
    if term.number is not None:
        found |= dict.fromkeys(valued(index, term.number, term.number), _FIGURE)
    return found


class Highlights:
    """Finds the words of a query in texts."""

    def __init__(self, terms: Sequence[Term], facts: Iterable[Fact] = ()) -> None:
        self._words = Analyzer().words
        self._values = {term.number for term in terms} - {None}
        self._patterns = [[re.compile(pattern) for pattern in dict.fromkeys(_patterns(term))] for term in terms]
        # id of a fact → the language whose title and text have more of the words than any other
        self.languages = {fact.id: language for fact in facts if (language := self._language(fact))}

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return the start and end of each match in a text."""
        folded = "".join(map(self._alike, text))
        found = {match.span() for patterns in self._patterns for each in patterns for match in each.finditer(folded)}
        if self._values:
            from cs_facts.numbers.tokens import NUMBER, read_number  # takes 3 ms, and most queries have no number

            numbers = NUMBER.finditer(folded)
            found.update(number.span() for number in numbers if read_number(number[0]) in self._values)
        return sorted(found)

    def _language(self, fact: Fact) -> str | None:
        counts = dict.fromkeys(fact.title, 0)
        for language in counts:
            texts = [text[language] for text in (fact.title, fact.text) if language in text]
            texts = ["".join(map(self._alike, text)) for text in texts]
            counts[language] = sum(any(each.search(text) for text in texts for each in way) for way in self._patterns)
        most = max(counts.values(), default=0)
        best = [language for language, count in counts.items() if count == most]
        return best[0] if most and len(best) == 1 else None

    def _alike(self, char: str) -> str:
        """Fold a character to a single one, so that positions stay the same."""
        folded = self._words(char)
        return folded if len(folded) == 1 and folded < "\ue000" else char


def _patterns(term: Term) -> Iterator[str]:
    """Yield patterns that match a term in folded text."""
    for nth, row in enumerate(term.phrases):
        phrase = row.replace(PART, "").replace(POINT, ".")
        if (words := phrase.split()) and not re.search(PRIVATE_USE, phrase):
            before = "" if is_spaceless(words[0][0]) else "(?<![a-z0-9])"
            behind = "[a-z0-9]*" if term.begins and not nth else "(?![a-z0-9])"
            yield before + r"[\W_]*".join(map(re.escape, words)) + ("" if is_spaceless(words[-1][0]) else behind)
    for part in term.parts:
        yield from _patterns(part)
