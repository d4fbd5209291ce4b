"""``facts cite``."""

from __future__ import annotations

from typing import Annotated

import typer

from cs_facts.citations import STYLES, cite, without_access
from cs_facts.cli.inputs import Stores
from cs_facts.cli.options import Force, Ids, NoPager, OutputFile, Word, command, option, typed_date
from cs_facts.cli.streams import write_text
from cs_facts.errors import UnknownName, UsageError, listed

_ENDINGS = {".bib": "bibtex", ".ris": "ris", ".json": "csl-json"}

_STYLE = (
    f"One of {', '.join(STYLES)}; else what the ending of FILE says, "
    "else gb7714 for a Chinese source and apa for another."
)
_ACCESSED = "The day you read it; else what the source says. It goes with an address; in apa only if undated."


@command(
    "party-members",
    "party-members --style apa --accessed 2026-11-23",
    "party-members red-homes-128 -o references.bib",
)
def run_cite(
    ctx: typer.Context,
    ids: Ids,
    stores: Stores,
    style: Annotated[Word, option("--style", _STYLE, "STYLE", STYLES)] = None,
    accessed: Annotated[Word, option("--accessed", _ACCESSED, "DATE")] = None,
    output: OutputFile = None,
    force: Force = False,
    no_pager: NoPager = False,
) -> None:
    """Print a reference to each fact, with its paragraph."""
    ending = output.suffix.lower() if output and style is None else ""
    if ending not in ("", ".txt", *_ENDINGS):
        raise UnknownName("ending of a file", ending, (*_ENDINGS, ".txt"))
    style = _ENDINGS.get(ending, style)
    period = typed_date("--accessed", accessed)
    if period and (period.start is None or period.start != period.end):
        raise UsageError(f"--accessed: {accessed!r} is more than a day; write one as 2026-11-23")
    day = period.start if period else None
    store = stores.open(ctx.obj)
    facts = list(store.facts_by_id(ids))
    references = list(cite(store, facts, style, day))
    encoding = ctx.obj.encoding if style in (None, "gb7714", "apa") else "utf-8"
    write_text(ctx.obj, references, output, encoding, force=force, paged=not no_pager)
    for why, sources in without_access(store, facts, style).items() if day else ():
        ctx.obj.say(f"facts: --accessed is left out of {listed(sources, 3)}: {why}")
