"""A printed figure ↔ an exact number, in Chinese and in English.

>>> parse_figure("50.66万名").value
Decimal('506600')
>>> parse_figure("1800余名").bound
'more_than'
>>> parse_number("1.2 million")
Decimal('1200000')

A figure is a number with what limits it on either side and the word for what it counts; `cs_facts.numbers.grammar`
finds these, `cs_facts.numbers.amounts` reads the numbers, and here they are put together. Arithmetic is exact.
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
from cs_facts.numbers.amounts import EXACT, MAX_LENGTH, TWO_WAYS, Amount, amount, last_place
from cs_facts.numbers.characters import COUNTERS, LIMITS, NUMERALS, SCALES, SHORT_MAGNITUDES, WORDS
from cs_facts.numbers.grammar import ARABIC, expression_at_start, expressions, is_length
from cs_facts.numbers.words import plain_decimal, scaled, shifted
from cs_facts.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cs_facts.columns import Bound, Form
    from cs_facts.numbers.grammar import Expression

__all__ = ["MAX_LENGTH", "find_numbers", "grouped", "parse_figure", "parse_number"]

# Seen from the other side of zero, a limit turns round: down more than 5.4% is less than -5.4.
_MIRRORED: dict[Bound, Bound] = {
    "more_than": "less_than", "less_than": "more_than", "at_least": "at_most", "at_most": "at_least",
}  # fmt: skip

_RANGE_FALLS = "falls from its first number to its second; write 3:2 for a ratio, two figures for a change"

# Why a text is no figure, by its beginning, and why what follows a number cannot be its counter.
_NO_FIGURE = (
    (r"[$¥€£]? ?\([$¥€£]?\d", "may be a negative number as accountants write it, or an aside; write -3.1% or 3.1%"),
    ("[上成数几若好]", "says no definite number"),
    ("", "has no number at its beginning; write the number and its counter as printed, without the words before it"),
)
_NO_COUNTER = (
    (
        rf"^(?:[-–—~～至到](?:\d|[{NUMERALS}])|-?(?:to|and|or)[ -](?:\d|(?:{'|'.join(WORDS)})\b))",
        "is a range whose ends are not alike; write both as they are counted, such as 3万-5万",
    ),
    (
        r"(?<![a-z](?=[²³]))[*†‡§¹²³⁰-⁹①-⑳]$|\[\d+\]$",
        "ends in a mark that may be a footnote's; leave it out",
    ),
    (rf"\d(?<![a-z][23])|\d\d|^点[{NUMERALS}]", "holds more than one number, or one with its digits badly grouped"),
)
_SHORT_NUMBER = re.compile(rf"({ARABIC})[ ]?([mbtw])", re.IGNORECASE | re.ASCII)


# Most figures of a store are so simple, and need no grammar: it takes four times as long.
_SIMPLE = re.compile(
    r"((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)([万亿]?)(?:人次?|[个名家位件项条元户所座次])?"
)


def parse_figure(printed: str) -> Figure:
    """Read a figure from its printed wording.

    >>> figure = parse_figure("40余万")
    >>> figure.value, figure.high, figure.form, figure.bound
    (Decimal('400000'), Decimal('500000'), 'number', 'more_than')

    Raises:
        FigureError: no number, more than one, or one that says no definite value; with what to write instead.

    """
    if len(printed) > MAX_LENGTH:
        raise FigureError(f"is longer than {MAX_LENGTH} characters")
    if simple := _SIMPLE.fullmatch(printed):
        value, quantum = scaled(simple[1], SCALES.get(simple[2], 0))
        return Figure(printed, value, *_hull(value, quantum, "number", "exact", rounded=False), "number", "exact")
    text = plain(printed).strip()
    expression = expression_at_start(text)
    if not expression:
        raise FigureError(next(reason for beginning, reason in _NO_FIGURE if re.match(beginning, text)))
    figure = figure_of(expression, printed)
    _check_counter(text[expression.end :].strip())
    return figure


def parse_number(text: str) -> Decimal:
    """Read a bare number as people type it: ``50万``, ``1.5亿``, ``300k``, ``2m``, ``506,600`` or ``￥3亿``.

    Raises:
        FigureError: the text is no number, or holds more than one.

    """
    bare = plain(text).strip()
    if len(bare) <= MAX_LENGTH:
        if short := _SHORT_NUMBER.fullmatch(bare):
            return shifted(Decimal(short[1].replace(",", "")), SHORT_MAGNITUDES[short[2].lower()])
        expression = expression_at_start(bare)
        if expression and expression.end == len(bare):
            figure = figure_of(expression, text)
            if figure.value is not None and figure.bound == "exact" and figure.form in ("number", "share"):
                return figure.value
    raise FigureError("is no number; write 506600, 506,600, 50.66万, 1.5亿, 300k or 1.2 million")


def find_numbers(text: str) -> Iterator[Figure]:
    """Yield every number of a running text that has a definite reading, left to right.

    A numeral by itself counts when something is counted: 三 in 三个, but not 一 in 统一.
    """
    bare = plain(text)
    for expression in expressions(bare):
        start, end = expression.start, expression.end
        if end - start == 1 and bare[start] in NUMERALS and (end == len(bare) or bare[end] not in COUNTERS):
            beside = bare[end : end + 1] if bare[start] == "十" else bare[max(start - 1, 0) : end + 1 : 2]
            if any("一" <= char <= "鿿" for char in beside):
                continue  # part of a word, as far as one sees
        with suppress(FigureError):
            yield figure_of(expression, text[start:end])


def grouped(value: Decimal) -> str:
    """Write a number with its thousands set apart.

    >>> grouped(Decimal("506600"))
    '506,600'
    """
    return f"{value:,f}"


def figure_of(expression: Expression, printed: str) -> Figure:
    """Put a figure together from what the grammar found.

    Raises:
        FigureError: it has no definite reading.

    """
    if len(printed) > MAX_LENGTH:
        raise FigureError(f"is longer than {MAX_LENGTH} characters")
    roles, bound = expression.roles, _bound(expression)
    if expression.joint == ":":
        parts = tuple(_part(amount(operand)) for operand in expression.operands)
        return Figure(printed, None, None, None, "ratio", bound, parts)
    if expression.joint == "-":
        return _range(expression, printed, bound)
    found = amount(expression.operands[0], bare=bool(roles) or bound != "exact")
    bound = bound if bound != "exact" else found.bound
    if "last" in roles:  # 倒数第二: its place from the first nobody says
        return Figure(printed, None, None, None, "rank", "exact", (_part(found),))
    if found.form == "rank" or {"rank", "top"} & {*roles}:
        return Figure(printed, _part(found), None, None, "rank", "top" if "top" in roles else "exact")
    if expression.tail == "half" and found.value is not None:
        found = replace(found, value=plain_decimal(EXACT.add(found.value, Decimal("0.5"))), quantum=Decimal("0.1"))
    if "both" in roles and found.value is not None:
        low = found.value.copy_negate()
        return Figure(printed, None, low, found.value, "range", bound, (low, found.value))
    if "minus" in roles:
        found = found.each(Decimal.copy_negate)
        found.low, found.high = found.high, found.low
    return _directed(found, expression, printed, bound)


def _bound(expression: Expression) -> Bound:
    """Return how the words on either side limit a number; what stands before it goes first, a limit before about."""
    tail = "more_than" if expression.tail == "many" else expression.tail
    limits = [LIMITS[role] for role in (*expression.roles, tail) if role in LIMITS]
    return next((limit for limit in limits if limit != "about"), limits[0] if limits else "exact")


def _part(found: Amount) -> Decimal:
    if found.value is None:
        raise FigureError("has a part that is no exact number; write it in digits")
    return found.value


def _directed(found: Amount, expression: Expression, printed: str, bound: Bound) -> Figure:
    """Give an amount its limits, and its sign where it is a change; 增长到5%, rose to 5% are none."""
    said = {*expression.roles, expression.tail}
    rises = "rise" in said or ("plus" in said and bool(expression.operands[0].unit))
    falls = "fall" in said and not rises
    value, form, low, high = found.value, found.form, found.low, found.high
    if form == "multiple":
        if found.quantum and falls:
            raise FigureError("says of what it is a multiple? write what is left, in per cent")
        if found.quantum and rises and value is not None:  # 增长两倍; doubled, 翻一番 say how many by themselves
            value = EXACT.add(value, Decimal(1))
        return Figure(printed, value, None, None, form, bound)
    if form == "vague":
        return Figure(printed, None, low, high, form, "about" if bound == "exact" else bound)
    form = "change" if rises or falls else form
    if value is not None:
        rounded = expression.tail == "many" or (found.bound == "more_than" and found.quantum > 0)
        low, high = _hull(value, found.quantum, form, bound, rounded)
        high = value if bound == "about" and "nearly" in said else high
    else:
        low = None if bound in ("less_than", "at_most") else low
        high = None if bound in ("more_than", "at_least") else high
    figure = Figure(printed, value, low, high, form, bound)
    return changed(figure, falls=True) if falls and (value is None or value > 0) else figure


def changed(figure: Figure, *, falls: bool) -> Figure:
    """Return a figure as what something rose or fell by."""
    value, low, high, bound = figure.value, figure.low, figure.high, figure.bound
    if falls:
        value, low, high = (None if number is None else number.copy_negate() for number in (value, high, low))
        bound = _MIRRORED.get(bound, bound)
    return replace(figure, value=value, low=low, high=high, form="change", bound=bound)


def _hull(
    value: Decimal, quantum: Decimal, form: Form, bound: Bound, rounded: bool
) -> tuple[Decimal | None, Decimal | None]:
    """Return the ends of what a number may stand for.

    About a number is within a step of its last digit or, where it is a round one, a tenth of it, whichever is wider.
    """
    if bound in ("more_than", "at_least"):
        return value, EXACT.add(value, last_place(value)) if rounded else None
    if bound in ("less_than", "at_most"):
        return None, value
    if bound == "about":
        wide = max(quantum, min(shifted(value.copy_abs(), -1), last_place(value)))
    elif quantum == 1 and form == "number":
        return value, value
    else:
        wide = EXACT.divide(quantum, Decimal(2))
    return EXACT.subtract(value, wide), EXACT.add(value, wide)


def _range(expression: Expression, printed: str, bound: Bound) -> Figure:
    """Read two numbers as the ends of a range; the first shares the magnitude and the unit of the second: 3-5万."""
    first, second = (amount(operand) for operand in expression.operands)
    low, high = _part(first), _part(second)
    if second.scale and not first.scale and low < shifted(high, -second.scale):
        low = shifted(low, second.scale)
    elif second.form == "share" and first.form == "number":
        low = shifted(low, {"mille": -1, "tenths": 1}.get(expression.operands[1].unit, 0))
    if "minus" in expression.roles:
        low = low.copy_negate()
    if expression.operands[1].is_negative:
        high = high.copy_negate()
    if low > high:
        if first.form == second.form == "number" and not first.scale and not second.scale:
            return Figure(printed, None, None, None, "ratio", bound, (low, high))
        raise FigureError(_RANGE_FALLS)
    if "fall" in (*expression.roles, expression.tail):
        low, high = high.copy_negate(), low.copy_negate()
    return Figure(printed, None, low, high, "range", bound, (low, high))


@lru_cache(maxsize=1024)
def _check_counter(counter: str) -> None:
    """Refuse a counter that changes or adds to the number before it.

    Raises:
        FigureError: what to write instead.

    """
    if re.match("[mbt](?![a-z²³/])", counter, re.IGNORECASE | re.ASCII) and not is_length(counter, 0, 0):
        raise FigureError(TWO_WAYS.format(counter[0]))
    for pattern, reason in _NO_COUNTER:
        if re.search(pattern, counter, re.IGNORECASE):
            raise FigureError(reason)
