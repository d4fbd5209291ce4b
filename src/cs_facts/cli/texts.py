"""Texts that a command is given: a file, or standard input."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING

from cs_facts.errors import FactsError, reason
from cs_facts.texts.document import Document, read_document

if TYPE_CHECKING:
    from cs_facts.cli.terminal import Environment

STANDARD_INPUT = "-"

# Bytes of standard input that are read at once.
_PIECE = 1 << 20


class TextUnreadable(FactsError):
    """A text that cannot be read."""


def read_text(typed: str, environment: Environment) -> Document:
    """Read a text in UTF-8, from a regular file or from standard input.

    Raises:
        TextUnreadable: there is none, or it is something else.

    """
    name = "standard input" if typed == STANDARD_INPUT else typed
    try:
        data = _stream(environment) if typed == STANDARD_INPUT else _file(Path(typed))
    except (OSError, ValueError) as error:
        raise TextUnreadable(f"{name}: {reason(error)}") from None
    except MemoryError:
        raise TextUnreadable(f"{name}: is too long for the memory that there is") from None
    try:
        return read_document(name, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TextUnreadable(f"{name}:{line}: byte 0x{data[error.start]:02X} is not UTF-8; save it as UTF-8") from None


def _stream(environment: Environment) -> bytes:
    if environment.stdin is None:
        raise TextUnreadable("standard input: is closed; name a file")
    data = bytearray()
    while piece := environment.stdin.read(_PIECE):  # a signal is heeded only between two reads
        data += piece
    return bytes(data)


def _file(path: Path) -> bytes:
    if not stat.S_ISREG(path.stat().st_mode):
        raise TextUnreadable(f"{path}: is not a regular file; - reads standard input")
    return path.read_bytes()
