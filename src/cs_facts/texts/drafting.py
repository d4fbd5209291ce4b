"""A text → the draft of a store: a fact for each figure, names for what counts nothing, for a person to go over."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import count, groupby
from typing import TYPE_CHECKING

from cs_facts.errors import FigureError
from cs_facts.index.chinese import readings
from cs_facts.model import Fact, Name, Store
from cs_facts.numbers.figures import parse_figure
from cs_facts.store.reading import skeleton
from cs_facts.text import has_han, plain
from cs_facts.texts.audit import audit
from cs_facts.texts.mentions import FAR, is_chinese, masking, mentions
from cs_facts.texts.titles import Titler, told_out
from cs_facts.texts.units import unit_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cs_facts.columns import Kind
    from cs_facts.model import Figure, Source, Text
    from cs_facts.texts.document import Document, Paragraph
    from cs_facts.texts.mentions import Mention
    from cs_facts.texts.units import Unit

CATEGORY = "drafts"
_CATEGORY_NAMES = {"zh": "待整理", "en": "To be sorted"}

# Characters of a quote before its figure, and of a text, at most where its clause is longer; characters of an id.
_QUOTE, _TEXT, _ID = 10, 160, 40

_PLANNED = re.compile(
    r"计划|规划|预计|力争|目标|拟|将(?!近)|到20\d\d年.{0,8}(?:达|实现)"
    r"|\b(?:will|plans? to|expects?|anticipates?|targets?|aims? to|goal)\b"
)
_OPEN = re.compile(r"分别|respectively", re.IGNORECASE)
_LATER = re.compile(r"同期|same period", re.IGNORECASE)
_ARTICLES = ("一", "one")


def draft(document: Document, source: Source, store: Store | None = None, language: str | None = None) -> Store:
    """Make a store of a text, or what an existing one lacks of it.

    Args:
        document: the text.
        source: what it is, with its day of publication where that is known.
        store: the store that the source belongs to; only what its audit finds open is drafted.
        language: of titles and texts; that of the text where it is not given.

    Returns:
        A store with the new facts alone, the units and the category that they need, and the source with its new names.

    """
    tag = language or language_of(document)
    maker = _Drafter(document, source, store, tag)
    facts = tuple(maker.facts())
    source = replace(source, names=tuple(maker.names))
    drafted = Store(
        {tag: next(iter(source.title.values()), source.id)},
        maker.units,
        {CATEGORY: _CATEGORY_NAMES},
        {source.id: source},
        facts,
    )
    return _with_names(drafted, source, document, store)


def language_of(document: Document) -> str:
    """Return the language that a text is mostly in: zh or en."""
    return "zh" if is_chinese("".join(paragraph.text for paragraph in document.paragraphs)) else "en"


def _with_names(drafted: Store, source: Source, document: Document, store: Store | None) -> Store:
    """Add a name for each number that is open still: dates that no fact's period says, figures that none could take."""
    before = store.facts if store else ()
    known = replace(source, names=(*(store.sources[source.id].names if store else ()), *source.names))
    whole = replace(drafted, facts=(*before, *drafted.facts), sources={source.id: known})
    open_ = _open_places(whole, known, document)
    names = dict.fromkeys(source.names)
    for paragraph in document.paragraphs:
        for token in paragraph.tokens:
            if paragraph.at(token.start) in open_:
                why = "a date that no figure's period says" if token.date else "a number that may count nothing"
                names[Name(paragraph.text[slice(*token.core)], why, paragraph.number)] = None
    return replace(drafted, sources={source.id: replace(source, names=tuple(names))})


