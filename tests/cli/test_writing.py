"""Where a result goes: files whole or not at all, pipes and devices directly."""

import contextlib
import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from cs_facts.cli.streams import flush
from cs_facts.cli.streams import ClosedPipe, write_file
from cs_facts.errors import OutputError

pytestmark = pytest.mark.skipif(os.name != "posix", reason="NOT CHECKED: modes, links and pipes of POSIX")

SYSTEMS = ["nameless", "hidden", "linkless"]
"""Systems that know files without a name; that know none; that know no hard links either."""


@pytest.fixture(params=SYSTEMS)
def system(request, monkeypatch):
    """Let the file system be poorer than that of these tests."""
    if request.param != "nameless":
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    if request.param == "linkless":
        monkeypatch.setattr(Path, "hardlink_to", refuse)
    return request.param


def refuse(*_):
    """Refuse a hard link as FAT does."""
    raise PermissionError(1, "Operation not permitted")


def names(folder):
    """Name what a folder holds, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


def process(*words, **settings):
    """Run the command line as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "cs_facts", *map(str, words)], capture_output=True, check=False, **settings
    )


@pytest.mark.usefixtures("system")
def test_a_new_file_and_nothing_beside_it(tmp_path):
    """Text and bytes arrive as they are, and no draft is left."""
    write_file(tmp_path / "a", ["党", "x\n"], force=False)
    write_file(tmp_path / "b", [b"\xff\x00"], force=False)
    assert (tmp_path / "a").read_bytes() == b"\xe5\x85\x9ax\n"
    assert (tmp_path / "b").read_bytes() == b"\xff\x00"
    assert names(tmp_path) == ["a", "b"]


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize("mask", [0o022, 0o027, 0o077])
def test_the_mode_of_a_new_file_follows_the_umask(tmp_path, mask):
    """A new file may be read by whom the umask lets."""
    before = os.umask(mask)
    try:
        write_file(tmp_path / "a", ["x"], force=False)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o666 & ~mask


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666, 0o755])
def test_the_mode_of_a_file_is_kept(tmp_path, mode):
    """An overwritten file keeps its mode, whatever the umask says."""
    path = tmp_path / "a"
    path.write_text("old")
    path.chmod(mode)
    write_file(path, ["new"], force=True)
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("new", mode)


@pytest.mark.usefixtures("system")
def test_a_private_file_is_private_while_it_is_written(tmp_path):
    """No draft of a file that only its owner may read can be read by others."""
    path = tmp_path / "a"
    path.write_text("old")
    path.chmod(0o600)
    seen = []

    def chunks():
        yield "new"
        seen.extend(stat.S_IMODE(other.stat().st_mode) for other in tmp_path.iterdir())

    write_file(path, chunks(), force=True)
    assert seen
    assert set(seen) == {0o600}


@pytest.mark.usefixtures("system")
def test_symbolic_links_are_followed(tmp_path):
    """A link stays a link; the file that it leads to is written, in its own folder, there already or not."""
    (tmp_path / "far").mkdir()
    for name in ("there", "new"):
        (tmp_path / name).symlink_to(Path("far") / name)
    (tmp_path / "far" / "there").write_text("old")
    write_file(tmp_path / "there", ["1"], force=True)
    write_file(tmp_path / "new", ["2"], force=False)
    assert names(tmp_path) == ["far", "new", "there"]
    assert all((tmp_path / name).is_symlink() for name in ("there", "new"))
    assert [(tmp_path / "far" / name).read_text() for name in names(tmp_path / "far")] == ["2", "1"]


def test_a_link_to_a_file_is_no_way_around_force(tmp_path):
    """A file is not overwritten through a link either."""
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to("file")
    with pytest.raises(OutputError, match="link: exists; --force overwrites it"):
        write_file(tmp_path / "link", ["x"], force=False)
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.usefixtures("system")
def test_a_file_that_comes_meanwhile_is_not_overwritten(tmp_path):
    """Who writes the same name while we do keeps what he wrote."""
    path = tmp_path / "a"

    def chunks():
        yield "ours"
        path.write_text("theirs")

    with pytest.raises(OutputError, match="a: exists; --force overwrites it"):
        write_file(path, chunks(), force=False)
    assert path.read_text() == "theirs"
    assert names(tmp_path) == ["a"]


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt])
@pytest.mark.parametrize("force", [False, True])
def test_what_breaks_off_leaves_nothing(tmp_path, error, force):
    """A fault midway leaves the folder as it was."""
    (tmp_path / "old").write_text("old")

    def chunks():
        yield "new"
        raise error

    with pytest.raises(error):
        write_file(tmp_path / ("old" if force else "new"), chunks(), force=force)
    assert names(tmp_path) == ["old"]
    assert (tmp_path / "old").read_text() == "old"


