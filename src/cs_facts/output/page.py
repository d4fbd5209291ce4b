"""A self-contained HTML page of facts with search, sorting, links, charts and citations.

The script in the page does not parse anything: Python writes the search key of each row into the page.
"""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2

from cs_facts.citations import STYLES, cite, default_style
from cs_facts.numbers.figures import grouped
from cs_facts.output.chart import panels, render_panel
from cs_facts.output.drawing import Theme
from cs_facts.output.labels import SOURCE_NAMES, WORD_NAMES
from cs_facts.output.values import source_fields
from cs_facts.text import fold, has_han

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cs_facts.model import Fact, Source
    from cs_facts.output.labels import Language
    from cs_facts.output.values import View
    from cs_facts.texts.document import Document
    from cs_facts.texts.verify import Verdict

_TEMPLATES = Path(__file__).with_name("templates")

# Variables of the page's style sheet, which has other colours for dark mode.
_COLOURS = Theme._make((*(f"var(--{name})" for name in Theme._fields[:-1]), [f"var(--h{nth})" for nth in range(1, 9)]))

_WIDTHS, _MOST_CHARTS = {"wide": 720, "narrow": 360}, 20

# Placeholders in a citation for a fact's paragraph and id, so that one text serves all facts of a source.
_PARAGRAPH, _ID = 987654321, "id-of-the-fact"

# The style of a verdict; all others are bad.
_LOOKS = {"stands": "good", "rounds": "good", "contested": "look", "unknown": "look"}
_POWERS = (
    (3, " thousand", "k"), (4, "万"), (6, " million", "m"), (8, "亿"), (9, " billion", "bn"), (12, "万亿", " trillion")
)  # fmt: skip
_STYLE_NAMES = {"gb7714": "GB/T 7714", "apa": "APA", "bibtex": "BibTeX", "ris": "RIS", "csl-json": "CSL-JSON"}


def render_html(facts: Iterable[Fact], view: View) -> Iterator[str]:
    """Yield a page that groups the facts by category; one of a comparison begins with its charts."""
    facts = list(facts)
    page, shown = _Page(facts, view), {fact.id for fact in facts}
    yield from _template("page.html").generate(
        page=page,
        view=view,
        title=view.title(facts),
        left_out=view.left_out(facts),
        known={id_: source_fields(source, view.language) for id_, source in page.sources.items()},
        names=SOURCE_NAMES,
        t=lambda *pair: view.language.word(pair),
        styles=_STYLE_NAMES.items(),
        style=next(map(default_style, page.sources.values()), STYLES[0]),
        sections=page.sections(view.compared),
        charts_first=bool(view.comparison),
        pairs=[pair for pair in view.contradictions(facts) if pair[1].id in shown],
        charts=page.charts(),
    )


def _template(name: str) -> jinja2.Template:
    loader = jinja2.FileSystemLoader(_TEMPLATES)
    return jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True).get_template(name)


def render_verdicts(document: Document, verdicts: Sequence[Verdict], summary: str, language: Language) -> Iterator[str]:
    """Yield a page of a text with its numbers marked and the verdicts on them beside it."""
    noted: dict[int, list[Verdict]] = {}
    for verdict in verdicts:
        noted.setdefault(verdict.mention.paragraph.number, []).append(verdict)
    sections = [_section(each.text, noted.get(each.number, []), each.number, language) for each in document.paragraphs]
    tag = "zh" if any(has_han(paragraph.text) for paragraph in document.paragraphs) else "en"
    words = {"title": document.file, "summary": summary, "lang": tag, "sections": sections}
    yield from _template("verdicts.html").generate(words)


