"""The one table of characters and words that numbers are written with, in Chinese and in English.

Everything else in this package is built from here: digits and powers of ten, words before and behind a number that
limit it or give it a direction, signs, currencies, counters and dashes.
"""

from __future__ import annotations

import re
from itertools import product
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

# What exceeds a number and what stays below it, before "than" and behind "or" and "and".
_MORE = "more above over higher older greater longer larger"
_LESS = "less fewer below under lower younger smaller shorter"

# Words before a number, by what they do to it; of characters in brackets each may stand there: 骤降, 锐减.
# "passes": what passes a power of ten (过万亿), a share or a mark (the 400,000 mark) is more than it. "degree": how
# far it is beyond a limit belongs to that (well over, 远低于). "hedge": what tells how to take a number belongs to it
# and limits nothing. "short": only before a share or a multiple (升2.3%, 多一倍) or in comparisons: 比上年多5万.
_BEFORE = """
more_than: 超过 超出 超 逾 突破 [高大多优]于 不止 [首冲升涨]破 > over above over- exceeding exceeded exceeds exceed
    in_excess_of upward_of upwards_of north_of beyond topping topped surpassing surpassed surpass over_the_age_of
    above_the_age_of
at_least: 至少 最少 最低 起码 不下 下限 满 大于等于 大于或等于 >= ≥ ⩾ ≧ at_least at_the_least at_the_very_least
    greater_than_or_equal_to a_minimum_of minimum_of minimum min.
less_than: 不足 [少低小]于 [跌降]破 不及 达不到 < under below short_of under- south_of nowhere_near not_quite shy_of
    under_the_age_of below_the_age_of
at_most: 至多 最多 顶多 最高 上限 小于等于 小于或等于 超不过 <= ≤ ⩽ ≦ at_most at_the_most at_the_very_most
    less_than_or_equal_to up_to a_maximum_of within inside maximum_of maximum max.
about: 大约 约为 约占 约合 约 大概 大致 差不多 ~ ∼ ≈ about around approximately approx approx. roughly some circa ca.
    c. close_to close_on barely hardly scarcely in_the_region_of in_the_neighbourhood_of in_the_neighborhood_of
    in_the_vicinity_of on_the_order_of of_the_order_of
nearly: 将近 接近 几近 近 几乎 近乎 逼近 接近于 nearly almost approaching nearing all_but virtually
passes: 过 [跨迈越]过 跨越 passed passed_the crossed crossed_the passing_the crossing_the
degree: 略 略微 稍 稍微 远 远远 大大 大幅 明显 显著 刚 刚刚 即将 有望 力争 just well far much slightly somewhat
    marginally significantly substantially considerably comfortably a_little a_bit a_shade a_touch a_tad way only_just
hedge: estimated as_many_as as_much_as as_high_as as_few_as as_little_as as_low_as
rise: 正增长 增长 增加 上[升涨调浮扬行] 提[高升速] [攀回爬]升 扩大 延长 多增 增[产收幅速] 增长率 [涨升]幅
    [骤陡急猛暴狂剧激锐大净微飙]增 [骤陡急猛暴狂剧激锐大净微飙][升涨] 加快 走高 增 升 涨 up rose risen grew grown
    leapt growth expansion ↑ ▲ ↗
fall: 少增 下[降跌滑行挫调落] 减[少产收幅缓] 降[低幅] 跌幅 [回滑]落 缩[减小短水] 压缩 萎缩 收[窄缩] 重挫 蒸发 跌去
    放缓 走低 [骤陡急猛暴狂剧激锐大净微][降减跌] 负增长 减 降 跌 down fell fallen slid sank sunk shrank shrunk lost
    reduction contraction ↓ ▼ ↘
short_rise: 多 多出 高 翻 翻了
short_fall: 少 低 off cut loss_of losses_of
top: 前 top top- the_top
rank: 第 no. number ranked rank #
last: 倒数第 bottom the_bottom
between: between
minus: - 负 负的 minus negative
below: 零下
plus: + 零上
currency: $ ¥ € £ ₹ ₩ 人民币 港币 新台币 美金 rmb cny usd eur gbp hkd jpy twd ntd inr krw chf cad aud sgd rmb¥
per: 每
level: 到 至 to 增为 升为 减为 降为
both: plus_or_minus ± 正负 +/- +-
said: make_up makes_up made_up making_up first the_first 最高达 [高多可共总合累]达 多达 达到 达 [共总合累]计 共 reach
    reached reaches
fill: 了 有 占 为 是 可 能 可以 容纳 by of a an at as further a_further another staggering whopping massive record
    hefty mere modest dramatic sharp total full additional
short_fill: the
"""


