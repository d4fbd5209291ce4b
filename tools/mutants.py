"""Change one thing in a module, run the tests that cover it, tell which changes none of them sees.

python tools/mutants.py                     a sample of every module of [tool.mutants], in pyproject.toml
python tools/mutants.py audit days          of these modules
python tools/mutants.py --sample 0 periods  all mutants of one
python tools/mutants.py --list query        what would be made

The mutants are those of cosmic-ray. They are made in a copy of the repository, so that the work tree stays as it is.
The exit code is 1 when a mutant survives that docs/mutants.md does not name.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutants"]
KNOWN = frozenset(re.findall("^- `(.+)`$", (ROOT / "docs/mutants.md").read_text(encoding="utf-8"), re.MULTILINE))

_STEADY = ("--hypothesis-profile=ci", "-k", SETTINGS["select"])
"""The same examples each time, no deadline, no test of speed: on a busy machine those fail without a reason."""

_CONTROL = 10
"""After so many mutants the unchanged module is run, and must pass."""

_FAMILIES = {"ReplaceBinaryOperator": 1, "ReplaceComparisonOperator": 2}
"""Of operators for which cosmic-ray puts in all the others: how many are taken at one place."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: what an operator of cosmic-ray does at one of its occurrences."""

    operator: str
    occurrence: int
    start: tuple[int, int]

    def made(self, source: str) -> str:
        """Return the changed source."""
        changed = mutate_code(source, get_operator(self.operator)(), self.occurrence)
        if changed is None:
            raise LookupError(f"{self} is not there")
        return changed


def mutants(source: str) -> Iterator[Mutant]:
    """Yield the mutants of a source; those that could say nothing are left out."""
    lines, unseen = source.splitlines(), set(_annotations(source))
    for name in operator_names():
        if name in ("core/VariableReplacer", "core/VariableInserter"):
            continue  # they must be told a variable
        operator = get_operator(name)()
        if name.endswith(("_Is", "_IsNot")) and "Operator_Is" not in name:
            continue  # `x is 1`: whether two equal numbers are one is the interpreter's affair, and lint refuses it
        places = (place for node in ast_nodes(get_ast(source)) for place in operator.mutation_positions(node))
        for occurrence, (start, _) in enumerate(places):
            if start[0] not in unseen and "TYPE_CHECKING" not in lines[start[0] - 1]:
                yield Mutant(name, occurrence, start)


def _annotations(source: str) -> Iterator[int]:
    """Yield the lines of annotations with a bar, `int | None`, which nobody evaluates."""
    for node in ast.walk(ast.parse(source)):
        hints = (getattr(node, "annotation", None), getattr(node, "returns", None))
        for hint in filter(None, hints):
            if any(isinstance(part, ast.BinOp) for part in ast.walk(hint)):
                yield from range(hint.lineno, hint.end_lineno + 1)


def sampled(found: list[Mutant], most: int) -> list[Mutant]:
    """Return a few of each family at each place, and of those evenly `most`, by a fixed seed; 0 is all."""
    chance = random.Random(SETTINGS["seed"])
    places: dict[tuple[object, ...], list[Mutant]] = defaultdict(list)
    for mutant in found:
        family = mutant.operator.removeprefix("core/").partition("_")[0]
        places[family, mutant.start].append(mutant)
    few: list[Mutant] = []
    for (family, _), each in places.items():
        few += chance.sample(each, min(_FAMILIES.get(str(family), len(each)), len(each)))
    return sorted(chance.sample(few, most) if 0 < most < len(few) else few, key=lambda mutant: mutant.start)


