"""A folder some of whose files change: only those are read, and the index says what a compilation of all would."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_index_laws import facts, store_of, streamed

from cs_facts.errors import StoreFaults
from cs_facts.index import building, cache, connecting, open_index, trust, updating, writing
from cs_facts.index.condition import condition_of
from cs_facts.index.query import Filters, select
from cs_facts.index.updating import _places, _rising, changes, update
from cs_facts.model import Conflict, Fact, Store
from cs_facts.store import dump
from places import FACT, SLOW

SAMPLES = int(os.environ.get("FACTS_SAMPLES", "12"))
TABLES = ("vocabulary", "pairs", "sounds", "readings", "cited", "names", "sources", "languages")

# -- the law ---------------------------------------------------------------------------------------------------------

IDS = [tuple(f"{file}-{letter}" for letter in "abcdefg") for file in ("one", "two", "three")]
PLAIN, SEVERAL = {"": "长沙 x"}, dict.fromkeys(("zh", "en", "no"), "长沙 x")
FIRST = store_of((Fact("plain", "north", PLAIN, PLAIN, "paper"), Fact("several", "north", SEVERAL, SEVERAL, "paper")))
"""What a folder defines; its first facts have every language, so that none comes or goes."""


def whole(index):
    """Return all that stands in an index, with the rank of a fact in the place of its place."""
    run = index.connection.execute
    rank = {place: at for at, (place,) in enumerate(run("SELECT place FROM facts ORDER BY place").fetchall())}

    def ranked(sql, columns=1):
        return [(*map(rank.__getitem__, row[:columns]), *row[columns:]) for row in run(sql).fetchall()]

    run("CREATE VIRTUAL TABLE temp.hits USING fts5vocab (main, words, instance)")
    found = {
        "facts": ranked("SELECT * FROM facts ORDER BY place"),
        "words": sorted(ranked('SELECT doc, term, col, "offset" FROM temp.hits')),
        "tallies": sorted(
            ranked('SELECT first, category, kind, unit, ordinal, facts, start, "end" FROM tallies'), key=str
        ),
        "conflicts": ranked("SELECT place, other, mirrored FROM conflicts ORDER BY number", 2),
        "notes": ranked(
            "SELECT place, other, language, note FROM written LEFT JOIN conflict_notes ON written = number "
            "ORDER BY place, number, conflict_notes.rowid"
        ),
        "disputes": ranked("SELECT place, first, others FROM disputes ORDER BY place", 2),
        "tags": ranked("SELECT place, nth, tag, facts FROM tags ORDER BY tag"),
        **{name: sorted(run(f"SELECT * FROM {name}").fetchall(), key=str) for name in TABLES},
    }
    run("DROP TABLE temp.hits")
    return found


def write(folder, files):
    """Write a folder; None stands for a file that is not there."""
    (folder / "0.yaml").write_text("".join(dump(FIRST)), encoding="utf-8")
    for number, found in enumerate(files, start=1):
        path = folder / f"{number}.yaml"
        path.unlink(missing_ok=True)
        if found is not None:
            path.write_text("".join(dump(Store({}, {}, {}, {}, found))), encoding="utf-8")
    return sorted(folder.glob("*.yaml"))


STATES = st.tuples(*(st.none() | facts(ids) for ids in IDS))


@settings(max_examples=70, database=None)
@given(STATES, STATES)
def test_an_index_brought_up_to_date_is_one_made_anew(tmp_path_factory, before, after):
    """Whatever facts come, go, change or move, all that stands in the index is what a compilation writes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "_BETWEEN", 2)
        patch.setattr(writing, "_ROOM", 1)
        check_the_law(tmp_path_factory.mktemp("folder"), before, after)


def test_nothing_but_the_order_of_languages_changes(tmp_path):
    """The order in which the languages of a text are written changes nothing, that of a conflict's note its own."""
    one, other = {"zh": "长沙 x", "en": "长沙 y"}, {"en": "长沙 y", "zh": "长沙 x"}

    def written(text):
        first = Fact("one-a", "north", text, text, "paper", conflicts=(Conflict("one-b", text),), note=text)
        return ((first, Fact("one-b", "north", text, text, "paper")), None, None)

    check_the_law(tmp_path, written(one), written(other))


