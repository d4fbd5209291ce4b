"""Where indexes are kept, and how one follows the files of its stores.

A new index takes the place of the one before in one step (rename), so that processes that race for it read one or the
other. A large one of a folder is changed where it lies instead, when few files have changed: in one transaction, for
which it waits until nobody reads (SQLite's locks and its rollback journal; https://www.sqlite.org/lockingv3.html).
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
import sys
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from cs_facts.errors import StoreUnreadable
from cs_facts.index.connecting import connect_to_change, connect_to_read, journal_of
from cs_facts.index.reading import Index
from cs_facts.index.trust import fingerprint, has_all_pages, is_small, own_size, seal, state_of, trusted
from cs_facts.store.files import files_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Progress = Callable[[int, int], None]

_SETTLED = 0.05
"""Seconds after which a change to a file gets a new time, on systems with the coarsest clocks."""


def cache_folder(variables: Mapping[str, str]) -> Path | None:
    """Return the folder for indexes: XDG Base Directory, or what macOS and Windows have in its place; None: no home."""
    if sys.platform == "win32":
        base = variables.get("LOCALAPPDATA")
        return Path(base, "cs-facts", "Cache") if base else None
    asked = variables.get("XDG_CACHE_HOME", "")
    if os.path.isabs(asked):  # noqa: PTH117  # the specification ignores others
        return Path(asked, "cs-facts")
    home = variables.get("HOME") or os.path.expanduser("~")  # noqa: PTH111  # no home is no error here
    if not os.path.isabs(home):  # noqa: PTH117
        return None
    return Path(home, "Library/Caches" if sys.platform == "darwin" else ".cache", "cs-facts")


def open_index(paths: Sequence[Path], variables: Mapping[str, str], progress: Progress | None = None) -> Index:
    """Open the index of stores, compiling it when there is none that can be trusted.

    Args:
        paths: the stores, read as one.
        variables: the environment variables that say where indexes are kept.
        progress: is told how far a compilation has come.

    Raises:
        cs_facts.errors.StoreUnreadable: a file cannot be opened.
        cs_facts.errors.StoreFaults: a store has faults.

    """
    files = files_of_all(paths)
    state = fingerprint(files)
    folder = cache_folder(variables)
    target = index_path(folder, paths) if folder else None
    if target and state and (connection := trusted(target, state) or _updated(paths, files, target)):
        if is_small(target.stat().st_size):
            return Index(connection)
        from cs_facts.index.mending import Mendable

        return Index(Mendable(connection, lambda: _compiled(paths, target, progress)))
    return Index(_compiled(paths, target, progress))


def index_path(folder: Path, paths: Sequence[Path]) -> Path:
    """Return the file of the index of stores: one for each list of them."""
    names = "\0".join(os.path.abspath(path) for path in dict.fromkeys(paths)).encode(errors="surrogateescape")  # noqa: PTH100
    stem = "".join(char if char.isalnum() and char.isascii() else "-" for char in Path(paths[0]).stem[:40])
    return folder / f"{stem}-{zlib.crc32(names):08x}{zlib.adler32(names):08x}.db"


def files_of_all(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return the files of all stores.

    Raises:
        cs_facts.errors.StoreUnreadable: a store is not there.

    """
    return tuple(file for path in dict.fromkeys(paths) for file in files_of(path))


def _compiled(paths: Sequence[Path], target: Path | None, progress: Progress | None) -> sqlite3.Connection:
    """Compile stores into a file, or where none can be written into one that nobody keeps."""
    from cs_facts.index.building import build
    from cs_facts.index.drafts import new_draft

    files = files_of_all(paths)  # as they are now, for another process may have been waited for
    _settle(files)
    state = fingerprint(files)
    draft = new_draft(target) if target else None
    if draft is None or target is None:
        return _unkept(paths, progress)
    try:
        connection = build(paths, str(draft), progress)
        if state and state_now(paths) == state:  # nobody wrote while we read
            connection.execute("INSERT INTO meta VALUES ('state', ?)", (state,))
        connection.close()
        seal(draft)
        _put(draft, target)
        return connect_to_read(target, shared=not is_small(target.stat().st_size))
    except (OSError, UnicodeError, sqlite3.OperationalError):  # the disk is full, or the folder's name is no text
        return _unkept(paths, progress)
    finally:
        draft.unlink(missing_ok=True)


def state_now(paths: Sequence[Path]) -> str:
    """Say in which state the files of stores are; the empty text is that of files that cannot be asked."""
    try:
        return fingerprint(files_of_all(paths))
    except StoreUnreadable:
        return ""


def _put(draft: Path, target: Path) -> None:
    """Put an index in the place of another, whose journal, if a process was killed, must not be taken for its own."""
    lock = None
    with contextlib.suppress(OSError, sqlite3.Error):  # nothing lies there, or garbage
        lock = connect_to_change(target) if stat.S_ISREG(target.lstat().st_mode) else None
    journal_of(target).unlink(missing_ok=True)
    draft.replace(target)
    if lock:
        lock.close()


def _updated(paths: Sequence[Path], files: Sequence[Path], target: Path) -> sqlite3.Connection | None:
    """Bring the index of a folder up to date; None where that cannot be, or to compile it is as quick."""
    try:
        if len(set(paths)) > 1 or len(files) < 2 or is_small(own_size(target) or 0):
            return None
        from cs_facts.index.updating import changes, update

        _settle(files)
        state = fingerprint(files)
        connection = connect_to_change(target)
        try:
            before = state_of(connection)
            if before != state:  # else another process was quicker
                if before is None or not has_all_pages(connection, target):
                    return None
                update(connection, changes(before, state, files))
                if fingerprint(files) != state:  # somebody wrote while we read
                    return None
                connection.execute("UPDATE meta SET value = ? WHERE key = 'state'", (state,))
            connection.execute("COMMIT")
        finally:
            connection.close()
        return trusted(target, state)
    except Exception:  # a doubt, or damage, which has many faces: a compilation makes all of it anew
        return None


def _unkept(paths: Sequence[Path], progress: Progress | None) -> sqlite3.Connection:
    """Compile stores into a file without a name, or where not even that can be into memory."""
    from cs_facts.index.building import build

    try:
        return build(paths, "", progress)
    except sqlite3.OperationalError:
        return build(paths, ":memory:", progress)


def _settle(files: Sequence[Path]) -> None:
    """Wait until a change from now on cannot bear the same time as the last one."""
    latest = 0.0
    for file in files:
        with contextlib.suppress(OSError):  # the reader of stores tells what is wrong with it
            latest = max(latest, file.stat().st_ctime)
    time.sleep(min(max(latest + _SETTLED - time.time(), 0.0), _SETTLED))
