"""Facts → rows of the index, and the words by which a search finds them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from operator import add
from typing import TYPE_CHECKING, Any

from cs_facts.days import day_tokens
from cs_facts.index.rows import SEPARATOR
from cs_facts.quantities import number_key, number_token
from cs_facts.text import fold
from cs_facts.tokens import BREAK, Folding, Reading, facet_token, is_word, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from cs_facts.model import Fact, Figure, Text

ORDINAL = ("rank", "top")
"""The bounds of figures whose size says nothing."""

Row = tuple[Any, ...]


@dataclass(slots=True)
class Batch:
    """Facts made ready for the index; plain values only, so that one process can hand it to another.

    Attributes:
        languages: of the texts, in the order of their columns.
        facts: for each fact `FIELDS`, then `TEXTS` for each language.
        conflicts: the fact's place in the batch, the other's id, language → note.
        words: for each fact what a search looks into: texts, titles and tags as words, and what the fact is one of.
        vocabulary: every word once, a character of Chinese being one; no numbers.
        pairs: every two characters of Chinese that stand together.

    """

    languages: list[str]
    facts: list[Row] = field(default_factory=list)
    conflicts: list[tuple[int, str, dict[str, str]]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    vocabulary: set[str] = field(default_factory=set)
    pairs: set[str] = field(default_factory=set)

    def plain(self) -> tuple[Any, ...]:
        """Return the attributes, for `marshal`."""
        return self.languages, self.facts, self.conflicts, self.words, self.vocabulary, self.pairs


@dataclass(frozen=True, slots=True)
class Encoder:
    """Makes rows of facts.

    Attributes:
        categories: the id of a category in its store → its id among several stores, likewise ``sources``.
        folding: what a search takes each character for.

    """

    categories: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    folding: Folding = field(default_factory=Folding)

    def batch(self, facts: Sequence[Fact]) -> Batch:
        """Make facts ready for the index."""
        made = self.rows(facts)
        self.words(facts, made)
        return made

    def rows(self, facts: Sequence[Fact], languages: Iterable[str] = ()) -> Batch:
        """Make facts ready but for their words; ``languages`` are those whose columns come first."""
        made = Batch(list(dict.fromkeys((*languages, *languages_of(facts)))))
        for place, fact in enumerate(facts):
            category = self.categories.get(fact.category, fact.category)
            source = self.sources.get(fact.source, fact.source)
            made.facts.append((*_fields(fact, category, source), *_texts(fact, made.languages)))
            if fact.conflicts:
                made.conflicts += [(place, conflict.other, dict(conflict.note)) for conflict in fact.conflicts]
        return made

    def words(self, facts: Sequence[Fact], made: Batch) -> None:
        """Add the words by which a search finds facts."""
        reading = Reading(self.folding)
        lists = list(dict.fromkeys(fact.tags for fact in facts))  # many facts have the same tags
        tags = dict(zip(lists, reading.rows(map("\n".join, lists)), strict=True))
        titles, texts = reading.rows(map(_title, facts)), reading.rows(map(_text, facts))
        for fact, title, text in zip(facts, titles, texts, strict=True):
            (titled, in_title), (tagged, in_tags), (said, in_text) = title, tags[fact.tags], text
            printed = {number_token(fact.figure.value)} if fact.figure else set()
            numbers = in_title | in_tags | in_text | printed
            values = (BREAK, *sorted(numbers)) if numbers else ()
            heads = standing(titled.split(), "title"), standing(tagged.split(), "tags")
            made.words.append(" ".join((said, *values, *heads, *self._facets(fact))))
        made.vocabulary.update(filter(is_word, reading.words), *reading.together)
        for row in reading.together:
            made.pairs.update(map(add, row, row[1:]))

    def _facets(self, fact: Fact) -> tuple[str, ...]:
        """Return the words for what a fact is one of."""
        return (
            _facet("category", self.categories.get(fact.category, fact.category)),
            *((_facet("kind", fact.kind),) if fact.kind else ()),
            *((_facet("unit", fact.unit),) if fact.unit else ()),
            _facet("source", self.sources.get(fact.source, fact.source)),
            *_tag_facets(fact.tags),
            *(day_tokens(fact.when) if fact.when else ()),
        )


def languages_of(facts: Iterable[Fact]) -> list[str]:
    """Return the languages of the texts of facts, as they come."""
    texts = (text for fact in facts for text in (fact.title, fact.text, fact.note))
    return list(dict.fromkeys(language for text in texts for language in text))


def _by_language(text: Text) -> list[str]:
    """Return a text in the order of the languages' names: the index forgets in which order they are written."""
    return [text[language] for language in sorted(text)]


def _title(fact: Fact) -> str:
    return "\n".join((*_by_language(fact.title), fact.id.replace("-", " ")))


def _text(fact: Fact) -> str:
    figure = fact.figure
    return "\n".join((*_by_language(fact.text), *([figure.printed] if figure else ()), *_by_language(fact.note)))


_facet = lru_cache(maxsize=4096)(facet_token)


@lru_cache(maxsize=4096)
def _tag_facets(tags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(facet_token("tag", fold(tag)) for tag in tags)


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
        *(source, fact.paragraph, SEPARATOR.join(fact.tags) or None),
    )


def _texts(fact: Fact, languages: Iterable[str]) -> Iterable[str | None]:
    for language in languages:
        yield fact.title.get(language)
        yield fact.text.get(language)
        yield fact.note.get(language)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _quantum(figure: Figure) -> str | None:
    return None if figure.quantum == 1 else f"{figure.quantum:f}"
