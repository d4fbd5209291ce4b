"""Laws of the index, held to generated stores: it says what the reader of stores says, and finds what a scan finds."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from compiling import compiled
from cs_facts.dates.edtf import parse_period
from cs_facts.errors import FactsError, NotFound, PeriodError
from cs_facts.index import Index, building, encoding, pieces
from cs_facts.index.doubt import Doubt
from cs_facts.index.query import Filters, select
from cs_facts.index.writing import Writer
from cs_facts.lexicon import KINDS
from cs_facts.model import Conflict, Fact, Period, Source, Store
from cs_facts.numbers.characters import NUMERALS
from cs_facts.numbers.figures import find_numbers, parse_figure
from cs_facts.search.days import date_tokens, day_tokens
from cs_facts.search.quantities import number_key, number_token
from cs_facts.search.search import search
from cs_facts.search.tokens import Folding, Reading, _cleaned, words, words_and_numbers
from cs_facts.store import bundled, dump, load
from cs_facts.store.quick import read_quickly
from cs_facts.text import LONG

EXAMPLES = settings(max_examples=70, database=None)

# -- generated stores ------------------------------------------------------------------------------------------------

IDS = [f"fact-{letter}" for letter in "abcdefg"]
CATEGORIES, UNITS, SOURCES, TAGS = ("north", "south"), ("person", "yuan"), ("paper", "book"), ("red", "党建", "Café")
EDTF = ("2022", "2021-05", "2021-05-31", "2017/..", "../2019-12-18", "2012/2022", "2022~", "202X", "2021-24", "0001")
FIGURES = ("50.66万名", "1800余人", "1,234", "第十位", "前三", "-5", "0.5", "约12亿元", "120.5%")
TEXT = st.one_of(
    st.sampled_from(
        ["党员人数", "The members, all of them.", "No", "1.10", "a: b", "a #b", '"x"', "x, y", "- z", "# w"]
    ),
    st.text("红色之家ab 1,.:#'\"-\\", min_size=1, max_size=8).filter(lambda text: text.strip()),
)
TEXTS = st.one_of(
    TEXT.map(lambda text: {"": text}), st.dictionaries(st.sampled_from(["zh", "en", "no"]), TEXT, min_size=1)
)


@st.composite
def facts(draw, ids=tuple(IDS)):
    """Draw facts that refer to what `store_of` defines."""
    chosen = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=5, unique=True))
    drawn = []
    for id_ in chosen:
        figure = draw(st.none() | st.sampled_from(FIGURES))
        when = draw(st.none() | st.sampled_from(EDTF))
        others = draw(st.lists(st.sampled_from(chosen), max_size=1)) if draw(st.booleans()) else []
        drawn.append(
            Fact(
                id_,
                draw(st.sampled_from(CATEGORIES)),
                draw(TEXTS),
                draw(TEXTS),
                draw(st.sampled_from(SOURCES)),
                draw(st.none() | st.sampled_from(KINDS)),
                parse_figure(figure) if figure else None,
                draw(st.none() | st.sampled_from(UNITS)) if figure else None,
                parse_period(when) if when else None,
                draw(st.none() | st.integers(1, 999)),
                tuple(draw(st.lists(st.sampled_from(TAGS), max_size=2, unique=True))),
                tuple(Conflict(other, draw(st.just({}) | TEXTS)) for other in others if other != id_),
                draw(st.just({}) | TEXTS),
            )
        )
    return tuple(drawn)


def store_of(facts, title="Trial"):
    """Make a store of facts."""
    return Store(
        {"en": title},
        {id_: {"en": id_, "zh": f"{id_}位"} for id_ in UNITS},
        {id_: {"en": id_} for id_ in CATEGORIES},
        {id_: Source(id_, "report", {"": id_}) for id_ in SOURCES},
        facts,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Give one folder for all the examples of a law."""
    return tmp_path_factory.mktemp("laws")


def said(store):
    """Return all that a store, or an index, says."""
    found = store.facts if isinstance(store, Store) else select(store, Filters())
    return (
        list(found),
        store.title,
        list(store.units.items()),
        list(store.categories.items()),
        list(store.sources.items()),
        {id_: sorted(conflicts, key=str) for id_, conflicts in dict(store.conflicts).items()},
        store.languages,
    )


