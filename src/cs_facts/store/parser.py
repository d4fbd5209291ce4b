"""YAML events → plain nodes that remember their place.

The parser's events are read, no object is constructed: every scalar stays the text it is written as, and
what the format has no use for (aliases, tags, a second document, duplicate keys, depth) is refused where it
appears.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

import yaml

from cs_facts.store.raw import FORBIDDEN_IN_VALUES, RawText, Stopped, refusal
from cs_facts.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml._yaml import Mark as FastMark
    from yaml.error import Mark as SlowMark

    from cs_facts.store.raw import Report

    Mark = FastMark | SlowMark

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's parser where PyYAML was built with it, else the ten times slower one in Python."""

MAX_DEPTH = 20
"""How deep a store may nest."""

_TOO_DEEP = f"nests deeper than {MAX_DEPTH} levels, more than any store needs; write it flatter"
_LIBYAML_TOO_DEEP = "exceeded maximum nesting depth"
"""What libyaml says from 0.2.6 on at the 1,000th bracket; looking ahead, it gets there before the 21st comes to us."""


def has_libyaml() -> bool:
    """Tell whether stores are read by libyaml."""
    return _LOADER is not yaml.SafeLoader


@dataclass(slots=True)
class Node:
    """A value of the document; line and column count from 0."""

    line: int
    column: int


@dataclass(slots=True)
class Scalar(Node):
    """A text."""

    text: str


@dataclass(slots=True)
class Sequence(Node):
    """A list of nodes."""

    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping(Node):
    """Key → node, and key → the place of the key itself."""

    items: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)


@dataclass(slots=True)
class Refused(Node):
    """A value already reported; who reads it says nothing more."""


@dataclass(slots=True)
class Section:
    """A top-level key and its value, or an item of its value.

    A list comes empty, then its items one by one, so that a store of any size streams.
    """

    key: Scalar
    value: Node
    is_item: bool = False


def read_sections(stream: BinaryIO, report: Report) -> Iterator[Section]:
    """Yield the top level of a document piece by piece, reporting every fault of form on the way.

    Args:
        stream: the file.
        report: called with each fault.

    Raises:
        Stopped: a fault, reported, keeps the rest from being read.

    """
    raw = RawText(stream, report)
    composer = _Composer(raw, report)
    try:
        yield from composer.sections()
    except yaml.MarkedYAMLError as error:
        report(*_told(error, raw))
        raise Stopped from None


def _told(error: yaml.MarkedYAMLError, raw: RawText) -> tuple[int, int, str]:
    """Return the place and the message of what stopped the parser."""
    mark = error.problem_mark or error.context_mark
    line, column = _place(mark, raw) if mark else (0, 0)
    if error.problem == _LIBYAML_TOO_DEEP:
        return line, column, _TOO_DEEP
    return line, column, f"is not YAML: {', '.join(filter(None, (error.context, error.problem)))}"


def _place(mark: Mark | None, raw: RawText) -> tuple[int, int]:
    """Return line and column; libyaml counts a line more where a file ends in the middle of one."""
    assert mark is not None  # events of a parser have marks
    return min((mark.line, mark.column), raw.end)


