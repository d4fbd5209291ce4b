"""The columns of facts, in the order of the contract, and what stands in them."""

from datetime import date
from decimal import Decimal

import pytest

from cs_facts.columns import fact_columns
from cs_facts.dates.edtf import parse_period
from cs_facts.errors import UnknownName
from cs_facts.model import Conflict, Fact, Figure, Source, Store
from cs_facts.output.labels import Language
from cs_facts.output.rows import cell_of, fact_rows
from cs_facts.output.values import in_words
from making import compiled

FULL = Fact(
    "graduates",
    "talent",
    {"zh": "毕业生", "en": "Graduates"},
    {"zh": "来了。", "en": "They came."},
    "report",
    "figure",
    Figure("50.66万余名", Decimal(506600), Decimal(506600), None, "number", "more_than"),
    "person",
    parse_period("2021-05"),
    43,
    "党员50.66万余名",
    ("人才", "talent"),
    (Conflict("bare"),),
    {"en": "A doubt."},
    draft=True,
)
BARE = Fact("bare", "talent", {"zh": "空", "en": "Bare"}, {"zh": "空。", "en": "Bare."}, "report")
REPORT = {"report": Source("report", "document", {"zh": "报告", "en": "Report"})}
STORE = Store({}, {"person": {"zh": "人"}}, {"talent": {"zh": "人才政策"}}, REPORT, (FULL, BARE))
COLUMNS = (
    *("id", "category", "kind", "title_zh", "title_en", "text_zh", "text_en", "figure", "value", "low", "high"),
    *("unit", "form", "bound", "start", "end", "when", "source", "paragraph", "quote", "tags", "conflicts"),
    *("note_zh", "note_en", "draft"),
)


def test_each_column_holds_its_value_as_what_it_is():
    """The contract's columns in its order: exact numbers, days, tuples, None where nothing is; conflicts both ways."""
    assert fact_columns(STORE.languages) == COLUMNS
    full, bare = ([cell_of(STORE, fact, name) for name in COLUMNS] for fact in STORE.facts)
    assert full == [
        *("graduates", "talent", "figure", "毕业生", "Graduates", "来了。", "They came.", "50.66万余名"),
        *(Decimal(506600), Decimal(506600), None, "person", "number", "more_than"),
        *(date(2021, 5, 1), date(2021, 5, 31), "2021-05", "report", 43, "党员50.66万余名"),
        *(("人才", "talent"), ("bare",), None, "A doubt.", "true"),
    ]
    assert bare == [
        *("bare", "talent", None, "空", "Bare", "空。", "Bare.", *[None] * 10, "report", None, None),
        *((), ("graduates",), None, None, None),
    ]


@pytest.mark.parametrize(
    ("texts", "languages", "titles"),
    [
        ({"fr": "A", "en": "A", "zh": "A"}, None, ["title_zh", "title_en", "title_fr"]),
        ({"": "A"}, None, ["title"]),
        ({"en": "A", "zh": "A"}, ["en"], ["title_en"]),
    ],
)
def test_columns_follow_the_languages_of_the_store(texts, languages, titles):
    """Chinese comes before English and both before others; a plain store has one; one language may be asked for."""
    store = Store({}, {}, {}, {}, (Fact("a", "c", texts, texts, "s"),))
    assert [name for name in fact_columns(languages or store.languages) if name.startswith("title")] == titles


def test_columns_come_as_asked_for():
    """In any order and again when asked for again; a search's column says what matches whole and what comes near."""
    assert list(fact_rows(compiled(STORE), ("value", "id")).typed()) == [(Decimal(506600), "graduates"), (None, "bare")]
    found = fact_rows(compiled(STORE), ("id", "match", "kind"), full=1)
    assert list(found.cells) == [("graduates", "all", "figure"), ("bare", "near", None)]


@pytest.mark.parametrize("name", ["titel_en", "match", "title_fr", "text"])
def test_an_unknown_column_is_refused(name):
    """Wherever a column is asked for, one that is not there names what is."""
    for ask in (lambda: fact_rows(compiled(STORE), ("id", name)), lambda: cell_of(STORE, FULL, name)):
        with pytest.raises(UnknownName, match=f"^unknown column '{name}'") as raised:
            ask()
        assert raised.value.known == COLUMNS


def test_rows_in_words():
    """A draft is one in words, and where both languages stand the headings say which; the rest is in golden/."""
    rows = in_words(fact_rows(compiled(STORE), ("title_zh", "title_en", "draft")), STORE, Language("zh"))
    assert rows.columns == ("事项 (zh)", "事项 (en)", "草稿")
    assert next(iter(rows.cells)) == ("毕业生", "Graduates", "是")
