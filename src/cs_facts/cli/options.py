"""The options that commands share, each written once.

A command takes a parameter of one of these classes; `grouped` turns its fields into options of the command. They are
namespaces: to make a named tuple takes Python a tenth of a millisecond.
"""

import functools
import inspect
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
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
from cs_facts.errors import FigureError, PeriodError, UsageError
from cs_facts.index.query import Filters
from cs_facts.output.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from cs_facts.cli.terminal import Environment
    from cs_facts.index import Index
    from cs_facts.model import Period, Store

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


def store_paths(names: "Iterable[str]") -> list[Path]:
    """Return the paths of stores.

    Raises:
        UsageError: a name is empty, as a variable that is not set would make it; a path of it is the current folder.

    """
    names = tuple(names)
    if "" in names:
        raise UsageError("the name of a store is empty; name a YAML file, or a folder of them")
    return [Path(name) for name in names]


class Stores(SimpleNamespace):
    """Which stores are read."""

    store: Annotated[
        Strings,
        Option("--store", "-s", help="A store: a YAML file, or a folder of them. Repeatable.", metavar="PATH"),
    ] = None

    def open(self, environment: "Environment") -> "Index":
        """Open the index of the stores named, or of those of FACTS_STORE, or of the bundled one."""
        from cs_facts.cli.progress import progress
        from cs_facts.index import open_index

        return open_index(self.paths(environment), environment.variables, progress(environment))

    def load(self, environment: "Environment") -> "Store":
        """Read the same stores whole."""
        from cs_facts.store import load

        return load(self.paths(environment))

    def paths(self, environment: "Environment") -> list[Path]:
        """Return the paths of the stores."""
        from cs_facts.store.files import bundled

        named = self.store or [part for part in environment.variables.get("FACTS_STORE", "").split(os.pathsep) if part]
        return store_paths(named) or [bundled()]


class Selection(SimpleNamespace):
    """Which facts pass."""

    category: Annotated[
        Strings,
        Option(
            "--category",
            "-c",
            help="Only this category. Repeatable.",
            metavar="ID",
            autocompletion=complete_category,
        ),
    ] = None
    kind: Annotated[
        Strings,
        Option(
            "--kind",
            "-k",
            help="Only figure, ranking, event, award, measure or list. Repeatable.",
            metavar="KIND",
            autocompletion=complete_kind,
        ),
    ] = None
    tag: Annotated[
        Strings,
        Option("--tag", "-t", help="Only facts with this tag. Repeatable.", metavar="TAG", autocompletion=complete_tag),
    ] = None
    unit: Annotated[
        Strings,
        Option(
            "--unit", "-u", help="Only figures in this unit. Repeatable.", metavar="ID", autocompletion=complete_unit
        ),
    ] = None
    source: Annotated[
        Strings,
        Option("--source", help="Only facts of this source. Repeatable.", metavar="ID", autocompletion=complete_source),
    ] = None
    since: Annotated[
        str | None,
        Option("--since", help="Only facts whose period reaches this date or later.", metavar="DATE"),
    ] = None
    until: Annotated[
        str | None, Option("--until", help="Only facts whose period begins by this date.", metavar="DATE")
    ] = None
    minimum: Annotated[
        str | None,
        Option("--min", help="Only figures of at least this: 506600, 50万, 300k.", metavar="NUMBER"),
    ] = None
    maximum: Annotated[str | None, Option("--max", help="Only figures of at most this.", metavar="NUMBER")] = None
    conflicts: Annotated[bool, Option("--conflicts", help="Only facts that another one contradicts.")] = False

    def filters(self, categories: "Iterable[str] | None" = None) -> "Filters":
        """Make the filters of a query, with the categories named as arguments.

        Raises:
            UsageError: a date or a number cannot be read.

        """
        return Filters(
            categories=(*(categories or ()), *(self.category or ())),
            kinds=tuple(self.kind or ()),
            tags=tuple(self.tag or ()),
            units=tuple(self.unit or ()),
            sources=tuple(self.source or ()),
            period=self._period(),
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


class Shape(SimpleNamespace):
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
        int | None, Option("--limit", "-n", help="At most so many rows; 0 is all.", metavar="N", min=0)
    ] = None
    lang: Annotated[
        str | None,
        Option("--lang", help="Only this language: zh, en, or both.", metavar="LANG", autocompletion=complete_language),
    ] = None
    format: Format = None
    dark: Annotated[bool, Option("--dark", help="Draw a chart (svg, png) light on dark.")] = False
    excel: Annotated[bool, Option("--excel", help="CSV that Excel and WPS open by a double-click.")] = False
    output: OutputFile = None
    force: Force = False
    no_pager: NoPager = False


def grouped(function: Callable[..., Any]) -> Callable[..., Any]:
    """Spread each parameter whose type is a namespace, such as those of this module, into an option a field.

    Typer reads a function's signature; the function itself gets the objects.
    """
    groups: dict[str, tuple[type[SimpleNamespace], Iterable[str]]] = {}
    parameters = []
    for name, parameter in inspect.signature(function, eval_str=True).parameters.items():
        group = parameter.annotation
        if not (isinstance(group, type) and issubclass(group, SimpleNamespace)):
            parameters.append(parameter.replace(kind=parameter.KEYWORD_ONLY))
            continue
        fields = inspect.get_annotations(group, eval_str=True)
        groups[name] = group, fields
        parameters += [
            inspect.Parameter(field, parameter.KEYWORD_ONLY, default=getattr(group, field), annotation=type_)
            for field, type_ in fields.items()
        ]

    @functools.wraps(function)
    def spread(**values: Any) -> Any:  # noqa: ANN401  # whatever the function takes and returns
        objects = {
            name: group(**{field: values.pop(field) for field in fields}) for name, (group, fields) in groups.items()
        }
        return function(**values, **objects)

    spread.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    spread.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return spread
