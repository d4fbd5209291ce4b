"""Whole outputs, of every command in every format, against files that a person has looked at.

``FACTS_GOLDEN=write pytest tests/test_golden.py`` writes them anew; look at the difference before you keep it.
"""

import os
from pathlib import Path

import pytest

from cs_facts.output.formats import BINARY, FACT_RENDERERS, FORMATS

GOLDEN = Path(__file__).parent / "golden"
STORE = GOLDEN / "store.yaml"

COMMANDS = {
    "list": ["list"],
    "categories": ["categories"],
    "search": ["search", "members"],
    "show": ["show", "south-members"],
    "compare": ["compare"],
    "export": ["export"],
}

TO_A_FILE = BINARY | {"html", "svg"}
"""Formats that are no text, and those that tests open in a browser."""


def agree(name, text):
    """Compare a text with a golden file, or write it when asked to."""
    path = GOLDEN / name
    if os.environ.get("FACTS_GOLDEN") == "write":
        path.write_bytes(text.encode())
    assert path.exists(), f"{path} is missing; FACTS_GOLDEN=write makes it"
    assert text == path.read_bytes().decode()


@pytest.mark.parametrize("format_", sorted(set(FORMATS) - TO_A_FILE))
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_in_every_format(facts, command, format_):
    """Each command's output in each format is the one that was looked at."""
    result = facts(*COMMANDS[command], "-s", STORE, "-f", format_)
    assert (result.code, result.stderr) == (0, "")
    agree(f"{command}.{format_}", result.stdout)


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
@pytest.mark.parametrize("width", [40, 80, 160])
@pytest.mark.parametrize("command", ["list", "categories", "show", "compare"])
def test_tables_in_terminals(facts, command, width, lang):
    """Tables in terminals of three widths and in both languages are those that were looked at."""
    result = facts(*COMMANDS[command], "-s", STORE, "--lang", lang, width=width, NO_COLOR="1")
    agree(f"{command}.{width}.{lang}.txt", result.stdout)


@pytest.mark.parametrize("style", ["gb7714", "apa", "bibtex", "ris", "csl-json"])
def test_citations(facts, style):
    """A citation in each style is the one that was looked at."""
    words = ["cite", "south-members", "-s", STORE, "--style", style, "--accessed", "2026-11-23"]
    agree(f"cite.{style}", facts(*words).stdout)


@pytest.fixture
def here(tmp_path):
    """Lay the golden files out in the folder where the command runs, so that messages name them without a path."""
    for name in ("store.yaml", "faulty.yaml", "article.txt"):
        (tmp_path / name).write_bytes((GOLDEN / name).read_bytes())


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("format_", sorted(set(FORMATS) - TO_A_FILE - set(FACT_RENDERERS)))
def test_an_audit(facts, format_):
    """An audit in each format of text is the one that was looked at."""
    result = facts("audit", "article.txt", "-s", "store.yaml", "-f", format_)
    assert result.code == 1
    agree(f"audit.{format_}", result.stdout)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("store", ["store.yaml", "faulty.yaml"])
def test_a_check(facts, store):
    """The report of a check is the one that was looked at."""
    agree(f"check.{store}.txt", facts("check", store).stdout)


def test_excel(facts):
    """The CSV for Excel is the one that was looked at."""
    agree("export.excel.csv", facts("export", "--excel", "-s", STORE).stdout)
