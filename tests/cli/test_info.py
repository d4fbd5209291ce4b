"""``facts info``: what a bug report needs, whatever is wrong."""

import os
import platform
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
    """Each thing that it names is as it is."""
    told = facts("info", "-f", "json", **places).json
    store = load([bundled()])
    assert told["version"] == cs_facts.__version__
    assert told["python"].startswith(platform.python_version())
    assert [each["files"] for each in told["stores"]] == [[str(bundled())]]
    assert told["stores"][0]["bytes"] == bundled().stat().st_size
    counts = {name: len(getattr(store, name)) for name in ("facts", "categories", "sources", "units")}
    figures = sum(fact.figure is not None for fact in store.facts)
    assert told["counts"] == counts | {"figures": figures, "languages": ["zh", "en"]}
    assert told["sqlite"] == {"version": sqlite3.sqlite_version, "fts5": True}
    assert told["libyaml"] == yaml.__with_libyaml__
    assert [*told["extras"]] == ["zh", "xlsx", "png"]
    assert told["fault"] is None


def test_for_people(facts, places):
    """The same as lines in two columns, which fit on a screen."""
    result = facts("info", **places)
    assert (result.code, result.stderr) == (0, "")
    found = rows(result)
    assert found["holds"] == "131 facts, 46 figures, 8 categories, 1 source, 18 units"
    assert str(bundled()) in found["store"]
    assert places["XDG_CACHE_HOME"] in found["cache"]
    assert len(result.lines) < 24


def state(facts, *words, **variables):
    """Return in which state the index was found, in which it is now, and why."""
    index = facts("info", "-f", "json", *words, **variables).json["index"]
    return index["found"], index["now"], index["why"]


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
    shown, data = (facts("info", "-s", path, "-f", form, **places) for form in ("table", "json"))
    assert (shown.code, shown.stderr, data.code, data.stderr) == (3, "", 3, "")
    assert rows(shown)["fault"] == data.json["fault"]
    assert data.json["fault"].startswith(f"{path}:")
    assert data.json["fault"].endswith("(and 1 more fault)")
    assert "counts" not in data.json
    assert "SQLite" in rows(shown)
    assert facts("info", "-s", "nowhere.yaml", **places).code == 3


def test_stores(facts, store, places, tmp_path):
    """Several stores are named each, a folder with its files, many of which are left to JSON."""
    (tmp_path / "folder").mkdir()
    store(FACT, "folder/00.yaml")
    for number in range(1, 12):
        store("", f"folder/{number:02}.yaml", head="facts_format: 1\n")
    result = facts("info", "-s", tmp_path / "folder", "-s", bundled(), **places)
    assert result.code == 0
    assert "12 files" in result.stdout
    assert "and 2 more" in result.stdout
    assert rows(result)["holds"].startswith("132 facts")
    named = facts("info", "-s", tmp_path / "folder", "-f", "json", **places).json["stores"][0]["files"]
    assert len(named) == 12
