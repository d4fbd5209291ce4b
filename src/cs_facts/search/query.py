"""A query as terms: words, numbers and dates, each in all the ways in which it counts as found.

Whatever is typed is a query. Words that only ask or join are left out where others remain; Chinese without spaces is cut
into the longest words that the store knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import islice, product
from math import inf, log
from typing import TYPE_CHECKING

from cs_facts.dates.edtf import parse_period
from cs_facts.dates.parser import read_date, written
from cs_facts.index.analyzer import (
    BREAK,
    NUMBER,
    SPELT,
    Analyzer,
    facet,
    is_spaceless,
    read_number,
    value_word,
)
from cs_facts.index.chinese import by_reading, is_here, simplified, syllables
from cs_facts.index.selection import Filters
from cs_facts.lexicon import KIND_NAMES
from cs_facts.numbers.characters import DIGITS
from cs_facts.text import narrow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cs_facts.index import Index
    from cs_facts.model import Period

# Characters and terms of a query that are read; beyond stands no look-up.
_LONGEST, MOST_TERMS = 2000, 32

# Characters of Chinese without a space that are cut into words, and the longest word that is looked for.
_RUN, _WORD = 60, 16

# Facts up to which a word is counted; one that more have is common.
COMMON = 5000

# Inflections and longer words that a word in Latin letters stands for; beyond, FTS5 looks for its beginning.
_FORMS = 40

# Checks of two characters beside each other while pinyin is read.
_CHECKS = 600

_ASKING = """
a about according all am an and any are as at be been being by can could did do does exactly for from had has have how i
in into is it its kind many me much of on or our please shall should show tell than that the their them there these they
this those to us was we were what when where which who whom whose why will with would you your
"""
ASKING = frozenset(_ASKING.split())

# Words by which a question in Chinese asks, or is polite.
_ASKING_ZH = re.compile(
    "请问|请告诉我|告诉我|我想知道|想知道|请|现在|目前|如今|到底|究竟|一共|总共|共有|大概|有没有|是不是|是否|什么时候|"
    "为什么|什么|为何|如何|怎么样|怎么办|怎么|怎样|何时|何地|何处|何人|有?多少[个名位家条项次种类所]?|多久|数量|数目|哪一?[些里儿个位名家种类项所年月天]|哪|谁|"
    "(?<![十百千万好])几[个位名家种类项所条次年月天]|[吗呢吧]$"
)

# What asks for a number: facts with a figure come first.
_HOW_MANY = re.compile(r"多少|数量|数目|几[个位名家种类项所条次]|\bhow (?:many|much)\b|\bnumber of\b", re.IGNORECASE)

_HOW_MUCH = re.compile(r"多少钱|\bhow much\b|资金|金额|money")
_MONEY = re.compile("元|币|镑|yuan|cny|rmb|usd|dollar|euro|pound|yen|[$€£¥]")
_QUESTIONS = frozenset(["where", "when", "who", "why"])

# Characters that only join words, and those by which a number counts.
_NUMERALS = "一二两三四五六七八九十"
_JOINING, _COUNTERS = (
    frozenset("的了是在有和与及或之对为被把给等都也就还又于以将"),
    "个名位家条项次种类所篇间场只件套处座起例",
)

_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_TENS = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_NTH = "[0-9]{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"""(?<![\d.,])(?:
      (?:\d{{4}}|[〇○零一二三四五六七八九]{{4}})[ ]?年(?:[ ]?{_TENS}[ ]?月(?:[ ]?{_TENS}[ ]?[日号]?)?)?
    | \d{{4}}[-/]\d\d?(?:[-/]\d\d?)? | \d{{4}}\.\d\d?\.\d\d?
    | (?<![a-z])(?:{_NTH}[ ](?:of[ ])?)?{_MONTH}[.,]*[ ]\d{{4}} | (?<![a-z]){_MONTH}\.?[ ]{_NTH},?[ ]\d{{4}}
    | \d{{4}}(?![\d,.]*[\d{"".join("十百千万亿")}a-z]|[ ](?:hundred|thousand|million|billion))
    )(?![\d])""",
    re.VERBOSE,
)
_CURRENCY = re.compile(
    r"(?:(?<![a-z])(?:rmb|cny|usd|us|hk)\s?)?[$¥€£]\s?(?=\d)|(?<![a-z])(?:rmb|cny|usd|eur|gbp)\s?(?=\d)"
)
_QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”|([^"“”]+)|["“”]')
_PIECE = re.compile(r"[^\W_]+(?:[-'’‐‑.][^\W_]+)*|[^\w\s]|_+")


@dataclass(frozen=True)
class Term:
    """One word of a query, in all the ways in which it counts as found.

    Attributes:
        word: as typed.
        phrases: rows of words of which one must stand in a title, a tag or a text.
        beginnings: of words, of which one may stand there.
        value: the word of a number's value.
        number: the number.
        names: words that say that a fact is one of a category, kind, unit or source.
        period: the period that a fact's may share a day with.
        parts: terms that may stand apart instead.
        sounds: whether the phrases only sound as the word is written.

    """

    word: str
    phrases: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()
    value: str = ""
    number: Decimal | None = None
    names: tuple[str, ...] = ()
    period: Period | None = None
    parts: tuple[Term, ...] = ()
    sounds: bool = False

    def said(self, columns: str = "title tags text") -> str:
        """Write the words of the term as an expression of FTS5, empty where it has none."""
        ways = [f'"{row}"' for row in self.phrases] + [f'"{begin}" *' for begin in self.beginnings]
        found = [f"{{{columns}}} : ({' OR '.join(ways)})"] if ways else []
        if self.parts and (apart := [part.said(columns) for part in self.parts]) and all(apart):
            found.append(f"({' AND '.join(apart)})")
        return f"({' OR '.join(found)})" if found else ""

    @property
    def match(self) -> str:
        """The term as an expression of FTS5, without its period; empty where only that is left."""
        ways = [self.said()] if self.phrases or self.beginnings or self.parts else []
        ways += [f'numbers : "{self.value}"'] if self.value else []
        ways += [f'names : "{name}"' for name in self.names]
        return f"({' OR '.join(ways)})" if ways else ""

    @property
    def is_chinese(self) -> bool:
        """Whether it is a word of a script without spaces, as typed."""
        return bool(self.phrases) and is_spaceless(self.phrases[0][0])


@dataclass(frozen=True)
class Query:
    """What was asked.

    Attributes:
        terms: what a full match must have.
        preferred: expressions of FTS5 for what comes first of facts that match alike, each with what that is worth
            beside a word in a title, which is worth 10: figures for who asks how many, a sum of money for who asks how
            much, words that ask where a tag has them.
        whole: all that was typed as one row of words.
        lacks_extra: whether the extra ``zh`` could have read more of it.

    """

    terms: tuple[Term, ...]
    preferred: tuple[tuple[str, float], ...] = ()
    whole: str = ""
    lacks_extra: bool = False


class Reader:
    """Reads queries beside the words of a store.

    Args:
        index: the store.

    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self.analyzer = Analyzer(traditional=False)
        self._counts: dict[str, int] = {}
        self._rarities: dict[Term, float] = {}
        self._lacks_extra = False

    def read(self, query: str) -> Query:
        """Read a query."""
        text = self._simplified(" ".join(narrow(query[:_LONGEST]).split()).lower())
        terms: dict[str, Term] = {}
        for found in _QUOTED.finditer(text):
            quoted = next((part for part in found.groups()[:2] if part), "")
            pieces = [self._quoted(quoted)] if quoted else self._plain(found[3] or "")
            for term in pieces:
                if term:
                    terms.setdefault(term.match or term.word, term)
        content = [term for term in terms.values() if term.word not in ASKING] or list(terms.values())
        content = self._named(self._sounding(content))
        return Query(
            tuple(islice(content, MOST_TERMS)),
            tuple(self._preferred(text, terms.values())),
            self.analyzer.words(text)[:_LONGEST],
            self._lacks_extra,
        )

    def _preferred(self, text: str, terms: Iterable[Term]) -> Iterator[tuple[str, float]]:
        asking = [term.word for term in terms if term.word in _QUESTIONS]
        asking += [found[0] for found in _ASKING_ZH.finditer(text)]
        for row in map(self.analyzer.words, dict.fromkeys(asking)):
            yield f'{{title tags}} : "{row}"', 4
        if _HOW_MANY.search(text) or any(term.number is not None for term in terms):
            yield f'names : "{facet("kind", "figure")}"', 6
            yield 'title : ("数 量" OR "总 数" OR "总 量" OR total OR number)', 4
        if _HOW_MUCH.search(text):
            names = ((id_, " ".join((id_, *name.values())).lower()) for id_, name in self.index.units.items())
            money = " OR ".join(f'"{facet("unit", id_)}"' for id_, name in names if _MONEY.search(name))
            if money:
                yield f"names : ({money})", 6

    def count(self, row: str) -> int:
        """Return how many facts have a row of words, at most `COMMON`."""
        if row not in self._counts:
            expression = f'{{title tags text}} : "{row}"'
            self._counts[row] = len(self.index.match(expression, limit=COMMON)) if row else 0
        return self._counts[row]

    def _simplified(self, text: str) -> str:
        """Read the characters that stand nowhere as simplified ones."""
        strange = {char for char in text if is_spaceless(char) and not self.index.documents(char)}
        if not strange:
            return text
        if not is_here():
            self._lacks_extra = True
            return text
        ordered = "".join(sorted(strange))
        return text.translate(dict(zip(map(ord, ordered), simplified(ordered), strict=True)))

    def _quoted(self, text: str) -> Term | None:
        if (date := read_date(text.replace(",", ""))) or read_number(text) is not None:
            return self._date(text, date) if date else self._number(text)
        row = self.analyzer.words(text).strip(f"{BREAK} ")
        if not row:
            return None
        ways = product(
            *(
                [word, *self.index.same_stem(word)] if word.isalpha() and word.isascii() else [word]
                for word in row.split()
            )
        )
        return Term(text, tuple(dict.fromkeys(map(" ".join, islice(ways, _FORMS)))))

    def _plain(self, text: str) -> Iterator[Term | None]:
        """Read what stands between quotes: dates, then numbers, then words."""
        place = 0
        text = _CURRENCY.sub(" ", text)
        for found in _DATE.finditer(text):
            date = read_date(re.sub("[,. ]+(?=[ ])|,|(?<=[年月]) | (?=[年月日号])", "", found[0]).strip("."))
            if not date or (len(found[0]) == 4 and not self._is_year(found[0])):
                continue
            yield from self._numbers(text[place : found.start()])
            yield self._date(found[0], date)
            place = found.end()
        yield from self._numbers(text[place:])

    def _is_year(self, digits: str) -> bool:
        """Tell whether four digits may be a year: one in which a period of the store lies, or of about our time."""
        year = parse_period(digits)
        return bool(
            self.index.match("", Filters(within=year), 1)
            or ("1900" <= digits <= "2100" and self.index.match("", Filters(period=year), 1))
        )

    def _date(self, text: str, date: str) -> Term:
        ways = (date, *written(date), text) if len(date) > 4 else (date,)
        return Term(text, tuple(dict.fromkeys(map(self.analyzer.words, ways))), period=parse_period(date))

    def _numbers(self, text: str) -> Iterator[Term | None]:
        place = 0
        for found in sorted((*NUMBER.finditer(text), *SPELT.finditer(text)), key=lambda match: match.start()):
            behind = text[found.end() : found.end() + 2]
            is_word = re.match("[a-z]", behind) and not re.match("st|nd|rd|th", behind)
            if found.start() < place or is_word or read_number(found[0]) is None:
                continue
            before = text[place : found.start()]
            if before.endswith("第"):
                yield from self._words(before[:-1])
                yield self._rank(f"第{found[0]}")
            else:
                yield from self._words(before)
                yield self._number(found[0])
            skipped = re.match(f"(?:st|nd|rd|th)(?![a-z])|[{_COUNTERS}]", text[found.end() :])
            place = found.end() + (skipped.end() if skipped else 0)
        yield from self._words(text[place:])

    def _number(self, text: str) -> Term:
        number = read_number(text)
        assert number is not None
        row = self.analyzer.words(text)
        spelt = (row,) if text[:1].isalpha() and text.isascii() else ()
        return Term(text.strip(), spelt, value=value_word(number), number=number)

    def _rank(self, text: str) -> Term:
        """Read 第4 and 第四 alike."""
        return Term(text, tuple(dict.fromkeys(map(self.analyzer.words, (text, *_in_numerals(text))))))

    def _words(self, text: str) -> Iterator[Term | None]:
        for found in _PIECE.finditer(text):
            for piece in re.findall("[^\u0e00-\U0010ffff]+|[\u0e00-\U0010ffff]+", found[0]):
                if is_spaceless(piece[0]):
                    yield from self._chinese(piece)
                else:
                    yield from self._latin(piece)

    def _latin(self, text: str) -> Iterator[Term | None]:
        row = self.analyzer.words(text).strip(f"{BREAK} ")
        if " " not in row:
            yield self.latin(text, row) if row else None
        elif self.count(row):
            yield Term(text, (row,))
        else:
            yield from (self.latin(word, word) for word in row.split() if word != BREAK)

    def latin(self, word: str, row: str) -> Term:
        """Read a word in Latin letters: itself, its inflections and longer words that it begins."""
        same = [row, *self.index.same_stem(row)] if row.isalpha() else [row]
        longer = [known for known, _ in self.index.vocabulary(row, _FORMS)] if len(row) > 1 and row.isalpha() else []
        begins = (row,) if len(longer) == _FORMS else ()
        return Term(word, tuple(dict.fromkeys((*same, *(() if begins else longer)))), begins)

    def _chinese(self, run: str) -> Iterator[Term]:
        """Read Chinese without spaces: as it is where it stands somewhere, else without what asks, cut into words."""
        if self._knows(run):
            yield self.chinese(run)
            return
        parts = [part for part in _ASKING_ZH.sub(" ", run).split() if part not in _JOINING]
        for part in parts or [run]:
            yield from map(self.chinese, self.cut(part))

    def chinese(self, word: str) -> Term:
        """Read a word of Chinese, a numeral that counts also as a digit and as a number."""
        digits = _in_digits(word)
        value = re.fullmatch(f"([0-9]+)[{_COUNTERS}]?", digits)
        return Term(
            word,
            tuple(dict.fromkeys(map(self.analyzer.words, (word, digits)))),
            value=value_word(Decimal(value[1])) if value and digits != word else "",
        )

    def _knows(self, word: str) -> bool:
        row = self.analyzer.words(word)
        return row in self.lexicon or bool(self.count(row))

    def cut(self, run: str) -> list[str]:
        """Cut Chinese into the words that the store knows, few and common ones; what it does not know stays together.

        The cut is the most probable one if words came one by one, as often as facts have them; a word of one character
        is rarely meant.
        """
        run = run[:_RUN]
        size = max(1, self.index.size)
        best: list[tuple[float, int]] = [(0.0, 0), *((inf, 0) for _ in run)]
        for start in range(len(run)):
            for end in range(start + 1, min(len(run), start + _WORD) + 1):
                word = run[start:end]
                if word[-1] in _NUMERALS and run[end : end + 1] in _COUNTERS and end < len(run):
                    continue  # 十条 is one word
                row = self.analyzer.words(word)
                count = self.count(row) or (row in self.lexicon)
                if not count and end > start + 1:
                    break
                cost = 1 + log(1 + size / count) if count else 4 + log(1 + size)
                if end == start + 1:
                    cost = 1.0 if word in _JOINING else cost + 2
                best[end] = min(best[end], (best[start][0] + cost, start))
        words: list[str] = []
        end = len(run)
        while end:
            start = best[end][1]
            words.insert(0, run[start:end])
            end = start
        return _joined([word for word in words if word not in _JOINING] or words)

    @cached_property
    def lexicon(self) -> dict[str, tuple[list[str], list[str]]]:
        """Names and synonyms as rows of words → the rows that mean the same, and the words for what is named so."""
        found: dict[str, tuple[list[str], list[str]]] = {}
        for group in self.index.synonyms:
            rows = [row for row in map(self.analyzer.words, group) if row]
            for row in rows:
                found.setdefault(_key(row), ([], []))[0].extend(rows)
        for what, names in (
            ("category", self.index.categories),
            ("unit", self.index.units),
            ("source", {id_: source.title for id_, source in self.index.sources.items()}),
            ("kind", {kind: {"en": pair[0], "zh": pair[1]} for kind, pair in KIND_NAMES.items()}),
        ):
            for id_, text in names.items():
                for name in (id_.replace("-", " "), *text.values()):
                    found.setdefault(_key(self.analyzer.words(name)), ([], []))[1].append(facet(what, id_))
        return found

    def _named(self, terms: Sequence[Term]) -> list[Term]:
        """Join terms that are a name or a synonym together, and add what they stand for."""
        found: list[Term] = []
        place = 0
        while place < len(terms):
            for end in range(min(len(terms), place + 8), place, -1):
                words = terms[place:end]
                row = self.analyzer.words(" ".join(term.word for term in words))
                if row in self.lexicon and not any(term.value or term.period for term in words):
                    rows, names = self.lexicon[row]
                    joined = words[0] if len(words) == 1 else Term(row, (row,), parts=tuple(words))
                    phrases = tuple(dict.fromkeys((*joined.phrases, *rows)))
                    found.append(replace(joined, phrases=phrases, names=tuple(dict.fromkeys(names))))
                    place = end
                    break
            else:
                found.append(terms[place])
                place += 1
        return found

    def _sounding(self, terms: Sequence[Term]) -> list[Term]:
        """Read words in Latin letters that stand nowhere as pinyin, one by one or together."""
        latin = [term for term in terms if term.phrases and term.phrases[0].isascii() and term.phrases[0].isalpha()]
        unknown = [term for term in latin if not self._stands(term)]
        if not unknown:
            return list(terms)
        if not is_here():
            self._lacks_extra = True
            return list(terms)
        if len(latin) > 1 and (rows := self.sounds(latin)):
            joined = Term(" ".join(term.word for term in latin), rows, sounds=True)
            return [joined, *(term for term in terms if term not in latin)]
        read = {term: self.sounds([term]) for term in unknown}
        return [
            replace(term, phrases=read[term], beginnings=(), sounds=True) if read.get(term) else term for term in terms
        ]

    def _stands(self, term: Term) -> bool:
        return bool(term.beginnings or any(self.index.documents(row) for row in term.phrases))

    def matches(self, term: Term) -> bool:
        """Tell whether any fact matches a term, its period aside."""
        return bool(term.match and self.index.match(term.match, limit=1))

    def rarity(self, term: Term) -> float:
        """Return what a term weighs: the rarer, the more (inverse document frequency as in BM25, Robertson 2009)."""
        size = self.index.size
        found = self._rarities.get(term)
        if found is None:
            facts = len(self.index.match(term.match, limit=COMMON)) if term.match else 0
            facts = max(1, facts)
            found = self._rarities[term] = log(1 + (size - facts + 0.5) / (facts + 0.5))
            if term.is_chinese and len(term.word) == 1:
                found = self._rarities[term] = found / 2
        return found

    def during(self, period: Period) -> list[int]:
        """Return the places of the facts whose period shares a day with one."""
        return self.index.match("", Filters(period=period), COMMON)

    @cached_property
    def syllables(self) -> dict[str, list[str]]:
        return by_reading(self.index.characters)

    def sounds(self, terms: Iterable[Term]) -> tuple[str, ...]:
        """Return the rows of two or more characters of the store that sound as some words are written."""
        ways: list[tuple[str, ...]] = [()]
        for term in terms:
            ways = [(*way, *more) for way in ways for more in syllables(term.phrases[0], self.syllables)][:4]
        chars = ([self.syllables[syllable] for syllable in way] for way in ways if len(way) > 1)
        return next(filter(None, map(self.rows, chars)), ())

    def rows(self, ways: Sequence[Sequence[str]]) -> tuple[str, ...]:
        """Return the rows of characters that stand in the store, one of each of some sets."""
        rows = list(ways[0])
        for chars in ways[1:]:
            some = chars[: max(1, _CHECKS // max(1, len(rows)))]
            rows = [f"{row} {char}" for row in rows for char in some if self.count(f"{row} {char}")]
        return tuple(rows)


def _key(row: str) -> str:
    """Leave out what only joins: conduct and discipline."""
    return " ".join(word for word in row.split() if word not in ASKING) or row


def _joined(words: Sequence[str]) -> list[str]:
    """Join characters that are left side by side: a word that the store does not know, though its characters."""
    found: list[str] = []
    is_single = False
    for word in words:
        if len(word) == 1 and is_single:
            found[-1] += word
        else:
            found.append(word)
        is_single = len(word) == 1
    return found


_NUMERAL_OF = {
    value: char for char, value in reversed([(c, v) for c, v in DIGITS.items() if c in "零一二三四五六七八九"])
}


def _in_digits(word: str) -> str:
    """Write a numeral before a counter as a digit: 九大类 is 9大类."""
    pattern = f"(?<![{_NUMERALS}])[{_NUMERALS}](?=[{_COUNTERS}大])"
    return re.sub(pattern, lambda found: str(DIGITS.get(found[0], 10)), word)


def _in_numerals(word: str) -> Iterator[str]:
    """Yield a word with a digit of its own as a numeral, or the other way round: 第4, 第四."""
    if found := re.fullmatch("第([0-9])", word):
        yield f"第{_NUMERAL_OF[int(found[1])]}"
    elif word == "第10":
        yield "第十"
