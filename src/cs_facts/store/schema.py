"""The format of a store, version 1: which keys there are and how the text of each is read.

This is the one definition: the reader follows it, the writer takes its order of keys from it, and the JSON Schema
(`cs_facts.store.json_schema`) is made from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from cs_facts.dates.edtf import parse_period
from cs_facts.errors import FigureError, PeriodError, quoted, suggestion
from cs_facts.lexicon import KINDS, PLAIN
from cs_facts.model import Conflict, Fact, Figure, Name, Period, Position, Problem, Source, Text
from cs_facts.numbers.figures import MAX_LENGTH, parse_figure
from cs_facts.store.nodes import Mapping, Node, Refused, Scalar, Sequence
from cs_facts.store.raw import Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

FORMAT = "1"

MOST_FAULTS = 10_000
"""Faults of one file that are told. A fault takes hundreds of bytes, and a single byte can be one: a file of a few
megabytes that is no store at all would fill the memory with them."""

_CSL_TYPES = """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic
    collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic
    hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet
    paper-conference patent performance periodical personal_communication post post-weblog
    regulation report review review-book software song speech standard thesis treaty webpage
"""

SOURCE_TYPES = tuple(_CSL_TYPES.split())
"""The item types of CSL 1.0.2."""

IDENTIFIER = "[a-z0-9]+(-[a-z0-9]+)*"
LANGUAGE = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
_PARAGRAPH = "[1-9][0-9]{0,8}"
_SHA256 = "[0-9a-f]{64}"
_TAG = r"(?=\s*\S)[^;]*"
"""Regular expressions of whole values, in what Python and JSON Schema (ECMA 262) have in common."""

JSON = dict[str, Any]
"""A JSON Schema."""

T = TypeVar("T")


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
        """Take down a fault; line and column count from 0.

        Raises:
            Stopped: there are too many.

        """
        at = Position(self.file, line + 1, column + 1)
        self.problems.append(Problem(at, message))
        if len(self.problems) == MOST_FAULTS:
            self.problems.append(Problem(at, f"has more faults than the {MOST_FAULTS:,} told; mend these first"))
            raise Stopped

    def tell(self, node: Node, message: str) -> None:
        """Take down a fault of a node, unless the node was reported already."""
        if not isinstance(node, Refused):
            self.report(node.line, node.column, message)

    def at(self, node: Node) -> Position:
        """Return the place of a node."""
        return Position(self.file, node.line + 1, node.column + 1)


@dataclass(frozen=True, slots=True)
class Reader(Generic[T]):
    """Reads a node to a value, or tells what is wrong with it and returns None.

    Attributes:
        read: does it.
        form: what it takes, as JSON Schema, as far as that can say it.
        name: under which the form stands among the schema's definitions; the empty name is none.

    """

    read: Callable[[Node, Reading], T | None]
    form: JSON
    name: str = ""

    def __call__(self, node: Node, reading: Reading) -> T | None:
        """Read a node."""
        return self.read(node, reading)

    @property
    def use(self) -> JSON:
        """The form where it is used: itself, or a reference to its definition."""
        return {"$ref": f"#/$defs/{self.name}"} if self.name else self.form


def takes(name: str, form: JSON) -> Callable[[Callable[[Node, Reading], T | None]], Reader[T]]:
    """Make a function a `Reader` whose form has a name."""
    return lambda read: Reader(read, form, name)


def scalar_form(pattern: str = "", **limits: int) -> JSON:
    """Return the form of a text; an editor may take it for a number or a truth value, which no pattern holds for."""
    shape = {"pattern": f"^({pattern})$"} if pattern else {"pattern": r"\S"}
    return {"type": ["string", "number", "boolean"], **shape, **limits}


@dataclass(frozen=True, slots=True)
class Field:
    """How the value of a key is read.

    Attributes:
        read: reads it.
        about: what it is, for who writes a store.
        required: whether it must be there.
        needs: another key that must be there with it, and what is said when it is not.

    """

    read: Reader[Any]
    about: str
    required: bool = False
    needs: tuple[str, str] | None = None


@takes("word", scalar_form())
def read_word(node: Node, reading: Reading) -> str | None:
    """Read a scalar as the text it is."""
    if not isinstance(node, Scalar):
        reading.tell(node, "a text should stand here, not a list or a mapping")
    elif not node.text.strip():
        reading.tell(node, "the value is empty; give one, or take the key out")
    else:
        return node.text
    return None


@takes(
    "text",
    {
        "anyOf": [
            read_word.use,
            {
                "type": "object",
                "minProperties": 1,
                "propertyNames": {"pattern": f"^({LANGUAGE})$"},
                "additionalProperties": read_word.use,
            },
        ]
    },
)
def read_text(node: Node, reading: Reading) -> Text | None:
    """Read a text in one language, or a mapping of language → text."""
    if not isinstance(node, Mapping):
        word = read_word(node, reading)
        return None if word is None else {PLAIN: word}
    if not node.items:
        reading.tell(node, "no language is given; write a text, or one each for zh and en")
    for language, key in node.keys.items():
        if not re.fullmatch(LANGUAGE, language):
            reading.tell(key, f"{language!r} is no language tag; write zh, en or another of BCP 47")
    texts = {language: read_word(value, reading) for language, value in node.items.items()}
    return {language: text for language, text in texts.items() if text is not None} or None


@takes("id", scalar_form(IDENTIFIER, minimum=0, multipleOf=1))
def read_identifier(node: Node, reading: Reading) -> str | None:
    """Read an id: lower-case ASCII words joined by hyphens."""
    word = read_word(node, reading)
    if word is not None and not re.fullmatch(IDENTIFIER, word):
        reading.tell(node, f"{word!r} is no id; use lower-case ASCII letters and digits, words joined by hyphens")
        return None
    return word


def reference(what: str) -> Reader[str]:
    """Read the id of a unit, category, source or fact, to be looked up when all is read."""

    def read(node: Node, reading: Reading) -> str | None:
        word = read_word(node, reading)
        if word is not None:
            reading.references.append(Reference(what, word, reading.at(node)))
        return word

    return Reader(read, read_identifier.use)


def one_of(what: str, known: tuple[str, ...]) -> Reader[str]:
    """Read a word of a closed list."""

    def read(node: Node, reading: Reading) -> str | None:
        word = read_word(node, reading)
        if word is None or word in known:
            return word
        reading.tell(node, f"unknown {what} {word!r}: {suggestion(word, known)}")
        return None

    return Reader(read, {"enum": list(known)})


@takes("figure", scalar_form(maxLength=MAX_LENGTH))
def read_figure(node: Node, reading: Reading) -> Figure | None:
    """Read a figure as printed."""
    word = read_word(node, reading)
    try:
        return None if word is None else parse_figure(word)
    except FigureError as error:
        reading.tell(node, f"figure {quoted(word or '')} {error}")
    return None


@takes("period", scalar_form())
def read_period(node: Node, reading: Reading) -> Period | None:
    """Read an EDTF period."""
    word = read_word(node, reading)
    try:
        return None if word is None else parse_period(word)
    except PeriodError as error:
        reading.tell(node, str(error))
    return None


@takes(
    "paragraph", {"type": ["integer", "string"], "minimum": 1, "maximum": 999_999_999, "pattern": f"^({_PARAGRAPH})$"}
)
def read_paragraph(node: Node, reading: Reading) -> int | None:
    """Read the number of a paragraph, from 1 on."""
    word = read_word(node, reading)
    if word is None:
        return None
    if not re.fullmatch(_PARAGRAPH, word):
        reading.tell(node, f"{word!r} is no paragraph; the non-empty lines of the source count from 1")
        return None
    return int(word)


@takes("tag", scalar_form(_TAG))
def read_tag(node: Node, reading: Reading) -> str | None:
    """Read a tag; the semicolon is what joins tags in CSV."""
    word = read_word(node, reading)
    if word is not None and not re.fullmatch(_TAG, word):
        reading.tell(node, "a tag holds no semicolon; write two tags")
        return None
    return word


@takes("sha256", scalar_form(_SHA256))
def read_sha256(node: Node, reading: Reading) -> str | None:
    """Read a SHA-256 digest in hexadecimal."""
    word = read_word(node, reading)
    if word is not None and not re.fullmatch(_SHA256, word):
        reading.tell(node, f"{word!r} is no SHA-256; it has 64 hexadecimal digits in lower case")
        return None
    return word


def list_of(read_item: Reader[T], identity: Callable[[T], Hashable] = lambda item: item) -> Reader[tuple[T, ...]]:
    """Read a list, each item by itself, no item twice; ``identity`` is what makes two items one."""

    def read(node: Node, reading: Reading) -> tuple[T, ...] | None:
        if not isinstance(node, Sequence):
            reading.tell(node, "a list should stand here, [like, this]")
            return None
        items: dict[Hashable, T] = {}
        for child in node.items:
            item = read_item(child, reading)
            if item is not None and identity(item) in items:
                shown = f"{item!r}" if isinstance(item, str) else "this"
                reading.tell(child, f"{shown} stands in this list a second time; take one out")
            elif item is not None:
                items[identity(item)] = item
        return tuple(items.values())

    return Reader(read, {"type": "array", "items": read_item.use, "uniqueItems": True})


def record(what: str, fields: dict[str, Field], build: Callable[..., T]) -> Reader[T]:
    """Read a mapping with declared keys to a value made by ``build``."""

    def read(node: Node, reading: Reading) -> T | None:
        values = read_fields(what, fields, node, reading)
        return None if values is None else build(**values)

    return Reader(read, record_form(fields))


def record_form(fields: dict[str, Field]) -> JSON:
    """Return the form of a mapping with declared keys."""
    needs = {name: [declared.needs[0]] for name, declared in fields.items() if declared.needs}
    return {
        "type": "object",
        "required": [name for name, declared in fields.items() if declared.required],
        **({"dependentRequired": needs} if needs else {}),
        "additionalProperties": False,
        "properties": {name: {"description": declared.about, **declared.read.use} for name, declared in fields.items()},
    }


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
    for name in node.items:
        needs = fields[name].needs if name in fields else None
        if needs and needs[0] not in node.items:
            reading.tell(node.keys[name], needs[1])
    known = {name: value for name, value in values.items() if value is not None}
    if missing or any(declared.required and name not in known for name, declared in fields.items()):
        return None
    return known


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


CONFLICT = {
    "with": Field(reference("fact"), "the id of the other fact", required=True),
    "note": Field(read_text, "what may explain the two, and what the source leaves open"),
}

NAME = {
    "paragraph": Field(read_paragraph, "where it stands; left out: wherever it stands"),
    "printed": Field(read_word, "the wording, exactly as printed", required=True),
    "why": Field(read_word, "why it counts nothing", required=True),
}

SOURCE = {
    "type": Field(one_of("source type", SOURCE_TYPES), "what it is, as an item type of CSL 1.0.2", required=True),
    "title": Field(read_text, "its title as printed", required=True),
    "author": Field(read_text, "who wrote it"),
    "container": Field(read_text, "the journal, newspaper or book it stands in"),
    "publisher": Field(read_text, "who published it"),
    "editor": Field(read_text, "who edited it"),
    "published": Field(read_period, "when it appeared: 2022, 2022-12-18 or 2022-12-18T21:59:43+08:00"),
    "language": Field(read_word, "its language, as BCP 47: zh-CN, en"),
    "url": Field(read_word, "where it can be read"),
    "archived": Field(read_word, "where a copy is kept"),
    "accessed": Field(read_period, "the day on which it was read: 2026-11-30"),
    "doi": Field(read_word, "its DOI: 10.1000/182"),
    "volume": Field(read_word, "its volume"),
    "issue": Field(read_word, "its issue"),
    "pages": Field(read_word, "its pages: 12-17"),
    "licence": Field(read_word, "the licence that it is under"),
    "sha256": Field(
        read_sha256, "SHA-256 of its text as UTF-8: lines stripped, empty ones dropped, joined by line feeds"
    ),
    "names": Field(list_of(record("name", NAME, Name)), "numbers of its text that count nothing, parts of names"),
}


def _conflict(note: Text | None = None, **values: str) -> Conflict:
    return Conflict(values["with"], note or {})


FACT = {
    "id": Field(read_identifier, "its own name, which stays: lower-case ASCII words joined by hyphens", required=True),
    "category": Field(reference("category"), "the id of a category of this store", required=True),
    "kind": Field(one_of("kind", KINDS), "what kind of claim it is"),
    "title": Field(read_text, "what is counted or claimed, in a few words", required=True),
    "text": Field(read_text, "one sentence that stands by itself, in the store's own words", required=True),
    "figure": Field(read_figure, "the number exactly as printed, with its counter: 50.66万名, more than 1,200"),
    "unit": Field(
        reference("unit"),
        "the id of a unit of this store: what is counted",
        needs=("figure", "a unit counts something; give the figure too, or take the unit out"),
    ),
    "when": Field(read_period, "its period as EDTF: 2022, 2022-05-31, 2012/2022, 2017/.., 2022~"),
    "source": Field(reference("source"), "the id of a source of this store", required=True),
    "paragraph": Field(read_paragraph, "where it stands: the source's non-empty lines counted from 1, the title"),
    "quote": Field(read_word, "words of the source that carry the fact, exactly as printed"),
    "tags": Field(list_of(read_tag), "other words that people would look for"),
    "conflicts": Field(
        list_of(record("conflict", CONFLICT, _conflict), attrgetter("other")),
        "facts that cannot both be read at face value beside this one; one side names the other",
    ),
    "note": Field(read_text, "a doubt, an inference, what the source leaves open"),
    "draft": Field(one_of("draft", ("true",)), "true where a program proposed it and no person has read it yet"),
}


def read_fact(node: Node, reading: Reading) -> Fact | None:
    """Read one fact and check what must hold inside it."""
    values = read_fields("fact", FACT, node, reading)
    if isinstance(node, Mapping):
        _check_conflicts(node, reading)
    if values and "draft" in values:
        values["draft"] = True
    return None if values is None else Fact(**values, at=reading.at(node))


def _check_conflicts(fact: Mapping, reading: Reading) -> None:
    """Refuse a conflict of a fact with itself, where it is named."""
    own, conflicts = fact.items.get("id"), fact.items.get("conflicts")
    for conflict in conflicts.items if isinstance(conflicts, Sequence) else ():
        partner = conflict.items.get("with") if isinstance(conflict, Mapping) else None
        if isinstance(partner, Scalar) and isinstance(own, Scalar) and partner.text == own.text:
            reading.tell(partner, f"fact {own.text!r} cannot be in conflict with itself; name the other fact")


def read_source(id_: str, node: Node, reading: Reading) -> Source | None:
    """Read one source."""
    values = read_fields("source", SOURCE, node, reading)
    return None if values is None else Source(id_, **values)
