"""What comes closest to a query of which not every word matches.

A word that matches nothing is read as one that does: with a letter or two mistyped, in Chinese with two characters
swapped, one mistaken, or characters that sound alike, or as the longest part of it that stands somewhere. What is left
is left out, as few words as possible.
"""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from itertools import combinations, islice
from typing import TYPE_CHECKING

from cs_facts.errors import NotFound, nearest, quoted
from cs_facts.query import Facts
from cs_facts.search import Hits, Term, matching, read_terms
from cs_facts.tokens import is_spaceless, is_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cs_facts.search import Vocabulary

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_TWO_TYPOS_FROM = 7
"""Letters of a word of which two may be mistyped."""

_LONGEST = 40
"""Characters of a word that is read otherwise; beyond stands what nobody mistypes."""

_TRIED = 8
"""Words of a query that may be read otherwise; a longer one has its first words tried."""

_HINTED = 6
"""Known words that a message offers at most."""


def closest(facts: Facts, terms: Sequence[Term], vocabulary: Vocabulary) -> Hits | None:
    """Return the facts that come closest to a query that none matches whole, and say how it was read.

    Args:
        facts: those that are searched.
        terms: the words of the query.
        vocabulary: of the store.

    """
    readings = [_reading(facts, term, vocabulary) for term in terms[:_TRIED]]
    known = [reading for reading in readings if reading is not None]
    for count in range(len(known), 0, -1):
        found = [(some, hits) for some in combinations(known, count) if (hits := matching(facts, some))]
        if found:
            some, hits = max(found, key=lambda pair: sum(len(term.word) for term in pair[0]))
            return Hits(hits, some, _remark(terms, readings, some))
    return None


def _remark(terms: Sequence[Term], readings: Sequence[Term | None], some: Sequence[Term]) -> str:
    changed = [
        f"read {quoted(term.word)} as {quoted(reading.word)}"
        for term, reading in zip(terms, readings, strict=False)
        if reading in some and reading is not None and reading.word != term.word
    ]
    dropped = [
        quoted(term.word) for place, term in enumerate(terms) if place >= len(readings) or readings[place] not in some
    ]
    return ", ".join((*changed, *([f"left out {', '.join(dropped)}"] if dropped else [])))


def _reading(facts: Facts, term: Term, vocabulary: Vocabulary) -> Term | None:
    """Return how a word is read: as it is where it matches something, else as what comes closest to it."""
    return next((way for way in (term, *_ways(term, vocabulary)) if _matches(facts, way)), None)


def _matches(facts: Facts, term: Term) -> bool:
    return bool(Facts(facts.index, facts.whole.also(term.match())))


def _ways(term: Term, vocabulary: Vocabulary) -> Iterator[Term]:
    if term.number is not None or term.date:
        return  # another number is no closer than any
    if len(term.word) > _LONGEST:
        return
    row = vocabulary.tokens(term.word)
    if len(row) == 1 and is_word(row[0]) and not is_spaceless(row[0]):
        for word in _typos(row[0], vocabulary):
            yield from read_terms(word, vocabulary)
    elif all(map(is_spaceless, row)):
        yield from _mistaken(term, row, vocabulary)
        yield from _parts(row)


def _typos(word: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the words of the store from which one differs by a slip of the pen (Damerau 1964), or by two."""
    if len(word) < 3:
        return
    near = _edits(word)
    found = vocabulary.has(near)
    if not found and len(word) >= _TWO_TYPOS_FROM:
        begins = {word[:2], word[1::-1], word[0] + word[2]}
        found = {
            known
            for begin in begins
            for known in vocabulary.beginning(begin)
            if abs(len(known) - len(word)) <= 2 and not near.isdisjoint(_edits(known))
        }
    yield from sorted(found, key=lambda known: (known[0] != word[0], abs(len(known) - len(word)), known))


def _edits(word: str) -> set[str]:
    """Return what comes of a word by one letter left out, swapped with the next, replaced or put in."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    edits = {begin + end[1:] for begin, end in cuts if end}
    edits |= {begin + end[1] + end[0] + end[2:] for begin, end in cuts if len(end) > 1}
    edits |= {begin + letter + end[1:] for begin, end in cuts if end for letter in _LETTERS}
    return edits | {begin + letter + end for begin, end in cuts for letter in _LETTERS}


def _mistaken(term: Term, row: Sequence[str], vocabulary: Vocabulary) -> Iterator[Term]:
    """Yield a word of Chinese with two characters swapped, with others of the same sound, with one mistaken."""
    for place in range(len(row) - 1):
        swapped = [*row[:place], row[place + 1], row[place], *row[place + 2 :]]
        yield Term("".join(swapped), (tuple(swapped),))
    if sounds := _sounds(row, vocabulary):
        yield replace(term, word=f"{term.word} by its sound", phrases=(), sounds=sounds)
    if len(row) > 2:
        gaps = [(tuple(row[:place]), tuple(row[place + 1 :])) for place in range(1, len(row) - 1)]
        yield Term(f"{row[0]}…{row[-1]}", gap=tuple(gaps))


def _sounds(row: Sequence[str], vocabulary: Vocabulary) -> tuple[tuple[str, ...], ...]:
    """Return how characters sound, as rows of the commonest readings of the store's own characters."""
    if len(row) < 2 or not vocabulary.readings or not find_spec("pypinyin"):
        return ()
    from cs_facts.index.chinese import Sounds

    sounds = Sounds()
    ways: list[tuple[str, ...]] = [()]
    for char in row:
        commons = dict.fromkeys(
            common for reading in sounds.of(char) for common in vocabulary.readings.get(reading, ())
        )
        ways = [(*way, common) for way in ways for common in commons][:64]
    return tuple(ways)


def _parts(row: Sequence[str]) -> Iterator[Term]:
    """Yield the parts of a word of Chinese, long ones first, that are at least half of it and two characters."""
    for length in range(len(row) - 1, max(2, (len(row) + 1) // 2) - 1, -1):
        for first in range(len(row) - length + 1):
            yield Term("".join(row[first : first + length]), (tuple(row[first : first + length]),))


def nothing_found(query: str, terms: Sequence[Term], vocabulary: Vocabulary) -> NotFound:
    """Say that nothing comes close, and which known words are nearest."""
    near = (word for term in terms[:_TRIED] for word in _near(term, vocabulary))
    close = list(islice(dict.fromkeys(near), _HINTED))
    hint = f"; known words like these are {', '.join(close)}" if close else ""
    return NotFound(f"nothing matches {quoted(query)}{hint}")


def _near(term: Term, vocabulary: Vocabulary) -> list[str]:
    row = vocabulary.tokens(term.word)
    return [known for word in row if is_word(word) for known in nearest(word, vocabulary.beginning(word[:1]))]
