"""A text as the words that a search finds it by, the same for facts and for queries.

>>> Analyzer().words("Ａ CAFÉ’s 党员")
'a cafe 党 员'

Chinese characters stand apart, so that a word of one character is found wherever it stands in a row. Width, case and
accents are folded, and traditional forms where the extra ``zh`` is installed. What ends a clause is a word of its own,
which keeps what it parts from being found in a row.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from cs_facts.errors import FigureError
from cs_facts.index.chinese import variants
from cs_facts.numbers.characters import NUMERALS, POWERS, WORDS, times_ten
from cs_facts.text import fold, narrow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cs_facts.model import Catalogue, Fact

# The columns of the full-text table: `numbers` holds the values of a fact's numbers, `names` what it is one of.
COLUMNS = ("title", "tags", "text", "numbers", "names")

# Each character that is not ASCII is a part of a word, so that words can hold the private-use characters below.
TOKENIZER = "ascii"

# Private-use characters (Unicode 16, §23.5), which stand in no text: the word between two clauses, what follows the
# digits of a number that goes on behind them (280 of 280万), a decimal point, what the value of a number and a number
# in Chinese numerals begin with.
BREAK, PART, POINT, VALUE, _SPELT_OUT = "\ue001", "\ue002", "\ue003", "\ue004", "\ue006"
_FACETS = {"category": "\ue010", "kind": "\ue011", "unit": "\ue012", "source": "\ue013"}

_DIGITS = r"[0-9]+(?:,[0-9]{3}(?![0-9]))*(?:\.[0-9]+)?"
_MORE = "余餘多"
_SCALE = "hundred|thousand|million|billion|trillion|bn|mn|tn|[kmb]"
_SCALED = rf"(?:[ ]?(?P<scale>{_SCALE})s?(?![a-z0-9])|(?P<power>[{NUMERALS}{_MORE}]+))?"
# Numerals, digits or both with what scales them: 506,600 · 3千5百万 · 五十万六千六百 · 1.2 million · 500m. It looks
# back only from what may begin a number: to look back from each character takes three times as long.
NUMBER = re.compile(
    rf"[0-9{NUMERALS}](?:"
    rf"(?<=[0-9])(?<![a-z0-9].){_DIGITS.replace('+', '*', 1)}{_SCALED}"
    rf"|(?<=[{NUMERALS}])[{NUMERALS}]+)"
)
_PARTS = re.compile(f"(?P<digits>{_DIGITS}){_SCALED}")
_PLAIN = re.compile(f"({_DIGITS})([{''.join(POWERS)}]?)")
_ENGLISH = "|".join(sorted(WORDS, key=len, reverse=True))
SPELT = re.compile(rf"\b(?:{_ENGLISH})(?:[ -](?:and )?(?:{_ENGLISH}|{_SCALE[: _SCALE.index('|bn')]}))*\b")
_SPELT_WORDS = frozenset(WORDS) - {"one"}
_SHORT_SCALES = {"m": "million", "b": "billion", "k": "k"}

# Code points, from the first up to the last, of scripts that put no spaces between words: Thai and Lao, Burmese, Khmer,
# kana, Bopomofo, Han.
_SPACELESS = (
    *((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x312F), (0x31F0, 0x31FF)),
    *((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)),
)

# Punctuation that parts no words: quotes, brackets and what joins them.
_JOINING = frozenset("\"'“”‘’「」『』《》〈〉【】()[]{}（）-‐‑–—_·・/\\~`^*#&@+=<>|$¥€£%")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b|['’](?!\w)")
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")


class _Folding(dict[int, str]):
    """Character → what a search takes it for, filled as characters come; for `str.translate`."""

    def __init__(self, simplified: dict[int, int]) -> None:
        super().__init__({ord("\n"): f" {BREAK} "})
        self._simplified = simplified

    def __missing__(self, code: int) -> str:
        char = chr(self._simplified.get(code, code))
        self[code] = folded = char if "\ue000" <= char <= "\uf8ff" else "".join(map(_fold_char, fold(char) or char))
        return folded


def _fold_char(char: str) -> str:
    if is_spaceless(char):
        return f" {char} "
    if char.isalnum():
        return char
    category = unicodedata.category(char)
    if char in _JOINING or char.isspace() or category[0] in "CM":
        return " "
    return f" {char} " if category == "So" else f" {BREAK} "


def is_spaceless(char: str) -> bool:
    """Tell whether a character is of a script that puts no spaces between words."""
    code = ord(char)
    return code >= 0x0E00 and any(first <= code <= last for first, last in _SPACELESS)


class Analyzer:
    """Takes texts apart into words.

    Args:
        traditional: whether traditional characters are read as simplified ones, where the extra ``zh`` is installed;
            a query asks for that only where its characters stand nowhere, see `cs_facts.index.chinese`.

    """

    def __init__(self, *, traditional: bool = True) -> None:
        self._folding = _Folding(variants() if traditional else {})

    def words(self, text: str, values: set[str] | None = None) -> str:
        """Return the words of a text in a row, with spaces between them.

        Args:
            text: any text.
            values: takes up what `value_word` says of its numbers.

        """
        text = narrow(text).lower()
        if not text.replace("\n", "").isprintable():
            text = _PRIVATE_USE.sub(" ", text)
        if "'" in text or "’" in text:
            text = _POSSESSIVE.sub(" ", text)

        def number(found: re.Match[str]) -> str:
            row, value = _read_number(found[0])
            if values is not None and value:
                values.add(value)
            return row

        row = NUMBER.sub(number, text).translate(self._folding).split()
        if values is not None and not _SPELT_WORDS.isdisjoint(row):
            values.update(filter(None, (_read_number(found[0])[1] for found in SPELT.finditer(text))))
        return " ".join(row)

    def document(self, fact: Fact, catalogue: Catalogue | None = None) -> tuple[str, ...]:
        """Return what the full-text table holds of a fact, a string for each of `COLUMNS`."""
        del catalogue  # names are looked up when a search asks for them
        values: set[str] = set()
        titles = self._clauses((*fact.title.values(), fact.id.replace("-", " ")), values)
        tags = self._clauses(fact.tags, values)
        said = [*fact.text.values(), *fact.note.values()]
        if fact.quote:
            said.append(fact.quote)
        if fact.figure:
            said.append(fact.figure.printed)
            if fact.figure.value is not None:
                values.add(value_word(fact.figure.value))
        named = (("category", fact.category), ("kind", fact.kind), ("unit", fact.unit), ("source", fact.source))
        names = " ".join(facet(what, id_) for what, id_ in named if id_)
        return titles, tags, self._clauses(said, values), " ".join(sorted(values)), names

    def _clauses(self, texts: Iterable[str], values: set[str]) -> str:
        row = self.words("\n".join(texts), values)
        return f"{BREAK} {row} {BREAK}" if row else ""


@lru_cache(maxsize=1024)
def facet(what: str, id_: str) -> str:
    """Return the word that says that a fact is one of a category, kind, unit or source."""
    return _FACETS[what] + re.sub("[^a-z0-9]", "\ue005", id_)


def value_word(value: Decimal) -> str:
    """Return the word that a number of this value has among a fact's numbers."""
    return VALUE + times_ten(f"{value:f}", 0).replace(".", POINT).replace("-", PART)


