"""The commands that show facts: ``list``, ``categories``, ``search``, ``show``, ``compare`` and ``export``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cs_facts.cli.inputs import Stores
from cs_facts.cli.options import Categories, Ids, Selection, Shape, argument, command, flag, option
from cs_facts.cli.output import Output
from cs_facts.columns import column_name, fact_columns
from cs_facts.errors import NotFound, UnknownName, UsageError, quoted
from cs_facts.output.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cs_facts.output.layout import Page

# The columns of figures as tidy data: one row a figure, one column a variable (Wickham 2014).
_TIDY = ("category", "unit", "id", "title", "figure", "value", "bound", "start", "end", "when", "conflicts")


@command("", "talent returnee-town --lang zh", "--min 10万 --sort -value", "--conflicts -f json")
def run_list(
    ctx: typer.Context, selection: Selection, shape: Shape, stores: Stores, categories: Categories = None
) -> None:
    """List facts in store order."""
    store = stores.open(ctx.obj)
    output = Output(ctx.obj, shape, store)
    facts = store.select(selection.filters(store, categories))
    if not facts:
        raise NotFound("no fact passes these filters; facts categories shows what there is")
    output.write_facts(output.shaped(facts))


@command("", "--lang zh", "-f json")
def run_categories(ctx: typer.Context, shape: Shape, stores: Stores) -> None:
    """List the categories: names, facts, figures, period covered, conflicts."""
    from cs_facts.compare import summarise

    store = stores.open(ctx.obj)
    output = Output(ctx.obj, shape, store)
    summaries = summarise(store, store.categories)

    def draw(page: Page) -> Iterator[str]:
        from cs_facts.output.comparison import draw_categories
        from cs_facts.output.values import View

        shown = summaries[: output.limit(len(summaries)) or None]
        return draw_categories(page, View(store, output.language), shown)

    languages = list(dict.fromkeys(tag for names in store.categories.values() for tag in names))
    names = [column_name("name", tag) for tag in languages]
    counts = ("facts", "figures", "start", "end", "conflicts")
    rows = [
        (id_, *map(store.categories[id_].get, languages), *(getattr(each, name) for name in counts))
        for id_, each in zip(store.categories, summaries, strict=True)
    ]
    output.write_rows(Rows(("id", *names, *counts), rows), draw)


@command("党员", "mobile members", "506600", "补贴 --category talent -f csv")
def run_search(
    ctx: typer.Context,
    query: Annotated[list[str], argument("Words, numbers or dates.", "QUERY")],
    selection: Selection,
    shape: Shape,
    stores: Stores,
    exact: Annotated[bool, flag("--exact", "Only facts that have every word, no near matches.")] = False,
) -> None:
    """Find facts by words, in Chinese or English, by numbers and by dates, best first."""
    from cs_facts.search.matcher import search

    store = stores.open(ctx.obj)
    output = Output(ctx.obj, shape, store)
    words = " ".join(query)
    limit = None if shape.sort else shape.limit and (0 if output.counts_more else shape.limit)
    hits = search(store, words, selection.filters(store), exact=exact, limit=limit)
    extra = "; the extra zh reads traditional characters and pinyin: pip install opencc pypinyin"
    extra = extra if hits.query.lacks_extra else ""
    if not hits.facts or (not hits.full and output.is_store):
        raise NotFound(f"nothing matches {quoted(words)}{extra}")
    if not hits.full:
        read = f": {hits.remark}" if hits.remark else ""
        ctx.obj.say(f"facts: no fact matches all of {quoted(words)}; these come near{read}{extra}")
    output.write_hits(hits)


@command("party-members", "party-members --lang en", "party-members -f json")
def run_show(ctx: typer.Context, ids: Ids, shape: Shape, stores: Stores) -> None:
    """Show all that is known of a fact."""
    store = stores.open(ctx.obj)
    output = Output(ctx.obj, shape, store)
    facts = output.shaped(store.facts_by_id(ids))

    def draw(page: Page) -> Iterator[str]:
        from cs_facts.output.facts import draw_pages
        from cs_facts.output.values import View

        return draw_pages(page, View(store, output.language), list(facts))

    if output.is_table and shape.columns:
        raise UsageError("--columns has no place in a full record; add -f csv, or see facts list --columns")
    output.write_drawn(facts, draw)


@command("talent returnee-town", "--unit person --by period", "organizations new-employment -f csv")
def run_compare(
    ctx: typer.Context,
    selection: Selection,
    shape: Shape,
    stores: Stores,
    categories: Categories = None,
    by: Annotated[
        str, option("--by", "Divide the figures of a unit by kind, period or tag too.", "WHAT", "grouping")
    ] = "unit",
    everything: Annotated[bool, flag("--all", "Name the figures that stand on no common scale too.")] = False,
) -> None:
    """Set categories side by side: a summary, then their figures by shared unit.

    One category alone, or --unit without any, has all its figures ranked; none named is all.
    """
    from cs_facts.compare import GROUPS, compare

    store = stores.open(ctx.obj)
    output = Output(ctx.obj, shape, store)
    filters = selection.filters(store, categories)
    if by not in GROUPS:
        raise UnknownName("--by", by, GROUPS)
    comparison = compare(store, filters, by)

    def draw(page: Page) -> Iterator[str]:
        from cs_facts.output.comparison import draw_comparison
        from cs_facts.output.values import View

        limit = output.limit(*(len(panel.facts) for panel in comparison.panels))
        return draw_comparison(page, View(store, output.language), comparison, everything=everything, limit=limit)

    known = fact_columns(store.languages)
    columns = tuple(name for wanted in _TIDY for name in known if name.partition("_")[0] == wanted)
    output.write_comparison(comparison, comparison.figures(only_shared=not everything), columns, draw)


@command("facts.csv", "talent.json --category talent", "--excel facts-for-excel.csv", "facts.db", "> facts.csv")
def run_export(
    ctx: typer.Context,
    selection: Selection,
    shape: Shape,
    stores: Stores,
    file: Annotated[
        Path | None, argument("Its ending says the format; none is CSV on standard output.", "FILE")
    ] = None,
) -> None:
    """Write every column of every fact that passes the filters."""
    if file is not None and shape.output is not None:
        raise UsageError(f"{file} and --output {shape.output} name two files; name one")
    store = stores.open(ctx.obj)
    output = Output(ctx.obj, shape if file is None else shape._replace(output=file), store, "csv")
    facts = store.select(selection.filters(store))
    if not facts:
        raise NotFound("no fact passes these filters; nothing is written")
    output.write_facts(output.shaped(facts))
