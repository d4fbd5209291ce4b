"""The bytes of a store file, checked on their way to the parser.

What YAML itself would pass over in silence is caught here: characters that a terminal obeys or that turn the
direction of a text, and comments glued to their ``#`` that cut a value short.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import BinaryIO

from cs_facts.text import HIDDEN

Report = Callable[[int, int, str], None]
"""Takes line and column, counted from 0, and a message."""

FORBIDDEN_IN_VALUES = re.compile(f"[{HIDDEN}\r]")
"""A character that no value may hold; written as an escape, a store's text does not show it."""

_FORBIDDEN = re.compile(f"[{HIDDEN}]")
# from the first of a row of white space on, and never back: a megabyte of it takes no longer than one of words
_GLUED_COMMENT = re.compile(r"(?<![ \t])[ \t]++#(?=[^ \t\r\n])")
LINE_END = re.compile(r"\r\n?|\n")
_BOM = b"\xef\xbb\xbf"
_CHUNK = 1 << 16


def refusal(char: str) -> str:
    """Say that a character is refused, naming it without showing it."""
    return f"character U+{ord(char):04X} must not stand in a store; take it out"


class Places:
    """Where an offset of a text stands: line and column, counted from 0."""

    def __init__(self, text: str, first_line: int = 0) -> None:
        self._starts = [0, *(end.end() for end in LINE_END.finditer(text))]
        self._first_line = first_line

    def of(self, offset: int) -> tuple[int, int]:
        """Return the place of an offset."""
        line = bisect_right(self._starts, offset) - 1
        return self._first_line + line, offset - self._starts[line]


class Stopped(Exception):  # an end, not an error
    """The rest of a file cannot be read; why was reported."""


class RawText:
    """A binary stream whose text is checked as it is read; what the parser gets is clean UTF-8.

    Attributes:
        glued: where a comment begins that has no space behind its ``#``: (line, column) of the white space
            before it, counted from 0 as the parser's marks are.
        end: where what was read so far ends.

    """

    def __init__(self, stream: BinaryIO, report: Report) -> None:
        self.glued: set[tuple[int, int]] = set()
        self._stream = stream
        self._report = report
        self.end = (0, 0)
        self._cut = False
        self._first = True

    def read(self, _size: int = -1) -> bytes:
        """Return the next lines; an empty result is the end.

        Raises:
            Stopped: what comes next is not text. All before it was returned first, so that its faults are told.

        """
        if self._cut:
            raise Stopped
        data = b"".join(self._stream.readlines(_CHUNK))
        if self._first:
            data, self._first = data.removeprefix(_BOM), False
        text, end = decoded(data)
        places = Places(text, self.end[0])
        self.glued.update(places.of(comment.start()) for comment in _GLUED_COMMENT.finditer(text))
        for match in _FORBIDDEN.finditer(text):
            self._report(*places.of(match.start()), refusal(match[0]))
        if end >= 0:
            self._report(*places.of(len(text)), f"byte 0x{data[end]:02X} is not UTF-8 text; save the file as UTF-8")
            self._cut = True
        if end == 0:
            raise Stopped
        self.end = places.of(len(text)) if text else self.end
        return _FORBIDDEN.sub("\ufffd", text).encode()


def decoded(data: bytes) -> tuple[str, int]:
    """Return the text that the bytes begin with and where it ends, -1 when all is text.

    A NUL ends it too: it is the sign of UTF-16 and of binary files, which would make thousands of faults.
    """
    end = data.find(0)
    try:
        return (data if end < 0 else data[:end]).decode(), end
    except UnicodeDecodeError as error:
        return data[: error.start].decode(), error.start
