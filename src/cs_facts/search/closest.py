"""What comes closest to a query of which not every word matches.

A query that is the name of a category stands for its facts. Else a word that matches nothing is read as one that does:
of the same root, by a slip of the pen, or as the parts of it that stand somewhere. What is left is left out, as few
words as possible.
"""

from __future__ import annotations

from itertools import chain, combinations, islice
from typing import TYPE_CHECKING

from cs_facts.errors import NotFound, nearest, quoted
from cs_facts.search.compounds import length, longest, matches, together
from cs_facts.search.inflection import FUNCTION_WORDS
from cs_facts.search.quantities import has_numeral
from cs_facts.search.search import Hits, matching
from cs_facts.search.slips import mistaken, typos
from cs_facts.search.terms import Term, read_terms
from cs_facts.search.tokens import facet_token, is_spaceless, is_word
from cs_facts.text import has_han, lazily, narrow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cs_facts.index.query import Facts
    from cs_facts.search.compounds import Reading
    from cs_facts.search.terms import Vocabulary

_LONGEST = 40
"""Characters of a word that is read otherwise; beyond stands what nobody mistypes."""

_TRIED = 8
"""Words of a query that may be read otherwise; a longer one has its first words tried."""

_OTHERWISE = 0.7
"""What a character of a word that is read otherwise counts beside one as typed."""

_SOUND_FROM = 6
"""Letters of a word that is either pinyin or mistyped; a shorter one is like too many."""

_COMPOUND_FROM = 6
"""Characters of Chinese that are several words rather than one mistyped."""

_HINTED = 6
"""Known words that a message offers at most."""

_COUNTED = "个位名条家项次种所年"
"""What a question counts by: 几个, 哪一年."""

_ASKING = lazily(
    rf"(?:(?<!目)[的了])?[有是在]?(?:多少|多久|几[{_COUNTED}]|哪一?[些里儿{_COUNTED}]?|谁|什么时候|为?什么|[为如]何|"
    "何[时处地人]|怎么样?|怎样|是否|是不是|有没有)[是有在]?的?|了?[吗呢]$"
)
"""Words of Chinese by which a question asks, with what joins them to others; a search need not find them."""

_ASKS = frozenset("多几哪谁么何怎否不没吗呢")
"""Characters of which each of these has one; to compile the pattern takes longer than a search."""

_NUMBER_AND_MORE = lazily(r"([\d.,]+[百千万亿]?)(\w)(\D{2,})")
"""A number, its counter and what is counted: 1800名干部."""


def closest(facts: Facts, terms: Sequence[Term], vocabulary: Vocabulary) -> Hits | None:
    """Return the facts that come closest to a query that none matches whole, and say how it was read.

    Args:
        facts: those that are searched.
        terms: the words of the query.
        vocabulary: of the store.

    """
    if named := _category(facts, terms, vocabulary):
        return named
    said = [term for term in terms if term.word.lower() not in FUNCTION_WORDS] or list(terms)
    readings = {term: _reading(facts, term, vocabulary) for term in said[:_TRIED]}
    for term in readings:
        if _is_sound(facts, term):  # what sounds like one word may be another, mistyped
            others = [part for other, reading in readings.items() if other != term for part in reading]
            readings[term] = _reading(facts, term, vocabulary, others) or readings[term]
    parts = [(term, part) for term, reading in readings.items() for part in reading][:_TRIED]
    for count in range(len(parts), 0, -1):
        found = [
            (some, hits)
            for some in combinations(parts, count)
            if (hits := matching(facts, tuple(part for _, part in some)))
        ]
        if found:
            # of those alike the last: the end of a phrase is what the rest of it tells more of
            some, hits = max(reversed(found), key=lambda pair: _closeness(pair[0]))
            read = {term: tuple(part for of, part in some if of == term) for term, _ in some}
            missed = [term for term in said if read.get(term) != (term,)]
            remark = _remark(terms, read) + _hint(missed, vocabulary)
            return Hits(hits, tuple(part for _, part in some), remark)
    return None


def _category(facts: Facts, terms: Sequence[Term], vocabulary: Vocabulary) -> Hits | None:
    """Return the facts of a category, or of several, where a query is its name, in any language."""
    query = " ".join(term.word for term in terms)
    asked, script = vocabulary.tokens(query), _script(query)
    named = [
        id_
        for id_, names in facts.index.categories.items()
        if asked in (vocabulary.tokens(name) for name in (id_, *names.values()) if _script(name) == script)
    ]
    term = Term(query, tuple((facet_token("category", id_),) for id_ in named))
    hits = matching(facts, (term,)) if asked and named else None
    return Hits(hits, (term,), f"read {quoted(query)} as the category {' or '.join(named)}") if hits else None


