"""The number that a printed figure stands for, in Chinese and in English."""

import time
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_facts.errors import FigureError
from cs_facts.numbers.figures import MAX_LENGTH, find_numbers, grouped, parse_figure, parse_number

WHOLE = st.one_of(st.integers(0, 120), st.integers(0, 10**16), st.integers(0, 16).map(lambda power: 10**power))
SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMERALS = st.text(
    "0123456789０１２３〇零一二两三九十百千万亿兆余多半第前首分之点.,，%-~+约超几数个名年 kme½①٣/", max_size=MAX_LENGTH
)


def read(printed):
    """Return what a figure says, as exactly as it says it; None where it is refused."""
    with suppress(FigureError):
        figure = parse_figure(printed)
        return str(figure.value), figure.bound, str(figure.quantum)
    return None


def chinese(number):
    """Spell a number below 10**20 as 一万零五百, with its zeros, by a method of its own."""
    if number >= 10**4:
        for size, name in ((10**12, "兆"), (10**8, "亿"), (10**4, "万")):
            if number >= size:
                high, low = divmod(number, size)
                gap = "零" if 0 < low < size // 10 else ""
                return chinese(high) + name + gap + (chinese(low) if low else "")
    spelt, pending = "", False
    for place, digit in enumerate(f"{number:04}"):
        if digit == "0":
            pending = bool(spelt)
        else:
            spelt += ("零" if pending else "") + "零一二三四五六七八九"[int(digit)] + ("千", "百", "十", "")[place]
            pending = False
    return spelt or "零"


def scaled(number, zeros):
    """Write a number in units of a power of ten, as 50.66 for 506600 in 万."""
    digits = str(number).zfill(zeros + 1)
    return f"{digits[:-zeros]}.{digits[-zeros:]}".rstrip("0").rstrip(".")


