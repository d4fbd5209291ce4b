"""The commands that compare texts and stores: ``audit`` and ``verify``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from cs_facts.citations import cite
from cs_facts.cli.environment import counted
from cs_facts.cli.options import Shape, Stores, Target, Word, argument, option, resolve
from cs_facts.cli.output import Output
from cs_facts.cli.streams import read_text, write_text
from cs_facts.errors import ExitCode, UsageError, check_names
from cs_facts.output.labels import WORD_NAMES
from cs_facts.output.rows import Rows, cell_of
from cs_facts.text import visible
from cs_facts.texts.agreement import GOOD, KINDS
from cs_facts.texts.audit import Audit, Kind, audit
from cs_facts.texts.verify import Verdict, verify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cs_facts.index import Index
    from cs_facts.model import Position, Source, Store
    from cs_facts.output.layout import Page
    from cs_facts.output.rows import Cell

# The columns of an audit's findings and of verdicts.
_FINDING_COLUMNS = ("kind", "status", "file", "line", "column", "paragraph", "printed", "facts", "message")
_VERDICT_COLUMNS = (
    *("file", "line", "column", "verdict", "printed", "fact", "figure", "when", "source", "paragraph"),
    *("contested_by", "citation", "message"),
)
# Those that a picture has room for.
_FINDING_PICTURED, _VERDICT_PICTURED = ("line", "kind", "printed", "facts", "message"), ("line", "verdict", "message")

_SHARES: dict[Kind, tuple[str, str]] = {
    "figure": ("{} of {} figures stand where they are cited ({})", "{1} 个数字中 {0} 个在所注段落（{2}）"),
    "quote": ("{} of {} quotes stand where they are cited ({})", "{1} 处引文中 {0} 处在所注段落（{2}）"),
    "number": ("{} of {} numbers are covered ({})", "原文 {1} 个数中 {0} 个有着落（{2}）"),
}


def run_audit(
    ctx: typer.Context,
    text: Annotated[str, argument("The full text of a source; - is standard input.", "TEXT")],
    target: Target,
    stores: Stores = None,
    source: Annotated[
        Word, option("--source", "The source that the text is, if the store has several.", "ID", "source")
    ] = None,
    everything: Annotated[
        bool, option("--all", "Also list numbers that count nothing: labels, idioms and those under names.")
    ] = False,
) -> int:
    """Compare a store with the text of its source, both ways.

    Each figure and quote must occur in the paragraph that its fact cites, with its sign and its limits, and each figure
    and date of the text must be covered by a fact for its paragraph or be listed under the source's names.

      facts audit report.txt
      facts audit report.txt --source changsha-2022
      facts audit - < report.txt
      facts audit report.txt -f json
    """
    from cs_facts.store.loader import load  # `facts verify` reads the index instead

    store = load(ctx.obj.store_paths(stores))
    output = Output(ctx.obj, Shape(**target._asdict()), store)
    result = audit(store, _resolve_source(store, source), read_text(text, ctx.obj), output.language.tag)
    nothing = "不计数" if result.language == "zh" else "counts nothing"
    quiet = [
        f"{finding.at}: {'name' if finding.named else finding.kind}: {finding.printed!r} {nothing}"
        for finding in result.findings
        if everything and not result.is_foreign and (finding.named or finding.kind in ("label", "idiom"))
    ]
    summary = list(_summarise(result))
    lines = [*map(str, result.problems), *quiet, *summary]
    output.write_rows(_finding_rows(result), lambda page: _draw_findings(page, lines), _FINDING_PICTURED)
    if result.is_edition is False:
        ctx.obj.say(f"facts: this is not the edition that source {result.source.id!r} names: its SHA-256 differs")
    if not output.is_table:
        for line in summary:
            ctx.obj.say(f"facts: {line}")
    return ExitCode.NOTHING if result.problems else ExitCode.OK


def _resolve_source(store: Store, typed: str | None) -> Source:
    """Return the source named, or else the only source of the store."""
    if typed is not None:
        (id_, *_) = resolve("source", [typed], {id_: each.title for id_, each in store.sources.items()})
        return store.sources[id_]
    if not store.sources:
        raise UsageError("the store has no source to compare a text with")
    only, *others = store.sources.values()
    if others:
        choices = " or ".join(f"--source {name}" for name in store.sources)
        raise UsageError(f"the store has {len(store.sources)} sources; say which one the text is: {choices}")
    return only


def _draw_findings(page: Page, lines: Iterable[str]) -> Iterator[str]:
    """Yield lines; in a terminal the message goes below its ``file:line:column: verdict``, wrapped."""
    from cs_facts.output.layout import Column, Row, Table, draw, draw_lines

    for line in map(visible, lines):
        place, *words = line.split(": ", 2)
        if page.width is None:
            yield f"{line}\n"
        elif len(words) < len(("verdict", "message")):
            yield from draw_lines(page, line, style="")
        else:
            row = Row([page.cell(f"{place}: {words[0]}", "bold")], [page.cell(words[1])])
            yield from draw(page, Table(page, [Column()], [row]))


def _summarise(result: Audit) -> Iterator[str]:
    """Yield the coverages, and the number of what counts nothing."""
    for kind, pair in _SHARES.items():
        part, whole = result.coverage(kind)
        if whole or kind != "quote":  # rounded down, so that 100% means all: 999 of 1,000 are 99%
            share = f"{part * 100 // whole}%" if whole else "–"
            yield pair[result.language == "zh"].format(part, whole, share)
    labels, idioms, names = result.coverage("label")[1], result.coverage("idiom")[1], result.named
    if not (labels or idioms or names):
        return
    if result.language == "zh":
        yield f"不计数的：编号 {labels} 个，习语 {idioms} 个，列为名称 {names} 个"
    else:
        yield f"counting nothing: {counted(labels, 'label')}, {counted(idioms, 'idiom')}, {names or 'no'} under names"


def _finding_rows(result: Audit) -> Rows:
    """Return a row for each finding; a text that is not that source at all results in a single row."""
    if result.is_foreign:
        [problem] = result.problems
        row = ("document", "open", problem.at.file, 1, 1, None, None, (), problem.message)
        return _escaped_rows(_FINDING_COLUMNS, [row])
    rows: list[tuple[Cell, ...]] = []
    for each in result.findings:
        place = (each.at.file, each.at.line, each.at.column, each.paragraph)
        status = "open" if each.message else "covered"
        rows.append((each.kind, status, *place, each.printed or None, each.facts, each.message or None))
    return _escaped_rows(_FINDING_COLUMNS, rows)


def _escaped_rows(columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> Rows:
    """Escape control characters, which a text, unlike a store, may contain."""
    return Rows(columns, (tuple(visible(cell) if isinstance(cell, str) else cell for cell in row) for row in rows))


def run_verify(
    ctx: typer.Context,
    texts: Annotated[list[str], argument("Texts in UTF-8; - is standard input.", "TEXT")],
    target: Target,
    stores: Stores = None,
    allow: Annotated[
        Word, option("--allow", "Verdicts to accept besides stands and rounds: unknown,…", "A,B,…")
    ] = None,
    only: Annotated[Word, option("--only", "Report only these verdicts: differs,…", "A,B,…")] = None,
) -> int:
    """Compare the numbers of any text with the store and give a verdict on each.

    stands, rounds, bound (its limit is lost or changed), period (another date), unit, contested (another fact
    contradicts it), differs (the store has another number for it), unknown (the store has nothing about it).

      facts verify draft.md
      facts verify draft.md --store facts.yaml --allow unknown
      facts verify speech.txt --only differs,bound,period
      facts verify draft.md -f html -o verdicts.html
      facts verify - < answer.txt
    """
    passing, wanted = {*GOOD, *_parse_kinds(allow)}, _parse_kinds(only) or KINDS
    index: Index = ctx.obj.open(stores)
    output = Output(ctx.obj, Shape(**target._asdict()), index)
    language = output.language.tag
    documents = [read_text(text, ctx.obj) for text in texts]
    verdicts = [verdict for document in documents for verdict in verify(index, document) if verdict.kind in wanted]
    summary = _counts(verdicts, language)
    if output.format == "html":
        if len(documents) > 1:
            raise UsageError("-f html takes one text")
        from cs_facts.output.page import render_verdicts  # imports Jinja

        named = _counts(verdicts, language, WORD_NAMES["verdict"] if language == "zh" else {})
        page = render_verdicts(documents[0], verdicts, named, output.language)
        write_text(ctx.obj, page, output.file, force=target.force, paged=False)
    else:
        rows = _escaped_rows(_VERDICT_COLUMNS, (_verdict_row(index, verdict, language) for verdict in verdicts))
        lines = [f"{_position(each)}: {each.kind}: {each.said(language)}" for each in verdicts]
        output.write_rows(rows, lambda page: _draw_findings(page, [*lines, summary]), _VERDICT_PICTURED)
    if not output.is_table:
        ctx.obj.say(f"facts: {summary}")
    return ExitCode.OK if all(verdict.kind in passing for verdict in verdicts) else ExitCode.NOTHING


def _parse_kinds(typed: str | None) -> tuple[str, ...]:
    kinds = tuple(filter(None, (kind.strip() for kind in (typed or "").split(","))))
    check_names("verdict", kinds, KINDS)
    return kinds


def _counts(verdicts: Sequence[Verdict], language: str, names: Mapping[str, tuple[str, str]] | None = None) -> str:
    """Count the verdicts: 3 numbers: 2 stands, 1 differs; with ``names`` in Chinese: 3个数：2个相符，1个数字不符."""
    counts = Counter(verdict.kind for verdict in verdicts)
    whole, colon, comma = counted(len(verdicts), "number"), ": ", ", "
    if language == "zh":
        whole, colon, comma = f"{len(verdicts)}个数", "：", "，"
    parts = comma.join(
        f"{counts[kind]}个{names[kind][1]}" if names else f"{counts[kind]} {kind}" for kind in KINDS if counts[kind]
    )
    return f"{whole}{colon if parts else ''}{parts}"


def _position(verdict: Verdict) -> Position:
    return verdict.mention.paragraph.at(verdict.mention.token.start)


def _verdict_row(index: Index, verdict: Verdict, language: str) -> tuple[Cell, ...]:
    at, fact = _position(verdict), verdict.fact
    known = [cell_of(index, fact, name) if fact else None for name in ("id", "figure", "when", "source", "paragraph")]
    place = (at.file, at.line, at.column, verdict.kind, verdict.mention.printed)
    contested_by = verdict.other.id if verdict.other else None
    citation = next(cite(index, [fact])).strip() if fact else None
    return (*place, *known, contested_by, citation, verdict.said(language))
