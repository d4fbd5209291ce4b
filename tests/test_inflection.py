"""English words without what inflects and derives them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_facts.search.inflection import irregular, root, stem


@pytest.mark.parametrize(
    "family",
    [
        "member members",
        "company companies",
        "party parties party's party’s parties'",
        "build builds building buildings",
        "meeting meetings",
        "class classes",
        "business businesses",
        "process processes processed processing",
        "match matches matched matching",
        "box boxes",
        "measure measures measured measuring",
        "plan plans planned planning",
        "study studies studied studying",
        "use uses used using",
        "add adds added adding",
        "house houses housing",
        "bus buses",
        "king kings",
        "law laws",
        "choose chooses chose chosen choosing",
        "grow grows grew grown growing",
        "pay pays paid paying",
        "rise rises rose risen rising",
        "see sees saw seen seeing",
        "win wins won winning",
        "child children",
        "infringe infringes infringed infringing",
        "recede recedes receded receding",
    ],
)
def test_inflected_forms_share_a_stem(family):
    """The inflected forms of a word have one stem."""
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("king", "kin"), ("thing", "the"), ("red", "re"), ("party", "part"), ("member", "memo"), ("class", "clay")],
)
def test_other_words_have_other_stems(one, other):
    """Words that only look inflected keep stems of their own."""
    assert stem(one) != stem(other)


@given(st.text(max_size=3).filter(lambda word: word not in ("got", "led", "met", "men", "ran", "saw", "won")))
def test_short_words_are_their_own_stems(word):
    """A word of up to three characters is not cut."""
    assert stem(word) == word


@pytest.mark.parametrize(
    ("word", "forms"), [("choosing", ("chose", "chosen")), ("chose", ("chose", "chosen")), ("members", ())]
)
def test_forms_that_no_rule_makes(word, forms):
    """They are told of the stem, whichever form it is of."""
    assert irregular(stem(word)) == forms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *[
            ("invested", "investment"),
            ("investors", "invests"),
            ("educational", "educated"),
            ("management", "managers"),
        ],
        *[("innovative", "innovation"), ("supervision", "supervise"), ("paid", "paying")],
    ],
)
def test_words_of_one_root(one, other):
    """What is derived from the same word has its root."""
    assert root(one) == root(other)


@pytest.mark.parametrize(("one", "other"), [("station", "state"), ("changes", "changsha"), ("national", "nature")])
def test_words_of_other_roots(one, other):
    """Of a short word nothing is cut off, and a mere beginning is no root."""
    assert root(one) != root(other)


@given(st.from_regex(r"[a-z]{1,12}('s)?", fullmatch=True))
def test_a_stem_is_never_empty(word):
    """Some of every word is left."""
    assert stem(word)


def test_no_word_is_too_long():
    """What is no English stays as it is, at once."""
    word = "ion" * 10_000 + "x"
    assert stem(word) == root(word) == word
