"""A store held against the text of its source: what the audit says, and that it sees every change."""

import re
from dataclasses import replace
from time import process_time

import pytest

from cs_facts.dates.edtf import parse_period
from cs_facts.model import Fact, Name, Position, Source, Store
from cs_facts.numbers.characters import NUMERALS
from cs_facts.numbers.figures import parse_figure
from cs_facts.store import bundled
from cs_facts.store.loader import load
from cs_facts.texts.audit import audit
from cs_facts.texts.document import read_document
from making import rows

REPORT = load([bundled()])
SOURCE = REPORT.sources["changsha-2022"]
FIGURES = [fact for fact in REPORT.facts if fact.figure]

TEXT = """\
小镇图书馆年报

\u3000\u30002021年底,全镇有读者1.2万名,借书超过了48万册,为248家书店供书。
  十年来,书店增至8家,读者人数居全县第三,志愿者3200余名。
这是一般的小镇,却有全县首个夜间书房。
"""


def fact(id_, paragraph, figure=None, when=None):
    """Make a fact of the small store."""
    return Fact(
        id_, "c", {"": "T"}, {"": "t"}, "paper",
        figure=parse_figure(figure) if figure else None,
        when=parse_period(when) if when else None,
        paragraph=paragraph, at=Position("s.yaml", 10 + paragraph if paragraph else 1, 5),
    )  # fmt: skip


FACTS = (
    fact("readers", 2, "1.2万名", "2021-12-31"),
    fact("loans", 2, "超过了48万册"),
    fact("shops-supplied", 2, "248家"),
    fact("shops", 3, "8家"),
    fact("rank", 3, "第三"),
    fact("volunteers", 3, "3200余名"),
    fact("night-room", 4, "首个"),
)
PAPER = Source("paper", "report", {"": "P"}, names=(Name("十年来", "the period", 3),))


def run(facts=FACTS, source=PAPER, text=TEXT, file="t.txt"):
    """Audit a small store against a small text."""
    store = Store({}, {}, {"c": {}}, {source.id: source}, tuple(facts))
    return audit(store, source, read_document(file, text))


def only(facts, changed):
    """Return the facts with one of them changed."""
    return [changed if one.id == changed.id else one for one in facts]


def messages(result):
    """Return what is open, without the places."""
    return [problem.message for problem in result.problems]


def changed_numeral(char):
    """Return another numeral of the kind, or nothing for what is none."""
    if char in "0123456789":
        return str((int(char) + 1) % 10)
    return {"首": "半", "五": "六"}.get(char, "五" if char in NUMERALS else "")


def variants(printed):
    """Return a figure's wordings with each of its numerals changed in turn."""
    places = [(place, changed_numeral(char)) for place, char in enumerate(printed)]
    return [printed[:place] + other + printed[place + 1 :] for place, other in places if other]


def test_all_is_covered():
    """Where every figure stands and every number has a fact or a name, nothing is open and both coverages are full."""
    result = run()
    assert messages(result) == []
    assert (result.coverage("figure"), result.coverage("number")) == ((7, 7), (8, 8))


# a fact, the paragraph that it cites, its figure = what is wrong with it
MISPLACED = """
shops 2 8家 = does not stand in paragraph 2 (line 3); there it is part of '248'; it stands in paragraph 3 (line 4)
rank 4 第三 = does not stand in paragraph 4 (line 5); it stands in paragraph 3 (line 4)
rank 9 第三 = cites paragraph 9, but the text has 4; it stands in paragraph 3 (line 4)
rank - 第三 = cites no paragraph; it stands in paragraph 3 (line 4)
volunteers 3 3300余名 = does not stand in paragraph 3 (line 4); the nearest number there is '3200余':
    …者人数居全县第三,志愿者3200余名。
readers 2 12,000名 = does not stand in paragraph 2 (line 3); the nearest number there is '1.2万':
    2021年底,全镇有读者1.2万名,借书超过了48万册,…
loans 2 47万册 = does not stand in paragraph 2 (line 3); the nearest number there is '超过了48万':
    …镇有读者1.2万名,借书超过了48万册,为248家书店供书。
loans 2 48万册 = does not stand in paragraph 2 (line 3); there it is part of '超过了48万'
rank 1 第四 = does not stand in paragraph 1 (line 1); no number stands there
"""


