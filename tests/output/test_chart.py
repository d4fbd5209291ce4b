"""Charts: what they say of figures, and that Chromium, LibreOffice and librsvg draw them alike."""

import base64
import io
import itertools
import re
import shutil
import subprocess
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_facts.output import as_png, chart
from cs_facts.output.drawing import DARK, LIGHT, Axis, text_width, wrap
from cs_facts.output.labels import Language
from cs_facts.output.values import View
from making import LIMITS, browser, converted, fact, figure, store

EN, ZH = Language("en"), Language("zh")


class Picture:
    """A chart taken apart."""

    def __init__(self, facts, catalogue=None, language=EN, **options):
        self.svg = "".join(chart.render_svg(facts, View(catalogue or store(*facts), language, **options)))
        self.root = ElementTree.fromstring(self.svg)

    def all(self, tag):
        """Return the elements of a kind."""
        return list(self.root.iter(f"{{http://www.w3.org/2000/svg}}{tag}"))

    @property
    def texts(self):
        """Return what is written, line by line."""
        return [element.text for element in self.all("text")]

    def after(self, text, tag, **wanted):
        """Return what was drawn between a row's title and the next title."""
        behind = itertools.dropwhile(lambda shape: shape.text != text, self.root)
        next(behind)
        row = itertools.takewhile(lambda shape: not (shape.text or "").startswith("Title of"), behind)
        named = [shape for shape in row if shape.tag.endswith(tag)]
        return [shape for shape in named if all(shape.get(name) == value for name, value in wanted.items())]


PEOPLE = [f for f in LIMITS.facts if f.unit == "person"]
RANKS = [f for f in LIMITS.facts if f.unit == "place"]


def test_what_a_picture_consists_of():
    """A ground, a name, text of 14 px at least, presentation attributes only, words for screen readers."""
    picture = Picture(PEOPLE, LIMITS)
    ground = picture.all("rect")[0]
    assert (ground.get("fill"), ground.get("width"), ground.get("height")) == (LIGHT.ground, "1280", "720")
    assert [picture.root.get(name) for name in ("width", "height", "role")] == ["1280", "720", "img"]
    assert picture.all("title")[0].text == "A small store"
    assert "Title of exact 900名, North · 2021; " in picture.all("desc")[0].text
    assert all(float(text.get("font-size")) >= 14 for text in picture.all("text"))
    assert not re.search("<style|class=|style=|textLength|href|<script|url\\(", picture.svg)
    assert picture.root.get("font-family").endswith("sans-serif")
    assert (picture.texts[0], picture.texts[-1]) == ("A small store", "Source: “Two Districts”")
    north = [each for each in PEOPLE if each.category == "north"]
    assert Picture(north, LIMITS).texts[0] == "North"
    assert Picture(north, LIMITS, ZH).texts[:2] == ["北区", "单位：人"]


def test_each_figure_is_printed_beside_its_bar_and_bars_begin_at_zero():
    """Bars have one left edge, their lengths are in proportion, and the wording stands to the right of each."""
    picture = Picture(PEOPLE, LIMITS)
    zero = next(float(line.get("x1")) for line in picture.all("line") if line.get("stroke") == LIGHT.muted)
    lengths = {}
    for id_, value in (("exact", 900), ("other", 700), ("more", 800), ("open", 600), ("less", 500), ("about", 400)):
        bar = picture.after(f"Title of {id_}", "rect")[0]
        assert float(bar.get("x")) == pytest.approx(zero, abs=0.1)
        lengths[id_] = float(bar.get("width")) / value
        printed = next(t for t in picture.all("text") if t.text == LIMITS.by_id[id_].figure.printed)
        assert float(printed.get("x")) > zero + float(bar.get("width"))
    assert max(lengths.values()) == pytest.approx(min(lengths.values()), rel=0.001)


def test_what_a_wording_leaves_open_is_drawn():
    """A paler end, an arrow, a dash, whiskers, a span, no bar without a number; a bracket joins what contradicts."""
    picture = Picture(PEOPLE, LIMITS)
    assert picture.after("Title of more", "rect")[1].get("fill-opacity") == "0.35"
    assert len(picture.after("Title of open", "path")) == 1
    assert picture.after("Title of less", "rect")[0].get("stroke-dasharray")
    assert picture.after("Title of about", "path", stroke=LIGHT.ink)
    (span, _) = picture.after("Title of range", "rect")
    exact = picture.after("Title of exact", "rect")[0]
    assert float(span.get("x")) > float(exact.get("x"))
    assert float(span.get("width")) == pytest.approx(float(exact.get("width")) * 200 / 900, abs=0.5)
    assert [shape.get("fill") for shape in picture.after("Title of ratio", "rect")] == [LIGHT.ground]
    legend = " ".join(picture.texts)
    for words in ("says more than this", "says less than this", "what “about” may mean", "≠ contradicted"):
        assert words in legend
    assert {"≠ 700名", "≠ 900名"} <= set(picture.texts)
    (bracket,) = [path for path in picture.all("path") if path.get("stroke") == LIGHT.warning]
    ends = [float(end) for end in re.findall(r"(?:M[\d.]+ |V)([\d.]+)", bracket.get("d"))]
    rows = [float(t.get("y")) for t in picture.all("text") if t.text in ("900名", "700名")]
    assert all(abs(end - row) < 20 for end, row in zip(ends, rows, strict=True))


