"""YAML → facts and located problems, and back. Nothing outside this package knows YAML."""

from cs_facts.files import bundled, files_of, shipped
from cs_facts.store.dump import dump, dump_facts, dump_rows
from cs_facts.store.load import check, examine, load

__all__ = ["bundled", "check", "dump", "dump_facts", "dump_rows", "examine", "files_of", "load", "shipped"]
