"""The figures of a text with what the words around each say of it: in which unit it counts, and of when it speaks.

A figure is read in its clause, the clause in its sentence, the sentence in its text: a period that one does not give is
that of the one before it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from cs_facts.errors import FigureError
from cs_facts.numbers.figures import parse_figure
from cs_facts.text import plain
from cs_facts.texts.periods import UNDATED, Dated, Dating
from cs_facts.texts.units import CURRENCIES, PER, UNITS, Unit, currency_of, unit_after, unit_named
from cs_facts.texts.words import CHANGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cs_facts.model import Figure, Period
    from cs_facts.numbers.scanner import Token
    from cs_facts.texts.document import Document, Paragraph, Span

# What stands for a number while clauses are looked for, so that its points and commas end none, and what for asides.
NUMBER, NOTHING = "\0", "\1"
_ASIDE = re.compile(
    r"\([^()\0]{0,60}\)|（[^（）\0]{0,60}）|\[[^\[\]\0]{0,20}\]|<[^<>\0]{1,40}>|[*_`]+|"
    r"(?<=[a-z])(?: -- [^-.;\0]{2,60} --(?= )| ?[–—] ?[^–—.;\0]{2,60} ?[–—] ?(?=[a-z]))"
)
_ABBREVIATION = r"(?<![A-Z])(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bvs)(?<!\bSt)(?<!\bNo)"
_SENTENCE_END = re.compile(
    rf"[。！？!?；;]+[”’」』）)]*|(?<=\s)[•·▪●](?=\s)|{_ABBREVIATION}\.[”\"’)\1]*(?:(?=\s|$)|(?<=[a-z\0]\.)(?=[A-Z][a-z]))"
)
_CLAUSE_END = re.compile(r"[，,：:（）()\[\]【】]|——|\s[-–—]\s|—")
_PART = re.compile("[一二两三四五六七八九十]{1,3}[\u4e00-\u9fff]")
# What is counted where no unit is printed; age tells of years.
_PEOPLE = re.compile(r"\b(?:population|migration|inhabitants|residents)\b", re.IGNORECASE)
_EMPLOYMENT = re.compile(r"\b(?i:employment(?! rate)|payrolls?|job (?:growth|gains|losses|cuts))\b")
_MONEY = re.compile("GDP|[产總总]值|增加值|[营營]?收入?|利[润潤]|金?[额額]|投资|市值|[资資][产產]|负债")
_RATIO = "[别性入之]比|比[值率]|率|指数|密度|系数|倍差"
_CROWD = "人[口数员]|职工|学生|居民|群众|患者|[网股]民|[游旅乘]客|用户|观众"
_AGE = re.compile(r"old|young|\bages?\b", re.IGNORECASE)
# Words before a number of years that is an age.
_AGED = re.compile(r"(?i)\bage[ds]? (?:under |over |between )?$")
_WHOSE = re.compile(
    r"(?i)\b(?:children|people|persons?|(?:wo)?men|any(?:one|body)|someone|those|[a-z]{4,}(?:[^s]s|ss?es)) $"
)
_BOUND, _OLDEST = re.compile(r"(?i)under|over"), 120

# What tells what a bare number counts: the number of shares was 5 million; 52% of counties (1,649).
_NUMBER_OF = re.compile(r"\bnumber of (?:[a-z-]+ ){0,2}?([a-z]{3,}s)\b[^.;]{0,60}$")
_BRACKET = re.compile(r"\b(?!levels)([a-z]{3,}s) \($")
_OF = re.compile(r" of(?: an?)?(?= )")
_ENDS = re.compile(
    r"\s*(?:(?:per|in|to|for|from|by|at|on|and|of|or|last|this|a)\b|[,.;:()]|(?P<verb>were|was|are|died|had|have|said)\b)"
)
# Nouns of what is counted in thousands; a number from which on one is such.
_CROWDS = re.compile(
    r"(?i:\b(passengers|visitors|guests|tourists|arrivals|admissions|customers|users|subscribers|births|deaths|cases|"
    r"homes|houses|dwellings|vehicles|cars|students|pupils|workers|employees|patients|members|voters|electors|migrants|"
    r"refugees|immigrants|households|tickets|trips|doses|fatalities|victims|applicants|graduates|offen[cs]es|crimes|robberies|homicides|incidents|stays|journeys)\b)[^.;,:\0]{0,60}"
    r"(?:\0+[^.;,:\0]{0,24}){0,2}$"
)
_MANY = 1000
# What stands before a number of a list that counts what the one before counts: 190 cases; Carmen, 55.
_NAMED = re.compile(r" ?(?:and )?(?:[A-Z][\w. '’-]{1,30},? ?)?")
# Nouns of what is no money.
_OTHERS = re.compile(
    r"\b(?:number|passenger|staff|guest|visitor|customer|subscriber|user|member|volume|traffic|unit|employee|car)s?\b"
)
_YEN = re.compile(r"\b(?:Japan|Japanese|yen|Tokyo)\b|日[本元圆]")
# Places in an order, which 位 and 名 count there: no people.
_MOVED = "上升|下降|下滑|前进|后退|提升|跃升|[升降退]"
_PLACES = re.compile(rf"(?:排名|名次|位次|排位|列|居)[^，。；]*$|(?:{_MOVED})[了至到]?$")
_MOVES = re.compile(rf"(?:{_MOVED})[至到]?(?:第|\0)")
# What joins numbers that share the unit of the last: 0.6、0.7个百分点; 4 to 5 per cent.
_JOINT = re.compile(r"[、和与及]+| (?:and|or|to) ")
_SCALE = re.compile(
    r"(?: (?:and|or|to) |[、和与及至到])[$€£¥]?[\d.,]+( (?:thousand|million|billion|trillion)\b|[万亿])"
)
# The counter of a range that each of its numbers has: 5元至7元, 5 hours to 7 hours.
_TWICE = re.compile(r"(?: [a-z]+|[^\W\d_a-z一二三四五六七八九十两百千万亿萬億]{1,3})$")
# Verbs that end as a word for a rank or a rise does: members number 400, set up 120.
_PHRASAL = re.compile(
    r"(?:[a-z]s (?:(?:now|currently|already) )?numbers? |"
    r"\b(?:set|sets|setting|take|took|made|make|build|built|gives?|gave|giving|lines?|lined|lining) up )$"
)

# The word for a change of Chinese with which a figure begins.
_LEAD_WORD = re.compile(
    r"[了约近超逾过到]*([^\W\da-z]+?)(?=[了约近超逾过到达为成半○零一二两三四五六七八九十百千万亿]|港币|[^\u4e00-\u9fff])"
)

# What makes a number a part of a date: the six months ended June 30.
_MONTHS_TO = re.compile(r"[ -]months?(?: period)?,? (?:ended|ending|to|through)\b", re.IGNORECASE)
# Characters of a clause to either side of a number beyond which nothing is said of it: a list may be one long clause.
FAR = 1000
# Characters before a figure that may say its unit.
_BACK = 200
# Characters at most before a date that begins its sentence.
_HEAD = 8


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure of a text: where it stands up to the ``end`` of its counter, what it counts, and of when it speaks."""

    paragraph: Paragraph
    token: Token
    end: int
    unit: Unit | None
    clause: Span
    sentence: Span
    dated: Dated = UNDATED

    @property
    def when(self) -> Period | None:
        """The period that it speaks of; None where nothing says one."""
        return self.dated.when

    @property
    def is_measured(self) -> bool:
        """Whether it is one of a measure rather than of what can be counted."""
        return self.unit is not None and self.unit.is_measure and self.unit.id != "household"

    @property
    def is_implied(self) -> bool:
        """Whether what it counts is not printed but understood from what stands before."""
        return self.unit is not None and not self.is_measured and self.end == self.token.end

    @property
    def is_age(self) -> bool:
        """Whether it is an age."""
        return self.unit == UNITS["岁"]

    @property
    def is_one(self) -> bool:
        """Whether it is one number and exact, as the age of one person is."""
        return self.figure is not None and self.figure.form == "number" and self.figure.bound == "exact"

    @property
    def change(self) -> str:
        """The word for the change that it says: 增长, growth; empty where it says none."""
        figure, printed = self.figure, plain(self.token.printed)
        is_range = figure and figure.form == "range" and re.match(r"[+-]\d|grow|[提增升涨下降减跌]", printed)
        if figure is None or not (figure.form == "change" or is_range):
            return ""
        if word := _LEAD_WORD.match(printed):
            return word[1][:4]
        if is_chinese(self.paragraph.text):
            return "增长" if (figure.value or 0) >= 0 else "下降"
        grown = "growth" if self.unit == UNITS["%"] else "increase"
        fallback = grown if (figure.value or figure.low or 0) >= 0 else "fall"
        found = (noun for noun, stems in CHANGES.items() if re.search(rf"\b(?:{stems})", printed.lower()))
        return next(found, fallback)

    @property
    def printed(self) -> str:
        """The figure with its signs, limits and counter."""
        return self.paragraph.text[self.token.start : self.end]

    @property
    def figure(self) -> Figure | None:
        """What the number says, without its counter or with it: 首个; None where it has no definite reading."""
        figure, text, at = self.token.figure, self.paragraph.text, self.token.core[0]
        if figure and figure.form in ("rank", "change") and _PHRASAL.search(text[max(at - 24, 0) : at]):
            return self.bare
        return figure or _read(self.printed)

    @property
    def bare(self) -> Figure | None:
        """What the number says without the words before it: 38.5% of 并非38.5%, which has no definite reading."""
        return _read(self.paragraph.text[slice(*self.token.core)])

    @property
    def scaled(self) -> Figure | None:
        """What the number says with the scale of the one that it is joined to: 391.1 of 391.1 to 400.3 million."""
        found = _SCALE.match(self.paragraph.text, self.token.core[1])
        return _read(f"{self.paragraph.text[slice(*self.token.core)]}{found[1]}") if found else None

    def near(self, span: Span) -> Span:
        """Return what of a stretch lies so near that it may say something of the number."""
        return max(span[0], self.token.start - FAR), min(span[1], self.end + FAR)

    @property
    def own_date(self) -> Token | None:
        """The date that is plainly its own: alone beside it, or the only or the first of its sentence."""
        at, start, (first, last) = self.token.start, self.sentence[0], self.clause
        near = self.paragraph.touching(*self.near(self.sentence))
        numbers = [token for token in near if token.date or token.kind == "figure"]
        nth, dates = numbers.index(self.token), [token for token in numbers if token.date]
        own = [token for token in dates if first <= token.start < last or 0 <= at - token.end <= len(": ")]
        if own:
            own = [token for token in numbers[max(nth - 1, 0) : nth + 2] if token in own]
        elif dates and (len(dates) == 1 or dates[0].start - start <= _HEAD):
            own = dates[:1]
        return own[0] if len(own) == 1 and own[0].date is self.dated.date else None


