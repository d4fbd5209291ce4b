"""What comes closest to a query of which not every word matches.

A word that matches nothing is read as one that does: with a letter or two mistyped, in Chinese with two characters
swapped, one mistaken, or characters that sound alike, or as the longest parts of it that stand somewhere. What is left
is left out, as few words as possible.
"""

from __future__ import annotations

from itertools import chain, combinations, islice
from typing import TYPE_CHECKING

from cs_facts.errors import NotFound, nearest, quoted
from cs_facts.query import Facts
from cs_facts.search import Hits, matching
from cs_facts.terms import Term, read_terms
from cs_facts.text import lazily
from cs_facts.tokens import is_spaceless, is_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cs_facts.terms import Vocabulary

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_TWO_TYPOS_FROM = 7
"""Letters of a word of which two may be mistyped."""

_LONGEST = 40
"""Characters of a word that is read otherwise; beyond stands what nobody mistypes."""

_TRIED = 8
"""Words of a query that may be read otherwise; a longer one has its first words tried."""

_HINTED = 6
"""Known words that a message offers at most."""

_FUNCTION_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "did",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "how",
        "in",
        "is",
        "it",
        "its",
        "many",
        "much",
        "of",
        "on",
        "or",
        "that",
        "the",
        "their",
        "there",
        "these",
        "this",
        "to",
        "was",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "whom",
        "whose",
        "why",
        "with",
    ]
)
"""English words that say how others belong together, and the first to be left out."""

Reading = tuple["Term", ...]
"""The words that a word of a query is read as, none where it is left out."""


def closest(facts: Facts, terms: Sequence[Term], vocabulary: Vocabulary) -> Hits | None:
    """Return the facts that come closest to a query that none matches whole, and say how it was read.

    Args:
        facts: those that are searched.
        terms: the words of the query.
        vocabulary: of the store.

    """
    said = [term for term in terms if term.word.lower() not in _FUNCTION_WORDS] or list(terms)
    readings = {term: _reading(facts, term, vocabulary) for term in said[:_TRIED]}
    parts = [(term, part) for term, reading in readings.items() for part in reading][:_TRIED]
    for count in range(len(parts), 0, -1):
        found = [
            (some, hits)
            for some in combinations(parts, count)
            if (hits := matching(facts, tuple(part for _, part in some)))
        ]
        if found:
            # of those alike the last: the end of a phrase is what the rest of it tells more of
            some, hits = max(reversed(found), key=lambda pair: _length(part for _, part in pair[0]))
            read = {term: tuple(part for of, part in some if of == term) for term, _ in some}
            missed = [term for term in said if read.get(term) != (term,)]
            remark = _remark(terms, read) + _hint(missed, vocabulary)
            return Hits(hits, tuple(part for _, part in some), remark)
    return None


def _remark(terms: Sequence[Term], read: Mapping[Term, Reading]) -> str:
    changed = [f"read {quoted(term.word)} {_as(term, reading)}" for term, reading in read.items() if reading != (term,)]
    dropped = [quoted(term.word) for term in terms if term not in read]
    return ", ".join((*changed, *([f"left out {', '.join(dropped)}"] if dropped else [])))


def _hint(missed: Sequence[Term], vocabulary: Vocabulary) -> str:
    """Name the extra that might have read a word that matches nothing, where it is not there."""
    if vocabulary.knows_chinese:
        return ""
    rows = [vocabulary.tokens(term.word) for term in missed]
    pinyin = any(term.word.isascii() and term.word.isalpha() for term in missed)
    traditional = any(set(filter(is_spaceless, row)) - vocabulary.has(filter(is_spaceless, row)) for row in rows)
    return "; the extra zh reads traditional characters and pinyin" if pinyin or traditional else ""


def _as(term: Term, reading: Reading) -> str:
    word = " ".join(part.word for part in reading)
    sounds = ["by its sound"] if any(part.sounds and not part.phrases for part in reading) else []
    return " ".join([f"as {quoted(word)}", *sounds] if word != term.word else sounds)


def _reading(facts: Facts, term: Term, vocabulary: Vocabulary) -> Reading:
    """Return how a word is read: as it is where it matches something, else as what comes closest to it."""
    ways = chain([(term,)], _ways(facts, term, vocabulary))
    return next((way for way in ways if way and all(_matches(facts, part) for part in way)), ())


