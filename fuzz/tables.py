"""The reader of tables: any bytes are a store or faults; a store made of a table is written and read back the same.

The first byte says which format the rest is: CSV, TSV, JSON or NDJSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness import SHARED, files, written

from cs_facts.columns import fact_columns
from cs_facts.errors import StoreFaults
from cs_facts.index import Index
from cs_facts.index.building import build_from
from cs_facts.index.query import Filters, select
from cs_facts.model import Store
from cs_facts.output.formats import render_rows
from cs_facts.output.rows import fact_rows
from cs_facts.store import bundled, dump, load, schema
from cs_facts.store.importer import DERIVED, Layout, import_table
from store import LINE_END, WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cs_facts.model import Problem

ENDINGS = ("csv", "tsv", "json", "ndjson")
NOTHING = Store({}, {}, {}, {}, ())
_WORDS = """
title_zh text_en _zh ; "" " , {} [] [[ null true 1.10 1e999 NaN -Infinity "\\ud800" "\\u202e" \ufeff '= a,a,a,a,a
50.66万名 2022
"""
COLUMNS = (*schema.FACT, *DERIVED)
WORDS = (
    *(f"{name}," for name in COLUMNS),
    *(f'"{name}":' for name in COLUMNS),
    *_WORDS.split(),
    *("\n", "\r\n", "\t", "; "),
)


def seeds() -> Iterator[bytes]:
    """Yield exports of the bundled store's first facts, the tables of csv-spectrum and JSON that is none."""
    with written(WHOLE.encode(), "store.yaml") as path:
        stores = [load([path]), load([bundled()])]
    for store in stores:
        facts = select(Index(build_from(store)), Filters())
        rows = fact_rows(facts.limited(3), fact_columns(facts.index))
        for place, ending in enumerate(ENDINGS):
            yield bytes([place]) + "".join(render_rows(ending, rows)).encode()
    for table in files(SHARED / "corpora" / "csv-spectrum" / "csvs", "*.csv"):
        yield b"\x00" + table
    for text in NOT_JSON:
        yield b"\x02" + text
        yield b"\x03" + text


_BRIEF = r"""
[ ] { {} [1,] [,1] [true] nul [tru] 1 "a" {'a':1} {"a":1,} {"a""b"} {1:1} {"a":1}x {"a":1 [01] [.5] [1.] [+1] [0x1] [1e]
[NaN] [-Infinity] ["\x00"] ["\u12"] ["\ud800"] [{"id":"\ud800"}] [{"\ud800":1}] [" ["\ /**/[] #[] [1][2] [{"id":{}}]
[{"id":1e999999}] [{"id":"\u0000"}] [{"a":1,"a":2}]
"""
_DEEP = 600
NOT_JSON = (
    *_BRIEF.encode().split(),
    *(b"", b"\xef\xbb\xbf[]", b"[\xff]", b'["\x01"]', b'["a\nb"]', b"[1 true]", b"\x00"),
    *(b"[" * _DEEP, b'{"":' * _DEEP, b"[" * _DEEP + b"]" * _DEEP, b'[{"id":' + b"[" * _DEEP + b"]" * _DEEP + b"}]"),
)
"""What RFC 8259 does not allow or leaves open, in the shapes of JSONTestSuite (N. Seriot, Parsing JSON)."""


def law(data: bytes) -> None:
    """Import one table."""
    ending = ENDINGS[data[0] % len(ENDINGS)] if data else ENDINGS[0]
    with written(data[1:], f"table.{ending}") as path:
        problems: tuple[Problem, ...] = ()
        try:
            store = import_table(path, Layout(), NOTHING).store
        except StoreFaults as faults:
            problems = faults.problems
        if problems:
            lines = len(LINE_END.split(data))
            assert all(1 <= problem.at.line <= lines and problem.at.column >= 1 for problem in problems)
            return
        again = path.with_suffix(".yaml")
        again.write_bytes("".join(dump(store)).encode())
        assert load([again]) == store
