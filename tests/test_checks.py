"""What must hold between the facts of a store."""

import pytest

from cs_facts.checks import consistency
from cs_facts.store.loader import examine

NOTED = "{id: %s, category: north, title: %s, text: %s, source: paper, tags: [t], figure: %s, unit: person%s}"


def found(path):
    """Return what the checks say, as (severity, fact or definition, message)."""
    store, problems = examine(path)
    assert not problems
    return [(problem.severity, problem.message) for problem in consistency(store)]


def about(path, word):
    """Return what the checks say with a word in it."""
    return [(severity, message) for severity, message in found(path) if word in message]


def two(first, second, first_extra="", second_extra="", titles=("Members", "Members")):
    """Write two facts with a figure each."""
    one = NOTED % ("one", titles[0], f'"There are {first}."', f'"{first}"', first_extra)
    other = NOTED % ("two", titles[1], f'"There are {second}."', f'"{second}"', second_extra)
    return f"  - {one}\n  - {other}\n"


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (two("128 people", "272 people"), True),
        (two("128 people", "272 people", titles=("Members", "ＭＥＭＢＥＲＳ")), True),
        (two("128 people", "272 people", titles=("Members", "Visitors")), False),
        (two("128 people", "128 people"), False),
        (two("50.66万", "506,600"), False),
        (two("50.66万", "506,651"), True),
        (two("40余万", "over 400,000"), False),
        (two("128 people", "272 people", ", when: 2019", ", when: 2020"), False),
        (two("128 people", "272 people", ", when: 2020", ", when: 2020~"), True),
        (two("128 people", "272 people", ", when: 2019"), False),
    ],
)
def test_contradictions_that_no_conflict_links(store, facts, told):
    """Two figures of one title, unit and period that cannot both be right are an error unless a conflict links them."""
    assert [severity for severity, _ in about(store(facts), "contradicts")] == ["error"] * told


def test_what_a_conflict_links(store):
    """What contradicts may be linked, and nothing is said; what agrees is no conflict."""
    linked = ", conflicts: [{with: one}]"
    assert about(store(two("128 people", "272 people", second_extra=linked)), "contradict") == []
    ((severity, _),) = about(store(two("40余万", "over 400,000", second_extra=linked)), "is it a conflict?")
    assert severity == "warning"


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ('{zh: 有党员50.66万名。, en: "There are 506,600 members."}', None),
        ('{zh: 有党员五十万六千六百名。, en: "There are 0.5066 million members."}', None),
        ('{zh: 有党员50.66万名。, en: "There are 50,660 members."}', "error"),
        ('{zh: 有党员5.066万名。, en: "There are 506,600 members."}', "error"),
        ('{zh: 2021年底有党员50.66万名。, en: "In 2021 there were 506,600 members."}', None),
        ('{zh: 有党员很多。, en: "There are 506,600 members."}', "warning"),
        ('{zh: 有党员150.66万名。, en: "There are 506,600 members."}', "error"),
    ],
)
def test_the_number_in_the_sentence_is_the_figure(store, text, severity):
    """Each sentence of a fact with a figure states that number; another one is an error, none a warning."""
    problems = found(store(f"  - {NOTED % ('a', 'Members', text, '50.66万名', '')}\n"))
    told = [kind for kind, message in problems if "states" in message]
    assert told == ([severity] if severity else [])


PERIOD = "  - {id: a, category: north, title: T, text: t, source: paper, tags: [t], when: %s}\n"


@pytest.mark.parametrize("when", ["2022-12-18", "2022", "2012/2022", "2017/.."])
def test_a_period_that_begins_by_the_day_of_publication(store, when):
    """A year begun by then may be spoken of."""
    assert about(store(PERIOD % when), "published") == []


@pytest.mark.parametrize("when", ["2022-12-19", "2023", "2012/2023-01", "../2023"])
def test_a_period_after_publication(store, when):
    """A fact cannot speak of a time after its source was published."""
    assert [severity for severity, _ in about(store(PERIOD % when), "published")] == ["error"]


def test_an_inferred_date_with_a_note(store):
    """A note may say from what a date follows; one without is a row of docs/faults.md."""
    assert about(store(PERIOD % "2021~, note: from the context"), "inferred") == []


def test_what_is_not_used_or_not_tagged(store):
    """A fact without tags and each unused unit, category and source is a warning at its own place."""
    path = store("  - {id: a, category: north, title: T, text: t, source: paper}\n")
    problems = consistency(examine(path)[0])
    assert [(p.severity, p.at.line, p.message.split(" is used")[0].split(" has")[0]) for p in problems] == [
        ("warning", 4, "unit 'person'"),
        ("warning", 5, "unit 'yuan'"),
        ("warning", 8, "category 'south'"),
        ("warning", 12, "fact 'a'"),
    ]


def test_what_check_fails(facts, store):
    """Warnings only with ``--strict``, errors always, of a store named by --store too."""
    warned = store("  - {id: a, category: north, title: T, text: t, source: paper}\n")
    assert [facts("check", *words, warned).code for words in ((), ("--strict",))] == [0, 1]
    assert "warning: fact 'a' has no tags" in facts("check", warned).stdout
    wrong = store(two("128 people", "272 people"), "wrong.yaml")
    assert [facts("check", *words).code for words in ((wrong,), ("--store", wrong, warned))] == [1, 1]
