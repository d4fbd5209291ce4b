"""Whole outputs against files that a person has looked at: each format once, one command at three widths.

``FACTS_GOLDEN=write pytest tests/test_golden.py`` writes them anew; look at the difference before you keep it.
"""

import os
from pathlib import Path

import pytest

from cs_facts.output import ROW_FORMATS

GOLDEN = Path(__file__).parent / "golden"
DRAWN = {"list": "list", "show": "show south-members", "compare": "compare", "categories": "categories"}
SIZES = (("list", 40), ("list", 80), ("list", 160), ("show", 80), ("compare", 80), ("categories", 80))
STYLES = ("gb7714", "apa", "bibtex", "ris", "csl-json")

# Name of the file → the command, and the width of the terminal.
OUTPUTS = {
    **{f"list.{name}": (f"list -f {name}", None) for name in sorted({*ROW_FORMATS, "table", "text"} - {"excel"})},
    **{f"{name}.table": (f"{words} --lang both", None) for name, words in DRAWN.items() if name != "list"},
    **{
        f"{name}.{width}.{lang}.txt": (f"{DRAWN[name]} --lang {lang}", width)
        for name, width in SIZES
        for lang in ("en", "zh")
    },
    "categories.csv": ("categories -f csv", None),
    "export.excel.csv": ("export --excel --lang zh", None),
    **{f"cite.{style}": (f"cite south-members --accessed 2026-11-23 --style {style}", None) for style in STYLES},
    **{f"audit.{name}": (f"audit article.txt -f {name}", None) for name in ("table", "csv", "json")},
    **{f"check.{name}.txt": (f"check {name}", None) for name in ("store.yaml", "faulty.yaml")},
}


@pytest.mark.parametrize("name", OUTPUTS)
def test_whole_outputs(facts, monkeypatch, name):
    """What a command prints, in the folder of its files, which messages name without a path."""
    words, width = OUTPUTS[name]
    monkeypatch.chdir(GOLDEN)
    result = facts(*words.split(), width=width, NO_COLOR="1", FACTS_STORE="store.yaml")
    assert result.code == (words.startswith("audit") or name == "check.faulty.yaml.txt")
    path = GOLDEN / name
    if os.environ.get("FACTS_GOLDEN") == "write":
        path.write_bytes(result.raw)
    assert path.exists(), f"{path} is missing; FACTS_GOLDEN=write makes it"
    assert result.stdout == path.read_bytes().decode()
