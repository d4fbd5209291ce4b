"""What a printed figure may stand for: 50.66万 is 506,550 up to 506,650, 1800余 is above 1,800."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from cs_facts.model import Figure


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers from low to high, each end included or not; None is no end.

    >>> from decimal import Decimal
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
    """Return the numbers that a figure may stand for: its closed hull less the end that its bound leaves out."""
    return Interval(
        figure.low,
        figure.high,
        has_low=figure.bound != "more_than",
        has_high=figure.bound != "less_than" and not (figure.bound == "more_than" and figure.high is not None),
    )
