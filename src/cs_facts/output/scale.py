"""A scale for bars: linear, or logarithmic where the range asks for it."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

from cs_facts.numbers.figures import grouped

if TYPE_CHECKING:
    from collections.abc import Iterable

# How many times the least number the greatest must be.
_LOGARITHMIC_FROM = 100


class Scale:
    """A scale that holds some numbers.

    >>> scale = Scale([Decimal(128), Decimal(272)])
    >>> scale.logarithmic, scale.ends(), scale.share(Decimal(136))
    (False, ('0', '272'), 0.5)

    Attributes:
        drawn: whether bars can show the numbers; negative ones they cannot.
        logarithmic: whether each step multiplies.

    """

    def __init__(self, values: Iterable[Decimal]) -> None:
        known = sorted(values)
        least, greatest = known[0], known[-1]
        self.drawn = least >= 0 and greatest > 0
        self.logarithmic = least > 0 and greatest / least >= _LOGARITHMIC_FROM
        self._low = Decimal(10) ** math.floor(least.log10()) if self.logarithmic else Decimal(0)
        self._high = Decimal(10) ** math.ceil(greatest.log10()) if self.logarithmic else greatest

    def share(self, value: Decimal) -> float:
        """Return how much of the scale a number fills, from 0 to 1; a number above nothing fills some of it."""
        if self.logarithmic:
            return max(float((value / self._low).log10() / (self._high / self._low).log10()), 1e-9)
        return float(value / self._high)

    def ends(self) -> tuple[str, str]:
        """Return the numbers at which the scale begins and ends."""
        return grouped(self._low), grouped(self._high)
