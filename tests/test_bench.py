"""The benchmark: its stores are sound and the same each time, and it runs to its end."""

import re
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


FORMS = {
    "zh-limits": "超过{}人|不足{}个|{}元以上|至少{}家|约{}名|近{}户|{}多个|逾{}吨|{}天以内|最多{}件|在{}岁左右",
    "zh-signs": "增长{}%|下降{}.5%|上升{}个百分点|减少{}家|增加了{}人|回落{}.1个百分点|降幅{}%|零下{}度|上涨{}元",
    "en-limits": "over {} shops|fewer than {} people|{} or more|at least {} pupils|about {} cars|up to {} days",
    "en-signs": "fell by {}%|grew {}%|down {}.5%|up {} points|lost {} jobs|rose {}.1%|an increase of {}",
}


def test_the_audit_sees_what_is_planted(tmp_path):
    """Altered digits, lost limits, turned signs, exchanged figures and facts in a neighbour's place, 30 of each."""
    for name, forms in FORMS.items():
        clauses = [form.format(10 + n) for n, form in enumerate(forms.split("|") * 5)]
        said = [
            f"{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{'东西南北中内'[n // 10]}镇之数{clause}"
            if name.startswith("zh")
            else f"Town {chr(65 + n % 26)}{'xyz'[n // 26]} had {clause}"
            for n, clause in enumerate(clauses)
        ]
        (tmp_path / f"{name}.txt").write_text("\n".join(", ".join(said[n::5]) for n in range(5)), encoding="utf-8")
    lines = script("drafts.py", tmp_path, "--faults", 30).splitlines()
    counts = [re.findall(r"([\w' ]+) (\d+) of (\d+)", line) for line in lines]
    assert [(kind, seen) for row in counts for kind, seen, planted in row if seen != planted] == []
    assert [sum(int(planted) >= 20 for _, _, planted in row) for row in counts] == [4, 4, 4, 4]
