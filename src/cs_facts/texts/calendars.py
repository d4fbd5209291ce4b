"""What the words for a time mean in a text: what they leave out is taken from the words around and from its own day.

>>> from cs_facts.dates.edtf import parse_period
>>> Calendar(parse_period("2024-05-02")).months_to(parse_period("2024-33"), 6).edtf
'2023-10/2024-03'
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from cs_facts.dates.edtf import MONTHS, is_day, parse_period, period_of, years_later
from cs_facts.dates.patterns import COUNTS, SEASONS

if TYPE_CHECKING:
    from cs_facts.dates.printed import PrintedDate
    from cs_facts.model import Period
    from cs_facts.numbers.scanner import Token
    from cs_facts.texts.document import Document

_NTHS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "一": 1, "二": 2, "三": 3, "四": 4}
_NTH = r"(?:(?P<nth>first|second|third|fourth)(?:[ -]fiscal)?[ -]quarter|\bQ(?P<q>[1-4]))"
_ENDED = r",? (?:which )?(?:ended|ending|(?:up )?to|through|end)(?: on| in)?(?: the end of)? $"
# How long the months last that end with a date, and of which fiscal quarter or year they are.
_SPAN_BEFORE = re.compile(
    r"\b(?:(?P<count>\d\d?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[ -](?P<unit>month|year)s?|"
    r"(?P<one>quarter|half|week|(?:fiscal |financial |full )?year))"
    rf"(?:[ -]year)?(?: period)?{_ENDED[:-1]}(?:last )?$",
    re.IGNORECASE,
)
_SPAN_BEHIND = re.compile("止的?(?:([三六九]|十二)[个個]月|年度)")
# Quarters, half years and longer that are told by their months.
_MONTHS_LONG = re.compile(r"(?P<count>three|six|nine|twelve|3|6|9|12)[ -]months?\b", re.IGNORECASE)
_FISCAL = re.compile(
    rf"(?:{_NTH}|fiscal year|\byear)[^.;]{{0,24}}?(?:(?:fiscal(?: year)?|FY) ?(?P<number>20\d\d))?"
    rf"[^.;]{{0,24}}?{_ENDED}",
    re.IGNORECASE,
)
_FISCAL_BEHIND = re.compile("止?的?(?P<number>20[0-9]{2})财年第?(?P<nth>[一二三四])(?:财季|季度)")
# Words for a time that have no number, or none that the scanner takes for a date.
RELATIVE = re.compile(
    r"\b(?P<step>last|this|next|previous) (?P<unit>month|quarter)\b|\blast (?P<season>spring|summer|autumn|winter)\b|"
    r"(?P<han>上个?|本|下个?|该(?=财季))(?P<hanunit>月|季度?|财季)(?![份余节節])|"
    r"\b(?:the|for|in|latest) (?P<quarter>quarter)\b(?! (?:end|to\b|of\b|\d|century))|"
    r"(?<![a-z\d-])Q(?P<q>[1-4])(?![a-z\d])|\b(?:on|by) (?P<weekday>mon|tues|wednes|thurs|fri|satur|sun)day\b(?! of)|"
    r"\b(?P<ago>(?:year-(?:ago|earlier)|prior[ -]year) (?:quarter|period|levels?|figures?)|"
    r"(?:a|the) year (?:ago|earlier|before))\b|"
    r"\b(?P<yesterday>yesterday)\b|\bthe (?P<day>following|next|previous) day\b|"
    r"(?P<yearhan>上一?年度?)(?=同期|的[^,，。;；\d]{0,6}\d)|"
    r"(?P<plan>十[一二三四五]五)(?=[”’」\x22]?(?:期间|(?:时期)?(?P<last>末)|时期|以来))|"
    r"(?P<term>(?:报告)?期末)|\bat (?P<close>(?:the )?(?:period|year|quarter)[ -]end"
    r"|the end of the (?:period|year|quarter))\b|"
    r"(?<![\d今去当每全本前明上])(?P<end>年[末底])(?![期前])|"
    r"(?P<whole>(?<!\d年)全年|\bfull[- ]year\b(?=[^.;]{0,200}\d))|"
    r"(?P<feast>春[节節]|[国國][庆慶]|五一)(?:[档檔]|[假长長]期|期[间間]|[长長]假|黄金周)|"
    r"\b(?P<nthplan>1\d)th Five[- ]Year Plan|(?P<ytd>\byear[- ]to[- ]date\b|\bYTD\b|年内累[计計])",
    re.IGNORECASE,
)
_MONTHS = tuple(name[:3].lower() for name in MONTHS)
_WEEKDAYS = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_COMPANY = re.compile(r"\b(?:fiscal|financial year|revenues?|profits?|net sales|earnings)\b", re.IGNORECASE)
# The days of the Spring Festival on which people in China do not work, year by year.
_SPRING_FESTIVALS = (
    *("01-31/02-06", "02-18/02-24", "02-07/02-13", "01-27/02-02", "02-15/02-21", "02-04/02-10", "01-24/02-02"),
    *("02-11/02-17", "01-31/02-06", "01-21/01-27", "02-10/02-17", "01-28/02-04", "02-15/02-23"),
)
_FESTIVALS_FROM = 2014
_STEPS = {"last": -1, "previous": -1, "this": 0, "next": 1, "上": -1, "本": 0, "该": 0, "下": 1}
_TENS = dict(zip("一二三四五", range(11, 16), strict=True))
_PRIOR, _AHEAD = re.compile(r"(?i)prior|previous"), re.compile(r"(?i)next|coming|following|未来|今后")
# A date this many days before its text, or behind it, is that year's, whatever the words around speak of.
_RECENT, _SOON = 62, 16


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the dates of a text count from.

    Attributes:
        published: when the text was, where that is known.
        closes: the last month of the fiscal year; ``later`` is how many years after the year it is called by it ends.
        day: on which the quarter or the year of which a text tells ended; ``company`` is whether it is a company's.

    """

    published: Period | None
    closes: int = 12
    later: int = 0
    day: date | None = None
    company: bool = False

    @classmethod
    def of(cls, document: Document, published: Period | None) -> Calendar:
        """Find the fiscal year of a text: the second quarter of fiscal 2024 ended July 30, 2023."""
        if published and not all(100 < day.year < 9900 for day in (published.start, published.end) if day):
            published = None  # no years to count from lie before it, or behind
        whole = " ".join(paragraph.text for paragraph in document.paragraphs)
        is_indian = re.search(r"India|₹|\b(?:crore|lakh)\b", whole) and re.search(r"FY ?\d\d", whole)
        plain = cls(published, 3 if is_indian else 12, company=bool(_COMPANY.search(whole)) or "财年" in whole)
        if not plain.company:
            return plain
        quarters = {found[0].lower(): found for found in re.finditer(_NTH, whole, re.IGNORECASE)}
        named = next(iter(quarters.values()), None)
        for paragraph in document.paragraphs:
            for token in paragraph.tokens:
                if not (token.date and token.date.first[5:]):
                    continue
                before = paragraph.text[max(token.start - 90, 0) : token.start]
                said = _FISCAL.search(before) or _FISCAL_BEHIND.match(paragraph.text, token.end)
                span, months = _SPAN_BEFORE.search(before), _MONTHS_LONG.match(token.printed)
                nth = COUNTS[months["count"].lower()] // 3 if months and named else 0
                is_named = named and ((span and span["one"] == "quarter") or nth == _nth(named))
                if not said and not is_named:
                    continue
                end = plain.meant(paragraph.text, token, None, is_bare=True)
                if end and end.end:
                    return cls(published, *_closing(end.end, said or named), end.end, company=True)
        return plain

    @property
    def own(self) -> date | None:
        """The day from which what is relative counts: that of the text, else that on which its quarter ended."""
        return self.published.start if self.published else self.day

    @property
    def weekend(self) -> Period | None:
        """The last Friday to Sunday that had begun when the text appeared."""
        if not (self.own and self.published and is_day(self.published)):
            return None
        friday = self.own - timedelta(days=(self.own.weekday() - _WEEKDAYS.index("fri")) % 7)
        return period_of(f"{friday}/{friday + timedelta(days=2)}")

    @property
    def quarter(self) -> Period | None:
        """The last quarter that had ended when the text appeared, or of which it tells."""
        if self.day and not self.published:
            return self.months_to(parse_period(self.day.isoformat()), 3)
        return shifted(self.own, 3, -1) if self.own else None

    def is_ahead(self, period: Period | None) -> bool:
        """Tell whether a period begins after the text."""
        own = self.published
        return bool(period and own and period.start and own.end and period.start > own.end)

    def is_recent(self, period: Period | None) -> bool:
        """Tell whether a period ends just before the text, or as it appears."""
        own = self.published
        if not (own and period and own.start and own.end and period.end) or len(own.edtf) == len("2012"):
            return False
        return (period.end - own.start).days > -_RECENT and (period.end - own.end).days < _SOON

    def meant(self, text: str, token: Token, context: Period | None, *, is_bare: bool = False) -> Period | None:
        """Return the period that a printed date means: what it leaves out is taken from the context.

        Args:
            text: of the paragraph.
            token: the date.
            context: the period of what stands before it.
            is_bare: whether the words around it, which may make it an end or a stretch, are left aside.

        """
        assert token.date
        printed = token.date
        if printed.years is not None:
            return self._years(text, token, printed.years, context)
        if context and printed.first == "XXXX" and _PRIOR.search(token.printed):
            return years_later(context, -1)
        if context and context.end and text.startswith("本年度", token.start):
            return period_of(f"{context.end.year:04}")
        sides = printed.edtf
        if sides.startswith("XXXX-XX-"):
            period = self._in_month(sides, context)
        else:
            year = self._year(printed, context) if "XXXX" in sides else 0
            period = None if year is None else self._fiscal(token, _filled(sides, year))
        return period if is_bare or period is None else self._worded(period, text, token)

    def _years(self, text: str, token: Token, years: float, context: Period | None) -> Period | None:
        own = self.own
        if own is None or (token.printed.endswith("year") and years == 1):
            return None
        whole = round(years)
        if _AHEAD.match(token.printed):
            return period_of(f"{own.year + 1}/{own.year + whole}") if whole > 1 else None
        if token.printed.endswith("months") and context:
            until = one_before(context, 1) if _PRIOR.match(token.printed) else None
            return self.months_to(until or context, round(years * 12))
        if text.startswith("前", token.end) or token.printed.endswith(("ago", "earlier")):
            return period_of(f"{own.year - whole:04}")
        return period_of(f"{own.year - whole:04}/{own.year:04}")

    def _in_month(self, days: str, context: Period | None) -> Period | None:
        """Return days whose month is left out: of a month that is spoken of, or of the last with such days."""
        near = self.own or (context.start if context else None)
        if near is None:
            return None
        period = _filled(days, near.year, near)
        return _filled(days, near.year, near.replace(day=1) - timedelta(days=1)) if self.is_ahead(period) else period

    def _year(self, printed: PrintedDate, context: Period | None) -> int | None:
        """Return the year of a date that leaves it out: that of the context, unless it lies just before the text."""
        own = self.own
        if printed.offset is not None:
            anchor = own or (context.end if context else None)
            return anchor.year + printed.offset if anchor else None
        if own and printed.first[4:]:
            for year in (own.year, own.year - 1):
                if self.is_recent(_filled(printed.last, year)):
                    return year
        near = context.end if context and context.start and context.end else own
        return near.year - self.is_ahead(_filled(printed.first, near.year)) if near else None

    def _fiscal(self, token: Token, period: Period | None) -> Period | None:
        """Return the months of a fiscal quarter or year."""
        if period is None or self.closes == 12 or not period.start:
            return period
        words = token.printed.lower()
        is_named = words.startswith(_MONTHS)  # the June quarter
        if is_quarter(period) and not is_named:
            is_bare = token.date and token.date.first.startswith("XXXX")
            return self._quarter(int(period.edtf[-1]) - 2, None if is_bare else period.start.year)
        if re.fullmatch(r"\d{4}", period.edtf) and (words.startswith(("fiscal", "financial", "fy")) or "财年" in words):
            return self._months(period.start.year + self.later, 4, 12)
        return period

    def _quarter(self, nth: int, year: int | None) -> Period | None:
        """Return a quarter of a fiscal year, of the last with such a quarter before the text where that is not said."""
        own = self.published.end if self.published else None
        if year is None and own:
            years = range(own.year + 1, own.year - 3, -1)
            year = next((each for each in years if (self._ends(each, nth) - own).days <= _SOON), own.year)
        elif year:
            year += self.later
        if year is None or self.closes == 12:
            return period_of(f"{year:04}-{32 + nth}") if year else None
        return self._months(year, nth, 3)

    def _months(self, year: int, quarter: int, months: int) -> Period | None:
        """Return the months that end with a fiscal quarter."""
        return self.months_to(parse_period(self._ends(year, quarter).isoformat()), months)

    def _ends(self, year: int, quarter: int) -> date:
        """Return the last day of a quarter of the fiscal year that ends in a year."""
        year, month = divmod(year * 12 + self.closes - 1 - 3 * (4 - quarter), 12)
        return date(year, month + 1, monthrange(year, month + 1)[1])

    def _worded(self, period: Period, text: str, token: Token) -> Period | None:
        """Return what the words at a date make of it: its middle, the months that end with it, its end, all since."""
        assert token.date
        before = text[max(token.start - 60, 0) : token.start]
        if len(period.edtf) == len("2012") and token.printed.lower().startswith("mid-"):
            period = parse_period(f"{period.edtf}-06-30~")
        span = _SPAN_BEFORE.search(before)
        if span and not (is_quarter(period) and before.endswith(" to ")):  # in the year to Q4: told for the quarter
            return self._lasting(period, *(value.lower() for value in span.groups("") if value))
        if behind := _SPAN_BEHIND.match(text, token.end):
            return self.months_to(period, COUNTS[behind[1]] if behind[1] else 12)
        is_end = before.endswith(("end of ", "end-"))
        if (token.date.ends or is_end) and period.end and len(token.date.first) < len("2022-12-31"):
            is_end = is_end or bool(re.search("[底末]|end", text[token.start : token.end + 1]))
            return period_of(period.end.isoformat()) if is_end else period
        if period.end and period.end.day <= 7 and (months := _MONTHS_LONG.match(token.printed)):
            return self.months_to(period, COUNTS[months["count"].lower()])  # nine months ended October 1
        is_since = re.search("以?来$", token.printed) or re.search("(?i:since)(?: the)? $", before)
        if token.date.begins and period.start and is_since:
            return self._since(period)
        return period

    def _lasting(self, period: Period, *said: str) -> Period | None:
        """Return the months, weeks or years that end with a period: nine months, the fiscal year."""
        assert period.end
        if said == ("week",):
            return period_of(f"{period.end - timedelta(days=6)}/{period.end}")
        if len(said) == 1:
            return self.months_to(period, 3 if said[0] == "quarter" else 6 if said[0] == "half" else 12)
        count, unit = COUNTS.get(said[0]) or int(said[0]), said[1]
        if unit == "year":
            return period_of(f"{period.end.year - count:04}/{period.end.year:04}")
        return self.months_to(period, count)

    def _since(self, period: Period) -> Period | None:
        """Return all since a time: to a year, a month or a day, as it is one."""
        first, own = period.edtf.partition("/")[0], self.own.isoformat() if self.own else ""
        if len(first) == 4 and own:
            return period_of(f"{first}/{own[:4]}" if first < own[:4] else f"{first}-01/{own[:7]}")
        return period_of(f"{first}/{own[: max(len(first), 7)] or '..'}")

    def months_to(self, period: Period, months: int) -> Period | None:
        """Return the months that end with a period: those nearest where it ends on another day than a month does."""
        assert period.end
        end = _month_of(period.end)
        year, month = divmod(end.year * 12 + end.month - months, 12)
        return period_of(f"{year:04}-{month + 1:02}/{end.isoformat()[:7]}")

    def relative(self, found: re.Match[str], context: Period | None, *, is_before: bool) -> Period | None:
        """Return the time that words of `RELATIVE` mean where a text speaks of a period, maybe that before it."""
        said = {name: value.lower() for name, value in found.groupdict().items() if value}
        if plan := said.get("plan") or said.get("nthplan"):  # the twelfth five-year plan began in 2011
            year = 1951 + 5 * (_TENS.get(plan[1]) or int(plan))
            return period_of(f"{year + 4}" if "last" in said else f"{year}/{year + 4}")
        if "feast" in said:
            return self._feast(said["feast"], context)
        if "q" in said:
            quarter = self._quarter(int(said["q"]), context.start.year if context and context.start else None)
            return years_later(quarter, -1) if quarter and self.is_ahead(quarter) else quarter
        if said.keys() & {"weekday", "yesterday"} and self.own and self.published and is_day(self.published):
            back = (self.own.weekday() - _WEEKDAYS.index(said["weekday"])) % 7 if "weekday" in said else 1
            return period_of((self.own - timedelta(days=back)).isoformat())
        if "season" in said and self.own:
            seasons = (period_of(f"{self.own.year - back}-{SEASONS[said['season']]}") for back in (0, 1))
            return next((season for season in seasons if season and season.end and season.end < self.own), None)
        step = _STEPS.get(said.get("step") or said.get("han", "")[:1])
        if step is not None:
            months = 1 if said.get("unit", said.get("hanunit")) in ("month", "月") else 3
            if (is_before or said.get("step") == "previous") and step < 0 and (told := one_before(context, months)):
                return told
            if months == 3 and step == 0 and self.day and "hanunit" in said:
                return self.months_to(parse_period(self.day.isoformat()), 3)
            return shifted(self.own, months, step) if self.own else None
        if context is None or context.start is None or context.end is None:
            return None
        return self._of_context(said, context, context.end, (context.end - context.start).days)

    def _feast(self, name: str, context: Period | None) -> Period | None:
        """Return the holidays of a year that is spoken of."""
        year = context.end.year if context and context.end else self.own.year if self.own else 0
        festivals = dict(enumerate(_SPRING_FESTIVALS, _FESTIVALS_FROM))
        days = festivals.get(year, "") if "春" in name else "05-01/05-05" if name == "五一" else "10-01/10-07"
        return period_of("/".join(f"{year}-{day}" for day in days.split("/")))

    def _of_context(self, said: dict[str, str], context: Period, end: date, lasts: int) -> Period | None:
        """Return the time that words mean only where a text speaks of a period: the year before, its end, all of it."""
        if "ago" in said or "yearhan" in said:
            return years_later(context, -1)
        if "day" in said:
            step = timedelta(days=-1 if said["day"] == "previous" else 1)
            return period_of((end + step).isoformat()) if is_day(context) else None
        if "whole" in said:
            return period_of(f"{end.year:04}")
        if "ytd" in said:
            return self.months_to(context, (end.month - self.closes - 1) % 12 + 1)
        if said.keys() & {"close", "term", "end"}:
            return period_of(f"{end.year:04}-12-31" if "end" in said else end.isoformat())
        if lasts > 92 and self.own and self.own <= end:
            return self.quarter
        return self.months_to(context, 3) if lasts > 31 else None


