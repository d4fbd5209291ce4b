"""``facts verify``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Option

from cs_facts.citations import cite
from cs_facts.cli.app import application
from cs_facts.cli.messages import counted, say
from cs_facts.cli.options import Target, grouped
from cs_facts.cli.output import Output, write_text
from cs_facts.cli.stores import Stores
from cs_facts.cli.texts import read_text
from cs_facts.errors import ExitCode, UnknownName, UsageError
from cs_facts.output.rows import Rows
from cs_facts.output.verdicts import render_verdicts
from cs_facts.text import visible
from cs_facts.texts.verify import GOOD, KINDS, Verdict, verify

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cs_facts.index import Index
    from cs_facts.output.rows import Cell

app = application()

COLUMNS = (
    *("file", "line", "column", "verdict", "printed", "fact", "figure", "when", "source", "paragraph"),
    *("contested_by", "citation", "message"),
)

EPILOG = """\b
Examples:
  facts verify draft.md
  facts verify draft.md --store facts.yaml --allow unknown
  facts verify speech.txt --only differs,bound,period
  facts verify draft.md -f html -o verdicts.html
  some-model | facts verify -
"""


@app.command(epilog=EPILOG)
@grouped
def verify_texts(
    ctx: typer.Context,
    texts: Annotated[list[str], typer.Argument(help="Texts in UTF-8; - is standard input.", metavar="TEXT")],
    target: Target,
    stores: Stores,
    allow: Annotated[
        str | None, Option("--allow", help="Verdicts that pass besides stands and rounds: unknown,…", metavar="A,B,…")
    ] = None,
    only: Annotated[
        str | None, Option("--only", help="Give only these verdicts, and judge by them: differs,…", metavar="A,B,…")
    ] = None,
) -> int:
    """Hold the numbers of any text against the store, each with a verdict.

    stands, rounds, bound (its limit is lost or changed), period (another date), unit, contested (another fact
    contradicts it), differs (the thing is known, its number is another), unknown (nothing is known of it).
    """
    passing, wanted = {*GOOD, *_kinds(allow)}, _kinds(only) or KINDS
    index = stores.open(ctx.obj)
    output = Output(ctx.obj, target.shape, index)
    language = output.language.tag
    documents = [read_text(text, ctx.obj) for text in texts]
    verdicts = [verdict for document in documents for verdict in verify(index, document) if verdict.kind in wanted]
    summary = _summed(verdicts, language)
    if output.format == "html":
        if len(documents) > 1:
            raise UsageError("-f html takes one text")
        page = render_verdicts(documents[0], verdicts, summary, language)
        write_text(ctx.obj, page, output.file, force=target.force, paged=False)
    else:
        output.write_rows(
            Rows(COLUMNS, [_row(index, verdict, language) for verdict in verdicts]),
            lambda _: _lines(verdicts, summary, language),
        )
    if output.format != "table":
        say(ctx.obj, f"facts: {summary}")
    return ExitCode.OK if all(verdict.kind in passing for verdict in verdicts) else ExitCode.NOTHING


def _kinds(typed: str | None) -> tuple[str, ...]:
    kinds = tuple(filter(None, (kind.strip() for kind in (typed or "").split(","))))
    for kind in kinds:
        if kind not in KINDS:
            raise UnknownName("verdict", kind, KINDS)
    return kinds


def _summed(verdicts: Sequence[Verdict], language: str) -> str:
    """Count the verdicts: 3 numbers: 2 stands, 1 differs."""
    counts = Counter(verdict.kind for verdict in verdicts)
    parts = ", ".join(f"{counts[kind]} {kind}" for kind in KINDS if counts[kind])
    whole = f"{len(verdicts)} 个数" if language == "zh" else counted(len(verdicts), "number")
    return f"{whole}{f': {parts}' if parts else ''}"


def _lines(verdicts: Sequence[Verdict], summary: str, language: str) -> Iterator[str]:
    for verdict in verdicts:
        at = verdict.mention.paragraph.at(verdict.mention.token.start)
        yield f"{visible(f'{at}: {verdict.kind}: {verdict.said(language)}')}\n"
    yield f"{summary}\n"


def _row(index: Index, verdict: Verdict, language: str) -> tuple[Cell, ...]:
    mention, fact = verdict.mention, verdict.fact
    at = mention.paragraph.at(mention.token.start)
    known: tuple[Cell, ...] = (None,) * 5
    if fact:
        when = fact.when.edtf if fact.when else None
        known = (fact.id, fact.figure.printed if fact.figure else None, when, fact.source, fact.paragraph)
    citation = next(cite(index, [fact])).strip() if fact else None
    other = verdict.other.id if verdict.other else None
    row = (visible(at.file), at.line, at.column, verdict.kind, visible(mention.printed), *known)
    return (*row, other, citation, visible(verdict.said(language)))
