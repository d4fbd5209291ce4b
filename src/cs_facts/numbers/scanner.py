"""The numbers of a running text, Chinese or English: where each begins and ends, and which are dates.

>>> [numeral.printed for numeral in find_numerals("到2020年底,一般有读者超过了3.5万名,居全镇前三")]
['2020年底', '超过了3.5万', '前三']

Found are Arabic and Chinese numerals, ranks (第十, 前三, 首位), 半 and 双, shares, vague numbers (数百, 十几), both
ends of a range, dates whole, numbers spelt in English. Ordinary words that contain a numeral (一般, 十分) are told
apart by `cs_facts.numbers.idioms`. In doubt a number is shown: who reads a list of numbers passes over one too many, not
over one that is missing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cache
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from cs_facts.dates.edtf import MONTHS, parse_period
from cs_facts.errors import FigureError, PeriodError
from cs_facts.numbers.figures import find_numbers, parse_number
from cs_facts.numbers.idioms import BLANK, mask
from cs_facts.text import narrow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cs_facts.model import Period

_TRADITIONAL = str.maketrans(
    "萬億兩雙個餘幾數後點來統進這種樣體應邊時對動從連貫轉圍參與陸",
    "万亿两双个余几数后点来统进这种样体应边时对动从连贯转围参与陆",
)
"""Traditional characters of numerals and of the commonest words with one, so that one table serves both scripts."""

_DIGIT = "〇○零一二两三四五六七八九"
_CN = rf"(?:[{_DIGIT}十百万亿廿卅]|千(?![克米瓦卡伏赫帕焦])|兆(?![瓦赫帕欧字比]))"
_ARABIC = r"(?:(?<![\d.])\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:[.:/]\d+)*)"
"""A number with its thousands set apart, or digits with what joins them: 3.5, 21:59:43, 1/3."""

_FORMAL = "壹贰貳叁肆伍陆柒捌玖拾佰仟零万亿"
_OTHER = "¼-¾⅐-⅞↉Ⅰ-ↂ①-⒛⓪-⓿❶-➓㈠-㈩㉑-㉟㊀-㊉㊱-㊿俩仨"
"""Numbers of a single character: fractions, Roman and circled numerals, the Chinese for two and three people."""

_COUNTERS = "位个家次批届条套座部例款轮支台项名列艘架所间只颗份对张场期季本辆班"
_MORE = r"超过了?|超|逾|突破|高于|大于|多于|不少于|不低于|至少|不止"
_LESS = r"不足|不到|不满|未满|少于|低于|小于|至多|最多|不超过|不高于|不多于"
_NOT_RECENT = r"(?!(?:\d+|[一二两三四五六七八九十]+)个?[年月天日周期代])"
_ABOUT = rf"大约|大概|(?<![节预公条签合制特])约|将近|接近|(?<![附最临靠亲])近{_NOT_RECENT}"
_BOUND = rf"(?:{_LESS}|{_MORE}|{_ABOUT})"
"""Words before a number that limit it; without them it is another figure."""

_AFTER = (
    r"(?:(?:[^\W\d_零一二三四五六七八九十百千万亿]{0,3}?|\s?[a-zA-Z%]{0,8}\s?)"
    r"(?:及?以上|及?以下|以内|左右|上下(?![\u4e00-\u9fff]))"
    r"|[年天月倍岁]半|个半|个?[年月天倍米里斤吨元岁块]多(?![年月次数样元种家人少大])|个多(?=月|小时|星期))"
)
"""Words behind a number and its counter that limit it or add to it: 3人以上, 三年半, 两个多月."""

_NUMBER = rf"""
    (?:{_BOUND}\s?)?
    (?P<core>
        (?<![{_DIGIT}十几这那每])首(?=[{_COUNTERS}])
      | (?<=[榜居列之])首(?![{_COUNTERS}先都要席脑领])
      | [一两]半(?![年天月日个小]) | 半(?=[{_COUNTERS}年天月日数价米里斤吨百程段费小分载世]) | (?<=[过大近超减上下])半
      | (?<![{_DIGIT}几多每这那成])双
      | [{_OTHER}] | (?=[{_FORMAL}]{{0,40}}[拾佰仟])[{_FORMAL}]{{2,}}
      | [壹贰貳叁肆伍陆柒捌玖拾佰仟万]{{1,40}}(?=[元圆圓])
      | (?:第|(?<![目之以此提年日天月当眼空跟面生])前|百分之|千分之|万分之)?(?:零下|负|(?<![\w)-])-)?(?:[$¥€£]\s?)?
        (?:[几数][{_DIGIT}]?(?=[十百千万亿])|[上成好](?=[百千万亿十]))?
        (?:{_ARABIC}|{_CN})+(?:点[{_DIGIT}]+[万亿]?)?
        (?:[余多几][十百千万亿]*|来(?=[个名人家年次种位天万亿]))?
        (?:分之(?:{_ARABIC}|{_CN})+)?(?:\s?[%‰℃°])?
    )
    (?:{_AFTER})?
    """
_LATIN = re.compile("[A-Za-z]")
_MONTH = "|".join(f"{name}|{name[:3]}[.]?" for name in MONTHS)
_TIME = r"T?\d{1,2}:\d\d(?::\d\d)?|\d{1,2}[时点](?:\d{1,2}分?)?(?:\d{1,2}秒)?"
_SPELT = "[一二三四五六七八九十]"
_DATE = rf"""
    (?P<until>截至|截止到?|到|至)?
    (?P<date>
        (?P<y1>(?<!\d)\d{{4}})[-/.](?P<m1>\d{{1,2}})[-/.](?P<d1>\d{{1,2}})(?!\d)
      | (?P<y2>(?<!\d)\d{{4}})-(?P<m2>0[1-9]|1[0-2])(?![-\d])
      | (?P<y3>(?<!\d)\d{{4}}|[〇○零一二三四五六七八九]{{4}})\s?年
        (?:\s?(?P<m3>\d{{1,2}}|{_SPELT}{{1,2}})月份?(?:(?P<d3>\d{{1,2}}|{_SPELT}{{1,3}})[日号])?)?
      | (?:[今去前明当同本]年\s?)?(?P<m4>(?<![\d.])\d{{1,2}}|(?<![{_DIGIT}十]){_SPELT}{{1,2}})月份?
        (?:(?P<d4>\d{{1,2}}|{_SPELT}{{1,3}})[日号])?
      | (?P<d5>(?<![\d.])\d{{1,2}}|(?<![{_DIGIT}十])[二三]?十?{_SPELT})(?:日(?!游|元|均)|号(?!\w))
      | (?P<y6>(?<![\d.,])\d{{4}})(?=\s?[-–—~～至到]\s?\d{{4}}\s?年)
      | (?:(?P<d7>\d{{1,2}})(?:st|nd|rd|th)?\s)?(?-i:(?P<m7>{_MONTH}))(?:\s(?P<e7>\d{{1,2}})(?!\d))?
        (?:,?\s(?P<y7>\d{{4}}))?(?![a-z\d])
      | (?<![a-z])(?:in|since|by|until|from|to|of|during|year)\s(?P<y8>[12]\d{{3}})(?![,.]?\d)(?!\s\w+s\b)
    )
    (?:\s?(?P<time>{_TIME}))?(?:(?P<ends>底|末)|(?P<begins>年?初|以来|起))?
    """
_ENGLISH = r"""\b(?:half|halves|dozens?|hundreds?|thousands?|millions?|billions?|trillions?|twice|thrice|quarters?
    |zero|one|two|three|five|ten|eleven|twelve|(?:thir|fif|eigh)(?:teen|ty)|(?:four|six|seven|nine)(?:teen|ty)?|eight
    |twenty|forty|eleventh|twelfth|twentieth|(?:thir|four|fif|six|seven|eigh|nine)teenth
    |(?:thir|for|fif|six|seven|eigh|nine)tieth)\b"""
"""What `find_numbers` has no value for: dozens, halves, the parts of two thirds."""


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as a text gives it; what it leaves out is None.

    Attributes:
        time: the time of day as digits joined by colons.
        ends: whether its last day is meant (2021年底), ``begins`` whether its first (2017年以来).

    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    time: str = ""
    ends: bool = False
    begins: bool = False

    def matches(self, when: Period) -> bool:
        """Tell whether a period, or the end of one, is this date.

        A date without a year is that of any year; a date that says an end is met by the day at that end.
        """
        return any(self._is(side) for side in when.edtf.split("/") if side.strip("."))

    def _is(self, side: str) -> bool:
        if self.time and f"T{self.time}" not in side:
            return False
        try:
            theirs, ours = parse_period(side), parse_period(self._edtf(side))
        except PeriodError:
            return False
        first, last = theirs.start == ours.start, theirs.end == ours.end
        return (first and last) or (self.ends and last) or (self.begins and first)

    def _edtf(self, side: str) -> str:
        """Write the date as EDTF, taking from the other side what it leaves out before what it gives."""
        year = side[:4] if self.year is None else f"{self.year:04d}"
        month = f"-{self.month:02d}" if self.month is not None else side[4:7] if self.day is not None else ""
        return f"{year}{month}{'' if self.day is None else f'-{self.day:02d}'}"


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number of a text.

    Attributes:
        start: where it begins and ``end`` where it ends, with the words that limit it: 超过了40万.
        core: the same without those words: 40万.
        printed: the wording from start to end.
        date: what date it is, if it is one.

    """

    start: int
    end: int
    core: tuple[int, int]
    printed: str
    date: PrintedDate | None = None

    def within(self, start: int, end: int) -> bool:
        """Tell whether the number with all its limits lies in a stretch of the text."""
        return start <= self.start and self.end <= end

    def overlaps(self, start: int, end: int) -> bool:
        """Tell whether the number shares a character with a stretch of the text."""
        return self.core[0] < end and start < self.core[1]


