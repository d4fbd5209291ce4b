"""YAML → facts and located problems, and back. Nothing outside this package knows YAML."""

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
        StoreUnreadable: there is no such file, or a folder without YAML, or one inside that cannot be listed.

    """
    try:
        if not stat.S_ISDIR(path.stat().st_mode):
            return [path]
    except (OSError, ValueError) as error:
        raise StoreUnreadable(f"{path}: {reason(error)}; name a YAML file, or a folder of them") from None
    files = sorted(file for file in _below(path) if file.suffix.lower() in _ENDINGS)
    if not files:
        raise StoreUnreadable(f"{path}: no YAML file in this folder")
    return files


def _below(folder: Path) -> Iterator[Path]:
    """Yield what stands in a folder and in those inside; one that cannot be listed is no empty one."""

    def refuse(error: OSError) -> None:
        inside = f" inside it, {error.filename}," if error.filename not in (None, str(folder)) else ""
        said = f"a folder{inside} cannot be listed ({reason(error)}); a store is read with all folders inside it"
        raise StoreUnreadable(f"{folder}: {said}") from None

    for parent, folders, files in os.walk(folder, onerror=refuse):
        yield from (Path(parent, name) for name in (*folders, *files))
