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
    r"^(?:[\s、，,：:;；“”\"《》()（）\[\]0-9]+|其中|第[一二三四]季度|前三季度|[上下]半年|年末|当年|(?:上年|去年)?同期|实现|完成|取得|此外|另外|同时|截至|截止|"
    r"初步核算|据\w{0,6}(?:统计|显示|披露|表示)|按\w{1,8}计算|"
    r"今年|全年|年内|目前|期间|(?:比|较)(?:上年|去年|上一年|上月|同期|\0)+(?:同期|末|底)?|同比|环比同比|环比|以来|来|共有|共计|总计|合计|累计|分别|另有|还有|以及|"
    r"[同与和较]\w{0,16}\0?\w{0,16}相?比|年均|经过|预计|计划|力争|超过|去年|[和与及到至以对向从共并且又也还约近另将而或则]|\0)+"
)
_ZH_TAIL = re.compile(
    r"(?:[\s、，,：:;；“”\"(（《\[]+|达到|达|共有|共计|总计|合计|累计|总额达|实现|完成|仅为|仅有|仅|高达|超过|突破|增至|降至|升至|减至|增加到|减少到|"
    r"(?:比|较)(?:上年|去年|上一年|上月|同期|\0)+(?:同期|末|底)?|同比|环比|占比为|占比|分别为|分别|约为|"
    r"[为是有占在于近以已了也均都就共约达到至由自从即]|\0)+$"
)
# What alone is no noun: the verb of a change.
_ZH_BARE = re.compile(
    "(?:相比|进一步|明显|排名)?(?:缩短|缩小|下滑|下降|上升|增加|减少|提高|提升|扩大|发展|增长|惠及|加快|回落|降低|收窄|跃升|首破)+"
    "(?:[了到至为]|目前)*"
)
_ZH_BEHIND = re.compile(r"(?:以上|以下|左右|多|余)?(的?)([\u4e00-\u9fffA-Za-z“”《》]{2,20})")
_ZH_STOP = re.compile(
    "的|在|被|将|已|与|和|及|以|是|为|同比|比上|较|并|得到|达到|占|共|全部|均|都|进行|实现|实行|推行|建成|获|参加|驻|深入"
)
_MEASURE = re.compile(
    "(?:增加值|总产值|产值|播种面积|面积|产量|销售额|零售额|总额|投资额|投资|收入|支出|人数|人口|用电量|进出口|出口|进口|货运量|客运量|比重|比例|价格)$"
)
_LEAD_WORD = re.compile("^[\u4e00-\u9fff]+")
_RUN = re.compile(r"[、，,和与及\s\0以]*|,? and ")
_RESPECTIVELY = re.compile(r",? respectively")
_LIST = re.compile("[、，,]|和|与|及|以及|\\band\\b")

