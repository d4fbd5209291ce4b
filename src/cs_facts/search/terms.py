"""A query as words, each in all the ways it may be read.

Each becomes an expression of FTS5 whose strings hold nothing that FTS5 could take for syntax.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from itertools import dropwhile, islice, product
from typing import TYPE_CHECKING, NamedTuple

from cs_facts.numbers.characters import DIGITS, NUMERALS
from cs_facts.search.inflection import irregular, root, stem
from cs_facts.search.quantities import COUNTERS, has_number, number_token
from cs_facts.search.tokens import COLUMNS, Folding, alternatives, is_break, is_spaceless, is_word, standing, words
from cs_facts.text import has_han, inside, lazily, narrow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from cs_facts.index import Index

COMBINED = 64
"""Forms of a phrase that are looked for at most."""

_ROWS = 1000
"""Beginnings of such forms that are gone on with."""

_LONGEST_PINYIN = 40
"""Letters of a word that is read as pinyin."""

_PUNCTUATION = lazily(r"[，。、；：！？《》〈〉【】（）「」『』…]+|(?<=\w)[,;:!?.]+(?=\s|$)")
"""What sets words apart in a query as it does in a text."""

_COUNTER = lazily("[\u4e00-\u9fff%％]{0,2}")
"""What may follow a number in a query without making it part of a word: 名, 人次, but not the G of 5G."""

_NUMERALS = lazily(lambda: rf"[{NUMERALS}]{{2,}}|^[{''.join(DIGITS)}十拾](?=[{inside(COUNTERS)}])")
"""Numerals that count: 世界五百强 is 世界500强, and 九大类 9大类."""


class Vocabulary:
    """What a search knows of the words of a store."""

    def __init__(self, index: Index) -> None:
        self._index = index

    @property
    def folding(self) -> Folding:
        """Fold characters as the index does."""
        return self._index.folding

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
        bare = stem(word)
        begin = bare[: max(2, len(bare) - 1)]
        alike = (known for known in self.beginning(begin) if stem(known) == bare)
        return tuple(dict.fromkeys((word, *alike, *sorted(self.has(irregular(bare))))))

    def kin(self, word: str) -> list[str]:
        """Return the words of the store that have one root with a word."""
        base = root(word)
        return [known for known in self.beginning(base) if root(known) == base]

    def beginning(self, begin: str) -> list[str]:
        """Return the words of the store that begin so."""
        rows = self._index.run(
            "SELECT word FROM vocabulary WHERE word >= ? AND word < ?", (begin, f"{begin}\U0010ffff")
        )
        return [word for (word,) in rows]

    def holding(self, begin: str, letters: str) -> list[str]:
        """Return the words of the store that begin so and hold some letters in their order."""
        rows = self._index.run(
            "SELECT word FROM vocabulary WHERE word >= ? AND word < ? AND word LIKE ?",
            (begin, f"{begin}\U0010ffff", f"%{'%'.join(letters)}%"),
        )
        return [word for (word,) in rows]

    def has_longer(self, begin: str) -> bool:
        """Tell whether a longer word of the store begins so."""
        row = self._index.run("SELECT min(word) FROM vocabulary WHERE word > ?", (begin,)).fetchone()
        return bool(row[0] and row[0].startswith(begin))

    def reaches(self, year: str) -> bool:
        """Tell whether a year lies between the first and the last that periods of the store name."""
        (days,) = self._index.run("SELECT value FROM meta WHERE key = 'days'").fetchone()
        first, _, last = days.partition("/")
        return bool(first[:4] <= year <= last[:4])

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
    def readings(self) -> dict[str, str]:
        """Syllable → the store's characters that may be read so, those that mostly are first."""
        return dict(self._index.run("SELECT reading, chars FROM sounds"))

    def said(self, char: str) -> list[str]:
        """Return how a character may be read, nothing where the store was compiled without pinyin."""
        row = self._index.run("SELECT readings FROM readings WHERE char = ?", (char,)).fetchone()
        return row[0].split() if row else []

    def rows(self, ways: Iterable[str]) -> tuple[tuple[str, ...], ...]:
        """Return the rows of characters, one of each way, of which every two neighbours stand together somewhere."""
        first, *others = ways
        rows: list[tuple[str, ...]] = [(char,) for char in first]
        for chars in others:
            behind = {row[-1]: self._behind(row[-1]) for row in rows}
            rows = [(*row, char) for row in rows for char in chars if char in behind[row[-1]]][:_ROWS]
        return tuple(rows[:COMBINED])

    def _behind(self, char: str) -> set[str]:
        """Return the characters that stand behind one."""
        found = self._index.run("SELECT pair FROM pairs WHERE pair > ? AND pair < ?", (char, chr(ord(char) + 1)))
        return {pair[1] for (pair,) in found}

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


