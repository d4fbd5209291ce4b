"""Does a text say what the stores say? Each figure of a text held against the fact that speaks of the same thing.

The thing is found by words: those beside the number weigh most, those of its clause, its sentence and the sentence before
less, each by its rarity in the store. Unit, form and period choose among facts that the words fit alike; the number itself
only breaks ties, so that a figure of something else never stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from math import log
from typing import TYPE_CHECKING, Literal, get_args

from cs_facts.dates.describe import describe
from cs_facts.index.analyzer import Analyzer
from cs_facts.numbers.intervals import agree, rounds_to
from cs_facts.numbers.scanner import scan
from cs_facts.search.query import Reader, Term
from cs_facts.text import has_han
from cs_facts.texts.mentions import masking, mentions
from cs_facts.texts.units import Unit, unit_after, unit_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cs_facts.index import Index
    from cs_facts.model import Fact, Figure
    from cs_facts.texts.document import Document
    from cs_facts.texts.mentions import Mention

Kind = Literal["stands", "rounds", "bound", "period", "unit", "contested", "differs", "unknown"]
KINDS: tuple[Kind, ...] = get_args(Kind)

# The verdicts under which a number may pass without a look.
GOOD: tuple[Kind, ...] = ("stands", "rounds")

# What words weigh by where they stand: beside the number, some words behind it, elsewhere in its clause, in the clause before it, in the rest of
# its sentence, in the sentence before.
_BESIDE, _NEAR, _CLAUSE, _BEFORE, _SENTENCE, _EARLIER = 1.0, 0.6, 0.4, 0.35, 0.15, 0.12

# What a word is worth by the column of the fact in which it is found; one that the store does not know, as a part of the whole.
_COLUMNS = {"title": 1.0, "tags": 0.85, "text": 0.7}
# one that stands in no title or tag, as a part of the whole.
_STRANGE, _STRANGE_PAIR, _UNNAMED = 0.7, 0.35, 0.5

# How much of a fact's title the sentence has, and how much of what the title says is counted stands beside the number.
_BARE, _TITLE, _HEAD = 0.6, 0.15, 0.25

# Letters by which words are compared, and characters of the sentences before that are looked at.
_STEM, _REACH = 5, 80

# Facts that share a word, beyond which it is too common to find candidates by, and candidates that are read.
_COMMON, _CANDIDATES = 3000, 12

# The part of a text's words that a fact must share for its figure to be the one meant: where the numbers agree, and not.
_LIKELY, _SURE = 0.26, 0.42

# Relative differences up to which a figure that is not said to be about may round another, and one that is.
_CLOSE, _ROUGH = Decimal("0.05"), Decimal("0.15")

# What cannot be taken for one another; other counters may stand for any of the first group.
_MEASURES = frozenset(
    """person-time percent percentage-point basis-point yuan us-dollar cent hk-dollar nt-dollar euro pound yen container
    square-metre square-kilometre hectare mu acre metre kilometre mile cubic-metre tonne kilogram jin litre kilowatt
    kilowatt-hour degree-celsius degree-fahrenheit day year year-of-age month week hour minute household""".split()
)
_UNLIKE = ({"person", "establishment"}, {"person", "household"}, {"person", "person-time"})
_FORMS = {"number": 0, "vague": 0, "range": 0, "share": 1, "change": 1, "multiple": 2, "rank": 3, "ratio": 4}
_BOUNDED = {"at_least": "more_than", "at_most": "less_than"}
# What is counted, behind its number: some words of English, a dozen characters of Chinese.
_PHRASE = re.compile(r"[ -]?(?:[A-Za-z][\w'’-]*\s?){0,3}|[\u3400-\u9fff]{0,12}")
# Words of titles that say how something is counted rather than what.
_MEASURED = frozenset("总量 总数 人数 数量 总额 金额 规模 总人 名单 total number sum amount".split())
_HAN = "[\u3400-\u9fff\uf900-\ufaff]"
_MODIFIER = re.compile(r"(?i)\b(?:in|for|to|by|that|who|whom|which|set|brought|supported|certified|through|under|on|from|since|after|paid|provided)\b")
# Words that say only that something is so, or how much.
_FILLING = re.compile(
    "达到|达|共有|共计|总计|合计|累计|一共|拥有|已经|已有|已|现有|目前|如今|超过|突破|约为|接近|左右|以上|约|分别|全部|数据显示|据统计|据报道|据了解|其中|同时|"
    "全[国省市县区]|[我本]市|增至|升至|降至|增加到|壮大到|发展到|的|了|是|为|在|"
    r"\b(?:there|total(?:l?ed|l?ing)?|number(?:ed|s)?|some|now|stands?|stood|reach(?:ed|es)?|grown|grew|rose|risen|exactly|only|just|also|"
    r"according|report(?:ed|s|edly)?|says?|said|city|across|as many as|amount(?:ed|s)?|worth|came|comes)\b",
    re.IGNORECASE,
)
_SEGMENT = re.compile(r"[、\0]|(?:以及|和|及|与)(?=[^\0]{0,24}\0)|\b(?:and|while|with|plus)\b(?=[^\0]{0,60}\0)")


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

    @property
    def message(self) -> str:
        """What the text says and what the store has, in one line."""
        said = self.mention.printed
        if self.fact is None:
            return f"{said}; the store has nothing on this"
        language = "zh" if has_han(self.mention.paragraph.text) else "en"
        against = f"; contested by {_described(self.other, language)}" if self.other else ""
        return f"{said}; the store has {_described(self.fact, language)}{against}"


def _described(fact: Fact, language: str) -> str:
    title = fact.title.get(language) or next(iter(fact.title.values()))
    when = f", {describe(fact.when, language)}" if fact.when else ""
    figure = fact.figure.printed if fact.figure else "no figure"
    place = f" ¶{fact.paragraph}" if fact.paragraph else ""
    return f"{figure}: {title}{when} [{fact.id}, {fact.source}{place}]"


def verify(index: Index, document: Document) -> Iterator[Verdict]:
    """Yield a verdict on each figure of a text that counts something, in the order of the text."""
    finder = _Finder(index)
    for mention in mentions(document):
        verdict = finder.verdict(mention)
        if verdict.kind == "unknown" and mention.paragraph.text[slice(*mention.token.core)].lower() in ("一", "one"):
            continue  # a house, one of them: rather an article than a count
        yield verdict


@dataclass(frozen=True, slots=True)
class _Match:
    """A fact beside a mention.

    Attributes:
        relevance: the part of the mention's words that the fact shares, by rarity, from 0 to 1.
        value: how the numbers agree: ``stands``, ``rounds``, ``bound`` or ``differs``.
        in_unit: whether they may count the same, ``in_period`` whether the period is not another one.

    """

    fact: Fact
    relevance: float
    value: Kind
    in_unit: bool
    in_period: bool

    @property
    def rank(self) -> float:
        """How well the fact fits in all; the number counts for little."""
        rank = self.relevance * (1 if self.in_unit else 0.7) * (1 if self.in_period else 0.9)
        return rank * {"stands": 1.2, "rounds": 1.15, "bound": 1.15}.get(self.value, 1)


class _Finder:
    """Finds the facts that a mention may speak of."""

    def __init__(self, index: Index) -> None:
        self.index, self.reader, self.analyzer = index, Reader(index), Analyzer()
        self.terms = lru_cache(maxsize=None)(self._terms)
        self.found = lru_cache(maxsize=None)(self._found)
        self.masked = lru_cache(maxsize=4)(masking)
        self.fact = lru_cache(maxsize=None)(lambda place: next(self.index.facts_at([place])))
        self.rarity = lru_cache(maxsize=None)(self.reader.rarity)

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Unit id of the store → the unit that its names say, as far as they are known."""
        known = {}
        for id_, names in self.index.units.items():
            named = [unit_named(word) for name in (*names.values(), id_) for word in (name, name.split(" (")[0])]
            known[id_] = next((unit for unit in named if unit.zh and unit.en), Unit(id_, "", id_))
        return known

    def verdict(self, mention: Mention) -> Verdict:
        """Find what the store says of a mention."""
        figure = mention.figure
        matches = [] if figure is None else [match for match in self._matches(mention, figure) if match.relevance >= _LIKELY]
        best = max(matches, key=lambda match: match.rank, default=None)
        if best is None or (best.value == "differs" and best.relevance < _SURE):
            return Verdict("unknown", mention)
        fact = best.fact
        if not best.in_unit:
            if best.value == "differs":
                return Verdict("differs" if best.relevance > _SURE + 0.2 else "unknown", mention, fact if best.relevance > _SURE + 0.2 else None)
            return Verdict("unit", mention, fact)
        if best.value in GOOD and not best.in_period:
            return Verdict("period", mention, fact)
        if best.value in GOOD and (conflicts := self.index.conflicts.get(fact.id)):
            others = [self.index.by_id[conflict.other] for conflict in conflicts]
            other = next((each for each in others if each.figure), None)
            return Verdict("contested", mention, fact, other) if other else Verdict(best.value, mention, fact)
        return Verdict(best.value, mention, fact)

    def _matches(self, mention: Mention, figure: Figure) -> Iterator[_Match]:
        weights = self._weights(mention)
        whole = sum(weight * self._worth(term) for term, weight in weights.items())
        if not whole:
            return
        scores: dict[int, float] = {}
        for term, weight in weights.items():
            for place, worth in self.found(term).items():
                scores[place] = scores.get(place, 0.0) + weight * self._worth(term) * worth
        words, beside = self._words(mention.said), self._words(self._parts(mention)[0][0])
        for place in sorted(scores, key=lambda place: (-scores[place], place))[: 3 * _CANDIDATES]:
            fact = self.fact(place)
            for said in self._figures(fact):
                if _form(said) == _form(figure):
                    covered = max(self._covered(title, words) for title in fact.title.values())
                    heads = max(self._covered(_head(title), beside) for title in fact.title.values())
                    relevance = scores[place] / whole * (_BARE + _TITLE * covered + _HEAD * heads)
                    value = compared(figure, said)
                    in_unit = self._in_unit(mention, fact, said)
                    yield _Match(fact, relevance, value, in_unit, in_period(mention, fact, self.index))

    def _figures(self, fact: Fact) -> Iterable[Figure]:
        return (fact.figure,) if fact.figure else ()

    def _words(self, text: str) -> set[str]:
        """Return the words of a text, those of Latin letters also by their beginnings."""
        words = self.analyzer.words(text).split()
        return {*words, *(word[:_STEM] for word in words if len(word) >= _STEM)}

    def _parts(self, mention: Mention) -> list[tuple[str, float]]:
        """Return the text around a number in parts, each with what its place is worth; the first is beside it."""
        masked = self.masked(mention.paragraph)
        (start, end), (first, last) = mention.clause, mention.sentence
        at = mention.token.start
        # a noun of English that is counted is a word to find the thing by, a counter of Chinese is not
        behind = mention.token.end if re.match(r"[ -]?[a-z]", masked[mention.token.end :], re.IGNORECASE) else mention.end
        left = max((match.end() for match in _SEGMENT.finditer(masked, start, at)), default=start)
        cut = _SEGMENT.search(masked, behind, end)
        right = cut.start() if cut else end
        near = behind + _PHRASE.match(masked[behind:right]).end()  # type: ignore[union-attr]  # it may be empty
        before = max(masked.rfind(comma, first, max(start - 1, first)) for comma in ",，")
        before = max(before, first)
        return [
            (f"{masked[left:at]}\0{masked[behind:near]}", _BESIDE),
            (masked[near:right], _NEAR),
            (f"{masked[start:left]}\0{masked[right:end]}", _CLAUSE),
            (masked[before:start], _BEFORE),
            (f"{masked[first:before]}\0{masked[end:last]}", _SENTENCE),
            (masked[max(first - _REACH, 0) : first], _EARLIER),
        ]

    def _terms(self, text: str) -> list[Term]:
        """Return the words of a text: those of Latin letters as a search reads them, of Chinese each pair of characters.

        Chinese is not cut into words, for a draft has others than the store. What the store has synonyms for is a word too.
        """
        terms = list(self.reader.read(re.sub(f"{_HAN}+", " ", text)).terms) if re.search("[A-Za-z]", text) else []
        for run in re.findall(f"{_HAN}+", text):
            chars = self.analyzer.words(run).split()
            row = " ".join(chars)
            terms += [Term(one + two, (f"{one} {two}",)) for one, two in zip(chars, chars[1:], strict=False)]
            terms += [Term(known, tuple(rows)) for known, (rows, _) in self.reader.lexicon.items() if rows and known in row]
        return [term for term in terms if not term.period and term.number is None]

    def _weights(self, mention: Mention) -> dict[Term, float]:
        """Return the words around a number, each with what its place is worth."""
        weights: dict[Term, float] = {}
        for text, weight in self._parts(mention):
            for piece in filter(None, map(str.strip, _FILLING.sub("\0", text).split("\0"))):
                for term in self.terms(piece):
                    weights[term] = max(weights.get(term, 0), weight)
        return weights

    def _worth(self, term: Term) -> float:
        """Return what a word weighs: rare words more, those that name nothing in the store less."""
        if not self.found(term):
            return self.rarity(term) * (_STRANGE_PAIR if term.is_chinese else _STRANGE)
        named = any(worth > _COLUMNS["text"] for worth in self.found(term).values())
        return self.rarity(term) * (1 if named and term.word not in _MEASURED else _UNNAMED)

    def _found(self, term: Term) -> dict[int, float]:
        """Return the places of the facts that have a word → what it is worth there; none for a common word."""
        found: dict[int, float] = {}
        for column, worth in reversed(_COLUMNS.items()):
            if expression := term.said(column):
                places = self.index.match(expression, limit=_COMMON + 1)
                found |= dict.fromkeys(places, worth) if len(places) <= _COMMON else {}
        return found

    def _covered(self, title: str, words: set[str]) -> float:
        """Return the part of a title's words that are among others, by rarity."""
        known = [(word, self._weight(word)) for word in dict.fromkeys(self.analyzer.words(title).split())]
        whole = sum(weight for _, weight in known)
        return sum(weight for word, weight in known if word[:_STEM] in words or word in words) / whole if whole else 0

    @lru_cache(maxsize=None)  # noqa: B019  # as long as one text is verified
    def _weight(self, word: str) -> float:
        return log(1 + self.index.size / (1 + self.index.documents(word)))

    def _in_unit(self, mention: Mention, fact: Fact, figure: Figure) -> bool:
        """Tell whether a mention and a fact may count the same: measures only the same one, counters any other."""
        if mention.unit is None or fact.unit is None or figure.form == "rank":
            return True
        one, two = mention.unit.id, self.units[fact.unit].id
        if {one, two} in _UNLIKE:
            return False
        if one == two or not (_MEASURES & {one, two}):
            return True
        # visits or payments may be what a store calls person-times
        return "person-time" in (one, two) and not (_MEASURES | {"person", "household"}) & ({one, two} - {"person-time"})


