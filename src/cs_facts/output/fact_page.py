"""All that is known of a fact, as a page one could hand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_facts.citations import cite
from cs_facts.dates.describe import describe
from cs_facts.lexicon import PLAIN
from cs_facts.output.labels import Language, bound, kind, number, paragraph, source_name
from cs_facts.output.table import render_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cs_facts.model import Catalogue, Conflict, Fact, Text
    from cs_facts.output.table import Page


def draw_records(page: Page, store: Catalogue, facts: Sequence[Fact], language: Language) -> Iterator[str]:
    """Yield a record for each fact."""
    yield from render_records(page, [_record(store, fact, language) for fact in facts])


def _record(store: Catalogue, fact: Fact, language: Language) -> list[tuple[str, str]]:
    full = language.open(store)
    lines = [("id", fact.id)]
    lines += _texts("title", fact.title, language)
    lines += _texts("text", fact.text, language)
    lines.append(("category", f"{_all(store.categories[fact.category], language)} ({fact.category})"))
    lines.append(("kind", kind(fact, full)))
    if fact.figure:
        unit = _all(store.units[fact.unit], language) if fact.unit else ""
        lines.append(("figure", fact.figure.printed))
        lines.append(("value", " ".join(filter(None, (number(fact.figure, language), unit)))))
        lines.append(("bound", bound(fact, full) if fact.figure.bound != "exact" else ""))
    if fact.when:
        lines.append(("when", fact.when.edtf))
        lines.append(("period", full.words((describe(fact.when, "en"), describe(fact.when, "zh")))))
    place = language.word((", ", "，")) + paragraph(fact.paragraph, language) if fact.paragraph else ""
    lines.append(("source", source_name(store.sources[fact.source], language) + place))
    lines.append(("tags", "; ".join(fact.tags)))
    for conflict in store.conflicts.get(fact.id, ()):
        lines += _conflict(store, conflict, language)
    lines += _texts("note", fact.note, language)
    lines.append(("cite", "".join(cite(store, [fact])).rstrip("\n")))
    return [(language.heading(name), value) for name, value in lines if value]


def _texts(name: str, text: Text, language: Language) -> list[tuple[str, str]]:
    """Give a text in every language there is, its heading saying which, or in the one asked for."""
    one = language.strict and not language.both
    chosen = {tag: words for tag, words in text.items() if _wanted(tag, language)}
    return [(f"{name}_{tag}" if tag and not one else name, words) for tag, words in chosen.items()]


def _all(text: Text, language: Language) -> str:
    return " / ".join(words for tag, words in text.items() if _wanted(tag, language)) or language.text(text)


def _wanted(tag: str, language: Language) -> bool:
    return not language.strict or language.both or tag in (language.tag, PLAIN)


def _conflict(store: Catalogue, conflict: Conflict, language: Language) -> list[tuple[str, str]]:
    other = store.by_id[conflict.other]
    printed = f": {other.figure.printed}" if other.figure else ""
    place = language.word((" ({})", "（{}）")).format(paragraph(other.paragraph, language)) if other.paragraph else ""
    lines = [("conflicts", f"{other.id}{printed}{place}, {language.text(other.title)}")]
    if conflict.note:
        lines.append(("possible", _all(conflict.note, language)))
    return lines
