"""How much of what a text says around a number a fact says too: words by place and by rarity, in either language.

Rarity is the inverse document frequency of BM25 (Robertson and Zaragoza 2009). Chinese is taken by pairs of characters,
for a draft has other words than the store; English by words and their stems. What the store has synonyms for is found
by all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import chain, islice, pairwise, product
from math import log
from typing import TYPE_CHECKING

from cs_facts.index.analyzer import ASKING, Analyzer, value_word
from cs_facts.texts.mentions import NUMBER, masking
from cs_facts.texts.units import MEASURES, UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from cs_facts.index import Index
    from cs_facts.model import Fact
    from cs_facts.texts.mentions import Mention

# What words weigh by where they stand: beside the number, some words behind it, elsewhere in its clause, in the clause
# before it, in the rest of its sentence, in the sentence before.
_BESIDE, _NEAR, _CLAUSE, _BEFORE, _SENTENCE, _EARLIER = 1.0, 0.6, 0.4, 0.35, 0.15, 0.12

# Rare words beside a number from which those further away count half.
_MUCH = 0.9

# What a word is worth by where the fact has it: in a title, a tag, a text.
_COLUMNS = (1.0, 0.85, 0.7)

# Of the weight of a word, what counts when the store does not have it, as a word and as a pair of Chinese characters,
# and when it stands in no title or tag there.
_STRANGE, _STRANGE_PAIR, _UNNAMED = 0.55, 0.35, 0.5

# How much it counts that what a title says is counted stands beside the number.
_HEAD = 0.35

# Facts beyond which a word is too common to find facts by; facts with a figure that are compared with a number; the
# part of the best one's words below which a fact is none of them.
_COMMON, _CANDIDATES, _HOPELESS = 200, 10, 0.2

# What a fact is ahead by in being looked at if it has the very number, as a part of all words.
_TOLD = 0.3
# Letters by which words are compared, and characters to either side that are looked at.
_STEM, _REACH = 5, 120

_HAN = "[\u3400-\u9fff\uf900-\ufaff]"
_RUN = re.compile(f"{_HAN}+|[^\u3400-\u9fff\uf900-\ufaff]+")

# Words that say only that something is so, or how much.
_FILLING = re.compile(
    "达到|达|[共总合]计|累计|[共拥已现]有|已|目前|如今|超过|突破|约|分别|据[统报了][计道解]|其中|同时|全[省市县区]|[我本]市|"
    "[增升降]至|[这那]些|[他她它]们|而[已且]|等等|这|那|该|也|仅|只|的|了|是|为|在|"
    r"\b(?:home to|there|total(?:l?ed|l?ing)?|"
    r"number(?:ed|s)?|some|now|stands?|stood|reach(?:ed|es)?|grown|grew|rose|risen|exactly|only|just|"
    r"also|according|report(?:ed|s|edly)?|since|between|into|during|until|of which|to date|so far|by|up|says?|said)\b",
    re.IGNORECASE,
)
# Where what belongs to one number ends and what belongs to the next begins.
_SEGMENT = re.compile(r"[、&\0]|(?:以及|和|及|与)(?=[^\0]{0,24}\0)|\b(?:and|while|with|plus)\b(?=[^\0]{0,60}\0)")
# What is counted, behind its number: some words of English, a dozen characters of Chinese.
_PHRASE = re.compile(r"[\u3400-\u9fff]{1,12}|[ \1-]*(?:[A-Za-z][\w'’-]*\s?){0,3}")
# Words before which what a title counts, or what a number does, ends.
_MODIFIER = re.compile(
    r"(?i)\b(?:in|for|to|by|with|that|who|whom|which|set|brought|supported|certified|through|under|on|from|since|after|paid|provided)\b"
)
# Names of regions | of cities: a number that is said of one is no number of another.
_NAMES = """
    北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南
    陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 中国 全国 全省
    Beijing Tianjin Shanghai Chongqing Hebei Shanxi Liaoning Jilin Heilongjiang Jiangsu Zhejiang Anhui Fujian
    Jiangxi Shandong Henan Hubei Hunan Guangdong Hainan Sichuan Guizhou Yunnan Shaanxi Gansu Qinghai Taiwan Guangxi
    Tibet Ningxia Xinjiang Macau China
    | 长沙 武汉 南京 杭州 广州 深圳 成都 西安 郑州 合肥 南昌 苏州 青岛 宁波 厦门 福州 济南 沈阳 大连 昆明 贵阳 南宁 无锡
    株洲 湘潭 衡阳 岳阳 常德 Changsha Wuhan Nanjing Hangzhou Guangzhou Shenzhen Chengdu Zhengzhou Hefei Nanchang Suzhou
    Qingdao Ningbo Xiamen Fuzhou Jinan Shenyang Dalian Kunming Guiyang Nanning Wuxi Zhuzhou Xiangtan Hengyang Yueyang
