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
from cs_facts.text import HAN, LATIN, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cs_facts.model import Period

# What stands in a text for a character that belongs to a date, or to a number, already.
TAKEN = "\0"

# What stands in `PrintedDate.first` for a year and a month that the text leaves out.
_NO_YEAR, _NO_MONTH = "XXXX", "XX"

_DIGITS = "〇○零一二三四五六七八九"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_FREE = rf"(?<![\d.{_DIGITS}十两几第])"
_DASH = r"\s?(?:[-–—~]+|至|到)\s?"
_OFFSETS = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "明年": 1, "后年": 2, "last": -1, "this": 0, "next": 1}
_NAME = "(?-i:" + "|".join(f"{name}|{name.upper()}|{name[:3]}\\b[.]?" for name in MONTHS) + r"|Sept\b[.]?)(?![a-z])"
_MONTHS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_NTH = r"\d{1,2}(?:st|nd|rd|th)?(?![\d%]|[.,]\d|:\d)"
_SEASONS = {"春": 21, "夏": 22, "秋": 23, "冬": 24, "spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_COUNTED = (
    "一 1 one first 1st 上 a an|二 2 two second 2nd 下 两|三 3 three third 3rd|四 4 four fourth 4th last|五 5 five"
    "|六 6 six|七 7 seven|八 8 eight|九 9 nine|十 10 ten|十一 11 eleven|十二 12 twelve"
)
_COUNTS = {word: value for value, words in enumerate(_COUNTED.split("|"), 1) for word in words.split()}
_COUNT = "|".join(sorted(_COUNTS, key=len, reverse=True))
_TIME = r"(?P<time>T?[012]?\d:[0-5]\d(?::[0-5]\d)?(?![\d:.])|[012]?\d[时点](?:[0-5]?\d分|半|整)?(?:[0-5]?\d秒)?|零时)"
_NOON = "(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|晚|早)"
_TIME_BEHIND = rf"(?:\s?{_NOON}?\s?{_TIME})?"
_SUB = (
    rf"(?:(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度|前(?P<quarters>[一二两三123])个?季度|前(?P<months>{_MONTH})个?月"
    rf"|(?P<m>{_MONTH})月?{_DASH}(?P<until_m>{_MONTH})月(?!\s?{_DAY}[日号])"
    rf"|(?P<m2>{_MONTH})\s?月(?:份|\s?(?P<d>{_DAY})\s?[日号]|[上中下]旬)?)"
)
_BARE_YEAR = r"(?:1[5-9]|20)\d\d"
_NO_NUMBER = rf"(?![\d%{_DIGITS}十百千万亿多余]|[,.]\d|\s?(?:million|billion|thousand|hundred|percent|per\scent)\b)"
# A year by itself, not 2000 people: what it counts would be in the plural.
_YEAR_ALONE = (
    rf"(?P<at>(?P<y>{_BARE_YEAR})){_NO_NUMBER}(?![ ](?!(?:and|was|is|as|this|has|results|focus|sales|levels|figures|prices"
    r"|earnings|estimates|elections|olympics|games|series)\b)\w+[^isu\W]s\b|[ ](?:people|men|women|children)\b)"
)
_OF_YEAR = r"(?:,?\s(?:of\s)?(?:the\s)?(?:fiscal\s)?(?:year\s)?(?P<y>[12]\d{3})(?!\d))"
_SPAN = r"\d\d?|[一二两三四五六七八九十]{1,3}"

