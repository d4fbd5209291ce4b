"""A store written as YAML and read again is the same store, whatever its texts hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from compiling import compiled
from cs_facts.index import Facts
from cs_facts.lexicon import KINDS
from cs_facts.model import Conflict, Fact, Figure, Name, Period, Source, Store
from cs_facts.output.subset import subset
from cs_facts.store import bundled, check, dump, dump_facts, dump_rows, load

NASTY = (
    *("null", "NO", "on", "~", "=", "<<", "true", ".inf", "1.10", "0x1F", "1_000", "22:30", "2021-13-45", "1e3", "-0"),
    *("---", "...", "--- a", "- a", "-", "? a", ": a", ":", "a: b", "a:", "a :b", " #a", "#a", "a #b", "a # b", "a#"),
    *("'", '"', "''", "'a'", '"a"', "it's", 'say "a"', "\\", "\\n", "a\\", "{a: b}", "[a, b]", "a, b", "a]", "}", ","),
    *("&a", "*a", "!a", "!!str a", "|", ">", "|-", "%YAML 1.2", "@a", "`a`", "a\nb", "\na", "a\n", "a\n\n b\n", "\ta"),
    *("a\tb", "a\t", " a", "a ", "  a  ", "a  b", "\u3000a\u3000", "\xa0a", "\ufeffa", "a\u200bb", "e\u0301", "😀"),
    *(
        "𠮷野家",
        "👨‍👩‍👧",
        "人，“口”：5。",
        "50.66万名",
        "_a_",
        "a_",
        "facts_format: 1",
        "a" * 3000,
        "汉 " * 2000 + "字",
    ),
)

WORDS = st.one_of(
    st.sampled_from(NASTY),
    st.text(
        st.characters(
            exclude_categories=("Cc", "Cs", "Zl", "Zp"),
            exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff",
            include_characters="\n\t",
        ),
        min_size=1,
        max_size=12,
    ).filter(lambda text: text.strip()),
    st.text("ab1-:#,.' \"\\\n\t[]{}&*!|>%@`?=~<", min_size=1, max_size=8).filter(lambda text: text.strip()),
)

TAGS = WORDS.filter(lambda text: ";" not in text)

LANGUAGES = st.sampled_from(["zh", "en", "no", "fr", "zh-Hant", "yes"])
TEXTS = st.one_of(
    WORDS.map(lambda text: {"": text}),
    st.dictionaries(LANGUAGES, WORDS, min_size=1, max_size=3),
)
MAYBE_TEXTS = st.one_of(st.just({}), TEXTS)

IDS = ("a", "null", "no", "y", "12", "7e5", "2021-05-01", "x-y", "party-rnernbers")
FIGURES = (
    Figure("50.66万名", Decimal(506600), "exact", Decimal(100)),
    Figure("1800余名", Decimal(1800), "more_than", Decimal(100)),
    Figure("1.10", Decimal("1.1"), "exact", Decimal("0.01")),
    Figure("1,234", Decimal(1234), "exact", Decimal(1)),
)
PERIODS = (
    Period("2022", date(2022, 1, 1), date(2022, 12, 31)),
    Period("2021-05-31", date(2021, 5, 31), date(2021, 5, 31)),
    Period("2017/..", date(2017, 1, 1), None),
    Period("../2022-12-18", None, date(2022, 12, 18)),
    Period("2022~", date(2022, 1, 1), date(2022, 12, 31)),
    Period("2022-12-18T21:59:43+08:00", date(2022, 12, 18), date(2022, 12, 18)),
)

ids = st.lists(st.sampled_from(IDS), min_size=1, max_size=3, unique=True)
maybe = st.none().__or__


@st.composite
def sources(draw, id_):
    """Draw a source."""
    names = st.builds(Name, st.integers(1, 999), WORDS, WORDS)
    return Source(
        id_,
        draw(st.sampled_from(["report", "article-newspaper"])),
        draw(TEXTS),
        author=draw(MAYBE_TEXTS),
        publisher=draw(MAYBE_TEXTS),
        editor=draw(MAYBE_TEXTS),
        published=draw(maybe(st.sampled_from(PERIODS))),
        language=draw(maybe(WORDS)),
        url=draw(maybe(WORDS)),
        sha256=draw(maybe(st.just("0e" * 32))),
        names=tuple(draw(st.lists(names, max_size=3, unique=True))),
    )


@st.composite
def stores(draw):
    """Draw a whole store."""
    units, categories, source_ids = draw(ids), draw(ids), draw(ids)
    fact_ids = draw(st.lists(st.sampled_from(IDS), max_size=4, unique=True))
    facts = []
    for id_ in fact_ids:
        others = draw(st.lists(st.sampled_from(fact_ids), max_size=2, unique=True))
        figure = draw(maybe(st.sampled_from(FIGURES)))
        facts.append(
            Fact(
                id_,
                draw(st.sampled_from(categories)),
                draw(TEXTS),
                draw(TEXTS),
                draw(st.sampled_from(source_ids)),
                draw(maybe(st.sampled_from(KINDS))),
                figure,
                draw(maybe(st.sampled_from(units))) if figure else None,
                draw(maybe(st.sampled_from(PERIODS))),
                draw(maybe(st.integers(1, 999_999_999))),
                tuple(draw(st.lists(TAGS, max_size=3, unique=True))),
                tuple(Conflict(other, draw(MAYBE_TEXTS)) for other in others if other != id_),
                draw(MAYBE_TEXTS),
            )
        )
    return Store(
        draw(MAYBE_TEXTS),
        {id_: draw(TEXTS) for id_ in units},
        {id_: draw(TEXTS) for id_ in categories},
        {id_: draw(sources(id_)) for id_ in source_ids},
        tuple(facts),
    )


def written(folder, store):
    """Write a store as YAML and return its path."""
    path = folder / "store.yaml"
    path.write_bytes("".join(dump(store)).encode())
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return one folder for all the examples of a property."""
    return tmp_path_factory.mktemp("stores")


