"""The format of a store, version 1: which keys there are and how the text of each is read.

This is the one definition: the reader follows it, and the writer takes its order of keys from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cs_facts.errors import FigureError, PeriodError, suggestion
from cs_facts.figures import parse_figure
from cs_facts.model import KINDS, PLAIN, Conflict, Fact, Figure, Name, Period, Position, Problem, Source, Text
from cs_facts.periods import parse_period
from cs_facts.store.nodes import Mapping, Node, Refused, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMAT = "1"

_CSL_TYPES = """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic
    collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic
    hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet
    paper-conference patent performance periodical personal_communication post post-weblog
    regulation report review review-book software song speech standard thesis treaty webpage
"""

SOURCE_TYPES = tuple(_CSL_TYPES.split())
"""The item types of CSL 1.0.2."""

_IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Reference:
    """A name that another part of the store must define."""

    what: str
    name: str
    at: Position


@dataclass(slots=True)
class Reading:
    """What is gathered while one file is read."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)

    def report(self, line: int, column: int, message: str) -> None:
        """Take down a fault; line and column count from 0."""
        self.problems.append(Problem(Position(self.file, line + 1, column + 1), message))

    def tell(self, node: Node, message: str) -> None:
        """Take down a fault of a node, unless the node was reported already."""
        if not isinstance(node, Refused):
            self.report(node.line, node.column, message)

    def at(self, node: Node) -> Position:
        """Return the place of a node."""
        return Position(self.file, node.line + 1, node.column + 1)


Reader = Callable[[Node, Reading], Any]
"""Reads a node to a value, or tells what is wrong with it and returns None."""


@dataclass(frozen=True, slots=True)
class Field:
    """How the value of a key is read."""

    read: Reader
    required: bool = False


def read_word(node: Node, reading: Reading) -> str | None:
    """Read a scalar as the text it is."""
    if not isinstance(node, Scalar):
        reading.tell(node, "a text should stand here, not a list or a mapping")
    elif not node.text.strip():
        reading.tell(node, "the value is empty; give one, or take the key out")
    else:
        return node.text
    return None


def read_text(node: Node, reading: Reading) -> Text | None:
    """Read a text in one language, or a mapping of language → text."""
    if not isinstance(node, Mapping):
        word = read_word(node, reading)
        return None if word is None else {PLAIN: word}
    if not node.items:
        reading.tell(node, "no language is given; write a text, or one each for zh and en")
    for language, key in node.keys.items():
        if not _LANGUAGE.fullmatch(language):
            reading.tell(key, f"{language!r} is no language tag; write zh, en or another of BCP 47")
    texts = {language: read_word(value, reading) for language, value in node.items.items()}
    return {language: text for language, text in texts.items() if text is not None} or None


def read_identifier(node: Node, reading: Reading) -> str | None:
    """Read an id: lower-case ASCII words joined by hyphens."""
    word = read_word(node, reading)
    if word is not None and not _IDENTIFIER.fullmatch(word):
        reading.tell(node, f"{word!r} is no id; use lower-case ASCII letters and digits, words joined by hyphens")
        return None
    return word


def reference(what: str) -> Reader:
    """Read the id of a unit, category, source or fact, to be looked up when all is read."""

    def read(node: Node, reading: Reading) -> str | None:
        word = read_word(node, reading)
        if word is not None:
            reading.references.append(Reference(what, word, reading.at(node)))
        return word

    return read


def one_of(what: str, known: tuple[str, ...]) -> Reader:
    """Read a word of a closed list."""

    def read(node: Node, reading: Reading) -> str | None:
        word = read_word(node, reading)
        if word is None or word in known:
            return word
        reading.tell(node, f"unknown {what} {word!r}: {suggestion(word, known)}")
        return None

    return read


def read_figure(node: Node, reading: Reading) -> Figure | None:
    """Read a figure as printed."""
    word = read_word(node, reading)
    try:
        return None if word is None else parse_figure(word)
    except FigureError as error:
        reading.tell(node, f"figure {word!r} {error}")
    return None


def read_period(node: Node, reading: Reading) -> Period | None:
    """Read an EDTF period."""
    word = read_word(node, reading)
    try:
        return None if word is None else parse_period(word)
    except PeriodError as error:
        reading.tell(node, str(error))
    return None


def read_paragraph(node: Node, reading: Reading) -> int | None:
    """Read the number of a paragraph, from 1 on."""
    word = read_word(node, reading)
    if word is None:
        return None
    if not re.fullmatch("[1-9][0-9]{0,8}", word):
        reading.tell(node, f"{word!r} is no paragraph; the non-empty lines of the source count from 1")
        return None
    return int(word)


