"""``facts info``: what a bug report needs, whatever is wrong."""

import os
import platform
import re
import sqlite3

import pytest
import yaml

import cs_facts
from cs_facts.index.cache import kept_index
from cs_facts.store import bundled
from cs_facts.store.loader import load

FACT = "  - {id: a, category: north, title: T, text: t, source: paper}\n"


@pytest.fixture
def places(tmp_path):
    """Give a folder for indexes that holds none."""
    return {"XDG_CACHE_HOME": str(tmp_path / "cache")}


def rows(result):
    """Return the lines for people, name → value; a line without a name goes on."""
    width = result.lines[0].index(cs_facts.__version__)
    return {line[:width].strip(): line[width:] for line in result.lines}


def test_what_it_tells(facts, places):
    """Each thing that it names is as it is, in two columns, which fit on a screen."""
    result = facts("info", **places)
    assert (result.code, result.stderr) == (0, "")
    found, store = rows(result), load([bundled()])
    assert found["facts"] == cs_facts.__version__
    assert found["Python"].startswith(platform.python_version())
    assert found["store"] == f"{bundled()} (1 file, {bundled().stat().st_size / 1000:.1f} kB)"
    figures = sum(fact.figure is not None for fact in store.facts)
    assert found["holds"] == (
        f"{len(store.facts)} facts, {figures} figures, {len(store.categories)} categories, 1 source, "
        f"{len(store.units)} units"
    )
    assert found["languages"] == "zh, en"
    assert found["SQLite"] == f"{sqlite3.sqlite_version}, with FTS5"
    assert found["YAML"].startswith("by libyaml") == yaml.__with_libyaml__
    assert {"extra zh", "extra xlsx", "extra png"} <= {*found}
    assert "fault" not in found
    assert places["XDG_CACHE_HOME"] in found["cache"]
    assert len(result.lines) < 24


def state(facts, *words, **variables):
    """Return in which state the index was found, in which it is now, and why."""
    text = facts("info", *words, **variables).stdout
    found, now, why = re.search(r"\nindex .*\n +(\w+)(?:, now (\w+))?(?: \(.*?\))?(?:: (.*))?\n", text).groups()
    return found, now or found, why


def link(index):
    """Put a link in the place of a file."""
    index.rename(index.with_name("elsewhere"))
    index.symlink_to("elsewhere")


@pytest.mark.skipif(os.name != "posix", reason="NOT CHECKED: modes of POSIX")
@pytest.mark.parametrize(
    ("happens", "expected"),
    [
        (lambda _, index: index.unlink(), ("missing", "fresh", None)),
        (lambda *_: None, ("fresh", "fresh", None)),
        (lambda path, _: os.utime(path), ("stale", "fresh", None)),
        (lambda _, index: os.truncate(index, 5000), ("untrusted", "fresh", "it is damaged")),
        (lambda _, index: index.chmod(0o620), ("untrusted", "fresh", "others may write the file, mode 620")),
        (lambda _, index: link(index), ("untrusted", "fresh", "the file is a link")),
        (lambda _, i: i.parent.chmod(0o770), ("untrusted", "untrusted", "others may write the folder, mode 770")),
    ],
)
def test_the_state_of_the_index(facts, store, places, happens, expected):
    """In which state it was found, in which it is now, and why it was not trusted, with the mode or the owner."""
    path = store(FACT)
    facts("list", "-s", path, **places)
    happens(path, kept_index([path], places).path)
    assert state(facts, "-s", path, **places) == expected


def test_no_folder_for_an_index(facts, store, tmp_path, monkeypatch):
    """Where none can be, the reason is told, and the rest as well."""
    path = store(FACT)
    (tmp_path / "file").write_text("")
    blocked = {"XDG_CACHE_HOME": str(tmp_path / "file")}
    found, now, why = state(facts, "-s", path, **blocked)
    assert (found, now, bool(why)) == ("missing", "missing", True)
    monkeypatch.setattr(os.path, "expanduser", lambda name: name)
    homeless = facts("info", "-s", path, XDG_CACHE_HOME="")
    assert homeless.code == 0
    assert rows(homeless)["cache"] == "none"
    assert "no home folder" in homeless.stdout
    assert rows(homeless)["holds"].startswith("1 fact, no figures")


def test_a_broken_store_is_one_more_line(facts, store, places):
    """What is wrong with a store is told where it stands, the rest as well, and the code is 3."""
    path = store("  - {id: a}\n  - {id: b}\n")
    shown = facts("info", "-s", path, **places)
    assert (shown.code, shown.stderr) == (3, "")
    fault = rows(shown)["fault"]
    assert fault.startswith(f"{path}:")
    assert fault.endswith("(and 1 more fault)")
    assert "holds" not in rows(shown)
    assert "SQLite" in rows(shown)
    assert facts("info", "-s", "nowhere.yaml", **places).code == 3


def test_stores(facts, store, places, tmp_path):
    """Several stores are named each, a folder with its files, the first ten of them."""
    (tmp_path / "folder").mkdir()
    store(FACT, "folder/00.yaml")
    for number in range(1, 12):
        store("", f"folder/{number:02}.yaml", head="facts_format: 1\n")
    result = facts("info", "-s", tmp_path / "folder", "-s", bundled(), **places)
    assert result.code == 0
    assert "12 files" in result.stdout
    assert "and 2 more" in result.stdout
    assert rows(result)["holds"].startswith("132 facts")
