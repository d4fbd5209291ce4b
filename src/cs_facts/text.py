"""Text as text: folding of width, case and accents, and characters that must not reach a terminal."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def lazily(pattern: str | Callable[[], str], flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """Return what compiles a pattern when it is first asked for: a run needs few of them, and each takes its time.

    Args:
        pattern: the pattern, or what writes it, where that takes time too.
        flags: of `re`.

    """
    compiled: re.Pattern[str] | None = None

    def get() -> re.Pattern[str]:
        nonlocal compiled
        if compiled is None:
            compiled = re.compile(pattern if isinstance(pattern, str) else pattern(), flags)
        return compiled

    return get


def inside(chars: Iterable[str]) -> str:
    """Write characters for the inside of a pattern's class."""
    return re.escape("".join(sorted(chars)))


_WORD = lazily(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*", re.ASCII)
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord("，"): "，",
    ord("￥"): "¥",
    ord("點"): "点",
    0x2212: "-",
}
WIDE_FORMS = frozenset(map(chr, _WIDE)) - {"，"}
_HAS_WIDE = lazily(lambda: f"[{inside(WIDE_FORMS)}]")

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


def words(text: str) -> list[str]:
    """Return the Latin words and the digit runs of a folded text.

    >>> words("3,200 mobile members")
    ['3,200', 'mobile', 'members']
    """
    return _WORD().findall(text)


def has_han(text: str) -> bool:
    """Tell whether a text holds a Chinese character."""
    return not text.isascii() and any(first <= code <= last for code in map(ord, text) for first, last in _HAN)


HIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff"
"""Control characters but tab and line ends, line separators, bidirectional embeddings, overrides and isolates
(Unicode 16, UAX #9), surrogates and noncharacters, as the inside of a regular expression's class."""

_NOT_SHOWN = cache(lambda: re.compile(f"[{HIDDEN}\r\n]"))


def visible(text: str) -> str:
    r"""Write what must not reach a terminal as its code, and line ends too: a message is one line.

    >>> visible("a\x1b[31m")
    'a\\u001b[31m'
    """
    if text.isprintable():  # most are, and to make the pattern takes its time
        return text
    return _NOT_SHOWN().sub(lambda match: f"\\u{ord(match[0]):04x}", text)
