"""The pages for people say what the program does: what can be made from it is, and compared.

``FACTS_GOLDEN=write pytest tests/test_docs.py`` writes the made parts of the pages anew; look at the difference.
"""

import json
import os
import re
import shlex
import textwrap
from pathlib import Path

import pytest
import yaml

import cs_facts
from cs_facts.cli import COMMANDS, import_command, options, whole_command
from cs_facts.store import shipped

ROOT = Path(__file__).parents[1]

if not (ROOT / "docs").is_dir():
    pytest.skip(f"NOT CHECKED: the pages are not at {ROOT}", allow_module_level=True)

# Heading → what the page says of it, the options.
GROUPS = {
    "Filters": (
        "Which facts to show. They must pass every filter; of a repeatable one, any value will do.",
        options.Selection._fields,
    ),
    "Shape": ("How to lay out the result, and where to write it.", options.Shape._fields),
    "Stores": (
        "Which stores to read: those named, or else those in `FACTS_STORE`, or else the bundled one.",
        ("stores",),
    ),
}
PAGES = (
    *("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md", "bench/README.md"),
    *("docs/commands.md", "docs/faults.md", "docs/format.md"),
)


def read(name):
    """Return the text of a page."""
    return (ROOT / name).read_text(encoding="utf-8")


def agree(page, part, text):
    """Compare a made part of a page with what stands there between its marks, or write it when asked to."""
    before, begin, rest = read(page).partition(f"<!-- {part}: made by tests/test_docs.py -->\n")
    old, end, after = rest.partition(f"<!-- end of {part} -->\n")
    assert end, f"{page} has no part {part}"
    if os.environ.get("FACTS_GOLDEN") == "write":
        old = f"\n{text}\n\n"
        (ROOT / page).write_text(f"{before}{begin}{old}{end}{after}", encoding="utf-8")
    assert old == f"\n{text}\n\n", f"{page}: FACTS_GOLDEN=write pytest tests/test_docs.py writes it anew"


