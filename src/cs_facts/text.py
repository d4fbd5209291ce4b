"""Folding for search: what differs only in width, case or accents becomes the same text."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def lazily(pattern: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """Return what compiles a pattern when it is first asked for: a run needs few of them, and each takes its time."""
    return cache(lambda: re.compile(pattern, flags))


def inside(chars: Iterable[str]) -> str:
    """Write characters for the inside of a pattern's class."""
    return re.escape("".join(sorted(chars)))


_PLURAL = (
    (lazily(r"['’]s?$"), ""),
    (lazily(r"(?<=\w\w)ie[sd]$"), "y"),
    (lazily(r"(?<=ss|ch|sh)es$|(?<=[xz])es$"), ""),
    (lazily(r"(?<![siu])s$"), ""),
)
_PAST = lazily(r"(?<=[aeiouy])(?P<tail>[a-z]+)(?:(?<!e)ed|ing)$")
_DERIVED = lazily(r"(?<=[a-z]{5})(?:at|e)?(?:ion|ive|or|er|ment|i?al|[ae]nce|[ae]nt)*$")
_DOUBLED = lazily(r"(?<=[a-z][aeiouy])([bdgmnprt])\1$")
_WORD = lazily(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*", re.ASCII)
_LONGEST = 40
"""Letters of a word that may be inflected; beyond stands what is no English, a kilobyte of one letter say."""

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord("，"): "，",
    ord("￥"): "¥",
    ord("點"): "点",
    0x2212: "-",
}
WIDE_FORMS = frozenset(map(chr, _WIDE)) - {"，"}
_HAS_WIDE = lazily(f"[{inside(WIDE_FORMS)}]")

LONG = 100
"""Characters from which on a pattern of many characters is quicker than a set; it takes some time to be made."""

_HAN = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
"""Code points, from the first up to the last, of Chinese characters."""


def fold(text: str) -> str:
    """Fold width (NFKC), case and accents.

    >>> fold("ＣＡＦÉ")
    'cafe'
    """
    if text.isascii():
        return text.lower()
    # twice, for a letter may come out of a compatibility form as a capital: ™ is TM
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.casefold()).casefold())
    return unicodedata.normalize("NFKC", "".join(char for char in decomposed if not unicodedata.combining(char)))


def narrow(text: str) -> str:
    """Make full-width forms half-width, one character for one, so that offsets stay."""
    if WIDE_FORMS.isdisjoint(text) if len(text) < LONG else not _HAS_WIDE().search(text):
        return text
    text = re.sub("(?<=[０-９])，(?=[０-９]{3})", ",", text)
    return text.translate(_WIDE)


def stem(word: str) -> str:
    """Cut the English inflection off a folded word, so that both sides of a match lose the same.

    >>> stem("members"), stem("companies"), stem("company")
    ('member', 'company', 'company')
    >>> stem("buildings"), stem("building"), stem("build")
    ('build', 'build', 'build')
    """
    if len(word) <= 3 or len(word) > _LONGEST:
        return word
    for ending, singular in _PLURAL:
        word = ending().sub(singular, word)
    word = _DOUBLED().sub(r"\1", _PAST().sub(r"\g<tail>", word))
    if len(word) < 3:  # used, using: use
        return word + "e"
    return word.removesuffix("e") if len(word) > 3 else word


def root(word: str) -> str:
    """Cut off what derives a folded English word from another, beyond its inflection.

    >>> root("invested"), root("investments"), root("educational"), root("educated")
    ('invest', 'invest', 'educat', 'educat')
    """
    return _DERIVED().sub("", stem(word), count=1)


def words(text: str) -> list[str]:
    """Return the Latin words and the digit runs of a folded text.

    >>> words("3,200 mobile members")
    ['3,200', 'mobile', 'members']
    """
    return _WORD().findall(text)


def has_han(text: str) -> bool:
    """Tell whether a text holds a Chinese character."""
    return not text.isascii() and any(first <= code <= last for code in map(ord, text) for first, last in _HAN)
