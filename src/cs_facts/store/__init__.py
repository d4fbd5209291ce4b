"""YAML → facts and located problems, and back. Nothing outside this package knows YAML."""

from cs_facts.store.dump import dump, dump_rows
from cs_facts.store.load import bundled, check, files_of, load

__all__ = ["bundled", "check", "dump", "dump_rows", "files_of", "load"]
