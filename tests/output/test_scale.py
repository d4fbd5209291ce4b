"""Scales and bars."""

from decimal import Decimal

import pytest

from cs_facts.output.comparison import scale_of
from cs_facts.output.layout import bar


def scale(*numbers):
    """Return the scale of some numbers."""
    return scale_of([Decimal(number) for number in numbers])


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([128, 272], (0, 272, False)),
        ([1, 99], (0, 99, False)),
        ([1, 100], (1, 100, True)),
        ([191, 2800000], (100, 10_000_000, True)),
        ([0, 5000], (0, 5000, False)),
        (["0.01", 3], (Decimal("0.01"), 10, True)),
        ([7], (0, 7, False)),
        ([0, 0], None),
        ([-1, 2], None),
        ([], None),
    ],
)
def test_where_a_scale_begins_and_ends(numbers, expected):
    """At nothing, or at powers of ten where the greatest is a hundred times the least; below nothing there are none."""
    assert scale(*numbers) == expected


@pytest.mark.parametrize(
    ("numbers", "value", "drawn"),
    [
        ([10, 5], 10, "████"),
        ([10, 5], 5, "██"),
        ([16, 5], 5, "█▎"),
        ([10, 0], 0, ""),
        ([99, 1], 1, "▏"),
        ([10000, 1], 1, "▏"),
        ([10000, 1], 100, "██"),
        ([10000, 1], 10000, "████"),
    ],
)
def test_a_bar_is_as_long_as_its_number(numbers, value, drawn):
    """A bar of four columns fills its share in eighths; any number above nothing leaves a trace."""
    assert bar(scale(*numbers).share(Decimal(value)), 4) == drawn


def test_a_bar_in_ascii():
    """Where blocks cannot be written a bar is made of number signs."""
    assert bar(0.5, 4, ascii_only=True) == "##"
    assert bar(0.01, 4, ascii_only=True) == "#"
