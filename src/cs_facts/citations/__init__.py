"""References to facts: GB/T 7714 and APA for people here, BibTeX, RIS and CSL-JSON for programs in `entries`.

GB/T 7714—2025 《信息与文献 参考文献著录规则》, in force since 2026-07-01.

The text of the standard was not available. Its rules are taken from three implementations, which agree: the CSL style
china-national-standard-gb-t-7714-2025-numeric (citation-style-language/styles), the rendered examples of
zotero-chinese/styles, and the LaTeX version in hushidong/biblatex-gb7714-2025. The 2025 edition determines the codes
and carriers (app. A), the order of elements (§8), the people responsible (§7.1), dates as YYYY-MM-DD (§7.5.4.2, §7.6),
an estimated year in brackets (§7.5.4.3), and the full-width ``：，（）`` next to the half-width ``. [ ] //``. This
module deviates from it in three ways:

- In §8.5 only websites, data sets and preprints have a date of access, not articles of online newspapers. In the 2015
  edition these have one, ``出版者, 日期[引用日期]``, and here so does everything with an address if the day is given
  (``--accessed``, or ``accessed`` of the source). Without it, the form is that of 2025.
- Sources in a language other than Chinese have half-width ``: , ( )``. The standard does not specify the width (§6) and
  prints full-width marks for every language, but most journals and theses ask for half-width ones, which the styles of
  zotero-chinese offer as well.
- Neither edition mentions paragraphs as the place cited. They are put where §7.7 has the page, which may also be a
  preface or a title page “as the case is”.

Not verified: how the standard cites an online article whose address is unknown (§8.5.2 requires one; if the store has
none, none is printed).

APA 7 (Publication Manual, 7th ed., 2020, §§9.3–9.38), following university guides.

A title that is not English is translated in brackets, ``(Ed.)`` marks an editor in place of an author, the title comes
first if nobody is named, ``n.d.`` means no date, and a day of access is given only for undated works online. The
paragraph belongs to the in-text citation, which follows the reference. APA transliterates Chinese; this module does
not, but uses the English form of a name if the store has one. Plain text has no italics; titles keep their case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cs_facts.citations.entries import Entry, bibtex, csl_json, entries, ris
from cs_facts.citations.works import Work, iso, people
from cs_facts.dates.edtf import MONTHS
from cs_facts.errors import check_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from cs_facts.citations.works import Date, Person
    from cs_facts.model import Catalogue, Fact, Source

__all__ = ["STYLES", "cite", "default_style", "without_access"]

_GB_DATED_BY_DAY = ("J", "N", "R", "P", "A", "EB", "DS", "PP")  # §7.5.4.2, §7.6; a journal without volume by §8.5.1.1
_DATE_IN_PARENTHESES = ("EB", "DS", "PP")  # §8.11, §8.14, §8.15
_MOST_NAMES = 3


class _Marks(NamedTuple):
    comma: str
    colon: str
    opening: str
    closing: str
    to: str


_FULL_WIDTH, _HALF_WIDTH = _Marks(*"，：（）—"), _Marks(", ", ": ", "(", ")", "-")


def gb7714(work: Work, paragraph: int | None) -> str:
    """Cite in the numeric system of GB/T 7714—2025, without the number.

    The pattern of online news is ``责任者. 题名[N/OL]. 出版者，日期：第n段[引用日期]. 路径.``
    """
    marks = _FULL_WIDTH if work.is_chinese else _HALF_WIDTH
    within = "" if work.is_serial else work.native(work.source.container)
    title = f"{work.title}[{work.gb_code}{'/OL' if work.address else ''}]" + (f"//{within}" if within else "")
    parts = (_people(work, marks.comma), title, _issue(work, marks, paragraph), work.address)
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _people(work: Work, comma: str) -> str:
    """Name up to three people, then “et al.” (§7.1.2); standards are cited without people (§8.9)."""
    if work.gb_code == "S":
        return ""
    names = [f"{one.family} {one.initials('')}".rstrip() for one in people(work.native(work.responsible))]
    more = ["等" if work.is_chinese else "et al"] if len(names) > _MOST_NAMES else []
    return comma.join(names[:_MOST_NAMES] + more)


def _issue(work: Work, marks: _Marks, paragraph: int | None) -> str:
    """Return where and when the work appeared, the place cited and the day it was read."""
    named = (work.is_serial and work.container) or work.publisher
    where = "" if work.gb_code in ("EB", "S") else work.native(named)  # §8.11, §8.9
    number = work.volume_and_issue(marks.opening, marks.closing)
    days = () if work.gb_code == "S" else work.days  # the number of a standard includes its year
    is_by_day = work.gb_code in _GB_DATED_BY_DAY
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


_DATED_BY_DAY = ("article-newspaper", "article-magazine", "webpage", "post", "post-weblog", "speech", "broadcast")
_ALL_NAMES = 20
_STOPS = ".?!。？！"


def apa(work: Work, paragraph: int | None) -> str:
    """Cite in APA 7: the reference, followed by the in-text citation."""
    named = people(work.in_english(work.responsible))
    names, when = _names(work, named), f"({_date(work)})"
    title = f"{work.title} [{work.english_title}]" if work.english_title else work.title
    head = (names, when, title) if names else (title, when)
    sentences = [part if part[-1] in _STOPS else f"{part}." for part in (*head, *_where(work)) if part]
    link = work.address
    if work.day_read and not work.source.published:
        year, month, day = work.day_read
        link = f"Retrieved {MONTHS[month - 1]} {day}, {year}, from {work.address}"
    return " ".join(filter(None, (*sentences, link, _in_text(work, named, paragraph))))


def _names(work: Work, named: Sequence[Person]) -> str:
    """Name everyone, or of more than twenty people the first nineteen and the last (§9.8)."""
    names = [", ".join(filter(None, (one.family, one.initials(".")))) for one in named]
    if len(names) > _ALL_NAMES:
        listed = f"{', '.join(names[: _ALL_NAMES - 1])}, . . . {names[-1]}"
    else:
        listed = ", & ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    edited = bool(names) and not work.source.author and bool(work.editor)
    return f"{listed} (Ed{'s' if len(names) > 1 else ''}.)" if edited else listed


def _date(work: Work) -> str:
    days = [day if work.source.type in _DATED_BY_DAY else day[:1] for day in work.days]
    text = "–".join(dict.fromkeys(map(_day, days)))
    return f"ca. {text}" if text and work.is_estimated else text or "n.d."


def _day(day: Date) -> str:
    month = f", {MONTHS[day[1] - 1]}" if len(day) > 1 else ""
    return f"{day[0]}{month}" + (f" {day[2]}" if len(day) > 2 else "")


def _where(work: Work) -> tuple[str, str]:
    """Return the container and the publisher, a sentence each."""
    publisher = work.in_english(work.publisher)
    pages = work.pages.replace("-", "–")
    if work.is_serial:
        serial = work.in_english(work.container) or publisher
        return ", ".join(filter(None, (serial, work.volume_and_issue(), pages))), ""
    within = work.in_english(work.source.container)
    part = f" (pp. {pages})" if pages else ""
    return f"In {within}{part}" if within else "", publisher


def _in_text(work: Work, named: Sequence[Person], paragraph: int | None) -> str:
    """Return the in-text citation: ``(Li & Wang, 2022, para. 43)``."""
    names = [one.family for one in named]
    who = f"{names[0]} et al." if len(names) > 2 else " & ".join(names)  # APA 7 §8.17
    years = "–".join(dict.fromkeys(str(day[0]) for day in work.days))
    where = f"para. {paragraph}" if paragraph is not None else ""
    return f"({', '.join(filter(None, (who or f'“{work.title}”', years or 'n.d.', where)))})"


# Styles with a line for each fact, and styles with an entry for each source.
_LINES: dict[str, Callable[[Work, int | None], str]] = {"gb7714": gb7714, "apa": apa}
_FILES: dict[str, Callable[[Iterable[Entry]], Iterator[str]]] = {"bibtex": bibtex, "ris": ris, "csl-json": csl_json}
STYLES = (*_LINES, *_FILES)


def cite(
    store: Catalogue, facts: Sequence[Fact], style: str | None = None, accessed: date | None = None
) -> Iterator[str]:
    """Yield references to facts in their order.

    ``style`` is one of `STYLES`, by default GB/T 7714 for Chinese sources and APA for others; ``accessed`` is the day
    on which online sources were read, by default the one each source has (see also `without_access`).

    Raises `UnknownName` for any other style.
    """
    check_names("style", [] if style is None else [style], STYLES)
    if style in _FILES:
        yield from _FILES[style](entries(store, facts, accessed))
        return
    for fact in facts:
        source = store.sources[fact.source]
        yield f"{_LINES[style or default_style(source)](Work(source, accessed), fact.paragraph)}\n"


def without_access(
    store: Catalogue, facts: Iterable[Fact], style: str | None, accessed: date | None
) -> dict[str, list[str]]:
    """Return why sources are cited without a day of access: message, with ``{}`` for the sources → their ids."""
    found: dict[str, list[str]] = {}
    for id_ in dict.fromkeys(fact.source for fact in facts):
        source = store.sources[id_]
        work, chosen, message = Work(source, accessed), style or default_style(source), ""
        if accessed and not work.address:
            message = "--accessed is left out of {}: a day of access goes with an address, and none is known"
        elif accessed and chosen == "apa" and source.published:
            message = "--accessed is left out of {}: APA gives a day of access only where there is no date"
        elif chosen == "gb7714" and work.address and not work.day_read:
            message = "the day on which {} was read online is not known; --accessed gives it"
        if message:
            found.setdefault(message, []).append(id_)
    return found


def default_style(source: Source) -> str:
    """Return the style for a source: GB/T 7714 if it is in Chinese, otherwise APA."""
    return "gb7714" if Work(source).is_chinese else "apa"
