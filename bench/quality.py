"""How good a search is: look-ups with the facts they should find, asked of `facts` and of its peers.

``python bench/quality.py`` prints a Markdown table. The look-ups were written from the store and the contract alone,
before the search was tuned; those in ``held-out.yaml`` were kept aside until the end. Other readers wrote the others
later, one set after the other. What each missed when it was first asked has been looked at since, so that none tells
any more how unseen ones fare.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from cs_facts.errors import NotFound
from cs_facts.index import Index
from cs_facts.index.building import build
from cs_facts.index.query import Filters, select
from cs_facts.search.search import search
from cs_facts.store.files import bundled

LOOKUPS = Path(__file__).parent / "lookups"
FIRST = 10
"""Hits that a person looks at."""

Searcher = Callable[[str], tuple[list[str], bool]]
"""Takes a query; returns the ids of the facts found, best first, and whether they are said to be only close."""


@dataclass
class Score:
    """What came of some look-ups, as sums."""

    lookups: int = 0
    whole: int = 0
    first: int = 0
    recall: float = 0.0
    false_numbers: int = 0
    kinds: dict[str, tuple[int, int]] = field(default_factory=dict)

    def add(self, lookup: dict[str, Any], found: list[str], *, close: bool) -> None:
        """Judge one look-up.

        It is answered whole when its facts, or ten of them, are the first ten; where nothing should be found, when
        nothing is, or when what is found is said to be only close.
        """
        wanted, first = set(lookup["finds"]), lookup.get("first")
        right = len(wanted & set(found[:FIRST]))
        most = min(FIRST, len(wanted))
        is_whole = right == most if wanted else not found or (close and lookup["kind"] != "none")
        self.lookups += 1
        self.whole += is_whole
        self.first += bool(found and found[0] in first) if first else is_whole
        self.recall += right / most if most else float(is_whole)
        self.false_numbers += bool(not close and set(lookup.get("never") or ()) & set(found))
        asked, answered = self.kinds.get(lookup["kind"], (0, 0))
        self.kinds[lookup["kind"]] = asked + 1, answered + is_whole

    def row(self, name: str) -> str:
        """Write the sums as a row of the table."""
        parts = (self.whole, self.first, self.recall)
        shares = " | ".join(f"{part / self.lookups:.1%}" for part in parts)
        return f"| {name} | {shares} | {self.false_numbers} |"


def facts_searcher() -> Searcher:
    """Return the search of `facts`."""
    everything = select(Index(build([bundled()], ":memory:")), Filters())

    def ask(query: str) -> tuple[list[str], bool]:
        try:
            hits = search(everything, query)
        except NotFound:
            return [], False
        return [fact.id for fact in hits.facts], bool(hits.remark)

    return ask


def texts() -> list[tuple[str, str]]:
    """Return for each fact its id and all that is searched of it, as one line."""
    found = []
    for fact in select(Index(build([bundled()], ":memory:")), Filters()):
        printed = [fact.figure.printed] if fact.figure else []
        parts = [fact.id, *fact.title.values(), *fact.text.values(), *printed, *fact.tags, *fact.note.values()]
        found.append((fact.id, " · ".join(parts).replace("\n", " ")))
    return found


def fts_searcher(tokenizer: str) -> Searcher:
    """Return FTS5 with a tokenizer, every word of a query quoted, ranked by bm25."""
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE VIRTUAL TABLE facts USING fts5 (id UNINDEXED, text, tokenize='{tokenizer}')")
    database.executemany("INSERT INTO facts VALUES (?, ?)", texts())

    def ask(query: str) -> tuple[list[str], bool]:
        words = " ".join('"' + word.replace('"', '""') + '"' for word in query.strip('"“”').split())
        try:
            rows = database.execute("SELECT id FROM facts WHERE facts MATCH ? ORDER BY rank", (words,))
            return [id_ for (id_,) in rows], False
        except sqlite3.OperationalError:
            return [], False

    return ask


def rg_searcher(folder: Path) -> Searcher:
    """Return ripgrep over a line a fact, the query a fixed string in any case."""
    lines = texts()
    path = folder / "facts.txt"
    path.write_text("".join(f"{text}\n" for _, text in lines), encoding="utf-8")

    def ask(query: str) -> tuple[list[str], bool]:
        words = ["rg", "--line-number", "--ignore-case", "--fixed-strings", "--", query.strip('"“”'), str(path)]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        return [lines[int(line.partition(":")[0]) - 1][0] for line in done.stdout.splitlines()], False

    return ask


def main() -> None:
    """Ask every searcher every look-up and print the sums."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kinds", action="store_true", help="print what of each kind facts answers whole")
    kinds = parser.parse_args().kinds
    with tempfile.TemporaryDirectory() as folder:
        searchers = {"facts": facts_searcher()}
        if shutil.which("rg"):
            searchers["rg over the store"] = rg_searcher(Path(folder))
        searchers["FTS5, unicode61"] = fts_searcher("unicode61")
        searchers["FTS5, trigram"] = fts_searcher("trigram")
        for name in ("tuning", "held-out", "fresh", "third", "fourth", "fifth", "sixth"):
            lookups = yaml.safe_load((LOOKUPS / f"{name}.yaml").read_text(encoding="utf-8"))
            print(f"\n| {len(lookups)} look-ups, {name} | whole | first hit right | recall at 10 | false numbers |")
            print("| --- | --: | --: | --: | --: |")
            for searcher, ask in searchers.items():
                score = Score()
                for lookup in lookups:
                    found, close = ask(str(lookup["query"]))
                    score.add(lookup, found, close=close)
                print(score.row(searcher))
                if kinds and searcher == "facts":
                    print(", ".join(f"{kind} {part}/{whole}" for kind, (whole, part) in score.kinds.items()))


if __name__ == "__main__":
    main()