# Verbs that stand within a title of Chinese between what has something and what it has.
_ZH_WITHIN = re.compile("(?<=[市县区省国镇村院校司])(?:共有|共|现有|拥有|实现|完成|建成|建有)(?=..)")
# Words of English for a stretch of time, which alone are no title.
_EN_TIME = re.compile(
    r"(?:(?:the|first|second|third|fourth|final|last|same|full|fiscal|past|prior|previous|early|late|end|of|half|"
    r"quarters?|years?|months?|weeks?|days?|periods?|decades?)\b[\s-]*)+$",
    re.IGNORECASE,
)
_EN_WHEN = re.compile(
    r"\s(?:in|for|during|of|over|to)\s+(?:the |its )?(?:\w+ )?(?:first|second|third|fourth|last|latest|full|"
    r"same|fiscal|quarter|half|year|months?|"
    r"period|three|six|nine|twelve)\b(?:[ -](?:quarter|half|year|months?|period|ended|ending|to|of|"
    r"through))*\s*$|\s(?:ended|ending)\s*$"
)
# Who says it: TimeWarner said, we forecast that, the analysis found that.
_EN_SAID = re.compile(
    r"^.*\b(?:said|says|announced|shows?|showed|found|finds|forecasts?|expects?|predicts?|projects|projecting|"
    r"estimates|added)\b"
    r"(?: (?:today|yesterday|on \w+))?(?: that)?\s+(?=\S)",
    re.IGNORECASE | re.DOTALL,
)
# What alone is no noun: a verb, a participle, an adverb.
_EN_BARE = re.compile(
    r"(?:\W*\b(?:was|were|is|are|be|been|being|has|had|have|having|ended|ending|representing|reflecting|"
    r"marking|ranging|resulting|then|said|one|it|rate fluctuated|"
    r"averaged|\w+ing (?:to|of|about)|while|even|previously|already|higher|lower|more|less|than|\w{3,}ed|"
    r"\w+ly)\b\W*)+$",
    re.IGNORECASE,
)
_EN_PARTICIPLE = re.compile(
    "(?:allow|bring|mak|leav|caus|tak|serv|reach|help|giv|driv|previous|already)(?:ing|ly)? ", re.IGNORECASE
)
# A number that goes on with the subject of the one before it: … per 100,000 in 1999 to 7.2; compared with 5.
_EN_GOES_ON = re.compile(
    r"^[\s\0)]*(?:(?:per|a)\s[\w\s\0,-]*?)?[,\s\0)]*(?:(?:in|on|at|for|during|by)\s[\w\s\0-]*?)?[,–\s\0-]*"
    r"\b(?:to|from|compared (?:with|to)|versus|against|than|or|up from|down from)\s(?:[\w]+\s){0,2}$",
    re.IGNORECASE,
)
_EN_PER = re.compile(
    r"\W*(per (?:[\d,]*\d(?: (?!(?:in|for|to|at|and|or|on|from|of|among)\b)[a-z]+){0,2}|"
    r"(?:(?:diluted|common|basic|ordinary|fully|square|cubic)\s)*[a-z]+))\b(?<!per cent)(?<!per year)"
)
_EN_OF_CHANGE = re.compile(
    r"\W*(?:(?:annual|percentage|percent|yearly|year-on-year|point)\s)*(?:(?:in)?creases?|decreases?|rise|"
    r"growth|decline|drop|reduction|fall)?\s*"
    r"\b(?:in|of)\s+(?:the\s+|its\s+)?(?P<noun>[a-z][^,;:()\0.]{3,60})"
)
_EN_AMONG = re.compile(
    r"(?P<whole>[\w' -]+?) (?:is|are|was|were) (?!\w+(?:ed|ing)\b)(?P<part>[a-z]\w+s|children|women|men)\W*$"
)
_EN_CHANGES = (
    ("increas", "increase"), ("decreas", "decrease"), ("declin", "decline"), ("ris", "rise"), ("rose", "rise"),
    ("up", "rise"), ("grew", "growth"), ("grow", "growth"), ("fell", "fall"), ("fall", "fall"), ("down", "fall"),
    ("drop", "drop"), ("jump", "jump"), ("slump", "fall"), ("loss", "loss"), ("lost", "loss"), ("gain", "gain"),
)  # fmt: skip
# Another place for the same thing: 5.3 million in Scotland.
_EN_PLACE = re.compile(r"\s*in\s+(?:the\s+)?([A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*)*)")
# Verbs for money that goes somewhere: what it goes on or for is what it counts.
_EN_SPENT = re.compile(
    r"\b(?:paid|pays?|spent|spends?|invested|raised|earned|allocated|granted|donated)\s*$", re.IGNORECASE
)

# What was done to what is counted: sold 5,400 cars.
_EN_DONE = re.compile(
    r"\b((?!reached|totall?ed|numbered|exceeded|remained|increased|declined|decreased|dropped|climbed|jumped|amounted|"
    r"estimated|included|reported|recorded|ranked|\w*need|showed|said)\w{2,}ed|sold|built|bought|cut|won|lost|"
    r"lent|made|"
    r"held|planted|sent|shed|laid|found|taught|fed|drawn|run)\s(?:about |nearly |over |some |more than |around |\0)*$"
)
# Who has what is counted; characters of its name at most, words of a thing that something was done to, and characters
# before a number in which either is looked for.
_EN_HAS = re.compile(
    r"([^,;:\0]+?)\s(?:has|have|had|comprises?|contains?|includes?|operates?|employs?|employed|operated|occupies)\s"
    r"(?:about |nearly |over |some |more than |around |\0)*$"
)
_NAME, _FEW, _NEAR = 32, 3, 80

