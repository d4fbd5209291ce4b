"""What a number of English counts: the noun phrase that it stands before, or the subject of the verb before it.

A sentence is divided into chunks (nouns, times, verbs, numbers, ends of a clause) by lists of the words that are no
nouns; what is left is one. A preposition joins the noun behind it to the one before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_facts.texts.units import MEASURES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cs_facts.texts.mentions import Mention

# What stands for a date among the words of a sentence.
_DATE = "\0"
WORD = re.compile(r"per capita|due to|(?:[A-Z]\.){2,}|\w+(?:[.'’&/-]\w+)*['’]?|[^\w\s]")

# The kinds of words: determiner, preposition, conjunction, beginning of another clause, pronoun, adverb, verb, other
# participle than in -ed, time, what stands before a time, and noun that between a noun and what ends one is a verb.
# Those that end in -ed are "e", in -ing "g", until their neighbours tell; others are nouns, "w", and numbers "n".
_TABLE = """
d: a an the this these its their our his her my your all each every both any some no another such
p: due-to of in on at by for to from with without among between during under over across per than through throughout
   within against into despite before until around via toward towards amid including excluding like above below near
   out off versus about after since into onto upon along behind beyond
c: and or & plus nor
b: said says say told adds noted finds but while whereas where when because although though if as so that which who
   whom whose what how yet unless , ; : ( ) — –
r: that's it's there's he's she's what's that’s it’s there’s i it he she they we you there them us him one itself
   themselves
a: not also only just even still now then up down more less most least almost nearly roughly respectively however
   meanwhile nevertheless together today yesterday ever never already ago here further again alone too well far ahead
   back away instead year-on-year year-over-year month-on-month else overall moreover therefore thus significantly
   compared according yoy qoq mom y-o-y q-o-q m-o-m either furthermore worldwide stable unchanged similar higher
   lower fewer estimated specifically globally additionally annually generally finally similarly notably
   approximately little
v: is are was were be been being has have had do does did will would can could may might must shall should rose rises
   fell grew grows became becomes began begins came comes went goes stood stands remains stays hit reach reaches
   exceeds exceed includes include contains comprises covers accounts account shows saw sees expects expect forecasts
   forecast lives lasts lies lie belongs consists amounts equals averages represents represent employs operates
   provides serves handles carries produces occupies requires ranks shrank sank swelled owns occurs occur die dies
   spread kept meant got gets knew thought ate flew drew wrote let lets ran runs gave gives took takes makes achieve
   died woke derives derive constitute constitutes sustain incur corresponds correspond reflects equates translates
   saves pays earn earns spend spends weigh weighs attract attracts generate generates receive receives contribute
   contributes create send buys
x: made sold built bought cut won lost lent held planted sent shed laid found taught fed run paid spent put set
   brought left led drawn given burnt shot struck caught fallen driven chosen thrown felt dealt beaten frozen taken
   seen known grown written hurt born drunk eaten stolen
t: year years quarter quarters month months week weeks day days half halves decade decades period periods century
   centuries january february march april june july august september october november december monday tuesday wednesday
   thursday friday saturday sunday time times morning evening night weekend ended ending earlier
o: first second third fourth fifth last next previous past fiscal latest current early late mid full final end same
   year-earlier year-ago prior-year prior corresponding following recent coming three-month six-month nine-month
   twelve-month first-quarter second-quarter third-quarter fourth-quarter quarterly start beginning comparable full-year
m: live increase increases decrease decreases decline declines rise fall falls grow drop drops cost costs total
   report reports gain gains jump slump post posts record records rank range ranges pay house houses cover number
   numbers average plan plans hold holds own sell sells stand host hosts offer offers measure measures welcome need
   needs work works buy use uses raise raises lose loses win wins build open opens
w: hundred seed speed feed bed breed red weed operating housing manufacturing building mining farming fishing banking
   marketing engineering processing shipping training spending funding earning living working teaching nursing
   remaining existing leading growing developing wing king ring spring string thing outstanding gaming advertising
   lending borrowing saving drinking parking learning planning wedding meeting hearing trading holding offering
   family monthly yearly daily weekly supply assembly elderly reading
