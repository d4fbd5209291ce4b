"""Files → one store, or every fault of theirs."""

from __future__ import annotations

import stat
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from cs_facts.errors import StoreFaults, StoreUnreadable, quoted, reason, suggestion
from cs_facts.lexicon import LOOKALIKES, PLAIN
from cs_facts.model import Fact, Position, Problem, Source, Store, Text
from cs_facts.store import schema
from cs_facts.store.files import files_of
from cs_facts.store.merge import merge
from cs_facts.store.nodes import Mapping, Node, Scalar, Section, read_sections
from cs_facts.store.nodes import Sequence as NodeSequence
from cs_facts.store.quick import read_quickly
from cs_facts.store.raw import Stopped
from cs_facts.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from collections.abc import Mapping as Known
    from pathlib import Path

T = TypeVar("T")

_FACTS = "facts"
_FACTS_HEAD = b"facts_format: 1\nfacts:\n"
_NO_FACTS = b"facts: []\n"
_MORE = b"title: x\n"
"""A key that stands behind items: it is read only where their list can end and their document has not."""

_LOOKALIKES = str.maketrans(LOOKALIKES)
_SUGGESTIONS = 100
"""Unknown names that come with a suggestion."""

_COMPARISONS = 50_000
"""Known names, all told, that unknown ones are compared with: some ten microseconds each, and ten times as many where
they are long and made to be slow."""

_LONGEST_COMPARED = 80


def load(paths: Sequence[Path]) -> Store:
    """Read one store, or several as one.

    Ids that two stores share are qualified by the stores' names (``a:party-members``).

    Raises:
        StoreUnreadable: a file cannot be opened.
        StoreFaults: any file has a fault; all of them are listed.

    """
    loadings = {path: _read(path) for path in dict.fromkeys(paths)}
    problems = [problem for loading in loadings.values() for problem in loading.problems]
    if problems:
        raise StoreFaults(problems)
    stores = [loading.store() for loading in loadings.values()]
    return merge(dict(zip(labels(list(loadings)), stores, strict=True)))


def check(path: Path) -> list[Problem]:
    """Return every fault of one store, in the order of files and lines.

    Raises:
        StoreUnreadable: a file cannot be opened.

    """
    return examine(path)[1]


def examine(path: Path) -> tuple[Store | None, list[Problem]]:
    """Read one store without raising for its faults: the store is None when there are any.

    Raises:
        StoreUnreadable: a file cannot be opened.

    """
    loading = _read(path)
    return None if loading.problems else loading.store(), loading.problems


def definitions(heads: Known[Path, bytes]) -> Store | None:
    """Read what the files of a store define before their facts; None where anything is wrong with it."""
    loading = _Loading()
    for file, head in heads.items():
        reading = schema.Reading(str(file))
        _read_stream(BytesIO(head + _NO_FACTS), reading, loading)  # refused where no facts may follow
        if reading.problems or loading.problems or not loading.whole:
            return None
    return loading.store()


def facts_alone(items: bytes) -> list[Fact] | None:
    """Read items of a list of facts, without asking whether what they refer to is defined; None for any fault."""
    try:
        text = items.decode()
    except UnicodeDecodeError:
        return None
    facts: list[Fact] = []
    for part in read_quickly(text):
        if isinstance(part, Fact):
            facts.append(part)
            continue
        loading, reading = _Loading(), schema.Reading("")
        more, expected = _MORE, {"facts_format", _FACTS, "title"}
        if not part.endswith("\n"):  # the file ends there, and nothing can follow
            more, expected = b"", expected - {"title"}
        sections = _read_stream(BytesIO(_FACTS_HEAD + part.encode() + more), reading, loading)
        if reading.problems or not loading.whole or sections != expected:
            return None
        facts += loading.facts
    return facts


def load_file(file: Path) -> Store:
    """Read one file of a store by itself, without asking whether another defines what it refers to.

    Raises:
        StoreUnreadable: the file cannot be opened.
        StoreFaults: it has faults of its own.

    """
    loading, reading = _Loading(), schema.Reading(str(file))
    _read_file(file, reading, loading)
    if reading.problems:
        raise StoreFaults(reading.problems)
    return loading.store()


