"""Turn the bytes of a file into checked text and the events of PyYAML's parser, without constructing any objects."""

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

# The white space before a comment that has no space after its #; possessive, as there may be megabytes of it.
_GLUED = re.compile(r"(?<![ \t])[ \t]++(?=#[^ \t\r\n])")
_BOM = b"\xef\xbb\xbf"
_CHUNK = 1 << 16

# libyaml's message (from 0.2.6 on) at the 1,000th bracket. It reads ahead that far before we see the 21st.
_LIBYAML_TOO_DEEP = "exceeded maximum nesting depth"


def has_libyaml() -> bool:
    """Tell whether PyYAML was built with libyaml, whose parser is ten times as fast as the one in Python."""
    return hasattr(yaml, "CSafeLoader")


def open_parser(stream: Any) -> Any:  # noqa: ANN401  # PyYAML's two parsers share no type
    """Return PyYAML's parser for a stream or a text; its `get_event` returns the events."""
    return (yaml.CSafeLoader if has_libyaml() else yaml.SafeLoader)(stream)


class Lines:
    """The lines of a text, to find the place of an offset."""

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
        """The place just after the text."""
        text = self._text
        lines = text.count("\n") if "\r" not in text else len(self._starts) - 1
        return Place(self._first_line + lines, len(text) - max(text.rfind("\n"), text.rfind("\r")) - 1)


def decoded(data: bytes) -> tuple[str, int]:
    """Decode the UTF-8 text at the beginning of the data; return it and where it ends, -1 if all of it is text.

    A NUL ends it as well: it is a sign of UTF-16 or a binary file, which would cause thousands of faults.
    """
    end = data.find(0)
    try:
        return (data if end < 0 else data[:end]).decode(), end
    except UnicodeDecodeError as error:
        return data[: error.start].decode(), error.start


class _CheckedText:
    """A binary stream that checks its text as it is read and hands clean UTF-8 to the parser."""

    def __init__(self, stream: BinaryIO, reading: Reading) -> None:
        self._stream = stream
        self._reading = reading
        self._reading.end = Place(0, 0)
        self._cut = False

    def read(self, _size: int = -1) -> bytes:
        """Return the next lines; where the file stops being text, return what precedes that and then raise Stopped."""
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
            reading.report_at(*lines.place(hidden.start()), refusal(hidden[0]))
        if end >= 0:
            reading.report_at(*lines.end, f"byte 0x{data[end]:02X} is not UTF-8 text; save the file as UTF-8")
            self._cut = True
        if end == 0:
            raise Stopped
        reading.end = lines.end if text else reading.end
        return data if end < 0 and not hidden else _FORBIDDEN.sub("\ufffd", text).encode()


@contextmanager
def parsing(file: Path, reading: Reading) -> Iterator[None]:
    """Connect a reading to the events of a file; report an error that ends the reading early and raise Stopped.

    Raises `StoreUnreadable` if the file cannot be opened.
    """
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            reading.report_at(0, 0, "is not a regular file; a store is a YAML file, or a folder of them")
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
        reading.report_at(*place, TOO_DEEP if error.problem == _LIBYAML_TOO_DEEP else said)
        raise Stopped from None
    except (ValueError, OverflowError):  # raised by PyYAML's own parser for "\U7fffffff"; libyaml reports it properly
        if has_libyaml():
            raise
        reading.report_at(*reading.place(parser.get_mark()), "is not YAML: an escape names no character")
        raise Stopped from None


def sections(reading: Reading, keys: dict[str, yaml.ScalarEvent]) -> Iterator[tuple[str, Event]]:
    """Yield each key of the document and the first event of its value; see `Reading.entries`."""
    while type(event := reading.next()) is not DocumentStartEvent:
        if type(event) is StreamEndEvent:
            reading.report_at(0, 0, "the store is empty; `facts_format: 1` is its first line")
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
