"""The workbook, read by openpyxl and by LibreOffice."""

import csv
import zipfile
from datetime import datetime
from decimal import Decimal
from io import BytesIO

import pytest

from cs_facts.output import workbook
from cs_facts.output.labels import Language
from cs_facts.output.values import View
from making import LIMITS, converted, fact, figure, store

openpyxl = pytest.importorskip("openpyxl", reason="NOT CHECKED: no openpyxl; pip install -e '.[dev]'")
pytest.importorskip("xlsxwriter", reason="NOT CHECKED: no XlsxWriter; pip install -e '.[dev]'")

EN, ZH = Language("en", strict=True), Language("zh", strict=True)

FORMULAS = ["=1+1", "+1+1", "-2+3", "@SUM(1)", '=HYPERLINK("http://example.org","x")', "=cmd|' /C calc'!A0", "{=1}"]


def book(catalogue=LIMITS, language=EN):
    """Write a workbook and open it again."""
    return openpyxl.load_workbook(BytesIO(b"".join(workbook.render_xlsx(catalogue.facts, View(catalogue, language)))))


def table(sheet):
    """Return the rows of a sheet by heading."""
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


@pytest.mark.parametrize(
    ("language", "names", "words"),
    [
        (EN, ["Facts", "Categories", "Sources"], ("North", "figure", "people", "more than", "number")),
        (ZH, ["条目", "类别", "来源"], ("北区", "数字", "人", "多于", "数")),
    ],
    ids=["en", "zh"],
)
def test_it_speaks_the_language_asked_for(language, names, words):
    """Sheets, headings, categories, kinds, units, limits and periods are in that language, and in no other."""
    catalogue = store(fact("more", figure("800余名", 800, 800, 1000, bound="more_than"), kind="figure"))
    opened = book(catalogue, language)
    assert opened.sheetnames == names
    (row,) = opened.worksheets[0].iter_rows(min_row=2, values_only=True)
    for word in (*words, {"en": "2021", "zh": "2021年"}[language.tag], catalogue.facts[0].title[language.tag]):
        assert word in row
    heads = [cell.value for cell in opened.worksheets[0][1]]
    assert len(heads) == len(set(heads)) == 22
    words = [head for head in heads if head not in ("¶", "段")]
    assert {any(ord(char) > 0x2E80 for char in word) for word in words} == {language is ZH}
    assert catalogue.facts[0].text[{"en": "zh", "zh": "en"}[language.tag]] not in row


def test_numbers_are_numbers_beside_the_wording_and_days_are_days():
    """What a spreadsheet holds exactly is a number or a date; what it would round or misdate is text."""
    long = Decimal("1234567890123456789.25")
    catalogue = store(
        fact("a", figure("50.66万名", 506600, 506550, 506650), when="2021-12-31"),
        fact("b", figure("7.3%", "7.3"), when="1899-01-01"),
        fact("c", figure(f"{long}", long), when="2017/.."),
        fact("d", figure("100-300人", None, 100, 300, form="range")),
    )
    one, other, large, span = table(book(catalogue).worksheets[0])
    assert (one["As printed"], one["Number"], one["At least"], one["At most"]) == ("50.66万名", 506600, 506550, 506650)
    assert one["First day"] == one["Last day"] == datetime(2021, 12, 31)
    assert (other["Number"], other["First day"]) == (7.3, "1899-01-01")
    assert (large["Number"], large["First day"], large["Last day"]) == (str(long), datetime(2017, 1, 1), None)
    assert (span["Number"], span["At least"], span["At most"]) == ("100–300", 100, 300)


def test_a_number_is_shown_with_its_limit_and_its_form():
    """It stays a number; whoever writes another over it sees its sign."""
    catalogue = store(
        *(each for each in LIMITS.facts if each.id in ("more", "top")),
        fact("plain", figure("900", 900)),
        fact("fall", figure("下降5.4%", "-5.4", form="change")),
        fact("tenth", figure("第十", 10, form="rank")),
    )
    _, *cells = next(column for column in book(catalogue).worksheets[0].columns if column[0].value == "Number")
    assert [(cell.value, cell.number_format) for cell in cells] == [
        (800, '"> "#,##0;"> −"#,##0'),
        (3, '"top "#,##0;"top −"#,##0'),
        (900, "#,##0"),
        (-5.4, '"+"#,##0.##########"%";"−"#,##0.##########"%"'),
        (10, '"no. "#,##0;"no. −"#,##0'),
    ]