_EN_VERB = (
    "was|were|is|are|be|been|reached|reaches|hit|stood|totall?ed|grew|increased|rose|fell|declined|decreased|dropped|posted|reported|"
    "had|has|have|amounted|exceeded|exceeds?|will|would|could|may|accounted|ranks?|ranked|climbed|jumped|widened|narrowed|improved|"
    "numbered|came|stands|remained|recorded|represents?|opened|includes?|covers?|expects?|anticipates?|up|down|over|increases?|compared|increasing|"
    "decreasing|rising|falling|declining|went|goes|met|made|translates|translated|live|lives|occupies|paid|pays|spent|sold|"
    "built|bought|won|lost|lent|earned|held|gave|took|ran|shed|gained|added|employed|employs|served|serves|"
    "handled|carried|produced|received|raised|invested|created|attracted|runs|contains?|averaged|doubled|tripled|halved|slipped|"
    "cost|costs|surged|soared|plunged|shrank|swelled|eased|began|welcomed|generated|contributed|grows"
)
_EN_CUT = re.compile(rf"\b(?:{_EN_VERB})\b", re.IGNORECASE)
_EN_LEAD = re.compile(
    r"^(?:[\s,;:.“”\"'’(–-]+|\b(?:the|a|an|and|but|while|with|of|in|on|at|by|for|to|from|its|their|our|this|"
    r"that|which|there|these|also|"
    r"about|meanwhile|however|including|excluding|some|another|as|who|whom|those|it|he|she|they|we|said|says?|"
    r"nevertheless|now|"
    r"only|same period|(?:first|second|third|fourth)[ -]quarter|(?:three|six|nine)[ -]month|"
    r"year[ -]o(?:ver|n)[ -]year|(?:previous|prior|last) year|per year|a year|year|than|be|been|between)\b|\0)+",
    re.IGNORECASE,
)
_EN_TAIL = re.compile(
    r"(?:[\s,;:.“”\"'’(–-]+|\b(?:the|a|an|and|of|in|on|at|by|for|to|from|about|nearly|around|estimated|some|"
    r"as|with|than|between|over|"
    r"under|its|their|or|that|which|who|reached|now|only|year[ -]o(?:ver|n)[ -]year|per year|aged)\b|\0)+$",
    re.IGNORECASE,
)
_EN_BEHIND = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?P<joint>of|in|for|from|on)\s+(?:the\s+|its\s+|all\s+)?(?P<noun>[^,;:()\0]{3,60})",
    re.IGNORECASE,
)
_EN_OF = re.compile(r"\s*(?:\([\s\0]*\)?|\))\s*of\s+(?:the\s+)?([^,;:()\0]{3,60})", re.IGNORECASE)
_EN_NO_NOUN = re.compile(r"(?:[A-Z][\w.'’-]*\s?)+$|(?:same|last|previous|prior|year|period|total|all|them|it)\b")
_EN_COPULA = re.compile(r"\s(?:was|were|is|are|has|have|had|been|has been|have been|had been)\s")
_EN_WHERE = re.compile(
    r"\W*(?P<joint>In)\s+(?:the\s+)?(?P<noun>[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*)*)(?=,|\s(?:there|it|the)\b)"
)
_EN_CLAUSE_END = re.compile(
    r"[,;:()\0“”\"—–]|(?<![A-Z])\.(?=\s|$)|\s-|\b(?:and|or|but|that|which|who|while|as|than|compared|since|"
    r"during|because|will|on|from|at|with|when|"
    r"throughout|across|respectively|over|between|after|before|year)\b",
    re.IGNORECASE,
)

