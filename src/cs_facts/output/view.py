"""How a reader sees facts: each value of a fact in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from rich.text import Text

from cs_facts.columns import TEXTS
from cs_facts.output.labels import DRAFT, WORD_NAMES
from cs_facts.output.layout import FOUND
from cs_facts.output.rows import cell_of, flat
from cs_facts.output.values import number, period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cs_facts.model import Catalogue, Fact
    from cs_facts.output.labels import Language

    class Highlight(Protocol):
        """What a search found in facts."""

        @property
        def languages(self) -> Mapping[str, str]:
            """Fact id → the language whose title or text matches best."""

        def spans(self, text: str) -> Sequence[tuple[int, int]]:
            """Return where the words stand in a text."""


@dataclass(frozen=True, slots=True)
class View:
    """How a reader sees facts.

    Attributes:
        store: where they come from.
        language: what the reader reads.
        highlight: what a search found; its language is shown where none is asked for.
        full: of what a search found, how many facts, the first, match whole; the others come near.
        sort: the column by which they are sorted; by a first or last day they are grouped by year.

    """

    store: Catalogue
    language: Language
    highlight: Highlight | None = None
    full: int | None = None
    sort: str = ""

    def text(self, fact: Fact, name: str) -> Text:
        """Return a text of a fact in the reader's language, what a search found highlighted."""
        matched = self.highlight.languages.get(fact.id) if self.highlight else None
        text = Text(self.language.text(getattr(fact, name), matched))
        for start, end in self.highlight.spans(text.plain) if self.highlight else ():
            text.stylize(FOUND, start, end)
        if fact.draft and name == "title":
            text.append(f" {self.language.word(DRAFT)}")
        return text

    def value(self, fact: Fact, name: str) -> str | Text:
        """Return what a column holds of a fact, as people read it."""
        if name in TEXTS:
            return self.text(fact, name)
        if name == "figure":
            mark = " *" if fact.id in self.store.conflicts else ""
            return f"{fact.figure.printed}{mark}" if fact.figure else ""
        if name == "value":
            return number(fact.figure, self.language) if fact.figure else ""
        if name == "when":
            return period(fact.when, self.language)
        if name == "category":
            return self.language.text(self.store.categories[fact.category])
        if name == "unit":
            return self.language.text(self.store.units[fact.unit]) if fact.unit else ""
        cell = flat(cell_of(self.store, fact, name))
        words = WORD_NAMES.get(name, {})
        return self.language.words(words[cell]) if cell in words else cell