@pytest.mark.parametrize("row", rows(MISPLACED))
def test_a_figure_that_does_not_stand_is_told_with_where_it_does(row):
    """A misplaced figure is reported at its fact, with where it stands, what it is part of, or the nearest number."""
    cited, fault = row.split(" = ")
    id_, paragraph, printed = cited.split()
    changed = fact(id_, None if paragraph == "-" else int(paragraph), printed)
    problem = run(only(FACTS, changed)).problems[0]
    assert problem.message == f"fact {id_!r}: figure {printed!r} {fault}"
    assert problem.at == changed.at


def test_a_paragraph_that_there_is_not_is_told():
    """A fact without a figure that cites a paragraph beyond the last is reported."""
    assert messages(run([*FACTS, fact("story", 9)])) == ["fact 'story' cites paragraph 9, but the text has 4"]


def test_a_number_without_a_fact_is_told_with_its_place():
    """An uncovered number is reported at its line and column of the file, with the words around it."""
    problem = run(FACTS[1:]).problems[1]
    assert str(problem) == (
        "t.txt:3:15: error: no fact or name covers '1.2万' in paragraph 2: "
        "2021年底,全镇有读者1.2万名,借书超过了48万册,…"
    )
    assert TEXT.splitlines()[2][14:].startswith("1.2万")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_count_alike_whatever_ends_them(end):
    """Paragraphs and lines count alike with LF, CR LF and CR, and U+3000 is white space."""
    document = read_document("t.txt", TEXT.replace("\n", end))
    places = [(one.number, one.line, one.column) for one in document.paragraphs]
    assert places == [(1, 1, 1), (2, 3, 3), (3, 4, 3), (4, 5, 1)]
    assert document.sha256 == read_document("t.txt", TEXT).sha256


@pytest.mark.parametrize(("digest", "is_edition"), [(None, None), ("0" * 64, False)])
def test_the_edition_is_told_by_its_digest(digest, is_edition):
    """The SHA-256 of the source tells whether the text is that edition; without one nobody knows."""
    assert run(source=replace(PAPER, sha256=digest)).is_edition is is_edition
    assert run(source=replace(PAPER, sha256=read_document("t.txt", TEXT).sha256)).is_edition


def numbered(count):
    """Make facts of so many figures."""
    return [fact(f"f{number}", 1, f"{number}个") for number in range(1, count + 1)]


@pytest.mark.parametrize(
    ("facts", "text", "foreign"),
    [
        (FACTS, "别的文章\n有3人\n有5人和12只羊\n有7人\n", True),
        (FACTS[:3], "别的文章\n", False),  # three figures tell nothing
        (FACTS[:4], "别的文章\n", True),
        (numbered(4), "有1个\n", False),  # one in four stands where it is cited
        (numbered(5), "有1个\n", True),
        (FACTS, "1.2万名,超过了48万册,248家\n", True),  # three of seven stand somewhere
        (FACTS, "1.2万名,超过了48万册,248家,8家\n", False),
        (FACTS, f"新标题\n{TEXT}", False),  # all stand one paragraph further on
    ],
)
def test_another_document_is_told_by_its_figures(facts, text, foreign):
    """Where few figures stand in their places and most nowhere, one problem says so, if no digest agrees."""
    result = run(facts, text=text)
    assert result.is_foreign is foreign
    assert len(result.problems) == 1 or not foreign
    same = replace(PAPER, sha256=read_document("t.txt", text).sha256)
    assert not run(facts, same, text).is_foreign


def test_messages_in_chinese():
    """Where they are asked for."""
    text = TEXT.replace("1.2万", "1.3万")
    result = audit(Store({}, {}, {"c": {}}, {"paper": PAPER}, FACTS), PAPER, read_document("t.txt", text), "zh")
    assert messages(result) == [
        "条目 'readers'：数字 '1.2万名' 不在第 2 段（第 3 行）；那里最接近的数字是 '1.3万'："
        "2021年底,全镇有读者1.3万名,借书超过了48万册,…",
        "第 2 段的 '1.3万' 没有条目或名称：2021年底,全镇有读者1.3万名,借书超过了48万册,…",
    ]


