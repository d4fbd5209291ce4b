"""``facts search``."""

from __future__ import annotations

from typing import Annotated

import typer

from cs_facts.cli.app import application
from cs_facts.cli.options import Selection, Shape, Stores, grouped
from cs_facts.cli.output import Output
from cs_facts.query import search, select

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
) -> None:
    """Find facts by words, in Chinese or English, by numbers and by dates, best first."""
    store = stores.open(ctx.obj)
    output = Output(ctx.obj, shape, store)
    hits = search(store, select(store, selection.filters()), " ".join(query))
    matched = {hit.fact.id: hit.language for hit in hits if hit.language}
    output.write_facts(output.limited(output.sorted([hit.fact for hit in hits])), matched)
