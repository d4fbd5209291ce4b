"""``facts list``, its filters and its shapes."""

import pytest

FACTS = """\
  - {id: many, category: north, kind: figure, title: {zh: 多, en: Many}, text: {zh: 有多人, en: Many people.},
     figure: 50.66万名, unit: person, when: 2021-12-31, source: paper, paragraph: 4, tags: [crowd, 人群]}
  - {id: money, category: south, kind: figure, title: {zh: 钱, en: Money}, text: {zh: 有钱, en: Some money.},
     figure: 5亿元, unit: yuan, when: 2017/.., source: paper, paragraph: 5, conflicts: [{with: few}]}
  - {id: few, category: south, kind: list, title: {zh: 少, en: Few}, text: {zh: 少数, en: A few.}, source: paper}
"""


def ids(result):
    """Return the first column of a CSV."""
    return [line.split(",")[0] for line in result.lines[1:]]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        *(("", ["many", "money", "few"]), ("south", ["money", "few"]), ("north south", ["many", "money", "few"])),
        *(("--kind list", ["few"]), ("--tag Crowd", ["many"]), ("-t 人群", ["many"]), ("--unit yuan", ["money"])),
        *(("--source paper --unit person", ["many"]), ("--since 2022", ["money"]), ("--within 2021", ["many"])),
        *(("--until 2021", ["many", "money"]), ("--since 2021-12-31 --until 2021-12-31", ["many", "money"])),
        *(("--min 50.66万", ["many", "money"]), ("--min 506,601", ["money"]), ("--max 0.5066million", ["many"])),
        *(("--min 300k --max 1.5亿", ["many"]), ("--conflicts", ["money", "few"]), ("-n 2", ["many", "money"])),
        *(("--sort value", ["many", "money", "few"]), ("--sort -value", ["money", "many", "few"])),
        ("--sort -start", ["many", "money", "few"]),
        *(("--sort -id", ["money", "many", "few"]), (f"--limit {'9' * 20}", ["many", "money", "few"])),
    ],
)
def test_filters_and_order(facts, kept, words, expected):
    """A filter lets through what it names, several filters what all of them do; what has no value sorts last."""
    assert ids(facts("list", *words.split(), "-f", "csv", "-s", kept(FACTS))) == expected


def test_both_sides_of_a_conflict_stand_together(facts, kept):
    """--conflicts puts what contradicts each other side by side, however far apart it is written, under a heading."""
    fact = "  - {id: %s, category: north, title: T, text: t, source: paper%s}\n"
    conflict = ", conflicts: [{with: %s}]"
    text = fact % ("a", conflict % "c") + fact % ("b", conflict % "d") + fact % ("c", "") + fact % ("d", conflict % "e")
    path = kept(text + fact % ("e", "") + fact % ("f", ""))
    assert ids(facts("list", "--conflicts", "-f", "csv", "-s", path)) == ["a", "c", "b", "d", "e"]
    shown = facts("list", "--conflicts", "--columns", "id", "-s", path, width=80, NO_COLOR="1").lines
    assert shown[2:10] == ["Contradiction 1", "a", "c", "", "Contradiction 2", "b", "d", "e"]


def test_the_language_follows_the_environment(facts):
    """FACTS_LANG comes before the locale, C and POSIX say nothing, and English is what is left."""
    for said in ("LANG=C", "LANG=zh_CN FACTS_LANG=en", "LANG=fr_FR", "LANG=zh_CN.UTF-8 -", "LC_ALL=C LANG=zh_CN -"):
        variables = dict(word.split("=") for word in said.split() if word != "-")
        assert ("事项" if said.endswith("-") else "Title") in facts("list", "talent", **variables).lines[0], said


def test_lang_is_strict(facts, kept):
    """--lang shows no other language, not even where that leaves a cell empty, and both shows both."""
    path = kept("  - {id: one, category: north, title: {zh: 只有中文}, text: {zh: 中文, en: English}, source: paper}\n")
    assert "只有中文" in facts("list", "-s", path).stdout
    assert "只有中文" not in facts("list", "-s", path, "--lang", "en").stdout
    assert "中文 / English" in facts("list", "-s", path, "--lang", "both").stdout
    header = facts("list", "-s", path, "--lang", "en", "-f", "csv").lines[0].split(",")
    assert "title_en" in header
    assert "title_zh" not in header


