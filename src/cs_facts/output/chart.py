"""Charts for slides and articles, with the figures of each unit on one scale, as SVG or PNG.

A picture is 1280 × 720 pixels and says how much it had no room for. It shows what a wording leaves open: a paler end
for “more than”, a dashed outline for “less than”, whiskers for “about”, and a bracket for a contradiction.
"""

from __future__ import annotations

import math
import re
from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from cs_facts.output.drawing import (
    DARK,
    LIGHT,
    Axis,
    Drawing,
    Line,
    height,
    order,
    text_width,
    tick_name,
    wrap,
)
from cs_facts.output.linebreak import pieces, share_width
from cs_facts.output.rows import Rows, flat
from cs_facts.output.values import number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cs_facts.model import Fact, Figure
    from cs_facts.output.drawing import Theme
    from cs_facts.output.values import View

    # The plots of each column of a picture, from top to bottom.
    Columns = list[list["Plot"]]

WIDTH, HEIGHT = 1280, 720
MARGIN = 48.0
CONTENT = WIDTH - 2 * MARGIN

# Font sizes; 14 is the smallest that is legible on a slide of 1280 × 720.
TITLE, HEADING, BODY, SMALL = 28, 20, 16, 14

# The greatest number of rows of a panel, and the number it gets before another panel is added.
MOST_ROWS, _FEW_ROWS = 40, 3

_ROW_GAP, _LEAST_GAP, _MOST_GAP, _PANEL_GAP = 12.0, 6.0, 80.0, 20.0
# Shares of a panel's width: the labels on the left, with and without a scale, and at most the figures.
_LABELS, _WIDE_LABELS, _FIGURES = 0.4, 0.62, 0.3

# Brackets between contradicting figures are side by side at the right edge.
_LANE, _MOST_LANES = 16.0, 4

_FORMS = {
    "rank": ("1 is first", "1为首位"),
    "change": ("change", "变化"),
    "share": ("per cent", "百分比"),
    "multiple": ("times as many", "倍数"),
}
_SIGNS = {
    # bounds → the legend (English, Chinese)
    ("more_than", "at_least"): ("pale end or arrow: the wording says more than this", "浅色端或箭头：原文表示多于此数"),
    ("less_than", "at_most"): ("dashed or hollow: the wording says less than this", "虚线框或空心点：原文表示少于此数"),
    ("about",): ("whiskers: what “about” may mean", "须线：约数可能的范围"),
    ("conflict",): ("≠ contradicted by another fact", "≠ 与另一条目矛盾"),
}
_LOGARITHMIC = ("logarithmic scale: each line is {} times the one before", "对数刻度：每条线是前一条的{}倍")
_SINGLE = ("Single figures", "单独的数字")
_FIRST = ("The first {} of {}", "前{}条，共{}条")
_GREATEST = ("The greatest {} of {}", "最大的{}个，共{}个")
_FURTHEST = ("The {} furthest from zero of {}", "离零最远的{}个，共{}个")
_LEFT_OUT = ("Not drawn, without a figure or its unit: {}", "没有数字或单位、未画出的条目：{}")
_NO_ROOM = ("Figures in other units, for which there is no room: {}", "版面所限、未画出的其他单位的数字：{}")


class Panel(NamedTuple):
    """Figures under a title, drawn on one scale if ``scaled``."""

    title: str
    facts: Sequence[Fact]
    scaled: bool = True


def panels(facts: Iterable[Fact], view: View) -> list[Panel]:
    """Group figures by unit, keeping ranks, changes, shares and multiples apart from counts.

    Figures without a unit are left out unless they are percentages.
    """
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        if fact.figure and (fact.unit or fact.figure.form in ("share", "change")):
            form = fact.figure.form if fact.figure.form in _FORMS else ""
            groups.setdefault((fact.unit or "", form), []).append(fact)
    word, found = view.language.word, []
    for (unit, kind), members in groups.items():
        title = view.language.text(view.store.units[unit]) if unit else ""
        apart = word(_FORMS[kind]) if kind else ""
        if not title:
            title = apart + word((" in per cent", "（百分比）")) * (kind == "change")
        elif apart.casefold() not in title.casefold():
            title = word((f"{title} ({apart})", f"{title}（{apart}）"))
        in_chinese = view.language.tag == "zh" and unit
        found.append(Panel(f"单位：{title}" if in_chinese else title[:1].upper() + title[1:], members))
    return found


