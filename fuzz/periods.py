"""The parser of periods: any text is a stretch of days or refused with a reason, and a stretch is in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness import DATA, SHARED, lines, readable

from cs_facts.dates.describe import describe
from cs_facts.dates.edtf import SUB_YEARS, parse_period, stretch
from cs_facts.errors import PeriodError

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS = """
2022 0001 9999 0000 -05 -12 -31 -02-29 -00 XX X 1XXX 20XX / .. ? ~ % T21:59:43 T24:00:00 Z +08:00 +99:99
"""
WORDS = (
    *map(str, SUB_YEARS),
    *_WORDS.split(),
)


def seeds() -> Iterator[bytes]:
    """Yield the periods of the bundled store, some of each kind that EDTF has, and naughty strings."""
    for line in lines(DATA / "facts.yaml"):
        key, _, value = line.strip().partition(b": ")
        if key in (b"when", b"published"):
            yield value
    kinds = "2022 2022-05 2022-05-31 2012/2022 2017/.. ../2022 2022~ 2022-05? 201X 20XX-XX 2022-21 2022-33 2022-XX-XX"
    yield from kinds.encode().split()
    yield from lines(SHARED / "corpora" / "blns" / "blns.txt")


def law(data: bytes) -> None:
    """Hold one text to what the parser promises."""
    text = readable(data)
    try:
        period = parse_period(text)
    except PeriodError:
        return
    assert period.edtf == text
    assert period.start or period.end
    assert not (period.start and period.end) or period.start <= period.end
    assert period.overlaps(period)
    assert all(describe(period, language) for language in ("en", "zh"))
    for day in filter(None, (period.start, period.end)):
        assert parse_period(day.isoformat()).start == day
    assert stretch(period, None)
    assert stretch(None, period)
