"""What a source says that a reference needs, whatever the style.

A source counts as online when it has an address: without one a reference would promise a place that it does not name.
Who edited a page of news or a post is not its author and stands in no author's place.

Names are divided by ``;`` or ``、``; a comma in a Latin name stands between family name and given name, a name without
one is taken whole, as that of a body is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cs_facts.columns import PLAIN
from cs_facts.text import has_han

if TYPE_CHECKING:
    from datetime import date

    from cs_facts.model import Period, Source, Text

# A year, a month of a year, or a day.
Date = tuple[int, ...]


class Kind(NamedTuple):
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

# CSL item type → its other names. What is Z and online becomes EB, as the CSL style of the standard has it.
KINDS = {csl: Kind(*names) for csl, *names in (line.split() for line in _TABLE.strip().splitlines()[1:])}

_ISO = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?(?:T[^?~%]*)?[?~%]?")
_ISSUED_BY_ITS_AUTHOR = ("EB", "R", "DS")  # who publishes stands for an author that is not named
_PAGES = ("article-newspaper", "article-magazine", "broadcast", "post", "post-weblog", "webpage")


class Person(NamedTuple):
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


class Work:
    """A source as references speak of it."""

    def __init__(self, source: Source, accessed: date | None = None) -> None:
        self.source, self.kind = source, KINDS[source.type]
        title = source.title
        said = source.language or next(iter(title)) or ("zh" if has_han(title[PLAIN]) else "")
        self.language = said.replace("_", "-").partition("-")[0].lower()
        self.tag = one_line(source.language or self.language)
        self.is_chinese = self.language in ("zh", "cmn")
        self.title = self.own(title)
        english = one_line(title.get("en", ""))
        self.english_title = "" if english == self.title else english  # of a source that is not in English
        numbers = (source.volume, source.issue, source.pages)
        self.volume, self.issue, self.pages = (one_line(each or "") for each in numbers)
        self.doi = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", one_line(source.doi or ""), flags=re.IGNORECASE)
        resolved = f"https://doi.org/{self.doi}" if source.doi else ""
        # its own, else that of its DOI or of a copy; a space in it as an address writes one
        self.address = one_line(source.url or resolved or source.archived or "").replace(" ", "%20")
        # GB/T 7714—2025, app. A; what is of no other type and online is a web page
        self.gb_code = "EB" if self.kind.gb == "Z" and self.address else self.kind.gb
        self.is_serial = self.gb_code in ("J", "N")
        # who may stand in an author's place is the editor of a book, not of a page
        self.editor, self.page_editor = ({}, source.editor) if source.type in _PAGES else (source.editor, {})
        named = source.author or self.editor
        # the publisher of what has no author, when such documents are their publisher's own words
        issuer = source.publisher if not named and self.gb_code in _ISSUED_BY_ITS_AUTHOR else {}
        self.author = source.author or issuer
        self.responsible = named or issuer
        # what it stands in; a newspaper or a journal may be named as its publisher, who is not named twice
        is_part = self.is_serial and source.type != "periodical"
        self.container = source.container or (source.publisher if is_part else {})
        is_named = source.publisher in ({} if source.container else self.container, issuer)
        self.publisher = {} if is_named else source.publisher
        read = accessed or (source.accessed.end if source.accessed else None)
        self.day_read: Date = (read.year, read.month, read.day) if read and self.address else ()
        # when it appeared: no date, one, or the two ends of a stretch, each as precise as it is written
        self.days = _dates(source.published)
        # whether that is marked as approximate, uncertain or incomplete
        self.is_estimated = source.published is not None and bool(re.search("[?~%X]", source.published.edtf))

    def own(self, text: Text) -> str:
        """Choose the wording in the source's own language."""
        tags = (self.source.language or "", self.language, PLAIN)
        return one_line(next((text[tag] for tag in tags if tag in text), next(iter(text.values()), "")))

    def in_english(self, text: Text) -> str:
        """Choose the English wording where there is one."""
        return one_line(text["en"]) if "en" in text else self.own(text)

    def volume_and_issue(self, opening: str = "(", closing: str = ")") -> str:
        """Write ``12(3)``; what is not there is left out."""
        return self.volume + (f"{opening}{self.issue}{closing}" if self.issue else "")


def _dates(period: Period | None) -> tuple[Date, ...]:
    """Return the dates of a period; what EDTF knows and a reference does not, a quarter or 201X, in years."""
    ends = [_ISO.fullmatch(end) for end in period.edtf.split("/") if end not in ("", "..")] if period else []
    if period is None or all(ends):
        return tuple(tuple(int(part) for part in end.groups() if part) for end in ends if end)
    years = dict.fromkeys(day.year for day in (period.start, period.end) if day)
    return tuple((year,) for year in years)


def iso(day: Date, between: str = "-") -> str:
    """Write a date as it is precise: ``2022-12``."""
    return between.join(f"{part:0{width}}" for part, width in zip(day, (4, 2, 2), strict=False))
