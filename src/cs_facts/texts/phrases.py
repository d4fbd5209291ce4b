"""What a number of English counts: the noun phrase that it stands before, or the subject of the verb before it.

A sentence is divided into chunks (nouns, times, verbs, numbers, ends of a clause) by lists of the words that are no
nouns; what is left is one. A preposition joins the noun behind it to the one before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cs_facts.texts.patterns import SAID
from cs_facts.texts.units import UNITS
from cs_facts.texts.words import CHUNKS, JOINTS, KINDS, LIGHT, OF, ROLES, WHO, Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cs_facts.texts.mentions import Mention

_MAKES = re.compile("account|represent|constitut|compris|ma[dk]e|contribut|occup|form")
# Prepositions that tell where something is of which a number speaks, and which part of it.
_PLACES = frozenset(("in", "for", "among", "at", "across"))
_PARTS = _PLACES | {"from", "with", "without", "under", "over"}
# What is done to what a number counts: a survey of 57 people, but a density of 57 people.
_DEEDS = re.compile(rf"(?i).*\b(?:{'|'.join(ROLES['deeds'])})")
_LISTED = re.compile(rf".+ (?:{JOINTS}) ")
_ENDS, _HAS = frozenset(("from", "to")), frozenset(("had", "has", "have", "saw", "recorded", "reported"))
_CALLED = re.compile(rf"^(?:[^ ]+ )*(?:{'|'.join(ROLES['called'])}) (?=[A-Z])")
_FORESEES = re.compile("expect|forecast|predict|project|foresee")
_RANKS = frozenset(("place", "spot", "position"))
_RANK = re.compile(f"{'|'.join(_RANKS)}|{LIGHT.pattern}")
_FULL = re.compile("(?:reach|total|exceed|surpass)(?:ed|led|ing|ling)$|bringing")
# The verb of a change with which a number begins: rose by 3%.
_MOVES = re.compile(
    r"(?:rose|fell|grew|r[io]s(?:en|ing)|fallen|falling|grow(?:n|ing)|(?:in|de)creas(?:ed|ing)|declin(?:ed|ing)|dropp(?:ed|ing)|"
    r"(?:jump|climb|gain|surg|plung|slipp|improv|expand|soar|sank|shrank|slump|tumbl|edg)(?:ed|ing)?)\b"
)
# Of whom a sentence tells first, and what holds a number against what was counted.
_OF_ALL = re.compile(r"\s*Of (?:the |all )?([^,;\0]{3,80}), ")
_HELD = re.compile(r"\b(?:compared (?:with|to)|versus|vs\.?|than) (?:(?:just|only|about|nearly|some|the|a) )*$")
# Words of the name of who has something.
_FEW = 3


class Reader(Sentence):
    """What the numbers of a sentence count, from left to right; ``topic`` is what it speaks of first, or *it* is."""

    def __init__(self, masked: str, mentions: Sequence[Mention], topic: str, head: str, asked: str) -> None:
        super().__init__(masked, mentions)
        self.masked = masked
        self.at = {chunk.start: place for place, chunk in enumerate(self.chunks) if chunk.kind == "number"}
        self.topic = topic
        self.topic = self._spoken()
        # the chunk behind what was counted last, how it was part of what, and who or that
        self.used, self.owner, self.who = 0, "{}", "that"
        self.wholes: dict[int, str] = {}  # subjects within which a noun stands
        self.asked, self.head, self.whole, self.joint, self.list, self.changed = asked, head, "", "", "", False
        # what so many do, what was counted last, and that without who has it
        self.told = self.counted = self.base = ""
        if of_all := _OF_ALL.fullmatch(masked, mentions[0].sentence[0], mentions[0].token.start):
            self.head = of_all[1]  # of suppliers who brew, 48% gave beer

    def noun(self, mention: Mention, *, changes: bool) -> tuple[str, str]:
        """Return what a number counts, and where; both are empty where it goes on with what was counted before."""
        self.place = place = self.at[mention.token.start]
        self.first, self.used = max(self.used, place - CHUNKS), max(self.used, place + 1)
        self.mention, self.prep, self.changes = mention, self.chunks[place].prep, changes
        self.was, self.changed = self.changed, changes or self.prep in _ENDS
        self.form = mention.figure.form if mention.figure else ""
        self.is_share = self.form == "share"
        self.who = "who" if mention.unit == UNITS["人"] else "that"
        self.verb = self.last_of("verb", self.first)
        self.behind = behind = self._behind()
        self.previous, self.next = self.chunks[place - 1], self.chunks[behind]
        self.after = self.chunks[min(behind + 1, len(self.chunks) - 1)]
        ways = (self._said, self._ranked, self._counted, self._shared, self._continued, self._ahead, self._moved)
        found = next((found for way in ways if (found := way()) is not None), None) or self._left()
        self.counted = found[0] or self.counted
        return found

    def _spoken(self) -> str:
        """Return what a sentence speaks of first, by its name where it stands behind what that is."""
        free = (at for at, chunk in enumerate(self.chunks) if chunk.kind in ("noun", "pronoun") and not chunk.prep)
        free = (at for at in free if not (self.chunks[at - 1].kind == "number" and self.chunks[at - 1].prep))
        at = next((at for at in free if not _RANK.fullmatch(self.chunks[at].text)), -1)
        if self.chunks[at].kind != "noun":
            return self.topic
        verb, name = self.chunks[at + 1], self.chunks[min(at + 2, len(self.chunks) - 1)]
        if "est " in self.chunks[at].text and verb.text in ROLES["be"] and name.text.istitle():
            return name.text  # the tallest building is the Hale Tower
        return self._named(self.group(at)[0])

    def _named(self, noun: str) -> str:
        """Return a noun; of one that only says what the topic is, its name: the film, the animated film."""
        noun = _CALLED.sub("", noun)
        is_called = noun.split(" ")[-1].lower() in ROLES["called"] and self.topic[:1].isupper()
        return self.topic if is_called else noun

    def _said(self) -> tuple[str, str] | None:
        """Return what so many say or plan; nothing of whom the text has just told, or of what that is held against."""
        is_bare = self.next.kind != "noun" or LIGHT.fullmatch(self.next.text)
        is_held = is_bare and _HELD.search(
            self.masked, max(0, self.mention.token.start - 40), self.mention.token.start
        )  # compared with 43% otherwise
        if is_held or (self.previous.prep == "of" and self.previous.text in ("whom", "which")):
            return "", ""
        said = SAID.match(self.masked, self.mention.end, self.mention.sentence[1]) if self.is_share else None
        if not said:
            return None
        if self.prep == "with" and said["verb"].endswith("ing"):  # of men, with 57% saying
            self.asked = self.before(self.place - (self.previous.text == ","))[0] or self.asked
        who, what = (self.mention.paragraph.text[slice(*said.span(name))] for name in ("who", "what"))
        self.head = self.asked = who or self.asked
        that = "" if said["verb"].endswith("ing") else "that "
        return re.sub('[“”"]', "", f"share of {self.asked} {that}{said['verb']}{what}"), ""

    def _shared(self) -> tuple[str, str] | None:
        """Return of what a share is, with who has it, of the share before too: 8% of cars and 5% of vans."""
        is_of = self.next.prep == "of"
        if self.is_share and self.whole and (self.previous.text, self.next.text) == ("(", ")"):
            return f"share of {self.chunks[self.place - 2].text} in {self.whole}", ""  # pears (40% of sales), figs (5%)
        if self.next.kind != "noun" or not (is_of or (self.is_share and not self.next.prep and self.prep != "of")):
            return None
        text = self._taken(self.behind)  # 71% White, 27% Asian
        if not (self.is_share and is_of):
            return text, ""
        if self.previous.text == "or" and self.verb < 0 and self.counted:
            return f"share of {self.counted} in {text}", ""  # profit was $239 million, or 27.5% of sales
        if self.verb >= 0 or self.last_of("noun", self.first) >= 0:
            owner = self._subject(self.verb) if self.verb >= 0 else ""
            owner = "" if owner in text else owner
            is_in = owner and (self.last(self.verb) in ROLES["be"] or _MAKES.match(self.last(self.verb)))
            self.whole = text
            self.owner = f"{owner} in {{}}" if is_in else f"{{}} by {owner}" if owner else "{}"
        return f"share of {self.owner.format(text)}", ""

    def _continued(self) -> tuple[str, str] | None:
        """Return what a number counts that a pronoun or a verb follows, as the text goes on: a third of them."""
        if self.next.kind == "pronoun" and self.next.prep == "of":
            nearest = self.last_of("noun", max(0, self.place - _FEW), says=True)
            return f"{self.group(nearest)[0] if nearest >= 0 else ''} {self._tail(self.behind + 1)}".strip(), ""
        is_first = self.last_of("noun", self.first) < 0 and self.verb < 0
        is_unsaid = self.mention.end == self.mention.token.end and not self.mention.is_measured
        is_bare = self.is_share or is_unsaid or is_first
        if is_bare and (self.next.kind == "verb" or self.next.text == "who"):
            tail = self._tail(self.behind)
            self.told = f"{self.head} {tail}".strip() if self.head else ""
            return (self.told, "") if self.told else ("", tail)
        what, joint, _ = self.told.rpartition(f" {self.next.prep} ")
        if joint and self.is_share and self.next.kind == "noun" and self.previous.kind == "end":
            return f"{what}{joint}{self.group(self.behind)[0]}", ""  # 48% gave beer to sons, 22% to friends
        return None

    def _ahead(self) -> tuple[str, str] | None:
        """Return the subject that a number stands before: at 59%, the ratio was lower."""
        is_noun = self.next.text == "," and self.after.kind == "noun" and not self.after.prep
        return (self.group(self.behind + 1)[0], "") if is_noun and self.prep in ("at", "with") else None

    def _left(self) -> tuple[str, str]:
        """Return what stands before a number, with where what stands behind it says that it is."""
        noun, where = self._before_it()
        prep = self.next.prep
        verb = self.last(self.verb) if self.verb == self.place - 1 >= 0 and not self.prep else ""
        if verb in _HAS and self.base and noun[:1].isupper() and not (where or self.mention.is_measured):
            return f"{self.base} of {noun}", where  # Leigh had 43 pupils, Hale had 41
        if self.next.kind == "noun" and prep in (_PARTS if self.is_share and not noun else _PLACES):
            text = self._taken(self.behind)
            if self.changes and prep == "in" and (not noun or LIGHT.search(self.mention.token.printed.lower())):
                return text, ""  # an increase of 6% in net income
            if self.verb >= 0 and (done := self._done(self.verb)) and not self.prep:
                return f"sum {done} {prep} {text}", ""
            where = f"{prep} {text}"
        if verb in ROLES["pays"] and self.chunks[self.verb].text == verb and noun and self.mention.is_measured:
            noun = f"sum {verb} by {noun}"
        return noun, where

    def _subject(self, verb: int) -> str:
        """Return the subject of a verb: the noun before it that no preposition governs, or else one that one does."""
        at, other = verb, ""
        is_ing = self.chunks[verb].text.endswith("ing")
        if verb and self.chunks[verb - 1].text in ("and", *[","] * is_ing):
            main = next((at for at in range(verb - 1, -1, -1) if self.chunks[at].kind == "verb"), -1)
            self.first = 0
            return self._subject(main) if main >= 0 else ""  # sales grew in May, reaching 500
        while self.chunks[at - 1].kind not in ("verb", "number"):
            if at - 1 in self.wholes:
                return self.wholes[at - 1]
            if self.chunks[at - 1].kind == "pronoun":
                return self.topic if self.chunks[at - 1].text.lower() in ("it", "they", "he", "she") else ""
            text, start = self.before(at)
            is_object = self.chunks[start - 1].kind == "verb" and self.chunks[start - 2].text in WHO
            if text and not (self.chunks[start].prep or is_object):
                return self._named(self._apposed(start) or text)
            if text and at == verb and self.chunks[start].prep == "with" and is_ing:
                return self._with(text)
            at, other = min(start, at - 1), other or text
        return self._clause(at) or other

    def _apposed(self, place: int) -> str:
        """Return the name that a place or another name only explains: Hale Tower, in Leigh, Kent, is 90 m high."""
        at = place
        while at > self.first and (self.chunks[at - 1].kind in ("noun", "time") or self.chunks[at - 1].text == ","):
            at -= 1
        name = self.chunks[at]
        is_name = name.kind == "noun" and name.text[:1].isupper() and self.chunks[at + 1].text == ","
        return name.text if is_name and not name.prep and self.chunks[place].text.istitle() else ""

    def _clause(self, place: int) -> str:
        """Return a subject with what was done to it, or without what it does: loans made to firms that grow rose."""
        verb = place - 1
        if verb <= self.first or self.chunks[verb].kind != "verb":
            return ""
        is_who = self.chunks[verb - 1].text in WHO or self.chunks[verb].text.endswith("ing")
        noun, start = self.before(verb - (self.chunks[verb - 1].text in WHO))
        if not noun or self.chunks[start].prep:
            return ""
        done = "" if is_who else self._done(verb)
        return f"{noun} {done} {self.chunks[place].prep} {self.group(place)[0]}" if done else noun * is_who

    def _behind(self) -> int:
        """Return the place behind a number, its rate, and what has no noun: 60% (1,876) of counties, 5 or 6% of men."""
        at, last = self.place + 1, min(self.place + _FEW + 2, len(self.chunks) - 1)
        while at < last and self.chunks[at].kind in ("end", "number", "time") and self.chunks[at].text != ",":
            at += 1
        is_open = self.chunks[self.place + 1].text == "("  # £3bn (2% of GDP)
        is_bracket = is_open and self.chunks[at - 1].text == ")"
        if is_bracket or (not is_open and self.chunks[at].kind == "noun" and self.chunks[at].prep == "of"):
            return at
        at = self.place + 1
        while self.chunks[at].prep == "per" and self.chunks[at].kind in ("noun", "number"):
            at += 1
        return at

    def _counted(self) -> tuple[str, str] | None:
        """Return the noun behind a number, and where that is."""
        of_number = self.is_share and self.next.kind == "number" and self.next.prep == "of"
        if of_number and self.after.kind == "noun":
            self.head, self.used = self.after.text, self.place + 1
            return f"share of {self.after.text}", ""  # 40% of its 12 million users
        is_title = self.previous.text == ":" and self.next.text[:1].isupper()  # Birth rate: 41 Death rate: 12
        if self.next.kind != "noun" or self.next.prep or is_title:
            return None
        if self.mention.is_measured:
            if self.next.text.split(" ")[-1] in ROLES["called"]:  # the $5m film
                return f"cost of {self._named(self.next.text)}", ""
            at = self.mention.token.start
            is_next = self.behind == self.place + 1 and self.masked.endswith((" a ", " an "), 0, at)
            return (self._taken(self.behind), "") if is_next else None  # a $950 million charge on a programme
        text, joint, where = self._noun_behind().partition(" in ")
        return text, f"in {where}" if joint else ""

    def _noun_behind(self) -> str:
        """Return the noun behind a number, with what was done to it or who has it if it says little by itself."""
        behind, verb = self.behind, self.verb
        if verb >= 0 and not self.prep and _FULL.match(self.last(verb)):
            self.used = behind + 1
            return self._subject(verb)  # arrivals rose by 5%, reaching 500 visitors
        is_rate = self.after.prep == "per"
        is_of = self.prep == "of" and self.previous.kind != "verb" and not _DEEDS.fullmatch(self.previous.text)
        if (is_rate or is_of) and (noun := self._before_it()[0]):
            self.used = behind + 1 + is_rate  # a density of 57 people per square mile
            return noun
        if self.prep in _ENDS and (self.last(verb) in ROLES["moves"] if verb >= 0 else self.was):
            self.used = behind + 1 + is_rate
            return self._before_it()[0] if verb >= 0 else ""
        if whole := self._whole():
            self.head, self.used = self.group(behind)
            self.wholes[behind] = whole
            return self.head
        text, taken = self.group(behind)[0], self._taken(behind)
        is_another = self.prep == "with" or (self.previous.text == "and" and self.counted)
        if verb < 0 and is_another and " " not in taken and self.topic[:1].isupper():
            return f"{taken} of {self.topic}"  # Hale Tower, with 85 floors
        if taken != text or len(text.split()) > _FEW or verb < 0 or self.before(self.place)[0]:
            return taken
        owner, done = self._subject(verb), self._done(verb)
        text = self.base = f"{text} {done}".strip()
        return f"{text} {'by' if done else 'of'} {owner}" if owner else text

    def _whole(self) -> str:
        """Return the subject within which a number says of what it is: guests across all seven emirates rose."""
        is_whose = self.previous.text.endswith(("’s", "'s")) and not self.prep
        is_part = is_whose or self.prep in ROLES["joint"] - _ENDS - OF
        if not is_part or self.chunks[self.group(self.behind)[1]].kind != "verb":
            return ""
        text, start = self.before(self.place)
        text = text.removesuffix(f" {self.previous.prep} {self.previous.text}") if is_whose else text
        is_subject = text and not self.chunks[start].prep and (start == 0 or self.chunks[start - 1].kind == "end")
        return text if is_subject else ""

    def _ranked(self) -> tuple[str, str] | None:
        """Return of what a number is the rank, and among what: the third largest state."""
        one, is_noun = self.next.text, self.next.kind == "noun"
        is_place = one in _RANKS or self.mention.printed.startswith("No")
        is_owned = self.form == "rank" and self.verb >= 0 and (is_place or not self.prep)
        owner = (self._subject(self.verb) or self.topic * is_place) if is_owned else ""
        text = self.group(self.behind)[0] if is_noun and not is_place else ""
        many = re.sub("(?<![aeou])y$", "ie", one) + "s" * (not one.endswith("s"))
        text = text.replace(one, many, 1) if " " in one else text
        if not owner or (text and not self.next.prep and not text.split(" ")[0].endswith("est")):
            return None
        self.used = self.behind + is_noun
        return f"rank of {owner} {self.next.prep or 'among' if text else ''} {text}".strip(), ""

    def _done(self, verb: int) -> str:
        """Return what a verb says was done to what is counted."""
        last = self.last(verb)
        is_done = KINDS.get(last) == "x" or (last.endswith("ed") and last not in ROLES["have"])
        return last if is_done and self.chunks[verb].text not in ROLES["moves"] | ROLES["acts"] else ""

    def _taken(self, place: int) -> str:
        """Return a noun and what it does, and go on behind both: readers who live in towns."""
        self.head, self.used = text, _ = self.group(place)
        return f"{text} {self._tail(self.used)}".strip()

    def _tail(self, place: int) -> str:
        """Return what a noun does, has or is."""
        at, who = place, ""
        if self.chunks[at].text in WHO:
            who, at = f"{self.chunks[at].text} ", at + 1
        if self.chunks[at].kind != "verb":
            return ""
        said, other, joint = self.chunks[at].text.split(), "", ""
        if self.chunks[at + 1].kind == "noun":
            joint = self.chunks[at + 1].prep
            other, self.used = self.group(at + 1)
        elif (number := self.chunks[at + 1]).kind == "number" and (self.is_share or not self.mention.is_measured):
            is_noun = self.chunks[at + 2].kind == "noun" and not self.chunks[at + 2].prep
            if not re.search("%|cent|crease", number.text) and (self.is_share or not is_noun):
                other = f"{number.text} {self.group(at + 2)[0]}" if is_noun else number.text  # waiting nine hours
        other = f"{joint} {other}".strip()
        if done := " ".join(word for word in said if word not in ROLES["be"]):
            is_active = not any(word in ROLES["be"] for word in said) and not done.endswith("ing")
            is_active = is_active and (not self._done(at) or bool(other and not joint))
            return f"{who or f'{self.who} ' * is_active}{done} {other}".strip()
        if not other or joint:
            return other
        return f"with {other}" if said[-1] in ROLES["have"] else f"{who or f'{self.who} '}{' '.join(said)} {other}"

    def _before_it(self) -> tuple[str, str]:
        """Return the subject of the last verb before a number or the noun that is of it, or where it is."""
        if bracketed := self._bracketed():
            return bracketed
        last, verb, place = self.place, self.verb, self.place
        while last > self.first and (each := self.chunks[last - 1]).kind == "noun" and LIGHT.fullmatch(each.text):
            last -= 1
        is_of = self.prep == "of" and last == place
        text, start = self.before(last, OF | {"on"} if is_of else ROLES["joint"])
        if text and is_of:
            if self.chunks[start].prep in ("with", "at"):  # a town with a population of 500
                is_noun = start > self.first and self.chunks[start - 1].kind == "noun"
                owner = self.chunks[start - 1].text if is_noun else self.topic
                return f"{text} of {owner}" if owner else text, ""
            return self._owned(text, start), ""
        if verb >= 0 and self.last(verb) not in ROLES["be"]:
            if not text and (start := self.last_of("noun", verb + 1, says=True)) >= 0 and not self.chunks[start].prep:
                text = self.group(start)[0]
            if text and start > verb and not self.chunks[start].prep:
                return self._owned(text, start), ""
        if verb >= 0:
            is_beside = text and not self.prep and last == place and start > verb and self.last(verb) in ROLES["be"]
            return (self.before(last, OF)[0] if is_beside else self._subject(verb)), ""
        if not text and (start := self.last_of("noun", self.first, says=True)) >= 0:
            text, start = self.before(start + 1)
        joint = self.chunks[start].prep if text and self.prep != "of" else ""
        return ("" if joint else text), (f"{joint} {text}" if joint in _PLACES else "")

    def _moved(self) -> tuple[str, str] | None:
        """Return what a number says that it rose or fell by, if no subject stands before it: the sum spent in shops."""
        noun, start = self.before(self.place)
        prep = self.chunks[start].prep
        if not (_MOVES.match(self.chunks[self.place].text) or (prep, self.prep) == ("with", "at")):
            return None
        if self.prep != "at":
            noun = self._with(noun) if prep == "with" else self._clause(start) if prep else ""
        return (noun, "") if noun else None

    def _with(self, noun: str) -> str:
        """Return what the topic is told with, by its own name where it has one: with sales rising."""
        is_named = " " in noun or noun.istitle() or not 0 < len(self.topic.split()) <= _FEW
        return noun if is_named else f"{noun} of {self.topic}"

    def _bracketed(self) -> tuple[str, str] | None:
        """Return what a number in brackets counts in a list: most were in Otago (10%), York (9%) and Leeds (8%)."""
        if self.place == self.first or self.previous.text != "(":
            return None
        text, start = self.before(self.place - 1)
        joint = self.chunks[start].prep if text else ""
        if text and start > self.verb >= 0:
            self.joint, self.list = joint, ""
            return self._subject(self.verb), f"{joint} {text}"
        if found := _LISTED.match(text):
            self.list = found[0]
        elif text and self.verb < 0 and self.list and not joint:
            return f"{self.list}{text}", ""  # rates for men (5%), women (4%)
        return ("", f"{self.joint} {text}") if text and self.verb < 0 and self.joint and not joint else None

    def _owned(self, text: str, start: int) -> str:
        """Return the object of a verb with its subject, where that is short: profit of the firm."""
        if not self.first <= self.verb < start or any(chunk.kind == "end" for chunk in self.chunks[self.verb : start]):
            return text
        if _FORESEES.match(self.last(self.verb)):
            return text  # the bank expects prices to grow
        owner = self._subject(self.verb)
        return f"{text} of {owner}" if owner.istitle() or 0 < len(owner.split()) <= _FEW else text

    def whose(self) -> str:
        """Return the name before a bracket or *which*: Lower Leigh (30 acres), the Upper Leigh area, which has 30."""
        at, first = self.place - 1, max(self.place - CHUNKS, 0)
        while at > first and self.chunks[at].text not in ("(", ")", "which"):
            at -= 1
        before = self.chunks[at - 1 - (at > 1 and self.chunks[at - 1].text == ",")]
        return before.text if at > first and before.kind == "noun" and self.chunks[at].text != ")" else ""