def _spelt(pattern: str) -> set[str]:
    """Return the words of a pattern: 骤降 and 骤跌 of 骤[降跌]."""
    parts = enumerate(re.split(r"\[(.*?)\]", pattern.replace("_", " ")))
    return {"".join(word) for word in product(*(part if place % 2 else [part] for place, part in parts))}


ROLES = {
    word: line.partition(":")[0]
    for line in _BEFORE.strip().replace("\n   ", "").splitlines()
    for pattern in line.split()[1:]
    for word in _spelt(pattern)
}

# How much something rose or fell, as verbs in their base form; of the short ones a share or "by" must tell that they
# are no other verb: raised $5 million.
_VERBS = {
    "rise": "increase gain climb jump surge soar expand advance rise grow leap rally rebound skyrocket spike swell",
    "fall": "decline decrease drop dip shrink contract slip plunge plummet tumble slump reduce lower slash sink slide "
    "nosedive shed lose fall recede crash dwindle diminish crater sag collapse",
    "short_rise": "raise lift boost add strengthen accelerate widen improve appreciate escalate",
    "short_fall": "cut trim ease weaken slow narrow moderate soften depreciate retreat deteriorate subside",
}
_MOVES = "edged edging inched inching ticked ticking crept moved closed ended"


def _forms(verb: str) -> set[str]:
    """Return a verb with its regular endings: drop, drops, dropped, dropping."""
    stem = verb.removesuffix("e")
    if re.fullmatch("[^aeiou]+[aeiou][ptmdg]", verb):
        stem += verb[-1]
    return {verb, f"{verb}s", f"{stem}ed", f"{stem}ing"}


_FORMS = {form: role for role, verbs in _VERBS.items() for verb in verbs.split() for form in _forms(verb)}
_SIDES = {"up": "rise", "higher": "rise", "down": "fall", "lower": "fall"}
ROLES = (
    {f"{word} than": role for role, words in (("more_than", _MORE), ("less_than", _LESS)) for word in words.split()}
    | _FORMS
    | {f"{form} by": role.removeprefix("short_") for form, role in {**_FORMS, "cut": "fall"}.items()}
    | {f"{move} {side}": role for side, role in _SIDES.items() for move in _MOVES.split()}
    | ROLES
)
# What becomes a number or falls below it changes by something else.
ROLES |= {
    f"{word}为": "level" for word, role in ROLES.items() if role in _VERBS and re.search("..(?<![率速幅])$", word)
}
ROLES |= {
    f"{verb} {side}": ROLES[side]
    for verb, role in [*ROLES.items()]
    if role in ("rise", "fall") and verb.isalpha() and verb.isascii()
    for side in ("below", "under", "above")
}
LIMITS: dict[str, Bound] = {
    "more_than": "more_than", "at_least": "at_least", "less_than": "less_than", "at_most": "at_most",
    "about": "about", "nearly": "about", "passes": "more_than",
}  # fmt: skip

# What a word says when it is denied: no more than is at most, 不低于 at least, 没有达到 less; the rest says nothing.
DENIED = {
    "more_than": "at_most", "less_than": "at_least", "at_least": "less_than", "at_most": "more_than",
    "passes": "at_most", "reach": "less_than",
}  # fmt: skip
ROLES |= {f"no {word}": DENIED[role] for word, role in ROLES.items() if word.endswith(" than")}
REACHED = frozenset(("到", "达到", "达", "reach", "reached", "reaches"))
DENIAL = (
    "(?:没有?|未|不|无法|难以|勿|莫|严禁|禁止|并非|不是|绝非)"
    "(?:能够?|会|应[该当]?|当|可以?|得|宜|许|允许|准|曾|再|必|敢|要|须|至于|可能)*$"
    r"|(?:\b(?:not|never|cannot|no[ ]longer|nor|neither|without|unlikely[ ]to|fail(?:s|ed|ing)?[ ]to)|\b[a-z]+n[’'`]t)"
    "(?:[ ](?:yet|ever|be|been|being|have|has|had|to|even|go|gone|going|allowed|expected|likely|necessarily|also"
    "|any|the))*[ ]?$"
)

# Characters before such a word that make it part of another: 节约, 附近, 目前, 新增.
NOT_BEHIND = {
    "约": "节预公条签合制特契大",
    "近": "附最临靠亲接将几",
    "过": "经通走不度超",
    "前": "目此之以提年日天月眼空跟面生当税赛战午产婚节盘史饭睡课超支向往上门楼屋车床桌胸身案先",
    "少": "很较缺稀减",
    "低": "最",
    "增": "新倍",
    "满": "圆小期丰充美饱布挤坐站",
    "升": "每毫公0123456789一二三四五六七八九十百千万亿",
    "共": "公",
    "多": "许众好",
    "over-": "abcdefghijklmnopqrstuvwxyz",
    "under-": "abcdefghijklmnopqrstuvwxyz",
}

