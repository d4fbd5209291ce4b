"""``facts cite``."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from cs_facts.citations import STYLES, cite, without_access
from cs_facts.cli.completion import complete_style
from cs_facts.cli.inputs import Stores
from cs_facts.cli.options import Force, Ids, NoPager, OutputFile, command, option
from cs_facts.cli.output import write_text
from cs_facts.cli.terminal import say
from cs_facts.dates.edtf import parse_period
from cs_facts.errors import PeriodError, UnknownName, UsageError, listed

_ENDINGS = {".bib": "bibtex", ".ris": "ris", ".json": "csl-json"}

_STYLE = (
    f"One of {', '.join(STYLES)}; else what the ending of FILE says, "
    "else gb7714 for a Chinese source and apa for another."
)
_ACCESSED = "The day you read it; else what the source says. It goes with an address; in apa only if undated."


@command(
    "cite party-members",
    "cite party-members --style apa --accessed 2026-11-23",
    "cite party-members red-homes-128 -o references.bib",
)
def run_cite(
    ctx: typer.Context,
    ids: Ids,
    stores: Stores,
    style: Annotated[str | None, option("--style", _STYLE, "STYLE", complete_style)] = None,
    accessed: Annotated[str | None, option("--accessed", _ACCESSED, "DATE")] = None,
    output: OutputFile = None,
    force: Force = False,
    no_pager: NoPager = False,
) -> None:
    """Print a reference to each fact, with its paragraph."""
    if style is None and output is not None:
        style = _style_of(output.suffix.lower())
    day = _day(accessed)
    store = stores.open(ctx.obj)
    facts = list(store.facts_by_id(ids))
    references = list(cite(store, facts, style, day))
    encoding = ctx.obj.encoding if style in (None, "gb7714", "apa") else "utf-8"
    write_text(ctx.obj, references, output, encoding, force=force, paged=not no_pager)
    for why, sources in without_access(store, facts, style).items() if day else ():
        say(ctx.obj, f"facts: --accessed is left out of {listed(sources, 3)}: {why}")


def _style_of(ending: str) -> str | None:
    if ending in ("", ".txt"):
        return None
    if ending not in _ENDINGS:
        raise UnknownName("ending of a file", ending, (*_ENDINGS, ".txt"))
    return _ENDINGS[ending]


def _day(text: str | None) -> date | None:
    """Read --accessed, a day."""
    if text is None:
        return None
    try:
        period = parse_period(text)
    except PeriodError as error:
        raise UsageError(f"--accessed: {error}") from None
    if period.start is None or period.start != period.end:
        raise UsageError(f"--accessed: {text!r} is more than a day; write one as 2026-11-23")
    return period.start
