"""A store held against the text of its source, both ways.

Store → text: the printed figure of a fact stands in the paragraph that the fact cites. Text → store: every number of
a paragraph is in a fact that cites it or in a name of the source.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from cs_facts.model import NOWHERE, Position, Problem
from cs_facts.numbers.scanner import Token, scan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from cs_facts.model import Fact, Name, Source, Store

_LINE_END = re.compile(r"\r\n?|\n")
_AROUND = 12
"""Characters shown to either side of a number."""

_ENOUGH = 4
"""Figures from which on their places tell whether the text is another document."""

_NAMED = 3
"""Paragraphs named where a figure stands elsewhere."""


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
    numerals: tuple[Token, ...]

    def around(self, start: int, end: int) -> str:
        """Quote a stretch with the words around it."""
        left, right = max(start - _AROUND, 0), min(end + _AROUND, len(self.text))
        return f"{'…' if left else ''}{self.text[left:right]}{'…' if right < len(self.text) else ''}"

    def find(self, printed: str) -> Iterator[tuple[int, int]]:
        """Yield where a wording occurs, be it inside a longer number."""
        start = self.text.find(printed)
        while start >= 0:
            yield start, start + len(printed)
            start = self.text.find(printed, start + 1)

    def standing(self, printed: str) -> list[tuple[int, int]]:
        """Return where a figure stands as printed: no number there, with what limits it, reaches beyond it."""
        return [span for span in self.find(printed) if not any(self._crossing(*span))]

    def _crossing(self, start: int, end: int) -> Iterator[Token]:
        first = bisect_right(
            self.numerals, start, key=lambda numeral: numeral.end
        )  # they stand in a row, none in another
        for place in range(first, len(self.numerals)):
            numeral = self.numerals[place]
            if numeral.start >= end:
                break
            if numeral.start < start or numeral.end > end:
                yield numeral

    def longer(self, printed: str) -> Token | None:
        """Return a longer number inside which a wording occurs."""
        return next((numeral for span in self.find(printed) for numeral in self._crossing(*span)), None)


@dataclass(frozen=True, slots=True)
class Document:
    """A text and the file it was read from; ``sha256`` is that of its paragraphs joined by LF."""

    file: str
    paragraphs: tuple[Paragraph, ...]
    sha256: str

    def paragraph(self, number: int | None) -> Paragraph | None:
        """Return a paragraph by its number."""
        return self.paragraphs[number - 1] if number and number <= len(self.paragraphs) else None


def _counted(line: str) -> tuple[Token, ...]:
    """Return the figures and dates of a line."""
    return tuple(token for token in scan(line) if token.kind in ("figure", "date"))


def read_document(file: str, text: str) -> Document:
    """Divide a text into paragraphs and find their numbers."""
    paragraphs: list[Paragraph] = []
    for line, raw in enumerate(_LINE_END.split(text), start=1):
        stripped = raw.strip()
        if stripped:
            column = raw.index(stripped) + 1
            paragraphs.append(Paragraph(len(paragraphs) + 1, line, column, stripped, _counted(stripped)))
    joined = "\n".join(paragraph.text for paragraph in paragraphs)
    digest = hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(file, tuple(paragraphs), digest)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the audit looked at, and what is wrong with it.

    Attributes:
        kind: a ``figure`` of a fact, the ``place`` that a fact without one cites, a ``name`` of the source, or a
            ``number`` of the text.
        printed: its wording, empty for a place.
        at: where it is written: a number in the text, the others in the store.
        paragraph: the paragraph cited, or that of the number.
        facts: the ids of the facts that it belongs to or that cover it.
        message: what is wrong; empty when nothing is.

    """

    kind: Literal["figure", "place", "name", "number"]
    printed: str
    at: Position
    paragraph: int | None
    facts: tuple[str, ...] = ()
    message: str = ""