def streamed(*paths):
    """Compile stores piece by piece and return the index; None where there is a doubt."""
    writer = Writer(":memory:")
    try:
        return Index(building._stream(paths, writer, 0, None))
    except Doubt:
        writer.discard()
        return None


def loaded(*paths):
    """Read stores whole; None where there is a fault."""
    try:
        return load(paths)
    except FactsError:
        return None


# -- compiling -------------------------------------------------------------------------------------------------------


@EXAMPLES
@given(facts())
def test_a_row_holds_a_fact(drawn):
    """A fact that becomes a row, and is made of that row again, is the same fact."""
    assert list(compiled(store_of(drawn))) == list(drawn)


@EXAMPLES
@given(facts(), st.sampled_from([60, 400, pieces.PIECE]))
def test_a_store_as_it_is_written_needs_no_second_reading(folder, drawn, size):
    """Whatever facts hold, a store in canonical form is compiled piece by piece, and says what the whole one says."""
    path = folder / "store.yaml"
    path.write_text("".join(dump(store_of(drawn))), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "PIECE", size)
        index = streamed(path)
    assert index is not None
    assert said(index) == said(load([path]))


def test_most_facts_are_read_quickly():
    """Facts in canonical form are read by the pattern: of the bundled store all but those that name a conflict."""
    store = load([bundled()])
    items = "".join(dump(store)).partition("\nfacts:\n")[2]
    quick = {part.id: part for part in read_quickly(items) if isinstance(part, Fact)}
    plain = {fact.id for fact in store.facts if not fact.conflicts}
    assert quick == {fact.id: fact for fact in store.facts if fact.id in quick}
    assert len(quick.keys() & plain) > 0.9 * len(plain)


LINES = (
    *(
        "title: Other",
        "facts:",
        "facts: []",
        "facts: # x",
        "facts:#x",
        "units: {a: b}",
        "---",
        "...",
        "# a",
        "  # a",
        "",
    ),
    *(
        "  - id: z",
        "- id: z",
        "   - id: z",
        "    note: x",
        "    tags: [a,",
        "    tags: [x, x]",
        "    text: |",
        "    title: >-",
    ),
    *(
        "      zh: x",
        '    note: "x',
        '  - y"',
        "    conflicts:",
        "      - with: fact-a",
        "  - {id: z}",
        "    kind: list",
    ),
    *(
        "  -",
        "  - ",
        "    when: 2021-13",
        "    figure: 5",
        "    unit: person",
        "    paragraph: 0",
        "    ? x",
        "    source: paper",
    ),
)
MARKS = (
    *"\r\t\n \"'#:-,[]{}&*!|>%@`\\0aA人；;",
    "\r\n",
    "\x85",
    "\u2028",
    "\ufeff",
    "\x00",
    "\x1b",
    "\u202e",
    "\u3000",
    ": ",
    " #",
)


@st.composite
def edits(draw):
    """Draw a few changes of a text, each a function."""
    return [
        (
            draw(st.sampled_from(["drop", "double", "line", "swap", "cut", "mark", "mark"])),
            draw(st.randoms()),
            draw(kind),
        )
        for kind in draw(
            st.lists(st.just(st.tuples(st.sampled_from(LINES), st.sampled_from(MARKS))), min_size=1, max_size=3)
        )
    ]


def edited(text, changes):
    """Change a text here and there."""
    for how, chance, (new, mark) in changes:
        lines = text.split("\n")
        at, place = chance.randrange(len(lines)), chance.randrange(len(text) + 1)
        if how == "drop":
            del lines[at]
        elif how == "double":
            lines.insert(at, lines[at])
        elif how == "line":
            lines.insert(at, new)
        elif how == "swap":
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        text = "\n".join(lines)
        if how == "cut":
            text = text[:place] + text[place + chance.randrange(1, 8) :]
        elif how == "mark":
            text = text[:place] + mark + text[place:]
    return text


