"""What can go wrong, as one family of exceptions, and the exit code of each.

The command line turns an exception of this family into one line on standard error; nothing else does.
"""

from __future__ import annotations

import difflib
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cs_facts.model import Problem


class ExitCode(IntEnum):
    """The exit codes of the command line."""

    OK = 0
    NOTHING = 1
    """Nothing was found, or ``check`` found faults."""
    USAGE = 2
    UNREADABLE = 3
    """A store or an output cannot be read, written or trusted."""
    INTERRUPTED = 130


class FactsError(Exception):
    """Anything a user can mend; its text is one line that says what, where and what instead."""

    exit_code = ExitCode.UNREADABLE


class UsageError(FactsError):
    """The words of a call do not fit."""

    exit_code = ExitCode.USAGE


class UnknownName(UsageError):
    """A name that a closed list does not hold.

    Attributes:
        what: what the name should have been, "category" say.
        name: the name as given.
        known: the names there are.

    """

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        self.what = what
        self.name = name
        self.known = tuple(known)
        super().__init__(f"unknown {what} {name!r}: {suggestion(name, self.known)}")


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
    """A store with faults, which answers no query.

    Attributes:
        problems: every fault, in the order of files and lines.

    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class OutputError(FactsError):
    """An output that cannot be written."""


def nearest(name: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """Return the known names most like ``name``, best first.

    >>> nearest("talnet", ["talent", "conduct"])
    ['talent']
    """
    folded = {candidate.casefold(): candidate for candidate in known}
    matches = difflib.get_close_matches(name.casefold(), folded, n=limit, cutoff=0.6)
    return [folded[match] for match in matches]


def suggestion(name: str, known: Sequence[str], most: int = 30) -> str:
    """Say which known names come close to ``name``, or list them all when none does.

    >>> suggestion("talnet", ["talent", "conduct"])
    "did you mean 'talent'?"
    >>> suggestion("x", ["talent", "conduct"])
    'known are talent, conduct'
    """
    close = nearest(name, known)
    if close:
        return f"did you mean {' or '.join(map(repr, close))}?"
    if not known:
        return "none are known"
    more = f" and {len(known) - most} more" if len(known) > most else ""
    return f"known are {', '.join(known[:most])}{more}"
