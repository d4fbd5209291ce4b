"""Pieces of stores → rows, in this process or in several."""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import select
import subprocess
import sys
import threading
from collections import deque
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TYPE_CHECKING

from cs_facts.cli.streams import write_all
from cs_facts.index.doubt import Doubt
from cs_facts.index.encoding import Batch, Encoder
from cs_facts.index.pieces import PIECE, facts_of
from cs_facts.search.tokens import Folding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import IO

    from cs_facts.index.pieces import Piece

    Names = tuple[Mapping[str, str], Mapping[str, str]]
    Variants = tuple[str, str]

_SMALL = 4 << 20
"""Bytes that are read sooner than other processes are started."""

_AHEAD = 4
"""Pieces that another process has in hand, waiting or done."""

_MOST = 2 * _AHEAD
"""Pieces that wait for their turn at most, for each of the other processes."""

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
    workers: list[_Worker] = []
    try:
        if size > _SMALL:
            workers += _started(variants, size)  # those before an interrupt are kept
        shared = _Shared(_Reader(variants), workers)
        for task in tasks:
            while shared.is_due():
                yield shared.take()
            shared.give(task)
        while shared.waiting:
            yield shared.take()
    finally:
        for worker in workers:
            worker.end()


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


class _Shared:
    """Pieces shared out among processes.

    Args:
        reader: reads them in our own process while nothing of the others is ready.
        workers: the others.

    Attributes:
        waiting: what comes back next, in the order handed out: a piece, and who reads it or what our own has read.

    """

    def __init__(self, reader: _Reader, workers: list[_Worker]) -> None:
        self.waiting: deque[tuple[Task, _Worker | Batch]] = deque()
        self._reader = reader
        self._free = deque(workers * _AHEAD)
        self._most = len(workers) * _MOST

    def is_due(self) -> bool:
        """Tell whether the next piece is to be taken before another one is given: no other process may have more."""
        if self._free or not self.waiting:
            return False
        _, found = self.waiting[0]
        return isinstance(found, Batch) or found.is_ready() or len(self.waiting) >= self._most

    def give(self, task: Task) -> None:
        """Hand a piece to a process that may have one more, else read it."""
        while self._free:
            worker = self._free.popleft()
            with contextlib.suppress(OSError):  # that one has gone
                worker.send(task)
                self.waiting.append((task, worker))
                return
        self.waiting.append((task, self._reader.read(task.piece, task.names)))

    def take(self) -> tuple[Task, Batch]:
        """Return what was handed out first, and its facts; what another process leaves behind is read here."""
        task, found = self.waiting.popleft()
        if isinstance(found, Batch):
            return task, found
        try:
            batch = found.receive()
        except EOFError:
            return task, self._reader.read(task.piece, task.names)
        if batch is None:
            raise Doubt
        self._free.append(found)
        return task, batch


def _started(variants: Variants, size: int) -> Iterator[_Worker]:
    """Start a process for each processor but ours, as far as there is work for them and the system lets us."""
    ours = hasattr(select, "poll")  # where nothing tells what is ready, our own process does not read
    count = min(_processors() - ours, size // PIECE // _AHEAD)
    if sys.executable and not getattr(sys, "frozen", False):  # a frozen program is no interpreter
        with contextlib.suppress(OSError):
            for _ in range(count):
                yield _Worker(variants)


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
        try:
            _write(self._process.stdin, pickle.dumps(variants))
        except BaseException:
            self.end()
            raise

    def send(self, task: Task) -> None:
        """Hand over a piece."""
        names = None if task.names is self._names else task.names
        _write(self._process.stdin, pickle.dumps((task.piece, names)))
        self._names = task.names

    def is_ready(self) -> bool:
        """Tell whether something comes back, as far as the system tells it of a pipe."""
        if not hasattr(select, "poll"):
            return True
        poll = select.poll()
        poll.register(self._process.stdout, select.POLLIN)
        return bool(poll.poll(0))

    def receive(self) -> Batch | None:
        """Return the facts of the piece handed over before all others; None where there is a fault.

        Raises:
            EOFError: the process has gone.

        """
        data = _read(self._process.stdout)
        if not data:
            raise EOFError
        return pickle.loads(data)  # type: ignore[no-any-return]  # that is what it writes

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()


def work() -> None:
    """Read pieces until nobody hands over any more, or something goes wrong; who started us finds that we have gone."""
    gc.disable()  # what is read holds no cycles
    names: Names = ({}, {})
    done: SimpleQueue[bytes] = SimpleQueue()
    back = threading.Thread(target=_hand_back, args=(done,))
    try:
        back.start()
        reader = _Reader(pickle.loads(_read(sys.stdin.buffer)))
        while message := _read(sys.stdin.buffer):
            piece, new = pickle.loads(message)
            names = new or names
            done.put(_answer(reader, piece, names))
    except (Exception, KeyboardInterrupt):  # who started us has gone, the system gives no memory, or we are to end
        pass
    finally:
        done.put(b"")
        if back.is_alive():
            back.join()


def _answer(reader: _Reader, piece: Piece, names: Names) -> bytes:
    try:
        return pickle.dumps(reader.read(piece, names), pickle.HIGHEST_PROTOCOL)
    except (Doubt, OSError):  # the reader of stores shall find it, where it can be told
        return pickle.dumps(None)


def _hand_back(done: SimpleQueue[bytes]) -> None:
    """Write what is done while the next piece is read: a pipe takes little at once."""
    try:
        while data := done.get():
            _write(sys.stdout.buffer, data)
    except Exception:  # who started us has gone, or waits for what cannot be written
        os._exit(1)


def _write(stream: IO[bytes] | None, data: bytes) -> None:
    assert stream
    write_all(stream, len(data).to_bytes(_LENGTH))
    write_all(stream, data)
    stream.flush()


def _read(stream: IO[bytes] | None) -> bytes:
    """Return what the other side wrote at once; nothing where it has gone."""
    assert stream
    length = int.from_bytes(stream.read(_LENGTH))
    data = stream.read(length)
    return data if len(data) == length else b""
