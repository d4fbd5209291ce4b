"""The HTML page: what it holds, and how it works in a real browser, by keyboard, on a phone and on paper."""

import base64
import json
import os
import re
import time
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from cs_facts.citations import STYLES, cite
from cs_facts.output import page
from cs_facts.output.labels import Language
from cs_facts.output.values import View
from cs_facts.store import bundled
from cs_facts.store.loader import load
from making import LIMITS, browser, fact, figure, store

EN, ZH = Language("en", strict=True), Language("zh", strict=True)

AXE = Path(os.environ.get("FACTS_AXE", "node_modules/axe-core/axe.min.js"))
"""The rules of axe-core, from the package of that name."""


class Outline(HTMLParser):
    """The elements of a page, and what stands in each script."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.scripts = [], re.findall("<script[^>]*>(.*?)</script", html, re.DOTALL)
        self.handle_starttag = lambda tag, attributes: self.elements.append((tag, dict(attributes)))
        self.feed(html)

    def all(self, tag):
        """Return the attributes of the elements of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]


def html(catalogue=LIMITS, language=EN, facts=None):
    """Write the page of a store."""
    return "".join(page.render_html(facts or catalogue.facts, View(catalogue, language)))


@pytest.fixture(scope="module")
def ours():
    """Return the bundled store."""
    return load([bundled()])


@pytest.fixture(scope="module")
def written(ours):
    """Write the page of the bundled store."""
    return html(ours)


@pytest.fixture(scope="module")
def outline(written):
    """Take that page apart."""
    return Outline(written)


