"""Does a store say what its source says? The facts of a source held against its text, both ways.

Store → text: the figure and the quote of a fact stand in the paragraph that it cites, with their signs and limits.
Text → store: every figure and every date of a paragraph is covered by a fact that cites it, or stands under the
source's names. An occurrence of a figure is covered by one fact only: twins are told apart by quotes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from cs_facts.model import NOWHERE, Position, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cs_facts.model import Fact, Figure, Name, Source, Store
    from cs_facts.numbers.scanner import Token
    from cs_facts.texts.document import Document, Paragraph, Span

    # paragraph → the stretches of it that facts claim, with the ids of those facts
    Claims = Mapping[int, Sequence[tuple[Span, str]]]

# Figures from which on their places tell whether the text is another document.
_ENOUGH = 4

# Paragraphs named where a figure stands elsewhere.
_NAMED = 3

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

    """

    source: Source
    document: Document
    findings: tuple[Finding, ...]
    is_edition: bool | None

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
        message = f"{standing} of {total} figures of source {self.source.id!r} stand here where they are cited"
        return (Problem(Position(self.document.file, 1, 1), f"{message}: this looks like another document"),)


def audit(store: Store, source: Source, document: Document) -> Audit:
    """Hold the facts of one source against its text."""
    facts = [fact for fact in store.facts if fact.source == source.id]
    at = store.places.get(("source", source.id)) or next((fact.at for fact in facts if fact.at), NOWHERE)
    claims = claimed(facts, document)
    return Audit(
        source,
        document,
        (
            *(finding for fact in facts for finding in _of_fact(fact, claims, document)),
            *(_of_name(name, source, at, document) for name in source.names),
            *_of_text(facts, source, claims, document),
        ),
        None if source.sha256 is None else source.sha256 == document.sha256,
    )


def claimed(facts: Iterable[Fact], document: Document) -> Claims:
    """Give each fact the occurrence of its figure that its quote names, or else the first that nobody else has."""
    claims: dict[int, list[tuple[Span, str]]] = defaultdict(list)
    ordered = sorted((fact for fact in facts if fact.figure), key=lambda fact: fact.quote is None)
    for fact in ordered:
        paragraph = document.paragraph(fact.paragraph)
        if paragraph is None or fact.figure is None:
            continue
        taken = {span for span, _ in claims[paragraph.number]}
        spans = paragraph.standing(fact.figure.printed)
        quotes = [(0, len(paragraph.text))] if fact.quote is None else paragraph.find(fact.quote)
        within = (span for span in spans for start, end in quotes if start <= span[0] and span[1] <= end)
        if span := next((span for span in within if span not in taken), None):
            claims[paragraph.number].append((span, fact.id))
    return claims


def _of_fact(fact: Fact, claims: Claims, document: Document) -> Iterator[Finding]:
    """Yield what was found of a fact's figure and quote, or of the place that it cites."""
    at, ids, paragraph = fact.at or NOWHERE, (fact.id,), document.paragraph(fact.paragraph)
    if fact.figure:
        stands = any(fact.id == id_ for _, id_ in claims.get(fact.paragraph or 0, ()))
        fault = "" if stands else _misplaced(fact.figure, fact.paragraph, document)
        message = fault and f"fact {fact.id!r}: figure {fact.figure.printed!r} {fault}"
        yield Finding("figure", fact.figure.printed, at, fact.paragraph, ids, message=message)
    if fact.quote:
        times = len(paragraph.find(fact.quote)) if paragraph else 0
        fault = {0: "does not stand", 1: ""}.get(times, f"occurs {times} times")
        message = fault and f"fact {fact.id!r}: quote {fact.quote!r} {fault} in paragraph {fact.paragraph}"
        yield Finding("quote", fact.quote, at, fact.paragraph, ids, message=message)
    elif not fact.figure and fact.paragraph and paragraph is None:
        message = f"fact {fact.id!r} cites {_absent(fact.paragraph, document)}"
        yield Finding("place", "", at, fact.paragraph, ids, message=message)


def _of_name(name: Name, source: Source, at: Position, document: Document) -> Finding:
    if name.paragraph is None:
        stands, where = any(name.printed in paragraph.text for paragraph in document.paragraphs), "the text"
    else:
        paragraph, where = document.paragraph(name.paragraph), f"paragraph {name.paragraph}"
        stands = paragraph is not None and name.printed in paragraph.text
    message = "" if stands else f"source {source.id!r}: name {name.printed!r} does not stand in {where}"
    return Finding("name", name.printed, at, name.paragraph, message=message)