def load_facts(nodes: Iterable[Node], reading: schema.Reading, known: Store) -> Store:
    """Make a store of facts that stand in no store's file.

    The units, categories and sources that they name are those of a known store; one that it does not have is defined
    here, by its id.

    Raises:
        StoreFaults: any fact has a fault; all of them are listed.

    """
    loading = _Loading(references=reading.references, problems=reading.problems)
    for node in nodes:
        _read_fact(node, reading, loading)
    for ref in reading.references:
        if ref.what != "fact":
            loading.places.setdefault((ref.what, ref.name), ref.at)
    loading.problems += _unresolved(loading)
    if loading.problems:
        raise StoreFaults(sorted(loading.problems, key=lambda problem: (problem.at.line, problem.at.column)))
    loading.title = known.title
    loading.units = _defined("unit", known.units, loading, _by_id)
    loading.categories = _defined("category", known.categories, loading, _by_id)
    loading.sources = _defined("source", known.sources, loading, lambda id_: Source(id_, "document", _by_id(id_)))
    return loading.store()


def _defined(what: str, known: Known[str, T], loading: _Loading, define: Callable[[str], T]) -> dict[str, T]:
    """Return what the facts refer to: what is known in its order, then what is defined here."""
    used = dict.fromkeys(ref.name for ref in loading.references if ref.what == what)
    return {id_: value for id_, value in known.items() if id_ in used} | {
        id_: define(id_) for id_ in used if id_ not in known
    }


def _by_id(id_: str) -> Text:
    return {PLAIN: id_}


@dataclass(slots=True)
class _Loading:
    """A store while its files are read."""

    title: Text = field(default_factory=dict)
    units: dict[str, Text] = field(default_factory=dict)
    categories: dict[str, Text] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    places: dict[tuple[str, str], Position] = field(default_factory=dict)
    skeletons: dict[str, str] = field(default_factory=dict)
    references: list[schema.Reference] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    whole: bool = True  # no file was left before its end

    def store(self) -> Store:
        return Store(self.title, self.units, self.categories, self.sources, tuple(self.facts), places=self.places)


def _read(path: Path) -> _Loading:
    loading = _Loading()
    files = files_of(path)
    for file in files:
        reading = schema.Reading(str(file))
        _read_file(file, reading, loading)
        loading.references += reading.references
        loading.problems += reading.problems
    if loading.whole:  # else what is referred to may stand where nobody read
        loading.problems += _unresolved(loading)
    order = {str(file): place for place, file in enumerate(files)}
    loading.problems.sort(key=lambda problem: (order[problem.at.file], problem.at.line, problem.at.column))
    return loading


def _read_file(file: Path, reading: schema.Reading, loading: _Loading) -> None:
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            reading.report(0, 0, "is not a regular file; a store is a YAML file, or a folder of them")
            return
        with file.open("rb") as stream:
            _read_stream(stream, reading, loading)
    except OSError as error:
        raise StoreUnreadable(f"{file}: {reason(error)}") from None


def _read_stream(stream: BinaryIO, reading: schema.Reading, loading: _Loading) -> set[str]:
    """Read a file's text and return the names of its sections."""
    seen: set[str] = set()
    try:
        for section in read_sections(stream, reading.report):
            seen.add(section.key.text)
            _read_section(section, reading, loading)
    except Stopped:
        loading.whole = False
        return seen
    if "facts_format" not in seen:
        reading.report(0, 0, "has no `facts_format: 1`; it is the first line of a store")
    return seen


def _read_section(section: Section, reading: schema.Reading, loading: _Loading) -> None:
    key = section.key
    read = _SECTIONS.get(key.text)
    if section.is_item:
        if read is _read_facts:
            _read_fact(section.value, reading, loading)
    elif read:
        read(section.value, reading, loading)
    else:
        reading.tell(key, f"unknown key {key.text!r} of a store: {suggestion(key.text, tuple(_SECTIONS))}")


