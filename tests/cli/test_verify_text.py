"""``facts verify`` on the command line: formats, what passes, what is shown."""

import html
import io
import re

import pytest

from cs_facts.cli import main
from cs_facts.cli.environment import Environment

DRAFT = """\
长沙有党员51万名，3200名流动党员纳入管理。

Changsha has 9 metro lines & <i>there are 506,600</i> Party members.
"""


@pytest.fixture
def draft(tmp_path):
    """Write a text with four numbers."""
    path = tmp_path / "draft.md"
    path.write_text(DRAFT, encoding="utf-8")
    return path


def test_lines_like_a_compilers(facts, draft):
    """Place, verdict, what the draft says and what the store has; a summary; exit 1 where something does not stand."""
    told = facts("verify", draft)
    assert [line.rpartition(f"{draft.name}:")[2].split(";")[0] for line in told.lines[:-1]] == [
        "1:6: rounds: 51万名",
        "1:11: bound: 3200名",
        "3:14: unknown: 9 metro lines",
        "3:43: stands: 506,600 Party members",
    ]
    assert told.lines[-1] == "4 numbers: 1 stands, 1 rounds, 1 bound, 1 unknown"
    assert (told.code, told.stderr) == (1, "")


def test_a_terminal_shows_what_was_found_below_its_place(facts, draft):
    """Wrapped between words, as tables are; the last line counts."""
    told = facts("verify", draft.name, width=50, NO_COLOR="1").lines
    assert told[:2] == ["draft.md:1:6: rounds", "  51万名; the store has 50.66万名: Party members"]
    assert [line for line in told if line.startswith("draft.md")][-1] == "draft.md:3:43: stands"


@pytest.mark.parametrize(
    ("options", "shown", "code"),
    [
        *((["--allow", "unknown,bound"], 4, 0), (["--allow", "unknown"], 4, 1), (["--only", "differs, period"], 0, 0)),
        *((["--only", "bound"], 1, 1), (["--only", "stands,unknown", "--allow", "unknown"], 2, 0)),
    ],
)
def test_allow_and_only(facts, draft, options, shown, code):
    """--allow lets verdicts pass, --only shows and judges some."""
    told = facts("verify", draft, *options)
    assert (len(told.lines) - 1, told.code) == (shown, code)


def test_json_has_the_fact_and_its_citation(facts, draft):
    """All that a program needs to set a reference."""
    told = facts("verify", draft, "-f", "json")
    first = told.json[0]
    found = [first[name] for name in ("line", "column", "verdict", "printed", "fact", "figure", "when")]
    assert found == [1, 6, "rounds", "51万名", "party-members", "50.66万名", "2021-12-31"]
    assert first["citation"].startswith("党建引领")
    assert told.json[2]["fact"] is None
    assert told.stderr == "facts: 4 numbers: 1 stands, 1 rounds, 1 bound, 1 unknown\n"


def test_standard_input_and_several_texts(draft, cache):
    """A hook passes several files at once."""
    stdout, stderr = io.BytesIO(), io.StringIO()
    environment = Environment(stdout, stderr, {"XDG_CACHE_HOME": str(cache)}, stdin=io.BytesIO(DRAFT.encode()))
    assert main(["verify", "-", str(draft)], environment) == 1
    lines = stdout.getvalue().decode().splitlines()
    assert lines[0].startswith("standard input:1:6: rounds")
    assert len(lines) == 9


def test_html_is_one_page_whose_numbers_and_notes_link_each_other(facts, draft, tmp_path):
    """It loads nothing, its elements are closed, and what the text has of markup is text."""
    out = tmp_path / "verdicts.html"
    assert facts("verify", draft, "-o", out).code == 1
    page = out.read_text(encoding="utf-8")
    opened = []
    for end, tag in re.findall(r"<(/?)([a-z]\w*)", page):
        if end:
            assert opened.pop() == tag
        elif tag != "meta":
            opened.append(tag)
    assert opened == []
    assert " src=" not in page
    ids, links = (re.findall(rf'<[^>]* {name}="([^"]*)"', page) for name in ("id", "href"))
    assert {link.removeprefix("#") for link in links} == set(ids)
    assert [id_ for id_ in ids if "note" in id_] == ["note-1-2", "note-1-1", "note-2-1", "note-2-2"]
    assert len(ids) == 8
    text = html.unescape(re.sub("<[^>]*>", "", page))
    assert "9 metro lines & <i>there are 506,600</i>" in text.replace("\n", " ")
    assert "4 numbers: 1 stands" in text
    assert facts("verify", draft, "-o", out, "--force", "--lang", "zh").code == 1
    assert "4个数：1个相符，1个舍入后相符，1个限定不符，1个未找到" in out.read_text(encoding="utf-8")


def test_a_text_in_utf_16_says_so_and_what_to_do(facts, tmp_path):
    """One line, which names the encoding, and how to convert the text; of others docs/faults.md has rows."""
    (tmp_path / "old.txt").write_bytes("党员5名".encode("utf-16"))
    run = facts("verify", "old.txt")
    assert (run.code, run.stdout, run.stderr.count("\n")) == (3, "", 1)
    assert run.stderr.endswith("it seems to be UTF-16: iconv -f utf-16 -t utf-8 old.txt makes it UTF-8\n")


def test_a_picture_has_the_columns_that_it_has_room_for(facts, draft):
    """Of the thirteen of a table for programs three."""
    svg = facts("verify", draft, "-f", "svg").stdout
    assert re.findall(r'font-weight="bold"[^>]*>([^<]*)<', svg)[1:] == ["Line", "Verdict", "Message"]
