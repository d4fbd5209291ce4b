"""The words of tables and records, in English and in Chinese, and values as a person reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_facts.lexicon import KIND_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cs_facts.lexicon import Bound
    from cs_facts.model import Catalogue, Fact, Figure, Source, Text

HEADINGS: dict[str, tuple[str, str]] = {
    # name: (English, Chinese)
    "id": ("ID", "编号"),
    "category": ("Category", "类别"),
    "kind": ("Kind", "类型"),
    "title": ("Title", "事项"),
    "text": ("Statement", "内容"),
    "figure": ("As printed", "原文"),
    "value": ("Number", "数值"),
    "unit": ("Unit", "单位"),
    "bound": ("Bound", "界限"),
    "start": ("First day", "首日"),
    "end": ("Last day", "末日"),
    "when": ("When", "时间"),
    "source": ("Source", "来源"),
    "paragraph": ("¶", "段"),
    "tags": ("Tags", "标签"),
    "conflicts": ("Conflicts with", "矛盾"),
    "note": ("Note", "备注"),
    "facts": ("Facts", "条目"),
    "figures": ("Figures", "数字"),
    "rankings": ("Rankings", "排名"),
    "events": ("Events", "事件"),
    "awards": ("Awards", "荣誉"),
    "units": ("Units", "单位"),
    "period": ("Period", "时段"),
    "measure": ("Measure", "指标"),
    "contradicted": ("In conflict", "矛盾"),
    "possible": ("Explanation", "解释"),
    "undated": ("undated", "无日期"),
    "no start": ("no first day given", "起始日未载"),
    "no end": ("no last day given", "截止日未载"),
    "cite": ("Cite as", "引用格式"),
}

_BOUNDS: dict[Bound, tuple[str, str]] = {
    "exact": ("{}", "{}"),
    "more_than": ("> {}", "> {}"),
    "less_than": ("< {}", "< {}"),
    "about": ("≈ {}", "≈ {}"),
    "at_least": ("≥ {}", "≥ {}"),
    "at_most": ("≤ {}", "≤ {}"),
    "top": ("top {}", "前{}"),
}

_BOUND_NAMES: dict[Bound, tuple[str, str]] = {
    "exact": ("exact", "确数"),
    "more_than": ("more than", "多于"),
    "less_than": ("less than", "不足"),
    "about": ("about", "约数"),
    "at_least": ("at least", "不少于"),
    "at_most": ("at most", "不多于"),
    "top": ("among the first", "前列"),
}

_BOTH = " / "
"""Between the words of two languages."""

_BETWEEN = {"en": "; ", "zh": "；"}


class Language:
    """How much of which language a reader sees.

    Attributes:
        tag: the language of headings and of a text's first choice, ``en`` or ``zh``; other tags read English headings.
        both: show both languages of a text.
        strict: show no other language where this one is missing.

    """

    def __init__(self, tag: str, *, both: bool = False, strict: bool = False) -> None:
        self.tag, self.both, self.strict = tag, both, strict

    def word(self, pair: tuple[str, str]) -> str:
        """Choose from a pair (English, Chinese)."""
        return pair[1] if self.tag == "zh" else pair[0]

    def words(self, pair: tuple[str, str]) -> str:
        """Choose from a pair (English, Chinese), or set the two together where both are shown.

        >>> Language("en", both=True).words(("event", "事件")), Language("zh").words(("event", "事件"))
        ('事件 / event', '事件')
        """
        return _BOTH.join(dict.fromkeys(reversed(pair))) if self.both else self.word(pair)

    def open(self, store: Catalogue) -> Language:
        """Return the language of a full record: both, unless one was asked for or the store has but one."""
        return self if self.strict or not {"zh", "en"} <= set(store.languages) else Language(self.tag, both=True)

    def heading(self, name: str) -> str:
        """Name a column; that of a text in one language says which."""
        base, _, language = name.partition("_")
        if base not in HEADINGS:
            return name
        head = (
            " ".join(HEADINGS[base])
            if self.both and HEADINGS[base][0] != HEADINGS[base][1]
            else self.word(HEADINGS[base])
        )
        return f"{head} ({language})" if language else head

    def text(self, text: Text, matched: str | None = None) -> str:
        """Choose from a text; ``matched`` is a language that comes first where none was asked for."""
        if self.both:
            return _BOTH.join(dict.fromkeys(text.values()))
        tag = matched if matched and not self.strict else self.tag
        chosen = text.get(tag) or text.get("")
        return chosen or ("" if self.strict else next(iter(text.values()), ""))


def number(figure: Figure, language: Language) -> str:
    """Write a figure as a number with its bound: ``≥ 1,800``, ``第10 / no. 10``."""
    from cs_facts.numbers.figures import grouped

    if figure.value is None:
        return ""
    rank = figure.form == "rank" and figure.bound == "exact"
    return language.words(("no. {}", "第{}") if rank else _BOUNDS[figure.bound]).replace("{}", grouped(figure.value))


def kind(fact: Fact, language: Language) -> str:
    """Name what a fact is: ``event``, ``事件``."""
    return language.words(KIND_NAMES[fact.kind]) if fact.kind else ""


def bound(fact: Fact, language: Language) -> str:
    """Name how the wording of a fact limits its figure: ``more than``, ``多于``."""
    return language.words(_BOUND_NAMES[fact.figure.bound]) if fact.figure else ""


def paragraph(number: int, language: Language) -> str:
    """Name a paragraph: ``¶ 43``, ``第43段``."""
    return language.word(("¶ {}", "第{}段")).format(number)


def source_line(store: Catalogue, used: Iterable[str], language: Language) -> str:
    """Name the sources of these ids, to stand under a table."""
    head = "Source 来源: " if language.both else language.word(("Source: ", "来源："))
    return head + _BETWEEN[language.word(("en", "zh"))].join(
        dict.fromkeys(source_name(store.sources[id_], language) for id_ in dict.fromkeys(used))
    )


def source_name(source: Source, language: Language) -> str:
    """Name a source in one line: title, publisher, day."""
    day = source.published.edtf.partition("T")[0] if source.published else ""  # no more precise than it is known
    title = language.word(("“{}”", "《{}》")).format(language.text(source.title))
    parts = (title, language.text(source.publisher), day)
    return language.word((", ", "，")).join(part for part in parts if part)
