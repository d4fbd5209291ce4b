"""Stores in YAML: reading them with the place of every fault, and writing them. No other package knows YAML."""

from __future__ import annotations

import os
import stat
from itertools import chain
from pathlib import Path

from cs_facts.errors import StoreUnreadable, reason
from cs_facts.text import shipped


def bundled() -> Path:
    """Return the path of the bundled store."""
    return shipped("facts.yaml")


def files_of(path: Path) -> list[Path]:
    """Return the files of a store: the file itself, or the YAML files below a folder in the order of their names.

    Raises `StoreUnreadable` if there is no such file, no YAML file in the folder, or a folder that cannot be listed.
    """

    def refuse(error: OSError) -> None:
        inside = f" inside it, {error.filename}," if error.filename not in (None, str(path)) else ""
        said = f"a folder{inside} cannot be listed ({reason(error)}); a store is read with all folders inside it"
        raise StoreUnreadable(f"{path}: {said}") from None

    try:
        if not stat.S_ISDIR(path.stat().st_mode):
            return [path]
    except (OSError, ValueError) as error:
        raise StoreUnreadable(f"{path}: {reason(error)}; name a YAML file, or a folder of them") from None
    inside = (Path(folder, name) for folder, *names in os.walk(path, onerror=refuse) for name in chain(*names))
    files = sorted(file for file in inside if file.suffix.lower() in (".yaml", ".yml"))
    if not files:
        raise StoreUnreadable(f"{path}: no YAML file in this folder")
    return files
