"""Does a text say what the stores say? Each figure of a text held against the fact that speaks of the same thing.

The thing is found by words: those beside the number weigh most, those of its clause, its sentence and the sentence
before less, each by its rarity in the store. Unit, form and period choose among facts that the words fit alike. A fact
whose number agrees needs fewer words than one that accuses, and one that another number of the sentence fits better
accuses none; but the number alone decides nothing, so that a figure of something else does not stand.

Another number is held against a mention only by a fact of the same unit, level and place that shares a telling word.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import chain, combinations, groupby, product
from typing import TYPE_CHECKING, Literal, get_args

from cs_facts.dates.describe import describe
from cs_facts.dates.edtf import period_of
from cs_facts.numbers.figures import agree, rounds_to
from cs_facts.numbers.scanner import scan_lines
from cs_facts.texts.mentions import mentions
from cs_facts.texts.patterns import told_out
from cs_facts.texts.relevance import Relevance
from cs_facts.texts.units import MEASURES, Unit, unit_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cs_facts.index import Index
    from cs_facts.model import Fact, Figure, Period
    from cs_facts.numbers.scanner import Token
    from cs_facts.texts.document import Document
    from cs_facts.texts.mentions import Mention

    Contraries = tuple[re.Pattern[str], ...]

Kind = Literal["stands", "rounds", "bound", "period", "unit", "contested", "differs", "unknown"]
KINDS: tuple[Kind, ...] = get_args(Kind)

# The verdicts under which a number may pass without a look.
GOOD: tuple[Kind, ...] = ("stands", "rounds")

# The part of a text's words that a fact must share for its figure to be the one meant: where the numbers agree and the
# sentence has told of a neighbour, where they agree, where they do not.
_HINT, _LIKELY, _SURE = 0.1, 0.15, 0.42

# How rare one of the words must be by which another number is held against a mention: Party and Changsha are in most.
_TELLING = 0.35
# The part of the words from which a fact has all of them, so that they need be less rare.
_WHOLE, _HEARD = 0.9, 0.2

# Relative differences up to which a figure that is not said to be about may round another, and one that is.
_CLOSE, _ROUGH = Decimal("0.05"), Decimal("0.15")

# How many times better the words must fit if two numbers of a sentence are taken for one another.
_EXCHANGED = 1.3

# What a fact gains by its number, by standing beside one which the sentence has or being of the very period; what it
# loses by another unit; what a number whose own differs may claim of a fact.
_SAME, _NEAR, _OTHER, _CLAIM = 1.5, 1.3, 0.6, 0.67
# How much better than one that has the number the words of another fact must fit: of the period said, of any.
_ALIKE, _MUCH = 0.95, 1.15

# Words that are said of contrary things, those of one side before the bar; the last are said of what rises or falls.
_CONTRARIES = [
    tuple(re.compile(side, re.IGNORECASE) for side in line.split(" | "))
    for line in (
        r"盈利|净利|利润|\b(?:profits?|earned)\b | (?<!扭)亏|\b(?:loss(?:es)?|lost|los(?:es|ing))\b",
        r"顺差|盈余|\bsurplus(?:es)?\b | 逆差|赤字|\b(?:deficits?|shortfalls?)\b",
        r"流入|\binflows?\b | 流出|\boutflows?\b",
        r"(?<!进)出口|\bexport(?:s|ed)?\b | 进口|\bimport(?:s|ed)?\b",
        r"出生|\b(?:births?|born)\b | 死亡|\b(?:deaths?|died)\b",
        r"增(?!加?值)|涨|升(?!级)|\b(?:ris(?:es?|en|ing)|rose|gr[eo]w(?:s|n|th|ing)?|increas\w+|climb\w*|jump\w*|up)\b"
        r" | 降|跌|下滑|萎缩|减少|\b(?:fall(?:s|en|ing)?|fell|declin\w+|decreas\w+|drop\w*|slip\w*|slump\w*|down)\b",
    )
]
_GROWTH = _CONTRARIES[-1]
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
# What says before a number that it is not the one.
_DENIED = re.compile(r"(?:不是|[并绝而]非|(?i:\bnot|n['’]t|\bnever|\brather than|\binstead of) )$")

# What the id of a unit begins with that only the store knows; what says of a unit of time that it lies back.
_OWN = "own:"
_AGO = re.compile("[之以]?前$| ago$")
# What follows years that lie back: 十余年前, ten years ago, not 2012年前.
_YEARS_AGO = re.compile(
    r"(?<=[\d一二三四五六七八九十余多来]年)(?<!\d{4}年)[之以]?前|(?<=years|ecade) (?:ago|earlier)\b"
)

# Counters that count one kind of thing each, and units that are taken for no other.
_SPECIFIC = frozenset(
    (
        *("copy", "kind", "vehicle", "vessel", "aircraft", "train", "building", "head", "team", "class", "village"),
        *("town", "county", "city", "district", "person", "country", "province", "school", "measure"),
    )
)
_COUNTED_APART = MEASURES | {"person"}
_UNLIKE = {"person", "establishment"}

# Counters of whatever is counted one by one, what behind them its name is looked for in, and characters of a name.
_COUNTERS, _NAME = frozenset(("item", "establishment", "institution", "line")), 60

# What is said in English and in Chinese: of a number that nothing is known of, of one that a fact is known of, of a
# contradiction, and of a number that is printed like the fact's and counts something else, or the contrary.
_WORDS = {
    "unknown": ("{}; nothing found on this", "{}；库中未找到"),
    "known": ("{}; the store has {}", "{}；库中为 {}"),
    "against": ("; contested by {}", "；与之矛盾的有 {}"),
    "unit": ("{} of something else", "{}（所数不同）"),
    "differs": ("{} of the contrary, or denied", "{}（说法相反或已被否定）"),
}
# One number that became another, and one that had been another; \0 stands for the first.
_BECAME = re.compile(r"(?i:(?:\bfrom |[从由自])\0(?: to |[\u4e00-\u9fff]{0,6}[至到为]))$")
_HAD_BEEN = re.compile(r"(?i:\bto \0,? from )$")
# What a text in Markdown or HTML has between a number and its noun.
_MARKUP = re.compile("[*_`]+|<[^<>]*>")
# Endings of English nouns for people.
_PEOPLE = re.compile("(?:[eo]r|ist|ee|i?an|ant|(?<!m)ent|al|folk|men|people|children|ive|mate|youth)s?$", re.IGNORECASE)
# What stands for what was named before.
_OF_THEM = re.compile("(?i: of (?:them|these|those|which|whom))")
_QUALIFIER = re.compile(r"[（(]([^（）()]{2,})[)）]$")
_DAY = len("2022-12-31")
# What says that a date is that of another thing, and that it is all of a period.
_OF_ANOTHER = re.compile(r"\b(?:that|which|who|whose)\b")
_ALONE = re.compile(r"仅|[光单]是|这?一年(?![来多级])|(?i:\b(?:alone|only)\b)")
# What says that a date is that of a report or a dateline, behind it and before it.
_REPORT_BEHIND = re.compile(r"[】）)]?(?:的?(?:报告|消息|新闻|文章|电)|.{0,12}(?:报道|讯)| ?(?:--|—|–)| report\b)")
_REPORT_BEFORE = re.compile(
    r"(?:[写撰刊]于|(?i:\b(?:report|article|account)s? (?:of|from|in|dated)|written (?:in|on)) )$"
)
# What says that a date behind a number is that of its publication, before the date and behind it.
_WAS_PUBLISHED = re.compile(r"(?i:(?:\bw(?:as|ere)|[,(]) ?(?:published|released|issued|announced|unveiled) on )$")
_PUBLISHED = re.compile("(?:正式|对外)?(?:发布|公布|出台|印发|施行)(?:实施|施行)?的?(?=[，,。；;！!？?、)）]|$)")
# What a clause has before a date that is said of the whole sentence.
_AROUND_DATE = re.compile(
    r"(?:^|[，,：:；;(（])\s*"
    r"(?:截[至止]|[到至在于从自]|(?i:as of|as at|by|at|on|in|since|until|from)(?: the end of)?)?\s*$"
)
_FORMS = {"number": 0, "vague": 0, "range": 0, "share": 1, "change": 1, "multiple": 2, "rank": 3, "ratio": 4}
_BOUNDED = {"at_least": "more_than", "at_most": "less_than"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the store says of a number of a text.

    Attributes:
        kind: the verdict.
        mention: the number.
        fact: the fact that speaks of the same thing; None where nothing is known.
        other: the fact that contradicts it, where it is contested.

    """

    kind: Kind
    mention: Mention
    fact: Fact | None = None
    other: Fact | None = None

    def said(self, language: str) -> str:
        """Say in one line, in English or in Chinese, what the text says and what the store has."""
        is_chinese, printed = language == "zh", _MARKUP.sub("", self.mention.printed)
        if self.fact is None:
            return _WORDS["unknown"][is_chinese].format(printed)
        if self.kind in _WORDS and self.fact.figure and self.fact.figure.printed == printed:
            printed = _WORDS[self.kind][is_chinese].format(printed)
        against = _WORDS["against"][is_chinese].format(_described(self.other, language)) if self.other else ""
        return _WORDS["known"][is_chinese].format(printed, _described(self.fact, language)) + against

    @property
    def message(self) -> str:
        """What the text says and what the store has, in English."""
        return self.said("en")


