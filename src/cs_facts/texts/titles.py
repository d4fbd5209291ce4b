"""A title for a figure: the noun that its clause counts, as far as the order of the words gives it away.

Chinese has it before the number (党员50.66万名) or behind its counter (92个村卫生所), English behind the number (120
new stores) or before the verb (revenue was $2 million). A change takes the title of what changed, a part that 其中
takes up the measure of its whole, and a list told out by 分别 one item each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_facts.text import plain
from cs_facts.texts.mentions import FAR, NOTHING, is_chinese
from cs_facts.texts.units import MEASURES, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cs_facts.texts.mentions import Mention

# Characters of a title at most, in Chinese and in English.
_LONGEST = (28, 70)

_ZH_LEAD = re.compile(
    r"^(?:[\s、，,：:;；“”\"《》()（）\[\]0-9]+|其中|此外|另外|同时|截至|截止|初步核算|据\w{0,6}(?:统计|显示|披露|表示)|按\w{1,8}计算|"
    r"今年|全年|年内|目前|期间|(?:比|较)(?:上年|去年|上一年|上月|同期|\0)+(?:同期|末|底)?|同比|环比同比|环比|以来|来|共有|共计|总计|合计|累计|分别|另有|还有|以及|"
    r"[同与和较]\w{0,16}\0?\w{0,16}相?比|年均|经过|预计|计划|力争|超过|去年|[和与及到至以对向从共并且又也还约近另将而或则]|\0)+"
)
_ZH_TAIL = re.compile(
    r"(?:[\s、，,：:;；“”\"(（《\[]+|达到|达|共有|共计|总计|合计|累计|总额达|实现|完成|仅为|仅有|仅|高达|超过|突破|增至|降至|升至|减至|增加到|减少到|"
    r"(?:比|较)(?:上年|去年|上一年|上月|同期|\0)+(?:同期|末|底)?|同比|环比|占比为|占比|分别为|分别|约为|"
    r"[为是有占在于近以已了也均都就共约达到至由自从即]|\0)+$"
)
_ZH_BEHIND = re.compile(r"(?:以上|以下|左右|多|余)?(的?)([\u4e00-\u9fffA-Za-z“”《》]{2,20})")
_ZH_STOP = re.compile(
    "的|在|被|将|已|与|和|及|以|是|为|同比|比上|较|并|得到|达到|占|共|全部|均|都|进行|实现|实行|推行|建成|获|参加|驻|深入"
)
_MEASURE = re.compile(
    "(?:增加值|总产值|产值|播种面积|面积|产量|销售额|零售额|总额|投资额|投资|收入|支出|人数|人口|用电量|进出口|出口|进口|货运量|客运量|比重|比例|价格)$"
)
_LEAD_WORD = re.compile("^[\u4e00-\u9fff]+")
_LIST = re.compile("[、，,]|和|与|及|以及|\\band\\b")

_EN_VERB = (
    "was|were|is|are|be|been|reached|reaches|hit|stood|totall?ed|grew|increased|rose|fell|declined|decreased|dropped|posted|reported|"
    "had|has|have|amounted|exceeded|exceeds?|will|would|could|may|accounted|ranks?|ranked|climbed|jumped|widened|narrowed|improved|"
    "numbered|came|stands|remained|recorded|represents?|opened|includes?|covers?|expects?|anticipates?|up|down|over|increases?|compared|increasing|"
    "decreasing|rising|falling|declining|went|goes|met|made|translates|translated|live|lives|share|occupies"
)
_EN_CUT = re.compile(rf"\b(?:{_EN_VERB})\b", re.IGNORECASE)
_EN_LEAD = re.compile(
    r"^(?:[\s,;:.“”\"'’(–-]+|\b(?:the|a|an|and|but|while|with|of|in|on|at|by|for|to|from|its|their|our|this|that|which|there|these|also|"
    r"about|meanwhile|however|including|excluding|some|another|as|who|it|he|she|they|we|said|says?|nevertheless|now|"
    r"only|same period|"
    r"year[ -]o(?:ver|n)[ -]year|(?:previous|prior|last) year|per year|a year|year|than|be|been|between)\b|\0)+",
    re.IGNORECASE,
)
_EN_TAIL = re.compile(
    r"(?:[\s,;:.“”\"'’(–-]+|\b(?:the|a|an|and|of|in|on|at|by|for|to|from|about|nearly|around|estimated|some|as|with|than|between|over|"
    r"under|its|their|or|that|which|who|reached|now|only|year[ -]o(?:ver|n)[ -]year|per year|aged)\b|\0)+$",
    re.IGNORECASE,
)
_EN_BEHIND = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?P<joint>of|in|for|from)\s+(?:the\s+|its\s+|all\s+)?(?P<noun>[^,.;:()\0]{3,60})",
    re.IGNORECASE,
)
_EN_NO_NOUN = re.compile(r"[A-Z]|(?:same|last|previous|prior|year|period|total|all|them|it)\b")
_EN_COPULA = re.compile(r"\s(?:was|were|is|are|has|have|had|been|has been|have been|had been)\s")
_EN_WHERE = re.compile(
    r"\W*(?P<joint>In)\s+(?:the\s+)?(?P<noun>[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*)*)(?=,|\s(?:there|it|the)\b)"
)
_EN_CLAUSE_END = re.compile(
    r"[,.;:()\0“”\"—–]|\s-|\b(?:and|or|but|that|which|who|while|as|than|compared|since|during|because|will|on|from|at|with|when|"
    r"throughout|across|respectively|over|between|after|before|year)\b",
    re.IGNORECASE,
)

# Words of English in a title that stand behind a number.
_WORDS = 7


@dataclass
class Titler:
    """Titles of the mentions of one paragraph, in their order.

    Attributes:
        masked: the text of the paragraph without its numbers.
        subject: what the paragraph spoke of last.
        whole: what the sentence spoke of first, of which 其中 takes up parts, counted in ``unit``.

    """

    masked: str
    subject: str = ""
    whole: str = ""
    unit: Unit | None = None
    sentence: tuple[int, int] = (-1, -1)
    end: int = 0

    def __post_init__(self) -> None:
        """Find where the first part is taken up."""
        self.part = self.masked.find("其中")

    def title(self, mention: Mention, listed: str = "") -> str:
        """Return a title; the one of the number before it where the clause has none of its own.

        Args:
            mention: the next one.
            listed: the item of a list that the number belongs to, where 分别 tells it out.

        """
        in_chinese = is_chinese(mention.paragraph.text)
        start = max(mention.clause[0], self.end if self.end <= mention.token.start else 0, mention.token.start - FAR)
        # 3 million hectares (7 million acres) of land
        end = min(mention.clause[1] if in_chinese else mention.sentence[1], mention.end + FAR)
        before, behind = self.masked[start : mention.token.start], self.masked[mention.end : end]
        change = _change(mention)
        noun = listed or (_chinese(before, behind, mention) if in_chinese else _english(before, behind, mention))
        if noun and in_chinese and self._is_part(mention) and (measure := _MEASURE.search(self.whole)):
            noun = (
                noun
                if _MEASURE.search(noun) or mention.unit != self.unit or not _is_measured(mention)
                else noun + measure[0]
            )
        self.end = mention.end
        if noun.startswith("占") and self.subject and in_chinese:
            noun = f"{self.subject}{noun}"
        if not noun and not self.subject:  # what the sentence has said before
            earlier = self.masked[max(mention.sentence[0], mention.token.start - FAR) : mention.token.start]
            clauses = [part for part in re.split("[,，、:：\0]", earlier) if part.strip()]
            noun = (
                _stripped(clauses[-1], *((_ZH_LEAD, _ZH_TAIL) if in_chinese else (_EN_LEAD, _EN_TAIL)))
                if clauses
                else ""
            )
        base = noun or self.subject
        if noun and (mention.sentence != self.sentence or not self.whole) and not change:
            self.whole = noun if not self._is_part(mention) else self.whole
            self.sentence = mention.sentence
            self.unit = mention.unit if not self._is_part(mention) else self.unit
        self.subject = noun or self.subject
        joined = (
            (base + change if in_chinese else f"{base} {change}".strip()) if change and change not in base else base
        )
        return _shortened(joined, in_chinese=in_chinese)

    def _is_part(self, mention: Mention) -> bool:
        return self.whole != "" and 0 <= self.part < mention.token.start


def _is_measured(mention: Mention) -> bool:
    return bool(mention.unit and mention.unit.id not in ("item", "establishment", "institution", "person", "percent"))


def _change(mention: Mention) -> str:
    """Return the word for the change that a number says: 增长, growth."""
    figure = mention.figure
    if figure is None or figure.form != "change":
        return ""
    if word := _LEAD_WORD.match(plain(mention.token.printed)):
        return re.sub("[了约近超逾过到]+", "", word[0])[:4]
    if is_chinese(mention.paragraph.text):
        return "增长" if (figure.value or 0) >= 0 else "下降"
    return "growth" if (figure.value or figure.low or 0) >= 0 else "fall"


def _chinese(before: str, behind: str, mention: Mention) -> str:
    head = _stripped(before, _ZH_LEAD, _ZH_TAIL)
    head = "" if len(head) == 1 else head
    figure = mention.figure
    found = _ZH_BEHIND.match(behind)
    if figure is None or found is None or figure.form == "change" or (figure.form == "share" and not found[1]):
        return head
    if not found[1] and (mention.unit is None or _is_measured(mention)):
        return head
    noun = found[2]
    if stop := _ZH_STOP.search(noun, 2):
        noun = noun[: stop.start()]
    # 京沪三地85.6%的受访者: what is counted stands behind, what stands before narrows it
    return f"{head[-8:]}{noun}" if len(noun) > 1 else head


def _english(before: str, behind: str, mention: Mention) -> str:
    figure, text = mention.figure, mention.paragraph.text
    own = text[mention.token.end : mention.end].strip(" -")
    if own and mention.unit and not _is_unit_of_measure(mention):
        return _phrase(f"{own} {behind}", _EN_WHERE.match(before))
    found = _EN_BEHIND.match(behind)
    takes = figure and (figure.form == "share" or mention.unit)
    if found and takes and found["joint"].lower() in ("of", "in") and not _EN_NO_NOUN.match(found["noun"]):
        return _phrase(found["noun"], None)
    parts = [_stripped(part, _EN_LEAD, _EN_TAIL) for part in _EN_CUT.split(before.replace("\0", " "))]
    return next((part for part in parts if len(part) > 2), "")


def _phrase(text: str, where: re.Match[str] | None) -> str:
    """Return the noun phrase at the beginning of a text, some words of it, without the verb that only says it is."""
    end = _EN_CLAUSE_END.search(text)
    words = _EN_COPULA.sub(" ", (text[: end.start()] if end else text).replace(NOTHING, "")).split()
    phrase = _EN_TAIL.sub("", " ".join(words[:_WORDS]))
    return f"{phrase} in {where['noun']}" if where and " in " not in phrase else phrase


def _is_unit_of_measure(mention: Mention) -> bool:
    return bool(mention.unit and mention.unit.id in MEASURES and mention.unit.id != "household")


def _stripped(text: str, lead: re.Pattern[str], tail: re.Pattern[str]) -> str:
    return tail.sub("", lead.sub("", text.replace(NOTHING, ""))).replace("\0", "").strip(" \u3000、，,的“”\"'-")


def _shortened(title: str, *, in_chinese: bool) -> str:
    """Cut a title that is too long: a noun of Chinese has its head at its end, one of English at its beginning."""
    longest = _LONGEST[not in_chinese]
    if len(title) <= longest:
        return title
    return title[-longest:].lstrip("的、，") if in_chinese else title[:longest].rpartition(" ")[0]


def told_out(masked: str, mentions: Sequence[Mention]) -> dict[int, str]:
    """Return the place of a number → the item of a list that 分别 or *respectively* gives it; of lists of one length.

    Args:
        masked: the text of a paragraph without its numbers.
        mentions: those of one sentence.

    """
    if not mentions:
        return {}
    start = mentions[0].sentence[0]
    for nth, mention in enumerate(mentions):
        since = mentions[nth - 1].end if nth else start
        before = masked[since : mention.token.start]
        head, said, _ = before.partition("分别")
        if not said and "分别" not in plain(mention.token.printed):
            continue
        items = [_stripped(item, _ZH_LEAD, _ZH_TAIL) for item in _LIST.split(head) if item.strip(" \0，,、")]
        numbers = [mention]
        for one, two in zip(mentions[nth:], mentions[nth + 1 :], strict=False):
            if not re.fullmatch(r"[、，,和与及\s\0以]*", masked[one.end : two.token.start]):
                break
            numbers.append(two)
        if len(items) >= len(numbers) > 1:
            chosen = items[-len(numbers) :]
            shared = chosen[-1][len(chosen[0]) :] if is_chinese(head) and len(chosen[0]) > 1 else ""
            whole = [item + shared for item in chosen[:-1]] if len(shared) > 1 else chosen[:-1]  # 小学、初中在校生
            return {number.token.start: item for number, item in zip(numbers, [*whole, chosen[-1]], strict=True)}
    return {}
