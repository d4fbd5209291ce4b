"""Write results to standard output, a pager or a file, and read texts from a file or standard input."""

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

# Our own descriptors: opening one of these paths would start at the file's beginning and truncate it.
_OWN_STREAM = re.compile(r"/dev/(?P<name>stdout|stderr)|(?:/dev|/proc/self)/fd/(?P<number>\d+)")

# Quit if one screen suffices, ignore case when searching, show colours, leave the text on the screen.
_PAGER = "less -FIRX"

STANDARD_INPUT = "-"

# Standard input is read in blocks of this size.
_BLOCK = 1 << 20


class ClosedPipe(Exception):
    """The reader of our output has stopped reading, which is not an error."""


def write_text(
    environment: Environment,
    chunks: Chunks,
    output: Path | None = None,
    encoding: str = "utf-8",
    *,
    force: bool = False,
    paged: bool = True,
) -> None:
    """Write text to a file in UTF-8, or without one or for ``-`` to standard output, perhaps through a pager."""
    if output not in (None, Path("-")):
        write_file(output, chunks, force=force)
        return
    is_seen = environment.height is not None and not environment.dumb
    if not (paged and is_seen and _show_in_pager(environment, chunks, encoding)):
        write_stream(environment.stdout, chunks, encoding)


def _pager_command(environment: Environment) -> list[str]:
    """Return the pager's command line; empty if there is to be no pager."""
    try:
        words = shlex.split(environment.variables.get("PAGER", _PAGER))
    except ValueError:  # an unbalanced quote
        return []
    if words == ["cat"]:
        return []
    if "PAGER" in environment.variables and words and Path(words[0]).name == "less":
        words[1:1] = ["-FRX"]  # plain less would show colours as ESC[1m and wait even after a short answer
    return words


def _show_in_pager(environment: Environment, chunks: Chunks, encoding: str) -> bool:
    """Show text in a pager until the reader quits; return False if there is no pager."""
    if not (command := _pager_command(environment)):
        return False
    with contextlib.ExitStack() as stack:
        # Leave Ctrl-C to the pager: in less it stops a search and must not end this process. Unlike SIG_IGN, a handler
        # is not inherited by the pager.
        stack.callback(signal.signal, signal.SIGINT, signal.signal(signal.SIGINT, lambda *_: None))
        stack.enter_context(contextlib.suppress(ClosedPipe, BrokenPipeError))  # the reader has quit
        try:
            environment.stdout.flush()
            pager = Popen(command, stdin=PIPE, stdout=environment.stdout, env=dict(environment.variables))
        except OSError:
            return False
        stack.enter_context(pager)
        write_stream(cast("BinaryIO", pager.stdin), chunks, encoding)
    return True


def write_stream(stream: BinaryIO, chunks: Chunks, encoding: str = "utf-8", name: str = "standard output") -> None:
    """Write all chunks, text encoded and bytes as they are, to a stream that messages call ``name``."""
    if stream.closed:
        raise OutputError(f"{name}: is closed")
    for data in chain(chunks, [b""]):  # outside the try: an OSError from making a chunk is not one of the output
        if isinstance(data, str):
            data = data.encode() if encoding == "utf-8" else legible(data, encoding).encode(encoding)
        try:
            _write(stream, memoryview(data))
        except BrokenPipeError:
            raise ClosedPipe from None
        except OSError as error:
            raise OutputError(f"{name}: {reason(error)}") from None


def _write(stream: BinaryIO, data: memoryview) -> None:
    """Write all of the data, or flush the stream if it is empty.

    An unbuffered stream may take only a part of the data, and a non-blocking one none: then wait and go on.
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
    """Write a file completely or not at all, by renaming a temporary file beside it.

    Symbolic links are followed, the mode of a file is kept; devices, pipes and ``/dev/stdout`` are written to directly.
    """
    try:
        if stream := _open_directly(path):
            try:
                write_stream(stream, chunks, name=str(path))
            finally:
                with contextlib.suppress(OSError):  # closing flushes again, which has just failed
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
    """Open anything but a regular file; None for a regular file or a path that does not exist."""
    if own := _OWN_STREAM.fullmatch(str(path.absolute())):
        number = int(own["number"]) if own["number"] else {"stdout": 1, "stderr": 2}[own["name"]]
        return os.fdopen(os.dup(number), "wb")
    mode = _mode(path)
    return None if mode is None or stat.S_ISREG(mode) else path.open("wb")


def _mode(path: Path) -> int | None:
    """Return the mode of a file, or None if it does not exist."""
    with contextlib.suppress(FileNotFoundError):
        return path.stat().st_mode
    return None


def _write_whole(path: Path, chunks: Chunks, *, force: bool) -> None:
    target = Path(os.path.realpath(path))
    old = _mode(target)
    if old is not None and not force:  # checked again below, in case the file is created in the meantime
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
            target.open("x").close()  # fails if the file exists by now
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
            data = b"".join(iter(lambda: stream.read(_BLOCK), b""))  # signals are handled only between two reads
        else:
            raise FactsError("standard input: is closed; name a file")
    except (OSError, ValueError) as error:
        raise FactsError(f"{name}: {reason(error)}") from None
    except MemoryError:
        raise FactsError(f"{name}: does not fit into memory") from None
    from cs_facts.texts.document import read_document  # queries do not need it

    try:
        return read_document(name, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault = f"byte 0x{data[error.start]:02X} is not UTF-8; {_conversion_hint(data, typed)}"
        raise FactsError(f"{name}:{line}: {fault}") from None


def _conversion_hint(data: bytes, typed: str) -> str:
    """Say how to convert a text to UTF-8 from the encoding that it seems to be in."""
    encoding = "utf-16" if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "gb18030"
    with contextlib.suppress(UnicodeDecodeError):
        if has_han(data.decode(encoding)):
            file = "" if typed == STANDARD_INPUT else f" {shlex.quote(typed)}"
            return f"it seems to be {encoding.upper()}: iconv -f {encoding} -t utf-8{file} makes it UTF-8"
    return "save it as UTF-8"
