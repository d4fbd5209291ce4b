"""The file of a store in pieces that can be read one by one: what it defines, then its facts, some at a time.

A piece of facts begins where a line begins an item of the list. In a quoted text or inside brackets such a line may
stand too; the piece before it is then no whole YAML and is refused, and with it the store, which is then read in one.
All items of a piece are held against the indentation of the first, and each piece begins with that of the whole list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from cs_facts.index.doubt import Doubt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cs_facts.model import Fact

PIECE = 1 << 19
"""Bytes of a piece, about a thousand facts."""

_LONGEST = 1 << 23
"""Bytes that may pass without the beginning of a fact."""

_FACTS = re.compile(rb"^facts:[ \t]*(?:(?<=[ \t])#[^\n]*)?\r?\n", re.MULTILINE)
_FIRST_ITEM = re.compile(rb"(?:[ \t]*(?:#[^\n]*)?\r?\n)*( *)- ")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some facts of a file.

    Attributes:
        offset: where they begin, in bytes; ``length`` is theirs.

    """

    file: Path
    offset: int
    length: int

    def read(self) -> bytes:
        """Return the text of the facts."""
        with self.file.open("rb") as stream:
            stream.seek(self.offset)
            return stream.read(self.length)


def facts_of(piece: Piece) -> list[Fact]:
    """Read the facts of a piece.

    Raises:
        Doubt: there is a fault.

    """
    raise Doubt


def head_of(file: Path) -> tuple[bytes, int]:
    """Return what stands before the list of facts, and the offset at which the facts begin.

    Raises:
        Doubt: the file has no plain list of facts, or is none: a pipe can be read once only.

    """
    if not file.is_file():
        raise Doubt
    with file.open("rb") as stream:
        head = b""
        while block := stream.read(PIECE):
            head += block
            if match := _FACTS.search(head):
                return head[: match.start()], match.end()
            if len(head) > _LONGEST:
                break
    raise Doubt


def pieces_of(file: Path, offset: int) -> Iterator[Piece]:
    """Yield the facts of a file, which begin at an offset, piece by piece.

    Raises:
        Doubt: they do not begin with an item, or one is very long.

    """
    with file.open("rb") as stream:
        stream.seek(offset)
        for text in _cut(stream):
            yield Piece(file, offset, len(text))
            offset += len(text)


def _cut(stream: BinaryIO) -> Iterator[bytes]:
    text = stream.read(PIECE)
    match = _FIRST_ITEM.match(text)
    if not match:  # nothing stands there, or no item
        raise Doubt
    begin = b"\n" + match[1] + b"- "
    while text:
        block = stream.read(PIECE)
        end = len(text) if not block else text.rfind(begin) + 1  # 0 where only one begins
        if end:
            yield text[:end]
        elif len(text) > _LONGEST:
            raise Doubt
        text = text[end:] + block
