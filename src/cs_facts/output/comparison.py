"""Draw a comparison of categories: a summary of each, a ranked scale for each shared unit, and what was left out."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle
from typing import TYPE_CHECKING

from cs_facts.compare import without_common_day
from cs_facts.output.drawing import Axis
from cs_facts.output.facts import marked
from cs_facts.output.layout import Bar, Column, Row, Table, as_records, draw, draw_lines
from cs_facts.output.values import years

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cs_facts.compare import Panel, Summary
    from cs_facts.model import Fact
    from cs_facts.output.layout import Cell, Page
    from cs_facts.output.values import View

# Colours of the categories' bars. Nearly everyone can tell the first two apart; the text beside a bar names it too.
_COLOURS = ("magenta", "green", "red", "cyan", "yellow", "blue")

_UNLIKE = "†"
_NOT_ALIKE = ("† undated, or not of the same time as most others", "† 无日期，或与多数数字不属同一时段")
_NONE_ALIKE = ("Undated, or of different times.", "各数字无日期，或不属同一时段。")
_CONTRADICTED = (
    "* contradicted by another fact, whose figure follows in brackets",
    "* 与另一条目矛盾，括号内为对方的数字",
)
_LOGARITHMIC = ("Bars: logarithmic, {} to {}", "条形为对数刻度，{}至{}")
_NOTHING_SHARED = ("No unit is shared, so no figures stand side by side.", "没有共同单位，数字无法并列。")
_NO_SUM = ("Nothing is summed or averaged.", "各数未作加总或平均。")
_HINT = ("; --all names them", "；--all 逐一列出")

_COUNTS = ("facts", "figures", "contradicted")


def draw_categories(page: Page, view: View, summaries: Sequence[Summary]) -> Iterator[str]:
    """Yield the table of categories, and below it the sources of their facts."""
    yield from _draw_summaries(page, view, summaries, ids=True)
    yield from _draw_sources(page, view, summaries)


def _draw_sources(page: Page, view: View, summaries: Sequence[Summary]) -> Iterator[str]:
    cited = [source for source in view.store.sources if any(source in summary.sources for summary in summaries)]
    yield from draw_lines(page, view.source_line(cited))


def _draw_summaries(page: Page, view: View, summaries: Sequence[Summary], *, ids: bool = False) -> Iterator[str]:
    """Yield the table of categories, with or without their ids."""
    table, stacked = [], []
    for each in summaries:
        name = page.cell(view.language.text(view.store.categories[each.category]), "bold")
        counts = [str(count) for count in (each.facts, each.figures, each.conflicts)]
        period = years(each.start, each.end, view.language)
        id_ = [page.cell(each.category, "dim")] * ids
        table.append(Row([name, *map(page.cell, counts), page.cell(period), *id_]))
        counted = [f"{view.language.heading(head)} {count}" for head, count in zip(_COUNTS, counts, strict=True)]
        stacked.append(Row([name], [page.cell(" · ".join(filter(None, (*counted, period)))), *id_]))
    columns = [
        Column(view.language.heading("category")),
        *(Column(view.language.heading(name), right=True, whole=True) for name in _COUNTS),
        *(Column(view.language.heading(name), whole=True) for name in ("when", *["id"] * ids)),
    ]
    yield from draw(page, Table(page, columns, table), Table(page, [Column()], stacked))


def draw_comparison(page: Page, view: View, *, everything: bool = False, limit: int = 0) -> Iterator[str]:
    """Yield a summary, scales of at most ``limit`` rows each, and the number or a list of the figures left out."""
    comparison = view.comparison
    assert comparison is not None
    summaries = [each for each in comparison.summaries if each.facts or comparison.filters.categories]
    colours = dict(zip((summary.category for summary in summaries), cycle(_COLOURS), strict=False))
    if len(summaries) > 1:
        yield from _draw_summaries(page, view, summaries)
        yield "\n"
    for panel in comparison.panels:
        yield from _draw_panel(page, view, panel, colours, limit)
        yield "\n"
    if not comparison.panels:
        yield from draw_lines(page, view.language.word(_NOTHING_SHARED))
    if everything:
        yield from _draw_left_out(page, view, limit)
    elif left_out := view.left_out(hint=view.language.word(_HINT)):
        yield from draw_lines(page, left_out)
    yield from draw_lines(page, view.language.word(_NO_SUM))
    yield from _draw_sources(page, view, summaries)


def _draw_panel(page: Page, view: View, panel: Panel, colours: Mapping[str, str], limit: int) -> Iterator[str]:
    heading, facts = view.language.heading, list(panel.facts.limited(limit))
    unlike = without_common_day(facts)
    few = unlike if len(unlike) < len(facts) / 2 else set()  # marking most rows would mean nothing
    names = ["id", "title"] if page.width is None else ["title"]
    if len({fact.category for fact in facts}) > 1:
        names.append("category")
    labels = {heading(name): [page.cell(marked(view, fact, name)) for fact in facts] for name in names}
    when = [f"{view.value(fact, 'when')}{f' {_UNLIKE}' * (fact.id in few)}" for fact in facts]
    if any(when):
        labels[heading("when")] = [page.cell(text) for text in when]
    axis = Axis([fact.figure for fact in facts if fact.figure])
    bars = [] if panel.ordinal or page.width is None else _bars(page, facts, axis, colours)
    figures = [
        (Column(heading("value"), right=True, whole=True), [page.cell(marked(view, fact, "value")) for fact in facts]),
        *([(Column(), bars)] if bars else []),
        (Column(heading("figure")), [page.cell(_printed(view, fact)) for fact in facts]),
    ]
    yield from draw_lines(page, view.panel_title(panel), style="bold")
    yield from draw(page, *_layouts(page, labels, figures))
    if bars and axis.kind == "log":
        ends = (f"{axis.ticks[end]:,.10g}" for end in (0, -1))
        yield from draw_lines(page, view.language.word(_LOGARITHMIC).format(*ends))
    if unlike:
        yield from draw_lines(page, view.language.word(_NOT_ALIKE if few else _NONE_ALIKE))
    if any(fact.id in view.store.conflicts for fact in facts):
        yield from draw_lines(page, view.language.word(_CONTRADICTED))


def _bars(page: Page, facts: Sequence[Fact], axis: Axis, colours: Mapping[str, str]) -> list[Cell]:
    """Return a bar for each figure, as long as its value or the end of its range; empty if there is no scale."""
    if len(facts) == 1 or axis.kind not in ("bars", "log") or axis.ticks[0] < 0:
        return []
    figures = (fact.figure for fact in facts if fact.figure)
    reaches = [figure.high if figure.value is None else figure.value for figure in figures]
    longest = axis.x(float(max(filter(None, reaches), default=1))) if axis.kind == "bars" else 1.0
    shares = (max(axis.x(float(each)) / longest, 1e-9 * (each > 0)) if each is not None else 0.0 for each in reaches)
    return [Bar(share, page, colours[fact.category]) for fact, share in zip(facts, shares, strict=True)]


def _layouts(
    page: Page, labels: Mapping[str, Sequence[Cell]], figures: Sequence[tuple[Column, Sequence[Cell]]]
) -> Iterator[Table]:
    """Yield the layouts of a scale: labels beside or above their figures, or a record for each."""
    columns = [*map(Column, labels), *(column for column, _ in figures)]
    full = list(zip(*labels.values(), *(cells for _, cells in figures), strict=True))
    yield Table(page, columns, [Row(cells) for cells in full])
    if page.width is not None:
        above = [" · ".join(cell.text.plain for cell in row[: len(labels)] if cell.extent) for row in full]
        rows = [Row(row[len(labels) :], above=[page.cell(label)]) for label, row in zip(above, full, strict=True)]
        yield Table(page, [replace(column, heading="") for column, _ in figures], rows)
        headings = [column.heading for column in columns]
        yield from as_records(page, [list(zip(headings, cells, strict=True)) for cells in full])


def _printed(view: View, fact: Fact) -> str:
    """Return a figure as printed, followed by those that contradict it in brackets."""
    sides = [view.value(other, "figure") or other.id for other in view.contradicting(fact)]
    beside = view.language.word((f" ({', '.join(sides)})", f"（{'、'.join(sides)}）")) if sides else ""
    return f"{marked(view, fact, 'figure')}{beside}"


def _draw_left_out(page: Page, view: View, limit: int) -> Iterator[str]:
    """Yield the figures on no scale by unit, at most ``limit`` for each reason."""
    head, named, colon, comma = view.language.word(
        ("Figures left out: {}:|{} ({})|: |, ", "未列入：{}：|{}（{}）|：|，")
    ).split("|")
    for count, facts in view.left_out_by_reason():
        units: dict[str, list[str]] = {}
        for fact in facts.limited(limit):
            figure = named.format(_printed(view, fact), view.value(fact, "category"))
            units.setdefault(view.value(fact, "unit"), []).append(figure)
        lines = (f"{unit}{colon * bool(unit)}{comma.join(figures)}" for unit, figures in units.items())
        row = Row([page.cell(head.format(count), "dim")], [page.cell(line, "dim") for line in lines])
        yield from draw(page, Table(page, [Column()], [row]))
