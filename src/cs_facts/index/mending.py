"""Rows of an index too large to be verified when it was opened: damage shows while they are read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

Row = tuple[Any, ...]


class Mendable:
    """A connection to an index, and the way to a new one.

    Args:
        connection: to the index there is.
        compile_: makes a new one.

    """

    def __init__(self, connection: sqlite3.Connection, compile_: Callable[[], sqlite3.Connection]) -> None:
        self._connection = connection
        self._compile: Callable[[], sqlite3.Connection] | None = compile_

    def close(self) -> None:
        """Let the index go."""
        self._connection.close()

    def execute(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> Rows:
        """Run a statement that reads."""
        return Rows(self, sql, values)

    def run(self, sql: str, values: Sequence[Any] | Mapping[str, Any]) -> sqlite3.Cursor:
        """Run a statement that reads; where the index is damaged, make a new one once and run it there."""
        try:
            return self._connection.execute(sql, values)
        except sqlite3.DatabaseError as error:
            self.mend(error)
            return self._connection.execute(sql, values)

    def mend(self, error: sqlite3.DatabaseError) -> None:
        """Make a new index in the place of a damaged one; damage to that one is none, and the error is raised."""
        if self._compile is None:
            raise error
        compile_, self._compile = self._compile, None
        self._connection = compile_()

    @property
    def is_new(self) -> bool:
        """Whether the index was made anew."""
        return self._compile is None


class Rows(Iterator[Row]):
    """What a statement finds; the rows behind damage are those of a new index, which finds the same ones."""

    def __init__(self, connection: Mendable, sql: str, values: Sequence[Any] | Mapping[str, Any]) -> None:
        self._connection, self._sql, self._values = connection, sql, values
        self._rows: Iterator[Row] = connection.run(sql, values)
        self._is_new = connection.is_new
        self._seen = 0

    def __next__(self) -> Row:
        try:
            row = next(self._rows)
        except sqlite3.DatabaseError as error:
            row = self._again(error)
        self._seen += 1
        return row

    def _again(self, error: sqlite3.DatabaseError) -> Row:
        if self._is_new or not self._connection.is_new:  # else another statement has met the damage already
            self._connection.mend(error)
        self._is_new = True
        self._rows = islice(self._connection.run(self._sql, self._values), self._seen, None)
        return next(self._rows)

    def fetchone(self) -> Any:  # noqa: ANN401  # as that of a cursor
        """Return the next row, None where there is none."""
        return next(self, None)

    def fetchall(self) -> list[Row]:
        """Return the rows that are left."""
        return list(self)
