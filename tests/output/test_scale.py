"""Scales and bars."""

from decimal import Decimal

import pytest

from cs_facts.output.comparison import Scale
from cs_facts.output.layout import bar


def scale(*numbers):
    """Return the scale of some numbers."""
    return Scale([Decimal(number) for number in numbers])


@pytest.mark.parametrize(
    ("numbers", "logarithmic", "ends"),
    [
        ([128, 272], False, ("0", "272")),
        ([1, 99], False, ("0", "99")),
        ([1, 100], True, ("1", "100")),
        ([191, 2800000], True, ("100", "10,000,000")),
        ([0, 5000], False, ("0", "5,000")),
        (["0.01", 3], True, ("0.01", "10")),
        ([7], False, ("0", "7")),
    ],
)
def test_a_range_of_a_hundredfold_asks_for_a_logarithmic_scale(numbers, logarithmic, ends):
    """A scale is logarithmic, between powers of ten, when its greatest number is a hundred times its least."""
    assert scale(*numbers).logarithmic is logarithmic
    assert scale(*numbers).ends() == ends


@pytest.mark.parametrize(("numbers", "drawn"), [([1, 2], True), ([0, 2], True), ([0, 0], False), ([-1, 2], False)])
def test_negative_numbers_have_no_bars(numbers, drawn):
    """Bars show nothing where a number is negative or all are nothing."""
    assert scale(*numbers).drawn is drawn


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
