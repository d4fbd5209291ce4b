"""What is gathered while a file is read: its values with their places, its faults, what it defines and refers to."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from yaml import ScalarEvent

from cs_facts.lexicon import LOOKALIKES
from cs_facts.model import Position, Problem

# Faults of one file that are told. A fault takes hundreds of bytes, and a single byte can be one: a file of a few
# megabytes that is no store at all would fill the memory with them.
MOST_FAULTS = 10_000

# How often one file is told the same.
MOST_ALIKE = 20

Severity = Literal["error", "warning"]

_LOOKALIKES = str.maketrans(LOOKALIKES)


class Place(NamedTuple):
    """A place in a text; line and column count from 0."""

    line: int
    column: int


# What remembers a place, with line and column: PyYAML's two marks, or a `Place`.
Mark = Any


class Sequence:
    """A list of nodes."""

    __slots__ = ("items", "start_mark")

    def __init__(self, start_mark: Mark, items: list[Node] | None = None) -> None:
        self.start_mark = start_mark
        self.items: list[Node] = [] if items is None else items


class Mapping:
    """Key → node, and key → the key itself with its place."""

    __slots__ = ("items", "keys", "start_mark")

    def __init__(self, start_mark: Mark) -> None:
        self.start_mark = start_mark
        self.items: dict[str, Node] = {}
        self.keys: dict[str, Scalar] = {}


class Refused:
    """A value that was reported already; who reads it says nothing more."""


REFUSED = Refused()

# The parser's own event, with `value` and `start_mark`: to copy each would take as long as to parse it.
Scalar = ScalarEvent

Node = Scalar | Sequence | Mapping | Refused


class Stopped(Exception):  # an end, not an error
    """The rest of a file cannot be read; why was reported."""


def skeleton(id_: str) -> str:
    """Fold what looks alike in ids.

    >>> skeleton("l0t") == skeleton("lot")
    True
    """
    return id_.translate(_LOOKALIKES)


@dataclass(slots=True)
class Definitions:
    """The ids that are defined: of units, categories and sources, and of facts as far as they are kept.

    Attributes:
        places: ("unit", id) → where it is defined.
        skeletons: ("unit", skeleton of the id) → the first id of that look.

    """

    places: dict[tuple[str, str], Position] = field(default_factory=dict)
    skeletons: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass(slots=True)
class Mention:
    """Where an id is referred to: how often, and its first places."""

    times: int = 0
    places: list[Place] = field(default_factory=list)


class Reading:
    """What is gathered while one file is read.

    Attributes:
        file: its name.
        definitions: of this file, or of all files of a store that share them.
        references: ("unit", id) → where facts refer to it, unless this file defines it before them.
        languages: tags that were found to be tags.
        size: how many bytes of the file were read.
        end: where the text read so far ends; libyaml counts a line more where a file ends in the middle of one.

    """

    def __init__(self, file: str, definitions: Definitions | None = None) -> None:
        self.file = file
        self.definitions = definitions or Definitions()
        self.references: dict[tuple[str, str], Mention] = {}
        self.languages: set[str] = set()
        self.size = 0
        self.end = Place(sys.maxsize, 0)
        self._problems: list[Problem] = []
        self._times: Counter[str] = Counter()

    def report(self, line: int, column: int, message: str, severity: Severity = "error", times: int = 1) -> None:
        """Take down a fault; line and column count from 0.

        Raises:
            Stopped: there are too many, of warnings aside.

        """
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

    def tell(self, node: Node, message: str, severity: Severity = "error") -> None:
        """Take down a fault of a node, unless the node was reported already."""
        if not isinstance(node, Refused):
            self.report(*self.place(node.start_mark), message, severity)

    def place(self, mark: Mark) -> Place:
        """Return where a mark stands."""
        return min(Place(mark.line, mark.column), self.end)

    def at(self, node: Scalar | Sequence | Mapping) -> Position:
        """Return the position of a node."""
        line, column = self.place(node.start_mark)
        return Position(self.file, line + 1, column + 1)

    @property
    def problems(self) -> list[Problem]:
        """The faults in the order of places; of those that say the same the first, the last with how many follow."""
        told: Counter[str] = Counter()
        problems = []
        for problem in sorted(self._problems, key=lambda problem: (problem.at.line, problem.at.column)):
            told[problem.message] += 1
            more = self._times[problem.message] - MOST_ALIKE
            if more > 0 and told[problem.message] == MOST_ALIKE:
                problem = replace(problem, message=f"{problem.message} (and {more:,} more such faults in this file)")
            problems.append(problem)
        return problems

    def refer(self, what: str, id_: str, node: Scalar) -> None:
        """Take down that an id is referred to."""
        name = (what, id_)
        if name in self.definitions.places:
            return
        mention = self.references.get(name)
        if mention is None:
            mention = self.references[name] = Mention()
        mention.times += 1
        if mention.times <= MOST_ALIKE:
            mention.places.append(self.place(node.start_mark))

    def define(self, what: str, id_: str, node: Scalar) -> bool:
        """Take down that an id is defined, unless it, or one that looks like it, is defined already."""
        at = self.at(node)
        first = self.definitions.places.setdefault((what, id_), at)
        if first != at:
            self.tell(node, f"{what} {id_!r} is defined a second time; the first is at {first}")
            return False
        twin = self.definitions.skeletons.setdefault((what, skeleton(id_)), id_)
        if twin != id_:
            self.tell(node, f"{what} {id_!r} looks like {twin!r}; give one of them another id")
        return True
