"""The big list of naughty strings, each through a store; what programs read of them is asked in output/."""

from __future__ import annotations

import json

from cs_facts.store.loader import check, load
from cs_facts.store.writer import dump
from drawing import is_refused


def is_text(text):
    """Tell whether a store takes a string."""
    return bool(text.strip()) and not any(map(is_refused, text))


def facts_of(strings):
    """Write facts that hold the strings, quoted as YAML takes them from JSON; no two ids look alike."""
    quoted = [json.dumps(text, ensure_ascii=False) for text in strings]
    fact = "  - {{id: n{}x, category: north, title: {text}, text: {text}, source: paper}}\n"
    return "".join(fact.format(place, text=text) for place, text in enumerate(quoted))


def test_what_is_refused(naughty, store):
    """What is empty or hides a character is refused at its line, in a message that hides none."""
    for text in naughty:
        if not is_text(text):
            path = store(facts_of([text]))
            assert {problem.at.line for problem in check(path)} == {12}, repr(text)
            for problem in check(path):
                assert problem.message.startswith(("the value is empty; ", "character U+", "byte 0x00 ")), repr(text)
                assert problem.message.isprintable()


def test_they_come_back(naughty, store, tmp_path):
    """The others stand in a store as they are, and what is dumped reads as the same."""
    strings = list(filter(is_text, naughty))
    read = load([store(facts_of(strings))])
    assert [fact.title[""] for fact in read.facts] == strings
    (tmp_path / "dump.yaml").write_bytes("".join(dump(read)).encode())
    assert load([tmp_path / "dump.yaml"]) == read
