"""An index is of the files as they are now: whatever changes is noticed, whatever does not costs nothing."""

from __future__ import annotations

import os
from itertools import pairwise

import pytest

from cs_facts.index import cache, trust
from places import facts

EDITS = int(os.environ.get("FACTS_SAMPLES", "20"))
"""Edits one after the other; 200 were asked for once, and all were noticed."""


def inode(places, *paths):
    """Say which file the index is; one made anew is another."""
    return places.index(*paths).stat().st_ino


def test_nothing_is_made_anew_without_need(places, store):
    """As long as nothing changes, the index stays the same file."""
    path = store(facts("one"))
    places.titles(path)
    before = inode(places, path)
    for _ in range(3):
        assert places.titles(path) == ["one"]
    assert inode(places, path) == before


def test_an_edit_that_hides_is_noticed(places, store):
    """Of the same size, in the same moment and with the time of the content put back, an edit shows."""
    path = store(facts("title 000"))
    places.titles(path)
    found = path.stat()
    text = path.read_text(encoding="utf-8")
    for edit in range(EDITS):
        title = f"title {edit:03}"
        path.write_text(text.replace("title 000", title), encoding="utf-8")
        os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
        assert (path.stat().st_size, path.stat().st_mtime_ns) == (found.st_size, found.st_mtime_ns)
        assert places.titles(path) == [title]


def test_two_edits_within_a_tick_of_the_clock(places, store, monkeypatch):
    """A file that has just been changed is read only when a further change would get another time."""
    path = store(facts("one"))
    slept = []
    monkeypatch.setattr(cache.time, "sleep", slept.append)
    places.titles(path)
    assert 0.03 < slept[0] <= 0.05
    os.utime(path)
    monkeypatch.setattr(cache.time, "time", lambda: path.stat().st_ctime + 60)
    places.titles(path)
    assert slept[1:] == [0]


def test_an_edit_while_the_compilation_reads(places, store, monkeypatch):
    """What is written while the store is read does not count as read: the next run compiles again."""
    from cs_facts.index import building

    path = store(facts("before"))
    build = building.build

    def slow(*words):
        connection = build(*words)
        monkeypatch.undo()
        path.write_text(path.read_text(encoding="utf-8").replace("before", "behind"), encoding="utf-8")
        return connection

    monkeypatch.setattr(building, "build", slow)
    assert places.titles(path) == ["before"]
    assert places.titles(path) == ["behind"]


def test_a_file_put_in_the_place_of_another(places, store):
    """Editors write a new file and rename it; one of the same size and the same times is noticed too."""
    path = store(facts("one"))
    assert places.titles(path) == ["one"]
    found = path.stat()
    new = store(facts("two"), "new.yaml")
    os.utime(new, ns=(found.st_atime_ns, found.st_mtime_ns))
    new.replace(path)
    assert places.titles(path) == ["two"]


def test_a_link_that_is_turned(places, store):
    """A store that is a link is the file that it leads to."""
    one, two = store(facts("one"), "one.yaml"), store(facts("two"), "two.yaml")
    link = one.with_name("link.yaml")
    link.symlink_to(one)
    assert places.titles(link) == ["one"]
    link.unlink()
    link.symlink_to(two)
    assert places.titles(link) == ["two"]


@pytest.fixture
def folder(tmp_path, store):
    """Write a folder store of two files."""
    (tmp_path / "folder").mkdir()
    store(facts("one"), "folder/b.yaml")
    store(facts("two").replace("f0", "g0"), "folder/c.yaml", head="facts_format: 1\nfacts:\n")
    return tmp_path / "folder"


def test_a_folder(places, folder, store):
    """A file added, taken away, renamed, changed or put into a folder inside is noticed."""
    assert places.titles(folder) == ["one", "two"]
    store(facts("three").replace("f0", "h0"), "folder/d.yaml", head="facts_format: 1\nfacts:\n")
    assert places.titles(folder) == ["one", "two", "three"]
    (folder / "d.yaml").rename(folder / "a.yaml")
    assert places.titles(folder) == ["three", "one", "two"]
    (folder / "c.yaml").unlink()
    assert places.titles(folder) == ["three", "one"]
    (folder / "z").mkdir()
    (folder / "a.yaml").rename(folder / "z" / "a.yaml")
    assert places.titles(folder) == ["one", "three"]
    (folder / "z" / "a.yaml").write_text("facts_format: 1\n", encoding="utf-8")
    assert places.titles(folder) == ["one"]


def test_what_is_no_store_makes_nothing_anew(places, folder):
    """Other files of a folder are of no concern."""
    places.titles(folder)
    before = inode(places, folder)
    (folder / "notes.txt").write_text("x")
    assert places.titles(folder) == ["one", "two"]
    assert inode(places, folder) == before


def test_a_store_that_breaks_and_is_mended(places, store):
    """A fault is told though there is an index of before, and that one serves again when all is as it was."""
    from cs_facts.errors import StoreFaults

    path = store(facts("one"))
    places.titles(path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "x", encoding="utf-8")
    with pytest.raises(StoreFaults):
        places.titles(path)
    path.write_text(text, encoding="utf-8")
    assert places.titles(path) == ["one"]


def test_the_extra_comes_and_goes(places, store, monkeypatch):
    """An index made without the extra zh is made anew when it is there, and the other way round."""
    from cs_facts.search import extras

    path = store(facts("红色"))
    inodes = []
    for libraries in (extras.LIBRARIES, (*extras.LIBRARIES, "not_there"), extras.LIBRARIES):
        monkeypatch.setattr(extras, "LIBRARIES", libraries)
        for _ in range(2):
            assert places.titles(path) == ["红色"]
            inodes.append(inode(places, path))
    assert [one == other for one, other in pairwise(inodes)] == [True, False, True, False, True]


def test_another_version_of_the_format(places, store, monkeypatch):
    """An index that another version wrote is not read, be it older or newer."""
    path = store(facts("one"))
    places.titles(path)
    for version in (trust.FORMAT + 1, trust.FORMAT):
        before = inode(places, path)
        monkeypatch.setattr(trust, "FORMAT", version)
        assert places.titles(path) == ["one"]
        assert inode(places, path) != before


def test_stores_do_not_share_an_index(places, store):
    """Each list of stores has its own, also the same ones in another order."""
    one, two = store(facts("one"), "one.yaml"), store(facts("two"), "two.yaml")
    assert places.titles(one, two) == ["one", "two"]
    assert places.titles(two, one) == ["two", "one"]
    assert places.titles(one) == ["one"]
    two.write_text(two.read_text(encoding="utf-8").replace("two", "new"), encoding="utf-8")
    assert places.titles(one, two) == ["one", "new"]
