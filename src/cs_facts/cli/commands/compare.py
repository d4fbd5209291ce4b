"""``facts compare``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cs_facts.cli.app import application
from cs_facts.cli.completion import complete_category, complete_grouping
from cs_facts.cli.options import Selection, Shape, grouped
from cs_facts.cli.output import Output
from cs_facts.cli.stores import Stores
from cs_facts.columns import fact_columns
from cs_facts.compare import GROUPS, compare
from cs_facts.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cs_facts.output.layout import Page

app = application()

_TIDY = ("category", "unit", "id", "title", "figure", "value", "bound", "start", "end", "when", "conflicts")
"""The columns of figures as tidy data: one row a figure, one column a variable (Wickham 2014)."""

EPILOG = """\b
Examples:
  facts compare talent returnee-town
  facts compare --unit person --by period
  facts compare organizations new-employment -f csv
"""


@app.command(epilog=EPILOG)
@grouped
def compare_categories(
    ctx: typer.Context,
    selection: Selection,
    shape: Shape,
    stores: Stores,
    categories: Annotated[
        list[str] | None,
        typer.Argument(
            help="Two categories or more; none named is all.", metavar="CATEGORY", autocompletion=complete_category
        ),
    ] = None,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            help="Divide the figures of a unit by kind, period or tag too.",
            metavar="WHAT",
            autocompletion=complete_grouping,
        ),
    ] = "unit",
    everything: Annotated[
        bool, typer.Option("--all", help="Name the figures that stand on no common scale too.")
    ] = False,
) -> None:
    """Set categories side by side: a summary, then their figures by shared unit."""
    store = stores.open(ctx.obj)
    output = Output(ctx.obj, shape, store)
    filters = selection.filters(store, categories)
    if by not in GROUPS:
        raise UnknownName("--by", by, GROUPS)
    comparison = compare(store, filters, by)

    def draw(page: Page) -> Iterator[str]:
        from cs_facts.output.comparison import draw_comparison
        from cs_facts.output.fact_table import View

        limit = output.limit(*(len(panel.facts) for panel in comparison.panels))
        return draw_comparison(page, View(store, output.language), comparison, everything=everything, limit=limit)

    known = fact_columns(store)
    columns = tuple(name for wanted in _TIDY for name in known if name.partition("_")[0] == wanted)
    output.write_columns(comparison.figures(only_shared=not everything), columns, draw)
