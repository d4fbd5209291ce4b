"""Several stores → one, with the ids they share told apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import TYPE_CHECKING

from cs_facts.model import Fact, Store, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

Rename = Callable[[str], str]


def merge(stores: Mapping[str, Store]) -> Store:
    """Make one store of several.

    Units of one id are one, under the names that come first: that is what makes stores comparable. Facts, categories
    and sources of one id stay apart, as ``label:id``, the category's names followed by the label. A licence that all
    are under is that of the whole.

    Args:
        stores: label → store, the first giving the title.

    """
    if len(stores) == 1:
        return next(iter(stores.values()))
    shared = (
        _shared(fact.id for store in stores.values() for fact in store.facts),
        _shared(id_ for store in stores.values() for id_ in store.categories),
        _shared(id_ for store in stores.values() for id_ in store.sources),
    )
    apart = [_labelled(label, store, shared) for label, store in stores.items()]
    return Store(
        title=apart[0].title,
        units=_united(store.units for store in apart),
        categories=_united(store.categories for store in apart),
        sources={id_: source for store in apart for id_, source in store.sources.items()},
        facts=tuple(fact for store in apart for fact in store.facts),
        licence=apart[0].licence if len({store.licence for store in apart}) == 1 else None,
        synonyms=tuple(dict.fromkeys(words for store in apart for words in store.synonyms)),
    )


def renamed(stores: Mapping[str, Store]) -> dict[str, tuple[dict[str, str], dict[str, str]]]:
    """Return for each label what `merge` renames: category → its id among several stores, and likewise for sources."""
    shared = (
        _shared(id_ for store in stores.values() for id_ in store.categories),
        _shared(id_ for store in stores.values() for id_ in store.sources),
    )
    return {
        label: (
            {id_: labelled(label, id_) for id_ in store.categories if id_ in shared[0]},
            {id_: labelled(label, id_) for id_ in store.sources if id_ in shared[1]},
        )
        for label, store in stores.items()
    }


def labelled(label: str, id_: str) -> str:
    """Write an id with the store that it is of.

    >>> labelled("a", "party-members")
    'a:party-members'
    """
    return f"{label}:{id_}"


def storable(ids: Iterable[str], categories: Iterable[str], sources: Iterable[str]) -> Renaming:
    """Write the ids of merged stores as a store's file holds them: ``a:party-members`` becomes ``a-party-members``."""
    return Renaming(*(_written(names).__getitem__ for names in (ids, categories, sources)))


@dataclass(frozen=True, slots=True)
class Renaming:
    """New ids for the facts, categories and sources of a store."""

    fact: Rename
    category: Rename
    source: Rename

    def of(self, store: Store) -> Store:
        """Rename what a store holds."""
        sources = (replace(source, id=self.source(id_)) for id_, source in store.sources.items())
        return replace(
            store,
            categories={self.category(id_): names for id_, names in store.categories.items()},
            sources={source.id: source for source in sources},
            facts=tuple(map(self.of_fact, store.facts)),
            places={},
        )

    def of_fact(self, fact: Fact) -> Fact:
        """Rename what a fact is and refers to."""
        return replace(
            fact,
            id=self.fact(fact.id),
            category=self.category(fact.category),
            source=self.source(fact.source),
            conflicts=tuple(replace(conflict, other=self.fact(conflict.other)) for conflict in fact.conflicts),
        )


def _shared(ids: Iterable[str]) -> frozenset[str]:
    return frozenset(id_ for id_, times in Counter(ids).items() if times > 1)


def _labelled(label: str, store: Store, shared: Iterable[frozenset[str]]) -> Store:
    """Return a store whose shared ids bear its label."""
    renamed = Renaming(*(_namer(label, ids) for ids in shared)).of(store)
    names = {
        id_: _marked(text, label) if id_ not in store.categories else text for id_, text in renamed.categories.items()
    }
    return replace(renamed, categories=names)


def _namer(label: str, shared: frozenset[str]) -> Rename:
    return lambda id_: labelled(label, id_) if id_ in shared else id_


def _marked(text: Text, label: str) -> Text:
    return {language: f"{name} ({label})" for language, name in text.items()}


def _united(mappings: Iterable[Mapping[str, Text]]) -> dict[str, Text]:
    united: dict[str, Text] = {}
    for mapping in mappings:
        united = {**united, **mapping, **united}
    return united


def _written(ids: Iterable[str]) -> dict[str, str]:
    """Return id → an id of its own without the colon that sets a label apart."""
    ids = tuple(ids)
    written = {id_: id_ for id_ in ids if ":" not in id_}
    taken = set(written)
    for id_ in ids:
        if id_ not in written:
            plain = "-".join(re.findall("[a-z0-9]+", id_.lower()))
            numbered = (f"{plain}-{number}" for number in count(2))
            written[id_] = next(free for free in chain([plain], numbered) if free not in taken)
            taken.add(written[id_])
    return written
