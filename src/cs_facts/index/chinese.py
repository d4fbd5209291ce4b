"""What the extra ``zh`` adds to an index: traditional characters as simplified ones, and how characters sound.

Both libraries are asked while a store is compiled, never by a search: what a search needs stands in the index.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from cs_facts.extras import is_here
from cs_facts.tokens import BREAK, is_spaceless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_IDEOGRAPHS = (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFB00))
_BREAKS = re.compile(f"{BREAK}(?: {BREAK})+")


@cache
def variants() -> tuple[str, str]:
    """Return traditional characters and their simplified ones, as OpenCC has them one by one; nothing without it."""
    if not is_here():
        return "", ""
    chars = list(map(chr, _IDEOGRAPHS))
    simplified = import_module("opencc").OpenCC("t2s").convert("\n".join(chars)).split("\n")
    pairs = [(char, plain) for char, plain in zip(chars, simplified, strict=True) if plain != char and len(plain) == 1]
    return "".join(char for char, _ in pairs), "".join(plain for _, plain in pairs)


@dataclass(frozen=True, slots=True)
class Sounds:
    """How characters sound.

    Attributes:
        readings: character → its readings as pinyin without tones, the commonest first.

    """

    readings: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def column(self, row: str) -> str:
        """Write a row of words as pinyin, each character by its commonest reading."""
        return _BREAKS.sub(BREAK, " ".join([self.of(word)[0] for word in row.split()])).strip(f" {BREAK}")

    def of(self, word: str) -> tuple[str, ...]:
        """Return the readings of a character; what is none breaks the row."""
        if word not in self.readings:
            self.readings[word] = _readings(word) if is_spaceless(word) else (BREAK,)
        return self.readings[word]

    def pairs(self, chars: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield for each reading of each character: the reading, and the commonest one of that character."""
        for char in chars:
            first, *others = self.of(char)
            if first != BREAK:
                yield from ((reading, first) for reading in (first, *others))


def _readings(char: str) -> tuple[str, ...]:
    pypinyin = import_module("pypinyin")
    (found,) = pypinyin.pinyin(char, style=pypinyin.Style.NORMAL, heteronym=True, errors=lambda _: [[BREAK]]) or [
        [BREAK]
    ]
    written = (
        reading for syllable in found for reading in (syllable, syllable.replace("v", "u"))
    )  # lü is typed lv and lu
    return tuple(dict.fromkeys(written))


def sounds() -> Sounds | None:
    """Return how characters sound; None without the library."""
    return Sounds() if is_here() else None