"""
_REGIONS, _CITIES = (names.split() for names in _NAMES.split("|"))
_PLACES = [*_REGIONS, *_CITIES]
# Verbs whose forms have not the stem of their noun.
_NOUNS = {"lost": "loss", "lose": "loss", "sold": "sale", "bought": "purchase", "spent": "spending", "paid": "payment"}
# What stands at the beginning of a sentence for what the one before has named.
_ANAPHOR = re.compile(
    r"\s*(?:其中?|它们?|他们|她们|这些?|那些?|该|此|另|(?i:it|its|they|their|these|those|this|that|there|of)\b)"
)
_PLACE = re.compile(
    rf"(?<!entral )(?<!outh )(?<!orth )(?:{'|'.join(_PLACES)})(?![a-z])|"
    r"(?:^|(?<=[，。：；、在和与]))[\u3400-\u9fff](?![们市])[\u3400-\u9fff][省市州](?![委场民长区府])"
)
# A title of a work: what is said of one is not said of another.
_WORK = re.compile("[《〈]([^《》〈〉]{1,40})[》〉]")
# What names a region to say which city of it is meant, or among which a thing has its rank.
_CAPITAL = re.compile("省会|(?i:capital)|[全中]国(?=\0|首|最|率先|唯一)")
# The part of the facts, one in so many, from which a place that they name is the store's own.
_HOME = 4


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text.

    Attributes:
        rows: the rows of words, as the index has them, of which one must stand in a fact.
        is_pair: whether it is a pair of Chinese characters.

    """

    rows: tuple[str, ...]
    is_pair: bool = False

    @property
    def said(self) -> str:
        """The word as an expression of FTS5."""
        return f"({' OR '.join(f'{chr(34)}{row}{chr(34)}' for row in self.rows)})"


@dataclass(frozen=True, slots=True)
class Question:
    """What a mention asks a store.

    Attributes:
        said: what stands beside it.
        weights: the words around it, each with what it weighs; ``whole`` is their sum, 1 if there are none.
        beside: the words beside it, by their beginnings.
        units: names of the unit, which say nothing of the thing.
        elsewhere: the places that it is said of where none of them is the store's, as rows of words.
        works: the titles of works that its clause names.

    """

    said: str
    weights: Mapping[Word, float]
    whole: float
    beside: set[str]
    units: Sequence[Word]
    elsewhere: Sequence[str]
    works: Sequence[str]


