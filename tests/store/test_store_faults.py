"""Every kind of fault, each at its exact place: a pointing hand in the input stands just before it."""

from __future__ import annotations

import time
import tracemalloc

import pytest

pytestmark = pytest.mark.usefixtures("parser")

HAND = "☞"

HEAD = """\
facts_format: 1
units:
  person: {zh: 人, en: people}
categories:
  talent: Talent
sources:
  report:
    type: report
    title: A report
"""

FACT = """\
facts:
  - id: graduates
    category: talent
    title: Graduates
    text: Many came.
    source: report
"""

STORE = HEAD + FACT

NO_FACT = "a fact should stand here, a mapping with id, category, …"
NO_ID = "is no id; use lower-case ASCII letters and digits, words joined by hyphens"
NO_PARAGRAPH = "is no paragraph; the non-empty lines of the source count from 1"
NO_TEXT = "a text should stand here, not a list or a mapping"
NO_LIST = "a list should stand here, [like, this]"
NO_NAMES = "a mapping should stand here: the id of each"
EMPTY = "the value is empty; give one, or take the key out"
GLUED = "a comment cuts this value short; quote the text, or put a space behind the #"
TAG = "is refused; every value is read as text, so take it out"
ALIAS = "is refused; write the value out"
ANCHOR = "is refused, as aliases are; take it out"
MERGE = "merge key << is refused, as aliases are; write the keys out"
DEEP = "nests deeper than 20 levels, more than any store needs; write it flatter"
NO_STORE = "a store is a mapping; `facts_format: 1` is its first line"
NO_FORMAT = "has no `facts_format: 1`; it is the first line of a store"
EMPTY_STORE = "the store is empty; `facts_format: 1` is its first line"
NO_DATE = "write a date as 2022, 2022-05 or 2022-05-31, a stretch as 2012/2022, 2017/.. or ../2022-12-18"


def pointed(text):
    """Return the text without its hands, and the ``line:column`` that each pointed at."""
    before = text.split(HAND)[:-1]
    lead = ["".join(before[: place + 1]) for place in range(len(before))]
    return text.replace(HAND, ""), [
        f"{part.count(chr(10)) + 1}:{len(part.rpartition(chr(10))[2]) + 1}" for part in lead
    ]


def fact(lines):
    """Return a store whose fact has these lines more."""
    return STORE + "".join(f"    {line}\n" for line in lines.splitlines())


def second(lines):
    """Return a store with a second fact that begins with these lines."""
    return STORE + "  - " + "\n    ".join([*lines.splitlines(), "title: B", "text: B is.", "source: report\n"])


def swap(old, new, store=STORE):
    """Return the store with one part replaced."""
    assert store.count(old) == 1
    return store.replace(old, new)


DUPLICATES = {
    "top level": (STORE + "☞units: {}\n", "key 'units' stands here a second time; the first is on line 2"),
    "in a fact": (fact("☞title: B"), "key 'title' stands here a second time; the first is on line 13"),
    "in a text": (
        fact("note: {zh: 甲, en: A, ☞zh: 乙}"),
        "key 'zh' stands here a second time; the first is on line 16",
    ),
    "the same key quoted": (fact('☞"title": B'), "key 'title' stands here a second time; the first is on line 13"),
    "in a list": (fact("tags: [a, b, ☞a]"), "'a' stands in this list a second time; take one out"),
    "a unit's id": (
        swap("categories:", "  ☞person: P\ncategories:"),
        "key 'person' stands here a second time; the first is on line 3",
    ),
}

