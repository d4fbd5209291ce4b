"""Tables and charts as pictures: HTML and SVG, by Rich's own export of what is drawn for a terminal.

In a terminal a Chinese character is two columns wide and a Latin one one, whatever the font; in a browser the font
decides. So what is of another width than the Latin letters is set by itself, at the width that it has in a terminal.
"""

from __future__ import annotations

import functools
import html
import io
import itertools
import re
import unicodedata
import zlib
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment, Segments
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Literal

    Width = Literal["latin", "wide", "loose"]

LIGHT = TerminalTheme(
    (255, 255, 255),
    (31, 35, 40),
    [
        *((36, 41, 47), (207, 34, 46), (17, 99, 41), (125, 78, 0)),
        *((9, 105, 218), (130, 80, 223), (27, 124, 131), (95, 105, 115)),
    ],
    [
        *((87, 96, 106), (164, 14, 38), (26, 112, 51), (99, 60, 1)),
        *((10, 92, 199), (111, 66, 193), (15, 106, 120), (101, 109, 118)),
    ],
)
DARK = TerminalTheme(
    (13, 17, 23),
    (230, 237, 243),
    [
        *((139, 148, 158), (255, 123, 114), (63, 185, 80), (210, 153, 34)),
        *((88, 166, 255), (188, 140, 255), (57, 197, 207), (177, 186, 196)),
    ],
    [
        *((145, 152, 161), (255, 161, 152), (86, 211, 100), (227, 179, 65)),
        *((121, 192, 255), (210, 168, 255), (86, 212, 221), (240, 246, 252)),
    ],
)
"""Sixteen colours each, all of them at least 4.5 : 1 against their ground (WCAG 2.2, 1.4.3), no two alike."""

_DIM = Style(dim=False, color="bright_black")
_MARKED = Style(bold=True, underline=True)

_ASPECT = 0.6
"""Width of a Latin letter by the size of the font, as most monospaced fonts have it."""

_CHAR_HEIGHT = 20  # Rich's own
_FONTS = (
    "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', 'Noto Sans Mono', "
    "'Noto Sans Mono CJK SC', 'Source Han Mono SC', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', monospace"
)

_PAGE = """\
<!DOCTYPE html>
<html lang="@lang@">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>@title@</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ margin: 2em; color: {foreground}; background: {background}; }}
h1, pre {{ font: 14px/1.45 @fonts@; }}
h1 {{ font-weight: bold; }}
pre {{ overflow-x: auto; }}
code {{ font: inherit; }}
.wide {{ letter-spacing: calc(2ch - 1em); }}
.loose {{ display: inline-block; overflow: hidden; vertical-align: top; }}
{stylesheet}
@media (prefers-color-scheme: dark) {{
body {{ color: @dark_text@; background: @dark_ground@; }}
@dark@
}}
</style>
</head>
<body>
<h1>@title@</h1>
<pre><code>{code}</code></pre>
</body>
</html>
"""

_DRAWING = """\
<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg"
  xml:lang="@lang@" lang="@lang@" role="img">
<title>@title@</title>
<style>
.{unique_id} text {{ font-family: @fonts@; font-size: {char_height}px; white-space: pre; }}
.{unique_id} .wide {{ letter-spacing: calc(2 * {char_width}px - 1em); }}
.{unique_id} .ground {{ fill: @light_ground@; }}
.{unique_id} .title {{ fill: @light_text@; font-weight: bold; }}
{styles}
@media (prefers-color-scheme: dark) {{
.{unique_id} .ground {{ fill: @dark_ground@; }}
.{unique_id} .title {{ fill: @dark_text@; }}
@dark@
}}
</style>
<g class="{unique_id}">
<rect class="ground" width="100%" height="100%" rx="8"/>
@heading@
<g transform="translate({terminal_x}, {terminal_y})">
{matrix}
</g>
</g>
</svg>
"""

_TEXT = re.compile(r'<text class="([^"]*)" x="([^"]*)" y="([^"]*)"[^>]*>([^<]*)</text>')
_FULL_WIDTH = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff]")
"""As wide as it is high in every font; Hangul and pictographs are not."""

_FAR_FROM_LATIN = re.compile(r"[^\x00-\x7f]+")


def render_picture(format_: str, drawn: Iterable[str], title: str, language: str) -> Iterator[str]:
    """Yield a picture of a table or a chart.

    Args:
        format_: ``html`` or ``svg``.
        drawn: what is drawn for a terminal that knows colours.
        title: stands above it.
        language: tag of the language that it is mostly in.

    """
    picture = _page if format_ == "html" else _drawing
    lines = [Text.from_ansi(line) for chunk in drawn for line in chunk.splitlines()]
    for line in lines:
        line.rstrip()
    yield picture(lines, title, language)


