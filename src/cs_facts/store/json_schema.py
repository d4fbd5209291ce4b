"""The format as JSON Schema (2020-12), for editors and other programs.

It says what `cs_facts.store.schema` declares, as far as a schema can: keys, shapes, ids, closed lists. That a figure
or a date can be read and that a name is defined, only the reader tells.

``python -m cs_facts.store.json_schema > data/facts.schema.json`` writes the copy that is shipped.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from cs_facts.store import readers, schema

_NAMED: tuple[readers.Reader[Any], ...] = (
    readers.read_word,
    readers.read_text,
    readers.read_identifier,
    readers.read_figure,
    readers.read_period,
    readers.read_paragraph,
    readers.read_tag,
    readers.read_sha256,
    readers.read_flag,
)


def json_schema() -> readers.JSON:
    """Return the schema of a store's file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A store of facts, format 1",
        **schema.STORE.form,
        "$defs": {reader.name: reader.form for reader in _NAMED},
    }


def json_schema_text() -> str:
    """Return the schema as it is shipped."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.buffer.write(json_schema_text().encode())
