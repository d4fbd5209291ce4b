"""JSON, NDJSON and YAML: exact numbers, arrays, null."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cs_facts.output.machine import render_json, render_ndjson, render_yaml
from cs_facts.output.rows import Rows

TEXTS = st.text(st.characters(exclude_categories=("Cs",)))
YAML_TEXTS = st.text(
    st.characters(
        exclude_categories=("Cc", "Cs", "Zl", "Zp"),
        exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff",
        include_characters="\n\t",
    )
)
CELLS = st.one_of(
    TEXTS,
    st.none(),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.lists(TEXTS).map(tuple),
)


def text_of(renderer, *rows, columns=("a", "b")):
    """Render rows as one text."""
    return "".join(renderer(Rows(columns, rows)))


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        *((None, "null"), ("", '""'), ((), "[]"), (("a", "b; c"), '["a", "b; c"]'), (-5, "-5"), ("长沙😀", '"长沙😀"')),
        *((Decimal("5.066E+5"), "506600"), (Decimal("1E-10"), "0.0000000001"), (10**30, "1" + "0" * 30)),
        *((date(2021, 5, 1), '"2021-05-01"'), ('say "a"\\\n\t', '"say \\"a\\"\\\\\\n\\t"')),
    ],
)
def test_cells(cell, written):
    """A number is exact and has no exponent, a list is an array, nothing is null, Chinese is readable."""
    assert text_of(render_json, ("x", cell), ("y", cell)) == (
        f'[\n{{"a": "x", "b": {written}}},\n{{"a": "y", "b": {written}}}\n]\n'
    )
    assert text_of(render_ndjson, ("x", cell)) == f'{{"a": "x", "b": {written}}}\n'
    assert (text_of(render_json), text_of(render_ndjson)) == ("[]\n", "")


def loads(text):
    """Read JSON with exact numbers."""
    return json.loads(text, parse_float=Decimal, parse_int=int)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=3), TEXTS)
def test_round_trip(rows, name):
    """Any cells come back as they were, under any names, numbers to the last digit; a line of NDJSON holds a row."""
    columns = (f"{name}1", f"{name}2")
    expected = [
        {column: list(cell) if isinstance(cell, tuple) else cell for column, cell in zip(columns, row, strict=True)}
        for row in rows
    ]
    assert loads(text_of(render_json, *rows, columns=columns)) == expected
    lines = text_of(render_ndjson, *rows, columns=columns).split("\n")[:-1]
    assert [loads(line) for line in lines] == expected


def read_yaml(*rows, columns=("a", "b")):
    """Render rows and read them with PyYAML, every scalar as text."""
    return yaml.load("".join(render_yaml(Rows(columns, rows))), yaml.BaseLoader)


def test_rows_in_yaml():
    """A row is a mapping: a list is a list, a number exact, and what is missing is left out."""
    assert read_yaml(("x", ("a", "b; c")), (Decimal("5.066E+5"), None), (date(2021, 5, 1), ()), (7, "null")) == [
        {"a": "x", "b": ["a", "b; c"]},
        {"a": "506600"},
        {"a": "2021-05-01"},
        {"a": "7", "b": "null"},
    ]


def test_rows_of_nothing_in_yaml():
    """A row of nothing is an empty mapping, no rows are an empty list."""
    assert read_yaml((None, ())) == [{}]
    assert read_yaml() == []


@given(st.lists(st.tuples(YAML_TEXTS, YAML_TEXTS), max_size=3))
def test_any_texts_in_yaml(rows):
    """Any texts that a store may hold come back as they were."""
    assert read_yaml(*rows) == [dict(zip(("a", "b"), row, strict=True)) for row in rows]
