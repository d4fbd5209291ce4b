"""What may stand where the cursor is: the names that a store holds, with what they mean.

The store is the one of the half-typed line, or of ``FACTS_STORE``.
"""

from __future__ import annotations

import re
from functools import cached_property
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING

from cs_facts.cli.environment import counted
from cs_facts.columns import KINDS, fact_columns
from cs_facts.output.labels import WORD_NAMES, Language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, MutableMapping

    import typer

    from cs_facts.index import Index
    from cs_facts.model import Text

    # Values and what they mean.
    Offers = Iterable[tuple[str, str]]

# Values offered at most; nobody reads more, and a shell lays each of them out.
_MOST = 1000


class _Line:
    """A half-typed line and its reader's language; its store is opened when it is asked for."""

    def __init__(self, ctx: typer.Context, incomplete: str) -> None:
        self.ctx, self.incomplete = ctx, incomplete
        tag = ctx.obj.language
        self.language = Language("en" if tag == "both" else tag)

    @cached_property
    def store(self) -> Index:
        index: Index = self.ctx.obj.open(self.ctx.params.get("store"))
        return index

    def named(self, names: Iterable[tuple[str, Text]]) -> Offers:
        """Offer ids that are not on the line yet, with their names."""
        used = {word for value in self.ctx.params.values() if isinstance(value, (list, tuple)) for word in value}
        return ((id_, self.language.text(name)) for id_, name in names if id_ not in used)

    def columns(self) -> Iterator[tuple[str, str]]:
        return ((name, self.language.heading(name)) for name in fact_columns(self.store.languages))


def _columns(line: _Line) -> Offers:
    """Offer column names behind the last comma, those already named left out."""
    before, comma, _ = line.incomplete.rpartition(",")
    named = {name.strip() for name in before.split(",")}
    return ((f"{before}{comma}{name}", help_) for name, help_ in line.columns() if name not in named)


def _languages(line: _Line) -> Offers:
    known = {"zh": "中文", "en": "English", "both": "中文 / English"}
    try:
        return (known | {tag: "" for tag in line.store.languages if tag and tag not in known}).items()
    except Exception:  # a broken store takes nothing from these three
        return known.items()


# What a parameter takes → what offers it.
_OFFERS: dict[str, Callable[[_Line], Offers]] = {
    "category": lambda line: line.named(line.store.categories.items()),
    "unit": lambda line: line.named(line.store.units.items()),
    "source": lambda line: line.named((each.id, each.title) for each in line.store.sources.values()),
    "fact": lambda line: line.named(
        (fact.id, fact.title) for fact in line.store.facts_by_id(line.store.ids_beginning(line.incomplete, _MOST))
    ),
    "tag": lambda line: ((tag, counted(count, "fact")) for tag, count in line.store.facts_by_tag.items()),
    "kind": lambda line: ((kind, line.language.word(WORD_NAMES["kind"][kind])) for kind in KINDS),
    "columns": _columns,
    # behind a minus, which turns the order round
    "sort": lambda line: (("-" * line.incomplete.startswith("-") + name, help_) for name, help_ in line.columns()),
    "language": _languages,
    "grouping": lambda _: ((name, "") for name in import_module("cs_facts.compare").GROUPS),
}


def offers(what: str | Iterable[str], ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return values that begin as typed, with what they mean; ``what`` is a key of `_OFFERS`, or all the values."""
    found = _OFFERS[what](_Line(ctx, incomplete)) if isinstance(what, str) else ((value, "") for value in what)
    fitting = islice((offer for offer in found if offer[0].startswith(incomplete)), _MOST)
    if ctx.obj.variables.get("_FACTS_COMPLETE") != "complete_bash":
        return list(fitting)
    # Typer leaves a value as it is for bash; the other shells quote by themselves
    return [(re.sub(r"([^\w@%+=:,./-])", r"\\\1", value), help_) for value, help_ in fitting]


def fitted(variables: MutableMapping[str, str]) -> Callable[[str], str]:
    r"""Mend what a shell asks by its variables, and return what fits an answer to its place on the line.

    bash parts words at ``=`` and ``:``, and an answer takes the place of the last part only:

    >>> asked = {"_FACTS_COMPLETE": "complete_bash", "COMP_WORDS": "facts\nlist\n-t\na\n=\nb", "COMP_CWORD": "5"}
    >>> fitted(asked)("a=b:c"), asked["COMP_CWORD"]
    ('b:c', '3')

    zsh and fish complete the whole word, the ``--option=`` that a value stands behind included:

    >>> fitted({"_TYPER_COMPLETE_ARGS": "facts list --unit=p"})("person\tpeople")
    '--unit=person\tpeople'
    """
    if variables.get("_FACTS_COMPLETE") == "complete_bash":
        standing = _join_words(variables)
        return lambda answer: "\n".join(line.removeprefix(standing) for line in answer.split("\n"))
    option = re.search(r"(?<= )--[a-z-]+=(?=\S*$)", variables.get("_TYPER_COMPLETE_ARGS", ""))
    if not option:
        return str
    return lambda answer: re.sub(r"(?m)^(?:_arguments .*\(\()?\"?(?=.)", rf"\g<0>{option[0]}", answer)


def _join_words(variables: MutableMapping[str, str]) -> str:
    """Put together what bash has parted, and return what it will leave standing before the answer."""
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
