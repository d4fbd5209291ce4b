"""What people read in place of the names of the format, in English and in Chinese, and of signs that a screen lacks."""

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
    """Read what things are called: as the format has it, in Chinese, and in English where that is something else."""
    entries = (entry.split(maxsplit=2) for entry in table.split(","))
    return {name: (english[0].strip() if english else name, chinese) for name, chinese, *english in entries}


def _headings(table: str) -> dict[str, Pair]:
    """Read the same with a capital letter."""
    return {name: (english[0].upper() + english[1:], chinese) for name, (english, chinese) in _names(table).items()}


HEADINGS = _headings("""
    id 编号 ID, category 类别, kind 类型, name 名称, title 事项, text 内容 statement, figure 原文 as printed,
    value 数值 number, low 下限 at least, high 上限 at most, unit 单位, form 形式, bound 界限, start 首日 first day,
    end 末日 last day, when 时间 period, source 来源, paragraph 段 ¶, quote 引文, tags 标签,
    conflicts 矛盾 contradicted by, note 备注, draft 草稿, match 匹配, url 网址 address, archived 存档,
    cite 引用 cite as, explanation 解释, facts 条目, figures 数字, contradicted 矛盾, line 行, verdict 判定,
    status 状态, printed 文中 in the text, message 说明
""")

# Column → its words → what people read.
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

# What the fields of a source are called where it stands by itself.
SOURCE_NAMES = _headings("""
    title 题名, author 作者, container 载于 in, publisher 发布者, editor 编辑, published 发布时间, url 网址 address,
    archived 存档 archived copy, accessed 查阅日期 read on, doi DOI DOI, volume 卷, issue 期, pages 页码, licence 许可
""")

DRAFT: Pair = ("[draft]", "［草稿］")

# Between the words of two languages.
BOTH = " / "


def columns_named(name: str, known: Collection[str]) -> list[str]:
    """Return the column of a name, or those under a heading in either language, of a text in all its languages.

    What means no column stays, for whoever will refuse it.

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
    """Return the language of a store whose facts are in one alone; empty: they are in several, or it is not known."""
    texts = [text for names in store.categories.values() for text in names.items()]
    tags = {tag for tag, _ in texts} if store.languages == (PLAIN,) else {*store.languages}
    if tags == {PLAIN}:  # nothing says which, but the characters
        return "zh" if any(has_han(name) for _, name in texts) else "en"
    return tags.pop() if len(tags) == 1 else ""


class Language(NamedTuple):
    """How much of which language a reader sees."""

    tag: str  # of headings, and of a text's first choice: en or zh; other tags read English headings
    both: bool = False  # whether both languages of a text are shown
    strict: bool = False  # whether no other is shown where this one is missing

    def word(self, pair: Pair) -> str:
        """Choose from a pair."""
        return pair[1] if self.tag == "zh" else pair[0]

    def words(self, pair: Pair) -> str:
        """Choose from a pair, or set the two together where both are shown.

        >>> Language("en", both=True).words(("event", "事件")), Language("zh").words(("event", "事件"))
        ('事件 / event', '事件')
        """
        return BOTH.join(dict.fromkeys(reversed(pair))) if self.both else self.word(pair)

    def heading(self, name: str) -> str:
        """Name a column; that of a text in one language says which."""
        base, _, language = name.partition("_")
        if base not in HEADINGS:
            return name
        pair = HEADINGS[base]
        head = f"{pair[0]} {pair[1]}" if self.both else self.word(pair)
        return f"{head} ({language})" if language else head

    def text(self, text: Text, matched: str | None = None) -> str:
        """Choose from a text; ``matched`` is a language that comes first where none was asked for."""
        return BOTH.join(dict.fromkeys(self.texts(text, matched)))

    def texts(self, text: Text, matched: str | None = None) -> list[str]:
        """Return a text in each language that is shown: one, unless both are."""
        return [wording for _, wording in self.tagged(text, matched)]

    def tagged(self, text: Text, matched: str | None = None) -> list[tuple[str, str]]:
        """Return the same with the tags of the languages."""
        if self.both:
            return list(text.items())
        first = matched if matched and not self.strict else self.tag
        tags = (first, PLAIN, *(() if self.strict else text))
        return [(tag, text[tag]) for tag in tags if text.get(tag)][:1]


# Characters that have no compatibility decomposition (UAX #15), or none that serves: a likeness, and those it is like.
_LIKE = """
" “”„″「」『』 | ' ‘’‚′ | - ‐‑‒–—―−─━ | . ·・•∙。 | ... … | < 《〈 | > 》〉 | << « | >> » | [ 【〔 | ] 】〕
/ ⁄∕÷ | x × | +/- ± | >= ≥ | <= ≤ | != ≠ | ~ ≈ | -> → | <- ← | + † | ++ ‡ | par. ¶ | sec. § | deg °
(c) © | (r) ® | (tm) ™ | EUR € | GBP £ | ss ß | ae æ | AE Æ | oe œ | OE Œ | o ø | O Ø | l ł | L Ł | d đð | D ĐÐ
th þ | Th Þ | i ı
"""
_LIKENESSES = {"，": ", ", "、": ", ", "‰": " per mille"} | {
    char: likeness
    for pair in _LIKE.replace("\n", " | ").split(" | ")
    if pair
    for likeness, chars in [pair.split()]
    for char in chars
}

# How a compatibility decomposition is set, so that no digit joins a number: 10² is not 102.
_FORMS = {"<super>": "^{}", "<sub>": "_{}", "<fraction>": " {}", "<circle>": "({})"}


def legible(text: str, encoding: str, *, exact: bool = False) -> str:
    r"""Write a text with what an encoding has.

    >>> legible("“党” ≥ 1½", "ascii"), legible("“党” ≥ 1½", "gbk")
    ('"?" >= 1 1/2', '“党” ≥ 1 1/2')

    With ``exact`` a character without a likeness becomes its code (``\u515a``) instead of a question mark.
    """

    def written(char: str) -> str:
        likeness = char if _has(encoding, char) else _LIKENESSES.get(char) or _decomposed(char)
        if likeness and _has(encoding, likeness):
            return likeness
        return char.encode("ascii", "backslashreplace").decode() if exact else "?"

    return text if _has(encoding, text) else "".join(map(written, unicodedata.normalize("NFC", text)))


def _decomposed(char: str) -> str:
    """Write a character as its parts, without marks that combine.

    >>> _decomposed("é"), _decomposed("²"), _decomposed("½"), _decomposed("党")
    ('e', '^2', ' 1/2', '党')
    """
    parts = (part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
    text = "".join(_LIKENESSES.get(part, part) for part in parts)
    return _FORMS.get(unicodedata.decomposition(char).partition(" ")[0], "{}").replace("{}", text)


def _has(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
