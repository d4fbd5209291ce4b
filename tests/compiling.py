"""A store of a test, compiled in memory."""

from cs_facts.index import Index
from cs_facts.index.builder import building
from cs_facts.store.reading import Definitions


class _File(tuple):
    """The facts of a store as a file that defines nothing."""

    definitions = Definitions()


def compiled(store):
    """Compile a store and return all of its facts."""
    file = _File(store.facts)
    file.languages, file.values = store.languages, {}
    with building(":memory:") as builder:
        builder.create()
        builder.add_file(1, file)
        builder.define(store)
        builder.finish()
        return Index(builder.connection).select()
