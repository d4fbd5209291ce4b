"""Read a query as terms: words, numbers and dates, each with all the forms in which it may be found.

Any text is a valid query. Words that only ask or join are dropped if others remain; Chinese, which has no spaces, is
cut into words that the store has.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import groupby, islice, product
from typing import TYPE_CHECKING

from cs_facts.index.analyzer import ASKING, BREAK, as_name, facet, is_spaceless
from cs_facts.index.database import has_zh
from cs_facts.numbers.characters import DIGITS, may_hold_number
from cs_facts.search.terms import COUNTERS, JOINING, NUMERALS, Query, Term, Vocabulary
from cs_facts.text import narrow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cs_facts.search.quantities import Quantities

# How many characters and terms of a query are read, and how many words of a phrase, with and without quotes; more than
# any reasonable query has.
_LONGEST, _MOST_TERMS, _QUOTATION, _PHRASE = 2000, 32, 200, 24

# How many forms of a quoted phrase are sought, and how many words may form a name.
_FORMS, _NAME = 40, 8

# Patterns that are strings are compiled at first use: a query of one word needs few of them, which saves 3 ms.

# Question words and polite phrases in Chinese.
_ASKING_ZH = (
    "请问|请告诉我|告诉我|我想知道|想知道|请|现在|目前|如今|到底|究竟|一共|总共|共有|大概|有没有|是不是|是否|什么时候|为什么|"
    f"什么|为何|如何|怎么样|怎么办|怎么|怎样|何时|何地|何处|何人|有?多少[钱{COUNTERS}]?|多久|数量|数目|"
    f"哪一?[些里儿年月天{COUNTERS}]|哪|谁|(?<![十百千万好])几[年月天{COUNTERS}]|[吗呢吧]$"
)
_QUESTIONS = frozenset(("where", "when", "who", "why"))
_HOW_MANY = rf"多少|数量|数目|几[{COUNTERS}]|\bhow (?:many|much)\b|\bnumber of\b"
_HOW_MUCH = r"多少钱|\bhow much\b|资金|金额|money"
_MONEY = "元|币|镑|yuan|cny|rmb|usd|dollar|euro|pound|yen|[$€£¥]"

_QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”|([^"“”]+)|["“”]')
_PIECE = re.compile(r"[^\W_]+(?:[-'’‐‑.][^\W_]+)*|[^\w\s]|_+")
_REPEATED = "([^\x00-\u0dff]{1,4}?)\\1{2,}"


def _joined(terms: Sequence[Term], join: Callable[[Sequence[Term]], Term | None]) -> list[Term]:
    """Join neighbouring terms, as many as possible at a time; ``join`` returns None for those to keep apart."""
    found, start = list[Term](), 0
    while start < len(terms):
        ends = range(min(len(terms), start + _NAME), start, -1)
        joined = ((term, end) for end in ends if (term := join(terms[start:end])))
        term, start = next(joined, (terms[start], start + 1))
        found.append(term)
    return found


class Reader:
    """Reads queries, using the vocabulary of a store."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary, self._index = vocabulary, vocabulary.index
        self._row, self._facts_with = vocabulary.analyzer.words, vocabulary.facts_with
        self._lacks_extra = False

    @cached_property
    def _quantities(self) -> Quantities:
        from cs_facts.search.quantities import Quantities  # takes 15 ms, and most queries have no number

        return Quantities(self._vocabulary)

    def read(self, query: str) -> Query:
        """Read a query."""
        text = " ".join(narrow(query[:_LONGEST]).split()).lower()
        known = set(self._index.characters)
        if not all(char in known or self._facts_with(char) for char in set(text) if is_spaceless(char)):
            self._lacks_extra |= not has_zh()
            text = text.translate(self._index.simplified)
        text = text if text.isascii() else re.sub(_REPEATED, r"\1", text)
        terms: dict[str, Term] = {}
        for term in islice(self._terms(text), 2 * _MOST_TERMS):
            terms.setdefault(term.match, term)
        content = [
            term
            for term in terms.values()
            if not (term.word in ASKING if term.word.isascii() else re.fullmatch(_ASKING_ZH, term.word))
        ] or list(terms.values())
        content = _joined(self._sounding(content[:_MOST_TERMS]), self._named)
        preferred, whole = tuple(self._preferred(text, list(terms.values()))), self._row(text)
        return Query(tuple(content), preferred, whole if whole.count(" ") < _PHRASE else "", self._lacks_extra)

    def _terms(self, text: str) -> Iterator[Term]:
        """Yield quoted phrases, numbers and dates, and the words between them."""
        for found in _QUOTED.finditer(text):
            quoted = found[1] or found[2] or ""
            row = self._row(quoted).strip(f"{BREAK} ")
            if quantity := self._quantities.only(quoted, row) if may_hold_number(quoted) else None:
                yield quantity
            elif row:
                words = row.split()[:_QUOTATION]
                ways = ([word, *self._index.same_stem(word)] if word.isascii() else [word] for word in words)
                yield Term(quoted, tuple(dict.fromkeys(map(" ".join, islice(product(*ways), _FORMS)))))
            plain = found[3] or ""
            for part in self._quantities.part(plain) if may_hold_number(plain) else [plain]:
                if isinstance(part, Term):
                    yield part
                    continue
                for piece in _PIECE.finditer(part):
                    for is_chinese, chars in groupby(piece[0], is_spaceless):
                        yield from (self._chinese if is_chinese else self._latin)("".join(chars))

    def _latin(self, text: str) -> Iterator[Term]:
        """Read a word in Latin letters; a hyphenated one is kept together if the store has it so."""
        row = self._row(text).strip(f"{BREAK} ")
        for word in [row] if " " not in row or self._facts_with(row) else row.split():
            if word and word != BREAK:
                yield self._vocabulary.inflected(word)._replace(word=text if word == row else word)

    def _chinese(self, run: str) -> Iterator[Term]:
        """Read a run of Chinese: as one word if the store has it, otherwise cut into words, without question words."""
        if not self._row(run):
            return
        term = self._word(run)
        if len(run) <= _PHRASE and (term.phrases[0] in self._index.named or any(map(self._facts_with, term.phrases))):
            yield term
            return
        parts = [part for part in re.sub(_ASKING_ZH, " ", run).split() if part not in JOINING]
        for part in parts:
            words = self._vocabulary.cut(part)
            is_slip = len(words) > 1 and not all(map(self._facts_with, map(self._row, words)))
            yield from map(self._word, [part] if is_slip and self._vocabulary.meant(self._row(part)) else words)
        if not parts:
            yield term

    def _word(self, word: str) -> Term:
        """Read a Chinese word; a numeral in it may also be a digit (九大类 or 9大类) or a number (九类 is 9)."""
        if not may_hold_number(word):
            return Term(word, (self._row(word),))
        from decimal import Decimal  # takes 3 ms, and most queries have no number

        numeral = f"(?<![{NUMERALS}])[{NUMERALS}](?=[{COUNTERS}大])|(?<=第)[{NUMERALS}](?![{NUMERALS}])"
        digits = re.sub(numeral, lambda found: str(DIGITS.get(found[0], 10)), word)
        number = re.fullmatch(f"([0-9]+)[{COUNTERS}]", digits)
        phrases = tuple(dict.fromkeys((self._row(word), self._row(digits))))
        return Term(word, phrases, number=Decimal(number[1]) if number else None)

    def _sounding(self, terms: Sequence[Term]) -> list[Term]:
        """Read unknown words in Latin letters as pinyin, several together if they sound like one phrase."""
        latin = [term for term in terms if term.phrases and (term.phrases[0].isascii() and term.phrases[0].isalpha())]
        unknown = [term for term in latin if not self._vocabulary.count(term.match)]
        self._lacks_extra |= bool(unknown) and not has_zh()
        if not unknown or not has_zh():
            return list(terms)

        def sounding(words: Sequence[Term]) -> Term | None:
            if any(term not in latin for term in words) or all(term not in unknown for term in words):
                return None
            rows = self._vocabulary.sounds("".join(term.phrases[0] for term in words))
            return Term(" ".join(term.word for term in words), rows, sounds=True) if rows else None

        return _joined(terms, sounding)

    def _named(self, words: Sequence[Term]) -> Term | None:
        """Join terms that form a name or a synonym, and add what it stands for; return None if they do not."""
        row = as_name(self._row(" ".join(term.word for term in words)))
        if row not in self._index.named or any(term.period for term in words):
            return None
        term = words[0] if len(words) == 1 else Term(row, (row,), parts=tuple(words))
        rows, names = (tuple(dict.fromkeys(each)) for each in self._index.named[row])
        return term._replace(phrases=tuple(dict.fromkeys((*term.phrases, *rows))), names=names)

    def _preferred(self, text: str, terms: Sequence[Term]) -> Iterator[tuple[str, float]]:
        if [term.word for term in terms] == [text]:
            return
        asking = [term.word for term in terms if term.word in _QUESTIONS]
        asking += [found[0] for found in re.finditer(_ASKING_ZH, text)]
        for row in map(self._row, dict.fromkeys(asking[:_NAME])):
            yield f'{{title tags}} : "{row}"', 4
        if re.search(_HOW_MANY, text) or any(term.number is not None for term in terms):
            yield f'names : "{facet("kind", "figure")}"', 6
            yield 'title : ("数 量" OR "总 数" OR "总 量" OR total OR number)', 4
        if re.search(_HOW_MUCH, text):
            names = ((id_, " ".join((id_, *name.values())).lower()) for id_, name in self._index.units.items())
            if money := " OR ".join(f'"{facet("unit", id_)}"' for id_, name in names if re.search(_MONEY, name)):
                yield f"names : ({money})", 6
