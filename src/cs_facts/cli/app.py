"""The application: each command is imported when it is asked for, so that none pays for the others."""

from __future__ import annotations

import contextlib
import io
import os
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from cs_facts import __version__
from cs_facts.cli.streams import write_stream
from cs_facts.errors import ExitCode, UnknownName

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cs_facts.cli.terminal import Environment

    # Typer's own classes, which it does not export
    Command = Any
    Context = Any
    Formatter = Any

# name: the module of cs_facts.cli.commands that has its function (run_list), and the first line of its help, for which
# none is imported
COMMANDS = {
    "list": ("queries", "List facts in store order."),
    "categories": ("queries", "List the categories: names, facts, figures, period covered, conflicts."),
    "search": ("queries", "Find facts by words, in Chinese or English, by numbers and by dates, best first."),
    "show": ("queries", "Show all that is known of a fact."),
    "compare": ("queries", "Set categories side by side: a summary, then their figures by unit."),
    "export": ("queries", "Write every column of every fact that passes the filters."),
    "cite": ("cite", "Print a reference to each fact, with its paragraph."),
    "check": ("check", "Is the store well formed? Report every fault at its file, line and column."),
    "audit": ("texts", "Does the store say what its source says? Hold it against the text, both ways."),
    "verify": ("texts", "Does a text say what the store says? A verdict on each number of a draft."),
    "new": ("new", "Write a commented store to begin with, and the JSON Schema that editors check it by."),
    "import": ("import_", "Make a store from a table; its columns are those of an export."),
    "info": ("info", "Tell versions, stores, index and optional features: what a bug report needs."),
}

EPILOG = """\b
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


class _ExamplesFirst:
    """Sets the examples of a command, its epilog, above its options: they are what a reader looks for."""

    def format_help_text(self, ctx: Context, formatter: Formatter) -> None:
        super().format_help_text(ctx, formatter)  # type: ignore[misc]  # of the class that this one is mixed into
        super().format_epilog(ctx, formatter)  # type: ignore[misc]

    def format_epilog(self, ctx: Context, formatter: Formatter) -> None:
        pass


class _Command(_ExamplesFirst, TyperCommand):
    """A command whose usage says what may be left out and what may come several times: ``[CATEGORY]...``."""

    def collect_usage_pieces(self, ctx: Context) -> list[str]:  # noqa: ARG002  # Typer passes it
        arguments = (each for each in self.params if each.param_type_name == "argument")
        return [
            "[OPTIONS]",
            *(
                f"{each.metavar if each.required else f'[{each.metavar}]'}{'...' if each.nargs == -1 else ''}"
                for each in arguments
            ),
        ]


class _Commands(_ExamplesFirst, TyperGroup):
    """A group that imports a command when it is named."""

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002  # Typer passes it
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:  # noqa: ARG002  # likewise
        return import_command(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: Context, formatter: Formatter) -> None:  # noqa: ARG002  # likewise
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise UnknownName("command", args[0], COMMANDS)
        return super().resolve_command(ctx, args)


def import_command(name: str) -> Command:
    """Import a command and return it."""
    from cs_facts.cli.options import spread  # help alone needs no options

    module, about = COMMANDS[name]
    run = getattr(import_module(f"cs_facts.cli.commands.{module}"), f"run_{name}")
    app = _application()
    app.command(cls=_Command, epilog=run.epilog)(spread(run))
    command = typer.main.get_command(app)
    command.short_help = about
    return command


def _application(*, add_completion: bool = False, **settings: Any) -> typer.Typer:  # noqa: ANN401  # passed on
    """Return a Typer application with plain help, which is twice as quick as Rich's."""
    return typer.Typer(
        add_completion=add_completion,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
        **settings,
    )


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"facts {__version__}")
        raise typer.Exit


def whole_command() -> Command:
    """Return the command line with all its commands."""
    app = _application(cls=_Commands, invoke_without_command=True, add_completion=True)

    @app.callback(epilog=EPILOG)
    def facts(
        ctx: typer.Context,
        version: Annotated[  # noqa: ARG001  # its callback answers
            bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
        ] = False,
    ) -> None:
        """Look up facts that can be cited: every figure with its wording, number, date and place in the source."""
        if ctx.invoked_subcommand is None:
            typer.echo(SHORT_HELP, nl=False)

    return typer.main.get_command(app)


def run_command(arguments: Sequence[str], environment: Environment) -> int:
    """Run a command line and return its exit code; what goes wrong is raised."""
    printed = io.StringIO()  # Typer prints help itself, heedless of a closed pipe and of an encoding without 党
    standing, line = "", environment.variables.get("_TYPER_COMPLETE_ARGS", "")
    if environment.variables.get("_FACTS_COMPLETE") == "complete_bash":
        from cs_facts.cli.completion import join_words_of_bash

        standing = join_words_of_bash(os.environ)
    try:
        with contextlib.redirect_stdout(printed):
            code = whole_command().main(list(arguments), prog_name="facts", standalone_mode=False, obj=environment)
    except SystemExit as end:  # so Typer ends an answer to a shell, and a signal anything
        if isinstance(end.code, int) and end.code > ExitCode.INTERRUPTED - 2:
            raise
        code = end.code
    if code == ExitCode.INTERRUPTED:  # Typer makes it of a KeyboardInterrupt
        raise KeyboardInterrupt
    if text := printed.getvalue():
        text = "\n".join(line.removeprefix(standing) for line in text.split("\n"))
        if "=" in line:
            from cs_facts.cli.completion import with_option

            text = with_option(text, line)
        write_stream(environment.stdout, [text], environment.encoding)
    return ExitCode(code or 0)
