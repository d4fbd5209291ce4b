"""Words of English → what they are in a sentence, and its chunks: nouns, times, verbs, numbers, ends of a clause.

The kinds of words are those of ``data/english.txt``; what is of none is a noun. A preposition joins a noun to the one
before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from cs_facts.text import word_lists

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cs_facts.texts.mentions import Mention

_LISTS = word_lists("english.txt")
KINDS = {word: kind for kind, words in _LISTS["kinds"].items() for word in words.split()}
ROLES = {role: frozenset(words.split()) for role, words in _LISTS["roles"].items()}
CHANGES = {noun: "|".join(stems.split()) for noun, stems in _LISTS["changes"].items()}
# What joins nouns, and nouns that say nothing without the one before them: a range of 40 to 42 cents.
JOINTS = "in|of|for|from|with|without|at|on|to|by|and|or|per|than|among"
_LIGHT = {role: "|".join(ROLES[role]) for role in ("light", "lighter")}
LIGHT = re.compile(f"(?:(?:{_LIGHT['lighter']}) )*(?:{_LIGHT['light']})")
# What stands for a date among the words of a sentence.
_DATE = "\0"
WORD = re.compile(
    r"per capita|due to|(?:on the back|as a result|because|instead|in terms) of|"
    r"(?:[A-Z]\.){2,}|\w+(?:[.'’&/-]\w+)*['’]?|[^\w\s]"
)
ADJECTIVE = re.compile("[a-z]+(?:al|ive|ous|ary|ic|ful|less)|private|public|new|other|many|few|more")
_PREDICATE = re.compile("(?!women|men|people|children)[a-z]+[^s]")
# A verb that only its place tells: the share illustrates the trend.
_THIRD = re.compile("[^s] [a-z]+[^sui]s$")
# What makes a number part of a name: the five-year survival rate.
JOINED = re.compile("-[a-z]+ (?:[a-z-]+ ){0,2}(?:rate|yield|average|bond|loan|plan)s?\\b")
WHO = frozenset(("who", "that", "which"))
# Prepositions that tell of what something is; words of a phrase, and chunks of a clause that are looked at.
OF = frozenset(("of", "per"))
_LONG, CHUNKS = 12, 60


@dataclass(slots=True)
class Chunk:
    """Some words of a sentence: a *noun*, *time*, *verb*, *pronoun*, *number*, *end* of a clause; a word of a kind."""

    kind: str
    text: str
    start: int = -1
    prep: str = ""


def kind_of(word: str) -> str:
    """Return the letter of a word's kind; ``-`` for what is none."""
    lower = word.lower().replace(" ", "-")
    kind = "" if word.isupper() and len(word) > 1 else KINDS.get(lower, "")
    if kind and not (kind in "tor" and word[1:] and word != lower and lower not in ROLES["named"]):
        return kind
    if not word[0].isalnum():
        return "-"
    if lower.endswith("ed") and len(lower) > 4 and not lower.endswith(("seed", "weed", "speed")):
        return "e"
    if len(word) > (4 if word.islower() else 8) and word.endswith("ly"):
        return "a"
    if word.islower() and len(word) > 4 and word.endswith("ing"):
        return "g"
    return "w"


def words_of(masked: str, mentions: Sequence[Mention]) -> list[Chunk]:
    """Return the words of the sentence of some mentions, each with its kind."""
    numbers = {mention.token.start: mention for mention in mentions}
    tokens = mentions[0].paragraph.tokens
    dates = {token.start: token.end for token in tokens if token.kind == "date"}
    labels = {token.start: token.printed for token in tokens if token.kind == "label" and token.printed.isdigit()}
    words: list[Chunk] = []
    at, end = mentions[0].sentence
    while at < end:
        if mention := numbers.get(at):
            is_word = mention.is_age or mention.printed.startswith(("under-", "Under-"))
            is_word = is_word or JOINED.match(masked, mention.token.end) is not None
            is_whole = mention.is_measured or is_word
            words.append(Chunk("nw"[is_word], mention.printed if is_whole else mention.token.printed, at))
            at = mention.end if is_whole else mention.token.end
        elif at in dates:
            words.append(Chunk("t", _DATE, at))
            at = dates[at] + 2 * masked.startswith(("'s", "’s"), dates[at])
        elif at in labels and words and words[-1].text[:1].isupper():
            words.append(Chunk("w", labels[at], at))  # Tier 1 capital
            at += len(labels[at])
        elif found := WORD.match(masked, at + (masked[at] == "/")):
            word = found[0].removesuffix("’") if found[0].lower().endswith("s’") else found[0]
            if masked[at] != "/" and (kind := kind_of(word)) != "-":  # 361/km²
                words.append(Chunk(kind, word, at))
            at = found.end()
        else:
            at += 1
    _settle(words)
    return words


