"""A date as a text has it, and whether a period of a store covers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_facts.dates.edtf import period_of

if TYPE_CHECKING:
    from cs_facts.model import Period

# The year and the month in `PrintedDate.first` where the text leaves them out.
NO_YEAR, NO_MONTH = "XXXX", "XX"


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as printed in a text.

    ``first`` and ``last`` are its beginning and end as EDTF, equal unless it is a stretch of time, with ``XXXX`` and
    ``XX`` for a year and a month that it leaves out; empty for a time of day or a number of years up to now.
    """

    first: str = ""
    last: str = ""
    ends: bool = False  # whether the end is meant: 2021年底, 截至2021年
    begins: bool = False  # whether the beginning is meant: 2017年以来
    time: str = ""  # the time of day as digits joined by colons
    offset: int | None = None  # the difference in years to the year of the source: -1 for last year
    years: float | None = None  # up to now or from now on: 5 in 五年来, a twelfth for a month

    @property
    def edtf(self) -> str:
        """Its beginning and its end as EDTF, with X for what it leaves out."""
        return "/".join(dict.fromkeys((self.first, self.last)))

    def covered_by(self, period: Period, published: Period | None = None) -> bool:
        """Tell whether this date is the period of a fact, its year, its beginning or its end.

        A date without a year may be in any year; a relative one counts from the year in which its source was published,
        if that is known. Where only the end or the beginning is meant, it is enough that this agrees.
        """
        if self.years is not None:
            return self._lasts(period, self.years, published)
        sides = [side for side in period.edtf.split("/") if side.strip(".")]
        if not self.first:
            return any(f"T{self.time}" in side for side in sides)
        return any(self._is(period, side, published) for side in sides)

    def _lasts(self, period: Period, years: float, published: Period | None) -> bool:
        """Tell whether a period has the length of a span, or up to a unit more: 2017 to 2022 may be five years."""
        end = period.end or (published.end if published else None)
        unit = next((unit for unit in (1, 1 / 12, 7 / 365) if years >= unit), 1 / 365)
        lasts = ((end - period.start).days + 1) / 365.25 if period.start and end else 0
        return years - 0.9 * unit < lasts <= years + 1.01 * unit

    def _is(self, period: Period, side: str, published: Period | None) -> bool:
        if self.time and "T" in side and f"T{self.time}" not in side:
            return False
        own = (self._filled(date_, side, published) for date_ in (self.first, self.last))
        theirs, beginning, ending = map(period_of, (side, *own))
        if not (theirs and beginning and ending):
            return False
        first, last = beginning.start, ending.end
        if (first, last) in ((theirs.start, theirs.end), (period.start, period.end)):
            return True
        if self.ends or self.begins:
            is_end, is_beginning = last in (theirs.end, period.end), first in (theirs.start, period.start)
            return (self.ends and is_end) or (self.begins and is_beginning)
        if first == last and "/" in period.edtf:
            return first in (period.start, period.end)
        known = {day.year for day in (period.start, period.end) if day}
        return len(self.first) == 4 and self.first == self.last and bool(first and first.year in known)

    def _filled(self, date_: str, side: str, published: Period | None) -> str:
        """Complete a date with the year and month of one side of a period."""
        if self.offset is not None and published and published.start:
            date_ = date_.replace(NO_YEAR, f"{published.start.year + self.offset:04}")
        if date_.startswith(f"{NO_YEAR}-{NO_MONTH}"):
            date_ = side[:7] + date_[7:]
        return date_.replace(NO_YEAR, side[:4])