def read_tag(node: Node, reading: Reading) -> str | None:
    """Read a tag; the semicolon is what joins tags in CSV."""
    word = read_word(node, reading)
    if word is not None and ";" in word:
        reading.tell(node, "a tag holds no semicolon; write two tags")
        return None
    return word


def read_sha256(node: Node, reading: Reading) -> str | None:
    """Read a SHA-256 digest in hexadecimal."""
    word = read_word(node, reading)
    if word is not None and not re.fullmatch("[0-9a-f]{64}", word):
        reading.tell(node, f"{word!r} is no SHA-256; it has 64 hexadecimal digits in lower case")
        return None
    return word


def list_of(read_item: Reader) -> Reader:
    """Read a list, each item by itself, no item twice."""

    def read(node: Node, reading: Reading) -> tuple[Any, ...] | None:
        if not isinstance(node, Sequence):
            reading.tell(node, "a list should stand here, [like, this]")
            return None
        items: list[Any] = []
        for child in node.items:
            item = read_item(child, reading)
            if item is not None and item in items:
                reading.tell(
                    child,
                    f"{item!r} stands in this list a second time"
                    if isinstance(item, str)
                    else "stands in this list a second time",
                )
            elif item is not None:
                items.append(item)
        return tuple(items)

    return read


def record(what: str, fields: dict[str, Field], build: Callable[..., Any]) -> Reader:
    """Read a mapping with declared keys to a value made by ``build``."""

    def read(node: Node, reading: Reading) -> Any:  # noqa: ANN401  # what build makes
        values = read_fields(what, fields, node, reading)
        return None if values is None else build(**values)

    return read


def read_fields(what: str, fields: dict[str, Field], node: Node, reading: Reading) -> dict[str, Any] | None:
    """Read the declared keys of a mapping; None when any required one is missing or faulty."""
    if not isinstance(node, Mapping):
        reading.tell(node, f"a {what} should stand here, a mapping with {_listed(fields)}")
        return None
    for name, key in node.keys.items():
        if name not in fields:
            reading.tell(key, f"unknown key {name!r} of a {what}: {suggestion(name, tuple(fields))}")
    values = {name: fields[name].read(child, reading) for name, child in node.items.items() if name in fields}
    missing = [name for name, declared in fields.items() if declared.required and name not in node.keys]
    if missing:
        reading.tell(node, f"this {what} has no {_listed(missing)}")
    known = {name: value for name, value in values.items() if value is not None}
    if missing or any(declared.required and name not in known for name, declared in fields.items()):
        return None
    return known


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


CONFLICT = {
    "with": Field(reference("fact"), required=True),
    "note": Field(read_text),
}

NAME = {
    "paragraph": Field(read_paragraph, required=True),
    "printed": Field(read_word, required=True),
    "why": Field(read_word, required=True),
}

SOURCE = {
    "type": Field(one_of("source type", SOURCE_TYPES), required=True),
    "title": Field(read_text, required=True),
    "author": Field(read_text),
    "publisher": Field(read_text),
    "editor": Field(read_text),
    "published": Field(read_period),
    "language": Field(read_word),
    "url": Field(read_word),
    "sha256": Field(read_sha256),
    "names": Field(list_of(record("name", NAME, Name))),
}


def _conflict(note: Text | None = None, **values: str) -> Conflict:
    return Conflict(values["with"], note or {})


FACT = {
    "id": Field(read_identifier, required=True),
    "category": Field(reference("category"), required=True),
    "kind": Field(one_of("kind", KINDS)),
    "title": Field(read_text, required=True),
    "text": Field(read_text, required=True),
    "figure": Field(read_figure),
    "unit": Field(reference("unit")),
    "when": Field(read_period),
    "source": Field(reference("source"), required=True),
    "paragraph": Field(read_paragraph),
    "tags": Field(list_of(read_tag)),
    "conflicts": Field(list_of(record("conflict", CONFLICT, _conflict))),
    "note": Field(read_text),
}


def read_fact(node: Node, reading: Reading) -> Fact | None:
    """Read one fact and check what must hold inside it."""
    values = read_fields("fact", FACT, node, reading)
    if isinstance(node, Mapping) and "unit" in node.items and "figure" not in node.items:
        reading.tell(node.keys["unit"], "a unit counts something; give the figure too, or take the unit out")
    if values is None:
        return None
    if any(conflict.other == values["id"] for conflict in values.get("conflicts", ())):
        reading.tell(node, f"fact {values['id']!r} cannot be in conflict with itself")
    return Fact(**values, at=reading.at(node))


def read_source(id_: str, node: Node, reading: Reading) -> Source | None:
    """Read one source."""
    values = read_fields("source", SOURCE, node, reading)
    return None if values is None else Source(id_, **values)
