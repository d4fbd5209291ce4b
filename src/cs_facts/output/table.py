"""Tables and records for people, by Rich: in a terminal they fit and wrap, elsewhere each record is one line.

Where a terminal is too narrow for the columns, the rows are set as records, heading beside value.
"""

from __future__ import annotations

import functools
import io
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cs_facts.output.legible import legible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_UNLIMITED = 1_000_000
"""Columns of a page on which nothing wraps."""

_LEAST = 20
"""Columns of the narrowest page; a terminal narrower than that breaks the lines itself."""

_READABLE = 12
"""Columns below which a text is a ladder of syllables; a table that would need it is set as records."""

_READABLE_BESIDE = 20
"""The same for a value beside its heading; where it would need less it stands below."""

_GAP = 2
"""Columns between two columns of a table."""

_ASCII_HEAD = box.Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)
"""`box.SIMPLE_HEAD` for terminals that know only ASCII."""

_LABEL = "bold underline"
"""The style of a group's name."""

_FIRST_STAND_IN = 0x3A000
"""Two columns wide for Rich, and never assigned: plane 3 is for ideographs and is filled from its other end."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a table is drawn on.

    Attributes:
        width: columns of the terminal; None off a terminal, where nothing is wrapped.
        colour: whether escapes may be written.
        ascii: whether rules must be drawn with ASCII.
        wide: whether the terminal draws characters of ambiguous width (UAX #11: “ ” — … · × ≥) two columns wide.
        encoding: what is to be written in; where it lacks a character another stands in, before widths are counted.

    """

    width: int | None
    colour: bool = False
    ascii: bool = False
    wide: bool = False
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and how what stands below it is set."""

    heading: str
    right: bool = False
    whole: bool = False  # is not to be wrapped
    least: int = 0  # columns that it keeps when others are narrowed; 0: what is readable
    style: str = ""


class Styled(str):
    """A cell with a style of its own, which says nothing that its text does not."""

    style: str
    spans: Sequence[tuple[int, int]]

    def __new__(cls, text: str, style: str = "", spans: Sequence[tuple[int, int]] = ()) -> Styled:
        """Make the cell; ``spans`` are the places in it that a search found."""
        cell = super().__new__(cls, text)
        cell.style = style
        cell.spans = spans
        return cell

    def drawn(self) -> Text:
        """Return the cell as Rich draws it."""
        text = Text(self, style=self.style)
        for start, end in self.spans:
            text.stylize(_FOUND, start, end)
        return text


_FOUND = "reverse"
"""The style of what a search found; it shows on any ground."""


def stacked(cells: Iterable[str]) -> str:
    """Set cells below each other, those without text left out."""
    cells = [cell for cell in cells if cell]
    first = cells[0] if cells else ""
    return Styled("\n".join(cells), "", first.spans) if isinstance(first, Styled) else "\n".join(cells)


def _text(cell: str) -> Text:
    return cell.drawn() if isinstance(cell, Styled) else Text(cell)


def render_table(
    page: Page,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    groups: Sequence[str] = (),
    title: str = "",
    *,
    labelled: bool = False,
) -> Iterator[str]:
    """Yield a table, or records where the page is too narrow for its columns.

    Args:
        page: what it is drawn on.
        columns: the headings.
        rows: as many texts each as there are columns; markup in them is text.
        groups: for each row what it belongs to; a terminal shows a gap where that changes.
        title: a line above the table.
        labelled: a terminal shows the name of a group above its rows.

    """
    cells = [[_line(cell, page) for cell in row] for row in rows]
    parts = _parts(page, groups, len(cells), labelled=labelled)
    widths = _widths(page, columns, [*cells, *([label] for label, _, _ in parts if label)])
    if title:
        yield from _drawn(page, Text(_line(title, page), style="bold"))
    if widths is None:
        yield from _as_records(page, columns, cells, parts)
    else:
        yield from _drawn(page, _as_table(page, columns, widths, cells, parts))


def _parts(page: Page, groups: Sequence[str], count: int, *, labelled: bool) -> list[tuple[str, int, int]]:
    """Return the runs of equal groups: label, first row, row behind the last; off a terminal there is one run."""
    if page.width is None or not groups:
        return [("", 0, count)]
    starts = [place for place in range(count) if not place or groups[place] != groups[place - 1]]
    ends = [*starts[1:], count]
    return [
        (_line(groups[start], page) if labelled else "", start, end) for start, end in zip(starts, ends, strict=False)
    ]


def _as_records(
    page: Page, columns: Sequence[Column], cells: Sequence[Sequence[str]], parts: Sequence[tuple[str, int, int]]
) -> Iterator[str]:
    for place, (label, first, last) in enumerate(parts):
        if place:
            yield "\n"
        if label:
            yield from _drawn(page, Text(label, style=_LABEL))
        yield from _records(page, [_paired(columns, row) for row in cells[first:last]])
    yield "\n"  # a record and a line below the table look alike


def _as_table(
    page: Page,
    columns: Sequence[Column],
    widths: Sequence[int | None],
    cells: Sequence[Sequence[str]],
    parts: Sequence[tuple[str, int, int]],
) -> Table:
    table = _empty_table(page, columns, widths)
    for label, first, last in parts:
        if label:
            table.add_row(Text(label, style=_LABEL))
        for place in range(first, last):
            ends = place + 1 == last != len(cells)
            table.add_row(*map(_text, cells[place]), end_section=ends)
    return table


def _paired(columns: Sequence[Column], row: Sequence[str]) -> list[tuple[str, str]]:
    """Set a row's values beside their headings, but for those that it lacks."""
    return [(column.heading, cell) for column, cell in zip(columns, row, strict=True) if cell]


