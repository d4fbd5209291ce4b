"""Text, shapes and axes as SVG that browsers, LibreOffice and librsvg render alike.

All styling is in presentation attributes, because LibreOffice supports style sheets only in part. Fonts differ, so the
widths of texts are estimated from DejaVu Sans, the widest of the common ones, and enough room is left for them.
"""

from __future__ import annotations

import html
import math
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from cs_facts.output import linebreak
from cs_facts.output.labels import BOTH
from cs_facts.text import has_han

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cs_facts.model import Figure
    from cs_facts.output.labels import Language


class Theme(NamedTuple):
    """The colours of a drawing."""

    ground: str
    ink: str  # text
    muted: str  # less important text
    line: str
    warning: str  # contradictions
    hues: tuple[str, ...]  # categories


# The contrast of text is at least 4.5 : 1, that of bars 3 : 1 (WCAG 2.2, 1.4.3 and 1.4.11).
_LIGHT_HUES = ("#0969da", "#bc4c00", "#1a7f37", "#8250df", "#bf3989", "#1b7c83", "#7d4e00", "#57606a")
_DARK_HUES = ("#58a6ff", "#f0883e", "#3fb950", "#bc8cff", "#f778ba", "#39c5cf", "#d29922", "#b1bac4")
LIGHT = Theme("#ffffff", "#1f2328", "#57606a", "#d8dee4", "#cf222e", _LIGHT_HUES)
DARK = Theme("#0d1117", "#e6edf3", "#9198a1", "#3d444d", "#ff7b72", _DARK_HUES)

# Text with Chinese characters names Chinese fonts first, because resvg and LibreOffice would pick any font that has the
# glyphs. Other text names them last, because they set “ ” and · at full width.
_CHINESE_FONTS = "'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
_FONTS = f"Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', {_CHINESE_FONTS}"

# In multiples of the font size.
LINE_HEIGHT = 1.3

# Widths of characters in em, of DejaVu Sans, rounded up; full-width characters take 1, all others 0.65.
_WIDTHS = {
    **dict.fromkeys(" .,:;'|!’‘ijl", 0.34),
    **dict.fromkeys("frtI()[]-/“”–·", 0.45),
    **dict.fromkeys("mwMWQO@%—…<>≠≈≥≤", 0.98),
    **dict.fromkeys("ABCDEFGHJKLNPRSTUVXYZ", 0.72),
}
_BOLD = 1.13


def text_width(text: str, size: float, *, bold: bool = False, chinese: bool = False) -> float:
    """Estimate the greatest width of a line; ``chinese`` if its fonts set “ ” and · at full width."""
    full = "WFA" if chinese or has_han(text) else "WF"
    em = sum(
        1.0 if unicodedata.east_asian_width(char) in full else _WIDTHS.get(char, 0.65)
        for char in text
        if not unicodedata.combining(char)
    )
    return em * size * (_BOLD if bold else 1)


class Line(NamedTuple):
    """A line of text; ``colour`` is a field of `Theme`."""

    text: str
    size: float
    colour: str = "ink"
    bold: bool = False

    @property
    def width(self) -> float:
        """Its greatest width when drawn."""
        return text_width(self.text, self.size, bold=self.bold)


def wrap(
    text: str, size: float, room: float, colour: str = "ink", *, bold: bool = False, most: int | None = None
) -> list[Line]:
    """Break a text into lines that fit the room; too wide a word is cut, and so is the text after ``most`` lines.

    >>> [line.text for line in wrap("the number of members", 16, 130)]
    ['the number of', 'members']
    """
    chinese = has_han(text)

    def measure(part: str) -> float:
        return text_width(part, size, bold=bold, chinese=chinese)

    text = " ".join(text.split())
    ends = linebreak.wrap(linebreak.measured(linebreak.pieces(text), measure), room, measure) if text else []
    lines = [text[start:end].rstrip() for start, end in pairwise([0, *ends])]
    if most and len(lines) > most:
        lines[most - 1 :] = [f"{lines[most - 1][:-2]}…"]
    return [Line(line, size, colour, bold) for line in lines]


def height(lines: Iterable[Line]) -> float:
    """Return the height of some lines."""
    return sum(line.size * LINE_HEIGHT for line in lines)


