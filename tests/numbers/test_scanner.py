"""The numbers of a running text, and the ordinary words that only look like them."""

import re
from contextlib import suppress
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_facts.errors import FigureError
from cs_facts.numbers.characters import NUMERALS
from cs_facts.numbers.figures import parse_figure
from cs_facts.numbers.scanner import scan_lines

MARKED = (Path(__file__).parent / "ordinary_words.txt").read_text(encoding="utf-8").splitlines()


def scan(line):
    """Return the numbers of a line."""
    return next(scan_lines([line]))


def tokens(text, *kinds):
    """Return the tokens of a text that are of certain kinds; figures and dates where none is named."""
    return [token for token in scan(text) if token.kind in (kinds or ("figure", "date"))]


def _parsed(figure):
    with suppress(FigureError):
        return parse_figure(figure)
    return None


def printed(text, *kinds):
    """Return the wordings of the numbers found in a text."""
    return [token.printed for token in tokens(text, *kinds)]


@pytest.mark.parametrize("line", MARKED)
def test_no_number_is_missed_and_no_word_is_taken_for_one(line):
    """In a sentence with its numbers marked, exactly those are found, from beginning to end."""
    text = re.sub("[【】]", "", line)
    assert printed(text) == re.findall("【(.*?)】", line)
    assert [text[found.start : found.end] for found in tokens(text)] == printed(text)


def test_many_lines_are_read_as_each_is():
    """In a long text, where patterns are tried at some places only, every line has what it has by itself."""
    text = "\n".join([*MARKED, WRITTEN, LIMITED, LABELS, NO_LABELS, TIMES, LISTS, "想一想，再看一看", "等一等"])
    lines = re.sub("[【】]", "", text).splitlines()
    assert len(text) > 10_000
    assert [*scan_lines(lines)] == [*map(scan, lines)]


# a text = the figures and dates found in it
WRITTEN = """
第十名 前三 首个 首位 = 第十 / 前三 / 首个 / 首位
50.66万名、5亿元、506,600人 = 50.66万 / 5亿 / 506,600
全市１２０家，占５％ = １２０ / ５％
十余年 50多个 40余万 十几万 上千 数百 几十 七八个 = 十余 / 50多 / 40余万 / 十几万 / 上千 / 数百 / 几十 / 七八
10—20岁 3~5个 三至五天 10到20万 = 10—20 / 3~5 / 三至五 / 10到20万
百分之五 5‰ 1/3 三分之一 3:2, ½ = 百分之五 / 5‰ / 1/3 / 三分之一 / 3:2 / ½
半年 一半 过半 双塔 = 半 / 一半 / 过半 / 双
超过了40万 不足3人 约5个 20人以上 三年半 一个多月 = 超过了40万 / 不足3 / 约5 / 20人以上 / 三年半 / 一个多
伍拾元整 三萬 兩個 = 伍拾 / 三萬 / 兩
一點○五兆、五○五七點四億 = 一點○五兆 / 五○五七點四億
三四六億至三五八億、一兆一一二三億 = 三四六億至三五八億 / 一兆一一二三億
五○億、一○一七位，百分之一到二、百分之4.5至5.5 = 五○億 / 一○一七 / 百分之一到二 / 百分之4.5至5.5
有四十.八%，增○.七個百分點，連升9個月，疫情前五九九二萬 = 四十.八% / 增○.七個百分點 / 9 / 五九九二萬
over 300k, 1.2 million and twenty-one = over 300k / 1.2 million / twenty-one
two thirds, a dozen, the 5th, the fourth = two thirds / a dozen / 5th / fourth
卖了5W。粉丝10W,灯泡5W。成功卖了3W,功率65W以上; LED 5W, a bulb of 6W. = 5W / 10W / 5 / 3W / 65W以上 / 5 / 6
售价5W(含税),预算20W以内。微波炉700W。支持120W、67W快充 = 5W / 20W以内 / 700 / 120 / 67
no one said a second time that one of them came at first =
It may rain in May = May
5G, A4 and COVID-19 =
"""