def render_svg(facts: Iterable[Fact], view: View) -> Iterator[str]:
    """Yield a chart of the facts' figures, or a table of the facts if a chart can show none of them."""
    facts = list(facts)
    notes = [view.left_out(facts)]
    drawn = panels(facts, view)
    single = [panel.facts[0] for panel in drawn if len(panel.facts) == 1]
    if len(single) > 1:  # they need no scale and share the last panel
        alone = Panel(view.language.words(_SINGLE), single, scaled=False)
        drawn = [*(panel for panel in drawn if len(panel.facts) > 1), alone]
    if drawn:
        if undrawn := len(facts) - sum(len(panel.facts) for panel in drawn):
            notes.insert(0, view.language.words(_LEFT_OUT, undrawn))
        yield _draw_panels(_Slide(view.title(facts), view), drawn, view, notes)
        return
    names = ("title", "text", "when", "paragraph")
    rows = Rows(names, (tuple(view.value(fact, name) for name in names) for fact in facts))
    yield from render_table(rows, view, view.title(facts), [*notes, view.source_line(fact.source for fact in facts)])


def _draw_panels(slide: _Slide, panels: Sequence[Panel], view: View, notes: Sequence[str]) -> str:
    """Draw the panels in one or two columns, whichever has room for more panels and then for more rows."""
    words = view.language.words

    def foot(columns: Columns) -> list[str]:
        plots = [*chain(*columns)]
        rows = [row for plot in plots for row in plot.rows]
        used: set[str] = {row.figure.bound for plot in plots if plot.is_scaled for row in plot.rows}
        used |= {"conflict"} if any(row.fact.id in view.store.conflicts for row in rows) else set()
        legend = (words(meaning) for signs, meaning in _SIGNS.items() if used.intersection(signs))
        hidden = sum(len(panel.facts) for panel in panels[len(plots) :])
        no_room = words(_NO_ROOM, hidden) if hidden else ""
        sources = view.source_line(row.fact.source for row in rows)
        return [view.language.word(("; ", "；")).join(legend), *notes, no_room, sources]

    def fits(columns: Columns) -> bool:
        return max(map(_height, columns)) <= slide.room(foot(columns))

    layouts = [_laid_out(panels, view, count, fits) for count in range(1, min(len(panels), 2) + 1)]
    columns = max(layouts, key=lambda each: (sum(map(len, each)), sum(len(plot.rows) for plot in chain(*each))))
    tallest = max(columns, key=_height)
    slack = (slide.room(foot(columns)) - _height(tallest)) / sum(len(each.rows) + 1 for each in tallest)
    for column in columns:
        y = slide.top
        for each in column:
            y = each.draw(slide.drawing, y, min(_LEAST_GAP + max(slack, 0), _MOST_GAP)) + _PANEL_GAP
    return slide.svg(" ".join(each.description() for each in chain(*columns)), foot(columns))


def _laid_out(panels: Sequence[Panel], view: View, count: int, fits: Callable[[Columns], bool]) -> Columns:
    """Lay out as many panels as fit into the columns, then add rows to each in turn as long as they fit."""
    width = (CONTENT + MARGIN) / count - MARGIN

    @cache
    def plot(nth: int, rows: int, column: int) -> Plot:
        return Plot(panels[nth], view, width, rows, MARGIN + column * (width + MARGIN))

    def columns(rows: Sequence[int]) -> Columns:
        found: Columns = [[] for _ in range(count)]
        for nth, many in enumerate(rows):
            at = min(range(count), key=lambda at: _height(found[at]))
            found[at].append(plot(nth, many, at))
        return found

    rows = [min(len(panel.facts), _FEW_ROWS) for panel in panels]
    while len(rows) > 1 and not fits(columns(rows)):
        rows.pop()
    growing = [*range(len(rows))]
    rows = rows if len(rows) > 1 else [1]
    while growing:
        nth = growing.pop(0)
        more = [many + (at == nth) for at, many in enumerate(rows)]
        if rows[nth] < min(len(panels[nth].facts), MOST_ROWS) and fits(columns(more)):
            rows = more
            growing.append(nth)
    return columns(rows)


def _height(column: Iterable[Plot]) -> float:
    return sum(plot.height(_LEAST_GAP) + _PANEL_GAP for plot in column) - _PANEL_GAP


def render_panel(panel: Panel, view: View, theme: Theme, width: float) -> str:
    """Return one panel as a picture for an HTML page, without title and footer."""
    drawing = Drawing(theme)
    plot = Plot(panel, view, width)
    end = plot.draw(drawing, 0, _ROW_GAP)
    return drawing.svg(width, end, panel.title, plot.description(), view.language)


