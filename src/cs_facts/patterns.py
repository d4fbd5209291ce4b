r"""Many patterns looked for in one text, each only where what it may begin with stands.

>>> table = Patterns([re.compile(r"in (\d{4})"), re.compile(r"\d+%")])
>>> [[match[0] for match in found] for _, found in table.sought("5% in 2020 in all")]
[['in 2020'], ['5%']]

To try a hundred patterns at every character takes 15 µs a character. So for a text that is not short, what a pattern
may begin with is read off its parsed form: up to four characters, capitals as small letters, digits as 0, numerals as
一. No pattern begins inside a run of letters or of digits, unless what stands before in it is taken.
"""

from __future__ import annotations

import re
from bisect import insort
from collections import defaultdict
from functools import cached_property
from re import _parser  # type: ignore[attr-defined]  # nothing public tells what a pattern may begin with
from string import ascii_lowercase, ascii_uppercase, whitespace
from typing import TYPE_CHECKING, Any

from cs_facts.text import occurrences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    # A part of a parsed pattern: what it is, and what it holds, of a form that depends on that.
    _Argument = Any
    _Item = tuple[object, _Argument]

# What stands in a text for a character that belongs to something found before.
TAKEN = "\0"

_NUMERALS = "〇○零一二三四五六七八九十"
_SHAPE = str.maketrans(
    f"{ascii_uppercase}123456789{_NUMERALS}{whitespace}",
    f"{ascii_lowercase}{'0' * 9}{'一' * len(_NUMERALS)}{' ' * len(whitespace)}",
)
_CATEGORIES = {"CATEGORY_DIGIT": "0", "CATEGORY_SPACE": " ", "CATEGORY_WORD": f"{ascii_lowercase}0_"}
_LONGEST = 4
# So many beginnings of a pattern are gone on with; a longer range may hold any character.
_MOST, _RANGE = 1000, 200
_KNOWN = 50_000
# What stands among beginnings for the beginning of a line, and for a first character that may be any.
_FIRST, _ANY = "\n", "\1"
# Characters of a text below which the beginnings, which take 0.1 s to read, are not worth it.
_SHORT = 10_000


class Patterns:
    """Patterns in the order to look for them."""

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        self.patterns = tuple(patterns)

    @cached_property
    def _beginnings(self) -> Beginnings:
        return Beginnings(self.patterns)

    def sought(self, text: str) -> Sought:
        """Look for them in a text."""
        return Sought(self.patterns, text) if len(text) < _SHORT else Placed(self.patterns, text, self._beginnings)


class Sought:
    """A text, of which more and more is taken.

    Iterating gives what is found of one pattern after the other, with its number; what is taken meanwhile the next do
    not see.
    """

    def __init__(self, patterns: Sequence[re.Pattern[str]], text: str) -> None:
        self.text, self._patterns = text, patterns

    def __iter__(self) -> Iterator[tuple[int, list[re.Match[str]]]]:
        for number, pattern in enumerate(self._patterns):
            if found := self._found(number, pattern):
                yield number, found

    def _found(self, number: int, pattern: re.Pattern[str]) -> list[re.Match[str]]:  # noqa: ARG002  # `Placed` asks
        return list(pattern.finditer(self.text))

    def take(self, spans: Sequence[tuple[int, int]]) -> None:
        """Take stretches of the text, left to right."""
        self.text = blanked(self.text, spans)


