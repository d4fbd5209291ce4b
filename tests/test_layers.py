"""Data goes one way: a module imports only what stands below it, and each outside library has one place."""

import ast
from pathlib import Path

import pytest

import cs_facts

ROOT = Path(cs_facts.__file__).parent

LAYERS = (
    ("hidden", "legible", "errors", "lexicon", "magnitudes", "extras", "streams"),
    ("model", "columns", "text"),
    ("spelt", "inflection"),
    ("figures", "periods", "intervals", "days", "files"),
    ("dates",),
    ("quantities",),
    ("tokens",),
    ("numerals", "ordinary"),
    ("store",),
    ("index",),
    ("query",),
    (
        "terms",
        "ranking",
        "marks",
        "search",
        "slips",
        "compounds",
        "closest",
        "compare",
        "subset",
        "checks",
        "audit",
        "citations",
    ),
    ("present",),
    ("api",),
    ("cli",),
    ("__main__",),
)
"""From the ground up; modules of one layer may import each other, though not in a circle."""

PLACES = {
    "yaml": {"store"},
    "rich": {"present"},
    "sqlite3": {"index", "present"},
    "typer": {"cli"},
}
"""Library → the parts of the package that may import it."""

MODULES = sorted(ROOT.rglob("*.py"))


def imports(path):
    """Yield the modules that a file imports when it runs, at its top or within a function."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in running(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def running(node):
    """Yield the nodes of a tree but those under TYPE_CHECKING."""
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from running(child)


def part(path):
    """Return the part of the package that a file belongs to."""
    first = path.relative_to(ROOT).parts[0]
    return first.removesuffix(".py")


def layer(name):
    """Return the height of a part."""
    return next(height for height, names in enumerate(LAYERS) if name in names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_import_goes_up(path):
    """A module imports nothing that stands above it."""
    if path == ROOT / "__init__.py":
        return
    for name in imports(path):
        head, _, rest = name.partition(".")
        if head == "cs_facts" and rest and not rest.startswith("__"):
            target = rest.partition(".")[0]
            assert layer(target) <= layer(part(path)), f"{path} imports {name}"


@pytest.mark.parametrize("library", PLACES)
def test_a_library_has_its_place(library):
    """Only store knows YAML, only present knows Rich and SQLite, only cli knows Typer."""
    users = {part(path) for path in MODULES for name in imports(path) if name.partition(".")[0] == library}
    assert users
    assert users <= PLACES[library]
