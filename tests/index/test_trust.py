"""Which indexes are read: whole ones of one's own. Whatever else lies there, the answer is right."""

from __future__ import annotations

import os
import random
import resource
import signal
import stat

import pytest

from cs_facts.errors import StoreFaults, StoreUnreadable
from cs_facts.index import cache, drafts, mending, open_index, trust
from cs_facts.index.connecting import connect
from cs_facts.index.query import Filters, select
from places import FACT, Places, facts

FLIPS = int(os.environ.get("FACTS_SAMPLES", "100"))
"""Bits of an index that are flipped, one at a time."""

PLANTED = "planted"


def plant(places, path, store):
    """Compile a store and put its index, its state made to fit, in the place of another store's."""
    other = store(facts(PLANTED), "other.yaml")
    places.titles(other)
    connection = cache.sqlite3.connect(places.index(other), isolation_level=None)
    state = trust.fingerprint(cache.files_of_all([path]))
    connection.execute("UPDATE meta SET value = ? WHERE key = 'state'", (state,))
    connection.close()
    trust.seal(places.index(other))
    places.index(other).replace(places.index(path))


def test_an_index_that_fits_is_read(places, store):
    """What is planted so that it fits in all else is read: the tests below refuse it for their one reason."""
    path = store(facts("right"))
    plant(places, path, store)
    assert places.titles(path) == [PLANTED]


@pytest.mark.parametrize("keep", [0, 1, 99, 100, 4096, -4096, -1])
def test_a_truncated_index_is_made_anew(places, store, keep):
    """However much of it is missing, nothing of the rest is believed."""
    path = store(facts("right"))
    plant(places, path, store)
    data = places.index(path).read_bytes()
    places.index(path).write_bytes(data[:keep])
    assert places.titles(path) == ["right"]
    assert trust.trusted(places.index(path), trust.fingerprint([path]))


@pytest.mark.parametrize(
    "garbage", [b"garbage", b"\0" * 8192, b"SQLite format 3\0" + b"\xff" * 8176, bytes(range(256)) * 64]
)
def test_garbage_is_made_anew(places, store, garbage):
    """What is no index is replaced by one."""
    path = store(facts("right"))
    places.index(path).parent.mkdir(mode=0o700)
    places.index(path).write_bytes(garbage)
    assert places.titles(path) == ["right"]
    assert trust.trusted(places.index(path), trust.fingerprint([path]))


def test_a_flipped_bit_changes_no_answer(places, store):
    """One bit anywhere makes a small index another one, which is not read; nothing that it holds is told wrong."""
    path = store(facts("right", "more", "most"))
    whole = places.whole(path)
    index = places.index(path)
    data = index.read_bytes()
    chance = random.Random(FLIPS)
    for _ in range(FLIPS):
        damaged = bytearray(data)
        damaged[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        index.write_bytes(damaged)
        assert places.whole(path) == whole
        assert index.read_bytes() != damaged


def test_a_link_is_not_read(places, store):
    """An index that is a symbolic link may be anybody's: it is replaced, and what it points to is left alone."""
    path = store(facts("right"))
    plant(places, path, store)
    elsewhere = places.folder / "elsewhere"
    places.index(path).rename(elsewhere)
    places.index(path).symlink_to(elsewhere)
    data = elsewhere.read_bytes()
    assert places.titles(path) == ["right"]
    assert not places.index(path).is_symlink()
    assert elsewhere.read_bytes() == data


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_what_others_can_write_is_not_read(places, store, mode):
    """An index that the group or others can write is replaced by one that they cannot even read."""
    path = store(facts("right"))
    plant(places, path, store)
    places.index(path).chmod(mode)
    assert places.titles(path) == ["right"]
    assert stat.S_IMODE(places.index(path).stat().st_mode) == 0o600


@pytest.mark.parametrize("mode", [0o720, 0o702, 0o777, 0o1777])
def test_a_folder_that_others_can_write_is_not_used(places, store, mode):
    """Nothing is read from a folder in which others can put files, and nothing is written there."""
    path = store(facts("right"))
    plant(places, path, store)
    before = places.index(path).read_bytes()
    places.folder.chmod(mode)
    assert places.titles(path) == ["right"]
    assert places.index(path).read_bytes() == before


def test_a_folder_that_is_a_link_is_not_used(places, store, tmp_path):
    """A link in the place of the folder may lead to a shared one."""
    path = store(facts("right"))
    plant(places, path, store)
    places.folder.rename(tmp_path / "elsewhere")
    places.folder.symlink_to(tmp_path / "elsewhere")
    before = places.index(path).read_bytes()
    assert places.titles(path) == ["right"]
    assert places.index(path).read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="NOT CHECKED: owners of POSIX")
