"""What programs read: CSV (RFC 4180), TSV, Markdown, JSON (RFC 8259), NDJSON and YAML."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from itertools import chain, islice
from json import JSONEncoder
from typing import TYPE_CHECKING, Any

from cs_facts.columns import NUMBERS
from cs_facts.output.rows import Rows, flat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cs_facts.index import Facts
    from cs_facts.model import Fact, Store
    from cs_facts.output.rows import Cell

_BOM = "\ufeff"
_CRLF = "\r\n"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

_BACKSLASHED = re.compile(r"[`*_\[\]<>~]")
# What a backslash cannot save in Markdown: the table's own characters, line ends, and white space that would be
# trimmed, that of Unicode too, which implementations in JavaScript and Python trim.
_AS_ENTITY = re.compile(r"[\\|&\n\r\t]|^[\s\ufeff]+|[\s\ufeff]+$")

_encode = JSONEncoder(ensure_ascii=False).encode


def render_csv(rows: Rows, delimiter: str = ",") -> Iterator[str]:
    """Yield CSV: UTF-8 without BOM, LF, quotes where RFC 4180 needs them."""
    cells = rows.cells if rows.written else (tuple(map(flat, row)) for row in rows.cells)
    yield from _records(chain([rows.columns], cells), delimiter, "\n")


def render_tsv(rows: Rows) -> Iterator[str]:
    """Yield TSV, quoted as CSV is where a value holds a tab, a quote or a line end."""
    return render_csv(rows, "\t")


def render_excel(rows: Rows) -> Iterator[str]:
    """Yield CSV that Excel and WPS open by double-click in any locale and run no formula of.

    A BOM says UTF-8, lines end in CRLF, and a text that would begin a formula begins with an apostrophe instead
    (OWASP, CSV Injection); so does one that has an apostrophe there already, which keeps the two apart when the
    table is imported. Numbers are untouched.
    """
    from decimal import Decimal

    def harmless(cell: Cell) -> str:
        text = flat(cell)
        is_formula = not isinstance(cell, int | Decimal) and text.lstrip("'").startswith(_FORMULA_STARTS)
        return f"'{text}" if is_formula else text

    yield _BOM
    yield from _records((tuple(map(harmless, row)) for row in chain([rows.columns], rows.typed())), ",", _CRLF)


class _File(list[str]):
    """A file for `csv.writer` that gathers records."""

    write = list.append


def _records(rows: Iterable[tuple[Cell, ...]], delimiter: str, end: str) -> Iterator[str]:
    """Yield records, some at a time; a writer quotes a value that holds a character of its own line end."""
    records, rows = _File(), iter(rows)
    writer = csv.writer(records, delimiter=delimiter, lineterminator=_CRLF)
    while batch := list(islice(rows, 200)):
        writer.writerows(batch)
        yield "".join([record.removesuffix(_CRLF) + end for record in records])
        records.clear()


def render_markdown(rows: Rows) -> Iterator[str]:
    """Yield a table (GitHub Flavored Markdown 0.29, §4.10) whose cells render to exactly the value."""
    from decimal import Decimal

    cells = iter(rows.typed())
    first = list(islice(cells, 1))
    right = [
        name in NUMBERS or isinstance(cell, int | Decimal)
        for row in first
        for name, cell in zip(rows.columns, row, strict=True)
    ]
    rule = ("--:" if each else "---" for each in right or [False] * len(rows.columns))
    for line in chain([map(_escaped, rows.columns), rule], (map(_escaped, row) for row in chain(first, cells))):
        yield f"| {' | '.join(line)} |\n"


def _escaped(cell: Cell) -> str:
    text = _AS_ENTITY.sub(lambda match: "".join(f"&#{ord(char)};" for char in match[0]), flat(cell))
    return _BACKSLASHED.sub(r"\\\g<0>", text)


def render_ndjson(rows: Rows) -> Iterator[str]:
    """Yield an object a line."""
    from decimal import Decimal  # CSV does without

    def value(cell: Any) -> str:  # noqa: ANN401  # a `Cell`
        if isinstance(cell, Decimal):
            return flat(cell)  # exact, where a float would round
        return _encode(cell if cell is None or isinstance(cell, str | int | tuple) else flat(cell))

    names = [_encode(name) for name in rows.columns]
    for row in rows.typed():
        yield f"{{{', '.join(f'{name}: {value(cell)}' for name, cell in zip(names, row, strict=True))}}}\n"


def render_json(rows: Rows) -> Iterator[str]:
    """Yield an array of objects, an object a line."""
    before = "[\n"
    for line in render_ndjson(rows):
        yield before + line[:-1]
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def render_yaml(rows: Rows) -> Iterator[str]:
    """Yield an item a row; what is missing is left out."""
    from cs_facts.store.writer import dump_rows  # JSON does without

    return dump_rows(
        {
            name: list(cell) if isinstance(cell, tuple) else flat(cell)
            for name, cell in zip(rows.columns, row, strict=True)
            if cell not in (None, ())
        }
        for row in rows.typed()
    )


def render_store(facts: Facts) -> Iterator[str]:
    """Yield facts as a store of their own."""
    from cs_facts.store.writer import dump  # as above

    return dump(*subset(facts))


def subset(facts: Facts) -> tuple[Store, Iterator[Fact]]:
    """Return what facts refer to, as a store that holds none, and the facts as a store's file holds them.

    One of all the facts keeps everything; of others, conflicts with what is left out are left out. The licence and the
    synonyms hold for any of them, the version for all together.
    """
    from cs_facts import model  # a table needs neither
    from cs_facts.store.loader import storable

    index = facts.index
    is_whole = len(facts) == index.size

    def used(known: Mapping[str, Any], column: str) -> dict[str, Any]:
        names = known if is_whole else {name for (name,) in facts.rows([column])}
        return {name: value for name, value in known.items() if name in names}

    units, categories = used(index.units, "unit"), used(index.categories, "category")
    sources, version = used(index.sources, "source"), index.version if is_whole else None
    kept = iter(facts)
    if not is_whole:
        disputed = {id_ for id_, others in facts.rows(["id", "conflicts"]) if others}
        among = ((fact, tuple(each for each in fact.conflicts if each.other in disputed)) for fact in facts)
        kept = (replace(fact, conflicts=conflicts) for fact, conflicts in among)
    store = model.Store(index.title, units, categories, sources, (), version, index.licence, index.synonyms)
    if not index.is_merged:
        return store, kept
    renaming = storable((id_ for (id_,) in facts.rows(["id"])), categories, sources)
    return renaming.of(store), map(renaming.of_fact, kept)
