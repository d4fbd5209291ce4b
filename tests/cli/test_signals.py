"""Runs that are interrupted, ended or killed: at moments taken at random, and at each call of the system.

``FACTS_SAMPLES=100 pytest tests/cli/test_signals.py`` takes a hundred moments instead of a few.
"""

import os
import random
import re
import signal
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="NOT CHECKED: signals of POSIX")

SAMPLES = int(os.environ.get("FACTS_SAMPLES", "6"))

RUN = """\
import os, signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job starts with it ignored
from cs_facts import __main__ as process
listen = process._listen
def begin():
    listen()
    os.write(2, b".")
process._listen = begin
process.run()
"""
"""A run that says when it begins; what Python does before that, some milliseconds, is not ours to catch."""

FILES = {"csv": ["export", "out.csv"], "db": ["export", "out.db"], "svg": ["compare", "-o", "out.svg"]}
"""Ways to write a file, by its ending."""


@pytest.fixture
def rooms(tmp_path, monkeypatch):
    """Return an empty folder to work in and one for temporary files."""
    for name in ("work", "temporary"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work", tmp_path / "temporary"


def begun(*words, code=RUN, **settings):
    """Begin a run, and return it when it has begun."""
    settings = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "bufsize": 0, **settings}  # or it reads ahead
    process = subprocess.Popen([sys.executable, "-c", code, *words], **settings)
    assert process.stderr.read(1) == b"."
    return process


def struck(number, *words):
    """Send a run a signal at a moment between its beginning and its end; return output, messages and exit code."""
    moment = random.uniform(0, SECONDS[words])
    process = begun(*words)
    time.sleep(moment)
    process.send_signal(number)
    return (*process.communicate(), process.returncode)


class _Seconds(dict):
    """How long each run takes, measured once."""

    def __missing__(self, words):
        process = begun(*words)
        start = time.monotonic()
        process.communicate()
        self[words] = time.monotonic() - start
        return self[words]


SECONDS = _Seconds()


@pytest.mark.parametrize("words", [("list",), ("export",), ("search", "长沙", "-f", "json")], ids=" ".join)
@pytest.mark.usefixtures("rooms", "unmeasured")
def test_an_interrupt_at_any_moment_is_quiet(words):
    """Ctrl-C ends with 130, no word and no traceback, or comes when all is written already."""
    whole = begun(*words).communicate()[0]
    for _ in range(SAMPLES):
        output, messages, code = struck(signal.SIGINT, *words)
        assert messages == b""
        assert code == 130 or (code, output) == (0, whole)


