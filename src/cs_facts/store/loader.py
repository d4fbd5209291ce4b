"""Files → facts, one by one, and every fault; several stores → one, with the ids they share told apart.

A `StoreFile` reads one file, those of one store define ids for one another::

    files = open_files(path)
    for fact in chain.from_iterable(files):  # in the order of the files; none is kept
        ...  # the `size` of each file says how far it came
    problems = finish(files)  # every fault of every file, in order; with any, the facts are worth nothing
    store = store_of(files)  # title, units, categories, sources …, complete once all files were read

An index of which one file changed reads a `StoreFile` by itself, and looks itself for ids of facts that are the same
or look alike in two files. `load` and `examine` read whole stores into memory.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain, count, pairwise
from typing import TYPE_CHECKING, Any

from cs_facts.columns import SECTIONS, reading_order
from cs_facts.errors import StoreFaults, quoted, suggestion
from cs_facts.model import Store
from cs_facts.store import files_of, schema
from cs_facts.store.parser import parsing, sections
from cs_facts.store.reading import Definitions, Reading, Stopped, skeleton
from cs_facts.text import visible

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from yaml import ScalarEvent

    from cs_facts.model import Fact, Problem, Text

# Languages in which the facts of a store may be: an index has three columns for each, and SQLite takes 2,000.
MOST_LANGUAGES = 650

# Known names, all told, that unknown ones are compared with for a suggestion: some ten microseconds each, and ten times
# as many where they are long and made to be slow.
_COMPARISONS = 50_000
_LONGEST_COMPARED = 80

# What files of one store add to one another.
_UNITED = ("units", "categories", "sources", "synonyms")


class StoreFile(Reading):
    """One file of a store; iterated once, it gives its facts.

    Attributes:
        languages: of its facts' texts, in the order in which they come.
        values: top-level key → what was read of it, facts left out.
        is_whole: whether it was read to its end, which a fault may prevent.

    """

    def __init__(self, path: Path, definitions: Definitions | None = None) -> None:
        super().__init__(str(path), definitions)
        self.path = path
        self.languages: dict[str, None] = {}
        self.values: dict[str, Any] = {}
        self.is_whole = False

    def __iter__(self) -> Iterator[Fact]:
        """Yield the facts in the order of the file; StoreUnreadable when a file cannot be opened."""
        seen: dict[str, ScalarEvent] = {}
        with suppress(Stopped), parsing(self.path, self):
            for name, event in sections(self, seen):
                if name not in schema.STORE.fields:
                    schema.STORE.refuse(seen[name], event, self)
                    continue
                value: Any = schema.STORE.fields[name].read.read(event, self)
                if name == "facts":
                    for fact in filter(None, value):
                        self.languages |= dict.fromkeys(chain(fact.title, fact.text, fact.note))
                        yield fact
                elif name == "synonyms":
                    self.values[name] = dict.fromkeys(filter(None, value))
                elif value:
                    self.values[name] = value
            if "facts_format" not in seen:
                self.report(0, 0, "has no `facts_format: 1`; it is the first line of a store")
            self.is_whole = True


def open_files(path: Path) -> list[StoreFile]:
    """Return the files of a store in their order, each to be iterated to its end; see `files_of` for what is none."""
    definitions = Definitions()
    return [StoreFile(file, definitions) for file in files_of(path)]


def store_of(files: Sequence[StoreFile], facts: Iterable[Fact] = ()) -> Store:
    """Put together what files define, with these facts; of a title, version and licence the last."""
    values: dict[str, Any] = {"title": {}, **{key: {} for key in _UNITED}}
    for file in files:
        for key, value in file.values.items():
            values[key] = values[key] | value if key in _UNITED else value
    values.pop("facts_format", None)
    synonyms = tuple(values.pop("synonyms"))
    return Store(**values, facts=tuple(facts), synonyms=synonyms, places=dict(files[0].definitions.places))


def finish(files: Sequence[StoreFile]) -> list[Problem]:
    """Check what holds between the facts and files of a store, and return every fault, in the order of places."""
    languages = reading_order(dict.fromkeys(chain.from_iterable(file.languages for file in files)))
    if len(languages) > MOST_LANGUAGES:
        named = f"{', '.join(filter(None, languages[:4]))} …, {len(languages):,} in all"
        with suppress(Stopped):
            files[0].report(0, 0, f"a store has at most {MOST_LANGUAGES} languages, this one {named}")
    _check_ids(files)
    return [problem for file in files for problem in file.problems]


def _check_ids(files: Sequence[StoreFile]) -> None:
    """Tell of ids that are defined twice or look alike, and of names that nothing defines."""
    partners = {hash(id_): id_ for file in files for what, id_ in file.references if what == "fact"}
    known = {partners[digest] for file in files for digest in file.ids if digest in partners}
    looks = sorted(chain.from_iterable(file.skeletons for file in files))
    alike = {one for one, other in pairwise(looks) if one == other}
    ids: dict[str, None] = {}
    for file in files if alike or len(known) < len(partners) else ():
        again = StoreFile(file.path)
        events: list[ScalarEvent] = []
        again.take_id = events.append
        for _ in again:
            pass
        for event in events:
            ids[event.value] = None
            if hash(skeleton(event.value)) in alike:
                with suppress(Stopped):
                    file.define("fact", event.value, event)
    if all(file.is_whole for file in files):  # else what is referred to may stand where nobody read
        check_references(files, known | ids.keys(), tuple(ids))


def check_references(readings: Iterable[Reading], facts: Container[str], suggested: Sequence[str]) -> None:
    """Tell of each name that nothing defines; the first ones come with a suggestion, which takes time.

    Of facts only the ids that are referred to need to be known, and those that may be suggested.
    """
    compared = 0
    for reading in readings:
        known: dict[str, Sequence[str]] = {"fact": suggested}
        for (what, id_), places in reading.references.items():
            if (what, id_) in reading.definitions.places or (what == "fact" and id_ in facts):
                continue
            if what not in known:
                known[what] = [name for kind, name in reading.definitions.places if kind == what]
            compared += len(known[what]) + 1
            is_hinted = compared <= _COMPARISONS and len(id_) <= _LONGEST_COMPARED
            hint = f": {suggestion(id_, known[what])}" if is_hinted else ""
            if what in SECTIONS:
                hint += f" (a new {what} is defined under {SECTIONS[what]!r})"
            with suppress(Stopped):
                for place in places:
                    more = reading.mentioned[what, id_] - len(places) if place is places[-1] else 0
                    reading.report(*place, f"unknown {what} {quoted(id_)}{hint}", times=1 + more)


def load(paths: Sequence[Path]) -> Store:
    """Read one store, or several as one: ids that two share are qualified by their names (``a:party-members``).

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


