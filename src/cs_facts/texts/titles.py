"""A title for a figure: the noun that its clause counts, as far as the order of the words gives it away.

Chinese has it before the number (党员50.66万名) or behind its counter (92个村卫生所), English behind the number (120
new stores) or before the verb (revenue was $2 million). A change takes the title of what changed, a part that 其中
takes up the measure of its whole, and a list told out by 分别 one item each.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from bisect import bisect_right
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from cs_facts.text import plain
from cs_facts.texts import patterns
from cs_facts.texts.mentions import FAR, NUMBER, is_chinese, masking
from cs_facts.texts.phrases import Reader
from cs_facts.texts.units import CURRENCIES, UNITS
from cs_facts.texts.words import JOINTS, LIGHT, ROLES, kind_of, noun_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cs_facts.texts.document import Document
    from cs_facts.texts.mentions import Mention
    from cs_facts.texts.units import Unit

# Characters of a title at most, in Chinese and in English.
_LONGEST = (28, 90)
# Characters of a clause before a number's own in which it may say what the number counts; those below which a noun of
# Chinese says little by itself, and of a clause that is taken whole; words below which a noun of English does.
_EARLIER, _SHORT, _FEW, _SCANT = 200, 8, 12, 4
# How much longer than its part a whole is that is counted in the same unit.
_MORE = 3

# What alone is no noun: the verb of a change, the middle of a list; a verb with which a clause ends: 交易量放缓.
_CHANGED = "(?:缩[短小]|下[滑降]|上升|增[加长]|减少|提[高升]|扩大|发展|惠及|加快|回落|降低|收窄|跃升|首破)+"
_BARE = re.compile(
    f"(?:相比|进一步|明显|排名)?{_CHANGED}(?:[了到至为]|目前)*|"
    "次之|最[高低多少]|已?连续|计算|[增减升降涨跌扩][展大]?[至到为].*|年?平均|.|.*等"
)
_MOVED = re.compile(
    f"(?:{_CHANGED}|持续|保持|平稳|明显|较快|有所|放缓|上扬|回[升暖]|走[高低弱强]|[升降]温|占多数|居[多首])+$"
)
# What is counted behind a number, and what ends it.
_BEHIND = re.compile(
    r"(?:以上|以下|左右|多|余)?(的?)(?!大关|左右|上下|[之以和与及同较比至到])([^\s,，、;；。:：()（）]{2,24})"
)
_ENDING = re.compile("(?:的|在|为|是|达到?|高[达于]|增至|包括|平均|其中|超过|突破|数据|显示|表明|[中和及])+$")
# What only compares: 比三季度, 较上年同期的, 由2005年的; with 相比 behind the number.
_AGAINST = re.compile(
    r"(?:[同环]比(?=[上去前])|(?<![同环])[比较](?![例重率值赛如为高低大])|[与同](?=[^,，]*相比)|[由从](?![事业于])(?![^,，、]*[由从]))[^,，、]{0,24}$"
)
_WITH = re.compile("[与同和较比][^,，]{0,24}$")
# A rank: a counter that makes it an event (第三次), one that says nothing, a verb that says nothing.
_NTH, _PLACE = tuple("次年届轮批天"), re.compile("^(?:大类|[位名个座家只高大])")
_COPULA = re.compile("(?:依然|仍然|仍|已)?(?:是|为|成为|作为|位居|位列|跻身)")
# What lacks its subject, and what an earlier one need not tell; how a change is measured, what any measure has.
_OF_SUBJECT = re.compile(
    "超[过出]|[多低好优逊]过|所?占|市场(?:占|份额)|影响|仅?为|仅?相当于|[高低]于|位居|居(?![住民家])|排名|名列|列(?![车入])"
)
_HELD = re.compile(
    "(?<=..)(?:[也略远则均]*(?:[高低]于|超[过出]|[多低好优逊]过|所?占(?![地用有领]))|中(?=[同环比较共有])|而?[比较同与](?=[上去前][年月季周])).*"
)
_ZH_BASIS = re.compile("[同环]比|按[年月季]|[比较]上个?[月季周]度?|(?<![同上去前今每个])[年月季]$|\0+年?平均")
_OF_ANY = re.compile("(?:同比|年?平均|累计)?(?:增速|增长率|[增涨升降跌]幅)$")
# Verbs that stand within a title of Chinese between what has something and what it has.
_WITHIN = re.compile("(?<=[市县区省国镇村院校司])(?:共有|共|现有|拥有|实现|完成|建成|建有)(?=[^了].)")
_FIRM = re.compile("^(?:该|本)?公司(?:第?[一二三四]季度|全年|上半年|前三季度|财年)?的?")
_OF_FIRM = re.compile(
    "(?:总|净|营业|经营|归母|扣非|毛|综合|核心|主营|经调整|调整后|系统|同店)*(?:收入|营收|利润|毛利|亏损|销售额|净额|现金流|研发投入|门店|每股)"
)
_TELLING = re.compile("(?:公布|[显表]示|披露|宣布|指出|透露|认为|介绍|[据报绩调计告之称说看时下后])$|^(?:因|受|由于)")
_IS, _BESIDE = re.compile("(?<=..)(?<![其还成因认作以])[是为].*"), re.compile("与.*")
_FRAME = re.compile("^(?:在?\0+的?)?(?![个家名所])([^\0,，]{2,14})中[,，]")
# What shares, and their changes, are told in.
_PARTS = (UNITS["%"], UNITS["百分点"], UNITS["bps"])
# What lets a per cent go on with the change before it, in English and in Chinese.
_ALSO = (re.compile(r"^[^,;]{0,40}(?:\band|\bor|,)(?: by)?\s*$"), re.compile(r"^[^,，;；]{0,20}[和与及、]\s*$"))
_BASIS = re.compile(r",? ?((?:year|month|quarter)[ -]o(?:n|ver)[ -](?:year|month|quarter))", re.IGNORECASE)
# A clause of Chinese that only says of what the next ones speak: 国内段，日均开行列车51列; 从亚洲地区来看，收入……
_TOPIC = re.compile(
    "(?:(?:其中[,，]|(?<=[;；]))(?P<part>[\u4e00-\u9fff]{1,5}[^\0看来时外中后前悉示解称说是此])|"
    "从(?:整个)?(?!各)(?P<seen>[\u4e00-\u9fff]{1,6}(?:地区|市场|业务|板块|部门|品牌))来?看)[,，]"
)
# A noun with words that say which it is.
_FULLER = re.compile(r"(?!total |first |new |net )(?:(?!and )(?![a-z]+est )[^ ]+ ){1,3}[a-z]+")
# The name of a place or of a product; what such is said to have, in money.
_NAME = re.compile("(?:[A-Z][^ ]*)(?: (?:of|and|[A-Z][^ ]*))*")
_TAKINGS = re.compile(r"(?i)\b(?:box office|takings|turnover|revenues?|sales)\b")
_LISTED = re.compile(r" (?:in|of|for|at|by|to) (?=[A-Z])")
_MOVE = re.compile(
    r"(?i)^(?:\w+ ){0,2}(?:(?:de|in)crease|rise|fall|drop|decline|growth|reduction|gain|jump)(?: (?:in|of) |$)"
)
# A rank and among what it is one; what only says that something was counted.
_RANK = re.compile(r"rank of (.*?)(?: among (?:[a-z]+est )?(.*))?$")
_RECORDED = re.compile(" (?:recorded|registered|reported|seen|posted|set) *$")
# How much of a length something is: 90 m (300 ft) high.
_LENGTHS = frozenset(("foot", "metre", "mile", "kilometre", "inch"))
_EXTENTS = {"high": "height", "tall": "height", "long": "length", "wide": "width", "deep": "depth"}
_EXTENT = re.compile(rf"(?: \([^()]*\)|\))?[ -]({'|'.join(_EXTENTS)})\b")
_TALLEST = re.compile(rf"rank of .*\b({'|'.join(_EXTENTS)})(?:g?est)\b")
# Words between an age and whose it is.
_AGED = re.compile(r"-year[ -]olds?|\b(?:aged|ages?|between|of|the|under|over|from)\b(?=[\s\0a-z]{0,20}$)")


def titles(mentions: Iterable[Mention], document: Document) -> Iterator[tuple[Mention, str, bool]]:
    """Yield each mention of a text with a title, and whether 分别 or *respectively* gave it."""
    texts = [paragraph.text for paragraph in document.paragraphs]
    titlers = {True: _Chinese(texts), False: _English(texts)}
    for _, group in groupby(mentions, key=lambda mention: mention.paragraph.number):
        found = list(group)
        titler = titlers[is_chinese(found[0].paragraph.text)]
        titler.enter(masking(found[0].paragraph))
        for _, part in groupby(found, key=lambda mention: mention.sentence):
            sentence = list(part)
            listed = patterns.told_out(titler.masked, sentence)
            titler.begin(sentence)
            named = [titler.title(mention, listed.get(mention.token.start, "")) for mention in sentence]
            for mention, title in zip(sentence, patterns.told_apart(sentence, named), strict=True):
                yield mention, title, mention.token.start in listed


class _Titler(ABC):
    """Titles of the mentions of a text; ``subject`` is what it spoke of last, ``nouns`` are those of a paragraph."""

    subject = ""

    def enter(self, masked: str) -> None:
        self.masked, self.change, self.own, self.end = masked, "", "", 0
        self.nouns: list[str] = []

    def begin(self, sentence: Sequence[Mention]) -> None:
        self.is_first, self.sentence = True, sentence[0].sentence

    @abstractmethod
    def noun(self, mention: Mention, listed: str, change: str) -> str:
        """Return what a number counts, the item of a list where it has one; empty where that was said before."""

    @abstractmethod
    def worded(self, mention: Mention, change: str) -> str:
        """Return the title of a number that counts the subject, or tells how that changed."""

    def title(self, mention: Mention, listed: str | int) -> str:
        """Return the title of the next mention: of the item of a list (`told_out`), its own noun, or the one before."""
        change, between = mention.change, self.masked[self.end : mention.token.start]
        is_bare = mention.token.core[0] == mention.token.start and not re.search("[a-z]{4}", mention.token.printed)
        goes_on = mention.unit in _PARTS and _ALSO[is_chinese(self.masked)].search(between)
        if is_bare and not self.is_first and goes_on:
            change = self.change  # up 2.3% in May and 0.4% in June
        if isinstance(listed, int):
            listed = self.nouns[-listed] if len(self.nouns) >= listed else ""
            own = patterns.MEASURE.search(patterns.stripped(patterns.TOLD.split(between)[0]))
            self.own = own[0] if own else self.own * bool(patterns.RUN.fullmatch(between))
            if self.own and listed:
                measured = _OF_ANY if _OF_ANY.fullmatch(self.own) else patterns.MEASURE
                listed = measured.sub("", listed) + self.own  # 平均增速分别为
        self.subject = self.noun(mention, listed, change) or self.subject
        self.nouns.append(self.subject)
        if self.masked.startswith(NUMBER, mention.token.start):
            self.end, self.change, self.is_first = max(mention.end, self.end), change, False
        return self.worded(mention, change)


class _Chinese(_Titler):
    """Titles of Chinese; ``whole`` is what a sentence spoke of first, in ``unit``: later numbers may be parts of it."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.counts: dict[str, str] = {}
        self.firm = patterns.firm_of(texts)

    def enter(self, masked: str) -> None:
        super().enter(masked)
        self.whole, self.part, self.measure = "", -1, ""
        self.unit: Unit | None = None

    def begin(self, sentence: Sequence[Mention]) -> None:
        super().begin(sentence)
        text, (start, end) = sentence[0].paragraph.text, self.sentence
        self.script = {ord(one): other for one, other in zip(plain(text), text, strict=True) if one != other}
        part = self.masked.find("其中", start, end)
        if part >= 0 or self.masked[start - 1 : start] not in (";", "；"):
            self.part = part
        self.frame, self.theme = "".join(_FRAME.findall(self.masked[start:end])[:1]), ""
        self.topics = list(_TOPIC.finditer(self.masked, start, end))
        starts = [mention.token.start for mention in sentence]
        self.next = dict(zip(starts, [*starts[1:], end], strict=True))

    def noun(self, mention: Mention, listed: str, change: str) -> str:
        """Return what a number counts; nothing where it has no noun of its own."""
        is_part = self.whole != "" and 0 <= self.part < mention.token.start
        noun, figure = listed or self._own(mention, change), mention.figure
        if figure and figure.form == "number" and not listed:
            core = mention.paragraph.text[slice(*mention.token.core)]
            full = self.counts.setdefault(core, noun)  # 29个省份中, of which the text said what they did
            noun = full if noun and noun in full else noun
        nth = bisect_right(self.topics, mention.token.start, key=re.Match.end)
        topic = self.topics[nth - 1]["part"] or self.topics[nth - 1]["seen"] if nth else ""
        if mention.is_age and not listed:
            noun = f"{noun}年龄"
        elif noun and topic:
            noun = noun if topic in noun else f"{topic}{noun}"
        elif noun and is_part and not noun.startswith("占") and (measure := patterns.MEASURE.search(self.whole)):
            is_alike = mention.unit == self.unit and mention.is_measured
            noun += measure[0] if is_alike and not patterns.MEASURE.search(noun) else ""
        elif noun:
            noun = self._owned(noun, mention, change)
        if self.frame and not change and mention.unit == UNITS["%"] and not re.search("[占率比]", noun or self.subject):
            return f"{noun or self.subject}占{self.frame}"  # 交易量中，三房式占24.7%
        if change and noun:
            measure = patterns.MEASURE.search(noun)
            is_bare = not measure and self.change and noun != self.subject and not noun[-1].isascii()
            noun += self.measure if is_bare and change not in noun else ""  # 三房式转售价升1%，四房式降2%
            self.measure = measure[0] if measure and not _OF_ANY.fullmatch(measure[0]) else self.measure
        if noun and not change and (self.is_first or not self.whole) and not is_part:
            self.whole, self.unit = noun, mention.unit
        return noun

    def _own(self, mention: Mention, change: str) -> str:
        """Return what the clause of a number says that it counts, with the clause before where it says too little."""
        at, past = mention.token.start, self.end if self.end <= mention.token.start else 0
        start = max(mention.clause[0], past, at - FAR)
        before, after = self.masked[start:at], self.masked[mention.end : mention.end + 2]
        head = patterns.stripped((_WITH if after.startswith("相比") else _AGAINST).sub("", before))
        if before.startswith("的") and start == past:
            head = patterns.stripped(mention.paragraph.text[mention.clause[0] : at])  # 超过1亿元的企业12家
        head = "" if _BARE.fullmatch(head) else head
        counted = self._counted(mention)
        earlier = self.masked[max(self.sentence[0], past, at - _EARLIER) : start]
        if mention.figure and mention.figure.form == "rank":
            head = _COPULA.sub("", head) or self.subject
            if counted[:1] in _NTH:
                counted = counted[1:]
            else:
                counted = "" if "排" in head else f"{_PLACE.sub('', counted.partition('的')[0])}排名"
        if counted:
            # 京沪三地85.6%的受访者: what is counted stands behind, what stands before narrows it
            head = head if len(head) <= _FEW else _HELD.sub("", re.split("[的、]", head)[-1])
            if not 0 < len(head) <= _FEW:  # 对其表现，四成满意、五成不满意
                head = (self._topic(earlier, "") if self.is_first else self.theme) if len(counted) < _SHORT else ""
            self.theme = head
            return f"{head}{counted}"
        is_open = (self.is_first and not head) if change else len(head) < _SHORT
        return f"{self._topic(earlier, head)}{head}" if is_open and not _AGAINST.search(before) else head

    def _topic(self, earlier: str, head: str) -> str:
        """Return what the clause before says that a number counts whose own clause says little, or nothing."""
        topic = _IS.sub("", patterns.stripped(re.split("[,，:：]", earlier.rstrip(" ,，:："))[-1]))
        if len(topic) < 2 or topic == f"{self.frame}中" or _TELLING.search(topic) or (head and _MOVED.search(topic)):
            return ""
        topic = _MOVED.sub("", topic)
        topic = topic if len(topic) <= _FEW else _BESIDE.sub("", topic)  # 甲县产量与目标相差最大，低了2吨
        return topic if len(topic) <= _FEW else ""

    def _counted(self, mention: Mention) -> str:
        """Return what stands behind a number that is counted, and what it does: 85.6%的受访者表示……; else nothing."""
        figure, end = mention.figure, min(mention.clause[1], self.next[mention.token.start], mention.end + FAR)
        found = _BEHIND.match(self.masked, mention.end, end)
        if figure is None or found is None or figure.form == "change":
            return ""
        counted, start = _HELD.sub("", _ENDING.sub("", found[2])), found.start(2)
        self.end = found.end() if self.masked.startswith("、", found.end()) else self.end
        return "" if _BARE.fullmatch(counted) else mention.paragraph.text[start : start + len(counted)]

    def _owned(self, noun: str, mention: Mention, change: str) -> str:
        """Return a noun with what it is of, where it says little by itself: 占…, 床位 of the hospitals before."""
        if self.subject not in ("", noun) and _OF_SUBJECT.match(noun):
            return f"{_HELD.sub('', self.subject)}{noun}"
        if _OF_ANY.fullmatch(noun) and self.subject:
            return self.subject if self.subject.endswith(noun) else f"{self.subject}{noun}"  # 货运量增长，增速回升
        is_part = mention.unit != self.unit or len(self.whole) > len(noun) + _MORE
        whole = patterns.MEASURE.sub("", self.whole).removesuffix("排名")
        is_named = patterns.MEASURE.sub("", noun) not in ("", noun)  # 旅游收入
        is_alike = whole[-2:] in (noun[:2], noun[-2:]) or whole in noun or noun in self.whole  # 新病例，死亡病例
        is_rate = mention.unit == UNITS["%"] and not self._counted(mention)
        is_paid = self.unit and self.unit.id in CURRENCIES and whole != self.whole and not mention.is_measured
        is_sum = self.unit and self.unit.is_measure and self.unit != UNITS["人次"] and not is_paid
        is_own = self.is_first or change or is_named or is_alike or is_rate or is_sum or len(noun) >= _SHORT
        return f"{whole}{noun}" if is_part and not is_own else noun

    def worded(self, mention: Mention, change: str) -> str:
        """Return the title in the script of the text."""
        noun = self.subject
        if self.firm:
            noun = _FIRM.sub(self.firm, noun)
            noun = f"{self.firm}{noun}" if _OF_FIRM.match(noun) else noun
        if within := _WITHIN.search(noun):
            noun = noun[: within.start()] + noun[within.end() :]
        basis = _ZH_BASIS.search(self.masked, mention.clause[0], mention.token.start) if change else None
        said = mention.paragraph.text[slice(*basis.span())] if basis else ""
        title = noun if change in noun else f"{noun}{said if said not in noun or len(said) == 1 else ''}{change}"
        title = title if len(title) <= _LONGEST[0] else title[-_LONGEST[0] :].lstrip("的、，")
        return title.translate(self.script)


