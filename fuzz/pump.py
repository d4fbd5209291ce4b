"""Look for inputs that cost more than they weigh: ``python fuzz/pump.py numerals 300``, seconds to go on for.

Coverage does not lead to slow or greedy inputs; repetition does (a pattern that backtracks, a list searched for each
of its items). Each input is a seed's beginning, a part repeated to 16 kB, and an end; what takes longer than a tenth of
a second a kilobyte, or more memory than a multiple of its size, is printed with its parts. No atheris is needed.
"""

from __future__ import annotations

import importlib
import random
import sys
import tracemalloc
from itertools import count
from time import process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from harness import Law

    Parts = tuple[bytes, bytes, bytes]

SIZE = 16_000
SECONDS_A_KILOBYTE = 0.1
"""A tenth of what is allowed, at a size at which a quadratic cost is a tenth of what it is at ten times that."""

MULTIPLE, BASE = 250, 4_000_000
"""Bytes of memory for each byte of input, beside a few that every run takes."""


def main(name: str, seconds: str, seed: str = "1") -> None:
    """Pump one target and print each finding, then what was the worst."""
    target = importlib.import_module(name)
    target.law(b"")
    end, slowest, greediest = process_time() + float(seconds), 0.0, 0.0
    for number, parts in zip(count(1), _parts(random.Random(seed), list(target.seeds()), target.WORDS), strict=False):
        spent, memory = _cost(target.law, _pumped(parts), measured=number % 4 == 0)
        if spent > SECONDS_A_KILOBYTE * SIZE / 1024 and spent > slowest:
            sys.stdout.write(f"{spent:.1f} s: {parts}\n")
        if memory > MULTIPLE * SIZE + BASE and memory > greediest:
            sys.stdout.write(f"{memory // SIZE} times its size: {parts}\n")
        slowest, greediest = max(slowest, spent), max(greediest, memory)
        sys.stdout.flush()
        if process_time() > end:
            sys.stdout.write(f"{number} inputs; slowest {slowest:.2f} s, greediest {greediest / SIZE:.0f} times\n")
            return


def _parts(choice: random.Random, seeds: Sequence[bytes], words: Sequence[str]) -> Iterator[Parts]:
    """Yield the beginning, the part to be repeated and the end of an input."""
    while True:
        beginning, middle, end = choice.choices(seeds, k=3)
        if choice.random() < 0.5:
            middle = "".join(choice.choices(words, k=choice.randint(1, 4))).encode()
        at, length = choice.randrange(len(middle) + 1), choice.choice((1, 2, 3, 4, 8, 20))
        repeated = middle[at : at + length] if choice.random() < 0.5 else middle
        yield beginning[: choice.randrange(len(beginning) + 1)], repeated or b" ", end[: choice.choice((0, 0, 1, 8))]


def _pumped(parts: Parts) -> bytes:
    beginning, middle, end = parts
    return beginning + middle * (SIZE // len(middle)) + end


def _cost(law: Law, data: bytes, *, measured: bool) -> tuple[float, int]:
    """Return the seconds that a law takes, and the bytes at the most, which are counted in some runs only."""
    if measured:
        tracemalloc.start()
    began = process_time()
    try:
        law(data)
    finally:
        spent = process_time() - began
        memory = tracemalloc.get_traced_memory()[1] if measured else 0
        tracemalloc.stop()
    return (0.0 if measured else spent), memory


if __name__ == "__main__":
    main(*sys.argv[1:])
