"""What nobody here wrote: the YAML project's own tests of parsers, and the big list of naughty strings."""

import json
import re

import pytest

from drawing import is_refused
from making import check


@pytest.fixture
def cases(shared):
    """Return the inputs of yaml-test-suite, or say aloud that they are not there."""
    folder = shared / "corpora" / "yaml-test-suite-data"
    if not folder.is_dir():
        pytest.skip(f"NOT CHECKED: yaml-test-suite is not at {folder}")
    found = sorted(folder.rglob("in.yaml"))
    assert len(found) > 350
    assert sum((path.parent / "error").exists() for path in found) > 80
    return found


@pytest.mark.usefixtures("parser")
def test_each_input_ends_in_located_faults(cases):
    """No input crashes the reader; none is a store, valid YAML or not, and each fault stands inside its file."""
    wrong = {}
    for path in cases:
        problems = check(path)
        lines = len(re.split(r"\r\n?|\n", path.read_text(encoding="utf-8")))
        if not problems or not all(1 <= problem.at.line <= lines and problem.at.column >= 1 for problem in problems):
            wrong[str(path)] = problems
    assert not wrong


def is_text(text):
    """Tell whether a store takes a string."""
    return bool(text.strip()) and not any(map(is_refused, text))


def facts_of(strings):
    """Write facts that hold the strings, quoted as YAML takes them from JSON; no two ids look alike."""
    quoted = [json.dumps(text, ensure_ascii=False) for text in strings]
    fact = "  - {{id: n{}x, category: north, title: {text}, text: {text}, source: paper}}\n"
    return "".join(fact.format(place, text=text) for place, text in enumerate(quoted))


def test_what_is_refused(naughty, store):
    """What is empty or hides a character is refused at its line, in a message that hides none; all else is taken."""
    for text in naughty:
        if not is_text(text):
            path = store(facts_of([text]))
            assert {problem.at.line for problem in check(path)} == {12}, repr(text)
            for problem in check(path):
                assert problem.message.startswith(("the value is empty; ", "character U+", "byte 0x00 ")), repr(text)
                assert problem.message.isprintable()
    assert check(store(facts_of(filter(is_text, naughty)))) == []
