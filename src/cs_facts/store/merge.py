"""Several stores → one, with the ids they share told apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from cs_facts.model import Fact, Source, Store, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


def merge(stores: Mapping[str, Store]) -> Store:
    """Make one store of several.

    Units and categories of one id are one, under the names that come first: that is what makes stores
    comparable. Facts and sources of one id stay apart, as ``label:id``.

    Args:
        stores: label → store, the first giving the title.

    """
    fact_ids = Counter(fact.id for store in stores.values() for fact in store.facts)
    source_ids = Counter(id_ for store in stores.values() for id_ in store.sources)
    sources: dict[str, Source] = {}
    facts: list[Fact] = []
    for label, store in stores.items():
        name_source, name_fact = _namer(label, source_ids), _namer(label, fact_ids)
        sources |= {name_source(id_): replace(source, id=name_source(id_)) for id_, source in store.sources.items()}
        facts += [_renamed(fact, name_fact, name_source) for fact in store.facts]
    return Store(
        title=next(iter(stores.values())).title,
        units=_united(store.units for store in stores.values()),
        categories=_united(store.categories for store in stores.values()),
        sources=sources,
        facts=tuple(facts),
    )


def _namer(label: str, ids: Counter[str]) -> Callable[[str], str]:
    return lambda id_: f"{label}:{id_}" if ids[id_] > 1 else id_


def _renamed(fact: Fact, name_fact: Callable[[str], str], name_source: Callable[[str], str]) -> Fact:
    conflicts = tuple(replace(conflict, other=name_fact(conflict.other)) for conflict in fact.conflicts)
    return replace(fact, id=name_fact(fact.id), source=name_source(fact.source), conflicts=conflicts)


def _united(mappings: Iterable[Mapping[str, Text]]) -> dict[str, Text]:
    united: dict[str, Text] = {}
    for mapping in mappings:
        united = {**united, **mapping, **united}
    return united
