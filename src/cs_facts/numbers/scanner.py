"""Everything in a line of running text that is, or looks like, a number: where it stands and what it is.

>>> [(token.printed, token.kind) for token in scan("到2020年底,一般有读者超过了3.5万名,居全镇前三,见图2")]
[('2020年底', 'date'), ('一般', 'idiom'), ('超过了3.5万', 'figure'), ('前三', 'figure'), ('图2', 'label')]

Labels number or name and count nothing (Q3, COVID-19, 第一产业, ①), idioms are ordinary words that contain a numeral
(一般, a second). In doubt a number is a figure: who reads a list of numbers passes over one too many, not over one that
is missing. A figure without a definite reading is one too, with ``figure`` None.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from cs_facts.dates.parser import TAKEN, blanked, find_dates
from cs_facts.dates.ways import HAN, LATIN
from cs_facts.errors import FigureError
from cs_facts.numbers.characters import FIRST_OF, NUMERALS
from cs_facts.numbers.figures import changed, figure_of, parse_figure
from cs_facts.numbers.grammar import expressions
from cs_facts.numbers.labels import ADDRESSES, BRACKETED, POWERS, PREFIXES, countless
from cs_facts.numbers.spans import find_spans
from cs_facts.text import plain

if TYPE_CHECKING:
    from cs_facts.dates.parser import FoundDate, PrintedDate
    from cs_facts.model import Figure
    from cs_facts.numbers.grammar import Expression

Kind = Literal["figure", "date", "label", "idiom"]

# A quarter or a 半年报 without its year, and a year named from the source's own: the period of what stands beside it.
_BESIDE = re.compile("XXXX(?:-3[3-6])?")

# What the grammar of figures has no value for: digits badly grouped, 双 and 半 where they count, single characters.
_OTHER = re.compile(
    rf"""[\d][\d.,/:]*\d | \d | [{NUMERALS}]+ | [俩仨廿卅]
    | (?<![\0{NUMERALS}几多每这那成])双(?![方边休语赢手脚重向]) | [一两]半 | (?<=[过大近超减上下])半
    | 半(?=[{FIRST_OF}年天月日价米里斤吨百程段费小分载世])
    | (?i:\b(?:half|halves|quarters?|dozens?|thirds?)\b)""",
    re.VERBOSE | re.ASCII,
)


# What joins the changes of a list, which have the direction of the first: 下降1.7%、1.8%, fell 3% and 4% respectively.
_LISTED = re.compile(
    r"(?P<counter>\D?)(?:[、和及与]|以及)|(?:, |,? and )(?=.{0,90}\brespectively)"
    r"|(?P<same>\D{0,3}或|(?: [a-z]{2,12})?,? or )(?=[\d.]+(?:%| per))"
)
# A limit before what looks like a year and is none: over 2000 people.
_COUNTED = re.compile(
    r"\b(?:over|more than|at least|nearly|almost|fewer than|less than|exceed\w*) (?=\d\d00 (?!levels|figures)[a-z])"
    r"|(?:超过|不足|长达|至少)(?=\d{1,2}月)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A number of a text, or what looks like one.

    Attributes:
        start: where it begins and ``end`` where it ends, with the signs and the words that limit it: 超过了40万.
        printed: the wording from start to end.
        kind: what it is.
        figure: what it says, where it is a figure with a definite reading.
        date: what it says, where it is a date or a quarter without its year or last year, which are labels.
        core: its place without the words that limit it: that of 40万.

    """

    start: int
    end: int
    printed: str
    kind: Kind
    figure: Figure | None = None
    date: PrintedDate | None = None
    core: tuple[int, int] = (0, 0)


