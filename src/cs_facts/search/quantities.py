"""The numbers of a text as words that say how much: 50.66万, 506,600 and 五十万六千六百 are one word.

Most numbers say their value at once, digits and perhaps a magnitude; those are read at a glance while a store is
compiled. Where something stands beside one that could change it, the grammar of `cs_facts.numbers.figures` is asked.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from cs_facts.numbers.characters import ENGLISH_SCALES, ENGLISH_UNITS, NUMERALS, ORDINALS, POWERS, WORDS, times_ten
from cs_facts.text import inside, lazily, narrow

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

_NUMBER, _POINT = "\ue000", "\ue003"
"""What begins such a word and what stands in it for a decimal point, private-use characters that stand in no text."""

_NUMERAL = frozenset(NUMERALS)
_ANY = _NUMERAL | frozenset("0123456789")
COUNTERS = frozenset(
    "位个個家次批届屆条條套座部例款轮輪支台项項名列艘架所间間只颗份张張场場期季本辆班人年月日天岁元倍种種村县市镇"
    "大类類处處片层層级級区區数數"
)
"""What follows a lone numeral that counts: 三个, but not 统一."""

_ORDERS = frozenset("第前")
_FIRST = lazily("首[位个個家次批届创]")

_BEFORE = frozenset("-–—−~～/.,:×^負负之e¥$€£￥点點几幾数數上成余餘多")
_AFTER = frozenset("-–—~～/:：至到来來几幾成半点點分½¼¾⅓⅔") | _NUMERAL
"""What stands beside digits whose value is not theirs alone."""

_UNITS = frozenset((*map("千".__add__, "米克瓦卡赫帕伏焦"), *map("兆".__add__, "瓦赫帕欧字比"), "百分", "百帕"))
"""Units that begin as a magnitude does: 7千米 is no 7000."""

_OF_UNITS = frozenset(unit[1] for unit in _UNITS)

_AND_MORE = frozenset("余餘多")
"""What stands behind digits and leaves their value as it is, unless a magnitude follows: 1800余, but 40余万."""

_GROUPED = lazily(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")

_SPACE = r"[^\S\n\f]"
"""A space, but not the end of a line: the next is another text."""

_SCALES = "|".join(ENGLISH_SCALES)
_NAMED = rf"(?ai:{_SPACE}?(?:hundred|{_SCALES}|k)s?\b|(?:st|nd|rd|th)\b|e\d)"
"""An English magnitude, or what may make something else of digits; a word ends where Chinese begins: 5k人."""

_POWER_OF = ENGLISH_SCALES | dict.fromkeys(("", "st", "nd", "rd", "th"), 0)
"""The power of ten of what `_NAMED` finds, or of nothing: what 27th counts is 27. Of the rest the grammar is asked."""

_SAID = {word: str(value) for word, value in (WORDS | ORDINALS).items() if word not in ("zero", "one")}
"""English word → the number that it is when no other such word is beside it; ``one`` is a pronoun more often."""

_PARTS = {"zero", "one", "half", *ENGLISH_UNITS, *ENGLISH_SCALES, *_SAID}
_SPELT = frozenset(_PARTS - {"one", "mn", "bn", "tn"})
"""English words that are, or belong to, a number; by the others none begins."""

_WORD = lazily(rf"[0-9]{_SPACE}?(?:{_SCALES})\b|(?:(?<=([-负負_0-9]))|)([a-z]+)(?=([_0-9]?))", re.ASCII)
"""A word, between what would make it another number, or none; the magnitude behind digits is theirs."""

_EXPONENT_ZERO = 5000
_COMPLEMENT = str.maketrans("0123456789", "9876543210")

_FIRST_OF_RUN, _REST_OF_RUN = f"[0-9{NUMERALS}]", f"[0-9{NUMERALS}.,点點]*"
_RUN = lazily(f"({_FIRST_OF_RUN}{_REST_OF_RUN})")
"""Digits and numerals that stand together."""

_READ = lazily(
    lambda: (
        rf"""
    ({_FIRST_OF_RUN}(?:(?<=([{inside(_BEFORE | _ORDERS)}]).)|){_REST_OF_RUN})
    (?:(?=[\sa-zA-Z])(?=({_NAMED}))|)
    (?:(?=([{inside(_AND_MORE)}]?[{inside(_AFTER)}]|(?<=[{NUMERALS}])[{inside(_AND_MORE | COUNTERS | _OF_UNITS)}]))|)
    """
    ),
    re.DOTALL | re.VERBOSE,
)
"""`_RUN`, and whatever stands beside it that has to do with its value: the arguments of `_at_a_glance`."""

_STRIDE = 5
"""Strings that `_READ` splits off for each run: itself, three that may be None, and the text up to the next."""


def number_token(value: Decimal) -> str:
    """Return the word that says how much a number is.

    >>> from decimal import Decimal
    >>> number_token(Decimal("120.50")) == number_token(Decimal("120.5"))
    True
    """
    return _word(times_ten(f"{value:f}" if value else "0", 0))


def _word(number: str) -> str:
    return f"{_NUMBER}{number}".replace(".", _POINT).replace("-", "m")


def apart(text: str) -> list[str]:
    """Take a text apart: at odd places are digits and numerals that stand together, between them what is no number."""
    return _RUN().split(text)


def read_apart(text: str) -> tuple[list[str], list[str | None]]:
    """Take a text `apart`, and tell what each of the digits and numerals is.

    Returns:
        The pieces; for each at an odd place its value as a word, "" for what is none, None where the grammar must be
        asked.

    """
    found = _READ().split(text)
    pieces = [""] * (len(found) // _STRIDE * 2 + 1)
    pieces[::2], pieces[1::2] = found[::_STRIDE], found[1::_STRIDE]
    values = [
        f"{_NUMBER}{run}"
        if before is named is beyond is None and run.isdecimal() and run[0] != "0"
        else _at_a_glance(run, before, named, beyond)
        for run, before, named, beyond in zip(*(found[place::_STRIDE] for place in range(1, _STRIDE)), strict=True)
    ]
    return pieces, values


def spelt_among(words: Iterable[str]) -> frozenset[str]:
    """Return those of folded words that are, or belong to, a number."""
    return _SPELT.intersection(words)


def number_tokens(text: str, values: set[str | None], *, spelt: bool) -> set[str]:
    """Return the values of a text's numbers as words.

    Args:
        text: in lines.
        values: what `read_apart` tells of it.
        spelt: whether `spelt_among` finds one of its words.

    """
    found = {value for value in values if value}
    doubtful: list[str] = []
    if None in values:
        doubtful += [line for line in text.split("\n") if None in read_apart(line)[1]]
    if "首" in text and _FIRST().search(text):
        found.add(f"{_NUMBER}1")
    if spelt or "半" in text:
        for line in text.split("\n"):
            if value := _in_words(line):
                found.add(value)
            elif value is None:
                doubtful.append(line)
    for line in doubtful:
        found.update(_thorough(line))
    return found


def _in_words(line: str) -> str | None:
    """Return the value of the one word of a line that is a number; otherwise as `_at_a_glance` does."""
    if "半" in line:
        return None
    line = line.lower()
    if not any(map(line.__contains__, _PARTS)):  # to make the pattern takes a start its time
        return ""
    said = [found for found in _WORD().findall(line) if not found[1] or found[1] in _PARTS]
    match said:
        case [("", word, "")] if word in _SAID:
            return f"{_NUMBER}{_SAID[word]}"
    return None if any(word in _SPELT for _, word, _ in said) else ""


def number_key(value: Decimal) -> str:
    """Write a number so that texts are in the order of their numbers, exactly and at any size.

    >>> from decimal import Decimal
    >>> sorted(map(number_key, map(Decimal, ["-10", "-9.5", "0", "0.5", "9", "10"]))) == [
    ...     number_key(Decimal(text)) for text in ("-10", "-9.5", "0", "0.5", "9", "10")
    ... ]
    True
    """
    significant = f"{value:f}".replace(".", "").strip("-0")
    if not significant:
        return "1"
    key = f"{value.adjusted() + _EXPONENT_ZERO:04}{significant}"
    return f"0{key.translate(_COMPLEMENT)}~" if value < 0 else f"2{key}"


def has_numeral(text: str) -> bool:
    """Tell whether a text holds a digit or a numeral."""
    return not _ANY.isdisjoint(text)


def has_number(text: str) -> bool:
    """Tell whether a text may hold a number."""
    text = narrow(text)
    return has_numeral(text) or "首" in text or _in_words(text) != "" or "one" in text.lower()


@lru_cache(maxsize=4096)
def _at_a_glance(run: str, before: str | None, named: str | None, beyond: str | None) -> str | None:
    """Return the value of a number as a word, "" for what is none, None where the grammar must be asked.

    Args:
        run: digits and numerals, and punctuation that may follow them.
        before: the character before them, where it matters; so with the others.
        named: what `_NAMED` finds behind them.
        beyond: up to two characters behind.

    """
    written = run.rstrip(".,点點")
    behind = f"{run[len(written) :]}{beyond or ''}"
    after, next_ = behind[:1], behind[1:]
    if (before and before in _BEFORE) or after in _AFTER or (after in _AND_MORE and next_ in _AFTER):
        return None
    if f"{written[-1]}{after}" in _UNITS:
        return None
    power = POWERS.get(written[-1], 0) if written[0] not in _NUMERAL else 0
    digits = written[:-1] if power else written
    if _GROUPED().fullmatch(digits):
        name = (named or "").strip().lower() if not power and run[-1] not in ".," else ""
        return _word(times_ten(digits, power or _POWER_OF[name])) if name in _POWER_OF else None
    if _NUMERAL.issuperset(written):
        return _numerals(written, before, after)
    return None


def _numerals(numerals: str, before: str | None, after: str) -> str | None:
    """Read numerals without digits; a lone one counts where something is counted, else it is part of a word."""
    if len(numerals) == 1 and not (before in _ORDERS or numerals in "两兩" or after in COUNTERS or after in _AND_MORE):
        return ""
    return _spelt(numerals) or (None if numerals[0] in POWERS else "")  # 超千亿, but not 万一


@lru_cache(maxsize=4096)
def _spelt(numerals: str) -> str:
    from cs_facts.errors import FigureError
    from cs_facts.numbers.words import read_chinese

    try:
        return number_token(read_chinese(numerals)[0])
    except FigureError:
        return ""


@lru_cache(maxsize=4096)
def _thorough(text: str) -> tuple[str, ...]:
    from cs_facts.numbers.figures import find_numbers

    values = (found.figure.value for found in find_numbers(text))
    return tuple(number_token(value) for value in values if value is not None)
