"""Folding for search."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_facts.text import fold, has_han


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        *(("CAFÉ", "cafe"), ("Cafe\u0301", "cafe"), ("ＡＢＣ　１２３", "abc 123"), ("ﾊﾟ", "ハ"), ("Straße", "strasse")),
        *(("™ №", "tm no"), ("𝐀", "a"), ("红色之家", "红色之家"), ("\u0301", ""), ("", "")),
    ],
)
def test_fold(text, folded):
    """Width, case and accents are folded away; Chinese stays."""
    assert fold(text) == folded


@given(st.text(st.characters(codec="ascii")))
def test_ascii_folds_to_lower_case(text):
    """ASCII text loses its capitals and nothing else."""
    assert fold(text) == text.lower()


@given(st.text("abcéüñABCÉÜÑ中文 12"))
def test_folding_takes_either_normal_form(text):
    """Composed and decomposed text, in either case, fold alike."""
    assert fold(unicodedata.normalize("NFD", text)) == fold(text) == fold(text.upper())


@given(st.text())
def test_folding_twice_is_folding_once(text):
    """What is folded does not change when it is folded again."""
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("人", True), ("a人", True), ("\U00020000", True), ("abc", False), ("ハ", False), ("，。", False), ("", False)],
)
def test_has_han(text, expected):
    """Only a Chinese character makes a text Chinese, not its punctuation."""
    assert has_han(text) is expected
