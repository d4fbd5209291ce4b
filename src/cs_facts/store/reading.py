"""What is gathered while a file is read: what it says, its faults with their places, what it defines and refers to.

A `Reading` is given the events of PyYAML's parser, and the readers of `cs_facts.store.readers` make values straight of
them: no node stands between. Every scalar stays the text it is written as. What the format has no use for (aliases,
tags, duplicate keys, depth) is refused where it stands, and so is what YAML would pass over in silence: escapes of
characters that a terminal obeys, and comments glued to their ``#`` that cut a value short.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, NoReturn

import yaml
from yaml import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from cs_facts.model import Position, Problem
from cs_facts.text import HIDDEN, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Faults of one file that are told. A fault takes hundreds of bytes, and a single byte can be one: a file of a few
# megabytes that is no store at all would fill the memory with them.
MOST_FAULTS = 10_000

# How many times the same fault of one file is told.
MOST_ALIKE = 20

# How deep a store may nest.
MAX_DEPTH = 20
TOO_DEEP = f"nests deeper than {MAX_DEPTH} levels, more than any store needs; write it flatter"

# A character that no value may hold; written as an escape, a store's text does not show it.
FORBIDDEN_IN_VALUES = re.compile(f"[{HIDDEN}\r]")

_NO_TEXT = "a text should stand here, not a list or a mapping"
_NO_KEY = "a key is a word, not a list or a mapping"

Severity = Literal["error", "warning"]


# An event of PyYAML's parsers, which share no type, and what remembers its place; `Place` serves as such a mark.
Event = Any
Mark = Any


class Place(NamedTuple):
    """A place in a text; line and column count from 0."""

    line: int
    column: int


class Refused(yaml.Event):
    """Stands for a value that was reported already; who reads it says nothing more."""


class Stopped(Exception):  # an end, not an error
    """The rest of a file cannot be read; why was reported."""


def refusal(char: str) -> str:
    """Say that a character is refused, naming it without showing it."""
    return f"character U+{ord(char):04X} must not stand in a store; take it out"


def skeleton(id_: str) -> str:
    """Fold what looks alike in ids, which are lower-case ASCII (Unicode UTS #39, confusables)."""
    return id_.replace("0", "o").replace("1", "l").replace("m", "rn").replace("w", "vv")


class Definitions:
    """The ids that are defined: of units, categories and sources, and of facts as far as they are kept."""

    def __init__(self) -> None:
        self.places: dict[tuple[str, str], Position] = {}  # ("unit", id) → where it is defined
        self.skeletons: dict[tuple[str, str], str] = {}  # ("unit", skeleton of an id) → the first id of that look


class Reading:
    """What is gathered while one file is read."""

    next: Callable[[], Event]  # returns the next event

    def __init__(self, file: str, definitions: Definitions | None = None) -> None:
        self.file = file
        self.definitions = definitions or Definitions()  # of this file, or of all files of a store that share them
        # ("unit", id) → the first places where facts refer to it, unless it is defined before them; how often they do
        self.references: dict[tuple[str, str], list[Place]] = {}
        self.mentioned: Counter[tuple[str, str]] = Counter()
        # fact id → where the fact that is being read names it as its partner in a conflict
        self.partners: dict[str, ScalarEvent] = {}
        # what is told of each fact's id; hashes of them and of their skeletons, for there may be millions
        self.take_id: Callable[[ScalarEvent], object] = self._keep_id
        self.ids, self.skeletons = array("q"), array("q")
        self.tags: set[str] = set()  # of languages, that were found to be tags
        self.size = 0  # of what was read of the file, in bytes
        # where the text read so far ends; libyaml counts a line more where a file ends in the middle of one
        self.end = Place(sys.maxsize, 0)
        # where white space begins before a comment that has none behind its #
        self.glued: set[tuple[int, int]] = set()
        self._before = Place(0, 0)  # where the scalar before ends, once a glued comment was found
        self._depth = 0
        self._problems: list[Problem] = []
        self._times: Counter[str] = Counter()

    def text(self, event: Event, otherwise: str = _NO_TEXT) -> str | None:
        """Return the text of a scalar; what is none, or refused, is told and passed over."""
        if type(event) is ScalarEvent:
            value: str = event.value
            is_odd = event.tag or event.anchor or self.glued or (event.style == '"' and not value.isprintable())
            return value if not is_odd or self.accepts(event) else None
        self.skip(event, otherwise)
        return None

    def word(self, event: Event) -> str | None:
        """Return the text of a scalar that is not empty; what is none, or refused, is told and passed over."""
        is_plain = type(event) is ScalarEvent and not (event.style or event.tag or event.anchor or self.glued)
        text: str | None = event.value if is_plain else self.text(event)
        if text is None or (text and not text.isspace()):
            return text
        self.tell(event, "the value is empty; give one, or take the key out")
        return None

    def opens(self, kind: type[yaml.Event] | None, event: Event, otherwise: str) -> bool:
        """Tell whether an event opens a collection of a kind; what does not, or is refused, is told and passed over."""
        is_kind = type(event) is kind
        is_accepted = (is_kind and not (event.tag or event.anchor)) or self.accepts(event)  # most are so plain
        if is_kind and is_accepted:
            return True
        if type(event) is MappingStartEvent:
            for _, value in self.entries(event, {}):
                self.skip(value)
        elif type(event) is SequenceStartEvent:
            for item in self.elements(event):
                self.skip(item)
        if is_accepted and otherwise:
            self.tell(event, otherwise)
        return False

    def skip(self, event: Event, message: str = "") -> None:
        """Pass over a value, telling its faults of form, or a message where it has none."""
        self.opens(None, event, message)

    def accepts(self, event: Event) -> bool:
        """Tell whether a value has a form that the format knows; what is refused is told."""
        if type(event) is Refused:
            return False
        if type(event) is AliasEvent:
            self.tell(event, f"alias *{event.anchor} is refused; write the value out")
            return False
        before = self._before
        if type(event) is ScalarEvent:
            self._before = self.place(event.end_mark)
        if event.tag:
            written = visible(event.tag.replace("tag:yaml.org,2002:", "!!", 1))  # its %1B is an escape by now
            self.tell(event, f"tag {written} is refused; every value is read as text, so take it out")
        if event.anchor:
            self.tell(event, f"anchor &{event.anchor} is refused, as aliases are; take it out")
        return not event.tag and (type(event) is not ScalarEvent or self._is_whole(event, before))

    def entries(self, start: Event, keys: dict[str, ScalarEvent]) -> Iterator[tuple[str, Event]]:
        """Yield each key of a mapping and the event that its value begins with; who iterates reads the value.

        ``keys`` is filled with key → its event.
        """
        self._enter(start)
        next_event, glued = self.next, self.glued
        while type(event := next_event()) is not MappingEndEvent:
            # most keys are as plain as this, and a call would take as long as all the rest
            is_plain = type(event) is ScalarEvent and not (event.style or event.tag or event.anchor or glued)
            key = event.value if is_plain else self.text(event, _NO_KEY)
            if key is not None and key not in keys and key != "<<":
                keys[key] = event
                yield key, next_event()
                continue
            if key == "<<":
                self.tell(event, "merge key << is refused, as aliases are; write the keys out")
            elif key is not None:
                line = self.at(keys[key]).line
                self.tell(event, f"key {key!r} stands here a second time; the first is on line {line}")
            self.skip(next_event())
        self._depth -= 1

    def elements(self, start: Event) -> Iterator[Event]:
        """Yield the event that each item of a list begins with; who iterates reads the item."""
        self._enter(start)
        while type(event := self.next()) is not SequenceEndEvent:
            yield event
        self._depth -= 1

    def fail(self, event: Event, message: str) -> NoReturn:
        """Take down a fault that keeps the rest from being read."""
        self.tell(event, message)
        raise Stopped

    def report(self, line: int, column: int, message: str, severity: Severity = "error", times: int = 1) -> None:
        """Take down a fault; line and column count from 0. Stopped is raised when there are too many."""
        if len(self._problems) > MOST_FAULTS:
            raise Stopped
        self._times[message] += times
        is_last = len(self._problems) == MOST_FAULTS - 1
        if self._times[message] - times >= MOST_ALIKE or (is_last and severity == "warning"):
            return
        at = Position(self.file, line + 1, column + 1)
        self._problems.append(Problem(at, message, severity))
        if is_last:
            self._problems.append(Problem(at, f"has more faults than the {MOST_FAULTS:,} told; mend these first"))
            raise Stopped

    def tell(self, event: Event, message: str, severity: Severity = "error") -> None:
        """Take down a fault of a value."""
        self.report(*self.place(event.start_mark), message, severity)

    def place(self, mark: Mark) -> Place:
        """Return where a mark stands."""
        return min(Place(mark.line, mark.column), self.end)

    def at(self, event: Event) -> Position:
        """Return the position of an event."""
        line, column = self.place(event.start_mark)
        return Position(self.file, line + 1, column + 1)

    @property
    def problems(self) -> list[Problem]:
        """The faults in order of place; of those that say the same the first few, the last of them with a count."""
        told: Counter[str] = Counter()
        problems = []
        for problem in sorted(self._problems, key=lambda problem: (problem.at.line, problem.at.column)):
            told[problem.message] += 1
            more = self._times[problem.message] - MOST_ALIKE
            if more > 0 and told[problem.message] == MOST_ALIKE:
                problem = replace(problem, message=f"{problem.message} (and {more:,} more such faults in this file)")
            problems.append(problem)
        return problems

    def refer(self, what: str, id_: str, event: ScalarEvent) -> None:
        """Take down that an id is referred to."""
        if what == "fact":
            self.partners[id_] = event
        name = (what, id_)
        if name not in self.definitions.places:
            self.mentioned[name] += 1
            if self.mentioned[name] <= MOST_ALIKE:
                self.references.setdefault(name, []).append(self.place(event.start_mark))

    def _keep_id(self, event: ScalarEvent) -> None:
        self.ids.append(hash(event.value))
        self.skeletons.append(hash(skeleton(event.value)))

    def define(self, what: str, id_: str, event: ScalarEvent) -> bool:
        """Take down that an id is defined, unless it, or one that looks like it, is defined already."""
        at = self.at(event)
        first = self.definitions.places.setdefault((what, id_), at)
        if first != at:
            self.tell(event, f"{what} {id_!r} is defined a second time; the first is at {first}")
            return False
        twin = self.definitions.skeletons.setdefault((what, skeleton(id_)), id_)
        if twin != id_:
            self.tell(event, f"{what} {id_!r} looks like {twin!r}; give one of them another id")
        return True

    def _enter(self, start: Event) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self.fail(start, TOO_DEEP)

    def _is_whole(self, event: ScalarEvent, before: Place) -> bool:
        """Refuse a scalar that holds a hidden character, or that a comment cuts short; ``before`` it another ends."""
        if event.style:
            hidden = FORBIDDEN_IN_VALUES.search(event.value)
            if hidden:
                self.tell(event, refusal(hidden[0]))
            return not hidden
        ends = [self._before]
        if not event.value:  # inside braces it stands, for the parser, where the next token does
            ends.append(Place(before.line, before.column + 1))
        cut = next((end for end in ends if end in self.glued), None)
        if cut:
            self.report(*cut, "a comment cuts this value short; quote the text, or put a space behind the #")
        return not cut
