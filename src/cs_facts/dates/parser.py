"""Dates of running text, and dates as people type them: in digits, in Chinese and in English.

>>> [(found.start, found.end, found.date.first) for found in find_dates("自2022年上半年以来")]
[(1, 11, '2022-40')]
>>> [read_date(text) for text in ("2022/4/28", "二〇二二年四月二十八日", "28th of April 2022")]
['2022-04-28', '2022-04-28', '2022-04-28']
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from cs_facts.dates.edtf import MONTHS, parse_period
from cs_facts.errors import PeriodError
from cs_facts.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cs_facts.model import Period

# What stands in `PrintedDate.first` for a year and a month that the text leaves out.
_NO_YEAR, _NO_MONTH = "XXXX", "XX"

_DIGITS = "〇○零一二三四五六七八九"
_YEAR = rf"(?:(?<![\d.,])[12]\d{{3}}|(?<![{_DIGITS}])[{_DIGITS}]{{4}})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_FREE = rf"(?<![\d.{_DIGITS}十两几第])"
_RELATIVE = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "明年": 1, "后年": 2, "last": -1, "this": 0, "next": 1}
_UNSAID = "当年|同年|上年|次年"
_NAME = "(?-i:" + "|".join(f"{name}|{name[:3]}\\b[.]?" for name in MONTHS) + r"|Sept\b[.]?)(?![a-z])"
_NTH = r"\d{1,2}(?:st|nd|rd|th)?(?![\d%]|[.,]\d|:\d)"
_SEASONS = {"春": 21, "夏": 22, "秋": 23, "冬": 24, "spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_COUNTED = (
    "一 1 one first 1st 上|二 2 two second 2nd 下 两|三 3 three third 3rd|四 4 four fourth 4th last|五 5 five|六 6 six"
    "|七 7 seven|八 8 eight|九 9 nine|十 10 ten|十一 11 eleven|十二 12 twelve"
)
_COUNTS = {word: value for value, words in enumerate(_COUNTED.split("|"), 1) for word in words.split()}
_COUNT = "|".join(sorted(_COUNTS, key=len, reverse=True))
_TIME = r"(?P<time>T?[012]?\d:[0-5]\d(?::[0-5]\d)?(?![\d:.])|[012]?\d[时点](?:[0-5]?\d分|半|整)?(?:[0-5]?\d秒)?|零时)"
_NOON = "(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|晚|早)"
_SUB = (
    rf"(?:(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度|前(?P<quarters>[一二两三123])个?季度|前(?P<months>{_MONTH})个?月"
    rf"|(?P<m1>{_MONTH})月?\s?(?:[-–—~]+|至|到)\s?(?P<m2>{_MONTH})月(?!\s?{_DAY}[日号])"
    rf"|(?P<m>{_MONTH})\s?月(?:份|\s?(?P<d>{_DAY})\s?[日号]|(?P<ten>[上中下]旬))?)"
)
_BARE_YEAR = r"(?:1[89]|20)\d\d"
_NO_NUMBER = rf"(?![\d%{_DIGITS}十百千万亿多余]|[,.]\d|\s(?:million|billion|thousand|hundred|percent|per\scent)\b)"
_OF_YEAR = r"(?:,?\s(?:of\s)?(?:the\s)?(?:fiscal\s)?(?:year\s)?(?P<y>[12]\d{3})(?!\d))"

# How dates are written, the longer ways first: what one has found the next do not see.
_WAYS = (
    rf"(?<![\d.,/-])(?P<y>[12]\d{{3}})(?P<dash>[-/.])(?P<m>1[0-2]|0?[1-9])(?P=dash)(?P<d>3[01]|[12]\d"
    rf"|0?[1-9])(?![\d/-])(?:[ ]?{_TIME})?",
    r"(?<![\d.,/-])(?P<y>[12]\d{3})(?:-(?P<m>0[1-9]|1[0-2])|/(?P<m3>0?[1-9]|1[0-2]))(?![-/\d])",
    rf"(?:(?P<y>{_YEAR})\s?年度?(?![代级龄])|(?P<rel>今年|本年|去年|前年|明年|后年)"
    rf"|(?P<unsaid>{_UNSAID})(?=[^\W_]))(?:的?\s?(?:{_SUB}|(?P<season>[春夏秋冬])[季天]))?(?:\s?{_NOON}?\s?{_TIME})?"
    rf"(?P<fix>年?[底末初中](?![期国]))?",
    rf"{_FREE}{_SUB}(?:\s?{_NOON}?\s?{_TIME})?(?P<fix>[底末初](?!期))?",
    rf"(?<![\d.])(?P<m>{_MONTH})\.(?P<d>\d\d?)\s?[-–—~至]\s?(?P<m2>{_MONTH})\.(?P<d2>\d\d?)(?![\d.%‰]|[万亿倍个])",
    r"(?:过去|近|最近)的?(?P<years>\d\d?|[一二两三四五六七八九十]{1,3})年(?![级代多])|(?P<back>\d\d?"
    r"|[一二两三四五六七八九十]{1,3})[多余]?年(?=[来间])",
    rf"{_FREE}(?!一日)(?P<d>{_DAY})(?:日(?![游元均用报本常程工]|[以之]?内|龄)|号(?!\w))(?:\s?{_NOON}?\s?{_TIME})?",
    rf"(?<![\d.])(?:(?P<century>{_DAY})世纪)?(?P<decade>[1-9]0|[一二三四五六七八九]十)年代|(?<![\d.])(?P<age>{_DAY})世纪",
    rf"{_NOON}{_TIME}",
    r"(?<![\d.:/])(?P<time>(?:1[0-2]|0?[1-9])(?::[0-5]\d)?)\s?[ap]\.?m\b\.?"
    r"|(?<![\d.:/])(?P<clock>[012]\d:[0-5]\d(?::[0-5]\d)?)(?![\d:.])",
    r"(?<![\d.])(?P<time>[012]?\d[时点][0-5]?\d分(?:[0-5]?\d秒)?)",
    rf"(?P<d>{_NTH})\s?(?:-|–|—|to|and)\s?(?P<d2>{_NTH})\s(?P<name>{_NAME})(?:,?\s(?P<y>[12]\d{{3}})(?!\d))?",
    rf"(?<![a-z])(?P<name>{_NAME})\s(?P<d>{_NTH})\s?(?:-|–|—|to"
    rf"|and)\s?(?P<d2>{_NTH})(?:,?\s(?P<y>[12]\d{{3}})(?!\d))?",
    rf"(?<![\d.,])(?P<d>{_NTH})\s(?:of\s)?(?P<name>{_NAME})(?:,?\s(?P<y>[12]\d{{3}})(?!\d))?",
    rf"(?<![a-z])(?P<name>{_NAME})\s(?P<d>{_NTH})(?:,?\s(?P<y>[12]\d{{3}})(?!\d))?",
    rf"(?<![a-z])(?:(?:early|late|mid)[ -])?(?P<name>{_NAME}){_OF_YEAR}",
    rf"(?<![a-z])(?P<count>first|second|third|fourth|1st|2nd|3rd|4th"
    rf"|last(?=.{{1,14}}[12]\d{{3}}))[ -](?P<part>quarter|half)(?:[ -]year)?(?![a-z]){_OF_YEAR}?",
    rf"(?<![a-z])first\s(?P<count>{_COUNT})\s(?P<part>months|quarters){_OF_YEAR}?",
    r"(?<![a-z])(?P<part>[QH])(?P<count>[1-4])[ ](?:of[ ]|FY[ ]?)?(?P<y>[12]\d{3})(?!\d)"
    r"|(?<!\d)(?P<y2>[12]\d{3})[ ]?(?P<part2>[QH])(?P<count2>[1-4])(?!\d)",
    rf"(?<![a-z])(?P<season>spring|summer|autumn|fall|winter){_OF_YEAR}",
    r"(?<![a-z])(?:fiscal[ ](?:year[ ])?|FY[ ]?)(?P<y>20\d\d|\d\d)(?!\d)",
    r"(?<![a-z])(?P<rel>last|this|next)[ ]year(?![a-z’'-])|(?<![a-z])(?:the[ ])?(?P<unsaid>previous"
    r"|prior)[ ]year(?![a-z])",
    rf"(?<![a-z])(?:past|last|previous)[ ](?P<years>{_COUNT})[ ]years\b",
    r"(?<![\d.,])(?P<tens>[12]\d\d0)s\b|(?<![a-z])(?P<century>\d\d)(?:th|st)[ -]century\b",
    rf"(?<![a-z])(?P<fix>end[ -](?:of[ -])?|year[ -]end[ ]|mid-|early[ ]|late[ ]"
    rf"|beginning[ ]of[ ])(?P<y>{_BARE_YEAR})(?!\d)",
    rf"(?<![\d.,/-])(?P<y>{_BARE_YEAR})[-–—/](?P<short>\d\d)(?![\d%.,/-]|\s?年)",
    rf"(?<![\d.,/$¥€£-])(?P<y>{_BARE_YEAR})(?=\s?(?:[-–—~]|至|到|to\b|/)\s?(?:\0|{_BARE_YEAR}\s?(?![\d.,%])))"
    rf"|(?<![\d.,$¥€£])(?<=[-–—~至到/])(?P<y2>{_BARE_YEAR})(?![\d%.,])(?<=.\d\d)(?=\s?(?:年|[)）;；,，.]|$))"
    rf"|(?<![a-z])(?:in|since|by|until|till|from|to|of|during|year|through|after|before|ended|than|for|and|over"
    rf"|between|versus|vs\.?|a|the|its|their)[ ](?P<y3>{_BARE_YEAR}){_NO_NUMBER}(?![ ](?!and\b|was\b|is\b|as\b"
    rf"|this\b|results\b|focus\b|sales\b)\w+[^is\W]s\b)"
    rf"|(?<=[(（])(?P<y4>{_BARE_YEAR})(?=[)）,，;；:：])|(?<![\d.,$¥€£-])(?P<y5>{_BARE_YEAR})(?=[’']s\b)"
    rf"|^(?P<y6>{_BARE_YEAR})(?=$|[ ,])",
)
_ENDS = re.compile(
    r"(?:截至|截止到?|截止|到|至|by[ ]|until[ ]|till[ ]|as[ ]of[ ]|at[ ]the[ ]end[ ]of[ ]|end[ ]of[ ]|through[ ]"
    r"|ended[ ])(?:the[ ])?$",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"(?:自从?|从|since[ ]|from[ ]|beginning[ ]of[ ])(?:the[ ])?$", re.IGNORECASE)
_SINCE = re.compile("以来|之?后|起")
_JOINT = re.compile(r"\s?(?:[-–—~～]+|至|到|to|and|/)\s?", re.IGNORECASE)
_SIDES = {"底": "ends", "末": "ends", "初": "begins", "end": "ends", "yea": "ends", "beg": "begins"}
# A year may be written digit by digit: 二〇一七年.
_POSITIONAL = str.maketrans("〇○零一二三四五六七八九", "000123456789")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as a text gives it.

    Attributes:
        first: its beginning as EDTF; ``XXXX`` and ``XX`` stand for the year and the month that it leaves out. Empty for
            a time of day and for a number of years up to now.
        last: its end, the same unless it is a stretch.
        ends: whether the end is meant (2021年底, 截至2021年), ``begins`` whether the beginning (2017年以来).
        time: the time of day as digits joined by colons.
        offset: the years from the source's own to the one meant: -1 for last year.
        years: how many years up to now: 5 in 五年来.

    """

    first: str = ""
    last: str = ""
    ends: bool = False
    begins: bool = False
    time: str = ""
    offset: int | None = None
    years: int | None = None

    def covered_by(self, period: Period, published: Period | None = None) -> bool:
        """Tell whether a period says this date: it is the period itself, its year, its beginning or its end.

        A date without a year is that of any year, one that counts from now from the year of publication, where that is
        known; one that says an end is met by the day at that end.

        Args:
            period: of a fact.
            published: of the source.

        """
        if self.years is not None:
            return self._reaches_back(period, published)
        sides = [side for side in period.edtf.split("/") if side.strip(".")]
        if not self.first:
            return any(f"T{self.time}" in side for side in sides)
        return any(self._is(period, side, published) for side in sides)

    def _reaches_back(self, period: Period, published: Period | None) -> bool:
        end = period.end or (published.end if published else None)
        return bool(period.start and end and end.year - period.start.year in (self.years, (self.years or 0) - 1))

    def _is(self, period: Period, side: str, published: Period | None) -> bool:
        if self.time and f"T{self.time}" not in side:
            return False
        try:
            theirs = parse_period(side)
            first = parse_period(self._filled(self.first, side, published)).start
            last = parse_period(self._filled(self.last, side, published)).end
        except PeriodError:
            return False
        if (first, last) in ((theirs.start, theirs.end), (period.start, period.end)):
            return True
        if self.ends or self.begins:
            return (self.ends and last in (theirs.end, period.end)) or (
                self.begins and first in (theirs.start, period.start)
            )
        if first == last and "/" in period.edtf:
            return first in (period.start, period.end)
        known = {day.year for day in (period.start, period.end) if day}
        return len(self.first) == 4 and self.first == self.last and bool(first and first.year in known)

    def _filled(self, date_: str, side: str, published: Period | None) -> str:
        """Write a date as EDTF, taking from a side of a period what it leaves out before what it gives."""
        if self.offset is not None and published and published.start:
            date_ = date_.replace(_NO_YEAR, f"{published.start.year + self.offset:04}")
        if date_.startswith(f"{_NO_YEAR}-{_NO_MONTH}"):
            date_ = side[:7] + date_[7:]
        return date_.replace(_NO_YEAR, side[:4])


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date at ``text[start:end]``; ``core`` is its place without the words that make it an end or a beginning."""

    start: int
    end: int
    core: tuple[int, int]
    date: PrintedDate


def find_dates(text: str) -> list[FoundDate]:
    """Return the dates of a plain text (`cs_facts.text.plain`), left to right; a stretch is one date."""
    found: list[tuple[int, int, PrintedDate]] = []
    rest = text
    for way in _ways():
        new = [(_start(match), match.end(), read) for match in way.finditer(rest) if (read := _read(match))]
        if new:
            rest, found = _blanked(rest, new), found + new
    return [_with_limits(text, *one) for one in _stretches(text, sorted(found, key=lambda one: one[0]))]


@cache
def _ways() -> tuple[re.Pattern[str], ...]:
    """Compile the ways: 25 ms, which a search without a date is spared."""
    return tuple(re.compile(way, re.VERBOSE | re.IGNORECASE | re.ASCII) for way in _WAYS)


def _start(match: re.Match[str]) -> int:
    """Return where a date begins, without the preposition that a bare year needs."""
    return match.start("y3") if match.groupdict().get("y3") else match.start()


def _blanked(text: str, found: list[tuple[int, int, PrintedDate]]) -> str:
    pieces, at = [], 0
    for start, end, _ in found:
        pieces += [text[at:start], "\0" * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])


def _stretches(text: str, found: list[tuple[int, int, PrintedDate]]) -> Iterator[tuple[int, int, PrintedDate]]:
    """Join dates with a dash or a word for it between them: 2017年至2022年12月18日."""
    pending: tuple[int, int, PrintedDate] | None = None
    for start, end, read in found:
        between = text[max(pending[0] - 8, 0) : pending[0]].lower() == "between " if pending else False
        if pending and (joined := _stretch(text[pending[1] : start], pending[2], read, between)):
            pending = (pending[0], end, joined)
            continue
        if pending:
            yield pending
        pending = (start, end, read)
    if pending:
        yield pending


def _stretch(joint_: str, first: PrintedDate, last: PrintedDate, between: bool) -> PrintedDate | None:
    joint = _JOINT.fullmatch(joint_)
    if not joint or not first.first or not last.first or ("and" in joint_.lower() and not between):
        return None
    begin, end = first.first, last.last
    if begin.startswith(_NO_YEAR) and not end.startswith(_NO_YEAR):
        begin = end[:4] + begin[4:]
    elif end.startswith(_NO_YEAR):
        end = (begin[:7] if end.startswith(f"{_NO_YEAR}-{_NO_MONTH}") else begin[:4]) + end[
            len(begin[:7]) if end.startswith(f"{_NO_YEAR}-{_NO_MONTH}") else 4 :
        ]
    return replace(last, first=begin, last=end, offset=first.offset if last.offset is None else last.offset)


def _with_limits(text: str, start: int, end: int, read: PrintedDate) -> FoundDate:
    """Take in the words that make a date a beginning or an end: 截至, since, 以来."""
    core = (start, end)
    before = text[max(start - 16, 0) : start]
    if match := _ENDS.search(before):
        read = replace(read, ends=True)
        start -= len(match[0]) if match[0][0] == "截" else 0
    elif _BEGINS.search(before):
        read = replace(read, begins=True)
    if match := _SINCE.match(text, end):
        read, end = replace(read, begins=True), match.end()
    return FoundDate(start, end, core, read)


def _read(match: re.Match[str]) -> PrintedDate | None:
    """Read what a way of `_WAYS` found; None for a day that does not exist."""
    said = {
        name.rstrip("2345") if name[0] in "yp" or name == "count2" else name: value
        for name, value in match.groupdict().items()
        if value
    }
    time = ":".join(f"{int(part):02}" for part in re.findall(r"\d+", said.get("time") or said.get("clock", "")))
    if "years" in said or "back" in said:
        count = (said.get("years") or said["back"]).lower()
        return PrintedDate(years=_COUNTS.get(count) or _number(count))
    offset = _RELATIVE.get(said.get("rel", "").lower())
    year = _year(said["y"]) if "y" in said else _NO_YEAR
    try:
        ends = _named(said, year)
    except (KeyError, ValueError):
        return None
    side = _SIDES.get(said.get("fix", "").lower().lstrip("年")[:3], "")
    return PrintedDate(*ends, side == "ends", side == "begins", time, offset)


def _named(said: Mapping[str, str], year: str) -> tuple[str, str]:
    """Return the beginning and the end of a date as EDTF."""
    if "short" in said:  # 2021-22
        if int(said["short"]) != (int(year) + 1) % 100:
            raise ValueError
        return year, f"{int(year) + 1}"
    if "tens" in said:
        return (f"{said['tens'][:3]}X",) * 2
    if "decade" in said:
        century = _number(said["century"]) - 1 if "century" in said else 19
        return (f"{century:02}{_number(said['decade']) // 10}X",) * 2
    if "age" in said or "century" in said:
        return (f"{_number(said.get('age') or said['century']) - 1:02}XX",) * 2
    if code := _sub_year(said):
        return (f"{year}-{code}",) * 2
    if months := _months(said):
        return f"{year}-{months[0]:02}", f"{year}-{months[1]:02}"
    return _days(said, year)


def _sub_year(said: Mapping[str, str]) -> int:
    """Return the code of a half, a quarter or a season (`cs_facts.dates.edtf.SUB_YEARS`), 0 for another date."""
    part, count = said.get("part", "").lower(), said.get("count", "").lower()
    if "half" in said or part[:1] == "h":
        return 39 + _COUNTS[said.get("half", count)]
    if "quarter" in said or part in ("q", "quarter"):
        return 32 + _COUNTS[said.get("quarter", count)]
    return _SEASONS[said["season"].lower()] if "season" in said else 0


def _months(said: Mapping[str, str]) -> tuple[int, int] | None:
    """Return the first and the last month of a stretch: the first nine months, 前三季度, 1-9月."""
    if "m1" in said:
        return _number(said["m1"]), _number(said["m2"])
    if "months" in said:
        return 1, _number(said["months"])
    if "quarters" in said:
        return 1, 3 * _COUNTS[said["quarters"]]
    if "part" in said:
        return 1, _COUNTS[said["count"].lower()] * (3 if said["part"].lower() == "quarters" else 1)
    return None


def _days(said: Mapping[str, str], year: str) -> tuple[str, str]:
    """Return a day, some days of one month or two, a month or a year.

    Raises:
        ValueError: there is no such day.

    """
    month, days = _month_of(said), [_number(said[name].rstrip("stndrhSTNDRH")) for name in ("d", "d2") if name in said]
    if not days:
        bare = year if year != _NO_YEAR or not {"time", "clock"} & said.keys() else ""
        return (f"{year}-{month}" if month else bare,) * 2
    months = [month or _NO_MONTH, f"{_number(said['m2']):02}" if "m2" in said else month or _NO_MONTH]
    for month_, day in zip(months, days, strict=False):
        date(2000 if year == _NO_YEAR else int(year), int(month_) if month_ != _NO_MONTH else 1, day)
    return f"{year}-{months[0]}-{days[0]:02}", f"{year}-{months[-1]}-{days[-1]:02}"


def _month_of(said: Mapping[str, str]) -> str:
    """Return the month as two digits, empty where none is said."""
    if "name" in said:
        return f"{_month(said['name'][:3]):02}"
    number = said.get("m", said.get("m3"))
    return f"{_number(number):02}" if number else ""


def _year(written: str) -> str:
    digits = written.translate(_POSITIONAL)
    return digits if len(digits) == 4 else f"20{digits}"


def _number(written: str) -> int:
    """Read a year, a month or a day; one in tens is 十二, 二十 or, its digits read already, 2十4."""
    tens, ten, ones = written.translate(_POSITIONAL).replace("两", "2").partition("十")
    return int(tens or 1) * 10 + int(ones or 0) if ten else int(tens)


def _month(name: str) -> int:
    """Return the number of a month of that name or beginning, 0 where there is none."""
    return next((number for number, month in enumerate(MONTHS, 1) if month.lower().startswith(name.lower())), 0)


def read_date(text: str) -> str:
    """Read a date typed by itself, as YYYY, YYYY-MM or YYYY-MM-DD; empty where the text is none."""
    if re.fullmatch("[0-9]{4}", text):
        return text if text > "0000" else ""
    found = find_dates(plain(text).title())
    if len(found) != 1 or found[0].core != (0, len(text)):
        return ""
    return (
        found[0].date.first
        if found[0].date == PrintedDate(*(found[0].date.first,) * 2) and _is_whole(found[0].date)
        else ""
    )


def _is_whole(read: PrintedDate) -> bool:
    """Tell whether a date is a year, a month of one or a day of one."""
    return bool(re.fullmatch(r"\d{4}(?:-(?:0\d|1[0-2])(?:-\d\d)?)?", read.first))


def join_dates(query: str) -> str:
    """Put a date of several words in quotes, or its parts together: 28 April 2022, 2022 年 4 月."""
    pieces, at = [], 0
    for found in find_dates(plain(query).title()):
        start, end = found.core
        words = query[start:end]
        quoted = query[:start].count('"') % 2 or query[:start].count("“") > query[:start].count("”")
        if " " in words and not quoted and found.date.first == found.date.last and _is_whole(found.date):
            joined = f'"{words}"' if words.isascii() else words.replace(" ", "")
            pieces += [query[at:start], f" {joined} "]
            at = end
    return "".join([*pieces, query[at:]])


def written(date_: str) -> tuple[str, ...]:
    """Return how texts write a month or a day, in Chinese and in English; a year is a number.

    >>> written("2022-04-08")
    ('2022年4月8日', '2022年4月8号', '8 April 2022', 'April 8 2022', '8 Apr 2022', 'Apr 8 2022')

    Args:
        date_: a month or a day as YYYY-MM or YYYY-MM-DD, or a year.

    """
    year, *rest = map(int, date_.split("-"))
    if not rest:
        return ()
    month, *days = rest
    zh, names = f"{year}年{month}月", (MONTHS[month - 1], MONTHS[month - 1][:3])
    if not days:
        return zh, *(f"{name} {year}" for name in reversed(names))
    (day,) = days
    english = (way for name in names for way in (f"{day} {name} {year}", f"{name} {day} {year}"))
    return f"{zh}{day}日", f"{zh}{day}号", *english
