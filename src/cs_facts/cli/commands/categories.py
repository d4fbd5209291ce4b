"""``facts categories``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from cs_facts.cli.app import application
from cs_facts.cli.options import Shape, grouped
from cs_facts.cli.output import Output
from cs_facts.cli.stores import Stores
from cs_facts.columns import column_name
from cs_facts.compare import summarise
from cs_facts.output.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cs_facts.compare import Summary
    from cs_facts.model import Catalogue
    from cs_facts.output.layout import Page

app = application()

EPILOG = """\b
Examples:
  facts categories
  facts categories --lang zh
  facts categories -f json
"""


@app.command(epilog=EPILOG)
@grouped
def list_categories(ctx: typer.Context, shape: Shape, stores: Stores) -> None:
    """List the categories: names, facts, figures, period covered, conflicts."""
    store = stores.open(ctx.obj)
    output = Output(ctx.obj, shape, store)
    everything = summarise(store, store.categories)
    summaries = everything[: output.limit(len(everything)) or None]

    def draw(page: Page) -> Iterator[str]:
        from cs_facts.output.comparison import draw_categories

        return draw_categories(page, store, summaries, output.language)

    output.write_rows(_rows(store, everything), draw)


def _rows(store: Catalogue, summaries: Sequence[Summary]) -> Rows:
    languages = list(dict.fromkeys(tag for names in store.categories.values() for tag in names))
    columns = (
        "id",
        *(column_name("name", tag) for tag in languages),
        "facts",
        "figures",
        "start",
        "end",
        "conflicts",
    )
    rows = [
        (
            summary.category,
            *(store.categories[summary.category].get(tag) for tag in languages),
            *(summary.facts, summary.figures, summary.start, summary.end, summary.conflicts),
        )
        for summary in summaries
    ]
    return Rows(columns, rows)