def test_what_another_owns_is_not_read(places, store, monkeypatch):
    """An index of somebody else's is not read, and no file is put into a folder of somebody else's."""
    path = store(facts("right"))
    plant(places, path, store)
    before = places.index(path).read_bytes()
    user = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: user + 1)
    assert places.titles(path) == ["right"]
    assert places.index(path).read_bytes() == before


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="NOT CHECKED: only root gives files away")
def test_an_index_that_another_owns_is_replaced(places, store):
    """In a folder of one's own, a file of somebody else's is replaced."""
    path = store(facts("right"))
    plant(places, path, store)
    os.chown(places.index(path), 12345, -1)
    assert places.titles(path) == ["right"]
    assert places.index(path).stat().st_uid == 0


@pytest.mark.parametrize("names", [(), ("TMPDIR", "TMP", "TEMP", "XDG_RUNTIME_DIR")])
def test_there_is_no_shared_folder_to_fall_back_to(store, tmp_path, monkeypatch, names):
    """Without HOME and XDG_CACHE_HOME the answer comes, and no file is left in a folder for temporary files either."""
    shared = tmp_path / "shared"
    shared.mkdir()
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    variables = dict.fromkeys(names, str(shared))
    for name in names:
        monkeypatch.setenv(name, str(shared))
    path = store(facts("right"))
    assert cache.cache_folder(variables) is None
    found = select(open_index([path], variables), Filters())
    assert [fact.title["" if "" in fact.title else "zh"] for fact in found] == ["right"]
    assert list(shared.iterdir()) == []


@pytest.mark.parametrize("asked", ["", "relative", "./x"])
def test_a_relative_cache_folder_is_not_used(asked):
    """The XDG Base Directory Specification says that a relative path is invalid and ignored."""
    assert cache.cache_folder({"XDG_CACHE_HOME": asked, "HOME": "/home/a"}) in (
        cache.Path("/home/a/.cache/cs-facts"),
        cache.Path("/home/a/Library/Caches/cs-facts"),
    )


@pytest.mark.parametrize(
    ("variables", "folder"), [({"LOCALAPPDATA": "/local"}, cache.Path("/local/cs-facts/Cache")), ({"HOME": "/a"}, None)]
)
def test_the_cache_folder_of_windows(monkeypatch, variables, folder):
    """It stands where Windows keeps what stays on a machine, and nowhere where that is not said."""
    with monkeypatch.context() as patch:
        patch.setattr(cache.sys, "platform", "win32")
        found = cache.cache_folder(variables)
    assert found == folder


ODD = ("a?mode=rw", "a#b", "100%", "a%3fb", "two  spaces", "长沙 党建", "file:x")


@pytest.mark.parametrize("name", [*ODD, "a\nb", "'\"; DROP", "x" * 200])
def test_a_path_of_any_characters_opens_its_file(store, tmp_path, name):
    """What means something in a URI, to a shell or to SQL is a character, in a store's path and the cache's."""
    (tmp_path / name).mkdir()
    places = Places(tmp_path / name / "cache")
    path = store(facts("right"), f"{name}/{name}.yaml")
    other = store(facts("wrong"), f"{name}/{name[:1]}.yaml")
    assert places.titles(other) == ["wrong"]
    for _ in range(2):
        assert places.titles(path) == ["right"]
    assert trust.trusted(places.index(path), trust.fingerprint([path]))
    assert places.strays(path, other) == []


