"""Processes that race for an index, and those that are killed while they compile one.

``FACTS_SAMPLES=200 pytest tests/index/test_races.py`` kills two hundred of them, and lets fifty race.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cs_facts.index import trust
from places import SLOW, facts

SAMPLES = int(os.environ.get("FACTS_SAMPLES", "12"))
RACERS = min(SAMPLES, 50)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="NOT CHECKED: signals of POSIX")


def test_first_runs_that_race(places, store):
    """However many first runs begin at once, each answers right, and one whole index is left."""
    path = store(facts(*(f"title {number}" for number in range(100))))
    runs = [places.begin("list", "-s", path, "-f", "csv", "--columns", "title") for _ in range(RACERS)]
    answers = {(*run.communicate(), run.returncode) for run in runs}
    right = "".join(f"title {number}\n" for number in range(100)).encode()
    assert answers == {(b"title\n" + right, b"", 0)}
    assert places.strays(path) == []
    assert trust.trusted(places.index(path), trust.fingerprint([path]))


def test_runs_that_race_with_edits(places, store):
    """While a store changes, each run tells one of its states, and at the end the last one."""
    path = store(facts("title 00"))
    text = path.read_text(encoding="utf-8")
    runs = []
    for edit in range(RACERS):
        new = path.with_name("new.yaml")
        new.write_text(text.replace("title 00", f"title {edit:02}"), encoding="utf-8")
        new.replace(path)
        runs.append(places.begin("list", "-s", path, "-f", "csv", "--columns", "title"))
    for run in runs:
        output, messages = run.communicate()
        assert (messages, run.returncode) == (b"", 0)
        assert output.startswith(b"title\ntitle ")
    assert places.titles(path) == [f"title {RACERS - 1:02}"]


def compiling(places, path, **settings):
    """Begin a run and return it when it begins to compile."""
    run = places.begin("search", "amber", "-s", path, "-f", "csv", code=SLOW, **settings)
    assert run.stderr.read(1) == b"."
    return run


def test_killed_at_any_moment(places, store):
    """A compilation that is killed leaves the index of before or none, and its draft goes with the next run."""
    titles = [f"amber {number}" for number in range(3000)]
    path = store(facts(*titles))
    run = compiling(places, path)
    start = time.monotonic()
    run.communicate()
    seconds = time.monotonic() - start
    old, drafts = None, 0
    for sample in range(SAMPLES):
        os.utime(path)
        old = places.index(path).read_bytes()
        run = compiling(places, path)
        time.sleep(random.uniform(0, seconds))
        run.kill()
        run.communicate()
        drafts += bool(places.strays(path))
        state = trust.fingerprint([path])
        assert places.index(path).read_bytes() == old or trust.trusted(places.index(path), state), sample
    assert places.titles(path) == titles
    assert places.strays(path) == []
    assert drafts


def family(process):
    """Return the numbers of the processes that one has started and that run."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,stat=", "--ppid", str(process)], capture_output=True, text=True, check=False
    )
    return [int(line.split()[0]) for line in listed.stdout.splitlines() if "Z" not in line.split()[1]]


def runs(process):
    """Tell whether a process still runs."""
    try:
        return Path(f"/proc/{process}/stat").read_text(errors="replace").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(processes):
    """Wait a moment for processes to end and return those that do not."""
    end = time.monotonic() + 5
    while any(map(runs, processes)) and time.monotonic() < end:
        time.sleep(0.01)
    return list(filter(runs, processes))


with_several = pytest.mark.skipif(
    not sys.platform.startswith("linux") or len(os.sched_getaffinity(0)) < 2,
    reason="NOT CHECKED: several processes compile on Linux with two processors or more",
)


@with_several
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)])
def test_the_end_of_a_compilation_by_several(request, places, large, number, code):
    """Ctrl-C, which a terminal sends to the whole group, ends them all without a word; so does a kill of the first."""
    if number != signal.SIGKILL:
        request.getfixturevalue("unmeasured")
    moments = random.sample(range(50), 2)  # a hundredth of a second each: the compilation takes longer
    if number == signal.SIGINT:
        moments = [*moments, 0, 5]  # while the others have hardly begun
    for moment in moments:
        run = compiling(places, large, start_new_session=True)
        while not (children := family(run.pid)):
            time.sleep(0.005)
        time.sleep(moment / 100)
        children = {*children, *family(run.pid)}
        if number == signal.SIGINT:
            os.killpg(run.pid, number)
        else:
            run.send_signal(number)
        output, messages = run.communicate()
        assert (output, messages, run.returncode) == (b"", b"", code)
        assert gone(children) == []
        assert number == signal.SIGKILL or places.strays() == []


@with_several
def test_a_process_that_dies_costs_no_answer(places, large):
    """When one of the others is killed, by the system that lacks memory say, the first does it all by itself."""
    run = compiling(places, large)
    while not (children := family(run.pid)):
        time.sleep(0.005)
    os.kill(children[0], signal.SIGKILL)
    output, messages = run.communicate()
    assert (messages, run.returncode) == (b"", 0)
    assert output.count(b"\n") > 10
    assert places.strays(large) == []


@with_several
def test_one_process_compiles_what_several_do(places, large, monkeypatch, tmp_path):
    """Alone or shared out, where none can be started too, the index says the same."""
    from cs_facts.index import workers
    from places import Places

    several = places.whole(large)
    for name, refusing in (("_processors", lambda: 1), ("_Worker", _refused)):
        with monkeypatch.context() as patch:
            patch.setattr(workers, name, refusing)
            assert Places(tmp_path / name).whole(large) == several


def _refused(_):
    raise BlockingIOError(11, "Resource temporarily unavailable")


SCRIPT = """\
from cs_facts import open_store
print("here")
print(len(open_store({path!r}).list()))
"""


@with_several
def test_a_script_runs_once(large, tmp_path):
    """A script without a guard that opens a large store is run by no process but its own."""
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(path=str(large)))
    result = subprocess.run(
        [sys.executable, script],
        capture_output=True,
        check=True,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "c")},
    )
    assert (result.stdout, result.stderr) == (b"here\n9000\n", b"")


@with_several
def test_long_names_fill_no_pipe(places, tmp_path):
    """Stores that share thousands of sources hand their names over when nobody is writing to the other side."""
    sources = "".join(f"  {'s' * 60}-{n}: {{type: report, title: x}}\n" for n in range(4000))
    for name in "ab":
        fact = "  - id: {}{}\n    category: c\n    title: x\n    text: {}\n    source: {}-1\n"
        body = "".join(fact.format(name, n, "word " * 60, "s" * 60) for n in range(6000))
        text = f"facts_format: 1\ncategories: {{c: C}}\nsources:\n{sources}facts:\n{body}"
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    run = places.begin("list", "-s", tmp_path / "a.yaml", "-s", tmp_path / "b.yaml", "-f", "csv", "--columns", "source")
    output, messages = run.communicate(timeout=100)
    assert (messages, run.returncode) == (b"", 0)
    lines = output.decode().splitlines()
    assert lines[1::6000] == [f"a:{'s' * 60}-1", f"b:{'s' * 60}-1"]
