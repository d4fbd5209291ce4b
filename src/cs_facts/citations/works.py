"""What references need to know about a source, whatever the style.

A source counts as online if it has an address; otherwise a reference would promise a place that it does not name. The
editor of a news page or a post never takes the place of an author.

Names are separated by ``;`` or ``、``. A comma in a Latin name separates family and given names; a name without one is
kept whole, like that of an organisation.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cs_facts.columns import PLAIN
from cs_facts.text import has_han

if TYPE_CHECKING:
    from datetime import date

    from cs_facts.model import Period, Source, Text

# A year; a year and a month; or a year, a month and a day.
Date = tuple[int, ...]


class Kind(NamedTuple):
    """The codes of a document type in GB/T 7714, BibTeX and RIS."""

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

# CSL item type → its codes. As in the CSL style of the standard, Z becomes EB for a source that is online.
KINDS = {csl: Kind(*names) for csl, *names in (line.split() for line in _TABLE.strip().splitlines()[1:])}

_ISO = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?(?:T[^?~%]*)?[?~%]?")
_ISSUED_BY_ITS_AUTHOR = ("EB", "R", "DS")  # without an author, the publisher counts as the author
_PAGES = ("article-newspaper", "article-magazine", "broadcast", "post", "post-weblog", "webpage")


class Person(NamedTuple):
    """The name of a person, or without ``given`` that of anyone else."""

    family: str
    given: str = ""

    def initials(self, dot: str) -> str:
        """Return the initials of the given names: ``J-L`` for Jean-Luc."""
        return " ".join(
            "-".join(f"{part[0].upper()}{dot}" for part in name.split("-") if part) for name in self.given.split()
        )


def people(text: str) -> tuple[Person, ...]:
    """Parse names.

    >>> people("李冰清、王明")
    (Person(family='李冰清', given=''), Person(family='王明', given=''))
    >>> people("Smith, Mary Ann; World Bank")
    (Person(family='Smith', given='Mary Ann'), Person(family='World Bank', given=''))
    """
    parts = (re.split("[,，]", part) if has_han(part) else [part] for part in re.split("[;；、]", text))
    halves = (name.partition(",") for names in parts for name in names if name.strip())
    return tuple(Person(family.strip(), given.strip()) for family, _, given in halves)


def one_line(text: str) -> str:
    """Put a value on one line, because a line end would end a field in RIS or a citation in a list."""
    return " ".join(text.split())


class Work:
    """A source prepared for references."""

    def __init__(self, source: Source, accessed: date | None = None) -> None:
        self.source, self.kind = source, KINDS[source.type]
        title = source.title
        tag = source.language or next(iter(title)) or ("zh" if has_han(title[PLAIN]) else "")
        self.language = tag.replace("_", "-").partition("-")[0].lower()
        self.tag = one_line(source.language or self.language)
        self.is_chinese = self.language in ("zh", "cmn")
        self.title = self.native(title)
        english = one_line(title.get("en", ""))
        self.english_title = "" if english == self.title else english  # empty for a source in English
        numbers = (source.volume, source.issue, source.pages)
        self.volume, self.issue, self.pages = (one_line(each or "") for each in numbers)
        self.doi = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", one_line(source.doi or ""), flags=re.IGNORECASE)
        resolved = f"https://doi.org/{self.doi}" if source.doi else ""
        # its own address, that of its DOI, or that of a copy
        self.address = one_line(source.url or resolved or source.archived or "").replace(" ", "%20")
        # GB/T 7714—2025, app. A; an online source of no other type is a web page
        self.gb_code = "EB" if self.kind.gb == "Z" and self.address else self.kind.gb
        self.is_serial = self.gb_code in ("J", "N")
        # the editor of a book may take the place of an author, the editor of a page may not
        self.editor, self.page_editor = ({}, source.editor) if source.type in _PAGES else (source.editor, {})
        named = source.author or self.editor
        # the publisher, if the source has no author and its type is usually written by its publisher
        issuer = source.publisher if not named and self.gb_code in _ISSUED_BY_ITS_AUTHOR else {}
        self.author = source.author or issuer
        self.responsible = named or issuer
        # a newspaper or journal may be given as the publisher only, and then is not named twice
        is_part = self.is_serial and source.type != "periodical"
        self.container = source.container or (source.publisher if is_part else {})
        is_named = source.publisher in ({} if source.container else self.container, issuer)
        self.publisher = {} if is_named else source.publisher
        read = accessed or (source.accessed.end if source.accessed else None)
        self.day_read: Date = (read.year, read.month, read.day) if read and self.address else ()
        # no date, one date or the two ends of a period, each with the precision it is written in
        self.days = _dates(source.published)
        # approximate, uncertain or incomplete
        self.is_estimated = source.published is not None and bool(re.search("[?~%X]", source.published.edtf))

    def native(self, text: Text) -> str:
        """Return a text in the source's own language."""
        tags = (self.source.language or "", self.language, PLAIN)
        return one_line(next((text[tag] for tag in tags if tag in text), next(iter(text.values()), "")))

    def in_english(self, text: Text) -> str:
        """Return a text in English, or else in the source's own language."""
        return one_line(text["en"]) if "en" in text else self.native(text)

    def volume_and_issue(self, opening: str = "(", closing: str = ")") -> str:
        """Return ``12(3)``, without what is missing."""
        return self.volume + (f"{opening}{self.issue}{closing}" if self.issue else "")


def _dates(period: Period | None) -> tuple[Date, ...]:
    """Return the dates of a period; quarters, 201X and the like, which references lack, become years."""
    ends = [_ISO.fullmatch(end) for end in period.edtf.split("/") if end not in ("", "..")] if period else []
    if period is None or all(ends):
        return tuple(tuple(int(part) for part in end.groups() if part) for end in ends if end)
    years = dict.fromkeys(day.year for day in (period.start, period.end) if day)
    return tuple((year,) for year in years)


def iso(day: Date, between: str = "-") -> str:
    """Format a date with its precision: ``2022-12``."""
    return between.join(f"{part:0{width}}" for part, width in zip(day, (4, 2, 2), strict=False))
