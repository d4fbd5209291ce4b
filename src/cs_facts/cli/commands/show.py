"""``facts show``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cs_facts.cli.app import application
from cs_facts.cli.completion import complete_fact
from cs_facts.cli.options import Shape, grouped
from cs_facts.cli.output import Output
from cs_facts.cli.stores import Stores
from cs_facts.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cs_facts.output.layout import Page

app = application()

EPILOG = """\b
Examples:
  facts show party-members
  facts show party-members --lang en
  facts show party-members -f json
"""


@app.command(epilog=EPILOG)
@grouped
def show_facts(
    ctx: typer.Context,
    ids: Annotated[
        list[str],
        typer.Argument(help="Ids of facts; facts list names them.", metavar="ID", autocompletion=complete_fact),
    ],
    shape: Shape,
    stores: Stores,
) -> None:
    """Show all that is known of a fact."""
    store = stores.open(ctx.obj)
    output = Output(ctx.obj, shape, store)
    facts = output.shaped(store.facts_by_id(ids))

    def draw(page: Page) -> Iterator[str]:
        from cs_facts.output.fact_page import draw_pages

        return draw_pages(page, store, list(facts), output.language)

    if output.is_table and shape.columns:
        raise UsageError("--columns has no place in a full record; add -f csv, or see facts list --columns")
    output.write_drawn(facts, draw)
