"""Any text held against a store: every verdict, in both languages, and what decides it."""

import os
from time import process_time

import pytest

from cs_facts.index.cache import open_index
from cs_facts.numbers.figures import parse_figure
from cs_facts.store import bundled
from cs_facts.texts.agreement import compared
from cs_facts.texts.document import read_document
from cs_facts.texts.verify import verify
from making import rows

STORE = """\
facts_format: 1
title: {zh: 柳街, en: Willow Street}
units:
  person: {zh: 人, en: people}
  visit: {zh: 人次, en: person-times}
  yuan: {zh: 元, en: yuan}
  volume: {zh: 册, en: volumes}
  rank: {zh: 名次, en: rank}
  percent: {zh: "%", en: per cent}
  lift: {zh: 部, en: lifts}
categories:
  library: {zh: 图书馆, en: Library}
synonyms:
  - [志愿者, 义工, volunteer]
sources:
  report:
    type: report
    title: {zh: 年报, en: Annual report}
    publisher: 柳街
    published: 2025-02-10
    names: [{paragraph: 9, printed: 两年, why: an average}, {paragraph: 2, printed: 四, why: a name}]
facts:
"""

# id, title in both languages, figure, unit, period, conflict
FACTS = (
    ("readers", "持证读者人数", "Registered readers", "50.66万人", "person", "2024-12-31", ""),
    ("volumes", "馆藏图书册数", "Volumes in the collection", "2.23万册", "volume", "2024-12-31", ""),
    ("visits", "到馆人次", "Visits to the reading rooms", "120.81万人次", "visit", "2024", ""),
    ("volunteers", "登记的志愿者人数", "Volunteers on the roll", "1800余人", "person", "2024", ""),
    ("budget", "购书经费", "Budget for buying books", "3490万元", "yuan", "2024", ""),
    ("repairs", "修缮经费", "Cost of repairs", "151万元", "yuan", "2024", ""),
    ("branches-report", "街道分馆数", "Street branches by the report", "28个", "", "2024", "branches-gazette"),
    ("branches-gazette", "公报所说的街道分馆数", "Street branches by the gazette", "31个", "", "2024", ""),
    ("lending-rank", "外借量的全市排名", "City rank in lending", "第四", "rank", "2024", ""),
    ("children-share", "少儿读者占比", "Share of children among readers", "38.5%", "percent", "2024", ""),
    ("loans-change", "外借量增幅", "Change in lending", "下降5.4%", "percent", "2024", ""),
    ("e-books-share", "电子书借阅占比", "Share of e-books in lending", "40.7%", "percent", "2024", ""),
    ("shop-loss", "书店亏损", "Loss of the bookshop", "63.5万元", "yuan", "2024", ""),
    ("gifts-2023", "捐赠图书增幅", "Change in donated books", "增长12.6%", "percent", "2023", ""),
    ("gifts-2024", "捐赠图书增幅", "Change in donated books", "下降17.2%", "percent", "2024", ""),
    ("corners", "宣布关闭的阅览点数", "Reading corners that were to close", "14处", "", "2024-07", ""),
    ("rent-share", "租金下降", "Fall of the rent", "8.5%", "percent", "2024", ""),
    ("new-books", "新购图书册数", "New books bought", "3.1万册", "volume", "2024-40", ""),
    ("income-2023", "茶座收入", "Income of the teahouse", "460万元", "yuan", "2023", ""),
    ("income-2024", "茶座收入", "Income of the teahouse", "370万元", "yuan", "2024", ""),
    ("fines-multiple", "逾期罚款增长", "Growth of late fines", "翻一番", "", "2024", ""),
    ("east-peak", "东馆单日最高到馆", "Busiest day at the east branch", "8300人次", "visit", "2023", ""),
    ("west-peak", "西馆单日最高到馆", "Busiest day at the west branch", "2190人次", "visit", "2023", ""),
    ("balance", "东馆结余率", "Balance of the east branch", "-12.5%", "percent", "2024", ""),
    ("shanghai-night", "上海馆夜间到馆", "Night visits at the Shanghai branch", "7700人次", "visit", "2023", ""),
    ("bus-first", "接驳车每日班次（开通初期）", "Daily buses (at first)", "12班", "", "2021", ""),
    ("bus-now", "接驳车每日班次（目前）", "Daily buses (now)", "34班", "", "2023", ""),
    ("seats-december", "阅览座位增幅", "Growth of seats", "增长12.5%", "percent", "2023-12", ""),
    ("film-one", "《河》的票房", "Takings of “River”", "63.9万元", "yuan", "2023", ""),
    ("lifts", "电梯部数", "Lifts", "12部", "lift", "2023", ""),
    ("seats-2023", "阅览座位增幅", "Growth of seats", "增长4.2%", "percent", "2023", ""),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory, cache):
    """Open the store above."""
    path = tmp_path_factory.mktemp("verify") / "willow.yaml"
    path.write_text(STORE + "".join(map(written, FACTS)), encoding="utf-8")
    return open_index([path], {**os.environ, "XDG_CACHE_HOME": str(cache)})


