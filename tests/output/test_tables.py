"""Tables and records for people: they fit the terminal, stay aligned and lose nothing."""

import re
import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_facts.output.table import Column, Page, fitted, render_records, render_table

WIDTHS = [20, 21, 29, 40, 59, 60, 80, 120, 200]
STORE_TEXTS = st.text(st.sampled_from("ab 12字号“”—…·×，。/-\n|＊"), max_size=60)


def columns_of(line, ambiguous=1):
    """Count what a terminal does: by UAX #11 wide and full-width characters take two columns, marks none."""
    sizes = {"W": 2, "F": 2, "A": ambiguous}
    return sum(0 if unicodedata.combining(char) else sizes.get(unicodedata.east_asian_width(char), 1) for char in line)


def characters(text):
    """Count the characters of a text, white space aside, which wrapping may eat at a line's end."""
    return Counter(re.sub(r"\s", "", text))


def drawn(page, headings, rows, **settings):
    """Draw a table of columns that are all alike."""
    columns = [Column(heading, **settings) for heading in headings]
    return "".join(render_table(page, columns, rows))


@given(
    st.sampled_from(WIDTHS),
    st.booleans(),
    st.lists(st.tuples(STORE_TEXTS, STORE_TEXTS, STORE_TEXTS), min_size=1, max_size=4),
)
def test_no_character_is_lost_and_no_line_too_wide(width, wide, rows):
    """At each width, as a table or as records, each character of each cell stands there, and no line is too wide."""
    text = drawn(Page(width, wide=wide), ["Title", "标题", "Number"], rows)
    assert not characters("".join(cell for row in rows for cell in row)) - characters(text)
    assert max(columns_of(line, 2 if wide else 1) for line in text.splitlines() or [""]) <= width


@given(st.sampled_from(WIDTHS), st.lists(st.tuples(st.sampled_from(["Title", "可能的解释"]), STORE_TEXTS), max_size=5))
def test_records_lose_nothing(width, record):
    """A record holds each heading and each value whole, whether they stand beside or below each other."""
    text = "".join(render_records(Page(width), [record]))
    assert characters(text) == characters("".join(f"{heading}{value}" for heading, value in record))
    assert max((columns_of(line) for line in text.splitlines()), default=0) <= width


@pytest.mark.parametrize("wide", [False, True])
def test_what_follows_a_quotation_mark_is_aligned(wide):
    """Behind cells of Chinese and of ambiguous width the next column begins at one place, however wide those are."""
    rows = [("“一把手”工程", "x1"), ("plain", "x2"), ("— … · × ≥", "x3"), ("é and ё", "x4"), ("ё̂", "x5")]
    lines = drawn(Page(80, wide=wide), ["A", "B"], rows).splitlines()[2:]
    starts = {columns_of(line[: line.index("x")], 2 if wide else 1) for line in lines}
    assert len(starts) == 1


def test_wide_terminals_get_rules_that_fit():
    """Lines are of ambiguous width too: a terminal that draws them wide gets dashes, another one lines."""
    assert "─" in drawn(Page(80), ["A", "B"], [("a", "b")])
    text = drawn(Page(80, wide=True), ["A", "B"], [("a", "b")])
    assert "─" not in text
    assert text.isascii()


@pytest.mark.parametrize(("width", "is_table"), [(100, True), (47, True), (46, False), (20, False)])
def test_a_table_too_narrow_to_read_becomes_records(width, is_table):
    """Two texts of 12 columns and a number of 19, with the gaps between, need 47; below that they stand vertically."""
    columns = [Column("Title"), Column("Text"), Column("Number", whole=True)]
    lines = "".join(
        render_table(Page(width), columns, [("word " * 20, "word " * 20, "1,234,567,890,123,4")])
    ).splitlines()
    assert lines[0].split() == (
        ["Title", "Text", "Number"] if is_table else ["Title", *["word"] * (len(lines[0].split()) - 1)]
    )


def test_many_columns_become_records():
    """Thirty short columns do not fit 80 columns: each row is set as heading beside value, what is empty left out."""
    headings = [f"h{number}" for number in range(30)]
    text = drawn(Page(80), headings, [[f"v{number}" if number != 7 else "" for number in range(30)]])
    assert [line.split() for line in text.splitlines() if line] == [[f"h{n}", f"v{n}"] for n in range(30) if n != 7]


