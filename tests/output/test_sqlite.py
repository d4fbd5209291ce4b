"""The SQLite file, opened by the programs that people open it with."""

import re
import sqlite3
import tempfile
from contextlib import closing
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import pytest

from cs_facts.errors import OutputError
from cs_facts.output.rows import Rows
from cs_facts.output.sqlite import render_rows

FACTS = """\
  - {id: many, category: north, kind: figure, title: {zh: 党员人数, en: Members}, text: {zh: 有多人, en: Many.},
     figure: 50.66万名, unit: person, when: 2021-12-31, source: paper, paragraph: 4, tags: [人群, crowd]}
  - {id: share, category: north, title: {zh: 份额, en: Café}, text: {zh: 约一成, en: A part.},
     figure: 0.10, unit: person, when: 2017/.., source: paper, conflicts: [{with: many}]}
  - {id: huge, category: south, title: {zh: 多, en: Huge}, text: {zh: 多, en: Huge.},
     figure: "123456789012345678901234567890", source: paper}
  - {id: none, category: south, title: {zh: 新时代的党员队伍建设, en: None}, text: {zh: 少, en: Few.}, source: paper}
"""


@pytest.fixture
def database(facts, kept, tmp_path):
    """Write the facts as a database and return its path."""
    result = facts("export", "facts.db", "-s", kept(FACTS))
    assert (result.code, result.stderr) == (0, "")
    return tmp_path / "facts.db"


