"""Read numbers spelt with numerals and magnitudes, in Chinese or English, as exact numbers.

>>> read_chinese("五十万六千六百")
(Decimal('506600'), Decimal('1'))
>>> read_english("two hundred and five thousand")
Decimal('205000')

Arabic digits may take the place of numerals (50.66万, 3千5百万). Every result is exact.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal, Inexact
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from cs_facts.errors import FigureError
from cs_facts.numbers.characters import DIGIT, DIGITS, MAGNITUDES, POWERS, WORDS, times_ten

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_LENGTH = 100
# Wide enough for the longest figure, a hundred times 兆: nothing is rounded, and endless decimals raise Inexact.
EXACT = Context(prec=20 * MAX_LENGTH, traps=[Inexact])

_SPELT = f"{DIGIT}*[点.]{DIGIT}+|{DIGIT}{{3,}}|(?!零){DIGIT}[〇○]"  # 五○五七点四, 三四六, 五○
_TOKEN = re.compile(rf"(?P<point>{_SPELT})|(?P<arabic>\d[\d,.]*)|(?P<char>.)", re.ASCII)
_ARABIC = re.compile(rf"(?P<digits>\d[\d,.]*)(?P<power>[{''.join(POWERS)}]?)", re.ASCII)
_SIDE_BY_SIDE = "puts two numerals side by side; which number is meant?"
_ONE, _POWERS = Decimal(1), POWERS | MAGNITUDES
# The lowest power that multiplies a whole group of lower ones: 万 and thousand. Numerals before a lower power than 万
# are exact: 三百.
_CHINESE, _ENGLISH = 4, 3


class _Token(NamedTuple):
    """A part of a spelt number: a number, or a power of ten that multiplies what precedes it."""

    number: Decimal | None = None
    quantum: Decimal = _ONE
    power: int = 0
    is_numeral: bool = False
    counts_lower: bool = False  # a single last digit, which counts the next lower power: 一百五, 2万5


def read_chinese(text: str, *, bare: bool = False) -> tuple[Decimal, Decimal]:
    """Return a number in Chinese numerals, half-width Arabic digits or both, and the worth of its last digit.

    A ``bare`` one may begin with its power, as 千余 does. Raises `FigureError` if the numerals make no number.
    """
    text = text.replace("廿", "二十").replace("卅", "三十")
    if arabic := _ARABIC.fullmatch(text):
        return scaled(arabic["digits"], POWERS.get(arabic["power"], 0))
    tokens = [_token(match, is_last=match.end() == len(text)) for match in _TOKEN.finditer(text)]
    if len(tokens) > 1 and all(token.is_numeral for token in tokens):
        digits = "".join(str(token.number) for token in tokens)
        if len(digits) == 2 and "0" not in digits:
            raise FigureError(_SIDE_BY_SIDE)
        return Decimal(digits), _ONE
    value, quantum = _sum(tokens, _CHINESE, bare=bare)
    last = next((token for token in reversed(tokens) if token.number is not None), None)
    is_exact = tokens[-1].power and quantum < 10**_CHINESE and (last is None or last.is_numeral)
    return value, _ONE if is_exact else quantum


def read_english(text: str) -> Decimal:
    """Return the value of a number in English words; raise FigureError if they make none."""
    text, _, decimals = text.lower().partition(" point ")
    if decimals:  # two point eight million
        power = sum(MAGNITUDES.get(word, 0) for word in decimals.split())
        places = "".join(str(WORDS[word]) for word in decimals.split() if word in WORDS)
        return scaled(f"{read_english(text):f}.{places}", power)[0]
    tokens: list[_Token] = []
    for word in re.findall("[a-z]+", text):
        before = tokens[-1].number if tokens else None
        if word in MAGNITUDES:
            tokens.append(_Token(power=MAGNITUDES[word]))
        elif before and before >= 20 and 0 < WORDS.get(word, 0) < 10:  # twenty-five
            tokens[-1] = _Token(before + WORDS[word])
        elif word != "and":
            tokens.append(_Token(Decimal(WORDS.get(word, 1))))  # a hundred
    return _sum(tokens, _ENGLISH)[0]


def power_of(digits: Sequence[str]) -> int:
    """Return the power of ten in which numerals or words are counted: 4 of 3万, 6 of two million."""
    return sum(_POWERS[part] for part in takewhile(_POWERS.__contains__, reversed(digits)))


def scaled(digits: str, power: int) -> tuple[Decimal, Decimal]:
    """Return the value of Arabic digits times a power of ten, and the worth of their last digit."""
    return Decimal(times_ten(digits, power)), _step(power - len(digits.partition(".")[2]))


@lru_cache(maxsize=256)
def _step(power: int) -> Decimal:
    return shifted(_ONE, power)


def shifted(value: Decimal, power: int) -> Decimal:
    """Multiply by a power of ten."""
    return plain_decimal(value.scaleb(power, EXACT))


def plain_decimal(value: Decimal) -> Decimal:
    """Return a number without exponent or needless zeros: 506600, not 5.066E+5 or 506600.00."""
    return Decimal(times_ten(f"{value:f}", 0))


def _token(match: re.Match[str], *, is_last: bool) -> _Token:
    text = match[0]
    if match["arabic"]:
        return _Token(*scaled(text, 0), counts_lower=is_last and len(text) == 1)
    if match["point"]:
        return _Token(*scaled("".join(str(DIGITS.get(char, ".")) for char in text), 0))
    if text in DIGITS:
        return _Token(Decimal(DIGITS[text]), is_numeral=True, counts_lower=is_last)
    if text not in POWERS:
        raise FigureError("has a part that is no exact number; write it in digits")
    return _Token(power=POWERS[text])


def _sum(tokens: list[_Token], least: int, *, bare: bool = False) -> tuple[Decimal, Decimal]:
    """Return the value of a spelt number and the worth of its last digit; a ``bare`` one may begin with its power.

    Its highest power multiplies what precedes it, and what follows is added; ``least`` is the lowest power that lower
    powers may precede.
    """
    if len(tokens) > 1 and tokens[0].number == 0 and tokens[0].is_numeral and tokens[1].number is not None:  # 零五
        return _sum(tokens[1:], least)
    powers = [token.power for token in tokens]
    power = max(powers)
    if not power:
        if len(tokens) > 1:
            raise FigureError(_SIDE_BY_SIDE)
        return tokens[0].number or Decimal(0), tokens[0].quantum
    at = len(powers) - 1 - powers[::-1].index(power)
    before, after = tokens[:at], tokens[at + 1 :]
    if power < least and any(powers[:at]):
        raise FigureError("has its numerals in an order that makes no number")
    if not before and power > 1 and not bare:  # 十 needs no 一
        raise FigureError("has a magnitude without a number before it, such as 一")
    count, step = _sum(before, least, bare=bare) if before else (_ONE, _ONE)
    if not after:
        return shifted(count, power), shifted(step, power)
    if len(after) == 1 and after[0].counts_lower:
        rest, step = (shifted(number, power - 1) for number in (after[0].number or Decimal(0), _ONE))
    else:
        rest, step = _sum(after, least)
    return shifted(count, power) + rest, step
