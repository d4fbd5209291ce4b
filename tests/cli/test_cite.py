"""``facts cite``."""

from datetime import date

import bibtexparser
import pytest
import rispy

EXPECTED = "李冰清. 党建引领,长沙这么红![N/OL]. 星辰在线，2022-12-18：第43段[2026-11-23].\n"


def test_a_chinese_source_is_cited_after_gb7714(facts):
    """The bundled report is cited after GB/T 7714, with paragraph and day of access."""
    result = facts("cite", "party-members", "--accessed", "2026-11-23")
    assert (result.stdout, result.stderr, result.code) == (EXPECTED, "", 0)


def test_access_is_today_by_default(facts):
    """Without --accessed the day of access is today."""
    before = date.today()
    line = facts("cite", "party-members").stdout
    assert any(f"[{day}]" in line for day in (before, date.today()))


def test_accessed_none_leaves_the_day_out(facts):
    """``--accessed none`` cites without a day of access."""
    assert facts("cite", "party-members", "--accessed", "none").stdout.endswith("2022-12-18：第43段.\n")


def test_each_fact_once_in_the_order_asked_for(facts):
    """Every fact has one line, in the order of the ids, however often it is named."""
    lines = facts("cite", "red-homes-272", "party-members", "red-homes-272").lines
    assert [line.partition("第")[2].partition("段")[0] for line in lines] == ["21", "43"]


def test_facts_of_one_source_share_an_entry(facts):
    """In BibTeX the facts of one source are one entry that names both paragraphs."""
    text = facts("cite", "red-homes-272", "party-members", "--style", "bibtex").stdout
    (entry,) = bibtexparser.parse_string(text).entries
    assert entry["annote"] == "Cited: paragraph 21 (red-homes-272); paragraph 43 (party-members)"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["party-membrs"], "facts: unknown fact 'party-membrs': did you mean 'party-members'?\n"),
        (["party-members", "--style", "gb7741"], "facts: unknown style 'gb7741': did you mean 'gb7714'?\n"),
        (
            ["party-members", "--accessed", "2026-11"],
            "facts: --accessed: '2026-11' is more than a day; write one as 2026-11-23, or none\n",
        ),
    ],
)
def test_wrong_usage_names_what_is_right(facts, words, message):
    """An unknown id, an unknown style and a date that is no day are wrong usage, and the message helps."""
    result = facts("cite", *words)
    assert (result.code, result.stdout, result.stderr) == (2, "", message)


@pytest.mark.parametrize("text", ["2026-02-30", "yesterday", "", "../2026-11-23"])
def test_a_bad_day_of_access_is_wrong_usage(facts, text):
    """What is no day at all is refused under the name of its option."""
    result = facts("cite", "party-members", "--accessed", text)
    assert result.code == 2
    assert result.stderr.startswith("facts: --accessed: ")


def test_no_id_is_wrong_usage(facts):
    """``facts cite`` wants a fact."""
    assert facts("cite").code == 2


@pytest.mark.parametrize(
    ("name", "start"), [("r.bib", "@article{"), ("r.RIS", "TY  - "), ("r.json", "[\n"), ("r.txt", "李冰清")]
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


def test_a_file_is_overwritten_only_by_force(facts, tmp_path):
    """A file that exists stays as it is without --force."""
    (tmp_path / "r.bib").write_text("mine", encoding="utf-8")
    assert facts("cite", "party-members", "-o", "r.bib").code == 3
    assert (tmp_path / "r.bib").read_text(encoding="utf-8") == "mine"
    assert facts("cite", "party-members", "-o", "r.bib", "--force").code == 0
    assert (tmp_path / "r.bib").read_text(encoding="utf-8").startswith("@article{")


def test_ris_on_standard_output_keeps_cr_lf(facts):
    """RIS is written byte for byte, in UTF-8 whatever the terminal reads."""
    raw = facts("cite", "party-members", "--style", "ris", encoding="gbk").raw
    assert raw.endswith(b"\r\nER  - \r\n")
    assert "李冰清".encode() in raw


def test_a_journal_is_named_by_its_container(facts, store):
    """A citation names the journal that the store says an article stands in, after an export as before."""
    head = """\
facts_format: 1
categories: {c: C}
sources:
  a: {type: article-journal, title: On Facts, author: "Doe, Jane", container: Journal of Facts,
      publisher: Press, published: 2020-05, language: en}
facts:
"""
    path = store("  - {id: x, category: c, title: T, text: T., source: a, paragraph: 2}\n", head=head)
    expected = "Doe, J. (2020). On Facts. Journal of Facts. (Doe, 2020, para. 2)\n"
    assert facts("cite", "x", "-s", path).stdout == expected
    facts("export", "copy.yaml", "-s", path)
    assert facts("cite", "x", "-s", "copy.yaml").stdout == expected


def test_show_has_the_citation(facts):
    """``facts show`` has the reference in the default style, without a day, which is the reader's to give."""
    line = "Cite as   李冰清. 党建引领,长沙这么红![N/OL]. 星辰在线，2022-12-18：第43段."
    assert line in facts("show", "party-members").lines


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_leads_with_examples_that_work(facts, option):
    """The examples of the help are commands that succeed."""
    text = facts("cite", option).stdout
    examples = [
        line.split()[1:] for line in text.partition("Examples:")[2].partition("\n\n")[0].splitlines() if line.strip()
    ]
    assert len(examples) == 3
    assert all(facts(*words).code == 0 for words in examples)