def find_numerals(text: str) -> tuple[Numeral, ...]:
    """Return every number of a line of text, left to right, none inside another."""
    plain = mask(narrow(text).translate(_TRADITIONAL))
    found: list[Numeral] = []
    for find in (_dates, _english, _numbers):
        new = list(find(plain))
        plain = _blanked(plain, new)
        found += new
    return tuple(
        replace(numeral, printed=text[numeral.start : numeral.end])
        for numeral in sorted(found, key=attrgetter("start"))
    )


def _blanked(text: str, numerals: Iterable[Numeral]) -> str:
    """Blank out numbers, none of which overlaps another, in one go: a long line has many."""
    pieces, end = [], 0
    for numeral in sorted(numerals, key=attrgetter("start")):
        pieces += [text[end : numeral.start], BLANK * (numeral.end - numeral.start)]
        end = numeral.end
    return "".join([*pieces, text[end:]])


@cache
def _compiled(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Compile a pattern when it is first needed, so that help and completion do not wait for it."""
    return re.compile(pattern, flags | re.VERBOSE)


def _numeral(start: int, end: int, core: tuple[int, int] | None = None, date: PrintedDate | None = None) -> Numeral:
    return Numeral(start, end, core or (start, end), "", date)


def _numbers(text: str) -> Iterator[Numeral]:
    for match in _compiled(_NUMBER).finditer(text):
        if match["core"] != "兆":  # a magnitude that no word begins with
            yield _numeral(*match.span(), core=match.span("core"))


def _english(text: str) -> Iterator[Numeral]:
    """Yield the numbers written with Latin letters: two hundred, 1.2 million, over 300k."""
    spans = [(found.start, found.end) for found in find_numbers(text) if _LATIN.search(text, found.start, found.end)]
    for start, end in spans:
        yield _numeral(start, end)
    for match in _compiled(_ENGLISH, re.IGNORECASE).finditer(text):
        after = bisect_right(spans, match.start(), key=itemgetter(1))  # they stand in a row
        if after == len(spans) or match.end() <= spans[after][0]:
            yield _numeral(*match.span())


def _dates(text: str) -> Iterator[Numeral]:
    for match in _compiled(_DATE, re.IGNORECASE).finditer(text):
        date = _date({name: value for name, value in match.groupdict().items() if value})
        if date:
            start = match.start("y8") if match["y8"] else match.start("date")
            yield _numeral(start, match.end(), date=date)


def _date(groups: Mapping[str, str]) -> PrintedDate | None:
    """Read the named groups of a match: y, m and d with the number of the form they belong to."""
    parts = {name[0]: value for name, value in groups.items() if len(name) == 2 and name != "e7"}
    if "e7" in groups:
        parts["d"] = groups["e7"]
    if "m7" in groups and not parts.keys() & {"y", "d"}:
        return None  # May without a number
    return PrintedDate(
        _whole(parts.get("y")),
        _month(parts.get("m")),
        _whole(parts.get("d")),
        ":".join(f"{int(part):02d}" for part in re.findall(r"\d+", groups.get("time", ""))),
        ends="ends" in groups or "until" in groups,
        begins="begins" in groups,
    )


def _month(text: str | None) -> int | None:
    if text and text[0].isupper():
        return next(place for place, name in enumerate(MONTHS, 1) if name.startswith(text[:3]))
    return _whole(text)


def _whole(text: str | None) -> int | None:
    """Read a year, a month or a day, in digits or spelt."""
    try:
        return int(parse_number(text)) if text else None
    except FigureError:
        return None
