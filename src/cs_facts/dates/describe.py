"""EDTF → words: ``2017/2022-12-18`` → “2017 to 18 Dec 2022”, “2017年至2022年12月18日”.

What EDTF leaves open stays open: ``..`` is an open end, nothing is an unknown one, ``X`` an unspecified digit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cs_facts.dates.edtf import MONTHS

if TYPE_CHECKING:
    from cs_facts.model import Period

# English, Chinese.
Pair = tuple[str, str]

_SEASONS = (("spring", "春季"), ("summer", "夏季"), ("autumn", "秋季"), ("winter", "冬季"))
# First of four codes: what stands behind the season.
_HEMISPHERES = {
    21: ("", ""),
    25: (" (northern hemisphere)", "（北半球）"),
    29: (" (southern hemisphere)", "（南半球）"),
}
_PARTS = """first quarter of {} {}年第一季度|second quarter of {} {}年第二季度|third quarter of {} {}年第三季度
|fourth quarter of {} {}年第四季度|January to April {} {}年1月至4月|May to August {} {}年5月至8月
|September to December {} {}年9月至12月|first half of {} {}年上半年|second half of {} {}年下半年"""
_SUB_YEARS: dict[int, Pair] = {
    first + place: (f"{season[0]} {{}}{where[0]}", f"{{}}年{season[1]}{where[1]}")
    for first, where in _HEMISPHERES.items()
    for place, season in enumerate(_SEASONS)
} | {code: (names.strip().rpartition(" ")[0], names.split()[-1]) for code, names in enumerate(_PARTS.split("|"), 33)}
_QUALIFIED: dict[str, Pair] = {
    "~": ("about {}", "约{}"),
    "?": ("{} (uncertain)", "{}（存疑）"),
    "%": ("about {} (uncertain)", "约{}（存疑）"),
}
# What is said of a beginning that is unknown or open, and of such an end.
_OPEN: dict[str, Pair] = {"": ("by {}", "截至{}"), "..": ("until {}", "{}及以前")}
_FROM: dict[str, Pair] = {"": ("from {}", "自{}"), "..": ("{} onwards", "{}起")}
_DATE = re.compile(
    r"(?P<year>[\dX]{4})(?:-(?P<month>[\dX]{2})(?:-(?P<day>[\dX]{2}))?)?(?:T(?P<time>[\d:]{8})(?P<zone>.*))?"
)


def describe(period: Period, language: str) -> str:
    """Say a period in words, in Chinese for a tag of Chinese, otherwise in English.

    >>> from cs_facts.dates.edtf import parse_period
    >>> describe(parse_period("2017/2022-12-18"), "en"), describe(parse_period("/2022-12-18"), "zh-CN")
    ('2017 to 18 Dec 2022', '截至2022年12月18日')
    """
    first, slash, last = period.edtf.partition("/")
    pair = _interval(first, last) if slash else _date(first)
    return pair[language.partition("-")[0].lower() == "zh"]


def _interval(first: str, last: str) -> Pair:
    if first in _OPEN:
        return _filled(_OPEN[first], _date(last))
    if last in _OPEN:
        return _filled(_FROM[last], _date(first))
    start, end = _date(first), _date(last)
    return f"{start[0]} to {end[0]}", f"{start[1]}至{end[1]}"


def _date(text: str) -> Pair:
    """Say one date of any precision."""
    if text[-1] in _QUALIFIED:
        return _filled(_QUALIFIED[text[-1]], _date(text[:-1]))
    match = _DATE.fullmatch(text)
    assert match  # of what `parse_period` lets through
    day = _day(match["year"], match["month"], match["day"])
    if not match["time"]:
        return day
    zone = {"": "", "Z": " UTC"}.get(match["zone"], f" UTC{match['zone']}")
    return f"{day[0]}, {match['time']}{zone}", f"{day[1]} {match['time']}{zone}"


def _day(year: str, month: str | None, day: str | None) -> Pair:
    if month is None:
        return _year(year)
    if month == "XX":
        unit = ("day", "日") if day else ("month", "月")
        return f"a {unit[0]} in {_plain(year)}", f"{_plain(year)}年某{unit[1]}"
    number = int(month)
    if number > len(MONTHS):
        return _filled(_SUB_YEARS[number], (_plain(year), _plain(year)))
    english, chinese = f"{MONTHS[number - 1][:3]} {_plain(year)}", f"{_plain(year)}年{number}月"
    if day is None:
        return english, chinese
    if day == "XX":
        return f"a day in {english}", f"{chinese}某日"
    return f"{int(day)} {english}", f"{chinese}{int(day)}日"


def _year(year: str) -> Pair:
    """Name a year, or the years that unspecified digits leave open."""
    if "X" not in year:
        return _plain(year), f"{_plain(year)}年"
    first, last = _plain(year.replace("X", "0")), _plain(year.replace("X", "9"))
    if year.count("X") == 1:
        return f"a year in the {first}s", f"{first}年代某年"
    return f"a year from {first} to {last}", f"{first}年至{last}年间某年"


def _plain(year: str) -> str:
    return year.lstrip("0") or "1"


def _filled(frame: Pair, words: Pair) -> Pair:
    return frame[0].format(words[0]), frame[1].format(words[1])
