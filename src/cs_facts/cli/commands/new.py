"""``facts new``."""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cs_facts.cli.inputs import STANDARD_INPUT, read_text
from cs_facts.cli.options import argument, command, option
from cs_facts.cli.streams import write_file
from cs_facts.cli.terminal import counted, say
from cs_facts.dates.edtf import parse_period
from cs_facts.dates.parser import read_date
from cs_facts.errors import OutputError, PeriodError, UnknownName, UsageError
from cs_facts.model import Source
from cs_facts.store import shipped
from cs_facts.store.formatter import append
from cs_facts.store.loader import load
from cs_facts.store.writer import dump
from cs_facts.texts.drafting import byline, draft, is_wrapped, language_of, slug

if TYPE_CHECKING:
    from cs_facts.cli.terminal import Environment
    from cs_facts.model import Period, Store
    from cs_facts.texts.document import Document

ENDINGS = (".yaml", ".yml")
SCHEMA = "facts.schema.json"


class Origin(NamedTuple):
    """The text that a store is drafted from, and what document it is."""

    text: Annotated[str | None, option("--from", "Draft the facts from this text; - is standard input.", "TEXT")] = None
    source: Annotated[
        str | None, option("--source", "Add to the store what its audit of this source finds open.", "ID")
    ] = None
    title: Annotated[str | None, option("--title", "The text's title; else its first paragraph.", "TITLE")] = None
    publisher: Annotated[str | None, option("--publisher", "Who published it.", "NAME")] = None
    published: Annotated[
        str | None, option("--published", "When: 2024-05-31; other dates count from there.", "DATE")
    ] = None
    url: Annotated[str | None, option("--url", "Where it stands.", "URL")] = None
    lang: Annotated[str | None, option("--lang", "Language of the titles: zh or en; else the text's.", "LANG")] = None


@command(
    "new my-facts.yaml",
    "new my-facts.yaml --no-schema",
    "new my-facts.yaml --from article.txt --published 2024-05-31",
    "new my-facts.yaml --from article.txt --source gazette-2024",
)
def run_new(
    ctx: typer.Context,
    file: Annotated[Path, argument("The store to write, .yaml.", "FILE")],
    origin: Origin,
    schema: Annotated[
        bool, typer.Option("--schema/--no-schema", help=f"Write {SCHEMA} beside it, from which editors complete.")
    ] = True,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the files if they exist.")] = False,
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
    if file.exists() and not force:
        more = "; --source ID adds to it what its audit of that source finds open" if origin.text else ""
        raise OutputError(f"{file}: exists; --force overwrites it{more}")
    texts = _texts(file, with_schema=schema)
    drafts, unknown, store = 0, [], None
    if origin.text is not None:
        document = read_text(origin.text, ctx.obj)
        source = _source(ctx.obj, document, origin)
        unknown = [name for name in ("publisher", "published") if not getattr(source, name)]
        store = draft(document, source, language=origin.lang)
        first = texts[file].split("\n", 1)[0]
        texts[file] = "".join([f"{first}\n" if schema else "", *dump(store)])
        drafts = len(store.facts)
    for path in texts:
        if path.exists() and not force:
            raise OutputError(f"{path}: exists; --force overwrites it")
    for path, text in texts.items():
        write_file(path, [text], force=force)
    done = f"{counted(drafts, 'draft')} to go over" if origin.text is not None else "change it"
    if store:
        _say_doubts(ctx.obj, document, store)
    if unknown:
        say(
            ctx.obj,
            f"facts: the source has no {' and no '.join(unknown)}; add what is known, by --{unknown[0]} or by hand",
        )
    say(ctx.obj, f"facts: {' and '.join(map(str, texts))} written; {done}, then run facts check {file}")


def _add(environment: Environment, file: Path, origin: Origin, text: str) -> None:
    """Add to a store what the audit of a source finds open."""
    store: Store = load([file])
    id_ = origin.source or ""
    if id_ not in store.sources:
        raise UnknownName("source", id_, store.sources)
    document = read_text(text, environment)
    drafted = draft(document, store.sources[id_], store, origin.lang)
    _say_doubts(environment, document, drafted)
    names = sum(len(source.names) for source in drafted.sources.values())
    if drafted.facts or names:
        write_file(file, [append(file, drafted)], force=True)
    say(environment, f"facts: {counted(len(drafted.facts), 'draft')} and {counted(names, 'name')} added to {file}")


def _say_doubts(environment: Environment, document: Document, drafted: Store) -> None:
    """Say which drafts deserve a look first, and that a text looks torn."""
    if is_wrapped(document):
        say(
            environment,
            "facts: the lines of the text look wrapped; each paragraph must be one line, or sentences are torn",
        )
    counts = Counter(note.rstrip(".。") for fact in drafted.facts for note in fact.note.values())
    if counts:
        why = "; ".join(f"{count} × {note}" for note, count in counts.most_common())
        say(environment, f"facts: look first at {counted(counts.total(), 'draft')} with a note: {why}")


def _source(environment: Environment, document: Document, origin: Origin) -> Source:
    """Describe the text as a source; what no option says is asked for at a terminal."""
    title = origin.title or next((paragraph.text for paragraph in document.paragraphs), document.file)
    publisher, published = origin.publisher, origin.published
    if origin.text != STANDARD_INPUT and sys.stdin is not None and sys.stdin.isatty() and environment.width:
        publisher = publisher or typer.prompt("Publisher", default="", show_default=False, err=True)
        published = published or typer.prompt("Published (2024-05-31)", default="", show_default=False, err=True)
    when = _period(published) if published else None
    language = origin.lang or language_of(document)
    id_ = "-".join(filter(None, (slug(publisher or "") or "source", when.edtf[:4] if when else "")))
    source = Source(id_, "article-newspaper" if publisher and when else "document", {language: title[:200]})
    author = byline(document)
    source = replace(source, author={language: author} if author else {})
    source = replace(source, publisher={language: publisher} if publisher else {}, published=when, url=origin.url)
    return replace(source, language={"zh": "zh-CN"}.get(language, language), sha256=document.sha256)


def _period(typed: str) -> Period:
    """Read a day of publication, as EDTF or as people type it."""
    try:
        return parse_period(typed if re.match(r"\d{4}(?:-|$)", typed) else read_date(typed) or typed)
    except PeriodError as error:
        raise UsageError(f"--published: {error}") from None


def _texts(file: Path, *, with_schema: bool) -> dict[Path, str]:
    """Return what is to be written; a schema that stands there already is left out."""
    starter = shipped("starter.yaml").read_text(encoding="utf-8")
    if not with_schema:
        first, rest = starter.split("\n", 1)  # the line that names the schema
        assert SCHEMA in first
        return {file: rest}
    path, schema = file.with_name(SCHEMA), shipped(SCHEMA).read_text(encoding="utf-8")
    is_there = path.is_file() and path.read_bytes() == schema.encode()
    return {file: starter} | ({} if is_there else {path: schema})
