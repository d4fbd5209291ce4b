"""What the extra ``zh`` adds: simplified forms of traditional characters (OpenCC), and how they sound (pypinyin)."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LIBRARIES = ("opencc", "pypinyin")

# Code points of Chinese characters, from the first up to the one behind the last.
_IDEOGRAPHS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))


def is_here() -> bool:
    """Tell whether the extra is installed, without importing it."""
    return all(find_spec(library) for library in LIBRARIES)


def variants() -> dict[int, int]:
    """Return traditional characters and their simplified ones, for `str.translate`; none without the extra."""
    if not is_here():
        return {}
    codes = [code for first, end in _IDEOGRAPHS for code in range(first, end)]
    # with a space between them each character is a word of its own, whatever phrases OpenCC knows
    plain = import_module("opencc").OpenCC("t2s").convert(" ".join(map(chr, codes)))[::2]
    return {code: ord(char) for code, char in zip(codes, plain, strict=True) if code != ord(char)}


@cache
def _dictionary() -> bytes:
    """Return the file of code points and their readings that pypinyin brings; nothing where it is not installed.

    The library would load its phrases too, which takes twenty times as long.
    """
    found = find_spec("pypinyin")
    return Path(found.origin).with_name("pinyin_dict.json").read_bytes() if found and found.origin else b""


def readings(char: str) -> tuple[str, ...]:
    """Return the readings of a character without tones, the commonest first; ü is typed v, and u.

    >>> readings("行")[:2]
    ('xing', 'hang')

    It is looked up in the text of the dictionary: to read all 41,923 characters takes 24 ms, which a query is spared.
    """
    _, _, behind = _dictionary().partition(b'"%d": "' % ord(char))
    return _without_tones(behind[: behind.find(b'"')].decode())


def _without_tones(printed: str) -> tuple[str, ...]:
    parts = unicodedata.normalize("NFD", printed).replace("u\u0308", "v").split(",")
    bare = ["".join(letter for letter in part if letter.isalpha()) for part in parts]
    return tuple(dict.fromkeys(form for part in bare if part for form in (part, part.replace("v", "u"))))


def by_reading(chars: Iterable[str]) -> dict[str, list[str]]:
    """Return syllable → the characters that may be read so, those of which it is the commonest reading first."""
    known: dict[str, str] = json.loads(_dictionary() or "{}")
    found: dict[str, list[tuple[int, str]]] = {}
    for char in chars:
        for nth, reading in enumerate(_without_tones(known.get(str(ord(char)), ""))):
            found.setdefault(reading, []).append((nth, char))
    return {reading: [char for _, char in sorted(each)] for reading, each in found.items()}


def syllables(word: str, known: Iterable[str], most: int = 4) -> list[tuple[str, ...]]:
    """Return the ways to read a word as pinyin, few syllables first: xian is one, and two, xi an.

    >>> syllables("xian", {"xi", "an", "xian"})
    [('xian',), ('xi', 'an')]
    """
    known = set(known)
    ways: list[list[tuple[str, ...]]] = [[()], *([] for _ in word)]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 6), end):
            if word[start:end] in known:
                ways[end] += [(*way, word[start:end]) for way in ways[start]][: 2 * most]
    return sorted(ways[-1], key=len)[:most]
