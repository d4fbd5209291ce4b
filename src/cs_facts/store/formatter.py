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

    """
    files = open_files(path)
    facts = [list(file) for file in files]
    if problems := finish(files):
        raise StoreFaults(problems)
    formed = []
    for file, own in zip(files, facts, strict=True):
        before, store = file.path.read_bytes(), store_of([file], own)
        text = "".join(dump(store, comments=_comments(file.path, before.decode("utf-8-sig"), store)))
        formed.append(Formed(file.path, text, text.encode() != before))
    return formed


def append(file: Path, new: Store, comments: Mapping[Head, list[str]]) -> str:
    """Return the text of a store's file in block style with more in it, and all that stands there left as it is.

    What is new are facts of a source that the file defines, each below its comments, units and categories that it may
    lack, names of the source, and its SHA-256 where it has one.

    Raises:
        NotAppendable: the file is not written in block style, or would be changed otherwise.
        StoreFaults: the file has faults, before or after.

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
    """Yield the number of a line and the text to insert before it."""
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
    """Insert entries behind those that a mapping has under a name, else with that name before a line or at its end."""
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
    """Return the line behind a block; NotAppendable where it is none."""
    if node.flow_style or not node.value:
        raise NotAppendable(
            f"{file}:{node.start_mark.line + 1}: {name} is not written line by line; facts check --fix does that"
        )
    while not isinstance(node, ScalarNode) and not node.flow_style:
        node = node.value[-1][1] if isinstance(node, MappingNode) else node.value[-1]
    return int(node.end_mark.line) + bool(node.end_mark.column)


def _comments(file: Path, text: str, store: Store) -> dict[Head, list[str]]:
    """Return the comments above each part of a store, an empty line where one or more stood between them."""
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
    """Return where each part begins, None inside one, and the spans of scalars, in which a # begins no comment."""
    begins, spans = [], []
    for node, head, column in _parts(root):
        start, end = (Place(mark.line, mark.column) for mark in (node.start_mark, node.end_mark))
        begins.append((start.line, start.column if column is None else column, head))
        if isinstance(node, ScalarNode):
            # the line on which a block text is announced may hold a comment
            spans.append((Place(start.line + 1, 0) if node.style in _BLOCK_STYLES else start, end))
    return [*begins, (sys.maxsize, 0, FILE_END)], spans


def _parts(root: Node) -> Iterator[tuple[Node, Head | None, int | None]]:
    """Yield each node in order, the part that begins there, if any, and its column where the node has another."""
    for place, (key, value) in enumerate(root.value):
        # nothing stands before the first that a comment may belong to
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
