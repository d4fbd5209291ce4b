"""What a number of a text counts: its counter, currency or noun → a unit with names in both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cs_facts.text import plain

# id: the words for it in Chinese | in English; the first of each is its name.
_TABLE = """
person: 人 名 位 口 | people; person; persons; members; students; graduates; workers; officials; residents; citizens;
  patients; passengers; visitors; teachers; employees; children; women; men; migrants; drivers; riders; professionals;
  experts; volunteers; returnees; cadres; users; readers
person-time: 人次 | person-times; visits
percent: % | per cent; percent; pct
percentage-point: 个百分点 百分点 | percentage points; percentage point; ppt; ppts; pp
basis-point: 个基点 | basis points
yuan: 元 人民币 元人民币 | yuan; rmb; cny; ¥
us-dollar: 美元 美金 | US dollars; us$; $; usd; dollars; dollar
cent: 美分 | cents
hk-dollar: 港元 港币 | Hong Kong dollars; hk$; hkd
nt-dollar: 新台币 | New Taiwan dollars; nt$; ntd; twd
euro: 欧元 | euros; €; eur; euro
pound: 英镑 | pounds; £; gbp
au-dollar: 澳元 澳大利亚元 | Australian dollars; a$; au$; aud
nz-dollar: 新西兰元 纽元 | New Zealand dollars; nz$; nzd
canadian-dollar: 加元 加拿大元 | Canadian dollars; c$; ca$; cad
singapore-dollar: 新加坡元 新元 | Singapore dollars; s$; sgd
rupee: 卢比 | rupees; ₹; rupee; inr
won: 韩元 | won; ₩; krw
rouble: 卢布 | roubles; rubles; ₽
yen: 日元 日圆 | yen; jpy
job: 岗位 | jobs; job
household: 户 | households; household; families
item: 个 项 件 | items; item
establishment: 家 企业 | establishments; companies; firms; enterprises; businesses; shops; banks; factories
institution: 所 | institutions
set: 套 | sets
kind: 种 类 | kinds
time: 次 回 | times
session: 场 届 | sessions
place: 处 地 | places
line: 条 | lines
sheet: 张 | sheets
copy: 册 份 本 篇 部 | copies; volumes; copy
train: 列 | trains; train
carload: 车 | carloads
vehicle: 辆 台 | vehicles; vehicle
vessel: 艘 | vessels
aircraft: 架 | aircraft
building: 栋 座 幢 间 | buildings; building
piece: 枚 只 支 颗 株 棵 | pieces
head: 头 匹 | head
team: 队 | teams
container: 标箱 | containers; teu; teus
square-metre: 平方米 | square metres; square meters; m2; m²
square-kilometre: 平方公里 平方千米 | square kilometres; square kilometers; sq km; km2; km²
square-mile: 平方英里 | square miles; square mile; sq mi
hectare: 公顷 | hectares; hectare; ha
mu: 亩 | mu
acre: 英亩 | acres; acre
metre: 米 | metres; meters; metre; meter; m
kilometre: 公里 千米 | kilometres; kilometers; km; kilometre; kilometer
mile: 英里 | miles; mile
foot: 英尺 | feet; foot; ft
inch: 英寸 | inches; inch
millimetre: 毫米 | millimetres; millimeters; millimetre; millimeter; mm
centimetre: 厘米 | centimetres; centimeters; centimetre; centimeter; cm
kilometre-per-hour: 公里每小时 | km/h; kph; kilometres per hour; kilometers per hour
mile-per-hour: 英里每小时 | mph; miles per hour
cubic-metre: 立方米 | cubic metres; cubic meters
tonne: 吨 | tonnes; tons; tonne; ton
gram: 克 | grams; g
kilogram: 公斤 千克 | kilograms; kg
jin: 斤 | jin
litre: 升 | litres; liters
gigabyte: 吉字节 | GB
kilowatt: 千瓦 | kilowatts; kw
kilowatt-hour: 千瓦时 度 | kilowatt-hours; kwh
megawatt: 兆瓦 | megawatts; MW; megawatt
megawatt-hour: 兆瓦时 | megawatt-hours; MWh
gigawatt: 吉瓦 | gigawatts; GW; gigawatt
gigawatt-hour: 吉瓦时 | gigawatt-hours; GWh
terawatt-hour: 太瓦时 | terawatt-hours; TWh
degree-celsius: ℃ 摄氏度 | degrees Celsius; °c; c
degree-fahrenheit: 华氏度 | degrees Fahrenheit; °f; f
day: 天 日 | days; day
year: 年 周年 | years; year
year-of-age: 岁 周岁 | years of age; years old
month: 个月 | months; month
week: 周 个星期 | weeks; week
hour: 小时 个小时 | hours; hour
minute: 分钟 | minutes; minute
second: 秒 | seconds
village: 村 | villages; village
town: 镇 乡 | towns; town
county: 县 | counties; county
city: 城市 市 | cities; city
district: 城区 区 | districts; district
class: 班 | classes
"""

_LATIN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Units that cannot be taken for one another, nor for things that are counted one by one.
_MEASURES = """
    person-time percent percentage-point basis-point yuan us-dollar cent hk-dollar nt-dollar euro pound yen
    au-dollar nz-dollar canadian-dollar singapore-dollar rupee won rouble
    container square-metre square-kilometre square-mile hectare mu acre metre kilometre mile cubic-metre tonne
    gram kilogram jin litre gigabyte kilowatt kilowatt-hour megawatt megawatt-hour gigawatt gigawatt-hour terawatt-hour
    degree-celsius degree-fahrenheit
    foot inch millimetre centimetre kilometre-per-hour mile-per-hour
    day year year-of-age month week hour minute household