UNKNOWN = {
    "key of a store": (
        STORE + "☞titel: x\n",
        "unknown key 'titel' of a store: did you mean 'title'?",
    ),
    "key of a fact": (fact("☞figur: 5"), "unknown key 'figur' of a fact: did you mean 'figure'?"),
    "key of a fact, far from all": (
        fact("☞xyz: 5"),
        "unknown key 'xyz' of a fact: known are id, category, kind, title, text, …",
    ),
    "key of a source": (
        swap("    title: A report\n", "    title: A report\n    ☞publishre: P\n"),
        "unknown key 'publishre' of a source: did you mean 'publisher' or 'published'?",
    ),
    "category": (
        swap("category: talent", "category: ☞talnet"),
        "unknown category 'talnet': did you mean 'talent'?",
    ),
    "kind": (fact("kind: ☞figur"), "unknown kind 'figur': did you mean 'figure'?"),
    "kind, far from all": (
        fact("kind: ☞xyz"),
        "unknown kind 'xyz': known are figure, ranking, event, award, measure, list",
    ),
    "unit": (fact("figure: 5人\nunit: ☞persons"), "unknown unit 'persons': did you mean 'person'?"),
    "source": (swap("source: report", "source: ☞reprot"), "unknown source 'reprot': did you mean 'report'?"),
    "source type": (
        swap("type: report", "type: ☞artikle"),
        "unknown source type 'artikle': did you mean 'article'?",
    ),
    "conflict partner": (
        fact("conflicts: [{with: ☞graduate}]"),
        "unknown fact 'graduate': did you mean 'graduates'?",
    ),
    "conflict partner, far from all": (
        fact("conflicts: [{with: ☞xyz}]"),
        "unknown fact 'xyz': known are graduates",
    ),
}

VALUES = {
    "figure": (
        fact("figure: ☞many"),
        "figure 'many' has no number at its beginning; "
        "write the number and its counter as printed, without the words before it",
    ),
    "figure that is a range": (
        fact("figure: ☞5-6人"),
        "figure '5-6人' is a range, which is two figures; give each a fact of its own",
    ),
    "unit without figure": (
        fact("☞unit: person"),
        "a unit counts something; give the figure too, or take the unit out",
    ),
    "month 13": (
        fact("when: ☞2021-13-45"),
        "'2021-13-45' is a date that does not exist (month must be in 1..12)",
    ),
    "30 February": (
        fact("when: ☞2021-02-30"),
        "'2021-02-30' is a date that does not exist (day is out of range for month)",
    ),
    "end before beginning": (fact("when: ☞2022/2012"), "'2022/2012' ends before it begins"),
    "no date": (fact("when: ☞~"), f"'~' is no EDTF date; {NO_DATE}"),
    "paragraph 0": (fact("paragraph: ☞0"), f"'0' {NO_PARAGRAPH}"),
    "paragraph -1": (fact("paragraph: ☞-1"), f"'-1' {NO_PARAGRAPH}"),
    "paragraph 1.5": (fact("paragraph: ☞1.5"), f"'1.5' {NO_PARAGRAPH}"),
    "paragraph 1_0": (fact("paragraph: ☞1_0"), f"'1_0' {NO_PARAGRAPH}"),
    "paragraph a list": (fact("paragraph: ☞[1]"), NO_TEXT),
    "paragraph in full width": (fact("paragraph: ☞１"), f"'１' {NO_PARAGRAPH}"),
    "sha256": (
        swap("    title: A report\n", "    title: A report\n    sha256: ☞ABC123\n"),
        "'ABC123' is no SHA-256; it has 64 hexadecimal digits in lower case",
    ),
    "sha256 in upper case": (
        swap("    title: A report\n", f"    title: A report\n    sha256: ☞{'A' * 64}\n"),
        f"'{'A' * 64}' is no SHA-256; it has 64 hexadecimal digits in lower case",
    ),
    "language tag": (
        fact("note: {☞Chinese: 甲}"),
        "'Chinese' is no language tag; write zh, en or another of BCP 47",
    ),
    "semicolon in a tag": (fact("tags: [☞a;b]"), "a tag holds no semicolon; write two tags"),
    "conflict with itself": (
        fact("conflicts: [{with: ☞graduates}]"),
        "fact 'graduates' cannot be in conflict with itself; name the other fact",
    ),
    "id in capitals": (swap("id: graduates", "id: ☞Graduates"), f"'Graduates' {NO_ID}"),
    "id with an underscore": (swap("id: graduates", "id: ☞gradu_ates"), f"'gradu_ates' {NO_ID}"),
    "id with a space": (swap("id: graduates", "id: ☞gradu ates"), f"'gradu ates' {NO_ID}"),
    "id in Cyrillic": (swap("id: graduates", "id: ☞grаduates"), f"'grаduates' {NO_ID}"),
    "id of a unit": (swap("  person:", "  ☞Person:"), f"'Person' {NO_ID}"),
    "format 2": (
        swap("facts_format: 1", "facts_format: ☞2"),
        "format '2' is not known; this version reads format 1",
    ),
}

