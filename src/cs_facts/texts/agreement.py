"""Whether a number of a text and the figure of a fact agree: in value, in unit, in period."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Literal, get_args

from cs_facts.dates.edtf import is_day, period_of
from cs_facts.numbers.figures import agree, rounds_to
from cs_facts.texts.units import MEASURES, Unit, unit_named

if TYPE_CHECKING:
    from collections.abc import Callable

    from cs_facts.index import Index
    from cs_facts.model import Fact, Figure, Period
    from cs_facts.numbers.scanner import Token
    from cs_facts.texts.mentions import Mention
    from cs_facts.texts.relevance import Relevance

    Contraries = tuple[re.Pattern[str], ...]

Kind = Literal["stands", "rounds", "bound", "period", "unit", "contested", "differs", "unknown"]
KINDS: tuple[Kind, ...] = get_args(Kind)

# The verdicts under which a number may pass without a look.
GOOD: tuple[Kind, ...] = ("stands", "rounds")

# Relative differences up to which a figure that is not said to be about may round another, and one that is.
_CLOSE, _ROUGH = Decimal("0.05"), Decimal("0.15")

# Words that are said of contrary things, those of one side before the bar; the last are said of what rises or falls.
_CONTRARIES = [
    tuple(re.compile(side, re.IGNORECASE) for side in line.split(" | "))
    for line in (
        r"盈利|净利|利润|\b(?:profits?|earned)\b | (?<!扭)亏|\b(?:loss(?:es)?|lost|los(?:es|ing))\b",
        r"顺差|盈余|\bsurplus(?:es)?\b | 逆差|赤字|\b(?:deficits?|shortfalls?)\b",
        r"流入|\binflows?\b | 流出|\boutflows?\b",
        r"(?<!进)出口|\bexport(?:s|ed)?\b | 进口|\bimport(?:s|ed)?\b",
        r"出生|\b(?:births?|born)\b | 死亡|\b(?:deaths?|died)\b",
        r"增(?!加?值)|涨|升(?!级)|\b(?:ris(?:es?|en|ing)|rose|gr[eo]w(?:s|n|th|ing)?|increas\w+|climb\w*|jump\w*|up)\b"
        r" | 降|跌|下滑|萎缩|减少|\b(?:fall(?:s|en|ing)?|fell|declin\w+|decreas\w+|drop\w*|slip\w*|slump\w*|down)\b",
    )
]
_GROWTH = _CONTRARIES[-1]
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")

# What the id of a unit begins with that only the store knows; what says of a unit of time that it lies back.
_OWN = "own:"
_AGO = re.compile("[之以]?前$| ago$")

# Counters that count one kind of thing each, and units that are taken for no other.
_SPECIFIC = frozenset(
    (
        *("copy", "kind", "vehicle", "vessel", "aircraft", "train", "building", "head", "team", "class", "village"),
        *("town", "county", "city", "district", "person", "country", "province", "school", "measure"),
    )
)

_CONCRETE = _SPECIFIC - {"kind", "measure"}
_COUNTED_APART = MEASURES | {"person"}
_UNLIKE = {"person", "establishment"}
_POINTS = {"points", "percentage-point"}

_DAY = len("2022-12-31")
# What says that a date is that of another thing, and that it is all of a period.
_OF_ANOTHER = re.compile(r"\b(?:that|which|who|whose)\b")
_ALONE = re.compile(r"仅|[光单]是|这?一年(?![来多级])|(?i:\b(?:alone|only|single)\b)")

# What says that a date is that of a report or a dateline, behind it and before it.
_REPORT_BEHIND = re.compile(r"[】）)]?(?:的?(?:报告|消息|新闻|文章|电)|.{0,12}(?:报道|讯)| ?(?:--|—|–)| report\b)")
_REPORT_BEFORE = re.compile(
    r"(?:[写撰刊]于|(?i:\b(?:report|article|account)s? (?:of|from|in|dated)|written (?:in|on)) )$"
)

# What says that a date behind a number is that of its publication, before the date and behind it.
_RELEASED, _ISSUED = (
    "(?:published|released|issued|announced|unveiled) on ",
    "(?:正式|对外)?(?:发布|公布|出台|印发|施行)",
)
_WAS_PUBLISHED = re.compile(rf"(?i:(?:\bw(?:as|ere)|[,(]) ?{_RELEASED})$")
_PUBLISHED = re.compile(rf"{_ISSUED}(?:实施|施行)?的?(?=[，,。；;！!？?、)）]|$)")

# What says at the beginning of a sentence that it speaks of what was published that day, before the date and behind
# it; what says of a fact that it was.
_OPENING = re.compile(rf"(?:\W*|.*\bwhich (?:[\w ]+ )?){_RELEASED}", re.IGNORECASE)
_OF_ISSUE = re.compile(f"(?:{_ISSUED}|發布|公佈)的")
_ISSUES = re.compile(r"发布|公布|出台|印发|(?i:\b(?:published|issued|released|announced)\b)")
# What a clause has before a date that is said of the whole sentence.
_AROUND_DATE = re.compile(
    r"(?:^|[，,：:；;(（])\s*"
    r"(?:截[至止]|[到至在于从自]|(?i:as of|as at|by|at|on|in|since|until|from)(?: the end of)?)?\s*$"
)

_FORMS = {"number": 0, "vague": 0, "range": 0, "share": 1, "change": 1, "multiple": 2, "rank": 3, "ratio": 4}
_BOUNDED = {"at_least": "more_than", "at_most": "less_than"}

# Counters of whatever is counted one by one, what behind them its name is looked for in, and characters of a name.
_COUNTERS, _NAME = frozenset(("item", "establishment", "institution", "line")), 60

# Endings of English nouns for people.
_PEOPLE = re.compile(
    "(?:[eo]r|ist|ee|i?an|ant|(?<!m)ent|(?<!hospit)al|folk|men|people|children|ive|mate|"
    "youth|pupil|fan|guest|adult|parent|staff)s?$",
    re.IGNORECASE,
)
# What stands for what was named before.
_OF_THEM = re.compile("(?i: of (?:them|these|those|which|whom))")


def comparing(
    figure: Figure, scaled: Figure | None, said: str, *, is_denied: bool
) -> Callable[[Fact, Figure], Kind | None]:
    """Return what compares the figure of a fact with that of a mention, beside which so much is said.

    Those of different forms are of one thing where their digits are the same, more than one: 40.7亿元, 40.7%.
    """
    sides = {pair: side for pair in _CONTRARIES if (side := _side(pair, figure.printed, said)) is not None}
    is_bare = figure.printed[:1].isdigit()
    fallen = None
    if figure.value and figure.value < 0:
        fallen = replace(figure, value=-figure.value, low=None, high=None, form="number")

    def compare(fact: Fact, known: Figure) -> Kind | None:
        if form_of(known, fact) != form_of(figure):
            digits, others = (_DIGITS.findall(each.printed) for each in (figure, known))
            return "stands" if digits == others and len(digits) == 1 and len(digits[0]) > 1 else None
        value = compared(figure, known)
        if value == "differs" and scaled:
            value = compared(scaled, known)
        words = (known.printed, " ".join(fact.title.values()), fact.quote or " ".join(fact.text.values()))
        if value == "differs" and fallen and known.form != "change" and (is_bare or _side(_GROWTH, *words) is False):
            value = compared(fallen, known)  # a store has the bare 1.8% of 下降1.7%、1.8%, or the 1.8% of a fall
        is_below = known.form != "change" and (known.value or 0) < 0 < (figure.value or 0)
        told = {pair: side is not is_below for pair, side in sides.items()}  # a margin of -22% is a loss of 22%
        is_contrary = is_denied or any(_side(pair, *words) is (not side) for pair, side in told.items())
        is_lost = is_below and figure.form != "change" and not any(side is False for side in sides.values())
        return "differs" if is_contrary or is_lost else value

    return compare


def compared(said: Figure, known: Figure) -> Kind:
    """Compare the number of a text with that of a fact: ``stands``, ``rounds``, ``bound`` or ``differs``.

    >>> from cs_facts.numbers.figures import parse_figure as read
    >>> [compared(read(said), read("50.66万名")) for said in ("506,600", "超过50万", "超过50.66万", "5万")]
    ['stands', 'rounds', 'bound', 'differs']
    """
    if said.value is None or known.value is None:
        if (said.low, said.high, said.parts) == (known.low, known.high, known.parts):
            return "stands" if said.bound == known.bound else "bound"
        if said.form == "ratio":
            return "stands" if agree(said, known) else "differs"
        is_one = known.value is not None or (known.form == "share" and said.value is not None)
        return "rounds" if is_one and (agree(said, known) or rounds_to(known, said)) else "differs"
    value = known.value if said.form == "change" or said.value < 0 else abs(known.value)
    limits = [_BOUNDED.get(figure.bound, figure.bound) for figure in (said, known)]
    if limits == ["about", "exact"] and said.high == said.value <= value:  # nearly
        return "bound" if said.value == value else "differs"
    if said.value == value:
        if limits[0] == limits[1]:
            return "stands"
        return "rounds" if limits == ["about", "exact"] else "bound"
    if said.form == "rank" or not value:
        return "differs"
    difference, is_more = abs(said.value - value) / abs(value), said.value > value
    if limits[0] in ("more_than", "less_than"):
        is_round = is_more == (limits[0] == "less_than")
    elif limits == ["about", "more_than"]:
        is_round = is_more and agree(said, known)
    else:
        is_rough = limits[0] == "about" or known.form == "change" or difference <= _CLOSE
        is_round = is_rough and known.bound in ("exact", "about") and rounds_to(known, said)
    return "rounds" if is_round and difference <= _ROUGH else "differs"


def is_loss(printed: str) -> bool:
    """Tell whether a number is printed as a loss, not as a fall: it lost €14.2m."""
    return _side(_CONTRARIES[0], printed) is False


def _side(pair: Contraries, *texts: str) -> bool | None:
    """Return which of two contraries the first text names that names one of them: the first, or not; None for none."""
    for text in texts:
        one, other = (bool(side.search(text)) for side in pair)
        if one != other:
            return one
    return None


def form_of(figure: Figure, fact: Fact | None = None) -> int:
    """Return a number that is the same for forms which may say the same; a rise by so many counts as a number.

    So does a multiple that is one of a unit: blood given 60,890 times.
    """
    if figure.form == "change" and not re.search("[%％‰点]|cent|point", figure.printed):
        return 0
    return 0 if figure.form == "multiple" and fact and fact.unit else _FORMS[figure.form]


def _go_together(one: str, two: str) -> bool:
    """Tell whether two units may count one thing: measures only with the same one."""
    pair = {one, two.removeprefix(_OWN)}
    if one == two or pair == _POINTS:
        return True
    if pair == _UNLIKE or pair <= _SPECIFIC or (one == "person" and two.startswith(_OWN)):
        return False
    # visits or payments may be what a store calls person-times
    return not MEASURES & pair or ("person-time" in pair and not _COUNTED_APART & (pair - {"person-time"}))


def in_period(mention: Mention, fact: Fact, index: Index) -> bool:
    """Tell whether the date that a sentence gives is not another than that of a fact."""
    claimed, when, source = mention.when, fact.when, index.sources.get(fact.source)
    published = source.published if source else None
    if when is None:
        return True
    is_current = published is not None and when.end is not None and when.end == published.start
    token = _date_token(mention, is_current=is_current)
    if token is None or token.date is None or claimed is None:
        return not _is_another_day(mention, fact, when)
    date, text = token.date, mention.paragraph.text
    behind = re.split("[，,]", text[token.end : token.end + 8])[0]
    if _ALONE.search(f"{text[max(token.start - 12, 0) : token.start]} {behind}"):
        return same_days(claimed, when)
    if date.offset is None and date.covered_by(when, published):
        return True
    first, last = when.first or when.last, when.last or when.first
    begins = claimed.start is None or (first is not None and claimed.start <= first)
    ends = claimed.end is None or (last is not None and last <= claimed.end)
    if date.ends and claimed.end and last and (claimed.end.year, claimed.end.month) == (last.year, last.month):
        return True  # by the end of 2022, of a day in December
    if date.begins and when.start and when.start != when.end and claimed.start:
        begins = claimed.start.year == when.start.year
    return begins and ends


def same_days(one: Period, other: Period) -> bool:
    """Tell whether two periods have the same days, however they are written: 2022-33, 2022-01/2022-03."""
    return (one.start, one.end) == (other.start, other.end)


def _is_another_day(mention: Mention, fact: Fact, when: Period) -> bool:
    """Tell whether a clause gives a date without a year that is not in a period, an earlier day, or one of publication.

    A period of more than one year, or one whose beginning or end is unknown, has every such date.
    """
    paragraph, text, is_dated = mention.paragraph, mention.paragraph.text, is_day(when)
    opening = next((token for token in paragraph.touching(*mention.sentence) if token.date), None)
    if is_dated and opening and opening.date and len(opening.date.first) == _DAY:
        before = text[mention.sentence[0] : opening.start]
        is_issued = _OPENING.fullmatch(before) or (not before.strip() and _OF_ISSUE.match(text, opening.end))
        if is_issued and _ISSUES.search(" ".join(fact.text.values())):
            return opening.date.edtf.replace("XXXX", when.edtf[:4]) != when.edtf
    inside = [token for token in paragraph.touching(*mention.clause) if token.date]
    [token, *others] = inside or paragraph.touching(mention.end, mention.sentence[1])[:1] or [mention.token]
    if others or token.date is None or when.start is None or when.end is None:
        return False
    if _OF_ANOTHER.search(text, mention.clause[0], token.start) or "的" in text[token.end : mention.token.start]:
        return False  # the library that opened in August
    first = token.date.first
    if inside and first.startswith("XXXX") and when.start.year == when.end.year:
        part = period_of(token.date.edtf.replace("XXXX", when.edtf[:4]))
        return bool(part and part.start and part.end and (part.start > when.end or when.start > part.end))
    is_published = _WAS_PUBLISHED.search(text, mention.end, token.start) or _PUBLISHED.match(text, token.end)
    is_other = len(first) == _DAY and first != when.start.isoformat()
    return bool(is_dated and is_other and token.start > mention.end and is_published)


def _date_token(mention: Mention, *, is_current: bool) -> Token | None:
    """Return the date that says of when a number is: in its own clause, or in one that is said of the whole sentence.

    None where the date is only that of a report, or the day of an event in another clause: unveiled on 13 September.
    """
    text, begin = mention.paragraph.text, mention.sentence[0]
    dates = mention.paragraph.touching(*mention.sentence)
    token = next((token for token in dates if token.date is mention.dated.date is not None), None)
    if token is None or token.date is None or _REPORT_BEHIND.match(text, token.end):
        return None
    if _REPORT_BEFORE.search(text, max(token.start - 40, 0), token.start):
        return None
    is_own = mention.clause[0] <= token.start < mention.clause[1]
    if is_own or len(token.date.first) < _DAY or not is_current:
        return token
    return token if _AROUND_DATE.search(text[begin : token.start]) else None


def _unit(id_: str, names: list[str]) -> Unit:
    """Return the unit that the names of one of a store say, or one of the store's own."""
    named = map(unit_named, (_AGO.sub("", name) for name in (*names, id_.replace("-", " "))))
    return next((unit for unit in named if unit.zh and unit.en), Unit(f"{_OWN}{id_}", "", id_))


