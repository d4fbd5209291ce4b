"""The cache of indexes: where they are kept, whether one can be trusted, and how one is made again.

An index is used only if this version made it from the files as they are now, if it is intact, and if it and its folder
belong to the user and nobody else can write to them. A new one is written beside the old and replaces it in one step,
so that processes racing for it read one or the other.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import sys
import time
import zlib
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from cs_facts.errors import StoreUnreadable, reason
from cs_facts.index import Index
from cs_facts.index.database import FORMAT, Connection, has_zh
from cs_facts.store import files_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cs_facts.index.builder import Progress

# The size in bytes up to which an index is verified as a whole when opened; that takes a millisecond per megabyte.
SMALL = 4 << 20

# Where an SQLite file has the application ID (file format, §1.3), which here is the CRC-32 of the rest.
CHECKSUM_AT, _CHECKSUM_END = 68, 72

# How many seconds after a change another gets a different time, even on file systems with coarse clocks.
_SETTLED = 0.05


def index_path(paths: Sequence[Path], variables: Mapping[str, str]) -> Path | None:
    """Return the file for the index of a list of stores, or None if there is no home folder.

    Its folder follows the XDG Base Directory Specification, or the customs of macOS and Windows.
    """
    asked, home = variables.get("XDG_CACHE_HOME", ""), variables.get("HOME") or os.path.expanduser("~")  # noqa: PTH111
    if sys.platform == "win32":
        base, folder = variables.get("LOCALAPPDATA", ""), "cs-facts/Cache"
    elif os.path.isabs(asked):  # noqa: PTH117  # the specification ignores others
        base, folder = asked, "cs-facts"
    else:
        base, folder = home, "Library/Caches/cs-facts" if sys.platform == "darwin" else ".cache/cs-facts"
    if not os.path.isabs(base):  # noqa: PTH117
        return None
    names = "\0".join(os.path.abspath(path) for path in dict.fromkeys(paths)).encode(errors="surrogateescape")  # noqa: PTH100
    stem = "".join(char if char.isalnum() and char.isascii() else "-" for char in Path(paths[0]).stem[:40])
    return Path(base, folder, f"{stem}-{zlib.crc32(names):08x}{zlib.adler32(names):08x}.db")


def state_of(paths: Sequence[Path]) -> str:
    """Return a text that changes whenever the files of the stores do; it is empty if a file cannot be examined.

    Unlike the modification time, the time at which an inode changed (ctime) cannot be set; and an editor that replaces
    a file makes a new inode. Raises `StoreUnreadable` if a store does not exist.
    """
    lines = [f"{FORMAT} {sqlite3.sqlite_version} {has_zh():d}"]
    for file in (file for path in dict.fromkeys(paths) for file in files_of(path)):
        try:
            found = file.stat()
        except OSError:
            return ""
        times = f"{found.st_mtime_ns} {found.st_ctime_ns}"
        lines.append(f"{found.st_dev} {found.st_ino} {found.st_size} {times} {os.path.abspath(file)!a}")  # noqa: PTH100
    return "\n".join(lines)


class Kept(NamedTuple):
    """A cached index, with its state and the reason for it, and its size in bytes.

    Folder and path are None without a home folder. The connection is open if the index can be trusted. ``made_of`` is
    the state of the files it was made from, empty if they changed while being read.
    """

    folder: Path | None
    path: Path | None
    state: Literal["fresh", "stale", "missing", "untrusted"]
    why: str = ""
    size: int = 0
    connection: sqlite3.Connection | None = None
    made_of: str = ""


def kept_index(paths: Sequence[Path], variables: Mapping[str, str]) -> Kept:
    """Report the state of the cached index of stores without making or opening one."""
    state = ""
    with suppress(StoreUnreadable):
        state = state_of(paths)
    return _examine(index_path(paths, variables), state)._replace(connection=None)


def _examine(path: Path | None, state: str) -> Kept:
    """Examine an index, which is fresh if it was made from files in this state."""
    if path is None:
        return Kept(None, None, "missing", "no home folder, and no XDG_CACHE_HOME")
    size = 0
    try:
        why = why_untrusted(path)
        size = path.lstat().st_size if os.path.lexists(path) else 0
        if why:
            return Kept(path.parent, path, "untrusted", why, size)
        uri = f"{path.as_uri()}?mode=ro&immutable=1"  # it is only ever replaced, never changed
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, factory=Connection)
        row = connection.execute("SELECT value FROM meta WHERE key = 'state'").fetchone()
    except FileNotFoundError:
        there = next((each for each in (path.parent, *path.parent.parents) if each.exists()), path.parent)
        is_writable = there.is_dir() and os.access(there, os.W_OK)
        return Kept(path.parent, path, "missing", "" if is_writable else f"{there} cannot be written")
    except OSError as error:
        return Kept(path.parent, path, "missing", reason(error))
    except (sqlite3.Error, ValueError):
        return Kept(path.parent, path, "untrusted", "it is damaged", size)
    made_of = row[0] if row else ""
    is_fresh = state and made_of == state
    return Kept(path.parent, path, "fresh" if is_fresh else "stale", "", size, connection, made_of)


def why_untrusted(target: Path) -> str:
    """Return why an index cannot be trusted, "" if it can; raise OSError if it does not exist."""
    if own := why_not_own(target.parent, stat.S_ISDIR) or why_not_own(target, stat.S_ISREG):
        return own
    with target.open("rb", buffering=0) as stream:
        size = os.fstat(stream.fileno()).st_size
        data = stream.read(size if size <= SMALL else 100)
    if size <= SMALL:
        is_whole = digest_of(data) == data[CHECKSUM_AT:_CHECKSUM_END]
    else:  # only the length is verified
        page = int.from_bytes(data[16:18])  # 1 means 65536
        is_whole = int.from_bytes(data[28:32]) * (65536 if page == 1 else page) == size
    return "" if is_whole else "it is damaged"


def digest_of(data: bytes) -> bytes:
    """Return the CRC-32 of an index, leaving out the four bytes in which it is stored."""
    return zlib.crc32(data[_CHECKSUM_END:], zlib.crc32(data[:CHECKSUM_AT])).to_bytes(4)


def why_not_own(path: Path, is_kind: Callable[[int], bool]) -> str:
    """Return why a path is not of a kind or not the user's alone to write, or ""; raise OSError if it is missing."""
    found = path.lstat()
    what = "the folder" if is_kind is stat.S_ISDIR else "the file"
    if not is_kind(found.st_mode):
        return f"{what} is {'a link' if stat.S_ISLNK(found.st_mode) else 'something else'}"
    if hasattr(os, "geteuid") and found.st_uid != os.geteuid():
        return f"{what} belongs to user {found.st_uid}"
    if os.name == "posix" and found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return f"others may write {what}, mode {stat.S_IMODE(found.st_mode):o}"
    return ""


