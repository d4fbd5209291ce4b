"""What a search found in the texts of facts: in which language, and where."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from cs_facts.index.analyzer import PART, POINT, Analyzer, is_spaceless
from cs_facts.numbers.tokens import NUMBER, read_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cs_facts.model import Fact
    from cs_facts.search.terms import Term


class Highlights:
    """Says where the words of a query stand, and what they were read as.

    Attributes:
        languages: id of a fact that is drawn → the language whose title or text has most of the words, where one does.

    """

    def __init__(self, terms: Iterable[Term], facts: Iterable[Fact] = ()) -> None:
        terms = tuple(terms)
        self._words = Analyzer(traditional=False).words
        self._values = {term.number for term in terms} - {None}
        self._patterns = [[re.compile(pattern) for pattern in dict.fromkeys(_patterns(term))] for term in terms]
        self.languages = {fact.id: language for fact in facts if (language := self._language(fact))}

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where the words stand in a text, from the first character up to the one behind the last."""
        folded = "".join(map(self._alike, text))
        found = {match.span() for patterns in self._patterns for each in patterns for match in each.finditer(folded)}
        numbers = NUMBER.finditer(folded) if self._values else ()
        return sorted(found.union(number.span() for number in numbers if read_number(number[0]) in self._values))

    def _language(self, fact: Fact) -> str | None:
        counts = dict.fromkeys(fact.title, 0)
        for language in counts:
            said = [text[language] for text in (fact.title, fact.text) if language in text]
            texts = ["".join(map(self._alike, text)) for text in said]
            counts[language] = sum(any(each.search(text) for text in texts for each in way) for way in self._patterns)
        most = max(counts.values(), default=0)
        best = [language for language, count in counts.items() if count == most]
        return best[0] if most and len(best) == 1 else None

    def _alike(self, char: str) -> str:
        """Fold a character to one, so that places stay."""
        folded = self._words(char)
        return folded if len(folded) == 1 and folded < "\ue000" else char


def _patterns(term: Term) -> Iterator[str]:
    """Yield patterns of folded text for what a term may be found as."""
    for row in term.phrases:
        said = row.replace(PART, "").replace(POINT, ".")
        if said.strip() and not any("\ue000" <= char <= "\uf8ff" for char in said):
            yield _standing(said.split(), "")
    for begin in term.beginnings:
        yield _standing([begin], "[^\\W_]*")
    for part in term.parts:
        yield from _patterns(part)


def _standing(words: Sequence[str], behind: str) -> str:
    """Write a row of words as a pattern."""
    row = re.escape(words[0])
    for one, other in pairwise(words):
        row += (r"\W*" if is_spaceless(one[0]) or is_spaceless(other[0]) else r"[\W_]+") + re.escape(other)
    before = "" if is_spaceless(words[0][0]) else r"(?<![a-z0-9])"
    after = "" if is_spaceless(words[-1][0]) else behind or r"(?![a-z0-9])"
    return f"{before}{row}{after}"
