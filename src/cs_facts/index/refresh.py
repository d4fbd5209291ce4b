"""Indexes made anew, or brought up to date, beside those whose place they take."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import stat
import time
from typing import TYPE_CHECKING

from cs_facts.index.builder import build, update
from cs_facts.index.cache import (
    CHECKSUM_AT,
    SMALL,
    connect,
    digest_of,
    files_of_all,
    state_in,
    state_of,
    trusted,
    why_not_own,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cs_facts.index.builder import Progress

# Seconds after which a change to a file gets a new time, on systems with the coarsest clocks.
_SETTLED = 0.05

# More digits than the number of a process has.
_PROCESS_DIGITS = 10


def make_anew(paths: Sequence[Path], target: Path | None, progress: Progress | None) -> sqlite3.Connection:
    """Make the index anew, or where none can be kept one that nobody else sees."""
    _settle(files_of_all(paths))
    state = state_of(paths)
    draft = _new_draft(target) if target else None
    if draft is None or target is None:
        return _unkept(paths, progress)
    try:
        connection = None
        if before := _copied(target, draft) if len(set(paths)) == 1 else None:
            connection = update(str(draft), before, state, files_of_all(paths))
        if connection is None:
            draft.write_bytes(b"")
            connection = build(paths, str(draft), progress)
        if state and state_of(paths) == state:  # nobody wrote while we read
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('state', ?, 0)", (state,))
        connection.close()
        _seal(draft)
        draft.replace(target)
        return connect(target)
    except (OSError, UnicodeError, sqlite3.OperationalError):  # the disk is full, or the folder's name is no text
        return _unkept(paths, progress)
    finally:
        draft.unlink(missing_ok=True)


def _copied(target: Path, draft: Path) -> str | None:
    """Copy an index that is out of date and return the state of which it was made; None: there is none to trust."""
    connection = trusted(target)
    if connection is None:
        return None
    with contextlib.closing(connection):
        state = state_in(connection)
    shutil.copyfile(target, draft)
    return state


def _unkept(paths: Sequence[Path], progress: Progress | None) -> sqlite3.Connection:
    """Compile stores into a file without a name, or where not even that can be into memory."""
    try:
        return build(paths, "", progress)
    except sqlite3.OperationalError:
        return build(paths, ":memory:", progress)


def _settle(files: Sequence[Path]) -> None:
    """Wait until a change from now on cannot bear the same time as the last one."""
    latest = 0.0
    for file in files:
        with contextlib.suppress(OSError):  # the reader of stores tells what is wrong with it
            latest = max(latest, file.stat().st_ctime)
    time.sleep(min(max(latest + _SETTLED - time.time(), 0.0), _SETTLED))


def _seal(draft: Path) -> None:
    """Write the digest of a small index into it."""
    if draft.stat().st_size <= SMALL:
        with draft.open("r+b") as stream:
            digest = digest_of(stream.read())
            stream.seek(CHECKSUM_AT)
            stream.write(digest)


def _new_draft(target: Path) -> Path | None:
    """Make an empty file beside an index that nobody else can read; None where that cannot be."""
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if why_not_own(target.parent, stat.S_ISDIR):
            return None
        _sweep(target.parent)
        draft = target.with_name(f"{target.name}.{os.getpid()}.{os.urandom(4).hex()}.draft")
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError:
        return None
    return draft


def _sweep(folder: Path) -> None:
    """Take away what runs that were killed left behind."""
    for draft in folder.glob("*.draft"):
        *_, owner, _ = ("", *draft.name.removesuffix(".draft").rsplit(".", 2))
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