def _page(lines: list[Text], title: str, language: str) -> str:
    console = _recorded(lines, title)
    dark = console.export_html(theme=DARK, code_format="{stylesheet}", clear=False)
    template = _filled(_PAGE, title=html.escape(title), lang=language, dark=dark)
    page = console.export_html(theme=LIGHT, code_format=template)
    head, opening, body = page.partition("<code>")
    return head + opening + _FAR_FROM_LATIN.sub(lambda found: _set_apart(found[0]), body)


def _set_apart(text: str) -> str:
    return "".join(_at_width(width, run) for width, run in _runs(text))


def _at_width(width: Width, run: str) -> str:
    """Mark a run so that the style sheet gives each character the columns that it has in a terminal."""
    if width == "wide":  # by the space behind each, so that the text is found and copied as text
        return f'<span class="wide">{run}</span>'
    return run if width == "latin" else f'<span class="loose" style="width: {cell_len(run)}ch">{run}</span>'


def _drawing(lines: list[Text], title: str, language: str) -> str:
    console = _recorded(lines, title)
    id_ = f"facts-{zlib.crc32(''.join(line.markup for line in lines).encode()):x}"
    export = functools.partial(console.export_svg, title="", font_aspect_ratio=_ASPECT, unique_id=id_)
    dark = export(theme=DARK, code_format="{styles}", clear=False)
    heading = "".join(_heading(title))
    template = _filled(_DRAWING, title=html.escape(title), lang=language, dark=dark, heading=heading)
    # Rich gives a Chinese text half its width (`len` for `cell_len`), and each line a clip, the last a missing one
    return _TEXT.sub(lambda tag: _text(*tag.groups()), export(theme=LIGHT, code_format=template))


def _heading(title: str) -> Iterator[str]:
    column = 0
    for _, run in _runs(title):
        yield _text("title", f"{9 + column * _CHAR_HEIGHT * _ASPECT:g}", "28", html.escape(run))
        column += cell_len(run)


def _text(class_: str, x: str, y: str, content: str) -> str:
    length = cell_len(html.unescape(content)) * _CHAR_HEIGHT * _ASPECT
    classes = f"{class_} wide" if _width(content[0]) == "wide" else class_
    return f'<text class="{classes}" x="{x}" y="{y}" textLength="{length:g}">{content}</text>\n'


def _recorded(lines: list[Text], title: str) -> Console:
    """Return a console that has printed the lines and is as wide as the widest."""
    width = max(map(cell_len, [title, *(line.plain for line in lines)]))
    console = Console(file=io.StringIO(), width=width, record=True, legacy_windows=False, _environ={})
    pieces = [list(_pieces(console, line)) for line in lines]
    console.print(Segments(itertools.chain.from_iterable(pieces)), crop=False, end="")
    return console


def _pieces(console: Console, line: Text) -> Iterator[Segment]:
    for segment in line.render(console, end="\n"):
        style = _on_paper(segment.style or Style.null())
        yield from (Segment(run, style) for _, run in _runs(segment.text))


def _on_paper(style: Style) -> Style:
    """Say with colours of ours what Rich would mix with the ground, which is light or dark as the reader has it."""
    if style.reverse or style.bgcolor:
        return _MARKED
    return style + _DIM if style.dim and style.color is None else style


def _runs(text: str) -> Iterator[tuple[Width, str]]:
    for width, characters in itertools.groupby(text, _width):
        yield width, "".join(characters)


@functools.cache
def _width(character: str) -> Width:
    """Say which width a character has in a browser: the Latin letters', twice that in a terminal, or who knows."""
    east_asian = unicodedata.east_asian_width(character)
    if unicodedata.combining(character) or east_asian in ("N", "Na", "H"):
        return "latin"
    if east_asian == "A":  # “ ” — … · are in Latin fonts and in Chinese ones
        return "latin" if character.isalpha() else "loose"
    return "wide" if _FULL_WIDTH.match(character) else "loose"


def _filled(template: str, **values: str) -> str:
    """Fill a template of ours, so that Rich, which formats it, leaves the values alone."""
    values |= {
        "fonts": _FONTS,
        "light_text": LIGHT.foreground_color.hex,
        "light_ground": LIGHT.background_color.hex,
        "dark_text": DARK.foreground_color.hex,
        "dark_ground": DARK.background_color.hex,
    }
    return re.sub(
        "@(title|lang|dark|heading|fonts|light_text|light_ground|dark_text|dark_ground)@",
        lambda name: values[name[1]].replace("{", "{{").replace("}", "}}"),
        template,
    )
