"""A text as the words that a search finds it by: the same for a fact that is compiled and for a query.

>>> words("Ａ CAFÉ’s 党员")
['a', 'cafe', '党', '员']

Chinese characters stand apart, so that a word of one character is found wherever it stands in a row. Width, case,
accents and, where a table of variants is given, traditional forms are folded. Punctuation is a word of its own, which
keeps what it parts from being found in a row. The characters of a number written with Chinese numerals are told from
the same characters alone: 十条 is not found in 二十条.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from cs_facts.search.quantities import apart, has_numeral, number_tokens, read_apart, spelt_among
from cs_facts.text import LONG, WIDE_FORMS, inside, lazily, narrow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BREAK, _PART, _POINT = "\ue001", "\ue002", "\ue003"
"""Private-use characters (Unicode 16, §23.5), which a tokenizer takes for letters: what parts a text, marks digits that
are a part of a number, stands for a decimal point."""

COLUMNS = {"title": "\ue006", "tags": "\ue007", "text": ""}
"""What a word begins with in the title of a fact, in its tags and elsewhere: the titles that hold one are found without
a look at all the texts, and all of it is one column of the index, which takes a tenth less room than several."""

_AT_ONCE = 64
"""Texts that are read in one go, which takes two fifths less time than one by one; more of them gain nothing."""

_PRIVATE_USE = lazily("[\ue000-\uf8ff]")

_SAME = (
    "〇○零",
    "一壹",
    "二贰貳",
    "两兩",
    "三叁參",
    "四肆",
    "五伍",
    "六陆陸",
    "七柒",
    "八捌",
    "九玖",
    "十拾",
    "百佰",
    "千仟",
    "万萬",
    "亿億",
    "兆",
    "点點",
)
_INSIDE = {char: chr(0xE200 + place) for place, chars in enumerate(_SAME) for char in chars}
"""Numeral → the letter that it is inside a longer number."""

PARTS = frozenset((*_INSIDE.values(), _PART, _POINT))
"""What stands in no text as it is: the parts of numbers."""

_MAGNITUDES = "百佰千仟万萬亿億兆"

_STOPS = ",;:!?."
_AT_THE_END = lazily(rf"[{_STOPS}](?<=[^\W_].)[{_STOPS}]*(?=\s|$)")
"""Punctuation behind a word that parts it from the next no more than the space does. This pattern and those below look
back from what is rare: the other way round they take three times as long."""

_POSSESSIVE = lazily(r"['’](?<=\w.)s?\b")
_JOINERS = {char: lazily(rf"{char}(?<=\w.)(?=\w)") for char in "-'’‐‑"}

_ODD = frozenset("'’‐‑") | WIDE_FORMS
"""What is no letter, digit or plain punctuation, and has something done to it; the hyphen, a common one, apart."""

_HAS_ODD = lazily(lambda: f"[{inside(_ODD)}\ue000-\uf8ff]")
"""The same, or private use."""

_SPACELESS = (
    *((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3100, 0x312F), (0x31F0, 0x31FF)),
    *((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)),
)
"""Code points, from the first up to the last, of scripts that put no spaces between words."""

_SCRIPTS = "".join(f"{chr(first)}-{chr(last)}" for first, last in _SPACELESS)
_TOGETHER = lazily(f"([{_SCRIPTS}][{_SCRIPTS}]*)")
"""Characters of such scripts that stand together."""

_BETWEEN = lazily(f" (?<=[{_SCRIPTS}] ) *(?=[{_SCRIPTS}])")
"""Spaces between two characters of such scripts."""

_LEFT = "0-9a-z \f\u4e00-\u9fff\ue000-\uf8ff"
_CHANGED = lazily(f"[^{_LEFT}][^{_LEFT}]*")
"""What folding may change. A pattern that begins with a repetition would be tried at each character."""

_NAMED = {code: chr(0xE100 + code) for code in range(128) if not chr(code).isalnum()}
"""Punctuation in a name becomes a letter, so that the name is one word."""


class Folding(dict[int, str]):
    """Character → what a search takes it for, filled as characters come; for `str.translate`.

    Args:
        traditional: characters that are folded.
        simplified: what to, in the same order.

    """

    def __init__(self, traditional: str = "", simplified: str = "") -> None:
        super().__init__({ord("\n"): f" {BREAK} "})
        self._from, self._to = traditional, simplified

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if "\u4e00" <= char <= "\u9fff":  # as most are; what folds others leaves these as they are
            folded = f" {self._simple(char)} "
        else:
            folded = char if "\ue000" <= char <= "\uf8ff" else "".join(map(self._folded, fold_char(char)))
        self[code] = folded
        return folded

    def _folded(self, char: str) -> str:
        if is_spaceless(char):
            return f" {self._simple(char)} "
        if char.isalnum():
            return char
        if char.isspace() or unicodedata.category(char) == "Cs":  # half a character is no text
            return " "
        if unicodedata.category(char).startswith("S"):
            return f" {char.translate(_NAMED)} "
        return f" {BREAK}{char.translate(_NAMED)} " if not unicodedata.combining(char) else ""

    def _simple(self, char: str) -> str:
        place = self._from.find(char)  # to make the table below takes as long as some hundred of these
        return char if place < 0 else self._to[place]

    @cached_property
    def _variants(self) -> dict[int, int]:
        return str.maketrans(self._from, self._to)

    @cached_property
    def _traditional(self) -> re.Pattern[str]:
        """Any character that has variants: thousands, which only who compiles a store looks for."""
        return re.compile(f"[{inside(self._from)}]")

    def simplify(self, rows: list[str]) -> list[str]:
        """Fold the traditional characters of rows of Chinese, as nothing else in them is folded."""
        if not self._from or not self._traditional.search("".join(rows)):
            return rows
        return list(map(self.simplified, rows))

    def simplified(self, text: str) -> str:
        """Fold the traditional characters of a text and nothing else."""
        return text.translate(self._variants)


_PLAIN_FOLDING = Folding()


def fold_char(char: str) -> str:
    """Fold width, case and accents of a character (Unicode 16, NFKD)."""
    # twice, for a letter may come out of a compatibility form as a capital: ™ is TM
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char.casefold()).casefold())
    bare = "".join(part for part in decomposed if not unicodedata.combining(part))
    return unicodedata.normalize("NFKC", bare)


def words(text: str, folding: Folding | None = None) -> list[str]:
    """Return the words of a text in a row, without the values of its numbers."""
    text = _cleaned(text)
    return _folded(_marked(apart(text)) if has_numeral(text) else text, _PLAIN_FOLDING if folding is None else folding)


def words_and_numbers(text: str, folding: Folding) -> tuple[list[str], set[str]]:
    """Return the words of a text in a row, and the values of its numbers as words."""
    text = _cleaned(text)
    pieces, values = read_apart(text)
    found = _folded(_marked(pieces), folding)
    return found, number_tokens(text, set(values), spelt=bool(spelt_among(found)))


class Reading:
    """Texts of a store while they are read: the same words and numbers as above, some dozens at a time.

    Args:
        folding: what a search takes each character for.

    Attributes:
        words: all words once, but those of scripts without spaces.
        together: what stands in such a script together.

    """

    def __init__(self, folding: Folding) -> None:
        self._folding = folding
        self.words: set[str] = set()
        self.together: set[str] = set()

    def rows(self, texts: Iterable[str]) -> Iterator[tuple[str, set[str]]]:
        """Yield texts as words in a row, with spaces between them, and the values of their numbers as words."""
        texts = iter(texts)
        while some := list(islice(texts, _AT_ONCE)):
            text = "\f".join(some)
            if text.count("\f") >= len(some):  # no store's file holds one
                text = "\f".join([each.replace("\f", " ") for each in some])
            cleaned = _cleaned(text)
            pieces, values = read_apart(cleaned)
            found: list[set[str | None]] = [set() for _ in some]
            at = 0
            for piece, value in zip(pieces[::2], values, strict=False):  # the last piece is behind all numbers
                at += piece.count("\f")
                found[at].add(value)
            parts = self._apart(_marked(pieces))
            words = set(" ".join(parts[::2]).split())
            self.words |= words
            self.together.update(parts[1::2])
            spelt = spelt_among(words)
            parts[1::2] = map(" ".join, parts[1::2])
            rows = " ".join(parts).split("\f")
            for row, each, own in zip(rows, cleaned.split("\f"), found, strict=True):
                has_spelt = any(map(row.__contains__, spelt)) and not spelt.isdisjoint(row.split())
                yield row, number_tokens(each, own, spelt=has_spelt)

    def _apart(self, text: str) -> list[str]:
        """Fold a text and take it apart: at odd places is what stands together in a script without spaces."""
        text = text.lower().replace("\n", f" {BREAK} ")
        folded = _CHANGED().sub(lambda found: found[0].translate(self._folding), text)
        parts = _TOGETHER().split(_BETWEEN().sub("", folded))
        parts[1::2] = self._folding.simplify(parts[1::2])
        return parts


def standing(words: Sequence[str], column: str) -> str:
    """Write words as a row of a column."""
    mark = COLUMNS[column]
    return f"{mark}{f' {mark}'.join(words)}" if words else ""


def _cleaned(text: str) -> str:
    if len(text) < LONG:
        if text.replace(" ", "").isalnum():  # a word or some, as most queries and titles are
            return narrow(text)
        is_odd = not (text.isprintable() and _ODD.isdisjoint(text))  # private use is not printable
    else:
        is_odd = _HAS_ODD().search(text) is not None
    if is_odd:
        text = narrow(text if text.isprintable() else _PRIVATE_USE().sub(" ", text))
        if "'" in text or "’" in text:
            text = _POSSESSIVE().sub("", text)
    for char, joiner in _JOINERS.items():
        if char in text:
            text = joiner().sub(" ", text)
    return text if len(text) < LONG and set(_STOPS).isdisjoint(text) else _AT_THE_END().sub(" ", text)


def _folded(text: str, folding: Folding) -> list[str]:
    """Fold a text line by line: Python is ten times as quick with one that is ASCII from end to end."""
    return "".join([line.translate(folding) for line in text.splitlines(keepends=True)]).split()


def _marked(pieces: Sequence[str]) -> str:
    marked = list(pieces)
    marked[1::2] = [f" {run} " if run.isdecimal() else _mark(run) for run in pieces[1::2]]
    return "".join(marked)


@lru_cache(maxsize=4096)
def _mark(text: str) -> str:
    """Mark the parts of a number in more than one piece: alone they are other numbers."""
    if len(text) == 1:
        return text
    written = text.rstrip(".,点點")
    rest = text[len(written) :]
    if written.isascii():
        return f" {_digits(written)} {rest}"
    if len(written) == 1:
        return text
    parts = re.findall("[0-9][0-9.,]*|.", written)
    return f" {' '.join(_INSIDE.get(part) or f'{_digits(part)}{_PART}' for part in parts)} {rest}"


def _digits(text: str) -> str:
    return text.replace(",", "").replace(".", _POINT)


def facet_token(what: str, name: str) -> str:
    """Return the word that says that a fact is one of a category, kind, unit, source or tag."""
    return f"{_FACETS[what]}{name.translate(_NAMED)}"


_FACETS = {what: chr(0xE010 + place) for place, what in enumerate(("category", "kind", "unit", "source", "tag"))}


def is_word(token: str) -> bool:
    """Tell a word from punctuation, from a number and its parts and from what names a fact's category or period."""
    return token[0].isalpha() and token[-1] != _PART


def is_spaceless(token: str) -> bool:
    """Tell whether a word is a character of a script that puts no spaces between words."""
    code = ord(token[0])
    return code >= 0x0E00 and any(first <= code <= last for first, last in _SPACELESS)


def is_break(token: str) -> bool:
    """Tell whether a word is punctuation."""
    return token[0] == BREAK


def alternatives(token: str) -> tuple[str, ...]:
    """Return the words that a character of a query stands for: a magnitude, no number by itself, also stands in one."""
    return (token, _INSIDE[token]) if token in _MAGNITUDES else (token,)
