"""Long words of Chinese as parts of them that stand in facts."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from cs_facts.index.query import Facts
from cs_facts.search.terms import Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Reading = tuple[Term, ...]
    """The words that a word of a query is read as, none where it cannot be."""

_JOINT = " "
"""What stands between two runs of characters; no part reaches over it."""

_JOINING = f"{_JOINT}的之和与及或在是了"
"""What only joins words and may be left out."""

_CHECKS = 100
"""Parts of a word that are tried at most."""


def matches(facts: Facts, *terms: Term) -> bool:
    """Tell whether a fact matches all of some words."""
    return bool(Facts(facts.index, facts.whole.also(" AND ".join(term.match() for term in terms))))


def together(facts: Facts, runs: Sequence[str]) -> Reading:
    """Take words of Chinese apart into parts that one fact has, all of them: 长沙人才总量 into 长沙 and 人才总量.

    The first parts are as long as can be. What only joins words is left out, and nothing else.
    """
    text = _JOINT.join(runs)
    checks = iter(range(_CHECKS))

    def read(place: int, before: Reading) -> Reading:
        if place == len(text):
            return before
        if before and text[place] in _JOINING and (found := read(place + 1, before)):
            return found
        ways = ((*before, part) for part in _parts_at(text, place))
        shared = takewhile(lambda way: next(checks, None) is not None and matches(facts, *way), ways)
        for way in reversed(list(shared)):
            if found := read(place + len(way[-1].word), way):
                return found
        return ()

    return read(0, ())


def longest(facts: Facts, run: str) -> Reading:
    """Return the longest parts of a word that stand somewhere, one behind the other; there may be more between them."""
    parts: list[Term] = []
    place = 0
    while place < len(run) - 1:
        found = list(takewhile(lambda part: matches(facts, part), _parts_at(run, place)))
        parts += found[-1:]
        place += len(found[-1].word) if found else 1
    return tuple(parts)


def length(parts: Iterable[Term]) -> int:
    """Return how many characters some words have."""
    return sum(len(part.word) for part in parts)


def _parts_at(text: str, place: int) -> Iterator[Term]:
    """Yield what begins at a place, two characters, then more; where one stands nowhere, no longer one does."""
    stop = f"{text}{_JOINT}".index(_JOINT, place)
    for end in range(place + 2, stop + 1):
        yield Term(text[place:end], (tuple(text[place:end]),))
