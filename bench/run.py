"""Measure ``facts`` beside its peers and print Markdown tables.

    python bench/run.py
    python bench/run.py --sizes 100,10000 --rounds 5
    python bench/run.py --quick

By the interpreter of the environment in which ``facts`` is installed. README.md in this folder says what is measured.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import report
import tools
from jobs import Data, Maker
from measure import Failed, Job, Runner, Sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from measure import Result

_T = TypeVar("_T")

SIZES = (100, 10_000, 100_000, 1_000_000)
BYTES_A_FACT = 4_000
"""What the store, its index and the copies for the peers take on the disk, at most."""

COPIES = 3
"""How often a small store is compiled."""

FILES = 100
"""Of a store that is a folder."""

ADDED = """
  - id: added-by-the-benchmark
    category: culture
    title: {zh: 后来增补的一条, en: Added later}
    text: {zh: 这一条是后来增补的。, en: This one was added later.}
    source: gazette-2024
    tags: [增补, addition]
"""


@dataclass(frozen=True)
class Compiled:
    """What compiling a store cost.

    Attributes:
        warm: seconds of a run that finds the index there.
        plain: seconds in which a file is compiled in the plainest way.
        edited: seconds of the run after one fact was added to one of the files of a folder.

    """

    name: str
    count: int
    store: int  # bytes
    index: int  # bytes
    first: Sample
    warm: float
    plain: float | None = None
    edited: float | None = None

    @property
    def seconds(self) -> float:
        """What the first run takes beyond a warm one."""
        return max(self.first.seconds - self.warm, 1e-9)


class Bench:
    """One run of the benchmark in a folder of its own."""

    def __init__(self, folder: Path, stores: Path, rounds: int, budget: float) -> None:
        self._folder, self._stores, self._rounds, self._budget = folder, stores, rounds, budget
        self._cache, self._runner = folder / "cache", Runner(folder)
        env = tools.environment(self._cache)
        self._maker = Maker(env, tools.install_applications(folder / "apps", env), folder)

    def close(self) -> None:
        """End what runs the processes."""
        self._runner.close()

    def floor(self) -> int:
        """Return the bytes that the least process takes, since what starts it is as great."""
        return self._runner.run(Job("true", (shutil.which("true") or "/bin/true",), {})).memory

    def starting(self) -> list[Result]:
        """Measure starts and the bundled store."""
        return self._measured(list(self._maker.starting()))

    def compiling(self, count: int) -> Compiled:
        """Measure how a store is compiled, the quickest of a few runs when it is small."""
        store = self._store(count)
        runs = [self._compiled("one file", count, store) for _ in range(COPIES if count <= 100_000 else 1)]
        return min(runs, key=lambda compiled: compiled.seconds)

    def editing(self, count: int) -> Compiled:
        """Measure how a folder of files is compiled, and what one more fact in one of them costs."""
        folder, files = self._folder / "many", min(FILES, count)
        _progress(f"{count:,} facts in {files} files: generating")
        _python("synthetic.py", str(count), "--files", str(files), str(folder))
        compiled = self._compiled(f"{files} files", count, folder, files // 2)
        shutil.rmtree(folder)
        return compiled

    def querying(self, count: int) -> list[Result]:
        """Measure queries, beside the peers."""
        data = self._data(count)
        results = self._measured(list(self._maker.querying(data)))
        for path in (data.csv, data.ndjson, data.database):
            path.unlink(missing_ok=True)
        return results

    def _measured(self, jobs: list[Job]) -> list[Result]:
        _progress(f"warming up {len(jobs)} commands")
        results = self._runner.warm(jobs)
        _progress(f"measuring {len(jobs)} commands, {self._rounds} rounds")
        self._runner.alternate(results, self._rounds, self._budget)
        return results

    def _store(self, count: int) -> Path:
        path = self._stores / f"{count}.yaml"
        if not path.exists():
            _progress(f"{count:,} facts: generating")
            _python("synthetic.py", str(count), str(path))
        return path

    def _compiled(self, name: str, count: int, store: Path, edited: int | None = None) -> Compiled:
        _progress(f"{count:,} facts in {name}: compiling")
        job = self._maker.first(store)
        memory = self._anew(self._runner.family_memory, job)
        first = replace(self._anew(self._runner.run, job), memory=memory)
        index = _size(self._cache)
        again = min(self._runner.run(job).seconds for _ in range(3))
        plain = after = None
        if edited is None:
            plain = self._runner.run(self._maker.plain(store)).seconds
        else:
            with (store / f"{edited:04}.yaml").open("a", encoding="utf-8") as file:
                file.write(ADDED)
            after = self._runner.run(job).seconds
        return Compiled(name, count, _size(store), index, first, again, plain, after)

    def _anew(self, run: Callable[[Job], _T], job: Job) -> _T:
        shutil.rmtree(self._cache, ignore_errors=True)
        return run(job)

    def _data(self, count: int) -> Data:
        """Give the peers the same data in the form that they read."""
        _progress(f"{count:,} facts: preparing the peers' data")
        store = self._store(count)
        data = Data(count, store, *(self._folder / f"{count}.{ending}" for ending in ("csv", "ndjson", "db")))
        facts = tools.find("facts")
        for path in (data.csv, data.ndjson):
            _prepare(self._maker.env, facts, "export", str(path), "-s", str(store))
        if utils := tools.find("sqlite-utils"):
            columns = ("title_zh", "title_en", "text_zh", "text_en", "tags")
            _prepare(self._maker.env, utils, "insert", str(data.database), "facts", str(data.csv), "--csv")
            _prepare(self._maker.env, utils, "enable-fts", str(data.database), "facts", *columns)
        return data


def compiles(rows: Sequence[Compiled]) -> Iterator[str]:
    """Yield the table of how stores are compiled."""
    headings = [
        "facts",
        "store",
        "store MB",
        "compile s",
        "facts/s",
        "× plain",
        "index MB",
        "index ÷ store",
        "peak MB",
        "one edit s",
    ]
    cells = [
        [
            f"{row.count:,}",
            row.name,
            report.megabytes(row.store),
            *(_costs(row) if row.index else ["no index", "", "", "", ""]),
            report.megabytes(row.first.memory),
            f"{row.edited:.2f}" if row.edited else "",
        ]
        for row in rows
    ]
    yield from report.table(headings, cells)


def _costs(row: Compiled) -> list[str]:
    rate = f"{row.count / row.seconds:,.0f}"
    beside = f"{row.seconds / row.plain:.2f}" if row.plain else ""
    return [f"{row.seconds:.2f}", rate, beside, report.megabytes(row.index), f"{row.index / row.store:.2f}"]


def exports(count: int, results: Sequence[Result]) -> Iterator[str]:
    """Yield the rates of the export, into a file that is safe on the disk and to standard output."""
    for result in results:
        if result.job.name.startswith("facts export") and result.samples:
            yield f"\n`{result.job.name}`: {count / result.median:,.0f} rows a second, the whole process counted."


def machine() -> Iterator[str]:
    """Yield what the figures were taken on and with."""
    model = "unknown processor"
    if (cpus := Path("/proc/cpuinfo")).exists():
        names = [line.partition(":")[2].strip() for line in cpus.read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    yield f"- {model}, {os.cpu_count()} cores, {memory:.0f} GiB; {platform.system()} {platform.release()}"
    yield f"- CPython {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    yield f"- load before: {os.getloadavg()[0]:.1f}"
    absent = tools.missing()
    present = ", ".join(f"{name} {tools.version(name)}" for name in tools.PEERS if name not in absent)
    yield f"- peers: {present or 'none'}"
    for name in absent:
        yield f"- missing, so not measured: {name} ({tools.PEERS[name]})"


def measure(bench: Bench, sizes: Sequence[int]) -> Iterator[str]:
    """Yield the whole report, line by line, each table as soon as it is measured."""
    yield from ("# Benchmark\n", *machine())
    yield f"- the least peak of memory that can be seen: {report.megabytes(bench.floor())} MB"
    yield "\n## Start, and the bundled store\n"
    yield from report.times(bench.starting())
    compiled = []
    for count in sizes:
        compiled.append(bench.compiling(count))
        results = bench.querying(count)
        yield f"\n## {count:,} facts\n"
        yield from report.times(results)
        yield from exports(count, results)
        yield ""
        yield from report.peers(results)
    compiled.append(bench.editing(max(sizes)))
    yield "\n## Compiling\n"
    yield from compiles(compiled)


def _python(script: str, *arguments: str) -> None:
    subprocess.run([sys.executable, str(tools.HERE / script), *arguments], check=True)


def _prepare(env: Mapping[str, str], *command: str) -> None:
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


def _size(path: Path) -> int:
    files = [path] if path.is_file() else path.rglob("*")
    return sum(file.stat().st_size for file in files if file.is_file())


def _progress(message: str) -> None:
    print(f"bench: {message}", file=sys.stderr, flush=True)


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure facts beside its peers and print Markdown tables.")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="of the synthetic stores (%(default)s)")
    parser.add_argument("--rounds", type=int, default=15, help="runs of each command at most (%(default)s)")
    parser.add_argument("--budget", type=float, default=20, help="seconds after which a command rests (%(default)s)")
    parser.add_argument("--stores", type=Path, help="a folder that keeps the stores, COUNT.yaml, for the next time")
    parser.add_argument("--quick", action="store_true", help="the two smallest sizes, three rounds")
    asked = parser.parse_args(arguments)
    if asked.quick:
        asked.sizes, asked.rounds = ",".join(map(str, SIZES[:2])), 3
    asked.sizes = sorted({int(size) for size in asked.sizes.split(",")})
    return asked


def main(arguments: Sequence[str]) -> int:
    """Measure what the arguments ask for; 0 when everything could be."""
    asked = _parsed(arguments)
    if not tools.find("facts"):
        print("bench: facts is not installed beside this interpreter", file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory(prefix="facts-bench-") as name:
        folder = Path(name)
        if shutil.disk_usage(folder).free < max(asked.sizes) * BYTES_A_FACT:
            print(f"bench: {folder} has too little room; set TMPDIR", file=sys.stderr)
            return 3
        (asked.stores or folder).mkdir(parents=True, exist_ok=True)
        bench = Bench(folder, asked.stores or folder, asked.rounds, asked.budget)
        try:
            for line in measure(bench, asked.sizes):
                print(line, flush=True)
        except (Failed, subprocess.CalledProcessError) as failed:
            print(f"bench: {failed}", file=sys.stderr)
            return 1
        finally:
            bench.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
