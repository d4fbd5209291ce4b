"""Whole outputs against files that a person has looked at: each format once, one command at three widths.

``FACTS_GOLDEN=write pytest tests/test_golden.py`` writes them anew; look at the difference before you keep it.
"""

import os
from pathlib import Path

import pytest

from cs_facts.output import ROW_FORMATS

GOLDEN = Path(__file__).parent / "golden"
STORE = GOLDEN / "store.yaml"
COMMANDS = {"list": ["list"], "categories": ["categories"], "show": ["show", "south-members"], "compare": ["compare"]}


def agree(name, text):
    """Compare a text with a golden file, or write it when asked to."""
    path = GOLDEN / name
    if os.environ.get("FACTS_GOLDEN") == "write":
        path.write_bytes(text.encode())
    assert path.exists(), f"{path} is missing; FACTS_GOLDEN=write makes it"
    assert text == path.read_bytes().decode()


@pytest.mark.parametrize("format_", sorted({*ROW_FORMATS, "table", "text"} - {"excel"}))
def test_every_format(facts, format_):
    """The facts of a store in each format of text."""
    result = facts("list", "-s", STORE, "-f", format_)
    assert (result.code, result.stderr) == (0, "")
    agree(f"list.{format_}", result.stdout)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("command", "width"),
    [*(("list", width) for width in (40, 80, 160)), ("show", 80), ("compare", 80), ("categories", 80)],
)
def test_tables_in_terminals(facts, command, width, lang):
    """A list in terminals of three widths, and what other commands draw, in both languages."""
    result = facts(*COMMANDS[command], "-s", STORE, "--lang", lang, width=width, NO_COLOR="1")
    agree(f"{command}.{width}.{lang}.txt", result.stdout)


@pytest.mark.parametrize("command", ["show", "compare", "categories"])
def test_tables_off_terminals(facts, command):
    """What other commands than list print on a pipe, in both languages at once."""
    agree(f"{command}.table", facts(*COMMANDS[command], "-s", STORE, "--lang", "both").stdout)


def test_rows_that_are_no_facts(facts):
    """Categories as data."""
    agree("categories.csv", facts("categories", "-s", STORE, "-f", "csv").stdout)


def test_excel(facts):
    """The CSV for Excel in Chinese."""
    agree("export.excel.csv", facts("export", "--excel", "--lang", "zh", "-s", STORE).stdout)


@pytest.mark.parametrize("style", ["gb7714", "apa", "bibtex", "ris", "csl-json"])
def test_citations(facts, style):
    """A citation in each style."""
    words = ["cite", "south-members", "-s", STORE, "--style", style, "--accessed", "2026-11-23"]
    agree(f"cite.{style}", facts(*words).stdout)


@pytest.fixture
def here(tmp_path):
    """Lay the golden files out in the folder where the command runs, so that messages name them without a path."""
    for name in ("store.yaml", "faulty.yaml", "article.txt"):
        (tmp_path / name).write_bytes((GOLDEN / name).read_bytes())


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("format_", ["table", "csv", "json"])
def test_an_audit(facts, format_):
    """An audit for people and as data."""
    result = facts("audit", "article.txt", "-s", "store.yaml", "-f", format_)
    assert result.code == 1
    agree(f"audit.{format_}", result.stdout)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("store", ["store.yaml", "faulty.yaml"])
def test_a_check(facts, store):
    """The report of a check."""
    agree(f"check.{store}.txt", facts("check", store).stdout)
