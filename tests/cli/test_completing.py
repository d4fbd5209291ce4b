"""Completion: by the protocol of the variables that the shells set, and in real shells."""

import os
import re
import subprocess
import sys

import pytest

from terminal import needs, terminal  # noqa: F401  # the fixture

FACTS = """\
  - {id: many, category: north, kind: figure, title: {zh: 多, en: "Many (a lot): it's"}, text: t, figure: 1名,
     unit: person, source: paper, tags: [large crowd, 人群, "50%"]}
  - {id: few, category: south, kind: list, title: {zh: 少, en: Few}, text: t, source: paper, tags: [人群]}
"""


@pytest.fixture
def complete(facts, store):
    """Ask as a shell does what may stand at the end of a line: value → help."""
    path = store(FACTS)

    def ask(line, **variables):
        asking = {"_FACTS_COMPLETE": "complete_fish", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
        result = facts(**{**asking, "FACTS_STORE": str(path), "_TYPER_COMPLETE_ARGS": line, **variables})
        assert (result.stderr, result.code) == ("", 0)
        return dict(answer.split("\t") for answer in result.lines)

    return ask


@pytest.mark.parametrize(
    ("line", "offers"),
    [
        ("facts list n", {"north": "North"}),
        ("facts list north ", {"south": "South"}),
        ("facts compare ", {"north": "North", "south": "South"}),
        ("facts list -c s", {"south": "South"}),
        ("facts list --category=s", {"--category=south": "South"}),
        ("facts show m", {"many": "Many (a lot): it's"}),
        ("facts cite many ", {"few": "Few"}),
        ("facts list --unit ", {"person": "people", "yuan": "yuan"}),
        ("facts export --source p", {"paper": "The Paper"}),
        ("facts list -k l", {"list": "list"}),
        ("facts list -t l", {"large crowd": "1 fact"}),
        ("facts list --tag 人", {"人群": "2 facts"}),
        ("facts list --columns fi", {"figure": "As printed"}),
        ("facts list --columns id,fi", {"id,figure": "As printed"}),
        ("facts list --columns figure,fi", {}),
        ("facts list --columns=id,fi", {"--columns=id,figure": "As printed"}),
        ("facts list --sort va", {"value": "Number"}),
        ("facts list --sort -va", {"-value": "Number"}),
        ("facts list --sort=-va", {"--sort=-value": "Number"}),
        ("facts list --lang b", {"both": "中文 / English"}),
        ("facts list -f nd", {"ndjson": ""}),
        ("facts cite many --style gb", {"gb7714": ""}),
        ("facts compare --by k", {"kind": ""}),
        ("facts list --no-p", {"--no-pager": "Print at once what exceeds the screen."}),
        ("facts list --sort id --so", {"--source": "Only facts of this source. Repeatable."}),
        ("facts --vers", {"--version": "Print the version."}),
        ("facts categ", {"categories": "List the categories: names, facts, figures, period covered, conflicts."}),
        ("facts list --since ", {}),
        ("facts nonsense ", {}),
        ("facts list 'n", {"north": "North"}),
        ('facts list "n', {"north": "North"}),
        ('facts list "nor\\', {"north": "North"}),
        ("facts audit a ", {}),
        ("facts audit a b", {}),
    ],
)
def test_what_may_stand_there(complete, line, offers):
    """Each place of a line offers what its parameter takes, with what it means."""
    assert complete(line) == offers


def test_meanings_are_in_the_readers_language(complete):
    """In a Chinese locale the names beside ids and columns are Chinese."""
    assert complete("facts list n", LANG="zh_CN.UTF-8") == {"north": "北"}
    assert complete("facts list --columns val", LANG="zh_CN.UTF-8") == {"value": "数值"}


def test_the_store_of_the_line_comes_first(complete, store):
    """--store on the half-typed line is the store whose ids are offered."""
    other = store("  - {id: other, category: north, title: T, text: t, source: paper}\n", "other.yaml")
    assert complete(f"facts show -s {other} ") == {"other": "T"}
    assert complete("facts show ", FACTS_STORE=str(other)) == {"other": "T"}


@pytest.mark.parametrize("text", ["facts_format: 1\nfacts: [", "not a store", "\0", None])
def test_a_broken_store_offers_nothing_and_says_nothing(complete, tmp_path, text):
    """A store with faults or none at all leaves the prompt as it is, and takes no language or format away."""
    path = tmp_path / "broken.yaml"
    if text is not None:
        path.write_text(text)
    assert complete("facts list ", FACTS_STORE=str(path)) == {}
    assert complete("facts list --columns id,", FACTS_STORE=str(path)) == {}
    assert "zh" in complete("facts list --lang ", FACTS_STORE=str(path))
    assert "csv" in complete("facts list -f ", FACTS_STORE=str(path))


@pytest.mark.parametrize("index", ["", "x", "-5", "99"])
def test_a_shell_that_asks_wrongly_gets_nothing(facts, index):
    """Variables that make no sense are no traceback."""
    result = facts(_FACTS_COMPLETE="complete_bash", COMP_WORDS="facts", COMP_CWORD=index)
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("words", "offers"),
    [
        (["list", "so"], ["south"]),
        (["list", "--tag", "la"], [r"large\ crowd"]),
        (["list", "--tag", '"la'], ["large crowd"]),
        (["list", "--tag", "'la"], ["large crowd"]),
        (["list", "--tag", "5"], ["50%"]),
        (["list", "--columns", "=", "id,fi"], ["id,figure"]),
        (["list", "--columns", "="], None),
        (["list", ""], ["north", "south"]),
    ],
)
def test_bash_gets_words_as_it_broke_and_quotes_them(facts, store, words, offers):
    """In bash a value is quoted as its beginning is, and what stands before = is not repeated."""
    line = ["facts", *words]
    variables = {"COMP_WORDS": "\n".join(line), "COMP_CWORD": str(len(line) - 1), "FACTS_STORE": str(store(FACTS))}
    answered = facts(_FACTS_COMPLETE="complete_bash", **variables).lines
    assert answered == offers if offers else "id" in answered


