"""The bundled store: what a reader may rely on."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from cs_facts.checks import consistency
from cs_facts.columns import KINDS
from cs_facts.store import bundled
from cs_facts.store.loader import load

RUN = 20
"""Characters that the store may have in common with the report, names aside."""

NAMES = re.compile("《[^》]*》|“[^”]*”|党建引领,长沙这么红!|欧美同学会海归小镇\\(长沙·智能制造\\)")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def bundle():
    """Read the bundled store."""
    return load([bundled()])


@pytest.fixture
def paragraphs(shared):
    """Read the paragraphs of the report."""
    lines = (shared / "source" / "changsha-2022.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip()]


def runs(text):
    """Return every run of more characters than the store may share."""
    bare = "".join(NAMES.sub("\n", text).split(" "))
    return {bare[start : start + RUN + 1] for start in range(len(bare) - RUN)}


def test_every_fact_is_complete(bundle):
    """Each has a kind, a paragraph, tags, title and sentence in both languages; no check has so much as a warning."""
    assert consistency(bundle) == []
    assert len(bundle.facts) > 100
    assert 6 <= len(bundle.categories) <= 8
    for fact in bundle.facts:
        assert fact.kind in KINDS
        assert fact.paragraph
        assert len(fact.tags) >= 3
        assert set(fact.title) == set(fact.text) == {"zh", "en"}
        assert any(tag.isascii() for tag in fact.tags), fact.id
        assert any(not tag.isascii() for tag in fact.tags), fact.id


def test_what_only_follows_is_said(bundle):
    """Approximate periods and days without a year are said to be inferred, what explains a conflict possible."""
    notes = [conflict.note for fact in bundle.facts for conflict in fact.conflicts]
    assert ["可能的解释：" in note["zh"] and "Possible reading: " in note["en"] for note in notes] == [True] * 3
    for fact in bundle.facts:
        dated = fact.when.edtf in ("2022-04-28", "2022-05", "2022-06-24", "2022-09-13")
        if dated or "~" in fact.when.edtf:
            assert "推定" in fact.note.get("zh", ""), fact.id
            assert "infer" in fact.note.get("en", "").lower(), fact.id
        if dated:
            assert "（2022年）" in fact.text["zh"], fact.id
            assert "(2022)" in fact.text["en"], fact.id


def test_each_sentence_speaks_of_its_time_and_its_source(bundle):
    """No period is open or lies outside the report's time; a sentence names the report; no opening is worn out."""
    for fact in bundle.facts:
        assert ".." not in fact.when.edtf, fact.id
        assert date(2002, 1, 1) <= fact.when.first <= fact.when.last <= date(2022, 12, 18), fact.id
        assert "报道" in fact.text["zh"], fact.id
        assert "report" in fact.text["en"], fact.id
    for language, length in (("zh", 4), ("en", 12)):
        openings = Counter(fact.text[language][:length] for fact in bundle.facts)
        assert not [opening for opening in openings if "报道" in opening or "report" in opening.lower()]


def test_a_quote_tells_twins_apart(bundle, paragraphs):
    """Each figure has a quote: short, once in its paragraph, and with the figure in it."""
    for fact in bundle.facts:
        if fact.figure:
            assert len(fact.quote) <= 15, fact.id
            assert fact.figure.printed in fact.quote, fact.id
            assert paragraphs[fact.paragraph - 1].count(fact.quote) == 1, fact.id


def test_synonyms_lead_to_something(bundle):
    """Each list of synonyms has words of the store, and no word stands in two lists."""
    words = [word.lower() for group in bundle.synonyms for word in group]
    assert len(words) == len(set(words))
    texts = [part for fact in bundle.facts for part in (*fact.title.values(), *fact.text.values(), *fact.tags)]
    said = "\n".join(texts).lower()
    assert [group for group in bundle.synonyms if not any(word.lower() in said for word in group)] == []


@pytest.mark.skipif(not (ROOT / "bench").is_dir(), reason="bench/ is not part of a source distribution")
def test_ids_that_went_say_where_to(bundle):
    """What an id of the first edition moved to is here, and what moved is not."""
    moved = (ROOT / "bench" / "moved_ids.yaml").read_text(encoding="utf-8")
    lines = [line.partition(": ") for line in moved.splitlines() if not line.startswith("#")]
    for old, _, new in lines:
        assert old not in bundle.by_id
        assert all(id_ in bundle.by_id for id_ in new.strip("[]").split(", ") if id_), old


@pytest.mark.parametrize("pattern", ["data/*.yaml", "*.md", "docs/**/*.md", "src/**/*.py", "tests/**/*.*"])
def test_no_sentence_of_the_report_is_here(paragraphs, pattern):
    """No file of the repository shares a run of more than 20 characters with the report, names aside."""
    report = "".join("".join(paragraphs).split())
    assert [run for run in runs(f"text: {report[600:640]}") if run in report]  # a copied sentence would be seen
    for path in ROOT.glob(pattern):
        if path.suffix in (".pyc", ".png"):
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            shared_runs = [run for run in runs(line) if run in report]
            assert not shared_runs, f"{path}: {shared_runs[0]}"
