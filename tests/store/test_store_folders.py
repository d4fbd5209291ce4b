"""Stores of several files, and several stores read as one."""

import os

import pytest

from cs_facts.errors import StoreFaults, StoreUnreadable
from cs_facts.model import Conflict
from cs_facts.store import files_of
from cs_facts.store.loader import load
from making import check

UNITS = "facts_format: 1\ntitle: {zh: 试, en: Trial}\nunits: {person: {zh: 人, en: people}}\n"
CATEGORIES = "facts_format: 1\ncategories: {talent: Talent}\n"
SOURCES = "facts_format: 1\nsources: {report: {type: report, title: A report}}\n"


def fact(id_, *lines):
    """Return a fact as YAML."""
    first = [f"- id: {id_}", "  category: talent", f"  title: {id_.upper()}", f"  text: {id_}.", "  source: report"]
    return "\n".join([*first, *(f"  {line}" for line in lines)]) + "\n"


def folder(path, **files):
    """Write files into a folder; `__` in a name goes one folder down."""
    for name, text in files.items():
        file = path.joinpath(*name.split("__")).with_suffix(".yaml")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return path


def test_sections_split_among_files(tmp_path):
    """The files of a folder are one store: sections stand in any of them and refer to one another."""
    path = folder(
        tmp_path,
        a="facts_format: 1\nfacts:\n" + fact("first", "figure: 5人", "unit: person", "conflicts: [{with: second}]"),
        b__facts="facts_format: 1\nfacts:\n" + fact("second"),
        c=UNITS,
        d=CATEGORIES + "facts:\n" + fact("third"),
        e=SOURCES,
    )
    store = load([path])
    assert [one.id for one in store.facts] == ["first", "second", "third"]
    assert store.title == {"zh": "试", "en": "Trial"}
    assert (list(store.units), list(store.categories), list(store.sources)) == (["person"], ["talent"], ["report"])
    assert store.conflicts["second"] == (Conflict("first"),)
    assert str(store.by_id["second"].at) == f"{tmp_path}/b/facts.yaml:3:3"