@pytest.mark.skipif(os.name != "posix", reason="NOT CHECKED: names of bytes")
def test_a_name_that_is_no_text_opens_its_file(store, places):
    """A file whose name is not UTF-8 is a store as any other, and its index is read the second time."""
    path = store(facts("right"))
    path = path.rename(path.with_name(os.fsdecode(b"\xff\xe5.yaml")))
    assert places.titles(path) == ["right"]
    assert trust.trusted(places.index(path), trust.fingerprint([path]))


def test_however_a_path_is_written_the_index_is_one(store, places, monkeypatch):
    """A path relative to here and the whole one share an index, which neither makes anew."""
    path = store(facts("right"))
    places.titles(path)
    inode = places.index(path).stat().st_ino
    monkeypatch.chdir(path.parent)
    assert places.titles(cache.Path(path.name)) == ["right"]
    assert places.index(path).stat().st_ino == inode


def test_a_cache_folder_that_is_a_file(store, tmp_path):
    """Where no folder can be made, the answer comes all the same."""
    path = store(facts("right"))
    (tmp_path / "file").write_text("")
    assert Places(tmp_path / "file").titles(path) == ["right"]


@pytest.mark.parametrize("call", ["mkdir", "open", "replace"])
def test_a_disk_that_cannot_be_written(store, places, monkeypatch, call):
    """Whichever call the system refuses, the answer comes, and nothing lies about."""

    def refuse(*_, **__):
        raise OSError(30, "Read-only file system")

    path = store(facts("right"))
    if call == "open":
        monkeypatch.setattr(cache.os, "open", refuse)
    else:
        monkeypatch.setattr(cache.Path, call, refuse)
    assert places.titles(path) == ["right"]
    monkeypatch.undo()
    assert places.strays() == []


@pytest.mark.skipif(os.name != "posix", reason="NOT CHECKED: limits of POSIX")
@pytest.mark.parametrize("kilobytes", [0, 4, 64, 300])
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
    assert places.index(path).exists()


def test_no_file_at_all_can_be_written(store, places, monkeypatch):
    """A store whose index is too large for the cache of SQLite compiles in memory where there is no disk for it."""
    from cs_facts.index import building

    path = store(facts("right"))
    targets = []
    build = building.build

    def full(paths, target, progress=None):
        targets.append(target)
        if target != ":memory:":
            raise cache.sqlite3.OperationalError("database or disk is full")
        return build(paths, target, progress)

    monkeypatch.setattr(building, "build", full)
    assert places.titles(path) == ["right"]
    assert targets[1:] == ["", ":memory:"]


@pytest.mark.parametrize("name", ["x.draft", ".draft", "a.b.draft", "a.99999999999999999999.x.draft"])
def test_what_is_no_draft_is_passed_over(store, places, name):
    """A file that somebody else put there is no fault and is left there."""
    path = store(facts("right"))
    places.folder.mkdir(mode=0o700)
    (places.folder / name).write_text("")
    assert places.titles(path) == ["right"]
    assert places.strays(path) == [name]


def test_drafts_of_those_that_run_are_left(store, places):
    """What a process that runs is writing is not swept away; what one that has ended left is."""
    path = store(facts("right"))
    places.folder.mkdir(mode=0o700)
    mine, old = (places.folder / f"x.db.{owner}.0123abcd.draft" for owner in (os.getpid(), _ended()))
    mine.write_text("")
    old.write_text("")
    places.titles(path)
    assert places.strays(path) == [mine.name]


def test_drafts_of_other_users_are_left(store, places, monkeypatch):
    """A process that may not be asked whether it runs does run: it is somebody else's."""

    def refuse(*_):
        raise PermissionError(1, "Operation not permitted")

    path = store(facts("right"))
    places.folder.mkdir(mode=0o700)
    draft = places.folder / f"x.db.{_ended()}.0123abcd.draft"
    draft.write_text("")
    monkeypatch.setattr(cache.os, "kill", refuse)
    places.titles(path)
    assert places.strays(path) == [draft.name]


def test_no_process_is_ended_to_learn_whether_it_runs(monkeypatch):
    """On Windows the call that asks would kill, so nobody is asked and every draft is left."""
    ended = []
    with monkeypatch.context() as patch:
        patch.setattr(cache.os, "kill", lambda *_: ended.append(True))
        patch.setattr(cache.os, "name", "nt")
        runs = drafts._runs(1)
    assert runs
    assert ended == []


