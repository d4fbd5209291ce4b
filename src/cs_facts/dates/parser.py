"""Find dates in running text, and read dates as people type them: in digits, in Chinese and in English.

>>> [(found.start, found.end, found.date.first) for found in find_dates("自2022年上半年以来")]
[(1, 11, '2022-40')]
>>> [read_date(text) for text in ("2022/4/28", "二〇二二年四月二十八日", "28th of April 2022")]
['2022-04-28', '2022-04-28', '2022-04-28']
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from cs_facts.dates.edtf import MONTHS, period_of
from cs_facts.dates.patterns import (
    BEFORE_YEAR,
    CHINESE,
    COUNTS,
    DIGITAL,
    ENGLISH,
    ERAS,
    HOLIDAYS,
    SEASONS,
    SPANS,
    YEARS,
)
from cs_facts.dates.printed import NO_MONTH, NO_YEAR, PrintedDate
from cs_facts.patterns import Patterns
from cs_facts.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# A year to reckon with where the text leaves it out.
_ANY_YEAR = "2000"

_MONTHS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_OFFSETS = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "明年": 1, "后年": 2, "last": -1, "this": 0, "next": 1}
_ENDS = re.compile(
    "(?:(?:截至|截止到?|到|至) ?|(?:by|until|till|as of|as at|end of|through|ended) )(?:the )?$", re.IGNORECASE
)
_BEGINS = re.compile("(?:自从?|从|since |from |beginning of )(?:the )?$", re.IGNORECASE)
_SINCE = re.compile(r"以来|(?<=\d年)来(?!自)|之?后|起|[ ]onwards?\b")
_JOINT = re.compile(
    r"\s?(?:[-–—~～]+|至|到|(?:to|and)(?: the end of)?|through|until|till|(?P<ended>end(?:ed|ing))|/)\s?",
    re.IGNORECASE,
)
_SIDES = {"底": "ends", "末": "ends", "初": "begins", "end": "ends", "yea": "ends", "beg": "begins"}
# A limit before a number that looks like a year or a month: over 2000 people.
_COUNTED = re.compile(
    r"\b(?:over|more than|at least|nearly|almost|fewer than|less than|exceed\w*) (?=\d\d00 (?!levels|figures)[a-z])"
    r"|(?:超过|不足|长达|至少)(?=\d{1,2}月)",
    re.IGNORECASE,
)
_BEFORE_YEAR = re.compile(BEFORE_YEAR)
# How many years apart 2010-15 may be, and how many years a period before a date may last: four quarters, 53 weeks.
_SHORT_YEARS, _UP_TO = 20, 1.1
_MONTHS_OF = re.compile(r"(?:XXXX|\d{4})-(0\d|1[0-2]) (?:XXXX|\d{4})-(0\d|1[0-2])")
# A complete year, month or day.
WHOLE_DATE = re.compile(r"\d{4}(?:-(?:0\d|1[0-2])(?:-\d\d)?)?")
# The length in years of the unit of a span.
_IN_YEARS = {"decade": 10, "年": 1, "year": 1, "个月": 1 / 12, "month": 1 / 12} | {"周": 7 / 365, "week": 7 / 365}
_IN_YEARS |= {"天": 1 / 365, "day": 1 / 365}
# The digits of a year written out: 二〇一七年.
_POSITIONAL = str.maketrans("〇○零一二三四五六七八九", "000123456789")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date at ``text[start:end]``; ``core`` is its place without words such as 截至 and 以来."""

    start: int
    end: int
    core: tuple[int, int]
    date: PrintedDate


def find_dates(text: str, printed: str = "") -> list[FoundDate]:
    """Return the dates of a plain text (see `cs_facts.text.plain`) from left to right; a stretch is one date.

    Lines that were printed in traditional characters may have years of the Republic of China: 112年 is 2023.
    """
    found: list[tuple[int, int, PrintedDate]] = []
    places = _patterns().sought(text)
    for _, matches in places:
        new = [date_ for match in matches if (date_ := _read(match, printed))]
        places.take([date_[:2] for date_ in new])
        found += new
    dates = [_with_limits(text, *one) for one in _stretches(text, sorted(found, key=lambda one: one[0]))]
    return [date_ for date_ in dates if not _is_count(text, date_)]


