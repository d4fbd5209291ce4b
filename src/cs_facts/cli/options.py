"""The options that commands share, their completion, and the lookup of ids by the names that users type.

A command takes parameters whose types are the named tuples here; `spread` turns their fields into options.
"""

import functools
import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from cs_facts.cli.environment import counted
from cs_facts.columns import KIND_NAMES, KINDS, fact_columns
from cs_facts.errors import FigureError, PeriodError, UnknownName, UsageError, nearest
from cs_facts.index import Filters
from cs_facts.output import FORMATS
from cs_facts.output.labels import WORD_NAMES, Language
from cs_facts.text import fold, has_han

if TYPE_CHECKING:
    from decimal import Decimal

    from cs_facts.index import Index
    from cs_facts.model import Catalogue, Period, Text

# Values that complete a word, with their descriptions.
Offers = Iterable[tuple[str, str]]

Word = str | None
Words = list[str] | None


def option(flags: str, about: str, metavar: str = "", complete: Any = None, **more: Any) -> Any:  # noqa: ANN401  # Typer's
    """Declare an option; one without names (``flags``) is an argument.

    ``complete`` says how to complete its value, see `offers`.
    """
    if metavar:
        # NOTE: Typer inspects the signature of this function for each option, which is quick without annotations.
        more |= {
            "metavar": metavar,
            "autocompletion": complete and (lambda ctx, incomplete: offers(complete, ctx, incomplete)),
        }
    return (typer.Option if flags else typer.Argument)(*flags.split(), help=about, **more)


argument = partial(option, "")

Categories = Annotated[Words, argument("Only these categories.", "CATEGORY", "category")]
Ids = Annotated[list[str], argument("Ids of facts, as facts list shows them.", "ID", "fact")]
Stores = Annotated[Words, option("--store -s", "A store: a YAML file, or a folder of them. Repeatable.", "PATH")]
Lang = Annotated[Word, option("--lang", "Only this language: zh, en, or both.", "LANG", "language")]
Format = Annotated[Word, option("--format -f", f"One of {', '.join(FORMATS)}.", "FORMAT", FORMATS)]
OutputFile = Annotated[Path | None, option("--output -o", "Write to this file, whole or not at all.", "FILE")]
Force = Annotated[bool, option("--force", "Overwrite the file if it exists.")]
NoPager = Annotated[bool, option("--no-pager", "Do not use a pager for what exceeds the screen.")]

_KINDS = f"Only {', '.join(KINDS[:-1])} or {KINDS[-1]}. Repeatable."


class Selection(NamedTuple):
    """The filters."""

    category: Annotated[Words, option("--category -c", "Only this category. Repeatable.", "ID", "category")] = None
    kind: Annotated[Words, option("--kind -k", _KINDS, "KIND", "kind")] = None
    tag: Annotated[Words, option("--tag -t", "Only facts with this tag. Repeatable.", "TAG", "tag")] = None
    unit: Annotated[Words, option("--unit -u", "Only figures in this unit. Repeatable.", "ID", "unit")] = None
    source: Annotated[Words, option("--source", "Only facts from this source. Repeatable.", "ID", "source")] = None
    since: Annotated[Word, option("--since", "Only facts whose period reaches this date or later.", "DATE")] = None
    until: Annotated[Word, option("--until", "Only facts whose period begins by this date.", "DATE")] = None
    within: Annotated[
        Word, option("--within", "Only facts whose whole period lies in this one: 2020, 2020/2022.", "A/B")
    ] = None
    minimum: Annotated[Word, option("--min", "Only figures of at least this: 506600, 50万, 300k.", "NUMBER")] = None
    maximum: Annotated[Word, option("--max", "Only figures of at most this.", "NUMBER")] = None
    conflicts: Annotated[bool, option("--conflicts", "Only facts that another one contradicts.")] = False

    def filters(self, store: "Catalogue", categories: Iterable[str] | None = None) -> Filters:
        """Return the filters of a query; ``categories`` are those named as arguments."""
        sources = {id_: source.title for id_, source in store.sources.items()} if self.source else {}
        filters = Filters(
            categories=resolve("category", (*(categories or ()), *(self.category or ())), store.categories),
            kinds=resolve("kind", self.kind or (), {kind: dict(enumerate(pair)) for kind, pair in KIND_NAMES.items()}),
            tags=tuple(self.tag or ()),
            units=resolve("unit", self.unit or (), store.units),
            sources=resolve("source", self.source or (), sources),
            conflicts=self.conflicts,
        )
        limits = (self.since, self.until, self.within, self.minimum, self.maximum)
        return filters if limits == (None,) * len(limits) else self._limited(filters)

    def _limited(self, filters: Filters) -> Filters:
        """Add the limits on dates and figures, whose grammars take 15 ms to import."""
        from cs_facts.dates.edtf import stretch
        from cs_facts.numbers.figures import parse_number

        def number(flag: str, text: str | None) -> "Decimal | None":
            try:
                return None if text is None else parse_number(text)
            except FigureError as error:
                raise UsageError(f"{flag}: {text!r} {error}") from None

        period = stretch(typed_date("--since", self.since), typed_date("--until", self.until))
        if period and period.start and period.end and period.start > period.end:
            raise UsageError(f"--since {self.since} lies after --until {self.until}")
        return filters._replace(
            period=period,
            within=typed_date("--within", self.within),
            minimum=number("--min", self.minimum),
            maximum=number("--max", self.maximum),
        )


