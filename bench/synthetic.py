"""Write a large synthetic store, in the canonical form or as others write YAML, the same for the same arguments.

    python bench/synthetic.py 1000000 store.yaml
    python bench/synthetic.py 1000000 --files 100 folder/
    python bench/synthetic.py 100000 --flow store.yaml

The facts are invented. Words have frequencies like those of language (Zipf: the word of rank r is 1/r as frequent as
the first); names of places and of houses give a vocabulary that grows with the store. Every figure stands in both
sentences, so that ``facts check`` has nothing to say. Three words are planted, see `COMMON`, `RARE` and `ABSENT`.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from calendar import month_name
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vocabulary import ACTIVITIES, ASPECTS, BODIES, CATEGORIES, NAMES, PLACES, THEMES, UNITS, Aspect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SEED = 20221218
RARE_FACTS = 20
FIRST_YEAR, LAST_YEAR = 1995, 2024


class Word(NamedTuple):
    """A planted word in both languages."""

    zh: str
    en: str


COMMON = Word("年鉴", "yearbook")
"""Stands in every second fact."""

RARE = Word("琥珀", "amber")
"""Stands in twenty facts, in a tenth of them in a store of fewer than 200."""

ABSENT = Word("翡翠", "zeppelin")
"""Stands nowhere, not by one of its characters."""


class Number(NamedTuple):
    """A figure as printed, and what the English sentence makes of it."""

    zh: str
    en: str


class When(NamedTuple):
    """A period in EDTF and in words that begin a sentence."""

    edtf: str
    zh: str
    en: str


class Subject(NamedTuple):
    """What a fact speaks of."""

    slug: str
    zh: str
    en: str
    category: str


class Zipf:
    """Numbers below a size, the number r with a frequency of 1/(r+1), by one look-up each."""

    _BITS = 16

    def __init__(self, size: int) -> None:
        sums = list(accumulate(1 / (rank + 1) for rank in range(size)))
        self._table: list[int] = []
        for rank, reached in enumerate(sums):
            share = round(reached / sums[-1] * 2**self._BITS) - len(self._table)
            self._table += [rank] * share

    def draw(self, chance: random.Random) -> int:
        """Draw a number."""
        return self._table[chance.getrandbits(self._BITS)]


class Writer:
    """Makes facts one after the other; only counters are kept, so that memory does not grow."""

    def __init__(self, count: int) -> None:
        self._chance = random.Random(SEED)
        self._rare_step = max(count // RARE_FACTS, 10)
        self._places = Zipf(len(PLACES) * (len(PLACES) - 1))
        self._houses = [0] * len(PLACES) ** 2
        self._bodies, self._aspects = Zipf(len(BODIES)), Zipf(len(ASPECTS))
        self._themes, self._activities = Zipf(len(THEMES)), Zipf(len(ACTIVITIES))
        self._pending: str | None = None  # the other side of a conflict

    def fact(self, index: int) -> str:
        """Return the fact of this index as YAML."""
        if self._pending is not None:
            text, self._pending = self._pending, None
            return text
        subject = self._subject(index)
        year = FIRST_YEAR + index * 7 % (LAST_YEAR - FIRST_YEAR + 1)
        when = self._when(year)
        if self._chance.random() < 0.3:
            return self._activity(index, subject, when, year)
        return self._figure(index, subject, when, year)

    def _subject(self, index: int) -> Subject:
        """Name a house that no other fact names: the places repeat, the names of the houses at a place do not."""
        place = self._places.draw(self._chance)
        first, second = divmod(place, len(PLACES) - 1)
        second += second >= first
        name = _name(self._houses[place])
        self._houses[place] += 1
        body, body_zh, body_en, category = BODIES[self._draw(self._bodies, len(BODIES), index)]
        place_zh, place_en = PLACES[first][0] + PLACES[second][0], PLACES[first][1] + PLACES[second][1]
        return Subject(
            f"{place_en}-{body}",
            f"{place_zh}{name.zh}{body_zh}",
            f"{name.en.capitalize()} {body_en}, {place_en.capitalize()}",
            category,
        )

    def _draw(self, words: Zipf, size: int, index: int) -> int:
        """Draw a word, the first facts each word once, so that a small store defines nothing that it does not use."""
        return index if index < size else words.draw(self._chance)

    def _when(self, year: int) -> When:
        draw = self._chance.random()
        if draw < 0.55:
            return When(str(year), f"{year}年", f"in {year}")
        month = int(draw * 1e6) % 12 + 1
        if draw < 0.7:
            return When(f"{year}-{month:02}", f"{year}年{month}月", f"in {month_name[month]} {year}")
        if draw < 0.8:
            day = int(draw * 1e8) % 28 + 1
            return When(
                f"{year}-{month:02}-{day:02}", f"{year}年{month}月{day}日", f"on {day} {month_name[month]} {year}"
            )
        if draw < 0.88:
            return When(f"{year - month}/{year}", f"{year - month}年至{year}年", f"from {year - month} to {year}")
        if draw < 0.92:
            return When(f"{year}/..", f"自{year}年起", f"since {year}")
        if draw < 0.95:
            return When(f"../{year}-12-31", f"{year}年底前", f"until the end of {year}")
        return When(f"{year}~", f"{year}年前后", f"about {year}")

    def _figure(self, index: int, subject: Subject, when: When, year: int) -> str:
        aspect = ASPECTS[self._draw(self._aspects, len(ASPECTS), index)]
        number = self._number(aspect)
        fact = self._measured(index, subject, aspect, number, when, year)
        if aspect.scale == "count" and self._chance.random() < 0.015:
            value = self._chance.randrange(2, 60) * 1000
            mine, other = (Number(f"{n}{aspect.counter}", f"{n:,}") for n in (value + 7, value * 3 + 1))
            fact = self._measured(index, subject, aspect, mine, when, year)
            against = f"{_slug(subject, aspect)}-{index}"
            self._pending = self._measured(index + 1, subject, aspect, other, when, year, against)
        return fact

    def _measured(
        self, index: int, subject: Subject, aspect: Aspect, number: Number, when: When, year: int, against: str = ""
    ) -> str:
        says, rare = _says(index), self._rare(index)
        return _yaml(
            f"{_slug(subject, aspect)}-{index}",
            subject.category,
            "ranking" if aspect.scale == "rank" else "figure",
            Word(f"{subject.zh}{aspect.zh}", f"{aspect.en.capitalize()} of {subject.en}"),
            Word(
                f"{says.zh}，{when.zh}{subject.zh}的{aspect.zh}为{number.zh}{rare.zh}。",
                f"{says.en} puts the {aspect.en} of {subject.en}, at {number.en} {when.en}{rare.en}.",
            ),
            f"    figure: {number.zh}\n    unit: {aspect.unit}\n",
            when,
            _cited(index, year, other=bool(against)),
            self._chance.randrange(2, 400),
            f"{aspect.zh}, {aspect.en}",
            against,
            self._note(when),
        )

    def _activity(self, index: int, subject: Subject, when: When, year: int) -> str:
        """Return a fact without a figure."""
        theme = THEMES[self._draw(self._themes, len(THEMES), index)]
        other = THEMES[self._themes.draw(self._chance)]
        activity = ACTIVITIES[self._activities.draw(self._chance)]
        says, rare = _says(index), self._rare(index)
        return _yaml(
            f"{subject.slug}-programme-{index}",
            subject.category,
            ("event", "measure", "award")[index % 3],
            Word(f"{subject.zh}{theme[0]}{activity[0]}", f"{theme[1].capitalize()} {activity[1]} of {subject.en}"),
            Word(
                f"{says.zh}，{when.zh}{subject.zh}设有{theme[0]}{activity[0]}和{other[0]}{activity[0]}{rare.zh}。",
                f"{says.en} names {theme[1]} and {other[1]} {activity[1]} of {subject.en}, {when.en}{rare.en}.",
            ),
            "",
            when,
            _cited(index, year),
            self._chance.randrange(2, 400),
            f"{theme[0]}, {activity[0]}, {theme[1]}, {activity[1]}",
            "",
            self._note(when),
        )

    def _rare(self, index: int) -> Word:
        if index % self._rare_step != self._rare_step // 2 or index // self._rare_step >= RARE_FACTS:
            return Word("", "")
        return Word(f"，设有{RARE.zh}展厅", f", with a hall of {RARE.en}")

    def _note(self, when: When) -> Word | None:
        if when.edtf.endswith("~"):
            return Word("年份为推定，原文未写明。", "The year is inferred; the text does not give it.")
        if self._chance.random() < 0.04:
            theme = THEMES[self._themes.draw(self._chance)]
            return Word(f"原文未说明是否计入{theme[0]}。", f"The text leaves open whether {theme[1]} is counted.")
        return None

    def _number(self, aspect: Aspect) -> Number:
        if aspect.scale == "rank":
            return self._rank()
        if aspect.scale == "share":
            tenths = self._chance.randrange(101, 1000)
            return Number(f"{tenths / 10:g}%", f"{tenths / 10:g}%")
        return self._money() if aspect.scale == "money" else self._count(aspect.counter)

    def _rank(self) -> Number:
        place = int(self._chance.paretovariate(0.7)) % 60 + 1
        if place <= len(ORDINALS):
            return Number(f"第{CHINESE[place]}", ORDINALS[place - 1])
        suffix = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
        return Number(f"第{place}位", f"{place}{suffix}")

    def _money(self) -> Number:
        amount = int(10 ** self._chance.uniform(2, 4))  # hundredths
        if self._chance.random() < 0.4:
            return Number(f"{amount / 100:g}亿元", f"{amount:,} million")
        return Number(f"约{amount / 100:g}万元", f"about {amount * 100:,}")

    def _count(self, counter: str) -> Number:
        draw = self._chance.random()
        size = 10 ** self._chance.uniform(0.5, 4)
        if draw < 0.35:
            return Number(f"{int(size)}{counter}", f"{int(size):,}")
        if draw < 0.6:
            return Number(f"{int(size) / 100:g}万{counter}", f"{int(size) * 100:,}")
        if draw < 0.75:
            return Number(f"{int(size) + 1}00余{counter}", f"more than {(int(size) + 1) * 100:,}")
        if draw < 0.85:
            return Number(f"约{int(size)}0{counter}", f"about {int(size) * 10:,}")
        if draw < 0.93:
            return Number(f"超过{int(size / 10) + 1}万{counter}", f"over {(int(size / 10) + 1) * 10_000:,}")
        few = int(size) % 89 + 11
        tens, ones = divmod(few, 10)
        return Number(f"{CHINESE[tens] * (tens > 1)}十{CHINESE[ones] * (ones > 0)}{counter}", str(few))


CHINESE = "零一二三四五六七八九十"
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def head() -> str:
    """Return what stands above the facts: units, categories, sources."""
    lines = ["facts_format: 1\n", "title:\n  zh: 合成事实\n  en: Synthetic facts\n"]
    for key, names in (("units", UNITS), ("categories", CATEGORIES)):
        lines += [f"{key}:\n", *(f"  {id_}: {{zh: {zh}, en: {en}}}\n" for id_, (zh, en) in names.items())]
    lines.append("sources:\n")
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        lines += [_source("gazette", "公报", "Gazette", year), _source("bulletin", "简报", "Bulletin", year)]
    return "".join(lines)


# A text in two languages as the canonical form has it.
BLOCK_TEXT = re.compile(r"(?m)^( +)(title|text|note):\n +zh: (.*)\n +en: (.*)$")


def facts(count: int, *, flow: bool = False) -> Iterator[str]:
    """Yield this many facts as YAML."""
    canonical = map(Writer(count).fact, range(count))
    return map(flowing, canonical) if flow else canonical


def flowing(fact: str) -> str:
    """Write a fact as many people do: texts in braces, the items of the list at no indent."""
    return re.sub("(?m)^  ", "", BLOCK_TEXT.sub(r'\1\2: {zh: "\3", en: "\4"}', fact))


def write(count: int, path: Path, *, flow: bool = False) -> None:
    """Write one file."""
    _write_file(path, head(), facts(count, flow=flow))


def write_folder(count: int, files: int, folder: Path, *, flow: bool = False) -> None:
    """Write a folder of files, what they share in the first."""
    folder.mkdir(parents=True, exist_ok=True)
    every = facts(count, flow=flow)
    for number in range(files):
        share = (number + 1) * count // files - number * count // files
        start = head() if number == 0 else "facts_format: 1\n"
        _write_file(folder / f"{number:04}.yaml", start, (next(every) for _ in range(share)))


def _write_file(path: Path, start: str, facts: Iterator[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(start)
        separator = "facts:\n"
        for fact in facts:
            out.write(separator)
            out.write(fact)
            separator = "\n"


def _name(number: int) -> Word:
    """Return the name of a number: the digits of its place in a shuffled order, each a character; two at least.

    >>> _name(0) == _name(1)
    False
    """
    base = len(NAMES)
    digits = 2
    while number >= base**digits:
        number -= base**digits
        digits += 1
    shuffled = number * 40_503 % base**digits  # a bijection: prime, and no divisor of the base
    chosen = [NAMES[shuffled // base**place % base] for place in range(digits)]
    return Word("".join(zh for zh, _ in chosen), "".join(en for _, en in chosen))


def _says(index: int) -> Word:
    if index % 2:
        return Word("据统计", "A survey")
    return Word(f"据{COMMON.zh}", f"The {COMMON.en}")


def _cited(index: int, year: int, *, other: bool = False) -> str:
    """Return the source of a fact: the gazette or the bulletin of its year, or the ``other`` of them."""
    place = (index - other) // (LAST_YEAR - FIRST_YEAR + 1) % 2
    return f"{('gazette', 'bulletin')[place != other]}-{year}"


def _slug(subject: Subject, aspect: Aspect) -> str:
    return f"{subject.slug}-{aspect.slug}"


def _source(id_: str, zh: str, en: str, year: int) -> str:
    return (
        f"  {id_}-{year}:\n"
        "    type: report\n"
        f"    title:\n      zh: {year}年合成{zh}\n      en: Synthetic {en} {year}\n"
        "    publisher: {zh: 合成出版社, en: Synthetic Press}\n"
        f"    published: {year + 1}-10-20\n"
        "    language: zh-CN\n"
    )


def _yaml(
    id_: str,
    category: str,
    kind: str,
    title: Word,
    text: Word,
    figure: str,
    when: When,
    source: str,
    paragraph: int,
    tags: str,
    against: str,
    note: Word | None,
) -> str:
    conflict = (
        f"    conflicts:\n      - with: {against}\n        note:\n"
        "          zh: 两份材料数目不同。\n          en: The two documents differ.\n"
    )
    remark = f"    note:\n      zh: {note.zh}\n      en: {note.en}\n" if note else ""
    return (
        f"  - id: {id_}\n    category: {category}\n    kind: {kind}\n"
        f"    title:\n      zh: {title.zh}\n      en: {title.en}\n"
        f"    text:\n      zh: {text.zh}\n      en: {text.en}\n{figure}"
        f"    when: {when.edtf}\n    source: {source}\n    paragraph: {paragraph}\n    tags: [{tags}]\n"
        f"{conflict if against else ''}{remark}"
    )


def main(arguments: Sequence[str]) -> None:
    """Write what the arguments ask for."""
    parser = argparse.ArgumentParser(description="Write a synthetic store.")
    parser.add_argument("count", type=int, help="how many facts")
    parser.add_argument("out", type=Path, help="the file, or the folder with --files")
    parser.add_argument("--files", type=int, default=0, metavar="K", help="a folder of so many files")
    parser.add_argument("--flow", action="store_true", help="texts in braces, items at no indent")
    asked = parser.parse_args(arguments)
    if asked.files:
        write_folder(asked.count, asked.files, asked.out, flow=asked.flow)
    else:
        write(asked.count, asked.out, flow=asked.flow)


if __name__ == "__main__":
    main(sys.argv[1:])