@lru_cache(maxsize=1024)
def _read(printed: str) -> Figure | None:
    try:
        return parse_figure(printed)
    except FigureError:
        return None


def mentions(document: Document, published: Period | None = None) -> Iterator[Mention]:
    """Yield the figures of a text, those without a definite reading too; from its publication *last year* counts."""
    dating = Dating(document, published)
    for paragraph in document.paragraphs:
        masked = masking(paragraph)
        in_chinese = is_chinese(masked)
        last: Mention | None = None
        for span in _parted(masked, _SENTENCE_END, 0, len(masked)):
            clauses = _parted(masked, _CLAUSE_END, *span)
            ends = [end for _, end in clauses]
            sentence = dating.sentence(paragraph, masked, span, clauses, in_chinese=in_chinese)
            found: list[Mention] = []
            for token in sentence.tokens:
                if token.kind != "figure" or _MONTHS_TO.match(masked, token.end):
                    continue
                clause = clauses[bisect_right(ends, token.start)]
                found.append(_counted(Mention(paragraph, token, token.end, None, clause, span), masked))
            has_age = False
            for nth, mention in enumerate(found):
                is_open = mention.unit is None or mention.printed.endswith("个")
                shared = (_shared(found[nth:], masked) if is_open else None) or mention.unit
                figure = mention.figure
                if not shared and has_age and figure and figure.form == "range" and (figure.high or 999) <= _OLDEST:
                    shared = UNITS["岁"]
                told = replace(mention, unit=shared or _understood(mention, masked, last))
                has_age = has_age or told.unit == UNITS["岁"]
                is_aside = told.unit == UNITS["%"] and masked[
                    max(mention.token.start - 2, 0) : mention.token.start
                ].rstrip().endswith("(")
                last = last if last and is_aside else told
                yield replace(told, dated=sentence.of(mention.token))
        dating.end_paragraph(paragraph)


