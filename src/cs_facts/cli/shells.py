"""A half-typed line in, what may follow out, as bash, zsh and fish ask and want to be answered.

The scripts are Typer's (``facts --show-completion``): they run ``facts`` with ``_FACTS_COMPLETE=complete_bash`` and the
line in other variables. Typer's own answers load Rich and know no value that begins with a dash, and their quoting
loses spaces and brackets; so those of these three shells are given here. PowerShell is left to Typer.
"""

from __future__ import annotations

import contextlib
import re
import shlex
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any, NamedTuple

from cs_facts.cli.streams_out import write_stream
from cs_facts.errors import ExitCode
from cs_facts.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from cs_facts.cli.terminal import Environment

    # Typer's own classes, which are private
    Command = Any
    Parameter = Any
    Context = Any

_FILES = {"PATH", "FILE", "STORE", "TEXT", "TABLE"}
"""Names in the help of what the shell itself completes best."""


class Offer(NamedTuple):
    """A word that may stand at the cursor, and what it means."""

    value: str
    help: str = ""


@dataclass(frozen=True)
class Line:
    """A half-typed line.

    Attributes:
        words: those before the cursor's, without the program.
        current: the cursor's word as far as it is typed, without its quotes.
        raw: the same with them.

    """

    words: Sequence[str]
    current: str
    raw: str


def answer(environment: Environment, asking: str, command: Callable[[], Command]) -> ExitCode | None:
    """Tell a shell what may stand at the cursor.

    Args:
        environment: holds the half-typed line.
        asking: ``complete_bash`` and the like; None is returned where it is not one of ours.
        command: makes the command line.

    """
    shell = asking.removeprefix("complete_")
    if shell not in _SHELLS:
        return None
    read, write = _SHELLS[shell]
    text, code = "", ExitCode.OK
    with contextlib.suppress(Exception):  # a broken store is said when the line is run, not in the midst of it
        line = read(environment.variables)
        offers = _offers(command(), line, environment.told_to(StringIO()))
        text, code = write(line, offers, environment.variables)
    write_stream(environment.stdout, [f"{text}\n"] if text else [])
    return code


def _offers(root: Command, line: Line, environment: Environment) -> list[Offer] | None:
    """Return what may stand at the cursor, None where that is a file."""
    place = next((place for place, word in enumerate(line.words) if not word.startswith("-")), None)
    if place is None:
        return _options(root, line) if line.current.startswith("-") else _commands(line.current)
    command = root.get_command(None, line.words[place])
    words = list(line.words[place + 1 :])
    taking = {name: each for each in command.params if not getattr(each, "is_flag", True) for name in each.opts}
    name, equals, value = line.current.partition("=")
    if words and words[-1] in taking:
        return _values(command, taking[words[-1]], words[:-1], line.current, environment)
    if equals and name in taking:
        offers = _values(command, taking[name], words, value, environment)
        return offers and [offer._replace(value=f"{name}={offer.value}") for offer in offers]
    if line.current.startswith("-") and "--" not in words:
        return _options(command, line)
    argument = _argument(command, taking, words)
    return _values(command, argument, words, line.current, environment) if argument else []


def _commands(begun: str) -> list[Offer]:
    from cs_facts.cli.app import COMMANDS

    return [Offer(name, about) for name, (_, about) in COMMANDS.items() if name.startswith(begun)]


def _options(command: Command, line: Line) -> list[Offer]:
    """Offer the options not yet given, and those that may be given again."""
    every = [each for each in command.get_params(_context(command, [])) if hasattr(each, "is_flag")]
    open_ = [each for each in every if each.multiple or not set(each.opts) & set(line.words)]
    return [Offer(name, each.help or "") for each in open_ for name in each.opts if name.startswith(line.current)]


def _argument(command: Command, taking: Mapping[str, Parameter], words: Sequence[str]) -> Parameter | None:
    """Return the argument that the cursor's word belongs to, None where all have their words."""
    positional = 0
    for place, word in enumerate(words):
        positional += not word.startswith("-") and (place == 0 or words[place - 1] not in taking)
    for each in command.params:
        if not hasattr(each, "is_flag"):
            if each.nargs == -1 or positional < each.nargs:
                return each
            positional -= each.nargs
    return None


