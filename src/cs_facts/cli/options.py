"""How a command is declared, and the options that commands share, each written once.

A command takes a parameter of one of the named tuples here; `spread` turns its fields into options of the command.
"""

import functools
import inspect
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_type_hints

import typer

from cs_facts.cli.completion import offers
from cs_facts.cli.inputs import names_of, resolve
from cs_facts.columns import KIND_NAMES, KINDS
from cs_facts.errors import FigureError, PeriodError, UsageError
from cs_facts.index.selection import Filters
from cs_facts.output import FORMATS

if TYPE_CHECKING:
    from decimal import Decimal

    from cs_facts.model import Catalogue, Period

Word = str | None
Words = list[str] | None


def option(flags: str, about: str, metavar: str, complete: Any = None, **more: Any) -> Any:  # noqa: ANN401  # Typer's
    """Declare an option that takes a value: its names, its help, what stands for the value, what completes it."""
    return typer.Option(*flags.split(), help=about, metavar=metavar, autocompletion=_completer(complete), **more)


def flag(name: str, about: str) -> Any:  # noqa: ANN401  # likewise
    """Declare an option that takes none."""
    return typer.Option(name, help=about)


def argument(about: str, metavar: str, complete: str | None = None) -> Any:  # noqa: ANN401  # Typer's
    """Declare an argument: its help, its name, what completes it."""
    return typer.Argument(help=about, metavar=metavar, autocompletion=_completer(complete))


def _completer(what: Any) -> Any:  # noqa: ANN401
    # NOTE: Typer takes the signature of each apart for each command, which is quick where it has no annotations.
    return what and (lambda ctx, incomplete: offers(what, ctx, incomplete))


Categories = Annotated[Words, argument("Only these categories.", "CATEGORY", "category")]
Ids = Annotated[list[str], argument("Ids of facts; facts list names them.", "ID", "fact")]
Lang = Annotated[Word, option("--lang", "Only this language: zh, en, or both.", "LANG", "language")]
Format = Annotated[Word, option("--format -f", f"One of {', '.join(FORMATS)}.", "FORMAT", FORMATS)]
OutputFile = Annotated[Path | None, option("--output -o", "Write to this file, whole or not at all.", "FILE")]
Force = Annotated[bool, flag("--force", "Overwrite the file if it exists.")]
NoPager = Annotated[bool, flag("--no-pager", "Print at once what exceeds the screen.")]

_KINDS = f"Only {', '.join(KINDS[:-1])} or {KINDS[-1]}. Repeatable."


class Selection(NamedTuple):
    """Which facts pass."""

    category: Annotated[Words, option("--category -c", "Only this category. Repeatable.", "ID", "category")] = None
    kind: Annotated[Words, option("--kind -k", _KINDS, "KIND", "kind")] = None
    tag: Annotated[Words, option("--tag -t", "Only facts with this tag. Repeatable.", "TAG", "tag")] = None
    unit: Annotated[Words, option("--unit -u", "Only figures in this unit. Repeatable.", "ID", "unit")] = None
    source: Annotated[Words, option("--source", "Only facts of this source. Repeatable.", "ID", "source")] = None
    since: Annotated[Word, option("--since", "Only facts whose period reaches this date or later.", "DATE")] = None
    until: Annotated[Word, option("--until", "Only facts whose period begins by this date.", "DATE")] = None
    within: Annotated[
        Word, option("--within", "Only facts whose whole period lies in this one: 2020, 2020/2022.", "A/B")
    ] = None
    minimum: Annotated[Word, option("--min", "Only figures of at least this: 506600, 50万, 300k.", "NUMBER")] = None
    maximum: Annotated[Word, option("--max", "Only figures of at most this.", "NUMBER")] = None
    conflicts: Annotated[bool, flag("--conflicts", "Only facts that another one contradicts.")] = False

    def filters(self, store: "Catalogue", categories: Iterable[str] | None = None) -> Filters:
        """Make the filters of a query; ``categories`` are those named as arguments."""
        period = None
        if self.since is not None or self.until is not None:
            from cs_facts.dates.edtf import stretch

            period = stretch(typed_date("--since", self.since), typed_date("--until", self.until))
            if period and period.start and period.end and period.start > period.end:
                raise UsageError(f"--since {self.since} lies after --until {self.until}")
        sources = {id_: source.title.values() for id_, source in store.sources.items()} if self.source else {}
        return Filters(
            categories=resolve("category", (*(categories or ()), *(self.category or ())), names_of(store.categories)),
            kinds=resolve("kind", self.kind or (), {str(kind): names for kind, names in KIND_NAMES.items()}),
            tags=tuple(self.tag or ()),
            units=resolve("unit", self.unit or (), names_of(store.units)),
            sources=resolve("source", self.source or (), sources),
            period=period,
            within=typed_date("--within", self.within),
            minimum=_number("--min", self.minimum),
            maximum=_number("--max", self.maximum),
            conflicts=self.conflicts,
        )


