"""Tables in a terminal: they fit it, stay aligned, lose nothing, and a wider one never takes more lines."""

import re
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cs_facts.output.layout import Bar, Column, Page, Row, Table, draw, draw_rows
from cs_facts.output.linebreak import share_width

WIDTHS = [20, 21, 29, 40, 59, 60, 80, 120, 200]
STORE_TEXTS = st.text(st.sampled_from("ab 12字号“”—…·×，。/-\n|＊"), max_size=60)


def columns_of(line, ambiguous=1):
    """Count what a terminal does: by UAX #11 wide and full-width characters take two columns, marks none."""
    sizes = {"W": 2, "F": 2, "A": ambiguous}
    return sum(0 if unicodedata.combining(char) else sizes.get(unicodedata.east_asian_width(char), 1) for char in line)


def characters(text):
    """Count the characters of a text, white space aside, which wrapping may eat at a line's end."""
    return Counter(re.sub(r"\s", "", text))


def drawn(page, headings, rows, groups=(), **settings):
    """Draw rows of columns that are all alike."""
    columns = [Column(heading, **settings) for heading in headings]
    return "".join(draw_rows(page, columns, [[page.cell(text) for text in row] for row in rows], groups))


@given(
    st.sampled_from(WIDTHS),
    st.booleans(),
    st.lists(st.tuples(STORE_TEXTS, STORE_TEXTS, STORE_TEXTS), min_size=1, max_size=4),
)
@example(20, False, [("字" * 9 + "a" * 30 + "。", "a" * 19, "")])
def test_no_character_is_lost_and_no_line_too_wide(width, wide, rows):
    """At each width, as a table or as records, each character stands there, and a wider page has no more lines."""
    text = drawn(Page(width, wide=wide), ["Title", "标题", "Number"], rows)
    assert not characters("".join(cell for row in rows for cell in row)) - characters(text)
    assert max(columns_of(line, 2 if wide else 1) for line in text.splitlines() or [""]) <= width
    assert len(drawn(Page(width + 1, wide=wide), ["Title", "标题", "Number"], rows).splitlines()) <= len(
        text.splitlines()
    )


@pytest.mark.parametrize("wide", [False, True])
def test_what_follows_a_quotation_mark_is_aligned(wide):
    """Behind cells of Chinese, of ambiguous width or with likenesses the next column begins at one place."""
    rows = [("“一把手”工程", "x1"), ("plain", "x2"), ("— … · × ≥", "x3"), ("é and ё", "x4"), ("ё̂", "x5")]
    text = drawn(Page(80, wide=wide), ["A", "B"], rows)
    starts = {columns_of(line[: line.index("x")], 2 if wide else 1) for line in text.splitlines()[2:]}
    assert len(starts) == 1
    assert ("─" in text) is not wide  # rules are of ambiguous width too
    text = drawn(Page(80, encoding="ascii", wide=wide), ["A", "B"], [*rows[:1], ("“—”", "x"), ("≥ 5", "x")])
    assert (text.isascii(), len({line.index("x") for line in text.splitlines()[2:]})) == (True, 1)


def test_a_column_that_is_not_to_be_wrapped():
    """Where it does not fit whole, the next layout is drawn."""
    page = Page(30)
    whole = Table(page, [Column(whole=True), Column(whole=True)], [Row([page.cell("a" * 20), page.cell("b" * 20)])])
    flat = Table(page, [Column()], [Row([page.cell("word " * 12)])])
    assert list(draw(page, whole, flat)) == list(draw(page, flat))


@pytest.mark.parametrize(
    ("share", "blocks", "signs"),
    [(1, "████", "####"), (0.5, "██", "##"), (0.3125, "█▎", "#"), (0, "", ""), (0.01, "▏", "#")],
)
def test_a_bar_is_as_long_as_its_share(share, blocks, signs):
    """A bar of four columns is filled in eighths, or in number signs; anything above nothing leaves a trace."""
    for page, expected in ((Page(80), blocks), (Page(80, encoding="ascii"), signs)):
        assert [line.plain for line in Bar(share, page).lines(4)] == [expected]