@pytest.mark.parametrize("row", WRITTEN.strip().split("\n"))
def test_every_writing_of_a_number(row):
    """Digits, numerals, ranks, shares, vague numbers and both ends of a range are found, with what limits them."""
    text, _, numbers = row.partition(" =")
    assert " / ".join(printed(text)) == numbers.strip()


# a text = the one figure in it, with all that limits it, whose value, ends and bound follow
LIMITED = """
从来没有低于40万 = 没有低于40万 400000 400000.. at_least | 尚未突破5万 = 未突破5万 50000 ..50000 at_most
不会再超过35% = 不会再超过35% 35 ..35 at_most | 不应当低于35% = 不应当低于35% 35 35.. at_least
还没有到35% = 没有到35% 35 ..35 less_than | 难以突破35% = 难以突破35% 35 ..35 at_most
湖南增长不到75万 = 增长不到75万 750000 ..750000 less_than | 没有过半 = 没有过半 50 ..50 at_most
It isn't more than 35% = isn't more than 35% 35 ..35 at_most | was never below 35% = never below 35% 35 35.. at_least
had never yet been above 35 = never yet been above 35 35 ..35 at_most
did not reach 35% = not reach 35% 35 ..35 less_than | without exceeding 35% = without exceeding 35% 35 ..35 at_most
not much more than 35% = not much more than 35% 35 34..36 about
5 degrees below zero = 5 degrees below zero -5 -5..-5 exact | 7° below freezing = 7° below freezing -7 -7..-7 exact
气温零上5度 = 零上5 5 5..5 exact | 零下一度 = 零下一 -1 -1..-1 exact
利润为–5亿元 = –5亿 -500000000 -550000000..-450000000 exact
a profit of –$5 million = –$5 million -5000000 -5500000..-4500000 exact | 同比：-5.4% = -5.4% -5.4 -5.45..-5.35 exact
growth –5.4% = growth –5.4% -5.4 -5.45..-5.35 exact | 产量5.1%↓ = 5.1%↓ -5.1 -5.15..-5.05 exact
35%, at least = 35%, at least 35 35.. at_least | 35 people max = 35 people max 35 ..35 at_most
£35 upwards = £35 upwards 35 35.. at_least | max. 35 = max. 35 35 ..35 at_most
35 and under = 35 and under 35 ..35 at_most | an estimated 35 = estimated 35 35 35..35 exact
it fell as low as 35% = as low as 35% 35 34.5..35.5 exact
slightly more than 5% = slightly more than 5% 5 5.. more_than | inside 35 days = inside 35 35 ..35 at_most
最多可达5000元 = 最多可达5000 5000 ..5000 at_most | 每人3500元封顶 = 3500元封顶 3500 ..3500 at_most
3500元起 = 3500元起 3500 3500.. at_least | 3500元（含）以上 = 3500元（含）以上 3500 3500.. at_least
3500（不含）以下 = 3500（不含）以下 3500 ..3500 less_than | 五成强 = 五成强 50 50.. more_than
3周内 = 3周内 3 ..3 at_most | 三天之内 = 三天之内 3 ..3 at_most | 250家学校在推动之下 = 250 250 250..250 exact
they number more than 400 = more than 400 400 400.. more_than | puts the number at 128 = 128 128 128..128 exact
8个平台的基础之上 = 8 8 8..8 exact | 全年火灾128起。 = 128 128 128..128 exact | 从3起案件 = 3 3 3..3 exact
远低于35% = 远低于35% 35 ..35 less_than | 3500人之多 = 3500人之多 3500 3500..3500 exact
满5万元 = 满5万 50000 50000.. at_least | 比上年少5万人 = 少5万 -50000 -55000..-45000 exact
骤跌5% = 骤跌5% -5 -5.5..-4.5 exact | 放缓5个百分点 = 放缓5个百分点 -5 -5.5..-4.5 exact
plunged a staggering 25% = plunged a staggering 25% -25 -25.5..-24.5 exact
a 35-point drop = 35-point drop -35 -35.5..-34.5 exact | trimmed by 35 = trimmed by 35 -35 -35.5..-34.5 exact
2.5% below last week = 2.5% below -2.5 -2.55..-2.45 exact | 35% cheaper = 35% cheaper -35 -35.5..-34.5 exact
makes up 35% of it = 35% 35 34.5..35.5 exact | 高于北京的3% = 3% 3 2.5..3.5 exact
the top 35% = 35% 35 34.5..35.5 exact | US $5 million = US $5 million 5000000 4500000..5500000 exact
versus $25,083 = $25,083 25083 25083..25083 exact | dropped just 39.3% = dropped just 39.3% -39.3 -39.35..-39.25 exact
not just 5% = 5% 5 4.5..5.5 exact | 票房破3亿 = 破3亿 300000000 300000000.. more_than
seven months was up = seven 7 7..7 exact | around a third (of all) = around a third None 29.997..36.674 about
减90元 = 减90 -90 -90.5..-89.5 exact | 7折左右 = 7折左右 70 60..80 about
占8成7 = 8成7 87 86.5..87.5 exact | est 44,5% = 44,5% 44.5 44.45..44.55 exact | 每10分7秒 = 10分7秒 607 607..607 exact
1小时8分2秒 = 1小时8分2秒 4082 4082..4082 exact | 3,80,528 units = 3,80,528 380528 380528..380528 exact
less than half of = less than half 50 ..50 less_than
13 billion 942 million = 13 billion 942 million 13942000000 13941500000..13942500000 exact
£10,000 to £19.5m = £10,000 to £19.5m None 10000..19500000 exact | 并非35% = 并非35% | is not 35% = not 35%
没有下降35% = 没有下降35% | not doubled = not doubled
"""