SHAPES = {
    "no id": (swap("- id: graduates\n    category", "- ☞category"), "this fact has no id"),
    "nothing but an id": (
        STORE + "  - ☞id: b\n",
        "this fact has no category, title, text and source",
    ),
    "source without type": (swap("type: report\n    title", "☞title"), "this source has no type"),
    "conflict without partner": (fact("conflicts:\n  - ☞note: x"), "this conflict has no with"),
    "name without reason": (
        swap("    title: A report\n", "    title: A report\n    names: [☞{paragraph: 1, printed: x}]\n"),
        "this name has no why",
    ),
    "nothing": (fact("note:☞"), EMPTY),
    "empty quotes": (fact("note: ☞''"), EMPTY),
    "blank quotes": (fact('note: ☞"  "'), EMPTY),
    "nothing in a language": (fact("note:\n  zh:☞\n  en: A"), EMPTY),
    "no language": (fact("note: ☞{}"), "no language is given; write a text, or one each for zh and en"),
    "list for a text": (fact("note: ☞[a]"), NO_TEXT),
    "list for a text in a language": (fact("note: {zh: ☞[a]}"), NO_TEXT),
    "mapping for a word": (swap("source: report", "source: ☞{id: report}"), NO_TEXT),
    "text for a list": (fact("tags: ☞a"), NO_LIST),
    "mapping for a list": (fact("tags: ☞{a: b}"), NO_LIST),
    "list in a list": (fact("tags: [☞[a]]"), NO_TEXT),
    "text for a conflict": (
        fact("conflicts: [☞b]"),
        "a conflict should stand here, a mapping with with and note",
    ),
    "list for the title": ("title: ☞[A]\n" + STORE, NO_TEXT),
    "empty list for the title": ("title: ☞[]\n" + STORE, NO_TEXT),
    "list for the format": (swap("facts_format: 1", "facts_format: ☞[1]"), NO_TEXT),
    "list for the units": (swap("  person:", "  ☞- person:"), f"{NO_NAMES} unit and what it is"),
    "empty list for the units": ("facts_format: 1\nunits: ☞[]\n", f"{NO_NAMES} unit and what it is"),
    "nothing for the sources": ("facts_format: 1\nsources:☞\n", f"{NO_NAMES} source and what it is"),
    "text for a source": (
        swap("    type: report\n    title: A report", "    ☞A report"),
        "a source should stand here, a mapping with type, title, …",
    ),
    "mapping for the facts": (
        HEAD + "facts:\n  ☞graduates:\n    title: Graduates\n",
        "a list should stand here, each fact an item that begins with `- id:`",
    ),
    "one fact for the facts": (
        HEAD + "facts: ☞{id: a, category: talent, title: A, text: A., source: report}\n",
        "a list should stand here, each fact an item that begins with `- id:`",
    ),
    "nothing for the facts": (
        HEAD + "facts:☞\n",
        "a list should stand here, each fact an item that begins with `- id:`",
    ),
    "text for a fact": (STORE + "  - ☞b\n", NO_FACT),
    "list for a fact": (STORE + "  - ☞- b\n", NO_FACT),
    "unknown list": (
        STORE + "☞people: [a, b, c]\n",
        "unknown key 'people' of a store: known are facts_format, title, units, categories, sources, facts",
    ),
    "list for a key": (fact("? ☞[a]\n: b"), "a key is a word, not a list or a mapping"),
    "no format": ("☞" + swap("facts_format: 1\n", ""), NO_FORMAT),
    "nothing at all": ("☞", EMPTY_STORE),
    "white space": ("☞\n \n\n", EMPTY_STORE),
    "only a comment": ("☞# facts\n", EMPTY_STORE),
    "only a beginning": ("---\n☞", NO_STORE),
    "a list": ("☞- a\n- b\n", NO_STORE),
    "a text": ("☞hello\n", NO_STORE),
    "an empty mapping": ("☞{}\n", NO_FORMAT),
}