# What joins a number to one of its kind before it; characters before a number in which its subject is looked for.
_ALSO, _EARLIER = re.compile(r"^[^,，;；]{0,40}(?:\band|\bor|和|、|,)\s*$"), 200
_ENDS = ((_EN_LEAD, _EN_TAIL), (_ZH_LEAD, _ZH_TAIL))

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
    change: str = ""
    end: int = 0

    def __post_init__(self) -> None:
        """Find where the first part is taken up; nothing has been counted yet."""
        self.part, self.nouns = self.masked.find("其中"), list[str]()

    def title(self, mention: Mention, listed: str | int = "") -> str:
        """Return a title; the one of the number before it where the clause has none of its own.

        Args:
            mention: the next one.
            listed: the item of a list that the number belongs to, where 分别 tells it out, or how many numbers
                before it the one stands whose thing it is.

        """
        in_chinese, is_next = is_chinese(mention.paragraph.text), mention.sentence == self.sentence
        change, between = _change(mention), self.masked[self.end : mention.token.start]
        if not change and is_next and _is_percent(mention) and _ALSO.search(between):
            change = self.change  # up 2.3% in May and 0.4% in June
        if isinstance(listed, int):
            listed = self.nouns[-listed] if len(self.nouns) >= listed else ""
        noun = self._noun(mention, listed, in_chinese=in_chinese, changes=bool(change))
        self.end, self.change = mention.end, change
        if in_chinese and self.subject and noun.startswith("占"):
            noun = f"{self.subject}{noun}"
        elif not noun:
            noun = self._understood(mention, in_chinese=in_chinese)
        if noun and not change and (not is_next or not self.whole) and not self._is_part(mention):
            self.whole, self.unit = noun, mention.unit
        self.sentence = mention.sentence
        self.nouns.append(noun or self.subject)
        self.subject = noun or self.subject
        base = self._as_printed(self.subject, mention)
        joined = f"{base}{'' if in_chinese else ' '}{change}".strip() if change not in base else base
        return _shortened(joined if in_chinese else _with_rate(joined, mention), in_chinese=in_chinese)

    def _noun(self, mention: Mention, listed: str, *, in_chinese: bool, changes: bool) -> str:
        """Return what the clause of a number says that it counts; nothing where it has no noun of its own."""
        start = max(mention.clause[0], self.end if self.end <= mention.token.start else 0, mention.token.start - FAR)
        # 3 million hectares (7 million acres) of land
        end = min(mention.clause[1] if in_chinese else mention.sentence[1], mention.end + FAR)
        before, behind = self.masked[start : mention.token.start], self.masked[mention.end : end]
        is_next = mention.sentence == self.sentence
        goes_on = bool(is_next and self.subject and _EN_GOES_ON.match(before)) and not in_chinese
        noun = listed or (
            _chinese(before, behind, mention)
            if in_chinese
            else _english(before, behind, mention, goes_on=goes_on, changes=changes)
        )
        if is_next and not in_chinese and not _EN_CUT.search(before):
            noun = self._moved(_EN_PLACE.match(behind)) or noun
        if mention.unit and mention.unit.id == "year-of-age" and not listed:
            noun = _ages(noun, mention)
        return self._part(noun, mention, in_chinese=in_chinese)

    def _understood(self, mention: Mention, *, in_chinese: bool) -> str:
        """Return what a number counts whose clause has no noun, where that is not just what was spoken of last."""
        if not in_chinese:
            if moved := self._moved(_EN_PLACE.match(self.masked, mention.end)):
                return moved
            if of := _EN_OF.match(self.masked, mention.end):
                return _phrase(of[1], None)  # 60% (1,876) of U.S. counties
        return "" if self.subject else self._earlier(mention, in_chinese=in_chinese)

    def _moved(self, place: re.Match[str] | None) -> str:
        """Return what was spoken of in one place for another: jobs in Leeds, then 300 in York."""
        subject, joint, _ = self.subject.partition(" in ")
        return f"{subject} in {place[1].rstrip('.')}" if place and joint else ""

    def _earlier(self, mention: Mention, *, in_chinese: bool) -> str:
        """Return what the sentence has said before."""
        earlier = self.masked[max(mention.sentence[0], mention.token.start - _EARLIER) : mention.token.start]
        clauses = [part for part in re.split("[,，、:：\0]", earlier) if part.strip()]
        nouns = (_stripped(clause, *_ENDS[in_chinese]) for clause in reversed(clauses))
        if in_chinese:
            return next(nouns, "")
        parts = (part.strip() for noun in nouns for part in _EN_CUT.split(noun))
        return next((part for part in parts if len(part) > 2 and not _is_bare(part)), "")

    def _as_printed(self, noun: str, mention: Mention) -> str:
        """Return a noun as the text has it, in its own script and width."""
        at = self.masked.rfind(noun, 0, mention.token.start)
        at = at if at >= 0 else self.masked.find(noun, mention.token.start)
        printed = mention.paragraph.text[at : at + len(noun)] if at >= 0 else noun
        within = _ZH_WITHIN.search(noun)
        return printed[: within.start()] + printed[within.end() :] if within else printed

    def _part(self, noun: str, mention: Mention, *, in_chinese: bool) -> str:
        """Add the measure of the whole to a part that 其中 takes up."""
        if not (noun and in_chinese and self._is_part(mention) and (measure := _MEASURE.search(self.whole))):
            return noun
        is_alike = mention.unit == self.unit and _is_measured(mention)
        return noun + (measure[0] if is_alike and not _MEASURE.search(noun) else "")

    def _is_part(self, mention: Mention) -> bool:
        return self.whole != "" and 0 <= self.part < mention.token.start


