"""A store compiled into SQLite. Nothing outside this package and the export to SQLite knows SQLite."""

from cs_facts.index.cache import open_index
from cs_facts.index.reading import Index

__all__ = ["Index", "open_index"]
