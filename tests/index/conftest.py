"""What the tests of the index share: a folder for indexes that nobody else uses."""

import sys
from pathlib import Path

import pytest

from places import Places

BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture
def places(tmp_path):
    """Give a new folder for indexes."""
    (tmp_path / "cache").mkdir(mode=0o700)
    return Places(tmp_path / "cache")


@pytest.fixture(scope="session")
def large(tmp_path_factory):
    """Write a store whose index is of over 4 MiB, and is not verified whole."""
    if not BENCH.is_dir():
        pytest.skip(f"NOT CHECKED: what makes large stores is not at {BENCH}")
    path = tmp_path_factory.mktemp("large") / "large.yaml"
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCH)
        import synthetic

        synthetic.write(5000, path)
    for name in ("synthetic", "vocabulary"):
        sys.modules.pop(name, None)
    return path