def _described(fact: Fact, language: str) -> str:
    title = fact.title.get(language) or next(iter(fact.title.values()))
    when = f", {describe(fact.when, language)}" if fact.when else ""
    figure = fact.figure.printed if fact.figure else "–"
    place = f" ¶{fact.paragraph}" if fact.paragraph else ""
    return f"{figure}: {title}{when} [{fact.id}, {fact.source}{place}]"


def verify(index: Index, document: Document) -> Iterator[Verdict]:
    """Yield a verdict on each figure of a text that counts something, in the order of the text."""
    finder = _Finder(index)
    if any(map(_AGO.search, chain.from_iterable(finder.names.values()))):
        document = _with_years_counted(document)
    for _, sentence in groupby(mentions(document), key=lambda mention: (mention.paragraph.number, mention.sentence)):
        verdicts = list(finder.verdicts(list(sentence)))
        places = {(verdict.fact.source, verdict.fact.paragraph) for verdict in verdicts if verdict.fact}
        yield from (verdict for verdict in verdicts if not _counts_nothing(verdict, index, places))


def _with_years_counted(document: Document) -> Document:
    """Take years that lie back for numbers: more than ten years ago counts years, as a fact of the store does."""
    paragraphs = list(document.paragraphs)
    for nth, paragraph in enumerate(paragraphs):
        if _YEARS_AGO.search(paragraph.text):
            text = _YEARS_AGO.sub(lambda found: " " * len(found[0]), paragraph.text)
            paragraphs[nth] = replace(paragraph, tokens=next(iter(scan_lines([text]))))
    return replace(document, paragraphs=tuple(paragraphs))


