"""The nouns: facts, figures, periods, sources and stores, all frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Protocol

from cs_facts.lexicon import Bound, Kind, reading_order

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

Text = dict[str, str]
"""Language tag → text. The key ``""`` holds a text whose language its store does not say."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Position("store", 1, 1)
"""The place of what was read from no file."""


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
    """A number as printed and as a number.

    Attributes:
        printed: the wording, counter word included.
        value: the exact number: 506600 for 50.66万.
        bound: how the wording limits the number.
        quantum: what one step of the last printed digit is worth: 100 for 50.66万.

    """

    printed: str
    value: Decimal
    bound: Bound
    quantum: Decimal


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days written as EDTF (ISO 8601-2).

    Attributes:
        edtf: the period as written.
        start: its first day, None when the period is open at its beginning.
        end: its last day, None when the period is open at its end.

    """

    edtf: str
    start: date | None
    end: date | None

    def overlaps(self, other: Period) -> bool:
        """Tell whether the two periods share a day."""
        return _not_after(self.start, other.end) and _not_after(other.start, self.end)


def _not_after(start: date | None, end: date | None) -> bool:
    return start is None or end is None or start <= end


@dataclass(frozen=True, slots=True)
class Conflict:
    """A fact that cannot be read at face value beside this one, and what may explain it."""

    other: str
    note: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Name:
    """A number of a source's text that counts nothing, being part of a name."""

    paragraph: int
    printed: str
    why: str


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
    sha256: str | None = None
    names: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One claim of one source.

    Attributes:
        paragraph: where it stands: the non-empty lines of the source counted from 1.
        conflicts: the conflicts written beside this fact; `Store.conflicts` has both sides.
        at: where the fact stands in its store.

    """

    id: str
    category: str
    title: Text
    text: Text
    source: str
    kind: Kind | None = None
    figure: Figure | None = None
    unit: str | None = None
    when: Period | None = None
    paragraph: int | None = None
    tags: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    note: Text = field(default_factory=dict)
    at: Position | None = field(default=None, compare=False)


class Catalogue(Protocol):
    """What is known of a store without reading its facts one by one."""

    @property
    def title(self) -> Text:
        """The store's title."""

    @property
    def units(self) -> Mapping[str, Text]:
        """Unit id → names, in the order written."""

    @property
    def categories(self) -> Mapping[str, Text]:
        """Category id → names, in the order written."""

    @property
    def sources(self) -> Mapping[str, Source]:
        """Source id → source, in the order written."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the facts' texts, in the order of their columns."""

    @property
    def by_id(self) -> Mapping[str, Fact]:
        """Fact id → fact."""

    @property
    def conflicts(self) -> Mapping[str, tuple[Conflict, ...]]:
        """Fact id → its conflicts, whichever side names them."""


@dataclass(frozen=True)
class Store:
    """All that a store's files hold.

    Attributes:
        units: unit id → names, likewise ``categories``; both in the order written.
        facts: in the order written.
        places: ("unit", id) → where it is defined, likewise for categories, sources and facts.

    """

    title: Text
    units: Mapping[str, Text]
    categories: Mapping[str, Text]
    sources: Mapping[str, Source]
    facts: tuple[Fact, ...]
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
