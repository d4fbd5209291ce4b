"""``facts check``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cs_facts.checks import consistency
from cs_facts.cli.inputs import Stores, store_paths
from cs_facts.cli.options import NoPager, Strings, argument, command
from cs_facts.cli.pager import write_paged
from cs_facts.cli.streams import write_file
from cs_facts.cli.terminal import Environment, counted, say
from cs_facts.errors import ExitCode, StoreFaults
from cs_facts.model import Problem
from cs_facts.store.formatter import canonical
from cs_facts.store.loader import examine
from cs_facts.text import visible


@command("check", "check my-facts.yaml --strict", "check my-facts.yaml --fix", "check folder-of-stores/")
def run_check(
    ctx: typer.Context,
    stores: Stores,
    paths: Annotated[Strings, argument("Stores to check; none named is the one in use.", "STORE")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail as errors do.")] = False,
    fix: Annotated[bool, typer.Option("--fix", help="First write each file in canonical form.")] = False,
    no_pager: NoPager = False,
) -> int:
    """Report every fault of a store, each at its file, line and column."""
    chosen = list(dict.fromkeys(store_paths([*(stores.store or ()), *(paths or ())]) or stores.paths(ctx.obj)))
    if fix:
        _fix(ctx.obj, chosen)
    problems = [problem for path in chosen for problem in _problems(path)]
    lines = [f"{visible(str(problem))}\n" for problem in problems]
    write_paged(ctx.obj, lines, ctx.obj.encoding, paged=not no_pager)
    errors = sum(problem.severity == "error" for problem in problems)
    found = f"{counted(errors, 'error')}, {counted(len(problems) - errors, 'warning')}"
    say(ctx.obj, f"facts: {found} in {', '.join(map(str, chosen))}")
    return ExitCode.NOTHING if errors or (strict and problems) else ExitCode.OK


def _fix(environment: Environment, paths: list[Path]) -> None:
    """Write every file in canonical form, or none where one cannot be."""
    try:
        formed = [formed for path in paths for formed in canonical(path)]
    except StoreFaults:  # each is about to be shown
        say(environment, "facts: --fix writes nothing until the errors are mended")
        return
    for each in formed:
        if each.is_new:
            write_file(each.file, [each.text], force=True)
        say(environment, f"facts: {each.file} is {'now' if each.is_new else 'already'} in canonical form")


def _problems(path: Path) -> list[Problem]:
    """Return the faults of form, or where there are none what does not hold between the facts."""
    store, problems = examine(path)
    return consistency(store) if store else problems
