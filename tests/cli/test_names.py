"""Ids, kinds, columns and facts by their names as shown on screen; ids win."""

import re

import pytest

from making import HEAD

STORE = """\
  - {id: a, category: north, kind: figure, title: {zh: 人数, en: Members}, text: {zh: 五人, en: Five.}, figure: 5人,
     unit: person, source: paper, tags: [Crowd]}
  - {id: b, category: south, kind: event, title: {zh: 开幕, en: Members}, text: {zh: 开幕, en: Opened.}, source: paper}
  - {id: members, category: south, kind: list, title: {zh: 甲, en: Ä}, text: {zh: 甲, en: A.}, source: paper}
"""


@pytest.fixture
def ask(facts, kept):
    """Run a command on the store above and return its lines."""
    path = kept(STORE)
    return lambda *words: facts(*words, "-s", path).lines


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        *((["list", "北"], ["a"]), (["list", "-c", "ＳＯＵＴＨ"], ["b", "members"]), (["list", "-k", "事件"], ["b"])),
        *((["list", "-u", "people"], ["a"]), (["list", "--source", "The Paper"], ["a", "b", "members"])),
        *((["list", "-t", "ＣＲÓＷＤ"], ["a"]), (["show", "人数"], ["a"]), (["show", "members"], ["members"])),
        *((["show", "Members"], ["a", "b"]), (["show", "a", "MEMBERS", "甲"], ["a", "b", "members"])),
    ],
    ids=" ".join,
)
def test_what_is_asked_for_by_name(ask, words, ids):
    """In either language, however written; an id wins, and two facts of one title are both meant."""
    assert ask(*words, "-f", "csv", "--columns", "id") == ["id", *ids]


@pytest.mark.parametrize(
    ("named", "columns"),
    [
        *(("编号,数值", "id,value"), ("ID,Number", "id,value"), ("Title (en),¶", "title_en,paragraph")),
        *((name, "title_zh,title_en") for name in ("事项", "title", "title_zh,Title")),
    ],
)
def test_columns_by_their_headings(ask, named, columns):
    """A heading of either language is its column; in data that of a text is its columns in all languages."""
    assert ask("list", "-f", "csv", "--columns", named)[0] == columns
    assert ask("list", "--columns", named)[0].split()[0] in ("ID", "Title")


def test_names_in_other_commands(ask):
    """In a citation, among categories and in a search too."""
    assert ask("cite", "人数") == ask("cite", "a")
    assert ask("categories", "-f", "csv", "--columns", "编号,条目")[0] == "id,facts"
    assert ask("search", "five", "-f", "csv", "--columns", "匹配,ID") == ["match,id", "all,a"]


@pytest.mark.parametrize(
    ("key", "ids"),
    [("-编号", "members b a"), ("number", "a b members"), ("-Title", "members a b"), ("事项", "a b members")],
)
def test_sorted_by_a_heading(ask, key, ids):
    """A text is sorted as it stands in the reader's language, and what is equal stays in the store's order."""
    assert ask("list", "--sort", key, "-f", "csv", "--columns", "id")[1:] == ids.split()
    assert [line.split()[0] for line in ask("list", "--sort", key)[1:4]] == ids.split()


@pytest.mark.parametrize(
    ("title", "locale", "words"),
    [
        *(
            ("{zh: 人数}", {}, "单位：人"),
            ("{zh: 人数}", {"LANG": "en_US.UTF-8"}, "单位：人"),
            ("人数", {}, "单位：人"),
        ),
        *(("{zh: 人数}", {"FACTS_LANG": "en"}, ">People<"), ("{en: Members}", {"LANG": "zh_CN.UTF-8"}, ">People<")),
        ("{zh: 人数, en: Members}", {}, ">People<"),
    ],
)
def test_what_is_handed_on_is_in_the_language_of_its_store(facts, kept, title, locale, words):
    """Where the store has one alone, whatever the locale; a table on a screen follows the locale."""
    text = f"title: {title}, text: {title}, category: north, unit: person, source: paper"
    head = re.sub(r"\{zh: (\S+), en: [^}]*\}", r"\1", HEAD) if title == "人数" else HEAD
    path = kept(f"  - {{id: a, {text}, figure: 5人}}\n  - {{id: b, {text}, figure: 6人}}\n", head=head)
    assert words in facts("list", "-f", "svg", "-s", path, **locale).stdout
    assert facts("list", "-s", path).lines[0].startswith("ID ")
