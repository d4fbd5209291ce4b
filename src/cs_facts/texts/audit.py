"""Does a store say what its source says? The facts of a source held against its text, both ways.

Store → text: the figure and the quote of a fact stand in the paragraph that it cites, with their signs and limits.
Text → store: every figure and every date of a paragraph is covered by a fact that cites it, or stands under the
source's names. An occurrence of a figure is covered by one fact only: twins are told apart by quotes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from cs_facts.model import NOWHERE, Position, Problem
from cs_facts.text import occurrences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from cs_facts.model import Fact, Figure, Name, Period, Source, Store
    from cs_facts.numbers.scanner import Token
    from cs_facts.texts.document import Document, Paragraph, Span

    # paragraph → the stretches of it that facts claim, with the ids of those facts
    Claims = Mapping[int, Sequence[tuple[Span, str]]]

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
    "name": ("source {0!r}: name {1!r} does not stand in {2}", "来源 {0!r}：{2}没有名称 {1!r}"),
    "the text": ("the text", "原文"),
    "paragraph": ("paragraph {0}", "第 {0} 段"),
    "at": ("{0} (line {1})", "{0} 段（第 {1} 行）"),
    "missing": ("does not stand", "没有"),
    "often": ("occurs {0} times", "出现 {0} 次"),
    "uncited": ("cites no paragraph", "没有注明段落"),
    "absent": ("cites paragraph {0}, but the text has {1}", "注明第 {0} 段，而原文只有 {1} 段"),
    "once": ("once", "1 次"),
    "times": ("{0} times", "{0} 次"),
    "taken": (
        "stands {0} in paragraph {1} (line {2}), where its quote or another fact leaves none",
        "在第 {1} 段（第 {2} 行）出现 {0}，但不在其引文里，或已归别的条目",
    ),
    "not there": ("does not stand in paragraph {0} (line {1})", "不在第 {0} 段（第 {1} 行）"),
    "longer": ("there it is part of {0!r}", "那里是 {0!r} 的一部分"),
    "elsewhere": ("it stands in paragraph {0}", "出现在第 {0}"),
    "more": (" and {0} more", "，另有 {0} 段"),
    "no number": ("no number stands there", "那里没有数字"),
    "nearest": ("the nearest number there is {0!r}: {1}", "那里最接近的数字是 {0!r}：{1}"),
    "open": ("no fact or name covers {0!r} in paragraph {1}: {2}", "第 {1} 段的 {0!r} 没有条目或名称：{2}"),
    "mend": (
        '; give a fact that `when`, or the source the name - {{paragraph: {1}, printed: "{0}"}}',
        '；给条目加上 `when`，或给来源加上名称 - {{paragraph: {1}, printed: "{0}"}}',
    ),
}

Kind = Literal["figure", "quote", "place", "name", "number", "label", "idiom"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the audit looked at, and what is wrong with it.

    Attributes:
        kind: a ``figure`` or a ``quote`` of a fact, the ``place`` that a fact without either cites, a ``name`` of the
            source; a ``number`` of the text (a figure or a date), a ``label`` or an ``idiom``, which count nothing.
        printed: its wording, empty for a place.
        at: where it is written: what the text has there, the others in the store.
        paragraph: the paragraph cited, or that of the number.
        facts: the ids of the facts that it belongs to or that cover it.
        named: whether a name of the source covers it.
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

    Attributes:
        findings: figures, quotes, places and names of the source in store order, then what the text has, in its order.
        is_edition: whether the text is the one whose SHA-256 the source gives; None when it gives none.
        language: of the messages, ``en`` or ``zh``.

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
        return sum(bool(_paragraphs_with(printed, self.document)) for printed in figures) * 2 < total

    @property
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
    facts = [fact for fact in store.facts if fact.source == source.id]
    at = store.places.get(("source", source.id)) or next((fact.at for fact in facts if fact.at), NOWHERE)
    auditor = _Auditor(source, document, claimed(facts, document), language)
    findings = (
        *(finding for fact in facts for finding in auditor.of_fact(fact)),
        *(auditor.of_name(name, at) for name in source.names),
        *auditor.of_text(facts),
    )
    is_edition = None if source.sha256 is None else source.sha256 == document.sha256
    return Audit(source, document, findings, is_edition, language)


def claimed(facts: Iterable[Fact], document: Document) -> Claims:
    """Give each fact the occurrence of its figure that its quote names, or else the first that nobody else has."""
    claims: dict[int, list[tuple[Span, str]]] = defaultdict(list)
    taken: set[tuple[int, Span]] = set()
    unquoted: dict[tuple[int, str], Iterator[Span]] = {}
    for fact in sorted((fact for fact in facts if fact.figure), key=lambda fact: fact.quote is None):
        paragraph = document.paragraph(fact.paragraph)
        if paragraph is None or fact.figure is None:
            continue
        number, printed = paragraph.number, fact.figure.printed
        if fact.quote is None:  # the facts of one figure go on where the last one stopped
            spans = unquoted.setdefault((number, printed), iter(paragraph.standing(printed)))
        else:
            spans = (
                (start + offset, start + offset + len(printed))
                for start, _ in paragraph.find(fact.quote)
                for offset in occurrences(fact.quote, printed)
                if not paragraph.crossing(start + offset, start + offset + len(printed))
            )
        if span := next((span for span in spans if (number, span) not in taken), None):
            taken.add((number, span))
            claims[number].append((span, fact.id))
    return claims


@dataclass(frozen=True)
class _Auditor:
    """Looks at facts, names and numbers, and says what is wrong with them in a language."""

    source: Source
    document: Document
    claims: Claims
    language: str

    def of_fact(self, fact: Fact) -> Iterator[Finding]:
        """Yield what was found of a fact's figure and quote, or of the place that it cites."""
        at, ids, paragraph = fact.at or NOWHERE, (fact.id,), self.document.paragraph(fact.paragraph)
        if fact.figure:
            printed = fact.figure.printed
            fault = "" if fact.id in self._standing else self._misplaced(fact.figure, fact.paragraph)
            message = fault and self._say("figure", fact.id, printed, fault)
            yield Finding("figure", printed, at, fact.paragraph, ids, message=message)
        if fact.quote:
            times = len(paragraph.find(fact.quote)) if paragraph else 0
            fault = self._say("often", times) if times else self._say("missing")
            message = "" if times == 1 else self._say("quote", fact.id, fact.quote, fault, fact.paragraph)
            yield Finding("quote", fact.quote, at, fact.paragraph, ids, message=message)
        elif not fact.figure and fact.paragraph and paragraph is None:
            message = self._say("place", fact.id, self._absent(fact.paragraph))
            yield Finding("place", "", at, fact.paragraph, ids, message=message)

    def of_name(self, name: Name, at: Position) -> Finding:
        """Say whether a name of the source stands where it should."""
        looked = self.document.paragraphs
        if name.paragraph is not None:
            looked = tuple(filter(None, [self.document.paragraph(name.paragraph)]))
        where = self._say("the text") if name.paragraph is None else self._say("paragraph", name.paragraph)
        stands = any(name.printed in paragraph.text for paragraph in looked)
        message = "" if stands else self._say("name", self.source.id, name.printed, where)
        return Finding("name", name.printed, at, name.paragraph, message=message)

    def of_text(self, facts: Sequence[Fact]) -> Iterator[Finding]:
        """Yield every number of the text with the facts that cover it."""
        periods: dict[int | None, dict[Period, list[str]]] = defaultdict(lambda: defaultdict(list))
        for fact in facts:
            if fact.when:
                periods[fact.paragraph][fact.when].append(fact.id)
        for paragraph in self.document.paragraphs:
            covering: dict[Token, list[str]] = defaultdict(list)
            for span, id_ in self.claims.get(paragraph.number, ()):
                for token in paragraph.touching(*span):
                    covering[token].append(id_)
            is_named = self._names(paragraph)
            for token in paragraph.tokens:
                ids = covering.get(token) or self._dated(token, periods[paragraph.number])
                yield self._of_token(token, paragraph, tuple(ids), named=not ids and is_named(token))

    def _say(self, what: str, *values: object) -> str:
        return _said(self.language, what, *values)

    @cached_property
    def _standing(self) -> frozenset[str]:
        return frozenset(id_ for claims in self.claims.values() for _, id_ in claims)

    def _absent(self, number: int) -> str:
        return self._say("absent", number, len(self.document.paragraphs))

    def _misplaced(self, figure: Figure, number: int | None) -> str:
        """Say that a figure does not stand where it should, and where it does or what stands there instead."""
        printed, paragraph = figure.printed, self.document.paragraph(number)
        if number is None:
            where = self._say("uncited")
        elif paragraph is None:
            where = self._absent(number)
        elif taken := paragraph.standing(printed):
            times = self._say("once") if len(taken) == 1 else self._say("times", len(taken))
            return self._say("taken", times, number, paragraph.line)
        else:
            where = self._say("not there", number, paragraph.line)
        crossing = (paragraph.crossing(*span) for span in paragraph.find(printed)) if paragraph else ()
        longer = next(filter(None, crossing), None)
        hints = [self._say("longer", longer.printed) if longer else "", self._elsewhere(printed)]
        joint = "；" if self.language == "zh" else "; "
        return joint.join(filter(None, [where, *(hints if any(hints) else [self._nearest(figure, paragraph)])]))

    def _elsewhere(self, printed: str) -> str:
        found = [self._say("at", each.number, each.line) for each in _paragraphs_with(printed, self.document)]
        more = self._say("more", len(found) - _NAMED) if len(found) > _NAMED else ""
        return self._say("elsewhere", ", ".join(found[:_NAMED]) + more) if found else ""

    def _nearest(self, figure: Figure, paragraph: Paragraph | None) -> str:
        """Name the number of a paragraph that has the same value, or failing that the most similar wording."""
        if paragraph is None:
            return ""
        if not paragraph.tokens:
            return self._say("no number")

        def distance(token: Token) -> tuple[bool, float]:
            value = token.figure.value if token.figure else None
            return value != figure.value, -SequenceMatcher(None, figure.printed, token.printed).ratio()

        nearest = min(paragraph.tokens, key=distance)
        return self._say("nearest", nearest.printed, paragraph.around(nearest.start, nearest.end))

    def _names(self, paragraph: Paragraph) -> Callable[[Token], bool]:
        """Return what tells whether a name of the source covers a number of a paragraph."""
        names = [name.printed for name in self.source.names if name.paragraph in (None, paragraph.number)]
        named = sorted(span for printed in dict.fromkeys(names) for span in paragraph.find(printed))
        starts, furthest = [start for start, _ in named], [*accumulate((end for _, end in named), max)]

        def is_named(token: Token) -> bool:
            before = bisect_right(starts, token.core[0])
            return before > 0 and furthest[before - 1] >= token.core[1]

        return is_named

    def _dated(self, token: Token, periods: Mapping[Period, Sequence[str]]) -> list[str]:
        """Return the ids of the facts whose period is the date that a token prints."""
        date, published = token.date, self.source.published
        return [id_ for when, ids in periods.items() if date and date.covered_by(when, published) for id_ in ids]

    def _of_token(self, token: Token, paragraph: Paragraph, ids: tuple[str, ...], *, named: bool) -> Finding:
        at, kind = paragraph.at(token.start), token.kind
        if kind in ("label", "idiom"):
            return Finding(kind, token.printed, at, paragraph.number, ids, named)
        message = ""
        if not (ids or named or self._is_publication(token)):
            around = paragraph.around(token.start, token.end)
            message = self._say("open", token.printed, paragraph.number, around)
            message += self._say("mend", token.printed, paragraph.number) if token.date else ""
        return Finding("number", token.printed, at, paragraph.number, ids, named, message)

    def _is_publication(self, token: Token) -> bool:
        """Tell whether a token prints the day on which its source was published."""
        published = self.source.published
        is_day = token.date is not None and len(token.date.first) == len("2022-12-18")
        return bool(is_day and token.date and published and token.date.covered_by(published))


def _paragraphs_with(printed: str, document: Document) -> list[Paragraph]:
    return [paragraph for paragraph in document.paragraphs if paragraph.standing(printed)]
