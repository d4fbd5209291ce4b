"""Folding for search: what differs only in width, case or accents becomes the same text."""

from __future__ import annotations

import re
import unicodedata

_SUFFIXES = re.compile(r"(?:ies|ied|y|es|ed|ing|e|s)$")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*", re.ASCII)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def fold(text: str) -> str:
    """Fold width (NFKC), case and accents.

    >>> fold("ＣＡＦÉ")
    'cafe'
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFKC", "".join(char for char in decomposed if not unicodedata.combining(char)))


def stem(word: str) -> str:
    """Cut the English inflection off a folded word, so that both sides of a match lose the same.

    >>> stem("members"), stem("companies"), stem("company")
    ('member', 'compan', 'compan')
    """
    return _SUFFIXES.sub("", word) if len(word) > 3 else word


def words(text: str) -> list[str]:
    """Return the Latin words and the digit runs of a folded text.

    >>> words("3,200 mobile members")
    ['3,200', 'mobile', 'members']
    """
    return _WORD.findall(text)


def has_han(text: str) -> bool:
    """Tell whether a text holds a Chinese character."""
    return _HAN.search(text) is not None