def written(fact):
    """Write a fact as YAML."""
    id_, zh, en, figure, unit, when, conflict = fact
    lines = [
        f"  - id: {id_}\n    category: library\n    title: {{zh: {zh}, en: {en}}}",
        f"    text: {{zh: 柳街{zh}为{figure}。, en: '{en}: {figure}.'}}",
        f"    figure: {figure}\n    when: {when}\n    source: report\n    paragraph: 2",
    ]
    lines += [f"    unit: {unit}"] if unit else []
    lines += [f"    conflicts: [{{with: {conflict}}}]"] if conflict else []
    return "\n".join(lines) + "\n"


def verdicts(index, text):
    """Return the verdict and the fact of each number of a text."""
    found = verify(index, read_document("draft.md", text))
    return [(verdict.kind, verdict.fact.id if verdict.fact else None) for verdict in found]


# a text = the verdict and the fact of each of its numbers
VERDICTS = """
截至2024年底，柳街图书馆的持证读者有50.66万人。 = stands readers
柳街图书馆有五十万六千六百名持证读者。 = stands readers
At the end of 2024 the library had 506,600 registered readers. = stands readers
持证读者约51万人。 = rounds readers
Registered readers now exceed half a million. = rounds readers
登记的志愿者有1800人。 = bound volunteers
登记在册的义工超过1800人。 = stands volunteers
Some 1,800 volunteers are on the roll. = bound volunteers
持证读者超过50.66万人。 = bound readers
2019年底，持证读者有50.66万人。 = period readers
In 2021 the budget for buying books was 34.9 million yuan. = period budget
As of the end of 2022, the library had 506,600 registered readers. = period readers
2024年，120.81万人到馆。 = unit visits
The library has 506,600 lamps for its readers. = unit readers
The budget for buying books was 34.9 million dollars. = unit budget
街道分馆有28个。 = contested branches-report
持证读者有56.06万人。 = differs readers
The collection has 50,660 volumes. = differs volumes
柳街有公园28个。 = unknown -
# a number that another fact has, beside the words or the period of one
2023年，西馆单日最高到馆8300人次。 = differs west-peak
2023年，东馆单日最高到馆8300人次。 = stands east-peak
The number of seats grew by 12.5% in 2023. = differs seats-2023
The number of seats grew by 12.5% in December 2023. = stands seats-december
The town has 506,600 trees. = unknown -
外借量在全市排名第四。 = stands lending-rank
The library's lending ranks third in the city. = differs lending-rank
少儿读者占比为38.5%。 = stands children-share
少儿读者占比为四成。 = rounds children-share
Lending fell by 5.4%. = stands loans-change
外借量增长5.4%。 = differs loans-change
逾期罚款增长两倍。 = differs fines-multiple
Late fines doubled. = stands fines-multiple
# the contrary of what a fact counts, and what is denied
书店盈利63.5万元。 = differs shop-loss
The bookshop's profit was 635,000 yuan. = differs shop-loss
The bookshop's loss was 635,000 yuan. = stands shop-loss
租金上涨8.5%。 = differs rent-share
The rent fell by 8.5%. = stands rent-share
少儿读者占比并非38.5%。 = differs children-share
The share of children among readers isn't 38.5%. = differs children-share
少儿读者占比没达到38.5%。 = bound children-share
# printed with the same digits, in another unit
电子书借阅40.7亿元。 = unit e-books-share
# a month without a year; the fact of the very period
8月宣布关闭阅览点14处。 = period corners
It was announced in August that 14 reading corners were to close. = period corners
7月宣布关闭阅览点14处。 = stands corners
8月开馆的柳街图书馆有持证读者50.66万人。 = stands readers
The library that opened in August has 506,600 registered readers. = stands readers
2023年，捐赠图书增长15.5%。 = differs gifts-2023
2024年，捐赠图书增长15.5%。 = differs gifts-2024
# a part of a year without the year is held against a period of that part: a half holds its quarters and months
上半年新购图书3.1万册。 = stands new-books
6月新购图书3.1万册。 = stands new-books
三季度新购图书3.1万册。 = period new-books
New books bought were 31,000 volumes in the first half of the year. = stands new-books
In the fourth quarter 31,000 volumes of new books were bought. = period new-books
# the figures of two facts changed for one another are told, both of them
2024年，购书经费151万元，修缮经费3490万元。 = differs budget, differs repairs
# one is said to have become the other, which was before it
茶座收入从370万元增至460万元。 = differs income-2023, differs income-2024
茶座收入从460万元降至370万元。 = stands income-2023, stands income-2024
Income of the teahouse rose to 4.6 million yuan from 3.7 million yuan. = differs income-2024, differs income-2023
Income of the teahouse rose from 3.7 million yuan to 4.6 million yuan. = differs income-2023, differs income-2024
目前，接驳车每日12班；开通初期，接驳车每日34班。 = differs bus-now, differs bus-first
接驳车每日班次由开通初期的12班增至目前的34班。 = stands bus-first, stands bus-now
# a lost minus, a loss told as one, a verb for its noun, another city
东馆结余率为12.5%。 = differs balance
东馆结余率为-12.5%，即亏损率12.5%。 = stands balance, stands balance
The bookshop lost 635,000 yuan. = stands shop-loss
北京馆夜间到馆7700人次。 = unknown -
上海馆夜间到馆7700人次。 = stands shanghai-night
# 分别 and respectively give each number its own thing
2024年，购书经费和修缮经费分别为3490万元和151万元。 = stands budget, stands repairs
2024年，购书经费和修缮经费分别为151万元和3490万元。 = differs budget, differs repairs
In 2024 the budget for books and the cost of repairs were 34.9 million yuan and 1.51 million yuan respectively. =
    stands budget, stands repairs
In 2024 the budget for books and the cost of repairs were 1.51 million yuan and 34.9 million yuan respectively. =
    differs budget, differs repairs
# the very number in the very unit and period needs a word, in the very unit a rarer one; without any it is unknown
In 2024 the town hall, the mayor says, set aside for its shelves of books 34.9 million yuan. = stands budget
The east hall was full: 8,300 visits. = stands east-peak
2024年，张三付了3490万元。 = unknown -
# a scale that both ends of a change share; a change whose size stands before its ends
Income of the teahouse fell from 4.6 to 3.7 million yuan. = stands income-2023, stands income-2024
Income of the teahouse went down 20%, from 4.6 million yuan to 3.7 million yuan. =
    unknown -, stands income-2023, stands income-2024
# another work
《河》票房63.9万元。 = stands film-one
《海》票房63.9万元。 = unknown -
# a number told twice
The east branch had 8,300 visits on its busiest day and the west branch over 2,000, 2,190 to be exact. =
    stands east-peak, rounds west-peak, stands west-peak
# each finds its fact by the words beside it
柳街图书馆有持证读者50.66万人、图书2.23万册，登记的志愿者1800余人。 = stands readers, stands volumes, stands volunteers
# a fact that another number fits is not held against this one, and speaks for those that stand beside it
柳街图书馆读者50.66万人，馆藏2.23万。 = stands readers, stands volumes
Books took 34.9 million yuan, and 1.51 million yuan went into repairs. = stands budget, stands repairs
# a name is known where its paragraph is spoken of
四大特色之外，馆藏图书2.23万册。 = stands volumes
柳街有四所学校。 = unknown -
# dates, idioms, labels, articles, what stands under names
2024年12月31日发布。 =
会议进一步强调统一思想。 =
见图2和COVID-19。 =
One of them is open. =
读者连续两年满意。 =
"""


