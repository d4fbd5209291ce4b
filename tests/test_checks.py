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


def two(first, second, first_extra="", second_extra="", titles=("Members", "Members")):
    """Write two facts with a figure each."""
    one = NOTED % ("one", titles[0], f'"There are {first}."', f'"{first}"', first_extra)
    other = NOTED % ("two", titles[1], f'"There are {second}."', f'"{second}"', second_extra)
    return f"  - {one}\n  - {other}\n"


CONTRADICTS, AGREES = [("error", "contradicts")], [("warning", "is it a conflict?")]
LINK = ", conflicts: [{with: one}]"


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (two("128 people", "272 people"), CONTRADICTS),
        (two("128 people", "272 people", titles=("Members", "ＭＥＭＢＥＲＳ")), CONTRADICTS),
        (two("128 people", "272 people", titles=("Members", "Visitors")), []),
        (two("128 people", "128 people"), []),
        (two("50.66万", "506,600"), []),
        (two("50.66万", "506,651"), CONTRADICTS),
        (two("40余万", "over 400,000"), []),
        (two("128 people", "272 people", ", when: 2019", ", when: 2020"), []),
        (two("128 people", "272 people", ", when: 2020", ", when: 2020~"), CONTRADICTS),
        (two("128 people", "272 people", ", when: 2019"), []),
        (two("128 people", "272 people", second_extra=LINK), []),
        (two("40余万", "over 400,000", second_extra=LINK), AGREES),
    ],
)
def test_contradictions_and_conflicts(store, facts, told):
    """Figures of one title, unit and period that cannot both be right are linked, and only such, or that is told."""
    words = {word for _, word in CONTRADICTS + AGREES}
    assert [(severity, word) for severity, message in found(store(facts)) for word in words if word in message] == told


@pytest.mark.parametrize(
    ("figure", "text", "severity"),
    [
        ("50.66万名", '{zh: 有党员50.66万名。, en: "There are 506,600 members."}', None),
        ("50.66万名", '{zh: 有党员五十万六千六百名。, en: "There are 0.5066 million members."}', None),
        ("50.66万名", '{zh: 有党员50.66万名。, en: "There are 50,660 members."}', "error"),
        ("50.66万名", '{zh: 有党员5.066万名。, en: "There are 506,600 members."}', "error"),
        ("50.66万名", '{zh: 2021年底有党员50.66万名。, en: "In 2021 there were 506,600 members."}', None),
        ("50.66万名", '{zh: 有党员很多。, en: "There are 506,600 members."}', "warning"),
        ("50.66万名", "有党员150.66万名。", "error"),
        ("0.7%", "增长40.7%，两年平均增长6.9%。", "error"),
        ("五个", "有十五个区。", "error"),
        ("5", "有5万人。", "error"),
        ("five", "There are twenty-five towns.", "error"),
        ("two", "The network has 3 towns.", "error"),
        ("200 people", "There are 1 200 people.", "error"),
        ("120 seats", "The hall has 120 seats.", None),
        ("八家", "有48家和八家。", None),
        ("六", "七类价格六涨一降。", None),
    ],
)
def test_the_number_in_the_sentence_is_the_figure(store, figure, text, severity):
    """Each sentence states the figure, as a whole number; another one is an error, none a warning."""
    problems = found(store(f"  - {NOTED % ('a', 'Members', text, figure, '')}\n"))
    told = [kind for kind, message in problems if "states" in message]
    assert told == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("periods", "told"),
    [("2022-12-18 2022 2012/2022 2017/..", []), ("2022-12-19 2023 2012/2023-01 ../2023", ["error"])],
)
def test_a_period_after_publication(store, periods, told):
    """A fact cannot speak of a time after its source was published; a year begun by then may be spoken of."""
    for when in periods.split():
        fact = f"  - {{id: a, category: north, title: T, text: t, source: paper, tags: [t], when: {when}}}\n"
        assert [severity for severity, message in found(store(fact)) if "published" in message] == told, when


def test_what_is_not_used_or_incomplete(store):
    """A fact without tags or a note on an inferred date and what no fact uses are warnings at their places."""
    fact = "  - {id: %s, category: north, title: T, text: t, source: paper, when: 2021~%s}\n"
    path = store(fact % ("a", "") + fact % ("b", ", tags: [t], note: from the context"))
    problems = consistency(examine(path)[0])
    assert [(p.severity, p.at.line, p.message.split(" is used")[0].split(";")[0]) for p in problems] == [
        ("warning", 4, "unit 'person'"),
        ("warning", 5, "unit 'yuan'"),
        ("warning", 8, "category 'south'"),
        ("warning", 12, "fact 'a' has the inferred date 2021~ and no note on what it was inferred from"),
        ("warning", 12, "fact 'a' has no tags"),
    ]


def test_strict_lets_warnings_fail(facts, store):
    """``check`` passes a store with warnings alone, ``check --strict`` does not, and an error fails both."""
    warned = store("  - {id: a, category: north, title: T, text: t, source: paper}\n")
    assert facts("check", warned).code == 0
    assert facts("check", "--strict", warned).code == 1
    assert "warning: fact 'a' has no tags" in facts("check", warned).stdout
    assert facts("check", store(two("128 people", "272 people"), "wrong.yaml")).code == 1
