"""Bytes → values that know their place, every fault of form told.

The events of PyYAML's parser are composed item by item and no object is constructed: every scalar stays the text it is
written as. What the format has no use for (aliases, tags, a second document, duplicate keys, depth) is refused where
it stands, and so is what YAML itself would pass over in silence: characters that a terminal obeys or that turn the
direction of a text, and comments glued to their ``#`` that cut a value short.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import yaml
from yaml import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from cs_facts.store.reading import REFUSED, Mapping, Node, Place, Reading, Scalar, Sequence, Stopped
from cs_facts.text import HIDDEN, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

# How deep a store may nest.
MAX_DEPTH = 20

# A character that no value may hold; written as an escape, a store's text does not show it.
FORBIDDEN_IN_VALUES = re.compile(f"[{HIDDEN}\r]")

LINE_END = re.compile(r"\r\n?|\n")

_FORBIDDEN = re.compile(f"[{HIDDEN}]")
_GLUED_COMMENT = re.compile(r"[ \t](?=#[^ \t\r\n])")
_BOM = b"\xef\xbb\xbf"
_CHUNK = 1 << 16

_TOO_DEEP = f"nests deeper than {MAX_DEPTH} levels, more than any store needs; write it flatter"
# What libyaml says from 0.2.6 on at the 1,000th bracket; looking ahead, it gets there before the 21st comes to us.
_LIBYAML_TOO_DEEP = "exceeded maximum nesting depth"


def has_libyaml() -> bool:
    """Tell whether PyYAML was built with libyaml, whose parser is ten times as fast as that in Python."""
    return hasattr(yaml, "CSafeLoader")


def open_parser(stream: Any) -> Any:  # noqa: ANN401  # PyYAML's two parsers share no type
    """Return PyYAML's parser of a stream or a text; `get_event` of it gives the events."""
    return (yaml.CSafeLoader if has_libyaml() else yaml.SafeLoader)(stream)


def refusal(char: str) -> str:
    """Say that a character is refused, naming it without showing it."""
    return f"character U+{ord(char):04X} must not stand in a store; take it out"


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


class CheckedText:
    """A binary stream whose text is checked as it is read; what the parser gets is clean UTF-8.

    Attributes:
        glued: where a comment begins that has no space behind its ``#``: the place of the white space before it.

    """

    def __init__(self, stream: BinaryIO, reading: Reading) -> None:
        self.glued: set[tuple[int, int]] = set()
        self._stream = stream
        self._reading = reading
        self._reading.end = Place(0, 0)
        self._cut = False

    def read(self, _size: int = -1) -> bytes:
        """Return the next lines; an empty result is the end.

        Raises:
            Stopped: what comes next is not text. All before it was returned first, so that its faults are told.

        """
        if self._cut:
            raise Stopped
        data = b"".join(self._stream.readlines(_CHUNK))
        is_first, self._reading.size = not self._reading.size, self._reading.size + len(data)
        if is_first:
            data = data.removeprefix(_BOM)
        text, end = decoded(data)
        lines = Lines(text, self._reading.end.line)
        for comment in _GLUED_COMMENT.finditer(text):
            white = comment.end()
            while white and text[white - 1] in " \t":
                white -= 1
            self.glued.add(lines.place(white))
        for match in _FORBIDDEN.finditer(text):
            self._reading.report(*lines.place(match.start()), refusal(match[0]))
        if end >= 0:
            message = f"byte 0x{data[end]:02X} is not UTF-8 text; save the file as UTF-8"
            self._reading.report(*lines.end, message)
            self._cut = True
        if end == 0:
            raise Stopped
        self._reading.end = lines.end if text else self._reading.end
        return _FORBIDDEN.sub("\ufffd", text).encode()


class Section(NamedTuple):
    """A top-level key and its value, or an item of its value.

    A list comes empty, then its items one by one, so that a store of any size streams.
    """

    key: Scalar
    value: Node
    is_item: bool = False


def read_sections(text: CheckedText, reading: Reading) -> Iterator[Section]:
    """Yield the top level of a document piece by piece, reporting every fault of form on the way.

    Raises:
        Stopped: a fault, reported, keeps the rest from being read.

    """
    parser = open_parser(text)
    try:
        yield from _Composer(parser, text.glued, reading).sections()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = reading.place(mark) if mark else Place(0, 0)
        is_too_deep = error.problem == _LIBYAML_TOO_DEEP
        said = f"is not YAML: {', '.join(filter(None, (error.context, error.problem)))}"
        reading.report(*place, _TOO_DEEP if is_too_deep else said)
        raise Stopped from None
    except (ValueError, OverflowError):  # PyYAML's parser in Python on "\U7fffffff"; libyaml has a message for it
        reading.report(*reading.place(parser.get_mark()), "is not YAML: an escape names no character")
        raise Stopped from None