def _section(text: str, verdicts: Sequence[Verdict], number: int, language: Language) -> dict[str, Any]:
    """Split a paragraph at its numbers: a note on each with the text before it, and the rest of the text."""
    notes, at = [], 0
    for nth, verdict in enumerate(verdicts, start=1):
        start, end = verdict.mention.token.start, verdict.mention.end
        notes.append({
            "key": f"{number}-{nth}", "nth": nth, "look": _LOOKS.get(verdict.kind, "bad"),
            "kind": language.word(WORD_NAMES["verdict"][verdict.kind]), "said": verdict.said(language.tag),
            "before": text[at:start], "printed": text[start:end],
        })  # fmt: skip
        at = end
    return {"notes": notes, "rest": text[at:]}


class _Page:
    """The values that the template uses."""

    def __init__(self, facts: Sequence[Fact], view: View) -> None:
        self.facts, self.view, self.store, self.language = facts, view, view.store, view.language
        self.tag = "zh" if view.language.tag == "zh" else "en"
        self.sources = {id_: view.store.sources[id_] for id_ in dict.fromkeys(fact.source for fact in facts)}
        self.numbers = {id_: str(number) for number, id_ in enumerate(self.sources, 1)}
        names = ("fact", "figure", "value", "when", "paragraph", *["source"] * (len(self.sources) > 1), "cite")
        self.columns = [(name, view.language.heading("title" if name == "fact" else name)) for name in names]
        self.transliterate = _transliteration()

    def sections(self, order: Sequence[str] = ()) -> dict[str, list[Fact]]:
        """Return the categories with facts → their facts, first those of ``order``, then in the store's order."""
        found: dict[str, list[Fact]] = {category: [] for category in (*order, *self.store.categories)}
        for fact in self.facts:
            found[fact.category].append(fact)
        return {category: members for category, members in found.items() if members}

    def example(self) -> str:
        """Return an example to search for: a figure as printed and as a number."""
        figures = (fact.figure for fact in self.facts if fact.figure)
        known = ([each.printed, grouped(each.value)] for each in figures if each.value is not None)
        return ", ".join(dict.fromkeys(next(known, [])))

    def charts(self) -> list[dict[str, str]]:
        """Return a chart for each unit with at least two figures, in a wide and a narrow version."""
        drawn = [panel for panel in panels(self.facts, self.view) if len(panel.facts) > 1]
        return [
            {name: render_panel(panel, self.view, _COLOURS, width) for name, width in _WIDTHS.items()}
            for panel in drawn[:_MOST_CHARTS]
        ]

    def unit(self, fact: Fact) -> str:
        """Return the unit of a figure, set off from a rank."""
        unit = self.view.value(fact, "unit")
        if self.view.value(fact, "value").endswith(("%", "points", "百分点")):
            return ""
        return f"· {unit}" if unit and fact.figure and fact.figure.form == "rank" else unit

    def search_key(self, fact: Fact) -> str:
        """Return the words that find a row besides those it shows: other languages, tags, its number, pinyin."""
        shown = {text for texts in (fact.title, fact.text, fact.note) for _, text in self.language.tagged(texts)}
        texts = [text for texts in (fact.title, fact.text, fact.note) for text in texts.values() if text not in shown]
        units = self.store.units.get(fact.unit or "", {})
        kinds = WORD_NAMES["kind"][fact.kind] if fact.kind else ()
        edtf = [fact.when.edtf] if fact.when else []
        numbers = writings(fact.figure.value) if fact.figure and fact.figure.value is not None else ()
        names = (*self.store.categories[fact.category].values(), *units.values(), *kinds)
        words = fold(" ".join((fact.id, *names, *fact.tags, *edtf, *numbers, *texts)))
        chinese = self.transliterate(" ".join((*fact.title.values(), *fact.text.values(), *fact.tags)))
        return f"{words} {chinese}".rstrip()

    def citations(self) -> dict[str, Any]:
        """Return source → style → a citation with and one without a paragraph, and the placeholders in them."""
        texts: dict[str, dict[str, list[str]]] = {}
        for id_, number in self.numbers.items():
            fact = next(fact for fact in self.facts if fact.source == id_)
            cited = [dataclasses.replace(fact, id=_ID, paragraph=paragraph) for paragraph in (_PARAGRAPH, None)]
            texts[number] = {style: ["".join(cite(self.store, [each], style)) for each in cited] for style in STYLES}
        return {"paragraph": str(_PARAGRAPH), "id": _ID, "texts": texts}

    def dataset(self, title: str) -> dict[str, Any]:
        """Describe the facts as a Dataset of schema.org, with its claims."""
        return _without_empty({
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": title,
            "description": f"{len(self.facts)} facts, each with wording, number, period and place in its source.",
            "inLanguage": [tag for tag in self.store.languages if tag],
            "version": getattr(self.store, "version", None),
            "license": getattr(self.store, "licence", None),
            "isBasedOn": list(map(self._work, self.sources.values())),
            "hasPart": list(map(self._claim, self.facts)),
        })  # fmt: skip

    def _work(self, source: Source) -> dict[str, Any]:
        return _without_empty({
            "@type": "NewsArticle" if source.type == "article-newspaper" else "CreativeWork",
            "@id": f"#__source-{self.numbers[source.id]}",
            "name": self.language.text(source.title),
            "publisher": self.language.text(source.publisher),
            "datePublished": source.published.edtf if source.published else None,
            "inLanguage": source.language,
            "url": source.url,
        })  # fmt: skip

    def _claim(self, fact: Fact) -> dict[str, Any]:
        return _without_empty({
            "@type": "Claim",
            "@id": f"#{fact.id}",
            "name": self.language.text(fact.title),
            "text": self.language.text(fact.text),
            "temporalCoverage": f"{fact.when.start or '..'}/{fact.when.end or '..'}" if fact.when else None,
            "appearance": {"@id": f"#__source-{self.numbers[fact.source]}"},
        })  # fmt: skip