# How dates are written, the longer ways first: what one has found the next do not see. The name of a group tells what it
# holds; digits tell alternatives of one pattern apart; "at" holds the date where a word before it is part of the match.
_DIGITAL = (
    rf"(?<![\d.])(?P<m>{_MONTH})\.(?P<d>\d\d?)\s?[—~至]\s?(?P<until_m>{_MONTH})\.(?P<until_d>\d\d?)(?![\d.%‰]|[万亿倍个])",
    rf"(?<![\d.,/-])(?P<y>[12]\d{{3}})(?P<dash>[-/.])(?P<m>1[0-2]|0?[1-9])(?P=dash)(?P<d>3[01]|[12]\d"
    rf"|0?[1-9])(?![\d/-])(?:[ ]?{_TIME})?",
    r"(?<![\d.,/-])(?P<y>[12]\d{3})(?:-(?P<m>0[1-9]|1[0-2])|/(?P<m2>0?[1-9]|1[0-2]))(?![-/\d])",
    r"(?<![\d.,/-])(?P<d>3[01]|[012]?\d)\.(?P<m>1[0-2]|0?[1-9])\.(?P<y>[12]\d{3})(?![\d/-]|\.\d)",
    rf"(?<![\d.,/-])(?P<y>{_BARE_YEAR})[-–—/](?P<short>\d\d)(?![\d%.,/-]|\s?年)",
)
_CHINESE = (
    rf"(?:(?P<y>(?<![\d.,])[12]\d{{3}}|(?<![{_DIGITS}])[{_DIGITS}]{{4}})\s?年度?(?![代级龄])"
    r"|(?P<rel>今年|本年|去年|前年|明年|后年)|(?:当年|同年|上年|次年)(?=[^\W_]))"
    rf"(?:的?\s?(?:{_SUB}|(?P<season>[春夏秋冬])[季天]))?{_TIME_BEHIND}(?P<fix>年?[底末初中](?![期国]))?",
    rf"{_FREE}(?P<m>[一二三四五六七八])(?P<until_m>[二三四五六七八九])月(?=份|间|[，,、。])",
    rf"{_FREE}{_SUB}{_TIME_BEHIND}(?P<fix>[底末初](?!期))?",
    rf"(?:过去|近|最近|今后|未来)的?\s?(?P<span>{_SPAN})\s?(?P<unit>年)(?![级代多])"
    rf"|(?:过去|最近|今后|未来)的?\s?(?P<span2>{_SPAN})\s?(?P<unit2>个月|周|天)"
    rf"|(?<!连续)(?<!历时)(?<!为期){_FREE}(?P<span3>{_SPAN})[多余]?(?P<unit3>年)(?=[来间]|年均|共|累计|增[加长]|减少|下降|的时间|以来)"
    rf"|(?:^|(?<=[的这，,。；;：:“]))\s?(?P<span4>(?!一)(?:{_SPAN}))\s?(?P<unit4>年)(?=[\s，,。；;]|$)",
    rf"{_FREE}(?!一日)(?P<d>{_DAY})(?:日(?![游元均用报本常程工]|[以之]?内|龄)|号(?![\u4e00-\u9fff](?<![至到起前后晚早上下凌中的在])|[a-z0-9])){_TIME_BEHIND}",
    rf"(?<![\d.])(?:(?P<century>{_DAY})世纪)?(?P<decade>[1-9]0|[一二三四五六七八九]十)年代|(?<![\d.])(?P<century2>{_DAY})世纪",
    rf"{_NOON}{_TIME}",
    r"(?<![\d.])(?P<time>[012]?\d[时点][0-5]?\d分(?:[0-5]?\d秒)?)",
    rf"(?:^|[《“\"（(，。：:；])(?P<at>(?P<y>{_BARE_YEAR}))(?=[\u4e00-\u9fff])"
    r"(?![年月日天岁元位个家次批届条套座部例款轮支台项名列艘架所间只颗份张场期本辆班人倍种村县市镇类处片层级区数成番度分点斤吨米里亩户口"
    r"站组扇封段节枚棵株件幅栋面万亿千百十几多余美港欧平公英海毫立头匹克升字左以至到秒厘寸尺瓶袋盒箱桶车])",
)
_ENGLISH = (
    rf"(?P<d>{_NTH})\s?(?:-|–|—|to|and)\s?(?P<until_d>{_NTH})\s(?P<name>{_NAME})(?:,?\s(?P<y>[12]\d{{3}})(?!\d))?",
    rf"(?<![a-z])(?P<name>{_NAME})\s(?P<d>{_NTH})(?:\s?(?:-|–|—|to|and)\s?(?P<until_d>{_NTH}))?"
    r"(?:,?\s(?P<y>[12]\d{3})(?!\d))?",
    rf"(?<![\d.,])(?P<d>{_NTH})\s(?:of\s)?(?P<name>{_NAME})(?:,?\s(?P<y>[12]\d{{3}})(?!\d))?",
    rf"(?<![a-z])(?:(?:early|late|mid)[ -])?(?P<name>{_NAME}){_OF_YEAR}",
    rf"(?<![a-z])(?P<count>first|second|third|fourth|1st|2nd|3rd|4th"
    rf"|last(?=.{{1,14}}[12]\d{{3}}))[ -](?P<part>quarter|half)(?:[ -]year)?(?![a-z]){_OF_YEAR}?",
    rf"(?<![a-z])first\s(?P<count>{_COUNT})\s(?P<part>months|quarters){_OF_YEAR}?",
    r"(?<![a-z])(?P<part>[QH])(?P<count>[1-4])[ ]?(?:of[ ]|FY[ ]?)?(?P<y>[12]\d{3})(?!\d)"
    r"|(?<!\d)(?P<y2>[12]\d{3})[ ]?(?P<part2>[QH])(?P<count2>[1-4])(?!\d)"
    r"|(?<![\da-z])(?P<count3>[1-4])(?P<part3>[QH])[ ]?(?P<y3>20\d\d|\d\d)(?!\d)",
    rf"(?<![a-z])(?P<season>spring|summer|autumn|fall|winter){_OF_YEAR}",
    r"(?<![a-z])(?:fiscal[ ](?:year[ ])?|FY[ ]?)(?P<y>20\d\d|\d\d)(?!\d)",
    r"(?<![a-z])(?P<rel>last|this|next)[ ]year(?![a-z’'-])|(?<![a-z])(?:the[ ])?(?:previous|prior)[ ]year(?![a-z])",
    rf"(?<![a-z])(?:past|last|previous|next|coming)[ ](?P<span>{_COUNT}|\d\d?)[ ](?P<unit>year|month|week|day|decade)s\b"
    rf"|(?<![a-z])(?!an?[ ](?:year|month|week|day))(?P<span2>{_COUNT}|\d\d?)[ ](?P<unit2>year|month|week|day|decade)s?[ ](?:ago|earlier)\b",
    r"(?<![\d.,])(?P<decade>[12]\d\d0)s\b|(?<![a-z])(?P<century>\d\d)(?:th|st)[ -]century\b",
    rf"(?<![a-z])(?:in|of|from|through|to|since|until|till|by|late|early|mid|during|for|before|after|between|and|or|last"
    rf"|this|next|every|each)[ -](?P<at>(?P<name>{_NAME}))(?![ -]?\d)|(?<![a-z])(?P<name2>(?-i:January|February|July"
    r"|September|October|November|December))(?![a-z]|[ -]?\d)",
    rf"(?<![a-z])(?P<fix>end[ -](?:of[ -])?|year[ -]end[ ]|mid-|early[ ]|late[ ]"
    rf"|beginning[ ]of[ ])(?P<y>{_BARE_YEAR})(?!\d)",
    rf"(?<![a-z])(?:in|since|by|until|till|from|to|of|during|year|through|throughout|after|before|ended|than|for|and|over|enter"
    rf"|entering|between|versus|vs\.?|a|the|its|their|circa)[ ]{_YEAR_ALONE}",
    rf"(?-i:(?<![A-Za-z])(?!No\b|Table|Figure|Note|Room|Route|Highway|Chapter|Section|Page|Over|About|Nearly|Some|Only|Around|Almost"
    rf"|More|Nos|Under|Up|Level|Article|Flight)[A-Z][a-z]+),?[ ]{_YEAR_ALONE}(?!\w)",
)
_YEARS = (
    r"(?<![\d.:/])(?P<time>(?:1[0-2]|0?[1-9])(?::[0-5]\d)?)\s?[ap]\.?m\b\.?"
    r"|(?<![\d.:/])(?P<time2>[012]\d:[0-5]\d(?::[0-5]\d)?)(?![\d:.])",
    rf"(?<![\d.,/$¥€£-])(?P<y>{_BARE_YEAR})(?=\s?(?:[-–—~]|至|到|to\b|/)\s?(?:\0|{_BARE_YEAR}\s?(?![\d.,%])))"
    rf"|(?<![\d.,$¥€£])(?<=[-–—~至到/])(?P<y2>{_BARE_YEAR})(?![\d%.,])(?<=.\d\d)(?=\s?(?:年|[)）;；,，.]|$))",
    rf"(?<=[(（])(?P<y>{_BARE_YEAR})(?=[)）,，;；:：])|(?<![\d.,$¥€£-])(?P<y2>{_BARE_YEAR})(?=[’']s\b)"
    rf"|^(?P<y3>{_BARE_YEAR})(?=$|[ ,])",
)
_ENDS = re.compile(
    r"(?:截至|截止到?|截止|到|至|by[ ]|until[ ]|till[ ]|as[ ]of[ ]|at[ ]the[ ]end[ ]of[ ]|end[ ]of[ ]|through[ ]"
    r"|ended[ ])(?:the[ ])?$",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"(?:自从?|从|since[ ]|from[ ]|beginning[ ]of[ ])(?:the[ ])?$", re.IGNORECASE)
