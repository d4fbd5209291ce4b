"""The look-ups of ``bench/lookups`` are answered as well as they ever were."""

import pytest

quality = pytest.importorskip("quality", reason="bench/ is not part of a source distribution")


def test_the_older_lookups():
    """Of a hundred 96 are answered whole and 95 with a right hit first, none by another number; none was lost."""
    lookups = [lookup for each in quality.lookup_sets().values() for lookup in each]
    score = quality.judge(lookups, quality.facts_searcher())
    assert (score.lookups, score.false_numbers) == (1141, 0)
    assert score.whole / score.lookups >= 0.96, score.missed
    assert score.first / score.lookups >= 0.95