@lru_cache(maxsize=64)
def is_chinese(text: str) -> bool:
    """Tell whether a text is in Chinese rather than in English with a name in Chinese."""
    han = sum("\u3400" <= char <= "\u9fff" for char in text)
    return 4 * han > sum(char.isalpha() for char in text)


def masking(paragraph: Paragraph) -> str:
    """Return the plain text of a paragraph, place for place, with what would part its clauses wrongly blanked out.

    A figure or a date becomes `NUMBER`; footnote marks, bullets and brackets that hold no number `NOTHING`.
    """
    text = plain(paragraph.text)
    pieces, at = [], 0
    for token in paragraph.tokens:
        sign = NUMBER if token.kind in ("figure", "date") else NOTHING
        if token.figure and _PART.fullmatch(text, token.start, token.end + 1) and not unit_after(text, token.end):
            continue  # a numeral that is part of a noun: 四车道, 两居室
        if sign == NUMBER or not any(char.isalpha() for char in token.printed):
            pieces += [text[at : token.start], sign * (token.end - token.start)]
            at = token.end
    masked = "".join([*pieces, text[at:]])
    return _ASIDE.sub(lambda found: NOTHING * len(found[0]), masked)


def _parted(masked: str, end: re.Pattern[str], first: int, last: int) -> list[Span]:
    """Divide a stretch at what ends a part; no part is empty."""
    parts, at = [], first
    for match in end.finditer(masked, first, last):
        if match.start() > at:
            parts.append((at, match.end()))
        at = match.end()
    return [*parts, (at, last)] if at < last or not parts else parts