@pytest.mark.parametrize("row", rows(VERDICTS))
def test_verdicts(index, row):
    """Each number has its verdict by its own fact, in Chinese and in English; what counts nothing has none."""
    text, _, expected = row.partition(" =")
    assert ", ".join(f"{kind} {fact or '-'}" for kind, fact in verdicts(index, text)) == expected.strip()


def test_a_message_says_what_the_text_and_the_store_have(index):
    """In either language, with the fact that contradicts it."""
    verdict = next(iter(verify(index, read_document("draft.md", "街道分馆有28个。"))))
    assert verdict.said("zh") == (
        "28个；库中为 28个: 街道分馆数, 2024年 [branches-report, report ¶2]；"
        "与之矛盾的有 31个: 公报所说的街道分馆数, 2024年 [branches-gazette, report ¶2]"
    )
    assert verdict.message.startswith("28个; the store has 28个: Street branches by the report, 2024 [branches-report")
    verdict = next(iter(verify(index, read_document("draft.md", "书店盈利63.5万元。"))))
    assert verdict.said("zh").startswith("63.5万元（说法相反或已被否定）；库中为 63.5万元: 书店亏损")
    assert verdict.message.startswith(
        "63.5万元 of the contrary, or denied; the store has 63.5万元: Loss of the bookshop"
    )