def table(*rows):
    """Write a table of Markdown, its heading first."""
    heading, *body = ("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)
    return "\n".join((heading, "|" + " --- |" * len(rows[0]), *body))


# -- docs/commands.md ------------------------------------------------------------------------------------------------


def said(param):
    """Write an option as a row: how it is typed, what it does."""
    names = ", ".join(sorted((*param.opts, *param.secondary_opts), key=len))
    value = "" if param.is_flag else f" {param.metavar or param.type.name.upper()}"
    return f"`{names}{value}`", " ".join(param.help.split())


def options_of(command_):
    """Return the options of a command, as rows."""
    return [said(param) for param in command_.params if param.param_type_name == "option"]


def shared_options():
    """Return heading → rows of the options that commands share."""
    by_name = {param.name: param for param in import_command("list").params}
    return {heading: [said(by_name[field]) for field in fields] for heading, (_, fields) in GROUPS.items()}


def section(name, command_, shared):
    """Write what the page says of a command."""
    usage = " ".join(command_.collect_usage_pieces(None))
    about, _, examples = command_.help.partition("\b\nExamples:\n")
    rows = options_of(command_)
    has = [heading for heading, group in shared.items() if set(group) <= set(rows)]
    own = [row for row in rows if not any(row in shared[heading] for heading in has)]
    yield f"## facts {name}\n\n{' '.join(about.split())}\n"
    yield f"```text\nfacts {name} {usage}\n```\n"
    arguments = [(f"`{param.metavar}`", param.help) for param in command_.params if param.param_type_name == "argument"]
    if arguments or own:
        yield table(("argument or option", "meaning"), *arguments, *own) + "\n"
    if has:
        yield f"Also: {', '.join(f'[{heading.lower()}](#{heading.lower()})' for heading in has)}.\n"
    yield f"```sh\n{textwrap.dedent(examples)}\n```\n"


def reference():
    """Write the reference of all commands."""
    shared = shared_options()
    for name in COMMANDS:
        yield from section(name, import_command(name), shared)
    for heading, (about, _) in GROUPS.items():
        yield f"## {heading}\n\n{about}\n"
        yield table(("option", "meaning"), *shared[heading]) + "\n"
    yield "## Everywhere\n"
    help_ = ("`-h, --help`", "Show the help, of a command too.")
    yield table(("option", "meaning"), *options_of(whole_command()), help_)


def test_every_command_and_option_has_its_place():
    """The reference is what the program says of itself."""
    agree("docs/commands.md", "reference", "\n".join(reference()))


def test_every_variable_is_documented():
    """Each environment variable of the program's own stands in the reference."""
    source = "".join(path.read_text(encoding="utf-8") for path in Path(cs_facts.__file__).parent.rglob("*.py"))
    known = set(re.findall(r"""["'](FACTS_[A-Z_]+)["']""", source))
    assert {"FACTS_STORE", "FACTS_LANG"} <= known
    assert {name for name in known if f"`{name}`" not in read("docs/commands.md")} == set()


# -- docs/format.md --------------------------------------------------------------------------------------------------

SCHEMA = json.loads(shipped("facts.schema.json").read_text(encoding="utf-8"))


def records(form, path=""):
    """Yield each kind of record of the format: where it stands, and the form of its keys."""
    if "properties" in form:
        yield path, form
        for name, child in form["properties"].items():
            yield from records(child, f"{path}{name}")
    for nested, step in ((form.get("items"), "[]."), (form.get("additionalProperties"), ".ID.")):
        if isinstance(nested, dict):
            yield from records(nested, f"{path}{step}")


def value_of(form):
    """Say in a word what a key takes."""
    if "$ref" in form:
        return form["$ref"].rpartition("/")[2]
    if "enum" in form:
        return "one of a list"
    if form["type"] == "array":
        item = value_of(form["items"])
        plural = item.replace("list of", "lists of") if item.startswith("list") else f"{item}s"
        return f"list of {plural}".replace("objects", "mappings")
    return {"object": "mapping"}[form["type"]]


def keys():
    """Write every key of the format, a table for each kind of record."""
    for path, form in records(SCHEMA):
        place = f"`{path.rstrip('.')}`" if path else "The file"
        yield f"### {place}\n"
        rows = [
            (f"`{name}`", "yes" if name in form["required"] else "", value_of(child), child["description"])
            for name, child in form["properties"].items()
        ]
        yield table(("key", "required", "value", "meaning"), *rows) + "\n"
    for path, name in (("facts[].", "kind"), ("sources.ID.", "type")):
        known = dict(records(SCHEMA))[path]["properties"][name]["enum"]
        yield f"`{name}` is one of {', '.join(f'`{word}`' for word in known)}.\n"


def test_every_key_is_described():
    """The page of the format has each key of the schema that is shipped."""
    agree("docs/format.md", "keys", "\n".join(keys()).rstrip())


def blocks(page, language):
    """Return the fenced blocks of a language on a page."""
    return re.findall(rf"^```{language}\n(.*?)^```$", read(page), re.MULTILINE | re.DOTALL)


@pytest.fixture
def example(tmp_path):
    """Lay out the example of the page, a store and the text of its source."""
    (text,), (store,) = blocks("docs/format.md", "text"), blocks("docs/format.md", "yaml")
    (tmp_path / "article.txt").write_text(text, encoding="utf-8")
    (tmp_path / "example.yaml").write_text(store, encoding="utf-8")
    return store


@pytest.mark.usefixtures("example")
def test_the_example_of_the_format_is_a_store(facts):
    """The example passes every check but for its draft, is in canonical form, and audits at 100% both ways."""
    fixed = facts("check", "example.yaml", "--fix")
    assert (fixed.code, "already in canonical form" in fixed.stderr) == (0, True), fixed.stdout + fixed.stderr
    assert fixed.stdout.count("\n") == fixed.stdout.count("1 fact is still a draft: open-all-night;") == 1
    audit = facts("audit", "article.txt", "-s", "example.yaml", "--source", "gazette")
    assert (audit.code, audit.stdout.count("(100%)")) == (0, 3), audit.stdout + audit.stderr
    assert "edition" not in audit.stderr


def test_the_example_shows_every_key(example):
    """No key is described that the example does not use."""
    names = {name for _, form in records(SCHEMA) for name in form["properties"]}
    assert {name for name in names if not re.search(rf"(?:^|[\s{{]){name}:", example)} == set()


# -- all pages -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page):
    """A link names a file of the repository, or a heading of the page, that is there; no page names a machine."""
    text = read(page)
    assert re.findall(r"/home/|/root/|/work/|/opt/|/usr/|pypi\.|simple/|localhost", text) == []
    headings = {re.sub(r"[^\w -]", "", line.lower()).replace(" ", "-") for line in re.findall(r"^#+ (.*)$", text, re.M)}
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, heading = target.partition("#")
        if "://" not in target:
            assert not path or (ROOT / page).parent.joinpath(path).exists(), target
            assert path or heading in headings, target


def test_no_hook_comes_from_elsewhere():
    """A hook of pre-commit needs neither the network nor a version of its own, and names files that are there."""
    repositories = yaml.safe_load(read(".pre-commit-config.yaml"))["repos"]
    hooks = [hook for repository in repositories for hook in repository["hooks"]]
    assert {repository["repo"] for repository in repositories} == {"local"}
    assert {hook["language"] for hook in hooks} == {"system"}
    named = [word for hook in hooks for word in shlex.split(hook["entry"]) if word.startswith(("tests/", "src"))]
    assert named
    assert [word for word in named if not (ROOT / word).exists()] == []
