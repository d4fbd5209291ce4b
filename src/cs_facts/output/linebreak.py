"""Break lines of Chinese and English, and share the width of a page among columns.

Libraries implement UAX #14, which separates a number from its counter (50.66 | 万名). Here a number stays together with
what it counts. JLREQ §3.1 and CLREQ §6.1 say which characters may not begin or end a line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    # A piece of text, its width, and its width without trailing spaces.
    Piece = tuple[str, float, float]

# JLREQ cl-02 to cl-07, cl-09 and cl-10; dashes and ellipses from CLREQ; * and †, which follow what they mark.
CLOSING = "!%),.:;?]}·’”†›»℃‰*。、〃〉》」』】〕〗〙〞々〻ー！＂％＇），．：；？］｝｠～…—‥‐–"
# JLREQ cl-01, and signs that precede an amount.
OPENING = "([{‘“«‹〈《「『【〔〖〘〝（［｛｟$£¥€￥＄￡＃№"

_IDEOGRAPHIC = "\u2e80-\ufdff\ufe30-\uffdf\U0001f000-\U0003ffff"
# Combining marks, joiners and variation selectors belong to the character before them.
_JOINED = "\u0300-\u036f\u200b-\u200d\u2060\u3099\u309a\ufe00-\ufe2f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef"
_NEVER_FIRST = f"{re.escape(CLOSING + ' ')}{_JOINED}"
_NEVER_LAST = re.escape(OPENING)

_MAY_END = re.compile(
    f"(?<=[^{_NEVER_LAST} ] )(?![{_NEVER_FIRST}])|(?<=[^{_NEVER_LAST} ]  )(?![{_NEVER_FIRST}])"
    f"|(?<=[{_IDEOGRAPHIC}])(?<![{_NEVER_LAST}])(?![{_NEVER_FIRST}])"
    f"|(?<![{_NEVER_LAST} \u200d])(?![{_NEVER_FIRST}])(?=[{_IDEOGRAPHIC}])"
)

_BEGIN, _END = "(?<![A-Za-z0-9])", "(?![A-Za-z0-9])"
_MARKS = rf"(?:[¶§><≥≤≈×]|[<>]=|{_BEGIN}(?:no\.|top|about|CNY|par\.))"
_DIGITS = rf"[+−-]?[$£¥€]?\d(?:[\d.,:–−-]*\d)?[%％‰]?(?: (?:thousand|million|billion|trillion|per cent){_END})?"
_CHINESE_UNIT = "[十百千万亿余多几]*(?:人次|个百分点|[\u3400-\u9fff])?"
_ENGLISH_UNIT = rf"(?:(?<!{_BEGIN}\d{{4}}) (?!(?:to|and|or|of|in|at|the|by|onwards){_END})[a-z][a-z-]*)?"
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_COUNTERS = "个名家人次项条年月日位岁元所种类件份天届倍成批支处座场套辆户级周期大步点度米里篇"
# Kept whole: a date in either language; a number with the mark before it and the unit after it; a Chinese number with
# its counter; a few characters in brackets.
_WHOLE = re.compile(
    r"\d{1,4}年\d{1,2}月(?:\d{1,2}日)?"
    rf"|{_BEGIN}(?:(?:\d{{1,2}} )?{_MONTH} \d{{4}}|\d{{1,2}} {_MONTH}){_END}"
    f"|(?:{_MARKS} ?)*[第前约超近]?{_DIGITS}{_CHINESE_UNIT}{_ENGLISH_UNIT}"
    f"|第?[〇零一二两三四五六七八九十百千万亿]+[余多几]?(?:人次|[{_COUNTERS}])?"
    "|（[\u3400-\u9fff]{1,6}）"
)


def pieces(text: str) -> list[str]:
    """Split a text wherever a line may end.

    >>> pieces("有“一名”党员50.66万名。")
    ['有', '“一名”', '党', '员', '50.66万名。']
    >>> pieces("行数（目前）")
    ['行', '数', '（目前）']
    >>> pieces("over 2.8 million people (¶ 43)")
    ['over ', '2.8 million people ', '(¶ 43)']
    """
    inside = {place for match in _WHOLE.finditer(text) for place in range(match.start() + 1, match.end())}
    ends = [match.start() for match in _MAY_END.finditer(text)]
    ends = [0, *(end for end in ends if 0 < end < len(text) and end not in inside), len(text)]
    return [text[start:end] for start, end in pairwise(ends)]


def measured(parts: Iterable[str], measure: Callable[[str], float]) -> list[Piece]:
    """Add their widths to parts of a text."""
    return [(part, measure(part), measure(part.rstrip(" "))) for part in parts]


def wrap(parts: Sequence[Piece], width: float, measure: Callable[[str], float]) -> list[int]:
    """Fill lines with pieces and return the offset in the text at which each line ends.

    A piece wider than a line begins a new one and is broken at its spaces and hyphens; a word that is still too wide is
    cut. So wider lines never result in more lines.
    """
    lengths: list[int] = []
    used = width + 1
    for piece, whole, visible in parts:
        smaller = [(piece, whole, visible)]
        if visible > width:
            used = width + 1
            words = re.findall(" *(?:[^ -]+-+(?=[A-Za-z])|[^ ]+) *", piece)
            smaller = measured(
                chain.from_iterable(word if measure(word.rstrip(" ")) > width else [word] for word in words), measure
            )
        for text, size, needed in smaller:
            if used + needed > width:
                lengths.append(0)
                used = 0
            lengths[-1] += len(text)
            used += size
    return list(accumulate(lengths))


def share_width(wants: Sequence[int], floors: Sequence[int], room: int) -> list[int] | None:
    """Share the width of a page among columns, or return None if not even their floors fit.

    The widest columns are narrowed first, never below their floors; none gets narrower on a wider page.

    >>> share_width([8, 60, 30], [8, 12, 12], 60)
    [8, 26, 26]
    >>> share_width([8, 60, 30], [8, 12, 12], 30) is None
    True
    """
    if sum(floors) > room:
        return None

    def capped(most: int) -> list[int]:
        return [max(floor, min(want, most)) for want, floor in zip(wants, floors, strict=True)]

    # the widest cap under which all columns fit
    most = bisect_right(range(max(wants, default=0) + 1), room, key=lambda most: sum(capped(most))) - 1
    widths = capped(most)
    for place, more in enumerate(capped(most + 1)):  # what is left over is too little to give each column one more
        widths[place] += int(widths[place] < more and sum(widths) < room)
    return widths
