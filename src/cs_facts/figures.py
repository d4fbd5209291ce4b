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
from decimal import Decimal
from typing import TYPE_CHECKING

from cs_facts.errors import FigureError
from cs_facts.model import Bound, Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_LENGTH = 100
"""Characters of a printed figure; every value of this length is computed exactly."""

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord("，"): "，",
    ord("￥"): "¥",
    0x2212: "-",
}

_DIGITS = dict.fromkeys("〇零", 0) | {
    char: value
    for value, chars in enumerate(
        ["一壹", "二贰貳两兩", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"], start=1
    )
    for char in chars
}
_UNITS = {"十": 1, "拾": 1, "百": 2, "佰": 2, "千": 3, "仟": 3}
_SCALES = {"万": 4, "萬": 4, "亿": 8, "億": 8, "兆": 12}

_ENGLISH_UNITS = {"hundred": 2}
_ENGLISH_SCALES = {
    "k": 3,
    "thousand": 3,
    "million": 6,
    "mn": 6,
    "billion": 9,
    "bn": 9,
    "trillion": 12,
    "tn": 12,
}
_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {word: value for value, word in enumerate(_SMALL.split())} | {
    word: 10 * value for value, word in enumerate(_TENS.split(), start=2)
}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], 1
    )
}

_QUALIFIERS: dict[Bound, str] = {
    "more_than": r"超过了?|超|逾|突破|高于|大于|多于|不少于|不低于|至少|more than|over|above|at least|exceeding|>=?|≥",
    "less_than": r"不足|不到|少于|低于|小于|至多|最多|不超过|less than|fewer than|under|below|at most|up to|<=?|≤",
    "about": r"大约|大概|约|将近|接近|近|nearly|almost|about|around|approximately|roughly|some|circa|ca\.|~|≈",
    "rank": r"第|no\.|number|ranked|rank|#",
    "top": r"前|the top|top",
    "exact": r"达到?|共计?|总计|合计|累计|百分之",
}
_TRAILERS: dict[Bound, str] = {
    "more_than": r"及?以上|or more|\+",
    "less_than": r"及?以下|以内|or less|or fewer",
    "about": r"左右|上下|or so",
}


def _either(bounds: dict[Bound, str]) -> str:
    return "|".join(f"(?P<{bound}>{words})" for bound, words in bounds.items())


_ARABIC = r"(?<!\d)(?<!\d\.)(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?!\d)(?!\.\d)(?!,\d{3}(?!\d))"
# 千米, 兆瓦 and 百分点 are units of their own, not magnitudes
_MULTIPLIER = r"[十拾佰仟万萬亿億]|百(?!分[点點之]|帕)|千(?![米克瓦卡赫帕伏焦])|兆(?![瓦赫帕欧字比])"
_DIGIT = f"[{''.join(_DIGITS)}]"
_CHINESE = rf"(?:{_ARABIC}|{_DIGIT}|{_MULTIPLIER})+(?:点{_DIGIT}+[{''.join(_SCALES)}]{{0,2}})?"
_MAGNITUDE = "|".join(word for word in _ENGLISH_SCALES if word != "k")
_WORD = "|".join(sorted((*_WORDS, *_ENGLISH_UNITS, *(w for w in _ENGLISH_SCALES if len(w) > 2)), key=len, reverse=True))
_ENGLISH = rf"\b(?:{_WORD})(?:[\s-](?:and\s)?(?:{_WORD}))*\b"