@pytest.mark.parametrize("place", [None, Position("s.yaml", 3, 3)])
def test_a_name_is_faulted_where_its_source_is_written(place):
    """A name that does not stand is told at its source, and where that has no place at the first fact of it."""
    source = replace(PAPER, names=(*PAPER.names, Name("第一书房", "a name", 4)))
    places = {("source", "paper"): place} if place else {}
    store = Store({}, {}, {"c": {}}, {source.id: source}, FACTS, places=places)
    [problem] = audit(store, source, read_document("t.txt", TEXT)).problems
    assert problem.at == (place or FACTS[0].at)
    assert problem.message == "source 'paper': name '第一书房' does not stand in paragraph 4"


@pytest.mark.parametrize(("lines", "more"), [(3, ""), (5, " and 2 more")])
def test_three_of_many_places_are_named(lines, more):
    """A figure that stands in many paragraphs is told with the first three and how many more."""
    message = messages(run([fact("shops", None, "8家")], text="有8家\n" * lines))[0]
    assert message.endswith(f"it stands in paragraph 1 (line 1), 2 (line 2), 3 (line 3){more}")


@pytest.mark.parametrize(("count", "mark"), [(2, ""), (12, ""), (13, "…")])
def test_a_number_is_quoted_with_the_words_around_it(count, mark):
    """Twelve characters are shown to either side, and a mark where there are more."""
    [paragraph] = read_document("t.txt", "一" * count + "3" + "十" * count).paragraphs
    shown = min(count, 12)
    assert paragraph.around(count, count + 1) == f"{mark}{'一' * shown}3{'十' * shown}{mark}"


def test_only_facts_of_the_source_are_held_against_it():
    """A fact of another source neither fails nor covers."""
    alien = replace(fact("alien", 3, "八百家"), source="other")
    moved = [replace(one, source="other") if one.id == "rank" else one for one in FACTS]
    assert messages(run([*FACTS, alien])) == []
    assert "covers '第三'" in messages(run(moved))[0]


def rewritten(text):
    """Yield the text with each of its numerals changed in turn, and where that is."""
    for place, char in enumerate(text):
        if other := changed_numeral(char):
            yield place, text[:place] + other + text[place + 1 :]


def test_a_changed_fact_is_seen():
    """Any figure changed in one numeral, cited from elsewhere or dropped fails the audit of a small store."""
    changed = [
        only(FACTS, replace(one, paragraph=number)) for one in FACTS for number in {1, 2, 3, 4} - {one.paragraph}
    ]
    changed += [[other for other in FACTS if other is not one] for one in FACTS]
    changed += [
        only(FACTS, replace(one, figure=replace(one.figure, printed=printed)))
        for one in FACTS
        for printed in variants(one.figure.printed)
    ]
    assert [facts for facts in changed if not run(facts).problems] == []


@pytest.mark.parametrize("names", [(), (Name("十年来", "the period", 2),), (Name("十年来", "the period", 4),)])
def test_a_name_covers_only_in_its_paragraph(names):
    """A number whose name is dropped, or said to stand before or behind its paragraph, is open."""
    assert "covers '十年'" in messages(run(source=replace(PAPER, names=names)))[-1]


def test_a_changed_digit_of_the_text_is_seen():
    """Any digit or numeral of a small text changed fails the audit, save in an ordinary word."""
    unseen = [TEXT[place] for place, text in rewritten(TEXT) if not run(text=text).problems]
    assert unseen == []


@pytest.fixture(scope="module")
def report(shared):
    """Give the report's text read, or skip and say aloud that it is not there."""
    return read_document("t.txt", (shared / "source" / "changsha-2022.txt").read_text(encoding="utf-8"))


def problems(report, source=SOURCE):
    """Audit the bundled store against the report."""
    return audit(REPORT, source, report).problems


@pytest.mark.parametrize("nth", range(max(len(variants(one.figure.printed)) for one in FIGURES)))
def test_any_changed_numeral_of_a_figure_of_the_report_is_seen(report, nth):
    """Each figure of the bundled store is told when one of its numerals is another."""
    others = {one.id: variants(one.figure.printed) for one in FIGURES}
    figures = [replace(one.figure, printed=others[one.id][nth % len(others[one.id])]) for one in FIGURES]
    changed = tuple(replace(one, figure=figure) for one, figure in zip(FIGURES, figures, strict=True))
    findings = audit(replace(REPORT, facts=changed), SOURCE, report).findings
    faulted = {id_ for finding in findings if finding.kind == "figure" and finding.message for id_ in finding.facts}
    assert faulted == {one.id for one in FIGURES}


