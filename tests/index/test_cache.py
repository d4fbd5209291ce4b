"""Which indexes are read: fresh, whole ones of one's own. Whatever else lies there, the answer is right."""

import os
import random
import resource
import signal
import stat
import time
from functools import partial
from itertools import cycle
from pathlib import Path

import pytest

from cs_facts.index.cache import index_path, open_index
from places import FACT, Places, facts

SAMPLES = int(os.environ.get("FACTS_SAMPLES", "8"))
posix = pytest.mark.skipif(os.name != "posix", reason="NOT CHECKED: owners, modes, signals and limits of POSIX")


@pytest.fixture
def path(store, places):
    """Write a store of three facts, compiled."""
    found = store(facts("right", "more", "most"))
    places.titles(found)
    return found


TITLES = ["right", "more", "most"]

# -- fresh -----------------------------------------------------------------------------------------------------------


def test_nothing_is_made_anew_without_need(places, path, monkeypatch):
    """As long as nothing changes, the index stays the same file, however its path is written."""
    before = places.index(path).stat().st_ino
    monkeypatch.chdir(path.parent)
    for name in (path, Path(path.name), path):
        assert places.titles(name) == TITLES
    assert places.index(path).stat().st_ino == before
    assert places.state(path) == "fresh"


def test_edits_that_hide_are_noticed(places, path):
    """Of the same size, in the same moment and with the time of the content put back, each edit shows."""
    found = path.stat()
    text = path.read_text(encoding="utf-8")
    for edit in range(SAMPLES):
        path.write_text(text.replace("right", f"r{edit:04}"), encoding="utf-8")
        os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
        assert (path.stat().st_size, path.stat().st_mtime_ns) == (found.st_size, found.st_mtime_ns)
        assert places.state(path) == "stale"
        assert places.titles(path)[0] == f"r{edit:04}"


def test_a_file_put_in_the_place_of_another(places, path, store):
    """Editors write a new file and rename it: of the same size and times it is noticed too, and so is a link turned."""
    found = path.stat()
    new = store(facts("other", "more", "most"), "new.yaml")
    os.utime(new, ns=(found.st_atime_ns, found.st_mtime_ns))
    new.replace(path)
    assert places.titles(path)[0] == "other"
    link = path.with_name("link.yaml")
    for name in (store(facts("one"), "one.yaml"), path):
        link.unlink(missing_ok=True)
        link.symlink_to(name)
        assert places.titles(link) == places.titles(name)


def test_a_folder(places, store, tmp_path):
    """A file renamed, changed or put into a folder inside is noticed; no other file is."""
    (tmp_path / "folder").mkdir()
    folder = store(facts("one"), "folder/b.yaml").parent
    store(facts("two").replace("f0", "g0"), "folder/c.yaml", head="facts_format: 1\nfacts:\n")
    assert places.titles(folder) == ["one", "two"]
    before = places.index(folder).stat().st_ino
    (folder / "notes.txt").write_text("x")
    assert places.titles(folder) == ["one", "two"]
    assert places.index(folder).stat().st_ino == before
    (folder / "c.yaml").rename(folder / "a.yaml")
    assert places.titles(folder) == ["two", "one"]
    (folder / "z").mkdir()
    (folder / "a.yaml").rename(folder / "z" / "a.yaml")
    assert places.titles(folder) == ["one", "two"]
    (folder / "z" / "a.yaml").write_text("facts_format: 1\n", encoding="utf-8")
    assert places.titles(folder) == ["one"]


def test_an_edit_while_the_compilation_reads(places, store):
    """What is written while the store is read does not count as read: the next run compiles again."""
    path = store(facts("before"))
    text = path.read_text(encoding="utf-8")

    told = []

    def progress(*done_and_all):
        told.append(done_and_all)
        path.write_text(text.replace("before", "behind"), encoding="utf-8")

    open_index([path], places.variables, progress).close()
    assert (len(text.encode()),) * 2 in told
    assert places.state(path) == "stale"
    assert places.titles(path) == ["behind"]


def test_stores_do_not_share_an_index(places, store):
    """Each list of stores has its own, also the same ones in another order."""
    one, two = store(facts("one"), "one.yaml"), store(facts("two"), "two.yaml")
    assert places.titles(one, two) == ["one", "two"]
    assert places.titles(two, one) == ["two", "one"]
    assert places.titles(one) == ["one"]
    two.write_text(two.read_text(encoding="utf-8").replace("two", "new"), encoding="utf-8")
    assert places.titles(one, two) == ["one", "new"]


# -- one's own -------------------------------------------------------------------------------------------------------


def linked(path):
    """Move a file or a folder away and leave a link to it."""
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


FOREIGN = [
    *(partial(Path.chmod, mode=mode) for mode in (0o1777, 0o722, 0o620, 0o602)),
    linked,
    pytest.param(
        lambda path: os.chown(path, 12345, -1),
        marks=pytest.mark.skipif(
            os.name != "posix" or os.geteuid() != 0, reason="NOT CHECKED: only root gives files away"
        ),
    ),
]
foreign = pytest.mark.parametrize("tamper", FOREIGN, ids=["sticky", "all", "group", "others", "link", "owner"])