def _matches(facts: Facts, term: Term) -> bool:
    return bool(Facts(facts.index, facts.whole.also(term.match())))


def _ways(facts: Facts, term: Term, vocabulary: Vocabulary) -> Iterator[Reading]:
    if term.number is not None or term.date or len(term.word) > _LONGEST:
        return  # another number is no closer than any
    row = vocabulary.tokens(term.word)
    if len(row) == 1 and is_word(row[0]) and not is_spaceless(row[0]):
        for word in _typos(row[0], vocabulary):
            yield read_terms(word, vocabulary)
    elif _ASKING().search(word := vocabulary.folding.simplified(term.word)):
        yield _asked(facts, word, vocabulary)
    elif all(map(is_spaceless, row)):
        for other in _mistaken(term, row, vocabulary):
            yield (other,)
        yield _parts(facts, row)
    elif apart := _NUMBER_AND_MORE().fullmatch(term.word):
        yield read_terms(f"{apart[1]} {apart[3]}", vocabulary)


_COUNTED = "个位名条家项次种所年"
"""What a question counts by: 几个, 哪一年."""

_ASKING = lazily(
    rf"(?:(?<!目)[的了])?[有是在]?(?:多少|多久|几[{_COUNTED}]|哪一?[些里儿{_COUNTED}]?|谁|什么时候|为?什么|[为如]何|"
    "何[时处地人]|怎么样?|怎样|是否|是不是|有没有)[是有在]?的?|了?[吗呢]$"
)
"""Words of Chinese by which a question asks, with what joins them to others; a search need not find them."""

_NUMBER_AND_MORE = lazily(r"([\d.,]+[百千万亿]?)(\w)(\D{2,})")
"""A number, its counter and what is counted: 1800名干部."""


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


def _asked(facts: Facts, question: str, vocabulary: Vocabulary) -> Reading:
    """Read a question by what stands beside the words that ask; a single character says too little."""
    said = [run for run in _ASKING().split(question) if len(run) > 1]
    return _if_enough([part for run in said for part in _beside(facts, run, vocabulary)], "".join(said))


def _beside(facts: Facts, run: str, vocabulary: Vocabulary) -> Reading:
    """Read what stands beside the words that ask, if need be but for one character: 名 of 多少名党员."""
    if all(map(is_spaceless, run)):
        parts = max((tuple(_longest(facts, word)) for word in (run[1:], run)), key=_length)
        if _length(parts) >= len(run) - 1:
            return parts
    return tuple(part for term in read_terms(run, vocabulary) for part in _reading(facts, term, vocabulary))


def _parts(facts: Facts, row: Sequence[str]) -> Reading:
    """Take a word of Chinese apart into the longest parts that stand somewhere."""
    word = "".join(row)
    return _if_enough(_longest(facts, word), word)


def _if_enough(parts: Iterable[Term], word: str) -> Reading:
    """Return the parts of a word if they are at least half of it; less says too little."""
    parts = tuple(parts)
    return parts if _length(parts) * 2 >= len(word) else ()


def _length(parts: Iterable[Term]) -> int:
    return sum(len(part.word) for part in parts)


def _longest(facts: Facts, run: str) -> Iterator[Term]:
    place = 0
    while place < len(run) - 1:
        words = (run[place:end] for end in range(len(run), place + 1, -1))
        part = next((way for word in words if _matches(facts, way := Term(word, (tuple(word),)))), None)
        if part:
            yield part
        place += len(part.word) if part else 1


def nothing_found(query: str, terms: Sequence[Term], vocabulary: Vocabulary) -> NotFound:
    """Say that nothing comes close, and which known words are nearest."""
    near = (word for term in terms[:_TRIED] for word in _near(term, vocabulary))
    close = list(islice(dict.fromkeys(near), _HINTED))
    hint = f"; known words like these are {', '.join(close)}" if close else ""
    return NotFound(f"nothing matches {quoted(query)}{hint}{_hint(terms, vocabulary)}")


def _near(term: Term, vocabulary: Vocabulary) -> list[str]:
    row = vocabulary.tokens(term.word)
    return [known for word in row if is_word(word) for known in nearest(word, vocabulary.beginning(word[:1]))]
