"""Numbers as a search compares them: digits, numerals or words with a power of ten, without limits or units.

>>> [found[0] for found in NUMBER.finditer("超过120.81万人，3,500 million, 五十万六千六百")]
['120.81万', '3,500 million', '五十万六千六百']
>>> read_number("五十万六千六百")
Decimal('506600')
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cs_facts.errors import FigureError
from cs_facts.numbers.characters import NUMERALS, POWER_WORDS, SCALES, WORDS, times_ten

if TYPE_CHECKING:
    from decimal import Decimal

# Characters that make a number "somewhat more than".
MORE = "余餘多"

_DIGITS = r"[0-9]*(?:,[0-9]{3}(?![0-9]))*(?:\.[0-9]+)?"
_POWER = rf"[ ]?(?:(?:{POWER_WORDS})s?|[kmbw])(?![a-z0-9])|个亿|[{NUMERALS}{MORE}]+"
# 506,600 · 3千5百万 · 五十万六千六百 · 1.2 million · 500m. The pattern takes one character and then looks back at it,
# because `re` searches fastest for a class of characters.
NUMBER = re.compile(
    rf"([0-9{NUMERALS}](?:(?<=[0-9])(?<![a-z0-9].){_DIGITS}(?:{_POWER})?|(?<=[{NUMERALS}])[{NUMERALS}]+))"
)
_DIGITS_FIRST = re.compile(rf"([0-9]{_DIGITS})[ ]?(.*)")
_ENGLISH = "|".join(sorted(WORDS, key=len, reverse=True))
SPELT = re.compile(
    rf"\b(?:half an? (?:{POWER_WORDS})|(?:{_ENGLISH})(?:[ -](?:and |point )?(?:{_ENGLISH}|{POWER_WORDS}))*)\b", re.ASCII
)


def parts(token: str) -> tuple[str, str, str]:
    """Split a number into its digits and what follows them, and write it in plain digits, "" if it is not a number.

    >>> parts("1,200.5 million"), parts("五十万")
    (('1200.5', 'million', '1200500000'), ('', '五十万', '500000'))
    """
    found = _DIGITS_FIRST.fullmatch(token)
    digits, power = (found[1].replace(",", ""), found[2]) if found else ("", token)
    if digits and (not power or power in SCALES):  # most are this simple and need no grammar
        return digits, power, times_ten(digits, SCALES.get(power, 0))
    value = read_number(token)
    return digits, power, "" if value is None else times_ten(f"{value:f}", 0)


def read_number(text: str) -> Decimal | None:
    """Read a number as texts and queries write it, ignoring 余 and 多; return None if it is not a number."""
    from cs_facts.numbers.figures import parse_number  # takes 10 ms, and few searches need it

    try:
        return parse_number(re.sub(f"[{MORE}]", "", text).strip())
    except FigureError:
        return None
