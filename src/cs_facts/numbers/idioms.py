"""Ordinary words and names that contain a numeral and count nothing: 一般, 十分, 统一, 第一产业, a second, no one.

They stand in ``data/idioms.txt``, which is read when running text is first scanned. How far they reach is measured in
``tests/numbers/test_scanner.py`` on sentences that were written for it.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from cs_facts.dates.ways import HAN, LATIN

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMERALS = "〇○零一二两三四五六七八九十百千万亿半双"


@cache
def names() -> re.Pattern[str]:
    """Return the pattern of the terms that number without counting (第一产业)."""
    return _compiled((first, _before(first) + pattern) for first, pattern in _families(_sections()["names"]))


@cache
def idioms() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Return the script of idioms and the pattern of these.

    Those that something else than a numeral begins go first: with 统一 taken out, nothing before 百姓 looks like the
    number that 百 would belong to.
    """
    sections = _sections()
    chinese = _families(sections["words"]) + [(rule[0], rule) for rule in sections["patterns"]]
    return (
        (HAN, _compiled((first, pattern) for first, pattern in chinese if first not in _NUMERALS)),
        (HAN, _compiled((first, _before(first) + pattern) for first, pattern in chinese if first in _NUMERALS)),
        (LATIN, re.compile(rf"\b(?=[a-z])(?:{'|'.join(sections['english'])})(?!\w)", re.IGNORECASE)),
    )


def _compiled(patterns: Iterable[tuple[str, str]]) -> re.Pattern[str]:
    """Compile alternatives by their first characters, which one look tells; a rule may begin with no character."""
    known = [(first, pattern) for first, pattern in patterns]
    literal = [(first, pattern) for first, pattern in known if first not in "([\\"]
    others = [pattern for first, pattern in known if first in "([\\"]
    gate = f"(?=[{''.join(first for first, _ in literal)}])(?:{'|'.join(pattern for _, pattern in literal)})"
    return re.compile("|".join([gate, *others]))


@cache
def _sections() -> dict[str, list[str]]:
    """Read the list: inside a wheel's package, or the repository's one copy."""
    package = Path(__file__).parents[1]
    inside = package / "data" / "idioms.txt"
    file = inside if inside.exists() else package.parents[1] / "data" / "idioms.txt"
    sections: dict[str, list[str]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if re.fullmatch(r"\[[a-z]+\]", line):
            lines = sections.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return sections


def _families(lines: list[str]) -> list[tuple[str, str]]:
    """Write words of one first character as one pattern, which a search takes or leaves at a glance."""
    ordered = sorted({word for line in lines for word in line.split()}, key=lambda word: (word[0], -len(word)))
    return [
        (first, f"{first}(?:{'|'.join(word[1:] + _after(first, word[-1]) for word in words)})")
        for first, words in groupby(ordered, key=itemgetter(0))
    ]


def _before(first: str) -> str:
    """Keep a word from beginning in the middle of a number: 万一 in 二十万一千, 百姓 in 三百姓氏."""
    return f"(?<![\\d{_NUMERALS}第{'几数余多' if first in '百千万亿' else ''}])"


def _after(first: str, last: str) -> str:
    """Keep a word of numerals from ending in the middle of a number: 万一 in 万一千."""
    return f"(?![{_NUMERALS}])" if first in _NUMERALS and last in _NUMERALS else ""
