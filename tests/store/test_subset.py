"""Some facts of a store, written as a store of their own."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cs_facts.output.machine import subset
from cs_facts.store.loader import check, load
from cs_facts.store.writer import dump
from drawing import stores
from making import compiled


@settings(max_examples=25)
@given(stores(), st.data())
def test_dump_of_a_subset(tmp_path_factory, store, data):
    """Any facts of a store, in any order, make a store without fault that holds just them."""
    facts = data.draw(st.lists(st.sampled_from(store.facts), unique_by=id))
    index = compiled(store).index
    path = tmp_path_factory.getbasetemp() / "subset.yaml"
    path.write_text("".join(dump(*subset(index.facts_by_id([fact.id for fact in facts])))), "utf-8")
    assert check(path) == []
    read = load([path])
    assert [(fact.id, fact.text) for fact in read.facts] == [(fact.id, fact.text) for fact in facts]
    assert {conflict.other for fact in read.facts for conflict in fact.conflicts} <= {fact.id for fact in facts}


def test_what_holds_for_some_facts(tmp_path):
    """The licence and the synonyms go with any of the facts, and with merged stores of one licence; the version not."""
    paths = [tmp_path / "a.yaml", tmp_path / "b.yaml"]
    for path in paths:
        path.write_text(
            f"facts_format: 1\nversion: '3'\nlicence: CC0\ncategories: {{c: C}}\nsynonyms: [[{path.stem}, word]]\n"
            "sources: {s: {type: report, title: S}}\nfacts:\n- {id: x, category: c, title: T, text: X., source: s}\n"
            "- {id: y, category: c, title: T, text: X., source: s}\n"
        )
    some, _ = subset(compiled(load(paths[:1])).index.facts_by_id(["y"]))
    assert (some.version, some.licence, some.synonyms) == (None, "CC0", (("a", "word"),))
    merged, _ = subset(compiled(load(paths)))
    assert (merged.version, merged.licence, merged.synonyms) == (None, "CC0", (("a", "word"), ("b", "word")))
