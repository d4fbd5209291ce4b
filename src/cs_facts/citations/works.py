"""What a source says that a reference needs, whatever the style.

A source counts as online when it has an address: without one a reference would promise a place that it does not name.
Who edited a page of news or a post is not its author and stands in no author's place.

Names are divided by ``;`` or ``、``; a comma in a Latin name stands between family name and given name, a name without
one is taken whole, as that of a body is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_facts.columns import PLAIN
from cs_facts.text import has_han

if TYPE_CHECKING:
    from datetime import date

    from cs_facts.model import Source, Text

# A year, a month of a year, or a day.
Date = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a type of document is called: in GB/T 7714, in BibTeX, in RIS."""

    gb: str
    bibtex: str
    ris: str


_TABLE = """
    CSL 1.0.2               GB  BibTeX         RIS
    article                 PP  misc           UNPB
    article-journal         J   article        JOUR
    article-magazine        J   article        MGZN
    article-newspaper       N   article        NEWS
    bill                    Z   misc           BILL
    book                    M   book           BOOK
    broadcast               Z   misc           MPCT
    chapter                 M   incollection   CHAP
    classic                 M   book           CLSWK
    collection              A   misc           GEN
    dataset                 DS  misc           DATA
    document                Z   misc           GEN
    entry                   Z   misc           GEN
    entry-dictionary        M   incollection   DICT
    entry-encyclopedia      M   incollection   ENCYC
    event                   Z   misc           GEN
    figure                  Z   misc           FIGURE
    graphic                 Z   misc           ART
    hearing                 Z   misc           HEAR
    interview               Z   misc           PCOMM
    legal_case              Z   misc           CASE
    legislation             Z   misc           STAT
    manuscript              A   unpublished    MANSCPT
    map                     CM  misc           MAP
    motion_picture          Z   misc           MPCT
    musical_score           Z   misc           MUSIC
    pamphlet                Z   booklet        PAMP
    paper-conference        C   inproceedings  CPAPER
    patent                  P   misc           PAT
    performance             Z   misc           GEN
    periodical              J   misc           JFULL
    personal_communication  A   misc           PCOMM
    post                    EB  misc           ICOMM
    post-weblog             EB  misc           BLOG
    regulation              Z   misc           LEGAL
    report                  R   techreport     RPRT
    review                  J   article        JOUR
    review-book             J   article        JOUR
    software                CP  misc           COMP
    song                    Z   misc           SOUND
    speech                  Z   misc           SLIDE
    standard                S   misc           STAND
    thesis                  D   phdthesis      THES
    treaty                  Z   misc           LEGAL
    webpage                 EB  misc           ELEC
"""

KINDS = {csl: Kind(*names) for csl, *names in (line.split() for line in _TABLE.strip().splitlines()[1:])}
"""CSL item type → its other names. What is Z and online becomes EB, as the CSL style of the standard has it."""

SERIAL = ("J", "N")
CHINESE = ("zh", "cmn")
_ISO = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?(?:T[^?~%]*)?[?~%]?")
_ISSUED_BY_ITS_AUTHOR = ("EB", "R", "DS")  # who publishes stands for an author that is not named
_PAGES = ("article-newspaper", "article-magazine", "broadcast", "post", "post-weblog", "webpage")


@dataclass(frozen=True, slots=True)
class Person:
    """A name; without ``given`` it is taken whole."""

    family: str
    given: str = ""

    def initials(self, dot: str) -> str:
        """Cut the given names to their first letters: ``J-L`` of Jean-Luc."""
        return " ".join(
            "-".join(f"{part[0].upper()}{dot}" for part in name.split("-") if part) for name in self.given.split()
        )


def people(text: str) -> tuple[Person, ...]:
    """Read the names of a text.

    >>> people("李冰清、王明")
    (Person(family='李冰清', given=''), Person(family='王明', given=''))
    >>> people("Smith, Mary Ann; World Bank")
    (Person(family='Smith', given='Mary Ann'), Person(family='World Bank', given=''))
    """
    parts = (re.split("[,，]", part) if has_han(part) else [part] for part in re.split("[;；、]", text))
    halves = (name.partition(",") for names in parts for name in names if name.strip())
    return tuple(Person(family.strip(), given.strip()) for family, _, given in halves)


def one_line(text: str) -> str:
    """Keep a value on one line: a newline would end a field of RIS and a citation of a list."""
    return " ".join(text.split())