@pytest.mark.parametrize("row", re.split(r" \| |\n", LIMITED.strip()))
def test_a_figure_has_its_signs_and_limits(row):
    """Whatever denies, limits or directs a number, before it or behind, is part of it and of what it says."""
    text, expected = row.split(" = ")
    [token] = (token for token in tokens(text) if token.kind == "figure")
    figure = token.figure
    assert figure == _parsed(token.printed)
    ends = figure and "..".join("" if end is None else f"{end:f}" for end in (figure.low, figure.high))
    assert f"{token.printed} {figure.value} {ends} {figure.bound}" if figure else token.printed == expected


# a text = the labels in it
LABELS = """
Q3, Tier 1 and COVID-19 in Table 2 = Q3 / 1 / COVID-19 / 2 | 第一产业和三次产业 = 第一产业 / 三次产业
一、收入 ① 支出[3] = 一、 / ① / [3] | （一）坚持稳中求进；一是提质，二是增效 = （一） / 一是 / 二是
write to a1@b2.org or see https://c3.org/4 = a1@b2.org / https://c3.org/4
手机207款，电话：0731-88666888，北纬24°38′～30°08′ = 0731-88666888 / 北纬24°38′～30°08′
ISO 9001:2015, version 1.2.3, 24/7 = ISO 9001:2015 / 1.2.3 / 24/7
revenue for the quarter and this quarter = quarter / quarter
MINISO sales(1) of HKEX: 9896; (2) SARS-CoV-2 = (1) / 9896 / (2) / SARS-CoV-2
36 per 1,000 live births, 15 for every 100 females = 1,000 / 100
每千人口3人,每10万人8930人,以女性为100 = 每千 / 每10万 / 100 | 每1,000人,每6個人1宗,每10股 = 每1,000 / 每6 / 每10
三季度增长4.9%, 6% in the third quarter = 三季度 / third quarter
at the Twelfth Congress, the 20th National Party Congress = Twelfth / 20th
第六次全国人口普查,十九届二中、三中全会,第三医院 = 第六次全国 / 十九届 / 二 / 三 / 第三医院
银城中路188号第27至30层,3号楼,12306系统 = 188号 / 第27至30层 / 3号 / 12306
推进“四个辽阳”和“一核两翼” = 四个辽阳 / 一核两翼 | the retailer Five Below = Five
I. Review of the past = I. | 第十四个五年规划即“十四五” = 第十四个五年规划 / 十四五
Articles 3 and 5, pp. 12–15, World War II, Chapter One = 3 and 5 / 12–15 / II / One
Fortune 500, Boeing 737 and a 10-year Treasury note = 500 / 737 / 10-year
First, it rained. Five Below expects more = First / Five | 神舟十三号,1、2及5号码头,一号 = 十三号 / 1、2及5号 / 一号
第一百四十七条,第15条第2款,第3号令 = 第一百四十七条 / 第15条第2款 / 第3号
90后与世界500强,985高校,318国道,双11 = 90后 / 500强 / 985 / 318 / 双11
一、二等奖,III类水质,《谍中谍3》 = 一 / 二 / III / 3
“两新”与“双引擎”,万亿之城,百亿利润俱乐部,翻倍股 = 两新 / 双引擎 / 万亿 / 百亿 / 翻倍 | 三级网络,大1型水库 = 三级 / 1
three-month sales of the third and final film = three-month / third | in the past three quarters = quarters
去年, last year = 去年 / last year | 九龍倉與四川,每斤6角一斤 = 九龍倉 / 四川 / 一
利东一、二选区,84M线,中华巴士96、97和98,国道222线 = 一 / 二 / 84M线 / 96、97和98 / 222线
国际标准书号 1-893777-00-6 = 1-893777-00-6
生成3-MCPD, a 2FA code and 7945HX3D, the half-year report = 3-MCPD / 2FA / 7945HX3D / half-year
乔治四世,小五郎,第八航空軍,标普500指数,铁路12306首次 = 四世 / 五郎 / 第八航空軍 / 500 / 12306
中共十四大报告,十四届常委会,第四次“一带一路”建设工作座谈会 = 十四大 / 十四届 / 第四次“一带一路”建设工作座谈会
Tel.: +49 30 208476524, 138 0013 8000; and (2) it rose = +49 30 208476524 / 138 0013 8000 / (2)
（１）巴拿马（２）牙买加,“一单制”,第二、第三届 = （１） / （２） / 一单制 / 第二 / 第三届
(2015)惠城法刑二初字第495号,该“法”第23条,第三章 = (2015)惠城法刑二初字第495号 / 第23条 / 第三章
安踏（02020.HK）的男子4X100米、50米自由泳 = 02020.HK / 4X100 / 50
iPhone 15 Pro（256GB）与8GB/256GB,“1612”体系,“雄才十六条” = 15 / （256GB） / 8GB/256GB / 1612 / 十六
15分钟生活圈,百亿级项目,七普,人大二次会议,第十五次党代会 = 15分钟 / 百亿级 / 七普 / 二次 / 第十五次党代会
“6轴7廊8通道”,一二三四线城市,30元看一部电影 = 6轴7廊8通道 / 一二三四 / 一
one-child policy every 15 minutes, 2Q sales, ten-year bonds = one-child / 15 minutes / 2Q / ten-year
the 1H revenue,一等座 = 1H / 一等座
7×24小时,4A级3家,“两个毫不动摇”,一县一业,两个一百年 = 7×24 / 4A / 两个毫不动摇 / 两个一百年
70 per 100,000 and 3 per 100 000, SDG 3, USB 3.2, the first phase = 100,000 / 100 000 / 3 / 3.2 / first
Frozen 2 topped it, Saw 3 (a film), PR 08/14, ISIC Rev.3, two-wheelers (2Ws) = 2 / PR 08/14 / 3 / two-wheelers / 2Ws
five-year survival, a two-week total, the second dose = five-year / two-week / second
90 后与早发性2型糖尿病,“双 11”912亿 = 90 后 / 2 / 双 11
十大品牌与中亚五国,89楼展厅,“2+26”城市,618大促,周一明认为,M2余额 = 十大 / 五国 / 89楼 / 2+26 / 618 / M2
三房式与七奈米,「三率齐升」,99.co,价格两涨五降,《前任4：归来》 = 三 / 七 / 三率齐升 / 99 / 两涨五降 / 4
十一人制足球 = 十一
“六五”环境日,三年行动,百城房价,「101」這個名稱,台北101 = 六五 / 三年 / 百城 / 101 / 101
MI 61-101, Case 2: Trillion Energy, 《詩篇》93:1, 96:10, COP28 = MI 61-101 / 2 / Trillion / 93:1, 96:10 / COP28
"""


