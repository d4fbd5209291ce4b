"""The canonical form: whatever YAML a store is written in, its canonical form is the same store and is its own.

The bytes are a whole store, or else the YAML of a note inside one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness import readable, written

import store
from cs_facts.errors import StoreFaults
from cs_facts.store import load
from cs_facts.store.formatter import CommentLost, canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = store.WORDS
_HEAD, _, _FACTS = store.WHOLE.partition("facts:\n")
_FACT = "facts:\n  - id: b\n    category: north\n    title: B\n    text: y\n    source: paper\n    note: "


def seeds() -> Iterator[bytes]:
    """Yield what the reader of stores is given, with comments, and values of every style."""
    yield from store.seeds()
    yield f"# head\n{store.WHOLE}# end\n".encode()
    more = "\n  # a remark\n  - id: c\n    category: north\n    title: x\n    text: x\n    source: paper\n"
    block = "|\n      a\n      b\n", ">-\n      a\n\n      b", "\n      zh: a"
    for value in ("x", "'x: y'", '"\\u3000 x"', "{zh: a, en: b}", *block):
        yield value.encode()
        yield (value + more).encode()


def law(data: bytes) -> None:
    """Form one store twice."""
    whole = data if b"facts_format" in data else f"{_HEAD}{_FACT}{readable(data)}".encode()
    with written(whole, "store.yaml") as path:
        try:
            [formed] = canonical(path)
        except (StoreFaults, CommentLost):
            return
        before = load([path])
        assert formed.is_new == (formed.text.encode() != whole)
        path.write_bytes(formed.text.encode())
        assert load([path]) == before
        [again] = canonical(path)
        assert again.text == formed.text
