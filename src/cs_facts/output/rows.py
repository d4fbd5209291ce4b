"""Rows of plain values and the formats for programs: CSV, TSV, Markdown, JSON, NDJSON, YAML."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from json import JSONEncoder
from numbers import Number
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from cs_facts.columns import DERIVED, LISTS, NUMBERS, SEPARATOR, TEXTS, column_name, fact_columns
from cs_facts.errors import check_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from cs_facts.index import Facts
    from cs_facts.model import Catalogue, Fact, Store

    # A text, an exact number, a day, a list of texts, or nothing.
    Cell = str | int | Decimal | date | tuple[str, ...] | None

# The column added by a search: whether a fact is a full match (all) or a near one (near).
MATCH = "match"

# The attributes that hold a figure and a period as written.
_WORDINGS = {"figure": "printed", "when": "edtf"}

_BOM = "\ufeff"
_CRLF = "\r\n"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

_BACKSLASHED = re.compile(r"[`*_\[\]<>~]")
# Characters that a backslash does not protect in Markdown: those of the table itself, line ends, and white space at the
# ends, which implementations in JavaScript and Python trim even if it is not ASCII.
_AS_ENTITY = re.compile(r"[\\|&\n\r\t]|^[\s\ufeff]+|[\s\ufeff]+$")


class Rows(NamedTuple):
    """Rows of cells under named columns."""

    columns: tuple[str, ...]
    cells: Iterable[tuple[Cell, ...]]  # a tuple for each row; may be an iterator
    written: bool = False  # numbers and lists are strings, as the index stores those of facts

    def typed(self) -> Iterator[tuple[Cell, ...]]:
        """Yield the rows with numbers and lists parsed."""
        types = [_TYPES.get(name) if self.written else None for name in self.columns]
        for row in self.cells:
            yield tuple(type_(cell) if type_ else cell for type_, cell in zip(types, row, strict=True))


def _number(cell: Any) -> Cell:  # noqa: ANN401  # text or nothing
    from decimal import Decimal  # takes 3 ms, and CSV does not need it

    return Decimal(cell) if isinstance(cell, str) else cell


_TYPES: Mapping[str, Callable[[Any], Cell]] = dict.fromkeys(NUMBERS, _number) | dict.fromkeys(
    LISTS, lambda cell: tuple(cell.split(SEPARATOR)) if cell else ()
)


def flat(cell: Cell) -> str:
    """Return a cell as text: lists are joined, None is empty, numbers have no exponent.

    >>> from decimal import Decimal
    >>> flat(("a", "b")), flat(None), flat(Decimal("5E+8"))
    ('a; b', '', '500000000')
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, tuple):
        return SEPARATOR.join(cell)
    if cell is None:
        return ""
    return f"{cell:f}" if isinstance(cell, Number) and not isinstance(cell, int) else str(cell)


_encode = JSONEncoder(ensure_ascii=False, default=flat).encode


def fact_rows(facts: Facts, columns: Sequence[str], full: int | None = None) -> Rows:
    """Return some columns of facts; in a search, the first ``full`` facts are the full matches.

    Raises `UnknownName` for an unknown column.
    """
    known = (*fact_columns(facts.index.languages), *([MATCH] if full is not None else []))
    check_names("column", columns, known)
    cells = facts.rows([name for name in columns if name != MATCH])
    if MATCH in columns:
        at = list(columns).index(MATCH)
        cells = ((*row[:at], "all" if nth < (full or 0) else "near", *row[at:]) for nth, row in enumerate(cells))
    return Rows(tuple(columns), cells, written=True)


def spread_texts(fields: Sequence[str], items: Iterable[Iterable[Any]]) -> Rows:
    """Return rows of values with a column for each language of a text, and with periods as written."""
    columns: dict[str, list[Cell]] = {}
    for name, values in zip(fields, list(zip(*items, strict=True)) or [()] * len(fields), strict=True):
        if any(isinstance(value, dict) for value in values):
            tags = dict.fromkeys(chain.from_iterable(values))
            columns |= {column_name(name, tag): [value.get(tag) for value in values] for tag in tags}
        else:
            columns[name] = [getattr(value, "edtf", value) for value in values]
    return Rows(tuple(columns), list(zip(*columns.values(), strict=True)))


def cell_of(store: Catalogue, fact: Fact, column: str) -> Cell:
    """Return the value of a fact's column; raises `UnknownName` for an unknown column."""
    check_names("column", [column], fact_columns(store.languages))
    name, _, language = column.partition("_")
    if name in TEXTS:
        text: dict[str, str] = getattr(fact, name)
        return text.get(language)
    if name == "conflicts":
        return tuple(conflict.other for conflict in store.conflicts.get(fact.id, ()))
    if name == "draft":
        return "true" if fact.draft else None
    whole = DERIVED.get(name, name)
    part = getattr(fact, whole)
    cell: Cell = getattr(part, _WORDINGS.get(name, name), None) if whole in _WORDINGS else part
    return cell


