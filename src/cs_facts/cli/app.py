"""The application: each command is imported when it is asked for, so that none pays for the others."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from cs_facts import __version__
from cs_facts.cli.streams_out import write_stream
from cs_facts.errors import UnknownName

if TYPE_CHECKING:
    from cs_facts.cli.terminal import Environment

    # Typer's own classes, which are private
    Argument = Any
    Command = Any
    Context = Any
    Formatter = Any

COMMANDS = {
    # name: the module of cs_facts.cli that holds it, and the first line of its help, for which none need be imported
    "list": ("list", "List facts in store order."),
    "categories": ("categories", "List the categories: names, facts, figures, period covered, conflicts."),
    "search": ("search", "Find facts by words, in Chinese or English, by numbers and by dates, best first."),
    "show": ("show", "Show all that is known of a fact."),
    "compare": ("compare", "Set categories side by side: a summary, then their figures by shared unit."),
    "export": ("export", "Write every column of every fact that passes the filters."),
    "cite": ("cite", "Print a reference to each fact, with its paragraph."),
    "check": ("check", "Report every fault of a store, each at its file, line and column."),
    "audit": ("audit", "Hold a store against the text of its source."),
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


def one_command(name: str) -> Command:
    """Import a command and return it."""
    return typer.main.get_command(import_module(f"cs_facts.cli.commands.{COMMANDS[name][0]}").app)


class _ExamplesFirst:
    """Sets the examples of a command, its epilog, above its options: they are what a reader looks for."""

    def format_help_text(self, ctx: Context, formatter: Formatter) -> None:
        super().format_help_text(ctx, formatter)  # type: ignore[misc]  # of the class that this one is mixed into
        super().format_epilog(ctx, formatter)  # type: ignore[misc]

    def format_epilog(self, ctx: Context, formatter: Formatter) -> None:
        pass


class _Command(_ExamplesFirst, TyperCommand):
    """A command in this house's manner."""

    def collect_usage_pieces(self, ctx: Context) -> list[str]:  # noqa: ARG002  # Typer passes it
        """Say what may be left out and what may come several times: ``[CATEGORY]...``."""
        return ["[OPTIONS]", *(_usage(param) for param in self.params if param.param_type_name == "argument")]


def _usage(argument: Argument) -> str:
    name = argument.metavar or argument.name
    return f"{name if argument.required else f'[{name}]'}{'...' if argument.nargs == -1 else ''}"


class _Application(typer.Typer):
    """An application whose commands are in this house's manner."""

    def command(self, name: str | None = None, **settings: Any) -> Any:  # noqa: ANN401  # a decorator of any function
        return super().command(name, cls=_Command, **settings)


class _Commands(_ExamplesFirst, TyperGroup):
    """A group that imports a command when it is named."""

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:  # noqa: ARG002  # Typer passes it
        if cmd_name not in COMMANDS:
            return None
        return one_command(cmd_name)

    def format_commands(self, ctx: Context, formatter: Formatter) -> None:  # noqa: ARG002  # likewise
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise UnknownName("command", args[0], COMMANDS)
        return super().resolve_command(ctx, args)


def application(*, add_completion: bool = False, **settings: Any) -> typer.Typer:  # noqa: ANN401  # passed on
    """Return a Typer application in this house's manner: plain help, which is twice as quick as Rich's."""
    return _Application(
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


_ZSH_CALL = '\n\n[[ "$funcstack[1]" != "_%(prog_name)s" ]] || %(complete_func)s "$@"\n'


def _mend_zsh_script() -> None:
    """Let the first Tab of a session answer too: zsh loads Typer's script by it, and that only defines a function.

    Typer has no other way to its scripts; the version is pinned, and a test in a real zsh sees it fail.
    """
    scripts = getattr(import_module("typer._completion_shared"), "_completion_scripts", {})
    if "zsh" in scripts and not scripts["zsh"].endswith(_ZSH_CALL):
        scripts["zsh"] = scripts["zsh"].rstrip() + _ZSH_CALL


def command() -> Command:
    """Return the whole command line."""
    _mend_zsh_script()
    app = application(cls=_Commands, invoke_without_command=True, add_completion=True)

    @app.callback(epilog=EPILOG)
    def facts(
        ctx: typer.Context,
        version: Annotated[  # noqa: ARG001  # its callback answers
            bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
        ] = False,
    ) -> None:
        """Look up facts that can be cited: every figure with its wording, number, date and place in the source."""
        environment: Environment = ctx.obj
        if ctx.invoked_subcommand is None:
            write_stream(environment.stdout, [SHORT_HELP], environment.encoding)

    return typer.main.get_command(app)