class _English(_Titler):
    """Titles of English; ``where`` is where what was spoken of last is, ``asked`` who was asked last what they say."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.owner, self.asked = patterns.owner_of(texts), "respondents"
        within = {word for text in texts for word in re.findall(r"(?<=[a-z,] )[A-Za-z][a-z]+", text)}
        self.common = {word for word in within if word.islower() and word.title() not in within}
        self.names = {word for word in within if word[0].isupper() and word.lower() not in within}
        self.full: dict[str, str] = {}
        found = _TAKINGS.search("\n".join(texts))
        self.takings, self.measure = found[0].lower() if found else "", ""

    def enter(self, masked: str) -> None:
        super().enter(masked)
        self.where = self.topic = self.head = self.light = self.extent = ""
        self.sentence = (0, 0)

    def begin(self, sentence: Sequence[Mention]) -> None:
        end = self.sentence[1]
        super().begin(sentence)
        start = self.sentence[0]
        if re.search("[a-z]{3}", self.masked[end:start]):  # what the sentence before speaks of
            last = max(end, self.masked.rfind(". ", end, start - 2) + 1)
            before = [replace(sentence[0], sentence=(last, start))]
            self.topic = Reader(self.masked, before, self.topic, "", "").topic
        self.reader = Reader(self.masked, sentence, self.topic, self.head, self.asked)
        for chunk in self.reader.chunks:
            if chunk.kind == "noun" and _FULLER.fullmatch(chunk.text):
                self.full.setdefault(chunk.text.rpartition(" ")[2], chunk.text)
        self.topic = self._cased(self.reader.topic)
        self.ranked = patterns.ranked(self.masked, sentence) or patterns.listed(self.masked, sentence)

    def noun(self, mention: Mention, listed: str, change: str) -> str:
        """Return what a number counts; nothing where that is what was spoken of last, there or elsewhere."""
        self.reader.prep = ""
        is_point = mention.unit is not None and mention.unit.id in ("points", "percentage-point")
        goes_on = is_point and self.subject.startswith("share of ")
        if goes_on or mention.token.start not in self.reader.at:
            return ""  # 40% of owners say, up 5 points; an age, under-5 mortality
        noun, where = self.reader.noun(mention, changes=bool(change))
        self.head, self.asked = self.reader.head, self.reader.asked
        if listed:
            part, _, whole = noun.partition(" in ")
            noun, where = f"share of {listed} in {whole}" if part.startswith("share of ") and whole else listed, ""
        elif ranked := self.ranked.get(mention.token.start):
            noun, where = ranked, ""
        if extent := self._extent(mention, noun):
            noun, where = extent, ""
        site = "" if where else self.reader.site()
        noun = noun if site else self._in_full(noun)
        is_end = self.reader.prep in ("from", "to", "on")
        self.light = "" if noun or is_end else self.light
        noun = _RECORDED.sub("", noun)
        if LIGHT.fullmatch(noun) and self.subject:
            self.light, noun = "" if is_end or (change and noun.startswith("change")) else noun, ""
        if not change and is_end:
            noun = _MOVE.sub("", noun)  # a rise in exports to $5m, a sharp drop from $5m
        if site and 0 < len(noun.split()) < _SCANT:
            where = site
        if noun or where:
            is_part = self.reader.prep == "including"  # 14 people in towns, including 8 adults
            self.where = where or (self.where if is_part else "")
        return noun or ("" if self.subject else self.reader.anything())

    def _extent(self, mention: Mention, noun: str) -> str:
        """Return how high, long, wide or deep something is: it is 90 m (300 ft) high; the second tallest, at 90 m."""
        if mention.unit is None or mention.unit.id not in _LENGTHS or mention.change:
            return ""
        found = _EXTENT.match(mention.paragraph.text, mention.end) or _TALLEST.match(noun or self.subject)
        is_again = mention.paragraph.text.startswith(")", mention.end) or self.masked[self.sentence[0] - 1] == ";"
        self.extent = _EXTENTS[found[1]] if found else self.extent * is_again
        whole = self.reader.topic if noun[:1].islower() or not noun or noun.startswith("rank ") else noun
        return f"{self.extent} of {whole}" if self.extent and whole else self.extent

    def _in_full(self, noun: str) -> str:
        """Return a noun with what the text said before of it; nothing if that was just before."""
        if noun.lower() in ROLES["owned"]:
            same = "" if self.is_first else self.subject.partition(" of ")[2] or self.subject
            if whose := self.reader.whose() or same or self.owner[0]:
                return f"{noun} of {whose}"
        if " " not in noun and noun in self.subject.partition(" of ")[0].split(" "):
            return ""  # the rate, of which the text has said whose
        if noun.split(" ")[0] == "units" and self.subject:  # sales rose to 400 units
            return f"{(self.is_first and self.topic) or self.subject} {noun[6:]}".rstrip()
        if noun.islower() and not (noun in ROLES["rates"] or patterns.MEASURED.search(noun)):
            noun = self.full.get(noun, noun)  # deaths, of which the text said first that they are infant deaths
        return noun

    def _cased(self, noun: str) -> str:
        """Return a noun in lower case where only a sentence's beginning made it a name."""
        return noun[0].lower() + noun[1:] if noun.partition(" ")[0].lower() in self.common else noun

    def _measured(self, base: str, mention: Mention, change: str) -> str:
        """Return a noun, of a mere name with what the text measures: growth of arrivals in Asia."""
        is_money = mention.unit is not None and mention.unit.id in CURRENCIES
        if mention.figure and mention.figure.form != "rank" and (rank := _RANK.match(base)):
            base = rank[1] if is_money or not rank[2] else f"{rank[2]} of {rank[1]}"  # the fourth highest count, at 38
        if not _NAME.fullmatch(base) or patterns.MEASURED.search(base) or self.names.isdisjoint(base.split(" ")):
            is_measure = change and not re.match("share |.*est$", base)
            self.measure = _LISTED.split(base)[0] if is_measure else self.measure
            return base
        measure = self.takings if is_money else self.measure
        return f"{measure} of {base}" if measure else base

    def _of_owner(self, base: str) -> str:
        """Return a noun with whom the text speaks of, where it says nobody's name."""
        owner, is_firm = self.owner
        base = patterns.ROLE.sub(f"of {owner}", base) if owner else base
        is_known = not is_firm or self.where or re.search(". ?[A-Z][a-z]", base) or " who " in base
        words = base.split(" ")
        by = "by" if kind_of(words[-1] or "-") in "ex" and len(words) > 1 else "of"  # shops opened by
        return base if is_known or not base or len(words) > 6 else f"{base} {by} {owner}"

    def worded(self, mention: Mention, change: str) -> str:
        """Return the title, of an age that of whose it is."""
        text = mention.paragraph.text
        if mention.is_age:
            before = _AGED.sub("", self.masked[max(mention.token.start - 40, 0) : mention.token.start])
            before = re.split("[,;:(\0]", before.rstrip(" ,(\0"))[-1]
            of = noun_of(before).split(" ")[-1]
            return f"age{'' if mention.is_one else ' group'}{f' of {of}' if of else ''}"
        per = patterns.PER.match(text, mention.end)
        basis = _BASIS.match(text, mention.end) if change else None
        base = f"{self.light} of {self.subject}" if self.light else self.subject
        base = self._of_owner(re.sub("^(?:(?:(?:total|overall) )?number|table|list) of ", "", base))
        base = self._measured(self._cased(base), mention, change)
        is_change = change or self.reader.prep in ("from", "to", "by")
        if mention.unit == UNITS["%"] and not is_change and patterns.SHARED.match(base):
            base = f"share of {base}"  # tourists from Spain (5%)
        if change and change not in base:
            base = f"{change} of {base}" if base else change
        where = self.where if self.where.partition(" ")[2] not in base else ""  # at the box office
        words = [base, where, per[1] if per else "", basis[1] if basis else ""]
        title = " ".join(word for word in words if word and (word is base or word not in base))
        title = title if len(title) <= _LONGEST[1] else title[: _LONGEST[1]].rpartition(" ")[0]
        return re.sub(rf" (?:{JOINTS})$", "", title)
