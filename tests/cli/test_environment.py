"""What the surroundings say: width, colours and encodings, in real terminals and on pipes, whatever they hold."""

import os
import re
import subprocess
import sys

import pytest

from terminal import in_pty

pytestmark = pytest.mark.skipif(os.name != "posix", reason="NOT CHECKED: terminals of POSIX")

MACHINE = ["csv", "tsv", "json", "ndjson", "markdown", "yaml"]


def piped(*words, **variables):
    """Run ``facts`` off a terminal; a variable that is None is not set."""
    given = {name: value for name, value in {**os.environ, **variables}.items() if value is not None}
    return subprocess.run([sys.executable, "-m", "cs_facts", *words], capture_output=True, check=False, env=given)


@pytest.mark.parametrize("columns", ["1", "400", "³"])
def test_columns_change_nothing_on_a_pipe(facts, columns):
    """Off a terminal a record is one line, whatever COLUMNS says."""
    result = piped("list", "-n", "3", COLUMNS=columns)
    assert (result.returncode, result.stderr, result.stdout) == (0, b"", facts("list", "-n", "3").raw)


@pytest.mark.parametrize(("columns", "widest"), [("1", 20), ("20", 20), ("400", 400)])
def test_columns_are_obeyed_in_a_terminal(columns, widest):
    """A terminal is as wide as COLUMNS says, though never narrower than 20: below that it breaks the lines itself."""
    shown = in_pty("compare", "talent", "returnee-town", COLUMNS=columns, NO_COLOR="1")
    assert (shown.code, shown.stderr) == (0, b"")
    assert 0.7 * widest < max(map(len, shown.lines)) <= widest or widest == 400
    assert len(shown.lines) > 20


# What COLUMNS may hold and is no width that anybody has; Rich reads ³ as a number and fails.
@pytest.mark.parametrize("columns", ["abc", "0", "-5", "", "³", "9" * 5000], ids=lambda text: text[:20])
def test_columns_that_are_no_width_are_passed_over(facts, columns):
    """In a terminal the terminal's own width holds where COLUMNS has none; one that is too great is as good as any."""
    shown = in_pty("show", "red-homes-128", COLUMNS=columns, NO_COLOR="1")
    assert (shown.code, shown.stderr) == (0, b"")
    assert columns.startswith("9") or shown.lines == facts("show", "red-homes-128", width=80, NO_COLOR="1").lines


@pytest.mark.parametrize(
    ("variables", "in_terminal", "on_pipe"),
    [
        ({}, True, False),
        ({"TERM": None}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": "", "FORCE_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
    ],
    ids=str,
)
def test_colours_are_there_where_they_may(facts, variables, in_terminal, on_pipe):
    """NO_COLOR, FORCE_COLOR and TERM=dumb are obeyed, and change nothing but colours."""
    given = {"NO_COLOR": None, "FORCE_COLOR": None, "COLUMNS": None, **variables}
    shown, result = (run("show", "red-homes-128", **given) for run in (in_pty, piped))
    assert (b"\x1b" in shown.raw, b"\x1b" in result.stdout) == (in_terminal, on_pipe)
    assert (shown.code, shown.stderr, result.returncode, result.stderr) == (0, b"", 0, b"")
    for width, raw in ((80, shown.raw), (None, result.stdout)):
        bare = re.sub(rb"\x1b\[[\d;]*m", b"", raw).replace(b"\r\n", b"\n")
        assert bare == facts("show", "red-homes-128", width=width, NO_COLOR="1").raw


@pytest.mark.parametrize("format_", MACHINE)
def test_machine_formats_are_utf_8_and_never_carry_an_escape(facts, format_):
    """FORCE_COLOR colours tables alone, in a terminal too, and whatever that reads, data is UTF-8."""
    shown = in_pty("list", "-f", format_, FORCE_COLOR="1", CLICOLOR_FORCE="1", PYTHONIOENCODING="gbk")
    assert shown.raw.replace(b"\r\n", b"\n") == facts("list", "-f", format_).raw
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


@pytest.mark.parametrize(
    ("encoding", "quoted", "place", "said"),
    [
        ("ascii", '"Led by', "par. 21", "'\\u515a\"e'"),
        ("gbk", "“Led by", "par. 21", "'党“é'"),
        ("cp1252", "“Led by", "¶ 21", "'\\u515a“é'"),
        ("utf-8", "“Led by", "¶ 21", "'党“é'"),
    ],
)
def test_the_encoding_is_that_of_python(encoding, quoted, place, said):
    """PYTHONIOENCODING says what a terminal reads; in a message what has no likeness is its code."""
    result = piped("show", "red-homes-128", PYTHONIOENCODING=encoding)
    assert (result.returncode, result.stderr) == (0, b"")
    assert quoted in result.stdout.decode(encoding)
    assert place in result.stdout.decode(encoding)
    result = piped("list", "党“é", PYTHONIOENCODING=encoding)
    assert result.returncode == 2
    assert f"unknown category {said}: " in result.stderr.decode(encoding)


def test_the_encoding_is_that_of_the_locale():
    """Where Python is not told, in one that knows only ASCII."""
    known = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": None}
    assert (
        piped("show", "red-homes-128", **known).stdout
        == piped("show", "red-homes-128", PYTHONIOENCODING="ascii").stdout
    )


def test_words_in_the_bytes_of_another_locale_are_told():
    """An argument that is no text in the locale's encoding ends in a message, not in a fault."""
    for words in (["list", b"\xff"], ["show", b"\xff"], ["search", b"\xff"], ["list", "-s", b"\xff"]):
        result = piped(*words)
        assert result.returncode in (1, 2, 3)
        assert rb"\udcff" in result.stderr
        assert b"a fault of facts itself" not in result.stderr