class Bench:
    """A copy of the repository in which the tests run."""

    def __init__(self, folder: Path) -> None:
        """Copy what the tests need, tracked or not."""
        self.folder = folder / "main"
        skipped = shutil.ignore_patterns(".git", ".venv", ".nox", "__pycache__", ".*_cache", ".hypothesis")
        shutil.copytree(ROOT, self.folder, ignore=skipped)

    def run(self, module: str, limit: float | None, **variables: str) -> str:
        """Run the tests of a module and return `survived`, `killed` or `timed out`."""
        words = ("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--tb=no", *_STEADY)
        environment = {**os.environ, "PYTHONPATH": "src", **variables}  # before the editable install
        try:
            done = subprocess.run(
                (sys.executable, *words, *SETTINGS["modules"][module], f"src/cs_facts/{module}.py"),
                cwd=self.folder,
                env=environment,
                timeout=limit,
                check=False,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except subprocess.TimeoutExpired:
            return "timed out"
        if done.returncode not in (0, 1, 2, 4):  # all passed, a test failed, a module or conftest.py does not load
            raise SystemExit(f"{module}: pytest ended with {done.returncode}")
        return "killed" if done.returncode else "survived"

    def control(self, module: str, limit: float | None = None, **variables: str) -> None:
        """Run the tests on the unchanged module."""
        outcome = self.run(module, limit, **variables)
        if outcome != "survived":
            raise SystemExit(f"{module}: {outcome} though unchanged; the counts would say nothing")

    def examine(self, module: str, most: int, *, only_list: bool) -> Counter[str]:
        """Try the mutants of a module and tell of the survivors."""
        path = self.folder / f"src/cs_facts/{module}.py"
        source = path.read_text(encoding="utf-8")
        found = list(mutants(source))
        chosen = sampled(found, most)
        tally = Counter(there=len(found), made=len(chosen))
        if only_list:
            sys.stdout.writelines(_told(source, mutant) for mutant in chosen)
            return tally
        self.control(module)  # this run leaves compiled files behind, for the next ones
        for compiled in path.parent.glob(f"__pycache__/{module}.*"):
            compiled.unlink()
        for number, mutant in enumerate(chosen, 1):
            path.write_text(mutant.made(source), encoding="utf-8")
            outcome = self.run(module, SETTINGS["seconds"], PYTHONDONTWRITEBYTECODE="1")
            told = _told(source, mutant)
            if outcome == "survived":
                outcome = "equivalent" if told.rpartition(" → ")[2].strip() in KNOWN else "survived"
            if outcome == "survived":
                print(f"{module}.py:{told}", end="", flush=True)
            tally[outcome] += 1
            if number % _CONTROL == 0 or mutant is chosen[-1]:
                path.write_text(source, encoding="utf-8")
                self.control(module, SETTINGS["seconds"], PYTHONDONTWRITEBYTECODE="1")
        return tally


def _told(source: str, mutant: Mutant) -> str:
    """Write a mutant as the lines it takes away and those it puts in."""
    before, after = source.splitlines(), mutant.made(source).splitlines()
    changed = list(difflib.unified_diff(before, after, n=0, lineterm=""))[3:]
    old, new = (" ".join(line[1:].strip() for line in changed if line.startswith(sign)).strip() for sign in "-+")
    return f"{mutant.start[0]}: {old} → {new or f'without {old}'}\n"


def main() -> int:
    """Examine the modules asked for and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", choices=[*SETTINGS["modules"], []], default=[])
    parser.add_argument("--sample", type=int, default=SETTINGS["sample"], metavar="N", help="0 is all")
    parser.add_argument("--list", action="store_true", help="do not run them")
    asked = parser.parse_args()
    rows = ["module", "there", "made", "killed", "timed out", "equivalent", "survived"]
    table, survived = [f"| {' | '.join(rows)} |", f"| --- {'| ---: ' * (len(rows) - 1)}|"], 0
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        for module in asked.modules or SETTINGS["modules"]:
            tally = bench.examine(module, asked.sample, only_list=asked.list)
            table.append(f"| {module} | {' | '.join(str(tally[row]) for row in rows[1:])} |")
            print(table[-1], flush=True)
            survived += tally["survived"]
    print("", *table, sep="\n")
    return min(survived, 1)


if __name__ == "__main__":
    raise SystemExit(main())
