"""YAML → facts and located problems, and back. Nothing outside this package knows YAML."""

from cs_facts.store.dump import dump, dump_rows
from cs_facts.store.load import bundled, check, examine, files_of, load, shipped
from cs_facts.store.merge import storable

__all__ = ["bundled", "check", "dump", "dump_rows", "examine", "files_of", "load", "shipped", "storable"]
