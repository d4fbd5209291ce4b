"""A title for a figure: the noun that its clause counts, as far as the order of the words gives it away.

Chinese has it before the number (党员50.66万名) or behind its counter (92个村卫生所), English behind the number (120
new stores) or before the verb (revenue was $2 million). A change takes the title of what changed, a part that 其中
takes up the measure of its whole, and a list told out by 分别 one item each.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from itertools import groupby
from typing import TYPE_CHECKING

from cs_facts.text import plain
from cs_facts.texts.mentions import FAR, NOTHING, NUMBER, is_chinese, masking
from cs_facts.texts.phrases import LIGHT, WORD, Chunk, Reader, is_age, is_measured, kind_of, noun_chunk
from cs_facts.texts.units import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cs_facts.texts.mentions import Mention
    from cs_facts.texts.units import Unit

# Characters of a title at most, in Chinese and in English.
_LONGEST = (28, 90)
# Characters of a clause before a number's own in which it may say what the number counts; those below which a noun of
# Chinese says little by itself, and of a clause that is taken whole; words below which a noun of English does.
_EARLIER, _SHORT, _FEW, _SCANT = 200, 8, 12, 4
# How much longer than its part a whole is that is counted in the same unit.
_MORE = 3

# What a clause of Chinese begins and ends with beside its noun.
_LEAD = re.compile(
    r"^(?:[\s、，,：:;；“”\"《》()（）\[\]0-9]+|其中|(?:第?[一二三四]|前三)季度(?:末|以来)?|[上下]半年|年末|当年|今年|去年|全年|年内|"
    r"(?:上年|去年)?同期|目前|期间|实现|完成|取得|此外|另外|同时|截至|截止|初步核算|据\w{0,6}(?:统计|显示|披露|表示)|按\w{1,8}计算|"
    r"(?:比|较)(?:上年|去年|上一年|上月|同期|\0)+(?:同期|末|底)?|同比|环比|以来|来|共有|共计|总计|合计|累计|分别|另有|还有|以及|"
    r"[同与和较]\w{0,16}\0?\w{0,16}相?比|年均|经过|预计|计划|力争|[和与及到至以对向从共并且又也还约近另将而或则]|\0)+"
)
_TAIL = re.compile(
    r"(?:[\s、，,：:;；“”\"(（《\[]+|达到|达|共有|共计|总计|合计|累计|总额达|实现|完成|仅为|仅有|仅|高达|超过|突破|[增降升减]至|增加到|减少到|"
    r"(?:比|较)(?:上年|去年|上一年|上月|同期|\0)+(?:同期|末|底)?|同比|环比|占比为|占比|分别为|分别|约为|"
    r"[为是有占在于近以已了也均都就共约达到至由自从即]|\0)+$"
)
# What alone is no noun: the verb of a change, the middle of a list.
_BARE = re.compile(
    "(?:相比|进一步|明显|排名)?(?:缩短|缩小|下滑|下降|上升|增加|减少|提高|提升|扩大|发展|增长|惠及|加快|回落|降低|收窄|跃升|首破)+"
    "(?:[了到至为]|目前)*|.|.*等"
)
# What is counted behind a number, and what ends it.
_BEHIND = re.compile(
    r"(?:以上|以下|左右|多|余)?(的?)(?!大关|左右|上下|[之以和与及同较比至到])([^\s,，、;；。:：()（）]{2,24})"
)
_ENDING = re.compile("(?:的|在|为|是|达到?|高[达于]|增至|包括|平均|其中|超过|突破)+$")
_SPANS = frozenset(("year", "month", "week", "day", "hour", "minute"))
# What only compares: 比三季度, 较上年同期的, 由2005年的; with 相比 behind the number.
_AGAINST = re.compile(
    r"(?:(?<![同环])[比较](?![例重率值赛如为高低大])|[与同](?=[^,，]*相比)|[由从](?![事业于]))[^,，、]{0,24}$"
)
_WITH = re.compile("[与同和较比][^,，]{0,24}$")
# A rank: a counter that makes it an event (第三次), one that says nothing, a verb that says nothing.
_NTH, _PLACE = tuple("次年届轮批天"), re.compile("^(?:大类|[位名个座家只高大])")
_COPULA = re.compile("(?:依然|仍然|仍|已)?(?:是|为|成为|作为|位居|位列|跻身)")
# What lacks its subject, how a change is measured, the measure that a noun ends with.
_OF_SUBJECT = re.compile("超过|超出|占|影响|仅?为|仅?相当于|高于|低于|位居|居(?![住民家])|排名|名列|列(?![车入])")
_ZH_BASIS = re.compile("同比|环比")
_MEASURE = re.compile(
    "(?:增加值|总产值|产值|播种面积|面积|产量|销售额|零售额|总额|投资额|投资|收入|支出|人数|人口|用电量|营收|净利润|利润|"
    "(?:同比)?增速|增幅|进出口|出口|进口|货运量|客运量|比重|比例|价格)$"
)
# Verbs that stand within a title of Chinese between what has something and what it has.
_WITHIN = re.compile("(?<=[市县区省国镇村院校司])(?:共有|共|现有|拥有|实现|完成|建成|建有)(?=..)")

_MASKS = (NUMBER, NOTHING)
_LEAD_WORD = re.compile("^[\u4e00-\u9fff]+")
_NUMERALS = re.compile("[了约近超逾过到一两二三四五六七八九十百千万亿]+")
_RUN = re.compile(r"[、，,和与及\s\0以]*|,? and ")
_RESPECTIVELY = re.compile(r",? respectively")
_TOLD = re.compile("分别|依次")
# What parts a list, in English and in Chinese: each is tried only where those before part too little.
_LISTS = (
    (re.compile(r",|\band\b"),),
    (re.compile("、"), re.compile("、|和(?!.*和)|与|及"), re.compile("[、和与及]"), re.compile("[、，,和与及]")),
)
# What lets a per cent go on with the change before it, in English and in Chinese.
_ALSO = (re.compile(r"^[^,;]{0,40}(?:\band|\bor|,)\s*$"), re.compile(r"^[^,，;；]{0,20}[和与及、]\s*$"))
_CHANGES = (
    ("increas", "increase"), ("decreas", "decrease"), ("declin", "decline"), ("ris", "rise"), ("rose", "rise"),
    ("up", "rise"), ("grew", "growth"), ("grow", "growth"), ("fell", "fall"), ("fall", "fall"), ("down", "fall"),
    ("drop", "drop"), ("jump", "jump"), ("slump", "fall"), ("loss", "loss"), ("lost", "loss"), ("gain", "gain"),
)  # fmt: skip
_BASIS = re.compile(r",? ?((?:year|month|quarter)[ -]o(?:n|ver)[ -](?:year|month|quarter))", re.IGNORECASE)
# What a per cent is a share of, where it is no rate: others that are many, or one with a name.
_SHARED = re.compile(
    r"(?!share |(?:[^ ]+ ){0,2}(?i:rates?|ratios?|margins?|yields?|growth|sales|prices|exports|imports|earnings|costs|"
    r"revenues|profits|wages|increases|decreases|declines|falls|gains|losses|returns|shares|expenses|levels|stocks|"
    r"change|index|gdp|goods|odds|highs|lows|measures|coverage|[a-z]+(?:ss|us|is|ment|tion|ity))(?: |$))"
    r"(?:(?:(?!(?:in|for|of|from|with|by|at|on|to) )[^ ]+ ){0,2}(?:[^ ]+s|people|women|men|children)|[A-Z][a-z]+)"
    r"(?: (?:in|for|of|from|with|without|by|at|on|to|who|that|[a-z]+ed)\b.*)?$"
)
# What a number is per: per square mile.
_PER = re.compile(
    r"\W*(per (?:[\d,\s]*\d(?: (?!(?:in|for|to|at|and|or|on|from|of|among)\b)[a-z]+){0,2}|"
    r"(?:(?:diluted|common|basic|ordinary|fully|square|cubic)\s)*[a-z]+))\b(?<!per cent)(?<!per year)"
)
# Words between an age and whose it is.
_AGED = re.compile(r"\b(?:aged|ages?|between|of|the|under|over|from)\b(?=[\s\0a-z]{0,20}$)")


def titles(mentions: Iterable[Mention]) -> Iterator[tuple[Mention, str, bool]]:
    """Yield each mention of a text with a title, and whether 分别 or *respectively* gave it."""
    subject = ""
    for _, group in groupby(mentions, key=lambda mention: mention.paragraph.number):
        found = list(group)
        masked = masking(found[0].paragraph)
        titler = (_Chinese if is_chinese(found[0].paragraph.text) else _English)(masked, subject)
        for _, part in groupby(found, key=lambda mention: mention.sentence):
            sentence = list(part)
            listed = told_out(masked, sentence)
            titler.begin(sentence)
            for mention in sentence:
                title = titler.title(mention, listed.get(mention.token.start, ""))
                yield mention, title, mention.token.start in listed
        subject = titler.subject


class _Titler(ABC):
    """Titles of the mentions of one paragraph, in their order.

    Attributes:
        masked: the text of the paragraph without its numbers.
        subject: what the paragraph spoke of last.
        nouns: what each mention was found to count.

    """

    def __init__(self, masked: str, subject: str) -> None:
        self.masked, self.subject, self.change, self.end = masked, subject, "", 0
        self.nouns: list[str] = []

    def begin(self, sentence: Sequence[Mention]) -> None:
        """Turn to another sentence."""
        self.is_first, self.sentence = True, sentence[0].sentence

    @abstractmethod
    def noun(self, mention: Mention, listed: str, change: str) -> str:
        """Return what a number counts, the item of a list where it has one; empty where that was said before."""

    @abstractmethod
    def worded(self, mention: Mention, change: str) -> str:
        """Return the title of a number that counts the subject, or tells how that changed."""

    def title(self, mention: Mention, listed: str | int) -> str:
        """Return the title of the next mention; that of the one before it where the clause has none of its own.

        Args:
            mention: the next one.
            listed: the item of a list that the number belongs to, where 分别 tells it out, or how many numbers
                before it the one stands whose thing it is.

        """
        change, between = _change(mention), self.masked[self.end : mention.token.start]
        is_bare = mention.token.core[0] == mention.token.start and not re.search("[a-z]{4}", mention.token.printed)
        goes_on = _is_percent(mention) and _ALSO[is_chinese(self.masked)].search(between)
        if is_bare and not self.is_first and goes_on:
            change = self.change  # up 2.3% in May and 0.4% in June
        if isinstance(listed, int):
            listed = self.nouns[-listed] if len(self.nouns) >= listed else ""
        self.subject = self.noun(mention, listed, change) or self.subject
        self.nouns.append(self.subject)
        self.end, self.change, self.is_first = mention.end, change, False
        return self.worded(mention, change)


class _Chinese(_Titler):
    """Titles of Chinese; ``whole`` is what a sentence spoke of first, in ``unit``: later numbers may be parts of it."""

    def __init__(self, masked: str, subject: str) -> None:
        super().__init__(masked, subject)
        self.whole, self.part = "", -1
        self.unit: Unit | None = None
        self.last: Mention | None = None

    def begin(self, sentence: Sequence[Mention]) -> None:
        """Turn to another sentence."""
        super().begin(sentence)
        text, (start, end) = sentence[0].paragraph.text, self.sentence
        self.script = {ord(one): other for one, other in zip(self.masked, text, strict=True) if one not in _MASKS}
        part = self.masked.find("其中", start, end)
        if part >= 0 or self.masked[start - 1 : start] not in (";", "；"):
            self.part = part
        starts = [mention.token.start for mention in sentence]
        self.next = dict(zip(starts, [*starts[1:], end], strict=True))

    def noun(self, mention: Mention, listed: str, change: str) -> str:
        """Return what a number counts; nothing where it has no noun of its own."""
        is_part = self.whole != "" and 0 <= self.part < mention.token.start
        noun = listed or self._own(mention, change)
        self.last = mention
        if is_age(mention) and not listed:
            noun = f"{noun}{'年龄' if _is_one(mention) else '年龄段'}"
        elif noun and is_part and not noun.startswith("占") and (measure := _MEASURE.search(self.whole)):
            is_alike = mention.unit == self.unit and is_measured(mention)
            noun += measure[0] if is_alike and not _MEASURE.search(noun) else ""
        elif noun:
            noun = self._owned(noun, mention, change)
        if noun and not change and (self.is_first or not self.whole) and not is_part:
            self.whole, self.unit = noun, mention.unit
        return noun

    def _own(self, mention: Mention, change: str) -> str:
        """Return what the clause of a number says that it counts, with the clause before where it says too little."""
        at, past = mention.token.start, self.end if self.end <= mention.token.start else 0
        start = max(mention.clause[0], past, at - FAR)
        before, after = self.masked[start:at], self.masked[mention.end : mention.end + 2]
        head = _stripped((_WITH if after.startswith("相比") else _AGAINST).sub("", before))
        if before.startswith("的") and start == past:
            head = _stripped(mention.paragraph.text[mention.clause[0] : at])  # 超过1亿元的企业12家
        head = "" if _BARE.fullmatch(head) else head
        if self.last and self.last.end == past and self.last.unit == UNITS["岁"] and re.match("之间|[的人]", before):
            return f"{self.last.printed}{head}"  # 65岁及以上的人口为170.9万人
        counted = self._counted(mention)
        if mention.figure and mention.figure.form == "rank":
            head = _COPULA.sub("", head) or self.subject
            if counted[:1] in _NTH:
                counted = counted[1:]
            else:
                counted = "" if "排" in head else f"{_PLACE.sub('', counted.partition('的')[0])}排名"
                counted = "" if head.endswith("排名") else counted
        if counted:
            # 京沪三地85.6%的受访者: what is counted stands behind, what stands before narrows it
            head = head if len(head) <= _FEW else re.split("[的、]", head)[-1]
            return f"{head if len(head) <= _FEW else ''}{counted}"
        earlier = self.masked[max(self.sentence[0], past, at - _EARLIER) : start]
        if len(head) < _SHORT and earlier.strip() and not _AGAINST.search(before) and not change:
            clauses = (_stripped(clause) for clause in reversed(re.split("[,，:：]", earlier)) if clause.strip())
            topic = next(clauses, "")
            return f"{topic if len(topic) <= _FEW else ''}{head}"
        return head

    def _counted(self, mention: Mention) -> str:
        """Return what stands behind a number that is counted, and what it does: 85.6%的受访者表示……; else nothing."""
        figure, end = mention.figure, min(mention.clause[1], self.next[mention.token.start], mention.end + FAR)
        found = _BEHIND.match(self.masked, mention.end, end)
        if figure is None or found is None or figure.form == "change" or (figure.form == "share" and not found[1]):
            return ""
        is_time = mention.unit is not None and mention.unit.id in _SPANS
        if not found[1] and is_measured(mention) and not is_time:
            return ""
        return _ENDING.sub("", mention.paragraph.text[found.start(2) : found.end(2)])

    def _owned(self, noun: str, mention: Mention, change: str) -> str:
        """Return a noun with what it is of, where it says little by itself: 占…, 床位 of the hospitals before."""
        if self.subject not in ("", noun) and _OF_SUBJECT.match(noun):
            return f"{self.subject}{noun}"
        is_part = mention.unit != self.unit or len(self.whole) > len(noun) + _MORE
        if not (self.is_first or change) and is_part and len(noun) < _SHORT and noun not in self.whole:
            whole = _MEASURE.sub("", self.whole).removesuffix("排名")
            return f"{whole}{noun}"
        return noun

    def worded(self, mention: Mention, change: str) -> str:
        """Return the title in the script of the text."""
        noun = self.subject
        if within := _WITHIN.search(noun):
            noun = noun[: within.start()] + noun[within.end() :]
        basis = _ZH_BASIS.search(self.masked[mention.clause[0] : mention.token.start]) if change else None
        title = noun if change in noun else f"{noun}{basis[0] if basis else ''}{change}"
        title = title if len(title) <= _LONGEST[0] else title[-_LONGEST[0] :].lstrip("的、，")
        return title.translate(self.script)


class _English(_Titler):
    """Titles of English; ``where`` is where what was spoken of last is."""

    where = topic = head = ""

    def begin(self, sentence: Sequence[Mention]) -> None:
        """Read another sentence."""
        super().begin(sentence)
        self.reader = Reader(self.masked, sentence, self.topic, self.head)
        self.topic = self.reader.topic

    def noun(self, mention: Mention, listed: str, change: str) -> str:
        """Return what a number counts; nothing where that is what was spoken of last, there or elsewhere."""
        if mention.token.start not in self.reader.at:
            return ""  # an age, under-5 mortality
        noun, where = self.reader.noun(mention, changes=bool(change))
        self.head = self.reader.head
        if listed:
            part, _, whole = noun.partition(" in ")
            noun, where = f"share of {listed} in {whole}" if part.startswith("share of ") and whole else listed, ""
        if " " not in noun and noun in self.subject.partition(" of ")[0].split(" "):
            noun = ""  # the rate, of which the text has said whose
        if noun.split(" ")[0] == "units" and self.subject:
            owner = (self.is_first and self.topic) or self.subject
            noun = f"{owner} {noun[6:]}".rstrip()  # sales rose to 400 units
        if noun and LIGHT.fullmatch(noun) and self.subject:
            noun = f"{noun} of {self.subject}"
        if not where and 0 < len(noun.split()) < _SCANT:
            where = self.reader.site(mention)
        if where and not (noun or self.where):  # 42% at one college, 24% at another
            self.subject = self.subject.partition(f" {where.split(' ')[0]} ")[0]
        if noun or where:
            is_part = self.reader.prep(mention) == "including"  # 14 people in towns, including 8 adults
            self.where = where or (self.where if is_part else "")
        return noun or ("" if self.subject else self.reader.anything(mention))

    def worded(self, mention: Mention, change: str) -> str:
        """Return the title, of an age that of whose it is."""
        text = mention.paragraph.text
        if is_age(mention):
            before = _AGED.sub("", self.masked[max(mention.token.start - 40, 0) : mention.token.start])
            before = re.split("[,;:(\0]", before.rstrip(" ,(\0"))[-1]
            of = _noun_of(before).split(" ")[-1]
            return f"age{'' if _is_one(mention) else ' group'}{f' of {of}' if of else ''}"
        per = _PER.match(text, mention.end)
        basis = _BASIS.match(text, mention.end) if change else None
        base = re.sub("^(?:(?:total|overall) )?number of ", "", self.subject)
        is_toward = self.reader.prep(mention) in ("from", "to", "by")
        is_percent = mention.unit is not None and mention.unit.id == "percent"
        if is_percent and not (change or is_toward) and _SHARED.match(base):
            base = f"share of {base}"  # tourists from Spain (5%)
        if change and mention.unit and not is_measured(mention):
            base, change = f"{change} of {base}", ""
        words = [base, self.where, change, per[1] if per else "", basis[1] if basis else ""]
        title = " ".join(word for word in words if word and (word is base or word not in base))
        title = title if len(title) <= _LONGEST[1] else title[: _LONGEST[1]].rpartition(" ")[0]
        return re.sub(" (?:in|of|for|from|with|at|on|to|by|and|or|per|than|among)$", "", title)


def _is_percent(mention: Mention) -> bool:
    return bool(mention.unit and mention.unit.id in ("percent", "percentage-point"))


def _is_one(mention: Mention) -> bool:
    """Tell whether an age is that of one person."""
    return mention.figure is not None and mention.figure.form == "number" and mention.figure.bound == "exact"


def _change(mention: Mention) -> str:
    """Return the word for the change that a number says: 增长, growth."""
    figure = mention.figure
    if figure is None or figure.form != "change":
        return ""
    if word := _LEAD_WORD.match(plain(mention.token.printed)):
        return _NUMERALS.sub("", word[0])[:4]
    if is_chinese(mention.paragraph.text):
        return "增长" if (figure.value or 0) >= 0 else "下降"
    said = mention.token.printed.lower()
    fallback = "growth" if (figure.value or figure.low or 0) >= 0 else "fall"
    return next((noun for stem, noun in _CHANGES if re.search(rf"\b{stem}", said)), fallback)


def _stripped(text: str) -> str:
    text = _TAIL.sub("", _LEAD.sub("", text.replace(NOTHING, "")))
    return text.replace("\0", "").strip(" \u3000、，,的“”\"'-")


def _until_verb(text: str) -> str:
    """Return the words of a text before its first verb."""
    verb = next((found for found in WORD.finditer(text) if kind_of(found[0]) in "vx"), None)
    text = text[: verb.start()] if verb else text
    return re.sub(r"\b[a-z]+ed\s*$", "", text)


def _noun_of(text: str) -> str:
    """Return the last noun of a text."""
    words = [Chunk(kind, found[0]) for found in WORD.finditer(text) if (kind := kind_of(found[0])) != "-"]
    runs = groupby(words, key=lambda word: word.kind in "wmeto")
    nouns = [noun_chunk(list(run), "").text for is_noun, run in runs if is_noun]
    return next((noun for noun in reversed(nouns) if noun), "")


def _items(subject: str, count: int) -> list[str]:
    """Return the items of a list, divided at 和 only where 、 makes too few."""
    items: list[str] = []
    in_chinese = is_chinese(subject)
    for divider in _LISTS[in_chinese]:
        last = re.split("[,，]", subject)[-1] if in_chinese and divider is not _LISTS[1][-1] else subject
        parts = (_stripped(item) if in_chinese else _noun_of(item) for item in divider.split(last))
        items = [item for item in parts if item]
        if len(items) >= count:
            break
    return items


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
        head = masked[max(since, first.token.start - FAR) : first.token.start]
        said = _TOLD.search(head)
        head = head[: said.start()] if said else head
        nth, since = nth + len(numbers), numbers[-1].end
        is_told = said or "分别" in plain(first.token.printed)
        if not is_told and not _RESPECTIVELY.match(masked, since):
            continue
        subject = head if is_told else _until_verb(head)
        items = _items(subject, len(numbers))
        if len(items) >= len(numbers) > 1:
            chosen = items[-len(numbers) :]
            measure = _MEASURE.search(chosen[-1])
            shared = chosen[-1][len(chosen[0]) :] if is_chinese(head) and len(chosen[0]) > 1 else ""
            shared = measure[0] if measure else shared
            whole = [item + shared for item in chosen[:-1]] if len(shared) > 1 else chosen[:-1]  # 小学、初中在校生
            found |= {number.token.start: item for number, item in zip(numbers, [*whole, chosen[-1]], strict=True)}
        elif 1 < len(numbers) <= before:  # 游客2300万人次，收入180亿元，分别增长12%和15%
            found |= {number.token.start: len(numbers) for number in numbers}
    return found
