"""Bars of a terminal."""

import pytest

from cs_facts.output.layout import Bar, Page


@pytest.mark.parametrize(
    ("share", "blocks", "signs"),
    [(1, "████", "####"), (0.5, "██", "##"), (0.3125, "█▎", "#"), (0, "", ""), (0.01, "▏", "#")],
)
def test_a_bar_is_as_long_as_its_share(share, blocks, signs):
    """A bar of four columns is filled in eighths, or in number signs; anything above nothing leaves a trace."""
    for page, drawn in ((Page(80), blocks), (Page(80, ascii=True), signs)):
        assert [line.plain for line in Bar(share, page).lines(4)] == [drawn]