def typed_date(flag: str, text: str | None) -> "Period | None":
    """Parse the EDTF value of an option; raises `UsageError` if it is not a date."""
    from cs_facts.dates.edtf import parse_period

    try:
        return None if text is None else parse_period(text)
    except PeriodError as error:
        raise UsageError(f"{flag}: {error}") from None


def resolve(what: str, typed: Iterable[str], known: Mapping[str, Mapping[Any, str]]) -> tuple[str, ...]:
    """Return the ids for what a user typed: ids, or else names as shown on screen, in any language.

    >>> resolve("unit", ["人"], {"person": {"zh": "人", "en": "people"}, "yuan": {"zh": "元"}})
    ('person',)

    Names are compared without regard to case and width. ``known`` has the names of each id, ``what`` says what they
    are: "category", "unit".
    """
    found: list[str] = []
    for name in typed:
        folded = fold(name)
        meant = [name] if name in known else [id_ for id_ in known if folded in map(fold, known[id_].values())]
        if not meant:
            names = dict.fromkeys(each for text in known.values() for each in text.values())
            chinese = [each for each in names if has_han(each)] if has_han(name) else []
            raise UnknownName(what, name, nearest(name, known) or nearest(name, names) or chinese or known)
        found += meant
    return tuple(dict.fromkeys(found))


class Target(NamedTuple):
    """The format of a result and its destination."""

    lang: Lang = None
    format: Format = None
    output: OutputFile = None
    force: Force = False
    no_pager: NoPager = False


class Shape(NamedTuple):
    """The layout of a result, its format and its destination."""

    columns: Annotated[
        Word, option("--columns", "Only these columns, in this order: id,title_en,value.", "A,B,…", "columns")
    ] = None
    sort: Annotated[Word, option("--sort", "Sort by this column; -COLUMN reverses the order.", "COLUMN", "sort")] = None
    limit: Annotated[int | None, option("--limit -n", "Show at most this many rows; 0 shows all.", "N", min=0)] = None
    lang: Lang = None
    format: Format = None
    dark: Annotated[bool, option("--dark", "Draw a chart (svg, png) light on dark.")] = False
    excel: Annotated[bool, option("--excel", "Write CSV that Excel and WPS open by a double-click.")] = False
    output: OutputFile = None
    force: Force = False
    no_pager: NoPager = False


