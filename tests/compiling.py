"""A store of a test, compiled in memory."""

from cs_facts.index import Index
from cs_facts.index.builder import build_from


def compiled(store):
    """Compile a store and return all of its facts."""
    return Index(build_from(store)).select()
