"""Bytes → checked text → the events of PyYAML's parser, and no object constructed of them."""

from __future__ import annotations

import re
import stat
from bisect import bisect_right
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, BinaryIO

import yaml
from yaml import DocumentStartEvent, MappingStartEvent, StreamEndEvent

from cs_facts.errors import StoreUnreadable, reason
from cs_facts.store.reading import TOO_DEEP, Place, Reading, Stopped, refusal
from cs_facts.text import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cs_facts.store.reading import Event

LINE_END = re.compile(r"\r\n?|\n")

_FORBIDDEN = re.compile(f"[{HIDDEN}]")

# The white space before a comment that has none behind its sign; possessive, for there may be megabytes of it.
_GLUED = re.compile(r"(?<![ \t])[ \t]++(?=#[^ \t\r\n])")
_BOM = b"\xef\xbb\xbf"
_CHUNK = 1 << 16

# What libyaml says from 0.2.6 on at the 1,000th bracket; looking ahead, it gets there before the 21st comes to us.
_LIBYAML_TOO_DEEP = "exceeded maximum nesting depth"


def has_libyaml() -> bool:
    """Tell whether PyYAML was built with libyaml, whose parser is ten times as fast as that in Python."""
    return hasattr(yaml, "CSafeLoader")


def open_parser(stream: Any) -> Any:  # noqa: ANN401  # PyYAML's two parsers share no type
    """Return PyYAML's parser of a stream or a text; `get_event` of it gives the events."""
    return (yaml.CSafeLoader if has_libyaml() else yaml.SafeLoader)(stream)


class Lines:
    """Where the lines of a text begin."""

    def __init__(self, text: str, first_line: int = 0) -> None:
        self._text = text
        self._first_line = first_line

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(end.end() for end in LINE_END.finditer(self._text))]

    def place(self, offset: int) -> Place:
        """Return the place of an offset."""
        line = bisect_right(self._starts, offset) - 1
        return Place(self._first_line + line, offset - self._starts[line])

    @property
    def end(self) -> Place:
        """The place behind the text."""
        text = self._text
        lines = text.count("\n") if "\r" not in text else len(self._starts) - 1
        return Place(self._first_line + lines, len(text) - max(text.rfind("\n"), text.rfind("\r")) - 1)


def decoded(data: bytes) -> tuple[str, int]:
    """Return the text that the bytes begin with and where it ends, -1 when all is text.

    A NUL ends it too: it is the sign of UTF-16 and of binary files, which would make thousands of faults.
    """
    end = data.find(0)
    try:
        return (data if end < 0 else data[:end]).decode(), end
    except UnicodeDecodeError as error:
        return data[: error.start].decode(), error.start


class _CheckedText:
    """A binary stream whose text is checked as it is read; what the parser gets is clean UTF-8."""

    def __init__(self, stream: BinaryIO, reading: Reading) -> None:
        self._stream = stream
        self._reading = reading
        self._reading.end = Place(0, 0)
        self._cut = False

    def read(self, _size: int = -1) -> bytes:
        """Return the next lines; raise Stopped where what comes next is not text, once all before it was returned."""
        if self._cut:
            raise Stopped
        reading = self._reading
        chunk = self._stream.read(_CHUNK) + self._stream.readline()
        data = chunk if reading.size else chunk.removeprefix(_BOM)
        reading.size += len(chunk)
        text, end = decoded(data)
        lines = Lines(text, reading.end.line)
        if "#" in text:
            reading.glued.update(lines.place(white.start()) for white in _GLUED.finditer(text))
        hidden = None
        for hidden in _FORBIDDEN.finditer(text):
            reading.report(*lines.place(hidden.start()), refusal(hidden[0]))
        if end >= 0:
            reading.report(*lines.end, f"byte 0x{data[end]:02X} is not UTF-8 text; save the file as UTF-8")
            self._cut = True
        if end == 0:
            raise Stopped
        reading.end = lines.end if text else reading.end
        return data if end < 0 and not hidden else _FORBIDDEN.sub("\ufffd", text).encode()


@contextmanager
def parsing(file: Path, reading: Reading) -> Iterator[None]:
    """Give a reading the events of a file; what keeps the rest of it from being read is told and ends in Stopped.

    Raises:
        StoreUnreadable: the file cannot be opened.

    """
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            reading.report(0, 0, "is not a regular file; a store is a YAML file, or a folder of them")
            raise Stopped
        with file.open("rb") as stream:
            parser = open_parser(_CheckedText(stream, reading))
            reading.next = parser.get_event
            yield
    except OSError as error:
        raise StoreUnreadable(f"{file}: {reason(error)}") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = f"is not YAML: {', '.join(filter(None, (error.context, error.problem)))}"
        place = reading.place(mark) if mark else Place(0, 0)
        reading.report(*place, TOO_DEEP if error.problem == _LIBYAML_TOO_DEEP else said)
        raise Stopped from None
    except (ValueError, OverflowError):  # PyYAML's parser in Python on "\U7fffffff"; libyaml has a message for it
        if has_libyaml():
            raise
        reading.report(*reading.place(parser.get_mark()), "is not YAML: an escape names no character")
        raise Stopped from None


def sections(reading: Reading, keys: dict[str, yaml.ScalarEvent]) -> Iterator[tuple[str, Event]]:
    """Yield each key of a document and the event that its value begins with, see `Reading.entries`."""
    while type(event := reading.next()) is not DocumentStartEvent:
        if type(event) is StreamEndEvent:
            reading.report(0, 0, "the store is empty; `facts_format: 1` is its first line")
            raise Stopped
    event = reading.next()
    if type(event) is not MappingStartEvent:
        reading.fail(event, "a store is a mapping; `facts_format: 1` is its first line")
    reading.accepts(event)
    yield from reading.entries(event, keys)
    reading.next()  # the document's end
    event = reading.next()
    if type(event) is DocumentStartEvent:
        reading.fail(event, "a second document begins; a store is one document")
