"""Read the facts of a store one by one, collect every fault, and merge several stores into one.

A `StoreFile` reads one file; the files of a store share their definitions::

    files = open_files(path)
    for fact in chain.from_iterable(files):  # in file order; facts are not kept
        ...  # `size` of a file tells how far it has been read
    problems = finish(files)  # every fault of every file, in order; if there are any, discard the facts
    store = store_of(files)  # title, units, categories, sources …, complete once all files have been read

When one file of an index has changed, the index reads that `StoreFile` alone and compares its fact ids with those of
the other files itself. `load` and `examine` read whole stores into memory.
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

# How many languages a store may have: the index needs three columns for each, and SQLite allows 2,000.
MOST_LANGUAGES = 650

# How many comparisons in all may be spent on suggestions for unknown names. Each takes about ten microseconds, or a
# hundred for long names built to be slow.
_COMPARISONS = 50_000
_LONGEST_COMPARED = 80

# Sections that the files of one store may share out between them.
_UNITED = ("units", "categories", "sources", "synonyms")


class StoreFile(Reading):
    """One file of a store; iterating over it, once, yields its facts."""

    def __init__(self, path: Path, definitions: Definitions | None = None) -> None:
        super().__init__(str(path), definitions)
        self.path = path
        self.languages: dict[str, None] = {}  # of its texts, in order of appearance
        self.values: dict[str, Any] = {}  # of its top-level keys other than ``facts``
        self.is_whole = False  # whether it was read to the end, which a fault may prevent

    def __iter__(self) -> Iterator[Fact]:
        """Yield the facts in file order; raise StoreUnreadable if the file cannot be opened."""
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
                self.report_at(0, 0, "has no `facts_format: 1`; it is the first line of a store")
            self.is_whole = True


def open_files(path: Path) -> list[StoreFile]:
    """Return the files of a store in order, each of which must be iterated to its end; raises as `files_of` does."""
    definitions = Definitions()
    return [StoreFile(file, definitions) for file in files_of(path)]


def store_of(files: Sequence[StoreFile], facts: Iterable[Fact] = ()) -> Store:
    """Build a store of these facts and what the files define; the last title, version and licence count."""
    values: dict[str, Any] = {"title": {}, **{key: {} for key in _UNITED}}
    for file in files:
        for key, value in file.values.items():
            values[key] = values[key] | value if key in _UNITED else value
    values.pop("facts_format", None)
    synonyms = tuple(values.pop("synonyms"))
    return Store(**values, facts=tuple(facts), synonyms=synonyms, places=dict(files[0].definitions.places))


def finish(files: Sequence[StoreFile]) -> list[Problem]:
    """Check the facts and files of a store against each other; return every fault in order of place."""
    languages = reading_order(dict.fromkeys(chain.from_iterable(file.languages for file in files)))
    if len(languages) > MOST_LANGUAGES:
        named = f"{', '.join(filter(None, languages[:4]))} …, {len(languages):,} in all"
        with suppress(Stopped):
            files[0].report_at(0, 0, f"a store has at most {MOST_LANGUAGES} languages, this one {named}")
    _check_ids(files)
    return [problem for file in files for problem in file.problems]


def _check_ids(files: Sequence[StoreFile]) -> None:
    """Report ids that are defined twice or look alike, and references to ids that are not defined.

    Only hashes were kept of the ids of facts. If two collide, or a reference is unknown, the files are read again for
    the ids themselves.
    """
    partners = {hash(id_): id_ for file in files for what, id_ in file.references if what == "fact"}
    known = {partners[digest] for file in files for digest in file.ids if digest in partners}
    looks = sorted(chain.from_iterable(file.skeletons for file in files))
    alike = {one for one, other in pairwise(looks) if one == other}
    ids: dict[str, None] = {}
    for file in files if alike or len(known) < len(partners) else ():
        again = StoreFile(file.path)
        events: list[ScalarEvent] = []
        again.on_id = events.append
        for _ in again:
            pass
        for event in events:
            ids[event.value] = None
            if hash(skeleton(event.value)) in alike:
                with suppress(Stopped):
                    file.define("fact", event.value, event)
    if all(file.is_whole for file in files):  # otherwise the definition may stand in the part that was not read
        check_references(files, known | ids.keys(), tuple(ids))


def check_references(readings: Iterable[Reading], facts: Container[str], suggested: Sequence[str]) -> None:
    """Report each reference to an undefined id; as suggestions take time, only the first ones come with one.

    ``facts`` must contain those fact ids that are referred to, ``suggested`` those that may be suggested.
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
                    more = reading.reference_counts[what, id_] - len(places) if place is places[-1] else 0
                    reading.report_at(*place, f"unknown {what} {quoted(id_)}{hint}", times=1 + more)


