"""The way in: the index that is kept, or one made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_facts.index.cache import cache_folder, index_path, state_of, trusted
from cs_facts.index.index import Index

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    Progress = Callable[[int, int], None]


def open_index(paths: Sequence[Path], variables: Mapping[str, str], progress: Progress | None = None) -> Index:
    """Open the index of stores, compiling it when there is none that can be trusted.

    Args:
        paths: the stores, read as one.
        variables: the environment variables that say where indexes are kept.
        progress: is told how much of how much is done.

    Raises:
        cs_facts.errors.StoreUnreadable: a file cannot be opened.
        cs_facts.errors.StoreFaults: a store has faults.

    """
    state = state_of(paths)
    folder = cache_folder(variables)
    target = index_path(folder, paths) if folder else None

    def remake() -> sqlite3.Connection:
        from cs_facts.index.refresh import make_anew  # a fresh index needs neither it nor the reader of YAML

        return make_anew(paths, target, progress)

    connection = trusted(target, state) if target and state else None
    return Index(connection or remake(), remake)
