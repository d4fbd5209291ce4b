"""Runs that are interrupted, ended or killed: quiet, with the documented exit code, and nothing half-written."""

import os
import signal
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="NOT CHECKED: signals of POSIX")

RUN = """\
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job starts with it ignored
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # and one of nohup with this one
from cs_facts.__main__ import run
from cs_facts.cli import streams
def slowly(chunks):
    for chunk in chunks:
        os.write(2, b".")
        signal.pause()
        yield chunk
for name in ("write_file", "write_stream"):
    def slow(target, chunks, *words, write=getattr(streams, name), **options):
        write(target, slowly(chunks), *words, **options)
    setattr(streams, name, slow)
run()
"""
FILES = [["export", "out.csv"], ["export", "out.db"]]


def begun(*words, code=RUN, **settings):
    """Begin a run and return it when it writes its first piece."""
    settings = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "bufsize": 0, **settings}
    process = subprocess.Popen([sys.executable, "-c", code, *words], **settings)
    assert process.stderr.read(1) == b"."
    return process


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=str
)
@pytest.mark.parametrize("words", [["list"], *FILES], ids=" ".join)
def test_an_end_is_quiet_and_tidy(words, number, code, tmp_path):
    """Ended in the midst of writing, also by a terminal that closes, a run says nothing and takes its draft away."""
    process = begun(*words, cwd=tmp_path)
    process.send_signal(number)
    output, messages = process.communicate()
    assert (output, messages, process.returncode) == (b"", b"", code)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", FILES, ids=" ".join)
def test_killed_outright_a_run_leaves_the_file_as_it_was(words, tmp_path):
    """SIGKILL leaves the old file whole; a hidden draft may stay beside it, which no store takes for a part of it."""
    (tmp_path / words[1]).write_text("old")
    process = begun(*words, "--force", cwd=tmp_path)
    process.kill()
    process.communicate()
    assert (tmp_path / words[1]).read_text() == "old"
    assert all(path.name.startswith(f".{words[1]}.") for path in tmp_path.iterdir() if path.name != words[1])


@pytest.mark.usefixtures("unmeasured")
def test_an_interrupt_while_a_store_is_compiled_is_quiet(tmp_path):
    """Ctrl-C at any moment of a first run ends with 130 and no word, or comes too late; the next run is well."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    code = "import os, signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    code += "from cs_facts.__main__ import run; os.write(2, b'.'); run()"
    for delay in (0.02, 0.05, 0.2):  # the first, that `run` has begun
        process = begun("list", code=code, env=environment)
        time.sleep(delay)
        process.send_signal(signal.SIGINT)
        output, messages = process.communicate()
        assert messages == b""
        assert process.returncode == 130 or (process.returncode == 0 and output)
    whole = begun("list", code=code, env=environment)
    assert whole.communicate()[0]
    assert whole.returncode == 0


def test_nohup_is_obeyed():
    """A run under nohup goes on when the terminal closes."""
    code = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\nfrom cs_facts.__main__ import run\n"
    process = begun("categories", code=f"{code}import os; os.write(2, b'.'); run()")
    process.send_signal(signal.SIGHUP)
    output, messages = process.communicate()
    assert (process.returncode, messages, output.count(b"\n") > 5) == (0, b"", True)


def test_an_interrupt_in_a_callback_ends_the_run(tmp_path):
    """Python only tells of an exception there, and goes on; the next moment of a run may be such a one."""
    code = "import os, cs_facts.cli\nfrom cs_facts.__main__ import run\nclass Lost:\n    def __del__(self): raise {}\n"
    code += "os.write(2, b'.')\ncs_facts.cli.main = lambda: Lost() and 0\nrun()"
    process = begun(code=code.format("KeyboardInterrupt"), cwd=tmp_path)
    assert (*process.communicate(), process.returncode) == (b"", b"", 130)
    process = begun(code=code.format("ValueError"), cwd=tmp_path)
    assert b"ValueError" in process.communicate()[1]
    assert process.returncode == 0
