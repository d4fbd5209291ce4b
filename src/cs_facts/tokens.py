"""A text as the words that a search finds it by: the same for a fact that is compiled and for a query.

>>> tokens("Ａ CAFÉ’s 党员").split()
['a', 'cafe', '党', '员']

Chinese characters stand apart, so that a word of one character is found wherever it stands in a row. Width, case,
accents and, where a table of variants is given, traditional forms are folded. Punctuation is a word of its own, `BREAK`,
which keeps what it parts from being found in a row. The characters of a number written with Chinese numerals are told
from the same characters alone: 十条 is not found in 二十条. The values of the numbers follow behind all else, as
words that say how much: 50.66万 is found by 506600.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from cs_facts.text import narrow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from cs_facts.model import Period

_NUMBER, BREAK, _PART, _POINT, _DAYS = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
"""Private-use characters (Unicode 16, §23.5), which a tokenizer takes for letters: what begins a number, parts a
text, marks digits that are a part of a number, stands for a decimal point, begins a stretch of days."""

_DIGITS = "〇○零一壹二贰貳两兩三叁參四肆五伍六陆陸七柒八捌九玖"
_POWERS = "十拾百佰千仟万萬亿億兆"
_NUMERALS = _DIGITS + _POWERS
_INSIDE = {
    char: chr(0xE200 + _NUMERALS.index(same))
    for same, chars in zip(
        "一二三四五六七八九十百千万亿",
        (
            "一壹",
            "二贰貳",
            "三叁參",
            "四肆",
            "五伍",
            "六陆陸",
            "七柒",
            "八捌",
            "九玖",
            "十拾",
            "百佰",
            "千仟",
            "万萬",
            "亿億",
        ),
        strict=True,
    )
    for char in chars
} | {char: chr(0xE300 + place) for place, char in enumerate("〇○零两兩兆点")}
"""Numeral → the letter that it is inside a longer number."""

PARTS = frozenset((*_INSIDE.values(), _PART, _POINT))
"""What stands in no text as it is: the parts of numbers."""

_COUNTERS = "位个個家次批届届条條套座部例款轮輪支台项項名列艘架所间間只颗份张張场場期季本辆班人年月日天岁元倍种種村县市镇大类類处處片层級级区區数數"

_ORDERS = frozenset("第前")
_FIRST = re.compile("首[位个個家次批届创]")

_RUN = re.compile(
    rf"[0-9]+(?:[.,][0-9]+)*(?:[{_NUMERALS}]+[0-9.]*)*|[{_NUMERALS}]{{2,}}(?:点[{_DIGITS}]+[{_POWERS}]*)?"
    rf"|[{_NUMERALS}](?:点[{_DIGITS}]+[{_POWERS}]*|[0-9][0-9.]*[{_NUMERALS}]*)"
)
"""Digits, and numerals that stand together: one number, whatever its value."""

_HAS_NUMERAL = re.compile(f"[0-9{_NUMERALS}首半]")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_POWER = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_PIECE = re.compile(rf"(?P<digits>[0-9]+(?:[.,][0-9]+)*)(?P<power>[{''.join(_POWER)}]?)|[{_NUMERALS}]+")
"""Digits and at most one magnitude, which say their value at once, or Chinese numerals."""

_JOINS_BEFORE = frozenset("-–—−~～/.,:×^负負之e¥$€£￥点")
_VAGUE_BEFORE = frozenset("几幾数數上成点點")
_JOINS_AFTER = frozenset("-–—~～/:：至到余餘多来來几幾成半点分½¼¾⅓⅔%％")
"""What stands beside digits whose value is not theirs alone; then the whole grammar of figures is asked."""

_MAGNITUDE = re.compile(
    r"\s?(?:hundred|thousand|million|mn|billion|bn|trillion|tn|k)s?\b|st\b|nd\b|rd\b|th\b|e\d", re.I
)
_SPELT = frozenset(
    [
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "hundred",
        "thousand",
        "million",
        "billion",
        "trillion",
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "half",
        "zero",
        "one",
    ]
)
"""English words that may be, or belong to, a number."""

_POSSESSIVE = re.compile(r"(?<=\w)['’]s?\b")
_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3100-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Characters of scripts that put no spaces between words."""

_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")

_JOINER = re.compile(r"(?<=\w)[-'’‐‑](?=\w)")


_NAMED = {code: chr(0xE100 + code) for code in range(128) if not chr(code).isalnum()}
"""Punctuation in a name becomes a letter, so that the name is one word."""


BETWEEN_WORDS = re.compile(r"(?<=\w)[,;:!?.]+(?=\s|$)")
"""Punctuation that parts Latin words no more than the space behind it does."""

_JOINERS = frozenset("-'’‐‑")


