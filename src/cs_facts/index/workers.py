"""Pieces of stores → rows, in this process or in several."""

from __future__ import annotations

import marshal
import multiprocessing
import os
import signal
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cs_facts.index.chinese import sounds, variants
from cs_facts.index.encoding import Batch, Encoder
from cs_facts.index.writing import Doubt
from cs_facts.store.load import facts_alone
from cs_facts.tokens import Folding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from multiprocessing.connection import Connection

    from cs_facts.index.pieces import Piece

_SMALL = 4 << 20
"""Bytes that are read sooner than other processes are started."""

_AHEAD = 2
"""Pieces that wait for a process while it reads one."""


@dataclass(frozen=True, slots=True)
class Task:
    """A piece to be read, and what becomes of it.

    Attributes:
        first: the place of its first fact.
        file: the number of its file.
        categories: the id of a category in its store → its id among several stores, likewise ``sources``.

    """

    piece: Piece
    first: int = 0
    file: int = 0
    categories: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)


def batches(tasks: Iterable[Task], size: int) -> Iterator[tuple[Task, Batch]]:
    """Read pieces, in their order; with several processes where there is enough to read.

    Args:
        tasks: the pieces.
        size: the bytes of all of them.

    Raises:
        Doubt: a piece has a fault.

    """
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if size <= _SMALL or count == 1:
        reader = _Reader()
        for task in tasks:
            yield task, reader.read(task)
    else:
        yield from _shared_out(tasks, count)


class _Reader:
    def __init__(self) -> None:
        self._folding = Folding(*variants())
        self._sounds = sounds()

    def read(self, task: Task) -> Batch:
        facts = facts_alone(task.piece.read())
        if facts is None or len(facts) != task.piece.facts:
            raise Doubt
        return Encoder(task.categories, task.sources, self._folding, self._sounds).batch(facts)


def _shared_out(tasks: Iterable[Task], count: int) -> Iterator[tuple[Task, Batch]]:
    """Hand pieces to processes in turn and take them back in the same order."""
    context = multiprocessing.get_context("spawn")
    pipes, processes = [], []
    try:
        for _ in range(count):
            here, there = context.Pipe()
            process = context.Process(target=_work, args=(there,), daemon=True)
            process.start()
            there.close()
            pipes.append(here)
            processes.append(process)
        waiting: deque[tuple[Task, Connection]] = deque()
        for number, task in enumerate(tasks):
            pipe = pipes[number % count]
            pipe.send(task)
            waiting.append((task, pipe))
            if len(waiting) >= count * _AHEAD:
                yield _taken(*waiting.popleft())
        while waiting:
            yield _taken(*waiting.popleft())
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()


def _taken(task: Task, pipe: Connection) -> tuple[Task, Batch]:
    try:
        plain = marshal.loads(pipe.recv_bytes())  # of our own process
    except EOFError:  # it died
        raise Doubt from None
    if plain is None:
        raise Doubt
    return task, Batch(*plain)


def _work(pipe: Connection) -> None:
    """Read pieces until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started this one ends it
    reader = _Reader()
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            plain = reader.read(task).plain()
        except (Doubt, OSError):
            plain = None
        pipe.send_bytes(marshal.dumps(plain))
