"""Compile a store in the plainest way that finds Chinese: a peer for what ``facts`` does.

    python bench/plain.py store.yaml index.db

One process streams the events of PyYAML's parser in C; each fact becomes a row of a table and one of a contentless
FTS5 table with the tokenizer unicode61, its Chinese characters set apart so that a phrase finds them. Nothing is
checked, and there are no values of numbers, periods, traditional characters, pinyin, vocabulary or tallies.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

_AT_ONCE = 1000
_COLUMNS = ("id", "category", "kind", "title", "text", "figure", "unit", "when", "source", "paragraph", "tags", "note")
_SEARCHED = ("id", "title", "text", "figure", "tags", "note")
_STARTS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
_CHINESE = re.compile("([\u3400-\u9fff])")


def facts(path: str) -> Iterator[dict[str, str | list[str] | dict[str, str]]]:
    """Yield the items of the list ``facts`` of a store, as mappings."""
    inside: list[list[Any]] = [[]]  # the collections that are open, what stands in a mapping as in a list
    with Path(path).open("rb") as stream:
        for event in yaml.parse(stream, Loader=yaml.CSafeLoader):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                inside[-1].append(event.value)
            elif kind in _STARTS:
                inside.append([])
            elif kind in _ENDS:
                whole = inside.pop()
                made = dict(zip(whole[::2], whole[1::2], strict=True)) if kind is yaml.MappingEndEvent else whole
                if len(inside) == 3 and inside[1][-1] == "facts":
                    yield made
                else:
                    inside[-1].append(made)


def cell(value: str | list[str] | dict[str, str] | None) -> str | None:
    """Return a value of a fact as the text of a cell."""
    if isinstance(value, dict):
        return "\n".join(value.values())
    return "; ".join(value) if isinstance(value, list) else value


def rows(path: str) -> Iterator[tuple[str | None, ...]]:
    """Yield the cells of each fact."""
    for fact in facts(path):
        yield tuple([cell(fact.get(name)) for name in _COLUMNS])


def compile_store(path: str, target: str) -> None:
    """Write the index of a store."""
    connection = sqlite3.connect(target, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF"):
        connection.execute(f"PRAGMA {pragma}")
    names = ", ".join(f'"{name}"' for name in _COLUMNS)
    connection.execute(f"CREATE TABLE facts (place INTEGER PRIMARY KEY, {names})")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5 (row, content='', detail=full, tokenize='unicode61')")
    searched = [_COLUMNS.index(name) for name in _SEARCHED]
    places = f"NULL{', ?' * len(_COLUMNS)}"
    written, every = 0, rows(path)
    connection.execute("BEGIN")
    while some := list(islice(every, _AT_ONCE)):
        connection.executemany(f"INSERT INTO facts VALUES ({places})", some)
        texts = ("\n".join([row[place] or "" for place in searched]) for row in some)
        words = ((place, _CHINESE.sub(r" \1 ", text)) for place, text in enumerate(texts, written + 1))
        connection.executemany("INSERT INTO words (rowid, row) VALUES (?, ?)", words)
        written += len(some)
    connection.execute("COMMIT")
    connection.close()


if __name__ == "__main__":
    compile_store(*sys.argv[1:])