def ask(path, query, *values):
    """Return the rows that Python's own SQLite finds."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query, values).fetchall()


def test_tables_and_columns(database):
    """The tables are facts, categories, units, sources and search; facts has the contract's columns and value_exact."""
    tables = [name for (name,) in ask(database, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")]
    assert [name for name in tables if not name.startswith("search_")] == [
        *("categories", "units", "sources", "facts", "search")
    ]
    columns = [row[1] for row in ask(database, "PRAGMA table_info(facts)")]
    assert ",".join(columns) == (
        "id,category,kind,title_zh,title_en,text_zh,text_en,figure,value,value_exact,low,high,unit,form,bound,start,end,"
        "when,source,paragraph,quote,tags,conflicts,note_zh,note_en,draft"
    )


def test_values(database):
    """NULL, text, a list as JSON, ids that lead to rows; a number, and beside it the exact decimal as text."""
    columns = 'figure, "end", "when", paragraph, tags, conflicts, kind'
    row = ask(database, f"SELECT {columns} FROM facts WHERE id = ?", "many")
    assert row == [("50.66万名", "2021-12-31", "2021-12-31", 4, '["人群", "crowd"]', '["share"]', "figure")]
    row = ask(database, 'SELECT start, "end", paragraph, tags, kind FROM facts WHERE id = ?', "share")
    assert row == [("2017-01-01", None, None, "[]", None)]
    assert ask(database, "SELECT id FROM facts ORDER BY rowid") == [("many",), ("share",), ("huge",), ("none",)]
    assert ask(database, "SELECT value, typeof(value), value_exact FROM facts") == [
        (506600, "integer", "506600"),
        (0.1, "real", "0.1"),
        (1.2345678901234568e29, "real", "123456789012345678901234567890"),
        (None, "null", None),
    ]
    assert ask(database, "PRAGMA foreign_key_check") == []
    assert ask(database, "PRAGMA integrity_check") == [("ok",)]
    assert ask(database, "SELECT * FROM units") == [("person", "人", "people"), ("yuan", "元", "yuan")]
    assert ask(database, "SELECT id, title_zh, published FROM sources") == [("paper", "报", "2022-12-18")]


MATCHES = {"many": ("党员人数", "member"), "none": ("队伍建设", "党员 队伍"), "many none": ("党员", "党")}
MATCHES |= {"share": ("cafe",), "huge": ("title_zh: 多",), "many share": ("人群 OR 份额",), "": ("党人",)}


@pytest.mark.parametrize(("query", "found"), [(query, ids) for ids in MATCHES for query in MATCHES[ids]])
def test_search(database, query, found):
    """MATCH finds a Chinese word of up to four characters inside a text, and English words without their inflection."""
    rows = ask(database, "SELECT id FROM search WHERE search MATCH ? ORDER BY rowid", query)
    assert [id_ for (id_,) in rows] == found.split()


@pytest.mark.skipif(find_spec("sqlite_utils") is None, reason="NOT CHECKED: no sqlite-utils; pip install -e '.[dev]'")
def test_sqlite_utils(database):
    """sqlite-utils sees the keys, the search table as that of facts (Datasette then offers a search box) and 党员."""
    from sqlite_utils import Database

    with closing(Database(database).conn) as connection:
        found = Database(connection)
        assert found["facts"].pks == ["id"]
        keys = {key.column: key.other_table for key in found["facts"].foreign_keys}
        assert keys == {"category": "categories", "unit": "units", "source": "sources"}
        assert found["facts"].detect_fts() == "search"
        assert [row["id"] for row in found["facts"].search("党员")] == ["many", "none"]


@pytest.mark.skipif(
    find_spec("duckdb_extension_sqlite_scanner") is None,
    reason="NOT CHECKED: no DuckDB with its SQLite scanner; pip install -e '.[dev]'",
)
def test_duckdb(database):
    """DuckDB reads value as a number and value_exact as the exact decimal."""
    import duckdb
    import duckdb_extension_sqlite_scanner

    folder = Path(duckdb_extension_sqlite_scanner.__file__).parent
    [scanner] = folder.glob(f"extensions/v{duckdb.__version__}/sqlite_scanner.duckdb_extension")
    with duckdb.connect() as duck:
        duck.execute(f"LOAD '{scanner}'")
        duck.execute(f"ATTACH '{database}' AS f (TYPE sqlite, READ_ONLY)")
        rows = duck.execute("SELECT id, value FROM f.facts WHERE value > 1000 AND text_zh LIKE '%多人%'").fetchall()
        assert rows == [("many", 506600.0)]
        exact = duck.execute("SELECT value_exact::DECIMAL(38, 2) FROM f.facts WHERE id = 'huge'").fetchall()
        assert exact == [(Decimal("123456789012345678901234567890.00"),)]


def test_columns_and_language_are_chosen(facts, kept, tmp_path):
    """--columns and --lang choose the columns of facts; the search table has those of them that are words."""
    path = kept(FACTS)
    facts("list", "-s", path, "--columns", "value,title_zh", "-o", "a.db")
    assert ask(tmp_path / "a.db", "SELECT * FROM facts LIMIT 1") == [(506600, "506600", "党员人数")]
    assert ask(tmp_path / "a.db", "SELECT * FROM search WHERE search MATCH '党员' LIMIT 1") == [("党员人数",)]
    facts("list", "-s", path, "--columns", "value", "-o", "b.db")
    assert ask(tmp_path / "b.db", "SELECT count(*) FROM sqlite_master WHERE name LIKE 'search%'") == [(0,)]
    facts("list", "-s", path, "--lang", "en", "-o", "c.db")
    assert not [row for row in ask(tmp_path / "c.db", "PRAGMA table_info(facts)") if row[1].endswith("_zh")]


def test_other_tables(facts, kept, tmp_path):
    """What is no list of facts is one table, ``result``, with the columns of the CSV."""
    path = kept(FACTS)
    assert facts("categories", "-s", path, "-o", "c.db").code == 0
    rows = ask(tmp_path / "c.db", "SELECT id, facts, typeof(facts) FROM result")
    assert rows == [("north", 2, "integer"), ("south", 2, "integer")]
    assert facts("compare", "--all", "-s", path, "-o", "d.db").code == 0
    assert ("many", 506600, "506600") in ask(tmp_path / "d.db", "SELECT id, value, value_exact FROM result")


def test_the_same_facts_make_the_same_file(facts, kept, tmp_path):
    """Nothing of the day or the machine is in the file; the endings that people give such files say the format."""
    path = kept(FACTS)
    files = [tmp_path / f"x.{ending}" for ending in ("db", "sqlite", "sqlite3")]
    assert [facts("export", file, "-s", path).code for file in files] == [0, 0, 0]
    assert len({file.read_bytes() for file in files}) == 1
    assert files[0].read_bytes().startswith(b"SQLite format 3\0")


def test_names_are_quoted(facts, kept, tmp_path):
    """A language tag that SQL would read otherwise is a column like any other."""
    fact = "  - {id: a, category: north, title: {zh-Hant: 題}, text: {zh-Hant: 文}, source: paper}\n"
    result = facts("export", "x.db", "-s", kept(fact))
    assert (result.code, result.stderr) == (0, "")
    assert ask(tmp_path / "x.db", 'SELECT "title_zh-Hant" FROM facts') == [("題",)]


def test_a_database_that_cannot_be_built(monkeypatch, tmp_path):
    """What SQLite refuses is one message that names the folder, and no file lies about there."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(OutputError, match=f"cannot be built in {re.escape(str(tmp_path))}: duplicate column name: a"):
        list(render_rows(Rows(("a", "a"), [])))
    assert list(tmp_path.iterdir()) == []