_NUMBER = re.compile(
    rf"""
    (?:(?<![a-z])(?:{_either(_QUALIFIERS).replace(" ", "[ ]").replace("#", "[#]")})\s?)?
    (?:(?:us|hk)?[$¥€£]|(?:rmb|cny|usd|eur|gbp)\s?)?
    (?P<sign>(?<![\w-])-)?
    (?:
        (?P<first>首(?=[位个個家次批届创]|\b)|\b(?:{"|".join(_ORDINALS)})\b)
      | (?P<half>半)
      | (?P<ordinal>\d+)(?:st|nd|rd|th)\b
      | (?P<arabic>{_ARABIC})[ ]?(?:(?P<magnitude>{_MAGNITUDE}|hundred)\b|(?P<k>k)\b)
      | (?P<chinese>{_CHINESE})(?:(?P<more>[余餘多])(?P<scale>[{"".join(_UNITS)}{"".join(_SCALES)}]*)|(?P<some>[来來]))?
      | (?P<english>{_ENGLISH})
    )
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_TRAILER = re.compile(f"(?:{_either(_TRAILERS)})$", re.IGNORECASE)
_HALF_MORE = re.compile("[年天月倍]半|个半(?:月|小时|钟头)?")
_TOKEN = re.compile(rf"(?P<point>{_DIGIT}+点{_DIGIT}+)|(?P<arabic>{_ARABIC})|(?P<char>.)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Found:
    """A number found in a running text, at ``text[start:end]``."""

    start: int
    end: int
    figure: Figure


def parse_figure(printed: str) -> Figure:
    """Read a figure from its printed wording.

    >>> parse_figure("40余万")
    Figure(printed='40余万', value=Decimal('400000'), bound='more_than', quantum=Decimal('100000'))

    Raises:
        FigureError: no number, more than one, or one that says no definite value.

    """
    if len(printed) > MAX_LENGTH:
        raise FigureError(f"is longer than {MAX_LENGTH} characters")
    text = _narrow(printed).strip()
    match = _NUMBER.match(text)
    if not match:
        raise FigureError(_why_not(text))
    value, quantum = _value(match)
    counter = text[match.end() :].strip()
    _check_counter(counter)
    if counter == "半" and value == 1:
        value, quantum, counter = Decimal("0.5"), Decimal("0.1"), ""
    elif _HALF_MORE.fullmatch(counter):
        value, quantum = value + Decimal("0.5"), Decimal("0.1")
    trailer = _TRAILER.search(counter)
    bound = _bound(trailer) if trailer else "more_than" if counter[1:].endswith(("多", "余")) else _bound(match)
    return Figure(printed, value, bound, quantum)


def parse_number(text: str) -> Decimal:
    """Read a bare number, such as ``50万``, ``1.5亿``, ``300k`` or ``506,600``.

    Raises:
        FigureError: the text is no number, or holds more than one.

    """
    narrow = _narrow(text).strip()
    match = _NUMBER.fullmatch(narrow) if len(narrow) <= MAX_LENGTH else None
    if not match or _bound(match) != "exact":
        raise FigureError("is no number; write 506600, 506,600, 50.66万, 1.5亿, 300k or 1.2 million")
    return _value(match)[0]


def find_numbers(text: str) -> Iterator[Found]:
    """Yield every number of a running text, left to right; what only looks like one is left out."""
    for match in _NUMBER.finditer(_narrow(text)):
        if len(match[0]) > MAX_LENGTH:
            continue
        try:
            value, quantum = _value(match)
        except FigureError:
            continue
        figure = Figure(text[match.start() : match.end()], value, _bound(match), quantum)
        yield Found(match.start(), match.end(), figure)


def grouped(value: Decimal) -> str:
    """Write a number with its thousands set apart.

    >>> grouped(Decimal("506600"))
    '506,600'
    """
    return f"{value:,f}"


def _narrow(text: str) -> str:
    """Make full-width forms half-width, one character for one, so that offsets stay."""
    text = re.sub("(?<=[０-９])，(?=[０-９]{3})", ",", text)
    return text.translate(_WIDE)


def _bound(match: re.Match[str]) -> Bound:
    groups = match.groupdict()
    if groups.get("first") or groups.get("ordinal"):
        return "top" if groups.get("top") else "rank"
    for bound in ("rank", "top", "more_than", "less_than", "about"):
        if groups.get(bound):
            return bound
    if groups.get("more"):
        return "more_than"
    return "about" if groups.get("some") else "exact"


def _why_not(text: str) -> str:
    if re.match("[上成数几若好]", text):
        return "says no definite number"
    return "has no number at its beginning; write the number and its counter as printed, without the words before it"


def _check_counter(counter: str) -> None:
    if re.match(rf"[-–—~～至到](?:\d|{_DIGIT}|{_MULTIPLIER})", counter, re.ASCII) or re.match(
        r"(?:to|and) \d", counter
    ):
        raise FigureError("is a range, which is two figures; give each a fact of its own")
    if counter.startswith("几"):
        raise FigureError("says no definite number")
    if counter.startswith("分之"):
        raise FigureError("is a fraction; only 百分之… has an exact number here")
    if counter in ("m", "M", "b", "B"):
        raise FigureError(f"can be read two ways; write million, billion or the unit's name in place of {counter!r}")
    if re.search(r"\d", counter, re.ASCII):
        raise FigureError("holds more than one number, or one with its digits badly grouped")


def _value(match: re.Match[str]) -> tuple[Decimal, Decimal]:
    """Return the exact value and the quantum of a matched number."""
    value, quantum = _magnitude(match)
    if match["sign"]:
        value = -value
    if match["more"]:
        quantum = _last_place(value)
    return value, quantum


def _magnitude(match: re.Match[str]) -> tuple[Decimal, Decimal]:
    if match["first"]:
        return Decimal(_ORDINALS.get(match["first"].lower(), 1)), Decimal(1)
    if match["half"]:
        return Decimal("0.5"), Decimal("0.1")
    if match["ordinal"]:
        return Decimal(match["ordinal"]), Decimal(1)
    if match["arabic"]:
        word = (match["magnitude"] or match["k"]).lower()
        return _scaled(match["arabic"], (_ENGLISH_SCALES | _ENGLISH_UNITS)[word])
    if match["english"]:
        return _plain(_compose(_english_tokens(match["english"]))), Decimal(1)
    tokens = list(_chinese_tokens(match["chinese"] + (match["scale"] or "")))
    return _plain(_compose(tokens, bare=bool(match["more"]))), _quantum(tokens)


@dataclass(frozen=True, slots=True)
class _Token:
    """A part of a spelt number: a count, or a power of ten that multiplies what stands before it."""

    count: Decimal | None = None
    quantum: Decimal = Decimal(1)
    power: int = 0
    closes: bool = False  # a scale (万, million) closes the section before it, a unit (百) does not
    digit: bool = False  # a single Chinese digit


def _chinese_tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        char = match["char"]
        if match["arabic"]:
            count, quantum = _scaled(match["arabic"], 0)
            yield _Token(count, quantum)
        elif match["point"]:
            digits = "".join("." if c == "点" else str(_DIGITS[c]) for c in match["point"])
            yield _Token(*_scaled(digits, 0))
        elif char in _DIGITS:
            yield _Token(Decimal(_DIGITS[char]), digit=True)
        elif char in _UNITS:
            yield _Token(power=_UNITS[char])
        elif char in _SCALES:
            yield _Token(power=_SCALES[char], closes=True)
        else:
            raise FigureError(f"has {char!r} where a numeral should stand")


def _english_tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    for word in re.findall("[a-z]+", text.lower()):
        if word in _ENGLISH_UNITS:
            tokens.append(_Token(power=_ENGLISH_UNITS[word]))
        elif word in _ENGLISH_SCALES:
            tokens.append(_Token(power=_ENGLISH_SCALES[word], closes=True))
        elif word in _WORDS:
            count = Decimal(_WORDS[word])
            tens = tokens[-1].count if tokens else None
            if tens and tens >= 20 and 0 < count < 10:
                tokens[-1] = _Token(tens + count)
            else:
                tokens.append(_Token(count))
    return tokens


def _compose(tokens: list[_Token], *, bare: bool = False) -> Decimal:
    """Add up a spelt number; ``bare`` lets it begin with its power, as 千余 does."""
    if len(tokens) > 1 and all(token.digit for token in tokens):
        return _digit_by_digit(tokens)
    total = section = Decimal(0)
    count: Decimal | None = None
    unit = scale = 99  # the powers before, which must fall
    zero = False
    for place, token in enumerate(tokens):
        if token.count is not None:
            if count is not None and not zero:
                raise FigureError("puts two numerals side by side; which number is meant?")
            count, zero = token.count, token.digit and token.count == 0
        elif not token.closes:
            if (count is None and (token.power > 1 and not (bare and place == 0))) or token.power >= unit:
                raise FigureError("has its numerals in an order that makes no number")
            section += _shift(Decimal(1) if count is None else count, token.power)
            count, unit, zero = None, token.power, False
        else:
            section += count or 0
            if not section and not total and not (bare and place == 0):
                raise FigureError("has a magnitude without a number before it")
            if token.power >= scale:  # 万亿: the scale multiplies all before it
                total = _shift(total + section, token.power)
            else:
                total += _shift(section or Decimal(1), token.power)
            section, count, unit, scale, zero = Decimal(0), None, 99, token.power, False
    return total + section + _remainder(tokens, count)


def _remainder(tokens: list[_Token], count: Decimal | None) -> Decimal:
    """Return what the last numeral counts: 5 in 一百零五, but 50 in 一百五 and 5,000 in 两万五."""
    if count is None:
        return Decimal(0)
    before = tokens[-2] if len(tokens) > 1 else None
    if before and before.power and tokens[-1].digit:
        return _shift(count, before.power - 1)
    return count


def _digit_by_digit(tokens: list[_Token]) -> Decimal:
    digits = "".join(str(token.count) for token in tokens)
    if len(digits) == 2 and "0" not in digits:
        raise FigureError("puts two numerals side by side; which number is meant?")
    return Decimal(digits)


def _quantum(tokens: list[_Token]) -> Decimal:
    """Return what one step of the last digit counts; a number spelt in Chinese is spelt to its unit."""
    power = 0
    for token in reversed(tokens):
        if token.count is not None:
            return _plain(_shift(token.quantum, 0 if token.digit and power < 4 else power))
        power += token.power
    return Decimal(1)


def _scaled(digits: str, power: int) -> tuple[Decimal, Decimal]:
    value = Decimal(digits.replace(",", ""))
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)  # digits are finite
    return _plain(_shift(value, power)), _plain(_shift(Decimal(1), exponent + power))


def _shift(value: Decimal, power: int) -> Decimal:
    """Multiply by a power of ten, exactly whatever the context's precision."""
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)  # digits are finite
    return Decimal((sign, digits, exponent + power))


def _plain(value: Decimal) -> Decimal:
    """Write an integral value without an exponent: 506600, not 5.066E+5 or 506600.00."""
    return Decimal(int(value)) if value == int(value) else Decimal(f"{value:f}".rstrip("0"))


def _last_place(value: Decimal) -> Decimal:
    """Return the place of the last digit that is not zero: 100 for 1800."""
    digits = f"{abs(value):f}"
    if "." in digits:
        return Decimal(1).scaleb(-len(digits.partition(".")[2]))
    return Decimal("1" + "0" * (len(digits) - len(digits.rstrip("0")))) if value else Decimal(1)
