"""The numbers of a running text, its ordinary words and the audit: any text can be held against a store."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import figures
from harness import SHARED, lines, readable

from cs_facts.errors import FigureError
from cs_facts.numbers.figures import parse_figure
from cs_facts.numbers.scanner import scan
from cs_facts.store import bundled, load
from cs_facts.texts.audit import audit, read_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cs_facts.model import Store

_WORDS = """
年 月 日 号 底 末 初 以来 起 截至 到 至 时 分 秒 星期 周 首 双 以内 多个 后 2022-12-18 21:59:43 1/3 May Dec. December
since until 一般 统一 十分 千万 一起 百姓 万一 看一看 千辛万苦 no one a second 壹 贰 拾 元 ⅓ Ⅳ ① ㈠ 俩 ℃ ‰ 萬 億 兩
"""
WORDS = (
    *figures.WORDS,
    *_WORDS.split(),
)


def seeds() -> Iterator[bytes]:
    """Yield the lines of the source, in Chinese, and what the parser of figures is given."""
    yield from lines(SHARED / "source" / "changsha-2022.txt")
    yield from figures.seeds()


@cache
def _store() -> Store:
    """Return facts that all cite the first paragraph, and names that stand there."""
    store = load([bundled()])
    facts = [replace(fact, paragraph=1) for fact in store.facts[::20]]
    source = next(iter(store.sources.values()))
    names = tuple(replace(name, paragraph=1) for name in source.names)
    return replace(store, facts=tuple(facts), sources={source.id: replace(source, names=names)})


def law(data: bytes) -> None:
    """Find the numbers of one text and audit it."""
    text = readable(data)
    end = 0
    for numeral in scan(text):
        assert end <= numeral.start < numeral.end <= len(text)
        assert numeral.start <= numeral.core[0] < numeral.core[1] <= numeral.end
        assert numeral.printed == text[numeral.start : numeral.end]
        end = numeral.end
        if numeral.kind == "figure":
            alone = None
            with suppress(FigureError):
                alone = parse_figure(numeral.printed)
            assert alone == numeral.figure
    document = read_document("text", text)
    for paragraph in document.paragraphs:
        assert paragraph.text == paragraph.text.strip()
    store = _store()
    result = audit(store, next(iter(store.sources.values())), document)
    for kind in ("figure", "number", "name", "place"):
        covered, total = result.coverage(kind)
        assert 0 <= covered <= total
    assert all(problem.message and problem.at.line >= 1 for problem in result.problems)
