"""EDTF text, its first and its last day."""

import calendar
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_facts.dates.edtf import parse_period, stretch
from cs_facts.errors import PeriodError
from cs_facts.model import Period


def days(edtf):
    """Return first and last day as text, the open end as ``..``."""
    period = parse_period(edtf)
    return tuple(str(day) if day else ".." for day in (period.start, period.end))


DAYS = """
2022 2022-01-01 2022-12-31 | 0001 0001-01-01 0001-12-31 | 9999 9999-01-01 9999-12-31
2022-05 2022-05-01 2022-05-31 | 2020-02 2020-02-01 2020-02-29 | 2000-02 2000-02-01 2000-02-29
1900-02 1900-02-01 1900-02-28 | 2020-02-29 2020-02-29 2020-02-29 | 9999-12 9999-12-01 9999-12-31
2022-12-18T21:59:43 2022-12-18 2022-12-18 | 2022-12-18T21:59:43Z 2022-12-18 2022-12-18
2022-12-18T21:59:43+08:00 2022-12-18 2022-12-18 | 1985-04-12T23:20:30-04 1985-04-12 1985-04-12
2012/2022 2012-01-01 2022-12-31 | 2012-06/2022-12-18 2012-06-01 2022-12-18 | 2022/2022 2022-01-01 2022-12-31
2017/.. 2017-01-01 .. | ../2022-12-18 .. 2022-12-18 | 2017/ 2017-01-01 .. | /2022 .. 2022-12-31
2022? 2022-01-01 2022-12-31 | 2022-05~ 2022-05-01 2022-05-31 | 2022-05-31% 2022-05-31 2022-05-31
2004-06~/2006-08? 2004-06-01 2006-08-31 | 201X 2010-01-01 2019-12-31 | 20XX 2000-01-01 2099-12-31
0XXX 0001-01-01 0999-12-31 | 00XX 0001-01-01 0099-12-31 | 000X 0001-01-01 0009-12-31
201X? 2010-01-01 2019-12-31 | 2022-XX 2022-01-01 2022-12-31 | 2022-XX-XX 2022-01-01 2022-12-31
2020-02-XX 2020-02-01 2020-02-29
2022-21 2022-03-01 2022-05-31 | 2022-25 2022-03-01 2022-05-31 | 2022-31 2022-03-01 2022-05-31
2022-22 2022-06-01 2022-08-31 | 2022-26 2022-06-01 2022-08-31 | 2022-32 2022-06-01 2022-08-31
2022-23 2022-09-01 2022-11-30 | 2022-27 2022-09-01 2022-11-30 | 2022-29 2022-09-01 2022-11-30
2022-24 2022-12-01 2023-02-28 | 2022-28 2022-12-01 2023-02-28 | 2022-30 2022-12-01 2023-02-28
2019-24 2019-12-01 2020-02-29 | 2022-33 2022-01-01 2022-03-31 | 2022-34 2022-04-01 2022-06-30
2022-35 2022-07-01 2022-09-30 | 2022-36 2022-10-01 2022-12-31 | 2022-37 2022-01-01 2022-04-30
2022-38 2022-05-01 2022-08-31 | 2022-39 2022-09-01 2022-12-31 | 2022-40 2022-01-01 2022-06-30
2022-41 2022-07-01 2022-12-31
"""


@pytest.mark.parametrize(("edtf", "start", "end"), [row.split() for row in re.split(r" \| |\n", DAYS.strip())])
def test_first_and_last_day(edtf, start, end):
    """A period reaches from the first day it may mean to the last; parts of a year have the months of ISO 8601-2."""
    assert days(edtf) == (start, end)
    assert parse_period(edtf).edtf == edtf


REFUSED = {
    "does not exist": (
        "2021-13-45|2021-02-29|1900-02-29|2022-00|2022-42|2022-20|2022-21-01|0000|0000/2022|"
        "9999-24|2022-12-18T25:00:00|2022-12-18T21:60:00|2022-12-18T21:59:43+99:00"
    ),
    "ends before it begins": "2022/2012|2022-05-02/2022-05-01",
    "neither": "../..|/|../",
    "leaves a digit open": "201X-05|2022-XX-05",
    "no EDTF": (
        "|..| 2022|2022 |2022\n|2022-12-18T21:59:43Z\n|２０２２|٢٠٢٢|2022-2|20220101|2022-0101|Y12345|"
        "-2022|XXXX|2022-05T21:59:43|2022-12-18T21:59|2022?~|?2022|2012/2022/2023|2022年"
    ),
}


@pytest.mark.parametrize(
    ("reason", "edtf"), [(reason, edtf) for reason, all_ in REFUSED.items() for edtf in all_.split("|")]
)
def test_refused(reason, edtf):
    """What is no EDTF, or no day there was, is refused with its reason."""
    with pytest.raises(PeriodError, match=reason):
        parse_period(edtf)


@given(st.dates())
def test_every_day_round_trips(day):
    """A day written in ISO 8601 begins and ends on itself."""
    assert parse_period(day.isoformat()) == Period(day.isoformat(), day, day, day, day)


@given(st.integers(1, 9999), st.integers(1, 12))
def test_a_month_ends_on_its_last_day(year, month):
    """A month has as many days as the calendar gives it."""
    period = parse_period(f"{year:04}-{month:02}")
    assert (period.start, period.end) == (date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


@given(st.dates(), st.dates())
def test_an_interval_is_its_two_days(first, second):
    """An interval of two days has them as its ends; the wrong way round it is refused."""
    edtf = f"{first}/{second}"
    if first <= second:
        assert parse_period(edtf) == Period(edtf, first, second, first, second)
    else:
        with pytest.raises(PeriodError, match="ends before"):
            parse_period(edtf)


@given(st.integers(1, 9998), st.integers(21, 41))
def test_a_sub_year_lasts_between_three_and_six_months(year, code):
    """Every grouping within a year begins in that year and lasts 90 to 184 days."""
    period = parse_period(f"{year:04}-{code}")
    assert period.start.year == year
    assert timedelta(90) <= period.end - period.start + timedelta(1) <= timedelta(184)


EDTF_LIKE = st.text("0123456789X-/.?~%TZ:+ ", max_size=24)
PART = st.from_regex(r"[0-9]{3}[0-9X](-([0-4][0-9]|XX)(-([0-3][0-9]|XX))?)?[?~%]?", fullmatch=True)


@given(st.one_of(st.text(), EDTF_LIKE, PART, st.builds("{}/{}".format, PART, PART)))
def test_any_text_is_a_period_or_refused(text):
    """No text raises anything but PeriodError, and no period ends before it begins."""
    try:
        period = parse_period(text)
    except PeriodError:
        return
    assert period.edtf == text
    assert period.start or period.end
    assert not (period.start and period.end) or period.start <= period.end


@pytest.mark.parametrize(
    ("since", "until", "together"),
    [
        (None, None, None),
        ("2017-03", None, Period("2017-03/..", date(2017, 3, 1), None, date(2017, 3, 1), None)),
        (None, "2022-05", Period("../2022-05", None, date(2022, 5, 31), None, date(2022, 5, 31))),
        ("2017-03", "2022-05", Period("2017-03/2022-05", *(date(2017, 3, 1), date(2022, 5, 31)) * 2)),
    ],
)
def test_a_stretch_reaches_from_one_period_to_another(since, until, together):
    """It has the first day of one and the last of the other; what is not given is open, two of them are no stretch."""
    assert stretch(*(parse_period(edtf) if edtf else None for edtf in (since, until))) == together
