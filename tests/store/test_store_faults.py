"""Every kind of fault, each at its exact place: a pointing hand in the input stands just before it."""

import re
import time
import tracemalloc
from itertools import product

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
NO_TEXT = "a text should stand here, not a list or a mapping"
NO_LIST = "a list should stand here, [like, this]"
NO_NAMES = "a mapping should stand here: the id of each"
EMPTY = "the value is empty; give one, or take the key out"
GLUED = "a comment cuts this value short; quote the text, or put a space behind the #"
TAG = "is refused; every value is read as text, so take it out"
ALIAS = "is refused; write the value out"
ANCHOR = "is refused, as aliases are; take it out"
MERGE = "merge key << is refused, as aliases are; write the keys out"
NO_STORE = "a store is a mapping; `facts_format: 1` is its first line"
NO_FORMAT = "has no `facts_format: 1`; it is the first line of a store"
EMPTY_STORE = "the store is empty; `facts_format: 1` is its first line"
NOT_YAML = "is not YAML: …"  # and nothing is guessed about what the parser did not reach
NO_FACTS = "a list should stand here, each fact an item that begins with `- id:`"


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


def second(id_):
    """Return a store with a second fact, of this id."""
    return f"{STORE}  - id: {id_}\n    category: talent\n    title: B\n    text: B is.\n    source: report\n"


def swap(old, new, store=STORE):
    """Return the store with one part replaced."""
    assert store.count(old) == 1
    return store.replace(old, new)


def changed(change):
    """Return the file that a change makes of the store."""
    change = change.replace("⏎", "\n")
    if " ⇒ " in change:
        return swap(*change.split(" ⇒ "))
    kind, lines = change[0], change[2:]
    return {"+": fact(lines), "&": f"{STORE}{lines}\n", "^": f"{lines}\n{STORE}", "=": lines}[kind]


