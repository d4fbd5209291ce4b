"""A store held against the text of its source, both ways.

Store → text: the printed figure of a fact stands in the paragraph that the fact cites. Text → store: every number of
a paragraph is in a fact that cites it or in a name of the source.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING

from cs_facts.errors import FigureError
from cs_facts.figures import parse_figure
from cs_facts.model import Position, Problem
from cs_facts.numerals import Numeral, find_numerals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cs_facts.model import Fact, Figure, Name, Source, Store

_LINE_END = re.compile(r"\r\n?|\n")
_AROUND = 12
"""Characters shown to either side of a number."""

_ENOUGH = 4
"""Figures from which on their places say whether the text is another document."""

_NOWHERE = Position("store", 1, 1)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of a text that is not empty.

    Attributes:
        number: its place among them, from 1.
        line: its line in the file, from 1, and ``column`` that of its first character.
        text: the line without the white space at its ends, U+3000 included.
        numerals: the numbers in it.

    """

    number: int
    line: int
    column: int
    text: str
    numerals: tuple[Numeral, ...]

    def around(self, start: int, end: int) -> str:
        """Quote a stretch with the words around it."""
        left, right = max(start - _AROUND, 0), min(end + _AROUND, len(self.text))
        return f"{'…' if left else ''}{self.text[left:right]}{'…' if right < len(self.text) else ''}"

    def occurrences(self, printed: str) -> Iterator[tuple[int, int]]:
        """Yield where a wording occurs, be it inside a longer number."""
        start = self.text.find(printed)
        while start >= 0:
            yield start, start + len(printed)
            start = self.text.find(printed, start + 1)

    def standing(self, printed: str) -> list[tuple[int, int]]:
        """Return where a figure stands as printed: no number there, with what limits it, reaches beyond it."""
        return [span for span in self.occurrences(printed) if not any(self._crossing(*span))]

    def _crossing(self, start: int, end: int) -> Iterator[Numeral]:
        for numeral in self.numerals:
            if numeral.start < end and start < numeral.end and not numeral.within(start, end):
                yield numeral

    def longer(self, printed: str) -> Numeral | None:
        """Return a longer number inside which a wording occurs."""
        return next((numeral for span in self.occurrences(printed) for numeral in self._crossing(*span)), None)


@dataclass(frozen=True, slots=True)
class Document:
    """A text and the file it was read from; ``sha256`` is that of its paragraphs joined by LF."""

    file: str
    paragraphs: tuple[Paragraph, ...]
    sha256: str

    def paragraph(self, number: int | None) -> Paragraph | None:
        """Return a paragraph by its number."""
        return self.paragraphs[number - 1] if number and number <= len(self.paragraphs) else None


def read_document(file: str, text: str) -> Document:
    """Divide a text into paragraphs and find their numbers."""
    paragraphs: list[Paragraph] = []
    for line, raw in enumerate(_LINE_END.split(text), start=1):
        stripped = raw.strip()
        if stripped:
            column = raw.index(stripped) + 1
            paragraphs.append(Paragraph(len(paragraphs) + 1, line, column, stripped, find_numerals(stripped)))
    joined = "\n".join(paragraph.text for paragraph in paragraphs)
    digest = hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(file, tuple(paragraphs), digest)


@dataclass(frozen=True, slots=True)
class Finding:
    """A figure of the store, a number of the text or a name of the source, and whether it has its other half.

    Attributes:
        kind: ``figure``, ``number`` or ``name``.
        printed: its wording.
        at: where it stands: a figure or name in the store, a number in the text.
        paragraph: the paragraph cited, or that of the number.
        facts: the ids of the facts it belongs to.
        message: what is wrong; empty when nothing is.

    """

    kind: str
    printed: str
    at: Position
    paragraph: int | None
    facts: tuple[str, ...] = ()
    message: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the other half is missing."""
        return bool(self.message)


@dataclass(frozen=True)
class Audit:
    """What came of holding a store against a text.

    Attributes:
        findings: every figure and name of the source in store order, then every number in text order.
        is_edition: whether the text is the one whose SHA-256 the source gives; None when it gives none.
        elsewhere: how many figures stand in the text at all, at whatever paragraph.

    """

    source: Source
    document: Document
    findings: tuple[Finding, ...]
    is_edition: bool | None
    elsewhere: int

    def count(self, kind: str) -> tuple[int, int]:
        """Return how many findings of a kind are covered, and how many there are."""
        found = [finding for finding in self.findings if finding.kind == kind]
        return sum(not finding.is_open for finding in found), len(found)

    @cached_property
    def is_foreign(self) -> bool:
        """Whether the text is plainly another document.

        Few figures stand where they are cited, and most stand nowhere: a text that gained a paragraph at its head
        is still the same text.
        """
        standing, total = self.count("figure")
        return not self.is_edition and total >= _ENOUGH and standing * 4 < total and self.elsewhere * 2 < total

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is open, or in place of it that the text is another document."""
        if self.is_foreign:
            return (Problem(Position(self.document.file, 1, 1), self._foreign()),)
        return tuple(Problem(finding.at, finding.message) for finding in self.findings if finding.is_open)

    def _foreign(self) -> str:
        standing, total = self.count("figure")
        return f"this looks like another document than source {self.source.id!r}: {standing} of its {total} figures stand here where they are cited"


def audit(store: Store, source: Source, document: Document) -> Audit:
    """Hold the facts of one source against its text."""
    facts = [fact for fact in store.facts if fact.source == source.id]
    figures = [_figure_finding(fact, fact.figure, document) for fact in facts if fact.figure]
    at = store.places.get(("source", source.id)) or next((fact.at for fact in facts if fact.at), _NOWHERE)
    names = [_name_finding(name, source, at, document) for name in source.names]
    cited = [fact for fact in facts if not fact.figure and _beyond(fact, document)]
    places = [Finding("place", fact.id, fact.at or _NOWHERE, fact.paragraph, (fact.id,), _nowhere(fact, document)) for fact in cited]
    return Audit(
        source,
        document,
        (*figures, *places, *names, *_number_findings(facts, source.names, document)),
        None if source.sha256 is None else source.sha256 == document.sha256,
        sum(bool(_stands_in(fact.figure.printed, document.paragraphs)) for fact in facts if fact.figure),
    )
