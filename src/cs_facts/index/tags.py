"""Which tags there are, on how many facts, and which fact has each first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cs_facts.index.rows import FIELDS, SEPARATOR
from cs_facts.search.tokens import facet_token
from cs_facts.text import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    Placed = Iterable[tuple[int, Sequence[Any]]]
    """The places of facts, and the rows of the index that begin with `FIELDS`."""

_TAGS = FIELDS.index("tags")


def count_tags(connection: sqlite3.Connection, facts: Placed) -> None:
    """Count the tags of new facts."""
    connection.executemany(
        "INSERT INTO tags VALUES (?, ?, ?, ?) ON CONFLICT (tag) DO UPDATE SET facts = facts + excluded.facts, "
        "place = min(place, excluded.place), nth = iif(excluded.place < place, excluded.nth, nth)",
        _counted(facts),
    )


def discount_tags(connection: sqlite3.Connection, facts: Placed) -> None:
    """Count the tags of facts that are no more in the index, nor among its words, and find out who has each first."""
    run = connection.execute
    for tag, place, _, count in list(_counted(facts)):
        run("UPDATE tags SET facts = facts - ? WHERE tag = ?", (count, tag))
        run("DELETE FROM tags WHERE tag = ? AND facts <= 0", (tag,))
        if run("SELECT 1 FROM tags WHERE tag = ? AND place >= ?", (tag, place)).fetchone():
            run("UPDATE tags SET place = ?, nth = ? WHERE tag = ?", (*_first(connection, tag), tag))


def _first(connection: sqlite3.Connection, tag: str) -> tuple[int, int]:
    rows = connection.execute(
        "SELECT facts.place, facts.tags FROM words CROSS JOIN facts ON facts.place = words.rowid WHERE words MATCH ? "
        "ORDER BY words.rowid",
        (f'"{facet_token("tag", fold(tag))}"',),
    )
    return next((place, tags.index(tag)) for place, joined in rows if tag in (tags := joined.split(SEPARATOR)))


def _counted(facts: Placed) -> Iterator[tuple[str, int, int, int]]:
    """Yield each tag, the first fact that has it and the how many-eth it is of its tags, and how many have it."""
    rows: dict[str, list[int]] = {}
    for place, row in facts:
        if row[_TAGS]:
            rows.setdefault(row[_TAGS], [place, 0])[1] += 1
    found: dict[str, list[int]] = {}
    for tags, (place, count) in rows.items():
        for nth, tag in enumerate(tags.split(SEPARATOR)):
            found.setdefault(tag, [place, nth, 0])[2] += count
    return ((tag, place, nth, count) for tag, (place, nth, count) in found.items())
