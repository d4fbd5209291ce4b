"""The Python interface, as a program uses it."""

import sqlite3
from datetime import date
from decimal import Decimal

import pytest

import cs_facts
from cs_facts import open_store
from cs_facts.errors import FigureError, PeriodError, UnknownName
from making import ids

FACTS = """\
  - {id: many, category: north, kind: figure, title: {zh: 党员, en: Members}, text: {zh: 多, en: Many.},
     figure: 50.66万名, unit: person, when: 2021-12-31, source: paper, tags: [crowd]}
  - {id: share, category: south, title: {zh: 份额, en: Share}, text: {zh: 半, en: Half.}, figure: 0.5元, unit: yuan,
     source: paper, conflicts: [{with: many}]}
  - {id: none, category: south, title: {zh: 队伍, en: Ranks}, text: {zh: 少, en: Few.}, source: paper}
"""


@pytest.fixture
def opened(kept):
    """Open a store of three facts; behind its block it is closed, and what it was asked for then is refused."""
    with open_store(kept(FACTS)) as opened:
        yield opened
    with pytest.raises(sqlite3.ProgrammingError):
        opened.list()


def test_what_a_store_defines(opened):
    """A store tells what it is called and what its facts refer to, and has each fact by its id."""
    assert opened.title == {"zh": "试", "en": "Trial"}
    assert opened.units == {"person": {"zh": "人", "en": "people"}, "yuan": {"zh": "元", "en": "yuan"}}
    assert [*opened.categories] == ["north", "south"]
    assert {id_: source.title["en"] for id_, source in opened.sources.items()} == {"paper": "The Paper"}
    assert [*opened.by_id] == ["many", "share", "none"]
    assert opened.by_id["share"].figure.printed == "0.5元"
    assert opened.by_id["share"].conflicts[0].other == "many"


def test_filters(opened):
    """Each filter is that of the command line, in the types of Python."""
    assert ids(opened.list()) == ["many", "share", "none"]
    assert ids(opened.list("south")) == ["share", "none"]
    assert ids(opened.list(units=("yuan", "person"))) == ["many", "share"]
    assert ids(opened.list(minimum=Decimal("0.5"), maximum=1)) == ["share"]
    for one in ({"kinds": "figure"}, {"tags": ["crowd"]}, {"since": "2021"}, {"minimum": "50万"}):
        assert ids(opened.list(**one)) == ["many"], one


def test_a_search(opened):
    """A search returns facts, best first; nothing found is no error, and the closest ones are there for who asks."""
    assert ids(opened.search("members")) == ["many"]
    assert opened.search("membres") == ()
    assert ids(opened.search("membres", exact=False)) == ["many"]
    assert opened.search("nothing at all like it", exact=False) == ()


def test_rows(opened):
    """Rows have the columns of the CSV and the values of Python, all of them or those of some facts."""
    many, share, none = opened.to_dicts()
    assert (many["value"], many["start"], many["tags"]) == (506600, date(2021, 12, 31), ("crowd",))
    assert (share["value"], share["conflicts"]) == (Decimal("0.5"), ("many",))
    assert (none["value"], none["figure"], none["start"]) == (None, None, None)
    assert opened.to_dicts(opened.list("north")) == [many]


def test_what_is_wrong_is_an_exception(opened):
    """A name, a date or a number that is none is told as on the command line."""
    with pytest.raises(UnknownName, match="did you mean 'north'"):
        opened.list("norht")
    with pytest.raises(PeriodError):
        opened.list(since="yesterday")
    with pytest.raises(FigureError):
        opened.list(minimum="a few")


def test_what_the_package_has():
    """Only what is public is listed, and what there is not is an error that names it."""
    assert dir(cs_facts) == ["OpenStore", "__version__", "open_store"]
    with pytest.raises(AttributeError, match="nosuch"):
        _ = cs_facts.nosuch
