"""Categories side by side."""

from decimal import Decimal

import pytest

from cs_facts import compare as comparing
from cs_facts.dates.edtf import parse_period
from cs_facts.index import Filters
from cs_facts.model import Conflict, Fact, Source, Store
from making import compiled, figure, ids

OPEN_END = parse_period("2017/..")
YEAR = parse_period("2021")
OPEN_START = parse_period("../2022")


def fact(id_, category, value=None, unit=None, form="number", low=None, high=None, **more):
    """Return a fact of a category, of a number, or of a range of them, in a unit."""
    printed = figure(id_, value, low, high, form) if (value or low or form != "number") else None
    return Fact(id_, category, {"en": id_}, {"en": id_}, "s", figure=printed, unit=unit, **more)


FACTS = (
    fact("a1", "a", 5, "person", kind="figure", when=YEAR),
    fact("b1", "b", 7, "person", kind="figure", when=OPEN_END, conflicts=(Conflict("a1"),)),
    fact("a2", "a", 9, "school", kind="ranking", when=OPEN_START),
    fact("a3", "a", 7, "person", kind="figure"),
    fact("a4", "a", 2),
    fact("b2", "b", kind="event"),
    fact("c1", "c", 1, "school"),
    fact("b3", "b", 100, "yuan"),
)


def index_of(facts, categories="abcd"):
    """Compile facts in memory."""
    units = {"yuan": {}, "school": {}, "person": {}, "country": {}}
    sources = {"s": Source("s", "document", {"en": "s"})}
    store = Store({"en": "t"}, units, {category: {} for category in categories}, sources, tuple(facts))
    return compiled(store).index


INDEX = index_of(FACTS)


def compare(categories, facts=None, by="unit", **filters):
    """Compare some categories of a store of these facts, or of those above."""
    index = index_of(facts) if facts else INDEX
    return comparing.compare(index, Filters(categories=tuple(categories), **filters), by)


@pytest.mark.parametrize(
    ("category", "counts", "days"),
    [
        ("a", (4, 4, 1), ("2021-01-01", "2022-12-31")),
        ("b", (3, 2, 1), ("2017-01-01", "None")),
        ("c", (1, 1, 0), ("None", "None")),
        ("d", (0, 0, 0), ("None", "None")),
    ],
)
def test_a_summary_counts_its_category_alone(category, counts, days):
    """Facts, figures, conflicts that either side names, and the first and the last known day."""
    (summary,) = comparing.summarise(INDEX, [category])
    assert (summary.facts, summary.figures, summary.conflicts) == counts
    assert (str(summary.start), str(summary.end)) == days


def test_a_summary_names_the_sources_of_its_category():
    """A summary names what the facts of its category cite, of those that pass alone."""
    for filters, sources in ((Filters(), {"s"}), (Filters(minimum=Decimal(8)), set())):
        (summary,) = comparing.summarise(index_of((*FACTS, fact("d1", "d", 7))), ["d"], filters)
        assert summary.sources == sources


@pytest.mark.parametrize(
    "filters", [{"minimum": Decimal(6), "maximum": Decimal(8)}, {"period": YEAR}, {"conflicts": True}]
)
def test_only_the_facts_that_pass_are_compared(filters):
    """Facts that a filter left out count nowhere, whichever way the others are counted."""
    everything = compare(["a", "b"])
    few = compare(["a", "b"], **filters)
    passing = {found.id for found in few.index.select(few.filters)}
    assert passing
    assert [summary.facts for summary in few.summaries] == [sum(id_[0] == letter for id_ in passing) for letter in "ab"]
    assert {found.id for found in few.figures()} == {found.id for found in everything.figures()} & passing


def test_long_figures_are_ranked_exactly():
    """Figures that differ beyond the 28th digit are ranked by that digit."""
    facts = (fact("low", "a", "1" * 40 + "1", "yuan"), fact("high", "b", "1" * 40 + "2", "yuan"))
    (panel,) = compare(["a", "b"], facts).panels
    assert ids(panel.facts) == ["high", "low"]


@pytest.mark.parametrize(
    ("chosen", "units", "panels", "unshared", "uncounted"),
    [
        (["a", "b"], (), [("person", ["b1", "a3", "a1"])], ["b3", "a2"], ["a4"]),
        (["b", "c"], (), [], ["b3", "c1", "b1"], []),
        (["a"], (), [("school", ["a2"]), ("person", ["a3", "a1"])], [], ["a4"]),
        ([], ("yuan",), [("yuan", ["b3"])], [], []),
        (["c", "b", "a"], (), [("school", ["a2", "c1"]), ("person", ["b1", "a3", "a1"])], ["b3"], ["a4"]),
        ([], (), [("school", ["a2", "c1"]), ("person", ["b1", "a3", "a1"])], ["b3"], ["a4"]),
        (["d"], (), [], [], []),
    ],
    ids=["two", "two that share nothing", "one category", "a unit", "three", "none named", "an empty one"],
)
def test_who_stands_in_panels(chosen, units, panels, unshared, uncounted):
    """Units that two share, or of one alone each, in the store's order, the greatest first; the others are named."""
    result = compare(chosen, units=units)
    assert not chosen or [summary.category for summary in result.summaries] == chosen
    assert [(panel.unit, ids(panel.facts)) for panel in result.panels] == panels
    assert (ids(result.unshared), ids(result.uncounted)) == (unshared, uncounted)


