"""HTML and SVG: what they hold, and how a browser shows it."""

import base64
import html
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest

from cs_facts.output.pictures import DARK, LIGHT

FACTS = """\
  - {id: first, category: north, title: {zh: Latin letters, en: A}, text: {zh: 一, en: One.}, source: paper}
  - {id: second, category: north, title: {zh: 党员人数和组织数, en: B}, text: {zh: 二, en: Two.}, source: paper}
  - {id: third, category: north, title: {zh: "“红色之家”——数量（第15段）…", en: C}, text: {zh: 三, en: Three.},
     figure: 50.66万名, unit: person, source: paper}
  - {id: fourth, category: south, title: {zh: "é Ω Я · ≥ ① ★ ─ █▌", en: D}, text: {zh: 四, en: Four.},
     figure: 1800余名, unit: person, source: paper}
  - {id: fifth, category: south, title: {zh: 'カタカナ한국어ＡＢ，', en: E}, text: {zh: 五, en: Five.}, source: paper}
  - {id: sixth, category: south, title: {zh: 🏠家🏠, en: F}, text: {zh: 六, en: Six.}, source: paper}
"""
COMMANDS = [
    ["list"],
    ["list", "--lang", "zh"],
    ["show", "third", "fourth"],
    ["compare"],
    ["categories"],
    ["search", "数"],
]
SVG = "{http://www.w3.org/2000/svg}"
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
in_a_browser = pytest.mark.skipif(
    BROWSER is None, reason="NOT CHECKED: no Chromium here; apt-get install chromium fonts-noto-cjk"
)


class _Text(HTMLParser):
    """The text of the element ``pre``."""

    def __init__(self):
        super().__init__()
        self.text, self._inside = "", False

    def handle_starttag(self, tag, attrs):  # noqa: ARG002  # html.parser gives them
        self._inside = self._inside or tag == "pre"

    def handle_endtag(self, tag):
        self._inside = self._inside and tag != "pre"

    def handle_data(self, data):
        self.text += data * self._inside


def text_of_page(page):
    """Return what a page shows below its heading."""
    parser = _Text()
    parser.feed(page)
    return parser.text


def text_of_drawing(drawing):
    """Put the texts of a drawing where they stand on a grid of 12 by 24.4 pixels."""
    lines = {}
    for text in ET.fromstring(drawing).iterfind(f".//{SVG}g[@transform]//{SVG}text"):
        row, column = round((float(text.get("y")) - 20) / 24.4), round(float(text.get("x")) / 12)
        line = lines.get(row, "")
        lines[row] = line + " " * (column - width(line)) + text.text.replace("\xa0", " ")
    return "".join(f"{lines.get(row, '').rstrip()}\n" for row in range(max(lines) + 1))


