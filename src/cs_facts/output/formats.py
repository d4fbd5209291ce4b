"""The formats that a result may take, and which of them a file's ending says."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cs_facts.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cs_facts.index import Facts
    from cs_facts.output.labels import Language
    from cs_facts.output.rows import Rows

# Formats of rows: name → module and function, imported when asked for.
ROW_RENDERERS = {
    "csv": ("machine", "render_csv"),
    "excel": ("machine", "render_excel"),
    "tsv": ("machine", "render_tsv"),
    "json": ("machine", "render_json"),
    "ndjson": ("machine", "render_ndjson"),
    "markdown": ("machine", "render_markdown"),
    "yaml": ("machine", "render_yaml"),
}

# Formats of facts, for people; each renders (facts, store, language).
FACT_RENDERERS = {
    "text": ("fact_page", "render"),
    "html": ("page", "render"),
    "svg": ("chart", "render_svg"),
    "png": ("chart", "render_png"),
    "xlsx": ("workbook", "render"),
}

# What is drawn, light on dark too, and what is no text and needs a file.
DRAWN = frozenset(("svg", "png"))
DATABASE = "sqlite"
BINARY = frozenset((DATABASE, "png", "xlsx"))

# What --format takes.
FORMATS = ("table", *(name for name in ROW_RENDERERS if name != "excel"), *FACT_RENDERERS, DATABASE)

# The format that a file's ending says.
ENDINGS = {
    f".{name}": name for name in ("csv", "tsv", "json", "ndjson", "yaml", "html", "svg", "png", "xlsx", "sqlite")
} | {
    ".jsonl": "ndjson",
    ".md": "markdown",
    ".yml": "yaml",
    ".txt": "table",
    ".htm": "html",
    ".db": "sqlite",
    ".sqlite3": "sqlite",
}


def render_rows(format_: str, rows: Rows) -> Iterator[str]:
    """Yield rows in a machine format.

    Raises:
        UnknownName: there is no such format.

    """
    render: Callable[[Rows], Iterator[str]] = _renderer(ROW_RENDERERS, format_)
    return render(rows)


def render_facts(
    format_: str, facts: Facts, language: Language, *, dark: bool = False
) -> Iterator[str] | Iterator[bytes]:
    """Yield facts in one of the `FACT_RENDERERS`; bytes where it is one of `BINARY`, ``dark`` where one of `DRAWN`."""
    render: Callable[..., Iterator[str] | Iterator[bytes]] = _renderer(FACT_RENDERERS, format_)
    return render(facts, facts.index, language, **({"dark": dark} if format_ in DRAWN else {}))


def _renderer(renderers: dict[str, tuple[str, str]], format_: str) -> Any:  # noqa: ANN401  # a function of either kind
    if format_ not in renderers:
        raise UnknownName("format", format_, FORMATS)
    module, function = renderers[format_]
    return getattr(import_module(f"cs_facts.output.{module}"), function)