@dataclass(frozen=True)
class Audit:
    """What came of holding a store against a text.

    Attributes:
        findings: the figures, places and names of the source in store order, then the numbers in text order.
        is_edition: whether the text is the one whose SHA-256 the source gives; None when it gives none.

    """

    source: Source
    document: Document
    findings: tuple[Finding, ...]
    is_edition: bool | None

    def coverage(self, kind: str) -> tuple[int, int]:
        """Return how many findings of a kind are as they should be, and how many there are."""
        messages = [finding.message for finding in self.findings if finding.kind == kind]
        return messages.count(""), len(messages)

    @cached_property
    def is_foreign(self) -> bool:
        """Whether the text is plainly another document.

        Few figures stand where they are cited and most stand nowhere; a text that gained a paragraph at its head
        is still the same text.
        """
        standing, total = self.coverage("figure")
        if self.is_edition or total < _ENOUGH or standing * 4 >= total:
            return False
        figures = [finding.printed for finding in self.findings if finding.kind == "figure"]
        return sum(bool(_paragraphs_with(printed, self.document)) for printed in figures) * 2 < total

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is open; one problem when the text is another document."""
        if not self.is_foreign:
            return tuple(Problem(finding.at, finding.message) for finding in self.findings if finding.message)
        standing, total = self.coverage("figure")
        message = f"{standing} of {total} figures of source {self.source.id!r} stand here where they are cited"
        return (Problem(Position(self.document.file, 1, 1), f"{message}: this looks like another document"),)


def audit(store: Store, source: Source, document: Document) -> Audit:
    """Hold the facts of one source against its text."""
    facts = [fact for fact in store.facts if fact.source == source.id]
    at = store.places.get(("source", source.id)) or next((fact.at for fact in facts if fact.at), NOWHERE)
    return Audit(
        source,
        document,
        (
            *_figures_and_places(facts, document),
            *(_name(name, source, at, document) for name in source.names),
            *_numbers(facts, source, document),
        ),
        None if source.sha256 is None else source.sha256 == document.sha256,
    )


def _figures_and_places(facts: Iterable[Fact], document: Document) -> Iterator[Finding]:
    for fact in facts:
        at, ids = fact.at or NOWHERE, (fact.id,)
        if fact.figure:
            fault = _misplaced(fact.figure.printed, fact.paragraph, document, fact.figure.value)
            message = fault and f"fact {fact.id!r}: figure {fact.figure.printed!r} {fault}"
            yield Finding("figure", fact.figure.printed, at, fact.paragraph, ids, message)
        elif fact.paragraph and not document.paragraph(fact.paragraph):
            message = f"fact {fact.id!r} cites {_absent(fact.paragraph, document)}"
            yield Finding("place", "", at, fact.paragraph, ids, message)


def _name(name: Name, source: Source, at: Position, document: Document) -> Finding:
    paragraph = document.paragraph(name.paragraph)
    stands = paragraph is not None and name.printed in paragraph.text
    fault = "" if stands else f"does not stand in paragraph {name.paragraph}"
    message = fault and f"source {source.id!r}: name {name.printed!r} {fault}"
    return Finding("name", name.printed, at, name.paragraph, (), message)


def _misplaced(printed: str, number: int | None, document: Document, value: Decimal | None) -> str:
    """Say that a figure does not stand where it should, and where it does or what stands there instead."""
    paragraph = document.paragraph(number)
    if paragraph and paragraph.standing(printed):
        return ""
    if number is None:
        where = "cites no paragraph"
    elif paragraph is None:
        where = f"cites {_absent(number, document)}"
    else:
        where = f"does not stand in paragraph {number} (line {paragraph.line})"
    hints = [_longer(printed, paragraph), _elsewhere(printed, document)]
    return "; ".join(filter(None, [where, *(hints if any(hints) else [_nearest(printed, value, paragraph)])]))


def _absent(number: int, document: Document) -> str:
    return f"paragraph {number}, but the text has {len(document.paragraphs)}"


def _longer(printed: str, paragraph: Paragraph | None) -> str:
    longer = paragraph.longer(printed) if paragraph else None
    return f"there it is part of {longer.printed!r}" if longer else ""


def _elsewhere(printed: str, document: Document) -> str:
    found = [f"{paragraph.number} (line {paragraph.line})" for paragraph in _paragraphs_with(printed, document)]
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return f"it stands in paragraph {', '.join(found[:_NAMED])}{more}" if found else ""


def _paragraphs_with(printed: str, document: Document) -> list[Paragraph]:
    return [paragraph for paragraph in document.paragraphs if paragraph.standing(printed)]


def _nearest(printed: str, value: Decimal | None, paragraph: Paragraph | None) -> str:
    """Name the number of a paragraph that has the same value, or failing that the most similar wording."""
    if paragraph is None:
        return ""
    if not paragraph.numerals:
        return "no number stands there"

    def distance(numeral: Token) -> tuple[bool, float]:
        said = numeral.figure.value if numeral.figure else None
        return said is None or said != value, -SequenceMatcher(None, printed, numeral.printed).ratio()

    nearest = min(paragraph.numerals, key=distance)
    return f"the nearest number there is {nearest.printed!r}: {paragraph.around(nearest.start, nearest.end)}"


def _numbers(facts: Sequence[Fact], source: Source, document: Document) -> Iterator[Finding]:
    """Yield every number of the text with the facts that cover it."""
    for paragraph in document.paragraphs:
        if not paragraph.numerals:
            continue
        citing = [fact for fact in facts if fact.paragraph == paragraph.number]
        figures = {fact.id: paragraph.standing(fact.figure.printed) for fact in citing if fact.figure}
        named = [
            span for name in source.names if name.paragraph == paragraph.number for span in paragraph.find(name.printed)
        ]
        for numeral in paragraph.numerals:
            ids = tuple(fact.id for fact in citing if _covers(fact, figures.get(fact.id, ()), numeral, source))
            yield _number(numeral, ids, paragraph, document, named)


def _covers(fact: Fact, standing: Iterable[tuple[int, int]], numeral: Token, source: Source) -> bool:
    if any(numeral.core[0] < end and start < numeral.core[1] for start, end in standing):
        return True
    return bool(fact.when and numeral.date and numeral.date.covered_by(fact.when, source.published))


def _number(
    numeral: Token, ids: tuple[str, ...], paragraph: Paragraph, document: Document, named: Iterable[tuple[int, int]]
) -> Finding:
    start, end = numeral.core
    is_named = any(first <= start and end <= last for first, last in named)
    around = paragraph.around(numeral.start, numeral.end)
    message = f"no fact or name covers {numeral.printed!r} in paragraph {paragraph.number}: {around}"
    at = Position(document.file, paragraph.line, paragraph.column + numeral.start)
    return Finding("number", numeral.printed, at, paragraph.number, ids, "" if ids or is_named else message)
