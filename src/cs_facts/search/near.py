"""Find near matches: facts that carry enough of the weight of a query, in which rare words weigh more.

Chinese words of more than two characters are weighed by pairs of neighbouring characters, so that parts of them count.
A word that the store does not have is read as a similar one, as a person would, or weighs against every fact.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import islice, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from cs_facts.errors import quoted
from cs_facts.index import Filters
from cs_facts.index.analyzer import PART, POINT
from cs_facts.index.tallies import valued
from cs_facts.search.terms import COUNTED, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from cs_facts.search.terms import Query, Vocabulary

# The least that a near match must carry, as a share of the query's weight and of the weight of the nearest match; and
# how many are shown unless a limit is given.
_FLOOR, _BESIDE, _SHOWN = 0.3, 0.5, 10

# Up to how many Chinese characters a phrase counts as one word.
_ONE_WORD = 4

# The weight of a word read as another, relative to one as typed, and of an unknown word, relative to the rarest one.
_READ_AS, _UNKNOWN = 0.8, 0.75

# What a fact gains if a word is in its title or a tag, as a share of the word's weight; if its period lies within the
# one asked for, and for each unit of worth of a preferred match, as shares of the query's weight.
_GAINS = {"title": 0.4, "tags": 0.1}
_DATED, _PREFERRED = 0.4, 0.02

# English verbs in the past tense, which say less than the nouns beside them.
_PAST = re.compile("[a-z]{3,}ed")

# How far a near number may be off, in per cent; and the difference from which on it is given in tenths, rather than by
# its first digit.
_CLOSE, _TOLD = 5, 0.05

# How many units of a query are weighed; how many facts each unit may bring in; and how many common units are matched
# against those facts, each of which may scan the whole store.
_UNITS, _CANDIDATES, _COMMON_UNITS = 40, 2000, 8

# How many letters a mistyped word may have, and how similar it must be to another: one slip in five letters.
_SHORTEST, _LONGEST, _ALIKE = 5, 40, 0.8

# How many words of the store are compared, and how many may share a root.
_COMPARED, _SAME_ROOT = 10_000, 200

# Endings of derived words. Compiled at first use, as queries of known words do not need it.
_DERIVED = r"(?<=[a-z]{4})e?(?:ion|ive?|or|er|ment|i?al|[ae]nce?|[ae]nt|ing|ed|s)+$"


class _Unit(NamedTuple):
    """A part of a query that is weighed by itself: a term to match, or the places of the facts that match."""

    term: Term
    weight: float  # that a matching fact carries
    asked: float  # that the unit adds to the query
    places: tuple[int, ...] = ()
    remark: str = ""  # as what the word was read


def near_matches(
    vocabulary: Vocabulary, query: Query, filters: Filters | None, full: Sequence[int], limit: int | None
) -> tuple[list[int], str, tuple[Term, ...]]:
    """Return the places of the near matches, best first, a remark on words read as others, and the terms sought.

    The ``full`` matches are left out, but count towards the limit.
    """
    wanted = _SHOWN if limit is None else limit - len(full) if limit else None
    if not query.terms or (wanted is not None and wanted <= 0):
        return [], "", ()
    units = [unit for term in query.terms for unit in _units(vocabulary, term)]
    total = sum(unit.asked for unit in units)
    carried = _weights(vocabulary, sorted(units, key=attrgetter("weight"), reverse=True)[:_UNITS], filters)
    for place in full:
        carried.pop(place, None)
    least = max(_FLOOR * total, _BESIDE * max(carried.values(), default=0))
    scores = {place: weight for place, weight in carried.items() if weight >= least}
    if not scores:
        return [], "", ()
    for expression, passing, gain in _gains(vocabulary, query, units, total):
        among = None if expression else tuple(scores)
        for place in vocabulary.index.match(expression, passing, _CANDIDATES, among=among):
            if place in scores:
                scores[place] += gain
    ranked = sorted(sorted(scores), key=scores.__getitem__, reverse=True)
    remarks = dict.fromkeys(unit.remark for unit in units if unit.remark)
    return ranked[:wanted], "; ".join(remarks), tuple(unit.term for unit in units)


def _weights(vocabulary: Vocabulary, units: Iterable[_Unit], filters: Filters | None) -> dict[int, float]:
    """Return the weight that each fact carries, by place; facts with only common words may be missing."""
    index, among, common_left = vocabulary.index, "", _COMMON_UNITS
    carried: dict[int, float] = {}
    for unit in units:
        places = set(index.match("", filters, among=unit.places) if unit.places and filters else unit.places)
        expression = unit.term.match
        is_common = bool(among) and vocabulary.count(expression) > _CANDIDATES
        common_left -= is_common
        if expression and common_left >= 0:
            scope = f"({among}) AND {expression}" if is_common else expression
            places.update(index.match(scope, filters, None if is_common else _CANDIDATES))
            if not is_common:
                among = f"{among} OR {expression}" if among else expression
        for place in places:
            carried[place] = carried.get(place, 0) + unit.weight
    return carried


def _gains(
    vocabulary: Vocabulary, query: Query, units: Iterable[_Unit], total: float
) -> Iterator[tuple[str, Filters | None, float]]:
    """Yield expressions of FTS5 and filters, and what a fact gains by matching both."""
    for expression, worth in query.preferred:
        yield expression, None, worth * _PREFERRED * total
    for term in query.terms:
        if term.period:
            yield "", Filters(within=term.period), _DATED * total
    for unit in islice((unit for unit in units if vocabulary.count(unit.term.match) < COUNTED), _UNITS):
        for column, share in _GAINS.items():
            if expression := unit.term.expression(column):
                yield expression, None, share * unit.weight


def _units(vocabulary: Vocabulary, term: Term) -> Iterator[_Unit]:
    """Split a term into units; an unknown one cannot be carried, and so weighs against every fact."""
    known = vocabulary.count(term.match)
    rarity = vocabulary.rarity(known)
    if (len(term.word) == 1 and term.is_chinese) or _PAST.fullmatch(term.word):
        rarity /= 2
    if term.period:
        during = tuple(vocabulary.index.match("", Filters(period=term.period), _CANDIDATES))
        rarity = min(rarity, vocabulary.rarity(len(during), _CANDIDATES))
        yield _Unit(term, rarity, rarity, during)
    elif term.parts:
        for part in term.parts:  # a part that no text has asks for nothing, as a unit is found by its name
            yield from (unit._replace(asked=unit.weight) for unit in _units(vocabulary, part))
    elif term.number is not None and not known:
        yield _close(vocabulary, term.word, term.number, rarity)
    elif term.sounds and (meant := _similar(vocabulary, Term(term.word, (term.word,)))):
        yield _Unit(term._replace(phrases=(*term.phrases, *meant.phrases)), rarity, rarity)
    elif known:
        yield from _pairs(vocabulary, term) or [_Unit(term, rarity, rarity)]
    elif read := _similar(vocabulary, term):
        remark = f"read {quoted(term.word)} as {quoted(read.word)}"
        units = _pairs(vocabulary, read) if len(read.word) > _ONE_WORD else []
        for unit in units or [_Unit(read, _UNKNOWN * rarity, _UNKNOWN * rarity)]:
            yield unit._replace(weight=_READ_AS * unit.weight, remark=remark)
    else:
        pairs = [unit for unit in _pairs(vocabulary, term) if vocabulary.count(unit.term.match)]
        yield from (unit._replace(asked=0) for unit in pairs)
        yield _Unit(Term(term.word), 0, _UNKNOWN * rarity)


def _pairs(vocabulary: Vocabulary, term: Term) -> list[_Unit]:
    """Return the pairs of characters of a longer Chinese word, each with the weight of a word of two characters."""
    row = term.phrases[0].split() if len(term.phrases) == 1 and term.is_chinese else []
    share = len(row) / 2 / max(len(row) - 1, 1)
    pairs = [Term(one + other, (f"{one} {other}",)) for one, other in pairwise(row)] if len(row) > 2 else []
    weights = (share * vocabulary.rarity(vocabulary.count(pair.match)) for pair in pairs)
    return [_Unit(pair, weight, weight) for pair, weight in zip(pairs, weights, strict=True)]


def _close(vocabulary: Vocabulary, word: str, number: Decimal, rarity: float) -> _Unit:
    """Return, for a number that no fact has, figures printed with the same digits, or else those within 5% of it."""
    digits = f"{number:f}".replace(".", POINT)
    printed = Term(word, (f"{digits}{PART}", digits))
    if vocabulary.count(printed.match):
        return _Unit(printed, _READ_AS * rarity, rarity)
    places = tuple(valued(vocabulary.index, *sorted(number * share / 100 for share in (100 - _CLOSE, 100 + _CLOSE))))
    values = [fact.figure.value for fact in vocabulary.index.facts_at(places[:_SHOWN]) if fact.figure]
    differences = sorted({100 * abs(value / number - 1) for value in values if value is not None and number})
    if not differences:
        return _Unit(Term(word), 0, rarity)
    ends = dict.fromkeys(f"{each:{'.1f' if each >= _TOLD else '.1g'}}%" for each in (differences[0], differences[-1]))
    remark = f"no fact has {quoted(word)}, the nearest figures differ from it by {' to '.join(ends)}"
    return _Unit(Term(word), _READ_AS * rarity, rarity, places, remark)


def _similar(vocabulary: Vocabulary, term: Term) -> Term | None:
    """Return the term meant by an unknown one, which has the same sound or root or differs by a slip, or None."""
    if not term.phrases or len(term.word) > _LONGEST:
        return None
    if term.is_chinese:
        rows = vocabulary.meant(term.phrases[0])
        return Term(", ".join(row.replace(" ", "") for row in rows[:3]), rows) if rows else None
    word = term.phrases[0]
    if len(word) < _SHORTEST or not word.isalpha():
        return None
    root = re.sub(_DERIVED, "", word)
    known = vocabulary.index.words_beginning
    meant = [other for other in known(root, _SAME_ROOT) if re.sub(_DERIVED, "", other) == root]  # investors, investment
    if not meant:
        others = (other for begin in dict.fromkeys((word[:1], word[1:2])) for other in known(begin, _COMPARED))
        alike = (other for other in others if abs(len(other) - len(word)) <= 2 and len(other) >= _SHORTEST)
        # with another last letter it would be another word
        meant = get_close_matches(word, (other for other in alike if other[:-1] != word[:-1]), 1, _ALIKE)
    forms = [*meant, *(form for other in meant for form in vocabulary.index.same_stem(other))]
    return Term(", ".join(meant), tuple(dict.fromkeys(forms)), begins=True) if meant else None
