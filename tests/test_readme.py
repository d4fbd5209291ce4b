"""The README does what it says, in English and in Chinese.

``FACTS_GOLDEN=write pytest tests/test_readme.py`` draws the pictures anew; look at them.
"""

import doctest
import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from cs_facts.cli import COMMANDS
from cs_facts.errors import ExitCode
from cs_facts.output import ENDINGS, FORMATS
from terminal import BIN

ROOT = Path(__file__).parents[1]
README, CHINESE = ROOT / "README.md", ROOT / "README.zh-CN.md"

for path in (README, CHINESE):
    if not path.exists():
        pytest.skip(f"NOT CHECKED: the README is not at {path}", allow_module_level=True)

TEXT, CHINESE_TEXT = (path.read_text(encoding="utf-8") for path in (README, CHINESE))
LANGUAGES = {"en": TEXT, "zh": CHINESE_TEXT}


def section(text, heading):
    """Return what stands below a heading."""
    assert f"\n## {heading}\n" in text
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def blocks(text, language):
    """Return the fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def uncommented(block):
    """Return the lines of a block without the comments at their ends, which each language has in its own words."""
    return [re.sub(r" {2,}# .*", "", line).rstrip() for line in block.splitlines()]


EXAMPLES = [
    line
    for heading in ("What it does", "Search")
    for block in blocks(section(TEXT, heading), "sh")
    for line in uncommented(block)
]

# Sections that are walked from top to bottom, each language with texts of its own.
WALKS = {"en": ["Three questions", "A store of your own"], "zh": ["三个问题", "自建事实库"]}


@pytest.fixture
def own_store(facts, tmp_path, store):
    """Lay out what the examples on a store of one's own need: an article, a table and, but for `new`, a store."""
    (tmp_path / "article.txt").write_text("Our numbers\nThere are 128 people.\n", encoding="utf-8")
    (tmp_path / "draft.txt").write_text("At the end of 2021 Changsha had 506,600 Party members.\n", encoding="utf-8")
    facts("export", "table.csv")

    def prepare(words):
        if words[0] == "audit":
            fact = "{id: a, category: north, title: T, text: t, figure: 128, unit: person, source: paper, paragraph: 2}"
            store(f"  - {fact}\n", "my-facts.yaml")
        elif words[0] == "verify":
            facts("new", "my-facts.yaml")
            (tmp_path / "draft.txt").write_text("No number stands here.\n", encoding="utf-8")
        elif "my-facts.yaml" in words and words[0] != "new":
            facts("new", "my-facts.yaml")

    return prepare


def test_there_are_examples_of_every_command():
    """Each command has an example in the README."""
    assert {words.split()[1] for words in EXAMPLES} == set(COMMANDS)


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_works(facts, own_store, example):
    """Each example of the README runs and finds something, without reading it otherwise."""
    words = shlex.split(example)[1:]
    own_store(words)
    result = facts(*words)
    assert result.code == 0
    assert "come near" not in result.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_session_is_what_a_reader_sees(facts, language):
    """Each command of a session in a README prints what stands below it, messages first."""
    sessions = blocks(LANGUAGES[language], "console")
    assert sessions
    for session in sessions:
        for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", session, re.MULTILINE):
            result = facts(*shlex.split(command)[1:], FACTS_LANG=language)
            assert result.stderr + result.stdout == shown


