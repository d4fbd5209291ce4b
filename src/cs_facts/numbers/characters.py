"""The characters and words that numbers are written with, in Chinese and in English."""

from __future__ import annotations

import re

DIGITS = dict.fromkeys("〇○零", 0) | {
    char: value
    for value, chars in enumerate(
        ["一壹", "二贰貳两兩", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"], start=1
    )
    for char in chars
}
DIGITS |= {"廿": 20, "卅": 30}
DIGIT = f"[{''.join(DIGITS)}]"

# Powers of ten within a group of four digits, and those that end a group.
UNITS = {"十": 1, "拾": 1, "百": 2, "佰": 2, "千": 3, "仟": 3}
SCALES = {"万": 4, "萬": 4, "亿": 8, "億": 8, "兆": 12}
POWERS = UNITS | SCALES

# Every character of a Chinese number, for use inside a character class.
NUMERALS = f"{''.join(DIGITS)}{''.join(UNITS)}{''.join(SCALES)}"

ENGLISH_SCALES = {"thousand": 3, "million": 6, "mn": 6, "billion": 9, "bn": 9, "trillion": 12, "tn": 12}
ENGLISH_SCALES |= {"mln": 6, "bln": 9, "trn": 12, "trln": 12}
MAGNITUDES = ENGLISH_SCALES | {"hundred": 2, "lakh": 5, "crore": 7, "k": 3}

# Letters that are a magnitude only after an amount of money (£3.5m) or where a bare number is typed.
LETTER_POWERS = {"k": 3, "m": 6, "b": 9, "t": 12, "w": 4}

_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
fifteenth sixteenth seventeenth eighteenth nineteenth"""
WORDS = {word: value for value, word in enumerate(_SMALL.split())} | {
    word: 10 * value for value, word in enumerate(_TENS.split(), start=2)
}
ORDINALS = {word: value for value, word in enumerate(_ORDINALS.split(), start=1)} | {
    f"{word[:-1]}ieth": 10 * value for value, word in enumerate(_TENS.split(), start=2)
}
# Words for numbers and for powers of ten, as alternatives of a pattern.
NUMBER_WORDS = "|".join(sorted({*WORDS, *MAGNITUDES} - {"k"}, key=len, reverse=True))
POWER_WORDS = "|".join(sorted({*MAGNITUDES} - {"k"}, key=len, reverse=True))
TIES = {"teens": 10} | {f"{word[:-1]}ies": 10 * value for value, word in enumerate(_TENS.split(), start=2)}
DENOMINATORS = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fourth": 4} | {
    word: value for word, value in ORDINALS.items() if 4 < value < 11
}
_FRACTIONS = "¼1/4 ½1/2 ¾3/4 ⅐1/7 ⅑1/9 ⅒1/10 ⅓1/3 ⅔2/3 ⅕1/5 ⅖2/5 ⅗3/5 ⅘4/5 ⅙1/6 ⅚5/6 ⅛1/8 ⅜3/8 ⅝5/8 ⅞7/8"
FRACTIONS = {pair[0]: pair[1:] for pair in _FRACTIONS.split()}

# Multiples: the stems of verbs, and words.
_FOLDS = "halv:0.5 doubl:2 redoubl:2 tripl:3 trebl:3 quadrupl:4 quintupl:5 sextupl:6 septupl:7 octupl:8"
FOLD_STEMS = dict(pair.split(":") for pair in _FOLDS.split())
_FOLDS = "half as:0.5|twice:2|thrice:3|减半:0.5|腰斩:0.5|翻倍:2|双倍:2"
FOLDS = FOLD_STEMS | dict(pair.split(":") for pair in _FOLDS.split("|"))

# Counters of what can be the first of its kind: 首家.
FIRST_OF = "位个家次批届条套座部例款轮支项台列艘架所间只颗份张对场期季本辆班"

# Characters that may follow a single numeral that counts: 三个, but not 统一.
COUNTERS = (
    "位个個家次批届屆条條套座部例款轮輪支台项項名列艘架所间間只颗份张張场場期季本辆班人年月日天岁元倍种種村县市镇"
    "大类類处處片层层級级区區数數成番度分点點斤吨米里亩户口站组艇门封段节枚棵株件幅栋栋届面对双"
)

# Powers of ten that are not the beginning of a unit: 7千米 is not 7000, 2个百分点 not 200.
MULTIPLIER = "[十拾佰仟万亿]|百(?!分[点之]|帕)|千(?![米克瓦卡赫帕伏焦])|兆(?![瓦赫帕欧字比])"
DASH = "(?:--+|——|[-–—~～∼〜])"

_NUMBER_WORDS = {*WORDS, *MAGNITUDES, "half", "quarter"}
_NUMERALS = frozenset(f"0123456789{NUMERALS}")


def may_hold_number(text: str) -> bool:
    """Tell whether a lower-case text has a digit, a numeral or an English word for a number."""
    return not (_NUMERALS.isdisjoint(text) and _NUMBER_WORDS.isdisjoint(re.split(r"[\W\d_]+", text)))


def times_ten(digits: str, power: int) -> str:
    """Write a number times a power of ten (0 or more) in plain digits, without needless zeros.

    >>> times_ten("1,050.66", 4), times_ten("0.50", 0)
    ('10506600', '0.5')
    """
    whole, _, part = digits.replace(",", "").partition(".")
    whole, part = (whole + part[:power].ljust(power, "0")).lstrip("0") or "0", part[power:].rstrip("0")
    return f"{whole}.{part}" if part else whole
