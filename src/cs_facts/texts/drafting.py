"""A text → the draft of a store: a fact for each figure, names for what counts nothing, for a person to go over."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import count, pairwise
from typing import TYPE_CHECKING

from cs_facts.errors import FactsError, FigureError
from cs_facts.index.analyzer import readings
from cs_facts.model import Fact, Name, Store
from cs_facts.numbers.figures import parse_figure
from cs_facts.store.reading import skeleton
from cs_facts.text import fold, has_han, plain
from cs_facts.texts.audit import audit
from cs_facts.texts.mentions import is_chinese, mentions
from cs_facts.texts.patterns import is_average
from cs_facts.texts.titles import titles
from cs_facts.texts.units import unit_after, unit_named
from cs_facts.texts.words import JOINED, LIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cs_facts.columns import Kind
    from cs_facts.model import Figure, Position, Source, Text
    from cs_facts.numbers.scanner import Token
    from cs_facts.texts.audit import Audit
    from cs_facts.texts.document import Document, Paragraph
    from cs_facts.texts.mentions import Mention
    from cs_facts.texts.units import Unit

CATEGORY = "drafts"
_CATEGORY_NAMES = {"zh": "待整理", "en": "To be sorted"}

# Characters of a quote before its figure, and of a text, at most where its clause is longer; characters of an id.
_QUOTE, _TEXT, _ID = 10, 160, 40
# Characters of a quote at most before its figure where no space or comma ends a word: Chinese has none.
_WORDS = 30

_PLANNED = re.compile(
    r"计划|规划|预计|力争|目标|拟|将(?!近)|到20\d\d年.{0,8}(?:达|实现)"
    r"|\b(?:will|plans? to|expects?|anticipates?|targets?|aims? to|goal)\b"
)
_OPEN = re.compile(r"分别|respectively", re.IGNORECASE)
_LATER = re.compile(r"同期|same period", re.IGNORECASE)
# What deserves a look before the rest, in the order in which it is said; why a number counts nothing.
_NOTES = {
    "about": ("时间为约数，请核对。", "The day is approximate; look at the source."),
    "respectively": ("“分别”各指什么，请核对。", "What “respectively” refers to is left open; look at the source."),
    "inferred": ("时间是推断的，请核对。", "The period is inferred; look at the source."),
    "same": ("“同期”所指的时间，请核对。", "Which period “the same period” means was inferred."),
    "dates": ("句中有几个日期，请核对。", "The sentence has several dates; look which is meant."),
    "carried": ("时间承前文，请核对。", "The period is that of the text before; look whether it holds here."),
    "unit": ("没有单位，请核对。", "No unit was found; look at the source."),
}
_WHY = {
    "date": ("没有数字用作时间的日期", "a date that no figure's period says"),
    "number": ("可能不是计数", "a number that may count nothing"),
    "article": ("冠词或习语，不是计数", "an article or an idiom rather than a count"),
    "reading": ("没有确定的数值", "no definite number"),
    "age": ("年龄", "the age of a person"),
    "adjective": ("修饰语，不是计数", "part of an adjective rather than a count"),
}
# The age of somebody: Tom Reyes, 52, said; 47-year-old Dana Cole; 何敏（52岁）.
_AGED = re.compile(r"(?:[A-Z][\w.'’-]+ [A-Z][\w'’-]+, |[\u4e00-\u9fff][（(，])$")
_AGE_END = re.compile(r"[,.;)]|岁[，。）)]|-year-old\b")
_ADJECTIVE = re.compile(
    r"-(?!(?:day|week|month|year|hour|minute|mile|metre|meter|kilometre|kilometer|acre|hectare)s?\b)[a-z]{3,}"
)
_BYLINE = re.compile(
    r"^(?:By|BY)[ :]+(?P<en>{0}(?:(?:, {0})*,? and {0})?)(?=$| ?[,|(])|"
    r"(?:^|[ \u3000（(【])(?:本报|通讯员|[\u4e00-\u9fff]{{2,4}}社)?(?:记者|作者|撰稿|撰文)"
    r"(?:[ \u3000：:]+|(?<=[(（]记者)|(?<=[(（]本报记者))"
    r"(?P<zh>{1}(?:[、 \u3000]+{1})*)(?=$|[ \u3000]|[）)】，,])".format(
        r"(?:[A-Z][\w.'’-]+ ){1,3}[A-Z][\w'’-]+", r"[\u4e00-\u9fff·]{2,4}"
    )
)
# Paragraphs in which a byline is looked for; characters of a line that is wrapped, and how many such make a text so.
_HEAD, _WRAPPED, _SEVERAL = 4, (50, 100), 4


def draft(document: Document, source: Source, store: Store | None = None, language: str | None = None) -> Store:
    """Make a store of a text, or what an existing one lacks of it.

    Args:
        document: the text.
        source: what it is, with its day of publication where that is known.
        store: the store that the source belongs to; only what its audit finds open is drafted.
        language: of titles and texts; that of the text where it is not given.

    Returns:
        A store with the new facts alone, the units and the category that they need, and the source with its new names.

    Raises:
        FactsError: the text is plainly another than that of the source.

    """
    tag = language or language_of(document)
    held = audit(store, store.sources[source.id], document) if store else None
    if held and held.is_foreign:
        raise FactsError(f"{held.problems[0]}; nothing is added")
    open_ = None if held is None else _open_places(held)
    maker = _Drafter(document, source, store, open_, tag)
    facts = tuple(maker.facts())
    source = replace(source, names=tuple(maker.names))
    title = {tag: next(iter(source.title.values()), source.id)}
    drafted = Store(title, maker.units, {CATEGORY: _CATEGORY_NAMES}, {source.id: source}, facts)
    return _with_names(drafted, source, document, store, tag)


def byline(document: Document) -> str:
    """Return whom the head of a text, or its last line, names as its authors, as a source has them: Family, Given."""
    for paragraph in (*document.paragraphs[:_HEAD], *document.paragraphs[-1:]):
        if found := _BYLINE.search(paragraph.text):
            if found["zh"]:
                return "; ".join(re.split("[、 \u3000]+", found["zh"]))
            names = (name.rpartition(" ") for name in re.split(", and | and |, ", found["en"]))
            return "; ".join(f"{family}, {given}" for given, _, family in names)
    return ""


def is_wrapped(document: Document) -> bool:
    """Tell whether the lines of a text look broken by width, a sentence torn between them."""
    beside = [one.text for one, next_ in pairwise(document.paragraphs) if next_.line == one.line + 1]
    torn = [text for text in beside if _WRAPPED[0] <= len(text) <= _WRAPPED[1] and re.search(r"[^\W_]$|[,，]$", text)]
    return len(torn) >= _SEVERAL and 2 * len(torn) > len(document.paragraphs) - 1


def language_of(document: Document) -> str:
    """Return the language that a text is mostly in: zh or en."""
    return "zh" if is_chinese("".join(paragraph.text for paragraph in document.paragraphs)) else "en"


def _with_names(drafted: Store, source: Source, document: Document, store: Store | None, language: str) -> Store:
    """Add a name for each number that is open still: dates that no fact's period says, figures that none could take."""
    before = store.facts if store else ()
    known = replace(source, names=(*(store.sources[source.id].names if store else ()), *source.names))
    whole = replace(drafted, facts=(*before, *drafted.facts), sources={source.id: known})
    open_ = _open_places(audit(whole, known, document))
    names = dict.fromkeys(source.names)
    for paragraph in document.paragraphs:
        for token in paragraph.tokens:
            if paragraph.at(token.start) in open_:
                why = _WHY["date" if token.date else "number"][language != "zh"]
                names[Name(paragraph.counted(token), why, paragraph.number)] = None
    return replace(drafted, sources={source.id: replace(source, names=tuple(names))})


