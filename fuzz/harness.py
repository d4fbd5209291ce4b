"""What the targets share: where seeds come from, and the limit of time.

A target is a module with a ``law``, which takes any bytes and raises when something does not hold, ``seeds`` to begin
with and ``WORDS`` to make inputs of. None of them needs atheris: the tests hold each law to generated and to kept
inputs.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Law = Callable[[bytes], None]

HERE = Path(__file__).parent
DATA = HERE.parent / "data"
SHARED = HERE.parents[1] / "shared"
"""Seeds are read from these folders; one that is not there gives none."""

_MEMORY = Path("/dev/shm")
_SEED_LENGTH = 4096


class TooSlow(Exception):  # a finding, not an error
    """A law took longer than a second a kilobyte."""


def timed(law: Law) -> Law:
    """Return a law that also fails when it takes longer than a second for each kilobyte begun.

    What is slow is slow twice; once, it may be the machine.
    """

    def check(data: bytes) -> None:
        limit = 1 + len(data) // 1024
        if _seconds(law, data) > limit and (spent := _seconds(law, data)) > limit:
            raise TooSlow(f"{spent:.1f} s for {len(data)} bytes")

    return check


def _seconds(law: Law, data: bytes) -> float:
    began = process_time()
    law(data)
    return process_time() - began


def readable(data: bytes) -> str:
    """Return bytes as text, whatever they are."""
    return data.decode("utf-8", "replace")


@contextmanager
def written(data: bytes, name: str) -> Iterator[Path]:
    """Write a file, in memory where the system has a folder for that, and give its path."""
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        yield path


def files(folder: Path, pattern: str) -> Iterator[bytes]:
    """Yield how the files of a folder begin."""
    for path in sorted(folder.rglob(pattern)):
        if path.is_file():
            yield path.read_bytes()[:_SEED_LENGTH]


def lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of a file."""
    if path.is_file():
        yield from path.read_bytes().splitlines()
