"""``facts cite``."""

import re

import pytest
import rispy

from cs_facts.citations import STYLES
from making import HEAD

EXPECTED = "党建引领,长沙这么红![N]. 星辰在线，2022-12-18：第43段.\n"


def test_a_chinese_source_is_cited_after_gb7714(facts):
    """The bundled report is cited after GB/T 7714, with its paragraph; without an address nobody accessed it."""
    result = facts("cite", "party-members")
    assert (result.stdout, result.stderr, result.code) == (EXPECTED, "", 0)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("known", ["published: 2022", "published: 2022, url: https://x.org", "url: https://x.org"])
def test_a_day_of_access_is_printed_or_said_to_be_left_out(facts, store, style, known):
    """A day goes without an address, and in APA with a date, but never without a word."""
    fact = "  - {id: x, category: north, title: T, text: T., source: paper, paragraph: 2}\n"
    path = store(fact, head=HEAD.replace("published: 2022-12-18", known))
    result = facts("cite", "x", "--style", style, "--accessed", "2026-11-23", "-s", path)
    is_printed = bool(re.search("2026-11-23|November 23, 2026|2026/11/23|2026,\\s+11,\\s+23", result.stdout))
    assert is_printed == ("url" in known and (style != "apa" or "published" not in known))
    assert ("facts: --accessed is left out of paper: " in result.stderr) != is_printed
    assert result.code == 0


def test_the_day_of_access(facts, store):
    """A source with an address is one online: --accessed gives the day, else the source does, else there is none."""
    fact = "  - {id: x, category: north, title: T, text: T., source: paper, paragraph: 2}\n"
    plain = store(fact, head=HEAD.replace("published:", "url: https://example.org/x, published:"))
    noted = store(
        fact, "noted.yaml", HEAD.replace("published:", "url: https://example.org/x, accessed: 2025-01-02, published:")
    )
    style = ("cite", "x", "--style", "gb7714", "-s")
    assert "[N/OL]" in facts(*style, plain).stdout
    assert "[2025-" not in facts(*style, plain).stdout
    assert "[2025-01-02]" in facts(*style, noted).stdout
    for path in (plain, noted):
        assert "[2026-11-23]" in facts(*style, path, "--accessed", "2026-11-23").stdout


def test_each_fact_once_in_the_order_asked_for(facts):
    """Every fact has one line, in the order of the ids, however often it is named."""
    lines = facts("cite", "red-homes-272", "party-members", "red-homes-272").lines
    assert [line.partition("第")[2].partition("段")[0] for line in lines] == ["21", "43"]


@pytest.mark.parametrize(
    ("name", "start"), [("r.bib", "@article{"), ("r.RIS", "TY  - "), ("r.json", "[\n"), ("r.txt", "党建引领")]
)
def test_the_ending_of_the_file_chooses_the_style(facts, tmp_path, name, start):
    """A file's ending says the style, a text file has the default one; nothing goes to standard output."""
    result = facts("cite", "party-members", "-o", name)
    assert (result.code, result.stdout) == (0, "")
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_style_outdoes_the_ending(facts, tmp_path):
    """``--style`` holds whatever the file is called."""
    facts("cite", "party-members", "-o", "r.bib", "--style", "ris")
    assert rispy.loads((tmp_path / "r.bib").read_text(encoding="utf-8"))[0]["id"] == "changsha-2022"


def test_ris_on_standard_output_keeps_cr_lf(facts):
    """RIS is written byte for byte, in UTF-8 whatever the terminal reads."""
    raw = facts("cite", "party-members", "--style", "ris", encoding="gbk").raw
    assert raw.endswith(b"\r\nER  - \r\n")
    assert "党建引领".encode() in raw
