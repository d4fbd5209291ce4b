"""What a printed figure may stand for: 50.66万 is 506,550 up to 506,650, 1800余 is above 1,800."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from cs_facts.numbers.amounts import last_place

if TYPE_CHECKING:
    from cs_facts.model import Figure

# How far what is said as a fraction (a third, 一半) may lie from what it rounds, in percentage points.
_FRACTION_SLACK = Decimal(2)


class _Interval(NamedTuple):
    """The numbers from low to high, each end included or not; None is no end."""

    low: Decimal | None
    high: Decimal | None
    has_low: bool
    has_high: bool

    def reaches(self, other: _Interval) -> bool:
        """Tell whether this one begins before the other ends."""
        if self.low is None or other.high is None:
            return True
        return self.low < other.high or (self.low == other.high and self.has_low and other.has_high)


def _interval(figure: Figure) -> _Interval:
    """Return the numbers that a figure may stand for: its closed hull less the end that its bound leaves out.

    Ranks and multiples have no hull: they stand for themselves, a multiple with its limit.
    """
    low, high, value, bound = figure.low, figure.high, figure.value, figure.bound
    if figure.form in ("rank", "multiple") and value is not None:
        wide = abs(value) / 10 if bound == "about" else Decimal(0)
        low = None if bound in ("less_than", "at_most") else value - wide
        high = None if bound in ("more_than", "at_least") else value + wide
    # what is rounded up to 50.67万 begins where 50.66万 ends
    rounded = bound == "exact" and high is not None and high != value and figure.form in ("number", "share", "change")
    has_high = bound != "less_than" and not rounded and not (bound == "more_than" and high is not None)
    return _Interval(low, high, bound != "more_than", has_high)


def agree(figure: Figure, other: Figure) -> bool:
    """Tell whether two figures could both be right; of two ratios, whether their parts are in proportion.

    >>> from cs_facts.numbers.figures import parse_figure as read
    >>> agree(read("1800余"), read("1850")), agree(read("1800余"), read("1800"))
    (True, False)
    """
    if figure.form == other.form == "ratio":
        pairs = list(zip(figure.parts, other.parts, strict=False))
        (one, two), *_ = pairs
        return len(figure.parts) == len(other.parts) and all(a * two == b * one for a, b in pairs)
    mine, theirs = _interval(figure), _interval(other)
    return mine.reaches(theirs) and theirs.reaches(mine)


def rounds_to(figure: Figure, other: Figure) -> bool:
    """Tell whether another figure says this one by proper rounding: 51万 or half a million for 50.66万.

    Args:
        figure: the more exact one, with a value.
        other: what may round it; what limits it is not asked.

    """
    if figure.value is None or figure.form in ("rank", "ratio") or other.form in ("rank", "ratio", "vague", "range"):
        return False
    if (figure.form == "multiple") != (other.form == "multiple"):
        return False
    if other.value is None or (other.form == "share" and other.low == other.high == other.value):
        low, high = (end if end is not None else other.value for end in (other.low, other.high))
        return low is not None and high is not None and low - _FRACTION_SLACK <= figure.value <= high + _FRACTION_SLACK
    step = last_place(other.value)
    return step >= last_place(figure.value) and abs(figure.value - other.value) <= step / 2
