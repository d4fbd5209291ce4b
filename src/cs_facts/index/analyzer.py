"""A text as the words that a search finds it by, the same for facts and for queries.

>>> Analyzer().words("Ａ CAFÉ’s 党员")
'a cafe 党 员'

Chinese characters stand apart, so that a word of one character is found wherever it stands in a row. Width, case and
accents are folded, and with the extra ``zh`` traditional forms (OpenCC). What ends a clause is a word of its own, which
keeps what it parts from being found in a row. How characters sound is told by the same extra (pypinyin).
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

# The columns of the full-text table: `numbers` holds the values of a fact's numbers, `names` what it is one of.
COLUMNS = ("title", "tags", "text", "numbers", "names")

# Each character that is not ASCII is a part of a word, so that words can hold the private-use characters below.
TOKENIZER = "ascii"

# Private-use characters (Unicode 16, §23.5), which stand in no text: the word between two clauses, what follows the
# digits of a number that goes on behind them (280 of 280万), a decimal point, what the value of a number and a number
# in Chinese numerals begin with.
BREAK, PART, POINT, VALUE, _SPELT_OUT = "\ue001", "\ue002", "\ue003", "\ue004", "\ue006"
# What stands between the columns of a fact while they are read as one text.
_COLUMN = "\x01"
_FACETS = {"category": "\ue010", "kind": "\ue011", "unit": "\ue012", "source": "\ue013"}

# English words that join others or ask; a query is read without them where others remain.
_ASKING = """
a about according all am an and any are as at be been being by can could did do does exactly for from gave get gets
getting give given gives got had has have how i in into is it its kind many me much of on or our please receive received
receives shall should show tell than that the their them there these they this those to us was we were what when where
which who whom whose why will with would you your
"""
ASKING = frozenset(_ASKING.split())

# Code points, from the first up to the last, of scripts that put no spaces between words: Thai and Lao, Burmese, Khmer,
# kana, Bopomofo, Han.
_SPACELESS = (
    *((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x312F), (0x31F0, 0x31FF)),
    *HAN,
)

# Punctuation that parts no words: quotes, brackets and what joins them.
_JOINING = frozenset("\"'“”‘’「」『』《》〈〉【】()[]{}（）-‐‑–—_·・/\\~`^*#&@+=<>|$¥€£%")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b|['’](?!\w)")
PRIVATE_USE = "[\ue000-\uf8ff]"  # compiled at first use, which a printable text is spared


def is_spaceless(char: str) -> bool:
    """Tell whether a character is of a script that puts no spaces between words."""
    code = ord(char)
    return code >= 0x0E00 and any(first <= code <= last for first, last in _SPACELESS)


class Analyzer(dict[int, str]):
    """Takes texts apart into words; for `str.translate`: character → what a search takes it for, filled as they come.

    Traditional characters are read as the ones to which `variants` maps them, or as they are.
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
        """Return the words of a text in a row, with spaces between them."""
        return " ".join(self._read(text)[0].split())

    def indexed(self, fact: Fact) -> tuple[str, ...]:
        """Return the words of a fact in rows with blanks between them, one for each of `COLUMNS`."""
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
        """Return the words of a text with blanks between them, and those that say what its numbers are worth."""
        text = narrow(text).lower()
        if not text.isprintable():
            text = re.sub(PRIVATE_USE, " ", text)
        if "'" in text or "’" in text:
            text = _POSSESSIVE.sub(" ", text)
        values = set[str]()
        if may_hold_number(text):
            from cs_facts.numbers.tokens import NUMBER, SPELT  # 3 ms, which a query without a number is spared

            values = {_number(found[0])[1] for found in SPELT.finditer(text) if found[0] != "one"}
            pieces = NUMBER.split(text)  # every second one is a number
            numbers = [_number(printed) for printed in pieces[1::2]]
            values.update(value for _, value in numbers)
            values.discard("")
            pieces[1::2] = [row for row, _ in numbers]
            text = "".join(pieces)
        return text.translate(self), values


@lru_cache(maxsize=4096)
def facet(what: str, id_: str) -> str:
    """Return the word that says that a fact is one of a category, kind, unit or source."""
    return _FACETS[what] + re.sub("[^a-z0-9]", "\ue005", id_)


def value_word(value: Decimal | str) -> str:
    """Return the word that a number of this value has among a fact's numbers; digits are those of `times_ten`."""
    digits = value if isinstance(value, str) else times_ten(f"{value:f}", 0)
    return VALUE + digits.replace(".", POINT).replace("-", PART)


@lru_cache(maxsize=4096)
def _number(printed: str) -> tuple[str, str]:
    """Return a number as it stands in a row of words, and its value as a word, empty where it has none.

    Digits that a scale follows are marked as a part of a number, and numerals that count are one word.
    """
    if printed.isascii() and printed.isdecimal():  # most are so simple
        return f" {printed} ", VALUE + (printed.lstrip("0") or "0")
    from cs_facts.numbers.tokens import MORE, parts, plain_digits

    digits, rest = parts(printed)
    value = plain_digits(printed)
    word = "" if value is None else value_word(value)
    if not digits:
        return f" {_SPELT_OUT + word if word and len(printed) > 1 else ' '.join(printed)} ", word
    rest = rest if rest.isascii() else " ".join(rest)
    is_part = not set(rest.split()) <= set(MORE)
    return f" {digits.replace('.', POINT)}{PART * is_part} {rest} ", word


def as_name(row: str) -> str:
    """Write a row of words as names are compared: without what only joins or asks, and without the plural's ending."""
    words = [word for word in row.split() if word not in ASKING] or row.split()
    return " ".join(re.sub("(?<=..)(?:ies|y|s)$", "", word) for word in words)


def names_of(store: Store) -> dict[str, tuple[list[str], list[str]]]:
    """Return names and synonyms as rows of words → the rows that mean the same, and the words for what is named so."""
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
    """Return traditional characters and their simplified ones, for `str.translate`; none without the extra.

    OpenCC takes 10 ms for them; an index notes them for who reads queries and texts.
    """
    if not has_zh():
        return {}
    codes = [code for first, last in HAN[:2] for code in range(first, last + 1)]  # of the Basic Multilingual Plane
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
