"""APA 7 (Publication Manual, 7th ed., 2020, §§9.3–9.38), as university guides give it.

A title that is not English is translated in brackets, ``(Ed.)`` marks an editor in the author's place, the title
comes first when nobody is named, ``n.d.`` stands for no date, and a day of access only with what is online and
undated. The paragraph belongs to the citation in the text, which is put behind the reference. APA writes Chinese in
Latin letters; nothing here transliterates, but the English form of a name is used where the store has one. Italics
are lost in plain text; the letter case of titles is left as the store has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_facts.citations.works import (
    SERIAL,
    Date,
    Person,
    address,
    container_of,
    dates_of,
    day_read,
    editor_of,
    english_title,
    gb_code,
    in_english,
    is_estimated,
    own,
    people,
    publisher_of,
    responsible_for,
    volume_and_issue,
)
from cs_facts.dates.edtf import MONTHS

if TYPE_CHECKING:
    from datetime import date

    from cs_facts.model import Source

_DATED_BY_DAY = ("article-newspaper", "article-magazine", "webpage", "post", "post-weblog", "speech", "broadcast")
_ALL_NAMES = 20


def apa(source: Source, paragraph: int | None, accessed: date | None) -> str:
    """Cite after APA 7: the reference, and behind it the citation as it stands in a text."""
    names, title = _names(source), _title(source)
    when = f"({_date(source)})"
    head = (names, when, title) if names else (title, when)
    sentences = [_stopped(part) for part in (*head, _where(source)) if part]
    return " ".join(filter(None, (*sentences, _link(source, accessed), _in_text(source, paragraph))))


def _stopped(text: str) -> str:
    return text if text[-1] in ".?!。？！" else f"{text}."


def _people(source: Source) -> tuple[Person, ...]:
    return people(in_english(responsible_for(source), source))


def _names(source: Source) -> str:
    """Name everyone; of more than twenty the first nineteen and the last (§9.8)."""
    found = _people(source)
    names = [", ".join(filter(None, (one.family, one.initials(".")))) for one in found]
    if len(names) > _ALL_NAMES:
        listed = f"{', '.join(names[: _ALL_NAMES - 1])}, . . . {names[-1]}"
    else:
        listed = ", & ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    edited = bool(names) and not source.author and bool(editor_of(source))
    return f"{listed} (Ed{'s' if len(names) > 1 else ''}.)" if edited else listed


def _date(source: Source) -> str:
    days = [day if source.type in _DATED_BY_DAY else day[:1] for day in dates_of(source)]
    text = "–".join(dict.fromkeys(map(_day, days)))
    return f"ca. {text}" if text and is_estimated(source) else text or "n.d."


def _day(day: Date) -> str:
    month = f", {MONTHS[day[1] - 1]}" if len(day) > 1 else ""
    return f"{day[0]}{month}" + (f" {day[2]}" if len(day) > 2 else "")


def _title(source: Source) -> str:
    translation = english_title(source)
    return own(source.title, source) + (f" [{translation}]" if translation else "")


def _where(source: Source) -> str:
    publisher = in_english(publisher_of(source), source)
    if gb_code(source) in SERIAL:
        serial = in_english(container_of(source), source) or publisher
        return ", ".join(filter(None, (serial, volume_and_issue(source), _pages(source))))
    within = in_english(source.container, source)
    pages = f" (pp. {_pages(source)})" if source.pages and within else ""
    return " ".join(filter(None, (f"In {_stopped(within + pages)}" if within else "", publisher)))


def _pages(source: Source) -> str:
    return (source.pages or "").replace("-", "–")


def _link(source: Source, accessed: date | None) -> str:
    read = day_read(source, accessed)
    if read and not source.published:
        return f"Retrieved {MONTHS[read.month - 1]} {read.day}, {read.year}, from {address(source)}"
    return address(source)


def _in_text(source: Source, paragraph: int | None) -> str:
    """Make the citation that a text has: ``(Li & Wang, 2022, para. 43)``."""
    names = [one.family for one in _people(source)]
    who = f"{names[0]} et al." if len(names) > 2 else " & ".join(names)  # APA 7 §8.17
    years = "–".join(dict.fromkeys(str(day[0]) for day in dates_of(source)))
    where = f"para. {paragraph}" if paragraph is not None else ""
    return f"({', '.join(filter(None, (who or f'“{own(source.title, source)}”', years or 'n.d.', where)))})"