def _counts_nothing(verdict: Verdict, index: Index, places: set[tuple[str, int | None]]) -> bool:
    """Tell whether a number that does not agree is one that a source has as a name, where its paragraph is spoken of.

    Where nothing is known of the number, one with its counter is known wherever it stands, and so are articles and
    dates: one of them, ten years ago.
    """
    if verdict.kind not in ("unknown", "differs"):
        return False
    mention, token = verdict.mention, verdict.mention.token
    text = mention.paragraph.text
    is_date = mention.is_one and _YEARS_AGO.match(text, mention.end)
    if verdict.kind == "unknown" and (is_date or text[slice(*token.core)].lower() in ("一", "one")):
        return True
    for source, name in ((each.id, name) for each in index.sources.values() for name in each.names):
        is_here = name.paragraph is None or (source, name.paragraph) in places
        needed = token.end if is_here else mention.end
        found = mention.paragraph.find(name.printed) if is_here or verdict.kind == "unknown" else []
        if any(start <= token.start and needed <= end for start, end in found):
            return True
    return False


@dataclass(slots=True)
class _Match:
    """A fact beside a mention.

    Attributes:
        relevance: the part of the mention's words that the fact shares, by rarity, from 0 to 1.
        value: how the numbers agree: ``stands``, ``rounds``, ``bound`` or ``differs``.
        fits: whether the units do.
        evidence: how rare the rarest word is that both have, from 0 to 1; 0 where it may accuse nothing.
        is_near: whether another number of the sentence stands where the fact does.
        is_then: whether both are of the same period.

    """

    fact: Fact
    relevance: float
    value: Kind
    fits: bool
    evidence: float = 0.0
    is_near: bool = False
    is_then: bool = False

    @property
    def place(self) -> tuple[str, int | None]:
        """The paragraph of the source that has the fact."""
        return self.fact.source, self.fact.paragraph

    @property
    def needed(self) -> float:
        """How relevant the fact must be for its figure to be the one meant."""
        return _HINT if self.is_near else _LIKELY

    @property
    def accuses(self) -> bool:
        """Whether the words suffice to hold another number against a mention."""
        is_telling = self.evidence >= (_TELLING if self.relevance < _WHOLE else _HEARD)
        return self.relevance >= _SURE and is_telling and self.fits

    @property
    def agrees(self) -> bool:
        """Whether the numbers are those of one thing."""
        return self.value != "differs" and self.fits

    def is_like(self, other: _Match) -> bool:
        """Tell whether another fact counts in the same unit and another number."""
        one, two = self.fact.figure, other.fact.figure
        if one is None or two is None or self.fact.unit != other.fact.unit:
            return False
        return _form(one) == _form(two) and compared(one, two) == "differs"

    def outdoes(self, other: _Match, said: str) -> bool:
        """Tell whether the fact is what was spoken of, though another has the number.

        Its words or its period fit better, or what its title has in brackets stands in the sentence.
        """
        if self.value != "differs" or not self.accuses or not self.is_like(other):
            return False
        if _qualified(self.fact, said) and not _qualified(other.fact, said):
            return True
        if self.is_then < other.is_then:
            return False
        if self.is_then > other.is_then:
            return self.relevance >= _ALIKE * other.relevance
        return not other.is_near and self.relevance >= _MUCH * other.relevance

    @property
    def rank(self) -> float:
        """How well the fact fits in all; the number counts for little."""
        unit, number = 1 if self.fits else _OTHER, 1 if self.value == "differs" else _SAME
        return self.relevance * unit * number * _NEAR ** (self.is_near + self.is_then)


