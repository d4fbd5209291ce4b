"""The names that a message offers; the exit codes are those of docs/faults.md."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_facts.errors import UnknownName, nearest, suggestion


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("talnet", ["talent", "conduct"], ["talent"]),
        ("TALENT", ["talent"], ["talent"]),
        ("talent", ["Talent"], ["Talent"]),
        ("unit3", ["unit1", "unit2", "unit4", "unit5"], 3),
        ("zzz", ["talent"], []),
        ("海归小城", ["海归小镇", "作风"], ["海归小镇"]),
        ("", ["talent"], []),
    ],
)
def test_nearest(name, known, expected):
    """The names most like another come first, at most three, whatever their case."""
    found = nearest(name, known)
    assert (len(found) if isinstance(expected, int) else found) == expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [(["a", "b"], "choose from a, b"), ([], "there are none"), ([f"n{n:02}" for n in range(32)], "and 2 more")],
)
def test_suggestion_lists_what_there_is(known, expected):
    """When no name comes close, the known ones are listed, a long list cut with a count."""
    assert suggestion("qqq", known).endswith(expected)


@given(st.text(), st.lists(st.text()))
def test_any_name_gets_an_answer(name, known):
    """Whatever is asked for, the nearest names are known ones."""
    assert set(nearest(name, known)) <= set(known)
    assert suggestion(name, known)


def test_a_long_name_is_repeated_in_part():
    """A message stays one that can be read, whatever was typed."""
    assert len(str(UnknownName("category", "x" * 100_000, ["talent"]))) < 400
