"""Ordinary words and names that contain a numeral and count nothing: 一般, 十分, 统一, 第一产业, a second, no one.

They stand in ``data/idioms.txt``, which is read when running text is first scanned. How far they reach is measured in
``tests/numbers/test_scanner.py`` on sentences that were written for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMERALS = "〇○零一二两三四五六七八九十百千万亿半双"


@dataclass(frozen=True, slots=True)
class Idioms:
    """Patterns of the words that count nothing.

    Attributes:
        names: terms that number without counting (第一产业).
        led: idioms that something else than a numeral begins; they go first: with 统一 taken out, nothing before 百姓
            looks like the number that 百 would belong to.
        numeral: idioms that a numeral begins.
        english: those in English.

    """

    names: re.Pattern[str]
    led: re.Pattern[str]
    numeral: re.Pattern[str]
    english: re.Pattern[str]


@cache
def idioms() -> Idioms:
    """Return the patterns of the idioms file."""
    sections = _sections(_file().read_text(encoding="utf-8"))
    families = _families(word for line in sections["words"] for word in line.split())
    names = _families(word for line in sections["names"] for word in line.split())
    rules = [(rule[0], rule) for rule in sections["patterns"]]
    return Idioms(
        _compiled((first, _before(first) + pattern) for first, pattern in names),
        _compiled((first, pattern) for first, pattern in families + rules if first not in _NUMERALS),
        _compiled((first, _before(first) + pattern) for first, pattern in families + rules if first in _NUMERALS),
        re.compile(rf"\b(?=[a-z])(?:{'|'.join(sections['english'])})(?!\w)", re.IGNORECASE),
    )


def _compiled(patterns: Iterable[tuple[str, str]]) -> re.Pattern[str]:
    """Compile alternatives by their first characters, which one look tells; a rule may begin with no character."""
    known = [(first, pattern) for first, pattern in patterns]
    literal = [(first, pattern) for first, pattern in known if first not in "([\\"]
    others = [pattern for first, pattern in known if first in "([\\"]
    gate = f"(?=[{''.join(first for first, _ in literal)}])(?:{'|'.join(pattern for _, pattern in literal)})"
    return re.compile("|".join([gate, *others]))


def _file() -> Path:
    """Return the path of the list: inside a wheel's package, or the repository's one copy."""
    package = Path(__file__).parents[1]
    inside = package / "data" / "idioms.txt"
    return inside if inside.exists() else package.parents[1] / "data" / "idioms.txt"


def _sections(text: str) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    for line in text.splitlines():
        if re.fullmatch(r"\[[a-z]+\]", line):
            lines = sections.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return sections


def _families(words: Iterable[str]) -> list[tuple[str, str]]:
    """Write words of one first character as one pattern, which a search takes or leaves at a glance."""
    ordered = sorted(set(words), key=lambda word: (word[0], -len(word)))
    return [(first, _family(first, list(family))) for first, family in groupby(ordered, key=itemgetter(0))]


def _family(first: str, words: list[str]) -> str:
    return f"{first}(?:{'|'.join(word[1:] + _after(first, word[-1]) for word in words)})"


def _before(first: str) -> str:
    """Keep a word from beginning in the middle of a number: 万一 in 二十万一千, 百姓 in 三百姓氏."""
    return f"(?<![\\d{_NUMERALS}第{'几数余多' if first in '百千万亿' else ''}])"


def _after(first: str, last: str) -> str:
    """Keep a word of numerals from ending in the middle of a number: 万一 in 万一千."""
    return f"(?![{_NUMERALS}])" if first in _NUMERALS and last in _NUMERALS else ""
