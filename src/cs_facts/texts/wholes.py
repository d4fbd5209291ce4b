"""Of when a text speaks as a whole: by its title, its head, the census or the study of which it tells, its own day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from cs_facts.dates.edtf import is_day, period_of
from cs_facts.texts.calendars import RELATIVE, Calendar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cs_facts.model import Period
    from cs_facts.numbers.scanner import Token
    from cs_facts.texts.document import Document, Paragraph

# A record or an event that a date belongs to, and no figure.
_RECORD = re.compile(
    r"(?:[创創][办辦建立]|成立|始建|建[立成]|[组組]建|[启啟]用|[开開]通|通[车車])[于於]$|"
    r"(?:\b(?:high|low|larg|bigg|small|great|strong|weak|fast|slow|steep|sharp|warm|hott|cold|wett|dri|wid|long|short|few)"
    r"est\b|\b(?:first|records?|most|best|worst|high|low|peak)\b)[^.;\0]{0,99}"
    r"\bsince\s*(?:the )?(?:[^,.;\0]{0,40} in )?$|"
    r"\b(?:double|twice|triple|treble|quadruple|times) the [^,.;]{0,40}\bin $|"
    r"\b(?:acquired|announced|launched|founded|founding|acquisitions?|merger|"
    r"(?:(?:and|which|that|was|first) (?:was )?|(?<=, ))(?:opened|built|established|formed|completed|created|"
    r"passed|signed|adopted|enacted|introduced))"
    r"\b[^,.;\d]{0,60}\b(?:on|in|since)\s*$",
    re.IGNORECASE,
)
_RECORD_BEHIND = re.compile(
    r"(?:以来)?(?:同期)?(?:的)?(?:历史)?(?:最|新[高低]|之最|首[次个]|投[产用]|(?:成立|建成|开通|启用)的)|"
    r" (?:levels?|prices|peak)\b|[^,，。;；]{0,6}(?:世博|[奥奧][运運]|[亚亞][运運]|世界杯|世界盃"
    "|[锦錦][标標][赛賽]|世[锦錦][赛賽]|博[览覽][会會])"
)
# The day that a census counts, and the number of a census.
_CENSUS = re.compile("(?:[零0]时)?[为是作為]?(?:标准时点|標準時點)")
_CENSUS_NAMED = re.compile("(?:第(?=.次))?([四五六七八九])(?:次全[国國]人口普查|普(?=[数數公结結]))")
_ENROLLED = re.compile(
    r"\b(?:enrol\w+|recruited|cohort|followed|diagnosed|treated|"
    r"(?:records|deaths|patients|participants)[^.]{0,60}from)\b[^.]*$|(?:纳入|随访|入组|研究期间)[^。]*$",
    re.IGNORECASE,
)
# What tells the answers of a survey, and when it asked.
_SURVEY = re.compile(
    r"\bsurvey(?:ed| of) (?:[a-z]+ ){0,2}\d|\b(?:survey (?:conducted|by)|new survey|polls?|polled|respondents|"
    r"questionnaire)\b|受[访訪](?![时時])|[问問]卷|[调調]查[显顯]示",
    re.IGNORECASE,
)
_ELECTION = re.compile(r"\b(?:electors?|elections?|ballots?|constituenc(?:y|ies)|polling)\b", re.IGNORECASE)
_FIELDED = re.compile(
    r"\b(?:conducted|fielded|fielding|carried out|polled|surveyed|interviewed|interviews)\b[^.;]*$", re.IGNORECASE
)
# What tells that a text speaks of the last quarter, of the last weekend.
_QUARTERLY = re.compile(r"\b(?:in|for|over|during) the quarter\b(?! (?:end|to\b|of\b))", re.IGNORECASE)
_WEEKEND = re.compile(r"\b(?:the|this) weekend\b")
# Counts of the day before: 90 people were in hospital yesterday, but no news of that day.
_YESTERDAY = re.compile(r"\d[^.]{0,200}(?<!said)(?<!announced)(?<!reported)(?<!published)(?<!released) yesterday\b")

# A heading over a forecast, or over a part of a year, which ends with its paragraph.
OUTLOOK = re.compile(r"\b(?:outlook|forecasts?|guidance|prospects|early|mid|late)\b|展望|预[测计]", re.IGNORECASE)
# What opens a bracket behind a figure, where that of another time stands: 48.9 million (9M 2024: 34.5 million).
_BESIDE = re.compile(r"\d[^\s()（）]*(?: [a-z]+)? ?[(（]$")

# What something is compared with, of which no text speaks as a whole.
_AGAINST = re.compile(
    r"\b(?:compar(?:ed|ing) (?:to|with)|than|versus|vs\.?|(?:up|down) \S+ from)\b(?:[^.;]|\.(?=\d))*$|(?<!相)[比较較]$",
    re.IGNORECASE,
)
# A part of a year, of which a text does not speak as a whole.
_PART = re.compile(r"(?i)early|late")
# Paragraphs of a text in which its own period is looked for, years by which that may lie back, characters of a title,
# years of which a text without a day speaks as a whole.
_HEAD, _RECENT, _TITLE, _FEW = 6, 3, 150, 3
# What tells who made a picture, how long its caption may be, and what a dateline may say beside its day and hour.
_CAPTION = re.compile(
    r"图[：:/]|图源|图片来源|资料图|供图|摄[)）]?$|\b(?i:photo(?:graph)?s?(?: by|:)|file photo|getty images)"
)
_CAPTION_LENGTH, _DATELINE = 400, 2


@dataclass(frozen=True, slots=True)
class Whole:
    """Of when a text speaks.

    Attributes:
        period: that of its title or of its head.
        asked: whether it is that in which people were asked.

    """

    period: Period | None
    asked: bool = False

    @classmethod
    def of(cls, document: Document, calendar: Calendar) -> Whole:
        """Find the period of a text: of a census, of a study, that of its title, of its head, else of its own day."""
        if census := _census(document, calendar):
            return cls(census)
        head = document.paragraphs[:_HEAD]
        text = "\n".join(paragraph.text for paragraph in head)
        own = _own(text, calendar)
        is_survey = any(_SURVEY.search(paragraph.text) for paragraph in head[:2]) and not _ELECTION.search(text)
        if is_survey and (asked := _asked(document, calendar)):
            return cls(asked, asked=True)
        told = {each.number: [] if is_caption(each) else list(_said(each, calendar)) for each in document.paragraphs}
        titles = {each.number for each in head if len(each.text) < _TITLE and not ends_sentence(each)}
        found = [(0 if at in titles else at, period) for at in told if at <= _HEAD for period in told[at]]
        found = [*((0, period) for period in _enrolled(document, calendar)), *found]
        said = [period.edtf for periods in told.values() for period in periods]
        found = [
            (number, period)
            for number, period in found
            if number == 0 or not re.fullmatch(r"\d{4}-[01]\d", period.edtf) or said.count(period.edtf) > 1
        ]
        if calendar.own is None and len({period[:4] for period in said}) > _FEW:  # an encyclopedia's, of many times
            found = [one for one in found if one[0] == 0]
        number, period = next(((at, one) for at, one in found if not is_day(one) or (at == 0 and _ends(one))), (0, own))
        parts = (one for at, one in found if at == number > 0 and period and is_within(one, period) and not is_day(one))
        return cls(next(parts, period))


def is_caption(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is the caption of a picture or a dateline, whose day is that of no other."""
    text = paragraph.text
    said = len(text.strip()) - sum(token.end - token.start for token in paragraph.tokens if token.date)
    is_line = said <= _DATELINE and any(
        token.date and len(token.date.first) == len("2022-12-31") for token in paragraph.tokens
    )
    return is_line or (len(text) < _CAPTION_LENGTH and _CAPTION.search(text) is not None)


