"""The formats a sheet may take, and which of them a file's ending says."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from cs_facts.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cs_facts.index.query import Facts
    from cs_facts.output.labels import Language
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

# Formats of facts, for people; each renders (facts, store, language).
FACT_RENDERERS = {
    "html": ("page", "render"),
    "svg": ("chart", "render_svg"),
    "png": ("chart", "render_png"),
    "xlsx": ("workbook", "render"),
}

# What is drawn, light on dark too, and what is no text and needs a file.
DRAWN = frozenset(("svg", "png"))
DATABASE = "sqlite"
BINARY = frozenset((DATABASE, "png", "xlsx"))

FORMATS = ("table", *(name for name in RENDERERS if name != "excel"), *FACT_RENDERERS, DATABASE)
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
    ".png": "png",
    ".xlsx": "xlsx",
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


def render_facts(
    format_: str, facts: Facts, language: Language, *, dark: bool = False
) -> Iterator[str] | Iterator[bytes]:
    """Yield facts in a format made for people; bytes where it is one of `BINARY`.

    Args:
        format_: one of `FACT_RENDERERS`.
        facts: in their order.
        language: of all words.
        dark: draw light on dark.

    """
    module, function = FACT_RENDERERS[format_]
    renderer: Callable[..., Iterator[str] | Iterator[bytes]]
    renderer = getattr(import_module(f"cs_facts.output.{module}"), function)
    options = {"dark": dark} if format_ in DRAWN else {}
    return renderer(facts, facts.index, language, **options)
