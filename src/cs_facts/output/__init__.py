"""The output formats, and the format that a file's ending stands for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cs_facts.errors import UsageError
from cs_facts.output.rows import ROW_FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cs_facts.model import Fact
    from cs_facts.output.values import View

# Format of facts for people → its module, imported on use. The formats of rows are in `rows`.
FACT_FORMATS = {"text": "facts", "html": "page", "svg": "chart", "png": "chart", "xlsx": "workbook"}

# Formats that are passed on to readers whose locale is unknown.
PUBLISHED = frozenset(("html", "svg", "png", "xlsx"))

# Formats that are pictures, and binary formats, which need a file.
DRAWN = frozenset(("svg", "png"))
DATABASE = "sqlite"
BINARY = frozenset((DATABASE, "png", "xlsx"))

# The values of --format.
FORMATS = ("table", *(name for name in ROW_FORMATS if name != "excel"), *FACT_FORMATS, DATABASE)

# The file ending → its format.
ENDINGS = {f".{name}": name for name in FORMATS if name not in ("table", "markdown", "text")}
ENDINGS |= {".jsonl": "ndjson", ".md": "markdown", ".yml": "yaml", ".txt": "table", ".htm": "html"}
ENDINGS |= {".db": DATABASE, ".sqlite3": DATABASE}


def render_facts(format_: str, facts: Iterable[Fact], view: View) -> Iterator[str] | Iterator[bytes]:
    """Yield facts in one of the `FACT_FORMATS`; for a PNG, the SVG that `as_png` converts."""
    name = "svg" if format_ == "png" else format_
    render = getattr(import_module(f"cs_facts.output.{FACT_FORMATS[name]}"), f"render_{name}")
    rendered: Iterator[str] | Iterator[bytes] = render(facts, view)
    return rendered


def as_png(svg: Iterable[Any]) -> Iterator[bytes]:
    """Convert a picture to PNG at twice its size; a `UsageError` without the extra ``png``."""
    try:
        import resvg_py
    except ImportError:
        raise UsageError("a PNG needs the extra png: pip install resvg-py; an .svg does not") from None
    yield bytes(resvg_py.svg_to_bytes(svg_string="".join(svg), zoom=2))
