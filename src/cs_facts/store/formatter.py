"""A store's files → the same in canonical form, their comments kept.

A comment is kept where it stands on lines of its own above something that the canonical form has: the file, a
section, a unit, a category, a source, a fact; and below everything. Where it stands elsewhere it would be lost, and
the file is refused.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from cs_facts.errors import FactsError, StoreFaults
from cs_facts.store import files_of
from cs_facts.store.loader import check, load_file
from cs_facts.store.parser import LINE_END, open_parser
from cs_facts.store.reading import Place
from cs_facts.store.writer import ENTRIES, FILE_END, FILE_HEAD, dump

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cs_facts.model import Store
    from cs_facts.store.reading import Mark
    from cs_facts.store.writer import Head

_BLOCK_STYLES = ("|", ">")


class CommentLost(FactsError):
    """A comment that has no place in the canonical form."""

    def __init__(self, file: Path, line: int, where: str) -> None:
        self.file, self.line = file, line
        super().__init__(
            f"{file}:{line + 1}: this comment {where} and would be lost; "
            "move it to a line of its own above the fact, entry or section that it speaks of"
        )


@dataclass(frozen=True, slots=True)
class Formed:
    """A file of a store and its text in canonical form; ``is_new`` when the file holds another."""

    file: Path
    text: str
    is_new: bool


def canonical(path: Path) -> list[Formed]:
    """Return each file of a store in canonical form; none is written.

    Raises:
        CommentLost: a comment stands where the canonical form has no place for it.
        StoreFaults: the store has faults.
        StoreUnreadable: a file cannot be opened.

    """
    if problems := check(path):
        raise StoreFaults(problems)
    return [_formed(file) for file in files_of(path)]


def _formed(file: Path) -> Formed:
    before = file.read_bytes()
    store = load_file(file)
    comments = _comments(file, before.decode("utf-8-sig"), store)
    text = "".join(dump(store, comments))
    return Formed(file, text, text.encode() != before)


def _comments(file: Path, text: str, store: Store) -> dict[Head, list[str]]:
    """Return the comments above each part of a store, an empty line where one or more stood between them."""
    outline = _Outline(iter(open_parser(text).get_event, None))
    found: dict[Head, list[str]] = {}
    last = -1
    for line, column, comment in _remarks(file, text, outline):
        head = outline.below(line, column)
        if head is None or _is_left_out(head, store):
            raise CommentLost(file, line, "stands inside something that is written anew")
        lines = found.setdefault(head, [])
        lines += ["", comment] if lines and last < line - 1 else [comment]
        last = line
    return found


def _is_left_out(head: Head, store: Store) -> bool:
    section, entry = head
    return entry == "" and section in ENTRIES and not getattr(store, section)


def _remarks(file: Path, text: str, outline: _Outline) -> Iterator[tuple[int, int, str]]:
    """Yield the line, the column and the text of each comment."""
    for line, content in enumerate(LINE_END.split(text)):
        signs = (match.start() for match in re.finditer("#", content))
        column = next((column for column in signs if not outline.is_in_scalar(Place(line, column))), None)
        if column is None:
            continue
        if content[:column].strip():
            raise CommentLost(file, line, "stands at the end of a line")
        yield line, column, content[column:].rstrip()


class _Outline:
    """Where the parts of a file begin and where its scalars stand."""

    def __init__(self, events: Iterator[yaml.Event]) -> None:
        self._events = events
        self._begins: dict[int, tuple[Head, int] | None] = {}  # line → a part and its column; None inside a part
        self._spans: list[tuple[Place, Place]] = []  # first and last place of each scalar
        while not isinstance(next(self._events), yaml.MappingStartEvent):
            pass
        for key in self._until_end():
            if self._begins:
                self._mark(key, (_text(key), ""))
            else:
                self._mark(key, FILE_HEAD, sys.maxsize)  # nothing stands before that a comment may belong to
            self._section(_text(key), next(self._events))
        self._lines = sorted(self._begins)

    def is_in_scalar(self, place: Place) -> bool:
        """Tell whether a place lies in a text."""
        before = bisect_right(self._spans, place, key=lambda span: span[0]) - 1
        return before >= 0 and place < self._spans[before][1]

    def below(self, line: int, column: int) -> Head | None:
        """Return the part that a comment stands above; None when it stands inside one."""
        place = bisect_right(self._lines, line)
        head, limit = FILE_END, 0
        if place < len(self._lines):
            begins = self._begins[self._lines[place]]
            if begins is None:
                return None
            head, limit = begins
        return head if column <= limit else None

    def _until_end(self) -> Iterator[yaml.Event]:
        while not isinstance(event := next(self._events), yaml.CollectionEndEvent):
            yield event

    def _section(self, section: str, event: yaml.Event) -> None:
        if section not in ENTRIES or isinstance(event, yaml.ScalarEvent):
            self._inside(event)
        elif isinstance(event, yaml.SequenceStartEvent):
            dash = None if event.flow_style else _place(event.start_mark).column
            for number, item in enumerate(self._until_end()):
                self._mark(item, (section, number), dash)
                self._inside(item)
        else:
            for key in self._until_end():
                self._mark(key, (section, _text(key)))
                self._inside(next(self._events))

    def _inside(self, event: yaml.Event) -> None:
        """Pass over a node, taking down where its parts begin and its scalars stand."""
        self._mark(event, None)
        if isinstance(event, yaml.CollectionStartEvent):
            for child in self._until_end():
                self._inside(child)

    def _mark(self, event: yaml.Event, head: Head | None, column: int | None = None) -> None:
        start, end = _place(event.start_mark), _place(event.end_mark)
        self._begins.setdefault(start.line, head and (head, start.column if column is None else column))
        if isinstance(event, yaml.ScalarEvent):
            is_block = event.style in _BLOCK_STYLES
            # the line on which a block text is announced may hold a comment
            self._spans.append((Place(start.line + 1, 0), end) if is_block else (start, end))


def _text(event: yaml.Event) -> str:
    assert isinstance(event, yaml.ScalarEvent)  # a key, in a file without faults
    return event.value


def _place(mark: Mark) -> Place:
    return Place(mark.line, mark.column)
