"""Write facts as YAML in canonical form.

Keys come in the order of `cs_facts.store.schema`. The texts of a fact and the title of a source are blocks; short names
and the items of ``names`` take one line each, tags are one list, and a blank line separates facts. A value is quoted,
as in JSON, only if it would otherwise not be read back as the same text. Reading the result gives the same store.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING

from cs_facts.columns import PLAIN
from cs_facts.model import Conflict, Fact, Figure, Name, Period, Source
from cs_facts.store import schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cs_facts.model import Store

    Tree = str | list["Tree"] | dict[str, "Tree"]

# What a comment may stand above: a section and the id or the index of an entry, or "" for the section itself.
Head = tuple[str, str | int]

# The comments above and below everything.
FILE_HEAD: Head = ("", "head")
FILE_END: Head = ("", "end")

# The sections whose entries may each have comments above them.
ENTRIES = ("units", "categories", "synonyms", "sources", "facts")

_RECORDS = {Fact: schema.FACT, Source: schema.SOURCE, Conflict: schema.CONFLICT, Name: schema.NAME}

_STARTS = "-?:,[]{}#&*!|>'\"%@`"
# Words that the core schema of YAML 1.2.2 (§10.3.2) reads as null, which an editor may show as missing.
_NULL = re.compile("~|null|Null|NULL")

# Texts that need no quotes in a block; stricter than YAML 1.2.2, §7.3.3.
_PLAIN = re.compile(rf"(?![{re.escape(_STARTS)}])(?:(?! #|:(?: |$))[^\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff])+")

# Characters that, for one parser or another, also end a plain text inside braces and brackets.
_FLOW_INDICATOR = re.compile(r"[,?\[\]{}:]")

# Parsers look for the colon only so far (YAML 1.2.2, §7.4.3); a longer key needs a question mark.
_LONGEST_KEY = 1024


class _Line(dict[str, "Tree"]):
    """A mapping to be written on one line."""


def dump(
    store: Store, facts: Iterable[Fact] | None = None, comments: Mapping[Head, Iterable[str]] | None = None
) -> Iterator[str]:
    """Yield a store as YAML, with its own facts or the given ones, and with comments (``# …`` or empty lines)."""
    above: defaultdict[Head, Iterable[str]] = defaultdict(tuple, comments or {})
    yield from remarks(above[FILE_HEAD], 0)
    given = {"facts_format": schema.FORMAT, "facts": store.facts if facts is None else facts}
    for key, declared in schema.STORE.fields.items():
        value = given[key] if key in given else getattr(store, key)
        if key not in ENTRIES and value:
            yield from remarks(above[key, ""], 0)
            yield from block({key: tree_of(value)}, 0)
        elif key in ENTRIES:
            entries = value.items() if isinstance(value, Mapping) else enumerate(value)
            for place, (id_, entry) in enumerate(entries):
                if not place:
                    yield from remarks(above[key, ""], 0)
                    yield f"{key}:\n"
                elif key == "facts":
                    yield "\n"
                yield from remarks(above[key, id_], 2)
                tree = tree_of(entry, inline=declared.inline)
                yield from item(tree, 2) if isinstance(id_, int) else block({id_: tree}, 2)
    yield from remarks(above[FILE_END], 0)


def dump_rows(rows: Iterable[Mapping[str, Tree]]) -> Iterator[str]:
    """Yield rows other than facts as a YAML list of mappings."""
    lines = chain.from_iterable(item(dict(row), 0) for row in rows)
    yield next(lines, "[]\n")
    yield from lines


def remarks(lines: Iterable[str], indent: int) -> Iterator[str]:
    """Yield the lines of comments, indented; empty ones stay empty."""
    for line in lines:
        yield f"{' ' * indent}{line}\n" if line else "\n"


def tree_of(value: object, *, inline: bool = False) -> Tree:
    """Turn a value of a store into strings, lists and dicts, on one line if ``inline``; a missing value becomes ""."""
    if record := _RECORDS.get(type(value)):
        fields = ((key, field.attribute or key, field.inline) for key, field in record.fields.items())
        trees = ((key, tree_of(getattr(value, name), inline=is_inline)) for key, name, is_inline in fields)
        kept = {key: tree for key, tree in trees if tree}
        return _Line(kept) if inline else kept
    if isinstance(value, tuple):
        return [tree_of(each, inline=inline) for each in value]
    if isinstance(value, Mapping):  # a text
        return value[PLAIN] if PLAIN in value else _Line(value) if inline else dict(value)
    if isinstance(value, Figure):
        return value.printed
    if isinstance(value, Period):
        return value.edtf
    return "" if value in (None, False) else "true" if value is True else str(value)


def block(tree: Mapping[str, Tree], indent: int) -> Iterator[str]:
    """Yield a block mapping: values of one line beside their keys, others below."""
    for key, value in tree.items():
        margin = " " * indent
        head = f"{margin}{_key(_scalar(key), margin)}"
        if (line := _line(value)) is not None:
            yield f"{head} {line}\n"
            continue
        yield f"{head}\n"
        if isinstance(value, list):
            for each in value:
                yield from item(each, indent + 2)
        else:
            assert isinstance(value, dict)  # a text stands in one line
            yield from block(value, indent + 2)


def _key(key: str, margin: str | None = None) -> str:
    """Write a key and its colon; after a long key of a block, the colon takes a line of its own."""
    if len(key) <= _LONGEST_KEY:
        return f"{key}:"
    return f"? {key} :" if margin is None else f"? {key}\n{margin}:"


def item(tree: Tree, indent: int) -> Iterator[str]:
    """Yield an item of a block sequence."""
    line = _line(tree)
    first, *rest = block(tree, indent + 2) if isinstance(tree, dict) and line is None else [f"{line}\n"]
    yield f"{' ' * indent}- {first.lstrip(' ')}"
    yield from rest


def _line(tree: Tree) -> str | None:
    """Return the one line of a tree, None if it needs more."""
    if isinstance(tree, str):
        return _scalar(tree)
    if isinstance(tree, list):
        return f"[{', '.join(map(_flow, tree))}]" if all(isinstance(each, str) for each in tree) else None
    return _flow(tree) if isinstance(tree, _Line) or not tree else None


def _flow(tree: Tree) -> str:
    if isinstance(tree, dict):
        return f"{{{', '.join(f'{_key(_flow(key))} {_flow(value)}' for key, value in tree.items())}}}"
    assert isinstance(tree, str)  # lists hold texts or mappings
    return _quoted(tree) if _FLOW_INDICATOR.search(tree) else _scalar(tree)


def _scalar(text: str) -> str:
    is_plain = _PLAIN.fullmatch(text) and text == text.strip() and not _NULL.fullmatch(text)
    return text if is_plain else _quoted(text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\ufeff", "\\ufeff")  # a parser may take that for a BOM