def scan(line: str) -> tuple[Token, ...]:
    """Return every number of a line of text, left to right, none inside another."""
    rest = text = plain(line)
    tokens: list[Token] = []
    for pattern in ADDRESSES:
        rest = _take(line, rest, tokens, pattern, "label")
    dates = [found for found in find_dates(rest) if not _is_count(rest, found)]
    kind: Kind
    for found in dates:
        is_known = found.date.ends or (found.date.offset is not None and len(found.date.first) > len("XXXX"))
        is_beside = _BESIDE.fullmatch(found.date.first) or rest.startswith("半年", found.start)
        kind = "label" if is_beside and not is_known else "date"
        tokens.append(Token(found.start, found.end, line[found.start : found.end], kind, None, found.date, found.core))
    rest = blanked(rest, [(found.start, found.end) for found in dates])
    scripts = (None, *(script for script in (HAN, LATIN) if script.search(text)))
    spans = find_spans(rest)
    tokens += [Token(*span, line[slice(*span)], "date", None, date, span) for span, date in spans]
    rest = blanked(rest, [span for span, _ in spans])
    for kind, script, pattern in countless():
        if script in scripts:
            rest = _take(line, rest, tokens, pattern, kind)
    rest = POWERS.sub(TAKEN, _take(line, rest, tokens, BRACKETED, "figure"))
    taken = []
    last: tuple[Expression, Figure | None] | None = None
    for number in expressions(rest):
        start, end = number.start, number.end
        core = (number.operands[0].start, number.operands[-1].end)
        figure = _listed(rest, number, _read(line[start:end], number), last)
        tokens.append(Token(start, end, line[start:end], "figure", figure, None, core))
        taken.append((start, end))
        last = number, figure
    _take(line, PREFIXES.sub(TAKEN, blanked(rest, taken)), tokens, _OTHER, "figure")
    return tuple(sorted(tokens, key=attrgetter("start")))


def _is_count(text: str, found: FoundDate) -> bool:
    """Tell whether what looks like a date is a number with a limit or part of one: over 2000 people, 五百五十年."""
    first, before = text[found.start], text[max(0, found.start - 1) : found.start]
    limit = _COUNTED.search(text, max(0, found.start - 14), found.end + 12)
    is_limited = limit is not None and limit.end() == found.start
    is_span = text[found.start - 4 : found.end].lower() == "the last year"  # and no calendar's
    is_tail = first.isdecimal() and before.isdecimal()  # 10,000 years ago
    is_part = before + first == "最初" or (first in NUMERALS and before in ("百", "千", "万", "亿"))
    return is_limited or is_span or is_tail or is_part


def _listed(
    text: str, number: Expression, figure: Figure | None, last: tuple[Expression, Figure | None] | None
) -> Figure | None:
    """Give a number of a list the direction of the change before it."""
    if not (figure and figure.form in ("share", "number") and last and last[1] and last[1].form == "change"):
        return figure
    joint = _LISTED.match(text, last[0].end)
    units = (last[0].operands[-1].unit, number.operands[0].unit)
    if not joint or joint.end() != number.start or not (units[0] in ("", units[1]) or joint["same"]):
        return figure
    if not text.startswith(joint["counter"] or "", number.end):
        return figure
    return changed(figure, falls=last[1].high is not None and last[1].high <= 0)


def _take(line: str, rest: str, tokens: list[Token], pattern: re.Pattern[str], kind: Kind) -> str:
    """Make tokens of where a pattern is found, or of the group of it that was, and return the rest of the text."""
    if not pattern.search(rest):  # as most are not, and a short line costs what is done for each
        return rest
    grouped = pattern.groups and not pattern.groupindex
    spans = [match.span(match.lastindex or 0) if grouped else match.span() for match in pattern.finditer(rest)]
    for start, end in spans:
        printed = line[start:end]
        tokens.append(
            Token(start, end, printed, kind, _read(printed) if kind == "figure" else None, None, (start, end))
        )
    return blanked(rest, spans)


def _read(printed: str, found: Expression | None = None) -> Figure | None:
    """Return what a number says; without the characters beside it the same may say something."""
    with suppress(FigureError):
        return figure_of(found, printed) if found else parse_figure(printed)
    return _read(printed) if found else None
