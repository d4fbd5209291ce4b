"""What becomes of an index when a store is asked: read, made anew, or not kept; for who looks for a fault."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cs_facts.errors import reason
from cs_facts.index.cache import cache_folder, index_path, state_now
from cs_facts.index.connecting import journal_of
from cs_facts.index.trust import is_own, opened, trusted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

State = Literal["fresh", "stale", "none", "not trusted"]


@dataclass(frozen=True, slots=True)
class Condition:
    """An index as it lies there.

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
    """Say in which condition the index of stores is, without making one."""
    folder = cache_folder(variables)
    if folder is None:
        return Condition(None, None, "none", "no home folder, and no XDG_CACHE_HOME")
    path = index_path(folder, paths)
    size = 0
    try:
        if why := _why_not_own(folder.lstat(), stat.S_ISDIR, "the folder"):
            return Condition(folder, path, "not trusted", why)
        found = path.lstat()
        size = found.st_size
        if why := _why_not_own(found, stat.S_ISREG, "the file"):
            return Condition(folder, path, "not trusted", why, size)
        if journal_of(path).exists():  # a run changes it, or was killed at that; the next one undoes what it did
            return Condition(folder, path, "stale", "", size)
        if not _opens(path, size):
            return Condition(folder, path, "not trusted", "it is damaged", size)
    except FileNotFoundError:
        return Condition(folder, path, "none", _why_unwritable(folder))
    except OSError as error:
        return Condition(folder, path, "none", reason(error))
    return Condition(folder, path, "fresh" if _is_fresh(paths, path) else "stale", "", size)


def _opens(path: Path, size: int) -> bool:
    try:
        connection = opened(path, size)
    except sqlite3.Error:
        return False
    if connection:
        connection.close()
    return connection is not None


def _why_not_own(found: os.stat_result, is_kind: Callable[[int], bool], what: str) -> str:
    if is_own(found, is_kind):
        return ""
    if not is_kind(found.st_mode):
        return f"{what} is {'a link' if stat.S_ISLNK(found.st_mode) else 'something else'}"
    if hasattr(os, "geteuid") and found.st_uid != os.geteuid():
        return f"{what} belongs to user {found.st_uid}"
    return f"others may write {what}, mode {stat.S_IMODE(found.st_mode):o}"


def _why_unwritable(folder: Path) -> str:
    there = next((each for each in (folder, *folder.parents) if each.exists()), folder)
    return "" if there.is_dir() and os.access(there, os.W_OK) else f"{there} cannot be written"


def _is_fresh(paths: Sequence[Path], path: Path) -> bool:
    state = state_now(paths)
    connection = trusted(path, state) if state else None
    if connection:
        connection.close()
    return connection is not None


def sqlite_here() -> tuple[str, bool]:
    """Return the version of SQLite, and whether it has the full-text search that an index needs (FTS5)."""
    connection = sqlite3.connect(":memory:")
    has_fts5 = False
    with suppress(sqlite3.OperationalError):
        connection.execute("CREATE VIRTUAL TABLE words USING fts5 (word)")
        has_fts5 = True
    connection.close()
    return sqlite3.sqlite_version, has_fts5
