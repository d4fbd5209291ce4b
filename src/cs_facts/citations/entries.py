"""Entries that programs read: BibTeX, RIS, CSL-JSON; one for each source, whatever number of facts cite it.

BibTeX: btxdoc (Patashnik 1988), with ``date``, ``urldate`` and ``langid`` of biblatex beside ``year`` and ``month``.
RIS: one field a line, CR LF after each, ``TY`` first and ``ER`` last. CSL-JSON: csl-data.json of CSL 1.0.2. None of the
three has a place for paragraphs in an entry that several facts share: they stand in ``annote``, ``N1`` and ``note``.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cs_facts.citations.works import (
    KINDS,
    Date,
    Person,
    address,
    container_of,
    dates_of,
    day_of,
    day_read,
    doi_of,
    english_title,
    is_estimated,
    iso,
    issuer_of,
    language_of,
    one_line,
    own,
    people,
    publisher_of,
)
from cs_facts.dates.edtf import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from cs_facts.model import Catalogue, Fact, Source, Text


@dataclass(frozen=True, slots=True)
class Entry:
    """A source and what is cited of it, under a key of its own."""

    key: str
    source: Source
    facts: tuple[Fact, ...]

    @property
    def cited(self) -> str:
        """Say which paragraphs are cited: ``Cited: paragraph 43 (party-members)``."""
        places = (f"paragraph {fact.paragraph} ({fact.id})" if fact.paragraph else fact.id for fact in self.facts)
        return f"Cited: {'; '.join(places)}"


def entries(store: Catalogue, facts: Iterable[Fact]) -> list[Entry]:
    """Gather the facts under their sources, in the order of the first."""
    cited: dict[str, list[Fact]] = {}
    for fact in facts:
        cited.setdefault(fact.source, []).append(fact)
    keys = _keys(cited)
    return [Entry(keys[id_], store.sources[id_], tuple(found)) for id_, found in cited.items()]


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


def bibtex(cited: Iterable[Entry], accessed: date | None) -> Iterator[str]:
    """Yield BibTeX entries, a blank line between them."""
    for place, entry in enumerate(cited):
        fields = {name: value for name, value in _bibtex_fields(entry, accessed) if value}
        lines = "".join(f"  {name} = {value},\n" for name, value in fields.items())
        gap = "\n" if place else ""
        yield f"{gap}@{KINDS[entry.source.type].bibtex}{{{entry.key},\n{lines}}}\n"


def _bibtex_fields(entry: Entry, accessed: date | None) -> Iterator[tuple[str, str]]:
    source = entry.source
    kind = KINDS[source.type].bibtex
    days = dates_of(source)
    yield "author", _braced(_bibtex_people(source.author or issuer_of(source), source))
    yield "editor", _braced(_bibtex_people(source.editor, source))
    yield "title", _braced(_braced(_tex(own(source.title, source))))  # twice: no style is to change its case
    yield _BIBTEX_CONTAINERS.get(kind, "booktitle"), _braced(_tex(own(container_of(source), source)))
    inside = kind in ("incollection", "inproceedings")
    field = "publisher" if inside else _BIBTEX_PUBLISHERS.get(kind, "howpublished")
    yield field, _braced(_tex(own(publisher_of(source), source)))
    yield "year", _braced("--".join(dict.fromkeys(iso(day[:1]) for day in days)))
    yield "month", MONTHS[days[0][1] - 1][:3].lower() if len(days) == 1 and len(days[0]) > 1 else ""
    yield "date", _braced("/".join(map(iso, days)) + ("~" if days and is_estimated(source) else ""))
    yield "url", _braced(address(source).translate(_URL))
    yield "urldate", _braced(str(day_read(source, accessed) or ""))
    yield "volume", _braced(_tex(one_line(source.volume or "")))
    yield "number", _braced(_tex(one_line(source.issue or "")))
    yield "pages", _braced(_tex((source.pages or "").replace("-", "--")))
    yield "doi", _braced(doi_of(source).translate(_URL))
    yield "langid", _braced(_BIBTEX_LANGUAGES.get(language_of(source), ""))
    yield "annote", _braced(_tex(entry.cited))


def _braced(text: str) -> str:
    return f"{{{text}}}" if text else ""


def _tex(text: str) -> str:
    r"""Escape what TeX and BibTeX read as commands.

    >>> _tex("R&D: 50% {x}")
    'R\\&D: 50\\% \\textbraceleft{}x\\textbraceright{}'
    """
    return text.translate(_TEX)


def _bibtex_people(text: Text, source: Source) -> str:
    return " and ".join(_bibtex_name(one) for one in people(own(text, source)))


def _bibtex_name(one: Person) -> str:
    """Write a name; one that is taken whole is braced where BibTeX would take it apart."""
    if one.given:
        return f"{_tex(one.family)}, {_tex(one.given)}"
    return _braced(_tex(one.family)) if " " in one.family else _tex(one.family)


# ── RIS ──


def ris(cited: Iterable[Entry], accessed: date | None) -> Iterator[str]:
    """Yield RIS records."""
    for entry in cited:
        fields = ((tag, value) for tag, value in _ris_fields(entry, accessed) if value)
        yield "".join(f"{tag}  - {value}\r\n" for tag, value in fields) + "ER  - \r\n"


def _ris_fields(entry: Entry, accessed: date | None) -> Iterator[tuple[str, str]]:
    source = entry.source
    days = dates_of(source)
    yield "TY", KINDS[source.type].ris
    yield "ID", entry.key
    for tag, text in (("AU", source.author or issuer_of(source)), ("A2", source.editor)):
        yield from ((tag, ", ".join(filter(None, (one.family, one.given)))) for one in people(own(text, source)))
    yield "TI", own(source.title, source)
    yield "TT", english_title(source)
    yield "T2", own(container_of(source), source)
    yield "PB", own(publisher_of(source), source)
    yield "PY", iso(days[0][:1]) if days else ""
    yield "DA", _ris_date(days[0]) if len(days) == 1 and not is_estimated(source) else ""
    yield "LA", one_line(source.language or language_of(source))
    yield "UR", address(source)
    read = day_read(source, accessed)
    yield "Y2", _ris_date(day_of(read)) if read else ""
    yield "VL", one_line(source.volume or "")
    yield "IS", one_line(source.issue or "")
    first, _, last = one_line(source.pages or "").partition("-")
    yield "SP", first
    yield "EP", last
    yield "DO", doi_of(source)
    yield "N1", entry.cited


def _ris_date(day: Date) -> str:
    """Write a date as RIS has it, each slash there: ``2022/12/18/``."""
    return iso(day, "/") + "/" * (4 - len(day))


# ── CSL-JSON ──


def csl_json(cited: Iterable[Entry], accessed: date | None) -> Iterator[str]:
    """Yield a JSON array of CSL items."""
    items = [{name: value for name, value in _csl_fields(entry, accessed) if value} for entry in cited]
    yield json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _csl_fields(entry: Entry, accessed: date | None) -> Iterator[tuple[str, Any]]:
    source = entry.source
    yield "id", entry.key
    yield "type", source.type
    yield "title", own(source.title, source)
    yield "author", _csl_people(source.author or issuer_of(source), source)
    yield "editor", _csl_people(source.editor, source)
    yield "container-title", own(container_of(source), source)
    yield "publisher", own(publisher_of(source), source)
    yield "issued", _csl_date(dates_of(source), circa=is_estimated(source))
    read = day_read(source, accessed)
    yield "accessed", _csl_date((day_of(read),)) if read else None
    yield "volume", one_line(source.volume or "")
    yield "issue", one_line(source.issue or "")
    yield "page", one_line(source.pages or "")
    yield "DOI", doi_of(source)
    yield "URL", address(source)
    yield "language", one_line(source.language or language_of(source))
    yield "note", entry.cited


def _csl_people(text: Text, source: Source) -> list[dict[str, str]]:
    found = people(own(text, source))
    return [{"family": one.family, "given": one.given} if one.given else {"literal": one.family} for one in found]


def _csl_date(days: Sequence[Date], *, circa: bool = False) -> dict[str, Any] | None:
    return {"date-parts": [list(day) for day in days], **({"circa": True} if circa else {})} if days else None
