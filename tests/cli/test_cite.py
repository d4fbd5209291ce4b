"""``facts cite``."""

import re

import pytest

from cs_facts.citations import STYLES
from making import HEAD

FACT = "  - {id: x, category: north, title: T, text: T., source: paper, paragraph: 2}\n"


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("known", ["published: 2022", "published: 2022, url: https://x.org", "url: https://x.org"])
def test_a_day_of_access_is_printed_or_said_to_be_left_out(facts, kept, style, known):
    """A day goes without an address, and in APA with a date, but never without a word."""
    path = kept(FACT, head=HEAD.replace("published: 2022-12-18", known))
    result = facts("cite", "x", "--style", style, "--accessed", "2026-11-23", "-s", path)
    is_printed = bool(re.search("2026-11-23|November 23, 2026|2026/11/23|2026,\\s+11,\\s+23", result.stdout))
    assert is_printed == ("url" in known and (style != "apa" or "published" not in known))
    assert ("facts: --accessed is left out of paper: " in result.stderr) != is_printed
    assert result.code == 0


def test_the_day_of_access(facts, kept):
    """A source with an address is one online; it may say itself when it was read, and --accessed outdoes it."""

    def cited(known, *words):
        path = kept(FACT, head=HEAD.replace("published:", f"{known}published:"))
        return facts("cite", "x", "--style", "gb7714", "-s", path, *words)

    read = "url: https://example.org/x, accessed: 2025-01-02, "
    assert re.search(r"\[N/OL\].*\[2025-01-02\]", cited(read).stdout)
    assert "[2026-11-23]" in cited(read, "--accessed", "2026-11-23").stdout
    assert cited(read).stderr == ""
    reminder = "facts: the day on which paper was read online is not known; --accessed gives it\n"
    assert cited("url: https://example.org/x, ").stderr == reminder
    assert "2025-01-02" not in cited("accessed: 2025-01-02, ").stdout


def test_each_fact_once_in_the_order_asked_for(facts):
    """Every fact has one line, in the order of the ids, however often it is named."""
    lines = facts("cite", "red-homes-272", "party-members", "red-homes-272").lines
    assert [line.partition("第")[2].partition("段")[0] for line in lines] == ["21", "43"]


@pytest.mark.parametrize(
    ("words", "start"),
    [
        *(("r.bib", "@article{"), ("r.RIS", "TY  - "), ("r.json", "[\n"), ("r.txt", "党建引领")),
        ("r.bib --style ris", "TY  - "),
    ],
)
def test_the_ending_of_the_file_chooses_the_style(facts, tmp_path, words, start):
    """Unless --style does; a text file has the default one, and nothing goes to standard output."""
    result = facts("cite", "party-members", "-o", *words.split())
    assert (result.code, result.stdout) == (0, "")
    assert (tmp_path / words.split()[0]).read_text(encoding="utf-8").startswith(start)


def test_ris_on_standard_output_keeps_cr_lf(facts):
    """RIS is written byte for byte, in UTF-8 whatever the terminal reads."""
    raw = facts("cite", "party-members", "--style", "ris", encoding="gbk").raw
    assert raw.endswith(b"\r\nER  - \r\n")
    assert "党建引领".encode() in raw
