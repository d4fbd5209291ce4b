"""Values as people read them: numbers with form and limit, periods in words, sources."""

from decimal import Decimal

import pytest

from cs_facts.dates.edtf import parse_period
from cs_facts.model import Figure, Source
from cs_facts.output.labels import Language
from cs_facts.output.values import number, source_name, years


def figure(form, bound="exact", value=None, low=None, high=None, parts=(), printed="printed"):
    """Make a figure of numbers written as text."""
    numbers = [None if part is None else Decimal(part) for part in (value, low, high)]
    return Figure(printed, *numbers, form, bound, tuple(map(Decimal, parts)))


@pytest.mark.parametrize(
    ("made", "english", "chinese"),
    [
        (figure("number", value="506600"), "506,600", "506,600"),
        (figure("number", "more_than", "1800"), "> 1,800", "> 1,800"),
        (figure("number", "at_least", "1800"), "≥ 1,800", "≥ 1,800"),
        (figure("number", "less_than", "-0.5"), "< −0.5", "< −0.5"),
        (figure("number", "at_most", "3"), "≤ 3", "≤ 3"),
        (figure("number", "about", "5E+4"), "≈ 50,000", "≈ 50,000"),
        (figure("rank", value="10"), "no. 10", "第10"),
        (figure("rank", "top", "3"), "top 3", "前3"),
        (figure("share", value="40"), "40%", "40%"),
        (figure("share", "at_least", None, "66.66", "66.67"), "≥ 66.7%", "≥ 66.7%"),
        (figure("change", value="7.3", printed="增长7.3%"), "+7.3%", "+7.3%"),
        (figure("change", "less_than", "-5.4", printed="down more than 5.4 per cent"), "< −5.4%", "< −5.4%"),
        (figure("change", value="3.2", printed="增加了3.2个百分点"), "+3.2 points", "+3.2个百分点"),
        (figure("change", value="-200000", printed="减少20万元"), "−200,000", "−200,000"),
        (figure("rank", "top", "10", printed="top 10%"), "top 10%", "前10%"),
        (figure("multiple", "about", "2"), "≈ ×2", "≈ ×2"),
        (figure("range", low="16", high="24", parts=("16", "24")), "16–24", "16–24"),
        (figure("range", "about", low="1000", high="2000"), "≈ 1,000–2,000", "≈ 1,000–2,000"),
        (figure("ratio", parts=("11.1", "47.5", "41.4")), "", ""),
        (figure("vague", "about", low="2E+9", high="9E+9"), "", ""),
    ],
)
def test_a_number_says_its_form_and_its_limit(made, english, chinese):
    """Signs say limits, a rank is no count, shares and changes are per cent; without a single number there is none.

    Where both languages are shown, what is alike stands once.
    """
    assert [number(made, Language(tag)) for tag in ("en", "zh")] == [english, chinese]
    assert number(made, Language("en", both=True)) == (english if english == chinese else f"{chinese} / {english}")


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [("2012/2022", "2012–2022"), ("2022", "2022"), ("../2022", "up to 2022"), ("2017/..", "from 2017")],
)
def test_the_years_of_many_facts(edtf, expected):
    """A span of years, of which either end may be unknown."""
    days = parse_period(edtf)
    assert years(days.start, days.end, Language("en")) == expected
    assert years(None, None, Language("en")) == ""


def test_a_source_in_a_line():
    """Title, publisher and day, no more precise than it is known."""
    source = Source(
        "s", "document", {"zh": "报", "en": "The Paper"}, publisher={"": "P"}, published=parse_period("2022")
    )
    assert source_name(source, Language("en")) == "“The Paper”, P, 2022"
    assert source_name(source, Language("zh")) == "《报》，P，2022年"
