"""The files of one store, or of several, → an index."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from cs_facts.files import files_of
from cs_facts.index.chinese import sounds, variants
from cs_facts.index.encoding import Encoder
from cs_facts.index.pieces import head_of, pieces_of
from cs_facts.index.workers import Task, batches
from cs_facts.index.writing import FILES, Doubt, Writer
from cs_facts.store.load import definitions, labels, load
from cs_facts.store.merge import merge, renamed
from cs_facts.tokens import Folding

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from cs_facts.model import Store

    Progress = Callable[[int, int], None]
    """Is told how many bytes of how many are read."""

_BATCH = 1000
"""Facts of a store in memory that are written at once."""


def build(paths: Sequence[Path], target: str, progress: Progress | None = None) -> sqlite3.Connection:
    """Compile stores into a new SQLite file, or into memory, and return the open connection to it.

    Facts stream through piece by piece. What raises a doubt sends everything to the reader of stores, which tells every
    fault, or finds none and gives the store whole.

    Raises:
        StoreUnreadable: a file cannot be opened.
        StoreFaults: any file has a fault; all of them are listed.

    """
    paths = tuple(dict.fromkeys(paths))
    writer = Writer(target)
    try:
        return _stream(paths, writer, progress)
    except (Doubt, OSError):
        writer.discard()
        return build_from(load(paths), target, merged=len(paths) > 1)


def build_from(store: Store, target: str = ":memory:", *, merged: bool = False) -> sqlite3.Connection:
    """Compile a store that is in memory; ``merged`` says that it is several read as one."""
    writer = Writer(target)
    writer.define(store, variants())
    encoder = Encoder(folding=Folding(*variants()), sounds=sounds())
    for first in range(0, len(store.facts), _BATCH):
        writer.add(first, encoder.batch(store.facts[first : first + _BATCH]))
    return writer.finish(merged=merged)


def _stream(paths: Sequence[Path], writer: Writer, progress: Progress | None) -> sqlite3.Connection:
    plans = dict(zip(labels(paths), map(_Plan, paths), strict=True))
    stores = {label: plan.store for label, plan in plans.items()}
    writer.define(merge(stores), variants())
    total, done = sum(plan.size for plan in plans.values()), 0
    owners = [plan for plan in plans.values() for _ in plan.heads]
    tasks = _tasks(plans, renamed(stores))
    for task, batch in batches(tasks, total):
        if not batch.references <= owners[task.file].defined:
            raise Doubt
        writer.add(task.first, batch, task.file)
        done += task.piece.length
        if progress:
            progress(done, total)
    ends = accumulate(len(plan.heads) for plan in plans.values())
    return writer.finish(dict(zip(plans, ends, strict=True)), merged=len(plans) > 1)


def _tasks(
    plans: Mapping[str, _Plan], renames: Mapping[str, tuple[Mapping[str, str], Mapping[str, str]]]
) -> Iterator[Task]:
    file = 0
    for label, plan in plans.items():
        for path, (_, offset) in plan.heads.items():
            first = file * FILES
            for piece in pieces_of(path, offset):
                yield Task(piece, first, file, renames[label])
                first += piece.facts
            file += 1


class _Plan:
    """What is known of a store before its facts are read.

    Attributes:
        heads: file → the text before its facts, and the offset at which they begin.
        size: bytes of the files.
        store: what they define, without facts; ``defined`` names it.

    Raises:
        Doubt: there is a fault.

    """

    def __init__(self, path: Path) -> None:
        self.heads = {file: head_of(file) for file in files_of(path)}
        self.size = sum(file.stat().st_size for file in self.heads)
        store = definitions({file: head for file, (head, _) in self.heads.items()})
        if store is None:
            raise Doubt
        self.store = store
        self.defined = {
            (what, id_)
            for what, names in (("category", store.categories), ("unit", store.units), ("source", store.sources))
            for id_ in names
        }
