"""The commands that show facts: ``list``, ``categories``, ``search``, ``show``, ``compare``, ``export``, ``cite``."""

from __future__ import annotations

from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cs_facts.cli.options import (
    Categories,
    Force,
    Ids,
    NoPager,
    OutputFile,
    Selection,
    Shape,
    Stores,
    Word,
    argument,
    option,
    typed_date,
)
from cs_facts.cli.output import Output
from cs_facts.cli.streams import write_text
from cs_facts.columns import fact_columns
from cs_facts.errors import NotFound, UnknownName, UsageError, listed, quoted
from cs_facts.output.rows import spread_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cs_facts.index import Index
    from cs_facts.output.layout import Page

# The columns of a comparison as tidy data: a row for each figure, a column for each variable (Wickham 2014).
_TIDY = ("category", "unit", "id", "title", "figure", "value", "bound", "start", "end", "when", "conflicts")


def run_list(
    ctx: typer.Context, selection: Selection, shape: Shape, stores: Stores = None, categories: Categories = None
) -> None:
    """List facts in store order.

    facts list
    facts list talent returnee-town --lang zh
    facts list --min 10万 --sort -value
    facts list --conflicts -f json
    """
    store: Index = ctx.obj.open(stores)
    output = Output(ctx.obj, shape, store)
    facts = store.select(selection.filters(store, categories))
    if not facts:
        raise NotFound("no fact passes these filters; facts categories lists what the store has")
    output.write_facts(output.shaped(facts))


def run_categories(ctx: typer.Context, shape: Shape, stores: Stores = None) -> None:
    """List the categories: names, facts, figures, period covered, conflicts.

    facts categories
    facts categories --lang zh
    facts categories -f json
    """
    from cs_facts.compare import summarise

    store: Index = ctx.obj.open(stores)
    output = Output(ctx.obj, shape, store)
    summaries = summarise(store, store.categories)

    def draw(page: Page) -> Iterator[str]:
        from cs_facts.output.comparison import draw_categories

        shown = summaries[: output.limit(summaries) or None]
        return draw_categories(page, output.view(), shown)

    counts = ("facts", "figures", "start", "end", "conflicts")
    rows = ((each.category, store.categories[each.category], *attrgetter(*counts)(each)) for each in summaries)
    output.write_rows(spread_texts(("id", "name", *counts), rows), draw)


def run_search(
    ctx: typer.Context,
    query: Annotated[list[str], argument("Words, numbers or dates.", "QUERY")],
    selection: Selection,
    shape: Shape,
    stores: Stores = None,
    exact: Annotated[bool, option("--exact", "Only facts that have every word, no near matches.")] = False,
) -> None:
    """Find facts by words, in Chinese or English, by numbers and by dates, best first.

    facts search 党员
    facts search mobile members
    facts search 506600
    facts search 补贴 --category talent -f csv
    """
    from cs_facts.search import search

    store: Index = ctx.obj.open(stores)
    output = Output(ctx.obj, shape, store)
    words = " ".join(query)
    limit = output.shape.limit
    if shape.sort:
        limit = None  # it applies after sorting
    elif limit and output.counts_more:
        limit = 0  # the omitted rows are counted too
    hits = search(store, words, selection.filters(store), exact=exact, limit=limit)
    extra = ""
    if hits.query.lacks_extra:
        extra = "; the extra zh reads traditional characters and pinyin: pip install opencc pypinyin"
    groups = [hits.full] if output.is_store else [hits.full, hits.near]
    if not any(groups):
        raise NotFound(f"nothing matches {quoted(words)}{extra}")
    if not hits.full:
        remark = f": {hits.remark}" if hits.remark else ""
        ctx.obj.say(f"facts: no fact matches all of {quoted(words)}; these come near{remark}{extra}")
    output.write_facts(output.shaped(*groups), hits)


def run_show(ctx: typer.Context, ids: Ids, shape: Shape, stores: Stores = None) -> None:
    """Show everything known about a fact.

    facts show party-members
    facts show party-members --lang en
    facts show party-members -f json
    """
    store: Index = ctx.obj.open(stores)
    output = Output(ctx.obj, shape, store)
    facts = output.shaped(store.facts_by_id(ids))

    def draw(page: Page) -> Iterator[str]:
        from cs_facts.output.facts import draw_pages

        return draw_pages(page, output.view(), list(facts))

    if output.is_table and shape.columns:
        raise UsageError("--columns does not apply to full records; add -f csv, or see facts list --columns")
    output.write_facts(facts, draw=draw)


