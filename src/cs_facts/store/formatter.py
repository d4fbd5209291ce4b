"""Rewrite the files of a store: in canonical form with their comments, or with facts added and the rest untouched.

A comment can be kept on lines of its own above the file, a section, a unit, a category, a source or a fact, and below
everything. Anywhere else it would be lost, and so the file is refused.
"""

from __future__ import annotations

import re
import sys
import tempfile
from bisect import bisect_right
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yaml import MappingNode, ScalarNode, SequenceNode

from cs_facts.errors import FactsError, StoreFaults
from cs_facts.store.loader import finish, load, open_files, store_of
from cs_facts.store.parser import LINE_END, open_parser
from cs_facts.store.reading import Place
from cs_facts.store.writer import ENTRIES, FILE_END, FILE_HEAD, block, dump, item, remarks, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cs_facts.model import Store
    from cs_facts.store.writer import Head, Tree

    # A node of PyYAML of any class.
    Node = Any


class CommentLost(FactsError):
    """A comment has no place in the canonical form."""

    def __init__(self, file: Path, line: int, where: str) -> None:
        super().__init__(
            f"{file}:{line + 1}: this comment {where} and would be lost; "
            "move it to a line of its own above the fact, entry or section that it speaks of"
        )


class NotAppendable(FactsError):
    """Lines cannot be inserted into a store because of the way it is written."""


@dataclass(frozen=True, slots=True)
class FormattedFile:
    """A file of a store and its text in canonical form; ``is_new`` if that differs from the file."""

    file: Path
    text: str
    is_new: bool


def canonical(path: Path) -> list[FormattedFile]:
    """Return each file of a store in canonical form, without writing any.

    Raises `StoreFaults` if the store has any, and `CommentLost` if the canonical form has no place for a comment.
    """
    files = open_files(path)
    facts = [list(file) for file in files]
    if problems := finish(files):
        raise StoreFaults(problems)
    formatted = []
    for file, own in zip(files, facts, strict=True):
        before, store = file.path.read_bytes(), store_of([file], own)
        text = "".join(dump(store, comments=_comments(file.path, before.decode("utf-8-sig"), store)))
        formatted.append(FormattedFile(file.path, text, text.encode() != before))
    return formatted


def append(file: Path, new: Store, comments: Mapping[Head, list[str]]) -> str:
    """Return the text of a store file in block style with additions, and everything else left as it is.

    The additions are facts of a source that the file defines, each below its comments, the units and categories that
    the file lacks, and ``names`` of the source. A SHA-256 of the source is updated. Raises `NotAppendable` if the file
    is not in block style or its own facts would change, and `StoreFaults` if it has faults, before or after.
    """
    old = load([file])
    text = file.read_text(encoding="utf-8-sig")
    lines = text.splitlines(keepends=True)
    lines[-1:] = [line.removesuffix("\n") + "\n" for line in lines[-1:]]
    root = open_parser(text).get_single_node()
    for id_, source in new.sources.items():
        digest = _values(_values(_values(root)["sources"])[id_]).get("sha256")
        if digest and source.sha256:
            line = digest.start_mark.line
            lines[line] = lines[line].replace(digest.value, source.sha256)
    for line, more in sorted(_additions(file, root, old, new, comments), reverse=True):
        lines.insert(line, more)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, file.name)
        path.write_text("".join(lines), encoding="utf-8")
        store = load([path])
    if store.facts[: len(old.facts)] != old.facts or len(store.facts) != len(old.facts) + len(new.facts):
        raise NotAppendable(f"{file}: its facts would change; facts check --fix puts it in order")
    return "".join(lines)


def _additions(
    file: Path, root: Node, old: Store, new: Store, comments: Mapping[Head, list[str]]
) -> Iterator[tuple[int, str]]:
    """Yield each text to insert and the number of the line before which it goes."""
    sections = _values(root)
    for name in ("units", "categories"):
        known = getattr(old, name)
        entries = {id_: tree_of(names, inline=True) for id_, names in getattr(new, name).items() if id_ not in known}
        if entries:
            at_facts = (key.start_mark.line for key, _ in root.value if key.value == "facts")
            yield _put(root, name, entries, file, next(at_facts, root.end_mark.line))
    for source in new.sources.values():
        if source.names:
            trees = [tree_of(name, inline=True) for name in source.names]
            yield _put(_values(sections["sources"])[source.id], "names", trees, file)
    if new.facts and (section := sections.get("facts")):
        column = section.start_mark.column
        facts = (
            "".join([*remarks(comments.get(("facts", nth), ()), column), *item(tree_of(fact), column)])
            for nth, fact in enumerate(new.facts)
        )
        yield _end(section, "facts", file), "".join(f"\n{fact}" for fact in facts)


