"""How a value is read: each kind of text, lists, records. What it takes is said once, for reader and JSON Schema.

A reader gets the event of PyYAML's parser that a value begins with and takes what follows from the `Reading`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from yaml import MappingStartEvent, SequenceStartEvent

from cs_facts.columns import PLAIN
from cs_facts.dates.edtf import parse_period
from cs_facts.errors import quoted, suggestion
from cs_facts.numbers.figures import MAX_LENGTH, parse_figure

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from yaml import ScalarEvent

    from cs_facts.model import Text
    from cs_facts.store.reading import Event, Reading

# Regular expressions of whole values, in what Python and JSON Schema (ECMA 262) have in common.
IDENTIFIER = "[a-z0-9]+(-[a-z0-9]+)*"
LANGUAGE = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
_PARAGRAPH = "[1-9][0-9]{0,8}"

# Remembers what was made of the last words: a large store says most figures, periods and tags more than once.
_remembered = lru_cache(1 << 14)

# A JSON Schema.
JSON = dict[str, Any]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reader(Generic[T]):
    """How a value is read, given its first event; one with a fault is told and read as None."""

    read: Callable[[Any, Reading], T | None]
    form: JSON  # what it takes, as far as a schema can say it
    name: str = ""  # under which the form stands among the schema's definitions

    @property
    def use(self) -> JSON:
        """The form where it is used: itself, or a reference to its definition."""
        return {"$ref": f"#/$defs/{self.name}"} if self.name else self.form


@dataclass(frozen=True, slots=True)
class Field:
    """How the value of a key is read."""

    read: Reader[Any]
    about: str  # for who writes a store
    required: bool = False
    needs: tuple[str, str] | None = None  # another key that must be there with it, and what is said when it is not
    inline: bool = False  # whether a mapping stands on one line in the canonical form
    attribute: str = ""  # of what is made of the mapping, where it is not called as the key is


def _scalar(pattern: str = r"\S", **limits: int) -> JSON:
    """Return the form of a text; an editor may take it for a number or a truth value, which no pattern holds for."""
    return {"type": ["string", "number", "boolean"], "pattern": pattern, **limits}


def converted(name: str, form: JSON, convert: Callable[[str], T], message: str = "{error}") -> Reader[T]:
    """Read a word and make a value of it; where that raises a ValueError, a message tells of the word and the error."""

    def read(event: Event, reading: Reading) -> T | None:
        word = reading.word(event)
        try:
            return None if word is None else convert(word)
        except ValueError as error:
            reading.tell(event, message.format(word=quoted(word or ""), error=error))
        return None

    return Reader(read, form, name)


def matched(pattern: str) -> Callable[[str], str]:
    """Return a function that returns a word which the pattern matches whole, or raises a ValueError."""
    fits = re.compile(pattern).fullmatch

    def match(word: str) -> str:
        if not fits(word):
            raise ValueError
        return word

    return match


def _matching(name: str, pattern: str, message: str, **limits: int) -> Reader[str]:
    """Read a word that a pattern matches whole; ``limits`` are JSON Schema's for what an editor takes for a number."""
    return converted(name, _scalar(f"^({pattern})$", **limits), matched(pattern), message)


def _text(event: Event, reading: Reading) -> Text | None:
    """Read a text in one language, or a mapping of language → text."""
    if type(event) is not MappingStartEvent:
        word = reading.word(event)
        return None if word is None else {PLAIN: word}
    if not reading.opens(MappingStartEvent, event, ""):
        return None
    texts: Text = {}
    keys: dict[str, ScalarEvent] = {}
    for language, child in reading.entries(event, keys):
        if language not in reading.tags:
            if re.fullmatch(LANGUAGE, language):
                reading.tags.add(language)
            else:
                reading.tell(keys[language], f"{language!r} is no language tag; write zh, en or another of BCP 47")
        word = reading.word(child)
        if word is not None:
            texts[language] = word
    if not keys:
        reading.tell(event, "no language is given; write a text, or one each for zh and en")
    return texts or None


_NO_ID = "{word} is no id; use lower-case ASCII letters and digits, words joined by hyphens"

WORD = Reader(lambda event, reading: reading.word(event), _scalar(), "word")
_TEXTS = {
    "type": "object",
    "minProperties": 1,
    "propertyNames": {"pattern": f"^({LANGUAGE})$"},
    "additionalProperties": WORD.use,
}
TEXT = Reader(_text, {"anyOf": [WORD.use, _TEXTS]}, "text")
ID = _matching("id", IDENTIFIER, _NO_ID, minimum=0, multipleOf=1)
FIGURE = converted("figure", _scalar(maxLength=MAX_LENGTH), _remembered(parse_figure), "figure {word} {error}")
PERIOD = converted("period", _scalar(), _remembered(parse_period))
_paragraph = matched(_PARAGRAPH)
PARAGRAPH = converted(
    "paragraph",
    {"type": ["integer", "string"], "minimum": 1, "maximum": 999_999_999, "pattern": f"^({_PARAGRAPH})$"},
    lambda word: int(_paragraph(word)),
    "{word} is no paragraph; the non-empty lines of the source count from 1",
)
# The semicolon is what joins tags in CSV.
TAG = _matching("tag", r"(?=\s*\S)[^;]*", "a tag holds no semicolon; write two tags")
_NO_SHA256 = "{word} is no SHA-256; it has 64 hexadecimal digits in lower case"
SHA256 = _matching("sha256", "[0-9a-f]{64}", _NO_SHA256)
FLAG = converted(
    "flag",
    {"enum": [True, False, "true", "false"]},
    lambda word: ("false", "true").index(word) == 1,
    "{word} is neither true nor false",
)


