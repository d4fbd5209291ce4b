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
def compare(facts, store):
    """Compare the two categories of a small store."""
    path = store(FACTS)
    return lambda *words, **options: facts("compare", "north", "south", *words, "-s", path, **options)


def test_a_figure_in_conflict_shows_the_other_side(compare):
    """Behind a figure that another fact contradicts stands that fact's figure, and a line says what the mark means."""
    text = compare().stdout
    assert "128个 * (272余个)" in text
    assert "272余个 * (128个)" in text
    assert "* contradicted by another fact" in text


def test_bounds_and_periods_are_visible(compare):
    """余 shows as more than, periods are in words, and figures of unlike times are marked and explained."""
    text = compare().stdout
    assert "> 272" in text
    assert "2020 †" in text
    assert "† undated, or not of the same time" in text


def test_what_is_left_out_is_said(compare):
    """Figures of an unshared unit and figures without a unit are one line, which --all spells out."""
    line = "Figures left out: 1 in units that only one category uses, 1 without a unit; --all names them."
    assert line in compare().lines
    text = compare("--all").stdout
    assert line not in text
    assert "yuan: 约5亿元 (South)" in text
    assert "without a unit:\n  7 (South)" in text


def test_bars_are_drawn_in_a_terminal_alone(compare):
    """A terminal shows bars; a pipe has plain lines, each with its id."""
    assert "█" in compare(width=80, NO_COLOR="1").stdout
    piped = compare()
    assert "█" not in piped.stdout
    assert sum(line.startswith(("a ", "b ")) for line in piped.lines) == 2


def test_as_data_figures_are_rows(compare):
    """As data there is a row a figure, those on a common scale; --all adds the others."""
    assert [row["id"] for row in compare("-f", "json", "--all").json] == ["b", "a", "c", "d"]
    assert [row["id"] for row in compare("-f", "json").json] == ["b", "a"]


def test_categories_without_such_figures_are_left_out(facts, store):
    """The summary has the categories in which a filter leaves something."""
    path = store(FACTS)
    assert "North" not in facts("compare", "--unit", "yuan", "-s", path).stdout
    assert "North" in facts("compare", "--unit", "person", "-s", path).stdout


def test_by_divides_a_unit(compare):
    """--by period sets no figures of unlike periods on one scale; an unknown word is wrong usage."""
    assert "No unit is shared" in compare("--by", "period").stdout
    assert "People · x" in compare("--by", "tag").lines
    result = compare("--by", "kinds")
    assert (result.code, result.stderr) == (2, "facts: unknown --by 'kinds': did you mean 'kind'?\n")


def test_shaping_is_applied_or_refused(facts, compare):
    """--columns, --sort and --limit shape rows of data; what a drawing cannot follow is wrong usage, never ignored."""
    assert compare("--all", "-f", "csv", "--columns", "id,value", "--sort", "value", "-n", "2").lines == [
        "id,value",
        "d,7",
        "a,128",
    ]
    assert compare("-f", "csv", "--columns", "nosuch").code == 2
    assert compare("--columns", "id").code == 2
    assert len(compare("-n", "1").lines) < len(compare().lines)
    assert facts("categories", "--sort", "-figures", "-n", "1", "-f", "json").json[0]["id"] == "talent"
    assert facts("show", "party-members", "--columns", "id").code == 2
