"""The laws of the fuzz targets, held to what fuzzing found, to their seeds and to generated inputs."""

from __future__ import annotations

import importlib
import sys
import tracemalloc
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

FOLDER = Path(__file__).parents[2] / "fuzz"
TARGETS = ("canonical", "figures", "numerals", "periods", "queries", "store", "tables")
SEEDS = 60
"""Seeds of a target that are tried, spread over all of them."""

KILOBYTES = 8
MULTIPLE, BASE = 250, 2_000_000
"""Bytes of memory for each byte of input, beside a few that every run takes."""


@pytest.fixture
def target(monkeypatch):
    """Return a function: the name of a target → its module, and the law with its limit of time."""
    if not FOLDER.is_dir():
        pytest.skip(f"NOT TESTED: the fuzz targets are not at {FOLDER}")
    monkeypatch.syspath_prepend(FOLDER)
    before = set(sys.modules)
    harness = importlib.import_module("harness")

    def load(name):
        module = importlib.import_module(name)
        return module, harness.timed(module.law)

    yield load
    for name in {"harness", *TARGETS} - before:  # their names are short ones
        sys.modules.pop(name, None)


CASES = {
    # JSON may nest deeper than Python calls: a list in a list is refused, not entered
    "lists in JSON": ("tables", b"\x02" + b'[{"id":' + b"[" * 600 + b"]" * 600 + b"}]"),
    "lists in NDJSON": ("tables", b"\x03" + b'{"id":' + b"[" * 600 + b"]" * 600 + b"}"),
    # libyaml counts a line more where a file ends in the middle of one
    "cut in a block": ("store", b"facts_format: 1\nfacts:\n  - note:\n    --- |1-"),
    "cut in a comment": ("store", b"---\n#&%Yt"),
    # a number of ten thousand groups was tried from each of them, to each of them
    "groups": ("figures", b"1" + b",234" * 10_000 + b".5.5"),
    # a key beyond the limit of simple keys needs a question mark, or cannot be read back
    "long key": ("canonical", b"facts_format: 1\ncategories:\n  ? %s\n  : x\n" % (b"b" * 1100)),
    "long key in braces": (
        "canonical",
        b"facts_format: 1\ncategories:\n  b: {? zh%s : x, en: y}\n" % (b"-abcdefgh" * 120),
    ),
    # spaces before a value were taken for a part of it
    "long name in a table": ("tables", b"\x00id,category,title,text,source\na,%s,x,x,s\n" % (b"b" * 1100)),
    # each unknown name was compared with all the known ones, however many and long
    "names like many names": (
        "store",
        b"facts_format: 1\nunits:\n%s\nfacts:\n%s"
        % (
            b"\n".join(b"  %s%d: x" % (b"ab" * 90, number) for number in range(500)),
            b"\n".join(b"- {unit: %s%d}" % (b"ba" * 90, number) for number in range(500)),
        ),
    ),
}


@pytest.mark.parametrize(("name", "data"), CASES.values(), ids=CASES)
def test_what_fuzzing_found(target, name, data):
    """Every input that once broke a law keeps to it."""
    target(name)[1](data)


@pytest.mark.parametrize("name", TARGETS)
def test_seeds(target, name):
    """The inputs that fuzzing begins with keep to the law; without the shared material there are fewer."""
    module, law = target(name)
    seeds = list(module.seeds())
    assert seeds
    for data in seeds[:: 1 + len(seeds) // SEEDS]:
        law(data)


@pytest.mark.parametrize("name", TARGETS)
def test_generated_inputs(target, name):
    """Bytes, texts and rows of the words that mean something to a parser keep to the law."""
    module, law = target(name)
    pieces = st.one_of(st.sampled_from(module.WORDS), st.text(max_size=3))
    inputs = st.one_of(
        st.binary(max_size=300),
        st.text(max_size=100).map(str.encode),
        st.lists(pieces, max_size=20).map(lambda parts: "".join(parts).encode()),
        st.sampled_from(list(islice(module.seeds(), 20))).flatmap(
            lambda seed: st.tuples(st.integers(0, len(seed)), pieces).map(
                lambda cut: seed[: cut[0]] + cut[1].encode() + seed[cut[0] :]
            )
        ),
    )

    @settings(max_examples=60, database=None)
    @given(inputs)
    def keeps(data):
        law(data)

    keeps()


PUMPED = {
    # what is repeated: target, beginning
    "a: x #y\n": ("store", ""),
    "- a\n": ("store", "facts_format: 1\nfacts:\n"),
    "{},": ("store", "facts_format: 1\nfacts: ["),
    "*a,": ("store", "facts_format: 1\nfacts: ["),
    "a,": ("store", "facts_format: 1\nfacts:\n- tags: ["),
    "b,": ("store", "facts_format: 1\ntitle: {"),
    "{with: a},": ("store", "facts_format: 1\nfacts:\n- conflicts: ["),
    "[": ("store", "facts_format: 1\ntitle: "),
    "? ": ("store", ""),
    "\n": ("store", "facts_format: 1\ntitle: >\n"),
    "{}": ("tables", "\x03"),
    "1 ": ("tables", "\x03"),
    "a\n": ("tables", "\x00id,category,title,text,source\n"),
    '"",': ("tables", "\x00id,category,title,text,source\n"),
    "a; ": ("tables", "\x00id,category,title,text,source,tags\na,a,a,a,a,"),
    "一": ("figures", ""),
    "1,": ("figures", ""),
    "one dozen ": ("numerals", ""),
    "2022-": ("numerals", ""),
    "12/": ("periods", ""),
    "a ": ("queries", ""),
    "五百 ": ("queries", ""),
}


@pytest.mark.parametrize("part", PUMPED, ids=repr)
def test_repetition_costs_little(target, part):
    """Whatever is repeated costs time and memory in proportion."""
    name, beginning = PUMPED[part]
    law = target(name)[1]
    law(beginning.encode())
    data = (beginning + part * (KILOBYTES * 1024 // len(part.encode()))).encode()
    tracemalloc.start()
    try:
        law(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MULTIPLE * len(data) + BASE
