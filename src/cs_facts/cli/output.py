"""Write the result of a command in the format, layout and language that its options ask for."""

from __future__ import annotations

import sys
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cs_facts.cli.environment import counted
from cs_facts.cli.streams import write_text
from cs_facts.columns import PLAIN, TEXTS, fact_columns
from cs_facts.errors import UnknownName, UsageError, check_names
from cs_facts.index import Facts
from cs_facts.output import BINARY, DATABASE, DRAWN, ENDINGS, FACT_FORMATS, FORMATS, PUBLISHED, as_png, render_facts
from cs_facts.output.labels import Language, columns_named, only_language
from cs_facts.output.rows import MATCH, ROW_FORMATS, Rows, fact_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence, Sized

    from cs_facts.cli.environment import Environment
    from cs_facts.cli.options import Shape
    from cs_facts.cli.streams import Chunks
    from cs_facts.compare import Comparison
    from cs_facts.model import Catalogue
    from cs_facts.output.layout import Page
    from cs_facts.output.values import View
    from cs_facts.search import Hits

    # Draws a result on a page.
    Draw = Callable[[Page], Iterator[str]]

# The limit of tables without --limit; drawing a row takes 0.3 ms.
TABLE_LIMIT = 1000


class Output:
    """The format, layout, language and destination of a result."""

    def __init__(self, environment: Environment, shape: Shape, store: Catalogue, default: str = "table") -> None:
        self.environment, self.store = environment, store
        most = None if shape.limit is None else min(shape.limit, sys.maxsize)  # `islice` takes no larger number
        self.shape = shape = shape._replace(limit=most)
        self.file = None if shape.output == Path("-") else shape.output  # None: standard output
        self.format = self._format(default)
        self.is_table = self.format == "table"
        self.is_store = self.format == "yaml" and shape.columns is None
        self.descending = (shape.sort or "").startswith("-")
        # Say how many rows a table omits if it is read on a screen, or shortened without being asked to.
        self.counts_more = self.is_table and (shape.limit is None or environment.width is not None)
        self._more = 0  # the number of rows that the table omits
        self.language = self._language()

    def _format(self, default: str) -> str:
        shape = self.shape
        asked = shape.format and ENDINGS.get(f".{shape.format}", shape.format)
        ending = self.file.suffix.lower() if self.file else ""
        if ending and ending not in ENDINGS and not asked:
            raise UnknownName("file ending", ending, ENDINGS)
        chosen = asked or ENDINGS.get(ending, default)
        check_names("format", [chosen], FORMATS)
        if shape.excel and chosen not in ("csv", default):
            raise UsageError(f"--excel makes a CSV, not {chosen}")
        if shape.dark and chosen not in DRAWN:
            raise UsageError(f"--dark draws a chart, svg or png, not {chosen}")
        return "excel" if shape.excel else chosen

    def _language(self) -> Language:
        """Return the language, or languages, that the reader sees."""
        asked = self.shape.lang
        known = dict.fromkeys(("zh", "en", "both", *filter(None, self.store.languages)))
        if asked is not None and asked not in (*known, *self.store.languages):
            raise UnknownName("language", asked, known)
        own, chosen = self.store.languages, asked or self.environment.variables.get("FACTS_LANG")
        tag = asked or self.environment.language
        if self.format in PUBLISHED and not chosen:
            tag = only_language(self.store) or tag
        if asked and own and not {*own} & {PLAIN, asked} and tag != "both":
            self.environment.say(f"facts: no text of the store is in {asked}; it has {', '.join(own)}")
        return Language("en" if tag == "both" else tag, both=tag == "both", strict=asked is not None)

    def view(self, **found: Any) -> View:  # noqa: ANN401  # fields of a View
        """Return a view of the store for this reader."""
        from cs_facts.output.values import View  # CSV does not need it

        sort = "-" * self.descending + self.sort_column()
        return View(self.store, self.language, sort=sort, dark=self.shape.dark, **found)

    def columns(self, known: tuple[str, ...] = ()) -> tuple[str, ...] | None:
        """Return the columns that --columns names, by name or heading; None without --columns."""
        if self.shape.columns is None:
            return None
        known = (known or (*fact_columns(self.store.languages), MATCH)) + TEXTS * self.is_table
        asked: list[str] = []
        for name in filter(None, (name.strip() for name in self.shape.columns.split(","))):
            meant = columns_named(name, known)
            texts = {column.partition("_")[0] for column in meant}
            # a table shows a text once, in the reader's language
            asked += sorted(texts) if self.is_table and len(meant) > 1 and texts <= {*TEXTS} else meant
        return tuple(dict.fromkeys(asked))  # no duplicates, which JSON objects do not allow

    def sort_column(self, known: tuple[str, ...] = ()) -> str:
        """Return the column that --sort names, a text's in the reader's language; empty without --sort."""
        key = (self.shape.sort or "").removeprefix("-")
        columns = columns_named(key, known or fact_columns(self.store.languages)) if key else [""]
        return next((each for each in columns if each.endswith(f"_{self.language.tag}")), columns[0])

    def shaped(self, *groups: Facts) -> Facts:
        """Sort each group of facts by --sort, those without a value last, and apply the limit to all of them."""
        if self.shape.sort and (column := self.sort_column()):
            groups = tuple(facts.sorted(column, descending=self.descending) for facts in groups)
        together = Facts(groups[0].index, tuple(part for facts in groups for part in facts.parts))
        return together.limited(self.limit(together))

    def limit(self, *tables: Sized) -> int:
        """Return how many rows to show of each table, 0 for all, and remember how many are omitted."""
        most = self.shape.limit if self.shape.limit is not None else TABLE_LIMIT * self.is_table
        self._more = sum(max(len(rows) - most, 0) for rows in tables) if most and self.counts_more else 0
        return most

    def write_facts(self, facts: Facts, hits: Hits | None = None, draw: Draw | None = None) -> None:
        """Write facts in the chosen format; ``hits`` is the result of a search, ``draw`` replaces the usual table."""
        full, asked, tags = len(hits.full) if hits else None, self.columns(), self.store.languages
        if self.shape.lang is not None and not self.language.both:
            tags = tuple(tag for tag in tags if tag in (PLAIN, self.language.tag))
        columns = asked or (*fact_columns(tags), *([] if full is None else [MATCH]))
        if self.format == DATABASE:
            from cs_facts.output.sqlite import render_facts as render_database

            self._write(render_database(facts, asked or fact_columns(tags)))
        elif self.is_store:
            from cs_facts.output.rows import render_store

            self._write(render_store(facts))
        else:
            rows = partial(fact_rows, facts, columns, full)
            self._write_result(draw or partial(self._draw_facts, facts, hits), rows, facts)

    def _draw_facts(self, facts: Facts, hits: Hits | None, page: Page) -> Iterator[str]:
        from cs_facts.output.facts import draw_facts

        shown = list(facts)
        found = {"highlight": hits.highlights(shown), "full": len(hits.full)} if hits else {}
        return draw_facts(page, self.view(**found), shown, self.columns())

    def write_comparison(self, comparison: Comparison, facts: Facts, columns: Sequence[str], draw: Draw) -> None:
        """Write the figures of a comparison in the chosen format; ``draw`` draws the table."""
        self._refuse_shape()
        if not self.is_table:
            check_names("column", [*(self.columns() or ()), *filter(None, [self.sort_column()])], columns)
            facts = self.shaped(facts)
        self._write_result(draw, partial(fact_rows, facts, self.columns() or columns), facts, comparison)

    def write_rows(self, rows: Rows, draw: Draw, pictured: tuple[str, ...] | None = None) -> None:
        """Write rows other than facts in the chosen format; ``draw`` draws the table.

        ``pictured`` are the columns that a picture has room for, by default all.
        """
        self._refuse_shape()
        columns = pictured if pictured and self.format in DRAWN else rows.columns
        self._write_result(draw, partial(self._shaped, rows, columns))

    def _refuse_shape(self) -> None:
        if self.is_table and (option := "--columns" if self.shape.columns else "--sort" if self.shape.sort else ""):
            raise UsageError(f"{option} does not apply to this table; add -f csv, or another format with columns")

    def _shaped(self, rows: Rows, columns: tuple[str, ...]) -> Rows:
        """Apply --columns, --sort and --limit to rows; those without a value are sorted last."""
        names, key = self.columns(rows.columns) or columns, self.sort_column(rows.columns)
        check_names("column", [*names, *filter(None, [key])], rows.columns)
        cells: Iterable[tuple[Any, ...]] = rows.cells
        if key:
            place, found = rows.columns.index(key), list(rows.cells)
            missing = [row for row in found if row[place] in (None, "", ())]
            known: list[Any] = [row for row in found if row[place] not in (None, "", ())]
            cells = sorted(known, key=lambda row: row[place], reverse=self.descending) + missing
        places = [rows.columns.index(name) for name in names]
        shown = (tuple(row[at] for at in places) for row in islice(cells, self.shape.limit or None))
        return Rows(names, shown, written=rows.written)

    def _write_result(
        self, draw: Draw, rows: Callable[[], Rows], facts: Facts | None = None, comparison: Comparison | None = None
    ) -> None:
        """Write a result in the chosen format, from the drawing, the facts or the rows that the format takes."""
        if self.is_table:
            self._write_table(draw)
        elif self.format in FACT_FORMATS and facts is not None:
            self._write(render_facts(self.format, facts, self.view(comparison=comparison)))
        elif self.format in DRAWN:
            from cs_facts.output.chart import render_table

            self._write(render_table(rows(), self.view()))
        elif self.format in FACT_FORMATS:
            raise UsageError(f"{self.format} is for facts; this result can be a table, csv, json or similar")
        elif self.format == DATABASE:
            from cs_facts.output.sqlite import render_rows as render_database

            self._write(render_database(rows()))
        else:
            shown = rows()
            if self.format == "excel" and self.shape.lang == "zh":
                from cs_facts.output.values import in_words

                shown = in_words(shown, self.view())
            self._write(ROW_FORMATS[self.format](shown))

    def _write_table(self, draw: Draw) -> None:
        from cs_facts.output.layout import Page

        screen = self.environment
        # No locale tells whether a terminal draws characters of ambiguous width (“ ” — … ·) two columns wide: by
        # default xterm, VTE, kitty, Windows Terminal and tmux draw one in a Chinese one too.
        is_wide = screen.variables.get("FACTS_AMBIGUOUS_WIDTH") == "2"
        page = Page(screen.width, screen.colour, is_wide, screen.encoding)
        self._write(draw(Page(None) if self.file else page), "utf-8" if self.file else screen.encoding)
        if self._more:
            screen.say(f"facts: {counted(self._more, 'more row')}; --limit 0 shows all")

    def _write(self, chunks: Chunks, encoding: str = "utf-8") -> None:
        force, paged = self.shape.force, not self.shape.no_pager
        if self.format in BINARY and self.file is None:
            name = f"FILE.{'db' if self.format == DATABASE else self.format}"
            raise UsageError(f"{self.format} cannot go to standard output; name a file with --output {name}")
        chunks = as_png(chunks) if self.format == "png" else chunks
        write_text(self.environment, chunks, self.file, encoding, force=force, paged=paged)
