"""Search over small stores written here: what is found, in which order, what comes near, what is said."""

import os
import sys
from dataclasses import replace
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cs_facts.dates.edtf import parse_period
from cs_facts.index import Filters
from cs_facts.index.cache import open_index
from cs_facts.index.database import has_zh
from cs_facts.model import Fact, Source, Store
from cs_facts.numbers.figures import parse_figure
from cs_facts.search import search
from cs_facts.store import bundled
from making import compiled

needs_zh = pytest.mark.skipif(not has_zh(), reason="NOT TESTED: the extra zh is not installed")


def fact(id_, title="x", text="x", tags=(), figure=None, when=None, **more):
    """Return a fact of a title and a text, whatever their language, with what is given of the rest."""
    title, text = (words if isinstance(words, dict) else {"en": words} for words in (title, text))
    figure, when = figure and parse_figure(figure), when and parse_period(when)
    return Fact(id_, "organizations", title, text, "report", tags=tuple(tags), figure=figure, when=when, **more)


def store_of(*facts, synonyms=()):
    """Compile a store of some facts."""
    units = {"person": {"zh": "人", "en": "people"}, "yuan": {"zh": "元", "en": "yuan (CNY)"}}
    categories = {
        "organizations": {"zh": "党组织和党员", "en": "Party organisations and members"},
        "talent": {"zh": "人才政策", "en": "Talent policy"},
    }
    sources = {"report": Source("report", "document", {"zh": "年度简报", "en": "Annual Briefing"})}
    return compiled(Store({}, units, categories, sources, facts, synonyms=synonyms)).index


TITLES = (("党员总数", "Party members"), ("新党员", "Intake"), ("红色之家", "Red homes"), ("走访", "Visits"))
TEXTS = (
    ("全市有党员50.66万名。", "The city counts 506,600 of them."),
    ("发展2120名新党员，其中二十条措施。", "2,120 people joined a company's café branch."),
    ("打造128个“红色之家”。", "Homes, red as the party, for members: 128 buildings; 5 days."),
    ("走访群众120.81万人次。", "There were 1.2081 million visits; homes are red."),
)
WORDS = [[{"zh": zh, "en": en} for zh, en in pair] for pair in zip(TITLES, TEXTS, strict=True)]
MEMBERS = fact("party-members", *WORDS[0], ("Membership", "组织"), "50.66万名", "2021", kind="figure", unit="person")
NEW = fact("new-members", *WORDS[1], ("党员",), "2120名", "2017/..", kind="event")
HOME = fact("red-homes", *WORDS[2], figure="128个", when="../2015")
VISITS = fact("visits", *WORDS[3])
INDEX = store_of(MEMBERS, NEW, HOME, VISITS)


def found(query, index=INDEX, **options):
    """Return the ids of the full matches, best first."""
    return [fact.id for fact in search(index, query, **options).full]


def near(query, index=INDEX, **options):
    """Return the ids of the near matches, best first."""
    return [fact.id for fact in search(index, query, **options).near]


FINDS = {
    "red-homes": (
        *("红", "色之", '"红色', '"red homes"', "“red homes”", "building", "members red", "红色之家到底在哪里"),
        *("one hundred and twenty-eight", "一百二十八", "2015"),
    ),
    "visits": (
        *("visit", "VISITED", "the visits", "how many visits were there?", '"homes are red"'),
        *("1208100", "1.2081m", "one point two zero eight one million"),
    ),
    "new-members": (
        *("党员 新", "companies", "cafe", "ＣＡＦÉ", "comp", "请问一共有多少新党员", "20条", "二十条", "20"),
    ),
    "party-members": (
        *("506600", "506,600", "５０６６００", "50.66万", "506.6k", "五十万六千六百", "0.5066 million"),
        *('"0.5066 million"', "0.5066 million party", "50.66万党员", "506 600", "50 6600", "全市有党员50.66万"),
    ),
    "party-members new-members": ("党员", "2021", "２０２１", "2021-05", "2021年", "2021年5月31日"),
    # what is parted, begins inside a word, stands nowhere, only asks, or is a part of another number
    "": (
        *("红家", "党员 红", "embers", "members zebra", "现在", '"are homes"', "2千多", "2016年", "2021-02-30"),
        *("120", "81", "120.81", "50", "212", "十条"),
    ),
}


