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
from collections.abc import Iterable
from functools import partial
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
    if output not in (None, Path("-")):
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
    with contextlib.ExitStack() as stack:
        # Ctrl-C is the pager's alone: in less it stops a search, and must not end us below it. A handler of our own,
        # unlike SIG_IGN, is not inherited by the pager.
        stack.callback(signal.signal, signal.SIGINT, signal.signal(signal.SIGINT, lambda *_: None))
        stack.enter_context(contextlib.suppress(ClosedPipe, BrokenPipeError))  # the reader has read enough
        try:
            environment.stdout.flush()
            pager = Popen(command, stdin=PIPE, stdout=environment.stdout, env=dict(environment.variables))
        except OSError:
            return False
        stack.enter_context(pager)
        write_stream(cast("BinaryIO", pager.stdin), chunks, encoding)
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
        if stream := _open_directly(path):
            try:
                write_stream(stream, chunks, name=str(path))
            finally:
                with contextlib.suppress(OSError):  # it tries once more what has just failed
                    stream.close()
        else:
            _write_whole(path, chunks, force=force)
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
    with contextlib.suppress(FileNotFoundError):
        return path.stat().st_mode
    return None


def _write_whole(path: Path, chunks: Chunks, *, force: bool) -> None:
    target = Path(os.path.realpath(path))
    old = _mode(target)
    if old is not None and not force:  # said before the work, and again below for one that has come meanwhile
        raise FileExistsError
    if old is not None and not old & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise PermissionError(errno.EACCES, "is read-only; make it writable first")
    draft = target.with_name(f".{target.name[:40]}.draft-{os.urandom(4).hex()}")
    opener = partial(os.open, mode=0o666 if old is None else 0o600)
    try:
        with open(draft, "xb", opener=opener) as stream:
            write_stream(stream, chunks, name=str(path))
            os.fsync(stream.fileno())
        if old is not None:
            draft.chmod(stat.S_IMODE(old))
        if not force:
            target.open("x").close()  # takes the name of a file that must not exist
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


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
    encoding = "utf-16" if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "gb18030"
    with contextlib.suppress(UnicodeDecodeError):
        if has_han(data.decode(encoding)):
            file = "" if typed == STANDARD_INPUT else f" {shlex.quote(typed)}"
            return f"it seems to be {encoding.upper()}: iconv -f {encoding} -t utf-8{file} makes it UTF-8"
    return "save it as UTF-8"
