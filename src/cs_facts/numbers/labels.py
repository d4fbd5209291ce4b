"""Numbers that count nothing by their form: addresses, codes, numbering, footnotes.

A pattern with one group takes what the group finds; what stands around it tells what it is.
"""

from __future__ import annotations

import re

from cs_facts.numbers.characters import ORDINALS
from cs_facts.text import HAN, LATIN

_FLAGS = re.VERBOSE | re.IGNORECASE | re.ASCII
_NUMERAL = "[一二三四五六七八九十]"

# What may look like a date, and so goes before dates: links, addresses, telephone numbers, coordinates, standards.
ADDRESSES = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        r"(?:https?://|www\.)[!-~]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+|\b10\.\d{4,9}/[!-~]+",
        r"""(?:电话|热线|拨打|传真|手机|联系方式|邮编|QQ|微信|\b(?:Tel|Phone|Fax|Call|ISBN|ISSN|DOI|code)\b)
            [.:：号码为是 ]{0,4}
            (\+?\(?\d[\d() -]{1,18}\d)(?![\d万亿千百%]|[.]\d)""",
        r"""(?<![\d.,(-])(?:\+\d{1,3}[ -])?(?:\(\d{3}\)[ ]?|\d{3}-)\d{3}-\d{4}(?![\d-])
            |(?<![\d.,-])0\d{2,3}-\d{7,8}(?![\d-])
            |(?<![\d.,-])\+\d{1,3}(?:[ -]\d{2,5}){2,4}(?![\d-])|(?<![\d.,])1[3-9]\d{9}(?!\d)
            |(?<![\d.,-])[48]00-\d{3,4}-?\d{3,4}(?![\d-])""",
        r"""(?<![\d.])\d{1,3}(?:\.\d+)?°[ ]?(?:\d{1,2}(?:\.\d+)?[′'’][ ]?(?:\d{1,2}(?:\.\d+)?[″"”])?)?[ ]?[NSEW]\b
            |(?:[东西]经|[南北]纬)\d{1,3}(?:\.\d+)?(?:°|度)?(?:\d{1,2}[′'分](?:\d{1,2}(?:\.\d+)?[″"秒])?)?
            (?:[-–—~～至]\d{1,3}(?:\.\d+)?(?:°|度)?(?:\d{1,2}[′'分](?:\d{1,2}(?:\.\d+)?[″"秒])?)?)?""",
        r"(?<![A-Za-z])(?:GB|ISO|IEC|IEEE|RFC|ASTM|DIN|EN)(?:/[A-Z]+)?[ -]?\d+(?:[.:]\d+)*(?:[-–—]\d+)*"
        r"|[〔\[（(][12]\d{3}[〕\]）)]\d+号",
        r"(?<=[路街道巷弄里])\d{1,5}(?:[-–—、]\d{1,5})*号|(?:第|地下|地上)\d{1,3}(?:(?:至|到|[-–—、])第?\d{1,3})*层"
        r"|(?:(?<=[路街道巷弄里镇村楼])|(?<=大厦))[A-Z]?\d{1,4}(?:室|弄)|\d{1,4}号(?=楼|馆|线|厅|院|门|机|航站楼|车间|窗口|文件)"
        r"|\d+(?=[ ](?-i:(?:[NSEW]\.?[ ])?(?:[A-Z][a-z]+[ ]){1,2}(?:Street|St|Avenue|Ave|Road|Rd|Drive|Lane|Suite)\b))",
        r"(?<![\d.])(?!\d\d?\.\d\d?\.(?:19|20)\d\d(?!\.?\d))\d+(?:\.\d+){2,}(?![\d.%])(?<!(?<!\d)(?:19|20)\d\d\.\d\.\d)(?<!(?<!\d)(?:19"
        r"|20)\d\d\.\d\d\.\d\d)(?<!(?<!\d)(?:19|20)\d\d\.\d\.\d\d)(?<!(?<!\d)(?:19|20)\d\d\.\d\d\.\d)",
    )
)

# An amount in brackets where no aside can stand, which may be negative; such a figure is open.
BRACKETED = re.compile(
    r"""([$¥€£][ ]?\(\d[\d,.]*\)(?:[ ](?:thousand|million|billion)\b)?)
    |\b(?:was|were|is|of|to|at|vs\.?|versus|by|from)[ ](\([$¥€£]?\d[\d,.]*%?\)(?:[ ](?:thousand|million
    |billion)\b)?)""",
    _FLAGS,
)

