"""How a command is declared, and the options that commands share, each written once.

A command takes a parameter of one of the named tuples here; `spread` turns its fields into options of the command.
"""

import copy
import functools
import inspect
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_type_hints

import typer

from cs_facts.cli.completion import (
    complete_category,
    complete_columns,
    complete_fact,
    complete_format,
    complete_kind,
    complete_language,
    complete_sort,
    complete_source,
    complete_tag,
    complete_unit,
)
from cs_facts.cli.inputs import names_of, resolve
from cs_facts.columns import KIND_NAMES, KINDS
from cs_facts.errors import FigureError, PeriodError, UsageError
from cs_facts.index.selection import Filters
from cs_facts.output import FORMATS

if TYPE_CHECKING:
    from decimal import Decimal

    from cs_facts.model import Catalogue, Period

Strings = list[str] | None


def option(flags: str, about: str, metavar: str, complete: Any = None, **more: Any) -> Any:  # noqa: ANN401  # Typer's
    """Declare an option that takes a value: its names, its help, what stands for the value, what completes it."""
    return typer.Option(*flags.split(), help=about, metavar=metavar, autocompletion=complete, **more)


def argument(about: str, metavar: str, complete: Any = None) -> Any:  # noqa: ANN401  # Typer's
    """Declare an argument: its help, its name, what completes it."""
    return typer.Argument(help=about, metavar=metavar, autocompletion=complete)