def test_it_is_light_and_makes_no_request(ours, written, outline):
    """Below 550 KB in both languages; addresses stand where a reader may click, and the policy forbids the rest."""
    assert len(html(ours, Language("en", both=True)).encode()) < 550_000
    assert {tag for tag, _ in outline.elements}.isdisjoint(("link", "img", "iframe", "object", "base"))
    assert not [known for known in outline.all("script") if "src" in known]
    (policy,) = [m["content"] for m in outline.all("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert not re.search(r"url\(|@import", written)


def test_every_fact_has_its_row_and_every_link_its_end(ours, outline):
    """Each id once, and no link leads nowhere."""
    ids = [known["id"] for _, known in outline.elements if known.get("id")]
    assert len(ids) == len(set(ids))
    assert {known["id"] for known in outline.all("tr") if "id" in known} == set(ours.by_id)
    assert {link["href"][1:] for link in outline.all("a") if link["href"].startswith("#")} <= set(ids)
    assert [known["lang"] for known in outline.all("html")] == ["en"]
    levels = [int(tag[1]) for tag, _ in outline.elements if tag in ("h1", "h2", "h3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


HOSTILE = "</script><script>alert(1)</script>\"' onmouseover=x {{ 7*7 }} {% raw %} <!-- & &amp;"


def test_data_is_never_markup():
    """What stands in titles, figures, quotes, notes, names and addresses reaches a reader as it is."""
    text = {"en": HOSTILE}
    one = fact("a", figure(HOSTILE, 5), title=text, text=text, note=text, quote=HOSTILE, tags=(HOSTILE,), against="b")
    other = fact("b", figure("6", 6), category="south", title=text)
    source = page.dataclasses.replace(LIMITS.sources["paper"], title=text, url=f"javascript:{HOSTILE}")
    written = html(store(one, other, title=text, sources={"paper": source}, units={"person": text}))
    outline, plain = Outline(written), Outline(html(store(fact("a", figure("5", 5), against="b"), other)))
    assert len(outline.all("script")) == len(plain.all("script")) == 3
    assert not [known for _, known in outline.elements if any(name.startswith("on") for name in known)]
    assert not [link for link in outline.all("a") if "javascript" in link["href"].lower()]
    assert "alert(1)</script>" not in written
    assert json.loads(outline.scripts[0])["name"] == HOSTILE
    assert json.loads(outline.scripts[0])["hasPart"][0]["text"] == HOSTILE


def test_it_says_to_machines_what_it_holds(ours, outline):
    """JSON-LD: a Dataset with a claim for each fact, which appears in its source."""
    dataset = json.loads(outline.scripts[0])
    assert (dataset["@context"], dataset["@type"]) == ("https://schema.org", "Dataset")
    assert len(dataset["hasPart"]) == len(ours.facts)
    claim = next(claim for claim in dataset["hasPart"] if claim["@id"] == "#party-members")
    assert claim["@type"] == "Claim"
    assert claim["temporalCoverage"] == "2021-12-31/2021-12-31"
    assert claim["appearance"]["@id"] == dataset["isBasedOn"][0]["@id"]
    assert 50 <= len(dataset["description"]) <= 5000


@pytest.mark.parametrize("style", STYLES)
def test_citations_are_those_of_facts_cite(ours, outline, style):
    """What a button copies is what the command prints, with a paragraph and without one."""
    found = json.loads(outline.scripts[1])
    for fact_ in (ours.by_id["party-members"], page.dataclasses.replace(ours.by_id["party-members"], paragraph=None)):
        placed, unplaced = found["texts"]["1"][style]
        text = placed.replace(found["paragraph"], "43") if fact_.paragraph else unplaced
        assert text.replace(found["id"], fact_.id) == "".join(cite(ours, [fact_], style))


def test_a_page_without_anything_special():
    """No figures, no contradictions, a source without an address: the sections for them are left out."""
    written = html(store(fact("a", title={"": "Plain"}, text={"": "Text."}, when="2021", paragraph=None)))
    assert not re.search("<svg|__conflicts|__charts", written)


# ── in a browser ──


@pytest.fixture(scope="module")
def files(tmp_path_factory, ours, written):
    """Write the pages and return their addresses."""
    folder = tmp_path_factory.mktemp("pages")
    many = store(*(fact(f"n{n}", figure(f"{n}名", n, n, n), category=("north", "south")[n % 2]) for n in range(10_000)))
    pages = {"en": written, "zh": html(ours, ZH), "limits": html(), "many": html(many)}
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: (folder / f"{name}.html").as_uri() for name in pages}


def shown(driver):
    """Return the ids of the rows that are not hidden."""
    return driver.execute_script(
        "return [...document.querySelectorAll('.category tbody tr')].filter(r => r.offsetParent || "
        "getComputedStyle(r).display !== 'none' && !r.closest('[hidden]')).map(r => r.id)"
    )


def search(driver, words):
    """Type words into the search field and return the rows that stay."""
    from selenium.webdriver import Keys

    field = driver.find_element("id", "__query")
    field.send_keys(Keys.CONTROL, "a", Keys.NULL, Keys.DELETE, words)
    time.sleep(0.2)
    return shown(driver)


@pytest.mark.slow
def test_searching(files, ours):
    """Text in any language, numbers in any writing, dates, tags and pinyin; words are joined by and."""
    pytest.importorskip("pypinyin", reason="NOT CHECKED: no pypinyin; pip install -e '.[dev]'")
    with browser() as driver:
        driver.get(files["en"])
        for words in ("50.66万", "506,600", "506600", "五十万六千六百", "0.5066 million", "５０.６６万"):
            assert search(driver, words) == ["party-members"], words
        for words in ("党员", "dangyuan", "黨員", "half a million", "MEMBERS Commun"):
            assert "party-members" in search(driver, words), words
        assert "graduate-subsidies" not in search(driver, "120")
        assert "party-members" not in search(driver, "66万")
        assert "red-homes-272" in search(driver, '"red homes" 272')
        status = driver.find_element("css selector", ".status")
        assert status.text == f"Matches: {len(shown(driver))}"
        counts = driver.find_elements("css selector", "nav a:not([href^='#__']) + span")
        assert sum(int(count.text) for count in counts) == len(shown(driver))
        assert search(driver, "zzzz [((") == []
        assert status.text == "No fact matches all words"
        assert search(driver, "") == [fact.id for fact in ours.facts]


@pytest.mark.slow
def test_sorting(files):
    """A heading sorts its table up and down and says so; what has no number comes last; the choice sorts all tables."""
    with browser() as driver:
        driver.get(files["limits"])
        head = driver.find_element("css selector", "#_north th[data-key=value]")
        button = head.find_element("tag name", "button")
        button.click()
        up = ["first", "top", "about", "less", "more", "exact", "range", "ratio"]
        north = [id_ for id_ in up if LIMITS.by_id[id_].category == "north"]
        assert [id_ for id_ in shown(driver) if id_ in north] == north
        assert head.get_attribute("aria-sort") == "ascending"
        button.click()
        assert [id_ for id_ in shown(driver) if id_ in north][:3] == ["exact", "more", "less"]
        assert shown(driver)[len(north) - 2 : len(north)] == ["range", "ratio"]
        button.click()
        assert head.get_attribute("aria-sort") is None
        assert shown(driver)[: len(north)] == [f.id for f in LIMITS.facts if f.category == "north"]
        driver.find_element("css selector", "#__order option[value='value descending']").click()
        assert shown(driver)[: len(north)][:3] == ["exact", "more", "less"]
        assert shown(driver)[len(north) :] == ["other", "open", "top"]


@pytest.mark.slow
def test_links_and_copying(files, ours):
    """A link to a fact shows it, hidden or not; the button copies the citation in the chosen style and says so."""
    with browser() as driver:
        driver.get(f"{files['en']}#red-homes-128")
        marked = "return document.querySelector('tr:target').id"
        assert driver.execute_script(marked) == "red-homes-128"
        driver.find_element("css selector", "#red-homes-128 .against a").click()
        assert driver.execute_script(marked) == "red-homes-272"
        search(driver, "nothing of this kind")
        driver.execute_script("location.hash = 'party-members'")
        time.sleep(0.2)
        row = driver.find_element("id", "party-members")
        assert row.is_displayed()
        driver.execute_cdp_cmd(
            "Browser.grantPermissions", {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
        )
        driver.find_element("css selector", "#__style option[value=apa]").click()
        row.find_element("css selector", "button").click()
        time.sleep(0.2)
        copied = driver.execute_async_script("navigator.clipboard.readText().then(arguments[0])")
        assert copied == "".join(cite(ours, [ours.by_id["party-members"]], "apa"))
        assert copied.strip() in driver.find_element("css selector", ".status").text


@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("name", ["en", "zh"])
def test_it_fits_the_screen(files, name, width):
    """No side-ways scrolling down to 320 px, cards on a phone and a table beyond, nothing cut off."""
    with browser(width) as driver:
        driver.get(files[name])
        assert driver.execute_script("return document.documentElement.scrollWidth") == width
        display = driver.execute_script("return getComputedStyle(document.querySelector('tbody tr')).display")
        assert display == ("table-row" if width > 700 else "flex")
        cut = "return [...document.querySelectorAll('td, th, button')].filter(e => e.scrollWidth > e.clientWidth + 1)"
        assert driver.execute_script(cut) == []
        assert driver.get_log("browser") == []
        requests = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
        sent = [m["params"]["request"]["url"] for m in requests if m["method"] == "Network.requestWillBeSent"]
        assert all(url.startswith("file:") for url in sent)


@pytest.mark.slow
def test_on_paper(files, tmp_path):
    """A4, with every column, headings on each page and without what only a screen can do."""
    reader = pytest.importorskip("pypdf", reason="NOT CHECKED: no pypdf; pip install -e '.[dev]'")
    with browser() as driver:
        driver.get(files["en"])
        printed = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"]
    (tmp_path / "page.pdf").write_bytes(base64.b64decode(printed))
    pages = reader.PdfReader(tmp_path / "page.pdf").pages
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842]
    texts = [sheet.extract_text() for sheet in pages]
    for words in ("As printed", "Number", EN.heading("when"), "¶", "506,600"):
        assert any(words in text for text in texts), words
    assert "As printed" in texts[1]  # the table goes on from the first page
    assert not any("Copy" in text or "Citation style" in text for text in texts)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [("en", 1280, "light"), ("zh", 390, "dark"), ("limits", 390, "light"), ("limits", 1280, "dark")],
)
def test_axe_finds_no_fault(files, name, width, scheme):
    """No violation of WCAG 2.2 AA that axe-core can find, of what is off the screen too."""
    if not AXE.exists():
        pytest.skip("NOT CHECKED: no axe-core; npm install --no-save axe-core, or FACTS_AXE=path of axe.min.js")
    with browser(width, scheme=scheme) as driver:
        driver.get(files[name])
        driver.execute_script(
            "for (const s of document.querySelectorAll('.category')) s.style.contentVisibility = 'visible'"
        )
        driver.execute_script(AXE.read_text(encoding="utf-8"))
        found = driver.execute_async_script("axe.run().then(arguments[0])")
    assert [(v["id"], [node["html"] for node in v["nodes"][:3]]) for v in found["violations"]] == []
    assert len(found["passes"]) > 20


@pytest.mark.slow
def test_ten_thousand_facts_are_still_quick(files):
    """The page stands within seconds, and a search in it takes less than one."""
    with browser() as driver:
        began = time.monotonic()
        driver.get(files["many"])
        assert time.monotonic() - began < 10
        timed = "const began = performance.now(); {}; document.body.offsetHeight; return performance.now() - began"
        search_for = timed.format("query.value = arguments[0]; filter()")
        driver.execute_script(search_for, "first")  # makes the keys
        assert driver.execute_script(search_for, "9999") < 1500
        assert shown(driver) == ["n9999"]
        assert driver.execute_script(timed.format("sort(sections[0], 'value', true)")) < 5000
