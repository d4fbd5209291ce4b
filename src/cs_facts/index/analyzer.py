"""Split texts into the words that a search compares, in the same way for facts and queries.

>>> Analyzer().words("Ａ CAFÉ’s 党员")
'a cafe 党 员'

Each Chinese character is a word, so that a single character is found anywhere. Width, case and accents are folded, and
with the extra ``zh`` also traditional forms (OpenCC). The end of a clause is a word of its own, so that no phrase is
found across it. The same extra tells how characters sound (pypinyin).
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from cs_facts.columns import KIND_NAMES
from cs_facts.index.database import has_zh
from cs_facts.numbers.characters import may_hold_number, times_ten
from cs_facts.text import HAN, fold, narrow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from cs_facts.model import Fact, Store

# The columns of the full-text table: `numbers` has the values of a fact's numbers; `names` its category, kind, unit and
# source.
COLUMNS = ("title", "tags", "text", "numbers", "names")

# To this tokenizer every non-ASCII character is part of a word, including the private-use characters below.
TOKENIZER = "ascii"

# Private-use characters (Unicode 16, §23.5), which no text contains: the word between two clauses, the mark after
# digits that are only part of a number (280 of 280万), the decimal point, and the beginnings of the value of a number
# and of a number in Chinese numerals.
BREAK, PART, POINT, VALUE, _SPELT_OUT = "\ue001", "\ue002", "\ue003", "\ue004", "\ue006"
# Separates the columns of a fact while they are read as one text.
_COLUMN = "\x01"
_FACETS = {"category": "\ue010", "kind": "\ue011", "unit": "\ue012", "source": "\ue013"}

# English words that only join or ask, and are ignored in a query that has other words.
_ASKING = """
a about according all am an and any are as at be been being by can could did do does exactly for from gave get gets
getting give given gives got had has have how i in into is it its kind many me much of on or our please receive received
receives shall should show tell than that the their them there these they this those to us was we were what when where
which who whom whose why will with would you your
"""
ASKING = frozenset(_ASKING.split())

# First and last code points of scripts without spaces between words: Thai and Lao, Burmese, Khmer, kana, Bopomofo, Han.
_SPACELESS = (*((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x312F), (0x31F0, 0x31FF)), *HAN)

# Punctuation that does not end a clause: quotes, brackets and characters that join words.
_JOINING = frozenset("\"'“”‘’「」『』《》〈〉【】()[]{}（）-‐‑–—_·・/\\~`^*#&@+=<>|$¥€£%")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b|['’](?!\w)")
PRIVATE_USE = "[\ue000-\uf8ff]"  # compiled at first use, as printable texts have none


def is_spaceless(char: str) -> bool:
    """Tell whether a character belongs to a script without spaces between words."""
    code = ord(char)
    return code >= 0x0E00 and any(first <= code <= last for first, last in _SPACELESS)


class Analyzer(dict[int, str]):
    """Splits texts into words. As a dict, it is a table for `str.translate` that is filled as characters come up.

    Traditional characters are folded to simplified ones if a mapping is given, see `variants`.
    """

    def __init__(self, simplified: Mapping[int, int] | None = None) -> None:
        super().__init__({ord("\n"): f" {BREAK} ", ord(_COLUMN): _COLUMN})
        self.simplified = simplified or {}

    def __missing__(self, code: int) -> str:
        char, folded = chr(self.simplified.get(code, code)), ""
        for part in fold(char) or char:
            category = unicodedata.category(part)
            if is_spaceless(part) or category == "So":
                folded += f" {part} "
            elif part.isalnum() or "\ue000" <= part <= "\uf8ff":
                folded += part
            elif part in _JOINING or part.isspace() or category[0] in "CM":
                folded += " "
            else:
                folded += f" {BREAK} "
        self[code] = folded
        return folded

    def words(self, text: str) -> str:
        """Return the words of a text, separated by single spaces."""
        return " ".join(self._read(text)[0].split())

    def indexed(self, fact: Fact) -> tuple[str, ...]:
        """Return the words of a fact for each of `COLUMNS`, separated by spaces."""
        said = [*fact.text.values(), *fact.note.values()]
        if fact.quote:
            said.append(fact.quote)
        if fact.figure:
            said.append(fact.figure.printed)
        columns = ((*fact.title.values(), fact.id.replace("-", " ")), fact.tags, said)
        row, values = self._read(_COLUMN.join(["\n".join(("", *column, "")) for column in columns]))
        titles, tags, texts = row.split(_COLUMN, 2)
        if fact.figure and fact.figure.value is not None:
            values.add(value_word(fact.figure.value))
        named = (("category", fact.category), ("kind", fact.kind), ("unit", fact.unit), ("source", fact.source))
        names = " ".join([facet(what, id_) for what, id_ in named if id_])
        return titles, tags if fact.tags else "", texts, " ".join(sorted(values)), names

    def _read(self, text: str) -> tuple[str, set[str]]:
        """Return the words of a text, separated by spaces, and the value words of its numbers."""
        text = narrow(text).lower()
        if not text.isprintable():
            text = re.sub(PRIVATE_USE, " ", text)
        if "'" in text or "’" in text:
            text = _POSSESSIVE.sub(" ", text)
        values = set[str]()
        if may_hold_number(text):
            from cs_facts.numbers.tokens import NUMBER, SPELT  # takes 3 ms, and most queries have no number

            values = {_number(found[0])[1] for found in SPELT.finditer(text) if found[0] != "one"}
            pieces = NUMBER.split(text)  # every second piece is a number
            numbers = [_number(printed) for printed in pieces[1::2]]
            values.update(value for _, value in numbers)
            values.discard("")
            pieces[1::2] = [row for row, _ in numbers]
            text = "".join(pieces)
        return text.translate(self), values


@lru_cache(maxsize=4096)
def facet(what: str, id_: str) -> str:
    """Return the word by which facts of a category, kind, unit or source are found."""
    return _FACETS[what] + re.sub("[^a-z0-9]", "\ue005", id_)


def value_word(value: Decimal | str) -> str:
    """Return the word by which numbers of a value are found; text must be in plain digits, as from `times_ten`."""
    digits = value if isinstance(value, str) else times_ten(f"{value:f}", 0)
    return VALUE + digits.replace(".", POINT).replace("-", PART)


@lru_cache(maxsize=4096)
def _number(printed: str) -> tuple[str, str]:
    """Return the words of a number, and the word of its value, empty if it has none.

    Digits before a power of ten are marked as part of a number; a number in Chinese numerals is one word.
    """
    if printed.isascii() and printed.isdecimal():  # most are this simple
        return f" {printed} ", VALUE + (printed.lstrip("0") or "0")
    from cs_facts.numbers.tokens import MORE, parts

    digits, rest, value = parts(printed)
    word = value_word(value) if value else ""
    if not digits:
        return f" {_SPELT_OUT + word if word and len(printed) > 1 else ' '.join(printed)} ", word
    rest = rest if rest.isascii() else " ".join(rest)
    is_part = not set(rest.split()) <= set(MORE)
    return f" {digits.replace('.', POINT)}{PART * is_part} {rest} ", word


def as_name(row: str) -> str:
    """Return words in the form in which names are compared: without `ASKING` words and plural endings."""
    words = [word for word in row.split() if word not in ASKING] or row.split()
    return " ".join(re.sub("(?<=..)(?:ies|y|s)$", "", word) for word in words)


def names_of(store: Store) -> dict[str, tuple[list[str], list[str]]]:
    """Map names and synonyms, as `as_name` writes them, to phrases of the same meaning and to words of `facet`."""
    words, found = Analyzer().words, dict[str, tuple[list[str], list[str]]]()
    for group in store.synonyms:
        rows = [row for row in map(words, group) if row]
        for row in rows:
            found.setdefault(as_name(row), ([], []))[0].extend(rows)
    for what, names in (
        ("category", store.categories),
        ("unit", store.units),
        ("source", {id_: source.title for id_, source in store.sources.items()}),
        ("kind", {kind: dict(enumerate(pair)) for kind, pair in KIND_NAMES.items()}),
    ):
        for id_, text in names.items():
            for name in (id_.replace("-", " "), *text.values()):
                found.setdefault(as_name(words(name)), ([], []))[1].append(facet(what, id_))
    return found


def variants() -> dict[int, int]:
    """Return a table of traditional and simplified characters for `str.translate`, empty without the extra ``zh``.

    OpenCC takes 10 ms to make it, so the index notes it for queries.
    """
    if not has_zh():
        return {}
    codes = [code for first, last in HAN[:2] for code in range(first, last + 1)]  # of the Basic Multilingual Plane
    # spaces keep OpenCC from converting phrases
    plain = import_module("opencc").OpenCC("t2s").convert(" ".join(map(chr, codes)))[::2]
    return {code: ord(char) for code, char in zip(codes, plain, strict=True) if code != ord(char)}


@cache
def _dictionary() -> bytes:
    """Return pypinyin's file of characters and their readings, empty if it is not installed.

    Importing the library would also load its phrases, which takes twenty times as long.
    """
    found = find_spec("pypinyin")
    return Path(found.origin).with_name("pinyin_dict.json").read_bytes() if found and found.origin else b""


def readings(char: str) -> tuple[str, ...]:
    """Return the readings of a character without tones, the most common first; ü is written both v and u.

    >>> readings("行")[:2]
    ('xing', 'hang')

    The character is sought in the text of the file, as parsing all 41,923 characters takes 24 ms.
    """
    _, _, behind = _dictionary().partition(b'"%d": "' % ord(char))
    return _without_tones(behind[: behind.find(b'"')].decode())


def _without_tones(printed: str) -> tuple[str, ...]:
    parts = unicodedata.normalize("NFD", printed).replace("u\u0308", "v").split(",")
    bare = ["".join(letter for letter in part if letter.isalpha()) for part in parts]
    return tuple(dict.fromkeys(form for part in bare if part for form in (part, part.replace("v", "u"))))


def by_reading(chars: Iterable[str]) -> dict[str, list[str]]:
    """Map syllables to the characters that may be read so, those with this as their most common reading first."""
    known: dict[str, str] = json.loads(_dictionary() or "{}")
    found: dict[str, list[tuple[int, str]]] = {}
    for char in chars:
        for nth, reading in enumerate(_without_tones(known.get(str(ord(char)), ""))):
            found.setdefault(reading, []).append((nth, char))
    return {reading: [char for _, char in sorted(each)] for reading, each in found.items()}


def syllables(word: str, known: Iterable[str], most: int = 4) -> list[tuple[str, ...]]:
    """Return the ways to split a word into pinyin syllables, fewer syllables first.

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
