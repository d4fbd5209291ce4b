"""Facts → references in the styles that people paste and programs read; those of programs are in `entries`.

GB/T 7714—2025 《信息与文献 参考文献著录规则》, in force since 2026-07-01.

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

APA 7 (Publication Manual, 7th ed., 2020, §§9.3–9.38), as university guides give it.

A title that is not English is translated in brackets, ``(Ed.)`` marks an editor in the author's place, the title
comes first when nobody is named, ``n.d.`` stands for no date, and a day of access only with what is online and
undated. The paragraph belongs to the citation in the text, which is put behind the reference. APA writes Chinese in
Latin letters; nothing here transliterates, but the English form of a name is used where the store has one. Italics
are lost in plain text; the letter case of titles is left as the store has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cs_facts.citations.entries import Entry, bibtex, csl_json, entries, ris
from cs_facts.citations.works import Work, iso, people
from cs_facts.dates.edtf import MONTHS
from cs_facts.errors import UnknownName

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
    more = ["等" if work.is_chinese else "et al"] if len(names) > _MOST_NAMES else []
    return comma.join(names[:_MOST_NAMES] + more)


def _issue(work: Work, marks: _Marks, paragraph: int | None) -> str:
    """Say where and when it appeared, the place cited, the day it was read.

    A web page (§8.11) and a standard (§8.9) are cited without newspaper or publisher.
    """
    named = (work.is_serial and work.container) or work.publisher
    where = "" if work.gb_code in ("EB", "S") else work.own(named)
    number = work.volume_and_issue(marks.opening, marks.closing)
    days = () if work.gb_code == "S" else work.days  # a standard has its year in its number
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
    """Cite after APA 7: the reference, and behind it the citation as it stands in a text."""
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
    """Name everyone; of more than twenty the first nineteen and the last (§9.8)."""
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
    """Say what it stands in and who published it, a sentence each."""
    publisher = work.in_english(work.publisher)
    pages = work.pages.replace("-", "–")
    if work.is_serial:
        serial = work.in_english(work.container) or publisher
        return ", ".join(filter(None, (serial, work.volume_and_issue(), pages))), ""
    within = work.in_english(work.source.container)
    part = f" (pp. {pages})" if pages else ""
    return f"In {within}{part}" if within else "", publisher


def _in_text(work: Work, named: Sequence[Person], paragraph: int | None) -> str:
    """Make the citation that a text has: ``(Li & Wang, 2022, para. 43)``."""
    names = [one.family for one in named]
    who = f"{names[0]} et al." if len(names) > 2 else " & ".join(names)  # APA 7 §8.17
    years = "–".join(dict.fromkeys(str(day[0]) for day in work.days))
    where = f"para. {paragraph}" if paragraph is not None else ""
    return f"({', '.join(filter(None, (who or f'“{work.title}”', years or 'n.d.', where)))})"


# The styles of a line a fact, and those of an entry a source.
_LINES: dict[str, Callable[[Work, int | None], str]] = {"gb7714": gb7714, "apa": apa}
_FILES: dict[str, Callable[[Iterable[Entry]], Iterator[str]]] = {"bibtex": bibtex, "ris": ris, "csl-json": csl_json}
STYLES = (*_LINES, *_FILES)


def cite(
    store: Catalogue, facts: Sequence[Fact], style: str | None = None, accessed: date | None = None
) -> Iterator[str]:
    """Yield references to the facts of a store, each given once, in their order.

    The style is one of `STYLES`, else an `UnknownName`; None is GB/T 7714 for a Chinese source and APA for another.
    What is online was read on the day ``accessed``, see `without_access`, or else as each source says.
    """
    if style is not None and style not in STYLES:
        raise UnknownName("style", style, STYLES)
    if style in _FILES:
        yield from _FILES[style](entries(store, facts, accessed))
        return
    for fact in facts:
        source = store.sources[fact.source]
        yield f"{_LINES[style or default_style(source)](Work(source, accessed), fact.paragraph)}\n"


def without_access(
    store: Catalogue, facts: Iterable[Fact], style: str | None, accessed: date | None
) -> dict[str, list[str]]:
    """Return what to say of sources that are cited without a day of access, with ``{}`` for them, and their ids."""
    found: dict[str, list[str]] = {}
    for id_ in dict.fromkeys(fact.source for fact in facts):
        source = store.sources[id_]
        work, chosen, said = Work(source, accessed), style or default_style(source), ""
        if accessed and not work.address:
            said = "--accessed is left out of {}: a day of access goes with an address, and none is known"
        elif accessed and chosen == "apa" and source.published:
            said = "--accessed is left out of {}: APA gives a day of access only where there is no date"
        elif chosen == "gb7714" and work.address and not work.day_read:
            said = "no day is known on which {} was read online; --accessed gives one"
        if said:
            found.setdefault(said, []).append(id_)
    return found


def default_style(source: Source) -> str:
    """Name the style of the source's country: GB/T 7714 for what is in Chinese, APA otherwise."""
    return "gb7714" if Work(source).is_chinese else "apa"