def one_of(what: str, known: tuple[str, ...]) -> Reader[str]:
    """Read a word of a closed list."""

    def find(word: str) -> str:
        if word not in known:
            raise ValueError(suggestion(word, known))
        return word

    return converted("", {"enum": list(known)}, find, f"unknown {what} {{word}}: {{error}}")


def reference(what: str) -> Reader[str]:
    """Read the id of a unit, category, source or fact, to be looked up when all is read."""

    def read(event: Event, reading: Reading) -> str | None:
        word = reading.word(event)
        if word is not None:
            reading.refer(what, word, event)
        return word

    return Reader(read, ID.use)


def items(reader: Reader[T], what: str) -> Reader[Iterator[T | None]]:
    """Read a list item by item, so that a store of any size streams; None is an item with a fault."""

    def read(event: Event, reading: Reading) -> Iterator[T | None]:
        if reading.opens(SequenceStartEvent, event, f"a list should stand here, {what}"):
            for child in reading.elements(event):
                yield reader.read(child, reading)

    return Reader(read, {"type": "array", "items": reader.use})


def list_of(
    reader: Reader[T], identity: Callable[[T], Hashable] | None = None, least: int = 0, few: str = ""
) -> Reader[tuple[T, ...]]:
    """Read a list, no item twice, which ``identity`` tells; of fewer than ``least`` items ``few`` is said."""

    def read(event: Event, reading: Reading) -> tuple[T, ...] | None:
        if not reading.opens(SequenceStartEvent, event, "a list should stand here, [like, this]"):
            return None
        items: dict[Hashable, T] = {}
        count = 0
        for child in reading.elements(event):
            count += 1
            item = reader.read(child, reading)
            if item is None:
                continue
            key = identity(item) if identity else item
            if key in items:
                shown = f"{item!r}" if isinstance(item, str) else "this"
                reading.tell(child, f"{shown} stands in this list a second time; take one out")
            else:
                items[key] = item
        if count < least:
            reading.tell(event, few)
        return tuple(items.values())

    form = {"type": "array", "items": reader.use, "uniqueItems": True}
    return Reader(read, form | ({"minItems": least} if least else {}))


class Record:
    """A mapping with declared keys, in the order of the canonical form; ``what`` is its name in messages."""

    def __init__(self, what: str, fields: dict[str, Field]) -> None:
        self.what, self.fields = what, fields
        self._otherwise = f"a {what} should stand here, a mapping with {_listed(fields)}"
        self._reads = {name: declared.read.read for name, declared in fields.items()}
        self._required = {name for name, declared in fields.items() if declared.required}
        self._needs = {name: declared.needs for name, declared in fields.items() if declared.needs}

    def read(self, event: Event, reading: Reading, starts: dict[str, Event] | None = None) -> dict[str, Any] | None:
        """Read the declared keys of a mapping; None when any required one is missing or faulty.

        ``starts`` is filled with key → the event that its value begins with.
        """
        if not reading.opens(MappingStartEvent, event, self._otherwise):
            return None
        values = {}
        keys: dict[str, ScalarEvent] = {}
        starts = {} if starts is None else starts
        for name, child in reading.entries(event, keys):
            starts[name] = child
            read = self._reads.get(name)
            if read is None:
                self.refuse(keys[name], child, reading)
            elif (value := read(child, reading)) is not None:
                values[name] = value
        is_whole = self._required <= values.keys()
        if not is_whole and not self._required <= keys.keys():
            missing = [name for name in self.fields if name in self._required - keys.keys()]
            reading.tell(event, f"this {self.what} has no {_listed(missing)}")
        for name, (needed, message) in self._needs.items():
            if name in keys and needed not in keys:
                reading.tell(keys[name], message)
        return values if is_whole else None

    def refuse(self, key: ScalarEvent, value: Event, reading: Reading) -> None:
        """Tell of a key that is not declared, and pass over its value."""
        near = suggestion(key.value, tuple(self.fields))
        reading.tell(key, f"unknown key {key.value!r} of a {self.what}: {near}")
        reading.skip(value)

    def reader(self, build: Callable[..., T]) -> Reader[T]:
        """Read the mapping to a value made by ``build``."""
        names = {key: field.attribute or key for key, field in self.fields.items()}

        def read(event: Event, reading: Reading) -> T | None:
            values = self.read(event, reading)
            return None if values is None else build(**{names[key]: value for key, value in values.items()})

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


def definitions(what: str, reader: Reader[Any], build: Callable[..., T] | None = None) -> Reader[dict[str, T]]:
    """Read a mapping of ids to what they are: units, categories, sources; ``build`` makes a value of id and fields."""
    no_mapping = f"a mapping should stand here: the id of each {what} and what it is"

    def read(event: Event, reading: Reading) -> dict[str, T] | None:
        if not reading.opens(MappingStartEvent, event, no_mapping):
            return None
        defined: dict[str, T] = {}
        keys: dict[str, ScalarEvent] = {}
        for id_, child in reading.entries(event, keys):
            is_id = re.fullmatch(IDENTIFIER, id_)
            if not is_id:
                reading.tell(keys[id_], _NO_ID.format(word=quoted(id_)))
            is_new = is_id and reading.define(what, id_, keys[id_])
            if (value := reader.read(child, reading)) is not None and is_new:
                defined[id_] = build(id_, **value) if build else value
        return defined

    ids = {"propertyNames": {"pattern": f"^({IDENTIFIER})$"}}
    return Reader(read, {"type": "object", **ids, "additionalProperties": reader.use})


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