# What is done to the store ¦ what is said. `+` gives the fact these lines more, `&` the store, `^` puts them before it,
# `=` is a whole file, `old ⇒ new` a replacement; ⏎ is a line end, … at the end of a message whatever follows.
FAULTS = r"""
& ☞units: {} ¦ key 'units' stands here a second time; the first is on line 2
+ ☞title: B ¦ key 'title' stands here a second time; the first is on line 13
+ note: {zh: 甲, en: A, ☞zh: 乙} ¦ key 'zh' stands here a second time; the first is on line 16
+ tags: [a, b, ☞a] ¦ 'a' stands in this list a second time; take one out
categories: ⇒   ☞person: P⏎categories: ¦ key 'person' stands here a second time; the first is on line 3
+ ☞xyz: 5 ¦ unknown key 'xyz' of a fact: choose from id, category, kind, title, text, …
title: A report ⇒ title: A report⏎    ☞publishre: P ¦ unknown key 'publishre' of a source: did you mean 'publisher' or 'published'?
category: talent ⇒ category: ☞talnet ¦ unknown category 'talnet': did you mean 'talent'? (a new category is defined under 'categories')
+ kind: ☞xyz ¦ unknown kind 'xyz': choose from figure, ranking, …
+ conflicts: [{with: ☞xyz}] ¦ unknown fact 'xyz': choose from graduates
+ figure: ☞many ¦ figure 'many' has no number …
+ when: ☞~ ¦ '~' is no EDTF date; …
+ paragraph: ☞[1] ¦ {NO_TEXT}
+ note: {☞Chinese: 甲} ¦ 'Chinese' is no language tag; write zh, en or another of BCP 47
+ tags: [☞a;b] ¦ a tag holds no semicolon; write two tags
- id: graduates ⇒ - id: ☞gradu ates ¦ 'gradu ates' {NO_ID}
person: {zh: 人, en: people} ⇒ ☞Person: {zh: 人, en: people} ¦ 'Person' {NO_ID}
  - id: graduates⏎    category: talent⏎ ⇒   - ☞category: talent⏎ ¦ this fact has no id
&   - ☞id: b ¦ this fact has no category, title, text and source
    type: report⏎    title: A report⏎ ⇒     ☞title: A report⏎ ¦ this source has no type
+ conflicts:⏎  - ☞note: x ¦ this conflict has no with
title: A report ⇒ title: A report⏎    names: [☞{paragraph: 1, printed: x}] ¦ this name has no why
+ note:☞ ¦ {EMPTY}
+ note: ☞'' ¦ {EMPTY}
+ note:⏎  zh:☞⏎  en: A ¦ {EMPTY}
+ note: ☞{} ¦ no language is given; write a text, or one each for zh and en
+ note: ☞[a] ¦ {NO_TEXT}
+ note: {zh: ☞[a]} ¦ {NO_TEXT}
source: report ⇒ source: ☞{id: report} ¦ {NO_TEXT}
+ tags: ☞a ¦ {NO_LIST}
+ tags: ☞{a: b} ¦ {NO_LIST}
+ tags: [☞[a]] ¦ {NO_TEXT}
+ conflicts: [☞b] ¦ a conflict should stand here, a mapping with with and note
^ title: ☞[] ¦ {NO_TEXT}
facts_format: 1 ⇒ facts_format: ☞[1] ¦ {NO_TEXT}
person: {zh: 人, en: people} ⇒ ☞- person: {zh: 人, en: people} ¦ {NO_NAMES} unit and what it is
= facts_format: 1⏎units: ☞[]⏎ ¦ {NO_NAMES} unit and what it is
= facts_format: 1⏎sources:☞⏎ ¦ {NO_NAMES} source and what it is
    type: report⏎    title: A report⏎ ⇒     ☞A report⏎ ¦ a source should stand here, a mapping with type, title, …
= facts_format: 1⏎facts:⏎  ☞graduates:⏎    title: Graduates⏎ ¦ {NO_FACTS}
= facts_format: 1⏎facts: ☞{id: a, title: A, text: A.}⏎ ¦ {NO_FACTS}
= facts_format: 1⏎facts:☞⏎ ¦ {NO_FACTS}
&   - ☞b ¦ {NO_FACT}
&   - ☞- b ¦ {NO_FACT}
& ☞people: [a, b, c] ¦ unknown key 'people' of a store: choose from facts_format, title, …
+ ? ☞[a]⏎: b ¦ a key is a word, not a list or a mapping
facts_format: 1⏎ ⇒ ☞ ¦ {NO_FORMAT}
= ☞ ¦ {EMPTY_STORE}
= ☞# facts⏎ ¦ {EMPTY_STORE}
= ---⏎☞ ¦ {NO_STORE}
= ☞- a⏎- b⏎ ¦ {NO_STORE}
= ☞hello⏎ ¦ {NO_STORE}
= ☞{}⏎ ¦ {NO_FORMAT}
+ note: ☞!!python/object/apply:os.system [ls] ¦ tag !!python/object/apply:os.system {TAG}
+ note: ☞!!str x ¦ tag !!str {TAG}
+ note: ☞!!str ¦ tag !!str {TAG}
+ note: ☞! x ¦ tag ! {TAG}
+ note: ☞!%1Bred x ¦ tag !\u001bred {TAG}
+ ☞!!str note: x ¦ tag !!str {TAG}
+ tags: ☞!!seq [a] ¦ tag !!seq {TAG}
facts: ⇒ facts: ☞!!seq ¦ tag !!seq {TAG}
^ ☞!!map ¦ tag !!map {TAG}
+ note: ☞*x ¦ alias *x {ALIAS}
+ ☞*x : y ¦ alias *x {ALIAS}
+ note: ☞&x y ¦ anchor &x {ANCHOR}
facts: ⇒ facts: ☞&x ¦ anchor &x {ANCHOR}
+ ☞<<: {figure: 5} ¦ {MERGE}
+ note: {☞<<: {zh: x}, en: y} ¦ {MERGE}
& ☞<<: {title: x} ¦ {MERGE}
& ☞---⏎facts_format: 1 ¦ a second document begins; a store is one document
+ note: a☞ #b ¦ {GLUED}
+ tags: [a, b☞ #c⏎  ] ¦ {GLUED}
+ tags:⏎  - C☞ #1 ¦ {GLUED}
+ note: {zh: a☞ #b⏎  } ¦ {GLUED}
+ note:☞ #b ¦ {GLUED}
+ note: {zh:☞ #b⏎  } ¦ {GLUED}
+ note: {"zh":☞ #b⏎  } ¦ {GLUED}
+ tags:⏎  -☞ #b ¦ {GLUED}
+ note: a⏎  b☞ #c ¦ {GLUED}
talent: Talent ⇒ talent: Talent☞ #1 ¦ {GLUED}
^ title: A☞ #b ¦ {GLUED}
& synonyms: ☞car ¦ a list should stand here, each item words that a search takes for one another: [car, automobile]
& synonyms: [☞car] ¦ {NO_LIST}
& synonyms: [☞[car]] ¦ one word has no synonym here; give two words or more
& synonyms: [[car, ☞'']] ¦ {EMPTY}
+ note: {zh: "汉字😀é", fr: ☞[x]} ¦ {NO_TEXT}
+ tags: [☞[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]] ¦ {NO_TEXT}
  person: ⇒   pers0n: P⏎  ☞person: ¦ unit 'person' looks like 'pers0n'; give one of them another id
&   - {id: b, category: talent, title: B, text: B., source: report, conflicts: [{with: graduates}, ☞{with: graduates}]} ¦ this stands in this list a second time; take one out
+ tags: [a, ☞,b] ¦ {NOT_YAML}
+   note☞: x ¦ {NOT_YAML}
source: report⏎ ⇒ source: [report⏎☞ ¦ {NOT_YAML}
source: report⏎ ⇒ source: "report⏎☞ ¦ {NOT_YAML}
& ☞} ¦ {NOT_YAML}
+ note: a☞: b ¦ {NOT_YAML}
+ note: ☞@a ¦ {NOT_YAML}
+ note: ☞%a ¦ {NOT_YAML}
+ ☞	note: a ¦ {NOT_YAML}
& ...⏎☞foo ¦ {NOT_YAML}
+ figure: 5人⏎quote: ☞五人 ¦ the quote does not contain the figure '5人'; quote the words around it
"""  # noqa: E501

