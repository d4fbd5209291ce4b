"""The reader of stores: any bytes are a store or faults, each in its place, with either of PyYAML's parsers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unittest.mock import patch

import yaml
from harness import DATA, SHARED, files, written

from cs_facts.checks import consistency
from cs_facts.store import examine, schema
from cs_facts.text import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS = r"""
facts_format:\ 1 { } [ ] , : ? - &a *a !!str !<x> !%FF !!python/object:os.system << | |9 >- # ' " ~ null %YAML %TAG
--- ... \u202e \x1b \UFFFFFFFF \ 50.66万名 2022
"""
_KEYS = (*schema.STORE.fields, *schema.FACT.fields, *schema.SOURCE.fields, *schema.NAME.fields, "with", "zh", "en")
WORDS = (
    *(f"{key}: " for key in _KEYS),
    *_WORDS.split(),
    *("\n", "\n  ", "\n    ", "\n  - id: ", "facts:\n", ": ", "- ", "? ", " #", "# ", "\r\n", "\r", "\t"),
    *("\u2028", "\x85", "\ufeff", "\0", "\x1b"),
)
_HIDDEN = re.compile(f"[{HIDDEN}]")
LINE_END = re.compile(rb"\r\n?|\n")


def seeds() -> Iterator[bytes]:
    """Yield stores, the suite that the YAML project tests parsers with, and a store with a bit of everything."""
    yield from files(DATA, "*.yaml")
    yield from files(SHARED / "corpora" / "yaml-test-suite-data", "in.yaml")
    yield WHOLE.encode()
    head, _, facts = WHOLE.partition("facts:\n")
    for path in files(SHARED / "corpora" / "yaml-test-suite-data", "in.yaml"):
        indented = b"".join(b"    " + line for line in path.splitlines(keepends=True))
        yield head.encode() + b"facts:\n  - note:\n" + indented
    yield facts.encode()


WHOLE = """\
facts_format: 1
title: {zh: 试, en: Trial}
units:
  person: {zh: 人, en: people}
categories:
  north: North
sources:
  paper: {type: report, title: Paper, published: 2022-12-18, names: [{paragraph: 1, printed: 一, why: x}]}
facts:
  - id: a
    category: north
    kind: figure
    title: {zh: 甲, en: A}
    text: "x"
    figure: 50.66万名
    unit: person
    when: 2012/2022
    source: paper
    paragraph: 3
    tags: [x, y]
    conflicts: [{with: b, note: n}]
  - {id: b, category: north, title: B, text: y, source: paper}
"""


def law(data: bytes) -> None:
    """Read one file with each parser."""
    with written(data, "store.yaml") as path:
        for parser in ("CSafeLoader", "SafeLoader"):
            if not hasattr(yaml, parser):
                continue
            with patch.object(yaml, "CSafeLoader", getattr(yaml, parser)):
                store, problems = examine(path)
            if store:
                consistency(store)
            lines = len(LINE_END.split(data))
            for problem in problems:
                assert 1 <= problem.at.line <= lines, problem
                assert problem.at.column >= 1, problem
                assert not _HIDDEN.search(problem.message), problem
