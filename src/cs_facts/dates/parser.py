"""Dates as people write them, in digits, in Chinese and in English.

>>> [read_date(text) for text in ("2022/4/28", "二〇二二年四月二十八日", "28th of April 2022")]
['2022-04-28', '2022-04-28', '2022-04-28']
"""

from __future__ import annotations

import re

from cs_facts.text import lazily, narrow

_TENS = r"\d\d?|\d?十\d?"
_NTH = r"\d\d?(?:st|nd|rd|th)?"
_NAME = "(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[A-Za-z]{0,6}"

_WAYS = tuple(
    (marks, lazily(way, re.ASCII))
    for marks, way in (
        ("年", rf"(?P<year>\d{{4}})年(?:(?P<month>{_TENS})月(?:(?P<day>{_TENS})[日号]?)?)?"),
        ("-/", r"(?P<year>\d{4})[-/](?P<month>\d\d?)(?:[-/](?P<day>\d\d?))?"),
        (".", r"(?P<year>\d{4})\.(?P<month>\d\d?)\.(?P<day>\d\d?)"),
        (" ", rf"(?:(?P<day>{_NTH}) (?:of )?)?(?P<month>{_NAME}) (?P<year>\d{{4}})"),
        (" ", rf"(?P<month>{_NAME}) (?P<day>{_NTH}) (?P<year>\d{{4}})"),
    )
)
"""Characters of which a date so written has one, and how it is written: a pattern takes its time to be made."""

_APART = lazily(
    rf"""
    "[^"]*" | “[^“”]*” | \d\d?[ ]?[-–~][ ]?{_NTH}[ ]{_NAME}[ ]\d{{4}}
    | (?<!\d)(?P<zh>\d{{4}}[ ]?年[ ]?\d\d?[ ]?月(?:[ ]?\d\d?[ ]?[日号])? | \d{{4}}[ ]年(?![\u4e00-\u9fff]))
    | [(\['‘]*\b(?P<en>(?:{_NTH}[ ](?:of[ ])?)?{_NAME}(?:[ ]{_NTH})?[ ]\d{{4}})\b[)\]'’]*
    """,
    re.VERBOSE,
)
"""A date of several words; what stands in quotes and a stretch of days are passed over."""

_POSITIONAL = str.maketrans("〇○零一二三四五六七八九", "000123456789")
"""A year may be written digit by digit: 二〇一七年."""


def read_date(text: str) -> str:
    """Read a date, as YYYY, YYYY-MM or YYYY-MM-DD; empty where the text is none."""
    plain = narrow(text).translate(_POSITIONAL)
    if len(plain) == 4 and plain.isascii() and plain.isdecimal():
        parts = [int(plain)]
    else:
        found = (way().fullmatch(plain) for marks, way in _WAYS if not set(marks).isdisjoint(plain))
        match = next(filter(None, found), None)
        if not match:
            return ""
        parts = [_part(part) for part in match.group("year", "month", "day") if part]
    from datetime import date

    try:
        date(*(*parts, 1, 1)[:3])
    except ValueError:  # there is no such day
        return ""
    return "-".join((f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])))


def _part(written: str) -> int:
    """Read a year, a month or a day; one in tens is 十二, 二十 or, its digits read already, 2十4."""
    if written[0].isascii() and written[0].isalpha():
        return _month(written)
    tens, ten, ones = written.rstrip("stndrh").rpartition("十")
    return int(f"{tens or 1}{ones or 0}" if ten else ones)


def _month(name: str) -> int:
    """Return the number of a month of that name or beginning, 0 where there is none."""
    from cs_facts.dates.edtf import MONTHS

    return next((number for number, month in enumerate(MONTHS, 1) if month.lower().startswith(name.lower())), 0)


def join_dates(query: str) -> str:
    """Put a date of several words in quotes, or its parts together: 28 April 2022, 2022 年 4 月."""

    def joined(found: re.Match[str]) -> str:
        if found["zh"]:
            return f" {found['zh'].replace(' ', '')} "
        return f' "{found["en"]}" ' if found["en"] and read_date(found["en"]) else found[0]

    return _APART().sub(joined, query) if re.search(r"\d", query) else query


def written(date: str) -> tuple[str, ...]:
    """Return how texts write a month or a day, in Chinese and in English; a year is a number.

    >>> written("2022-04-08")
    ('2022年4月8日', '2022年4月8号', '8 April 2022', 'April 8 2022', '8 Apr 2022', 'Apr 8 2022')

    Args:
        date: a month or a day as YYYY-MM or YYYY-MM-DD, or a year.

    """
    from cs_facts.dates.edtf import MONTHS

    year, *rest = map(int, date.split("-"))
    if not rest:
        return ()
    month, *days = rest
    zh, names = f"{year}年{month}月", (MONTHS[month - 1], MONTHS[month - 1][:3])
    if not days:
        return zh, *(f"{name} {year}" for name in reversed(names))
    (day,) = days
    english = (way for name in names for way in (f"{day} {name} {year}", f"{name} {day} {year}"))
    return f"{zh}{day}日", f"{zh}{day}号", *english
