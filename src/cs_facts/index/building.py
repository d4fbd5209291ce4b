"""The files of one store, or of several, → an index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_facts.index.chinese import variants
from cs_facts.index.doubt import Doubt
from cs_facts.index.encoding import Encoder
from cs_facts.index.pieces import head_of, pieces_of
from cs_facts.index.workers import Task, batches
from cs_facts.index.writing import Writer, places_of
from cs_facts.search.tokens import Folding
from cs_facts.store.files import files_of
from cs_facts.store.loader import labels, load
from cs_facts.store.merge import merge, renamed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from cs_facts.index.workers import Names
    from cs_facts.model import Catalogue, Store

    Progress = Callable[[int, int], None]
    """Is told how many bytes of how many are read."""

_BATCH = 1000
"""Facts of a store in memory that are written at once."""

GAP = 256
"""Numbers between two files, for those that come between them later."""


def build(paths: Sequence[Path], target: str, progress: Progress | None = None) -> sqlite3.Connection:
    """Compile stores into a new SQLite file, or into memory, and return the open connection to it.

    Facts stream through piece by piece. What raises a doubt sends everything to the reader of stores, which tells every
    fault, or finds none and gives the store whole.

    Raises:
        StoreUnreadable: a file cannot be opened.
        StoreFaults: any file has a fault; all of them are listed.

    """
    paths = tuple(dict.fromkeys(paths))
    size = _size(paths)
    writer = Writer(target, size)
    try:
        return _stream(paths, writer, size, progress)
    except (Doubt, OSError):
        writer.discard()
        return build_from(load(paths), target, merged=len(paths) > 1)
    finally:
        if progress:  # the heads of files are read, and none of them was counted; or there is a fault to be told
            progress(size, size)


def _size(paths: Sequence[Path]) -> int:
    """Return the bytes of stores; 0 where they cannot be asked, which the reader of stores tells."""
    try:
        return sum(file.stat().st_size for path in paths for file in files_of(path))
    except OSError:
        return 0


def build_from(store: Store, target: str = ":memory:", *, merged: bool = False) -> sqlite3.Connection:
    """Compile a store that is in memory; ``merged`` says that it is several read as one."""
    writer = Writer(target)
    writer.define(store, variants())
    encoder = Encoder(folding=Folding(*variants()))
    for first in range(0, len(store.facts), _BATCH):
        writer.add(encoder.batch(store.facts[first : first + _BATCH]))
    return writer.finish(merged=merged)


def _stream(paths: Sequence[Path], writer: Writer, size: int, progress: Progress | None) -> sqlite3.Connection:
    files = list(_files(paths))
    stores = {label: _definitions(own) for label, own in _by_label(files).items()}
    writer.define(merge(stores), variants())
    done = 0
    renames = renamed(stores)
    for task, batch in batches(_tasks(files, renames), size, variants()):
        writer.add(batch, task.file)
        done += task.piece.length
        if progress:
            progress(done, size)
    known = {label: references_to(store, renames[label]) for label, store in stores.items()}
    of_file = {file.number: known[file.label] for file in files}
    if not all(summary.references <= of_file[number] for number, summary in writer.summaries()):
        raise Doubt
    blocks = {label: [places_of(file.number) for file in own] for label, own in _by_label(files).items()}
    places = {label: range(own[0].start, own[-1].stop) for label, own in blocks.items()}
    return writer.finish({file.number: file.head for file in files}, places, merged=len(paths) > 1)


@dataclass(frozen=True, slots=True)
class _File:
    """A file of a store.

    Attributes:
        label: its store's.
        number: what its facts' places begin with.
        head: the text before its facts, which begin at ``offset``.

    """

    path: Path
    label: str
    number: int
    head: bytes
    offset: int


def _files(paths: Sequence[Path]) -> Iterator[_File]:
    number = GAP
    for label, path in zip(labels(paths), paths, strict=True):
        for file in files_of(path):
            yield _File(file, label, number, *head_of(file))
            number += GAP


def _by_label(files: Sequence[_File]) -> Mapping[str, Sequence[_File]]:
    found: dict[str, list[_File]] = {}
    for file in files:
        found.setdefault(file.label, []).append(file)
    return found


def _definitions(files: Sequence[_File]) -> Store:
    raise Doubt


def _tasks(files: Sequence[_File], renames: Mapping[str, Names]) -> Iterator[Task]:
    for file in files:
        for piece in pieces_of(file.path, file.offset):
            yield Task(piece, file.number, renames[file.label])


def references_to(store: Catalogue, names: Names = ({}, {})) -> set[tuple[str, str]]:
    """Return what facts may refer to: the names that a store defines, as they are among several stores."""
    categories, sources = names
    return {
        *(("category", categories.get(id_, id_)) for id_ in store.categories),
        *(("unit", id_) for id_ in store.units),
        *(("source", sources.get(id_, id_)) for id_ in store.sources),
    }
