"""The options that commands share, each written once.

A command takes a parameter of one of these classes; `grouped` turns its fields into options of the command.
"""

import functools
import inspect
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from typer import Option

from cs_facts.cli.completion import (
    complete_category,
    complete_columns,
    complete_format,
    complete_kind,
    complete_language,
    complete_sort,
    complete_source,
    complete_tag,
    complete_unit,
)
from cs_facts.cli.stores import names_of, resolve
from cs_facts.columns import KIND_NAMES, KINDS
from cs_facts.errors import FigureError, PeriodError, UsageError
from cs_facts.index.selection import Filters
from cs_facts.output.formats import FORMATS

if TYPE_CHECKING:
    from decimal import Decimal

    from cs_facts.model import Catalogue, Period

Strings = list[str] | None

Format = Annotated[
    str | None,
    Option("--format", "-f", help=f"One of {', '.join(FORMATS)}.", metavar="FORMAT", autocompletion=complete_format),
]
OutputFile = Annotated[
    Path | None, Option("--output", "-o", help="Write to this file, whole or not at all.", metavar="FILE")
]
Force = Annotated[bool, Option("--force", help="Overwrite the file if it exists.")]
NoPager = Annotated[bool, Option("--no-pager", help="Print at once what exceeds the screen.")]


Categories = Annotated[
    Strings,
    Option("--category", "-c", help="Only this category. Repeatable.", metavar="ID", autocompletion=complete_category),
]
Kinds = Annotated[
    Strings,
    Option(
        "--kind",
        "-k",
        help=f"Only {', '.join(KINDS[:-1])} or {KINDS[-1]}. Repeatable.",
        metavar="KIND",
        autocompletion=complete_kind,
    ),
]
Tags = Annotated[
    Strings,
    Option("--tag", "-t", help="Only facts with this tag. Repeatable.", metavar="TAG", autocompletion=complete_tag),
]
Units = Annotated[
    Strings,
    Option("--unit", "-u", help="Only figures in this unit. Repeatable.", metavar="ID", autocompletion=complete_unit),
]
Sources = Annotated[
    Strings,
    Option("--source", help="Only facts of this source. Repeatable.", metavar="ID", autocompletion=complete_source),
]


@dataclass(frozen=True)
class Selection:
    """Which facts pass."""

    category: Categories = None
    kind: Kinds = None
    tag: Tags = None
    unit: Units = None
    source: Sources = None
    since: Annotated[
        str | None, Option("--since", help="Only facts whose period reaches this date or later.", metavar="DATE")
    ] = None
    until: Annotated[
        str | None, Option("--until", help="Only facts whose period begins by this date.", metavar="DATE")
    ] = None
    within: Annotated[
        str | None,
        Option("--within", help="Only facts whose whole period lies in this one: 2020, 2020/2022.", metavar="A/B"),
    ] = None
    minimum: Annotated[
        str | None, Option("--min", help="Only figures of at least this: 506600, 50万, 300k.", metavar="NUMBER")
    ] = None
    maximum: Annotated[str | None, Option("--max", help="Only figures of at most this.", metavar="NUMBER")] = None
    conflicts: Annotated[bool, Option("--conflicts", help="Only facts that another one contradicts.")] = False

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


def _date(option: str, text: str | None) -> "Period | None":
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


Lang = Annotated[
    str | None,
    Option("--lang", help="Only this language: zh, en, or both.", metavar="LANG", autocompletion=complete_language),
]


@dataclass(frozen=True)
class Target:
    """In which format an account of a text is given and where it goes; the lines for people are the table."""

    lang: Lang = None
    format: Format = None
    output: OutputFile = None
    force: Force = False
    no_pager: NoPager = False

    @property
    def shape(self) -> "Shape":
        """What says the same to an output."""
        return Shape(**vars(self))


@dataclass(frozen=True)
class Shape:
    """How a result is laid out and where it goes."""

    columns: Annotated[
        str | None,
        Option(
            "--columns",
            help="Only these columns, in this order: id,title_en,value.",
            metavar="A,B,…",
            autocompletion=complete_columns,
        ),
    ] = None
    sort: Annotated[
        str | None,
        Option(
            "--sort",
            help="Sort by this column; -COLUMN the other way round.",
            metavar="COLUMN",
            autocompletion=complete_sort,
        ),
    ] = None
    limit: Annotated[
        int | None,
        Option("--limit", "-n", help="At most so many rows; 0 is all.", metavar="N", min=0, callback=_countable),
    ] = None
    lang: Lang = None
    format: Format = None
    dark: Annotated[bool, Option("--dark", help="Draw a chart (svg, png) light on dark.")] = False
    excel: Annotated[bool, Option("--excel", help="CSV that Excel and WPS open by a double-click.")] = False
    output: OutputFile = None
    force: Force = False
    no_pager: NoPager = False


def grouped(function: Callable[..., Any]) -> Callable[..., Any]:
    """Spread each parameter whose type is a dataclass, such as those of this module, into an option a field.

    Typer reads a function's signature; the function itself gets the objects.
    """
    groups: dict[str, type[Any]] = {}
    parameters = []
    for name, parameter in inspect.signature(function, eval_str=True).parameters.items():
        group = parameter.annotation
        if not (isinstance(group, type) and is_dataclass(group)):
            parameters.append(parameter.replace(kind=parameter.KEYWORD_ONLY))
            continue
        groups[name] = group
        types = inspect.get_annotations(group, eval_str=True)
        parameters += [
            inspect.Parameter(field.name, parameter.KEYWORD_ONLY, default=field.default, annotation=types[field.name])
            for field in fields(group)
        ]

    @functools.wraps(function)
    def spread(**values: Any) -> Any:  # noqa: ANN401  # whatever the function takes and returns
        objects = {
            name: group(**{field.name: values.pop(field.name) for field in fields(group)})
            for name, group in groups.items()
        }
        return function(**values, **objects)

    spread.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    spread.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return spread
