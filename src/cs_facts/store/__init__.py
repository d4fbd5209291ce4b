"""YAML → facts and located problems, and back. Nothing outside this package knows YAML."""

from cs_facts.store.files import bundled, files_of, shipped
from cs_facts.store.loader import check, examine, load
from cs_facts.store.writer import dump, dump_facts, dump_rows

__all__ = ["bundled", "check", "dump", "dump_facts", "dump_rows", "examine", "files_of", "load", "shipped"]
