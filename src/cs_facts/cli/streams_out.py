"""Where a result goes: standard output, or a file written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from cs_facts.cli.streams import flush, write_all
from cs_facts.errors import OutputError, reason
from cs_facts.text import lazily

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Chunks = Iterable[str] | Iterable[bytes]

_NEW_FILE = 0o666
"""The mode of a new file, before the umask."""

_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH

_OWN_STREAM = lazily(r"/dev/(stdout|stderr|fd/\d+)|/proc/self/fd/\d+")
_NUMBERS = {"stdout": 1, "stderr": 2}

_DESCRIPTORS = Path("/proc/self/fd")


class ClosedPipe(Exception):
    """Who read our output has stopped reading; that is no fault."""


def write_stream(stream: BinaryIO, chunks: Chunks, encoding: str = "utf-8", name: str = "standard output") -> None:
    """Write text, or bytes as they are, to a stream, all of it.

    Raises:
        ClosedPipe: the reader has gone.
        OutputError: the stream takes no more; ``name`` is what the message calls it.

    """
    if stream.closed:
        raise OutputError(f"{name}: is closed")
    for chunk in chunks:  # what goes wrong here is no fault of the stream
        with _told(name):
            write_all(stream, _encoded(chunk, encoding))
    with _told(name):
        flush(stream)


@contextlib.contextmanager
def _told(name: str) -> Iterator[None]:
    """Tell what a stream refuses."""
    try:
        yield
    except BrokenPipeError:
        raise ClosedPipe from None
    except OSError as error:
        raise OutputError(f"{name}: {reason(error)}") from None


def _encoded(chunk: str | bytes, encoding: str = "utf-8") -> bytes:
    if isinstance(chunk, bytes):
        return chunk
    if encoding == "utf-8":
        return chunk.encode()
    from cs_facts.output.legible import legible  # few terminals need it

    return legible(chunk, encoding).encode(encoding)


def write_file(path: Path, chunks: Chunks, *, force: bool) -> None:
    """Write a file whole or not at all: a draft first, which then takes the file's place.

    A symbolic link is followed, a file's mode kept; a device, a pipe or ``/dev/stdout`` is written to directly.

    Raises:
        ClosedPipe: it is a pipe, and the reader has gone.
        OutputError: the file exists and ``force`` is not set, or it cannot be written.

    """
    try:
        stream = _open_directly(path)
        if stream is None:
            _write_whole(Path(os.path.realpath(path)), chunks, force=force)
        else:
            _write_directly(stream, chunks, str(path))
    except FileExistsError:
        raise OutputError(f"{path}: exists; --force overwrites it") from None
    except IsADirectoryError:
        raise OutputError(f"{path}: is a folder; name a file") from None
    except OSError as error:
        raise OutputError(f"{path}: {reason(error)}") from None


def _open_directly(path: Path) -> BinaryIO | None:
    """Open what is no regular file; None where there is one, or nothing."""
    name = str(path.absolute())
    if _OWN_STREAM().fullmatch(name):  # opened anew it would lose its place, and what it held
        last = name.rpartition("/")[2]
        return os.fdopen(os.dup(_NUMBERS.get(last) or int(last)), "wb")
    mode = _mode(path)
    return None if mode is None or stat.S_ISREG(mode) else path.open("wb")


def _write_directly(stream: BinaryIO, chunks: Chunks, name: str) -> None:
    try:
        write_stream(stream, chunks, name=name)
    finally:
        with contextlib.suppress(OSError):  # it tries once more what has just failed
            stream.close()


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _write_whole(target: Path, chunks: Chunks, *, force: bool) -> None:
    mode = _mode(target)
    if mode is not None and not force:  # said before the work; `_place` says it again of one that has come meanwhile
        raise FileExistsError
    if mode is not None and not mode & _WRITABLE:  # its folder may let another file take its place; its owner does not
        raise OutputError(f"{target}: is read-only; make it writable first")
    draft = target.with_name(f".{target.name[:40]}.{os.urandom(4).hex()}")
    try:
        if _write_draft(draft, chunks, _NEW_FILE if mode is None else stat.S_IMODE(mode), None if force else target):
            return
        if mode is not None:
            draft.chmod(stat.S_IMODE(mode))  # past the umask
        _place(draft, target, force=force)
    finally:
        draft.unlink(missing_ok=True)


def _write_draft(draft: Path, chunks: Chunks, mode: int, target: Path | None) -> bool:
    """Write a file that gets its name, where the system can do that, when it is whole: a killed run leaves nothing.

    Args:
        draft: the name of the draft.
        chunks: what is written.
        mode: the mode of the draft.
        target: the name that it may get at once, unless it is taken.

    Returns:
        whether it got that.

    Raises:
        FileExistsError: it is taken.

    """
    descriptor, nameless = _open_draft(draft, mode)
    with os.fdopen(descriptor, "wb") as stream:
        for chunk in chunks:
            stream.write(_encoded(chunk))
        stream.flush()
        os.fsync(descriptor)
        if nameless:
            _name(descriptor, target or draft)
    return nameless and target is not None


def _open_draft(draft: Path, mode: int) -> tuple[int, bool]:
    """Open a file without a name (open(2), O_TMPFILE), else one that has it from the start."""
    if hasattr(os, "O_TMPFILE") and _DESCRIPTORS.is_dir():
        with contextlib.suppress(OSError):  # not every file system has them
            return os.open(draft.parent, os.O_TMPFILE | os.O_WRONLY, mode), True
    return os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), mode), False


def _name(descriptor: int, path: Path) -> None:
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        # told a folder, Python calls linkat(2), which follows the link that /proc has for the descriptor
        os.link(_DESCRIPTORS / str(descriptor), path.name, dst_dir_fd=folder)
    finally:
        os.close(folder)


def _place(draft: Path, target: Path, *, force: bool) -> None:
    """Give a draft the file's name, which without ``force`` nobody else may have taken.

    Raises:
        FileExistsError: somebody has.

    """
    if not force:
        try:
            target.hardlink_to(draft)
        except (OSError, NotImplementedError):  # taken, or no hard links here: then take the name first
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        else:
            return
    draft.replace(target)
