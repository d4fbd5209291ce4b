"""The words on either side of a number that limit it, give it a sign or a direction, or lead up to it.

Words before a number are looked up in a table, at most a few words back; those after it are matched by `TAIL`.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from string import ascii_lowercase
from typing import TYPE_CHECKING

from cs_facts.numbers.characters import NUMBER_WORDS, NUMERALS
from cs_facts.text import word_lists

if TYPE_CHECKING:
    from collections.abc import Callable

    from cs_facts.columns import Bound
    from cs_facts.numbers.grammar import Operand


def lazily(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> Callable[[], re.Pattern[str]]:
    """Return a function that compiles a pattern on its first call: 25 ms in all, which a search for words saves."""
    return cache(lambda: re.compile(pattern, flags))


# Comparatives before "than" and after "or" and "and".
_MORE = "more|above|over|higher|older|greater|longer|larger"
_LESS = "less|fewer|below|under|lower|younger|smaller|shorter"

# Words before a number, by their role. Brackets enclose alternatives: single characters (骤[降减]), or words separated
# by bars. A ~ stands for the regular endings of a verb: drop, drops, dropped, dropping.
# "passes": past a power of ten (过万亿), a share or a mark (the 400,000 mark), so more than it. "degree": how far
# beyond a limit, to which it belongs (well over, 远低于). "hedge": belongs to the number but does not limit it.
# "short": counts only before a share or a multiple (升2.3%, 多一倍), in comparisons (比上年多5万) or with "by", as the
# word has other meanings: raised $5 million.
_BEFORE = f"""
more_than: [{_MORE}]_than 超过 超出 超 逾 突破 [高大多优]于 不止 [首冲升涨]破 破 > above over over- exceeding exceeded
    exceeds exceed in_excess_of upward_of upwards_of north_of beyond topping topped surpassing surpassed surpass
    over_the_age_of above_the_age_of
at_least: no_[{_LESS}]_than 至少 最少 最低 起码 不下 下限 满 大于等于 大于或等于 >= ≥ ⩾ ≧ at_least at_the_least
    at_the_very_least greater_than_or_equal_to a_minimum_of minimum_of minimum min.
less_than: [{_LESS}]_than 不足 [少低小]于 [跌降]破 不及 达不到 < under below short_of under- south_of nowhere_near
    not_quite shy_of under_the_age_of below_the_age_of
at_most: no_[{_MORE}]_than 至多 最多 顶多 最高 上限 小于等于 小于或等于 超不过 <= ≤ ⩽ ≦ at_most at_the_most
    at_the_very_most less_than_or_equal_to up_to a_maximum_of within inside maximum_of maximum max.
about: 大约 约为 约占 约合 约 大概 大致 差不多 ~ ∼ ≈ about around approximately approx approx. roughly some circa ca.
    c. close_to close_on barely hardly scarcely in_the_region_of in_the_neighbourhood_of in_the_neighborhood_of
    in_the_vicinity_of on_the_order_of of_the_order_of
nearly: 将近 接近 几近 近 几乎 近乎 逼近 接近于 nearly almost approaching nearing all_but virtually
passes: 过 [跨迈越]过 跨越 passed passed_the crossed crossed_the passing_the crossing_the
    [climbed|grown|grew|risen|rose|swelled|swollen|soared|gone|went|moved|pushed|edged]_past
degree: 略 略微 稍 稍微 远 远远 大大 大幅 明显 显著 刚 刚刚 即将 有望 力争 just well far much slightly somewhat
    marginally significantly substantially considerably comfortably a_little a_bit a_shade a_touch a_tad way only_just
hedge: estimated as_many_as as_much_as as_high_as as_few_as as_little_as as_low_as
rise: 正增长 增长 增加 上[升涨调浮扬行] 提[高升速] [攀回爬]升 扩大 延长 多增 增[产收幅速] 增长率 [涨升]幅
    [骤陡急猛暴狂剧激锐大净微飙]增 [骤陡急猛暴狂剧激锐大净微飙][升涨] 加快 走高 增 升 涨 up risen grew grown leapt
    growth expansion ↑ ▲ ↗ [increase|gain|climb|jump|surge|soar|expand|advance|rise|grow|leap|rally|rebound]~ rose
    [skyrocket|spike|swell]~ [edged|edging|inched|inching|ticked|ticking|crept|moved|closed|ended]_[up|higher]