def render_table(table: Rows, view: View, title: str = "", foot: Sequence[str] = ()) -> Iterator[str]:
    """Yield a table in the style of the charts, with as many rows as there is room for, above a footer."""
    slide = _Slide(title or view.language.text(view.store.title), view)
    rows = [[*map(view.language.heading, table.columns)], *([*map(flat, row)] for row in table.typed())]
    y, end = slide.top, slide.top + slide.room([view.language.words(_FIRST), *foot])
    widths = _column_widths(rows[: MOST_ROWS + 1])
    drawn: list[Sequence[str]] = []
    for row in rows:
        style = {"size": BODY} if drawn else {"size": SMALL, "colour": "muted", "bold": True}
        cells = [wrap(cell, room=width - 24, most=6, **style) for cell, width in zip(row, widths, strict=True)]
        tall = max(map(height, cells)) + 16
        if y + tall > end:
            break
        for at, cell in enumerate(cells):
            slide.drawing.lines(MARGIN + sum(widths[:at]), y, cell)
        slide.drawing.line(MARGIN, y + tall - 8, WIDTH - MARGIN, y + tall - 8)
        y += tall
        drawn.append(row)
    if len(drawn) < len(rows):
        foot = [view.language.words(_FIRST, len(drawn) - 1, len(rows) - 1), *foot]
    yield slide.svg("; ".join(", ".join(filter(None, row)) for row in drawn[1:]), foot)


def _column_widths(rows: Sequence[Sequence[str]]) -> list[float]:
    """Share the width of a picture among columns, keeping words whole if possible."""
    wants, floors = [], []
    for column in zip(*rows, strict=True):
        wants.append(math.ceil(max(text_width(cell, BODY, bold=True) for cell in column)) + 24)
        words = (text_width(word, BODY, bold=True) for cell in column for word in pieces(cell))
        floors.append(min(wants[-1], math.ceil(max(words, default=0)) + 24))
    widths = share_width(wants, floors, int(CONTENT)) or wants
    return [width * CONTENT / max(sum(widths), CONTENT) for width in widths]


class _Slide:
    """A picture with a title and a footer; the content between them begins at ``top``."""

    def __init__(self, title: str, view: View) -> None:
        self.title, self.language = title, view.language
        self.drawing = Drawing(DARK if view.dark else LIGHT)
        self.top = self.drawing.lines(MARGIN, 36, wrap(title, TITLE, CONTENT, bold=True, most=2)) + 16

    def room(self, foot: Iterable[str]) -> float:
        return HEIGHT - height(_foot(foot)) - 28 - self.top

    def svg(self, description: str, foot: Sequence[str]) -> str:
        self.drawing.lines(MARGIN, self.top + self.room(foot) + 8, _foot(foot))
        return self.drawing.svg(WIDTH, HEIGHT, self.title, description, self.language)


def _foot(texts: Iterable[str]) -> list[Line]:
    return [line for text in texts for line in wrap(text, SMALL, CONTENT, "muted", most=2)]


class _Row:
    """A figure with the texts around its bar: what it counts, and how it is printed and contradicted."""

    def __init__(self, plot: Plot, fact: Fact, place: Sequence[str], common: Sequence[str]) -> None:
        assert fact.figure is not None  # a panel holds figures
        self.fact, self.figure, self.place = fact, fact.figure, place
        text, left, right = plot.view.language.text, plot.labels - 16, plot.width * _FIGURES
        belongs = " · ".join(each for each in place if each and each not in common)
        self.words = wrap(text(fact.title), BODY, left, most=8) + wrap(belongs, SMALL, left, "muted", most=4)
        self.beside = wrap(fact.figure.printed, BODY, right, bold=True, most=4)
        self.beside += wrap(plot.number(fact.figure, right), SMALL, right, "muted")
        for other in plot.view.contradicting(fact):
            against = plot.view.value(other, "figure") or text(other.title)
            self.beside += wrap(f"≠ {against}", SMALL, right, "warning", most=2)
        self.height = max(height(self.words), height(self.beside))


