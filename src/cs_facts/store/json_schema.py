"""The format as JSON Schema (2020-12), for editors and other programs.

It says what `cs_facts.store.schema` says, as far as a schema can: keys, shapes, ids, closed lists. That a figure or a
date can be read and that a name is defined, only the reader tells.

``python -m cs_facts.store.json_schema > data/facts.schema.json`` writes the copy that is shipped.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from cs_facts.store import schema
from cs_facts.store.schema import FACT, FORMAT, IDENTIFIER, JSON, SOURCE, Field, Reader, record_form

_NAMED: tuple[Reader[Any], ...] = (
    schema.read_word,
    schema.read_text,
    schema.read_identifier,
    schema.read_figure,
    schema.read_period,
    schema.read_paragraph,
    schema.read_tag,
    schema.read_sha256,
)


def json_schema() -> JSON:
    """Return the schema of a store's file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A store of facts, format 1",
        **record_form(_STORE),
        "$defs": {reader.name: reader.form for reader in _NAMED},
    }


def json_schema_text() -> str:
    """Return the schema as it is shipped."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def _field(form: JSON, about: str, *, required: bool = False) -> Field:
    """Declare a section, which `cs_facts.store.loader` reads as it streams."""
    return Field(Reader(lambda *_: None, form), about, required)


def _entries(form: JSON) -> JSON:
    return {"type": "object", "propertyNames": {"pattern": f"^({IDENTIFIER})$"}, "additionalProperties": form}


_STORE = {
    "facts_format": _field({"enum": [int(FORMAT), FORMAT]}, "the version of the format", required=True),
    "title": Field(schema.read_text, "what the store is about"),
    "units": _field(_entries(schema.read_text.use), "unit id: what is counted, in words"),
    "categories": _field(_entries(schema.read_text.use), "category id: its name"),
    "sources": _field(_entries(record_form(SOURCE)), "source id: the document that is cited"),
    "facts": _field({"type": "array", "items": record_form(FACT)}, "what the sources say, a claim an item"),
}


if __name__ == "__main__":
    sys.stdout.buffer.write(json_schema_text().encode())