@pytest.mark.parametrize(("query", "expected"), [(query, ids) for ids in FINDS for query in FINDS[ids]])
def test_what_a_query_finds(query, expected):
    """Every word must match: characters in a row, a word or its beginning, a phrase, a number, a date."""
    assert set(found(query)) == set(expected.split())


DAYS = (
    *("2022-04-28", "2022-4-28", "2022/4/28", "2022.4.28", "2022年4月28日", "2022年4月28号", "2022年04月28日"),
    *("2022 年 4 月 28 日", "２０２２年４月２８日", "二〇二二年四月二十八日", "28 April 2022", "28th of April, 2022"),
    *("April 28, 2022", "Apr. 28 2022", "april 28th 2022", '"28 April 2022"', "“2022年4月28日”"),
)
MONTHS = ("2022-04", "2022/4", "2022年4月", "2022 年 4 月", "二〇二二年四月", "Apr 2022", "April, 2022")
DATED = (fact("day", when="2022-04-28"), fact("month", when="2022-04"))
DAY = store_of(
    *(*DATED, fact("zh", text="于2022年4月28日发布"), fact("en", text="published on April 28, 2022")),
    fact("other", text="on 27 April 2022, 128 April", when="2022-04-27"),
)
MONTH = store_of(
    *(*DATED, fact("said", text="since April 2022"), fact("other", text="April in the year 2022", when="2022-05"))
)


@pytest.mark.parametrize("asked", DAYS)
def test_a_day_is_found_however_written(asked):
    """By what a text says in either language, and by a period: above a longer one that only holds the day."""
    assert sorted(found(asked, DAY)[:2]) == ["en", "zh"]
    assert found(asked, DAY)[2:] == ["day", "month"]
    assert found(f"{asked} published", DAY) == ["en"]


@pytest.mark.parametrize("asked", MONTHS)
def test_a_month_holds_its_days(asked):
    """A month is found however written, in texts first, and so are the days in it."""
    assert found(asked, MONTH)[0] == "said"
    assert set(found(asked, MONTH)) == {"said", "month", "day"}


@pytest.mark.parametrize(("query", "expected"), [("1800", ["many"]), ("1000", []), ("2018", ["from", "to"])])
def test_four_digits_are_a_year_where_they_may_be_one(query, expected):
    """An open side of a period makes no year of any number."""
    dated = fact("from", when="2017/.."), fact("to", when="../2019-12-18")
    assert found(query, store_of(fact("many", text="1800 of them"), *dated)) == expected


@pytest.mark.parametrize(
    ("better", "worse", "query"),
    [
        ({"title": "A zebra"}, {"tags": ["zebra"]}, "zebra"),
        ({"tags": ["zebra"]}, {"text": "zebra"}, "zebra"),
        ({"title": "member"}, {"title": "membership"}, "member"),
        ({"title": "a red home"}, {"title": "home, red"}, "red home"),
        ({"title": "新的红色之家"}, {"title": "之家红色"}, "红色 之家"),
        ({"title": "党员"}, {"title": "流动党员的管理"}, "党员"),
        ({"figure": "10个"}, {"title": "the 10 of them"}, "10"),
        ({"text": "since 2021"}, {"when": "2012/2022"}, "2021"),
        ({"title": "第四"}, {"text": "第4个"}, "第四"),
        ({"title": "Homes", "figure": "7个", "kind": "figure"}, {"title": "Homes"}, "how many homes"),
        ({"title": "补贴", "figure": "5亿元", "unit": "yuan"}, {"title": "补贴", "figure": "5次"}, "补贴多少钱"),
    ],
)
def test_the_better_match_comes_first(better, worse, query):
    """Title above tags above text, as typed above longer, together above apart, what is asked for above the rest."""
    store = store_of(fact("worse", **worse), fact("better", **better))
    assert [*found(query, store), *near(query, store)] == ["better", "worse"]


