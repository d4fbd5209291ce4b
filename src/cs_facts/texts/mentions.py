"""The figures of a text with what the words around each say of it: in which unit it counts, and of when it speaks.

A figure is read in its clause, the clause in its sentence, the sentence in its text: a period that one does not give is
that of the one before it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from cs_facts.dates.edtf import parse_period
from cs_facts.errors import FigureError, PeriodError
from cs_facts.numbers.figures import parse_figure
from cs_facts.text import plain
from cs_facts.texts.units import UNITS, Unit, currency_of, unit_after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cs_facts.dates.parser import PrintedDate
    from cs_facts.model import Figure, Period
    from cs_facts.numbers.scanner import Token
    from cs_facts.texts.document import Document, Paragraph, Span

# What stands for a number while clauses are looked for, so that its points and commas end none, and what for asides.
NUMBER, NOTHING = "\0", "\1"
_ASIDE = re.compile(r"\([^()\0]{0,60}\)|（[^（）\0]{0,60}）|\[[^\[\]\0]{0,20}\]|<[^<>\0]{1,40}>|[*_`]+")
_ABBREVIATION = r"(?<![A-Z])(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bvs)(?<!\bSt)(?<!\bNo)"
_SENTENCE_END = re.compile(rf"[。！？!?；;]+[”’」』）)]*|{_ABBREVIATION}\.[”\"’)]*(?=\s|$)")
_CLAUSE_END = re.compile(r"[，,：:（）()\[\]【】]|——|\s[-–—]\s|—")
_COMPARED = re.compile(
    r"(?:比|较|与|和|同|跟|从|由|相比于?|compared (?:with|to)|against|versus|vs\.?|than|from|over|"
    r"\0[^,.;\0]{0,12} on)\s*"
    r"(?:that |those |levels? |the )?(?:in |of |at )?$",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(
    r"同期|(?:same|corresponding|prior|previous)[ -](?:year )?(?:period|quarter|month)|a year (?:ago|earlier|before)|"
    r"(?:prior|previous)[ -]year|last year",
    re.IGNORECASE,
)
_SAME_PERIOD_LAST_YEAR = re.compile(
    r"(?:上年|去年|上一年)同?期|same (?:period|quarter|month) (?:of |in )?(?:last|the (?:previous|prior)) year|"
    r"a year (?:ago|earlier|before)|"
    r"(?:prior|previous)[ -]year (?:period|quarter)|(?<!比)(?<!较)同期",
    re.IGNORECASE,
)
_SPAN_BEFORE = re.compile(
    r"\b(?:(?P<word>three|six|nine|twelve|12|3|6|9)[ -]months?|(?P<quarter>quarter)|(?P<half>half)|"
    r"(?P<year>(?:fiscal |full )?year))"
    r"(?: period)?,? (?:ended|ending|to|through|end)(?: on)? $",
    re.IGNORECASE,
)
_PEOPLE = re.compile(r"\b(?:population|migration|inhabitants|residents)\b", re.IGNORECASE)

# What says that a figure is that of the beginning or of the end of a stretch.
_FROM = re.compile(r"(?:\bfrom (?:an? |the )?(?:[a-z]+ ){0,3}|[从由][^\0,，]{0,12})$", re.IGNORECASE)
_TO = re.compile(r"(?:\bfrom\b[^,;]*\0[^,;]*\bto |[从由][^，,；]*\0[^，,；]*[到至])$", re.IGNORECASE)
# Characters between a figure of English and the date that is its own.
_CLOSE = 24

# Verbs that end as a word for a rank or a rise does: members number 400, set up 120.
_PHRASAL = re.compile(r"(?:[a-z]s numbers? |\b(?:set|sets|setting|take|took|made|make|build|built) up )$")

# What says that something was said on a day.
_SAYING = re.compile("(?:披露|发布|公布|表示|宣布|介绍|电|讯|透露|报道|召开)")
_SAID_ON = re.compile(r"(?:announced|reported|said|published|released)(?: \w+){0,3} (?:on )?$", re.IGNORECASE)

# Paragraphs of a text in which its own period is looked for, years by which that may lie back, and the month up to
# which a text speaks of the year before.
_HEAD, _RECENT, _EARLY = 6, 2, 3

# Dates on either side of a figure that it may speak of, and characters before it that may say its unit or its side.
_DATES, _BACK = 8, 200

# Characters of a clause to either side of a number beyond which nothing is said of it: a list may be one long clause.
FAR = 1000
_MONTHS = {"three": 3, "six": 6, "nine": 9, "twelve": 12, "12": 12, "3": 3, "6": 6, "9": 9}


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure of a text.

    Attributes:
        paragraph: where it stands, ``token`` where in it; ``end`` is the end of its counter or unit.
        unit: what it counts, as far as a counter, a currency or a noun says.
        clause: the stretch of its clause, ``sentence`` that of its sentence.
        when: the period that it speaks of; None where nothing says one.
        is_dated: whether its own sentence says so; else the period is carried forward.
        date: the date that says so, as printed.

    """

    paragraph: Paragraph
    token: Token
    end: int
    unit: Unit | None
    clause: Span
    sentence: Span
    when: Period | None = None
    is_dated: bool = False
    date: PrintedDate | None = None

    @property
    def printed(self) -> str:
        """The figure with its signs, limits and counter."""
        return self.paragraph.text[self.token.start : self.end]

    @property
    def figure(self) -> Figure | None:
        """What the number says, without its counter or with it: 首个; None where it has no definite reading."""
        figure, text = self.token.figure, self.paragraph.text
        if (
            figure
            and figure.form in ("rank", "change")
            and _PHRASAL.search(text[max(self.token.core[0] - 24, 0) : self.token.core[0]])
        ):
            return _read(text[slice(*self.token.core)])
        return figure or _read(self.printed)

    @property
    def said(self) -> str:
        """The sentence as a text of its own."""
        start, end = self.sentence
        return self.paragraph.text[start:end].strip(" \t\u3000,，;；")