class Relevance:
    """Finds the facts of a store that speak of what a mention speaks of."""

    def __init__(self, index: Index) -> None:
        self.index, self.analyzer = index, Analyzer(index.simplified)
        self.words = lru_cache(maxsize=None)(self._words)
        self.found = lru_cache(maxsize=None)(self._found)
        self.documents = lru_cache(maxsize=None)(index.documents)
        self.weight = lru_cache(maxsize=None)(self._weight)
        self.title = lru_cache(maxsize=None)(self._title)
        self.masked = lru_cache(maxsize=4)(masking)
        self._facts: dict[int, Fact] = {}
        self._rows: dict[str, tuple[str, ...]] = {}
        self.synonyms = [[row for row in map(self.analyzer.words, group) if row] for group in index.synonyms]

    def question(self, mention: Mention, item: str = "") -> Question:
        """Return what a mention asks; ``item`` is the one of a list that 分别 or *respectively* gives it."""
        parts = self._parts(mention, item)
        text, first, unit = mention.paragraph.text, mention.sentence[0], mention.unit
        is_anaphor = bool(_ANAPHOR.match(text, first)) or text[:first].rstrip().endswith(("？", "?"))
        weights = self._weights(parts, is_anaphor=is_anaphor)
        return Question(
            said=parts[0][0],
            weights=weights,
            whole=sum(weights.values()) or 1.0,
            beside={word[:_STEM] for word in self.analyzer.words(parts[0][0]).split()},
            units=[*self.words(unit.zh), *self.words(unit.en)] if unit and unit.zh else (),
            elsewhere=self._elsewhere(mention),
            works=[
                found[1]
                for found in _WORK.finditer(text, *mention.near(mention.sentence))
                if found.start() < mention.clause[1] and mention.clause[0] < found.end()
            ],
        )

    def candidates(self, question: Question, value: Decimal | None) -> Iterator[tuple[Fact, float]]:
        """Yield the facts with a figure that may share most, each with the most that `shared` can say of it."""
        weights, whole = question.weights, question.whole
        sought = [(self.found(word)[1], weight) for word, weight in weights.items()]
        if value:
            sought.append((self.index.match(f'"{value_word(value)}"', limit=_CANDIDATES), _TOLD * whole))
        rare: dict[int, float] = {}
        for place, weight in ((place, weight) for places, weight in sought for place in places):
            rare[place] = rare.get(place, 0.0) + weight
        common = sorted((word for word in weights if self.found(word)[0] > _COMMON), key=lambda word: -weights[word])
        heavy, scores = common[:3], dict(rare)
        if heavy:  # facts that have the weightiest of the common words together
            for place in self.index.match(" AND ".join(word.said for word in heavy), limit=_COMMON):
                scores[place] = scores.get(place, 0.0) + sum(weights[word] for word in heavy)
        least = max(scores.values(), default=0.0) * _HOPELESS
        hopeful = (place for place, score in scores.items() if score >= least)
        unread = sum(weights[word] for word in common)
        best = sorted(hopeful, key=lambda place: (-scores[place], place))[: 3 * _CANDIDATES]
        known = ((fact, (rare.get(place, 0.0) + unread) / whole) for place, fact in self._read(best) if fact.figure)
        yield from islice(known, _CANDIDATES)

    def _read(self, places: list[int]) -> Iterator[tuple[int, Fact]]:
        """Yield places and their facts; some behind the one asked for are read with it."""
        for nth, place in enumerate(places):
            if place not in self._facts:
                new = [each for each in places[nth : nth + _CANDIDATES] if each not in self._facts]
                self._facts.update(zip(new, self.index.facts_at(new), strict=True))
            yield place, self._facts[place]

    def shared(self, question: Question, fact: Fact) -> tuple[float, float]:
        """Return the part of a question's words that a fact shares, and the evidence: how rare the rarest of them is.

        Both are from 0 to 1; a fact of another place or work has a part of -1.
        """
        if fact.id not in self._rows:
            rows = self.analyzer.indexed(replace(fact, id=""))[: len(_COLUMNS)]  # an id may keep a draft's title
            self._rows[fact.id] = tuple(f" {' '.join(row.split())} " for row in rows)
        rows, weights = self._rows[fact.id], question.weights
        is_placed = self.homes or any(_PLACE.search(title) for title in fact.title.values())
        is_elsewhere = question.elsewhere and is_placed
        if is_elsewhere and not any(f" {place} " in row for place in question.elsewhere for row in rows):
            return -1.0, 0.0
        works = [found[1] for title in fact.title.values() for found in _WORK.finditer(title)] if question.works else []
        if works and not any(one in other or other in one for one, other in product(works, question.works)):
            return -1.0, 0.0
        worths = {word: worth for word in weights if (worth := _worth(word, rows))}
        part = sum(weights[word] * worth for word, worth in worths.items()) / question.whole
        heads = max(self._covered(head_of(title), question.beside) for title in fact.title.values())
        telling = (word for word in worths if word not in question.units)
        evidence = max((self._rarity(self.found(word)[0]) for word in telling), default=0.0) / self._rarity(0)
        return part * (1 - _HEAD + _HEAD * heads), evidence

    def counts(self, noun: str, fact: Fact, names: Iterable[str]) -> bool:
        """Tell whether a noun of English, in any form, is what a fact counts, by its title or the names of its unit."""
        rows = [" ".join(self.title(head_of(title))) for title in fact.title.values()]
        padded = [f" {row} " for row in (*rows, *map(self.analyzer.words, names))]
        return any(f" {said} " in row for word in self.words(noun) for said in word.rows for row in padded)

    def _covered(self, title: str, words: set[str]) -> float:
        """Return the part of a title's words whose beginnings are among others, by rarity."""
        known = self.title(title)
        told = sum(weight for word, weight in known.items() if word[:_STEM] in words)
        return told / sum(known.values()) if known else 0.0

    def _title(self, title: str) -> dict[str, float]:
        return {word: self._rarity(self.documents(word)) for word in self.analyzer.words(title).split()}

    @cached_property
    def homes(self) -> frozenset[str]:
        """The places that many facts of the store name, as rows of words."""
        rows = {self.analyzer.words(name) for name in _PLACES}
        return frozenset(row for row in rows if self.found(Word((row,)))[0] * _HOME > self.index.size)

    def _elsewhere(self, mention: Mention) -> list[str]:
        """Return the places that a clause names, or else its sentence before it; none where one is the store's.

        Where the store is of no place, only facts that name another are none of theirs.
        """
        text = self.masked(mention.paragraph)  # in simplified characters
        is_rank = mention.figure and mention.figure.form == "rank"
        is_scope = is_rank or _CAPITAL.search(text, *mention.sentence)
        for span in (mention.clause, (mention.sentence[0], mention.clause[0])):
            named = [found[0] for found in _PLACE.finditer(text, *mention.near(span))]
            named = [name for name in named if name not in _REGIONS] if is_scope else named
            if rows := [self.analyzer.words(name if name in _PLACES else name[:-1]) for name in named]:
                return [] if self.homes & set(rows) else rows
        return []

    def _parts(self, mention: Mention, item: str) -> list[tuple[str, float]]:
        """Return the text around a number in parts, each with what its place is worth; the first is beside it.

        Where the number belongs to an item of a list, the rest of its clause speaks of the others.
        """
        masked = self.masked(mention.paragraph)
        at = mention.token.start
        (start, end), (first, last) = mention.near(mention.clause), mention.near(mention.sentence)
        # a noun that is counted is a word to find the thing by, a counter of Chinese is not
        in_latin = re.match("[ \1-]*[A-Za-z]", masked[mention.token.end : mention.token.end + 8])
        unit = mention.unit
        is_noun = unit is not None and unit.id not in MEASURES and (in_latin or unit.zh not in UNITS)
        behind = mention.token.end if is_noun else mention.end
        ends = (match.end() for match in _SEGMENT.finditer(masked, start, at + 1))
        left = max((end for end in ends if end <= at), default=start)
        if in_latin and masked[left - 1 : left] == NUMBER:  # the noun behind another number is what that counts
            left = max((word.end() for word in _MODIFIER.finditer(masked, left, at)), default=left)
        cut = _SEGMENT.search(masked, behind, end)
        right = cut.start() if cut else end
        phrase = _PHRASE.match(masked, behind, right)
        near = phrase.end() if phrase else behind
        before = max(first, *(masked.rfind(comma, first, max(start - 1, first)) for comma in ",，"))
        # what stands before the first number of a clause is said of all, what stands behind one of that
        shared, _, others = masked[max(start, left - _REACH) : left].partition(NUMBER)
        next_ones, _, following = masked[right : min(end, right + _REACH)].rpartition(NUMBER)
        earlier = masked[max(first, before - _REACH) : before]
        beside = masked[left:at]
        if item:
            beside, shared, following, next_ones, others = item, "", "", "", ""
        return [
            (f"{beside}\0{masked[behind:near]}", _BESIDE),
            (masked[near:right], _NEAR),
            (f"{shared}\0{following}", _CLAUSE),
            (masked[before:start], _BEFORE),
            ("\0".join((earlier, others, next_ones, masked[end : min(last, end + _REACH)])), _SENTENCE),
            (masked[max(first - _REACH, 0) : first], _EARLIER),
            (masked[last : last + _REACH], _EARLIER),
        ]

    def _weights(self, parts: list[tuple[str, float]], *, is_anaphor: bool) -> dict[Word, float]:
        """Return the words around a number, each with what it weighs by its place and its rarity.

        The more the words beside a number say, the less those further away count.
        """
        beside = {word for word in self._read_words(parts[0][0]) if self.found(word)[0]}
        told = sum(map(self.weight, beside)) / self._rarity(0)
        scale = 0.5 if told >= _MUCH else 1.0
        weights: dict[Word, float] = {}
        for nth, (text, weight) in enumerate(parts):
            is_told = nth > 4 and any(0 < self.found(word)[0] < self.index.size for word in weights)
            if is_told and not (nth == 5 and is_anaphor):
                continue  # other sentences speak for one that says nothing itself
            for word in self._read_words(text):
                weights[word] = max(weights.get(word, 0.0), weight * scale if nth > 1 else weight)
        return {word: weight * self.weight(word) for word, weight in weights.items()}

    def _read_words(self, text: str) -> Iterator[Word]:
        for piece in _FILLING.sub("\0", text).split("\0"):
            yield from self.words(piece)

    def _words(self, text: str) -> list[Word]:
        """Return the words of a text that holds no number."""
        words: list[Word] = []
        for run in _RUN.findall(text):
            row = self.analyzer.words(run)
            split = row.split()
            if re.match(_HAN, run):
                words += map(self._pair, (f"{one} {two}" for one, two in pairwise(split)))
            else:
                latin = [word for word in split if word not in ASKING and len(word) > 1 and word.isascii()]
                forms = [(word, *_NOUNS.get(word, "").split()) for word in latin]
                words += [
                    Word(tuple(dict.fromkeys(chain(known, *map(self.index.same_stem, known))))) for known in forms
                ]
            padded = f" {row} "
            words += [Word(tuple(group)) for group in self.synonyms if any(f" {known} " in padded for known in group)]
        return words

    def _pair(self, row: str) -> Word:
        """Return a pair of Chinese characters; one that only synonyms have stands for them: 新业态 for 新就业群体."""
        groups = (group for group in self.synonyms if any(f" {row} " in f" {known} " for known in group))
        word = Word((row,), is_pair=True)
        return word if self.found(word)[0] else Word(tuple(next(groups, word.rows)), is_pair=True)

    def _found(self, word: Word) -> tuple[int, Sequence[int]]:
        """Return how many facts have a word, more or less where they are many, and their places where they are few."""
        places = self.index.match(word.said, limit=_COMMON + 1)
        if len(places) <= _COMMON:
            return len(places), places
        return max(_COMMON + 1, *(min(map(self.documents, row.split())) for row in word.rows)), []

    def _weight(self, word: Word) -> float:
        """Return what a word weighs: rare words more, those that name nothing in the store less."""
        count, _ = self.found(word)
        if not count:
            return self._rarity(0) * (_STRANGE_PAIR if word.is_pair else _STRANGE)
        return self._rarity(count) * (1 if self.index.match(f"{{title tags}} : {word.said}", limit=1) else _UNNAMED)

    def _rarity(self, count: int) -> float:
        count = max(count, 1)
        return log(1 + (self.index.size - count + 0.5) / (count + 0.5))


def _worth(word: Word, rows: tuple[str, ...]) -> float:
    """Return what a word is worth by where a fact has it."""
    found = (any(f" {said} " in row for said in word.rows) for row in rows)
    return next((worth for worth, is_there in zip(_COLUMNS, found, strict=True) if is_there), 0.0)


def head_of(title: str) -> str:
    """Return what a title says is counted: in Chinese what stands behind the last 的, in English before a preposition.

    >>> head_of("获支持的海外专家引智项目数"), head_of("Types of group that the homes serve")
    ('海外专家引智项目数', 'Types of group ')
    """
    return title.rpartition("的")[2] or title if "的" in title else _MODIFIER.split(title)[0]
