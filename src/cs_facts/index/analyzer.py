"""Texts → the words by which a search finds them: the same for facts and for queries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cs_facts.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cs_facts.model import Catalogue, Fact

# The columns of the full-text table.
COLUMNS = ("title", "tags", "text", "numbers", "names")

# Words are folded before they are written; the tokenizer only parts them at spaces.
TOKENIZER = "unicode61 remove_diacritics 0 categories 'L* N* Co' tokenchars '.-'"

_WORD = re.compile(
    r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|[^\W\d_\u3400-\u9fff\uf900-\ufaff]+|\d+(?:\.\d+)?"
)


class Analyzer:
    """Takes facts and queries apart into words."""

    def words(self, text: str) -> list[str]:
        """Return the words of a text; a Chinese character is one.

        >>> Analyzer().words("党员 50.66万, Café")
        ['党', '员', '50.66', '万', 'cafe']
        """
        return _WORD.findall(re.sub(r"(?<=\d),(?=\d{3})", "", fold(text)))

    def document(self, fact: Fact, catalogue: Catalogue) -> tuple[str, ...]:
        """Return the words of a fact, those of each of `COLUMNS` divided by spaces."""
        figure = fact.figure
        names = [catalogue.categories.get(fact.category, {}), catalogue.units.get(fact.unit or "", {})]
        if fact.source in catalogue.sources:
            names.append(catalogue.sources[fact.source].title)
        return (
            self._row([fact.id.replace("-", " "), *fact.title.values()]),
            self._row(fact.tags),
            self._row([*fact.text.values(), figure.printed if figure else "", *fact.note.values()]),
            f"{figure.value:f}" if figure and figure.value is not None else "",
            self._row([fact.kind or "", *(name for text in names for name in text.values())]),
        )

    def _row(self, texts: Iterable[str]) -> str:
        return " ".join(word for text in texts for word in self.words(text))
