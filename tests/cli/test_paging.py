"""Long output in a terminal: through a pager, unless something speaks against it."""

import io
import os
import stat

import pytest

from cs_facts.cli import main
from cs_facts.cli.environment import Environment
from terminal import needs, terminal  # noqa: F401  # the fixture

KEEP = "sh -c 'cat > paged.txt'"
"""A pager that keeps what it is given, its command of several words and quotes."""

FAULTY = "facts_format: 1\n" + "".join(f"unknown{n}: x\n" for n in range(3000))


@pytest.fixture
def screen(tmp_path, monkeypatch):
    """Run ``facts`` in a terminal of so many lines: exit code, printed at once, paged, messages."""
    monkeypatch.chdir(tmp_path)

    def run(*words, height=24, width=80, **variables):
        stderr = io.StringIO()
        given = {"PATH": os.environ["PATH"], "LANG": "C", "PAGER": KEEP, "FACTS_DEBUG": "1", **variables}
        given = {name: value for name, value in given.items() if value is not None}
        with (tmp_path / "direct.txt").open("wb") as stdout:
            environment = Environment(stdout, stderr, given, width, height=height)
            code = main([str(word) for word in words], environment)
        paged = tmp_path / "paged.txt"
        return code, (tmp_path / "direct.txt").read_text("utf-8"), paged.exists() and paged.read_text("utf-8"), stderr

    return run


PAGING = ["list", "categories", "search 长沙", "show red-homes-128", "compare", "export", "check faulty.yaml"]


@pytest.mark.parametrize("words", [*PAGING, "cite party-members red-homes-128 talent-loan"])
def test_no_pager_on_every_command(screen, tmp_path, words):
    """In a terminal each command goes whole to the pager and not to standard output, with --no-pager the other way."""
    (tmp_path / "faulty.yaml").write_text(FAULTY)
    code, direct, paged, _ = screen(*words.split())
    assert direct == ""
    assert paged
    (tmp_path / "paged.txt").unlink()
    assert screen(*words.split(), "--no-pager")[:3] == (code, paged, False)


@pytest.mark.parametrize(
    "given",
    [
        *({"PAGER": pager} for pager in ("", "cat", "no-such-pager -x", "less 'unclosed", "./plain.txt", ".")),
        *({"TERM": term} for term in ("dumb", "unknown")),
        {"height": None, "width": None},
    ],
    ids=str,
)
def test_without_a_pager_it_is_printed_at_once(screen, tmp_path, given):
    """An empty PAGER, cat and what is no program are no pager, a shell window of an editor and a pipe have none."""
    (tmp_path / "plain.txt").write_text("not a program")
    code, direct, paged, stderr = screen("list", **given)
    assert (code, paged, stderr.getvalue()) == (0, False, "")
    assert "red-homes-128" in direct


def test_what_the_pager_does_changes_no_exit_code(screen, tmp_path):
    """Faults that were not read to their end, more than a pipe holds, are still exit 1 and counted; a table is 0."""
    (tmp_path / "faulty.yaml").write_text(FAULTY)
    code, _, _, stderr = screen("check", "faulty.yaml", PAGER="sh -c 'exit 0'")
    assert code == 1
    assert "errors" in stderr.getvalue()
    assert screen("list", PAGER="sh -c 'cat > paged.txt; exit 3'")[0] == 0


@pytest.fixture
def less(tmp_path):
    """Make a program called less, and one called cat, that say how they were called; return their PATH."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for name in ("less", "cat"):
        program = folder / name
        program.write_text('#!/bin/sh\nprintf "%s," "$@" > paged.txt\nprintf "LESS=%s" "${LESS-unset}" >> paged.txt\n')
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


@pytest.mark.parametrize(
    ("given", "called"),
    [({"PAGER": None}, "-FIRX,LESS=unset"), ({"PAGER": "less -S", "LESS": "-i"}, "-FRX,-S,LESS=-i")],
    ids=["by default", "the reader's own"],
)
def test_less(screen, less, given, called):
    """Told that colours come and not to hold up a short answer; its LESS stays as the reader has it."""
    assert screen("list", PATH=less, **given)[2] == called


@pytest.mark.slow
@needs("tmux", "less")
def test_in_a_real_terminal(terminal):  # noqa: F811
    """In less Ctrl-C does not end facts, q does, and the shell then sees exit 0."""
    shell = terminal("bash", "--norc", height=20)
    shell.type("clear; facts list; echo ended with $?", "Enter")
    shell.wait_for("party-members")
    shell.press("C-c")

    def turned(screen):
        """Press the key until less sees it: with Ctrl-C it throws away what was typed ahead."""
        is_there = "party-members" in screen
        if is_there:
            shell.press("Space")
        return not is_there

    shell.wait_until(turned)
    assert "ended" not in shell.screen
    shell.press("q")
    screen = shell.wait_for("ended with 0")
    assert "Traceback" not in screen
    assert "facts:" not in screen
