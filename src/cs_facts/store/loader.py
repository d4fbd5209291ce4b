"""Files → facts, one by one, and every fault.

`StoreFile` reads one file, `Loader` the files of one store, which define ids for one another::

    loader = Loader(path)
    for file in loader.files:
        for fact in loader.facts(file):  # in the order of the file; none is kept
            ...
    problems = loader.finish()  # every fault of every file, in order; with any, the facts are worth nothing
    store = loader.store()  # title, units, categories, sources …, complete once all files were read

Who has read the other files before (an index, of which one file changed) reads a `StoreFile` by itself: iterated, it
gives its facts; then `problems` are its own faults, `references` what it expects others to define, `store()` what it
defines. Ids of facts that are the same or look alike in two files (`cs_facts.store.schema.skeleton`) are then the
caller's to find. `load`, `examine` and `check` read whole stores into memory.
"""

from __future__ import annotations

import stat
from array import array
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, Any

from cs_facts.errors import StoreFaults, StoreUnreadable, quoted, reason, suggestion
from cs_facts.lexicon import reading_order
from cs_facts.model import Store
from cs_facts.store import schema
from cs_facts.store.files import files_of
from cs_facts.store.merge import merge
from cs_facts.store.parser import MOST_ALIKE, CheckedText, Mapping, Scalar, Stopped, read_sections
from cs_facts.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from cs_facts.model import Fact, Position, Problem, Source, Text
    from cs_facts.store.parser import Section

# Languages in which the facts of a store may be: an index has columns for each, and SQLite takes 2,000 of them.
MOST_LANGUAGES = 600

# Unknown names that come with a suggestion.
_SUGGESTIONS = 100

# Known names, all told, that unknown ones are compared with: some ten microseconds each, and ten times as many where
# they are long and made to be slow.
_COMPARISONS = 50_000
_LONGEST_COMPARED = 80


class StoreFile:
    """One file of a store; iterated once, it gives its facts.

    Attributes:
        file: its path.
        languages: the languages of its facts' texts, in the order in which they come.
        is_whole: whether it was read to its end, which a fault may prevent.
        reading: its faults and references.
        values: top-level key → what was read of it, facts and synonyms left out.
        synonyms: its groups of synonyms.
        ids: the hash of each fact's id, ``skeletons`` that of its skeleton: 16 bytes a fact, for there may be millions.

    """

    def __init__(self, file: Path, definitions: schema.Definitions | None = None) -> None:
        self.file = file
        self.languages: dict[str, None] = {}
        self.is_whole = False
        self.reading = schema.Reading(str(file), definitions)
        self.values: dict[str, Any] = {}
        self.synonyms: list[tuple[str, ...]] = []
        self._text: CheckedText | None = None
        self.ids, self.skeletons = array("q"), array("q")

    def __iter__(self) -> Iterator[Fact]:
        """Yield the facts in the order of the file.

        Raises:
            StoreUnreadable: the file cannot be opened.

        """
        reading = self.reading
        seen = set()
        try:
            for section in self._sections():
                seen.add(section.key.value)
                fact = self._read(section)
                if fact:
                    yield fact
            if "facts_format" not in seen:
                reading.report(0, 0, "has no `facts_format: 1`; it is the first line of a store")
            self.is_whole = True
        except Stopped:
            pass

    @property
    def bytes_read(self) -> int:
        """How many bytes of the file were read so far."""
        return self._text.size if self._text else 0

    @property
    def problems(self) -> list[Problem]:
        """The faults found so far, in the order of places."""
        return self.reading.problems

    @property
    def references(self) -> set[tuple[str, str]]:
        """What facts refer to that was not defined before them: ("unit", id), ("fact", id) and so on."""
        return set(self.reading.references)

    def store(self) -> Store:
        """Return what the file defines, without its facts."""
        return _store([self])

    def read_ids(self) -> Iterator[Scalar]:
        """Read the file again for the ids of its facts."""
        again = StoreFile(self.file)
        try:
            for section in again._sections():
                if node := _id_node(section):
                    yield node
        except Stopped:
            pass

    def _sections(self) -> Iterator[Section]:
        try:
            if not stat.S_ISREG(self.file.stat().st_mode):
                self.reading.report(0, 0, "is not a regular file; a store is a YAML file, or a folder of them")
                raise Stopped
            with self.file.open("rb") as stream:
                self._text = CheckedText(stream, self.reading)
                yield from read_sections(self._text, self.reading)
        except OSError as error:
            raise StoreUnreadable(f"{self.file}: {reason(error)}") from None

    def _read(self, section: Section) -> Fact | None:
        """Read a section, or an item of one, and return the fact that it is."""
        key, node, is_item = section
        name = key.value
        if not is_item:
            declared = schema.STORE.fields.get(name)
            if declared is None:
                known = tuple(schema.STORE.fields)
                self.reading.tell(key, f"unknown key {name!r} of a store: {suggestion(name, known)}")
            elif value := declared.read.read(node, self.reading):
                self.values[name] = value
            return None
        value = schema.ITEMS[name](node, self.reading) if name in schema.ITEMS else None
        if name == "synonyms" and value:
            self.synonyms.append(value)
        if name != "facts":
            return None
        if id_node := _id_node(section):
            self.ids.append(hash(id_node.value))
            self.skeletons.append(hash(schema.skeleton(id_node.value)))
        if value:
            for text in (value.title, value.text, value.note):
                if not self.languages.keys() >= text.keys():
                    self.languages |= dict.fromkeys(text)
        return value