class Term(NamedTuple):
    """One word of a query, in all the ways it may be read.

    Attributes:
        word: as typed.
        phrases: rows of words of which one must stand in a text.
        begins: whether the last word as typed, which ends the first row, may be the beginning of one.
        is_begun: whether the store has longer ones; to look for beginnings takes FTS5 long where a word is common.
        number: the number that the word is, if it is one.
        is_rank: whether that says which one, not how many.
        date: the date that it is, as YYYY, YYYY-MM or YYYY-MM-DD.
        sounds: rows of characters that sound as the word is written in Latin letters, or as its own characters do.
        gap: two rows of words between which one other word stands: a phrase with one word mistaken, or a month and its
            year with a day between them.

    """

    word: str
    phrases: tuple[tuple[str, ...], ...] = ()
    begins: bool = False
    is_begun: bool = False
    number: Decimal | None = None
    is_rank: bool = False
    date: str = ""
    sounds: tuple[tuple[str, ...], ...] = ()
    gap: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()

    @property
    def typed(self) -> str:
        """The last word, as typed; its other inflections are the beginning of nothing."""
        return self.phrases[0][-1] if self.phrases else ""

    def match(self, columns: Iterable[str] = COLUMNS, *, exact: bool = False) -> str:
        """Write the term as an expression of FTS5.

        Args:
            columns: where its words may stand.
            exact: whether the beginning of a word does not suffice.

        """
        ways = (self.words(columns, exact=exact), self._within(), self.sound(columns))
        return f"({' OR '.join(filter(None, ways))})"

    def _within(self) -> str:
        """Write the periods that share a day with the date of the term, empty where it has none."""
        if not self.date:
            return ""
        from cs_facts.search.days import date_tokens

        return f"({' OR '.join(_quoted([token], 'text') for token in date_tokens(self.date))})"

    def words(self, columns: Iterable[str] = COLUMNS, *, exact: bool = False) -> str:
        """Write the words and the number of the term as an expression of FTS5, empty where it has none."""
        prefix = " *" if self.is_begun and not exact else ""
        ways = []
        for column in columns:
            ways += [f"{_quoted(row, column)}{prefix * (row[-1] == self.typed)}" for row in self.phrases]
            ways += [f"NEAR({_quoted(left, column)} {_quoted(right, column)}, 1)" for left, right in self.gap]
            if self.number is not None:
                ways.append(_quoted([number_token(self.number)], column))
        return f"({' OR '.join(ways)})" if ways else ""

    def sound(self, columns: Iterable[str] = COLUMNS) -> str:
        """Write what sounds like the term as an expression of FTS5, empty where nothing does."""
        ways = [_quoted(row, column) for column in columns for row in self.sounds]
        return f"({' OR '.join(ways)})" if ways else ""

    def weight(self, row: str) -> int:
        """Return 2 for a whole match in a row of words, 1 for a partial one, 0 for none."""
        if self.number is not None and f" {number_token(self.number)} " in row:
            return 2
        best = 0
        for phrase, words_ in zip(_rows(self.phrases), self.phrases, strict=True):
            if phrase in row:
                if self.begins or phrase == row:  # whole words, or all of a title
                    return 2
                best = 1
            elif self.begins and words_[-1] == self.typed and phrase[:-1] in row:
                best = 1
        for left, right in self.gap:
            if re.search(f" {re.escape(' '.join(left))} [^ ]+ {re.escape(' '.join(right))} ", row):
                best = 1
        return best