class Beginnings(dict[str, tuple[int, ...]]):
    """Up to four characters → the numbers of the patterns that they may begin."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._begun: dict[str, list[int]] = defaultdict(list)
        for number, pattern in enumerate(patterns):
            flags = pattern.flags & ~re.UNICODE if pattern.flags & re.ASCII else pattern.flags
            ended, open_ = _beginnings(_parser.parse(pattern.pattern, flags), {""})
            for beginning in ended | open_:
                # one known by its second character alone goes by that, as a number below zero
                is_second = beginning[:1] == _ANY and not beginning[1:2].isascii()
                known = beginning[1:] if is_second else beginning.partition(_ANY)[0]
                self._begun[known].append(~number if is_second else number)
        self.anywhere = frozenset(self._begun.pop("", ()))
        signs = {_FIRST, *(beginning[0] for beginning in self._begun)} - {*ascii_lowercase, "0"}
        self.starts = re.compile(rf"(?<![a-z])[a-z]|(?<!0)0|[{re.escape(''.join(sorted(signs)))}]")

    def __missing__(self, characters: str) -> tuple[int, ...]:
        """Look up what begins with the first of them, the first two and so on, and remember it."""
        if len(self) > _KNOWN:  # of a text without end
            self.clear()
        sizes = range(1, len(characters) + 1)
        found = {number for size in sizes for number in self._begun.get(characters[:size], ())}
        self[characters] = tuple(found)
        return self[characters]


class Placed(Sought):
    """A text and the places where patterns may begin in it, beyond which none is looked for."""

    def __init__(self, patterns: Sequence[re.Pattern[str]], text: str, beginnings: Beginnings) -> None:
        super().__init__(patterns, text)
        self._beginnings, self._shape = beginnings, text.translate(_SHAPE)
        lines = [0, *(place + 1 for place in occurrences(text, _FIRST))]
        self._at = defaultdict[int, list[int]](list, {number: lines.copy() for number in beginnings[_FIRST]})
        for place in map(re.Match.start, beginnings.starts.finditer(self._shape)):
            for number in beginnings[self._shape[place : place + _LONGEST]]:
                self._at[number].append(place)
        for number in [number for number in self._at if number < 0]:
            self._at[~number] += (place - 1 for place in self._at.pop(number))
        for places in self._at.values():
            places.sort()

    def _found(self, number: int, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        if number in self._beginnings.anywhere:
            return super()._found(number, pattern)
        found: list[re.Match[str]] = []
        text, match_at, end = self.text, pattern.match, 0
        for place in self._at.get(number, ()):
            if place >= end and (match := match_at(text, place)):
                found.append(match)
                end = match.end()
        return found

    def take(self, spans: Sequence[tuple[int, int]]) -> None:
        """Take stretches of the text; a run that goes on behind one begins there."""
        super().take(spans)
        for _, end in spans:
            around = self._shape[end - 1 : end + 1]
            if around.isalnum() and around.isascii():
                for number in self._beginnings[self._shape[end : end + _LONGEST]]:
                    insort(self._at[number], end)


def blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Blank out stretches that stand in a row, all in one go: a long line has many."""
    if not spans:
        return text
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], TAKEN * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])


def _beginnings(items: Iterable[_Item], before: set[str]) -> tuple[set[str], set[str]]:
    """Return how what stands in a row may begin behind something: what is known no further, and what may go on."""
    ended: set[str] = set()
    rest = [*items]
    while rest and before:
        item = rest.pop(0)
        if str(item[0]) == "ASSERT" and item[1][0] > 0 and not rest:
            return ended.union(*_beginnings(item[1][1], before)), set()
        now, before = _beginnings_of(str(item[0]), item[1], before)
        ended |= now | {beginning for beginning in before if len(beginning) >= _LONGEST}
        before = before - ended
    return ended, before


def _beginnings_of(code: str, argument: _Argument, before: set[str]) -> tuple[set[str], set[str]]:
    if code in ("LITERAL", "IN"):
        members = _members([(code, argument)] if code == "LITERAL" else argument)
        if members and len(members) * len(before) <= _MOST:
            return set(), {beginning + member for beginning in before for member in members}
        return before - {""}, (members or {_ANY}) if "" in before else set()
    if code in ("SUBPATTERN", "ATOMIC_GROUP"):
        return _beginnings(argument[-1] if code == "SUBPATTERN" else argument, before)
    if code == "BRANCH":
        ways = [_beginnings(way, before) for way in argument[1]]
        return set().union(*(way[0] for way in ways)), set().union(*(way[1] for way in ways))
    if code.endswith("REPEAT"):
        least, most, item = argument
        ended: set[str] = set()
        for nth in range(min(most, _LONGEST)):
            now, further = _beginnings(item, before)
            ended, before = ended | now, further if nth < least else before | further
        return ended, before
    if code == "AT" and str(argument) == "AT_BEGINNING":
        return {_FIRST}, set()
    return (set(), before) if code in ("AT", "ASSERT", "ASSERT_NOT") else (before, set())


def _members(members: Iterable[_Item]) -> set[str]:
    """Return the characters of a class as beginnings have them; none for a class that may hold any."""
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
