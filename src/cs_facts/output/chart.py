"""Charts for a slide or an article: the figures of a unit on one scale, as SVG or PNG.

A picture is 1280 × 720 pixels, and higher where its rows need it. What a wording leaves open is drawn: a paler end for
“more than”, a dashed outline for “less than”, whiskers for “about”, and a bracket between figures that contradict.
"""

from __future__ import annotations

import math
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from cs_facts.errors import UsageError
from cs_facts.output import values
from cs_facts.output.axis import ARROW, Axis, is_open, span
from cs_facts.output.drawing import DARK, LIGHT, Drawing, Line, height, text_width, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cs_facts.model import Catalogue, Fact, Figure
    from cs_facts.output.drawing import Theme
    from cs_facts.output.labels import Language

WIDTH, HEIGHT = 1280, 720
MARGIN = 48.0
CONTENT = WIDTH - 2 * MARGIN

# Sizes of fonts; none is below 14, which a slide of 1280 × 720 still lets one read.
TITLE, HEADING, BODY, SMALL = 28, 20, 16, 14

# Rows of a panel or a table; the others are counted below it.
LIMIT = 40

_ROW_GAP, _LEAST_GAP, _MOST_GAP, _PANEL_GAP = 12.0, 6.0, 80.0, 20.0

# Parts of a panel's width: of the words on the left, beside a scale and without one, and of the figures at most.
_LABELS, _WIDE_LABELS, _FIGURES = 0.36, 0.62, 0.3

# Brackets between contradicting figures stand side by side at the right edge.
_LANE, _MOST_LANES = 16.0, 4

_FORMS = {
    "rank": ("ranks, 1 is first", "名次，1为首位"),
    "change": ("change in per cent", "变化，百分比"),
    "share": ("per cent", "百分比"),
    "multiple": ("times as many", "倍数"),
}
_SIGNS = {
    # bounds that are drawn: what the drawing means (English, Chinese)
    ("more_than", "at_least"): ("pale end or arrow: the wording says more than this", "浅色端或箭头：原文表示多于此数"),
    ("less_than", "at_most"): ("dashed or hollow: the wording says less than this", "虚线框或空心点：原文表示少于此数"),
    ("about",): ("whiskers: what “about” may mean", "须线：约数可能的范围"),
    ("conflict",): ("≠ contradicted by another fact", "≠ 与另一条目矛盾"),
}
_LOGARITHMIC = ("logarithmic scale: each line is ten times the one before", "对数刻度：每条线是前一条的十倍")
_SINGLE = ("Single figures", "单独的数字")
_MORE = ("More that are not drawn: {}", "另有未画出的：{}条")
_LEFT_OUT = ("Not drawn, without a figure or its unit: {}", "没有数字或单位、未画出的条目：{}")


class Panel(NamedTuple):
    """Figures under a title, on one scale unless they are not ``scaled``."""

    title: str
    facts: Sequence[Fact]
    scaled: bool = True


def panels(facts: Iterable[Fact], catalogue: Catalogue, language: Language) -> list[Panel]:
    """Divide figures by what they count; ranks, changes, shares and multiples each stand apart from counts.

    Figures without a unit are left out, but for percentages.
    """
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        if fact.figure and (fact.unit or fact.figure.form in ("share", "change")):
            form = fact.figure.form if fact.figure.form in _FORMS else ""
            groups.setdefault((fact.unit or "", form), []).append(fact)
    return [Panel(_panel_title(catalogue, unit, form, language), found) for (unit, form), found in groups.items()]


def _panel_title(catalogue: Catalogue, unit: str, form: str, language: Language) -> str:
    name = language.text(catalogue.units[unit]) if unit else ""
    apart = language.word(_FORMS[form]) if form else ""
    title = language.word((f"{name} ({apart})", f"{name}（{apart}）")) if name and apart else name or apart
    return title[:1].upper() + title[1:]


def render_svg(facts: Iterable[Fact], catalogue: Catalogue, language: Language, *, dark: bool = False) -> Iterator[str]:
    """Yield a chart of the facts' figures, or a table of the facts where none of them has one that a chart can show."""
    facts = list(facts)
    title = language.text(catalogue.title)
    if drawn := panels(facts, catalogue, language):
        left_out = len(facts) - sum(len(panel.facts) for panel in drawn)
        notes = [language.word(_LEFT_OUT).format(left_out)] if left_out else []
        yield from _render_panels(drawn, catalogue, language, title, notes, dark=dark)
        return
    headings = [language.heading(name) for name in ("title", "text", "when", "paragraph")]
    rows = [
        (
            *(language.text(fact.title), language.text(fact.text)),
            *(values.period(fact.when, language), str(fact.paragraph or "")),
        )
        for fact in facts
    ]
    foot = [values.source_line(catalogue, (fact.source for fact in facts), language)]
    yield from render_table(headings, rows, language, title, foot, dark=dark)