@pytest.mark.parametrize("row", re.split(r" \| |\n", LABELS.strip()))
def test_labels_count_nothing(row):
    """Numbering, names, codes and addresses are told by their form."""
    text, _, labels = row.partition(" =")
    assert " / ".join(printed(text, "label")) == labels.strip()


# a text = the figures in it
NO_LABELS = """
to 15000 people of 2000 homes = 15000 / 2000 | US 20000 people, Ohio (12), Texas (5) = 20000 / 12 / 5
“三成”与“五百人” = 三成 / 五百 | 第一家医院,第二大公司 = 第一 / 第二
nine people and more than 800 = nine / more than 800
at least 12 are missing and over a dozen = at least 12 / over a dozen
from 26.6 trillion yuan to 51.9 trillion yuan = 26.6 trillion / 51.9 trillion
12 5 100 of a row, June 5 200 people = 12 / 5 / 100 / 200 | rose from 5 to 8, a CI of 1.2-3.4 = 5 / 8 / 1.2-3.4
“2015 中国青年”,共有3型产品,2015 家企业 = 3 / 2015
连续九年增长,住过七年。 = 九 / 七 | Building 500 homes, Order 20, the DAX at DAX 15600 = 500 / 20 / 15600
误差为±3%,正负4.3% = ±3% / 正负4.3% | 占比近半,不到10元,近半年 = 近半 / 不到10 / 近半年
-- over 12 million; 0.88% from two or more races = over 12 million / 0.88% / two or more
市、县、乡三级,大风、雷暴两类 = 三 / 两 | 过去4万亿之城 = 4万亿 | he ran 100m past 2.8m people; 身高2m = 100 / 2.8m / 2
5个亿元项目,12m-15m users = 5 / 亿 / 12m-15m | under 7 headings, two-year-olds = 7 / two
比2210万增长了13.6% = 2210万 / 增长了13.6% | 很少超过32℃,当前50家,税前5亿元 = 超过32℃ / 50 / 5亿
exports - up 3% - and a drop from $92 to $75 = up 3% / $92 / $75
地铁12公里,三台机器,陈男(35)与友人,the twenty-first = 12 / 三 / 35 / twenty-first
over 2000 agencies, 五百五十年间, 持续超过1月, 超过2020年的5% over 2019 = over 2000 / 五百五十 / 超过1 / 5%
公交300辆,第3条地铁,第三次会见,三好五个,（16:9） = 300 / 第3 / 第三 / 三 / 五 / 16:9
a quarter of them, one and two, a prototype 12m dish = a quarter / one / two / 12
the second-largest, 10st 5lb = second / 10 / 5 | 12GB+256GB 5000mAh,前三甲,three months = 12 / 256 / 5000 / 前三 / three
全国GDP5.5%,Eight Party committees have been founded = 5.5% / Eight
one-third, a decades-old one; the remaining third = one-third / third | 指数涨10点至20点,第3点 = 涨10点至20点 / 第3
“3年5个月”,“新增三条”,二、三普通,a one-mile run, one-third = 3 / 5 / 三 / 二 / 三 / one / one-third
新建一座大桥,提供一项服务,用五年建成,一名学生 = 一 / 一 / 五 / 一
$28.5 billion to 100,000 restaurants, 过半小时 = $28.5 billion / 100,000 / 半
from 3% to 5% of; ranging from 3% to 5%; first quarter = 3% / 5% / 3% to 5% | 流量20GB/30GB,男子一百人 = 20 / 30 / 一百
全市GDP9602.72亿元,“三成”,共3楼,案件5起,上百城市 = 9602.72亿 / 三成 / 3 / 5 / 上百
a second weekend in just one day; 2 million and 3 billion; In 1200 schools = second / one / 2 million / 3 billion / 1200
数以万计,人口翻了一番,每升8.5元,2009一 = 数以万计 / 翻了一番 / 8.5 / 2009 / 一 | 气温降至零下,起降2.3万架次 = 2.3万
net debt at end March 2 million euros; spread over 33; up 2%, from 3m to 4m = 2 million / 33 / up 2% / 3m / 4m
36.7 million [34.0 million–39.8 million] people = 36.7 million / 34.0 million–39.8 million
"""