def _values(
    command: Command,
    parameter: Parameter,
    words: list[str],
    begun: str,
    environment: Environment,
) -> list[Offer] | None:
    if parameter.metavar in _FILES:
        return None
    found = parameter.shell_complete(_context(command, words, environment), begun)
    return [Offer(item.value, item.help or "") for item in found]


def _context(command: Command, words: list[str], environment: Environment | None = None) -> Context:
    return command.make_context(command.name, words, resilient_parsing=True, obj=environment)


def _split(text: str) -> list[str]:
    """Split a line as a shell does, a quote left open being closed by its end."""
    for closing in ("", '"', "'"):
        try:
            return shlex.split(text + closing)
        except ValueError:
            continue
    return shlex.split(text.rstrip("\\") + '"')  # a backslash took the quote


def _read_bash(variables: Mapping[str, str]) -> Line:
    """Read the words of bash, which breaks them at = and : too and passes them one a line."""
    typed = variables.get("COMP_WORDS", "")
    broken = typed.split("\n") if "\n" in typed else typed.split(" ")
    raw = [""]
    for word in broken[1 : int(variables.get("COMP_CWORD", 0)) + 1]:
        glued = raw[-1] and (word in ("=", ":") or raw[-1][-1] in "=:")
        raw = [*raw[:-1], raw[-1] + word] if glued else [*raw, word]
    *before, current = raw[1:] or [""]
    if int(variables.get("COMP_CWORD", 0)) >= len(broken):
        before, current = [*before, *([current] if current else [])], ""
    return Line([part for word in before for part in _split(word)], "".join(_split(current)[:1]), current)


def _read_line(variables: Mapping[str, str]) -> Line:
    """Read the line that zsh and fish pass whole up to the cursor."""
    typed = variables.get("_TYPER_COMPLETE_ARGS", "")
    words = _split(typed)[1:]
    if not words or re.search(r"(?<!\\)\s$", typed):
        return Line(words, "", "")
    return Line(words[:-1], words[-1], words[-1])


Answer = tuple[str, ExitCode]


def _write_bash(line: Line, offers: Iterable[Offer] | None, _: Mapping[str, str]) -> Answer:
    """Write a word a line, quoted as the word at the cursor is, without the part that bash broke off."""
    broken_off = max(line.current.rfind("="), line.current.rfind(":")) + 1
    values = [offer.value[broken_off:] for offer in offers or ()]
    if line.raw[:1] not in ("'", '"'):
        values = [re.sub(r"([^\w@%+=:,./-])", r"\\\1", value) for value in values]
    return "\n".join(values), ExitCode.OK


def _write_zsh(_: Line, offers: Iterable[Offer] | None, __: Mapping[str, str]) -> Answer:
    """Write code for zsh's own functions; the script evaluates what it gets as one line."""
    if offers is None:
        return "compset -P '*='; _files", ExitCode.OK
    entries = [_zsh_entry(offer) for offer in offers]
    if not entries:
        return "", ExitCode.OK
    return f"local -a facts; facts=({' '.join(map(_quoted, entries))}); _describe facts facts", ExitCode.OK


def _zsh_entry(offer: Offer) -> str:
    value = offer.value.replace("\\", "\\\\").replace(":", "\\:")
    return f"{value}:{_one_line(offer.help)}" if offer.help else value


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _write_fish(_: Line, offers: Iterable[Offer] | None, variables: Mapping[str, str]) -> Answer:
    """Write a word a line, its meaning behind a tab; asked whether there is an answer, say so by the exit code."""
    if variables.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
        return "", ExitCode.NOTHING if offers is None else ExitCode.OK
    return "\n".join(f"{offer.value}\t{_one_line(offer.help)}" for offer in offers or ()), ExitCode.OK


def _one_line(text: str) -> str:
    return visible(" ".join(text.split()))


_SHELLS: Mapping[str, tuple[Callable[[Mapping[str, str]], Line], Callable[..., Answer]]] = {
    "bash": (_read_bash, _write_bash),
    "zsh": (_read_line, _write_zsh),
    "fish": (_read_line, _write_fish),
}
