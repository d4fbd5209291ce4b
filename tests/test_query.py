"""Filters and search over a small store written here."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_facts.dates.edtf import parse_period
from cs_facts.errors import NotFound, UnknownName
from cs_facts.index import Index
from cs_facts.index.building import build_from
from cs_facts.index.query import Filters, facts_by_id, select
from cs_facts.model import Conflict, Fact, Figure, Period, Source, Store
from cs_facts.search.search import RANKED, search

BLNS = Path(__file__).resolve().parents[2] / "shared/corpora/blns/blns.json"
YEAR = Period("2021", date(2021, 1, 1), date(2021, 12, 31))
SINCE = Period("2017/..", date(2017, 1, 1), None)
UNTIL = Period("../2015", None, date(2015, 12, 31))


def figure(printed, value):
    """Return a figure of this wording and value."""
    return Figure(printed, Decimal(value), "exact", Decimal(1))


MEMBERS = Fact(
    "party-members",
    "organizations",
    {"zh": "党员总数", "en": "Party members"},
    {"zh": "全市有党员50.66万名。", "en": "The city counts 506,600 of them."},
    "report",
    kind="figure",
    figure=figure("50.66万名", 506600),
    unit="person",
    when=YEAR,
    tags=("Membership", "组织"),
    conflicts=(Conflict("new-members"),),
)
NEW = Fact(
    "new-members",
    "organizations",
    {"zh": "新党员", "en": "Intake"},
    {"zh": "发展2120名新党员，其中二十条措施。", "en": "2,120 people joined a company's café branch."},
    "report",
    kind="event",
    figure=figure("2120名", 2120),
    unit="person",
    when=SINCE,
    tags=("党员",),
)
HOME = Fact(
    "red-homes",
    "new-employment",
    {"zh": "红色之家", "en": "Red homes"},
    {"zh": "打造128个“红色之家”。", "en": "Homes, red as the party, for members: 128 buildings; 5 days."},
    "paper",
    figure=figure("128个", 128),
    unit="venue",
    when=UNTIL,
)
VISITS = Fact(
    "visits",
    "new-employment",
    {"zh": "走访", "en": "Visits"},
    {"zh": "走访群众120.81万人次。", "en": "There were 1.2081 million visits; homes are red."},
    "report",
    kind="figure",
)
STORE = Store(
    {"en": "test"},
    {"person": {}, "venue": {}, "yuan": {}},
    {"organizations": {}, "new-employment": {}, "talent": {}},
    {id_: Source(id_, "document", {"en": id_}) for id_ in ("report", "paper")},
    (MEMBERS, NEW, HOME, VISITS),
)


INDEX = Index(build_from(STORE))


def chosen(**filters):
    """Return the ids of the facts that pass."""
    return [fact.id for fact in select(INDEX, Filters(**filters))]


def found(query, index=INDEX):
    """Return the ids of the facts that match a query whole, best first."""
    try:
        return [fact.id for fact in search(select(index, Filters()), query, exact=True).facts]
    except NotFound:
        return []


def plain(id_, title="x", text="x", tags=(), **more):
    """Return a fact of a title and a text."""
    return Fact(id_, "organizations", {"en": title}, {"en": text}, "report", tags=tags, **more)


def store_of(*facts):
    """Return a store of some facts."""
    return Index(build_from(Store({}, STORE.units, STORE.categories, STORE.sources, facts)))


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["party-members", "new-members", "red-homes", "visits"]),
        ({"categories": ("organizations",)}, ["party-members", "new-members"]),
        ({"categories": ("talent",)}, []),
        ({"categories": ("new-employment", "organizations")}, ["party-members", "new-members", "red-homes", "visits"]),
        ({"kinds": ("event",)}, ["new-members"]),
        ({"kinds": ("award",)}, []),
        ({"tags": ("membership",)}, ["party-members"]),
        ({"tags": ("ＭＥＭＢＥＲＳＨＩＰ", "党员")}, ["party-members", "new-members"]),
        ({"units": ("venue",)}, ["red-homes"]),
        ({"units": ("yuan",)}, []),
        ({"sources": ("paper",)}, ["red-homes"]),
        ({"minimum": Decimal(2120)}, ["party-members", "new-members"]),
        ({"maximum": Decimal(2120)}, ["new-members", "red-homes"]),
        ({"minimum": Decimal(129), "maximum": Decimal(2119)}, []),
        ({"minimum": Decimal(0)}, ["party-members", "new-members", "red-homes"]),
        ({"conflicts": True}, ["party-members", "new-members"]),
        ({"period": YEAR}, ["party-members", "new-members"]),
        ({"period": Period("2015/2016", date(2015, 12, 31), date(2016, 12, 31))}, ["red-homes"]),
        ({"period": Period("2016", date(2016, 1, 1), date(2016, 12, 31))}, []),
        ({"period": Period("2022/..", date(2022, 1, 1), None)}, ["new-members"]),
        ({"period": Period("../2016", None, date(2016, 12, 31))}, ["red-homes"]),
        ({"period": Period("", None, None)}, ["party-members", "new-members", "red-homes"]),
        ({"categories": ("organizations",), "kinds": ("figure",)}, ["party-members"]),
        ({"categories": ("organizations",), "units": ("venue",)}, []),
    ],
)
def test_filters(filters, expected):
    """A fact passes when it is one of each filter's values and within its limits; the store's order stays."""
    assert chosen(**filters) == expected


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({}, 4),
        ({"categories": ("organizations",)}, 2),
        ({"categories": ("organizations",), "minimum": Decimal(2121)}, 1),
        ({"categories": ("talent",), "minimum": Decimal(0)}, 0),
    ],
)
def test_facts_are_counted_without_reading_them(filters, count):
    """The facts that pass have a number, and are something where it is not 0, by words, by limits and by both."""
    passing = select(INDEX, Filters(**filters))
    assert (len(passing), bool(passing), len(passing.limited(1))) == (count, count > 0, min(count, 1))


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"categories": ("organisations",)}, "unknown category 'organisations': did you mean 'organizations'"),
        ({"kinds": ("figrue",)}, "unknown kind 'figrue': did you mean 'figure'"),
        ({"tags": ("组",)}, "unknown tag '组': did you mean '组织'"),
        ({"units": ("persons",)}, "unknown unit 'persons': did you mean 'person'"),
        ({"sources": ("zzz",)}, "unknown source 'zzz': known are report, paper"),
        ({"units": ("venue", "zzz")}, "unknown unit 'zzz'"),
    ],
)
def test_an_unknown_value_of_a_filter(filters, message):
    """A value that the store does not have is refused, with what comes near."""
    with pytest.raises(UnknownName, match=message):
        chosen(**filters)


@pytest.mark.parametrize(
    ("column", "descending", "expected"),
    [
        ("value", False, ["nine", "ten", "since", "undated", "until"]),
        ("value", True, ["ten", "nine", "since", "undated", "until"]),
        ("start", False, ["since", "nine", "until", "ten", "undated"]),
        ("start", True, ["nine", "since", "until", "ten", "undated"]),
        ("end", False, ["until", "nine", "since", "ten", "undated"]),
        ("when", False, ["until", "since", "nine", "ten", "undated"]),
        ("id", True, ["until", "undated", "ten", "since", "nine"]),
    ],
)
def test_facts_are_sorted_by_a_column(column, descending, expected):
    """Numbers go by size and days by date; an open end stands behind the known days, and no value last either way."""
    index = store_of(
        plain("ten", figure=figure("10个", 10)),
        plain("since", when=SINCE),
        plain("nine", figure=figure("9个", 9), when=YEAR),
        plain("undated"),
        plain("until", when=UNTIL),
    )
    ordered = select(index, Filters()).sorted(column, descending=descending)
    assert [fact.id for fact in ordered] == [id_ for (id_,) in ordered.rows(["id"])] == expected
    assert [fact.id for fact in ordered.limited(2)] == expected[:2]


def test_an_unknown_column_is_refused():
    """Facts are sorted by a column that there is; the message names the one that was meant."""
    with pytest.raises(UnknownName, match="unknown column 'vaule': did you mean 'value'"):
        select(INDEX, Filters()).sorted("vaule", descending=False)


def test_facts_by_id():
    """Facts come once each in the order asked for."""
    assert tuple(facts_by_id(INDEX, ["visits", "red-homes", "visits"])) == (VISITS, HOME)


def test_what_ids_lead_to():
    """A fact, its conflicts, the first fact of its dispute; of another id each says that there is none."""
    assert dict(INDEX.by_id) == {fact.id: fact for fact in STORE.facts}
    assert dict(INDEX.conflicts) == {MEMBERS.id: (Conflict(NEW.id),), NEW.id: (Conflict(MEMBERS.id),)}
    assert dict(INDEX.disputes) == dict.fromkeys((MEMBERS.id, NEW.id), MEMBERS.id)
    for known in (INDEX.by_id, INDEX.conflicts, INDEX.disputes):
        with pytest.raises(KeyError, match="nosuch"):
            _ = known["nosuch"]
    assert VISITS.id not in INDEX.conflicts
    assert VISITS.id not in INDEX.disputes


@pytest.mark.parametrize("id_", ["red-home", "rred-homes"])
def test_an_unknown_id_names_the_nearest(id_):
    """An id that is not there is refused, with the one that was meant, though no id begins alike."""
    with pytest.raises(UnknownName, match=f"^unknown fact '{id_}': did you mean 'red-homes'"):
        facts_by_id(INDEX, ["visits", id_])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # Chinese: characters in a row, one suffices
        ("红", {"red-homes"}),
        ("色之", {"red-homes"}),
        ("红家", set()),
        ("党员", {"party-members", "new-members"}),
        ("党员 新", {"new-members"}),
        ("党员 红", set()),
        ("全市有党员50.66万", {"party-members"}),
        # Latin: a word or its beginning, whatever its case, accents and inflection
        ("visit", {"visits"}),
        ("VISITED", {"visits"}),
        ("companies", {"new-members"}),
        ("cafe", {"new-members"}),
        ("ＣＡＦÉ", {"new-members"}),
        ("building", {"red-homes"}),
        ("pe", {"new-members"}),
        ("p", set()),
        ("embers", set()),
        ("members party", {"party-members", "red-homes"}),
        ("members zebra", set()),
        # quotes
        ('"red homes"', {"red-homes"}),
        ("“red homes”", {"red-homes"}),
        ('"homes are red"', {"visits"}),
        ("homes are red", {"visits"}),
        ('"are homes"', set()),
        ('"2120 people"', {"new-members"}),
        ('"红色', {"red-homes"}),
        # numbers, however written
        ("506600", {"party-members"}),
        ("506,600", {"party-members"}),
        ("５０６６００", {"party-members"}),
        ("50.66万", {"party-members"}),
        ("五十万六千六百", {"party-members"}),
        ("0.5066 million", {"party-members"}),
        ('"0.5066 million"', {"party-members"}),
        ("0.5066 million party", {"party-members"}),
        ("one hundred and twenty-eight", {"red-homes"}),
        ("1208100", {"visits"}),
        ("一百二十八", {"red-homes"}),
        # and never a part of another
        ("120", set()),
        ("81", set()),
        ("120.81", set()),
        ("50", set()),
        ("212", set()),
        ("20条", {"new-members"}),
        ("十条", set()),
        ("二十条", {"new-members"}),
        ("20", {"new-members"}),
        # years and dates
        ("2021", {"party-members", "new-members"}),
        ("２０２１", {"party-members", "new-members"}),
        ("2021-05", {"party-members", "new-members"}),
        ("2021年", {"party-members", "new-members"}),
        ("2021年5月31日", {"party-members", "new-members"}),
        ("2015", {"red-homes"}),
        ("2016", set()),
        ("2021-02-30", set()),
    ],
)
def test_what_a_query_finds(query, expected):
    """Every word of a query must match, each in its own way."""
    assert set(found(query)) == expected


WRITTEN = (
    *("2022-04-28", "2022-4-28", "2022/4/28", "2022.4.28", "2022年4月28日", "2022年4月28号", "2022年04月28"),
    *("2022 年 4 月 28 日", "２０２２年４月２８日", "二〇二二年四月二十八日", "28 April 2022", "28th of April, 2022"),
    *("April 28, 2022", "Apr. 28 2022", "april 28th 2022", '"28 April 2022"', "“2022年4月28日”"),
)


@pytest.mark.parametrize("asked", WRITTEN)
def test_a_day_is_found_however_written(asked):
    """By its period, and by what a text says in either language; that ranks above a day that only falls in a period."""
    store = store_of(
        plain("during", when=parse_period("2012/2022")),
        plain("then", when=parse_period("2022-04-28")),
        plain("zh", text="于2022年4月28日发布"),
        plain("en", text="published on April 28, 2022"),
        plain("other", text="on 27 April 2022, 128 April", when=parse_period("2022-04-27")),
    )
    assert found(asked, store) == ["zh", "en", "then", "during"]
    assert found(f"{asked} published", store) == ["en"]


@pytest.mark.parametrize(
    "asked", ["2022-04", "2022/4", "2022年4月", "2022 年 4 月", "二〇二二年四月", "Apr 2022", "April, 2022"]
)
def test_a_month_is_found_however_written(asked):
    """Likewise, and it holds its days."""
    store = store_of(
        plain("day", when=parse_period("2022-04-28")),
        plain("month", when=parse_period("2022-04")),
        plain("said", text="since April 2022"),
        plain("other", text="April in the year 2022; 4月2022年", when=parse_period("2022-05")),
    )
    assert found(asked, store) == ["said", "month", "day"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("二〇二一年十月", ["october"]),
        ("二〇二一年十二月三十一日", ["december"]),
        ("31 April 2021", ["said"]),
        ("26 April 31, 2021", []),
        ("28 April 28 2021", []),
        ("30-31 April 2021", []),
        ("April ٢٨ 2021", []),
        ("1021-13", []),
        ("十二十二", []),
        ("二〇二一年十十月", []),
        ("2021-13", []),
        ("2021.10", []),
        ("about 2021", ["said"]),
        ("2021 年 31 人", []),
    ],
)
def test_what_is_a_date_and_what_is_not(asked, expected):
    """Months and days are written in tens too; a day that there is not, and a word that is no month, stay words."""
    store = store_of(
        plain("october", when=parse_period("2021-10")),
        plain("december", when=parse_period("2021-12-31")),
        plain("said", text="about 31 of April, 2021"),
    )
    assert found(asked, store) == expected


@pytest.mark.parametrize(
    "asked",
    [
        *["(28 April 2022) zebra", "'28 April 2022' zebra", "zebra, 2022 年 4 月28 日", "2022 年 4月28 日zebra"],
        *["zebra 28\tApril\u30002022", "截至2022 年 4 月 28 日 zebra"],
    ],
)
def test_what_stands_beside_a_date(asked):
    """Brackets and quotes are no words, and what touches a date is one of its own."""
    then = parse_period("2022-04-28")
    store = store_of(
        plain("it", "截至 zebra", when=then), plain("other", "截至", when=then), plain("undated", "截至 zebra")
    )
    assert found(asked, store) == ["it"]


def test_2021_beside_more_of_a_word():
    """年 behind a space begins a word there."""
    assert found("2021 年底", store_of(plain("it", text="2021；年底"), plain("other", when=YEAR))) == ["it"]


AS_TYPED = ["28th April 2022", "28 Apr 2022", "2022/4/28", "2022.4.28", "二〇二二年四月二十八日", "2022-04-28"]


@pytest.mark.parametrize("asked", AS_TYPED)
def test_a_date_is_found_as_it_is_typed(asked):
    """Whatever its writing, without a period too."""
    assert found(asked, store_of(plain("it", text=f"on {asked}."), plain("year", when=YEAR))) == ["it"]


def test_a_date_among_many_facts():
    """Those that say it come first, then those within it, then the others, each in their order."""
    many = [plain(f"during-{place}", when=parse_period("2012/2022")) for place in range(RANKED)]
    store = store_of(*many, plain("within", when=parse_period("2022-04-28")), plain("said", text="since April 2022"))
    assert found("April 2022", store)[:3] == ["said", "within", "during-0"]
    facts = select(store, Filters(period=parse_period("2022-04"), categories=("organizations",)))
    assert [fact.id for fact in search(facts, "2022-04").facts][:2] == ["within", "during-0"]
    assert len(found("2022-04-29", store)) == RANKED


def test_a_date_is_marked_where_a_text_says_it():
    """However the query writes it."""
    store = store_of(plain("it", text="于2022年4月28日发布"))
    hits = search(select(store, Filters()), "April 28, 2022")
    assert hits.marks(hits.facts).spans("于2022年4月28日发布") == [(1, 11)]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("七千多", ["many"]), ("约七千", ["many"]), ("第七千", []), ("十多", []), ("十余年", ["years"])],
)
def test_a_number_in_words_may_be_limited(asked, expected):
    """What limits a number does not change it; a rank is none, nor is a numeral alone."""
    store = store_of(plain("many", text="7000余人次"), plain("ten", text="七人，10"), plain("years", text="十余年"))
    assert found(asked, store) == expected


@pytest.mark.parametrize(("asked", "expected"), [("九大类", ["word", "digit"]), ("9大类", ["digit", "word"])])
def test_a_lone_numeral_is_a_digit_where_it_counts(asked, expected):
    """One that counts something stands in a text as a digit too, with what it counts; as typed it comes first."""
    store = store_of(plain("word", text="九大类"), plain("digit", text="9大类"), plain("other", text="大类"))
    assert found(asked, store) == expected


def test_numerals_inside_a_word_are_digits_too():
    """Likewise the numeral of two digits, and several wherever they stand."""
    assert found("十条", store_of(plain("digit", text="10条"), plain("other", text="210条"))) == ["digit"]
    assert found("世界五百强", store_of(plain("digit", text="世界500强企业"), plain("other", text="世界1500强"))) == [
        "digit"
    ]
    assert found("万一", store_of(plain("word", text="万一"), plain("other", text="10001"))) == ["word"]


def test_a_magnitude_stands_in_a_number():
    """A character that is no number by itself is found wherever it stands."""
    assert set(found("万")) == {"party-members", "visits"}


def test_half_is_a_character_too():
    """半 finds 半导体, though it is a number as well."""
    assert found("半", store_of(plain("chips", "半导体"))) == ["chips"]


def test_numerals_of_one_character_are_found_in_words():
    """一 finds 统一 but not 十一, which is another number."""
    assert found("一", store_of(plain("eleven", "十一条"), plain("united", "统一战线"))) == ["united"]


def test_title_before_tags_before_text():
    """A match in the title ranks above one in the tags, that above one in the text."""
    store = store_of(plain("text", text="zebra"), plain("tag", tags=("zebra",)), plain("title", title="A zebra"))
    assert found("zebra", store) == ["title", "tag", "text"]


def test_a_whole_word_before_a_beginning():
    """A whole word ranks above the beginning of one, also where both stand in one title."""
    store = store_of(plain("part", "membership"), plain("whole", "member"), plain("both", "membership of a member"))
    assert found("member", store) == ["whole", "both", "part"]


def test_words_together_before_scattered_ones():
    """Words that stand in a row rank above the same words apart, in either language."""
    store = store_of(plain("apart", "home, red"), plain("together", "a red home"))
    assert found("red home", store) == ["together", "apart"]
    store = store_of(plain("apart", "之家红色"), plain("together", "新的红色之家"))
    assert found("红色 之家", store) == ["together", "apart"]


def test_a_mistaken_character_is_passed_over():
    """A character that another stands for matches, and in a title it ranks above one in a text."""
    store = store_of(plain("text", text="一个红色之家"), plain("other", "红色大楼"), plain("title", "新的红色之家"))
    hits = search(select(store, Filters()), "红色乙家")
    assert [fact.id for fact in hits.facts] == ["title", "text"]
    assert hits.remark == "read '红色乙家' as '红…家'"


@pytest.mark.parametrize(
    ("query", "title", "read"),
    [
        ("领导责任", "校长责任", "'责任'"),
        ("长沙有多少党员", "长沙的党员", "'长沙 党员'"),
        ("谁是董事长", "一位董事长", "'董事长'"),
        ("数据有什么用", "谁有数据", "'数据'"),
        ("规划好了吗", "城市规划", "'规划'"),
        ("规划好了呢", "城市规划", "'规划'"),
        ("2022年有多少党员", "党员在2022年", "'2022年 党员'"),
        ("GDP是多少", "The GDP", "'GDP'"),
        ("长沙有多少党员的人", "长沙的党员", "'长沙 党员'"),
        ("共有多少个党员", "共青团，党员", "'党员'"),
        ("有多少个党员", "党员；三个党组织", "'党员'"),
        ("党员有多少个", "党员", "'党员'"),
        ("共有多少人在哪里有新党员", "党员", "'党员'"),
        ("审计的目的是什么", "审计；目的", "'审计 目的'"),
        ("发布时间是哪一天", "发布，时间", "'发布 时间'"),
        ("湘江有多少党员", "目前的党员", "'党员'"),
        ("红色乙家在哪里", "红色之家", "'红…家'"),
    ],
)
def test_what_a_word_is_about_is_found(query, title, read):
    """A word that matches nothing is read as the parts of it that stand somewhere, without what asks."""
    hits = search(select(store_of(plain("it", title), plain("other", "长沙有湘江；这是董老师")), Filters()), query)
    assert [fact.id for fact in hits.facts] == ["it"]
    assert hits.remark == f"read '{query}' as {read}"


@pytest.mark.parametrize(
    ("query", "read"),
    [
        ("长沙人才总量", "长沙 人才总量"),
        ("长沙的人才总量", "长沙 人才总量"),
        ("长沙人才总量是多少", "长沙 人才总量"),
        ("人才总量的", "人才总量"),
        ("公司什么时候上市的", "公司 上市"),
        ("编辑长沙这篇", "编辑 长沙这篇"),
        ("谁是这篇长沙报道的编辑", "这篇 长沙 报道 编辑"),
    ],
)
def test_long_words_are_read_as_parts_that_one_fact_has(query, read):
    """Not as longer ones that stand in others; of what is typed nothing is left out but what joins words."""
    store = store_of(
        plain("talent", "人才总量", "在长沙"),
        plain("other", "长沙人才；市的；编写长沙这篇"),
        plain("listed", "上市", "一家公司"),
        plain("editor", "编辑", "长沙这篇；报道"),
    )
    assert search(select(store, Filters()), query).remark == f"read '{query}' as '{read}'"


@pytest.mark.parametrize("query", ["Talent", "talent", "人才", "人才！", "New employment", "new-employment"])
def test_the_name_of_a_category_finds_its_facts(query):
    """In any language, or its id, where no text has it; one that several categories share finds all of theirs."""
    names = {"talent": {"zh": "人才", "en": "Talent"}, "new-employment": {"zh": "新就业", "en": "New employment"}}
    wanted = next(id_ for id_, text in names.items() if query[0].lower() in (id_[0], text["zh"][0]))
    facts = [replace(plain(f"of-{place}", "-"), category=id_) for place, id_ in enumerate(names)]
    store = Index(build_from(Store({}, {}, names, store_of().sources, tuple(facts))))
    hits = search(select(store, Filters()), query)
    assert [fact.category for fact in hits.facts] == [wanted]
    assert hits.remark.endswith(f" as the category {wanted}")
    with pytest.raises(NotFound):
        search(select(store, Filters()), query, exact=True)


@pytest.mark.parametrize(
    ("query", "title", "read"),
    [
        ("invested", "An investment, investors", "investment, investors"),
        ("managerial", "Managers", "managers"),
        ("educational", "Education", "education"),
        ("innovated", "Innovation", "innovation"),
    ],
)
def test_a_word_of_the_same_root_is_close(query, title, read):
    """A word that stands nowhere is read as those that are derived from the same one."""
    store = store_of(plain("it", title), plain("other", "-", "investigated, manner, event, innocent, mental"))
    hits = search(select(store, Filters()), query)
    assert [fact.id for fact in hits.facts] == ["it"]
    assert hits.remark == f"read '{query}' as '{read}'"


@pytest.mark.parametrize(
    ("query", "read"),
    [("beaurocracy", "bureaucracy"), ("maintainance", "maintenance"), ("comittees", "committee"), ("bankruptcy", None)],
)
def test_a_word_may_be_spelt_otherwise(query, read):
    """A long one, if it is like enough to one that is known."""
    facts = select(store_of(plain("it", "bureaucracy maintenance committee")), Filters())
    if read:
        assert search(facts, query).remark == f"read '{query}' as '{read}'"
    else:
        with pytest.raises(NotFound):
            search(facts, query)


ASKING = (
    *("多少", "有多少", "多久", "是什么", "什么时候", "为什么", "为何", "如何", "怎么", "怎么样", "怎样", "何时"),
    *("何地", "何人", "在何处", "谁是", "是谁", "是否有", "是不是", "有没有", "在哪里", "在哪儿", "哪", "哪些"),
    "哪一年",
    *(f"{how}{counter}" for how in "几哪" for counter in "个位名条家项次种所年"),
)


@pytest.fixture(scope="module")
def members():
    """Return the facts of a store that has the members beside parts of what asks, too."""
    cuts = [(asking[:at], asking[at:]) for asking in ASKING for at in range(1, len(asking))]
    beside = {
        *(f"{end}党员" for _, end in cuts if not end.endswith(ASKING)),
        *(f"党员{begin}" for begin, _ in cuts if not begin.startswith(ASKING)),
        *("党员的", "党员了", "的党员"),
    }
    return select(store_of(plain("it", "党员"), plain("other", "；".join(sorted(beside)))), Filters())


@pytest.mark.parametrize("asking", ASKING)
def test_what_asks_need_not_be_found(members, asking):
    """Whether it stands before or behind what is asked about, and whatever stands beside it."""
    for query in ("{}党员", "党员{}", "党员{}呢", "党员的{}", "党员了{}", "{}的党员了吗"):
        asked = query.format(asking)
        assert search(members, asked).remark == f"read '{asked}' as '党员'"


@pytest.mark.parametrize(
    ("query", "title"),
    [
        *[("changes", "Changsha"), ("校长责任制", "一位校长"), ("有多少", "有产业链"), ("新能源产业链规划", "产业")],
        *[("雨花区的新能源有多少党员", "党员"), ("有多少人", "一人"), ("任何人", "任务"), ("第几位", "第一")],
        ("何处长", "长沙"),
    ],
)
def test_what_says_too_little_is_not_read(query, title):
    """Neither a beginning nor two characters of five tell what a word is about, nor does what asks."""
    with pytest.raises(NotFound):
        search(select(store_of(plain("it", title)), Filters()), query)


def test_of_words_alike_the_last_is_read():
    """Where no fact has both, it is the one that says what the first tells more of."""
    store = store_of(plain("first", "zebra"), plain("last", "okapi"))
    assert search(select(store, Filters()), "zebra okapi").remark == "left out 'zebra'"


@pytest.mark.parametrize(
    ("query", "remark"),
    [
        ("zebra otapi", "left out 'otapi'"),
        ("otapi zebra", "left out 'otapi'"),
        ("a elefants", "read 'elefants' as 'elephants', left out 'a'"),
        ("zoo elefants", "read 'elefants' as 'elephants', left out 'zoo'"),
    ],
)
def test_what_is_typed_right_counts_more(query, remark):
    """Where no fact has both, a word read otherwise is left out, unless it says much more."""
    store = store_of(
        plain("first", "zebra"), plain("second", "okapi"), plain("third", "elephants"), plain("zoo", "A zoo")
    )
    assert search(select(store, Filters()), query).remark == remark


def test_the_number_of_a_fact_comes_first():
    """Before one in a title, where both say how many, or both which one."""
    store = store_of(
        plain("title", "第10届 10"),
        plain("rank", figure=Figure("第十", Decimal(10), "rank", Decimal(1))),
        plain("count", figure=figure("10个", 10)),
    )
    assert found("10", store) == found("10个", store) == ["count", "title", "rank"]
    assert found("第10名", store) == found("10th", store) == ["rank", "title", "count"]


def test_a_date_ranks_last():
    """A fact that says a year ranks above one that only falls in it."""
    store = store_of(plain("dated", when=YEAR), plain("said", text="since 2021"))
    assert found("2021", store) == ["said", "dated"]


def test_ties_keep_their_order():
    """Facts that match alike stay in the order given."""
    facts = [plain(f"n{number}", "zebra") for number in (3, 1, 2)]
    assert found("zebra", store_of(*facts)) == ["n3", "n1", "n2"]
    assert found("zebra", store_of(*reversed(facts))) == ["n2", "n1", "n3"]


def test_only_the_facts_given_are_searched():
    """A fact that a filter left out is not found."""
    facts = select(INDEX, Filters(kinds=("event",)))
    assert list(search(facts, "党员").facts) == [NEW]


def test_ids_notes_and_figures_are_searched():
    """A word of the id, of a note and of the printed figure matches too."""
    store = store_of(plain("alpha-beta", note={"en": "gamma"}, figure=figure("7delta", 7)))
    assert [found(word, store) for word in ("beta", "gamma", "delta", "7", "seven")] == [["alpha-beta"]] * 5


@pytest.mark.parametrize(
    ("query", "language"),
    [("party", "en"), ("总数", "zh"), ("506600", None), ("membership", None), ("党员 总数", "zh")],
)
def test_the_language_of_a_match(query, language):
    """A hit names the one language whose title or text matches best, none when they match alike or not at all."""
    hits = search(select(INDEX, Filters()), query)
    assert hits.marks([MEMBERS]).languages.get("party-members") == language


def test_nothing_found_offers_near_words():
    """What matches nothing is repeated with the words of the store that come near it."""
    with pytest.raises(NotFound, match=r"^nothing matches 'memberz'; known words like these are .*\bmembers\b"):
        search(select(INDEX, Filters()), "memberz", exact=True)


def test_nothing_near_offers_nothing():
    """Where no word comes near, the message says no more than that nothing matches."""
    with pytest.raises(NotFound, match=r"^nothing matches 'qqqq'$"):
        search(select(INDEX, Filters()), "qqqq")


@pytest.mark.parametrize("query", ["\x1b[31m", "\u202ered", "a\nb\0"])
def test_a_message_repeats_no_control_character(query):
    """A control character or a bidirectional override of a query is escaped in its message."""
    with pytest.raises(NotFound) as caught:
        search(select(store_of(), Filters()), query)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("query", ["", " ", '"', '""', '"“', "\u0301", "\u0301 \u0300", "\u3000"])
def test_a_query_without_words_finds_nothing(query):
    """A query of blanks, quotes or lone accents matches no fact."""
    with pytest.raises(NotFound):
        search(select(INDEX, Filters()), query)


@pytest.mark.parametrize("written", [{"figure": figure("三棵", 3)}, {"tags": ("三条",)}, {"title": "三条"}])
def test_a_number_is_found_wherever_it_is_written(written):
    """A lone numeral of a figure is a number, whatever it counts; one of a tag and of a title counts something too."""
    assert found("3", store_of(plain("trees", **written), plain("x", "统三战线"))) == ["trees"]


PIECES = [*"12'\"“”( )-/.年月日十四２٢", "28", "2022", "Apr", "April", "th", "of"]


@given(
    st.one_of(
        st.text(),
        st.text('"“” .-党员members0123456789万\u0301*()[]\\', max_size=30),
        st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
        st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join),
    )
)
def test_any_text_is_a_query(query):
    """No text raises anything but NotFound."""
    try:
        hits = search(select(INDEX, Filters()), query)
    except NotFound:
        return
    assert {fact.id for fact in hits.facts} <= set(STORE.by_id)


def test_naughty_strings_are_queries_and_data():
    """Every string of the big list is a query that raises nothing but NotFound, and finds the fact it titles."""
    if not BLNS.exists():
        pytest.skip(f"NOT TESTED: the big list of naughty strings is not at {BLNS}")
    strings = json.loads(BLNS.read_text(encoding="utf-8"))
    assert len(strings) > 400
    for string in strings:
        found(string)
        title = found(string, store_of(plain("naughty", string)))
        assert title == ["naughty"] or not string.strip('" ')


SPAN = {"from": "2017/..", "to": "../2019-12-18"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        *(("1000", []), ("1800", ["many"]), ("3096", []), ("2020", [])),
        *(("2018", ["from", "to"]), ("2019", ["from", "to"]), ("3096年", ["from"])),
    ],
)
def test_a_number_is_no_year_that_no_period_comes_near(query, expected):
    """Digits alone are a year within those that periods name: an open side of one reaches no further for them."""
    dated = (plain(id_, when=parse_period(edtf)) for id_, edtf in SPAN.items())
    assert sorted(found(query, store_of(plain("many", text="1800 of them"), *dated))) == sorted(expected)


def test_a_store_without_periods_has_no_years():
    """Where no fact has a period, digits are a number."""
    assert found("2019", store_of(plain("many", text="2019 of them"), plain("none"))) == ["many"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("theme", ["theme"]),
        ("them", ["theme", "themselves"]),
        ("organs", ["organ", "organs"]),
        ("countries", ["country"]),
        ("grew", ["grew", "grown", "growing"]),
        ("grows", ["grew", "grown", "growing"]),
    ],
)
def test_the_beginning_that_counts_is_the_one_typed(query, expected):
    """A word is found by its beginning as typed; its other inflections are found whole."""
    texts = ["theme", "themselves", "organ", "organs", "organisation", "country", "countryside"]
    texts += ["grew", "grown", "growing", "growths"]
    store = store_of(*(plain(text, title="-", text=text) for text in texts))
    assert set(found(query, store)) == set(expected)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"branches organ"', ["one", "other"]),
        ("branches-organ", ["one", "other"]),
        ('"branch organ"', ["one", "other"]),
        ('"branches organs"', []),
    ],
)
def test_the_last_word_of_a_phrase_may_be_a_beginning(query, expected):
    """Whichever inflections the words before it have, the last one counts as it is typed."""
    store = store_of(plain("one", "-", "the branch organisation"), plain("other", "-", "branches organised"))
    assert sorted(found(query, store)) == expected


@given(st.text(st.characters(categories=["Lo", "Ll", "Lu"]), min_size=1, max_size=8), st.sampled_from(["zh", "en"]))
def test_a_title_is_found_by_itself(title, language):
    """A fact is found by its whole title, in whatever script."""
    store = store_of(Fact("it", "talent", {language: title}, {language: "x"}, "report"))
    assert found(title, store) == ["it"]


@given(st.integers(0, 10**12))
def test_a_number_is_found_however_written(number):
    """A number in digits is found by its groups and the other way round, and its neighbour is not."""
    for written, asked in ((f"{number}", f"{number:,}"), (f"{number:,}", f"{number}")):
        store = store_of(plain("it", text=f"of {written} people"))
        assert found(asked, store) == ["it"]
        assert found(f"{number + 1}", store) == found(f"{number}0" if number else "10", store) == []


@pytest.mark.parametrize(
    "piece", ["a ", "a", "党", "党 ", "一 ", '"a', "-", "ed", "五百 ", "第", "2022年", "约", "ﷺ", "{} "]
)
def test_a_long_query_is_answered_at_once(piece):
    """Twenty kilobytes of anything take a fraction of a second: no word is looked at twice, or after one that fails."""
    query = "".join(piece.format(place) for place in range(20_000 // len(piece.encode())))
    began = process_time()
    try:
        search(select(INDEX, Filters()), query)
    except NotFound as nothing:
        assert len(str(nothing)) < 1000  # noqa: PT017  # it may find something; the message repeats its beginning
    assert process_time() - began < 2
