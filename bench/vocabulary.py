"""The words that synthetic facts are made of: Chinese and English side by side, the most frequent first.

None holds a Chinese numeral, so that a sentence's numbers are those that the generator puts there. The syllables of
each alphabet are unlike and begin with a consonant, so that two names that differ in Chinese differ in English.
"""

from __future__ import annotations

from typing import NamedTuple


class Aspect(NamedTuple):
    """What is counted: the end of an id, its names, its unit, its Chinese counter and how it is counted."""

    slug: str
    zh: str
    en: str
    unit: str
    counter: str
    scale: str = "count"


def _alphabet(text: str) -> list[tuple[str, str]]:
    """Read ``明ming 远yuan`` as pairs of a character and its syllable."""
    return [(word[0], word[1:]) for word in text.split()]


def _pairs(text: str) -> list[tuple[str, str]]:
    """Read lines of ``阅读=reading, 天文=astronomy`` as pairs."""
    words = (word.strip().split("=") for word in text.replace("\n", ",").split(",") if word.strip())
    return [(zh, en) for zh, en in words]


PLACES = _alphabet("""
青qing 河he 石shi 林lin 云yun 山shan 南nan 湖hu 东dong 桥qiao 白bai 沙sha 金jin 田tian 松song 溪xi 龙long 泉quan
新xin 港gang 梅mei 岭ling 长chang 宁ning 北bei 平ping 永yong 丰feng 海hai 门men 花hua 园yuan 柳liu 州zhou 大da
成cheng 高gao 浦pu 集ji 关guan 康kang 水shui 中zhong 村cun 古gu 塘tang 萱xuan 台tai
""")
NAMES = _alphabet("""
明ming 远yuan 思si 齐qi 文wen 清qing 德de 仁ren 志zhi 学xue 光guang 华hua 国guo 兴xing 和he 平ping 宁ning 春chun
秋qiu 松song 柏bai 竹zhu 梅mei 兰lan 云yun 石shi 泉quan 海hai 川chuan 江jiang 湖hu 月yue 风feng 雅ya 诚cheng
信xin 达da 博bo 厚hou 崇chong 敬jing 善shan 乐le 康kang 福fu 寿shou 嘉jia 瑞rui 祥xiang 宝bao 珍zhen 书shu 墨mo
丹dan 朴pu 木mu 林lin 田tian 谷gu 桥qiao 楼lou 台tai 亭ting 舟zhou
""")

UNITS = {
    "person": ("人", "people"),
    "person-time": ("人次", "visits"),
    "enterprise": ("企业", "enterprises"),
    "organization": ("机构", "organisations"),
    "project": ("项目", "projects"),
    "yuan": ("元", "yuan (CNY)"),
    "school": ("学校", "schools"),
    "venue": ("场所", "venues"),
    "volume": ("册", "volumes"),
    "course": ("课程", "courses"),
    "square-metre": ("平方米", "square metres"),
    "device": ("设备", "devices"),
    "document": ("文件", "documents"),
    "tree": ("树木", "trees"),
    "percent": ("百分比", "per cent"),
    "rank": ("排名名次", "place in a ranking"),
}

ASPECTS = [
    Aspect("readers", "读者", "readers", "person", "名"),
    Aspect("visits", "来访", "visits", "person-time", "人次"),
    Aspect("budget", "预算", "budget", "yuan", "元", "money"),
    Aspect("members", "会员", "members", "person", "名"),
    Aspect("rank", "排名", "place", "rank", "", "rank"),
    Aspect("partners", "合作企业", "partner enterprises", "enterprise", "家"),
    Aspect("share", "满意比例", "share of satisfied users", "percent", "", "share"),
    Aspect("projects", "在建项目", "projects under way", "project", "个"),
    Aspect("branches", "分支机构", "branches", "organization", "个"),
    Aspect("books", "藏书", "volumes held", "volume", "册"),
    Aspect("volunteers", "志愿者", "volunteers", "person", "名"),
    Aspect("income", "收入", "income", "yuan", "元", "money"),
    Aspect("schools", "共建学校", "partner schools", "school", "所"),
    Aspect("venues", "活动场所", "venues", "venue", "处"),
    Aspect("courses", "公开课程", "public courses", "course", "门"),
    Aspect("area", "占地面积", "area in use", "square-metre", "平方米"),
    Aspect("devices", "设备", "devices", "device", "台"),
    Aspect("documents", "归档文件", "documents on file", "document", "份"),
    Aspect("trees", "新栽树木", "trees planted", "tree", "株"),
    Aspect("staff", "职工", "employees", "person", "人"),
]