def test_below_twenty_columns_the_terminal_wraps():
    """A page narrower than 20 is drawn as one of 20: nothing is squeezed to a character a line."""
    row = [("一二三四五六七八九十", "2")]
    assert drawn(Page(3), ["A", "B"], row) == drawn(Page(20), ["A", "B"], row)


def test_off_a_terminal_a_row_is_a_line():
    """Without a width nothing wraps, a line end in a value becomes a space, and groups leave no trace."""
    text = drawn(Page(None), ["A", "B"], [("word " * 500 + "end", "one\ntwo"), ("b", "c")], ["2012", "2017"])
    assert [line.split()[-1] for line in text.splitlines()] == ["B", "two", "c"]
    assert len(text.splitlines()[0]) == 2504 + 2
    row = Row([Page(None).cell("a")], [Page(None).cell("b " * 200)])
    assert len(list(draw(Page(None), Table(Page(None), [Column()], [row])))) == 2


def test_many_columns_become_records():
    """Thirty columns do not fit 80: each row is set as heading beside value, what is empty left out."""
    headings = [f"heading{number}" for number in range(30)]
    text = drawn(Page(80), headings, [[f"v{number}" if number != 7 else "" for number in range(30)]])
    assert [line.split() for line in text.splitlines() if line] == [
        [f"heading{n}", f"v{n}"] for n in range(30) if n != 7
    ]


@given(st.lists(st.tuples(st.integers(1, 200), st.integers(0, 30)), min_size=1, max_size=8), st.integers(0, 200))
def test_columns_share_a_page(sizes, room):
    """No column falls below its floor or above what it wants, none is left over, and none shrinks as the page grows."""
    wants = [max(want, floor) for want, floor in sizes]
    floors = [floor for _, floor in sizes]
    widths = share_width(wants, floors, room)
    if sum(floors) > room:
        assert widths is None
        return
    assert all(floor <= width <= want for floor, width, want in zip(floors, widths, wants, strict=True))
    assert sum(widths) == min(room, sum(wants))
    assert all(width <= more for width, more in zip(widths, share_width(wants, floors, room + 1), strict=True))


STORE = Path(__file__).parents[1] / "golden" / "store.yaml"
COLUMNS = "id,category,kind,title,text,figure,value,unit,bound,start,end,when,source,tags"
COMMANDS = (
    *("list", "list --conflicts", "list --sort start", f"list --columns {COLUMNS}", "search members", "categories"),
    *("show south-members north-rank", "compare", "compare --all"),
)
BUNDLED = ("list", "search members", "categories", "show red-homes-128", "compare --all")


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
@pytest.mark.parametrize(
    ("words", "store", "step"),
    [
        *((words, STORE, 10) for words in COMMANDS),
        *(pytest.param(words, "", 1, marks=pytest.mark.slow) for words in BUNDLED),
    ],
)
def test_a_wider_terminal_never_takes_more_lines(facts, words, store, step, lang):
    """From 40 to 200 columns a command that draws fits its terminal, and its lines grow fewer or stay as many."""
    given = {"FACTS_STORE": str(store), "NO_COLOR": "1"}
    texts = {n: facts(*words.split(), "--lang", lang, width=n, **given).stdout for n in range(40, 201, step)}
    counts = {width: text.count("\n") for width, text in texts.items()}
    assert counts[40] > 1
    assert [(width, wider) for width, wider in pairwise(counts) if counts[wider] > counts[width]] == []
    assert [width for width, text in texts.items() if max(map(columns_of, text.splitlines())) > width] == []


def test_no_text_has_a_colour_of_its_own(facts):
    """Of the sixteen colours none has a contrast of 4.5 on black and on white alike: texts are bold or dim only."""
    for words in (["list"], ["categories"], ["show", "party-members"], ["list", "--sort", "start"]):
        text = facts(*words, width=120, TERM="xterm").stdout
        codes = {code for run in re.findall(r"\x1b\[([\d;]*)m", text) for code in run.split(";")}
        assert {"1"} <= codes <= {"0", "1", "2", "4"}