"""
CURRENCIES = frozenset(("yuan", "us-dollar", "cent", "hk-dollar", "nt-dollar", "euro", "pound", "yen"))

# Codes of currencies that have no name here (ISO 4217), as they stand before an amount or behind it.
_CODES = """
    AED BDT BRL CHF CLP COP CZK DKK EGP HUF IDR ILS ISK KES LKR MXN MYR NGN NOK PHP PKR PLN RON RUB SAR SEK THB TRY UAH
    VND ZAR
"""
MEASURES = frozenset((*_MEASURES.split(), *_CODES.lower().split()))
_CODE = rf"\b({'|'.join(_CODES.split())})\b"
_CODE_BEFORE, _CODE_BEHIND = re.compile(rf"{_CODE}[ \1]?$"), re.compile(rf"[ \1]?{_CODE}")

# Characters before an amount in which a code stands, a space before and behind it.
CODE_LENGTH = 6

# Words of English that end the noun behind a number.
_STOPPING = """
    a an the and or but of in on at by to for from with as than that which who whose is are was were be been being
    has have had will would can could may per each every compared during since over under up down between after
    before while when where against through throughout into out about this these those its their his her it they we
    he she also only then last next previous earlier respectively million billion thousand trillion hundred percent
"""
_STOP = frozenset(_STOPPING.split())
_IRREGULAR = frozenset(("people", "children", "men", "women", "staff", "aircraft", "police", "fish", "sheep", "cattle"))
_SINGULAR = re.compile(r"(?:ss|us|is|ous|['’]s)$")

_PER_AREA = re.compile(r" per (?:square (?:mile|kilomet(?:re|er)|met(?:re|er))|hectare|acre)\b")
# Words of English that are looked at behind a number.
_NOUNS = 4


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted.

    Attributes:
        id: lower-case ASCII.
        zh: its name in Chinese, ``en`` in English; empty where only the other is known.

    """

    id: str
    zh: str
    en: str


def _table() -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for line in _TABLE.replace("\n  ", " ").strip().splitlines():
        id_, _, names = line.partition(": ")
        chinese, english = (
            re.split("; " if part.isascii() or ";" in part else " ", part) for part in names.split(" | ")
        )
        unit = Unit(id_, chinese[0], english[0])
        found |= {word.lower(): unit for word in (*chinese, *english) if word.lower() not in found}
    return found


