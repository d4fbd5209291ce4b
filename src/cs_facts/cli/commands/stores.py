"""The commands that check and create stores: ``check``, ``new`` and ``import``."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cs_facts.checks import consistency
from cs_facts.cli.environment import Environment, counted
from cs_facts.cli.options import Force, NoPager, OutputFile, Stores, Word, Words, argument, option, typed_date
from cs_facts.cli.streams import STANDARD_INPUT, read_text, write_file, write_text
from cs_facts.errors import ExitCode, OutputError, StoreFaults, UsageError, check_names
from cs_facts.model import Problem, Source, Store
from cs_facts.store.formatter import append, canonical
from cs_facts.store.importer import Imported, Layout, import_table
from cs_facts.store.loader import examine, load
from cs_facts.store.writer import Head, dump
from cs_facts.text import shipped, visible

if TYPE_CHECKING:
    from cs_facts.texts.document import Document

ENDINGS = (".yaml", ".yml")
SCHEMA = "facts.schema.json"

_SCHEMA = f"Write {SCHEMA} beside it, for editors."

# An import lists at most this many warnings and unused columns.
_LISTED = 20


def run_check(
    ctx: typer.Context,
    stores: Stores = None,
    paths: Annotated[Words, argument("Stores to check; by default the one in use.", "STORE")] = None,
    strict: Annotated[bool, option("--strict", "Treat warnings as errors.")] = False,
    fix: Annotated[bool, option("--fix", "First rewrite each file in canonical form.")] = False,
    no_pager: NoPager = False,
) -> int:
    """Report every fault of a store with its file, line and column.

    facts check
    facts check my-facts.yaml --strict
    facts check my-facts.yaml --fix
    facts check folder-of-stores/
    """
    chosen = list(dict.fromkeys(ctx.obj.store_paths([*(stores or ()), *(paths or ())])))
    if fix:
        _rewrite(ctx.obj, chosen)
    problems: list[Problem] = []
    for path in chosen:
        store, faults = examine(path)
        problems += consistency(store) if store else faults
    lines = [f"{visible(str(problem))}\n" for problem in problems]
    write_text(ctx.obj, lines, None, ctx.obj.encoding, paged=not no_pager)
    errors = sum(problem.severity == "error" for problem in problems)
    found = f"{counted(errors, 'error')}, {counted(len(problems) - errors, 'warning')}"
    ctx.obj.say(f"facts: {found} in {', '.join(map(str, chosen))}")
    return ExitCode.NOTHING if errors or (strict and problems) else ExitCode.OK


def _rewrite(environment: Environment, paths: list[Path]) -> None:
    """Rewrite every file in canonical form, or none if any has faults."""
    try:
        formed = [formed for path in paths for formed in canonical(path)]
    except StoreFaults:  # the check will list them
        environment.say("facts: --fix writes nothing until the errors are fixed")
        return
    for each in formed:
        if each.is_new:
            write_file(each.file, [each.text], force=True)
        environment.say(f"facts: {each.file} is {'now' if each.is_new else 'already'} in canonical form")


class Origin(NamedTuple):
    """The text that a store is drafted from, and the description of it as a source."""

    text: Annotated[Word, option("--from", "Draft the facts from this text; - is standard input.", "TEXT")] = None
    source: Annotated[Word, option("--source", "Add only what an audit of this source finds not covered.", "ID")] = None
    title: Annotated[Word, option("--title", "Its title; by default its first paragraph.", "TITLE")] = None
    publisher: Annotated[Word, option("--publisher", "Who published it.", "NAME")] = None
    published: Annotated[Word, option("--published", "When: 2024-05-31; relative dates count from it.", "DATE")] = None
    url: Annotated[Word, option("--url", "Its address.", "URL")] = None
    lang: Annotated[Word, option("--lang", "Language of the titles, zh or en; by default its own.", "LANG")] = None


def run_new(
    ctx: typer.Context,
    file: Annotated[Path, argument("The store to write, .yaml.", "FILE")],
    origin: Origin,
    schema: Annotated[bool, option("--schema/--no-schema", _SCHEMA)] = True,
    force: Annotated[bool, option("--force", "Overwrite the files if they exist.")] = False,
) -> None:
    """Write a commented store to start from, or one drafted from a text, for a person to review.

    A JSON Schema, with which editors check the store, is written beside it.

      facts new my-facts.yaml
      facts new my-facts.yaml --no-schema
      facts new my-facts.yaml --from article.txt --published 2024-05-31
      facts new my-facts.yaml --from article.txt --source gazette-2024
    """
    if file.suffix.lower() not in ENDINGS:
        better = file.with_suffix(ENDINGS[0]) if file.name.strip(".") else f"store{ENDINGS[0]}"
        raise UsageError(f"{file}: a store is a YAML file; name it {better}")
    if origin.text is not None and origin.source is not None:
        _add_drafts(ctx.obj, file, origin, origin.source)
        return
    texts = _starter_files(file, with_schema=schema)
    for path in texts:
        if path.exists() and not force:
            more = "; --source ID adds only what an audit of that source finds not covered" if origin.text else ""
            raise OutputError(f"{path}: exists; --force overwrites it{more if path == file else ''}")
    done, messages = "change it", list[str]()
    if origin.text is not None:
        store, remarks, messages = _draft_store(ctx.obj, origin)
        first = texts[file].split("\n", 1)[0]
        texts[file] = "".join([f"{first}\n" if schema else "", *dump(store, comments=remarks)])
        done = f"{counted(len(store.facts), 'draft')} to review"
        [source] = store.sources.values()
        if unknown := [name for name in ("publisher", "published") if not getattr(source, name)]:
            remedy = f"add what is known, by --{unknown[0]} or by hand"
            messages.append(f"the source has no {' and no '.join(unknown)}; {remedy}")
    for path, text in texts.items():
        write_file(path, [text], force=force)
    for message in (*messages, f"{' and '.join(map(str, texts))} written; {done}, then run facts check {file}"):
        ctx.obj.say(f"facts: {message}")


def _add_drafts(environment: Environment, file: Path, origin: Origin, id_: str) -> None:
    """Add drafts to a store for what an audit of the source finds not covered."""
    store = load([file])
    check_names("source", [id_], store.sources)
    drafted, remarks, messages = _draft_store(environment, origin, store)
    source, known = drafted.sources[id_], store.sources[id_].sha256
    is_grown = known is not None and known != source.sha256
    if drafted.facts or source.names or is_grown:
        write_file(file, [append(file, drafted, remarks)], force=True)
    added = f"{counted(len(drafted.facts), 'draft')} and {counted(len(source.names), 'name')}"
    renewed = "; the SHA-256 of its source is now that of this text" if is_grown else ""
    for message in (*messages, f"{added} added to {file}{renewed}"):
        environment.say(f"facts: {message}")


def _draft_store(
    environment: Environment, origin: Origin, known: Store | None = None
) -> tuple[Store, dict[Head, list[str]], list[str]]:
    """Draft a store from a text, or the facts that a known store lacks; return it with comments and messages.

    The notes on drafts become comments above the facts, except the note on an inferred day, which stays with its fact.
    """
    from cs_facts.texts.drafting import draft, is_wrapped  # takes 100 ms, and the other commands do not need it

    document = read_text(origin.text or "", environment)
    source = known.sources[origin.source or ""] if known else _describe_source(environment, document, origin)
    drafted = draft(document, source, known, origin.lang)
    noted = ((("facts", nth), [f"# {note}" for note in fact.note.values()]) for nth, fact in enumerate(drafted.facts))
    remarks: dict[Head, list[str]] = {head: lines for head, lines in noted if lines}
    facts = (fact if fact.when and fact.when.edtf.endswith("~") else replace(fact, note={}) for fact in drafted.facts)
    messages = list[str]()
    if is_wrapped(document):
        messages.append("the lines of the text look wrapped; each paragraph must be on one line, or sentences are cut")
    if counts := Counter(line.strip("# .。") for lines in remarks.values() for line in lines):
        why = "; ".join(f"{count} × {note}" for note, count in counts.most_common())
        messages.append(f"review first the {counted(counts.total(), 'draft')} with a comment: {why}")
    source = replace(drafted.sources[source.id], sha256=document.sha256)
    return replace(drafted, facts=tuple(facts), sources={source.id: source}), remarks, messages


def _describe_source(environment: Environment, document: "Document", origin: Origin) -> Source:
    """Describe the text as a source; in a terminal ask for what is not given, unless publisher and date are."""
    from cs_facts.dates.parser import read_date
    from cs_facts.texts.drafting import byline, language_of, slug

    is_terminal = origin.text != STANDARD_INPUT and sys.stdin is not None and sys.stdin.isatty() and environment.width
    asks = is_terminal and not (origin.publisher and origin.published)

    def ask(question: str) -> str:
        answer: str = typer.prompt(question, default="", show_default=False, err=True) if asks else ""
        return answer

    headline = next((paragraph.text for paragraph in document.paragraphs), document.file)
    title = origin.title or ask(f"Title [{headline[:60]}]") or headline
    publisher = origin.publisher or ask("Publisher")
    published = origin.published or ask("Published (2024-05-31)")
    url = origin.url or ask("Address (https://…)") or None
    if published and not re.match(r"\d{4}(?:-|$)", published):  # not EDTF: 31 May 2024
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
        url=url,
        sha256=document.sha256,
    )


def _starter_files(file: Path, *, with_schema: bool) -> dict[Path, str]:
    """Return the files to write, path → text; an identical schema need not be written again."""
    starter = shipped("starter.yaml").read_text(encoding="utf-8")
    if not with_schema:
        return {file: starter.partition("\n")[2]}  # without the first line, which names the schema
    path, schema = file.with_name(SCHEMA), shipped(SCHEMA).read_text(encoding="utf-8")
    is_there = path.is_file() and path.read_bytes() == schema.encode()
    return {file: starter} | ({} if is_there else {path: schema})


def run_import(
    ctx: typer.Context,
    table: Annotated[Path, argument("A CSV or TSV, or JSON or NDJSON of an export.", "TABLE")],
    columns: Annotated[
        Words, option("--map", "Read a column from one with another name: title_en=Headline.", "NAME=COLUMN")
    ] = None,
    values: Annotated[
        Words, option("--set", "A value for the rows that lack one: category=members.", "NAME=VALUE")
    ] = None,
    store: Annotated[
        Words, option("--store -s", "Stores that define its units, categories and sources.", "PATH")
    ] = None,
    output: OutputFile = None,
    force: Force = False,
    no_pager: NoPager = False,
) -> None:
    """Make a store from a table with the columns of an export.

    facts import facts.csv -o my-facts.yaml
    facts import facts.csv --store names.yaml > my-facts.yaml
    facts import table.csv --map title=Headline --map text=Body --set source=our-report
    """
    layout = Layout(_parse_pairs("--map", "COLUMN", columns), _parse_pairs("--set", "VALUE", values))
    try:
        names = load(ctx.obj.store_paths(store)) if store else Store({}, {}, {}, {}, ())
        imported = import_table(table, layout, names)
    except StoreFaults as faults:
        if all(problem.at.file == str(table) for problem in faults.problems):  # in the table, not in a --store
            faults.consequence, faults.exit_code = f"in {table}; nothing is written", ExitCode.NOTHING
        raise
    write_text(ctx.obj, dump(imported.store), output, force=force, paged=not no_pager)
    for remark in _import_messages(imported):
        ctx.obj.say(remark)


def _parse_pairs(option: str, meant: str, words: Words) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for word in words or ():
        name, sign, value = word.partition("=")
        if not (name and sign and value):
            raise UsageError(f"{option} {word!r} does not have the form NAME={meant}")
        if name in pairs:
            raise UsageError(f"{option} gives {name} twice")
        pairs[name] = value
    return pairs


def _import_messages(imported: Imported) -> Iterator[str]:
    """Yield the messages about what to check after an import."""
    yield from map(str, imported.warnings[:_LISTED])
    if len(imported.warnings) > _LISTED:
        yield f"facts: {len(imported.warnings) - _LISTED:,} more warnings of this kind"
    for column, near in islice(imported.unused.items(), _LISTED):
        hint = f"; --map {near}={column} takes it for {near}" if near else ""
        yield f"facts: column {column!r} is left out{hint}"
    if len(imported.unused) > _LISTED:
        yield f"facts: {len(imported.unused) - _LISTED:,} more columns are left out"
    for what, ids in imported.invented.items():
        kind = "as a document with its id for a title" if what == "source" else "with its id for a name"
        yield f"facts: no {what} is known as {', '.join(ids)}; each is written {kind}; correct that"
    if imported.store.conflicts:
        yield "facts: tables have no notes on conflicts, so the store has none"
    yield f"facts: {counted(len(imported.store.facts), 'fact')} imported; run facts check on the store next"