class Drawing:
    """Shapes in the order they are drawn, in pixels from the upper left corner."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.shapes: list[str] = []

    def add(self, tag: str, content: str = "", **attributes: str | float) -> None:
        """Add an SVG element."""
        written = "".join(
            f' {name.replace("_", "-")}="{value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")}"'
            for name, value in attributes.items()
        )
        self.shapes.append(f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>")

    def lines(self, x: float, y: float, lines: Iterable[Line], **attributes: str) -> float:
        """Draw lines of text downwards from ``y`` and return where the next one may begin."""
        for line in lines:
            look = {"fill": getattr(self.theme, line.colour), **attributes}
            look |= {"font_weight": "bold"} if line.bold else {}
            look |= {"font_family": _CHINESE_FONTS} if has_han(line.text) else {}
            self.add("text", html.escape(line.text), x=x, y=y + line.size, font_size=line.size, **look)
            y += line.size * LINE_HEIGHT
        return y

    def line(self, x1: float, y1: float, x2: float, y2: float, **attributes: str) -> None:
        """Draw a straight line."""
        self.add("line", x1=x1, y1=y1, x2=x2, y2=y2, **({"stroke": self.theme.line} | attributes))

    def path(self, course: str, stroke: str) -> None:
        """Draw a path without filling it."""
        self.add("path", d=course, fill="none", stroke=stroke, stroke_width="2")

    def svg(self, width: float, height: float, title: str, description: str, language: Language) -> str:
        """Return the drawing as a document, with a title and a description for screen readers."""
        tag = "zh" if language.tag == "zh" else "en"
        size = f'width="{width:.0f}" height="{height:.0f}"'
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {width:.0f} {height:.0f}" role="img" '
            f'xml:lang="{tag}" lang="{tag}" font-family="{_FONTS}">\n<title>{html.escape(title)}</title>\n'
            f'<desc>{html.escape(description)}</desc>\n<rect {size} fill="{self.theme.ground}"/>'
        )
        return "\n".join((head, *self.shapes, "</svg>\n"))


# The length of the arrow of an open-ended figure, the font size of an axis, the radius of a dot.
_ARROW, _TICK_SIZE, _DOT = 28.0, 14, 7.0
# The names of powers of ten in English and Chinese.
_POWERS = (((1e9, "bn"), (1e6, "m"), (1e3, "k")), ((1e8, "亿"), (1e4, "万")))
# The bounds of figures above and below the number printed.
_ABOVE, _BELOW = ("more_than", "at_least"), ("less_than", "at_most")


class Axis:
    """A scale for some figures, from ``left`` to ``right``.

    Attributes:
        kind: ``bars`` from zero, ``log``, ``ranks`` from 1, or ``none`` if no figure has a number.
        depth: The height of the numbers below the axis.
        every: The number of ticks per line.
        bar: The thickness of a bar.

    """

    def __init__(self, figures: Sequence[Figure]) -> None:
        self.left, self.right, self.bar = 0.0, 1.0, 18.0
        self.arrow = _ARROW if any(map(_is_open, figures)) else 0
        self.every, self.depth, self.lines = 1, 0.0, list[tuple[float, list[Line]]]()
        ends = [end for figure in figures for end in span(figure) if end is not None]
        if not ends:
            self.kind, self.ticks = "none", [0.0, 1.0]
        elif figures[0].form == "rank":
            every = max(1, math.ceil(max(ends) / 5))
            last = max(math.ceil(max(ends) / every) * every, 2)
            self.kind, self.ticks = "ranks", [1.0, *map(float, range(max(every, 2), last + 1, every))]
        elif min(ends) > 0 and max(ends) / min(ends) >= 100:
            decades = range(math.floor(math.log10(min(ends))), math.ceil(math.log10(max(ends))) + 1)
            self.kind, self.ticks = "log", [10.0**decade for decade in decades]
        else:
            low, high = min(0.0, *ends), max(0.0, *ends)
            least = (high - low) / 4 or 1.0
            power = 10.0 ** math.floor(math.log10(least))
            step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least * 0.999)
            if all(end == int(end) for end in ends):  # whole numbers need no fractions between them
                step = max(step, 1.0)
            first, last = math.floor(low / step), math.ceil(high / step)
            self.kind, self.ticks = "bars", [at * step for at in range(first, last + (first == last) + 1)]

    def place(self, left: float, right: float, language: Language) -> None:
        """Place the axis between two positions, and choose as many lines as there is room for their numbers."""
        self.left, self.right = left, right - self.arrow
        names = [
            [Line(part, _TICK_SIZE, "muted") for part in tick_name(tick, language).split(BOTH)] for tick in self.ticks
        ]
        widest = max(line.width for name in names for line in name) + 12
        self.every = math.ceil(widest / (self.right - left) * (len(names) - 1))
        self.depth = 10 + max(map(height, names))
        first = self.ticks.index(0) if self.kind == "bars" else 0
        self.lines = list(zip(self.ticks, names, strict=True))[first % self.every :: self.every]

    def x(self, value: float) -> float:
        """Return the position of a number."""
        first, at, last = map(math.log10 if self.kind == "log" else float, (self.ticks[0], value, self.ticks[-1]))
        return self.left + (self.right - self.left) * (at - first) / (last - first)

    def draw(self, drawing: Drawing, top: float, bottom: float) -> None:
        """Draw the lines with their numbers."""
        for tick, name in self.lines:
            zero = tick == 0 and self.kind == "bars"
            stroke = drawing.theme.muted if zero else drawing.theme.line
            drawing.line(self.x(tick), top, self.x(tick), bottom, stroke=stroke)
            drawing.lines(self.x(tick), bottom + 4, name, text_anchor="middle")

    def mark(self, drawing: Drawing, figure: Figure, y: float, hue: str) -> float:
        """Draw a figure and return where the drawing ends."""
        start, end = span(figure)
        if end is None:
            return self.left
        value = end if figure.value is None else float(figure.value)
        draw = self._draw_bar if self.kind == "bars" else self._draw_dot
        draw(drawing, figure, value, y, hue)
        edge = max(self.x(end), self.x(0) if self.kind == "bars" else self.x(value) + _DOT)
        if _is_open(figure):
            tip = edge + _ARROW - 6
            drawing.path(f"M{edge + 2:.1f} {y:.1f}H{tip:.1f}M{tip - 7:.1f} {y - 6:.1f}L{tip:.1f} {y:.1f}l-7 6", hue)
            return tip
        if figure.bound == "about" and start is not None:
            left, right, ends = self.x(start), self.x(end), f"{y - 6:.1f}V{y + 6:.1f}"
            course = f"M{left:.1f} {ends}M{right:.1f} {ends}M{left:.1f} {y:.1f}H{right:.1f}"
            drawing.path(course, drawing.theme.ink)
        return edge

    def _draw_bar(self, drawing: Drawing, figure: Figure, value: float, y: float, hue: str) -> None:
        def box(one: float, other: float, **style: str) -> None:
            left, right = sorted((self.x(one), self.x(other)))
            style = {"fill": hue} | style
            drawing.add("rect", x=left, y=y - self.bar / 2, width=max(right - left, 2), height=self.bar, **style)

        start, end = span(figure)
        if figure.form in ("range", "vague"):
            box(start or 0, end or 0)
        elif figure.bound in _BELOW:
            box(0, value, fill_opacity="0.12", stroke=hue, stroke_width="2", stroke_dasharray="6 4")
        else:
            box(0, value)
            if figure.bound in _ABOVE and end is not None and end > value:
                box(value, end, fill_opacity="0.35")

    def _draw_dot(self, drawing: Drawing, figure: Figure, value: float, y: float, hue: str) -> None:
        start, end = span(figure)
        drawing.line(self.left, y, self.x(value), y, stroke_dasharray="2 4", stroke=drawing.theme.muted)
        if start is not None and end is not None and start < end and figure.bound != "about":
            drawing.line(self.x(start), y, self.x(end), y, stroke=hue, stroke_width="6", stroke_opacity="0.5")
        hollow = {"fill": drawing.theme.ground, "stroke": hue, "stroke_width": "2"}
        drawing.add("circle", cx=self.x(value), cy=y, r=_DOT, **(hollow if figure.bound in _BELOW else {"fill": hue}))


def span(figure: Figure) -> tuple[float | None, float | None]:
    """Return the ends between which a figure is drawn; None if it is open there."""
    value, low, high = (None if end is None else float(end) for end in (figure.value, figure.low, figure.high))
    if figure.form in ("range", "vague") or figure.bound == "about" or value is None:
        return (value if low is None else low), (value if high is None else high)
    if figure.bound in _ABOVE:
        return value, value if high is None else high
    if figure.bound in _BELOW:
        return None, value
    return (1.0 if figure.bound == "top" else value), value


def order(figure: Figure | None, *, absolute: bool = False) -> float:
    """Sort key: ranks from the first, others from the greatest (absolute) value, those without a number last."""
    known = [float(each) for each in (figure.value, *reversed(span(figure))) if each is not None] if figure else []
    sign = 1 if figure and figure.form == "rank" else -1
    return sign * (abs(known[0]) if absolute else known[0]) if known else math.inf


def _is_open(figure: Figure) -> bool:
    return figure.bound in _ABOVE and figure.high is None and figure.value is not None


def tick_name(value: float, language: Language) -> str:
    """Abbreviate a number on an axis.

    >>> from cs_facts.output.labels import Language
    >>> tick_name(2500000, Language("en")), tick_name(2500000, Language("zh"))
    ('2.5m', '250万')
    """
    english, chinese = (
        next((f"{value / power:.10g}{name}" for power, name in powers if abs(value) >= power), f"{value:.10g}")
        for powers in _POWERS
    )
    return language.words((english, chinese)).replace("-", "−")
