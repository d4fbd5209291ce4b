"""Folding, words and queries: any text is a query, and nothing of it is syntax that can fail."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import figures
import numerals
import periods
from harness import DATA, SHARED, lines, readable

from cs_facts.index import Index
from cs_facts.index.builder import build_from
from cs_facts.search.matcher import search
from cs_facts.store import bundled, load
from cs_facts.text import fold, has_han, words

if TYPE_CHECKING:
    from collections.abc import Iterator


WORDS = (
    *numerals.WORDS,
    *periods.WORDS,
    *(
        '"',
        "“",
        "”",
        "AND",
        "OR",
        "NOT",
        "NEAR(",
        "*",
        "^",
        "a-b",
        "C++",
        ":",
        "'",
        "，",
        "。",
        "…",
        "ﬀ",
        "ﷺ",
        "İ",
        "ß",
        "™",
    ),
    *("\u0301", "\u0316", "\u200d", "\u202e", "\x00", "members", "companies", "buildings", "红色", "hongse", "紅色"),
)
_MARKED = 5


def seeds() -> Iterator[bytes]:
    """Yield the texts of the bundled store, naughty strings, figures and periods."""
    for line in lines(DATA / "facts.yaml"):
        yield line.strip()[:100]
    yield from lines(SHARED / "corpora" / "blns" / "blns.txt")
    yield from figures.seeds()
    yield from periods.seeds()


@cache
def _index() -> Index:
    return Index(build_from(load([bundled()])))


def law(data: bytes) -> None:
    """Fold one text, take it apart, search for it and highlight what was found."""
    text = readable(data)
    folded = fold(text)
    assert has_han(text) in (True, False)
    for word in words(folded):
        assert word
        assert word in folded
    hits = search(_index(), text)
    found = list(hits.facts)
    assert len({fact.id for fact in found}) == len(found)
    highlights = hits.highlights(found[:_MARKED])
    for fact in found[:1]:
        for marked in (*fact.title.values(), *fact.text.values(), text):
            assert all(0 <= start < end <= len(marked) for start, end in highlights.spans(marked))