# What opens in the twenty-first level, in each way that something opens.
DEEP = {
    "flow": fact("tags: " + "[" * 17 + "☞["),
    "block": fact("note:\n" + "".join(f"{' ' * depth}en:\n" for depth in range(1, 18)) + f"{' ' * 18}☞en: x"),
    "items": "facts:\n  " + "- " * 19 + "☞- x\n",
    "keys": "? " * 20 + "☞? x\n",
}
FLOODS = {
    "brackets": fact("tags: " + "[" * 17 + "☞" + "[" * 99_983),
    "braces": "{" * 20 + "☞" + "{" * 99_980,
    "closed brackets": fact("tags: " + "[" * 17 + "☞" + "[" * 49_983 + "]" * 50_000),
    "items": "facts:\n  " + "- " * 19 + "☞" + "- " * 99_981,
}
TOO_DEEP = "nests deeper than 20 levels, more than any store needs; write it flatter"


@pytest.mark.parametrize("row", FAULTS.strip().splitlines())
def test_one_fault(faults, row):
    """A fault is told once, alone, at its line and column, and the message says what would be right."""
    change, message = row.split(" ¦ ")
    clean, (place,) = pointed(changed(change))
    (fault,) = faults(clean)
    expected = f"{place}: {re.sub('{([A-Z_]+)}', lambda name: globals()[name[1]], message)}"
    assert fault == expected or (expected.endswith("…") and fault.startswith(expected[:-1]))


