"""The environment of a run: its streams and variables, which tests replace, and what depends on them."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, TextIO

from cs_facts.errors import UsageError
from cs_facts.output.labels import legible
from cs_facts.store import bundled
from cs_facts.text import visible

if TYPE_CHECKING:
    from cs_facts.index import Index

# Seconds before progress is shown, and between updates.
_PATIENCE, _EVERY = 1.0, 0.2


class Environment(NamedTuple):
    """The streams and variables of a run.

    Tables are written in ``encoding``, data always in UTF-8. Off a terminal ``width`` and ``height`` are None, and
    nothing is wrapped or paged.
    """

    stdout: BinaryIO
    stderr: TextIO
    variables: Mapping[str, str]
    width: int | None = None
    encoding: str = "utf-8"
    stdin: BinaryIO | None = None
    height: int | None = None

    @classmethod
    def current(cls) -> Environment:
        """Return the environment of this process; `sys` has None for a stream that is closed (``>&-``)."""
        stdin, stderr = sys.stdin.buffer if sys.stdin else None, sys.stderr or io.StringIO()
        if not sys.stdout:
            closed = io.BytesIO()
            closed.close()
            return cls(closed, stderr, os.environ, stdin=stdin)
        width, height = None, None
        if sys.stdout.isatty():
            width, height = (max(size, 1) for size in get_terminal_size())
        return cls(sys.stdout.buffer, stderr, os.environ, width, sys.stdout.encoding, stdin, height)

    @property
    def colour(self) -> bool:
        """Whether to write colours (no-color.org, force-color.org)."""
        if self.variables.get("NO_COLOR"):
            return False
        return bool(self.variables.get("FORCE_COLOR")) or (self.width is not None and not self.dumb)

    @property
    def dumb(self) -> bool:
        """Whether the terminal does not support escape sequences."""
        return self.variables.get("TERM") in ("dumb", "unknown")

    @property
    def language(self) -> str:
        """The reader's language: that of FACTS_LANG, of the locale, or English."""
        for name in ("FACTS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
            tag = self.variables.get(name, "").replace("-", "_").partition(".")[0].partition("_")[0].lower()
            if tag and tag not in ("c", "posix"):
                return "zh" if tag == "zh" else "both" if tag == "both" and name == "FACTS_LANG" else "en"
        return "en"

    def say(self, message: str) -> None:
        """Write a message to standard error, with control characters escaped."""
        encoding = getattr(self.stderr, "encoding", None) or "utf-8"
        try:
            self.stderr.write(legible(visible(message), encoding, exact=True) + "\n")
            self.stderr.flush()
        except OSError:  # nobody reads it
            discard(self.stderr)

    def progress(self) -> Callable[[int, int], None] | None:
        """Return a function that shows how many bytes of how many are compiled; None off a terminal."""
        if not self.stderr.isatty():
            return None
        began = shown = time.monotonic()

        def show(done: int, total: int) -> None:
            nonlocal shown
            now = time.monotonic()
            if now - began >= _PATIENCE and (now - shown >= _EVERY or done >= total):
                shown = now
                end = "\r\x1b[K" if done >= total else ""
                self.stderr.write(f"\rfacts: compiling the store, {done * 100 // (total or 1)}%{end}")
                self.stderr.flush()

        return show

    def store_paths(self, named: Iterable[str] | None = None) -> list[Path]:
        """Return the paths of the stores named, or else of those in FACTS_STORE, or else of the bundled store.

        An empty name, perhaps from an unset variable, is refused: as a path it would mean the current folder.
        """
        names = [*(named or filter(None, self.variables.get("FACTS_STORE", "").split(os.pathsep)))]
        if "" in names:
            raise UsageError("the name of a store is empty; name a YAML file, or a folder of them")
        return [Path(name) for name in names] or [bundled()]

    def open(self, named: Iterable[str] | None) -> Index:
        """Open the index of the stores that `store_paths` names."""
        from cs_facts.index.cache import open_index  # help does not need it

        return open_index(self.store_paths(named), self.variables, self.progress())


def discard(stream: BinaryIO | TextIO) -> None:
    """Discard what a stream still buffers, so that the interpreter does not fail to flush it on exit."""
    with contextlib.suppress(OSError, ValueError):  # without a descriptor, or closed
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def counted(count: int, what: str) -> str:
    """Return a count in words: no errors, 1 error, 2 errors."""
    return f"{count or 'no'} {what}{'' if count == 1 else 's'}"
