"""The README does what it says."""

import doctest
import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"

if not README.exists():
    pytest.skip(f"NOT CHECKED: the README is not at {README}", allow_module_level=True)

TEXT = README.read_text(encoding="utf-8")
EXAMPLES = [
    line.partition("#")[0].strip()
    for block in re.findall(
        r"```sh\n(.*?)```", TEXT.partition("\n## What it does\n")[2].partition("\n## ")[0], re.DOTALL
    )
    for line in block.splitlines()
    if line.startswith("facts ")
]

PICTURES = {
    "list.svg": ["list", "organizations", "new-employment", "-n", "14"],
    "compare.svg": ["compare", "organizations", "new-employment"],
    "show.svg": ["show", "red-homes-272"],
}


@pytest.fixture
def own_store(facts, tmp_path, store):
    """Lay out what the examples on a store of one's own need: an article, a table and, but for `new`, a store."""
    (tmp_path / "article.txt").write_text("Our numbers\nThere are 128 people.\n", encoding="utf-8")
    facts("export", "table.csv")

    def prepare(words):
        if words[0] == "audit":
            fact = "{id: a, category: north, title: T, text: t, figure: 128, unit: person, source: paper, paragraph: 2}"
            store(f"  - {fact}\n", "my-facts.yaml")
        elif "my-facts.yaml" in words and words[0] != "new":
            facts("new", "my-facts.yaml")

    return prepare


def test_there_are_examples_of_every_command():
    """Each command has an example in the README."""
    from cs_facts.cli.app import COMMANDS

    assert {words.split()[1] for words in EXAMPLES} == set(COMMANDS)


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_works(facts, own_store, example):
    """Each example of the README runs and finds something."""
    words = shlex.split(example)[1:]
    own_store(words)
    assert facts(*words).code == 0


def test_the_session_is_what_a_reader_sees(facts):
    """Each command of a session in the README prints what stands below it."""
    sessions = re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL)
    assert sessions
    for session in sessions:
        for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", session, re.MULTILINE):
            assert facts(*shlex.split(command)[1:]).stdout == shown


def test_the_python_of_the_readme_runs():
    """The Python in the README gives what stands there."""
    assert doctest.testfile(str(README), module_relative=False, verbose=False) == (0, 7)


@pytest.mark.parametrize("picture", PICTURES)
def test_the_pictures_are_the_tool_s_own(facts, tmp_path, picture):
    """Each picture of the README is what the tool draws today; the command to draw it anew stands in CONTRIBUTING."""
    assert f"docs/{picture}" in TEXT
    assert facts(*PICTURES[picture], "-o", picture, COLUMNS="100").code == 0
    assert (tmp_path / picture).read_bytes() == (ROOT / "docs" / picture).read_bytes()


def test_the_exit_codes_are_those_of_the_program():
    """The table of exit codes in the README names each code that there is."""
    from cs_facts.errors import ExitCode

    table = re.findall(r"^\| (\d+) \|", TEXT, re.MULTILINE)
    assert sorted(map(int, table)) == sorted(ExitCode)