class Plot:
    """The layout of a panel at a position and a width, with at most ``rows`` rows.

    It shows the greatest figures or the first ranks, ranked unless the user asked for another order.
    """

    def __init__(self, panel: Panel, view: View, width: float, rows: int = MOST_ROWS, left: float = 0) -> None:
        self.panel, self.view, self.language, self.width, self.left = panel, view, view.language, width, left
        chosen = {fact.id for fact in sorted(panel.facts, key=lambda fact: order(fact.figure, absolute=True))[:rows]}
        facts = [fact for fact in panel.facts if fact.id in chosen]
        if not view.sort:
            facts.sort(key=lambda fact: order(fact.figure))
        self.axis = Axis([fact.figure for fact in facts if fact.figure and panel.scaled])
        self.is_scaled = self.axis.kind != "none"
        self.labels = max(width * _LABELS, min(width * 0.42, 250)) if self.is_scaled else width * _WIDE_LABELS
        # the category and period of each figure; what all have in common goes below the title
        places = [[view.value(fact, name) for name in ("category", "when")] for fact in facts]
        common = [each for each in places[0] if all(each in place for place in places)]
        self.rows = [_Row(self, fact, place, common) for fact, place in zip(facts, places, strict=True)]
        pairs = ((one.id, other.id) for one, other, _ in view.contradictions(facts) if other in facts)
        self.brackets = list(islice(pairs, _MOST_LANES))
        beside = min(max(line.width for row in self.rows for line in row.beside), width * _FIGURES) + 16
        right = left + width - beside - len(self.brackets) * _LANE
        self.axis.place(left + self.labels, right, view.language)
        captions = [each for each in common if each]
        if len(facts) < len(panel.facts):
            kept = _FIRST if self.axis.kind in ("ranks", "none") else _FURTHEST if self.axis.ticks[0] < 0 else _GREATEST
            captions.append(view.language.words(kept, len(facts), len(panel.facts)))
        if self.axis.kind == "log":
            captions.append(view.language.words(_LOGARITHMIC, f"{10**self.axis.every:,}"))
        self.head = wrap(panel.title, HEADING, width, bold=True, most=2)
        self.head += wrap(" · ".join(captions), SMALL, width, "muted", most=2)

    def number(self, figure: Figure, room: float = math.inf) -> str:
        """Return the number unless the wording already tells it to this reader, abbreviated if room is short."""
        is_plain = figure.value is not None and f"{figure.value:f}" in figure.printed.replace(",", "")
        if is_plain and (self.language.tag == "zh" or (figure.bound == "exact" and figure.form != "rank")):
            return ""
        text = number(figure, self.language)
        if figure.value is not None and text_width(text, SMALL) > room:
            return re.sub(r"\d[\d,.]*", tick_name(abs(float(figure.value)), self.language), text, count=1)
        return text

    def description(self) -> str:
        """Describe the plot in words: ``People: Members 50.66万名, end of 2021; …``."""
        described = []
        for row in self.rows:
            number = self.number(row.figure)
            words = f"{self.language.text(row.fact.title)} {row.figure.printed}" + (f" ({number})" if number else "")
            described.append(", ".join(filter(None, (words, " · ".join(filter(None, row.place))))))
        colon, semicolon, stop = self.language.word((": |; |.", "：|；|。")).split("|")
        return self.panel.title + colon + semicolon.join(described) + stop

    def height(self, gap: float) -> float:
        """Return the height of the drawing with a gap between rows."""
        axis = self.axis.depth if self.is_scaled else 0
        return height(self.head) + gap + sum(row.height + gap for row in self.rows) + axis

    def draw(self, drawing: Drawing, y: float, gap: float) -> float:
        """Draw the plot downwards from ``y`` and return where it ends."""
        top = drawing.lines(self.left, y, self.head) + gap
        self.axis.bar = min(18 + max(gap - _ROW_GAP, 0) / 2, 40)
        if self.is_scaled:
            bottom = top + sum(row.height + gap for row in self.rows)
            self.axis.draw(drawing, top - gap / 2, bottom - gap / 2)
        middles: dict[str, float] = {}
        for row in self.rows:
            middles[row.fact.id] = top + row.height / 2
            self._draw_row(drawing, top, row)
            top += row.height + gap
        for lane, (one, other) in enumerate(self.brackets):
            right = self.left + self.width - lane * _LANE - 2
            course = f"M{right - 8:.1f} {middles[one]:.1f}H{right:.1f}V{middles[other]:.1f}H{right - 8:.1f}"
            drawing.path(course, drawing.theme.warning)
        return y + self.height(gap)

    def _draw_row(self, drawing: Drawing, top: float, row: _Row) -> None:
        middle, at = top + row.height / 2, self.left + self.labels
        drawing.lines(self.left, middle - height(row.words) / 2, row.words)
        if self.is_scaled:
            hues, nth = drawing.theme.hues, list(self.view.store.categories).index(row.fact.category)
            at = self.axis.mark(drawing, row.figure, middle, hues[nth % len(hues)]) + 8
        upper, wide, tall = middle - height(row.beside) / 2, max(line.width for line in row.beside), height(row.beside)
        # a rectangle of the background hides the lines of the axis behind the figure
        drawing.add("rect", x=at - 2, y=upper, width=wide + 4, height=tall, fill=drawing.theme.ground)
        drawing.lines(at, upper, row.beside)
