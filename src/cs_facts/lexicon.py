"""The words of the format, for those who need no more of it than them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable

Form = Literal["number", "range", "ratio", "share", "change", "multiple", "rank", "vague"]
FORMS: tuple[Form, ...] = get_args(Form)

Bound = Literal["exact", "more_than", "at_least", "less_than", "at_most", "about", "top"]
BOUNDS: tuple[Bound, ...] = get_args(Bound)

Kind = Literal["figure", "ranking", "list", "event", "award", "measure", "statement", "state", "plan"]
KINDS: tuple[Kind, ...] = get_args(Kind)

# What a kind is called in English and in Chinese.
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

PLAIN = ""
"""The language tag of a text written as a plain string."""


LOOKALIKES = {"0": "o", "1": "l", "m": "rn", "w": "vv"}
"""What looks alike in ids, which are lower-case ASCII (Unicode UTS #39, confusables)."""


def reading_order(languages: Iterable[str]) -> tuple[str, ...]:
    """Put language tags in the order of columns: Chinese, English, then the others as they come."""
    return tuple(sorted(languages, key=lambda lang: {PLAIN: -1, "zh": 0, "en": 1}.get(lang, 2)))
