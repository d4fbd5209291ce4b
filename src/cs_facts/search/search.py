"""Words → the facts that match all of them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from cs_facts.errors import NotFound
from cs_facts.index.analyzer import Analyzer
from cs_facts.index.selection import Facts, Part

if TYPE_CHECKING:
    from cs_facts.index import Index
    from cs_facts.index.selection import Filters

_WEIGHTS = (10.0, 4.0, 1.0, 4.0, 1.0)


class Hits(NamedTuple):
    """What a search found, best first."""

    facts: Facts
    remark: str = ""
    marks: None = None


def search(index: Index, filters: Filters, query: str, *, exact: bool = False) -> Hits:
    """Return the facts that match every word of a query, best first, ties in store order.

    Raises:
        NotFound: nothing matches.

    """
    del exact
    index.select(filters)
    expression = _expression(query)
    found = index.scores(expression, _WEIGHTS, filters) if expression else []
    if not found:
        raise NotFound("nothing matches; facts categories shows what there is")
    return Hits(Facts(index, (Part(places=tuple(place for place, _ in found)),)))


def _expression(query: str) -> str:
    words = Analyzer().words(query)
    parts: list[str] = []
    for is_latin, row in groupby(words, key=lambda word: word[0].isascii()):
        parts += [f'"{word}"{"*" * word.isalpha()}' for word in row] if is_latin else [f'"{" ".join(row)}"']
    return " AND ".join(parts)
