"""The state of reading one file: its faults and their places, the ids it defines and those it refers to.

A `Reading` receives the events of PyYAML's parser, and the readers of `cs_facts.store.readers` build values directly
from them, without nodes in between. Every scalar remains the text that was written. Whatever the format has no use for
(aliases, tags, duplicate keys, deep nesting) is refused where it stands. So are two things that YAML accepts silently:
escaped control characters, and comments without a space after the ``#`` that cut a value short.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, NoReturn

import yaml
from yaml import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from cs_facts.model import Position, Problem
from cs_facts.text import HIDDEN, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# How many faults of one file are reported. A fault takes hundreds of bytes of memory and a single byte can cause one,
# so a few megabytes of something that is not a store would otherwise fill the memory.
MOST_FAULTS = 10_000

# How many times the same message is reported for one file.
MOST_ALIKE = 20

# How deeply a store may nest.
MAX_DEPTH = 20
TOO_DEEP = f"nests deeper than {MAX_DEPTH} levels, more than any store needs; write it flatter"

# Characters that no value may contain. They can only get here as an escape, which a look at the raw text would miss.
FORBIDDEN_IN_VALUES = re.compile(f"[{HIDDEN}\r]")

Severity = Literal["error", "warning"]

# An event of either of PyYAML's parsers, which share no base class, and a mark of its position. A `Place` is one too.
Event = Any
Mark = Any


class Place(NamedTuple):
    """A position in a text; line and column count from 0."""

    line: int
    column: int


class Refused(yaml.Event):
    """Takes the place of a value whose fault has been reported, so that it is not reported again."""


class Stopped(Exception):  # ends the reading, but is not an error
    """The rest of a file cannot be read; the reason has been reported."""


def refusal(char: str) -> str:
    """Return the message for a forbidden character, which names it without printing it."""
    return f"character U+{ord(char):04X} must not stand in a store; take it out"


def skeleton(id_: str) -> str:
    """Map an id, which is lower-case ASCII, to the form that it shares with look-alikes (Unicode UTS #39)."""
    return id_.replace("0", "o").replace("1", "l").replace("m", "rn").replace("w", "vv")


class Definitions:
    """The ids defined so far: those of units, categories and sources, and of facts where these are kept."""

    def __init__(self) -> None:
        self.places: dict[tuple[str, str], Position] = {}  # ("unit", id) → where it is defined
        self.skeletons: dict[tuple[str, str], str] = {}  # ("unit", skeleton) → the first id with that skeleton


class Reading:
    """The state of reading one file."""

    next: Callable[[], Event]  # returns the next event

    def __init__(self, file: str, definitions: Definitions | None = None) -> None:
        self.file = file
        self.definitions = definitions or Definitions()  # the files of one store share them
        # ("unit", id) → the first places that refer to it before it is defined, and how many there are in all
        self.references: dict[tuple[str, str], list[Place]] = {}
        self.reference_counts: Counter[tuple[str, str]] = Counter()
        # fact id → where the current fact names it as its partner in a conflict
        self.partners: dict[str, ScalarEvent] = {}
        # called with the id of each fact; by default keeps hashes of ids and skeletons, as there may be millions
        self.on_id: Callable[[ScalarEvent], object] = self._keep_hashes
        self.ids, self.skeletons = array("q"), array("q")
        self.tags: set[str] = set()  # language tags found to be valid
        self.size = 0  # bytes read so far
        # where the text read so far ends; libyaml counts one line too many when the last has no line break
        self.end = Place(sys.maxsize, 0)
        # where the white space begins before each comment that has no space after its #
        self.glued: set[tuple[int, int]] = set()
        self._before = Place(0, 0)  # end of the previous scalar, once a glued comment has been found
        self._depth = 0
        self._problems: list[Problem] = []
        self._counts: Counter[str] = Counter()

    def text(self, event: Event, otherwise: str = "a text should stand here, not a list or a mapping") -> str | None:
        """Return the text of a scalar; report and skip anything else, or anything refused."""
        if type(event) is ScalarEvent:
            value: str = event.value
            is_odd = event.tag or event.anchor or self.glued or (event.style == '"' and not value.isprintable())
            return value if not is_odd or self.accepts(event) else None
        self.skip(event, otherwise)
        return None

    def word(self, event: Event) -> str | None:
        """Return the text of a non-empty scalar; report and skip anything else, or anything refused."""
        is_plain = type(event) is ScalarEvent and not (event.style or event.tag or event.anchor or self.glued)
        text: str | None = event.value if is_plain else self.text(event)
        if text is None or (text and not text.isspace()):
            return text
        self.report(event, "the value is empty; give one, or take the key out")
        return None

    def opens(self, kind: type[yaml.Event] | None, event: Event, otherwise: str) -> bool:
        """Tell whether an event opens a collection of a kind; report and skip anything else, or anything refused."""
        is_kind = type(event) is kind
        is_accepted = (is_kind and not (event.tag or event.anchor)) or self.accepts(event)  # saves most calls
        if is_kind and is_accepted:
            return True
        if type(event) is MappingStartEvent:
            for _, value in self.entries(event, {}):
                self.skip(value)
        elif type(event) is SequenceStartEvent:
            for item in self.elements(event):
                self.skip(item)
        if is_accepted and otherwise:
            self.report(event, otherwise)
        return False

    def skip(self, event: Event, message: str = "") -> None:
        """Skip a value; report what is wrong with its form or, if nothing is, the message."""
        self.opens(None, event, message)

    def accepts(self, event: Event) -> bool:
        """Tell whether the form of a value is allowed: no alias, tag, anchor or cut-off text. Report what is not."""
        if type(event) is Refused:
            return False
        if type(event) is AliasEvent:
            self.report(event, f"alias *{event.anchor} is refused; write the value out")
            return False
        before = self._before
        if type(event) is ScalarEvent:
            self._before = self.place(event.end_mark)
        if event.tag:
            written = visible(event.tag.replace("tag:yaml.org,2002:", "!!", 1))  # PyYAML has decoded %1B in it
            self.report(event, f"tag {written} is refused; every value is read as text, so take it out")
        if event.anchor:
            self.report(event, f"anchor &{event.anchor} is refused, as aliases are; take it out")
        return not event.tag and (type(event) is not ScalarEvent or self._is_whole(event, before))

    def entries(self, start: Event, keys: dict[str, ScalarEvent]) -> Iterator[tuple[str, Event]]:
        """Yield each key, whose event ``keys`` takes, and the first event of its value, which the caller must read."""
        self._enter(start)
        next_event, glued = self.next, self.glued
        while type(event := next_event()) is not MappingEndEvent:
            # nearly all keys are plain, and a call to `text` would take as long as the rest of the loop
            is_plain = type(event) is ScalarEvent and not (event.style or event.tag or event.anchor or glued)
            key = event.value if is_plain else self.text(event, "a key is a word, not a list or a mapping")
            if key is not None and key not in keys and key != "<<":
                keys[key] = event
                yield key, next_event()
                continue
            if key == "<<":
                self.report(event, "merge key << is refused, as aliases are; write the keys out")
            elif key is not None:
                line = self.position(keys[key]).line
                self.report(event, f"key {key!r} stands here a second time; the first is on line {line}")
            self.skip(next_event())
        self._depth -= 1

    def elements(self, start: Event) -> Iterator[Event]:
        """Yield the first event of each item of a list; the caller must read the item."""
        self._enter(start)
        while type(event := self.next()) is not SequenceEndEvent:
            yield event
        self._depth -= 1

    def fail(self, event: Event, message: str) -> NoReturn:
        """Report a fault after which the rest cannot be read."""
        self.report(event, message)
        raise Stopped

    def report_at(self, line: int, column: int, message: str, severity: Severity = "error", times: int = 1) -> None:
        """Report a fault at a line and column counted from 0; raise Stopped once there are too many."""
        if len(self._problems) > MOST_FAULTS:
            raise Stopped
        self._counts[message] += times
        is_last = len(self._problems) == MOST_FAULTS - 1
        if self._counts[message] - times >= MOST_ALIKE or (is_last and severity == "warning"):
            return
        at = Position(self.file, line + 1, column + 1)
        self._problems.append(Problem(at, message, severity))
        if is_last:
            self._problems.append(Problem(at, f"has more faults than the {MOST_FAULTS:,} told; mend these first"))
            raise Stopped

    def report(self, event: Event, message: str, severity: Severity = "error") -> None:
        """Report a fault of a value."""
        self.report_at(*self.place(event.start_mark), message, severity)

    def place(self, mark: Mark) -> Place:
        """Return the place of a mark."""
        return min(Place(mark.line, mark.column), self.end)

    def position(self, event: Event) -> Position:
        """Return the position of an event."""
        line, column = self.place(event.start_mark)
        return Position(self.file, line + 1, column + 1)

    @property
    def problems(self) -> list[Problem]:
        """The faults in order of place; of equal messages only the first few, the last of them with a count."""
        seen: Counter[str] = Counter()
        problems = []
        for problem in sorted(self._problems, key=lambda problem: (problem.at.line, problem.at.column)):
            seen[problem.message] += 1
            more = self._counts[problem.message] - MOST_ALIKE
            if more > 0 and seen[problem.message] == MOST_ALIKE:
                problem = replace(problem, message=f"{problem.message} (and {more:,} more such faults in this file)")
            problems.append(problem)
        return problems

    def refer(self, what: str, id_: str, event: ScalarEvent) -> None:
        """Record a reference to an id."""
        if what == "fact":
            self.partners[id_] = event
        name = (what, id_)
        if name not in self.definitions.places:
            self.reference_counts[name] += 1
            if self.reference_counts[name] <= MOST_ALIKE:
                self.references.setdefault(name, []).append(self.place(event.start_mark))

    def _keep_hashes(self, event: ScalarEvent) -> None:
        self.ids.append(hash(event.value))
        self.skeletons.append(hash(skeleton(event.value)))

    def define(self, what: str, id_: str, event: ScalarEvent) -> bool:
        """Record the definition of an id; report one that is already defined or looks like one that is."""
        at = self.position(event)
        first = self.definitions.places.setdefault((what, id_), at)
        if first != at:
            self.report(event, f"{what} {id_!r} is defined a second time; the first is at {first}")
            return False
        twin = self.definitions.skeletons.setdefault((what, skeleton(id_)), id_)
        if twin != id_:
            self.report(event, f"{what} {id_!r} looks like {twin!r}; give one of them another id")
        return True

    def _enter(self, start: Event) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self.fail(start, TOO_DEEP)

    def _is_whole(self, event: ScalarEvent, before: Place) -> bool:
        """Refuse a scalar with a hidden character or cut short by a comment; ``before`` is where the previous ends."""
        if event.style:
            hidden = FORBIDDEN_IN_VALUES.search(event.value)
            if hidden:
                self.report(event, refusal(hidden[0]))
            return not hidden
        ends = [self._before]
        if not event.value:  # inside braces the parser puts an empty value where the next token stands
            ends.append(Place(before.line, before.column + 1))
        cut = next((end for end in ends if end in self.glued), None)
        if cut:
            self.report_at(*cut, "a comment cuts this value short; quote the text, or put a space behind the #")
        return not cut
