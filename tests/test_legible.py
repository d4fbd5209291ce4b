"""What stands in for characters that an encoding lacks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_facts.output.labels import legible

ENCODINGS = ["ascii", "gbk", "cp1252", "latin-1", "utf-8", "utf-16", "iso2022_jp", "koi8-r"]


@pytest.mark.parametrize(
    ("encoding", "text", "expected"),
    [
        ("ascii", "“a” ‘b’ — c – d … e · f", "\"a\" 'b' - c - d ... e . f"),
        ("ascii", "≥ 3, ≤ 4, ≈ 5, 6 × 7, 8 † ¶ 9", ">= 3, <= 4, ~ 5, 6 x 7, 8 + par. 9"),
        ("ascii", "（甲），乙；《丙》。", "(?), ?;<?>."),
        (
            "ascii",
            "１２ 1½ 10² H₂O ③ ﬁ ㎡ №5 café Ångström naïve Łódź straße",
            "12 1 1/2 10^2 H_2O (3) fi m2 No5 cafe Angstrom naive Lodz strasse",
        ),
        ("ascii", "€ 5, £ 6, 8 °C", "EUR 5, GBP 6, 8 degC"),
        ("ascii", "党员", "??"),
        ("ascii", "¥", "?"),  # yuan or yen
        ("ascii", "é", "e"),  # e and a mark that combines with it
        ("gbk", "“党员” — ¶ 15 café ½", "“党员” — par. 15 café  1/2"),
        ("cp1252", "“党” ≥ 3 ¶ café ½", "“?” >= 3 ¶ café ½"),
        ("koi8-r", "Ленин “café”", 'Ленин "cafe"'),
        ("utf-8", "“党员” ¶ é", "“党员” ¶ é"),
    ],
)
def test_what_stands_in(encoding, text, expected):
    """What an encoding has stays; for the rest the nearest that it has stands there, or a question mark."""
    assert legible(text, encoding) == expected


def test_a_message_keeps_the_code_of_what_has_no_likeness():
    """In a message, which may be searched for, a character without a likeness is its code."""
    assert legible("unknown '党' …", "ascii", exact=True) == r"unknown '\u515a' ..."
    assert legible("𠀀", "ascii", exact=True) == r"\U00020000"


@given(st.sampled_from(ENCODINGS), st.text(st.characters(exclude_categories=["Cs"])), st.booleans())
def test_every_text_can_be_written(encoding, text, exact):
    """Whatever the text, the encoding has what stands in for it, and leaves alone what it could write at once."""
    shown = legible(text, encoding, exact=exact)
    shown.encode(encoding)
    assert legible(shown, encoding, exact=exact) == shown
    if encoding.startswith("utf"):
        assert shown == text
