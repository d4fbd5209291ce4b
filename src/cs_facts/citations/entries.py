"""Entries that programs read: BibTeX, RIS, CSL-JSON; one for each source, whatever number of facts cite it.

BibTeX: btxdoc (Patashnik 1988), with ``urldate`` and ``langid`` of biblatex. RIS: one field a line, CR LF after each,
``TY`` first and ``ER`` last. CSL-JSON: csl-data.json of CSL 1.0.2. None of the three has a place for paragraphs in an
entry that several facts share: they stand in ``annote``, ``N1`` and ``note``. So does the editor of a page: in a field
of its own, biblatex and the styles of CSL put an editor in the place of a missing author, as “(Ed.)”.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cs_facts.citations.works import Work, iso, one_line, people
from cs_facts.dates.edtf import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from cs_facts.citations.works import Date, Person
    from cs_facts.model import Catalogue, Fact, Text


@dataclass(frozen=True, slots=True)
class Entry:
    """A source and what is cited of it, under a key of its own."""

    key: str
    work: Work
    facts: tuple[Fact, ...]

    @property
    def note(self) -> str:
        """Say who edited a page, and which paragraphs are cited: ``Cited: paragraph 43 (party-members)``."""
        editor = self.work.own(self.work.page_editor)
        places = (f"paragraph {fact.paragraph} ({fact.id})" if fact.paragraph else fact.id for fact in self.facts)
        return (f"Edited by {editor}. " if editor else "") + f"Cited: {'; '.join(places)}"


def entries(store: Catalogue, facts: Iterable[Fact], accessed: date | None) -> list[Entry]:
    """Gather the facts under their sources, in the order of the first."""
    cited: dict[str, list[Fact]] = {}
    for fact in facts:
        cited.setdefault(fact.source, []).append(fact)
    keys = _keys(cited)
    return [Entry(keys[id_], Work(store.sources[id_], accessed), tuple(found)) for id_, found in cited.items()]


def _keys(ids: Iterable[str]) -> dict[str, str]:
    """Make a key of each id that BibTeX takes, unique whatever the case: citeproc-py folds it."""
    keys: dict[str, str] = {}
    for id_ in ids:
        base = key = re.sub(r"[^A-Za-z0-9:.]+", "-", id_).strip("-:") or "source"
        taken, number = {other.lower() for other in keys.values()}, 2
        while key.lower() in taken:
            key, number = f"{base}-{number}", number + 1
        keys[id_] = key
    return keys


# ── BibTeX ──

_ESCAPES = {
    **{char: f"\\{char}" for char in "&%$#_"},
    # \{ would be a brace to BibTeX, which counts them before TeX reads them
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
}
_TEX = str.maketrans(_ESCAPES)
_URL = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})  # the field is verbatim, braces must pair
_BIBTEX_PUBLISHERS = {"book": "publisher", "techreport": "institution", "phdthesis": "school", "article": "publisher"}
_BIBTEX_CONTAINERS = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
_BIBTEX_LANGUAGES = {"zh": "chinese", "cmn": "chinese", "en": "english"}


def bibtex(cited: Iterable[Entry]) -> Iterator[str]:
    """Yield BibTeX entries, a blank line between them."""
    for place, entry in enumerate(cited):
        fields = {name: value for name, value in _bibtex_fields(entry) if value}
        lines = "".join(f"  {name} = {value},\n" for name, value in fields.items())
        gap = "\n" if place else ""
        yield f"{gap}@{entry.work.kind.bibtex}{{{entry.key},\n{lines}}}\n"


def _bibtex_fields(entry: Entry) -> Iterator[tuple[str, str]]:
    work = entry.work
    kind = work.kind.bibtex
    days = work.days
    yield "author", _braced(_bibtex_people(work.author, work))
    yield "editor", _braced(_bibtex_people(work.editor, work))
    yield "title", _braced(_braced(_tex(work.title)))  # twice: no style is to change its case
    yield _BIBTEX_CONTAINERS.get(kind, "booktitle"), _braced(_tex(work.own(work.container)))
    inside = kind in ("incollection", "inproceedings")
    field = "publisher" if inside else _BIBTEX_PUBLISHERS.get(kind, "howpublished")
    yield field, _braced(_tex(work.own(work.publisher)))
    yield from _bibtex_date(days, is_estimated=work.is_estimated)
    yield "url", _braced(work.address.translate(_URL))
    yield "urldate", _braced(iso(work.day_read))
    yield "volume", _braced(_tex(work.volume))
    yield "number", _braced(_tex(work.issue))
    yield "pages", _braced(_tex(work.pages.replace("-", "--")))
    yield "doi", _braced(work.doi.translate(_URL))
    yield "langid", _braced(_BIBTEX_LANGUAGES.get(work.language, ""))
    yield "annote", _braced(_tex(entry.note))


def _bibtex_date(days: Sequence[Date], *, is_estimated: bool) -> Iterator[tuple[str, str]]:
    """Yield year, month and day, which biblatex reads as well: its ``date`` beside them is warned of as overwriting.

    BibTeX has no day, so no style of its own shows it, and takes any year that ends with four digits (btxdoc §3.2).
    """
    years = "--".join(dict.fromkeys(iso(day[:1]) for day in days))
    yield "year", _braced(f"about {years}" if years and is_estimated else years)
    day = days[0] if len(days) == 1 else ()
    yield "month", MONTHS[day[1] - 1][:3].lower() if len(day) > 1 else ""
    yield "day", _braced(str(day[2])) if len(day) > 2 else ""


def _braced(text: str) -> str:
    return f"{{{text}}}" if text else ""


def _tex(text: str) -> str:
    r"""Escape what TeX and BibTeX read as commands.

    >>> _tex("R&D: 50% {x}")
    'R\\&D: 50\\% \\textbraceleft{}x\\textbraceright{}'
    """
    return text.translate(_TEX)


def _bibtex_people(text: Text, work: Work) -> str:
    return " and ".join(_bibtex_name(one) for one in people(work.own(text)))


def _bibtex_name(one: Person) -> str:
    """Write a name; one that is taken whole is braced where BibTeX would take it apart."""
    if one.given:
        return f"{_tex(one.family)}, {_tex(one.given)}"
    return _braced(_tex(one.family)) if " " in one.family else _tex(one.family)


# ── RIS ──


def ris(cited: Iterable[Entry]) -> Iterator[str]:
    """Yield RIS records."""
    for entry in cited:
        fields = ((tag, value) for tag, value in _ris_fields(entry) if value)
        yield "".join(f"{tag}  - {value}\r\n" for tag, value in fields) + "ER  - \r\n"


def _ris_fields(entry: Entry) -> Iterator[tuple[str, str]]:
    work = entry.work
    days = work.days
    yield "TY", work.kind.ris
    yield "ID", entry.key
    for tag, text in (("AU", work.author), ("A2", work.editor)):
        yield from ((tag, ", ".join(filter(None, (one.family, one.given)))) for one in people(work.own(text)))
    yield "TI", work.title
    yield "TT", work.english_title
    yield "T2", work.own(work.container)
    yield "PB", work.own(work.publisher)
    yield "PY", iso(days[0][:1]) if days else ""
    yield "DA", _ris_date(days[0]) if len(days) == 1 and not work.is_estimated else ""
    yield "LA", one_line(work.source.language or work.language)
    yield "UR", work.address
    yield "Y2", _ris_date(work.day_read) if work.day_read else ""
    yield "VL", work.volume
    yield "IS", work.issue
    first, _, last = work.pages.partition("-")
    yield "SP", first
    yield "EP", last
    yield "DO", work.doi
    yield "N1", entry.note


def _ris_date(day: Date) -> str:
    """Write a date as RIS has it, each slash there: ``2022/12/18/``."""
    return iso(day, "/") + "/" * (4 - len(day))


# ── CSL-JSON ──


def csl_json(cited: Iterable[Entry]) -> Iterator[str]:
    """Yield a JSON array of CSL items."""
    items = [{name: value for name, value in _csl_fields(entry) if value} for entry in cited]
    yield json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _csl_fields(entry: Entry) -> Iterator[tuple[str, Any]]:
    work = entry.work
    yield "id", entry.key
    yield "type", work.source.type
    yield "title", work.title
    yield "author", _csl_people(work.author, work)
    yield "editor", _csl_people(work.editor, work)
    yield "container-title", work.own(work.container)
    yield "publisher", work.own(work.publisher)
    yield "issued", _csl_date(work.days, circa=work.is_estimated)
    yield "accessed", _csl_date((work.day_read,) if work.day_read else ())
    yield "volume", work.volume
    yield "issue", work.issue
    yield "page", work.pages
    yield "DOI", work.doi
    yield "URL", work.address
    yield "language", one_line(work.source.language or work.language)
    yield "note", entry.note


def _csl_people(text: Text, work: Work) -> list[dict[str, str]]:
    found = people(work.own(text))
    return [{"family": one.family, "given": one.given} if one.given else {"literal": one.family} for one in found]


def _csl_date(days: Sequence[Date], *, circa: bool = False) -> dict[str, Any] | None:
    return {"date-parts": [list(day) for day in days], **({"circa": True} if circa else {})} if days else None
