"""What an index says of a store, held to the store itself."""

from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from cs_facts.columns import fact_columns
from cs_facts.dates.edtf import parse_period
from cs_facts.index import Filters, Index
from cs_facts.index.builder import build
from cs_facts.index.database import number_key
from cs_facts.index.tallies import tallies
from cs_facts.output.rows import cell_of, flat
from cs_facts.store.loader import load
from cs_facts.store.writer import dump
from drawing import KINDS, PERIODS, some_of, stores
from making import compiled, ids

EXAMPLES = settings(max_examples=40, database=None)


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


def not_after(start, end):
    """Tell whether a day comes before another, none being open."""
    return start is None or end is None or start <= end


def lies_within(one, other):
    """Tell whether a whole period lies in another; one with an open or unknown end never does."""
    return bool(one.start and one.end) and not_after(other.start, one.start) and not_after(one.end, other.end)


def passes(fact, wanted, conflicts):
    """Tell whether a fact passes, in plain words."""
    figure, when, low, high = fact.figure, fact.when, wanted.minimum, wanted.maximum
    period, within = wanted.period, wanted.within
    return (
        (not wanted.categories or fact.category in wanted.categories)
        and (not wanted.kinds or fact.kind in wanted.kinds)
        and (not wanted.units or fact.unit in wanted.units)
        and (not wanted.sources or fact.source in wanted.sources)
        and (not wanted.conflicts or fact.id in conflicts)
        and (not period or (when and not_after(when.first, period.last) and not_after(period.first, when.last)))
        and (not within or (when and lies_within(when, within)))
        and ((low is None and high is None) or (figure is not None and may_lie(figure, low, high)))
    )


def may_lie(figure, low, high):
    """Tell whether a figure may lie between two numbers; None is no limit."""
    least, greatest = (figure.value, figure.value) if figure.value is not None else (figure.low, figure.high)
    if figure.form == "rank" or (least is None and greatest is None):
        return False
    return (low is None or greatest is None or greatest >= low) and (high is None or least is None or least <= high)


@EXAMPLES
@given(stores(), st.data())
def test_filters_pass_what_a_plain_filter_passes(store, data):
    """SQL passes the facts that a loop over all of them passes, and counts them."""
    index = compiled(store).index
    for wanted in data.draw(st.lists(filters(store), min_size=12, max_size=20)):
        found = index.select(wanted)
        right = [fact for fact in store.facts if passes(fact, wanted, store.conflicts)]
        assert sorted(ids(found)) == sorted(ids(right))
        assert (len(found), bool(found)) == (len(right), bool(right))
        assert sum(tally.facts for tally in tallies(index, wanted)) == len(right)
        assert wanted.conflicts or list(found) == right


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
