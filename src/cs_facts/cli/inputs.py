"""What a command reads: stores, with what is typed for the names in them, and texts."""

from __future__ import annotations

import codecs
import contextlib
import os
import shlex
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

from typer import Option

from cs_facts.cli.terminal import Environment
from cs_facts.errors import FactsError, UnknownName, UsageError, nearest, reason
from cs_facts.index import Index, open_index
from cs_facts.store import bundled
from cs_facts.text import fold, has_han

if TYPE_CHECKING:
    from cs_facts.model import Store, Text
    from cs_facts.texts.document import Document

STANDARD_INPUT = "-"

# Bytes of standard input that are read at once.
_PIECE = 1 << 20


def store_paths(names: Iterable[str]) -> list[Path]:
    """Return the paths of stores; an empty name, as of a variable that is not set, would be the current folder."""
    names = tuple(names)
    if "" in names:
        raise UsageError("the name of a store is empty; name a YAML file, or a folder of them")
    return [Path(name) for name in names]


class Stores(NamedTuple):
    """Which stores are read."""

    store: Annotated[
        list[str] | None,
        Option("--store", "-s", help="A store: a YAML file, or a folder of them. Repeatable.", metavar="PATH"),
    ] = None

    def open(self, environment: Environment) -> Index:
        """Open the index of the stores named, or of those of FACTS_STORE, or of the bundled one."""
        return open_index(self.paths(environment), environment.variables, environment.progress())

    def load(self, environment: Environment) -> Store:
        """Read the same stores whole, from YAML."""
        from cs_facts.store.loader import load

        return load(self.paths(environment))

    def paths(self, environment: Environment) -> list[Path]:
        """Return the paths of the stores."""
        named = self.store or filter(None, environment.variables.get("FACTS_STORE", "").split(os.pathsep))
        return store_paths(named) or [bundled()]


def resolve(what: str, typed: Iterable[str], known: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Return the ids that are meant by ids or by names as shown on screen, in any language; ids win.

    >>> resolve("unit", ["人"], {"person": ["人", "people"], "yuan": ["元"]})
    ('person',)

    Case and width do not matter in names; ``known`` gives those of each id, and ``what`` is what they name.
    """
    found: list[str] = []
    for name in typed:
        meant = [name] if name in known else [id_ for id_, names in known.items() if fold(name) in map(fold, names)]
        if not meant:
            names = dict.fromkeys(each for names in known.values() for each in names)
            chinese = [each for each in names if has_han(each)] if has_han(name) else []
            raise UnknownName(what, name, nearest(name, known) or nearest(name, names) or chinese or known)
        found += meant
    return tuple(dict.fromkeys(found))


def names_of(named: Mapping[str, Text]) -> dict[str, list[str]]:
    """Return id → its names in all languages."""
    return {id_: list(text.values()) for id_, text in named.items()}


def read_text(typed: str, environment: Environment) -> Document:
    """Read a text in UTF-8, from a regular file or from standard input."""
    name = "standard input" if typed == STANDARD_INPUT else typed
    try:
        data = _stream(environment) if typed == STANDARD_INPUT else _file(Path(typed))
    except (OSError, ValueError) as error:
        raise FactsError(f"{name}: {reason(error)}") from None
    except MemoryError:
        raise FactsError(f"{name}: is too long for the memory that there is") from None
    from cs_facts.texts.document import read_document  # a query reads no text

    try:
        return read_document(name, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault = f"byte 0x{data[error.start]:02X} is not UTF-8; {_remedy(data, typed)}"
        raise FactsError(f"{name}:{line}: {fault}") from None


def _remedy(data: bytes, typed: str) -> str:
    """Say how a text becomes UTF-8, with the encoding that it seems to be in."""
    for encoding in ("utf-16", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            if has_han(data.decode(encoding)) and (
                encoding != "utf-16" or data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
            ):
                file = "" if typed == STANDARD_INPUT else f" {shlex.quote(typed)}"
                return f"it seems to be {encoding.upper()}: iconv -f {encoding} -t utf-8{file} makes it UTF-8"
    return "save it as UTF-8"


def _stream(environment: Environment) -> bytes:
    stream = environment.stdin
    if stream is None:
        raise FactsError("standard input: is closed; name a file")
    return b"".join(iter(lambda: stream.read(_PIECE), b""))  # a signal is heeded only between two reads


def _file(path: Path) -> bytes:
    if not stat.S_ISREG(path.stat().st_mode):
        raise FactsError(f"{path}: is not a regular file; - reads standard input")
    return path.read_bytes()
