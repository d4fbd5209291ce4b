"""Find everything in running text that is or looks like a number, and tell what it is.

>>> [tokens] = scan_lines(["到2020年底,一般有读者超过了3.5万名,居全镇前三,见图2"])
>>> [(token.printed, token.kind) for token in tokens]
[('2020年底', 'date'), ('一般', 'idiom'), ('超过了3.5万', 'figure'), ('前三', 'figure'), ('图2', 'label')]

Labels number or name things and count nothing (Q3, COVID-19, 第一产业, ①); idioms are ordinary words with a numeral
(一般, a second). When in doubt a number is a figure: a reader can skip one too many but not find a missing one.
A number without a definite value is a figure too, with ``figure`` None.
"""

from __future__ import annotations

import re
from bisect import bisect
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, Literal

from cs_facts.dates.parser import find_dates
from cs_facts.errors import FigureError
from cs_facts.numbers.characters import FIRST_OF, NUMERALS
from cs_facts.numbers.figures import changed, figure_of, parse_figure
from cs_facts.numbers.grammar import expressions
from cs_facts.numbers.labels import ADDRESSES, BRACKETED, POWERS, PREFIXES, uncounted
from cs_facts.patterns import TAKEN, Patterns, blanked
from cs_facts.text import plain

Kind = Literal["figure", "date", "label", "idiom"]

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cs_facts.dates.parser import FoundDate
    from cs_facts.dates.printed import PrintedDate
    from cs_facts.model import Figure
    from cs_facts.numbers.grammar import Expression

    # The parts of a future token: start, end, kind, figure, date, core.
    _Found = tuple[int, int, Kind, Figure | None, PrintedDate | None, tuple[int, int]]
    # Patterns, and the kind that each of them finds; None for text that is only to be skipped.
    _Table = tuple[list[Kind | None], Patterns]

# Lines are joined by a seam, which no pattern matches, and scanned so many characters at a time.
_SEAM, _BATCH = "\n\x01\n", 50_000

# A year relative to the source's own, or a quarter without its year: the period of the numbers beside it.
_BESIDE = re.compile("XXXX(?:-3[3-6])?")

# Numbers that the grammar has no value for: badly grouped digits, single characters, 双 and 半 where they count.
_OTHER = re.compile(
    rf"""[\d][\d.,/:]*\d | \d | [{NUMERALS}]+ | [俩仨廿卅]
    | (?<![\0{NUMERALS}几多每这那成])双(?![方边休语赢手脚重向]) | [一两]半 | (?<=[过大近超减上下])半
    | 半(?=[{FIRST_OF}年天月日价米里斤吨百程段费小分载世])
    | (?i:\b(?:half|halves|quarters?|dozens?|thirds?)\b)""",
    re.VERBOSE | re.ASCII,
)


def _table(*found: tuple[Kind | None, re.Pattern[str]]) -> _Table:
    return [kind for kind, _ in found], Patterns(pattern for _, pattern in found)


_OTHERS = _table(("figure", _OTHER))
# Labels to find before dates. An e-mail address may begin with any word, so its pattern is slow and only used where
# there is an @.
_ADDRESSES, _NO_MAILS = (_table(*(("label", pattern) for pattern in some)) for some in (ADDRESSES, ADDRESSES[1:]))

