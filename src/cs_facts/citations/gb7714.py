"""GB/T 7714—2025 《信息与文献 参考文献著录规则》, in force since 2026-07-01.

The standard itself was not at hand. Its rules are taken from what implementers made of it, and these agree: the CSL
style china-national-standard-gb-t-7714-2025-numeric (citation-style-language/styles), the rendered examples of
zotero-chinese/styles, the LaTeX reproduction of the text in hushidong/biblatex-gb7714-2025. From the 2025 edition
are: the codes and carriers (app. A), the order of elements (§8), the people responsible (§7.1), dates as YYYY-MM-DD
(§7.5.4.2, §7.6), an estimated year in brackets (§7.5.4.3), and the full-width ``：，（）`` of its printed formats
beside the half-width ``. [ ] //``. Three things are not from it:

- §8.5 gives an article of an online newspaper no date of access, only websites, data sets and preprints have one.
  The 2015 edition gives it one, ``出版者, 日期[引用日期]``, and so does this module for everything that has an address,
  where the day is given (``--accessed``, or ``accessed`` of the source); without it the form is the one of 2025.
- A source in another language than Chinese has half-width ``: , ( )``. The standard names no width (§6) and prints
  full-width marks in references of every language; this is what most journals and theses ask for and the styles
  of zotero-chinese offer beside it.
- Neither edition knows a paragraph as the place cited; it stands where §7.7 puts the page, which may also be
  a preface or a title page “as the case is”.

Not verified: how the standard cites an online article whose address is unknown (§8.5.2 requires one; where the store
has none, none is printed).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cs_facts.citations.works import iso, people

if TYPE_CHECKING:
    from cs_facts.citations.works import Work

_DATED_BY_DAY = ("J", "N", "R", "P", "A", "EB", "DS", "PP")  # §7.5.4.2, §7.6; a journal without volume by §8.5.1.1
_DATE_IN_PARENTHESES = ("EB", "DS", "PP")  # §8.11, §8.14, §8.15
_ALL_NAMES = 3


class _Marks(NamedTuple):
    comma: str
    colon: str
    opening: str
    closing: str
    to: str


_FULL_WIDTH, _HALF_WIDTH = _Marks(*"，：（）—"), _Marks(", ", ": ", "(", ")", "-")


def gb7714(work: Work, paragraph: int | None) -> str:
    """Cite after GB/T 7714—2025, numeric system, without the number.

    The pattern of online news is ``责任者. 题名[N/OL]. 出版者，日期：第n段[引用日期]. 路径.``
    """
    marks = _FULL_WIDTH if work.is_chinese else _HALF_WIDTH
    within = "" if work.is_serial else work.own(work.source.container)
    title = f"{work.title}[{work.gb_code}{'/OL' if work.address else ''}]" + (f"//{within}" if within else "")
    parts = (_people(work, marks.comma), title, _issue(work, marks, paragraph), work.address)
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _people(work: Work, comma: str) -> str:
    """Name up to three people, and that there are more (§7.1.2); a standard is cited without any (§8.9)."""
    if work.gb_code == "S":
        return ""
    names = [f"{one.family} {one.initials('')}".rstrip() for one in people(work.own(work.responsible))]
    more = ["等" if work.is_chinese else "et al"] if len(names) > _ALL_NAMES else []
    return comma.join(names[:_ALL_NAMES] + more)


def _issue(work: Work, marks: _Marks, paragraph: int | None) -> str:
    """Say where and when it appeared, the place cited, the day it was read.

    A web page (§8.11) and a standard (§8.9) are cited without newspaper or publisher.
    """
    named = (work.is_serial and work.container) or work.publisher
    where = "" if work.gb_code in ("EB", "S") else work.own(named)
    number = work.volume_and_issue(marks.opening, marks.closing)
    days = () if work.gb_code == "S" else work.days  # a standard has its year in its number
    is_by_day = work.gb_code in _DATED_BY_DAY
    date = "/".join(map(iso, days)) if is_by_day else marks.to.join(dict.fromkeys(iso(day[:1]) for day in days))
    when = marks.comma.join(filter(None, (f"[{date}]" if date and work.is_estimated else date, number)))
    access = f"[{iso(work.day_read)}]" if work.day_read else ""
    locator = work.pages
    if paragraph is not None:
        locator = f"第{paragraph}段" if work.is_chinese else f"para. {paragraph}"
    if work.gb_code in _DATE_IN_PARENTHESES:
        issued = f"{where}{marks.opening}{when}{marks.closing}" if when else where
        return marks.colon.join(filter(None, (issued + access, locator)))
    return marks.colon.join(filter(None, (marks.comma.join(filter(None, (where, when))), locator))) + access
