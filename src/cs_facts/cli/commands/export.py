"""``facts export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cs_facts.cli.app import application
from cs_facts.cli.options import Selection, Shape, Stores, grouped
from cs_facts.cli.output import Output
from cs_facts.errors import NotFound, UsageError

app = application()

EPILOG = """\b
Examples:
  facts export facts.csv
  facts export talent.json --category talent
  facts export --excel facts-for-excel.csv
  facts export facts.db
  facts export > facts.csv
"""


@app.command(epilog=EPILOG)
@grouped
def export_facts(
    ctx: typer.Context,
    selection: Selection,
    shape: Shape,
    stores: Stores,
    file: Annotated[
        Path | None,
        typer.Argument(help="Its ending says the format; none is CSV on standard output.", metavar="FILE"),
    ] = None,
) -> None:
    """Write every column of every fact that passes the filters."""
    if file is not None and shape.output is not None:
        raise UsageError(f"{file} and --output {shape.output} name two files; name one")
    store = stores.open(ctx.obj)
    output = Output(ctx.obj, shape, store, "csv", file)
    facts = store.select(selection.filters())
    if not facts:
        raise NotFound("no fact passes these filters; nothing is written")
    output.write_facts(output.shaped(facts))
