"""The pieces of a store shared out among processes, and what is told of how far they have come."""

from __future__ import annotations

import io
import pickle
from types import SimpleNamespace

import pytest

from cs_facts.errors import StoreFaults
from cs_facts.index import building, pieces, workers
from cs_facts.index.doubt import Doubt
from cs_facts.index.rows import FIELDS
from cs_facts.index.workers import Task, batches
from places import FACT, facts

TITLES = [f"title {number}" for number in range(20)]
PLAIN = ("", "")


@pytest.fixture
def as_large(monkeypatch):
    """Cut a small store into pieces of a few facts, and find it worth another process."""
    for module in (pieces, workers):
        monkeypatch.setattr(module, "PIECE", 300)
    monkeypatch.setattr(workers, "_SMALL", 0)
    monkeypatch.setattr(workers, "_processors", lambda: 2)


def pieces_of(path):
    """Return the pieces of a file."""
    return list(pieces.pieces_of(path, pieces.head_of(path)[1]))


# -- a process of ours, played by this one ---------------------------------------------------------------------------


@pytest.fixture
def answers(monkeypatch):
    """Return a function: what a process that reads pieces is told, but for some bytes of the end → what it answers."""

    def work(*messages, lost=0):
        told, said = io.BytesIO(), io.BytesIO()
        for message in messages:
            workers._write(told, pickle.dumps(message))
        told = io.BytesIO(told.getvalue()[: len(told.getvalue()) - lost])
        with monkeypatch.context() as patch:
            patch.setattr(workers.gc, "disable", lambda: None)
            patch.setattr(workers.sys, "stdin", SimpleNamespace(buffer=told))
            patch.setattr(workers.sys, "stdout", SimpleNamespace(buffer=said))
            workers.work()
        said.seek(0)
        answers = []
        while data := workers._read(said):
            answers.append(pickle.loads(data))
        return answers

    return work


@pytest.mark.usefixtures("as_large")
def test_a_process_answers_each_piece_in_its_turn(store, answers):
    """What it writes are the facts of the pieces, their categories and sources by the names that came last."""
    one, two, three, *_ = pieces_of(store(facts(*TITLES)))
    said = answers(PLAIN, (one, ({"north": "a:north"}, {})), (two, None), (three, ({}, {"paper": "b:paper"})))
    found = [[(row[FIELDS.index("category")], row[FIELDS.index("source")]) for row in batch.facts] for batch in said]
    renamed = ("a:north", "paper"), ("a:north", "paper"), ("north", "b:paper")
    numbers = [len(pieces.facts_of(piece)) for piece in (one, two, three)]
    assert found == [[names] * number for names, number in zip(renamed, numbers, strict=True)]


def test_a_process_tells_of_a_fault_and_goes_on(store, answers):
    """A piece with a fault, or whose file is gone, is answered by nothing, and the next one by its facts."""
    good, bad, gone = (
        store(facts(*TITLES[:2]) + more, name) for more, name in zip(("", "    x: y\n", ""), "abc", strict=True)
    )
    (good,), (bad,), (piece,) = map(pieces_of, (good, bad, gone))
    gone.unlink()
    said = answers(PLAIN, *((each, None) for each in (bad, piece, good)))
    assert said[:2] == [None, None]
    assert len(said[2].facts) == 2


@pytest.mark.parametrize("lost", [1, 10])
def test_a_process_ends_with_who_started_it(store, answers, lost):
    """Where a message stops in its midst it ends without a word, as it does where none comes."""
    (piece,) = pieces_of(store(facts(*TITLES)))
    assert len(answers(PLAIN, (piece, None), (piece, None), lost=lost)) == 1
    assert answers(PLAIN, lost=lost) == answers() == []


def test_a_stream_that_takes_a_part_at_a_time_gets_everything():
    """As one without a buffer may do (PYTHONUNBUFFERED)."""

    class Slow(io.BytesIO):
        def write(self, data):
            return super().write(data[:7])

    stream = Slow()
    for data in (b"first", b"the second, a longer one"):
        workers._write(stream, data)
    stream.seek(0)
    assert [workers._read(stream) for _ in range(3)] == [b"first", b"the second, a longer one", b""]


# -- several processes -----------------------------------------------------------------------------------------------


@pytest.fixture
def tasks(store):
    """Return as many pieces as wait for their turn at most, and more."""
    tasks = [Task(piece) for piece in pieces_of(store(facts(*(f"title {number}" for number in range(60)))))]
    assert len(tasks) > workers._MOST + 4
    return tasks


SIZE = 1 << 20
"""Bytes that other processes are started for, with pieces as small."""


def whole(found):
    """Return what is read, without the words and pairs, of which two processes may both tell."""
    found = list(found)
    for _, batch in found:
        batch.vocabulary, batch.pairs = set(), set()
    return found


@pytest.fixture(params=["it is", "at once, where no system tells", "never"])
def ready(request, monkeypatch):
    """Say when another process has a piece ready, and give it back in words."""
    if request.param == "never":
        monkeypatch.setattr(workers._Worker, "is_ready", lambda _: False)
    elif request.param != "it is":
        monkeypatch.setattr(workers, "select", SimpleNamespace())
    return request.param.partition(",")[0]


@pytest.mark.usefixtures("as_large", "ready")
def test_pieces_come_back_in_their_order(tasks):
    """Two processes that share the work give what one alone does; of a word each of them may tell."""
    several, alone = (list(batches(tasks, size, PLAIN)) for size in (SIZE, 0))
    told = [[word for _, batch in each for word in (*batch.vocabulary, *batch.pairs)] for each in (several, alone)]
    assert set(told[0]) == set(told[1])
    assert len(told[1]) == len(set(told[1])), "one process tells of a word once"
    assert whole(several) == whole(alone)