def test_every_name_of_the_report_is_needed(report):
    """Without any one of the names a number of the report is open."""
    rest = {name: tuple(other for other in SOURCE.names if other != name) for name in SOURCE.names}
    assert [name for name in rest if not problems(report, source=replace(SOURCE, names=rest[name]))] == []


@pytest.mark.slow
def test_any_changed_digit_of_the_report_is_seen(shared):
    """Each digit and each numeral of the report, changed, opens a number or a figure."""
    text = (shared / "source" / "changsha-2022.txt").read_text(encoding="utf-8")
    changed = list(rewritten(text))
    unseen = [text[place - 5 : place + 5] for place, other in changed if not problems(read_document("t", other))]
    assert (len(changed) > 150, unseen) == (True, [])


# what a text says / a figure that it does not
WRONG = """
增速为-12.9% / 12.9% | 亏损为负2100万美元 / 2100万美元 | a loss of negative $0.21 million / $0.21 million
装机12亿千瓦以上 / 12亿千瓦 | 6个工作日以内办结 / 6个工作日 | a share of <0.1% / 0.1% | 增加20%-30% / -30%
超过了40万人 / 40万人 | at least 300 people / 300 people | nearly 50,000 visitors / 50,000 visitors | 下降5.4% / 5.4%
"""


@pytest.mark.parametrize("row", re.split(r" \| |\n", WRONG.strip()))
def test_a_figure_stands_only_with_its_sign_and_its_limits(row):
    """A figure without the sign or the limit that the text gives it does not stand, and leaves the number open."""
    printed, wrong = row.split(" / ")
    result = run([fact("one", 1, wrong)], PAPER, f"{printed}。\n")
    assert [finding.kind for finding in result.findings if finding.message] == ["figure", "name", "number"]


TWINS = "全县有学校3所,其中小学3所,教师3人。\n"


@pytest.mark.parametrize(
    ("quotes", "open_"),
    [
        (("有学校3所", "小学3所"), ["3"]),
        (("小学3所", "有学校3所"), ["3"]),
        ((None, None), ["3"]),
        ((None, "有学校3所"), ["3"]),
        (("小学3所", "小学3所"), ["3所", "3", "3"]),
        (("中学3所", None), ["3所", "中学3所", "3", "3"]),
    ],
)
def test_each_twin_is_covered_by_itself(quotes, open_):
    """A figure that occurs several times is told apart by quotes, and no fact covers more than one occurrence."""
    facts = [replace(fact(f"f{n}", 1, "3所"), quote=quote) for n, quote in enumerate(quotes)]
    result = run(facts, replace(PAPER, names=()), TWINS)
    assert [finding.printed for finding in result.findings if finding.message] == open_


def test_a_number_of_a_list_stands_with_the_direction_of_the_list():
    """Of 下降7.3%、8.1% the second is a fall, and stands with a quote that says so."""
    bare = replace(fact("second", 1, "8.1%"), quote="、8.1%")
    (message,) = messages(run([fact("first", 1, "下降7.3%"), bare], replace(PAPER, names=()), "产值下降7.3%、8.1%。"))
    assert message.endswith("let its quote hold '下降7.3%、8.1%'")


def test_a_quote_is_held_character_by_character():
    """The quote of a fact without a figure stands once in its paragraph, or is told."""
    quoted = [replace(fact("a", 3), quote=quote) for quote in ("书店增至8家", "书店减至8家", "者")]
    told = [[message for message in messages(run([*FACTS, one])) if "quote" in message] for one in quoted]
    assert told == [
        [],
        ["fact 'a': quote '书店减至8家' does not stand in paragraph 3"],
        ["fact 'a': quote '者' occurs 2 times in paragraph 3"],
    ]


def told(text, figures, *names):
    """Return what is open in a text of one paragraph, of 1 March 2024: its facts are figures with their periods."""
    parts = [part.rpartition(" ") for part in figures.split(", ") if part]
    facts = [fact(f"f{nth}", 1, figure if figure != "-" else None, when) for nth, (figure, _, when) in enumerate(parts)]
    source = replace(PAPER, names=tuple(Name(name, "no count") for name in names), published=parse_period("2024-03-01"))
    return messages(run(facts, source, text))