@lru_cache(maxsize=1024)
def _read(printed: str) -> Figure | None:
    try:
        return parse_figure(printed)
    except FigureError:
        return None


def mentions(document: Document, published: Period | None = None) -> Iterator[Mention]:
    """Yield the figures of a text in their order, those without a definite reading too.

    Args:
        document: the text.
        published: when it was, from which *last year* counts.

    """
    carried = _first_period(document, published)
    whole = carried
    for paragraph in document.paragraphs:
        masked = masking(paragraph)
        sentences = _parted(masked, _SENTENCE_END, 0, len(masked))
        spoken: Period | None = None
        last: Mention | None = None
        for sentence in sentences:
            clauses = _parted(masked, _CLAUSE_END, *sentence)
            context = spoken or carried
            ends = [end for _, end in clauses]
            own = [token for token in paragraph.touching(*sentence) if token.start >= sentence[0]]
            filled = [
                (token, period)
                for token in own
                if token.date
                and (period := _filled(paragraph.text, token, context, published))
                and not _is_reported(masked, token, period, published)
            ]
            starts = [token.start for token, _ in filled]
            figures = [token for token in own if token.kind == "figure"]
            for token in figures:
                clause = clauses[bisect_right(ends, token.start)]
                mention = _counted(Mention(paragraph, token, token.end, None, clause, sentence), masked)
                if mention.unit is None:
                    mention = replace(mention, unit=_understood(mention, masked, last))
                last = mention
                nth = bisect_right(starts, token.start)
                yield _dated(mention, masked, filled[max(nth - _DATES, 0) : nth + _DATES], context)
            said = {period.edtf: (token, period) for token, period in filled if not _is_aside(masked, token.start)}
            if len(said) == 1:
                [(token, period)] = said.values()
                is_later = published and published.end and period.start and period.start > published.end
                if not is_later and (not figures or token.start < figures[0].start):
                    spoken = period
        carried = (
            spoken if spoken and not any(token.kind == "figure" for token in paragraph.tokens) else carried or whole
        )


@lru_cache(maxsize=64)
def is_chinese(text: str) -> bool:
    """Tell whether a text is in Chinese rather than in English with a name in Chinese."""
    han = sum("\u3400" <= char <= "\u9fff" for char in text)
    return 4 * han > sum(char.isalpha() for char in text)


def masking(paragraph: Paragraph) -> str:
    """Return the plain text of a paragraph, place for place, with what would part its clauses wrongly blanked out.

    A figure or a date becomes `NUMBER`; footnote marks, bullets and brackets that hold no number `NOTHING`.
    """
    text = plain(paragraph.text)
    pieces, at = [], 0
    for token in paragraph.tokens:
        sign = NUMBER if token.kind in ("figure", "date") else NOTHING
        if sign == NUMBER or not any(char.isalpha() for char in token.printed):
            pieces += [text[at : token.start], sign * (token.end - token.start)]
            at = token.end
    masked = "".join([*pieces, text[at:]])
    return _ASIDE.sub(lambda found: NOTHING * len(found[0]), masked)