def load(paths: Sequence[Path]) -> Store:
    """Read one store, or merge several; ids that two of them share are prefixed with their labels, ``a:party-members``.

    Raises `StoreUnreadable` if a file cannot be opened, and `StoreFaults` with the faults of all files.
    """
    examined = {path: examine(path) for path in dict.fromkeys(paths)}
    problems = [problem for _, faults in examined.values() for problem in faults]
    stores = [store for store, _ in examined.values() if store]
    if problems:
        raise StoreFaults(problems)
    return merge(dict(zip(labels(list(examined)), stores, strict=True)))


def examine(path: Path) -> tuple[Store | None, list[Problem]]:
    """Return a store, or None if it has faults, and the faults; raise StoreUnreadable if a file cannot be opened."""
    files = open_files(path)
    facts = list(chain.from_iterable(files))
    problems = finish(files)
    return None if problems else store_of(files, facts), problems


def labels(paths: Sequence[Path]) -> list[str]:
    """Label each store with the name of its file, numbered where two files share a name."""
    stems = [visible(path.stem) for path in paths]
    labels = [stem if stems.count(stem) == 1 else f"{stem}-{place}" for place, stem in enumerate(stems, start=1)]
    if len(set(labels)) < len(labels):  # files named a, a and a-1
        labels = [f"{place}-{stem}" for place, stem in enumerate(stems, start=1)]
    return labels


@dataclass(frozen=True, slots=True)
class Renaming:
    """New ids for some of the facts, categories and sources of a store."""

    facts: Mapping[str, str]
    categories: Mapping[str, str]
    sources: Mapping[str, str]

    def of(self, store: Store) -> Store:
        """Return the store with its ids renamed."""
        sources = [replace(source, id=self.sources.get(id_, id_)) for id_, source in store.sources.items()]
        return replace(
            store,
            categories={self.categories.get(id_, id_): names for id_, names in store.categories.items()},
            sources={source.id: source for source in sources},
            facts=tuple(map(self.of_fact, store.facts)),
            places={},
        )

    def of_fact(self, fact: Fact) -> Fact:
        """Return the fact with its own id and its references renamed."""
        renamed = self.facts.get
        return replace(
            fact,
            id=renamed(fact.id, fact.id),
            category=self.categories.get(fact.category, fact.category),
            source=self.sources.get(fact.source, fact.source),
            conflicts=tuple(replace(each, other=renamed(each.other, each.other)) for each in fact.conflicts),
        )


def merge(stores: Mapping[str, Store]) -> Store:
    """Merge stores, given by label, into one whose title joins theirs.

    Units with the same id become one, under the first names given, which makes the stores comparable. Facts, categories
    and sources with the same id stay apart; see `renamings`. The licence is kept if all stores have the same.
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
    """Return for each label the renaming of ids that stores share to ``label:id``.

    ``shared`` has the fact ids that several stores contain; the facts of the stores themselves are not read.
    """
    categories = _shared(id_ for store in stores.values() for id_ in store.categories)
    sources = _shared(id_ for store in stores.values() for id_ in store.sources)
    ids = (frozenset(shared), categories, sources)
    return {label: Renaming(*({id_: f"{label}:{id_}" for id_ in each} for each in ids)) for label in stores}


def storable(ids: Iterable[str], categories: Iterable[str], sources: Iterable[str]) -> Renaming:
    """Return the renaming of merged ids to valid ones: ``a:party-members`` becomes ``a-party-members``."""
    return Renaming(*map(_written, (ids, categories, sources)))


def _shared(ids: Iterable[str]) -> frozenset[str]:
    return frozenset(id_ for id_, times in Counter(ids).items() if times > 1)


def _titles(titles: Sequence[Text]) -> Text:
    """Join the titles in each language; a store without one in that language contributes the title that it has."""
    return {
        tag: " · ".join(
            dict.fromkeys(name for text in titles if (name := text.get(tag) or next(iter(text.values()), "")))
        )
        for tag in dict.fromkeys(tag for text in titles for tag in text)
    }


def _written(ids: Iterable[str]) -> dict[str, str]:
    """Map each id to a unique one without the colon behind the label."""
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