def render_png(
    facts: Iterable[Fact], catalogue: Catalogue, language: Language, *, dark: bool = False
) -> Iterator[bytes]:
    """Yield the same picture as PNG.

    Raises:
        UsageError: the extra ``png`` is not installed.

    """
    yield as_png(render_svg(facts, catalogue, language, dark=dark))


def _render_panels(
    panels: Sequence[Panel], catalogue: Catalogue, language: Language, title: str, notes: Iterable[str], *, dark: bool
) -> Iterator[str]:
    """Yield a picture of at least one panel, with lines for the foot, such as what was left out."""
    slide = _Slide(title, dark=dark)
    columns = _columns(_gathered(panels, language), catalogue, language, HEIGHT - slide.top)
    plots = [plot for column in columns for plot in column]
    source = values.source_line(catalogue, (fact.source for plot in plots for fact in plot.facts), language)
    slide.set_foot([_legend(plots, language), *notes, source])
    tallest = max(columns, key=_height)
    slack = (slide.room - _height(tallest)) / sum(len(plot.facts) + 1 for plot in tallest)
    gap = min(max(_ROW_GAP + slack, _LEAST_GAP), _MOST_GAP)
    for at, column in enumerate(columns):
        y = slide.top
        for plot in column:
            y = plot.draw(slide.drawing, MARGIN + at * (plot.width + MARGIN), y, gap) + _PANEL_GAP
    end = slide.top + _height(tallest, gap)
    yield from slide.svg(end, describe(panels, catalogue, language), language)


def render_panel(panel: Panel, catalogue: Catalogue, language: Language, theme: Theme, width: float) -> Iterator[str]:
    """Yield one panel as a picture of its own, without title or foot, to stand in a page."""
    drawing = Drawing(theme)
    end = Plot(panel, catalogue, language, width).draw(drawing, 0, 0, _ROW_GAP)
    yield from drawing.svg(width, end, panel.title, describe([panel], catalogue, language), language)


def render_table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    language: Language,
    title: str,
    foot: Iterable[str] = (),
    *,
    dark: bool = False,
) -> Iterator[str]:
    """Yield a table in the style of the charts, for rows that are no figures.

    Args:
        headings: of the columns.
        rows: as many cells each; at most `LIMIT` are drawn, and the others counted.
        language: of the words around the cells.
        title: above it.
        foot: lines below it, such as the source.
        dark: light on dark.

    """
    slide = _Slide(title, dark=dark)
    slide.set_foot([*([language.word(_MORE).format(len(rows) - LIMIT)] if len(rows) > LIMIT else []), *foot])
    table = [headings, *rows[:LIMIT]]
    widths = _column_widths(table)
    y = slide.top
    for row in table:
        style = {"size": SMALL, "colour": "muted", "bold": True} if row is headings else {"size": BODY}
        cells = [wrap(cell, room=width - 24, **style) for cell, width in zip(row, widths, strict=True)]
        for at, cell in enumerate(cells):
            slide.drawing.lines(MARGIN + sum(widths[:at]), y, cell)
        y += max(map(height, cells)) + 8
        slide.drawing.line(MARGIN, y, WIDTH - MARGIN, y)
        y += 8
    yield from slide.svg(y, "; ".join(", ".join(filter(None, row)) for row in table[1:]), language)


def _column_widths(rows: Sequence[Sequence[str]]) -> list[float]:
    """Give short columns what they need, and share the rest among the long ones."""
    wanted = [max(text_width(cell, BODY, bold=True) for cell in column) + 24 for column in zip(*rows, strict=True)]
    short = sum(width for width in wanted if width <= CONTENT / 5)
    long = sum(min(width, CONTENT / 2) for width in wanted if width > CONTENT / 5)
    return [w if w <= CONTENT / 5 else min(w, CONTENT / 2) * min((CONTENT - short) / long, 1.5) for w in wanted]


def as_png(svg: Iterable[str]) -> bytes:
    """Turn a picture into PNG, two pixels for one.

    Raises:
        UsageError: the extra ``png`` is not installed.

    """
    try:
        import resvg_py
    except ImportError:
        raise UsageError("a PNG needs the extra png: pip install 'cs-facts[png]'; an .svg needs nothing") from None
    return bytes(resvg_py.svg_to_bytes(svg_string="".join(svg), zoom=2))


def describe(panels: Iterable[Panel], catalogue: Catalogue, language: Language) -> str:
    """Say in words what panels show: ``People: Members 50.66万名, end of 2021; …``."""
    colon, semicolon, stop = language.word((": |; |. ", "：|；|。")).split("|")
    return "".join(
        panel.title + colon + semicolon.join(_said(fact, catalogue, language) for fact in panel.facts) + stop
        for panel in panels
    ).strip()


