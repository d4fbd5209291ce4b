"""CSV and TSV: RFC 4180, and the kind that Excel and WPS open."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_facts.output.machine import render_csv, render_excel, render_tsv
from cs_facts.output.rows import Rows

TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0")),
    st.text(" \t\r\n,;\"'=+-@a|\\", max_size=6),
)
SHEETS = st.integers(1, 3).flatmap(
    lambda width: st.builds(
        Rows,
        st.tuples(*[TEXTS] * width),
        st.lists(st.tuples(*[TEXTS] * width), max_size=3),
    )
)


def text_of(renderer, *rows, columns=("a", "b")):
    """Render rows as one text."""
    return "".join(renderer(Rows(columns, rows)))


def read(text, delimiter=","):
    """Read CSV as Python's own module does, without a hand in the line ends."""
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        *(("x", "x"), ("a,b", '"a,b"'), ('say "a"', '"say ""a"""'), ('"', '""""'), ("a\nb", '"a\nb"'), ("", "")),
        *(("a\r\nb", '"a\r\nb"'), ("a\rb", '"a\rb"'), (" a ", " a "), (None, ""), ((), ""), (("a", "b"), "a; b")),
        *((("a, b", "c"), '"a, b; c"'), ("None", "None"), ("=1+1", "=1+1"), ("'", "'"), ("a;b", "a;b")),
        *(("a\tb", "a\tb"), (Decimal("5.066E+5"), "506600"), (Decimal("0.1"), "0.1"), (10**30, "1" + "0" * 30)),
        *((date(2021, 5, 1), "2021-05-01"), ("长沙", "长沙")),
    ],
)
def test_cells(cell, written):
    """A cell is quoted where RFC 4180 needs it and nowhere else; the lines end in LF, without a BOM."""
    assert text_of(render_csv, ("x", cell)) == f"a,b\nx,{written}\n"


def test_tsv():
    """TSV parts values by tabs and quotes what holds a tab, a quote or a line end."""
    rows = [("a\tb", 'c"d'), ("e,f", "g\nh"), (("i", "j"), None), ("k\rl", Decimal("1E+3"))]
    assert text_of(render_tsv, *rows) == 'a\tb\n"a\tb"\t"c""d"\ne,f\t"g\nh"\ni; j\t\n"k\rl"\t1000\n'


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        *(("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), ("\tx", "'\tx"), ("\rx", '"\'\rx"')),
        *(('=HYPERLINK("a","b")', '"\'=HYPERLINK(""a"",""b"")"'), (("=a", "b"), "'=a; b"), ("a=b", "a=b")),
        *((" =1", " =1"), ("", ""), (None, ""), (Decimal(-5), "-5"), (-5, "-5"), (Decimal("-0.5"), "-0.5")),
        *((date(2021, 5, 1), "2021-05-01"), ("a\nb", '"a\nb"')),
    ],
)
def test_excel(cell, written):
    """For Excel and WPS: a BOM, CRLF, text that would be a formula made harmless, numbers untouched."""
    assert text_of(render_excel, ("x", cell)) == f"\ufeffa,b\r\nx,{written}\r\n"


def test_column_names():
    """A column's name is text too; without rows there are the names alone."""
    assert text_of(render_excel, columns=("=a", "b")) == "\ufeff'=a,b\r\n"
    assert text_of(render_csv, columns=("a",)) == text_of(render_tsv, columns=("a",)) == "a\n"


@given(SHEETS)
def test_round_trip(rows):
    """Any texts come back from CSV and TSV as they were."""
    expected = [list(row) for row in (rows.columns, *rows.cells)]
    assert read("".join(render_csv(rows))) == expected
    assert read("".join(render_tsv(rows)), "\t") == expected


@given(SHEETS)
def test_excel_keeps_the_text(rows):
    """The variant for Excel differs from the text by one apostrophe at most, and no cell begins a formula."""
    text = "".join(render_excel(rows))
    assert text[0] == "\ufeff"
    for row, expected in zip(read(text[1:]), (rows.columns, *rows.cells), strict=True):
        for cell, value in zip(row, expected, strict=True):
            assert cell in (value, f"'{value}")
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_streams_by_rows():
    """CSV comes some rows at a time, so that a great store needs no memory for its export."""
    read = []
    rows = ((str(number),) for number in range(1000) if not read.append(number))
    lines = render_csv(Rows(("a",), rows))
    assert (next(lines)[:6], len(read) < 1000) == ("a\n0\n1\n", True)
    assert len("".join(lines).splitlines()) > 500


@pytest.mark.parametrize("renderer", [render_csv, render_tsv, render_excel])
@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
@pytest.mark.parametrize("place", [0, 1, 500, 999])
def test_a_line_ends_amid_many_rows(renderer, end, place):
    """The one value of a thousand in which a line ends is quoted, wherever it stands, and no other is."""
    rows = [[f"row {number}", "x"] for number in range(1000)]
    rows[place][0] = f"row{end}{place}"
    text = text_of(renderer, *map(tuple, rows)).removeprefix("\ufeff")
    assert read(text, "\t" if renderer is render_tsv else ",") == [["a", "b"], *rows]
    assert text.count('"') == 2