def spread(function: Callable[..., Any]) -> Callable[..., Any]:
    """Replace each parameter whose type is a named tuple by one option per field.

    Typer sees the signature with the fields; the function itself is called with the named tuples.
    """
    groups: dict[str, Any] = {}
    parameters: list[inspect.Parameter] = []
    for name, parameter in inspect.signature(function, eval_str=True).parameters.items():
        if hasattr(group := parameter.annotation, "_fields"):
            groups[name] = group
            parameters += inspect.signature(group).parameters.values()
        else:
            parameters.append(parameter)

    @functools.wraps(function)
    def gathered(**values: Any) -> Any:  # noqa: ANN401  # whatever the function returns
        objects = {name: group(*map(values.pop, group._fields)) for name, group in groups.items()}
        return function(**values, **objects)

    named = [parameter.replace(kind=parameter.KEYWORD_ONLY) for parameter in parameters]
    gathered.__dict__["__signature__"] = inspect.Signature(named)
    return gathered


# At most this many values are offered: nobody reads more, and shells are slow to lay them out.
_MOST = 1000


class _Line:
    """A half-typed command line and the reader's language; the store is opened on access."""

    def __init__(self, ctx: typer.Context, incomplete: str) -> None:
        self.ctx, self.incomplete = ctx, incomplete
        tag = ctx.obj.language
        self.language = Language("en" if tag == "both" else tag)

    @cached_property
    def store(self) -> "Index":
        index: Index = self.ctx.obj.open(self.ctx.params.get("stores"))
        return index

    def named(self, names: "Iterable[tuple[str, Text]]") -> Offers:
        """Offer ids with their names, except those already on the line."""
        used = {word for value in self.ctx.params.values() if isinstance(value, (list, tuple)) for word in value}
        return ((id_, self.language.text(name)) for id_, name in names if id_ not in used)

    def columns(self) -> Iterator[tuple[str, str]]:
        return ((name, self.language.heading(name)) for name in fact_columns(self.store.languages))


def _columns(line: _Line) -> Offers:
    """Offer columns after the last comma, except those already named."""
    before, comma, _ = line.incomplete.rpartition(",")
    named = {name.strip() for name in before.split(",")}
    return ((f"{before}{comma}{name}", help_) for name, help_ in line.columns() if name not in named)


def _languages(line: _Line) -> Offers:
    known = {"zh": "中文", "en": "English", "both": "中文 / English"}
    try:
        return (known | {tag: "" for tag in line.store.languages if tag and tag not in known}).items()
    except Exception:  # these three are valid even if the store is broken
        return known.items()


# Kind of value → the function that offers values of that kind.
_OFFERS: dict[str, Callable[[_Line], Offers]] = {
    "category": lambda line: line.named(line.store.categories.items()),
    "unit": lambda line: line.named(line.store.units.items()),
    "source": lambda line: line.named((each.id, each.title) for each in line.store.sources.values()),
    "fact": lambda line: line.named(
        (fact.id, fact.title) for fact in line.store.facts_by_id(line.store.ids_beginning(line.incomplete, _MOST))
    ),
    "tag": lambda line: ((tag, counted(count, "fact")) for tag, count in line.store.facts_by_tag.items()),
    "kind": lambda line: ((kind, line.language.word(WORD_NAMES["kind"][kind])) for kind in KINDS),
    "columns": _columns,
    # a minus before the column reverses the order
    "sort": lambda line: (("-" * line.incomplete.startswith("-") + name, help_) for name, help_ in line.columns()),
    "language": _languages,
    "grouping": lambda _: ((name, "") for name in import_module("cs_facts.compare").GROUPS),
}


def offers(what: str | Iterable[str], ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the values that begin as typed, with descriptions; ``what`` is a key of `_OFFERS` or a list of values."""
    found = _OFFERS[what](_Line(ctx, incomplete)) if isinstance(what, str) else ((value, "") for value in what)
    fitting = islice((offer for offer in found if offer[0].startswith(incomplete)), _MOST)
    if ctx.obj.variables.get("_FACTS_COMPLETE") != "complete_bash":
        return list(fitting)
    # Typer does not quote values for bash; the other shells quote them themselves
    return [(re.sub(r"([^\w@%+=:,./-])", r"\\\1", value), help_) for value, help_ in fitting]