def test_ties_keep_the_order_of_the_store():
    """Facts that match alike stay in the order given, few or many, and titles stand first among many too."""
    facts = [fact(f"n{number}", "zebra") for number in (3, 1, 2)]
    assert found("zebra", store_of(*facts)) == ["n3", "n1", "n2"]
    assert found("zebra", store_of(*reversed(facts))) == ["n2", "n1", "n3"]
    many = [fact(f"n{number}", text="zebra", when="2021") for number in range(400)]
    store = store_of(*many, fact("title", "zebra"))
    assert found("zebra", store) == ["title", *(each.id for each in many)]
    assert found("zebra", store, limit=3) == ["title", "n0", "n1"]
    assert found("zebra 2021", store, limit=3) == ["n0", "n1", "n2"]
    store = store_of(
        *(replace(each, when=parse_period("2021-05")) for each in many), fact("late", "zebra", when="2021-08")
    )
    assert "late" not in found("zebra 2021", store, filters=Filters(within=parse_period("2021-01/2021-06")))


def test_numerals_in_words():
    """A numeral is found in words, not in a longer number; where it counts it is a digit and a number, too."""
    assert found("一", store_of(fact("eleven", "十一条"), fact("united", "统一战线"))) == ["united"]
    assert found("九大类", store_of(fact("digit", text="9大类"), fact("other", text="大类"))) == ["digit"]
    assert found("世界五百强", store_of(fact("it", text="世界500强"), fact("no", text="世界1500强"))) == ["it"]
    assert set(found("万")) == {"party-members", "visits"}
    assert found("3千流动党员", store_of(fact("it", text="3,000名流动党员"))) == ["it"]


def test_ranks():
    """A rank is found however written, and never by a number that is none; top 15 is one only where it stands."""
    said = ("tenth", "第十", "top three", "前三", "10 of them", "top-500 firms, 3 of them", "top firms: 15", "12")
    store = store_of(*(fact(f"n{nth}", text) for nth, text in enumerate(said)))
    assert set(found("10th", store)) == set(found("第10", store)) == {"n0", "n1"}
    for top in ("top three", "top 3", "top-3"):
        assert set(found(top, store)) == {"n2", "n3"}
    assert (found("top 15", store), found("12th", store)) == (["n6"], [])
    assert near("98", store_of(fact("hundredth", figure="第100"))) == []


def test_amounts_as_people_write_them():
    """A suffix scales, a currency is no word."""
    store = store_of(fact("it", figure="5亿元"), fact("no", figure="500元", text="5"))
    amounts = ("500m", "RMB 500m", "$500m", "￥5亿", "5亿", "0.5bn", "500 million", "500,000k")
    assert [asked for asked in amounts if found(asked, store) != ["it"]] == []


@pytest.mark.parametrize(
    ("query", "expected", "difference"),
    [
        *(("50.66", ["party-members"], ""), ("128000", [], ""), ("510000", ["party-members"], "0.7%")),
        *(("2200", ["new-members"], "3.6%"), ("half a million", ["party-members"], "1.3%")),
    ],
)
def test_numbers_that_come_near(query, expected, difference):
    """Figures printed with the same digits, or else those within 5%, are near matches and never full ones."""
    hits = search(INDEX, query)
    assert (len(hits.full), [each.id for each in hits.near]) == (0, expected)
    said = f"no fact has '{query}', the nearest figures differ from it by {difference}"
    assert hits.remark == (said if difference else "")


def test_words_that_no_text_has():
    """Who asks where finds first what has that tag; the name of a unit that stands in no fact hides nothing."""
    store = store_of(fact("a", "Town plan"), fact("b", "Town plan", tags=["where"]))
    assert found("where is the town plan", store)[0] == "b"
    assert "party-members" in near("yuan (CNY) 党员 骑车")