def check_the_law(folder, before, after):
    """Compile a folder, change it, bring the index up to date and hold it against one made anew."""
    old = trust.fingerprint(write(folder, before))
    index = streamed(folder)
    for number in range(1, 4):  # so that every file has changed
        (folder / f"{number}.yaml").unlink(missing_ok=True)
    files = write(folder, after)
    index.connection.execute("BEGIN")
    update(index.connection, changes(old, trust.fingerprint(files), files))
    index.connection.execute("COMMIT")
    assert whole(index) == whole(streamed(folder))


@given(st.lists(st.integers(-1, 9), max_size=9))
def test_a_longest_row_of_rising_numbers(numbers):
    """What is found rises, and no row that rises is longer."""
    row = [numbers[place] for place in _rising(numbers)]
    assert all(one < other for one, other in zip([-1, *row], row, strict=False))
    longest = [0] * len(numbers)
    for place, number in enumerate(numbers):
        shorter = (longest[at] for at in range(place) if numbers[at] < number)
        longest[place] = 0 if number < 0 else 1 + max(shorter, default=0)
    assert len(row) == max(longest, default=0)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 11)), st.permutations("abcdefgh"), st.integers(0, 8))
@example({"a": 0, "b": 1, "c": 2}, list("axbcdefg"), 4)
def test_places_of_facts(old, new, count):
    """Facts stand in their order, within the places of their file; without a crowd none moves that need not."""
    ids = new[:count]
    old = dict(zip(sorted(old, key=old.get), sorted(set(old.values())), strict=False))
    now = _places(old, ids, range(1000))
    assert now == sorted(set(now))
    assert len(now) == count
    if list(old) == ids:
        assert now == list(old.values())


# -- where it is used ------------------------------------------------------------------------------------------------

DEFINED = (
    "facts_format: 1\ntitle: Trial\ncategories: {north: North}\n"
    "sources: {paper: {type: report, title: Paper}}\nfacts:\n" + FACT.format(id="first", title="amber first")
)


class Folder:
    """A folder that is a store, and how often it was compiled whole."""

    def __init__(self, path, places):
        self.path, self.places = path, places
        self.compiled = 0

    def write(self, name, *titles, head="facts_format: 1\nfacts:\n"):
        """Write a file of it."""
        stem = name.removesuffix(".yaml")
        text = "".join(FACT.format(id=f"{stem}{at}", title=title) for at, title in enumerate(titles))
        (self.path / name).write_text(f"{head}{text}", encoding="utf-8")

    @property
    def titles(self):
        """The titles of its facts."""
        return self.places.titles(self.path)


@pytest.fixture
def folder(tmp_path, places, monkeypatch):
    """Give a folder of three files whose index is as good as large."""
    monkeypatch.setattr(trust, "_SMALL", 0)
    made = Folder(tmp_path / "folder", places)
    made.path.mkdir()
    compiled = cache._compiled

    def counted(*arguments):
        made.compiled += 1
        return compiled(*arguments)

    monkeypatch.setattr(cache, "_compiled", counted)
    (made.path / "a.yaml").write_text(DEFINED, encoding="utf-8")
    made.write("b.yaml", "b one", "b two")
    made.write("d.yaml", "d one")
    assert made.titles == ["amber first", "b one", "b two", "d one"]
    assert made.compiled == 1
    return made


def test_a_file_that_changes_comes_and_goes(folder):
    """An index follows the files of its folder without being made anew."""
    folder.write("b.yaml", "b zero", "b two", "b three")
    assert folder.titles == ["amber first", "b zero", "b two", "b three", "d one"]
    folder.write("c.yaml", "c one")
    folder.write("e.yaml", "e one")
    assert folder.titles == ["amber first", "b zero", "b two", "b three", "c one", "d one", "e one"]
    (folder.path / "b.yaml").unlink()
    assert folder.titles == ["amber first", "c one", "d one", "e one"]
    assert folder.compiled == 1
    assert folder.titles == ["amber first", "c one", "d one", "e one"]


@pytest.mark.parametrize(
    "edit",
    [
        lambda folder: (folder.path / "a.yaml").write_text(DEFINED.replace("North", "South"), encoding="utf-8"),
        lambda folder: folder.write("b.yaml", "{de: neue Sprache}"),
        lambda folder: folder.write("c.yaml", "c", head="facts_format: 1\nunits: {person: Person}\nfacts:\n"),
        lambda folder: (folder.path / "b.yaml").write_text("facts_format: 1\nfacts: []\n", encoding="utf-8"),
    ],
    ids=["another definition", "another language", "a new definition", "no plain list"],
)
def test_what_is_left_to_a_compilation(folder, edit):
    """What changes more than facts is compiled, and right."""
    edit(folder)
    index = open_index([folder.path], folder.places.variables)
    found = list(select(index, Filters())), index.categories, index.units
    index.close()
    assert folder.compiled == 2
    index = open_index([folder.path], {})
    assert found == (list(select(index, Filters())), index.categories, index.units)


