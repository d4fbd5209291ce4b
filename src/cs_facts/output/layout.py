"""Tables for people: share the width of a terminal among columns and choose the shortest of several layouts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console
from rich.text import Text

from cs_facts.output.labels import legible
from cs_facts.output.linebreak import measured, pieces, share_width, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cs_facts.output.linebreak import Piece

# Columns of a page off a terminal, and of the narrowest page; a narrower terminal wraps the lines itself.
_UNLIMITED, LEAST_WIDTH = 1_000_000, 20

# Text in fewer columns is hard to read; words are kept whole up to this length.
_READABLE, _WORD = 12, 24

_GAP = 2
_INDENT = 2

# Styles of group names and of matches; the latter shows on any background.
LABEL, FOUND = "bold underline", "reverse"


@dataclass(frozen=True, slots=True)
class Page:
    """The terminal, file or pipe that a table is drawn for."""

    width: int | None  # columns of the terminal; None off a terminal, where nothing is wrapped
    colour: bool = False  # whether to write escape sequences
    wide: bool = False  # whether characters of ambiguous width (UAX #11: “ ” — … · × ≥) are two columns wide
    encoding: str = "utf-8"  # characters that it lacks are replaced before widths are measured

    @property
    def columns(self) -> int:
        """The number of columns available to a line."""
        return _UNLIMITED if self.width is None else max(self.width, LEAST_WIDTH)

    @property
    def rule(self) -> str:
        """The character that rules are made of."""
        return "-" if self.wide or not self.encoding.lower().startswith("utf") else "─"

    def measure(self, text: str) -> int:
        """Return how many columns a text takes."""
        widened = [char for char in text if east_asian_width(char) == "A" and not combining(char)] if self.wide else []
        return cell_len(text) + len(widened)

    def cell(self, text: str | Text, style: str = "") -> Cell:
        """Return a cell whose text the page's encoding can represent; off a terminal it is a single line."""
        drawn = Text(text) if isinstance(text, str) else text
        drawn.stylize(style)
        plain = drawn.plain if self.encoding == "utf-8" else legible(drawn.plain, self.encoding)
        if self.width is None:
            plain = plain.replace("\n", " ")
        if plain != drawn.plain:
            drawn = Text(plain, spans=drawn.spans if len(plain) == len(drawn) else [])
        return Cell(drawn, self)

    def written(self, line: Text) -> str:
        """Return a line as it is written, without trailing white space."""
        line.rstrip()
        if not self.colour:
            return f"{line.plain}\n"
        segments = line.render(_CONSOLE)
        return "".join(
            style.render(text, color_system=ColorSystem.STANDARD) if style else text for text, style, _ in segments
        ) + "\n"  # fmt: skip


# Resolves the names of styles; what the terminal can do is up to the page.
_CONSOLE = Console(color_system=None, legacy_windows=False, _environ={})


class Cell:
    """A text in a table; its ``extent`` is the width of its longest line."""

    def __init__(self, text: Text, page: Page) -> None:
        self.text, self._page = text, page
        self._parts = text.split("\n") if "\n" in text.plain else [text]
        self.extent = max(page.measure(part.plain) for part in self._parts)

    @cached_property
    def _pieces(self) -> list[list[Piece]]:
        return [measured(pieces(part.plain), self._page.measure) for part in self._parts]

    @cached_property
    def longest_piece(self) -> int:
        """The width of the longest piece that should stay whole."""
        return int(max((visible for part in self._pieces for *_, visible in part), default=0))

    def lines(self, width: int) -> list[Text]:
        """Break it into lines of a width."""
        if self.extent <= width:
            return list(self._parts)
        ends = (wrap(part, width, self._page.measure)[:-1] for part in self._pieces)
        return [line for part, at in zip(self._parts, ends, strict=True) for line in part.divide(at)]


class Bar(Cell):
    """A bar that fills a share of its column."""

    def __init__(self, share: float, page: Page, style: str = "") -> None:
        super().__init__(Text("", style), page)
        self._share, self._style = share, style
        self._signs = "#" if page.rule == "-" else "▏▎▍▌▋▊▉█"
        self.extent, self.longest_piece = 24, 8  # a shorter bar shows nothing

    def lines(self, width: int) -> list[Text]:
        """Draw the bar; any share above zero shows at least a trace."""
        signs = self._signs
        whole, part = divmod(max(round(self._share * width * len(signs)), int(self._share > 0)), len(signs))
        return [Text(signs[-1] * whole + signs[part - 1 : part], self._style)]


