"""Stores as hypothesis draws them: every key filled or not, texts as nasty as texts get."""

import unicodedata

from hypothesis import strategies as st

from cs_facts.columns import KINDS
from cs_facts.dates.edtf import parse_period
from cs_facts.model import Conflict, Fact, Name, Source, Store
from cs_facts.numbers.figures import parse_figure

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
# What a terminal obeys, turns the direction of a text or is no character, and so stands in no store.
REFUSED = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff"
REFUSED_CATEGORIES = ("Cc", "Cs", "Zl", "Zp")
CHARACTERS = st.characters(exclude_categories=REFUSED_CATEGORIES, exclude_characters=REFUSED, include_characters="\n\t")


def is_refused(char):
    """Tell whether no store may hold a character."""
    return char in REFUSED or (unicodedata.category(char) in REFUSED_CATEGORIES and char not in "\n\t")


WORDS = st.one_of(
    st.sampled_from(NASTY),
    st.text(CHARACTERS, min_size=1, max_size=12),
    st.text("ab1-:#,.' \"\\\n\t[]{}&*!|>%@`?=~<+;人", min_size=1, max_size=8),
).filter(lambda text: text.strip())
TAGS = WORDS.filter(lambda text: ";" not in text)
TEXTS = st.one_of(
    WORDS.map(lambda text: {"": text}),
    st.dictionaries(st.sampled_from(["zh", "en", "no", "fr", "zh-Hant", "yes"]), WORDS, min_size=1, max_size=3),
)
MAYBE_TEXTS = st.just({}) | TEXTS
IDS = ("a", "null", "no", "y", "12", "7e5", "2021-05-01", "x-y", "party-rnernbers")
PRINTED = (
    *("50.66万名", "1800余名", "1.10", "1,234", "-5", "第十", "前三", "约5万", "四成", "下降5.4%", "16-24岁"),
    *("at least two-thirds", "11.1:47.5:41.4", "翻一番", "数十亿", "1" * 40),
)
FIGURES = tuple(map(parse_figure, PRINTED))
DATES = ("2022", "2021-05-31", "2017/..", "../2019-12-18", "/2022-12-18", "2022~", "2022-12-18T21:59:43+08:00")
PERIODS = tuple(map(parse_period, DATES))


def maybe(strategy):
    """Draw a value or none."""
    return st.none() | strategy


def some_of(values, most=3):
    """Draw some of the values, each once."""
    return st.lists(values, max_size=most, unique=True).map(tuple)


@st.composite
def sources(draw, id_):
    """Draw a source."""
    texts = {key: draw(MAYBE_TEXTS) for key in ("author", "container", "publisher", "editor")}
    periods = {key: draw(maybe(st.sampled_from(PERIODS))) for key in ("published", "accessed")}
    keys = ("language", "url", "archived", "doi", "volume", "issue", "pages", "licence")
    words = {key: draw(maybe(WORDS)) for key in keys}
    names = draw(some_of(st.builds(Name, WORDS, WORDS, maybe(st.integers(1, 999)))))
    more = {"sha256": draw(maybe(st.just("0e" * 32))), "names": names}
    return Source(id_, draw(st.sampled_from(["report", "webpage"])), draw(TEXTS), **texts, **periods, **words, **more)


@st.composite
def one_fact(draw, ids, place, categories, units, source_ids, notes):
    """Draw the fact of a place; where conflicts have no notes, each names only facts that follow."""
    figure = draw(maybe(st.sampled_from(FIGURES)))
    others = [id_ for id_ in (ids if notes else ids[place:]) if id_ != ids[place]]
    partners = draw(some_of(st.sampled_from(others), 2)) if others else ()
    return Fact(
        ids[place],
        draw(st.sampled_from(categories)),
        draw(TEXTS),
        draw(TEXTS),
        draw(st.sampled_from(source_ids)),
        kind=draw(maybe(st.sampled_from(KINDS))),
        figure=figure,
        unit=draw(maybe(st.sampled_from(units))) if figure else None,
        when=draw(maybe(st.sampled_from(PERIODS))),
        paragraph=draw(maybe(st.integers(1, 999_999_999))),
        quote=draw(maybe(WORDS.map(lambda words: f"{words}{figure.printed if figure else ''}"))),
        tags=draw(some_of(TAGS)),
        conflicts=tuple(Conflict(other, draw(MAYBE_TEXTS) if notes else {}) for other in partners),
        note=draw(MAYBE_TEXTS),
        draft=draw(st.booleans()),
    )


def facts(ids, categories, units, source_ids, notes=True):
    """Draw a fact for each id."""
    return st.tuples(*(one_fact(ids, place, categories, units, source_ids, notes) for place in range(len(ids))))


@st.composite
def stores(draw, notes=True):
    """Draw a whole store; ``notes``: whether its conflicts have any, and name facts before them too."""
    ids, units, categories, source_ids = (
        draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=4, unique=True)) for _ in range(4)
    )
    return Store(
        draw(MAYBE_TEXTS),
        {id_: draw(TEXTS) for id_ in units},
        {id_: draw(TEXTS) for id_ in categories},
        {id_: draw(sources(id_)) for id_ in source_ids},
        draw(facts(ids, categories, units, source_ids, notes)),
        version=draw(maybe(WORDS)),
        licence=draw(maybe(WORDS)),
        synonyms=draw(some_of(st.lists(WORDS, min_size=2, max_size=3, unique=True).map(tuple), 2)),
    )
