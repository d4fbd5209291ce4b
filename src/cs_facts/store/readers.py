"""How a value is read: each kind of text, lists, records. What it takes is said once, for reader and JSON Schema."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from cs_facts.dates.edtf import parse_period
from cs_facts.errors import FigureError, PeriodError, quoted, suggestion
from cs_facts.lexicon import PLAIN
from cs_facts.numbers.figures import MAX_LENGTH, parse_figure
from cs_facts.store.reading import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from cs_facts.model import Figure, Period, Text
    from cs_facts.store.reading import Node, Reading

# Regular expressions of whole values, in what Python and JSON Schema (ECMA 262) have in common.
IDENTIFIER = "[a-z0-9]+(-[a-z0-9]+)*"
LANGUAGE = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
_PARAGRAPH = "[1-9][0-9]{0,8}"

# A large store says many figures and most periods more than once.
_figure = lru_cache(maxsize=4096)(parse_figure)
_period = lru_cache(maxsize=4096)(parse_period)

# A JSON Schema.
JSON = dict[str, Any]

T = TypeVar("T")


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
        inline: whether a mapping stands on one line in the canonical form.

    """

    read: Reader[Any]
    about: str
    required: bool = False
    needs: tuple[str, str] | None = None
    inline: bool = False


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


def matching(name: str, pattern: str, message: str, **limits: int) -> Reader[str]:
    """Read a word of a form.

    Args:
        name: of the form.
        pattern: what the whole word matches.
        message: what is said of another word, which stands for ``{}`` in it.
        limits: further ones of JSON Schema, for what an editor takes for a number.

    """
    fits = re.compile(pattern).fullmatch

    def read(node: Node, reading: Reading) -> str | None:
        word = _word(node, reading)
        if word is None or fits(word):
            return word
        reading.tell(node, message.replace("{}", repr(word)))
        return None

    return Reader(read, scalar_form(pattern, **limits), name)


_NO_ID = "{} is no id; use lower-case ASCII letters and digits, words joined by hyphens"

read_identifier = matching("id", IDENTIFIER, _NO_ID, minimum=0, multipleOf=1)
# The semicolon is what joins tags in CSV.
read_tag = matching("tag", r"(?=\s*\S)[^;]*", "a tag holds no semicolon; write two tags")
read_sha256 = matching("sha256", "[0-9a-f]{64}", "{} is no SHA-256; it has 64 hexadecimal digits in lower case")


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


_NO_PARAGRAPH = "{} is no paragraph; the non-empty lines of the source count from 1"
_paragraph = matching("", _PARAGRAPH, _NO_PARAGRAPH).read


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
    word = _paragraph(node, reading)
    return None if word is None else int(word)


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


def items(form: JSON, items: str) -> Reader[tuple[()]]:
    """Read the beginning of a list whose items are read one by one, as `ITEMS` says."""

    def read(node: Node, reading: Reading) -> tuple[()] | None:
        if not isinstance(node, Sequence):
            reading.tell(node, f"a list should stand here, {items}")
        return None

    return Reader(read, {"type": "array", "items": form})