@pytest.mark.parametrize(("text", "beyond"), [*product(DEEP.values(), [0]), *product(FLOODS.values(), [1_000])])
def test_what_nests_too_deep(faults, text, beyond):
    """The 21st level is refused where it opens; 100,000 are one fault, from there to where the parser gives up."""
    clean, (place,) = pointed(text)
    (fault,) = faults(clean)
    (first_line, first_column), (line, column, message) = place.split(":"), fault.split(":", 2)
    assert (line, message) == (first_line, f" {TOO_DEEP}")
    assert int(first_column) <= int(column) <= int(first_column) + beyond


PAIRS = "l0t-lot a1-al corn-com vvest-west burn10-bumlo vvv-vw wv-vw vvvv-ww"


@pytest.mark.parametrize("pair", PAIRS.split())
def test_ids_that_look_alike(faults, pair):
    """Ids that differ only in 0 and o, 1 and l, rn and m, vv and w are refused, in whichever order they come."""
    one, other = pair.split("-")
    for first, later in ((one, other), (other, one)):
        store = swap("id: graduates", f"id: {first}", second(later))
        assert faults(store) == [f"16:9: fact '{later}' looks like '{first}'; give one of them another id"]


def test_ids_that_do_not_look_alike(faults):
    """Ids that share letters but no look are both fine, and a unit may look like a category."""
    assert faults(swap("talent: Talent", "talent: Talent\n  pers0n: P", second("graduate"))) == []


HARMLESS = (
    *("note: a # b", "note: a #", "note: a# b", "note: a#b", "note: # b\n  a", "note: 'a #b'", 'note: "a #b"'),
    *("note: 'a' #b", "note: |\n  a #b", "note: |\n  #b", "tags: [a] #b", "tags: #b\n  [a]"),
    *("tags: ['#a', 'b #c']", "#b", "note: a\n#b", "note: a\xa0#b"),
)


@pytest.mark.parametrize("line", HARMLESS)
def test_comments_that_cut_nothing(faults, line):
    """A comment that has its space, or stands where no plain value ends, is a comment."""
    assert faults(fact(line)) == []


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


def test_faults_before_the_end_of_reading(faults):
    """A file that breaks off keeps the faults found before, and blames no name that may stand behind the break."""
    store = swap("category: talent", "category: later", fact("conflicts: [{with: later}]\nparagraph: 0"))
    told = [fault.split(" ", 3)[:3] for fault in faults(f"{store}  - id: graduates\n  - ]\n")]
    assert told == [
        *(["17:16:", "'0'", "is"], ["18:5:", "this", "fact"], ["18:9:", "fact", "'graduates'"], ["19:5:", "is", "not"])
    ]


@pytest.mark.parametrize(
    "escape", [r"\q", r"\ud83d\ude00", r"\ud800", r"\U00110000", r"\U7fffffff", r"\Uffffffff", r"\x1"]
)
def test_escape_of_no_character(faults, escape):
    """An escape that names no character is a fault of the file, not a crash."""
    found = faults(fact(f'note: "a{escape}b"'))
    assert len(found) == 1
    assert int(found[0].split(":")[0]) in (15, 16)  # PyYAML's own parser tells no place for the greatest ones


def bomb(item, level="[{}]"):
    """Return nine levels of ten references each: a billion items for a reader that follows them."""
    lines = [f"k0: &a0 {item}"]
    lines += [f"k{n}: &a{n} {level.format(', '.join([f'*a{n - 1}'] * 10))}" for n in range(1, 10)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("text", [bomb("[lol, lol]"), bomb("{x: y}", "{{<<: [{}]}}")], ids=["laughs", "merge"])
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


@pytest.mark.parametrize("opening", ["? ", "a: {", "[{", "!x [", "&x {"])
def test_deep_nesting_is_quick(faults, opening):
    """A hundred thousand openings end in a fault within a second or so, whatever they open."""
    began = time.perf_counter()
    assert faults(opening * 100_000)
    assert time.perf_counter() - began < 5