@pytest.mark.parametrize("row", re.split(r" \| |\n", NO_LABELS.strip()))
def test_a_figure_is_no_label(row):
    """What only looks like a name, an address or a date is a figure: in doubt a number is shown."""
    text, _, figures = row.partition(" =")
    assert " / ".join(printed(text, "figure")) == figures.strip()


def test_idioms_are_told_from_numbers():
    """Ordinary words that contain a numeral are idioms, unless they count: ten minutes, half as much again."""
    assert printed("一般十分满意,十分钟翻一番; no one said a second time; first-time donors", "idiom") == [
        "一般",
        "十分",
        "no one",
        "a second",
        "first-time",
    ]


def test_what_is_told_as_one_counts_nothing():
    """一 before what a report tells of, and the first of what is no row, are idioms."""
    assert printed("满300元减90元、满600元减180元", "figure") == ["满300", "90", "满600", "180"]
    text = "一项大规模的研究显示,卫生部的一份声明,在北京一家私企任职,一个高素质人才应该,第二天,半条命"
    assert printed(text, "idiom") == ["一项", "一", "一", "一", "第二天", "半条命"]
    assert printed("一学就会,一茬接着一茬,一等座,社零", "idiom") == ["一", "一茬接着一茬", "社零"]
    text = "the first of its kind, was first introduced, the first to ask; one netizen said; its first film"
    assert printed(text, "idiom") == ["first of its kind", "first", "first", "one", "first"]