def render_csv(rows: Rows, delimiter: str = ",") -> Iterator[str]:
    """Yield CSV, or TSV, without a BOM, with LF, quoted where RFC 4180 requires it."""
    cells = rows.cells if rows.written else (tuple(map(flat, row)) for row in rows.cells)
    yield from _records(chain([rows.columns], cells), delimiter, "\n")


def render_excel(rows: Rows) -> Iterator[str]:
    """Yield CSV that Excel and WPS open by double-click in any locale, without running a formula in it.

    It has a BOM, for UTF-8, and CRLF. Text that would begin a formula is prefixed with an apostrophe (OWASP, CSV
    Injection), even if it has one already, so that an import can undo the change. Numbers are left as they are.
    """

    def harmless(cell: Cell) -> str:
        text = flat(cell)
        is_formula = not isinstance(cell, Number) and text.lstrip("'").startswith(_FORMULA_STARTS)
        return f"'{text}" if is_formula else text

    yield _BOM
    yield from _records((tuple(map(harmless, row)) for row in chain([rows.columns], rows.typed())), ",", _CRLF)


def _records(rows: Iterable[tuple[Cell, ...]], delimiter: str, end: str) -> Iterator[str]:
    """Yield records in batches; with CRLF as its line end, the writer quotes values with either character."""
    records: list[str] = []
    file: Any = SimpleNamespace(write=records.append)
    writer, rows = csv.writer(file, delimiter=delimiter, lineterminator=_CRLF), iter(rows)
    while batch := list(islice(rows, 200)):
        writer.writerows(batch)
        yield "".join([record.removesuffix(_CRLF) + end for record in records])
        records.clear()


def render_markdown(rows: Rows) -> Iterator[str]:
    """Yield a table (GitHub Flavored Markdown 0.29, §4.10) whose cells render as exactly their values."""
    cells = rows.typed()
    first = list(islice(cells, 1))
    columns = zip(rows.columns, first[0] if first else rows.columns, strict=True)
    right = [bool(first) and (name in NUMBERS or isinstance(cell, Number)) for name, cell in columns]
    rule = ("--:" if each else "---" for each in right)
    for line in chain([map(_escaped, rows.columns), rule], (map(_escaped, row) for row in chain(first, cells))):
        yield f"| {' | '.join(line)} |\n"


def _escaped(cell: Cell) -> str:
    text = _AS_ENTITY.sub(lambda match: "".join(f"&#{ord(char)};" for char in match[0]), flat(cell))
    return _BACKSLASHED.sub(r"\\\g<0>", text)


def render_ndjson(rows: Rows) -> Iterator[str]:
    """Yield one object per line, with exact numbers where a float would round."""
    names = [_encode(name) for name in rows.columns]
    for row in rows.typed():
        values = (flat(cell) if isinstance(cell, Number) else _encode(cell) for cell in row)
        yield f"{{{', '.join(f'{name}: {value}' for name, value in zip(names, values, strict=True))}}}\n"


def render_json(rows: Rows) -> Iterator[str]:
    """Yield an array of objects, one per line."""
    before = "[\n"
    for line in render_ndjson(rows):
        yield before + line[:-1]
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def render_yaml(rows: Rows) -> Iterator[str]:
    """Yield a list with a mapping for each row, without missing values."""
    from cs_facts.store.writer import dump_rows  # other formats need no YAML

    return dump_rows(
        {
            name: list(cell) if isinstance(cell, tuple) else flat(cell)
            for name, cell in zip(rows.columns, row, strict=True)
            if cell not in (None, ())
        }
        for row in rows.typed()
    )


# Format → the function that writes rows in it.
ROW_FORMATS: dict[str, Callable[[Rows], Iterator[str]]] = {
    "csv": render_csv,
    "excel": render_excel,
    "tsv": partial(render_csv, delimiter="\t"),
    "json": render_json,
    "ndjson": render_ndjson,
    "markdown": render_markdown,
    "yaml": render_yaml,
}


def render_store(facts: Facts) -> Iterator[str]:
    """Yield facts as a store of their own."""
    from cs_facts.store.writer import dump  # other formats need no YAML

    return dump(*subset(facts))


def subset(facts: Facts) -> tuple[Store, Iterator[Fact]]:
    """Return the definitions that facts refer to, as a store without facts, and the facts as a store's file has them.

    If these are all the facts of the store, all definitions and the version are kept. Otherwise, conflicts with facts
    that are left out are left out too.
    """
    from cs_facts.model import Store  # tables do not need the model
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
    store = Store(index.title, units, categories, sources, (), version, index.licence, index.synonyms)
    if not index.is_merged:
        return store, kept
    renaming = storable((id_ for (id_,) in facts.rows(["id"])), categories, sources)
    return renaming.of(store), map(renaming.of_fact, kept)