Categories = Annotated[Strings, argument("Only these categories.", "CATEGORY", complete_category)]
Ids = Annotated[list[str], argument("Ids of facts; facts list names them.", "ID", complete_fact)]
Format = Annotated[str | None, option("--format -f", f"One of {', '.join(FORMATS)}.", "FORMAT", complete_format)]
OutputFile = Annotated[Path | None, option("--output -o", "Write to this file, whole or not at all.", "FILE")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite the file if it exists.")]
NoPager = Annotated[bool, typer.Option("--no-pager", help="Print at once what exceeds the screen.")]

_KINDS = f"Only {', '.join(KINDS[:-1])} or {KINDS[-1]}. Repeatable."
_SINCE = "Only facts whose period reaches this date or later."
_WITHIN = "Only facts whose whole period lies in this one: 2020, 2020/2022."


class Selection(NamedTuple):
    """Which facts pass."""

    category: Annotated[
        Strings, option("--category -c", "Only this category. Repeatable.", "ID", complete_category)
    ] = None
    kind: Annotated[Strings, option("--kind -k", _KINDS, "KIND", complete_kind)] = None
    tag: Annotated[Strings, option("--tag -t", "Only facts with this tag. Repeatable.", "TAG", complete_tag)] = None
    unit: Annotated[Strings, option("--unit -u", "Only figures in this unit. Repeatable.", "ID", complete_unit)] = None
    source: Annotated[Strings, option("--source", "Only facts of this source. Repeatable.", "ID", complete_source)] = (
        None
    )
    since: Annotated[str | None, option("--since", _SINCE, "DATE")] = None
    until: Annotated[str | None, option("--until", "Only facts whose period begins by this date.", "DATE")] = None
    within: Annotated[str | None, option("--within", _WITHIN, "A/B")] = None
    minimum: Annotated[str | None, option("--min", "Only figures of at least this: 506600, 50万, 300k.", "NUMBER")] = (
        None
    )
    maximum: Annotated[str | None, option("--max", "Only figures of at most this.", "NUMBER")] = None
    conflicts: Annotated[bool, typer.Option("--conflicts", help="Only facts that another one contradicts.")] = False

    def filters(self, store: "Catalogue", categories: Iterable[str] | None = None) -> Filters:
        """Make the filters of a query, with the categories named as arguments.

        Raises:
            UnknownName: a name that the store does not have.
            UsageError: a date or a number cannot be read.

        """
        sources = {id_: source.title.values() for id_, source in store.sources.items()} if self.source else {}
        return Filters(
            categories=resolve("category", (*(categories or ()), *(self.category or ())), names_of(store.categories)),
            kinds=resolve("kind", self.kind or (), {str(kind): names for kind, names in KIND_NAMES.items()}),
            tags=tuple(self.tag or ()),
            units=resolve("unit", self.unit or (), names_of(store.units)),
            sources=resolve("source", self.source or (), sources),
            period=self._period(),
            within=_date("--within", self.within),
            minimum=_number("--min", self.minimum),
            maximum=_number("--max", self.maximum),
            conflicts=self.conflicts,
        )

    def _period(self) -> "Period | None":
        if self.since is None and self.until is None:
            return None
        from cs_facts.dates.edtf import stretch

        period = stretch(_date("--since", self.since), _date("--until", self.until))
        if period and period.start and period.end and period.start > period.end:
            raise UsageError(f"--since {self.since} lies after --until {self.until}")
        return period


# The grammars of dates and numbers take 15 ms to import, which a query without either is spared.


def _date(flag: str, text: str | None) -> "Period | None":
    if text is None:
        return None
    from cs_facts.dates.edtf import parse_period

    try:
        return parse_period(text)
    except PeriodError as error:
        raise UsageError(f"{flag}: {error}") from None


def _number(flag: str, text: str | None) -> "Decimal | None":
    if text is None:
        return None
    from cs_facts.numbers.figures import parse_number

    try:
        return parse_number(text)
    except FigureError as error:
        raise UsageError(f"{flag}: {text!r} {error}") from None


def _countable(limit: int | None) -> int | None:
    """Return a limit that a machine's integer holds; beyond it, all rows are below any limit."""
    return None if limit is None else min(limit, sys.maxsize)


Lang = Annotated[str | None, option("--lang", "Only this language: zh, en, or both.", "LANG", complete_language)]


class Target(NamedTuple):
    """In which format a result is given and where it goes."""

    lang: Lang = None
    format: Format = None
    output: OutputFile = None
    force: Force = False
    no_pager: NoPager = False


_COLUMNS = "Only these columns, in this order: id,title_en,value."


class Shape(NamedTuple):
    """How a result is laid out and where it goes."""

    columns: Annotated[str | None, option("--columns", _COLUMNS, "A,B,…", complete_columns)] = None
    sort: Annotated[
        str | None, option("--sort", "Sort by this column; -COLUMN the other way round.", "COLUMN", complete_sort)
    ] = None
    limit: Annotated[
        int | None, option("--limit -n", "At most so many rows; 0 is all.", "N", min=0, callback=_countable)
    ] = None
    lang: Lang = None
    format: Format = None
    dark: Annotated[bool, typer.Option("--dark", help="Draw a chart (svg, png) light on dark.")] = False
    excel: Annotated[bool, typer.Option("--excel", help="CSV that Excel and WPS open by a double-click.")] = False
    output: OutputFile = None
    force: Force = False
    no_pager: NoPager = False


def command(*examples: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Note the examples that the help of a command has."""
    lines = "".join(f"  facts {example}\n" for example in examples)

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        function.__dict__["epilog"] = f"\b\nExamples:\n{lines}"
        return function

    return declare


def _without_completer(parameter: inspect.Parameter) -> inspect.Parameter:
    """Leave out what completes a parameter, which Typer takes apart for each command: 2 ms, for a shell that asks."""
    annotation = parameter.annotation
    if not getattr(annotation, "__metadata__", ()):
        return parameter
    info = copy.copy(annotation.__metadata__[0])
    info.autocompletion = None
    return parameter.replace(annotation=Annotated[annotation.__origin__, info])


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

    if "_FACTS_COMPLETE" not in os.environ:
        parameters = list(map(_without_completer, parameters))

    @functools.wraps(function)
    def gathered(**values: Any) -> Any:  # noqa: ANN401  # whatever the function takes and returns
        objects = {name: group._make(map(values.pop, group._fields)) for name, group in groups.items()}
        return function(**values, **objects)

    gathered.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    gathered.__dict__["__signature__"] = inspect.Signature(parameters)
    return gathered