@settings(EXAMPLES, max_examples=300)
@given(facts(), edits(), st.sampled_from([60, 400, pieces.PIECE]))
def test_whatever_is_written_is_read_alike(folder, drawn, changes, size):
    """Of a text with mistakes the pieces say what the whole says, or raise a doubt; where there is a fault, always."""
    path = folder / "mutated.yaml"
    path.write_bytes(edited("".join(dump(store_of(drawn))), changes).encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "PIECE", size)
        index = streamed(path)
    if index is not None:
        whole = loaded(path)
        assert whole is not None
        assert said(index) == said(whole)


HEAD = "".join(dump(store_of(()))) + "facts:\n"
PLAIN = "  - id: a\n    category: north\n    title: T\n    text: t\n    source: paper\n"


def indented(items, indent):
    """Write items at another indentation."""
    return re.sub("^  ", " " * indent, items, flags=re.MULTILINE)


OTHER = PLAIN.replace("id: a", "id: b")
WRITTEN = {
    # what stands there: may it be read in pieces
    "line end of the Mac": (PLAIN + "    note: x\rtitle: Other\n", False),
    "line end of Unicode": (PLAIN + '    note: "x\u2028title: Other"\n', False),
    "what follows": (PLAIN + "title: Other\n", False),
    "a second list": (PLAIN + "facts:\n" + PLAIN, False),
    "a document's end": (PLAIN + "...\n", False),
    "quotes over items": (PLAIN + '    note: "x\n  - id: b"\n', False),
    "brackets over items": (PLAIN + "    tags: [x,\n  - id: b\n", False),
    "items without indentation": (indented(PLAIN, 0), True),
    "items indented by four": (indented(PLAIN, 4), True),
    **{
        f"{what}, then an item {indent} columns in": (PLAIN + between + indented(OTHER, indent), False)
        for what, between in {
            "a fact": "",
            "an empty line": "\n",
            "a remark": "# x\n",
            "a note": "    note: n\n\n",
            "tags": "    tags: [x]\n\n",
        }.items()
        for indent in (0, 1, 3, 6)
    },
    **{
        f"items {indent} columns in, then one where it should be": (
            indented(PLAIN, indent) + between + OTHER,
            False,
        )
        for indent in (0, 4)
        for between in ("", "\n")
    },
    "a note that goes on as an item would": (
        PLAIN + '    note: n\n\n      - {"id":"b","category":"north","title":"A","text":"T","source":"paper"}\n',
        True,
    ),
    "items as PyYAML writes them": (
        indented(PLAIN, 0) + "  tags:\n  - x\n  - y\n" + indented(OTHER, 0),
        True,
    ),
    "a blank that is no space": (PLAIN.replace("text: t", "text: \u3000"), False),
    "the same id": (PLAIN * 2, False),
    "ids that look alike": (PLAIN.replace("id: a", "id: l0") + PLAIN.replace("id: a", "id: 1o"), False),
    "an unknown category": (PLAIN.replace("north", "west"), False),
    "a conflict with nobody": (PLAIN + "    conflicts: [{with: b}]\n", False),
    "line ends of Windows": (PLAIN.replace("\n", "\r\n"), True),
    "nothing": ("", True),
    "nothing but blanks": ("  \n\n", False),
    "nothing but a remark": ("  # x\n", False),
    "a name of which the list is no value": ("#x\n" + PLAIN, False),
    "a list before the list": ("[]\nfacts:\n" + PLAIN, False),
}


@pytest.mark.parametrize(("items", "in_pieces"), WRITTEN.values(), ids=WRITTEN)
def test_forms_of_a_list(folder, items, in_pieces):
    """Which lists are compiled piece by piece; others, faulty ones too, are left to who reads them whole."""
    path = folder / "form.yaml"
    head = (
        HEAD.removesuffix("\n") + " " * (items[:1] == "[")
        if items[:1] in ("[", "#")
        else HEAD
        if items
        else HEAD.removesuffix("facts:\n")
    )
    path.write_text(head + items, encoding="utf-8", newline="")
    index, whole = streamed(path), loaded(path)
    assert index is None or said(index) == said(whole)
    assert (index is not None) == (in_pieces and bool(items))


