"""The hooks of pre-commit; .ci/run runs them all."""

import shlex
from pathlib import Path

import pytest
import yaml

CONFIG = Path(__file__).parents[1] / ".pre-commit-config.yaml"

if not CONFIG.exists():
    pytest.skip(f"NOT CHECKED: the hooks are not at {CONFIG}", allow_module_level=True)

REPOSITORIES = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))["repos"]
HOOKS = [hook for repository in REPOSITORIES for hook in repository["hooks"]]


def test_no_hook_comes_from_elsewhere():
    """A hook needs neither the network nor a version of its own, and names files that are there."""
    assert {repository["repo"] for repository in REPOSITORIES} == {"local"}
    assert {hook["language"] for hook in HOOKS} == {"system"}
    named = [word for hook in HOOKS for word in shlex.split(hook["entry"]) if word.startswith(("tests/", "src"))]
    assert named
    assert [word for word in named if not (CONFIG.parent / word).exists()] == []
