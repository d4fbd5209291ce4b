"""Output: the formats that a result may take, a module each or one for their like, and what a file's ending says."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cs_facts.errors import UsageError
from cs_facts.output.rows import ROW_FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cs_facts.model import Fact
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


def render_facts(format_: str, facts: Iterable[Fact], view: View) -> Iterator[str] | Iterator[bytes]:
    """Yield facts in one of the `FACT_FORMATS`, a PNG as the SVG that `as_png` turns into one; a workbook as bytes."""
    name = "svg" if format_ == "png" else format_
    render = getattr(import_module(f"cs_facts.output.{FACT_FORMATS[name]}"), f"render_{name}")
    rendered: Iterator[str] | Iterator[bytes] = render(facts, view)
    return rendered


def as_png(svg: Iterable[Any]) -> Iterator[bytes]:
    """Yield a picture as PNG, two pixels for one; without the extra ``png`` that is wrong usage."""
    try:
        import resvg_py
    except ImportError:
        raise UsageError("a PNG needs the extra png: pip install resvg-py; an .svg needs nothing") from None
    yield bytes(resvg_py.svg_to_bytes(svg_string="".join(svg), zoom=2))