@settings(max_examples=250)
@given(stores())
def test_dump_and_load(folder, store):
    """A dumped store loads as the same store, in the same order."""
    read = load([written(folder, store)])
    assert read == store
    assert [list(part) for part in (read.units, read.categories, read.sources)] == [
        list(part) for part in (store.units, store.categories, store.sources)
    ]


@settings(max_examples=100)
@given(stores(), st.data())
def test_dump_of_a_subset(folder, store, data):
    """Any facts of a store, in any order, make a store without fault that holds just them."""
    facts = data.draw(st.lists(st.sampled_from(store.facts), unique_by=id) if store.facts else st.just([]))
    index = compiled(store).index
    places = [store.facts.index(fact) for fact in facts]
    path = folder / "subset.yaml"
    path.write_text("".join(dump_facts(*subset(at_places(index, places)))), encoding="utf-8")
    assert check(path) == []
    read = load([path])
    assert [(fact.id, fact.text) for fact in read.facts] == [(fact.id, fact.text) for fact in facts]
    assert {conflict.other for fact in read.facts for conflict in fact.conflicts} <= {fact.id for fact in facts}


@settings(max_examples=100)
@given(stores())
def test_dump_is_what_yaml_says(store):
    """Another reader of YAML finds the same texts in a dump: nothing hangs on the reader here."""
    facts = yaml.load("".join(dump(store)), yaml.BaseLoader).get("facts", [])
    assert [fact["text"] for fact in facts] == [fact.text.get("", fact.text) for fact in store.facts]
    assert [tuple(fact.get("tags", ())) for fact in facts] == [fact.tags for fact in store.facts]


@pytest.mark.parametrize("text", NASTY)
def test_nasty_texts(tmp_path, text):
    """Each nasty text comes back as it was from every place that holds text."""
    tags = (text,) if ";" not in text else ()
    fact = Fact("a", "c", {"zh": text, "en": text}, {"": text}, "s", tags=tags, note={"en": text})
    source = Source("s", "report", {"": text}, language=text, names=(Name(1, text, text),))
    store = Store({"zh": text}, {"u": {"": text}}, {"c": {"en": text}}, {"s": source}, (fact,))
    assert load([written(tmp_path, store)]) == store


def test_canonical_form(tmp_path):
    """Keys come in the order of the format, a blank line stands between facts, quotes only where they are needed."""
    text = """\
facts_format: 1
title: Trial
units:
  person: {zh: 人, en: people}
categories:
  talent: "C #: talent"
sources:
  report:
    type: report
    title: 报告
    published: 2022-12-18
    names:
      - {paragraph: 1, printed: 第一, why: "idiom: first"}
facts:
  - id: a
    category: talent
    kind: figure
    title: A
    text: It's 5.
    figure: 5人
    unit: person
    when: 2017/..
    source: report
    paragraph: 3
    tags: [人才, "a, b"]
    conflicts:
      - with: b
        note: They differ.
    note: "- doubtful"

  - id: b
    category: talent
    title: " B "
    text: "a\\nb"
    source: report
"""
    path = tmp_path / "store.yaml"
    path.write_text(text, encoding="utf-8")
    assert "".join(dump(load([path]))) == path.read_text(encoding="utf-8")


def test_dump_without_facts(tmp_path):
    """A store without facts is a store."""
    store = Store({}, {}, {}, {}, ())
    assert "".join(dump(store)).startswith("facts_format: 1\n")
    assert load([written(tmp_path, store)]) == store


def test_bundled_store(tmp_path):
    """The bundled store comes back whole from its own dump."""
    store = load([bundled()])
    assert len(store.facts) > 50
    assert load([written(tmp_path, store)]) == store


KEYS = WORDS.filter(lambda text: len(text) < 500)  # YAML 1.2 §7.4.2: a key takes 1,024 characters


@settings(max_examples=200)
@given(st.lists(st.dictionaries(KEYS, st.one_of(WORDS, st.lists(WORDS, max_size=3)), max_size=3), max_size=3))
def test_dump_rows(rows):
    """Rows under any names come back from YAML as they were."""
    assert yaml.load("".join(dump_rows(rows)), yaml.BaseLoader) == rows
