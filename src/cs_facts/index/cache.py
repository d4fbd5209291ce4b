"""Indexes that are kept: where they are, whether one can be trusted, and how one is made anew.

An index is used only when it was made of the files as they are now, by this version; when it is a regular file of one's
own that nobody else can write, in a folder of which the same holds; and when it is whole. A new one is written beside
the old and takes its place in one step, so that processes that race for it read one or the other, each of them whole.
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

# Bytes up to which a whole index is verified when it is opened; a megabyte takes a millisecond.
SMALL = 4 << 20

# Where an SQLite file keeps the application's own number (file format, §1.3): here the CRC-32 of the rest.
CHECKSUM_AT, _CHECKSUM_END = 68, 72

# Seconds after which a change to a file gets a new time, on systems with the coarsest clocks.
_SETTLED = 0.05


def index_path(paths: Sequence[Path], variables: Mapping[str, str]) -> Path | None:
    """Return the file of the index of stores, one for each list of them; None where there is no home.

    Its folder is that of the XDG Base Directory, or what macOS and Windows have in its place.
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
    """Say in which state the files of stores are; the empty text is that of files that cannot be asked.

    The time of the last change of an inode (ctime) cannot be set, unlike that of its content; an editor that writes a
    new file in place of the old one makes a new inode.

    Raises `StoreUnreadable`: a store is not there.
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
    """An index as it lies there: its state, what is wrong with it if anything, its size in bytes.

    Where there is no home there is no folder either, nor a path. One that can be trusted is open; ``made_of`` is the
    state of the files that it was made of, empty where they changed while they were read.
    """

    folder: Path | None
    path: Path | None
    state: Literal["fresh", "stale", "missing", "untrusted"]
    why: str = ""
    size: int = 0
    connection: sqlite3.Connection | None = None
    made_of: str = ""


def kept_index(paths: Sequence[Path], variables: Mapping[str, str]) -> Kept:
    """Report the state of the cached index of stores, without making one; it is closed again."""
    state = ""
    with suppress(StoreUnreadable):
        state = state_of(paths)
    return _look(index_path(paths, variables), state)._replace(connection=None)


def _look(path: Path | None, state: str) -> Kept:
    """Look at an index, which is fresh where the files are in the state that it was made of."""
    if path is None:
        return Kept(None, None, "missing", "no home folder, and no XDG_CACHE_HOME")
    size = 0
    try:
        why = why_untrusted(path)
        size = path.lstat().st_size if os.path.lexists(path) else 0
        if why:
            return Kept(path.parent, path, "untrusted", why, size)
        uri = f"{path.as_uri()}?mode=ro&immutable=1"  # no process ever changes it
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
    """Say why an index is not read; the empty text: it is. All of a small one is verified, the length of a large one.

    Raises `OSError` where it is not there.
    """
    own = why_not_own(target.parent, stat.S_ISDIR) or why_not_own(target, stat.S_ISREG)
    if own:
        return own
    with target.open("rb", buffering=0) as stream:
        size = os.fstat(stream.fileno()).st_size
        data = stream.read(size if size <= SMALL else 100)
    if size <= SMALL:
        is_whole = digest_of(data) == data[CHECKSUM_AT:_CHECKSUM_END]
    else:
        page = int.from_bytes(data[16:18])  # 1 stands for 65536
        is_whole = int.from_bytes(data[28:32]) * (65536 if page == 1 else page) == size
    return "" if is_whole else "it is damaged"


def digest_of(data: bytes) -> bytes:
    """Return the CRC-32 of an index but for the place where its digest stands."""
    return zlib.crc32(data[_CHECKSUM_END:], zlib.crc32(data[:CHECKSUM_AT])).to_bytes(4)


def why_not_own(path: Path, is_kind: Callable[[int], bool]) -> str:
    """Say why a file or folder is not of a kind, one's own, and nobody else's to write; the empty text: it is.

    Raises `OSError` where it is not there.
    """
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
    """Open the index of stores, compiling it when there is none that can be trusted.

    The environment ``variables`` say where indexes are kept; ``progress`` is told how much of how much is done. Raises
    `StoreUnreadable` where a file cannot be opened, `StoreFaults` where a store has faults.
    """
    kept = _look(index_path(paths, variables), state_of(paths))
    remake = partial(_made_anew, paths, kept.path, progress)
    connection = kept.connection if kept.state == "fresh" else None
    del kept  # or its index were still open when another takes its place, which Windows refuses
    return Index(connection or remake(), remake)


def _made_anew(paths: Sequence[Path], target: Path | None, progress: Progress | None) -> sqlite3.Connection:
    """Make the index anew, or where none can be kept one that nobody else sees."""
    from cs_facts.index.builder import build, update  # 30 ms with the reader of YAML, which a fresh index is spared

    _settle(paths)
    state = state_of(paths)
    draft = _new_draft(target) if target else None
    if draft is None or target is None:
        return _unkept(paths, progress)
    try:
        connection, before = None, _look(target, "").made_of if len(set(paths)) == 1 else ""
        if before:
            shutil.copyfile(target, draft)
            connection = update(str(draft), before, state, files_of(paths[0]))
        if connection is None:
            draft.write_bytes(b"")
            connection = build(paths, str(draft), progress)
        if state and state_of(paths) == state:  # nobody wrote while we read
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('state', ?, 0)", (state,))
        connection.close()
        if draft.stat().st_size <= SMALL:
            with draft.open("r+b") as stream:
                digest = digest_of(stream.read())
                stream.seek(CHECKSUM_AT)
                stream.write(digest)
        draft.replace(target)
        return _look(target, state).connection or _unkept(paths, progress)
    except (OSError, UnicodeError, sqlite3.OperationalError):  # the disk is full, or the folder's name is no text
        return _unkept(paths, progress)
    finally:
        draft.unlink(missing_ok=True)


def _unkept(paths: Sequence[Path], progress: Progress | None) -> sqlite3.Connection:
    """Compile stores into a file without a name, or where not even that can be into memory."""
    from cs_facts.index.builder import build

    try:
        return build(paths, "", progress)
    except sqlite3.OperationalError:
        return build(paths, ":memory:", progress)


def _settle(paths: Sequence[Path]) -> None:
    """Wait until a change of a file from now on cannot bear the same time as the last one."""
    latest = 0.0
    for file in (file for path in paths for file in files_of(path)):
        with suppress(OSError):  # the reader of stores tells what is wrong with it
            latest = max(latest, file.stat().st_ctime)
    time.sleep(min(max(latest + _SETTLED - time.time(), 0.0), _SETTLED))


def _new_draft(target: Path) -> Path | None:
    """Make an empty file beside an index that nobody else can read; None where that cannot be."""
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if why_not_own(target.parent, stat.S_ISDIR):
            return None
        _sweep(target.parent)
        draft = target.with_name(f"{target.name}.{os.getpid()}.{os.urandom(4).hex()}.draft")
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError:
        return None
    return draft


def _sweep(folder: Path) -> None:
    """Take away what runs that were killed left behind."""
    for draft in folder.glob("*.draft") if os.name == "posix" else ():  # elsewhere to ask for a process would end it
        *_, owner, _ = ("", *draft.name.removesuffix(".draft").rsplit(".", 2))
        if owner.isdecimal() and len(owner) < 10:  # no process has a longer number
            try:
                os.kill(int(owner), 0)
            except ProcessLookupError:
                draft.unlink(missing_ok=True)
            except OSError:
                continue


def sqlite_here() -> tuple[str, bool]:
    """Return the version of SQLite, and whether it has the full-text search that an index needs (FTS5)."""
    with closing(sqlite3.connect(":memory:")) as connection, suppress(sqlite3.OperationalError):
        connection.execute("CREATE VIRTUAL TABLE words USING fts5 (word)")
        return sqlite3.sqlite_version, True
    return sqlite3.sqlite_version, False