class _Drafter:
    """Makes facts of the mentions of a text."""

    def __init__(self, document: Document, source: Source, store: Store | None, language: str) -> None:
        self.document, self.source, self.store, self.language = document, source, store, language
        self.units: dict[str, Text] = {}
        self.ids = {skeleton(id_) for id_ in store.by_id} if store else set()
        # the number to try next behind a base: a long text says one thing thousands of times
        self._next: dict[str, int] = {}
        # numbers that count nothing, in their order
        self.names: dict[Name, None] = {}
        self.open = None if store is None else _open_places(store, store.sources[source.id], document)
        # the units of the store by what they are
        self.known = {
            unit_named(name).id: id_ for id_, text in (store.units if store else {}).items() for name in text.values()
        }

    def facts(self) -> Iterator[Fact]:
        """Yield a fact for each figure."""
        found = mentions(self.document, self.source.published)
        for _, group in groupby(found, key=lambda mention: mention.paragraph.number):
            of_paragraph = list(group)
            masked = masking(of_paragraph[0].paragraph)
            listed: dict[int, str | int] = {}
            for _, sentence in groupby(of_paragraph, key=lambda mention: mention.sentence):
                listed |= told_out(masked, list(sentence))
            titler = Titler(masked)
            for mention in of_paragraph:
                title = titler.title(mention, listed.get(mention.token.start, ""))
                if self.open is not None and mention.paragraph.at(mention.token.start) not in self.open:
                    continue
                fact = self._fact(mention, title, is_told_out=mention.token.start in listed)
                if fact:
                    yield fact

    def _fact(self, mention: Mention, title: str, *, is_told_out: bool) -> Fact | None:
        figure = self._figure(mention)
        paragraph, token = mention.paragraph, mention.token
        if figure is None or (
            figure.form != "rank"
            and paragraph.text[slice(*token.core)].lower() in _ARTICLES
            and not _counts_one(mention)
        ):
            why = "an article or an idiom rather than a count" if figure else "no definite number"
            self.names[Name(paragraph.text[slice(*token.core)], why, paragraph.number)] = None
            return None
        text = _clause(mention)
        title = title or text[:20]
        return Fact(
            id=self._id(title, paragraph.number),
            category=CATEGORY,
            title={self.language: title},
            text={self.language: text},
            source=self.source.id,
            kind=_kind(mention, figure, self.source),
            figure=figure,
            unit=self._unit(mention.unit),
            when=mention.when,
            paragraph=paragraph.number,
            quote=_quote(paragraph, token.start, token.start + len(figure.printed)),
            note=self._note(mention, is_told_out=is_told_out),
            draft=True,
        )

    def _figure(self, mention: Mention) -> Figure | None:
        """Return the figure with its counter where it can be read so, else without."""
        for printed in (mention.printed, mention.token.printed):
            try:
                figure = parse_figure(printed)
            except FigureError:
                continue
            if not mention.paragraph.crossing(mention.token.start, mention.token.start + len(printed)):
                return figure
        return None

    def _unit(self, unit: Unit | None) -> str | None:
        """Return the id of a unit, defined on first use."""
        if unit is None:
            return None
        if unit.id in self.known:
            return self.known[unit.id]
        id_ = unit.id or slug(unit.zh) or f"unit-{len(self.units) + 1}"
        names = {language: name for language, name in (("zh", unit.zh), ("en", unit.en)) if name}
        self.units.setdefault(id_, names)
        return id_

    def _id(self, title: str, paragraph: int) -> str:
        base = slug(title) or f"p{paragraph}"
        for number in count(self._next.get(base, 1)):
            id_ = base if number == 1 and slug(title) else f"{base}-{number}"
            if skeleton(id_) not in self.ids:
                self.ids.add(skeleton(id_))
                self._next[base] = number + 1
                return id_
        raise AssertionError  # there is always another number

    def _note(self, mention: Mention, *, is_told_out: bool) -> Text:
        """Say what was left open."""
        (start, end), at, when = mention.sentence, mention.token.start, mention.when
        said = mention.paragraph.text[max(start, at - FAR) : min(end, at + FAR)]
        if when and when.edtf.endswith("~"):
            words = {"zh": "时间为约数，请核对。", "en": "The day is approximate; look at the source."}
        elif _OPEN.search(said) and not is_told_out:
            words = {
                "zh": "“分别”各指什么，请核对。",
                "en": "What “respectively” refers to is left open; look at the source.",
            }
        elif _LATER.search(said):
            words = {"zh": "“同期”所指的时间，请核对。", "en": "Which period “the same period” means was inferred."}
        else:
            return {}
        return {self.language: words.get(self.language, words["en"])}


def _open_places(store: Store, source: Source, document: Document) -> set[object]:
    findings = audit(store, source, document).findings
    return {finding.at for finding in findings if finding.kind == "number" and finding.message}


def _counts_one(mention: Mention) -> bool:
    """Tell whether a one is a count: of a measure such as time or money."""
    return bool(
        mention.unit
        and mention.unit.id in ("month", "year", "day", "hour", "week", "percent", "yuan", "kilometre", "mu")
    )


def _kind(mention: Mention, figure: Figure, source: Source) -> Kind:
    """Return what kind of fact a figure makes: a rank, a plan, or a figure."""
    (start, end), at = mention.clause, mention.token.start
    when, published = mention.when, source.published
    is_later = bool(when and published and when.start and published.end and when.start > published.end)
    if is_later or _PLANNED.search(mention.paragraph.text, max(start, at - FAR), min(end, at + FAR)):
        return "plan"
    return "ranking" if figure.form == "rank" else "figure"


def _clause(mention: Mention) -> str:
    """Return the sentence of a mention; of a long one the clause, with what stands before it if it has no subject."""
    text, (start, end) = mention.paragraph.text, mention.sentence
    if end - start > _TEXT:
        start, end = mention.clause
        if mention.token.start - start < 3:
            start = max(mention.sentence[0], start - _TEXT // 2)
        start, end = max(start, mention.token.start - _TEXT), min(end, mention.end + _TEXT)
    end = max(end, mention.end)
    return text[start:end].strip(" \t\u3000,，;；、")


def _quote(paragraph: Paragraph, start: int, end: int) -> str | None:
    """Return a figure with the words before it, as many as make it occur once; if need be with those behind it."""
    text = paragraph.text
    left, right = max(start - _QUOTE, 0), end
    stop = max((left + found.end() for found in re.finditer("[，,。；;：:！？!?（(]", text[left:start])), default=left)
    left = stop
    while left and left != stop and text[left - 1].isalnum():
        left -= 1
    while left and text[left - 1].isascii() and text[left - 1].isalnum() and text[left].isascii():
        left -= 1  # not within a word or a number
    while not _is_once(text, text[left:right]) and right - left < _TEXT and (left or right < len(text)):
        left, right = (left - 1, right) if left else (left, right + 1)
    quote = text[left:right].strip()
    return quote if _is_once(text, quote) else None


def _is_once(text: str, quote: str) -> bool:
    return text.find(quote, text.find(quote) + 1) < 0


def slug(title: str) -> str:
    """Write a title as an id: words of English, or pinyin where the extra ``zh`` is installed; empty where neither is.

    >>> slug("Party members (2021)")
    'party-members-2021'
    """
    words = [
        (readings(char) or ("",))[0] if has_han(char) else char
        for char in re.findall("[\u3400-\u9fff]|[a-z0-9]+", plain(title).lower())
    ]
    joined = "-".join(filter(None, words))
    return joined if len(joined) <= _ID else joined[: _ID + 1].rpartition("-")[0]