# The powers and the prefixes of units are part of them and no numbers: km2, 千瓦.
POWERS = re.compile(r"(?<=[kcdm/ ²\d]m)[23](?![\da-z])", re.IGNORECASE | re.ASCII)
PREFIXES = re.compile(r"千(?=[米克瓦卡赫帕伏焦])|兆(?=[瓦赫帕欧字比])|百(?=帕)")


# The rest, after dates, by the script without which a text has none of them.
_ENGLISH = (
    # letters and digits in one word: COVID-19, A4, H5N1, Q3, PM2.5; but not money (RMB300) and not 5kg, 27th, 300k
    r"""(?<![A-Za-z0-9.-])(?!(?:US|HK|NT|RMB|CNY|USD|EUR|GBP|HKD|JPY|TWD|AUD|CAD|SGD|INR|KRW|CHF)[ ]?\d)
        (?!(?:[kcmd]?m|ft|mi)[23](?![\da-z])|(?:over|under|mid|age|aged
        |top)-)(?:[A-Za-z]+-)*[A-Za-z]{1,12}[-–]?\d+(?:[.-]?[A-Za-z0-9]+)*(?![A-Za-z0-9])""",
    r"(?<![\d.,])(?:\d{1,2}[GD]|[1-5]A(?=级))(?![A-Za-z])(?!-?\d)|(?<![\d.,])[48]K(?=\s?(?:video|TV|display"
    r"|resolution|超高清|高清|电视|视频|屏|分辨率))|(?<![\d.,-])24/7\b|\b(?:10|8|6|20)-[KQF]\b",
    # the Twelfth National People's Congress, the Five-Year Plan, the retailer Five Below, 20th Street
    rf"(?-i:(?:{'|'.join(word.title() for word in ORDINALS)})(?=[ ](?!Quarter|Half)[A-Z])|(?:Five|Ten)-Year(?=[ ][A-Z])"
    r"|(?<=[a-z,][ ])(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)(?=[ ][A-Z])"
    r"|\d+(?:st|nd|rd|th)(?=[ ](?:National|Session|Congress|Central|Plenary|Party|Five-Year|Meeting|Summit|Annual"
    r"|Street|Avenue|District|Circuit|Army|Division|Regiment|Battalion|Infantry|Amendment|Olympi|Games|World|General)))",
    # denominators: per 1,000 live births
    r"\b(?:per|for[ ]every)[ ](1(?:0+|0{0,2}(?:,000)+)\b(?:[ ]million)?|(?:one[ ]|an?[ ])?(?:hundred|thousand|million"
    r"|billion)(?:[ ]thousand)?\b)",
    # things that are numbered: Table 3, Phase 2
    r"""\b(?:tier|phase|level|type|class|grade|chapter|section|table|fig(?:ure)?\.?|note|notes|item|article|page|pages|pp?\.|appendix|annex|rule
        |exhibit|series|room|route|highway|part|step|version|generation|scope|stage|box|footnote|paragraph|option
        |schedule|sec\.|art\.|vol\.
        |volume|issue|chart|lot|zone|line|week|day|gate|terminal|flight
        |unit|pillar)s?[ ](\d+(?:[.-]\d+)*[a-z]?)\b(?![ ]?%
        |,\d|[ ](?:million|billion|percent|people))""",
    r"(?<!a )(?<!one[ -])(?<!three[ -])\bquarters?\b(?![ ]of[ ](?:an?|all|the|its|their|our)\b)|\bquarterly\b",
)
_CHINESE = (
    r"\b24小时(?=自助|便利|营业|热线|服务|值班|在线|不间断|书|开放)",
    # ordinals in names: 第六次全国人口普查, 第三医院
    rf"第(?:{_NUMERAL}{{1,3}}|\d{{1,3}})(?:届|[次个](?:全国|全省|全市|国际|世界|[\u4e00-\u9fff]{{0,6}}(?:普查|大会|大战|浪潮|革命)|百年)"
    r"|期(?!间)|[条款章节](?=第|的?规定|[、）)》])|(?![大家个所座位名批次条])[\u4e00-\u9fff]{0,6}(?:公司|医院|中学|小学|监狱|法院|大学|幼儿园|研究所)|个?五年[规计]划)"
    rf"|{_NUMERAL}{{1,3}}届(?={_NUMERAL}中|全会)|{_NUMERAL}(?=中(?:、{_NUMERAL}中)*全会)",
    # slogans in quotation marks: “四个辽阳”, “一核两翼”; but not “三成”, “五百人”
    rf"(?<=[“·])({_NUMERAL}(?:个[\u4e00-\u9fff]{{2,6}}|[保进稳减化新优控创][\u4e00-\u9fff]{{0,3}})"
    rf"|(?:(?:{_NUMERAL}|两)(?!{_NUMERAL})[\u4e00-\u9fff]){{2,4}})”",
    # denominators: 每千人口, 以女性为100
    r"每(?:10+[百千万亿]*|[十百千万亿]+)(?=[名位个户人例张平公亩元口活新家辆])|(?:以[^，。,;；]{1,8}为|(?<=[\d年月])=)(100)(?!\d)",
    # 图2, 附件1, 表3
    r"""(?:(?<=^)|(?<=[（(见如。，；;,、详\s]))(?:图|表|附件|附录|附表|专栏|注释?|脚注|案例|例)[ ]?\d{1,3}(?:[-.]\d+)*
        (?![\d个名家篇万亿%])|(?:附件|附表|专栏)\d{1,2}""",
    r"(?<!\d)\d{6}\.(?:SH|SZ|BJ)\b|(?:股票|证券)?代码[:：]?[ ]?(\d{4,6})|(?<=[（(])(?:[036]\d{5})(?=[)）])",
)
_OTHER = (
    # tickers, postal codes and numbers of services
    r"(?:\b(?:NYSE|NASDAQ|HKEX|SEHK|LSE|TSE|SGX|ASX|SSE|SZSE)|(?:交易|联交|上交|深交)所|港交所)[:：][ ]?(\d{4,6})\b"
    r"|(?<!\d)(?<!\d[.,])(123\d\d)(?=系统|平台|热线|网站|客服|客户端|政务|$)|,[ ](?-i:[A-Z]{2})[ ](\d{5}(?:-\d{4})?)\b",
    # numbering at the beginning of a line or of a clause
    rf"""^\s*[（(]?(?:{_NUMERAL}{{1,3}}|\d{{1,2}})(?:[）)]|[、．](?!\d)|\.[ ](?=\D)|\.(?=[^\d\s]))
        |^\s*第{_NUMERAL}{{1,3}}[章节条款编]
        |(?<=[。；;：:])\s?(?:{_NUMERAL}{{1,2}}、(?!{_NUMERAL})|\d{{1,2}}[、．](?![\d\0])|\d{{1,2}}\.(?=[^\d\s])|第?{_NUMERAL}(?:是
        |，(?=[^\d{_NUMERAL[1:-1]}]))|\d{{1,2}}[)）](?=[^\d%]))
        |^[ ]*第?{_NUMERAL}(?:是|[，,])|^\s*[IVX]{{1,5}}\.(?=[ ])|(?<=[.;。；]\s)\d{{1,2}}、
        |(?<=[，,])[一二三四五六]是(?=[^\d])""",
    rf"[（(]{_NUMERAL}{{1,3}}[)）]|(?<=[^\W\d_])[（(]\d{{1,2}}[)）](?![万亿千百%])"
    rf"|(?:^|(?<=[;:；：]\s)|(?<=[。；：,，;]))[（(]\d{{1,2}}[)）](?=[ ]?[A-Za-z\0\u4e00-\u9fff])"
    rf"|\[\d{{1,3}}(?:[-,–]\d{{1,3}})*\]|[¹²³⁰⁴-⁹]+(?<![mM].)",
    r"[①-⒛⓪-⓿❶-➓㈠-㈩㉑-㉟㊀-㊉㊱-㊿Ⅰ-ↂ]+",
)
LABELS = tuple(
    (script, re.compile(pattern, _FLAGS))
    for script, patterns in ((LATIN, _ENGLISH), (HAN, _CHINESE), (None, _OTHER))
    for pattern in patterns
)
