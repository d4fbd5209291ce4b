"""The axis of a chart, and how a figure stands on it: bars from zero, dots for ranks and on a logarithmic scale."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from cs_facts.output.drawing import Line, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cs_facts.model import Figure
    from cs_facts.output.drawing import Drawing
    from cs_facts.output.labels import Language

# Length of the arrow of a figure that has no upper end.
ARROW = 28.0

T = TypeVar("T", float, Decimal)

_TICK_SIZE, _DOT = 14, 7.0
_POWERS = {
    "en": ((1e9, "bn"), (1e6, "m"), (1e3, "k")),
    "zh": ((1e8, "亿"), (1e4, "万")),
}


class Axis:
    """A scale that holds some figures.

    Attributes:
        kind: ``bars`` from zero, ``log`` (each step multiplies), ``ranks`` (1 stands first), or ``none`` where no
            figure has a number.
        left: where the first tick stands, ``right`` the last.
        bar: how thick a bar is.

    """

    def __init__(self, figures: Sequence[Figure]) -> None:
        self.left, self.right, self.bar = 0.0, 1.0, 18.0
        ends = [end for figure in figures for end in span(figure) if end is not None]
        if not ends:
            self.kind, self.ticks = "none", [0.0, 1.0]
        elif figures[0].form == "rank":
            every = max(1, math.ceil(max(ends) / 5))
            last = max(math.ceil(max(ends) / every) * every, 2)
            self.kind, self.ticks = "ranks", [1.0, *map(float, range(max(every, 2), last + 1, every))]
        elif is_logarithmic(min(ends), max(ends)):
            decades = range(math.floor(math.log10(min(ends))), math.ceil(math.log10(max(ends))) + 1)
            self.kind, self.ticks = "log", [10.0**decade for decade in decades]
        else:
            low, high = min(0.0, *ends), max(0.0, *ends)
            step = _round_step((high - low) / 4 or 1.0)
            first, last = math.floor(low / step), math.ceil(high / step)
            self.kind, self.ticks = "bars", [at * step for at in range(first, last + (first == last) + 1)]

    def x(self, value: float) -> float:
        """Return where a number stands."""
        first, last = self.ticks[0], self.ticks[-1]
        if self.kind == "log":
            share = math.log10(value / first) / math.log10(last / first)
        else:
            share = (value - first) / (last - first)
        return self.left + (self.right - self.left) * share

    def draw(self, drawing: Drawing, top: float, bottom: float, language: Language) -> None:
        """Draw the lines of the ticks and, as far as there is room, their numbers."""
        names = [tick_name(tick, language) for tick in self.ticks]
        widest = max(text_width(name, _TICK_SIZE) for name in names) + 12
        every = math.ceil(widest / (self.right - self.left) * (len(names) - 1))
        for at, (tick, name) in enumerate(zip(self.ticks, names, strict=True)):
            x = self.x(tick)
            zero = tick == 0 and self.kind == "bars"
            drawing.line(x, top, x, bottom, stroke=drawing.theme.muted if zero else drawing.theme.line)
            if at % every == 0:
                drawing.text(x, bottom + 4, Line(name, _TICK_SIZE, "muted"), text_anchor="middle")

    def mark(self, drawing: Drawing, figure: Figure, y: float, hue: str) -> float:
        """Draw a figure and return where the drawing of it ends."""
        start, end = span(figure)
        if end is None:
            return self.left
        value = end if figure.value is None else float(figure.value)
        if self.kind == "bars":
            self._draw_bar(drawing, figure, value, y, hue)
            edge = max(self.x(end), self.x(0))
        else:
            self._draw_dot(drawing, figure, value, y, hue)
            edge = max(self.x(end), self.x(value) + _DOT)
        if is_open(figure):
            tip = edge + ARROW - 6
            head = f"M{edge + 2:.1f} {y:.1f}H{tip:.1f}M{tip - 7:.1f} {y - 6:.1f}L{tip:.1f} {y:.1f}l-7 6"
            drawing.path(head, hue)
            return tip
        if figure.bound == "about" and start is not None:
            left, right, ends = self.x(start), self.x(end), f"{y - 6:.1f}V{y + 6:.1f}"
            course = f"M{left:.1f} {ends}M{right:.1f} {ends}M{left:.1f} {y:.1f}H{right:.1f}"
            drawing.path(course, drawing.theme.ink)
        return edge

    def _draw_bar(self, drawing: Drawing, figure: Figure, value: float, y: float, hue: str) -> None:
        def box(one: float, other: float, **style: str) -> None:
            left, right = sorted((self.x(one), self.x(other)))
            drawing.rect(left, y - self.bar / 2, max(right - left, 2), self.bar, **({"fill": hue} | style))

        start, end = span(figure)
        if figure.form in ("range", "vague"):
            box(start or 0, end or 0)
        elif figure.bound in ("less_than", "at_most"):
            box(0, value, fill_opacity="0.12", stroke=hue, stroke_width="2", stroke_dasharray="6 4")
        else:
            box(0, value)
            if figure.bound in ("more_than", "at_least") and end is not None and end > value:
                box(value, end, fill_opacity="0.35")

    def _draw_dot(self, drawing: Drawing, figure: Figure, value: float, y: float, hue: str) -> None:
        start, end = span(figure)
        drawing.line(self.left, y, self.x(value), y, stroke_dasharray="2 4", stroke=drawing.theme.muted)
        if start is not None and end is not None and start < end and figure.bound != "about":
            drawing.line(self.x(start), y, self.x(end), y, stroke=hue, stroke_width="6", stroke_opacity="0.5")
        hollow = figure.bound in ("less_than", "at_most")
        fill = {"fill": drawing.theme.ground, "stroke": hue, "stroke_width": "2"} if hollow else {"fill": hue}
        drawing.add("circle", cx=self.x(value), cy=y, r=_DOT, **fill)


def is_logarithmic(least: T, greatest: T) -> bool:
    """Tell whether the steps of a scale multiply: where its greatest number is a hundred times the least."""
    return least > 0 and greatest / least >= 100


def span(figure: Figure) -> tuple[float | None, float | None]:
    """Return from where to where a figure is drawn; None: it has no end there."""
    value, low, high = (None if end is None else float(end) for end in (figure.value, figure.low, figure.high))
    if figure.form in ("range", "vague") or figure.bound == "about":
        return (value if low is None else low), (value if high is None else high)
    if figure.bound in ("more_than", "at_least"):
        return value, value if high is None else high
    if figure.bound in ("less_than", "at_most"):
        return None, value
    return (1.0 if figure.bound == "top" else value), value


def is_open(figure: Figure) -> bool:
    """Tell whether a figure has no upper end."""
    return figure.bound in ("more_than", "at_least") and figure.high is None and figure.value is not None


def _round_step(least: float) -> float:
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least * 0.999)


def tick_name(value: float, language: Language) -> str:
    """Write a number of an axis shortly.

    >>> from cs_facts.output.labels import Language
    >>> tick_name(2500000, Language("en")), tick_name(2500000, Language("zh"))
    ('2.5m', '250万')
    """
    for power, name in _POWERS[language.word(("en", "zh"))]:
        if abs(value) >= power:
            return f"{value / power:.10g}{name}"
    return f"{value:.10g}"
