"""The state of a cached index, for `facts info`."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cs_facts.errors import StoreUnreadable, reason
from cs_facts.index.cache import cache_folder, connect, index_path, is_whole, state_in, state_of, trusted, why_not_own

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

State = Literal["fresh", "stale", "missing", "untrusted"]


@dataclass(frozen=True, slots=True)
class Condition:
    """An index as it lies there, for `facts info`.

    Attributes:
        folder: of the indexes, ``path`` the one of the stores; None where there is no home.
        state: what it is worth.
        why: what is wrong, empty where nothing is.
        size: in bytes.

    """

    folder: Path | None
    path: Path | None
    state: State
    why: str = ""
    size: int = 0


def condition_of(paths: Sequence[Path], variables: Mapping[str, str]) -> Condition:
    """Report the state of the cached index of stores, without making one."""
    folder = cache_folder(variables)
    if folder is None:
        return Condition(None, None, "missing", "no home folder, and no XDG_CACHE_HOME")
    path = index_path(folder, paths)
    size = 0
    try:
        why = why_not_own(folder, stat.S_ISDIR)
        if not why:
            size = path.lstat().st_size
            why = why_not_own(path, stat.S_ISREG) or ("" if _opens(path) else "it is damaged")
        if why:
            return Condition(folder, path, "untrusted", why, size)
    except FileNotFoundError:
        return Condition(folder, path, "missing", _why_unwritable(folder))
    except OSError as error:
        return Condition(folder, path, "missing", reason(error))
    connection = None
    with contextlib.suppress(StoreUnreadable):
        connection = trusted(path, state_of(paths))
    if connection is None:
        return Condition(folder, path, "stale", "", size)
    connection.close()
    return Condition(folder, path, "fresh", "", size)


def _opens(path: Path) -> bool:
    if not is_whole(path):
        return False
    connection = connect(path)
    try:
        state_in(connection)
    except sqlite3.Error:
        return False
    finally:
        connection.close()
    return True


def _why_unwritable(folder: Path) -> str:
    there = next((each for each in (folder, *folder.parents) if each.exists()), folder)
    return "" if there.is_dir() and os.access(there, os.W_OK) else f"{there} cannot be written"


def sqlite_here() -> tuple[str, bool]:
    """Return the version of SQLite, and whether it has the full-text search that an index needs (FTS5)."""
    connection = sqlite3.connect(":memory:")
    has_fts5 = False
    with contextlib.suppress(sqlite3.OperationalError):
        connection.execute("CREATE VIRTUAL TABLE words USING fts5 (word)")
        has_fts5 = True
    connection.close()
    return sqlite3.sqlite_version, has_fts5
