"""Of when the figures of a text speak: its fiscal year, its censuses, its own day, what it compares."""

import pytest

from cs_facts.dates.edtf import parse_period
from cs_facts.texts.document import read_document
from cs_facts.texts.mentions import mentions
from making import rows


def periods(text, published):
    """Return the periods of a text's figures."""
    document = read_document("t.txt", text)
    found = mentions(document, parse_period(published) if published else None)
    return [mention.when.edtf if mention.when else "" for mention in found]


# when a text was published | the text, ⏎ the end of a line = the periods of its figures
PERIODS = """
# fiscal quarters, weeks, a month before, a year ago, weekdays, studies
2019-06-27 | Sales for the fiscal fourth quarter ended April 27, 2019 were $5m. ⏎ For the third quarter of fiscal 2019
    they were $4m, and in the quarter $3m were paid. = 2019-02/2019-04 2018-11/2019-01 2018-11/2019-01
2019-08-01 | Sales for the third quarter and nine months ended June 30, 2019 rose. ⏎ For the quarter, profit was $8m
    compared to $6m in the prior year third quarter. = 2019-04/2019-06 2018-04/2018-06
2018-06-26 | Profit for the year ended 31 March 2018 was £5m (2017: £4m). = 2017-04/2018-03 2016-04/2017-03
2025-02-14 | 公司公布了截至2025年1月25日的2025财年第二财季业绩，营收140亿美元，毛利率从去年同期的64.2%升至65.1%。 ⏎
    预计2025财年第三季度营收139亿美元，2025财年营收560亿美元。 ⏎ 本季度订单为3亿美元。 = 2024-11/2025-01
    2023-11/2024-01 2024-11/2025-01 2025-02/2025-04 2024-08/2025-07 2024-11/2025-01
2014-07-09 | Sales in the 10 weeks to 6 July 2014 rose 5%. = 2014-04-28/2014-07-06
2019-10-29 | Revenue in the fiscal 2019 third quarter was $9m. = 2019-35
2024-07-26 | Revenue was $9m in H1 2024. ⏎ Headcount was 500 as at June 30, 2024. Its workforce in Spain stands at 90. =
    2024-40 2024-06-30 2024-06-30
2016-02-23 | Employment rose by 2.3% in the year to Q4 2015. = 2015-36
2016-02-23 | It rose by 9,600 (+0.5%) in Q3 2015, an increase of 8,100 (+0.4%) in Q2 2015. = 2015-35 2015-35 2015-34
    2015-34
2025-06-10 | Early 2025 sees coal on top ⏎ Of the 119 GWh fed in between January and the end of March 2025, half was
    coal. ⏎ “We look to the year 2024 with pride.” ⏎ Gas had 20%. = 2025-01/2025-03 2025-01/2025-03 2025-01/2025-03
2025-02-10 | Nykaa of India made Rs 26 crore in Q3FY25, and Rs 17 crore in the third quarter of FY24. =
    2024-10/2024-12 2023-10/2023-12
2014-07-24 | In June 2014 sales rose by 3.6% compared with June 2013 and by 0.1% compared with May 2014. ⏎ They rose in
    Q2 2014 compared with Q2 2013, by 4.5%. = 2014-06 2014-06 2014-34
2025-02-12 | Stocks rose by 4 million barrels in the week ended Feb. 7. ⏎ Demand fell by 3%. = 2025-02-01/2025-02-07
    2025-02-01/2025-02-07
2026-04-22 | Revenues were $7m in the first quarter of the financial year 2026 (previous year: $9m). ⏎ At $5m, cash was
    in line with the end of 2025. Flows rose to $2m in the reporting period. = 2026-33 2025-33 2026-33 2026-33
2014-07-15 | It was 144 in May 2014, 48.7% below the peak of August 2007 (281.5), the fastest rise since May 2010 (when
    it rose by 11%). = 2014-05 2014-05 2007-08 2010-05
2025-02-10 | Exports doubled to 7 tonnes from April to January. = 2024-04/2025-01 2024-04/2025-01
2020-04-23 | Offences rose to 45,627 for the year to December. ⏎ Robberies rose by 3%. = 2019-01/2019-12 2019-01/2019-12
2006-01-23 | Annual growth during the Plan period (2001-2005) was 11.9%. = 2001/2005
2021-11-15 | 1—10月份，投资9亿元；比2019年1—10月份增长14.0%，其中住宅投资7亿元。 = 2021-01/2021-10 2021-01/2021-10
    2021-01/2021-10
2023-01-11 | 截至2022年底，有39个市。2022年新领证9万人。汽车保有量达3亿辆。 = 2022-12-31 2022 2022-12-31
2022-08-31 | 2022年上半年，深圳、上海的利润率分别为7%、-2%，2021年同期则为5%、4%；去年同期收入6亿元。 = 2022-40 2022-40
    2021-40 2021-40 2021-40
- | 上半年净亏损2亿元 ⏎ 2022年08月31日 21:04 ⏎ 2022年7月2日，店里。图：视觉 ⏎ 2022年上半年收入5亿元。 = 2022-40 2022-40
2016-11-03 | Cargo hit 9 tonnes from January to September 2016. ⏎ It grew from 4 tonnes in 2015 to 6 tonnes this year. =
    2016-01/2016-09 2015-01/2015-09 2016-01/2016-09
2009-08-06 | In the quarter 24,000 lost their jobs. ⏎ There are now 138,000 out of work. Debt had risen by 5% by
    30 June. =
    2009-34 2009-34 2009-06-30
2019-01-08 | Of all exports in 2018 tea made $9m in the July-September 2018 period. ⏎ Coffee rose 8% to $5m, from $4m in
    2017. = 2018-07/2018-09 2018-07/2018-09 2018-07/2018-09 2017-07/2017-09
2020-09-15 | Fewer paid in 2019/20. ⏎ The share fell from 68 per cent to 65 per cent. = 2018/2019 2019/2020
2020-09-24 | It was the most crowded train last autumn. ⏎ The next has a load of 178%. = 2019-23
2025-02-10 | Sales rose 8% in the December quarter (Q3FY25) in India, from Rs 12 crore in the previous quarter. =
    2024-36 2024-35
2025-02-10 | 今年春节期间，接待游客9万人次，同比增长6%。 = 2025-01-28/2025-02-04 2025-01-28/2025-02-04
2006-01-23 | During the 10th Five-Year Plan period it had 9,000 new jobs. = 2001/2005
2023-02-20 | 截至2022年底，汽车保有量3亿辆，占总量的7%，比2021年增加9万辆，增长5%。 = 2022-12-31
    2022-12-31 2022-12-31 2022-12-31
2017-07-25 | Profit was $7m in the first half of 2017. ⏎ It was a record. ⏎ The bank sold $8m of loans in the period. =
    2017-40 2017-40
2022-12-20 | It will spend $9.6 billion over the next five years. = 2023/2027
2009-08-06 | The largest rise since 1988 is a shock. There are 9,000 people out of work. = 2009
2025-04-24 | The rate was 4% in March, down 2% from February and 3% from one year ago (5%). = 2025-03 2025-03 2025-03
    2024-03
2019-04-22 | Stocks were 4 tonnes at the end of March 2019. = 2019-03-31
2012-11-09 | A storm killed 39 people on Wednesday. ⏎ It left 400 homes without power. = 2012-11-07 2012-11-07
2000-10-06 | The rate was 64%, unchanged from August. ⏎ It was 5% last month. = 2000 2000-09
2024-11-11 | A study of 90 nurses. ⏎ They enrolled between 2010 and 2014, researchers said. = 2010/2014
2014-10-17 | Rates fell from 35% to just 16% over the past 20 years. = 1994 2014
# semesters, months without a year, yesterday, weekdays beside their dates, a text without a day
- | Output was 5 tonnes during the second semester of 2024, lower than the 2023 level of 6 tonnes. It posted a 9 percent
    decrement from year-ago level of 7 tonnes. = 2024-41 2023-41 2024-41 2023-41
- | Sales for the third quarter came in at $8m. ⏎ Year-to-date results ⏎ Sales for the nine months ended October 1,
    2023, were $9m. ⏎ Gross profit was $2m. = 2023-35 2023-01/2023-09 2023-01/2023-09
2003-04-30 | During January-March, the load was 5 tonnes. = 2003-01/2003-03
2017-02-02 | There were 601 patients in wards yesterday. ⏎ The HSE counted 471. ⏎ There were 612 in wards on Tuesday,
    January 3, and 602 the following day. = 2017-02-01 2017-02-01 2017-01-03 2017-01-04
2012-04-12 | Crimes fell by 5% in the year to last September. = 2010-10/2011-09
2012-02-21 | Over the last 12 months—January 2011 to January 2012—prices rose by 3%. = 2011-01/2012-01
# half-width commas, stocks and flows, pairs, censuses, plans, surveys
2021-07-21 | 完成投资,2021年上半年产值5亿元。 = 2021-40
2022-03-30 | 2021年收入5亿元。截至3月29日，有40家店。 = 2021 2022-03-29
2024-10-28 | 2024年三季度报告发布。 ⏎ 2024年三季度末，贷款余额9亿元。 ⏎ 分期限看，短期贷款余额5亿元，增长7%。 =
    2024-09-30 2024-09-30 2024-09-30
2020-10-28 | 截至9月末，存款余额9亿元，同比增长7%。消费价格上涨2%。 = 2020-09-30 2020-09-30 2020
2024-08-29 | 2023年末，有医院38家，比上年增加9家。床位70张。 = 2023-12-31 2023 2023-12-31
2025-02-01 | 2024年末，牛存栏9头；生猪出栏80头，同比增长4%。 = 2024-12-31 2024 2024
2017-01-07 | 收入从2011年的3亿元增加到2016年的5亿元，年均增长9%。税收从1亿元增加到2亿元。 = 2011 2016 2011/2016 2011
    2016
2021-06-03 | 第七次全国人口普查公报 ⏎ 以2020年11月1日零时为标准时点。 ⏎
    人口30万人，与2010年第六次全国人口普查相比，增加2万人。 = 2020-11-01 2010-11-01/2020-11-01
2025-07-25 | 连续三年居全省第二。 = 2023/2025 2025
# quarters and halves of firms, a day that goes on, the same time of another year, what something is above
2026-01-15 | 河石Q4财报 ⏎ 河石昨天公布去年第四季財報，單季營收5亿元、全年營收9亿元。 ⏎ 毛利率62%，本季營收將達6亿元。 =
    2025-36 2025 2025-36 2026-33
2025-04-18 | 河县首季产值增长4% ⏎ 去年第三、四季度分别增长3%和5%，今年首3個月出口9亿元。 = 2025-33 2024-35
    2024-36 2025-01/2025-03
2025-08-21 | 集團截至二零二五年六月三十日止六個月內，盈利3亿元，較去年同期之5亿元減少2亿元。 = 2025-01/2025-06
    2024-01/2024-06 2025-01/2025-06
2018-02-21 | 春运前二十日（2月1日-20日）发送旅客9亿人次。 ⏎ 2月20日，全国发送旅客80万人次。其中，铁路10万人次。 =
    2018-02-01/2018-02-20 2018-02-20 2018-02-20
2024-02-16 | 该国去年产值较2022年增长3%。 ⏎ 这低于此前预测的4%。 = 2023 2023
2022-10-09 | 2022年国庆档平均票价41元，低于2021年46元的水平，观众9万人。2019年同期，观众有20万人。 =
    2022-10-01/2022-10-07 2021-10-01/2021-10-07 2022-10-01/2022-10-07 2019-10-01/2019-10-07
2025-07-25 | “十四五”以来，新增企业60家。到2030年，达到90家。 = 2021/2025 2030
2022-08-30 | 十年来，产值突破7万亿元。 = 2022
2021-03-18 | 调查显示，六成受访者晚睡。 = 2021-03
2010-01-20 | 2010年上海世博会调查 ⏎ 受访者中40%去过。 = 2010-01
2023-10-08 | 2023年国庆档(9月29日至10月6日)票房27亿元。 = 2023-09-29/2023-10-06
2024-10-26 | 总投资5亿元的项目计划2026年下半年完工。 = 2026-41
2023 | 2022年统计公报 ⏎ 年末全县人口为9万人。其中，城镇人口5万人。 = 2022-12-31 2022-12-31
2025-02-08 | 某某股份2024年预计净亏5亿元 ⏎ 公告称，本年度亏损约6亿元，较上一年度的约9亿元减少约33%。 = 2024 2024 2023
    2024
2025-03-10 | The rate rose from 2.1% in 1999 to 7.2% in 2020, an increase of 243%. = 1999 2020 1999/2020
2025-03-10 | In 2024 profit was $7m, up 27% from its 2003 performance. 3 parks will open by 2030. = 2024 2024 2030
2025-03-10 | Rates, which peaked at 7% in October 2023, were 6% in May 2024. = 2023-10 2024-05
2025-03-10 | 2024年，工资3亿元，比2005年增长3.3%，居民收入比由2005年的5：1缩小到2.6：1。 = 2024 2005/2024 2005 2024
2025-03-10 | 2024年货运3吨，为2015年以来最低。 = 2024
# dealt out
2020-05-01 | Revenue was $5m and $6m in 2019 and 2018, respectively. = 2019 2018
2023-07 | At May 31, 2023 and 2022, debt was $5m and $6m, respectively. = 2023-05-31 2022-05-31
2014 | The rates in 1990 and 2000 (40 and 42 percent, respectively) are alike. = 1990 2000
2019-08-01 | In the second quarter of 2019 sales were $5m; year-to-date sales were $9m. = 2019-34 2019-01/2019-06
2020-02-01 | Fourth quarter of 2019 profit was $5m, full-year profit $9m. = 2019-36 2019
2023-04-07 | Jobs rose by 30 in March. Over the past 12 months, pay rose by 4%. = 2023-03 2022-04/2023-03
2023-04-07 | Jobs rose by 30 in March, compared with the average gain of 40 over the prior 6 months. = 2023-03
    2022-09/2023-02
2020-05-01 | Sales rose 5% in 2019, compared to a gain of 3% a year earlier. = 2019 2018
2024-08-20 | Sales in the second quarter of 2024 were $5m; a year earlier they were $4m. = 2024-34 2023-34
2014-05-01 | Prices are below the 2011 level of 60. = 2011
2014-05-01 | Rates are at the highest since 2007 (when there were 80 banks). = 2007
2014-05-01 | Output doubled from 5 tonnes in 2011 to 9 tonnes in 2012. = 2012 2011 2012
2019-05-01 | Deaths have declined by 37%, from 90 in 2010 to 60 in 2017. = 2010/2017 2010 2017
2019-06-09 | In May 2019, there were 40, versus 30 at end-June 2018. = 2019-05 2018-06-30
2011-01-05 | Sales fell 3% last year. The year before, they rose 6%. = 2010 2009
2020-04-23 | Claims were 4 million last week, down from 5 million the week before. = 2020 2020
# dates of other things than the figures
2012-05-01 | The mill employs 85 people and opened in 1999. = 2012
2012-05-01 | The mine, which opened in 1999 with 40 people, has 3 shafts. = 1999 2012
2012-05-01 | The law, passed in 2008, covers 30 firms. = 2012
2010-03-02 | It made $9m, ahead of the other, which made $4m in 1997. = 2010 1997
2020-02-04 | Sales in 2019 were $5m. Its shares closed up 4% on the news. = 2019 2020-02-04
2012-02-04 | Since the 11 May 2011 fire, the firm has cut 30 jobs. = 2011-05-11/2012-02-04
2019-06-01 | A poll of 900 voters ⏎ In a poll conducted on 4 May 2019, 60% say yes. In 2018 30% did. ⏎ 40% have none. =
    2019-05 2019-05-04 2018 2019-05
# a paragraph that goes on, an Indian year
2019-06-09 | The rate was 4% in May. ⏎ It said 30 people were asked. = 2019-05 2019-05
2025-12-29 | Growth in FY26 was 5% and sales ₹30 crore. = 2025-04/2026-03 2025-04/2026-03
# elections are no survey
2025-02-13 | The polls of 2024 had 9 electors. ⏎ The share of the young rose to 22%. = 2024 2024
2012-08-26 | The show kept the stage the weekend its rival opened. ⏎ The guests, 900 from 4 towns, were a record.
    = 2012-08-24/2012-08-26 2012-08-24/2012-08-26
2014-04-30 | March boat sales up 4% since May 2013 ⏎ The March figures show a price of $9m. It fell in 12 ports. =
    2014-03 2014-03 2014-03
2015-02-10 | Ferries carried 900 people in 2014. ⏎ Outlook for 2015 ⏎ Fares are expected to rise by 3% in 2015. ⏎ The
    islands led with 70 and grew at double the rate seen in 2013. = 2014 2015 2014 2014
# what is dealt out, what stands before and beside, what is so now, Taiwan’s years
2022-07-15 | 5、6月份价格上涨，分别为5.9%、5.5%。 = 2022-05 2022-06
- | Income for the third quarter was $3m. ⏎ Revenue was $9m, compared to $8m in the third quarter of 2013. = - - 2013-35
2024-05-01 | 2021年和2022年，收入分别为5亿元和6亿元。 = 2021 2022
2022-03-04 | 去年Q4营收57亿元，全年营收193亿元。 = 2021-36 2021
2022-05-16 | 1-4月收入下降9%。从4月数据来看，销售额下降39%。 = 2022-01/2022-04 2022-04
2022-07-15 | 6月份指数由上月的95.6%下降至95.4%。 = 2022-05 2022-06
2022-11-10 | 10月，CPI上涨2.1%；环比上涨0.1%，上月为上涨0.3%。 = 2022-10 2022-10 2022-09
2022-11-10 | 10月PPI同比由上月上涨0.9%转为下降1.3%。 = 2022-09 2022-10
2024-08-20 | 2024年第二季度收入93亿元，环比上季的86亿元回升。 = 2024-34 2024-33
2024-08-20 | 2024年上半年收入5亿元，上年同期为3亿元。 = 2024-40 2023-40
2022-01-20 | 2022年目标为5%以上，与上年的6.5%相比下调。 = 2022 2021
2021-03-24 | 1-2月增长44%，2020年同期下降23%。 = 2021-01/2021-02 2020-01/2020-02
2022-01-22 | 相比2020年全省收入102亿元的水平，2021年收入105亿元。 = 2020 2021
2018-05-21 | 2017年有7人，比上年末增加3人。 = 2017 2017
2022-08-23 | 2022年第二季度收入3亿元。截至6月30日，有38家店。毛利率为10%，而2021年同期为11%。 = 2022-34 2022-06-30
    2022-34 2021-34
2022-01-22 | 2021年收入5亿元，两年平均增长1.4%。 = 2021 2020/2021
2024-01-22 | 去年，公司持续20年居首。 = 2004/2023 2023
2024-05-31 | 7年来，企业加快发展。目前，有4家企业。 = 2024
2022-03-04 | 2021年收入5亿元。公司股价一度跌超12%。 = 2021 2022-03-04
2022-08-04 | 2021年有2家店。 ⏎ 2022年上半年收入5亿元。 ⏎ 此外，有3家店。 = 2021 2022-40 2022-40
- | 2022年8月31日 21:04 ⏎ 2022年7月2日，河边的连锁店。图：河报 ⏎ 店里收入5亿元。 = -
2022-02-01 | 2021年1—11月，投资下降0.6%。 ⏎ 分行业看，教育投资增长5%。 = 2021-01/2021-11 2021-01/2021-11
2024-06-17 | 衛福部統計，112年死亡7724人，較111年的8000人少。 = 2023 2022
2024-06-17 | 有110年歷史的學校有9個班。 = 2024 2024
2021-08-08 | 2021年6月，产量连续4个月居首。 = 2021-03/2021-06 2021-06
2018-05-22 | 2013年到2015年，产量分别为5吨、6吨、7吨。 = 2013 2014 2015
2018-05-22 | 2017年末，有船9万艘，比上年末增加3艘。 = 2017-12-31 2017
2022-12-01 | 截至2022年10月31日，年内累计销量9万台。 = 2022-01/2022-10
2022-12-01 | 2022年第三季度收入3亿元。截至三季度末，短期投资及存款为5亿元。 = 2022-35 2022-09-30
2018-05-22 | 预计到“十三五”时期末，占比将超过5%。 = 2020-12-31
"""


@pytest.mark.parametrize("row", rows(PERIODS))
def test_when_a_figure_speaks_of(row):
    """What writers of any bulletin, release, survey or news say, in English and in Chinese."""
    published, rest = row.split(" | ")
    text, expected = rest.replace(" ⏎ ", "\n").split(" = ")
    assert periods(text, published.strip("-")) == [when.strip("-") for when in expected.split()]


def test_a_town_described_before_its_figures_are_dated():
    """Prose before the first date takes the text's own year, what follows the date."""
    prose = "The town lies on a river and has a long history. " * 4
    text = f"{prose}It now has 7 schools.\nIn 2022 it sold 5 boats.\nIt paid $3m."
    assert periods(text, "2024-09-02") == ["2024", "2022", "2022"]
