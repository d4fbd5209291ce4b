"""Dates of texts, and dates typed by themselves."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_facts.dates.describe import describe, spellings
from cs_facts.dates.edtf import parse_period
from cs_facts.dates.parser import find_dates, read_date
from cs_facts.text import plain

TYPED = """
2022 = 2022 | 2022年 = 2022 | 2022/4 = 2022-04 | ２０２２年４月 = 2022-04 | april 2022 = 2022-04
2022.4.28 = 2022-04-28 | 28 apr 2022 = 2022-04-28 | April 28th, 2022 = 2022-04-28 | 4月28日 = | 2022-02-30 =
2022年底 = | 2012—2022年 = | 28 = | May = |  =
"""


@pytest.mark.parametrize("row", re.split(r" \| |\n", TYPED.strip()))
def test_a_typed_date(row):
    """A year, a month or a day is read however it is written; anything else is no date."""
    typed, _, edtf = row.partition(" =")
    assert read_date(typed) == edtf.strip()


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_a_day_is_read_back_from_every_way_of_writing_it(day):
    """What texts write, and what a period is said as, is the day again."""
    for text in (*spellings(day.isoformat()), *(describe(parse_period(day.isoformat()), tag) for tag in ("en", "zh"))):
        assert read_date(text) == day.isoformat()


# a date of a text published on 18 December 2022 = a period
COVERED = """
2022-12-18 = 2022-12-18 | 2022-12-18 21:59:43 = 2022-12-18T21:59:43+08:00 | 2022/4/28 = 2022-04-28
4月28日 = 2022-04-28 | 2022年4月28日 = 2022-04-28 | 二〇二二年四月二十八日 = 2022-04-28 | 今年5月 = 2022-05
28日 = 2022-04-28 | 2021年 = 2021 | 2021年底 = 2021-12-31 | 2021年底 = 2021-12 | 2017年以来 = 2017/..
2017年以来 = 2017-01-01/2022-12-18 | 截至2022年6月 = ../2022-06-30 | 2022-05 = 2022-05 | 28 April 2022 = 2022-04-28
April 28, 2022 = 2022-04-28 | in April 2022 = 2022-04 | since 2017 = 2017/.. | 2022年上半年 = 2022-01/2022-06
2022年 = 2022-01/2022-06 | 2021年 = 2021-12-31 | 上半年 = 2022-40 | third quarter of 2025 = 2025-35 | Q3 2025 = 2025-35
September 30, 2025 = 2025-01/2025-09 | the first nine months of 2025 = 2025-01/2025-09 | 前三季度 = 2025-01/2025-09
1—9月 = 2025-01/2025-09 | 2012—2022年 = 2012/2022 | 7.4—7.10 = 2022-07-04/2022-07-10 | 9月13日 = 2022-09-13
2020上半年 = 2020-40 | 截至二季末 = 2022-34 | 五年来 = 2017/2022 | 过去五年 = 2017/.. | 2022年春季 = 2022-21
20世纪90年代 = 199X | the 1990s = 199X | fiscal 2025 = 2025 | 2020-21 = 2020/2021 | by 18 December 2022 = /2022-12-18
in June = 2022-06 | January through August = 2022-01/2022-08 | 三四月份 = 2022-03/2022-04 | on 3.1.2021 = 2021-01-03
3Q2022 = 2022-35 | the past two weeks = 2022-12-04/2022-12-17 | 过去三个月 = 2022-10/2022-12 | a decade ago = 2012/2022
Five years ago = 2017/2022 | Health Statistics 2014 = 2014 | the 1990 levels = 1990 | 2007全国热点问题 = 2007
the March 2022 quarter = 2022-33 | 3/14/2021 = 2021-03-14 | 1914–18 = 1914/1918 | 民国三十年 = 1941 | the mid-80s = 198X
the 2003-04 season = 2003/2004 | in 2002/03 = 2002/2003 | As of 2012-12 = 2012-12 | on 2010-11-02 = 2010-11-02
5月28-6月3日 = 2022-05-28/2022-06-03 | 5-12日 = 2022-12-05/2022-12-12 | 在28号 = 2022-12-28 | 一年前 = 2021/2022-12-18
2022-12-18 21:59:43 = 2022-12-18 | 下午3时 = 2022-05-03T15:00:00 | 晚8点 = 2022-05-03T20:00:00
5月3日20:30 = 2022-05-03 | 9:30 p.m. = 2022-05-03T21:30:00 | 12 midnight = 2022-05-03T00:00:00
at 9:30 = 2022-05-03T09:30:00 | 从2012年到2022年 = 2012/2022 | from 2012 to 2022 = 2012/2022
2023年底至2024年初 = 2023-12/2024-01 | In 1340, = 1340 | the April figures = 2022-04 | Review - 2012 = 2012
closed out 2021 = 2021 | the 2012-2022 plan = 2012/2022 | 2023年5月上旬 = 2023-05-01/2023-05-10
2月下旬 = 2022-02-21/2022-02-28 | the second week of May 2023 = 2023-05-08/2023-05-14 | 2023-W18 = 2023-05-01/2023-05-07
May the 3rd = 2022-05-03 | the nine months to September 2023 = 2023-01/2023-09
13 weeks ended July 2, 2022 = 2022-04-03/2022-07-02 | three months ended June 30, 2023 = 2023-04/2023-06
twelve months to December = 2022-01/2022-12 | six months to 15 March 2023 = 2022-09-16/2023-03-15
2017 to 18 Dec 2022 = 2017/2022-12-18
今年前两个月 = 2022-01/2022-02 | 2023年头两个月 = 2023-01/2023-02 | 23年5月 = 2023-05 | ’98年 = 1998
the winter of 2022–23 = 2022-24 | the nineteenth century = 18XX | AD 79 = 0079 | (c. 1850) = 1850 | Q3/2023 = 2023-35
Q1-Q3 2023 = 2023-01/2023-09 | Jan-Oct 2023 = 2023-01/2023-10 | from 2023–24 onwards = 2023/..
2022年国庆节 = 2022-10-01 | 2022年六一儿童节当天 = 2022-06-01 | 2022年国庆假期 = 2022 | in 2017 onwards = 2017/..
National Day 2022 = 2022-10-01 | New Year’s Eve 2021 = 2021-12-31 | signed off 2019 with = 2019
"""
OPEN = """
4月28日 = 2022-04-29 | 4月28日 = 2022-04 | 4月28日 = 2022 | 4月 = 2022-04-28 | 28日 = 2022-04-29 | 2021年底 = 2022-12-31
2021年底 = 2021-01-01 | 2017年以来 = 2018/.. | 2017年以来 = 2012/2017-12-31 | 2022-12-18 21:59:43 = 2022-12-17
2022-12-18 21:59:43 = 2022-12-18T21:59:44 | 2022-12-18 = ../2022-12-19 | 2012—2022年 = 2012/2021 | 五年来 = 2012/2022
2015年 = 2012/2022 | 2015年5月6日 = 2012/2022 | in June = 2022-07 | the past two weeks = 2022-10/2022-12
3/4/2021 = 2021-03-04 | 公元前221年 = 2021 | 正月初五 = 2022-02-05 | 从2012年到2022年 = 2012 | from 2012 to 2022 = 2012
下午3时 = 2022-05-03T03:00:00 | 12 a.m. = 2022-05-03T12:00:00 | 2023年5月中旬 = 2023-05
the nine months to September 2023 = 2023-09 | In 2012-2022 = 2012
"""


@pytest.mark.parametrize(
    ("row", "covered"),
    [(row, rows is COVERED) for rows in (COVERED, OPEN) for row in re.split(r" \| |\n", rows.strip())],
)
def test_what_a_period_covers(row, covered):
    """A date is one number, covered by its period and by one of which it is the year, the beginning or the end."""
    text, when = row.split(" = ")
    [found] = find_dates(plain(text))
    assert found.date.covered_by(parse_period(when), parse_period("2022-12-18")) is covered


def test_years_in_a_row_are_dates_and_counts_are_none():
    """Each year of a list is one; what is counted in the plural or has a limit is not."""
    assert [found.date.first for found in find_dates("2021、2022和2023年")] == ["2021", "2022", "2023"]
    counts = "over 2000 people of 1500-2000 homes, it entered 2000 new markets, 112年, 五百五十年, 1900-2000人"
    assert not find_dates(f"May Smith may march on, {counts}")
