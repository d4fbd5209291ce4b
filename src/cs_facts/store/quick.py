"""Facts in canonical form, read at a glance.

A store of a million facts is mostly facts as `cs_facts.store.writer` writes them. What of a list of facts stands in that
form beyond doubt is read here, by one pattern a fact, six times as quick as YAML can be parsed; everything else is
left to the parser, and so is every fault. A law tested on generated stores: what is read here the parser reads alike.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from cs_facts.dates.edtf import parse_period
from cs_facts.errors import FigureError, PeriodError
from cs_facts.lexicon import KINDS, PLAIN
from cs_facts.model import Conflict, Fact
from cs_facts.numbers.figures import parse_figure
from cs_facts.store.schema import IDENTIFIER, LANGUAGE
from cs_facts.store.writer import FLOW_INDICATOR, STARTS
from cs_facts.text import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cs_facts.model import Text

_ID = IDENTIFIER.replace("(", "(?:")
_LANG = LANGUAGE.replace("(", "(?:")

_PLAIN_VALUE = rf"[^\s{re.escape(STARTS)}](?:[^\n:#]++|:(?![ \n]|\Z)|(?<! )#)*(?<! )"
"""What `cs_facts.store.writer.PLAIN_SCALAR` is, where nothing `_UNUSUAL` stands."""

_VALUE = rf"""(?:{_PLAIN_VALUE}|"(?!\s*")[^"\\\n]+")"""


def _text_at(indent: int) -> str:
    """Return the pattern of a text, in languages perhaps, that a key at an indent has."""
    return rf"(?: {_VALUE}\n|\n(?: {{{indent + 2}}}{_LANG}: {_VALUE}\n)+)"


_TEXT = _text_at(4)
_FACT = re.compile(
    rf"  - id: ({_ID})\n"
    rf"    category: ({_ID})\n"
    rf"(?:    kind: ({'|'.join(KINDS)})\n)?"
    rf"    title:({_TEXT})"
    rf"    text:({_TEXT})"
    rf"(?:    figure: ({_VALUE})\n(?:    unit: ({_ID})\n)?)?"
    rf"(?:    when: ({_VALUE})\n)?"
    rf"    source: ({_ID})\n"
    r"(?:    paragraph: ([1-9][0-9]{0,8})\n)?"
    r"(?:    tags: \[([^\]\n]+)\]\n)?"
    rf"(?:    conflicts:\n((?:      - with: {_ID}\n(?:        note:{_text_at(8)})?)+))?"
    rf"(?:    note:({_TEXT}))?"
    r"(?=  - |[ ]*\n|[ ]*#|\Z)"
)
_IN_LANGUAGE = re.compile(rf" +({_LANG}): ([^\n]+)\n")
_CONFLICT = re.compile(rf"      - with: ({_ID})\n(?:        note:({_text_at(8)}))?")
_TAG = re.compile(_VALUE)
_UNUSUAL = re.compile(f"[{HIDDEN}\\t\r\xa0\ufeff]")
"""What no value may hold, or none that is written plain (`cs_facts.store.writer.PLAIN_SCALAR`)."""

_REMARKS = re.compile(r"(?:[ ]*(?:#[^\n]*)?\n|[ ]*#[^\n]*\Z)*")
_ITEM = "  - "
_NEXT = re.compile(f"^{_ITEM}", re.MULTILINE)


class _Doubt(Exception):
    """The parser must be asked."""


def read_quickly(items: str) -> Iterator[Fact | str]:
    """Yield the facts of a list in the form that `dump` writes, and between them, as text, what may be otherwise.

    Args:
        items: items of a block sequence; those indented by two are read here.

    """
    place = _after_remarks(items, 0)
    if _UNUSUAL.search(items) or not items.startswith(_ITEM, place):
        yield items
        return
    while place < len(items):
        match = _FACT.match(items, place)
        end = match.end() if match else place
        if not items.startswith(_ITEM, end):  # mostly there is no remark
            end = _after_remarks(items, end)
        # what follows may be the rest of a text, or an item at another indentation
        is_whole = items.startswith(_ITEM, end) or end == len(items)
        fact = _fact(match) if match and is_whole else None
        if fact:
            place = end
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
    """Make a fact, or return None where a value has a fault or is not plain beyond doubt."""
    id_, category, kind, title, text, figure, unit, when, source, paragraph, tags, conflicts, note = match.groups()
    try:
        return Fact(
            id_,
            category,
            _text(title),
            _text(text),
            source,
            kind,  # type: ignore[arg-type]  # the pattern has the kinds
            parse_figure(_bare(figure)) if figure else None,
            unit,
            _period(_bare(when)) if when else None,
            int(paragraph) if paragraph else None,
            None,
            _tags(tags) if tags else (),
            _conflicts(conflicts, id_) if conflicts else (),
            _text(note) if note else {},
        )
    except (FigureError, PeriodError, _Doubt):
        return None


_period = lru_cache(maxsize=4096)(parse_period)


def _text(written: str) -> Text:
    if written[0] == " ":
        return {PLAIN: _bare(written[1:-1])}
    pairs = _IN_LANGUAGE.findall(written)
    texts = {language: _bare(value) for language, value in pairs}
    if len(texts) < len(pairs):
        raise _Doubt
    return texts


def _conflicts(written: str, own: str) -> tuple[Conflict, ...]:
    conflicts = [Conflict(other, _text(note) if note else {}) for other, note in _CONFLICT.findall(written)]
    if len({own, *(conflict.other for conflict in conflicts)}) <= len(conflicts):
        raise _Doubt
    return tuple(conflicts)


def _bare(value: str) -> str:
    return value[1:-1] if value[0] == '"' else value


@lru_cache(maxsize=4096)
def _tags(written: str) -> tuple[str, ...]:
    tags = written.split(", ")
    if not all(_TAG.fullmatch(tag) and not FLOW_INDICATOR.search(tag) and ";" not in tag for tag in tags):
        raise _Doubt
    values = tuple(map(_bare, tags))
    if len(set(values)) < len(values):
        raise _Doubt
    return values