def _without_empty(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value not in (None, "", [])}


def writings(value: Decimal) -> Iterator[str]:
    """Yield the ways to write a number.

    >>> from decimal import Decimal
    >>> print(*writings(Decimal(506600)), sep="; ")
    506600; 506,600; 506.6 thousand; 506.6k; 50.66万; 0.5066 million; 0.5066m; half a million; 五十万六千六百
    """
    yield f"{value:f}"
    yield grouped(value)
    for power, *names in _POWERS:
        scaled = value.scaleb(-power).normalize()
        if abs(scaled) >= Decimal("0.1"):
            yield from (f"{scaled:f}{name}" for name in names)
        if Decimal("0.475") <= scaled <= Decimal("0.525"):  # within 5%, as in a search for near matches
            yield from (f"half a{name}" for name in names if name.startswith(" "))
    if value == int(value) and 0 < value < 10**16:
        yield chinese_numeral(int(value))


def chinese_numeral(number: int) -> str:
    """Write a whole number from 1 to 10¹⁶ − 1 in Chinese numerals.

    >>> chinese_numeral(506600), chinese_numeral(10), chinese_numeral(100020003)
    ('五十万六千六百', '十', '一亿零二万零三')
    """
    for power, name in ((8, "亿"), (4, "万"), (3, "千"), (2, "百"), (1, "十")):
        high, low = divmod(number, 10**power)
        if high:
            gap = "零" if 0 < low < 10 ** (power - 1) else ""
            head = "" if name == "十" and high == 1 else chinese_numeral(high)
            return head + name + gap + (chinese_numeral(low) if low else "")
    return "零一二三四五六七八九"[number]


def _transliteration() -> Callable[[str], str]:
    """Return a function that writes Chinese in traditional characters and pinyin; nothing without the extra ``zh``."""
    try:
        from opencc import OpenCC
        from pypinyin import lazy_pinyin
    except ImportError:
        return lambda _: ""
    traditional = OpenCC("s2t").convert

    def write(text: str) -> str:
        runs = re.findall(r"[\u3400-\u9fff]+", text)
        changed = [other for run in runs if (other := traditional(run)) != run]
        return " ".join((*changed, *("-".join(lazy_pinyin(run)) for run in runs)))

    return write
