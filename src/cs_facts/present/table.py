"""Tables and records for people, by Rich: in a terminal they fit and wrap, elsewhere each record is one line."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_UNLIMITED = 1_000_000
"""Columns of a page on which nothing wraps."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a table is drawn on.

    Attributes:
        width: columns of the terminal; None off a terminal, where nothing is wrapped.
        colour: whether escapes may be written.
        ascii: whether rules must be drawn with ASCII.

    """

    width: int | None
    colour: bool = False
    ascii: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and how what stands below it is set."""

    heading: str
    right: bool = False
    whole: bool = False  # is not to be wrapped
    least: int = 0  # columns that it keeps when others are narrowed
    style: str = ""


def render_table(
    page: Page,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    groups: Sequence[object] = (),
    title: str = "",
) -> Iterator[str]:
    """Yield a table.

    Args:
        page: what it is drawn on.
        columns: the headings.
        rows: as many texts each as there are columns; markup in them is text.
        groups: for each row what it belongs to; a terminal shows a gap where that changes.
        title: a line above the table.

    """
    table = Table(box=_box(page), pad_edge=False, show_edge=False, header_style="bold", title_justify="left")
    for column in columns:
        table.add_column(
            Text(column.heading),
            justify="right" if column.right else "left",
            no_wrap=column.whole,
            min_width=column.least or None,
            overflow="fold",
            style=column.style,
        )
    for place, row in enumerate(rows):
        ends = place + 1 < len(groups) and groups[place] != groups[place + 1]
        table.add_row(*(Text(_line(cell, page)) for cell in row), end_section=ends and page.width is not None)
    if title:
        yield from _drawn(page, Text(title, style="bold"))
    yield from _drawn(page, table)


def render_records(page: Page, records: Sequence[Sequence[tuple[str, str]]]) -> Iterator[str]:
    """Yield records set vertically, heading beside value, a blank line between them."""
    for place, record in enumerate(records):
        if place:
            yield "\n"
        table = Table.grid(padding=(0, 2), pad_edge=False)
        table.add_column(style="bold", no_wrap=True)
        table.add_column(overflow="fold")
        for heading, value in record:
            table.add_row(Text(heading), Text(_line(value, page)))
        yield from _drawn(page, table)


def render_lines(page: Page, *lines: str) -> Iterator[str]:
    """Yield lines of text, wrapped in a terminal."""
    for line in lines:
        yield from _drawn(page, Text(_line(line, page), style="dim"))


def _box(page: Page) -> box.Box | None:
    if page.width is None:
        return None
    return box.ASCII2 if page.ascii else box.SIMPLE_HEAD


def _line(text: str, page: Page) -> str:
    """Keep a value on one line where a record is one line."""
    return " ".join(text.split("\n")) if page.width is None else text


def _drawn(page: Page, renderable: RenderableType) -> Iterator[str]:
    """Yield what Rich draws, without the spaces that it pads lines with."""
    console = Console(
        file=io.StringIO(),
        width=page.width or _UNLIMITED,
        force_terminal=page.colour,
        color_system="standard" if page.colour else None,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
    )
    with console.capture() as capture:
        console.print(renderable)
    for line in capture.get().splitlines(keepends=False):
        yield f"{line.rstrip(' ')}\n"
