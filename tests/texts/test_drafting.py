"""A store drafted from a text: what check and audit say of it, and what it makes of each figure."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_facts.checks import contradictions
from cs_facts.dates.edtf import parse_period
from cs_facts.model import Source
from cs_facts.texts.audit import audit
from cs_facts.texts.document import read_document
from cs_facts.texts.drafting import byline, draft, is_wrapped
from making import rows

BULLETIN = """\
柳街镇2024年统计公报
2025-03-10 柳街日报
2024年，全镇常住人口3.2万人，比上年增长1.5%。其中，女性1.63万人，占常住人口的50.9%。
农林牧渔业增加值78.1亿元，增长3.3%。其中，林业1.8亿元，下降4.5%；渔业7亿元。
镇上新建8家社区食堂，累计服务老人12.6万人次。一家食堂在河边。
小学、初中在校生分别为2100人和980人。预计到2026年将建成停车位600个。
截至2025年2月底，志愿者1800余人，五年来第三次被评为先进。
"""
ENGLISH = """\
Willow Street in 2024
The town had 32,000 residents at the end of 2024, up 1.5% on the year before.
In 2023 there were 31,500 residents (48% of them women), and 12 new shops were opened.
Revenue was $2.5 million, compared to $2.1 million in the same period last year.
"""


def drafted(text, published="2025-03-10", **options):
    """Return the draft of a text with its audit."""
    document = read_document("t.txt", text)
    store = draft(document, Source("paper", "report", {"zh": "T"}, published=parse_period(published)), **options)
    return store, audit(store, store.sources["paper"], document)


def facts_of(text, **options):
    """Return each figure with its unit, period, title and kind."""
    store, _ = drafted(text, **options)
    return {
        fact.figure.printed: (fact.unit, fact.when and fact.when.edtf, *fact.title.values(), fact.kind)
        for fact in store.facts
    }


def facts_and(row):
    """Return the facts drafted from the text of a row, and what the row says of them."""
    text, _, said = row.replace(" ⏎ ", "\n").partition(" = ")
    return drafted(text)[0].facts, said


@pytest.mark.parametrize("text", [BULLETIN, ENGLISH, "第一章\n", "没有数字。", "3\n"])
def test_the_audit_finds_all_of_a_draft_at_once(text):
    """Both ways, whatever the text holds."""
    store, result = drafted(text)
    assert result.problems == ()
    assert all(fact.draft and fact.quote for fact in store.facts)


@given(st.lists(st.sampled_from([*BULLETIN.split("，"), *ENGLISH.split(", "), "3", "、", "——12%", "(5)"]), max_size=8))
def test_whatever_the_text_the_audit_is_content(parts):
    """A law: pieces of texts in any order."""
    store, result = drafted("，".join(parts))
    assert result.problems == ()
    assert not any({*title} & {*"\0\1"} for fact in store.facts for title in fact.title.values())


def test_a_chinese_bulletin():
    """Units, periods carried forward, 其中, 分别, a plan, a rank."""
    assert facts_of(BULLETIN) == {
        "3.2万人": ("person", "2024", "全镇常住人口", "figure"),
        "增长1.5%": ("percent", "2024", "全镇常住人口增长", "figure"),
        "1.63万人": ("person", "2024", "女性", "figure"),
        "50.9%": ("percent", "2024", "女性占常住人口", "figure"),
        "78.1亿元": ("yuan", "2024", "农林牧渔业增加值", "figure"),
        "增长3.3%": ("percent", "2024", "农林牧渔业增加值增长", "figure"),
        "1.8亿元": ("yuan", "2024", "林业增加值", "figure"),
        "下降4.5%": ("percent", "2024", "林业增加值下降", "figure"),
        "7亿元": ("yuan", "2024", "渔业增加值", "figure"),
        "8家": ("establishment", "2024", "镇上新建社区食堂", "figure"),
        "12.6万人次": ("person-time", "2024", "社区食堂服务老人", "figure"),
        "2100人": ("person", "2024", "小学在校生", "figure"),
        "980人": ("person", "2024", "初中在校生", "figure"),
        "600个": ("item", "2026", "建成停车位", "plan"),
        "1800余人": ("person", "2025-02-28", "志愿者", "figure"),
        "第三": (None, "2020/2025", "志愿者被评为先进", "ranking"),
    }


def test_english_prose():
    """A year left out, last year, brackets."""
    assert facts_of(ENGLISH) == {
        "32,000 residents": ("person", "2024-12-31", "Residents of town", "figure"),
        "up 1.5%": ("percent", "2024-12-31", "Growth of residents of town", "figure"),
        "31,500 residents": ("person", "2023", "Residents of town", "figure"),
        "48%": ("percent", "2023", "Share of residents of town", "figure"),
        "12 new shops": ("establishment", "2023", "New shops opened", "figure"),
        "$2.5 million": ("us-dollar", "2024", "Revenue", "figure"),
        "$2.1 million": ("us-dollar", "2023", "Revenue", "figure"),
    }


# a text, ⏎ the end of a line = the titles of its facts
TITLES = """
The firm sold 5,400 cars and paid $3 million for land. = Cars sold by firm / Sum paid for land
The number of guests across the UAE's seven emirates reached 15 million. = Emirates / Guests
The net profit of Hale Ventures -- the parent firm of Nykaa -- came in at $26 million. = Net profit of Hale Ventures
The sum spent in shops increased by 3.6%, in cafes it did not. = Increase of sum spent in shops
It was subdued, with recurring revenues (ARR) declining by 4% to $9 million. = Decline of recurring revenues /
    Recurring revenues