def _counted(mention: Mention, masked: str) -> Mention:
    """Add the unit that stands behind a number, or its currency."""
    token, figure = mention.token, mention.token.figure
    if figure and figure.form in ("rank", "multiple", "ratio"):
        is_place = figure.form == "rank" and masked[token.end : token.end + 1] in ("位", "名")
        return replace(mention, end=token.end + is_place)
    if "百分点" in plain(token.printed) or re.search(r"(?<![a-z])p(?:ercentage )?p(?:oin)?(?:ts?)?\b", token.printed):
        return replace(mention, unit=UNITS["百分点"])
    if figure and (figure.form == "share" or re.search("[%％‰成]|分之|per ?cent|(?:增长|growth)$", token.printed)):
        return replace(mention, unit=UNITS["%"])
    if currency := currency_of(token.printed):
        return _paid(mention, masked, currency)
    if re.search("℃|°[cC]", token.printed):
        return replace(mention, unit=UNITS["℃"])
    core = token.core[1]
    if figure and figure.form == "range" and core == token.end and (own := _TWICE.search(token.printed)):
        core -= len(own[0])
    # the counter may stand before the words that limit it: 65岁及以上, 20天以上
    found = (unit_after(mention.paragraph.text, core) if core < token.end else None) or unit_after(masked, token.end)
    if found is None and figure and (joint := _OF.match(masked, token.end)):
        of = unit_after(masked, joint.end())  # scores of schools, half of a percentage point
        found = (of[0], of[1] if of[0].is_measure else token.end) if of else None
    said = mention.paragraph.text[max(mention.clause[0], token.start - FAR) : core]
    is_place = found is not None and masked[found[1] - 1] in "位名"
    if found and is_place and (_MOVES.match(masked, found[1]) or _PLACES.search(re.sub(r"[\d一-十两第]+$", "", said))):
        return replace(mention, end=found[1])
    before = masked[max(token.start - 16, 0) : token.start]
    is_aged = _AGED.search(before) or (_WHOSE.search(before) and _BOUND.match(token.printed))
    is_age = bool(is_aged and figure and figure.form == "number")
    if is_age and (found is None or found[0].id == "year" or found[0] not in UNITS.values()):
        found = UNITS["岁"], found[1] if found and found[0].id == "year" else token.end
    return replace(mention, unit=found[0], end=max(found[1], token.end)) if found else mention


