"""YAML → facts and located problems, and back. Nothing outside this package knows YAML."""

from cs_facts.store.canonical import canonical
from cs_facts.store.dump import dump, dump_rows
from cs_facts.store.load import bundled, check, examine, files_of, load, shipped

__all__ = ["bundled", "canonical", "check", "dump", "dump_rows", "examine", "files_of", "load", "shipped"]