def _ended():
    """Return the number of a process that has ended."""
    child = os.fork()
    if not child:
        os._exit(0)
    os.waitpid(child, 0)
    return child


def damage(index, seed, share=10):
    """Overwrite the beginning of every so many pages but the first, so that the size and the header stay."""
    chance = random.Random(seed)
    size = index.stat().st_size
    with index.open("r+b") as stream:
        for page in range(1, size // 4096):
            if chance.randrange(share) == 0:
                stream.seek(page * 4096)
                stream.write(b"\xff" * 200)


WORDS = (("export",), ("compare", "-f", "csv"))


def test_a_damaged_large_index_is_made_anew(large, facts, tmp_path):
    """Damage that shows while a query reads, be it in its midst, ends in a new index and in the right answer."""
    variables = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    index = cache.index_path(cache.cache_folder(variables), [large])
    right = {words: facts(*words, "-s", large, **variables).raw for words in WORDS}
    good = index.read_bytes()
    mended = 0
    for seed, words in enumerate(WORDS):
        damage(index, seed)
        bad = index.read_bytes()
        result = facts(*words, "-s", large, **variables)
        assert (result.code, result.stderr, result.raw) == (0, "", right[words])
        if index.read_bytes() != bad:
            mended += 1
            assert len(index.read_bytes()) == len(good)
    assert mended


def test_damage_is_mended_once(places, store):
    """A statement that an index made anew refuses too is a fault, and not a reason to go on for ever."""
    path = store(facts("right"))
    places.titles(path)
    made = []

    def anew():
        made.append(connect(str(places.index(path))))
        return made[-1]

    connection = mending.Mendable(anew(), anew)
    with pytest.raises(cache.sqlite3.DatabaseError):
        connection.execute("SELECT nothing FROM nowhere")
    assert len(made) == 2
    assert connection.execute("SELECT count(*) FROM facts").fetchone() == (1,)
    with pytest.raises(cache.sqlite3.DatabaseError):
        connection.execute("SELECT nothing FROM nowhere")
    assert len(made) == 2


class _Broken:
    """Rows that stop after some with the word that SQLite has for damage."""

    def __init__(self, rows, after):
        self._rows, self._left = iter(rows), after

    def execute(self, *_):
        return self

    def __iter__(self):
        return self

    def __next__(self):
        if not self._left:
            raise cache.sqlite3.DatabaseError("database disk image is malformed")
        self._left -= 1
        return next(self._rows)


@pytest.mark.parametrize("after", [0, 1, 3])
def test_rows_go_on_where_they_stopped(after):
    """None is told twice and none is left out, and of two statements that meet the damage only one makes an index."""
    rows = [(1,), (2,), (3,), (4,)]
    made = []

    def anew():
        made.append(connect(":memory:"))
        made[-1].executescript("CREATE TABLE t (x); INSERT INTO t VALUES (1), (2), (3), (4)")
        return made[-1]

    connection = mending.Mendable(_Broken(rows, after), anew)
    one = connection.execute("SELECT x FROM t")
    other = mending.Rows(connection, "SELECT x FROM t", ())
    assert one.fetchall() == rows
    other._rows = _Broken(rows, 0)
    assert other.fetchone() == (1,)
    assert other.fetchall() == rows[1:]
    assert len(made) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="NOT CHECKED: pipes with names")
def test_a_pipe_is_told_and_not_waited_for(tmp_path, places):
    """A pipe with a name is no store, and nobody waits for who writes into it."""
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(StoreFaults, match="is not a regular file"):
        places.titles(tmp_path / "pipe.yaml")


def test_a_link_to_nowhere_is_told(tmp_path, store, places):
    """In a folder store, a link whose file is gone is told by its name."""
    (tmp_path / "folder").mkdir()
    store(facts("right")).rename(tmp_path / "folder" / "a.yaml")
    (tmp_path / "folder" / "b.yaml").symlink_to("gone.yaml")
    with pytest.raises(StoreUnreadable, match=r"b\.yaml: no such file"):
        places.titles(tmp_path / "folder")
