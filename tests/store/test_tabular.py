"""A table made into a store: the inverse of an export, and every fault at its place."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_facts.columns import fact_columns
from cs_facts.errors import StoreFaults, UnknownName, UsageError
from cs_facts.model import Fact, Store
from cs_facts.output.rows import ROW_FORMATS, fact_rows
from cs_facts.store.importer import Layout, import_table
from drawing import stores
from making import compiled

NOTHING = Store({}, {}, {}, {}, ())
HEAD = "id,category,title,text,source"
ROW = '{"id": "a", "category": "n", "title": "T", "text": "t", "source": "s"}'


@pytest.fixture
def imported(tmp_path):
    """Return a function: the text or the bytes of a table → the store made of it."""

    def make(content, layout=None, name="table.csv", known=NOTHING):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return import_table(path, layout or Layout(), known)

    return make


@pytest.fixture
def faults(imported):
    """Return a function: a table → its faults, each as ``line:column: message``."""

    def found(content, layout=None, name="table.csv"):
        with pytest.raises(StoreFaults) as raised:
            imported(content, layout, name)
        return [f"{problem.at.line}:{problem.at.column}: {problem.message}" for problem in raised.value.problems]

    return found


@settings(max_examples=50)
@given(stores(notes=False), st.sampled_from(["csv", "tsv", "excel", "json", "ndjson"]))
def test_export_then_import(tmp_path_factory, store, format_):
    """Whatever the facts hold, an export read back gives the same facts, and the names that a known store has."""
    path = tmp_path_factory.getbasetemp() / f"table.{format_.replace('excel', 'csv')}"
    sheet = fact_rows(compiled(store), fact_columns(store.languages))
    path.write_bytes("".join(ROW_FORMATS[format_](sheet)).encode())
    result = import_table(path, Layout(), store)
    assert result.store.facts == store.facts
    assert result.store.sources == {fact.source: store.sources[fact.source] for fact in store.facts}
    assert result.store.categories == {fact.category: store.categories[fact.category] for fact in store.facts}
    assert (result.unused, result.invented) == ({}, {})


def test_a_table_of_other_columns(imported):
    """Columns may have other names, rows values that the table does not have; the rest is left out and told."""
    layout = Layout({"title_en": "Headline", "text_en": "Body", "id": "Key"}, {"category": "north", "source": "paper"})
    result = imported("Key;Body;Headline;category;Remark;paragraf\nx;b, b;h;;r;4\n", layout)
    (fact,) = result.store.facts
    assert (fact.id, fact.title, fact.text) == ("x", {"en": "h"}, {"en": "b, b"})
    assert (fact.category, fact.source) == ("north", "paper")
    assert result.unused == {"Remark": None, "paragraf": "paragraph"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", f"{HEAD}\na,n,T,t,s\n"),
        ("t.csv", f"\ufeff{HEAD}\r\n\r\na,n,T,t,s\r\n,,,,\r\n"),
        ("t.csv", f"{HEAD.replace(',', ';')}\ra;n;T;t;s"),
        ("t.csv", f"{HEAD.replace(',', chr(9))}\na\tn\tT\tt\ts\n"),
        ("t.tsv", f"{HEAD.replace(',', chr(9))}\na\tn\tT\tt\ts\n"),
        ("t.CSV", '"id","category","title","text","source"\n"a","n","T","t","s"'),
        ("t.csv", '"id,;;;;;","category","title","text","source",id\nx,n,T,t,s,a'),
        ("t.json", f'[{ROW[:-1]}, "figure": null}}]'),
        ("t.ndjson", f'{ROW[:-1]}, "tags": []}}\n'),
    ],
)
def test_what_a_table_may_look_like(imported, name, content):
    """BOM, any line end, blank lines, tabs, semicolons and quotes make the same fact."""
    assert imported(content, name=name).store.facts == (Fact("a", "n", {"": "T"}, {"": "t"}, "s"),)


def test_the_apostrophe_of_excel(imported):
    """The apostrophe before a formula is taken away where --excel put it, which a BOM shows, and nowhere else."""
    for cell, text in {"'=a": "=a", "''=a": "'=a", "'a": "'a", "=a": "=a"}.items():
        table = f"{HEAD}\na,n,{cell},t,s\n"
        titles = [imported(content).store.facts[0].title[""] for content in (f"\ufeff{table}", table)]
        assert titles == [text, cell]


def test_a_conflict_is_named_once(imported):
    """An export names a conflict on both sides, the store on the first."""
    facts = imported(f"{HEAD},conflicts\na,n,T,t,s,b; c\nb,n,T,t,s,a\nc,n,T,t,s,a;b\n").store.facts
    assert [[conflict.other for conflict in fact.conflicts] for fact in facts] == [["b", "c"], [], ["b"]]


@pytest.mark.parametrize(
    ("columns", "cells", "fault"),
    [
        ("figure", "many", "2:11: column 'figure': figure 'many' has no number at its beginning; write the number and"),
        ("when", "2022-13", "2:11: column 'when': '2022-13' is a date that does not exist"),
        ("unit", "person", "2:11: column 'unit': a unit counts something; give the figure too, or take the unit out"),
        ("figure,unit", "5人,人", "2:14: column 'unit': '人' is no id; use lower-case ASCII letters"),
        ("kind", "figur", "2:11: column 'kind': unknown kind 'figur': did you mean 'figure'?"),
        ("tags", "a; b; a", "2:11: column 'tags': 'a' stands in this list a second time; take one out"),
        ("conflicts", "b", "2:11: unknown fact 'b': choose from a"),
        ("conflicts", "a", "2:11: column 'conflicts': fact 'a' cannot be in conflict with itself; name the other fact"),
        ("title_en", "T", "2:11: column 'title_en': gives the title with a language, another column without one"),
        ("note", "a\x1bb", "2:11: column 'note': character U+001B must not stand in a store; take it out"),
        ("note", '"a', "2:11: the quotes of this cell do not match"),
        ("note", '"a"b', "2:11: the quotes of this cell do not match"),
        # a number or a day that should follow from what cannot be read is not told once more
        ("figure,value,bound", "about,5,exact", "2:11: column 'figure'"),
        ("when,start", "May,2022-05-01", "2:11: column 'when'"),
        ("note,note", "a,b", "1:36: column 'note' stands here a second time"),
        ("note", "a,b", "2:1: has 7 cells, where the header has 6"),
    ],
)
def test_a_fault_is_located(faults, columns, cells, fault):
    """A fault is told at line, column and, for a value, the name of its column."""
    (found,) = faults(f"{HEAD},{columns}\na,n,T,t,s,{cells}\n")
    assert found.startswith(fault)


@pytest.mark.parametrize(
    ("columns", "cells", "warning"),
    [
        ("figure,value", "5人,6", "2:14: column 'value': '6' is not 5, as '5人' says; what is printed counts"),
        ("figure,bound", "5人,about", "2:14: column 'bound': 'about' is not exact, as '5人' says"),
        ("figure,low", "5人,4", "2:14: column 'low': '4' is not 5, as '5人' says"),
        ("when,start", "2022-05,2022-05-02", "2:19: column 'start': '2022-05-02' is not 2022-05-01, as '2022-05' says"),
        ("when,end", "2022/..,2022-12-31", "2:19: column 'end': '2022-12-31' has no place, for '2022/..' has none"),
        ("value", "5", "2:11: column 'value': '5' follows from no figure and is left out"),
        ("end", "2022-12-31", "2:11: column 'end': '2022-12-31' follows from no when and is left out"),
        *(
            ("figure,value", f"5人,{value}", f"2:14: column 'value': {value!r} is not 5, as '5人' says")
            for value in ("NaN", "sNaN", "Infinity", "-Infinity", "1e999999999", "∞")
        ),
    ],
)
def test_what_follows_from_another_column_is_read_anew(imported, columns, cells, warning):
    """A value or a day that disagrees with what is printed is no fault; a warning says where, and what is kept."""
    result = imported(f"{HEAD},{columns}\na,n,T,t,s,{cells}\n")
    (found,) = result.warnings
    assert f"{found.at.line}:{found.at.column}: {found.message}".startswith(warning)
    figure = result.store.facts[0].figure
    assert figure is None or (figure.value, figure.bound) == (5, "exact")


def test_all_faults_at_once(faults):
    """Every fault of every row is told, in the order of the table, a row with a line end in it counted right."""
    found = faults(f'{HEAD}\na,n,"T\nT",,s\nA,n,T,t,s\na,n,T,t,\n')
    assert [fault.split("; ")[0] for fault in found] == [
        "2:1: this fact has no text",
        "4:1: column 'id': 'A' is no id",
        "5:1: this fact has no source",
        "5:1: column 'id': fact 'a' is defined a second time",
    ]


def test_a_value_may_be_written_otherwise(imported):
    """A value that a spreadsheet grouped or gave decimals is the same number."""
    for value in ("506600", '"506,600"', "506600.00", "5.066E+5"):
        assert imported(f"{HEAD},figure,value\na,n,T,t,s,50.66万名,{value}\n").store.facts[0].figure.value == 506600


def test_missing_columns(faults):
    """A required column that is not there is told once, not for each row."""
    assert faults("id,title_en\na,T\nb,T\n") == [
        f"1:1: no column {name!r}; --map {name}=COLUMN names the one that holds it"
        for name in ("category", "text", "source")
    ]


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("t.csv", "", "1:1: the table has no rows"),
        ("t.csv", HEAD, "1:1: the table has no rows"),
        ("t.csv", f"{HEAD}\na,n,T\xff".encode("latin-1"), "2:6: byte 0xFF is not UTF-8 text; save the table as CSV"),
        ("t.csv", HEAD.encode("utf-16"), "1:1: byte 0xFF is not UTF-8 text"),
        ("t.csv", HEAD.encode("utf-16-le"), "1:2: byte 0x00 is not UTF-8 text"),
        ("t.json", '[{"id": "a"},\n {"id": ', "2:"),
        ("t.json", "[1]", "1:2: an object should stand here, a column a key"),
        ("t.json", "[]", "1:1: the table has no rows"),
        ("t.json", "{}", "1:1: the table has no rows"),
        ("t.json", f"{ROW[:-1]}, {ROW[1:]}", "1:1: is not JSON: key 'id' stands twice in one object"),
        ("t.ndjson", f"{ROW[:-1]}, {ROW[1:]}", "1:1: is not JSON: key 'id' stands twice in one object"),
        ("t.ndjson", f'{ROW[:-1]}, "figure": {"1" * 5000}}}', f"1:1: column 'figure': figure {'1' * 200!r}… is long"),
        ("t.ndjson", f'{ROW}\n{{"id"', "2:1: is not JSON: "),
        ("t.json", "[" * 200_000, "1:1: is not a table: it nests too deep"),
        ("t.ndjson", '{"id": ' + "[" * 200_000, "1:1: is not a table: it nests too deep"),
        (
            "t.ndjson",
            ROW.replace('"t"', '{"zh": "t"}'),
            "1:1: column 'text': a text, a number or a list of texts should",
        ),
        (
            "t.ndjson",
            f'{ROW[:-1]}, "kind": true}}',
            "1:1: column 'kind': unknown kind 'true': choose from figure, ranking",
        ),
        (
            "t.ndjson",
            f'{ROW[:-1]}, "conflicts": [[1]]}}',
            "1:1: column 'conflicts': a text, a number or a list of texts",
        ),
        (
            "t.ndjson",
            f'{ROW[:-1]}, "conflicts": {{}}}}',
            "1:1: column 'conflicts': a text, a number or a list of texts",
        ),
        ("t.csv", f"{HEAD},conflicts\n,n,T,t,s,b\nb,n,T,t,s,\n", "2:1: this fact has no id"),
    ],
)
def test_what_is_no_table(faults, name, content, fault):
    """A file that is no table says so, at its place, and so does a value of JSON that is no text, number or list."""
    (found,) = faults(content, name=name)
    assert found.startswith(fault)


def test_a_layout_that_cannot_be(imported):
    """A column that no store has, or that the table has not, names the nearest; a value holds nothing hidden."""
    with pytest.raises(UnknownName, match="did you mean 'title_en'"):
        Layout({"titel_en": "x"})
    with pytest.raises(UnknownName, match="did you mean 'Headline'"):
        imported(f"{HEAD},Headline\na,n,T,t,s,h\n", Layout({"note": "Headlin"}))
    with pytest.raises(UsageError, match=r"^--set note: character U\+001B must not stand in a store; take it out$"):
        Layout(values={"note": "a\x1bb"})


def test_many_columns_are_read_at_once(faults):
    """Columns are told apart in time proportional to their number."""
    began = process_time()
    assert faults(",".join(map(str, range(30_000))) + "\n1\n")
    assert process_time() - began < 2


def test_faults_of_a_table_come_to_an_end(faults):
    """A table with a fault in each of its rows does not fill the memory with them."""
    found = faults(f"{HEAD}\n" + "a\n" * 10_005)
    assert found[-1].endswith(" (and 9,985 more such faults in this file)")