def _script(text: str) -> tuple[bool, bool]:
    """Tell whether a text has characters of Chinese and whether it has numerals; to take either apart costs time."""
    return has_han(text), has_numeral(narrow(text))


def _is_sound(facts: Facts, term: Term) -> bool:
    """Tell whether a longer word in Latin letters is found as pinyin alone."""
    return len(term.word) >= _SOUND_FROM and bool(term.sounds) and not matches(facts, term._replace(sounds=()))


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


def _closeness(read: Iterable[tuple[Term, Term]]) -> float:
    """Say how close words, each with what it is read as, come to a query: how much of it they are."""
    return sum(min(len(term.word), len(part.word)) * (1 if part == term else _OTHERWISE) for term, part in read)


def _reading(facts: Facts, term: Term, vocabulary: Vocabulary, beside: Sequence[Term] = ()) -> Reading:
    """Return how a word is read: as it is where it matches something, else as what comes closest to it.

    Args:
        facts: those that are searched.
        term: the word.
        vocabulary: of the store.
        beside: what else a fact must match.

    """
    ways = chain([(term,)], _ways(facts, term, vocabulary))
    return next((way for way in ways if way and all(matches(facts, part, *beside) for part in way)), ())


def _ways(facts: Facts, term: Term, vocabulary: Vocabulary) -> Iterator[Reading]:
    if term.number is not None or term.date or len(term.word) > _LONGEST:
        return  # another number is no closer than any
    row = vocabulary.tokens(term.word)
    if len(row) == 1 and is_word(row[0]) and not is_spaceless(row[0]):
        if kin := vocabulary.kin(row[0])[:_HINTED]:
            yield (Term(", ".join(kin), tuple((word,) for word in kin)),)
        for word in typos(row[0], vocabulary):
            yield read_terms(word, vocabulary)
    elif not _ASKS.isdisjoint(word := vocabulary.folding.simplified(term.word)) and _ASKING().search(word):
        yield _asked(facts, word, vocabulary)
    elif all(map(is_spaceless, row)):
        parts = together(facts, ["".join(row)])
        if len(parts) == 1 or len(row) >= _COMPOUND_FROM:
            yield parts
        for other in mistaken(term, row, vocabulary):
            yield (other,)
        yield parts
        yield _if_enough(longest(facts, "".join(row)), "".join(row))
    elif apart := _NUMBER_AND_MORE().fullmatch(term.word):
        yield read_terms(f"{apart[1]} {apart[3]}", vocabulary)


def _asked(facts: Facts, question: str, vocabulary: Vocabulary) -> Reading:
    """Read a question by what stands beside the words that ask; a single character says too little."""
    said = [run for run in _ASKING().split(question) if len(run) > 1]
    if all(map(is_spaceless, "".join(said))) and (parts := together(facts, said)):
        return parts
    return _if_enough([part for run in said for part in _beside(facts, run, vocabulary)], "".join(said))


def _beside(facts: Facts, run: str, vocabulary: Vocabulary) -> Reading:
    """Read what stands beside the words that ask, if need be but for one character: 名 of 多少名党员."""
    if all(map(is_spaceless, run)):
        parts = max((longest(facts, word) for word in (run[1:], run)), key=length)
        if length(parts) >= len(run) - 1:
            return parts
    return tuple(part for term in read_terms(run, vocabulary) for part in _reading(facts, term, vocabulary))


def _if_enough(parts: Iterable[Term], word: str) -> Reading:
    """Return the parts of a word if they are at least half of it; less says too little."""
    parts = tuple(parts)
    return parts if length(parts) * 2 >= len(word) else ()


def nothing_found(query: str, terms: Sequence[Term], vocabulary: Vocabulary) -> NotFound:
    """Say that nothing comes close, and which known words are nearest."""
    near = (word for term in terms[:_TRIED] for word in _near(term, vocabulary))
    close = list(islice(dict.fromkeys(near), _HINTED))
    hint = f"; known words like these are {', '.join(close)}" if close else ""
    return NotFound(f"nothing matches {quoted(query)}{hint}{_hint(terms, vocabulary)}")


def _near(term: Term, vocabulary: Vocabulary) -> list[str]:
    row = vocabulary.tokens(term.word)
    return [known for word in row if is_word(word) for known in nearest(word, vocabulary.beginning(word[:1]))]
