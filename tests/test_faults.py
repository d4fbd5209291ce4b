"""Each row of docs/faults.md against the program: its command is run, and message and exit code are as it says."""

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from terminal import BIN

PAGE = Path(__file__).parents[1] / "docs" / "faults.md"

if not PAGE.exists():
    pytest.skip(f"NOT CHECKED: the table of faults is not at {PAGE}", allow_module_level=True)
if os.name != "posix":
    pytest.skip("NOT CHECKED: the commands are those of a POSIX shell", allow_module_level=True)

TEXT = PAGE.read_text(encoding="utf-8")
NEEDED = {"/dev/full": Path("/dev/full").exists(), "secret.yaml": os.geteuid() != 0, "shut": os.geteuid() != 0}
"""What a row needs: a device that is full; to be a user who may not read everything."""
ENVIRONMENT = {"FACTS_STORE": "my-facts.yaml", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


def rows(heading):
    """Yield the rows below a heading, a list of cells each, code without its marks."""
    part = TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    for line in re.findall(r"^\| (.*) \|$", part, re.MULTILINE)[2:]:
        cells = re.split(r"(?<!\\) \| ", line)
        yield [re.sub(r"^`` (.*) ``$|^`(.*)`$", r"\1\2", cell).replace("\\|", "|") for cell in cells]


def block(name):
    """Return the text of the file that the page lays out under a name."""
    return re.search(rf"`{re.escape(name)}`.*?:\n\n```\w*\n(.*?)```\n", TEXT, re.DOTALL)[1]


def shape(message):
    """Turn a message of the page, in which … stands for anything, into a regular expression."""
    return re.compile(".*".join(map(re.escape, message.split("…"))))


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Lay out the files that the commands of the page name."""
    monkeypatch.chdir(tmp_path)
    store = block("my-facts.yaml")
    texts = {
        "my-facts.yaml": store,
        "two-sources.yaml": store.replace("sources:\n", "sources:\n  other: {type: report, title: O}\n"),
        "no-source.yaml": "facts_format: 1\n",
        "bad.yaml": store.replace("category: river", "category: rivre"),
        "secret.yaml": store,
        "article.txt": block("article.txt"),
        "table.csv": block("table.csv"),
        "claim.txt": block("claim.txt"),
        "bad.csv": block("table.csv").replace(",gazette", ","),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9\n")
    (tmp_path / "empty").mkdir()
    (tmp_path / "without").mkdir()
    for name in ("xlsxwriter", "resvg_py"):
        (tmp_path / "without" / f"{name}.py").write_text("raise ImportError\n")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "secret.yaml").chmod(0o000)
    monkeypatch.setenv("PATH", f"{BIN}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
    return tmp_path


def first(message):
    """Return what is said first, on whichever stream; the count of faults that follows is told elsewhere."""
    return message.splitlines()[0] if message else ""


@pytest.mark.parametrize(("what", "command", "message", "code"), list(rows("A run")), ids=lambda text: text[:40])
def test_a_run(request, facts, files, what, command, message, code):
    """The command of a row ends with its message, in one line, and its exit code; in a shell where it needs one."""
    for name, is_there in NEEDED.items():
        if name in command and what != "A file that is read-only" and not is_there:
            pytest.skip(f"NOT CHECKED: {name} is of no use here")
    if "ulimit" in command:
        request.getfixturevalue("unmeasured")
    if re.search("[|<>;$=]", command):
        run = subprocess.run(["bash", "-c", command], capture_output=True, check=False, encoding="utf-8")
        stdout, ended = run.stdout, run.returncode
    else:
        run = facts(*shlex.split(command)[1:], **ENVIRONMENT, FACTS_DEBUG="")
        stdout, ended = run.stdout, run.code
    said = first(stdout if re.match(r"\S+:\d+:\d+: ", stdout) else run.stderr)
    assert shape(message).fullmatch(said), said
    assert ended == int(code)
    assert "Traceback" not in run.stderr
    assert {path.name for path in files.glob(".*")} == set()  # a draft of what was not written
    assert not [*files.glob("tmp*")]


@pytest.mark.parametrize("heading", ["The form of a store", "What must hold between facts"])
def test_a_store(facts, files, heading):
    """The store of the page, changed as a row says, has the fault that the row tells, and no other."""
    found = list(rows(heading))
    assert len(found) > 5
    for what, change, message, code in found:
        old, _, new = change.replace("⏎", "\n").partition(" ⇒ ")
        store = block("my-facts.yaml")
        assert store.count(old) == 1, what
        (files / "changed.yaml").write_text(store.replace(old, new), encoding="utf-8")
        result = facts("check", "changed.yaml", "--strict")
        assert [bool(shape(message).fullmatch(re.sub(r"^\S+: ", "", line))) for line in result.lines] == [True], (
            what,
            result.stdout,
        )
        assert str(result.code) == code
        if heading == "The form of a store":
            assert facts("list", "-s", "changed.yaml").code == 3


def test_every_message_has_a_row():
    """Each message that the program raises as an error of its own family stands on the page."""
    import ast

    import cs_facts

    raised = {"UsageError", "NotFound", "StoreUnreadable", "OutputError", "FactsError"}
    messages = [message for _, _, message, _ in rows("A run")]
    for path in Path(cs_facts.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in raised:
                parts = (part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant))
                longest = max((part for part in parts if isinstance(part, str)), key=len, default="")
                assert any(longest.strip(" :;'") in message for message in messages), (path.name, longest)
