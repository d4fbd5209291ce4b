"""Words → the facts that match them, best first, or the closest ones.

Any text is a query. It is taken apart into words as texts are (`cs_facts.tokens`), and each word becomes an expression
of FTS5 whose strings hold nothing that FTS5 could take for syntax.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, dropwhile, islice, pairwise, product
from typing import TYPE_CHECKING

from cs_facts.days import date_tokens
from cs_facts.index.rows import number_key
from cs_facts.quantities import has_number, number_token
from cs_facts.query import Facts, Part, at_places
from cs_facts.text import has_han, narrow, stem
from cs_facts.tokens import PARTS, Folding, alternatives, columns, is_break, is_spaceless, is_word, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from cs_facts.index import Index
    from cs_facts.model import Fact

RANKED = 300
"""Facts up to which each is weighed by itself; beyond, those that match in the title stand before those that match in
the tags, those before the rest, each in store order."""

_COMBINED = 64
"""Forms of a phrase that are looked for at most."""

_PUNCTUATION = re.compile(r"[，。、；：！？《》〈〉【】（）「」『』…]+|(?<=\w)[,;:!?.]+(?=\s|$)")
"""What sets words apart in a query as it does in a text."""

_COUNTER = re.compile("[\u4e00-\u9fff%％]{0,2}")
"""What may follow a number in a query without making it part of a word: 名, 人次, but not the G of 5G."""

_DATE = re.compile(r"(\d{4})(?:年(?:(\d\d?)月(?:(\d\d?)[日号]?)?)?|-(\d\d?)(?:-(\d\d?))?)?", re.ASCII)


class Vocabulary:
    """What a search knows of the words of a store."""

    def __init__(self, index: Index) -> None:
        self._index = index

    @cached_property
    def folding(self) -> Folding:
        """Fold characters as the index does."""
        found = dict(self._index.run("SELECT key, value FROM meta WHERE key IN ('traditional', 'simplified')"))
        return Folding(dict(zip(found["traditional"], found["simplified"], strict=True)))

    @cached_property
    def knows_chinese(self) -> bool:
        """Whether the index has traditional characters and pinyin."""
        return self._index.run("SELECT 1 FROM meta WHERE key = 'traditional' AND value != ''").fetchone() is not None

    def tokens(self, word: str) -> list[str]:
        """Take a word apart."""
        folding = self.folding if has_han(word) else None
        return words(word, folding)

    def inflected(self, word: str) -> tuple[str, ...]:
        """Return the words of the store that are the same but for their inflection, the word itself first."""
        root = stem(word)
        begin = root[: max(2, len(root) - 1)]
        alike = (known for known in self.beginning(begin) if stem(known) == root)
        return tuple(dict.fromkeys((word, *alike)))

    def beginning(self, begin: str) -> list[str]:
        """Return the words of the store that begin so."""
        rows = self._index.run(
            "SELECT word FROM vocabulary WHERE word >= ? AND word < ?", (begin, f"{begin}\U0010ffff")
        )
        return [word for (word,) in rows]

    def has(self, words: Iterable[str]) -> set[str]:
        """Return which of some words the store has."""
        wanted = list(words)
        found: set[str] = set()
        for first in range(0, len(wanted), 500):
            some = wanted[first : first + 500]
            marks = ", ".join("?" * len(some))
            found.update(
                word for (word,) in self._index.run(f"SELECT word FROM vocabulary WHERE word IN ({marks})", some)
            )
        return found

    @cached_property
    def readings(self) -> dict[str, tuple[str, ...]]:
        """Syllable → the commonest readings of the store's characters that may be read so."""
        found: dict[str, tuple[str, ...]] = {}
        for reading, common in self._index.run("SELECT reading, common FROM sounds"):
            found[reading] = (*found.get(reading, ()), common)
        return found

    def syllables(self, word: str) -> list[tuple[str, ...]]:
        """Return the ways to read a word as pinyin, few syllables first.

        The longest syllables are few; ``xian`` is one, and two: xi an.
        """
        ways: list[list[tuple[str, ...]]] = [[()], *([] for _ in word)]
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 6), end):
                if word[start:end] in self.readings:
                    ways[end] += [(*way, word[start:end]) for way in ways[start]][:8]
        return sorted(ways[-1], key=len)[:4]