_SINCE = re.compile("以来|之?后|起")
_JOINT = re.compile(r"\s?(?:[-–—~～]+|至|到|to|through|and|/)\s?", re.IGNORECASE)
_SIDES = {"底": "ends", "末": "ends", "初": "begins", "end": "ends", "yea": "ends", "beg": "begins"}
# How much of a year a unit of a span is.
_UNITS = {
    word: years
    for years, words in (
        (10, "decade"),
        (1, "年 year"),
        (1 / 12, "个月 month"),
        (7 / 365, "周 week"),
        (1 / 365, "天 day"),
    )
    for word in words.split()
}
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
        years: how many years up to now or from it: 5 in 五年来, a twelfth for a month.

    """

    first: str = ""
    last: str = ""
    ends: bool = False
    begins: bool = False
    time: str = ""
    offset: int | None = None
    years: float | None = None

    def covered_by(self, period: Period, published: Period | None = None) -> bool:
        """Tell whether a period says this date: it is the period itself, its year, its beginning or its end.

        A date without a year is that of any year, one that counts from now from the year of publication, where that is
        known; one that says an end is met by the day at that end.

        Args:
            period: of a fact.
            published: of the source.

        """
        if self.years is not None:
            return self._lasts(period, self.years, published)
        sides = [side for side in period.edtf.split("/") if side.strip(".")]
        if not self.first:
            return any(f"T{self.time}" in side for side in sides)
        return any(self._is(period, side, published) for side in sides)

    def _lasts(self, period: Period, years: float, published: Period | None) -> bool:
        """Tell whether a period is as long as a span, or up to one of its units longer: five years are 2017 to 2022."""
        end = period.end or (published.end if published else None)
        unit = next((unit for unit in (1, 1 / 12, 7 / 365) if years >= unit), 1 / 365)
        lasts = ((end - period.start).days + 1) / 365.25 if period.start and end else 0
        return years - 0.9 * unit < lasts <= years + unit

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
    for script, ways in _ways():
        for way in ways if script is None or script.search(text) else ():
            at = "at" if "at" in way.groupindex else 0
            new = [
                (match.start(at if match[at] else 0), match.end(), read)
                for match in way.finditer(rest)
                if (read := _read(match))
            ]
            if new:
                rest, found = blanked(rest, [date_[:2] for date_ in new]), found + new
    return [_with_limits(text, *one) for one in _stretches(text, sorted(found, key=lambda one: one[0]))]


@cache
def _ways() -> tuple[tuple[re.Pattern[str] | None, tuple[re.Pattern[str], ...]], ...]:
    """Compile the ways: 25 ms, which a search without a date is spared."""
    flags = re.VERBOSE | re.IGNORECASE | re.ASCII
    scripts = ((None, _DIGITAL), (HAN, _CHINESE), (LATIN, _ENGLISH), (None, _YEARS))
    return tuple((script, tuple(re.compile(way, flags) for way in ways)) for script, ways in scripts)


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Blank out stretches that stand in a row, all in one go: a long line has many."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], TAKEN * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])


def _stretches(text: str, found: list[tuple[int, int, PrintedDate]]) -> list[tuple[int, int, PrintedDate]]:
    """Join dates with a dash or a word for it between them: 2017年至2022年12月18日."""
    dates: list[tuple[int, int, PrintedDate]] = []
    for start, end, read in found:
        begin, until, first = dates[-1] if dates else (0, 0, PrintedDate())
        is_between = text[max(begin - 8, 0) : begin].lower() == "between "
        if joined := _stretch(text[until:start], first, read, is_between):
            dates[-1] = begin, end, joined
        else:
            dates.append((start, end, read))
    return dates


def _stretch(joint_: str, first: PrintedDate, last: PrintedDate, between: bool) -> PrintedDate | None:
    joint = _JOINT.fullmatch(joint_)
    if not joint or not first.first or not last.first or ("and" in joint_.lower() and not between):
        return None
    begin, end = first.first, last.last
    if begin.startswith(_NO_YEAR) and not end.startswith(_NO_YEAR):
        begin = end[:4] + begin[4:]
    elif end.startswith(_NO_YEAR):
        shared = 7 if end.startswith(f"{_NO_YEAR}-{_NO_MONTH}") else 4
        end = begin[:shared] + end[shared:]
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
    said = {name.rstrip("234"): value.lower() for name, value in match.groupdict().items() if value}
    time = ":".join(f"{int(part):02}" for part in re.findall(r"\d+", said.get("time", "")))
    year = said.get("y", _NO_YEAR).translate(_POSITIONAL)
    try:
        if "span" in said:
            return PrintedDate(years=_count(said["span"]) * _UNITS[said["unit"]])
        ends = _named(said, year if len(year) == 4 else f"20{year}")
    except ValueError:
        return None
    side = _SIDES.get(said.get("fix", "").lstrip("年")[:3], "")
    return PrintedDate(*ends, side == "ends", side == "begins", time, _OFFSETS.get(said.get("rel", "")))


def _named(said: Mapping[str, str], year: str) -> tuple[str, str]:
    """Return the beginning and the end of a date as EDTF.

    Raises:
        ValueError: there is no such date.

    """
    part, count = said.get("part", ""), _COUNTS.get(said.get("count", ""), 0)
    code = months = 0
    if "short" in said:  # 2021-22
        if int(said["short"]) != (int(year) + 1) % 100:
            raise ValueError
        return year, f"{int(year) + 1}"
    if "decade" in said:
        century = said["decade"][:2] if len(said["decade"]) == 4 else f"{_count(said.get('century', '20')) - 1:02}"
        return (f"{century}{_count(said['decade'][-2:]) // 10}X",) * 2
    if "century" in said:
        return (f"{_count(said['century']) - 1:02}XX",) * 2
    if "half" in said or part in ("h", "half"):
        code = 39 + (_COUNTS[said["half"]] if "half" in said else count)
    elif "quarter" in said or part in ("q", "quarter"):
        code = 32 + (_COUNTS[said["quarter"]] if "quarter" in said else count)
    elif "season" in said:
        code = _SEASONS[said["season"]]
    elif part or "months" in said or "quarters" in said:
        months = count * (3 if part == "quarters" else 1) or _count(said.get("months", "0"))
        months = months or 3 * _COUNTS[said["quarters"]]
    if code:
        return (f"{year}-{code}",) * 2
    return (f"{year}-01", f"{year}-{months:02}") if months else _days(said, year)


def _days(said: Mapping[str, str], year: str) -> tuple[str, str]:
    """Return a day, some days of one month or two, a month, some months or a year.

    Raises:
        ValueError: there is no such day.

    """
    month = (
        f"{_MONTHS[said['name'][:3]] if 'name' in said else _count(said['m']):02}" if {"name", "m"} & {*said} else ""
    )
    last = f"{_count(said['until_m']):02}" if "until_m" in said else month
    if "d" not in said:
        bare = "" if year == _NO_YEAR and "time" in said else year
        return (f"{year}-{month}", f"{year}-{last}") if month else (bare, bare)
    days = [_count(said.get(name, said["d"]).rstrip("stndrh")) for name in ("d", "until_d")]
    for month_, day in zip((month, last), days, strict=True):
        date(2000 if year == _NO_YEAR else int(year), int(month_ or 1), day)
    return f"{year}-{month or _NO_MONTH}-{days[0]:02}", f"{year}-{last or _NO_MONTH}-{days[1]:02}"


def _count(written: str) -> int:
    """Read a count, a month or a day; one in tens is 十二, 二十 or, its digits read already, 2十4."""
    if written in _COUNTS:
        return _COUNTS[written]
    tens, ten, ones = written.translate(_POSITIONAL).replace("两", "2").partition("十")
    return int(tens or 1) * 10 + int(ones or 0) if ten else int(tens)


def read_date(text: str) -> str:
    """Read a date typed by itself, as YYYY, YYYY-MM or YYYY-MM-DD; empty where the text is none."""
    if re.fullmatch("[0-9]{4}", text):
        return text if text > "0000" else ""
    found = find_dates(plain(text).title())
    is_date = len(found) == 1 and found[0].core == (0, len(text)) and _is_whole(found[0].date)
    return found[0].date.first if is_date else ""


def _is_whole(read: PrintedDate) -> bool:
    """Tell whether a date is a year, a month of one or a day of one, and nothing else."""
    return read == PrintedDate(read.first, read.first) and bool(
        re.fullmatch(r"\d{4}(?:-(?:0\d|1[0-2])(?:-\d\d)?)?", read.first)
    )


def join_dates(query: str) -> str:
    """Put a date of several words in quotes, or its parts together: 28 April 2022, 2022 年 4 月."""
    pieces, at = [], 0
    for found in find_dates(plain(query).title()):
        start, end = found.core
        words = query[start:end]
        quoted = query[:start].count('"') % 2 or query[:start].count("“") > query[:start].count("”")
        if " " in words and not quoted and _is_whole(replace(found.date, ends=False, begins=False)):
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
