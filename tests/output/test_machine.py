"""What programs read comes back as it was: CSV and TSV, the kind that Excel opens, Markdown, JSON, NDJSON and YAML."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cs_facts.output.rows import ROW_FORMATS, Rows
from drawing import CHARACTERS, is_refused
from making import converted

TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0")),
    st.text(" \t\r\n,;\"'=+-@a|\\", max_size=6),
)
SHEETS = st.integers(1, 3).flatmap(
    lambda width: st.builds(Rows, st.tuples(*[TEXTS] * width), st.lists(st.tuples(*[TEXTS] * width), max_size=3))
)
CELLS = st.one_of(
    *(TEXTS, st.none(), st.integers(), st.decimals(allow_nan=False, allow_infinity=False)), st.lists(TEXTS).map(tuple)
)


def text_of(format_, *rows, columns=("a", "b")):
    """Render rows as one text."""
    return "".join(ROW_FORMATS[format_](Rows(columns, rows)))


# ── CSV and TSV: RFC 4180 ──


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
def test_csv(cell, written):
    """A cell is quoted where RFC 4180 needs it and nowhere else; the lines end in LF, without a BOM."""
    assert text_of("csv", ("x", cell)) == f"a,b\nx,{written}\n"


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
    assert text_of("excel", ("x", cell), columns=("=a", "b")) == f"\ufeff'=a,b\r\nx,{written}\r\n"


@given(SHEETS)
def test_any_texts_in_csv(rows):
    """Any texts come back; the variant for Excel adds one apostrophe at most, and no cell of it begins a formula."""
    expected = [list(row) for row in (rows.columns, *rows.cells)]
    for format_, delimiter in (("csv", ","), ("tsv", "\t")):
        assert read("".join(ROW_FORMATS[format_](rows)), delimiter) == expected
    for row, values in zip(read("".join(ROW_FORMATS["excel"](rows))[1:]), expected, strict=True):
        for cell, value in zip(row, values, strict=True):
            assert cell in (value, f"'{value}")
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_streams_by_rows():
    """CSV comes some rows at a time, so that a great store needs no memory for its export; each row is quoted alone."""
    taken = []
    rows = ((f"{number}\n" if number == 500 else f"{number}",) for number in range(1000) if not taken.append(number))
    lines = ROW_FORMATS["csv"](Rows(("a",), rows))
    assert (next(lines)[:6], len(taken) < 1000) == ("a\n0\n1\n", True)
    assert "".join(lines).count('"') == 2


CHINESE = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>zh-CN</value></prop></item>
</oor:items>
"""
"""What makes a profile of LibreOffice a Chinese one, whichever locales the system has."""

READ_CSV = "Text - txt - csv (StarCalc):44,34,76,1,,2052,false,true,false,false,false,0,true"
"""Commas, quotes, UTF-8 (which its dialog takes from the BOM), Chinese, numbers and dates detected, formulas run."""


def opened(path):
    """Open a CSV in LibreOffice, save it as a workbook and return its rows of cells."""
    openpyxl = pytest.importorskip("openpyxl", reason="NOT CHECKED: no openpyxl; pip install -e '.[dev]'")
    profile = path.parent / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(CHINESE)
    return list(openpyxl.load_workbook(converted(path, "xlsx", None, f"--infilter={READ_CSV}")).active.iter_rows())


@pytest.mark.slow
def test_a_spreadsheet_opens_what_is_for_excel(facts, tmp_path):
    """Of the whole store each text arrives as it is, Chinese too, each number as a number, each day as a day."""
    assert facts("export", "--excel", "x.csv").code == 0
    heads, *rows = opened(tmp_path / "x.csv")
    plain = list(csv.DictReader(io.StringIO(facts("export").stdout, newline="")))
    columns = dict(zip((head.value for head in heads), zip(*rows, strict=True), strict=True))
    for name in ("title_zh", "text_zh", "text_en", "figure", "unit", "tags", "note_zh", "note_en"):
        assert [cell.value or "" for cell in columns[name]] == [row[name] for row in plain]
    for name in ("value", "paragraph"):
        assert {cell.data_type for cell in columns[name]} == {"n"}
        assert ["" if cell.value is None else f"{cell.value}" for cell in columns[name]] == [row[name] for row in plain]
    for name in ("start", "end"):
        days = [cell.value.date().isoformat() for cell in columns[name] if cell.value is not None]
        assert days == [row[name] for row in plain if row[name]]


# ── Markdown ──


def cells_of(text):
    """Return the cells that a reader of the Markdown sees, row by row: nothing but a table of plain text."""
    found = []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        assert token.tag in ("table", "thead", "tbody", "tr", "th", "td", "")
        if token.type == "tr_open":
            found.append([])
        elif token.type == "inline":
            assert {child.type for child in token.children} <= {"text"}
            found[-1].append("".join(child.content for child in token.children))
    return found


