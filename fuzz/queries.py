"""Folding, words and queries: any text is a query, and nothing of it is syntax that can fail."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

import figures
import numerals
import periods
from harness import DATA, SHARED, lines, readable

from cs_facts.errors import NotFound
from cs_facts.query import search
from cs_facts.store import bundled, load
from cs_facts.text import fold, has_han, stem, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cs_facts.model import Store

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


def seeds() -> Iterator[bytes]:
    """Yield the texts of the bundled store, naughty strings, figures and periods."""
    for line in lines(DATA / "facts.yaml"):
        yield line.strip()[:100]
    yield from lines(SHARED / "corpora" / "blns" / "blns.txt")
    yield from figures.seeds()
    yield from periods.seeds()


@cache
def _store() -> Store:
    store = load([bundled()])
    return store.subset(store.facts[::20])


def law(data: bytes) -> None:
    """Fold one text, take it apart and search for it."""
    text = readable(data)
    folded = fold(text)
    assert has_han(text) in (True, False)
    for word in words(folded):
        assert word
        assert stem(word)
        assert word in folded
    store = _store()
    with suppress(NotFound):
        hits = search(store, store.facts, text)
        assert hits
        assert len({hit.fact.id for hit in hits}) == len(hits)
