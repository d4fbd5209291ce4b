"""A text as an audit or a verification reads it: paragraphs with their numbers, each at its line and column."""

from __future__ import annotations

import hashlib
import re
import sys
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from cs_facts.model import Position
from cs_facts.numbers.figures import parse_figure
from cs_facts.numbers.scanner import Token, scan_lines
from cs_facts.text import occurrences
from cs_facts.texts.units import unit_after

if TYPE_CHECKING:
    from cs_facts.dates.printed import PrintedDate

_LINE_END = re.compile(r"\r\n?|\n")

# Characters shown to either side of a number.
_AROUND = 12
# What deals a list out, behind it; numbers of a list that are looked at for its direction.
_DEALT, _LIST = re.compile(r".{0,90}?\brespectively\b"), 24

Span = tuple[int, int]


@dataclass(frozen=True)
class Paragraph:
    """A line of a text that is not empty.

    Attributes:
        file: the file that it stands in.
        number: its place among the paragraphs, from 1.
        line: its line in the file, from 1, and ``column`` that of its first character.
        text: the line without the white space at its ends, U+3000 included.
        tokens: its numbers, left to right, none inside another.

    """

    file: str
    number: int
    line: int
    column: int
    text: str
    tokens: tuple[Token, ...] = field(repr=False, compare=False)
    _found: dict[str, list[Span]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def dates(self) -> frozenset[PrintedDate]:
        """What its dates say, each once."""
        return frozenset(token.date for token in self.tokens if token.date)

    def at(self, offset: int) -> Position:
        """Return the place of an offset in the file."""
        return Position(self.file, self.line, self.column + offset)

    def around(self, start: int, end: int) -> str:
        """Quote a stretch with the words around it."""
        left, right = max(start - _AROUND, 0), min(end + _AROUND, len(self.text))
        return f"{'…' if left else ''}{self.text[left:right]}{'…' if right < len(self.text) else ''}"

    def find(self, wording: str) -> list[Span]:
        """Return where a wording occurs, be it inside a longer number."""
        return [(start, start + len(wording)) for start in occurrences(self.text, wording)]

    def standing(self, printed: str, within: Span = (0, sys.maxsize)) -> list[Span]:
        """Return where a figure stands as printed: a number is there and none, with its limits, reaches beyond it."""
        if printed not in self.text:  # of a text of many paragraphs most are asked for nothing
            return []
        if printed not in self._found:
            found = (span for span in self.find(printed) if self.touching(*span))
            self._found[printed] = [span for span in found if not self.crossing(*span)]
        spans, last = self._found[printed], within[1] - len(printed)
        return spans[bisect_left(spans, (within[0], 0)) : bisect_left(spans, (last + 1, 0))]

    def crossing(self, start: int, end: int, *, named: bool = False) -> str:
        """Return the number of which a stretch is only a part; a name that is a bare number is one of it counted."""
        for token in self.touching(start, end):
            is_bare = named and (token.start, token.end) == (start, end)
            whole = self.counted(token) if is_bare else token.printed
            is_part = token.start < start or end < token.start + len(whole)
            if is_part and not (named and token.kind in ("label", "idiom")):
                return whole
        return ""

    def turned(self, token: Token) -> Span | None:
        """Return the words that give a number of a list the direction of its first: 下降7.3%、8.1%."""
        if not (token.figure and token.figure.form == "change") or _says_change(token):
            return None
        nth = bisect_left(self.tokens, token.start, key=attrgetter("start"))
        first = next(filter(_says_change, reversed(self.tokens[max(nth - _LIST, 0) : nth])), None)
        dealt = _DEALT.match(self.text, token.end)
        return (first.start, dealt.end() if dealt else token.end) if first else None

    def counted(self, token: Token) -> str:
        """Return a figure with the counter behind it, a date as it is."""
        counter = unit_after(self.text, token.end) if token.kind == "figure" else None
        return self.text[token.start : counter[1] if counter else token.end]

    def touching(self, start: int, end: int) -> list[Token]:
        """Return the numbers that share a character with a stretch."""
        first = bisect_right(self.tokens, start, key=attrgetter("end"))
        return list(self.tokens[first : bisect_left(self.tokens, end, first, key=attrgetter("start"))])


def _says_change(token: Token) -> bool:
    """Tell whether a number says by its own words that something rose or fell."""
    if not (token.figure and token.figure.form == "change"):
        return False
    return parse_figure(token.figure.printed).form == "change"


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
    """Divide a text into paragraphs."""
    lines = [(line, raw, raw.strip()) for line, raw in enumerate(_LINE_END.split(text), start=1) if raw.strip()]
    stripped = [stripped for *_, stripped in lines]
    paragraphs = tuple(
        Paragraph(file, number, line, raw.index(stripped) + 1, stripped, tokens)
        for number, ((line, raw, stripped), tokens) in enumerate(zip(lines, scan_lines(stripped), strict=True), 1)
    )
    joined = "\n".join(stripped)
    return Document(file, paragraphs, hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest())