def _with_rate(title: str, mention: Mention) -> str:
    per = _EN_PER.match(mention.paragraph.text, mention.end)
    return f"{title} {per[1]}" if per and per[1] not in title else title


def _is_percent(mention: Mention) -> bool:
    return bool(mention.unit and mention.unit.id in ("percent", "percentage-point"))


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
    said = mention.token.printed.lower()
    fallback = "growth" if (figure.value or figure.low or 0) >= 0 else "fall"
    return next((noun for stem, noun in _EN_CHANGES if re.search(rf"\b{stem}", said)), fallback)


def _chinese(before: str, behind: str, mention: Mention) -> str:
    head = _stripped(before, _ZH_LEAD, _ZH_TAIL)
    head = "" if len(head) == 1 or _ZH_BARE.fullmatch(head) else head
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


def _english(before: str, behind: str, mention: Mention, *, goes_on: bool, changes: bool) -> str:
    figure, text = mention.figure, mention.paragraph.text
    own = text[mention.token.end : mention.end].strip(" -")
    is_rate = _EN_PER.match(text, mention.end)
    if own and mention.unit and not _is_unit_of_measure(mention) and not (is_rate and (goes_on or before.strip())):
        phrase, done = _phrase(f"{own} {behind}", _EN_WHERE.match(before)), _EN_DONE.search(before[-_NEAR:])
        if done and len(phrase.split()) <= _FEW:
            return f"{phrase} {done[1]}"
        owner = _EN_HAS.search(before[-_NEAR:])
        name = _stripped(owner[1], _EN_LEAD, _EN_TAIL) if owner and " " not in phrase else ""
        return f"{phrase} of {name}" if 2 < len(name) <= _NAME else phrase
    is_change = bool(figure and figure.form == "change") or changes
    if (changed := _EN_OF_CHANGE.match(behind)) and (is_change or re.match(r"\W*(?:\w+ )?\w+ (?:in|de)crease", behind)):
        phrase = _phrase(changed["noun"], None)
        if not (_EN_TIME.match(phrase) or _EN_NO_NOUN.match(phrase) or (_EN_CUT.search(before) and not is_change)):
            return phrase
    if goes_on:
        return ""
    return _behind(before, behind, mention) or _subject(before)


