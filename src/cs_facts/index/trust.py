"""Which indexes can be trusted.

An index is used only when it was made of the files as they are now, by this version, with the same extras; when it is a
regular file of one's own that nobody else can write, in a folder of which the same holds; and when it is whole.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import zlib
from typing import TYPE_CHECKING

from cs_facts.index.connecting import connect_to_read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from io import RawIOBase
    from pathlib import Path

FORMAT = 9
"""Raised whenever an index of before would be read wrong."""

_SMALL = 4 << 20
"""Bytes up to which a whole index is verified when it is opened; hashing a megabyte takes a millisecond."""

_CHECKSUM_AT = 68
_CHECKSUM_END = _CHECKSUM_AT + 4
"""Where an SQLite file keeps the application's own number, here the CRC-32 of the rest (SQLite file format, §1.3)."""

_HEADER = 100
_CHUNK = 1 << 16
"""Bytes that are read at once: into memory that stays at hand, which takes half the time of a whole index in one."""


def fingerprint(files: Sequence[Path]) -> str:
    """Say in which state files are; the empty text is that of files that cannot be asked.

    The time of the last change of an inode (ctime) cannot be set, unlike that of its content; an editor that writes a
    new file in place of the old one makes a new inode.
    """
    from cs_facts.search.extras import is_here

    parts = [f"{FORMAT} {is_here():d} {sqlite3.sqlite_version}"]
    for file in files:
        try:
            found = file.stat()
        except OSError:
            return ""
        times = f"{found.st_mtime_ns} {found.st_ctime_ns}"
        parts.append(f"{found.st_dev} {found.st_ino} {found.st_size} {times} {os.path.abspath(file)!a}")  # noqa: PTH100
    return "\n".join(parts)


def is_small(size: int) -> bool:
    """Tell whether an index of so many bytes is verified whole and never changed where it lies, unlike a large one."""
    return size <= _SMALL


def trusted(target: Path, state: str) -> sqlite3.Connection | None:
    """Open an index, or return None where there is none that is whole, one's own and of this state."""
    try:
        size = own_size(target)
        connection = None if size is None else opened(target, size)
        if connection and state_of(connection) != state:
            connection.close()  # one that is dropped reads on until it is collected
            return None
    except (OSError, sqlite3.Error, ValueError):
        return None
    return connection


def own_size(target: Path) -> int | None:
    """Return the bytes of an index; None where it is not one's own.

    Raises:
        OSError: it is not there.

    """
    if not is_own(target.parent.lstat(), stat.S_ISDIR) or not is_own(found := target.lstat(), stat.S_ISREG):
        return None
    return found.st_size


def state_of(connection: sqlite3.Connection) -> str | None:
    """Return the state of the files of which an index was made; None where they changed meanwhile."""
    rows = connection.execute("SELECT value FROM meta WHERE key = 'state'").fetchall()
    return rows[0][0] if rows else None


def opened(target: Path, size: int) -> sqlite3.Connection | None:
    """Open an index of a size in bytes; None where it is damaged.

    Raises:
        OSError: the file cannot be read.
        sqlite3.Error: it is damaged too.

    """
    if is_small(size):
        return connect_to_read(target, shared=False) if _is_whole(target) else None
    connection = connect_to_read(target, shared=True)
    if has_all_pages(connection, target):
        return connection
    connection.close()
    return None


def has_all_pages(connection: sqlite3.Connection, target: Path) -> bool:
    """Tell whether the file of an index is as long as it says."""
    ((pages,),) = connection.execute("PRAGMA page_count").fetchall()
    ((size,),) = connection.execute("PRAGMA page_size").fetchall()
    return target.stat().st_size == int(pages) * int(size)


def is_own(found: os.stat_result, is_kind: Callable[[int], bool]) -> bool:
    """Tell whether a file or folder is of a kind, one's own, and nobody else's to write."""
    owner = os.geteuid() if hasattr(os, "geteuid") else found.st_uid
    writable = found.st_mode & (stat.S_IWGRP | stat.S_IWOTH) if os.name == "posix" else 0
    return is_kind(found.st_mode) and found.st_uid == owner and not writable


def _is_whole(target: Path) -> bool:
    with target.open("rb", buffering=0) as stream:
        header = stream.read(_HEADER)
        return len(header) == _HEADER and _checksum(header, stream) == header[_CHECKSUM_AT:_CHECKSUM_END]


def _checksum(header: bytes, rest: RawIOBase) -> bytes:
    checksum = zlib.crc32(header[_CHECKSUM_END:], zlib.crc32(header[:_CHECKSUM_AT]))
    while chunk := rest.read(_CHUNK):
        checksum = zlib.crc32(chunk, checksum)
    return checksum.to_bytes(4)


def seal(draft: Path) -> None:
    """Write the checksum of a whole index into it."""
    if is_small(draft.stat().st_size):
        with draft.open("r+b", buffering=0) as stream:
            checksum = _checksum(stream.read(_HEADER), stream)
            stream.seek(_CHECKSUM_AT)
            stream.write(checksum)