@posix
@foreign
def test_a_file_of_others_is_not_read(places, path, tamper):
    """An index that others own, lead to or can write is replaced by one that they cannot even read, and left alone."""
    index = places.index(path)
    data, before = index.read_bytes(), index.stat().st_ino
    tamper(index)
    assert places.state(path) == "untrusted"
    assert places.titles(path) == TITLES
    assert stat.S_IMODE(index.lstat().st_mode) == 0o600
    assert index.lstat().st_ino != before
    assert all(other.read_bytes() == data for other in index.parent.glob("elsewhere"))


@posix
@foreign
def test_a_folder_of_others_is_not_used(places, path, tamper):
    """Nothing is written into a folder that others own, lead to or can put files into."""
    data = places.index(path).read_bytes()
    tamper(places.folder)
    path.write_text(path.read_text(encoding="utf-8").replace("right", "newer"), encoding="utf-8")
    assert places.state(path) == "untrusted"
    assert places.titles(path)[0] == "newer"
    assert places.index(path).read_bytes() == data


@pytest.mark.parametrize("names", [(), ("TMPDIR", "TMP", "TEMP", "XDG_RUNTIME_DIR")])
def test_there_is_no_shared_folder_to_fall_back_to(store, tmp_path, monkeypatch, names):
    """Without HOME and XDG_CACHE_HOME the answer comes, and no file is left in a folder for temporary files either."""
    shared = tmp_path / "shared"
    shared.mkdir()
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    variables = dict.fromkeys(names, str(shared))
    for name in names:
        monkeypatch.setenv(name, str(shared))
    path = store(facts("right"))
    assert index_path([path], variables) is None
    assert len(open_index([path], variables).select()) == 1
    assert list(shared.iterdir()) == []


@pytest.mark.parametrize("asked", ["", "relative", "./x"])
def test_a_relative_cache_folder_is_not_used(asked):
    """The XDG Base Directory Specification says that a relative path is invalid and ignored."""
    folders = {Path("/home/a/.cache/cs-facts"), Path("/home/a/Library/Caches/cs-facts")}
    assert index_path([Path("x")], {"XDG_CACHE_HOME": asked, "HOME": "/home/a"}).parent in folders


ODD = ("a?mode=rw", "a#b", "100%", "a%3fb", "two  spaces", "长沙 党建", "file:x", "a\nb", "'\"; DROP", "x" * 200)


@pytest.mark.parametrize("name", [*ODD, pytest.param(os.fsdecode(b"\xff\xe5"), marks=posix)], ids=ascii)
def test_a_path_of_any_characters_opens_its_file(store, tmp_path, name):
    """What means something in a URI, to a shell or to SQL is a character, in a store's path and the cache's."""
    (tmp_path / name).mkdir()
    places = Places(tmp_path / name / "cache")
    path, other = store(facts("right"), f"{name}/{name}.yaml"), store(facts("wrong"), f"{name}/y.yaml")
    assert places.titles(other) == ["wrong"]
    for _ in range(2):
        assert places.titles(path) == ["right"]
    assert places.state(path) in ("fresh", "missing")  # SQLite opens no file whose name is no text
    assert places.strays(path, other) == []


# -- whole -----------------------------------------------------------------------------------------------------------

GARBAGE = [b"garbage", b"\0" * 8192, b"SQLite format 3\0" + b"\xff" * 8176]


@pytest.mark.parametrize("damage", [0, 1, 99, 100, 4096, -4096, -1, *GARBAGE], ids=repr)
def test_what_is_no_whole_index_is_made_anew(places, path, damage):
    """However much is missing, nothing of the rest is believed, nor anything else that lies there."""
    data = places.index(path).read_bytes()
    places.index(path).write_bytes(data[:damage] if isinstance(damage, int) else damage)
    assert places.state(path) == "untrusted"
    assert places.titles(path) == TITLES
    assert places.state(path) == "fresh"


