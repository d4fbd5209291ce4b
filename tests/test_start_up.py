"""What a run imports before it answers: a library that it has no use for costs every run its time.

Typer by itself imports most of what a start takes. The tables name what it does not, and what one of us might bring in.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

RUN = """\
import io, sys
before = set(sys.modules)  # what the interpreter itself brings
from cs_facts.cli import main
stdout, sys.stdout = sys.stdout, io.TextIOWrapper(io.BytesIO())
code = main(sys.argv[1:])
print(int(code), *set(sys.modules) - before, file=stdout)
"""

NEVER = {
    "asyncio",
    "concurrent.futures",
    "email",
    "http.client",
    "importlib.metadata",
    "logging",
    "multiprocessing",
    "opencc",
    "pydantic",  # by Typer from 0.29 on
    "pygments",
    "pypinyin",
    "rapidfuzz",
    "ssl",
    "typer.rich_utils",
    "unittest",
    "xml.etree",
}
"""Of use to no start below: the extra `zh` is for the query that finds nothing without it."""

TABLES = {"rich", "json", "csv", "tempfile"}
"""Of no use to what neither draws nor writes JSON, CSV or a file."""

COLLECTIONS = """\
import atexit, gc
from cs_facts.__main__ import run
gc.set_threshold(700, 10, 10)  # Python's own
gc.collect()
before = [generation["collections"] for generation in gc.get_stats()]
atexit.register(lambda: print(before == [generation["collections"] for generation in gc.get_stats()]))
run()
"""
"""Tells whether a run has looked for garbage in no generation."""

STORES = {"yaml", "sqlite3", "decimal", "hashlib"}
"""Of no use to what reads no store."""

NUMERIC = {"dates", "days", "figures"}
"""What reads numbers and dates in a query, and of no use to one without."""

ZSH = {"_FACTS_COMPLETE": "complete_zsh"}

STARTS = {
    # start: (words, variables, what it must not import besides)
    "version": (["--version"], {}, TABLES | STORES),
    "nothing": ([], {}, TABLES | STORES),
    "help": (
        ["--help"],
        {},
        {"rich", "csv", "sqlite3", "tempfile"},
        # not yet, since each command is imported for its one line: TABLES | STORES
    ),
    "help of a command": (
        ["list", "--help"],
        {},
        {"rich", "json", "csv", "sqlite3", "hashlib", "tempfile"},
        # not yet, since the options import the reader: TABLES | STORES
    ),
    "completion of a command": (
        [],
        {**ZSH, "_TYPER_COMPLETE_ARGS": "facts "},
        {"rich", "csv", "sqlite3", "tempfile"},
        # not yet, as with the help: TABLES | STORES
    ),
    "completion of a category": (
        [],
        {**ZSH, "_TYPER_COMPLETE_ARGS": "facts list "},
        {"rich", "json", "csv", "tempfile"},
        # not yet, since there is no index: "yaml"
    ),
    "search as CSV": (
        ["search", "党员", "-f", "csv"],
        {},
        # the last four for a number that is asked for
        {"rich", "json", "tempfile", "cs_facts.cli.pager", "decimal", *map("cs_facts.".__add__, NUMERIC)},
        # not yet, since there is no index: "yaml"
    ),
    "list as CSV": (
        ["list", "-f", "csv"],
        {},
        {"rich", "json", "tempfile"},
        # not yet, since there is no index: "yaml"
    ),
    "list as a table on a pipe": (
        ["list"],
        {},
        {"json", "csv", "tempfile", "rich.markdown", "rich.syntax", "rich.traceback"},
        # not yet, since there is no index: "yaml"
    ),
    "export": (
        ["export"],
        {},
        {"rich", "json", "tempfile"},
        # not yet, since there is no index: "yaml"
    ),
    "compare as CSV": (
        ["compare", "-f", "csv"],
        {},
        {"rich", "json", "tempfile"},
        # not yet, since there is no index: "yaml"
    ),
}


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """Return a function: words and variables → the modules that the second run of them imports.

    A first run may have to prepare what later ones read.
    """
    home = {"HOME": str(tmp_path_factory.mktemp("home")), "XDG_CACHE_HOME": str(tmp_path_factory.mktemp("cache"))}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE_", "FACTS_"))}

    def run(words, variables):
        command, environment = [sys.executable, "-c", RUN, *words], {**kept, **home, **variables}
        done = [subprocess.run(command, capture_output=True, env=environment, check=True, text=True) for _ in range(2)]
        code, *modules = done[1].stdout.split()
        assert (code, done[1].stderr) == ("0", "")
        return set(modules)

    return run


@pytest.mark.parametrize(("words", "variables", "useless"), STARTS.values(), ids=STARTS)
def test_a_start_imports_nothing_useless(imported, words, variables, useless):
    """A start imports none of what it has no use for."""
    modules = imported(words, variables)
    assert "cs_facts.cli" in modules
    assert modules & (NEVER | useless) == set()


def test_a_table_is_drawn_by_rich(imported):
    """The way of looking sees what is there: a table imports Rich."""
    assert "rich" in imported(["list"], {})


def test_a_start_looks_for_no_garbage(tmp_path):
    """What a start makes is kept; Python would look through it a dozen times."""
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    command = [sys.executable, "-c", COLLECTIONS, "search", "党员", "-f", "csv", "-n", "1"]
    done = [subprocess.run(command, capture_output=True, env=environment, check=True, text=True) for _ in range(2)]
    assert done[1].stdout.splitlines()[-1] == "True"
