"""Patterns of dates as they are written in digits, in Chinese and in English; the named groups hold their parts."""

from __future__ import annotations

from cs_facts.dates.edtf import MONTHS

_DIGITS = "〇○零一二三四五六七八九"
_HAN = "(?-i:[\u4e00-\u9fff])"  # as in `labels`, faster to compile
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_FREE = rf"(?<![\d.{_DIGITS}十两几第])"
_DASH = r"\s?(?:[-–—~]+|至|到)\s?"
_NAME = "(?-i:" + "|".join(f"{name}|{name.upper()}|{name[:3]}\\b[.]?" for name in MONTHS) + r"|Sept\b[.]?)(?![a-z])"
_NTH = r"\d{1,2}(?:st|nd|rd|th)?(?![\d%]|[.,]\d|:\d|[ ](?:[mb]illion|thousand|per[ ]?cent)\b)"
SEASONS = {"春": 21, "夏": 22, "秋": 23, "冬": 24, "spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
# Days of a year that have a name; those of the lunar calendar are other days each year.
_NAMED_DAYS = (
    "1-1 元旦|new year's day;3-8 妇女节|women's day;5-1 五一|劳动节|labour day|labor day|may day;5-4 青年节|youth day;"
    "6-1 六一|儿童节|children's day;7-1 七一|建党节;8-1 八一|建军节;9-10 教师节|teachers' day;10-1 国庆|national day;"
    "12-24 平安夜|christmas eve;12-25 圣诞|christmas day|christmas;12-31 new year's eve"
)
HOLIDAYS = {
    name: day for day, _, names in (line.partition(" ") for line in _NAMED_DAYS.split(";")) for name in names.split("|")
}
_COUNTED = (
    "一 1 one first 1st 上 半 首 a an|二 2 two second 2nd 下 两|三 3 three third 3rd|四 4 four fourth 4th last"
    "|五 5 five fifth|六 6 six sixth|七 7 seven seventh|八 8 eight eighth|九 9 nine ninth|十 10 ten tenth"
    "|十一 11 eleven eleventh|十二 12 twelve twelfth"
    "|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth"
)
COUNTS = {word: value for value, words in enumerate(_COUNTED.split("|"), 1) for word in words.split()}
_COUNT = "|".join(sorted(COUNTS, key=len, reverse=True))
_TENS = "[一二三四五六七八九十]{1,3}"
_TIME = r"(?P<time>T?[012]?\d:[0-5]\d(?::[0-5]\d)?(?![\d:.])|[012]?\d[时点](?:[0-5]?\d分|半|整)?(?:[0-5]?\d秒)?|零时)"
_NOON = "(?P<noon>凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|晚|早)"
_TIME_BEHIND = rf"(?:\s?{_NOON}?\s?{_TIME})?"
_SUB = (
    rf"(?:(?P<half>[上下])半年|(?P<half2>半)年(?=度|报)|第?(?P<quarter>[一二三四1-4])(?:财季|季(?:度|(?=[末底初])))|(?P<quarter2>首)季度?|(?<!》)第(?P<quarter3>[一二三四1-4])季(?![节赛播剧集档收开])"
    rf"|前(?P<quarters>[一二两三123])个?季度|[前头首](?P<months>{_MONTH}|两)个?月"
    rf"|(?P<m>{_MONTH})月?{_DASH}(?P<until_m>{_MONTH})月(?!\s?{_DAY}[日号])份?"
    rf"|(?P<m2>{_MONTH})\s?月(?:份|\s?(?P<d>{_DAY})(?:{_DASH}(?P<until_d>{_DAY}))?\s?[日号]"
    rf"|\s?(?P<d2>{_DAY})(?=[-–—~]+{_MONTH}月)|(?P<third>[上中下])旬)?)"
)
_HOLIDAY = "|".join(name for name in HOLIDAYS if not name.isascii())
# The year before the first year of each era.
ERAS = {"民国": 1911, "宣统": 1908, "光绪": 1874, "同治": 1861, "咸丰": 1850, "道光": 1820, "嘉庆": 1795, "乾隆": 1735}
ERAS |= {"雍正": 1722, "康熙": 1661, "顺治": 1643, "明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_YEAR = r"(?:(?:1[5-9]|20)\d\d|2100)"
_NO_NUMBER = (
    rf"(?![-–—~]\d|[\d%{_DIGITS}十百千万亿多余]|[,.]\d|\s?(?:million|billion|thousand|hundred|percent|per\scent)\b)"
)
# Not before a plural, which the number would count: 2000 people.
_NOT_COUNTING = (
    r"(?![ ](?!(?:onwards|and|was|is|as|this|has|results|focus|sales|levels|figures"
    r"|prices|earnings|estimates"
    r"|highlights|projections|statistics|priorities|elections|olympics|games|series|targets|goals|earthquakes"
    r"|floods|riots|reforms|attacks|wildfires|protests|finals|championships|accounts|budgets|seasons)\b)\w+[^isu\W]s\b"
    r"|[ ](?:people|men|women|children)\b)"
)
_YEAR_ALONE = rf"(?P<at>(?P<y>{_YEAR})){_NO_NUMBER}{_NOT_COUNTING}"
_OF_YEAR = (
    r"(?:,?\s(?:of\s)?(?:(?:the\s)?(?:(?:fiscal|financial)\s)?(?:year\s)?(?P<y>[12]\d{3})(?!\d)"
    r"|FY\s?(?P<y3>(?:20)?\d\d)(?!\d|[-/]\d)|(?P<rel>last|this|next)\syear(?![a-z’'-])))"
)
_OF_YEAR2 = _OF_YEAR.replace("<y>", "<y2>").replace("<rel>", "<rel2>")
# Words after the name of a month; and words after the name of a person (May said) or after "march".
_MONTHLY = (
    "data|figures?|market|house|home|prices?|sales|exports?|imports?|trade|inflation|jobs|payrolls|retail|reports?"
    "|survey|index|results|output|production|deliveries|shipments|traffic|meeting|quarter|budget|elections?|update"
)
_DOES = (
    "said|says|told|asked|added|wrote|was|is|has|had|who|and|for|against|past|through|towards?|into|from|the|with|but"
    "|came|went|took|made|will|would|can|could|also|never|then|now|into|out|off"
)
_UNIT, _QUARTERLY = "year|month|week|day|decade", "first|second|third|fourth"
_SPAN = r"\d\d?|[一二两三四五六七八九十]{1,3}"

# Consecutive years: in an English sentence, 2002-03 and 2002/03 do not mean March.
_SEASONS = "|".join(f"{2000 + nth}[-/]{nth + 1:02}" for nth in range(12))

# Not inside a word, not after digits, not after a slash or a dash.
_START, _APART, _CLEAR = "(?<![a-z])", r"(?<!\d)(?<!\d[.,])", r"(?<![\d/-])(?<!\d[.,])"
_YEAR_BEHIND, _DAYS = r"(?:,?\s?(?P<y>[12]\d{3})(?!\d))?", "(?:-|–|—|to|and)"

# Longer patterns go first, as each takes what it matches out of the text. Digits after the name of a group only make it
# unique within its pattern. The group "at" is the date, where the match begins with a word before it.
DIGITAL = (
    rf"{_CLEAR}(?P<m>1[0-2]|[1-9])[-–](?P<until_m>1[0-2]|[1-9])/(?P<y>20\d\d)(?!\d)",
    rf"{_START}(?P<season>spring|summer|autumn|fall|winter){_OF_YEAR}(?:[-–/]\d\d(?!\d))?",
    rf"(?<![\d.之])(?P<m>{_MONTH})\.(?P<d>\d\d?)\s?[—~至]\s?(?P<until_m>{_MONTH})\.(?P<until_d>\d\d?)(?![\d.%‰]|[万亿倍个])",
    rf"{_CLEAR}(?P<y>[12]\d{{3}})(?P<dash>[-/.])(?P<m>1[0-2]|0?[1-9])(?P=dash)(?P<d>3[01]|[12]\d"
    rf"|0?[1-9])(?![\d/-])(?:[ ]?{_TIME})?",
    rf"(?<=[a-z][ ])(?={_SEASONS})(?P<y>20\d\d)[-/](?P<short>\d\d)(?![-/\d])",
    rf"{_CLEAR}(?P<y>[12]\d{{3}})(?:-(?P<m>0[1-9]|1[0-2])|/(?P<m2>0?[1-9]|1[0-2]))(?![-/\d])",
    rf"{_CLEAR}(?P<d>3[01]|[012]?\d)\.(?P<m>1[0-2]|0?[1-9])\.(?P<y>[12]\d{{3}})(?![\d/-]|\.\d)",
    rf"{_CLEAR}(?P<y>{_YEAR})[-–—/](?P<short>\d\d)(?!\d|[.,]\d|[%/-]|\s?年(?!度))",
    rf"(?<![\d/$¥€£.-])(?<!\d,)(?P<y>{_YEAR})[-–—~/](?P<until_y>{_YEAR})(?!\d|[-/%]|[.,]\d|\s?{_HAN}){_NOT_COUNTING}",
    rf"{_CLEAR}(?P<either>[0-3]?\d)/(?P<other>[0-3]?\d)/(?P<y>[12]\d{{3}})(?![\d/-])",
)
CHINESE = (
    # the lunar calendar and years BC, which have no period: 正月初五, 公元前221年
    rf"(?P<old>(?:农历|阴历)(?:{_MONTH}月|正月|腊月|冬月)(?:初?[一二三四五六七八九十廿]{{1,3}})?|(?:正月|腊月|冬月)(?:初?{_TENS})?"
    rf"|(?:大年|{_MONTH}月)初{_TENS}(?![批家个位次年名支种场])|初[四五六七八九十](?![级中学年])|大年三十"
    r"|公元前\s?\d{1,4}(?:年|世纪))",
    rf"(?P<era>{'|'.join(ERAS)})(?P<nth>元|\d\d?|{_TENS})年",
    rf"(?:(?P<y>{_APART}[12]\d{{3}}|(?<![{_DIGITS}])[{_DIGITS}]{{4}})\s?(?:年度?|财年)(?![代级龄])"
    rf"|(?P<y4>{_APART}[12]\d{{3}})(?=(?:[、和及与][12]\d{{3}})*[、和及与][12]\d{{3}}\s?年)"
    r"|(?:['’]|(?<![\d.,])(?=\d\d年\d\d?月))(?P<y5>\d\d)年"
    rf"|(?P<y2>{_APART}20\d\d(?=[上下]半年|全年|第?[一二三四]季度|前[一二三]季度))|(?P<rel>今年|本年|去年|前年|明年|后年)|(?:当年|同年|上一?年|次年)(?=[^\W_])"
    r"|(?<![\d共逾达约近满超长有的时])(?<!\d[.,])(?:(?P<republic>1[01]\d)年度?(?![来历间前后多龄])"
    r"|(?P<republic2>1[01]\d)(?=年?[至到、和及-]1[01]\d年))|[今去本][(](?P<republic3>1[01]\d)[)]年)"
    rf"(?:的?\s?(?:{_SUB}|(?P<season>[春夏秋冬])[季天]|(?P<holiday>{_HOLIDAY})(?:{_HOLIDAY}|节)*(?![假长期黄档前后])))?{_TIME_BEHIND}(?P<fix>年?[底末初中](?![期国]))?",
    rf"{_FREE}(?P<m>{_MONTH})(?=(?:、{_MONTH}){{0,3}}、{_MONTH}(?:月|两个月))"
    rf"|(?:(?<=\d、)|(?<=\0、)){_FREE}(?P<m2>{_MONTH})(?=两个月)|第?(?P<quarter>[一二三四1-4])(?=[、和及与至]第?[一二三四1-4]季(?![节赛播剧集档收开]))",
    rf"{_FREE}(?P<m>[一二三四五六七八])(?P<until_m>[二三四五六七八九])月(?=份|间|[，,、。])",
    rf"{_FREE}{_SUB}{_TIME_BEHIND}(?P<fix>[底末初](?!期))?",
    rf"(?:过去|近|最近|今后|未来)的?\s?(?P<span>{_SPAN})\s?(?P<unit>年)(?![级代多])"
    rf"|(?:过去|最近|今后|未来)的?\s?(?P<span2>{_SPAN})\s?(?P<unit2>个月|周|天)"
    rf"|{_FREE}(?P<span5>{_SPAN})\s?(?P<unit5>年|个月|周|天)(?=前(?![后列]))"
    rf"|(?<!连续)(?<!历时)(?<!为期){_START}{_FREE}(?P<span3>{_SPAN})[多余]?(?P<unit3>年)(?=[来间]|工作|年均|共|累计|增[加长]|减少|下降|的时间|以来|平均)"
    rf"|(?:^|(?<=[的这，,。;:“])|(?<=[的这，,。;:“]\s))(?P<span4>(?!一)(?:{_SPAN}))\s?(?P<unit4>年)(?=[\s，,。;]|$)",
    rf"(?:{_FREE}|(?<=[今昨明])[(])(?!一日)(?P<d>{_DAY})(?:[-–—~]+(?P<until_d>{_DAY}))?[)]?日(?![游元均用报本常程工]|[以之]?内|龄){_TIME_BEHIND}",
    # 一号 by itself, or after a name (神舟十三号), is as likely to be a number as a day
    rf"{_FREE}(?:(?<=[在于到至从自和与及、月本这当每])|(?<!{_HAN})(?![一二三四五六七八九]号))(?P<d>{_DAY})号"
    rf"(?!{_HAN}(?<![至到起前后晚早上下凌中的在])|[a-z0-9]){_TIME_BEHIND}",
    rf"(?<![\d.])(?:(?P<century>{_DAY})世纪)?(?P<decade>(?:1[5-9]|20)?[1-9]0|[一二三四五六七八九]十)年代|(?<![\d.])(?P<century2>{_DAY})世纪",
    rf"{_NOON}\s?(?:{_TIME}|(?P<time2>{_TENS}[时点](?:半|整|{_TENS}分)?))",
    r"(?<![\d.])(?P<time>[012]?\d(?:[时点][0-5]?\d分(?:[0-5]?\d秒)?|点(?=钟)|点[半整]))",
    rf"(?:^|(?<=[《“\"(，。:;])|(?<={_HAN})(?={_YEAR}[“《]))(?P<y>{_YEAR})(?=[“《]|{_HAN}|(?<=[《“「]\d{{4}})\s{_HAN})"
    r"(?!(?!家[电具居庭])[年月日天岁元位个家次批届条套座部例款轮支台项名列艘架所间只颗份张场期本辆班人倍种村县市镇类处片层级区数成番度分点斤吨米里亩户口"
    r"站组扇封段节枚棵株件幅栋面万亿千百十几多余美港欧平公英海毫立头匹克升字左以至到秒厘寸尺瓶袋盒箱桶车])",
)
ENGLISH = (
    rf"{_START}(?P<week>{_QUARTERLY})[ ]week[ ]of[ ](?P<name>{_NAME}){_OF_YEAR}",
    rf"{_START}(?P<ending>{_NAME})[ -](?:(?P<y>[12]\d{{3}})[ ])?quarter(?![a-z]|[ -]end){_OF_YEAR2}?",
    rf"(?<!\d)(?P<d>{_NTH})\s?{_DAYS}\s?(?P<until_d>{_NTH})\s(?P<name>{_NAME}){_YEAR_BEHIND}",
    rf"{_START}(?P<name>{_NAME})\s(?:the\s)?(?P<d>{_NTH})(?:\s?{_DAYS}\s?(?P<until_d>{_NTH}))?{_YEAR_BEHIND}",
    rf"{_APART}(?P<d>{_NTH})(?:\s(?:of\s)?|(?=(?-i:[A-Z][a-z]+\d{{4}})))(?P<name>{_NAME}){_YEAR_BEHIND}",
    rf"{_START}(?:(?:early|late|mid)[ -])?(?P<name>{_NAME}){_OF_YEAR}",
    rf"{_START}(?P<holiday>{'|'.join(filter(str.isascii, HOLIDAYS)).replace(' ', '[ ]')}){_OF_YEAR}".replace(
        "'", "['’]"
    ),
    rf"{_START}(?P<name>{_NAME})[-–](?P<until_name>{_NAME})(?!{_OF_YEAR}|[ ]?\d)",
    rf"{_START}(?P<count>{_QUARTERLY}|1st|2nd|3rd|4th|last(?=.{{1,14}}[12]\d{{3}}))[ -](?P<part>quarter|half|semester)"
    rf"(?:[ -]year)?(?![a-z]){_OF_YEAR}?"
    rf"|(?<![a-z\d])(?P<y2>20\d\d)\s(?P<count2>{_QUARTERLY})[ -](?P<part2>quarter|half|semester)(?![a-z])",
    rf"{_APART}(?P<y>[12]\d{{3}})-?W(?P<week>[0-5]\d)(?!\d)",
    rf"{_START}first\s(?P<count>{_COUNT})\s(?P<part>months|quarters){_OF_YEAR}?",
    rf"{_START}(?P<part>[QH])(?P<count>[1-4])(?:[ /-]?(?:of[ ]|FY[ ]?)?(?P<y>[12]\d{{3}})(?!\d)"
    r"|[ ](?:of[ ])?(?P<rel>last|this|next)[ ]year(?![a-z’'-])|[ ]?(?:of[ ])?FY[ ]?(?P<y4>\d\d)(?!\d|[-/]\d)"
    r"|(?=[ ]?(?:[-–—]|to)[ ]?[QH][1-4][ ]?[12]\d{3}(?!\d)))"
    r"|(?<!\d)(?P<y2>[12]\d{3})[ ]?(?P<part2>[QH])(?P<count2>[1-4])(?!\d)"
    r"|(?<![\da-z])(?P<count3>[1-4])(?P<part3>[QH])[ ]?(?P<y3>20\d\d|\d\d)(?!\d)",
    rf"{_START}(?:(?:fiscal|financial)[ ](?:year[ ])?|FY[ ]?)(?P<y>20\d\d|\d\d)(?!\d)",
    rf"{_START}(?P<rel>(?<!the[ ])last|this|next)[ ]year(?![a-z’'-])"
    rf"|{_START}(?:the[ ])?(?:previous|prior)[ ]year(?![a-z])",
    rf"(?<![a-z\d])(?<!\d[.,])(?!an?[ ](?!decade))(?P<span>{_COUNT}|\d\d?)[ ](?P<unit>{_UNIT})s?[ ](?:ago|earlier)\b",
    rf"{_APART}(?P<decade>[12]\d\d0)s\b|(?:(?<=['’])|(?<=mid[ -])|(?<=late[ ])|(?<=arly[ ]))(?P<decade2>[2-9]0)s\b",
    rf"{_START}(?:in|of|from|through|to|since|until|till|by|late|early|mid|during|for|before|after|between|and|or|last"
    rf"|this|next|every|each)[ -](?P<at>(?P<name>{_NAME}))(?![ -]?\d)|{_START}(?P<name2>(?-i:January|February|July"
    r"|September|October|November|December|Sept|Oct|Nov|Dec|(?<!M[rs][ ])(?<!Mrs[ ])"
    rf"(?:March|April|June|August)(?=[ ][a-z]{{3,}})(?![ ](?:{_DOES})\b)"
    rf"|(?:March|April|May|June|August)(?=[ ](?i:{_MONTHLY})\b)|{_NAME}(?=[-–—](?:\0|{_NAME}))))(?![a-z]|[ -]?\d)",
    rf"{_START}(?P<fix>end[ -](?:of[ -])?|year[ -]end[ ]|mid-|early[ ]|late[ ]|beginning[ ]of[ ])(?P<y>{_YEAR})(?!\d)",
    # 2012 was the best; we kick off 2024; goes back to 1270; a title's - 2012
    rf"(?:^|(?<=[.;,:)”\"][ ])|(?<=that[ ])|(?<=and[ ])|(?<=but[ ])|(?<=while[ ])|(?<=said[ ]))(?P<y>{_YEAR})"
    r"(?=,[ ](?:when|the[ ]year|a[ ]year)\b|[ ](?:was|is|will|has[ ]been|had[ ]been|looks|proved|turned|remains|started"
    r"|would|witnessed|saw|began|ended|marked|brought)\b)"
    r"|\b(?:(?:kick|sign)(?:s|ed|ing)?[ ]off|clos(?:es?|ed|ing)(?:[ ]out)?|(?:start|end|finish|exit|enter)(?:s|ed|ing)?"
    rf"|beg[iau]n(?:s|ning)?)[ ](?P<at2>(?P<y4>{_YEAR}))(?=$|[,.;!?)”\"]|[ ](?:with|on|in|at|by|as|and|strong|well)\b)"
    r"|\b(?:in|since|until|by|about|circa|back[ ]to|the[ ]year|from)[ ](?P<at>(?P<y2>1[0-4]\d\d))"
    r"(?=$|[,.;:)](?!\d)|[ ](?:the|an?|when|by|and|it|he|they|as|under|after|with)\b(?![ ]\d))"
    rf"|(?<=[a-z)][ ][-–—][ ])(?P<y3>{_YEAR})$",
    rf"(?:(?<=[a-z][ ])|(?<=[a-z][,.][ ]))(?P<behind>)(?P<y>{_YEAR}){_NO_NUMBER}{_NOT_COUNTING}",
)
# Words before a year: since at least 1994; also names, except of numbered things and words that limit a number.
BEFORE_YEAR = (
    r"(?<![A-Za-z])(?:(?i:in|since|by|until|till|from|to|of|during|year|through|throughout|after|before|than|for|and|over"
    r"|between|versus|vs\.?|a|the|its|their|circa|ca?\.|on|below|above|against|with|current|projected"
    r"|as[ ](?:early|late|recently|long[ ]ago)[ ]as"
    r"|(?:since|until|by|before|from|to|in)[ ](?:at[ ]least|about|around|roughly|perhaps)|enter|entering|ended)"
    r"|(?!No\b|Table|Figure|Note|Room|Route|Highway|Chapter|Section|Page|Over|About|Nearly|Some|Only|Around|Almost"
    r"|More|Nos|Under|Up|Level|Article|Flight)[A-Z](?:[a-z]+|[A-Z]{3,}),?)[ ]$"
)
YEARS = (
    r"(?<![\d.:/])(?P<time>(?:1[0-2]|0?[1-9])(?:[.:][0-5]\d)?)\s?(?:(?P<noon>[ap]\.?m\b\.?|noon\b|midnight\b)|o['’]clock)"
    r"|(?<![\d.:/])(?P<time2>[012]\d:[0-5]\d(?::[0-5]\d)?)(?![\d:.])|(?<=\bat[ ])(?P<time3>\d:[0-5]\d)(?![\d:.])",
    rf"(?<![\d/$¥€£-])(?<!\d[.,])(?P<y>{_YEAR})(?=\s?(?:[-–—~]|至|到|to\b|/)\s?(?:\0|{_YEAR}(?!\d|[.,]\d|%)"
    rf"(?!\s?{_HAN}(?<![年学财赛])){_NOT_COUNTING}))",
    rf"(?:(?<=\0[ ]or[ ])|(?<=\0[ ]and[ ])|(?<=\d{{4}}[ ]and[ ])|(?<=\0[、和])){_YEAR_ALONE}",
    rf"{_APART}(?P<old>\d{{1,4}}[ ]?BCE?)\b",
    rf"(?<=[(])(?P<y>{_YEAR})(?=[),，;:])|(?<![\d$¥€£-])(?<!\d[.,])(?P<y2>{_YEAR})(?=[’']s\b)"
    rf"|(?:(?<=[a-zA-Z][’']s[ ])|(?<=[sS][’'][ ]))(?P<y5>{_YEAR}){_NO_NUMBER}{_NOT_COUNTING}(?=[ ][a-zA-Z])"
    rf"|(?<![\d/$¥€£-])(?<!\d[.,])(?P<y4>{_YEAR})(?=(?:,[ ](?:\0{{4}}|{_YEAR})){{0,5}},?[ ](?:and|or)[ ]\0{{4}}(?!\0))"
    rf"|^(?P<y3>{_YEAR})(?=$|[ ,])",
)
# Spans of time, hours, centuries, and less common years: 这十年, 23点以后, AD 400.
_ORDINAL = "|".join(word for word in COUNTS if word.isalpha() and word.endswith(("first", "second", "third", "th")))
_TO = "past|last|previous|prior|preceding|next|coming|following"
_MANY = "\\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_HOUR = r"(?:[01]?\d|2[0-4])点"
SPANS = (
    rf"{_FREE}(?:(?:(?<=[这那])(?!一年)|(?<=黄金)|(?<=[”)，。;]前)|(?<=^前))(?P<span>{_SPAN})(?P<unit>年)(?![级代多])"
    rf"|(?P<span2>{_SPAN})(?P<unit2>年)(?=(?:的?时间)[里内]|周期|期间|(?:常住|户籍|总)?人口[增减净])"
    rf"|(?<=的)(?P<span3>{_SPAN})(?P<unit3>年)(?=时间))|(?P<old>(?:过去|未来|今后|最近|接下来|近)的?几(?:十?年|个月|周|天))"
    rf"|(?<![\d.涨跌升降落破])(?<![涨跌升降落破][了至到])(?:(?P<time>{_HOUR})[至到]{_HOUR}|(?P<time2>零点)(?![\d一二三四五六七八九])"
    rf"|(?P<time3>{_HOUR})(?=(?:以|之)?[前后]|多[了才就，]|[至到](?:凌晨|次日|第二天)|[入开]))",
    rf"\b(?:{_TO})[ ](?P<span>{_MANY})(?P<more>[ ]and[ ]a[ ]half)?[ ](?P<unit>{_UNIT})s\b"
    rf"|\b(?P<old>(?:{_TO})[ ](?:(?:few|several|couple[ ]of)[ ](?:{_UNIT})s|decade))\b"
    r"|(?:(?<=\bover[ ]the[ ])|(?<=\bduring[ ]the[ ])|(?<=\bin[ ]the[ ]))(?P<past>(?:last|past)[ ]year)\b"
    rf"|\b(?<!\0[ ]and[ ])(?P<span6>{_MANY})[ ](?P<unit6>month|week)s(?=[ ](?:to|ended|ending|through|until)[ ]\0)"
    rf"|\bfirst[ ](?P<span2>{_MANY})[ ](?P<unit2>{_UNIT})s(?=[ ]of\b)"
    rf"|(?<=\bin[ ]the[ ])(?P<span3>{_MANY})[ ](?P<unit3>{_UNIT})s"
    r"(?=(?<=years)[ ]to\b|[ ](?:of[ ]\w+[ ])?(?:since|until|through)\b)"
    rf"|(?<=\bin[ ])(?P<span4>{_MANY})[ ](?P<unit4>decade)s\b"
    r"|\b(?P<span5>\d{1,3}(?:,\d{3})+)[ ](?P<unit5>year)s[ ](?:ago|earlier)\b",
    r"(?<![\d.,])(?P<century>\d{1,2})(?:st|nd|rd|th)[ -]centur(?:y|ies)\b"
    rf"|\b(?P<century2>{_ORDINAL})[ -]centur(?:y|ies)\b",
    r"(?<![\d.])(?<!\d,)(?P<months>[369])M[ ]?(?P<y>20\d\d)\b"
    r"|(?-i:\bAD[ ](?P<anno>[1-9]\d{0,3})\b|\b(?P<anno2>[1-9]\d{2,3})[ ]AD\b)"
    r"|(?<=[(])(?P<y3>(?:19|20)\d\d)(?=[ ](?:census|survey|estimate|data|est)\b)",
)
