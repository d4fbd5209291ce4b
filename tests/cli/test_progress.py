"""What is told of a compilation to who waits for it in a terminal."""

import io

import pytest

from cs_facts.cli import terminal as module
from cs_facts.cli.terminal import Environment


@pytest.fixture
def clock(monkeypatch):
    """Return a clock that a test sets: a list whose last item is the time."""
    seconds = [0.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: seconds[-1])
    return seconds


def told(clock, *moments):
    """Tell how far a compilation is at each moment and return what stands on standard error, a terminal."""
    stderr = io.StringIO()
    stderr.isatty = lambda: True
    tell = Environment(io.BytesIO(), stderr, {}).progress()
    for second, done in moments:
        clock.append(second)
        tell(done, 200)
    return stderr.getvalue()


def test_off_a_terminal_nothing_is_told():
    """Whoever collects messages gets none about progress."""
    assert Environment(io.BytesIO(), io.StringIO(), {}).progress() is None


def test_a_long_wait_is_told_from_its_second_second(clock):
    """A number each fifth of a second, in one line that the end takes away."""
    assert told(clock, (0.3, 50), (0.6, 100), (0.9, 200)) == ""
    clock.append(0.0)
    shown = told(clock, (0.9, 20), (1.0, 50), (1.1, 60), (1.3, 100), (1.31, 200))
    line = "\rfacts: compiling the store, "
    assert shown == f"{line}25%{line}50%{line}100%\r\x1b[K"