class _Finder:
    """Finds the facts that a mention may speak of."""

    def __init__(self, index: Index) -> None:
        self.index, self.relevance = index, Relevance(index)

    @cached_property
    def names(self) -> dict[str, list[str]]:
        """Unit id of the store → its names, without what stands in brackets behind them."""
        return {id_: [name.split(" (")[0] for name in names.values()] for id_, names in self.index.units.items()}

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Unit id of the store → the unit that its names say, or one of the store's own."""
        known = {}
        for id_, names in self.names.items():
            words = [_AGO.sub("", name) for name in (*names, id_.replace("-", " "))]
            named = map(unit_named, words)
            known[id_] = next((unit for unit in named if unit.zh and unit.en), Unit(f"{_OWN}{id_}", "", id_))
        return known

    @cached_property
    def nouns(self) -> dict[str, set[str]]:
        """Names of units → the units of the store that have them."""
        found = defaultdict[str, set[str]](set)
        for id_, names in self.names.items():
            for name in names:
                found[name.lower()].add(id_)
        return found

    def verdicts(self, sentence: list[Mention]) -> Iterator[Verdict]:
        """Find what the store says of the mentions of a sentence.

        A fact that another number of the sentence fits better accuses none.
        """
        listed = told_out(self.relevance.masked(sentence[0].paragraph), sentence)
        items = (listed.get(mention.token.start, "") for mention in sentence)
        found = [
            list(self._matches(mention, item if isinstance(item, str) else ""))
            for mention, item in zip(sentence, items, strict=True)
        ]
        told = [{place for match in matches for place in self._told(match)} for matches in found]
        places = Counter(chain.from_iterable(told))
        for matches, own in zip(found, told, strict=True):
            for match in matches:
                match.is_near = any(places[place] > (place in own) for place in (match.place, match.fact.id))
            matches[:] = [match for match in matches if match.relevance >= match.needed]
        owned: dict[str, float] = {}
        for match in chain.from_iterable(found):
            claim = match.rank if match.agrees else match.relevance * _CLAIM
            owned[match.fact.id] = max(owned.get(match.fact.id, 0.0), claim)
        exchanged = self._exchanged(sentence, found)
        said = sentence[0].paragraph.text[slice(*sentence[0].sentence)]
        printed = {match.fact.id for matches in found for match in matches if match.value != "differs"}
        for place, (mention, matches) in enumerate(zip(sentence, found, strict=True)):
            free = (
                match
                for match in matches
                if match.value != "differs" or (match.accuses and match.rank >= owned[match.fact.id])
            )
            best = max(free, key=lambda match: match.rank, default=None)
            if best and best.agrees:
                rivals = [one for one in matches if one.outdoes(best, said) and one.fact.id not in printed]
                best = max(rivals, key=lambda match: match.relevance, default=best)
            other = exchanged.get(place)
            yield Verdict("differs", mention, other) if other else self._verdict(mention, best)

    def _exchanged(self, sentence: list[Mention], found: list[list[_Match]]) -> dict[int, Fact]:
        """Return what numbers speak of each of which is that of what the other speaks of, by their place."""
        exchanged: dict[int, Fact] = {}
        for (one, of_one), (other, of_other) in combinations(enumerate(found), 2):
            for own, theirs in product(of_one, of_other):
                if not (own.agrees and theirs.agrees and own.is_like(theirs)):
                    continue
                crossed = ((sentence[one], theirs.fact), (sentence[other], own.fact))
                shared = (self.relevance.shared(self.relevance.question(said), fact) for said, fact in crossed)
                is_better = sum(part for part, _ in shared) > _EXCHANGED * (own.relevance + theirs.relevance)
                if is_better or _is_reversed(sentence[one], sentence[other], own.fact.when, theirs.fact.when):
                    exchanged |= {one: theirs.fact, other: own.fact}
        return exchanged

    def _told(self, match: _Match) -> Iterator[object]:
        """Yield what a match makes likely beside it: its paragraph, and the facts that contradict it."""
        if match.agrees:
            yield match.place
            yield from (conflict.other for conflict in self.index.conflicts.get(match.fact.id, ()))

    def _verdict(self, mention: Mention, best: _Match | None) -> Verdict:
        """Say what the fact that fits best says of a mention."""
        if best is None or (best.value == "differs" and not best.accuses):
            return Verdict("unknown", mention)
        fact = best.fact
        others = [self.index.by_id[conflict.other] for conflict in self.index.conflicts.get(fact.id, ())]
        if best.value == "differs" and mention.figure:
            for other in others:
                if other.figure and compared(mention.figure, other.figure) in GOOD:
                    return Verdict("contested", mention, other, fact)
        if not best.fits:
            return Verdict("unit", mention, fact)
        if best.value in GOOD and not _in_period(mention, fact, self.index):
            return Verdict("period", mention, fact)
        if best.value in GOOD and (against := next((other for other in others if other.figure), None)):
            return Verdict("contested", mention, fact, against)
        return Verdict(best.value, mention, fact)

    def _matches(self, mention: Mention, item: str) -> Iterator[_Match]:
        """Yield the facts that a mention may speak of, those first whose number agrees.

        What a fact says is looked at only while it may fit better than one that agrees.
        """
        core, figure = mention.token.core[0], mention.figure or mention.bare
        is_denied = mention.figure is None or bool(_DENIED.search(mention.paragraph.text, max(core - 16, 0), core))
        if figure and figure.form == "change" and _side(_CONTRARIES[0], figure.printed) is False:
            figure = mention.bare  # it lost €14.2m
        if figure is None:
            return
        question = self.relevance.question(mention, item)
        compare, fit = _comparing(figure, question.said, is_denied=is_denied), self._fitting(mention, figure)
        found, best, least = list[_Match](), 0.0, 0.0
        for fact, most in self.relevance.candidates(question):
            if fact.figure and (value := compare(fact, fact.figure)):
                is_then = bool(mention.when and fact.when and mention.when.edtf == fact.when.edtf)
                found.append(_Match(fact, most, value, fit(fact, fact.figure), is_near=True, is_then=is_then))
        for match in sorted(found, key=lambda match: not match.agrees):
            if match.rank < best and match.relevance < least:
                continue
            match.relevance, match.evidence = self.relevance.shared(question, match.fact)
            match.is_near = False
            known = match.fact.figure
            if figure.form == "change" and known and known.form != "change" and _form(known) == 0:
                match.evidence = 0.0  # a rise is not held against a level
            if match.relevance >= _HINT:
                yield match
            if match.agrees and match.relevance >= match.needed:
                best, least = max(best, match.rank), max(least, match.relevance)

    def _fitting(self, mention: Mention, figure: Figure) -> Callable[[Fact, Figure], bool]:
        """Return what says whether the unit of a fact goes together with that of a mention."""
        is_bare = figure.form == "rank" or _OF_THEM.match(mention.paragraph.text, mention.token.end)
        named, unit = self._noun(mention), None if is_bare else mention.unit
        is_counter = unit is not None and len(unit.zh) == 1 and unit.id != "person"
        is_thing = is_counter and mention.printed[-1:] not in "个個"  # 1800余起 counts no people
        noun = unit.en if unit and not unit.zh and not _PEOPLE.search(unit.en) else ""

        def fits(fact: Fact, known: Figure) -> bool:
            if _form(known) != _form(figure):
                return False
            if not (unit and fact.unit):
                return True
            theirs = self.units[fact.unit].id
            if named and fact.unit not in named:
                return False
            if theirs == "person" and (is_thing or (noun and not self.relevance.counts(noun, fact))):
                return False
            return _go_together(unit.id, theirs)

        return fits

    def _noun(self, mention: Mention) -> set[str]:
        """Return the units of the store whose name stands behind a number: 154个项目 counts projects."""
        text = mention.paragraph.text
        if mention.unit is None or mention.unit.id in _COUNTERS:
            before = text[max(mention.clause[0], mention.token.start - _NAME) : mention.token.start]
            if ids := [ids for name, ids in self.nouns.items() if len(name) > 1 and before.endswith(name)]:
                return set().union(*ids)
        behind = [text[end : end + _NAME].lstrip(" -").lower() for end in (mention.token.end, mention.end)]
        found = (
            ids
            for name, ids in self.nouns.items()
            if any(each.startswith(name) for each in (behind if len(name) > 1 else behind[:1]))
        )
        return set().union(*found)


