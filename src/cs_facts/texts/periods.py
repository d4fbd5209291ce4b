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

from cs_facts.numbers.scanner import Token
from cs_facts.texts.calendars import RELATIVE, Calendar, is_day, period_of, years_later

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cs_facts.dates.parser import PrintedDate
    from cs_facts.model import Period
    from cs_facts.texts.document import Document, Paragraph, Span

# What something is compared with begins here: before anything, or before a number or a date only.
_OPENS = re.compile(
    r"\b(?:(?:compar(?:ed|ing) (?:with|to)|versus|vs\.?|against|than)|(?P<near>from|over|on))\b|"
    r"(?<![环同占对])(?P<han>[比较較由从從与與跟])",
    re.IGNORECASE,
)
_NEAR = re.compile(
    r"(?:[^,.;\0]{0,40}?\0|[^,.;\0]{0,24}(?:ago|earlier|before|previous|prior|preceding|last)\b)", re.IGNORECASE
)
_ENDS = re.compile(
    r"[;；。]|\b(?:while|whereas|but)\b|,? and (?=[^\0,]{3,80}?\b(?:was|were|rose|fell|grew|increased|decreased|"
    r"declined)\b)",
    re.IGNORECASE,
)
_TO = re.compile(r"\bto\b|[到至为]")
_ASIDES = re.compile(r"[(（][^()（）]*[)）]|, (?:which|who|where|when|whose)\b[^,]*(?=,)")
_LAST = (
    r"(?:上年|去年|上一年)同?期|(?<!比)(?<!较)同期|"
    r"same (?:period|quarter|month) (?:of |in )?(?:last|the (?:previous|prior)) year|"
    r"a year (?:ago|earlier|before)|year[- ](?:earlier|ago)|(?:prior|previous)[ -]year (?:period|quarter)"
)
_LAST_YEAR = re.compile(_LAST, re.IGNORECASE)
_YEAR_BEFORE = re.compile(
    rf"{_LAST}|(?:same|corresponding) (?:\w+[- ])?(?:period|quarter|months?)|(?:prior|previous|last)[ -]year",
    re.IGNORECASE,
)
_SAME = re.compile(r"(?:same|corresponding) (?:[\w-]+ )?(?:period|quarter|months?)[^,;]{0,8}$", re.IGNORECASE)
# A record or an event that a date belongs to, and no figure.
_RECORD = re.compile(
    r"(?:\b(?:high|low|large|big|small|great|strong|weak|fast|slow|bad|steep|sharp|warm|hot|cold|wet|dry|wide|long|short)"
    r"i?est\b|\b(?:first|records?|most|best|worst|high|low|peak)\b)[^.;\0]{0,40}\bsince\s*(?:the )?$|"
    r"\bsince [^,.;\0]*\b(?:began|begun|started|announced|launched)\b[^,.;\0]*$|"
    r"\b(?:acquired|announced|launched|founded|founding|acquisitions?|merger)\b[^,.;\0]{0,60}\b(?:on|in|since)\s*$",
    re.IGNORECASE,
)
_RECORD_BEHIND = re.compile(
    r"(?:以来)?(?:同期)?(?:的)?(?:历史)?(?:最|新[高低]|之最|首[次个]|投[产用]|(?:成立|建成|开通|启用)的)"
)
_SAYING = re.compile("(?:披露|发布|公布|表示|宣布|介绍|电|讯|透露|报道|召开)")
_SAID_ON = re.compile(r"(?:announced|reported|said|published|released)(?: \w+){0,3} (?:on )?$", re.IGNORECASE)
_FORECAST = re.compile(
    r"\b(?:forecasts?|projected|predicted|published)(?: by(?: the)? \w+|,)? (?:in|from) $", re.IGNORECASE
)
_NOW = re.compile(
    r"\b(?:now|currently|today|at present|(?:is|are)(?! (?:expected|projected|to be|estimated|\w+ed\b))|"
    r"employs?|owns?|operates?|"
    r"has(?! (?:been|\w+ed|grown|risen|fallen)\b)|houses|serves|handles)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:rose|risen|rising|fell|fallen|falling|grew|grown|growing|(?:in|de)creas(?:ed?|ing)|declin(?:ed?|"
    r"ing)|dropp?(?:ed)?|jumped|"
    r"climbed|slipped|narrowed|widened|improved|surged|plunged|cut|raised|lowered|reduced|expanded|up|down|"
    r"compared|went)"
    r"\b[^,;\0]{0,30}(?:\0+[^,;\0]{0,40}){0,2}$",
    re.IGNORECASE,
)
# The day that a census counts.
_CENSUS = re.compile("(?:[零0]时)?[为是作為]?(?:标准时点|標準時點)")
_GUESS = re.compile(
    r"\b(?:guidance|forecasts?|estimates?|expected|expectations|targets?)\b|预期|预测|目标", re.IGNORECASE
)
# What a text says in its head that looks back on the year before.
_BACKWARD = re.compile(r"[\u4e00-\u9fff]|\b(?:(?:full|whole|fiscal)[- ]year|fourth[- ]quarter)\b", re.IGNORECASE)
_FULL_YEAR = re.compile(r"\bfull[- ]year\b|全年", re.IGNORECASE)
_PAST = re.compile(r"\b(?:was|were|had|did|rose|fell|grew|reached|\w+ed)\b", re.IGNORECASE)

