"""The programs that are measured: where they are, and the environment that they run in."""

from __future__ import annotations

import csv
import functools
import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent

PEERS = {
    "rg": "the Debian package ripgrep",
    "sqlite-utils": "pip install sqlite-utils",
    "duckdb": "pip install duckdb",
    "csvgrep": "pip install csvkit",
    "mlr": "the Debian package miller",
    "jq": "the Debian package jq",
}
"""The tools that facts is held beside, and where to get them."""

_COLUMNS = ("id", "category", "title_en", "figure", "value", "when", "paragraph", "text_en")
"""What ``facts list`` shows off a terminal."""

_UNSET = ("FACTS_", "PYTHON", "COMP_", "NO_COLOR", "FORCE_COLOR", "LC_", "XDG_CACHE_HOME")


def find(name: str) -> str:
    """Return the path of a program, beside this interpreter first; empty when it is nowhere."""
    beside = Path(sys.executable).parent / name
    return str(beside) if beside.exists() else shutil.which(name) or ""


def missing() -> list[str]:
    """Return the peers that are not installed."""
    return [name for name in PEERS if not (has_duckdb() if name == "duckdb" else find(name))]


def has_duckdb() -> bool:
    """Tell whether DuckDB can be imported; its own command line is not looked for."""
    return importlib.util.find_spec("duckdb") is not None


def environment(cache: Path) -> dict[str, str]:
    """Return the variables for measured processes: none that changes what they do, a cache folder of their own.

    PYTHONDONTWRITEBYTECODE and PYTHONUNBUFFERED are unset with the rest of Python's.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_UNSET)}
    return {**kept, "LANG": "C.UTF-8", "TERM": "dumb", "XDG_CACHE_HOME": str(cache)}


@functools.cache
def version(name: str) -> str:
    """Return the version of a peer."""
    if name in ("sqlite-utils", "duckdb", "csvgrep"):
        return importlib.metadata.version(name.replace("csvgrep", "csvkit"))
    said = subprocess.run([find(name), "--version"], capture_output=True, text=True, check=False).stdout
    return next((word for word in said.replace("-", " ").split() if word[0].isdigit()), "?")


def install_applications(folder: Path, env: dict[str, str]) -> dict[str, str]:
    """Make the Typer applications of ``apps/`` into scripts such as pip writes, and return their paths by name.

    Their modules lie beside them, so that their bytecode is kept as that of an installed package is.
    """
    folder.mkdir()
    for module in (HERE / "apps").glob("*.py"):
        shutil.copy(module, folder / f"{module.stem}_app.py")
    (folder / "tabled_rows.py").write_text(_rows(env), encoding="utf-8")
    return {name: _script(folder, name) for name in ("hello", "tabled")}


def _script(folder: Path, name: str) -> str:
    script = folder / name
    script.write_text(f"#!{sys.executable}\nimport sys\nfrom {name}_app import main\nsys.exit(main())\n")
    script.chmod(0o755)
    return str(script)


def _rows(env: dict[str, str]) -> str:
    """Return a module that holds the headings and the cells of ``facts list``."""
    command = [find("facts"), "list", "--format", "csv", "--columns", ",".join(_COLUMNS)]
    said = subprocess.run(command, env=env, capture_output=True, encoding="utf-8", check=True).stdout
    head, *rows = csv.reader(said.splitlines())
    return f"HEADINGS = {head!r}\nROWS = {rows!r}\n"