def test_below_twenty_columns_the_terminal_wraps():
    """A page narrower than 20 is drawn as one of 20: nothing is squeezed to a character a line."""
    row = [("一二三四五六七八九十", "2")]
    assert drawn(Page(3), ["A", "B"], row) == drawn(Page(20), ["A", "B"], row)


def test_off_a_terminal_a_row_is_a_line():
    """Without a width nothing wraps, however long, and a line end in a value becomes a space."""
    text = drawn(Page(None), ["A", "B"], [("word " * 500 + "end", "one\ntwo")])
    assert len(text.splitlines()) == 2
    assert text.endswith("one two\n")


@pytest.mark.parametrize(("width", "lines"), [(38, ["Possible reading  a"]), (37, ["Possible reading", "  a"])])
def test_a_value_without_room_beside_its_heading_stands_below(width, lines):
    """A heading of 16 and two columns between leave 20 of 38 for the value; with less it goes below, indented."""
    assert "".join(render_records(Page(width), [[("Possible reading", "a")]])).splitlines() == lines


def test_groups_are_named_and_set_apart():
    """Above each run of rows of one group stands its name, between the runs an empty line, in records too."""
    columns, rows, groups = [Column("A", whole=True)], [("a1",), ("a2",), ("b1",)], ["2012", "2012", "2017"]
    table = "".join(render_table(Page(80), columns, rows, groups, labelled=True)).splitlines()
    assert table[2:] == ["2012", "a1", "a2", "", "2017", "b1"]
    wide = [Column("A", whole=True), Column("B", whole=True)]
    long = [(f"a{'x' * 20}", f"b{'x' * 20}"), ("c", "d")]
    records = "".join(render_table(Page(30), wide, long, ["2012", "2017"], labelled=True)).splitlines()
    assert records.index("2012") == 0
    assert records[records.index("2017") - 1] == ""


def test_off_a_terminal_groups_leave_no_trace():
    """Where a row is a line there are no names of groups and no empty lines."""
    text = "".join(render_table(Page(None), [Column("A")], [("a",), ("b",)], ["2012", "2017"], labelled=True))
    assert [line.strip() for line in text.splitlines()] == ["A", "a", "b"]


@given(st.lists(st.tuples(st.integers(1, 200), st.integers(0, 30)), min_size=1, max_size=8), st.integers(0, 200))
def test_columns_share_a_page(sizes, room):
    """No column falls below its floor or above what it wants, and no column of the page is left that one could use."""
    wants = [max(want, floor) for want, floor in sizes]
    floors = [floor for _, floor in sizes]
    widths = fitted(wants, floors, room)
    if sum(floors) > room:
        assert widths is None
        return
    assert all(floor <= width <= want for floor, width, want in zip(floors, widths, wants, strict=True))
    assert sum(widths) == min(room, sum(wants))


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
@pytest.mark.parametrize("width", [20, 40, 60, 80, 120, 160, 200])
@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("list", "--sort", "start"),
        ("list", "--columns", "id,category,kind,title,text,figure,value,unit,bound,start,end,when,source,tags,note"),
        ("categories",),
        ("show", "red-homes-128", "talent-attraction-national-rank"),
    ],
)
def test_every_command_fits(facts, words, width, lang):
    """What a command draws fits its terminal, with every character that it has off a terminal."""
    text = facts(*words, "--lang", lang, width=width, NO_COLOR="1").stdout
    assert max(map(columns_of, text.splitlines())) <= width
    if words[0] == "show":
        assert characters(text) == characters(facts(*words, "--lang", lang).stdout)
    if "--columns" in words:
        body = facts(*words, "--lang", lang).lines[1:]
        assert not characters("".join(body)) - characters(text)


def test_no_text_has_a_colour_of_its_own(facts):
    """Of the sixteen colours none has a contrast of 4.5 on black and on white alike: texts are bold or dim only."""
    for words in (["list"], ["categories"], ["show", "party-members"], ["list", "--sort", "start"]):
        codes = {
            code
            for run in re.findall(r"\x1b\[([\d;]*)m", facts(*words, width=120, TERM="xterm").stdout)
            for code in run.split(";")
        }
        assert codes <= {"0", "1", "2", "4"}
        assert "1" in codes