@pytest.mark.parametrize("end", ["...\n", "... # x\n", "# x\r...\n", "---\n"])
def test_a_document_that_ends_before_its_facts(folder, end):
    """What stands behind the end of a document is a fault, though each part by itself is none."""
    path = folder / "ended.yaml"
    path.write_bytes((HEAD.removesuffix("facts:\n") + end + "facts:\n" + PLAIN).encode())
    assert streamed(path) is loaded(path) is None


@pytest.mark.parametrize("end", ["...\n", "---\n", "title: x\n"])
def test_a_list_that_ends_amid_its_pieces(folder, monkeypatch, end):
    """What ends the list is a fault where a piece ends too, though the next piece by itself is a list again."""
    monkeypatch.setattr(pieces, "PIECE", len(PLAIN))
    path = folder / "ended.yaml"
    path.write_text(HEAD + PLAIN + end + PLAIN.replace("id: a", "id: b"), encoding="utf-8")
    assert len(list(pieces.pieces_of(path, pieces.head_of(path)[1]))) == 2
    assert streamed(path) is loaded(path) is None


@pytest.mark.parametrize(("head", "item"), [("# x\n" * 500, ""), ("", f"    note: {'x ' * 1000}x\n")])
def test_bytes_that_pass_without_a_fact(folder, monkeypatch, head, item):
    """Where a list, or the next fact of one, is long in coming, the store is read in one, and right."""
    path = folder / "long.yaml"
    path.write_text(head + HEAD + PLAIN + item + PLAIN.replace("id: a", "id: b"), encoding="utf-8")
    monkeypatch.setattr(pieces, "PIECE", 100)
    assert said(streamed(path)) == said(loaded(path))
    monkeypatch.setattr(pieces, "_LONGEST", 1500)
    assert streamed(path) is None
    assert said(Index(building.build([path], ":memory:"))) == said(loaded(path))


def test_words_that_are_forgotten_while_they_are_written(folder, monkeypatch):
    """However few words are remembered as written, each is written once."""
    path = folder / "many.yaml"
    path.write_text(HEAD + "".join(PLAIN.replace("id: a", f"id: {id_}") for id_ in "abc"), encoding="utf-8")
    monkeypatch.setattr(pieces, "PIECE", len(PLAIN))
    words = [streamed(path).run("SELECT word FROM vocabulary").fetchall()]
    monkeypatch.setattr(encoding, "_REMEMBERED", 2)
    words.append(streamed(path).run("SELECT word FROM vocabulary").fetchall())
    assert words[0] == words[1] == [("a",), ("b",), ("c",), ("t",)]


def test_what_is_remembered_has_a_bound(monkeypatch):
    """An encoder tells of a word once, and again when it has forgotten it; lists of tags it forgets too."""
    monkeypatch.setattr(encoding, "_REMEMBERED", 5)
    monkeypatch.setattr(encoding, "_LISTS", 1)
    encoder = encoding.Encoder()

    def told(id_, *tags):
        fact = Fact(id_, "north", {"en": "t"}, {"en": "t"}, "paper", tags=tags)
        return sorted(encoder.batch([fact]).vocabulary)

    said = [told("a", "x"), told("b", "x"), told("c", "y"), told("a", "x")]
    assert said == [["a", "t", "x"], ["b"], ["c", "y"], ["a", "t", "x"]]
    assert len(encoder._tagged) <= 2


def test_the_vocabulary_is_every_word_and_all_that_stand_together(folder):
    """It has each word, a character of Chinese being one, and every two of those that stand in a row, nothing else."""
    path = folder / "words.yaml"
    path.write_text(
        HEAD + PLAIN.replace("title: T", "title: 长沙 ab 5").replace("text: t", "text: 长-沙县，c"), "utf-8"
    )
    run = streamed(path).run
    assert [word for (word,) in run("SELECT word FROM vocabulary")] == ["a", "ab", "c", "县", "沙", "长"]
    assert [pair for (pair,) in run("SELECT pair FROM pairs")] == ["沙县", "长沙"]


