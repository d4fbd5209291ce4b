"""The look-ups of ``bench/lookups`` are answered as well as they ever were."""

from __future__ import annotations

import pytest

quality = pytest.importorskip("quality", reason="bench/ is not part of a source distribution")


@pytest.fixture(scope="module")
def score():
    """What comes of all look-ups."""
    lookups = [lookup for each in quality.lookup_sets().values() for lookup in each]
    return quality.judge(lookups, quality.facts_searcher())


def test_the_lookups_are_all_there(score):
    assert score.lookups == 1149


def test_lookups_find_all_they_should_among_the_first_ten(score):
    assert score.whole / score.lookups >= 0.96, score.missed


def test_the_first_hit_is_a_right_one(score):
    assert score.first / score.lookups >= 0.95


def test_no_lookup_takes_another_number_for_the_one_asked(score):
    assert score.false_numbers == 0