class _Composer:
    def __init__(self, parser: Any, glued: set[tuple[int, int]], reading: Reading) -> None:  # noqa: ANN401
        self._next = parser.get_event
        self._glued = glued
        self._reading = reading
        self._before = Place(0, 0)  # where the scalar before ends, once a glued comment was found

    def sections(self) -> Iterator[Section]:
        while type(event := self._next()) is not DocumentStartEvent:
            if type(event) is StreamEndEvent:
                self._reading.report(0, 0, "the store is empty; `facts_format: 1` is its first line")
                raise Stopped
        event = self._next()
        if type(event) is not MappingStartEvent:
            self._fail(event, "a store is a mapping; `facts_format: 1` is its first line")
        self._refuse_extras(event)
        seen = Mapping(event.start_mark)
        while type(event := self._next()) is not MappingEndEvent:
            yield from self._section(event, seen)
        self._next()  # the document's end
        event = self._next()
        if type(event) is DocumentStartEvent:
            self._fail(event, "a second document begins; a store is one document")

    def _section(self, event: yaml.Event, seen: Mapping) -> Iterator[Section]:
        key = self._node(event, 2)
        if isinstance(key, Scalar) and key.value not in seen.keys and key.value != "<<":
            seen.keys[key.value] = key
        else:
            self._refuse_key(key, event, seen)
            key = REFUSED
        event = self._next()
        if type(event) is not SequenceStartEvent:
            value = self._node(event, 2)
            if isinstance(key, Scalar):
                yield Section(key, value)
            return
        refused = self._refuse_extras(event)
        if isinstance(key, Scalar):
            yield Section(key, REFUSED if refused else Sequence(event.start_mark))
        while type(event := self._next()) is not SequenceEndEvent:
            item = self._node(event, 3)
            if isinstance(key, Scalar) and not refused:
                yield Section(key, item, is_item=True)

    def _node(self, event: Any, depth: int) -> Node:  # noqa: ANN401  # an event; its class says what it has
        kind = type(event)
        if kind is Scalar:
            is_escaped = event.style == '"' and not event.value.isprintable()
            return self._checked(event) if is_escaped or event.tag or event.anchor or self._glued else event
        if kind is AliasEvent:
            self._reading.tell(event, f"alias *{event.anchor} is refused; write the value out")
            return REFUSED
        if depth > MAX_DEPTH:
            self._fail(event, _TOO_DEEP)
        refused = self._refuse_extras(event)
        node = self._sequence(event, depth + 1) if kind is SequenceStartEvent else self._mapping(event, depth + 1)
        return REFUSED if refused else node

    def _sequence(self, event: yaml.Event, depth: int) -> Sequence:
        node = Sequence(event.start_mark)
        while type(event := self._next()) is not SequenceEndEvent:
            node.items.append(self._node(event, depth))
        return node

    def _mapping(self, event: yaml.Event, depth: int) -> Mapping:
        node = Mapping(event.start_mark)
        items, keys, next_event, read = node.items, node.keys, self._next, self._node
        while type(event := next_event()) is not MappingEndEvent:
            key = read(event, depth)
            if type(key) is Scalar and (name := key.value) not in keys and name != "<<":
                keys[name] = key
                items[name] = read(next_event(), depth)
            else:
                self._refuse_key(key, event, node)
                read(next_event(), depth)
        return node

    def _refuse_key(self, key: Node, event: yaml.Event, seen: Mapping) -> None:
        if not isinstance(key, Scalar):
            if key is not REFUSED:
                self._reading.report(*self._reading.place(event.start_mark), "a key is a word, not a list or a mapping")
        elif key.value == "<<":
            self._reading.tell(key, "merge key << is refused, as aliases are; write the keys out")
        else:
            line = self._reading.at(seen.keys[key.value]).line
            self._reading.tell(key, f"key {key.value!r} stands here a second time; the first is on line {line}")

    def _checked(self, event: Scalar) -> Node:
        """Look at a scalar for what most cannot have: escapes, properties, a glued comment."""
        before, self._before = self._before, self._reading.place(event.end_mark)
        if self._refuse_extras(event):
            return REFUSED
        if not event.style and (cut := self._cut(event, before)):
            self._reading.report(*cut, "a comment cuts this value short; quote the text, or put a space behind the #")
            return REFUSED
        if event.style and (hidden := FORBIDDEN_IN_VALUES.search(event.value)):
            self._reading.tell(event, refusal(hidden[0]))
            return REFUSED
        return event

    def _cut(self, event: Scalar, before: Place) -> Place | None:
        """Return where a glued comment follows a plain scalar; ``before`` is where the scalar before it ends."""
        ends = [self._before]
        if not event.value:  # inside braces an empty value stands, for the parser, where the next token does
            ends.append(Place(before.line, before.column + 1))
        return next((end for end in ends if end in self._glued), None)

    def _refuse_extras(self, event: Any) -> bool:  # noqa: ANN401
        if event.tag:
            written = visible(event.tag.replace("tag:yaml.org,2002:", "!!", 1))  # its %1B is an escape by now
            self._reading.tell(event, f"tag {written} is refused; every value is read as text, so take it out")
        if event.anchor:
            self._reading.tell(event, f"anchor &{event.anchor} is refused, as aliases are; take it out")
        return bool(event.tag)

    def _fail(self, event: Any, message: str) -> None:  # noqa: ANN401
        self._reading.tell(event, message)
        raise Stopped
