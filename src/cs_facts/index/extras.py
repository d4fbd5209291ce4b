"""Which optional libraries are there."""

from __future__ import annotations

LIBRARIES = ("opencc", "pypinyin")
"""OpenCC converts characters, pypinyin says how they sound."""


def is_here() -> bool:
    """Tell whether the extra is installed, without importing it."""
    from importlib.util import find_spec

    return all(find_spec(library) for library in LIBRARIES)


def versions() -> dict[str, str | None]:
    """Return library → its version; None for one that is not there."""
    from importlib.metadata import PackageNotFoundError, version
    from importlib.util import find_spec

    found: dict[str, str | None] = {}
    for library in LIBRARIES:
        try:
            found[library] = version(library) if find_spec(library) else None
        except PackageNotFoundError:  # it was put there by hand
            found[library] = "of unknown version"
    return found
