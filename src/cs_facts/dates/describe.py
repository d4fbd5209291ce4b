"""Put EDTF into words: ``2017/2022-12-18`` is “2017 to 18 Dec 2022” or “2017年至2022年12月18日”.

``..`` is an open end, an empty side an unknown one, and ``X`` an unspecified digit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_facts.dates.edtf import DATE, MONTHS

if TYPE_CHECKING:
    from cs_facts.model import Period

# English, Chinese.
Pair = tuple[str, str]

_SEASONS = (("spring", "春季"), ("summer", "夏季"), ("autumn", "秋季"), ("winter", "冬季"))
# What follows the name of a season, by the first of its four codes: 21, 25, 29.
_HEMISPHERES = (("", ""), (" (northern hemisphere)", "（北半球）"), (" (southern hemisphere)", "（南半球）"))
_PARTS = """first quarter of {y} {y}年第一季度|second quarter of {y} {y}年第二季度|third quarter of {y} {y}年第三季度
|fourth quarter of {y} {y}年第四季度|January to April {y} {y}年1月至4月|May to August {y} {y}年5月至8月
|September to December {y} {y}年9月至12月|first half of {y} {y}年上半年|second half of {y} {y}年下半年"""
_SUB_YEARS: dict[int, Pair] = {
    first + place: (f"{english} {{y}}{north}", f"{{y}}年{chinese}{zh}")
    for first, (north, zh) in zip((21, 25, 29), _HEMISPHERES, strict=True)
    for place, (english, chinese) in enumerate(_SEASONS)
} | {code: (names.strip().rpartition(" ")[0], names.split()[-1]) for code, names in enumerate(_PARTS.split("|"), 33)}
# Wordings by the parts that are known: y year, m month, d day, X an unspecified one.
_KNOWN: dict[str, Pair] = {
    "y": ("{y}", "{y}年"),
    "ym": ("{name} {y}", "{y}年{m}月"),
    "ymd": ("{d} {name} {y}", "{y}年{m}月{d}日"),
    "ymX": ("a day in {name} {y}", "{y}年{m}月某日"),
    "yX": ("a month in {y}", "{y}年某月"),
    "yXX": ("a day in {y}", "{y}年某日"),
    "decade": ("a year in the {y}s", "{y}年代某年"),
    "years": ("a year from {y} to {last}", "{y}年至{last}年间某年"),
}
_QUALIFIED: dict[str, Pair] = {
    "~": ("about {}", "约{}"),
    "?": ("{} (uncertain)", "{}（存疑）"),
    "%": ("about {} (uncertain)", "约{}（存疑）"),
}
# Wordings of a beginning that is unknown ("") or open (".."), and of such an end.
_OPEN: dict[str, Pair] = {"": ("by {}", "截至{}"), "..": ("until {}", "{}及以前")}
_FROM: dict[str, Pair] = {"": ("from {}", "自{}"), "..": ("{} onwards", "{}起")}


def describe(period: Period, language: str) -> str:
    """Put a period into words, in Chinese if the language tag is one of Chinese, otherwise in English.

    >>> from cs_facts.dates.edtf import parse_period
    >>> describe(parse_period("2017/2022-12-18"), "en"), describe(parse_period("/2022-12-18"), "zh-CN")
    ('2017 to 18 Dec 2022', '截至2022年12月18日')
    """
    first, slash, last = period.edtf.partition("/")
    is_chinese = language.partition("-")[0].lower() == "zh"
    if not slash:
        return _date(first, is_chinese)
    if first in _OPEN:
        return _OPEN[first][is_chinese].format(_date(last, is_chinese))
    if last in _FROM:
        return _FROM[last][is_chinese].format(_date(first, is_chinese))
    return ("至" if is_chinese else " to ").join((_date(first, is_chinese), _date(last, is_chinese)))


def _date(text: str, is_chinese: bool) -> str:
    """Put one date of any precision into words."""
    if text[-1] in _QUALIFIED:
        return _QUALIFIED[text[-1]][is_chinese].format(_date(text[:-1], is_chinese))
    match = DATE.fullmatch(text)
    assert match  # `parse_period` has checked it
    _, year, month, day, time = match.groups("")
    parts = (("y", year), ("m", month), ("d", day))
    known = "".join("X" if part == "XX" else letter for letter, part in parts if part)
    if "X" in year:
        known = "decade" if year.count("X") == 1 else "years"
    number = int(month) if month.isdecimal() else 0
    words = (_SUB_YEARS[number] if number > len(MONTHS) else _KNOWN[known])[is_chinese].format(
        y=year.replace("X", "0").lstrip("0") or "1",
        last=year.replace("X", "9").lstrip("0"),
        m=number,
        name=MONTHS[min(number, 12) - 1][:3],
        d=day.lstrip("0"),
    )
    if not time:
        return words
    clock, zone = time[1:9], time[9:].replace("Z", "")
    return f"{words}{' ' if is_chinese else ', '}{clock}{f' UTC{zone}' if time[9:] else ''}"


def spellings(date_: str) -> tuple[str, ...]:
    """Return the ways in which texts write a day or a month in EDTF; none for a year, which is found as a number.

    >>> spellings("2022-04-08")
    ('2022年4月8日', '2022年4月8号', '8 April 2022', 'April 8 2022', '8 Apr 2022', 'Apr 8 2022')
    """
    year, *rest = map(int, date_.split("-"))
    if not rest:
        return ()
    month, *days = rest
    zh, names = f"{year}年{month}月", (MONTHS[month - 1], MONTHS[month - 1][:3])
    if not days:
        return zh, *(f"{name} {year}" for name in reversed(names))
    (day,) = days
    english = (way for name in names for way in (f"{day} {name} {year}", f"{name} {day} {year}"))
    return f"{zh}{day}日", f"{zh}{day}号", *english
