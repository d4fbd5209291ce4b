"""What surrounds a run: streams, terminal, variables. Tests make their own."""

from __future__ import annotations

import io
import os
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass
class Environment:
    """The streams and variables of one run.

    Attributes:
        stdout: takes bytes: data in UTF-8, tables in ``encoding``.
        stderr: takes messages.
        variables: the environment variables.
        width: columns of the terminal that stdout is; None when it is none.
        encoding: what the terminal reads.
        stdin: gives bytes; None when the process has none.
        height: lines of the terminal that stdout is; None when it is none, and then nothing is paged.

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
        terminal = bool(sys.stdout and sys.stdout.isatty())
        size = shutil.get_terminal_size()
        return cls(
            sys.stdout.buffer if sys.stdout else _closed(),
            sys.stderr or io.StringIO(),
            os.environ,
            max(size.columns, 1) if terminal else None,
            sys.stdout.encoding if sys.stdout else "utf-8",
            sys.stdin.buffer if sys.stdin else None,
            max(size.lines, 1) if terminal else None,
        )

    @property
    def colour(self) -> bool:
        """Whether tables may be coloured (no-color.org, force-color.org)."""
        if self.variables.get("NO_COLOR"):
            return False
        if self.variables.get("FORCE_COLOR"):
            return True
        return self.width is not None and not self.dumb

    @property
    def dumb(self) -> bool:
        """Whether the terminal knows no escapes."""
        return self.variables.get("TERM") in ("dumb", "unknown")

    @property
    def wide(self) -> bool:
        """Whether the terminal draws characters of ambiguous width (“ ” — … ·) two columns wide.

        A locale does not say: by default xterm, VTE, kitty, Windows Terminal and tmux draw one in a Chinese one too.
        """
        return self.variables.get("FACTS_AMBIGUOUS_WIDTH") == "2"

    @property
    def language(self) -> str:
        """The reader's language: FACTS_LANG, then the locale, then English."""
        for name in ("FACTS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
            tag = self.variables.get(name, "").replace("-", "_").partition(".")[0].partition("_")[0].lower()
            if tag and tag not in ("c", "posix"):
                return "zh" if tag == "zh" else "both" if tag == "both" and name == "FACTS_LANG" else "en"
        return "en"


def _closed() -> BinaryIO:
    stream = io.BytesIO()
    stream.close()
    return stream
