"""A result → its text → where it goes. Every command ends here."""

from __future__ import annotations

from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cs_facts.cli.streams import write_file, write_stream
from cs_facts.cli.terminal import counted, say
from cs_facts.columns import PLAIN, TEXTS, fact_columns
from cs_facts.errors import UnknownName, UsageError
from cs_facts.output import BINARY, DATABASE, DRAWN, ENDINGS, FACT_FORMATS, FORMATS, render_facts, render_rows
from cs_facts.output.labels import Language, columns_headed
from cs_facts.output.rows import MATCH, Rows, fact_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cs_facts.cli.options import Shape
    from cs_facts.cli.terminal import Environment
    from cs_facts.compare import Comparison
    from cs_facts.index import Facts
    from cs_facts.model import Catalogue
    from cs_facts.output.layout import Page
    from cs_facts.output.rows import Cell
    from cs_facts.search.matcher import Hits

# The name of a file that is standard output.
_STANDARD_OUTPUT = Path("-")

# Rows of a table when no --limit is given; drawing one takes 0.3 ms a row.
TABLE_LIMIT = 1000


def write_text(
    environment: Environment,
    chunks: Iterable[str],
    output: Path | None,
    encoding: str = "utf-8",
    *,
    force: bool,
    paged: bool,
) -> None:
    """Write text to a file in UTF-8, or where none or ``-`` is named to standard output, through a pager if need be."""
    if output is not None and output != _STANDARD_OUTPUT:
        write_file(output, chunks, force=force)
    elif environment.height is None:  # no screen that it could exceed
        write_stream(environment.stdout, chunks, encoding)
    else:
        from cs_facts.cli.pager import write_paged

        write_paged(environment, chunks, encoding, paged=paged)


