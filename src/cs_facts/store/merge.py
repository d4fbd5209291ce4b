"""Several stores → one, with the ids they share told apart."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING

from cs_facts.model import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cs_facts.model import Fact, Text


@dataclass(frozen=True, slots=True)
class Renaming:
    """New ids for some of the facts, categories and sources of a store."""

    facts: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)

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

    Args:
        stores: label → store, whose facts are not asked.
        shared: the ids of facts that stand in several.

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
