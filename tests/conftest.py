"""What all tests share: a run of the command line, and the material that stands beside the repository."""

import functools
import io
import json
import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from cs_facts.cli import main
from cs_facts.cli.environment import Environment
from making import HEAD
from places import Places

settings.register_profile("noisy", deadline=None)
SHARED = Path(__file__).parents[2] / "shared"


def pytest_configure(config):
    """Let no test say how quick the machine is, and know the slow ones where no pyproject.toml says of them."""
    config.addinivalue_line("markers", "slow: takes seconds, or a browser, a shell or an office program")
    if not config.getoption("--hypothesis-profile", None):
        settings.load_profile("noisy")


@dataclass(frozen=True)
class Result:
    """What a run of the command line left behind."""

    raw: bytes
    stderr: str
    code: int

    @property
    def stdout(self):
        """Standard output as text."""
        return self.raw.decode()

    @property
    def lines(self):
        """The lines of standard output."""
        return self.stdout.splitlines()

    @property
    def json(self):
        """Standard output read as JSON."""
        return json.loads(self.stdout)


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory):
    """Keep indexes in a folder of the tests' own, for processes that they start too."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture
def unmeasured(monkeypatch):
    """Keep coverage out of the processes that a test starts.

    Where no file may grow it says so itself, what interrupts it may leave its lock locked, and it imports sqlite3.
    """
    for name in [name for name in os.environ if name.startswith("COVERAGE_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def facts(tmp_path, monkeypatch, capsys, cache):
    """Run ``facts`` with these words in an empty folder: off a terminal, or in one of ``width`` columns."""
    monkeypatch.chdir(tmp_path)

    def run(*words, width=None, encoding="utf-8", **variables):
        stdout, stderr = io.BytesIO(), io.StringIO()
        variables = {"LANG": "C", "FACTS_DEBUG": "1", "XDG_CACHE_HOME": str(cache), **variables}
        environment = Environment(stdout, stderr, variables, width, encoding)
        code = main([str(word) for word in words], environment)
        help_text = capsys.readouterr().out  # Typer prints it itself
        return Result(stdout.getvalue() + help_text.encode(), stderr.getvalue(), code)

    return run


@pytest.fixture(scope="session")
def shared():
    """Give the folder of shared material, or say aloud that it is not there."""
    if not SHARED.is_dir():
        pytest.skip(f"NOT CHECKED: the shared material is not at {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def naughty():
    """Give the big list of naughty strings, or say aloud that it is not there."""
    path = SHARED / "corpora" / "blns" / "blns.json"
    if not path.exists():
        pytest.skip(f"NOT CHECKED: the big list of naughty strings is not at {path}")
    strings = json.loads(path.read_text(encoding="utf-8"))
    assert len(strings) > 500
    return strings


@pytest.fixture
def store(tmp_path):
    """Write a store from its facts and return its path."""

    def write(facts, name="store.yaml", head=HEAD):
        path = tmp_path / name
        path.write_text(head + facts, encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def kept(tmp_path_factory):
    """Write a store that nothing changes, the same one once, so that it is compiled once, and return its path."""
    folder = tmp_path_factory.mktemp("kept")

    @functools.cache
    def write(facts, head=HEAD):
        path = folder / f"{len([*folder.iterdir()])}.yaml"
        path.write_text(head + facts, encoding="utf-8")
        return path

    return write


@pytest.fixture
def places(tmp_path):
    """Give a new folder for indexes."""
    (tmp_path / "cache").mkdir(mode=0o700)
    return Places(tmp_path / "cache")
