"""Messages to the person at the terminal, all on standard error."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from cs_facts.output.legible import legible
from cs_facts.text import visible

if TYPE_CHECKING:
    from typing import BinaryIO, TextIO

    from cs_facts.cli.terminal import Environment


def say(environment: Environment, message: str) -> None:
    """Write one message to standard error, what must not reach a terminal made visible."""
    encoding = getattr(environment.stderr, "encoding", None) or "utf-8"
    try:
        environment.stderr.write(legible(visible(message), encoding, exact=True) + "\n")
        environment.stderr.flush()
    except OSError:  # nobody listens
        abandon(environment.stderr)


def counted(count: int, what: str) -> str:
    """Write a number of things.

    >>> counted(0, "error"), counted(1, "fault"), counted(2, "fact")
    ('no errors', '1 fault', '2 facts')
    """
    return f"{count or 'no'} {what}{'' if count == 1 else 's'}"


def abandon(stream: BinaryIO | TextIO) -> None:
    """Send what a stream still holds nowhere: the interpreter would write it at its end, though nobody takes it."""
    with contextlib.suppress(OSError, ValueError):  # it has no descriptor, or is closed
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
