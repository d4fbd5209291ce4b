"""Where indexes are kept, and whether one can be trusted.

An index is used only when it was made of the files as they are now, by this version; when it is a regular file of one's
own that nobody else can write, in a folder of which the same holds; and when it is whole. A new one is written beside
the old and takes its place in one step, so that processes that race for it read one or the other, each of them whole.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from cs_facts.index.extras import is_here
from cs_facts.index.schema import FORMAT, Connection
from cs_facts.store import files_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

# Bytes up to which a whole index is verified when it is opened; a megabyte takes a millisecond.
SMALL = 4 << 20

# Where an SQLite file keeps the application's own number (file format, §1.3): here the CRC-32 of the rest.
CHECKSUM_AT, _CHECKSUM_END = 68, 72
_CHUNK = 1 << 16


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


def index_path(folder: Path, paths: Sequence[Path]) -> Path:
    """Return the file of the index of stores: one for each list of them."""
    names = "\0".join(os.path.abspath(path) for path in dict.fromkeys(paths)).encode(errors="surrogateescape")  # noqa: PTH100
    stem = "".join(char if char.isalnum() and char.isascii() else "-" for char in Path(paths[0]).stem[:40])
    return folder / f"{stem}-{zlib.crc32(names):08x}{zlib.adler32(names):08x}.db"


def state_of(paths: Sequence[Path]) -> str:
    """Say in which state the files of stores are; the empty text is that of files that cannot be asked.

    The time of the last change of an inode (ctime) cannot be set, unlike that of its content; an editor that writes a
    new file in place of the old one makes a new inode.

    Raises:
        cs_facts.errors.StoreUnreadable: a store is not there.

    """
    lines = [f"{FORMAT} {sqlite3.sqlite_version} {is_here():d}"]
    for file in files_of_all(paths):
        try:
            found = file.stat()
        except OSError:
            return ""
        times = f"{found.st_mtime_ns} {found.st_ctime_ns}"
        lines.append(f"{found.st_dev} {found.st_ino} {found.st_size} {times} {os.path.abspath(file)!a}")  # noqa: PTH100
    return "\n".join(lines)


def files_of_all(paths: Sequence[Path]) -> list[Path]:
    """Return the files of all stores."""
    return [file for path in dict.fromkeys(paths) for file in files_of(path)]


def connect(target: Path) -> sqlite3.Connection:
    """Open an index that no process ever changes."""
    uri = f"{target.as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(uri, uri=True, isolation_level=None, factory=Connection)


def trusted(target: Path, state: str | None = None) -> sqlite3.Connection | None:
    """Open an index; None where there is none that is whole, one's own and of this state, or of any."""
    try:
        if why_not_own(target.parent, stat.S_ISDIR) or why_not_own(target, stat.S_ISREG) or not is_whole(target):
            return None
        connection = connect(target)
        if state_in(connection) == state or state is None:
            return connection
        connection.close()
    except (OSError, sqlite3.Error, ValueError):
        pass
    return None


def state_in(connection: sqlite3.Connection) -> str | None:
    """Return the state of the files of which an index was made; None where they changed meanwhile."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'state'").fetchone()
    return str(row[0]) if row else None


def is_whole(target: Path) -> bool:
    """Verify all of a small index, and the length of a large one."""
    with target.open("rb", buffering=0) as stream:
        size = os.fstat(stream.fileno()).st_size
        header = stream.read(100)
        if size <= SMALL:
            stream.seek(0)
            return digest_of(stream.read(size)) == header[CHECKSUM_AT:_CHECKSUM_END]
    page = int.from_bytes(header[16:18])  # 1 stands for 65536
    return int.from_bytes(header[28:32]) * (65536 if page == 1 else page) == size


def digest_of(data: bytes) -> bytes:
    """Return the CRC-32 of an index but for the place where its digest stands."""
    return zlib.crc32(data[_CHECKSUM_END:], zlib.crc32(data[:CHECKSUM_AT])).to_bytes(4)


def why_not_own(path: Path, is_kind: Callable[[int], bool]) -> str:
    """Say why a file or folder is not of a kind, one's own, and nobody else's to write; the empty text: it is.

    Raises:
        OSError: it is not there.

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
