"""Connections to indexes."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class _Connection(sqlite3.Connection):
    """A connection that is closed when nobody reads from it any more; from 3.13 on Python warns of others."""

    def __del__(self) -> None:
        with suppress(sqlite3.ProgrammingError):  # it never opened, or another thread did open it
            self.close()


def connect(target: str) -> sqlite3.Connection:
    """Open a file to be written; the empty name is that of a file that nobody keeps, ``:memory:`` of none."""
    return sqlite3.connect(target, isolation_level=None, factory=_Connection)


def connect_to_read(file: Path) -> sqlite3.Connection:
    """Open an index, which no process ever changes."""
    return sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None, factory=_Connection)
