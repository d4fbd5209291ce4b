"""Does a store say what its source says? The facts of a source held against its text, both ways.

Store → text: the figure and the quote of a fact stand in the paragraph that it cites, with their signs and limits, and
no date beside the figure contradicts its period. Text → store: every figure and every date of a paragraph is covered by
a fact that cites it, or stands under the source's names. An occurrence of a figure is covered by one fact only: twins
are told apart by quotes. A date is that of many facts, and is covered wherever its paragraph repeats it, but by a fact
without a figure only within its quote.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, partial
from itertools import chain, permutations
from typing import TYPE_CHECKING, Literal

from cs_facts.model import NOWHERE, Position, Problem
from cs_facts.texts.mentions import mentions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cs_facts.dates.printed import PrintedDate
    from cs_facts.model import Fact, Figure, Name, Period, Source, Store
    from cs_facts.numbers.scanner import Token
    from cs_facts.texts.document import Document, Paragraph, Span

    # the number of a paragraph, and where in it a number begins
    Place = tuple[int, int]

# Figures from which on their places tell whether the text is another document.
_ENOUGH = 4

# Paragraphs named where a figure stands elsewhere.
_NAMED = 3

# What is said in English and in Chinese.
_SAID = {
    "foreign": (
        "{0} of {1} figures of source {2!r} stand here where they are cited: this looks like another document",
        "来源 {2!r} 的 {1} 个数字中只有 {0} 个在所注段落：这像是另一份文件",
    ),
    "figure": ("fact {0!r}: figure {1!r} {2}", "条目 {0!r}：数字 {1!r} {2}"),
    "quote": ("fact {0!r}: quote {1!r} {2} in paragraph {3}", "条目 {0!r}：引文 {1!r} 在第 {3} 段{2}"),
    "place": ("fact {0!r} {1}", "条目 {0!r} {1}"),
    "name": ("source {0!r}: name {1!r} {2}", "来源 {0!r}：名称 {1!r} {2}"),
    "not in": ("does not stand in {0}", "不在{0}"),
    "needless": ("is not needed in {0}: its numbers have facts", "在{0}已无必要：其中的数都有条目"),
    "the text": ("the text", "原文"),
    "paragraph": ("paragraph {0}", "第 {0} 段"),
    "at": ("{0} (line {1})", "{0} 段（第 {1} 行）"),
    "missing": ("does not stand", "没有"),
    "joint": ("; ", "；"),
    "often": ("occurs {0} times", "出现 {0} 次"),
    "uncited": ("cites no paragraph", "没有注明段落"),
    "absent": ("cites paragraph {0}, but the text has {1}", "注明第 {0} 段，而原文只有 {1} 段"),
    "taken": ("stands in paragraph {0} (line {1}), outside its quote or for another fact", "在第 {0} 段，但不归此条"),
    "misdated": ("stands beside {0!r}, but `when` is {1}", "的时间是 {0!r}，而 `when` 是 {1}"),
    "unturned": ("has the direction of a list; let its quote hold {0!r}", "的增减由前文列举而来；引文请含 {0!r}"),
    "not there": ("does not stand in paragraph {0} (line {1})", "不在第 {0} 段（第 {1} 行）"),
    "longer": ("there it is part of {0!r}", "那里是 {0!r} 的一部分"),
    "elsewhere": ("it stands in paragraph {0}", "出现在第 {0}"),
    "more": (" and {0} more", "，另有 {0} 段"),
    "no number": ("no number stands there", "那里没有数字"),
    "nearest": ("the nearest number there is {0!r}: {1}", "那里最接近的数字是 {0!r}：{1}"),
    "open": ("no fact or name covers {0!r} in paragraph {1}: {2}", "第 {1} 段的 {0!r} 没有条目或名称：{2}"),
    "mend": (
        '; give a fact that as its `when`, or the source a name: {{paragraph: {1}, printed: "{0}", why: a date}}',
        '；给条目加上 `when`，或给来源加上名称：{{paragraph: {1}, printed: "{0}", why: 日期}}',
    ),
}

Kind = Literal["figure", "quote", "place", "name", "number", "label", "idiom"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the audit looked at, and what is wrong with it.

    Attributes:
        kind: a ``figure`` or a ``quote`` of a fact, the ``place`` that a fact without either cites, a ``name`` of the
            source; a ``number`` of the text (a figure or a date), a ``label`` or an ``idiom``, which count nothing.
        at: where its wording, empty for a place, is written: what the text has there, the others in the store.
        facts: the ids of the facts that it belongs to or that cover it; ``named`` is whether a name of the source does.
        message: what is wrong; empty when nothing is.

    """

    kind: Kind
    printed: str
    at: Position
    paragraph: int | None
    facts: tuple[str, ...] = ()
    named: bool = False
    message: str = ""


