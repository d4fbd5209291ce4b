"""The format of a store, version 1: its keys and how the value of each is read.

This is the only definition. The reader follows it, the writer takes the order of keys from it, and the tables of
docs/format.md and the JSON Schema (2020-12) are generated from it; the schema covers keys, shapes, ids and closed
lists. ``python -m cs_facts.store.schema > data/facts.schema.json`` writes the shipped copy.
"""

from __future__ import annotations

import json
import sys
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from yaml import ScalarEvent

from cs_facts.columns import KINDS
from cs_facts.errors import quoted
from cs_facts.model import Conflict, Fact, Name, Source
from cs_facts.store import readers as read
from cs_facts.store.readers import JSON, Field, Reader, Record, definitions, items, list_of, one_of, reference

if TYPE_CHECKING:
    from cs_facts.store.reading import Event, Reading

FORMAT = "1"

_CSL_TYPES = """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic
    collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic
    hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet
    paper-conference patent performance periodical personal_communication post post-weblog
    regulation report review review-book software song speech standard thesis treaty webpage
"""

# The item types of CSL 1.0.2.
SOURCE_TYPES = tuple(_CSL_TYPES.split())

CONFLICT = Record(
    "conflict",
    {
        "with": Field(reference("fact"), "the id of the other fact", required=True, attribute="other"),
        "note": Field(read.TEXT, "what may explain the two, and what the source leaves open"),
    },
)

NAME = Record(
    "name",
    {
        "paragraph": Field(read.PARAGRAPH, "where it stands; left out: wherever it stands"),
        "printed": Field(read.WORD, "the wording, exactly as printed", required=True),
        "why": Field(read.WORD, "why it counts nothing", required=True),
    },
)

SOURCE = Record(
    "source",
    {
        "type": Field(one_of("source type", SOURCE_TYPES), "what it is, as an item type of CSL 1.0.2", required=True),
        "title": Field(read.TEXT, "its title as printed", required=True),
        "author": Field(read.TEXT, "who wrote it", inline=True),
        "container": Field(read.TEXT, "the journal, newspaper or book it stands in", inline=True),
        "publisher": Field(read.TEXT, "who published it", inline=True),
        "editor": Field(read.TEXT, "who edited it", inline=True),
        "published": Field(read.PERIOD, "when it appeared: 2022, 2022-12-18 or 2022-12-18T21:59:43+08:00"),
        "language": Field(read.WORD, "its language, as BCP 47: zh-CN, en"),
        "url": Field(read.WORD, "where it can be read"),
        "archived": Field(read.WORD, "where a copy is kept"),
        "accessed": Field(read.PERIOD, "the day on which it was read: 2026-11-30"),
        "doi": Field(read.WORD, "its DOI: 10.1000/182"),
        "volume": Field(read.WORD, "its volume"),
        "issue": Field(read.WORD, "its issue"),
        "pages": Field(read.WORD, "its pages: 12-17"),
        "licence": Field(read.WORD, "the licence that it is under"),
        "sha256": Field(
            read.SHA256, "SHA-256 of its text as UTF-8: lines stripped, empty ones dropped, joined by line feeds"
        ),
        "names": Field(
            list_of(NAME.reader(Name)), "numbers of its text that count nothing, parts of names", inline=True
        ),
    },
)


FACT = Record(
    "fact",
    {
        "id": Field(read.ID, "its own name, which stays: lower-case ASCII words joined by hyphens", required=True),
        "category": Field(reference("category"), "the id of a category of this store", required=True),
        "kind": Field(one_of("kind", KINDS), "what kind of claim it is"),
        "title": Field(read.TEXT, "what is counted or claimed, in a few words", required=True),
        "text": Field(read.TEXT, "one sentence that stands by itself, in the store's own words", required=True),
        "figure": Field(read.FIGURE, "the number exactly as printed, with its counter: 50.66万名, more than 1,200"),
        "unit": Field(
            reference("unit"),
            "the id of a unit of this store: what is counted",
            needs=("figure", "a unit counts something; give the figure too, or take the unit out"),
        ),
        "when": Field(read.PERIOD, "its period as EDTF: 2022, 2022-05-31, 2012/2022, 2017/.., 2022~"),
        "source": Field(reference("source"), "the id of a source of this store", required=True),
        "paragraph": Field(read.PARAGRAPH, "where it stands: the source's non-empty lines counted from 1, the title"),
        "quote": Field(read.WORD, "words of the source that carry the fact, exactly as printed, its figure among them"),
        "tags": Field(list_of(read.TAG), "other words that people would look for"),
        "conflicts": Field(
            list_of(CONFLICT.reader(Conflict), attrgetter("other")),
            "facts that cannot both be read at face value beside this one; one side names the other",
        ),
        "note": Field(read.TEXT, "a doubt, an inference, what the source leaves open"),
        "draft": Field(read.FLAG, "true where a program proposed it and no person has read it yet"),
    },
)


def read_fact(event: Event, reading: Reading) -> Fact | None:
    """Read one fact, record its id, and check that its parts agree."""
    starts: dict[str, Any] = {}
    reading.partners.clear()
    values = FACT.read(event, reading, starts)
    own = starts["id"].value if isinstance(starts.get("id"), ScalarEvent) else ""
    if own in reading.partners:
        said = f"fact {own!r} cannot be in conflict with itself; name the other fact"
        reading.report(reading.partners[own], said)
    if own.strip():
        reading.on_id(starts["id"])
    if values is None:
        return None
    quote, figure = values.get("quote"), values.get("figure")
    if quote and figure and figure.printed in quote:
        from cs_facts.numbers.scanner import as_quoted  # takes 15 ms, and a store may have no quotes

        values["figure"] = as_quoted(figure, quote)
    elif quote and figure:
        said = f"the quote does not contain the figure {quoted(figure.printed)}; quote the words around it"
        reading.report(starts["quote"], said)
    return Fact(**values, at=reading.position(event))


_NO_FORMAT = f"format {{word}} is not known; this version reads format {FORMAT}"
_FORMAT = read.converted("", {"enum": [int(FORMAT), FORMAT]}, read.matched(FORMAT), _NO_FORMAT)
_SYNONYMS = list_of(read.WORD, least=2, few="one word has no synonym here; give two words or more")
_FACTS = items(Reader(read_fact, FACT.form), "each fact an item that begins with `- id:`")

STORE = Record(
    "store",
    {
        "facts_format": Field(_FORMAT, "the version of the format", required=True),
        "title": Field(read.TEXT, "what the store is about"),
        "version": Field(read.WORD, "the version of the store"),
        "licence": Field(read.WORD, "the licence that the store's own wording is under"),
        "units": Field(definitions("unit", read.TEXT), "unit id: what is counted, in words", inline=True),
        "categories": Field(definitions("category", read.TEXT), "category id: its name", inline=True),
        "synonyms": Field(
            items(_SYNONYMS, "each item words that a search takes for one another: [car, automobile]"),
            "lists of words that a search takes for one another",
        ),
        "sources": Field(definitions("source", SOURCE.reader(dict), Source), "source id: the document that is cited"),
        "facts": Field(_FACTS, "what the sources say, a claim an item"),
    },
)


def json_schema_text() -> str:
    """Return the JSON Schema of a store file, as shipped."""
    named = (reader for reader in vars(read).values() if isinstance(reader, Reader) and reader.name)
    whole: JSON = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A store of facts, format 1",
        **STORE.form,
        "$defs": {reader.name: reader.form for reader in named},
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.buffer.write(json_schema_text().encode())
