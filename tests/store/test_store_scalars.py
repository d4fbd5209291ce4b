"""Every scalar is the text that stands in the file."""

import pytest

from cs_facts.store.loader import load

pytestmark = pytest.mark.usefixtures("parser")

HEAD = """\
facts_format: 1
categories: {talent: Talent}
sources: {report: {type: report, title: A}}
facts:
"""


def read(tmp_path, *lines):
    """Load a store of one fact that has these lines more."""
    path = tmp_path / "store.yaml"
    fact = ["- id: a", "  category: talent", "  source: report", *(f"  {line}" for line in lines)]
    path.write_bytes((HEAD + "\n".join(fact) + "\n").encode())
    return load([path])


WRITTEN = (
    *("NO", "no", "on", "off", "yes", "y", "true", "False", "~", "null", "NULL", "=", "<<", ".inf", ".NaN", "-.INF"),
    *("1.10", "1_000", "1e3", "0x1F", "0o17", "017", "0b11", "22:30", "190:20:30", "+1", "-0", "1,000", "1.", ".5"),
    *("2021-05-01", "2021-05-01T12:00:00Z", "2021-5-1 1:2:3 +8", "2021-13-45", "１２", "a:b"),
    *("a#b", "http://a.b/c=d&e#f", "C++", "--", "-a", "?a", ":a", "a!b", "a'b", 'a"b', "长沙", "😀", "a  b"),
)


@pytest.mark.parametrize("word", WRITTEN)
def test_plain_scalars_stay_as_written(tmp_path, word):
    """A plain scalar is the text it is written as, whatever YAML 1.1 or 1.2 would make of it, in block and in flow."""
    flow = word if word not in ("1,000", ":a", "?a") else f"'{word}'"
    fact = read(tmp_path, f"title: {word}", f"text: {{zh: {flow}, en: {word!r}}}", f"tags: [{flow}]").facts[0]
    assert (fact.title, fact.text, fact.tags) == ({"": word}, {"zh": word, "en": word}, (word,))


@pytest.mark.parametrize(
    ("written", "text"),
    [
        *(("  a b  ", "a b"), ("'it''s'", "it's"), ("' a '", " a "), ("'null'", "null")),
        ('"a\\tb\\n\\u4e2d"', "a\tb\n中"),
        *(("a\n    b\n\n    c", "a b\nc"), ("|\n    a # b\n      c\n", "a # b\n  c\n")),
        *(("|-\n    a\n    b\n", "a\nb"), (">\n    a\n    b\n", "a b\n")),
    ],
)
def test_quoting_and_folding(tmp_path, written, text):
    """Quotes, literal and folded blocks are read as YAML 1.2 says (chapters 7 and 8)."""
    assert read(tmp_path, "title: A", f"text: {written}").facts[0].text == {"": text}


def test_keys_stay_as_written(tmp_path):
    """A language tag or an id is no truth value: `no` is Norwegian and `on` a unit."""
    path = tmp_path / "store.yaml"
    path.write_text(
        "facts_format: 1\nunits: {on: {no: på, en: on}, null: nothing, 1e3: thousand}\ncategories: {yes: Y}\n"
        "sources: {123: {type: report, title: A}}\n"
        "facts: [{id: 007, category: yes, title: {no: NO}, text: A., source: 123, figure: 1.10, unit: on}]\n",
        encoding="utf-8",
    )
    store = load([path])
    assert store.units == {"on": {"no": "på", "en": "on"}, "null": {"": "nothing"}, "1e3": {"": "thousand"}}
    assert (store.facts[0].id, store.facts[0].title, store.facts[0].source) == ("007", {"no": "NO"}, "123")


def test_figures_and_periods_stay_as_written(tmp_path):
    """A figure and a period keep the wording beside what they mean: 1.10 is not 1.1, 2021-05 no integer."""
    fact = read(tmp_path, "title: A", "text: A.", "figure: 1.10", "when: 2021-05").facts[0]
    assert (fact.figure.printed, str(fact.figure.value)) == ("1.10", "1.1")
    when = fact.when
    assert (when.edtf, f"{when.start}", f"{when.end}") == ("2021-05", "2021-05-01", "2021-05-31")
