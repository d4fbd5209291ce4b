"""Facts read at a glance: what the pattern reads, the parser of YAML reads alike.

The first byte says which value of a fact in canonical form the others are, or that they stand between two facts, the
second one as far in as the next byte says; after 0 they are items of a list of facts.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from unittest.mock import patch

from harness import SHARED, files, readable

import store
from cs_facts.store import bundled, load
from cs_facts.store.loader import _skeleton, facts_alone
from cs_facts.store.writer import dump

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cs_facts.model import Fact

WORDS = (*store.WORDS, *("  - id: a\n    category: ", "\n    text: ", "\n      zh: ", "\n    tags: [", "]\n", '"'))
FACT = {
    "- id": " a",
    "  category": " north",
    "  kind": " figure",
    "  title": "\n      zh: 甲\n      en: A",
    "  text": " x y",
    "  figure": " 50.66万名",
    "  unit": " person",
    "  when": " 2012/2022",
    "  source": " paper",
    "  paragraph": " 3",
    "  tags": " [x, y]",
    "  note": ' "1: x"',
}
_BEGINNING = "  - "
_HEAD = "facts:\n"


def seeds() -> Iterator[bytes]:
    """Yield facts of the bundled store, each value of a fact, and what the YAML project tests parsers with."""
    _, *facts = "".join(dump(load([bundled()]))).partition(_HEAD)[2].split(_BEGINNING)
    yield from (f"\0{_BEGINNING}{fact}".encode() for fact in facts[::10])
    for slot, value in enumerate(FACT.values(), 1):
        yield bytes([slot]) + value.encode()
    between = 1 + len(FACT)
    for indent in range(8):
        yield from (b"%c%d%b" % (between, indent, text) for text in (b"", b"\n", b"# x\n", b"    note: n\n\n"))
    for text in files(SHARED / "corpora" / "yaml-test-suite-data", "in.yaml"):
        yield b"\x0c " + text
        yield b"\x05 " + text.strip().replace(b"\n", b"\n      ")


def law(data: bytes) -> None:
    """Read one list of facts both ways."""
    slot, text = data[:1], readable(data[1:])
    values = list(FACT.values())
    number = slot[0] % (2 + len(values)) if slot else 0
    if number > len(values):
        indent, text = " " * (ord(text[:1] or " ") % 8), text[1:]
        other = "".join(f"{indent}{key}:{value}\n" for key, value in {**FACT, "- id": " b"}.items())
        text = f"{_written(values)}{text}{other}"
    elif number:
        values[number - 1] = text
        text = _written(values)
    items = f"{text if text.startswith(_BEGINNING) else _BEGINNING + text}".encode()
    facts = facts_alone(items)
    with patch.object(sys.modules["cs_facts.store.loader"], "read_quickly", lambda items: iter([items])):
        parsed = facts_alone(items)
    assert facts is None or facts == parsed or _has_twins(facts)


def _written(values: Iterable[str]) -> str:
    return "".join(f"  {key}:{value}\n" for key, value in zip(FACT, values, strict=True))


def _has_twins(facts: list[Fact]) -> bool:
    """Say whether ids look alike: the parser's side tells it of a list, the other leaves it to who has all lists."""
    return len({_skeleton(fact.id) for fact in facts}) < len(facts)