def examine(path: Path) -> tuple[Store | None, list[Problem]]:
    """Read one store and its faults, with which it is None; StoreUnreadable when a file cannot be opened."""
    files = open_files(path)
    facts = list(chain.from_iterable(files))
    problems = finish(files)
    return None if problems else store_of(files, facts), problems


def labels(paths: Sequence[Path]) -> list[str]:
    """Name each store by its file, and by its place in the row where two files share a name."""
    stems = [visible(path.stem) for path in paths]
    labels = [stem if stems.count(stem) == 1 else f"{stem}-{place}" for place, stem in enumerate(stems, start=1)]
    if len(set(labels)) < len(labels):  # a, a and a-1
        labels = [f"{place}-{stem}" for place, stem in enumerate(stems, start=1)]
    return labels


@dataclass(frozen=True, slots=True)
class Renaming:
    """New ids for some of the facts, categories and sources of a store."""

    facts: Mapping[str, str]
    categories: Mapping[str, str]
    sources: Mapping[str, str]

    def of(self, store: Store) -> Store:
        """Rename what a store holds."""
        sources = [replace(source, id=self.sources.get(id_, id_)) for id_, source in store.sources.items()]
        return replace(
            store,
            categories={self.categories.get(id_, id_): names for id_, names in store.categories.items()},
            sources={source.id: source for source in sources},
            facts=tuple(map(self.of_fact, store.facts)),
            places={},
        )

    def of_fact(self, fact: Fact) -> Fact:
        """Rename what a fact is and refers to."""
        renamed = self.facts.get
        return replace(
            fact,
            id=renamed(fact.id, fact.id),
            category=self.categories.get(fact.category, fact.category),
            source=self.sources.get(fact.source, fact.source),
            conflicts=tuple(replace(each, other=renamed(each.other, each.other)) for each in fact.conflicts),
        )


