"""``facts info``."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.filesize import decimal

from cs_facts import __version__
from cs_facts.cli.environment import Environment, counted
from cs_facts.cli.options import NoPager, Stores, option
from cs_facts.cli.streams import write_text
from cs_facts.errors import ExitCode, FactsError, StoreFaults, check_names
from cs_facts.index.cache import kept_index, sqlite_here
from cs_facts.index.database import LIBRARIES
from cs_facts.index.tallies import tallies
from cs_facts.output import FORMATS
from cs_facts.store import files_of
from cs_facts.store.parser import has_libyaml
from cs_facts.text import visible

# Extra of the package → the libraries it installs.
_EXTRAS = {"zh": LIBRARIES, "xlsx": ("xlsxwriter",), "png": ("resvg-py",)}

# At most this many files of a store are listed; JSON lists all of them.
_FILES = 10

Found = dict[str, Any]


def run_info(
    ctx: typer.Context,
    stores: Stores = None,
    format_: Annotated[str, option("--format -f", "One of table, json.", "FORMAT")] = "table",
    no_pager: NoPager = False,
) -> int:
    """Show versions, stores, the index and optional features, as a bug report needs them.

    facts info
    facts info -s my-facts.yaml
    facts info -f json
    """
    check_names("format", [format_], ("table", "json"))
    found = _collect(ctx.obj, stores)
    rows = list(_lines(found))
    width = max(len(name) for name, _ in rows)
    lines = [f"{name:{width}}  {value}" for name, value in rows]
    if format_ == "json":
        lines = json.dumps(found, ensure_ascii=False, indent=2).split("\n")
    write_text(ctx.obj, [f"{visible(line)}\n" for line in lines], None, ctx.obj.encoding, paged=not no_pager)
    return ExitCode.UNREADABLE if found["fault"] else ExitCode.OK


def _collect(environment: Environment, named: list[str] | None) -> Found:
    """Collect everything; that a store cannot be read is part of the report."""
    paths = environment.store_paths(named)
    before = kept_index(paths, environment.variables)
    counts, fault = {}, None
    try:
        index = environment.open(named)
        counts = {
            "facts": index.size,
            "figures": sum(tally.facts for tally in tallies(index) if tally.form),
            **{name: len(getattr(index, name)) for name in ("categories", "sources", "units")},
            "languages": list(index.languages),
        }
    except StoreFaults as faults:
        first, *more = faults.problems
        fault = f"{first} (and {counted(len(more), 'more fault')})" if more else str(first)
    except FactsError as error:
        fault = str(error)
    after = kept_index(paths, environment.variables)
    sqlite, has_fts5 = sqlite_here()
    return {
        "version": __version__,
        "python": f"{platform.python_version()} ({platform.python_implementation()})",
        "platform": " ".join((platform.system(), platform.release(), platform.machine())),
        "stores": [_describe_store(path) for path in paths],
        "fault": fault,
        **({"counts": counts} if counts else {}),
        "index": {
            "folder": before.folder and str(before.folder),
            "path": before.path and str(before.path),
            "found": before.state,
            "now": after.state,
            "why": after.why or before.why or None,
            "bytes": after.size,
        },
        "sqlite": {"version": sqlite, "fts5": has_fts5},
        "libyaml": has_libyaml(),
        "extras": {extra: {name: _version(name) for name in names} for extra, names in _EXTRAS.items()},
        "formats": list(FORMATS),
    }


def _describe_store(path: Path) -> Found:
    try:
        files = files_of(path)
        size = sum(file.stat().st_size for file in files)
    except (FactsError, OSError):
        files, size = [], 0
    absolute = os.path.abspath(path)  # noqa: PTH100  # unlike `Path.resolve`, it keeps symbolic links
    return {"path": absolute, "files": list(map(str, files)), "bytes": size}


def _version(library: str) -> str | None:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return None


def _lines(found: Found) -> Iterator[tuple[str, str]]:
    """Yield the lines of the report as name and value; a line without a name continues the one before."""
    yield "facts", found["version"]
    yield "Python", f"{found['python']}, {found['platform']}"
    for store in found["stores"]:
        files = store["files"] if len(store["files"]) > 1 else []
        yield "store", f"{store['path']} ({counted(len(store['files']), 'file')}, {decimal(store['bytes'])})"
        yield from (("", file) for file in files[:_FILES])
        yield from [("", f"and {len(files) - _FILES} more")] * (len(files) > _FILES)
    if found["fault"]:
        yield "fault", found["fault"]
    if counts := found.get("counts"):
        names = {"facts": "fact", "figures": "figure", "categories": "category", "sources": "source", "units": "unit"}
        held = (f"{counts[many] or 'no'} {one if counts[many] == 1 else many}" for many, one in names.items())
        yield "holds", ", ".join(held)
        yield "languages", ", ".join(language or "one without a name" for language in counts["languages"]) or "none"
    index = found["index"]
    yield "cache", index["folder"] or "none"
    yield "index", index["path"] or "none"
    now = f", now {index['now']}" if index["now"] != index["found"] else ""
    size = f" ({decimal(index['bytes'])})" if index["bytes"] else ""
    yield "", f"{index['found']}{now}{size}{': ' if index['why'] else ''}{index['why'] or ''}"
    yield "SQLite", f"{found['sqlite']['version']}, {'with' if found['sqlite']['fts5'] else 'WITHOUT'} FTS5"
    yield "YAML", "by libyaml" if found["libyaml"] else "by PyYAML alone, ten times slower than libyaml"
    for extra, libraries in found["extras"].items():
        versions = (f"{name} {version or 'is not installed'}" for name, version in libraries.items())
        yield f"extra {extra}", ", ".join(versions)
    yield "formats", ", ".join(found["formats"])