"""
_KIND = {
    word: line[0] for line in _TABLE.replace("\n   ", " ").strip().splitlines() for word in line[3:].split()
}  # fmt: skip
# What some words are besides: times and pronouns that have a capital within a sentence (in May, but Second Avenue);
# verbs before a verb, for having, that say only that; prepositions that make a phrase of two nouns; verbs before an
# adjective; verbs that tell how much something became, and others that never tell what was done to it.
_ROLES = """
named: january february march april may june july august september october november december monday tuesday wednesday
   thursday friday saturday sunday first second third fourth last it they we he she there you full early late that's
   it's there's
modal: will would can could may might must shall should do does did to
have: has have had comprises contains includes include operates employs employed operated occupies holds consisting
be: is are was were be been being has have had will would
joint: of in for among at per with without on from under within between across by to into against over than before
   excluding including during above below via like around throughout
copula: is are was were been remained remains remain stayed became
moves: increased decreased declined dropped climbed jumped surged expanded widened narrowed soared slipped edged doubled
   tripled reached totaled totalled remained surpassed exceeded occurred represented rose fell grew shrank fallen grown
acts: died arrived lived worked agreed started believed wanted managed returned accounted contributed continued
"""
_NAMED, _MODALS, _HAVE, _BE, _JOINTS, _COPULAS, _MOVES, _ACTS = (
    frozenset(line.partition(": ")[2].split()) for line in _ROLES.replace("\n   ", " ").strip().splitlines()
)
_ADJECTIVE = re.compile("[a-z]+(?:al|ive|ous|ary|ic|ful|less)|private|public|new|other|many|few|more")
_PREDICATE = re.compile("(?!women|men|people|children)[a-z]+[^s]")
_MAKES = re.compile("account|represent|constitut|compris|ma[dk]e|contribut|occup|form")
# A verb that only its place tells: the share illustrates the trend.
_THIRD = re.compile("[^s] [a-z]+[^sui]s$")

# Prepositions that tell of what something is, where it is of which a number speaks, and which part of it.
_OF, _PLACES = frozenset(("of", "per")), frozenset(("in", "for", "among", "at", "across"))
_PARTS = _PLACES | {"from", "with", "without", "under", "over"}
# Nouns that say nothing without the one before them: a range of 40 to 42 cents.
LIGHT = re.compile(
    r"(?:(?:new|upward|downward|overall|highest|lowest|biggest|largest|smallest|fastest|historic|provisional|total|"
    r"negative|previous|annual|record|current|estimated|further|combined|maximum|minimum) )*"
    r"(?:range|units|total|levels?|average|amount|number|record|highs?|lows?|rate|estimated?|figure|cost|more|value|"
    r"excess|addition|maximum|minimum|peak|sum|pace|approximate|around|increases?|rise|decrease|declines?|fall|drop|"
    r"reduction|growth|gain|loss|none|trend|readings?|count|factor|negative)"
)
_LISTED = re.compile(r".+ (?:for|of|in|from|to|at|among|by|on|with) ")
_ENDS, _WHO = frozenset(("from", "to")), frozenset(("who", "that", "which"))
_FULL = re.compile("(?:reach|total|exceed|surpass)(?:ed|led|ing|ling)$|bringing")
# Words of a phrase, of the name of who has it, and chunks of a clause that are looked at.
_WORDS, _FEW, _CHUNKS = 12, 3, 60


@dataclass(slots=True)
class Chunk:
    """Some words of a sentence: a *noun*, *time*, *verb*, *pronoun*, *number*, *end* of a clause; a word of a kind."""

    kind: str
    text: str
    start: int = -1
    prep: str = ""


def is_measured(mention: Mention) -> bool:
    """Tell whether a number is one of a measure rather than of what can be counted."""
    return mention.unit is not None and mention.unit.id in MEASURES and mention.unit.id != "household"


def is_age(mention: Mention) -> bool:
    """Tell whether a number is an age."""
    return mention.unit is not None and mention.unit.id == "year-of-age"


def kind_of(word: str) -> str:
    """Return the letter of a word's kind; ``-`` for what is none."""
    lower = word.lower().replace("due to", "due-to")
    kind = "" if word.isupper() and len(word) > 1 else _KIND.get(lower, "")
    if kind and not (kind in "tor" and word[1:] and word != lower and lower not in _NAMED):
        return kind
    if not word[0].isalnum():
        return "-"
    if lower.endswith("ed") and len(lower) > 4:
        return "e"
    if word.islower() and len(word) > 4 and word.endswith(("ing", "ly")):
        return "g" if word.endswith("ing") else "a"
    return "w"


