"""``facts info``."""

from __future__ import annotations

import os
import platform
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cs_facts import __version__
from cs_facts.cli.app import application
from cs_facts.cli.messages import counted
from cs_facts.cli.options import NoPager, grouped
from cs_facts.cli.pager import write_paged
from cs_facts.cli.stores import Stores
from cs_facts.errors import ExitCode, FactsError, StoreFaults, UnknownName
from cs_facts.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cs_facts.cli.terminal import Environment
    from cs_facts.index import Index
    from cs_facts.index.cache import Kept

app = application()

EPILOG = """\b
Examples:
  facts info
  facts info -s my-facts.yaml
  facts info -f json
"""

KINDS = ("table", "json")

_FILES = 10
"""Files of a store that are named to people; JSON names them all."""

Found = dict[str, Any]


@app.command(epilog=EPILOG)
@grouped
def describe(
    ctx: typer.Context,
    stores: Stores,
    format_: Annotated[str, typer.Option("--format", "-f", help="One of table, json.", metavar="FORMAT")] = "table",
    no_pager: NoPager = False,
) -> int:
    """Tell versions, stores, index and optional features: what a bug report needs."""
    if format_ not in KINDS:
        raise UnknownName("format", format_, KINDS)
    found = _found(ctx.obj, stores)
    if format_ == "json":
        import json

        write_paged(ctx.obj, [json.dumps(found, ensure_ascii=False, indent=2), "\n"], paged=not no_pager)
    else:
        write_paged(ctx.obj, _lines(found), ctx.obj.encoding, paged=not no_pager)
    return ExitCode.UNREADABLE if found["fault"] else ExitCode.OK


def _found(environment: Environment, stores: Stores) -> Found:
    """Look at everything; a store that cannot be read is told as one more thing."""
    from cs_facts.index.cache import kept_index, sqlite_here
    from cs_facts.index.chinese import versions
    from cs_facts.output.formats import FORMATS
    from cs_facts.store.parser import has_libyaml

    paths = stores.paths(environment)
    before = kept_index(paths, environment.variables)
    try:
        counts, fault = _counts(stores.open(environment)), None
    except FactsError as error:
        counts, fault = None, _told(error)
    sqlite, has_fts5 = sqlite_here()
    return {
        "version": __version__,
        "python": f"{platform.python_version()} ({platform.python_implementation()})",
        "platform": " ".join((platform.system(), platform.release(), platform.machine())),
        "stores": [_store(path) for path in paths],
        "fault": fault,
        **({"counts": counts} if counts else {}),
        "index": _index(before, kept_index(paths, environment.variables)),
        "sqlite": {"version": sqlite, "fts5": has_fts5},
        "libyaml": has_libyaml(),
        "zh": versions(),
        "formats": list(FORMATS),
    }


def _told(error: FactsError) -> str:
    if not isinstance(error, StoreFaults):
        return visible(str(error))
    first, *more = error.problems
    others = f" (and {counted(len(more), 'more fault')})" if more else ""
    return visible(f"{first}{others}")


def _store(path: Path) -> Found:
    from cs_facts.store import files_of

    try:
        files = files_of(path)
        size = sum(file.stat().st_size for file in files)
    except (FactsError, OSError):
        files, size = [], 0
    return {
        "path": visible(os.path.abspath(path)),  # noqa: PTH100  # a link is told as it is named
        "files": [visible(str(file)) for file in files],
        "bytes": size,
    }


def _counts(index: Index) -> Found:
    return {
        "facts": index.size,
        "figures": sum(tally.facts for tally in index.tallies() if tally.form),
        "categories": len(index.categories),
        "sources": len(index.sources),
        "units": len(index.units),
        "languages": list(index.languages),
    }


def _index(before: Kept, after: Kept) -> Found:
    return {
        "folder": before.folder and visible(str(before.folder)),
        "path": before.path and visible(str(before.path)),
        "found": before.state,
        "now": after.state,
        "why": visible(after.why or before.why) or None,
        "bytes": after.size,
    }


def _lines(found: Found) -> Iterator[str]:
    """Write what was found for people, the names in one column."""
    rows = list(_rows(found))
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        yield f"{name:{width}}  {value}\n"


def _rows(found: Found) -> Iterator[tuple[str, str]]:
    yield "facts", found["version"]
    yield "Python", f"{found['python']}, {found['platform']}"
    for store in found["stores"]:
        yield "store", f"{store['path']} ({counted(len(store['files']), 'file')}, {_size(store['bytes'])})"
        if store["files"] != [store["path"]] and len(store["files"]) > 1:
            yield from (("", file) for file in _some(store["files"]))
    if found["fault"]:
        yield "fault", found["fault"]
    if counts := found.get("counts"):
        plurals = {"categories": "category"}
        names = ("facts", "figures", "categories", "sources", "units")
        yield "holds", ", ".join(_counted(counts[name], name, plurals.get(name, name[:-1])) for name in names)
        yield "languages", ", ".join(language or "one without a name" for language in counts["languages"]) or "none"
    yield "cache", found["index"]["folder"] or "none"
    yield "index", found["index"]["path"] or "none"
    yield "", _state(found["index"])
    yield "SQLite", f"{found['sqlite']['version']}, {'with' if found['sqlite']['fts5'] else 'WITHOUT'} FTS5"
    yield "YAML", "by libyaml" if found["libyaml"] else "by PyYAML alone, ten times slower than libyaml"
    yield (
        "extra zh",
        ", ".join(f"{library} {version or 'is not installed'}" for library, version in found["zh"].items()),
    )
    yield "formats", ", ".join(found["formats"])


def _state(index: Found) -> str:
    now = f", now {index['now']}" if index["now"] != index["found"] else ""
    why = f": {index['why']}" if index["why"] else ""
    size = f" ({_size(index['bytes'])})" if index["bytes"] else ""
    return f"{index['found']}{now}{size}{why}"


def _some(files: Sequence[str]) -> Iterator[str]:
    yield from files[:_FILES]
    if len(files) > _FILES:
        yield f"and {len(files) - _FILES} more"


def _counted(count: int, plural: str, singular: str) -> str:
    return f"{count or 'no'} {singular if count == 1 else plural}"


def _size(count: int) -> str:
    """Write a number of bytes.

    >>> _size(999), _size(18_100), _size(4_600_000)
    ('999 bytes', '18.1 kB', '4.6 MB')
    """
    for power, unit in ((9, "GB"), (6, "MB"), (3, "kB")):
        if count >= 10**power:
            return f"{count / 10**power:.1f} {unit}"
    return f"{count} bytes"
