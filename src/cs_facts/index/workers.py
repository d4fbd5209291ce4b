"""Pieces of stores → rows, in this process or in several."""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import subprocess
import sys
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_facts.index.doubt import Doubt
from cs_facts.index.encoding import Batch, Encoder
from cs_facts.index.pieces import facts_of
from cs_facts.tokens import Folding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import IO

    from cs_facts.index.pieces import Piece

    Names = tuple[Mapping[str, str], Mapping[str, str]]
    Variants = tuple[str, str]

_SMALL = 4 << 20
"""Bytes that are read sooner than other processes are started."""

_AHEAD = 2
"""Pieces that a process has in hand or waiting."""

_LENGTH = 8
"""Bytes that say how many bytes follow."""

_WORK = "import sys; sys.path[:] = sys.argv[1:]; from cs_facts.index.workers import work; work()"
"""A process of ours; `multiprocessing` would run the script that asks for a store once more in each, and its imports
cost every process."""


@dataclass(frozen=True, slots=True)
class Task:
    """A piece to be read, and what becomes of it.

    Attributes:
        file: the number of its file.
        names: the id of a category in its store → its id among several stores, and likewise of sources; one object for
            all pieces of a store.

    """

    piece: Piece
    file: int = 0
    names: Names = ({}, {})


def batches(tasks: Iterable[Task], size: int, variants: Variants) -> Iterator[tuple[Task, Batch]]:
    """Read pieces, in their order; with several processes where there is enough to read.

    Args:
        tasks: the pieces.
        size: the bytes of all of them.
        variants: traditional characters and their simplified ones.

    Raises:
        Doubt: a piece has a fault.

    """
    if size > _SMALL and (workers := _started(_processors(), variants)):
        yield from _shared_out(tasks, workers)
    else:
        reader = _Reader(variants)
        for task in tasks:
            yield task, reader.read(task.piece, task.names)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Reader:
    def __init__(self, variants: Variants) -> None:
        self._folding = Folding(*variants)
        self._names: Names = ({}, {})
        self._encoder = Encoder(*self._names, self._folding)

    def read(self, piece: Piece, names: Names) -> Batch:
        if names is not self._names:
            self._names, self._encoder = names, Encoder(*names, self._folding)
        return self._encoder.batch(facts_of(piece))


def _started(count: int, variants: Variants) -> list[_Worker]:
    """Start so many processes, or as many as the system lets us; none where one would gain nothing."""
    workers: list[_Worker] = []
    if count > 1 and sys.executable and not getattr(sys, "frozen", False):  # a frozen program is no interpreter
        with contextlib.suppress(OSError):
            for _ in range(count):
                workers.append(_Worker(variants))  # noqa: PERF401  # those before an error are kept
    return workers


def _shared_out(tasks: Iterable[Task], workers: list[_Worker]) -> Iterator[tuple[Task, Batch]]:
    """Hand pieces to processes in turn and take them back in the same order."""
    waiting: deque[tuple[Task, _Worker]] = deque()
    names = None
    try:
        for number, task in enumerate(tasks):
            worker = workers[number % len(workers)]
            while waiting and (len(waiting) >= len(workers) * _AHEAD or task.names is not names):
                yield _taken(*waiting.popleft())
            names = task.names
            worker.send(task.piece, names)
            waiting.append((task, worker))
        while waiting:
            yield _taken(*waiting.popleft())
    finally:
        for worker in workers:
            worker.end()


def _taken(task: Task, worker: _Worker) -> tuple[Task, Batch]:
    batch = worker.receive()
    if batch is None:
        raise Doubt
    return task, batch


class _Worker:
    """A process that reads pieces.

    It is in a group of its own: Ctrl-C is for the process that started it, which ends it. However that one ends, the
    pipe between them does, and with it this one.
    """

    def __init__(self, variants: Variants) -> None:
        apart = {"process_group": 0} if os.name == "posix" else {"creationflags": 0x200}  # CREATE_NEW_PROCESS_GROUP
        self._process = subprocess.Popen(
            [sys.executable, "-c", _WORK, *map(str, sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            **apart,  # type: ignore[call-overload]  # one word of two
        )
        self._names: Names | None = None
        _write(self._process.stdin, pickle.dumps(variants))

    def send(self, piece: Piece, names: Names) -> None:
        """Hand over a piece; new names only when nothing is on its way back, for they may fill the pipe."""
        _write(self._process.stdin, pickle.dumps((piece, None if names is self._names else names)))
        self._names = names

    def receive(self) -> Batch | None:
        """Return the facts of the piece handed over before all others; None where there is a fault."""
        data = _read(self._process.stdout)
        return pickle.loads(data) if data else None

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()


def work() -> None:
    """Read pieces until nobody hands over any more."""
    gc.disable()  # what is read holds no cycles
    names: Names = ({}, {})
    with contextlib.suppress(OSError, EOFError):  # who started us has gone
        reader = _Reader(pickle.loads(_read(sys.stdin.buffer)))
        while message := _read(sys.stdin.buffer):
            piece, new = pickle.loads(message)
            names = new or names
            try:
                batch = reader.read(piece, names)
            except Exception:  # the reader of stores shall find it, where it can be told
                batch = None
            _write(sys.stdout.buffer, pickle.dumps(batch, pickle.HIGHEST_PROTOCOL))


def _write(stream: IO[bytes] | None, data: bytes) -> None:
    assert stream
    stream.write(len(data).to_bytes(_LENGTH) + data)
    stream.flush()


def _read(stream: IO[bytes] | None) -> bytes:
    """Return what the other side wrote at once; nothing where it has gone."""
    assert stream
    length = int.from_bytes(stream.read(_LENGTH))
    data = stream.read(length)
    return data if len(data) == length else b""