def run_compare(
    ctx: typer.Context,
    selection: Selection,
    shape: Shape,
    stores: Stores = None,
    categories: Categories = None,
    by: Annotated[
        str, option("--by", "Divide the figures of a unit further, by kind, period or tag.", "WHAT", "grouping")
    ] = "unit",
    everything: Annotated[bool, option("--all", "Also list the figures that are on no common scale.")] = False,
) -> None:
    """Compare categories side by side: a summary, then their figures by shared unit.

    Without a category, all of them are compared. A single category, or --unit, has all its figures ranked.

      facts compare talent returnee-town
      facts compare --unit person --by period
      facts compare organizations new-employment -f csv
    """
    from cs_facts.compare import GROUPS, compare

    store: Index = ctx.obj.open(stores)
    output = Output(ctx.obj, shape, store)
    filters = selection.filters(store, categories)
    if by not in GROUPS:
        raise UnknownName("--by", by, GROUPS)
    comparison = compare(store, filters, by)

    def draw(page: Page) -> Iterator[str]:
        from cs_facts.output.comparison import draw_comparison

        limit = output.limit(*(panel.facts for panel in comparison.panels))
        return draw_comparison(page, output.view(comparison=comparison), everything=everything, limit=limit)

    known = fact_columns(store.languages)
    columns = tuple(name for wanted in _TIDY for name in known if name.partition("_")[0] == wanted)
    output.write_comparison(comparison, comparison.figures(only_shared=not everything), columns, draw)


def run_export(
    ctx: typer.Context,
    selection: Selection,
    shape: Shape,
    stores: Stores = None,
    file: Annotated[
        Path | None, argument("Its ending decides the format; by default CSV on standard output.", "FILE")
    ] = None,
) -> None:
    """Write every column of every fact that passes the filters.

    facts export facts.csv
    facts export talent.json --category talent
    facts export --excel facts-for-excel.csv
    facts export facts.db
    facts export > facts.csv
    """
    if file is not None and shape.output is not None:
        raise UsageError(f"{file} and --output {shape.output} name two files; name one")
    store: Index = ctx.obj.open(stores)
    output = Output(ctx.obj, shape if file is None else shape._replace(output=file), store, "csv")
    facts = store.select(selection.filters(store))
    if not facts:
        raise NotFound("no fact passes these filters; nothing is written")
    output.write_facts(output.shaped(facts))


_STYLE_OF = {".bib": "bibtex", ".ris": "ris", ".json": "csl-json"}
_ACCESSED = "The day you read the source, if it has an address and, in apa, no date; by default its own."


def _style_option() -> Any:  # noqa: ANN401  # Typer's
    from cs_facts.citations import STYLES  # the other commands do not need it

    about = f"One of {', '.join(STYLES)}; by default the ending of FILE decides, "
    about += "or else the source: gb7714 for a Chinese one, apa for another."
    return option("--style", about, "STYLE", STYLES)


def run_cite(
    ctx: typer.Context,
    ids: Ids,
    stores: Stores = None,
    style: Annotated[Word, _style_option()] = None,
    accessed: Annotated[Word, option("--accessed", _ACCESSED, "DATE")] = None,
    output: OutputFile = None,
    force: Force = False,
    no_pager: NoPager = False,
) -> None:
    """Print a reference to each fact, with its paragraph.

    facts cite party-members
    facts cite party-members --style apa --accessed 2026-11-23
    facts cite party-members red-homes-128 -o references.bib
    """
    from cs_facts.citations import cite, without_access

    ending = output.suffix.lower() if output and style is None else ""
    if ending not in ("", ".txt", *_STYLE_OF):
        raise UnknownName("file ending", ending, (*_STYLE_OF, ".txt"))
    style = _STYLE_OF.get(ending, style)
    period = typed_date("--accessed", accessed)
    if period and (period.start is None or period.start != period.end):
        raise UsageError(f"--accessed: {accessed!r} is more than a day; write one as 2026-11-23")
    day = period.start if period else None
    store: Index = ctx.obj.open(stores)
    facts = list(store.facts_by_id(ids))
    references = list(cite(store, facts, style, day))
    encoding = ctx.obj.encoding if style in (None, "gb7714", "apa") else "utf-8"
    write_text(ctx.obj, references, output, encoding, force=force, paged=not no_pager)
    for message, sources in without_access(store, facts, style, day).items():
        ctx.obj.say(f"facts: {message.format(listed(sources, 3))}")
