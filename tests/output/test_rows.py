"""The columns of facts and what stands in them; their order and their values are those of golden/ and of the index."""

from decimal import Decimal

import pytest

from cs_facts.columns import fact_columns
from cs_facts.errors import UnknownName
from cs_facts.model import Fact, Store
from cs_facts.output.labels import Language
from cs_facts.output.rows import cell_of, fact_rows
from cs_facts.output.values import View, in_words
from making import compiled, fact, figure, store

STORE = store(fact("full", figure("5名", 5, 5, 5), kind="figure", draft=True), fact("bare"))


@pytest.mark.parametrize(
    ("texts", "languages", "titles"),
    [
        ({"fr": "A", "en": "A", "zh": "A"}, None, ["title_zh", "title_en", "title_fr"]),
        ({"": "A"}, None, ["title"]),
        ({"en": "A", "zh": "A"}, ["en"], ["title_en"]),
    ],
)
def test_columns_follow_the_languages_of_the_store(texts, languages, titles):
    """Chinese comes before English and both before others; a plain store has one; one language may be asked for."""
    store = Store({}, {}, {}, {}, (Fact("a", "c", texts, texts, "s"),))
    assert [name for name in fact_columns(languages or store.languages) if name.startswith("title")] == titles


def test_columns_come_as_asked_for():
    """In any order and again when asked for again; a search's column says what matches whole and what comes near."""
    assert list(fact_rows(compiled(STORE), ("value", "id")).typed()) == [(Decimal(5), "full"), (None, "bare")]
    found = fact_rows(compiled(STORE), ("id", "match", "kind"), full=1)
    assert list(found.cells) == [("full", "all", "figure"), ("bare", "near", None)]


@pytest.mark.parametrize("name", ["titel_en", "match", "title_fr", "text"])
def test_an_unknown_column_is_refused(name):
    """Wherever a column is asked for, one that is not there names what is."""
    for ask in (lambda: fact_rows(compiled(STORE), ("id", name)), lambda: cell_of(STORE, STORE.facts[0], name)):
        with pytest.raises(UnknownName, match=f"^unknown column '{name}'") as raised:
            ask()
        assert raised.value.known == fact_columns(STORE.languages)


def test_rows_in_words():
    """A draft is one in words, and where both languages stand the headings say which; the rest is in golden/."""
    rows = in_words(fact_rows(compiled(STORE), ("title_zh", "title_en", "draft")), View(STORE, Language("zh")))
    assert rows.columns == ("事项 (zh)", "事项 (en)", "草稿")
    assert next(iter(rows.cells)) == ("full的事项", "Title of full", "是")