NASTY = (
    *("a|b", "\\|", "\\", "\\\\", "`a`", "``a|b``", "*a*", "**a**", "_a_", "__a__", "~~a~~", "[a](b)", "![a](b)"),
    *("<b>a</b>", "<!-- a -->", "<https://a.b>", "https://a.b/c_d_e", "&amp;", "&#124;", "&", "&nbsp;", "# a"),
    *("- a", "1. a", "> a", "---", "| --- |", ":--", "a\nb", "\n", "a  \nb", "a\\\nb", "\ta\t", " a ", "  ", ""),
    *("\u3000a\u3000", "\xa0a\xa0", "\u2003a", "a\ufeff", "\ufeff", "\u200ba", "[^1]", "[ ] a", "a b  c", "a\rb"),
    *("*a_b*c_", "http://a|b", "\\*", "&lt", "</td></tr></table>", "<script>", "a<br>b", "长沙", "😀", "a**", "^a^"),
    *("==a==", "$a$", ":smile:", "@a", "#1"),
)  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_nasty_cells_in_markdown(text):
    """A cell renders to the value and to nothing but text, in a heading too, and without rows."""
    rows = [["a", text], [text, "b"], ["c", text]]
    assert cells_of(text_of("markdown", *rows[1:], columns=rows[0])) == rows
    assert cells_of(text_of("markdown", columns=("a", text))) == rows[:1]


# ── JSON, NDJSON and YAML ──


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        *((None, "null"), ("", '""'), ((), "[]"), (("a", "b; c"), '["a", "b; c"]'), (-5, "-5"), ("长沙😀", '"长沙😀"')),
        *((Decimal("5.066E+5"), "506600"), (Decimal("1E-10"), "0.0000000001"), (10**30, "1" + "0" * 30)),
        *((date(2021, 5, 1), '"2021-05-01"'), ('say "a"\\\n\t', '"say \\"a\\"\\\\\\n\\t"')),
    ],
)
def test_json(cell, written):
    """A number is exact and has no exponent, a list is an array, nothing is null, Chinese is readable."""
    assert text_of("json", ("x", cell), ("y", cell)) == (
        f'[\n{{"a": "x", "b": {written}}},\n{{"a": "y", "b": {written}}}\n]\n'
    )
    assert text_of("ndjson", ("x", cell)) == f'{{"a": "x", "b": {written}}}\n'
    assert (text_of("json"), text_of("ndjson")) == ("[]\n", "")


@given(st.lists(st.tuples(CELLS, CELLS), max_size=3), TEXTS)
def test_any_cells_in_json(rows, name):
    """Any cells come back as they were, under any names, numbers to the last digit; a line of NDJSON holds a row."""

    def loads(text):
        return json.loads(text, parse_float=Decimal, parse_int=int)

    columns = (f"{name}1", f"{name}2")
    plain = [[list(cell) if isinstance(cell, tuple) else cell for cell in row] for row in rows]
    expected = [dict(zip(columns, row, strict=True)) for row in plain]
    assert loads(text_of("json", *rows, columns=columns)) == expected
    assert [loads(line) for line in text_of("ndjson", *rows, columns=columns).split("\n")[:-1]] == expected


def test_yaml():
    """A row is a mapping: a list is a list, a number exact, and what is missing is left out."""
    rows = [("x", ("a", "b; c")), (Decimal("5.066E+5"), None), (date(2021, 5, 1), ()), (7, "null"), (None, ())]
    assert yaml.load(text_of("yaml", *rows), yaml.BaseLoader) == [
        *({"a": "x", "b": ["a", "b; c"]}, {"a": "506600"}, {"a": "2021-05-01"}, {"a": "7", "b": "null"}, {})
    ]
    assert yaml.load(text_of("yaml"), yaml.BaseLoader) == []


# ── all of them ──

# Format → what another program reads in a table of texts, row by row.
MACHINE = {
    "csv": lambda text: read(text)[1:],
    "tsv": lambda text: read(text, "\t")[1:],
    "markdown": lambda text: cells_of(text)[1:],
    "json": lambda text: [[*row.values()] for row in json.loads(text)],
    "ndjson": lambda text: [[*json.loads(line).values()] for line in text.split("\n")[:-1]],
    "yaml": lambda text: [[*row.values()] for row in yaml.load(text, yaml.BaseLoader)],
}
ACCEPTED = st.text(CHARACTERS) | st.text(" \n\t\\|`*_[](){}<>&;#~!-+=:.1a/@'\"$^", max_size=10)


@given(
    st.integers(1, 2).flatmap(lambda width: st.lists(st.lists(ACCEPTED, min_size=width, max_size=width), max_size=3))
)
def test_any_texts_come_back(rows):
    """Any texts that a store may hold come back from every format, from a table of one column as of two."""
    columns = ("a", "b")[: len(rows[0]) if rows else 2]
    for format_, reader in MACHINE.items():
        assert reader(text_of(format_, *rows, columns=columns)) == rows


def test_naughty_strings_come_back(naughty):
    """So do those of the big list that hold no control character, which no store does."""
    rows = [[text, f"{text}."] for text in naughty if text.strip() and not any(map(is_refused, text))]
    assert len(rows) > 450
    for format_, reader in MACHINE.items():
        assert reader(text_of(format_, *rows)) == rows
