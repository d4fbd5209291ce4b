"""A word that stands nowhere → the words that are meant: same sound, one slip of the pen, same root."""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING

from cs_facts.index.chinese import readings
from cs_facts.search.query import Reader, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

# Letters of a word that may be mistyped, and how alike one is to what is meant: one slip in five letters.
_SHORTEST, _LONGEST, _ALIKE = 5, 40, 0.8

# Words of the store that are compared.
_COMPARED = 20_000

_DERIVED = re.compile(r"(?<=[a-z]{4})e?(?:ion|ive?|or|er|ment|i?al|[ae]nce?|[ae]nt|ing|ed|s)+$")


def otherwise(reader: Reader, term: Term) -> Term | None:
    """Return the term that is meant by one that stands nowhere; None where nobody could tell."""
    if not term.phrases or len(term.word) > _LONGEST:
        return None
    if term.is_chinese:
        return next(_mistaken(reader, term), None)
    word = term.phrases[0]
    if len(word) < _SHORTEST or not word.isalpha():
        return None
    meant = _kin(reader, word) or _mistyped(reader, word)
    forms = dict.fromkeys(form for other in meant for form in reader.latin(other, other).phrases)
    return Term(", ".join(meant), tuple(forms)) if meant else None


def _root(word: str) -> str:
    return _DERIVED.sub("", word)


def _kin(reader: Reader, word: str) -> list[str]:
    """Return the words of the store that have one root with a word: investors, investment."""
    root = _root(word)
    return [known for known, _ in reader.index.vocabulary(root, 200) if _root(known) == root]


def _mistyped(reader: Reader, word: str) -> list[str]:
    """Return the words of the store from which a word differs by a slip; its end alone is no slip, but another word."""
    known = (
        other
        for begin in dict.fromkeys((word[0], word[1]))
        for other, _ in reader.index.vocabulary(begin, _COMPARED)
        if abs(len(other) - len(word)) <= 2 and len(other) >= _SHORTEST and other[:-1] != word[:-1]
    )
    return get_close_matches(word, known, 1, _ALIKE)


def _mistaken(reader: Reader, term: Term) -> Iterator[Term]:
    """Yield a word of Chinese with two characters swapped, with others of the same sound, with one mistaken."""
    row = term.phrases[0].split()
    for place in range(len(row) - 1):
        swapped = [*row[:place], row[place + 1], row[place], *row[place + 2 :]]
        if reader.count(" ".join(swapped)):
            yield Term("".join(swapped), (" ".join(swapped),))
    if len(row) > 1 and (rows := _alike(reader, row)):
        yield Term(", ".join(each.replace(" ", "") for each in islice(rows, 3)), rows)


def _alike(reader: Reader, row: list[str]) -> tuple[str, ...]:
    """Return the rows of the store's characters that sound as those of a row may."""
    ways = [
        list(dict.fromkeys((char, *(other for said in readings(char) for other in reader.syllables.get(said, ())))))
        for char in row
    ]
    return reader.rows(ways)