def test_ranks_stand_from_the_first_on_and_have_no_bars():
    """1 is at the left edge, a top three is a span up to the third place."""
    picture = Picture(RANKS, LIMITS)
    first, third = (float(circle.get("cx")) for circle in picture.all("circle"))
    assert first < third
    assert "Place (1 is first)" in picture.texts
    assert [rect.get("fill") for rect in picture.all("rect")] == [LIGHT.ground] * 3
    (span,) = picture.after("Title of top", "line", **{"stroke-width": "6"})
    assert (float(span.get("x1")), float(span.get("x2"))) == (first, third)


def test_a_wide_range_stands_on_a_logarithmic_scale_that_says_so():
    """Dots, not bars, and a line under the title; equal steps multiply."""
    facts = [fact(name, figure(str(n), n, n, n)) for name, n in (("a", 10), ("b", 1000), ("c", 100_000))]
    picture = Picture(facts)
    assert "North · 2021 · logarithmic scale: each line is 10 times the one before" in picture.texts
    assert "北区 · 2021年 · 对数刻度：每条线是前一条的10倍" in Picture(facts, language=ZH).texts
    one, two, three = sorted(float(circle.get("cx")) for circle in picture.all("circle"))
    assert two - one == pytest.approx(three - two, abs=0.2)
    assert {"1k", "10k", "100k"} <= set(picture.texts)
    assert {"1000", "1万", "10万"} <= set(Picture(facts, language=ZH).texts)
    both = Picture(facts, language=Language("en", both=True)).texts
    assert {"1k", "10k", "1万", "10万"} <= set(both)
    assert any("对数刻度：每条线是前一条的10倍 / logarithmic scale" in text for text in both)


def in_panel(facts, width):
    """Return what is written in the one panel of some facts, of a width."""
    view = View(store(*facts), EN)
    (panel,) = chart.panels(facts, view)
    drawn = ElementTree.fromstring(chart.render_panel(panel, view, LIGHT, width))
    return {element.text for element in drawn.iter("{http://www.w3.org/2000/svg}text")}


def test_numbers_where_there_is_little_room():
    """Of powers of ten fewer have a line, and what lies between two is said; a great number is short, not broken."""
    texts = in_panel([fact(name, figure(str(10**n), 10**n)) for name, n in (("a", 2), ("b", 8))], 560)
    assert {"100", "10k", "1m", "100m"} <= texts
    assert "1k" not in texts
    assert any("each line is 100 times the one before" in text for text in texts)
    assert "100000bn" in in_panel([fact(f"n{n}", figure(f"{n}亿", n * 10**14)) for n in (1, 2)], 360)


def test_units_and_forms_never_share_a_scale():
    """A panel for each unit, ranks and changes apart; single figures have none; what has no figure is counted."""
    change = fact("change", figure("下降5%", -5, -5.5, -4.5, form="change"))
    other = fact("growth", figure("7%", 7, 6.5, 7.5, form="change"))
    facts = [*LIMITS.facts, change, other, fact("bare"), fact("loose", figure("3", 3), unit=None)]
    picture = Picture(facts, LIMITS)
    titles = [text.text for text in picture.all("text") if text.get("font-size") == "20"]
    assert titles == ["People", "Place (1 is first)", "People (change)"]
    assert "Not drawn, without a figure or its unit: 2" in picture.texts
    fall, growth = picture.after("Title of change", "rect")[0], picture.after("Title of growth", "rect")[0]
    edge = float(fall.get("x")) + float(fall.get("width"))
    assert edge == pytest.approx(float(growth.get("x")), abs=0.2)
    singles = Picture([fact("one", figure("5", 5)), fact("two", figure("第一", 1, form="rank"), unit="place")])
    assert "Single figures" in singles.texts
    assert not singles.all("line")


def test_what_is_no_decimal_number_has_its_bar_too():
    """One in nine is drawn between its ends."""
    ninth = fact("ninth", figure("九分之一", None, "11.11", "11.12", form="share"), unit=None)
    half = fact("half", figure("一半", 50, 50, 50, form="share"), unit=None)
    picture = Picture([ninth, half])
    assert len(picture.after("Title of ninth", "rect")) == 2
    assert "11.1%" in picture.texts


