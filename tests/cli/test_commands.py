"""The commands but ``list``: what a person sees, and what a program gets."""

import os
import subprocess
import sys

import pytest

import cs_facts


def test_no_words_lead_with_three_examples(facts):
    """``facts`` alone is a short help whose first commands are three examples that work; --version tells its own."""
    assert facts("--version").stdout == f"facts {cs_facts.__version__}\n"
    result = facts()
    examples = [line.split("  ")[1].split() for line in result.lines if line.startswith("  facts ")]
    assert len(examples) == 3
    for words in examples:
        assert facts(*words[1:]).code == 0


def test_search_in_chinese_shows_chinese(facts):
    """A search shows the language in which it matched; --lang says otherwise."""
    assert "党员人数" in facts("search", "党员").lines[1]
    assert "Party members" in facts("search", "members").stdout
    assert "Party members" in facts("search", "党员", "--lang", "en").stdout


def test_nothing_found(facts):
    """A search without a match is exit 1 and nothing on standard output; ``--exact`` leaves near matches out."""
    for words in (["membrs zzz", "--exact"], ["qqqq"], ["党圆人数", "-f", "yaml"]):
        result = facts("search", *words)
        assert (result.code, result.stdout) == (1, "")
        assert result.stderr.startswith("facts: nothing matches ")


def test_near_matches_are_set_apart(facts):
    """By a column or a heading, sorted apart, counted together; where there are no others, standard error says so."""
    words = ("search", "人才 补贴 2017年")
    both = facts(*words, "-f", "csv", "--columns", "id,match")
    assert (both.code, both.stderr) == (0, "")
    matches = [line.split(",")[1] for line in both.lines[1:]]
    assert matches == sorted(matches)
    assert {*matches} == {"all", "near"}
    assert [line.split()[-1] for line in facts(*words, "--columns", "id,match").lines[1:-1]] == [
        {"all": "full"}.get(match, match) for match in matches
    ]
    assert facts(*words, "-f", "yaml").stdout.count("- id:") == matches.count("all")
    assert "\n\nNear matches\n" in facts(*words, width=90, NO_COLOR="1").stdout
    assert "Near matches" not in facts("search", "人才", "--exact", width=90).stdout
    near = facts("search", "党员 membrs zzz", "-f", "json")
    assert (near.code, near.json[0]["match"]) == (0, "near")
    said = "facts: no fact matches all of '党员 membrs zzz'; these come near: read 'membrs' as 'members'\n"
    assert near.stderr == said
    words = ("search", "members people", "--sort", "-value", "-n")
    ranked = facts(*words, "3", "-f", "csv", "--columns", "value,match").lines[1:]
    assert ranked == ["506600,all", "3200,all", "500000000,near"]
    assert facts(*words, "1", "-f", "yaml").stdout.count("- id:") == 1


def test_the_ending_says_the_format(facts, tmp_path):
    """``export`` takes the format from the file's ending."""
    for ending, format_ in (("csv", "csv"), ("jsonl", "ndjson"), ("md", "markdown"), ("YML", "yaml"), ("txt", "table")):
        assert facts("export", f"out.{ending}").code == 0
        assert (tmp_path / f"out.{ending}").read_text(encoding="utf-8") == facts("export", "-f", format_).stdout


def test_the_store_may_come_from_the_environment(facts, store):
    """FACTS_STORE names stores, --store comes before it, and several are read as one."""
    fact = "  - {id: a, category: north, title: T, text: t, source: paper}\n"
    one, two = store(fact, "one.yaml"), store(fact, "two.yaml")
    both = os.pathsep.join(map(str, (one, two)))
    assert [row["id"] for row in facts("list", "-f", "json", FACTS_STORE=both).json] == ["one:a", "two:a"]
    assert [row["id"] for row in facts("list", "-f", "json", "-s", one, FACTS_STORE=both).json] == ["a"]


@pytest.mark.parametrize("command", ["", "list", "categories", "search", "show", "compare", "export", "cite"])
def test_help_leads_with_examples(facts, command):
    """The examples stand between the first sentence and the options, once, and no line is wider than 80 columns."""
    text = facts(*command.split(), "--help").stdout
    assert text.count("Examples:") == 1
    assert text.index("\n  ") < text.index("Examples:") < text.index("Options:")
    assert max(map(len, text.splitlines())) <= 80


def test_words_behind_two_hyphens_are_no_options(facts):
    """``facts --`` ends the options of ``facts`` itself; what follows is a command as ever."""
    assert facts("--", "categories").stdout == facts("categories").stdout
    assert facts("--", "categries").stderr == "facts: unknown command 'categries': did you mean 'categories'?\n"
    assert facts("--", "--categories").code == 2


def test_a_conflict_without_a_note(facts, store):
    """A conflict of which the store says no more is shown without the line of what may explain it."""
    path = store(
        """\
  - {id: a, category: north, title: A, text: t, source: paper, conflicts: [{with: b}]}
  - {id: b, category: north, title: B, text: t, source: paper, conflicts: [{with: c, note: n}]}
  - {id: c, category: north, title: C, text: t, source: paper}
"""
    )
    shown = facts("show", "a", "-s", path).stdout
    assert "Contradicted by  A  ≠  B  (b)" in shown
    assert "Explanation" not in shown
    assert "Explanation" in facts("show", "c", "-s", path).stdout


def test_a_fault_of_its_own_is_one_line(facts, monkeypatch):
    """A mistake in the program is a message and exit 3; FACTS_DEBUG=1 shows the traceback."""

    def broken(*_, **__):
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr("typer.echo", broken)
    result = facts(FACTS_DEBUG="")
    told = "facts: a fault of facts itself: ZeroDivisionError: by nought; FACTS_DEBUG=1 shows where\n"
    assert (result.code, result.stdout, result.stderr) == (3, "", told)
    with pytest.raises(ZeroDivisionError):
        facts(FACTS_DEBUG="1")


def test_help_without_docstrings_says_that_it_lacks_examples():
    """Python -OO drops what help is made of; it then has the first line, the options and why there is no more."""
    command = [sys.executable, "-OO", "-m", "cs_facts", "list", "--help"]
    said = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    assert all(each in said for each in ("List facts in store order.", "python -OO", "--columns"))
