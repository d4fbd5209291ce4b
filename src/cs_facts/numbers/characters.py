"""The one table of characters and words that numbers are written with, in Chinese and in English.

Everything else in this package is built from here: digits and powers of ten, words before and behind a number that
limit it or give it a direction, signs, currencies, counters and dashes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cs_facts.columns import Bound

DIGITS = dict.fromkeys("〇○零", 0) | {
    char: value
    for value, chars in enumerate(
        ["一壹", "二贰貳两兩", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"], start=1
    )
    for char in chars
}
DIGITS |= {"廿": 20, "卅": 30}

# Powers of ten within a section of four digits, and those that close a section.
UNITS = {"十": 1, "拾": 1, "百": 2, "佰": 2, "千": 3, "仟": 3}
SCALES = {"万": 4, "萬": 4, "亿": 8, "億": 8, "兆": 12}
POWERS = UNITS | SCALES

# Every character of a Chinese number, for the inside of a character class.
NUMERALS = f"{''.join(DIGITS)}{''.join(UNITS)}{''.join(SCALES)}"

ENGLISH_UNITS = {"hundred": 2}
ENGLISH_SCALES = {"thousand": 3, "million": 6, "mn": 6, "billion": 9, "bn": 9, "trillion": 12, "tn": 12}
ENGLISH_SCALES |= {"mln": 6, "bln": 9, "trn": 12, "trln": 12}
MAGNITUDES = ENGLISH_SCALES | ENGLISH_UNITS | {"lakh": 5, "crore": 7, "k": 3}

# Letters that are a magnitude only behind an amount of money (£3.5m) or where a bare number is typed.
SHORT_MAGNITUDES = {"k": 3, "m": 6, "b": 9, "t": 12, "w": 4}

_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
fifteenth sixteenth seventeenth eighteenth nineteenth"""
WORDS = {word: value for value, word in enumerate(_SMALL.split())} | {
    word: 10 * value for value, word in enumerate(_TENS.split(), start=2)
}
ORDINALS = {word: value for value, word in enumerate(_ORDINALS.split(), start=1)} | {
    f"{word[:-1]}ieth": 10 * value for value, word in enumerate(_TENS.split(), start=2)
}
TIES = {"teens": 10} | {f"{word[:-1]}ies": 10 * value for value, word in enumerate(_TENS.split(), start=2)}
DENOMINATORS = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fourth": 4} | {
    word: value for word, value in ORDINALS.items() if 4 < value < 11
}
_FRACTIONS = "¼1/4 ½1/2 ¾3/4 ⅐1/7 ⅑1/9 ⅒1/10 ⅓1/3 ⅔2/3 ⅕1/5 ⅖2/5 ⅗3/5 ⅘4/5 ⅙1/6 ⅚5/6 ⅛1/8 ⅜3/8 ⅝5/8 ⅞7/8"
FRACTIONS = {pair[0]: pair[1:] for pair in _FRACTIONS.split()}

