"""``facts info``."""

from __future__ import annotations

import os
import platform
from importlib import metadata
from typing import TYPE_CHECKING

import typer

from cs_facts import __version__
from cs_facts.cli.environment import counted
from cs_facts.cli.options import NoPager, Stores
from cs_facts.cli.streams import write_text
from cs_facts.errors import ExitCode, FactsError, StoreFaults
from cs_facts.index.cache import kept_index, sqlite_here
from cs_facts.index.database import LIBRARIES
from cs_facts.index.tallies import tallies
from cs_facts.output import FORMATS
from cs_facts.store import files_of
from cs_facts.store.parser import has_libyaml
from cs_facts.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cs_facts.cli.environment import Environment
    from cs_facts.index import Index
    from cs_facts.index.cache import Kept

# Extra of the package → the libraries it installs.
_EXTRAS = {"zh": LIBRARIES, "xlsx": ("xlsxwriter",), "png": ("resvg-py",)}

# At most this many files of a store are listed.
_FILES = 10

# A name and its value; without a name, the value continues the one before.
Line = tuple[str, str]


def run_info(ctx: typer.Context, stores: Stores = None, no_pager: NoPager = False) -> int:
    """Show versions, stores, the index and optional features, as a bug report needs them.

    facts info
    facts info -s my-facts.yaml
    """
    lines, has_fault = _report(ctx.obj, stores)
    width = max(len(name) for name, _ in lines)
    text = (f"{name:{width}}  {visible(value)}\n" for name, value in lines)
    write_text(ctx.obj, text, None, ctx.obj.encoding, paged=not no_pager)
    return ExitCode.UNREADABLE if has_fault else ExitCode.OK


def _report(environment: Environment, named: Sequence[str] | None) -> tuple[list[Line], bool]:
    """Return the lines of the report, and whether one of them tells of a store that cannot be read."""
    paths = environment.store_paths(named)
    before, fault, holdings = kept_index(paths, environment.variables), "", list[Line]()
    try:
        holdings = list(_holdings(environment.open(named)))
    except StoreFaults as faults:
        first, *more = faults.problems
        fault = f"{first} (and {counted(len(more), 'more fault')})" if more else str(first)
    except FactsError as error:
        fault = str(error)
    sqlite, has_fts5 = sqlite_here()
    system = " ".join((platform.system(), platform.release(), platform.machine()))
    lines = [
        ("facts", __version__),
        ("Python", f"{platform.python_version()} ({platform.python_implementation()}), {system}"),
        *(line for path in paths for line in _store(path)),
        *([("fault", fault)] if fault else holdings),
        *_index(before, kept_index(paths, environment.variables)),
        ("SQLite", f"{sqlite}, {'with' if has_fts5 else 'WITHOUT'} FTS5"),
        ("YAML", "by libyaml" if has_libyaml() else "by PyYAML alone, ten times slower than libyaml"),
        *((f"extra {extra}", ", ".join(map(_installed, libraries))) for extra, libraries in _EXTRAS.items()),
        ("formats", ", ".join(FORMATS)),
    ]
    return lines, bool(fault)


def _holdings(index: Index) -> Iterator[Line]:
    counts = {
        "fact facts": index.size,
        "figure figures": sum(tally.facts for tally in tallies(index) if tally.form),
        "category categories": len(index.categories),
        "source sources": len(index.sources),
        "unit units": len(index.units),
    }
    held = (f"{count or 'no'} {name.split()[count != 1]}" for name, count in counts.items())
    yield "holds", ", ".join(held)
    yield "languages", ", ".join(language or "one without a name" for language in index.languages) or "none"


def _store(path: Path) -> Iterator[Line]:
    try:
        files = files_of(path)
        size = sum(file.stat().st_size for file in files)
    except (FactsError, OSError):
        files, size = [], 0
    absolute = os.path.abspath(path)  # noqa: PTH100  # unlike `Path.resolve`, it keeps symbolic links
    yield "store", f"{absolute} ({counted(len(files), 'file')}, {_size(size)})"
    if len(files) > 1:
        yield from (("", str(file)) for file in files[:_FILES])
    if len(files) > _FILES:
        yield "", f"and {len(files) - _FILES} more"


def _index(before: Kept, after: Kept) -> Iterator[Line]:
    yield "cache", str(before.folder or "none")
    yield "index", str(before.path or "none")
    now = f", now {after.state}" if after.state != before.state else ""
    size = f" ({_size(after.size)})" if after.size else ""
    why = after.why or before.why
    yield "", f"{before.state}{now}{size}{': ' if why else ''}{why or ''}"


def _installed(library: str) -> str:
    try:
        return f"{library} {metadata.version(library)}"
    except metadata.PackageNotFoundError:
        return f"{library} is not installed"


def _size(count: int) -> str:
    """Format a number of bytes.

    >>> _size(999), _size(18_100), _size(4_600_000)
    ('999 bytes', '18.1 kB', '4.6 MB')
    """
    for power, unit in ((9, "GB"), (6, "MB"), (3, "kB")):
        if count >= 10**power:
            return f"{count / 10**power:.1f} {unit}"
    return f"{count} bytes"
