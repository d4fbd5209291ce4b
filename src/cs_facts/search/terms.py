"""What a query is read as: terms, each in all the ways in which it counts as found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cs_facts.index.analyzer import is_spaceless, value_word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from cs_facts.model import Period


class Term(NamedTuple):
    """One word of a query, in all the ways in which it counts as found.

    Attributes:
        word: as typed.
        phrases: rows of words of which one must stand in a title, a tag or a text.
        beginnings: of words, of which one may stand there.
        number: a number that a fact may have.
        names: words that say that a fact is one of a category, kind, unit or source.
        period: a period that a fact's may share a day with.
        parts: terms that may stand apart instead.
        sounds: whether the phrases only sound as the word is written.

    """

    word: str
    phrases: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()
    number: Decimal | None = None
    names: tuple[str, ...] = ()
    period: Period | None = None
    parts: tuple[Term, ...] = ()
    sounds: bool = False

    def said(self, column: str = "") -> str:
        """Write the words of the term as an expression of FTS5, in one column or in any; empty where it has none."""
        ways = [f'"{row}"' for row in self.phrases] + [f'"{begin}" *' for begin in self.beginnings]
        apart = [part.said(column) for part in self.parts]
        found = [f"{column} : {_any(ways)}" if column else _any(ways)] if ways else []
        found += [f"({' AND '.join(apart)})"] if apart and all(apart) else []
        return _any(found)

    @property
    def match(self) -> str:
        """The term as an expression of FTS5, its period aside; empty where only that is left."""
        ways = [said] if (said := self.said()) else []
        ways += [f'numbers : "{value_word(self.number)}"'] if self.number is not None else []
        ways += [f'names : "{name}"' for name in self.names]
        return _any(ways)

    @property
    def is_chinese(self) -> bool:
        """Whether it is found as a word of a script without spaces."""
        return bool(self.phrases) and is_spaceless(self.phrases[0][0])


def _any(ways: Sequence[str]) -> str:
    """Write that one of some expressions must match."""
    return f"({' OR '.join(ways)})" if len(ways) > 1 else "".join(ways)


class Query(NamedTuple):
    """What was asked.

    Attributes:
        terms: what a full match must have.
        preferred: expressions of FTS5 for what comes first of facts that match alike, each with what that is worth
            beside a word in a title, which is worth 10: figures for who asks how many, a sum of money for who asks how
            much, words that ask where a tag has them.
        whole: all that was typed as one row of words; empty where that is longer than any title.
        lacks_extra: whether the extra ``zh`` could have read more of it.

    """

    terms: tuple[Term, ...]
    preferred: tuple[tuple[str, float], ...] = ()
    whole: str = ""
    lacks_extra: bool = False
