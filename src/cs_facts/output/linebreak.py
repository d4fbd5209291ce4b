"""Where a line may end, in Chinese and in English, and how columns share a page.

UAX #14, which libraries implement, parts a number from its counter (50.66 | 万名). Here numbers stay whole with what
they count; which characters begin or end no line is said by JLREQ §3.1 and CLREQ §6.1.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    # A piece of a text, its width, and that without the spaces at its end.
    Piece = tuple[str, float, float]

# JLREQ cl-02 to cl-07, cl-09 and cl-10; CLREQ adds dashes and ellipses; * and † stand behind what they mark.
CLOSING = "!%),.:;?]}·’”†›»℃‰*。、〃〉》」』】〕〗〙〞々〻ー！＂％＇），．：；？］｝｠～…—‥‐–"
# JLREQ cl-01, and what stands before an amount.
OPENING = "([{‘“«‹〈《「『【〔〖〘〝（［｛｟$£¥€￥＄￡＃№"

_IDEOGRAPHIC = "\u2e80-\ufdff\ufe30-\uffdf\U0001f000-\U0003ffff"
# Marks that combine, joiners and variation selectors belong to the character before them.
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
# A date in either language; a number with its mark before it and its unit behind it; a Chinese number with its counter;
# a few characters in brackets.
_WHOLE = re.compile(
    r"\d{1,4}年\d{1,2}月(?:\d{1,2}日)?"
    rf"|{_BEGIN}(?:(?:\d{{1,2}} )?{_MONTH} \d{{4}}|\d{{1,2}} {_MONTH}){_END}"
    f"|(?:{_MARKS} ?)*[第前约超近]?{_DIGITS}{_CHINESE_UNIT}{_ENGLISH_UNIT}"
    f"|第?[〇零一二两三四五六七八九十百千万亿]+[余多几]?(?:人次|[{_COUNTERS}])?"
    "|（[\u3400-\u9fff]{1,6}）"
)


def pieces(text: str) -> list[str]:
    """Split a text where a line may end; the pieces joined are the text.

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
    """Return parts of a text with their widths."""
    return [(part, measure(part), measure(part.rstrip(" "))) for part in parts]


def wrap(parts: Sequence[Piece], width: float, measure: Callable[[str], float]) -> list[int]:
    """Set pieces on as few lines as they take and return where in the text each line ends.

    A piece wider than a line begins one and is parted at its spaces and hyphens, and a word wider than that is cut; so
    a wider line never takes more lines, whatever the pieces.
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


def fitted(wants: Sequence[int], floors: Sequence[int], room: int) -> list[int] | None:
    """Share the columns of a page out: the widest give way first, none below its floor; none shrinks as the page grows.

    >>> fitted([8, 60, 30], [8, 12, 12], 60)
    [8, 26, 26]
    >>> fitted([8, 60, 30], [8, 12, 12], 30) is None
    True
    """
    if sum(floors) > room:
        return None

    def capped(most: int) -> list[int]:
        return [max(floor, min(want, most)) for want, floor in zip(wants, floors, strict=True)]

    # the greatest width that all may have
    most = bisect_right(range(max(wants, default=0) + 1), room, key=lambda most: sum(capped(most))) - 1
    widths = capped(most)
    for place, more in enumerate(capped(most + 1)):  # less is left over than a column for each that could use it
        widths[place] += int(widths[place] < more and sum(widths) < room)
    return widths
