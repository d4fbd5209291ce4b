"""Facts → rows of the index, and the words by which a search finds them."""

from __future__ import annotations

import sys
from array import array
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from operator import add, itemgetter
from typing import TYPE_CHECKING, Generic, TypeVar

from cs_facts.columns import TEXTS
from cs_facts.index.rows import FIELDS, SEPARATOR
from cs_facts.search.days import day_tokens
from cs_facts.search.quantities import number_key, number_token
from cs_facts.search.tokens import BREAK, Folding, Reading, facet_token, is_word, standing
from cs_facts.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from cs_facts.index.rows import Row
    from cs_facts.model import Fact

_REMEMBERED = 1 << 14
"""Words that are known to be told of at most, likewise pairs of characters and runs of them; what is told of again the
database ignores."""

_LISTS = 1 << 12
"""Lists of tags whose words are remembered at most."""

_UTF_32 = f"utf-32-{sys.byteorder[0]}e"

_T = TypeVar("_T")

_ID, _TAGS, _FIGURE, _VALUE, _START, _END, _WHEN = map(
    FIELDS.index, ("id", "tags", "figure", "value", "start", "end", "when")
)
_ONE_OF = ("category", "kind", "unit", "source")
"""The columns that name what a fact is one of."""

_one_of = itemgetter(*map(FIELDS.index, _ONE_OF))


