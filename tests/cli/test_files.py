"""Files that a result goes to: whole or not at all; pipes and devices directly."""

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from cs_facts.cli.streams import ClosedPipe, write_file
from cs_facts.errors import OutputError

pytestmark = pytest.mark.skipif(os.name != "posix", reason="NOT CHECKED: modes, links and pipes of POSIX")


def names(folder):
    """Name what a folder holds, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_a_new_file_and_nothing_beside_it(tmp_path, mask):
    """Text and bytes arrive as they are, no draft is left, and the file may be read by whom the umask lets."""
    before = os.umask(mask)
    try:
        write_file(tmp_path / "a", ["党", "x\n"], force=False)
        write_file(tmp_path / "b", [b"\xff\x00"], force=False)
    finally:
        os.umask(before)
    assert (tmp_path / "a").read_bytes() == b"\xe5\x85\x9ax\n"
    assert (tmp_path / "b").read_bytes() == b"\xff\x00"
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o666 & ~mask}
    assert names(tmp_path) == ["a", "b"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_the_mode_of_a_file_is_kept(tmp_path, mode):
    """An overwritten file keeps its mode, and what is private is private while it is written."""
    path = tmp_path / "a"
    path.write_text("old")
    path.chmod(mode)
    seen = set()

    def chunks():
        yield "new"
        seen.update(stat.S_IMODE(other.stat().st_mode) & 0o077 for other in tmp_path.glob(".a.*"))

    write_file(path, chunks(), force=True)
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("new", mode)
    assert seen == {0}


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
    assert [(tmp_path / "far" / name).read_text() for name in ("there", "new")] == ["1", "2"]
    with pytest.raises(OutputError, match="there: exists; --force overwrites it"):
        write_file(tmp_path / "there", ["x"], force=False)


def test_a_file_that_comes_meanwhile_is_not_overwritten(tmp_path):
    """Whoever writes the same name while we do keeps what they wrote."""
    path = tmp_path / "a"

    def chunks():
        yield "ours"
        path.write_text("theirs")

    with pytest.raises(OutputError, match="a: exists; --force overwrites it"):
        write_file(path, chunks(), force=False)
    assert path.read_text() == "theirs"
    assert names(tmp_path) == ["a"]


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


def test_a_pipe_is_written_to_directly(facts, tmp_path):
    """A named pipe stays a pipe, and its reader gets what standard output would."""
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    read = []
    reader = threading.Thread(daemon=True, target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    assert facts("export", pipe).code == 0
    reader.join()
    assert read == [facts("export").raw]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_pipe_whose_reader_goes(tmp_path):
    """A reader who has read enough is no fault."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = threading.Thread(daemon=True, target=lambda: pipe.open("rb").close())
    reader.start()
    with pytest.raises(ClosedPipe):
        write_file(pipe, ("x" * 1000 for _ in range(100_000)), force=False)
    reader.join()


@pytest.mark.parametrize("words", [["/dev/stdout"], ["-o", "/dev/fd/1"], ["-"]])
def test_standard_output_has_names(facts, tmp_path, words):
    """/dev/stdout, /dev/fd/1 and - are standard output, written on where the shell has it."""
    with (tmp_path / "out").open("wb") as out:
        out.write(b"before\n")
        out.flush()
        command = [sys.executable, "-m", "cs_facts", "export", *words]
        run = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, check=False)
    assert (run.returncode, run.stderr) == (0, b"")
    assert (tmp_path / "out").read_bytes() == b"before\n" + facts("export").raw