class Folding(dict[int, str]):
    """Character → what a search takes it for, filled as characters come; for `str.translate`.

    Args:
        variants: traditional character → simplified one.

    """

    def __init__(self, variants: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._variants = variants or {}

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = "".join(map(self._folded, fold_char(char)))
        self[code] = folded
        return folded

    def _folded(self, char: str) -> str:
        if _SPACELESS.match(char):
            return f" {self._variants.get(char, char)} "
        if char.isalnum() or _PRIVATE_USE.match(char):
            return char
        if char.isspace():
            return " "
        if unicodedata.category(char).startswith("S"):
            return f" {char.translate(_NAMED)} "
        return f" {BREAK}{char.translate(_NAMED)} " if not unicodedata.combining(char) else ""


def fold_char(char: str) -> str:
    """Fold width, case and accents of a character (Unicode 16, NFKD)."""
    if _PRIVATE_USE.match(char):
        return char
    # twice, for a letter may come out of a compatibility form as a capital: ™ is TM
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char.casefold()).casefold())
    bare = "".join(part for part in decomposed if not unicodedata.combining(part))
    return unicodedata.normalize("NFKC", bare)


def tokens(text: str, folding: Folding | None = None) -> str:
    """Return the words of a text in a row, divided by spaces, without the values of its numbers."""
    text = narrow(text) if text.isascii() else _PRIVATE_USE.sub(" ", narrow(text))
    text = BETWEEN_WORDS.sub(" ", text)
    if not _JOINERS.isdisjoint(text):
        text = _JOINER.sub(" ", _POSSESSIVE.sub("", text))
    if _HAS_NUMERAL.search(text):
        text = _RUN.sub(_marked, text)
    return text.translate(_PLAIN_FOLDING if folding is None else folding)


_PLAIN_FOLDING = Folding()


def _marked(run: re.Match[str]) -> str:
    """Mark the parts of a number in more than one piece: alone they are other numbers."""
    text = run[0]
    if text.isascii():
        return f" {_digits(text)} "
    parts = re.findall("[0-9][0-9.,]*|.", text)
    return f" {' '.join(_INSIDE.get(part) or f'{_digits(part)}{_PART}' for part in parts)} "


def _digits(text: str) -> str:
    return text.replace(",", "").replace(".", _POINT)


def column(texts: Iterable[str], folding: Folding | None = None) -> str:
    """Return the words of several texts, none of which runs into the next, and the values of their numbers."""
    texts = tuple(texts)
    rows = [tokens(text, folding) for text in texts]
    values = dict.fromkeys(value for text, row in zip(texts, rows, strict=True) for value in number_tokens(text, row))
    return f" {BREAK} ".join(rows) + (f" {BREAK} {' '.join(values)}" if values else "")


def number_token(value: Decimal) -> str:
    """Return the word that says how much a number is.

    >>> from decimal import Decimal
    >>> number_token(Decimal("120.50")) == number_token(Decimal("120.5"))
    True
    """
    if value == (whole := int(value)):
        return f"{_NUMBER}{whole}".replace("-", "m")
    return f"{_NUMBER}{value:f}".rstrip("0").replace(".", _POINT).replace("-", "m")


def number_tokens(text: str, row: str) -> Iterator[str]:
    """Yield the values of a text's numbers as words; ``row`` is the text as words."""
    text = narrow(text)
    found = list(_quick_numbers(text)) if _HAS_NUMERAL.search(text) else []
    words = row.split()
    if None in found or not (_SPELT.isdisjoint(words) or _only_one(words)):
        yield from _thorough(text)
    else:
        yield from filter(None, found)


def _only_one(words: list[str]) -> bool:
    """Tell whether the one English number word is ``one``, most often a pronoun."""
    return not any(word in _SPELT and word != "one" for word in words)


def _quick_numbers(text: str) -> Iterator[str | None]:
    """Yield the value of each number that says it at once, None where the grammar of figures must be asked."""
    if "半" in text:
        yield None
    if _FIRST.search(text):
        yield f"{_NUMBER}1"
    for piece in _PIECE.finditer(text):
        start, end = piece.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        if piece["digits"] is None:
            yield _quick_numerals(piece[0], before, after)
        elif (
            (before in _JOINS_BEFORE and before)
            or (after in _JOINS_AFTER and after)
            or before in _VAGUE_BEFORE
            or (after in _NUMERALS and after)
            or not _GROUPED.fullmatch(piece["digits"])
            or (not piece["power"] and _MAGNITUDE.match(text, end))
        ):
            yield None
        else:
            yield _quick_digits(piece["digits"].replace(",", ""), _POWER.get(piece["power"], 0))


def _quick_digits(digits: str, power: int) -> str:
    whole, _, part = digits.partition(".")
    part = part.rstrip("0")
    if len(part) > power:
        whole, part = whole + part[:power], part[power:]
    else:
        whole, part = whole + part.ljust(power, "0"), ""
    return f"{_NUMBER}{whole.lstrip('0') or '0'}{_POINT if part else ''}{part}"


