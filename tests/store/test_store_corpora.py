"""YAML that nobody here wrote: the suite that the YAML project tests parsers with."""

from __future__ import annotations

import re

import pytest

from cs_facts.store.loader import check

pytestmark = pytest.mark.usefixtures("parser")


@pytest.fixture
def cases(shared):
    """Return the inputs of yaml-test-suite, or say aloud that they are not there."""
    folder = shared / "corpora" / "yaml-test-suite-data"
    if not folder.is_dir():
        pytest.skip(f"NOT TESTED: yaml-test-suite is not at {folder}")
    found = sorted(folder.rglob("in.yaml"))
    assert len(found) > 350
    assert sum((path.parent / "error").exists() for path in found) > 80
    return found


def test_each_input_ends_in_located_faults(cases):
    """No input crashes the reader; none is a store, valid YAML or not, and each fault stands inside its file."""
    wrong = {}
    for path in cases:
        problems = check(path)
        lines = len(re.split(r"\r\n?|\n", path.read_text(encoding="utf-8")))
        if not problems or not all(1 <= problem.at.line <= lines and problem.at.column >= 1 for problem in problems):
            wrong[str(path)] = problems
    assert not wrong
