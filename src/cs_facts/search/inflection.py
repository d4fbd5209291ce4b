"""English words without what inflects them, and without what derives them from others."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from cs_facts.text import lazily

if TYPE_CHECKING:
    from collections.abc import Mapping

_CUT = (
    (("'", "’", "'s", "’s"), lazily(r"['’]s?$"), ""),
    (("ies", "ied"), lazily(r"(?<=\w\w)ie[sd]$"), "y"),
    (("es",), lazily(r"(?<=ss|ch|sh)es$|(?<=[xz])es$"), ""),
    (("s",), lazily(r"(?<![siu])s$"), ""),
    (("ed", "ing"), lazily(r"(?<=[aeiouy])(?P<tail>[a-z]+)(?:(?<!e)ed|ing)$"), r"\g<tail>"),
    (tuple(2 * char for char in "bdgmnprt"), lazily(r"(?<=[a-z][aeiouy])(.)\1$"), r"\1"),
)
"""The ends of words that may be cut, the pattern that says whether they are, and what is left of it, in this order."""

_DERIVED = lazily(r"(?<=[a-z]{5})e?(?:ion|ive?|or|er|ment|i?al|[ae]nce?|[ae]nt)+$")
_LONGEST = 40
"""Letters of a word that may be inflected; beyond stands what is no English, a kilobyte of one letter say."""

_IRREGULAR = """
become became, begin began begun, break broke broken, bring brought, build built, buy bought, catch caught, choose chose
chosen, come came, draw drew drawn, drive drove driven, fall fell fallen, fight fought, find found, fly flew flown, get
got, give gave given, grow grew grown, hear heard, hold held, keep kept, know knew known, lead led, learn learnt, leave
left, lend lent, lose lost, make made, mean meant, meet met, overcome overcame, oversee oversaw overseen, pay paid, rise
rose risen, run ran, say said, see saw seen, seek sought, sell sold, send sent, show shown, speak spoke spoken, spend
spent, stand stood, strive strove striven, swear swore sworn, take took taken, teach taught, tell told, think thought,
undergo underwent undergone, understand understood, undertake undertook undertaken, uphold upheld, win won, withdraw
withdrew withdrawn, write wrote written, analysis analyses, child children, criterion criteria, man men, person people,
woman women
"""
"""Words with the forms of them that no rule makes."""

_FUNCTION_WORDS = """
a an and are as at be by did do does for from had has have how in is it its many much of on or that the their there
these this to was were what when where which who whom whose why with
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Words that say how others belong together, and the first to be left out."""


def stem(word: str) -> str:
    """Cut the English inflection off a folded word, so that both sides of a match lose the same.

    >>> stem("members"), stem("companies"), stem("company")
    ('member', 'company', 'company')
    >>> stem("buildings"), stem("building"), stem("built")
    ('build', 'build', 'build')
    """
    word = _bases().get(word, word)
    if len(word) <= 3 or len(word) > _LONGEST:
        return word
    for ends, pattern, left in _CUT:
        if word.endswith(ends):
            word = pattern().sub(left, word)
    if len(word) < 3:  # used, using: use
        return word + "e"
    return word.removesuffix("e") if len(word) > 3 else word


def irregular(word: str) -> tuple[str, ...]:
    """Return the forms of a stem that no rule makes.

    >>> irregular(stem("choosing"))
    ('chose', 'chosen')
    """
    return _forms().get(word) or (_forms().get(f"{word}e", ()) if len(word) > 2 else ())


def root(word: str) -> str:
    """Cut off what derives a folded English word from another, beyond its inflection.

    >>> root("invested"), root("investments"), root("educational"), root("educated")
    ('invest', 'invest', 'educat', 'educat')
    """
    return _DERIVED().sub("", stem(word)) if len(word) <= _LONGEST else word


@cache
def _bases() -> Mapping[str, str]:
    return {form: base for base, forms in _forms().items() for form in forms}


@cache
def _forms() -> Mapping[str, tuple[str, ...]]:
    """Return the table: a stem is the word it begins with, but for an e at its end."""
    return {base: tuple(forms) for base, *forms in map(str.split, _IRREGULAR.split(","))}
