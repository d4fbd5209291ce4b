"""Files in which indexes are made, beside those whose place they take."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from cs_facts.index.trust import is_own

if TYPE_CHECKING:
    from pathlib import Path

_PROCESS_DIGITS = 10
"""More digits than the number of a process has."""


def new_draft(target: Path) -> Path | None:
    """Make an empty file beside an index that nobody else can read; None where that cannot be."""
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not is_own(target.parent.lstat(), stat.S_ISDIR):
            return None
        _sweep(target.parent)
        draft = target.with_name(f"{target.name}.{os.getpid()}.{os.urandom(4).hex()}.draft")
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError:
        return None
    return draft


def _sweep(folder: Path) -> None:
    """Take away what runs that were killed left behind."""
    for draft in folder.glob("*.draft*"):
        *_, owner, _ = ("", *draft.name.partition(".draft")[0].rsplit(".", 2))
        if owner.isdecimal() and len(owner) < _PROCESS_DIGITS and not _runs(int(owner)):
            draft.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    if os.name != "posix":  # elsewhere the call below would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