def language_of(source: Source) -> str:
    """Tell the source's language; where it is not said, the one in which its title comes first."""
    said = source.language or next(iter(source.title)) or ("zh" if has_han(source.title[PLAIN]) else "")
    return said.replace("_", "-").partition("-")[0].lower()


def own(text: Text, source: Source) -> str:
    """Choose the wording in the source's own language."""
    tags = (source.language or "", language_of(source), PLAIN)
    return one_line(next((text[tag] for tag in tags if tag in text), next(iter(text.values()), "")))


def in_english(text: Text, source: Source) -> str:
    """Choose the English wording where there is one."""
    return one_line(text["en"]) if "en" in text else own(text, source)


def address(source: Source) -> str:
    """Return its address, else that of its DOI or of a copy; a space in it as an address writes one."""
    found = source.url or (f"https://doi.org/{doi_of(source)}" if source.doi else "") or source.archived or ""
    return one_line(found).replace(" ", "%20")


def doi_of(source: Source) -> str:
    """Return its DOI without the address that resolves it."""
    return re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", one_line(source.doi or ""), flags=re.IGNORECASE)


def english_title(source: Source) -> str:
    """Return the English title of a source that is not in English."""
    english = one_line(source.title.get("en", ""))
    return "" if english == own(source.title, source) else english


def is_online(source: Source) -> bool:
    """Tell whether it has an address."""
    return bool(address(source))


def gb_code(source: Source) -> str:
    """Return the letters of GB/T 7714—2025, app. A; what is of no other type and online is a web page."""
    code = KINDS[source.type].gb
    return "EB" if code == "Z" and is_online(source) else code


def container_of(source: Source) -> Text:
    """Return what the source stands in; a newspaper or a journal may be named as its publisher."""
    part = KINDS[source.type].gb in SERIAL and source.type != "periodical"
    return source.container or (source.publisher if part else {})


def publisher_of(source: Source) -> Text:
    """Return the publisher, unless it is named already: as container, or in an author's place."""
    named = container_of(source) if source.container == {} else {}
    return {} if source.publisher in (named, issuer_of(source)) else source.publisher


def issuer_of(source: Source) -> Text:
    """Return the publisher of what has no author, when such documents are their publisher's own words."""
    named = source.author or editor_of(source)
    stands_in = not named and gb_code(source) in _ISSUED_BY_ITS_AUTHOR
    return source.publisher if stands_in else {}


def responsible_for(source: Source) -> Text:
    """Return who answers for it: author, else editor, else issuer."""
    return source.author or editor_of(source) or issuer_of(source)


def editor_of(source: Source) -> Text:
    """Return the editor where one may stand in an author's place: of a book, not of a page."""
    return {} if source.type in _PAGES else source.editor


def day_read(source: Source, accessed: date | None) -> date | None:
    """Return the day on which it was read, as asked for or as its store says; None for what has no address."""
    said = source.accessed.end if source.accessed else None
    return (accessed or said) if is_online(source) else None


def dates_of(source: Source) -> tuple[Date, ...]:
    """Return no date, one, or the two ends of a stretch, each as precise as it is written.

    What EDTF knows and a reference does not, a quarter or 201X, is given in years.
    """
    period = source.published
    if period is None:
        return ()
    ends = [_ISO.fullmatch(end) for end in period.edtf.split("/") if end not in ("", "..")]
    if all(ends):
        return tuple(tuple(int(part) for part in end.groups() if part) for end in ends if end)
    years = dict.fromkeys(day.year for day in (period.start, period.end) if day)
    return tuple((year,) for year in years)


def volume_and_issue(source: Source, opening: str = "(", closing: str = ")") -> str:
    """Write ``12(3)``; what is not there is left out."""
    issue = f"{opening}{one_line(source.issue)}{closing}" if source.issue else ""
    return one_line(source.volume or "") + issue


def is_estimated(source: Source) -> bool:
    """Tell whether its date is marked as approximate, uncertain or incomplete."""
    return source.published is not None and bool(re.search("[?~%X]", source.published.edtf))


def iso(day: Date, between: str = "-") -> str:
    """Write a date as it is precise: ``2022-12``."""
    return between.join(f"{part:0{width}}" for part, width in zip(day, (4, 2, 2), strict=False))


def day_of(accessed: date) -> Date:
    """Take a day apart."""
    return accessed.year, accessed.month, accessed.day
