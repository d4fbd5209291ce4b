"""All that is known of a fact, as a page that one could hand on, and in two lines to paste."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cs_facts.citations import cite
from cs_facts.numbers.characters import NUMERALS
from cs_facts.output.labels import DRAFT
from cs_facts.output.layout import Column, Row, Table, as_records, draw
from cs_facts.output.values import number, of_fact, paragraph, period, source_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cs_facts.model import Catalogue, Conflict, Fact, Text
    from cs_facts.output.labels import Language
    from cs_facts.output.layout import Page

# The counter that a Chinese wording ends with: 名 of 50.66万名.
_NUMERAL = f"0-9{NUMERALS}余多几"
_COUNTER = re.compile(f"[{_NUMERAL}]((?:(?![{_NUMERAL}])[\u4e00-\u9fff])+?)(?:以上|以下|以内|左右|上下)?$")


def draw_pages(page: Page, store: Catalogue, facts: Sequence[Fact], language: Language) -> Iterator[str]:
    """Yield a page for each fact, set apart by a rule in a terminal and by an empty line elsewhere."""
    for place, fact in enumerate(facts):
        if place:
            yield "\n" if page.width is None else f"\n{('-' if page.ascii or page.wide else '─') * page.columns}\n\n"
        yield from _draw_page(page, store, fact, language)


def _draw_page(page: Page, store: Catalogue, fact: Fact, language: Language) -> Iterator[str]:
    claims = [page.cell(text, "bold") for text in language.texts(fact.text)]
    if fact.figure:
        claims += [page.cell(""), page.cell(f"    {_figure(store, fact, language)}", "bold")]
    yield from draw(page, Table(page, [Column()], [Row([cell]) for cell in claims]))
    yield "\n"
    record = [(heading, page.cell(value)) for heading, value in _evidence(store, fact, language) if value]
    record.append(("", page.cell("")))
    record += [(heading, page.cell(value, "dim")) for heading, value in _about(store, fact, language) if value]
    yield from draw(page, *as_records(page, [record]))


def _figure(store: Catalogue, fact: Fact, language: Language) -> str:
    """Write a figure as printed and, where that says more, as a number with its unit, in Chinese with its counter."""
    assert fact.figure is not None
    unit = language.text(store.units[fact.unit]) if fact.unit else ""
    value = number(fact.figure, language)
    is_counted = fact.figure.form not in ("rank", "share", "change", "multiple")
    counter = _COUNTER.search(fact.figure.printed)
    counted = language.word((f"{value} {unit}", f"{value}{counter[1] if counter else unit}"))
    said = counted if value and unit and is_counted else value
    return "  ·  ".join(dict.fromkeys(filter(None, (fact.figure.printed, said))))


def _evidence(store: Catalogue, fact: Fact, language: Language) -> Iterator[tuple[str, str]]:
    """Yield what the claim rests on, and what speaks against it."""
    source = store.sources[fact.source]
    place = f"{language.word((', ', '，'))}{paragraph(fact.paragraph, language)}" if fact.paragraph else ""
    if fact.quote:
        yield language.heading("quote"), f"“{fact.quote}”"
    yield language.heading("source"), f"{source_name(source, language)}{place}"
    yield language.heading("url"), source.url or ""
    yield language.heading("archived"), source.archived or ""
    yield language.heading("when"), period(fact.when, language)
    for conflict in store.conflicts.get(fact.id, ()):
        yield from _conflict(store, fact, conflict, language)
    yield from _texts("note", fact.note, language)
    yield language.heading("cite"), "".join(cite(store, [fact])).rstrip("\n")


def _conflict(store: Catalogue, fact: Fact, conflict: Conflict, language: Language) -> Iterator[tuple[str, str]]:
    """Yield both sides' figures, what the other side says, and what may explain it."""
    other = store.by_id[conflict.other]
    sides = [_side(fact, language), _side(other, language)]
    yield language.heading("conflicts"), "  ≠  ".join(sides) + language.word(("  ({})", "（{}）")).format(other.id)
    for text in language.texts(other.text):
        yield "", text
    yield from _texts("explanation", conflict.note, language)


def _texts(name: str, text: Text, language: Language) -> Iterator[tuple[str, str]]:
    """Yield a text in each language that is shown, the heading beside the first."""
    for place, words in enumerate(language.texts(text)):
        yield "" if place else language.heading(name), words


def _side(fact: Fact, language: Language) -> str:
    printed = fact.figure.printed if fact.figure else language.text(fact.title)
    place = language.word((" ({})", "（{}）")).format(paragraph(fact.paragraph, language)) if fact.paragraph else ""
    return f"{printed}{place}"


def _about(store: Catalogue, fact: Fact, language: Language) -> Iterator[tuple[str, str]]:
    """Yield what the store says of the fact: names, and what it is found by."""
    draft = f" {language.word(DRAFT)}" if fact.draft else ""
    yield language.heading("title"), f"{language.text(fact.title)}{draft}"
    category = (of_fact(store, fact, name, language) for name in ("category", "kind"))
    yield language.heading("category"), " · ".join(filter(None, category))
    yield language.heading("id"), fact.id
    yield language.heading("tags"), "; ".join(fact.tags)


def render(facts: Iterable[Fact], store: Catalogue, language: Language) -> Iterator[str]:
    """Yield for each fact its sentence, in each language that is shown, and its citation; an empty line between two."""
    for place, fact in enumerate(facts):
        lines = [" ".join(text.split("\n")) for text in language.texts(fact.text)]
        yield "".join(["\n" * bool(place), *(f"{line}\n" for line in lines), *cite(store, [fact])])
