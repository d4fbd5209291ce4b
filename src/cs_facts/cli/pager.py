"""Output to a terminal goes through the reader's pager, as that of git does; what a program reads never."""

from __future__ import annotations

import contextlib
import shlex
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, cast

from cs_facts.cli.streams import ClosedPipe, write_stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from cs_facts.cli.terminal import Environment

# Quit where one screen suffices, search without case, show colours, leave the text on the screen.
_DEFAULT = "less -FIRX"


def write_paged(
    environment: Environment, chunks: Iterable[str], encoding: str = "utf-8", *, paged: bool = True
) -> None:
    """Write text to standard output, through a pager where that is a terminal and a pager may be used."""
    command = _command(environment) if paged else []
    if not (command and _through(environment, command, chunks, encoding)):
        write_stream(environment.stdout, chunks, encoding)


def _command(environment: Environment) -> list[str]:
    """Return the words of the pager's command; none where nothing is to be paged."""
    if environment.height is None or environment.dumb:
        return []
    try:
        words = shlex.split(environment.variables.get("PAGER", _DEFAULT))
    except ValueError:  # a quote without its other half names no program
        return []
    if words == ["cat"]:
        return []
    if "PAGER" in environment.variables and words and Path(words[0]).name == "less":
        words[1:1] = ["-FRX"]  # a PAGER of plain less would show colours as ESC[1m and hold a short answer up
    return words


def _through(environment: Environment, command: Sequence[str], chunks: Iterable[str], encoding: str) -> bool:
    """Show text in a pager until the reader leaves it; return False where there is no such program."""
    with _interrupts_left_to_the_pager():
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
def _interrupts_left_to_the_pager() -> Iterator[None]:
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
