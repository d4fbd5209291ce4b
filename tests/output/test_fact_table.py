"""What a table of facts says besides their values: drafts, categories, near matches, the other side."""

from cs_facts.model import Conflict, Fact, Source, Store
from cs_facts.output.facts import draw_facts
from cs_facts.output.labels import Language
from cs_facts.output.layout import Page
from cs_facts.output.values import View


def fact(id_, category, **more):
    """Make a fact whose title is its id."""
    return Fact(id_, category, {"en": id_.upper()}, {"en": "It is so."}, "paper", **more)


FACTS = (fact("a", "north", draft=True), fact("b", "south"), fact("c", "north"))
STORE = Store(
    {}, {}, {"north": {"en": "North"}, "south": {"en": "South"}}, {"paper": Source("paper", "document", {})}, FACTS
)


def lines(width, facts=FACTS, columns=None, store=STORE, **settings):
    """Draw facts and return the lines above the source."""
    view = View(store, Language("en"), **settings)
    return "".join(draw_facts(Page(width), view, facts, columns)).splitlines()[:-1]


def test_a_draft_says_so():
    """Behind its title, in a terminal and elsewhere."""
    assert lines(80)[2].startswith("A [draft]  ")
    assert "A [draft]" in lines(None)[1]


def test_where_categories_are_mixed_each_fact_names_its_own():
    """A category whose facts stand together has a heading; else each fact names it beside its id."""
    assert [line.split("  ")[-1] for line in lines(80)[2:]] == ["North · a", "South · b", "North · c"]
    together = lines(80, (FACTS[0], FACTS[2], FACTS[1]))
    assert [line for line in together[2:] if "  " not in line] == ["North", "", "South"]


def test_near_matches_are_set_apart():
    """Under a heading in a terminal, by a column elsewhere; where all match whole there is neither."""
    assert list(lines(80, full=1)[3:5]) == ["", "Near matches"]
    assert [line.split()[-1] for line in lines(None, full=1)] == ["Match", "full", "near", "near"]
    assert lines(80, full=3) == lines(80)
    assert [line.split() for line in lines(None, columns=["id", "match"], full=2)[2:]] == [["b", "full"], ["c", "near"]]


def test_a_contradicted_figure_is_marked():
    """What another fact contradicts has a mark, a line explains it, and parties of one contradiction stand together."""
    parties = (
        fact("a", "north", conflicts=(Conflict("b"),)),
        fact("b", "south"),
        fact("c", "north", conflicts=(Conflict("d"),)),
        fact("d", "north"),
    )
    store = Store(STORE.title, STORE.units, STORE.categories, STORE.sources, parties)
    drawn = lines(80, parties, store=store)
    assert [line for line in drawn if line.startswith("Contradiction")] == ["Contradiction 1", "Contradiction 2"]
    assert drawn[-1] == "* another fact contradicts this one: facts show ID"
