"""``facts compare``: what a person sees of it."""

import pytest

FACTS = """\
  - {id: a, category: north, title: Members, text: t, figure: 128个, unit: person, when: 2020, source: paper,
     tags: [x], conflicts: [{with: b}]}
  - {id: b, category: south, title: Members, text: t, figure: 272余个, unit: person, when: 2021, source: paper,
     tags: [x]}
  - {id: c, category: south, title: Money, text: t, figure: 约5亿元, unit: yuan, source: paper}
  - {id: d, category: south, title: Bare, text: t, figure: "7", source: paper}
"""


@pytest.fixture
def compare(facts, kept):
    """Compare the two categories of a small store."""
    path = kept(FACTS)
    return lambda *words, **options: facts("compare", "north", "south", *words, "-s", path, **options)


def test_what_is_left_out_is_said(compare):
    """Figures of an unshared unit and figures without a unit are one line, which --all spells out."""
    line = "Figures left out: 1 in units that only one category uses, 1 without a unit; --all names them."
    assert line in compare().lines
    text = compare("--all").stdout
    assert line not in text
    assert "yuan: 约5亿元 (South)" in text
    assert "without a unit:\n  7 (South)" in text


def test_as_data_figures_are_rows(compare):
    """As data there is a row a figure, those on a common scale; --all adds the others."""
    assert [row["id"] for row in compare("-f", "json", "--all").json] == ["b", "a", "c", "d"]
    assert [row["id"] for row in compare("-f", "json").json] == ["b", "a"]


def test_what_is_compared(facts, compare, kept):
    """Categories in which a filter leaves something; --by period no figures of unlike periods, --by tag each tag."""
    assert "North" not in facts("compare", "--unit", "yuan", "-s", kept(FACTS)).stdout
    assert "North" in facts("compare", "--unit", "person", "-s", kept(FACTS)).stdout
    assert "No unit is shared" in compare("--by", "period").stdout
    assert "People · x" in compare("--by", "tag").lines


def test_shaping_is_applied(facts, compare):
    """--columns, --sort and --limit shape rows of data, --limit a drawing too; docs/faults.md has what is refused."""
    shaped = compare("--all", "-f", "csv", "--columns", "id,value", "--sort", "value", "-n", "2").lines
    assert shaped == ["id,value", "d,7", "a,128"]
    assert compare("-f", "csv", "--columns", "nosuch").code == 2
    assert len(compare("-n", "1").lines) < len(compare().lines)
    assert facts("categories", "--sort", "-figures", "-n", "1", "-f", "json").json[0]["id"] == "talent"


def test_a_page_and_a_picture_say_what_is_compared(compare, facts, tmp_path):
    """Both are titled as a comparison; the page shows the chart first, then the categories in the order asked for."""
    compare("--lang", "en", "-o", "c.html")
    page = (tmp_path / "c.html").read_text(encoding="utf-8")
    for written in (page, compare("-f", "svg").stdout):
        assert written.count("Figures left out: 1 in units that only one category uses, 1 without a unit.") == 1
    assert "Figures left out" not in compare("--all", "-f", "svg").stdout
    places = [page.index(part) for part in ("<h1>", 'id="__charts"', 'id="_north"', 'id="_south"')]
    assert places == sorted(places)
    facts("compare", "returnee-town", "talent", "--lang", "zh", "-o", "c.html", "--force")
    page = (tmp_path / "c.html").read_text(encoding="utf-8")
    assert "<h1>对比：海归小镇、人才与人才政策</h1>" in page
    assert page.index('id="_returnee-town"') < page.index('id="_talent"')
    drawn = facts("compare", "returnee-town", "talent", "-f", "svg", "--lang", "zh").stdout
    assert "对比：海归小镇、人才与人才政策" in drawn
    assert "Comparison" not in facts("compare", "talent", "-f", "svg").stdout


def test_a_workbook_has_the_comparison_of_the_screen(compare, tmp_path):
    """Its first sheet holds the scales and what they lack; the numbers of a category are those of the summary."""
    openpyxl = pytest.importorskip("openpyxl", reason="NOT CHECKED: no openpyxl; pip install -e '.[dev]'")
    compare("-o", "c.xlsx")
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    heads, *rows, _, (left_out, *_) = book["Comparison"].iter_rows(values_only=True)
    assert left_out.startswith("Figures left out: 1 ")
    shown = [tuple(row[heads.index(head)] for head in ("Unit", "ID", "Number", "Its figure")) for row in rows]
    assert shown == [("People", "b", 272, "128个"), ("People", "a", 128, "272余个")]
    counted = [(row[0], *row[2:4]) for row in book["Categories"].iter_rows(min_row=2, values_only=True)]
    assert counted == [("north", 1, 1), ("south", 3, 3)]
    compare("--by", "period", "-o", "n.xlsx")
    alone = openpyxl.load_workbook(tmp_path / "n.xlsx")["Comparison"]
    assert [str(row[0]).partition(":")[0] for row in alone.values] == ["Unit", "None", "Figures left out"]
