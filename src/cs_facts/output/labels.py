"""English and Chinese labels for the names of the format, and replacements for characters that an encoding lacks."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from cs_facts.columns import KIND_NAMES, PLAIN
from cs_facts.text import fold, has_han

if TYPE_CHECKING:
    from collections.abc import Collection

    from cs_facts.model import Catalogue, Text

    # English, Chinese.
    Pair = tuple[str, str]


def _names(table: str) -> dict[str, Pair]:
    """Parse entries of a name, its Chinese label and, if it differs from the name, its English label."""
    entries = (entry.split(maxsplit=2) for entry in table.split(","))
    return {name: (english[0].strip() if english else name, chinese) for name, chinese, *english in entries}


def _headings(table: str) -> dict[str, Pair]:
    """Parse entries likewise, and capitalise the English labels."""
    return {name: (english[0].upper() + english[1:], chinese) for name, (english, chinese) in _names(table).items()}


HEADINGS = _headings("""
    id 编号 ID, category 类别, kind 类型, name 名称, title 事项, text 内容 statement, figure 原文 as printed,
    value 数值 number, low 下限 at least, high 上限 at most, unit 单位, form 形式, bound 界限, start 首日 first day,
    end 末日 last day, when 时间 period, source 来源, paragraph 段 ¶, quote 引文, tags 标签,
    conflicts 矛盾 contradicted by, note 备注, draft 草稿, match 匹配, url 网址 address, archived 存档,
    cite 引用 cite as, explanation 解释, facts 条目, figures 数字, contradicted 矛盾, line 行, verdict 判定,
    status 状态, printed 文中 in the text, message 说明
""")

# Column → its values → their labels.
WORD_NAMES: dict[str, dict[str, Pair]] = {
    "kind": {str(kind): pair for kind, pair in KIND_NAMES.items()},
    "form": _names("number 数, range 范围, ratio 比例, share 份额, change 增减, multiple 倍数, rank 名次, vague 概数"),
    "bound": _names("""
        exact 无限定 unqualified, more_than 多于 more than, at_least 不少于 at least, less_than 不足 less than,
        at_most 不多于 at most, about 约数, top 前列 among the first
    """),
    "match": _names("all 全部 full, near 相近"),
    "verdict": _names("""
        stands 相符, rounds 舍入后相符, bound 限定不符, period 时间不符, unit 单位不符, contested 另有矛盾,
        differs 数字不符, unknown 未找到
    """),
}

# The labels of a source's fields.
SOURCE_NAMES = _headings("""
    title 题名, author 作者, container 载于 in, publisher 发布者, editor 编辑, published 发布时间, url 网址 address,
    archived 存档 archived copy, accessed 查阅日期 read on, doi DOI DOI, volume 卷, issue 期, pages 页码, licence 许可