@lru_cache(maxsize=65536)
def _read_number(printed: str) -> tuple[str, str]:
    """Return a number as it stands in a row of words, and its value as a word, empty where it has none.

    Digits that a scale follows are marked as a part of a number, and numerals that count are one word.
    """
    value = read_number(printed)
    word = "" if value is None else value_word(value)
    found = _PARTS.fullmatch(printed)
    if not found:
        return f" {_SPELT_OUT + word if word and len(printed) > 1 else ' '.join(printed)} ", word
    digits = found["digits"].replace(",", "").replace(".", POINT)
    rest = found["scale"] or " ".join(found["power"] or "")
    is_part = not set(rest.split()) <= set(_MORE)
    return f" {digits}{PART * is_part} {rest} ", word


def read_number(printed: str) -> Decimal | None:
    """Read a number as texts and queries write it, with or without what limits it; None for what is none."""
    text = re.sub(f"[{_MORE}]", "", printed).strip()
    if text[-1:] in _SHORT_SCALES and text[:1].isdecimal():
        text = text[:-1].strip() + " " + _SHORT_SCALES[text[-1]]
    if plain := _PLAIN.fullmatch(text):
        return Decimal(times_ten(plain[1], POWERS.get(plain[2], 0)))
    from cs_facts.numbers.figures import parse_number  # 10 ms, which a search without such a number is spared

    try:
        return parse_number(text)
    except FigureError:
        return None
