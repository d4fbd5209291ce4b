"""Find the numbers of a text: where each begins and ends, its parts, and the words that limit it.

A first pattern finds where a number may begin and one for each script matches it. A table of words tells what stands
before it; a unit, further numbers of a range or ratio, and a limit may follow. No step looks back more than a few
words, so the time is proportional to the length of the text. Texts must have gone through `cs_facts.text.plain`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from cs_facts.numbers import characters as chars
from cs_facts.numbers.limits import MARK, MONEY, ROLES, SHARES, TAIL, lazily, words_before

if TYPE_CHECKING:
    from collections.abc import Iterator

_FLAGS = re.VERBOSE | re.IGNORECASE | re.ASCII


# No match begins or ends inside a longer number such as 2022.12.18 or 1234,567,890. Groups of three digits are matched
# possessively: otherwise a number of ten thousand groups would be tried from each of them to each of them.
ARABIC = (
    r"(?:(?<![^\s($£€¥<>=~≈+-])\.\d++(?![.\d])"
    r"|(?<!\d)(?<!\d\.)(?<!\s\.)(?<!^\.)(?!(?<=[\d,]\d{3},)\d{3}(?!\d))"
    r"(?:\d{1,3}(?:(?:,\d{3}(?!\d))++|(?=(?:[ ]\d{4})*[ ]0\d{3})(?:[ ]\d{4}(?!\d))++)"
    r"|\d\d?(?:,\d\d){1,4},\d{3}(?![\d,])|\d++)"  # 3,80,528 in India
    r"(?:\.\d++|,\d\d?(?=%))?(?!\.\d)(?!,\d{3}(?!\d)))"
)
CHINESE = (
    rf"(?:{ARABIC}(?:[ ](?={chars.MULTIPLIER}))?|{chars.DIGIT}|{chars.MULTIPLIER})"
    rf"(?:{ARABIC}(?:[ ](?={chars.MULTIPLIER}))?|(?<!\d){chars.DIGIT}|{chars.MULTIPLIER})*+"
    rf"(?:(?:点|(?<={chars.DIGIT}|[十百千])\.){chars.DIGIT}+(?![十百千])[{''.join(chars.SCALES)}]{{0,2}})?"
)
_MANY = f"{chars.POWER_WORDS}|dozen"
_PART = "|".join(chars.DENOMINATORS)
_TENS = "|".join(word for word, value in chars.WORDS.items() if 19 < value < 100)
_LITTLE = "one|two|three|four|five|six|seven|eight|nine"
_OF = (
    rf"(?:(?:in|out[ ]of)(?:[ ]every)?|of[ ]every|of(?=[ ][\w-]+$))[ ]"
    rf"(?:(?:an?[ ](?=hundred|thousand|[mb]illion))?(?:{chars.NUMBER_WORDS})\b(?![ ]?-)"
    r"|(?!(?:19|20)\d\d\b)\d{1,3}(?:,\d{3})*\b)"
    r"(?![ -](?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|quarters?|consecutive|different|other)\b)"
)
# Words of comparison after a part: a third less.
COMPARING = "less|more|lower|higher|fewer|smaller|larger|cheaper|faster"
# Quarters of a year: in the preceding three quarters, two quarters in a row.
TERMS = (
    "(?:(?<=preceding[ ]three[ ])|(?<=previous[ ]three[ ])|(?<=(?:last|past|next)[ ]three[ ]))quarters"
    "|quarters[ ](?:in[ ]a[ ]row|running|ago)\\b"
)
_AND_PART = rf"and[ -](?:an?|one|three)[ -](?:half|quarter|third)s?(?:[ ](?:{_MANY})\b)?"

_EACH = "[一二三四五六七八九]"

_HEAD = lazily(
    rf"""(?P<head>百(?=分之)|{CHINESE})(?:
        (?P<parts>分之(?:(?<=[百千万]分之)(?:负?{CHINESE}几?|几十?)|{CHINESE}))
      | (?P<few>几(?:{chars.MULTIPLIER})*)
      | (?P<more>[ ]?[余多](?![少种样元次年额])(?:[十百千]|[{"".join(chars.SCALES)}])*|[余多](?=[种样元次年]))
      | 个(?P<section>多?亿)(?![元吨斤级千立平])
      | (?P<tenth>成(?:{_EACH}(?!{_EACH}|[十百千万亿成分])|(?<=\d成)\d(?![\d.个万亿%年月])|半(?![个年天月日])))
      | (?P<clock>个?小时零?\d\d?分钟?(?:\d\d?秒)?|分钟?\d\d?秒)
      | (?P<some>(?<=[0十百千万])来(?![自源到]))
      | (?<=\d)(?P<slash>/(?:10*[百千万亿]+|\d{{1,5}}(?![\d/.])))
      | (?<=\d)(?P<power>e[+-]?\d+)
      | [ ]?(?P<vulgar>[{"".join(chars.FRACTIONS)}])
      | (?<=\d)[ ](?P<broken>[1-7]/(?:[2-8]|10|16)(?![\d/%]|\.\d))
      | (?<=\d)(?P<nth>(?<=1)st|(?<=2)nd|(?<=3)rd|th)\b
      | (?<=\d)[ ]
        (?P<sum>(?:trillion[ ]\d{{1,3}}[ ]billion|billion[ ]\d{{1,3}}[ ]million|million[ ]\d{{1,3}}[ ]thousand)\b)
      | (?<=\d)(?:[ -]?(?=[^k])|(?=k))(?P<magnitude>(?:{chars.POWER_WORDS})s?|k)(?![a-z])
      | (?P<coin>(?:元(?=.[角毛])|块(?=.(?![{chars.NUMERALS}\d元])))(?:\d|{_EACH})[角毛]?(?:(?:\d|{_EACH})分)?)
      | (?<=\d)[ -]?(?P<fold>fold)\b
      | (?<=\d)[ ](?P<dozen>dozen)\b
      | (?<=\d)[ ](?P<of>{_OF})
      | (?<=\d)[ ](?P<mixed>{_AND_PART})
    )?""",
    _FLAGS,
)
_NEXT = "一[两二]|[一两二]三|三[四五]|四五|五六|六七|七八|八九"
_OR = "一、二|[二两]、三|三、四|四、五|五、六|六、七|七、八|八、九"
_SPECIAL = lazily(
    rf"""(?P<first>首(?:[{chars.FIRST_OF}创]|$)|(?<=[榜居列之])首(?![{chars.FIRST_OF}先都要席脑领%％‰]))
    | (?P<halves>(?<![{chars.NUMERALS}])(?:一半(?![{chars.NUMERALS}])|过半数?(?!小时|个[月小]|[天年月日百])|半数
        |半百(?!分)|百分百|(?<=[近约超])半(?![个年天日月公米里斤吨亩小路夜途场程])|一[大小]半(?![个年天日月辈夜])))
    | (?P<half>(?<=[近约超])半(?:[个年天日月米里斤吨亩]|公[里斤]|小时)
        |(?<![近约超年天月倍个{chars.NUMERALS}])半(?=[个年天日月数公米里斤吨亩]|小时|$))
    | (?P<pair>(?<![{chars.NUMERALS}\d第、])(?:{_OR})(?=[个名位家岁天]|年(?![级代])|$)
        |(?<![{chars.NUMERALS}\d])(?:(?:{_NEXT})(?:{chars.MULTIPLIER})*|{_EACH}?十(?:{_NEXT})[万亿]*)(?![{chars.NUMERALS}\d分]))
    | (?P<digits>(?<![{chars.NUMERALS}\d第])[一两三四五六]位数(?![字组]))
    | (?P<several>好?[几数](?:个(?=亿)(?!亿[元吨斤级]))?(?:{chars.MULTIPLIER})+)
    | (?P<upwards>成百上千|成千上万|数以[百千万亿]+计|上[百千万亿]+
        |(?<![{chars.NUMERALS}\d])(?![十拾])(?:{chars.MULTIPLIER}){{1,4}}(?![{chars.NUMERALS}\d余多几分]))
    | (?P<folds>翻了?(?:近|约|将近|超过?)?(?:{CHINESE})?番(?!身)|翻倍|减半|腰斩|双倍)
    | (?P<vulgar>[{"".join(chars.FRACTIONS)}])
    """,
    _FLAGS,
)
_ENGLISH = rf"""(?:(?:{chars.NUMBER_WORDS})|an?(?=[ ](?:{chars.POWER_WORDS})\b))(?![a-z])
    (?:(?:[ -]|(?<=hundred|housand|million|billion|rillion)[ ]and[ ])(?:{chars.NUMBER_WORDS})(?![a-z]))*
    (?:[ ]point(?:[ ](?:zero|{_LITTLE})\b)+(?:[ ](?:{chars.POWER_WORDS})\b)*)?"""
_LATIN = lazily(
    rf"""(?P<digits>(?:(?:low|mid|high)[ -])?(?:single|double|triple)[ -]digits?)\b
    | (?P<decades>(?:(?:low|mid|high)[ -])(?:to[ -](?:mid|high)[ -])?(?:{"|".join(chars.TIES)}))\b
    | (?P<folds>(?:{"|".join(chars.FOLD_STEMS)})(?:ed?|es|ing)|half[ ]as[ ](?:many|much|big|large|long|high)
        |twice|thrice|(?:{chars.NUMBER_WORDS})[ -]?fold)\b
    | (?P<mixed>(?:{_ENGLISH})[ -]{_AND_PART}
        |(?:half[ ]an?|half(?=[ -]dozen)|an?[ ]quarter[ ]of[ ]an?|three[ -]quarters[ ]of[ ]an?)[ -](?:{_MANY}))\b
    | (?P<of>(?:{chars.NUMBER_WORDS})[ ]{_OF})
    | (?P<dozen>(?:{chars.NUMBER_WORDS}|an?)[ ]dozen)\b
    | (?P<fraction>(?:{_LITTLE})[ -](?:(?!{TERMS})(?:{_PART})s?|halves)(?![a-z])
        |an?[ ](?:{_PART})(?=[ ](?:of|{COMPARING})\b|$|[^\w -]|[ ][(])
        |(?<=ern[ ]|ing[ ]|per[ ]|wer[ ]|tom[ ]|dle[ ])(?:{_PART})\b
        |half(?=[ ](?:of|the|its|their|all|that|his|her|our)\b|$|[ ]?[^\w -])
        |(?<=(?:than|over|arly|most|bout)[ ])half(?![ -](?:an?|time|hour|year|day|month|dozen)\b|-))
    | (?P<many>(?:(?:tens|hundreds|thousands|dozens|scores)[ ]of[ ])?(?:{_MANY}|score|ten)s
        |(?:several|a[ ]few|a[ ]couple[ ]of|many)(?:[ ](?:{_MANY}))+)\b
    | (?P<ordinal>(?:(?:{_TENS})-)?(?:first(?![ ](?:{chars.NUMBER_WORDS}|\d+)(?![\w-]|[ ]quarters?\b))
        |{"|".join(sorted({*chars.ORDINALS} - {"first"}, key=len, reverse=True))}))\b
    | (?P<decade>an?[ ]decade|(?:{chars.NUMBER_WORDS})[ ]decades?)\b
    | (?P<english>{_ENGLISH})
    """,
    _FLAGS,
)
_BEGINNINGS = "half twice thrice dozen scores tens several many low mid high single"
_FIRST_WORDS = sorted(
    {*chars.WORDS, *chars.MAGNITUDES, *chars.ORDINALS, *chars.FOLD_STEMS, *_BEGINNINGS.split(), "a ", "an "} - {"k"}
)
_LATIN_STARTS = "|".join(
    f"(?<={first})(?:{'|'.join(word[1:] for word in words)})"
    for first, words in groupby(_FIRST_WORDS, key=itemgetter(0))
)
_COUNTED = f"{chars.FIRST_OF}创名天年月日种人件公米里斤吨亩数以小百千万亿十上倍了近约将超一两二三四番半"
# The pattern takes one character and then looks back at it, as `re` searches fastest for a class of characters.
_STARTS = lazily(
    rf"[\d{chars.NUMERALS}{''.join(chars.FRACTIONS)}首半几数好上成翻减过腰双a-zA-Z.](?:(?<=[\d{chars.NUMERALS}{''.join(chars.FRACTIONS)}])(?<!零(?=[上下][\d一二三四五六七八九十]))"
    rf"|(?<=[首半几数好上成翻减])(?=[{_COUNTED}]|$)|(?<=[榜居列之]首)|(?<=过)半|(?<=\.)(?=\d)(?<![^\s($£€¥<>=~≈+-]\.)|(?<=[近约超]半)|(?<=腰)斩|(?<=双)倍"
    rf"|(?i:(?<![a-z0-9][a-z])(?:{_LATIN_STARTS})))",
    re.ASCII,
)
_RUN = lazily(r"[\d.,]*\d", re.ASCII)
_UNIT = lazily(
    r"""[ ]?(?:(?P<percent>%|(?<=\d)-?percent\b|per[ ]?cent\b|pct\b|pc\b)|(?P<mille>‰|per[ ]?mille?\b)|(?P<myriad>‱)
    |(?P<points>个?百分点|percentage[ ]points?\b|pp\b)
    |(?P<degrees>℃|°[CF]?)|(?P<tenths>成(?![员为立功果本交绩长熟都人品型语就活婚团套才分])
      |(?<=[\d一二三四五六七八九])折(?![叠返腾旧扣算射回线断合磨价桥中]))
    |(?P<times>倍|times\b(?=$|[ ](?:as|more|higher|larger|greater|bigger|that|the|its|their|faster|over)\b)|x\b))""",
    _FLAGS,
)
_SHORT_MAGNITUDE = lazily(r"[ ]?(mm|[mbkt])(?:l?n)?(?![a-z²³/])", _FLAGS)
# Without a currency an m is a million (2.8m people) unless it is a length: 500m race, 20m deep, 长20m.
_LONG = """- by x × race sprint dash relay hurdles freestyle back breast butterfly pool swim final record deep depth
high height tall wide long thick away above below apart north south east west radius diameter tower wall track ship
bridge tunnel cliff wave boat crane asl"""
_PLACES = "road river coast shore sea top bottom edge surface ground goal line entrance start finish"
_LENGTH = lazily(
    rf"m(?=-(?!\d)|[ ](?:{'|'.join(_LONG.split())}|in[ ]\d|of[ ](?:water|rope|cable|pipe)"
    rf"|from[ ](?:the|an?)[ ](?:{'|'.join(_PLACES.split())}))|[\u4e00-\u9fff×])"
)
_DISTANCE = lazily(
    r"[\u4e00-\u9fff]$|(?<=\dm)[ ]?[x×] ?$|\ba (?!record |further |total |of )(?:[a-z]{1,10} )?$"
    r"|\b(?:the|men[’']s|women[’']s|ran|runs?|running|swam|swims?|walked|dived) $",
    re.IGNORECASE,
)
_LETTER = lazily(
    r"(?<=\d)(?:[mMbBw]|W(?=[+人元名次粉个阅播用户条多余件单笔块])"
    r"|(?P<net>W)(?=$|[，。、,.;:!?(]|左右|上下|以[上下内])(?!(?:[、和及]\d+W)+[快闪超]?[充灯]))(?![A-Za-z²³/])",
    re.ASCII,
)
# Online, W is short for 万. It is watts behind a word for power, or in a sentence in English.
_WATTS = lazily(
    r"(?:功[率耗]|[灯瓦]|充(?!值)|电(?![影视商台竞话脑动])|能耗|输出|待机|音[箱响]|马达|加热|制[冷热]|太阳能|光伏|风扇|空调|热水"
    r"|炉|显卡|芯片|吹风|洗衣机|吸尘|机器|LED|TDP)[^。;!?\n]*(?<!了)$|^[^\u4e00-\u9fff]*[a-z]{2}[^\u4e00-\u9fff]*$",
    re.IGNORECASE,
)
_BETWEEN = lazily(
    rf"""(?P<counter>[^\W\d_a-z至到{chars.NUMERALS}]{{1,3}}?|[ ][a-z]{{2,12}}(?=[ ]and[ ])
        |[ ](?:cents|pence|dollars|euros|hours|days|weeks|months|years|minutes)(?=[ ]to[ ])|)
    [ ]?(?P<joint>(?:-[ ]?)?(?P<to>to)\b(?:-(?=[a-z]))?|{chars.DASH}|[至到]|(?P<and>and)\b)
    [ ]?(?P<about>约|about[ ])?(?=[-+\d$¥€£{chars.NUMERALS}a-z人负])
    (?P<sign>-|负|零[上下]|\+|(?:minus|plus|negative)[ ])?
    (?P<money>[a-z]{{0,2}}[$]|(?:{"|".join(map(re.escape, MONEY))})[ ]?)?(?P<then>-|负)?""",
    re.VERBOSE | re.IGNORECASE,
)
_ERROR = lazily(r"[ ]?(?:±|\+/-)[ ]?(?=\d)")
_AGAIN = lazily(rf"周?岁(?:及|和|或)([\d{chars.NUMERALS}]+)(?=周?岁以[上下])")
_JOINED = frozenset(("head", "magnitude", "english", "parts", "more"))
# A change from one number to another is not a range: rose from 5 to 8, a price fall from $50 to $41.
_LEAVES = lazily(r"[由从]$|\bfrom $", re.IGNORECASE)
_RANGES = lazily(r"\b(?:rang|var|differ|anyw|spann)[a-z]+ from $", re.IGNORECASE)
_CHANGES = "|".join(
    word for word, role in ROLES.items() if role in ("rise", "fall") and word.isascii() and word.isalpha()
)
_GOES = lazily(
    rf"\b(?:{_CHANGES}|went|raised|cut|improved|narrowed|slowed|widened|revised)\b[^.,;:\d]{{0,30}}"
    r"(?:\d[\d.,]*[^.;:\d]{0,20})?\bfrom $",
    re.IGNORECASE,
)


@dataclass(slots=True, unsafe_hash=True)
class Operand:
    """One number without the words that limit it."""

    kind: str  # how it is written: the name of the group that matched
    text: str  # of that group
    head: str  # the digits or numerals before that
    unit: str  # the kind of unit behind it: percent, mille, points, tenths, times …
    short: str  # the letter that is its magnitude: m in £3.5m
    start: int = field(compare=False)
    end: int = field(compare=False)
    sign: str = ""  # + or - for the end of a range; other numbers have theirs among the words before them


@dataclass(slots=True, unsafe_hash=True)
class Expression:
    """A number of a text with the words that belong to it; expressions are equal regardless of their position."""

    start: int = field(compare=False)  # where it begins, including limits and signs
    reach: int = field(compare=False)  # where the words begin that merely lead up to it: 共计, 增长到
    end: int = field(compare=False)
    operands: tuple[Operand, ...]  # one number, two of a range, or two or more of a ratio
    joint: str  # "-" for a range, ":" for a ratio, "±" for a margin of error, "" for one number
    roles: tuple[str, ...]  # of the words before it, see `ROLES`
    tail: str  # the role of the words behind it, "" if there are none


def expressions(text: str) -> Iterator[Expression]:
    """Yield the numbers of a plain text from left to right, without overlaps."""
    least, place = 0, _STARTS().search(text)
    while place:
        at = place.start()
        operand = _operand(text, at, money=False)
        if operand:
            found = _expression(text, operand, least)
            yield found
            least = at = found.end
        else:
            run = _RUN().match(text, at)
            at = run.end() if run else at + 1
        place = _STARTS().search(text, at)


def expression_at_start(text: str) -> Expression | None:
    """Return the number at the beginning of a plain text."""
    found = next(expressions(text), None)
    return found if found and found.reach == 0 else None


def _operand(text: str, at: int, *, money: bool) -> Operand | None:
    if text[at].isascii():
        match = (_LATIN if text[at].isalpha() else _HEAD)().match(text, at)
    else:
        match = _SPECIAL().match(text, at) or _HEAD().match(text, at)
    if not match:
        return None
    kind, end, short = match.lastgroup or "", match.end(), ""
    letter = (_SHORT_MAGNITUDE if money else _LETTER)().match(text, end) if kind == "head" else None
    if letter and (money or not _is_unit(letter, text, at)):
        short, end = letter[0].strip()[0].lower(), letter.end()
        if letter[0] == "b" and not money:
            return Operand("ambiguous", "", "", "", short, at, end)
    unit = _UNIT().match(text, end)
    head, said = match["head"] if match.re is _HEAD() else "", match[kind].lower().strip()
    if "," in head:
        head = re.sub(r"^(\d+),(?=\d\d?$)", r"\1.", head, flags=re.ASCII)  # 44,5%
    if " " in head or head.startswith("."):
        head = f"0{head}" if head[0] == "." else head.replace(" ", "")
    name, end = (unit.lastgroup or "", unit.end()) if unit else ("", end)
    return Operand(kind, said, head, name, short, at, end)


def _is_unit(letter: re.Match[str], text: str, at: int) -> bool:
    """Tell whether the letter behind a number is a unit, metres or watts, and not a magnitude."""
    if letter[0] == "m":
        return is_length(text, at, letter.start())
    return bool(letter["net"] and _WATTS().search(text[max(0, at - 20) : at]))


def is_length(text: str, at: int, end: int) -> bool:
    """Tell whether an m behind a number means metres, by what follows it or precedes the number."""
    return bool(_LENGTH().match(text, end) or _DISTANCE().search(text, max(at - 14, 0), at))


def _expression(text: str, operand: Operand, least: int) -> Expression:
    start, reach, roles = words_before(text, operand.start, least, operand)
    if "currency" in roles:
        operand = _operand(text, operand.start, money=True) or operand
    joint, operands = _joined(text, start, [operand], roles)
    end, tail, last = operands[-1].end, "", operands[-1]
    if (again := _AGAIN().match(text, end)) and again[1] == text[operand.start : operand.end]:
        end = again.end()
    if behind := TAIL().match(text, end) if end < len(text) else None:
        group = behind.lastgroup or ""
        is_share = last.unit in SHARES or last.kind in ("parts", "fraction")
        if (group != "half" or last.kind in ("head", "english")) and (is_share or not group.endswith("__")):
            tail, end = group.rstrip("_"), behind.end()
    if "passes" in roles and (mark := MARK().match(text, end)):
        end = mark.end()
    return Expression(start, reach, end, tuple(operands), joint, roles, tail)


def _joined(text: str, start: int, operands: list[Operand], roles: tuple[str, ...]) -> tuple[str, list[Operand]]:
    """Return the joint and the operands of a number, with those of a ratio, range or margin that follow the first."""
    first = operands[0]
    if first.kind not in _JOINED:
        return "", operands
    while not first.unit and (at := operands[-1].end) < len(text) and text[at] in ":比" and at + 1 < len(text):
        following = _operand(text, at + 1, money=False) if text[at + 1] in f"0123456789{chars.NUMERALS}" else None
        if not following or following.kind != "head" or following.unit:
            break
        operands.append(following)
    if len(operands) > 1:
        return ":", operands
    if error := _ERROR().match(text, first.end):
        margin = _operand(text, error.end(), money=False)
        return ("±", [first, margin]) if margin and margin.kind in _JOINED else ("", operands)
    second = _range_end(text, first, roles)
    if not second:
        return "", operands
    is_falling = not (second.sign or {"minus", "below"} & {*roles}) and _falls(first, second)
    has_word = text[first.end : second.start].strip("$¥€£ -–—~") != ""
    is_from = has_word and _LEAVES().search(text, max(0, start - 5), start)
    if is_from and (is_falling or _is_change(text, start, first, roles)):
        return "", operands
    is_score = is_falling and first.kind == second.kind == "head" and not (second.unit or second.short)
    return ":" if is_score else "-", [first, second]


def _is_change(text: str, start: int, first: Operand, roles: tuple[str, ...]) -> bool:
    """Tell whether "from" and "to" are the ends of a change, as in "rose from 5 to 8", or of a range."""
    if {"rise", "fall"} & {*roles} or _GOES().search(text, max(0, start - 60), start):
        return True
    return first.unit == "percent" and not _RANGES().search(text, max(0, start - 24), start)


def _range_end(text: str, first: Operand, roles: tuple[str, ...]) -> Operand | None:
    """Return the second number of a range, which matches the first in kind, unit and counter and is not smaller."""
    between = _BETWEEN().match(text, first.end)
    if not between or (between["and"] and "between" not in roles) or (between["about"] and "about" not in roles):
        return None
    at, counter, sign = between.end(), between["counter"], between["sign"] or between["then"] or ""
    is_money = "currency" in roles or between["money"] is not None
    second = _operand(text, at, money=is_money) if at < len(text) else None
    if second and second.kind == "of" and second.head:  # between 3 and 5 of 20
        second = replace(second, kind="head", text=second.head, end=at + len(second.head))
    is_fold = second and second.text.endswith("fold")  # five- to six-fold
    if not second or not (is_fold or second.kind in _JOINED) or first.unit not in ("", second.unit):
        return None
    if not text.startswith(counter, second.end):
        return None
    is_level = (between["joint"] in ("to", "至", "到") and not counter and not between["about"]) or counter[:1] == " "
    if is_level and first.kind != "parts" and not (first.unit or second.unit) and {"rise", "fall"} & {*roles}:
        return None  # fell by 1,200 to 8,500
    if between["to"] and first.kind == "magnitude" and second.kind == "head" and not (second.unit or second.short):
        return None  # $28.5 billion to 100,000 restaurants
    second.sign = "" if not sign else "+" if sign[0] in "+p" or sign == "零上" else "-"
    is_signed = second.sign or {"minus", "below"} & {*roles}
    is_whole = counter or first.unit or second.unit or first.kind != "head"
    if not is_signed and is_whole and _falls(first, second):
        return None
    second.end += len(counter)
    return second


def _falls(first: Operand, second: Operand) -> bool:
    """Tell whether the second of two numbers in digits is smaller, as in "from 8% to 5%", which is no range."""
    is_alike = first.kind == second.kind and (first.kind == "head" or first.text == second.text)
    digits = [operand.head.replace(",", "") for operand in (first, second)]
    power = chars.LETTER_POWERS.get(second.short, 0) if not first.short else 0
    if not is_alike or not all(re.fullmatch(r"[\d.]+", one, re.ASCII) for one in digits):
        return False
    return float(digits[0]) > float(digits[1]) * 10.0**power