def _qualified(fact: Fact, said: str) -> bool:
    """Tell whether a sentence has what a title of a fact says in brackets: 载客量（开通初期）."""
    return any(found and found[1] in said for found in map(_QUALIFIER.search, fact.title.values()))


def _go_together(one: str, two: str) -> bool:
    """Tell whether two units may count one thing: measures only with the same one."""
    pair = {one, two.removeprefix(_OWN)}
    if one == two:
        return True
    if pair == _UNLIKE or pair <= _SPECIFIC or (one == "person" and two.startswith(_OWN)):
        return False
    # visits or payments may be what a store calls person-times
    return not MEASURES & pair or ("person-time" in pair and not _COUNTED_APART & (pair - {"person-time"}))


def _is_reversed(one: Mention, other: Mention, first: Period | None, second: Period | None) -> bool:
    """Tell whether a number is said to have become another, but is of a later period than that: rose from 3 to 4."""
    text = one.paragraph.text
    said = f"{text[max(one.token.start - 8, 0) : one.token.start]}\0{text[one.end : other.token.start]}"
    if _HAD_BEEN.search(said):
        first, second = second, first
    elif not _BECAME.search(said):
        return False
    return bool(first and second and first.start and second.end and second.end < first.start)


def _form(figure: Figure) -> int:
    """Return a number that is the same for forms which may say the same; a rise by so many counts as a number."""
    is_share = figure.form != "change" or re.search("[%％‰点]|cent|point", figure.printed)
    return _FORMS[figure.form] if is_share else 0