def _empty_table(page: Page, columns: Sequence[Column], widths: Sequence[int | None]) -> Table:
    padding = (0, _GAP - (page.width is not None), 0, 0)  # a box has a column of its own between two
    table = Table(box=_box(page), pad_edge=False, show_edge=False, header_style="bold", padding=padding)
    for column, width in zip(columns, widths, strict=True):
        table.add_column(
            Text(_line(column.heading, page)),
            justify="right" if column.right else "left",
            no_wrap=column.whole or page.width is None,
            width=width,
            overflow="fold",
            style=column.style,
        )
    return table


def _widths(page: Page, columns: Sequence[Column], cells: Sequence[Sequence[str]]) -> Sequence[int | None] | None:
    """Return the columns that each column of a table gets; None where they do not fit the page.

    Rich, left alone, narrows a column below its least width, down to one character a line.
    """
    wants = [_extent(_line(column.heading, page)) for column in columns]
    if page.width is None:  # where nothing is wrapped, Rich need not measure every cell again
        lengths = ([cell_len(row[place]) for row in cells if place < len(row)] for place in range(len(columns)))
        return [max((want, *found)) for want, found in zip(wants, lengths, strict=True)]
    floors = [max(map(_extent, _line(column.heading, page).split()), default=0) for column in columns]
    for place, column in enumerate(columns):
        wants[place] = max(wants[place], *(_extent(row[place]) for row in cells if place < len(row)), 0)
        least = wants[place] if column.whole else column.least or _READABLE
        floors[place] = max(floors[place], min(wants[place], least))
    return fitted(wants, floors, max(page.width, _LEAST) - _GAP * (len(columns) - 1))


def _extent(text: str) -> int:
    return max(map(cell_len, text.split("\n")))


def fitted(wants: Sequence[int], floors: Sequence[int], room: int) -> list[int] | None:
    """Share the columns of a page out: the widest give way first, none below its floor.

    >>> fitted([8, 60, 30], [8, 12, 12], 60)
    [8, 26, 26]
    >>> fitted([8, 60, 30], [8, 12, 12], 30) is None
    True
    """
    if sum(floors) > room:
        return None

    def capped(most: int) -> list[int]:
        return [max(floor, min(want, most)) for want, floor in zip(wants, floors, strict=True)]

    low, high = 0, max(wants, default=0)
    while low < high:  # the greatest width that all may have
        middle = (low + high + 1) // 2
        low, high = (middle, high) if sum(capped(middle)) <= room else (low, middle - 1)
    widths = capped(low)
    for place, want in enumerate(wants):  # what is left over is less than a column for each that could use it
        widths[place] += int(widths[place] < want and sum(widths) < room)
    return widths