def _said(fact: Fact, catalogue: Catalogue, language: Language) -> str:
    assert fact.figure is not None  # a panel holds figures
    number = _number(fact.figure, language)
    said = f"{language.text(fact.title)} {fact.figure.printed}" + (f" ({number})" if number else "")
    return ", ".join(filter(None, (said, _belongs(fact, catalogue, language))))


class _Slide:
    """A picture with a title and a foot."""

    def __init__(self, title: str, *, dark: bool) -> None:
        self.title = title
        self.drawing = Drawing(DARK if dark else LIGHT)
        self.top = self.drawing.lines(MARGIN, 36, wrap(title, TITLE, CONTENT, bold=True)) + 16
        self.foot: list[Line] = []

    def set_foot(self, texts: Iterable[str]) -> None:
        self.foot = [line for text in texts for line in wrap(text, SMALL, CONTENT, "muted")]

    @property
    def room(self) -> float:
        """What title and foot leave of a picture of the usual height."""
        return HEIGHT - height(self.foot) - 32 - self.top

    def svg(self, end: float, description: str, language: Language) -> Iterator[str]:
        end = max(end, self.top + self.room) + 8
        bottom = self.drawing.lines(MARGIN, end, self.foot) + 24
        yield from self.drawing.svg(WIDTH, bottom, self.title, description, language)


def _gathered(panels: Iterable[Panel], language: Language) -> list[Panel]:
    """Put the panels of a single figure together, behind the others; they need no scale."""
    single = [panel for panel in panels if len(panel.facts) == 1]
    if len(single) < 2:
        return list(panels)
    alone = Panel(language.word(_SINGLE), [panel.facts[0] for panel in single], scaled=False)
    return [*(panel for panel in panels if len(panel.facts) > 1), alone]


def _columns(panels: Sequence[Panel], catalogue: Catalogue, language: Language, room: float) -> list[list[Plot]]:
    """Lay panels out below each other, or in two columns where that is too high for a slide."""
    column = [Plot(panel, catalogue, language, CONTENT) for panel in panels]
    if len(panels) == 1 or _height(column) <= room:
        return [column]
    columns: list[list[Plot]] = [[], []]
    for panel in panels:
        min(columns, key=_height).append(Plot(panel, catalogue, language, (CONTENT - MARGIN) / 2))
    return columns


def _height(column: Iterable[Plot], gap: float = _ROW_GAP) -> float:
    return sum(plot.height(gap) + _PANEL_GAP for plot in column)


def _legend(plots: Iterable[Plot], language: Language) -> str:
    used = set().union(*(plot.signs() for plot in plots))
    meanings = (language.word(meaning) for signs, meaning in _SIGNS.items() if used.intersection(signs))
    return language.word(("; ", "；")).join(meanings)


def _order(fact: Fact) -> float:
    """Order figures from the greatest down, ranks from the first down, and what has no number last."""
    assert fact.figure is not None  # a panel holds figures
    known = [end for end in (fact.figure.value, *reversed(span(fact.figure))) if end is not None]
    if not known:
        return math.inf
    return float(known[0]) * (1 if fact.figure.form == "rank" else -1)


class _Row(NamedTuple):
    """A figure with its words: what it counts on the left, how it is printed and what contradicts it beside its bar."""

    fact: Fact
    figure: Figure
    words: list[Line]
    beside: list[Line]

    @property
    def height(self) -> float:
        return max(height(self.words), height(self.beside))