@dataclass(slots=True)
class Batch:
    """Facts made ready for the index, as one process hands them to another.

    Attributes:
        languages: of the texts, in the order of their columns.
        facts: their rows.
        conflicts: the fact's place in the batch, the other's id, language → note.
        words: for each fact what a search looks into: texts, titles and tags as words, and what the fact is one of.
        vocabulary: every word that its encoder has not told of before, a character of Chinese being one; no numbers.
        pairs: every two characters of Chinese that stand together, likewise.

    """

    languages: list[str]
    facts: list[Row] = field(default_factory=list)
    conflicts: list[tuple[int, str, dict[str, str]]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    vocabulary: set[str] = field(default_factory=set)
    pairs: set[str] = field(default_factory=set)


class Encoder:
    """Makes rows of facts, and tells of each word once, with the first batch that has it.

    Args:
        categories: the id of a category in its store → its id among several stores, likewise ``sources``.
        folding: what a search takes each character for.

    """

    def __init__(
        self,
        categories: Mapping[str, str] | None = None,
        sources: Mapping[str, str] | None = None,
        folding: Folding | None = None,
    ) -> None:
        self._categories, self._sources = categories or {}, sources or {}
        self._folding = Folding() if folding is None else folding
        self._words, self._pairs, self._runs = _Known[str](), _Known[int](), _Known[str]()
        self._tagged: dict[str | None, tuple[str, str, set[str]]] = {}

    def batch(self, facts: Sequence[Fact]) -> Batch:
        """Make facts ready for the index."""
        made = self.rows(facts)
        self.words(made)
        return made

    def rows(self, facts: Sequence[Fact], languages: Iterable[str] = ()) -> Batch:
        """Make facts ready but for their words; ``languages`` are those whose columns come first."""
        made = Batch(list(dict.fromkeys((*languages, *languages_of(facts)))))
        for place, fact in enumerate(facts):
            category = self._categories.get(fact.category, fact.category)
            source = self._sources.get(fact.source, fact.source)
            made.facts.append((*_fields(fact, category, source), *_texts(fact, made.languages)))
            if fact.conflicts:
                made.conflicts += [(place, conflict.other, dict(conflict.note)) for conflict in fact.conflicts]
        return made

    def words(self, made: Batch) -> None:
        """Add the words by which a search finds the facts of a batch."""
        reading = Reading(self._folding)
        tagged = self._tags({row[_TAGS] for row in made.facts}, reading)
        title, text, note = (_getter(made.languages, name) for name in TEXTS)
        titles = reading.rows(_lines(*title(row), row[_ID].replace("-", " ")) for row in made.facts)
        texts = reading.rows(_lines(*text(row), row[_FIGURE], *note(row)) for row in made.facts)
        for row, (titled, in_title), (said, in_text) in zip(made.facts, titles, texts, strict=True):
            tags, tag_facets, in_tags = tagged[row[_TAGS]]
            numbers = in_title | in_tags | in_text
            if row[_VALUE]:
                numbers.add(_value_word(row[_VALUE]))
            values = (BREAK, *sorted(numbers)) if numbers else ()
            titled = standing(titled.split(), "title")
            days = day_tokens(row[_START], row[_END]) if row[_WHEN] else ()
            facets = map(_facet, _ONE_OF, _one_of(row))
            made.words.append(" ".join((said, *values, titled, tags, *facets, tag_facets, *days)))
        pairs = _as_text(self._pairs.fresh(_pairs(self._runs.fresh(reading.together))))
        made.vocabulary |= self._words.fresh({*filter(is_word, reading.words), *pairs} - {" "})
        made.pairs.update(pair for pair in map(add, pairs[::2], pairs[1::2]) if " " not in pair)

    def _tags(self, lists: set[str | None], reading: Reading) -> Mapping[str | None, tuple[str, str, set[str]]]:
        """Return lists of tags → them as words and as facets, and the values of their numbers; many facts share one."""
        if len(self._tagged) > _LISTS:
            self._tagged.clear()
        new = list(lists - self._tagged.keys())
        read = reading.rows((tags or "").replace(SEPARATOR, "\n") for tags in new)
        for tags, (row, numbers) in zip(new, read, strict=True):
            facets = (facet_token("tag", fold(tag)) for tag in tags.split(SEPARATOR)) if tags else ()
            self._tagged[tags] = standing(row.split(), "tags"), " ".join(facets), numbers
        return self._tagged


class _Known(Generic[_T]):
    """What is told of already, words say, as many as are worth remembering."""

    def __init__(self) -> None:
        self._told: set[_T] = set()

    def fresh(self, found: set[_T]) -> set[_T]:
        """Return what may not have been told of yet."""
        fresh = found - self._told
        if len(self._told) + len(fresh) > _REMEMBERED:
            self._told.clear()
        self._told |= fresh
        return fresh


def _pairs(runs: Iterable[str]) -> set[int]:
    """Return every two characters that stand together, with the spaces that tell of one alone.

    Each is written as a number of 8 bytes, in UTF-32, which is made in a third of the time of a text.
    """
    text = f" {' '.join(runs)} "
    data = f"{text}{' ' * (len(text) % 2)}".encode(_UTF_32)
    return {*array("Q", data), *array("Q", data[4:-4])}


def _as_text(pairs: Iterable[int]) -> str:
    """Write pairs one behind the other."""
    return array("Q", pairs).tobytes().decode(_UTF_32)


def _getter(languages: Sequence[str], name: str) -> Callable[[Row], tuple[str | None, ...]]:
    """Return what gets a text of a row, in the order of the languages' names: the index forgets which was first."""
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
def _facet(what: str, name: str | None) -> str:
    return facet_token(what, name) if name else ""


@lru_cache(maxsize=4096)
def _value_word(value: str) -> str:
    return number_token(Decimal(value))


def _fields(fact: Fact, category: str, source: str) -> Row:
    figure, when = fact.figure, fact.when
    return (
        *(fact.id, category, fact.kind),
        *(
            (
                *(figure.printed, *(None if n is None else f"{n:f}" for n in (figure.value, figure.low, figure.high))),
                *(None if figure.value is None else number_key(figure.value), figure.form, figure.bound),
                figure.form == "rank",
            )
            if figure
            else (None,) * 8
        ),
        fact.unit,
        *((_day(when.start), _day(when.end), when.edtf) if when else (None,) * 3),
        *(source, fact.paragraph, fact.quote, SEPARATOR.join(fact.tags) or None, fact.draft or None),
    )


def _texts(fact: Fact, languages: Iterable[str]) -> Iterable[str | None]:
    for language in languages:
        yield fact.title.get(language)
        yield fact.text.get(language)
        yield fact.note.get(language)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
