"""Completion: by the protocol of the variables that the shells set, and in real shells."""

import re

import pytest

from terminal import needs, terminal  # noqa: F401  # the fixture

FACTS = """\
  - {id: many, category: north, kind: figure, title: {zh: 多, en: "Many (a lot): it's"}, text: t, figure: 1名,
     unit: person, source: paper, tags: [large crowd, 人群, "50%", "a=b:c"]}
  - {id: few, category: south, kind: list, title: {zh: 少, en: Few}, text: t, source: paper, tags: [人群]}
"""


@pytest.fixture
def complete(facts, kept, monkeypatch):
    """Ask as fish does what may stand at the end of a line: value → help."""
    path = kept(FACTS)

    def ask(line, **variables):
        asking = {"_FACTS_COMPLETE": "complete_fish", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
        asking["_TYPER_COMPLETE_ARGS"] = line
        for name, value in asking.items():
            monkeypatch.setenv(name, value)
        result = facts(**{**asking, "FACTS_STORE": str(path), **variables})
        assert result.stderr == ""
        return dict(answer.partition("\t")[::2] for answer in result.lines if answer)

    return ask


@pytest.mark.parametrize(
    ("line", "offers"),
    [
        ("facts list n", {"north": "North"}),
        ("facts list north ", {"south": "South"}),
        ("facts compare ", {"north": "North", "south": "South"}),
        ("facts list -c s", {"south": "South"}),
        ("facts show m", {"many": "Many (a lot): it's"}),
        ("facts cite many ", {"few": "Few"}),
        ("facts list --unit ", {"person": "people", "yuan": "yuan"}),
        ("facts list --unit=p", {"--unit=person": "people"}),
        ("facts export --source p", {"paper": "The Paper"}),
        ("facts list -k l", {"list": "list"}),
        ("facts list -t l", {"large crowd": "1 fact"}),
        ("facts list --tag 人", {"人群": "2 facts"}),
        ("facts list --columns fi", {"figure": "As printed"}),
        ("facts list --columns id,fi", {"id,figure": "As printed"}),
        ("facts list --columns figure,fi", {}),
        ("facts list --sort va", {"value": "Number"}),
        ("facts list --lang b", {"both": "中文 / English"}),
        ("facts list -f nd", {"ndjson": ""}),
        ("facts cite many --style gb", {"gb7714": ""}),
        ("facts list --no-p", {"--no-pager": "Do not use a pager for what exceeds the screen."}),
        ("facts categ", {"categories": "List the categories: names, facts, figures, period covered, conflicts."}),
    ],
)
def test_what_may_stand_there(complete, line, offers):
    """Each place of a line offers what its parameter takes, with what it means, in the reader's language."""
    assert complete(line) == offers
    assert complete("facts list n", LANG="zh_CN.UTF-8") == {"north": "北"}


@pytest.mark.parametrize(
    ("words", "offers"),
    [
        *(("list -t a", "a=b:c"), ("list -t a =", "b:c"), ("list -t a = b", "b:c"), ("list -t a = b : c", "c")),
        *(("list --tag = a", "a=b:c"), ("list --tag = a = b", "b:c"), ("list --category = so", "south")),
    ],
)
def test_what_bash_parts_is_put_together(facts, kept, monkeypatch, words, offers):
    """Bash parts words at = and :, and an answer takes the place of the last part only."""
    parts = ["facts", *words.split()]
    asking = {"_FACTS_COMPLETE": "complete_bash", "COMP_WORDS": "\n".join(parts), "COMP_CWORD": str(len(parts) - 1)}
    for name, value in asking.items():
        monkeypatch.setenv(name, value)
    assert facts(**asking, FACTS_STORE=str(kept(FACTS))).stdout.strip() == offers


@pytest.mark.parametrize("text", ["facts_format: 1\nfacts: [", "\0", None])
def test_a_broken_store_offers_nothing_and_says_nothing(complete, tmp_path, text):
    """A store with faults or none at all leaves the prompt as it is, and takes no language or format away."""
    path = tmp_path / "broken.yaml"
    if text is not None:
        path.write_text(text)
    assert complete("facts list ", FACTS_STORE=str(path)) == {}
    assert "zh" in complete("facts list --lang ", FACTS_STORE=str(path))
    assert "csv" in complete("facts list -f ", FACTS_STORE=str(path))


def prompted(screen):
    """Tell whether a cleared screen holds the word that was waited for and a prompt below it: a Tab before is lost."""
    return re.match(r"ready\n+\S", screen)


SHELLS = {
    "bash": (["bash", "--norc", "-i"], "source ~/.bashrc"),
    "zsh": (["zsh", "-f", "-i"], "source ~/.zshrc; PS1='$ '"),
    "fish": (["fish", "--no-config"], "source ~/.config/fish/completions/facts.fish"),
}


@pytest.mark.slow
@pytest.mark.parametrize("shell", [pytest.param(name, marks=needs("tmux", name)) for name in SHELLS])
def test_in_a_real_shell(terminal, kept, shell):  # noqa: F811
    """Installed by the tool itself, completion finishes a category, a tag of two words, a column and an id."""
    command, start = SHELLS[shell]
    typed = terminal(*command, width=100, FACTS_STORE=str(kept(FACTS)))
    typed.type(f"facts --install-completion; {start}; clear; echo ready", "Enter")
    typed.wait_until(prompted)
    typed.type("facts ", "Tab")  # the first Tab of a session only loads Typer's script in zsh
    typed.press("C-u")
    for line, finished in (
        ("facts list nor", "facts list north"),
        ("facts list --tag larg", r"facts list --tag large\ crowd"),
        ("facts list --columns id,figu", "facts list --columns id,figure"),
        ("facts list --category=nor", "facts list --category=north"),
        *[("facts list --tag=a=", "facts list --tag=a=b:c")] * (shell == "bash"),
        ("facts show man", "facts show many"),
    ):
        typed.type(line, "Tab")
        typed.wait_for(finished)
        typed.press("C-u")
        typed.type("clear; echo ready", "Enter")
        typed.wait_until(prompted)