def _closing(end: date, said: re.Match[str] | None) -> tuple[int, int]:
    """Return the month that closes a fiscal year, of which a quarter or the year itself ends on a day, and how late."""
    words = said.groupdict() if said else {}
    last = _month_of(end)
    year, month = divmod(last.year * 12 + last.month - 1 + 3 * (4 - _nth(said)), 12)
    number = words.get("number")
    return month + 1, year - int(number) if number else int(month + 1 <= 2)


def _nth(said: re.Match[str] | None) -> int:
    """Return which quarter words say; the fourth where they say none."""
    words = said.groupdict() if said else {}
    return _NTHS.get((words.get("nth") or "").lower()) or int(words.get("q") or 4)


def _filled(date_: str, year: int, month: date | None = None) -> Period | None:
    """Return a date in a year or, where it leaves out the month too, in that of a day."""
    if month:
        date_ = date_.replace("XXXX-XX", month.isoformat()[:7])
    sides = re.fullmatch(r"XXXX-(\d\d)(?:-\d\d)?/XXXX-(\d\d)(?:-\d\d)?", date_)
    if sides and sides[1] > sides[2]:
        date_ = date_.replace("XXXX", f"{year - 1:04}", 1)  # April to January
    return period_of(date_.replace("XXXX", f"{year:04}"))


def _month_of(day: date) -> date:
    """Return a day of the month whose end is nearest."""
    return day - timedelta(days=7) if day.day <= 7 else day


def is_quarter(period: Period) -> bool:
    """Tell whether a period is a quarter of a year."""
    return re.fullmatch(r"\d{4}-3[3-6]", period.edtf) is not None


def one_before(period: Period | None, months: int) -> Period | None:
    """Return the month or the quarter before one; none before other periods."""
    if not (period and period.start and period.start.day == 1):
        return None
    last = shifted(period.start, 1, months - 1)
    return shifted(period.start, months, -1) if last and last.end == period.end else None


def shifted(day: date, months: int, steps: int) -> Period | None:
    """Return the month or the quarter some before or after that of a day."""
    nth = (day.year * 12 + day.month - 1) // months + steps
    year, part = divmod(nth, 12 // months)
    return period_of(f"{year:04}-{part + 1:02}" if months == 1 else f"{year:04}-{part + 33}")
