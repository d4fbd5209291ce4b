"""``facts audit``: what a person sees, what a program gets, and what cannot be read."""

import pytest

HEAD = """\
facts_format: 1
units:
  person: {zh: 人, en: people}
categories:
  north: {zh: 北, en: North}
sources:
  paper:
    type: report
    title: The Paper
    names: [{paragraph: 2, printed: 十年来, why: the period}]
facts:
"""
FACTS = """\
  - {id: readers, category: north, title: T, text: t, figure: 1.2万名, when: 2021-12-31, source: paper, paragraph: 2}
  - {id: rank, category: north, title: T, text: t, figure: 第三, source: paper, paragraph: 2}
"""
TEXT = "年报\n\n  十年来,到2021年底有读者1.2万名,居第三\n"
WHOLE = [
    "2 of 2 figures stand where they are cited (100%)",
    "3 of 3 numbers are covered (100%)",
    "counting nothing: no labels, no idioms, 1 under names",
]


@pytest.fixture
def text(tmp_path):
    """Write a text and return its name."""

    def write(content=TEXT, name="t.txt"):
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return name

    return write


def test_a_share_is_never_rounded_up_to_all(facts, kept, text):
    """One number open in three hundred and one is 99%, not 100%."""
    row = "  - {{id: f{0}, category: north, title: T, text: t, figure: 第{0}, source: paper, paragraph: {1}}}\n"
    rows = "".join(row.format(number, number - 9) for number in range(10, 310))
    head = HEAD.replace("    names: [{paragraph: 2, printed: 十年来, why: the period}]\n", "")
    lines = "\n".join(f"第{number}" for number in range(10, 310))
    result = facts("audit", text(f"{lines}与9\n"), "-s", kept(rows, head=head))
    assert result.lines[-2:] == [
        "300 of 300 figures stand where they are cited (100%)",
        "300 of 301 numbers are covered (99%)",
    ]


def test_another_document_is_one_line(facts, text):
    """A text that is plainly another document is told in one line, to people and to programs."""
    name = text("别的文章,有3人\n")
    result = facts("audit", name)
    assert (result.code, len(result.lines)) == (1, 4)
    assert result.lines[0].startswith("t.txt:1:1: error: 0 of 46 figures of source 'changsha-2022' stand here")
    assert "not the edition" in result.stderr
    assert [row["kind"] for row in facts("audit", name, "-f", "json").json] == ["document"]


def test_a_whole_store_is_its_coverages_and_another_edition_a_message(facts, kept, text):
    """Of several sources one is named; a SHA-256 that differs is said aloud and by itself fails nothing."""
    sources = HEAD.replace("facts:", "  other: {type: report, title: Other}\nfacts:")
    path = kept(FACTS, head=sources.replace("    title:", f"    sha256: {'0' * 64}\n    title:"))
    result = facts("audit", text(), "-s", path, "--source", "The Paper")
    said = "facts: this is not the edition that source 'paper' names: its SHA-256 differs\n"
    assert (result.code, result.lines, result.stderr) == (0, WHOLE, said)


@pytest.mark.parametrize("format_", ["table", "json", "csv", "markdown"])
def test_hidden_characters_of_the_text_reach_no_terminal(facts, kept, text, format_):
    """An escape or an override beside a number is shown as its code."""
    told = facts("audit", text(TEXT + "有\x1b[31m7\u202e家\n"), "-s", kept(FACTS, head=HEAD), "-f", format_).stdout
    assert [each in told for each in ("7", "u001b", "\x1b", "\u202e")] == [True, True, False, False]