class _Composer:
    def __init__(self, raw: RawText, report: Report) -> None:
        self._raw = raw
        self._report = report
        self._events = yaml.parse(raw, Loader=_LOADER)
        self._before = (0, 0)  # where the scalar before ends

    def sections(self) -> Iterator[Section]:
        event = self._next()
        while not isinstance(event, yaml.DocumentStartEvent):
            if isinstance(event, yaml.StreamEndEvent):
                self._report(0, 0, "the store is empty; `facts_format: 1` is its first line")
                raise Stopped
            event = self._next()
        event = self._next()
        if not isinstance(event, yaml.MappingStartEvent):
            self._fail(event, "a store is a mapping; `facts_format: 1` is its first line")
        self._refuse_extras(event)
        seen = Mapping(0, 0)
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            yield from self._section(event, seen)
        self._next()  # the document's end
        event = self._next()
        if isinstance(event, yaml.DocumentStartEvent):
            self._fail(event, "a second document begins; a store is one document")

    def _section(self, event: yaml.Event, seen: Mapping) -> Iterator[Section]:
        key = self._key(event, seen, 2)
        event = self._next()
        if not isinstance(event, yaml.SequenceStartEvent):
            value = self._node(event, 2)
            if key:
                yield Section(key, value)
            return
        refused = self._refuse_extras(event)
        if key:
            yield Section(key, Refused(*self._start(event)) if refused else Sequence(*self._start(event)))
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            node = self._node(event, 3)
            if key and not refused:
                yield Section(key, node, is_item=True)

    def _next(self) -> yaml.Event:
        try:
            return next(self._events)
        except (ValueError, OverflowError):  # PyYAML's parser in Python on "\\U7fffffff"; libyaml has a message for it
            self._report(*self._before, "is not YAML: an escape further on names no character")
            raise Stopped from None

    def _node(self, event: yaml.Event, depth: int) -> Node:
        line, column = self._start(event)
        if isinstance(event, yaml.AliasEvent):
            self._say(event, f"alias *{event.anchor} is refused; write the value out")
            return Refused(line, column)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if depth > MAX_DEPTH:
            self._fail(event, _TOO_DEEP)
        refused = self._refuse_extras(event)
        node = (
            self._sequence(event, depth) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(event, depth)
        )
        return Refused(line, column) if refused else node

    def _scalar(self, event: yaml.ScalarEvent) -> Node:
        line, column = self._start(event)
        before, self._before = self._before, self._end(event)
        if self._refuse_extras(event):
            return Refused(line, column)
        plain = event.style in (None, "")
        if plain and (cut := self._cut(event, before)):
            self._report(*cut, "a comment cuts this value short; quote the text, or put a space behind the #")
            return Refused(line, column)
        if not plain and (hidden := FORBIDDEN_IN_VALUES.search(event.value)):
            self._say(event, refusal(hidden[0]))
            return Refused(line, column)
        return Scalar(line, column, event.value)

    def _cut(self, event: yaml.ScalarEvent, before: tuple[int, int]) -> tuple[int, int] | None:
        """Return where a glued comment follows a plain scalar; ``before`` is where the scalar before it ends."""
        key_line, key_end = before
        # an empty value inside braces stands, for the parser, where the next token does: look behind the colon
        ends = (self._end(event),) if event.value else (self._end(event), (key_line, key_end + 1))
        return next((end for end in ends if end in self._raw.glued), None)

    def _sequence(self, event: yaml.Event, depth: int) -> Sequence:
        node = Sequence(*self._start(event))
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            node.items.append(self._node(event, depth + 1))
        return node

    def _mapping(self, event: yaml.Event, depth: int) -> Mapping:
        node = Mapping(*self._start(event))
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event, node, depth + 1)
            value = self._node(self._next(), depth + 1)
            if key:
                node.items[key.text] = value
        return node

    def _key(self, event: yaml.Event, seen: Mapping, depth: int) -> Scalar | None:
        key = self._node(event, depth)
        if not isinstance(key, Scalar):
            if not isinstance(key, Refused):
                self._say(event, "a key is a word, not a list or a mapping")
            return None
        if key.text == "<<":
            self._say(event, "merge key << is refused, as aliases are; write the keys out")
            return None
        if first := seen.keys.get(key.text):
            self._say(event, f"key {key.text!r} stands here a second time; the first is on line {first.line + 1}")
            return None
        seen.keys[key.text] = key
        return key

    def _refuse_extras(self, event: yaml.Event) -> bool:
        tag, anchor = getattr(event, "tag", None), getattr(event, "anchor", None)
        if tag:
            self._say(event, f"tag {_short(tag)} is refused; every value is read as text, so take it out")
        if anchor:
            self._say(event, f"anchor &{anchor} is refused, as aliases are; take it out")
        return bool(tag)

    def _start(self, event: yaml.Event) -> tuple[int, int]:
        return _place(event.start_mark, self._raw)

    def _end(self, event: yaml.Event) -> tuple[int, int]:
        return _place(event.end_mark, self._raw)

    def _say(self, event: yaml.Event, message: str) -> None:
        self._report(*self._start(event), message)

    def _fail(self, event: yaml.Event, message: str) -> None:
        self._say(event, message)
        raise Stopped


def parse_events(text: str) -> Iterator[yaml.Event]:
    """Yield the parser's events of a text that has no faults."""
    return yaml.parse(text, Loader=_LOADER)


def _short(tag: str) -> str:
    """Write a tag as people do; its %1B is an escape by now, which must not reach a terminal."""
    return visible(tag.replace("tag:yaml.org,2002:", "!!", 1))
