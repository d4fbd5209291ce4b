"""Where indexes are kept, and which of them can be trusted.

An index is used only when it was made of the files as they are now, by this version, with the same extras; when it is a
regular file of one's own that nobody else can write, in a folder of which the same holds; and when it is whole. It
takes the place of the one before in one step (rename), so that processes that race for it read one or the other. A
large one of a folder is changed where it lies instead, when few files have changed: in one transaction, for which it
waits until nobody reads (SQLite's locks and its rollback journal; https://www.sqlite.org/lockingv3.html).
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

from cs_facts.files import files_of
from cs_facts.index.connecting import connect_to_change, connect_to_read
from cs_facts.index.reading import Index

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Progress = Callable[[int, int], None]

FORMAT = 5
"""Raised whenever an index of before would be read wrong."""

_SMALL = 4 << 20
"""Bytes up to which a whole index is verified when it is opened; hashing a megabyte takes a millisecond."""

_CHECKSUM_AT = 68
"""Where an SQLite file keeps the application's own number, here the CRC-32 of the rest (SQLite file format, §1.3)."""

_HEADER = 100
_PROCESS_DIGITS = 10
"""More digits than the number of a process has."""

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
    if target and state and (connection := _trusted(target, state) or _updated(paths, files, target)):
        if target.stat().st_size <= _SMALL:
            return Index(connection)
        from cs_facts.index.mending import Mendable

        return Index(Mendable(connection, lambda: _compiled(paths, files, target, progress)))
    return Index(_compiled(paths, files, target, progress))


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


def fingerprint(files: Sequence[Path]) -> str:
    """Say in which state files are; the empty text is that of files that cannot be asked.

    The time of the last change of an inode (ctime) cannot be set, unlike that of its content; an editor that writes a
    new file in place of the old one makes a new inode.
    """
    from cs_facts.extras import is_here

    parts = [f"{FORMAT} {is_here():d} {sqlite3.sqlite_version}"]
    for file in files:
        try:
            found = file.stat()
        except OSError:
            return ""
        times = f"{found.st_mtime_ns} {found.st_ctime_ns}"
        parts.append(f"{found.st_dev} {found.st_ino} {found.st_size} {times} {os.path.abspath(file)!a}")  # noqa: PTH100
    return "\n".join(parts)


def _trusted(target: Path, state: str) -> sqlite3.Connection | None:
    """Open an index, or return None where there is none that is whole, one's own and of this state."""
    try:
        size = _own_size(target)
        connection = None if size is None else opened(target, size)
        if connection and _state(connection) != state:
            connection.close()  # one that is dropped reads on until it is collected
            return None
    except (OSError, sqlite3.Error, ValueError):
        return None
    return connection


def _own_size(target: Path) -> int | None:
    """Return the bytes of an index; None where it is not one's own.

    Raises:
        OSError: it is not there.

    """
    if not _is_own(target.parent.lstat(), stat.S_ISDIR) or not _is_own(found := target.lstat(), stat.S_ISREG):
        return None
    return found.st_size


def _state(connection: sqlite3.Connection) -> str | None:
    rows = connection.execute("SELECT value FROM meta WHERE key = 'state'").fetchall()
    return rows[0][0] if rows else None


def opened(target: Path, size: int) -> sqlite3.Connection | None:
    """Open an index of a size in bytes; None where it is damaged.

    Raises:
        OSError: the file cannot be read.
        sqlite3.Error: it is damaged too.

    """
    if size <= _SMALL:
        return connect_to_read(target, shared=False) if _is_whole(target) else None
    connection = connect_to_read(target, shared=True)
    if _has_all_pages(connection, target):
        return connection
    connection.close()
    return None


def _has_all_pages(connection: sqlite3.Connection, target: Path) -> bool:
    ((pages,),) = connection.execute("PRAGMA page_count").fetchall()
    ((size,),) = connection.execute("PRAGMA page_size").fetchall()
    return target.stat().st_size == int(pages) * int(size)


