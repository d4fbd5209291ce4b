"""Output that exceeds the screen goes through the reader's pager, as that of git does; what a program reads never."""

from __future__ import annotations

import contextlib
import signal
import subprocess
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, cast

from cs_facts.cli.streams_out import ClosedPipe, write_stream
from cs_facts.text import lazily

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from cs_facts.cli.terminal import Environment

_DEFAULT = "less -FIRX"
"""Quit where one screen suffices, search without case, show colours, leave the text on the screen."""

_ESCAPE = lazily(r"\x1b\[[\d;]*m")


def write_paged(
    environment: Environment, chunks: Iterable[str], encoding: str = "utf-8", *, paged: bool = True
) -> None:
    """Write text to standard output, through a pager where that is a terminal and the text exceeds its screen.

    Args:
        environment: whose streams, screen and ``PAGER`` hold.
        chunks: the text.
        encoding: what the terminal reads.
        paged: whether a pager may be used.

    Raises:
        ClosedPipe: who read standard output has gone.
        OutputError: standard output takes no more.

    """
    command = _command(environment) if paged else []
    if command:
        chunks = iter(chunks)
        held, exceeds = _first_screen(environment, chunks)
        chunks = chain(held, chunks)
        if exceeds and _through(environment, command, chunks, encoding):
            return
    write_stream(environment.stdout, chunks, encoding)


def _command(environment: Environment) -> list[str]:
    """Return the words of the pager's command; none where nothing is to be paged."""
    if environment.height is None or environment.dumb:
        return []
    import shlex  # a terminal alone asks for it

    try:
        words = shlex.split(environment.variables.get("PAGER", _DEFAULT))
    except ValueError:  # a quote without its other half names no program
        return []
    if words == ["cat"]:
        return []
    if "PAGER" in environment.variables and words and Path(words[0]).name == "less":
        words.insert(1, "-R")  # else a PAGER of plain less shows our colours as ESC[1m; LESS itself is the reader's
    return words


def _first_screen(environment: Environment, chunks: Iterator[str]) -> tuple[list[str], bool]:
    """Take chunks until they exceed the screen; return them and whether they do."""
    held: list[str] = []
    free = (environment.height or 1) - 1  # the shell's prompt needs a line too
    for chunk in chunks:
        held.append(chunk)
        free -= sum(_rows(line, environment.width or 80) for line in chunk.splitlines())
        if free < 0:
            return held, True
    return held, False


def _rows(line: str, width: int) -> int:
    """Return how many lines of the screen a line takes."""
    from unicodedata import east_asian_width

    bare = _ESCAPE().sub("", line)
    columns = len(bare) if bare.isascii() else sum(1 + (east_asian_width(char) in "WF") for char in bare)
    return max(-(-columns // width), 1)


def _through(environment: Environment, command: Sequence[str], chunks: Iterable[str], encoding: str) -> bool:
    """Show text in a pager until the reader leaves it; return False where there is no such program."""
    with _left_to_the_pager():
        try:
            environment.stdout.flush()
            pager = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=environment.stdout, env=dict(environment.variables)
            )
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
    return True


@contextlib.contextmanager
def _left_to_the_pager() -> Iterator[None]:
    """Let Ctrl-C be the pager's alone: in less it stops a search, and must not end us below it.

    A handler of our own, unlike SIG_IGN, is not inherited by the pager.
    """
    try:
        before = signal.signal(signal.SIGINT, lambda *_: None)
    except ValueError:  # not the main thread, which gets no signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
