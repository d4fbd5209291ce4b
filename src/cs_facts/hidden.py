"""Characters that a terminal obeys or that turn the direction of a text, and how they are made visible."""

from __future__ import annotations

import re
from functools import cache

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
