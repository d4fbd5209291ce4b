"""Text as text: what differs only in width, case, accents or script, and characters that must not reach a terminal."""

from __future__ import annotations

import re
import unicodedata

# Full-width ASCII, and what stands for it in Chinese text. A full-width comma divides sentences more often than digits.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord("，"): "，",
    ord("￥"): "¥",
    ord("點"): "点",
    0x2212: "-",
}

# Patterns in strings are compiled by `re` at first use: most queries need none of them, and save milliseconds.
_WIDE = "[！-＋－-～￥點\u2212]"
_GROUPED = "(?<=[０-９])，(?=[０-９]{3})"

# Thousands set apart by spaces, as the SI writes them: 18 000; but not a row of a table (12 5 100), nor June 5 200.
_SPACED = (
    r"(?a)[1-9](?=\d{0,2}[ \xa0\u2009\u202f]\d{3})(?<![\d.,]\d)(?<!\d[ \xa0\u2009\u202f]\d)"
    r"(?<!mber \d|ober \d|uary \d|June \d|July \d|gust \d|arch \d|pril \d| May \d)"
    r"\d{0,2}(?:[ \xa0\u2009\u202f]\d{3})+(?![\d,]|[ \xa0\u2009\u202f]\d)"
)
_SPACES = str.maketrans(" \xa0\u2009\u202f", ",,,,")

# Traditional characters of numbers and of the commonest words beside them, so that one table serves both scripts.
_SIMPLIFIED = str.maketrans(
    "萬億兩雙個餘幾數後點來統進這種樣體應邊時對動從連貫轉圍參與陸貳負約將過於達滿條項歲號內開間兒圓錢產業"
    "級際場頁歷線長減漲佔較屆週擴縮貶變義務會學醫國區縣鄉農∶",
    "万亿两双个余几数后点来统进这种样体应边时对动从连贯转围参与陆贰负约将过于达满条项岁号内开间儿圆钱产业"
    "级际场页历线长减涨占较届周扩缩贬变义务会学医国区县乡农:",
)
_TRADITIONAL = frozenset(map(chr, _SIMPLIFIED))

# Code points, from the first up to the last, of Chinese characters.
_HAN_CODES = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))

# What a look tells of a text's scripts: patterns of one need not be tried on the other.
LATIN, HAN = re.compile("[A-Za-z]"), re.compile("[\u3400-\u9fff]")

# Control characters but tab and line ends, line separators, bidirectional embeddings, overrides and isolates
# (Unicode 16, UAX #9), surrogates and noncharacters, as the inside of a regular expression's class.
HIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff"
_NOT_SHOWN = f"[{HIDDEN}\r\n]"


def fold(text: str) -> str:
    """Fold width (NFKC), case and accents.

    >>> fold("ＣＡＦÉ")
    'cafe'
    """
    if text.isascii():
        return text.lower()
    # twice, for a letter may come out of a compatibility form as a capital: ™ is TM
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.casefold()).casefold())
    return unicodedata.normalize("NFKC", "".join(char for char in decomposed if not unicodedata.combining(char)))


def narrow(text: str) -> str:
    """Make full-width forms half-width, one character for one, so that offsets stay."""
    return re.sub(_GROUPED, ",", text).translate(_HALF_WIDTH) if re.search(_WIDE, text) else text


def plain(text: str) -> str:
    """Return a text half-width, in simplified characters and with commas in thousands, one character for one.

    >>> plain("３萬個"), plain("18 000")
    ('3万个', '18,000')
    """
    text = re.sub(_SPACED, lambda match: match[0].translate(_SPACES), narrow(text))
    return text if _TRADITIONAL.isdisjoint(text) else text.translate(_SIMPLIFIED)


def has_han(text: str) -> bool:
    """Tell whether a text holds a Chinese character."""
    return not text.isascii() and any(first <= code <= last for code in map(ord, text) for first, last in _HAN_CODES)


def visible(text: str) -> str:
    r"""Write what must not reach a terminal as its code, and line ends too: a message is one line.

    >>> visible("a\x1b[31m")
    'a\\u001b[31m'
    """
    return text if text.isprintable() else re.sub(_NOT_SHOWN, lambda match: f"\\u{ord(match[0]):04x}", text)