WRITER = """\
import os, pathlib, sys, time
from cs_facts.cli.streams import write_file
stop, system, force = int(sys.argv[1]), sys.argv[2], sys.argv[3] == "force"
if system == "hidden":
    del os.O_TMPFILE
def chunks():
    for number in range(12):
        if number == stop:
            print("here", flush=True)
            time.sleep(60)
        yield "x" * 100_000
write_file(pathlib.Path("out"), chunks(), force=force)
"""


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="NOT CHECKED: only Linux has files without a name")
@pytest.mark.parametrize("force", ["force", ""])
@pytest.mark.parametrize("system", ["nameless", "hidden"])
def test_a_killed_run_leaves_no_half_of_a_file(tmp_path, system, force):
    """Killed (SIGKILL) after any of a dozen chunks, a run leaves the file as it was, and where it can no draft."""
    if force:
        (tmp_path / "out").write_text("old")
    for stop in range(12):
        command = [sys.executable, "-c", WRITER, str(stop), system, force]
        with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE) as writer:
            assert writer.stdout.readline() == b"here\n"
            writer.send_signal(signal.SIGKILL)
        kept = [name for name in names(tmp_path) if system == "nameless" or not name.startswith(".out.")]
        assert kept == (["out"] if force else [])
        assert not force or (tmp_path / "out").read_text() == "old"


def test_a_pipe_is_written_to_directly(facts, tmp_path):
    """A named pipe stays a pipe, and its reader gets what standard output would."""
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    read = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    assert facts("export", pipe).code == 0
    reader.join()
    assert read == [facts("export").raw]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("size", [10, 100_000])
def test_a_pipe_whose_reader_goes(tmp_path, size):
    """A reader who has read enough is no fault."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: pipe.open("rb").close())
    reader.start()
    with pytest.raises(ClosedPipe):
        write_file(pipe, ("x" * size for _ in range(100_000)), force=False)
    reader.join()


@pytest.mark.parametrize("words", [["export", "/dev/stdout"], ["export", "-o", "/dev/fd/1"], ["export", "-"]])
def test_standard_output_has_names(facts, words):
    """/dev/stdout, /dev/fd/1 and - are standard output."""
    result = process(*words)
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout == facts("export").raw


def test_dev_stdout_keeps_what_stands_before(facts, tmp_path):
    """/dev/stdout that is a file is written on, where the shell has it; opened anew it would begin from the start."""
    with (tmp_path / "out").open("wb") as out:
        out.write(b"before\n")
        out.flush()
        result = subprocess.run(
            [sys.executable, "-m", "cs_facts", "export", "/dev/stdout"], stdout=out, stderr=subprocess.PIPE, check=False
        )
    assert (result.returncode, result.stderr) == (0, b"")
    assert (tmp_path / "out").read_bytes() == b"before\n" + facts("export").raw


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="NOT CHECKED: no /dev/full here")
def test_a_full_disk_is_one_line(facts):
    """A device that takes no more is exit 3 and one line that names it, as a file and as standard output."""
    result = facts("export", "/dev/full")
    assert (result.code, result.stderr) == (3, "facts: /dev/full: no space left on device\n")
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(
            [sys.executable, "-m", "cs_facts", "export"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (run.returncode, run.stderr) == (3, b"facts: standard output: no space left on device\n")


@pytest.mark.parametrize("name", ["out.csv", "out.db", "out.svg"])
def test_a_file_that_finds_no_room(tmp_path, name):
    """A disk that is full midway is exit 3, one line, and leaves nothing."""
    import resource

    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    # a measurement of coverage would find no room for its own file
    variables = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE_")}
    result = process("export", name, cwd=tmp_path, env=variables, preexec_fn=limited)
    assert result.returncode == 3
    assert result.stderr.startswith(b"facts: ")
    assert result.stderr.count(b"\n") == 1
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (".", "facts: .: is a folder; name a file\n"),
        ("no/such.csv", "facts: no/such.csv: no such file or directory\n"),
        ("file/out.csv", "facts: file/out.csv: not a directory\n"),
        ("loop", "facts: loop: too many levels of symbolic links\n"),
        ("x" * 300, f"facts: {'x' * 300}: file name too long\n"),
    ],
)
def test_what_cannot_be_written(facts, tmp_path, name, message):
    """Where no file can be, the exit code is 3 and one line says why."""
    (tmp_path / "file").write_text("")
    (tmp_path / "loop").symlink_to("loop")
    result = facts("export", "-f", "csv", name)
    assert (result.code, result.stderr) == (3, message)


@pytest.mark.usefixtures("system")
def test_a_read_only_file_is_not_replaced(tmp_path):
    """A file marked as read-only keeps its content, though its folder would let another take its place."""
    path = tmp_path / "x"
    path.write_text("old")
    path.chmod(0o444)
    with pytest.raises(OutputError, match=r"x: is read-only; make it writable first$"):
        write_file(path, ["new"], force=True)
    assert (path.read_text(), names(tmp_path)) == ("old", ["x"])


def test_a_flush_that_does_not_wait_is_waited_for():
    """What a stream holds back because nobody takes it yet is written when somebody does."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    with os.fdopen(reader, "rb") as read, os.fdopen(writer, "wb", buffering=1 << 17) as stream:
        filled = 0
        with contextlib.suppress(BlockingIOError):
            while True:
                filled += os.write(writer, b"x" * 4096)
        stream.write(b"last")  # held back: the pipe is full
        taken = []
        thread = threading.Timer(0.1, lambda: taken.append(read.read(filled)))
        thread.start()
        flush(stream)
        thread.join()
        assert (len(taken[0]), read.read(4)) == (filled, b"last")
