"""Of when the figures of a text speak.

A date of a sentence is the period of its figures unless it is only that of what something is compared with (from, than,
compared with; 比, 较), of a record (the lowest since 2015), of an aside or of an event. A figure without a date of its
own takes the period of the clause before, of its paragraph, of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cs_facts.texts.calendars import RELATIVE, Calendar, is_day, period_of, years_later
from cs_facts.texts.comparisons import BACK, CLOSE, FAR, LAST_YEAR, YEAR_BEFORE, Comparing, is_change, span_at
from cs_facts.texts.wholes import FORECAST, Whole, is_of_record, is_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cs_facts.dates.parser import PrintedDate
    from cs_facts.model import Period
    from cs_facts.numbers.scanner import Token
    from cs_facts.texts.document import Document, Paragraph, Span

_ASIDES = re.compile(r"[(（][^()（）]*[)）]|, (?:which|who|where|when|whose)\b[^,]*(?=,)")
_SAME = re.compile(
    r"(?:same|corresponding|comparable) (?:[\w-]+ )?(?:period|quarter|months?)[^,;]{0,8}$", re.IGNORECASE
)
# A day in brackets that is no aside: 昨天（7月30日）.
_DAY_BEFORE = re.compile("[昨今][天日晚晨][(（]$")
# A year whose same days are meant: 2022年同期, 2010年第六次全国人口普查.
_CENSUS_NTH = re.compile("第.{1,2}次[^,，;；。]{0,14}普[查查]")
_SAME_BEHIND = re.compile(rf"(?<=年)同期|(?<=\(\d{{4}}):|(?<=\d年)(?:{_CENSUS_NTH.pattern})")
_SAYING = re.compile("(?:披露|发布|公布|表示|宣布|介绍|电|讯|透露|报道|召开)")
_SAID_ON = re.compile(r"(?:announced|reported|said|published|released)(?: \w+){0,3} (?:on )?$", re.IGNORECASE)
_NOW = re.compile(
    r"\b(?:now|currently|today|at present|(?:is|are)(?! (?:expected|projected|to be|estimated|\w+ed\b))|"
    r"employs?|owns?|operates?|"
    r"has(?! (?:been|\w+ed|grown|risen|fallen)\b)|houses|serves|handles)\b",
    re.IGNORECASE,
)
_ON_YEAR = re.compile("[与與比较較](?:上|去|前一)年(?!同|末|底|年)")
_CENSUS_NAMED = re.compile("(?:第(?=.次))?([四五六七八九])(?:次全[国國]人口普查|普(?=[数數公结結]))")
_GUESS = re.compile(
    r"\b(?:guidance|forecasts?|estimates?|expected|expectations|targets?)\b|预期|预测|目标", re.IGNORECASE
)
_AVERAGE = re.compile(r"年均|复合|年平均|平均每年|\bannual(?:ly)?\b|\baverage\b", re.IGNORECASE)
# What is counted over a stretch, not at a day.
_FLOW = re.compile(
    "全年|出栏|价格|物价|收入|支出|产值|增加值|投资|零售|进出口|出口|进口|销售|产量|利润|税|消费|完成|实现|新增|新建|发放|招生"
    r"|dividends?|payments?|毕业|接待|客运|货运|诊疗|\b(?:revenues?|sales|income|profits?|loss|expens\w+|earnings|spen[dt]\w*|margin|output)\b",
    re.IGNORECASE,
)
_FULL_YEAR = re.compile(r"\bfull[- ]year\b|全年", re.IGNORECASE)
_PAST = re.compile(r"\b(?:was|were|had|did|rose|fell|grew|reached|\w+ed)\b", re.IGNORECASE)

# What says that a figure is that of the beginning or of the end of a stretch.
_FROM = re.compile(r"(?:\bfrom (?:an? |the )?(?:[a-z]+ ){0,3}|[从由][^\0,，]{0,12})$", re.IGNORECASE)
_FROM_TO = re.compile(
    r"(?:\bfrom\b[^,;]*\0[^,;]*\bto (?:[a-z]+ ){0,2}|[从由][^；;。]*\0[^；;。]*[到至为])$", re.IGNORECASE
)
_REACHED = re.compile(
    r"(?:达到?|突破|跃居|位居|稳居|[增升提][加长至高][至到]|\b(?:reached|exceeded))[^\0,，;；累共]{0,6}$"
)
# Months for which reports are made, which have no two sides; days from one count to the next at least.
_QUARTERS = re.compile(r"\d{4}-(?:01|04|07|10)(?:-01)?/\d{4}-(?:03|06|09|12)(?:-3\d)?")
_COUNTED = 370

# Dates on either side of a figure that it may speak of; characters before a figure that may say its side; characters
# between a figure of English and the date that is its own.
_DATES = 8


@dataclass(frozen=True, slots=True)
class Dated:
    """Of when a figure speaks.

    Attributes:
        when: the period; None where nothing says one.
        date: the date of its sentence that says so; None where the period is carried forward or inferred.
        doubt: why a person should look: ``carried``, ``dates`` (several in the sentence), ``inferred``; or nothing.

    """

    when: Period | None
    date: PrintedDate | None = None
    doubt: str = ""


UNDATED = Dated(None)


class Dating:
    """The periods of a text's figures, sentence by sentence."""

    def __init__(self, document: Document, published: Period | None) -> None:
        self.calendar = Calendar.of(document, published)
        self.whole = Whole.of(document, self.calendar)
        between = years_later(self.whole.period, -10) if self.whole.census and self.whole.period else None
        self.context = self.carried = Context(self.calendar, self.whole.period, between=between)

    def end_paragraph(self, paragraph: Paragraph) -> None:
        """Carry the period of a heading forward, none of a paragraph with figures."""
        is_heading = not any(token.kind == "figure" for token in paragraph.tokens) and paragraph.text[-1] not in ".。"
        if is_heading and self.context.is_spoken:
            self.carried = replace(self.context, base=None, is_spoken=False)
        self.context = self.carried

    def sentence(
        self, paragraph: Paragraph, masked: str, span: Span, clauses: Sequence[Span], *, in_chinese: bool
    ) -> Sentence:
        """Read the dates of a sentence; what it says of itself is carried forward."""
        if paragraph.number < self.whole.since and not self.context.is_spoken and not is_title(paragraph):
            self.context = replace(self.context, period=self.whole.before)
        said = Sentence(paragraph, masked, span, clauses, self.context, in_chinese=in_chinese)
        self.context = said.left()
        return said


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence finds when it begins.

    Attributes:
        calendar: of the text.
        period: what was spoken of last, ``is_spoken`` whether in this paragraph.
        flow: the stretch spoken of before a day at which something was counted; none where there is no such day.
        base: with what something was compared last in this paragraph; ``between`` the census before that of the text.

    """

    calendar: Calendar
    period: Period | None
    flow: Period | None = None
    base: Period | None = None
    between: Period | None = None
    is_spoken: bool = False


@dataclass(frozen=True, slots=True)
class _Date:
    start: int
    end: int
    period: Period
    printed: PrintedDate | None


class Sentence(Comparing):
    """The dates of one sentence: ``main`` are its own, those of ``bases`` belong to what it compares something with."""

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
        super().__init__(paragraph, masked, span)
        self.clauses = clauses
        self.calendar, self.context, self.before = context.calendar, context.period, context
        self.in_chinese = in_chinese
        self.asides = [found.span() for found in _ASIDES.finditer(masked, *span)]
        self.main: list[_Date] = []
        self.others: list[_Date] = []
        words = [found for found in RELATIVE.finditer(self.text, *span) if self._is_free(found)]
        for token in self.tokens:
            if token.date:
                while words and words[0].start() < token.start:
                    self._add_relative(words.pop(0))
                self._read(token)
        for found in words:
            self._add_relative(found)

    def left(self) -> Context:
        """Return what the next sentence finds: the one period that this one speaks of, what it was compared with."""
        compared = [each.period for each in self.others if span_at(self.bases, each.start)]
        found = replace(self.before, base=compared[-1] if compared else self.before.base)
        if len({(each.period.start, each.period.end) for each in self.main}) != 1:
            return found
        said = self.main[0]
        first = next((token for token in self._figures() if span_at(self.bases, token.start) is None), None)
        is_head = first is None or said.start < first.start or not self.in_chinese
        is_recent = self.calendar.is_recent(said.period)
        is_stock = is_day(said.period) and (said.printed.ends if said.printed else not is_recent)
        is_event = is_day(said.period) and not is_stock and is_recent
        if not is_head or is_event or self.calendar.is_ahead(said.period):
            return found
        flow = (self.before.flow or self.context) if is_stock else None
        return replace(found, period=said.period, flow=flow, is_spoken=True)

    def _figures(self) -> Iterator[Token]:
        return (token for token in self.tokens if token.kind == "figure")

    def _read(self, token: Token) -> None:
        assert token.date
        main = self.main[-1].period if self.main else self.context
        period = self.calendar.meant(self.text, token, main)
        if period is None or is_of_record(self.text, token) or self._is_reported(token, period):
            return
        printed, base = token.date, span_at(self.bases, token.start)
        before = self.masked[max(token.start - 40, self.span[0]) : token.start]
        if main and main.start and period.start and (_SAME.search(before) or _SAME_BEHIND.match(self.text, token.end)):
            period = years_later(
                main, -1 if printed.offset == -1 else period.start.year - (main.end or main.start).year
            )
            if (
                not base and not span_at(self.asides, token.start) and not _CENSUS_NTH.match(self.text, token.end)
            ):  # 2,400 approved in the same period of 2022
                figures = [] if self.in_chinese else self.within(token.start - FAR, token.start, figures=True)
                end = self.chinese_end(token.start) if self.in_chinese else token.end
                insort(self.bases, (figures[-1].start if figures else token.start, end))
        elif base and main and not self.in_chinese and printed.offset == -1 and printed.first == "XXXX":
            period = years_later(main, -1)  # compared with 5% last year
        elif base and printed.offset is None and printed.first[:5] == "XXXX-" and YEAR_BEFORE.search(self.text, *base):
            period = years_later(period, -1)  # compared with 5% in the third quarter of the prior year
        is_ago = printed.years == 1 and token.printed.endswith(("ago", "earlier"))
        is_prior = main is not None and printed.first == "XXXX" and printed.offset is None
        self._add(_Date(token.start, token.end, period, printed), is_aside=is_prior or is_ago)

    def _is_free(self, found: re.Match[str]) -> bool:
        """Tell whether words for a time are part of no date and say no more than when something was told."""
        if any(token.date and token.end > found.start() for token in self.within(found.start() - CLOSE, found.end())):
            return False
        if found["ago"] and found.start() > self.span[0] + len(" In the "):
            return False
        return not _SAID_ON.search(self.masked, max(found.start() - 40, self.span[0]), found.start())

    def _add_relative(self, found: re.Match[str]) -> None:
        main = self.main[-1].period if self.main else self.context
        if period := self.calendar.relative(found, main):
            is_aside = self.masked[found.start() - 1 : found.start()] in tuple("比较較与與")
            self._add(_Date(*found.span(), period, None), is_aside=is_aside)

    def _add(self, date_: _Date, *, is_aside: bool = False) -> None:
        is_bracketed = span_at(self.asides, date_.start) and not _DAY_BEFORE.search(
            self.text, self.span[0], date_.start
        )
        if is_bracketed and self.main and not is_day(date_.period) and _is_within(date_.period, self.main[-1].period):
            is_bracketed = None  # 2023年国庆档（9月29日至10月6日）
        is_other = is_aside or is_bracketed or span_at(self.bases, date_.start)
        (self.others if is_other else self.main).append(date_)

    def _is_reported(self, token: Token, period: Period) -> bool:
        """Tell whether a day is only that on which something was said: 23日披露, announced on May 23."""
        assert token.date
        before = self.masked[max(token.start - 40, self.span[0]) : token.start]
        if is_day(period) and period.start == self.calendar.own and not token.date.ends:
            return True
        if FORECAST.search(before) and not self.calendar.is_ahead(period):
            return True
        is_dated = len(token.date.first) == len("2022-12-31")
        return is_dated and bool(_SAYING.match(self.masked, token.end) or _SAID_ON.search(before[-24:]))

    def of(self, token: Token) -> Dated:
        """Return of when a figure of the sentence speaks."""
        said = self._of(token)
        years = token.figure.value if token.figure and token.figure.form == "number" else None
        if said.when and said.when.end and years and years < 100 and self._is_on_end(token):  # 连续3年
            return replace(said, when=period_of(f"{said.when.end.year + 1 - int(years):04}/{said.when.end.year:04}"))
        return said

    def _is_on_end(self, token: Token) -> bool:
        return self.text.startswith("年", token.core[1]) and self.masked[: token.start].endswith(("连续", "連續"))

    def _of(self, token: Token) -> Dated:
        at = token.start
        base = span_at(self.bases, at)
        main = _near(self.main, at)
        if base and not is_change(token):
            own = [each for each in _near(self.others, at) if base[0] <= each.start < base[1]]
            if own:
                return self._said(min(own, key=lambda each: self._distance(each, token)), token)
            whole = self._main(token, main)
            is_again = any(YEAR_BEFORE.search(self.text, *each) for each in self.bases if each[0] < base[0])
            is_from = self.masked.startswith(("from", "从", "由"), base[0])
            spans = [*(each.period for each in main), self.context]
            is_stretch = any(period and re.fullmatch(r"\d{4}/\d{4}", period.edtf) for period in spans)
            is_guess = is_stretch or _GUESS.search(self.masked, *base)
            if whole.when and not is_guess and (is_from or is_again or YEAR_BEFORE.search(self.text, *base)):
                return replace(whole, when=years_later(whole.when, -1), date=None, doubt="inferred")
            return whole
        aside = span_at(self.asides, at)
        inner = [each for each in _near(self.others, at) if aside and aside[0] <= each.start < aside[1]]
        if inner:
            return self._said(min(inner, key=lambda each: self._distance(each, token)), token)
        return self._over(token, self._main(token, main))

    def _over(self, token: Token, said: Dated) -> Dated:
        """Return the period of a change: from a year to another, from the day of a count to that of the next."""
        if not is_change(token) or said.when is None or not said.when.end:
            return said
        nth = bisect_left(self.bases, (token.start + 1, 0)) - 1
        if any(base[0] - token.end == 1 for base in self.bases[nth + 1 : nth + 2]) and not self.in_chinese:
            return said  # up 5% from the month before
        start, end = self.bases[nth] if nth >= 0 else (0, 0)
        dates = [each.period for each in _near(self.others, end) if start <= each.start < end]
        base = dates[0] if len(dates) == 1 else None if nth >= 0 else self.before.base or self.before.between
        years = re.fullmatch(r"(\d{4})/(\d{4})", f"{base.edtf if base else ''}/{said.when.edtf}")
        if base and base.start and is_day(said.when) and (said.when.end - base.start).days > _COUNTED:
            return replace(said, when=period_of(f"{base.edtf}/{said.when.edtf}"), doubt="inferred")
        if years and years[1] < years[2]:
            is_average = _AVERAGE.search(self.masked, max(self.span[0], token.start - CLOSE), token.start)
            is_pair = self.text.startswith("from", start) and self.within(start, end, figures=True)
            is_far = (
                (nth >= 0 or base is self.before.between)
                and int(years[2]) - int(years[1]) > 1
                and "同期" not in self.text[start : end + 2]
            )
            if is_average:
                return replace(said, when=period_of(f"{int(years[1]) + 1:04}/{years[2]}"), doubt="inferred")
            if is_pair or is_far:
                return replace(said, when=period_of(years[0]), doubt="")
        if (
            is_day(said.when)
            and said.when.edtf[4:] == "-12-31"
            and _ON_YEAR.search(self.text, self.span[0], token.start)
        ):
            return replace(said, when=period_of(said.when.edtf[:4]), date=None, doubt="inferred")
        return said

    def _main(self, token: Token, main: Sequence[_Date]) -> Dated:
        at = token.start
        start, end = span_at(self.clauses, at) or self.span
        if self._speaks_of_last_year(token, (start, end)):
            before = [each for each in main if each.start < at]
            base = before[-1].period if before else self.context
            return Dated(years_later(base, -1) if base else None, doubt="inferred")
        here = [each for each in main if start <= each.start < end]
        before = [each for each in main if each.start < start]
        behind = [each for each in main if each.start >= end and not (each.printed and each.printed.offset is not None)]
        chosen = None
        if here:
            chosen = min(here, key=lambda each: self._distance(each, token))
            if self.in_chinese and chosen.start > at and before:
                chosen = before[-1]
        elif before:
            chosen = before[-1]
        elif behind and not self.in_chinese:
            chosen = behind[0]
        is_stock = chosen and is_day(chosen.period) and chosen.printed and chosen.printed.ends and chosen.start < start
        if is_stock and self.context and self._is_flow(token):
            return Dated(self.before.flow or self.context, doubt="inferred")
        if chosen:
            several = len({each.period.edtf for each in main}) > 1
            said = self._said(chosen, token)
            return replace(said, doubt="dates") if several and said.when == chosen.period else said
        return self._carried((start, end), token)

    def _is_flow(self, token: Token) -> bool:
        """Tell whether the clause of a figure, or of that whose change it is, counts over a stretch."""
        figures = self.within(token.start - BACK, token.start + 1, figures=True)
        of = next((each for each in reversed(figures) if not is_change(each)), token) if is_change(token) else token
        start, _ = span_at(self.clauses, of.start) or self.span
        return bool(_FLOW.search(self.masked, start, token.start))

    def _carried(self, clause: Span, token: Token) -> Dated:
        at = token.start
        before = self.masked[max(clause[0], at - BACK) : at]
        said = self._before(token)
        own, context = self.calendar.own, self.context
        is_now = not self.in_chinese and _NOW.search(before) and not _PAST.search(before)
        if own and not self.others and is_now:
            return Dated(period_of(f"{own.year:04}"), doubt="inferred")
        if self.before.base and _FROM.search(said):
            return Dated(self.before.base, doubt="inferred")
        if self.before.flow and self._is_flow(token):
            return Dated(self.before.flow, doubt="inferred")
        if context and context.end and _FULL_YEAR.search(said):
            return Dated(period_of(f"{context.end.year:04}"), doubt="inferred")
        return Dated(self._side(context, said), doubt="" if self.before.is_spoken else "carried")

    def _before(self, token: Token) -> str:
        """Return what stands before the digits of a figure in its sentence."""
        return self.masked[max(self.span[0], token.start - BACK) : token.start] + self.text[token.start : token.core[0]]

    def _said(self, each: _Date, token: Token) -> Dated:
        before = self._before(token)
        is_told = any(other.start < token.start for other in (*self.main, *self.others))
        if each.start > token.end and (is_told or _FROM.search(before)):
            is_own = not self.within(token.end, each.start, figures=True)
            return Dated(each.period if is_own else self._side(each.period, before), each.printed)
        return Dated(self._side(each.period, before), each.printed)

    def _side(self, period: Period | None, before: str) -> Period | None:
        """Return the end of a stretch of which a figure speaks: from 90 to 48 is said of its two."""
        first, slash, last = period.edtf.partition("/") if period else ("", "", "")
        if not slash or not (first[:4].isdecimal() and last[:4].isdecimal()) or _QUARTERS.fullmatch(f"{first}/{last}"):
            return period
        is_years = len(first) == len(last) == len("2012")
        if _FROM.search(before):  # growth over five years counts from the year before
            own = self.calendar.own
            is_over = is_years and own and int(last) == own.year - 1
            return period_of(f"{int(first) - 1:04}" if is_over else first) or period
        is_end = _FROM_TO.search(before) or (is_years and _REACHED.search(before))
        return (period_of(last) or period) if is_end and not _AVERAGE.search(before[-CLOSE:]) else period

    def _speaks_of_last_year(self, token: Token, clause: Span) -> bool:
        """Tell whether a clause says *a year earlier* of a figure: of no change, and of one it stands next to."""
        at = token.start
        if is_change(token):
            return False
        start, end = max(clause[0], at - BACK), min(clause[1], at + BACK)
        for match in LAST_YEAR.finditer(self.text, start, end):
            low, high = sorted((at, match.start()))
            if span_at(self.bases, match.start()) or self.masked[match.start() - 1 : match.start()] == "\0":
                continue
            if self.in_chinese or not self.within(low + 1, high):
                return True
        return False

    def _distance(self, date_: _Date, token: Token) -> tuple[int, int, int]:
        """Say how far a date is from a figure: by figures between, by whether it belongs to another, by characters.

        In English a date behind a figure is that figure's: 0.6% in 1990 and 4.2% in 2012.
        """
        low, high = sorted((date_.start, token.start))
        between = len(self.within(low + 1, high, figures=True))
        is_behind = date_.start > token.start
        if self.in_chinese:
            return between, is_behind, high - low
        if is_behind:
            return between, 1 if date_.start - token.end < CLOSE else 3, high - low
        figures = self.within(date_.start - BACK, date_.start, figures=True)
        return between, 2 if figures and figures[-1].end > date_.start - CLOSE else 0, high - low


def _near(dates: Sequence[_Date], place: int) -> Sequence[_Date]:
    """Return some dates to either side of a place: a list may be one long sentence."""
    nth = bisect_left(dates, place, key=lambda each: each.start)
    return dates[max(nth - _DATES, 0) : nth + _DATES]


def _is_within(part: Period, whole: Period) -> bool:
    if not (part.start and part.end and whole.start and whole.end):
        return False
    return part.edtf != whole.edtf and part.start >= whole.start and part.end <= whole.end
