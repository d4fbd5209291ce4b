"""YAML → facts and located problems, and back. Nothing outside this package knows YAML."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cs_facts.store.files import bundled, files_of, shipped

if TYPE_CHECKING:
    from cs_facts.store.loader import check, examine, load
    from cs_facts.store.writer import dump, dump_facts, dump_rows

__all__ = ["bundled", "check", "dump", "dump_facts", "dump_rows", "examine", "files_of", "load", "shipped"]


def __getattr__(name: str) -> Any:  # noqa: ANN401  # whatever the modules define
    """Import what reads and writes YAML when it is used: a query of a fresh index, which needs neither, saves 30 ms."""
    if name not in __all__:
        raise AttributeError(name)
    module = "loader" if name in ("check", "examine", "load") else "writer"
    return getattr(import_module(f"cs_facts.store.{module}"), name)