fall: 少增 下[降跌滑行挫调落] 减[少产收幅缓] 降[低幅] 跌幅 [回滑]落 缩[减小短水] 压缩 萎缩 收[窄缩] 重挫 蒸发 跌去
    放缓 走低 [骤陡急猛暴狂剧激锐大净微][降减跌] 负增长 减 降 跌 down fell fallen slid sank sunk shrank shrunk lost
    contraction ↓ ▼ ↘ [decline|decrease|drop|dip|shrink|contract|slip|plunge|plummet|tumble|slump|reduce|lower]~
    [slash|sink|slide|nosedive|shed|lose|fall|recede|crash|dwindle|diminish|crater|sag|collapse]~ reduction
    [edged|edging|inched|inching|ticked|ticking|crept|moved|closed|ended]_[down|lower]
short_rise: 多 多出 高 翻 翻了 [raise|lift|boost|add|strengthen|accelerate|widen|improve|appreciate|escalate]~
short_fall: 少 低 off loss_of losses_of [cut|trim|ease|weaken|slow|narrow|moderate|soften|depreciate|retreat]~
    [deteriorate|subside]~
top: 前 top top- the_top
rank: 第 no. number ranked rank #
last: 倒数第 bottom the_bottom
between: between between_ages between_the_ages_of
minus: - 负 负的 minus negative
below: 零下
plus: + 零上
per: 每
level: 到 至 to 增为 升为 减为 降为
both: plus_or_minus ± 正负 +/- +-
said: make_up makes_up made_up making_up add_up_to adds_up_to added_up_to adding_up_to
    spread_over split_over first the_first 最高达 [高多可共总合累]达 多达 达到 达 [共总合累]计 共 reach
    reached reaches
fill: 了 有 占 为 是 可 能 可以 容纳 by of a an at as further a_further another staggering whopping massive record
    hefty mere modest dramatic sharp total full additional only merely 仅 只
