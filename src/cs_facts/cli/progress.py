"""How far a store is compiled, told in a terminal to whoever waits for it longer than a second."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from cs_facts.cli.terminal import Environment

# Seconds before anything is said, and between two numbers.
_PATIENCE, _EVERY = 1.0, 0.2


def progress(environment: Environment) -> Callable[[int, int], None] | None:
    """Return what is told how many bytes of how many are read; None where nobody looks."""
    if not environment.stderr.isatty():
        return None
    began = said = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal said
        now = time.monotonic()
        if now - began < _PATIENCE or (now - said < _EVERY and done < total):
            return
        said = now
        end = "\r\x1b[K" if done >= total else ""
        environment.stderr.write(f"\rfacts: compiling the store, {done * 100 // (total or 1)}%{end}")
        environment.stderr.flush()

    return tell
