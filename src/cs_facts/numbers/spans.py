"""Times that a number or a word for one names and no calendar has: 这十年, 23点以后, the next few years.

>>> [(start, end, date.years) for (start, end), date in find_spans("over the past four and a half years")]
[(9, 35, 4.5)]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cs_facts.dates.parser import IN_YEARS, PrintedDate
from cs_facts.dates.ways import UNIT
from cs_facts.numbers.amounts import count
from cs_facts.numbers.characters import NUMERALS, ORDINALS

if TYPE_CHECKING:
    from collections.abc import Sequence

_FLAGS = re.VERBOSE | re.IGNORECASE | re.ASCII | re.MULTILINE
_HAN_COUNT = "\\d{1,2}|[一二两三四五六七八九十]{1,3}"
_HOUR = r"(?:[01]?\d|2[0-4])点"
_COUNT = "\\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_YEAR = r"(?:19|20)\d\d"
_TO = "past|last|previous|prior|preceding|next|coming|following"

# One of the signs stands in whatever its pattern finds; groups are named as those of `cs_facts.dates.ways`.
_WAYS = (
    (
        ("年", "几", "点"),
        rf"""(?<![{NUMERALS}\d几第])(?:(?<=[这那])(?!一年)|(?<=黄金)|(?<=[”）]前)|(?<=[，。；]前)|(?<=^前))(?P<span>{_HAN_COUNT})(?P<unit>年)(?![级代多])
        |(?<![{NUMERALS}\d几第])(?P<span2>{_HAN_COUNT})(?P<unit2>年)(?=(?:的?时间)[里内]|周期|期间|(?:常住|户籍|总)?人口[增减净])
        |(?<=的)(?P<span3>{_HAN_COUNT})(?P<unit3>年)(?=时间)
        |(?:过去|未来|今后|最近|接下来|近)的?几(?:十?年|个月|周|天)
        |(?<![\d.涨跌升降落破])(?<![涨跌升降落破][了至到])(?:{_HOUR}[至到]{_HOUR}
        |零点(?![\d一二三四五六七八九])|{_HOUR}(?=(?:以|之)?[前后]|多[了才就，]|[至到](?:凌晨|次日|第二天)|[入开]))""",
    ),
    (
        ("year", "months", "weeks", "days", "decade"),
        rf"""\b(?:{_TO})[ ](?P<span>{_COUNT})(?P<half>[ ]and[ ]a[ ]half)?[ ](?P<unit>{UNIT})s\b
        |\b(?:{_TO})[ ](?:(?:few|several|couple[ ]of)[ ](?:{UNIT})s|decade)\b
        |(?:(?<=\bover[ ]the[ ])|(?<=\bduring[ ]the[ ])|(?<=\bin[ ]the[ ]))(?P<past>(?:last|past)[ ]year)\b
        |\bfirst[ ](?P<span2>{_COUNT})[ ](?P<unit2>{UNIT})s(?=[ ]of\b)
        |(?<=\bin[ ]the[ ])(?P<span3>{_COUNT})[ ](?P<unit3>{UNIT})s
        (?=(?<=years)[ ]to\b|[ ](?:of[ ]\w+[ ])?(?:since|until|through)\b)
        |(?<=\bin[ ])(?P<span4>{_COUNT})[ ](?P<unit4>decade)s\b
        |\b(?P<span5>\d{{1,3}}(?:,\d{{3}})+)[ ](?P<unit5>year)s[ ](?:ago|earlier)\b""",
    ),
    (
        ("centur",),
        rf"(?<![\d.,])(?P<century>\d{{1,2}})(?:st|nd|rd|th)[ -]centur(?:y|ies)\b"
        rf"|\b(?P<century2>{'|'.join(ORDINALS)})[ -]centur(?:y|ies)\b",
    ),
    (
        ("19", "20", "AD"),
        rf"""(?<![\d.])(?<!\d,)(?P<months>[369])M[ ]?(?P<year>20\d\d)\b
        |\b(?-i:(?P<part>[QH]))(?P<nth>[1-4])[/-](?P<year2>20\d\d)\b
        |(?-i:\bAD[ ](?P<old>[1-9]\d{{2,3}})\b|\b(?P<old2>[1-9]\d{{2,3}})[ ]AD\b)
        |(?<=[(])(?P<y>{_YEAR})(?=[ ](?:census|survey|estimate|data|est)\b)
        |(?-i:(?<=Report[ ])|(?<=REPORT[ ])|(?<=Census[ ])|(?<=Survey[ ])|(?<=Budget[ ]))(?P<y2>{_YEAR})(?![\d,.%-])
        |(?<![\d.,/-])(?P<y3>{_YEAR})(?=[ ](?:witnessed|saw|began|ended|marked|brought)\b)""",
    ),
)
_COMPILED = tuple((signs, re.compile(pattern, _FLAGS)) for signs, pattern in _WAYS)


def find_spans(text: str) -> Sequence[tuple[tuple[int, int], PrintedDate]]:
    """Return such times of a plain text from which its dates are taken out, left to right."""
    found = [
        (match.span(), _read(match))
        for signs, pattern in _COMPILED
        if any(sign in text for sign in signs)
        for match in pattern.finditer(text)
    ]
    return sorted(found, key=lambda one: one[0])


def _read(match: re.Match[str]) -> PrintedDate:
    said = {name.rstrip("2345"): value.lower() for name, value in match.groupdict().items() if value}
    if "span" in said:
        return PrintedDate(years=(float(count(said["span"])) + 0.5 * ("half" in said)) * IN_YEARS[said["unit"]])
    if "century" in said:
        century = said["century"]
        first = last = f"{int(ORDINALS.get(century) or century) - 1:02}XX"
    elif "months" in said:
        first, last = f"{said['year']}-01", f"{said['year']}-0{said['months']}"
    elif "nth" in said:
        first = last = f"{said['year']}-{int(said['nth']) + (32 if said['part'] == 'q' else 39)}"
    else:
        first = last = said.get("y") or said.get("old", "").zfill(4).replace("0000", "")
    hour = re.match(r"\d+(?=点)|零(?=点)", match[0])
    return PrintedDate(
        first, last, time=f"{int(hour[0].replace('零', '0')):02}" if hour else "", years=1 if "past" in said else None
    )