def _is_own(found: os.stat_result, is_kind: Callable[[int], bool]) -> bool:
    owner = os.geteuid() if hasattr(os, "geteuid") else found.st_uid
    writable = found.st_mode & (stat.S_IWGRP | stat.S_IWOTH) if os.name == "posix" else 0
    return is_kind(found.st_mode) and found.st_uid == owner and not writable


def _is_whole(target: Path) -> bool:
    data = target.read_bytes()
    return len(data) >= _HEADER and _checksum(data) == data[_CHECKSUM_AT : _CHECKSUM_AT + 4]


def _checksum(data: bytes) -> bytes:
    view = memoryview(data)
    return zlib.crc32(view[_CHECKSUM_AT + 4 :], zlib.crc32(view[:_CHECKSUM_AT])).to_bytes(4)


def _compiled(
    paths: Sequence[Path], files: Sequence[Path], target: Path | None, progress: Progress | None
) -> sqlite3.Connection:
    """Compile stores into a file, or where none can be written into one that nobody keeps."""
    from cs_facts.index.building import build

    _settle(files)
    state = fingerprint(files)
    draft = _draft(target) if target else None
    if draft is None or target is None:
        return _unkept(paths, progress)
    try:
        connection = build(paths, str(draft), progress)
        if fingerprint(files) == state:  # nobody wrote while we read
            connection.execute("INSERT INTO meta VALUES ('state', ?)", (state,))
        connection.close()
        _seal(draft)
        _put(draft, target)
        return connect_to_read(target, shared=target.stat().st_size > _SMALL)
    except (OSError, UnicodeError, sqlite3.OperationalError):  # the disk is full, or the folder's name is no text
        return _unkept(paths, progress)
    finally:
        draft.unlink(missing_ok=True)


def _put(draft: Path, target: Path) -> None:
    """Put an index in the place of another, whose journal, if a process was killed, must not be taken for its own."""
    lock = None
    with contextlib.suppress(OSError, sqlite3.Error):  # nothing lies there, or garbage
        lock = connect_to_change(target) if stat.S_ISREG(target.lstat().st_mode) else None
    Path(f"{target}-journal").unlink(missing_ok=True)
    draft.replace(target)
    if lock:
        lock.close()


def _updated(paths: Sequence[Path], files: Sequence[Path], target: Path) -> sqlite3.Connection | None:
    """Bring the index of a folder up to date; None where that cannot be, or to compile it is as quick."""
    try:
        if len(set(paths)) > 1 or len(files) < 2 or (_own_size(target) or 0) <= _SMALL:
            return None
        from cs_facts.index.updating import changes, update

        _settle(files)
        state = fingerprint(files)
        connection = connect_to_change(target)
        try:
            before = _state(connection)
            if before != state:  # else another process was quicker
                if before is None or not _has_all_pages(connection, target):
                    return None
                update(connection, changes(before, state, files))
                if fingerprint(files) != state:  # somebody wrote while we read
                    return None
                connection.execute("UPDATE meta SET value = ? WHERE key = 'state'", (state,))
            connection.execute("COMMIT")
        finally:
            connection.close()
        return _trusted(target, state)
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


def _draft(target: Path) -> Path | None:
    """Make an empty file beside an index that nobody else can read; None where that cannot be."""
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_own(target.parent.lstat(), stat.S_ISDIR):
            return None
        _sweep(target.parent)
        draft = target.with_name(f"{target.name}.{os.getpid()}.{os.urandom(4).hex()}.draft")
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError:
        return None
    return draft


def _sweep(folder: Path) -> None:
    """Take away what runs that were killed left behind."""
    for draft in folder.glob("*.draft*"):
        *_, owner, _ = ("", *draft.name.partition(".draft")[0].rsplit(".", 2))
        if owner.isdecimal() and len(owner) < _PROCESS_DIGITS and not _runs(int(owner)):
            draft.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    if os.name != "posix":  # elsewhere the call below would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _seal(draft: Path) -> None:
    """Write the checksum of a whole index into it."""
    if draft.stat().st_size <= _SMALL:
        with draft.open("r+b") as stream:
            checksum = _checksum(stream.read())
            stream.seek(_CHECKSUM_AT)
            stream.write(checksum)