class Output:
    """Where a command's result goes and how it is laid out, by its options or else by default."""

    def __init__(
        self,
        environment: Environment,
        shape: Shape,
        store: Catalogue,
        default: str = "table",
        file: Path | None = None,
    ) -> None:
        self.environment, self.shape, self.store = environment, shape, store
        file = shape.output or file
        self.file = None if file == _STANDARD_OUTPUT else file
        self.format = self._format(default)
        self.language = self._language()
        self._more = 0  # rows that a table lacks, told below it

    @property
    def is_table(self) -> bool:
        """Whether the result is drawn for people."""
        return self.format == "table"

    def columns(self, known: Sequence[str] = ()) -> tuple[str, ...] | None:
        """Return the columns asked for by their names or headings, None when the format chooses."""
        if self.shape.columns is None:
            return None
        names = filter(None, (name.strip() for name in self.shape.columns.split(",")))
        columns = (column for name in names for column in self._meant(name, known))
        return tuple(dict.fromkeys(columns))  # each once: an object of JSON holds no key twice

    def _meant(self, name: str, known: Sequence[str]) -> Sequence[str]:
        """Return the columns that a name or a heading means; what means none stays, for whoever will refuse it."""
        known = known or (*fact_columns(self.store.languages), MATCH)
        if name in known or (self.is_table and name in TEXTS):
            return [name]
        columns = columns_headed(name, known)
        texts = {column.partition("_")[0] for column in columns}
        if self.is_table and len(columns) > 1 and texts <= {*TEXTS}:  # a table shows the reader's language
            return sorted(texts)
        return columns or [name]

    def sort_column(self, known: Sequence[str] = ()) -> str:
        """Return the column to sort by, empty where none is asked for; of a text that in the reader's language."""
        key = (self.shape.sort or "").removeprefix("-")
        known = known or fact_columns(self.store.languages)
        columns = [key] if key in known else columns_headed(key, known) or [key]
        return next((each for each in columns if each.endswith(f"_{self.language.tag}")), columns[0])

    @property
    def _is_descending(self) -> bool:
        return (self.shape.sort or "").startswith("-")

    def machine_columns(self) -> tuple[str, ...]:
        """Return the columns of a machine format: those asked for, or all, in one language if one is asked for."""
        tags = self.store.languages
        if self.language.strict and not self.language.both:
            tags = tuple(tag for tag in tags if tag in (PLAIN, self.language.tag))
        return self.columns() or fact_columns(tags)

    def shaped(self, facts: Facts) -> Facts:
        """Sort by --sort, what has no value last, and cut to --limit; a table without one is cut to its own."""
        if column := self.sort_column():
            facts = facts.sorted(column, descending=self._is_descending)
        return facts.limited(self.limit(len(facts)))

    @property
    def counts_more(self) -> bool:
        """Whether it is told how many rows are left out: where people see a table, or it is cut unasked."""
        return self.is_table and (self.shape.limit is None or self.environment.width is not None)

    def limit(self, *counts: int) -> int:
        """Return how many rows of tables of so many are shown, 0 for all, and note how many more there are."""
        most = self.shape.limit if self.shape.limit is not None else TABLE_LIMIT * self.is_table
        self._more = sum(max(count - most, 0) for count in counts) if most and self.counts_more else 0
        return most

    def write_hits(self, hits: Hits) -> None:
        """Write what a search found, sorted and cut as asked for."""
        if column := self.sort_column():
            hits = hits.sorted(column, descending=self._is_descending)
        facts = hits.facts.limited(self.limit(len(hits.facts)))
        self.write_facts(hits.full if self.is_store else facts, hits)

    def write_facts(self, facts: Facts, hits: Hits | None = None) -> None:
        """Write facts in the chosen format, in their order; ``hits`` are what a search found, if they come of one."""
        full = None if hits is None else len(hits.full)

        def draw(page: Page) -> Iterator[str]:
            from cs_facts.output.facts import draw_facts
            from cs_facts.output.values import View

            shown = list(facts)
            highlights = hits.highlights(shown) if hits else None
            view = View(facts.index, self.language, highlights, full, "-" * self._is_descending + self.sort_column())
            return draw_facts(page, view, shown, self.columns())

        self.write_drawn(facts, draw, full)

    @property
    def is_store(self) -> bool:
        """Whether the result is written as a store."""
        return self.format == "yaml" and self.shape.columns is None

    def write_drawn(self, facts: Facts, draw: Callable[[Page], Iterator[str]], full: int | None = None) -> None:
        """Write facts in the chosen format; as a table, as ``draw`` draws them; ``full`` match a search whole."""
        columns = (*self.machine_columns(), *([MATCH] if full is not None and not self.columns() else []))
        if self.format == DATABASE:
            from cs_facts.output.sqlite import render_facts as render_database

            self._write_any(render_database(facts, self.machine_columns()))
        elif self.is_store:
            from cs_facts.output.machine import render_store

            self._write(render_store(facts))
        else:
            self._write_result(draw, lambda: fact_rows(facts, columns, full), lambda: facts)

    def _said(self, rows: Rows) -> Rows:
        """Put rows in Chinese words where a spreadsheet is asked for in Chinese."""
        if self.format != "excel" or not self.language.strict or self.language.tag != "zh":
            return rows
        from cs_facts.output.values import in_words

        return in_words(rows, self.store, self.language)

    def write_comparison(
        self, comparison: Comparison, facts: Facts, columns: Sequence[str], draw: Callable[[Page], Iterator[str]]
    ) -> None:
        """Write some columns of a comparison's figures in the chosen format; for people, as ``draw`` draws them."""
        for name in (*(self.columns() or ()), *filter(None, [self.sort_column()])):
            if not self.is_table and name not in columns:
                raise UnknownName("column", name, columns)
        self._refuse_shape()
        rows = lambda: fact_rows(self.shaped(facts), self.columns() or columns)  # noqa: E731
        self._write_result(draw, rows, lambda: self.shaped(facts), comparison)

    def write_rows(self, rows: Rows, draw: Callable[[Page], Iterator[str]]) -> None:
        """Write rows that are no facts in the chosen format; --columns, --sort and --limit shape all but drawings."""
        self._refuse_shape()
        self._write_result(draw, lambda: self._shaped(rows))

    def _refuse_shape(self) -> None:
        if self.is_table and (option := "--columns" if self.shape.columns else "--sort" if self.shape.sort else ""):
            raise UsageError(f"{option} has no place in this drawing; add -f csv, or another format of columns")

    def _write_result(
        self,
        draw: Callable[[Page], Iterator[str]],
        rows: Callable[[], Rows],
        facts: Callable[[], Facts] | None = None,
        comparison: Comparison | None = None,
    ) -> None:
        """Write what is drawn for people, rows for programs, and facts where there is a format of their own."""
        if self.is_table:
            self._write_table(draw)
        elif self.format in FACT_FORMATS and facts:
            dark = self.shape.dark
            self._write_any(render_facts(self.format, facts(), self.language, dark=dark, comparison=comparison))
        elif self.format in DRAWN:
            self._write_any(self._drawn(rows()))
        elif self.format in FACT_FORMATS:
            raise UsageError(f"{self.format} is for facts; this result can be a table, csv, json and the like")
        elif self.format == DATABASE:
            from cs_facts.output.sqlite import render_rows as render_database

            self._write_any(render_database(rows()))
        else:
            self._write(render_rows(self.format, self._said(rows())))

    def _shaped(self, rows: Rows) -> Rows:
        names = self.columns(rows.columns) or rows.columns
        key = self.sort_column(rows.columns)
        for name in (*names, *filter(None, [key])):
            if name not in rows.columns:
                raise UnknownName("column", name, rows.columns)
        cells = self._sorted(rows, key) if key else rows.cells
        places = [rows.columns.index(name) for name in names]
        shown = (tuple(row[at] for at in places) for row in islice(cells, self.shape.limit or None))
        return Rows(names, shown, written=rows.written)

    def _sorted(self, rows: Rows, key: str) -> Iterator[tuple[Cell, ...]]:
        """Return rows in the order asked for, those without a value behind the others."""
        place = rows.columns.index(key)
        found: list[Any] = list(rows.cells)
        known = [row for row in found if row[place] not in (None, "", ())]
        known.sort(key=lambda row: row[place], reverse=self._is_descending)
        return chain(known, (row for row in found if row[place] in (None, "", ())))

    def _write_table(self, draw: Callable[[Page], Iterator[str]]) -> None:
        from cs_facts.output.layout import Page

        screen = self.environment
        if self.file:
            self._write(draw(Page(None)))
        else:
            is_ascii = not screen.encoding.lower().startswith("utf")
            page = Page(screen.width, screen.colour, is_ascii, screen.wide, screen.encoding)
            self._write(draw(page), screen.encoding)
        if self._more:
            say(screen, f"facts: {counted(self._more, 'more row')}; --limit 0 shows all")

    def _drawn(self, rows: Rows) -> Iterator[str] | Iterator[bytes]:
        """Draw rows as a table in the style of the charts."""
        from cs_facts.output.chart import as_png, render_table
        from cs_facts.output.rows import flat

        headings = [self.language.heading(name) for name in rows.columns]
        cells = [[flat(cell) for cell in row] for row in rows.typed()]
        title = self.language.text(self.store.title)
        svg = render_table(headings, cells, self.language, title, dark=self.shape.dark)
        return iter([as_png(svg)]) if self.format == "png" else svg

    def _write_any(self, chunks: Iterable[str] | Iterable[bytes]) -> None:
        """Write text, or to a file what is none."""
        if self.format not in BINARY:
            self._write(chunks)  # type: ignore[arg-type]  # only `BINARY` is bytes
            return
        if self.file is None:
            name = f"FILE.{'db' if self.format == DATABASE else self.format}"
            raise UsageError(f"{self.format} is a file and no text for standard output: name it with --output {name}")
        write_file(self.file, chunks, force=self.shape.force)

    def _write(self, chunks: Iterable[str], encoding: str = "utf-8") -> None:
        shape = self.shape
        write_text(self.environment, chunks, self.file, encoding, force=shape.force, paged=not shape.no_pager)

    def _format(self, default: str) -> str:
        shape = self.shape
        asked = shape.format and ENDINGS.get(f".{shape.format}", shape.format)
        chosen = asked or (self.file and self._ending(self.file)) or default
        if chosen not in FORMATS:
            raise UnknownName("format", chosen, FORMATS)
        if shape.excel and chosen not in ("csv", default):
            raise UsageError(f"--excel makes a CSV, not {chosen}")
        if shape.dark and chosen not in DRAWN:
            raise UsageError(f"--dark draws a chart, svg or png, not {chosen}")
        return "excel" if shape.excel else chosen

    @staticmethod
    def _ending(path: Path) -> str | None:
        ending = path.suffix.lower()
        if ending and ending not in ENDINGS:
            raise UnknownName("ending of a file", ending, ENDINGS)
        return ENDINGS.get(ending)

    def _language(self) -> Language:
        asked = self.shape.lang
        known = dict.fromkeys(("zh", "en", "both", *filter(None, self.store.languages)))
        if asked is not None and asked not in (*known, *self.store.languages):
            raise UnknownName("language", asked, known)
        tag = asked or self.environment.language
        if tag == "both":
            return Language("en", both=True, strict=asked is not None)
        return Language(tag, strict=asked is not None)
