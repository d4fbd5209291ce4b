"""The JSON Schema of the format: shipped as generated, and of one mind with the reader."""

import json
import re

import jsonschema
import pytest
import yaml

from cs_facts.store import bundled, shipped
from cs_facts.store.schema import json_schema_text
from making import check

SCHEMA = json.loads(shipped("facts.schema.json").read_text(encoding="utf-8"))


class CoreLoader(yaml.SafeLoader):
    """Reads YAML as editors do: by the core schema of YAML 1.2.2 (§10.3.2), where a date is text."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  # as in PyYAML


for tag, pattern in (
    ("null", r"~|null|Null|NULL|"),
    ("bool", "true|True|TRUE|false|False|FALSE"),
    ("int", "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), None)


def refusals(text, loader=CoreLoader):
    """Return what the schema finds wrong with a store, as paths into it."""
    found = jsonschema.Draft202012Validator(SCHEMA).iter_errors(yaml.load(text, loader))
    return ["/".join(map(str, error.absolute_path)) for error in found]


STORE = """\
facts_format: 1
title: {zh: 试, en: Trial}
units:
  person: people
categories:
  north: North
sources:
  paper: {type: report, title: 2024, names: [{paragraph: 2, printed: "1", why: a name}]}
synonyms: [[book, volume]]
version: 1.0
facts:
  - id: a
    draft: true
    category: north
    kind: figure
    title: T
    text: {zh: 有5人, en: NO}
    figure: 5
    unit: person
    when: 2024
    source: paper
    paragraph: 2
    tags: [1.10, true, two]
    conflicts: [{with: b, note: N}]
    note: {zh-Hant: N}
  - {id: b, category: north, title: T, text: t, source: paper}
"""


def test_what_is_shipped_is_what_the_definition_says():
    """The shipped file is the one that the reader's definition makes, a valid JSON Schema of the draft it names."""
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    hint = "run: python -m cs_facts.store.schema > data/facts.schema.json"
    assert shipped("facts.schema.json").read_text(encoding="utf-8") == json_schema_text(), hint


@pytest.mark.parametrize("loader", [CoreLoader, yaml.BaseLoader], ids=["as an editor", "as the reader"])
@pytest.mark.parametrize("file", [bundled(), shipped("starter.yaml")], ids=lambda file: file.name)
def test_what_is_shipped_is_valid(file, loader):
    """The bundled store and the starter pass, whether numbers are numbers or texts."""
    assert refusals(file.read_text(encoding="utf-8"), loader) == []


@pytest.mark.parametrize(
    ("where", "old", "new"),
    [
        ("", "title: {zh: 试", "titel: {zh: 试"),
        ("", "facts_format: 1\n", ""),
        ("facts_format", "facts_format: 1", "facts_format: 2"),
        ("title", "{zh: 试", "{Chinese language: 试"),
        ("title", "{zh: 试, en: Trial}", "' '"),
        ("units", "person: people", "Person: people"),
        ("units", "  person: people\n", "  [person]\n"),
        ("sources/paper", "type: report, ", ""),
        ("sources/paper/type", "type: report", "type: newspaper"),
        ("sources/paper", "type: report", "isbn: 1, type: report"),
        ("sources/paper/names/0", ", why: a name", ""),
        ("synonyms/0", "[[book, volume]]", "[[book]]"),
        ("synonyms/0", "[[book, volume]]", "[book]"),
        ("facts/0/draft", "draft: true", "draft: maybe"),
        ("sources/paper/names/0/paragraph", "paragraph: 2, printed", "paragraph: 0, printed"),
        ("facts/0", "    title: T\n", ""),
        ("facts/0", "    note:", "    notes:"),
        ("facts/0/kind", "kind: figure", "kind: number"),
        ("facts/0/id", "id: a", "id: A b"),
        ("facts/0/id", "id: a", "id: -5"),
        ("facts/0/category", "category: north\n    kind", "category: {north: x}\n    kind"),
        ("facts/0", "    figure: 5\n", ""),
        ("facts/0/figure", "figure: 5", f"figure: {'5' * 101}人"),
        ("facts/0/paragraph", "    paragraph: 2", "    paragraph: 1.5"),
        ("facts/0/paragraph", "    paragraph: 2", "    paragraph: 1000000000"),
        ("facts/0/tags", "[1.10, true, two]", "one"),
        ("facts/0/tags", "[1.10, true, two]", "[one, one]"),
        ("facts/0/tags/0", "[1.10, true, two]", "[one; two]"),
        ("facts/0/conflicts/0", "{with: b, note: N}", "{note: N}"),
        ("facts/0/conflicts", "[{with: b, note: N}]", "{with: b, note: N}"),
        ("facts/0/text", "en: NO", "en:"),
        ("facts/0/note", "{zh-Hant: N}", ""),
        ("facts", STORE.partition("facts:\n")[2], "  a: {title: T}\n"),
    ],
)
def test_both_refuse(tmp_path, where, old, new):
    """What a schema can say is wrong, the schema says where it stands, and the reader refuses it."""
    broken = STORE.replace(old, new)
    assert broken != STORE
    (tmp_path / "store.yaml").write_text(broken, encoding="utf-8")
    assert check(tmp_path / "store.yaml") != []
    assert any(found == where or found.startswith(f"{where}/") for found in refusals(broken))


def test_what_only_the_reader_can_tell(tmp_path):
    """Each kind of value, texts like numbers too, passes both; of numbers, dates and references the reader judges."""
    for old, new in {"": "", "figure: 5": "figure: many", "when: 2024": "when: 2024-13", "with: b": "with: c"}.items():
        text = STORE.replace(old, new)
        (tmp_path / "store.yaml").write_text(text, encoding="utf-8")
        assert len(check(tmp_path / "store.yaml")) == bool(new)
        assert refusals(text) == refusals(text, yaml.BaseLoader) == []
