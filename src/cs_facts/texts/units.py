"""What a number of a text counts: its counter, currency or noun → a unit with names in both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cs_facts.numbers.limits import MONEY
from cs_facts.text import plain, word_lists
from cs_facts.texts.words import KINDS, ROLES

_LATIN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LISTS = word_lists("units.txt")
_CODES = " ".join(_LISTS["codes"].values()).split()
# Units that cannot be taken for one another, nor for things that are counted one by one.
CURRENCIES = frozenset((*_LISTS["money"], *(code.lower() for code in _CODES)))
MEASURES = frozenset((*_LISTS["measures"], *CURRENCIES, "points"))
_CODE = rf"(?<![A-Za-z])({'|'.join(_CODES)})(?![A-Za-z])"
_CODE_BEHIND = re.compile(rf"[ \1]?{_CODE}")

# Words of English that end the noun behind a number.
_STOP = {word for word, kind in KINDS.items() if kind in "dpcbr"} | ROLES["be"] | ROLES["modal"] | ROLES["ends"]
_IRREGULAR = frozenset(("people", "children", "men", "women", "staff", "aircraft", "police", "fish", "sheep", "cattle"))
_SINGULAR = re.compile(r"(?:ss|us|is|ous|['’]s)$|(?:overseas|grassroots|onwards)$")
# What money is paid per, and things are counted per.
PER = re.compile(
    r" (?:per|an?) (square (?:mile|foot|kilomet(?:re|er)|met(?:re|er))|hectare|acre|hour|day|week|night|tonne|barrel|"
    r"kilogram(?:me)?)\b"
)
# A unit of two: 33微克/立方米, 12 mg/dL.
_DIVIDED = re.compile(r"([\u4e00-\u9fff]{1,3}/[\u4e00-\u9fff]{1,4}| [a-zµμ]{1,3}/[a-zA-Z]{1,4}[23²³]?)(?![\w/])")
# The name of a model: six Airbus A321 aircraft.
_MODEL = re.compile(r"(?<= )[A-Z]{1,3}-?\d+\w*(?= )")
# Words of English that are looked at behind a number.
_NOUNS = 4


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted: an id in lower-case ASCII, and names, empty where only that in the other language is known."""

    id: str
    zh: str
    en: str

    @property
    def is_measure(self) -> bool:
        """Whether it measures rather than counts: money per hour and what is divided do too."""
        paid = UNITS.get(self.en.partition(" per ")[0])
        return self.id in MEASURES or "/" in self.zh + self.en or (paid is not None and paid.id in MEASURES)


def _table() -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for id_, names in (pair for section in ("things", "measures", "money") for pair in _LISTS[section].items()):
        chinese, english, *before = names.split(" | ")
        words = [*chinese.split(), *english.split("; "), *" ".join(before).split()]
        unit = Unit(id_, words[0], english.partition(";")[0])
        found |= {word.lower(): unit for word in words if word.lower() not in found}
    return found


UNITS = _table()
_WORDS = sorted((re.escape(word) for word in UNITS if not word.isascii() or word == "%"), key=len, reverse=True)
_CHINESE = re.compile(f"(?:{'|'.join(_WORDS)})(?<!人(?=[才民均力]))(?<!车(?=道))")
_BEFORE = "|".join(sorted(map(re.escape, (*MONEY, "cents")), key=len, reverse=True))
_CURRENCY = re.compile(rf"(?:(?<![a-z])|(?=[^a-z]))(?:{_BEFORE})(?!(?<=[a-z])[a-z])", re.IGNORECASE | re.ASCII)
_ENGLISH = sorted((word for word in UNITS if " " in word), key=len, reverse=True)
# A sign that no letter or digit follows, but for Chinese.
_SIGN = re.compile(r"[ -]?((?:km|m|cm)[²³23]|km/h|°[cf]|gb|[kmgt]wh?|(?<= )(?:m|g|ha))(?![²³/-]|[^\W\u3400-\u9fff])")


def unit_named(word: str) -> Unit:
    """Return the unit that a word names; one of its own where none is known.

    >>> unit_named("名").id, unit_named("birth").id
    ('person', 'birth')
    """
    lower = plain(word).lower()
    known = UNITS.get(lower) or UNITS.get(f"{lower}s")
    if known:
        return known
    is_english = word.isascii()
    slug = re.sub("[^a-z0-9]+", "-", word.lower()).strip("-") if is_english else ""
    return Unit(slug, "" if is_english else word, word if is_english else "")


def currency_of(printed: str) -> Unit | None:
    """Return the currency that a figure is printed with, by its sign, name or code."""
    if found := _CURRENCY.search(plain(printed)):
        return UNITS[found[0].lower()]
    code = re.search(_CODE, printed)
    return unit_named(code[1]) if code else None


def unit_after(text: str, place: int) -> tuple[Unit, int] | None:
    """Return the unit that stands in a text behind a number, and at what place it ends."""
    bare = plain(text[place : place + 80])
    if code := _CODE_BEHIND.match(bare):
        return unit_named(code[1]), place + code.end(1)
    if divided := _DIVIDED.match(bare):
        return unit_named(divided[1].strip()), place + divided.end()
    space = len(bare) - len(bare.lstrip(" \1"))  # markup is blanked out
    if match := _CHINESE.match(bare, space):
        return UNITS[match[0]], place + match.end()
    if match := re.match(r"(?![之的以左上大关新])[\u4e00-\u9fff]{1,2}(?=[\s，,。；;、)）]|$)", bare):
        return unit_named(match[0]), place + match.end()
    bare = _MODEL.sub(lambda found: " " * len(found[0]), bare.replace("\1", " "))
    return _noun(bare, place) if re.match(r"[ -]*[A-Za-z°]", bare) else None


def _noun(bare: str, place: int) -> tuple[Unit, int] | None:
    """Return the noun of English that is counted: the first plural before what ends a phrase."""
    lowered = bare.lower()
    if (sign := _SIGN.match(lowered)) and sign[1] in UNITS:
        return UNITS[sign[1]], place + sign.end()
    if sign := re.match(r" in(?=[);,.]| \()", lowered):
        return UNITS["inches"], place + sign.end()
    for words in _ENGLISH:
        if lowered[1:].startswith(words):
            return UNITS[words], place + 1 + len(words)
    if aged := re.match(r"-year[ -]olds?\b", lowered):
        return UNITS["岁"], place + aged.end()
    if bare.startswith("-"):  # a two-bedroom flat costs
        joined = _LATIN.match(bare, 1)
        stem = joined[0].lower().partition("-")[0] if joined else ""
        return (UNITS[stem], place + 1 + len(stem)) if stem in UNITS else None
    at = 0
    for count, match in enumerate(_LATIN.finditer(bare)):
        word = match[0].lower()
        if count == _NOUNS or word in _STOP or bare[at : match.start()].strip(" -"):
            return None
        at = match.end()
        is_plural = word in _IRREGULAR or (word.endswith("s") and len(word) > 3 and not _SINGULAR.search(word))
        if (word in UNITS and (word[1:] or not count)) or is_plural:  # 90 scored C
            per, own = PER.match(bare, at), bare[:at].strip(" -") if word == "units" else match[0]  # 40 housing units
            return unit_named(f"{own} per {per[1]}" if per else own), place + at
    return None