# Words before a number, by what they do to it. "short" ones count only before a share or a multiple: 升2.3%, 多一倍.
BEFORE: dict[str, str] = {
    "more_than": "超过 超出 超 逾 突破 高于 大于 多于 不止 略高于 略超 > more_than greater_than higher_than over "
    "above over- exceeding exceeded exceeds exceed in_excess_of upwards_of north_of just_over well_over well_above "
    "topping topped surpassing surpassed 首破 冲破 over_the_age_of above_the_age_of",
    "at_least": "never_fallen_below never_fallen_under never_dropped_below never_fell_below "
    "不得少于 不得低于 不少于 不低于 不小于 不下 不下于 至少 最少 起码 >= ≥ ⩾ ≧ at_least no_less_than no_fewer_than "
    "不可低于 不能低于 不会低于 没有低于 没低于 未低于 never_below not_below not_under never_less_than "
    "never_fewer_than not_less_than not_fewer_than no_lower_than not_lower_than a_minimum_of minimum_of minimum",
    "less_than": "不足 不到 不满 未满 未达到 未达 未到 少于 低于 小于 略低于 < less_than fewer_than lower_than "
    "没有达到 没达到 尚未达到 未能达到 did_not_reach didn't_reach never_reached not_yet_reached "
    "under below just_under short_of under- under_the_age_of below_the_age_of",
    "at_most": "never_exceeded never_exceeds 从未超过 从不超过 没有超过 没超过 尚未超过 未曾超过 不会超过 不能超过 "
    "不可超过 不应超过 不再超过 未必超过 没有突破 没突破 未突破 尚未突破 未能突破 从未突破 不突破 小于等于 顶多 "
    "never_more_than cannot_exceed can't_exceed doesn't_exceed isn't_more_than is_not_more_than never_above "
    "not_above not_over "
    "不得超过 不得高于 至多 最多 最高 最高可达 不超过 不超 未超过 不高于 不大于 不多于 不逾 <= ≤ ⩽ ≦ at_most up_to "
    "no_more_than not_more_than no_greater_than no_higher_than not_exceeding not_exceed not_to_exceed a_maximum_of "
    "within "
    "maximum_of maximum",
    "about": "大约 约为 约占 约 大概 大致 差不多 ~ ≈ about around approximately approx "
    "approx. roughly some circa ca. c. close_to",
    "nearly": "将近 接近 几近 近 几乎 近乎 nearly almost approaching",
    # what passes a power of ten (过万亿) or a mark (the 400,000 mark) is more than it
    "passes": "过 跨过 迈过 越过 跨越 passed passed_the crossed crossed_the passing_the crossing_the",
    "rise": "正增长 增长 增加 上升 提高 提升 上涨 攀升 回升 扩大 延长 上浮 上调 多增 增产 增收 增长率 增幅 增速 涨幅 "
    "升幅 净增 激增 猛增 剧增 飙升 暴涨 raised_by 增 升 涨 up rise rises rose risen rising grow grows grew grown "
    "growing growth increase increases increased increasing gain gains gained climb climbed jump jumps jumped "
    "surge surges surged soar soars soared leapt expand expanded advanced ↑ ▲",
    "fall": "少增 下降 减少 降低 下跌 下滑 回落 减产 减收 缩减 缩小 缩短 压缩 萎缩 下调 收窄 骤降 锐减 暴跌 大跌 "
    "下挫 蒸发 跌去 缩水 降幅 跌幅 减幅 减 降 跌 down fall falls fell fallen falling decline declines declined "
    "declining decrease decreases decreased decreasing drop drops dropped dropping dip dips dipped dipping slid "
    "sliding shrinks shrank shrunk reduced reduced_by cut_by lowered lowered_by slashed slashed_by shrinking "
    "contracted slip slips slipped slipping plunge plunges plunged plummet plummets plummeted tumble tumbles "
    "tumbled sank slump slumps slumped slumping shed sheds shedding lose loses lost losing ↓ ▼",
    "short_rise": "多 高 翻 翻了",
    "short_fall": "少 低 loss_of losses_of",
    "top": "前 top top- the_top",
    "rank": "第 no. number ranked rank #",
    "last": "倒数第",
    "between": "between",
    "minus": "- 负 负的 零下 minus negative",
    "plus": "+",
    "currency": "$ us$ hk$ nt$ nz$ au$ ca$ a$ c$ s$ ¥ € £ ₹ ₩ 人民币 港币 新台币 美金 rmb cny usd eur gbp hkd jpy "
    "twd ntd inr krw chf cad aud sgd rmb¥",
    "per": "每",
    "level": "到 至 to 增加为 增长为 增为 上升为 升为 提高为 扩大为 延长为 下降为 降为 降低为 减少为 减为 "
    "缩小为 缩减为 缩短为 压缩为",
    "both": "plus_or_minus ± 正负 +/-",
    "said": "first the_first 最高达 高达 多达 达到 达 共计 共 总计 合计 累计",
    "fill": "了 有 占 为 是 by of a an at as further a_further another",
    "short_fill": "the",
}
ROLES = {word.replace("_", " "): role for role, words in BEFORE.items() for word in words.split()}
# What falls below a number or rises above it changes by something else.
ROLES |= {
    f"{verb} {side}": ROLES[side]
    for verb, role in [*ROLES.items()]
    if role in ("rise", "fall") and verb.isascii()
    for side in ("below", "under", "above")
}
LIMITS: dict[str, Bound] = {
    "more_than": "more_than", "at_least": "at_least", "less_than": "less_than", "at_most": "at_most",
    "about": "about", "nearly": "about", "passes": "more_than",
}  # fmt: skip

