"""A printed figure ↔ an exact number, in Chinese and in English.

>>> parse_figure("50.66万名").value
Decimal('506600')
>>> parse_figure("1800余名").bound
'more_than'
>>> parse_number("1.2 million")
Decimal('1200000')

The grammar: a qualifier (约, 超过, 第, over, top), a currency sign, a number (digits, Chinese numerals up to 兆,
English words), a magnitude (万, 亿, million, k), 余 or 多, a counter word. Arithmetic is exact throughout.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from cs_facts.errors import FigureError
from cs_facts.model import Figure
from cs_facts.numbers.characters import DIGITS, ENGLISH_SCALES, ENGLISH_UNITS, NUMERALS, ORDINALS, SCALES, UNITS, WORDS
from cs_facts.numbers.words import read_chinese, read_english, scaled, shifted
from cs_facts.text import lazily, narrow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cs_facts.lexicon import Bound, Form

MAX_LENGTH = 100
"""Characters of a printed figure; every value of this length is computed exactly."""

_EXACT = Context(prec=20 * MAX_LENGTH)
"""Wide enough for the longest figure, a hundred times 兆: nothing is rounded."""

_QUALIFIERS: dict[Bound, str] = {
    "more_than": r"超过了?|超|逾|突破|高于|大于|多于|不少于|不低于|不小于|至少|"
    r"more than|(?:no|not) (?:less|fewer) than|over|above|at least|exceeding|>=?|≥",
    "less_than": r"不足|不到|不满|未满|未达到?|少于|低于|小于|至多|最多|[不未]超过?|不高于|不大于|不多于|"
    r"less than|fewer than|(?:no|not) more than|not exceeding|under|below|at most|up to|<=?|≤",
    "about": r"大约|大概|(?<![节節预預公条條])约|将近|接近|(?<![附最临臨])近|"
    r"nearly|almost|about|around|approximately|roughly|some|circa|ca\.|~|≈",
    "rank": r"第|no\.|number|ranked|rank|#",
    "top": r"(?<![目此之提以])前|the top|top",
    "exact": r"达到?|共计?|总计|合计|累计|百分之",
}
_TRAILERS: dict[Bound, str] = {
    "more_than": r"及?以上|or more|\+",
    "less_than": r"及?以下|以内|or less|or fewer",
    "about": r"左右|上下|or so",
}


def _either(bounds: dict[Bound, str]) -> str:
    return "|".join(f"(?P<{bound}>{words})" for bound, words in bounds.items())


# neither end cuts a number in two: not in 2022.12.18, .5 or 1234,567,890; groups of three are taken once and
# together, for a number of ten thousand groups would be tried from each of them, to each of them
_ARABIC = (
    r"(?<!\d)(?<!\d\.)(?<!\s\.)(?<!^\.)(?!(?<=[\d,]\d{3},)\d{3}(?!\d))"
    r"(?:\d{1,3}(?:,\d{3}(?!\d))++|\d+)(?:\.\d+)?(?!\d)(?!\.\d)(?!,\d{3}(?!\d))"
)
# 千米, 兆瓦 and 百分点 are units of their own, not magnitudes
_MULTIPLIER = r"[十拾佰仟万萬亿億]|百(?!分[点點之]|帕)|千(?![米克瓦卡赫帕伏焦])|兆(?![瓦赫帕欧字比])"
_DIGIT = f"[{''.join(DIGITS)}]"
_CHINESE = rf"(?:{_ARABIC}|{_DIGIT}|{_MULTIPLIER})+(?:点{_DIGIT}+(?![十拾百佰千仟])[{''.join(SCALES)}]{{0,2}})?"
_MAGNITUDES = ENGLISH_SCALES | ENGLISH_UNITS | {"k": 3}
_MAGNITUDE = "|".join(word for word in _MAGNITUDES if word != "k")
_WORD = "|".join(sorted((*WORDS, *(word for word in _MAGNITUDES if word != "k")), key=len, reverse=True))
_ENGLISH = rf"\b(?:{_WORD})(?:[\s-](?:and\s)?(?:{_WORD}))*\b"

_MINUS = rf"(?:(?<![\w%{NUMERALS}余餘多-])-|[负負])"
_SHARE = "half|halves|thirds?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?"
_TO = "[-–—~～至到]"

# most characters begin no number: one look spares a hundred tries, and a search is four times as quick
_BEGINS = (
    f"(?:(?<![a-z])(?=[a-z])|(?=[-0-9{NUMERALS}超逾突高大多不至>≥少低小最未<≤约将接近~≈第#前达共总合累百"
    "首$¥€£负負几幾数數半]))"
)

_NUMBER = rf"""
    {_BEGINS}
    (?:(?<![a-z])(?:{_either(_QUALIFIERS).replace(" ", "[ ]").replace("#", "[#]")})[占为為有达達]?\s?)?
    (?P<minus>{_MINUS})?(?:(?:us|hk)?[$¥€£]|(?:rmb|cny|usd|eur|gbp)\s?)?
    (?P<sign>{_MINUS})?
    (?:
        (?P<first>首[位个個家次批届创]|\b(?:{"|".join(ORDINALS)})\b)
      | (?P<fraction>{_CHINESE}分之(?:{_CHINESE})?|\b(?:{_WORD})[ -](?:and[ ]a[ ])?(?:{_SHARE})\b|{_ARABIC}(?:/\d+)+)
      | (?P<power>{_ARABIC}e[+-]?\d+)
      | (?P<range>{_ARABIC}(?={_TO}{_ARABIC}(?:{_MULTIPLIER}|[ ]?(?:{_MAGNITUDE}|k)\b)))
      | (?P<vague>[几幾数數](?:{_MULTIPLIER})+|{_CHINESE}[几幾](?:{_MULTIPLIER})*)
      | (?P<half>(?<![{NUMERALS}])一半|(?<![年天月倍个個{NUMERALS}])半(?=[个個年天日月数數]|小时|小時|$))
      | (?P<ordinal>{_ARABIC})(?:st|nd|rd|th)\b
      | (?P<arabic>{_ARABIC})[ ]?(?:(?P<magnitude>{_MAGNITUDE})s?\b|(?P<k>k)\b)
      | (?P<chinese>{_CHINESE})(?:
            (?P<more>[余餘多])(?P<scale>[{"".join(UNITS)}{"".join(SCALES)}]*)
          | (?P<some>(?<=[0十百千万拾佰仟萬])[来來](?![自源到]))
          | (?P<tenths>成)(?P<over>[多余餘])?(?=$|[以左上的。，、；！）)\s])
        )?
      | (?P<english>{_ENGLISH})
    )
    """
_TRAILER = re.compile(f"(?:{_either(_TRAILERS)})$", re.IGNORECASE)
_HALF_MORE = re.compile("[年天月倍]半|个半(?:月|小时|钟头)?")


@dataclass(frozen=True, slots=True)
class Found:
    """A number found in a running text, at ``text[start:end]``."""

    start: int
    end: int
    figure: Figure


def parse_figure(printed: str) -> Figure:
    """Read a figure from its printed wording.

    >>> parse_figure("40余万")
    Figure(printed='40余万', value=Decimal('400000'), low=Decimal('400000'), high=Decimal('500000'), form='number', bound='more_than', parts=())

    Raises:
        FigureError: no number, more than one, or one that says no definite value.

    """
    if len(printed) > MAX_LENGTH:
        raise FigureError(f"is longer than {MAX_LENGTH} characters")
    if simple := _simple().fullmatch(printed):
        qualifier, digits, scale, more = simple.groups()
        value, quantum = scaled(digits, SCALES[scale] if scale else 0)
        bound = _SIMPLE_QUALIFIERS[qualifier] if qualifier else "more_than" if more else "exact"
        return _figure(printed, value, bound, _last_place(value) if more else quantum)
    text = narrow(printed).strip()
    match = _number().match(text)
    if not match:
        raise FigureError(_why_not(text))
    value, quantum = _value(match)
    counter = text[match.end() :].strip()
    _check_counter(counter)
    if _HALF_MORE.fullmatch(counter):
        value, quantum = _EXACT.add(value, Decimal("0.5")), Decimal("0.1")
    trailer = _TRAILER.search(counter)
    if trailer:
        bound = cast("Bound", trailer.lastgroup)
    else:
        bound = "more_than" if counter[1:].endswith(("多", "余")) else _bound(match)
    return _figure(printed, value, bound, quantum, counter=counter)


def parse_number(text: str) -> Decimal:
    """Read a bare number, such as ``50万``, ``1.5亿``, ``300k`` or ``506,600``.

    Raises:
        FigureError: the text is no number, or holds more than one.

    """
    bare = narrow(text).strip()
    match = _number().fullmatch(bare) if len(bare) <= MAX_LENGTH else None
    if not match or _bound(match) != "exact":
        raise FigureError("is no number; write 506600, 506,600, 50.66万, 1.5亿, 300k or 1.2 million")
    return _value(match)[0]


def find_numbers(text: str) -> Iterator[Found]:
    """Yield every number of a running text, left to right; what only looks like one is left out."""
    for match in _number().finditer(narrow(text)):
        if len(match[0]) > MAX_LENGTH:
            continue
        try:
            value, quantum = _value(match)
        except FigureError:
            continue
        figure = _figure(text[match.start() : match.end()], value, _bound(match), quantum)
        yield Found(match.start(), match.end(), figure)


def _figure(printed: str, value: Decimal, bound: str, quantum: Decimal, counter: str = "") -> Figure:
    """Make a figure of what the grammar found; the rebuild of this package replaces it."""
    if bound in ("rank", "top"):
        return Figure(printed, value, None, None, "rank", "exact" if bound == "rank" else "top")
    form: Form = (
        "share" if counter.startswith(("%", "％", "个百分点", "成")) or printed.startswith("百分之") else "number"
    )
    if bound == "more_than":
        ends = re.search("[余餘]|多(?!于)", printed) is not None
        return Figure(printed, value, value, value + quantum if ends else None, form, "more_than")
    if bound == "less_than":
        return Figure(printed, value, None, value, form, "less_than")
    if bound == "about":
        return Figure(printed, value, value - abs(value) / 10, value + abs(value) / 10, form, "about")
    half = quantum / 2 if quantum != 1 else 0
    return Figure(printed, value, value - half, value + half, form, "exact")


def grouped(value: Decimal) -> str:
    """Write a number with its thousands set apart.

    >>> grouped(Decimal("506600"))
    '506,600'
    """
    return f"{value:,f}"


_SIMPLE_QUALIFIERS: dict[str, Bound] = {"约": "about", "超过": "more_than"}


_simple = lazily(
    rf"({'|'.join(_SIMPLE_QUALIFIERS)})?((?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?:\.[0-9]+)?)([万亿]?)(余?)"
    rf"(?:%|(?:(?![{NUMERALS}余餘多来來成点點分半几幾数數以及左右上下])[\u4e00-\u9fff]){{,4}})"
)
"""The commonest figures, which need no grammar: no part of their counter says how much."""

_number = lazily(_NUMBER, re.VERBOSE | re.IGNORECASE | re.ASCII)
"""A number; compiling it takes 15 ms, which a run without a store is spared."""


def _bound(match: re.Match[str]) -> Bound:
    if match["first"] or match["ordinal"]:
        return "top" if match["top"] else "rank"
    for bound in ("rank", "top", "more_than", "less_than", "about"):
        if match[bound]:
            return bound
    if match["more"] or match["over"]:
        return "more_than"
    return "about" if match["some"] else "exact"


_RANGE = "is a range, which is two figures; give each a fact of its own"
_FRACTION = "is a fraction; only 百分之… has an exact number here"
_VAGUE = "says no definite number"
_POWER = "is written with an exponent; write its digits"
_REFUSED = {"range": _RANGE, "fraction": _FRACTION, "vague": _VAGUE, "power": _POWER}


def _why_not(text: str) -> str:
    if re.match("[上成数數几幾若好]", text):
        return _VAGUE
    return "has no number at its beginning; write the number and its counter as printed, without the words before it"


@lru_cache(maxsize=1024)
def _check_counter(counter: str) -> None:
    if re.match(rf"{_TO}(?:\d|[{NUMERALS}])|(?:to|and) \d", counter, re.ASCII):
        raise FigureError(_RANGE)
    if re.match("[¼-¾⅐-⅞]|and a half", counter):
        raise FigureError(_FRACTION)
    if re.match("[mb](?![a-z²³/])", counter, re.IGNORECASE | re.ASCII):  # 5m, 5m people; but 5 m², 5 m/s
        raise FigureError(f"can be read two ways; write million, billion or the unit's name in place of {counter[0]!r}")
    if re.search(rf"\d|^点[{NUMERALS}]", counter):
        raise FigureError("holds more than one number, or one with its digits badly grouped")


def _value(match: re.Match[str]) -> tuple[Decimal, Decimal]:
    """Return the exact value and the quantum of a matched number."""
    for form, reason in _REFUSED.items():
        if match[form] is not None:
            raise FigureError(reason)
    with localcontext(_EXACT):
        value, quantum = _magnitude(match)
        if match["sign"] or match["minus"]:
            value = -value
        return value, _last_place(value) if match["more"] or match["over"] else quantum


def _magnitude(match: re.Match[str]) -> tuple[Decimal, Decimal]:
    if match["first"]:
        return Decimal(ORDINALS.get(match["first"].lower(), 1)), Decimal(1)
    if match["half"]:
        return Decimal("0.5"), Decimal("0.1")
    if match["ordinal"]:
        return scaled(match["ordinal"], 0)
    if match["arabic"]:
        word = (match["magnitude"] or match["k"]).lower()
        return scaled(match["arabic"], _MAGNITUDES[word])
    if match["english"]:
        return read_english(match["english"]), Decimal(1)
    # 千余, 超千亿: what limits the number makes up for the 一 it begins without
    bare = any(match[bound] for bound in ("more", "more_than", "less_than", "about"))
    value, quantum = read_chinese(match["chinese"] + (match["scale"] or ""), bare=bare)
    return (shifted(value, 1), shifted(quantum, 1)) if match["tenths"] else (value, quantum)  # 四成 is 40 per cent


def _last_place(value: Decimal) -> Decimal:
    """Return the place of the last digit that is not zero: 100 for 1800."""
    digits = f"{value.copy_abs():f}"
    if "." in digits:
        return Decimal(1).scaleb(-len(digits.partition(".")[2]))
    return Decimal("1" + "0" * (len(digits) - len(digits.rstrip("0")))) if value else Decimal(1)
