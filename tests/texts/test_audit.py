"""A store held against the text of its source: what the audit says, and that it sees every change."""

import re
from dataclasses import replace
from functools import cache
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


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        (
            fact("shops", 2, "8家"),
            "does not stand in paragraph 2 (line 3); there it is part of '248'; it stands in paragraph 3 (line 4)",
        ),
        (fact("rank", 4, "第三"), "does not stand in paragraph 4 (line 5); it stands in paragraph 3 (line 4)"),
        (fact("rank", 9, "第三"), "cites paragraph 9, but the text has 4; it stands in paragraph 3 (line 4)"),
        (fact("rank", None, "第三"), "cites no paragraph; it stands in paragraph 3 (line 4)"),
        (
            fact("volunteers", 3, "3300余名"),
            "does not stand in paragraph 3 (line 4); the nearest number there is '3200余': "
            "…者人数居全县第三,志愿者3200余名。",
        ),
        (
            fact("readers", 2, "12,000名"),
            "does not stand in paragraph 2 (line 3); the nearest number there is '1.2万': "
            "2021年底,全镇有读者1.2万名,借书超过了48万册,…",
        ),
        (
            fact("loans", 2, "47万册"),
            "does not stand in paragraph 2 (line 3); the nearest number there is '超过了48万': "
            "…镇有读者1.2万名,借书超过了48万册,为248家书店供书。",
        ),
        (fact("loans", 2, "48万册"), "does not stand in paragraph 2 (line 3); there it is part of '超过了48万'"),
        (fact("rank", 1, "第四"), "does not stand in paragraph 1 (line 1); no number stands there"),
    ],
)
def test_a_figure_that_does_not_stand_is_told_with_where_it_does(changed, fault):
    """A misplaced figure is reported at its fact, with where it stands, what it is part of, or the nearest number."""
    problem = run(only(FACTS, changed)).problems[0]
    assert problem.message == f"fact {changed.id!r}: figure {changed.figure.printed!r} {fault}"
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


@cache
def read_report(path):
    """Read the report once."""
    return read_document(path.name, path.read_text(encoding="utf-8"))


@pytest.fixture
def report(shared):
    """Give the report's text read, or skip and say aloud that it is not there."""
    return read_report(shared / "source" / "changsha-2022.txt")


def problems(report, facts=REPORT.facts, source=SOURCE):
    """Audit the bundled store, changed, against the report."""
    return audit(replace(REPORT, facts=tuple(facts)), source, report).problems


@pytest.mark.parametrize("one", FIGURES, ids=lambda one: one.id)
def test_any_change_of_a_fact_of_the_report_is_seen(report, one):
    """Each figure of the bundled store is missed when changed in a numeral, cited from elsewhere or dropped."""
    others = [other for other in REPORT.facts if other is not one]
    assert problems(report, others)
    figures = [replace(one, figure=replace(one.figure, printed=printed)) for printed in variants(one.figure.printed)]
    paragraphs = {0, *range(1, len(report.paragraphs) + 2)} - {one.paragraph}
    places = [replace(one, paragraph=paragraph or None) for paragraph in paragraphs]
    unseen = [changed for changed in (*figures, *places) if not problems(report, [*others, changed])]
    assert (len(figures) > 0, unseen) == (True, [])


@pytest.mark.parametrize("name", SOURCE.names, ids=lambda name: f"{name.paragraph}-{name.printed}")
def test_every_name_of_the_report_is_needed(report, name):
    """Without any one of the names a number of the report is open."""
    assert problems(report, source=replace(SOURCE, names=tuple(other for other in SOURCE.names if other != name)))


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


LIMITED = "超过{}人|不足{}个|{}元以上|至少{}家|约{}名|近{}户|{}多个|逾{}吨|{}天以内|最多{}件|在{}岁左右"
SIGNED = "增长{}%|下降{}.5%|上升{}个百分点|减少{}家|增加了{}人|回落{}.1个百分点|降幅{}%|-{}℃|零下{}度|负{}.2%|上涨{}元"
OVER = "over {} shops|fewer than {} people|{} or more|at least {} pupils|about {} cars|nearly {} trees|up to {} days"
UP = "fell by {}%|grew {}%|down {}.5%|up {} points|-{}%|lost {} jobs|rose {}.1%|a decrease of {}|an increase of {}"
FLIPS = {"增长": "下降", "上升": "下降", "增加": "减少", "上涨": "下降", "回落": "回升", "降幅": "涨幅", "rose": "fell"}
FLIPS |= {"零下": "零上", "grew": "fell", "up": "down", "increase": "decrease", "lost": "gained", "-": "", "负": ""}