def english(number):
    """Spell a number below a thousand as three hundred and five."""
    small = SMALL.split(" ")
    tens = TENS.split(" ")
    if number < 20:
        return small[number]
    if number < 100:
        return tens[number // 10 - 2] + (f"-{small[number % 10]}" if number % 10 else "")
    rest = f" and {english(number % 100)}" if number % 100 else ""
    return f"{small[number // 100]} hundred{rest}"


def wide(text):
    """Write ASCII digits, points and commas full-width."""
    return text.translate({ord(char): ord(char) + 0xFEE0 for char in "0123456789.,"})


@pytest.mark.parametrize(
    ("number", "spelt"),
    [
        (0, "零"),
        (10, "一十"),
        (105, "一百零五"),
        (10500, "一万零五百"),
        (10**8 + 1, "一亿零一"),
        (20350, "二万零三百五十"),
    ],
)
def test_the_formatter_of_these_tests_spells_as_people_do(number, spelt):
    """The test's own spelling of a number is the usual one."""
    assert chinese(number) == spelt


@given(WHOLE)
def test_chinese_numerals(number):
    """A number spelt in Chinese is read as that number."""
    assert parse_number(chinese(number)) == number


@given(WHOLE)
def test_formal_and_traditional_numerals(number):
    """Numerals of cheques and traditional ones count what the everyday ones do."""
    table = str.maketrans("一二三四五六七八九十百千万亿", "壹貳叁肆伍陸柒捌玖拾佰仟萬億")
    assert parse_number(chinese(number).translate(table)) == number


@given(WHOLE, st.sampled_from([("万", 4), ("亿", 8), ("兆", 12), ("万亿", 12)]))
def test_decimals_with_a_chinese_magnitude(number, magnitude):
    """A decimal before 万, 亿 or 兆 is exact, full-width or not."""
    word, zeros = magnitude
    assert parse_number(scaled(number, zeros) + word) == number
    assert parse_number(wide(scaled(number, zeros)) + word) == number


@given(
    WHOLE, st.sampled_from([("k", 3), (" thousand", 3), (" million", 6), (" billion", 9), ("bn", 9), (" trillion", 12)])
)
def test_decimals_with_an_english_magnitude(number, magnitude):
    """A decimal before an English magnitude is exact, in capitals or not."""
    word, zeros = magnitude
    assert parse_number(scaled(number, zeros) + word) == number
    assert parse_number(scaled(number, zeros) + word.upper()) == number


@pytest.mark.parametrize("odd", ["9" * (MAX_LENGTH + 1), "一百百"])
def test_what_is_no_number_hides_none(odd):
    """What is too long, or makes no number, is passed over; the numbers behind it are found."""
    assert [found.figure.printed for found in find_numbers(f"{odd}, 5 and 六")] == ["5", "六"]


@given(
    st.sampled_from(["", "约", "超过", "近"]),
    st.sampled_from(["5", "007", "0.5", "50.66", "1,234.50", "1800"]),
    st.sampled_from(["", "万", "亿", "百", "万亿"]),
    st.sampled_from(["", "余", "多"]),
    st.text("个名人次平方米千克成来半点分之年月以上左右%％位一多余", max_size=4),
)
def test_the_commonest_forms_are_what_the_grammar_makes_of_them(qualifier, digits, scale, more, counter):
    """A figure that is read without the grammar is what it is with it: digits of full width need it."""
    rest = f"{scale}{more}{counter}"
    assert read(f"{qualifier}{digits}{rest}") == read(f"{qualifier}{wide(digits)}{rest}")


@given(WHOLE)
def test_thousands_separators(number):
    """Digits in groups of three are one number, full-width or not."""
    assert parse_number(f"{number:,}") == number
    assert parse_number(wide(f"{number:,}")) == number


@given(st.integers(0, 999), st.sampled_from([("", 0), (" thousand", 3), (" million", 6)]))
def test_english_words(number, magnitude):
    """A number in English words is read as that number."""
    word, zeros = magnitude
    assert parse_number(english(number) + word) == number * 10**zeros


@given(st.integers(1, 10**16), st.sampled_from(["-", "−", "－", "负"]))
def test_negative_numbers(number, sign):
    """A minus sign of any width, or 负, makes a number negative."""
    assert parse_number(f"{sign}{number}") == -number


@given(st.text("123456789", min_size=29, max_size=60), st.text("123456789", min_size=1, max_size=39), st.booleans())
def test_long_numbers_are_exact(whole, part, negative):
    """A figure of up to a hundred characters is not rounded to the 28 digits of decimal's context."""
    printed = f"{'-' * negative}{whole}.{part}"[:MAX_LENGTH]
    assert str(parse_figure(printed).value) == printed
    assert str(parse_figure(printed[:-1] + "5").value) == printed[:-1] + "5"


@pytest.mark.parametrize(
    ("printed", "value"),
    [("9" * 100, int("9" * 100)), ("9" * 99 + "万", int("9" * 99) * 10**4), ("9" * 98 + "余名", int("9" * 98))],
)
def test_a_hundred_characters_are_exact(printed, value):
    """The longest figure there is keeps every digit."""
    assert int(parse_figure(printed).value) == value


@pytest.mark.parametrize(
    ("printed", "value", "bound", "quantum"),
    [
        ("50.66万名", "506600", "exact", "100"),
        ("120.81万人次", "1208100", "exact", "100"),
        ("5亿元", "500000000", "exact", "100000000"),
        ("280万", "2800000", "exact", "10000"),
        ("1800余名", "1800", "more_than", "100"),
        ("40余万", "400000", "more_than", "100000"),
        ("50多个", "50", "more_than", "10"),
        ("50万余", "500000", "more_than", "100000"),
        ("十余年", "10", "more_than", "10"),
        ("3.25余", "3.25", "more_than", "0.01"),
        ("0余", "0", "more_than", "1"),
        ("5个多", "5", "more_than", "1"),
        ("十条", "10", "exact", "1"),
        ("两大", "2", "exact", "1"),
        ("248", "248", "exact", "1"),
        ("0万", "0", "exact", "10000"),
        ("三万亿", "3000000000000", "exact", "1000000000000"),
        ("5.0%", "5", "exact", "0.1"),
        ("1.2 million", "1200000", "exact", "100000"),
        ("2 millions", "2000000", "exact", "1000000"),
        ("300k", "300000", "exact", "1000"),
        ("two bn", "2000000000", "exact", "1"),
        ("Twenty mn people", "20000000", "exact", "1"),
        ("五千", "5000", "exact", "1"),
        ("两万五", "25000", "exact", "1000"),
        ("2万5", "25000", "exact", "1000"),
        ("一百二", "120", "exact", "10"),
        ("一万零五", "10005", "exact", "1"),
        ("二〇二二年", "2022", "exact", "1"),
        ("二○二二年", "2022", "exact", "1"),
        ("第十", "10", "rank", "1"),
        ("第一个", "1", "rank", "1"),
        ("首位", "1", "rank", "1"),
        ("1,000th", "1000", "rank", "1"),
        ("third", "3", "rank", "1"),
        ("No. 10", "10", "rank", "1"),
        ("前三", "3", "top", "1"),
        ("top three", "3", "top", "1"),
        ("超过40万", "400000", "more_than", "10000"),
        ("超过了40万人", "400000", "more_than", "10000"),
        ("超千亿元", "100000000000", "more_than", "100000000000"),
        ("近百家", "100", "about", "1"),
        ("百余", "100", "more_than", "100"),
        ("约5万元", "50000", "about", "10000"),
        ("5万元左右", "50000", "about", "10000"),
        ("5万元以上", "50000", "more_than", "10000"),
        ("不超过5", "5", "less_than", "1"),
        ("no more than 5", "5", "less_than", "1"),
        ("no fewer than 5", "5", "more_than", "1"),
        ("over 400,000", "400000", "more_than", "1"),
        ("百分之五", "5", "exact", "1"),
        ("百分之十点五", "10.5", "exact", "0.1"),
        ("三点一四", "3.14", "exact", "0.01"),
        ("三點一四", "3.14", "exact", "0.01"),
        ("一半", "0.5", "exact", "0.1"),
        ("两年半", "2.5", "exact", "0.1"),
        ("¥5亿", "500000000", "exact", "100000000"),
        ("-$5 million", "-5000000", "exact", "1000000"),
        ("5 m²", "5", "exact", "1"),
        ("３，２００余名", "3200", "more_than", "100"),
    ],
)
def test_value_bound_and_quantum(printed, value, bound, quantum):
    """A printed figure has one value, one bound and the worth of its last printed digit."""
    figure = parse_figure(printed)
    assert (figure.printed, str(figure.value), figure.bound, str(figure.quantum)) == (printed, value, bound, quantum)


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        ("5m", "two ways"),
        ("5m people", "two ways; write .* in place of 'm'$"),
        ("1.2M", "two ways"),
        ("5b", "two ways"),
        ("3-5万", "range"),
        ("3万-5万", "range"),
        ("3至5", "range"),
        ("三到五", "range"),
        ("3 to 5", "range"),
        ("三五个", "side by side"),
        ("三四十", "side by side"),
        ("十七八", "side by side"),
        ("二分之一", "fraction"),
        ("千分之五", "fraction"),
        ("1/2", "fraction"),
        ("two thirds", "fraction"),
        ("one and a half", "fraction"),
        ("5½", "fraction"),
        ("几十", "no definite number"),
        ("数百", "no definite number"),
        ("十几", "no definite number"),
        ("20几个", "no definite number"),
        ("上百", "no definite number"),
        ("1,23,4", "badly grouped"),
        ("1,234,5", "badly grouped"),
        ("1 000", "badly grouped"),
        ("5٣", "more than one number"),
        ("三点五千", "more than one number"),
        ("1234,567", "no number"),
        ("2022.12.18", "no number"),
        ("٣", "no number"),
        ("①", "no number"),
        ("½", "no number"),
        ("", "no number"),
        ("名", "no number"),
        ("约", "no number"),
        ("1e5", "exponent"),
        ("1E-5", "exponent"),
        ("百万", "magnitude without a number"),
        ("万", "magnitude without a number"),
        ("一百百", "order"),
        ("三十五百", "order"),
        ("一亿万", "magnitude without a number"),
        ("9" * 101, "longer than 100"),
    ],
)
def test_refused(printed, reason):
    """What says no single number is refused, and the message says why."""
    with pytest.raises(FigureError, match=reason):
        parse_figure(printed)