Of suppliers, 48% gave beer to sons, 22% to friends. = Share of suppliers that gave beer to sons / Share of suppliers
    that gave beer to friends
Anticipated decrease in revenues to $7 million (last year: $9 million). = Revenues / Revenues
Oil output was 13.5 million barrels a day. = Oil output
Domestic containerized cargo rose to 9 tonnes. = Domestic containerized cargo
Earnings fell to $3 million, a substantial decrease from $6 million. = Earnings / Earnings
Regions showed improvements in prices; Kent 9%, York 7% and Leeds 5%. = Improvements in prices of Kent / Improvements in
    prices of York / Improvements in prices of Leeds
In May the average mix-adjusted house price was £262,000, with ROE at 23%. = Average mix-adjusted house price / ROE
河石股份2024年财报发布，河石股份大涨。 ⏎ 河石股份公布，
    公司全年收入达113亿元，净利润3亿元；从亚洲地区来看，去年税前利润1亿元。 =
    河石股份收入 / 河石股份净利润 / 亚洲地区税前利润
Production and sales of cars in China totaled 2 tonnes and 3 tonnes, down 5% and 6% month on month, respectively. =
    Production of cars in China / Sales of cars in China / Fall of Production of cars in China / Fall of sales of cars
    in China month on month
Hale plc achieved sales of $90. In the Environmental Services segment, sales amounted to $72. = Sales of Hale plc /
    Sales in Environmental Services segment
Loans rose, whilst deposits rose to $20 million. The income rose 10% on the back of growth in trading. = Deposits / Rise
    of income
Output saw a robust 3.6% increase. = Increase of Output
32% of adults had two risks. = Share of adults with two risks / Risks
The club had 340 members, of whom 12% row. = Members of club / Share of members of club
Exports and imports were $30 billion and $25 billion respectively. = Exports / Imports
Costs were flat and net sales rose 4% in May and 2% in June. = Rise of net sales / Rise of net sales
游客2300万人次，收入180亿元，分别增长12%和15%。 = 游客 / 游客收入 / 游客增长 / 游客收入增长
全市共有學校320所，教師4.5萬人。 = 全市學校 / 全市學校教師
第三季度收入3亿元，上年同期2亿元。 = 收入 / 收入
The firm posted a loss per share of $2.20. = Loss per share of firm
Half of the readers are children. = Share of readers that are children
Some 60% (18) of U.S. towns grew. = Share of U.S. towns that grew / U.S. towns that grew
Exports were $3m in June, an increase of 6% in volume. = Exports / Increase of volume
The town, which has a population of 500, lies low. = Population of town
Unemployment was 5% in Leeds and 6% in York. = Unemployment in Leeds / Unemployment in York
The largest falls in demand were in Leeds (9%), York (8%) and Ayton (7%). = Falls in demand in Leeds / Falls in demand
    of York / Falls in demand of Ayton
Cars made up 8% of exports, 5% of imports. = Share of Cars in exports / Share of Cars in imports
85.6%的受访者表示希望到场。男性占51.7%，女性占48.3%。 = 受访者表示希望到场 / 男性 / 女性
全国有乡镇卫生院33753个，床位150.5万张。 = 全国有乡镇卫生院 / 全国有乡镇卫生院床位
一季度GDP同比增长5.3%，二季度增长4.7%。 = GDP同比增长 / GDP增长
每户2.45人，比2010年的2.91人减少0.46人。 = 每户 / 每户 / 每户减少
学校居全县第三，上升两位。 = 学校居全县排名 / 学校居全县排名上升
食品、衣着和居住价格分别上涨4.4%、4.3%、1.6%。 = 食品价格上涨 / 衣着价格上涨 / 居住价格上涨
Ayton has 53 people in towns and 5 in Upper Beeston. = People in towns of Ayton / People in Upper Beeston
The rates for men (5%), women (4%) and girls (3%) fell. = Rates for men / Rates for women / Rates for girls
Leeds is the third largest city. = Rank of Leeds among largest cities
The number of loans made to firms fell from 60 loans to 50 loans. = Loans made to firms / Loans made to firms
In South Leeds, sales rose by 4%. = Rise of sales in South Leeds
Most growth came in shops, where pay rose by 4%. = Rise of pay in shops
Orders grew in May, reaching 500 units. = Orders
Visitors came from Spain (40%). = Share of Visitors from Spain
Prices remained firm at $4 in June. = Prices
The drug that halts flu rose to $4 in May. = Drug
Pay rose by $3m. At 59%, the cost ratio was low. = Rise of Pay / Cost ratio
The site draws 40% of its 12 million users. = Share of users / Users
Net sales rose 4%. The net result was $3m. = Rise of net sales / Net result
Deficits were $3trn (2% of GDP). = Deficits / Share of GDP
The fleet took delivery of six Airbus A321 aircraft. = Airbus A321 aircraft
Regulatory Tier 1 capital to average assets was 9%. = Regulatory Tier 1 capital to average assets
The crops were maize (22% of sales), hay (16%), and figs (13%). = Share of crops in sales / Share of hay in sales /
    Share of figs in sales
Some 60% of shop owners say they plan to hire, and 25% expect prices to rise. = Share of shop owners that say they plan
    to hire / Share of shop owners that expect prices to rise
Half of nurses reported that pay was too low. ⏎ Still, 12% said it was fair. = Share of nurses that reported pay was too
    low / Share of nurses that said it was fair
Leeds had the highest death rate at 14%, followed by York (11%) and Hull (9%). = Death rate of Leeds / Death rate of
    York / Death rate of Hull
The North saw the lowest price growth with an increase of 0.9%. = Increase of price growth of North
Half of farmers reported high losses, up 5 points from March. = Share of farmers that reported high losses / Increase of
    share of farmers that reported high losses
The highest five-year survival rate was in Leeds at 48%, while the lowest was in York at 41%. = Five-year survival rate
    in Leeds / Five-year survival rate in York
Income was $9m, up $2m from the prior quarter, and up $3m from June 30, 2023. = Income / Increase of Income against the
    prior quarter / Increase of Income against June 30, 2023
Hale Foods plc sold 5 ships. Income was $4m. = Ships sold by Hale Foods plc / Income of Hale Foods
Arden (pop. small) is a state. ⏎ The state has a population of 5,300. ⏎ Arden grew. = Population of Arden
# what is only compared, measured, done or said of what the text speaks of
Fares were $5m, or 7% of sales, down $2m and 30 basis points, respectively. = Fares / Share of Fares in sales / Fall of
    Fares / Fall of share of Fares in sales
Wheat output fell to 90 tonnes from year-ago level of 95 tonnes and the previous year's record of 99 tonnes. = Wheat
    output / Wheat output / Wheat output
Hale made 90 adult arrests, a +20% change from 75 arrests in 2023. = Adult arrests made by Hale / Growth of adult
    arrests made by Hale / Adult arrests made by Hale
Irrigated and rural areas posted a decrease of 2% and 3%, respectively. = Decrease of irrigated areas / Decrease of
    rural areas
GAAP diluted EPS and cash EPS for the first nine months were $3 and $4 respectively. = GAAP diluted EPS / Cash EPS
Leigh Hospital had 43 beds, while York Hospital had 41. = Beds of Leigh Hospital / Beds of York Hospital
By 2pm, the number of guests had fallen to 299, but 226 (75%) were waiting more than nine hours. = Guests / Guests
    waiting more than nine hours / Share of guests waiting more than nine hours / Guests waiting more than nine hours
The tallest mill is Hale Mill, Leigh, Kent, which opened in 1910; 90 m (295 ft) high, with 16 floors, it stands. =
    Height of Hale Mill / Height of Hale Mill / Floors of Hale Mill
Hale Tower, in Leigh, Kent, is the second tallest, at 632 m. = Rank of Hale Tower among tallest / Height of Hale Tower
The area for rice has grown. It has risen to 46 hectares. = Area for rice
Hale Trust invested $40 to help. = Sum invested by Hale Trust
Of those who sail, 73% had a boat, compared with 35% otherwise. = Share of those who sail with boat / Share of those who
    sail with boat
More than half (55%) of nurses who row reported being well. = Share of nurses who row that reported being well / Share
    of nurses who row that reported being well
Birth rate: 41 Death rate: 12 = Birth rate / Death rate
# films and products that earn or cost money, their ranks, and what calls them by what they are
The Long Row sold out. ⏎ The Long Row earned $4m at the box office. The $9m film has reached $7m. = Box office of Long
    Row / Cost of Long Row / Box office of Long Row
Takings fell. The comedy Dry Dock came in fourth place with $3m. = Rank of Dry Dock / Takings of Dry Dock
# regions of one measure
The rice exports grew by 4%. By region, Asia (+5% to +6%) and Peru (+3%) did best. = Growth of rice exports / Growth of
    rice exports of Asia / Growth of rice exports of Peru
Ayton saw the only annual rent fall with a movement of 3%. = Annual rent fall of Ayton
# what a short noun was called in full, and whose area it is
Infant deaths fell to 920. Rents rose to $5. We saw 900 deaths. = Infant deaths / Rents / Infant deaths
Ayton lies low. We like Ayton. ⏎ The district is part of the Upper Leigh Plain, which covers an area of 30 acres, and
    has a population of 800. ⏎ Its population was 900 in 2020. = Area of Upper Leigh Plain / Population of Upper Leigh
    Plain / Population of Ayton
It has a new hall, the Leigh hall (capacity 500). = Capacity of Leigh hall
A net profit of $4m (8% margin). = Net profit / Margin of net profit
Bergen heads the table of ferry calls with 900. = Ferry calls of Bergen
The bank expects rents to grow between 3% and 4%. = Growth of rents
汽车、电气和电力累计增速分别为76.3%、71.9%和36.3%，两年平均增速分别为7.3%、12.1%和3.7%。 = 汽车累计增速 / 电气累计增速 /
    电力累计增速 / 汽车平均增速 / 电气平均增速 / 电力平均增速
制造业增加值增长46.7%，两年平均增长6.9%。 = 制造业增加值增长 / 制造业增加值两年平均增长
细颗粒物浓度为33微克/立方米，同比下降8.3%。 = 细颗粒物浓度 / 细颗粒物浓度同比下降
收入由100亿元减至93亿元，不过环比上季度的86亿略升。 = 收入 / 收入 / 收入
2013-2018年工业增加值平均增速为7.35%。 = 工业增加值平均增速
城乡收入倍差从2.37缩小到1.94。 = 城乡收入倍差 / 城乡收入倍差
# so many tenths of those that do something, a count that was said before, and who comes next
近八成乡镇完成了灌溉目标。 = 乡镇完成了灌溉目标
全省已有29个乡镇公布灌溉目标。 ⏎ 29个乡镇中，三成未达标。 = 全省乡镇公布灌溉目标 / 全省乡镇公布灌溉目标 /
    全省乡镇公布灌溉目标未达标
柳县灌溉率与各方公布的目标相差最大，为2个百分点。 = 柳县灌溉率
东塔是位于河边的新建办公大楼，楼高98米。 = 东塔楼高
毛利率环比提升至13.5%，去年同期为10.9%。 = 毛利率 / 毛利率
旅客量由60多万人次增至目前的90万人次。其中，国内段，日均开行列车51列；老挝段，日均开行列车9列。 = 旅客量 / 旅客量 /
    国内段日均开行列车 / 老挝段日均开行列车
# numerals within a noun, what a change is of where its clause tells too little, shares of a whole, parts of no whole
县城三级医院覆盖率100%，七大类药价涨3%。 = 县城三级医院覆盖率 / 大类药价 / 七大类药价涨
两居室成交占比42.5%，三居室占9%。 = 两居室成交 / 三居室
本地9月租房交易量放缓，环比减少14.6%。 = 本地租房交易量环比减少
茶叶售价上升1%。从产地看，河东茶叶则降2%，河西升3%。 = 茶叶售价上升 / 河东茶叶售价降 / 河西售价升
5月货运量9亿吨，增长3%，增速较上月加快2个百分点，内、外贸货运量分别增长8%和5%，增速分别加快1个和3个百分点。 = 货运量 /
    货运量增长 / 货运量增速较上月加快 / 内贸货运量增长 / 外贸货运量增长 / 内贸货运量增速加快 / 外贸货运量增速加快
8月的租房交易量中，四房式单位占多数，达43%，接着依次是三房式（24%）与公寓式（7%）。 = 四房式单位占租房交易量 /
    三房式占租房交易量 / 公寓式占租房交易量
死亡人口2万人，死亡率为5‰。毛利率62%，营业利润率54%，每股收益9元。 = 死亡人口 / 死亡率 / 毛利率 / 营业利润率 / 每股收益
零售業總銷貨價值按年升百分之5.5，升幅較上月放緩1.1個百分點，鐘錶上升三成一。 = 零售業總銷貨價值按年升 /
    零售業總銷貨價值升幅較上月放緩 / 鐘錶銷貨價值上升
出口年增8%，多過市場預期的6%。 = 出口年增 / 出口多過市場預期
全县新增病例9例，死亡病例3例；投资5亿元，收入6亿元。 = 全县新增病例 / 死亡病例 / 投资 / 收入
对李市长的表现，有四十.八%满意、四十一.五%不满意。 = 李市长的表现满意 / 李市长的表现不满意
河县蛋价由原来的每斤5元涨至6元，国庆档（10月1日至7日）票房9亿元。 = 河县蛋价 / 河县蛋价 / 国庆档票房
网站柳街99.co和河县房网预计，5月有26套住房转手，据统计，连续4个月增长。 = 住房转手 / 住房转手
"""


@pytest.mark.parametrize("row", rows(TITLES))
def test_titles(row):
    """The subject of the clause, what was done, who has it, 分别 across clauses; the script is the text's."""
    facts, titles = facts_and(row)
    assert [title for fact in facts for title in fact.title.values()] == titles.split(" / ")


UNITS = """
The number of shares was 5 million. = shares
Some 60% of counties (1,649) grew; scores of schools closed. = percent county schools
Children under five live 200 miles away. = year-of-age mile
York has 570 people per square mile, 190 last year. = people-per-square-mile people-per-square-mile
Fares were A$750 and ₹90. = au-dollar rupee
In Otago 24 Māori women swam, 16-year-olds above all. = person year-of-age
The hill is 187 m high, the plan ¥3bn in Japan; births plunged to 12,035. = metre yen births
全县诊疗人次95.5亿，近1亿农村贫困人口脱贫，性别比108.9。 = person-time person -
住房价格零增长。 = percent
Flats cost £1,944 per square foot, a share 274 pence. = pounds-per-square-foot penny
It took delivery of six Airbus A321 aircraft. = aircraft
The water had 12 mg/dL of iron and 35 µg/m3 of dust. = mg-dl microgram-per-cubic-metre
粉尘33微克/立方米，收入由100亿元减至上季度的86亿。 = microgram-per-cubic-metre yuan yuan
城乡居民收入倍差缩小到1.94。 = -
Eviction volumes fell by 3% to 979; rates rose by 25 bps. = percent evictions basis-point
Hotel arrivals were 900 in 2023, up 120. = arrivals arrivals
Guns killed 5,000 Latinos: 900 in cars; 800 at home; 40 died at sea. = latinos latinos latinos latinos
Arrivals at all airports reached 71 million. Use by drinkers under 18 rose by half of a percentage point. = arrivals
    year-of-age percentage-point
Oil fell by 606,000 barrels a day; 9 million metric tons. = barrel-per-day tonne
These are: Hill City, 190 cases; Carmen, 55; and Dauis, 53. = cases cases cases
Revenue was €569m, though passenger numbers fell by 1% to 4.36 million. = euro percent -
河县和山县分别高出2.6个、2.5个百分点。 = percentage-point percentage-point
净利润排名从11名下滑至第21名。 = - -
生产力提升百分之一到二，销售额上升百分之5.5，发生交易104宗（或病例9例）。 = percent percent cases cases
网民规模达10亿，增长3549万。 = person person
There were 601 patients on beds in May. ⏎ The lowest figure recorded was 392. ⏎ Hale built 40 housing units. = person
    person housing-units
Its area is 90 sq. mi (230 sq. km), its exports 6 billion U.S. dollars. = square-mile square-kilometre us-dollar
"""


@pytest.mark.parametrize("row", rows(UNITS))
def test_units(row):
    """What a bare number counts is said before or behind it; a place in an order counts no people."""
    facts, units = facts_and(row)
    assert [fact.unit or "-" for fact in facts] == units.split()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("We grow, said Tom Reyes, 52.", ["52"]),
        ("A two-bedroom flat costs $1,950.", ["two"]),
        ("In 2024 we sold 5 cars, the best year since 2015.", ["2015"]),
        ("In the six months ended June 30, 2024, we sold 5 cars.", []),
        ("学校居全县第三，上升2位。", []),
        ("柳街镇2024年统计公报\n一家食堂在河边。", ["一家", "2024年"]),
        ("The five-year survival rate was 48%, 产值两年平均增长6.9%。", []),
    ],
)
def test_what_is_no_count_gets_a_name(text, named):
    """An age, an adjective, an article, dates that no figure has; places in an order count no people."""
    store, _ = drafted(text)
    assert [name.printed for name in store.sources["paper"].names] == named
    assert "person" not in store.units


def test_the_head_of_a_text():
    """Its byline is the author; lines broken by width are told."""
    english = read_document("t", "Title\nBy Maria Holt, The Courier\nText.")
    bylines = {
        "《西港日报》 记者 何敏": "何敏",
        "（本报记者何敏、张三）昨天": "何敏; 张三",
        "(记者  何敏  张三)  记者从市政府获悉": "何敏; 张三",
        "By Maria Holt and Tom Reyes": "Holt, Maria; Reyes, Tom",
        "By Maria Holt, Tom Reyes and Ann B. Lee | News": "Holt, Maria; Reyes, Tom; Lee, Ann B.",
    }
    assert {line: byline(read_document("t", f"标题\n{line}\n正文。")) for line in bylines} == bylines
    assert byline(english) == "Holt, Maria"
    assert is_wrapped(read_document("t", "\n".join(["the harbour handled four million containers and then some"] * 8)))
    assert not is_wrapped(english)


def test_units_are_defined_once_in_both_languages():
    """And no unit that nothing uses."""
    store, _ = drafted(BULLETIN)
    assert store.units["person"] == {"zh": "人", "en": "people"}
    assert {fact.unit for fact in store.facts if fact.unit} == set(store.units)


def test_what_is_left_open_is_noted():
    """分别 of unlike lists, 同期."""
    store, _ = drafted("男生和女生以及教师分别为20人、30人。")
    assert not any("分别" in note for fact in store.facts for note in fact.note.values())
    store, _ = drafted("各校分别为20人、30人。去年同期为10人。")
    assert all(fact.note for fact in store.facts)


def test_drafts_of_one_title_contradict_nothing():
    """Two figures that got one title are two facts until a person says otherwise."""
    store, _ = drafted("每户2.45人，每户2.91人。")
    assert [title for fact in store.facts for title in fact.title.values()] == ["每户", "每户"]
    assert list(contradictions(store)) == []


def test_twins_are_told_apart_by_their_quotes():
    """One figure twice in a paragraph."""
    store, result = drafted("男生20人，女生20人。")
    assert [fact.quote for fact in store.facts] == ["男生20人", "女生20人"]
    assert result.coverage("figure") == (2, 2)


def test_no_quote_begins_within_a_number():
    """However many words before a figure make it occur once."""
    store, _ = drafted("收入增长46.7%，两年增长6.9%；支出增长40.7%，两年增长6.9%。")
    assert [fact.quote for fact in store.facts][1::2] == ["46.7%，两年增长6.9%", "40.7%，两年增长6.9%"]


def test_a_language_may_be_asked_for():
    """Titles are tagged with it."""
    store, _ = drafted(ENGLISH, language="zh")
    assert {tag for fact in store.facts for tag in fact.title} == {"zh"}


@pytest.mark.slow
@pytest.mark.parametrize(("text", "times"), [("党员50.66万名。\n", 10_000), ("党员50.66万名，", 10_000)])
def test_a_text_that_repeats_itself_takes_time_in_proportion(text, times):
    """Ten thousand facts of one title, in as many paragraphs or in one clause."""
    began = process_time()
    store, _ = drafted(text * times)
    assert len({fact.id for fact in store.facts}) == times
    assert process_time() - began < 20
