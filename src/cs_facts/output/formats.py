"""The formats that a result may take, and which of them a file's ending says."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cs_facts.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cs_facts.compare import Comparison
    from cs_facts.index import Facts
    from cs_facts.output.labels import Language
    from cs_facts.output.rows import Rows

# Formats of rows: name → module and function, imported when asked for.
ROW_RENDERERS = {
    name: ("machine", f"render_{name}") for name in ("csv", "excel", "tsv", "json", "ndjson", "markdown", "yaml")
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
    """Yield rows in a machine format; an unknown one is an `UnknownName`."""
    render: Callable[[Rows], Iterator[str]] = _renderer(ROW_RENDERERS, format_)
    return render(rows)


def render_facts(
    format_: str, facts: Facts, language: Language, *, dark: bool = False, comparison: Comparison | None = None
) -> Iterator[str] | Iterator[bytes]:
    """Yield facts in one of the `FACT_RENDERERS`; bytes where it is one of `BINARY`."""
    render: Callable[..., Iterator[str] | Iterator[bytes]] = _renderer(FACT_RENDERERS, format_)
    settings: dict[str, Any] = {"dark": dark} if format_ in DRAWN else {}
    if comparison and format_ != "text":
        settings["comparison"] = comparison
    return render(facts, facts.index, language, **settings)


def _renderer(renderers: dict[str, tuple[str, str]], format_: str) -> Any:  # noqa: ANN401  # a function of either kind
    if format_ not in renderers:
        raise UnknownName("format", format_, FORMATS)
    module, function = renderers[format_]
    return getattr(import_module(f"cs_facts.output.{module}"), function)