def _comparing(figure: Figure, said: str, *, is_denied: bool) -> Callable[[Fact, Figure], Kind | None]:
    """Return what compares the figure of a fact with that of a mention, beside which so much is said.

    Those of different forms are of one thing where their digits are the same, more than one: 40.7亿元, 40.7%.
    """
    sides = {pair: side for pair in _CONTRARIES if (side := _side(pair, figure.printed, said)) is not None}
    is_bare = figure.printed[:1].isdigit()
    fallen = None
    if figure.value and figure.value < 0:
        fallen = replace(figure, value=-figure.value, low=None, high=None, form="number")

    def compare(fact: Fact, known: Figure) -> Kind | None:
        if _form(known) != _form(figure):
            digits, others = (_DIGITS.findall(each.printed) for each in (figure, known))
            return "stands" if digits == others and len(digits) == 1 and len(digits[0]) > 1 else None
        value = compared(figure, known)
        words = (known.printed, " ".join(fact.title.values()), fact.quote or " ".join(fact.text.values()))
        if value == "differs" and fallen and known.form != "change" and (is_bare or _side(_GROWTH, *words) is False):
            value = compared(fallen, known)  # a store has the bare 1.8% of 下降1.7%、1.8%, or the 1.8% of a fall
        is_below = known.form != "change" and (known.value or 0) < 0 < (figure.value or 0)
        told = {pair: side is not is_below for pair, side in sides.items()}  # a margin of -22% is a loss of 22%
        is_contrary = is_denied or any(_side(pair, *words) is (not side) for pair, side in told.items())
        is_lost = is_below and figure.form != "change" and not any(side is False for side in sides.values())
        return "differs" if is_contrary or is_lost else value

    return compare


