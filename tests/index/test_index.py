"""What an index says of a store, held to the store itself."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cs_facts.columns import fact_columns
from cs_facts.dates.edtf import parse_period
from cs_facts.errors import UnknownName
from cs_facts.index import Filters, Index
from cs_facts.index.builder import build
from cs_facts.index.database import number_key
from cs_facts.model import Conflict
from cs_facts.output.rows import cell_of, flat
from cs_facts.store.loader import load
from cs_facts.store.writer import dump
from drawing import KINDS, PERIODS, some_of, stores
from making import compiled, fact, figure
from making import store as store_of

EXAMPLES = settings(max_examples=40, database=None)


def ids(found):
    """Return the ids of facts."""
    return [fact.id for fact in found]


@EXAMPLES
@given(stores())
def test_an_index_holds_a_store(store):
    """Facts, names, sources and both sides of conflicts are those of the store, in its order."""
    index = compiled(store).index
    assert tuple(index.select()) == store.facts
    assert index.size == len(store.facts)
    for name in ("title", "units", "categories", "sources", "languages", "version", "licence", "synonyms"):
        assert getattr(index, name) == getattr(store, name)
    assert list(index.units) == list(store.units)
    assert index.conflicts == store.conflicts
    assert index.by_id == store.by_id
    assert list(index.facts_by_tag) == list(dict.fromkeys(tag for fact in store.facts for tag in fact.tags))
    columns = fact_columns(store.languages)
    right = [tuple(flat(cell_of(store, fact, name)) for name in columns) for fact in store.facts]
    assert [tuple(map(flat, row)) for row in index.select().rows(columns)] == right


@EXAMPLES
@given(stores(), stores(), st.booleans())
def test_several_stores_are_as_merged(tmp_path_factory, one, other, same):
    """Several stores compiled as one say what they say when they are loaded and merged."""
    folder = tmp_path_factory.mktemp("stores")
    paths = (folder / "one.yaml", folder / "sub" / ("one.yaml" if same else "two.yaml"))
    paths[1].parent.mkdir()
    for path, store in zip(paths, (one, other), strict=True):
        path.write_bytes("".join(dump(store)).encode())
    store, index = load(paths), Index(build(paths, ":memory:"))
    assert index.is_merged
    assert tuple(index.select()) == store.facts
    assert index.conflicts == store.conflicts
    for name in ("title", "units", "categories", "sources", "languages", "synonyms"):
        assert getattr(index, name) == getattr(store, name)


# -- filters ---------------------------------------------------------------------------------------------------------


LIMITS = st.none() | st.sampled_from(("-6", "-5.4", "1.1", "16", "20", "24.1", "67", "506600", "506600.01")).map(
    Decimal
)
WANTED = st.none() | st.sampled_from(PERIODS)
WANTED |= st.sampled_from(("2019", "2019-12-19/2020-01-01", "2012/2022", "2020/", "0001", "9999")).map(parse_period)


def filters(store):
    """Draw filters of names that a store defines, of periods or of numbers."""
    names = {
        name: some_of(st.sampled_from(list(getattr(store, name))), 2) for name in ("categories", "units", "sources")
    }
    return (
        st.builds(Filters, kinds=some_of(st.sampled_from(KINDS), 2), conflicts=st.booleans(), **names)
        | st.builds(Filters, period=WANTED, within=WANTED)
        | st.builds(Filters, minimum=LIMITS, maximum=LIMITS)
    )


def overlaps(one, other):
    """Tell whether two periods share a day that is known of both."""
    return not_after(one.first, other.last) and not_after(other.first, one.last)


def lies_within(one, other):
    """Tell whether a whole period lies in another; one with an open or unknown end never does."""
    return bool(one.start and one.end) and not_after(other.start, one.start) and not_after(one.end, other.end)


def not_after(start, end):
    """Tell whether a day comes before another, none being open."""
    return start is None or end is None or start <= end


def passes(fact, wanted, conflicts):
    """Tell whether a fact passes, in plain words."""
    figure, when = fact.figure, fact.when
    low, high = wanted.minimum, wanted.maximum
    return (
        (not wanted.categories or fact.category in wanted.categories)
        and (not wanted.kinds or fact.kind in wanted.kinds)
        and (not wanted.units or fact.unit in wanted.units)
        and (not wanted.sources or fact.source in wanted.sources)
        and (not wanted.conflicts or fact.id in conflicts)
        and (wanted.period is None or (when is not None and overlaps(when, wanted.period)))
        and (wanted.within is None or (when is not None and lies_within(when, wanted.within)))
        and ((low is None and high is None) or (figure is not None and may_lie(figure, low, high)))
    )


def may_lie(figure, low, high):
    """Tell whether a figure may lie between two numbers; None is no limit."""
    least, greatest = (figure.value, figure.value) if figure.value is not None else (figure.low, figure.high)
    if figure.form == "rank" or (least is None and greatest is None):
        return False
    return (low is None or greatest is None or greatest >= low) and (high is None or least is None or least <= high)


@settings(EXAMPLES, max_examples=50)
@given(stores(), st.data())
def test_filters_pass_what_a_plain_filter_passes(store, data):
    """SQL passes the facts that a loop over all of them passes, and counts them."""
    index = compiled(store).index
    for wanted in data.draw(st.lists(filters(store), min_size=12, max_size=20)):
        found = index.select(wanted)
        right = [fact for fact in store.facts if passes(fact, wanted, store.conflicts)]
        assert sorted(ids(found)) == sorted(ids(right))
        assert (len(found), bool(found)) == (len(right), bool(right))
        assert sum(tally.facts for tally in index.tallies(wanted)) == len(right)
        assert wanted.conflicts or list(found) == right


def test_tags_pass_however_they_are_written():
    """Width, case and accents of a tag make no difference; an unknown one is told with the nearest."""
    index = compiled(store_of(fact("a", tags=("Café", "x")), fact("b", tags=("CAFE",)), fact("c"))).index
    assert ids(index.select(Filters(tags=("ｃａｆｅ",)))) == ["a", "b"]
    assert index.facts_by_tag == {"Café": 1, "x": 1, "CAFE": 1}
    with pytest.raises(UnknownName, match="Café"):
        index.select(Filters(tags=("Caffé!",)))


def test_facts_by_id_come_as_asked():
    """Each once and in the order asked for; an unknown one names the nearest."""
    index = compiled(store_of(fact("red-homes"), fact("visits"), fact("homes"))).index
    found = index.facts_by_id(["homes", "red-homes", "homes"])
    assert ids(found) == ["homes", "red-homes"]
    assert ids(found.sorted("id", descending=True)) == ["red-homes", "homes"]
    assert ids(found.limited(1)) == ["homes"]
    assert len(found) == 2
    with pytest.raises(UnknownName, match="did you mean 'red-homes'"):
        index.facts_by_id(["red-home"])
    assert index.ids_beginning("h", 5) == ["homes"]


# -- order -----------------------------------------------------------------------------------------------------------

NUMBERS = st.integers(-(10**40), 10**40).map(Decimal) | st.tuples(
    st.integers(-(10**6), 10**6), st.integers(-30, 30)
).map(lambda pair: Decimal(pair[0]).scaleb(pair[1]))


@settings(EXAMPLES, max_examples=300)
@given(NUMBERS, NUMBERS)
@example(Decimal("-0"), Decimal("0.00"))
@example(Decimal("-12"), Decimal("-1.2"))
@example(Decimal("-12"), Decimal("-12.3"))
def test_a_key_keeps_the_order_of_numbers(one, other):
    """Keys compare as their numbers do, and are the same where those are."""
    assert (number_key(one) < number_key(other)) == (one < other)
    assert (number_key(one) == number_key(other)) == (one == other)


@pytest.mark.parametrize(
    ("column", "rising", "falling"),
    [("value", "cabd", "bacd"), ("title_en", "bacd", "cabd"), ("start", "badc", "abdc")],
)
def test_what_has_no_value_comes_last(column, rising, falling):
    """Numbers are sorted as numbers, texts as texts; ties and what lacks the column stay in the store's order."""
    rows = (("a", "m", 10, "2021"), ("b", "b", 90, "2020"), ("c", "z", -3, None), ("d", None, None, "../2022"))
    found = compiled(
        store_of(
            *(
                fact(id_, value and figure("printed", value), when=when, title={"en": title} if title else {"zh": "x"})
                for id_, title, value, when in rows
            )
        )
    )
    assert "".join(ids(found.sorted(column, descending=False))) == rising
    assert "".join(ids(found.sorted(column, descending=True))) == falling


