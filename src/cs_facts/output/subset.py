"""Some facts of a store as a store of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from cs_facts.model import Store
from cs_facts.store.merge import storable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cs_facts.index import Facts
    from cs_facts.model import Fact

_T = TypeVar("_T")


def subset(facts: Facts) -> tuple[Store, Iterator[Fact]]:
    """Return what facts refer to, as a store that holds none, and the facts as a store's file holds them.

    One of all the facts keeps everything; of others, conflicts with what is left out are left out. The licence and the
    synonyms hold for any of them, the version for all together.
    """
    index = facts.index
    if len(facts) == index.size:
        units, categories, sources = index.units, index.categories, index.sources
        kept = iter(facts)
    else:
        units, categories = _only(index.units, facts, "unit"), _only(index.categories, facts, "category")
        sources = _only(index.sources, facts, "source")
        kept = _among_themselves(facts)
    version = index.version if len(facts) == index.size else None
    store = Store(index.title, units, categories, sources, (), version, index.licence, index.synonyms)
    if not index.is_merged:
        return store, kept
    ids = (id_ for (id_,) in facts.rows(["id"]))
    renaming = storable(ids, categories, sources)
    return renaming.of(store), map(renaming.of_fact, kept)


def _only(known: Mapping[str, _T], facts: Facts, column: str) -> dict[str, _T]:
    wanted = {name for (name,) in facts.rows([column])}
    return {name: value for name, value in known.items() if name in wanted}


def _among_themselves(facts: Facts) -> Iterator[Fact]:
    """Yield facts with only those conflicts that are between them."""
    contradicted = {id_ for id_, others in facts.rows(["id", "conflicts"]) if others}
    for fact in facts:
        kept = tuple(conflict for conflict in fact.conflicts if conflict.other in contradicted)
        yield replace(fact, conflicts=kept) if fact.conflicts else fact
