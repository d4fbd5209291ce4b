"""Periods and dates as words, so that a search finds the one by the other.

>>> set(date_tokens("2021")) & set(day_tokens("2021-05-31", "2021-05-31"))
{'\ue004a2021'}
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    Day = tuple[int, int, int]
    """Year, month, day."""

_DAYS = "\ue004"
"""What such a word begins with, a private-use character that stands in no text."""


@lru_cache(maxsize=4096)
def day_tokens(start: str | None, end: str | None) -> tuple[str, ...]:
    """Return the words by which a date finds a period that it shares a day with.

    The period is taken apart into the longest millennia, centuries, decades, years, months and days that fill it; what
    holds a part of those is named too. A date, which is a year, a month or a day, shares a day with the period when it
    lies in one of the parts, or holds one: see `date_tokens`.

    Args:
        start: the first day, as YYYY-MM-DD; None where it is open.
        end: the last one, likewise.

    """
    parts = list(_parts(_day(start or "0000-01-01"), _day(end or "9999-12-31")))
    above = {part[:length]: None for part in parts for length in (4, 6) if length < len(part)}
    return (*(f"{_DAYS}c{part}" for part in parts), *(f"{_DAYS}a{part}" for part in above))


def _day(written: str) -> Day:
    year, month, day = map(int, written.split("-"))
    return year, month, day


def _parts(day: Day, end: Day) -> Iterator[str]:
    """Yield the parts that fill the days from one to another, each as the digits that its days have in common."""
    while day <= end:
        year, month, first = day
        digits = f"{year:04}{month:02}{first:02}"
        length = next(
            length for length in (1, 2, 3, 4, 6, 8) if _begins(digits, length) and _last(digits, length) <= end
        )
        yield digits[:length]
        day = _next_day(_last(digits, length))


def _begins(digits: str, length: int) -> bool:
    """Tell whether a day is the first of those that have its first digits."""
    return digits[length:] == "00000101"[length:]


def _last(digits: str, length: int) -> Day:
    """Return the last of the days that have these first digits."""
    if length == 8:
        return int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if length == 6:
        year, month = int(digits[:4]), int(digits[4:6])
        return year, month, _length_of(year, month)
    return int(digits[:length].ljust(4, "9")), 12, 31


def _length_of(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _next_day(day: Day) -> Day:
    year, month, last = day
    if last < _length_of(year, month):
        return year, month, last + 1
    return (year + 1, 1, 1) if month == 12 else (year, month + 1, 1)


def date_tokens(date: str) -> tuple[str, ...]:
    """Return the words of which a period that shares a day with a date has one.

    Args:
        date: a year, a month or a day as YYYY, YYYY-MM or YYYY-MM-DD.

    """
    digits = date.replace("-", "")
    lies_in = (f"{_DAYS}c{digits[:length]}" for length in (1, 2, 3, 4, 6, 8) if length <= len(digits))
    return (*lies_in, f"{_DAYS}a{digits}")