# a text = the times in it
TIMES = """
23点以后,22点至23点入睡,8点多了 = 23点 / 22点至23点 / 8点
这十年,黄金十年,五年时间里,十年人口增量,过去几个月 = 十年 / 十年 / 五年 / 十年 / 过去几个月
今年一季度与一季度 = 今年一季度 | 1至7月,零点,9M 2022 in the 9th century = 1至7月 / 零点 / 9M 2022 / 9th century
Q3FY25 sales and the third quarter of FY24 = Q3FY25 / third quarter of FY24
Q3/2023 sales, AD 400; the prior two months = Q3/2023 / AD 400 / prior two months
at 30June2025, from 1-9/2025 and the UAE's 2023 GDP = 30June2025 / 1-9/2025 / 2023
over the last year and over the past year = last year / past year
in the first half of last year = first half of last year
Q3 of last year and May this year = Q3 of last year / May this year | ANNUAL REPORT 2024 (2001 census) = 2024 / 2001
over the past four and a half years = past four and a half years
in five decades, next few years = five decades / next few years | the first eight weeks of the year = first eight weeks
the March data, August sales and its May survey, since at least 1994 = March / August / May / 1994
goes back to 1270; 2012 was the best; we kick off 2024. The 2011 earthquakes = 1270 / 2012 / 2024 / 2011
臺灣112年與107至110年,9、10月 = 112年 / 107至110年 / 9 / 10月 | 两年平均,三年平均 = 两年 / 三年
It fell; 2010, 2015 and 2020 were good; 1999, when it rose = 2010 / 2015 / 2020 / 1999
in the five years to 2006; 10,000 years ago = five years / 2006 / 10,000 years ago
"""


@pytest.mark.parametrize("row", re.split(r" \| |\n", TIMES.strip()))
def test_a_span_or_an_hour_is_a_date(row):
    """What counts years up to now and what tells the time of day are dates."""
    text, _, times = row.partition(" =")
    assert " / ".join(printed(text)) == times.strip()
    assert {token.kind for token in tokens(text)} == {"date"}


