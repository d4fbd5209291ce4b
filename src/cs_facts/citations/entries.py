"""Entries for programs in BibTeX, RIS and CSL-JSON, one for each source.

BibTeX follows btxdoc (Patashnik 1988), with ``urldate`` and ``langid`` of biblatex. RIS has one field per line, ending
in CR LF, ``TY`` first and ``ER`` last. CSL-JSON follows csl-data.json of CSL 1.0.2. None of them has a field for the
paragraphs of several facts, so these go into ``annote``, ``N1`` and ``note``. So does the editor of a page: in a field
of its own, biblatex and CSL styles would print it in place of a missing author, as “(Ed.)”.
"""

from __future__ import annotations

import json
import re
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from cs_facts.citations.works import Work, iso, people
from cs_facts.dates.edtf import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from cs_facts.citations.works import Date, Person
    from cs_facts.model import Catalogue, Fact


class Entry(NamedTuple):
    """A source under its key, with the facts that cite it."""

    key: str
    work: Work
    facts: tuple[Fact, ...]

    @property
    def note(self) -> str:
        """The editor of a page and the paragraphs cited: ``Cited: paragraph 43 (party-members)``."""
        editor = self.work.native(self.work.page_editor)
        places = (f"paragraph {fact.paragraph} ({fact.id})" if fact.paragraph else fact.id for fact in self.facts)
        return (f"Edited by {editor}. " if editor else "") + f"Cited: {'; '.join(places)}"


def entries(store: Catalogue, facts: Iterable[Fact], accessed: date | None) -> Iterator[Entry]:
    """Group facts by source, in the order in which the sources first appear."""
    cited: dict[str, list[Fact]] = {}
    for fact in facts:
        cited.setdefault(fact.source, []).append(fact)
    taken = set[str]()
    for id_, found in cited.items():
        # a valid key in BibTeX, and unique regardless of case, which citeproc-py ignores
        base = re.sub(r"[^A-Za-z0-9:.]+", "-", id_).strip("-:") or "source"
        numbered = (f"{base}-{number}" if number > 1 else base for number in count(1))
        key = next(key for key in numbered if key.lower() not in taken)
        taken.add(key.lower())
        yield Entry(key, Work(store.sources[id_], accessed), tuple(found))


_ESCAPES = {char: f"\\{char}" for char in "&%$#_"} | {
    # not \{, because BibTeX counts braces even after a backslash
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
}
_TEX = str.maketrans(_ESCAPES)
_URL = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})  # the field is verbatim, but braces must balance
_BIBTEX_PUBLISHERS = {"techreport": "institution", "phdthesis": "school"} | dict.fromkeys(
    ("book", "article", "incollection", "inproceedings"), "publisher"
)
_BIBTEX_LANGUAGES = {"zh": "chinese", "cmn": "chinese", "en": "english"}


def bibtex(cited: Iterable[Entry]) -> Iterator[str]:
    """Yield BibTeX entries, a blank line between them."""
    for place, entry in enumerate(cited):
        if place:
            yield "\n"
        yield f"@{entry.work.kind.bibtex}{{{entry.key},\n"
        for name, value in _bibtex_fields(entry).items():
            if value:
                yield f"  {name} = {value},\n" if name == "month" else f"  {name} = {{{value}}},\n"
        yield "}\n"