def ends_sentence(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph ends as a sentence does, maybe in quotation marks."""
    return paragraph.text.rstrip("\"'”’」』)）")[-1:] in (".", "。")


def is_of_record(text: str, token: Token) -> bool:
    """Tell whether a date says only since when something is a record, or when something else happened."""
    before = _RECORD.search(text, max(token.start - 160, 0), token.start)
    return bool(before or _RECORD_BEHIND.match(text, token.end))


def _own(text: str, calendar: Calendar) -> Period | None:
    """Return what a text without a date speaks of: the last quarter or weekend, else its own year."""
    if calendar.own is None:
        return None
    if _QUARTERLY.search(text):
        return calendar.quarter
    first = text.split("\n", 2)[:2]
    if calendar.published and is_day(calendar.published) and any(map(_YESTERDAY.search, first)):
        return period_of((calendar.own - timedelta(days=1)).isoformat())
    weekend = calendar.weekend if _WEEKEND.search(text.partition("\n")[0]) else None
    return weekend or period_of(calendar.own.isoformat()[:4])


def _said(paragraph: Paragraph, calendar: Calendar) -> Iterator[Period]:
    """Yield the periods of a paragraph that a text may speak of as a whole."""
    own, text = calendar.own, paragraph.text
    for token in paragraph.tokens:
        printed = token.date
        is_last = token.printed.startswith("去年") and not text.startswith(("同", "的同"), token.end)
        is_whole = printed and (printed.first[:4].isdecimal() or (own and (is_last or printed.first[4:])))
        if not printed or not is_whole or (printed.offset and not is_last):
            continue
        before = text[max(token.start - 40, 0) : token.start]
        is_other = printed.first == printed.last and (printed.begins or _AGAINST.search(before))
        if is_other or _BESIDE.search(before) or _PART.match(token.printed) or is_of_record(text, token):
            continue
        period = calendar.meant(text, token, None)
        if not (period and period.start and period.end):
            continue
        # of no time far back, of no plan, of none that goes on
        is_long = calendar.company or (period.end - period.start).days > 360
        if not own or (
            own.year - _RECENT <= period.start.year <= period.end.year <= own.year
            and (period.end < own or (is_long and period.start < own))
        ):
            yield period
    for found in RELATIVE.finditer(text):
        if found.lastgroup in ("unit", "hanunit", "season", "q"):  # last month, last autumn
            yield from filter(None, [calendar.relative(found, None, is_before=False)])


def _enrolled(document: Document, calendar: Calendar) -> Iterator[Period]:
    """Yield the years over which those were followed of whom a study tells."""
    for paragraph in document.paragraphs:
        for token in paragraph.tokens:
            is_long = token.date and token.date.first[:4] < token.date.last[:4]
            if is_long and _ENROLLED.search(paragraph.text, max(token.start - 200, 0), token.end):
                yield from filter(None, [calendar.meant(paragraph.text, token, None)])


def _asked(document: Document, calendar: Calendar) -> Period | None:
    """Return the month in which the people were asked of whom a survey tells, else that of the text."""
    for paragraph in document.paragraphs:
        for token in paragraph.tokens:
            is_day = token.date and token.date.first[5:]
            if is_day and _FIELDED.search(paragraph.text, max(token.start - 80, 0), token.start):
                said = calendar.meant(paragraph.text, token, None)
                return period_of(said.edtf[:7]) if said else None
    return period_of(calendar.own.isoformat()[:7]) if calendar.own else None


def _census(document: Document, calendar: Calendar) -> Period | None:
    """Return the day that a census counts, or the year of the last that a text names."""
    named = []
    for paragraph in document.paragraphs:
        for token in paragraph.tokens:
            if token.date and _CENSUS.match(paragraph.text, token.end):
                return calendar.meant(paragraph.text, token, None)
        named += ["四五六七八九".index(each) for each in _CENSUS_NAMED.findall(paragraph.text)]
    return period_of(f"{1990 + 10 * max(named)}") if named else None


def _ends(day: Period) -> bool:
    """Tell whether a day is the last of a month, as which a title has the end of a quarter or a year."""
    return day.end is not None and (day.end + timedelta(days=1)).day == 1


def is_within(part: Period, whole: Period) -> bool:
    """Tell whether a period is a part of another."""
    if not (part.start and part.end and whole.start and whole.end):
        return False
    return part.edtf != whole.edtf and part.start >= whole.start and part.end <= whole.end
