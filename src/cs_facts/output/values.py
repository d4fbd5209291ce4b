"""Values in the reader's language: numbers with their limits, periods in words, titles and sources."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cs_facts.columns import TEXTS
from cs_facts.dates.describe import describe
from cs_facts.dates.edtf import parse_period
from cs_facts.numbers.figures import grouped
from cs_facts.output.labels import SOURCE_NAMES, WORD_NAMES
from cs_facts.output.rows import Rows, cell_of, flat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from cs_facts.compare import Comparison, Panel
    from cs_facts.index import Facts
    from cs_facts.model import Catalogue, Fact, Figure, Period, Source, Text
    from cs_facts.output.labels import Language, Pair
    from cs_facts.output.rows import Cell
    from cs_facts.search import Highlights

# A title names at most this many categories; for more it names the store.
_FEW = 3

_FORMS: dict[str, Pair] = {
    "rank": ("no. {}", "第{}"),
    "share": ("{}%", "{}%"),
    "points": ("{} points", "{}个百分点"),
    "multiple": ("×{}", "×{}"),
}
_LIMITS: dict[str, str] = {"more_than": "> ", "less_than": "< ", "about": "≈ ", "at_least": "≥ ", "at_most": "≤ "}

# Attribute of a comparison with figures on no scale → why they are on none.
_APART: dict[str, Pair] = {
    "unshared": ("{} in units that only one category uses", "{}个数字的单位只见于一个类别"),
    "uncounted": ("{} without a unit", "{}个数字没有单位"),
    "unvalued": ("{} that are no single number", "{}个数字不是单一数值"),
}
_LEFT_OUT = ("Figures left out: {}{}.", "未列入：{}{}。")

# The words in a change or a rank for per cent and percentage points.
_PER_CENT = re.compile("[%％]|per ?cent|成|分之")
_POINTS = re.compile("百分点|points?")


def number(figure: Figure, language: Language) -> str:
    """Format a figure as a number that shows its form and its limit; empty for ratios and vague wordings.

    Number: ``> 1,800``; rank: ``no. 10``, ``第10``, ``top 3``; share: ``40%``; change: ``+7.3%``, ``−500``; multiple:
    ``×2``; range: ``16–24``.
    """
    if figure.form == "range":
        ends = figure.parts or (figure.low, figure.high)
        text = "–".join(grouped(end) for end in ends if end is not None)
    else:
        value = figure.value
        if value is None and figure.form == "share" and figure.low is not None and figure.high is not None:
            value = round((figure.low + figure.high) / 2, 1)  # no decimal number equals one in nine
        if value is None:
            return ""
        text = "+" * (figure.form == "change" and value > 0) + grouped(value)
    form: str = figure.form if figure.bound != "top" else ""
    if figure.form in ("change", "rank") and _POINTS.search(figure.printed):
        form = "points"
    elif figure.form in ("change", "rank") and _PER_CENT.search(figure.printed):
        form = "share"
    text = text.replace("-", "−")
    english, chinese = _FORMS.get(form, ("{}", "{}"))
    before = ("top ", "前") if figure.bound == "top" else (_LIMITS.get(figure.bound, ""),) * 2
    return language.words((before[0] + english.format(text), before[1] + chinese.format(text)))


def period(when: Period | None, language: Language) -> str:
    """Describe a period: ``2017 to 18 Dec 2022``."""
    return language.words((describe(when, "en"), describe(when, "zh"))) if when else ""


def years(start: date | None, end: date | None, language: Language) -> str:
    """Describe the years between two days, either of which may be unknown: ``2012–2022``."""
    known = dict.fromkeys(str(day.year) for day in (start, end) if day)
    if (start and end) or not known:
        return "–".join(known)
    year = next(iter(known))
    return language.words((f"from {year}", f"{year}年起") if start else (f"up to {year}", f"截至{year}年"))


@dataclass(frozen=True, slots=True)
class View:
    """How a reader sees the facts of a store."""

    store: Catalogue
    language: Language
    highlight: Highlights | None = None  # matches of a search, and the language each fact matched in
    full: int | None = None  # the number of full matches of a search, which come first; the others are near matches
    sort: str = ""  # the column to sort by, with a minus if descending; facts sorted by a day are grouped by year
    dark: bool = False  # draw pictures light on dark
    comparison: Comparison | None = None  # the comparison that the facts are shown in

    def value(self, fact: Fact, name: str) -> str:
        """Return the value of a fact's column in the reader's language."""
        if name in TEXTS:
            return self.language.text(getattr(fact, name))
        if name == "value":
            return number(fact.figure, self.language) if fact.figure else ""
        if name == "when":
            return period(fact.when, self.language)
        return flat(self.labelled(name, cell_of(self.store, fact, name)))

    def labelled(self, name: str, cell: Cell) -> Cell:
        """Return the name of a category or unit for its id, the label of a word of the format, or else the cell."""
        words: Mapping[Any, Pair] = WORD_NAMES.get(name, {})
        if cell in words:
            return self.language.words(words[cell])
        names: Mapping[Any, Text] = {"category": self.store.categories, "unit": self.store.units}.get(name, {})
        return self.language.text(names[cell]) if cell in names else cell

    def contradicting(self, fact: Fact) -> list[Fact]:
        """Return the facts that contradict a fact."""
        return [self.store.by_id[conflict.other] for conflict in self.store.conflicts.get(fact.id, ())]

    def contradictions(self, facts: Iterable[Fact]) -> Iterator[tuple[Fact, Fact, Text]]:
        """Yield both sides of each contradiction once, with the note that may explain it."""
        seen: set[tuple[str, str]] = set()
        for fact in facts:
            for conflict in self.store.conflicts.get(fact.id, ()):
                if (conflict.other, fact.id) not in seen:
                    seen.add((fact.id, conflict.other))
                    yield fact, self.store.by_id[conflict.other], conflict.note

    @property
    def compared(self) -> Sequence[str]:
        """The categories compared, in the order asked for."""
        return self.comparison.categories if self.comparison else ()

    def title(self, facts: Iterable[Fact]) -> str:
        """Return a title for facts: their categories, if they are few, or else that of the store."""
        found = {fact.category for fact in facts}
        chosen = self.compared or [id_ for id_ in self.store.categories if id_ in found]
        if len(chosen) == len(self.store.categories) or len(chosen) > _FEW:
            return self.language.text(self.store.title)
        name = self.language.word((", ", "、")).join(self.language.text(self.store.categories[id_]) for id_ in chosen)
        return self.language.word((f"Comparison: {name}", f"对比：{name}")) if len(self.compared) > 1 else name

    def panel_title(self, panel: Panel) -> str:
        """Return a title for a comparison's panel: ``People``, ``Projects (ranks) · 2021``."""
        unit = self.language.text(self.store.units[panel.unit])
        says_rank = any(word in unit for word in ("rank", "名次"))
        ranks = self.language.word((" (ranks)", "（名次）")) if panel.ordinal and not says_rank else ""
        return f"{unit[:1].upper()}{unit[1:]}{ranks}" + (f" · {panel.group}" if panel.group else "")

    def left_out_by_reason(self) -> list[tuple[str, Facts]]:
        """Return the figures of the comparison that are on no scale, each with their number and the reason in words."""
        return [
            (self.language.word(pair).format(len(facts)), facts)
            for name, pair in _APART.items()
            if (facts := getattr(self.comparison, name))
        ]

    def left_out(self, shown: Sequence[Fact] = (), hint: str = "") -> str:
        """Say how many figures the comparison leaves out; empty if there are none or ``shown`` includes them."""
        if not self.comparison or len(shown) > len(self.comparison.shown):
            return ""
        counts = self.language.word((", ", "，")).join(count for count, _ in self.left_out_by_reason())
        return self.language.word(_LEFT_OUT).format(counts, hint) if counts else ""

    def source_line(self, used: Iterable[str]) -> str:
        """Return the line below a table that names the sources with these ids."""
        head = "Source 来源: " if self.language.both else self.language.word(("Source: ", "来源："))
        names = dict.fromkeys(source_name(self.store.sources[id_], self.language) for id_ in dict.fromkeys(used))
        return head + self.language.word(("; ", "；")).join(names)