def _words(masked: str, mentions: Sequence[Mention]) -> list[Chunk]:
    """Return the words of the sentence of some mentions, each with its kind."""
    numbers = {mention.token.start: mention for mention in mentions}
    dates = {token.start: token.end for token in mentions[0].paragraph.tokens if token.kind == "date"}
    words: list[Chunk] = []
    at, end = mentions[0].sentence
    while at < end:
        if mention := numbers.get(at):
            is_word = is_age(mention) or mention.printed.startswith(("under-", "Under-"))
            words.append(Chunk("w", mention.printed, at) if is_word else Chunk("n", "", at))
            at = mention.end if is_measured(mention) or is_word else mention.token.end
        elif at in dates:
            words.append(Chunk("t", _DATE, at))
            at = dates[at]
        elif found := WORD.match(masked, at + (masked[at] == "/")):
            word = found[0].removesuffix("’") if found[0].endswith("s’") else found[0]
            if masked[at] != "/" and (kind := kind_of(word)) != "-":  # 361/km²
                words.append(Chunk(kind, word, at))
            at = found.end()
        else:
            at += 1
    _settle(words)
    return words


def _settle(words: list[Chunk]) -> None:
    """Tell verbs from nouns by their neighbours: reported profits are a noun, and they reported a profit."""
    before = Chunk("b", "")
    for word, after in zip(words, [*words[1:], Chunk("b", "")], strict=True):
        is_after_noun, follows = before.kind in "wtor" or before.text == ")", after.kind
        if word.kind == "a":
            continue
        if word.kind == "e":
            is_adjective = is_after_noun and before.kind == "w" and _ADJECTIVE.fullmatch(before.text) is not None
            is_adjective = follows in "wegtm" and (is_adjective or not (is_after_noun or before.text in _BE | _HAVE))
            if is_adjective and before.text not in _WHO:
                word.kind = "w"
                before = Chunk("e", word.text)
                continue
            word.kind = "v"
        elif word.kind == "g":
            is_verb = before.kind in "wbrv" and follows != "b" and not (before.kind == follows == "w")
            word.kind = "v" if is_verb else "w"
        elif word.kind == "m":
            is_of = follows == "p" and after.text in (("of",) if word.text == "live" else ("of", "in", "for"))
            is_verb = before.kind in "vr" or before.text == "to" or (is_after_noun and follows in "ndap" and not is_of)
            if is_verb and before.text == "to":
                before.kind = "v"
            word.kind = "v" if is_verb else "w"
        elif word.kind == "w" and before.kind == "v" and before.text in _MODALS:
            word.kind = "v"
        elif word.kind == "w" and before.text in _COPULAS and follows in "pb" and _PREDICATE.fullmatch(word.text):
            word.kind = "a"  # prices remained firm in May
            continue
        else:
            kinds = "wd" if before.text in _WHO else "d" * (before.kind == "w")
            is_third = word.kind == "w" and follows in kinds and _THIRD.search(f"{before.text} {word.text}")
            word.kind = "v" if is_third or word.kind == "x" or (word.text == "to" and follows == "v") else word.kind
        before = word


def _chunks(words: list[Chunk]) -> list[Chunk]:
    """Join words to chunks."""
    chunks: list[Chunk] = []
    run: list[Chunk] = []
    prep = ""
    for word, after in zip(words, [*words[1:], Chunk("b", "")], strict=True):
        is_joined = word.kind == "c" and after.kind == "w" and any(each.kind == "w" for each in run)
        if word.kind in "wto" or (is_joined and (prep or not (chunks and chunks[-1].kind == "verb"))):
            run.append(word)
        elif not (word.kind == "a" and run and after.kind in "wto"):
            if run:
                chunks.append(noun_chunk(run, prep))
                run, prep = [], ""
            if word.kind == "p":
                prep = word.text.lower()
            elif word.kind == "v" and chunks and chunks[-1].kind == "verb" and not prep:
                chunks[-1].text += f" {word.text}"
            elif kind := {"v": "verb", "n": "number", "b": "end", "c": "end", "r": "pronoun"}.get(word.kind):
                chunks.append(Chunk(kind, word.text, word.start, prep))
                prep = ""
    return [*chunks, *([noun_chunk(run, prep)] if run else []), Chunk("end", "")]