# Characters before such a word that make it part of another: 节约, 附近, 目前, 新增.
NOT_BEHIND = {
    "约": "节预公条签合制特契大",
    "近": "附最临靠亲接将几",
    "过": "经通走不度超",
    "前": "目此之以提年日天月眼空跟面生当税赛战午产婚节盘史饭睡课超支向往上门楼屋车床桌胸身案先",
    "少": "很较缺稀减",
    "低": "最",
    "增": "新倍",
    "升": "每毫公0123456789一二三四五六七八九十百千万亿",
    "共": "公",
    "多": "许众好",
    "over-": "abcdefghijklmnopqrstuvwxyz",
    "under-": "abcdefghijklmnopqrstuvwxyz",
}

# Words behind a number and its counter that limit it, or say that it is a change.
_NOT_ANOTHER = r"(?![ ](?:[$£€¥\d]|(?:than|an?|half|one|two|three|four|five|six|seven|eight|nine|ten)\b))"
BEHIND: dict[str, str] = {
    "at_least": r"[及或]?以上|at[ ]least\b|(?:years[ ]of[ ]age[ ])?"
    r"(?:or[ ](?:more|above|over|higher|older|greater|longer|larger|better)"
    r"|and[ ](?:above|over|more|older|up|higher))\b" + _NOT_ANOTHER + r"|-?plus\b|\+",
    "at_most": r"[及或]?以下|以内|之内|at[ ]most\b|or[ ](?:less|fewer|below|under|lower|younger|smaller|shorter)\b"
    r"|and[ ](?:under|below|younger)\b",
    "more_than": r"-odd\b|有余|开外|出头(?![露鸟])|不止(?!\w)",
    "less_than": r"(?:不到|不足)(?!\w)",
    "about": "左右|上下(?![^\\W\\d_a-z的人元岁名个次户家])|前后|or[ ]so\\b|or[ ]thereabouts\\b",
    "rise": "(?:higher|increase|growth|rise|gain|jump|surge|up(?![ ]to))\\b|的?(?:增长|增幅|增速|涨幅)"
    r"(?![点极率了为至]|[约近超]?[\d一二三四五六七八九十百])",
    "fall": "(?:lower|fewer|decrease|decline|drop|fall|reduction|slump|slide|plunge|dip|down(?![ ]to))\\b"
    "|的?(?:降幅|跌幅)",
}

# Counters of what can be the first of its kind: 首家.
FIRST_OF = "位个家次批届条套座部例款轮支项台列艘架所间只颗份张对场期季本辆班"

# What may follow a lone numeral that counts: 三个, but not 统一.
COUNTERS = (
    "位个個家次批届屆条條套座部例款轮輪支台项項名列艘架所间間只颗份张張场場期季本辆班人年月日天岁元倍种種村县市镇"
    "大类類处處片层层級级区區数數成番度分点點斤吨米里亩户口站组艇门封段节枚棵株件幅栋栋届面对双"
)

# Units that begin as a magnitude does: 7千米 is no 7000, 2个百分点 no 200.
MULTIPLIER = "[十拾佰仟万亿]|百(?!分[点之]|帕)|千(?![米克瓦卡赫帕伏焦])|兆(?![瓦赫帕欧字比])"
DASH = "[-–—~～]"

_NUMBER_WORDS = {*WORDS, *MAGNITUDES, "half", "quarter"}
_NUMERALS = frozenset(f"0123456789{NUMERALS}")


def may_hold_number(text: str) -> bool:
    """Tell whether a text in lower case has a digit, a numeral or an English word for a number."""
    return not (_NUMERALS.isdisjoint(text) and _NUMBER_WORDS.isdisjoint(re.split(r"[\W\d_]+", text)))


def times_ten(digits: str, power: int) -> str:
    """Write a number times a power of ten, not a negative one, without exponent and without zeros that say nothing.

    >>> times_ten("1,050.66", 4), times_ten("0.50", 0)
    ('10506600', '0.5')
    """
    whole, _, part = digits.replace(",", "").partition(".")
    whole, part = (whole + part[:power].ljust(power, "0")).lstrip("0") or "0", part[power:].rstrip("0")
    return f"{whole}.{part}" if part else whole
