"""Which optional libraries are there."""

from __future__ import annotations

LIBRARIES = ("opencc", "pypinyin")
"""OpenCC converts characters, pypinyin says how they sound."""


def is_here() -> bool:
    """Tell whether the extra is installed, without importing it."""
    from importlib.util import find_spec

    return all(find_spec(library) for library in LIBRARIES)