def test_facts_without_figures_are_drawn_as_a_table():
    """Title, statement, period and paragraph, in the style of a chart."""
    picture = Picture([fact("a"), fact("b", when="2012/2022")])
    heads = ["Title", "Statement", EN.heading("when"), "¶"]
    assert picture.texts[1:9] == [*heads, "Title of a", "Text of a.", "2021", "3"]
    assert "2012 to 2022" in picture.texts


def test_a_picture_has_the_shape_of_a_slide():
    """Whatever it holds is drawn as far as there is room: rows of each unit, and the first units."""
    picture = Picture([fact(f"n{n}", figure(str(n), n, n, n)) for n in range(1, 61)])
    units = {f"u{n}": {"en": f"unit {n}"} for n in range(9)}
    facts = [fact(f"{unit}-{n}", figure(str(n), n), unit=unit) for unit in units for n in range(1, 5)]
    several = Picture(facts, store(*facts, units=units))
    titles = [text.text for text in several.all("text") if text.get("font-size") == "20"]
    assert sorted(titles) == [f"Unit {n}" for n in range(len(titles))]
    assert 3 < len(titles) < 9
    hidden = (9 - len(titles)) * 4
    assert f"Figures in other units, for which there is no room: {hidden}" in several.texts

    table = Picture([fact(f"n{n}", text={"en": "Much is said of it. " * 40}) for n in range(1, 61)])
    words = {"en": "A very long title, " * 40}
    long = Picture([fact(f"n{n}", figure("1 of many " * 20, 5 + n), title=words) for n in range(3)])
    assert any(re.fullmatch(r"The first \d+ of 60", text) for text in table.texts)
    for each in (picture, several, table, long):
        assert (each.root.get("width"), each.root.get("height")) == ("1280", "720")
        assert all(float(text.get("y")) < 720 for text in each.all("text"))


@pytest.mark.parametrize(
    ("form", "sign", "sort", "order", "told"),
    [
        ("number", 1, "", lambda n: -n, "North · 2021 · The greatest {} of 60"),
        ("change", -1, "", lambda n: -n, "The {} furthest from zero of 60"),
        ("change", -1, "start", abs, "The {} furthest from zero of 60"),
        ("rank", 1, "", lambda n: n, "The first {} of 60"),
    ],
)
def test_what_is_kept_where_not_all_has_room(form, sign, sort, order, told):
    """The greatest, above zero or below, the first ranks; ranked, or in the order asked for."""
    numbers = [n * sign**n for n in range(1, 61)]
    facts = [fact(f"n{n}", figure(f"{n}%", n, n, n, form), unit="place") for n in numbers]
    svg = "".join(chart.render_svg(facts, View(store(*facts), EN, sort=sort)))
    shown = [int(n) for n in re.findall(r">Title of n(-?\d+)<", svg)]
    kept = numbers[: len(shown)] if form == "rank" else numbers[-len(shown) :]
    assert shown == sorted(kept, key=order)
    assert told.format(len(shown)) in svg


def test_data_is_no_markup():
    """Whatever stands in a title or a figure is text."""
    hostile = '<script>alert("x")</script>&amp;\'"'
    picture = Picture([fact("a", figure(hostile, 5), title={"en": hostile}), fact("b", figure("4", 4))])
    assert "<script" not in picture.svg
    assert hostile in " ".join(picture.texts).replace("</script> &", "</script>&")


def test_a_png_shows_the_same_in_twice_as_many_pixels():
    """The size is that of a slide for screens of high density; Chinese is not drawn as boxes."""
    image = pytest.importorskip("PIL.Image", reason="NOT CHECKED: no pillow; pip install -e '.[dev]'")
    pytest.importorskip("resvg_py", reason="NOT CHECKED: no resvg-py; pip install -e '.[dev]'")
    (data,) = as_png(chart.render_svg(PEOPLE, View(LIMITS, ZH)))
    drawn = image.open(io.BytesIO(data)).convert("L")
    assert drawn.size == (2560, 1440)
    assert drawn.getextrema()[0] < 64


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Mn", "Me"])), st.integers(20, 300))
def test_wrapping_keeps_the_text_and_the_room(text, room):
    """Lines hold all that is not white space, in order, and none is wider than the room, unless it is one character."""
    lines = [line.text for line in wrap(text, 16, room)]
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(text_width(line, 16) <= room or len(line) == 1 for line in lines)


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=8))
def test_an_axis_holds_its_figures(values):
    """Every figure stands between the first and the last tick, a greater one never before a smaller."""
    axis = Axis([figure(str(value), value, value, value) for value in values])
    places = [axis.x(value) for value in sorted(values)]
    assert places == sorted(places)
    assert all(-1e-9 <= place <= 1 + 1e-9 for place in places)
    assert axis.kind == "log" or 0 in axis.ticks


