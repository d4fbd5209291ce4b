"""What a printed figure may stand for: 50.66万 is 506,550 up to 506,650, 1800余 is above 1,800."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cs_facts.model import Figure

_ABOUT = Decimal("0.1")
"""How far, as a share of the number, 约 and 近 are taken to reach to either side; a convention of this house."""

_AND_MORE = re.compile("[余餘]|多(?!于)")


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers from low to high, each end included or not; None is no end.

    >>> Interval(Decimal(1), Decimal(2)).overlaps(Interval(Decimal(2), Decimal(3)))
    True
    """

    low: Decimal | None
    high: Decimal | None
    has_low: bool = True
    has_high: bool = True

    def overlaps(self, other: Interval) -> bool:
        """Tell whether some number lies in both."""
        return self._reaches(other) and other._reaches(self)

    def _reaches(self, other: Interval) -> bool:
        """Tell whether this one begins before the other ends."""
        if self.low is None or other.high is None:
            return True
        return self.low < other.high or (self.low == other.high and self.has_low and other.has_high)


def interval(figure: Figure) -> Interval:
    """Return the numbers that a figure may stand for, by its bound and its printed precision.

    An exact number stands for what rounds to it; one printed to its unit stands for itself. 余 and 多 reach up to the
    next step of the last digit that is not zero: 40余万 is above 400,000 and below 500,000. 超过 has no upper end.
    """
    value, quantum = figure.value, figure.quantum
    if figure.bound == "more_than":
        ends = _AND_MORE.search(figure.printed) is not None
        return Interval(value, value + quantum if ends else None, has_low=False, has_high=False)
    if figure.bound == "less_than":
        return Interval(None, value, has_high=False)
    if figure.bound == "about":
        return Interval(value - abs(value) * _ABOUT, value + abs(value) * _ABOUT)
    if figure.bound == "exact" and quantum != 1:
        return Interval(value - quantum / 2, value + quantum / 2, has_high=False)
    return Interval(value, value)
