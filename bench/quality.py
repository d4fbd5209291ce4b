"""How good a search is: look-ups with the facts they should find, asked of `facts` and of its peers.

``python bench/quality.py`` prints a Markdown table. Look-ups are written from a store and the README alone, without
sight of the code; the sets in ``lookups`` have been looked at since, so that none tells any more how unseen ones fare.
A peer that is not installed is left out.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from cs_facts.index import Index
from cs_facts.index.builder import build
from cs_facts.search import search

LOOKUPS = Path(__file__).parent / "lookups"
STORE = Path(__file__).parents[1] / "data" / "facts.yaml"
MOVED = Path(__file__).parent / "moved_ids.yaml"
JUDGED = Path(__file__).parent / "second_edition.yaml"

# Hits that a person looks at.
FIRST = 10

# A query → the ids of the facts found, best first, each with whether it is said to match wholly.
Searcher = Callable[[str], list[tuple[str, bool]]]


@dataclass
class Score:
    """What came of some look-ups, as sums.

    Attributes:
        whole: look-ups whose facts, or ten of them, are the first ten; where nothing should be found, those that find
            nothing or only near matches.
        first: those whose first hit is a right one.
        negatives: those that should find nothing, ``marked`` of them honestly marked.
        false_numbers: those that give another number as a full match.

    """

    lookups: int = 0
    whole: int = 0
    first: int = 0
    recall: float = 0.0
    precision: float = 0.0
    negatives: int = 0
    marked: int = 0
    false_numbers: int = 0
    missed: list[str] = field(default_factory=list)
    kinds: dict[str, tuple[int, int]] = field(default_factory=dict)

    def add(self, lookup: dict[str, Any], hits: list[tuple[str, bool]]) -> None:
        """Judge one look-up: its ``query``, the ids it ``finds``, which may come ``first`` and which ``never``."""
        wanted, found = set(lookup["finds"]), [id_ for id_, _ in hits]
        full = {id_ for id_, is_full in hits if is_full}
        right, most = len(wanted & set(found[:FIRST])), min(FIRST, len(wanted))
        is_whole = right == most if wanted else not full
        self.lookups += 1
        self.whole += is_whole
        self.first += bool(found and found[0] in (lookup.get("first") or wanted)) if wanted else is_whole
        self.recall += right / most if most else float(is_whole)
        self.precision += len(wanted & set(found[:5])) / max(1, len(found[:5])) if wanted else float(is_whole)
        self.negatives += not wanted
        self.marked += not wanted and is_whole
        is_number = lookup["kind"] in ("number", "date")
        self.false_numbers += is_number and not full.isdisjoint(lookup.get("never") or ())
        asked, answered = self.kinds.get(lookup["kind"], (0, 0))
        self.kinds[lookup["kind"]] = asked + 1, answered + is_whole
        if not is_whole:
            self.missed.append(str(lookup["query"]))

    def row(self, name: str) -> str:
        """Write the sums as a row of the table."""
        parts = (self.whole, self.first, self.recall, self.precision)
        shares = " | ".join(f"{part / max(1, self.lookups):.1%}" for part in parts)
        return f"| {name} | {shares} | {self.marked}/{self.negatives} | {self.false_numbers} |"


HEADING = "| whole | first hit | recall@10 | precision@5 | negatives marked | false numbers |\n|" + " --- |" * 7


def lookup_sets(folder: Path = LOOKUPS, *, as_written: bool = False) -> dict[str, list[dict[str, Any]]]:
    """Return the name of each set of look-ups → its look-ups, in ids of the store as it is now.

    The second edition merged or dropped some facts (``moved_ids.yaml``: old id → new ids); a look-up of which no fact
    is left asks for what stands in the sources now, and is left out. What others should find since then was judged
    anew by a reader (``second_edition.yaml``), which is left aside where they are taken ``as_written``.
    """
    moved: dict[str, list[str]] = yaml.safe_load(MOVED.read_text(encoding="utf-8"))
    judged = {(each["set"], each["query"]): each for each in yaml.safe_load(JUDGED.read_text(encoding="utf-8"))}
    sets: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(folder.glob("*.yaml")):
        lookups = yaml.safe_load(path.read_text(encoding="utf-8"))
        for lookup in lookups:
            was_negative = not lookup["finds"]
            for key in ("finds", "first", "never"):
                if key in lookup:
                    lookup[key] = list(dict.fromkeys(new for id_ in lookup[key] for new in moved.get(id_, [id_])))
            if not as_written and (anew := judged.get((path.stem, str(lookup["query"])))):
                lookup.update(finds=anew["finds"], first=anew.get("first", []))
                was_negative = not anew["finds"]
            if lookup["finds"] or was_negative:
                sets.setdefault(path.stem, []).append(lookup)
    return sets


def judge(lookups: Iterable[dict[str, Any]], search: Searcher) -> Score:
    """Ask every look-up and judge the answers."""
    score = Score()
    for lookup in lookups:
        score.add(lookup, search(str(lookup["query"])))
    return score


def facts_searcher(store: Path = STORE) -> Searcher:
    """Return the search of `facts`."""
    index = Index(build([store], ":memory:"))

    def ask(query: str) -> list[tuple[str, bool]]:
        hits = search(index, query)
        return [(fact.id, True) for fact in hits.full] + [(fact.id, False) for fact in hits.near]

    return ask


def texts(store: Path = STORE) -> list[tuple[str, str]]:
    """Return for each fact its id and all that is searched of it, as one line."""
    found = []
    for fact in yaml.safe_load(store.read_text(encoding="utf-8"))["facts"]:
        values = [fact["id"], *(fact.get(key) for key in ("title", "text", "figure", "tags", "note"))]
        parts = [part for value in values for part in _parts(value)]
        found.append((fact["id"], " · ".join(parts).replace("\n", " ")))
    return found


def _parts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [str(part) for part in value.values()]
    return [str(part) for part in value] if isinstance(value, list) else [str(value)] if value else []


def rg_searcher(folder: Path, store: Path = STORE) -> Searcher:
    """Return ripgrep over a line a fact, the query a fixed string in any case."""
    lines = texts(store)
    path = folder / "facts.txt"
    path.write_text("".join(f"{text}\n" for _, text in lines), encoding="utf-8")

    def ask(query: str) -> list[tuple[str, bool]]:
        words = ["rg", "--line-number", "--ignore-case", "--fixed-strings", "--", query.strip('"“”'), str(path)]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        return [(lines[int(line.partition(":")[0]) - 1][0], True) for line in done.stdout.splitlines()]

    return ask


def trigram_searcher(store: Path = STORE) -> Searcher:
    """Return FTS5 with its trigrams, every word of a query quoted, ranked by bm25."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE facts USING fts5 (id UNINDEXED, text, tokenize='trigram')")
    database.executemany("INSERT INTO facts VALUES (?, ?)", texts(store))

    def ask(query: str) -> list[tuple[str, bool]]:
        words = " ".join('"' + word.replace('"', '""') + '"' for word in query.strip('"“”').split())
        try:
            rows = database.execute("SELECT id FROM facts WHERE facts MATCH ? ORDER BY rank", (words,))
            return [(id_, True) for (id_,) in rows]
        except sqlite3.OperationalError:
            return []

    return ask