def test_conflicts_stand_side_by_side():
    """Whoever conflicts join, directly or not, stand together in a list of conflicts."""
    others = {"a": "", "b": "", "c": "a", "d": "bc", "e": "", "f": "e"}
    store = store_of(*(fact(id_, conflicts=tuple(map(Conflict, named))) for id_, named in others.items()))
    assert ids(compiled(store).index.select(Filters(conflicts=True))) == ["a", "b", "c", "d", "e", "f"]


# -- words -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def words():
    """Compile a few facts to search in."""
    members = fact(
        "members", figure("50.66万", 506600), title={"zh": "党员总数"}, text={"en": "Members of many branches"}
    )
    branch = fact(
        "branch",
        figure("1800余", 1800, 1800, bound="more_than"),
        category="south",
        title={"zh": "总部"},
        text={"en": "A branch; policy and police"},
    )
    return compiled(store_of(members, branch, fact("third", figure("前三", 3, form="rank", bound="top")))).index


def test_words_match_in_store_order(words):
    """A phrase, a word, a beginning; filters hold of what matches; values lie between two numbers, ranks left out."""

    def found(places):
        return ids(words.facts_at(places))

    assert found(words.match('"总"')) == ["members", "branch"]
    assert found(words.match('"总"')[::-1]) == ["branch", "members"]
    assert found(words.match('"党 员"')) == found(words.match('"总"', limit=1)) == ["members"]
    assert found(words.match('"总"', Filters(categories=("south",)))) == ["branch"]
    assert (words.count('"branch"*', 9), words.count('"总"', 1), words.count("", 9)) == (2, 1, 3)
    assert found(words.valued(Decimal(1), Decimal(1800))) == ["branch"]
    assert found(words.valued(Decimal(506600), Decimal(506600))) == ["members"]


def test_the_vocabulary_counts_facts(words):
    """Words with the number of their facts, and Latin words of one stem, which is compared whole."""
    assert words.vocabulary("bran") == ["branch", "branches"]
    assert words.vocabulary("po", 2) == ["police", "policy"]
    assert (words.documents("总"), words.documents("nowhere")) == (2, 0)
    assert set(words.same_stem("branching")) == {"branch", "branches"}
    assert words.same_stem("policies") == ("policy",)
