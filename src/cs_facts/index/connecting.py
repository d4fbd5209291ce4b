"""Connections to indexes."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Any

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


def _shared() -> dict[str, Any]:
    return {"uri": True, "timeout": _PATIENCE, "isolation_level": None, "factory": _Connection}


def connect_to_read(file: Path, *, shared: bool) -> sqlite3.Connection:
    """Open an index.

    Args:
        file: of the index.
        shared: whether another process may change it; as long as the connection is open, it waits.

    """
    mode = "mode=ro" if shared else "mode=ro&immutable=1"
    connection: sqlite3.Connection = sqlite3.connect(f"{file.as_uri()}?{mode}", **_shared())
    if shared:
        connection.execute("BEGIN")
    return connection


def connect_to_change(file: Path) -> sqlite3.Connection:
    """Open an index that other processes may read, and begin to change it; one that was killed at that is undone.

    Raises:
        sqlite3.Error: another process is changing it for too long, or has put another file in its place.

    """
    connection: sqlite3.Connection = sqlite3.connect(f"{file.as_uri()}?mode=rw", **_shared())
    for statement in ("PRAGMA synchronous=OFF", "PRAGMA cache_size=-64000", "BEGIN IMMEDIATE"):
        connection.execute(statement)
    return connection
