"""Slips of the pen: a word that stands nowhere → the words that may be meant.

A letter or two are mistyped; in Chinese two characters are swapped, one is mistaken, or others sound alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_facts.search.terms import Term
from cs_facts.text import lazily

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cs_facts.search.terms import Vocabulary

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_TWO_TYPOS_FROM = 7
"""Letters of a word of which two may be mistyped."""

_SPELT_FROM = 8
"""Letters of a word whose vowels may all be mistaken: beaurocracy."""

_DOUBLE, _VOWELS = lazily(r"(.)\1"), lazily("[aeiouy]")


def typos(word: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the words of the store from which one differs by a slip or two (Damerau 1964), or in its vowels."""
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
    if len(word) >= _SPELT_FROM:
        consonants = _consonants(word)
        yield from (known for known in vocabulary.holding(word[0], consonants) if _consonants(known) == consonants)


def _consonants(word: str) -> str:
    """Return the consonants of a word, a doubled one once."""
    return _VOWELS().sub("", _DOUBLE().sub(r"\1", word))


def _edits(word: str) -> set[str]:
    """Return what comes of a word by one letter left out, swapped with the next, replaced or put in."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    edits = {begin + end[1:] for begin, end in cuts if end}
    edits |= {begin + end[1] + end[0] + end[2:] for begin, end in cuts if len(end) > 1}
    edits |= {begin + letter + end[1:] for begin, end in cuts if end for letter in _LETTERS}
    return edits | {begin + letter + end for begin, end in cuts for letter in _LETTERS}


def mistaken(term: Term, row: Sequence[str], vocabulary: Vocabulary) -> Iterator[Term]:
    """Yield a word of Chinese with two characters swapped, with others of the same sound, with one mistaken."""
    for place in range(len(row) - 1):
        swapped = [*row[:place], row[place + 1], row[place], *row[place + 2 :]]
        yield Term("".join(swapped), (tuple(swapped),))
    if sounds := _sounds(row, vocabulary):
        yield term._replace(phrases=(), sounds=sounds)
    if len(row) > 2:
        gaps = [(tuple(row[:place]), tuple(row[place + 1 :])) for place in range(1, len(row) - 1)]
        yield Term(f"{row[0]}…{row[-1]}", gap=tuple(gaps))


def _sounds(row: Sequence[str], vocabulary: Vocabulary) -> tuple[tuple[str, ...], ...]:
    """Return the rows of the store's characters that sound as those of a row may."""
    if len(row) < 2:
        return ()
    said = ([vocabulary.readings.get(reading, "") for reading in vocabulary.said(char)] for char in row)
    return vocabulary.rows("".join(dict.fromkeys("".join(chars))) for chars in said)