def _read_format(node: Node, reading: schema.Reading, _: _Loading) -> None:
    word = schema.read_word(node, reading)
    if word is not None and word != schema.FORMAT:
        reading.tell(node, f"format {word!r} is not known; this version reads format {schema.FORMAT}")


def _read_title(node: Node, reading: schema.Reading, loading: _Loading) -> None:
    loading.title = schema.read_text(node, reading) or loading.title


def _read_names(what: str) -> Callable[[Node, schema.Reading, _Loading], None]:
    """Make the reader of a mapping id → definition: units, categories, sources."""

    def read(node: Node, reading: schema.Reading, loading: _Loading) -> None:
        if not isinstance(node, Mapping):
            reading.tell(node, f"a mapping should stand here: the id of each {what} and what it is")
            return
        for id_, key in node.keys.items():
            if schema.read_identifier(key, reading) is None or not _define(what, id_, key, reading, loading):
                continue
            child = node.items[id_]
            if what == "source":
                loading.sources |= {id_: source} if (source := schema.read_source(id_, child, reading)) else {}
            else:
                names = loading.units if what == "unit" else loading.categories
                names[id_] = schema.read_text(child, reading) or {}

    return read


def _read_facts(node: Node, reading: schema.Reading, _: _Loading) -> None:
    if not isinstance(node, NodeSequence):
        reading.tell(node, "a list should stand here, each fact an item that begins with `- id:`")


def _read_fact(node: Node, reading: schema.Reading, loading: _Loading) -> None:
    fact = schema.read_fact(node, reading)
    id_node = node.items.get("id") if isinstance(node, Mapping) else None
    if isinstance(id_node, Scalar) and id_node.text.strip():
        _define("fact", id_node.text, id_node, reading, loading)
    if fact:
        loading.facts.append(fact)


def _define(what: str, id_: str, node: Node, reading: schema.Reading, loading: _Loading) -> bool:
    """Take down that an id is defined here, unless it, or one that looks like it, is defined already."""
    first = loading.places.setdefault((what, id_), reading.at(node))
    if first != reading.at(node):
        reading.tell(node, f"{what} {id_!r} is defined a second time; the first is at {first}")
        return False
    twin = loading.skeletons.setdefault(f"{what} {_skeleton(id_)}", id_)
    if twin != id_:
        reading.tell(node, f"{what} {id_!r} looks like {twin!r}; give one of them another id")
    return True


def _skeleton(id_: str) -> str:
    """Fold what looks alike."""
    return id_.translate(_LOOKALIKES)


def _unresolved(loading: _Loading) -> Iterable[Problem]:
    """Yield a problem for each name that nothing defines; the first ones come with a suggestion, which takes time."""
    unknown = (ref for ref in loading.references if (ref.what, ref.name) not in loading.places)
    known: dict[str, list[str]] = {}
    compared = 0
    for place, ref in enumerate(islice(unknown, schema.MOST_FAULTS)):
        if ref.what not in known:
            known[ref.what] = [name for what, name in loading.places if what == ref.what]
        compared += len(known[ref.what])
        is_hinted = place < _SUGGESTIONS and compared <= _COMPARISONS and len(ref.name) <= _LONGEST_COMPARED
        hint = f": {suggestion(ref.name, known[ref.what])}" if is_hinted else ""
        yield Problem(ref.at, f"unknown {ref.what} {quoted(ref.name)}{hint}")


def labels(paths: Sequence[Path]) -> list[str]:
    """Name each store by its file, and by its place in the row where two files share a name."""
    stems = [visible(path.stem) for path in paths]
    labels = [stem if stems.count(stem) == 1 else f"{stem}-{place}" for place, stem in enumerate(stems, start=1)]
    if len(set(labels)) < len(labels):  # a, a and a-1
        labels = [f"{place}-{stem}" for place, stem in enumerate(stems, start=1)]
    return labels


_SECTIONS: dict[str, Callable[[Node, schema.Reading, _Loading], None]] = {
    "facts_format": _read_format,
    "title": _read_title,
    "units": _read_names("unit"),
    "categories": _read_names("category"),
    "sources": _read_names("source"),
    _FACTS: _read_facts,
}
