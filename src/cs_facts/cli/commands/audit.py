"""``facts audit``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from typer import Option

from cs_facts.cli.app import application
from cs_facts.cli.completion import complete_source
from cs_facts.cli.messages import counted, say
from cs_facts.cli.options import Target, grouped
from cs_facts.cli.output import Output
from cs_facts.cli.stores import Stores, resolve
from cs_facts.cli.texts import read_text
from cs_facts.errors import ExitCode, UsageError
from cs_facts.output.rows import Rows
from cs_facts.text import visible
from cs_facts.texts.audit import Audit, Finding, Kind, audit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cs_facts.model import Source, Store
    from cs_facts.output.rows import Cell

app = application()

COLUMNS = ("kind", "status", "file", "line", "column", "paragraph", "printed", "facts", "message")

_SHARES: dict[Kind, tuple[str, str]] = {
    "figure": ("{} of {} figures stand where they are cited ({})", "{1} 个数字中 {0} 个在所注段落（{2}）"),
    "quote": ("{} of {} quotes stand where they are cited ({})", "{1} 处引文中 {0} 处在所注段落（{2}）"),
    "number": ("{} of {} numbers are covered ({})", "原文 {1} 个数中 {0} 个有着落（{2}）"),
}

EPILOG = """\b
Examples:
  facts audit report.txt
  facts audit report.txt --source changsha-2022
  facts audit - < report.txt
  facts audit report.txt -f json
"""


@app.command(epilog=EPILOG)
@grouped
def audit_text(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(help="The full text of a source; - is standard input.", metavar="TEXT")],
    target: Target,
    stores: Stores,
    source: Annotated[
        str | None,
        Option(
            "--source",
            help="Which source the text is, if the store has several.",
            metavar="ID",
            autocompletion=complete_source,
        ),
    ] = None,
    everything: Annotated[
        bool, Option("--all", help="Also list what counts nothing: labels, idioms and what names cover.")
    ] = False,
) -> int:
    """Hold a store against the text of its source, both ways.

    Each figure and quote must stand in the paragraph that its fact cites, with its sign and its limits, and each figure
    and date of the text must be covered by a fact of its paragraph or stand under the source's names.
    """
    store = stores.load(ctx.obj)
    output = Output(ctx.obj, target.shape, store)
    result = audit(store, _source(store, source), read_text(text, ctx.obj), output.language.tag)
    output.write_rows(_rows(result), lambda _: _lines(result, everything=everything))
    if result.is_edition is False:
        say(ctx.obj, f"facts: this is not the edition that source {result.source.id!r} names: its SHA-256 differs")
    if not output.is_table:
        for line in _summary(result):
            say(ctx.obj, f"facts: {line}")
    return ExitCode.NOTHING if result.problems else ExitCode.OK


def _source(store: Store, typed: str | None) -> Source:
    """Return the source named, or the only one there is."""
    if typed is not None:
        (id_, *_) = resolve("source", [typed], {id_: [*each.title.values()] for id_, each in store.sources.items()})
        return store.sources[id_]
    if not store.sources:
        raise UsageError("the store has no source to hold a text against")
    if len(store.sources) > 1:
        choices = " or ".join(f"--source {name}" for name in store.sources)
        raise UsageError(f"the store has {len(store.sources)} sources; say which one the text is: {choices}")
    return next(iter(store.sources.values()))


def _lines(result: Audit, *, everything: bool) -> Iterator[str]:
    """Yield a line for each problem, on request for what counts nothing, and the summary."""
    nothing = "不计数" if result.language == "zh" else "counts nothing"
    quiet = [
        f"{finding.at}: {'name' if finding.named else finding.kind}: {finding.printed!r} {nothing}"
        for finding in result.findings
        if everything and not result.is_foreign and (finding.named or finding.kind in ("label", "idiom"))
    ]
    for line in (*map(str, result.problems), *quiet, *_summary(result)):
        yield f"{visible(line)}\n"


def _summary(result: Audit) -> Iterator[str]:
    """Yield the coverages of both directions, and what was left out of them."""
    for kind, pair in _SHARES.items():
        part, whole = result.coverage(kind)
        if whole or kind != "quote":  # rounded down, so that 100% is all: 999 of 1,000 are 99%
            share = f"{part * 100 // whole}%" if whole else "–"
            yield pair[result.language == "zh"].format(part, whole, share)
    labels, idioms, names = result.coverage("label")[1], result.coverage("idiom")[1], result.named
    if not (labels or idioms or names):
        return
    if result.language == "zh":
        yield f"不计数的：编号 {labels} 个，习语 {idioms} 个，列为名称 {names} 个"
    else:
        yield f"counting nothing: {counted(labels, 'label')}, {counted(idioms, 'idiom')}, {names or 'no'} under names"


def _rows(result: Audit) -> Rows:
    """Lay out all that was looked at, a row each; a text that is another document is one row."""
    if result.is_foreign:
        [problem] = result.problems
        foreign: tuple[Cell, ...] = ("document", "open", problem.at.file, 1, 1, None, None, (), problem.message)
        return Rows(COLUMNS, [_cleaned(foreign)])
    return Rows(COLUMNS, [_cleaned(_row(finding)) for finding in result.findings])


def _row(finding: Finding) -> tuple[Cell, ...]:
    return (
        finding.kind,
        "open" if finding.message else "covered",
        *(finding.at.file, finding.at.line, finding.at.column),
        finding.paragraph,
        finding.printed or None,
        finding.facts,
        finding.message or None,
    )


def _cleaned(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return tuple(visible(cell) if isinstance(cell, str) else cell for cell in row)