def test_files_in_the_order_of_their_names(tmp_path):
    """In the order of their names, with any ending of YAML, and nothing else, no draft of a file either."""
    for name in ("b.yaml", "a.yml", "c.txt", "d/a.yaml", "D.YAML", "README.md", ".a.yaml.1f2e3d4c"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    assert [str(file.relative_to(tmp_path)) for file in files_of(tmp_path)] == ["D.YAML", "a.yml", "b.yaml", "d/a.yaml"]


def test_faults_across_files(tmp_path):
    """Ids are unique across the files of a folder, and faults come in the order of files, lines and columns."""
    path = folder(
        tmp_path,
        a=CATEGORIES + "facts:\n" + fact("lot", "titel: x") + fact("b", "conflicts: [{with: nobody}]"),
        b=SOURCES + "categories: {talent: Again}\nfacts:\n" + fact("lot") + fact("l0t", "paragraph: 0"),
        c=SOURCES.replace("report: {", "rep0rt: {"),
        d="categories: {other: Other}\n",
    )
    assert [str(problem).replace(f"{path}/", "") for problem in check(path)] == [
        "a.yaml:9:3: error: unknown key 'titel' of a fact: did you mean 'title'?",
        "a.yaml:15:22: error: unknown fact 'nobody': choose from lot, b, l0t",
        "b.yaml:3:14: error: category 'talent' is defined a second time; the first is at a.yaml:2:14",
        "b.yaml:5:7: error: fact 'lot' is defined a second time; the first is at a.yaml:4:7",
        "b.yaml:10:7: error: fact 'l0t' looks like 'lot'; give one of them another id",
        "b.yaml:15:14: error: '0' is no paragraph; the non-empty lines of the source count from 1",
        "c.yaml:2:11: error: source 'rep0rt' looks like 'report'; give one of them another id",
        "d.yaml:1:1: error: has no `facts_format: 1`; it is the first line of a store",
    ]


def test_a_file_that_breaks_off_blames_no_other(tmp_path):
    """What another file refers to may stand behind the place where a file breaks off: only that place is told."""
    path = folder(tmp_path, a=CATEGORIES + "facts:\n" + fact("a"), b="facts_format: 1\n]\n" + SOURCES)
    (found,) = check(path)
    assert str(found).startswith(f"{path}/b.yaml:2:1: error: is not YAML: ")


def one_store(path, name, facts, units="person: {zh: 人, en: people}", categories="talent: Talent"):
    """Write a whole store."""
    text = f"facts_format: 1\ntitle: {name}\nunits: {{{units}}}\ncategories: {{{categories}}}\n"
    path.mkdir(exist_ok=True, parents=True)
    file = path / f"{name}.yaml"
    file.write_text(text + SOURCES.partition("\n")[2] + "facts:\n" + facts, encoding="utf-8")
    return file


def test_several_stores(tmp_path):
    """Stores read as one keep their order, each once; ids that clash are qualified, and what refers to them follows."""
    old = one_store(tmp_path, "old", fact("a", "conflicts: [{with: b, note: why}]") + fact("b") + fact("only-old"))
    new = one_store(tmp_path, "new", fact("b", "conflicts: [{with: c}]") + fact("c", "tags: [t]") + fact("a"))
    store = load([old, new, old])
    assert [one.id for one in store.facts] == ["old:a", "old:b", "only-old", "new:b", "c", "new:a"]
    assert store.by_id["old:a"].conflicts == (Conflict("old:b", {"": "why"}),)
    assert store.by_id["new:b"].conflicts == (Conflict("c"),)
    assert store.conflicts["c"] == (Conflict("new:b"),)
    assert [one.source for one in store.facts] == ["old:report"] * 3 + ["new:report"] * 3
    assert {id_: source.id for id_, source in store.sources.items()} == {
        id_: id_ for id_ in ("old:report", "new:report")
    }
    assert store.title == {"": "old · new"}


def test_units_unite_and_categories_stay_apart(tmp_path):
    """Units of one id are one, under the names that come first; categories of one id are told apart by store."""
    old = one_store(tmp_path, "old", fact("a"), "person: people, yuan: CNY", "talent: Talent")
    new = one_store(tmp_path, "new", fact("b"), "school: schools, person: persons", "other: Other, talent: Skill")
    store = load([old, new])
    assert [(id_, name[""]) for known in (store.units, store.categories) for id_, name in known.items()] == [
        *(("person", "people"), ("yuan", "CNY"), ("school", "schools")),
        *(("old:talent", "Talent (old)"), ("other", "Other"), ("new:talent", "Skill (new)")),
    ]
    assert [one.category for one in store.facts] == ["old:talent", "new:talent"]


@pytest.mark.parametrize(
    ("names", "labels"),
    [
        (["x/facts", "y/facts"], ["facts-1", "facts-2"]),
        (["x/facts", "y/other"], ["facts", "other"]),
        (["x/facts", "y/facts", "facts-1"], ["1-facts", "2-facts", "3-facts-1"]),
        (["facts-2", "x/facts", "y/facts"], ["1-facts-2", "2-facts", "3-facts"]),
    ],
)
def test_stores_of_one_name(tmp_path, names, labels):
    """No store is lost to another of its name: each has a label of its own."""
    paths = [one_store(tmp_path / name.rpartition("/")[0], name.rpartition("/")[2], fact("a")) for name in names]
    assert [one.id for one in load(paths).facts] == [f"{label}:a" for label in labels]


def test_faults_of_several_stores(tmp_path):
    """The faults of all stores come in one list, and a store does not see the other's names."""
    old = one_store(tmp_path, "old", fact("a", "conflicts: [{with: b}]"))
    new = one_store(tmp_path, "new", fact("b", "paragraph: 0"))
    with pytest.raises(StoreFaults) as raised:
        load([old, new])
    assert [str(problem) for problem in raised.value.problems] == [
        f"{old}:12:22: error: unknown fact 'b': choose from a",
        f"{new}:12:14: error: '0' is no paragraph; the non-empty lines of the source count from 1",
    ]
    assert str(raised.value) == "\n".join(map(str, raised.value.problems))


def test_an_unreadable_folder_inside_is_told(tmp_path, monkeypatch):
    """A folder that cannot be listed is no folder without facts: the store is refused, and the folder named."""
    folder(tmp_path, a=CATEGORIES, b__c=SOURCES)
    listed = os.scandir

    def refuse(path="."):
        if str(path).endswith("b"):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", refuse)
    why = rf"inside it, {tmp_path}/b, cannot be listed \(permission denied\); a store is "
    with pytest.raises(StoreUnreadable, match=why):
        files_of(tmp_path)
