"""Of when the figures of a text speak.

A date of a sentence is the period of its figures unless it is only that of what something is compared with (from, than,
compared with; 比, 较), of a record (the lowest since 2015), of an aside or of an event. A figure without a date of its
own takes the period of the clause before, of its paragraph, of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cs_facts.dates.edtf import is_day, period_of, years_later
from cs_facts.texts.calendars import Calendar
from cs_facts.texts.sentences import BACK, CLOSE, YEAR_BEFORE, Context, Date, Dates, is_change, near, span_at
from cs_facts.texts.wholes import OUTLOOK, Whole, ends_sentence, is_caption, is_within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cs_facts.dates.printed import PrintedDate
    from cs_facts.model import Period
    from cs_facts.numbers.scanner import Token
    from cs_facts.texts.document import Document, Paragraph, Span

_NOW = re.compile(r"\b(?:now|currently|today|at present)\b|目前|如今|[当當]前|[现現]有(?=\0)", re.IGNORECASE)
_ON_YEAR = re.compile("[与與比较較](?:上|去|前一)年(?!同|年)")
_ON_END = re.compile("(?:[连連][续續]|持[续續]|[蝉蟬][联聯])$")
# What a share costs, told for the day of the text.
_SHARES = re.compile(
    r"\bshare(?: price|s (?:were|rose|fell|[a-z]+ed))\b|股[价價]|收[盘盤报報涨漲跌于]|[高低][开開]|[盘盤][前中后後]"
)
# What goes on with the paragraph before.
_OF_LAST = re.compile(
    r"^(?:It |They |[其此]外|其中|分[^，,\0]{1,8}看[，,])|"
    r"\b(?i:in|during|over|for) (?:the|this|the same) (?:[a-z]+-year )?period\b(?! (?:of|from|between|to|last|in)\b)"
)
_AVERAGE = re.compile(r"年均|复合|年平均|平均每年|\bannual(?:ly)?\b|\baverage\b", re.IGNORECASE)
# What is counted over a stretch, not at a day.
_FLOW = re.compile(
    "全年|出栏|价格|物价|收入|支出|产值|增加值|投资|毛利|营收|交付|零售|出口|进口|销售|产量|利润|税|消费|完成|实现|[新净]增|新建|发放|招生|毕业|"
    r"接待|客运|货运|诊疗|(?i:\b(?:dividends?|payments?|revenues?|sales|income|profits?|loss|expens\w+|earnings|spen[dt]\w*|margin|output)\b)",
)
_STOCK = re.compile(
    r"(?i)现金|存款|余额|结存|保有量|"
    r"\b(?:balances?|equity(?! holders)|cash equivalents|net debt|gross loans|loans? portfolio|"
    r"(?:total|customer) deposits?)\b|"
    r"\b(?:assets|deposits|headcount|workforce|debt)\b[^,;\0]{0,60} st(?:ands|ood)\b"
)

# What says that a figure is that of the beginning or of the end of a stretch.
_FROM = re.compile(r"(?:\bfrom (?:an? |the )?(?:[a-z]+ ){0,3}|[从由][^\0,，]{0,12})$", re.IGNORECASE)
_FROM_TO = re.compile(r"(?i)(?:\bfrom\b[^,;]*\0[^,;]*\bto (?:[a-z]+ ){0,2}|[从由][^；;。]*\0[^；;。]*[到至为])$")
_REACHED = re.compile(
    r"(?:达到?|突破|跃居|位居|稳居|[增升提][加长至高][至到]|\b(?:reach(?:ed|ing)?|exceed(?:ed|ing)?))[^\0,，;；累共]{0,6}$"
)
# Months of which reports are made, and longer ones that two times are compared over.
_REPORTED, _QUARTER = re.compile(r"\d{4}-(?:01|04|07|10)"), 99


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
        context = Context(self.calendar, self.whole.period, asks=self.whole.asked)
        self.context = self.carried = self.last = context
        self.said: Period | None = None

    def end_paragraph(self, paragraph: Paragraph) -> None:
        """Carry the period of a heading forward, none of a paragraph with figures, nor of a picture."""
        if is_caption(paragraph):
            self.context = self.carried
            return
        is_heading = not any(token.kind == "figure" for token in paragraph.tokens) and not ends_sentence(paragraph)
        if is_heading and self.context.is_spoken and not OUTLOOK.search(paragraph.text):
            self.carried = replace(self.context, base=None, is_spoken=False)
        self.last, self.context = replace(self.context, base=None), self.carried

    def sentence(
        self, paragraph: Paragraph, masked: str, span: Span, clauses: Sequence[Span], *, in_chinese: bool
    ) -> Sentence:
        """Read the dates of a sentence; what it says of itself is carried forward."""
        if not self.context.is_spoken and _OF_LAST.search(masked, *span):
            self.context = self.last
        if self.said and masked.startswith("其中", span[0]):
            self.context = replace(self.context, period=self.said)  # of the day that the sentence before told of
        said = Sentence(paragraph, masked, span, clauses, self.context, in_chinese=in_chinese)
        self.said = said.main[0].period if len(said.main) == 1 else None
        self.context = said.left()
        return said


class Sentence(Dates):
    """One sentence, asked of when each of its figures speaks."""

    def left(self) -> Context:
        """Return what the next sentence finds: the one period that this one speaks of, what it was compared with."""
        compared = [each.period for each in self.others if span_at(self.bases, each.start)]
        found = replace(self.before, base=compared[-1] if compared else self.before.base)
        main = [each for each in self.main if not (each.printed and each.printed.years)]
        if len({(each.period.start, each.period.end) for each in main}) != 1:
            return found
        said = main[0]
        is_recent = self.calendar.is_recent(said.period)
        is_stock = is_day(said.period) and said.is_end
        if self.before.asks or (is_day(said.period) and not is_stock and is_recent):
            return found
        flow = self._flow(said.period) if is_stock else None
        return replace(found, period=said.period, flow=flow, is_spoken=True)

    def of(self, token: Token) -> Dated:
        """Return of when a figure of the sentence speaks."""
        dealt = self.dealt.get(token.start)
        said = Dated(dealt.period, dealt.printed) if dealt else self._of(token)
        if said.when and said.when.end and (whole := self._up_to(token, said.when)):
            return replace(said, when=whole)
        return said

    def _up_to(self, token: Token, when: Period) -> Period | None:
        """Return all up to a time of which a figure speaks: 连续3年, 连续4个月."""
        assert when.end
        number = token.figure.value if token.figure and token.figure.form == "number" else None
        if not number or not _ON_END.search(self.masked, max(token.start - 4, 0), token.start):
            return None
        if self.text.startswith("个月", token.core[1]):
            return self.calendar.months_to(when, int(number))
        is_years = self.text.startswith("年", token.core[1])
        return period_of(f"{when.end.year + 1 - int(number):04}/{when.end.year:04}") if is_years else None

    def _of(self, token: Token) -> Dated:
        at = token.start
        base = span_at(self.bases, at)
        main = near(self.main, at)
        is_then = base and re.search(r"\bwhen\b", self.masked[slice(*base)])  # since 2010 (when it rose by 6%)
        if base and (not is_change(token) or is_then or self.is_compared(token, base[0])):
            own = [each for each in near(self.others, at) if base[0] <= each.start < base[1]]
            if own:
                return self._said(min(own, key=lambda each: self._distance(each, token)), token)
            return self._compared(token, base, self._main(token, main))
        aside = span_at(self.asides, at)
        inner = [
            each
            for each in near(self.others, at)
            if aside and aside[0] <= each.start < aside[1] and (span_at(self.bases, each.start) or aside)[0] <= aside[0]
        ]
        if inner:
            return self._said(min(inner, key=lambda each: self._distance(each, token)), token)
        beside = self.within(aside[0] - BACK, aside[0], figures=True) if aside else []
        if aside and beside and beside[-1].end > aside[0] - CLOSE:
            return self._of(beside[-1])  # 16,000 (0.8%) in May
        return self._over(token, self._main(token, main))

    def _compared(self, token: Token, base: Span, said: Dated) -> Dated:
        """Return the period of a figure that something is compared with, which has no date: from $4m."""
        spoken = [self.context, *(each.period for each in near(self.main, token.start))]
        if not said.when or any(period and has_sides(period) for period in spoken):
            return said
        is_company = self.calendar.company and self.masked.startswith(("compar", "vers"), base[0])
        is_again = is_company or YEAR_BEFORE.search(self.text, *base)
        is_from = self.masked.startswith(("from", "从", "由"), base[0])
        is_shorter = re.search(r"\b(?:day|week|weekend|month|quarter)s?\b", self.masked[slice(*base)])
        if not (is_again or (is_from and not is_shorter)):
            return said
        return replace(said, when=years_later(said.when, -1), date=None, doubt="inferred")

    def _over(self, token: Token, said: Dated) -> Dated:
        """Return the period of a change: from a year to another, from the day of a count to that of the next."""
        if not is_change(token) or said.when is None or not said.when.end:
            return said
        nth = bisect_left(self.bases, (token.start + 1, 0)) - 1
        is_beside = not self.in_chinese and any(0 < base[0] - token.end < 3 for base in self.bases[nth + 1 : nth + 2])
        nth += is_beside  # up 5% from the month before
        start, end = self.bases[nth] if nth >= 0 else (0, 0)
        dates = [each.period for each in near(self.others, end) if start <= each.start < end]
        base = dates[0] if len(dates) == 1 else None if nth >= 0 else self.before.base
        years = re.fullmatch(r"(\d{4})/(\d{4})", f"{base.edtf if base else ''}/{said.when.edtf}")
        if base and base.start and is_day(base) and is_day(said.when) and (said.when.end - base.start).days > 366:
            return replace(said, when=period_of(f"{base.edtf}/{said.when.edtf}"), doubt="inferred")
        if years and years[1] < years[2]:
            is_pair = self.text.startswith("from", start) and self.within(start, end, figures=True)
            is_far = nth >= 0 and int(years[2]) - int(years[1]) > 1
            if is_far and (is_pair or not is_beside):
                return replace(said, when=period_of(years[0]), doubt="")
        is_on_year = _ON_YEAR.search(self.text, max(self.span[0], token.start - BACK), token.start)
        if is_on_year and said.when.edtf[4:] == "-12-31":
            return replace(said, when=period_of(said.when.edtf[:4]), date=None, doubt="inferred")
        return said

    def _main(self, token: Token, main: Sequence[Date]) -> Dated:
        at = token.start
        start, end = span_at(self.clauses, at) or self.span
        if self.masked[end - 1] in "(（":  # 16,000 (0.8%) in May
            nth = bisect_left(self.clauses, (end, 0))
            end = self.clauses[min(nth + 1, len(self.clauses) - 1)][1]
        here = [each for each in main if start <= each.start < end]
        before = [each for each in main if each.start < start]
        chosen = None
        if here:
            chosen = min(here, key=lambda each: self._distance(each, token))
            if before and chosen.start > at and (self.in_chinese or self._between(at, chosen.start)):
                chosen = before[-1]
        elif before:
            chosen = before[-1]
        if chosen:
            several = len({each.period.edtf for each in main}) > 1
            said = self._said(chosen, token)
            return replace(said, doubt="dates") if several and said.when == chosen.period else said
        return self._carried((start, end), token)

    def _flow(self, day: Period) -> Period | None:
        """Return the stretch spoken of that has a day, else its year."""
        found = self.before.flow or self.context
        return found if found and is_within(day, found) else period_of(day.edtf[:4])

    def _carried(self, clause: Span, token: Token) -> Dated:
        at = token.start
        first = max(self.span[0] if self.in_chinese else clause[0], at - BACK)
        before = self.masked[first:at]
        said = self._before(token)
        own, context = self.calendar.own, self.context
        published = self.calendar.published
        if published and is_day(published) and _SHARES.search(self.text, first, token.end):
            return Dated(published, doubt="inferred")
        is_part = not self.in_chinese and self.calendar.is_recent(context)  # now, at the end of a quarter
        if own and not self.others and _NOW.search(before) and not is_part:
            return Dated(period_of(f"{own.year:04}"), doubt="inferred")
        if self.in_chinese and self.before.base and _FROM.search(said):
            return Dated(self.before.base, doubt="inferred")
        is_stock = _STOCK.search(said)
        if self.before.flow and _FLOW.search(said) and not is_stock:
            return Dated(self.before.flow, doubt="inferred")
        if is_stock and context and context.end and not is_day(context):
            return Dated(period_of(context.end.isoformat()), doubt="inferred")  # balances of a quarter are of its end
        return Dated(self._side(context, said), doubt="" if self.before.is_spoken else "carried")

    def _before(self, token: Token) -> str:
        """Return what stands before the digits of a figure in its sentence."""
        return self.masked[max(self.span[0], token.start - BACK) : token.start] + self.text[token.start : token.core[0]]

    def _said(self, each: Date, token: Token) -> Dated:
        before = self._before(token)
        is_told = any(dates and dates[0].start < token.start for dates in (self.main, self.others))
        is_behind = each.start > token.end and (is_told or _FROM.search(before))
        is_own = is_behind and not self.within(token.end, each.start, figures=True)
        return Dated(each.period if is_own else self._side(each.period, before), each.printed)

    def _side(self, period: Period | None, before: str) -> Period | None:
        """Return the end of a stretch of which a figure speaks: from 90 to 48 is said of its two."""
        if period is None or not has_sides(period):
            return period
        first, _, last = period.edtf.partition("/")
        if _FROM.search(before):
            return period_of(first)
        is_end = _FROM_TO.search(before) or (first.isdecimal() and _REACHED.search(before))
        return period_of(last) if is_end and not _AVERAGE.search(before[-CLOSE:]) else period

    def _between(self, low: int, high: int) -> int:
        """Count the figures between two places that are in no bracket: 16,000 (0.8%) in May."""
        return sum(span_at(self.asides, each.start) is None for each in self.within(low + 1, high, figures=True))

    def _distance(self, date_: Date, token: Token) -> tuple[int, int, int]:
        """Say how far a date is from a figure: by figures between, by whether it belongs to another, by characters."""
        low, high = sorted((date_.start, token.start))
        between = self._between(low, high)
        is_close_behind = 0 < date_.start - token.end < CLOSE
        return between, 1 if is_close_behind else 2, high - low


def has_sides(period: Period) -> bool:
    """Tell whether a period is a stretch from one time to another, and not a fiscal year (2019/20) or quarter."""
    first, slash, last = period.edtf.partition("/")
    if not (slash and period.start and period.end and (period.end - period.start).days > _QUARTER):
        return False
    return last != f"{int(first) + 1}" if first.isdecimal() else not _REPORTED.match(first)
