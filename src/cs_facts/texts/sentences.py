"""The dates of a sentence: its own, and those of what it compares something with.

What something is compared with may be said before or behind it: from $4m, than in 2019; 比上年同期的3亿元.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cs_facts.dates.edtf import parse_period, period_of, years_later
from cs_facts.texts.calendars import RELATIVE, Calendar
from cs_facts.texts.wholes import is_of_record, is_within

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cs_facts.dates.printed import PrintedDate
    from cs_facts.model import Period
    from cs_facts.numbers.scanner import Token
    from cs_facts.texts.document import Paragraph, Span

# What something is compared with begins here: before anything, or before a number or a date only.
_OPENS = re.compile(
    r"\b(?:(?:compar(?:ed?|ing) (?:with|to)|versus|vs\.?|against|than|in line with|"
    r"(?:above|below)(?= (?:its|the|their) ))|(?P<near>from|over|on))\b|"
    r"(?<!占)(?P<han>(?:[高低多少优優逊遜]于|[高低]於)(?=[去上\d\0])|[比较較由从從与與跟](?![^,，。;；]{0,16}(?:[来來]看|看[,，]|[来來][说說]|起[,，]))|同(?=[\d\0第]))",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"[;；。]|, by (?=\0)|\b(?:while|whereas|but)\b|,? and (?=[^\0,]{3,80}?\b(?:was|were|rose|fell|grew|"
    r"(?:in|de)creased|declined)\b)|"
    r",? and an? (?:[a-z]+ ){0,3}(?:(?:in|de)crease|reduction|rise|fall|drop|decline|gain)\b",
    re.IGNORECASE,
)
_TO = re.compile(r"\bto (?:(?:an?|the|just|only|about|nearly|almost|around|over|more|than|some) ){0,3}(?![a-z])")
_OWN_CHANGE = re.compile(
    r"[a-z]+\.?(?: to| with)? (?:an?|the) (?:[a-z]+ ){0,3}|\0+同期|上个?(?:月|季度?)的?", re.IGNORECASE
)
YEAR_BEFORE = re.compile(
    r"(?:上年|去年|上一年)同?期|(?<!比)(?<!较)同期|a year (?:ago|earlier|before)|year[- ](?:earlier|ago)|"
    r"(?:same|corresponding|comparable) (?:\w+[- ]){0,2}(?:period|quarter|months?)|(?:prior|previous|last)[ -]year",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:rose|risen|rising|fell|fallen|falling|grew|grown|growing|(?:in|de)creas(?:ed?|ing)|declin(?:ed?|"
    r"ing)|dropp?(?:ed)?|jumped|climbed|slipped|narrowed|widened|improved|surged|plunged|cut|raised|lowered|reduced|"
    r"expanded|up|down|compared|went|(?:un)?changed|flat|steady|higher|lower|rise|fall|drop|decline|decrement|reduction|gain)"
    r"\b[^,;\0]{0,30}(?:\0+[^,;\0]{0,40}){0,2}$",
    re.IGNORECASE,
)
# What joins a list of dates, and of figures; what deals those out to these.
_AND = re.compile(r",? (?:and|or) |, |[、和与及與]|以及")
_LIST = re.compile(r"[^\0,;，；。]{0,24}(?:,? (?:and|or) |, |[、和与及與]|以及)[^\0,;，；。]{0,12}")
_EACH = re.compile("respectively|分[别別]")
_WHOSE = re.compile(r"同期[^,，、。;；\0]{0,12}|[末底初前]?的|[^,，。;；\0]{0,4}\0*[^,，。;；\0]{0,12}普查的")
_ASIDES = re.compile(r"[(（][^()（）]*[)）]|, (?:which|who|where|when|whose)\b[^,]*(?=[,.])")
_SAME = re.compile(
    r"(?:same|corresponding|comparable) (?:[\w-]+ ){0,2}(?:period|quarter|months?)[^,;]{0,8}$", re.IGNORECASE
)
# A year whose same days are meant: 2022年同期, 2010年第六次全国人口普查.
_CENSUS_NTH = re.compile("第.{1,2}次[^,，;；。]{0,14}普[查查]")
_SAME_BEHIND = re.compile(rf"(?<=年)同期|(?<=\(\d{{4}}):|(?<=\d年)(?:{_CENSUS_NTH.pattern})")
# A figure of the time of a record: highest since 2007 (when there were 281,000), below the 2011 level of 12,667.
_OF_IT = re.compile(
    r"(?: with|,? when) (?:[a-z]+ ){0,3}\0+|"
    r"(?: levels?| highs?| lows?| peaks?)?(?: of (?:[a-z]+ ){0,2}\0+| \([^()\0]{0,30}\0[^()]*\))"
)
_SAYING = re.compile("(?:披露|发布|公布|表示|宣布|介绍|电|讯|透露|报道|召开)")
_SAID_ON = re.compile(r"(?:announced|reported|said|published|released)(?: \w+){0,3} (?:on )?$", re.IGNORECASE)
_DATES = 8
# Characters before a comparison that may say its kind; between a figure and what is its own; up to which numbers count.
BACK, CLOSE, FAR = 200, 24, 1000


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence finds when it begins.

    Attributes:
        calendar: of the text.
        period: what was spoken of last, ``is_spoken`` whether in this paragraph.
        flow: the stretch spoken of before a day at which something was counted; none where there is no such day.
        base: with what something was compared last in this paragraph.
        asks: whether the text is that of a survey, whose answers are of when people were asked.

    """

    calendar: Calendar
    period: Period | None
    flow: Period | None = None
    base: Period | None = None
    is_spoken: bool = False
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Date:
    """What a date, or words for a time, mean where they stand."""

    start: int
    end: int
    period: Period
    printed: PrintedDate | None

    @property
    def is_end(self) -> bool:
        """Whether the end of something is meant, at which one counts."""
        return self.printed is None or self.printed.ends