@dataclass(frozen=True)
class Audit:
    """What came of holding a store against a text.

    The findings are figures, quotes, places and names of the source in store order, then what the text has, in its
    order. ``is_edition`` is whether the text is the one whose SHA-256 the source gives; None when it gives none.
    """

    source: Source
    document: Document
    findings: tuple[Finding, ...]
    is_edition: bool | None
    language: str = "en"

    def coverage(self, kind: Kind) -> tuple[int, int]:
        """Return how many findings of a kind are as they should be, and how many there are; names cover apart."""
        found = [finding for finding in self.findings if finding.kind == kind and not finding.named]
        return sum(not finding.message for finding in found), len(found)

    @property
    def named(self) -> int:
        """How many numbers of the text stand under the source's names."""
        return sum(finding.named for finding in self.findings)

    @cached_property
    def is_foreign(self) -> bool:
        """Whether the text is plainly another document.

        Few figures stand where they are cited and most stand nowhere; a text that gained a paragraph at its head
        is still the same text.
        """
        standing, total = self.coverage("figure")
        if self.is_edition or total < _ENOUGH or standing * 4 >= total:
            return False
        figures = [finding.printed for finding in self.findings if finding.kind == "figure"]
        found = [any(each.standing(printed) for each in self.document.paragraphs) for printed in figures]
        return sum(found) * 2 < total

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is open; one problem when the text is another document."""
        if not self.is_foreign:
            return tuple(Problem(finding.at, finding.message) for finding in self.findings if finding.message)
        standing, total = self.coverage("figure")
        message = _said(self.language, "foreign", standing, total, self.source.id)
        return (Problem(Position(self.document.file, 1, 1), message),)


def _said(language: str, what: str, *values: object) -> str:
    return _SAID[what][language == "zh"].format(*values)


def audit(store: Store, source: Source, document: Document, language: str = "en") -> Audit:
    """Hold the facts of one source against its text, with messages in English or in Chinese."""
    facts = tuple(fact for fact in store.facts if fact.source == source.id)
    at = store.places.get(("source", source.id)) or next((fact.at for fact in facts if fact.at), NOWHERE)
    auditor = _Auditor(source, document, facts, claimed(facts, document), partial(_said, language))
    findings = (
        *(finding for fact in facts for finding in auditor.of_fact(fact)),
        *(auditor.of_name(name, at) for name in source.names),
        *(auditor.of_token(token, paragraph) for paragraph in document.paragraphs for token in paragraph.tokens),
    )
    is_edition = None if source.sha256 is None else source.sha256 == document.sha256
    return Audit(source, document, findings, is_edition, language)


def claimed(facts: Iterable[Fact], document: Document) -> dict[str, list[Place]]:
    """Give each fact the figure of the text that its quote names, or else the first that nobody else has."""
    claims: dict[str, list[Place]] = {}
    taken: set[Place] = set()
    spans: dict[tuple[int, str, str | None], Iterator[Span]] = {}
    for fact in sorted((fact for fact in facts if fact.figure), key=lambda fact: fact.quote is None):
        paragraph = document.paragraph(fact.paragraph)
        if paragraph is None or fact.figure is None:
            continue
        number, printed, quote = paragraph.number, fact.figure.printed, fact.quote
        if (number, printed, quote) not in spans:
            quotes = [(0, len(paragraph.text))] if quote is None else paragraph.find(quote)
            spans[number, printed, quote] = chain.from_iterable(paragraph.standing(printed, each) for each in quotes)
        its = spans[number, printed, quote]  # the facts of one figure go on where the last one stopped
        places = ([(number, token.start) for token in paragraph.touching(*span)] for span in its)
        if found := next((each for each in places if taken.isdisjoint(each)), None):
            taken.update(found)
            claims[fact.id] = found
    return claims


@dataclass(frozen=True)
class _Auditor:
    """Looks at facts, names and numbers, and says what is wrong with them in a language."""

    source: Source
    document: Document
    facts: tuple[Fact, ...]
    claims: dict[str, list[Place]]
    say: Callable[..., str]

    def of_fact(self, fact: Fact) -> Iterator[Finding]:
        """Yield what was found of a fact's figure and quote, or of the place that it cites."""
        at, ids, paragraph = fact.at or NOWHERE, (fact.id,), self.document.paragraph(fact.paragraph)
        if fact.figure:
            printed = fact.figure.printed
            is_standing = fact.id in self.claims
            if is_standing:
                fault = self._unturned(fact) or self._misdated(fact)
            else:
                fault = self._misplaced(fact.figure, fact.paragraph)
            message = fault and self.say("figure", fact.id, printed, fault)
            yield Finding("figure", printed, at, fact.paragraph, ids, message=message)
        if fact.quote:
            times = len(paragraph.find(fact.quote)) if paragraph else 0
            fault = self.say("often", times) if times else self.say("missing")
            message = "" if times == 1 else self.say("quote", fact.id, fact.quote, fault, fact.paragraph)
            yield Finding("quote", fact.quote, at, fact.paragraph, ids, message=message)
        elif not fact.figure and fact.paragraph and paragraph is None:
            fault = self.say("absent", fact.paragraph, len(self.document.paragraphs))
            message = self.say("place", fact.id, fault)
            yield Finding("place", "", at, fact.paragraph, ids, message=message)

    def _unturned(self, fact: Fact) -> str:
        """Say that a number has the direction of a list in the text, and not in the fact: 8.1% of 下降7.3%、8.1%."""
        if fact.figure and fact.figure.form == "change":
            return ""
        number, start = self.claims[fact.id][0]
        paragraph = self.document.paragraphs[number - 1]
        turned = paragraph.turned(paragraph.touching(start, start + 1)[0])
        return self.say("unturned", paragraph.text[slice(*turned)]) if turned else ""

    def of_name(self, name: Name, at: Position) -> Finding:
        """Say whether a name of the source stands where it should, and whether a number needs it."""
        where = self.say("the text") if name.paragraph is None else self.say("paragraph", name.paragraph)
        found = list(self._occurrences(name))
        covering = [self._covered.get((number, token.start)) for number, _, held in found for token in held]
        fault = ""
        if all(longer for _, longer, _ in found):
            hints = [self.say("longer", longer) for _, longer, _ in found[:1]]
            fault = self.say("joint").join([self.say("not in", where), *hints])
        elif covering and all(covering):
            fault = self.say("needless", where)
        message = fault and self.say("name", self.source.id, name.printed, fault)
        return Finding("name", name.printed, at, name.paragraph, message=message)

    def of_token(self, token: Token, paragraph: Paragraph) -> Finding:
        """Return a number of the text with the facts that cover it, or what is wrong where nothing does."""
        at, place = paragraph.at(token.start), (paragraph.number, token.start)
        ids = self._covered.get(place, ())
        if token.kind == "label" or token.kind == "idiom":
            return Finding(token.kind, token.printed, at, paragraph.number, ids)
        is_named, message = not ids and place in self._named, ""
        published = self.source.published if token.date and len(token.date.first) == len("2022-12-18") else None
        if not (ids or is_named or (published and self._says(token.date, published))):
            around = paragraph.around(token.start, token.end)
            message = self.say("open", token.printed, paragraph.number, around)
            message += self.say("mend", token.printed, paragraph.number) if token.date else ""
        return Finding("number", token.printed, at, paragraph.number, ids, is_named, message)

    @cached_property
    def _covered(self) -> dict[Place, tuple[str, ...]]:
        """The numbers of the text with the facts that claim them, or whose periods they are."""
        covered: dict[Place, tuple[str, ...]] = defaultdict(tuple)
        periods: dict[int, dict[Period, list[str]]] = defaultdict(lambda: defaultdict(list))
        for fact in self.facts:
            paragraph, when = self.document.paragraph(fact.paragraph), fact.when
            if paragraph is None or when is None:
                continue
            quotes = paragraph.find(fact.quote) if fact.quote and not fact.figure else []
            own = [token for span in quotes for token in paragraph.touching(*span) if self._says(token.date, when)]
            for token in own:
                covered[paragraph.number, token.start] += (fact.id,)
            if not own:
                periods[paragraph.number][when].append(fact.id)
        for number, whens in periods.items():
            paragraph = self.document.paragraphs[number - 1]
            ids = {
                date: tuple(chain.from_iterable(ids for when, ids in whens.items() if self._says(date, when)))
                for date in paragraph.dates
            }
            for token in paragraph.tokens:
                if token.date:
                    covered[number, token.start] += ids[token.date]
        return covered | {place: (id_,) for id_, places in self.claims.items() for place in places}

    @cached_property
    def _named(self) -> frozenset[Place]:
        """The numbers that stand under names of the source."""
        found = (each for name in self.source.names for each in self._occurrences(name))
        return frozenset((number, token.start) for number, _, held in found for token in held)

    @cached_property
    def _own_dates(self) -> dict[Place, tuple[Token, Period]]:
        """The dates that are plainly those of figures, with the periods that they mean there."""
        found = ((each, each.own_date) for each in mentions(self.document, self.source.published))
        return {(each.paragraph.number, each.token.start): (own, each.when) for each, own in found if own and each.when}

    def _says(self, date: PrintedDate | None, when: Period) -> bool:
        return date is not None and date.covered_by(when, self.source.published)

    def _occurrences(self, name: Name) -> Iterator[tuple[int, str, list[Token]]]:
        """Yield the paragraphs in which a name stands, with the number of which it is only a part or those it holds."""
        looked = self.document.paragraphs
        if name.paragraph is not None:
            looked = tuple(filter(None, [self.document.paragraph(name.paragraph)]))
        for paragraph in looked:
            for span in paragraph.find(name.printed):
                longer = paragraph.crossing(*span, named=True)
                yield paragraph.number, longer, [] if longer else paragraph.touching(*span)

    def _misdated(self, fact: Fact) -> str:
        """Say that the date beside a figure is not the period of its fact, where another date of its paragraph is."""
        place, when = self.claims[fact.id][0], fact.when
        dates = self.document.paragraphs[place[0] - 1].dates
        if when is None or when.edtf[-1] in "?%" or not any(self._says(date, when) for date in dates):
            return ""
        own, said = self._own_dates.get(place, (None, when))
        is_apart = any(one.end and other.start and one.end < other.start for one, other in permutations((said, when)))
        if own is None or not is_apart or self._says(own.date, when):
            return ""
        return self.say("misdated", own.printed, when.edtf)

    def _misplaced(self, figure: Figure, number: int | None) -> str:
        """Say that a figure does not stand where it should, and where it does or what stands there instead."""
        printed, paragraph = figure.printed, self.document.paragraph(number)
        is_taken = paragraph is not None and bool(paragraph.standing(printed))
        what = "uncited" if number is None else "absent" if paragraph is None else "taken" if is_taken else "not there"
        where = self.say(what, number, paragraph.line if paragraph else len(self.document.paragraphs))
        if is_taken:
            return where
        crossing = (paragraph.crossing(*span) for span in paragraph.find(printed)) if paragraph else ()
        longer = next(filter(None, crossing), "")
        hints = [self.say("longer", longer)] if longer else []
        elsewhere = (each for each in self.document.paragraphs if each.standing(printed))
        if found := [self.say("at", each.number, each.line) for each in elsewhere]:
            more = self.say("more", len(found) - _NAMED) if len(found) > _NAMED else ""
            hints.append(self.say("elsewhere", ", ".join(found[:_NAMED]) + more))
        return self.say("joint").join(filter(None, [where, *(hints or [self._nearest(figure, paragraph)])]))

    def _nearest(self, figure: Figure, paragraph: Paragraph | None) -> str:
        """Name the number of a paragraph that has the same value, or failing that the most similar wording."""

        def distance(token: Token) -> tuple[bool, float]:
            is_other = token.figure is None or token.figure.value != figure.value
            return is_other, -SequenceMatcher(None, figure.printed, token.printed).ratio()

        if paragraph is None or not paragraph.tokens:
            return self.say("no number") if paragraph else ""
        nearest = min(paragraph.tokens, key=distance)
        return self.say("nearest", nearest.printed, paragraph.around(nearest.start, nearest.end))