@pytest.mark.parametrize(
    ("said", "known", "kind"),
    [
        ("506,600", "50.66万名", "stands"), ("51万", "50.66万名", "rounds"), ("五十余万", "50.66万名", "rounds"),
        ("50.6万", "50.66万名", "differs"), ("约50.66万", "50.66万名", "rounds"), ("近50万", "50.66万名", "differs"),
        ("不足51万", "50.66万名", "rounds"), ("不足50.66万", "50.66万名", "bound"), ("60万", "50.66万名", "differs"),
        ("至少1800", "1800余名", "stands"), ("约1800", "1800余名", "bound"), ("1800", "约1800", "bound"),
        ("前三", "第三", "bound"), ("第二", "第三", "differs"), ("two-thirds", "66.4%", "rounds"),
        ("16-24岁", "16至24岁", "stands"), ("数十万", "50.66万名", "rounds"), ("5:1", "10:2", "stands"),
        ("up 5.4%", "下降5.4%", "differs"), ("5.4%", "下降5.4%", "stands"), ("-5.4%", "下降5.4%", "stands"),
        ("增长5%", "增长5.4%", "rounds"), ("增长6%", "增长5.4%", "differs"), ("66.7%", "三分之二", "rounds"),
    ],
)  # fmt: skip
def test_figures_are_compared_with_their_limits(said, known, kind):
    """Rounding is proper or it is none."""
    assert compared(parse_figure(said), parse_figure(known)) == kind


def test_one_long_clause_takes_time_in_proportion(index):
    """A table pasted as one line of four times as many numbers takes less than eight times as long."""

    def spent(count: int) -> float:
        document = read_document("draft.md", " ".join(str(123_457 + 7 * number) for number in range(count)))
        began = process_time()
        assert len(list(verify(index, document))) == count
        return process_time() - began

    assert spent(2_000) < 8 * spent(500)


