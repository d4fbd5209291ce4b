"""Run a target under atheris: ``python fuzz/run.py figures -max_total_time=600``.

Behind the name of the target stand libFuzzer's options and folders: the first folder keeps the corpus. A file in place
of a folder is one input to run again.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from hashlib import sha1
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import atheris
from harness import timed

if TYPE_CHECKING:
    from collections.abc import Iterable

LIMITS = ("-max_len=4096", "-timeout=30", "-rss_limit_mb=1500")


def main(name: str, *rest: str) -> None:
    """Import a target with its branches counted and run it."""
    atheris.enabled_hooks.add("str")
    with atheris.instrument_imports(include=["cs_facts", "yaml", "json", name]):
        target = importlib.import_module(name)
        law = target.law
        for data in (b"", *islice(target.seeds(), 100)):
            law(data)  # imports what is imported when first needed
    named = [word for word in rest if not word.startswith("-")] or [tempfile.mkdtemp()]
    if not Path(named[0]).is_file():
        _plant(Path(named[0]), target.seeds())
    options = [word for word in rest if word.startswith("-")]
    atheris.Setup([sys.argv[0], *LIMITS, f"-dict={_dictionary(target.WORDS)}", *options, *named], timed(law))
    atheris.Fuzz()


def _plant(corpus: Path, seeds: Iterable[bytes]) -> None:
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in seeds:
        (corpus / sha1(seed, usedforsecurity=False).hexdigest()).write_bytes(seed)


def _dictionary(words: Iterable[str]) -> Path:
    path = Path(tempfile.mkdtemp(), "words.dict")
    path.write_text("".join(f'"{_escaped(word)}"\n' for word in dict.fromkeys(words)), encoding="ascii")
    return path


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02X}" for byte in word.encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
