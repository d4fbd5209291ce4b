"""Where the text of a result goes: standard output, or a file written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from cs_facts.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEW_FILE = 0o666


class ClosedPipe(Exception):
    """Who read our output has stopped reading; that is no fault."""


def write_stream(stream: BinaryIO, chunks: Iterable[str], encoding: str = "utf-8") -> None:
    """Write text to a stream, all of it.

    Raises:
        ClosedPipe: the reader has gone.
        OutputError: the stream takes no more.

    """
    try:
        for chunk in chunks:
            _write_all(stream, chunk.encode(encoding, "replace" if encoding != "utf-8" else "strict"))
        stream.flush()
    except BrokenPipeError:
        raise ClosedPipe from None
    except (OSError, ValueError) as error:
        raise OutputError(f"standard output: {_reason(error)}") from None


def _write_all(stream: BinaryIO, data: bytes) -> None:
    """Write on after a short write, which an unbuffered stream may make."""
    view = memoryview(data)
    while view:
        view = view[stream.write(view) or 0 :]


def write_file(path: Path, chunks: Iterable[str], *, force: bool) -> None:
    """Write a file whole or not at all: beside it first, then in its place.

    A symbolic link is followed, a file's mode kept; a device or a pipe is written to directly.

    Raises:
        OutputError: the file exists and ``force`` is not set, or it cannot be written.

    """
    try:
        target = path.resolve()
        mode = target.stat().st_mode if target.exists() else None
        if mode is not None and not stat.S_ISREG(mode):
            if stat.S_ISDIR(mode):
                raise OutputError(f"{path}: is a folder; name a file")
            with target.open("wb") as stream:
                write_stream(stream, chunks)
            return
        if mode is not None and not force:
            raise OutputError(f"{path}: exists; --force overwrites it")
        _replace(target, chunks, mode)
    except OSError as error:
        raise OutputError(f"{path}: {_reason(error)}") from None


def _replace(target: Path, chunks: Iterable[str], mode: int | None) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            for chunk in chunks:
                stream.write(chunk.encode())
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(stat.S_IMODE(mode) if mode is not None else _NEW_FILE & ~_umask())
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _reason(error: Exception) -> str:
    return ((error.strerror if isinstance(error, OSError) else None) or str(error)).lower()
