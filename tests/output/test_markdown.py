"""Markdown tables whose cells render to exactly the value."""

from __future__ import annotations

from decimal import Decimal
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cs_facts.output.machine import render_markdown
from cs_facts.output.rows import Rows


class Cells(HTMLParser):
    """Collects the text of each cell, row by row, and every tag that no table needs."""

    TABLE = frozenset(["table", "thead", "tbody", "tr", "th", "td"])

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.rows, self.others, self.inside = [], [], False

    def handle_starttag(self, tag, _):
        """Begin a row or a cell."""
        if tag == "tr":
            self.rows.append([])
        elif tag in ("th", "td"):
            self.rows[-1].append("")
            self.inside = True
        elif tag not in self.TABLE:
            self.others.append(tag)

    def handle_endtag(self, tag):
        """End a cell."""
        self.inside = self.inside and tag not in ("th", "td")

    def handle_data(self, data):
        """Take text, which stands in cells only."""
        if self.inside:
            self.rows[-1][-1] += data
        else:
            assert not data.strip()


def cells_of(text):
    """Return the cells that a reader of the Markdown sees."""
    cells = Cells()
    cells.feed(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))
    cells.close()
    assert cells.others == []
    return cells.rows


def rendered(rows):
    """Return those of rows."""
    return cells_of("".join(render_markdown(rows)))


ACCEPTED = st.characters(
    exclude_categories=("Cc", "Cs", "Zl", "Zp"),
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff",
    include_characters="\n\t",
)
TEXTS = st.one_of(st.text(ACCEPTED), st.text(" \n\t\\|`*_[](){}<>&;#~!-+=:.1a/@'\"$^", max_size=10))

NASTY = (
    *("a|b", "\\|", "\\", "\\\\", "`a`", "``a|b``", "*a*", "**a**", "_a_", "__a__", "~~a~~", "[a](b)", "![a](b)"),
    *("<b>a</b>", "<!-- a -->", "<https://a.b>", "https://a.b/c_d_e", "&amp;", "&#124;", "&", "&nbsp;", "# a"),
    *("- a", "1. a", "> a", "---", "| --- |", ":--", "a\nb", "\n", "a  \nb", "a\\\nb", "\ta\t", " a ", "  ", ""),
    *("\u3000a\u3000", "\xa0a\xa0", "\u2003a", "a\ufeff", "\ufeff", "\u200ba", "[^1]", "[ ] a", "a b  c"),
    *("*a_b*c_", "http://a|b", "\\*", "&lt", "</td></tr></table>", "<script>", "a<br>b", "长沙", "😀", "a**", "^a^"),
    *("==a==", "$a$", ":smile:", "@a", "#1"),
)  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_nasty_cells(text):
    """A cell renders to the value and to nothing but text."""
    assert rendered(Rows(("a", text), [(text, "b"), ("c", text)])) == [["a", text], [text, "b"], ["c", text]]


@given(TEXTS)
@example("a\rb")
def test_any_cell(text):
    """Any text that a store may hold renders to itself, in a table of one column as of two."""
    assert rendered(Rows(("a",), [(text,)])) == [["a"], [text]]
    assert rendered(Rows(("a", "b"), [(text, text)])) == [["a", "b"], [text, text]]


def test_form():
    """The table is plain to read: numbers stand to the right, lists are joined, nothing is empty."""
    rows = [("x", Decimal("5.066E+5"), ("b", "c"), None), ("y", None, (), "d_e")]
    assert "".join(render_markdown(Rows(("a", "value", "tags", "note_en"), rows))) == (
        "| a | value | tags | note\\_en |\n| --- | --: | --- | --- |\n| x | 506600 | b; c |  |\n| y |  |  | d\\_e |\n"
    )


def test_no_rows():
    """A rows without rows is a table without rows."""
    assert rendered(Rows(("a", "b"), [])) == [["a", "b"]]
