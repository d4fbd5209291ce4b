"""What a table of facts says besides their values: drafts, categories, near matches, the other side."""

from cs_facts.output.facts import draw_facts
from cs_facts.output.labels import Language
from cs_facts.output.layout import Page
from cs_facts.output.values import View
from making import fact, store

FACTS = (fact("a", draft=True), fact("b", category="south"), fact("c"))


def lines(width, facts=FACTS, columns=None, **settings):
    """Draw facts and return the lines above the source."""
    view = View(store(*facts), Language("en"), **settings)
    return "".join(draw_facts(Page(width), view, facts, columns)).splitlines()[:-1]


def test_a_draft_says_so():
    """Behind its title, in a terminal and elsewhere."""
    assert lines(80)[2].startswith("Title of a [draft]  ")
    assert "Title of a [draft]" in lines(None)[1]


def test_a_category_whose_facts_stand_together_has_a_heading():
    """Where they are mixed each fact names its own, as in the golden files."""
    together = lines(90, (FACTS[0], FACTS[2], FACTS[1]))
    assert [line for line in together[2:] if "  " not in line] == ["North", "", "South"]


def test_near_matches_are_set_apart():
    """Under a heading in a terminal, by a column elsewhere; where all match whole there is neither."""
    assert list(lines(90, full=1)[3:5]) == ["", "Near matches"]
    assert [line.split()[-1] for line in lines(None, full=1)] == ["Match", "full", "near", "near"]
    assert lines(90, full=3) == lines(90)
    assert [line.split() for line in lines(None, columns=["id", "match"], full=2)[2:]] == [["b", "full"], ["c", "near"]]
