"""What happens to a run whose streams are closed, full or in an odd encoding, and to one that is interrupted."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="NOT CHECKED: descriptors and signals of POSIX")

FACTS = [sys.executable, "-m", "cs_facts"]


def shell(redirected, *words, **variables):
    """Run ``facts`` through a shell that redirects its streams."""
    return subprocess.run(
        ["/bin/sh", "-c", f'"$@" {redirected}', "sh", *FACTS, *words],
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, **variables},
    )


@pytest.mark.parametrize("words", [["list"], ["--help"], ["--version"], ["check"]])
def test_a_closed_standard_output_is_told(words):
    """Started without a standard output, a run says so in one line and ends with 3."""
    result = shell(">&-", *words)
    assert (result.returncode, result.stderr.count("\n")) == (3, 1), result.stderr
    assert result.stderr.startswith("facts: standard output: ")


def test_a_message_never_takes_the_place_of_data():
    """Started without a standard error, a run keeps its messages to itself and its exit code."""
    result = shell("2>&-", "list", "nosuch")
    assert (result.returncode, result.stdout) == (2, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="NOT CHECKED: no /dev/full here")
@pytest.mark.parametrize("words", [["--help"], ["list", "--help"], ["--version"]])
def test_help_that_does_not_fit_a_full_disk_is_told(words):
    """Help goes the way of all output: a disk that is full is told as such."""
    result = shell(">/dev/full", *words)
    assert (result.returncode, result.stderr) == (3, "facts: standard output: no space left on device\n")


def test_help_shows_in_any_encoding():
    """A terminal that has no 党 gets help with a question mark in its place."""
    result = shell("", "--help", PYTHONIOENCODING="cp1252")
    assert (result.returncode, result.stderr) == (0, "")
    assert "facts search ??" in result.stdout


def test_help_into_a_closed_pipe_ends_quietly():
    """Whoever reads help may stop reading it."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as stream:
        result = subprocess.run([*FACTS, "--help"], stdout=stream, stderr=subprocess.PIPE, check=False)
    assert (result.returncode, result.stderr) == (0, b"")


def test_an_interrupt_while_modules_are_imported_is_quiet():
    """Ctrl-C ends with 130 and no traceback, whichever module is being imported just then."""
    code = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job starts with it ignored\n"
        "class Finder:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == sys.argv[1]:\n"
        "            sys.argv[1] = ''\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Finder())\n"
        "from cs_facts.cli import main\n"
        "sys.exit(main(['list']))\n"
    )
    for module in (
        "cs_facts.errors",
        "cs_facts.cli.environment",
        "cs_facts.cli.writing",
        "typer",
        "cs_facts.cli.app",
        "yaml",
    ):
        result = subprocess.run([sys.executable, "-c", code, module], capture_output=True, check=False)
        assert (result.returncode, result.stderr) == (130, b""), module


def test_a_message_is_one_line(facts):
    """A line end in what a user typed is shown as its code: nobody forges a second message."""
    result = facts("list", "--store", "a\nfacts: all is well")
    assert (result.code, result.stderr.count("\n")) == (3, 1)
    assert r"a\u000afacts: all is well" in result.stderr


@pytest.mark.parametrize("words", [["list", "-s", ""], ["check", ""], ["check", "-s", ""]])
def test_an_empty_name_of_a_store_is_wrong_usage(facts, words):
    """``-s "$UNSET"`` is a slip, and does not read whatever lies in the current folder."""
    result = facts(*words)
    assert (result.code, result.stderr) == (
        2,
        "facts: the name of a store is empty; name a YAML file, or a folder of them\n",
    )


def test_check_looks_at_stores_named_either_way(facts, store):
    """A store named by --store is checked beside those named as arguments, not instead of them."""
    fact = "- {id: a, category: north, title: A, text: A., source: paper, tags: [a]}\n"
    good, bad = store(fact), store(fact * 2, "bad.yaml")
    assert facts("check", good).code == 0
    assert facts("check", "--store", bad, good).code == 1