@pytest.mark.usefixtures("rooms", "unmeasured")
def test_a_second_interrupt_is_quiet_too():
    """Who presses Ctrl-C again and again gets no traceback either."""
    for _ in range(SAMPLES):
        process = begun("list")
        time.sleep(random.uniform(0.001, 0.1))
        while process.poll() is None:
            process.send_signal(signal.SIGINT)
            time.sleep(random.uniform(0, 0.03))  # as quickly as a key repeats
        assert process.communicate()[1] == b""
        assert process.returncode == 130


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=str)
def test_an_interrupt_where_python_ignores_it_is_not_lost(number, code):
    """One that comes within a destructor, where Python reports an exception and goes on, ends the run all the same."""
    program = f"""\
import os, signal, time
signal.signal(signal.SIGINT, signal.default_int_handler)
from cs_facts.__main__ import run
from cs_facts.cli import writing
class Thing:
    def __del__(self):
        os.kill(os.getpid(), {int(number)})
encoded = writing._encoded
def interrupted(*words):
    writing._encoded = encoded
    Thing()
    time.sleep(1)
    return encoded(*words)
writing._encoded = interrupted
os.write(2, b".")
run()
"""
    process = begun("export", code=program)
    assert process.communicate() == (b"", b"")
    assert process.returncode == code


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=str)
def test_an_interrupt_that_python_makes_another_exception_of(number, code):
    """One that comes while a class is made is wrapped in a RuntimeError up to Python 3.11, and is no fault of ours."""
    process = begun(
        "export",
        code=f"""\
import os
from cs_facts.__main__ import run
from cs_facts.cli import writing
class Field:
    def __set_name__(self, *_):
        os.kill(os.getpid(), {int(number)})
        for _ in range(10): pass
def interrupted(*_):
    try:
        type("Thing", (), {{"field": Field()}})
    except BaseException as error:
        raise RuntimeError("Error calling __set_name__") from error
writing._encoded = interrupted
os.write(2, b".")
run()
""",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.communicate() == (b"", b"")
    assert process.returncode == code


@pytest.mark.parametrize(("end", "code"), [("KeyboardInterrupt()", 130), ("SystemExit(143)", 143)])
def test_such_an_exception_while_modules_are_imported(end, code):
    """The same before there is anything that could tell a fault."""
    process = begun(
        "list",
        code=f"""\
import os, sys
from cs_facts.__main__ import run
class Finder:
    def find_spec(self, name, *_):
        if name == "cs_facts.cli.terminal":
            raise RuntimeError("Error calling __set_name__") from {end}
sys.meta_path.insert(0, Finder())
os.write(2, b".")
run()
""",
    )
    assert process.communicate() == (b"", b"")
    assert process.returncode == code


def test_an_interrupt_at_the_very_end():
    """One that comes while the process stops listening to them, all its work done, ends with 130 and no word too."""
    process = begun(
        "list",
        code="""\
import os
from cs_facts import __main__ as process
stop = process._stop_listening
def interrupted():
    process._stop_listening = stop
    raise KeyboardInterrupt
process._stop_listening = interrupted
os.write(2, b".")
process.run()
""",
    )
    output, messages = process.communicate()
    assert (process.returncode, messages, output.count(b"\n") > 100) == (130, b"", True)


def test_a_fault_in_a_destructor_is_told():
    """What Python reports of a destructor is no signal, and is reported as ever."""
    process = begun(
        "categories",
        code="""\
import os
from cs_facts import __main__ as process
listen = process._listen
class Thing:
    def __del__(self):
        raise ValueError("of a thing")
def begin():
    listen()
    Thing()
process._listen = begin
os.write(2, b".")
process.run()
""",
    )
    output, messages = process.communicate()
    assert (process.returncode, output.count(b"\n") > 5) == (0, True)
    assert messages.endswith(b"ValueError: of a thing\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
@pytest.mark.parametrize("ending", FILES)
@pytest.mark.usefixtures("unmeasured")
def test_a_file_is_whole_or_not_there(number, ending, rooms):
    """However a run ends while it writes a file, the file is whole or not there, and nothing lies about."""
    work, temporary = rooms
    words = tuple(FILES[ending])
    SECONDS.pop(words, None)  # it leaves a file
    SECONDS[words]
    [whole] = (path.read_bytes() for path in work.iterdir())
    (work / words[-1]).unlink()
    for _ in range(SAMPLES):
        _, messages, code = struck(number, *words)
        assert messages == b""
        assert code in (0, {signal.SIGKILL: -9, signal.SIGINT: 130, signal.SIGTERM: 143}[number])
        # Python itself tries a folder for temporary files out, with a file that an interrupt may leave
        assert [path.name for path in temporary.iterdir() if not re.fullmatch("[a-z0-9_]{8}", path.name)] == []
        assert [path.name for path in work.iterdir()] in ([], [words[-1]])
        for path in work.iterdir():
            assert path.read_bytes() == whole
            path.unlink()


KILLED = """\
import os, pathlib, signal, sys
from cs_facts.cli.streams import write_file
system, force, left = sys.argv[1], sys.argv[2] == "force", int(sys.argv[3])
if system == "hidden":
    del os.O_TMPFILE
def strike(event, _):
    global left
    if event in ("open", "os.link", "os.rename", "os.remove", "os.chmod"):
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(strike)
write_file(pathlib.Path("out"), ["new"] * 3, force=force)
"""


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="NOT CHECKED: only Linux has files without a name")
@pytest.mark.parametrize("force", ["force", ""])
@pytest.mark.parametrize("system", ["nameless", "hidden"])
def test_killed_before_each_call_of_the_system(system, force, rooms):
    """Killed before whichever call, a run leaves the old file or the new one; a draft only where there is no way round.

    That is where the system knows no file without a name, and between naming the draft and putting it in the place of
    another file.
    """
    work, _ = rooms
    for call in range(1, 50):
        (work / "out").write_text("old") if force else (work / "out").unlink(missing_ok=True)
        result = subprocess.run([sys.executable, "-c", KILLED, system, force, str(call)], check=False)
        left = {path.name: path.read_text() for path in work.iterdir()}
        assert left.pop("out", "newnewnew") in ("newnewnew", "old" if force else "newnewnew")
        assert not left or system == "hidden" or (force and list(left.values()) == ["newnewnew"])
        for name in left:
            (work / name).unlink()
        if result.returncode == 0:
            assert call > 2
            return
    raise AssertionError("the run never came to its end")


ENDED = """\
import os, signal, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job starts with it ignored
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # and one under nohup with this
from cs_facts.__main__ import run
from cs_facts.cli import writing
del os.O_TMPFILE  # as on a system where a draft has a name
encoded = writing._encoded
def slow(*words):
    os.write(2, b".")
    time.sleep(60)
    return encoded(*words)
writing._encoded = slow
run()
"""


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="NOT CHECKED: only Linux has files without a name")
@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)],
    ids=lambda value: str(value),
)
@pytest.mark.parametrize("ending", ["csv", "db"])
def test_an_end_is_tidy(number, code, ending, rooms):
    """Ended in the midst of writing, also by a terminal that closes, a run takes its draft away."""
    process = begun(*FILES[ending], code=ENDED)
    process.send_signal(number)
    assert process.communicate() == (b"", b"")
    assert process.returncode == code
    assert [list(room.iterdir()) for room in rooms] == [[], []]


@pytest.mark.usefixtures("rooms")
def test_nohup_is_obeyed():
    """A run under nohup goes on when the terminal closes, whenever that is."""
    process = begun("categories", code="import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n" + RUN)
    while process.poll() is None:
        process.send_signal(signal.SIGHUP)
        time.sleep(0.005)
    output, messages = process.communicate()
    assert (process.returncode, messages, output.count(b"\n") > 5) == (0, b"", True)


def test_a_pipe_signal_that_is_not_ignored_is_quiet():
    """Where SIGPIPE ends a process, as Python's own default does not, a reader who leaves is no traceback either."""
    code = "import signal; signal.signal(signal.SIGPIPE, signal.SIG_DFL)\n" + RUN
    with begun("export", code=code) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode in (0, -signal.SIGPIPE)
