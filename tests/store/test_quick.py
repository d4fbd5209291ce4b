"""Facts read at a glance: what is not plain beyond doubt is left to the parser, which says what it is."""

from __future__ import annotations

import pytest

from cs_facts.model import Fact
from cs_facts.store.loader import facts_alone
from cs_facts.store.quick import read_quickly

PLAIN = """\
  - id: a
    category: north
    title: A
    text: x
    figure: 5名
    when: 2022
    source: paper
    tags: [x, y]
    note: n
"""


@pytest.mark.parametrize(
    "more",
    [
        "",
        "    conflicts:\n      - with: b\n",
        "    conflicts:\n      - with: b\n        note: x\n      - with: c\n",
        "    conflicts:\n      - with: b\n        note:\n          zh: 二\n          en: y\n",
        '    note: "a: b # c"\n',
        "    note: a:b c#d\n",
    ],
)
def test_what_is_plain_is_read(more):
    """A fact in canonical form is read at a glance, and as the parser reads it."""
    items = PLAIN.replace("    note: n\n", more)
    (fact,) = read_quickly(items)
    assert [fact] == facts_alone(items.replace("title: A", "title:  A").encode())


@pytest.mark.parametrize(
    ("plain", "other"),
    [
        ("title: A", "title:  A"),
        ("title: A", 'title:  "A"'),
        ("figure: 5名", "figure:  5名"),
        ("tags: [x, y]", "tags: [x,  y]"),
        ("title: A", "title: 'A'"),
        ("title: A", 'title: "\\x41"'),
        ("text: x", "text: >-\n      x"),
        ("figure: 5名", "figure: '5名'"),
        ("figure: 5名", 'figure: "5\\u540D"'),
        ("when: 2022", "when: '2022'"),
        ("when: 2022", 'when: "20\\x322"'),
        ("tags: [x, y]", "tags: [x, 'y']"),
        ("tags: [x, y]", "tags:\n      - x\n      - y"),
        ("note: n", "note: n  # not a part of it"),
        ("note: n", "note: {zh: 甲, en: n}"),
    ],
)
def test_what_is_not_plain_is_left_to_the_parser(plain, other):
    """A fact written otherwise is handed on as text, the one behind it is read, and both are as they were."""
    assert PLAIN.count(plain) == 1
    items = PLAIN.replace(plain, other) + PLAIN.replace("id: a", "id: b")
    first, second = read_quickly(items)
    assert isinstance(first, str)
    assert isinstance(second, Fact)
    left, read = facts_alone(items.encode())
    assert read == second
    assert left.note != read.note if "甲" in other else left == facts_alone(PLAIN.encode())[0]


@pytest.mark.parametrize(
    "change",
    [
        ("figure: 5名", "figure: of them"),
        ("when: 2022", "when: 2022-13"),
        ("tags: [x, y]", "tags: [x, x]"),
        ("title: A", "title:\n      en: A\n      en: B"),
        ("    note: n", "    conflicts:\n      - with: a"),
        ("    note: n", "    conflicts:\n      - with: b\n      - with: b"),
    ],
)
def test_a_fault_is_left_to_the_parser(change):
    """A value with a fault is none that is read at a glance, and makes no facts."""
    items = PLAIN.replace(*change)
    assert [*read_quickly(items)] == [items]
    assert facts_alone(items.encode()) is None


def test_what_is_no_text_makes_no_facts():
    """Bytes that are no UTF-8 are left to who can tell where they stand."""
    assert facts_alone(PLAIN.encode().replace(b"text: x", b"text: \xff")) is None
