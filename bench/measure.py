"""Run processes in alternation and take their time and their memory.

Time is that of the whole process, from before it is started until it is waited for. Memory is the greatest resident
size that the kernel saw of it (``ru_maxrss`` of `os.wait4`), which cannot be less than that of the small process that
starts it, see `launcher`.
"""

from __future__ import annotations

import marshal
import os
import random
import statistics
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_KILO = 1 if sys.platform == "darwin" else 1024
"""The unit of ``ru_maxrss`` in bytes: kilobytes on Linux, bytes on macOS."""

_SAMPLING = 0.02
"""Seconds between two looks at the memory of a family of processes."""

_LONG = 5.0
"""Seconds of a first run beyond which it is a measurement: what takes so long has no need to be warmed up."""


class Failed(Exception):
    """A process that ended as it should not; says how."""


@dataclass(frozen=True)
class Goal:
    """What a median may be at most: so many times another's."""

    factor: float
    beside: str


@dataclass(frozen=True)
class Job:
    """A process to be measured.

    Attributes:
        name: what the table calls it.
        argv: the program, with its whole path, and its arguments.
        env: its environment.
        codes: exit codes that are right.
        goal: what it is to reach.
        out: the file that it writes, removed before each run.
        headed: whether the first line of its output is a heading.
        tool: the program's name, in a table that has a row a program.
        looks_for: the word that it looks for, in a table that has a column a word.

    """

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    codes: tuple[int, ...] = (0,)
    goal: Goal | None = None
    out: Path | None = None
    headed: bool = False
    tool: str = ""
    looks_for: str = ""


@dataclass(frozen=True)
class Sample:
    """One run: seconds, and the peak of memory in bytes."""

    seconds: float
    memory: int


@dataclass
class Result:
    """All runs of a job; ``failure`` says why they are not to be used."""

    job: Job
    samples: list[Sample] = field(default_factory=list)
    rows: int = 0
    failure: str = ""

    @property
    def measured(self) -> bool:
        """Whether there is something to be told."""
        return bool(self.samples) and not self.failure

    @property
    def median(self) -> float:
        """Seconds in the middle."""
        return statistics.median(sample.seconds for sample in self.samples)

    @property
    def least(self) -> float:
        """Seconds of the quickest run."""
        return min(sample.seconds for sample in self.samples)

    @property
    def memory(self) -> int:
        """The greatest peak of memory, in bytes."""
        return max(sample.memory for sample in self.samples)

    @property
    def spent(self) -> float:
        """Seconds of all runs."""
        return sum(sample.seconds for sample in self.samples)


class Runner:
    """Runs jobs by a launcher; ``scratch`` is a folder for their output."""

    def __init__(self, scratch: Path) -> None:
        command = [sys.executable, "-I", "-S", str(Path(__file__).with_name("launcher.py"))]
        self._launcher = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._launcher.stdin is not None  # both are pipes
        assert self._launcher.stdout is not None
        self._asked, self._told = self._launcher.stdin, self._launcher.stdout
        self._output, self._errors = scratch / "output", scratch / "errors"

    def close(self) -> None:
        """End the launcher."""
        self._launcher.communicate()

    def run(self, job: Job, stdout: Path | str = os.devnull) -> Sample:
        """Run a job once.

        Raises:
            Failed: it ended with another exit code than it should.

        """
        if job.out:
            job.out.unlink(missing_ok=True)
        marshal.dump((list(job.argv), dict(job.env), os.fspath(stdout), os.fspath(self._errors)), self._asked)
        self._asked.flush()
        seconds, memory, status = marshal.load(self._told)
        code = os.waitstatus_to_exitcode(status)
        if code not in job.codes:
            said = self._errors.read_text(encoding="utf-8", errors="replace").strip().rpartition("\n")[2]
            raise Failed(f"exit code {code}: {said}")
        return Sample(seconds, memory * _KILO)

    def family_memory(self, job: Job) -> int:
        """Run a job once and return the greatest sum of bytes over it and the processes that it started.

        The sum is sampled: what processes share counts once, peaks between two looks are missed. Without /proc it is
        the greatest single process. The looks take time, so that none is told.
        """
        watch = _Watch(self._launcher.pid)
        watch.start()
        try:
            sample = self.run(job)
        finally:
            watch.stop()
        return max(sample.memory, watch.peak)

    def warm(self, jobs: Iterable[Job]) -> list[Result]:
        """Run each job once, which compiles what is compiled once, and count the rows that it writes."""
        return [self._warmed(job) for job in jobs]

    def _warmed(self, job: Job) -> Result:
        result = Result(job)
        try:
            sample = self.run(job, self._output)
        except Failed as failed:
            result.failure = str(failed)
            return result
        if sample.seconds > _LONG:
            result.samples.append(sample)
        with (job.out or self._output).open("rb") as output:
            result.rows = max(sum(1 for _ in output) - job.headed, 0)
        return result

    def alternate(self, results: Sequence[Result], rounds: int, budget: float) -> None:
        """Run warm jobs round by round, each round in another order, so that noise hits all alike.

        Args:
            results: take the samples.
            rounds: how often each job is run.
            budget: seconds after which a job is not run again; each is run once.

        """
        chance = random.Random(1)
        for _ in range(rounds):
            pending = [each for each in results if not each.failure and (not each.samples or each.spent < budget)]
            chance.shuffle(pending)
            for result in pending:
                try:
                    result.samples.append(self.run(result.job))
                except Failed as failed:
                    result.failure = str(failed)


class _Watch(threading.Thread):
    """Looks at the memory of all processes below one until stopped."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self._over = pid, threading.Event()
        self.peak = 0

    def run(self) -> None:
        """Look again and again."""
        while not self._over.wait(_SAMPLING):
            self.peak = max(self.peak, sum(map(_proportional, _below(self._pid))))

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        self.join()


def _below(pid: int) -> list[int]:
    """Return the processes that a process started, and those that they started; none without /proc."""
    found = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(child) for child in file.read_text(encoding="ascii").split()]
        except OSError:  # it has ended meanwhile
            continue
        found += [each for child in children for each in (child, *_below(child))]
    return found


def _proportional(pid: int) -> int:
    """Return the bytes that a process has in memory, its part of what it shares with others; 0 when it has ended."""
    try:
        sizes = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return 1024 * sum(int(line.split()[1]) for line in sizes.splitlines() if line.startswith("Pss:"))
