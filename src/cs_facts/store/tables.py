"""The records of a table, each cell with its place: CSV and TSV (RFC 4180), JSON arrays and NDJSON of objects."""

from __future__ import annotations

import json
import re
import stat
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cs_facts.errors import StoreFaults, StoreUnreadable, reason
from cs_facts.store.parser import FORBIDDEN_IN_VALUES, LINE_END, Lines, decoded, refusal
from cs_facts.store.reading import REFUSED, Node, Place, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cs_facts.store.reading import Reading

_BOM = "\ufeff"
_DELIMITERS = ",;\t"

# What --excel puts before a text that would begin a formula; its CSV begins with a BOM.
_APOSTROPHE = re.compile(r"\A'(?='*[=+\-@\t\r])")

_JSON_ENDINGS = (".json", ".ndjson", ".jsonl")
_TOO_DEEP = "is not a table: it nests too deep"
_BETWEEN_OBJECTS = re.compile(r"[\s,\[\]]*")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object, which would keep the last value only of a key that stands twice."""
    twice = [name for name, times in Counter(name for name, _ in pairs).items() if times > 1]
    if twice:
        raise ValueError(f"key {twice[0]!r} stands twice in one object")
    return dict(pairs)


_SYNTAX = json.JSONDecoder(parse_int=str, parse_float=str)  # a number stays as written
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, object_pairs_hook=_object)


class Cell(Scalar):
    """A value of a table, its place, and the name of its column."""

    def __init__(self, at: Place, text: str, name: str) -> None:
        super().__init__(None, None, (True, True), text, at, at)  # type: ignore[arg-type]  # a place serves as a mark
        self.at = at
        self.name = name


@dataclass(frozen=True, slots=True)
class Record:
    """A row: column → value, without those that are empty."""

    at: Place
    cells: dict[str, Node]


def read_records(path: Path, reading: Reading) -> tuple[tuple[str, ...], list[Record]]:
    """Return the names of the columns and the records of a table, telling what is wrong with them.

    Raises:
        StoreFaults: the file is no table.
        StoreUnreadable: it cannot be opened.

    """
    text = _text(path, reading)
    bare = text.removeprefix(_BOM)
    if path.suffix.lower() in _JSON_ENDINGS:
        records = list(_json_records(bare, path, reading))
        header = tuple(dict.fromkeys(name for record in records for name in record.cells))
    else:
        header, records = _delimited_records(bare, path, reading, is_excel=bare is not text)
    for record in records:
        for node in record.cells.values():
            _refuse_hidden(node, reading)
    if not any(record.cells for record in records) and not reading.problems:
        reading.report(0, 0, "the table has no rows")
    if not header or not records:
        raise StoreFaults(reading.problems)
    return header, records


def _text(path: Path, reading: Reading) -> str:
    try:
        if stat.S_ISCHR(path.stat().st_mode):  # /dev/zero has no end
            raise StoreUnreadable(f"{path}: is a device; name a CSV, TSV, JSON or NDJSON file")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise StoreUnreadable(f"{path}: {reason(error)}; name a CSV, TSV, JSON or NDJSON file") from None
    text, end = decoded(data)
    if end < 0:
        return text
    reading.report(*Lines(text).end, f"byte 0x{data[end]:02X} is not UTF-8 text; save the table as CSV UTF-8")
    raise StoreFaults(reading.problems)


def _delimited_records(
    text: str, path: Path, reading: Reading, *, is_excel: bool
) -> tuple[tuple[str, ...], list[Record]]:
    rows = _rows(text, _delimiter(text, path), reading)
    names = next(rows, [])
    header = tuple(cell.value.strip() for cell in names)
    seen = set[str]()
    for name, cell in zip(header, names, strict=True):
        if name and name in seen:
            reading.report(*cell.at, f"column {name!r} stands here a second time")
        seen.add(name)
    records = []
    for row in rows:
        if len(row) != len(header):
            reading.report(*row[0].at, f"has {len(row)} cells, where the header has {len(header)}")
            continue
        cells: dict[str, Node] = {}
        for name, cell in zip(header, row, strict=True):
            text = _APOSTROPHE.sub("", cell.value) if is_excel else cell.value
            cells |= {name: Cell(cell.at, text, name)} if text.strip() else {}
        records.append(Record(row[0].at, cells))
    return header, records


def _delimiter(text: str, path: Path) -> str:
    """Return what stands between the cells: a tab in a TSV, else what the header, outside quotes, has most of."""
    if path.suffix.lower() in (".tsv", ".tab"):
        return "\t"
    header = LINE_END.split(re.sub(r'"[^"]*"', "", text), maxsplit=1)[0]
    return max(_DELIMITERS, key=header.count)


def _rows(text: str, delimiter: str, reading: Reading) -> Iterator[list[Cell]]:
    """Yield the rows that are not empty."""
    cell_form = re.compile(
        rf"""(?:"(?P<quoted>[^"]*+(?:""[^"]*+)*+)"|(?P<bare>(?!")[^{delimiter}\r\n]*+))(?P<end>{delimiter}|\r\n?|\n|\Z)"""
    )
    lines, row, offset = Lines(text), list[Cell](), 0
    while offset < len(text) or row:
        place = lines.place(offset)
        match = cell_form.match(text, offset)
        if not match:
            reading.report(*place, "the quotes of this cell do not match; a quote inside quotes is written twice")
            return
        value = match["bare"] if match["quoted"] is None else LINE_END.sub("\n", match["quoted"].replace('""', '"'))
        row.append(Cell(place, value, ""))
        offset = match.end()
        if match["end"] != delimiter:
            if any(cell.value.strip() for cell in row):
                yield row
            row = []


def _json_records(text: str, path: Path, reading: Reading) -> Iterator[Record]:
    lines = Lines(text)
    if path.suffix.lower() == ".json" and not _is_json(text, reading):
        return
    start = _next_object(text, 0)
    while start < len(text):
        place = lines.place(start)
        try:
            value, end = _DECODER.raw_decode(text, start)
        except RecursionError:
            reading.report(*place, _TOO_DEEP)
            return
        except ValueError as error:
            reading.report(*place, f"is not JSON: {error}")
            return
        if isinstance(value, dict):
            filled = {name: item for name, item in value.items() if item not in (None, "", [])}
            cells = {name: _node(Cell(place, "", name), item, reading) for name, item in filled.items()}
            yield Record(place, cells)
        else:
            reading.report(*place, "an object should stand here, a column a key")
        start = _next_object(text, end)


def _next_object(text: str, offset: int) -> int:
    between = _BETWEEN_OBJECTS.match(text, offset)
    return between.end() if between else offset


def _is_json(text: str, reading: Reading) -> bool:
    try:
        _SYNTAX.decode(text)
    except json.JSONDecodeError as error:
        reading.report(error.lineno - 1, error.colno - 1, f"is not JSON: {error.msg}")
        return False
    except RecursionError:
        reading.report(0, 0, _TOO_DEEP)
        return False
    return True


def _node(at: Cell, value: Any, reading: Reading) -> Node:  # noqa: ANN401  # whatever JSON holds
    if isinstance(value, list):
        return Sequence(at.at, [_item(at, item, reading) for item in value])
    return _item(at, value, reading)


def _item(at: Cell, value: Any, reading: Reading) -> Node:  # noqa: ANN401
    """Read a text; a list inside a list is refused, not entered, for JSON may nest deeper than Python calls."""
    if isinstance(value, bool):
        value = str(value).lower()
    if isinstance(value, str):
        return Cell(at.at, value, at.name)
    reading.tell(at, "a text, a number or a list of texts should stand here")
    return REFUSED


def _refuse_hidden(node: Node, reading: Reading) -> None:
    for item in node.items if isinstance(node, Sequence) else [node]:
        hidden = FORBIDDEN_IN_VALUES.search(item.value) if isinstance(item, Cell) else None
        if hidden:
            reading.tell(item, refusal(hidden[0]))
