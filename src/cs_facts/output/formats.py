"""The formats a sheet may take, and which of them a file's ending says."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from cs_facts.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cs_facts.output.rows import Sheet

RENDERERS = {
    # name: module and function, imported when asked for
    "csv": ("delimited", "render_csv"),
    "excel": ("delimited", "render_excel"),
    "tsv": ("delimited", "render_tsv"),
    "json": ("jsons", "render_json"),
    "ndjson": ("jsons", "render_ndjson"),
    "markdown": ("markdown", "render_markdown"),
    "yaml": ("yamls", "render_yaml"),
}

PICTURES = ("html", "svg")
"""What is drawn as a table is, and then set as a picture."""

DATABASE = "sqlite"
"""What is no text, and needs a file."""

FORMATS = ("table", *(name for name in RENDERERS if name != "excel"), *PICTURES, DATABASE)
"""What --format takes."""

ENDINGS = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".md": "markdown",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".txt": "table",
    ".html": "html",
    ".htm": "html",
    ".svg": "svg",
    ".db": "sqlite",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
}
"""The format that a file's ending says."""


def render(format_: str, sheet: Sheet) -> Iterator[str]:
    """Yield a sheet in a machine format.

    Raises:
        UnknownName: there is no such format.

    """
    if format_ not in RENDERERS:
        raise UnknownName("format", format_, FORMATS)
    module, function = RENDERERS[format_]
    renderer: Callable[[Sheet], Iterator[str]] = getattr(import_module(f"cs_facts.output.{module}"), function)
    return renderer(sheet)
