"""The exact value of one number without its limits: an operand of the grammar → an amount."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal, Inexact
from itertools import pairwise
from typing import TYPE_CHECKING

from cs_facts.errors import FigureError
from cs_facts.numbers.characters import (
    DENOMINATORS,
    FRACTIONS,
    MAGNITUDES,
    ORDINALS,
    POWERS,
    SHORT_MAGNITUDES,
    TIES,
    WORDS,
)
from cs_facts.numbers.words import plain_decimal, read_chinese, read_english, scaled, shifted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cs_facts.columns import Bound, Form
    from cs_facts.numbers.grammar import Operand

MAX_LENGTH = 100

# Wide enough for the longest figure, a hundred times 兆: nothing is rounded, and what has no end is refused.
EXACT = Context(prec=20 * MAX_LENGTH, traps=[Inexact])
_FOUR_DIGITS = (Context(prec=4, rounding=ROUND_FLOOR), Context(prec=4, rounding=ROUND_CEILING))

TWO_WAYS = "can be read two ways; write million, billion or the unit's name in place of {!r}"
_NO_VALUE = {"ambiguous": TWO_WAYS, "power": "is written with an exponent; write its digits"}
_ZERO, _ONE = Decimal(0), Decimal(1)
_POWERS = POWERS | MAGNITUDES
_SHORT = SHORT_MAGNITUDES | {"mm": 6}
_OF = " (?:in|out of|of)(?: every)? "
_EACH = "[一二三四五六七八九]"
_OF_DIGITS = {"sum", "clock", "slash", "nth", "magnitude", "fold", "dozen", "of", "mixed"}
_PER_HUNDRED = {"百": 0, "千": -1, "万": -2}
UNIT_POWERS = {"percent": 0, "mille": -1, "myriad": -2, "tenths": 1}
_FOLDS = {
    word[:5]: Decimal(value)
    for value, words in {
        "0.5": "halve halving half 减半 腰斩", "2": "double redouble twice 翻倍 双倍", "3": "triple treble thrice",
        "4": "quadruple", "5": "quintuple", "6": "sextuple", "7": "septuple", "8": "octuple",
    }.items()
    for word in words.split()
}  # fmt: skip


@dataclass(slots=True)
class Amount:
    """What one number says by itself.

    Attributes:
        value: exact; None where there is none, then ``low`` and ``high`` say what it may be.
        quantum: what one step of its last digit is worth; 0 where it has no digits that could be rounded.
        bound: what the number itself says of its limit (余).
        scale: the power of ten that a word gave its digits, which a range may share: 3-5万.

    """

    value: Decimal | None
    quantum: Decimal = _ONE
    form: Form = "number"
    bound: Bound = "exact"
    low: Decimal | None = None
    high: Decimal | None = None
    scale: int = 0

    def each(self, change: Callable[[Decimal], Decimal]) -> Amount:
        """Return the amount with its numbers changed."""
        value, low, high = (None if one is None else change(one) for one in (self.value, self.low, self.high))
        return replace(self, value=value, low=low, high=high)


def amount(operand: Operand, *, bare: bool = False) -> Amount:
    """Read an operand.

    Args:
        operand: of the grammar.
        bare: whether it may begin with its power of ten, as 千亿 does in 超千亿.

    Raises:
        FigureError: it has no definite value.

    """
    kind, unit = operand.kind, operand.unit
    if reason := _NO_VALUE.get(kind):
        raise FigureError(reason.format(operand.short))
    if kind in _OF_DIGITS and not operand.head.isascii():
        raise FigureError("mixes numerals of two scripts; write it in one")
    if bare and kind == "upwards" and not operand.text.startswith("数"):
        found = Amount(*read_chinese(operand.text.lstrip("上"), bare=True))
    elif kind == "head":
        found = Amount(*read_chinese(operand.head, bare=bare), scale=_power(operand.head))
    else:
        found = _READERS[kind](operand)
    if operand.short:
        found = _times(found, _SHORT[operand.short])
    if unit in UNIT_POWERS:
        if operand.head.endswith(("万", "亿")):
            raise FigureError("has more than one unit behind its number; write one")
        found = _times(found, UNIT_POWERS[unit])
    if unit and unit != "degrees" and found.form != "vague" and (unit == "times" or found.form == "number"):
        found = replace(found, form="multiple" if unit == "times" else "share")
    return found


def _times(found: Amount, power: int) -> Amount:
    found = found.each(lambda number: shifted(number, power))
    return replace(found, quantum=shifted(found.quantum, power), scale=power)


def _power(digits: Sequence[str]) -> int:
    """Return the power of ten in which numerals or words are counted: 4 of 3万, 6 of two million."""
    power = 0
    for part in reversed(digits):
        if part not in _POWERS:
            break
        power += _POWERS[part]
    return power


def count(text: str) -> Decimal:
    """Return the value of a whole number or decimal in digits, numerals or English words; of a and of nothing 1."""
    text = text.strip().lower()
    return read_english(text or "a") if re.fullmatch("[a-z -]*", text) else read_chinese(text)[0]


def fraction(numerator: Decimal, denominator: Decimal) -> Amount:
    """Return a part of a whole in per cent: exact where it can be written, else between its first four digits."""
    if not denominator:
        raise FigureError("is a fraction of nothing")
    if numerator > denominator:
        raise FigureError("is no part of a whole; write a ratio as 5:1, two numbers as two figures")
    return replace(_divided(numerator, denominator, 2), quantum=_ZERO, form="share")


def _divided(dividend: Decimal, divisor: Decimal, power: int) -> Amount:
    """Return a quotient times a power of ten: exact where it can be written, else between its first four digits."""
    try:
        value = shifted(EXACT.divide(dividend, divisor), power)
    except Inexact:
        low, high = (shifted(context.divide(dividend, divisor), power) for context in _FOUR_DIGITS)
        return Amount(None, _ZERO, low=low, high=high)
    return Amount(value, last_place(value))


def last_place(value: Decimal) -> Decimal:
    """Return the place of the last digit that is not zero: 100 for 1800."""
    digits = f"{value.copy_abs():f}"
    if "." in digits:
        return _ONE.scaleb(-len(digits.partition(".")[2]))
    return Decimal("1" + "0" * (len(digits) - len(digits.rstrip("0")))) if value else _ONE


def _more(operand: Operand) -> Amount:
    digits = operand.head + operand.text[1:]
    value, _ = read_chinese(digits, bare=True)
    return Amount(value, last_place(value), bound="more_than", scale=_power(digits))


def _section(operand: Operand) -> Amount:
    """Read 五个亿, 五个多亿."""
    return _more(operand) if operand.text[0] == "多" else Amount(*read_chinese(operand.head + operand.text), scale=8)


def _slash(operand: Operand) -> Amount:
    parts = count(operand.head), count(operand.text[1:])
    if parts[0] == parts[1]:
        raise FigureError("is no part of a whole; write a ratio as 50:50")
    return fraction(*parts)


def _coin(operand: Operand) -> Amount:
    """Read 三块五, 5元3角5分."""
    tenths, *hundredths = (count(digit) for digit in re.findall(rf"\d|{_EACH}", operand.text))
    part = EXACT.add(shifted(tenths, -1), sum((shifted(one, -2) for one in hundredths), _ZERO))
    return Amount(EXACT.add(count(operand.head), part), shifted(_ONE, -1 - len(hundredths)))


def _clock(operand: Operand) -> Amount:
    """Read 1小时8分2秒 and 10分7秒 in their last unit."""
    total = _ZERO
    for digits in (operand.head, *re.findall(r"\d+", operand.text)):
        total = EXACT.add(EXACT.multiply(total, Decimal(60)), count(digits))
    return Amount(total)


def _summed(operand: Operand) -> Amount:
    """Read 13 billion 942 million."""
    parts = re.findall(r"([\d.,]+) ([a-z]+)", f"{operand.head} {operand.text}")
    numbers = [scaled(digits, MAGNITUDES[word]) for digits, word in parts]
    return Amount(sum((value for value, _ in numbers), _ZERO), numbers[-1][1])


def _magnitude(operand: Operand) -> Amount:
    power = MAGNITUDES[operand.text if operand.text in MAGNITUDES else operand.text.removesuffix("s")]
    return Amount(*scaled(operand.head, power), scale=power)


def _parts(operand: Operand) -> Amount:
    power, text = _PER_HUNDRED.get(operand.head), operand.text.removeprefix("分之")
    if power is None:
        return fraction(count(text), count(operand.head))
    if text.startswith("负"):
        return _parts(replace(operand, text=text[1:])).each(Decimal.copy_negate)
    if text == "几":
        return _between(_SEVERAL, shifted(_ONE, power))
    if "几" in text:
        head, _, unit = text.partition("几")
        found = _few(replace(operand, head=head, text=f"几{unit}")) if head else _between(_SEVERAL, 10)
        return found.each(lambda number: shifted(number, power))
    if re.search(rf"(?<!{_EACH}){_EACH}{{2}}(?!{_EACH})", text) and "点" not in text:
        return _times(_pair(text), power)  # 百分之七八十
    return _times(Amount(*read_chinese(text, bare=True), "share"), power)


def _with_part(whole: Decimal, numerator: int, denominator: int, power: int) -> Amount:
    """Return a whole and a part, times a power of ten: two and a half million."""
    parts = EXACT.add(EXACT.multiply(whole, Decimal(denominator)), Decimal(numerator))
    return _divided(parts, Decimal(denominator), power)


def _vulgar(operand: Operand) -> Amount:
    numerator, denominator = map(int, FRACTIONS.get(operand.text, operand.text).split("/"))
    if not operand.head:
        return fraction(Decimal(numerator), Decimal(denominator))
    return _with_part(count(operand.head), numerator, denominator, 0)


def _mixed(operand: Operand) -> Amount:
    before, part, rest = re.fullmatch(  # type: ignore[union-attr]
        r"(?:(.*?)[ -]?and[ -])?((?:an?[ -]|one.|three.)?(?:half|quarter|third)s?)(.*)", operand.head + operand.text
    ).groups()
    denominator = next(value for word, value in DENOMINATORS.items() if word in part)
    word = re.split("[ -]", rest)[-1]
    *counted, last = (before or "").split(" ")
    if not word and last in MAGNITUDES:  # a million and a half
        before, word = " ".join(counted), last
    numerator = 3 if part.startswith("three") else 1
    found = _with_part(count(before) if before else _ZERO, numerator, denominator, MAGNITUDES.get(word, 0))
    if word == "dozen":
        return replace(found.each(lambda part: plain_decimal(EXACT.multiply(part, Decimal(12)))), quantum=_ONE)
    return found


def _fraction(operand: Operand) -> Amount:
    *numerator, part = re.split("[ -]", operand.text)
    number = count("".join(numerator))
    denominator = DENOMINATORS[next(word for word in (part, part[:-1], "half") if word in DENOMINATORS)]
    if number >= denominator or (number > 1 and not part.endswith("s")):
        raise FigureError("is no part of a whole; write the number and what it counts")
    return fraction(number, Decimal(denominator))


def _folds(operand: Operand) -> Amount:
    text = operand.text
    if not text.endswith("番"):
        word = operand.head or text.removesuffix("fold").rstrip(" -")
        times = _FOLDS.get(text[:5].strip()) or count(f"a {word}" if word in MAGNITUDES else word)
        return Amount(times, _ZERO, "multiple")
    times = count(text.lstrip("翻了近约将超过").removesuffix("番"))
    if times != times.to_integral_value() or not 0 < times < 20:
        raise FigureError("doubles no whole number of times; write the multiple, such as 3倍")
    bound: Bound = "about" if set("近约") & set(text) else "more_than" if "超" in text else "exact"
    return Amount(Decimal(2) ** int(times), _ZERO, "multiple", bound)


def _halves(operand: Operand) -> Amount:
    """Read 一半, 过半, 百分百, 半百."""
    if operand.text == "半百":
        return Amount(Decimal(50))
    value = Decimal(100 if operand.text[0] == "百" else 50)
    bound: Bound = "more_than" if set("过大") & {*operand.text} else "less_than" if "小" in operand.text else "exact"
    return Amount(value, _ZERO, "share", bound)


def _nth(operand: Operand) -> Amount:
    words = operand.text.split("-")
    spelt = sum(ORDINALS.get(word) or WORDS.get(word, 0) for word in words) or 1  # twenty-first; 首位 is the first
    return Amount(count(operand.head) if operand.head else Decimal(spelt), form="rank")


# What a vague number may stand for, in units of its power of ten: 数十亿 is 20 to 100 times 亿, thousands are 2,000 to
# 10,000; 上百 and 百亿 are 100 to 1,000; 十几 is 11 to 20, 七八十 70 to 80; dozens are 24 to 100, scores 40 to 100; a
# mid-single digit is 4 to 6.
_SEVERAL, _UPWARDS = (2, 10), (1, 10)
_COLLECTIVE = {"dozen": (24, 100), "score": (40, 100), "ten": (20, 100)}
_PLACES = {"single": 1, "double": 10, "triple": 100}
_THIRDS = {"low": (1, 3), "mid": (4, 6), "high": (7, 9)}


def _between(ends: tuple[Decimal | int, Decimal | int], unit: Decimal | int = 1) -> Amount:
    low, high = (plain_decimal(EXACT.multiply(Decimal(end), Decimal(unit))) for end in ends)
    return Amount(None, _ZERO, "vague", "about", low, high)


def _several(operand: Operand) -> Amount:
    unit = operand.text.lstrip("好几数个")
    return _between(_SEVERAL, read_chinese(unit, bare=True)[0] if unit else 1)


def _upwards(operand: Operand) -> Amount:
    if operand.text == "成千上万":
        return _between((1, 100), 1000)
    unit = operand.text.strip("成上数以计")
    return _between(_UPWARDS, read_chinese(unit[:1] if operand.text[0] == "成" else unit, bare=True)[0])


def _many(operand: Operand) -> Amount:
    words = [word.removesuffix("s") for word in operand.text.split()]
    counted = [word for word in words if word in MAGNITUDES or word in _COLLECTIVE]
    return _between(_COLLECTIVE.get(counted[0], _SEVERAL), 10 ** sum(MAGNITUDES.get(word, 0) for word in counted))


def _few(operand: Operand) -> Amount:
    value, _ = read_chinese(operand.head + operand.text[1:], bare=True)
    step = 10 ** sum(POWERS[char] for char in operand.text[1:])
    return _between((value + step, value + 10 * step))


def _english(operand: Operand) -> Amount:
    value = read_english(operand.text)
    quantum = last_place(value) if " point " in operand.text else _ONE
    return Amount(value, quantum, scale=_power(re.findall("[a-z]+", operand.text)))


def _pair(text: str) -> Amount:
    """Read two numerals in a row, one or the other: 七八个, 三四十, 十七八."""
    text = text.replace("、", "")
    at = next(at for at, pair in enumerate(pairwise(text)) if not {*pair} & {*POWERS})
    low, high = (read_chinese(text[:at] + one + text[at + 2 :])[0] for one in text[at : at + 2])
    return _between((low, high))


def _digits(operand: Operand) -> Amount:
    words = re.split("[ -]", operand.text)
    thirds = [_THIRDS[word] for word in words if word in _THIRDS] or [(1, 9)]
    low, high = thirds[0][0], thirds[-1][1]
    if base := TIES.get(words[-1]):  # low to mid twenties
        return _between((base + low, base + high))
    return _between((low, high), _PLACES[words[-2]])


_READERS: dict[str, Callable[[Operand], Amount]] = {
    "parts": _parts,
    "few": _few,
    "more": _more,
    "some": lambda operand: Amount(*read_chinese(operand.head, bare=True), bound="about"),
    "section": _section,
    "tenth": lambda operand: Amount(
        count(operand.head) * 10 + (5 if operand.text[1] == "半" else count(operand.text[1:])), form="share"
    ),  # 三成五, 三成半
    "slash": _slash,
    **dict.fromkeys(("vulgar", "broken"), _vulgar),
    **dict.fromkeys(("nth", "ordinal", "first"), _nth),
    "magnitude": _magnitude,
    "clock": _clock,
    "sum": _summed,
    **dict.fromkeys(("fold", "folds"), _folds),
    "dozen": lambda operand: Amount(12 * count(operand.head or operand.text.removesuffix("dozen"))),
    "decade": lambda operand: Amount(10 * count(operand.text.partition(" decade")[0])),
    "of": lambda operand: fraction(*map(count, re.split(_OF, f"{operand.head} {operand.text}", maxsplit=1))),
    "mixed": _mixed,
    "coin": _coin,
    "half": lambda _: Amount(Decimal("0.5"), Decimal("0.1")),
    "halves": _halves,
    "pair": lambda operand: _pair(operand.text),
    "several": _several,
    "upwards": _upwards,
    "many": _many,
    "fraction": _fraction,
    **dict.fromkeys(("digits", "decades"), _digits),
    "english": _english,
}
