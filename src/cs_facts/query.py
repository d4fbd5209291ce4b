"""Filters, selection, order and search: a store in, a frozen result out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from cs_facts.errors import FigureError, NotFound, PeriodError, UnknownName, nearest, quoted
from cs_facts.figures import find_numbers, parse_number
from cs_facts.model import KINDS, Period
from cs_facts.periods import parse_period
from cs_facts.spelt import NUMERALS
from cs_facts.text import fold, has_han, stem, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from cs_facts.model import Fact, Store, Text

    _Word = tuple[str, str]  # and its stem


@dataclass(frozen=True, slots=True)
class Filters:
    """What a fact must be to pass: one of the values of each filter given, and within the limits.

    Attributes:
        period: the fact's period overlaps it; a fact without a period does not pass.
        minimum: the least value of the figure, ``maximum`` the greatest; a fact without a figure does not pass.
        conflicts: only facts in a conflict.

    """

    categories: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    period: Period | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    conflicts: bool = False


def select(store: Store, filters: Filters) -> tuple[Fact, ...]:
    """Return the facts that pass the filters, in store order; those in conflict, if asked for, side by side.

    Raises:
        UnknownName: a filter names what the store does not have.

    """
    for what, names, known in (
        ("category", filters.categories, store.categories),
        ("kind", filters.kinds, KINDS),
        ("unit", filters.units, store.units),
        ("source", filters.sources, store.sources),
    ):
        _require(what, names, known)
    folded_tags = {fold(tag): tag for tag in store.tags}
    tags = {fold(tag) for tag in filters.tags}
    _require("tag", [tag for tag in filters.tags if fold(tag) not in folded_tags], store.tags)
    passing = tuple(fact for fact in store.facts if _passes(store, fact, filters, tags))
    return _side_by_side(store, passing) if filters.conflicts else passing


def disputes(store: Store) -> Mapping[str, str]:
    """Return, for each fact in conflict, the first fact in store order that conflicts join it to, directly or not.

    Returns:
        Fact id → fact id.

    """
    first: dict[str, str] = {}
    for fact in store.facts:
        joined = [fact.id] if fact.id in store.conflicts and fact.id not in first else []
        while joined:
            id_ = joined.pop()
            first[id_] = fact.id
            joined += [conflict.other for conflict in store.conflicts[id_] if conflict.other not in first]
    return first


def _side_by_side(store: Store, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    first = disputes(store)
    order = {id_: place for place, id_ in enumerate(dict.fromkeys(first.values()))}
    return tuple(sorted(facts, key=lambda fact: order[first[fact.id]]))


def facts_by_id(store: Store, ids: Iterable[str]) -> tuple[Fact, ...]:
    """Return the facts of these ids, each once, in the order asked for.

    Raises:
        UnknownName: there is no such fact.

    """
    wanted = tuple(dict.fromkeys(ids))
    _require("fact", wanted, store.by_id)
    return tuple(store.by_id[id_] for id_ in wanted)


def _require(what: str, names: Iterable[str], known: Iterable[str]) -> None:
    for name in names:
        if name not in known:
            raise UnknownName(what, name, known)


def _passes(store: Store, fact: Fact, filters: Filters, tags: set[str]) -> bool:
    return (
        (not filters.categories or fact.category in filters.categories)
        and (not filters.kinds or fact.kind in filters.kinds)
        and (not tags or any(fold(tag) in tags for tag in fact.tags))
        and (not filters.units or fact.unit in filters.units)
        and (not filters.sources or fact.source in filters.sources)
        and (not filters.conflicts or fact.id in store.conflicts)
        and _in_period(fact, filters.period)
        and _in_limits(fact, filters.minimum, filters.maximum)
    )


def _in_period(fact: Fact, period: Period | None) -> bool:
    return period is None or (fact.when is not None and fact.when.overlaps(period))


def _in_limits(fact: Fact, minimum: Decimal | None, maximum: Decimal | None) -> bool:
    if minimum is None and maximum is None:
        return True
    if fact.figure is None:
        return False
    value = fact.figure.value
    return (minimum is None or minimum <= value) and (maximum is None or value <= maximum)


@dataclass(frozen=True, slots=True)
class Hit:
    """A fact that matches a query, and the language whose text matched (None: no text did, or all alike)."""

    fact: Fact
    language: str | None


def search(store: Store, facts: Iterable[Fact], query: str) -> tuple[Hit, ...]:
    """Return the facts that match every word of a query, best first, ties in the order given.

    Any text is a query. Words in quotes stay together. Words that stand together also rank above scattered ones.

    Raises:
        NotFound: nothing matches; the message offers the nearest known words.

    """
    terms = [term for term in map(_Term, dict.fromkeys(_split(query))) if term.folded]
    whole = _Term(("" if has_han(query) else " ").join(term.folded for term in terms))
    scored = []
    for fact in facts if terms else ():
        entry = _Entry(fact)
        scores = list(takewhile(bool, map(entry.score, terms)))
        if len(scores) == len(terms):
            together = entry.score(whole) if len(terms) > 1 else 0
            scored.append((sum(scores) + together, Hit(fact, entry.language(terms))))
    scored.sort(key=lambda pair: -pair[0])
    if not scored:
        raise NotFound(_nothing(store, query, terms))
    return tuple(hit for _, hit in scored)


_COUNTER = re.compile("[\u4e00-\u9fff%％]{0,2}")
"""What may follow a number in a query without making it part of a word: 名, 人次, but not the G of 5G."""

_HINTED = 10
"""Words of a query for which near ones are sought, which takes milliseconds each."""

_PUNCTUATION = re.compile(r"[，。、；：！？《》〈〉【】（）「」『』…]+|(?<=\w)[,;:!?.]+(?=\s|$)")
"""What sets words apart in a query as it does in a text."""


def _split(query: str) -> Iterator[str]:
    for match in re.finditer(r'"([^"]*)"|“([^”]*)”|([^\s"“”]+)', _numbers_quoted(_unpunctuated(query))):
        word = next((part for part in match.groups() if part), "").strip()
        if word:
            yield word


def _unpunctuated(query: str) -> str:
    """Set words apart where punctuation does; a query of nothing else is left as it is."""
    return _PUNCTUATION.sub(" ", query) if re.search(r"\w", query) else query


def _numbers_quoted(query: str) -> str:
    """Keep a number of several words together: 1.2 million, five hundred."""
    if re.search('["“”]', query):
        return query
    for found in reversed(list(find_numbers(query))):
        printed = query[found.start : found.end]
        if " " in printed and found.figure.bound == "exact":
            query = f'{query[: found.start]}"{printed}"{query[found.end :]}'
    return query


class _Term:
    """One word of a query, in all the ways it may be read."""

    def __init__(self, word: str) -> None:
        self.folded = fold(word).strip()
        self.number = _number(word)
        self.period = _period(self.folded)
        self.phrase = [] if has_han(self.folded) else _inflected(self.folded)

    @cached_property
    def standing(self) -> re.Pattern[str]:
        """Match the word where it cuts no number in two, as 十条 would 二十条."""
        part = self.folded
        numbers = list(find_numbers(part))
        first = part[0].isdigit() or (numbers and numbers[0].start == 0)
        last = part[-1].isdigit() or (numbers and numbers[-1].end == len(part))
        before = rf"(?<![\d{NUMERALS}])(?<!\d[.,])" if first else ""
        after = rf"(?![\d{NUMERALS}]|[.,]\d)" if last else ""
        return re.compile(f"{before}{re.escape(part)}{after}")


def _number(word: str) -> Decimal | None:
    """Read a number, with or without its counter: 506600, 50.66万名, 10th."""
    try:
        return parse_number(word)
    except FigureError:
        pass
    found = next(find_numbers(word), None)
    if not found or found.start or not re.search(r"\d", found.figure.printed):
        return None
    return found.figure.value if _COUNTER.fullmatch(word[found.end :]) else None


def _period(word: str) -> Period | None:
    chinese = re.fullmatch(r"(\d{4})年(?:(\d\d?)月(?:(\d\d?)日?)?)?", word, re.ASCII)
    edtf = "-".join(part.zfill(2) for part in chinese.groups() if part) if chinese else word
    try:
        return parse_period(edtf) if re.fullmatch(r"\d{4}(-\d\d){0,2}", edtf) else None
    except PeriodError:
        return None


class _Entry:
    """A fact as a search sees it."""

    _TITLE, _TAGS, _TEXT = 100, 30, 10
    _SAME_PERIOD, _WITHIN, _OVERLAP = 15, 5, 1
    _WHOLE = 2

    def __init__(self, fact: Fact) -> None:
        self._fact = fact
        self._titles = {language: _Field(text) for language, text in fact.title.items()}
        self._texts = {language: _Field(text) for language, text in fact.text.items()}
        printed = [fact.figure.printed] if fact.figure else []
        self._others = [
            *((self._TITLE, field) for field in self._titles.values()),
            (self._TITLE, _Field(fact.id.replace("-", " "))),
            *((self._TAGS, _Field(tag)) for tag in fact.tags),
            *((self._TEXT, field) for field in self._texts.values()),
            *((self._TEXT, _Field(text)) for text in (*printed, *fact.note.values())),
        ]

    def score(self, term: _Term) -> int:
        """Say how well a term matches; 0 is not at all."""
        best = max((weight * field.match(term) for weight, field in self._others), default=0)
        figure, when = self._fact.figure, self._fact.when
        if figure and term.number is not None and figure.value == term.number:
            best = max(best, self._WHOLE * self._TITLE)
        if when and term.period and when.overlaps(term.period):
            best = max(best, self._closeness(when, term.period))
        return best

    def _closeness(self, when: Period, asked: Period) -> int:
        """Weigh a period: the one asked for above one within it, and that above one that merely touches it."""
        if (when.start, when.end) == (asked.start, asked.end):
            return self._SAME_PERIOD
        within = (
            when.start and when.end and asked.start and asked.end and asked.start <= when.start <= when.end <= asked.end
        )
        return self._WITHIN if within else self._OVERLAP

    def language(self, terms: Iterable[_Term]) -> str | None:
        """Name the one language whose title or text matches the most terms."""
        counts = {
            language: sum(bool(self._matches(language, term)) for term in terms)
            for language in {**self._titles, **self._texts}
        }
        most = max(counts.values(), default=0)
        best = [language for language, count in counts.items() if count == most]
        return best[0] if most and len(best) == 1 else None

    def _matches(self, language: str, term: _Term) -> int:
        fields = (self._titles.get(language), self._texts.get(language))
        return max((field.match(term) for field in fields if field), default=0)


class _Field:
    """A text folded for matching."""

    def __init__(self, text: str) -> None:
        self._folded = fold(text)
        self._text = text

    @cached_property
    def _words(self) -> list[_Word]:
        return _inflected(self._folded)

    @cached_property
    def _values(self) -> frozenset[Decimal]:
        return frozenset(found.figure.value for found in find_numbers(self._text))

    def match(self, term: _Term) -> int:
        """Return 2 for a whole match, 1 for a partial one, 0 for none."""
        if term.number is not None:
            # 半 is a number and stands in 半导体 too
            return 2 if term.number in self._values else int(has_han(term.folded) and self._holds(term))
        if term.folded == self._folded:
            return 2
        if term.phrase:
            return self._match_words(term.phrase)
        return int(self._holds(term))

    def _holds(self, term: _Term) -> bool:
        return len(term.folded) <= len(self._folded) and term.standing.search(self._folded) is not None

    def _match_words(self, phrase: list[_Word]) -> int:
        """Match words in a row, the last by its beginning."""
        *most, last = phrase
        best = 0
        for place in range(len(self._words) - len(phrase) + 1):
            row = self._words[place : place + len(phrase)]
            if all(_same(word, known) for word, known in zip(most, row, strict=False)):
                if _same(last, row[-1]):
                    return 2
                if len(last[0]) > 1 and not last[0][0].isdigit() and row[-1][0].startswith(last[0]):
                    best = 1
        return best


def _inflected(folded: str) -> list[_Word]:
    return [(word, stem(word)) for word in words(folded)]


def _same(one: _Word, other: _Word) -> bool:
    if one[0][0].isdigit():
        return one[0].replace(",", "") == other[0].replace(",", "")
    return one[1] == other[1]


def _nothing(store: Store, query: str, terms: list[_Term]) -> str:
    known = dict.fromkeys(
        word for fact in store.facts for text in (*fact.title.values(), *fact.tags) for word in _known_words(text)
    )
    near = (word for term in terms[:_HINTED] for word in nearest(term.folded, known))
    close = list(islice(dict.fromkeys(near), 6))
    hint = f"; known words like these are {', '.join(close)}" if close else ""
    return f"nothing matches {quoted(query)}{hint}"


def _known_words(text: str) -> list[str]:
    return [text] if has_han(text) else words(fold(text))


def named(text: Text, language: str) -> str:
    """Return a text in a language, or in the one there is.

    >>> named({"zh": "人"}, "en")
    '人'
    """
    return text.get(language) or next(iter(text.values()), "")
