"""What the surroundings say: width, colours and encodings, in real terminals and on pipes; and what waits in them."""

import io
import os
import re
import subprocess
import sys

import pytest

from cs_facts.cli import environment as module
from cs_facts.cli.environment import Environment
from terminal import in_pty

pytestmark = pytest.mark.skipif(os.name != "posix", reason="NOT CHECKED: terminals of POSIX")


def piped(*words, **variables):
    """Run ``facts`` off a terminal; a variable that is None is not set."""
    given = {name: value for name, value in {**os.environ, **variables}.items() if value is not None}
    return subprocess.run([sys.executable, "-m", "cs_facts", *words], capture_output=True, check=False, env=given)


# What COLUMNS may hold, and how wide the terminal of 80 columns then is: no table is narrower than 20, and what is no
# width that anybody has is passed over; Rich reads ³ as a number and fails.
@pytest.mark.parametrize(
    ("columns", "width"),
    [("1", 20), ("400", 400), *((odd, 80) for odd in ("abc", "-5", "", "³", "9" * 5000))],
    ids=lambda value: str(value)[:20],
)
def test_columns_are_obeyed_in_a_terminal(facts, columns, width):
    """A terminal is as wide as COLUMNS says, or else as it is."""
    shown = in_pty("show", "red-homes-128", COLUMNS=columns, NO_COLOR="1")
    assert (shown.code, shown.stderr) == (0, b"")
    assert shown.lines == facts("show", "red-homes-128", width=width, NO_COLOR="1").lines


def test_a_pipe_has_no_width_and_no_colours(facts):
    """Off a terminal a record is one line, whatever COLUMNS says, and plain; in one it is coloured."""
    plain = {"NO_COLOR": None, "FORCE_COLOR": None}
    result = piped("list", "-n", "3", COLUMNS="³", **plain)
    assert (result.returncode, result.stderr, result.stdout) == (0, b"", facts("list", "-n", "3").raw)
    assert b"\x1b[" in in_pty("list", "-n", "3", **plain).raw


@pytest.mark.parametrize(
    ("said", "in_terminal", "on_pipe"),
    [
        *(("", True, False), ("TERM=dumb", False, False), ("NO_COLOR=1", False, False)),
        *(("NO_COLOR= FORCE_COLOR=", True, False), ("FORCE_COLOR=1", True, True)),
        *(("FORCE_COLOR=1 TERM=dumb", True, True), ("FORCE_COLOR=1 NO_COLOR=1", False, False)),
    ],
)
def test_colours_are_there_where_they_may(facts, said, in_terminal, on_pipe):
    """NO_COLOR, FORCE_COLOR and TERM=dumb are obeyed, and change nothing but colours."""
    variables = dict(each.split("=") for each in said.split())
    for width, coloured in ((80, in_terminal), (None, on_pipe)):
        shown = facts("show", "red-homes-128", width=width, **variables).stdout
        assert ("\x1b" in shown) is coloured
        bare = facts("show", "red-homes-128", width=width, NO_COLOR="1").stdout
        assert re.sub(r"\x1b\[[\d;]*m", "", shown) == bare


@pytest.mark.parametrize("format_", ["csv", "tsv", "json", "ndjson", "markdown", "yaml"])
def test_machine_formats_are_utf_8_and_never_carry_an_escape(facts, format_):
    """FORCE_COLOR colours tables alone, in a terminal too, and whatever that reads, data is UTF-8."""
    shown = facts("list", "-f", format_, width=80, encoding="gbk", FORCE_COLOR="1", CLICOLOR_FORCE="1")
    assert shown.raw == facts("list", "-f", format_).raw
    assert b"\x1b" not in shown.raw
    assert "党员".encode() in shown.raw


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "cp1252"])
@pytest.mark.parametrize(
    "words", [["list"], ["compare", "talent"], ["cite", "red-homes-128"], ["--help"]], ids=" ".join
)
def test_what_a_terminal_lacks_has_a_likeness(facts, words, encoding):
    """In each encoding a table says what it says in UTF-8, and only a Chinese character may become a question mark."""
    text = facts(*words, encoding=encoding).raw.decode(encoding)
    lacking = 0 if encoding == "gbk" else len(re.findall("[一-鿿]", facts(*words).stdout))
    assert text.count("?") <= lacking + facts(*words).stdout.count("?")


ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": None}


@pytest.mark.parametrize(("variables", "encoding"), [({"PYTHONIOENCODING": "cp1252"}, "cp1252"), (ASCII, "ascii")])
def test_the_encoding_is_that_of_the_surroundings(facts, variables, encoding):
    """PYTHONIOENCODING says what a terminal reads, or else the locale."""
    result = piped("show", "red-homes-128", **variables)
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout == facts("show", "red-homes-128", encoding=encoding).raw


def test_a_message_is_in_the_encoding_of_standard_error():
    """What has no likeness there is its code."""
    result = piped("list", "党“é", PYTHONIOENCODING="cp1252")
    assert result.returncode == 2
    assert "unknown category '\\u515a“é': " in result.stderr.decode("cp1252")


def test_words_in_the_bytes_of_another_locale_are_told():
    """An argument that is no text in the locale's encoding ends in a message, not in a fault."""
    for words in (["list", b"\xff"], ["show", b"\xff"], ["search", b"\xff"], ["list", "-s", b"\xff"]):
        result = piped(*words)
        assert result.returncode in (1, 2, 3)
        assert rb"\udcff" in result.stderr
        assert b"a fault of facts itself" not in result.stderr


def test_a_long_wait_is_told_from_its_second_second(monkeypatch):
    """A number each fifth of a second, in one line that the end takes away; off a terminal nothing is told."""
    assert Environment(io.BytesIO(), io.StringIO(), {}).progress() is None
    line = "\rfacts: compiling the store, "
    long = ((0.9, 20), (1.0, 50), (1.1, 60), (1.3, 100), (1.31, 200)), f"{line}25%{line}50%{line}100%\r\x1b[K"
    for moments, told in ((((0.3, 50), (0.6, 100), (0.9, 200)), ""), long):
        stderr, seconds = io.StringIO(), [0.0]
        stderr.isatty = lambda: True
        monkeypatch.setattr(module.time, "monotonic", lambda seconds=seconds: seconds[-1])
        tell = Environment(io.BytesIO(), stderr, {}).progress()
        for second, done in moments:
            seconds.append(second)
            tell(done, 200)
        assert stderr.getvalue() == told
