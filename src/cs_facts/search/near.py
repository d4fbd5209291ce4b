"""What comes near a query: facts that carry enough of its weight, rare words weighing more.

Words of Chinese longer than two characters are weighed by each two that stand together, so that a part of them counts.
What the store does not know is read otherwise, as a person would, or weighs against every fact.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from cs_facts.errors import quoted
from cs_facts.index.analyzer import PART, POINT
from cs_facts.search.query import Term
from cs_facts.search.spelling import otherwise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cs_facts.index import Filters
    from cs_facts.search.query import Query, Reader

# The share of a query's weight that a near match carries at least, and how many are shown unless more are asked for.
_FLOOR, _SHOWN = 0.35, 10

# What a word read otherwise weighs beside one as typed, and one in the title beside one elsewhere.
_OTHERWISE, _IN_TITLE, _IN_TAGS = 0.8, 0.25, 0.1

# What a word that stands nowhere weighs beside the rarest that the store has.
_UNKNOWN = 0.75

# A number near another, as a share of it.
_WITHIN = Decimal("0.05")

# Facts that are weighed at most: those with the rarest words.
_CANDIDATES = 2000


class Near(NamedTuple):
    """Near matches.

    Attributes:
        places: of the facts, best first.
        remark: how words were read otherwise; empty where none was.
        read: what they were read as.

    """

    places: Sequence[int] = ()
    remark: str = ""
    read: tuple[Term, ...] = ()


@dataclass(frozen=True)
class _Unit:
    """A part of a query that is weighed by itself.

    Attributes:
        term: what a fact must match; None where nothing does.
        weight: what it carries.
        places: of the facts that match, where no expression tells.

    """

    term: Term | None
    weight: float
    places: frozenset[int] | None = None


def near_matches(reader: Reader, query: Query, filters: Filters | None, full: Sequence[int], limit: int | None) -> Near:
    """Return the facts that come near.

    Args:
        reader: of the store.
        query: as it was read.
        filters: what facts must pass.
        full: the places of the full matches, which are left out.
        limit: how many facts are wanted, full matches and near ones.

    """
    wanted = _SHOWN if limit is None else limit - len(full) if limit else None
    if wanted is not None and wanted <= 0:
        return Near()
    units, total, remarks = [], 0.0, []
    for term in query.terms:
        own, weight, remark = _units(reader, term)
        units += own
        total += weight
        remarks += [remark] if remark else []
    scores = _scores(reader, units, filters)
    for expression, worth in query.preferred if scores else ():
        for place in reader.index.match(expression, filters, _CANDIDATES):
            if place in scores:
                scores[place] = scores[place][0], scores[place][1] + worth / 100 * total
    known = set(full)
    ranked = sorted(
        (place for place, (carried, _) in scores.items() if place not in known and carried >= _FLOOR * total),
        key=lambda place: (-sum(scores[place]), place),
    )
    if not ranked:
        return Near()
    return Near(ranked[:wanted], "; ".join(remarks), tuple(unit.term for unit in units if unit.term))


def _scores(reader: Reader, units: Iterable[_Unit], filters: Filters | None) -> dict[int, tuple[float, float]]:
    """Return the places of facts → the weight that they carry, and what they gain by where it stands."""
    index = reader.index
    scores: dict[int, list[float]] = {}
    among = ""
    passing = None
    for unit in sorted(units, key=lambda unit: -unit.weight):
        if unit.places is not None:
            passing = set(index.match("", filters)) if filters and passing is None else passing
            for place in unit.places:
                if passing is None or place in passing:
                    scores.setdefault(place, [0.0, 0.0])[0] += unit.weight
        if unit.term is None or not unit.term.match:
            continue
        is_full = len(scores) >= _CANDIDATES
        expression = unit.term.match
        scope = f"({among}) AND ({expression})" if is_full and among else expression
        found = index.match(scope, filters, _CANDIDATES)
        for place in found:
            if not is_full or place in scores:
                scores.setdefault(place, [0.0, 0.0])[0] += unit.weight
        for column, gain in (("title", _IN_TITLE), ("tags", _IN_TAGS)):
            if said := unit.term.said(column):
                for place in index.match(said, filters, _CANDIDATES):
                    if place in scores:
                        scores[place][1] += gain * unit.weight
        if not is_full:
            among = f"{among} OR {expression}" if among else expression
    return {place: (carried, gained) for place, (carried, gained) in scores.items()}


def _units(reader: Reader, term: Term) -> tuple[list[_Unit], float, str]:
    """Take a term apart: its units, the weight that it has in the query, and a remark where it is read otherwise."""
    if term.number is not None:
        return _number(reader, term)
    rarity = reader.rarity(term)
    if term.sounds:
        meant = otherwise(reader, Term(term.word, (term.word,)))
        if meant or len(term.phrases[0].split()) < 3:
            read = replace(term, phrases=(*term.phrases, *(meant.phrases if meant else ())))
            return [_Unit(read, rarity)], rarity, ""
        units = list(_pairs(reader, term))
        return units, sum(unit.weight for unit in units), ""
    if term.parts:
        parts = [unit for part in term.parts for unit in _units(reader, part)[0]]
        return parts, sum(unit.weight for unit in parts), ""
    if term.period:
        places = frozenset(reader.during(term.period))
        return [_Unit(term, rarity, places)], rarity, ""
    row = term.phrases[0].split()
    if reader.matches(term):
        if term.is_chinese and len(row) > 2 and len(term.phrases) == 1:
            units = list(_pairs(reader, term))
            return units, sum(unit.weight for unit in units), ""
        return [_Unit(term, rarity)], rarity, ""
    read = otherwise(reader, term)
    rarity *= _UNKNOWN
    if read is None:
        units = list(_pairs(reader, term)) if term.is_chinese and len(row) > 2 else []
        return [unit for unit in units if unit.term and reader.matches(unit.term)], rarity, ""
    weight = _OTHERWISE * rarity
    return [_Unit(read, weight)], rarity, f"read {quoted(term.word)} as {quoted(read.word)}"


def _pairs(reader: Reader, term: Term) -> Iterator[_Unit]:
    """Yield each two characters of a word that stand together; all weigh as much as words of two characters would."""
    row = term.phrases[0].split()
    share = len(row) / 2 / (len(row) - 1)
    for one, other in pairwise(row):
        pair = replace(term, word=one + other, phrases=(f"{one} {other}",), names=())
        yield _Unit(pair, share * reader.rarity(pair))


def _number(reader: Reader, term: Term) -> tuple[list[_Unit], float, str]:
    """Return what equals a number, what is printed with its digits, and where there is neither, what is near it."""
    rarity = reader.rarity(term)
    units = [_Unit(term, rarity)]
    assert term.number is not None
    digits = f"{term.number:f}".replace(".", POINT)
    printed = replace(term, phrases=(f"{digits}{PART}", digits), value="", number=None)
    if reader.matches(printed) and not reader.matches(term):
        return [_Unit(printed, _OTHERWISE * rarity)], rarity, ""
    if reader.matches(term):
        return units, rarity, ""
    low, high = sorted((term.number * (1 - _WITHIN), term.number * (1 + _WITHIN)))
    places = reader.index.valued(low, high)
    if not places:
        return [], rarity, ""
    return (
        [_Unit(None, _OTHERWISE * rarity, frozenset(places))],
        rarity,
        f"no fact has {term.word}; the nearest figures differ from it by at most 5%",
    )
