"""What happens to a run whose streams are closed, full, slow or in an odd encoding, and to one that is interrupted."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="NOT CHECKED: descriptors and signals of POSIX")

FACTS = [sys.executable, "-m", "cs_facts"]


def shell(redirected, *words, before=":", after="exit $?", **variables):
    """Run ``facts`` through a shell that redirects its streams."""
    return subprocess.run(
        ["bash", "-c", f'{before}; "$@" {redirected}; {after}', "bash", *FACTS, *words],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, **variables},
    )


# With PYTHONUNBUFFERED a write may be short; without, what failed waits in a buffer for the end of the process.
BUFFERING = pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])

# Every way to print, by each of the modules that do: tables, data, references, faults, help and completion.
PRINTING = [
    *(["list"], ["export", "-n", "1"], ["cite", "red-homes-128"], ["check", "faulty.yaml"], ["audit", "text.txt"]),
    *([], ["--show-completion", "bash"]),
]
printing = pytest.mark.parametrize("words", PRINTING, ids=" ".join)
full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="NOT CHECKED: no /dev/full here")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Stand in a folder with a store that is full of faults and a text."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "1")  # no shell may have started the tests
    (tmp_path / "faulty.yaml").write_text("facts_format: 1\n" + "".join(f"unknown{n}: x\n" for n in range(3000)))
    (tmp_path / "text.txt").write_text("9 homes\n")


def test_all_streams_closed(facts):
    """Started without any stream, a run has its exit code, and a file that it writes holds what it should."""
    assert shell(">&- 2>&- <&-", "list").returncode == 3
    assert shell(">&- 2>&- <&-", "list", "nosuch").returncode == 2
    assert shell(">&- 2>&- <&-", "export", "out.csv").returncode == 0
    assert Path("out.csv").read_text("utf-8") == facts("export").stdout
    assert shell("<&-", "export").stdout == facts("export").stdout


@full
@BUFFERING
def test_a_full_standard_error_is_borne(unbuffered):
    """Messages that find no room change neither data nor exit code."""
    result = shell("2>/dev/full", "check", "faulty.yaml", PYTHONUNBUFFERED=unbuffered)
    assert (result.returncode, result.stdout.count("\n")) == (1, 3000)
    assert shell("2>/dev/full", "list", "nosuch", PYTHONUNBUFFERED=unbuffered).returncode == 2


@full
@printing
def test_a_standard_output_that_takes_nothing_is_told(words):
    """Closed from the beginning, or on a disk that is full: one line and exit 3, not Python's own complaint."""
    full = ">/dev/full", "no space left on device"
    for unwritable, why, unbuffered in ((">&-", "is closed", ""), (*full, ""), (*full, "1")):
        result = shell(unwritable, *words, PYTHONUNBUFFERED=unbuffered)
        assert (result.returncode, result.stderr) == (3, f"facts: standard output: {why}\n")


@BUFFERING
@pytest.mark.parametrize("format_", ["csv", "table", "yaml"])
@pytest.mark.usefixtures("unmeasured")
def test_a_quota_is_told(facts, unbuffered, format_):
    """A file that may not grow takes what fits; that something is missing is one line and exit 3."""
    result = shell(">out", "export", "-f", format_, PYTHONUNBUFFERED=unbuffered, before="ulimit -f 16")
    assert (result.returncode, result.stderr) == (3, "facts: standard output: file too large\n")
    assert Path("out").read_bytes() == facts("export", "-f", format_).raw[:16_384]


@BUFFERING
def test_a_pipe_that_does_not_wait_gets_everything(facts, unbuffered):
    """Standard output set not to block, as some programs leave it, is waited for: no byte is lost and nothing said."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    variables = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    run = subprocess.Popen([*FACTS, "export"], stdout=writer, stderr=subprocess.PIPE, env=variables)
    with os.fdopen(reader, "rb") as stream, run:
        os.close(writer)
        time.sleep(0.5)  # the pipe is full by now
        slowly = iter(lambda: stream.read(10_000), b"")
        assert b"".join(slowly).decode() == facts("export").stdout
        assert (run.wait(), run.stderr.read()) == (0, b"")


@BUFFERING
@pytest.mark.parametrize("words", [["list"], ["export"], ["check", "faulty.yaml"]], ids=" ".join)
def test_a_reader_may_leave(words, unbuffered):
    """``| head -1`` is quiet and leaves exit 0, unless the command has found faults."""
    result = shell("2>&1 | head -1 >first", *words, PYTHONUNBUFFERED=unbuffered, after='echo "${PIPESTATUS[0]}"')
    assert (result.stderr, Path("first").read_text("utf-8").count("\n")) == ("", 1)
    assert result.stdout in ("0\n", "1\n" if words[0] == "check" else "0\n")


@printing
def test_a_closed_pipe_ends_quietly(words):
    """Whoever reads may be gone before the first byte."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as stream:
        result = subprocess.run([*FACTS, *words], stdout=stream, stderr=subprocess.PIPE, check=False)
    assert (result.returncode, result.stderr) == (0, b"")
