"""An index of a folder, some of whose files have changed, → that of the folder as it is: only those files are read.

What comes out is what a compilation of the whole folder gives, but for the places of facts, between which there may be
gaps. Where anything else than facts has changed, or too much, and where a doubt is raised, a compilation is left to do.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cs_facts.index.building import GAP, references_to
from cs_facts.index.doubt import Doubt
from cs_facts.index.encoding import Batch, Encoder, languages_of
from cs_facts.index.pieces import facts_of, head_of, pieces_of
from cs_facts.index.reading import Index
from cs_facts.index.resolving import EVERYWHERE, clear, mirror, resolve, write_conflicts
from cs_facts.index.rows import FIELDS, look
from cs_facts.index.summary import Summary
from cs_facts.index.tags import discount_tags
from cs_facts.index.writing import insert, insert_facts, places_of, sum_up, write_sounds
from cs_facts.search.tokens import COLUMNS, standing

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cs_facts.index.rows import Row
    from cs_facts.model import Fact

_ID = FIELDS.index("id")

_MOST = 32 << 20
"""Bytes of files that are read here; with more, a compilation by several processes is as quick."""


@dataclass(frozen=True, slots=True)
class Change:
    """A file that has changed, come or gone since an index was made.

    Attributes:
        file: the file, None where it is gone.
        before: how many of the index's files stand before it.
        known: whether it is one of those.

    """

    file: Path | None
    before: int
    known: bool


def changes(before: str, after: str, files: Sequence[Path]) -> list[Change]:
    """Tell which files have changed between two states (`cs_facts.index.trust.fingerprint`).

    Args:
        before: the state of the index.
        after: that of the files.
        files: of the second state.

    Raises:
        Doubt: not only files have changed.

    """
    (made, *old), (now, *new) = before.split("\n"), after.split("\n")
    if made != now:
        raise Doubt
    places = {_name(line): place for place, line in enumerate(old)}
    found: list[Change] = []
    come = 0
    for file, line in zip(files, new, strict=True):
        place = places.pop(_name(line), None)
        if place is None:
            found.append(Change(file, come, known=False))
            continue
        if old[place] != line:
            found.append(Change(file, place, known=True))
        come = place + 1
    return found + [Change(None, place, known=True) for place in places.values()]


def _name(line: str) -> str:
    return line.split(" ", 5)[-1]


def update(connection: sqlite3.Connection, changes: Sequence[Change]) -> None:
    """Bring an index up to date within the transaction that is open.

    Raises:
        Doubt: there may be a fault, or more has changed than facts, or too much.

    """
    if sum(change.file.stat().st_size for change in changes if change.file) > _MOST:
        raise Doubt
    numbers = [number for (number,) in connection.execute("SELECT number FROM files ORDER BY number")]
    if not numbers:  # the index was made of a store read in one
        raise Doubt
    work = _Update(connection)
    for change, number in zip(changes, _numbers(changes, numbers), strict=True):
        head, offset = head_of(change.file) if change.file else (b"", 0)
        _check_head(connection, number, head)
        pieces = pieces_of(change.file, offset) if change.file else ()
        summary = work.replace(number, [fact for piece in pieces for fact in facts_of(piece)])
        connection.execute("DELETE FROM files WHERE number = ?", (number,))
        if change.file:
            insert(connection, "files", [(number, head, summary.to_json())])
    work.finish()


def _numbers(changes: Iterable[Change], numbers: Sequence[int]) -> Iterator[int]:
    """Yield the number of each file, for a new one one between those of its neighbours."""
    new = {0: 0}
    for change in changes:
        before = change.before
        if change.known:
            yield numbers[before]
            continue
        low = new.get(before, numbers[before - 1] if before else 0)
        high = numbers[before] if before < len(numbers) else low + 2 * GAP
        new[before] = (low + high) // 2
        if new[before] == low:
            raise Doubt
        yield new[before]


def _check_head(connection: sqlite3.Connection, number: int, after: bytes) -> None:
    """Doubt a file that defines something else than before its facts; one that comes or goes may define nothing."""
    row = connection.execute("SELECT head FROM files WHERE number = ?", (number,)).fetchone()
    before = bytes(row[0]) if row else b""
    if before != after and any(map(_defines, filter(None, (before, after)))):
        raise Doubt


def _defines(head: bytes) -> bool:
    return bool(head)


class _Update:
    """Facts in the place of others.

    Args:
        connection: to the index.

    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._index = Index(connection)
        self._columns = self._index.column_numbers
        self._gone, self._come = Batch([]), Batch([])
        self._touched: set[int] = set()
        self._new: list[int] = []
        self._contradicts = False

    def replace(self, number: int, facts: Sequence[Fact]) -> Summary:
        """Put facts in the place of those that the index has of a file, and return what they come to."""
        block = places_of(number)
        made = self._encoder().rows(facts, self._columns)
        if len(made.languages) > len(self._columns):
            raise Doubt
        rows = self._rows(block)
        now = _places({row[_ID]: place for place, row in rows.items()}, [fact.id for fact in facts], block)
        come = [at for at, place in enumerate(now) if rows.get(place) != made.facts[at]]
        stay = set(now).difference(now[at] for at in come)
        removed = [(place, row) for place, row in rows.items() if place not in stay]
        self._remove(removed)
        added = Batch(made.languages, [made.facts[at] for at in come])
        self._encoder().words(added)
        insert_facts(self._connection, [now[at] for at in come], added, self._columns)
        discount_tags(self._connection, removed)
        self._come.vocabulary |= added.vocabulary
        self._come.pairs |= added.pairs
        self._touched.update(place for place, _ in removed)
        self._new += [now[at] for at in come]
        self._contradict(block, [(now[at], other, note) for at, other, note in made.conflicts])
        summary = Summary()
        summary.add(made.facts, now, languages_of(facts))
        return summary

    def _encoder(self) -> Encoder:
        """Return an encoder that has told of no word: of what comes and of what goes all must be known."""
        return Encoder(folding=self._index.folding)

    def _rows(self, block: range) -> dict[int, Row]:
        """Return place → row for each fact of a file, as `Encoder.rows` makes it."""
        columns = ", ".join(("place", *self._index.stored_columns))
        sql = f"SELECT {columns} FROM facts WHERE place BETWEEN ? AND ? ORDER BY place"
        return {place: tuple(row) for place, *row in self._connection.execute(sql, (block.start, block.stop - 1))}

    def _remove(self, facts: Sequence[tuple[int, Row]]) -> None:
        gone = Batch(list(self._columns), [row for _, row in facts])
        self._encoder().words(gone)
        self._connection.executemany(
            "INSERT INTO words (words, rowid, row) VALUES ('delete', ?, ?)",
            ((place, row) for (place, _), row in zip(facts, gone.words, strict=True)),
        )
        self._connection.executemany("DELETE FROM facts WHERE place = ?", ((place,) for place, _ in facts))
        self._gone.vocabulary |= gone.vocabulary
        self._gone.pairs |= gone.pairs

    def _contradict(self, block: range, conflicts: list[tuple[int, str, dict[str, str]]]) -> None:
        """Take down what the facts of a file contradict, where it is something else than before."""
        run = self._connection.execute
        written = run(
            "SELECT number, place, other FROM written WHERE place BETWEEN ? AND ? ORDER BY place, number",
            (block.start, block.stop - 1),
        ).fetchall()
        notes = "SELECT language, note FROM conflict_notes WHERE written = ? ORDER BY rowid"
        before = [(place, other, run(notes, (number,)).fetchall()) for number, place, other in written]
        if before != [(place, other, list(note.items())) for place, other, note in conflicts]:
            for number, *_ in written:
                run("DELETE FROM written WHERE number = ?", (number,))
                run("DELETE FROM conflict_notes WHERE written = ?", (number,))
            write_conflicts(self._connection, conflicts)
            self._contradicts = True

    def finish(self) -> None:
        """Bring up to date what facts come to together.

        Raises:
            Doubt: two ids look alike, a name is not defined, or the languages stand in another order.

        """
        run = self._connection.execute
        twins = f"SELECT count(*) FROM facts WHERE {look('id')} = (SELECT {look('id')} FROM facts WHERE place = ?)"
        if any(run(twins, (place,)).fetchone() != (1,) for place in self._new):
            raise Doubt
        self._forget()
        in_conflict = {place for (place,) in run("SELECT place FROM conflicts")}
        if self._contradicts or not in_conflict.isdisjoint(self._touched):
            clear(self._connection)
            resolve(self._connection, [EVERYWHERE])
            mirror(self._connection)
        rows = run("SELECT summary FROM files ORDER BY number")
        whole = sum_up(self._connection, [Summary.from_json(row[0]) for row in rows])
        if whole.languages != list(self._columns) or not whole.references <= references_to(self._index):
            raise Doubt

    def _forget(self) -> None:
        """Take out of the vocabulary what stands nowhere any more, and put in what is new."""
        run = self._connection.execute
        for table, column, gone, come in (
            ("vocabulary", "word", self._gone.vocabulary, self._come.vocabulary),
            ("pairs", "pair", self._gone.pairs, self._come.pairs),
        ):
            for word in gone - come:
                row = word if table == "pairs" else [word]
                match = " OR ".join(f'"{standing(row, name)}"' for name in COLUMNS)
                if not run("SELECT 1 FROM words WHERE words MATCH ? LIMIT 1", (match,)).fetchone():
                    run(f"DELETE FROM {table} WHERE {column} = ?", (word,))
            insert(self._connection, table, ((word,) for word in sorted(come)), "OR IGNORE")
        write_sounds(self._connection)


