"""A store written as YAML and read again is the same store, whatever its texts hold."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_facts.model import Fact, Name, Source, Store
from cs_facts.store.loader import load
from cs_facts.store.writer import dump, dump_rows
from drawing import NASTY, WORDS, stores


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


@pytest.mark.parametrize("text", NASTY)
def test_nasty_texts(tmp_path, text):
    """Each nasty text comes back as it was from every place that holds text."""
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