def _side(pair: Contraries, *texts: str) -> bool | None:
    """Return which of two contraries the first text names that names one of them: the first, or not; None for none."""
    for text in texts:
        one, other = (bool(side.search(text)) for side in pair)
        if one != other:
            return one
    return None


def _in_period(mention: Mention, fact: Fact, index: Index) -> bool:
    """Tell whether the date that a sentence gives is not another than that of a fact."""
    claimed, when, source = mention.when, fact.when, index.sources.get(fact.source)
    published = source.published if source else None
    if when is None:
        return True
    is_current = published is not None and when.end is not None and when.end == published.start
    token = _date_token(mention, is_current=is_current)
    if token is None or token.date is None or claimed is None:
        return not _is_another_day(mention, when)
    date, text = token.date, mention.paragraph.text
    behind = re.split("[，,]", text[token.end : token.end + 8])[0]
    if _ALONE.search(f"{text[max(token.start - 4, 0) : token.start]} {behind}"):
        return (claimed.start, claimed.end) == (when.start, when.end)
    if date.offset is None and date.covered_by(when, published):
        return True
    first, last = when.first or when.last, when.last or when.first
    begins = claimed.start is None or (first is not None and claimed.start <= first)
    ends = claimed.end is None or (last is not None and last <= claimed.end)
    if date.ends and claimed.end and last and (claimed.end.year, claimed.end.month) == (last.year, last.month):
        return True  # by the end of 2022, of a day in December
    if date.begins and when.start and when.start != when.end and claimed.start:
        begins = claimed.start.year == when.start.year
    return begins and ends


