"""``facts check``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cs_facts.cli import say
from cs_facts.cli.app import application
from cs_facts.cli.options import Stores, grouped
from cs_facts.cli.writing import write_stream
from cs_facts.errors import ExitCode
from cs_facts.store import check

app = application()

EPILOG = """\b
Examples:
  facts check
  facts check my-facts.yaml
  facts check folder-of-stores/
"""


@app.command(epilog=EPILOG)
@grouped
def check_stores(
    ctx: typer.Context,
    stores: Stores,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Stores to check; none named is the one in use.", metavar="STORE"),
    ] = None,
) -> int:
    """Report every fault of a store, each at its file, line and column."""
    chosen = list(dict.fromkeys(paths or stores.paths(ctx.obj)))
    problems = [problem for path in chosen for problem in check(path)]
    write_stream(ctx.obj.stdout, (f"{problem}\n" for problem in problems), ctx.obj.encoding)
    if problems:
        say(ctx.obj, f"facts: {len(problems)} {'fault' if len(problems) == 1 else 'faults'}")
        return ExitCode.NOTHING
    say(ctx.obj, f"facts: no fault in {', '.join(map(str, chosen))}")
    return ExitCode.OK
