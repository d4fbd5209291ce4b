"""What is measured: runs of ``facts``, of its peers on the same data, and of what they are held against."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import tools
from measure import Goal, Job
from synthetic import ABSENT, COMMON, RARE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

BARE, HELLO, TABLED = "python -c pass", "Typer hello world", "Typer + Rich table"
"""The names of what every table begins with."""

LIMIT = 20
"""Rows that are asked for."""

_HEADED = ("sqlite-utils", "csvgrep", "mlr")
"""Peers that write a heading."""

_DUCK = """
import sys, duckdb
path, column, word = sys.argv[1:]
query = f"SELECT * FROM read_csv($path) WHERE {column} LIKE '%' || $word || '%' LIMIT 20"
duckdb.execute(query, {"path": path, "word": word})
while row := duckdb.fetchone():
    print(*row, sep=",")
"""


@dataclass(frozen=True)
class Data:
    """One store, and the same for those peers that read no YAML."""

    count: int
    store: Path
    csv: Path
    ndjson: Path
    database: Path


@dataclass(frozen=True)
class Look:
    """One word to look for; ``column`` holds the text that it may stand in."""

    name: str
    word: str
    column: str
    codes: tuple[int, ...] = (0,)

    @property
    def title(self) -> str:
        """The word and how frequent it is."""
        return f"{self.word} ({self.name})"


LOOKS = (
    Look("common", COMMON.zh, "text_zh"),
    Look("rare", RARE.zh, "text_zh"),
    Look("none", ABSENT.zh, "text_zh", (0, 1)),
    Look("common", COMMON.en, "text_en"),
    Look("rare", RARE.en, "text_en"),
    Look("none", ABSENT.en, "text_en", (0, 1)),
)


@dataclass(frozen=True)
class Maker:
    """Makes jobs of one environment."""

    env: Mapping[str, str]
    applications: Mapping[str, str]
    scratch: Path

    def starting(self) -> Iterator[Job]:
        """Yield what is measured without a store, or on the bundled one."""
        yield self._job(BARE, sys.executable, "-c", "pass")
        yield self._job(HELLO, self.applications["hello"], "World")
        yield self._job(TABLED, self.applications["tabled"])
        yield self._job(f"{TABLED}, --help", self.applications["tabled"], "--help")
        yield self._completion(f"{HELLO}, completion", self.applications["hello"], "HELLO", "hello ")
        yield self._facts("--version", goal=Goal(1.1, HELLO))
        yield self._facts("--help", goal=Goal(1.0, f"{TABLED}, --help"))
        yield self._facts("list", goal=Goal(1.25, TABLED))
        yield self._facts("list", "-n", str(LIMIT), "-f", "csv", goal=Goal(1.2, HELLO))
        for word, codes in (("长沙", (0,)), ("红色之家", (0,)), (ABSENT.zh, (0, 1)), ("members", (0,))):
            yield self._facts("search", word, "-f", "csv", "-n", str(LIMIT), goal=Goal(1.2, HELLO), codes=codes)
        yield self._facts("compare", "-f", "csv", "-n", str(LIMIT), goal=Goal(1.2, HELLO))
        yield self._exported(Goal(1.2, HELLO))
        completion = self._completion("facts, completion", tools.find("facts"), "FACTS", "facts list ")
        yield replace(completion, goal=Goal(1.25, HELLO))

    def querying(self, data: Data) -> Iterator[Job]:
        """Yield what is measured on a store of some size."""
        yield self._job(BARE, sys.executable, "-c", "pass")
        yield self._job(HELLO, self.applications["hello"], "World")
        store = ("-s", str(data.store))
        goal = Goal(1.2 if data.count <= 100_000 else 2.0, HELLO)
        for look in LOOKS:
            words = ("search", look.word, "-f", "csv", "-n", str(LIMIT))
            job = self._facts(*words, store=store, goal=goal, codes=look.codes)
            yield replace(job, name=f"{job.name} ({look.name})", tool="facts", looks_for=look.title)
        yield self._facts("list", "-n", str(LIMIT), "-f", "csv", store=store, goal=goal)
        yield self._facts("compare", "-f", "csv", "-n", str(LIMIT), store=store, goal=Goal(1.1, HELLO))
        yield self._exported(None, store)
        yield replace(self._facts("export", store=store), headed=True)
        line = f"facts list -s {data.store} --tag "
        yield self._completion("facts, completion of a tag", tools.find("facts"), "FACTS", line)
        for look in LOOKS:
            yield from self._peers(data, look)

    def first(self, data_path: Path) -> Job:
        """Return a run whose first time compiles the index."""
        return self._facts("list", "-n", "1", "-f", "csv", store=("-s", str(data_path)))

    def plain(self, store: Path) -> Job:
        """Return a run that compiles a store in the plainest way, see `plain`."""
        out = self.scratch / "plain.db"
        return replace(self._job("plain", sys.executable, str(tools.HERE / "plain.py"), str(store), str(out)), out=out)

    def _peers(self, data: Data, look: Look) -> Iterator[Job]:
        missing = tools.missing()
        for name, words in _arguments(data, look).items():
            if name not in missing:
                program = sys.executable if name == "duckdb" else tools.find(name)
                job = self._job(f"{name} {look.title}", program, *words)
                codes = (0, 1) if name == "rg" else (0,)
                yield replace(job, codes=codes, headed=name in _HEADED, tool=name, looks_for=look.title)

    def _job(self, name: str, *argv: str) -> Job:
        return Job(name, argv, self.env)

    def _facts(
        self,
        *words: str,
        store: tuple[str, ...] = (),
        goal: Goal | None = None,
        codes: tuple[int, ...] = (0,),
    ) -> Job:
        name = " ".join(("facts", *words))
        return Job(name, (tools.find("facts"), *words, *store), self.env, codes, goal, headed="csv" in words)

    def _exported(self, goal: Goal | None, store: tuple[str, ...] = ()) -> Job:
        out = self.scratch / "out.csv"
        argv = (tools.find("facts"), "export", str(out), *store)
        return Job("facts export out.csv", argv, self.env, goal=goal, out=out, headed=True)

    def _completion(self, name: str, program: str, variable: str, line: str) -> Job:
        asking = {f"_{variable}_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": line}
        return Job(name, (program,), {**self.env, **asking})


def _arguments(data: Data, look: Look) -> dict[str, tuple[str, ...]]:
    """Return what the peers are told: to stop after the first rows, where they can."""
    limit, csv = str(LIMIT), str(data.csv)
    found = f'select(.{look.column} | contains("{look.word}"))'
    return {
        "rg": ("-m", limit, look.word, str(data.store)),
        "sqlite-utils": ("search", str(data.database), "facts", look.word, "--csv", "--limit", limit),
        "duckdb": ("-c", _DUCK, csv, look.column, look.word),
        "csvgrep": ("-c", look.column, "-m", look.word, csv),
        "mlr": ("--icsv", "--ocsv", "filter", f'${look.column} =~ "{look.word}"', "then", "head", "-n", limit, csv),
        "jq": (
            "-n",
            "-c",
            f"limit({limit}; inputs | {found})",
            str(data.ndjson),
        ),
    }
