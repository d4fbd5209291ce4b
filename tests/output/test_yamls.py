"""YAML for sheets that are no store."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import yaml
from hypothesis import given
from hypothesis import strategies as st

from cs_facts.output.objects import render_yaml
from cs_facts.output.rows import Rows

TEXTS = st.text(
    st.characters(
        exclude_categories=("Cc", "Cs", "Zl", "Zp"),
        exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff",
        include_characters="\n\t",
    )
)


def read(*rows, columns=("a", "b")):
    """Render rows and read them with PyYAML, every scalar as text."""
    return yaml.load("".join(render_yaml(Rows(columns, rows))), yaml.BaseLoader)


def test_rows():
    """A row is a mapping: a list is a list, a number exact, and what is missing is left out."""
    assert read(("x", ("a", "b; c")), (Decimal("5.066E+5"), None), (date(2021, 5, 1), ()), (7, "null")) == [
        {"a": "x", "b": ["a", "b; c"]},
        {"a": "506600"},
        {"a": "2021-05-01"},
        {"a": "7", "b": "null"},
    ]


def test_rows_of_nothing():
    """A row of nothing is an empty mapping, no rows are an empty list."""
    assert read((None, ())) == [{}]
    assert read() == []


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=3))
def test_any_texts(rows):
    """Any texts that a store may hold come back as they were."""
    assert read(*rows) == [dict(zip(("a", "b"), row, strict=True)) for row in rows]