@dataclass(frozen=True)
class Term:
    """One word of a query, in all the ways it may be read.

    Attributes:
        word: as typed.
        phrases: rows of words of which one must stand in a text.
        begins: whether the last of those words may be the beginning of one.
        number: the number that the word is, if it is one.
        date: likewise, as YYYY, YYYY-MM or YYYY-MM-DD.
        sounds: rows of syllables.
        gap: two rows of words between which one other word stands: a phrase with one word mistaken.

    """

    word: str
    phrases: tuple[tuple[str, ...], ...] = ()
    begins: bool = False
    number: Decimal | None = None
    date: str = ""
    sounds: tuple[tuple[str, ...], ...] = ()
    gap: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()

    def match(self, columns: str = "title tags text", *, exact: bool = False) -> str:
        """Write the term as an expression of FTS5.

        Args:
            columns: where its words may stand.
            exact: whether the beginning of a word does not suffice.

        """
        date = f"facets: ({' OR '.join(map(_quoted, date_tokens(self.date)))})" if self.date else ""
        sound = self.sound("title_sound" if columns == "title" else "title_sound sound")
        return f"({' OR '.join(filter(None, (self.words(columns, exact=exact), date, sound)))})"

    def words(self, columns: str = "title tags text", *, exact: bool = False) -> str:
        """Write the words and the number of the term as an expression of FTS5, empty where it has none."""
        prefix = " *" if self.begins and not exact else ""
        ways = [f'"{" ".join(phrase)}"{prefix}' for phrase in self.phrases]
        ways += [f'NEAR("{" ".join(left)}" "{" ".join(right)}", 1)' for left, right in self.gap]
        if self.number is not None:
            ways.append(_quoted(number_token(self.number)))
        return f"({{{columns}}}: ({' OR '.join(ways)}))" if ways else ""

    def sound(self, columns: str) -> str:
        """Write the syllables of the term as an expression of FTS5, empty where it has none."""
        return f"({{{columns}}}: ({' OR '.join(_quoted(' '.join(row)) for row in self.sounds)}))" if self.sounds else ""

    @cached_property
    def rows(self) -> tuple[str, ...]:
        """The phrases as they stand in a row of words."""
        return tuple(f" {' '.join(phrase)} " for phrase in self.phrases)

    def weight(self, row: str) -> int:
        """Return 2 for a whole match in a row of words, 1 for a partial one, 0 for none."""
        if self.number is not None and f" {number_token(self.number)} " in row:
            return 2
        best = 0
        for phrase in self.rows:
            if phrase in row:
                if self.begins or phrase == row:  # whole words, or all of a title
                    return 2
                best = 1
            elif self.begins and phrase[:-1] in row:
                best = 1
        for left, right in self.gap:
            if re.search(f" {re.escape(' '.join(left))} [^ ]+ {re.escape(' '.join(right))} ", row):
                best = 1
        return best


def _quoted(token: str) -> str:
    return f'"{token}"'


