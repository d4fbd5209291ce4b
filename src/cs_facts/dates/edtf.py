"""Read EDTF as the first and last day of a period.

The Extended Date/Time Format (Library of Congress, 2019-02-04) is part of ISO 8601-2:2019. All of level 0 is supported
(dates, times, intervals); of level 1 qualification (``?``, ``~``, ``%``), unspecified digits from the right, open and
unknown ends, and seasons; of level 2 the sub-year groupings (quarters, half-years). Years run from 0001 to 9999, as
those of `datetime.date` do.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime

from cs_facts.errors import PeriodError
from cs_facts.model import Period

# First code of a group → the first months: seasons (read as northern; a winter runs into the next year), northern
# seasons, southern seasons, quarters, thirds and halves of a year.
_STARTS = {21: "3 6 9 12", 25: "3 6 9 12", 29: "9 12 3 6", 33: "1 4 7 10", 37: "1 5 9", 40: "1 7"}
SUB_YEARS = {
    code: (int(month), {37: 4, 40: 6}.get(first, 3))
    for first, months in _STARTS.items()
    for code, month in enumerate(months.split(), first)
}

# Not those of `calendar`, which depend on the locale.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

# A date in EDTF; the groups are the date with its time, the year, the month, the day and the time.
DATE = re.compile(
    r"((\d{4}|\d{3}X|\d{2}XX|\dXXX)(?:-(\d\d|XX)(?:-(\d\d|XX)(T\d\d:\d\d:\d\d(?:Z|[+-]\d\d(?::\d\d)?)?)?)?)?)[?~%]?",
    re.ASCII,
)
_SHAPE = "write a date as 2022, 2022-05 or 2022-05-31, a stretch as 2012/2022, 2017/.. or ../2022-12-18"


def parse_period(edtf: str) -> Period:
    """Read a period in EDTF; raise PeriodError if the text is not EDTF, or a day does not exist.

    >>> parse_period("2022-05").end
    datetime.date(2022, 5, 31)
    >>> parse_period("2017/..").end is None
    True
    """
    first, slash, second = edtf.partition("/")
    if not slash:
        days = _days(edtf)
        return Period(edtf, *days, *days)
    if first in ("", "..") and second in ("", ".."):
        raise PeriodError(f"{edtf!r} has neither a beginning nor an end; leave it out instead")
    begin = (None, None) if first in ("", "..") else _days(first)
    finish = (None, None) if second in ("", "..") else _days(second)
    start, end = begin[0], finish[1]
    if start and end and start > end:
        raise PeriodError(f"{edtf!r} ends before it begins")
    return Period(edtf, start, end, start if first else finish[0], end if second else begin[1])


def stretch(since: Period | None, until: Period | None) -> Period | None:
    """Return the period from the first day of one to the last day of another, or None if neither is given."""
    if since is None and until is None:
        return None
    edtf = "/".join(period.edtf if period else ".." for period in (since, until))
    days = (since.start if since else None, until.end if until else None)
    return Period(edtf, *days, *days)


def period_of(edtf: str) -> Period | None:
    """Read a period in EDTF; return None if the text is not one."""
    try:
        return parse_period(edtf)
    except PeriodError:
        return None


def years_later(period: Period, years: int) -> Period:
    """Return the same period of another year."""
    edtf = re.sub(r"^(\d{4}-\d\d/\d{4}-\d\d)-\d\d$", r"\1", period.edtf)  # weeks end on another day there
    edtf = re.sub(r"\b\d{4}(?=-|/|~|$)", lambda found: f"{int(found[0]) + years:04}", edtf)
    return period_of(edtf) or period


def is_day(period: Period) -> bool:
    """Tell whether a period is one day."""
    return period.start is not None and period.start == period.end


def _days(text: str) -> tuple[date, date]:
    """Return the first and the last day of one date of any precision."""
    match = DATE.fullmatch(text)
    if not match:
        raise PeriodError(f"{text!r} is no EDTF date; {_SHAPE}")
    moment, year, month, day, time = match.groups()
    if ("X" in year and month) or (month == "XX" and day not in (None, "XX")):
        raise PeriodError(f"{text!r} leaves a digit open before one that is known; {_SHAPE}")
    try:
        if time:
            datetime.fromisoformat(moment)
        return _span(year, month, day)
    except ValueError as error:
        raise PeriodError(f"{text!r} is a {'time' if time else 'date'} that does not exist ({error})") from None


def _span(year: str, month: str | None, day: str | None) -> tuple[date, date]:
    if month in (None, "XX"):
        # there is no year 0, so 0XXX, 00XX and 000X begin with year 1
        first = max(1, int(year.replace("X", "0"))) if "X" in year else int(year)
        return date(first, 1, 1), date(int(year.replace("X", "9")), 12, 31)
    number = int(month)
    if day not in (None, "XX"):
        known = date(int(year), number, int(day))
        return known, known
    begin, count = (number, 1) if day else SUB_YEARS.get(number, (number, 1))
    years, last = divmod(begin + count - 2, 12)
    last_year = int(year) + years
    return date(int(year), begin, 1), date(last_year, last + 1, calendar.monthrange(last_year, last + 1)[1])
