"""Exceptions and the exit code of each.

The command line, and only the command line, turns a `FactsError` into one line on standard error.
"""

from __future__ import annotations

from difflib import get_close_matches
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from cs_facts.model import Problem

# How many characters of the user's input a message repeats, and how many known names it lists.
_SHOWN, _LISTED = 200, 30


class ExitCode(IntEnum):
    """The exit codes of the command line."""

    OK = 0
    NOTHING = 1  # nothing was found, or `check`, `audit`, `verify` or `import` found faults
    USAGE = 2
    UNREADABLE = 3  # a store, a text or an output cannot be read, written or trusted
    INTERRUPTED = 130


class FactsError(Exception):
    """Anything a user can fix; the message is one line that says what is wrong, where, and what to do instead."""

    exit_code = ExitCode.UNREADABLE


class UsageError(FactsError):
    """The command line makes no sense as typed."""

    exit_code = ExitCode.USAGE


class UnknownName(UsageError):
    """A name that is not among the ``known`` ones; ``what`` says what it names: "category", "column"."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        self.what, self.name, self.known = what, name, tuple(known)
        super().__init__(f"unknown {what} {quoted(name)}: {suggestion(name, self.known)}")


def check_names(what: str, names: Iterable[str], known: Collection[str]) -> None:
    """Raise `UnknownName` for the first name that is not known."""
    for name in names:
        if name not in known:
            raise UnknownName(what, name, known)


class UnknownFact(UnknownName):
    """No fact has this id or title. A store has too many ids to list, so the message names only similar ones."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__("fact", name, nearest(name, known))
        like = f": {suggestion(name, self.known)}" if self.known else ";"
        self.args = (f"no fact {quoted(name)}{like} facts search WORD finds facts by their words",)


class NotFound(FactsError):
    """Nothing passes the filters or matches the query."""

    exit_code = ExitCode.NOTHING


class FigureError(ValueError):
    """A text that is not a figure; its message says why."""


class PeriodError(ValueError):
    """A text that is not a period; its message says why."""


class StoreUnreadable(FactsError):
    """A store that cannot be opened at all."""


class StoreFaults(FactsError):
    """A store with faults answers no query; ``problems`` has all of them, ordered by file and line."""

    consequence = "in the store; no query is answered until it is fixed"  # follows their number in the message

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class OutputError(FactsError):
    """An output that cannot be written."""


def quoted(typed: str) -> str:
    """Quote the user's input, shortened if it is long."""
    return repr(typed) if len(typed) <= _SHOWN else f"{typed[:_SHOWN]!r}…"


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """Return up to three known names similar to ``name``, best first."""
    folded = {candidate.casefold(): candidate for candidate in known}
    matches = get_close_matches(name.casefold(), folded, n=3, cutoff=0.6)
    return [folded[match] for match in matches]


def suggestion(name: str, known: Sequence[str]) -> str:
    """Suggest the known names close to ``name``, or list them all if none is close.

    >>> suggestion("talnet", ["talent", "conduct"])
    "did you mean 'talent'?"
    >>> suggestion("x", ["talent", "conduct"])
    'choose from talent, conduct'
    """
    if close := nearest(name, known):
        return f"did you mean {' or '.join(map(repr, close))}?"
    return f"choose from {listed(known, _LISTED)}" if known else "there are none"


def listed(names: Sequence[str], most: int) -> str:
    """Join names, counting those beyond ``most``: a, b and 3 more."""
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def reason(error: OSError | ValueError) -> str:
    """Return the operating system's reason without the file name: no such file or directory."""
    return ((error.strerror if isinstance(error, OSError) else None) or str(error)).lower()