class Plot:
    """A panel laid out at a width.

    Attributes:
        facts: those drawn, in their order; at most `LIMIT`.

    """

    def __init__(self, panel: Panel, catalogue: Catalogue, language: Language, width: float) -> None:
        self.catalogue, self.language, self.width = catalogue, language, width
        self.facts = sorted(panel.facts, key=_order)[:LIMIT]
        self.axis = Axis([fact.figure for fact in self.facts if fact.figure and panel.scaled])
        self.labels = max(width * _LABELS, min(width * 0.42, 250)) if self.is_scaled else width * _WIDE_LABELS
        caption = language.word(_LOGARITHMIC) if self.axis.kind == "log" else ""
        self.head = wrap(panel.title, HEADING, width, bold=True) + wrap(caption, SMALL, width, "muted")
        with_category = len({fact.category for fact in panel.facts}) > 1
        self.rows = [self._row(fact, fact.figure, with_category) for fact in self.facts if fact.figure]
        hidden = len(panel.facts) - len(self.facts)
        self.rest = wrap(language.word(_MORE).format(hidden) if hidden else "", SMALL, width, "muted")

    @property
    def is_scaled(self) -> bool:
        """Whether there is an axis."""
        return self.axis.kind != "none"

    def _row(self, fact: Fact, figure: Figure, with_category: bool) -> _Row:
        others = (self.catalogue.by_id[conflict.other] for conflict in self.catalogue.conflicts.get(fact.id, ()))
        against = [other.figure.printed if other.figure else self.language.text(other.title) for other in others]
        belongs = _belongs(fact, self.catalogue, self.language, with_category=with_category)
        left, right = self.labels - 16, self.width * _FIGURES
        words = wrap(self.language.text(fact.title), BODY, left) + wrap(belongs, SMALL, left, "muted")
        beside = wrap(figure.printed, BODY, right, bold=True)
        beside += wrap(_number(figure, self.language), SMALL, right, "muted")
        for other in against:
            beside += wrap(f"≠ {other}", SMALL, right, "warning")
        return _Row(fact, figure, words, beside)

    def signs(self) -> set[str]:
        """Return the bounds that are drawn, and ``conflict``."""
        bounds: set[str] = {row.figure.bound for row in self.rows} if self.is_scaled else set()
        return bounds | {"conflict" for row in self.rows if row.fact.id in self.catalogue.conflicts}

    def height(self, gap: float) -> float:
        """Return how high the drawing is with a gap between rows."""
        axis = SMALL * 2 if self.is_scaled else 0
        return height(self.head) + gap + sum(row.height + gap for row in self.rows) + axis + height(self.rest)

    def draw(self, drawing: Drawing, x: float, y: float, gap: float) -> float:
        """Draw at a place and return where the drawing ends."""
        top = drawing.lines(x, y, self.head) + gap
        end = y + self.height(gap)
        brackets = self._brackets()
        self._place_axis(x, len(brackets) * _LANE, gap)
        if self.is_scaled:
            bottom = top + sum(row.height + gap for row in self.rows)
            self.axis.draw(drawing, top - gap / 2, bottom - gap / 2, self.language)
        middles: dict[str, float] = {}
        for row in self.rows:
            middles[row.fact.id] = top + row.height / 2
            self._draw_row(drawing, x, top, row)
            top += row.height + gap
        for lane, (one, other) in enumerate(brackets):
            right = x + self.width - lane * _LANE - 2
            course = f"M{right - 8:.1f} {middles[one]:.1f}H{right:.1f}V{middles[other]:.1f}H{right - 8:.1f}"
            drawing.path(course, drawing.theme.warning)
        drawing.lines(x, end - height(self.rest), self.rest)
        return end

    def _place_axis(self, x: float, lanes: float, gap: float) -> None:
        beside = max(line.width for row in self.rows for line in row.beside) + 16
        arrow = ARROW if any(is_open(row.figure) for row in self.rows) else 0
        self.axis.left = x + self.labels
        self.axis.right = x + self.width - min(beside, self.width * _FIGURES + 16) - lanes - arrow
        self.axis.bar = min(18 + max(gap - _ROW_GAP, 0) / 2, 40)

    def _draw_row(self, drawing: Drawing, x: float, top: float, row: _Row) -> None:
        hues, categories = drawing.theme.hues, list(self.catalogue.categories)
        middle = top + row.height / 2
        drawing.lines(x, middle - height(row.words) / 2, row.words)
        at = x + self.labels
        if self.is_scaled:
            hue = hues[categories.index(row.fact.category) % len(hues)]
            at = self.axis.mark(drawing, row.figure, middle, hue) + 8
        upper, wide = middle - height(row.beside) / 2, max(line.width for line in row.beside)
        # a piece of ground hides the lines of the axis behind the figure
        drawing.rect(at - 2, upper, wide + 4, height(row.beside), fill=drawing.theme.ground)
        drawing.lines(at, upper, row.beside)

    def _brackets(self) -> list[tuple[str, str]]:
        """Return the pairs of the panel that contradict each other."""
        shown = {fact.id for fact in self.facts}
        pairs = values.contradictions(self.catalogue, self.facts)
        return list(islice(((fact.id, each.other) for fact, each in pairs if each.other in shown), _MOST_LANES))


def _belongs(fact: Fact, catalogue: Catalogue, language: Language, *, with_category: bool = True) -> str:
    """Name the category of a figure and its period: ``Talent policy · 2017``."""
    category = language.text(catalogue.categories[fact.category]) if with_category else ""
    return " · ".join(filter(None, (category, values.period(fact.when, language))))


def _number(figure: Figure, language: Language) -> str:
    """Write the number below its wording, where the wording does not already say it to this reader."""
    told = figure.value is not None and f"{figure.value:f}" in figure.printed.replace(",", "")
    plain = figure.bound == "exact" and figure.form != "rank"
    return "" if told and (plain or language.tag == "zh") else values.number(figure, language)
