"""The numerals and magnitudes that numbers are spelt with, in Chinese and in English."""

from __future__ import annotations

DIGITS = dict.fromkeys("〇○零", 0) | {
    char: value
    for value, chars in enumerate(
        ["一壹", "二贰貳两兩", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"], start=1
    )
    for char in chars
}
UNITS = {"十": 1, "拾": 1, "百": 2, "佰": 2, "千": 3, "仟": 3}
"""Powers of ten within a section of four digits."""

SCALES = {"万": 4, "萬": 4, "亿": 8, "億": 8, "兆": 12}
"""Powers of ten that close a section."""

POWERS = UNITS | SCALES

NUMERALS = f"{''.join(DIGITS)}{''.join(UNITS)}{''.join(SCALES)}"
"""Every character of a Chinese number, for the inside of a character class."""

ENGLISH_UNITS = {"hundred": 2}
ENGLISH_SCALES = {"thousand": 3, "million": 6, "mn": 6, "billion": 9, "bn": 9, "trillion": 12, "tn": 12}

_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
WORDS = {word: value for value, word in enumerate(_SMALL.split())} | {
    word: 10 * value for value, word in enumerate(_TENS.split(), start=2)
}
ORDINALS = {word: value for value, word in enumerate(_ORDINALS.split(), start=1)}


def times_ten(digits: str, power: int) -> str:
    """Write a number times a power of ten, not a negative one, without exponent and without zeros that say nothing.

    >>> times_ten("1,050.66", 4), times_ten("0.50", 0)
    ('10506600', '0.5')
    """
    whole, _, part = digits.replace(",", "").partition(".")
    whole, part = (whole + part[:power].ljust(power, "0")).lstrip("0") or "0", part[power:].rstrip("0")
    return f"{whole}.{part}" if part else whole
