"""Does a text say what the stores say? Each figure of a text held against the fact that speaks of the same thing.

The thing is found by words: those beside the number weigh most, those of its clause, its sentence and the sentence
before less, each by its rarity in the store. Unit, form and period choose among facts that the words fit alike. A fact
whose number agrees needs fewer words than one that accuses, and one that another number of the sentence fits better
accuses none; but the number alone decides nothing, so that a figure of something else does not stand.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from itertools import chain, groupby
from typing import TYPE_CHECKING, Literal, get_args

from cs_facts.dates.describe import describe
from cs_facts.numbers.intervals import agree, rounds_to
from cs_facts.text import has_han
from cs_facts.texts.mentions import mentions
from cs_facts.texts.relevance import Relevance
from cs_facts.texts.units import MEASURES, Unit, unit_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cs_facts.index import Index
    from cs_facts.model import Fact, Figure
    from cs_facts.texts.document import Document
    from cs_facts.texts.mentions import Mention

Kind = Literal["stands", "rounds", "bound", "period", "unit", "contested", "differs", "unknown"]
KINDS: tuple[Kind, ...] = get_args(Kind)

# The verdicts under which a number may pass without a look.
GOOD: tuple[Kind, ...] = ("stands", "rounds")

# The part of a text's words that a fact must share for its figure to be the one meant: where the numbers agree and the
# sentence has told of a neighbour, where they agree, where many things come in such numbers; where the numbers do
# not agree, and where the unit is another besides.
_HINT, _LIKELY, _COMMON, _SURE, _CERTAIN = 0.1, 0.15, 0.22, 0.42, 0.62

# Relative differences up to which a figure that is not said to be about may round another, and one that is.
_CLOSE, _ROUGH = Decimal("0.05"), Decimal("0.15")

# What a fact gains that stands beside one which the sentence has; what a number whose own differs may claim of a fact;
# how well a counter of things fits a fact about people; numbers up to which many things are counted.
_NEAR, _CLAIM, _ODD, _FEW = 1.3, 0.67, 0.75, 12

# What the id of a unit begins with that only the store knows; what says of a unit of time that it lies back.
_OWN = "own:"
_AGO = re.compile("[之以]?前$| ago$")

# Counters that count one kind of thing each, and units that are taken for no other.
_SPECIFIC = frozenset(
    (
        *("copy", "kind", "vehicle", "vessel", "aircraft", "train", "building", "head", "team", "class", "village"),
        *("town", "county", "city", "district", "person"),
    )
)
_COUNTED_APART = MEASURES | {"person"}
_UNLIKE = ({"person", "establishment"}, {"person", "household"}, {"person", "person-time"})

# Counters of whatever is counted one by one, what behind them its name is looked for in, and characters of a name.
_COUNTERS, _NAME = frozenset(("item", "establishment", "institution", "line")), 60
_HAN_BEHIND = re.compile("[\u3400-\u9fff]{0,8}")

# What is said of a number that nothing is known of, of one that a fact is known of, and of a contradiction.
_WORDS = (
    ("{}; the store has nothing on this", "{}; the store has {}", "; contested by {}"),
    ("{}；库中没有这件事", "{}；库中为 {}", "；与之矛盾的有 {}"),
)
# What a text in Markdown or HTML has between a number and its noun.
_MARKUP = re.compile("[*_`]+|<[^<>]*>")
# Characters in which a sentence gives a date that it says of all; how long before the end of a period that a text gives
# the day of a fact may lie, and how long after it one that is known of a stretch alone.
_OPENING = 200
_SOON, _YEAR = timedelta(days=31), timedelta(days=366)
# Words that say that a number is not quite reached.
_NEARLY = re.compile(r"近|接近|将近|(?i:\b(?:nearly|almost|close to|approaching)\b)")
_FORMS = {"number": 0, "vague": 0, "range": 0, "share": 1, "change": 1, "multiple": 2, "rank": 3, "ratio": 4}
# Endings of English nouns for people.
_PEOPLE = re.compile("(?:[eo]r|ist|ee|i?an|ant|ent|al|folk|men|people|children|ive|mate|youth)s?$", re.IGNORECASE)
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
        words = _WORDS[language == "zh"]
        printed = _MARKUP.sub("", self.mention.printed)
        if self.fact is None:
            return words[0].format(printed)
        against = words[2].format(_described(self.other, language)) if self.other else ""
        return words[1].format(printed, _described(self.fact, language)) + against

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
    for _, sentence in groupby(mentions(document), key=lambda mention: (mention.paragraph.number, mention.sentence)):
        for verdict in finder.verdicts(list(sentence)):
            core = verdict.mention.paragraph.text[slice(*verdict.mention.token.core)]
            if verdict.kind != "unknown" or core.lower() not in ("一", "one"):
                yield verdict  # a house, one of them: rather an article than a count


@dataclass(frozen=True, slots=True)
class _Match:
    """A fact beside a mention.

    Attributes:
        relevance: the part of the mention's words that the fact shares, by rarity, from 0 to 1.
        value: how the numbers agree: ``stands``, ``rounds``, ``bound`` or ``differs``.
        fit: how well the units do: 0 where they count different things, 1 where the same.
        in_period: whether the period is not another one.
        is_near: whether another number of the sentence stands where the fact does.

    """

    fact: Fact
    relevance: float
    value: Kind
    fit: float
    in_period: bool
    is_near: bool = False

    @property
    def place(self) -> tuple[str, int | None]:
        """The paragraph of the source that has the fact."""
        return self.fact.source, self.fact.paragraph

    @property
    def is_rare(self) -> bool:
        """Whether chance hardly has the number."""
        figure = self.fact.figure
        return bool(figure and figure.value and figure.form != "rank" and abs(figure.value) > _FEW)

    @property
    def is_telling(self) -> bool:
        """Whether the fact is known by its number or by many words, so that it speaks for those beside it."""
        return self.agrees and (self.is_rare or self.relevance >= _SURE)

    @property
    def needed(self) -> float:
        """How relevant the fact must be for its figure to be the one meant."""
        return (_HINT if self.is_near else _LIKELY) if self.is_rare else _LIKELY if self.is_near else _COMMON

    @property
    def agrees(self) -> bool:
        """Whether the numbers are those of one thing."""
        return self.value != "differs" and self.fit > 0

    @property
    def rank(self) -> float:
        """How well the fact fits in all; the number counts for little."""
        another = 0.5 if self.value == "differs" else 0.7
        rank = self.relevance * (self.fit or another) * (1 if self.in_period else 0.9)
        return rank * (_NEAR if self.is_near else 1) * {"stands": 1.3, "rounds": 1.25, "bound": 1.2}.get(self.value, 1)


class _Finder:
    """Finds the facts that a mention may speak of."""

    def __init__(self, index: Index) -> None:
        self.index, self.relevance = index, Relevance(index)

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Unit id of the store → the unit that its names say, or one of the store's own."""
        known = {}
        for id_, names in self.index.units.items():
            words = [_AGO.sub("", name.split(" (")[0]) for name in (*names.values(), id_.replace("-", " "))]
            named = map(unit_named, words)
            known[id_] = next((unit for unit in named if unit.zh and unit.en), Unit(f"{_OWN}{id_}", "", id_))
        return known

    @cached_property
    def nouns(self) -> dict[str, set[str]]:
        """Names of units → the units of the store that have them."""
        found: dict[str, set[str]] = {}
        for id_, names in self.index.units.items():
            for name in names.values():
                found.setdefault(name.split(" (")[0].lower(), set()).add(id_)
        return found

    def verdicts(self, sentence: list[Mention]) -> Iterator[Verdict]:
        """Find what the store says of the mentions of a sentence.

        A fact that another number of the sentence fits better accuses none.
        """
        found = [list(self._matches(mention, mention.figure)) if mention.figure else [] for mention in sentence]
        told = [{match.place for match in matches if match.is_telling} for matches in found]
        places = Counter(chain.from_iterable(told))
        for nth, matches in enumerate(found):
            near = (replace(match, is_near=places[match.place] > (match.place in told[nth])) for match in matches)
            found[nth] = [match for match in near if match.relevance >= match.needed]
        owned: dict[str, float] = {}
        for match in chain.from_iterable(found):
            claim = match.rank * (1 if match.agrees else _CLAIM)
            owned[match.fact.id] = max(owned.get(match.fact.id, 0.0), claim)
        for mention, matches in zip(sentence, found, strict=True):
            free = (match for match in matches if match.agrees or match.rank >= owned[match.fact.id])
            yield self._verdict(mention, max(free, key=lambda match: match.rank, default=None))

    def _verdict(self, mention: Mention, best: _Match | None) -> Verdict:
        """Say what the fact that fits best says of a mention."""
        if best is None or (best.value == "differs" and best.relevance < _SURE):
            return Verdict("unknown", mention)
        fact = best.fact
        if not best.fit:
            known = best.value != "differs" or best.relevance >= _CERTAIN
            kind: Kind = "unit" if best.value != "differs" else "differs"
            return Verdict(kind, mention, fact) if known else Verdict("unknown", mention)
        if best.value in GOOD and not best.in_period:
            return Verdict("period", mention, fact)
        if best.value in GOOD and (conflicts := self.index.conflicts.get(fact.id)):
            others = [self.index.by_id[conflict.other] for conflict in conflicts]
            other = next((each for each in others if each.figure), None)
            return Verdict("contested", mention, fact, other) if other else Verdict(best.value, mention, fact)
        return Verdict(best.value, mention, fact)

    def _matches(self, mention: Mention, figure: Figure) -> Iterator[_Match]:
        named, is_thing = self._noun(mention), self._is_thing(mention)
        for fact, relevance in self.relevance.facts(mention):
            if fact.figure and relevance >= _HINT and _form(fact.figure) == _form(figure):
                fit = 1.0
                if mention.unit and fact.unit and figure.form != "rank":
                    is_other = (named and fact.unit not in named) or (is_thing and self.units[fact.unit].id == "person")
                    fit = 0.0 if is_other else self._fit(mention, mention.unit, fact.unit, fact.figure)
                value = compared(figure, fact.figure)
                yield _Match(fact, relevance, value, fit, _in_period(mention, fact, self.index))

    def _fit(self, mention: Mention, unit: Unit, known: str, figure: Figure) -> float:
        """Say how well two units go together: measures only with the same one, counters with any other."""
        one, two = unit.id, self.units[known].id
        pair = {one, two}
        if one == two:
            return 1
        if pair in _UNLIKE or pair <= _SPECIFIC or (one == "person" and two.startswith(_OWN)):
            return 0
        # visits or payments may be what a store calls person-times
        if MEASURES & pair and ("person-time" not in pair or _COUNTED_APART & (pair - {"person-time"})):
            return 0
        counter = mention.paragraph.text[mention.token.end : mention.end].strip()
        return 1 if two != "person" or (counter and figure.printed.endswith(counter)) else _ODD

    def _is_thing(self, mention: Mention) -> bool:
        """Tell whether a mention counts what neither ends as people do nor stands in the store."""
        noun = mention.unit.en if mention.unit and not mention.unit.zh else ""
        return bool(noun and not _PEOPLE.search(noun) and not self.relevance.knows(noun))

    def _noun(self, mention: Mention) -> set[str]:
        """Return the units of the store whose name stands behind a number: 154个项目 counts projects."""
        text = mention.paragraph.text
        behind = [text[end : end + _NAME].lstrip(" -").lower() for end in (mention.token.end, mention.end)]
        inside = _HAN_BEHIND.match(behind[1]) if mention.unit and mention.unit.id in _COUNTERS else None
        return {
            id_
            for name, ids in self.nouns.items()
            if any(each.startswith(name) for each in behind)
            or (len(name) > 1 and has_han(name) and inside and name in inside[0])
            for id_ in ids
        }


