"""What the extra ``zh`` adds to a search, and what is said where it is not there."""

import pytest

from cs_facts.index import extras
from cs_facts.errors import NotFound
from cs_facts.index import Index, chinese
from cs_facts.index.building import build
from cs_facts.index.query import Filters, select
from cs_facts.search.search import search
from cs_facts.store.files import bundled


def everything():
    """Compile the bundled store in memory."""
    return select(Index(build([bundled()], ":memory:")), Filters())


@pytest.fixture
def without(monkeypatch):
    """Compile as where the extra is not installed."""
    chinese.variants.cache_clear()
    chinese.sounds.cache_clear()
    monkeypatch.setattr(extras, "LIBRARIES", ("no_such_library",))
    yield everything()
    chinese.variants.cache_clear()
    chinese.sounds.cache_clear()


@pytest.fixture(scope="module")
def with_zh():
    """Compile with the extra, or say aloud that it is not there."""
    if not extras.is_here():
        pytest.skip("NOT TESTED: the extra zh is not installed")
    return everything()


def first(facts, query):
    """Return the id of the first fact that a query finds whole."""
    return next(iter(search(facts, query, exact=True).facts)).id


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("黨員人數", "party-members"),
        ("紅色之家", "red-homes-272"),
        ("hongse zhijia", "red-homes-272"),
        ("hongsezhijia", "red-homes-272"),
        ("hong se zhi jia", "red-homes-272"),
        ("dangyuan renshu", "party-members"),
        ("Dangyuan 人数", "party-members"),
    ],
)
def test_traditional_characters_and_pinyin(with_zh, query, expected):
    """Traditional characters find simplified ones, and pinyin, joined or apart, the characters that sound so."""
    assert first(with_zh, query) == expected


def test_a_homophone_is_read_by_its_sound(with_zh):
    """A character mistaken for one of the same sound is understood, and the remark says so."""
    hits = search(with_zh, "党圆人数")
    assert next(iter(hits.facts)).id == "party-members"
    assert hits.remark == "read '党圆人数' by its sound"
    assert hits.marks(hits.facts).languages["party-members"] == "zh"
    assert hits.marks(hits.facts).spans("全市党员人数") == [(2, 6)]


@pytest.mark.parametrize(
    ("query", "read"),
    [("什麼是黨員", "'党员'"), ("哪裡有黨員", "'党员'"), ("党圆人数是多少", "'党圆人数' by its sound")],
)
def test_a_question_is_read(with_zh, query, read):
    """In traditional characters too, and with a character mistaken for one of the same sound."""
    assert search(with_zh, query).remark == f"read '{query}' as {read}"


def test_a_mistyped_word_is_not_read_by_its_sound(with_zh):
    """Though the word that it is read as is pinyin, too."""
    assert search(with_zh, "changshaa").remark == "read 'changshaa' as 'changsha'"


def test_what_no_fact_has_by_its_sound_is_mistyped(with_zh):
    """A word that sounds like one that no fact has beside the others is read as theirs."""
    assert search(with_zh, "Wancheng District").remark == "read 'Wancheng' as 'wangcheng'"
    assert search(with_zh, "Wancheng").remark == ""


def test_a_character_alone_is_not_read_by_its_sound(with_zh):
    """Many sound like it: 仙 is neither 先 nor 线."""
    assert first(with_zh, "先") != first(with_zh, "线")
    with pytest.raises(NotFound, match=r"^nothing matches '仙'"):
        search(with_zh, "仙")


@pytest.mark.parametrize("query", ["黨員人數", "dangyuan renshu"])
def test_without_the_extra_a_search_names_it(without, query):
    """A query that the extra would have read says so where it finds nothing, and where it finds what comes close."""
    with pytest.raises(NotFound, match="the extra zh reads traditional characters and pinyin"):
        search(without, query)
    assert "the extra zh" in search(without, f"Changsha {query}").remark
    assert first(without, "党员人数") == "party-members"