def render_records(page: Page, records: Sequence[Sequence[tuple[str, str]]]) -> Iterator[str]:
    """Yield records set vertically, heading beside value, a blank line between them."""
    yield from _records(page, [[(heading, _line(value, page)) for heading, value in record] for record in records])


def _records(page: Page, records: Sequence[Sequence[tuple[str, str]]]) -> Iterator[str]:
    headings = [_line(heading, page) for record in records for heading, _ in record]
    beside = max(map(cell_len, headings), default=0)
    below = page.width is not None and max(page.width, _LEAST) - beside - 2 < _READABLE_BESIDE
    for place, record in enumerate(records):
        if place:
            yield "\n"
        yield from _drawn(page, _below(page, record) if below else _beside(page, record, beside))


def _beside(page: Page, record: Sequence[tuple[str, str]], heading_width: int) -> Table:
    table = Table.grid(padding=(0, 2), pad_edge=False)
    table.add_column(style="bold", no_wrap=True, width=heading_width)
    table.add_column(overflow="fold")
    for heading, value in record:
        table.add_row(Text(_line(heading, page)), _text(value))
    return table


def _below(page: Page, record: Sequence[tuple[str, str]]) -> Table:
    table = Table.grid()
    table.add_column(overflow="fold")
    for heading, value in record:
        table.add_row(Text(_line(heading, page), style="bold"))
        table.add_row(Padding(_text(value), (0, 0, 0, 2)))
    return table


def render_lines(page: Page, *lines: str) -> Iterator[str]:
    """Yield lines of text, wrapped in a terminal."""
    for line in lines:
        yield from _drawn(page, Text(_line(line, page), style="dim"))


def _box(page: Page) -> box.Box | None:
    if page.width is None:
        return None
    return _ASCII_HEAD if page.ascii or page.wide else box.SIMPLE_HEAD  # rules are of ambiguous width too


def _line(text: str, page: Page) -> str:
    """Keep a value on one line where a record is one line, and in a wide terminal let Rich count as that does."""
    if page.encoding != "utf-8":
        text = _like(text, legible(text, page.encoding))
    if page.width is None:
        return _like(text, " ".join(text.split("\n")))
    return _like(text, text.translate(_stand_ins())) if page.wide else text


def _like(cell: str, text: str) -> str:
    return Styled(text, cell.style, cell.spans) if isinstance(cell, Styled) else text


@functools.cache
def _stand_ins() -> dict[int, int]:
    """Return for each character of ambiguous width one that Rich counts as two columns.

    Rich has no setting for it. Marks that combine are of ambiguous width too, and take no column of their own.
    """
    ambiguous = (
        code
        for code in range(0xE000)
        if unicodedata.east_asian_width(chr(code)) == "A" and not unicodedata.combining(chr(code))
    )
    return {code: _FIRST_STAND_IN + place for place, code in enumerate(ambiguous)}


@functools.cache
def _stood_for() -> dict[int, int]:
    return {stand_in: code for code, stand_in in _stand_ins().items()}


def _drawn(page: Page, renderable: RenderableType) -> Iterator[str]:
    """Yield what Rich draws, without the spaces that it pads lines with."""
    console = Console(
        file=io.StringIO(),
        width=max(page.width, _LEAST) if page.width is not None else _UNLIMITED,
        force_terminal=page.colour,
        color_system="standard" if page.colour else None,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
        _environ={},  # COLUMNS, TERM, FORCE_COLOR and others have said what they say by the page
    )
    with console.capture() as capture:
        console.print(renderable)
    drawn = capture.get()
    for line in (drawn.translate(_stood_for()) if page.wide else drawn).splitlines(keepends=False):
        yield f"{line.rstrip(' ')}\n"
