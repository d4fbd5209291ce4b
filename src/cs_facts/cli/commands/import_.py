"""``facts import``."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from cs_facts.cli.inputs import store_paths
from cs_facts.cli.options import Force, NoPager, OutputFile, Strings, argument, command, option
from cs_facts.cli.output import write_text
from cs_facts.cli.terminal import Environment, counted, say
from cs_facts.errors import ExitCode, StoreFaults, UsageError
from cs_facts.model import Store
from cs_facts.store.importer import Imported, Layout, import_table
from cs_facts.store.loader import load
from cs_facts.store.writer import dump

_EMPTY = Store({}, {}, {}, {}, ())

# Warnings, and columns of no use, that are told one by one.
_TOLD = 20


@command(
    "import facts.csv -o my-facts.yaml",
    "import facts.csv --store names.yaml > my-facts.yaml",
    "import table.csv --map title=Headline --map text=Body --set source=our-report",
)
def run_import(
    ctx: typer.Context,
    table: Annotated[Path, argument("A CSV or TSV, or JSON or NDJSON of an export.", "TABLE")],
    columns: Annotated[
        Strings, option("--map", "Take a column from one of another name: title_en=Headline.", "NAME=COLUMN")
    ] = None,
    values: Annotated[
        Strings, option("--set", "The value of rows that have none: category=members.", "NAME=VALUE")
    ] = None,
    store: Annotated[
        Strings, option("--store -s", "Stores whose units, categories and sources keep names.", "PATH")
    ] = None,
    output: OutputFile = None,
    force: Force = False,
    no_pager: NoPager = False,
) -> int:
    """Make a store from a table; its columns are those of an export."""
    layout = Layout(_pairs("--map", columns), _pairs("--set", values))
    try:
        imported = import_table(table, layout, load(store_paths(store)) if store else _EMPTY)
    except StoreFaults as faults:
        return _refuse(ctx.obj, faults, table)
    write_text(ctx.obj, dump(imported.store), output, force=force, paged=not no_pager)
    _tell(ctx.obj, imported)
    return ExitCode.OK


def _pairs(option: str, words: Strings) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for word in words or ():
        name, sign, value = word.partition("=")
        if not (name and sign and value):
            raise UsageError(f"{option} {word!r} has not the form NAME={'COLUMN' if option == '--map' else 'VALUE'}")
        if name in pairs:
            raise UsageError(f"{option} gives {name} twice")
        pairs[name] = value
    return pairs


def _refuse(environment: Environment, faults: StoreFaults, table: Path) -> int:
    """Show every fault of a table; a store among ``--store`` has its own end."""
    if any(problem.at.file != str(table) for problem in faults.problems):
        raise faults
    for problem in faults.problems:
        say(environment, str(problem))
    say(environment, f"facts: {counted(len(faults.problems), 'fault')} in {table}; nothing is written")
    return ExitCode.NOTHING


def _tell(environment: Environment, imported: Imported) -> None:
    """Say what a person should look at."""
    for warning in imported.warnings[:_TOLD]:
        say(environment, str(warning))
    if len(imported.warnings) > _TOLD:
        say(environment, f"facts: {len(imported.warnings) - _TOLD:,} more warnings of this kind")
    for column, near in islice(imported.unused.items(), _TOLD):
        hint = f"; --map {near}={column} takes it for {near}" if near else ""
        say(environment, f"facts: column {column!r} is left out{hint}")
    if len(imported.unused) > _TOLD:
        say(environment, f"facts: {len(imported.unused) - _TOLD:,} more columns are left out")
    for what, ids in imported.invented.items():
        kind = "as a document with its id for a title" if what == "source" else "with its id for a name"
        say(environment, f"facts: no {what} is known as {', '.join(ids)}; each is written {kind}; mend that")
    if imported.store.conflicts:
        say(environment, "facts: a table does not say what may explain a conflict; the store has no notes there")
    count = counted(len(imported.store.facts), "fact")
    say(environment, f"facts: {count} imported; facts check tells what to look at")