short_fill: the
"""
_DIRECTIONS = ("rise", "fall", "short_rise", "short_fall")


def _words_of(pattern: str) -> set[str]:
    """Return the words that a pattern stands for: 骤降 and 骤跌 for 骤[降跌]."""
    is_verb = pattern[1:].endswith("~")
    parts = re.split(r"\[(.*?)\]", pattern.replace("_", " ")[: len(pattern) - is_verb])
    ways = [part.split("|") if "|" in part or not place % 2 else part for place, part in enumerate(parts)]
    words = {"".join(word) for word in product(*ways)}
    return words.union(*map(_forms, words)) if is_verb else words


def _forms(verb: str) -> set[str]:
    stem = verb.removesuffix("e")
    if re.fullmatch("[^aeiou]+[aeiou][ptmdg]", verb):
        stem += verb[-1]
    return {f"{form}{by}" for form in (verb, f"{verb}s", f"{stem}ed", f"{stem}ing") for by in ("", " by")}


ROLES = {
    word: role.removeprefix("short_") if word.endswith(" by") else role
    for role, _, patterns in (line.partition(":") for line in _BEFORE.replace("\n   ", "").splitlines())
    for pattern in patterns.split()
    for word in _words_of(pattern)
}
# With these, the number is where a change ends, not its size: 降为5%, fell below 5%.
ROLES |= {
    f"{word}为": "level" for word, role in ROLES.items() if role in _DIRECTIONS and re.search("..(?<![率速幅])$", word)
} | {
    f"{verb} {side}": ROLES[side]
    for verb, role in ROLES.items()
    if role in ("rise", "fall") and verb.isalpha() and verb.isascii()
    for side in ("below", "under", "above")
}
# Signs and codes before an amount of money. `texts.units` tells the codes apart; letters before a $ go with it.
_UNITS = word_lists("units.txt")
MONEY = " ".join(names.split(" | ")[2] for names in _UNITS["money"].values() if names.count(" | ") == 2).split()
_CODES = _UNITS["codes"]["codes"].lower().split()
ROLES |= dict.fromkeys((word for word in (*MONEY, *_CODES) if word[1:].find("$") < 0), "currency")
LIMITS: dict[str, Bound] = {
    "more_than": "more_than", "at_least": "at_least", "less_than": "less_than", "at_most": "at_most",
    "about": "about", "nearly": "about", "passes": "more_than",
}  # fmt: skip

# The role of a word after "not": "no more than" is at most, 不低于 at least, 没有达到 less than. Others say nothing.
DENIED = {
    "more_than": "at_most", "less_than": "at_least", "at_least": "less_than", "at_most": "more_than",
    "passes": "at_most", "reach": "less_than",
}  # fmt: skip
REACHED = frozenset(("到", "达到", "达", "reach", "reached", "reaches"))
# Characters that, in front of a word of the table, make it part of another word: 节约, 附近, 目前, 新增.
_NOT_BEHIND = """约 节预公条签合制特契大|近 附最临靠亲接将几|过 经通走不度超
|前 目此之以提年日天月眼空跟面生当税赛战午产婚节盘史饭睡课超支向往上门楼屋车床桌胸身案先|少 很较缺稀减|低 最
|增 新倍连|满 圆小期丰充美饱布挤坐站|升 连每毫公0123456789一二三四五六七八九十百千万亿|共 公
|破 打爆攻侦撕共查|多 许众好|降 起连|涨 连|跌 连|减 连"""
NOT_BEHIND = dict(row.split(" ") for row in _NOT_BEHIND.replace("\n", "").split("|"))
NOT_BEHIND |= dict.fromkeys(("over-", "under-"), ascii_lowercase)

# Words after a number and its counter that limit it or make it a change.
_NOT_ANOTHER = r"(?![ ](?:[$£€¥\d]|(?:than|an?|half|one|two|three|four|five|six|seven|eight|nine|ten)\b))"
_STOP = "(?=[ ]?(?:$|[-.,;:!?()，。、的]))"
_WITH, _WITHOUT = ("[(]含[^()]{0,8}[)]", "[(]不含[^()]{0,8}[)]")
_BEHIND: dict[str, str] = {
    "at_least": rf"(?:{_WITH}|[及或])?以上(?![(]不含)(?:{_WITH})?|at[ ](?:the[ ](?:very[ ])?)?least\b"
    rf"|(?:years[ ]of[ ]age[ ])?(?:or[ ](?:{_MORE}|better)|and[ ](?:{_MORE}|up|upwards?))\b{_NOT_ANOTHER}"
    rf"|(?:min(?:imum|\.)?|upwards?){_STOP}|and[ ]counting\b|-?plus\b|\+",
    "at_most": rf"(?:{_WITH}|[及或])?以下(?![(]不含)(?:{_WITH})?|以内|at[ ](?:the[ ](?:very[ ])?)?most\b"
    rf"|(?:or|and)[ ](?:{_LESS})\b|(?:max(?:imum|\.)?|tops){_STOP}|封顶",
    "more_than": rf"{_WITHOUT}以上|以上{_WITHOUT}|-(?:odd|something)\b|有余|开外|以外(?!的)"
    r"|[还有]多(?!少)|出头(?![露鸟])|不止(?!\w)",
    "less_than": rf"{_WITHOUT}以下|以下{_WITHOUT}|(?:不到|不足)(?!\w)",
    "about": r"左右|上下(?![^\W\d_a-z的人元岁名个次户家])|前后|的样子|or[ ](?:so|thereabouts)\b|give[ ]or[ ]take\b"
    rf"|-?ish\b|(?:approx(?:imately|\.)?|roughly){_STOP}",
    "rise": r"(?:higher|increase|growth|rise|gain|jump|surge|climb|hike|up(?![ ](?:to\b|[\d$£€])))\b"
    r"|的?(?:增长|增幅|增速|涨幅)"
    r"(?![点极率了为至]|[约近超]?[\d一二三四五六七八九十百])",
    "fall": r"(?:lower|fewer|decrease|decline|drop|fall|reduction|slump|slide|plunge|dip|contraction|down(?![ ]to))\b"
    "|的?(?:降幅|跌幅)|的(?:下降|下跌|下滑|减少|降低|回落|萎缩|缩减)",
}
# Words that do so only after a share or before the thing compared with: 35% cheaper, 2.5% below last year.
_COMPARED_WITH = "\0|last|an?[ ]year|that|its|their|those|previous|average|normal|expect|forecast|estimate"
_THAN = f"(?=(?:[ ]than)?(?:$|[ ](?:{_COMPARED_WITH})))"
_BEHIND_SHARES = {
    "rise": f"(?:dearer|faster|larger|bigger|stronger|longer|(?:more|above|greater){_THAN}|more{_STOP})\\b",
    "fall": f"(?:cheaper|slower|smaller|weaker|shorter|cuts?|loss|(?:less|below|under){_THAN}|(?:less|off){_STOP})\\b",
    "more_than": "强(?![度烈劲降化制大])|略[强多]",
    "less_than": "弱(?![点小势化])|略[弱少]",
}
# Words that do so only directly after a counter: 三周内, 3500元起.
_NEAR = "[\u4e00-\u9fff]{0,3}"
_TIMES = "年|个?月|周|星期|天|日|个?小时|分钟|秒钟?|个?工作日"
_BEHIND_COUNTERS = {
    "at_least": rf"[元块折岁]起(?:[步售卖拍投付购订批]|{_STOP})|{_NEAR}之上",
    "at_most": f"{_NEAR}之[内下]|(?:{_TIMES})内(?![部地外容涵在需蒙销存阁科陆政务心循生向出镜衣里分参战乱])",
    "about": rf"[元人米里斤]?许{_STOP}",
    "rise": r"[ ]?[↑▲↗](?![ ]?\d)",
    "fall": r"[ ]?[↓▼↘](?![ ]?\d)",
    "much": "[\u4e00-\u9fff]{0,2}之[多众久](?!的)",
}

# Everything that may stand after a number. The name of a group is its role, with one underscore for words after
# counters and two for words after shares.
_HAN = rf"[^\W\d_a-z{NUMERALS}左以上下]"
_NO_MORE = "(?![年月次数样元种家人少大])"
_GROUPS = {role: f"(?P<{role}>{words})" for role, words in _BEHIND.items()}
TAIL = lazily(
    rf"""(?P<half>[年天月倍岁]半|个半(?=月|小时|钟头|$)|小时半)
    | (?P<many>[多余]点?{_NO_MORE}|(?:个|小时|公里|[年天月倍米里斤吨元岁块周万亿])[多余]{_NO_MORE}|个多(?=月|小时|星期))
    | {"|".join(f"(?P<{role}_>{words})" for role, words in _BEHIND_COUNTERS.items())}
    | (?:[ ]?(?:°[CF]?|degrees?(?:[ ](?:celsius|c\b))?))?[ ](?:(?P<below>below)|above)[ ](?:zero|freezing)\b
    | (?:(?:千[米克瓦卡帕伏]|{_HAN}){{0,8}}?|[a-z]{{1,3}}(?=[及或]?以)|(?:[ ][a-z]+)?,[ ](?=(?:at|give)[ ])
      |[ ]?(?:(?!(?:from|with|in|for|{NUMBER_WORDS})[ ])[a-z%²/]{{1,14}}[ ]){{0,2}}|[ ])
      (?:{"|".join(_GROUPS[role] for role in _BEHIND if role not in ("rise", "fall"))})
    | (?<!times)(?:-(?:percentage-)?point|-per-?cent)?[ ]?
      (?!of[ ])(?:(?!(?:was|were|is|are|and|an?|the)[ ])[a-z][a-z-]*[ ]){{0,2}}
      (?:{_GROUPS["rise"]}|{_GROUPS["fall"]})
    | [ ]?(?:{"|".join(f"(?P<{role}__>{words})" for role, words in _BEHIND_SHARES.items())})""",
    re.VERBOSE | re.IGNORECASE,
)

# The kinds of unit that make a number a share.
SHARES = frozenset(("percent", "mille", "myriad", "points", "tenths"))
MARK = lazily(r"(?:[ ][a-z]+)?[ -](?:mark|milestone|threshold|barrier)\b|.{0,2}(?:大关|关口)", re.IGNORECASE)
# A dash is a minus where nothing precedes it that it could join to the number.
_DASHED = lazily(
    r"(?:(?:(?<=[:为是(])|(?<=[:是] )|(?<=\bof )|(?<=\bwas )|(?<=\bis )|(?<=\bto ))[-–—] ?"
    r"|(?:^|(?<=[^\d%,)] ))[–—])$",
    re.IGNORECASE,
)
# After these a hyphen is no minus: 2-3, GB-1, 5%-6%.
_JOINING = lazily(rf"[0-9A-Za-z_%余多){NUMERALS}-]")
_LETTERS = lazily("(?<![A-Za-z])(?:[A-Z]{1,3}|[a-z]{1,2}|US )$")
_DENIAL = lazily(
    "(?:没有?|未|不|无法|难以|勿|莫|严禁|禁止|并非|不是|绝非)"
    "(?:能够?|会|应[该当]?|当|可以?|得|宜|许|允许|准|曾|再|必|敢|要|须|至于|可能)*$"
    r"|(?:\b(?:not|never|cannot|no[ ]longer|nor|neither|without|unlikely[ ]to|fail(?:s|ed|ing)?[ ]to)|\b[a-z]+n[’'`]t)"
    "(?:[ ](?:yet|ever|be|been|being|have|has|had|to|even|go|gone|going|allowed|expected|likely|necessarily|also"
    "|any|the))*[ ]?$",
    re.VERBOSE | re.IGNORECASE,
)
_DENIED = lazily(r"(?:不是|并非|绝非|而非|(?<![除并绝而无是莫若])非|\bnot |\b[a-z]+n[’']t )$", re.IGNORECASE)
_AUXILIARY = lazily(
    r"\b(?:is|are|was|were|be|been|do|does|did|has|have|had|will|would|could|may|might|must|shall|should) $"
    "|[尚从仍还并绝已远]$",
    re.IGNORECASE,
)
_FROM_ON = lazily(r"满\d[\d,.]*[元块]?$")
_COMPARED = lazily("[比较][^，。,;]{1,10}$")
# "Under" these is not less than their number: under 16 headings.
_HEADED = lazily(r"[ ](?:[a-z]+[ ])?(?:head(?:ing)?s|categories|sections|chapters|articles|titles|conditions|names)\b")
# Roles of words that say nothing about the number. After "not", the other roles say nothing definite: did not fall 5%.
_UNSAID = frozenset(("fill", "short_fill", "said", "level"))
_TIME_BEHIND = lazily("年|天|日|周|个?月|个?小时|(?<=[万亿])")
_SPAN = lazily(r"$|[ ](?:second|minute|hour|day|week|month|year)s?\b", re.IGNORECASE)
_NO_WORD = lazily("[^a-z. ]")
_LAST_WORDS = {word.rpartition(" ")[2] for word in ROLES}
_FAR = "|".join(word for word, role in ROLES.items() if role in LIMITS and not word.isascii() and word[1:])
_LIMIT_OF = lazily(rf"(不得?|未|没有)?({_FAR})[\u4e00-\u9fff]{{1,8}}的$")


def words_before(text: str, at: int, least: int, operand: Operand) -> tuple[int, int, tuple[str, ...]]:
    """Walk back over the words before a number.

    Returns where the words begin that limit it or give it a sign, where those that lead up to it, and the roles of the
    former. Words before 到 or "to" only lead up to it: 增长到两倍 is 两倍.
    """
    roles: list[str] = []
    start, level, begin = at, False, at
    for _ in range(8):
        role, before = _role_before(text, at, least, operand)
        if not role or (role == "rank" and at < begin and text[before:at].strip().lower() == "number"):
            break  # "they number more than 400", "puts the number at 128"
        if role == "degree" and not (roles and roles[-1] in LIMITS):
            role = "fill"  # dropped just 39.3%
        word, at = text[before:at].strip().lower(), before
        denied = DENIED.get("reach" if word in REACHED else role, "" if role in _UNSAID else "denied")
        denial = _DENIAL().search(text, max(least, at - 24), at) if denied else None
        if denial:
            start = at = denial.start()
            roles[:] = ["about"] if role == "degree" else [*roles, denied]
            if auxiliary := _AUXILIARY().search(text, max(least, at - 8), at):
                at = auxiliary.start()
        elif role == "degree":
            start = at
        elif role == "level":
            level = True
        elif not level and role not in _UNSAID:
            start, level = at, word.startswith("as ")  # fell as low as 5%
            roles.append(role.removeprefix("short_"))
    start, at, first = _detached(text, at, least, operand, roles) or (start, at, ())
    return start, at, (*first, *reversed(roles))


def _detached(
    text: str, at: int, least: int, operand: Operand, roles: list[str]
) -> tuple[int, int, tuple[str, ...]] | None:
    """Find a "not" before a bare number, or a limit apart from its number, as in 不超过总额的3%."""
    is_only = text.startswith(("just ", "only ", "merely ", "仅", "只"), at)  # not just 5%
    if not roles and not is_only and (operand.unit or operand.kind in ("halves", "folds")):
        before = max(least, at - 12)
        if denial := _DENIED().search(text, before, at) or _DENIAL().search(text, before, at):
            return denial.start(), denial.start(), ("at_most" if operand.text.startswith("过") else "denied",)
    is_part = text[at - 1 : at] == "的" and (operand.unit or operand.kind == "parts")
    if is_part and (match := _LIMIT_OF().search(text, max(least, at - 14), at)):
        limit = DENIED.get(ROLES[match[2]], "denied") if match[1] else ROLES[match[2]]
        if match[1] or limit in ("at_least", "at_most", "about"):  # 高于北京的3% compares
            return match.start(), match.start(), (limit,)
    return None


def _role_before(text: str, at: int, least: int, operand: Operand) -> tuple[str, int]:
    """Return the role of the word before a place and where that begins, and "" if there is no such word."""
    role, before = _word_before(text, at, least) if at > least else ("", at)
    role = _role_here(role, text[before:at].strip().lower(), text, operand, before) if role else ""
    is_sign = role in ("minus", "plus") and text[before] in "+-"
    if is_sign and (text[at - 1] == " " or _JOINING().search(text, max(before - 1, 0), before)):
        role = ""
    if text[at] in "前第":  # a rank has no sign
        return ("" if is_sign else role), before
    if not role and text[at - 1 : at] in "-–— " and (dash := _DASHED().search(text, max(least, at - 2), at)):
        return "minus", dash.start()
    return role, before


def _role_here(role: str, word: str, text: str, operand: Operand, before: int) -> str:
    """Return the role of a word for this number, as some have it only before certain numbers."""
    behind, is_share = operand.end, operand.unit in SHARES
    if role in ("top", "last") and (is_share or _TIME_BEHIND().match(text, behind)):
        return "said"  # 前三年 names a time, the top 10% is a share, 疫情前500万人 says when
    if role == "per" or (word == "过" and not is_share):
        return role if operand.kind == "upwards" else ""
    if role == "passes":
        return role if is_share or MARK().match(text, behind) else ""
    if (word == "under" and _HEADED().match(text, behind)) or (word == "inside" and not _SPAN().match(text, behind)):
        return ""
    if word == "减" and _FROM_ON().search(text, max(before - 12, 0), before):
        return ""  # 满300元减90元
    if operand.unit or not role.startswith("short_"):
        return role
    is_compared = before == 0 or _COMPARED().search(text, max(before - 12, 0), before)
    return role if word[0] in "多少" and is_compared else ""


def _word_before(text: str, at: int, least: int) -> tuple[str, int]:
    """Look up the word that ends at a place; return its role and where it begins, or "" and the place."""
    end = at - 1 if text[at - 1] == " " and at - 1 > least else at
    last = text[end - 1]
    if last.isascii() and (last.isalpha() or last == "."):
        words = _NO_WORD().split(text[max(least, end - 30) : end].lower())[-1].split(" ")[-5:]
        for count in range(len(words) if words[-1] in _LAST_WORDS else 0, 0, -1):
            phrase = " ".join(words[-count:])
            if role := ROLES.get(phrase):
                is_name = phrase == "rs" and text[end - 2 : end] != "Rs"  # the RS 3 is a car
                return ("", at) if is_name else (role, end - len(phrase))
        tail = words[-1][-4:]
        for size in range(len(tail), 1, -1):
            if ROLES.get(tail[-size:]) == "currency" and not tail[:-size][-1:].isascii():
                return "currency", end - size
        return "", at
    for size in range(min(6 if last == "-" else 5, end - least), 0, -1):
        word = text[end - size : end].lower()
        role = ROLES.get(word)
        if role and (end == size or text[end - size - 1] not in NOT_BEHIND.get(word, "")):
            letters = _LETTERS().search(text, max(least, end - size - 3), end - size) if word == "$" else None
            return role, letters.start() if letters else end - size
    return "", at