def test_an_index_that_does_not_tell_files_apart(folder):
    """A folder that was read in one, for its definitions stand in a file without facts, is compiled again."""
    (folder.path / "c.yaml").write_text("facts_format: 1\nunits: {person: Person}\n", encoding="utf-8")
    assert folder.titles == ["amber first", "b one", "b two", "d one"]
    assert folder.compiled == 2
    (folder.path / "0.yaml").write_text("facts_format: 1\nfacts:\n" + FACT.format(id="new", title="new"), "utf-8")
    assert folder.titles == ["new", "amber first", "b one", "b two", "d one"]
    assert folder.compiled == 3


def test_files_that_come_before_others(folder):
    """However many files come between two, they stand in their order; a compilation makes room again."""
    for name in "zyxwvutsrq":
        folder.write(f"0{name}.yaml", name)
        assert folder.titles[:2] == [name, chr(ord(name) + 1) if name < "z" else "amber first"]
    assert folder.compiled == 2


def test_more_than_is_worth_it_is_compiled(folder, monkeypatch):
    """Where much has changed, several processes compile it sooner."""
    monkeypatch.setattr(updating, "_MOST", 10)
    folder.write("b.yaml", "b zero")
    assert folder.titles == ["amber first", "b zero", "d one"]
    assert folder.compiled == 2


@pytest.mark.parametrize(
    ("titles", "addition", "fault"),
    [
        (("b one", "b two"), FACT.format(id="d0", title="twin"), "fact 'd0' is defined a second time"),
        (("b one", "b two"), FACT.format(id="do", title="twin"), "looks like"),
        (("b one", "b two"), FACT.format(id="new", title="x").replace("north", "south"), "unknown category"),
        (("b one",), "    conflicts: [{with: b1, note: x}]\n", "unknown fact"),
        (("b one", "b two"), "    nonsense: 1\n", "nonsense"),
    ],
)
def test_a_fault_in_a_file_that_changes_is_told(folder, titles, addition, fault):
    """What only the whole store shows is seen too."""
    folder.write("b.yaml", *titles)
    with (folder.path / "b.yaml").open("a", encoding="utf-8") as stream:
        stream.write(addition)
    with pytest.raises(StoreFaults, match=fault):
        assert folder.titles
    folder.write("b.yaml", "b one")
    assert folder.titles == ["amber first", "b one", "d one"]


def test_who_reads_is_waited_for_and_then_left_alone(folder, monkeypatch):
    """A process that reads goes on to read what it began with; who may not change the index makes a new one."""
    monkeypatch.setattr(connecting, "_PATIENCE", 0.2)
    reading = open_index([folder.path], folder.places.variables)
    facts = iter(select(reading, Filters()))
    next(facts)
    folder.write("b.yaml", "b zero")
    assert folder.titles == ["amber first", "b zero", "d one"]
    assert folder.compiled == 2
    assert [fact.title[""] for fact in facts] == ["b one", "b two", "d one"]


def test_a_damaged_index_is_made_anew(folder):
    """Damage that shows while an index is changed costs no answer."""
    path = folder.places.index(folder.path)
    data = bytearray(path.read_bytes())
    for page in range(4096, len(data), 4096):
        data[page : page + 64] = bytes(64)
    path.write_bytes(data)
    folder.write("b.yaml", "b zero")
    assert folder.titles == ["amber first", "b zero", "d one"]
    assert folder.compiled == 2


@pytest.mark.parametrize("changed", [False, True], ids=["read", "changed"])
@pytest.mark.parametrize("keep", [-4096, -1])
def test_an_index_that_lacks_pages_is_made_anew(folder, keep, changed):
    """A large index that was cut short is neither read nor changed, nor called fresh."""
    path = folder.places.index(folder.path)
    path.write_bytes(path.read_bytes()[:keep])
    if changed:
        folder.write("b.yaml", "b zero")
    assert condition_of([folder.path], folder.places.variables).state == "not trusted"
    assert folder.titles == ["amber first", *(["b zero"] if changed else ["b one", "b two"]), "d one"]
    assert folder.compiled == 2


