"""The look-ups of ``bench/lookups`` are answered as well as they ever were."""

from __future__ import annotations

import pytest

quality = pytest.importorskip("quality", reason="bench/ is not part of a source distribution")


@pytest.fixture(scope="module")
def score():
    """Ask all look-ups."""
    lookups = [lookup for each in quality.lookup_sets().values() for lookup in each]
    return quality.judge(lookups, quality.facts_searcher())


def test_the_lookups_are_all_there(score):
    """None was lost, and those that are added are counted."""
    assert score.lookups == 1141


def test_lookups_find_all_they_should_among_the_first_ten(score):
    """At least 96 of a hundred are answered whole."""
    assert score.whole / score.lookups >= 0.96, score.missed


def test_the_first_hit_is_a_right_one(score):
    """Of at least 95 of a hundred."""
    assert score.first / score.lookups >= 0.95


def test_no_lookup_takes_another_number_for_the_one_asked(score):
    """Another number is no full match."""
    assert score.false_numbers == 0