@cache
def _patterns() -> Patterns:
    """Compile the patterns on first use: 25 ms, which a search without a date saves."""
    flags = re.VERBOSE | re.IGNORECASE | re.ASCII | re.MULTILINE
    return Patterns(
        re.compile(pattern, flags) for patterns in (DIGITAL, CHINESE, ENGLISH, YEARS, SPANS) for pattern in patterns
    )


def _stretches(text: str, found: list[tuple[int, int, PrintedDate]]) -> list[tuple[int, int, PrintedDate]]:
    """Join two dates with a dash or a word like "to" between them into one stretch: 2017年至2022年12月18日."""
    dates: list[tuple[int, int, PrintedDate]] = []
    for start, end, read in found:
        begin, until, first = dates[-1] if dates else (0, 0, PrintedDate())
        follows_between = text[max(begin - 8, 0) : begin].lower() == "between "
        if joined := _stretch(text[until:start], first, read, follows_between):
            dates[-1] = begin, end, joined
        else:
            dates.append((start, end, read))
    return dates


def _stretch(between: str, first: PrintedDate, last: PrintedDate, follows_between: bool) -> PrintedDate | None:
    joint = _JOINT.fullmatch(between)
    if joint and first.years and last.first:
        return None if re.fullmatch(r"\W+", between) else _up_to(last, first.years)
    if not joint or joint["ended"] or not first.first or not last.first:
        return None
    if "and" in between.lower() and not follows_between:
        months = _MONTHS_OF.fullmatch(f"{first.first} {last.last}")
        if not months or int(months[2]) - int(months[1]) != 1:  # February and March 2021
            return None
    begin, end = _side(first, first.first), _side(last, last.last)
    if begin.startswith(NO_YEAR) and not end.startswith(NO_YEAR):
        begin = end[:4] + begin[4:]
    elif end.startswith(NO_YEAR):
        shared = 7 if end.startswith(f"{NO_YEAR}-{NO_MONTH}") else 4
        end = begin[:shared] + end[shared:]
    return PrintedDate(begin, end, time=last.time, offset=first.offset if last.offset is None else last.offset)


def _up_to(last: PrintedDate, years: float) -> PrintedDate | None:
    """Return the stretch of so many years up to a date: the nine months ended September 30, 2023."""
    period = period_of(last.last.replace(NO_YEAR, _ANY_YEAR))
    if years > _UP_TO or last.first != last.last or not (period and period.end):
        return None
    months, after = 12 * years, period.end + timedelta(1)
    begin = 12 * after.year + after.month - 1 - round(months)
    first, until = f"{begin // 12}-{begin % 12 + 1:02}-{after.day:02}", period.edtf
    if abs(months - round(months)) > 0.001:  # weeks
        first = (period.end - timedelta(round(365 * years) - 1)).isoformat()
    elif after.day == 1:
        first, until = first[:7], f"{period.end:%Y-%m}"
    if not last.last.startswith(NO_YEAR):
        return PrintedDate(first, until)
    same_year = first.startswith(_ANY_YEAR)
    return PrintedDate(NO_YEAR + first[4:], NO_YEAR + until[4:]) if same_year else None


def _side(read: PrintedDate, date_: str) -> str:
    """Return the beginning or end of a stretch, December for 2023年底 and January for 2024年初."""
    return f"{date_}-{12 if read.ends else '01'}" if len(date_) == 4 and (read.ends or read.begins) else date_


def _with_limits(text: str, start: int, end: int, read: PrintedDate) -> FoundDate:
    """Add the words around a date that make it a beginning or an end: 截至, since, 以来."""
    core = (start, end)
    before = text[max(start - 16, 0) : start]
    if match := _ENDS.search(before):
        read = replace(read, ends=True)
        start -= len(match[0]) if match[0][0] == "截" else 0
    elif match := _BEGINS.search(before):
        read = replace(read, begins=read.first == read.last != "" or match[0].lower().startswith("since"))
    if (match := _SINCE.match(text, end)) and not read.time:
        read, end = replace(read, begins=True), match.end()
    return FoundDate(start, end, core, read)


