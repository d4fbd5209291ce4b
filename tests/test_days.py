"""Periods and dates as words: a date finds a period by a word that both have."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_facts.dates.edtf import parse_period
from cs_facts.model import Period
from cs_facts.search.days import date_tokens, day_tokens

DATES = st.one_of(
    st.integers(1, 9999).map("{:04}".format),
    st.builds("{:04}-{:02}".format, st.integers(1, 9999), st.integers(1, 12)),
    st.dates().map(str),
)
NEAR = st.dates(date(1999, 11, 1), date(2001, 3, 31))
"""Days of which many share a month, a year, or the turn of a millennium."""


def words_of(start, end):
    """Return the words of a period from one day to another, either of which may be open."""
    return day_tokens(start and start.isoformat(), end and end.isoformat())


def words(edtf):
    """Return the words of a period without what begins them all, sorted."""
    period = parse_period(edtf)
    return sorted(word[1:] for word in words_of(period.start, period.end))


def finds(asked, period):
    """Tell whether a date finds a period."""
    return not set(date_tokens(asked)).isdisjoint(words_of(period.start, period.end))


@pytest.mark.parametrize(
    ("edtf", "parts", "above"),
    [
        ("2021", ["2021"], []),
        ("2021-05", ["202105"], ["2021"]),
        ("2021-05-31", ["20210531"], ["2021", "202105"]),
        ("201X", ["201"], []),
        ("20XX", ["20"], []),
        ("1000/1999", ["1"], []),
        ("1999/2010", ["1999", "200", "2010"], []),
        ("../1999", ["0", "1"], []),
        ("8000/..", ["8", "9"], []),
        ("9998-12-31/..", ["9999", "99981231"], ["9998", "999812"]),
        ("2020-11-30/2021-01", ["20201130", "202012", "202101"], ["2020", "202011", "2021"]),
        ("2020-02-28/2020-03-01", ["20200228", "20200229", "20200301"], ["2020", "202002", "202003"]),
        ("2021-02-28/2021-03-01", ["20210228", "20210301"], ["2021", "202102", "202103"]),
        ("1900-02-28/1900-03-01", ["19000228", "19000301"], ["1900", "190002", "190003"]),
        ("2000-02-28/2000-03-01", ["20000228", "20000229", "20000301"], ["2000", "200002", "200003"]),
        ("2024-02-28/2024-03-01", ["20240228", "20240229", "20240301"], ["2024", "202402", "202403"]),
        ("2021-01-01/2021-11-30", [f"2021{month:02}" for month in range(1, 12)], ["2021"]),
    ],
)
def test_a_period_is_the_longest_parts_that_fill_it(edtf, parts, above):
    """A period is named by the longest whole parts that fill it, and by the years and months that hold one of those."""
    assert words(edtf) == sorted([f"c{part}" for part in parts] + [f"a{part}" for part in above])


@pytest.mark.parametrize(
    ("month", "last"),
    list(enumerate((31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), 1)),
)
def test_a_month_is_left_after_its_last_day(month, last):
    """Days at the end of a month are named up to its last, and none behind it."""
    days = [f"2021{month:02}{day}" for day in (last - 1, last)]
    start, end = date(2021, month, last - 1), date(2021 + month // 12, month % 12 + 1, 1)
    parts = [word[2:] for word in words_of(start, end) if word[1] == "c"]
    assert parts == [*days, f"{end:%Y%m%d}"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("2021", ["c2", "c20", "c202", "c2021", "a2021"]),
        ("2021-05", ["c2", "c20", "c202", "c2021", "c202105", "a202105"]),
        ("2021-05-31", ["c2", "c20", "c202", "c2021", "c202105", "c20210531", "a20210531"]),
    ],
)
def test_a_date_is_all_that_holds_it(asked, words):
    """A date has a word for each part that it may lie in, and one for the parts that it holds."""
    assert [word[1:] for word in date_tokens(asked)] == words


@given(st.one_of(DATES, NEAR.map(str)), st.tuples(NEAR, NEAR).map(sorted))
def test_a_date_finds_what_it_shares_a_day_with(asked, ends):
    """A date finds a period, and one without a beginning or an end, when they share a day, and only then."""
    start, end = ends
    for period in (Period("", start, end), Period("", None, end), Period("", start, None)):
        assert finds(asked, period) is parse_period(asked).overlaps(period)


@given(DATES, DATES)
def test_dates_find_each_other_alike(one, other):
    """Of two dates each finds the other or neither does, as their days overlap."""
    overlap = parse_period(one).overlaps(parse_period(other))
    assert finds(one, parse_period(other)) is finds(other, parse_period(one)) is overlap