# Words behind a number and its counter that limit it, or say that it is a change.
_NOT_ANOTHER = r"(?![ ](?:[$£€¥\d]|(?:than|an?|half|one|two|three|four|five|six|seven|eight|nine|ten)\b))"
_STOP = "(?=[ ]?(?:$|[-.,;:!?()，。；、！？的]))"
_WITH, _WITHOUT = ("[(]含[^()]{0,8}[)]", "[(]不含[^()]{0,8}[)]")
_OR_MORE, _OR_LESS = _MORE.replace(" ", "|"), _LESS.replace(" ", "|")
BEHIND: dict[str, str] = {
    "at_least": rf"(?:{_WITH}|[及或])?以上(?![(]不含)(?:{_WITH})?|之上|at[ ](?:the[ ](?:very[ ])?)?least\b"
    rf"|(?:years[ ]of[ ]age[ ])?(?:or[ ](?:{_OR_MORE}|better)|and[ ](?:{_OR_MORE}|up|upwards?))\b{_NOT_ANOTHER}"
    rf"|(?:min(?:imum|\.)?|upwards?){_STOP}|and[ ]counting\b|-?plus\b|\+",
    "at_most": rf"(?:{_WITH}|[及或])?以下(?![(]不含)(?:{_WITH})?|以内|之[内下]|at[ ](?:the[ ](?:very[ ])?)?most\b"
    rf"|(?:or|and)[ ](?:{_OR_LESS})\b|(?:max(?:imum|\.)?|tops){_STOP}|封顶",
    "more_than": rf"{_WITHOUT}以上|以上{_WITHOUT}|-(?:odd|something)\b|有余|开外|以外(?!的)"
    r"|[还有]多(?!少)|出头(?![露鸟])|不止(?!\w)",
    "less_than": rf"{_WITHOUT}以下|以下{_WITHOUT}|(?:不到|不足)(?!\w)",
    "about": r"左右|上下(?![^\W\d_a-z的人元岁名个次户家])|前后|的样子|or[ ](?:so|thereabouts)\b|give[ ]or[ ]take\b"
    rf"|-?ish\b|(?:approx(?:imately|\.)?|roughly){_STOP}",
    "rise": r"(?:higher|increase|growth|rise|gain|jump|surge|climb|hike|up(?![ ]to))\b|的?(?:增长|增幅|增速|涨幅)"
    r"(?![点极率了为至]|[约近超]?[\d一二三四五六七八九十百])",
    "fall": r"(?:lower|fewer|decrease|decline|drop|fall|reduction|slump|slide|plunge|dip|contraction|down(?![ ]to))\b"
    "|的?(?:降幅|跌幅)|的(?:下降|下跌|下滑|减少|降低|回落|萎缩|缩减)",
}
# What says so of a share only, or where what is compared follows: 35% cheaper, 2.5% below last year.
_THAN = (
    "(?:[ ]than)?(?=$|[ ](?:\0|last|a[ ]year|that|its|their|those|previous|average|normal|expect|forecast|estimate))"
)
BEHIND_SHARES = {
    "rise": f"(?:dearer|faster|larger|bigger|stronger|longer|(?:more|above|greater){_THAN}|more{_STOP})\\b",
    "fall": f"(?:cheaper|slower|smaller|weaker|shorter|cuts?|loss|(?:less|below|under){_THAN}|(?:less|off){_STOP})\\b",
    "more_than": "强(?![度烈劲降化制大])|略[强多]",
    "less_than": "弱(?![点小势化])|略[弱少]",
}
# Behind a word of time or money: within three weeks, from 3,500 yuan up.
_TIMES = "年|个?月|周|星期|天|日|个?小时|分钟|秒钟?|个?工作日"
BEHIND_COUNTERS = {
    "at_least": rf"[元块折]?起(?:[步售卖拍投付购订批]|{_STOP})",
    "at_most": f"(?:{_TIMES})内(?![部地外容涵在需蒙销存阁科陆政务心循生向出镜衣里分参战乱])",
    "about": rf"[元人米里斤]?许{_STOP}",
    "rise": r"[ ]?[↑▲↗](?![ ]?\d)",
    "fall": r"[ ]?[↓▼↘](?![ ]?\d)",
    "much": "[\u4e00-\u9fff]{0,2}之[多众久](?!的)",
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
DASH = "(?:--+|——|[-–—~～∼〜])"

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
