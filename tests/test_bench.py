"""The benchmark: its stores are sound and the same each time, and it runs to its end."""

import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[1] / "bench"

pytestmark = pytest.mark.skipif(not BENCH.is_dir(), reason="bench/ is not part of a source distribution")


def script(name, *arguments):
    """Run a script of the benchmark and return what it printed."""
    command = [sys.executable, BENCH / name, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


@pytest.fixture(scope="module")
def synthetic(tmp_path_factory):
    """Write a synthetic store of 200 facts."""
    path = tmp_path_factory.mktemp("bench") / "store.yaml"
    script("synthetic.py", 200, path)
    return path


def test_a_synthetic_store_is_sound(facts, tmp_path, synthetic):
    """Nothing is to be said of it, it stands in the canonical form, and it is the same each time."""
    result = facts("check", "--strict", "--fix", synthetic)
    assert (result.code, result.stderr.count("already in canonical form")) == (0, 1)
    script("synthetic.py", 200, tmp_path / "again.yaml")
    assert (tmp_path / "again.yaml").read_bytes() == synthetic.read_bytes()


def test_a_folder_holds_the_same_facts(facts, tmp_path, synthetic):
    """What the files share is defined in one of them; the facts are those of one file."""
    script("synthetic.py", 200, "--files", 7, tmp_path / "folder")
    assert len(list((tmp_path / "folder").iterdir())) == 7
    assert facts("export", "-s", tmp_path / "folder").raw == facts("export", "-s", synthetic).raw


@pytest.mark.parametrize(
    ("word", "rows"),
    [
        *(("年鉴", 100), ("yearbook", 100), ("琥珀", 20), ("amber", 20)),
        *((word, 0) for word in ("翡", "翠", "zeppelin")),
    ],
)
def test_planted_words_stand_where_they_should(synthetic, word, rows):
    """A word that half of the facts have, one that twenty have, one that none has."""
    lines = synthetic.read_text(encoding="utf-8").lower().splitlines()
    assert sum(word in line for line in lines) == rows


@pytest.mark.slow
def test_it_runs(tmp_path):
    """One round on twenty facts gives every table."""
    said = script("run.py", "--sizes", "20", "--rounds", "1", "--budget", "1", "--stores", tmp_path)
    headings = [line for line in said.splitlines() if line.startswith("#")]
    assert headings == ["# Benchmark", "## Start, and the bundled store", "## 20 facts", "## Compiling"]
    assert "Not measured" not in said
    assert "| 20 | 20 files |" in said