def noun_chunk(run: Sequence[Chunk], prep: str) -> Chunk:
    """Make a chunk of a noun, without the time that it begins or ends with, or of a time."""
    nouns = [place for place, word in enumerate(run) if word.kind not in "toc"]
    if not nouns:
        return Chunk("time", "", run[0].start, prep)
    first = nouns[0] if any(word.kind == "t" for word in run[: nouns[0]]) else 0
    last = nouns[-1] + 1 if any(word.kind == "o" for word in run[nouns[-1] :]) else len(run)
    return Chunk("noun", " ".join(word.text for word in run[first:last] if word.text != _DATE), run[0].start, prep)


class Reader:
    """What the numbers of a sentence count, from left to right; ``topic`` is what it speaks of first, or *it* is."""

    def __init__(self, masked: str, mentions: Sequence[Mention], topic: str = "", head: str = "") -> None:
        self.chunks = _chunks(_words(masked, mentions))
        self.at = {chunk.start: place for place, chunk in enumerate(self.chunks) if chunk.kind == "number"}
        spoken = next((chunk for chunk in self.chunks if chunk.kind in ("noun", "pronoun") and not chunk.prep), None)
        self.topic = spoken.text if spoken and spoken.kind == "noun" else topic
        # the chunk behind what was counted last, how it was part of what, and who or that
        self.used, self.owner, self.who = 0, "{}", "that"
        self.head, self.whole, self.joint, self.list, self.changed = head, "", "", "", False

    def noun(self, mention: Mention, *, changes: bool) -> tuple[str, str]:
        """Return what a number counts, and where; both are empty where it goes on with what was counted before."""
        place, figure = self.at[mention.token.start], mention.figure
        is_share = figure is not None and figure.form == "share"
        self.who = "who" if mention.unit and mention.unit.id == "person" else "that"
        first, self.used = max(self.used, place - _CHUNKS), max(self.used, place + 1)
        region, prep = self.chunks[first:place], self.chunks[place].prep
        self.was, self.changed = self.changed, changes or prep in _ENDS
        verb = next((at for at in range(place - 1, first - 1, -1) if self.chunks[at].kind == "verb"), -1)
        behind = self._behind(place)
        next_, joint = self.chunks[behind], self.chunks[behind].prep
        if place and self.chunks[place - 1].prep == "of" and self.chunks[place - 1].text in ("whom", "which"):
            return "", ""
        if figure is not None and figure.form == "rank" and (ranked := self._ranked(place, behind, verb, first)):
            return ranked, ""
        if next_.kind == "noun" and not joint and not is_measured(mention):
            text, joint, where = self._counted(place, behind, verb, first).partition(" in ")
            return text, f"in {where}" if joint else ""
        is_of = joint == "of" and not changes
        if next_.kind == "noun" and (is_of or (is_share and not joint and prep != "of")):
            text = self._taken(behind)  # 71% White, 27% Asian
            return (self._shared(text, verb, first, region) if is_share and is_of else text), ""
        is_bare = is_share or mention.unit is None or all(chunk.kind not in ("noun", "verb") for chunk in region)
        is_cut = verb < 0 or self.chunks[place - 1].kind == "end"
        if continued := self._continued(place, behind, is_bare=is_bare and is_cut):
            return continued
        noun, where = self._left(place, verb, first)
        if is_share and noun and self.whole and verb >= 0 and _MAKES.match(self._last(verb)):
            return f"share of {noun} in {self.whole}", ""
        if next_.kind == "noun" and joint in (_PARTS if is_share and not noun else _PLACES):
            text = self._taken(behind)
            if changes and joint == "in" and (not noun or LIGHT.search(mention.token.printed.lower())):
                return text, ""  # an increase of 6% in net income
            if verb >= 0 and (done := self._done(verb)) and not self.chunks[place].prep:
                return f"sum {done} {joint} {text}", ""
            where = f"{joint} {text}"
        return noun, where

    def _continued(self, place: int, behind: int, *, is_bare: bool) -> tuple[str, str] | None:
        """Return what a number counts that a pronoun or a verb follows, as the text goes on: a third of them."""
        next_ = self.chunks[behind]
        if next_.kind == "pronoun" and next_.prep == "of":
            nearest = self._last_noun(max(0, place - _FEW), place)
            return f"{self.group(nearest)[0] if nearest >= 0 else ''} {self._tail(behind + 1)}".strip(), ""
        if is_bare and (next_.kind == "verb" or next_.text == "who"):
            tail = self._tail(behind)
            return (f"{self.head} {tail}".strip(), "") if self.head else ("", tail)
        return None

    def group(self, place: int) -> tuple[str, int]:
        """Return a noun with those that prepositions join to it, and the place behind it."""
        text, at = self.chunks[place].text, place + 1
        while (chunk := self.chunks[at]).kind in ("noun", "time") and chunk.prep in _JOINTS:
            after = self.chunks[at + 1]
            if chunk.prep not in _OF and after.kind == "number" and after.prep == "of":
                break  # 700 flats at a density of 400
            if chunk.kind == "noun" and len(f"{text} {chunk.text}".split()) < _WORDS:
                text += f" {chunk.prep} {chunk.text}"
            at += 1
        return text, at

    def _before(self, place: int, first: int, joints: frozenset[str] = _JOINTS) -> tuple[str, int]:
        """Return the noun that ends before a place, with what it is joined to, and the place where it begins."""
        if place > first and self.chunks[place - 1].text == ")":
            place = next((at for at in range(place - 2, first - 1, -1) if self.chunks[at].text == "("), place)
        at = place
        while at > first and self.chunks[at - 1].kind in ("noun", "time"):
            at -= 1
            if self.chunks[at].prep not in joints:
                break
        while at < place and self.chunks[at].kind == "time":
            at += 1
        return (self.group(at)[0], at) if at < place else ("", place)

    def _subject(self, verb: int, first: int) -> str:
        """Return the subject of a verb: the noun before it that no preposition governs, or else one that one does."""
        at, other = verb, ""
        if verb and self.chunks[verb - 1].text in (
            ("and", ",") if self.chunks[verb].text.endswith("ing") else ("and",)
        ):
            main = next((at for at in range(verb - 1, -1, -1) if self.chunks[at].kind == "verb"), -1)
            return self._subject(main, 0) if main >= 0 else ""  # sales grew in May, reaching 500
        while at > first and self.chunks[at - 1].kind not in ("verb", "number"):
            if self.chunks[at - 1].kind == "pronoun":
                return self.topic if self.chunks[at - 1].text.lower() in ("it", "they", "he", "she") else ""
            text, start = self._before(at, first)
            is_object = self.chunks[start - 1].kind == "verb" and self.chunks[start - 2].text in _WHO
            if text and not (self.chunks[start].prep or is_object):
                return text
            if text and at == verb and self.chunks[start].prep == "with" and self.chunks[verb].text.endswith("ing"):
                return text if " " in text or not 0 < len(self.topic.split()) <= _FEW else f"{text} of {self.topic}"
            at, other = min(start, at - 1), other or text
        return self._clause(at, verb, first) or other

    def _clause(self, place: int, end: int, first: int) -> str:
        """Return a subject with what was done to it, or without what it does: loans made to firms that grow rose."""
        verb = place - 1
        if verb <= first or self.chunks[verb].kind != "verb":
            return ""
        is_who = self.chunks[verb - 1].text in _WHO
        noun, start = self._before(verb - is_who, first)
        if not noun or self.chunks[start].prep:
            return ""
        (rest, behind), prep = self.group(place), self.chunks[place].prep
        done = self._done(verb) if behind == end and prep and not is_who else ""
        return f"{noun} {done} {prep} {rest}" if done else noun if is_who else ""

    def _behind(self, place: int) -> int:
        """Return the place behind a number, its rate, and what has no noun: 60% (1,876) of counties, 5 or 6% of men."""
        at, last = place + 1, min(place + _FEW + 2, len(self.chunks) - 1)
        while at < last and self.chunks[at].kind in ("end", "number", "time"):
            at += 1
        is_bracket = self.chunks[place + 1].text == "(" and self.chunks[at - 1].text == ")"
        if is_bracket or (self.chunks[at].kind == "noun" and self.chunks[at].prep == "of"):
            return at
        at = place + 1
        while self.chunks[at].prep == "per" and self.chunks[at].kind in ("noun", "number"):
            at += 1
        return at

    def _counted(self, place: int, behind: int, verb: int, first: int) -> str:
        """Return the noun behind a number, with what was done to it or who has it if it says little by itself."""
        if verb >= 0 and not self.chunks[place].prep and _FULL.match(self._last(verb)):
            self.used = behind + 1
            return self._subject(verb, first)  # arrivals rose by 5%, reaching 500 visitors
        is_rate = self.chunks[behind + 1].prep == "per"
        is_of = self.chunks[place].prep == "of" and self.chunks[place - 1].kind != "verb"
        if (is_rate or is_of) and (noun := self._left(place, verb, first)[0]):
            self.used = behind + 1 + is_rate  # a density of 57 people per square mile
            return noun
        is_bare = self.chunks[behind + 1].kind != "verb" or self.chunks[behind + 2].kind != "noun"
        if is_bare and self.chunks[place].prep in _ENDS and (self._last(verb) in _MOVES if verb >= 0 else self.was):
            noun, self.used = self._left(place, verb, first)[0] if verb >= 0 else "", behind + 1 + is_rate
            return noun
        text, taken = self.group(behind)[0], self._taken(behind)
        if taken != text or len(text.split()) > _FEW or verb < 0 or self._before(place, first)[0]:
            return taken
        owner, done = self._subject(verb, first), self._done(verb)
        if self._last(verb) in _HAVE and 0 < len(owner.split()) <= _FEW and " " not in text:
            return f"{text} of {owner}"
        return f"{text} {done}".strip()

    def _ranked(self, place: int, behind: int, verb: int, first: int) -> str:
        """Return of what a number is the rank, and among what: the third largest state."""
        owner = self._subject(verb, first) if verb >= 0 and not self.chunks[place].prep else ""
        next_ = self.chunks[behind]
        text = "" if next_.kind != "noun" or next_.text == "place" else self.group(behind)[0]
        many = re.sub("(?<![aeou])y$", "ie", next_.text) + "s" * (not next_.text.endswith("s"))
        text = text.replace(next_.text, many, 1) if " " in next_.text else text
        if not owner or (text and not next_.prep and not text.split(" ")[0].endswith("est")):
            return ""
        self.used = behind + bool(text or next_.kind == "noun")
        return f"rank of {owner} {next_.prep or 'among' * bool(text)} {text}".strip()

    def _shared(self, text: str, verb: int, first: int, region: Sequence[Chunk]) -> str:
        """Return the title of a share, with who has it, of the share before too: 8% of cars and 5% of vans."""
        if verb >= 0 or any(chunk.kind == "noun" for chunk in region):
            owner = self._subject(verb, first) if verb >= 0 else ""
            is_in = owner and (self._is(verb) or _MAKES.match(self._last(verb)))
            self.whole = text
            self.owner = f"{owner} in {{}}" if is_in else f"{{}} by {owner}" if owner else "{}"
        return f"share of {self.owner.format(text)}"

    def _done(self, verb: int) -> str:
        """Return what a verb says was done to what is counted."""
        last = self._last(verb)
        is_done = _KIND.get(last) == "x" or (last.endswith("ed") and last not in _HAVE)
        return last if is_done and self.chunks[verb].text not in _MOVES | _ACTS else ""

    def _taken(self, place: int) -> str:
        """Return a noun and what it does, and go on behind both: readers who live in towns."""
        self.head, self.used = text, _ = self.group(place)
        return f"{text} {self._tail(self.used)}".strip()

    def _tail(self, place: int) -> str:
        """Return what a noun does, has or is."""
        at, who = place, ""
        if self.chunks[at].text in _WHO:
            who, at = f"{self.chunks[at].text} ", at + 1
        if self.chunks[at].kind != "verb":
            return ""
        said, other, joint = self.chunks[at].text.split(), "", ""
        if self.chunks[at].text in _MOVES and self.chunks[at + 1].kind == "number":
            return ""  # under-5 deaths dropped to 400
        if self.chunks[at + 1].kind == "noun":
            joint = self.chunks[at + 1].prep
            other, self.used = self.group(at + 1)
        other = f"{joint} {other}".strip()
        if done := " ".join(word for word in said if word not in _BE):
            is_active = not any(word in _BE for word in said) and not done.endswith("ing")
            is_active = is_active and (not self._done(at) or bool(other and not joint))
            return f"{who or f'{self.who} ' * is_active}{done} {other}".strip()
        if not other or joint:
            return other
        return f"with {other}" if said[-1] in _HAVE else f"{who or f'{self.who} '}{' '.join(said)} {other}"

    def _left(self, place: int, verb: int, first: int) -> tuple[str, str]:
        """Return the subject of the last verb before a number or the noun that is of it, or where it is."""
        last, prep = place, self.chunks[place].prep
        while last > first and self.chunks[last - 1].kind == "noun" and LIGHT.fullmatch(self.chunks[last - 1].text):
            last -= 1
        if bracketed := self._bracketed(place, verb, first):
            return bracketed
        text, start = self._before(last, first, _OF | {"on"} if prep == "of" and last == place else _JOINTS)
        if text and prep == "of" and last == place:
            if self.chunks[start].prep in ("with", "at"):  # a town with a population of 500
                is_noun = start > first and self.chunks[start - 1].kind == "noun"
                owner = self.chunks[start - 1].text if is_noun else self.topic
                return f"{text} of {owner}" if owner else text, ""
            return self._owned(text, verb, start, first), ""
        if verb >= 0 and not self._is(verb):
            if not text and (start := self._last_noun(verb + 1, place)) >= 0 and not self.chunks[start].prep:
                text = self.group(start)[0]
            if text and start > verb and not self.chunks[start].prep:
                return self._owned(text, verb, start, first), ""
        if verb >= 0:
            is_beside = text and not prep and last == place and start > verb and self._is(verb)
            return (self._before(last, first, _OF)[0] if is_beside else self._subject(verb, first)), ""
        if not text and (start := self._last_noun(first, place)) >= 0:
            text, start = self._before(start + 1, first)
        joint = self.chunks[start].prep if text and prep != "of" else ""
        return ("" if joint else text), (f"{joint} {text}" if joint in _PLACES else "")

    def _bracketed(self, place: int, verb: int, first: int) -> tuple[str, str] | None:
        """Return what a number in brackets counts in a list: most were in Otago (10%), York (9%) and Leeds (8%)."""
        if place == first or self.chunks[place - 1].text != "(":
            return None
        text, start = self._before(place - 1, first)
        joint = self.chunks[start].prep if text else ""
        if text and verb >= 0 and start > verb and joint:
            self.joint, self.list = joint, ""
            return self._subject(verb, first), f"{joint} {text}"
        if found := _LISTED.match(text):
            self.list = found[0]
        elif text and verb < 0 and self.list and not joint:
            return f"{self.list}{text}", ""  # rates for men (5%), women (4%)
        return ("", f"{self.joint} {text}") if text and verb < 0 and self.joint and not joint else None

    def _last_noun(self, first: int, last: int) -> int:
        """Return the place of the last noun of a stretch that says something; -1 if none does."""
        nouns = (at for at in range(last - 1, first - 1, -1) if self.chunks[at].kind == "noun")
        return next((at for at in nouns if not LIGHT.fullmatch(self.chunks[at].text)), -1)

    def _owned(self, text: str, verb: int, start: int, first: int) -> str:
        """Return the object of a verb with its subject, where that is short: profit of the firm."""
        if not first <= verb < start or any(chunk.kind == "end" for chunk in self.chunks[verb:start]):
            return text
        owner = self._subject(verb, first)
        return f"{text} of {owner}" if 0 < len(owner.split()) <= _FEW else text

    def _is(self, verb: int) -> bool:
        """Tell whether a verb only says how much its subject is."""
        return self._last(verb) in _BE

    def _last(self, verb: int) -> str:
        """Return the last word of a verb."""
        return self.chunks[verb].text.split()[-1].lower()

    def site(self, mention: Mention) -> str:
        """Return where a clause says that it is: in the north, sales rose; in shops, where sales rose."""
        place = self.at.get(mention.token.start, 0)
        at = max((at for at in range(2, place) if self.chunks[at].text == "where"), default=2) - 2
        first, comma, after = self.chunks[at], self.chunks[at + 1], self.chunks[min(at + 2, place)]
        is_site = first.kind == "noun" and first.prep == "in" and comma.text == "," and not after.prep
        is_named = after.kind == "noun" and (" " in first.text or first.text.istitle())  # but not: in addition
        return f"in {first.text}" if is_site and (after.text == "where" or is_named) else ""

    def prep(self, mention: Mention) -> str:
        """Return the preposition before a number."""
        return self.chunks[place].prep if (place := self.at.get(mention.token.start, -1)) >= 0 else ""

    def anything(self, mention: Mention) -> str:
        """Return the nearest noun of the sentence."""
        place = self.at.get(mention.token.start, 0)
        nouns = [*range(place - 1, max(place - _CHUNKS, -1), -1), *range(place, len(self.chunks))[:_CHUNKS]]
        return next((self.group(at)[0] for at in nouns if self.chunks[at].kind == "noun"), "")