@pytest.mark.parametrize(
    ("text", "figures", "name", "wanted"),
    [
        ("志愿者3200余名。", "", "3200", ["part of '3200余'", "covers '3200余'"]),
        ("超过120人。", "", "120人", ["part of '超过120'", "covers '超过120'"]),
        ("2021年底开馆。", "", "2021年", ["part of '2021年底'", "covers '2021年底'"]),
        ("车上有120人。", "", "120", ["part of '120人'", "covers '120'"]),
        ("120路公交有120人。", "", "120", ["covers '120'"]),
        ("车上有120人。", "120人 2023", "100人", ["does not stand in the text"]),
        ("2020年增长5%。", "增长5% 2020", "2020年", ["is not needed in the text"]),
        ("2020年增长5%，2019年不明。", "增长5% 2020", "2019年", []),
    ],
)
def test_a_name_covers_whole_numbers_wherever_they_stand(text, figures, name, wanted):
    """With their limits and counters, and no figure that holds more; it is told where facts have all its numbers."""
    found = told(text, figures, name)
    assert len(found) == len(wanted)
    assert all(part in message for part, message in zip(wanted, found, strict=True))


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("2022年有100人，2023年有120人。", "100人 2022, 120人 2023", "100人 2023, 120人 2022"),
        ("从2012年的5%降到2022年的3%。", "5% 2012, 3% 2022", "5% 2022, 3% 2012"),
        ("2022年，县里有100人，2023年，县里有120人。", "100人 2022, 120人 2023", "100人 2023, 120人 2022"),
        ("2023年有120人，2022年开工。", "120人 2023, - 2022", "120人 2022, - 2023"),
        ("6月有100人，7月有120人。", "100人 2023-06, 120人 2023-07", "100人 2023-07, 120人 2023-06"),
        ("去年有100人，今年有120人。", "100人 2023, 120人 2024", "100人 2024, 120人 2023"),
        ("2023年收入5美元（2022年：4美元）。", "5美元 2023, 4美元 2022, - 2022", "5美元 2023, 4美元 2023, - 2022"),
        ("In 2022 there were 9 people and in 2023 12 people.", "9 2022, 12 2023", "9 2023, 12 2022"),
        ("It had 9 people in 2022, and 12 people in 2023.", "9 2022, 12 2023", "9 2023, 12 2022"),
        ("It rose from 5% in 2012 to 7% in 2022.", "5% 2012, 7% 2022", "5% 2022, 7% 2012"),
    ],
)
def test_a_period_that_the_date_beside_the_figure_contradicts(text, right, wrong):
    """Is told where another date of the paragraph would fit it, unless it is marked as uncertain."""
    assert told(text, right) == []
    assert any("stands beside" in message for message in told(text, wrong))
    assert told(text, wrong.replace(",", "?,") + "?") == []


@pytest.mark.parametrize(
    ("quotes", "open_"),
    [(["2023年开工"], 1), (["开工"], 0), ([None], 0), (["2023年开工", "2023年竣工"], 0), (["较2022年", None], 0)],
)
def test_an_event_covers_the_date_in_its_quote(quotes, open_):
    """And not its twin; without a date in its quote it covers each."""
    events = [replace(fact(f"e{nth}", 1, when="2023"), quote=quote) for nth, quote in enumerate(quotes)]
    names = (Name("2022年", "what it is compared with"),)
    result = run(events, replace(PAPER, names=names), "2023年开工，2023年竣工，较2022年改善。")
    assert [finding.printed for finding in result.findings if finding.message] == ["2023年"] * open_


@pytest.mark.slow
def test_a_long_text_takes_time_in_proportion():
    """A text with seventy thousand numbers, in one line or in many, is read in seconds."""
    for end in (",", "\n"):
        began = process_time()
        document = read_document("text", f"党员50.66万名,增长3.2%{end}" * 35_000)
        facts = [fact(f"f{n}", 1, "50.66万名") for n in range(200)]
        assert run(facts, text="").source
        audit(Store({}, {}, {"c": {}}, {"paper": PAPER}, tuple(facts)), PAPER, document)
        assert process_time() - began < 20