def merge(stores: Mapping[str, Store]) -> Store:
    """Make one store of several, given by their labels, whose titles stand one behind the other.

    Units of one id are one, under the names that come first: that is what makes stores comparable. Facts, categories
    and sources of one id stay apart, see `renamings`. A licence that all are under is that of the whole.
    """
    if len(stores) == 1:
        return next(iter(stores.values()))
    shared = _shared(fact.id for store in stores.values() for fact in store.facts)
    apart = {label: renaming.of(stores[label]) for label, renaming in renamings(stores, shared).items()}
    categories = {}
    for label, store in apart.items():
        for id_, names in store.categories.items():
            is_shared = id_ not in stores[label].categories
            categories[id_] = {tag: f"{name} ({label})" for tag, name in names.items()} if is_shared else names
    united = [pair for store in apart.values() for pair in store.units.items()]
    licences = {store.licence for store in apart.values()}
    return Store(
        title=_titles([store.title for store in apart.values()]),
        units=dict(united) | dict(reversed(united)),
        categories=categories,
        sources={id_: source for store in apart.values() for id_, source in store.sources.items()},
        facts=tuple(fact for store in apart.values() for fact in store.facts),
        licence=licences.pop() if len(licences) == 1 else None,
        synonyms=tuple(dict.fromkeys(words for store in apart.values() for words in store.synonyms)),
    )


def renamings(stores: Mapping[str, Store], shared: Iterable[str]) -> dict[str, Renaming]:
    """Return for each label what tells its ids apart from those of other stores: ``label:id`` of what they share.

    The facts of the stores are not asked: ``shared`` has the ids that stand in several.
    """
    categories = _shared(id_ for store in stores.values() for id_ in store.categories)
    sources = _shared(id_ for store in stores.values() for id_ in store.sources)
    ids = (frozenset(shared), categories, sources)
    return {label: Renaming(*({id_: f"{label}:{id_}" for id_ in each} for each in ids)) for label in stores}


def storable(ids: Iterable[str], categories: Iterable[str], sources: Iterable[str]) -> Renaming:
    """Write the ids of merged stores as a store's file holds them: ``a:party-members`` becomes ``a-party-members``."""
    return Renaming(*map(_written, (ids, categories, sources)))


def _shared(ids: Iterable[str]) -> frozenset[str]:
    return frozenset(id_ for id_, times in Counter(ids).items() if times > 1)


def _titles(titles: Sequence[Text]) -> Text:
    """Name all stores in each language, a store without a title in it by the one that it has."""
    return {
        tag: " · ".join(
            dict.fromkeys(name for text in titles if (name := text.get(tag) or next(iter(text.values()), "")))
        )
        for tag in dict.fromkeys(tag for text in titles for tag in text)
    }


def _written(ids: Iterable[str]) -> dict[str, str]:
    """Return id → an id of its own without the colon that sets a label apart."""
    ids = tuple(ids)
    written = {id_: id_ for id_ in ids if ":" not in id_}
    taken = set(written)
    for id_ in ids:
        if id_ not in written:
            plain = "-".join(re.findall("[a-z0-9]+", id_.lower()))
            numbered = (f"{plain}-{number}" if number > 1 else plain for number in count(1))
            written[id_] = next(free for free in numbered if free not in taken)
            taken.add(written[id_])
    return written
