"""The nouns: facts, figures, periods, sources and stores, all frozen values."""

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

    # What is known of a store without reading its facts one by one.
    Catalogue: TypeAlias = "Store | Index"

# Language tag → text. The key `""` holds a text whose language its store does not say.
Text = dict[str, str]


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


# The place of what was read from no file.
NOWHERE = Position("store", 1, 1)


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in a store: what is wrong, where, and what would be right."""

    at: Position
    message: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        return f"{self.at}: {self.severity}: {self.message}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as printed and as a number (contract §4, table of figures).

    ``low`` and ``high`` are the closed hull of what the wording may stand for: `bound` says which end is left out.
    """

    printed: str  # the wording, counter word and limits included
    value: Decimal | None  # exact, 506600 for 50.66万; a share in per cent, a fall negative; None where there is none
    low: Decimal | None  # None where there is no such end
    high: Decimal | None
    form: Form
    bound: Bound
    parts: tuple[Decimal, ...] = ()  # the numbers of a range (two) or of a ratio, in printed order


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days written as EDTF (ISO 8601-2).

    The days from ``first`` to ``last`` are those known to belong to it, None where it is open. Where the beginning is
    unknown (``/2022-12-18``) the known days are those of its end, and the other way round.
    """

    edtf: str  # as written
    start: date | None  # its first day, None when its beginning is open or unknown; `end` likewise its last
    end: date | None
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A fact that cannot be read at face value beside this one, and what may explain it."""

    other: str
    note: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Name:
    """A number of a source's text that counts nothing; without a paragraph: wherever it stands."""

    printed: str
    why: str
    paragraph: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A cited document; ``type`` is an item type of CSL 1.0.2, ``container`` the journal or book it stands in."""

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
    """One claim of one source."""

    id: str
    category: str
    title: Text
    text: Text
    source: str
    kind: Kind | None = None
    figure: Figure | None = None
    unit: str | None = None
    when: Period | None = None
    paragraph: int | None = None  # of the source's non-empty lines, counted from 1
    quote: str | None = None  # the words of the source that carry the fact, as printed
    tags: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()  # those written beside this fact; `Store.conflicts` has both sides
    note: Text = field(default_factory=dict)
    draft: bool = False  # whether it was proposed by a program and not yet read by a person
    at: Position | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Store:
    """All that a store's files hold, in the order written."""

    title: Text
    units: Mapping[str, Text]  # id → names, likewise `categories`
    categories: Mapping[str, Text]
    sources: Mapping[str, Source]
    facts: tuple[Fact, ...]
    version: str | None = None
    licence: str | None = None  # of its wording
    synonyms: tuple[tuple[str, ...], ...] = ()  # groups of words that a search takes for one another
    # ("unit", id) → where it is defined, likewise for categories, sources and facts
    places: Mapping[tuple[str, str], Position] = field(default_factory=dict, compare=False)

    @cached_property
    def by_id(self) -> Mapping[str, Fact]:
        """Fact id → fact."""
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def conflicts(self) -> Mapping[str, tuple[Conflict, ...]]:
        """Fact id → its conflicts, whichever side names them."""
        sides: dict[str, dict[str, Conflict]] = {}
        for fact in self.facts:
            for conflict in fact.conflicts:
                sides.setdefault(fact.id, {})[conflict.other] = conflict
        for fact in self.facts:
            for conflict in fact.conflicts:
                mirrored = Conflict(fact.id, conflict.note)
                sides.setdefault(conflict.other, {}).setdefault(fact.id, mirrored)
        return {id_: tuple(found.values()) for id_, found in sides.items()}

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the facts' texts: Chinese, English, then the others as they come."""
        return reading_order(
            dict.fromkeys(lang for fact in self.facts for text in (fact.title, fact.text, fact.note) for lang in text)
        )
