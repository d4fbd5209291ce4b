"""What facts say of each other: ids that look alike, conflicts, which of them belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_facts.index.doubt import Doubt
from cs_facts.index.rows import look
from cs_facts.store.merge import labelled

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

RESOLVED = """
CREATE TABLE written (number INTEGER PRIMARY KEY, place INTEGER, other TEXT);
CREATE TABLE conflict_notes (written INTEGER, language TEXT, note TEXT);
CREATE TABLE conflicts (number INTEGER PRIMARY KEY, place INTEGER, other INTEGER, written INTEGER, mirrored INTEGER);
CREATE TABLE disputes (place INTEGER PRIMARY KEY, first INTEGER, others TEXT);
CREATE INDEX conflicts_by_place ON conflicts (place);
"""
"""Conflicts as written, and as they are: the other fact found, and each told to the other side too."""


EVERYWHERE = range(1 << 62)
"""The places of a store that is alone."""


def write_conflicts(connection: sqlite3.Connection, conflicts: Iterable[tuple[int, str, Mapping[str, str]]]) -> None:
    """Take down what facts contradict: a fact's place, the other's id, language → note."""
    for place, other, notes in conflicts:
        row = (place, other)
        number = connection.execute("INSERT INTO written (place, other) VALUES (?, ?)", row).lastrowid
        written = [(number, *note) for note in notes.items()]
        connection.executemany("INSERT INTO conflict_notes VALUES (?, ?, ?)", written)


def index_ids(connection: sqlite3.Connection, places: Iterable[range]) -> None:
    """Index the ids by their looks, and raise a doubt where two of a store, whose facts have some places, look alike.

    An index that is made of all at once takes a third of the time of one that grows fact by fact.
    """
    connection.execute(f"CREATE INDEX facts_by_look ON facts ({look('id')})")
    for store in places:
        # without the plus it would not go along the index
        twins = f"SELECT 1 FROM facts WHERE +place BETWEEN ? AND ? GROUP BY {look('id')} HAVING count(*) > 1"
        if connection.execute(twins, (store.start, store.stop - 1)).fetchone():
            raise Doubt


def clear(connection: sqlite3.Connection) -> None:
    """Undo what `resolve` and `mirror` do."""
    for table in ("conflicts", "disputes"):
        connection.execute(f"DELETE FROM {table}")


def resolve(connection: sqlite3.Connection, places: Iterable[range]) -> None:
    """Find the facts that facts say they contradict.

    Args:
        connection: to an index whose facts are all there and in no conflict yet.
        places: those of each store.

    Raises:
        Doubt: a conflict names no fact.

    """
    run = connection.execute
    for store in places:
        within = {"first": store.start, "last": store.stop - 1}
        run(
            "INSERT INTO conflicts (place, other, written, mirrored) SELECT w.place, f.place, w.number, 0 "
            f"FROM written w CROSS JOIN facts f ON {look('f.id')} = {look('w.other')} AND +f.id = w.other WHERE "
            "w.place BETWEEN :first AND :last AND f.place BETWEEN :first AND :last ORDER BY w.place, w.number",
            within,
        )
    if run("SELECT 1 FROM written WHERE number NOT IN (SELECT written FROM conflicts)").fetchone():
        raise Doubt


def tell_apart(connection: sqlite3.Connection, stores: Mapping[str, range]) -> None:
    """Qualify the ids that two stores share by the names of their stores; these → the places of their facts."""
    run = connection.execute
    run("CREATE TEMP TABLE shared AS SELECT id FROM facts GROUP BY id HAVING count(*) > 1")
    for label, places in stores.items():
        run(
            "UPDATE facts SET id = ? || id WHERE place BETWEEN ? AND ? AND id IN (SELECT id FROM shared)",
            (labelled(label, ""), places.start, places.stop - 1),
        )


def mirror(connection: sqlite3.Connection) -> None:
    """Tell each fact in conflict of the other side, whichever names it, and join those that belong together."""
    run = connection.execute
    run(
        "INSERT INTO conflicts (place, other, written, mirrored) "
        "SELECT other, place, written, 1 FROM conflicts c WHERE NOT EXISTS "
        "(SELECT 1 FROM conflicts d WHERE d.place = c.other AND d.other = c.place) ORDER BY number"
    )
    pairs: dict[int, list[int]] = {}
    for place, other in run("SELECT place, other FROM conflicts"):
        pairs.setdefault(place, []).append(other)
    connection.executemany(
        "INSERT INTO disputes SELECT :place, :first, group_concat(id, '; ') FROM (SELECT f.id FROM conflicts c "
        "JOIN facts f ON f.place = c.other WHERE c.place = :place ORDER BY c.number)",
        ({"place": place, "first": first} for place, first in sorted(_disputes(pairs).items())),
    )


def _disputes(pairs: Mapping[int, list[int]]) -> dict[int, int]:
    """Return, for each fact in conflict, the first fact that conflicts join it to, directly or not."""
    first: dict[int, int] = {}
    for start in sorted(pairs):
        joined = [] if start in first else [start]
        while joined:
            place = joined.pop()
            first[place] = start
            joined += [other for other in pairs[place] if other not in first]
    return first