def flipped(data, chance, count=1):
    """Return bytes of which some bits are flipped."""
    damaged = bytearray(data)
    for _ in range(count):
        damaged[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return damaged


def test_a_flipped_bit_changes_no_answer(places, path):
    """One bit anywhere makes a small index another one, which is not read; nothing that it holds is told wrong."""
    data = places.index(path).read_bytes()
    chance = random.Random(SAMPLES)
    for _ in range(SAMPLES * 3):
        damaged = flipped(data, chance)
        places.index(path).write_bytes(damaged)
        assert places.titles(path) == TITLES
        assert places.index(path).read_bytes() != damaged


COMMANDS = ("export", "list -c health -f csv", "search amber -f csv", "compare -f csv")


def test_no_altered_fact_of_a_large_index_is_told(facts, tmp_path):
    """Whatever bits of one that is not verified whole are flipped, each line printed is one of the answer, and once."""
    synthetic = pytest.importorskip("synthetic", reason="NOT CHECKED: bench/ is not part of a source distribution")
    synthetic.write(4500, large := tmp_path / "large.yaml")
    variables = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    right = {command: facts(*command.split(), "-s", large, **variables).lines for command in COMMANDS}
    index = Places(tmp_path / "cache").index(large)
    data = index.read_bytes()
    assert len(data) > 4 << 20
    chance = random.Random(SAMPLES)
    remade = 0
    for command, bits in zip(COMMANDS * (SAMPLES // 8), cycle((30, 3000)), strict=False):
        index.write_bytes(damaged := flipped(data, chance, bits))
        found = facts(*command.split(), "-s", large, **variables)
        assert found.code in (0, 1)
        assert set(found.lines) <= set(right[command])
        assert len(found.lines) == len(set(found.lines)) or len(right[command]) > len(set(right[command]))
        remade += index.read_bytes() != damaged
    assert remade


# -- folders that cannot be written ----------------------------------------------------------------------------------


@pytest.mark.parametrize("call", ["mkdir", "open", "replace"])
def test_a_disk_that_cannot_be_written(store, places, monkeypatch, call):
    """Whichever call the system refuses, the answer comes, and nothing lies about."""

    def refuse(*_, **__):
        raise OSError(30, "Read-only file system")

    path = store(facts("right"))
    with monkeypatch.context() as patch:
        patch.setattr(os if call == "open" else Path, call, refuse)
        assert places.titles(path) == ["right"]
    assert places.strays() == []


@posix
@pytest.mark.parametrize("kilobytes", [0, 64])
@pytest.mark.usefixtures("unmeasured")
def test_a_full_disk_costs_no_answer(store, places, kilobytes):
    """Where the index does not fit, the answer comes; later, with room, an index is written."""
    path = store("".join(FACT.format(id=f"f{n}", title=f"title {n} " * 20) for n in range(400)))

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes << 10, kilobytes << 10))

    run = places.begin("list", "-s", path, "-f", "csv", "--columns", "id", preexec_fn=limit)
    output, messages = run.communicate()
    assert (run.returncode, messages, output.count(b"\n")) == (0, b"", 401)
    assert places.strays() == []
    places.titles(path)
    assert places.state(path) == "fresh"


def test_only_drafts_of_the_dead_are_swept(store, places):
    """What a process that runs is writing is left, and what is no draft; what one that has ended left goes."""
    path = store(facts("right"))
    places.folder.mkdir(mode=0o700)
    child = os.fork()
    if not child:
        os._exit(0)
    os.waitpid(child, 0)
    kept = {"x.draft", ".draft", "a.b.draft", "a.99999999999999999999.x.draft", f"x.db.{os.getpid()}.0123abcd.draft"}
    for name in (*kept, f"x.db.{child}.0123abcd.draft"):
        (places.folder / name).write_text("")
    places.titles(path)
    assert set(places.strays(path)) == kept


# -- races -----------------------------------------------------------------------------------------------------------


@posix
def test_first_runs_that_race(places, store):
    """However many first runs begin at once, each answers right, and one whole index is left."""
    path = store(facts(*(titles := [f"title {number}" for number in range(100)])))
    runs = [places.begin("list", "-s", path, "-f", "csv", "--columns", "title") for _ in range(SAMPLES)]
    answers = {(*run.communicate(), run.returncode) for run in runs}
    assert answers == {("\n".join(("title", *titles, "")).encode(), b"", 0)}
    assert places.strays(path) == []
    assert places.state(path) == "fresh"


@posix
def test_runs_that_race_with_edits(places, store):
    """While a store changes, each run tells one of its states, and at the end the last one."""
    path = store(facts("title 00"))
    text = path.read_text(encoding="utf-8")
    runs = []
    for edit in range(SAMPLES):
        new = path.with_name("new.yaml")
        new.write_text(text.replace("title 00", f"title {edit:02}"), encoding="utf-8")
        new.replace(path)
        runs.append(places.begin("list", "-s", path, "-f", "csv", "--columns", "title"))
    for run in runs:
        output, messages = run.communicate()
        assert (messages, run.returncode) == (b"", 0)
        assert output.startswith(b"title\ntitle ")
    assert places.titles(path) == [f"title {SAMPLES - 1:02}"]


@posix
@pytest.mark.slow
def test_killed_at_any_moment(places, store):
    """A compilation that is killed leaves the index of before, and its draft goes with the next run."""
    titles = [f"amber {number}" for number in range(2000)]
    path = store(facts(*titles))
    places.titles(path)
    drafts = 0
    for sample in range(SAMPLES):
        os.utime(path)
        old = places.index(path).read_bytes()
        run = places.begin("list", "-s", path, "-n", "1")
        while not (stray := places.strays(path)) and run.poll() is None:
            time.sleep(0.005)
        time.sleep(random.random() * 0.5)
        run.kill()
        run.communicate()
        drafts += bool(stray)
        assert places.index(path).read_bytes() == old or places.state(path) == "fresh", sample
    assert places.titles(path) == titles
    assert places.strays(path) == []
    assert drafts
