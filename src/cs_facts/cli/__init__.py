"""The command line application. A command is imported only when it is run, so that none pays for the others."""

from __future__ import annotations

import contextlib
import inspect
import io
import os
import re
import sys
from collections.abc import Callable, MutableMapping, Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from typer import TyperException
from typer.core import TyperCommand, TyperGroup

from cs_facts import __version__
from cs_facts.cli.environment import Environment, counted, discard
from cs_facts.cli.streams import ClosedPipe, write_stream
from cs_facts.errors import ExitCode, FactsError, StoreFaults, UnknownName

# Classes that Typer does not export.
Command = Any
Context = Any
Formatter = Any

# Command → the module of cs_facts.cli.commands with its function (run_list), and the first line of its help, which
# `facts --help` shows without importing it.
COMMANDS = {
    "list": ("queries", "List facts in store order."),
    "categories": ("queries", "List the categories: names, facts, figures, period covered, conflicts."),
    "search": ("queries", "Find facts by words, in Chinese or English, by numbers and by dates, best first."),
    "show": ("queries", "Show everything known about a fact."),
    "compare": ("queries", "Compare categories side by side: a summary, then their figures by unit."),
    "export": ("queries", "Write every column of every fact that passes the filters."),
    "cite": ("queries", "Print a reference to each fact, with its paragraph."),
    "check": ("stores", "Is the store well formed? Report every fault with its file, line and column."),
    "audit": ("texts", "Does the store say what its source says? Compare it with the text, both ways."),
    "verify": ("texts", "Does a text say what the store says? Give a verdict on each number of a draft."),
    "new": ("stores", "Write a commented store to start from, and a JSON Schema for editors."),
    "import": ("stores", "Make a store from a table with the columns of an export."),
    "info": ("info", "Show versions, stores, the index and optional features, as a bug report needs them."),
}

HELP = """\
Look up facts that can be cited: every figure with its wording, number, date and place in the source.

\b
Examples:
  facts list talent
  facts search 党员
  facts compare talent returnee-town
"""

SHORT_HELP = """\
facts looks up facts that can be cited: every figure with its wording, number, date and place in the source.

  facts list talent                    the facts of a category
  facts search 党员                     facts that match, in Chinese or English
  facts compare talent returnee-town   categories side by side

facts --help names every command, facts COMMAND --help explains one.
"""


class _Command(TyperCommand):
    """A command whose usage shows optional and repeatable arguments: ``[CATEGORY]...``."""

    def collect_usage_pieces(self, ctx: Context) -> list[str]:  # noqa: ARG002  # Typer passes it
        pieces = ["[OPTIONS]"]
        for each in self.params:
            if each.param_type_name == "argument":
                name = each.metavar if each.required else f"[{each.metavar}]"
                pieces.append(f"{name}{'...' * (each.nargs == -1)}")
        return pieces


class _Commands(TyperGroup):
    """The group of all commands, which imports a command when it is named."""

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002  # Typer passes it
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:  # noqa: ARG002  # likewise
        if cmd_name not in COMMANDS and not cmd_name.startswith("-"):
            raise UnknownName("command", cmd_name, COMMANDS)
        return import_command(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: Context, formatter: Formatter) -> None:  # noqa: ARG002  # likewise
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])


# Plain help takes half as long as Rich's.
_PLAIN: dict[str, Any] = {
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"], "max_content_width": 80},
}


def import_command(name: str) -> Command:
    """Import a command and return it."""
    from cs_facts.cli.options import spread  # `facts --help` does not need it

    module, about = COMMANDS[name]
    function = getattr(import_module(f"cs_facts.cli.commands.{module}"), f"run_{name}")
    app = typer.Typer(add_completion=False, **_PLAIN)
    doc = inspect.getdoc(function) or f"{about}\n\nRun by python -OO, which drops them, help has no examples."
    help_ = re.sub("(?m)^facts ", "  facts ", doc)
    help_ = help_.replace("\n\n  facts ", "\n\n\b\nExamples:\n  facts ")  # \b keeps the paragraph from being wrapped
    app.command(cls=_Command, help=help_, short_help=about)(spread(function))
    return typer.main.get_command(app)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"facts {__version__}")
        raise typer.Exit


def whole_command() -> Command:
    """Return the application with all its commands."""
    app = typer.Typer(cls=_Commands, invoke_without_command=True, **_PLAIN)

    @app.callback(help=HELP)
    def facts(
        ctx: typer.Context,
        version: Annotated[  # noqa: ARG001  # handled by its callback
            bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
        ] = False,
    ) -> None:
        if ctx.invoked_subcommand is None:
            typer.echo(SHORT_HELP, nl=False)

    return typer.main.get_command(app)


