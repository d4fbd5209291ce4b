"""``facts new``."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from cs_facts.cli.inputs import STANDARD_INPUT, read_text
from cs_facts.cli.options import Word, argument, command, flag, option, typed_date
from cs_facts.cli.streams import write_file
from cs_facts.cli.terminal import Environment, counted
from cs_facts.dates.parser import read_date
from cs_facts.errors import OutputError, UnknownName, UsageError
from cs_facts.model import Source, Store
from cs_facts.store import shipped
from cs_facts.store.formatter import append
from cs_facts.store.loader import load
from cs_facts.store.writer import Head, dump
from cs_facts.texts.document import Document
from cs_facts.texts.drafting import byline, draft, is_wrapped, language_of, slug

ENDINGS = (".yaml", ".yml")
SCHEMA = "facts.schema.json"

_SCHEMA = f"Write {SCHEMA} beside it, from which editors complete."


class Origin(NamedTuple):
    """The text that a store is drafted from, and what document it is."""

    text: Annotated[Word, option("--from", "Draft the facts from this text; - is standard input.", "TEXT")] = None
    source: Annotated[Word, option("--source", "Add to the store what its audit of this source finds open.", "ID")] = (
        None
    )
    title: Annotated[Word, option("--title", "The text's title; else its first paragraph.", "TITLE")] = None
    publisher: Annotated[Word, option("--publisher", "Who published it.", "NAME")] = None
    published: Annotated[Word, option("--published", "When: 2024-05-31; other dates count from there.", "DATE")] = None
    url: Annotated[Word, option("--url", "Where it stands.", "URL")] = None
    lang: Annotated[Word, option("--lang", "Language of the titles: zh or en; else the text's.", "LANG")] = None


@command(
    "my-facts.yaml",
    "my-facts.yaml --no-schema",
    "my-facts.yaml --from article.txt --published 2024-05-31",
    "my-facts.yaml --from article.txt --source gazette-2024",
)
def run_new(
    ctx: typer.Context,
    file: Annotated[Path, argument("The store to write, .yaml.", "FILE")],
    origin: Origin,
    schema: Annotated[bool, flag("--schema/--no-schema", _SCHEMA)] = True,
    force: Annotated[bool, flag("--force", "Overwrite the files if they exist.")] = False,
) -> None:
    """Write a commented store to begin with, or one drafted from a text, for a person to go over.

    With it goes the JSON Schema that editors check it by.
    """
    if file.suffix.lower() not in ENDINGS:
        better = file.with_suffix(ENDINGS[0]) if file.name.strip(".") else f"store{ENDINGS[0]}"
        raise UsageError(f"{file}: a store is a YAML file; name it {better}")
    if origin.text is not None and origin.source is not None:
        _add(ctx.obj, file, origin, origin.text)
        return
    texts = _texts(file, with_schema=schema)
    for path in texts:
        if path.exists() and not force:
            more = "; --source ID adds to it what its audit of that source finds open" if origin.text else ""
            raise OutputError(f"{path}: exists; --force overwrites it{more if path == file else ''}")
    done, doubts = "change it", []
    if origin.text is not None:
        document = read_text(origin.text, ctx.obj)
        source = _source(ctx.obj, document, origin)
        store, remarks = _set_apart(draft(document, source, language=origin.lang))
        first = texts[file].split("\n", 1)[0]
        texts[file] = "".join([f"{first}\n" if schema else "", *dump(store, comments=remarks)])
        done, doubts = f"{counted(len(store.facts), 'draft')} to go over", list(_doubts(document, remarks))
        if unknown := [name for name in ("publisher", "published") if not getattr(source, name)]:
            remedy = f"add what is known, by --{unknown[0]} or by hand"
            doubts.append(f"facts: the source has no {' and no '.join(unknown)}; {remedy}")
    for path, text in texts.items():
        write_file(path, [text], force=force)
    for doubt in doubts:
        ctx.obj.say(doubt)
    ctx.obj.say(f"facts: {' and '.join(map(str, texts))} written; {done}, then run facts check {file}")


def _add(environment: Environment, file: Path, origin: Origin, text: str) -> None:
    """Add to a store what the audit of a source finds open."""
    store: Store = load([file])
    id_ = origin.source or ""
    if id_ not in store.sources:
        raise UnknownName("source", id_, store.sources)
    document = read_text(text, environment)
    drafted, remarks = _set_apart(draft(document, store.sources[id_], store, origin.lang))
    for doubt in _doubts(document, remarks):
        environment.say(doubt)
    source, known = replace(drafted.sources[id_], sha256=document.sha256), store.sources[id_].sha256
    is_grown = known is not None and known != source.sha256
    if drafted.facts or source.names or is_grown:
        write_file(file, [append(file, replace(drafted, sources={id_: source}), remarks)], force=True)
    added = f"{counted(len(drafted.facts), 'draft')} and {counted(len(source.names), 'name')}"
    renewed = "; the SHA-256 of its source is now that of this text" if is_grown else ""
    environment.say(f"facts: {added} added to {file}{renewed}")


def _set_apart(drafted: Store) -> tuple[Store, dict[Head, list[str]]]:
    """Make of the notes comments above the drafts, which are no part of a fact; an inferred day keeps its note."""
    kept = [fact.note if fact.when and fact.when.edtf.endswith("~") else {} for fact in drafted.facts]
    facts = tuple(replace(fact, note=note) for fact, note in zip(drafted.facts, kept, strict=True))
    noted = ((("facts", nth), [f"# {note}" for note in fact.note.values()]) for nth, fact in enumerate(drafted.facts))
    return replace(drafted, facts=facts), {head: lines for head, lines in noted if lines}


def _doubts(document: Document, remarks: Mapping[Head, list[str]]) -> Iterator[str]:
    """Yield which drafts deserve a look first, and that a text looks torn."""
    if is_wrapped(document):
        yield "facts: the lines of the text look wrapped; each paragraph must be one line, or sentences are torn"
    counts = Counter(line.strip("# .。") for lines in remarks.values() for line in lines)
    if counts:
        why = "; ".join(f"{count} × {note}" for note, count in counts.most_common())
        yield f"facts: look first at {counted(counts.total(), 'draft')} with a comment: {why}"


def _source(environment: Environment, document: Document, origin: Origin) -> Source:
    """Describe the text as a source; what no option says is asked for at a terminal."""
    title = origin.title or next((paragraph.text for paragraph in document.paragraphs), document.file)
    publisher, published = origin.publisher, origin.published
    if origin.text != STANDARD_INPUT and sys.stdin is not None and sys.stdin.isatty() and environment.width:
        publisher = publisher or typer.prompt("Publisher", default="", show_default=False, err=True)
        published = published or typer.prompt("Published (2024-05-31)", default="", show_default=False, err=True)
    if published and not re.match(r"\d{4}(?:-|$)", published):  # a day as people type it
        published = read_date(published) or published
    when = typed_date("--published", published or None)
    language = origin.lang or language_of(document)
    author = byline(document)
    return Source(
        id="-".join(filter(None, (slug(publisher or "") or "source", when.edtf[:4] if when else ""))),
        type="article-newspaper" if publisher and when else "document",
        title={language: title[:200]},
        author={language: author} if author else {},
        publisher={language: publisher} if publisher else {},
        published=when,
        language={"zh": "zh-CN"}.get(language, language),
        url=origin.url,
        sha256=document.sha256,
    )


def _texts(file: Path, *, with_schema: bool) -> dict[Path, str]:
    """Return what is to be written; a schema that stands there already is left out."""
    starter = shipped("starter.yaml").read_text(encoding="utf-8")
    if not with_schema:
        return {file: starter.partition("\n")[2]}  # behind the line that names the schema
    path, schema = file.with_name(SCHEMA), shipped(SCHEMA).read_text(encoding="utf-8")
    is_there = path.is_file() and path.read_bytes() == schema.encode()
    return {file: starter} | ({} if is_there else {path: schema})
