"""Where a result goes: standard output, in a terminal through a pager, or a file written whole or not at all.

And where a text comes from: a file, or standard input.
"""

from __future__ import annotations

import codecs
import contextlib
import errno
import os
import re
import select
import shlex
import signal
import stat
import sys
import time
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from subprocess import PIPE, Popen
from typing import TYPE_CHECKING, BinaryIO, cast

from cs_facts.cli.environment import Environment
from cs_facts.errors import FactsError, OutputError, reason
from cs_facts.output.labels import legible
from cs_facts.text import has_han

if TYPE_CHECKING:
    from cs_facts.texts.document import Document

Chunks = Iterable[str | bytes]

# A descriptor of our own: opened anew it would lose its place, and what it held.
_OWN_STREAM = re.compile(r"/dev/(?P<name>stdout|stderr)|(?:/dev|/proc/self)/fd/(?P<number>\d+)")

# Quit where one screen suffices, search without case, show colours, leave the text on the screen.
_PAGER = "less -FIRX"

STANDARD_INPUT = "-"

# Bytes of standard input that are read at once.
_PIECE = 1 << 20


class ClosedPipe(Exception):
    """Whoever read our output has stopped reading; that is no fault."""


def write_text(
    environment: Environment,
    chunks: Chunks,
    output: Path | None = None,
    encoding: str = "utf-8",
    *,
    force: bool = False,
    paged: bool = True,
) -> None:
    """Write text to a file in UTF-8, or where none or ``-`` is named to standard output, through a pager if need be."""
    if output is not None and output != Path("-"):
        write_file(output, chunks, force=force)
        return
    is_seen = environment.height is not None and not environment.dumb
    if not (paged and is_seen and _page(environment, chunks, encoding)):
        write_stream(environment.stdout, chunks, encoding)


def _pager(environment: Environment) -> list[str]:
    """Return the words of the pager's command; none where nothing is to be paged."""
    try:
        words = shlex.split(environment.variables.get("PAGER", _PAGER))
    except ValueError:  # a quote without its other half names no program
        return []
    if words == ["cat"]:
        return []
    if "PAGER" in environment.variables and words and Path(words[0]).name == "less":
        words[1:1] = ["-FRX"]  # a PAGER of plain less would show colours as ESC[1m and hold a short answer up
    return words


def _page(environment: Environment, chunks: Chunks, encoding: str) -> bool:
    """Show text in a pager until the reader leaves it; return False where there is no such program."""
    if not (command := _pager(environment)):
        return False
    # Ctrl-C is the pager's alone: in less it stops a search, and must not end us below it. A handler of our own, unlike
    # SIG_IGN, is not inherited by the pager.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        try:
            environment.stdout.flush()
            pager = Popen(command, stdin=PIPE, stdout=environment.stdout, env=dict(environment.variables))
        except OSError:
            return False
        stdin = cast("BinaryIO", pager.stdin)
        try:
            with contextlib.suppress(ClosedPipe):  # the reader has read enough
                write_stream(stdin, chunks, encoding)
        finally:
            with contextlib.suppress(OSError):
                stdin.close()
            pager.wait()
    finally:
        signal.signal(signal.SIGINT, before)
    return True


def write_stream(stream: BinaryIO, chunks: Chunks, encoding: str = "utf-8", name: str = "standard output") -> None:
    """Write text, or bytes as they are, to a stream, all of it; ``name`` is what a message calls it."""
    if stream.closed:
        raise OutputError(f"{name}: is closed")
    # what goes wrong while a chunk is made is another's fault
    for data in chain(chunks, [b""]):
        if isinstance(data, str):
            data = data.encode() if encoding == "utf-8" else legible(data, encoding).encode(encoding)
        try:
            _write(stream, memoryview(data))
        except BrokenPipeError:
            raise ClosedPipe from None
        except OSError as error:
            raise OutputError(f"{name}: {reason(error)}") from None


def _write(stream: BinaryIO, data: memoryview) -> None:
    """Write data, where it is empty what waits in the stream's buffer.

    After a short write, as of an unbuffered stream, it is written on, and a stream that does not block is waited for.
    """
    flushes = not data
    while flushes or data:
        try:
            if flushes:
                stream.flush()
                return
            written = stream.write(data) or 0
        except BlockingIOError as error:
            written = error.characters_written
        data = data[written:]
        if not written:
            select.select([], [stream], [])


def write_file(path: Path, chunks: Chunks, *, force: bool) -> None:
    """Write a file whole or not at all: a draft first, which then takes the file's place.

    A symbolic link is followed, a file's mode kept; a device, a pipe or ``/dev/stdout`` is written to directly.
    """
    try:
        stream = _open_directly(path)
        if stream is None:
            _write_whole(path, chunks, force=force)
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


def _write_whole(path: Path, chunks: Chunks, *, force: bool) -> None:
    target = Path(os.path.realpath(path))
    old = _mode(target)
    if old is not None and not force:  # said before the work, and again below for one that has come meanwhile
        raise FileExistsError
    if old is not None and not old & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise PermissionError(errno.EACCES, "is read-only; make it writable first")
    prefix = f".{target.name[:40]}.draft-"
    _remove_left(target.parent, prefix)
    draft = target.with_name(prefix + os.urandom(4).hex())
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    descriptor = os.open(draft, flags, 0o666 if old is None else 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            with contextlib.suppress(OSError):  # a file system without locks: then nobody else gets one either
                _lock(stream)
            write_stream(stream, chunks, name=str(path))
            os.fsync(descriptor)
        if old is not None:
            draft.chmod(stat.S_IMODE(old))
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


def read_text(typed: str, environment: Environment) -> Document:
    """Read a text in UTF-8, from a regular file or from standard input."""
    name = "standard input" if typed == STANDARD_INPUT else typed
    try:
        if typed != STANDARD_INPUT:
            if not stat.S_ISREG(Path(typed).stat().st_mode):
                raise FactsError(f"{Path(typed)}: is not a regular file; - reads standard input")
            data = Path(typed).read_bytes()
        elif stream := environment.stdin:
            data = b"".join(iter(lambda: stream.read(_PIECE), b""))  # a signal is heeded only between two reads
        else:
            raise FactsError("standard input: is closed; name a file")
    except (OSError, ValueError) as error:
        raise FactsError(f"{name}: {reason(error)}") from None
    except MemoryError:
        raise FactsError(f"{name}: is too long for the memory that there is") from None
    from cs_facts.texts.document import read_document  # a query reads no text

    try:
        return read_document(name, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault = f"byte 0x{data[error.start]:02X} is not UTF-8; {_remedy(data, typed)}"
        raise FactsError(f"{name}:{line}: {fault}") from None


def _remedy(data: bytes, typed: str) -> str:
    """Say how a text becomes UTF-8, with the encoding that it seems to be in."""
    for encoding in ("utf-16", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            if has_han(data.decode(encoding)) and (
                encoding != "utf-16" or data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
            ):
                file = "" if typed == STANDARD_INPUT else f" {shlex.quote(typed)}"
                return f"it seems to be {encoding.upper()}: iconv -f {encoding} -t utf-8{file} makes it UTF-8"
    return "save it as UTF-8"
