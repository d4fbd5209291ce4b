"""Of when the figures of a text speak: its fiscal year, its censuses, its own day, what it compares."""

import pytest

from cs_facts.dates.edtf import parse_period
from cs_facts.texts.document import read_document
from cs_facts.texts.mentions import mentions


def periods(text, published):
    """Return the periods of a text's figures."""
    document = read_document("t.txt", text)
    found = mentions(document, parse_period(published) if published else None)
    return [mention.when.edtf if mention.when else "" for mention in found]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        (
            "Sales for the fiscal fourth quarter ended April 27, 2019 were $5m.\n"
            "For the third quarter of fiscal 2019 they were $4m, and in the quarter $3m were paid.",
            "2019-06-27",
            ["2019-02/2019-04-27", "2018-11/2019-01", "2018-11/2019-01"],
        ),
        (
            "Sales for the third quarter and nine months ended June 30, 2019 rose.\n"
            "For the quarter, profit was $8m compared to $6m in the prior year third quarter.",
            "2019-08-01",
            ["2019-04/2019-06", "2018-04/2018-06"],
        ),
        (
            "Profit for the year ended 31 March 2018 was £5m (2017: £4m).",
            "2018-06-26",
            ["2017-04/2018-03", "2016-04/2017-03"],
        ),
        (
            "Sales in the 10 weeks to 6 July 2014 rose 5%.",
            "2014-07-09",
            ["2014-04-28/2014-07-06"],
        ),
        ("Revenue in the fiscal 2019 third quarter was $9m.", "2019-10-29", ["2019-35"]),
        (
            "The rate was 4% in March, down 2% from February and 3% from one year ago (5%).",
            "2025-04-24",
            ["2025-03"] * 3 + ["2024-03"],
        ),
        ("Stocks were 4 tonnes at the end of March 2019.", "2019-04-22", ["2019-03-31"]),
        (
            "Rates were lower in May than a year earlier in 253 of 372 towns.",
            "2013-07-02",
            ["2013-05"] * 2,
        ),
        (
            "A storm killed 39 people on Wednesday.\nIt left 400 homes without power.",
            "2012-11-09",
            ["2012-11-07", "2012"],
        ),
        (
            "The rate was 64%, unchanged from August.\nIt was 5% last month.",
            "2000-10-06",
            ["2000", "2000-09"],
        ),
        (
            "A study of 90 nurses.\nThey enrolled between 2010 and 2014, researchers said.",
            "2024-11-11",
            ["2010/2014"],
        ),
        ("Rates fell from 35% to just 16% over the past 20 years.", "2014-10-17", ["1994", "2014"]),
    ],
)
def test_english(text, published, expected):
    """Fiscal quarters, weeks, a month before, a year ago, weekdays, studies."""
    assert periods(text, published) == expected


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("完成投资,2021年上半年产值5亿元。", "2021-07-21", ["2021-40"]),
        ("2021年收入5亿元。截至3月29日，有40家店。", "2022-03-30", ["2021", "2022-03-29"]),
        ("截至9月末，存款余额9亿元，同比增长7%。消费价格上涨2%。", "2020-10-28", ["2020-09-30"] * 2 + ["2020"]),
        ("2023年末，有医院38家，比上年增加9家。床位70张。", "2024-08-29", ["2023-12-31", "2023", "2023-12-31"]),
        ("2024年末，牛存栏9头；生猪出栏80头，同比增长4%。", "2025-02-01", ["2024-12-31", "2024", "2024"]),
        (
            "收入从2011年的3亿元增加到2016年的5亿元，年均增长9%。税收从1亿元增加到2亿元。",
            "2017-01-07",
            ["2011", "2016", "2012/2016", "2011", "2016"],
        ),
        (
            "第七次全国人口普查公报\n以2020年11月1日零时为标准时点。\n人口30万人，与2010年第六次全国人口普查相比，增加2万人。",
            "2021-06-03",
            ["2020-11-01", "2010-11-01/2020-11-01"],
        ),
        ("连续三年居全省第二。", "2025-07-25", ["2023/2025", "2025"]),
        ("“十四五”以来，新增企业60家。到2030年，达到90家。", "2025-07-25", ["2021/2025", "2030"]),
        ("十年来，产值突破7万亿元。", "2022-08-30", ["2022"]),
        ("调查显示，六成受访者晚睡。", "2021-03-18", ["2021-03"]),
        ("2010年上海世博会调查\n受访者中40%去过。", "2010-01-20", ["2010-01"]),
        ("2023年国庆档(9月29日至10月6日)票房27亿元。", "2023-10-08", ["2023-09-29/2023-10-06"]),
        ("总投资5亿元的项目计划2026年下半年完工。", "2024-10-26", ["2026-41"]),
    ],
)
def test_chinese(text, published, expected):
    """Half-width commas, stocks and flows, pairs, censuses, plans, surveys."""
    assert periods(text, published) == expected


def test_a_town_described_before_its_figures_are_dated():
    """Prose before the first date takes the text's own year, what follows the date."""
    prose = "The town lies on a river and has a long history. " * 4
    text = f"{prose}It has 7 schools.\nIn 2022 it sold 5 boats.\nIt paid $3m."
    assert periods(text, "2024-09-02") == ["2024", "2022", "2022"]
