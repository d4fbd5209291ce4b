"""The parser of figures: any text is a figure, exact and finite, or refused with a reason."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from harness import DATA, SHARED, files, lines, readable

from cs_facts.errors import FigureError
from cs_facts.numbers.characters import NUMERALS
from cs_facts.numbers.characters import WORDS as ENGLISH
from cs_facts.numbers.figures import MAX_LENGTH, find_numbers, grouped, parse_figure, parse_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

_WORDS = """
余 多 几 数 来 成 半 负 超过 约 近 第 前 首位 点 百分之 分之 以上 左右 不足 达到 共计 千米 兆瓦 百分点 月 个半 年半
million thousand billion trillion hundred third half bn k st nd % or more no. top ~ ≥ , ， . - – / e ¥ € $ RMB １ ２
1,234 0.5
"""
WORDS = (
    *NUMERALS,
    *ENGLISH,
    *_WORDS.split(),
)


def seeds() -> Iterator[bytes]:
    """Yield the figures and the sentences of the bundled store and of its source, and naughty strings."""
    for line in lines(DATA / "facts.yaml"):
        yield line.partition(b":")[2].strip()
    yield from lines(SHARED / "source" / "changsha-2022.txt")
    yield from lines(SHARED / "corpora" / "blns" / "blns.txt")
    yield from files(DATA, "starter.yaml")


def law(data: bytes) -> None:
    """Hold one text to what the three functions promise."""
    text = readable(data)
    with suppress(FigureError):
        figure = parse_figure(text)
        assert figure.printed == text
        for number in (figure.value, figure.low, figure.high, *figure.parts):
            if number is not None:
                _exact(number)
    with suppress(FigureError):
        _exact(parse_number(text))
    end = 0
    for found in find_numbers(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end
        assert text[found.start : found.end] == found.figure.printed
        assert parse_figure(found.figure.printed) == found.figure


def _exact(value: Decimal) -> None:
    """Hold a number to being finite and to coming back from how it is written."""
    assert value.is_finite()
    assert re.fullmatch(r"-?\d+(\.\d+)?", f"{value:f}")
    if len(grouped(value)) <= MAX_LENGTH:
        assert parse_number(grouped(value)) == value