def test_a_file_that_comes_before_a_compilation_and_goes(folder, monkeypatch):
    """What a compilation reads beyond the files that were there when it was found needful is not believed."""
    build = building.build

    def built(*arguments):
        folder.write("z.yaml", "ghost")
        return build(*arguments)

    monkeypatch.setattr(updating, "_MOST", 0)
    folder.write("b.yaml", "b zero")
    with monkeypatch.context() as patch:
        patch.setattr(building, "build", built)
        assert folder.titles[-1] == "ghost"
    (folder.path / "z.yaml").unlink()
    assert folder.titles == ["amber first", "b zero", "d one"]
    assert condition_of([folder.path], folder.places.variables).state == "fresh"


def test_an_index_of_another_version_is_made_anew(folder, monkeypatch):
    """What another version has written is not changed."""
    monkeypatch.setattr(trust, "FORMAT", trust.FORMAT + 1)
    folder.write("b.yaml", "b zero")
    assert folder.titles == ["amber first", "b zero", "d one"]
    assert folder.compiled == 2


def test_who_writes_while_an_index_is_changed(folder, monkeypatch):
    """What was read of files that changed meanwhile is not kept."""

    def amid(connection, changes):
        update(connection, changes)
        folder.write("d.yaml", "d two")

    monkeypatch.setattr(updating, "update", amid)
    folder.write("b.yaml", "b zero")
    assert folder.titles == ["amber first", "b zero", "d two"]
    assert folder.compiled == 2


# -- several processes, and those that are killed --------------------------------------------------------------------

AS_LARGE = f"from cs_facts.index import trust, updating\ntrust._SMALL = 0\n{SLOW}"


@pytest.mark.skipif(os.name != "posix", reason="NOT CHECKED: signals of POSIX")
def test_killed_while_an_index_is_changed(folder):
    """A run that is killed while it changes an index leaves the one of before or after; the next one answers right."""
    titles = [f"amber {number}" for number in range(2000)]
    folder.write("b.yaml", *titles)
    assert len(folder.titles) == 2002
    took = 0.5
    for sample in range(SAMPLES):
        new = [f"{title} {sample}" for title in titles]
        folder.write("b.yaml", *new)
        run = folder.places.begin("list", "-s", folder.path, "-n", "1", "-f", "csv", code=AS_LARGE)
        begun = time.monotonic()
        assert run.stderr.read(1) == b"."
        try:
            run.wait(random.uniform(0, took))
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGKILL)
        run.communicate()
        took = max(took, time.monotonic() - begun)
        answer = folder.places.begin(
            "list", "-s", folder.path, "-f", "csv", "--columns", "title", code=AS_LARGE, stderr=None
        ).communicate()[0]
        assert answer.decode().split("\n") == ["title", "amber first", *new, "d one", ""]
    assert folder.places.strays(folder.path) == []


@pytest.mark.parametrize("most", [updating._MOST, 0], ids=["changed again", "compiled"])
def test_what_is_half_changed_is_undone(folder, most, monkeypatch):
    """Pages that a killed run has written are taken back before the index is changed again, or replaced."""
    folder.write("b.yaml", *(f"amber {number}" for number in range(2000)))
    code = AS_LARGE.replace("from cs_facts.__main__", HALF_CHANGED)
    folder.places.begin("list", "-s", folder.path, code=code).communicate()
    assert folder.places.strays(folder.path) == [f"{folder.places.index(folder.path).name}-journal"]
    assert condition_of([folder.path], folder.places.variables).state == "stale"
    monkeypatch.setattr(updating, "_MOST", most)
    assert folder.titles == ["amber first", *(f"amber {number}" for number in range(2000)), "d one"]
    assert folder.titles[-1] == "d one"
    assert folder.places.strays(folder.path) == []
    assert folder.compiled == (1 if most else 2)


HALF_CHANGED = """\
def half(connection, changes):
    connection.execute("PRAGMA cache_size=3")
    update(connection, changes)
    os._exit(9)
update, updating.update = updating.update, half
from cs_facts.__main__"""


def test_runs_that_race_after_an_edit(folder):
    """However many runs find a file changed at once, each answers right."""
    for edit in range(3):
        folder.write("b.yaml", *(f"b {number} {edit}" for number in range(500)))
        words = ("list", "-s", folder.path, "-f", "csv", "--columns", "title")
        runs = [folder.places.begin(*words, code=AS_LARGE, stderr=None) for _ in range(min(SAMPLES, 50))]
        answers = {run.communicate()[0] for run in runs}
        right = "".join(f"b {number} {edit}\n" for number in range(500))
        assert answers == {f"title\namber first\n{right}d one\n".encode()}
    assert folder.places.strays(folder.path) == []