@pytest.fixture(scope="module")
def changsha(cache):
    """Open the bundled store."""
    return open_index([bundled()], {**os.environ, "XDG_CACHE_HOME": str(cache)})


# a text = the verdicts of its numbers
BUNDLED = """
# a day: of the number, of an event in another clause, of a publication, of the text
On 28 April 2021 the city published 45 measures. = period
The city published 45 measures on 28 April 2021. = period
45条人才政策于2022年6月24日发布。 = period
海归小镇2022年9月13日揭牌，引进海归5642人、项目15个，总投资151亿元。 = stands stands stands
The Returnee Town, unveiled on 13 September 2022, drew 5,642 returnees. = stands
写于2021年3月：截至去年年底，长沙全市有党员50.66万名。 = period
In 2017 alone the city made 1,208,100 payments of rent and living subsidies to graduates. = period
As of 31 December 2019, Changsha's talent pool stood at 2.8 million. = period
By the end of 2022 Changsha's talent pool stood at 2.8 million. = stands
On National Day 2022 Changsha put out 26 rules to implement its talent policy. = period
Changsha signed off 2019 with 506,600 Party members. = period
In the single year 2017 Changsha made 13,600 payments of home-purchase subsidies. = period
Published on 28 April 2020, Changsha's policy for a talent platform contains 45 measures. = period
Published on 28 April 2022, Changsha's policy for a talent platform contains 45 measures. = stands
2022年5月28日发布的人才政策提出45条措施。 = period
4月28日发布的人才政策提出45条措施。 = stands
The policy for a talent platform, which Changsha released on 28 April 2020, contains 45 measures. = period
As long ago as 2015 Changsha's talent pool stood at 2.8 million people. = period
# bullets in one line
• Party members in Changsha at the end of 2022: 506,600 • Party organisations at the end of 2021: 22,300 = period stands
# a region that only says which city is meant, or the scope of a rank
The Hunan capital had 506,600 Party members at the end of 2021. = stands
海归小镇：全国第四个获批城市，海归5642人。 = contested stands
成都人才吸引力指数居全国第十。 = unknown
# a unit that is only understood; a word that limits nothing
Changsha has 506,600 Party members, while its Party organisations number about 22,000. = stands rounds
The Returnee Town will cost 15.1 billion yuan, spread over 33 infrastructure projects. = stands stands
# another place, a word of every fact, other units, a rise
湖南有党员400万名。 = unknown
株洲市的海归小镇引进海归1200人。 = unknown
Beijing has 2.2 million Party members. = unknown
In Zhuzhou the Party had 506,600 members at the end of 2021. = unknown
Principal responsibility under Party leadership has been promoted at 248 hospitals in Changsha. = unit
Changsha is home to 2.8 million skilled people. = stands
香港有2,170個小區，長沙的小區黨支部也是2,170個。 = unknown stands
长沙坐拥两百八十万人才。 = stands
新就业群体分成十大类。 = differs
Changsha is a city of ten million. = unknown
流动党支部达到120个，比去年增加20个。 = stands unknown
Party members rose by 12,000 to 506,600. = unknown stands
The number of new-employment people is 50 lamps. = unknown
Changsha has a Returnee Town. It has drawn 5,642 people. = stands
# what the sentence before or behind says
More than 400,000. That is how many people Changsha's new-employment groups have. = stands
# the other side of a contradiction
海归小镇是全国第四个获批的海归小镇。 = contested
272 "Red Homes", 128 by another count, give riders a rest. = contested contested
# neighbours
2017年以来，全市向120.81万名高校毕业生发放租房和生活补贴，向1.36万人次发放购房补贴5.5亿元。 = unit stands differs
Home subsidies: 13,600 payments, half a billion yuan. = stands stands
Mobile Party branches now number 120. = stands
近两千名干部澄清正名。 = rounds
# two numbers exchanged, and the same two where they belong
海归小镇引进上市公司项目33个，铺排基础设施配套项目15个。 = differs differs
The Returnee Town landed 33 projects of listed firms and lined up 15 infrastructure projects. = differs differs
The Returnee Town landed 15 projects of listed firms and lined up 33 infrastructure projects. = stands stands
# a day of publication behind a comma
争创人才平台的45条措施，是2022年6月24日发布的。 = period
争创人才平台的45条措施，2022年6月24日发布配套实施办法。 = stands
The 45 talent measures, released on 24 June 2022, have seven aspects. = period stands
# people, and what is none
得到澄清正名的不实举报案件有1800余起。 = unit
不实举报1800余件得到澄清正名。 = unit
More than 1,800 untrue reports were cleared. = unit
More than 1,800 officials were cleared. = stands
More than 7,000 individuals were provided with services for skilled people. = unit
Changsha pressed 248 classrooms to put the Party organisation above the principal. = unit
The home subsidies that Changsha has paid since 2017 add up to half a billion yuan. = stands
# years that lie back
泰嘉十多年前落户望城。 = stands
泰嘉十年前落户望城。 = bound
Taijia settled in Wangcheng more than ten years ago. = stands
Exactly ten years ago Taijia settled in Wangcheng. = bound
Two years ago the metro was dug. =
# words that only a synonym has; people that share no word but people
靠新业态谋生的人有40多万。 = stands
Some 150 enterprises may certify scarce talent; so far they have named 191 people. = rounds stands
"""


