"""Numbers spelt with numerals and magnitudes, Chinese or English → exact numbers.

>>> read_chinese("五十万六千六百")
(Decimal('506600'), Decimal('1'))
>>> read_english("two hundred and five thousand")
Decimal('205000')

Arabic digits may stand where a numeral may (50.66万, 3千5百万). Every result is exact.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cs_facts.errors import FigureError
from cs_facts.numbers.characters import DIGITS, MAGNITUDES, POWERS, SCALES, UNITS, WORDS, times_ten

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGIT = f"[{''.join(DIGITS)}]"
_TOKEN = re.compile(rf"(?P<point>{_DIGIT}*点{_DIGIT}+)|(?P<arabic>\d[\d,.]*)|(?P<char>.)", re.ASCII)
_ARABIC = re.compile(rf"(?P<digits>\d[\d,.]*)(?P<power>[{''.join(POWERS)}]?)", re.ASCII)
_SIDE_BY_SIDE = "puts two numerals side by side; which number is meant?"
_ONE, _HIGHEST = Decimal(1), 99


class _Token(NamedTuple):
    """A part of a spelt number: a number, or a power of ten that multiplies what stands before it.

    A scale (万, million) closes the section before it, a unit (百) does not. A short number is one digit, which
    counts the next lower power after 百 or 万.
    """

    number: Decimal | None = None
    quantum: Decimal = _ONE
    power: int = 0
    closes: bool = False
    digit: bool = False
    short: bool = False


def read_chinese(text: str, *, bare: bool = False) -> tuple[Decimal, Decimal]:
    """Return the value and the quantum of a number in Chinese numerals, half-width Arabic digits or both.

    Args:
        text: the number.
        bare: whether it may begin with its power, as 千余 does.

    Raises:
        FigureError: the numerals make no number.

    """
    text = text.replace("廿", "二十").replace("卅", "三十")
    if arabic := _ARABIC.fullmatch(text):
        return scaled(arabic["digits"], POWERS.get(arabic["power"], 0))
    tokens = list(_chinese_tokens(text))
    if len(tokens) > 1 and all(token.digit for token in tokens):
        digits = "".join(str(token.number) for token in tokens)
        if len(digits) == 2 and "0" not in digits:
            raise FigureError(_SIDE_BY_SIDE)
        return Decimal(digits), _ONE
    return _sum(tokens, bare=bare), _quantum(tokens)


def read_english(text: str) -> Decimal:
    """Return the value of a number in English words.

    Raises:
        FigureError: the words make no number.

    """
    text, _, decimals = text.lower().partition(" point ")
    if decimals:  # two point eight million
        power = sum(MAGNITUDES.get(word, 0) for word in decimals.split())
        places = "".join(str(WORDS[word]) for word in decimals.split() if word in WORDS)
        return scaled(f"{read_english(text):f}.{places}", power)[0]
    tokens: list[_Token] = []
    for word in re.findall("[a-z]+", text):
        before = tokens[-1].number if tokens else None
        if word in MAGNITUDES:
            tokens.append(_Token(power=MAGNITUDES[word], closes=word != "hundred"))
        elif before and before >= 20 and 0 < WORDS.get(word, 0) < 10:  # twenty-five
            tokens[-1] = _Token(before + WORDS[word])
        elif word != "and":
            tokens.append(_Token(Decimal(WORDS.get(word, 1))))  # a hundred
    return _sum(tokens, bare=False)


def scaled(digits: str, power: int) -> tuple[Decimal, Decimal]:
    """Return the value of Arabic digits times a power of ten, and what one step of their last digit is worth."""
    return Decimal(times_ten(digits, power)), _step(power - len(digits.partition(".")[2]))


@lru_cache(maxsize=256)
def _step(power: int) -> Decimal:
    return shifted(_ONE, power)


def shifted(value: Decimal, power: int) -> Decimal:
    """Multiply by a power of ten, exactly whatever the context's precision."""
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)  # digits are finite
    return plain_decimal(Decimal((sign, digits, exponent + power)))


def plain_decimal(value: Decimal) -> Decimal:
    """Write a number without an exponent and without zeros that say nothing: 506600, not 5.066E+5 or 506600.00."""
    return Decimal(times_ten(f"{value:f}", 0))


def _chinese_tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        char = match["char"]
        if match["arabic"]:
            yield _Token(*scaled(match["arabic"], 0), short=len(match["arabic"]) == 1)
        elif match["point"]:
            yield _Token(*scaled("".join("." if c == "点" else str(DIGITS[c]) for c in match["point"]), 0))
        elif char in DIGITS:
            yield _Token(Decimal(DIGITS[char]), digit=True, short=True)
        else:
            yield _Token(power=POWERS[char], closes=char not in UNITS)


def _sum(tokens: list[_Token], *, bare: bool) -> Decimal:
    """Add up a spelt number.

    Sections of lower powers (六千六百) are closed by scales (万), whose powers fall from left to right; a scale that
    is not lower than the one before (万亿) multiplies all that came before it.
    """
    total = section = Decimal(0)
    count: Decimal | None = None
    after_zero, unit, scale = False, _HIGHEST, _HIGHEST
    for place, token in enumerate(tokens):
        power = token.power
        if token.number is not None:
            if count is not None and not after_zero:
                raise FigureError(_SIDE_BY_SIDE)
            count, after_zero = token.number, token.digit and token.number == 0
            continue
        multiplies = token.closes and power >= scale
        missing = count is None and not (token.closes and (section or multiplies))
        if missing and (token.closes if place else power > 1 and not bare):  # 十 needs no 一
            raise FigureError("has a magnitude without a number before it, such as 一")
        if not token.closes and ((missing and place and power > 1) or power >= unit):
            raise FigureError("has its numerals in an order that makes no number")
        counted = _ONE if missing else count or Decimal(0)
        if token.closes:
            closed = section + counted + (total if multiplies else 0)
            total = shifted(closed, power) + (0 if multiplies else total)
            section, unit, scale = Decimal(0), _HIGHEST, power
        else:
            section, unit = section + shifted(counted, power), power
        count, after_zero = None, False
    return total + section + shifted(count or Decimal(0), _last_power(tokens))


def _last_power(tokens: list[_Token]) -> int:
    """Return the power that the last numeral counts: 0 in 一百零五, but 1 in 一百五 and 3 in 两万五 and 2万5."""
    return tokens[-2].power - 1 if len(tokens) > 1 and tokens[-2].power and tokens[-1].short else 0


def _quantum(tokens: list[_Token]) -> Decimal:
    """Return what one step of the last digit counts; a number spelt in Chinese is spelt to its unit."""
    if tokens[-1].number is not None:
        return shifted(tokens[-1].quantum, _last_power(tokens))
    power = 0
    for token in reversed(tokens):
        if token.number is not None:
            return shifted(token.quantum, 0 if token.digit and power < min(SCALES.values()) else power)
        power += token.power
    return shifted(_ONE, power if power >= min(SCALES.values()) else 0)