@lru_cache
def _rows(phrases: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """Write phrases as they stand in a row of words."""
    return tuple(f" {' '.join(phrase)} " for phrase in phrases)


def _quoted(words: Sequence[str], column: str) -> str:
    """Write words as a phrase of a column."""
    return f'"{standing(words, column)}"'


def read_terms(query: str, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """Take a query apart; words in quotes stay together, and so does a number of several words."""
    words_ = [query] if query.isalnum() else _split(query)
    terms = [_term(word, vocabulary) for word in dict.fromkeys(words_)]
    return tuple(term for term in terms if term is not None)


def by_sound(query: str, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """Read a query of several words in Latin letters as pinyin with its syllables apart, in one row."""
    row = query.lower().split()
    if len(row) < 2 or not all(word in vocabulary.readings for word in row):
        return ()
    sounds = _sounds(row, vocabulary)
    return (Term(query, sounds=sounds),) if sounds else ()


def _split(query: str) -> Iterator[str]:
    for match in re.finditer(r'"([^"]*)"|“([^“”]*)”|([^\s"“”]+)', _joined(_unpunctuated(query))):
        word = next((part for part in match.groups() if part), "").strip()
        if word:
            yield word


def _unpunctuated(query: str) -> str:
    """Set words apart where punctuation does, by one space; a query of nothing else is left as it is."""
    return " ".join(_PUNCTUATION().sub(" ", query).split()) if re.search(r"\w", query) else query


def _joined(query: str) -> str:
    """Keep a date or a number of several words together: 28 April 2022, 1.2 million."""
    if " " not in query or not has_number(query):
        return query
    from cs_facts.dates.parser import join_dates

    return join_dates(_numbers_quoted(query))


def _numbers_quoted(query: str) -> str:
    if re.search('["“”]', query):
        return query
    from cs_facts.numbers.figures import find_numbers

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
    return (_numeric if has_number(word) else _worded)(word, row, vocabulary)


def _numeric(word: str, row: list[str], vocabulary: Vocabulary) -> Term:
    """Read a word as a number or a date, or as a word that holds one."""
    from cs_facts.dates.parser import read_date, written

    (number, is_rank), date = _number(word), read_date(word)
    if not any(map(str.isalpha, word)) and date and not vocabulary.reaches(date[:4]):
        date = ""  # or digits alone would be found in each period with an open side
    is_digits = number is not None and any(map(str.isdecimal, narrow(word)))
    if date or (number is not None and not has_han(word)) or is_digits:
        said = [row] if "-" in date or (is_digits and has_han(word)) else []
        said += map(vocabulary.tokens, written(date) if date else ())
        return Term(word, tuple(map(tuple, said)), number=number, is_rank=is_rank, date=date, gap=_apart(date))
    term, digits = _worded(word, row, vocabulary), _in_digits(word)
    others = (tuple(vocabulary.tokens(digits)),) if digits != word else ()
    return term._replace(phrases=(*term.phrases, *others), number=number, is_rank=is_rank)


def _worded(word: str, row: Sequence[str], vocabulary: Vocabulary) -> Term:
    """Read a word as one, and where it is in Latin letters as pinyin."""
    phrases = tuple(islice(product(*(_forms(token, vocabulary) for token in row)), COMBINED))
    begins = is_word(row[-1]) and not is_spaceless(row[-1]) and len(row[-1]) > 1
    is_begun = begins and vocabulary.has_longer(row[-1])
    return Term(word, phrases, begins, is_begun, sounds=_sounds(row, vocabulary))


def _apart(month: str) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return a month and its year, between which a text may name a day; nothing for another date."""
    if month.count("-") != 1:
        return ()
    from cs_facts.dates.parser import written

    name, year = written(month)[-1].lower().split()
    return (((name,), (year,)),)


def _in_digits(word: str) -> str:
    """Write the numerals of a word that count in digits."""
    from cs_facts.errors import FigureError
    from cs_facts.numbers.figures import parse_number

    def digits(found: re.Match[str]) -> str:
        try:
            return f"{parse_number(found[0]):f}"
        except FigureError:
            return found[0]

    return _NUMERALS().sub(digits, word)


def _forms(token: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the words that a word of a query stands for."""
    if is_spaceless(token) or not is_word(token):
        return alternatives(token)
    return vocabulary.inflected(token)


def _sounds(row: Sequence[str], vocabulary: Vocabulary) -> tuple[tuple[str, ...], ...]:
    """Return the rows of two or more characters that a word in Latin letters may be the sound of."""
    word = "".join(row)
    if not (word.isascii() and word.isalpha() and len(word) <= _LONGEST_PINYIN and vocabulary.readings):
        return ()
    ways = (way for way in vocabulary.syllables(word) if len(way) > 1)
    return tuple(row for way in ways for row in vocabulary.rows(map(vocabulary.readings.__getitem__, way)))[:COMBINED]


def _number(word: str) -> tuple[Decimal | None, bool]:
    """Read a number, with or without its counter, and tell whether it is a rank: 506600, 50.66万名, 10th."""
    from cs_facts.errors import FigureError
    from cs_facts.numbers.figures import find_numbers, parse_number

    try:
        return parse_number(word), False
    except FigureError:
        pass
    found = next(find_numbers(word), None)
    if not found or found.start or not _COUNTER().fullmatch(word[found.end :]):
        return None, False
    printed, is_rank = found.figure.printed, found.figure.form == "rank"
    if not any(map(str.isdecimal, printed)) and (is_rank or sum(map(NUMERALS.__contains__, printed)) < 2):
        return None, False  # 第十, 十条 and 十多 are words, 二十条 and 二十多 are numbers too
    return found.figure.value, is_rank