def _quick_numerals(numerals: str, before: str, after: str) -> str | None:
    """Read numerals without digits; a lone one counts where something is counted, else it is part of a word."""
    if (after in _JOINS_AFTER and after) or (before in _VAGUE_BEFORE and before):
        return None
    if len(numerals) == 1 and not (before in _ORDERS or numerals in "两兩" or (after in _COUNTERS and after)):
        return ""
    return _numerals_token(numerals)


@lru_cache(maxsize=4096)
def _numerals_token(numerals: str) -> str:
    from cs_facts.errors import FigureError
    from cs_facts.spelt import read_chinese

    try:
        return number_token(read_chinese(numerals)[0])
    except FigureError:
        return ""


@lru_cache(maxsize=4096)
def _thorough(text: str) -> tuple[str, ...]:
    from cs_facts.figures import find_numbers

    return tuple(number_token(found.figure.value) for found in find_numbers(text))


def day_tokens(period: Period) -> tuple[str, ...]:
    """Return the words by which a date finds a period that it shares a day with.

    The period is taken apart into the longest millennia, centuries, decades, years, months and days that fill it; what
    holds a part of those is named too. A date, which is a year, a month or a day, shares a day with the period when it
    lies in one of the parts, or holds one: see `date_tokens`.
    """
    start = (period.start.year, period.start.month, period.start.day) if period.start else (0, 1, 1)
    end = (period.end.year, period.end.month, period.end.day) if period.end else (9999, 12, 31)
    return _day_tokens(start, end)


@lru_cache(maxsize=4096)
def _day_tokens(start: tuple[int, int, int], end: tuple[int, int, int]) -> tuple[str, ...]:
    parts = list(_parts(start, end))
    above = {part[:length]: None for part in parts for length in (4, 6) if length < len(part)}
    return (*(f"{_DAYS}c{part}" for part in parts), *(f"{_DAYS}a{part}" for part in above))


def _parts(day: tuple[int, int, int], end: tuple[int, int, int]) -> Iterator[str]:
    """Yield the parts that fill the days from one to another, each as the digits that its days have in common."""
    while day <= end:
        year, month, first = day
        digits = f"{year:04}{month:02}{first:02}"
        length = next(
            length for length in (1, 2, 3, 4, 6, 8) if _begins(digits, length) and _last(digits, length) <= end
        )
        yield digits[:length]
        day = _next_day(_last(digits, length))


def _begins(digits: str, length: int) -> bool:
    """Tell whether a day is the first of those that have its first digits."""
    return digits[length:] == "00000101"[length:] or (length == 6 and digits[6:] == "01") or length == 8


def _last(digits: str, length: int) -> tuple[int, int, int]:
    """Return the last of the days that have these first digits."""
    if length == 8:
        return int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if length == 6:
        year, month = int(digits[:4]), int(digits[4:6])
        return year, month, _length_of(year, month)
    return int(digits[:length].ljust(4, "9")), 12, 31


def _length_of(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _next_day(day: tuple[int, int, int]) -> tuple[int, int, int]:
    year, month, last = day
    if last < _length_of(year, month):
        return year, month, last + 1
    return (year + 1, 1, 1) if month == 12 else (year, month + 1, 1)


def date_tokens(date: str) -> tuple[str, ...]:
    """Return the words of which a period that shares a day with a date has one.

    Args:
        date: a year, a month or a day as YYYY, YYYY-MM or YYYY-MM-DD.

    """
    digits = date.replace("-", "")
    lies_in = (f"{_DAYS}c{digits[:length]}" for length in (1, 2, 3, 4, 6, 8) if length <= len(digits))
    return (*lies_in, f"{_DAYS}a{digits}")


def facet_token(what: str, name: str) -> str:
    """Return the word that says that a fact is one of a category, kind, unit, source or tag."""
    return f"{_FACETS[what]}{name.translate(_NAMED)}"


_FACETS = {what: chr(0xE010 + place) for place, what in enumerate(("category", "kind", "unit", "source", "tag"))}


def is_word(token: str) -> bool:
    """Tell a word from a number, a break and what names a fact's category or period."""
    return token[0].isalpha() and token[-1] != _PART


def is_spaceless(token: str) -> bool:
    """Tell whether a word is a character of a script that puts no spaces between words."""
    return _SPACELESS.match(token) is not None


def has_number(text: str) -> bool:
    """Tell whether a text may hold a number, at a glance."""
    return _HAS_NUMERAL.search(narrow(text)) is not None or not _SPELT.isdisjoint(re.findall("[a-z]+", text.lower()))


def alternatives(token: str) -> tuple[str, ...]:
    """Return the words that a character of a query stands for: a magnitude, no number by itself, also stands in one."""
    return (token, _INSIDE[token]) if token in _POWERS and token not in "十拾" else (token,)


def is_break(token: str) -> bool:
    """Tell whether a word is punctuation."""
    return token[0] == BREAK
