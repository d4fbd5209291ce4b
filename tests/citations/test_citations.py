"""Citations: what is pasted is compared with words written out here, what programs read is read by libraries."""

import json
import re
from datetime import date

import bibtexparser
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from cs_facts.citations import STYLES, cite, default_style
from cs_facts.citations.works import KINDS
from cs_facts.dates.edtf import parse_period
from cs_facts.model import Fact, Source, Store
from cs_facts.store.schema import SOURCE_TYPES

DAY = date(2026, 11, 23)
NEWS = {
    "type": "article-newspaper",
    "title": {"zh": "题名", "en": "The title"},
    "publisher": {"zh": "星辰在线", "en": "Xingchen Online"},
    "editor": {"": "李冰清"},
    "published": "2022-12-18T21:59:43+08:00",
    "language": "zh-CN",
}
BOOK = {
    "type": "book",
    "title": {"en": "AI and banking"},
    "author": {"": "Boobier, Tony James"},
    "publisher": {"en": "Wiley"},
    "published": "2020",
    "language": "en",
}


def source(base=NEWS, id_="paper", **changes):
    """Make a source; None takes a value out."""
    values = {name: value for name, value in {**base, **changes}.items() if value is not None}
    values |= {name: parse_period(values[name]) for name in ("published", "accessed") if name in values}
    return Source(id_, **values)


def fact(id_="one", paragraph=43, of="paper"):
    """Make a fact of a source."""
    return Fact(id_, "c", {"": "T"}, {"": "T."}, of, paragraph=paragraph)


def cited(style, base=NEWS, *, accessed=DAY, facts=None, **changes):
    """Cite paragraph 43 of one source."""
    store = Store({}, {}, {}, {"paper": source(base, **changes)}, ())
    return "".join(cite(store, facts or [fact()], style, accessed))


def changed(changes):
    """Read what a row below changes in a source: `-` is nothing, a text may be of several languages."""
    pairs = (change.partition(": ") for change in changes.split(" | ") if change != "-")
    values = {key: None if value == "-" else value for key, _, value in pairs}
    for key in ("title", "author", "container", "publisher", "editor"):
        if values.get(key):
            parts = (part.rpartition("=") for part in values[key].split(" / "))
            values[key] = {language: text for language, _, text in parts}
    return values


# A source ¦ what is changed in it ¦ its citation.
GB7714 = """
NEWS ¦ - ¦ 题名[N]. 星辰在线，2022-12-18：第43段.
NEWS ¦ url: https://x.cn/a ¦ 题名[N/OL]. 星辰在线，2022-12-18：第43段[2026-11-23]. https://x.cn/a.
NEWS ¦ archived: https://a.cn/x ¦ 题名[N/OL]. 星辰在线，2022-12-18：第43段[2026-11-23]. https://a.cn/x.
NEWS ¦ published: - | publisher: - ¦ 题名[N]. 第43段.
NEWS ¦ author: zh=甲；乙、丙,丁 ¦ 甲，乙，丙，等. 题名[N]. 星辰在线，2022-12-18：第43段.
NEWS ¦ type: webpage | url: https://x.cn/a ¦ 星辰在线. 题名[EB/OL]. （2022-12-18）[2026-11-23]：第43段. https://x.cn/a.
NEWS ¦ type: webpage | editor: - | published: - ¦ 星辰在线. 题名[EB]. 第43段.
NEWS ¦ type: article-journal | container: zh=文献 | published: 2024-05 ¦ 李冰清. 题名[J]. 文献，2024-05：第43段.
BOOK ¦ type: article-journal | container: J | volume: 12 | issue: 3 | doi: 10.1/x ¦ Boobier T J. AI and banking[J/OL]. J, 2020, 12(3): para. 43[2026-11-23]. https://doi.org/10.1/x.
NEWS ¦ type: thesis | published: 2022-06 ¦ 李冰清. 题名[D]. 星辰在线，2022：第43段.
NEWS ¦ type: report | editor: - | published: 2013-09-30 ¦ 星辰在线. 题名[R]. 2013-09-30：第43段.
NEWS ¦ type: standard | published: 2021 ¦ 题名[S]. 第43段.
NEWS ¦ type: dataset | published: 2023-09-10 ¦ 李冰清. 题名[DS]. 星辰在线（2023-09-10）：第43段.
NEWS ¦ type: chapter | container: zh=集 | published: 2023~ ¦ 李冰清. 题名[M]//集. 星辰在线，[2023]：第43段.
NEWS ¦ type: legislation | url: https://x.cn ¦ 李冰清. 题名[EB/OL]. （2022-12-18）[2026-11-23]：第43段. https://x.cn.
BOOK ¦ - ¦ Boobier T J. AI and banking[M]. Wiley, 2020: para. 43.
BOOK ¦ type: webpage | url: https://x.cn/a ¦ Boobier T J. AI and banking[EB/OL]. (2020)[2026-11-23]: para. 43. https://x.cn/a.
BOOK ¦ author: Godard, Jean-Luc; World Bank | publisher: X Inc. | published: 2012/2022 ¦ Godard J-L, World Bank. AI and banking[M]. X Inc., 2012-2022: para. 43.
BOOK ¦ author: A, B; C, D; E, F; G, H ¦ A B, C D, E F, et al. AI and banking[M]. Wiley, 2020: para. 43.
"""  # noqa: E501