def _head(title: str) -> str:
    """Return what a title says is counted: in Chinese what stands behind the last 的, in English before a preposition.

    >>> _head("获支持的海外专家引智项目数"), _head("Types of group that the homes serve")
    ('海外专家引智项目数', 'Types of group ')
    """
    return _MODIFIER.split(title)[0] if "的" not in title else title.rpartition("的")[2] or title


def _form(figure: Figure) -> int:
    """Return a number that is the same for forms which may say the same; a rise by so many counts as a number."""
    return 0 if figure.form == "change" and not re.search("[%％‰点]|cent|point", figure.printed) else _FORMS[figure.form]


def in_period(mention: Mention, fact: Fact, index: Index) -> bool:
    """Tell whether the date that a sentence gives is not another than that of a fact."""
    claimed, when = mention.when, fact.when
    if not mention.is_dated or mention.date is None or claimed is None or when is None:
        return True
    source = index.sources.get(fact.source)
    if mention.date.covered_by(when, source.published if source else None) or mention.date.years is not None:
        return True
    first, last = when.first or when.last, when.last or when.first
    begins = claimed.start is None or (first is not None and claimed.start <= first)
    ends = claimed.end is None or (last is not None and last <= claimed.end)
    if mention.date.begins and when.start and when.start != when.end and claimed.start:
        begins = claimed.start.year == when.start.year
    return begins and ends


def compared(said: Figure, known: Figure) -> Kind:
    """Compare the number of a text with that of a fact: ``stands``, ``rounds``, ``bound`` or ``differs``.

    >>> from cs_facts.numbers.figures import parse_figure
    >>> [compared(parse_figure(said), parse_figure("50.66万名")) for said in ("506,600", "超过50万", "超过50.66万", "5万")]
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
