"""Read the rows of a table, with the place of each cell: CSV and TSV (RFC 4180), JSON arrays and NDJSON of objects."""

from __future__ import annotations

import json
import re
import stat
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from yaml import ScalarEvent

from cs_facts.errors import StoreFaults, StoreUnreadable, reason
from cs_facts.store.parser import LINE_END, Lines, decoded
from cs_facts.store.reading import Event, Mark, Place, Reading, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cs_facts.store.reading import Severity

_BOM = "\ufeff"
_DELIMITERS = ",;\t"

# The apostrophe that ``--excel`` puts before a text that would be a formula; such a CSV begins with a BOM.
_APOSTROPHE = re.compile(r"\A'(?='*[=+\-@\t\r])")

_NAME_A_FILE = "name a CSV, TSV, JSON or NDJSON file"
_JSON_ENDINGS = (".json", ".ndjson", ".jsonl")
_OBJECT_START = re.compile(r"[^\s,\[\]]")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make a dict of an object's pairs; refuse duplicate keys, of which a dict would keep only the last."""
    for name, times in Counter(name for name, _ in pairs).items():
        if times > 1:
            raise ValueError(f"key {name!r} stands twice in one object")
    return dict(pairs)


_SYNTAX = json.JSONDecoder(parse_int=str, parse_float=str)  # a number stays as written
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, object_pairs_hook=_object)


class CellMark(NamedTuple):
    """The place of a cell and the name of its table column."""

    line: int
    column: int
    of: str


class TableReading(Reading):
    """A reading that names the column of a fault."""

    def report(self, event: Event, message: str, severity: Severity = "error") -> None:
        """Report a fault of a cell, or of a value made from cells."""
        of = getattr(event.start_mark, "of", "")
        super().report(event, f"column {of!r}: {message}" if of else message, severity)


# The event of a cell, or a list of them.
Cell = Any


class Row(NamedTuple):
    """A row: its place, and its non-empty cells by column."""

    at: Place
    cells: dict[str, Cell]


def cell(mark: Mark, text: str) -> ScalarEvent:
    """Make the event of a cell; it counts as double-quoted, so that it is checked for hidden characters."""
    return ScalarEvent(None, None, (True, True), text, mark, mark, '"')


def read_rows(path: Path, reading: Reading) -> tuple[tuple[str, ...], list[Row]]:
    """Return the column names and the rows of a table, and report their faults.

    Raises `StoreUnreadable` if the file cannot be opened, and `StoreFaults` if it is not a table.
    """
    try:
        if stat.S_ISCHR(path.stat().st_mode):  # /dev/zero has no end
            raise StoreUnreadable(f"{path}: is a device; {_NAME_A_FILE}")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise StoreUnreadable(f"{path}: {reason(error)}; {_NAME_A_FILE}") from None
    text, end = decoded(data)
    if end >= 0:
        reading.report_at(*Lines(text).end, f"byte 0x{data[end]:02X} is not UTF-8 text; save the table as CSV UTF-8")
        raise StoreFaults(reading.problems)
    bare = text.removeprefix(_BOM)
    if path.suffix.lower() in _JSON_ENDINGS:
        rows = list(_json_rows(bare, path, reading))
        header = tuple(dict.fromkeys(name for row in rows for name in row.cells))
    else:
        header, rows = _delimited_rows(bare, path, reading, is_excel=bare is not text)
    if not any(row.cells for row in rows) and not reading.problems:
        reading.report_at(0, 0, "the table has no rows")
    if not header or not rows:
        raise StoreFaults(reading.problems)
    return header, rows


def _delimited_rows(text: str, path: Path, reading: Reading, *, is_excel: bool) -> tuple[tuple[str, ...], list[Row]]:
    is_tsv = path.suffix.lower() in (".tsv", ".tab")
    first_line = LINE_END.split(re.sub(r'"[^"]*"', "", text), maxsplit=1)[0]
    split = _split(text, "\t" if is_tsv else max(_DELIMITERS, key=first_line.count), reading)
    names = next(split, [])
    header = tuple(name.strip() for _, name in names)
    seen = set[str]()
    for name, (at, _) in zip(header, names, strict=True):
        if name and name in seen:
            reading.report_at(*at, f"column {name!r} stands here a second time")
        seen.add(name)
    rows = []
    for row in split:
        if len(row) != len(header):
            reading.report_at(*row[0][0], f"has {len(row)} cells, where the header has {len(header)}")
            continue
        cells: dict[str, Cell] = {}
        for name, (at, text) in zip(header, row, strict=True):
            bare = _APOSTROPHE.sub("", text) if is_excel else text
            if bare.strip():
                cells[name] = cell(CellMark(*at, name), bare)
        rows.append(Row(row[0][0], cells))
    return header, rows


def _split(text: str, delimiter: str, reading: Reading) -> Iterator[list[tuple[Place, str]]]:
    """Yield the cells of each non-empty row."""
    cell_form = re.compile(
        rf"""(?:"(?P<quoted>[^"]*+(?:""[^"]*+)*+)"|(?P<bare>(?!")[^{delimiter}\r\n]*+))(?P<end>{delimiter}|\r\n?|\n|\Z)"""
    )
    lines, row, offset = Lines(text), list[tuple[Place, str]](), 0
    while offset < len(text) or row:
        place = lines.place(offset)
        match = cell_form.match(text, offset)
        if not match:
            reading.report_at(*place, "the quotes of this cell do not match; a quote inside quotes is written twice")
            return
        quoted = match["quoted"]
        row.append((place, match["bare"] if quoted is None else LINE_END.sub("\n", quoted.replace('""', '"'))))
        offset = match.end()
        if match["end"] != delimiter:
            if any(text.strip() for _, text in row):
                yield row
            row = []


def _json_rows(text: str, path: Path, reading: Reading) -> Iterator[Row]:
    is_array = path.suffix.lower() == ".json"
    lines, offset = Lines(text), 0
    try:
        if is_array:
            _SYNTAX.decode(text)
        while start := _OBJECT_START.search(text, offset):
            offset = start.start()
            place = lines.place(offset)
            value, offset = _DECODER.raw_decode(text, offset)
            if isinstance(value, dict):
                filled = {name: item for name, item in value.items() if item not in (None, "", [])}
                yield Row(
                    place, {name: _json_cell(CellMark(*place, name), item, reading) for name, item in filled.items()}
                )
            else:
                reading.report_at(*place, "an object should stand here, a column a key")
    except RecursionError:
        reading.report_at(*lines.place(offset), "is not a table: it nests too deep")
    except json.JSONDecodeError as error:
        at = Place(error.lineno - 1, error.colno - 1) if is_array else lines.place(offset)
        reading.report_at(*at, f"is not JSON: {error.msg}")
    except ValueError as error:
        reading.report_at(*lines.place(offset), f"is not JSON: {error}")


def _json_cell(mark: CellMark, value: Any, reading: Reading, *, is_item: bool = False) -> Cell:  # noqa: ANN401
    """Read a text or a list; refuse lists inside a list, as JSON may nest deeper than Python can recurse."""
    if isinstance(value, list) and not is_item:
        return [_json_cell(mark, item, reading, is_item=True) for item in value]
    if isinstance(value, bool):
        value = str(value).lower()
    if isinstance(value, str):
        return cell(mark, value)
    refused: Event = Refused(mark, mark)  # type: ignore[arg-type]  # a place serves as a mark
    reading.report(refused, "a text, a number or a list of texts should stand here")
    return refused