def test_gb7714_without_a_day_of_access_is_the_form_of_2025():
    """An online newspaper has no date of access in the 2025 edition (§8.5.3); without one this is its form."""
    url = "http://paper.people.com.cn/rmrb/html/2022-08/16/nw.htm"
    expected = f"陈缮真. 探索微观世界的无穷奥秘[N/OL]. 人民日报，2022-08-16. {url}.\n"
    changes = {"title": {"zh": "探索微观世界的无穷奥秘"}, "author": {"zh": "陈缮真"}, "publisher": {"zh": "人民日报"}}
    line = cited("gb7714", accessed=None, facts=[fact(paragraph=None)], url=url, published="2022-08-16", **changes)
    assert line == expected


APA = """
BOOK ¦ author: - | editor: 甲、乙 ¦ 甲, & 乙 (Eds.). (2020). AI and banking. Wiley. (甲 & 乙, 2020, para. 43)
BOOK ¦ type: article-journal | container: J | volume: 12 | issue: 3 | pages: 1-9 ¦ Boobier, T. J. (2020). AI and banking. J, 12(3), 1–9. (Boobier, 2020, para. 43)
NEWS ¦ - ¦ 题名 [The title]. (2022, December 18). Xingchen Online. (“题名”, 2022, para. 43)
NEWS ¦ editor: - | title: zh=题名！ ¦ 题名！ (2022, December 18). Xingchen Online. (“题名！”, 2022, para. 43)
BOOK ¦ published: - | publisher: - | url: https://x.org ¦ Boobier, T. J. (n.d.). AI and banking. Retrieved November 23, 2026, from https://x.org (Boobier, n.d., para. 43)
NEWS ¦ published: 2022-12 ¦ 题名 [The title]. (2022, December). Xingchen Online. (“题名”, 2022, para. 43)
NEWS ¦ author: zh=李冰清 / en=Li, Bingqing ¦ Li, B. (2022, December 18). 题名 [The title]. Xingchen Online. (Li, 2022, para. 43)
BOOK ¦ - ¦ Boobier, T. J. (2020). AI and banking. Wiley. (Boobier, 2020, para. 43)
BOOK ¦ url: https://x.org ¦ Boobier, T. J. (2020). AI and banking. Wiley. https://x.org (Boobier, 2020, para. 43)
BOOK ¦ published: 2012~ ¦ Boobier, T. J. (ca. 2012). AI and banking. Wiley. (Boobier, 2012, para. 43)
BOOK ¦ published: 2012-05/2022 | author: A, B; C, D; E, F ¦ A, B., C, D., & E, F. (2012–2022). AI and banking. Wiley. (A et al., 2012–2022, para. 43)
BOOK ¦ type: chapter | container: The Handbook ¦ Boobier, T. J. (2020). AI and banking. In The Handbook. Wiley. (Boobier, 2020, para. 43)
BOOK ¦ type: report | author: - ¦ Wiley. (2020). AI and banking. (Wiley, 2020, para. 43)
"""  # noqa: E501


@pytest.mark.parametrize(
    ("style", "row"),
    [(style, row) for style, rows in (("gb7714", GB7714), ("apa", APA)) for row in rows.splitlines()[1:]],
)
def test_what_is_pasted(style, row):
    """Each type as the examples of GB/T 7714—2025 and of APA 7 set it, without what the source does not say."""
    base, changes, expected = row.split(" ¦ ")
    assert cited(style, {"NEWS": NEWS, "BOOK": BOOK}[base], **changed(changes)) == f"{expected}\n"


def test_apa_names_nineteen_and_the_last():
    """Of more than twenty people APA 7 names the first nineteen and the last."""
    authors = "; ".join(f"N{number}, A" for number in range(1, 23))
    line = cited("apa", BOOK, author={"": authors})
    assert ", N19, A., . . . N22, A. (2020)" in line
    assert "N20" not in line