def test_what_shares_a_scale():
    """A range is a span there, a ratio, or one open to a side, is left out; ranks have their own, the first first."""
    facts = (
        *(fact("range", "a", unit="person", form="range", low=16, high=24), fact("count", "b", 20, "person")),
        *(fact("open", "a", unit="person", form="share", low=66), fact("ratio", "b", unit="person", form="ratio")),
        *(fact("third", "a", 3, "person", form="rank"), fact("first", "b", 1, "person", form="rank")),
    )
    result = compare(["a", "b"], facts)
    assert [(each.ordinal, ids(each.facts)) for each in result.panels] == [
        *((False, ["range", "count"]), (True, ["first", "third"]))
    ]
    assert ids(result.unvalued) == ["open", "ratio"]
    assert ids(result.figures()) == ["range", "count", "first", "third", "open", "ratio"]


@pytest.mark.parametrize(
    ("periods", "others"),
    [
        (["2021", "2021-12-31/..", ""], [2]),
        (["2023-12-02", "2021", "2023-12-02", "2021/2023", "2021"], [0, 2]),
        (["2021", "2022"], [1]),
        (["", ""], [0, 1]),
    ],
)
def test_figures_of_other_days_than_most(periods, others):
    """What is undated, or of another day than the one that most of the others share; of two such days the earlier."""
    facts = [fact(str(nth), "a", 1, when=parse_period(edtf) if edtf else None) for nth, edtf in enumerate(periods)]
    assert comparing.without_common_day(facts) == set(map(str, others))


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("unit", [("person", "", ["b", "a", "c", "d"])]),
        ("kind", [("person", "figure", ["b", "a"])]),
        ("period", [("person", "2021", ["a", "c"])]),
        ("tag", [("person", "y", ["b", "a"]), ("person", "x", ["b", "d"])]),
    ],
)
def test_what_divides_the_figures_of_a_unit(by, expected):
    """By kind, period or tag a unit has a panel for each value that two categories share."""
    facts = (
        fact("a", "a", 2, "person", kind="figure", when=YEAR, tags=("y",)),
        fact("b", "b", 3, "person", kind="figure", when=OPEN_END, tags=("x", "y")),
        fact("c", "b", 1, "person", kind="list", when=YEAR),
        fact("d", "a", "0.5", "person", tags=("x",)),
        fact("e", "a", 1, "school", kind="figure", when=YEAR, tags=("x",)),
    )
    panels = compare(["a", "b"], facts, by).panels
    assert [(panel.unit, panel.group, ids(panel.facts)) for panel in panels] == expected


def test_a_figure_in_two_panels_is_told_once():
    """The figures of a comparison are those of its panels, each once and where it comes first, then the others."""
    facts = (
        fact("a", "a", 2, "person", tags=("y", "x")),
        fact("b", "b", 3, "person", tags=("x", "y")),
        fact("c", "b", 1, "person", tags=("y",)),
        fact("d", "a", 4, "school"),
        fact("e", "b", 5),
        fact("f", "a", kind="event"),
    )
    result = compare(["a", "b"], facts, "tag")
    assert [(panel.group, ids(panel.facts)) for panel in result.panels] == [("y", ["b", "a", "c"]), ("x", ["b", "a"])]
    figures, shared = result.figures(), result.figures(only_shared=True)
    assert list(figures.rows(["id", "unit"])) == [*((id_, "person") for id_ in "bac"), ("d", "school"), ("e", None)]
    assert list(shared.rows(["id", "unit"])) == [(id_, "person") for id_ in "bac"]
    assert (len(figures), len(shared), ids(figures.limited(2))) == (5, 3, ["b", "a"])


def test_a_unit_without_a_figure_counts_nothing():
    """A fact that names a unit and has no figure is in no panel and in no number of figures."""
    facts = (fact("a", "a", 2, "person", kind="figure"), fact("b", "b", unit="person", kind="figure"))
    for by in ("unit", "kind"):
        result = compare(["a", "b"], facts, by)
        assert (result.panels, [summary.figures for summary in result.summaries]) == ((), [1, 0])


def test_as_many_units_as_categories_are_still_chosen():
    """Of the units asked for, as many as there are categories, no other is compared."""
    facts = (fact("a", "a", 2, "person"), fact("b", "b", 3, "person"), fact("c", "b", 1, "school"), FACTS[7])
    result = comparing.compare(index_of(facts, "ab"), Filters(units=("person", "school")))
    assert ids(result.figures()) == ["c", "b", "a"]


def test_comparisons_are_values():
    """Two of equal facts are equal, though each has an index of its own, and two of others are not."""
    assert compare("abc", FACTS) == compare("abc", FACTS)
    assert len({compare("abc", FACTS), compare("abc", FACTS)}) == 1
    assert compare("abc", FACTS) != compare("abc", FACTS[:-1])
    assert compare("abc", FACTS).panels != compare("ab", FACTS).panels
