"""New facts, units and names written into a store's file, all that stands there left as it is, comments too.

Lines are put at the end of their section or block, in the indentation found there; the result is read back and must
hold the old facts unchanged.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from cs_facts.errors import FactsError, StoreFaults
from cs_facts.store.loader import examine
from cs_facts.store.writer import dump

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cs_facts.model import Store


class NotAppendable(FactsError):
    """A store written so that nothing can be put into it line by line."""


def append(file: Path, new: Store) -> str:
    """Return the text of a store's file with the facts of another store added, and what they need.

    Args:
        file: a file of YAML in block style.
        new: facts of a source that the file defines, units and categories that it may lack, names of the source.

    Raises:
        NotAppendable: the file is not written in block style, or would be changed otherwise.
        StoreFaults: the file has faults, before or after.

    """
    old, faults = examine(file)
    if old is None:
        raise StoreFaults(faults)
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    sections = _sections("".join(dump(new)).splitlines())
    for name, known in (("units", old.units), ("categories", old.categories)):
        entries = [line for line in sections.get(name, []) if line.strip().partition(":")[0] not in known]
        if entries:
            _add(lines, name, entries, file)
    for source in new.sources.values():
        names = [line for line in sections.get("sources", []) if re.match(r" {6}- \{", line)]
        if names:
            _add_names(lines, source.id, names, file)
    if new.facts:
        _add(lines, "facts", ["", *sections["facts"]], file)
    text = "\n".join(lines) + "\n"
    _check(text, old, new, file)
    return text


def _sections(lines: list[str]) -> dict[str, list[str]]:
    """Return the name of each section of canonical YAML → its lines."""
    found: dict[str, list[str]] = {}
    for line in lines:
        if match := re.match(r"(\w+):", line):
            current = found.setdefault(match[1], [])
        else:
            current.append(line)
    return found


def _add(lines: list[str], section: str, entries: list[str], file: Path) -> None:
    """Put lines at the end of a section; a section that is missing is put before the facts."""
    start = next((at for at, line in enumerate(lines) if re.match(rf"{section}:\s*(?:#.*)?$", line)), None)
    if start is None:
        if any(line.startswith(f"{section}:") for line in lines):
            raise NotAppendable(f"{file}: {section} is not written line by line; facts check --fix does that")
        at = next(at for at, line in enumerate(lines) if line.startswith("facts:"))
        lines[at:at] = [f"{section}:", *entries]
        return
    end = _end(lines, start, 0)
    indent = next(
        (len(line) - len(line.lstrip()) for line in lines[start + 1 : end] if line.strip()[:1] not in ("", "#")), 2
    )
    lines[end:end] = _indented(entries, indent - 2)


def _add_names(lines: list[str], source: str, names: list[str], file: Path) -> None:
    at = next((at for at, line in enumerate(lines) if re.match(rf"\s+{re.escape(source)}:\s*(?:#.*)?$", line)), None)
    if at is None:
        raise NotAppendable(f"{file}: source {source!r} is not written line by line; facts check --fix does that")
    indent = len(lines[at]) - len(lines[at].lstrip())
    end = _end(lines, at, indent)
    child = next(len(line) - len(line.lstrip()) for line in lines[at + 1 : end] if line.strip()[:1] not in ("", "#"))
    start = next((place for place in range(at + 1, end) if re.match(rf" {{{child}}}names:", lines[place])), None)
    if start is None:
        lines[end:end] = [f"{' ' * child}names:", *_indented(names, child - 4)]
        return
    if not re.fullmatch(r"\s+names:\s*(?:#.*)?", lines[start]):
        raise NotAppendable(f"{file}:{start + 1}: names are not written line by line; facts check --fix does that")
    first = next(line for line in lines[start + 1 :] if line.strip()[:1] not in ("", "#"))
    items = len(first) - len(first.lstrip())
    last = _end(lines, start, child, of_items=items == child)
    lines[last:last] = _indented(names, items - 6)


def _end(lines: list[str], start: int, indent: int, *, of_items: bool = False) -> int:
    """Return the line behind the block that begins below a line, without the blank lines and comments at its end."""
    end = start + 1
    for at in range(start + 1, len(lines)):
        line = lines[at]
        depth = len(line) - len(line.lstrip())
        is_item = line.lstrip().startswith("- ") and depth == indent and (of_items or indent == 0)
        if line.strip() and not line.lstrip().startswith("#"):
            if depth <= indent and not is_item:
                break
            end = at + 1
    return end


def _indented(lines: list[str], by: int) -> Iterator[str]:
    """Move lines to the right, or to the left."""
    yield from (" " * by + line if by > 0 and line else line[-by:] if by < 0 else line for line in lines)


def _check(text: str, old: Store, new: Store, file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, file.name)
        path.write_text(text, encoding="utf-8")
        store, faults = examine(path)
    if store is None:
        raise StoreFaults(faults)
    if store.facts[: len(old.facts)] != old.facts or len(store.facts) != len(old.facts) + len(new.facts):
        raise NotAppendable(f"{file}: its facts would change; facts check --fix puts it in order")