# What says that a figure is that of the beginning or of the end of a stretch.
_FROM = re.compile(r"(?:\bfrom (?:an? |the )?(?:[a-z]+ ){0,3}|[从由][^\0,，]{0,12})$", re.IGNORECASE)
_FROM_TO = re.compile(r"(?:\bfrom\b[^,;]*\0[^,;]*\bto |[从由][^，,；]*\0[^，,；]*[到至])$", re.IGNORECASE)

# Paragraphs of a text in which its own period is looked for, and years by which that may lie back.
_HEAD, _RECENT, _TITLE = 6, 2, 150
# Dates on either side of a figure that it may speak of; characters before a figure that may say its side; characters
# between a figure of English and the date that is its own.
_DATES, _BACK, _CLOSE, _FAR = 8, 200, 24, 1000


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
        self.whole = self.carried = self._first(document)
        self.spoken: Period | None = None

    def end_paragraph(self, paragraph: Paragraph) -> None:
        """Carry the period of a heading forward, none of a paragraph with figures."""
        is_heading = not any(token.kind == "figure" for token in paragraph.tokens) and paragraph.text[-1] not in ".。"
        if is_heading and self.spoken:
            self.carried = self.spoken
        self.spoken = None

    def sentence(
        self, paragraph: Paragraph, masked: str, span: Span, clauses: Sequence[Span], *, in_chinese: bool
    ) -> Sentence:
        """Read the dates of a sentence; what it says of itself is carried forward."""
        context = Context(self.calendar, self.spoken or self.carried, is_spoken=bool(self.spoken))
        said = Sentence(paragraph, masked, span, clauses, context, in_chinese=in_chinese)
        periods = {(each.period.start, each.period.end): each for each in said.main}
        figures = [token for token in said.tokens if token.kind == "figure"]
        if len(periods) == 1:
            [each] = periods.values()
            is_head = not figures or each.start < figures[0].start
            is_event = is_day(each.period) and not (each.printed and each.printed.ends)
            is_passing = self.calendar.is_ahead(each.period) or (is_event and self.calendar.is_recent(each.period))
            if not is_passing and (is_head or not in_chinese):
                self.spoken = each.period
        return said

    def _first(self, document: Document) -> Period | None:
        """Return the period that a text speaks of: that of its title, of its head, else its last full year."""
        titles: list[Period] = []
        prose: list[Period] = []
        if census := self._census(document):
            return census
        for paragraph in document.paragraphs[:_HEAD]:
            is_title = len(paragraph.text) < _TITLE and paragraph.text[-1] not in ".。"
            (titles if is_title else prose).extend(self._said(paragraph))
        months = [period.edtf for paragraph in document.paragraphs for period in self._said(paragraph)]
        found = [*titles, *(period for period in prose if len(period.edtf) != 7 or months.count(period.edtf) > 1)]
        for period in found:
            if not is_day(period):
                return period
        for period in found:
            if not self.calendar.is_recent(period):
                return period
        own = self.calendar.own
        if own is None:
            return None
        text = " ".join(paragraph.text for paragraph in document.paragraphs[:_HEAD])
        return period_of(f"{self.calendar.last_year if _BACKWARD.search(text) else own.year:04}")

    def _said(self, paragraph: Paragraph) -> Iterator[Period]:
        """Yield the periods of a paragraph that a text may speak of as a whole."""
        own, text = self.calendar.own, paragraph.text
        for token in paragraph.tokens:
            printed = token.date
            is_known = printed and not printed.offset and (printed.first[:4].isdecimal() or (own and printed.first[4:]))
            period = self.calendar.meant(text, token, None) if is_known else None
            is_since = token.date and token.date.begins and token.date.first == token.date.last
            before = text[max(token.start - 40, 0) : token.start]
            if period is None or is_since or _is_of_record(text, token) or _FORECAST.search(before):
                continue
            if period.start and (own is None or (period.start < own and period.start.year >= own.year - _RECENT)):
                yield period

    def _census(self, document: Document) -> Period | None:
        """Return the day that a census counts, if a text gives that."""
        for paragraph in document.paragraphs:
            for token in paragraph.tokens:
                if token.date and _CENSUS.match(paragraph.text, token.end):
                    return self.calendar.meant(paragraph.text, token, None)
        return None


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence finds when it begins: the period spoken of, in its own paragraph or before that."""

    calendar: Calendar
    period: Period | None
    is_spoken: bool = False


@dataclass(frozen=True, slots=True)
class _Date:
    start: int
    end: int
    period: Period
    printed: PrintedDate | None


class Sentence:
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
        self.text, self.masked, self.span, self.clauses = paragraph.text, masked, span, clauses
        self.calendar, self.context, self.is_spoken = context.calendar, context.period, context.is_spoken
        self.in_chinese = in_chinese
        self.tokens = [token for token in paragraph.touching(*span) if token.start >= span[0]]
        self.asides = [found.span() for found in _ASIDES.finditer(masked, *span)]
        self._starts = [token.start for token in self.tokens]
        self.bases = list(self._bases())
        self.main: list[_Date] = []
        self.others: list[_Date] = []
        words = list(RELATIVE.finditer(masked, *span))
        for token in self.tokens:
            if token.date:
                while words and words[0].start() < token.start:
                    self._add_relative(words.pop(0))
                self._read(token)
        for found in words:
            self._add_relative(found)

    def _within(self, low: int, high: int, *, figures: bool = False) -> list[Token]:
        """Return the numbers, or the figures alone, that begin in a stretch."""
        found = self.tokens[bisect_left(self._starts, low) : bisect_left(self._starts, high)]
        return [token for token in found if token.kind == "figure"] if figures else found

    def _read(self, token: Token) -> None:
        assert token.date
        main = self.main[-1].period if self.main else self.context
        period = self.calendar.meant(self.text, token, main)
        if period is None or _is_of_record(self.text, token) or self._is_reported(token, period):
            return
        before = self.masked[max(token.start - 40, self.span[0]) : token.start]
        is_base = _span_at(self.bases, token.start) is not None
        if main and main.start and period.start and (_SAME.search(before) or self._is_same_behind(token)):
            period = years_later(main, -1 if token.date.offset == -1 else period.start.year - main.start.year)
            if not is_base:  # 2,400 approved in the same period of 2022
                figures = self._within(token.start - _FAR, token.start, figures=True)
                insort(self.bases, (figures[-1].start if figures else token.start, token.end))
                is_base = True
        is_prior = main is not None and token.date.first == "XXXX" and token.date.offset is None
        self._add(_Date(token.start, token.end, period, token.date), is_aside=is_prior)

    def _add_relative(self, found: re.Match[str]) -> None:
        main = self.main[-1].period if self.main else self.context
        if period := self.calendar.relative(found, main):
            is_aside = self.masked[found.start() - 1 : found.start()] in tuple("比较較与與")
            self._add(_Date(*found.span(), period, None), is_aside=is_aside)

    def _add(self, date_: _Date, *, is_aside: bool = False) -> None:
        is_other = is_aside or _span_at(self.bases, date_.start) or _span_at(self.asides, date_.start)
        (self.others if is_other else self.main).append(date_)

    def _is_same_behind(self, token: Token) -> bool:
        return self.text.startswith("同期", token.end) and len(token.date.first if token.date else "") == len("2012")

    def _is_reported(self, token: Token, period: Period) -> bool:
        """Tell whether a day is only that on which something was said: 23日披露, announced on May 23."""
        assert token.date
        before = self.masked[max(token.start - 40, self.span[0]) : token.start]
        if is_day(period) and period.start == self.calendar.own and not token.date.ends:
            return True
        if _FORECAST.search(before) and not self.calendar.is_ahead(period):
            return True
        is_dated = len(token.date.first) == len("2022-12-31")
        return is_dated and bool(_SAYING.match(self.masked, token.end) or _SAID_ON.search(before[-24:]))

    def _bases(self) -> Iterator[Span]:
        """Yield the stretches that say what something is compared with."""
        start, end = self.span
        at = start
        while opened := _OPENS.search(self.masked, at, end):
            at = opened.end()
            if not self._opens(opened):
                continue
            if opened["han"]:
                stop = self._han_end(at)
            else:
                stop = min([end, *(found.start() for found in [_ENDS.search(self.masked, at, end)] if found)])
                if opened["near"] and (to := _TO.search(self.masked, at, stop)):
                    stop = to.start()
                stop = self._closing(opened.start(), at, stop)
            yield opened.start(), stop
            at = max(stop, at)

    def _opens(self, opened: re.Match[str]) -> bool:
        end = self.span[1]
        if opened["han"]:
            token = self._next(opened.end())
            between = self.masked[opened.end() : token.core[0]] if token else "，"
            is_same = _YEAR_BEFORE.match(self.masked, opened.end())
            return bool(
                is_same
                or (token and token.date and token.date.first == token.date.last and re.fullmatch(r"\w{0,2}", between))
            )
        if not opened["near"]:
            return True
        word = opened["near"].lower()
        if not _NEAR.match(self.masked, opened.end(), end):
            return False
        token = self._next(opened.end())
        if token and token.date and (token.date.years or token.date.first != token.date.last):
            return False
        figures = self._within(opened.start() - _FAR, opened.start(), figures=True)
        is_near = bool(figures) and opened.start() - figures[-1].end < _CLOSE
        if word == "from":
            is_range = bool(
                token and token.kind == "figure" and _TO.search(self.masked, token.end, min(end, token.end + _BACK))
            )
            is_said = _CHANGED.search(self.masked, max(self.span[0], opened.start() - _BACK), opened.start())
            return bool(is_said or any(map(_is_change, figures[-2:]))) if is_near else bool(is_range and is_said)
        is_year = re.match(
            r" (?:the |a )?(?:same|previous|prior|last|year|quarter|month|corresponding)|(?: the| last)? ?\0",
            self.masked[opened.end() :],
        )
        is_date = token is None or (
            token.kind != "figure" and (token.date is None or len(token.date.first) < len("2022-12-31"))
        )
        return is_near and bool(is_year and is_date) and _is_change(figures[-1])

    def _next(self, place: int) -> Token | None:
        """Return the first number whose digits stand behind a place."""
        found = self._within(place - _CLOSE, place + _FAR)
        return next((token for token in found if token.core[0] >= place), None)

    def _han_end(self, at: int) -> int:
        """Return where a comparison of Chinese ends: behind its date, or behind the figures that are that date's."""
        dated = self._next(at)
        if dated is None or not dated.date:
            return at
        behind = self._next(dated.end)
        if behind and re.fullmatch("同?期?[末底初前]?的", self.masked[dated.end : behind.start]):
            return behind.end
        return dated.end

    def _closing(self, opened: int, at: int, stop: int) -> int:
        """Return where a comparison ends before a change, which is no part of it: from $5m, an increase of 6%."""
        before = self._within(opened - _FAR, opened, figures=True)
        for token in self._within(at, min(stop, at + _FAR), figures=True):
            is_also = before and _is_change(before[-1]) and "%" in token.printed
            if _is_change(token) or (is_also and re.search(r"\band\s*$", self.masked[at : token.start])):
                return token.start
        return stop

    def of(self, token: Token) -> Dated:
        """Return of when a figure of the sentence speaks."""
        at = token.start
        base = _span_at(self.bases, at)
        main = _near(self.main, at)
        if base and not _is_change(token):
            own = [each for each in _near(self.others, at) if base[0] <= each.start < base[1]]
            if own:
                return self._said(min(own, key=lambda each: self._distance(each, token)), token)
            whole = self._main(token, main)
            is_from = self.masked.startswith(("from", "从", "由"), base[0])
            spans = [*(each.period for each in main), self.context]
            is_stretch = any(period and re.fullmatch(r"\d{4}/\d{4}", period.edtf) for period in spans)
            is_guess = is_stretch or _GUESS.search(self.masked, *base)
            if whole.when and not is_guess and (is_from or _YEAR_BEFORE.search(self.text, *base)):
                return replace(whole, when=years_later(whole.when, -1), date=None, doubt="inferred")
            return whole
        aside = _span_at(self.asides, at)
        inner = [each for each in _near(self.others, at) if aside and aside[0] <= each.start < aside[1]]
        if inner:
            return self._said(min(inner, key=lambda each: self._distance(each, token)), token)
        return self._over(token, self._main(token, main))

    def _over(self, token: Token, said: Dated) -> Dated:
        """Return the period of a change between years: rose from 2.1 in 1999 to 7.2 in 2020, an increase of 243%."""
        nth = bisect_left(self.bases, (token.start, 0)) - 1
        is_from = nth >= 0 and self.text.startswith("from", self.bases[nth][0])
        if _is_change(token) and is_from and said.when and re.fullmatch(r"\d{4}", said.when.edtf):
            start, end = self.bases[nth]
            years = [each.period.edtf for each in _near(self.others, end) if start <= each.start < end]
            if self._within(start, end, figures=True) and len(years) == 1 and re.fullmatch(r"\d{4}", years[0]):
                return replace(said, when=period_of(f"{years[0]}/{said.when.edtf}"), doubt="")
        return said

    def _main(self, token: Token, main: Sequence[_Date]) -> Dated:
        at = token.start
        start, end = _span_at(self.clauses, at) or self.span
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
        if chosen:
            several = len({each.period.edtf for each in main}) > 1
            said = self._said(chosen, token)
            return replace(said, doubt="dates") if several and said.when == chosen.period else said
        return self._carried((start, end), at)

    def _carried(self, clause: Span, at: int) -> Dated:
        before = self.masked[max(clause[0], at - _BACK) : at]
        published = self.calendar.published
        is_now = not self.in_chinese and _NOW.search(before) and not _PAST.search(before)
        if published and is_day(published) and not self.others and is_now:
            return Dated(period_of(published.edtf[:4]), doubt="inferred")
        if self.context and self.context.start and _FULL_YEAR.search(self.masked, max(self.span[0], at - _BACK), at):
            return Dated(period_of(f"{self.context.start.year:04}"), doubt="inferred")
        return Dated(
            side(self.context, self.masked[max(self.span[0], at - _BACK) : at]),
            doubt="" if self.is_spoken else "carried",
        )

    def _said(self, each: _Date, token: Token) -> Dated:
        before = self.masked[max(self.span[0], token.start - _BACK) : token.start]
        return Dated(side(each.period, before), each.printed)

    def _speaks_of_last_year(self, token: Token, clause: Span) -> bool:
        """Tell whether a clause says *a year earlier* of a figure: of no change, and of one it stands next to."""
        at = token.start
        if _is_change(token):
            return False
        start, end = max(clause[0], at - _BACK), min(clause[1], at + _BACK)
        for match in _LAST_YEAR.finditer(self.text, start, end):
            low, high = sorted((at, match.start()))
            if _span_at(self.bases, match.start()) or self.masked[match.start() - 1 : match.start()] == "\0":
                continue
            if self.in_chinese or not self._within(low + 1, high):
                return True
        return False

    def _distance(self, date_: _Date, token: Token) -> tuple[int, bool, int]:
        """Say how far a date is from a figure: by figures between, by whether it belongs to another, by characters.

        In English a date behind a figure is that figure's: 0.6% in 1990 and 4.2% in 2012.
        """
        low, high = sorted((date_.start, token.start))
        between = len(self._within(low + 1, high, figures=True))
        is_behind = date_.start > token.start
        taken = any(
            each.start != token.start and each.end > date_.start - _CLOSE
            for each in self._within(date_.start - _BACK, date_.start, figures=True)
        )
        return between, is_behind if self.in_chinese else is_behind != taken, high - low


