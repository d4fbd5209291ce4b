"""The big list of naughty strings, each through a store and out again by every machine format."""

from __future__ import annotations

import csv
import io
import json
import unicodedata

import pytest
import yaml

from cs_facts.output import render_rows
from cs_facts.output.rows import fact_rows
from cs_facts.store.loader import check, load
from cs_facts.store.writer import dump
from output.listed import Listed
from output.test_machine import cells_of

HEAD = "facts_format: 1\ncategories: {c: C}\nsources: {s: {type: report, title: S}}\nfacts:\n"

DIRECTION = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff"


def is_hidden(char):
    """Tell whether a terminal obeys a character or it turns the direction of a text."""
    return char in DIRECTION or (unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cs") and char not in "\t\n")


@pytest.fixture(scope="module")
def naughty(request):
    """Return the strings, or say aloud that they are not there."""
    path = request.config.rootpath.parent / "shared" / "corpora" / "blns" / "blns.json"
    if not path.exists():
        pytest.skip(f"NOT TESTED: the big list of naughty strings is not at {path}")
    strings = json.loads(path.read_text(encoding="utf-8"))
    assert len(strings) > 500
    return strings


def store_of(strings):
    """Write a store whose facts hold the strings, quoted as YAML takes them from JSON."""
    quoted = [json.dumps(text, ensure_ascii=False) for text in strings]
    return HEAD + "".join(
        f"  - {{id: n{place}x, category: c, title: {text}, text: {text}, source: s}}\n"
        for place, text in enumerate(quoted)
    )


@pytest.fixture(scope="module")
def accepted(naughty, tmp_path_factory):
    """Return the strings that a store takes, as they are, and the store."""
    strings = [text for text in naughty if text.strip() and not any(map(is_hidden, text))]
    assert len(strings) > 450
    path = tmp_path_factory.mktemp("naughty") / "store.yaml"
    # a letter of its own for each digit, so that no two ids look alike
    path.write_text(store_of(strings), encoding="utf-8")
    return strings, load([path])


def test_what_is_refused(naughty, tmp_path):
    """Every other string is refused at its line, as empty or for the character that it hides."""
    refused = [text for text in naughty if not text.strip() or any(map(is_hidden, text))]
    path = tmp_path / "store.yaml"
    for text in refused:
        path.write_bytes(store_of([text]).encode())
        assert {problem.at.line for problem in check(path)} == {5}, repr(text)
        for problem in check(path):
            assert problem.message.startswith(("the value is empty; ", "character U+", "byte 0x00 ")), repr(text)
            assert problem.message.isprintable()


READERS = {
    "csv": lambda text: [row[1] for row in csv.reader(io.StringIO(text, newline=""), strict=True)][1:],
    "tsv": lambda text: [row[1] for row in csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True)][1:],
    "json": lambda text: [row["title"] for row in json.loads(text)],
    "ndjson": lambda text: [json.loads(line)["title"] for line in text.split("\n")[:-1]],
    "yaml": lambda text: [row["title"] for row in yaml.load(text, yaml.BaseLoader)],
    "markdown": lambda text: [title for _, title in cells_of(text)][1:],
}


@pytest.mark.parametrize("format_", READERS)
def test_they_come_back(accepted, format_):
    """From every machine format the strings come back as they were."""
    strings, store = accepted
    text = "".join(render_rows(format_, fact_rows(Listed(store), ("id", "title"))))
    assert READERS[format_](text) == strings


def test_a_store_of_them_is_a_store(accepted, tmp_path):
    """What is dumped reads as the same."""
    path = tmp_path / "dump.yaml"
    path.write_bytes("".join(dump(accepted[1])).encode())
    assert load([path]) == accepted[1]