UNITS = _table()
_CHINESE = re.compile(
    "|".join(sorted((re.escape(word) for word in UNITS if not word.isascii() or word == "%"), key=len, reverse=True))
)
_CURRENCY = re.compile(
    r"(?i:(?:us|hk|nt|au?|nz|ca?|s)\$|rmb|cny|usd|eur|gbp|hkd|jpy|twd|ntd|aud|nzd|cad|sgd|inr|krw|[$€£¥₹₩₽]|\bcents\b|人民币|港币|新台币|美金)"
)
_ENGLISH = sorted((word for word in UNITS if " " in word), key=len, reverse=True)


def unit_named(word: str) -> Unit:
    """Return the unit that a word names; one of its own where none is known.

    >>> unit_named("名").id, unit_named("birth").id
    ('person', 'birth')
    """
    known = UNITS.get(plain(word).lower())
    if known:
        return known
    is_english = word.isascii()
    slug = re.sub("[^a-z0-9]+", "-", word.lower()).strip("-") if is_english else ""
    return Unit(slug, "" if is_english else word, word if is_english else "")


def currency_of(printed: str, before: str = "") -> Unit | None:
    """Return the currency that a figure is printed with, or whose code stands before it."""
    if found := _CURRENCY.search(plain(printed)):
        return UNITS[found[0].lower()]
    code = _CODE_BEFORE.search(before)
    return unit_named(code[1]) if code else None


def unit_after(text: str, place: int) -> tuple[Unit, int] | None:
    """Return the unit that stands in a text behind a number, and at what place it ends."""
    bare = plain(text[place : place + 80])
    if code := _CODE_BEHIND.match(bare):
        return unit_named(code[1]), place + code.end(1)
    space = len(bare) - len(bare.lstrip(" \1"))  # markup is blanked out
    if match := _CHINESE.match(bare, space):
        return UNITS[match[0]], place + match.end()
    if match := re.compile(r"(?![之的以左上大关新])[\u4e00-\u9fff]{1,2}(?=[\s，,。；;、)）]|$)").match(bare):
        return unit_named(match[0]), place + match.end()
    return _noun(bare.replace("\1", " "), place) if re.match(r"[ \1-]*[A-Za-z°]", bare) else None


def _noun(bare: str, place: int) -> tuple[Unit, int] | None:
    """Return the noun of English that is counted: the first plural before what ends a phrase."""
    lowered = bare.lower()
    if (
        sign := re.match(r"[ -]?((?:km|m|cm)[²³23]|km/h|°[cf]|gb|[kmgt]wh?|(?<= )(?:m|g|ha))(?![a-z0-9²³/-])", lowered)
    ) and sign[1] in UNITS:
        return UNITS[sign[1]], place + sign.end()
    if sign := re.match(r" in(?=[);,.]| \()", lowered):
        return UNITS["inches"], place + sign.end()
    for words in _ENGLISH:
        if lowered[1:].startswith(words):
            return UNITS[words], place + 1 + len(words)
    if bare.startswith("-"):  # a two-bedroom flat costs
        joined = _LATIN.match(bare, 1)
        stem = joined[0].lower().partition("-")[0] if joined else ""
        return (UNITS[stem], place + 1 + len(stem)) if stem in UNITS else None
    at = 0
    for count, match in enumerate(_LATIN.finditer(bare)):
        word = match[0].lower()
        if count == _NOUNS or word in _STOP or bare[at : match.start()].strip(" -"):
            return None
        at = match.end()
        is_plural = word in _IRREGULAR or (word.endswith("s") and len(word) > 3 and not _SINGULAR.search(word))
        if word in UNITS or is_plural:
            area = _PER_AREA.match(bare, at)
            return unit_named(bare[match.start() : area.end() if area else at]), place + at
    return None
