"""``facts list``."""

from __future__ import annotations

from typing import Annotated

import typer

from cs_facts.cli.app import application
from cs_facts.cli.completion import complete_category
from cs_facts.cli.options import Selection, Shape, Stores, grouped
from cs_facts.cli.output import Output
from cs_facts.errors import NotFound

app = application()

EPILOG = """\b
Examples:
  facts list
  facts list talent returnee-town --lang zh
  facts list --min 10万 --sort -value
  facts list --conflicts -f json
"""


@app.command(epilog=EPILOG)
@grouped
def list_facts(
    ctx: typer.Context,
    selection: Selection,
    shape: Shape,
    stores: Stores,
    categories: Annotated[
        list[str] | None,
        typer.Argument(help="Only these categories.", metavar="CATEGORY", autocompletion=complete_category),
    ] = None,
) -> None:
    """List facts in store order."""
    store = stores.open(ctx.obj)
    output = Output(ctx.obj, shape, store)
    facts = store.select(selection.filters(categories))
    if not facts:
        raise NotFound("no fact passes these filters; facts categories shows what there is")
    output.write_facts(output.shaped(facts))
