"""A word that stands nowhere → the words that are meant: same sound, one slip of the pen, same root."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cs_facts.search.query import Term

if TYPE_CHECKING:
    from cs_facts.search.vocabulary import Vocabulary

# Letters of a word that may be mistyped, and how alike one is to what is meant: one slip in five letters.
_SHORTEST, _LONGEST, _ALIKE = 5, 40, 0.8

# Words of the store that are compared, and those that may have one root.
_COMPARED, _KIN = 10_000, 200

_DERIVED = re.compile(r"(?<=[a-z]{4})e?(?:ion|ive?|or|er|ment|i?al|[ae]nce?|[ae]nt|ing|ed|s)+$")


def otherwise(vocabulary: Vocabulary, term: Term) -> Term | None:
    """Return the term that is meant by one that stands nowhere; None where nobody could tell."""
    if not term.phrases or len(term.word) > _LONGEST:
        return None
    if term.is_chinese:
        rows = vocabulary.meant(term.phrases[0])
        return Term(", ".join(row.replace(" ", "") for row in rows[:3]), rows) if rows else None
    word = term.phrases[0]
    if len(word) < _SHORTEST or not word.isalpha():
        return None
    meant = _kin(vocabulary, word) or _mistyped(vocabulary, word)
    forms = dict.fromkeys(form for other in meant for form in vocabulary.forms(other)[0])
    return Term(", ".join(meant), tuple(forms)) if meant else None


def _kin(vocabulary: Vocabulary, word: str) -> list[str]:
    """Return the words of the store that have one root with a word: investors, investment."""
    root = _DERIVED.sub("", word)
    return [known for known in vocabulary.index.vocabulary(root, _KIN) if _DERIVED.sub("", known) == root]


def _mistyped(vocabulary: Vocabulary, word: str) -> list[str]:
    """Return the word of the store from which one differs by a slip; another last letter makes another word."""
    from difflib import get_close_matches  # 3 ms, which a search of words that are known is spared

    known = (
        other
        for begin in dict.fromkeys((word[:1], word[1:2]))
        for other in vocabulary.index.vocabulary(begin, _COMPARED)
        if abs(len(other) - len(word)) <= 2 and len(other) >= _SHORTEST and other[:-1] != word[:-1]
    )
    return get_close_matches(word, known, 1, _ALIKE)
