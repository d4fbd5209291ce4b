"""The canonical form: what it looks like, which comments it keeps, and that nothing else changes."""

import difflib

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_facts.model import Store
from cs_facts.store import bundled, shipped
from cs_facts.store.formatter import CommentLost, canonical
from cs_facts.store.loader import load
from cs_facts.store.writer import dump
from drawing import stores

CANONICAL = """\
# About this store.

# A second remark.
facts_format: 1
title: Trial
# What is counted.
units:
  # By heads.
  person: {zh: 人, en: "people, all"}
  yuan: yuan (CNY)
categories:
  north: {zh: 北, en: North}
sources:
  # The one source.
  paper:
    type: report
    title:
      zh: 报
      en: "The Paper: a report"
    publisher: {zh: 社, en: House}
    names:
      - {paragraph: 2, printed: "全部:0", why: a counter}
facts:
  # ── North ──
  - id: a
    category: north
    title: T
    text:
      zh: 有5人,还有?
      en: It has 5 people, no more.
    figure: 5人
    unit: person
    source: paper
    paragraph: 2
    tags: [one, "two, three", "null"]
    conflicts:
      - with: b
        note: Why?

  # The other.
  - id: b
    category: north
    title: T
    text: t
    source: paper
# The end.
"""

LOOSE = """\
\ufeff# About this store.


   # A second remark.
title: "Trial"

facts_format: "1"
facts:
    # ── North ──
    - {tags: [one, 'two, three', 'null'], paragraph: "2", source: paper, id: a, category: north, title: T, figure: 5人,
       unit: person, text: {zh: "有5人,还有?", en: 'It has 5 people,
         no more.'}, conflicts: [{note: 'Why?', with: b}]}
    # The other.
    -
      id: b
      text: |-
        t
      category: north

      title: T
      source: paper
sources: {
  # The one source.
  paper: {title: {zh: 报, en: "The Paper: a report"}, type: report, publisher: {zh: 社, en: House},
          names: [{why: a counter, printed: "全部:0", paragraph: 2}]}}
categories:
  north: {zh: 北, en: North}
# What is counted.
units:
# By heads.
    person: {zh: 人, en: "people, all"}
    yuan: yuan (CNY)
# The end.
""".replace("\n", "\r\n")


def formed(path, text):
    """Write a store and return the one file of it in canonical form."""
    path.write_bytes(text.encode())
    (only,) = canonical(path)
    return only


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("text", [LOOSE, CANONICAL], ids=["loose", "canonical"])
def test_any_layout_comes_to_the_same(tmp_path, text):
    """Order of keys, flow, quotes, line ends, BOM and blank lines vanish; comments stay with what they stand above."""
    only = formed(tmp_path / "store.yaml", text)
    assert (only.text, only.is_new) == (CANONICAL, text is LOOSE)


@pytest.mark.parametrize("file", [bundled(), shipped("starter.yaml")], ids=lambda file: file.name)
def test_what_is_shipped_is_canonical(file):
    """The bundled store and the starter are kept in canonical form; the difference is shown."""
    (only,) = canonical(file)
    lines = (text.splitlines() for text in (file.read_text(encoding="utf-8"), only.text))
    assert list(difflib.unified_diff(*lines, "as it is", "canonical", lineterm="")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Trial", "title: Trial # lost"),
        ("units:", "units: # lost"),
        ("- id: a", "- id: a # lost"),
        ("north\n    title: T\n    text:\n", "north\n    # lost\n    title: T\n    text:\n"),
        ("    text:\n", "    text:\n      # lost\n"),
        ("[one, ", "[one, # lost\n      "),
        ("    title: T\n    text: t\n", "# lost\n    title: T\n    text: t\n"),
        ("    text: t\n", "    text: | # lost\n      t\n"),
        ("# The end.", "    # lost, inside the last fact"),
        ("  # The other.", "    # lost, at the end of the first fact"),
        ("categories:", "  # lost, below the last unit\ncategories:"),
        ("    title:\n", "    # lost, above a key of a source\n    title:\n"),
    ],
)
@pytest.mark.usefixtures("parser")
def test_a_comment_that_would_be_lost(tmp_path, old, new):
    """A comment at the end of a line or inside something is refused with its file and line."""
    path = tmp_path / "store.yaml"
    before, after = CANONICAL.rsplit(old, 1)
    line = f"{before}{new}".partition("# lost")[0].count("\n") + 1
    with pytest.raises(CommentLost) as lost:
        formed(path, before + new + after)
    assert str(lost.value).startswith(f"{path}:{line}: this comment ")
    assert "\n" not in str(lost.value)