def test_bash_gets_the_part_behind_a_colon(facts, store):
    """Of an id in one of several stores bash, which breaks words at colons, gets what stands behind it."""
    both = os.pathsep.join([str(store(FACTS, "one.yaml")), str(store(FACTS, "two.yaml"))])
    variables = {"COMP_WORDS": "facts\nshow\none\n:\nm", "COMP_CWORD": "4", "FACTS_STORE": both}
    assert facts(_FACTS_COMPLETE="complete_bash", **variables).lines == ["many"]


def test_nothing_to_offer_is_no_code_for_zsh(facts):
    """What zsh evaluates is empty where nothing may stand at the cursor."""
    assert facts(_FACTS_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS="facts list --columns nosuch").stdout == ""


def test_the_scripts_are_typers(facts, monkeypatch):
    """What asks for something else than an answer, such as the script itself, is Typer's to serve."""
    monkeypatch.setenv("_FACTS_COMPLETE", "source_bash")
    result = facts(_FACTS_COMPLETE="source_bash")
    assert result.code == 0
    assert "complete -o default -F _facts_completion facts" in result.stdout


def test_files_are_left_to_the_shell(facts):
    """Where a file is wanted zsh is told to offer files, and fish that there is no answer of ours."""
    line = {"_TYPER_COMPLETE_ARGS": "facts list --output "}
    assert facts(_FACTS_COMPLETE="complete_zsh", **line).stdout == "compset -P '*='; _files\n"
    assert facts(_FACTS_COMPLETE="complete_fish", _TYPER_COMPLETE_FISH_ACTION="is-args", **line).code == 1


def test_completion_does_not_load_rich():
    """Typer's own answers load Rich to clean the help; ours do not."""
    code = "import sys; from cs_facts.cli import main; main([]); sys.exit('rich' in sys.modules)"
    variables = {"_FACTS_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "facts list "}
    result = subprocess.run([sys.executable, "-c", code], env=variables, capture_output=True, check=False, text=True)
    assert result.returncode == 0
    assert "talent:Talent policy" in result.stdout


def prompted(screen):
    """Tell whether a cleared screen holds the word that was waited for and a prompt below it: a Tab before is lost."""
    return re.match(r"ready\n+\S", screen)


SHELLS = {
    "bash": (["bash", "--norc", "-i"], "source ~/.bashrc"),
    "zsh": (["zsh", "-f", "-i"], "source ~/.zshrc; PS1='$ '"),
    "fish": (["fish", "--no-config"], "source ~/.config/fish/completions/facts.fish"),
}


@pytest.mark.parametrize("shell", [pytest.param(name, marks=needs("tmux", name)) for name in SHELLS])
def test_in_a_real_shell(terminal, store, shell):  # noqa: F811
    """Installed by the tool itself, completion finishes a category, a tag of two words, a column and a sort key."""
    command, start = SHELLS[shell]
    typed = terminal(*command, width=100, FACTS_STORE=str(store(FACTS)))
    typed.type(f"facts --install-completion; {start}; clear; echo ready", "Enter")
    typed.wait_until(prompted)
    for line, finished in (
        ("facts list nor", "facts list north"),
        ("facts list --tag larg", r"facts list --tag large\ crowd"),
        ("facts list --columns id,figu", "facts list --columns id,figure"),
        ("facts list --sort -valu", "facts list --sort -value"),
        ("facts show man", "facts show many"),
    ):
        typed.type(line, "Tab")
        typed.wait_for(finished)
        typed.press("C-u")
        typed.type("clear; echo ready", "Enter")
        typed.wait_until(prompted)