def bm25_searcher(cut: Callable[[str], list[str]], store: Path = STORE) -> Searcher:
    """Return BM25 over words of Chinese and stems of English, any of which suffices.

    Args:
        cut: takes a run of Chinese apart.
        store: whose facts are searched.

    """

    def words(text: str) -> str:
        runs = re.findall("[\u3400-\u9fff]+|[a-z0-9.,]*[a-z0-9]", text.lower())
        return " ".join(word for run in runs for word in (cut(run) if run > "\u3400" else [run.replace(".", "x")]))

    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE facts USING fts5 (id UNINDEXED, text, tokenize='porter unicode61')")
    database.executemany("INSERT INTO facts VALUES (?, ?)", ((id_, words(text)) for id_, text in texts(store)))

    def ask(query: str) -> list[tuple[str, bool]]:
        asked = " OR ".join(f'"{word}"' for word in words(query).split())
        rows = database.execute("SELECT id FROM facts WHERE facts MATCH ? ORDER BY rank", (asked,)) if asked else ()
        return [(id_, True) for (id_,) in rows]

    return ask


def bigrams(run: str) -> list[str]:
    """Cut Chinese into every two characters that stand together."""
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def without_synonyms(store: Path, folder: Path) -> Path:
    """Write a store anew without its synonyms."""
    written = yaml.load(store.read_text(encoding="utf-8"), yaml.BaseLoader)  # every scalar as it is written
    written.pop("synonyms", None)
    path = folder / store.name
    path.write_text(yaml.safe_dump(written, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def searchers(folder: Path, store: Path) -> dict[str, Searcher]:
    """Return `facts` and those of its peers that are here."""
    found = {"facts": facts_searcher(store)}
    if shutil.which("rg"):
        found["rg over the store"] = rg_searcher(folder, store)
    if find_spec("jieba"):
        found["BM25, words of jieba"] = bm25_searcher(import_module("jieba").lcut, store)
    found["BM25, bigrams"] = bm25_searcher(bigrams, store)
    found["FTS5, trigram"] = trigram_searcher(store)
    return found


def main() -> None:
    """Ask every searcher every look-up and print the sums."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lookups", type=Path, default=LOOKUPS, help="a folder of sets of look-ups")
    parser.add_argument("--store", type=Path, default=STORE, help="the store that they ask")
    parser.add_argument(
        "--missed", action="store_true", help="print what facts does not answer whole, and of each kind"
    )
    parser.add_argument("--no-synonyms", action="store_true", help="leave the store's synonyms out")
    parser.add_argument("--as-written", action="store_true", help="leave what was judged anew aside")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = without_synonyms(options.store, Path(folder)) if options.no_synonyms else options.store
        asked = searchers(Path(folder), store)
        sets = lookup_sets(options.lookups, as_written=options.as_written)
        for name, lookups in (sets | {"all": [lookup for each in sets.values() for lookup in each]}).items():
            print(f"\n| {name}, {len(lookups)} look-ups {HEADING}")
            for searcher, ask in asked.items():
                score = judge(lookups, ask)
                print(score.row(searcher))
                if options.missed and searcher == "facts" and name != "all":
                    print(", ".join(f"{kind} {part}/{whole}" for kind, (whole, part) in score.kinds.items()))
                    print(*score.missed, sep="\n")


if __name__ == "__main__":
    main()
