"""The words of tables and records, in English and in Chinese, and values as a person reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_facts.figures import grouped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cs_facts.model import Bound, Fact, Figure, Source, Store, Text

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
    "possible": ("Possible reading", "可能的解释"),
    "where": ("Where", "出处"),
    "cite": ("Cite as", "引用格式"),
}

_BOUNDS: dict[Bound, tuple[str, str]] = {
    "exact": ("{}", "{}"),
    "more_than": ("≥ {}", "≥ {}"),
    "less_than": ("< {}", "< {}"),
    "about": ("≈ {}", "≈ {}"),
    "rank": ("no. {}", "第{}"),
    "top": ("top {}", "前{}"),
}

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
            return " / ".join(dict.fromkeys(text.values()))
        tag = matched if matched and not self.strict else self.tag
        chosen = text.get(tag) or text.get("")
        return chosen or ("" if self.strict else next(iter(text.values()), ""))


def number(figure: Figure, language: Language) -> str:
    """Write a figure as a number with its bound: ``> 1,800``."""
    return language.word(_BOUNDS[figure.bound]).format(grouped(figure.value))


def source_line(store: Store, facts: Sequence[Fact], language: Language) -> str:
    """Name the sources of some facts, to stand under a table."""
    used = dict.fromkeys(fact.source for fact in facts)
    head = language.word(("Source: ", "来源："))
    return head + _BETWEEN[language.word(("en", "zh"))].join(source_name(store.sources[id_], language) for id_ in used)


def source_name(source: Source, language: Language) -> str:
    """Name a source in one line: title, publisher, day."""
    day = source.published.start if source.published else None
    title = language.word(("“{}”", "《{}》")).format(language.text(source.title))
    parts = (title, language.text(source.publisher), str(day) if day else "")
    return language.word((", ", "，")).join(part for part in parts if part)
