"""Output: the formats that a result may take, a module each or one for their like, and what a file's ending says."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cs_facts.output.rows import ROW_FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cs_facts.compare import Comparison
    from cs_facts.index import Facts
    from cs_facts.output.values import View

# Formats of facts for people: name → module, imported when asked for. Those of rows are in `rows`.
FACT_FORMATS = {"text": "facts", "html": "page", "svg": "chart", "png": "chart", "xlsx": "workbook"}

# What is handed on, to readers whose locale nobody knows.
PUBLISHED = frozenset(("html", "svg", "png", "xlsx"))

# What is drawn, light on dark too, and what is no text and needs a file.
DRAWN = frozenset(("svg", "png"))
DATABASE = "sqlite"
BINARY = frozenset((DATABASE, "png", "xlsx"))

# What --format takes.
FORMATS = ("table", *(name for name in ROW_FORMATS if name != "excel"), *FACT_FORMATS, DATABASE)

# The format that a file's ending says.
ENDINGS = {f".{name}": name for name in FORMATS if name not in ("table", "markdown", "text")}
ENDINGS |= {".jsonl": "ndjson", ".md": "markdown", ".yml": "yaml", ".txt": "table", ".htm": "html"}
ENDINGS |= {".db": DATABASE, ".sqlite3": DATABASE}


def render_facts(
    format_: str, facts: Facts, view: View, *, dark: bool = False, comparison: Comparison | None = None
) -> Iterator[str] | Iterator[bytes]:
    """Yield facts in one of the `FACT_FORMATS`; bytes where it is one of `BINARY`."""
    settings: dict[str, Any] = {"dark": dark} if format_ in DRAWN else {}
    if comparison and format_ != "text":
        settings["comparison"] = comparison
    module = import_module(f"cs_facts.output.{FACT_FORMATS[format_]}")
    rendered: Iterator[Any] = getattr(module, f"render_{format_}")(facts, view, **settings)
    return rendered
