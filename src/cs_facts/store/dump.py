"""Facts → YAML in its canonical form.

Keys come in the order of `cs_facts.store.schema`, one blank line stands between facts, and a value is quoted, as
JSON quotes, only where YAML needs it. Reading the result gives the same store.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from cs_facts.model import PLAIN
from cs_facts.store import schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cs_facts.model import Fact, Source, Store, Text

    Tree = str | list["Tree"] | dict[str, "Tree"]

_PLAIN_SCALAR = re.compile(r"[^\W_](?:[\w%+./·()“”‘’《》（），。、；：？！…— -]*[\w%+./)”’》）。？！…])?")
"""Texts that are the same written plain, in a block as in a flow; narrower than YAML 1.2 §7.3.3 allows."""


def dump(store: Store) -> Iterator[str]:
    """Yield the store as YAML text, piece by piece."""
    yield f"facts_format: {schema.FORMAT}\n"
    if store.title:
        yield from _lines({"title": _text(store.title)}, 0)
    for key, names in (("units", store.units), ("categories", store.categories)):
        yield from _section(key, {id_: _text(text) for id_, text in names.items()})
    yield from _section("sources", {source.id: _source(source) for source in store.sources.values()})
    yield "facts:\n" if store.facts else "facts: []\n"
    for place, fact in enumerate(store.facts):
        yield "\n" if place else ""
        yield from _item(_fact(fact), 2)


def dump_rows(rows: Iterable[Mapping[str, Tree]]) -> Iterator[str]:
    """Yield rows that are no facts as a YAML list of mappings."""
    empty = True
    for row in rows:
        yield from _item(row, 0)
        empty = False
    if empty:
        yield "[]\n"


def _section(key: str, tree: dict[str, Tree]) -> Iterator[str]:
    if tree:
        yield from _lines({key: tree}, 0)


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
        "tags": list(fact.tags),
        "conflicts": [_pruned({"with": c.other, "note": _text(c.note)}, schema.CONFLICT) for c in fact.conflicts],
        "note": _text(fact.note),
    }
    return _pruned(values, schema.FACT)


def _source(source: Source) -> dict[str, Tree]:
    values: dict[str, Tree | None] = {
        "type": source.type,
        "title": _text(source.title),
        "author": _text(source.author),
        "publisher": _text(source.publisher),
        "editor": _text(source.editor),
        "published": source.published.edtf if source.published else None,
        "language": source.language,
        "url": source.url,
        "sha256": source.sha256,
        "names": [{"paragraph": str(n.paragraph), "printed": n.printed, "why": n.why} for n in source.names],
    }
    return _pruned(values, schema.SOURCE)


def _pruned(values: Mapping[str, Tree | None], fields: Mapping[str, schema.Field]) -> dict[str, Tree]:
    """Put the keys in the order of the format and leave out what is not there."""
    return {key: value for key in fields if (value := values[key])}


def _text(text: Text) -> Tree:
    return text[PLAIN] if PLAIN in text else dict(text)


def _lines(tree: Mapping[str, Tree], indent: int) -> Iterator[str]:
    """Yield a block mapping: a mapping in it goes below its key, a list of texts beside it in flow."""
    for key, value in tree.items():
        head = f"{' ' * indent}{_scalar(key)}:"
        if isinstance(value, dict):
            yield f"{head}\n"
            yield from _lines(value, indent + 2)
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            yield f"{head} [{', '.join(_scalar(item) for item in value if isinstance(item, str))}]\n"
        elif isinstance(value, list):
            yield f"{head}\n"
            for item in value:
                assert isinstance(item, dict)  # lists hold texts or mappings
                yield from _item(item, indent + 2)
        else:
            yield f"{head} {_scalar(value)}\n"


def _item(tree: Mapping[str, Tree], indent: int) -> Iterator[str]:
    """Yield a block mapping as an item of a block sequence."""
    first, *rest = _lines(tree, indent + 2) if tree else ["{}\n"]
    yield f"{' ' * indent}- {first.lstrip(' ')}"
    yield from rest


def _scalar(text: str) -> str:
    return text if _PLAIN_SCALAR.fullmatch(text) else json.dumps(text, ensure_ascii=False)
