"""Facts in canonical form, read at a glance.

A store of a million facts is mostly facts as `cs_facts.store.dump` writes them. What of a list of facts stands in that
form beyond doubt is read here, by one pattern a fact, five times as quick as YAML can be parsed; everything else is
left to the parser, and so is every fault. A law tested on generated stores: what is read here the parser reads alike.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from cs_facts.errors import FigureError, PeriodError
from cs_facts.figures import parse_figure
from cs_facts.hidden import HIDDEN
from cs_facts.lexicon import KINDS, PLAIN
from cs_facts.model import Fact
from cs_facts.periods import parse_period
from cs_facts.store.dump import FLOW_INDICATOR, STARTS
from cs_facts.store.schema import IDENTIFIER, LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cs_facts.model import Text

_ID = IDENTIFIER.replace("(", "(?:")
_LANG = LANGUAGE.replace("(", "(?:")
_TEXT = rf"(?: [^\n]+\n|\n(?:      {_LANG}: [^\n]+\n)+)"
_FACT = re.compile(
    rf"""
    [ ]{{2}}-\ id:\ (?P<id>{_ID})\n
    [ ]{{4}}category:\ (?P<category>{_ID})\n
    (?:[ ]{{4}}kind:\ (?P<kind>{"|".join(KINDS)})\n)?
    [ ]{{4}}title:(?P<title>{_TEXT.replace(" ", "[ ]")})
    [ ]{{4}}text:(?P<text>{_TEXT.replace(" ", "[ ]")})
    (?:[ ]{{4}}figure:\ (?P<figure>[^\n]+)\n(?:[ ]{{4}}unit:\ (?P<unit>{_ID})\n)?)?
    (?:[ ]{{4}}when:\ (?P<when>[^\n]+)\n)?
    [ ]{{4}}source:\ (?P<source>{_ID})\n
    (?:[ ]{{4}}paragraph:\ (?P<paragraph>[1-9][0-9]{{0,8}})\n)?
    (?:[ ]{{4}}tags:\ \[(?P<tags>[^\]\n]+)\]\n)?
    (?:[ ]{{4}}note:(?P<note>{_TEXT.replace(" ", "[ ]")}))?
    (?=[ ]{{2}}-\ |[ ]*\n|[ ]*\#|\Z)
    """,
    re.VERBOSE,
)
_UNUSUAL = re.compile(f"[{HIDDEN}\\t\r\xa0\ufeff]")
"""What no value may hold, or none that is written plain (`cs_facts.store.dump.PLAIN_SCALAR`)."""

_STARTS = f" {STARTS}"
"""What begins no plain value; spaces before one are no part of it."""

_IN_LANGUAGE = re.compile(rf"      ({_LANG}): ([^\n]+)\n")
_REMARKS = re.compile(r"(?:[ ]*(?:#[^\n]*)?\n|[ ]*#[^\n]*\Z)*")
_NEXT = re.compile(r"^  - ", re.MULTILINE)


def read_quickly(items: str) -> Iterator[Fact | str]:
    """Yield the facts of a list in the form that `dump` writes, and between them, as text, what may be otherwise.

    Args:
        items: items of a block sequence, indented by two, each beginning where a line begins with ``  - ``.

    """
    if _UNUSUAL.search(items):
        yield items
        return
    place = _after_remarks(items, 0)
    while place < len(items):
        match = _FACT.match(items, place)
        fact = _fact(match) if match else None
        if match and fact:
            place = _after_remarks(items, match.end())
            yield fact
        else:
            following = _NEXT.search(items, place + 1)
            end = following.start() if following else len(items)
            yield items[place:end]
            place = end


def _after_remarks(items: str, place: int) -> int:
    match = _REMARKS.match(items, place)
    return match.end() if match else place


def _fact(match: re.Match[str]) -> Fact | None:
    """Make a fact, or return None where a value is not plain beyond doubt."""
    title, text = _text(match["title"]), _text(match["text"])
    note = _text(match["note"]) if match["note"] else {}
    tags = _tags(match["tags"]) if match["tags"] else ()
    if title is None or text is None or note is None or tags is None:
        return None
    printed, edtf = (_value(match[name]) if match[name] else "" for name in ("figure", "when"))
    if printed is None or edtf is None:
        return None
    try:
        figure = parse_figure(printed) if printed else None
        when = _period(edtf) if edtf else None
    except (FigureError, PeriodError):
        return None
    return Fact(
        match["id"],
        match["category"],
        title,
        text,
        match["source"],
        match["kind"],  # type: ignore[arg-type]  # the pattern has the kinds
        figure,
        match["unit"],
        when,
        int(match["paragraph"]) if match["paragraph"] else None,
        tags,
        (),
        note,
    )


_period = lru_cache(maxsize=4096)(parse_period)


def _text(written: str) -> Text | None:
    if written[0] == " ":
        value = _value(written[1:-1])
        return None if value is None else {PLAIN: value}
    pairs = _IN_LANGUAGE.findall(written)
    texts = {language: value for language, line in pairs if (value := _value(line)) is not None}
    return texts if len(texts) == len(pairs) else None


def _value(written: str) -> str | None:
    """Return a text that stands in a block, None where the parser must be asked what it is."""
    if written[0] == '"':
        inside = written[1:-1]
        is_plain = written[-1] == '"' and len(written) > 2 and '"' not in inside and "\\" not in inside
        return inside if is_plain and inside.strip() else None
    # what `PLAIN_SCALAR` says, in a tenth of the time; the characters were looked at before
    is_plain = written[0] not in _STARTS and written[-1] not in ": " and " #" not in written and ": " not in written
    return written if is_plain else None


@lru_cache(maxsize=4096)
def _tags(written: str) -> tuple[str, ...] | None:
    tags = written.split(", ")
    values = [_value(tag) for tag in tags if tag and not FLOW_INDICATOR.search(tag)]
    plain = [value for value in values if value and ";" not in value]
    return tuple(plain) if len(plain) == len(tags) == len(set(plain)) else None