@pytest.mark.parametrize("row", rows(BUNDLED))
def test_verdicts_on_the_bundled_store(changsha, row):
    """What accuses a number and what does not, where neighbours share their words."""
    text, _, kinds = row.partition(" =")
    assert [kind for kind, _ in verdicts(changsha, text)] == kinds.split()


# Two true drafts of each language, a sentence a line.
DRAFTS = (
    """\
长沙现有党员50.66万名，约占常住人口的5%；
基层党组织2.23万个。
十年来，新建小区党支部2170个，在新兴领域组建党组织685个，推动248所中小学实行党组织领导的校长负责制。
新就业群体分为九大类，超40万人。
全市依托行业协会成立党委8个，平台企业分支机构建立党支部47个，流动党支部120个，管理流动党员3200余人。""",
    """\
人才总量280万人，比2012年翻了一番。
A、B、C、D四类高层次人才2838名；
154家企业自主认定191名紧缺急需人才。
自2017年起，发放租房和生活补贴120.81万人次，购房补贴1.36万人次、5亿元；
支持引智项目309个、资金3490万元。
海归小镇2022年9月13日揭牌，引进海归5642人、项目15个，铺排基础设施项目33个，总投资151亿元。""",
    """\
Changsha's Communist Party counts 506,600 members in 22,300 grassroots organisations.
Over the decade it set up 2,170 branches in housing estates.
It has 3,200-plus migrant members.
272 "Red Homes" — 128 by another count — give riders a rest.
Some 248 schools switched to Party-led principals.""",
    """\
In talent, 2,838 were certified as top-tier (A–D), and 154 firms certified 191 more.
Rent subsidies: 1,208,100 payments since 2017.
Home subsidies: 13,600 payments, half a billion yuan.
Overseas experts: 309 projects, 35 million yuan.
The Returnee Town, unveiled on 13 September 2022, drew 5,642 returnees and 15 projects;
33 infrastructure projects will cost 15.1 billion yuan.
The 45-point policy of April 2022 was followed by 26 implementing rules in June.""",
)


@pytest.mark.parametrize("draft", DRAFTS)
def test_a_sentence_is_judged_the_same_in_its_paragraph(changsha, draft):
    """Neighbours take no number from it and give none."""
    sentences = draft.splitlines()
    paragraph = ("" if "。" in draft else " ").join(sentences)
    alone = [verdict for sentence in sentences for verdict in verdicts(changsha, sentence)]
    assert verdicts(changsha, paragraph) == alone
    assert {kind for kind, _ in alone} <= {"stands", "rounds", "contested", "unknown"}
