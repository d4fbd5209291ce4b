"""A query as terms: words, numbers and dates, each in all the ways in which it counts as found.

Whatever is typed is a query. Words that only ask or join are left out where others remain; Chinese without spaces is
cut into the words that the store knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain, groupby, islice, product
from typing import TYPE_CHECKING

from cs_facts.errors import PeriodError
from cs_facts.index.analyzer import ASKING, BREAK, as_name, facet, is_spaceless, value_word
from cs_facts.index.chinese import is_here
from cs_facts.index.selection import Filters
from cs_facts.numbers.characters import DIGITS, ENGLISH_SCALES, ORDINALS, WORDS
from cs_facts.numbers.tokens import NUMBER, SPELT, read_number
from cs_facts.search.vocabulary import COUNTERS, JOINING, NUMERALS, Vocabulary
from cs_facts.text import narrow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cs_facts.model import Period

# Characters and terms of a query that are read, words of a phrase that is looked for, in quotes and without; beyond
# stands no look-up.
_LONGEST, _MOST_TERMS, _QUOTATION, _PHRASE = 2000, 32, 200, 24

# Dates that are looked for, each of which may take a walk through all facts.
_MOST_DATES = 8

# Forms of a phrase in quotes, and words that may be one name.
_FORMS, _NAME = 40, 8

# Words by which a question in Chinese asks, or is polite.
_ASKING_ZH = re.compile(
    "请问|请告诉我|告诉我|我想知道|想知道|请|现在|目前|如今|到底|究竟|一共|总共|共有|大概|有没有|是不是|是否|什么时候|为什么|"
    f"什么|为何|如何|怎么样|怎么办|怎么|怎样|何时|何地|何处|何人|有?多少[钱{COUNTERS}]?|多久|数量|数目|"
    f"哪一?[些里儿年月天{COUNTERS}]|哪|谁|(?<![十百千万好])几[年月天{COUNTERS}]|[吗呢吧]$"
)
_QUESTIONS = frozenset(("where", "when", "who", "why"))
_HOW_MANY = re.compile(rf"多少|数量|数目|几[{COUNTERS}]|\bhow (?:many|much)\b|\bnumber of\b")
_HOW_MUCH = re.compile(r"多少钱|\bhow much\b|资金|金额|money")
_MONEY = re.compile("元|币|镑|yuan|cny|rmb|usd|dollar|euro|pound|yen|[$€£¥]")

# What a date holds that is more than four digits, and four digits that may be a year.
_MAY_BE_DATE = re.compile(r"[年月/.-]|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
_YEAR = re.compile(r"(?<![\d.,])\d{4}(?![\d,.]*[\d十百千万亿a-z]|[ ](?:hundred|thousand|million|billion))", re.ASCII)
_DIGIT = re.compile("[0-9〇○零一二三四五六七八九]{2}")
_WHOLE_DATE = re.compile(r"\d{4}(?:-(?:0\d|1[0-2])(?:-\d\d)?)?")
_CURRENCY = re.compile(
    r"(?:(?<![a-z])(?:rmb|cny|usd|us|hk)\s?)?[$¥€£]\s?(?=\d)|(?<![a-z])(?:rmb|cny|usd|eur|gbp)\s?(?=\d)"
)
_QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”|([^"“”]+)|["“”]')
_PIECE = re.compile(r"[^\W_]+(?:[-'’‐‑.][^\W_]+)*|[^\w\s]|_+")
_REPEATED = re.compile("([^\x00-\u0dff]{1,4}?)\\1{2,}")

# Numbers in several words: half a million, two and a half million, two point eight; 5 642 and 280 0000 in groups.
_SCALE = "|".join(ENGLISH_SCALES)
_WORD = "|".join(WORDS)
_MIXED = re.compile(rf"\b(?:half|(?:a )?quarter of|(?:{_WORD}) and a half) (?:an? )?(?:{_SCALE})\b")
_POINT = re.compile(rf"\b({_WORD}) point ((?:{_WORD})(?: (?:{_WORD}))*)\b")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,4}(?:(?: \d{3})+|(?: \d{4})+)(?:\.\d+)?(?![\d.,]|\s\d)")

# What makes a rank of the number behind it.
_AHEAD = re.compile("第$|前$|\\btop[ -]$")


@dataclass(frozen=True)
class Term:
    """One word of a query, in all the ways in which it counts as found.

    Attributes:
        word: as typed.
        phrases: rows of words of which one must stand in a title, a tag or a text.
        beginnings: of words, of which one may stand there.
        number: a number that a fact may have.
        names: words that say that a fact is one of a category, kind, unit or source.
        period: a period that a fact's may share a day with.
        parts: terms that may stand apart instead.
        sounds: whether the phrases only sound as the word is written.

    """

    word: str
    phrases: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()
    number: Decimal | None = None
    names: tuple[str, ...] = ()
    period: Period | None = None
    parts: tuple[Term, ...] = ()
    sounds: bool = False

    def said(self, column: str = "") -> str:
        """Write the words of the term as an expression of FTS5, in one column or in any; empty where it has none."""
        ways = [f'"{row}"' for row in self.phrases] + [f'"{begin}" *' for begin in self.beginnings]
        apart = [part.said(column) for part in self.parts]
        found = [f"{column} : ({' OR '.join(ways)})" if column else f"({' OR '.join(ways)})"] if ways else []
        found += [f"({' AND '.join(apart)})"] if apart and all(apart) else []
        return f"({' OR '.join(found)})" if found else ""

    @property
    def match(self) -> str:
        """The term as an expression of FTS5, its period aside; empty where only that is left."""
        ways = [said] if (said := self.said()) else []
        ways += [f'numbers : "{value_word(self.number)}"'] if self.number is not None else []
        ways += [f'names : "{name}"' for name in self.names]
        return f"({' OR '.join(ways)})" if ways else ""

    @property
    def is_chinese(self) -> bool:
        """Whether it is found as a word of a script without spaces."""
        return bool(self.phrases) and is_spaceless(self.phrases[0][0])


@dataclass(frozen=True)
class Query:
    """What was asked.

    Attributes:
        terms: what a full match must have.
        preferred: expressions of FTS5 for what comes first of facts that match alike, each with what that is worth
            beside a word in a title, which is worth 10: figures for who asks how many, a sum of money for who asks how
            much, words that ask where a tag has them.
        whole: all that was typed as one row of words; empty where that is longer than any title.
        lacks_extra: whether the extra ``zh`` could have read more of it.

    """

    terms: tuple[Term, ...]
    preferred: tuple[tuple[str, float], ...] = ()
    whole: str = ""
    lacks_extra: bool = False


def _joined(terms: Sequence[Term], join: Callable[[Sequence[Term]], Term | None]) -> list[Term]:
    """Replace terms that stand side by side by what joins them, as many as can be; ``join`` returns None for others."""
    found, start = list[Term](), 0
    while start < len(terms):
        ends = range(min(len(terms), start + _NAME), start, -1)
        joined = ((term, end) for end in ends if (term := join(terms[start:end])))
        term, start = next(joined, (terms[start], start + 1))
        found.append(term)
    return found


def _in_digits(found: re.Match[str]) -> str:
    """Write a number that is spelt with a point in digits: two point eight is 2.8."""
    return f"{WORDS[found[1]]}.{''.join(str(WORDS[word]) for word in found[2].split())}"


def _only_asks(word: str) -> bool:
    return word in ASKING or bool(_ASKING_ZH.fullmatch(word))


class Reader:
    """Reads queries in the words of a store."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary, self._index = vocabulary, vocabulary.index
        self._row = vocabulary.analyzer.words
        self._lacks_extra, self._dates_left = False, _MOST_DATES

    def read(self, query: str) -> Query:
        """Read a query."""
        text = self._simplified(" ".join(narrow(query[:_LONGEST]).split()).lower())
        text = _POINT.sub(_in_digits, _REPEATED.sub(r"\1", text))
        terms: dict[str, Term] = {}
        for term in islice(self._terms(text), 2 * _MOST_TERMS):
            terms.setdefault(term.match, term)
        content = [term for term in terms.values() if not _only_asks(term.word)] or list(terms.values())
        content = _joined(self._sounding(content[:_MOST_TERMS]), self._named)
        whole = self._row(text)
        return Query(
            tuple(content),
            tuple(self._preferred(text, list(terms.values()))),
            whole if whole.count(" ") < _PHRASE else "",
            self._lacks_extra,
        )

    def _simplified(self, text: str) -> str:
        """Read the characters that stand nowhere as simplified ones."""
        if all(self._stands(char) for char in set(text) if is_spaceless(char)):
            return text
        self._lacks_extra |= not is_here()
        return text.translate(self._index.simplified)

    def _stands(self, *rows: str) -> bool:
        return any(map(self._vocabulary.facts_with, rows))

    def _terms(self, text: str) -> Iterator[Term]:
        for found in _QUOTED.finditer(text):
            if quoted := found[1] or found[2]:
                yield from self._quoted(quoted)
            else:
                yield from self._dates(_CURRENCY.sub(" ", found[3] or ""))

    def _quoted(self, text: str) -> Iterator[Term]:
        """Read what must stand together, inflected or not, or one date or number."""
        row = self._row(text).strip(f"{BREAK} ")
        dates = list(self._dates(text))
        if len(dates) == 1 and dates[0].period:
            yield dates[0]
        elif (number := read_number(text)) is not None:
            yield Term(text, (row,) if text.isascii() and text[:1].isalpha() else (), number=number)
        elif row:
            words = row.split()[:_QUOTATION]
            ways = ([word, *self._index.same_stem(word)] if word.isascii() else [word] for word in words)
            yield Term(text, tuple(dict.fromkeys(map(" ".join, islice(product(*ways), _FORMS)))))

    def _dates(self, text: str) -> Iterator[Term]:
        """Read dates, and what stands between them."""
        if not _DIGIT.search(text):
            yield from self._numbers(text)
            return
        from cs_facts.dates.parser import find_dates  # 20 ms with what it imports, which other searches are spared

        titled = text.title() if len(text.title()) == len(text) else text  # May is a month, may is none
        found = find_dates(titled) if _MAY_BE_DATE.search(text) else []
        dated = [each for each in found if each.date.first]
        dates = [(*each.core, "/".join(dict.fromkeys((each.date.first, each.date.last)))) for each in dated]
        dates += [(*year.span(), "") for year in _YEAR.finditer(text)]
        place = 0
        for start, end, edtf in sorted(dates, key=lambda found: (found[0], -found[1]))[: self._dates_left]:
            self._dates_left -= 1
            year = "" if edtf else text[start:end]
            if start < place or (year and not self._is_year(year)):
                continue
            if date := self._date(text[start:end], edtf or year):
                yield from self._numbers(text[place:start])
                yield date
                place = end
        yield from self._numbers(text[place:])

    def _is_year(self, digits: str) -> bool:
        """Tell whether four digits may be a year: one in which a period of the store lies, or one of about our time."""
        from cs_facts.dates.edtf import parse_period

        if digits == "0000":
            return False
        year = parse_period(digits)
        filters = [Filters(within=year), *([Filters(period=year)] if "1900" <= digits <= "2100" else [])]
        return any(self._index.match("", each, 1) for each in filters)

    def _date(self, text: str, edtf: str) -> Term | None:
        """Read a date in EDTF; None where there is no such day, or where the text leaves its year out."""
        from cs_facts.dates.edtf import parse_period
        from cs_facts.dates.parser import written

        try:
            period = parse_period(edtf)
        except PeriodError:
            return None
        ways = [edtf, *written(edtf), text] if _WHOLE_DATE.fullmatch(edtf) else [text]
        if edtf.isdecimal():
            ways = [edtf]
        ways += [f"{way[:-5]}, {edtf[:4]}" for way in ways if way.endswith(f" {edtf[:4]}")]
        return Term(text, tuple(dict.fromkeys(map(self._row, ways))), period=period)

    def _numbers(self, text: str) -> Iterator[Term]:
        """Read numbers, with what they count by, and the words between them."""
        place = 0
        numbers = chain.from_iterable(pattern.finditer(text) for pattern in (NUMBER, SPELT, _MIXED, _GROUPED))
        for found in sorted(numbers, key=lambda match: (match.start(), -match.end())):
            number = read_number(found[0]) if found.re != _GROUPED else self._ungrouped(found[0])
            behind = re.match(f"(?:st|nd|rd|th)(?![a-z])|[{COUNTERS}]|(?=[a-z])", text[found.end() :])
            if found.start() < place or number is None or (behind and not behind[0]):  # 5g is a word
                continue
            before = text[place : found.start()]
            ahead = _AHEAD.search(before)
            rank = self._rank(ahead[0] if ahead else behind[0] if behind else "", number)
            yield from self._words(before[: ahead.start()] if rank and ahead else before)
            stands = found.re == _GROUPED or (found[0][0].isascii() and found[0][0].isalpha())
            yield rank or Term(found[0], (self._row(found[0]),) if stands else (), number=number)
            place = found.end() + (behind.end() if behind else 0)
        yield from self._words(text[place:])

    def _ungrouped(self, text: str) -> Decimal | None:
        """Read groups of digits as one number where the store has it: 5 642."""
        number = Decimal(text.replace(" ", ""))
        return number if self._vocabulary.count(Term(text, number=number).match) else None

    def _rank(self, said: str, number: Decimal) -> Term | None:
        """Read 第4, 第四, 4th and fourth alike, and top 3 as 前三 where it stands so; None where none is said."""
        said, digits = said.strip(" -"), f"{number:f}"
        numerals = [char for char in NUMERALS if DIGITS.get(char, 10) == number]
        if said in ("top", "前"):
            spelt = [word for word, value in WORDS.items() if value == number]
            ways = [*(f"前{way}" for way in (digits, *numerals)), *(f"top {way}" for way in (digits, *spelt))]
            rows = tuple(map(self._row, ways))
            return Term(f"{said} {digits}", rows) if self._stands(*rows) else None
        if said not in ("第", "st", "nd", "rd", "th"):
            return None
        spelt = [word for word, value in ORDINALS.items() if value == number]
        ways = [*(f"第{way}" for way in (digits, *numerals)), *spelt, *([f"{digits}{said}"] if said != "第" else [])]
        return Term(ways[-1], tuple(dict.fromkeys(map(self._row, ways))))

    def _words(self, text: str) -> Iterator[Term]:
        for found in _PIECE.finditer(text):
            for is_chinese, chars in groupby(found[0], is_spaceless):
                yield from (self._chinese if is_chinese else self._latin)("".join(chars))

    def _latin(self, text: str) -> Iterator[Term]:
        """Read a word in Latin letters; one with a hyphen is one word where it stands so, else several."""
        row = self._row(text).strip(f"{BREAK} ")
        for word in [row] if " " not in row or self._stands(row) else row.split():
            if word and word != BREAK:
                phrases, beginnings = self._vocabulary.forms(word)
                yield Term(text if word == row else word, tuple(phrases), tuple(beginnings))

    def _chinese(self, run: str) -> Iterator[Term]:
        """Read Chinese without spaces: as it is where it stands somewhere, else without what asks, cut into words."""
        if not self._row(run):
            return
        term = self._word(run)
        if len(run) <= _PHRASE and (term.phrases[0] in self._index.named or self._stands(*term.phrases)):
            yield term
            return
        parts = [part for part in _ASKING_ZH.sub(" ", run).split() if part not in JOINING]
        for part in parts:
            words = self._vocabulary.cut(part)
            is_slip = len(words) > 1 and not all(map(self._stands, map(self._row, words)))
            yield from map(self._word, [part] if is_slip and self._vocabulary.meant(self._row(part)) else words)
        if not parts:
            yield term

    def _word(self, word: str) -> Term:
        """Read a word of Chinese, a numeral that counts also as a digit and as a number: 九大类 is 9大类, 九类 is 9."""
        numeral = f"(?<![{NUMERALS}])[{NUMERALS}](?=[{COUNTERS}大])|(?<=第)[{NUMERALS}](?![{NUMERALS}])"
        digits = re.sub(numeral, lambda found: str(DIGITS.get(found[0], 10)), word)
        number = re.fullmatch(f"([0-9]+)[{COUNTERS}]", digits)
        phrases = tuple(dict.fromkeys((self._row(word), self._row(digits))))
        return Term(word, phrases, number=Decimal(number[1]) if number else None)

    def _sounding(self, terms: Sequence[Term]) -> list[Term]:
        """Read words in Latin letters that stand nowhere as pinyin, several together where they sound as one row."""
        latin = [term for term in terms if term.phrases and (term.phrases[0].isascii() and term.phrases[0].isalpha())]
        unknown = [term for term in latin if not term.beginnings and not self._stands(*term.phrases)]
        self._lacks_extra |= bool(unknown) and not is_here()
        if not unknown or not is_here():
            return list(terms)

        def sounding(words: Sequence[Term]) -> Term | None:
            if any(term not in latin for term in words) or all(term not in unknown for term in words):
                return None
            rows = self._vocabulary.sounds(term.phrases[0] for term in words)
            return Term(" ".join(term.word for term in words), rows, sounds=True) if rows else None

        return _joined(terms, sounding)

    def _named(self, words: Sequence[Term]) -> Term | None:
        """Join terms that are a name or a synonym together, and add what they stand for; None where they are none."""
        row = as_name(self._row(" ".join(term.word for term in words)))
        if row not in self._index.named or any(term.period for term in words):
            return None
        term = words[0] if len(words) == 1 else Term(row, (row,), parts=tuple(words))
        rows, names = (tuple(dict.fromkeys(each)) for each in self._index.named[row])
        return replace(term, phrases=tuple(dict.fromkeys((*term.phrases, *rows))), names=names)

    def _preferred(self, text: str, terms: Sequence[Term]) -> Iterator[tuple[str, float]]:
        if [term.word for term in terms] == [text]:
            return
        asking = [term.word for term in terms if term.word in _QUESTIONS]
        asking += [found[0] for found in _ASKING_ZH.finditer(text)]
        for row in map(self._row, dict.fromkeys(asking[:_NAME])):
            yield f'{{title tags}} : "{row}"', 4
        if _HOW_MANY.search(text) or any(term.number is not None for term in terms):
            yield f'names : "{facet("kind", "figure")}"', 6
            yield 'title : ("数 量" OR "总 数" OR "总 量" OR total OR number)', 4
        if _HOW_MUCH.search(text):
            names = ((id_, " ".join((id_, *name.values())).lower()) for id_, name in self._index.units.items())
            if money := " OR ".join(f'"{facet("unit", id_)}"' for id_, name in names if _MONEY.search(name)):
                yield f"names : ({money})", 6