@settings(EXAMPLES, max_examples=50)
@given(facts(), facts(), st.booleans())
def test_several_stores_are_as_merged(folder, one, other, same):
    """Several stores compiled as one say what they say when they are loaded and merged."""
    paths = (folder / "one.yaml", folder / ("sub" if same else ".") / ("one.yaml" if same else "two.yaml"))
    paths[1].parent.mkdir(exist_ok=True)
    for path, drawn in zip(paths, (one, other), strict=True):
        path.write_text("".join(dump(store_of(drawn, path.stem))), encoding="utf-8")
    index = streamed(*paths)
    assert index is not None
    assert index.is_merged
    assert said(index) == said(load(paths))


# -- numbers and days ------------------------------------------------------------------------------------------------

NUMBERS = st.one_of(
    st.integers(-(10**40), 10**40).map(Decimal),
    st.tuples(st.integers(-(10**6), 10**6), st.integers(-30, 30)).map(lambda pair: Decimal(pair[0]).scaleb(pair[1])),
)


@settings(EXAMPLES, max_examples=300)
@given(NUMBERS, NUMBERS)
@example(Decimal("-0"), Decimal("0.00"))
@example(Decimal("-12"), Decimal("-1.2"))
@example(Decimal("-12"), Decimal("-12.3"))
def test_a_key_keeps_the_order_of_numbers(one, other):
    """Keys compare as their numbers do, and are the same where those are."""
    assert (number_key(one) < number_key(other)) == (one < other)
    assert (number_key(one) == number_key(other)) == (one == other)
    assert (number_token(one) == number_token(other)) == (one == other)


DAYS = st.one_of(st.dates(date(1, 1, 1), date(9999, 12, 31)), st.dates(date(1999, 11, 1), date(2001, 2, 28)))
DATES = st.tuples(DAYS, st.sampled_from([4, 7, 10])).map(lambda pair: pair[0].isoformat()[: pair[1]])


@st.composite
def periods(draw):
    """Draw a period of any kind."""
    one, other = draw(DATES), draw(DATES)
    kind = draw(st.sampled_from(["{0}", "{0}/{1}", "{0}/..", "../{0}", "{0}~", "season", "decade", "century"]))
    if kind in ("season", "decade", "century"):
        written = {
            "season": f"{one[:4]}-{draw(st.integers(21, 41))}",
            "decade": f"{one[:3]}X",
            "century": f"{one[:2]}XX",
        }
        edtf = written[kind]
    else:
        edtf = kind.format(*sorted((one, other)))
    try:
        return parse_period(edtf)
    except PeriodError:  # it ends before it begins, or beyond the year 9999
        return parse_period(one)


@settings(EXAMPLES, max_examples=300)
@given(periods(), DATES)
@example(parse_period("2017/.."), "9999-12-31")
@example(parse_period("../2019-12-18"), "0001-01-01")
@example(parse_period("0XXX"), "0001")
@example(parse_period("2000-02-29"), "2000-02")
def test_a_date_finds_the_periods_that_it_shares_a_day_with(period, written):
    """The words of a period and those of a date have one in common exactly when the two share a day."""
    days = (day and day.isoformat() for day in (period.start, period.end))
    shared = set(day_tokens(*days)) & set(date_tokens(written))
    assert bool(shared) == period.overlaps(parse_period(written))


PIECES = st.sampled_from(
    [
        *(
            "50.66万",
            "1,234",
            "506600",
            "3.5",
            "1.2 million",
            "5k",
            "8th",
            "2022年",
            "2022-05-31",
            "1/2",
            "5-6",
            "3%",
            "12:30",
        ),
        *(
            "五十万六千六百",
            "十二",
            "二十",
            "一百零五",
            "两万五",
            "十多",
            "40余万",
            "1800余",
            "三成",
            "百分之五",
            "几百",
            "数千",
            "点",
        ),
        *(
            "第十",
            "前三",
            "三个",
            "首个",
            "首批",
            "半年",
            "一半",
            "统一",
            "万一",
            "千米",
            "five hundred",
            "twenty-five",
            "two",
            "third",
            "half",
            "bn",
            "th",
            "one",
        ),
        *(
            "名",
            "位",
            "人",
            "约",
            "超过",
            "，",
            "。",
            " ",
            "a",
            "G",
            "+",
            "-",
            "至",
            ".",
            ",",
            "0",
            "7",
            "零",
            "亿",
            "元",
            "党员",
        ),
    ]
)
"""What numbers are made of, and what stands beside them."""

