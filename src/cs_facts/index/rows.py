"""The rows of the index, and rows → facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cs_facts.columns import TEXTS
from cs_facts.lexicon import LOOKALIKES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cs_facts.model import Conflict, Fact

FIELDS = (
    *("id", "category", "kind", "figure", "value", "low", "high", "number", "form", "bound", "ordinal", "unit"),
    *("start", "end", "when", "source", "paragraph", "quote", "tags", "draft"),
)
"""The columns of a fact that are in no language."""

Row = tuple[Any, ...]
"""A fact: `FIELDS`, then `TEXTS` for each language."""

SEPARATOR = "; "
"""Between the items of a list; no tag and no id holds a semicolon."""


def look(id_: str) -> str:
    """Return the SQL of an id as it looks: the same for ids that are easily confused.

    By this the index looks up ids, so that one index of the database finds both an id and its twins.
    """
    for char, alike in LOOKALIKES.items():
        id_ = f"replace({id_}, '{char}', '{alike}')"
    return id_


CONFLICTS = "(SELECT others FROM disputes WHERE disputes.place = facts.place)"
"""The ids of the facts that a fact is in conflict with, in SQL; the row of a fact does not grow by them."""

HAS_ID = f"{look('facts.id')} = {look(':id')} AND facts.id IS :id"
"""The condition that a fact has an id; by `=` SQLite would take its own look of the id for that of the fact."""

BEGINS = (
    f"{look('facts.id')} >= {look(':begin')} AND {look('facts.id')} < {look(':begin')} || char(1114111) "
    "AND substr(facts.id, 1, length(:begin)) = :begin"
)
"""The condition that the id of a fact begins so."""


def decode(row: Sequence[Any], languages: Sequence[str], conflicts: tuple[Conflict, ...] = ()) -> Fact:
    """Make a fact of a row: `FIELDS`, then `TEXTS` for each language."""
    from decimal import Decimal

    from cs_facts.dates.edtf import parse_period
    from cs_facts.model import Fact, Figure

    id_, category, kind, printed, value, low, high, _, form, bound, _, unit, _, _, edtf, source, paragraph, *more = row[
        : len(FIELDS)
    ]
    quote, tags, draft = more
    texts = [row[place :: len(TEXTS)] for place in range(len(FIELDS), len(FIELDS) + len(TEXTS))]
    title, text, note = (
        {language: word for language, word in zip(languages, words, strict=True) if word is not None} for words in texts
    )
    return Fact(
        id_,
        category,
        title,
        text,
        source,
        kind=kind,
        figure=Figure(printed, *((Decimal(n) if n else None) for n in (value, low, high)), form, bound)
        if printed is not None
        else None,
        unit=unit,
        when=parse_period(edtf) if edtf is not None else None,
        paragraph=paragraph,
        quote=quote,
        draft=bool(draft),
        tags=tuple(tags.split(SEPARATOR)) if tags else (),
        conflicts=conflicts,
        note=note,
    )