def _places(old: Mapping[str, int], new: Sequence[str], free: range) -> list[int]:
    """Give facts of a file their places: those that they have, but for as few as possible.

    Args:
        old: id → place, in the order of the places.
        new: the ids as they now stand.
        free: the places of the file.

    """
    kept = {new[at] for at in _rising([old.get(id_, -1) for id_ in new])}
    now: list[int] = []
    waiting = 0
    for place in (*(old[id_] if id_ in kept else None for id_ in new), free.stop):
        last = now[-1] if now else free.start - 1
        if place is None or place - last <= waiting:  # where there is no room it waits too
            waiting += 1
            continue
        now += range(last + 1, last + 1 + waiting)
        now.append(place)
        waiting = 0
    return now[:-1]


def _rising(numbers: Sequence[int]) -> list[int]:
    """Return where a longest row of rising numbers stands among numbers; none below 0 counts (Fredman 1975)."""
    ends: list[int] = []  # the least number with which a row of each length ends
    places: list[int] = []
    before = [-1] * len(numbers)
    for place, number in enumerate(numbers):
        if number >= 0:
            length = bisect_left(ends, number)
            before[place] = places[length - 1] if length else -1
            ends[length : length + 1] = [number]
            places[length : length + 1] = [place]
    row: list[int] = []
    place = places[-1] if places else -1
    while place >= 0:
        row.append(place)
        place = before[place]
    return row[::-1]
