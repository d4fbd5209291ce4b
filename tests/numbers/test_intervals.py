"""What a printed figure may stand for."""

import re
from decimal import Decimal

import pytest

from cs_facts.numbers.figures import parse_figure
from cs_facts.numbers.intervals import Interval, agree, interval, rounds_to

# figure, number: in or out
ENDS = """
50.66万名, 506549.99: out | 50.66万名, 506550: in | 50.66万名, 506649: in | 50.66万名, 506650: out
1800余名, 1800: out | 1800余名, 1801: in | 1800余名, 1900: out | 40余万, 400000: out | 40余万, 499999: in
40余万, 500000: out | 50多个, 59: in | 50多个, 60: out | 超过了40万人, 400000: out | 超过了40万人, 9000000: in
多于5个, 100: in | over 400,000, 400001: in | 128个, 128: in | 128个, 128.4: out | 十条, 9: out
5亿元, 449999999: out | 5亿元, 549999999: in | 12.5%, 12.54: in | 12.5%, 12.55: out | 不足100人, 100: out
不足100人, 3: in | 约100人, 90: in | 约100人, 89: out | 约100人, 110: in | 约100人, 111: out
近3000人, 2900: in | 近3000人, 3001: out
第十, 10: in | 第十, 11: out | 第1万名, 9999: out | 前三, 3: in | 前三, 2: out
"""


@pytest.mark.parametrize("row", re.split(r" \| |\n", ENDS.strip()))
def test_what_a_figure_may_stand_for(row):
    """A figure stands for the numbers that its bound and its printed precision let in, and for no others."""
    printed, number, inside = re.fullmatch("(.*), (.*): (in|out)", row).groups()
    point = Interval(Decimal(number), Decimal(number))
    assert interval(parse_figure(printed)).overlaps(point) is (inside == "in")
    assert point.overlaps(interval(parse_figure(printed))) is (inside == "in")


def test_ends_that_touch_count_only_when_both_are_included():
    """Two intervals that meet in one number overlap when both include it."""
    low, high = Decimal(1), Decimal(2)
    assert Interval(low, high).overlaps(Interval(high, None))
    assert not Interval(low, high, has_high=False).overlaps(Interval(high, None))
    assert not Interval(low, high).overlaps(Interval(high, None, has_low=False))
    assert Interval(None, None).overlaps(Interval(None, low))


@pytest.mark.parametrize(
    ("printed", "other", "could", "rounds"),
    [
        ("50.66万", "51万", True, True),
        ("506,600", "half a million", True, True),
        ("506,600", "507,000", False, True),
        ("506,600", "508,000", False, False),
        ("51万", "50.66万", True, False),
        ("33.8%", "a third", False, True),
        ("36.8%", "a third", False, False),
        ("48.9%", "一半", False, True),
        ("5:1", "10:2", True, False),
        ("5:1", "5:2", False, False),
        ("1800余", "1850", True, False),
        ("3倍", "tripled", True, True),
        ("3倍", "3", True, False),
        ("16-24岁", "20", True, False),
        ("16-24岁", "25", False, False),
        ("下降超过5.4%", "-6%", True, False),
        ("数十亿", "30亿", True, False),
    ],
)
def test_figures_that_agree_or_round(printed, other, could, rounds):
    """Two figures could both be right where what they may stand for meets; one rounds another as people round."""
    figures = parse_figure(printed), parse_figure(other)
    assert agree(*figures) is agree(*reversed(figures)) is could
    assert rounds_to(*figures) is rounds