def _form(figure: Figure) -> int:
    """Return a number that is the same for forms which may say the same; a rise by so many counts as a number."""
    return (
        0 if figure.form == "change" and not re.search("[%％‰点]|cent|point", figure.printed) else _FORMS[figure.form]
    )


def _in_period(mention: Mention, fact: Fact, index: Index) -> bool:
    """Tell whether the date that a sentence gives is not another than that of a fact."""
    claimed, when = mention.when, fact.when
    date = mention.dated.date
    begin = mention.sentence[0]
    opening = next(iter(mention.paragraph.touching(begin, begin + _OPENING)), mention.token).date
    if date is None and claimed and opening and opening.covered_by(claimed):
        date = opening
    if date is None or claimed is None or when is None:
        return True
    source = index.sources.get(fact.source)
    if date.covered_by(when, source.published if source else None) or date.years is not None:
        return True
    if when.start is None and claimed.end and when.last and timedelta(0) <= when.last - claimed.end < _YEAR:
        return True  # of a stretch whose beginning is unknown
    first, last = when.first or when.last, when.last or when.first
    begins = claimed.start is None or (first is not None and claimed.start <= first)
    ends = claimed.end is None or (last is not None and last <= claimed.end)
    if date.ends and claimed.end and last and timedelta(0) <= claimed.end - last < _SOON:
        return True  # by the end of 2022, of a day in December
    if date.begins and when.start and when.start != when.end and claimed.start:
        begins = claimed.start.year == when.start.year
    return begins and ends


