r"""Search a long text for many patterns, trying each only where it can begin.

>>> table = Patterns([re.compile(r"in (\d{4})"), re.compile(r"\d+%")])
>>> [[match[0] for match in found] for _, found in table.sought("5% in 2020 in all")]
[['in 2020'], ['5%']]

Trying a hundred patterns at every character takes 8 µs a character, four times as long as this. For any text that is
not short, the beginnings of a pattern are read off its parsed form: up to four characters, letters in lower case,
digits as 0, numerals as 一. No pattern may begin inside a run of letters or digits, unless the run so far is taken.
"""

from __future__ import annotations

import re
from bisect import insort
from collections import defaultdict
from functools import cached_property, lru_cache
from re import _parser  # type: ignore[attr-defined]  # no public API tells how a pattern may begin
from string import ascii_lowercase, ascii_uppercase, whitespace
from typing import TYPE_CHECKING, Any

from cs_facts.text import occurrences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    # A part of a parsed pattern: an opcode and its argument.
    _Item = tuple[object, Any]

# Replaces each character that an earlier match has taken.
TAKEN = "\0"

_NUMERALS = "〇○零一二三四五六七八九十"
_SHAPE = str.maketrans(
    f"{ascii_uppercase}123456789{_NUMERALS}{whitespace}",
    f"{ascii_lowercase}{'0' * 9}{'一' * len(_NUMERALS)}{' ' * len(whitespace)}",
)
_CATEGORIES = {"CATEGORY_DIGIT": "0", "CATEGORY_SPACE": " ", "CATEGORY_WORD": f"{ascii_lowercase}0_"}
_LONGEST = 4
# A pattern with more beginnings than this is followed no further; a range of more characters counts as any character.
_MOST, _RANGE = 1000, 200
_KNOWN = 50_000
# In a beginning: the start of a line, any character (only in first place), and the end of what is known.
_FIRST, _ANY, _END = "\n", "\1", "\2"
# For texts with fewer characters, reading the beginnings (0.1 s) does not pay.
_SHORT = 10_000


class Patterns:
    """Patterns, in the order in which they take text."""

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        self.patterns = tuple(patterns)
        self.begun_by = lru_cache(_KNOWN)(self._begun_by)

    def sought(self, text: str) -> Sought:
        """Search a text for them."""
        return Sought(self, text)

    @cached_property
    def beginnings(self) -> dict[str, list[int]]:
        """Beginning → the numbers of its patterns; ``~number`` if it follows a first character that may be any."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, pattern in enumerate(self.patterns):
            flags = pattern.flags & ~re.UNICODE if pattern.flags & re.ASCII else pattern.flags
            for beginning in _beginnings(_parser.parse(pattern.pattern, flags), {""}):
                first, _, second = beginning.rstrip(_END).partition(_ANY)
                is_second = not second.isascii()
                found[second if is_second else first].append(~number if is_second else number)
        return found

    @cached_property
    def starts(self) -> re.Pattern[str]:
        """Matches the characters of a text's shape at which some pattern may begin."""
        signs = {_FIRST, *(beginning[:1] for beginning in self.beginnings)} - {*ascii_lowercase, "0"}
        return re.compile(rf"(?<![a-z])[a-z]|(?<!0)0|[{re.escape(''.join(sorted(signs)))}]")

    def _begun_by(self, shape: str) -> tuple[int, ...]:
        """Return the patterns that begin with the first character, the first two, and so on."""
        sizes = range(1, len(shape) + 1)
        return tuple({number for size in sizes for number in self.beginnings.get(shape[:size], ())})