def _paid(mention: Mention, masked: str, currency: Unit) -> Mention:
    """Add a currency, and what it is paid per."""
    end = mention.token.end
    if "¥" in mention.token.printed and _YEN.search(mention.paragraph.text):
        currency = UNITS["yen"]
    if per := PER.match(masked, end):
        return replace(mention, unit=unit_named(f"{currency.en.removeprefix('US ')} per {per[1]}"), end=per.end())
    behind = unit_after(masked, end)
    return replace(mention, unit=currency, end=behind[1] if behind and behind[0].id in CURRENCIES else end)


def _shared(run: Sequence[Mention], masked: str) -> Unit | None:
    """Return the unit of the numbers behind one that are joined to it."""
    for one, other in pairwise(run):
        is_joint = _JOINT.fullmatch(masked[one.end : other.token.start])
        form = one.figure.form if one.figure else ""
        is_known = one.unit is not None and not one.printed.endswith("个")  # 0.6个、0.7个百分点
        if not is_joint or is_known or form not in ("number", "change") or _AGE.search(one.printed):
            return None
        if other.unit and not (one.unit and other.unit != UNITS["百分点"]):
            return other.unit
    return None


def _understood(mention: Mention, masked: str, last: Mention | None) -> Unit | None:
    """Return the unit that is left out: 5.3 million in Scotland, a population of 63.7 million, 65 and older."""
    if mention.figure is None or mention.figure.form not in ("number", "range", "vague", "change"):
        return None
    if _AGE.search(mention.printed) or _AGED.search(masked[max(mention.token.start - 8, 0) : mention.token.start]):
        return UNITS["岁"]
    beside = masked[max(mention.token.start - _BACK, 0) : mention.token.start]
    if (named := _NUMBER_OF.search(beside) or _BRACKET.search(beside)) and named[1] not in ("years", "months"):
        return unit_named(named[1])
    first = max(mention.sentence[0], mention.token.start - FAR)
    is_count = mention.figure.form in ("number", "change")
    if is_count and _EMPLOYMENT.search(masked, first, mention.token.end):
        return UNITS["jobs"]
    if _PEOPLE.search(masked[max(mention.sentence[0], mention.token.start - _BACK) : mention.token.start]):
        return UNITS["people"]
    is_listed = last and masked.startswith(";", last.sentence[1] - 1)
    is_next = is_listed and _NAMED.fullmatch(masked, mention.sentence[0], mention.token.start)
    was = last.unit if last and (is_next or last.sentence == mention.sentence) else None
    if is_chinese(masked):
        return _understood_in_chinese(mention, masked, was)
    ends = _ENDS.match(masked, mention.token.end)
    is_many = not was and is_count and (mention.figure.value or 0) >= _MANY
    if is_many and (counted := _CROWDS.search(masked, first, mention.token.start)):
        return unit_named(counted[1])
    if last and was and was.id in CURRENCIES and _OTHERS.search(masked, last.end, mention.token.start):
        return None  # revenue was €5m and passenger numbers 4.3 million
    is_open = was and ends and was.id not in ("percent", "year-of-age") and not (ends["verb"] and was.is_measure)
    return was if is_open else None


def _understood_in_chinese(mention: Mention, masked: str, was: Unit | None) -> Unit | None:
    before = masked[max(mention.clause[0], mention.token.start - _BACK) : mention.token.start]
    if re.search(_RATIO, before):
        return None
    if "人次" in before:
        return UNITS["人次"]
    if re.search(_CROWD, before + masked[mention.token.end : min(mention.clause[1], mention.token.end + 8)]):
        return UNITS["人"]
    if not re.search("[亿億万萬]", mention.printed):
        return None
    if was and (was.id in CURRENCIES or (mention.change and was == UNITS["人"])):
        return was
    return UNITS["元"] if _MONEY.search(before) else None
