"""``facts search``."""

from __future__ import annotations

from typing import Annotated

import typer

from cs_facts.cli.app import application
from cs_facts.cli.messages import say
from cs_facts.cli.options import Selection, Shape, grouped
from cs_facts.cli.output import Output
from cs_facts.cli.stores import Stores
from cs_facts.errors import NotFound, quoted
from cs_facts.search.matcher import search

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
    query: Annotated[list[str], typer.Argument(help="Words, numbers or dates.", metavar="QUERY")],
    selection: Selection,
    shape: Shape,
    stores: Stores,
    exact: Annotated[bool, typer.Option("--exact", help="Only facts that have every word, no near matches.")] = False,
) -> None:
    """Find facts by words, in Chinese or English, by numbers and by dates, best first."""
    store = stores.open(ctx.obj)
    output = Output(ctx.obj, shape, store)
    words = " ".join(query)
    hits = search(store, words, selection.filters(store), exact=exact, limit=None if shape.sort else shape.limit)
    extra = "; the extra zh reads traditional characters and pinyin" if hits.query.lacks_extra else ""
    if not hits.facts or (not hits.full and output.is_store):
        raise NotFound(f"nothing matches {quoted(words)}{extra}")
    if not hits.full:
        read = f": {hits.remark}" if hits.remark else ""
        say(ctx.obj, f"facts: no fact matches all of {quoted(words)}; these come near{read}{extra}")
    output.write_hits(hits)