CATEGORIES = {
    "culture": ("文化", "Culture"),
    "education": ("教育", "Education"),
    "transport": ("交通", "Transport"),
    "health": ("卫生", "Health"),
    "industry": ("工业", "Industry"),
    "environment": ("环境", "Environment"),
    "sport": ("体育", "Sport"),
    "trade": ("贸易", "Trade"),
    "science": ("科学", "Science"),
    "farming": ("农业", "Farming"),
    "housing": ("住房", "Housing"),
    "tourism": ("旅游", "Tourism"),
}

BODIES = [  # slug, zh, en, category
    ("library", "图书馆", "Library", "culture"),
    ("school", "中学", "Secondary School", "education"),
    ("station", "车站", "Station", "transport"),
    ("hospital", "医院", "Hospital", "health"),
    ("works", "工厂", "Works", "industry"),
    ("park", "公园", "Park", "environment"),
    ("stadium", "体育场", "Stadium", "sport"),
    ("market", "市场", "Market", "trade"),
    ("institute", "研究所", "Institute", "science"),
    ("farm", "农场", "Farm", "farming"),
    ("estate", "小区", "Housing Estate", "housing"),
    ("resort", "度假村", "Resort", "tourism"),
    ("museum", "博物馆", "Museum", "culture"),
    ("college", "学院", "College", "education"),
    ("port", "港口", "Port", "transport"),
    ("clinic", "诊所", "Clinic", "health"),
    ("shipyard", "船厂", "Shipyard", "industry"),
    ("wetland", "湿地", "Wetland", "environment"),
    ("pool", "游泳馆", "Swimming Pool", "sport"),
    ("exchange", "交易所", "Exchange", "trade"),
    ("laboratory", "实验室", "Laboratory", "science"),
    ("orchard", "果园", "Orchard", "farming"),
    ("quarter", "街区", "Quarter", "housing"),
    ("hotel", "宾馆", "Hotel", "tourism"),
    ("theatre", "剧院", "Theatre", "culture"),
    ("kindergarten", "幼儿园", "Kindergarten", "education"),
    ("bridge", "大桥", "Bridge", "transport"),
    ("pharmacy", "药房", "Pharmacy", "health"),
    ("mill", "纺织厂", "Mill", "industry"),
    ("garden", "植物园", "Botanical Garden", "environment"),
]

THEMES = _pairs("""
阅读=reading, 书法=calligraphy, 音乐=music, 摄影=photography, 园艺=gardening, 天文=astronomy, 历史=history
地理=geography, 数学=mathematics, 陶瓷=ceramics, 茶艺=tea, 绘画=painting, 雕塑=sculpture, 建筑=architecture
航海=navigation, 气象=weather, 植物=plants, 昆虫=insects, 鸟类=birds, 地质=geology, 水利=irrigation
桥梁=bridges, 铁路=railways, 航空=aviation, 电子=electronics, 机械=machinery, 纺织=textiles, 印刷=printing
造纸=papermaking, 木工=woodwork, 烹饪=cooking, 营养=nutrition, 护理=nursing, 急救=first aid, 骨科=orthopaedics
眼科=ophthalmology, 心理=psychology, 法律=law, 会计=accounting, 统计=statistics, 翻译=translation, 戏曲=opera
舞蹈=dance, 民谣=folk song, 电影=film, 动画=animation, 新闻=journalism, 档案=archives, 测绘=surveying
环保=conservation, 节水=water saving, 垃圾分类=recycling, 骑行=cycling, 登山=mountaineering, 游泳=swimming
围棋=go, 象棋=chess, 乒乓球=table tennis, 羽毛球=badminton, 长跑=running, 太极=tai chi, 武术=martial arts
划船=rowing, 种子=seeds, 果树=fruit trees, 养蜂=beekeeping, 渔业=fishery, 畜牧=livestock, 土壤=soil
灌溉=watering, 温室=greenhouse
""")

ACTIVITIES = _pairs("""
讲座=lectures, 展览=exhibitions, 培训=training, 研究=research, 比赛=contests, 咨询=advice, 服务=services
交流=exchanges, 课堂=classes, 工坊=workshops, 演出=performances, 出版=publications, 调查=surveys, 论坛=forums
竞赛=competitions, 检测=testing, 示范=demonstrations, 推广=promotion, 维修=repairs, 收藏=collections
直播=broadcasts, 沙龙=meetings, 夏令营=summer camps, 评选=awards
""")