def compared(said: Figure, known: Figure) -> Kind:
    """Compare the number of a text with that of a fact: ``stands``, ``rounds``, ``bound`` or ``differs``.

    >>> from cs_facts.numbers.figures import parse_figure as read
    >>> [compared(read(said), read("50.66万名")) for said in ("506,600", "超过50万", "超过50.66万", "5万")]
    ['stands', 'rounds', 'bound', 'differs']
    """
    if said.value is None or known.value is None:
        same = (said.low, said.high, said.parts) == (known.low, known.high, known.parts)
        if same:
            return "stands" if said.bound == known.bound else "bound"
        if known.value is not None and said.form in ("vague", "range", "share"):
            return "rounds" if agree(said, known) or rounds_to(known, said) else "differs"
        return "stands" if said.form == "ratio" and agree(said, known) else "differs"
    value = abs(known.value) if said.form != "change" else known.value
    limits = [_BOUNDED.get(figure.bound, figure.bound) for figure in (said, known)]
    if limits == ["about", "exact"] and _NEARLY.search(said.printed) and said.value <= value:
        return "bound" if said.value == value else "differs"
    if said.value == value:
        if limits[0] == limits[1]:
            return "stands"
        return "rounds" if limits == ["about", "exact"] else "bound"
    if said.form == "rank" or not value:
        return "differs"
    return "rounds" if _rounds(said, known, said.value, value, limits[0]) else "differs"


def _rounds(said: Figure, known: Figure, number: Decimal, value: Decimal, limit: str) -> bool:
    difference = abs(number - value) / abs(value)
    if limit == "more_than":
        return number < value and difference <= _ROUGH
    if limit == "less_than":
        return number > value and difference <= _ROUGH
    if known.bound not in ("exact", "about") or difference > (_ROUGH if limit == "about" else _CLOSE):
        return False
    return rounds_to(known, said)
