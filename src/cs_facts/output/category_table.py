"""Categories as a table for people: what each holds and the years that it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_facts.output.layout import Column, Row, Table, draw, draw_lines
from cs_facts.output.values import source_line, years

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cs_facts.compare import Summary
    from cs_facts.model import Catalogue
    from cs_facts.output.labels import Language
    from cs_facts.output.layout import Page

_COUNTS = ("facts", "figures", "contradicted")


def draw_categories(page: Page, store: Catalogue, summaries: Sequence[Summary], language: Language) -> Iterator[str]:
    """Yield the table, with the sources of the facts below it."""
    yield from draw_summaries(page, store, summaries, language, ids=True)
    yield from draw_lines(page, source_line(store, cited(store, summaries), language))


def cited(store: Catalogue, summaries: Sequence[Summary]) -> list[str]:
    """Return the sources of the facts that are summed up, in store order."""
    return [source for source in store.sources if any(source in summary.sources for summary in summaries)]


def draw_summaries(
    page: Page, store: Catalogue, summaries: Sequence[Summary], language: Language, *, ids: bool = False
) -> Iterator[str]:
    """Yield the table alone, with or without the categories' ids."""
    names = [page.cell(language.text(store.categories[summary.category]), "bold") for summary in summaries]
    counts = [
        dict(zip(_COUNTS, (summary.facts, summary.figures, summary.conflicts), strict=True)) for summary in summaries
    ]
    periods = [years(summary.start, summary.end, language) for summary in summaries]
    id_cells = [[page.cell(summary.category, "dim")] * ids for summary in summaries]
    columns = [
        Column(language.heading("category")),
        *(Column(language.heading(name), right=True, whole=True) for name in _COUNTS),
        Column(language.heading("when"), whole=True),
        *[Column(language.heading("id"), whole=True)] * ids,
    ]
    table = [
        Row([name, *(page.cell(str(count)) for count in counted.values()), page.cell(period), *id_])
        for name, counted, period, id_ in zip(names, counts, periods, id_cells, strict=True)
    ]
    in_line = [
        " · ".join(filter(None, (*(f"{language.heading(name)} {count}" for name, count in counted.items()), period)))
        for counted, period in zip(counts, periods, strict=True)
    ]
    stacked = [Row([name], [page.cell(line), *id_]) for name, line, id_ in zip(names, in_line, id_cells, strict=True)]
    yield from draw(page, Table(page, columns, table), Table(page, [Column()], stacked))
