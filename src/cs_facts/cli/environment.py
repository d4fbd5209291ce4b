"""What surrounds a run, of which tests make their own: streams, variables, stores, and who reads messages."""

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

# Seconds before the progress of a compilation is told, and between two numbers.
_PATIENCE, _EVERY = 1.0, 0.2


class Environment(NamedTuple):
    """The streams and variables of one run; data is UTF-8, tables are in ``encoding``.

    Off a terminal ``width`` and ``height`` are None; then nothing is wrapped, and nothing paged.
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
        """Return that of this process; a stream that it was started without (``>&-``) is None in `sys`."""
        columns, lines = None, None
        if sys.stdout and sys.stdout.isatty():
            columns, lines = (max(size, 1) for size in get_terminal_size())
        closed = io.BytesIO()
        closed.close()
        return cls(
            *(sys.stdout.buffer if sys.stdout else closed, sys.stderr or io.StringIO(), os.environ, columns),
            encoding=sys.stdout.encoding if sys.stdout else "utf-8",
            stdin=sys.stdin.buffer if sys.stdin else None,
            height=lines,
        )

    @property
    def colour(self) -> bool:
        """Whether tables may be coloured (no-color.org, force-color.org)."""
        if self.variables.get("NO_COLOR"):
            return False
        return bool(self.variables.get("FORCE_COLOR")) or (self.width is not None and not self.dumb)

    @property
    def dumb(self) -> bool:
        """Whether the terminal knows no escapes."""
        return self.variables.get("TERM") in ("dumb", "unknown")

    @property
    def language(self) -> str:
        """The reader's language: FACTS_LANG, then the locale, then English."""
        for name in ("FACTS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
            tag = self.variables.get(name, "").replace("-", "_").partition(".")[0].partition("_")[0].lower()
            if tag and tag not in ("c", "posix"):
                return "zh" if tag == "zh" else "both" if tag == "both" and name == "FACTS_LANG" else "en"
        return "en"

    def say(self, message: str) -> None:
        """Write one message to standard error, what must not reach a terminal made visible."""
        encoding = getattr(self.stderr, "encoding", None) or "utf-8"
        try:
            self.stderr.write(legible(visible(message), encoding, exact=True) + "\n")
            self.stderr.flush()
        except OSError:  # nobody listens
            abandon(self.stderr)

    def progress(self) -> Callable[[int, int], None] | None:
        """Return what is told how many bytes of how many are read; None where nobody looks."""
        if not self.stderr.isatty():
            return None
        began = said = time.monotonic()

        def tell(done: int, total: int) -> None:
            nonlocal said
            now = time.monotonic()
            if now - began >= _PATIENCE and (now - said >= _EVERY or done >= total):
                said = now
                end = "\r\x1b[K" if done >= total else ""
                self.stderr.write(f"\rfacts: compiling the store, {done * 100 // (total or 1)}%{end}")
                self.stderr.flush()

        return tell

    def store_paths(self, named: Iterable[str] | None = None) -> list[Path]:
        """Return the paths of the stores named, or of those of FACTS_STORE, or of the bundled one.

        An empty name, as of a variable that is not set, would be the current folder.
        """
        names = [*(named or filter(None, self.variables.get("FACTS_STORE", "").split(os.pathsep)))]
        if "" in names:
            raise UsageError("the name of a store is empty; name a YAML file, or a folder of them")
        return [Path(name) for name in names] or [bundled()]

    def open(self, named: Iterable[str] | None) -> Index:
        """Open the index of the same stores."""
        from cs_facts.index.cache import open_index  # help reads none

        return open_index(self.store_paths(named), self.variables, self.progress())


def abandon(stream: BinaryIO | TextIO) -> None:
    """Send what a stream still holds nowhere: the interpreter would write it at its end, though nobody takes it."""
    with contextlib.suppress(OSError, ValueError):  # it has no descriptor, or is closed
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def counted(count: int, what: str) -> str:
    """Write a number of things: no errors, 1 error, 2 errors."""
    return f"{count or 'no'} {what}{'' if count == 1 else 's'}"
