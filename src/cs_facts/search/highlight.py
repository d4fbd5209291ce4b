"""What a search found in the texts of facts: in which language, and where."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from cs_facts.search.ranking import row_of
from cs_facts.search.tokens import PARTS, Folding, is_break, is_spaceless

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cs_facts.model import Fact
    from cs_facts.search.terms import Term, Vocabulary


def marks_of(facts: Iterable[Fact], terms: tuple[Term, ...], vocabulary: Vocabulary) -> Marks:
    """Say what of some facts matches the words of a query."""
    languages = {fact.id: _language(fact, terms, vocabulary.folding) for fact in facts}
    return Marks({id_: language for id_, language in languages.items() if language}, terms, vocabulary)


class Marks:
    """What a search found in facts.

    Attributes:
        languages: fact id → the language whose title or text matches best, for those of which one does.

    """

    def __init__(self, languages: Mapping[str, str], terms: tuple[Term, ...], vocabulary: Vocabulary) -> None:
        self.languages = languages
        self._terms = terms
        self._folding = vocabulary.folding

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where the words stand in a text, from the first character up to the one behind the last."""
        folded = "".join(self._alike(char) for char in text)
        found = [match.span() for pattern in self._patterns for match in pattern.finditer(folded)]
        numbers = {term.number for term in self._terms} - {None}
        if numbers:
            from cs_facts.numbers.figures import find_numbers

            found += [(place.start, place.end) for place in find_numbers(text) if place.figure.value in numbers]
        return sorted(found)

    def _alike(self, char: str) -> str:
        """Fold a character to one, so that places stay."""
        folded = char.translate(self._folding).strip()
        return folded if len(folded) == 1 and not is_break(folded) else char

    @cached_property
    def _patterns(self) -> list[re.Pattern[str]]:
        return [
            re.compile(_standing(words, begins=term.begins and words[-1] in (*self._as_typed(term)[-1:], term.typed)))
            for term in self._terms
            for words in dict.fromkeys((self._as_typed(term), *term.phrases, *term.sounds))
            if words and not any(part in word for word in words for part in PARTS)
        ]

    def _as_typed(self, term: Term) -> tuple[str, ...]:
        return tuple("".join(map(self._alike, term.word)).split())


def _standing(words: Sequence[str], *, begins: bool) -> str:
    """Write a row of words as a pattern of a folded text; the last may be the beginning of one."""
    between = [r"\W*" if is_spaceless(one) or is_spaceless(other) else r"[\W_]+" for one, other in pairwise(words)]
    row = "".join(chain.from_iterable(zip(map(re.escape, words), (*between, ""), strict=True)))
    before = "" if is_spaceless(words[0]) else r"(?<![a-z0-9])"
    after = "" if is_spaceless(words[-1]) else r"[a-z]*" if begins else r"(?![a-z0-9])"
    return f"{before}{row}{after}"


def _language(fact: Fact, terms: Sequence[Term], folding: Folding) -> str | None:
    """Name the one language whose title or text matches best; None where they match alike, or not at all."""
    counts = {
        language: sum(max(map(term.weight, rows), default=0) for term in terms)
        for language in fact.title
        for rows in [[row_of(text[language], folding) for text in (fact.title, fact.text) if language in text]]
    }
    most = max(counts.values(), default=0)
    best = [language for language, count in counts.items() if count == most]
    if not most and any(term.sounds for term in terms):
        return "zh"  # what sounds so is Chinese
    return best[0] if most and len(best) == 1 else None
