"""Facts → references in the styles that people paste and programs read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_facts.citations.entries import Entry, bibtex, csl_json, entries, ris
from cs_facts.citations.styles import apa, gb7714
from cs_facts.citations.works import Work
from cs_facts.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from cs_facts.model import Catalogue, Fact, Source

__all__ = ["STYLES", "cite", "default_style", "without_access"]


# The styles of a line a fact, and those of an entry a source.
_LINES: dict[str, Callable[[Work, int | None], str]] = {"gb7714": gb7714, "apa": apa}
_FILES: dict[str | None, Callable[[Iterable[Entry]], Iterator[str]]]
_FILES = {"bibtex": bibtex, "ris": ris, "csl-json": csl_json}
STYLES = tuple(map(str, (*_LINES, *_FILES)))


def cite(
    store: Catalogue, facts: Sequence[Fact], style: str | None = None, accessed: date | None = None
) -> Iterator[str]:
    """Yield references to the facts of a store, each given once, in their order.

    The style is one of `STYLES`, else an `UnknownName`; None is GB/T 7714 for a Chinese source and APA for another.
    What is online was read on the day ``accessed``, see `without_access`, or else as each source says.
    """
    if style is not None and style not in STYLES:
        raise UnknownName("style", style, STYLES)
    if style in _FILES:
        yield from _FILES[style](entries(store, facts, accessed))
        return
    for fact in facts:
        source = store.sources[fact.source]
        yield f"{_LINES[style or default_style(source)](Work(source, accessed), fact.paragraph)}\n"


def without_access(store: Catalogue, facts: Iterable[Fact], style: str | None) -> dict[str, list[str]]:
    """Return why a style gives no day of access, and the ids of the sources of which it gives none."""
    found: dict[str, list[str]] = {}
    for id_ in dict.fromkeys(fact.source for fact in facts):
        source = store.sources[id_]
        if not Work(source).address:
            found.setdefault("a day of access goes with an address, and none is known", []).append(id_)
        elif (style or default_style(source)) == "apa" and source.published:
            found.setdefault("APA gives a day of access only where there is no date", []).append(id_)
    return found


def default_style(source: Source) -> str:
    """Name the style of the source's country: GB/T 7714 for what is in Chinese, APA otherwise."""
    return "gb7714" if Work(source).is_chinese else "apa"
