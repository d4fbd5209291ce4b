"""Text utilities: fold width, case, accents and script, escape control characters, read the word lists of data/."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Full-width ASCII and its like. A full-width comma stays: it separates clauses more often than digits.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord("，"): "，",
    ord("￥"): "¥",
    ord("點"): "点",
    0x2212: "-",
}

# These patterns are strings, which `re` compiles at first use: most queries need none, which saves milliseconds.
_WIDE = "[！-＋－-～￥點\u2212]"
_GROUPED = "(?<=[０-９])，(?=[０-９]{3})"

# Thousands separated by spaces, as in the SI: 18 000; but not a table row (12 5 100), nor June 5 200.
_SPACED = (
    r"(?a)[1-9](?=\d{0,2}[ \xa0\u2009\u202f]\d{3})(?<![\d.,]\d)(?<!\d[ \xa0\u2009\u202f]\d)"
    r"(?<!mber \d|ober \d|uary \d|June \d|July \d|gust \d|arch \d|pril \d| May \d)"
    r"\d{0,2}(?:[ \xa0\u2009\u202f]\d{3})+(?![\d,]|[ \xa0\u2009\u202f]\d)"
)
_SPACES = str.maketrans(" \xa0\u2009\u202f", ",,,,")

# Traditional characters that occur in numbers, in the words around them and in data/idioms.txt, so that the patterns
# for simplified characters serve both scripts.
_SIMPLIFIED = str.maketrans(
    "萬億兩雙個餘幾數後點來統進這種樣體應邊時對動從連貫轉圍參與陸貳負約將過於達滿條項歲號內開間兒圓錢產業級際場頁歷線"
    "長減漲佔較屆週擴縮貶變義務會學醫國區縣鄉農∶丟並亂亞併侷係倆倉倖側備傢傳傷傾價儀儘優別則剋剎創劃劍勁勝勞勢匯厭員"
    "唸問喚喫單嗚噸噹嚀嚮嚴囑園圖團堅報塊塗塢塵壽夢奮婦嬌宮實寧審寶專導屍層島峽嶺師帶幟幣幹庫廂廈廢廣廬廳弔張強彆彈彙"
    "彫徑復悅惡態慾憂憚懷戰戶捨捲掃掛揚揮搶撓撥擁擊擔擲攜攬敗斬斷昇曆曇曬書東棟棲楊極榦構槓樓標樹橋機橫檯檻欄權歐歡歸"
    "殺毀氣決沒沖淨淵湊溝滄漢潰濟瀉灘灣災為烏無煉煙煥熱燈營燬爛爭爾牆牴狀獄獎獨獲獸現環瓏畝畢當瘡發盜盡監盤眾矚確碼磚"
    "礎禍禮稅稜穀穩穫窩窮窺竅竊競筆箇節簣簽籌籟籤糧糰糾紀紅納紙紛紮終組結絕絲綁經維網綵綻緒緘緣編緯緻縷總績繡繫繽續纏"
    "纔罷羅翹聖聞聯聲職聽脈脣腦腳臉臘臟臨臺興舉舊華葉蓆蓋藝藥處虧衝補裡製複見規視親覽觀觸計記許訴註証詐詞話該詳誌認語"
    "說課調談請論諸諾謝證識譜譟護譽讀豎豐豬貝貞財貧貨責費貿資賠賬賴賺賽贏躍車軌軍載輕輛輩輪轍轟辦辭辯迴逕遊遙遠遲選遺"
    "遼邁郵鄰醜釋釐針鈞鉅銀銷鋼錄錘錦錶鍊鍋鍵鍾鎚鎮鏡鐘鐵鑼鑽門閃閉閣閤闆關陞陣陰陳陽隊階隨險隻雜離難雲電靈鞦韆響頂順"
    "預頓領頭頰頷頻顆顏願顛類顧顯顰風颱飄飛飯飽飾餅養館饒馬騙騰驅驚髒髮鬍鬢鬥鬨魚鮮鱗鳥鳴鴨鴻鵬鶴麵麼黃鼕齊齡齣龍僅冊"
    "勛勳協囌孃廟廠彿慶憲掙榮樂樑殲潤灤獻礦範綴艦莊蓮蘇衛訂設諜議跡蹟運閱題駕鬆鷺鹹麗齋"
    "爲喬買侖衆偵債黨蘭馮準劉剛劇賣盧壓疊呂啓吳壇夠奧孫崗峯牀擠損"
    "據攝檔滬測爐療積稱縱紐紹綜緩羣蕭蔣蟬訊訪診譚購賀賈趙躋輸還鄧鄒鄭裏銳鎊閻韓頃須額飆驟龔",
    "万亿两双个余几数后点来统进这种样体应边时对动从连贯转围参与陆贰负约将过于达满条项岁号内开间儿圆钱产业级际场页历线"
    "长减涨占较届周扩缩贬变义务会学医国区县乡农:丢并乱亚并局系俩仓幸侧备家传伤倾价仪尽优别则克刹创划剑劲胜劳势汇厌员"
    "念问唤吃单呜吨当咛向严嘱园图团坚报块涂坞尘寿梦奋妇娇宫实宁审宝专导尸层岛峡岭师带帜币干库厢厦废广庐厅吊张强别弹汇"
    "雕径复悦恶态欲忧惮怀战户舍卷扫挂扬挥抢挠拨拥击担掷携揽败斩断升历昙晒书东栋栖杨极干构杠楼标树桥机横台槛栏权欧欢归"
    "杀毁气决没冲净渊凑沟沧汉溃济泻滩湾灾为乌无炼烟焕热灯营毁烂争尔墙抵状狱奖独获兽现环珑亩毕当疮发盗尽监盘众瞩确码砖"
    "础祸礼税棱谷稳获窝穷窥窍窃竞笔个节篑签筹籁签粮团纠纪红纳纸纷扎终组结绝丝绑经维网彩绽绪缄缘编纬致缕总绩绣系缤续缠"
    "才罢罗翘圣闻联声职听脉唇脑脚脸腊脏临台兴举旧华叶席盖艺药处亏冲补里制复见规视亲览观触计记许诉注证诈词话该详志认语"
    "说课调谈请论诸诺谢证识谱噪护誉读竖丰猪贝贞财贫货责费贸资赔账赖赚赛赢跃车轨军载轻辆辈轮辙轰办辞辩回径游遥远迟选遗"
    "辽迈邮邻丑释厘针钧巨银销钢录锤锦表炼锅键钟锤镇镜钟铁锣钻门闪闭阁合板关升阵阴陈阳队阶随险只杂离难云电灵秋千响顶顺"
    "预顿领头颊颔频颗颜愿颠类顾显颦风台飘飞饭饱饰饼养馆饶马骗腾驱惊脏发胡鬓斗哄鱼鲜鳞鸟鸣鸭鸿鹏鹤面么黄冬齐龄出龙仅册"
    "勋勋协苏娘庙厂佛庆宪挣荣乐梁歼润滦献矿范缀舰庄莲苏卫订设谍议迹迹运阅题驾松鹭咸丽斋"
    "为乔买仑众侦债党兰冯准刘刚剧卖卢压叠吕启吴坛够奥孙岗峰床挤损"
    "据摄档沪测炉疗积称纵纽绍综缓群萧蒋蝉讯访诊谭购贺贾赵跻输还邓邹郑里锐镑阎韩顷须额飙骤龚",
)
_TRADITIONAL = frozenset(map(chr, _SIMPLIFIED))

# The ranges of code points of Chinese characters, both ends included.
HAN = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))

# Characters that must not be shown, as the inside of a character class: control characters other than tab and line
# ends, line separators, bidirectional embeddings, overrides and isolates (UAX #9), surrogates and noncharacters.
HIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff"
_NOT_SHOWN = f"[{HIDDEN}\r\n]"


def fold(text: str) -> str:
    """Fold width (NFKC), case and accents: ＣＡＦÉ becomes cafe."""
    if text.isascii():
        return text.lower()
    # twice, because a compatibility form may decompose into capitals: ™ into TM
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.casefold()).casefold())
    return unicodedata.normalize("NFKC", "".join(char for char in decomposed if not unicodedata.combining(char)))


def narrow(text: str) -> str:
    """Make full-width characters half-width, one for one, so that offsets stay valid."""
    if text.isascii() or not re.search(_WIDE, text):
        return text
    return re.sub(_GROUPED, ",", text).translate(_HALF_WIDTH)


def plain(text: str) -> str:
    """Make a text half-width and simplified, with commas in thousands (18 000: 18,000), one character for one."""
    text = re.sub(_SPACED, lambda match: match[0].translate(_SPACES), narrow(text))
    return text if _TRADITIONAL.isdisjoint(text) else text.translate(_SIMPLIFIED)


def has_han(text: str) -> bool:
    """Return whether a text contains a Chinese character."""
    return not text.isascii() and any(first <= code <= last for code in map(ord, text) for first, last in HAN)


def occurrences(text: str, wording: str) -> Iterator[int]:
    """Yield each offset at which a wording occurs in a text, including overlapping ones."""
    start = text.find(wording)
    while start >= 0:
        yield start
        start = text.find(wording, start + 1)


def visible(text: str) -> str:
    """Escape line ends, so that a message stays on one line, and characters that must not reach a terminal."""
    return text if text.isprintable() else re.sub(_NOT_SHOWN, lambda match: f"\\u{ord(match[0]):04x}", text)


def shipped(name: str) -> Path:
    """Return the path of a data file: inside the package in a wheel, in the repository for an editable install."""
    package = Path(__file__).parent
    inside = package / "data" / name
    return inside if inside.exists() else package.parents[1] / "data" / name


def sections(file: str) -> dict[str, list[str]]:
    """Return the sections of a data file with their lines; a line indented by two spaces continues the one before."""
    found: dict[str, list[str]] = {}
    for line in shipped(file).read_text(encoding="utf-8").replace("\n  ", " ").splitlines():
        if line.startswith("[") and line[1:-1].isalpha() and line.isascii():
            lines = found.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return found


def word_lists(file: str) -> dict[str, dict[str, str]]:
    """Return the ``name: words`` lines of a data file: section → name → words."""
    return {section: dict(line.split(": ", 1) for line in lines) for section, lines in sections(file).items()}