@pytest.mark.usefixtures("as_large")
def test_this_process_reads_while_nothing_is_ready(tasks, ready, monkeypatch):
    """It does so rather than wait, but gathers no more than it says; what is ready it hands on before that."""
    read, taken = [], []
    monkeypatch.setattr(workers, "facts_of", lambda piece: read.append(piece) or pieces.facts_of(piece))
    found = batches((taken.append(task) or task for task in tasks), SIZE, PLAIN)
    next(found)
    assert workers._AHEAD < len(taken) <= workers._MOST + 1
    list(found)
    if ready == "at once":
        assert read == []
    elif ready == "never":
        assert read[: workers._MOST - workers._AHEAD] == [task.piece for task in tasks[workers._AHEAD : workers._MOST]]


@pytest.mark.usefixtures("as_large")
def test_a_fault_that_another_process_finds_is_told(store, places):
    """Whichever process meets it, the reader of stores says what is wrong and where."""
    path = store(facts(*TITLES) + "    nonsense: 1\n" + FACT.format(id="last", title="last"))
    with pytest.raises(Doubt):
        list(batches(map(Task, pieces_of(path)), SIZE, PLAIN))
    with pytest.raises(StoreFaults, match=r"store\.yaml:112:5: error: unknown key 'nonsense'"):
        places.titles(path)


SPOILT = """\
import sys
sys.path[:] = sys.argv[1:]
from cs_facts.index import workers
def refuse(*_):
    raise {}
{} = refuse
workers.work()
"""


@pytest.mark.usefixtures("as_large")
@pytest.mark.parametrize(
    ("what", "error"),
    [
        *((name, "MemoryError") for name in ("_write", "_read", "facts_of", "pickle.dumps", "threading.Thread.start")),
        ("facts_of", "KeyboardInterrupt"),
    ],
)
def test_what_a_process_that_cannot_go_on_leaves_is_read_here(tasks, monkeypatch, capfd, what, error):
    """Without memory or a thread, or interrupted, it ends without a word and is not waited for."""
    alone = whole(batches(tasks, 0, PLAIN))
    monkeypatch.setattr(workers, "_WORK", SPOILT.format(error, f"workers.{what}"))
    assert whole(batches(tasks, SIZE, PLAIN)) == alone
    assert capfd.readouterr().err == ""


@pytest.fixture
def processes(monkeypatch):
    """Return the processes that are started."""
    started = []
    start = workers.subprocess.Popen
    monkeypatch.setattr(workers.subprocess, "Popen", lambda *a, **k: started.append(start(*a, **k)) or started[-1])
    return started


@pytest.mark.usefixtures("as_large")
@pytest.mark.parametrize("come", [1, 10])
def test_what_a_process_that_is_killed_leaves_is_read_here(tasks, processes, monkeypatch, come):
    """And so is all that comes behind it."""
    monkeypatch.setattr(workers, "_processors", lambda: 3)
    found = batches(tasks, SIZE, PLAIN)
    several = [next(found) for _ in range(come)]
    for process in processes:
        process.kill()
        process.wait()
    assert whole([*several, *found]) == whole(batches(tasks, 0, PLAIN))
    assert len(processes) == 2


@pytest.mark.usefixtures("as_large")
@pytest.mark.parametrize(
    ("some", "polls", "count"),
    [
        (1, {"poll"}, 0),
        (workers._AHEAD, {"poll"}, 1),
        (9 * workers._AHEAD, {}, 9),
        (10**6, {"poll"}, 63),
        (10**6, {}, 64),
    ],
)
def test_no_more_processes_than_have_work(monkeypatch, some, polls, count):
    """Each has as many pieces as it may have in hand; our own processor is left to ours, if that can read."""
    monkeypatch.setattr(workers, "select", SimpleNamespace(**dict.fromkeys(polls)))
    monkeypatch.setattr(workers, "_processors", lambda: 64)
    monkeypatch.setattr(workers, "_Worker", lambda variants: variants)
    assert len(list(workers._started(PLAIN, some * workers.PIECE))) == count


@pytest.mark.usefixtures("as_large")
@pytest.mark.parametrize("nth", [1, 2])
def test_an_interrupt_while_processes_start_leaves_none(tasks, processes, monkeypatch, nth):
    """Neither those that are there nor the one that is being told what it needs."""
    monkeypatch.setattr(workers, "_processors", lambda: 4)
    told = []

    def write(*_):
        told.append(1)
        if len(told) == nth:
            raise KeyboardInterrupt

    monkeypatch.setattr(workers, "_write", write)
    with pytest.raises(KeyboardInterrupt):
        list(batches(tasks, SIZE, PLAIN))
    assert len(processes) == nth
    assert None not in [process.poll() for process in processes]


# -- how far it has come ---------------------------------------------------------------------------------------------


def told(path):
    """Compile a store and return what is told of it."""
    said = []
    try:
        building.build([path], ":memory:", lambda *words: said.append(words)).close()
    except StoreFaults:
        said.append("faults")
    return said


@pytest.mark.usefixtures("as_large")
def test_how_far_a_compilation_is(store):
    """More and more bytes of all that there are, and at the end all of them."""
    path = store(facts(*TITLES))
    done, of = zip(*told(path), strict=True)
    assert set(of) == {path.stat().st_size}
    assert list(done) == sorted(set(done))
    assert len(done) > 4
    assert done[-1] == of[-1]


def test_a_compilation_that_ends_in_faults_has_ended(store):
    """Before faults are told, so is the end, which takes the line of a terminal away."""
    path = store(facts(*TITLES) + "    nonsense: 1\n")
    size = path.stat().st_size
    assert told(path) == [(size, size), "faults"]
