"""Terms, as which a query is read, and what is known of the words of a store: how many facts have them, their forms."""

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

# Facts up to which a word is counted; beyond, it is common, and one fact in four is taken to have it. To look where it
# stands takes too long: 0.4 µs a fact, in each column.
COUNTED, _COMMON = 5_000, 4

# Facts that SQLite may walk through for one query to count rows of words, some 5 to 10 ns each; so many of them are
# kept from guesses at what was meant.
_BUDGET, _KEPT = 60_000_000, 56_000_000

# Characters of Chinese without a space that are cut into words, and those of the longest word that is looked for.
_RUN, _WORD = 60, 16

# Ways to read a word as pinyin, and rows of characters that are looked for in each.
_WAYS, _ROWS = 4, 600

# Longer words that are asked for one by one; where there are more, FTS5 joins the lists of all before it gives a fact.
_LONGER = 30

NUMERALS = "一二两三四五六七八九十"
COUNTERS = "个名位家条项次种类所篇间场只件套处座起例"
JOINING = "的了是在有和与及或之对为被把给等都也就还又于以将"


class Term(NamedTuple):
    """One word of a query, in all the ways in which it counts as found."""

    word: str  # as typed
    phrases: tuple[str, ...] = ()  # rows of words of which one must stand in a title, a tag or a text
    begins: bool = False  # whether words that begin as the first of them, too many to stand there, are found too
    number: Decimal | None = None  # that a fact may have
    names: tuple[str, ...] = ()  # words that say that a fact is one of a category, kind, unit or source
    period: Period | None = None  # that a fact's may share a day with
    parts: tuple[Term, ...] = ()  # terms that may stand apart instead
    sounds: bool = False  # whether the phrases only sound as the word is written

    def said(self, column: str = "", more: Sequence[str] = ()) -> str:
        """Write the words of the term as an expression of FTS5, in one column or in any; empty where it has none.

        What ``more`` says may stand instead.
        """
        within = f"{column} : " if column else ""
        ways = [f'{within}"{row}"{" *" * (self.begins and not nth)}' for nth, row in enumerate(self.phrases)]
        apart = [part.said(column) for part in self.parts]
        ways += [f"({' AND '.join(apart)})"] if apart and all(apart) else []
        ways += more
        return f"({' OR '.join(ways)})" if len(ways) > 1 else "".join(ways)

    @property
    def match(self) -> str:
        """The term as an expression of FTS5, its period aside; empty where only that is left."""
        number = [] if self.number is None else [f'numbers : "{value_word(self.number)}"']
        return self.said(more=[*number, *(f'names : "{name}"' for name in self.names)])

    @property
    def is_chinese(self) -> bool:
        """Whether it is found as a word of a script without spaces."""
        return bool(self.phrases) and is_spaceless(self.phrases[0][0])


class Query(NamedTuple):
    """What was asked."""

    terms: tuple[Term, ...]  # what a full match must have
    # expressions of FTS5 for what comes first of facts that match alike, each with what that is worth beside a word in
    # a title, which is worth 10: figures for who asks how many, a sum of money for who asks how much, words that ask
    # where a tag has them
    preferred: tuple[tuple[str, float], ...] = ()
    whole: str = ""  # all that was typed as one row of words; empty where that is longer than any title
    lacks_extra: bool = False  # whether the extra `zh` could have read more of it


class Vocabulary:
    """The words of a store."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.analyzer = Analyzer()
        self._budget = _BUDGET
        self._counts: dict[str, int] = {}

    def count(self, expression: str) -> int:
        """Return how many facts match an expression of FTS5, at most so many as are counted."""
        if expression not in self._counts:
            self._counts[expression] = self.index.count(expression, COUNTED)
        return self._counts[expression]

    def rarity(self, facts: int, most: int = COUNTED) -> float:
        """Return what something weighs that so many facts have: the fewer, the more (the idf of BM25, Robertson 2009).

        Where ``most`` facts have it, no more were counted.
        """
        size = self.index.size
        facts = max(1, facts if facts < most else max(facts, size // _COMMON))
        return log(1 + (size - facts + 0.5) / (facts + 0.5))

    def facts_with(self, row: str) -> int:
        """Return how many facts have a row of words, as far as there is time to look."""
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
        """Return a word in Latin letters as a term that its inflections and longer words match too."""
        if not word.isalpha():
            return Term(word, (word,))
        longer = self.index.words_beginning(word, _LONGER + 1) if len(word) > 1 else []
        is_open = len(longer) > _LONGER or (len(word) > 1 and not word.isascii())
        forms = (word, *self.index.same_stem(word), *([] if is_open else longer))
        return Term(word, tuple(dict.fromkeys(forms)), begins=is_open)

    def cut(self, run: str) -> list[str]:
        """Cut Chinese into the words that the store knows, few and common ones.

        The cut is the most probable one if words came one by one, as often as facts have them; a word of one character
        is rarely meant. Characters that are left side by side are a word that the store does not know.
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
        """Return how improbable a word is; None for one that stands nowhere."""
        row = self.analyzer.words(word)
        facts = self.facts_with(row) or (row in self.index.named)
        size = self.index.size
        if len(word) == 1:
            return 3 + log(1 + size / facts) if facts else 6 + log(1 + size)
        return 1 + log(1 + size / facts) if facts else None

    def sounds(self, word: str) -> tuple[str, ...]:
        """Return the rows of two or more characters of the store that sound as a word in Latin letters is written."""
        ways = (way for way in syllables(word, self.index.sounds, _WAYS) if len(way) > 1)
        chars = ([self.index.sounds[syllable] for syllable in way] for way in ways)
        return next(filter(None, map(self._rows, chars)), ())

    def meant(self, typed: str) -> tuple[str, ...]:
        """Return the row of the store that a row of Chinese is with two characters swapped, or those of its sound."""
        row = typed.split()
        if not 2 <= len(row) <= _WORD or any(len(word) > 1 for word in row):
            return ()
        for at in range(len(row) - 1):
            if self.facts_with(swapped := " ".join((*row[:at], row[at + 1], row[at], *row[at + 2 :]))):
                return (swapped,)
        if not has_zh():
            return ()
        said = ((char, *(alike for way in readings(char) for alike in self.index.sounds.get(way, ()))) for char in row)
        return self._rows([list(dict.fromkeys(chars)) for chars in said])

    def _rows(self, ways: Sequence[Sequence[str]]) -> tuple[str, ...]:
        """Return the rows of characters that stand in the store, one of each of some sets."""
        rows = list(ways[0])
        for chars in ways[1:]:
            some = chars[: max(1, _ROWS // max(1, len(rows)))]
            longer = (f"{row} {char}" for row in rows for char in some)
            rows = [row for row in longer if self._budget > _KEPT and self.facts_with(row)]
        return tuple(rows)
