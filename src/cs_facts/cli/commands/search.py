"""``facts search``."""

from __future__ import annotations

from typing import Annotated

import typer

from cs_facts.cli import say
from cs_facts.cli.app import application
from cs_facts.cli.options import Selection, Shape, Stores, grouped
from cs_facts.cli.output import Output
from cs_facts.index.query import select
from cs_facts.search.search import search

app = application()

EPILOG = """\b
Examples:
  facts search 党员
  facts search mobile members
  facts search 506600
  facts search 补贴 --category talent -f csv
"""


@app.command(epilog=EPILOG)
@grouped
def search_facts(
    ctx: typer.Context,
    query: Annotated[list[str], typer.Argument(help="Words, all of which must match.", metavar="QUERY")],
    selection: Selection,
    shape: Shape,
    stores: Stores,
    exact: Annotated[
        bool, typer.Option("--exact", help="Only facts that match every word, not the closest ones.")
    ] = False,
) -> None:
    """Find facts by words, in Chinese or English, by numbers and by dates, best first."""
    store = stores.open(ctx.obj)
    output = Output(ctx.obj, shape, store)
    hits = search(select(store, selection.filters()), " ".join(query), exact=exact)
    if hits.remark:
        say(ctx.obj, f"facts: no fact matches every word; the closest: {hits.remark}")
    output.write_facts(output.shaped(hits.facts), hits.marks)
