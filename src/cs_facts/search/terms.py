"""The terms of a query, and the vocabulary of a store: its words, their forms, and how many facts have them."""

from __future__ import annotations

from itertools import groupby
from math import inf, log
from typing import TYPE_CHECKING, NamedTuple

from cs_facts.index.analyzer import Analyzer, is_spaceless, readings, syllables, value_word
from cs_facts.index.database import has_zh

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from cs_facts.index import Index
    from cs_facts.model import Period

# Up to how many facts with a word are counted. A more common word is assumed to be in one fact of four; finding all its
# occurrences would take too long, 0.4 µs for each fact and column.
COUNTED, _COMMON = 5_000, 4

# How many facts SQLite may visit to count phrases for one query, at 5 to 10 ns each, and how many of these visits are
# not to be spent on guesses at what was meant.
_BUDGET, _KEPT = 60_000_000, 56_000_000

# How many characters of a run of Chinese are cut into words, and how many the longest word may have.
_RUN, _WORD = 60, 16

# How many ways to read a word as pinyin are tried, and how many phrases for each.
_WAYS, _ROWS = 4, 600

# Up to how many longer words are listed in an expression. For more, a prefix query, which merges all their occurrences
# before it yields a fact.
_LONGER = 30

NUMERALS = "一二两三四五六七八九十"
COUNTERS = "个名位家条项次种类所篇间场只件套处座起例"
JOINING = "的了是在有和与及或之对为被把给等都也就还又于以将"


class Term(NamedTuple):
    """One word of a query, with all the forms in which it may be found."""

    word: str  # as typed
    phrases: tuple[str, ...] = ()  # alternatives, one of which must be in a title, a tag or a text
    begins: bool = False  # whether any word that begins with the first phrase matches too
    number: Decimal | None = None  # matches facts with this number
    names: tuple[str, ...] = ()  # facet words of a category, kind, unit or source
    period: Period | None = None  # matches facts whose period overlaps it
    parts: tuple[Term, ...] = ()  # matches facts with all these terms
    sounds: bool = False  # whether the phrases were found by their pinyin

    def expression(self, column: str = "", more: Sequence[str] = ()) -> str:
        """Return its words, or ``more``, as an expression of FTS5, in one column or in any; empty if it has none."""
        within = f"{column} : " if column else ""
        ways = [f'{within}"{row}"{" *" * (self.begins and not nth)}' for nth, row in enumerate(self.phrases)]
        apart = [part.expression(column) for part in self.parts]
        ways += [f"({' AND '.join(apart)})"] if apart and all(apart) else []
        ways += more
        return f"({' OR '.join(ways)})" if len(ways) > 1 else "".join(ways)

    @property
    def match(self) -> str:
        """The term as an expression of FTS5, without its period; empty if it has nothing else."""
        number = [] if self.number is None else [f'numbers : "{value_word(self.number)}"']
        return self.expression(more=[*number, *(f'names : "{name}"' for name in self.names)])

    @property
    def is_chinese(self) -> bool:
        """Whether it is a word of a script without spaces."""
        return bool(self.phrases) and is_spaceless(self.phrases[0][0])


class Query(NamedTuple):
    """A query as it was read."""

    terms: tuple[Term, ...]  # all of which a full match must have
    # expressions of FTS5 that rank facts higher, and their worth; a word in a title is worth 10. They prefer figures if
    # the query asks how many, sums of money if it asks how much, and titles and tags with its question words
    preferred: tuple[tuple[str, float], ...] = ()
    whole: str = ""  # the words of the whole query; empty if it is longer than any title
    lacks_extra: bool = False  # whether the extra `zh` could have understood more of it


