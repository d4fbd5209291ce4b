"""How well facts match a query: title above tags above text, a whole match above scattered ones."""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import chain, islice, product
from typing import TYPE_CHECKING

from cs_facts.index.query import at_places, places_of
from cs_facts.search.inflection import FUNCTION_WORDS
from cs_facts.search.quantities import number_key
from cs_facts.search.terms import COMBINED, Term
from cs_facts.search.tokens import words, words_and_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cs_facts.index import Index
    from cs_facts.index.query import Part
    from cs_facts.search.tokens import Folding

_TITLE, _TAGS, _TEXT = 100, 30, 10
_AS_TYPED = 150
"""What a number with what it counts weighs beside the number alone: 15段 does not stand in 15个."""

_SAME_PERIOD, _WITHIN, _OVERLAP = 15, 5, 1


class _Seen:
    """What of a fact says how well it matches: its title and tags as words, its number and its days.

    Args:
        row: makes a row of words of a text.
        place: of the fact.
        titles: its titles, and what of its id is one.
        tags: its tags.
        number: the key of its number.
        is_rank: whether that says which one, not how many.
        start: its first day, ``end`` its last.

    """

    def __init__(
        self,
        row: Callable[[str], str],
        place: int,
        titles: Sequence[str],
        tags: Sequence[str],
        number: str | None,
        is_rank: bool | None,
        start: str | None,
        end: str | None,
    ) -> None:
        self.place = place
        self._row, self._titles, self._tags = row, titles, tags
        self.number, self.is_rank = number, is_rank
        self.start, self.end = start, end

    @cached_property
    def title(self) -> Sequence[str]:
        return list(map(self._row, self._titles))

    @cached_property
    def tags(self) -> Sequence[str]:
        return list(map(self._row, self._tags))


def ranked(index: Index, part: Part, terms: Sequence[Term], places: Sequence[int]) -> list[int]:
    """Sort the places of facts by how well they match, and by themselves where they match alike."""
    facts = list(_seen(index, places, numbers=any(term.number is not None for term in terms)))
    scores = dict.fromkeys(places, 0)
    said = [term for term in terms if term.word.lower() not in FUNCTION_WORDS] or terms
    for term in (*said, *_together(terms)):
        weigh = _Weights(index, part, term, is_sure=term in terms)
        for fact in facts:
            scores[fact.place] += weigh(fact)
    return sorted(places, key=lambda place: (-scores[place], place))


def _seen(index: Index, places: Sequence[int], *, numbers: bool) -> Iterator[_Seen]:
    row = lru_cache(maxsize=None)(lambda text: row_of(text, index.folding, numbers=numbers))
    titles = [sql for name, sql in index.columns.items() if name.partition("_")[0] == "title"]
    part = at_places(index, places).whole
    columns = ", ".join(("facts.place", "facts.id", "facts.tags", "number", "ordinal", "start", '"end"', *titles))
    for place, id_, tags, number, is_rank, start, end, *texts in index.run(
        f"SELECT {columns} FROM {part.ordered}", part.parameters
    ):
        title = (*filter(None, texts), id_.replace("-", " "))
        yield _Seen(row, place, title, tags.split("; ") if tags else (), number, is_rank, start, end)


def row_of(text: str, folding: Folding, *, numbers: bool = True) -> str:
    """Write a text as a row of words, on request those of its numbers behind them."""
    if not numbers:
        return f" {' '.join(words(text, folding))} "
    row, values = words_and_numbers(text, folding)
    return f" {' '.join((*row, *values))} "


def _together(terms: Sequence[Term]) -> Iterator[Term]:
    """Yield the words of a query as one phrase, for facts where they stand in a row rank above scattered ones."""
    if len(terms) < 2 or not all(term.phrases for term in terms):
        return
    phrases = islice(product(*(term.phrases for term in terms)), COMBINED)
    yield Term(
        "", tuple(tuple(chain.from_iterable(phrase)) for phrase in phrases), terms[-1].begins, terms[-1].is_begun
    )


class _Weights:
    """Says how well a term matches a fact.

    Args:
        index: where the facts are.
        part: those that match the query.
        term: a word of the query.
        is_sure: whether all of them match it.

    """

    def __init__(self, index: Index, part: Part, term: Term, *, is_sure: bool) -> None:
        self._index, self._part, self._term = index, part, term
        by_words_alone = is_sure and not term.date and not term.sounds
        self._in_words = None if by_words_alone else self._found(term.words())
        self._in_title, self._in_tags = (
            None if term.number is not None else self._found(term.words([column])) for column in ("title", "tags")
        )
        self._exactly = self._found(term.words(exact=True)) if term.begins else frozenset()
        self._in_title_sound = self._found(term.sound(["title"]))
        self._in_sound = self._found(term.sound())
        self._as_typed = self._found(term._replace(number=None).words()) if term.number is not None else frozenset()
        self._number = number_key(term.number) if term.number is not None else None

    def _found(self, match: str) -> frozenset[int]:
        if not match:
            return frozenset()
        part = self._part.also(match)
        return frozenset(places_of(self._index, part))

    def __call__(self, fact: _Seen) -> int:
        return self._weight(fact) + _AS_TYPED * (fact.place in self._as_typed)

    def _weight(self, fact: _Seen) -> int:
        term = self._term
        if self._number is not None and fact.number == self._number:
            return (2 + (fact.is_rank == term.is_rank)) * _TITLE
        best = max(
            _TITLE * (max(map(term.weight, fact.title), default=0) if _is_in(fact, self._in_title) else 0),
            _TAGS * (max(map(term.weight, fact.tags), default=0) if _is_in(fact, self._in_tags) else 0),
            _TITLE * (fact.place in self._in_title_sound),
        )
        if self._in_words is None or fact.place in self._in_words:
            is_whole = term.number is not None or bool(term.date) or fact.place in self._exactly
            best = max(best, _TEXT * (1 + is_whole))
        if fact.place in self._in_sound:
            best = max(best, _TEXT)
        return best or (_closeness(term.date, fact.start, fact.end) if term.date else 0)


def _is_in(fact: _Seen, places: frozenset[int] | None) -> bool:
    """Tell whether a fact is among places; None: nobody knows."""
    return places is None or fact.place in places


def _closeness(date: str, start: str | None, end: str | None) -> int:
    """Weigh a period: the date asked for above one within it, and that above one that merely touches it."""
    first, last = days_of(date)
    if (start, end) == (first, last):
        return _SAME_PERIOD
    return _WITHIN if start and end and first <= start <= end <= last else _OVERLAP


def days_of(date: str) -> tuple[str, str]:
    """Return the first and the last day of a date."""
    from cs_facts.dates.edtf import parse_period

    period = parse_period(date)
    return str(period.start), str(period.end)
