"""The columns of a fact: their names, their order, and the values of those that take one of a list.

Kept apart from `model`, so that a query need not import the classes of facts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable

# The language tag of a text written as a plain string.
PLAIN = ""

Form = Literal["number", "range", "ratio", "share", "change", "multiple", "rank", "vague"]

Bound = Literal["exact", "more_than", "at_least", "less_than", "at_most", "about", "top"]

Kind = Literal["figure", "ranking", "list", "event", "award", "measure", "statement", "state", "plan"]
KINDS: tuple[Kind, ...] = get_args(Kind)

# Kind → its English and Chinese name.
KIND_NAMES: dict[Kind, tuple[str, str]] = {
    "figure": ("figure", "数字"),
    "ranking": ("ranking", "排名"),
    "event": ("event", "事件"),
    "award": ("award", "荣誉"),
    "measure": ("measure", "举措"),
    "list": ("list", "列举"),
    "statement": ("statement", "说法"),
    "state": ("state of affairs", "现状"),
    "plan": ("plan", "计划"),
}

# Columns that exist once for each language.
TEXTS = ("title", "text", "note")

# Columns that hold a number, and columns that hold a list.
NUMBERS = frozenset(("value", "low", "high", "paragraph"))
LISTS = frozenset(("tags", "conflicts"))

# Reference of a fact → the section of a store that defines it.
SECTIONS = {"category": "categories", "unit": "units", "source": "sources"}

# Separates the items of a list; neither tags nor ids may contain a semicolon.
SEPARATOR = "; "

# Columns computed from another column.
DERIVED = dict.fromkeys(("value", "low", "high", "form", "bound"), "figure") | dict.fromkeys(("start", "end"), "when")

_COLUMNS = (
    *("id", "category", "kind", "title", "text", "figure", "value", "low", "high", "unit", "form", "bound"),
    *("start", "end", "when", "source", "paragraph", "quote", "tags", "conflicts", "note", "draft"),
)


def fact_columns(languages: Iterable[str]) -> tuple[str, ...]:
    """Return the columns of a fact in order, with a column for each language of a text."""
    tags = tuple(languages)
    return tuple(column_name(name, tag) for name in _COLUMNS for tag in (tags if name in TEXTS else (PLAIN,)))


def column_name(name: str, language: str) -> str:
    """Name the column of a text in one language: title_zh, or title if the language is empty."""
    return f"{name}_{language}" if language else name


def reading_order(languages: Iterable[str]) -> tuple[str, ...]:
    """Sort language tags as columns: Chinese, English, then the others as they appear."""
    return tuple(sorted(languages, key=lambda lang: {PLAIN: -1, "zh": 0, "en": 1}.get(lang, 2)))