# ── three renderers ──


def by_chromium(path):
    """Draw with Chromium."""
    with browser(1280, 720) as driver:
        driver.get(path.as_uri())
        return base64.b64decode(driver.execute_cdp_cmd("Page.captureScreenshot", {})["data"])


def by_librsvg(path):
    """Draw with librsvg."""
    if shutil.which("rsvg-convert") is None:
        pytest.skip("NOT CHECKED: no rsvg-convert here; apt-get install librsvg2-bin")
    return subprocess.run(["rsvg-convert", path], check=True, capture_output=True, timeout=60).stdout


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("language", [EN, ZH], ids=["en", "zh"])
def test_three_renderers_draw_alike(language, dark, tmp_path):
    """The same ground, the same extent of what is drawn, and ink in the same places."""
    image = pytest.importorskip("PIL.Image", reason="NOT CHECKED: no pillow; pip install -e '.[dev]'")
    chops = pytest.importorskip("PIL.ImageChops")
    theme = DARK if dark else LIGHT
    path = tmp_path / "chart.svg"
    path.write_text(Picture(PEOPLE, LIMITS, language, dark=dark).svg, encoding="utf-8")
    ground = image.new("RGB", (1280, 720), theme.ground)
    coarse = []
    for draw in (by_chromium, lambda path: converted(path, "png").read_bytes(), by_librsvg):
        drawn = image.open(io.BytesIO(draw(path))).convert("RGB").crop((0, 0, 1280, 720))
        assert drawn.getpixel((20, 700)) == drawn.getpixel((1250, 20)) == ground.getpixel((0, 0)), draw
        difference = chops.difference(drawn, ground).convert("L")
        # LibreOffice draws a line around its page
        inked = difference.crop((4, 4, 1276, 716)).point(lambda level: 255 * (level > 48))
        left, top, right, bottom = inked.getbbox()
        assert (left, top) == (pytest.approx(45, abs=5), pytest.approx(38, abs=6)), draw
        assert right < 1240, draw
        assert bottom < 700, draw
        assert difference.getextrema()[1] > 150, draw  # text stands out
        coarse.append(inked.resize((53, 30), image.Resampling.BOX))
    for one, other in itertools.combinations(coarse, 2):
        unlike = sum(level > 90 for level in chops.difference(one, other).tobytes())
        assert unlike <= 16  # of 1,590 places


@pytest.mark.slow
@pytest.mark.parametrize("language", [EN, ZH], ids=["en", "zh"])
@pytest.mark.parametrize("number", [3, 9, 40])
def test_no_text_runs_into_another(number, language, tmp_path):
    """In a real browser no two texts overlap and none leaves the picture, with long titles too."""
    zh = "“甲”“乙”“丙”“丁”，“戊”“己”“庚”“辛”，“壬”“癸”：一个比多数都长的标题"
    long = {"en": "A title much longer than most, of Wide Words and MMMMM", "zh": zh}
    facts = [*LIMITS.facts, *(fact(f"n{n}", figure(f"{n * 37}余名", n * 37), title=long) for n in range(1, number))]
    path = tmp_path / "chart.svg"
    path.write_text(Picture(facts, store(*facts), language).svg, encoding="utf-8")
    script = (
        "return [...document.querySelectorAll('text')].map(t => [t.getBBox(), t.textContent])"
        ".map(([box, text]) => [box.x, box.y, box.width, box.height, text])"
    )
    lines = "return Math.min(...[...document.querySelectorAll('line')].map(line => line.x1.baseVal.value))"
    with browser() as driver:
        driver.get(path.as_uri())
        boxes, axis = driver.execute_script(script), driver.execute_script(lines)
    assert len(boxes) > min(number, 20)
    for x, _, width, _, text in boxes:
        assert x >= 40, text
        assert x + width <= 1280 - 20, text
        is_caption = width > axis or re.search("greatest|最大", text)
        assert x > 50 or is_caption or x + width < axis, text  # what is counted stands left of the first axis
    for (x, y, width, height, text), (x2, y2, width2, height2, text2) in itertools.combinations(boxes, 2):
        # the box of a font is higher than its letters, by a half in Chinese fonts
        beside = x + width <= x2 + 1 or x2 + width2 <= x + 1
        apart = beside or y + 0.75 * height <= y2 or y2 + 0.75 * height2 <= y
        assert apart, (text, text2)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_stand_out(theme):
    """Text has 4.5 : 1 against its ground, bars have 3 : 1 (WCAG 2.2)."""

    def luminance(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    def contrast(colour):
        one, other = sorted((luminance(colour), luminance(theme.ground)))
        return (other + 0.05) / (one + 0.05)

    assert min(map(contrast, (theme.ink, theme.muted, theme.warning))) >= 4.5
    assert min(map(contrast, theme.hues)) >= 3
