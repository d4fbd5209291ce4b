"""Connections to indexes."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


_PATIENCE = 5.0
"""Seconds that a process waits for another that reads or changes an index."""


class _Connection(sqlite3.Connection):
    """A connection that is closed when nobody reads from it any more; from 3.13 on Python warns of others."""

    def __del__(self) -> None:
        with suppress(sqlite3.ProgrammingError):  # it never opened, or another thread did open it
            self.close()


def connect(target: str) -> sqlite3.Connection:
    """Open a file to be written; the empty name is that of a file that nobody keeps, ``:memory:`` of none."""
    return sqlite3.connect(target, isolation_level=None, factory=_Connection)


def _open(file: Path, mode: str) -> sqlite3.Connection:
    uri = f"{file.as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=_PATIENCE, isolation_level=None, factory=_Connection)


def connect_to_read(file: Path, *, shared: bool) -> sqlite3.Connection:
    """Open an index.

    Args:
        file: of the index.
        shared: whether another process may change it; as long as the connection is open, it waits.

    """
    connection = _open(file, "ro" if shared else "ro&immutable=1")
    if shared:
        connection.execute("BEGIN")
    return connection


def journal_of(file: Path) -> Path:
    """Return where SQLite keeps what undoes a change of an index, as long as that is not done."""
    return file.with_name(f"{file.name}-journal")


def connect_to_change(file: Path) -> sqlite3.Connection:
    """Open an index that other processes may read, and begin to change it; one that was killed at that is undone.

    Raises:
        sqlite3.Error: another process is changing it for too long, or has put another file in its place.

    """
    connection = _open(file, "rw")
    for statement in ("PRAGMA synchronous=OFF", "PRAGMA cache_size=-64000", "BEGIN IMMEDIATE"):
        connection.execute(statement)
    return connection
