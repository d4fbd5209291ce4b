"""Of when the figures of a text speak.

A date of a sentence is the period of its figures unless it is only that of what something is compared with (from, than,
compared with; 比, 较), of a record (the lowest since 2015), of an aside or of an event. A figure without a date of its
own takes the period of the clause before, of its paragraph, of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from cs_facts.dates.edtf import parse_period
from cs_facts.errors import PeriodError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cs_facts.dates.parser import PrintedDate
    from cs_facts.model import Period
    from cs_facts.numbers.scanner import Token
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
_GUESS = re.compile(
    r"\b(?:guidance|forecasts?|estimates?|expected|expectations|targets?)\b|预期|预测|目标", re.IGNORECASE
)
_FULL_YEAR = re.compile(r"\bfull[- ]year\b|全年", re.IGNORECASE)
_PAST = re.compile(r"\b(?:was|were|had|did|rose|fell|grew|reached|\w+ed)\b", re.IGNORECASE)
_SPAN_BEFORE = re.compile(
    r"\b(?:(?P<word>three|six|nine|twelve|12|3|6|9)[ -]months?|(?P<quarter>quarter)|(?P<half>half)|"
    r"(?P<year>(?:fiscal |full )?year))"
    r"(?: period)?,? (?:ended|ending|to|through|end)(?: on| in)? $",
    re.IGNORECASE,
)
_MONTHS = {"three": 3, "six": 6, "nine": 9, "twelve": 12, "12": 12, "3": 3, "6": 6, "9": 9}

# What says that a figure is that of the beginning or of the end of a stretch.
_FROM = re.compile(r"(?:\bfrom (?:an? |the )?(?:[a-z]+ ){0,3}|[从由][^\0,，]{0,12})$", re.IGNORECASE)
_FROM_TO = re.compile(r"(?:\bfrom\b[^,;]*\0[^,;]*\bto |[从由][^，,；]*\0[^，,；]*[到至])$", re.IGNORECASE)

# Paragraphs of a text in which its own period is looked for, years by which that may lie back, and the month up to
# which a text speaks of the year before.
_HEAD, _RECENT, _EARLY = 6, 2, 3
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
        self.published = published
        self.whole = self.carried = self._first(document)
        self.spoken: Period | None = None

    def end_paragraph(self, paragraph: Paragraph) -> None:
        """Carry the period of a heading forward, none of a paragraph with figures."""
        is_heading = not any(token.kind == "figure" for token in paragraph.tokens) and paragraph.text[-1] not in ".。"
        self.carried = self.spoken if self.spoken and is_heading else self.carried or self.whole
        self.spoken = None

    def sentence(
        self, paragraph: Paragraph, masked: str, span: Span, clauses: Sequence[Span], *, in_chinese: bool
    ) -> Sentence:
        """Read the dates of a sentence; what it says of itself is carried forward."""
        context = self.spoken or self.carried
        said = Sentence(
            paragraph,
            masked,
            span,
            clauses,
            context,
            self.published,
            in_chinese=in_chinese,
            is_spoken=bool(self.spoken),
        )
        periods = {each.period.edtf: each for each in said.main}
        figures = [token for token in said.tokens if token.kind == "figure"]
        if len(periods) == 1:
            [each] = periods.values()
            own = self.published
            is_later = own and own.end and each.period.start and each.period.start > own.end
            is_head = not figures or each.token.start < figures[0].start
            if not is_later and (is_head or not in_chinese):
                self.spoken = each.period
        return said

    def _first(self, document: Document) -> Period | None:
        """Return the period that a text speaks of: the first of its head that is no day, else its last full year."""
        own = self.published.start if self.published else None
        found: list[Period] = []
        for paragraph in document.paragraphs[:_HEAD]:
            text = paragraph.text
            for token in paragraph.tokens:
                is_known = token.date and (token.date.first[:4].isdecimal() or (own and token.date.first[4:]))
                period = filled(text, token, None, self.published) if is_known else None
                is_since = token.date and token.date.begins and token.date.first == token.date.last
                before = text[max(token.start - 40, 0) : token.start]
                if period is None or is_since or _is_of_record(text, token) or _FORECAST.search(before):
                    continue
                if re.match("(?:[零0]时)?[为是作]?(?:标准时点|标准)", text[token.end :]):
                    return period
                if period.start and (own is None or (period.start < own and period.start.year >= own.year - _RECENT)):
                    found.append(period)
        if found:
            return next((period for period in found if period.start != period.end), found[0])
        return _period(f"{_last_year(self.published):04}") if own and self.published else None


@dataclass(frozen=True, slots=True)
class _Date:
    token: Token
    period: Period


class Sentence:
    """The dates of one sentence: ``main`` are its own, those of ``bases`` belong to what it compares something with."""

    def __init__(
        self,
        paragraph: Paragraph,
        masked: str,
        span: Span,
        clauses: Sequence[Span],
        context: Period | None,
        published: Period | None,
        *,
        in_chinese: bool,
        is_spoken: bool,
    ) -> None:
        self.text, self.masked, self.span, self.clauses = paragraph.text, masked, span, clauses
        self.context, self.published, self.in_chinese, self.is_spoken = context, published, in_chinese, is_spoken
        self.tokens = [token for token in paragraph.touching(*span) if token.start >= span[0]]
        self.asides = [found.span() for found in _ASIDES.finditer(masked, *span)]
        self._starts = [token.start for token in self.tokens]
        self.bases = list(self._bases())
        self.main: list[_Date] = []
        self.others: list[_Date] = []
        for token in self.tokens:
            if token.date:
                self._read(token)

    def _within(self, low: int, high: int, *, figures: bool = False) -> list[Token]:
        """Return the numbers, or the figures alone, that begin in a stretch."""
        found = self.tokens[bisect_left(self._starts, low) : bisect_left(self._starts, high)]
        return [token for token in found if token.kind == "figure"] if figures else found

    def _read(self, token: Token) -> None:
        main = self.main[-1].period if self.main else self.context
        period = filled(self.text, token, main, self.published)
        if period is None or _is_of_record(self.text, token) or self._is_reported(token, period):
            return
        before = self.masked[max(token.start - 40, self.span[0]) : token.start]
        is_base = _span_at(self.bases, token.start) is not None
        if main and main.start and period.start and (_SAME.search(before) or self._is_same_behind(token)):
            is_last = token.date is not None and token.date.offset == -1
            period = _years_later(main, -1 if is_last else period.start.year - main.start.year)
            if not is_base:  # 2,400 approved in the same period of 2022
                figures = self._within(token.start - _FAR, token.start, figures=True)
                insort(self.bases, (figures[-1].start if figures else token.start, token.end))
                is_base = True
        is_aside = is_base or _span_at(self.asides, token.start) is not None
        (self.others if is_aside else self.main).append(_Date(token, period))

    def _is_same_behind(self, token: Token) -> bool:
        return self.text.startswith("同期", token.end) and len(token.date.first if token.date else "") == len("2012")

    def _is_reported(self, token: Token, period: Period) -> bool:
        """Tell whether a day is only that on which something was said: 23日披露, announced on May 23."""
        assert token.date
        published, before = self.published, self.masked[max(token.start - 40, self.span[0]) : token.start]
        if published and period.start == period.end == published.start and not token.date.ends:
            return True
        if _FORECAST.search(before) and not (published and period.start and _is_after(period.edtf, published)):
            return True
        is_day = len(token.date.first) == len("2022-12-31")
        return is_day and bool(_SAYING.match(self.masked, token.end) or _SAID_ON.search(before[-24:]))

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
            own = [each for each in _near(self.others, at) if base[0] <= each.token.start < base[1]]
            if own:
                return self._said(min(own, key=lambda each: self._distance(each.token, token)), token)
            whole = self._main(token, main)
            is_from = self.masked.startswith(("from", "从", "由"), base[0])
            spans = [*(each.period for each in main), self.context]
            is_stretch = any(period and re.fullmatch(r"\d{4}/\d{4}", period.edtf) for period in spans)
            is_guess = is_stretch or _GUESS.search(self.masked, *base)
            if whole.when and not is_guess and (is_from or _YEAR_BEFORE.search(self.text, *base)):
                return replace(whole, when=_years_later(whole.when, -1), date=None, doubt="inferred")
            return whole
        aside = _span_at(self.asides, at)
        inner = [each for each in _near(self.others, at) if aside and aside[0] <= each.token.start < aside[1]]
        if inner:
            return self._said(min(inner, key=lambda each: self._distance(each.token, token)), token)
        return self._over(token, self._main(token, main))

    def _over(self, token: Token, said: Dated) -> Dated:
        """Return the period of a change between years: rose from 2.1 in 1999 to 7.2 in 2020, an increase of 243%."""
        nth = bisect_left(self.bases, (token.start, 0)) - 1
        is_from = nth >= 0 and self.text.startswith("from", self.bases[nth][0])
        if _is_change(token) and is_from and said.when and re.fullmatch(r"\d{4}", said.when.edtf):
            start, end = self.bases[nth]
            years = [each.period.edtf for each in _near(self.others, end) if start <= each.token.start < end]
            if self._within(start, end, figures=True) and len(years) == 1 and re.fullmatch(r"\d{4}", years[0]):
                return replace(said, when=_period(f"{years[0]}/{said.when.edtf}"), doubt="")
        return said

    def _main(self, token: Token, main: Sequence[_Date]) -> Dated:
        at = token.start
        start, end = _span_at(self.clauses, at) or self.span
        if self._speaks_of_last_year(token, (start, end)):
            before = [each for each in main if each.token.start < at]
            base = before[-1].period if before else self.context
            return Dated(_years_later(base, -1) if base else None, doubt="inferred")
        here = [each for each in main if start <= each.token.start < end]
        before = [each for each in main if each.token.start < start]
        behind = [
            each for each in main if each.token.start >= end and each.token.date and each.token.date.offset is None
        ]
        chosen = None
        if here:
            chosen = min(here, key=lambda each: self._distance(each.token, token))
            if self.in_chinese and chosen.token.start > at and before:
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
        if self.published and not self.others and not self.in_chinese:
            is_day = self.published.start == self.published.end
            if is_day and _NOW.search(before) and not _PAST.search(before):
                return Dated(self.published, doubt="inferred")
        if self.context and self.context.start and _FULL_YEAR.search(self.masked, max(self.span[0], at - _BACK), at):
            return Dated(_period(f"{self.context.start.year:04}"), doubt="inferred")
        return Dated(
            side(self.context, self.masked[max(self.span[0], at - _BACK) : at]),
            doubt="" if self.is_spoken else "carried",
        )

    def _said(self, each: _Date, token: Token) -> Dated:
        before = self.masked[max(self.span[0], token.start - _BACK) : token.start]
        return Dated(side(each.period, before), each.token.date)

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

    def _distance(self, date_: Token, token: Token) -> tuple[int, bool, int]:
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
    nth = bisect_left(dates, place, key=lambda each: each.token.start)
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
        return _period(first) or period
    return (_period(last) or period) if _FROM_TO.search(before) else period


def _last_year(published: Period) -> int:
    """Return the year that a text speaks of by default: until March rather that before its own."""
    assert published.start
    return published.start.year - (published.start.month <= _EARLY)


def filled(text: str, token: Token, context: Period | None, published: Period | None) -> Period | None:
    """Return the period that a printed date means here: what it leaves out is taken from the context."""
    assert token.date
    printed = token.date
    anchor = published.start if published and published.start else context.end if context else None
    if printed.years is not None and anchor:
        if text.startswith("前", token.end) or token.printed.endswith("ago"):
            return _period(f"{anchor.year - round(printed.years):04}")
        last_year = _last_year(published) if published and published.start else anchor.year
        return _period(f"{last_year - printed.years + (last_year != anchor.year):04}/{last_year:04}")
    near = context.start if context and context.start else anchor
    year = near.year if near else None
    if printed.offset is not None:
        year = anchor.year + printed.offset if anchor else None
    elif year and _is_after(printed.first.replace("XXXX", f"{year:04}"), published):
        year -= 1
    if not printed.first or (year is None and "XXXX" in printed.first + printed.last):
        return None
    sides = [side.replace("XXXX", f"{year or 0:04}") for side in (printed.first, printed.last)]
    if near:
        sides = [side.replace("-XX", f"-{near.month:02}", 1) for side in sides]
    period = _period("/".join(dict.fromkeys(sides)))
    return period and _meant(period, text, token, published)


def _meant(period: Period, text: str, token: Token, published: Period | None) -> Period | None:
    """Return what the words at a date make of it: its middle, the months that end with it, its end, all since."""
    assert token.date
    is_year = len(period.edtf) == len("2012")
    if is_year and token.printed.lower().startswith("mid-"):
        period = _period(f"{period.edtf}-06-30~") or period
    if (span := _SPAN_BEFORE.search(text[max(token.start - 40, 0) : token.start])) and period.end:
        return _span_to(period.end, span)
    if token.date.ends and period.end and len(token.date.first) < len("2022-12-31"):
        return _period(period.end.isoformat()) if re.search("[底末]|end", text[token.start : token.end + 1]) else period
    if token.date.begins and period.start and _since(text, token):
        return _period(f"{period.edtf.partition('/')[0]}/{published.edtf[:10] if published else '..'}")
    return period


def _is_after(edtf: str, published: Period | None) -> bool:
    """Tell whether a date of this year would lie after its text: the fourth quarter, told in March."""
    period = _period(edtf)
    return bool(period and published and period.start and published.end and period.start > published.end)


def _since(text: str, token: Token) -> bool:
    return "以来" in token.printed or bool(re.search("(?i:since) $", text[max(token.start - 6, 0) : token.start]))


def _span_to(end: date, span: re.Match[str]) -> Period | None:
    """Return the months that end on a day: the quarter ended March 31."""
    months = 3 if span["quarter"] else 6 if span["half"] else 12 if span["year"] else _MONTHS[span["word"].lower()]
    year, month = divmod(end.year * 12 + end.month - months, 12)
    if end.day >= monthrange(end.year, end.month)[1]:
        return _period(f"{year:04}-{month + 1:02}/{end.year:04}-{end.month:02}")
    day = date(year, month, 1) + timedelta(days=end.day) if month else date(year - 1, 12, 1) + timedelta(days=end.day)
    return _period(f"{day.isoformat()}/{end.isoformat()}")


def _years_later(period: Period, years: int) -> Period:
    edtf = re.sub(r"\b\d{4}(?=-|/|$)", lambda found: f"{int(found[0]) + years:04}", period.edtf)
    return _period(edtf) or period


def _period(edtf: str) -> Period | None:
    try:
        return parse_period(edtf)
    except PeriodError:
        return None
