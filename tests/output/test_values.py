"""Values as people read them: numbers with form and limit, periods in words, sources."""

import pytest

from cs_facts.dates.edtf import parse_period
from cs_facts.model import Source
from cs_facts.output.labels import Language
from cs_facts.output.values import number, source_name, years
from making import figure


def made(form, bound="exact", value=None, low=None, high=None, parts=(), printed="printed"):
    """Make a figure, its form first."""
    return figure(printed, value, low, high, form, bound, parts)


@pytest.mark.parametrize(
    ("shown", "english", "chinese"),
    [
        (made("number", value="506600"), "506,600", "506,600"),
        (made("number", "more_than", "1800"), "> 1,800", "> 1,800"),
        (made("number", "at_least", "1800"), "≥ 1,800", "≥ 1,800"),
        (made("number", "less_than", "-0.5"), "< −0.5", "< −0.5"),
        (made("number", "at_most", "3"), "≤ 3", "≤ 3"),
        (made("number", "about", "5E+4"), "≈ 50,000", "≈ 50,000"),
        (made("rank", value="10"), "no. 10", "第10"),
        (made("rank", "top", "3"), "top 3", "前3"),
        (made("share", value="40"), "40%", "40%"),
        (made("share", "at_least", None, "66.66", "66.67"), "≥ 66.7%", "≥ 66.7%"),
        (made("change", value="7.3", printed="增长7.3%"), "+7.3%", "+7.3%"),
        (made("change", "less_than", "-5.4", printed="down more than 5.4 per cent"), "< −5.4%", "< −5.4%"),
        (made("change", value="3.2", printed="增加了3.2个百分点"), "+3.2 points", "+3.2个百分点"),
        (made("change", value="-200000", printed="减少20万元"), "−200,000", "−200,000"),
        (made("rank", "top", "10", printed="top 10%"), "top 10%", "前10%"),
        (made("multiple", "about", "2"), "≈ ×2", "≈ ×2"),
        (made("range", low="16", high="24", parts=("16", "24")), "16–24", "16–24"),
        (made("range", "about", low="1000", high="2000"), "≈ 1,000–2,000", "≈ 1,000–2,000"),
        (made("ratio", parts=("11.1", "47.5", "41.4")), "", ""),
        (made("vague", "about", low="2E+9", high="9E+9"), "", ""),
    ],
)
def test_a_number_says_its_form_and_its_limit(shown, english, chinese):
    """Signs say limits, a rank is no count, shares and changes are per cent; without a single number there is none.

    Where both languages are shown, what is alike stands once.
    """
    assert [number(shown, Language(tag)) for tag in ("en", "zh")] == [english, chinese]
    assert number(shown, Language("en", both=True)) == (english if english == chinese else f"{chinese} / {english}")


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
