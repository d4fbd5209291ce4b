"""What sentences say by a set pattern: lists told out by 分别, who has the most, what so many say, whose a text is."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from cs_facts.text import plain
from cs_facts.texts.mentions import FAR, NOTHING, is_chinese
from cs_facts.texts.units import UNITS
from cs_facts.texts.words import ADJECTIVE, JOINTS, ROLES, noun_of, until_verb

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cs_facts.texts.mentions import Mention

# What a clause of Chinese begins and ends with beside its noun.
_LEAD = re.compile(
    r"^(?:[\s、，,：:;；“”\"《》()（）\[\]0-9]+|其中|(?:第?[一二三四]|前三)季度(?:末|以来)?|[上下]半年|年末|当年|今年|去年|全年|年内|"
    r"(?:上年|去年)?同期|目前|期间|实现|完成|取得|出现|录得|现有(?!确诊|疑似|重症)|[设拥建]有|此外|另外|同时|截至|截止|初步核算|不过|据\w{0,6}(?:统计|显示|披露|表示)|按\w{1,8}计算|"
    r"(?:比|较)(?:上年|去年|上一年|上月|同期|\0)+(?:同期|末|底)?|[同环]比|按[年月季]|(?:数据)?显示|在(?=\0)|接着|接下来|依次|是|以来|来(?![台华京访自源往])|共有|共计|总计|合计|累计|分别|另有|还有|以及|"
    r"[同与和较]\w{0,16}\0?\w{0,16}相?比|年均|经过|预计|计划|力争|其次[为是]?|包括|[和与及到至以向从共并且又也还约近另将而或则但却仍]|对(?![^,，]{1,6}(?:[进出]口|投资|贸易))|其(?![他余它中实次])|因此|只要|\0)+"
)
_TAIL = re.compile(
    r"(?:[\s、，,：:;；“”\"(（《\[]+|达到|达|共有|共计|总计|合计|累计|总额达|实现|完成|仅为|仅有|仅|高达|超过|突破|提[高升]至|[增降升减]至|(?:增加|减少|缩小|扩大|提高|上升|下降|降低|增长)[到至]|"
    r"(?:比|较)(?:上年|去年|上一年|上个?月|同期|\0)+(?:同[期月]|末|底)?|[同环]比|按[年月季]|(?<!市场)占比为?|分别为|分别|约为|"
    r"[为是有占在于近以已了也都就共约达到至由自从即曾仍]|(?<![许认准规法原细变])[可则更]|增长(?:明显|较快|平稳)|(?<=.)(?<![同上去前今每当全半多个])[年月季]|(?<![平场])均|\0)+$"
)
# What is left of a time within a noun: 国庆档（9月29日至10月6日）, 新加坡第二季失业率.
_TERM = re.compile(r"[(（]\0+[)）]|“”|第?[一二三四1-4](?:季度|(?=[、和及与]第?.季))|第[一二三四1-4]季|首季度?")
# The measure that a noun of Chinese ends with.
MEASURE = re.compile(
    "(?:增加值|总?产值|(?:播种|种植)?面积|(?:[产销数]|出货|交[付货易]|成交|吞吐|流动|[客货]运|用电)量|(?:[销零]售|成交|交易|投资|总)额|"
    "(?:[转销零]?售|销货|成交|批发|平均|单)*(?<!评)价[格值]?|投资|收入|支出|人[数口]|营收|净?利润|进出口|[出进]口|比[重例]|"
    "规模|(?:同比|年?平均|累计)?增(?:速|长率)|[增涨升降跌]幅)$"
)
RUN = re.compile(r"[、，,和与及\s\0以]*|,? and ")
TOLD = re.compile("分别|依次")
# What parts a list, in English and in Chinese: each is tried only where those before part too little.
_LISTS = (
    (re.compile(r",|\band\b"),),
    (re.compile("、"), re.compile("、|和(?!.*和)|与|及"), re.compile("[、和与及]"), re.compile("[、，,和与及]")),
)
# What so many say: 70% of owners say they plan to hold back.
SAID = re.compile(
    r"(?: \(\0+\)|\))?(?: of (?:the |all |these )?(?P<who>(?:[^,.;:()\0]|\0+(?= (?:to|and|years?)\b| [a-z]+ed ))"
    r"{3,60}?))? (?:(?:still|also|now|then|only|who|that) )?"
    r"(?P<verb>says?|said|reports?|reported|believed?|thinks?|thought|agreed?|feel|felt|expect(?:ed)?|plan(?:ned)?|"
    r"want(?:ed)?|described?|considere?d?|fear(?:ed)?|hoped?|prefer(?:red)?|(?:say|report|believ)ing)\b(?: that)?"
    r"(?P<what>(?: (?!while\b|whereas\b|but\b|(?:and|or) [^ ]*\0)[^ ,.;:()]+){2,14})"
)
# Who has the most of something, and who comes next.
_SUPERLATIVE = "(?:highest|lowest|largest|smallest|greatest|biggest|fastest|slowest|most)"
_NAMED_WHO = r"(?P<{}>[A-Z][\w.’'/-]*(?:,? (?:and |& |of )?[A-Z][\w.’'/-]*)*)"
_TO_NUMBER = r"(?: region| area)?(?:,? (?:at|on|with(?: an?)?(?: [a-z]+ of)?|by|up|down|of)|,| \()? ?$"
_MOST = re.compile(
    rf"(?:(?:\b[Tt]he )?{_NAMED_WHO.format('who')} (?:had|has|have|saw|recorded|reported|showed) the {_SUPERLATIVE} "
    rf"(?P<what>[a-z][\w -]*?)|\b(?i:the) {_SUPERLATIVE}(?P<thing>(?: (?!was\b|were\b)(?:\0+-)?[a-z][\w-]*){{0,6}})"
    r" (?:was|were)(?: again| also| seen| found| recorded)?(?: (?P<in>in|for|at|among))? (?:the )?"
    rf"{_NAMED_WHO.format('place')}){_TO_NUMBER}"
)
_NEXT = re.compile(
    r"[),]*(?:,? (?:and|then|followed (?:closely )?by))* (?:the )?"
    rf"(?P<who>[A-Z][^,;()]*?|(?<=by )[a-z][^,;()]*?){_TO_NUMBER}"
)
# One of a list of names, each with its number, and what the clause before them tells of them all.
_ONE = re.compile(
    rf"(?:[),]*(?:,? (?:and|then|followed by))* |.* (?:in|by|were|was) )?{_NAMED_WHO.format('who')},? ?[(]?$"
)
_OF_ALL = (
    re.compile(r"\s*(?:[Aa]n? |[Tt]he )?(?P<what>[A-Z]?[a-z][a-z -]*?) (?:was|were|is|are)\b"),
    re.compile(r"\b(?:showed|saw|had|recorded|reported|posted) (?:an? |the )?(?P<what>[a-z][a-z -]*?)[;:] ?$"),
)
_ALL = 3
# The name that a line begins with, behind a dateline and the time; what ends that of a firm, what a text calls one.
_OWNER = re.compile(
    r"(?:[A-Z][^—–]{0,90}(?:\)|\d) ?(?:[—–-]+) )?(?:(?:In|On|By|During) [^,]{4,30}, )?(?:[Tt]he )?"
    r"(?:(?i:economy) (?i:of the )?)?(?P<name>[A-Z][\w&.-]*(?:,? (?:and |& )?[A-Z][\w&.-]*){0,4})"
)
_FIRM = "(?:Inc|Corp|Corporation|Company|Co|Ltd|Limited|plc|PLC|AG|SA|SE|NV|LLC|Holdings?|Group|Aktiengesellschaft)"
_FIRMS = "(?:company|firm|airline|retailer|carrier|publisher|maker|manufacturer|brand|lender)"
_COMPANY = re.compile(rf",? {_FIRM}\b.*$")
MEASURED = re.compile("(?i)sales|revenue|profit|income|result|report|price|growth")
ROLE = re.compile(
    r"of (?:company|group|airline|bank|firm|state|city|town|municipality|country|island|islands|county|university)$"
)
_OF = re.compile(r"( (?:of|in|for) [^,]*?) ?$")
# The last word of an item that those before it share, and what such end with.
_ELLIPTIC, _ADJECTIVAL = (
    re.compile("(?<= )[a-z]+s$"),
    re.compile(rf"(?i)\b(?:{ADJECTIVE.pattern}|[a-z]{{3,}}ed)(?= ?$)"),
)
_OPENING, _NAME_LENGTH = 4, 8
_HAN = re.compile("[\u4e00-\u9fff]+")
_TRADED = re.compile(r"([\u4e00-\u9fffA-Za-z]{2,10})[（(]\s*\d{4,6}\.[A-Z]{2}[）)]")
# What a per cent is a share of, where it is no rate: others that are many, or one with a name.
SHARED = re.compile(
    rf"(?!share |(?:[^ ]+ ){{0,2}}(?i:{'|'.join(ROLES['rates'])}|[a-z]+(?:ss|us|is|ment|tion|ity))(?: |$))"
    rf"(?:(?:(?!(?:{JOINTS}) )[^ ]+ ){{0,2}}(?:[^ ]+s|people|women|men|children|those)|[A-Z][a-z]+)"
    rf"(?: (?:{JOINTS}|who|that|[a-z]+ed)\b.*)?$"
)
# What a number is per: per square mile.
PER = re.compile(
    rf"\W*(per (?:[\d,\s]*\d(?: (?!(?:{JOINTS})\b)[a-z]+){{0,2}}|"
    r"(?:(?:diluted|common|basic|ordinary|fully|square|cubic)\s)*[a-z]+))\b(?<!per cent)(?<!per year)"
)
# What a change is held against.
_AGAINST_WHAT = re.compile(
    r",?(?: or [\d.,]+(?:%| per ?cent),?)? (?:as |when )?(?:compared (?:to|with)|from|over|than|against) "
    r"((?:the )?(?:[A-Z][a-z]+ \d+, \d{4}|(?:[a-z-]+ )*(?:quarter|year|month|week|half)(?: of \d{4}| earlier)?))\b"
)


def stripped(text: str) -> str:
    """Return a stretch of Chinese without what only leads to its noun or to a number."""
    text = _TAIL.sub("", _LEAD.sub("", _TERM.sub("", text.replace(NOTHING, ""))))
    return text.replace("\0", "").strip(" \u3000、，,的“”\"'-")


def _items(subject: str, count: int) -> list[str]:
    """Return the items of a list, divided at 和 only where 、 makes too few."""
    items: list[str] = []
    in_chinese = is_chinese(subject)
    for divider in _LISTS[in_chinese]:
        last = re.split("[,，]", subject)[-1] if in_chinese and divider is not _LISTS[1][-1] else subject
        parts = divider.split(last)
        items = [item for item in ((stripped if in_chinese else noun_of)(part) for part in parts) if item]
        if not in_chinese and items and (head := _ELLIPTIC.search(items[-1])):
            alike = [f"{found[0].lower()} {head[0]}" for part in parts[:-1] if (found := _ADJECTIVAL.search(part))]
            items = [*alike, items[-1]] if len(alike) + 1 >= count else items  # irrigated and upland areas
        shared = None if in_chinese else _OF.search(parts[-1])
        is_shared = shared and "\0" not in shared[1] and len(items) > 1
        if shared and is_shared and not _OF.search(parts[-2]):  # output and sales of cars
            items = [*items[:-2], *(f"{noun_of(part)}{shared[1]}" for part in (parts[-2], parts[-1][: shared.start()]))]
        if len(items) >= count:
            break
    return items


def is_average(mention: Mention) -> bool:
    """Tell whether a number of years only says of what an average is: 两年平均增长."""
    return mention.unit == UNITS["年"] and mention.paragraph.text.startswith("平均", mention.end)


def told_out(masked: str, mentions: Sequence[Mention]) -> dict[int, str | int]:
    """Return the place of a number of a sentence → the item of a list that 分别 or *respectively* gives it.

    Where the list is one of numbers, the item is how many numbers before it the one stands whose thing it is.
    """
    found: dict[int, str | int] = {}
    counts = [mention for mention in mentions if not is_average(mention)]
    runs: list[list[Mention]] = []
    for mention in counts:
        between = masked[runs[-1][-1].end : mention.token.start] if runs else "."
        if RUN.fullmatch(between) and (between != ", " or runs[-1][-1].unit == mention.unit):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    nth, (since, end) = 0, mentions[0].sentence
    dealt = masked.rfind(" respectively", since, end)
    for numbers in runs:
        first, before = numbers[0], nth
        head = masked[max(since, first.token.start - FAR) : first.token.start]
        said = TOLD.search(head)
        head = head[: said.start()] if said else head
        nth, since = nth + len(numbers), numbers[-1].end
        is_told = said or "分别" in plain(first.token.printed)
        if not is_told and not (since <= dealt and len(numbers) > 1):
            continue
        subject = _TERM.sub("", head) if is_told else until_verb(re.sub("^ *By [^,]*, ", "", head))
        items = _items(subject, len(numbers))
        if len(items) >= len(numbers) > 1:
            chosen = items[-len(numbers) :]
            measure = MEASURE.search(chosen[-1])
            is_side = chosen[0] in "内男城"  # 内、外贸吞吐量
            is_pair = is_chinese(head) and (is_side or len(chosen[0]) > 1)
            shared = measure[0] if measure and not is_side else chosen[-1][len(chosen[0]) :] if is_pair else ""
            whole = [item + shared for item in chosen[:-1]] if len(shared) > 1 else chosen[:-1]  # 小学、初中在校生
            found |= {number.token.start: item for number, item in zip(numbers, [*whole, chosen[-1]], strict=True)}
        elif 1 < len(numbers) <= before:  # 游客2300万人次，收入180亿元，分别增长12%和15%
            found |= {
                number.token.start: mentions.index(number) - mentions.index(other)
                for number, other in zip(numbers, counts[before - len(numbers) : before], strict=True)
            }
    return found


def ranked(masked: str, mentions: Sequence[Mention]) -> dict[int, str]:
    """Return the place of a number → its title, where one has the most of what others have too, which follow.

    London had the highest birth rate at 14.8%, followed by York (9%); the lowest was in Leeds at 7%.
    """
    found: dict[int, str] = {}
    what, at = "", mentions[0].sentence[0]
    for mention in mentions:
        if most := _MOST.search(masked, at, mention.token.start):
            said = slice(*most.span("what" if most["what"] else "thing"))
            what = mention.paragraph.text[said].strip() or what
        if most and what:
            found[mention.token.start] = f"{what} {most['in'] or 'of'} {most['who'] or most['place']}"
        elif what and (next_ := _NEXT.fullmatch(masked, at, mention.token.start)):
            found[mention.token.start] = f"{what} of {next_['who']}"
        else:
            what = ""
        at = mention.end
    return found


def listed(masked: str, mentions: Sequence[Mention]) -> dict[int, str]:
    """Return the place of a number → its title, where a sentence lists names with a number each, of the same thing.

    Regions showed improvements in prices; Kent 9%, York 7% and Leeds 5%.
    """
    start = mentions[0].sentence[0]
    ends = [start, *(mention.end for mention in mentions)]
    names = [_ONE.fullmatch(masked, end, mention.token.start) for end, mention in zip(ends, mentions, strict=False)]
    if len(names) < _ALL or not all(names):
        return {}
    first = names[0]
    assert first
    what = _OF_ALL[0].match(masked, start, first.start("who")) or _OF_ALL[1].search(masked, max(start - FAR, 0), start)
    told = f"{what['what'][0].lower()}{what['what'][1:]}" if what else ""
    return {
        mention.token.start: f"{told} of {name['who']}"
        for mention, name in zip(mentions, names, strict=True)
        if told and name
    }


def firm_of(texts: Sequence[str]) -> str:
    """Return the name of the firm that a text in Chinese calls 公司: that listed with a number, or a headline's.

    >>> firm_of(["河石股份2024年收入增长", "河石股份公布财报，河石股份收入3亿元，公司利润2亿元。"])
    '河石股份'
    """
    whole = "\n".join(texts)
    if found := _TRADED.search(whole):
        return found[1]
    names = (texts[0][:count] for count in range(_NAME_LENGTH, 2, -1)) if "公司" in whole else ()
    return next((name for name in names if whole.count(name) > 2 and _HAN.fullmatch(name)), "")


def owner_of(texts: Sequence[str]) -> tuple[str, bool]:
    """Return the name that a text in English begins with and goes on to speak of, and whether it is that of a firm.

    >>> owner_of(["Harbour news", "Hale Holdings plc said that it sold 5 ships.", "Sales of Hale rose."])
    ('Hale', True)
    """
    whole = "\n".join(texts)
    for found in filter(None, map(_OWNER.match, texts[:_OPENING])):
        words = _COMPANY.sub("", found["name"]).rstrip(",.").split(" ")
        for name in (" ".join(words[:count]) for count in range(len(words), 0, -1)):
            forms = Counter(re.findall(rf"\b{re.escape(name)}\b", whole, re.IGNORECASE)[1:])
            short = "".join(word[0] for word in name.split(" "))  # British Airways, then BA
            is_firm = re.search(rf"{re.escape(name)},? {_FIRM}\b", whole) is not None
            is_again = forms or is_firm or (" " in name and len(re.findall(rf"\b{short}\b", whole)) > 1)
            if is_again and not (
                name.endswith(("ian", "ese", "ish")) or MEASURED.search(name) or any(form.islower() for form in forms)
            ):
                is_firm = is_firm or re.search(rf"\b(?i:the) {_FIRMS}\b", whole) is not None
                return next((form for form, _ in forms.most_common()), name), is_firm
    return "", False


def told_apart(sentence: Sequence[Mention], named: Sequence[str]) -> Iterator[str]:
    """Yield titles of a sentence, of two alike each with what it is held against: up 3% from May and 9% from June."""
    kinds = [(title, mention.unit, mention.when) for title, mention in zip(named, sentence, strict=True)]
    counts = Counter(kinds)
    for kind, mention in zip(kinds, sentence, strict=True):
        is_twin = counts[kind] > 1 and mention.figure and mention.figure.form == "change"
        beside = _AGAINST_WHAT.match(mention.paragraph.text, mention.end) if is_twin else None
        yield f"{kind[0]} against {beside[1]}" if beside else kind[0]