def _parted(masked: str, end: re.Pattern[str], first: int, last: int) -> list[Span]:
    """Divide a stretch at what ends a part; no part is empty."""
    parts, at = [], first
    for match in end.finditer(masked, first, last):
        if match.start() > at:
            parts.append((at, match.end()))
        at = match.end()
    return [*parts, (at, last)] if at < last or not parts else parts


def _counted(mention: Mention, masked: str) -> Mention:
    """Add the unit that stands behind a number, or its currency."""
    token, figure = mention.token, mention.token.figure
    if figure and figure.form in ("rank", "multiple", "ratio"):
        return mention
    if "百分点" in plain(token.printed) or re.search(r"\bp(?:ercentage )?p(?:oin)?ts?\b", token.printed):
        return replace(mention, unit=UNITS["百分点"])
    if figure and (figure.form == "share" or re.search("[%％‰成]|per ?cent", token.printed)):
        return replace(mention, unit=UNITS["%"])
    if currency := currency_of(token.printed):
        return replace(mention, unit=currency)
    core = token.core[1]
    # the counter may stand before the words that limit it: 65岁及以上, 20天以上
    found = (unit_after(mention.paragraph.text, core) if core < token.end else None) or unit_after(masked, token.end)
    return replace(mention, unit=found[0], end=max(found[1], token.end)) if found else mention


def _understood(mention: Mention, masked: str, last: Mention | None) -> Unit | None:
    """Return the unit that is left out: 5.3 million in Scotland, a population of 63.7 million, 65 and older."""
    if mention.figure is None or mention.figure.form not in ("number", "range", "vague", "change"):
        return None
    if re.search("(?i)old|young", mention.printed) or re.search(
        r"(?i)\baged? $", masked[max(mention.token.start - 8, 0) : mention.token.start]
    ):
        return UNITS["岁"]
    if _PEOPLE.search(masked[max(mention.sentence[0], mention.token.start - _BACK) : mention.token.start]):
        return UNITS["people"]
    if is_chinese(masked):
        return (
            UNITS["人"]
            if re.search("人口|人数", masked[max(mention.clause[0], mention.token.start - _BACK) : mention.token.start])
            else None
        )
    is_next = last is not None and last.sentence == mention.sentence and last.unit is not None
    ends = re.match(r"\s*(?:in|to|for|from|by|at|on|and|of|or)\b|\s*[,.;:()]", masked[mention.token.end :])
    return last.unit if last and is_next and ends and last.unit and last.unit.id != "percent" else None


def _shares_bracket(masked: str, one: int, other: int) -> bool:
    """Tell whether a date stands in the bracket of a figure: (3.1% in May, 2.9% in June)."""
    low, high = sorted((one, other))
    return high - low < _BACK and not re.search("[()（）]", masked[low:high])


def _is_aside(masked: str, place: int) -> bool:
    """Tell whether a place stands in brackets or says what something is compared with."""
    before = masked[max(place - 40, 0) : place]
    opened = max(before.rfind("("), before.rfind("["))
    return opened > max(before.rfind(")"), before.rfind("]")) or bool(_COMPARED.search(before[-24:]))


def _is_reported(masked: str, token: Token, period: Period, published: Period | None) -> bool:
    """Tell whether a day is only that on which something was said: 23日披露, announced on May 23, the text's own."""
    assert token.date
    if published and period.start == period.end == published.start and not token.date.ends:
        return True
    is_day = len(token.date.first) == len("2022-12-31")
    return is_day and bool(
        _SAYING.match(masked, token.end) or _SAID_ON.search(masked[max(token.start - 24, 0) : token.start])
    )


