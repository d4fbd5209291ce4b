"""A folder some of whose files change: only those are read, and the index says what a compilation of all would."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_facts.errors import StoreFaults
from cs_facts.index import Index
from cs_facts.index.builder import build, update
from cs_facts.index.cache import open_index, state_of
from cs_facts.model import Store
from cs_facts.store.writer import dump
from drawing import facts
from making import CATEGORIES, PAPER, UNITS
from places import FACT, said

DEFINITIONS = Store({"en": "Trial"}, UNITS, CATEGORIES, {"paper": PAPER}, ())
NAMES = (list(CATEGORIES), list(UNITS), ["paper"])


def files(name):
    """Draw the facts of a file, whose ids begin with its name."""
    ids = st.lists(st.sampled_from([f"{name}-{letter}" for letter in "abc"]), max_size=3, unique=True)
    return ids.flatmap(lambda drawn: facts(drawn, *NAMES))


FILES = st.tuples(*map(files, ("one", "two", "three", "four", "five", "six")))


def anew(folder):
    """Return what an index made anew says."""
    return said(Index(build([folder], ":memory:")))


def write(folder, number, found):
    """Write a file of a folder whose first one defines all names."""
    (folder / f"{number}.yaml").write_bytes("".join(dump(Store({}, {}, {}, {}, found))).encode())


@settings(max_examples=20, database=None)
@given(FILES, files("two"), files("six"), st.sampled_from(["change", "add", "remove"]))
def test_an_index_brought_up_to_date_is_one_made_anew(tmp_path_factory, before, second, last, what):
    """Whatever facts come, go, change or move, the index says what a compilation would."""
    folder = tmp_path_factory.mktemp("folder")
    cache = {"XDG_CACHE_HOME": str(folder / "cache")}
    (folder / "0.yaml").write_text("".join(dump(DEFINITIONS)), encoding="utf-8")
    for number, found in enumerate(before[: -1 if what == "add" else None], start=1):
        write(folder, number, found)
    open_index([folder], cache).close()
    write(folder, 2, second)
    if what == "remove":
        (folder / "6.yaml").unlink()
    else:
        write(folder, 6, last)
    assert said(open_index([folder], cache)) == anew(folder)


HEAD = "facts_format: 1\nfacts:\n"
CONFLICT = "    conflicts: [{with: b1, note: x}]\n"
DEFINED = (
    "facts_format: 1\ntitle: Trial\ncategories: {north: North}\nunits: {person: Person}\n"
    "sources: {paper: {type: report, title: Paper}}\nfacts:\n" + FACT.format(id="first", title="first")
)


@pytest.fixture
def folder(tmp_path):
    """Write a folder of a file that defines all names and eight that hold facts, two of them in conflict."""
    path = tmp_path / "folder"
    path.mkdir()
    (path / "a.yaml").write_text(DEFINED, encoding="utf-8")
    for name in "bcdefghi":
        rewrite(path, name, f"{name} one", f"{name} two", end=CONFLICT.replace("b1", "g1") if name == "h" else "")
    return path


def rewrite(folder, name, *titles, head=HEAD, end=""):
    """Write a file of facts, each with its title."""
    text = "".join(FACT.format(id=f"{name}{at}", title=title) for at, title in enumerate(titles))
    (folder / f"{name}.yaml").write_text(f"{head}{text}{end}", encoding="utf-8")


def changed(folder, places, edit):
    """Compile a folder, edit it, and bring a copy of its index up to date; None where only a compilation can."""
    places.titles(folder)
    before = state_of([folder])
    edit()
    copy = shutil.copyfile(places.index(folder), folder.parent / "copy.db")
    connection = update(str(copy), before, state_of([folder]), sorted(folder.glob("*.yaml")))
    return connection and Index(connection)


def redefine(folder, old, new):
    """Change the file that defines all names."""
    (folder / "a.yaml").write_text(DEFINED.replace(old, new), encoding="utf-8")


# What is done to the folder, and whether an update reads the files that change by themselves.
EDITS = {
    "change": (lambda folder: rewrite(folder, "b", "b zero", "b two", "b three"), True),
    "no conflict": (lambda folder: rewrite(folder, "h", "h one", "h two"), True),
    "conflict": (lambda folder: rewrite(folder, "c", "c one", end=CONFLICT), True),
    "add": (lambda folder: rewrite(folder, "j", "j one"), True),
    "remove": (lambda folder: (folder / "i.yaml").unlink(), True),
    "beside definitions": (lambda folder: redefine(folder, "first", "other"), True),
    "emptied": (lambda folder: [rewrite(folder, name, head="facts_format: 1\nfacts: []\n") for name in "hi"], True),
    "another definition": (lambda folder: redefine(folder, "North", "South"), False),
    "a new definition": (lambda folder: rewrite(folder, "j", "j", head=f"units: {{yuan: Yuan}}\n{HEAD}"), False),
    "a file between others": (lambda folder: rewrite(folder, "aa", "between"), False),
    "many files": (lambda folder: [rewrite(folder, name, "new") for name in "bcde"], False),
}


@pytest.mark.parametrize(("edit", "is_updated"), EDITS.values(), ids=EDITS)
def test_changes_of_facts_are_read_alone(folder, places, edit, is_updated):
    """Files that change, or come and go at the end, are read by themselves, all else is compiled; both are right."""
    index = changed(folder, places, lambda: edit(folder))
    right = anew(folder)
    assert places.whole(folder) == right
    assert (index and said(index)) == (right if is_updated else None)


@pytest.mark.parametrize(
    "damage",
    ["UPDATE meta SET value = replace(value, '1', '3') WHERE key = 'tallies'", "DELETE FROM facts WHERE id = 'c0'"],
)
def test_damaged_counts_are_not_handed_on(folder, places, damage):
    """Numbers of facts that are altered in an index, or gone, make it worth nothing to an update."""

    def edit():
        rewrite(folder, "b", "b zero")
        with closing(sqlite3.connect(places.index(folder), isolation_level=None)) as connection:
            assert connection.execute(damage).rowcount == 1

    assert changed(folder, places, edit) is None
    assert places.whole(folder) == anew(folder)


@pytest.mark.parametrize(
    ("titles", "end", "fault"),
    [
        (("one", "two"), FACT.format(id="d0", title="twin"), "fact 'd0' is defined a second time"),
        (("one", "two"), FACT.format(id="do", title="twin"), "looks like"),
        (("one", "two"), FACT.format(id="b1", title="twin"), "fact 'b1' is defined a second time"),
        (("one", "two"), FACT.format(id="new", title="x").replace("north", "south"), "unknown category"),
        (("one",), CONFLICT.replace("b1", "z1"), "unknown fact"),
        (("one",), "", "unknown fact"),
        (("one", "two"), "    nonsense: 1\n", "nonsense"),
    ],
)
def test_a_fault_in_a_file_that_changes_is_told(folder, places, titles, end, fault):
    """What only the whole store shows is seen too."""
    rewrite(folder, "c", "c one", end=CONFLICT)
    before = places.titles(folder)
    rewrite(folder, "b", *titles, end=end)
    with pytest.raises(StoreFaults, match=fault):
        places.titles(folder)
    rewrite(folder, "b", "b one", "b two")
    assert places.titles(folder) == before


def test_who_reads_goes_on(folder, places):
    """A process that reads goes on to read what it began with, while another brings the index up to date."""
    reading = open_index([folder], places.variables)
    found = iter(reading.select())
    next(found)
    rewrite(folder, "b", "new")
    assert places.titles(folder)[:2] == ["first", "new"]
    assert [fact.title[""] for fact in found][:2] == ["b one", "b two"]