@pytest.mark.parametrize(
    "text", ["50.66万名", "1800余", "超过40万", "约40万", "第十", "前三", "5m", "三五", "1e5", "1,23", ""]
)
def test_a_bare_number_has_no_bound_and_no_counter(text):
    """A limit of a filter takes numbers only, without bound or counter."""
    with pytest.raises(FigureError):
        parse_number(text)


@given(st.one_of(st.text(max_size=200), NUMERALS))
def test_any_text_is_a_figure_or_refused(text):
    """No text makes the parser raise anything but FigureError."""
    for parse in (parse_figure, parse_number):
        with suppress(FigureError):
            assert parse(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "9" * 100,
        "1" * 98 + ".a",
        "亿" * 100,
        "一" * 100,
        "一十" * 50,
        "1,111" * 20,
        "one " * 25,
        "-" * 100,
        "a" * 10**6,
    ],
)
def test_no_text_takes_long(text):
    """A text made to be slow is answered within a tenth of a second."""
    begun = time.perf_counter()
    with suppress(FigureError):
        parse_figure(text)
    assert time.perf_counter() - begun < 0.1


@pytest.mark.parametrize("text", ["9" * 50_000 + ".1.1", "一" * 50_000, "十" * 50_000, "one " * 12_000, "1." * 25_000])
def test_a_long_text_is_read_in_one_pass(text):
    """A text of 50,000 characters made to be slow is searched within two seconds."""
    begun = time.perf_counter()
    list(find_numbers(text))
    assert time.perf_counter() - begun < 2