class CountedUnits:
    """The units of a store: which of them may count what a number of a text counts."""

    def __init__(self, index: Index, relevance: Relevance) -> None:
        self.relevance = relevance
        self.names = {id_: [name.split(" (")[0] for name in names.values()] for id_, names in index.units.items()}
        self.units = {id_: _unit(id_, names) for id_, names in self.names.items()}
        self.nouns = defaultdict[str, set[str]](set)
        for id_, names in self.names.items():
            for name in names:
                self.nouns[name.lower()].add(id_)

    @property
    def has_ago(self) -> bool:
        """Whether one counts years that lie back."""
        return any(map(_AGO.search, chain.from_iterable(self.names.values())))

    def is_same(self, mention: Mention, fact: Fact) -> bool:
        """Tell whether a number and a fact count in one unit, which both name."""
        return mention.unit is not None and fact.unit is not None and self.units[fact.unit].id == mention.unit.id

    def fitting(self, mention: Mention, figure: Figure) -> Callable[[Fact, Figure], bool]:
        """Return what says whether the unit of a fact goes together with that of a mention."""
        is_bare = figure.form == "rank" or _OF_THEM.match(mention.paragraph.text, mention.token.end)
        named, unit = self._noun(mention), None if is_bare or mention.is_implied else mention.unit
        is_counter = unit is not None and len(unit.zh) == 1 and unit.id != "person"
        is_thing = is_counter and mention.printed[-1:] not in "个個"  # 1800余起 counts no people
        noun = unit.en if unit and not unit.zh and not _PEOPLE.search(unit.en) else ""

        def fits(fact: Fact, known: Figure) -> bool:
            if form_of(known, fact) != form_of(figure):
                return False
            if not (unit and fact.unit):
                return True
            theirs = self.units[fact.unit].id
            if named and fact.unit not in named:
                return False
            if theirs == "person" and is_thing:
                return False
            names, is_concrete = self.names[fact.unit], theirs.removeprefix(_OWN) in _CONCRETE
            if noun and is_concrete and not self.relevance.counts(noun, fact, names):
                return False
            return _go_together(unit.id, theirs)

        return fits

    def _noun(self, mention: Mention) -> set[str]:
        """Return the units of the store whose name stands behind a number: 154个项目 counts projects."""
        text = mention.paragraph.text
        if mention.unit is None or mention.unit.id in _COUNTERS:
            before = text[max(mention.clause[0], mention.token.start - _NAME) : mention.token.start]
            if ids := [ids for name, ids in self.nouns.items() if len(name) > 1 and before.endswith(name)]:
                return set().union(*ids)
        behind = [text[end : end + _NAME].lstrip(" -").lower() for end in (mention.token.end, mention.end)]
        found = (
            ids
            for name, ids in self.nouns.items()
            if any(each.startswith(name) for each in (behind if len(name) > 1 else behind[:1]))
        )
        return set().union(*found)