def _participle(text: str, before: Chunk, after: Chunk) -> str:
    """Return what a word in *-ed* is between two: a verb, an adjective of a noun, or nothing that matters."""
    if before.text == "as" and after.kind != "d":
        return "a"  # sales fell as expected
    if "-" in text and after.kind in "wem":
        return "w"  # the mix-adjusted price
    is_share = before.kind == "n" and re.search("%|per ?cent", before.text)
    if is_share or before.text == "," or after.kind not in "wegtm" or before.text in WHO:
        return "v"
    is_noun = before.kind in "wtor" or before.text == ")"
    is_short = before.text.isupper() and after.text.isupper()  # GAAP diluted EPS
    is_adjective = before.kind == "w" and (ADJECTIVE.fullmatch(before.text.lower()) or is_short)
    return "v" if not is_adjective and (is_noun or before.text in ROLES["be"] | ROLES["have"]) else "w"


def _settle(words: list[Chunk]) -> None:
    """Tell verbs from nouns by their neighbours: reported profits are a noun, and they reported a profit."""
    before = Chunk("b", "")
    is_object = is_one = False
    for word, after in pairwise([*words, Chunk("b", "")]):
        is_after_noun, follows = before.kind in "wtor" or before.text == ")", after.kind
        if word.kind == "a":
            continue
        is_one = word.text in ("a", "an") or (is_one and word.kind in "wmeo")  # a sharp drop from
        if is_one and word.kind in "wo" and follows == "n":
            word.kind = "a"  # a robust 3.6% increase
            continue
        is_object = (before.kind == "v" and word.kind == "d") or (is_object and word.kind in "wme")
        if word.kind == "e":
            word.kind = _participle(word.text, before, after)
            before = Chunk("e", word.text) if word.kind == "w" else word if word.kind == "v" else before
            continue
        if word.kind == "g":
            is_verb = before.kind in "wbrv" and follows != "b" and not (before.kind == follows == "w")
            is_verb = is_verb or (before.kind == "n" and follows not in "wemg")  # 252 waiting
            word.kind = "v" if is_verb else "w"
        elif word.kind == "m":
            is_of = follows == "p" and after.text == "of"
            is_to = before.text == "to" and (word.text, follows) != ("average", "w")  # capital to average assets
            is_of = is_of or (is_object and after.text == "with")  # saw the largest price fall with
            is_verb = before.kind in "vr" or is_to or (is_after_noun and follows in "ndap" and not (is_of or is_one))
            if is_verb and before.text == "to":
                before.kind = "v"
            word.kind = "v" if is_verb else "w"
        elif word.kind == "w" and before.kind == "v" and before.text in ROLES["modal"]:
            word.kind = "v"
        elif (
            f"{word.kind}{follows}" in ("wp", "wb")
            and before.text in ROLES["copula"]
            and _PREDICATE.fullmatch(word.text)
        ):
            word.kind = "a"  # prices remained firm in May
            continue
        else:
            kinds = "wd" if before.text in WHO else "d" * (before.kind == "w")
            is_third = word.kind == "w" and follows in kinds and _THIRD.search(f"{before.text} {word.text}")
            word.kind = "v" if is_third or word.kind == "x" or (word.text == "to" and follows == "v") else word.kind
        before = word


def chunks(words: list[Chunk]) -> list[Chunk]:
    """Join the words of a sentence to chunks."""
    found: list[Chunk] = []
    run: list[Chunk] = []
    prep = ""
    for word, after in pairwise([*words, Chunk("b", "")]):
        is_joined = word.kind == "c" and after.kind == "w" and any(each.kind == "w" for each in run)
        if word.kind in "wto" or (is_joined and (prep or not (found and found[-1].kind == "verb"))):
            run.append(word)
        elif not (word.kind == "a" and run and after.kind in "wto"):
            if run:
                found.append(_noun_chunk(run, prep))
                run, prep = [], ""
            if word.kind == "p":
                prep = word.text.lower()
            elif word.kind == "v" and found and found[-1].kind == "verb" and not prep:
                found[-1].text += f" {word.text}"
            elif kind := {"v": "verb", "n": "number", "b": "end", "c": "end", "r": "pronoun"}.get(word.kind):
                found.append(Chunk(kind, word.text, word.start, prep))
                prep = ""
    return [*found, *([_noun_chunk(run, prep)] if run else []), Chunk("end", "")]


