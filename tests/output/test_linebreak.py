"""Where a line may end: numbers stay whole, and punctuation stands where JLREQ and CLREQ let it."""

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cs_facts.output.linebreak import CLOSING, OPENING, pieces

TEXTS = st.text(st.sampled_from("ab 12.,字号个万名年“”（）《》—…·×，。/-¶\U0001f600\u0301"), max_size=80)


@pytest.mark.parametrize(
    "whole",
    [
        *("50.66万名", "128个", "120.81万人次", "1800余名", "7.3%", "第10", "第十", "九大", "2012年", "截"),
        *("2022年12月18日", "18 December 2022", "December 2022", "2.8 million", "506,600 members", "¶ 43", "> 1,800"),
        *("no. 10", "top 3", "×2", "16–24", "−5.4%", "£28 million", "CNY 500 million", "11.1:47.5:41.4"),
    ],
)
def test_a_number_is_never_parted_from_what_it_counts(whole):
    """A number and its counter, power, unit, sign or mark stand in one piece, whatever is around them."""
    for before, after in (("有", "，但"), ("of ", " of it"), ("（", "）")):
        assert any(whole in piece for piece in pieces(f"{before}{whole}{after}"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("据报道，有“一名”党员。", ["据", "报", "道，", "有", "“一名”", "党", "员。"]),
        ("（《报》）与……的", ["（《报》）", "与……", "的"]),
        ("a high-level (and new) word", ["a ", "high-level ", "(and ", "new) ", "word"]),
        ("128个 * 又 †", ["128个 * ", "又 †"]),
        ("见https://a.b/c的", ["见", "https://a.b/c", "的"]),
        ("", [""]),
    ],
)
def test_pieces(text, expected):
    """Latin words break at spaces, Chinese between any two characters that may part, marks follow what they mark."""
    assert pieces(text) == expected


@given(TEXTS)
@example("“  1")
def test_pieces_are_the_text(text):
    """Nothing is lost, and no piece begins with what begins no line or ends with what ends none."""
    found = pieces(text)
    assert "".join(found) == text
    for before, after in itertools.pairwise(found):
        assert after[0] not in CLOSING + "\u0301"
        assert before.rstrip(" ")[-1:] not in tuple(OPENING)
