"""Dates typed by themselves."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_facts.dates.describe import describe
from cs_facts.dates.edtf import parse_period
from cs_facts.dates.parser import read_date, written


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        *(
            ("2022", "2022"),
            ("2022年", "2022"),
            ("2022/4", "2022-04"),
            ("２０２２年４月", "2022-04"),
            ("april 2022", "2022-04"),
        ),
        *(("2022.4.28", "2022-04-28"), ("28 apr 2022", "2022-04-28"), ("April 28th, 2022", "2022-04-28")),
        *(
            ("4月28日", ""),
            ("2022-02-30", ""),
            ("2022年底", ""),
            ("2012—2022年", ""),
            ("28", ""),
            ("May", ""),
            ("", ""),
        ),
    ],
)
def test_a_typed_date(typed, edtf):
    """A year, a month or a day is read however it is written; anything else is no date."""
    assert read_date(typed) == edtf


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_a_day_is_read_back_from_every_way_of_writing_it(day):
    """What texts write, and what a period is said as, is the day again."""
    for text in (*written(day.isoformat()), *(describe(parse_period(day.isoformat()), tag) for tag in ("en", "zh"))):
        assert read_date(text) == day.isoformat()