YAML_EXTRAS = {
    "object": (fact("note: ☞!!python/object/apply:os.system [ls]"), f"tag !!python/object/apply:os.system {TAG}"),
    "!!str": (fact("note: ☞!!str x"), f"tag !!str {TAG}"),
    "!!str without value": (fact("note: ☞!!str"), f"tag !!str {TAG}"),
    "non-specific": (fact("note: ☞! x"), f"tag ! {TAG}"),
    "local": (fact("note: ☞!mine x"), f"tag !mine {TAG}"),
    "verbatim": (fact("note: ☞!<tag:yaml.org,2002:str> x"), f"tag !!str {TAG}"),
    "with an escape sequence": (fact("note: ☞!%1Bred x"), f"tag !\\u001bred {TAG}"),
    "on a key": (fact("☞!!str note: x"), f"tag !!str {TAG}"),
    "on a list": (fact("tags: ☞!!seq [a]"), f"tag !!seq {TAG}"),
    "on the facts": (swap("facts:", "facts: ☞!!seq"), f"tag !!seq {TAG}"),
    "on the store": ("☞!!map\n" + STORE, f"tag !!map {TAG}"),
    "alias": (fact("note: ☞*x"), f"alias *x {ALIAS}"),
    "alias in a list": (fact("tags: [a, ☞*x]"), f"alias *x {ALIAS}"),
    "alias as a key": (fact("☞*x : y"), f"alias *x {ALIAS}"),
    "anchor": (fact("note: ☞&x y"), f"anchor &x {ANCHOR}"),
    "anchor on the facts": (swap("facts:", "facts: ☞&x"), f"anchor &x {ANCHOR}"),
    "merge key": (fact("☞<<: {figure: 5}"), MERGE),
    "merge key in a text": (fact("note: {☞<<: {zh: x}, en: y}"), MERGE),
    "merge key on top": (STORE + "☞<<: {title: x}\n", MERGE),
    "second document": (STORE + "☞---\nfacts_format: 1\n", "a second document begins; a store is one document"),
    "second document, empty": (STORE + "☞---\n", "a second document begins; a store is one document"),
    "flow of 21 levels": (fact("tags: " + "[" * 17 + "☞["), DEEP),
    "block of 21 levels": (
        fact("note:\n" + "".join(f"{' ' * depth}k:\n" for depth in range(1, 18)) + f"{' ' * 18}☞k: x"),
        DEEP,
    ),
    "list items of 21 levels": ("facts:\n  " + "- " * 19 + "☞- x\n", DEEP),
    "keys of 21 levels": ("? " * 20 + "☞? x\n", DEEP),
    "100,000 dashes": ("facts:\n  " + "- " * 19 + "☞" + "- " * 99_981, DEEP),
}

FLOODS = {
    "brackets": fact("tags: " + "[" * 17 + "☞" + "[" * 99_983),
    "braces": fact("tags: " + "{" * 17 + "☞" + "{" * 99_983),
    "braces at once": "{" * 20 + "☞" + "{" * 99_980,
    "closed brackets": fact("tags: " + "[" * 17 + "☞" + "[" * 49_983 + "]" * 50_000),
}
"""From 0.2.6 on libyaml stops at the 1,000th bracket and names that; those before let us name the 21st."""

COMMENTS = {
    "plain": (fact("note: a☞ #b"), GLUED),
    "in Chinese": (fact("note: 我们的☞ #一号 工程"), GLUED),
    "in a list": (fact("tags: [a, b☞ #c\n  ]"), GLUED),
    "in a list item": (fact("tags:\n  - C☞ #1"), GLUED),
    "in a mapping": (fact("note: {zh: a☞ #b\n  }"), GLUED),
    "empty value": (fact("note:☞ #b"), GLUED),
    "empty value in a mapping": (fact("note: {zh:☞ #b\n  }"), GLUED),
    "empty value of a quoted key": (fact('note: {"zh":☞ #b\n  }'), GLUED),
    "empty list item": (fact("tags:\n  -☞ #b"), GLUED),
    "second line": (fact("note: a\n  b☞ #c"), GLUED),
    "figure": (fact("figure: 5☞ #1\nunit: person"), GLUED),
    "category": (swap("talent: Talent", "talent: Talent☞ #1"), GLUED),
    "title": ("title: A☞ #b\n" + STORE, GLUED),
    "two signs": (fact("note: a☞ ##b"), GLUED),
    "shebang": (fact("note: a☞ #!b"), GLUED),
}