def test_near_matches_stand_below():
    """Facts with enough of the words, the rarer first; ten unless more are asked for; none with ``exact``."""
    facts = [fact("both", "A zebra and an okapi"), fact("rare", "okapi"), fact("rarer", "The okapi, a zoo")]
    others = [fact(f"z{number}", "zebra" if number < 20 else "horse") for number in range(100)]
    store = store_of(*facts, *others)
    assert (found("zebra okapi", store), near("zebra okapi", store)[:2]) == (["both"], ["rare", "rarer"])
    assert len(near("zebra unicorn", store)) == 10
    assert len(near("zebra unicorn", store, limit=15)) == 15
    assert near("zebra okapi", store, limit=2) == ["rare"]
    assert near("zebra okapi", store, exact=True) == []
    assert near("okapi giraffe gazelle gnu antelope buffalo", store) == []


def test_a_noun_tells_more_than_a_verb():
    """Even one in more facts; what only says that something came or went is not asked for."""
    store = store_of(
        fact("verb", "Forms handled"), *(fact(f"n{nth}", "Complaint") for nth in range(5)), fact("z", "zoo")
    )
    assert near("complaints handled", store)[-1] == "verb"
    assert found("how many complaints did they receive", store) == found("complaint", store)


def test_what_is_typed_without_spaces_is_cut_into_known_words():
    """Not inside one; a part of a word counts for less, and what stands nowhere against every fact."""
    store = store_of(
        fact("branches", "小区党支部"), fact("organ", "平台企业党组织"), fact("other", "平台，企业"), fact("no", "党章")
    )
    assert found("平台企业的党组织", store) == ["organ"]
    assert near("平台企业党委", store)[0] == "organ"
    assert near("火星", store) == []


@pytest.mark.parametrize(
    ("query", "title", "is_read"),
    [
        *(("investors", "investment", True), ("managerial", "managers", True), ("beaurocracy", "bureaucracy", True)),
        *(("maintainance", "maintenance", True), ("infrastrucutre", "infrastructure", True)),
        *(("红之色家", "红色之家", True), ("police", "policy", False), ("plan", "play", False), ("red", "rod", False)),
        ("bankruptcy", "bureaucracy", False),
    ],
)
def test_a_word_read_otherwise(query, title, is_read):
    """One slip in five letters, the same root, two characters swapped; what differs by more is another word."""
    hits = search(store_of(fact("it", title), fact("other", "zoo")), query)
    assert ([*hits.full], "it" in [each.id for each in hits.near]) == ([], is_read)
    assert hits.remark == (f"read '{query}' as '{title}'" if is_read else "")


def test_a_slip_is_looked_for_before_a_run_is_cut():
    """Two characters that are swapped make one word, whatever words the halves of the run begin."""
    store = store_of(fact("it", "人才吸引力"), fact("no", "人才引领"), fact("neither", "引力"))
    assert (near("人才引吸力", store)[0], search(store, "人才引吸力").remark) == (
        "it",
        "read '人才引吸力' as '人才吸引力'",
    )


def test_a_beginning_is_matched_as_written_and_a_stem_whole():
    """Police never finds policy, nor countries the countryside."""
    texts = ["theme", "themselves", "organ", "organs", "country", "countryside", "growing", "grow"]
    store = store_of(*(fact(text, "-", text) for text in texts))
    assert found("theme", store) == found("them theme", store) == ["theme"]
    assert set(found("organs", store)) == {"organ", "organs"}
    assert found("countries", store) == ["country"]
    assert set(found("grows", store)) == {"growing", "grow"}


def test_names_find_what_is_named_so():
    """Categories, kinds, units and sources are found by their whole names in either language, behind texts."""
    store = store_of(
        replace(fact("named", "-", "-", kind="award"), category="talent"),
        fact("counted", "-", "-", figure="7人", unit="person"),
        fact("said", "The annual briefing; 年度简报"),
    )
    for query in ("Talent policy", "人才政策", "talent", "award", "awards", "荣誉"):
        assert found(query, store) == ["named"], query
    assert found("people", store) == found("人", store) == ["counted"]
    assert found("Annual Briefing", store) == found("年度简报", store) == ["said", "named", "counted"]
    assert found("policy", store) == []


