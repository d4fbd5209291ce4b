"""Where a result goes: standard output, or a file written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import select
import stat
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from cs_facts.errors import OutputError, reason
from cs_facts.output.legible import legible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Chunks = Iterable[str] | Iterable[bytes]

# A descriptor of our own: opened anew it would lose its place, and what it held.
_OWN_STREAM = re.compile(r"/dev/(?P<name>stdout|stderr)|(?:/dev|/proc/self)/fd/(?P<number>\d+)")


class ClosedPipe(Exception):
    """Whoever read our output has stopped reading; that is no fault."""


def write_stream(stream: BinaryIO, chunks: Chunks, encoding: str = "utf-8", name: str = "standard output") -> None:
    """Write text, or bytes as they are, to a stream, all of it; ``name`` is what a message calls it."""
    if stream.closed:
        raise OutputError(f"{name}: is closed")
    for chunk in chunks:  # what goes wrong here is no fault of the stream
        data = _encoded(chunk, encoding)
        with _faults_of(name):
            _write_all(stream, data)
    with _faults_of(name):
        while not _flushed(stream):
            select.select([], [stream], [])


@contextlib.contextmanager
def _faults_of(name: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise ClosedPipe from None
    except OSError as error:
        raise OutputError(f"{name}: {reason(error)}") from None


def _write_all(stream: BinaryIO, data: bytes) -> None:
    """Write on after a short write, as of an unbuffered stream, and wait for one that does not block."""
    view = memoryview(data)
    while view:
        try:
            written = stream.write(view) or 0
        except BlockingIOError as error:
            written = error.characters_written
        view = view[written:]
        if not written:
            select.select([], [stream], [])


def _flushed(stream: BinaryIO) -> bool:
    try:
        stream.flush()
    except BlockingIOError:
        return False
    return True


def _encoded(chunk: str | bytes, encoding: str = "utf-8") -> bytes:
    if isinstance(chunk, bytes):
        return chunk
    return chunk.encode() if encoding == "utf-8" else legible(chunk, encoding).encode(encoding)


def write_file(path: Path, chunks: Chunks, *, force: bool) -> None:
    """Write a file whole or not at all: a draft first, which then takes the file's place.

    A symbolic link is followed, a file's mode kept; a device, a pipe or ``/dev/stdout`` is written to directly.
    """
    try:
        stream = _open_directly(path)
        if stream is None:
            _write_whole(Path(os.path.realpath(path)), chunks, force=force)
            return
        try:
            write_stream(stream, chunks, name=str(path))
        finally:
            with contextlib.suppress(OSError):  # it tries once more what has just failed
                stream.close()
    except FileExistsError:
        raise OutputError(f"{path}: exists; --force overwrites it") from None
    except IsADirectoryError:
        raise OutputError(f"{path}: is a folder; name a file") from None
    except OSError as error:
        raise OutputError(f"{path}: {reason(error)}") from None


def _open_directly(path: Path) -> BinaryIO | None:
    """Open what is no regular file; None where there is one, or nothing."""
    if own := _OWN_STREAM.fullmatch(str(path.absolute())):
        number = int(own["number"]) if own["number"] else {"stdout": 1, "stderr": 2}[own["name"]]
        return os.fdopen(os.dup(number), "wb")
    mode = _mode(path)
    return None if mode is None or stat.S_ISREG(mode) else path.open("wb")


def _mode(path: Path) -> int | None:
    """Return the mode of a file; None where there is none."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _write_whole(target: Path, chunks: Chunks, *, force: bool) -> None:
    old = _mode(target)
    if old is not None and not force:  # said before the work, and again below for one that has come meanwhile
        raise FileExistsError
    if old is not None and not old & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise PermissionError(errno.EACCES, "is read-only; make it writable first")
    prefix = f".{target.name[:40]}.draft-"
    _remove_left(target.parent, prefix)
    draft = target.with_name(prefix + os.urandom(4).hex())
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            with contextlib.suppress(OSError):  # a file system without locks: then nobody else gets one either
                _lock(stream)
            for chunk in chunks:
                stream.write(_encoded(chunk))
            stream.flush()
            os.fsync(descriptor)
        draft.chmod(_mode_of_new_files() if old is None else stat.S_IMODE(old))
        if not force:
            target.open("x").close()  # takes the name of a file that must not exist
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _remove_left(folder: Path, prefix: str) -> None:
    """Remove drafts that killed runs left: those older than a minute whose writer no longer holds its lock."""
    drafts = [path for path in folder.iterdir() if path.name.startswith(prefix)] if os.access(folder, os.R_OK) else []
    for draft in drafts:
        with contextlib.suppress(OSError):
            if draft.lstat().st_mtime < time.time() - 60 and draft.is_file():
                with draft.open("rb") as stream:
                    _lock(stream)
                    draft.unlink()


def _lock(stream: BinaryIO) -> None:
    """Lock a draft, or raise an OSError; on Windows nobody can remove a file that is open."""
    if sys.platform != "win32":
        from fcntl import LOCK_EX, LOCK_NB, flock  # Windows has no such module

        flock(stream, LOCK_EX | LOCK_NB)


def _mode_of_new_files() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask
