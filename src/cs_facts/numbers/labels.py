"""Patterns for numbers that count nothing: addresses, codes, numbering and footnotes, and listed names and idioms.

Where a pattern has a group, only the text of the group is the label and the rest its context. ``data/idioms.txt`` lists
ordinary words and names with a numeral (一般, 第一产业, a second); it is read when a text is first scanned.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Literal

from cs_facts.numbers.characters import COUNTERS, NUMERALS, ORDINALS
from cs_facts.numbers.grammar import COMPARING, TERMS
from cs_facts.numbers.limits import ROLES
from cs_facts.text import sections

if TYPE_CHECKING:
    from collections.abc import Iterable


_FLAGS = re.VERBOSE | re.IGNORECASE | re.ASCII | re.MULTILINE
_HAN = "(?-i:[\u4e00-\u9fff])"  # case-insensitive, it takes three times as long to compile: 20 ms in all
_NUMERAL = "[一二三四五六七八九十]"
_NTH = r"第(?:[一二三四五六七八九十百零]{1,6}|\d{1,4})"
_DEGREES = r"""\d{1,3}(?:\.\d+)?(?:°|度)?(?:\d{1,2}[′'分](?:\d{1,2}(?:\.\d+)?[″"秒])?)?"""
_CODES = (word for word, role in ROLES.items() if role == "currency" and re.fullmatch("[a-z]{3}", word))
_MONEY = "|".join(("US", "HK", "NT", "(?-i:Rs|K?Sh|Tk)", *map(str.upper, _CODES)))
_UNITS = (
    "(?:[KMGT]?(?:Wh?|B|Hz|HZ|VA|V|J|Pa|PS)|MM|CM|DM|KM|KG|ML|AM|PM|CE|BC|AD|BCE|KN|LB|OZ|FT|PSI|RMB|USD|RPM|MPH|CC|HP|MG"
    "|TH|ST|ND|RD|TEU|DWT|[MGT]WH)"
)

_SURNAMES = (
    "王李张刘陈杨赵黄吴徐孙朱马胡郭何罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎潘杜戴夏钟姜范方谭廖邹熊"
    "陆郝孔崔康毛邱秦侯邵孟武乔贺赖龚"
)

# Labels that may look like dates and so are matched first: links, addresses, telephone numbers, coordinates, standards.
ADDRESSES = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        r"(?<![\w.+-])[\w.+-]{1,64}+@[\w-]+(?:\.[\w-]+)+",
        r"(?:https?://|www\.)[!-~]+|\b10\.\d{4,9}/[!-~]+",
        rf"""(?:电话|热线|拨打|传真|手机|联系方式|邮编|QQ|微信|\b(?:WKN|Phone|Fax|Call|ISBN|ISSN|DOI|FIPS|code|国际标准书号)\b|Tel\b)
            [.:号码为是 ]{{0,4}}
            (\+?\(?\d[\d() -]{{1,18}}\d)(?![\d万亿千百%{COUNTERS}]|[.]\d)""",
        r"""(?=[\d+(])(?:(?<![\d.,(-])(?:\+\d{1,3}[ -])?(?:\(\d{3}\)[ ]?|\d{3}-)\d{3}-\d{4}(?![\d-])
            |(?<![\d.,-])0\d{2,3}-\d{7,8}(?![\d-])
            |(?<![\d.,-])\+\d{1,3}(?:[ -]\(?\d{1,5}\)?){1,4}[ -]\d{3,9}(?![\d-])
            |(?<![\d.,])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)
            |(?<![\d.,-])\d{1,5}(?:-\d{1,7}){2,3}-[\dX](?![\w-])
            |(?<![\d.,-])[48]00-\d{3,4}-?\d{3,4}(?![\d-]))""",
        rf"""(?<![\d.])\d{{1,3}}(?:\.\d+)?°[ ]?(?:\d{{1,2}}(?:\.\d+)?[′'’][ ]?(?:\d{{1,2}}(?:\.\d+)?[″"”])?)?
            [ ]?[NSEW]\b
            |(?:[东西]经|[南北]纬){_DEGREES}(?:[-–—~～至]{_DEGREES})?""",
        r"(?<![A-Za-z\d])(?:[NM]I[ ](?=\d+-\d)|GB|ISO|IEC|IEEE|RFC|ASTM|DIN|EN|ASC|ASU|IFRS|IAS)"
        r"(?:/[A-Z]+)?[ -]?\d+(?:[.:]\d+)*(?:[-–—]\d+)*"
        r"|[〔\[(][12]\d{3}[〕\])](?:[\u4e00-\u9fff]{1,8}\d{0,4}[\u4e00-\u9fff]{0,8}?第?)?\d+号",
        # houses, rooms, floors, buildings, and other numbered things before a noun: 3号楼, 一、二号码头
        rf"""(?=[\d第地A-Z一二三四五六七八九十])(?:(?<=[路街道巷弄里])\d{{1,5}}(?:[-–—、]\d{{1,5}}){{0,5}}号
            |(?:第|(?<!有)地[下上])\d{{1,3}}(?:(?:至|到|[-–—、])第?\d{{1,3}}){{0,5}}层
            |(?:(?<=[路街道巷弄里镇村楼])|(?<=大厦))[A-Z]?\d{{1,4}}(?:室|弄)
            |(?<![月第\d\0一二三四五六七八九十百])(?:\d{{1,4}}|{_NUMERAL}{{1,3}})
            (?:[、,和及与至-](?:\d{{1,4}}|{_NUMERAL}{{1,3}})){{0,5}}(?:[(][东南西北中][)])?号
            (?={_HAN}(?<![至到起前后晚早上下凌中的在以之和与是召])))""",
        r"(?<![\d.])(?!(?:19|20)\d\d\.\d\d?\.\d\d?(?![.\d]))(?!\d\d?\.\d\d?\.(?:19|20)\d\d(?!\.?\d))"
        r"\d+(?:\.\d+){2,}(?![\d.%])",
        # a footnote mark before a year: 订单3 2022年
        rf"(?:(?<={_HAN})|(?<=[A-Z)?])(?<!Q))\d[ ]?(?=20\d\d[ ]?年)(?<!第.)",
    )
)

# An amount in brackets where an aside cannot stand; it may be negative, so it is a figure without a value.
BRACKETED = re.compile(
    r"""([$¥€£][ ]?\(\d[\d,.]*\)(?:[ ](?:thousand|million|billion)\b)?)
    |\b(?:was|were|is|of|to|at|vs\.?|versus|by|from)[ ](\([$¥€£]?\d[\d,.]*%?\)(?:[ ](?:thousand|million
    |billion)\b)?)""",
    _FLAGS,
)

# Powers and prefixes of units are not numbers: km2, 千瓦.
POWERS = re.compile(r"(?<=[kcdm/ ²\d]m)[23](?![\da-z])", re.IGNORECASE | re.ASCII)
PREFIXES = re.compile(r"千(?=[米克瓦卡赫帕伏焦])|兆(?=[瓦赫帕欧字比])|百(?=帕)")


def _by_first(patterns: Iterable[str]) -> list[tuple[str, str]]:
    """Join alternatives that share a first character, and pair them with it, so that a search can skip most of them."""
    families = groupby(sorted(patterns, key=itemgetter(0)), key=itemgetter(0))
    return [(first, f"{first}(?:{'|'.join(pattern[1:] for pattern in family)})") for first, family in families]


def _any_of(words: Iterable[str]) -> str:
    return "|".join(pattern for _, pattern in _by_first(words))


_ORDINAL = _any_of(ORDINALS)
_SMALL = "One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten"
_VERBS = """is|was|has|had|expects|says|said|plans|reports|reported|sells|operates|owns|offers|opens|opened|posts|posted
|announces|announced|sees|aims|provides|makes|raises|raised|beats|cuts|names|named|anticipates|believes|continues
|intends|estimates|remains|serves|holds|leads|launches|launched|closes|closed|topped|earned|enjoyed|grossed|took"""
_ROMAN = r"(?=[IVX]+\b)X{0,3}(?:IX|IV|V?I{0,3})\b(?<=[IVX])"
# Numbered things; those that must have a capital, as the word may otherwise be a verb or be counted; and series whose
# members differ by number.
_THINGS = """tier phase level type class grade chapter section table figure fig\\. note item article page p\\. pp\\.
appendix annex rule exhibit series room route highway interstate part step version generation scope stage box footnote
paragraph option schedule sec\\. art\\. vol\\. volume issue chart lot zone line week day gate terminal flight unit
pillar equation ref ref\\. reference season episode postcode"""
_CAPITALS = """SDG Goal Target Indicator Title Year Category Channel Radio Platform Apt Suite Floor Pier Studio Act
Scene Exit District Ward Precinct Division Group Pool Game Round Model Mark Resolution Amendment Decree
Case Tip Lesson Myth Question Example Experiment Study Trial Problem Scenario Plan Option Theorem Lemma
Corollary"""
_SERIES = """Wi-Fi USB RTX GTX HDMI Bluetooth
Boeing Airbus iPhone iPad Windows Fortune Inc\\. S&P FTSE Nasdaq Russell Nikkei DAX CAC CSI STOXX Stoxx
Formula Apollo Voyager Artemis Dow Forever PlayStation Xbox Galaxy Python Android iOS Falcon Soyuz Pixel Ferrari
Peugeot Expo Mach FIFA"""
_NUMBERED = _any_of(_THINGS.split()) + (
    rf"|(?-i:{'|'.join(_CAPITALS.split())}|(?:{'|'.join(_SERIES.split())})(?=[ ]\d{{1,4}}\b))"
)
_TITLED = _any_of(word.title() for word in (_THINGS + " " + _CAPITALS).split() if word.isalpha())
_NUMBER = r"\d+(?:[.-]\d+)*[a-z]?\b"
_NO_COUNT = r"(?![ ]?%|,\d|\.\d|[ ](?:million|billion|percent|people)\b)"

# Words that are not the title of something before a number.
_NO_TITLES = """Th About Around Nearly Almost Under After Other Every Another While Since Until Between Among Only Over
With Some Last First Next Just From Into"""

# Labels that are matched after dates.
_ENGLISH = (
    # words of letters and digits: COVID-19, A4, H5N1, Q3, PM2.5; but not money (RMB300), 5kg, 27th or 300k
    rf"""(?<![A-Za-z0-9.-])(?=[A-Za-z-]+–?\d)(?!(?:{_MONEY}|GDP|GNP|CPI|PPI|PMI|GMV)[ ]?\d)
        (?![A-Za-z]{{1,3}}\d[\d,.]*[ ](?:[mbtr]+illion|crore|lakh)\b)
        (?!(?:[kcmd]?m|ft|mi)[23](?![\da-z])|(?:over|under|mid|age|aged
        |top)-|top\d|(?:[mbtr]+illion|thousand|hundred)[-–])(?:[A-Za-z]+-)*[A-Za-z]{{1,12}}[-–]?\d+(?:[.-]?[A-Za-z0-9]+)*
        (?![A-Za-z0-9]|\.\d|[ ]?%|[千百]?[万亿])""",
    r"(?=\d)(?:(?<![\d.])(?<!\d,)(?:\d{1,2}[GD]|(?-i:[1-4][QH])|[1-5]A(?=级|景区))(?![A-Za-z])(?!-?\d)"
    rf"|(?<![\d.$£€¥])(?<!\d,)(?-i:\d-?(?!(?:{_UNITS}|{_MONEY})\b)[A-Z]{{2,4}}\b|\d{{2,5}}[A-Z]{{1,3}}\d[A-Z\d]*\b)(?!-?\d)"
    r"|(?<![\d.,])[48]K(?=\s?(?:video|TV|display"
    r"|resolution|超高清|高清|电视|视频|屏|分辨率))|(?<![\d.-])(?<!\d,)(?:24[/-]7|7[x×*]24)(?!\d|\.\d)|\b(?:10|8|6|20)-[KQF]\b|(?<!\d)40[13]\([bk]\)"
    r"|\b7-Eleven\b|\b(?-i:3M)(?=[ ]Company|公司))",
    # the Twelfth National People's Congress, the Five-Year Plan, the retailer Five Below, 20th Street, Group of Seven
    rf"""(?-i:(?=[A-Z\d])(?:(?:{_any_of(word.title() for word in ORDINALS)})
        (?=[ ](?!Quarter|Half)[A-Z])|(?:Five|Ten)-Year(?=[ ][A-Z])
        |(?<=[a-z,][ ])(?:{_SMALL})(?=[ ][A-Z])
        |(?:(?<=Group[ ]of[ ])|(?<=\bBig[ ]))(?:{_SMALL})\b
        |(?:^|(?<=[.”"][ ]))(?!One)(?:{_SMALL})(?=[ ](?:[A-Z][a-z]*(?<!s)[ ])*[A-Z][a-z]*(?<!s)(?:[’']s\b
        |[ ](?:{_VERBS})[ ]|[ ](?:President|CEO|CFO|Chief|Inc|Corp|Ltd)\b))
        |\d+(?:st|nd|rd|th)(?=[ ](?:National|Session|Congress|Central|Plenary|Party|Five-Year|Meeting|Summit|Annual
        |Pay|Finance|Street|Avenue|District|Circuit|Army|Division|Regiment|Battalion|Infantry|Amendment|Olympi|Games|World
        |General))))
        |(?-i:(?<![\dA-Za-z][ ])\b(?:M|B|Tr)illion(?=[ ][A-Z]))
        |(?:\d+(?:st|nd|rd|th)|\b(?:{_ORDINAL}))
        (?=[ ](?:(?:plenary[ ])?sessions?|languages?|floor|grade|graders?|dose|choice|semester|trimester)\b)""",
    # sequels, two-wheelers, editions and releases: Expendables 2 topped the chart, Rev.3, PR 08/14
    rf"""(?-i:\b(?!{_any_of(_NO_TITLES.split())})[A-Z][a-z]{{3,}}[ ]([2-9])(?=[ ](?:{_VERBS})[ ]|[ ][(]
        |,[ ](?![A-Z]\w+[ ]\d)[A-Z]))|(?:two|three|four|\b[234])-wheel(?:ers?|s)?\b
        |\b[234]Ws?(?=[ ](?:exports|sales|category|segment)\b|s|\b[)])
        |\bRev\.[ ]?(\d)\b|(?-i:\b(?!FY|US|UK|EU)[A-Z]{{2,3}}[ ]\d\d{{1,2}}/\d\d\b)""",
    # denominators: per 1,000 live births
    r"\b(?:per|for[ ]every)[ ](1(?:0{0,2}(?:[, ]000)+|0+)\b(?:[ ]million)?|(?:one[ ]|an?[ ])?(?:hundred|thousand"
    r"|million|billion)(?:[ ]thousand)?\b)"
    rf"|(?<!of[ ])(?<!in[ ])\bevery[ ]((?:\d{{1,3}}|{_SMALL.lower()})[ ]"
    r"(?:seconds|minutes|hours|days|weeks|months|years))\b",
    # numbered things, single or several: Table 3, Phase II, Articles 3 and 5, pp. 12–15, Chapter One
    rf"""\b(?:{_NUMBERED})(?:s[ ]({_NUMBER}(?:(?:,[ ]?|,?[ ](?:and|or|to)[ ]|[-–]){_NUMBER})*){_NO_COUNT}
        |[ ]({_NUMBER}(?:[-–]\d+)?){_NO_COUNT})""",
    rf"""(?-i:\b(?:{_TITLED}|BBC|War|phase)[ ]((?:{_SMALL}|{_SMALL.lower()})\b(?![ ](?:of|hundred|thousand|million))
        |{_ROMAN})|(?<=[a-z][ ])(?=[IVX]{{2}})({_ROMAN})|\b(?:type|stage)[ ]({_ROMAN}))""",
    # periods of results, ordinals in a sequence: three-month sales, the third and final film
    rf"\b(?:{_SMALL.lower()}|\d{{1,2}})-(?:month|week)(?=[ ](?:(?:comparable|net|operating|gross|total)[ ])*"
    rf"(?:sales|revenues?|earnings|profits?|results?|income|total|gross|moving|rolling|average)\b)"
    rf"|\b(?:{_ORDINAL})(?=[ ](?:and[ ](?:final|last|latest)|phase|stage|tranche|plenum|part[ ]of)\b)",
    # fixed compounds: the one-child policy, a one-bank holding company, a two-party system
    r"\b(?:two|three)-way\b|\b(?:one|two|three)-(?:child|party|state|bank|company|parent|sentence|word|man|tier|sided"
    r"|dimensional|pronged)\b",
    # schools and loans named by years: a four-year college, the 30-year mortgage; then enumerations
    rf"""(?<![\w.])(?:\d{{1,2}}|{_SMALL.lower()})-(?:(?=[ ]or[ ]\d{{1,2}}-year)|year
        (?=[ ](?:(?:public|private|fixed-rate|fixed)[ ])*(?:college|institution|universit|school|degree|program
        |survival|plan\b|period|term\b|financial|mortgage|Treasur|bond|note|gilt|bund|yield|rate)))""",
    r"(?-i:(?:^|(?<=[.;:][ ]))(?:First|Second|Third|Fourth|Fifth)(?:ly)?(?=,))",
    r"\bhalf-year(?:ly)?\b|[(]1[)](?=[ ](?!and|or)[A-Za-z].{0,400}[(]2[)])",
    r"(?=q)(?<!a[ ])(?<!one[ -])(?<!three[ -])\bquarters?\b(?![ ]of[ ](?:an?|all|the|its|their|our)\b)|\bquarterly\b"
    rf"|(?<=a[ ])(?<!by[ ]a[ ])quarter(?=[ ](?!(?:of|{COMPARING})\b)[a-z])|" + TERMS,
)
_PLACED = "[\u4e00-\u9fff]{0,6}(?:公司|医院|中学|小学|监狱|法院|大学|幼儿园|研究所|机床厂)"
_CHINESE = (
    # races and service areas: 男子4X100米, 15分钟生活圈
    rf"(?:男子|女子|混合)((?:4[xX×])?\d{{2,5}})米|(\d{{2,5}})米(?=自由泳|仰泳|蛙泳|蝶泳|混合泳|接力|[跨]?栏|短跑)"
    rf"|(?:半|\d{{1,3}}|{_NUMERAL})(?:分钟|小时)(?={_HAN}{{0,4}}圈)",
    # ordinals in names: 第六次全国人口普查, 第三医院, 第一次会议, 第十五条第二款, 第3号令
    rf"""{_NTH}(?:(?=(?:[、和至及]{_NTH}){{1,4}}(?:[届号版卷册章条期]|产业))|届|[次个](?:全国|全省|全市|国际|世界|百年|{_HAN}{{0,6}}(?:普查|会议|大会|大战|浪潮|革命|会晤|峰会|论坛|全会|党代会)|“?{_HAN}{{0,6}}”?{_HAN}{{0,6}}座谈会)
        |[页期](?!间)|个?五年[规计]划|[号版卷册章节编篇](?![点目日])|款(?=第|的?规定|[、)》，])|条(?:之{_NUMERAL})?(?:第[\d一二三四五六七八九十]+[款项])+
        |条(?=第|的?规定|[、)》])|大[街道]|{_HAN}?(?:师|旅|炮兵|集团军|野战军|舰队|航空军|方面军|管区|军区|纵队|兵团|公署|军(?!事))(?!{_HAN}{{0,2}}[生学])
        |(?![大家个所座位名批次条款章节期天年月周轮季场局项种类])(?:{_PLACED}))
        |(?<=[》法例程宪]){_NTH}条|第(?:\d+|[一二三四五六七八九百]{{0,3}}[十百][一二三四五六七八九十百零]{{0,5}})条
        (?!{_HAN}{{0,8}}(?:铁|线|跑道|公路|高速|管道|街|隧道|航道|轨|河))|(?<=修正案){_NUMERAL}{{1,3}}
        |(?:十{_NUMERAL}|二十)大(?=精神|报告|代表|[召闭开]|以?[来后前]|之|提出|会议|期间|通过|部署|文件|指出|的|[”，。、;)])
        |{_NUMERAL}{{1,2}}郎|{_NUMERAL}{{1,3}}届(?={_NUMERAL}中|全会|常委|全国|人大|政协|中央)|(?<![第\d]){_NUMERAL}{{1,3}}世(?![纪代界同家])|{_NUMERAL}(?=中(?:、{_NUMERAL}中){{0,4}}全会)""",
    # top tens, groups of cities and countries, floors; people with a numeral in their name
    rf"(?<![第二三四五六七八九])十大(?![型小中个类])|(?<![余多几近超过约\d{NUMERALS}])百城(?!市)"
    rf"|(?<=[欧亚非美海砖罗盟])[二三四五六七八九十]国|(?<![共有高第\d建])\d{{1,3}}楼(?![高宇盘市])"
    rf"|(?<=[{_SURNAMES}])[一二三四五六七八九](?![{COUNTERS}{NUMERALS}]){_HAN}"
    rf"(?=在|对|向|表示|认为|指出|强调|透露|介绍|坦言|告诉|宣布|出任|担任|任职|[说称:])"
    rf"|(?<![\d.])(?:\d|{_NUMERAL})年(?=行动|规划)|[新老]三样|361度"
    r"|(?<![A-Za-z\d])(?-i:M[0123])(?![A-Za-z\d])",
    rf"(?<=[届大会协]){_NUMERAL}{{1,2}}次(?=会议|全会|全体会议)",
    # one of several in a name: 一、二等奖, 三四线城市, 二、三产业
    rf"""{_NUMERAL}(?=(?:[、至和]{_NUMERAL}){{1,4}}(?:等奖|级|类|线|期|审|院|环|产业|本|选区))
        |(?<={_NUMERAL}[、至和]){_NUMERAL}(?=等奖|线|产业|审|环|选区)|(?<!{_NUMERAL})[一二三四五]{{2,4}}(?=线城|类|级)""",
    # slogans in quotation marks: “四个辽阳”, “一核两翼”; but not “三成”, “五百人”
    rf"(?<=[“\"])[一二三四五六七八九]五(?=[”\"])|(?<=“)[千百]?[百千万亿](?=”|人口城市)|(?<=“)((?:双|两(?!{_NUMERAL}))(?![个位名次年月天倍元分成{_NUMERAL[1:-1]}]){_HAN}{{1,3}}|双[万百千])”"
    rf"|(?<=[“「])((?:{_NUMERAL}(?![{COUNTERS}{NUMERALS}])|一(?![{COUNTERS}{NUMERALS}]){_HAN}{{1,2}}){_HAN}(?:{_HAN}{{2}})?)(?=[”」])"
    rf"|(?<=[“·])((?:{_NUMERAL}|两)(?:个{_HAN}{{2,6}}|[保进稳减化新优控创]{_HAN}{{0,3}})"
    rf"|(?:(?:{_NUMERAL}|两)(?!{_NUMERAL}){_HAN}){{2,4}})”"
    rf"|(?<=[“「、])((?:(?:{_NUMERAL}|两)(?!{_NUMERAL}){_HAN}){{2,4}})(?:(?=」)|(?<=[“「]....)(?=、))",
    # grades and classes, but not the count after a list: 市、县、乡三级; reservoirs, flats by size, types of a disease
    rf"(?<!、.)(?<!、..)(?<!、...)(?<!、....)(?<![{NUMERALS}\d第])(?:[一二三四五六七八]级|[一二三四五]类)"
    rf"|(?<=[大小])[12](?=型)|(?<![\d.有])\d(?=型[\u4e00-\u9fff])(?!型[号态])"
    rf"|(?<![{NUMERALS}\d第])(?:{_NUMERAL}{{1,3}}|两)(?=房式|人制|居室|房一?厅|奈米|纳米(?:工艺|制程|芯片)|吋)"
    rf"|\d+(?=\.(?:co|com?|cn|net|org|io|ai)\b)|(?:{_NUMERAL}|两)[涨升增](?:{_NUMERAL}|两)[降跌减]|(?<=[日\0]止)(?:{_NUMERAL}{{1,2}}|\d\d?)个月",
    # clubs and kinds named after a round number or a multiple: 万亿之城, 百亿利润俱乐部, 翻倍股
    rf"(?<![\d余多几{NUMERALS}])[十百千万亿]{{1,3}}元?(?=之城|之县|之区|(?:{_HAN}{{2}})?俱乐部)|(?:翻[倍番]|[十百]倍)(?=股)",
    # denominators: 每千人口, 以女性为100, 6角一斤
    r"每[ ]?\d{1,3}(?:,\d{3})*[百千万亿]*(?=个?[人股])"
    r"|每(?:10+[百千万亿]*|[十百千万亿]+)(?=[名位个户人例张平公亩元口活新家辆])|(?:以[^，。,;\n]{1,8}为|(?<=[\d年月])=)(100)(?!\d)"
    r"|(?<=[\d一二三四五六七八九十百千万多][元角分块])一(?=[斤吨张亩件份瓶台辆套支只碗盒](?!次))"
    r"|(?<=元[看买吃坐住])一(?=[部张场次碗晚件])",
    # 图2, 附件1, 表3, 公式(3), 注1
    r"""(?:(?<=^)|(?<=[(见如。，;,、详\s]))(?:图|表|附件|附录|附表|专栏|注释?|脚注|案例|例|参考文献|公式)
        [ ]?\d{1,3}(?:[-.]\d+)*(?![\d个名家篇万亿%])|(?:附件|附表|专栏)\d{1,2}|(?<=式)[（(]\d{1,2}[)）]""",
    # generations, lists, universities, shopping days and anniversaries, roads, services: 90后, 500强, 985, 双11, 12345
    r"""(?<![\d.,])[05-9][05][ ]?后(?![天半续来面勤期卫排缀备])|(?<!前)\d{2,3}强(?![度烈劲降化制])
        |(?<!\d)(?:985|211)(?=[、/和]|工程|高校|大学|院校)|(?<![\d.])\d{1,2}·\d{1,2}(?!\d)
        |双(?:[ ]?1[12]|十[一二])(?!\d)|(?<!\d)618(?=大促|购物|年中|活动|期间|电商)
        |十一(?=国庆|黄金周|长假|假期)|(?<=[“"])\d{1,2}\+\d{1,2}(?=[”"])|(?<=[“「])\d{3,4}(?=[”」](?:这个)?(?:名|品牌|大楼|商标))
        |(?<=台北)101(?!\d)|\bTAIPEI[ ](101)\b
        |(?<!\d)\d{2,3}(?=国道|省道|县道|路公交|次列车|医院)|(?<=国道|省道|县道)\d{2,3}(?:线|(?=[、和及，。,;)至与的]|$))|(?<![\d.])(?<!\d,)\d{1,3}[A-Z]{1,2}线
        |(?:(?<=拨打)|(?<=致电)|(?<=热线)|(?<=电话)|(?<=平台)|(?<=铁路)|(?<=[“(和、与通按打]))123(?:06|15|33|45|66|09|37|88|28)(?![\d.,%万亿元人个家件条次名位起户台张所])
        |(?<=[\u4e00-\u9fff])\d{2,4}(?=指数|ETF)|(?<=标普|沪深|中证|科创|北证|日经|富时)\d{2,4}(?![\d.%点亿万])
        |(?<=巴士|小巴|城巴|公交|地铁|班车|新巴|九巴)\d{1,3}[A-Z]?(?:[、和及]\d{1,3}[A-Z]?){0,9}
        (?:[路线号]|(?=[、和及，。,;)至]|$))|(?<!\d)95\d{3}(?=系统|平台|热线|网站|客服)|(?<!\d)1(?:1[0-9]|2[0-2])(?=报警|急救|热线|电话|指挥|接警|[出接]警|、1)
        |(?<![\d.+])\d(?:\+[\dNX]){1,4}(?!\d)|\d\.\d(?=版|时代)|(?<=工业)\d\.0
        |(?:(?<=》)|(?<=》[ ]))\d{1,3}:\d{1,3}(?:[-,、][ ]?\d{1,3}(?::\d{1,3})?)*""",
    # variants of a model: （256GB）, 8GB/256GB; programmes named by numbers: “1612”体系, “十六条”, 百亿级
    r"(?<=[A-Za-z\d+])[(]\d{1,4}[GT]B(?:[/+]\d{1,4}[GT]B)*[)]|(?<![\d.])(?:[23468]|12|16|18|24|32)GB/\d{2,4}[GT]B\b"
    rf"|(?<=“)\d{{3,5}}(?=”(?:体系|工程|行动|计划|模式|战略|机制|架构|规划|工作法|产业))|“{_HAN}{{1,5}}(?<![增开建共有了第约近超{NUMERALS}])({_NUMERAL}{{1,3}})条”"
    rf"|“((?:\d{{1,2}}(?![{COUNTERS}{NUMERALS}]){_HAN}{{1,2}}){{2,4}})”|(?<![\d余多几{NUMERALS}])[十百千万亿]{{1,2}}级(?!别)|[三四五六七八]普(?![通查遍])",
    # sequels in titles, Roman classes: 《谍中谍3》, II类
    r"(?<=[\u4e00-\u9fff])\d{1,2}(?=》|:[^》\n]{1,14}》|;zh-|;\})|(?-i:(?<![A-Za-z])[IVX]{1,4}(?=[类级期型度]))",
    # anything else with a number
    rf"(?<![\d.])(?:\d{{1,6}}|{_NUMERAL}{{1,3}})号(?![召])",
)
_OTHER = (
    # tickers, postal codes and service numbers
    r"(?<!\d)\d{4,6}\.(?:HK|SH|SS|SZ|BJ|TW|KS|T)\b|代码:?[ ]?(\d{4,6})|(?<=[(])[036]\d{5}(?=[)])",
    r"(?:\b(?:NYSE|NASDAQ|HKEX|SEHK|LSE|TSE|SGX|ASX|SSE|SZSE)|(?:交易|联交|上交|深交)所|港交所)[:][ ]?(\d{4,6})\b"
    r"|(?<!\d)(?<!\d[.,])(123\d\d)(?=系统|平台|热线|网站|客服|客户端|政务|$)"
    r"|(?<=,[ ])(?-i:[A-Z]{2})[ ](\d{5}(?:-\d{4})?)\b",
    # numbering at the beginning of a line or a clause
    rf"""^[(]?(?:{_NUMERAL}{{1,3}}|\d{{1,2}})(?:[)]|[、．](?!\d)|\.[ ](?=\D)|\.(?=[^\d\s]))
        |^第{_NUMERAL}{{1,3}}[章节条款编]
        |(?:(?<=[。;:])(?<!\d:)|(?<=[。;:]\s)(?<!\d:.))(?:{_NUMERAL}{{1,2}}、(?!{_NUMERAL})|\d{{1,2}}[、．](?![\d\0])|\d{{1,2}}\.(?=[^\d\s])|第?{_NUMERAL}(?:是
        |，(?=[^\d{_NUMERAL[1:-1]}]))|\d{{1,2}}[)](?=[^\d%])|{_NUMERAL}要(?![求件素点事]))
        |^(?:[A-Z][a-z]+[ ](\d{{1,2}})[:]|第?{_NUMERAL}(?:是|[，,]))|^[IVX]{{1,5}}\.(?=[ ])
        |(?<=[.;。]\s)\d{{1,2}}、
        |(?<=[，,])[一二三四五六](?:是(?=[^\d])|要(?![求件素点事]))""",
    rf"(?=[(\[¹²³⁰⁴-⁹])(?:[(]{_NUMERAL}{{1,3}}[)]|(?<=[^\W\d_])[(]\d{{1,2}}[)](?![万亿千百%])"
    rf"|(?:^|(?<=[;:]\s)|(?<=[。:,，;])|(?<=[;,]\sand\s)|(?<=[;,]\sor\s)|(?<=:))"
    r"[(]\d{1,2}[)](?=[ ]?[A-Za-z\0\u4e00-\u9fff])"
    rf"|(?<={_HAN})[(][1-9][)](?={_HAN})(?![个人家名次项件万亿])"
    rf"|\[\d{{1,3}}(?:[-,–‐‑、，][ ]?\d{{1,3}})*\]|[¹²³⁰⁴-⁹]+(?<![mM].))",
    r"[①-⒛⓪-⓿❶-➓㈠-㈩㉑-㉟㊀-㊉㊱-㊿Ⅰ-ↂ]+",
)

# The numerals with which a listed word may begin or end.
_HEADS = "〇○零一二两三四五六七八九十百千万亿半双"
_END = f"(?![{_HEADS}])"
_OPEN = "([\\"  # the first character of a rule that begins with a group, a class or an escape


@cache
def uncounted() -> tuple[tuple[Literal["label", "idiom"], re.Pattern[str]], ...]:
    """Return the patterns of labels and idioms in the order to try them.

    Idioms that do not begin with a numeral go first: once 统一 is taken, 百姓 behind it no longer looks as if it
    continued the number 一.
    """
    lists = sections("idioms.txt")
    words = [*_families(lists["words"]), *((rule[0], rule) for rule in lists["patterns"])]
    # rules that may begin with any word get a pattern of their own, which saves 6% of an audit
    kinds = groupby(sorted(lists["english"], key=_is_rule, reverse=True), key=_is_rule)
    english = ["|".join(rules) if kind else _any_of(rules) for kind, rules in kinds]
    return (
        *(("label", re.compile(pattern, _FLAGS)) for pattern in (*_ENGLISH, *_CHINESE, *_OTHER)),
        ("label", _compiled(_families(lists["names"]), apart=True)),
        ("idiom", _compiled([pair for pair in words if pair[0] not in _HEADS])),
        ("idiom", _compiled([pair for pair in words if pair[0] in _HEADS], apart=True)),
        *(("idiom", re.compile(rf"\b(?:{rules})(?!\w)", re.IGNORECASE | re.ASCII)) for rules in english),
    )


def _is_rule(line: str) -> int:
    """Return 0 for words, 1 for a rule that may begin with any word, 2 for any other rule."""
    return 0 if line[0].isalpha() else 1 if line.startswith("(?!") else 2


def _compiled(patterns: list[tuple[str, str]], *, apart: bool = False) -> re.Pattern[str]:
    """Compile alternatives, given with their first characters, which one look-ahead checks for all of them.

    With ``apart`` they must not begin inside a number, as 万一 does in 二十万一千, or 百姓 in 三百姓氏.
    """
    literal = [
        (f"(?<![\\d{_HEADS}第{'几数余多' if first in '百千万亿' else ''}])" if apart else "") + pattern
        for first, pattern in patterns
        if first not in _OPEN
    ]
    gate = f"(?=[{''.join(first for first, _ in patterns if first not in _OPEN)}])(?:{'|'.join(literal)})"
    return re.compile("|".join([gate, *(pattern for first, pattern in patterns if first in _OPEN)]), re.MULTILINE)


def _families(lines: list[str]) -> list[tuple[str, str]]:
    """Join listed words, the longest first; no match may end inside a number, as 万一 would in 万一千."""
    words = sorted({word for line in lines for word in line.split()}, key=len, reverse=True)
    return _by_first(word + _END * (word[0] in _HEADS and word[-1] in _HEADS) for word in words)


def is_word(text: str) -> bool:
    """Tell whether a text is a label, or begins with an idiom: 第三产业, 一些地方."""
    return any(pattern.match(text) if kind == "idiom" else pattern.fullmatch(text) for kind, pattern in uncounted())
