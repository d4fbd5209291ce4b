"""Text and shapes as SVG that browsers, LibreOffice and librsvg draw alike.

All styling is in presentation attributes, since LibreOffice reads style sheets in part only. No text is given a length:
fonts differ, so widths are estimated from the widest common sans serif, DejaVu Sans, and room is left accordingly.
"""

from __future__ import annotations

import html
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from cs_facts.output import linebreak
from cs_facts.text import has_han

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cs_facts.output.labels import Language


class Theme(NamedTuple):
    """Colours: of the ground, of text, of what is less important, of lines, of contradictions, of categories."""

    ground: str
    ink: str
    muted: str
    line: str
    warning: str
    hues: tuple[str, ...]


# Text has at least 4.5 : 1 against its ground, bars at least 3 : 1 (WCAG 2.2, 1.4.3 and 1.4.11).
LIGHT = Theme(
    *("#ffffff", "#1f2328", "#57606a", "#d8dee4", "#cf222e"),
    ("#0969da", "#bc4c00", "#1a7f37", "#8250df", "#bf3989", "#1b7c83", "#7d4e00", "#57606a"),
)
DARK = Theme(
    *("#0d1117", "#e6edf3", "#9198a1", "#3d444d", "#ff7b72"),
    ("#58a6ff", "#f0883e", "#3fb950", "#bc8cff", "#f778ba", "#39c5cf", "#d29922", "#b1bac4"),
)

# A text with Chinese characters names the fonts for them first, for resvg and LibreOffice would pick any font that has
# the glyphs; another text names them last, for they set “ ” and · at full width.
_LATIN, _CHINESE = (
    "Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans'",
    "'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei'",
)
_FONTS = f"{_LATIN}, {_CHINESE}, sans-serif"
_CHINESE_FONTS = f"{_CHINESE}, sans-serif"

# Of a line of text, by the size of its font.
LINE_HEIGHT = 1.3

# Widths in em of DejaVu Sans, rounded up; what is not named here and not full width has 0.65, and bold is wider.
_WIDTHS = {
    **dict.fromkeys(" .,:;'|!’‘ijl", 0.34),
    **dict.fromkeys("frtI()[]-/“”–·", 0.45),
    **dict.fromkeys("mwMWQO@%—…<>≠≈≥≤", 0.98),
    **dict.fromkeys("ABCDEFGHJKLNPRSTUVXYZ", 0.72),
}
_BOLD = 1.13


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Estimate how wide a text is drawn at most, in the unit of ``size``."""
    em = sum(
        1.0 if unicodedata.east_asian_width(char) in "WF" else _WIDTHS.get(char, 0.65)
        for char in text
        if not unicodedata.combining(char)
    )
    return em * size * (_BOLD if bold else 1)


class Line(NamedTuple):
    """A line of text that is to be drawn; ``colour`` is a field of `Theme`."""

    text: str
    size: float
    colour: str = "ink"
    bold: bool = False

    @property
    def height(self) -> float:
        """How much room it takes, with the space below it."""
        return self.size * LINE_HEIGHT

    @property
    def width(self) -> float:
        """How wide it is drawn at most."""
        return text_width(self.text, self.size, bold=self.bold)


def wrap(text: str, size: float, room: float, colour: str = "ink", *, bold: bool = False) -> list[Line]:
    """Break a text into lines that fit a room; a word wider than that is cut.

    >>> [line.text for line in wrap("the number of members", 16, 130)]
    ['the number of', 'members']
    """

    def measure(part: str) -> float:
        return text_width(part, size, bold=bold)

    text = " ".join(text.split())
    ends = linebreak.wrap(linebreak.measured(text, measure), room, measure) if text else []
    return [Line(text[start:end].rstrip(), size, colour, bold) for start, end in pairwise([0, *ends])]


def height(lines: Iterable[Line]) -> float:
    """Return how much room lines take below each other."""
    return sum(line.height for line in lines)


class Drawing:
    """Shapes on a ground, in pixels from the upper left corner."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.shapes: list[str] = []

    def text(self, x: float, y: float, line: Line, **attributes: str) -> None:
        """Set a line; ``y`` is its upper edge, not its base line."""
        if line.bold:
            attributes["font_weight"] = "bold"
        if has_han(line.text):
            attributes["font_family"] = _CHINESE_FONTS
        fill = getattr(self.theme, line.colour)
        self.add("text", html.escape(line.text), x=x, y=y + line.size, font_size=line.size, fill=fill, **attributes)

    def lines(self, x: float, y: float, lines: Iterable[Line]) -> float:
        """Set lines below each other and return where the next one may begin."""
        for line in lines:
            self.text(x, y, line)
            y += line.height
        return y

    def rect(self, x: float, y: float, width: float, height: float, **attributes: str) -> None:
        """Draw a rectangle."""
        self.add("rect", x=x, y=y, width=width, height=height, **attributes)

    def line(self, x1: float, y1: float, x2: float, y2: float, **attributes: str) -> None:
        """Draw a straight line."""
        self.add("line", x1=x1, y1=y1, x2=x2, y2=y2, **({"stroke": self.theme.line} | attributes))

    def path(self, course: str, stroke: str) -> None:
        """Draw an outline."""
        self.add("path", d=course, fill="none", stroke=stroke, stroke_width="2")

    def add(self, tag: str, content: str = "", **attributes: str | float) -> None:
        """Add an element of SVG."""
        written = "".join(
            f' {name.replace("_", "-")}="{value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")}"'
            for name, value in attributes.items()
        )
        self.shapes.append(f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>")

    def svg(self, width: float, height: float, title: str, description: str, language: Language) -> Iterator[str]:
        """Yield the drawing as a document, with a title and a description for those who hear it read."""
        tag = "zh" if language.tag == "zh" else "en"
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
            f'viewBox="0 0 {width:.0f} {height:.0f}" role="img" xml:lang="{tag}" lang="{tag}" '
            f'font-family="{_FONTS}">\n<title>{html.escape(title)}</title>\n<desc>{html.escape(description)}</desc>\n'
            f'<rect width="{width:.0f}" height="{height:.0f}" fill="{self.theme.ground}"/>\n'
        )
        yield "\n".join(self.shapes)
        yield "\n</svg>\n"
