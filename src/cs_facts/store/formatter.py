"""A store's files written anew: in canonical form, their comments kept, or with facts added and all else left as it is.

A comment is kept where it stands on lines of its own above something that the canonical form has: the file, a
section, a unit, a category, a source, a fact; and below everything. Where it stands elsewhere it would be lost, and
the file is refused.
"""

from __future__ import annotations

import re
import sys
import tempfile
from bisect import bisect_right
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yaml import MappingNode, ScalarNode, SequenceNode

from cs_facts.errors import FactsError, StoreFaults
from cs_facts.store import files_of
from cs_facts.store.loader import check, load, load_file
from cs_facts.store.parser import LINE_END, open_parser
from cs_facts.store.reading import Place
from cs_facts.store.writer import ENTRIES, FILE_END, FILE_HEAD, block, dump, item, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cs_facts.model import Name, Store
    from cs_facts.store.reading import Mark
    from cs_facts.store.writer import Head

    # A node of PyYAML, with the marks of its beginning and its end; its class says what it holds.
    Node = Any

_BLOCK_STYLES = ("|", ">")


class CommentLost(FactsError):
    """A comment that has no place in the canonical form."""

    def __init__(self, file: Path, line: int, where: str) -> None:
        super().__init__(
            f"{file}:{line + 1}: this comment {where} and would be lost; "
            "move it to a line of its own above the fact, entry or section that it speaks of"
        )


class NotAppendable(FactsError):
    """A store written so that nothing can be put into it line by line."""


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


def append(file: Path, new: Store) -> str:
    """Return the text of a store's file with facts added to it, and all that stands there left as it is.

    Args:
        file: a file of YAML in block style.
        new: facts of a source that the file defines, units and categories that it may lack, names of the source.

    Raises:
        NotAppendable: the file is not written in block style, or would be changed otherwise.
        StoreFaults: the file has faults, before or after.

    """
    old = load([file])
    text = file.read_text(encoding="utf-8-sig")
    root = _composed(text)
    at_facts = next((key.start_mark.line for key, _ in root.value if key.value == "facts"), text.count("\n"))
    added: list[tuple[int, str]] = []  # before which line what is put
    for name, defined, known in (("units", new.units, old.units), ("categories", new.categories, old.categories)):
        entries = {id_: tree_of(names, inline=True) for id_, names in defined.items() if id_ not in known}
        section = _value(root, name)
        if entries and section:
            added.append((_end(section, name, file), "".join(block(entries, section.start_mark.column))))
        elif entries:
            added.append((at_facts, "".join(block({name: entries}, 0))))
    named = (source for source in new.sources.values() if source.names)
    added += (_added_names(_value(_value(root, "sources"), source.id), source.names, file) for source in named)
    if new.facts and (section := _value(root, "facts")):
        column = section.start_mark.column
        facts = "\n".join("".join(item(tree_of(fact), column)) for fact in new.facts)
        added.append((_end(section, "facts", file), f"\n{facts}"))
    lines = text.splitlines(keepends=True)
    lines[-1:] = [line.removesuffix("\n") + "\n" for line in lines[-1:]]
    for line, more in sorted(added, reverse=True):
        lines.insert(line, more)
    _check_append("".join(lines), old, new, file)
    return "".join(lines)


def _added_names(source: Node, names: tuple[Name, ...], file: Path) -> tuple[int, str]:
    trees = [tree_of(name, inline=True) for name in names]
    there = _value(source, "names")
    if not there:
        return _end(source, "the source", file), "".join(block({"names": trees}, source.start_mark.column))
    items = chain.from_iterable(item(tree, there.start_mark.column) for tree in trees)
    return _end(there, "names", file), "".join(items)


def _value(mapping: Node, name: str) -> Node | None:
    return next((value for key, value in mapping.value if key.value == name), None)


def _end(node: Node, name: str, file: Path) -> int:
    """Return the line behind a block.

    Raises:
        NotAppendable: it is none.

    """
    if node.flow_style or not node.value:
        raise NotAppendable(
            f"{file}:{node.start_mark.line + 1}: {name} is not written line by line; facts check --fix does that"
        )
    while not isinstance(node, ScalarNode) and not node.flow_style:
        node = node.value[-1][1] if isinstance(node, MappingNode) else node.value[-1]
    return int(node.end_mark.line) + bool(node.end_mark.column)


def _check_append(text: str, old: Store, new: Store, file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, file.name)
        path.write_text(text, encoding="utf-8")
        store = load([path])
    if store.facts[: len(old.facts)] != old.facts or len(store.facts) != len(old.facts) + len(new.facts):
        raise NotAppendable(f"{file}: its facts would change; facts check --fix puts it in order")


def _composed(text: str) -> Node:
    """Return the mapping that a store without faults is."""
    return open_parser(text).get_single_node()


def _formed(file: Path) -> Formed:
    before = file.read_bytes()
    store = load_file(file)
    comments = _comments(file, before.decode("utf-8-sig"), store)
    text = "".join(dump(store, comments=comments))
    return Formed(file, text, text.encode() != before)


def _comments(file: Path, text: str, store: Store) -> dict[Head, list[str]]:
    """Return the comments above each part of a store, an empty line where one or more stood between them."""
    outline = _Outline(_composed(text))
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

    def __init__(self, root: Node) -> None:
        self._begins: dict[int, tuple[Head, int] | None] = {}  # line → a part and its column; None inside a part
        self._spans: list[tuple[Place, Place]] = []  # first and last place of each scalar
        for place, (key, value) in enumerate(root.value):
            if place:
                self._mark(key, (key.value, ""))
            else:
                self._mark(key, FILE_HEAD, sys.maxsize)  # nothing stands before that a comment may belong to
            self._section(key.value, value)
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

    def _section(self, section: str, node: Node) -> None:
        if section not in ENTRIES or isinstance(node, ScalarNode):
            self._inside(node)
        elif isinstance(node, SequenceNode):
            dash = None if node.flow_style else node.start_mark.column
            for number, entry in enumerate(node.value):
                self._mark(entry, (section, number), dash)
                self._inside(entry)
        else:
            for key, value in node.value:
                self._mark(key, (section, key.value))
                self._inside(value)

    def _inside(self, node: Node) -> None:
        """Take down where the parts of a node begin and its scalars stand."""
        self._mark(node, None)
        children = chain.from_iterable(node.value) if isinstance(node, MappingNode) else node.value
        for child in children if not isinstance(node, ScalarNode) else ():
            self._inside(child)

    def _mark(self, node: Node, head: Head | None, column: int | None = None) -> None:
        start, end = _place(node.start_mark), _place(node.end_mark)
        self._begins.setdefault(start.line, head and (head, start.column if column is None else column))
        if isinstance(node, ScalarNode):
            is_block = node.style in _BLOCK_STYLES
            # the line on which a block text is announced may hold a comment
            self._spans.append((Place(start.line + 1, 0), end) if is_block else (start, end))


def _place(mark: Mark) -> Place:
    return Place(mark.line, mark.column)
