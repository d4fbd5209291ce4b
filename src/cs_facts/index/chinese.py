"""What the extra ``zh`` adds to an index: traditional characters as simplified ones, and how characters sound.

Both libraries are asked while a store is compiled, never by a search: what a search needs stands in the index.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from cs_facts.extras import is_here
from cs_facts.tokens import BREAK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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


class Sounds:
    """How characters sound, by the dictionary that pypinyin brings.

    Its file is read by itself: the library would load its phrases too, which takes twenty times as long and much room.
    """

    def __init__(self, dictionary: Mapping[str, str]) -> None:
        self._dictionary = dictionary
        self._readings: dict[str, tuple[str, ...]] = {}

    def column(self, row: str) -> str:
        """Write a row of words as pinyin, each character by its commonest reading."""
        return _BREAKS.sub(BREAK, " ".join([self.of(word)[0] for word in row.split()])).strip(f" {BREAK}")

    def of(self, word: str) -> tuple[str, ...]:
        """Return the readings of a character without tones, the commonest first; what has none breaks the row."""
        if word not in self._readings:
            written = self._dictionary.get(str(ord(word)), "") if len(word) == 1 else ""
            self._readings[word] = _without_tones(written) or (BREAK,)
        return self._readings[word]

    def pairs(self, chars: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield for each reading of each character: the reading, and the commonest one of that character."""
        for char in chars:
            first, *others = self.of(char)
            if first != BREAK:
                yield from ((reading, first) for reading in (first, *others))

    def common(self) -> Iterator[tuple[str, str]]:
        """Yield the characters that people type, those of GB/T 2312, and their readings divided by spaces."""
        for char in map(chr, _IDEOGRAPHS):
            try:
                char.encode("gb2312")
            except UnicodeEncodeError:
                continue
            yield char, " ".join(self.of(char))


def _without_tones(written: str) -> tuple[str, ...]:
    """Read ``nǚ,rǔ`` as its syllables without tones; ü is typed v, and u."""
    parts = unicodedata.normalize("NFD", written).replace("u\u0308", "v").split(",")
    bare = ["".join(char for char in part if char.isalpha()) for part in parts]
    return tuple(dict.fromkeys(form for part in bare if part for form in (part, part.replace("v", "u"))))


@cache
def sounds() -> Sounds | None:
    """Return how characters sound; None without the library."""
    found = find_spec("pypinyin") if is_here() else None
    if found is None or found.origin is None:
        return None
    with Path(found.origin).with_name("pinyin_dict.json").open(encoding="utf-8") as stream:
        return Sounds(json.load(stream))
