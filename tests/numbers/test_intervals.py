"""What a printed figure may stand for."""

from decimal import Decimal

import pytest

from cs_facts.numbers.figures import parse_figure
from cs_facts.numbers.intervals import Interval, agree, interval, rounds_to

IN, OUT = True, False


@pytest.mark.parametrize(
    ("printed", "number", "inside"),
    [
        ("50.66万名", "506549.99", OUT),
        ("50.66万名", "506550", IN),
        ("50.66万名", "506649", IN),
        ("50.66万名", "506650", OUT),
        ("1800余名", "1800", OUT),
        ("1800余名", "1801", IN),
        ("1800余名", "1900", OUT),
        ("40余万", "400000", OUT),
        ("40余万", "499999", IN),
        ("40余万", "500000", OUT),
        ("50多个", "59", IN),
        ("50多个", "60", OUT),
        ("超过了40万人", "400000", OUT),
        ("超过了40万人", "9000000", IN),
        ("多于5个", "100", IN),
        ("over 400,000", "400001", IN),
        ("128个", "128", IN),
        ("128个", "128.4", OUT),
        ("十条", "9", OUT),
        ("5亿元", "449999999", OUT),
        ("5亿元", "549999999", IN),
        ("12.5%", "12.54", IN),
        ("12.5%", "12.55", OUT),
        ("不足100人", "100", OUT),
        ("不足100人", "3", IN),
        ("约100人", "90", IN),
        ("约100人", "89", OUT),
        ("约100人", "110", IN),
        ("约100人", "111", OUT),
        ("近3000人", "3300", IN),
        ("第十", "10", IN),
        ("第十", "11", OUT),
        ("第1万名", "9999", OUT),
        ("前三", "3", IN),
        ("前三", "2", OUT),
    ],
)
def test_what_a_figure_may_stand_for(printed, number, inside):
    """A figure stands for the numbers that its bound and its printed precision let in, and for no others."""
    point = Interval(Decimal(number), Decimal(number))
    assert interval(parse_figure(printed)).overlaps(point) is inside
    assert point.overlaps(interval(parse_figure(printed))) is inside


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