OTHERS = st.sampled_from([*"長萬沙がｶﾞไทย豈🙂①½™_'’/(）：；、\n\t\u3000\u0301\ue001", "Café", "’s", "ＡＢ", "members"])
"""What else stands in texts."""

_LONE = re.compile(f"(?<![0-9{NUMERALS}.,点點])[{NUMERALS}](?![0-9{NUMERALS}])|\\bone$", re.IGNORECASE | re.ASCII)


@settings(EXAMPLES, max_examples=500)
@given(st.lists(PIECES, min_size=1, max_size=6).map("".join).filter(lambda text: "-首" not in text))
@example("5k人")
@example("127千米")
@example("超千亿元")
@example("Three counties have 5 million² people")
@example("5 thousand™ and three")
@example("two million and 5 million")
@example("5\u3000million")
@example("27th of 5 million")
@example("second")
@example("a second half")
@example("one third")
@example("bn two")
@example("负two, x")
@example("5second second")
@example("two半天")
@example("1/2 bn two")
@example("1 hundred豈")
def test_numbers_at_a_glance_are_those_of_the_grammar(text):
    """What is read at a glance is what the grammar finds in the text without its marks between words.

    But for a lone numeral, which may be part of a word (统一), and for ``one``, a pronoun more often.
    """
    _, quick = words_and_numbers(text, Folding())
    found = list(find_numbers(_cleaned(text)))
    thorough = {number_token(each.figure.value) for each in found}
    lone = {number_token(each.figure.value) for each in found if _LONE.search(each.figure.printed)}
    assert quick <= thorough, "a number that the grammar does not find"
    assert thorough - quick <= lone, "a number that is missed"


@pytest.mark.parametrize(
    ("odd", "expected"),
    [
        *((f"a{joiner}b", ["a", "b"]) for joiner in "-‐‑\ue001"),
        ("a’s b", ["a", "b"]),
        ("O'Neil", ["oneil"]),
        ("ＡＢ", ["ab"]),
        ("５，０００ x", ["5000", "x"]),
        ("5. x, y", ["5", "x", "y"]),
    ],
)
def test_a_long_text_is_cleaned_as_a_short_one(odd, expected):
    """However much stands before it, what is folded is folded."""
    assert words(odd) == expected
    assert words("x " * LONG + odd) == ["x"] * LONG + expected


@settings(max_examples=300, database=None)
@given(st.lists(st.lists(PIECES | OTHERS, max_size=8).map("".join), max_size=6))
@example(["two", "〇two"])
@example(["e\u03015", "5\u0301", "5e", "a5"])
@example(["が ｶﾞ党", "長 沙", "長\n沙", "ไทย"])
@example(["a\fb", "\f", ""])
def test_texts_in_one_go(texts):
    """Texts that are read together are read as each is by itself, whatever stands beside them."""
    folding = Folding("長萬", "长万")
    together = [(row.split(), numbers) for row, numbers in Reading(folding).rows(texts)]
    assert together == [words_and_numbers(text, folding) for text in texts]


# -- filters and search ----------------------------------------------------------------------------------------------

LIMITS = st.sampled_from([None, "0", "-5", "0.5", "1800", "506600", "1.2e9", "10"]).map(
    lambda text: Decimal(text) if text else None
)


def some(names):
    """Draw none or a few of some names."""
    return st.lists(st.sampled_from(names), max_size=2, unique=True).map(tuple)


ENDS = st.sampled_from([None, *EDTF[:3], "2019", "2023-01-01"]).map(lambda edtf: parse_period(edtf) if edtf else None)


@st.composite
def filters(draw):
    """Draw filters, most often one or two of them."""
    since, until = draw(ENDS), draw(ENDS)
    every = {
        "categories": draw(some(CATEGORIES)),
        "kinds": draw(some(KINDS)),
        "units": draw(some(UNITS)),
        "sources": draw(some(SOURCES)),
        "period": Period("x", since.start if since else None, until.end if until else None) if since or until else None,
        "minimum": draw(LIMITS),
        "maximum": draw(LIMITS),
        "conflicts": draw(st.booleans()),
    }
    chosen = draw(st.lists(st.sampled_from(sorted(every)), min_size=1, max_size=2, unique=True))
    return Filters(**{name: every[name] for name in chosen})


