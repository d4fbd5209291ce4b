"""A store, or some facts of one, written as YAML and read again, whatever its texts hold."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_facts.model import Fact, Name, Source, Store
from cs_facts.output.rows import subset
from cs_facts.store.loader import load
from cs_facts.store.writer import dump, dump_rows
from drawing import NASTY, WORDS, stores
from making import check, compiled


def written(folder, store):
    """Write a store as YAML and return its path."""
    path = folder / "store.yaml"
    path.write_bytes("".join(dump(store)).encode())
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return one folder for all the examples of a property."""
    return tmp_path_factory.mktemp("stores")


@settings(max_examples=50)
@given(stores())
def test_dump_and_load(folder, store):
    """A dumped store loads as the same store, in the same order, and another reader of YAML finds the same texts."""
    path = written(folder, store)
    read = load([path])
    assert read == store
    for part in ("units", "categories", "sources"):
        assert list(getattr(read, part)) == list(getattr(store, part))
    facts = yaml.load(path.read_bytes(), yaml.BaseLoader)["facts"]
    assert [fact["text"] for fact in facts] == [fact.text.get("", fact.text) for fact in store.facts]
    assert [tuple(fact.get("tags", ())) for fact in facts] == [fact.tags for fact in store.facts]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("text", NASTY)
def test_nasty_texts(tmp_path, text):
    """Each nasty text, plain where YAML would make a number or a truth value of it, comes back from every place."""
    tags = (text,) if ";" not in text else ()
    fact = Fact("a", "c", {"zh": text, "en": text}, {"": text}, "s", tags=tags, note={"en": text}, quote=text)
    source = Source("s", "report", {"": text}, language=text, pages=text, names=(Name(text, text),))
    synonyms = ((text, "x"),)
    store = Store({"zh": text}, {"u": {"": text}}, {"c": {"en": text}}, {"s": source}, (fact,), text, text, synonyms)
    assert load([written(tmp_path, store)]) == store


KEYS = WORDS.filter(lambda text: len(text) < 500)  # YAML 1.2 §7.4.2: a key takes 1,024 characters


@settings(max_examples=100)
@given(st.lists(st.dictionaries(KEYS, st.one_of(WORDS, st.lists(WORDS, max_size=3)), max_size=3), max_size=3))
def test_dump_rows(rows):
    """Rows under any names come back from YAML as they were."""
    assert yaml.load("".join(dump_rows(rows)), yaml.BaseLoader) == rows


@settings(max_examples=25)
@given(stores(), st.data())
def test_dump_of_a_subset(folder, store, data):
    """Any facts of a store, in any order, make a store without fault that holds just them."""
    facts = data.draw(st.lists(st.sampled_from(store.facts), unique_by=id))
    index = compiled(store).index
    path = folder / "subset.yaml"
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