def told(forms, language):
    """Write a text of three paragraphs whose clauses hold such figures, each town with a number of its own."""
    clauses = [form.format(10 + n) for n, form in enumerate(forms.split("|") * 3)]
    if language == "zh":
        towns = [f"{stem}{side}镇" for side in "东西南北" for stem in "甲乙丙丁戊己庚辛壬癸"]
        said = [f"{town}之数{clause}" for town, clause in zip(towns, clauses, strict=False)]
    else:
        said = [f"Town {chr(65 + n % 26)}{'xy'[n // 26]} had {clause}" for n, clause in enumerate(clauses)]
    return "\n".join(", ".join(said[start::3]) for start in range(3))


def retold(paragraph):
    """Yield what a paragraph becomes when a digit, a limit, a sign or two neighbours change, and what changed."""
    text, figures = paragraph.text, [token for token in paragraph.tokens if token.kind == "figure"]
    for token, after in zip(figures, [*figures[1:], None], strict=True):
        (start, end), printed = token.core, token.printed
        yield "digit", text[:start] + variants(text[start:end])[0] + text[end:]
        if token.figure.bound != "exact" and token.core != (token.start, token.end):
            without = text[start : token.end] if start > token.start else text[token.start : end]
            yield "limit", text[: token.start] + without + text[token.end :]
        for one, other in [*FLIPS.items(), *((other, one) for one, other in FLIPS.items() if other)]:
            if one in printed:
                yield "sign", text[: token.start] + printed.replace(one, other) + text[token.end :]
        if after:
            between = text[token.end : after.start]
            yield "twins", text[: token.start] + after.printed + between + printed + text[after.end :]


@pytest.mark.parametrize(
    ("language", "forms"), [("zh", LIMITED), ("zh", SIGNED), ("en", OVER), ("en", UP)], ids=["zh", "zh-", "en", "en-"]
)
def test_what_a_text_changes_is_seen(language, forms):
    """In a text whose every figure has a fact a changed digit, a lost limit, a turned sign and a swap are seen."""
    text = told(forms, language)
    document = read_document("t", text)
    facts = [
        replace(
            fact(f"f{paragraph.number}-{token.start}", paragraph.number, token.printed),
            quote=paragraph.text[: token.end].rsplit(", ", 1)[-1],
        )
        for paragraph in document.paragraphs
        for token in paragraph.tokens
    ]
    source = replace(PAPER, names=())
    assert messages(run(facts, source, text)) == []
    counts = {"digit": 0, "limit": 0, "sign": 0, "twins": 0}
    for paragraph in document.paragraphs:
        for what, changed in retold(paragraph):
            counts[what] += 1
            assert run(facts, source, text.replace(paragraph.text, changed)).problems, (what, changed)
    assert counts["digit"] > 20 < counts["twins"] + 3
    assert counts["limit"] > 20 or counts["sign"] > 20


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


def test_a_quote_is_held_character_by_character():
    """The quote of a fact without a figure stands once in its paragraph, or is told."""
    quoted = [replace(fact("a", 3), quote=quote) for quote in ("书店增至8家", "书店减至8家", "者")]
    told = [[message for message in messages(run([*FACTS, one])) if "quote" in message] for one in quoted]
    assert told == [
        [],
        ["fact 'a': quote '书店减至8家' does not stand in paragraph 3"],
        ["fact 'a': quote '者' occurs 2 times in paragraph 3"],
    ]


def test_a_name_holds_for_the_whole_source_and_covers_whole_numbers_only():
    """A name without a paragraph covers its wording everywhere, but no number that reaches beyond it."""
    source = replace(PAPER, names=(Name("十年来", "the period"), Name("3200", "no whole number")))
    result = run([one for one in FACTS if one.id != "volunteers"], source)
    assert messages(result) == ["no fact or name covers '3200余' in paragraph 3: …者人数居全县第三,志愿者3200余名。"]
    assert result.named == 1


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