def _behind(before: str, behind: str, mention: Mention) -> str:
    """Return what stands behind a share or a measure: 60% of the readers, £3 million for land."""
    figure = mention.figure
    found = _EN_BEHIND.match(behind)
    if found and (figure and (figure.form == "share" or mention.unit)):
        phrase, joint = _phrase(found["noun"], None), found["joint"].lower()
        if joint == "of" and figure and figure.form == "share" and (of := _EN_AMONG.match(found["noun"])):
            return f"{of['part']} among {of['whole']}"  # half of the readers are children
        is_counted = joint == "of" or (joint in ("on", "for", "in") and _EN_SPENT.search(before))
        if (is_counted or (joint == "in" and not before.strip(" \0"))) and not (
            _EN_NO_NOUN.match(phrase) or _EN_TIME.match(phrase)
        ):
            return phrase
    return ""


def _subject(before: str) -> str:
    """Return the subject of the last verb before a number, without who says it."""
    said = _EN_SAID.sub("", re.sub(r"[\s\0]+", " ", before))
    last = re.search(r"([^,.;:]*?)\bof\s*$", said)  # posted a loss of $2 million
    for segment in [last[1]] if last else reversed(_segments(said)):
        parts = [_EN_WHEN.sub("", _stripped(part, _EN_LEAD, _EN_TAIL)) for part in _EN_CUT.split(segment)]
        parts = [re.split(r"\b(?:an?|the|its|their)\s+|\b(?:with|for)\s+", parts[-1])[-1]] if last else parts
        if noun := next((part for part in parts if len(part) > 2 and not _is_bare(part)), ""):
            return noun
    return ""


def _ages(noun: str, mention: Mention) -> str:
    """Return the title of an age: that of a group, or of one person."""
    is_one = mention.figure is not None and mention.figure.form == "number" and mention.figure.bound == "exact"
    if is_chinese(mention.paragraph.text):
        return f"{noun}{'年龄' if is_one else '年龄段'}"
    return f"age{'' if is_one else ' group'}{f' of {noun}' if 0 < len(noun) < _NAME and not _is_bare(noun) else ''}"


def _is_bare(part: str) -> bool:
    """Tell whether words are no noun: a stretch of time, or a verb by itself."""
    return bool(_EN_TIME.match(part) or _EN_BARE.match(part) or _EN_PARTICIPLE.match(part))


def _segments(text: str) -> list[str]:
    """Divide a clause of English at each *and* that has a verb before it: another subject follows."""
    segments = [""]
    for part in re.split(r"\b(and|but|while|as)\b", text):
        if part in ("and", "but", "while", "as") and _EN_CUT.search(segments[-1]):
            segments.append("")
        else:
            segments[-1] += part
    return segments


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


def told_out(masked: str, mentions: Sequence[Mention]) -> dict[int, str | int]:
    """Return the place of a number → the item of a list that 分别 or *respectively* gives it, as a titler takes it.

    Args:
        masked: the text of a paragraph without its numbers.
        mentions: those of one sentence.

    """
    found: dict[int, str | int] = {}
    runs: list[list[Mention]] = []
    for mention in mentions:
        if runs and _RUN.fullmatch(masked[runs[-1][-1].end : mention.token.start]):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    nth, since = 0, mentions[0].sentence[0] if mentions else 0
    for numbers in runs:
        first, before = numbers[0], nth
        head, said, _ = masked[max(since, first.token.start - FAR) : first.token.start].partition("分别")
        nth, since = nth + len(numbers), numbers[-1].end
        is_told = said or "分别" in plain(first.token.printed)
        if not is_told and not _RESPECTIVELY.match(masked, since):
            continue
        subject = head if is_told else _EN_CUT.split(head)[0]
        parts = (_stripped(item, *_ENDS[is_chinese(head)]) for item in _LIST.split(subject))
        items = [item for item in parts if item]
        if len(items) >= len(numbers) > 1:
            chosen = items[-len(numbers) :]
            shared = chosen[-1][len(chosen[0]) :] if is_chinese(head) and len(chosen[0]) > 1 else ""
            whole = [item + shared for item in chosen[:-1]] if len(shared) > 1 else chosen[:-1]  # 小学、初中在校生
            found |= {number.token.start: item for number, item in zip(numbers, [*whole, chosen[-1]], strict=True)}
        elif 1 < len(numbers) <= before:  # 游客2300万人次，收入180亿元，分别增长12%和15%
            found |= {number.token.start: len(numbers) for number in numbers}
    return found