def source_fields(source: Source, language: Language) -> dict[str, str]:
    """Return field → value in the reader's language, empty if the source does not have it."""

    def shown(value: Text | Period | str | None) -> str:
        if isinstance(value, dict):
            return language.text(value)
        return value if isinstance(value, str) else period(value, language)

    return {field: shown(getattr(source, field)) for field in SOURCE_NAMES}


def source_name(source: Source, language: Language) -> str:
    """Return the title, publisher and day of a source."""
    day = period(parse_period(source.published.edtf.partition("T")[0]), language) if source.published else ""
    title = language.word(("“{}”", "《{}》")).format(language.text(source.title))
    parts = (title, language.text(source.publisher), day)
    return language.word((", ", "，")).join(part for part in parts if part)


def in_words(rows: Rows, view: View) -> Rows:
    """Translate headings, periods, ids and the words of the format into the reader's language."""

    def translated(name: str, cell: Cell) -> Cell:
        if name == "when" and isinstance(cell, str):
            return period(parse_period(cell), view.language)
        if name == "source" and isinstance(cell, str):
            return view.language.text(view.store.sources[cell].title)
        return view.language.words(("yes", "是")) if name == "draft" and cell else view.labelled(name, cell)

    bases = [name.partition("_")[0] if name.partition("_")[0] in TEXTS else name for name in rows.columns]
    headings = (
        view.language.heading(base if bases.count(base) == 1 else name)
        for name, base in zip(rows.columns, bases, strict=True)
    )
    return Rows(tuple(headings), (tuple(map(translated, rows.columns, row)) for row in rows.typed()))
