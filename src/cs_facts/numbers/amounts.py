"""Read one number, an operand of the grammar, as an exact amount, without the words that limit it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal, Inexact
from itertools import pairwise
from typing import TYPE_CHECKING

from cs_facts.errors import FigureError
from cs_facts.numbers.characters import DENOMINATORS, FOLDS, FRACTIONS, LETTER_POWERS, MAGNITUDES, ORDINALS, TIES, WORDS
from cs_facts.numbers.words import EXACT, plain_decimal, power_of, read_chinese, read_english, scaled, shifted

if TYPE_CHECKING:
    from collections.abc import Callable

    from cs_facts.columns import Bound, Form
    from cs_facts.numbers.grammar import Operand

_FOUR_DIGITS = (Context(prec=4, rounding=ROUND_FLOOR), Context(prec=4, rounding=ROUND_CEILING))

TWO_WAYS = "can be read two ways; write million, billion or the unit's name in place of {!r}"
_NO_VALUE = {"ambiguous": TWO_WAYS, "power": "is written with an exponent; write its digits"}
_ZERO, _ONE = Decimal(0), Decimal(1)
_EACH = "[一二三四五六七八九]"
_OF_DIGITS = {"sum", "clock", "slash", "nth", "magnitude", "fold", "dozen", "of", "mixed"}
_PER_HUNDRED = {"百": 0, "千": -1, "万": -2}
UNIT_POWERS = {"percent": 0, "mille": -1, "myriad": -2, "tenths": 1}


@dataclass(slots=True)
class Amount:
    """What one number says by itself."""

    value: Decimal | None  # exact, or None if only ``low`` and ``high`` are known
    quantum: Decimal = _ONE  # the worth of one step of the last digit; 0 if no digits could be rounded
    form: Form = "number"
    bound: Bound = "exact"  # part of the number itself, such as 余
    low: Decimal | None = None
    high: Decimal | None = None
    scale: int = 0  # the power of ten given by a word, which a range may share: 3-5万

    def each(self, change: Callable[[Decimal], Decimal]) -> Amount:
        """Return the amount with a function applied to each of its numbers."""
        value, low, high = (None if one is None else change(one) for one in (self.value, self.low, self.high))
        return replace(self, value=value, low=low, high=high)

    def times_ten(self, power: int) -> Amount:
        """Return the amount times a power of ten."""
        found = self.each(lambda number: shifted(number, power))
        return replace(found, quantum=shifted(self.quantum, power), scale=power)

    def negated(self) -> Amount:
        """Return the amount with its sign reversed."""
        found = self.each(Decimal.copy_negate)
        return replace(found, low=found.high, high=found.low)


def amount(operand: Operand, *, bare: bool = False) -> Amount:
    """Read a number that the grammar found; a ``bare`` one may begin with its power of ten, as 千亿 does in 超千亿.

    Raises `FigureError` if it has no definite value.
    """
    kind, unit = operand.kind, operand.unit
    if reason := _NO_VALUE.get(kind):
        raise FigureError(reason.format(operand.short))
    if kind in _OF_DIGITS and not operand.head.isascii():
        raise FigureError("mixes numerals of two scripts; write it in one")
    if bare and kind == "upwards" and not operand.text.startswith("数"):
        found = Amount(*read_chinese(operand.text.lstrip("上"), bare=True))
    elif kind == "head":
        found = Amount(*read_chinese(operand.head, bare=bare), scale=power_of(operand.head))
    else:
        found = _READERS[kind](operand)
    if operand.short:
        found = found.times_ten(LETTER_POWERS[operand.short])
    if unit in UNIT_POWERS:
        if operand.head.endswith(("万", "亿")):
            raise FigureError("has more than one unit behind its number; write one")
        found = found.times_ten(UNIT_POWERS[unit])
    if unit and unit != "degrees" and found.form != "vague" and (unit == "times" or found.form == "number"):
        found = replace(found, form="multiple" if unit == "times" else "share")
    return found


def count(text: str) -> Decimal:
    """Return the value of a whole number or decimal in digits, numerals or English words; "a" and "" are 1."""
    text = text.strip().lower()
    return read_english(text or "a") if re.fullmatch("[a-z -]*", text) else read_chinese(text)[0]


def fraction(numerator: Decimal, denominator: Decimal) -> Amount:
    """Return a part of a whole in per cent: exact, or for endless decimals between two numbers of four digits."""
    if not denominator:
        raise FigureError("is a fraction of nothing")
    if numerator > denominator:
        raise FigureError("is no part of a whole; write a ratio as 5:1, two numbers as two figures")
    return replace(_divided(numerator, denominator, 2), quantum=_ZERO, form="share")


def _divided(dividend: Decimal, divisor: Decimal, power: int) -> Amount:
    """Return a quotient times a power of ten: exact, or for endless decimals between two numbers of four digits."""
    try:
        value = shifted(EXACT.divide(dividend, divisor), power)
    except Inexact:
        low, high = (shifted(context.divide(dividend, divisor), power) for context in _FOUR_DIGITS)
        return Amount(None, _ZERO, low=low, high=high)
    return Amount(value, last_place(value))


def last_place(value: Decimal) -> Decimal:
    """Return the place value of the last digit other than zero: 100 for 1800."""
    digits = f"{value.copy_abs():f}"
    if "." in digits:
        return _ONE.scaleb(-len(digits.partition(".")[2]))
    return Decimal("1" + "0" * (len(digits) - len(digits.rstrip("0")))) if value else _ONE


def _more(digits: str) -> Amount:
    value, _ = read_chinese(digits, bare=True)
    return Amount(value, last_place(value), bound="more_than", scale=power_of(digits))


def _section(operand: Operand) -> Amount:
    """Read 五个亿, 五个多亿."""
    digits = operand.head + operand.text.removeprefix("多")
    return _more(digits) if operand.text[0] == "多" else Amount(*read_chinese(digits), scale=8)


def _slash(operand: Operand) -> Amount:
    parts = count(operand.head), count(operand.text[1:])
    if parts[0] == parts[1]:
        raise FigureError("is no part of a whole; write a ratio as 50:50")
    return fraction(*parts)


def _places(operand: Operand, base: int, digit: str = rf"\d|{_EACH}") -> Decimal:
    """Return a number told digit by digit, in units of the last digit: 35 for 三成五 and for 三块五."""
    total = count(operand.head)
    for found in re.findall(digit, operand.text.replace("半", "五")):
        total = EXACT.add(EXACT.multiply(total, Decimal(base)), count(found))
    return total


def _coin(operand: Operand) -> Amount:
    """Read 三块五, 5元3角5分."""
    power = -len(re.findall(rf"\d|{_EACH}", operand.text))
    return Amount(shifted(_places(operand, 10), power), shifted(_ONE, power))


def _summed(operand: Operand) -> Amount:
    """Read 13 billion 942 million."""
    parts = re.findall(r"([\d.,]+) ([a-z]+)", f"{operand.head} {operand.text}")
    numbers = [scaled(digits, MAGNITUDES[word]) for digits, word in parts]
    return Amount(sum((value for value, _ in numbers), _ZERO), numbers[-1][1])


def _magnitude(operand: Operand) -> Amount:
    power = MAGNITUDES[operand.text if operand.text in MAGNITUDES else operand.text.removesuffix("s")]
    return Amount(*scaled(operand.head, power), scale=power)


def _parts(operand: Operand) -> Amount:
    """Read fractions and parts of 100, 1,000 or 10,000: 三分之一, 百分之负三, 千分之几, 百分之七八十."""
    power, text = _PER_HUNDRED.get(operand.head), operand.text.removeprefix("分之")
    if power is None:
        return fraction(count(text), count(operand.head))
    digits = text.removeprefix("负")
    if "几" in digits:
        found = _few(*digits.split("几"))
    elif re.search(rf"(?<!{_EACH}){_EACH}{{2}}(?!{_EACH})", digits) and "点" not in digits:
        found = _pair(digits)
    else:
        found = Amount(*read_chinese(digits, bare=True), "share")
    found = found.times_ten(power)
    return found if digits == text else found.negated()


def _with_part(whole: Decimal, numerator: int, denominator: int, power: int = 0) -> Amount:
    """Return a whole number and a fraction, times a power of ten: two and a half million."""
    parts = EXACT.add(EXACT.multiply(whole, Decimal(denominator)), Decimal(numerator))
    return _divided(parts, Decimal(denominator), power)


def _vulgar(operand: Operand) -> Amount:
    numerator, denominator = map(int, FRACTIONS.get(operand.text, operand.text).split("/"))
    if not operand.head:
        return fraction(Decimal(numerator), Decimal(denominator))
    return _with_part(count(operand.head), numerator, denominator)


def _mixed(operand: Operand) -> Amount:
    """Read two and a half million, a million and a half, half a dozen, three-quarters of a million."""
    words = re.split("[ -]", f"{operand.head} {operand.text}".strip())
    at, denominator = next(
        (at, DENOMINATORS[part]) for at, word in enumerate(words) if (part := word.removesuffix("s")) in DENOMINATORS
    )
    before = words[: at - words[at::-1].index("and")] if "and" in words[:at] else []
    word = words[-1] if words[at + 1 :] else before.pop() if before and before[-1] in MAGNITUDES else ""
    numerator = 3 if "three" in words[max(at - 1, 0) : at] else 1
    whole = count(" ".join(before)) if before else _ZERO
    found = _with_part(whole, numerator, denominator, MAGNITUDES.get(word, 0))
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
        said = next((times for begin, times in FOLDS.items() if text.startswith(begin)), None)
        times = Decimal(said) if said else count(f"a {word}" if word in MAGNITUDES else word)
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


def _english(operand: Operand) -> Amount:
    value = read_english(operand.text)
    quantum = last_place(value) if " point " in operand.text else _ONE
    return Amount(value, quantum, scale=power_of(re.findall("[a-z]+", operand.text)))


# What vague numbers may stand for, in units of their power of ten: 数十亿 is 20 to 100 times 亿, thousands are 2,000
# to 10,000; 上百 and 百亿 are 100 to 1,000; 十几 is 11 to 20, 七八十 70 to 80; dozens are 24 to 100, scores 40 to 100;
# a mid-single digit is 4 to 6.
_SEVERAL, _UPWARDS = (2, 10), (1, 10)
_COLLECTIVE = {"dozen": (24, 100), "score": (40, 100), "ten": (20, 100)}
_PLACES = {"single": 1, "double": 10, "triple": 100} | {word: 10**nth for nth, word in enumerate("一两三四五六")}
_THIRDS = {"low": (1, 3), "mid": (4, 6), "high": (7, 9)}


def _between(ends: tuple[Decimal | int, Decimal | int], unit: Decimal | int = 1) -> Amount:
    low, high = (plain_decimal(EXACT.multiply(Decimal(end), Decimal(unit))) for end in ends)
    return Amount(None, _ZERO, "vague", "about", low, high)


def _few(before: str, unit: str) -> Amount:
    """Read 几十, 数百万, 十几, 20几万, given what stands before and behind 几."""
    step = read_chinese(unit, bare=True)[0] if unit else _ONE
    if not before:
        return _between(_SEVERAL, step)
    value, _ = read_chinese(before + unit, bare=True)
    return _between((value + step, value + 10 * step))


def _upwards(operand: Operand) -> Amount:
    if operand.text == "成千上万":
        return _between((1, 100), 1000)
    unit = operand.text.strip("成上数以计")
    return _between(_UPWARDS, read_chinese(unit[:1] if operand.text[0] == "成" else unit, bare=True)[0])


def _many(operand: Operand) -> Amount:
    words = [word.removesuffix("s") for word in operand.text.split()]
    counted = [word for word in words if word in MAGNITUDES or word in _COLLECTIVE]
    return _between(_COLLECTIVE.get(counted[0], _SEVERAL), 10 ** sum(MAGNITUDES.get(word, 0) for word in counted))


def _pair(text: str) -> Amount:
    """Read a pair of neighbouring numerals, which means one or the other: 七八个, 三四十, 十七八."""
    text = text.replace("、", "")
    at = next(at for at, pair in enumerate(pairwise(text)) if not power_of(pair[0]) and not power_of(pair[1]))
    low, high = (read_chinese(text[:at] + one + text[at + 2 :])[0] for one in text[at : at + 2])
    return _between((low, high))


def _digits(operand: Operand) -> Amount:
    words = re.split("[ -]|位", operand.text)
    thirds = [_THIRDS[word] for word in words if word in _THIRDS]
    if not thirds:  # 10 to 99
        return _between((_PLACES[words[-2]], 10 * _PLACES[words[-2]] - 1))
    low, high = thirds[0][0], thirds[-1][1]
    if base := TIES.get(words[-1]):  # low to mid twenties
        return _between((base + low, base + high))
    return _between((low, high), _PLACES[words[-2]])


_READERS: dict[str, Callable[[Operand], Amount]] = {
    "parts": _parts,
    "few": lambda operand: _few(operand.head, operand.text[1:]),
    "more": lambda operand: _more(operand.head + operand.text[1:]),
    "some": lambda operand: Amount(*read_chinese(operand.head, bare=True), bound="about"),
    "section": _section,
    "tenth": lambda operand: Amount(_places(operand, 10), form="share"),  # 三成五, 三成半
    "slash": _slash,
    **dict.fromkeys(("vulgar", "broken"), _vulgar),
    **dict.fromkeys(("nth", "ordinal", "first"), _nth),
    "magnitude": _magnitude,
    "clock": lambda operand: Amount(_places(operand, 60, r"\d+")),  # 1小时8分2秒, 10分7秒
    "sum": _summed,
    **dict.fromkeys(("fold", "folds"), _folds),
    "dozen": lambda operand: Amount(12 * count(operand.head or operand.text.removesuffix("dozen"))),
    "decade": lambda operand: Amount(10 * count(operand.text.partition(" decade")[0])),
    "of": lambda operand: fraction(
        *map(count, re.split(" (?:in|out of|of)(?: every)? ", f"{operand.head} {operand.text}", maxsplit=1))
    ),
    "mixed": _mixed,
    "coin": _coin,
    "half": lambda _: Amount(Decimal("0.5"), Decimal("0.1")),
    "halves": _halves,
    "pair": lambda operand: _pair(operand.text),
    "several": lambda operand: _few("", operand.text.lstrip("好几数个")),
    "upwards": _upwards,
    "many": _many,
    "fraction": _fraction,
    **dict.fromkeys(("digits", "decades"), _digits),
    "english": _english,
}