def width(text):
    """Return the columns of a text in a terminal, for the characters of these tests."""
    return sum(
        2 if re.match("[\u1100-\u115f\u3000-\ufaff\uff01-\uff60\U0001f300-\U0001faff]", char) else 1 for char in text
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_a_page_loses_nothing(facts, store, command):
    """The text of a page is, space for space, that of the table in a terminal."""
    words = [*command, "-s", store(FACTS)]
    page = facts(*words, "-f", "html")
    assert (page.code, page.stderr) == (0, "")
    assert text_of_page(page.stdout) == facts(*words, width=160, NO_COLOR="1").stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_a_drawing_loses_nothing(facts, store, command):
    """The texts of a drawing, each at its place, are the table in a terminal."""
    words = [*command, "-s", store(FACTS)]
    drawing = facts(*words, "-f", "svg")
    assert (drawing.code, drawing.stderr) == (0, "")
    assert text_of_drawing(drawing.stdout) == facts(*words, width=160, NO_COLOR="1").stdout


@pytest.mark.parametrize("format_", ["html", "svg"])
@pytest.mark.parametrize("command", COMMANDS)
def test_the_source_stands_below(facts, store, command, format_):
    """A picture names its source."""
    read = {"html": text_of_page, "svg": text_of_drawing}[format_]
    text = read(facts(*command, "-s", store(FACTS), "-f", format_).stdout)
    assert "报》，2022-12-18" in text or "The Paper" in text


@pytest.mark.parametrize("format_", ["html", "svg"])
def test_markup_in_data_is_text(facts, store, format_):
    """What HTML, Rich or a template of ours would obey appears as written, in the title too."""
    odd = "<script>x</script> &amp; \"q\" 'a' {code} {0} @title@ [bold]b[/bold] </pre></text>"
    head = f"facts_format: 1\ntitle: {json.dumps(odd)}\nunits: {{}}\ncategories: {{c: C}}\n"
    head += "sources: {s: {type: book, title: S}}\nfacts:\n"
    path = store(f"  - {{id: a, category: c, title: {json.dumps(odd)}, text: t, source: s}}\n", head=head)
    picture = facts("show", "a", "-s", path, "-f", format_).stdout
    assert odd in {"html": text_of_page, "svg": text_of_drawing}[format_](picture)
    assert "<script" not in picture
    assert picture.count(html.escape(odd)) >= 2


@pytest.mark.parametrize("format_", ["html", "svg"])
@pytest.mark.parametrize(("lang", "title"), [("zh", "试"), ("en", "Trial")])
def test_language_and_title(facts, store, format_, lang, title):
    """A picture says its language and bears the store's title in it."""
    picture = facts("list", "-s", store(FACTS), "--lang", lang, "-f", format_).stdout
    assert f' lang="{lang}"' in picture
    assert f"<title>{title}</title>" in picture


@pytest.mark.parametrize("format_", ["html", "svg"])
def test_nothing_is_fetched(facts, format_):
    """A picture names no address but that of SVG's namespace: no font, no style, no script from elsewhere."""
    picture = facts("list", "-f", format_).stdout
    assert set(re.findall(r"\w+://[^\"' )<]+", picture)) <= {"http://www.w3.org/2000/svg"}
    assert not re.search(r"url\(|@import|<script|<link|<img|<image|\bon\w+=", picture)


@pytest.mark.parametrize("format_", ["html", "svg"])
def test_the_width_is_that_of_columns(facts, format_):
    """COLUMNS says how wide a picture is."""
    read = {"html": text_of_page, "svg": text_of_drawing}[format_]
    for columns in (80, 120, 200):
        lines = read(facts("list", "-f", format_, COLUMNS=str(columns)).stdout).splitlines()
        assert columns - 10 < max(map(width, lines)) <= columns


@pytest.mark.parametrize("format_", ["html", "svg"])
def test_no_escape_and_no_colour_of_the_terminal(facts, format_):
    """A picture is the same whatever the terminal is, and carries no escape."""
    picture = facts("list", "talent", "-f", format_).stdout
    assert "\x1b" not in picture
    assert picture == facts("list", "talent", "-f", format_, width=50, FORCE_COLOR="1", encoding="ascii").stdout
    assert picture == facts("list", "talent", "-f", format_, width=90, NO_COLOR="1").stdout


@pytest.mark.parametrize("ending", ["html", "htm", "svg"])
def test_the_ending_says_the_format(facts, tmp_path, ending):
    """A file's ending asks for a picture."""
    assert facts("list", "-o", f"x.{ending}").code == 0
    assert (tmp_path / f"x.{ending}").read_text(encoding="utf-8").startswith(("<!DOCTYPE html>", "<svg "))


def test_a_long_picture_stops_as_a_table_does(facts, store):
    """A picture stops at 1,000 rows and says so."""
    path = store("".join(f"  - {{id: f{n}, category: north, title: T, text: t, source: paper}}\n" for n in range(1002)))
    result = facts("list", "-s", path, "-f", "html", "--columns", "id")
    assert (result.stderr, result.stdout.count("\nf")) == ("facts: 2 more rows; --limit 0 shows all\n", 1000)


def luminance(colour):
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Return the contrast ratio of two colours (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_are_legible(theme):
    """Each colour contrasts with its ground at 4.5 to 1 or better, and no two are alike."""
    colours = [theme.foreground_color, *(theme.ansi_colors[number] for number in range(16))]
    assert min(contrast(colour, theme.background_color) for colour in colours) >= 4.5
    assert len(set(colours)) == 17


MEASURE = """
const places = {};
for (const id of %s) {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.replace(/\\u00a0/g, " ").search("\\\\b" + id + "\\\\b");
    if (at < 0 || walker.currentNode.parentNode.closest("style, title, script")) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + id.length);
    places[id] = range.getBoundingClientRect().left;
  }
}
return places;
"""

DRAW = """
const canvas = document.createElement("canvas");
canvas.width = image.naturalWidth;
canvas.height = image.naturalHeight;
const context = canvas.getContext("2d");
context.drawImage(image, 0, 0);
const data = context.getImageData(0, 0, canvas.width, canvas.height).data;
const counts = {};
for (let at = 0; at < data.length; at += 4) {
  const colour = data.slice(at, at + 3).join();
  counts[colour] = (counts[colour] || 0) + 1;
}
return counts;
"""

GLYPHS = """
const drawn = character => {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  context.font = getComputedStyle(document.querySelector("code")).font;
  context.fillText(character, 20, 20);
  return canvas.toDataURL();
};
return %s.map(drawn);
"""


def run_in_browser(tmp_path, page, script, *, dark=False):
    """Open a page in headless Chromium and return what a script finds there."""
    answer = f"document.body.dataset.answer = JSON.stringify((() => {{{script}}})());"
    path = tmp_path / "page.html"
    path.write_text(f"{page}<script>onload = () => {{ {answer} }};</script>", encoding="utf-8")
    command = [
        *(BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
        *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
        *(f"--user-data-dir={tmp_path / 'profile'}", f"--blink-settings=preferredColorScheme={0 if dark else 1}"),
        *("--dump-dom", path.as_uri()),
    ]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    return json.loads(html.unescape(re.search('data-answer="([^"]*)"', done.stdout.decode())[1]))


@in_a_browser
@pytest.mark.parametrize("format_", ["html", "svg"])
def test_columns_are_aligned(facts, store, tmp_path, format_):
    """In a browser the ids behind titles of every width begin at one place, to half a pixel."""
    ids = ["first", "second", "third", "fourth", "fifth", "sixth"]
    picture = facts("list", "-s", store(FACTS), "--lang", "zh", "--columns", "title,id", "-f", format_).stdout
    places = run_in_browser(tmp_path, picture, MEASURE % json.dumps(ids))
    assert sorted(places) == sorted(ids)
    assert max(places.values()) - min(places.values()) < 0.5
    assert min(places.values()) > 100


PITCH = """
const text = [...document.querySelectorAll("text")].find(text => text.textContent == "党员");
return text.getStartPositionOfChar(1).x - text.getStartPositionOfChar(0).x;
"""


@in_a_browser
def test_chinese_stands_evenly(facts, store, tmp_path):
    """In a drawing a Chinese character begins two columns (24 pixels) behind the one before, in a short word too."""
    path = store("  - {id: a, category: north, title: {zh: 党员, en: A}, text: {zh: 一, en: One.}, source: paper}\n")
    drawing = facts("list", "-s", path, "--lang", "zh", "-f", "svg").stdout
    assert run_in_browser(tmp_path, drawing, PITCH) == pytest.approx(24, abs=0.5)


@in_a_browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_drawing_is_seen(facts, store, tmp_path, dark):
    """As the picture of a page a drawing has the ground and the letters that suit the reader's colours."""
    drawing = facts("list", "-s", store(FACTS), "-f", "svg").raw
    page = f'<img id="image" src="data:image/svg+xml;base64,{base64.b64encode(drawing).decode()}">'
    colours = run_in_browser(tmp_path, page, DRAW, dark=dark)
    ground, letters = ("13,17,23", "230,237,243") if dark else ("255,255,255", "31,35,40")
    assert colours[ground] > 0.7 * sum(colours.values())
    assert colours[letters] > 500


@in_a_browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_page_is_dark_where_the_reader_is(facts, store, tmp_path, dark):
    """A page follows the reader's choice of dark or light, its dimmed lines too."""
    script = """
    const style = element => getComputedStyle(element);
    const spans = [...document.querySelectorAll("code > span")];
    const source = spans.find(span => span.textContent.startsWith("Source"));
    return [style(document.body).backgroundColor, style(document.body).color, style(source).color];
    """
    page = facts("list", "-s", store(FACTS), "-f", "html").stdout
    assert run_in_browser(tmp_path, page, script, dark=dark) == (
        ["rgb(13, 17, 23)", "rgb(230, 237, 243)", "rgb(145, 152, 161)"]
        if dark
        else ["rgb(255, 255, 255)", "rgb(31, 35, 40)", "rgb(87, 96, 106)"]
    )


@in_a_browser
def test_chinese_has_glyphs(facts, store, tmp_path):
    """The fonts that a page names draw Chinese: no character looks like one that there is not."""
    page = facts("list", "-s", store(FACTS), "-f", "html").stdout
    glyphs = run_in_browser(tmp_path, page, GLYPHS % json.dumps(["党", "员", "数", "\U000f1234"]))
    assert len(set(glyphs)) == 4


@in_a_browser
def test_chinese_is_found_as_text(facts, store, tmp_path):
    """Ctrl-F finds a text of both widths in a page: what sets them apart does not tear it."""
    page = facts("list", "-s", store(FACTS), "--lang", "zh", "-f", "html").stdout
    script = 'return [window.find("50.66万名"), window.find("不在这里")];'
    assert run_in_browser(tmp_path, page, script) == [True, False]
