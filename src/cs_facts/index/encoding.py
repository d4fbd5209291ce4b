"""Facts → rows of the index, and the words by which a search finds them."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cs_facts.days import day_tokens
from cs_facts.index.rows import SEPARATOR
from cs_facts.quantities import number_key, number_token
from cs_facts.text import fold
from cs_facts.tokens import BREAK, Folding, columns, facet_token, is_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from cs_facts.index.chinese import Sounds
    from cs_facts.model import Fact, Figure

ORDINAL = ("rank", "top")
"""The bounds of figures whose size says nothing."""

_LOOKALIKES = str.maketrans({"0": "o", "1": "l", "m": "rn", "w": "vv"})

Row = tuple[Any, ...]
Tally = tuple[int, int, str | None, str | None]
"""Number of facts, place of the first one, first day, last day."""

Reference = tuple[str, str]
"""What is referred to, ``category`` say, and its id."""


@dataclass(slots=True)
class Batch:
    """Facts made ready for the index; plain values only, so that one process can hand it to another.

    Attributes:
        languages: of the texts, in the order of their columns.
        facts: for each fact `FIELDS`, then `TEXTS` for each language.
        words: for each fact `WORDS`.
        vocabulary: every word once, a character of Chinese being one; no numbers.
        references: the names that the facts refer to.
        skeletons: eight bytes a fact, the same for ids that look alike.
        conflicts: the fact's place in the batch, the other's id, language → note.
        tallies: category, kind, unit, source and whether a rank → see `Tally`.

    """

    languages: list[str] = field(default_factory=list)
    facts: list[Row] = field(default_factory=list)
    words: list[Row] = field(default_factory=list)
    vocabulary: set[str] = field(default_factory=set)
    references: set[Reference] = field(default_factory=set)
    skeletons: bytearray = field(default_factory=bytearray)
    conflicts: list[tuple[int, str, dict[str, str]]] = field(default_factory=list)
    tallies: dict[Row, Tally] = field(default_factory=dict)

    def plain(self) -> tuple[Any, ...]:
        """Return the attributes, for `marshal`."""
        return (
            *(self.languages, self.facts, self.words, self.vocabulary, self.references),
            *(self.skeletons, self.conflicts, self.tallies),
        )


@dataclass(frozen=True, slots=True)
class Encoder:
    """Makes rows of facts.

    Attributes:
        categories: the id of a category in its store → its id among several stores, likewise ``sources``.
        folding: what a search takes each character for.
        sounds: characters as pinyin, where the library for it is there.

    """

    categories: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    folding: Folding = field(default_factory=Folding)
    sounds: Sounds | None = None

    def batch(self, facts: Iterable[Fact]) -> Batch:
        """Make facts ready for the index."""
        made = Batch()
        facts = tuple(facts)
        made.languages += dict.fromkeys(
            language for fact in facts for text in (fact.title, fact.text, fact.note) for language in text
        )
        for place, fact in enumerate(facts):
            category = self.categories.get(fact.category, fact.category)
            source = self.sources.get(fact.source, fact.source)
            made.facts.append((*_fields(fact, category, source), *_texts(fact, made.languages)))
            made.words.append(self._words(fact, category, source, made.vocabulary))
            made.skeletons += skeleton(fact.id)
            made.conflicts += [(place, conflict.other, dict(conflict.note)) for conflict in fact.conflicts]
            _refer(fact, made.references)
            _tally(fact, category, source, place, made.tallies)
        made.vocabulary = {word for word in made.vocabulary if is_word(word)}
        return made

    def _words(self, fact: Fact, category: str, source: str, vocabulary: set[str]) -> Row:
        printed = [fact.figure.printed] if fact.figure else []
        titles = (*fact.title.values(), fact.id.replace("-", " "))
        texts = (*fact.text.values(), *printed, *fact.note.values())
        (title, tags, text), words, numbers = columns((titles, fact.tags, texts), self.folding)
        vocabulary |= words
        if fact.figure:
            numbers.add(number_token(fact.figure.value))
        if numbers:
            text = f"{text} {BREAK} {' '.join(sorted(numbers))}"
        sounds = map(self.sounds.column, (title, f"{tags} {BREAK} {text}")) if self.sounds else ("", "")
        return title, tags, text, *sounds, _facets(fact, category, source)


def _fields(fact: Fact, category: str, source: str) -> Row:
    figure, when = fact.figure, fact.when
    return (
        *(fact.id, category, fact.kind),
        *(
            (
                *(figure.printed, f"{figure.value:f}", number_key(figure.value), _quantum(figure), figure.bound),
                figure.bound in ORDINAL,
            )
            if figure
            else (None,) * 6
        ),
        fact.unit,
        *((_day(when.start), _day(when.end), when.edtf) if when else (None,) * 3),
        *(source, fact.paragraph, SEPARATOR.join(fact.tags) or None, None),
    )


def _texts(fact: Fact, languages: Iterable[str]) -> Iterable[str | None]:
    for language in languages:
        yield fact.title.get(language)
        yield fact.text.get(language)
        yield fact.note.get(language)


def _facets(fact: Fact, category: str, source: str) -> str:
    words = _named(category, fact.kind, fact.unit, source, fact.tags)
    return f"{words} {' '.join(day_tokens(fact.when))}" if fact.when else words


@lru_cache(maxsize=4096)
def _named(category: str, kind: str | None, unit: str | None, source: str, tags: tuple[str, ...]) -> str:
    named = [("category", category), ("kind", kind), ("unit", unit), ("source", source)]
    named += [("tag", fold(tag)) for tag in tags]
    return " ".join(facet_token(what, name) for what, name in named if name)


def _refer(fact: Fact, references: set[Reference]) -> None:
    references.add(("category", fact.category))
    references.add(("source", fact.source))
    if fact.unit:
        references.add(("unit", fact.unit))


def _tally(fact: Fact, category: str, source: str, place: int, tallies: dict[Row, Tally]) -> None:
    ordinal = fact.figure.bound in ORDINAL if fact.figure else None
    start, end = (_day(fact.when.start), _day(fact.when.end)) if fact.when else (None, None)
    add_tally(tallies, (category, fact.kind, fact.unit, source, ordinal), (1, place, start, end))


def add_tally(tallies: dict[Row, Tally], key: Row, tally: Tally) -> None:
    """Count facts of one category, kind, unit and source, and widen the days that they speak of."""
    if before := tallies.get(key):
        facts, first, start, end = tally
        start = min(filter(None, (start, before[2])), default=None)
        end = max(filter(None, (end, before[3])), default=None)
        tally = (facts + before[0], min(first, before[1]), start, end)
    tallies[key] = tally


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _quantum(figure: Figure) -> str | None:
    return None if figure.quantum == 1 else f"{figure.quantum:f}"


def skeleton(id_: str) -> bytes:
    """Return eight bytes that are the same for ids that look alike (Unicode UTS #39, confusables)."""
    folded = id_.translate(_LOOKALIKES).encode()
    return zlib.crc32(folded).to_bytes(4) + zlib.adler32(folded).to_bytes(4)
