"""``facts new``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cs_facts.cli.app import application
from cs_facts.cli.messages import say
from cs_facts.cli.streams import write_file
from cs_facts.errors import OutputError, UsageError
from cs_facts.store import shipped

app = application()

EPILOG = """\b
Examples:
  facts new my-facts.yaml
  facts new my-facts.yaml --no-schema
"""

ENDINGS = (".yaml", ".yml")
SCHEMA = "facts.schema.json"


@app.command(epilog=EPILOG)
def new_store(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="The store to write, .yaml.", metavar="FILE")],
    schema: Annotated[
        bool, typer.Option("--schema/--no-schema", help=f"Write {SCHEMA} beside it, from which editors complete.")
    ] = True,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the files if they exist.")] = False,
) -> None:
    """Write a commented store to begin with, and the JSON Schema that editors check it by."""
    if file.suffix.lower() not in ENDINGS:
        better = file.with_suffix(ENDINGS[0]) if file.name.strip(".") else f"store{ENDINGS[0]}"
        raise UsageError(f"{file}: a store is a YAML file; name it {better}")
    texts = _texts(file, with_schema=schema)
    for path in texts:
        if path.exists() and not force:
            raise OutputError(f"{path}: exists; --force overwrites it")
    for path, text in texts.items():
        write_file(path, [text], force=force)
    say(ctx.obj, f"facts: {' and '.join(map(str, texts))} written; change it, then run facts check {file}")


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
