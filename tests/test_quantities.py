"""The numbers of a text as words that say how much."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_facts.search import quantities
from cs_facts.search.quantities import (
    apart,
    has_number,
    number_key,
    number_token,
    number_tokens,
    read_apart,
    spelt_among,
)

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=3) | st.integers(-(10**40), 10**40).map(Decimal)


def values(text):
    """Return the values of a text's numbers as they are written in digits, the smallest first."""
    spelt = bool(spelt_among(re.findall("[a-z]+", text.lower())))
    pieces, said = read_apart(text)
    assert pieces == apart(text)
    found = number_tokens(text, set(said), spelt=spelt)
    assert all(word[0] == "\ue000" for word in found)
    return sorted((word[1:].replace("\ue003", ".").replace("m", "-") for word in found), key=Decimal)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("506,600 people", ["506600"]),
        ("50.66万名", ["506600"]),
        ("1.2345万", ["12345"]),
        ("1.23456万", ["12345.6"]),
        ("1.2340", ["1.234"]),
        ("007", ["7"]),
        ("0.50", ["0.5"]),
        ("0", ["0"]),
        ("3亿", ["300000000"]),
        ("2百", ["200"]),
        ("1.2 million people", ["1200000"]),
        ("1.2Billion", ["1200000000"]),
        ("27th of 1,000th", ["27", "1000"]),
        ("Second to none", ["2"]),
        ("3 people, 5.", ["3", "5"]),
        ("1800余名", ["1800"]),
        ("五十万六千六百", ["506600"]),
        ("二〇二二年", ["2022"]),
        ("统一战线", []),
        ("三个", ["3"]),
        ("第三", ["3"]),
        ("两岸", ["2"]),
        ("十余人", ["10"]),
        ("一百百", []),
        ("首个", ["1"]),
        ("首都", []),
        ("1800余", ["1800"]),
        ("50万余名", ["500000"]),
        ("7 trees", ["7"]),
        ("5 bn", ["5000000000"]),
        ("5万 k", ["50000"]),
        ("3. K", ["3"]),
        ("统一 K", []),
        ("5кг of 3,200x", ["5", "3200"]),
        ("A4", ["4"]),
        ("2020年至今", ["2020"]),
        ("5（3）", ["3", "5"]),
    ],
)
def test_the_values_of_a_text_at_a_glance(text, expected, monkeypatch):
    """Digits, numerals and one word that is a number are words for their values without the grammar, a slow one."""
    monkeypatch.setattr(quantities, "_thorough", None)
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("40余万", ["400000"]),
        ("40余万人", ["400000"]),
        ("10余万亿元", ["10000000000000"]),
        ("there were 5. Million", ["5"]),
        ("5万 million", ["50000"]),
        ("5\u3000million", ["5"]),
        ("984 million, the second", ["2", "984000000"]),
        ("a second, a third", ["2", "3"]),
        ("7千米", ["7"]),
        ("7兆瓦", ["7"]),
        ("超千亿", ["100000000000"]),
        ("超百二十五名", ["125"]),
        ("万一", []),
        ("5k人", ["5000"]),
        ("5 thousands", ["5000"]),
        ("one second, two", ["1", "2"]),
        ("负two", ["-2"]),
        ("5second", ["5"]),
        ("two and a half", []),
        ("1/2 bn two", []),
        ("-5度", ["-5"]),
        ("-5.50度", ["-5.5"]),
        ("3-5万", ["50000"]),
        ("1/2", []),
        ("2022.12.18", []),
        ("5成", ["50"]),
        ("5k", ["5000"]),
        ("5 hundred", ["500"]),
        ("2 millions", ["2000000"]),
        ("2nd", ["2"]),
        ("1e5", []),
        ("twenty people", ["20"]),
        ("半年", ["0.5"]),
        ("半导体", []),
        ("3人\n-5度\n7人", ["-5", "3", "7"]),
        ("twenty\n五十 people\fthirty", ["20", "30", "50"]),
        ("共50\nMillion trees\f7\fthousand", ["7", "50"]),
        ("", []),
        ("none", []),
    ],
)
def test_the_values_of_a_text_by_the_grammar(text, expected):
    """Where something changes what digits say, or a number is spelt, its word is still that for its value."""
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "whether"),
    [
        ("a 5", True),
        ("５", True),
        ("三", True),
        ("首", True),
        ("半", True),
        ("Twenty", True),
        ("ONE", True),
        ("a person", False),
        ("党", False),
        ("", False),
    ],
)
def test_what_may_hold_a_number(text, whether):
    """Digits, numerals and the words of numbers may be one."""
    assert has_number(text) is whether


@given(NUMBERS, NUMBERS)
def test_keys_are_in_the_order_of_their_numbers(one, other):
    """Of two numbers the less has the less key, and equal ones have the same, as their words are the same."""
    assert (number_key(one) < number_key(other)) is (one < other)
    assert (number_key(one) == number_key(other)) is (one == other)
    assert (number_token(one) == number_token(other)) is (one == other)


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("0", "1"),
        ("0.00", "1"),
        ("5", "250005"),
        ("500", "250025"),
        ("0.05", "249985"),
        ("-5", "049994~"),
        ("-0.5", "050004~"),
    ],
)
def test_the_key_of_a_number(number, key):
    """A key is the sign, the power of ten above 5000 and the digits; below zero each is taken from 9."""
    assert number_key(Decimal(number)) == key
