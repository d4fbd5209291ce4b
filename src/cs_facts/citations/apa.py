"""APA 7 (Publication Manual, 7th ed., 2020, §§9.3–9.38), as university guides give it.

A title that is not English is translated in brackets, ``(Ed.)`` marks an editor in the author's place, the title
comes first when nobody is named, ``n.d.`` stands for no date, and a day of access only with what is online and
undated. The paragraph belongs to the citation in the text, which is put behind the reference. APA writes Chinese in
Latin letters; nothing here transliterates, but the English form of a name is used where the store has one. Italics
are lost in plain text; the letter case of titles is left as the store has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_facts.citations.works import people
from cs_facts.dates.edtf import MONTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cs_facts.citations.works import Date, Person, Work

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
