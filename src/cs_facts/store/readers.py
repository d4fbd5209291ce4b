"""Readers of values: the kinds of text, lists and records. Each also states its JSON Schema, so that the two agree.

A reader receives the first event of a value and takes the following ones from the `Reading`.
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

# Regular expressions for whole values, in the syntax that Python and JSON Schema (ECMA 262) share.
IDENTIFIER = "[a-z0-9]+(-[a-z0-9]+)*"
LANGUAGE = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
_PARAGRAPH = "[1-9][0-9]{0,8}"

# A large store repeats most of its figures and periods.
_remembered = lru_cache(1 << 14)

# A JSON Schema.
JSON = dict[str, Any]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reader(Generic[T]):
    """A reader of one kind of value, which it returns given its first event; None means that it reported a fault."""

    read: Callable[[Any, Reading], T | None]
    form: JSON  # the JSON Schema of the value, as far as a schema can express it
    name: str = ""  # its name among the schema's definitions, if it has one

    @property
    def use(self) -> JSON:
        """The schema to use in others: a reference to its definition, or the schema itself."""
        return {"$ref": f"#/$defs/{self.name}"} if self.name else self.form


@dataclass(frozen=True, slots=True)
class Field:
    """A key of a record."""

    read: Reader[Any]
    about: str  # its description in the documentation
    required: bool = False
    needs: tuple[str, str] | None = None  # another key that must accompany it, and the message if it is missing
    inline: bool = False  # whether the canonical form writes a mapping on one line
    attribute: str = ""  # the attribute of the Python object, where its name differs from the key


def _scalar(pattern: str = r"\S", **limits: int) -> JSON:
    """Return the schema of a text, which an unquoted YAML value may turn into a number or a boolean for an editor."""
    return {"type": ["string", "number", "boolean"], "pattern": pattern, **limits}


def converted(name: str, form: JSON, convert: Callable[[str], T], message: str = "{error}") -> Reader[T]:
    """Return a reader that converts a word, and reports ``message`` with the word and the error on a ValueError."""

    def read(event: Event, reading: Reading) -> T | None:
        word = reading.word(event)
        try:
            return None if word is None else convert(word)
        except ValueError as error:
            reading.report(event, message.format(word=quoted(word or ""), error=error))
        return None

    return Reader(read, form, name)


def matched(pattern: str) -> Callable[[str], str]:
    """Return a function that returns any word matching the whole pattern and raises a ValueError for others."""
    fits = re.compile(pattern).fullmatch

    def match(word: str) -> str:
        if not fits(word):
            raise ValueError
        return word

    return match


def _matching(name: str, pattern: str, message: str, **limits: int) -> Reader[str]:
    """Return a reader of words that match a pattern; ``limits`` are those of JSON Schema for unquoted numbers."""
    return converted(name, _scalar(f"^({pattern})$", **limits), matched(pattern), message)


def _text(event: Event, reading: Reading) -> Text | None:
    """Read a text in one language, or a mapping of languages to texts."""
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
                reading.report(keys[language], f"{language!r} is no language tag; write zh, en or another of BCP 47")
        word = reading.word(child)
        if word is not None:
            texts[language] = word
    if not keys:
        reading.report(event, "no language is given; write a text, or one each for zh and en")
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
# CSV joins tags with semicolons.
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
    """Return a reader of words of a closed list."""

    def find(word: str) -> str:
        if word not in known:
            raise ValueError(suggestion(word, known))
        return word

    return converted("", {"enum": list(known)}, find, f"unknown {what} {{word}}: {{error}}")


def reference(what: str) -> Reader[str]:
    """Return a reader of references to a unit, category, source or fact, which are looked up at the end."""

    def read(event: Event, reading: Reading) -> str | None:
        word = reading.word(event)
        if word is not None:
            reading.refer(what, word, event)
        return word

    return Reader(read, ID.use)


def items(reader: Reader[T], what: str) -> Reader[Iterator[T | None]]:
    """Return a reader that streams a list of any size item by item; it yields None for an item with a fault."""

    def read(event: Event, reading: Reading) -> Iterator[T | None]:
        if reading.opens(SequenceStartEvent, event, f"a list should stand here, {what}"):
            for child in reading.elements(event):
                yield reader.read(child, reading)

    return Reader(read, {"type": "array", "items": reader.use})


def list_of(
    reader: Reader[T], identity: Callable[[T], Hashable] | None = None, least: int = 0, few: str = ""
) -> Reader[tuple[T, ...]]:
    """Return a reader of a list whose items differ by ``identity``; it reports ``few`` below ``least`` items."""

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
                reading.report(child, f"{shown} stands in this list a second time; take one out")
            else:
                items[key] = item
        if count < least:
            reading.report(event, few)
        return tuple(items.values())

    form = {"type": "array", "items": reader.use, "uniqueItems": True}
    return Reader(read, form | ({"minItems": least} if least else {}))


class Record:
    """A mapping with declared keys, in their canonical order; ``what`` names it in messages."""

    def __init__(self, what: str, fields: dict[str, Field]) -> None:
        self.what, self.fields = what, fields
        self._otherwise = f"a {what} should stand here, a mapping with {_listed(fields)}"
        self._reads = {name: declared.read.read for name, declared in fields.items()}
        self._required = {name for name, declared in fields.items() if declared.required}
        self._needs = {name: declared.needs for name, declared in fields.items() if declared.needs}

    def read(self, event: Event, reading: Reading, starts: dict[str, Event] | None = None) -> dict[str, Any] | None:
        """Read a mapping, None if a required key is missing or faulty; ``starts`` takes each value's first event."""
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
            reading.report(event, f"this {self.what} has no {_listed(missing)}")
        for name, (needed, message) in self._needs.items():
            if name in keys and needed not in keys:
                reading.report(keys[name], message)
        return values if is_whole else None

    def refuse(self, key: ScalarEvent, value: Event, reading: Reading) -> None:
        """Report a key that is not declared and skip its value."""
        near = suggestion(key.value, tuple(self.fields))
        reading.report(key, f"unknown key {key.value!r} of a {self.what}: {near}")
        reading.skip(value)

    def reader(self, build: Callable[..., T]) -> Reader[T]:
        """Return a reader that calls ``build`` with the values of the mapping."""
        names = {key: field.attribute or key for key, field in self.fields.items()}

        def read(event: Event, reading: Reading) -> T | None:
            values = self.read(event, reading)
            return None if values is None else build(**{names[key]: value for key, value in values.items()})

        return Reader(read, self.form)

    @property
    def form(self) -> JSON:
        """The JSON Schema of the mapping."""
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
    """Return a reader of ids and their definitions; ``build``, if given, is called with the id and its fields."""
    no_mapping = f"a mapping should stand here: the id of each {what} and what it is"

    def read(event: Event, reading: Reading) -> dict[str, T] | None:
        if not reading.opens(MappingStartEvent, event, no_mapping):
            return None
        defined: dict[str, T] = {}
        keys: dict[str, ScalarEvent] = {}
        for id_, child in reading.entries(event, keys):
            is_id = re.fullmatch(IDENTIFIER, id_)
            if not is_id:
                reading.report(keys[id_], _NO_ID.format(word=quoted(id_)))
            is_new = is_id and reading.define(what, id_, keys[id_])
            if (value := reader.read(child, reading)) is not None and is_new:
                defined[id_] = build(id_, **value) if build else value
        return defined

    ids = {"propertyNames": {"pattern": f"^({IDENTIFIER})$"}}
    return Reader(read, {"type": "object", **ids, "additionalProperties": reader.use})


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
