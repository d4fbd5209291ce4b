"""A real terminal for tests: a pty where a run's output is enough, tmux where keys are pressed and screens are read."""

import os
import shutil
import struct
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent


def needs(*programs):
    """Skip, and say so aloud, where a program is missing."""
    missing = [name for name in programs if not shutil.which(name)]
    return pytest.mark.skipif(bool(missing), reason=f"NOT CHECKED: {', '.join(missing)} is not installed")


@dataclass(frozen=True)
class Shown:
    """What a run in a terminal left behind."""

    raw: bytes
    stderr: bytes
    code: int

    @property
    def lines(self):
        """The lines that were shown."""
        return self.raw.decode().replace("\r\n", "\n").splitlines()


def in_pty(*words, columns=80, lines=50, **variables):
    """Run ``facts`` with a terminal of this size for standard output; a variable that is None is not set."""
    import fcntl
    import pty
    import termios

    given = {**os.environ, "TERM": "xterm", "PAGER": "", **variables}
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    with os.fdopen(ours, "rb", buffering=0) as screen:
        run = subprocess.Popen(
            [sys.executable, "-m", "cs_facts", *words],
            stdout=theirs,
            stderr=subprocess.PIPE,
            env={name: value for name, value in given.items() if value is not None},
        )
        os.close(theirs)
        read = b""
        try:
            while chunk := screen.read(65536):
                read += chunk
        except OSError:  # so Linux says that nobody has the other end open any more
            pass
        return Shown(read, run.communicate()[1], run.returncode)


class Terminal:
    """A shell in tmux, its home an empty folder."""

    def __init__(self, home, *command, width=80, height=24, **variables):
        self._tmux = ["tmux", "-L", f"facts-{uuid.uuid4().hex}", "-f", os.devnull]
        path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
        given = {"HOME": str(home), "PATH": path, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PS1": "$ ", **variables}
        kept = {name: value for name, value in os.environ.items() if name in ("TMPDIR", "SYSTEMROOT")}
        words = ["env", "-i", *(f"{name}={value}" for name, value in {**kept, "TERM": "screen", **given}.items())]
        self._run("new-session", "-d", "-x", str(width), "-y", str(height), "-c", str(home), *words, *command)

    def _run(self, *words):
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        result = subprocess.run(
            [*self._tmux, *words], check=True, capture_output=True, encoding="utf-8", timeout=30, env=environment
        )
        return result.stdout

    def type(self, text, *keys):
        """Type a text, then press keys by their names in tmux: Enter, Tab, C-c."""
        self._run("send-keys", "-l", text)
        if keys:
            self._run("send-keys", *keys)

    def press(self, *keys):
        """Press keys by their names in tmux."""
        self._run("send-keys", *keys)

    @property
    def screen(self):
        """The lines that stand there now."""
        return self._run("capture-pane", "-p")

    def wait_for(self, text, seconds=20):
        """Wait until the screen holds a text and return the screen."""
        return self.wait_until(lambda screen: text in screen, seconds)

    def wait_until(self, holds, seconds=20):
        """Wait until the screen is as it should be and return it."""
        end = time.monotonic() + seconds
        while not holds(screen := self.screen):
            if time.monotonic() > end:
                raise AssertionError(f"in {seconds} s the screen did not come to hold what was awaited:\n{screen}")
            time.sleep(0.05)
        return screen

    def close(self):
        """End the shell and its tmux."""
        subprocess.run([*self._tmux, "kill-server"], check=False, capture_output=True)


@pytest.fixture
def terminal(tmp_path):
    """Open terminals that are closed at the end."""
    opened = []

    def open_(*command, **settings):
        opened.append(Terminal(tmp_path, *command, **settings))
        return opened[-1]

    yield open_
    for each in opened:
        each.close()
