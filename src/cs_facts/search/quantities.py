"""Read the numbers and dates among the words of a query."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from cs_facts.dates.describe import spellings
from cs_facts.dates.edtf import period_of
from cs_facts.dates.parser import WHOLE_DATE, find_dates
from cs_facts.index import Filters
from cs_facts.index.analyzer import BREAK
from cs_facts.numbers.characters import DIGITS, ENGLISH_SCALES, ORDINALS, WORDS
from cs_facts.numbers.tokens import NUMBER, SPELT, read_number
from cs_facts.search.terms import COUNTERS, NUMERALS, Term

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from cs_facts.search.terms import Vocabulary

# How many dates are looked for, as each may take a scan of all facts.
_MOST_DATES = 8

# A part of any date but a year by itself; and four digits that may be a year.
_MAY_BE_DATE = re.compile(r"[年月/.-]|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
_YEAR = re.compile(r"(?<![\d.,])\d{4}(?![\d,.]*[\d十百千万亿a-z]|[ ](?:hundred|thousand|million|billion))", re.ASCII)
_CURRENCY = re.compile(
    r"(?:(?<![a-z])(?:rmb|cny|usd|us|hk)\s?)?[$¥€£]\s?(?=\d)|(?<![a-z])(?:rmb|cny|usd|eur|gbp)\s?(?=\d)"
)

# Numbers of several words: two and a half million, a quarter of a million; and in groups of digits: 5 642, 280 0000.
_MIXED = re.compile(
    rf"\b(?:(?:a )?quarter of|(?:{'|'.join(WORDS)}) and a half) (?:an? )?(?:{'|'.join(ENGLISH_SCALES)})\b"
)
_GROUPED = re.compile(r"(?<![\d.,])\d{1,4}(?:(?: \d{3})+|(?: \d{4})+)(?:\.\d+)?(?![\d.,]|\s\d)")

# Words that make the following number a rank.
_AHEAD = re.compile("第$|前$|\\btop[ -]$")


class Quantities:
    """Finds the numbers and dates of one query in the words of a store."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary, self._row = vocabulary, vocabulary.analyzer.words
        self._dates_left = _MOST_DATES

    def part(self, text: str) -> Iterator[Term | str]:
        """Yield the dates and numbers of a text as terms, and the text between them as it is."""
        text = _CURRENCY.sub(" ", text)
        titled = text.title() if len(text.title()) == len(text) else text  # "May" is a month, "may" is not
        found = find_dates(titled) if _MAY_BE_DATE.search(text) else []
        dates = [(*each.core, each.date.edtf) for each in found if each.date.first]
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

    def only(self, text: str, row: str) -> Term | None:
        """Return the date or the number that a quoted text is as a whole, or None if it is neither."""
        said = [part for part in self.part(text) if isinstance(part, Term) or self._row(part).strip(f"{BREAK} ")]
        if len(said) == 1 and isinstance(said[0], Term) and said[0].period:
            return said[0]
        number, is_word = read_number(text), text.isascii() and text[:1].isalpha()
        return None if number is None else Term(text, (row,) if is_word else (), number=number)

    def _is_year(self, digits: str) -> bool:
        """Tell whether four digits may be a year: a period of the store lies in it or, for recent ones, overlaps it."""
        if not (year := period_of(digits)):
            return False
        filters = [Filters(within=year), *([Filters(period=year)] if "1900" <= digits <= "2100" else [])]
        return any(self._vocabulary.index.match("", each, 1) for each in filters)

    def _date(self, text: str, edtf: str) -> Term | None:
        """Return the term of a date in EDTF; None if there is no such day, or the text leaves out the year."""
        if not (period := period_of(edtf)):
            return None
        ways = [edtf, *spellings(edtf), text] if WHOLE_DATE.fullmatch(edtf) else [text]
        if edtf.isdecimal():
            ways = [edtf]
        ways += [f"{way[:-5]}, {edtf[:4]}" for way in ways if way.endswith(f" {edtf[:4]}")]
        return Term(text, tuple(dict.fromkeys(map(self._row, ways))), period=period)

    def _numbers(self, text: str) -> Iterator[Term | str]:
        """Yield the numbers of a text as terms, without their counters, and the text between them as it is."""
        place = 0
        numbers = chain.from_iterable(pattern.finditer(text) for pattern in (NUMBER, SPELT, _MIXED, _GROUPED))
        for found in sorted(numbers, key=lambda match: (match.start(), -match.end())):
            number = read_number(found[0].replace(" ", "") if found.re == _GROUPED else found[0])
            if found.re == _GROUPED and not self._vocabulary.count(Term("", number=number).match):
                continue  # groups of digits such as 5 642 are one number only if the store has it
            behind = re.match(f"(?:st|nd|rd|th)(?![a-z])|[{COUNTERS}]|(?=[a-z])", text[found.end() :])
            if found.start() < place or number is None or (behind and not behind[0]):  # "5g" is a word
                continue
            before = text[place : found.start()]
            ahead = _AHEAD.search(before)
            rank = self._rank(ahead[0] if ahead else behind[0] if behind else "", number)
            yield before[: ahead.start()] if rank and ahead else before
            stands = found.re == _GROUPED or (found[0][0].isascii() and found[0][0].isalpha())
            yield rank or Term(found[0], (self._row(found[0]),) if stands else (), number=number)
            place = found.end() + (behind.end() if behind else 0)
        yield text[place:]

    def _rank(self, said: str, number: Decimal) -> Term | None:
        """Read 第4, 第四, 4th and fourth alike, and top 3 as 前三 if the store has it; return None if it is no rank."""
        said, digits = said.strip(" -"), f"{number:f}"
        numerals = [char for char in NUMERALS if DIGITS.get(char, 10) == number]
        if said in ("top", "前"):
            spelt = [word for word, value in WORDS.items() if value == number]
            ways = [*(f"前{way}" for way in (digits, *numerals)), *(f"top {way}" for way in (digits, *spelt))]
            rows = tuple(map(self._row, ways))
            return Term(f"{said} {digits}", rows) if any(map(self._vocabulary.facts_with, rows)) else None
        if said not in ("第", "st", "nd", "rd", "th"):
            return None
        spelt = [word for word, value in ORDINALS.items() if value == number]
        ways = [*(f"第{way}" for way in (digits, *numerals)), *spelt, *([f"{digits}{said}"] if said != "第" else [])]
        return Term(ways[-1], tuple(dict.fromkeys(map(self._row, ways))))