class Vocabulary:
    """The words of a store."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.analyzer = Analyzer()
        self._budget = _BUDGET
        self._counts: dict[str, int] = {}

    def count(self, expression: str) -> int:
        """Return how many facts match an expression of FTS5, counting up to `COUNTED`."""
        if expression not in self._counts:
            self._counts[expression] = self.index.count(expression, COUNTED)
        return self._counts[expression]

    def rarity(self, facts: int, most: int = COUNTED) -> float:
        """Return the weight of something that so many facts have, higher for fewer (the idf of BM25, Robertson 2009).

        If ``facts`` has reached ``most``, counting stopped there.
        """
        size = self.index.size
        facts = max(1, facts if facts < most else max(facts, size // _COMMON))
        return log(1 + (size - facts + 0.5) / (facts + 0.5))

    def facts_with(self, row: str) -> int:
        """Return how many facts have a phrase, or 0 if counting would exceed the budget."""
        words = row.split()
        if len(words) > 1 and f'"{row}"' not in self._counts:
            each = [self.facts_with(word) for word in dict.fromkeys(words)]
            if not all(each):
                return 0
            cost = sum(self.index.size // 2 if facts >= COUNTED else facts for facts in each)
            if cost > self._budget:
                return 0
            self._budget -= cost
        return self.count(f'"{row}"') if row else 0

    def inflected(self, word: str) -> Term:
        """Return the term of a word in Latin letters, which its inflections and longer words match too."""
        if not word.isalpha():
            return Term(word, (word,))
        longer = self.index.words_beginning(word, _LONGER + 1) if len(word) > 1 else []
        is_open = len(longer) > _LONGER or (len(word) > 1 and not word.isascii())
        forms = (word, *self.index.same_stem(word), *([] if is_open else longer))
        return Term(word, tuple(dict.fromkeys(forms)), begins=is_open)

    def cut(self, run: str) -> list[str]:
        """Cut Chinese into words that the store has, preferably few and common ones.

        The cut is the most probable one, taking words to be independent and as frequent as the facts that have them,
        with a penalty for single characters. Remaining neighbours form a word that the store does not have.
        """
        run = run[:_RUN]
        best: list[tuple[float, int]] = [(0.0, 0), *((inf, 0) for _ in run)]
        for start in range(len(run)):
            for end in range(start + 1, min(len(run), start + _WORD) + 1):
                cost = self._cost(run[start:end])
                if cost is None:
                    break
                best[end] = min(best[end], (best[start][0] + cost, start))
        words: list[str] = []
        end = len(run)
        while end:
            end, stop = best[end][1], end
            words.insert(0, run[end:stop])
        groups = groupby(words, lambda word: len(word) == 1)
        joined = (part for is_single, group in groups for part in (["".join(group)] if is_single else group))
        return [part for part in (each.strip(JOINING) for each in joined) if part] or words

    def _cost(self, word: str) -> float | None:
        """Return how improbable a word is, or None if the store does not have it."""
        row = self.analyzer.words(word)
        facts = self.facts_with(row) or (row in self.index.named)
        size = self.index.size
        if len(word) == 1:
            return 3 + log(1 + size / facts) if facts else 6 + log(1 + size)
        return 1 + log(1 + size / facts) if facts else None

    def sounds(self, word: str) -> tuple[str, ...]:
        """Return the phrases of two or more characters in the store whose pinyin is a word in Latin letters."""
        ways = (way for way in syllables(word, self.index.sounds, _WAYS) if len(way) > 1)
        chars = ([self.index.sounds[syllable] for syllable in way] for way in ways)
        return next(filter(None, map(self._rows, chars)), ())

    def meant(self, typed: str) -> tuple[str, ...]:
        """Return what a Chinese phrase may stand for: two characters swapped, or phrases of the same sound."""
        row = typed.split()
        if not 2 <= len(row) <= _WORD or any(len(word) > 1 for word in row):
            return ()
        for at in range(len(row) - 1):
            if self.facts_with(swapped := " ".join((*row[:at], row[at + 1], row[at], *row[at + 2 :]))):
                return (swapped,)
        if not has_zh():
            return ()
        alike = ((char, *(other for way in readings(char) for other in self.index.sounds.get(way, ()))) for char in row)
        return self._rows([list(dict.fromkeys(chars)) for chars in alike])

    def _rows(self, ways: Sequence[Sequence[str]]) -> tuple[str, ...]:
        """Return the phrases in the store that have one character of each of these sets, in order."""
        rows = list(ways[0])
        for chars in ways[1:]:
            some = chars[: max(1, _ROWS // max(1, len(rows)))]
            longer = (f"{row} {char}" for row in rows for char in some)
            rows = [row for row in longer if self._budget > _KEPT and self.facts_with(row)]
        return tuple(rows)