def _misplaced(figure: Figure, number: int | None, document: Document) -> str:
    """Say that a figure does not stand where it should, and where it does or what stands there instead."""
    printed, paragraph = figure.printed, document.paragraph(number)
    if number is None:
        where = "cites no paragraph"
    elif paragraph is None:
        where = f"cites {_absent(number, document)}"
    elif taken := paragraph.standing(printed):
        times = "once" if len(taken) == 1 else f"{len(taken)} times"
        return (
            f"stands {times} in paragraph {number} (line {paragraph.line}), where its quote or another fact leaves none"
        )
    else:
        where = f"does not stand in paragraph {number} (line {paragraph.line})"
    hints = [_longer(printed, paragraph), _elsewhere(printed, document)]
    return "; ".join(filter(None, [where, *(hints if any(hints) else [_nearest(figure, paragraph)])]))


def _absent(number: int, document: Document) -> str:
    return f"paragraph {number}, but the text has {len(document.paragraphs)}"


def _longer(printed: str, paragraph: Paragraph | None) -> str:
    crossing = (paragraph.crossing(*span) for span in paragraph.find(printed)) if paragraph else ()
    longer = next(filter(None, crossing), None)
    return f"there it is part of {longer.printed!r}" if longer else ""


def _elsewhere(printed: str, document: Document) -> str:
    found = [f"{paragraph.number} (line {paragraph.line})" for paragraph in _paragraphs_with(printed, document)]
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return f"it stands in paragraph {', '.join(found[:_NAMED])}{more}" if found else ""


def _paragraphs_with(printed: str, document: Document) -> list[Paragraph]:
    return [paragraph for paragraph in document.paragraphs if paragraph.standing(printed)]


def _nearest(figure: Figure, paragraph: Paragraph | None) -> str:
    """Name the number of a paragraph that has the same value, or failing that the most similar wording."""
    if paragraph is None:
        return ""
    if not paragraph.tokens:
        return "no number stands there"

    def distance(token: Token) -> tuple[bool, float]:
        value = token.figure.value if token.figure else None
        return value != figure.value, -SequenceMatcher(None, figure.printed, token.printed).ratio()

    nearest = min(paragraph.tokens, key=distance)
    return f"the nearest number there is {nearest.printed!r}: {paragraph.around(nearest.start, nearest.end)}"


def _of_text(facts: Sequence[Fact], source: Source, claims: Claims, document: Document) -> Iterator[Finding]:
    """Yield every number of the text with the facts that cover it."""
    citing: dict[int | None, list[Fact]] = defaultdict(list)
    for fact in facts:
        citing[fact.paragraph].append(fact)
    for paragraph in document.paragraphs:
        covering: dict[Token, list[str]] = defaultdict(list)
        for span, id_ in claims.get(paragraph.number, ()):
            for token in paragraph.touching(*span):
                covering[token].append(id_)
        names = [name.printed for name in source.names if name.paragraph in (None, paragraph.number)]
        named = [span for printed in dict.fromkeys(names) for span in paragraph.find(printed)]
        for token in paragraph.tokens:
            ids = covering.get(token) or [*_dated(token, citing[paragraph.number], source)]
            by_name = not ids and any(start <= token.core[0] and token.core[1] <= end for start, end in named)
            by_source = _is_publication(token, source)
            yield _of_token(token, paragraph, tuple(ids), named=by_name, covered=by_source)


def _dated(token: Token, facts: Iterable[Fact], source: Source) -> Iterator[str]:
    """Yield the ids of the facts whose period is the date that a token prints."""
    if date := token.date:
        yield from (fact.id for fact in facts if fact.when and date.covered_by(fact.when, source.published))


def _is_publication(token: Token, source: Source) -> bool:
    """Tell whether a token prints the day on which its source was published."""
    is_day = token.date is not None and len(token.date.first) == len("2022-12-18")
    return bool(is_day and token.date and source.published and token.date.covered_by(source.published))


def _of_token(token: Token, paragraph: Paragraph, ids: tuple[str, ...], *, named: bool, covered: bool) -> Finding:
    at, kind = paragraph.at(token.start), token.kind
    if kind in ("label", "idiom"):
        return Finding(kind, token.printed, at, paragraph.number, ids, named)
    message = ""
    if not (ids or named or covered):
        around = paragraph.around(token.start, token.end)
        message = f"no fact or name covers {token.printed!r} in paragraph {paragraph.number}: {around}"
    return Finding("number", token.printed, at, paragraph.number, ids, named, message)
