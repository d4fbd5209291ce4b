"""The domain model: facts, figures, periods, sources and stores, all frozen dataclasses."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from cs_facts.columns import Bound, Form, Kind, reading_order

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from cs_facts.index import Index

    # Either form of a store, for code that does not go through all its facts.
    Catalogue: TypeAlias = "Store | Index"

# Language tag → text; the tag is empty for text written as a plain string, without a language.
Text = dict[str, str]


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file; lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


# The position of anything that was not read from a file.
NOWHERE = Position("store", 1, 1)


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in a store: where it is, what is wrong and how to fix it."""

    at: Position
    message: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        return f"{self.at}: {self.severity}: {self.message}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as printed and as a number; docs/format.md has a table of examples.

    ``low`` and ``high`` enclose every number the wording may stand for; ``bound`` says whether an end is excluded.
    """

    printed: str  # the wording, including its counter and its limits
    value: Decimal | None  # exact: 506600 for 50.66万; shares are in per cent, falls negative
    low: Decimal | None  # None if there is no lower end
    high: Decimal | None  # None if there is no upper end
    form: Form
    bound: Bound
    parts: tuple[Decimal, ...] = ()  # the numbers of a range or a ratio, as printed


@dataclass(frozen=True, slots=True)
class Period:
    """A period written as EDTF (ISO 8601-2).

    ``first`` to ``last`` are the days known to belong to it. If the beginning is unknown (``/2022-12-18``), only the
    days of its end are known, and vice versa.
    """

    edtf: str  # as written
    start: date | None  # None if the beginning is open or unknown
    end: date | None  # None if the end is open or unknown
    first: date | None  # None if the beginning is open
    last: date | None  # None if the end is open


@dataclass(frozen=True, slots=True)
class Conflict:
    """Another fact that contradicts this one, with a note on what may explain it."""

    other: str
    note: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Name:
    """A number in a source's text that counts nothing; without a paragraph it applies throughout the text."""

    printed: str
    why: str
    paragraph: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A cited document; ``type`` is a CSL 1.0.2 item type, ``container`` the journal or book it appeared in."""

    id: str
    type: str
    title: Text
    author: Text = field(default_factory=dict)
    container: Text = field(default_factory=dict)
    publisher: Text = field(default_factory=dict)
    editor: Text = field(default_factory=dict)
    published: Period | None = None
    language: str | None = None
    url: str | None = None
    archived: str | None = None
    accessed: Period | None = None
    doi: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    licence: str | None = None
    sha256: str | None = None
    names: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One claim made by one source."""

    id: str
    category: str
    title: Text
    text: Text
    source: str
    kind: Kind | None = None
    figure: Figure | None = None
    unit: str | None = None
    when: Period | None = None
    paragraph: int | None = None  # the source's non-empty lines, counted from 1
    quote: str | None = None  # the words of the source that support the fact, as printed
    tags: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()  # as written with this fact; `Store.conflicts` has both sides
    note: Text = field(default_factory=dict)
    draft: bool = False  # proposed by a program and not yet reviewed by a person
    at: Position | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Store:
    """The contents of a store's files, in the order written."""

    title: Text
    units: Mapping[str, Text]  # id → names
    categories: Mapping[str, Text]  # id → names
    sources: Mapping[str, Source]
    facts: tuple[Fact, ...]
    version: str | None = None
    licence: str | None = None  # of the store's own wording
    synonyms: tuple[tuple[str, ...], ...] = ()  # groups of words that a search treats as equal
    # ("unit", id) → where it is defined; also for categories, sources and facts
    places: Mapping[tuple[str, str], Position] = field(default_factory=dict, compare=False)

    @cached_property
    def by_id(self) -> Mapping[str, Fact]:
        """Fact id → fact."""
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def conflicts(self) -> Mapping[str, tuple[Conflict, ...]]:
        """Fact id → its conflicts, no matter which side names them."""
        sides: dict[str, dict[str, Conflict]] = {}
        named = [(fact.id, conflict) for fact in self.facts for conflict in fact.conflicts]
        for id_, conflict in named:
            sides.setdefault(id_, {})[conflict.other] = conflict
        for id_, conflict in named:
            sides.setdefault(conflict.other, {}).setdefault(id_, Conflict(id_, conflict.note))
        return {id_: tuple(found.values()) for id_, found in sides.items()}

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the facts' texts: Chinese, English, then the others as they appear."""
        return reading_order(
            dict.fromkeys(lang for fact in self.facts for text in (fact.title, fact.text, fact.note) for lang in text)
        )