def passes(fact, wanted, conflicts):
    """Tell whether a fact passes, in plain words."""
    value = fact.figure.value if fact.figure else None
    return (
        (not wanted.categories or fact.category in wanted.categories)
        and (not wanted.kinds or fact.kind in wanted.kinds)
        and (not wanted.units or fact.unit in wanted.units)
        and (not wanted.sources or fact.source in wanted.sources)
        and (wanted.period is None or (fact.when is not None and fact.when.overlaps(wanted.period)))
        and (wanted.minimum is None or (value is not None and value >= wanted.minimum))
        and (wanted.maximum is None or (value is not None and value <= wanted.maximum))
        and (not wanted.conflicts or fact.id in conflicts)
    )


@settings(EXAMPLES, max_examples=100)
@given(facts(), st.lists(filters(), min_size=4, max_size=12))
def test_filters_pass_what_a_plain_filter_passes(drawn, many):
    """SQL and the table of words pass the facts that a loop over all of them passes."""
    store = store_of(drawn)
    index = compiled(store).index
    for wanted in many:
        found = select(index, wanted)
        right = [fact for fact in drawn if passes(fact, wanted, store.conflicts)]
        assert sorted(found, key=str) == sorted(right, key=str)
        assert len(found) == len(right)
        assert wanted.conflicts or list(found) == right


def test_periods_pass_that_share_a_day_with_the_time_asked_for():
    """Each kind of period, open ones too, against each kind of time."""
    spans = [*EDTF, "../2021", "2023/..", "1999-01-01/2022-06-30"]
    drawn = tuple(
        Fact(f"f{place}", "north", {"": "T"}, {"": "t"}, "paper", when=parse_period(edtf))
        for place, edtf in enumerate(spans)
    )
    index = compiled(store_of(drawn)).index
    for edtf in (*spans, "0001-01-01", "9999", "2019-12-18", "2019-12-19"):
        period = parse_period(edtf)
        assert list(select(index, Filters(period=period))) == [fact for fact in drawn if fact.when.overlaps(period)]


HAN, LATIN = "红色之家党员长沙", ("readers", "library", "river", "member", "memory", "library's", "Café", "cafeteria")
PHRASES = st.one_of(st.text(HAN, min_size=1, max_size=6), st.sampled_from(LATIN))
SENTENCES = st.lists(PHRASES, min_size=1, max_size=4).map("，".join)
QUERIES = st.one_of(
    st.text(HAN, min_size=1, max_size=4), st.sampled_from(["read", "lib", "riv", "mem", "memo", "caf", "CAFE"])
)


def matches(word, texts):
    """Tell whether a word stands in one of some texts: in Chinese anywhere, in Latin letters where a word begins."""
    parts = [part for text in texts for part in text.casefold().replace("é", "e").replace("'s", "").split("，")]
    if word.isascii():
        return any(part.startswith(word.lower()) for part in parts)
    return any(word in part for part in parts)


@settings(EXAMPLES, max_examples=100)
@given(
    st.lists(st.tuples(SENTENCES, SENTENCES, SENTENCES, SENTENCES), min_size=1, max_size=4),
    st.lists(QUERIES, min_size=1, max_size=2),
)
def test_a_search_finds_what_a_scan_finds(rows, query):
    """Every fact whose title, text, tag or note holds all the words, and no other one."""
    drawn = tuple(
        Fact(id_, "north", {"zh": title}, {"zh": text}, "paper", tags=(tag,), note={"zh": note})
        for id_, (title, text, tag, note) in zip("pqrs", rows, strict=False)
    )
    right = {fact.id for fact, texts in zip(drawn, rows, strict=True) if all(matches(word, texts) for word in query)}
    try:
        found = {fact.id for fact in search(compiled(store_of(drawn)), " ".join(query), exact=True).facts}
    except NotFound:
        found = set()
    assert found == right
