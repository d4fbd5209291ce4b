"""``--excel``, read by programs that people open a CSV with."""

import csv
import io
from datetime import datetime

import pytest

from making import converted

pytestmark = pytest.mark.slow
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


def column(rows, name):
    """Return the cells below a heading."""
    place = [cell.value for cell in rows[0]].index(name)
    return [row[place] for row in rows[1:]]


def test_chinese_is_not_garbled_and_numbers_are_numbers(facts, tmp_path):
    """Of the whole store each text arrives as it is, each number as a number, each day as a day."""
    assert facts("export", "--excel", "x.csv").code == 0
    rows = opened(tmp_path / "x.csv")
    plain = list(csv.DictReader(io.StringIO(facts("export").stdout, newline="")))
    assert len(rows) == len(plain) + 1
    for name in ("title_zh", "text_zh", "text_en", "figure", "unit", "tags", "note_zh", "note_en"):
        assert [cell.value or "" for cell in column(rows, name)] == [row[name] for row in plain]
    for name in ("value", "paragraph"):
        cells = column(rows, name)
        assert {cell.data_type for cell in cells} == {"n"}
        assert [f"{cell.value}" if cell.value is not None else "" for cell in cells] == [row[name] for row in plain]
    for name in ("start", "end"):
        days = [cell.value for cell in column(rows, name) if cell.value is not None]
        assert [day.date().isoformat() for day in days] == [row[name] for row in plain if row[name]]
        assert all(isinstance(day, datetime) for day in days)
