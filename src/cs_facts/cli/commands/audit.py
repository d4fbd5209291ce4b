"""``facts audit``."""

from __future__ import annotations

import stat
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Option

from cs_facts.cli import say
from cs_facts.cli.app import application
from cs_facts.cli.completion import complete_source
from cs_facts.cli.options import Force, Format, NoPager, OutputFile, Shape, Stores, grouped
from cs_facts.cli.output import Output
from cs_facts.errors import ExitCode, FactsError, UnknownName, UsageError, reason
from cs_facts.output.rows import Rows
from cs_facts.text import visible
from cs_facts.texts.audit import Audit, Finding, audit, read_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cs_facts.cli.terminal import Environment
    from cs_facts.model import Source, Store
    from cs_facts.output.rows import Cell

app = application()

STANDARD_INPUT = "-"

COLUMNS = ("kind", "status", "file", "line", "column", "paragraph", "printed", "facts", "message")

EPILOG = """\b
Examples:
  facts audit report.txt
  facts audit report.txt --source changsha-2022
  facts audit - < report.txt
  facts audit report.txt -f json
"""


class TextUnreadable(FactsError):
    """A text that cannot be read."""


class Target(SimpleNamespace):
    """In which format the account is given and where it goes; the lines for people are the table."""

    format: Format = None
    output: OutputFile = None
    force: Force = False
    no_pager: NoPager = False

    def shape(self) -> Shape:
        """Return what says the same to an output."""
        return Shape(format=self.format, output=self.output, force=self.force, no_pager=self.no_pager)


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
) -> int:
    """Hold a store against the text of its source.

    Each printed figure must stand in the paragraph that it cites, and each number of the text must be in a fact of
    its paragraph or listed under the source's names.
    """
    store = stores.load(ctx.obj)
    output = Output(ctx.obj, target.shape(), store)
    result = audit(store, _source(store, source), read_document(_name(text), _read(text, ctx.obj)))
    output.write_rows(_rows(result), lambda _: _lines(result))
    if result.is_edition is False:
        say(ctx.obj, f"facts: this is not the edition that source {result.source.id!r} names: its SHA-256 differs")
    if not output.is_table:
        for line in _coverages(result):
            say(ctx.obj, f"facts: {line}")
    return ExitCode.NOTHING if result.problems else ExitCode.OK


def _source(store: Store, id_: str | None) -> Source:
    """Return the source named, or the only one there is."""
    if id_ is not None:
        if id_ not in store.sources:
            raise UnknownName("source", id_, store.sources)
        return store.sources[id_]
    if not store.sources:
        raise UsageError("the store has no source to hold a text against")
    if len(store.sources) > 1:
        choices = " or ".join(f"--source {name}" for name in store.sources)
        raise UsageError(f"the store has {len(store.sources)} sources; say which one the text is: {choices}")
    return next(iter(store.sources.values()))


def _name(text: str) -> str:
    return "standard input" if text == STANDARD_INPUT else text


def _read(text: str, environment: Environment) -> str:
    """Read a text in UTF-8, from a regular file or from standard input.

    Raises:
        TextUnreadable: there is none, or it is something else.

    """
    try:
        data = _read_stream(environment) if text == STANDARD_INPUT else _read_file(Path(text))
    except (OSError, ValueError) as error:
        raise TextUnreadable(f"{_name(text)}: {reason(error)}") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TextUnreadable(
            f"{_name(text)}:{line}: byte 0x{data[error.start]:02X} is not UTF-8; save it as UTF-8"
        ) from None


def _read_stream(environment: Environment) -> bytes:
    if environment.stdin is None:
        raise TextUnreadable("standard input: is closed; name a file")
    return environment.stdin.read()


def _read_file(path: Path) -> bytes:
    if not stat.S_ISREG(path.stat().st_mode):
        raise TextUnreadable(f"{path}: is not a regular file; - reads standard input")
    return path.read_bytes()


def _lines(result: Audit) -> Iterator[str]:
    """Yield a line for each problem and the two coverages."""
    for line in (*map(str, result.problems), *_coverages(result)):
        yield f"{visible(line)}\n"


def _coverages(result: Audit) -> tuple[str, str]:
    figures, numbers = result.coverage("figure"), result.coverage("number")
    return (
        f"{figures[0]} of {figures[1]} figures stand where they are cited ({_percent(*figures)})",
        f"{numbers[0]} of {numbers[1]} numbers are covered ({_percent(*numbers)})",
    )


def _percent(part: int, whole: int) -> str:
    """Write a share, rounded down so that 100% is all: 999 of 1,000 are 99%."""
    return f"{part * 100 // whole if whole else 100}%"


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
