"""A store compiled into SQLite. Nothing outside this package and the export to SQLite knows SQLite."""

from cs_facts.index.cache import open_index
from cs_facts.index.index import Facts, Filters, Index

__all__ = ["Facts", "Filters", "Index", "open_index"]