def test_how_a_sheet_is_laid_out():
    """Frozen headings, a filter over all rows, widths in bounds, one page wide in print, rows as high as their text."""
    long = fact("long", text={"en": "A sentence that goes on and on, as some do. " * 8})
    for sheet in book(store(fact("short"), long, fact("x", against="short"))).worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        widths = [column.width for column in sheet.column_dimensions.values()]
        assert all(8 <= width <= 51 for width in widths)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    rows = book(store(fact("short"), long)).worksheets[0]
    assert rows.row_dimensions[3].height > 6 * rows.row_dimensions[2].height
    assert all(cell.alignment.wrap_text for cell in rows[3] if isinstance(cell.value, str))


def test_columns_that_few_read_are_hidden():
    """Behind a plus, of facts alone."""
    facts, *others = book().worksheets
    shown = [cell.value for cell in facts[1] if not facts.column_dimensions[cell.column_letter].hidden]
    assert shown == ["Category", "Title", "Statement", "As printed", "Number", "Unit", "Period", "¶", "Note"]
    assert not any(column.hidden for sheet in others for column in sheet.column_dimensions.values())


def test_contradictions_and_sources_and_categories():
    """A pair stands once, with both wordings; a category tells its numbers of facts and figures."""
    _, categories, sources, conflicts = book().worksheets
    heads, *pairs = conflicts.iter_rows(values_only=True)
    both = ("exact", "Title of exact", "900名", "other", "Title of other", "700名", "It may be another count.")
    assert ("Its figure" in heads, pairs) == (True, [both])
    assert [(r["Name"], r["Facts"], r["Figures"]) for r in table(categories)] == [("North", 7, 7), ("South", 3, 3)]
    assert [(r["ID"], r["Title"]) for r in table(sources)] == [("paper", "Two Districts")]
    assert [cell.value for cell in book(language=ZH).worksheets[2][1]][:2] == ["编号", "题名"]


def test_nothing_in_it_is_run():
    """What looks like a formula, a link or a number is the text that it is, in every cell of every sheet."""
    facts = [
        fact(f"f{n}", figure(text, n), title={"en": text}, text={"en": text}, quote=text)
        for n, text in enumerate(FORMULAS)
    ]
    url = fact("url", title={"en": "http://example.org"}, text={"en": "0123"})
    opened = book(store(*facts, url, units={"person": {"en": "=1+1"}}))
    cells = [cell for sheet in opened.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not [cell for cell in cells if cell.hyperlink]
    sheet = table(opened.worksheets[0])
    assert [row["Title"] for row in sheet[:-1]] == FORMULAS
    assert (sheet[-1]["Title"], sheet[-1]["Statement"]) == ("http://example.org", "0123")


def test_the_same_facts_give_the_same_bytes():
    """Nothing in the file tells when it was written."""
    one, other = (b"".join(workbook.render_xlsx(LIMITS.facts, View(LIMITS, ZH))) for _ in range(2))
    assert one == other
    assert b"2000-01-01T00:00:00Z" in zipfile.ZipFile(BytesIO(one)).read("docProps/core.xml")


@pytest.mark.slow
def test_libreoffice_reads_the_same(tmp_path):
    """Opened and saved as CSV, the first sheet has the wordings, the numbers and the days, and no formula was run."""
    catalogue = store(*LIMITS.facts, fact("formula", figure("=1+1", 2), title={"en": "=1+1"}, when="2021-12-31"))
    (tmp_path / "facts.xlsx").write_bytes(b"".join(workbook.render_xlsx(catalogue.facts, View(catalogue, EN))))
    path = converted(tmp_path / "facts.xlsx", "csv", "csv:Text - txt - csv (StarCalc):44,34,76")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["As printed"] for row in rows] == [fact_.figure.printed for fact_ in catalogue.facts]
    assert [row["Number"] for row in rows][:3] == ["900", "700", "> 800"]
    assert (rows[-1]["Title"], rows[-1]["First day"]) == ("=1+1", "2021-12-31")
