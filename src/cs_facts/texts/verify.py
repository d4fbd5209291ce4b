"""Does a text say what the stores say? Each figure of a text held against the fact that speaks of the same thing.

The thing is found by words: those beside the number weigh most, those of its clause, its sentence and the sentence
before less, each by its rarity in the store. Unit, form and period choose among facts that the words fit alike. A fact
whose number agrees needs fewer words than one that accuses, and one that another number of the sentence fits better
accuses none; but the number alone decides nothing, so that a figure of something else does not stand.

Another number is held against a mention only by a fact of the same unit, level and place that shares a telling word.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import chain, combinations, groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from cs_facts.dates.describe import describe
from cs_facts.numbers.scanner import scan_lines
from cs_facts.texts.agreement import (
    GOOD,
    CountedUnits,
    Kind,
    compared,
    comparing,
    form_of,
    in_period,
    is_loss,
    same_days,
)
from cs_facts.texts.mentions import mentions
from cs_facts.texts.patterns import told_out
from cs_facts.texts.relevance import Relevance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cs_facts.index import Index
    from cs_facts.model import Fact, Period
    from cs_facts.texts.document import Document
    from cs_facts.texts.mentions import Mention

# The part of a text's words that a fact must share for its figure to be the one meant: where the numbers agree and the
# sentence has told of a neighbour, where they agree, where they do not.
_HINT, _LIKELY, _SURE = 0.1, 0.15, 0.42
# That part where the very number stands in the very unit, and where it does so in the very period: a word will do. The
# digits from which a number is no coincidence.
_TRACE, _WORD, _DIGITS = 0.04, 0.001, 3

# How rare one of the words must be by which another number is held against a mention: Party and Changsha are in most.
_TELLING = 0.35
# The part of the words from which a fact has all of them, so that they need be less rare.
_WHOLE, _HEARD = 0.9, 0.2
# How many times better the words must fit if two numbers of a sentence are taken for one another.
_EXCHANGED = 1.3

# What a fact gains by its number, by standing beside one which the sentence has or being of the very period; what it
# loses by another unit; what a number whose own differs may claim of a fact.
_SAME, _NEAR, _OTHER, _CLAIM = 1.5, 1.3, 0.6, 0.67
# How much better than one that has the number the words of another fact must fit: of the period said, of any.
_ALIKE, _MUCH = 0.95, 1.15

# What says before a number that it is not the one.
_DENIED = re.compile(r"(?:不是|[并绝而]非|(?i:\bnot|n['’]t|\bnever|\brather than|\binstead of) )$")

# What follows years that lie back: 十余年前, ten years ago, not 2012年前.
_YEARS_AGO = re.compile(
    r"(?<=[\d一二三四五六七八九十余多来]年)(?<!\d{4}年)[之以]?前|(?<=years|ecade) (?:ago|earlier)\b"
)


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
_QUALIFIER = re.compile(r"[（(]([^（）()]{2,})[)）]$")


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
    if finder.units.has_ago:
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
        is_exact: whether the very number, of some digits, stands in the very unit.

    """

    fact: Fact
    relevance: float
    value: Kind
    fits: bool
    evidence: float = 0.0
    is_near: bool = False
    is_then: bool = False
    is_exact: bool = False

    @property
    def place(self) -> tuple[str, int | None]:
        """The paragraph of the source that has the fact."""
        return self.fact.source, self.fact.paragraph

    @property
    def needed(self) -> float:
        """How relevant the fact must be for its figure to be the one meant."""
        if self.is_exact:
            return _WORD if self.is_then else _TRACE
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
        return form_of(one, self.fact) == form_of(two, other.fact) and compared(one, two) == "differs"

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
        self.units = CountedUnits(index, self.relevance)

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
        agreeing = [
            max((match for match in matches if match.agrees), key=attrgetter("rank"), default=None) for matches in found
        ]
        for (one, own), (other, theirs) in combinations(enumerate(agreeing), 2):
            if not (own and theirs and own.is_like(theirs)):
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
        if best.value in GOOD and not in_period(mention, fact, self.index):
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
        if figure and figure.form == "change" and is_loss(figure.printed):
            figure = mention.bare
        if figure is None:
            return
        question = self.relevance.question(mention, item)
        compare = comparing(figure, mention.scaled, question.said, is_denied=is_denied)
        fit = self.units.fitting(mention, figure)
        is_long = sum(map(str.isdigit, figure.printed)) >= _DIGITS
        found, best, least = list[_Match](), 0.0, 0.0
        for fact, most in self.relevance.candidates(question, figure.value):
            if fact.figure and (value := compare(fact, fact.figure)):
                is_then = bool(mention.when and fact.when and same_days(mention.when, fact.when))
                fits = fit(fact, fact.figure)
                is_exact = is_long and value == "stands" and fits and self.units.is_same(mention, fact)
                found.append(_Match(fact, most, value, fits, is_near=True, is_then=is_then, is_exact=is_exact))
        for match in sorted(found, key=lambda match: not match.agrees):
            if match.rank < best and match.relevance < least:
                continue
            match.relevance, match.evidence = self.relevance.shared(question, match.fact)
            match.is_near = False
            known = match.fact.figure
            if figure.form == "change" and known and known.form != "change" and form_of(known, match.fact) == 0:
                match.evidence = 0.0  # a rise is not held against a level
            if match.relevance >= (match.needed if match.is_exact else _HINT):
                yield match
            if match.agrees and match.relevance >= match.needed:
                best, least = max(best, match.rank), max(least, match.relevance)


def _qualified(fact: Fact, said: str) -> bool:
    """Tell whether a sentence has what a title of a fact says in brackets: 载客量（开通初期）."""
    return any(found and found[1] in said for found in map(_QUALIFIER.search, fact.title.values()))


def _is_reversed(one: Mention, other: Mention, first: Period | None, second: Period | None) -> bool:
    """Tell whether a number is said to have become another, but is of a later period than that: rose from 3 to 4."""
    text = one.paragraph.text
    said = f"{text[max(one.token.start - 8, 0) : one.token.start]}\0{text[one.end : other.token.start]}"
    if _HAD_BEEN.search(said):
        first, second = second, first
    elif not _BECAME.search(said):
        return False
    return bool(first and second and first.start and second.end and second.end < first.start)
