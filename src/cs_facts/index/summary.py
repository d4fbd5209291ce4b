"""What the facts of a file come to: how many, what cites what, which days. Several files' come to the store's."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from cs_facts.index.rows import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Reference = tuple[str, str]
    """What is referred to, ``category`` say, and its id."""

_key = itemgetter(*map(FIELDS.index, ("category", "kind", "unit", "ordinal")))
_category, _source, _start, _end = map(FIELDS.index, ("category", "source", "start", "end"))

Tally = list[Any]
"""Number of facts, place of the first one, first day, last day."""


@dataclass(slots=True)
class Summary:
    """What facts come to.

    Attributes:
        languages: of their texts, as they come.
        tallies: category, kind, unit and whether a rank → see `Tally`.
        cited: categories, each with a source of a fact of it.
        days: the first and the last that a period names, if any does.

    """

    languages: list[str] = field(default_factory=list)
    tallies: dict[tuple[Any, ...], Tally] = field(default_factory=dict)
    cited: set[tuple[str, str]] = field(default_factory=set)
    days: list[str] = field(default_factory=list)

    def add(self, rows: Sequence[Sequence[Any]], places: Iterable[int], languages: Iterable[str]) -> None:
        """Add facts, each as the row of the index that begins with `FIELDS`, and its place."""
        self._speak(languages)
        for place, row in zip(places, rows, strict=True):
            self._count(_key(row), 1, place, row[_start], row[_end])
            self.cited.add((row[_category], row[_source]))
        self._reach(row[at] for row in rows for at in (_start, _end))

    def add_all(self, other: Summary) -> None:
        """Add what other facts come to."""
        self._speak(other.languages)
        for key, tally in other.tallies.items():
            self._count(key, *tally)
        self.cited |= other.cited
        self._reach(other.days)

    def _speak(self, languages: Iterable[str]) -> None:
        self.languages += [language for language in languages if language not in self.languages]

    def _reach(self, days: Iterable[str | None]) -> None:
        named = [*self.days, *filter(None, days)]
        self.days = [min(named), max(named)] if named else []

    def _count(self, key: tuple[Any, ...], facts: int, first: int, start: str | None, end: str | None) -> None:
        tally = self.tallies.setdefault(key, [0, first, None, None])
        tally[0] += facts
        tally[1] = min(tally[1], first)
        if start and (tally[2] is None or start < tally[2]):
            tally[2] = start
        if end and (tally[3] is None or end > tally[3]):
            tally[3] = end

    @property
    def references(self) -> set[Reference]:
        """The names that the facts refer to."""
        return {
            *(("unit", unit) for _, _, unit, _ in self.tallies if unit),
            *(("category", category) for category, _ in self.cited),
            *(("source", source) for _, source in self.cited),
        }

    def to_json(self) -> str:
        """Write it as text."""
        tallies = [[*key, *tally] for key, tally in self.tallies.items()]
        parts = [self.languages, tallies, sorted(self.cited), self.days]
        return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Summary:
        """Read it; the inverse of `to_json`."""
        languages, tallies, cited, days = json.loads(text)
        return cls(languages, {tuple(row[:4]): row[4:] for row in tallies}, set(map(tuple, cited)), days)