def test_a_comment_above_what_is_dropped(tmp_path):
    """An empty section is left out, and a comment above it is refused, not lost."""
    head = "facts_format: 1\n"
    assert formed(tmp_path / "a.yaml", f"{head}units: {{}}\nfacts: []\n").text == head
    with pytest.raises(CommentLost, match=r"a\.yaml:2: "):
        formed(tmp_path / "a.yaml", f"{head}# none yet\nunits: {{}}\n")


@pytest.mark.parametrize(
    "text", ["'a # b'", '"a # b"', "a#b", '"a\n      # b"', "|-\n      # b", ">-\n      a\n      # b\n\n      c", "'#'"]
)
@pytest.mark.usefixtures("parser")
def test_a_hash_in_a_text_is_no_comment(tmp_path, text):
    """A hash inside a text, however it is written, stays in the text."""
    path = tmp_path / "store.yaml"
    loose = CANONICAL.replace("    text: t\n", f"    text: {text}\n")
    path.write_text(loose, encoding="utf-8")
    before = load([path])
    assert "#" in before.by_id["b"].text[""]
    path.write_text(formed(path, loose).text, encoding="utf-8")
    assert load([path]) == before


def test_each_file_of_a_folder(tmp_path):
    """The files of a folder are formed one by one, though one refers to what another defines."""
    definitions, _, facts = CANONICAL.partition("facts:\n")
    (tmp_path / "a.yaml").write_text(definitions, encoding="utf-8")
    (tmp_path / "b.yaml").write_text("facts:\n" + facts + "facts_format: 1\n", encoding="utf-8")
    first, second = canonical(tmp_path)
    assert (first.file.name, first.is_new, second.file.name) == ("a.yaml", False, "b.yaml")
    assert second.text == "# The end.\nfacts_format: 1\nfacts:\n" + facts.removesuffix("# The end.\n")


PLAIN = ("Changsha's", "党建引领,长沙这么红!", "a, b", "50%", "1.10", "NO", "https://a.b/c?d=e#f", "（一）")
QUOTED = ("null", "~", "a: b", "a:", "a #b", "# a", "- a", " a", "a\u3000", "'a'", "{a}", "a\nb")


@pytest.mark.parametrize("text", PLAIN + QUOTED)
def test_a_text_is_quoted_where_it_must_be(text):
    """Quotes are written where a parser would read something else, or a person would not see what is there."""
    written = "".join(dump(Store({"": text}, {}, {}, {}, ())))
    assert (written == f"facts_format: 1\ntitle: {text}\n") == (text in PLAIN)


@settings(max_examples=25)
@given(stores(), st.randoms(use_true_random=False), st.sampled_from([None, True, False]), st.booleans())
def test_nothing_but_the_layout_changes(tmp_path_factory, store, random, flow, is_unicode):
    """Whatever YAML another program writes, the canonical form holds the same store, and is its own canonical form."""

    def shuffled(tree):
        pairs = [(key, shuffled(value)) for key, value in tree.items()] if isinstance(tree, dict) else tree
        if isinstance(tree, dict) and {"id", "facts", "type", "why"} & tree.keys():
            random.shuffle(pairs)
        return dict(pairs) if isinstance(tree, dict) else [*map(shuffled, tree)] if isinstance(tree, list) else tree

    tree = shuffled(yaml.load("".join(dump(store)), yaml.BaseLoader))
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text(yaml.safe_dump(tree, sort_keys=False, default_flow_style=flow, allow_unicode=is_unicode), "utf-8")
    assert load([path]) == store
    path.write_text(formed(path, path.read_text("utf-8")).text, encoding="utf-8")
    assert load([path]) == store
    assert not canonical(path)[0].is_new