ALL = {
    f"{group}: {name}": case
    for group, cases in {
        "twice": DUPLICATES,
        "unknown": UNKNOWN,
        "value": VALUES,
        "shape": SHAPES,
        "yaml": YAML_EXTRAS,
        "comment": COMMENTS,
    }.items()
    for name, case in cases.items()
}


def test_base_is_free_of_faults(faults):
    """The store that the faults below are put into has none of its own."""
    assert faults(STORE) == []


@pytest.mark.parametrize(("text", "message"), ALL.values(), ids=ALL)
def test_one_fault(faults, text, message):
    """A fault is told once, alone, at its line and column, and the message says what would be right."""
    clean, (place,) = pointed(text)
    (fault,) = faults(clean)
    if message.endswith("…"):  # a list of keys, which grows with the format
        fault = fault[: len(message) + len(place) + 1] + "…"
    assert fault == f"{place}: {message}"


@pytest.mark.parametrize("text", FLOODS.values(), ids=FLOODS)
def test_a_flood_of_brackets(faults, text):
    """100,000 brackets are one fault, told where they are too deep: from the 21st to where the parser gives up."""
    clean, (place,) = pointed(text)
    (fault,) = faults(clean)
    line, column, message = fault.split(":", 2)
    first_line, first_column = place.split(":")
    assert (line, message) == (first_line, f" {DEEP}")
    assert int(first_column) <= int(column) <= int(first_column) + 1_000


def test_column_counts_characters(faults):
    """A column counts characters from 1, not bytes, whatever their width."""
    assert faults(fact('note: {zh: "汉字😀é", fr: [x]}')) == [f"16:28: {NO_TEXT}"]


def test_duplicate_id(faults, tmp_path):
    """An id that stands a second time is told with the place of the first."""
    first = f"{tmp_path / 'store.yaml'}:11:9"
    assert faults(second("id: graduates\ncategory: talent")) == [
        f"16:9: fact 'graduates' is defined a second time; the first is at {first}"
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("l0t", "lot"),
        ("a1", "al"),
        ("corn", "com"),
        ("vvest", "west"),
        ("burn-10", "bum-lo"),
        ("vvv", "vw"),
        ("wv", "vw"),
        ("vvvv", "ww"),
    ],
)
def test_ids_that_look_alike(faults, one, other):
    """Ids that differ only in 0 and o, 1 and l, rn and m, vv and w are refused, in whichever order they come."""
    for first, later in ((one, other), (other, one)):
        store = swap("id: graduates", f"id: {first}", second(f"id: {later}\ncategory: talent"))
        assert faults(store) == [f"16:9: fact '{later}' looks like '{first}'; give one of them another id"]


def test_ids_that_do_not_look_alike(faults):
    """Ids that share letters but no look are both fine, and a unit may look like a category."""
    assert faults(swap("talent: Talent", "talent: Talent\n  pers0n: P", second("id: graduate\ncategory: talent"))) == []


def test_units_and_categories_that_look_alike(faults):
    """The ids of units, categories and sources are held to the same rule."""
    store = swap("  person:", "  pers0n: P\n  person:")
    assert faults(store) == ["4:3: unit 'person' looks like 'pers0n'; give one of them another id"]


def test_conflict_partner_named_twice(faults):
    """A conflict is named once: two notes on one partner would leave one of them unread."""
    store = second("id: b\ncategory: talent\nconflicts: [{with: graduates, note: x}, {with: graduates, note: y}]")
    assert faults(store) == ["18:45: this stands in this list a second time; take one out"]


@pytest.mark.parametrize(
    "line",
    [
        "note: a # b",
        "note: a #",
        "note: a# b",
        "note: a#b",
        "note: # b\n  a",
        "note: 'a #b'",
        'note: "a #b"',
        "note: 'a' #b",
        "note: |\n  a #b",
        "note: |\n  #b",
        "tags: [a] #b",
        "tags: #b\n  [a]",
        "tags: ['#a', 'b #c']",
        "#b",
        "note: a\n#b",
        "note: a\xa0#b",
    ],
)
def test_comments_that_cut_nothing(faults, line):
    """A comment that has its space, or stands where no plain value ends, is a comment."""
    assert faults(fact(line)) == []


def test_merge_with_alias(faults):
    """A merge key and its alias are two faults, each at its place."""
    assert faults(fact("<<: *x")) == [f"16:5: {MERGE}", f"16:9: alias *x {ALIAS}"]