@pytest.mark.skipif(os.name != "posix", reason="NOT CHECKED: the commands are those of a POSIX shell")
@pytest.mark.parametrize(("language", "heading"), [(name, each) for name in WALKS for each in WALKS[name]])
def test_the_walk_through_is_walked(tmp_path, language, heading):
    """The commands of a section, run in a shell one block after the other, do what stands beside them."""
    text = section(LANGUAGES[language], heading)
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    steps = re.findall(r"^```sh\n(.*?)^```$(?:\s+```text\n(.*?)^```$)?", text, re.MULTILINE | re.DOTALL)
    assert steps
    for commands, shown in steps:
        done = subprocess.run(
            ["bash", "-e", "-c", commands],
            cwd=tmp_path,
            env={**os.environ, "PATH": path, "LC_ALL": "C.UTF-8", "FACTS_LANG": language},
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        assert done.returncode == (1 if shown else 0), commands + done.stdout + done.stderr
        assert not shown or done.stdout == shown


def test_the_query_of_the_database_finds_something(facts, tmp_path):
    """The SQL in the README runs on an export and finds facts."""
    import sqlite3

    (query,) = blocks(TEXT, "sql")
    facts("export", "facts.db")
    connection = sqlite3.connect(tmp_path / "facts.db")
    assert connection.execute(query).fetchall()
    connection.close()


@pytest.mark.parametrize("path", [README, CHINESE], ids=LANGUAGES)
def test_the_python_of_the_readme_runs(path):
    """The Python in the README gives what stands there."""
    assert doctest.testfile(str(path), module_relative=False, verbose=False, encoding="utf-8") == (0, 9)


@pytest.mark.parametrize(("language", "name"), [("en", "compare.svg"), ("zh", "compare.zh.svg")])
def test_the_pictures_are_the_tool_s_own(facts, tmp_path, language, name):
    """The picture of a README is what the tool draws today."""
    assert f"](docs/{name})" in LANGUAGES[language]
    assert facts("compare", "--unit", "person", "-o", name, COLUMNS="100", FACTS_LANG=language).code == 0
    drawn = (tmp_path / name).read_bytes()
    if os.environ.get("FACTS_GOLDEN") == "write":
        (ROOT / "docs" / name).write_bytes(drawn)
    assert drawn == (ROOT / "docs" / name).read_bytes()


def first_column(text, heading):
    """Return the cells of the first column of the table whose heading begins so."""
    rows = re.search(rf"^\| {re.escape(heading)}.*\n\|.*\n((?:\|.*\n)+)", text, re.MULTILINE)[1]
    return [row.split("|")[1].strip() for row in rows.splitlines()]


def test_the_exit_codes_and_endings_are_those_of_the_program():
    """One table names each exit code that there is, the other endings and formats that there are, and every format."""
    assert sorted(map(int, first_column(TEXT, "exit code"))) == sorted(ExitCode)
    names = re.findall(r"`([^`]+)`", " ".join(first_column(TEXT, "ending")))
    assert set(names) <= {*ENDINGS, *FORMATS}
    assert {ENDINGS.get(name, name) for name in names} == set(FORMATS)


def test_both_languages_have_the_same_parts():
    """Each README leads to the other; sections, blocks, tables, pictures, sessions and rows are as many or the same."""

    def shape(text):
        marks = r"^(## |```\w+$|\| --- |!\[|<!-- .* -->$)"
        return [mark for mark in re.findall(marks, text, re.MULTILINE) if mark != "```"]

    assert shape(CHINESE_TEXT) == shape(TEXT)
    assert "](README.zh-CN.md)" in TEXT[:200]
    assert "](README.md)" in CHINESE_TEXT[:200]
    mine, theirs = (re.findall(r"^\$ .*$", "".join(blocks(text, "console")), re.M) for text in LANGUAGES.values())
    assert theirs == mine
    for heading, its in (("exit code", "退出码"), ("ending", "扩展名")):
        assert first_column(CHINESE_TEXT, its) == first_column(TEXT, heading)


@pytest.mark.parametrize("language", ["sh", "yaml", "sql", "python"])
def test_both_languages_have_the_same_commands(language):
    """All commands outside the walks, and what else a machine reads, are the same but for the comments."""

    def commands(name):
        text = LANGUAGES[name]
        walked = "".join(section(text, heading) for heading in WALKS[name] if language == "sh")
        store = section(text, WALKS[name][1]) if language == "yaml" else walked
        return [uncommented(block) for block in blocks(text, language) if block not in store]

    assert commands("en")
    assert commands("zh") == commands("en")