def test_the_default_style_follows_the_language_of_the_source():
    """A Chinese source is cited after GB/T 7714, another after APA; a title says what the source does not."""
    styles = {"zh-Hans-CN": "gb7714", "cmn": "gb7714", "en": "apa", "ja": "apa", None: "gb7714"}
    assert {language: default_style(source(language=language)) for language in styles} == styles
    for title, style in (("题名", "gb7714"), ("A title", "apa")):
        assert default_style(source(language=None, title={"": title})) == style


def test_each_fact_has_a_line_in_the_order_asked_for():
    """Styles to paste give a line a fact, each with its own paragraph and the style of its own source."""
    sources = {"paper": source(), "book": source(BOOK, "book")}
    facts = [fact("b", 9, "book"), fact("a", 2)]
    lines = "".join(cite(Store({}, {}, {}, sources, ()), facts)).splitlines()
    assert [line[:7] for line in lines] == ["Boobier", "题名[N]. "]
    assert "para. 9" in lines[0]
    assert "第2段" in lines[1]


# The standard types of BibTeX (btxdoc §3.1).
BIBTEX_TYPES = {
    *("article", "book", "booklet", "inbook", "incollection", "inproceedings", "manual", "mastersthesis", "misc"),
    *("phdthesis", "proceedings", "techreport", "unpublished"),
}


def test_every_type_of_a_source_has_its_names():
    """The types that a store may name, in their order, have types that RIS and plain BibTeX know."""
    assert tuple(KINDS) == SOURCE_TYPES
    assert {kind.ris for kind in KINDS.values()} <= set(rispy.config.TYPE_OF_REFERENCE_MAPPING)
    assert {kind.bibtex for kind in KINDS.values()} <= BIBTEX_TYPES


@pytest.mark.parametrize("type_", SOURCE_TYPES)
@pytest.mark.parametrize("style", STYLES)
def test_a_source_may_be_bare(style, type_):
    """A source with a title and a type alone is cited in every style, without a trace of what is missing."""
    bare = {"type": type_, "title": {"": "Bare"}}
    text = cited(style, bare, accessed=None, facts=[fact(paragraph=None)])
    assert "Bare" in text
    assert not re.search(r"None|\(\)|\{\}|\[\]|, ,|\.\.|：\.|，\.", text)


# A source of which everything is known, and two facts of one.
FULL = (
    NEWS
    | {"type": "article-journal", "author": {"": "Li, Bing; 王明"}, "container": {"zh": "文献"}, "volume": "12"}
    | {"issue": "3", "pages": "1-9", "doi": "10.1/x_y", "url": "https://x.cn/a_b%20c"}
)
TWO = [fact("one", 43), fact("two", 15)]
NOTE = "Cited: paragraph 43 (one); paragraph 15 (two)"


def bibtex(base=NEWS, **changes):
    """Return the fields of the one entry, with its type and key."""
    library = bibtexparser.parse_string(cited("bibtex", base, facts=TWO, **changes))
    assert library.failed_blocks == []
    (entry,) = library.entries
    return {"type": entry.entry_type, "key": entry.key, **{field.key: field.value for field in entry.fields}}


def test_bibtex_is_read_by_bibtexparser():
    """An entry holds each field of the source, the paragraphs of both facts, and in its note what has no field."""
    assert all(f"Edited by 李冰清. {NOTE}" in cited(style, facts=TWO) for style in ("bibtex", "ris", "csl-json"))
    assert bibtex(FULL) == (
        {"type": "article", "key": "paper", "title": "{题名}", "author": "Li, Bing and 王明", "editor": "李冰清"}
        | {"journal": "文献", "publisher": "星辰在线", "year": "2022", "month": "dec", "day": "18", "volume": "12"}
        | {"number": "3", "pages": "1--9", "doi": "10.1/x_y", "url": "https://x.cn/a_b%20c", "urldate": "2026-11-23"}
        | {"langid": "chinese", "annote": NOTE}
    )


@pytest.mark.parametrize(
    ("changes", "field", "expected"),
    [
        ({"type": "report"}, "institution", "Wiley"),
        ({"type": "thesis"}, "school", "Wiley"),
        ({"type": "webpage"}, "howpublished", "Wiley"),
        ({"type": "chapter", "container": {"": "The Handbook"}}, "booktitle", "The Handbook"),
        ({"author": {"": "Smith, Mary; World Bank; Plato"}}, "author", "Smith, Mary and {World Bank} and Plato"),
        *(({"published": "2012/2022"}, "year", "2012--2022"), ({"published": "2012~"}, "year", "about 2012")),
        *(({"published": "2022-05"}, "month", "may"), ({"published": "2022-34"}, "year", "2022")),
    ],
)
def test_bibtex_names_fields_by_type(changes, field, expected):
    """Each type of entry has its field for publisher and container; dates are as precise as written."""
    assert bibtex(BOOK, **changes)[field] == expected