def _dated(mention: Mention, masked: str, dates: list[tuple[Token, Period]], context: Period | None) -> Mention:
    """Add the period: that of the clause, else of a clause before it, else of one behind, else the carried one."""
    at, (start, end) = mention.token.start, mention.clause
    here = [each for each in dates if start <= each[0].start < end]
    plain_here = [each for each in here if not _COMPARED.search(masked[max(each[0].start - 24, 0) : each[0].start])]
    others = [
        each
        for each in dates
        if each not in here and (not _is_aside(masked, each[0].start) or _shares_bracket(masked, each[0].start, at))
    ]
    others = [each for each in others if not _SAME_PERIOD_LAST_YEAR.match(masked[each[0].start - 16 : each[0].end + 8])]
    before = [each for each in others if each[0].start < start]
    behind = [each for each in others if each[0].start >= end and each[0].date and each[0].date.offset is None]
    is_told = any(each[0].date and each[0].date.offset is None for each in plain_here)
    if not is_told and _speaks_of_last_year(mention, masked):
        base = before[-1][1] if before else context
        return replace(mention, when=_years_later(base, -1) if base else None, is_dated=bool(before))
    chosen = None
    if plain_here:
        chosen = min(plain_here, key=lambda each: _distance(each[0], mention, masked))
        if is_chinese(masked) and chosen[0].start > at and before:
            chosen = before[-1]
    elif before:
        chosen = before[-1]
    elif behind and not is_chinese(masked):
        chosen = behind[0]
    if chosen is None:
        return replace(mention, when=context)
    return replace(mention, when=_side(chosen[1], masked, mention), is_dated=True, date=chosen[0].date)


def _speaks_of_last_year(mention: Mention, masked: str) -> bool:
    """Tell whether a clause says *a year earlier* of a figure: of no change, and of one it stands next to."""
    at, (start, end) = mention.token.start, mention.clause
    if mention.figure and mention.figure.form == "change":
        return False
    for match in _SAME_PERIOD_LAST_YEAR.finditer(mention.paragraph.text, max(start, at - FAR), min(end, at + FAR)):
        low, high = sorted((at, match.start()))
        if is_chinese(masked) or not any(low < token.start < high for token in mention.paragraph.touching(low, high)):
            return True
    return False


def _distance(date_: Token, mention: Mention, masked: str) -> tuple[int, bool, int]:
    """Say how far a date is from a figure: by the figures between, by whether it belongs to another, by characters.

    In English a date behind a figure is that figure's: 0.6% in 1990 and 4.2% in 2012.
    """
    at, paragraph = mention.token.start, mention.paragraph
    low, high = sorted((date_.start, at))
    between = sum(token.kind == "figure" and low < token.start < high for token in paragraph.touching(low, high))
    is_behind = date_.start > at
    if is_chinese(masked):
        return between, is_behind, high - low
    before = paragraph.touching(max(date_.start - _CLOSE, 0), date_.start)
    taken = any(token.kind == "figure" and token.start != at for token in before)
    return between, is_behind != taken, high - low


def _side(period: Period, masked: str, mention: Mention) -> Period:
    """Return the end of a stretch that a figure speaks of: from 90 in 1990 to 48 in 2012 is said of its two ends."""
    first, slash, last = period.edtf.partition("/")
    before = masked[max(mention.sentence[0], mention.token.start - _BACK) : mention.token.start]
    if not slash or "." in (first[:1], last[:1]) or not first or not last:
        return period
    if _FROM.search(before):
        return _period(first) or period
    return (_period(last) or period) if _TO.search(before) else period


def _first_period(document: Document, published: Period | None) -> Period | None:
    """Return the period that a text speaks of: the first of its head that is no day, else its last full year."""
    own = published.start if published else None
    found = []
    for paragraph in document.paragraphs[:_HEAD]:
        for token in paragraph.tokens:
            if token.date and token.date.first[:4].isdecimal():
                period = _filled(paragraph.text, token, None, published)
                if period and re.match("(?:[零0]时)?[为是作]?(?:标准时点|标准)", paragraph.text[token.end :]):
                    return period
                if (
                    period
                    and period.start
                    and (own is None or (period.start < own and period.start.year >= own.year - _RECENT))
                ):
                    found.append(period)
    longer = [period for period in found if period.start != period.end]
    if longer or found:
        return (longer or found)[0]
    return _period(f"{_last_year(published):04}") if own and published else None


def _last_year(published: Period) -> int:
    """Return the year that a text speaks of by default: until March rather that before its own."""
    assert published.start
    return published.start.year - (published.start.month <= _EARLY)


def _filled(text: str, token: Token, context: Period | None, published: Period | None) -> Period | None:
    """Return the period that a printed date means here: what it leaves out is taken from the context."""
    assert token.date
    printed = token.date
    anchor = published.start if published and published.start else context.end if context else None
    if printed.years is not None and anchor:
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