def _is_count(text: str, found: FoundDate) -> bool:
    """Tell whether an apparent date is a number with a limit, or part of a number: over 2000 people, 五百五十年."""
    first, before = text[found.start], text[max(0, found.start - 1) : found.start]
    limit = _COUNTED.search(text, max(0, found.start - 14), found.end + 12)
    is_part = before + first == "最初" or (before in ("百", "千", "万", "亿") and first in "〇○零一二三四五六七八九十")
    return is_part or (limit is not None and limit.end() == found.start)


def _read(match: re.Match[str], printed: str) -> tuple[int, int, PrintedDate] | None:
    """Read a match: return where the date begins and ends and the date itself, or None if there is no such date."""
    start, end = match.span()
    groups = {name.rstrip("23456"): value.lower() for name, value in match.groupdict().items() if value is not None}
    if "behind" in groups and not _BEFORE_YEAR.search(match.string, max(0, start - 24), start):
        return None
    if "republic" in groups:
        beside = printed[max(0, start - 200) : start].rpartition("\n")[2] + printed[end : end + 200].partition("\n")[0]
        if beside == plain(beside) or all(char < "\u3400" for char in beside):
            return None  # no traditional characters nearby in the line
        groups["y"] = f"{1911 + int(groups['republic'])}"
    try:
        return end - len(groups["at"]) if "at" in groups else start, end, _date(groups)
    except ValueError:
        return None


def _date(groups: dict[str, str]) -> PrintedDate:
    """Build a date from the groups of a match; raise ValueError if there is no such date."""
    if "old" in groups or "past" in groups:
        return PrintedDate(years=1 if "past" in groups else None)
    if "span" in groups:
        count = _count(groups["span"]) + (0.5 if "more" in groups else 0)
        return PrintedDate(years=count * _IN_YEARS[groups["unit"]])
    side = _SIDES.get(groups.get("fix", "").lstrip("年")[:3])
    time, offset = _time(groups.get("time", ""), groups.get("noon", "")), _OFFSETS.get(groups.get("rel", ""))
    return PrintedDate(*_ends(groups), side == "ends", side == "begins", time, offset)


def _time(clock: str, noon: str) -> str:
    """Return a time of day on the 24-hour clock: 下午3时 is 15, 12 a.m. is 00."""
    parts = re.findall(r"\d+|[一二三四五六七八九十]+", clock.replace("半", "30").replace("零", "0"))
    if not parts:
        return ""
    hour, *rest = map(_count, parts)
    if hour < 12 and (noon[:1] in ("p", "下", "傍", "晚") or (noon == "中午" and hour < 10)):
        hour += 12
    elif hour == 12 and noon[:1] in ("a", "m", "凌"):
        hour = 0
    return ":".join(f"{part:02}" for part in (hour, *rest))


def _ends(groups: dict[str, str]) -> tuple[str, str]:
    """Return the beginning and the end of a date as EDTF; raise ValueError if there is no such date."""
    year = groups.get("y", groups.get("anno", NO_YEAR).zfill(4)).translate(_POSITIONAL)
    year = year if len(year) == 4 else f"{19 + (year < '50')}{year}"
    _add_months(groups)
    for name, edtf in _SPECIAL.items():
        if name in groups:
            return (edtf(groups, year),) * 2
    if "short" in groups or "until_y" in groups:  # 2021-22, 1914–18, 2012-2022
        years = (int(groups["short"]) - int(year)) % 100 if "short" in groups else int(groups["until_y"]) - int(year)
        if not 0 < years <= (_SHORT_YEARS if "short" in groups else 200):
            raise ValueError
        return year, f"{int(year) + years}"
    if "week" in groups and "m" not in groups:  # 2023-W18
        monday, sunday = (date.fromisocalendar(int(year), int(groups["week"]), day) for day in (1, 7))
        return monday.isoformat(), sunday.isoformat()
    return _days(groups, year)


