"""The commands that check stores and make them of tables: ``check`` and ``import``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from cs_facts.checks import consistency
from cs_facts.cli.inputs import Stores, store_paths
from cs_facts.cli.options import Force, NoPager, OutputFile, Words, argument, command, flag, option
from cs_facts.cli.streams import write_file, write_text
from cs_facts.cli.terminal import Environment, counted
from cs_facts.errors import ExitCode, StoreFaults, UsageError
from cs_facts.model import Problem, Store
from cs_facts.store.formatter import canonical
from cs_facts.store.importer import Imported, Layout, import_table
from cs_facts.store.loader import examine, load
from cs_facts.store.writer import dump
from cs_facts.text import visible

# Warnings of an import, and columns of no use, that are told one by one.
_TOLD = 20


@command("", "my-facts.yaml --strict", "my-facts.yaml --fix", "folder-of-stores/")
def run_check(
    ctx: typer.Context,
    stores: Stores,
    paths: Annotated[Words, argument("Stores to check; none named is the one in use.", "STORE")] = None,
    strict: Annotated[bool, flag("--strict", "Let warnings fail as errors do.")] = False,
    fix: Annotated[bool, flag("--fix", "First write each file in canonical form.")] = False,
    no_pager: NoPager = False,
) -> int:
    """Report every fault of a store, each at its file, line and column."""
    chosen = list(dict.fromkeys(store_paths([*(stores.store or ()), *(paths or ())]) or stores.paths(ctx.obj)))
    if fix:
        _fix(ctx.obj, chosen)
    problems: list[Problem] = []
    for path in chosen:
        store, faults = examine(path)
        problems += consistency(store) if store else faults  # what lacks its form holds nothing to compare
    write_text(
        ctx.obj, [f"{visible(str(problem))}\n" for problem in problems], None, ctx.obj.encoding, paged=not no_pager
    )
    errors = sum(problem.severity == "error" for problem in problems)
    found = f"{counted(errors, 'error')}, {counted(len(problems) - errors, 'warning')}"
    ctx.obj.say(f"facts: {found} in {', '.join(map(str, chosen))}")
    return ExitCode.NOTHING if errors or (strict and problems) else ExitCode.OK


def _fix(environment: Environment, paths: list[Path]) -> None:
    """Write every file in canonical form, or none where one cannot be."""
    try:
        formed = [formed for path in paths for formed in canonical(path)]
    except StoreFaults:  # each is about to be shown
        environment.say("facts: --fix writes nothing until the errors are mended")
        return
    for each in formed:
        if each.is_new:
            write_file(each.file, [each.text], force=True)
        environment.say(f"facts: {each.file} is {'now' if each.is_new else 'already'} in canonical form")


@command(
    "facts.csv -o my-facts.yaml",
    "facts.csv --store names.yaml > my-facts.yaml",
    "table.csv --map title=Headline --map text=Body --set source=our-report",
)
def run_import(
    ctx: typer.Context,
    table: Annotated[Path, argument("A CSV or TSV, or JSON or NDJSON of an export.", "TABLE")],
    columns: Annotated[
        Words, option("--map", "Take a column from one of another name: title_en=Headline.", "NAME=COLUMN")
    ] = None,
    values: Annotated[
        Words, option("--set", "The value of rows that have none: category=members.", "NAME=VALUE")
    ] = None,
    store: Annotated[
        Words, option("--store -s", "Stores whose units, categories and sources keep names.", "PATH")
    ] = None,
    output: OutputFile = None,
    force: Force = False,
    no_pager: NoPager = False,
) -> None:
    """Make a store from a table; its columns are those of an export."""
    layout = Layout(_pairs("--map", "COLUMN", columns), _pairs("--set", "VALUE", values))
    try:
        imported = import_table(table, layout, load(store_paths(store)) if store else Store({}, {}, {}, {}, ()))
    except StoreFaults as faults:
        if all(problem.at.file == str(table) for problem in faults.problems):  # and not of a store among --store
            faults.consequence, faults.exit_code = f"in {table}; nothing is written", ExitCode.NOTHING
        raise
    write_text(ctx.obj, dump(imported.store), output, force=force, paged=not no_pager)
    for told in _remarks(imported):
        ctx.obj.say(told)


def _pairs(option: str, meant: str, words: Words) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for word in words or ():
        name, sign, value = word.partition("=")
        if not (name and sign and value):
            raise UsageError(f"{option} {word!r} has not the form NAME={meant}")
        if name in pairs:
            raise UsageError(f"{option} gives {name} twice")
        pairs[name] = value
    return pairs


def _remarks(imported: Imported) -> Iterator[str]:
    """Yield what a person should look at."""
    yield from map(str, imported.warnings[:_TOLD])
    if len(imported.warnings) > _TOLD:
        yield f"facts: {len(imported.warnings) - _TOLD:,} more warnings of this kind"
    for column, near in islice(imported.unused.items(), _TOLD):
        hint = f"; --map {near}={column} takes it for {near}" if near else ""
        yield f"facts: column {column!r} is left out{hint}"
    if len(imported.unused) > _TOLD:
        yield f"facts: {len(imported.unused) - _TOLD:,} more columns are left out"
    for what, ids in imported.invented.items():
        kind = "as a document with its id for a title" if what == "source" else "with its id for a name"
        yield f"facts: no {what} is known as {', '.join(ids)}; each is written {kind}; mend that"
    if imported.store.conflicts:
        yield "facts: a table does not say what may explain a conflict; the store has no notes there"
    yield f"facts: {counted(len(imported.store.facts), 'fact')} imported; facts check tells what to look at"
