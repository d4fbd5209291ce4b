"""What a printed figure may stand for."""

import re

import pytest

from cs_facts.numbers.figures import parse_figure
from cs_facts.numbers.intervals import agree, rounds_to

# figure, number of unlike precision: whether both could be right
ENDS = """
50.66万名, 506549: out | 50.66万名, 506550: in | 50.66万名, 506649: in | 50.66万名, 506650: out
1800余名, 1800: out | 1800余名, 1801: in | 1800余名, 1900: out | 40余万, 400000: out | 40余万, 499999: in
40余万, 500000: out | 50多个, 59: in | 50多个, 60: out | 超过了40万人, 400000: out | 超过了40万人, 9000000: in
多于5个, 100: in | over 400,000, 400001: in | 128个, 128: in | 128个, 129: out | 十条, 9: out
5亿元, 449999999: out | 5亿元, 549999999: in | 12.5%, 12.54%: in | 12.5%, 12.56%: out | 不足100人, 100: out
不足100人, 3: in | 约100人, 90: in | 约100人, 89: out | 约100人, 110: in | 约100人, 111: out
近3000人, 2900: in | 近3000人, 3001: out | 第十, 第十: in | 第十, 第十一: out | 前三, 第三: in | 前三, 第二: out
50.66万, 51万: in | 5:1, 10:2: in | 5:1, 5:2: out | 5:1, 5:1:1: out | 3倍, tripled: in
16-24岁, 20: in | 16-24岁, 25: out
下降超过5.4%, -6%: in | 数十亿, 30亿: in | 506,600, half a million: in | 506,600, 507,000: out | 33.8%, a third: out
不到3倍, 2倍: in | 不到3倍, 3倍: out
"""
ROUNDED = """
50.66万, 51万: in | 506,600, half a million: in | 506,600, 507,000: in | 506,600, 508,000: out | 51万, 50.66万: out
33.8%, a third: in | 36.8%, a third: out | 48.9%, 一半: in | 5:1, 10:2: out | 1800余, 1850: out | 3倍, tripled: in
3倍, 3: out | 16-24岁, 20: out | 下降超过5.4%, -6%: out | 数十亿, 30亿: out
"""


@pytest.mark.parametrize(
    ("asked", "row"),
    [
        (asked, row)
        for asked, rows in ((agree, ENDS), (rounds_to, ROUNDED))
        for row in re.split(r" \| |\n", rows.strip())
    ],
)
def test_figures_that_agree_or_round(asked, row):
    """Two figures could both be right where what they may stand for meets; one rounds another as people round."""
    printed, other, said = re.fullmatch("(.*), (.*): (in|out)", row).groups()
    figures = parse_figure(printed), parse_figure(other)
    assert asked(*figures) is (said == "in")
    if asked is agree:
        assert agree(*reversed(figures)) is (said == "in")