def test_synonyms_are_one():
    """Words that a store puts together find each other's facts, in any language and within a query."""
    groups = (("房补", "住房补贴", "housing subsidy"),)
    store = store_of(
        fact("zh", "长沙住房补贴"), fact("en", "A housing subsidy of 长沙"), fact("no", "补贴"), synonyms=groups
    )
    for query in ("房补", "住房补贴", "housing subsidy", "Housing subsidies", "长沙的房补", "房补 长沙"):
        assert set(found(query, store)) == {"zh", "en"}, query


def test_what_is_searched():
    """Id, note, quote and figure are; filters leave out, whatever a query finds."""
    store = store_of(fact("alpha-beta", note={"en": "gamma"}, figure="7delta", quote="epsilon 7delta"))
    assert [found(word, store) for word in ("beta", "gamma", "delta", "7", "epsilon")] == [["alpha-beta"]] * 5
    assert found("党员", filters=Filters(kinds=("event",))) == ["new-members"]
    assert near("党员 zebra", filters=Filters(kinds=("event",))) == ["new-members"]
    assert found("2021 党员", filters=Filters(period=parse_period("2022"))) == []


@needs_zh
def test_traditional_characters_and_pinyin():
    """Traditional characters find simplified ones, and pinyin, joined or apart, the characters that sound so."""
    for query in ("紅色之家", "hongse zhijia", "hongsezhijia", "hong se zhi jia"):
        assert found(query) == ["red-homes"]
    for query in ("黨員總數", "dangyuan zongshu", "DANGYUANZONGSHU"):
        assert found(query) == ["party-members"]
    assert found("zhang san he li si", store_of(fact("it", "李四", text="张三和他"), fact("no", "李三"))) == ["it"]


@needs_zh
def test_the_same_sound_comes_near():
    """A character mistaken for one of the same sound is understood; one alone is like too many."""
    assert (near("党圆总数")[0], search(INDEX, "党圆总数").remark) == ("party-members", "read '党圆总数' as '党员总数'")
    assert near("仙", store_of(fact("it", "先"))) == []


def test_a_period_weighs_what_it_tells_apart():
    """Days that most facts share are worth little beside a word; who says a date and lies in it comes first."""
    shared = [fact(f"all{number}", when="2012/2022") for number in range(20)]
    store = store_of(*shared, fact("it", "saws", when="2010"), fact("said", text="In May 2022"))
    assert near("2022 saws", store)[0] == "it"
    store = store_of(fact("said", text="In May 2022"), fact("is", text="In May 2022", when="2022-05"))
    assert found("May 2022", store) == ["is", "said"]


def test_words_that_ask_stand_aside():
    """In Chinese too, unless they are all there is."""
    store = store_of(fact("it", "红色之家"), fact("other", "党员数量"))
    assert (found("红色之家 数量", store), found("数量", store)) == (["it"], ["other"])


@pytest.mark.parametrize("query", ["黨員", "dangyuan"])
def test_without_the_extra_a_query_says_that_it_lacks_it(monkeypatch, query):
    """Traditional characters and pinyin need libraries; all else does not."""
    for library in ("opencc", "pypinyin"):
        monkeypatch.setitem(sys.modules, library, None)
    store = store_of(MEMBERS)
    hits = search(store, query)
    assert (len(hits.facts), hits.query.lacks_extra) == (0, True)
    assert found("党员", store) == ["party-members"]
    assert not search(store, "党员").query.lacks_extra


@pytest.mark.parametrize(
    ("query", "text", "spans"),
    [
        ("党员", "新党员和党员", [(1, 3), (4, 6)]),
        ("Members", "A party’s members", [(10, 17)]),
        ("red home", "Red homes, bored", [(0, 3), (4, 9)]),
        ("506600", "党员50.66万名", [(2, 8)]),
        ("50.66", "党员50.66万名", [(2, 7)]),
        ("红色之家", "“红色”之家", [(1, 6)]),
        ("café", "the CAFÉ", [(4, 8)]),
    ],
)
def test_what_is_highlighted(query, text, spans):
    """The words as they stand in a text, and numbers however they are written there."""
    assert search(INDEX, query).highlights([]).spans(text) == spans


