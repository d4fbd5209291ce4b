"""Facts and stores made by hand, and the browser and the office that pages, charts and tables are looked at in."""

import re
import shutil
import subprocess
from contextlib import contextmanager
from decimal import Decimal

import pytest

from cs_facts.dates.edtf import parse_period
from cs_facts.index import Index
from cs_facts.index.builder import building
from cs_facts.model import Conflict, Fact, Figure, Source, Store
from cs_facts.store.loader import examine
from cs_facts.store.reading import Definitions

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")
OFFICE = next(filter(None, map(shutil.which, ("soffice", "libreoffice"))), None)

UNITS = {"person": {"zh": "人", "en": "people"}, "place": {"zh": "名次", "en": "place"}}
CATEGORIES = {"north": {"zh": "北区", "en": "North"}, "south": {"zh": "南区", "en": "South"}}
PAPER = Source("paper", "article-newspaper", {"zh": "两区今昔", "en": "Two Districts"}, language="zh-CN")


def check(path):
    """Return every fault of the form of a store."""
    return examine(path)[1]


def rows(table):
    """Return the rows of a table: a line each, which goes on behind an indent; one that begins with # is no row."""
    lines = re.sub(r"\n +", " ", table.strip()).splitlines()
    return [line for line in lines if not line.startswith("#")]


def figure(printed, value=None, low=None, high=None, form="number", bound="exact", parts=()):
    """Make a figure; numbers may be written as they are."""
    value, low, high = (None if end is None else Decimal(str(end)) for end in (value, low, high))
    return Figure(printed, value, low, high, form, bound, tuple(map(Decimal, parts)))


def fact(id_, printed=None, category="north", unit="person", against=None, when="2021", **fields):
    """Make a fact with a figure, or without one."""
    texts = {
        "title": {"en": f"Title of {id_}", "zh": f"{id_}的事项"},
        "text": {"en": f"Text of {id_}.", "zh": f"{id_}的内容。"},
    }
    conflicts = (Conflict(against, {"en": "It may be another count."}),) if against else ()
    known = {
        "figure": printed,
        "unit": unit if printed else None,
        "conflicts": conflicts,
        "when": when and parse_period(when),
    }
    return Fact(id_, category, source="paper", **(texts | known | {"paragraph": 3} | fields))


def store(*facts, **fields):
    """Make a store of facts."""
    title = {"zh": "小库", "en": "A small store"}
    return Store(
        **({"title": title, "units": UNITS, "categories": CATEGORIES, "sources": {"paper": PAPER}} | fields),
        facts=facts,
    )


def ids(facts):
    """Return the ids of facts."""
    return [found.id for found in facts]


class _File(tuple):
    """The facts of a store as a file that defines nothing."""

    definitions = Definitions()


def compiled(store):
    """Compile a store in memory and return all of its facts."""
    file = _File(store.facts)
    file.languages, file.values = store.languages, {}
    with building(":memory:") as builder:
        builder.create()
        builder.add_file(1, file)
        builder.define(store)
        builder.finish()
        return Index(builder.connection).select()


LIMITS = store(
    fact("exact", figure("900名", 900, 900, 900), against="other"),
    fact("other", figure("700名", 700, 700, 700), category="south"),
    fact("more", figure("800余名", 800, 800, 1000, bound="more_than")),
    fact("open", figure("超过600人", 600, 600, bound="more_than"), category="south"),
    fact("less", figure("不足500", 500, None, 500, bound="less_than")),
    fact("about", figure("约400", 400, 350, 450, bound="about")),
    fact("range", figure("100-300人", None, 100, 300, form="range")),
    fact("ratio", figure("1:2", form="ratio")),
    fact("first", figure("第一", 1, form="rank"), unit="place"),
    fact("top", figure("前三", 3, form="rank", bound="top"), unit="place", category="south"),
)
"""Each way in which a wording limits a figure, and a contradiction."""


def converted(path, ending, kind=None, *options):
    """Turn a file into one of another kind with LibreOffice, or say that it is not there, and return its path."""
    if OFFICE is None:
        pytest.skip("NOT CHECKED: no LibreOffice here; apt-get install libreoffice-calc libreoffice-draw")
    folder = path.parent / "office"
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", *options, "--convert-to", kind or ending, "--outdir", folder, path]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.{ending}"


@contextmanager
def browser(width=1280, height=900, scheme="light"):
    """Open Chromium as a person would have it; skip the test where it is not there."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="NOT CHECKED: no selenium; pip install -e '.[dev]'")
    if CHROMIUM is None or DRIVER is None:
        pytest.skip("NOT CHECKED: no Chromium here; apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    try:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        yield driver
    finally:
        driver.quit()


# What stands before the facts of a small store.
HEAD = """\
facts_format: 1
title: {zh: 试, en: Trial}
units:
  person: {zh: 人, en: people}
  yuan: {zh: 元, en: yuan}
categories:
  north: {zh: 北, en: North}
  south: {zh: 南, en: South}
sources:
  paper: {type: article-newspaper, title: {zh: 报, en: The Paper}, published: 2022-12-18}
facts:
"""