@given(st.one_of(st.text(), NUMERALS))
def test_found_numbers_stand_where_they_say(text):
    """Found numbers come in order, do not overlap and are printed at their offsets."""
    end = 0
    for found in find_numbers(text):
        assert end <= found.start < found.end
        assert text[found.start : found.end] == found.figure.printed
        end = found.end


@given(st.one_of(st.text(), NUMERALS))
def test_a_found_number_is_the_figure_it_prints(text):
    """What is found in a running text has the value and the quantum that its wording has alone."""
    for found in find_numbers(text):
        figure = parse_figure(found.figure.printed)
        assert (figure.value, figure.quantum) == (found.figure.value, found.figure.quantum)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("服务群众120.81万人次。", ["120.81万"]),
        ("成立2120个", ["2120"]),
        ("1,234,567人", ["1,234,567"]),
        ("1234,567,890人", []),
        ("有3,200名,15个", ["3,200", "15"]),
        ("发布于2022.12.18", []),
        ("版本1.2.3可用", []),
        ("version 1.2.3rd", []),
        ("1234,567", []),
        ("about .5 of it", []),
        ("1e5 times", []),
        ("几十个", []),
        ("十几万人", []),
        ("数十人", []),
        ("三五个", []),
        ("二分之一", []),
        ("two thirds of", []),
        ("半导体产业", []),
        ("3-5万人", ["5万"]),
        ("3万-5万人", ["3万", "5万"]),
        ("气温为-5度", ["-5"]),
        ("负3.2度", ["负3.2"]),
        ("目前三家", ["三"]),
        ("附近50家", ["50"]),
        ("节约50万元", ["50万"]),
        ("其中30来自海外", ["30"]),
        ("超过了40万人", ["超过了40万"]),
        ("no more than 1.2 million people", ["no more than 1.2 million"]),
        ("长沙２，０００名，１５个", ["２，０００", "１５"]),
    ],
)
def test_numbers_of_a_running_text(text, printed):
    """Whole numbers are found with what limits them; parts of numbers, dates and vague ones are not."""
    assert [found.figure.printed for found in find_numbers(text)] == printed


@pytest.mark.parametrize(("length", "found"), [(100, 1), (101, 0)])
def test_a_longer_number_than_a_figure_may_be_is_not_found(length, found):
    """A number of a running text is found up to the hundred characters that a figure may have."""
    assert len(list(find_numbers(f"有{'9' * length}人"))) == found


@given(WHOLE, WHOLE)
def test_a_number_is_never_found_in_part(number, fraction):
    """A decimal within a sentence is found once, whole."""
    printed = f"{number}.{fraction}万"
    (found,) = find_numbers(f"长沙有{printed}名党员")
    assert found.figure.printed == printed
    assert found.figure.value == Decimal(f"{number}.{fraction}e4")


@pytest.mark.parametrize(
    "printed", ["50.66万", "1800余", "40余万", "50多", "第十", "前三", "超过40万", "十", "首位", "约5亿"]
)
def test_a_figure_alone_in_a_sentence(printed):
    """A figure in a sentence is the figure by itself."""
    (found,) = find_numbers(f"长沙有{printed}，可喜。")
    assert found.figure == parse_figure(printed)
    assert found.start == 3


@given(st.integers(-(10**40), 10**40))
def test_grouped_digits_are_read_back(number):
    """A number written in groups is read back as itself."""
    assert parse_number(grouped(Decimal(number))) == number


@pytest.mark.parametrize(
    ("printed", "value", "bound", "quantum"),
    [
        ("四成", 40, "exact", 10),
        ("4成", 40, "exact", 10),
        ("4.5成", 45, "exact", 1),
        ("七成多", 70, "more_than", 10),
        ("约占四成", 40, "about", 10),
        ("约占40%", 40, "about", 1),
        ("超过有500人", 500, "more_than", 1),
        ("3成员", 3, "exact", 1),
    ],
)
def test_tenths_and_the_verb_behind_a_qualifier(printed, value, bound, quantum):
    """成 counts tenths, in per cent, unless it begins a word; 占 or 有 may follow what limits a number."""
    figure = parse_figure(printed)
    assert (figure.value, figure.bound, figure.quantum) == (value, bound, quantum)