# a text = the values of its figures
LISTS = """
分别下降1.7%、1.8%、10.8%,其中两项为3%和4% = -1.7 -1.8 -10.8 2 3 4 | 分别下降0.1、0.2和0.3个百分点 = -0.1 -0.2 -0.3
增加5人、3人和2家 = 5 3 2 | fell 1.7% and 1.8% respectively; rose 3% and 4% of = -1.7 -1.8 3 4
跌10點或0.1%, down $14.84 or 41.83% = -10 -0.1 -14.84 -41.83 | fell 17 cents, or 0.5 percent = -17 -0.5
"""


@pytest.mark.parametrize("row", re.split(r" \| |\n", LISTS.strip()))
def test_the_changes_of_a_list_have_one_direction(row):
    """What follows a change in a list, in the same unit, rose or fell as that did."""
    text, _, values = row.partition(" =")
    found = [token.figure for token in tokens(text)]
    assert [figure.value for figure in found] == [Decimal(value) for value in values.split()]
    assert all(figure.form == "change" for figure in found if figure.value < 0)


@pytest.mark.parametrize("text", ["operating loss was $(0.21) million", "5b people", "margin of (3.1%)", "1e5"])
def test_a_figure_without_a_reading_is_open(text):
    """What cannot be read is a figure all the same."""
    assert [token.figure for token in tokens(text)] == [None]


@given(st.text(f"{NUMERALS}第前首半双余多几个年月日第百姓统般些分之 0123456789,.-/:%aone年", max_size=40))
def test_numbers_lie_in_order_and_apart(text):
    """In any text the numbers found are pieces of it, not empty, in order, and none reaches into the next."""
    found = scan(text)
    assert all(one.figure == _parsed(one.printed) for one in found if one.kind == "figure")
    assert [text[one.start : one.end] for one in found] == [one.printed for one in found]
    assert all(one.start <= one.core[0] < one.core[1] <= one.end for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


WORDS = """
没有 不 未 超过 低于 至少 达到 到 零下 零上 负 - – 约 略 多 少 比 下降 了 为 5 3.5 7% 三 一半 过半 翻倍 三分之一 个
人 度 以上 内 起 强 （含） 、 和 至 ~ ， 的 ↓ 块 角 ± 前 第 万 几 百分之 not_ n't_ never_ above_ less_than_ up_to_
about_ slightly_ as_low_as_ fell_ by_ to_ from_ and_ –5_ $5_ 5m_ half_ twice_ a_third_ percent_ -point_drop_
below_zero_ max._ people,_ of_ one_in_a_million_
"""


@given(st.lists(st.sampled_from([word.replace("_", " ") for word in WORDS.split()])))
def test_any_row_of_words_is_read(words):
    """No row of the words that limit numbers makes the scanner or the parser fail."""
    text = "".join(words)
    assert all(one.end <= other.start for one, other in pairwise(scan(text)))
    _parsed(text)


DENIED = {"超过 高于 above exceeding": "at_most", "低于 少于 below": "at_least", "至少 at_least": "less_than"}


@pytest.mark.parametrize(("limits", "bound"), DENIED.items())
@pytest.mark.parametrize(
    "denial", ["没有", "未曾", "不会再", "不应当", "never ", "not yet ", "cannot be ", "hasn't been "]
)
def test_a_denied_limit_is_the_opposite(denial, limits, bound):
    """Whatever denies a limit turns it round: not above is at most."""
    for limit in limits.split():
        if limit.isascii() == denial.isascii():
            [token] = tokens(f"{denial}{limit.replace('_', ' ')} 35%")
            assert (token.figure.bound, token.start) == (bound, 0)


@given(st.lists(st.integers(0, 10**9).map(str) | st.integers(1000, 10**9).map("{:,}".format), max_size=6))
def test_every_arabic_number_is_found(numbers):
    """Whatever digits stand between ordinary words, each number is found whole."""
    assert printed("，一般有".join(["", *numbers, ""])) == numbers


@pytest.mark.parametrize("sign", ["壹", "玖拾", "万", "1,", "一", "百分之"])
def test_a_row_of_numerals_takes_time_in_proportion(sign):
    """Ten thousand numerals in a row are looked through at once."""
    began = process_time()
    scan(sign * (10_000 // len(sign)))
    assert process_time() - began < 1