def test_bibtex_escapes_what_tex_obeys():
    """Each special character of TeX is escaped, no brace unsettles the entry; an address is verbatim but for braces."""
    entry = bibtex(BOOK, title={"": r"R&D 50% $1 #2 a_b }{{ ~ ^ \x"}, url="https://x.org/a_b?c=1&d=%20{")
    assert entry["title"] == (
        r"{R\&D 50\% \$1 \#2 a\_b \textbraceright{}\textbraceleft{}\textbraceleft{} "
        r"\textasciitilde{} \textasciicircum{} \textbackslash{}x}"
    )
    assert entry["url"] == "https://x.org/a_b?c=1&d=%20%7B"


def test_keys_are_unique_and_plain():
    """Ids that only a merged store has become keys that BibTeX takes, no two alike even without regard to case."""
    ids = ["a:x", "长沙:x", "A, b", "a-B"]
    store = Store({}, {}, {}, {id_: source(BOOK, id_) for id_ in ids}, ())
    text = "".join(cite(store, [fact(str(place), 1, id_) for place, id_ in enumerate(ids)], "bibtex"))
    library = bibtexparser.parse_string(text)
    assert [entry.key for entry in library.entries] == ["a:x", "x", "A-b", "a-B-2"]


def test_ris_is_read_by_rispy():
    """A RIS record holds each field of the source, and the paragraphs of both facts."""
    (record,) = rispy.loads(cited("ris", FULL, facts=TWO))
    assert record == (
        {"type_of_reference": "JOUR", "id": "paper", "authors": ["Li, Bing", "王明"], "secondary_authors": ["李冰清"]}
        | {"title": "题名", "translated_title": "The title", "secondary_title": "文献", "publisher": "星辰在线"}
        | {"year": "2022", "date": "2022/12/18/", "volume": "12", "number": "3", "start_page": "1", "end_page": "9"}
        | {"doi": "10.1/x_y", "language": "zh-CN", "urls": ["https://x.cn/a_b%20c"], "access_date": "2026/11/23/"}
        | {"notes": [NOTE]}
    )


def test_ris_keeps_a_field_on_a_line():
    """Every line is a tag and a value, ended by CR LF, whatever a title holds; a date has three slashes."""
    for published, date_ in (("2022", "2022///"), ("2022-05", "2022/05//")):
        assert rispy.loads(cited("ris", published=published))[0]["date"] == date_
    text = cited("ris", title={"zh": "题\nER  - \n名"})
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in text.split("\r\n")[:-1])
    assert "\n" not in text.replace("\r\n", "")
    assert text.startswith("TY  - NEWS\r\n")
    assert text.endswith("\r\nER  - \r\n")


def test_csl_json_holds_what_the_source_says():
    """A CSL item has the variables of CSL 1.0.2, dates as parts, and the paragraphs in its note."""
    (item,) = json.loads(cited("csl-json", FULL, facts=TWO))
    assert item == (
        {"id": "paper", "type": "article-journal", "title": "题名", "container-title": "文献", "publisher": "星辰在线"}
        | {"author": [{"family": "Li", "given": "Bing"}, {"literal": "王明"}], "editor": [{"literal": "李冰清"}]}
        | {"issued": {"date-parts": [[2022, 12, 18]]}, "accessed": {"date-parts": [[2026, 11, 23]]}}
        | {"volume": "12", "issue": "3", "page": "1-9", "URL": "https://x.cn/a_b%20c", "DOI": "10.1/x_y"}
        | {"language": "zh-CN", "note": NOTE}
    )


def test_csl_json_dates():
    """A date is given as precisely as it is known, a stretch by its ends, a doubt as circa."""
    for published, parts, is_circa in (
        *(("2022-12/2023-01-05", [[2022, 12], [2023, 1, 5]], False), ("2022?", [[2022]], True)),
        *(("201X", [[2010], [2019]], True), ("2017/..", [[2017]], False)),
    ):
        expected = {"date-parts": parts} | ({"circa": True} if is_circa else {})
        assert json.loads(cited("csl-json", published=published))[0]["issued"] == expected


@pytest.mark.parametrize("type_", SOURCE_TYPES)
def test_every_type_is_rendered_by_citeproc(type_):
    """Citeproc renders a title of each type, also those that are new in CSL 1.0.2, in a style that it brings along."""
    items = json.loads(cited("csl-json", BOOK, type=type_, url="https://x.org", editor={"": "World Bank"}))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    bibliography.register(Citation([CitationItem(items[0]["id"])]))
    (line,) = map(str, bibliography.bibliography())
    assert re.match(r"Boobier, T\. ?J\. \(2020\) .*AI and banking", line, re.IGNORECASE)
