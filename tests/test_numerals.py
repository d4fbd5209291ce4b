"""The numbers of a running text, and the ordinary words that only look like them."""

import re
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_facts.dates.edtf import parse_period
from cs_facts.numbers.figures import NUMERALS
from cs_facts.numbers.idioms import mask
from cs_facts.numbers.scanner import find_numerals

MARKED = (Path(__file__).parent / "data" / "ordinary_words.txt").read_text(encoding="utf-8").splitlines()


def printed(text):
    """Return the wordings of the numbers found in a text."""
    return [numeral.printed for numeral in find_numerals(text)]


def test_the_sentences_are_many():
    """The measure rests on 198 sentences, which hold 143 numbers between them."""
    assert (len(MARKED), sum(line.count("【") for line in MARKED)) == (198, 143)


@pytest.mark.parametrize("line", MARKED)
def test_no_number_is_missed_and_no_word_is_taken_for_one(line):
    """In a sentence with its numbers marked, exactly those are found, from beginning to end."""
    text = re.sub("[【】]", "", line)
    assert printed(text) == re.findall("【(.*?)】", line)
    assert [text[found.start : found.end] for found in find_numerals(text)] == printed(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("第十名 前三 首个 首位", ["第十", "前三", "首", "首"]),
        ("50.66万名、5亿元、506,600人", ["50.66万", "5亿", "506,600"]),
        ("全市１２０家，占５％", ["１２０", "５％"]),
        (
            "十余年 50多个 40余万 十几万 上千 数百 几十 七八个",
            ["十余", "50多", "40余万", "十几万", "上千", "数百", "几十", "七八"],
        ),
        ("10—20岁 3~5个 三至五天 10到20万", ["10", "20", "3", "5", "三", "五", "10", "20万"]),
        ("百分之五 5‰ 1/3 三分之一 3:2 ½ ③ Ⅳ", ["百分之五", "5‰", "1/3", "三分之一", "3:2", "½", "③", "Ⅳ"]),
        ("半年 一半 过半 双塔", ["半", "一半", "半", "双"]),
        (
            "超过了40万 不足3人 约5个 20人以上 三年半 一个多月",
            ["超过了40万", "不足3", "约5", "20人以上", "三年半", "一个多"],
        ),
        ("伍拾元整 三萬 兩個", ["伍拾", "三萬", "兩"]),
        ("over 300k, 1.2 million and twenty-one", ["over 300k", "1.2 million", "twenty-one"]),
        ("two thirds, a dozen, the 5th, the fourth", ["two", "dozen", "5th", "fourth"]),
        ("no one said a second time that one of them came at first", []),
        ("It may rain in May", []),
        ("5G, A4 and COVID-19", ["5", "4", "19"]),
        ("", []),
    ],
)
def test_every_writing_of_a_number(text, numbers):
    """Digits, numerals, ranks, shares, vague numbers and both ends of a range are found, with what limits them."""
    assert printed(text) == numbers


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2022-12-18", "2022-12-18"),
        ("2022-12-18 21:59:43", "2022-12-18T21:59:43+08:00"),
        ("2022/4/28", "2022-04-28"),
        ("4月28日", "2022-04-28"),
        ("2022年4月28日", "2022-04-28"),
        ("二〇二二年四月二十八日", "2022-04-28"),
        ("今年5月", "2022-05"),
        ("28日", "2022-04-28"),
        ("2021年", "2021"),
        ("2021年底", "2021-12-31"),
        ("2021年底", "2021-12"),
        ("2017年以来", "2017/.."),
        ("2017年以来", "2017-01-01/2022-12-18"),
        ("截至2022年6月", "../2022-06-30"),
        ("2022-05", "2022-05"),
        ("28 April 2022", "2022-04-28"),
        ("April 28, 2022", "2022-04-28"),
        ("in April 2022", "2022-04"),
        ("since 2017", "2017/.."),
    ],
)
def test_a_date_is_one_number_and_is_its_period(text, when):
    """A date is found whole, and is the period that says the same day, month, year, or end of one."""
    [numeral] = find_numerals(text)
    assert numeral.date.matches(parse_period(when))


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("4月28日", "2022-04-29"),
        ("4月28日", "2022-04"),
        ("4月28日", "2022"),
        ("4月", "2022-04-28"),
        ("28日", "2022-04-29"),
        ("2021年底", "2022-12-31"),
        ("2021年底", "2021-01-01"),
        ("2021年", "2021-12-31"),
        ("2017年以来", "2018/.."),
        ("2017年以来", "2012/2017-12-31"),
        ("2022-12-18 21:59:43", "2022-12-18"),
        ("2022-12-18 21:59:43", "2022-12-18T21:59:44"),
        ("2022-12-18", "../2022-12-19"),
        ("2022年13月", "2022"),
    ],
)
def test_another_period_is_not_the_date(text, when):
    """A period of another day, of another precision or with another time is not the date printed."""
    [numeral] = find_numerals(text)
    assert not numeral.date.matches(parse_period(when))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2022年十十月五日", (2022, None, 5)),
        ("2022年五月十十日", (2022, 5, None)),
        ("2022年十十月", (2022, None, None)),
    ],
)
def test_a_part_that_is_no_number_is_none_of_the_date(text, parts):
    """A month or a day spelt as no number is leaves the rest of the date as it is printed."""
    [numeral] = find_numerals(text)
    assert (numeral.printed, numeral.date.year, numeral.date.month, numeral.date.day) == (text, *parts)


def test_both_years_of_a_stretch_are_dates():
    """The first year of a stretch is a date although 年 stands only behind the second."""
    first, second = find_numerals("2012—2022年")
    assert (first.date.year, second.date.year) == (2012, 2022)


@given(st.text(f"{NUMERALS}第前首半双余多几个年月日第百姓统般些分之 0123456789,.-/:%aone年", max_size=40))
def test_numbers_lie_in_order_and_apart(text):
    """In any text the numbers found are pieces of it, not empty, in order, and none reaches into the next."""
    found = find_numerals(text)
    assert [text[one.start : one.end] for one in found] == [one.printed for one in found]
    assert all(one.start <= one.core[0] < one.core[1] <= one.end for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.lists(st.integers(0, 10**9).map(str) | st.integers(1000, 10**9).map("{:,}".format), max_size=6))
def test_every_arabic_number_is_found(numbers):
    """Whatever digits stand between ordinary words, each number is found whole."""
    assert printed("，一般有".join(["", *numbers, ""])) == numbers


@given(st.text())
def test_masking_keeps_every_place(text):
    """A masked text is as long as the text, so that places in the one are places in the other."""
    assert len(mask(text)) == len(text)


@pytest.mark.parametrize("sign", ["壹", "玖拾", "万", "1,", "一", "百分之"])
def test_a_row_of_numerals_takes_time_in_proportion(sign):
    """Ten thousand numerals in a row are looked through at once."""
    began = process_time()
    find_numerals(sign * (10_000 // len(sign)))
    assert process_time() - began < 1
