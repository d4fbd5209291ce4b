"""EDTF in words."""

import re

import pytest

from cs_facts.dates.describe import describe
from cs_facts.dates.edtf import parse_period

# a period = in English = in Chinese
SAID = """
2022 = 2022 = 2022年 | 0987 = 987 = 987年 | 2022-05 = May 2022 = 2022年5月 | 2022-12-18 = 18 Dec 2022 = 2022年12月18日
2022-12-08 = 8 Dec 2022 = 2022年12月8日 | 2022-12-18T21:59:43 = 18 Dec 2022, 21:59:43 = 2022年12月18日 21:59:43
2022-12-18T21:59:43Z = 18 Dec 2022, 21:59:43 UTC = 2022年12月18日 21:59:43 UTC
2022-12-18T21:59:43+08:00 = 18 Dec 2022, 21:59:43 UTC+08:00 = 2022年12月18日 21:59:43 UTC+08:00
2012/2022 = 2012 to 2022 = 2012年至2022年 | 2017/2022-12-18 = 2017 to 18 Dec 2022 = 2017年至2022年12月18日
2017/.. = 2017 onwards = 2017年起 | ../2022-12-18 = until 18 Dec 2022 = 2022年12月18日及以前
2017/ = from 2017 = 自2017年 | /2022-05 = by May 2022 = 截至2022年5月 | 2022~ = about 2022 = 约2022年
2022-05? = May 2022 (uncertain) = 2022年5月（存疑）
2022-05-31% = about 31 May 2022 (uncertain) = 约2022年5月31日（存疑）
2012~/2022? = about 2012 to 2022 (uncertain) = 约2012年至2022年（存疑） | 2022-21 = spring 2022 = 2022年春季
2022-24 = winter 2022 = 2022年冬季 | 2022-26 = summer 2022 (northern hemisphere) = 2022年夏季（北半球）
2022-31 = autumn 2022 (southern hemisphere) = 2022年秋季（南半球） | 2022-33 = first quarter of 2022 = 2022年第一季度
2022-36 = fourth quarter of 2022 = 2022年第四季度 | 2022-38 = May to August 2022 = 2022年5月至8月
2022-40 = first half of 2022 = 2022年上半年 | 2022-41 = second half of 2022 = 2022年下半年
201X = a year in the 2010s = 2010年代某年 | 20XX = a year from 2000 to 2099 = 2000年至2099年间某年
2022-XX = a month in 2022 = 2022年某月 | 2022-05-XX = a day in May 2022 = 2022年5月某日
2022-XX-XX = a day in 2022 = 2022年某日
"""


@pytest.mark.parametrize("row", re.split(r" \| |\n", SAID.strip()))
def test_a_period_is_said_in_both_languages(row):
    """Each form of EDTF that a store may hold has its words in English and in Chinese."""
    edtf, *words = row.split(" = ")
    assert [describe(parse_period(edtf), language) for language in ("en", "zh-CN")] == words


def test_every_sub_year_has_words():
    """Each season, quarter, third and half-year that a store may hold is said, and none like another."""
    said = [describe(parse_period(f"2022-{code}"), "zh") for code in range(21, 42)]
    assert len(set(said)) == 21
    assert all(words.startswith("2022年") for words in said)