@dataclass(frozen=True, slots=True)
class Column:
    """The heading and the layout of a column."""

    heading: str = ""
    right: bool = False  # aligned right
    whole: bool = False  # never wrapped
    least: int = 0  # its width when narrowed as far as possible; 0: the default


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells with lines across the whole width above and below it."""

    cells: Sequence[Cell]
    below: Sequence[Cell] = ()  # indented
    above: Sequence[Cell] = ()  # shown only in a terminal


class Table:
    """Rows with one cell per column; the line of headings is left out if all are empty."""

    def __init__(self, page: Page, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        self._page, self._columns, self._rows = page, columns, rows
        headings = Row([page.cell(column.heading, "bold") for column in columns])
        self._head = [headings] if any(column.heading for column in columns) else []

    def widths(self) -> list[int] | None:
        """Return the width of each column, or None if the table does not fit the page."""
        wants, floors = [], []
        for place, column in enumerate(self._columns):
            cells = [row.cells[place] for row in (*self._head, *self._rows)]
            wants.append(max((cell.extent for cell in cells), default=0))
            floors.append(wants[-1])
            if self._page.width is not None and not column.whole:
                longest = max((cell.longest_piece for cell in cells), default=0)
                floors[-1] = min(wants[-1], max(column.least or _READABLE, min(longest, _WORD)))
        if self._page.width is None:
            return wants
        room = self._page.columns - _GAP * (len(self._columns) - 1)
        return [min(*wants, room)] if len(wants) == 1 else share_width(wants, floors, room)

    def lines(self, widths: Sequence[int]) -> Iterator[Text]:
        """Yield the lines of the table."""
        page, is_terminal = self._page, self._page.width is not None
        rules = [Row([page.cell(page.rule * width) for width in widths])] if self._head and is_terminal else []
        for row in (*self._head, *rules, *self._rows):
            for cell in row.above if is_terminal else ():
                yield from cell.lines(min(cell.extent, page.columns))
            yield from self._side_by_side(row.cells, widths)
            for cell in row.below:
                lines = cell.lines(min(cell.extent, page.columns - _INDENT))
                yield from (Text(" " * _INDENT).append_text(line) for line in lines)

    def _side_by_side(self, cells: Sequence[Cell], widths: Sequence[int]) -> Iterator[Text]:
        columns = (cell.lines(width) for cell, width in zip(cells, widths, strict=True))
        for parts in zip_longest(*columns, fillvalue=Text()):
            line, gap = Text(), ""
            for text, width, column in zip(parts, widths, self._columns, strict=True):
                text.rstrip()
                space = " " * (width - self._page.measure(text.plain))
                line.append(gap + space * column.right).append_text(text)
                gap = space * (not column.right) + " " * _GAP
            yield line


def draw(page: Page, *tables: Table) -> Iterator[str]:
    """Yield the lines of the table that takes the fewest lines of those that fit the page; on a tie the first.

    No table takes more lines on a wider page, so neither does the one chosen. The last table must fit any page.
    """
    shortest = min((list(table.lines(widths)) for table in tables if (widths := table.widths()) is not None), key=len)
    yield from map(page.written, shortest)


def draw_rows(
    page: Page, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], groups: Sequence[str] = ()
) -> Iterator[str]:
    """Yield rows as a table, or as records if that takes fewer lines.

    ``groups`` has the name of each row's group, which in a terminal is written above the first row of the group.
    """
    above = group_headings(page, groups or [""] * len(rows))
    tables = [Table(page, columns, [Row(cells, above=lines) for cells, lines in zip(rows, above, strict=True)])]
    if page.width is not None:
        headed = ([(column.heading, cell) for column, cell in zip(columns, row, strict=True)] for row in rows)
        tables += as_records(page, [[(head, cell) for head, cell in record if cell.extent] for record in headed], above)
    yield from draw(page, *tables)


def as_records(
    page: Page, records: Sequence[Sequence[tuple[str, Cell]]], above: Sequence[Sequence[Cell]] = ()
) -> tuple[Table, Table]:
    """Return the two layouts of records, headings beside or above their values, with empty lines between records."""
    beside, stacked = [], []
    for place, record in enumerate(records):
        lines = (above[place] if above else []) or [page.cell("")] * bool(place)
        for heading, value in record:
            head = page.cell(heading, "bold")
            beside.append(Row([head, value], above=lines))
            stacked.append(Row([head], [value], lines) if heading else Row([value], above=lines))
            lines = []
    columns = [Column(whole=True), Column(least=LEAST_WIDTH)]
    return Table(page, columns, beside), Table(page, [Column()], stacked)


def group_headings(page: Page, groups: Sequence[str]) -> list[list[Cell]]:
    """Return the lines above each row: at the first row of a group, an empty line and the group's name."""
    lines: list[list[Cell]] = []
    for before, name in pairwise(["", *groups]):
        above = [page.cell("")] if name != before and lines else []
        if name != before and name:
            above.append(page.cell(name, LABEL))
        lines.append(above)
    return lines


def draw_lines(page: Page, *lines: str, style: str = "dim") -> Iterator[str]:
    """Yield lines of text, wrapped if in a terminal."""
    yield from draw(page, Table(page, [Column()], [Row([page.cell(line, style)]) for line in lines]))
