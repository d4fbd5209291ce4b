"""What may stand where the cursor is: the names that a store holds, with what they mean.

Each completer goes to a parameter's ``autocompletion=`` and returns (value, help) pairs; those that do not begin with
what is typed are left out by Typer. The store is the one of the half-typed line, or of ``FACTS_STORE``.
"""

from __future__ import annotations

import re
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING

import typer

from cs_facts.columns import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, MutableMapping

    from cs_facts.index import Index
    from cs_facts.model import Text
    from cs_facts.output.labels import Language

Offers = list[tuple[str, str]]
"""Values and what they mean; Typer reads the annotation at run time."""

# Values offered at most; nobody reads more, and a shell lays each of them out.
_MOST = 1000


def _completer(named: Callable[[Index, str], Iterable[tuple[str, Text]]]) -> Callable[..., Offers]:
    """Return what offers the ids that begin with what is typed and are not on the line yet, with their names."""

    def complete(ctx: typer.Context, incomplete: str) -> Offers:
        language = _language(ctx)
        used = {word for value in ctx.params.values() if isinstance(value, (list, tuple)) for word in value}
        known = named(_store(ctx), incomplete)
        fitting = ((id_, text) for id_, text in known if id_.startswith(incomplete) and id_ not in used)
        return [(id_, language.text(text)) for id_, text in islice(fitting, _MOST)]

    return complete


def _facts(store: Index, incomplete: str) -> Iterable[tuple[str, Text]]:
    return ((fact.id, fact.title) for fact in store.facts_by_id(store.ids_beginning(incomplete, _MOST)))


complete_category = _completer(lambda store, _: store.categories.items())
complete_unit = _completer(lambda store, _: store.units.items())
complete_source = _completer(lambda store, _: ((each.id, each.title) for each in store.sources.values()))
complete_fact = _completer(_facts)


def complete_tag(ctx: typer.Context, incomplete: str) -> Offers:
    """Offer tags with the number of facts that have them."""
    tags = ((tag, count) for tag, count in _store(ctx).facts_by_tag.items() if tag.startswith(incomplete))
    return [(_quoted(ctx, tag), "1 fact" if count == 1 else f"{count} facts") for tag, count in islice(tags, _MOST)]


def complete_kind(ctx: typer.Context) -> Offers:
    """Offer the kinds of facts."""
    from cs_facts.output.labels import WORD_NAMES

    return [(kind, _language(ctx).word(WORD_NAMES["kind"][kind])) for kind in KINDS]


def complete_columns(ctx: typer.Context, incomplete: str) -> Offers:
    """Offer column names behind the last comma, those already named left out."""
    before, comma, _ = incomplete.rpartition(",")
    named = {name.strip() for name in before.split(",")}
    return [(f"{before}{comma}{name}", help_) for name, help_ in _columns(ctx) if name not in named]


def complete_sort(ctx: typer.Context, incomplete: str) -> Offers:
    """Offer column names, behind a minus that turns the order round."""
    return [("-" * incomplete.startswith("-") + name, help_) for name, help_ in _columns(ctx)]


def complete_language(ctx: typer.Context) -> Offers:
    """Offer the languages of the store."""
    known = {"zh": "中文", "en": "English", "both": "中文 / English"}
    try:
        return list((known | {tag: "" for tag in _store(ctx).languages if tag and tag not in known}).items())
    except Exception:  # a broken store takes nothing from these three
        return list(known.items())


def _listed(module: str, name: str) -> Callable[[], list[str]]:
    """Return what offers the names in a table of a module, which is imported when it is asked."""
    return lambda: list(getattr(import_module(f"cs_facts.{module}"), name))


complete_format = _listed("output", "FORMATS")
complete_style = _listed("citations", "STYLES")
complete_grouping = _listed("compare", "GROUPS")


def join_words_of_bash(variables: MutableMapping[str, str]) -> str:
    r"""Put together what bash parts at ``=`` and ``:``, and return what it will leave standing before the answer.

    >>> asked = {"COMP_WORDS": "facts\nlist\n-t\na\n=\nb", "COMP_CWORD": "5"}
    >>> join_words_of_bash(asked), asked["COMP_CWORD"]
    ('a=', '3')
    """
    words, last = variables["COMP_WORDS"].split("\n"), int(variables["COMP_CWORD"])
    joined: list[str] = []
    for before, word in zip(["", *words], words[: last + 1], strict=False):
        if joined and (set(word) <= set("=:") or before in ("=", ":")) and word:
            joined[-1] += word
        else:
            joined.append(word)
    variables["COMP_WORDS"], variables["COMP_CWORD"] = "\n".join(joined), str(len(joined) - 1)
    value = joined[-1].partition("=")[2] if joined[-1].startswith("--") else joined[-1]
    return re.sub("[^=:]*$", "", value)


def with_option(answer: str, line: str) -> str:
    r"""Put the ``--option=`` that a line ends in before each value; zsh and fish complete the whole word.

    >>> with_option("person\tpeople", "facts list --unit=p")
    '--unit=person\tpeople'
    """
    option = re.search(r"(?<= )--[a-z-]+=(?=\S*$)", line)
    return re.sub(r"(?m)^(?:_arguments .*\(\()?\"?(?=.)", rf"\g<0>{option[0]}", answer) if option else answer


def _columns(ctx: typer.Context) -> Offers:
    from cs_facts.columns import fact_columns

    language = _language(ctx)
    return [(name, language.heading(name)) for name in fact_columns(_store(ctx).languages)]


def _quoted(ctx: typer.Context, value: str) -> str:
    """Quote a value for bash, which Typer leaves as it is; the other shells quote by themselves."""
    if ctx.obj.variables.get("_FACTS_COMPLETE") != "complete_bash":
        return value
    return re.sub(r"([^\w@%+=:,./-])", r"\\\1", value)


def _store(ctx: typer.Context) -> Index:
    """Return the store of the half-typed line."""
    from cs_facts.cli.inputs import Stores

    return Stores(store=ctx.params.get("store")).open(ctx.obj)


def _language(ctx: typer.Context) -> Language:
    from cs_facts.output.labels import Language

    tag = ctx.obj.language
    return Language("en" if tag == "both" else tag)
