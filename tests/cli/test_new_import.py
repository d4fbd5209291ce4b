"""``new``, ``import`` and ``check --fix``: a store of one's own, from nothing, from a table, in good order."""

import re

import yaml

from cs_facts.columns import KINDS
from cs_facts.store import bundled, shipped
from cs_facts.store.loader import load
from cs_facts.store.schema import FACT, SOURCE, STORE

HEAD = "id,category,title,text,source"


def test_a_new_store_passes_every_check(facts, tmp_path):
    """It has one warning, of its draft, is canonical, and names the schema beside it; --no-schema writes neither."""
    result = facts("new", "mine.yaml")
    assert (result.code, result.stdout) == (0, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["facts.schema.json", "mine.yaml"]
    checked = facts("check", "mine.yaml", "--strict", "--fix")
    assert (checked.code, len(checked.lines)) == (1, 1)
    assert "still a draft" in checked.stdout
    assert facts("check", "mine.yaml").code == 0
    assert "facts: mine.yaml is already in canonical form\n" in checked.stderr
    first = (tmp_path / "mine.yaml").read_text(encoding="utf-8").partition("\n")[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert (tmp_path / named[1]).read_bytes() == shipped("facts.schema.json").read_bytes()
    assert facts("new", "folder.yaml", "--no-schema").code == 0
    assert "$schema" not in (tmp_path / "folder.yaml").read_text(encoding="utf-8")


def test_a_new_store_shows_every_key():
    """Each key of a fact stands in the starter, a figure in each language, a ranking, a conflict and names."""
    tree = yaml.load(shipped("starter.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    assert list(tree) == [*STORE.fields]
    assert {key for fact in tree["facts"] for key in fact} == {*FACT.fields}
    own = {"editor", "sha256"}  # for a person, not for an invented source
    assert {key for source in tree["sources"].values() for key in source} == {*SOURCE.fields} - own
    figures = [fact["figure"] for fact in tree["facts"] if "figure" in fact]
    assert any(figure.isascii() for figure in figures)
    assert any(not figure.isascii() for figure in figures)
    assert {"figure", "ranking", "measure"} <= {fact["kind"] for fact in tree["facts"]} <= set(KINDS)


def test_new_overwrites_nothing_unasked(facts, tmp_path):
    """A file that exists stays as it is, the schema too, and then nothing is written; --force overwrites."""
    (tmp_path / "mine.yaml").write_text("mine")
    assert facts("new", "mine.yaml").code == 3
    assert [path.name for path in tmp_path.iterdir()] == ["mine.yaml"]
    (tmp_path / "facts.schema.json").write_text("{}")
    assert facts("new", "other.yaml").stderr == "facts: facts.schema.json: exists; --force overwrites it\n"
    assert not (tmp_path / "other.yaml").exists()
    assert facts("new", "mine.yaml", "--force").code == 0
    assert (tmp_path / "mine.yaml").read_text(encoding="utf-8").startswith("# yaml-language-server")
    assert facts("new", "second.yaml").code == 0  # the schema that stands there is the right one
    for name in ("", ".", "..", "/"):
        assert facts("new", name).stderr.endswith("a store is a YAML file; name it store.yaml\n")


def test_an_export_comes_back(facts, tmp_path):
    """``export`` then ``import`` gives the bundled store's facts back, without what may explain a conflict."""
    facts("export", "out.csv")
    result = facts("import", "out.csv", "--store", bundled(), "-o", "back.yaml")
    assert result.code == 0
    assert "tables have no notes on conflicts" in result.stderr
    assert facts("check", "back.yaml").code == 0
    back, store = load([tmp_path / "back.yaml"]), load([bundled()])
    assert facts("export", "-s", "back.yaml").stdout == facts("export").stdout
    assert (back.units, back.categories, back.sources) == (store.units, store.categories, store.sources)


def test_import_writes_a_store_on_standard_output(facts, tmp_path):
    """Without -o the store goes to standard output, and what was made up or left out is said on standard error."""
    (tmp_path / "t.csv").write_text(f"{HEAD},Remark,figure,unit\na,north,T,t,paper,r,5,person\n")
    result = facts("import", "t.csv")
    assert result.stdout == (
        "facts_format: 1\nunits:\n  person: person\ncategories:\n  north: north\nsources:\n  paper:\n"
        "    type: document\n    title: paper\nfacts:\n  - id: a\n    category: north\n    title: T\n    text: t\n"
        "    figure: 5\n    unit: person\n    source: paper\n"
    )
    assert result.stderr.splitlines() == [
        "facts: column 'Remark' is left out",
        "facts: no unit is known as person; each is written with its id for a name; correct that",
        "facts: no category is known as north; each is written with its id for a name; correct that",
        "facts: no source is known as paper; each is written as a document with its id for a title; correct that",
        "facts: 1 fact imported; run facts check on the store next",
    ]


def test_import_of_faulty_rows_writes_nothing(facts, tmp_path):
    """Every bad row is told at its place on standard error, exit 1, and no file appears."""
    (tmp_path / "t.csv").write_text(f"{HEAD},figure\na,north,T,t,paper,many\nb,north,T,,paper,5\n")
    result = facts("import", "t.csv", "-o", "out.yaml")
    assert (result.code, result.stdout) == (1, "")
    lines = result.stderr.splitlines()
    assert lines[0].startswith("t.csv:2:19: error: column 'figure': figure 'many' has no number")
    assert lines[1:] == ["t.csv:3:1: error: this fact has no text", "facts: 2 faults in t.csv; nothing is written"]
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]


def test_fix_writes_the_canonical_form_once(facts, store):
    """``check --fix`` rewrites a file, says so, and leaves it alone the second time."""
    path = store("  # One.\n  - {category: north, id: a, title: T, text: t, source: paper, tags: ['x']}\n")
    before = load([path])
    assert f"facts: {path} is now in canonical form\n" in facts("check", path, "--fix").stderr
    text = path.read_text(encoding="utf-8")
    assert text.endswith(
        "facts:\n  # One.\n  - id: a\n    category: north\n    title: T\n"
        "    text: t\n    source: paper\n    tags: [x]\n"
    )
    assert load([path]) == before
    modified = path.stat().st_mtime_ns
    assert f"facts: {path} is already in canonical form\n" in facts("check", path, "--fix").stderr
    assert path.stat().st_mtime_ns == modified


def test_fix_loses_no_comment(facts, store):
    """A comment that would be lost ends in exit 3 and one line; of several stores none is written."""
    one = store("  - {category: north, id: a, title: T, text: t, source: paper}\n", "one.yaml")
    two = store("  - {category: north, id: a, title: T, text: t, source: paper} # why\n", "two.yaml")
    texts = one.read_bytes(), two.read_bytes()
    result = facts("check", one, two, "--fix")
    assert (result.code, result.stdout, result.stderr.count("\n")) == (3, "", 1)
    assert result.stderr.startswith(f"facts: {two}:12: this comment stands at the end of a line")
    assert (one.read_bytes(), two.read_bytes()) == texts


def test_two_stores_become_one_that_passes(facts, tmp_path):
    """Ids that two stores share are written so that the exported store is one."""
    facts("new", "a.yaml")
    facts("new", "b.yaml")
    both = ("-s", "a.yaml", "-s", "b.yaml")
    assert facts("export", "both.yaml", *both).code == 0
    assert facts("check", "both.yaml").code == 0
    merged = load([tmp_path / "both.yaml"])
    sources = {f"{label}-{source}" for label in "ab" for source in ("annual-report", "gazette", "journal")}
    assert {fact.source for fact in merged.facts} == sources
    assert merged.by_id["b-readers-by-gazette"].conflicts[0].other == "b-readers-by-report"


def test_ids_that_are_not_shared_stay_as_they_are(facts, store, tmp_path):
    """Only what two stores share gets their names, written so that no id is there twice."""
    fact = "  - {{id: {}, category: north, title: T, text: t, source: paper}}\n".format
    one = store(fact("both") + fact("first") + fact("one-both"), "one.yaml")
    two = store(fact("both") + fact("second"), "two.yaml")
    assert facts("export", "all.yaml", "-s", one, "-s", two).code == 0
    ids = [each.id for each in load([tmp_path / "all.yaml"]).facts]
    assert ids == ["one-both-2", "first", "one-both", "two-both", "second"]