def read_terms(query: str, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """Take a query apart; words in quotes stay together, and so does a number of several words."""
    terms = [_term(word, vocabulary) for word in dict.fromkeys(_split(query))]
    return tuple(term for term in terms if term is not None)


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
    if re.search('["“”]', query) or " " not in query.strip() or not has_number(query):
        return query
    from cs_facts.figures import find_numbers

    for found in reversed(list(find_numbers(query))):
        printed = query[found.start : found.end]
        if " " in printed and found.figure.bound == "exact":
            query = f'{query[: found.start]}"{printed}"{query[found.end :]}'
    return query


def _term(word: str, vocabulary: Vocabulary) -> Term | None:
    row = vocabulary.tokens(word)
    if any(not is_break(token) for token in row):
        row = list(dropwhile(is_break, row))
        row = row[: max(place for place, token in enumerate(row, 1) if not is_break(token))]
    if not row:
        return None
    number, date = _number(word), _date(word)
    if (number is not None or date) and not has_han(word):
        return Term(word, number=number, date=date)  # digits stand in a text as a number or not at all
    if number is not None and any(map(str.isdecimal, narrow(word))):
        return Term(word, number=number, date=date)
    phrases = tuple(islice(product(*(_forms(token, vocabulary) for token in row)), _COMBINED))
    begins = is_word(row[-1]) and not is_spaceless(row[-1]) and len(row[-1]) > 1
    sounds = _sounds(row, vocabulary)
    return Term(word, phrases, begins, number, date, sounds)


def _forms(token: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the words that a word of a query stands for."""
    if is_spaceless(token) or not is_word(token):
        return alternatives(token)
    return vocabulary.inflected(token)


def _sounds(row: Sequence[str], vocabulary: Vocabulary) -> tuple[tuple[str, ...], ...]:
    """Return the rows of syllables that a word in Latin letters may be, two or more of them."""
    word = "".join(row)
    if not (word.isascii() and word.isalpha() and vocabulary.readings):
        return ()
    ways = (way for way in vocabulary.syllables(word) if len(way) > 1)
    return tuple(
        islice((common for way in ways for common in product(*map(vocabulary.readings.__getitem__, way))), _COMBINED)
    )


def _number(word: str) -> Decimal | None:
    """Read a number, with or without its counter: 506600, 50.66万名, 10th."""
    if not has_number(word):
        return None
    from cs_facts.errors import FigureError
    from cs_facts.figures import find_numbers, parse_number

    try:
        return parse_number(word)
    except FigureError:
        pass
    found = next(find_numbers(word), None)
    if not found or found.start or not re.search(r"\d", found.figure.printed):
        return None
    return found.figure.value if _COUNTER.fullmatch(word[found.end :]) else None


def _date(word: str) -> str:
    match = _DATE.fullmatch(narrow(word))
    if not match:
        return ""
    year, *rest = (part for part in match.groups() if part)
    from cs_facts.errors import PeriodError
    from cs_facts.periods import parse_period

    date = "-".join((year, *(part.zfill(2) for part in rest)))
    try:
        parse_period(date)
    except PeriodError:
        return ""
    return date


@dataclass(frozen=True)
class Hits:
    """What a search found.

    Attributes:
        facts: best first.
        terms: what they match.
        remark: what of the query was left out or read otherwise; empty where all of it matches.

    """

    facts: Facts
    terms: tuple[Term, ...]
    remark: str = ""

    def marks(self, facts: Iterable[Fact]) -> Marks:
        """Say what of some of the facts matches, for who draws them."""
        folding = Vocabulary(self.facts.index).folding
        return Marks(
            {fact.id: language for fact in facts if (language := _language(fact, self.terms, folding))},
            self.terms,
            folding,
        )


@dataclass(frozen=True)
class Marks:
    """What a search found in facts.

    Attributes:
        languages: fact id → the language whose title or text matches best, for those of which one does.

    """

    languages: Mapping[str, str]
    _terms: tuple[Term, ...] = ()
    _folding: Folding | None = None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where the words stand in a text, from the first character up to the one behind the last."""
        folded = "".join(self._alike(char) for char in text)
        found = [match.span() for pattern in self._patterns for match in pattern.finditer(folded)]
        numbers = {term.number for term in self._terms} - {None}
        if numbers:
            from cs_facts.figures import find_numbers

            found += [(place.start, place.end) for place in find_numbers(text) if place.figure.value in numbers]
        return sorted(found)

    def _alike(self, char: str) -> str:
        """Fold a character to one, so that places stay."""
        folded = char.translate(self._folding or {}).strip()
        return folded if len(folded) == 1 and not is_break(folded) else char

    @cached_property
    def _patterns(self) -> list[re.Pattern[str]]:
        return [
            re.compile(_standing(words, begins=term.begins))
            for term in self._terms
            for words in dict.fromkeys((tuple("".join(map(self._alike, term.word)).split()), *term.phrases))
            if words and not any(part in word for word in words for part in PARTS)
        ]


def _standing(words: Sequence[str], *, begins: bool) -> str:
    """Write a row of words as a pattern of a folded text; the last may be the beginning of one."""
    between = [r"\W*" if is_spaceless(one) and is_spaceless(other) else r"[\W_]+" for one, other in pairwise(words)]
    row = "".join(chain.from_iterable(zip(map(re.escape, words), (*between, ""), strict=True)))
    before = "" if is_spaceless(words[0]) else r"(?<![a-z0-9])"
    after = "" if is_spaceless(words[-1]) else r"[a-z]*" if begins else r"(?![a-z0-9])"
    return f"{before}{row}{after}"


def _language(fact: Fact, terms: Sequence[Term], folding: Folding) -> str | None:
    """Name the one language whose title or text matches best; None where they match alike, or not at all."""
    counts = {
        language: sum(max(map(term.weight, rows), default=0) for term in terms)
        for language in fact.title
        for rows in [[_row(text[language], folding) for text in (fact.title, fact.text) if language in text]]
    }
    most = max(counts.values(), default=0)
    best = [language for language, count in counts.items() if count == most]
    return best[0] if most and len(best) == 1 else None


def search(facts: Facts, query: str, *, exact: bool = False) -> Hits:
    """Return the facts that match every word of a query, best first, ties in store order, or else the closest ones.

    Any text is a query. Words in quotes stay together. Words that stand together also rank above scattered ones.

    Args:
        facts: those that are searched.
        query: the words.
        exact: whether no closest facts are wanted.

    Raises:
        NotFound: nothing matches or comes close; the message offers the nearest known words.

    """
    vocabulary = Vocabulary(facts.index)
    terms = read_terms(query, vocabulary)
    if terms and (found := matching(facts, terms)):
        return Hits(found, terms)
    from cs_facts.closest import closest, nothing_found

    if hits := None if exact else closest(facts, terms, vocabulary):
        return hits
    raise nothing_found(query, terms, vocabulary)


def matching(facts: Facts, terms: Sequence[Term]) -> Facts | None:
    """Return the facts that match all terms, best first; None when there are none."""
    part = facts.whole.also(_all(terms))
    places = _places(facts.index, part, RANKED + 1)
    if not places:
        return None
    if len(places) > RANKED:
        return _by_columns(facts, terms)
    return at_places(facts.index, _ranked(facts.index, part, terms, places))


def _all(terms: Iterable[Term], columns: str = "title tags text", *, exact: bool = False) -> str:
    return " AND ".join(term.match(columns, exact=exact) for term in terms)


def _places(index: Index, part: Part, limit: int) -> list[int]:
    column = "words.rowid" if part.counted.startswith("words WHERE") else "facts.place"
    return [place for (place,) in index.run(f"SELECT {column} FROM {part.counted} LIMIT {limit}", part.parameters)]


def _by_columns(facts: Facts, terms: Sequence[Term]) -> Facts:
    whole, title, tags = (_all(terms, columns) for columns in ("title tags text", "title", "title tags"))
    steps = (f"({title})", f"(({tags}) NOT ({title}))", f"(({whole}) NOT ({tags}))")
    return Facts(facts.index, facts.whole.also(whole), tuple(map(facts.whole.also, steps)))


_TITLE, _TAGS, _TEXT = 100, 30, 10
_SAME_PERIOD, _WITHIN, _OVERLAP = 15, 5, 1


@dataclass(frozen=True, slots=True)
class _Seen:
    """What of a fact says how well it matches: its title and tags as words, its number and its days."""

    place: int
    title: tuple[str, ...]
    tags: tuple[str, ...]
    number: str | None
    start: str | None
    end: str | None


def _ranked(index: Index, part: Part, terms: Sequence[Term], places: Sequence[int]) -> list[int]:
    """Sort the places of facts by how well they match, and by themselves where they match alike."""
    facts = list(_seen(index, places))
    scores = dict.fromkeys(places, 0)
    for term in (*terms, *_together(terms)):
        weigh = _Weights(index, part, term, is_sure=term in terms)
        for fact in facts:
            scores[fact.place] += weigh(fact)
    return sorted(places, key=lambda place: (-scores[place], place))


def _seen(index: Index, places: Sequence[int]) -> Iterator[_Seen]:
    folding = Vocabulary(index).folding
    titles = [sql for name, sql in index.columns.items() if name.partition("_")[0] == "title"]
    part = at_places(index, places).whole
    columns = ", ".join(("facts.place", "facts.id", "facts.tags", "number", "start", '"end"', *titles))
    for place, id_, tags, number, start, end, *texts in index.run(
        f"SELECT {columns} FROM {part.ordered}", part.parameters
    ):
        title = tuple(_row(text, folding) for text in (*filter(None, texts), id_.replace("-", " ")))
        tagged = tuple(_row(tag, folding) for tag in tags.split("; ")) if tags else ()
        yield _Seen(place, title, tagged, number, start, end)


def _row(text: str, folding: Folding) -> str:
    (row,), numbers = columns([[text]], folding)
    return f" {' '.join((*row, *numbers))} "


def _together(terms: Sequence[Term]) -> Iterator[Term]:
    """Yield the words of a query as one phrase, for facts where they stand in a row rank above scattered ones."""
    if len(terms) < 2 or not all(term.phrases for term in terms):
        return
    phrases = islice(product(*(term.phrases for term in terms)), _COMBINED)
    yield Term("", tuple(tuple(chain.from_iterable(phrase)) for phrase in phrases), terms[-1].begins)


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
        self._exactly = self._found(term.words(exact=True)) if term.begins else frozenset()
        self._in_title_sound = self._found(term.sound("title_sound"))
        self._in_sound = self._found(term.sound("title_sound sound"))
        self._number = number_key(term.number) if term.number is not None else None

    def _found(self, match: str) -> frozenset[int]:
        if not match:
            return frozenset()
        part = self._part.also(match)
        return frozenset(_places(self._index, part, RANKED + 1))

    def __call__(self, fact: _Seen) -> int:
        term = self._term
        if self._number is not None and fact.number == self._number:
            return 2 * _TITLE
        best = max(
            _TITLE * max(map(term.weight, fact.title), default=0),
            _TAGS * max(map(term.weight, fact.tags), default=0),
            _TITLE * (fact.place in self._in_title_sound),
        )
        if self._in_words is None or fact.place in self._in_words:
            best = max(best, _TEXT * (1 + (term.number is not None or fact.place in self._exactly)))
        if fact.place in self._in_sound:
            best = max(best, _TEXT)
        return best or (_closeness(term.date, fact.start, fact.end) if term.date else 0)


def _closeness(date: str, start: str | None, end: str | None) -> int:
    """Weigh a period: the date asked for above one within it, and that above one that merely touches it."""
    first, last = f"{date}{'-01-01'[len(date) - 10 :] if len(date) < 10 else ''}", _last_day(date)
    if (start, end) == (first, last):
        return _SAME_PERIOD
    return _WITHIN if start and end and first <= start <= end <= last else _OVERLAP


def _last_day(date: str) -> str:
    from cs_facts.periods import parse_period

    return str(parse_period(date).end)
