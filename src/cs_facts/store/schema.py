"""The format of a store, version 1: which keys there are and how the text of each is read.

This is the one definition: the reader follows it, the writer takes its order of keys from it, and the JSON Schema
(`cs_facts.store.json_schema`) and the tables of docs/format.md are made from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from cs_facts.dates.edtf import parse_period
from cs_facts.errors import FigureError, PeriodError, quoted, suggestion
from cs_facts.lexicon import KINDS, LOOKALIKES, PLAIN
from cs_facts.model import Conflict, Fact, Figure, Name, Period, Position, Source, Text
from cs_facts.numbers.figures import MAX_LENGTH, parse_figure
from cs_facts.store.parser import MOST_ALIKE, Faults, Mapping, Node, Place, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

FORMAT = "1"

_CSL_TYPES = """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic
    collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic
    hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet
    paper-conference patent performance periodical personal_communication post post-weblog
    regulation report review review-book software song speech standard thesis treaty webpage
"""

# The item types of CSL 1.0.2.
SOURCE_TYPES = tuple(_CSL_TYPES.split())

# Regular expressions of whole values, in what Python and JSON Schema (ECMA 262) have in common.
IDENTIFIER = "[a-z0-9]+(-[a-z0-9]+)*"
LANGUAGE = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
_PARAGRAPH = "[1-9][0-9]{0,8}"
_SHA256 = "[0-9a-f]{64}"
_TAG = r"(?=\s*\S)[^;]*"

_LOOKALIKES = str.maketrans(LOOKALIKES)

# A large store says many figures and most periods more than once.
_figure = lru_cache(maxsize=4096)(parse_figure)
_period = lru_cache(maxsize=4096)(parse_period)

# A JSON Schema.
JSON = dict[str, Any]

T = TypeVar("T")


def skeleton(id_: str) -> str:
    """Fold what looks alike in ids.

    >>> skeleton("l0t") == skeleton("lot")
    True
    """
    return id_.translate(_LOOKALIKES)


@dataclass(slots=True)
class Definitions:
    """The ids that are defined: of units, categories and sources, and of facts as far as they are kept.

    Attributes:
        places: ("unit", id) → where it is defined.
        skeletons: ("unit", skeleton of the id) → the first id of that look.

    """

    places: dict[tuple[str, str], Position] = field(default_factory=dict)
    skeletons: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass(slots=True)
class Mention:
    """Where an id is referred to: how often, and its first places."""

    times: int = 0
    places: list[Place] = field(default_factory=list)


class Reading(Faults):
    """What is gathered while one file is read.

    Attributes:
        definitions: of this file, or of all files of a store that share them.
        references: ("unit", id) → where facts refer to it, unless this file defines it before them.

    """

    def __init__(self, file: str, definitions: Definitions | None = None) -> None:
        super().__init__(file)
        self.definitions = definitions or Definitions()
        self.references: dict[tuple[str, str], Mention] = {}
        self.languages: set[str] = set()  # tags that were found to be tags

    def refer(self, what: str, id_: str, node: Scalar) -> None:
        """Take down that an id is referred to."""
        name = (what, id_)
        if name in self.definitions.places:
            return
        mention = self.references.get(name)
        if mention is None:
            mention = self.references[name] = Mention()
        mention.times += 1
        if mention.times <= MOST_ALIKE:
            mention.places.append(self.place(node.start_mark))

    def define(self, what: str, id_: str, node: Scalar) -> bool:
        """Take down that an id is defined, unless it, or one that looks like it, is defined already."""
        at = self.at(node)
        first = self.definitions.places.setdefault((what, id_), at)
        if first != at:
            self.tell(node, f"{what} {id_!r} is defined a second time; the first is at {first}")
            return False
        twin = self.definitions.skeletons.setdefault((what, skeleton(id_)), id_)
        if twin != id_:
            self.tell(node, f"{what} {id_!r} looks like {twin!r}; give one of them another id")
        return True


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
    elif not node.value or node.value.isspace():
        reading.tell(node, "the value is empty; give one, or take the key out")
    else:
        return node.value
    return None


# What most readers begin with.
_word = read_word.read


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
        word = _word(node, reading)
        return None if word is None else {PLAIN: word}
    if not node.items:
        reading.tell(node, "no language is given; write a text, or one each for zh and en")
    texts: Text = {}
    for language, child in node.items.items():
        if language not in reading.languages:
            if re.fullmatch(LANGUAGE, language):
                reading.languages.add(language)
            else:
                key = node.keys[language]
                reading.tell(key, f"{language!r} is no language tag; write zh, en or another of BCP 47")
        word = _word(child, reading)
        if word is not None:
            texts[language] = word
    return texts or None


@takes("id", scalar_form(IDENTIFIER, minimum=0, multipleOf=1))
def read_identifier(node: Node, reading: Reading) -> str | None:
    """Read an id: lower-case ASCII words joined by hyphens."""
    word = _word(node, reading)
    if word is not None and not re.fullmatch(IDENTIFIER, word):
        reading.tell(node, f"{word!r} is no id; use lower-case ASCII letters and digits, words joined by hyphens")
        return None
    return word


def reference(what: str) -> Reader[str]:
    """Read the id of a unit, category, source or fact, to be looked up when all is read."""

    def read(node: Node, reading: Reading) -> str | None:
        word = _word(node, reading)
        if word is not None:
            reading.refer(what, word, node)  # type: ignore[arg-type]  # it had a text
        return word

    return Reader(read, read_identifier.use)


def one_of(what: str, known: tuple[str, ...]) -> Reader[str]:
    """Read a word of a closed list."""

    def read(node: Node, reading: Reading) -> str | None:
        word = _word(node, reading)
        if word is None or word in known:
            return word
        reading.tell(node, f"unknown {what} {word!r}: {suggestion(word, known)}")
        return None

    return Reader(read, {"enum": list(known)})


@takes("figure", scalar_form(maxLength=MAX_LENGTH))
def read_figure(node: Node, reading: Reading) -> Figure | None:
    """Read a figure as printed."""
    word = _word(node, reading)
    try:
        return None if word is None else _figure(word)
    except FigureError as error:
        reading.tell(node, f"figure {quoted(word or '')} {error}")
    return None


@takes("period", scalar_form())
def read_period(node: Node, reading: Reading) -> Period | None:
    """Read an EDTF period."""
    word = _word(node, reading)
    try:
        return None if word is None else _period(word)
    except PeriodError as error:
        reading.tell(node, str(error))
    return None


@takes(
    "paragraph", {"type": ["integer", "string"], "minimum": 1, "maximum": 999_999_999, "pattern": f"^({_PARAGRAPH})$"}
)
def read_paragraph(node: Node, reading: Reading) -> int | None:
    """Read the number of a paragraph, from 1 on."""
    word = _word(node, reading)
    if word is None:
        return None
    if not re.fullmatch(_PARAGRAPH, word):
        reading.tell(node, f"{word!r} is no paragraph; the non-empty lines of the source count from 1")
        return None
    return int(word)


@takes("tag", scalar_form(_TAG))
def read_tag(node: Node, reading: Reading) -> str | None:
    """Read a tag; the semicolon is what joins tags in CSV."""
    word = _word(node, reading)
    if word is not None and not re.fullmatch(_TAG, word):
        reading.tell(node, "a tag holds no semicolon; write two tags")
        return None
    return word


@takes("sha256", scalar_form(_SHA256))
def read_sha256(node: Node, reading: Reading) -> str | None:
    """Read a SHA-256 digest in hexadecimal."""
    word = _word(node, reading)
    if word is not None and not re.fullmatch(_SHA256, word):
        reading.tell(node, f"{word!r} is no SHA-256; it has 64 hexadecimal digits in lower case")
        return None
    return word


@takes("flag", {"enum": [True, False, "true", "false"]})
def read_flag(node: Node, reading: Reading) -> bool | None:
    """Read true or false."""
    word = _word(node, reading)
    if word is not None and word not in ("true", "false"):
        reading.tell(node, f"{word!r} is neither true nor false")
        return None
    return None if word is None else word == "true"


def list_of(
    reader: Reader[T], identity: Callable[[T], Hashable] = lambda item: item, least: int = 0, few: str = ""
) -> Reader[tuple[T, ...]]:
    """Read a list, each item by itself, no item twice.

    Args:
        reader: reads an item.
        identity: what makes two items one.
        least: how many items there must be.
        few: what is said where there are fewer.

    """

    def read(node: Node, reading: Reading) -> tuple[T, ...] | None:
        if not isinstance(node, Sequence):
            reading.tell(node, "a list should stand here, [like, this]")
            return None
        if len(node.items) < least:
            reading.tell(node, few)
        items: dict[Hashable, T] = {}
        for child in node.items:
            item = reader.read(child, reading)
            if item is not None and identity(item) in items:
                shown = f"{item!r}" if isinstance(item, str) else "this"
                reading.tell(child, f"{shown} stands in this list a second time; take one out")
            elif item is not None:
                items[identity(item)] = item
        return tuple(items.values())

    form = {"type": "array", "items": reader.use, "uniqueItems": True}
    return Reader(read, form | ({"minItems": least} if least else {}))


class Record:
    """A mapping with declared keys.

    Attributes:
        what: its name in messages.
        fields: key → how its value is read, in the order of the canonical form.

    """

    def __init__(self, what: str, fields: dict[str, Field]) -> None:
        self.what = what
        self.fields = fields
        self._reads = {name: declared.read.read for name, declared in fields.items()}
        self._required = {name for name, declared in fields.items() if declared.required}
        self._needs = {name: declared.needs for name, declared in fields.items() if declared.needs}

    def read(self, node: Node, reading: Reading) -> dict[str, Any] | None:
        """Read the declared keys of a mapping; None when any required one is missing or faulty."""
        if not isinstance(node, Mapping):
            reading.tell(node, f"a {self.what} should stand here, a mapping with {_listed(self.fields)}")
            return None
        values = {}
        for name, child in node.items.items():
            read = self._reads.get(name)
            if read is None:
                message = f"unknown key {name!r} of a {self.what}: {suggestion(name, tuple(self.fields))}"
                reading.tell(node.keys[name], message)
            elif (value := read(child, reading)) is not None:
                values[name] = value
        if not self._required <= node.items.keys():
            missing = [name for name in self.fields if name in self._required - node.items.keys()]
            reading.tell(node, f"this {self.what} has no {_listed(missing)}")
        for name, (needed, message) in self._needs.items():
            if name in node.items and needed not in node.items:
                reading.tell(node.keys[name], message)
        return values if self._required <= values.keys() else None

    def reader(self, build: Callable[..., T]) -> Reader[T]:
        """Read the mapping to a value made by ``build``."""

        def read(node: Node, reading: Reading) -> T | None:
            values = self.read(node, reading)
            return None if values is None else build(**values)

        return Reader(read, self.form)

    @property
    def form(self) -> JSON:
        """The form of the mapping."""
        needs = {name: [needed] for name, (needed, _) in self._needs.items()}
        properties = {name: {"description": field.about, **field.read.use} for name, field in self.fields.items()}
        return {
            "type": "object",
            "required": [name for name in self.fields if name in self._required],
            **({"dependentRequired": needs} if needs else {}),
            "additionalProperties": False,
            "properties": properties,
        }


def definitions(what: str, read: Callable[[str, Node, Reading], T | None], form: JSON) -> Reader[dict[str, T]]:
    """Read a mapping of ids to what they are: units, categories, sources."""

    def read_all(node: Node, reading: Reading) -> dict[str, T] | None:
        if not isinstance(node, Mapping):
            reading.tell(node, f"a mapping should stand here: the id of each {what} and what it is")
            return None
        defined: dict[str, T] = {}
        for id_, child in node.items.items():
            key = node.keys[id_]
            if read_identifier.read(key, reading) is None or not reading.define(what, id_, key):
                continue
            if (value := read(id_, child, reading)) is not None:
                defined[id_] = value
        return defined

    ids = {"propertyNames": {"pattern": f"^({IDENTIFIER})$"}}
    return Reader(read_all, {"type": "object", **ids, "additionalProperties": form})


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


CONFLICT = Record(
    "conflict",
    {
        "with": Field(reference("fact"), "the id of the other fact", required=True),
        "note": Field(read_text, "what may explain the two, and what the source leaves open"),
    },
)

NAME = Record(
    "name",
    {
        "paragraph": Field(read_paragraph, "where it stands; left out: wherever it stands"),
        "printed": Field(read_word, "the wording, exactly as printed", required=True),
        "why": Field(read_word, "why it counts nothing", required=True),
    },
)

SOURCE = Record(
    "source",
    {
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
        "names": Field(list_of(NAME.reader(Name)), "numbers of its text that count nothing, parts of names"),
    },
)


def _conflict(note: Text | None = None, **values: str) -> Conflict:
    return Conflict(values["with"], note or {})


FACT = Record(
    "fact",
    {
        "id": Field(
            read_identifier, "its own name, which stays: lower-case ASCII words joined by hyphens", required=True
        ),
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
        "quote": Field(read_word, "words of the source that carry the fact, exactly as printed, its figure among them"),
        "tags": Field(list_of(read_tag), "other words that people would look for"),
        "conflicts": Field(
            list_of(CONFLICT.reader(_conflict), attrgetter("other")),
            "facts that cannot both be read at face value beside this one; one side names the other",
        ),
        "note": Field(read_text, "a doubt, an inference, what the source leaves open"),
        "draft": Field(read_flag, "true where a program proposed it and no person has read it yet"),
    },
)


def read_fact(node: Node, reading: Reading) -> Fact | None:
    """Read one fact and check what must hold inside it."""
    values = FACT.read(node, reading)
    if not isinstance(node, Mapping):
        return None
    if "conflicts" in node.items:
        _check_conflicts(node, reading)
    if values is None:
        return None
    if "quote" in values and "figure" in values and values["figure"].printed not in values["quote"]:
        figure = quoted(values["figure"].printed)
        reading.tell(node.items["quote"], f"the quote does not contain the figure {figure}; quote the words around it")
    return Fact(**values, at=reading.at(node))


def _check_conflicts(fact: Mapping, reading: Reading) -> None:
    """Refuse a conflict of a fact with itself, where it is named."""
    own, conflicts = fact.items.get("id"), fact.items["conflicts"]
    for conflict in conflicts.items if isinstance(conflicts, Sequence) else ():
        partner = conflict.items.get("with") if isinstance(conflict, Mapping) else None
        if isinstance(partner, Scalar) and isinstance(own, Scalar) and partner.value == own.value:
            reading.tell(partner, f"fact {own.value!r} cannot be in conflict with itself; name the other fact")


def _source(id_: str, node: Node, reading: Reading) -> Source | None:
    values = SOURCE.read(node, reading)
    return None if values is None else Source(id_, **values)


def _names(_: str, node: Node, reading: Reading) -> Text:
    return read_text.read(node, reading) or {}


def _format(node: Node, reading: Reading) -> str | None:
    word = _word(node, reading)
    if word is not None and word != FORMAT:
        reading.tell(node, f"format {word!r} is not known; this version reads format {FORMAT}")
    return word


def items(form: JSON, items: str) -> Reader[tuple[()]]:
    """Read the beginning of a list whose items are read one by one, as `ITEMS` says."""

    def read(node: Node, reading: Reading) -> tuple[()] | None:
        if not isinstance(node, Sequence):
            reading.tell(node, f"a list should stand here, {items}")
        return None

    return Reader(read, {"type": "array", "items": form})


_SYNONYMS = list_of(read_word, least=2, few="one word has no synonym here; give two words or more")

STORE = Record(
    "store",
    {
        "facts_format": Field(
            Reader(_format, {"enum": [int(FORMAT), FORMAT]}), "the version of the format", required=True
        ),
        "title": Field(read_text, "what the store is about"),
        "version": Field(read_word, "the version of the store"),
        "licence": Field(read_word, "the licence that the store's own wording is under"),
        "units": Field(definitions("unit", _names, read_text.use), "unit id: what is counted, in words"),
        "categories": Field(definitions("category", _names, read_text.use), "category id: its name"),
        "synonyms": Field(
            items(_SYNONYMS.form, "each item words that a search takes for one another: [car, automobile]"),
            "lists of words that a search takes for one another",
        ),
        "sources": Field(definitions("source", _source, SOURCE.form), "source id: the document that is cited"),
        "facts": Field(
            items(FACT.form, "each fact an item that begins with `- id:`"), "what the sources say, a claim an item"
        ),
    },
)

# The lists of a store whose items are read one by one, so that a store of any size streams.
ITEMS: dict[str, Callable[[Node, Reading], Any]] = {"synonyms": _SYNONYMS.read, "facts": read_fact}
