"""The columns of a fact: their names and their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_facts.lexicon import PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Protocol

    class _InLanguages(Protocol):
        """A store, of which only the languages are asked."""

        @property
        def languages(self) -> tuple[str, ...]:
            """Language tags."""


TEXTS = ("title", "text", "note")
"""What stands once for each language."""

NUMBERS = frozenset(("value", "low", "high", "paragraph"))
LISTS = frozenset(("tags", "conflicts"))
"""The columns that hold a number, and those that hold several texts."""

_COLUMNS = (
    *("id", "category", "kind", "title", "text", "figure", "value", "low", "high", "unit", "form", "bound"),
    *("start", "end", "when", "source", "paragraph", "quote", "tags", "conflicts", "note", "draft"),
)


def fact_columns(store: _InLanguages, languages: Iterable[str] | None = None) -> tuple[str, ...]:
    """Return the columns of a fact in their order, those of texts once for each language.

    Args:
        store: its languages are taken where none are given.
        languages: language tags.

    """
    tags = tuple(languages) if languages is not None else store.languages
    return tuple(column_name(name, tag) for name in _COLUMNS for tag in (tags if name in TEXTS else (PLAIN,)))


def column_name(name: str, language: str) -> str:
    """Name the column of a text in a language.

    >>> column_name("title", "zh"), column_name("title", "")
    ('title_zh', 'title')
    """
    return f"{name}_{language}" if language else name