def _is_another_day(mention: Mention, when: Period) -> bool:
    """Tell whether a clause gives a date without a year that is not in a period, an earlier day, or one of publication.

    A period of more than one year, or one whose beginning or end is unknown, has every such date.
    """
    paragraph, text = mention.paragraph, mention.paragraph.text
    inside = [token for token in paragraph.touching(*mention.clause) if token.date]
    [token, *others] = inside or paragraph.touching(mention.end, mention.sentence[1])[:1] or [mention.token]
    if others or token.date is None or when.start is None or when.end is None:
        return False
    if _OF_ANOTHER.search(text, mention.clause[0], token.start) or "的" in text[token.end : mention.token.start]:
        return False  # the library that opened in August
    first = token.date.first
    if inside and first.startswith("XXXX") and when.start.year == when.end.year:
        part = period_of(token.date.edtf.replace("XXXX", when.edtf[:4]))
        return bool(part and part.start and part.end and (part.start > when.end or when.start > part.end))
    is_published = _WAS_PUBLISHED.search(text, mention.end, token.start) or _PUBLISHED.match(text, token.end)
    is_day = len(first) == _DAY and when.start == when.end
    return bool(is_day and token.start > mention.end and is_published and first != when.start.isoformat())


def _date_token(mention: Mention, *, is_current: bool) -> Token | None:
    """Return the date that says of when a number is: in its own clause, or in one that is said of the whole sentence.

    None where the date is only that of a report, or the day of an event in another clause: unveiled on 13 September.
    """
    text, begin = mention.paragraph.text, mention.sentence[0]
    dates = mention.paragraph.touching(*mention.sentence)
    token = next((token for token in dates if token.date is mention.dated.date is not None), None)
    if token is None or token.date is None or _REPORT_BEHIND.match(text, token.end):
        return None
    if _REPORT_BEFORE.search(text, max(token.start - 40, 0), token.start):
        return None
    is_own = mention.clause[0] <= token.start < mention.clause[1]
    if is_own or len(token.date.first) < _DAY or not is_current:
        return token
    return token if _AROUND_DATE.search(text[begin : token.start]) else None


def compared(said: Figure, known: Figure) -> Kind:
    """Compare the number of a text with that of a fact: ``stands``, ``rounds``, ``bound`` or ``differs``.

    >>> from cs_facts.numbers.figures import parse_figure as read
    >>> [compared(read(said), read("50.66万名")) for said in ("506,600", "超过50万", "超过50.66万", "5万")]
    ['stands', 'rounds', 'bound', 'differs']
    """
    if said.value is None or known.value is None:
        if (said.low, said.high, said.parts) == (known.low, known.high, known.parts):
            return "stands" if said.bound == known.bound else "bound"
        if said.form == "ratio":
            return "stands" if agree(said, known) else "differs"
        is_one = known.value is not None or (known.form == "share" and said.value is not None)
        return "rounds" if is_one and (agree(said, known) or rounds_to(known, said)) else "differs"
    value = known.value if said.form == "change" or said.value < 0 else abs(known.value)
    limits = [_BOUNDED.get(figure.bound, figure.bound) for figure in (said, known)]
    if limits == ["about", "exact"] and said.high == said.value <= value:  # nearly
        return "bound" if said.value == value else "differs"
    if said.value == value:
        if limits[0] == limits[1]:
            return "stands"
        return "rounds" if limits == ["about", "exact"] else "bound"
    if said.form == "rank" or not value:
        return "differs"
    difference, is_more = abs(said.value - value) / abs(value), said.value > value
    if limits[0] in ("more_than", "less_than"):
        is_round = is_more == (limits[0] == "less_than")
    elif limits == ["about", "more_than"]:
        is_round = is_more and agree(said, known)
    else:
        is_rough = limits[0] == "about" or known.form == "change" or difference <= _CLOSE
        is_round = is_rough and known.bound in ("exact", "about") and rounds_to(known, said)
    return "rounds" if is_round and difference <= _ROUGH else "differs"