class _Drafter:
    """Makes facts of the mentions of a text."""

    def __init__(
        self, document: Document, source: Source, store: Store | None, open_: set[Position] | None, language: str
    ) -> None:
        # of a store that the source belongs to only what is open is drafted
        self.document, self.source, self.open, self.language = document, source, open_, language
        self.units: dict[str, Text] = {}
        self.ids = {skeleton(id_) for id_ in store.by_id} if store else set()
        # the number to try next behind a base: a long text says one thing thousands of times
        self._next: dict[str, int] = {}
        # what was counted last, with the words of its title
        self.counted: tuple[Unit | None, frozenset[str]] = (None, frozenset())
        # numbers that count nothing, in their order
        self.names: dict[Name, None] = {}
        # the units of the store by what they are
        self.known = {
            unit_named(name).id: id_ for id_, text in (store.units if store else {}).items() for name in text.values()
        }

    def facts(self) -> Iterator[Fact]:
        """Yield a fact for each figure."""
        for mention, title, is_told_out in titles(mentions(self.document, self.source.published), self.document):
            if self.open is not None and mention.paragraph.at(mention.token.start) not in self.open:
                continue
            if fact := self._fact(mention, title, is_told_out=is_told_out):
                yield fact

    def _fact(self, mention: Mention, title: str, *, is_told_out: bool) -> Fact | None:
        figure = self._figure(mention)
        paragraph, token = mention.paragraph, mention.token
        if figure is None or (why := _no_count(mention, figure)):
            said = _WHY["reading" if figure is None else why][self.language != "zh"]
            self.names[Name(paragraph.counted(token), said, paragraph.number)] = None
            return None
        text, kind = _clause(mention), _kind(mention, figure, self.source)
        title = title or text[:20]
        unit = mention.unit or self._counted(title, figure)
        if unit and not unit.is_measure:
            self.counted = unit, frozenset(re.findall("[a-z]{5,}", title.lower()))
        return Fact(
            id=self._id(title, paragraph.number),
            category=CATEGORY,
            title={self.language: title[0].upper() + title[1:] if title[:2].islower() else title},
            text={self.language: text},
            source=self.source.id,
            kind=kind,
            figure=figure,
            unit=self._unit(unit),
            when=mention.when,
            paragraph=paragraph.number,
            quote=_quote(paragraph, token, token.start + len(figure.printed)),
            note=self._note(mention, is_told_out=is_told_out, is_counted=unit is not None),
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
                is_listed = mention.figure and mention.paragraph.turned(mention.token)
                return replace(mention.figure, printed=printed) if mention.figure and is_listed else figure
        return None

    def _counted(self, title: str, figure: Figure) -> Unit | None:
        counted = title.partition(" of ")[2] if figure.form == "change" else title
        counted = re.sub("(?<=[^s]) (?:volume|number|level)s?\\b", "s", counted)  # repossession volumes
        is_counted = self.language == "en" and figure.form in ("number", "change")
        found = unit_after(f" {counted}", 0) if is_counted else None
        if found and not LIGHT.fullmatch(found[0].en):
            return found[0]
        unit, said = self.counted  # what the number before counted, if of the same
        is_whole = is_counted and figure.value is not None and figure.value == int(figure.value)
        return unit if is_whole and not said.isdisjoint(re.findall("[a-z]{5,}", title.lower())) else None

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

    def _note(self, mention: Mention, *, is_told_out: bool, is_counted: bool) -> Text:
        """Say what was left open."""
        said = mention.paragraph.text[slice(*mention.near(mention.sentence))]
        when, figure = mention.when, mention.figure
        is_bare = not is_counted and figure is not None and figure.form in ("number", "range", "change")
        holds = {
            "about": when and when.edtf.endswith("~"),
            "respectively": _OPEN.search(said) and not is_told_out,
            "same": _LATER.search(said),
            "unit": is_bare,
            mention.dated.doubt: mention.dated.doubt,
        }
        reason = next((reason for reason in _NOTES if holds.get(reason)), "")
        return {self.language: _NOTES[reason][self.language != "zh"]} if reason else {}


def _no_count(mention: Mention, figure: Figure) -> str:
    """Return why a figure counts nothing: an article, somebody's age, part of an adjective; else nothing."""
    text, (start, end) = mention.paragraph.text, mention.token.core
    if figure.form != "rank" and text[start:end].lower() in ("一", "one") and not mention.is_measured:
        return "article"
    aged = _AGE_END.match(text, end) if figure.form == "number" else None
    if aged and (aged[0].startswith("-") or _AGED.search(text[max(start - 40, 0) : start])):
        return "age"
    is_adjective = (_ADJECTIVE.match(text, end) or JOINED.match(text, end)) and figure.form == "number"
    return "adjective" if is_adjective or is_average(mention) else ""


def _open_places(held: Audit) -> set[Position]:
    return {finding.at for finding in held.findings if finding.kind == "number" and finding.message}


def _kind(mention: Mention, figure: Figure, source: Source) -> Kind:
    """Return what kind of fact a figure makes: a rank, a plan, or a figure."""
    when, published = mention.when, source.published
    is_later = bool(when and published and when.start and published.end and when.start > published.end)
    if is_later or _PLANNED.search(mention.paragraph.text, *mention.near(mention.clause)):
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
    while start and _WITHIN.match(text, start - 1):
        start += 1
    while _WITHIN.match(text, end - 1):
        end += 1
    said = text[start:end].strip(" \t\u3000，,;；、")
    return said if start == mention.sentence[0] else said.lstrip("'’”」』)） ")


# Between two such characters, within a word or a number, nothing begins or ends.
_WITHIN = re.compile(r"[0-9A-Za-z.,£$€¥'’-](?:[0-9A-Za-z]|[-.,'’](?=[0-9A-Za-z]))")


def _quote(paragraph: Paragraph, token: Token, end: int) -> str | None:
    """Return a figure with the words before it, as many as make it occur once; if need be with those behind it."""
    start, end = paragraph.turned(token) or (token.start, end)
    text = paragraph.text
    left, right = max(start - _QUOTE, 0), end
    ends = [left + found.end() for found in re.finditer(r"[，,。；;：:！？!?（(]|\.\s", text[left:start])]
    while not ends and left and start - left < _WORDS and text[left - 1].isalnum():
        left -= 1  # not within a word or a number
    left = ends[-1] if ends else left
    while not _is_once(text, text[left:right]) and right - left < _TEXT and (left or right < len(text)):
        left, right = (left - 1, right) if left else (left, right + 1)
    while left and _WITHIN.match(text, left - 1):
        left -= 1
    while _WITHIN.match(text, right - 1):
        right += 1
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
        for char in re.findall("[\u3400-\u9fff]|[a-z0-9]+", fold(plain(title)))
    ]
    joined = "-".join(filter(None, words))
    return joined if len(joined) <= _ID else joined[: _ID + 1].rpartition("-")[0]
