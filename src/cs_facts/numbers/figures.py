"""Read printed figures as exact numbers, in Chinese and in English.

>>> parse_figure("50.66万名").value
Decimal('506600')
>>> parse_figure("1800余名").bound
'more_than'
>>> parse_number("1.2 million")
Decimal('1200000')

A figure is a number with its counter and the words on either side that limit it. `cs_facts.numbers.grammar` finds the
parts and `cs_facts.numbers.amounts` reads the numbers. This module puts them together and compares figures by what they
may stand for: 50.66万 for 506,550 up to 506,650, 1800余 for more than 1,800. Arithmetic is exact.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from cs_facts.errors import FigureError
from cs_facts.model import Figure
from cs_facts.numbers.amounts import TWO_WAYS, UNIT_POWERS, Amount, amount, last_place
from cs_facts.numbers.characters import COUNTERS, DASH, LETTER_POWERS, NUMERALS, SCALES, WORDS
from cs_facts.numbers.grammar import ARABIC, expression_at_start, expressions, is_length
from cs_facts.numbers.limits import LIMITS, SHARES
from cs_facts.numbers.words import EXACT, MAX_LENGTH, plain_decimal, scaled, shifted
from cs_facts.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from cs_facts.columns import Bound
    from cs_facts.numbers.grammar import Expression

    # The lowest and the highest number that a figure may stand for.
    _Hull = tuple[Decimal | None, Decimal | None]
    # One end, with 0 if it is included, 1 for a beginning that is not, -1 for an end that is not.
    _End = tuple[Decimal, int]

__all__ = ["MAX_LENGTH", "agree", "find_numbers", "grouped", "parse_figure", "parse_number", "rounds_to"]

_ENDLESS = Decimal("Infinity")
# How far a fraction in words (a third, 一半) may lie from the number that it rounds, in percentage points.
_FRACTION_SLACK = Decimal(2)

# A limit turns round with the sign: down more than 5.4% is less than -5.4.
_NEGATED: dict[Bound, Bound] = {
    "more_than": "less_than", "less_than": "more_than", "at_least": "at_most", "at_most": "at_least",
}  # fmt: skip

_RANGE_FALLS = "falls from its first number to its second; write 3:2 for a ratio, two figures for a change"

# Why a text is not a figure, by its beginning, and why the text behind a number cannot be its counter.
_NUMBER = rf"(?:\d|[{NUMERALS}]|(?:{'|'.join(WORDS)})\b)"
_PER = "begins with what it is counted by; write the number behind that, such as 15.2例"
_NO_FIGURE = (
    (r"[$¥€£]? ?\([$¥€£]?\d", "may be a negative number as accountants write it, or an aside; write -3.1% or 3.1%"),
    ("[上成数几若好]|(?:several|a few)\\b", "says no definite number"),
    ("每", _PER),
    (r"\d+(?:\.\d{3}){2}", "has its thousands set apart by points; write 1,234,567"),
    ("from |[从由]", "goes from one number to another; write 5 to 10 million for a range, else each by itself"),
    ("", "has no number at its beginning; write the number and its counter as printed, without the words before it"),
)
_NO_COUNTER = (
    (rf"^(?:[、，和与及]|, |-? ?(?:and|or) ).{{0,3}}{_NUMBER}", "holds more than one number; write each by itself"),
    (
        rf"^(?:[-–—~～至到]|-? ?to[ -]).{{0,3}}{_NUMBER}",
        "is a range whose ends are not alike; write both as they are counted, such as 3万-5万",
    ),
    (r"(?<![a-z](?=[²³]))[*†‡§¹²³⁰-⁹①-⑳]$|\[\d+\]$", "ends in a mark that may be a footnote's; leave it out"),
    ("^[%‰‱万亿]", "has more than one unit behind its number; write one"),
    ("^[WK]$", "can be read two ways; write 万 or thousand, watts or kelvins"),
    ("半$|^旬", "adds to its number in words; write it in digits"),
    (r"^[ap]\.?m\b|^后$", "names a time; write it as `when`"),
    (rf"\d(?<![a-z][23])|\d\d|^点[{NUMERALS}]", "holds more than one number, or one with its digits badly grouped"),
)
# A year or a decade; and characters that no ordinary word with a numeral has.
_TIME = re.compile(
    rf"(?:(?:19|20)\d\d(?:{DASH}|[至到]))?(?:19|20)\d\d年间?|(?:1[5-9]|20)\d0s"
    rf"|(?:1[5-9]|20)\d\d年(?:{DASH}|[至到])(?:1[5-9]|20)\d\d年间?"
)
_NO_WORD = re.compile(rf"[\da-zA-Z]|^[{NUMERALS}]{{2}}")
_SHORT_NUMBER = re.compile(rf"({ARABIC})[ ]?([mbtw])", re.IGNORECASE | re.ASCII)


# Most figures of a store are this simple and need no grammar, which takes four times as long.
_SIMPLE = re.compile(
    r"((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)([万亿]?)(?:人次?|[个名家位件项条元户所座次])?"
)


def parse_figure(printed: str) -> Figure:
    """Read a figure from its printed wording.

    >>> figure = parse_figure("40余万")
    >>> figure.value, figure.high, figure.form, figure.bound
    (Decimal('400000'), Decimal('500000'), 'number', 'more_than')

    Raises `FigureError` if there is no number, more than one, or none with a definite value; it says what to write.
    """
    if len(printed) > MAX_LENGTH:
        raise FigureError(f"is longer than {MAX_LENGTH} characters")
    if simple := _SIMPLE.fullmatch(printed):
        value, quantum = scaled(simple[1], SCALES.get(simple[2], 0))
        return Figure(printed, value, *_hull(Amount(value, quantum), "exact"), "number", "exact")
    text = plain(printed).strip()
    expression = expression_at_start(text)
    if not expression:
        raise FigureError(next(reason for beginning, reason in _NO_FIGURE if re.match(beginning, text)))
    figure = figure_of(expression, printed)
    if _TIME.fullmatch(text, expression.operands[0].start if expression.joint else 0):
        raise FigureError("names a time; write it as `when`")
    _check_words(text, text[expression.end :].strip())
    return figure


def _check_words(text: str, counter: str) -> None:
    """Raise FigureError for an ordinary word, a rate, or a counter that changes the number."""
    if text[0] == "每" and re.search(_NUMBER, counter):
        raise FigureError(_PER)
    is_plain = counter[:1] in COUNTERS or _NO_WORD.search(text)
    if counter and (text == "十分" or not is_plain):
        from cs_facts.numbers.labels import is_word  # takes 60 ms, and few figures need it

        if text == "十分" or is_word(text):
            raise FigureError("is a word that counts nothing; write a number and its counter")
    _check_counter(counter)


def parse_number(text: str) -> Decimal:
    """Read a bare number as people type it: ``50万``, ``1.5亿``, ``300k``, ``2m``, ``506,600`` or ``￥3亿``.

    Raises `FigureError` if the text is not a number, or has more than one.
    """
    bare = plain(text).strip()
    if len(bare) <= MAX_LENGTH:
        if short := _SHORT_NUMBER.fullmatch(bare):
            return shifted(Decimal(short[1].replace(",", "")), LETTER_POWERS[short[2].lower()])
        expression = expression_at_start(bare)
        if expression and expression.end == len(bare):
            figure = figure_of(expression, text)
            if figure.value is not None and figure.bound == "exact" and figure.form in ("number", "share"):
                return figure.value
    raise FigureError("is no number; write 506600, 506,600, 50.66万, 1.5亿, 300k or 1.2 million")


def find_numbers(text: str) -> Iterator[Figure]:
    """Yield each number of a running text that has a definite value, left to right.

    A single numeral must count something: 三 does in 三个, 一 does not in 统一.
    """
    bare = plain(text)
    for expression in expressions(bare):
        start, end = expression.start, expression.end
        if end - start == 1 and bare[start] in NUMERALS and (end == len(bare) or bare[end] not in COUNTERS):
            beside = bare[end : end + 1] if bare[start] == "十" else bare[max(start - 1, 0) : end + 1 : 2]
            if any("一" <= char <= "鿿" for char in beside):
                continue  # presumably part of a word
        with suppress(FigureError):
            yield figure_of(expression, text[start:end])


def grouped(value: Decimal) -> str:
    """Write a number with commas between the thousands.

    >>> grouped(Decimal("506600"))
    '506,600'
    """
    return f"{value:,f}"


def figure_of(expression: Expression, printed: str) -> Figure:
    """Build a figure from an expression of the grammar; raise FigureError if it has no definite value."""
    if len(printed) > MAX_LENGTH:
        raise FigureError(f"is longer than {MAX_LENGTH} characters")
    roles, bound = {*expression.roles, expression.tail}, _bound(expression)
    if "denied" in roles:
        raise FigureError("is denied, and so says no definite number; leave it out, or write the figure that holds")
    if expression.joint:
        return _joined(expression, roles, printed, bound)
    found = amount(expression.operands[0], bare=bool(expression.roles) or bound != "exact")
    bound = bound if bound != "exact" else found.bound
    if "last" in roles:  # 倒数第二: nobody says how many there are
        return Figure(printed, None, None, None, "rank", "exact", (_part(found),))
    if found.form == "rank" or {"rank", "top"} & roles:
        return Figure(printed, _part(found), None, None, "rank", "top" if "top" in roles else "exact")
    if "half" in roles and found.value is not None:
        found = replace(found, value=plain_decimal(EXACT.add(found.value, Decimal("0.5"))), quantum=Decimal("0.1"))
    if "both" in roles and found.value is not None:
        low = found.value.copy_negate()
        return Figure(printed, None, low, found.value, "range", bound, (low, found.value))
    found = found.negated() if {"minus", "below"} & roles else found
    if found.form == "vague":
        return Figure(printed, None, found.low, found.high, "vague", "about" if bound == "exact" else bound)
    return _directed(found, expression, roles, printed, bound)


def _bound(expression: Expression) -> Bound:
    """Return the bound that the words on either side give a number: those before it first, a limit before "about"."""
    tail = "more_than" if expression.tail == "many" else expression.tail
    limits = [LIMITS[role] for role in (*expression.roles, tail) if role in LIMITS]
    return next((limit for limit in limits if limit != "about"), limits[0] if limits else "exact")


def _part(found: Amount) -> Decimal:
    if found.value is None:
        raise FigureError("has a part that is no exact number; write it in digits")
    return found.value


def _directed(found: Amount, expression: Expression, roles: Set[str], printed: str, bound: Bound) -> Figure:
    """Apply the limits of an amount, and the sign of a change, which 增长到5% and "rose to 5%" are not."""
    rises = "rise" in roles or ("plus" in roles and expression.operands[0].unit in SHARES)
    falls = "fall" in roles and not rises
    if found.form == "multiple":
        if found.quantum and falls:
            raise FigureError("says of what it is a multiple? write what is left, in per cent")
        more = found.quantum and rises  # 增长两倍 means three times as much; doubled and 翻一番 say so themselves
        value = EXACT.add(_part(found), Decimal(1)) if more else found.value
        return Figure(printed, value, None, None, "multiple", bound)
    found = replace(found, form="change") if rises or falls else found
    rounded = expression.tail == "many" or (found.bound == "more_than" and found.quantum > 0)
    figure = Figure(printed, found.value, *_hull(found, bound, roles, rounded=rounded), found.form, bound)
    return _negated(figure) if falls and (found.value is None or found.value > 0) else figure


def changed(figure: Figure, *, falls: bool) -> Figure:
    """Return a figure as a change, a rise or a fall."""
    return replace(_negated(figure) if falls else figure, form="change")


def _negated(figure: Figure) -> Figure:
    """Return a figure with its sign reversed."""
    value, low, high = (None if one is None else one.copy_negate() for one in (figure.value, figure.high, figure.low))
    parts, bound = (part.copy_negate() for part in reversed(figure.parts)), _NEGATED.get(figure.bound, figure.bound)
    return replace(figure, value=value, low=low, high=high, bound=bound, parts=tuple(parts))


def _hull(found: Amount, bound: Bound, roles: Set[str] = frozenset(), *, rounded: bool = False) -> _Hull:
    """Return the lowest and the highest number that an amount may stand for.

    "About" allows a step of the last digit or, for a round number, a tenth of it, whichever is wider. About a range
    allows a tenth of each end.
    """
    value, quantum = found.value, found.quantum
    low, high = (found.low, found.high) if value is None else (value, value)
    if bound in ("less_than", "at_most") or low is None or high is None:
        return None, high
    if bound in ("more_than", "at_least"):
        return low, EXACT.add(low, last_place(low)) if rounded and value is not None else None
    if bound == "about":
        below, above = (shifted(end.copy_abs(), -1) for end in (low, high))
        if value is not None:
            below = above = max(quantum, min(below, last_place(value)))
        return EXACT.subtract(low, below), high if "nearly" in roles else EXACT.add(high, above)
    if value is None or (quantum == 1 and found.form == "number"):
        return low, high
    return EXACT.subtract(value, quantum / 2), EXACT.add(value, quantum / 2)


def _joined(expression: Expression, roles: Set[str], printed: str, bound: Bound) -> Figure:
    """Read a ratio, a number with a margin of error, or a range."""
    found = [amount(operand) for operand in expression.operands]
    parts = tuple(map(_part, found))
    if expression.joint == ":":
        return Figure(printed, None, None, None, "ratio", bound, parts)
    if expression.joint == "±":
        value = parts[0].copy_negate() if "minus" in roles else parts[0]
        return Figure(printed, value, EXACT.subtract(value, parts[1]), EXACT.add(value, parts[1]), "number", "about")
    low, high = _range(expression, roles, *found)
    if low > high:
        if all(one.form == "number" and not one.scale for one in found):
            return Figure(printed, None, None, None, "ratio", bound, (low, high))
        raise FigureError(_RANGE_FALLS)
    # a limit after a range belongs to its end: 16岁-30岁以下
    is_limited = bound == "about" or any(role in LIMITS for role in expression.roles)
    ends = _hull(Amount(None, low=low, high=high), bound if is_limited else "exact", roles)
    figure = Figure(printed, None, *ends, "range", bound, (low, high))
    return _negated(figure) if "fall" in roles else figure


def _range(expression: Expression, roles: Set[str], first: Amount, second: Amount) -> tuple[Decimal, Decimal]:
    """Return the ends of a range, of which the first may take magnitude and unit from the second: 3-5万."""
    low, high, end = _part(first), _part(second), expression.operands[1]
    if second.scale and not first.scale and low < shifted(high, -second.scale):
        low = shifted(low, second.scale)
    elif second.form == "share" and first.form == "number":
        low = shifted(low, UNIT_POWERS.get(end.unit, 0))
    low = low.copy_negate() if {"minus", "below"} & roles else low
    high = high.copy_negate() if end.sign == "-" or ("below" in roles and not end.sign) else high  # 零下3至5度
    return (high, low) if high < low and high < 0 else (low, high)  # from -5 to -8 degrees


def agree(figure: Figure, other: Figure) -> bool:
    """Tell whether two figures could both be right; two ratios are, if their parts are in proportion.

    >>> agree(parse_figure("1800余"), parse_figure("1850")), agree(parse_figure("1800余"), parse_figure("1800"))
    (True, False)
    """
    if figure.form == other.form == "ratio":
        pairs = list(zip(figure.parts, other.parts, strict=False))
        (one, two), *_ = pairs
        return len(figure.parts) == len(other.parts) and all(a * two == b * one for a, b in pairs)
    (begin, end), (other_begin, other_end) = _ends(figure), _ends(other)
    return begin <= other_end and other_begin <= end


def _ends(figure: Figure) -> tuple[_End, _End]:
    """Return the ends of what a figure may stand for: its hull, without an end that its bound excludes.

    Ranks and multiples have no hull and stand for their value, within its bound.
    """
    low, high, value, bound = figure.low, figure.high, figure.value, figure.bound
    if figure.form in ("rank", "multiple") and value is not None:
        wide = abs(value) / 10 if bound == "about" else Decimal(0)
        low = None if bound in ("less_than", "at_most") else value - wide
        high = None if bound in ("more_than", "at_least") else value + wide
    # a rounded number excludes its upper end, where the next one begins: 50.67万 after 50.66万
    rounded = bound == "exact" and high != value and figure.form in ("number", "share", "change")
    is_below = bound in ("less_than", "more_than") or rounded
    return (
        (-_ENDLESS if low is None else low, int(bound == "more_than")),
        (_ENDLESS if high is None else high, -int(is_below)),
    )


def rounds_to(figure: Figure, other: Figure) -> bool:
    """Tell whether another figure, whatever its bound, is this one rounded: 51万 or half a million for 50.66万."""
    if figure.value is None or figure.form in ("rank", "ratio") or other.form in ("rank", "ratio", "vague", "range"):
        return False
    if (figure.form == "multiple") != (other.form == "multiple"):
        return False
    if other.value is None or (other.form == "share" and other.low == other.high == other.value):
        low, high = (end if end is not None else other.value for end in (other.low, other.high))
        return low is not None and high is not None and low - _FRACTION_SLACK <= figure.value <= high + _FRACTION_SLACK
    step = last_place(other.value)
    return step >= last_place(figure.value) and abs(figure.value - other.value) <= step / 2


@lru_cache(maxsize=1024)
def _check_counter(counter: str) -> None:
    """Raise FigureError, which says what to write instead, for a counter that changes the number before it."""
    if re.match("[mbt](?![a-z²³/])", counter, re.IGNORECASE | re.ASCII) and not is_length(counter, 0, 0):
        raise FigureError(TWO_WAYS.format(counter[0]))
    counter = re.sub(r"^(?:[a-z]+ )?per 1(?:0*(?:,000)+|0+)\b", "", counter)
    for pattern, reason in _NO_COUNTER:
        if re.search(pattern, counter, re.IGNORECASE):
            raise FigureError(reason)