def main(arguments: Sequence[str] | None = None, environment: Environment | None = None) -> int:
    """Run a command line and return its exit code. Only here do exceptions become messages."""
    environment = environment or Environment.current()
    if "_FACTS_COMPLETE" in environment.variables:  # a broken store is reported when the line is run, not completed
        environment = environment._replace(stderr=io.StringIO())
    try:
        return _run(sys.argv[1:] if arguments is None else arguments, environment)
    except ClosedPipe:
        code = ExitCode.OK
    except KeyboardInterrupt:
        code = ExitCode.INTERRUPTED
    except TyperException as error:
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "facts"
        environment.say(f"facts: {error.format_message().rstrip('.')}; see {command} --help")
        code = ExitCode.USAGE
    except StoreFaults as faults:
        for problem in faults.problems:
            environment.say(str(problem))
        environment.say(f"facts: {counted(len(faults.problems), 'fault')} {faults.consequence}")
        code = faults.exit_code
    except FactsError as error:
        environment.say(f"facts: {error}")
        code = error.exit_code
    except MemoryError:
        environment.say("facts: there is not enough memory")
        code = ExitCode.UNREADABLE
    except Exception as error:
        code = _own_fault(error, environment)
    discard(environment.stdout)
    return code


def _own_fault(error: Exception, environment: Environment) -> ExitCode:
    """Report a bug in the program, unless it was caused by an interrupt; with FACTS_DEBUG, raise it again."""
    cause: BaseException | None = error
    while cause := cause and cause.__context__:  # OpenCC turns an interrupt during its import into an ImportError
        if isinstance(cause, KeyboardInterrupt):
            return ExitCode.INTERRUPTED
    if environment.variables.get("FACTS_DEBUG"):
        raise error
    environment.say(f"facts: a fault of facts itself: {type(error).__name__}: {error}; FACTS_DEBUG=1 shows where")
    return ExitCode.UNREADABLE


def _run(arguments: Sequence[str], environment: Environment) -> int:
    """Run a command line and return its exit code; errors are raised."""
    fit = completion_adapter(os.environ) if "_FACTS_COMPLETE" in environment.variables else str
    name, words = "facts", list(arguments)
    if words and words[0] in COMMANDS:  # the other commands are not needed
        name, command = f"facts {words[0]}", import_command(words.pop(0))
    else:
        command = whole_command()
    printed = io.StringIO()  # Typer prints help itself and handles neither closed pipes nor encodings that lack 党
    try:
        with contextlib.redirect_stdout(printed):
            code = command.main(words, prog_name=name, standalone_mode=False, obj=environment)
    except SystemExit as end:  # raised by Typer after a completion, and by signals
        if isinstance(end.code, int) and end.code > 128:  # 128 plus the number of a signal
            raise
        code = end.code
    if code == ExitCode.INTERRUPTED:  # what Typer makes of a KeyboardInterrupt
        raise KeyboardInterrupt
    if text := printed.getvalue():
        write_stream(environment.stdout, [fit(text)], environment.encoding)
    return ExitCode(code or 0)


def completion_adapter(variables: MutableMapping[str, str]) -> Callable[[str], str]:
    r"""Correct a shell's completion request in its variables, and return a function that adapts the answer.

    bash splits words at ``=`` and ``:``, and replaces only the last part by the answer:

    >>> asked = {"_FACTS_COMPLETE": "complete_bash", "COMP_WORDS": "facts\nlist\n-t\na\n=\nb", "COMP_CWORD": "5"}
    >>> completion_adapter(asked)("a=b:c"), asked["COMP_CWORD"]
    ('b:c', '3')

    zsh and fish replace the whole word, including the ``--option=`` before a value:

    >>> completion_adapter({"_TYPER_COMPLETE_ARGS": "facts list --unit=p"})("person\tpeople")
    '--unit=person\tpeople'
    """
    if variables.get("_FACTS_COMPLETE") == "complete_bash":
        words = variables["COMP_WORDS"].split("\n")[: int(variables["COMP_CWORD"]) + 1]
        joined = re.sub(r"\n([=:]+)(?:\n(?=.))?", r"\1", "\n".join(words)).split("\n")
        variables["COMP_WORDS"], variables["COMP_CWORD"] = "\n".join(joined), str(len(joined) - 1)
        value = joined[-1].partition("=")[2] if joined[-1].startswith("--") else joined[-1]
        standing = re.sub("[^=:]*$", "", value)
        return lambda answer: "\n".join(line.removeprefix(standing) for line in answer.split("\n"))
    option = re.search(r"(?<= )--[a-z-]+=(?=\S*$)", variables.get("_TYPER_COMPLETE_ARGS", ""))
    if not option:
        return str
    return lambda answer: re.sub(r"(?m)^(?:_arguments .*\(\()?\"?(?=.)", rf"\g<0>{option[0]}", answer)
