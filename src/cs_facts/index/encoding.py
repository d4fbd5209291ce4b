"""Facts → rows of the index, and the words by which a search finds them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from operator import add, itemgetter
from typing import TYPE_CHECKING

from cs_facts.columns import TEXTS
from cs_facts.days import day_tokens
from cs_facts.index.rows import FIELDS, SEPARATOR
from cs_facts.quantities import number_key, number_token
from cs_facts.text import fold
from cs_facts.tokens import BREAK, Folding, Reading, facet_token, is_word, standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from cs_facts.index.rows import Row
    from cs_facts.model import Fact, Figure

ORDINAL = ("rank", "top")
"""The bounds of figures whose size says nothing."""

_ID, _TAGS, _FIGURE, _VALUE, _START, _END, _WHEN = map(
    FIELDS.index, ("id", "tags", "figure", "value", "start", "end", "when")
)
_of = itemgetter(*map(FIELDS.index, ("category", "kind", "unit", "source")))


@dataclass(slots=True)
class Batch:
    """Facts made ready for the index; plain values only, so that one process can hand it to another.

    Attributes:
        languages: of the texts, in the order of their columns.
        facts: their rows.
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
        self.words(made)
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

    def words(self, made: Batch) -> None:
        """Add the words by which a search finds the facts of a batch."""
        reading = Reading(self.folding)
        lists = dict.fromkeys(row[_TAGS] for row in made.facts)  # many facts have the same tags
        in_lines = ((tags or "").replace(SEPARATOR, "\n") for tags in lists)
        tags = {
            list_: (standing(tagged.split(), "tags"), numbers)
            for list_, (tagged, numbers) in zip(lists, reading.rows(in_lines), strict=True)
        }
        title, text, note = (_getter(made.languages, name) for name in TEXTS)
        titles = reading.rows(_lines(*title(row), row[_ID].replace("-", " ")) for row in made.facts)
        texts = reading.rows(_lines(*text(row), row[_FIGURE], *note(row)) for row in made.facts)
        for row, (titled, in_title), (said, in_text) in zip(made.facts, titles, texts, strict=True):
            tagged, in_tags = tags[row[_TAGS]]
            numbers = in_title | in_tags | in_text if in_tags else in_title | in_text
            if row[_VALUE]:
                numbers.add(_value_word(row[_VALUE]))
            values = (BREAK, *sorted(numbers)) if numbers else ()
            days = day_tokens(row[_START], row[_END]) if row[_WHEN] else ()
            titled = standing(titled.split(), "title")
            made.words.append(
                " ".join((said, *values, titled, tagged, _facets(*_of(row)), _tag_facets(row[_TAGS]), *days))
            )
        chinese = "\n".join(reading.together)
        made.vocabulary.update(filter(is_word, reading.words), chinese)
        made.vocabulary.discard("\n")
        made.pairs.update(pair for pair in set(map(add, chinese, chinese[1:])) if "\n" not in pair)


def _getter(languages: Sequence[str], name: str) -> Callable[[Row], tuple[str | None, ...]]:
    """Return what gets a text of a row in the order of the languages' names: the index forgets how they are written."""
    first = len(FIELDS) + TEXTS.index(name)
    places = [first + len(TEXTS) * languages.index(language) for language in sorted(languages)]
    return itemgetter(*places) if len(places) > 1 else lambda row: (row[places[0]],)


def _lines(*texts: str | None) -> str:
    return "\n".join(filter(None, texts))


def languages_of(facts: Iterable[Fact]) -> list[str]:
    """Return the languages of the texts of facts, as they come."""
    found: dict[str, str] = {}
    for fact in facts:
        for text in (fact.title, fact.text, fact.note):
            found.update(text)
    return list(found)


@lru_cache(maxsize=4096)
def _facets(category: str, kind: str | None, unit: str | None, source: str) -> str:
    """Return the words for what a fact is one of, but for its tags."""
    named = (("category", category), ("kind", kind), ("unit", unit), ("source", source))
    return " ".join(facet_token(what, name) for what, name in named if name)


@lru_cache(maxsize=4096)
def _tag_facets(tags: str | None) -> str:
    return " ".join(facet_token("tag", fold(tag)) for tag in tags.split(SEPARATOR)) if tags else ""


@lru_cache(maxsize=4096)
def _value_word(value: str) -> str:
    return number_token(Decimal(value))


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