# The joints of a list of changes that share the direction of the first: 下降1.7%、1.8%, fell 3% and 4% respectively.
_LISTED = re.compile(
    r"(?P<counter>\D?)(?:[、和及与]|以及)|(?:, |,? and )(?=.{0,90}\brespectively)"
    r"|(?P<same>\D{0,3}或|(?: [a-z]{2,12})?,? or )(?=[\d.]+(?:%| per))"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A number of a text, or something that looks like one, with its sign and the words that limit it: 超过了40万."""

    start: int
    end: int
    printed: str
    kind: Kind
    figure: Figure | None = None  # if it is one with a definite value
    date: PrintedDate | None = None  # if it is one, or a label such as "last year" or a quarter without its year
    core: tuple[int, int] = (0, 0)  # start and end without the words that limit it: those of 40万


def scan_lines(lines: Iterable[str]) -> Iterator[tuple[Token, ...]]:
    """Yield the numbers of each line from left to right, without overlaps.

    Many lines are scanned together, as a short line by itself takes three times as long.
    """
    batch: list[str] = []
    size = 0
    for line in lines:
        batch.append(line)
        size += len(line)
        if size > _BATCH:
            yield from _scan(batch)
            batch, size = [], 0
    if batch:
        yield from _scan(batch)


def _scan(lines: Sequence[str]) -> Iterator[tuple[Token, ...]]:
    text = _SEAM.join(lines)
    found: list[_Found] = []
    rest = _collect(text, plain(text), found, _ADDRESSES if "@" in text else _NO_MAILS)
    dates = find_dates(rest, text)
    found += [(date.start, date.end, _kind(rest, date), None, date.date, date.core) for date in dates]
    rest = _collect(text, blanked(rest, [(date.start, date.end) for date in dates]), found, _after_dates())
    begins = [*accumulate((len(line) + len(_SEAM) for line in lines), initial=0)]
    figures = [
        figure
        for begin, line in zip(begins, lines, strict=False)
        for figure in _figures(rest[begin : begin + len(line)], line, begin)
    ]
    _collect(text, PREFIXES.sub(TAKEN, blanked(rest, [figure[:2] for figure in figures])), found, _OTHERS)
    tokens: list[list[Token]] = [[] for _ in lines]
    for start, end, kind, figure, date, core in sorted([*found, *figures], key=itemgetter(0)):
        nth = bisect(begins, start) - 1
        at = begins[nth]
        place = core[0] - at, core[1] - at
        tokens[nth].append(Token(start - at, end - at, text[start:end], kind, figure, date, place))
    yield from map(tuple, tokens)


def _kind(text: str, found: FoundDate) -> Kind:
    """Tell a date from a label that depends on the date beside it: a quarter without its year, last year, 半年报."""
    date = found.date
    is_known = date.ends or (date.offset is not None and len(date.first) > len("XXXX"))
    is_beside = _BESIDE.fullmatch(date.first) or text.startswith("半年", found.start)
    return "label" if is_beside and not is_known else "date"


def _figures(rest: str, line: str, begin: int) -> Iterator[_Found]:
    """Yield the figures of a line that begins at a place of a text."""
    last: tuple[Expression, Figure | None] | None = None
    for number in expressions(rest):
        start, end = number.start, number.end
        figure = _in_list(rest, number, _read(line[start:end], number), last)
        core = (begin + number.operands[0].start, begin + number.operands[-1].end)
        yield begin + start, begin + end, "figure", figure, None, core
        last = number, figure


def as_quoted(figure: Figure, quote: str) -> Figure:
    """Return a figure as its quote has it: in 下降7.3%、8.1% the second is a fall too.

    >>> as_quoted(parse_figure("8.1%"), "下降7.3%、8.1%").value
    Decimal('-8.1')
    """
    place = quote.find(figure.printed)
    joints = _LISTED.finditer(plain(quote), max(0, place - 20)) if figure.form in ("share", "number") else ()
    tokens = next(scan_lines([quote])) if any(joint.end() == place for joint in joints) else ()
    found = (token.figure for token in tokens if token.printed == figure.printed and token.figure)
    return next((said for said in found if said.form == "change"), figure)


@cache
def _after_dates() -> _Table:
    return _table(*uncounted(), ("figure", BRACKETED), (None, POWERS))


def _in_list(
    text: str, number: Expression, figure: Figure | None, last: tuple[Expression, Figure | None] | None
) -> Figure | None:
    """Give a number in a list the direction of the change before it."""
    if not (figure and figure.form in ("share", "number") and last and last[1] and last[1].form == "change"):
        return figure
    joint = _LISTED.match(text, last[0].end)
    units = (last[0].operands[-1].unit, number.operands[0].unit)
    if not joint or joint.end() != number.start or not (units[0] in ("", units[1]) or joint["same"]):
        return figure
    if not text.startswith(joint["counter"] or "", number.end):
        return figure
    return changed(figure, falls=last[1].high is not None and last[1].high <= 0)


def _collect(text: str, rest: str, found: list[_Found], table: _Table) -> str:
    """Collect what the patterns match, or the group of a match, and return the text with that taken out."""
    kinds, patterns = table
    places = patterns.sought(rest)
    for number, matches in places:
        grouped = matches[0].re.groups and not matches[0].re.groupindex
        spans = [match.span(match.lastindex or 0) if grouped else match.span() for match in matches]
        places.take(spans)
        kind = kinds[number]
        if kind:
            found += [
                (*span, kind, _read(text[slice(*span)]) if kind == "figure" else None, None, span) for span in spans
            ]
    return places.text


@lru_cache(maxsize=4096)  # texts repeat their numbers: saves 10% of an audit
def _read(printed: str, found: Expression | None = None) -> Figure | None:
    """Return the figure of a number, or else the figure that its printed text is by itself."""
    with suppress(FigureError):
        return figure_of(found, printed) if found else parse_figure(printed)
    return _read(printed) if found else None
