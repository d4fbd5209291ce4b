"""What the tests of the store share: both parsers, and a way to write faults down."""

import pytest
import yaml

from making import check


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def parser(request, monkeypatch):
    """Run a test with libyaml's parser and again with PyYAML's own, which serves where libyaml is missing."""
    if not hasattr(yaml, request.param):
        pytest.skip(f"PyYAML here has no {request.param}")
    request.param == "SafeLoader" and monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    return request.param


@pytest.fixture
def faults(tmp_path):
    """Return a function: the text or the bytes of a store → its faults, each as ``line:column: message``."""

    def found(content):
        path = tmp_path / "store.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        problems = check(path)
        assert all(problem.at.file == str(path) for problem in problems)
        return [f"{problem.at.line}:{problem.at.column}: {problem.message}" for problem in problems]

    return found