""")

DRAFT: Pair = ("[draft]", "［草稿］")

# Separates the texts of two languages.
BOTH = " / "


def columns_named(name: str, known: Collection[str]) -> list[str]:
    """Return the columns that a name or a heading in either language stands for, a text in all its languages.

    A name that stands for no column is returned as it is, for the caller to reject.

    >>> columns_named("事项", ["id", "title_zh", "title_en"]), columns_named("Title (en)", ["title_zh", "title_en"])
    (['title_zh', 'title_en'], ['title_en'])
    """
    if name in known:
        return [name]
    languages = (Language("en"), Language("zh"), Language("en", both=True))
    heads = ((column, head) for column in known for head in (column, column.partition("_")[0]))
    above = (column for column, head in heads if fold(name) in (fold(each.heading(head)) for each in languages))
    return list(dict.fromkeys(above)) or [name]


def only_language(store: Catalogue) -> str:
    """Return the language of a store with only one, or an empty string if it has several or none is known."""
    texts = [text for names in store.categories.values() for text in names.items()]
    tags = {tag for tag, _ in texts} if store.languages == (PLAIN,) else {*store.languages}
    if tags == {PLAIN}:  # only the characters tell
        return "zh" if any(has_han(name) for _, name in texts) else "en"
    return tags.pop() if len(tags) == 1 else ""


class Language(NamedTuple):
    """The language, or both languages, that a reader sees."""

    tag: str  # en, zh, or another tag, for which headings are in English
    both: bool = False  # show both languages of a text
    strict: bool = False  # show no other language if a text lacks this one

    def word(self, pair: Pair) -> str:
        """Choose from a pair of English and Chinese."""
        return pair[1] if self.tag == "zh" else pair[0]

    def words(self, pair: Pair, *values: object) -> str:
        """Choose from a pair of English and Chinese, or join the two if both are shown; then fill in the values.

        >>> Language("en", both=True).words(("event", "事件")), Language("zh").words(("of {}", "共{}条"), 3)
        ('事件 / event', '共3条')
        """
        texts = dict.fromkeys(reversed(pair)) if self.both else [self.word(pair)]
        return BOTH.join(text.format(*values) if values else text for text in texts)

    def heading(self, name: str) -> str:
        """Return the heading of a column, with its language if it is that of a text in one language."""
        base, _, language = name.partition("_")
        if base not in HEADINGS:
            return name
        pair = HEADINGS[base]
        head = f"{pair[0]} {pair[1]}" if self.both else self.word(pair)
        return f"{head} ({language})" if language else head

    def text(self, text: Text, matched: str | None = None) -> str:
        """Return a text in the reader's language, or in the language ``matched`` if none was asked for."""
        return BOTH.join(dict.fromkeys(self.texts(text, matched)))

    def texts(self, text: Text, matched: str | None = None) -> list[str]:
        """Return a text in each language shown: one, or both."""
        return [wording for _, wording in self.tagged(text, matched)]

    def tagged(self, text: Text, matched: str | None = None) -> list[tuple[str, str]]:
        """Return a text in each language shown, with the language's tag."""
        if self.both:
            return list(text.items())
        first = matched if matched and not self.strict else self.tag
        tags = (first, PLAIN, *(() if self.strict else text))
        return [(tag, text[tag]) for tag in tags if text.get(tag)][:1]


# A replacement, and the characters it stands for, which have no useful compatibility decomposition (UAX #15).
_REPLACEMENT_TABLE = """
" “”„″「」『』 | ' ‘’‚′ | - ‐‑‒–—―−─━ | . ·・•∙。 | ... … | < 《〈 | > 》〉 | << « | >> » | [ 【〔 | ] 】〕
/ ⁄∕÷ | x × | +/- ± | >= ≥ | <= ≤ | != ≠ | ~ ≈ | -> → | <- ← | + † | ++ ‡ | par. ¶ | sec. § | deg °
(c) © | (r) ® | (tm) ™ | EUR € | GBP £ | ss ß | ae æ | AE Æ | oe œ | OE Œ | o ø | O Ø | l ł | L Ł | d đð | D ĐÐ
th þ | Th Þ | i ı
"""
_REPLACEMENTS = {"，": ", ", "、": ", ", "‰": " per mille"} | {
    char: replacement
    for pair in _REPLACEMENT_TABLE.replace("\n", " | ").split(" | ")
    if pair
    for replacement, chars in [pair.split()]
    for char in chars
}

# The format of a compatibility decomposition, so that no digit becomes part of a number: 10² is not 102.
_FORMS = {"<super>": "^{}", "<sub>": "_{}", "<fraction>": " {}", "<circle>": "({})"}


def legible(text: str, encoding: str, *, exact: bool = False) -> str:
    r"""Replace the characters of a text that an encoding lacks by similar ones.

    >>> legible("“党” ≥ 1½", "ascii"), legible("“党” ≥ 1½", "gbk")
    ('"?" >= 1 1/2', '“党” ≥ 1 1/2')

    A character without a replacement becomes a question mark, or with ``exact`` its code (``\u515a``).
    """

    def written(char: str) -> str:
        replacement = char if _has(encoding, char) else _REPLACEMENTS.get(char) or _decomposed(char)
        if replacement and _has(encoding, replacement):
            return replacement
        return char.encode("ascii", "backslashreplace").decode() if exact else "?"

    return text if _has(encoding, text) else "".join(map(written, unicodedata.normalize("NFC", text)))


def _decomposed(char: str) -> str:
    """Decompose a character, without its combining marks.

    >>> _decomposed("é"), _decomposed("²"), _decomposed("½"), _decomposed("党")
    ('e', '^2', ' 1/2', '党')
    """
    parts = (part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
    text = "".join(_REPLACEMENTS.get(part, part) for part in parts)
    return _FORMS.get(unicodedata.decomposition(char).partition(" ")[0], "{}").replace("{}", text)


def _has(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
