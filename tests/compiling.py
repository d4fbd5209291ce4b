"""A store of a test, compiled in memory."""

from cs_facts.index import Index
from cs_facts.index.building import build_from
from cs_facts.index.query import Filters, select


def compiled(store):
    """Compile a store and return all of its facts."""
    return select(Index(build_from(store)), Filters())