def _add_months(groups: dict[str, str]) -> None:
    """Add the months and days that other words stand for: the first nine months, the February quarter, 上旬."""
    if "part" in groups:  # third quarter, Q3, first nine months
        groups[{"h": "half", "semester": "half", "q": "quarter"}.get(groups["part"], groups["part"])] = groups["count"]
    if "quarters" in groups:
        groups["months"] = f"{3 * _count(groups['quarters'])}"
    if "months" in groups:
        groups |= {"m": "1", "until_m": groups["months"]}
    for side in ("", "until_"):
        if name := groups.get(f"{side}name"):
            groups[f"{side}m"] = f"{_MONTHS[name[:3]]}"
    if "holiday" in groups:
        groups["m"], groups["d"] = HOLIDAYS[groups["holiday"].replace("’", "'")].split("-")
    if "ending" in groups:
        quarter, month = divmod(_MONTHS[groups["ending"][:3]], 3)
        months = {"m": f"{3 * quarter + month - 2}", "until_m": f"{3 * quarter + month}"}
        groups |= {"quarter": f"{quarter}"} if not month else months
    if "third" in groups:
        first, last = {"上": ("1", "10"), "中": ("11", "20"), "下": ("21", "")}[groups["third"]]
        groups |= {"d": first, "until_d": last}
    if "week" in groups and "m" in groups:  # the second week of May
        groups |= {"d": f"{7 * _count(groups['week']) - 6}", "until_d": f"{7 * _count(groups['week'])}"}


def _decade(groups: Mapping[str, str], _: str) -> str:
    century = groups["decade"][:2] if len(groups["decade"]) == 4 else f"{_count(groups.get('century', '20')) - 1:02}"
    return f"{century}{_count(groups['decade'][-2:]) // 10}X"


def _either(groups: Mapping[str, str], year: str) -> str:
    """Read 3/14/2021 or 14/3/2021; if either number may be the month, return an unspecified day of the year."""
    month, day = sorted((int(groups["either"]), int(groups["other"])))
    read = date(int(year), month, day).isoformat()
    return read if day > 12 or day == month else f"{year}-XX-XX"


# Dates with an EDTF expression of their own, by the group that is matched.
_SPECIAL: dict[str, Callable[[Mapping[str, str], str], str]] = {
    "decade": _decade,
    "century": lambda groups, _: f"{_count(groups['century']) - 1:02}XX",
    "era": lambda groups, _: f"{ERAS[groups['era']] + _count(groups['nth'].replace('元', '1')):04}",  # 民国三十年
    "either": _either,
    "half": lambda groups, year: f"{year}-{39 + _count(groups['half'])}",
    "quarter": lambda groups, year: f"{year}-{32 + _count(groups['quarter'])}",
    "season": lambda groups, year: f"{year}-{SEASONS[groups['season']]}",
}


def _days(groups: Mapping[str, str], year: str) -> tuple[str, str]:
    """Return the beginning and end of a year, or of days or months; raise ValueError if there is none such."""
    if not {"m", "d"} & {*groups}:
        return ("" if year == NO_YEAR and "time" in groups else year,) * 2
    ends = []
    for side in ("", "until_"):
        month, day = (groups.get(f"{side}{name}", groups.get(name, "")) for name in "md")
        known = date(2000 if year == NO_YEAR else int(year), _count(month or "1"), _count(day.rstrip("stndrh") or "1"))
        ends.append(f"{year}-{f'{known:%m}' if month else NO_MONTH}{f'{known:-%d}' if day else ''}")
    return ends[0], ends[1]


def _count(written: str) -> int:
    """Read a whole number in words, in numerals up to 99, or in digits."""
    if written in COUNTS:
        return COUNTS[written]
    tens, ten, ones = written.translate(_POSITIONAL).replace("两", "2").replace(",", "").partition("十")
    return int(tens or 1) * 10 + int(ones or 0) if ten else int(tens)


def read_date(text: str) -> str:
    """Return a date typed by itself as YYYY, YYYY-MM or YYYY-MM-DD; empty if the text is not a date."""
    if re.fullmatch("[0-9]{4}", text):
        return text if text > "0000" else ""
    found = find_dates(plain(text).title())
    first = found[0].date.first if len(found) == 1 and found[0].core == (0, len(text)) else ""
    is_date = WHOLE_DATE.fullmatch(first)
    return first if is_date and found[0].date == PrintedDate(first, first) else ""
