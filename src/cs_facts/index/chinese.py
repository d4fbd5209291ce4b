"""What the extra ``zh`` adds to an index: traditional characters as simplified ones, and how characters sound.

Both libraries are asked while a store is compiled, never by a search: what a search needs stands in the index.
"""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from cs_facts.search.extras import is_here

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_IDEOGRAPHS = (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFB00))


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

    def of(self, char: str) -> tuple[str, ...]:
        """Return the readings of a character without tones, the commonest first."""
        if char not in self._readings:
            self._readings[char] = _without_tones(self._dictionary.get(str(ord(char)), ""))
        return self._readings[char]

    def by_reading(self, chars: Iterable[str]) -> Mapping[str, str]:
        """Return the characters that may be read so, those of which it is the commonest reading first."""
        readings = [(char, self.of(char)) for char in chars]
        found: dict[str, str] = {}
        for first in (True, False):
            for char, ways in readings:
                for way in ways[:1] if first else ways[1:]:
                    found[way] = found.get(way, "") + char
        return found

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
