"""The numbers of a text as words that say how much: 50.66万, 506,600 and 五十万六千六百 are one word.

Most numbers say their value at once, digits and perhaps a magnitude; those are read at a glance while a store is
compiled. Where something stands beside one that could change it, the grammar of `cs_facts.figures` is asked.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from cs_facts.magnitudes import ENGLISH_SCALES, ENGLISH_UNITS, NUMERALS, ORDINALS, POWERS, WORDS, times_ten
from cs_facts.text import inside, lazily, narrow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

_NUMBER, _POINT = "\ue000", "\ue003"
"""What begins such a word and what stands in it for a decimal point, private-use characters that stand in no text."""

_NUMERAL = frozenset(NUMERALS)
_ANY = _NUMERAL | frozenset("0123456789")
_COUNTERS = frozenset(
    "位个個家次批届屆条條套座部例款轮輪支台项項名列艘架所间間只颗份张張场場期季本辆班人年月日天岁元倍种種村县市镇"
    "大类類处處片层層级級区區数數"
)
"""What follows a lone numeral that counts: 三个, but not 统一."""

_ORDERS = frozenset("第前")
_FIRST = lazily("首[位个個家次批届创]")

_BEFORE = frozenset("-–—−~～/.,:×^負负之e¥$€£￥点點几幾数數上成余餘多")
_AFTER = frozenset("-–—~～/:：至到来來几幾成半点點分½¼¾⅓⅔") | _NUMERAL
"""What stands beside digits whose value is not theirs alone."""

_UNITS = frozenset((*map("千".__add__, "米克瓦卡赫帕伏焦"), *map("兆".__add__, "瓦赫帕欧字比"), "百分", "百帕"))
"""Units that begin as a magnitude does: 7千米 is no 7000."""

_AND_MORE = frozenset("余餘多")
"""What stands behind digits and leaves their value as it is, unless a magnitude follows: 1800余, but 40余万."""

_SAYS_MORE = _AFTER | _AND_MORE

_GROUPED = lazily(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")

_SPACE = r"[^\S\n\f]"
"""A space, but not the end of a line: the next is another text."""

_SCALES = "|".join(ENGLISH_SCALES)
_NAMED = lazily(
    rf"{_SPACE}?(?P<power>{_SCALES})\b|{_SPACE}?(?:hundred|{_SCALES}|k)s?\b"
    r"|(?P<ordinal>st|nd|rd|th)\b|e\d",
    re.IGNORECASE | re.ASCII,  # a word ends where Chinese begins: 5k人
)
"""An English magnitude, or what makes of digits something that the grammar must be asked about."""

_INITIALS = frozenset("hkmtbsnreHKMTBSNRE")
"""What `_NAMED` begins with, perhaps behind a space."""

_SAID = {word: str(value) for word, value in (WORDS | ORDINALS).items() if word not in ("zero", "one")}
"""English word → the number that it is when no other such word is beside it; ``one`` is a pronoun more often."""

_PARTS = {"zero", "one", "half", *ENGLISH_UNITS, *ENGLISH_SCALES, *_SAID}
_SPELT = frozenset(_PARTS - {"one", "mn", "bn", "tn"})
"""English words that are, or belong to, a number; by the others none begins."""

_WORD = lazily(rf"[0-9]{_SPACE}?(?:{_SCALES})\b|(?:(?<=([-负負_0-9]))|)([a-z]+)(?=([_0-9]?))", re.ASCII)
"""A word, between what would make it another number, or none; the magnitude behind digits is theirs."""

_EXPONENT_ZERO = 5000
_COMPLEMENT = str.maketrans("0123456789", "9876543210")

_RUN = lazily(f"([0-9{NUMERALS}][0-9{NUMERALS}.,点點]*)")
"""Digits and numerals that stand together."""

_BESIDE = " \n\f\u4e00-\u9fff，。、；：（）"
_ALONE = rf"""
    (?<![^{_BESIDE}].)(?<![{inside(_BEFORE | _NUMERAL)}].)[0-9]*+(?![^{_BESIDE}])(?![{inside(_SAYS_MORE)}])
    (?![ ](?ai:(?:hundred|{_SCALES}|k)s?\b))"""
"""What is behind the first of digits that are neither beside letters nor a part of a number."""

_PLAIN = lazily(f"[1-9]{_ALONE}", re.VERBOSE)
"""Digits that say at once how much they are."""

_OTHER = lazily(rf"([0-9{NUMERALS}](?<![0-9{NUMERALS}].)(?!(?<=[1-9]){_ALONE})[0-9{NUMERALS}.,点點]*)", re.VERBOSE)


def number_token(value: Decimal) -> str:
    """Return the word that says how much a number is.

    >>> from decimal import Decimal
    >>> number_token(Decimal("120.50")) == number_token(Decimal("120.5"))
    True
    """
    return _word(times_ten(f"{value:f}" if value else "0", 0))


def _word(number: str) -> str:
    return f"{_NUMBER}{number}".replace(".", _POINT).replace("-", "m")


def apart(text: str) -> list[str]:
    """Take a text apart: at odd places are digits and numerals that stand together, between them what is no number."""
    return _RUN().split(text)


def apart_from_plain(text: str) -> tuple[list[str], list[str]]:
    """Take a text apart, and return by themselves the digits that say at once how much they are: these are the most."""
    return _OTHER().split(text), _PLAIN().findall(text)


def spelt_among(words: Iterable[str]) -> frozenset[str]:
    """Return those of folded words that are, or belong to, a number."""
    return _SPELT.intersection(words)


def number_tokens(text: str, pieces: Sequence[str], plain: Iterable[str] = (), *, spelt: bool) -> set[str]:
    """Return the values of a text's numbers as words.

    Args:
        text: in lines.
        pieces: the text, taken `apart`.
        plain: the digits that are not among the pieces.
        spelt: whether `spelt_among` finds one of its words.

    """
    found: set[str | None] = {*map(_NUMBER.__add__, plain), *_values(pieces)}
    doubtful: list[str] = []
    if None in found:
        doubtful += [line for line in text.split("\n") if None in _values(apart(line))]
    if "首" in text and _FIRST().search(text):
        found.add(f"{_NUMBER}1")
    if spelt or "半" in text:
        for line in text.split("\n"):
            value = _in_words(line)
            found.add(value)
            if value is None:
                doubtful.append(line)
    for line in doubtful:
        found.update(_thorough(line))
    return {word for word in found if word}


def _values(pieces: Sequence[str]) -> Iterator[str | None]:
    """Yield the value of each number as a word, "" for what is none, None where the grammar must be asked."""
    for place in range(1, len(pieces), 2):
        before, run, behind = pieces[place - 1][-1:], pieces[place], "".join(pieces[place + 1 : place + 3])
        beyond = behind[:2]
        yield _at_a_glance(before, run, beyond, "" if _INITIALS.isdisjoint(beyond) else _named(run, behind))


def _in_words(line: str) -> str | None:
    """Return the value of the one word of a line that is a number; otherwise as `_values` does."""
    if "半" in line:
        return None
    said = [found for found in _WORD().findall(line.lower()) if not found[1] or found[1] in _PARTS]
    match said:
        case [("", word, "")] if word in _SAID:
            return f"{_NUMBER}{_SAID[word]}"
    return None if any(word in _SPELT for _, word, _ in said) else ""


def number_key(value: Decimal) -> str:
    """Write a number so that texts are in the order of their numbers, exactly and at any size.

    >>> from decimal import Decimal
    >>> sorted(map(number_key, map(Decimal, ["-10", "-9.5", "0", "0.5", "9", "10"]))) == [
    ...     number_key(Decimal(text)) for text in ("-10", "-9.5", "0", "0.5", "9", "10")
    ... ]
    True
    """
    significant = f"{value:f}".replace(".", "").strip("-0")
    if not significant:
        return "1"
    key = f"{value.adjusted() + _EXPONENT_ZERO:04}{significant}"
    return f"0{key.translate(_COMPLEMENT)}~" if value < 0 else f"2{key}"


def has_numeral(text: str) -> bool:
    """Tell whether a text holds a digit or a numeral."""
    return not _ANY.isdisjoint(text)


def has_number(text: str) -> bool:
    """Tell whether a text may hold a number."""
    text = narrow(text)
    return has_numeral(text) or "首" in text or _in_words(text) != "" or "one" in text.lower()


def _named(run: str, behind: str) -> str:
    """Return the English magnitude behind digits, ``?`` where the grammar must say what stands there."""
    named = _NAMED().match(behind) if run[-1] not in ".," else None
    if not named or named["ordinal"]:  # what 27th counts is 27
        return ""
    return (named["power"] or "?").lower()


@lru_cache(maxsize=4096)
def _at_a_glance(before: str, run: str, beyond: str, named: str) -> str | None:
    """Return the value of a number as a word, "" for what is none, None where the grammar must be asked.

    Args:
        before: the character before them.
        run: they themselves, and punctuation that may follow them.
        beyond: the two characters behind.
        named: see `_named`.

    """
    written = run.rstrip(".,点點")
    behind = f"{run[len(written) :]}{beyond}"
    after, next_ = behind[:1], behind[1:]
    if before in _BEFORE or after in _AFTER or (after in _AND_MORE and next_ in _AFTER):
        return None
    if f"{written[-1]}{after}" in _UNITS:
        return None
    power = POWERS.get(written[-1]) if written[0] not in _NUMERAL else None
    digits = written[:-1] if power else written
    if _GROUPED().fullmatch(digits):
        if named == "?" and not power:
            return None
        return _word(times_ten(digits, power or (ENGLISH_SCALES[named] if named else 0)))
    if _NUMERAL.issuperset(written):
        return _numerals(written, before, after)
    return None


def _numerals(numerals: str, before: str, after: str) -> str | None:
    """Read numerals without digits; a lone one counts where something is counted, else it is part of a word."""
    if len(numerals) == 1 and not (before in _ORDERS or numerals in "两兩" or after in _COUNTERS or after in _AND_MORE):
        return ""
    return _spelt(numerals) or (None if numerals[0] in POWERS else "")  # 超千亿, but not 万一


@lru_cache(maxsize=4096)
def _spelt(numerals: str) -> str:
    from cs_facts.errors import FigureError
    from cs_facts.spelt import read_chinese

    try:
        return number_token(read_chinese(numerals)[0])
    except FigureError:
        return ""


@lru_cache(maxsize=4096)
def _thorough(text: str) -> tuple[str, ...]:
    from cs_facts.figures import find_numbers

    return tuple(number_token(found.figure.value) for found in find_numbers(text))