def test_nesting_of_20_levels(faults):
    """Twenty levels are read: the fault is that this is no tag."""
    assert faults(fact("tags: " + "[" * 17 + "]" * 17)) == [f"16:12: {NO_TEXT}"]


def test_all_faults_at_once(faults):
    """Every fault of a file is told in one go, in the order of lines and columns."""
    store = """\
facts_format: 2
units:
  Person: people
categories: {talent: Talent, talent: Skills}
sources:
  report: {type: reprot, title: A report}
facts:
  - id: a
    category: talnet
    title: A #1
    text: {zh: [], en: ''}
    source: reports
    paragraph: 0
    unit: person
    when: 2021-13
    tags: [b, b, 'c;']
    conflicts: [{with: a}, {wiht: b}]
    nte: *y
"""
    assert [fault.split(": ")[0] for fault in faults(store)] == [
        *("1:15", "3:3", "4:30", "6:18", "9:15", "10:13", "11:16", "11:24", "12:13", "13:16", "14:5", "14:11", "15:11"),
        *("16:15", "16:18", "17:24", "17:28", "17:29", "18:5", "18:10"),
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (fact("tags: [a, ,b]"), "16:15"),
        (fact("  note: x"), "16:11"),
        (fact("tags: [a"), "17:1"),
        (fact('note: "a'), "17:1"),
        (STORE + "}\n", "16:1"),
        (fact("note: a: b"), "16:12"),
        (fact("note: @a"), "16:11"),
        (fact("note: %a"), "16:11"),
        (fact("\tnote: a"), "16:5"),
        (STORE + "...\nfoo\n", "17:1"),
    ],
)
def test_not_yaml(faults, text, place):
    """What is not YAML is told where the parser stopped, and nothing is guessed about what it did not reach."""
    found = faults(text)
    assert len(found) == 1
    assert found[0].startswith(f"{place}: is not YAML: ")


def test_faults_before_the_end_of_reading(faults):
    """A file that breaks off keeps the faults found before, and blames no name that may stand behind the break."""
    store = swap("category: talent", "category: later", fact("conflicts: [{with: later}]\nparagraph: 0")) + "  - ]\n"
    found = faults(store)
    assert found[0] == f"17:16: '0' {NO_PARAGRAPH}"
    assert [fault[:18] for fault in found[1:]] == ["18:5: is not YAML:"]


@pytest.mark.parametrize(
    "escape", [r"\q", r"\ud83d\ude00", r"\ud800", r"\U00110000", r"\U7fffffff", r"\Uffffffff", r"\x1"]
)
def test_escape_of_no_character(faults, escape):
    """An escape that names no character is a fault of the file, not a crash."""
    found = faults(fact(f'note: "a{escape}b"'))
    assert len(found) == 1
    assert int(found[0].split(":")[0]) in (15, 16)  # PyYAML's own parser tells no place for the greatest ones


def bomb(item):
    """Return nine levels of ten references each: a billion items for a reader that follows them."""
    lines = [f"k0: &a0 {item}"]
    lines += [f"k{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in range(1, 10)]
    return "\n".join(lines) + "\n"


MERGE_BOMB = "k0: &a0 {x: y}\n" + "".join(
    f"k{level}: &a{level} {{<<: [{', '.join([f'*a{level - 1}'] * 10)}]}}\n" for level in range(1, 10)
)


@pytest.mark.parametrize("text", [bomb("[lol, lol]"), MERGE_BOMB], ids=["billion laughs", "merge"])
def test_bomb(faults, text):
    """A file that would grow to a billion values is refused at once, in little memory, every alias located."""
    tracemalloc.start()
    began = time.perf_counter()
    found = faults(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.perf_counter() - began < 2
    assert peak < 4_000_000
    assert sum("alias *a" in fault for fault in found) == 90
    assert found[-1].startswith("10:")


@pytest.mark.parametrize("opening", ["[", "{", "? ", "- ", "a: {", "[{", "!x [", "&x {"])
def test_deep_nesting_is_quick(faults, opening):
    """A hundred thousand openings end in a fault within a second or so, whatever they open."""
    began = time.perf_counter()
    assert faults(opening * 100_000)
    assert time.perf_counter() - began < 5