def _noun_chunk(run: Sequence[Chunk], prep: str) -> Chunk:
    """Make a chunk of a noun, without the time that it begins or ends with, or of a time."""
    nouns = [place for place, word in enumerate(run) if word.kind not in "toc"]
    if not nouns:
        return Chunk("time", "", run[0].start, prep)
    first = nouns[0] if any(word.kind == "t" for word in run[: nouns[0]]) else 0
    last = nouns[-1] + 1 if any(word.kind == "o" for word in run[nouns[-1] :]) else len(run)
    return Chunk("noun", " ".join(word.text for word in run[first:last] if word.text != _DATE), run[0].start, prep)


def _words(text: str) -> list[Chunk]:
    words = [Chunk(kind_of(found[0]), found[0], found.start()) for found in WORD.finditer(text)]
    _settle(words := [word for word in words if word.kind != "-"])
    return words


def until_verb(text: str) -> str:
    """Return the words of a text before its last verb."""
    return text[: next((word.start for word in reversed(_words(text)) if word.kind in "vx"), None)]


def noun_of(text: str) -> str:
    """Return the last noun of a text."""
    return next((chunk.text for chunk in reversed(chunks(_words(text))) if chunk.kind == "noun" and chunk.text), "")


class Sentence:
    """The chunks of a sentence seen from the number at ``place``; none before ``first`` is asked."""

    def __init__(self, masked: str, mentions: Sequence[Mention]) -> None:
        self.chunks = chunks(words_of(masked, mentions))
        self.place = self.first = 0

    def last_of(self, kind: str, first: int, *, says: bool = False) -> int:
        """Return the place of the last chunk of a kind before the number, one that says something; -1 if none."""
        places = (at for at in range(self.place - 1, first - 1, -1) if self.chunks[at].kind == kind)
        return next((at for at in places if not (says and LIGHT.fullmatch(self.chunks[at].text))), -1)

    def group(self, place: int) -> tuple[str, int]:
        """Return a noun with those that prepositions join to it, and the place behind it."""
        text, at = self.chunks[place].text, place + 1
        while (chunk := self.chunks[at]).kind in ("noun", "time") and chunk.prep in ROLES["joint"]:
            after = self.chunks[at + 1]
            if chunk.prep not in OF and after.kind == "number" and after.prep == "of":
                break  # 700 flats at a density of 400
            if chunk.kind == "noun" and len(f"{text} {chunk.text}".split()) < _LONG:
                text += f" {chunk.prep} {chunk.text}"
            at += 1
        return text, at

    def before(self, place: int, joints: frozenset[str] = ROLES["joint"]) -> tuple[str, int]:
        """Return the noun that ends before a place, with what it is joined to, and the place where it begins."""
        if place > self.first and self.chunks[place - 1].text == ")":
            place = next((at for at in range(place - 2, self.first - 1, -1) if self.chunks[at].text == "("), place)
        at = place
        while at > self.first and self.chunks[at - 1].kind in ("noun", "time"):
            at -= 1
            if self.chunks[at].prep not in joints:
                break
        while at < place and self.chunks[at].kind == "time":
            at += 1
        return (self.group(at)[0], at) if at < place else ("", place)

    def last(self, verb: int) -> str:
        """Return the last word of a verb."""
        return self.chunks[verb].text.split()[-1].lower()

    def site(self) -> str:
        """Return where a clause says that it is: in the north, sales rose; in shops, where sales rose."""
        places = range(max(2, self.place - CHUNKS), self.place)
        at = max((at for at in places if self.chunks[at].text == "where"), default=2) - 2
        first, comma, after = self.chunks[at], self.chunks[at + 1], self.chunks[min(at + 2, self.place)]
        is_site = first.kind == "noun" and first.prep == "in" and comma.text == "," and not after.prep
        is_named = after.kind == "noun" and (" " in first.text or first.text.istitle())  # but not: in addition
        return f"in {first.text}" if is_site and (after.text == "where" or is_named) else ""

    def anything(self) -> str:
        """Return the nearest noun of the sentence."""
        place = self.place
        nouns = [*range(place - 1, max(place - CHUNKS, -1), -1), *range(place, len(self.chunks))[:CHUNKS]]
        return next((self.group(at)[0] for at in nouns if self.chunks[at].kind == "noun"), "")