# The grammars of dates and numbers take 15 ms to import, which a query without either is spared.


def typed_date(option: str, text: str | None) -> "Period | None":
    """Read what is typed behind an option, EDTF; what is no date is a `UsageError`."""
    if text is None:
        return None
    from cs_facts.dates.edtf import parse_period

    try:
        return parse_period(text)
    except PeriodError as error:
        raise UsageError(f"{option}: {error}") from None


def _number(option: str, text: str | None) -> "Decimal | None":
    if text is None:
        return None
    from cs_facts.numbers.figures import parse_number

    try:
        return parse_number(text)
    except FigureError as error:
        raise UsageError(f"{option}: {text!r} {error}") from None


def _countable(limit: int | None) -> int | None:
    """Return a limit that a machine's integer holds; beyond it, all rows are below any limit."""
    return None if limit is None else min(limit, sys.maxsize)


class Target(NamedTuple):
    """In which format a result is given and where it goes."""

    lang: Lang = None
    format: Format = None
    output: OutputFile = None
    force: Force = False
    no_pager: NoPager = False


class Shape(NamedTuple):
    """How a result is laid out and where it goes."""

    columns: Annotated[
        Word, option("--columns", "Only these columns, in this order: id,title_en,value.", "A,B,…", "columns")
    ] = None
    sort: Annotated[Word, option("--sort", "Sort by this column; -COLUMN the other way round.", "COLUMN", "sort")] = (
        None
    )
    limit: Annotated[
        int | None, option("--limit -n", "At most so many rows; 0 is all.", "N", min=0, callback=_countable)
    ] = None
    lang: Lang = None
    format: Format = None
    dark: Annotated[bool, flag("--dark", "Draw a chart (svg, png) light on dark.")] = False
    excel: Annotated[bool, flag("--excel", "CSV that Excel and WPS open by a double-click.")] = False
    output: OutputFile = None
    force: Force = False
    no_pager: NoPager = False


def command(*examples: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Put examples, each the words behind ``facts COMMAND``, behind a docstring: they are what a reader looks for."""

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        name = function.__name__.removeprefix("run_")
        lines = "\n".join(f"  facts {name} {example}".rstrip() for example in examples)
        function.__doc__ = f"{inspect.getdoc(function)}\n\n\b\nExamples:\n{lines}"
        return function

    return declare


def spread(function: Callable[..., Any]) -> Callable[..., Any]:
    """Spread each parameter whose type is a named tuple, such as those of this module, into an option a field.

    Typer reads a function's signature; the function itself gets the objects.
    """
    groups: dict[str, Any] = {}
    parameters = []
    for name, parameter in inspect.signature(function, eval_str=True).parameters.items():
        group: Any = parameter.annotation
        if not hasattr(group, "_fields"):
            parameters.append(parameter.replace(kind=parameter.KEYWORD_ONLY))
            continue
        groups[name] = group
        types = get_type_hints(group, include_extras=True)
        parameters += [
            inspect.Parameter(field, parameter.KEYWORD_ONLY, default=default, annotation=types[field])
            for field, default in group._field_defaults.items()
        ]

    @functools.wraps(function)
    def gathered(**values: Any) -> Any:  # noqa: ANN401  # whatever the function takes and returns
        objects = {name: group._make(map(values.pop, group._fields)) for name, group in groups.items()}
        return function(**values, **objects)

    gathered.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    gathered.__dict__["__signature__"] = inspect.Signature(parameters)
    return gathered