def test_the_language_of_a_match():
    """A hit names the one language whose title or text matches best, none where they match alike or not at all."""
    for query, language in {"party": "en", "总数": "zh", "党员 总数": "zh", "506600": None, "membership": None}.items():
        assert search(INDEX, query).highlights([MEMBERS]).languages.get("party-members") == language


@pytest.mark.parametrize("query", ["", " ", '"', '""', '"“', "\u0301", "\u3000", "()", "\x1b", "\ud800", "\ue001"])
def test_a_query_without_words_finds_nothing(query):
    """Blanks, quotes, lone accents, punctuation and what is no text match no fact."""
    assert not search(INDEX, query).facts


LETTERS = st.characters(categories=["Lo", "Ll", "Lu"])
PIECES = [*"12'\"“”( )-/.年月日十四２٢*:^", "28", "2022", "Apr", "April", "th", "of", "NEAR(", "AND", "第", "多少"]


@given(
    st.one_of(
        st.text(),
        st.text('"“” .-党员members0123456789万\u0301*()[]\\', max_size=30),
        st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
        st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join),
    )
)
@example("0年 00")
def test_any_text_is_a_query(query):
    """No text raises anything; no fact is found twice, and the best full match is no near one."""
    hits = search(INDEX, query)
    ids = [each.id for each in hits.facts]
    assert len(set(ids)) == len(ids)
    for text in (query, "新党员 2,120 people"):
        assert all(0 <= start < end <= len(text) for start, end in hits.highlights(hits.facts).spans(text))


def test_naughty_strings_are_queries_and_data(naughty):
    """Every string of the big list is a query that raises nothing; one that has a word finds the fact it titles."""
    store = store_of(*(fact(f"n{number}", string) for number, string in enumerate(naughty)))
    for number, string in enumerate(naughty):
        ids = {each.id for each in search(store, string, limit=0).facts}
        assert f"n{number}" in ids or not any(char.isalnum() for char in string), string


@settings(max_examples=15)
@given(st.lists(st.text(LETTERS, min_size=1, max_size=8), min_size=1, max_size=6), st.sampled_from(["zh", "en"]))
def test_a_title_is_found_by_itself(titles, language):
    """A fact is found by its whole title, in whatever script."""
    store = store_of(*(fact(f"n{n}", {language: title}, {language: "x"}) for n, title in enumerate(titles)))
    assert [title for n, title in enumerate(titles) if f"n{n}" not in found(title, store)] == []


@settings(max_examples=15)
@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=5))
def test_a_number_is_found_however_written(numbers):
    """A number in digits is found by its groups and the other way round, and its neighbours are not."""
    holding = {number: {f"{number}", f"{number:,}"} for number in numbers}
    store = store_of(*(fact(each, text=f"of {each} people") for ids in holding.values() for each in ids))
    for number in numbers:
        for asked in (f"{number}", f"{number:,}", f"{number + 1}", f"{number * 10 or 10}"):
            assert set(found(asked, store)) == holding.get(int(asked.replace(",", "")), set())


@pytest.mark.parametrize(
    "piece", ["a ", "a", "党", "党 ", "青", "一 ", '"a', "-", "ed", "五百 ", "第", "2022年", "约", "ﷺ", "zhong", "{} "]
)
def test_a_long_query_is_answered_at_once(piece):
    """Twenty kilobytes of anything take a fraction of a second in the bundled store."""
    query = "".join(piece.format(place) for place in range(20_000 // len(piece.encode())))
    index = open_index([bundled()], os.environ)
    began = process_time()
    search(index, query)
    assert process_time() - began < 2


def test_the_lookups_of_the_benchmark():
    """Of a hundred 96 are answered whole and 95 with a right hit first, none by another number; none was lost."""
    quality = pytest.importorskip("quality", reason="bench/ is not part of a source distribution")
    score = quality.judge(
        [each for found in quality.lookup_sets().values() for each in found], quality.facts_searcher()
    )
    assert (score.lookups, score.false_numbers) == (1141, 0)
    assert score.whole / score.lookups >= 0.96, score.missed
    assert score.first / score.lookups >= 0.95