def test_a_long_table_stops_and_says_so(facts, kept):
    """A table stops at 1,000 rows and says how many there are more; --limit 0 and machine formats show all."""
    path = kept("".join(f"  - {{id: f{n}, category: north, title: T, text: t, source: paper}}\n" for n in range(1003)))
    result = facts("list", "-s", path, "--columns", "id")
    assert len([line for line in result.lines if line.startswith("f")]) == 1000
    assert "3 more rows" in result.stderr
    assert facts("list", "-s", path, "-n", "1002", width=80).stderr == "facts: 1 more row; --limit 0 shows all\n"
    assert facts("list", "-s", path, "-n", "1002").stderr == ""
    assert "1001 more rows" in facts("search", "T", "-s", path, "-n", "2", width=80).stderr
    assert len(facts("list", "-s", path, "--columns", "id", "-n", "0").lines) == 1 + 1003 + 1
    assert len(facts("list", "-s", path, "-f", "json").json) == 1003


def test_a_timeline_is_grouped_by_year(facts, kept):
    """Sorted by first day, in a terminal the facts of a year stand under it; open beginnings and undated ones last."""
    more = "  - {id: open, category: north, title: O, text: t, source: paper, when: ../2020}\n"
    words = ["list", "-s", kept(FACTS + more), "--sort", "start", "--columns", "id,title,category"]
    firsts = [line.split("  ")[0] for line in facts(*words, width=130, NO_COLOR="1").lines[2:-1] if line]
    assert firsts == ["2017", "money", "2021", "many", "no first day given", "open", "undated", "few"]


def test_drafts_and_categories_are_shown(facts, kept):
    """A draft says so behind its title; a category whose facts stand together is a heading above them."""
    fact = "  - {id: %s, category: %s, title: A title, text: t, source: paper}\n"
    path = kept((fact % ("a", "north")).replace("}", ", draft: true}") + fact % ("b", "north") + fact % ("c", "south"))
    shown = facts("list", "-s", path, width=90, NO_COLOR="1").lines
    assert [line for line in shown[2:-2] if "  " not in line] == ["North", "", "South"]
    assert shown[3].startswith("A title [draft]  ")
    assert "A title [draft]" in facts("list", "-s", path).lines[1]


def test_a_language_that_a_store_lacks_is_told(facts, kept):
    """Rather than blank rows alone."""
    head = "facts_format: 1\ntitle: T\ncategories: {c: {en: C}}\nsources: {s: {type: report, title: {en: S}}}\nfacts:\n"
    path = kept("  - {id: a, category: c, title: {en: T}, text: {en: T}, source: s}\n", head=head)
    said = "facts: no text of the store is in zh; it has en\n"
    assert facts("list", "-s", path, "--lang", "zh").stderr == said
    assert facts("list", "-s", path, "--lang", "both").stderr == ""


def test_words_of_a_table_are_in_the_readers_language(facts, kept):
    """Category, kind, unit and bound are words of the language asked for; both stand together; data keeps the ids."""
    path = kept(FACTS)
    words = ["list", "south", "-s", path, "-n", "1", "--columns", "category,kind,unit,bound"]
    assert facts(*words, "--lang", "zh").lines[1].split() == ["南", "数字", "元", "无限定"]
    assert facts(*words, "--lang", "en").lines[1].split() == ["South", "figure", "yuan", "unqualified"]
    both = [part for part in facts(*words, "--lang", "both").lines[1].split("  ") if part]
    assert [part.strip() for part in both] == ["南 / South", "数字 / figure", "元 / yuan", "无限定 / unqualified"]
    assert facts(*words, "--lang", "zh", "-f", "csv").lines[1] == "south,figure,yuan,exact"


def test_a_column_named_twice_is_one(facts):
    """No object of JSON and no table of a database can hold a name twice."""
    assert facts("list", "--columns", "id,value,id", "-f", "csv").lines[0] == "id,value"