class Dates:
    """The dates of one sentence: ``main`` are its own, ``others`` those of comparisons and asides.

    ``bases`` are the stretches that say what something is compared with.
    """

    def __init__(
        self,
        paragraph: Paragraph,
        masked: str,
        span: Span,
        clauses: Sequence[Span],
        context: Context,
        *,
        in_chinese: bool,
    ) -> None:
        self.text, self.masked, self.span, self.clauses = paragraph.text, masked, span, clauses
        self.tokens = [token for token in paragraph.touching(*span) if token.start >= span[0]]
        self._starts = [token.start for token in self.tokens]
        self.calendar, self.context, self.before = context.calendar, context.period, context
        self.in_chinese = in_chinese
        self.bases = list(self._bases())
        self.asides = [found.span() for found in _ASIDES.finditer(masked, *span)]
        self.main: list[Date] = []
        self.others: list[Date] = []
        words = list(RELATIVE.finditer(self.text, *span))
        for token in self.tokens:
            if token.date:
                while words and words[0].start() < token.start:
                    self._add_relative(words.pop(0))
                self._read(token)
        for found in words:
            self._add_relative(found)
        self.dealt = dict(self._dealt()) if _EACH.search(self.text, *span) else {}

    def within(self, low: int, high: int, *, figures: bool = False) -> list[Token]:
        """Return the numbers, or the figures alone, that begin in a stretch."""
        found = self.tokens[bisect_left(self._starts, low) : bisect_left(self._starts, high)]
        return [token for token in found if token.kind == "figure"] if figures else found

    def _bases(self) -> Iterator[Span]:
        start, end = self.span
        at = start
        while opened := _OPENS.search(self.masked, at, end):
            at = opened.end()
            if not (self._opens_chinese(at) if opened["han"] else not opened["near"] or self._opens_near(opened)):
                continue
            stop = self._chinese_end(at) if opened["han"] else self._end(opened)
            yield opened.start(), stop
            at = max(stop, at)

    def _opens_chinese(self, at: int) -> bool:
        token = self._next(at)
        is_dated = token and token.date and token.date.first[:4] == token.date.last[:4]
        is_close = token and re.fullmatch(r"\w{0,2}|第.{1,2}次\w{2,12}", self.masked[at : token.core[0]])
        return bool(YEAR_BEFORE.match(self.masked, at) or (is_dated and is_close))

    def _opens_near(self, opened: re.Match[str]) -> bool:
        """Tell whether from, over or on compares: rose from $4m, up 5% on the year before; not over 300 people."""
        start, token = opened.start(), self._next(opened.end())
        if opened["near"].lower() == "over" and token and token.date and token.date.years:
            return False  # over the past ten years
        is_said = _CHANGED.search(self.masked, max(self.span[0], start - BACK), start)
        return bool(is_said or any(map(is_change, self.within(start - FAR, start, figures=True)[-4:])))

    def _next(self, place: int) -> Token | None:
        """Return the first number whose digits stand behind a place."""
        found = self.within(place - CLOSE, place + FAR)
        return next((token for token in found if token.core[0] >= place), None)

    def _chinese_end(self, at: int) -> int:
        """Return where a comparison of Chinese ends: behind its date, or behind the figures that are that date's."""
        dated = self._next(at)
        return self._whose_end(dated.end) if dated and dated.date else at

    def _whose_end(self, at: int) -> int:
        """Return where the figures end that stand behind a date and are its: 较2019年的5%, 2019年收入5亿元的水平."""
        end = at
        for behind in self.within(at, at + FAR, figures=True):
            between = self.masked[end : behind.start]
            is_whose = _WHOSE.fullmatch(between) or not (between or is_change(behind))  # 低于2021年46.8元的水平
            if end > at and _AND.fullmatch(between):
                end = behind.end  # 2021年同期为25.5%、15.5%
                continue
            if end > at or behind.start > at + CLOSE or not is_whose:
                break
            end = behind.end
        return end

    def is_compared(self, token: Token, opens: int) -> bool:
        """Tell whether something is compared with a change itself: than a gain of 5%, 2020年同期下降7%."""
        return bool(_OWN_CHANGE.fullmatch(self.masked, opens, token.start))

    def _end(self, opened: re.Match[str]) -> int:
        """Return where a comparison ends, at the latest before a change: from $5m, an increase of 6%."""
        at, end = opened.end(), min(self.span[1], opened.end() + FAR)
        found = _ENDS.search(self.masked, at, end)
        stop = found.start() if found else end
        if opened["near"] and (to := _TO.search(self.masked, at, stop)):
            stop = to.start()
        for token in self.within(at, min(stop, at + FAR), figures=True):
            if (is_change(token) and not self.is_compared(token, opened.start())) or (
                "%" in token.printed and re.search(r"(?:\band|,)(?: by)?\s*$", self.masked[at : token.start])
            ):
                return token.start
        return stop

    def _dealt(self) -> Iterator[tuple[int, Date]]:
        """Yield figures with the dates dealt out to them: $5m and $4m in 2019 and 2018, respectively."""
        dates = sorted((*self.main, *self.others), key=lambda each: each.start)
        figures = [token for token in self.tokens if token.kind == "figure"]
        lists = [[dates[nth] for nth in run] for run in _lists(dates, self.text, _AND)]
        for each in dates:  # 2018年至2020年，分别为1、2、3
            if years := re.fullmatch(r"(\d{4})/(\d{4})", each.period.edtf):
                told = (parse_period(f"{year:04}") for year in range(int(years[1]), int(years[2]) + 1))
                lists.append([replace(each, period=year) for year in told])
        for run in _lists(figures, self.masked, _LIST):
            for dealt in lists:
                if len(run) == len(dealt) > 1:
                    yield from zip((figures[nth].start for nth in run), dealt, strict=True)

    def _read(self, token: Token) -> None:
        assert token.date
        main = self.main[-1].period if self.main else self.context
        period = self.calendar.meant(self.text, token, main)
        if token.date.years and self.text.startswith("平均", token.end):  # 2021年两年平均增长5%
            year = main.edtf if main and main.edtf.isdecimal() else ""
            period = period_of(f"{int(year) + 1 - round(token.date.years):04}/{year}") if year else None
        said_on = _SAID_ON.search(self.masked, max(token.start - CLOSE, self.span[0]), token.start)
        is_said = said_on or _SAYING.match(self.masked, token.end)  # 23日披露, announced on May 23
        if period is None or (is_said and len(token.date.first) == len("2022-12-31")):
            return
        if is_of_record(self.text, token):
            found = _OF_IT.match(self.masked, token.end, self.span[1])
            if found and (then := self.calendar.meant(self.text, token, main, is_bare=True)):
                insort(self.bases, (token.start, found.end()))
                then = self._same_of_year(token, then, main) if main else then
                self.others.append(Date(token.start, token.end, then, token.date))
            return
        printed = token.date
        whole = main if self.main else self.before.flow or main
        if whole and whole.start and period.start:
            period = self._same_of_year(token, period, whole)
        is_prior = printed.first == "XXXX" and printed.offset is None
        is_held = printed.begins and bool(self.main)  # March prices up 5% since May
        self._add(Date(token.start, token.end, period, printed), is_aside=is_prior or is_held)

    def _same_of_year(self, token: Token, period: Period, main: Period) -> Period:
        """Return the days of another year where a year is said for them in a comparison."""
        assert token.date
        printed, base = token.date, span_at(self.bases, token.start)
        before = self.masked[max(token.start - 40, self.span[0]) : token.start]
        told = self.main[-1] if self.main else None
        is_year = period.edtf.isdecimal()
        if is_year and told and told.period.end and _AND.fullmatch(self.text, told.end, token.start):
            return years_later(told.period, int(period.edtf) - told.period.end.year)  # at December 31, 2023 and 2022
        if _SAME.search(before) or _SAME_BEHIND.match(self.text, token.end):  # 2,400 in the same period of 2022
            is_own = re.match("同期[,，]", self.text[token.end : token.end + 3])  # 2019年同期，旅客有3万人
            if not (base or is_own or span_at(self.asides, token.start)):
                insort(self.bases, (token.start, self._chinese_end(token.start)))
            if printed.offset == -1 or not (period.start and main.end):
                return years_later(main, -1)
            return years_later(main, period.start.year - main.end.year)
        if is_year and self.bases and self.bases[0][0] < token.start and is_within(main, parse_period(main.edtf[:4])):
            years = int(period.edtf) - int(main.edtf[:4])  # of a quarter: from 5% in 2023 to 6% in 2024
            return years_later(main, years) if -bool(base) <= years <= 0 else period
        return period

    def _add_relative(self, found: re.Match[str]) -> None:
        if any(token.date and token.end > found.start() for token in self.within(found.start() - CLOSE, found.end())):
            return  # words of a date
        main = self.main[-1].period if self.main else self.context
        before = self.masked[max(found.start() - 2, 0) : found.start()].rstrip('“「"')
        is_aside, is_told = before.endswith(tuple("比较較与與由从從")), self.main or self.before.is_spoken
        is_before = is_aside or bool(is_told and found["han"])
        beside = [token for token in self.within(found.end(), found.end() + 3) if found["weekday"] and token.date]
        period = self.calendar.meant(self.text, beside[0], main) if beside else None  # on Friday, January 20
        if period := period or self.calendar.relative(found, main, is_before=is_before):
            own = self.within(found.end(), found.end() + 1, figures=True) if before.endswith(tuple("由从從")) else []
            end = own[0].end if own else self._whose_end(found.end())  # 由上月上涨0.9%转为下降1.3%
            if (is_aside or found["yearhan"]) and end > found.end():
                insort(self.bases, (found.start(), end))
            self._add(Date(found.start(), found.end(), period, beside[0].date if beside else None), is_aside=is_aside)

    def _add(self, date_: Date, *, is_aside: bool = False) -> None:
        is_other = is_aside or self._is_bracketed(date_) or span_at(self.bases, date_.start)
        last = self.main[-1] if self.main and not is_other else None
        if last and last.end == date_.start and is_within(date_.period, last.period):
            self.main.pop()  # 2025年春节假期
        (self.others if is_other else self.main).append(date_)

    def _is_bracketed(self, date_: Date) -> bool:
        """Tell whether a date stands in an aside and is not all of it, as in 国庆档（9月29日至10月6日）."""
        start, end = span_at(self.asides, date_.start) or (0, 0)
        is_all = (start + 1, end - 1) == (date_.start, date_.end) and start > self.span[0]
        is_own = is_all and not self.text.startswith("》", end) and not self.within(start - CLOSE, start, figures=True)
        return end > 0 and not is_own


def _lists(items: Sequence[Token | Date], text: str, joint: re.Pattern[str]) -> list[list[int]]:
    """Return the places of items in a row that something joins, list by list."""
    lists: list[list[int]] = []
    for nth, item in enumerate(items):
        if nth and joint.fullmatch(text, items[nth - 1].end, item.start):
            lists[-1].append(nth)
        else:
            lists.append([nth])
    return lists


def is_change(token: Token) -> bool:
    """Tell whether a number is a growth or a fall, or how many times."""
    return bool(token.figure and token.figure.form in ("change", "multiple"))


def span_at(spans: Sequence[Span], place: int) -> Span | None:
    """Return which of some stretches, in their order, a place stands in."""
    nth = bisect_left(spans, (place + 1, 0)) - 1
    return spans[nth] if nth >= 0 and place < spans[nth][1] else None


def near(dates: Sequence[Date], place: int) -> Sequence[Date]:
    """Return some dates to either side of a place: a list may be one long sentence."""
    nth = bisect_left(dates, place, key=lambda each: each.start)
    return dates[max(nth - _DATES, 0) : nth + _DATES]