def _span_at(spans: Sequence[Span], place: int) -> Span | None:
    """Return which of some stretches, in their order, a place stands in."""
    nth = bisect_left(spans, (place + 1, 0)) - 1
    return spans[nth] if nth >= 0 and place < spans[nth][1] else None


def _near(dates: Sequence[_Date], place: int) -> Sequence[_Date]:
    """Return some dates to either side of a place: a list may be one long sentence."""
    nth = bisect_left(dates, place, key=lambda each: each.start)
    return dates[max(nth - _DATES, 0) : nth + _DATES]


def _is_change(token: Token) -> bool:
    return bool(token.figure and token.figure.form == "change")


def _is_of_record(text: str, token: Token) -> bool:
    """Tell whether a date says only since when something is a record, or when something else happened."""
    before = text[max(token.start - 60, 0) : token.start]
    return bool(
        _RECORD.search(before)
        or _RECORD_BEHIND.match(text, token.end)
        or re.match("以来(?:同期)?[最新首]", text[token.end :])
    )


def side(period: Period | None, before: str) -> Period | None:
    """Return the end of a stretch that a figure speaks of: from 90 in 1990 to 48 in 2012 is said of its two ends."""
    first, slash, last = period.edtf.partition("/") if period else ("", "", "")
    if not slash or not (first[:4].isdecimal() and last[:4].isdecimal()) or len(first) > len("2012"):
        return period
    if _FROM.search(before):
        return period_of(first) or period
    return (period_of(last) or period) if _FROM_TO.search(before) else period
