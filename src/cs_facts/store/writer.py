"""Facts → YAML in its canonical form.

Keys come in the order of `cs_facts.store.schema`. The texts of a fact and the title of a source stand in blocks, names
of a few words and the items of ``names`` on one line each, tags in one list; one blank line stands between facts. A
value is quoted, as JSON quotes, only where it would not be read back as the same text. Reading the result gives the
same store.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from cs_facts.lexicon import PLAIN
from cs_facts.store import schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cs_facts.model import Fact, Source, Store, Text

    Tree = str | list["Tree"] | dict[str, "Tree"]

Head = tuple[str, str | int]
"""What a comment may stand above: a section and an entry's id or a fact's place in it; ``""`` is the section itself."""

FILE_HEAD: Head = ("", "head")
FILE_END: Head = ("", "end")
"""The comments above and below everything."""

# The sections whose entries may each have comments above them.
ENTRIES = ("units", "categories", "synonyms", "sources", "facts")

_STARTS = "-?:,[]{}#&*!|>'\"%@`"
# What the core schema of YAML 1.2.2 (§10.3.2) reads as no value; an editor would miss the text.
_NULL = re.compile("~|null|Null|NULL")

# Texts that are the same written plain in a block; narrower than YAML 1.2.2 §7.3.3 allows.
_PLAIN = re.compile(rf"(?![{re.escape(_STARTS)}])(?:(?! #|:(?: |$))[^\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff])+")

# What, besides, ends a plain text in braces and brackets, for one parser or another.
_FLOW_INDICATOR = re.compile(r"[,?\[\]{}:]")

# Characters of a key that a parser finds the colon behind (YAML 1.2.2 §7.4.3); a longer one needs a question mark.
_LONGEST_KEY = 1024


class _Line(dict[str, "Tree"]):
    """A mapping that is written on one line."""


def dump(store: Store, comments: Mapping[Head, Iterable[str]] | None = None) -> Iterator[str]:
    """Yield the store as YAML text, piece by piece.

    Args:
        store: the store.
        comments: lines to stand above a part of it, ``# …`` or empty.

    """
    yield from dump_facts(store, store.facts, comments)


def dump_facts(
    store: Store, facts: Iterable[Fact], comments: Mapping[Head, Iterable[str]] | None = None
) -> Iterator[str]:
    """Yield a store of these facts as YAML text, piece by piece; `dump` says what ``comments`` are."""
    above: defaultdict[Head, Iterable[str]] = defaultdict(tuple, comments or {})
    yield from _remarks(above[FILE_HEAD], 0)
    sections: dict[str, Tree | None] = {
        "facts_format": schema.FORMAT,
        "title": _text(store.title),
        "version": store.version,
        "licence": store.licence,
        "units": {id_: _inline(text) for id_, text in store.units.items()},
        "categories": {id_: _inline(text) for id_, text in store.categories.items()},
        "synonyms": [list(words) for words in store.synonyms],
        "sources": {source.id: _source(source) for source in store.sources.values()},
    }
    for key in schema.STORE.fields:
        if key == "facts":
            yield from _facts(facts, above)
        elif key in ENTRIES and (entries := sections[key]):
            yield from _entries(key, entries, above)
        elif tree := sections[key]:
            yield from _section(key, tree, above)
    yield from _remarks(above[FILE_END], 0)


def dump_rows(rows: Iterable[Mapping[str, Tree]]) -> Iterator[str]:
    """Yield rows that are no facts as a YAML list of mappings."""
    empty = True
    for row in rows:
        yield from _item(dict(row), 0)
        empty = False
    if empty:
        yield "[]\n"


def _section(key: str, tree: Tree, above: Mapping[Head, Iterable[str]]) -> Iterator[str]:
    yield from _remarks(above[key, ""], 0)
    yield from _lines({key: tree}, 0)


def _entries(key: str, entries: Tree, above: Mapping[Head, Iterable[str]]) -> Iterator[str]:
    yield from _remarks(above[key, ""], 0)
    yield f"{key}:\n"
    if isinstance(entries, dict):
        for id_, tree in entries.items():
            yield from _remarks(above[key, id_], 2)
            yield from _lines({id_: tree}, 2)
    else:
        for place, tree in enumerate(entries):
            yield from _remarks(above[key, place], 2)
            yield from _item(tree, 2)


def _facts(facts: Iterable[Fact], above: Mapping[Head, Iterable[str]]) -> Iterator[str]:
    for place, fact in enumerate(facts):
        if place:
            yield "\n"
        else:
            yield from _remarks(above["facts", ""], 0)
            yield "facts:\n"
        yield from _remarks(above["facts", place], 2)
        yield from _item(_fact(fact), 2)


def _remarks(lines: Iterable[str], indent: int) -> Iterator[str]:
    for line in lines:
        yield f"{' ' * indent}{line}\n" if line else "\n"


def _fact(fact: Fact) -> dict[str, Tree]:
    values: dict[str, Tree | None] = {
        "id": fact.id,
        "category": fact.category,
        "kind": fact.kind,
        "title": _text(fact.title),
        "text": _text(fact.text),
        "figure": fact.figure.printed if fact.figure else None,
        "unit": fact.unit,
        "when": fact.when.edtf if fact.when else None,
        "source": fact.source,
        "paragraph": str(fact.paragraph) if fact.paragraph else None,
        "quote": fact.quote,
        "tags": list(fact.tags),
        "conflicts": [_pruned({"with": c.other, "note": _text(c.note)}, schema.CONFLICT) for c in fact.conflicts],
        "note": _text(fact.note),
        "draft": "true" if fact.draft else None,
    }
    return _pruned(values, schema.FACT)


def _source(source: Source) -> dict[str, Tree]:
    values: dict[str, Tree | None] = {
        "type": source.type,
        "title": _text(source.title),
        "author": _inline(source.author),
        "container": _inline(source.container),
        "publisher": _inline(source.publisher),
        "editor": _inline(source.editor),
        "published": source.published.edtf if source.published else None,
        "language": source.language,
        "url": source.url,
        "archived": source.archived,
        "accessed": source.accessed.edtf if source.accessed else None,
        "doi": source.doi,
        "volume": source.volume,
        "issue": source.issue,
        "pages": source.pages,
        "licence": source.licence,
        "sha256": source.sha256,
        "names": [
            _Line(
                ({"paragraph": str(name.paragraph)} if name.paragraph else {})
                | {"printed": name.printed, "why": name.why}
            )
            for name in source.names
        ],
    }
    return _pruned(values, schema.SOURCE)


def _pruned(values: Mapping[str, Tree | None], record: schema.Record) -> dict[str, Tree]:
    """Put the keys in the order of the format and leave out what is not there."""
    return {key: value for key in record.fields if (value := values[key])}


def _text(text: Text) -> Tree:
    return text[PLAIN] if PLAIN in text else dict(text)


def _inline(text: Text) -> Tree:
    return text[PLAIN] if PLAIN in text else _Line(text)


def _lines(tree: Mapping[str, Tree], indent: int) -> Iterator[str]:
    """Yield a block mapping: what takes one line stands beside its key, the rest below it."""
    for key, value in tree.items():
        margin = " " * indent
        head = f"{margin}{_key(_scalar(key), margin)}"
        if (line := _line(value)) is not None:
            yield f"{head} {line}\n"
            continue
        yield f"{head}\n"
        if isinstance(value, list):
            for item in value:
                yield from _item(item, indent + 2)
        else:
            assert isinstance(value, dict)  # a text stands in one line
            yield from _lines(value, indent + 2)


def _key(key: str, margin: str | None = None) -> str:
    """Write a key and its colon, which stands on a line of its own behind a long key of a block."""
    if len(key) <= _LONGEST_KEY:
        return f"{key}:"
    return f"? {key} :" if margin is None else f"? {key}\n{margin}:"


def _item(tree: Tree, indent: int) -> Iterator[str]:
    """Yield an item of a block sequence."""
    line = _line(tree)
    first, *rest = _lines(tree, indent + 2) if isinstance(tree, dict) and line is None else [f"{line}\n"]
    yield f"{' ' * indent}- {first.lstrip(' ')}"
    yield from rest


def _line(tree: Tree) -> str | None:
    """Write a tree as one line, where that is how it stands."""
    if isinstance(tree, str):
        return _scalar(tree)
    if isinstance(tree, list):
        return f"[{', '.join(map(_flow, tree))}]" if all(isinstance(item, str) for item in tree) else None
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
    import json  # most runs write no YAML

    return json.dumps(text, ensure_ascii=False).replace("\ufeff", "\\ufeff")  # a parser may take that for a BOM