def open_index(paths: Sequence[Path], variables: Mapping[str, str], progress: Progress | None = None) -> Index:
    """Open the index of stores, compiling it if none can be trusted.

    The environment ``variables`` determine the cache folder; ``progress`` is as in `builder.build`. Raises
    `StoreUnreadable` if a file cannot be opened, `StoreFaults` if a store has faults.
    """
    kept = _examine(index_path(paths, variables), state_of(paths))
    remake = partial(_make, paths, kept.path, progress)
    connection = kept.connection if kept.state == "fresh" else None
    del kept  # or the old index would still be open when it is replaced, which Windows refuses
    return Index(connection or remake(), remake)


def _make(paths: Sequence[Path], target: Path | None, progress: Progress | None) -> sqlite3.Connection:
    """Make an index for the cache, or a temporary one if it cannot be kept."""
    from cs_facts.index.builder import build, update  # takes 30 ms with the reader of YAML; a fresh index needs neither

    _settle(paths)
    state = state_of(paths)
    draft = _new_draft(target) if target else None
    if draft is None or target is None:
        return _make_temporary(paths, progress)
    try:
        connection, before = None, _examine(target, "").made_of if len(set(paths)) == 1 else ""
        if before:
            shutil.copyfile(target, draft)
            connection = update(str(draft), before, state, files_of(paths[0]))
        if connection is None:
            draft.write_bytes(b"")
            connection = build(paths, str(draft), progress)
        if state and state_of(paths) == state:  # the files did not change in the meantime
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('state', ?, 0)", (state,))
        connection.close()
        if draft.stat().st_size <= SMALL:
            with draft.open("r+b") as stream:
                digest = digest_of(stream.read())
                stream.seek(CHECKSUM_AT)
                stream.write(digest)
        draft.replace(target)
        return _examine(target, state).connection or _make_temporary(paths, progress)
    except (OSError, UnicodeError, sqlite3.OperationalError):  # the disk is full, or the folder's name is not text
        return _make_temporary(paths, progress)
    finally:
        draft.unlink(missing_ok=True)


def _make_temporary(paths: Sequence[Path], progress: Progress | None) -> sqlite3.Connection:
    """Compile stores into a temporary file or, if not even that is possible, into memory."""
    from cs_facts.index.builder import build

    try:
        return build(paths, "", progress)
    except sqlite3.OperationalError:
        return build(paths, ":memory:", progress)


def _settle(paths: Sequence[Path]) -> None:
    """Wait until any further change of a file would get a later time than the last one."""
    latest = 0.0
    for file in (file for path in paths for file in files_of(path)):
        with suppress(OSError):  # reported when the store is read
            latest = max(latest, file.stat().st_ctime)
    time.sleep(min(max(latest + _SETTLED - time.time(), 0.0), _SETTLED))


def _new_draft(target: Path) -> Path | None:
    """Create an empty private file beside an index; return None if that is not possible."""
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if why_not_own(target.parent, stat.S_ISDIR):
            return None
        _delete_drafts(target.parent)
        draft = target.with_name(f"{target.name}.{os.getpid()}.{os.urandom(4).hex()}.draft")
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError:
        return None
    return draft


def _delete_drafts(folder: Path) -> None:
    """Delete the drafts of processes that were killed."""
    for draft in folder.glob("*.draft") if os.name == "posix" else ():  # on Windows, `os.kill` would end the process
        *_, owner, _ = ("", *draft.name.removesuffix(".draft").rsplit(".", 2))
        if owner.isdecimal() and len(owner) < 10:  # process ids are no longer than this
            try:
                os.kill(int(owner), 0)
            except ProcessLookupError:
                draft.unlink(missing_ok=True)
            except OSError:
                continue


def sqlite_here() -> tuple[str, bool]:
    """Return the version of SQLite, and whether it has full-text search (FTS5), which an index needs."""
    with closing(sqlite3.connect(":memory:")) as connection, suppress(sqlite3.OperationalError):
        connection.execute("CREATE VIRTUAL TABLE words USING fts5 (word)")
        return sqlite3.sqlite_version, True
    return sqlite3.sqlite_version, False
