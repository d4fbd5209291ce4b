"""The columns of facts, in the order of the contract, and what stands in them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from compiling import compiled
from cs_facts.errors import UnknownName
from cs_facts.model import Conflict, Fact, Figure, Period, Source, Store
from cs_facts.output.formats import render
from cs_facts.output.rows import Sheet, cell_of, fact_columns, fact_sheet, flat

BOTH = Fact(
    "graduates",
    "talent",
    {"zh": "毕业生", "en": "Graduates"},
    {"zh": "来了。", "en": "They came."},
    "report",
    "figure",
    Figure("50.66万名", Decimal(506600), "more_than", Decimal(100)),
    "person",
    Period("2021-05", date(2021, 5, 1), date(2021, 5, 31)),
    43,
    ("人才", "talent"),
    (Conflict("bare"),),
    {"en": "A doubt."},
)
BARE = Fact("bare", "talent", {"zh": "空", "en": "Bare"}, {"zh": "空。", "en": "Bare."}, "report")
REPORT = {"report": Source("report", "document", {"": "Report"})}
STORE = Store({}, {"person": {}}, {"talent": {"": "Talent"}}, REPORT, (BOTH, BARE))
PLAIN = Store({}, {}, {"c": {}}, REPORT, (Fact("a", "c", {"": "A"}, {"": "A."}, "report", note={"": "N"}),))


def rows(store, columns):
    """Return the rows of a store's facts, typed; a day is a text there."""
    found = fact_sheet(compiled(store), columns).typed()
    days = {place for place, name in enumerate(columns) if name in ("start", "end")}
    return [
        tuple(date.fromisoformat(cell) if cell and at in days else cell for at, cell in enumerate(row)) for row in found
    ]


COLUMNS = (
    *("id", "category", "kind", "title_zh", "title_en", "text_zh", "text_en", "figure", "value", "unit", "bound"),
    *("start", "end", "when", "source", "paragraph", "tags", "conflicts", "note_zh", "note_en"),
)


def test_columns_of_two_languages():
    """A store in Chinese and English has the contract's twenty columns in the contract's order."""
    assert fact_columns(STORE) == COLUMNS


def test_columns_follow_the_store():
    """Chinese comes before English and both before others, whichever order the facts have them in."""
    store = Store({}, {}, {}, {}, (Fact("a", "c", {"fr": "A", "en": "A", "zh": "A"}, {"fr": "A"}, "s"),))
    assert [name for name in fact_columns(store) if name.startswith("title")] == ["title_zh", "title_en", "title_fr"]


def test_columns_of_a_plain_store():
    """A store in plain strings has title, text and note."""
    assert fact_columns(PLAIN) == (
        *("id", "category", "kind", "title", "text", "figure", "value", "unit", "bound"),
        *("start", "end", "when", "source", "paragraph", "tags", "conflicts", "note"),
    )
    assert rows(PLAIN, ("title", "text", "note")) == [("A", "A.", "N")]


def test_columns_of_one_language():
    """Asking for one language leaves the columns of the other out and all else where it is."""
    assert fact_columns(STORE, ["en"]) == tuple(name for name in COLUMNS if not name.endswith("_zh"))


def test_values():
    """Each column holds its value as what it is: exact numbers, days, tuples, None where nothing is."""
    full, bare = rows(STORE, COLUMNS)
    assert full == (
        *("graduates", "talent", "figure", "毕业生", "Graduates", "来了。", "They came.", "50.66万名", Decimal(506600)),
        *("person", "more_than", date(2021, 5, 1), date(2021, 5, 31), "2021-05", "report", 43, ("人才", "talent")),
        *(("bare",), None, "A doubt."),
    )
    assert bare == (
        *("bare", "talent", None, "空", "Bare", "空。", "Bare.", None, None, None, None, None, None, None),
        *("report", None, (), ("graduates",), None, None),
    )


def test_conflicts_from_both_sides():
    """A conflict that one fact names stands in the rows of both."""
    assert rows(STORE, ("id", "conflicts")) == [
        ("graduates", ("bare",)),
        ("bare", ("graduates",)),
    ]


def test_columns_in_any_order():
    """The columns come as they are asked for, and again when asked for again."""
    sheet = fact_sheet(compiled(STORE), ("title_en", "id", "title_en"))
    assert (sheet.columns, list(sheet.rows)[1]) == (("title_en", "id", "title_en"), ("Bare", "bare", "Bare"))


@pytest.mark.parametrize("name", ["titel_en", "title", "title_fr", "note_", "", "ID", "id_en", "at"])
def test_unknown_column(name):
    """A column that the store does not have is refused, by a sheet as by a sort, with the names there are."""
    facts = compiled(STORE)
    asks = (
        lambda: fact_sheet(facts, ("id", name)),
        lambda: facts.sorted(name, descending=False),
        lambda: cell_of(STORE, BOTH, name),
    )
    for ask in asks:
        with pytest.raises(UnknownName, match="unknown column") as raised:
            ask()
        assert (raised.value.name, raised.value.known) == (name, COLUMNS)


def test_unknown_column_names_the_nearest():
    """The message names the nearest columns, or all when none is near."""
    with pytest.raises(UnknownName, match=r"^unknown column 'titel_en': did you mean 'title_en'"):
        cell_of(STORE, BOTH, "titel_en")
    with pytest.raises(UnknownName, match=r"^unknown column 'xyz': known are id, category, kind, title_zh, .*note_en$"):
        cell_of(STORE, BOTH, "xyz")


def test_a_cell_of_a_fact_is_that_of_its_row():
    """A fact in memory has in each column what its row in the index has."""
    for fact, row in zip(STORE.facts, rows(STORE, COLUMNS), strict=True):
        assert tuple(cell_of(STORE, fact, name) for name in COLUMNS) == row


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("", ""),
        ((), ""),
        (("a",), "a"),
        (("a", "b"), "a; b"),
        (0, "0"),
        (10**30, "1" + "0" * 30),
        (Decimal("0.1"), "0.1"),
        (Decimal("5.066E+5"), "506600"),
        (Decimal("1E-10"), "0.0000000001"),
        (Decimal("-0.50"), "-0.50"),
        (Decimal(10) ** 30, "1" + "0" * 30),
        (date(2021, 5, 1), "2021-05-01"),
        ("None", "None"),
    ],
)
def test_flat(cell, text):
    """A cell as one text: a list joined, nothing empty, a number exact and without exponent."""
    assert flat(cell) == text


def test_a_format_that_there_is_not():
    """An unknown format names the nearest."""
    with pytest.raises(UnknownName, match="did you mean 'ndjson'"):
        render("ndjso", Sheet(("id",), []))