def _put(
    mapping: Node, name: str, tree: list[Tree] | dict[str, Tree], file: Path, line: int | None = None
) -> tuple[int, str]:
    """Place entries at the end of a section, or with the section itself at a line or at the end of the mapping."""
    section = _values(mapping).get(name)
    if not section:
        line = _end(mapping, "the source", file) if line is None else line
        return line, "".join(block({name: tree}, mapping.start_mark.column))
    column = section.start_mark.column
    entries = (item(each, column) for each in tree) if isinstance(tree, list) else [block(tree, column)]
    return _end(section, name, file), "".join(chain.from_iterable(entries))


def _values(mapping: Node) -> dict[str, Node]:
    return {key.value: value for key, value in mapping.value}


def _end(node: Node, name: str, file: Path) -> int:
    """Return the line after a block; raise NotAppendable if the node is not one."""
    if node.flow_style or not node.value:
        raise NotAppendable(
            f"{file}:{node.start_mark.line + 1}: {name} is not written line by line; facts check --fix does that"
        )
    while not isinstance(node, ScalarNode) and not node.flow_style:
        node = node.value[-1][1] if isinstance(node, MappingNode) else node.value[-1]
    return int(node.end_mark.line) + bool(node.end_mark.column)


def _comments(file: Path, text: str, store: Store) -> dict[Head, list[str]]:
    """Return the comments above each part of a store, with an empty line for each gap between them."""
    begins, spans = _outline(open_parser(text).get_single_node())

    def is_in_scalar(place: Place) -> bool:
        before = bisect_right(spans, place, key=itemgetter(0)) - 1
        return before >= 0 and place < spans[before][1]

    found: dict[Head, list[str]] = {}
    last = -1
    for line, content in enumerate(LINE_END.split(text)):
        signs = (match.start() for match in re.finditer("#", content))
        column = next((column for column in signs if not is_in_scalar(Place(line, column))), None)
        if column is None:
            continue
        if content[:column].strip():
            raise CommentLost(file, line, "stands at the end of a line")
        _, limit, head = begins[bisect_right(begins, line, key=itemgetter(0))]
        is_left_out = head and head[1] == "" and head[0] in ENTRIES and not getattr(store, head[0])
        if head is None or column > limit or is_left_out:
            raise CommentLost(file, line, "stands inside something that is written anew")
        lines = found.setdefault(head, [])
        lines += [""] * (bool(lines) and last < line - 1) + [content[column:].rstrip()]
        last = line
    return found


def _outline(root: Node) -> tuple[list[tuple[int, int, Head | None]], list[tuple[Place, Place]]]:
    """Return where each part begins (None inside a part), and the spans of scalars, where a # is no comment."""
    begins, spans = [], []
    for node, head, column in _parts(root):
        start, end = (Place(mark.line, mark.column) for mark in (node.start_mark, node.end_mark))
        begins.append((start.line, start.column if column is None else column, head))
        if isinstance(node, ScalarNode):
            # the line with the | or > of a block text may end in a comment
            spans.append((Place(start.line + 1, 0) if node.style in ("|", ">") else start, end))
    return [*begins, (sys.maxsize, 0, FILE_END)], spans


def _parts(root: Node) -> Iterator[tuple[Node, Head | None, int | None]]:
    """Yield each node in order, the part that begins with it, if any, and the column of that part if it differs."""
    for place, (key, value) in enumerate(root.value):
        # a comment above the first key is that of the file
        yield (key, (key.value, ""), None) if place else (key, FILE_HEAD, sys.maxsize)
        if key.value in ENTRIES and isinstance(value, SequenceNode):
            for number, entry in enumerate(value.value):
                yield entry, (key.value, number), None if value.flow_style else value.start_mark.column
                yield from _inside(entry)
        elif key.value in ENTRIES and isinstance(value, MappingNode):
            for name, entry in value.value:
                yield name, (key.value, name.value), None
                yield from _inside(entry)
        else:
            yield from _inside(value)


def _inside(node: Node) -> Iterator[tuple[Node, None, None]]:
    yield node, None, None
    if not isinstance(node, ScalarNode):
        for child in chain.from_iterable(node.value) if isinstance(node, MappingNode) else node.value:
            yield from _inside(child)