class Sought:
    """A text that is searched for one pattern after the other.

    Iterating yields the number of each pattern with its matches. The text that is taken in between is hidden from the
    patterns that follow.
    """

    def __init__(self, patterns: Patterns, text: str) -> None:
        self.text, self._patterns = text, patterns
        self._shape = shape = text.translate(_SHAPE) if len(text) >= _SHORT else ""
        self._at = at = defaultdict[int, list[int]](list)  # number of a pattern → where it may begin
        if not shape:
            return
        lines = [0, *(place + 1 for place in occurrences(text, _FIRST))]
        at |= {number: lines.copy() for number in patterns.beginnings.get(_FIRST, ())}
        begun_by = patterns.begun_by
        for place in map(re.Match.start, patterns.starts.finditer(shape)):
            for number in begun_by(shape[place : place + _LONGEST]):
                at[number].append(place)
        for number in [number for number in at if number < 0]:
            at[~number] += (place - 1 for place in at.pop(number))
        for places in at.values():
            places.sort()

    def __iter__(self) -> Iterator[tuple[int, list[re.Match[str]]]]:
        anywhere = self._patterns.beginnings.get("", ()) if self._shape else range(len(self._patterns.patterns))
        for number, pattern in enumerate(self._patterns.patterns):
            found = pattern.finditer(self.text) if number in anywhere else self._matches(pattern, self._at[number])
            if matches := list(found):
                yield number, matches

    def _matches(self, pattern: re.Pattern[str], places: Iterable[int]) -> Iterator[re.Match[str]]:
        end, text = 0, self.text
        for place in places:
            if place >= end and (match := pattern.match(text, place)):
                yield match
                end = match.end()

    def take(self, spans: Sequence[tuple[int, int]]) -> None:
        """Hide spans of the text, given from left to right; the rest of a run that one cuts may begin a pattern."""
        self.text = blanked(self.text, spans)
        for _, end in spans if self._shape else ():
            around = self._shape[end - 1 : end + 1]
            if around.isalnum() and around.isascii():
                for number in self._patterns.begun_by(self._shape[end : end + _LONGEST]):
                    insort(self._at[number], end)


def blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Replace spans of a text, given from left to right, by `TAKEN`, in one pass: a long line has many."""
    if not spans:
        return text
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], TAKEN * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])


def _beginnings(items: Iterable[_Item], begun: set[str]) -> set[str]:
    """Extend each beginning by a sequence of parts."""
    for code, argument in items:
        open_ = {each for each in begun if len(each) < _LONGEST and not each.endswith(_END)}
        begun = begun - open_ | (_extended(str(code), argument, open_) if open_ else set())
    return begun


def _extended(code: str, argument: Any, begun: set[str]) -> set[str]:  # noqa: ANN401  # depends on the opcode
    """Extend each beginning by one part."""
    if code in ("SUBPATTERN", "ATOMIC_GROUP"):
        return _beginnings(argument[-1] if code == "SUBPATTERN" else argument, begun)
    if code == "BRANCH":
        return set().union(*(_beginnings(way, begun) for way in argument[1]))
    if code.endswith("REPEAT"):
        least, most, item = argument
        ways = [begun]
        for _ in range(min(most, _LONGEST)):
            ways.append(_beginnings(item, ways[-1]))
        return set().union(*ways[least:]) or ways[-1]
    if code == "AT" and str(argument) == "AT_BEGINNING":
        return {_FIRST + _END}
    if code in ("AT", "ASSERT", "ASSERT_NOT"):
        return begun
    chars = _characters([(code, argument)] if code == "LITERAL" else argument if code == "IN" else ())
    if chars and len(chars) * len(begun) <= _MOST:
        return {each + char for each in begun for char in chars}
    return {each + _END if each else _ANY for each in begun}


def _characters(members: Iterable[_Item]) -> set[str]:
    """Return the shapes of a class's characters; empty if it may match any character."""
    found: set[str] = set()
    for code, argument in members:
        if str(code) == "LITERAL" and argument:
            found.add(chr(argument))
        elif str(code) == "RANGE" and argument[1] - argument[0] < _RANGE:
            found.update(map(chr, range(argument[0], argument[1] + 1)))
        elif str(code) == "CATEGORY" and str(argument) in _CATEGORIES:
            found.update(_CATEGORIES[str(argument)])
        else:
            return set()
    return {char.translate(_SHAPE) for char in found}