def _id_node(section: Section) -> Scalar | None:
    """Return the id of a section that is a fact, if it has one."""
    if not section.is_item or section.key.value != "facts" or not isinstance(section.value, Mapping):
        return None
    node = section.value.items.get("id")
    return node if isinstance(node, Scalar) and node.value.strip() else None


def _store(files: Iterable[StoreFile], facts: Iterable[Fact] = ()) -> Store:
    """Put together what files define; of a title, version and licence the last."""
    values: dict[str, Any] = {}
    units: dict[str, Text] = {}
    categories: dict[str, Text] = {}
    sources: dict[str, Source] = {}
    synonyms: list[tuple[str, ...]] = []
    places: dict[tuple[str, str], Position] = {}
    for file in files:
        values |= file.values
        units |= file.values.get("units", {})
        categories |= file.values.get("categories", {})
        sources |= file.values.get("sources", {})
        synonyms += file.synonyms
        places |= file.reading.definitions.places
    return Store(
        title=values.get("title", {}),
        units=units,
        categories=categories,
        sources=sources,
        facts=tuple(facts),
        version=values.get("version"),
        licence=values.get("licence"),
        synonyms=tuple(dict.fromkeys(synonyms)),
        places=places,
    )


class Loader:
    """The files of one store, read fact by fact.

    Attributes:
        files: its files in their order.

    Raises:
        StoreUnreadable: there is no such file, or a folder without YAML.

    """

    def __init__(self, path: Path) -> None:
        self.files = files_of(path)
        self._definitions = schema.Definitions()
        self._read: dict[Path, StoreFile] = {}

    def facts(self, file: Path) -> Iterator[Fact]:
        """Yield the facts of a file; it is to be read to its end.

        Raises:
            StoreUnreadable: the file cannot be opened.

        """
        self._read[file] = StoreFile(file, self._definitions)
        return iter(self._read[file])

    def read(self, file: Path) -> StoreFile:
        """Return a file that was read."""
        return self._read[file]

    @property
    def bytes_read(self) -> int:
        """How many bytes of the files were read so far."""
        return sum(file.bytes_read for file in self._read.values())

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the facts read so far, in the order of columns."""
        return reading_order(dict.fromkeys(chain.from_iterable(file.languages for file in self._read.values())))

    def store(self, facts: Iterable[Fact] = ()) -> Store:
        """Return what the files define, with these facts."""
        return _store(self._read.values(), facts)

    def finish(self) -> list[Problem]:
        """Check what holds between facts and files, and return every fault, in the order of files and places."""
        files = list(self._read.values())
        if files and len(self.languages) > MOST_LANGUAGES:
            first, more = ", ".join(self.languages[:3]), len(self.languages) - 3
            message = f"the facts are in more than the {MOST_LANGUAGES} languages that a store may have"
            _report(files[0].reading, message=f"{message}: {first} and {more:,} more")
        if all(file.is_whole for file in files):  # else what is referred to may stand where nobody read
            self._check_ids(files)
        return [problem for file in files for problem in file.problems]

    def _check_ids(self, files: list[StoreFile]) -> None:
        partners = {id_ for file in files for what, id_ in file.references if what == "fact"}
        unknown = partners - _defined(partners, files)
        alike = _twins(chain.from_iterable(file.skeletons for file in files))
        known: dict[str, None] = {}
        for file in files if unknown or alike else ():
            for node in file.read_ids():
                known[node.value] = None
                if hash(schema.skeleton(node.value)) in alike:
                    _define(file.reading, node)
        for id_ in partners - unknown:
            for file in files:
                file.reading.references.pop(("fact", id_), None)
        check_references([file.reading for file in files], tuple(known))


def _defined(ids: set[str], files: Iterable[StoreFile]) -> set[str]:
    """Return which of some ids facts have."""
    wanted = {hash(id_): id_ for id_ in ids}
    return {wanted[digest] for file in files for digest in file.ids if digest in wanted} if wanted else set()


def _twins(digests: Iterable[int]) -> set[int]:
    """Return what stands twice."""
    return {one for one, other in pairwise(sorted(digests)) if one == other}


def check_references(readings: Iterable[schema.Reading], facts: Sequence[str]) -> None:
    """Tell of each name that nothing defines, which of the first ones come with a suggestion: that takes time.

    Args:
        readings: the files that refer to one another.
        facts: the ids of facts that are known.

    """
    compared, hints = 0, 0
    for reading in readings:
        known: dict[str, Sequence[str]] = {"fact": facts}
        for (what, id_), mention in reading.references.items():
            if (what, id_) in reading.definitions.places:
                continue
            if what not in known:
                known[what] = [name for kind, name in reading.definitions.places if kind == what]
            compared += len(known[what])
            hints += 1
            is_hinted = hints <= _SUGGESTIONS and compared <= _COMPARISONS and len(id_) <= _LONGEST_COMPARED
            hint = f": {suggestion(id_, known[what])}" if is_hinted else ""
            message = f"unknown {what} {quoted(id_)}{hint}"
            for place in islice(mention.places, MOST_ALIKE - 1):
                _report(reading, *place, message=message)
            if mention.times >= MOST_ALIKE:
                _report(reading, *mention.places[-1], message=message, times=mention.times - MOST_ALIKE + 1)


def _define(reading: schema.Reading, node: Scalar) -> None:
    """Define a fact where nothing is left to be stopped."""
    try:
        reading.define("fact", node.value, node)
    except Stopped:
        return


def _report(reading: schema.Reading, line: int = 0, column: int = 0, *, message: str, times: int = 1) -> None:
    """Report a fault where nothing is left to be stopped."""
    try:
        reading.report(line, column, message, times=times)
    except Stopped:
        return


def load(paths: Sequence[Path]) -> Store:
    """Read one store, or several as one.

    Ids that two stores share are qualified by the stores' names (``a:party-members``).

    Raises:
        StoreUnreadable: a file cannot be opened.
        StoreFaults: any file has a fault; all of them are listed.

    """
    examined = {path: examine(path) for path in dict.fromkeys(paths)}
    problems = [problem for _, told in examined.values() for problem in told]
    stores = [store for store, _ in examined.values() if store]
    if problems:
        raise StoreFaults(problems)
    return merge(dict(zip(labels(list(examined)), stores, strict=True)))


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
    loader = Loader(path)
    facts = [fact for file in loader.files for fact in loader.facts(file)]
    problems = loader.finish()
    return None if problems else loader.store(facts), problems


def load_file(file: Path) -> Store:
    """Read one file of a store by itself, without asking whether another defines what it refers to.

    Raises:
        StoreUnreadable: the file cannot be opened.
        StoreFaults: it has faults of its own.

    """
    read = StoreFile(file)
    facts = list(read)
    if problems := read.problems:
        raise StoreFaults(problems)
    return _store([read], facts)


def labels(paths: Sequence[Path]) -> list[str]:
    """Name each store by its file, and by its place in the row where two files share a name."""
    stems = [visible(path.stem) for path in paths]
    labels = [stem if stems.count(stem) == 1 else f"{stem}-{place}" for place, stem in enumerate(stems, start=1)]
    if len(set(labels)) < len(labels):  # a, a and a-1
        labels = [f"{place}-{stem}" for place, stem in enumerate(stems, start=1)]
    return labels