def _bibtex_fields(entry: Entry) -> dict[str, str]:
    """Return the fields of an entry.

    The date is in ``year``, ``month`` and ``day``, which biblatex reads too; with ``date`` beside them it would warn.
    Styles of BibTeX ignore the day. A year is valid if it ends with four digits (btxdoc §3.2).
    """
    work, kind = entry.work, entry.work.kind.bibtex
    years = "--".join(dict.fromkeys(iso(day[:1]) for day in work.days))
    day = work.days[0] if len(work.days) == 1 else ()
    return {
        "author": " and ".join(map(_bibtex_name, people(work.native(work.author)))),
        "editor": " and ".join(map(_bibtex_name, people(work.native(work.editor)))),
        "title": f"{{{work.title.translate(_TEX)}}}",  # in braces, so that styles leave its case alone
        "journal" if kind == "article" else "booktitle": work.native(work.container).translate(_TEX),
        _BIBTEX_PUBLISHERS.get(kind, "howpublished"): work.native(work.publisher).translate(_TEX),
        "year": f"about {years}" if years and work.is_estimated else years,
        "month": MONTHS[day[1] - 1][:3].lower() if len(day) > 1 else "",
        "day": str(day[2]) if len(day) > 2 else "",
        "url": work.address.translate(_URL),
        "urldate": iso(work.day_read),
        "volume": work.volume.translate(_TEX),
        "number": work.issue.translate(_TEX),
        "pages": work.pages.replace("-", "--").translate(_TEX),
        "doi": work.doi.translate(_URL),
        "langid": _BIBTEX_LANGUAGES.get(work.language, ""),
        "annote": entry.note.translate(_TEX),
    }


def _bibtex_name(one: Person) -> str:
    """Format a name, in braces if BibTeX would wrongly split it."""
    family = one.family.translate(_TEX)
    if one.given:
        return f"{family}, {one.given.translate(_TEX)}"
    return f"{{{family}}}" if " " in family else family


def ris(cited: Iterable[Entry]) -> Iterator[str]:
    """Yield RIS records."""
    for entry in cited:
        fields = ((tag, value) for tag, value in _ris_fields(entry) if value)
        yield "".join(f"{tag}  - {value}\r\n" for tag, value in fields) + "ER  - \r\n"


def _ris_fields(entry: Entry) -> Iterator[tuple[str, str]]:
    work = entry.work
    days = work.days
    first, _, last = work.pages.partition("-")
    yield from (("TY", work.kind.ris), ("ID", entry.key))
    for tag, text in (("AU", work.author), ("A2", work.editor)):
        yield from ((tag, ", ".join(filter(None, (one.family, one.given)))) for one in people(work.native(text)))
    yield from (("TI", work.title), ("TT", work.english_title))
    yield from (("T2", work.native(work.container)), ("PB", work.native(work.publisher)))
    yield "PY", iso(days[0][:1]) if days else ""
    yield "DA", _ris_date(days[0]) if len(days) == 1 and not work.is_estimated else ""
    yield from (("LA", work.tag), ("UR", work.address), ("Y2", _ris_date(work.day_read) if work.day_read else ""))
    yield from (("VL", work.volume), ("IS", work.issue), ("SP", first), ("EP", last), ("DO", work.doi))
    yield "N1", entry.note


def _ris_date(day: Date) -> str:
    """Format a date for RIS, which requires every slash: ``2022/12/18/``."""
    return iso(day, "/") + "/" * (4 - len(day))


def csl_json(cited: Iterable[Entry]) -> Iterator[str]:
    """Yield a JSON array of CSL items."""
    items = [{name: value for name, value in _csl_fields(entry).items() if value} for entry in cited]
    yield json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _csl_fields(entry: Entry) -> dict[str, Any]:
    work = entry.work
    author, editor = (
        [{"family": one.family, "given": one.given} if one.given else {"literal": one.family} for one in named]
        for named in (people(work.native(work.author)), people(work.native(work.editor)))
    )
    circa = {"circa": True} if work.is_estimated else {}
    return {
        "id": entry.key,
        "type": work.source.type,
        "title": work.title,
        "author": author,
        "editor": editor,
        "container-title": work.native(work.container),
        "publisher": work.native(work.publisher),
        "issued": {"date-parts": [list(day) for day in work.days], **circa} if work.days else None,
        "accessed": {"date-parts": [list(work.day_read)]} if work.day_read else None,
        "volume": work.volume,
        "issue": work.issue,
        "page": work.pages,
        "DOI": work.doi,
        "URL": work.address,
        "language": work.tag,
        "note": entry.note,
    }
