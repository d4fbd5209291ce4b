"""What no terminal may get: escapes and overrides in what a user types and in names of files; markup is text."""

import json
import re

import pytest

from cs_facts.cli import COMMANDS
from cs_facts.text import HIDDEN

# Escapes of two kinds and in two codings, a title for the window, overrides, ends of line; arguments hold no NUL.
TYPED = "ev\x1b[31mil\x1b]0;owned\x07\u202eliv\u2066e\x9b1m\r\n"

# Command → the words that it needs.
NEEDED = {"search": "T", "show": "a", "cite": "a", "audit": "article.txt", "verify": "article.txt", "new": "new.yaml"}
WORDS = {name: NEEDED.get(name, "").split() for name in COMMANDS} | {"import": ["table.csv"]}


def clean(result):
    """Tell whether nothing that a terminal obeys was written."""
    return not re.search(f"[{HIDDEN}\r]", result.stdout + result.stderr)


@pytest.fixture(autouse=True)
def files(tmp_path):
    """Give the commands that read files something to read; a small store is quicker read than the bundled one."""
    (tmp_path / "small.yaml").write_text(
        "facts_format: 1\ncategories: {c: C, d: D}\nsources: {s: {type: report, title: S}}\nfacts:\n"
        "- {id: a, category: c, title: T, text: X., source: s}\n"
    )
    (tmp_path / "article.txt").write_text("A text.\n")
    (tmp_path / "table.csv").write_text("id,category,title,text,source\na,c,T,X.,s\n")


# An option that takes a value, in a help.
OPTION = re.compile(r"^  (?:-\w, )?(--\w+)(?:, -\w)?[ ]+[A-Z<\[][A-Z,…/]+", re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_cleaned(facts, command):
    """Whatever an option of whichever command is given, what is said of it is text, and one line."""
    found = OPTION.findall(facts(command, "--help").stdout)
    assert found
    for option in found:
        for value in (TYPED, f"id={TYPED}", f"./{TYPED}.csv"):
            result = facts(command, *WORDS[command], option, value, FACTS_STORE="small.yaml")
            assert clean(result), (option, value)
            assert result.code in (0, 1, 2, 3)
            assert "a fault of facts itself" not in result.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_argument_is_cleaned(facts, command):
    """Ids, categories, words and names of files too, an unknown option, and a command that there is not."""
    for words in ([TYPED], [*WORDS[command], TYPED], [f"--{TYPED}"], [f"-{TYPED}"], [f"{TYPED}.yaml"], ["", TYPED]):
        result = facts(command, *words, FACTS_STORE="small.yaml")
        assert clean(result), words
        assert "a fault of facts itself" not in result.stderr
    assert clean(facts(f"{command}{TYPED}"))
    assert clean(facts(f"--{TYPED}", command))


def test_every_variable_is_cleaned(facts):
    """A variable of the environment is repeated as text too."""
    for name in ("FACTS_STORE", "FACTS_LANG", "LANG", "LC_ALL", "COLUMNS", "TERM", "PAGER"):
        assert clean(facts("list", "-n", "1", **{name: TYPED})), name


NAMES = ["ev\x1b[31mil", "\u202eliv", "two\nlines", "bytes\udcff"]


@pytest.mark.parametrize("stem", [*NAMES, "[bold]x"], ids=repr)
def test_the_name_of_a_store_is_cleaned(facts, store, stem):
    """Where ids of two stores are told apart by the names of the files, a name brings nothing with it."""
    fact = "- {id: a, category: north, title: T, text: X., source: paper}\n"
    stores = ("-s", store(fact), "-s", store(fact, f"{stem}.yaml"))
    for format_ in ("table", "csv", "json", "yaml", "markdown"):
        result = facts("list", *stores, "-f", format_)
        assert (result.code, result.stderr) == (0, "")
        assert clean(result)
    ids = [row["id"] for row in facts("list", *stores, "-f", "json").json]
    assert [facts("show", id_, *stores).code for id_ in ids] == [0, 0]


@pytest.mark.parametrize("name", NAMES, ids=repr)
def test_the_name_of_a_file_is_cleaned(facts, store, name):
    """What is said of a faulty store, of a text and of a file that is written shows their names as text."""
    bad = store("- {id: a}\n", f"{name}.yaml")
    for words in (
        *(["list", "-s", bad], ["check", bad], ["check", "--fix", bad], ["import", bad]),
        *(["audit", bad], ["audit", bad, "-f", "json"], ["audit", bad, "-f", "csv"]),
        *[["export", f"{name}.csv"], ["new", f"new{name}.yaml"]] * 2,  # the second time they are there
        ["cite", "red-homes-128", "-o", f"{name}.ris"],
    ):
        result = facts(*words)
        assert clean(result), words
        assert result.code in (0, 1, 3)


# What Rich takes for tags, links, emoji and escapes, and others for fields; it ends in a backslash.
MARKUP = "kg[m] [/] [bold]x[/bold] [link=http://x]y[/link] :fire: [[a]] \\[b] {c} %s back\\"
HEAD = f"""\
facts_format: 1
title: {json.dumps("T " + MARKUP)}
units: {{u: {json.dumps("U " + MARKUP)}}}
categories: {{c: {json.dumps("C " + MARKUP)}, d: {json.dumps("D " + MARKUP)}}}
sources: {{s: {{type: report, title: {json.dumps("S " + MARKUP)}, publisher: {json.dumps("P " + MARKUP)}}}}}
facts:
"""


@pytest.fixture
def markup(store):
    """Write a store whose every text is markup."""
    text = json.dumps(MARKUP)
    fact = (
        "- {{id: {0}, category: {1}, title: {text}, text: {text}, note: {text}, tags: [{text}], figure: {2}, unit: u,"
        " source: s, conflicts: [{{with: {3}, note: {text}}}]}}\n"
    )
    return store(fact.format("a", "c", 5, "b", text=text) + fact.format("b", "d", 7, "a", text=text), head=HEAD)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["list"], ["", "S "]),
        (["list", "--columns", "category,unit,tags,note"], ["C ", "U ", ""]),
        (["categories"], ["C ", "D "]),
        (["show", "a"], ["", "C ", "S ", "P "]),
        (["search", "fire"], ["", "S "]),
        (["compare"], ["C ", "D ", "U "]),
        (["cite", "a"], ["S "]),
    ],
    ids=lambda value: " ".join(value),
)
def test_markup_is_text(facts, markup, words, shown):
    """In cells, titles, headings, names of units and categories and sources markup appears as written."""
    for variables in ({}, {"width": 10_000, "NO_COLOR": "1"}):
        text = facts(*words, "-s", markup, **variables).stdout
        for part in shown:
            assert part + MARKUP in text, part


def test_markup_in_messages(facts, store):
    """What a user typed, and what a faulty store holds, is repeated as written."""
    typed = MARKUP.rstrip("\\")
    for words in (["list", typed], ["show", typed], ["list", "--columns", typed], [typed], ["list", "-f", typed]):
        assert f"{typed!r}"[1:-1] in facts(*words).stderr
    assert f"{typed!r}"[1:-1] in facts("check", store(f"- {{id: a, category: {json.dumps(typed)}}}\n")).stdout
