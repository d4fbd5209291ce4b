"""The files of stores, and those that come with the package."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from cs_facts.errors import StoreUnreadable, reason

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENDINGS = (".yaml", ".yml")


def bundled() -> Path:
    """Return the path of the store that comes with the package."""
    return shipped("facts.yaml")


def shipped(name: str) -> Path:
    """Return the path of a data file that comes with the package.

    A wheel carries it inside the package; an editable install reads the repository's one copy.
    """
    package = Path(__file__).parents[1]
    inside = package / "data" / name
    return inside if inside.exists() else package.parents[1] / "data" / name


def files_of(path: Path) -> list[Path]:
    """Return the files of a store: the file itself, or those below a folder in the order of their names.

    Raises:
        StoreUnreadable: there is no such file, or a folder without YAML.

    """
    try:
        mode = path.stat().st_mode
        if not stat.S_ISDIR(mode):
            return [path]
        files = sorted(file for file in _below(path) if file.suffix.lower() in _ENDINGS)
    except (OSError, ValueError) as error:
        where = getattr(error, "filename", None) or path  # a folder inside, it may be
        raise StoreUnreadable(f"{where}: {reason(error)}; name a YAML file, or a folder of them") from None
    if not files:
        raise StoreUnreadable(f"{path}: no YAML file in this folder")
    return files


def _below(folder: Path) -> Iterator[Path]:
    """Yield what stands in a folder and in those inside; one that cannot be listed is no empty one."""

    def refuse(error: OSError) -> None:
        raise error

    for parent, folders, files in os.walk(folder, onerror=refuse):
        yield from (Path(parent, name) for name in (*folders, *files))
