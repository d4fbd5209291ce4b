"""The command line: words in, an exit code out. One file a command or a close pair."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

from cs_facts.cli.environment import Environment
from cs_facts.cli.writing import ClosedPipe
from cs_facts.errors import ExitCode, FactsError, StoreFaults
from cs_facts.hidden import visible

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None, environment: Environment | None = None) -> int:
    """Run the command line and return its exit code; this is the one place where an exception becomes a message.

    Args:
        arguments: the words behind ``facts``; those of this process by default.
        environment: streams and variables; those of this process by default.

    """
    environment = environment or Environment.current()
    try:
        return _run(list(sys.argv[1:] if arguments is None else arguments), environment)
    except ClosedPipe:
        _abandon_stdout()
        return ExitCode.OK
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except StoreFaults as faults:
        for problem in faults.problems:
            say(environment, str(problem))
        say(
            environment,
            f"facts: {len(faults.problems)} faults in the store; no query is answered until they are mended",
        )
        return faults.exit_code
    except FactsError as error:
        say(environment, f"facts: {error}")
        return error.exit_code
    except Exception as error:
        if environment.variables.get("FACTS_DEBUG"):
            raise
        say(environment, f"facts: a fault of facts itself: {type(error).__name__}: {error}; FACTS_DEBUG=1 shows where")
        return ExitCode.UNREADABLE


def _run(arguments: list[str], environment: Environment) -> int:
    from typer import Abort, TyperException

    from cs_facts.cli.app import command

    if completion := environment.variables.get("_FACTS_COMPLETE"):
        from cs_facts.cli.shells import answer

        answered = answer(environment, completion, command)
        if answered is not None:
            return answered
    try:
        code = command().main(arguments, prog_name="facts", standalone_mode=False, obj=environment)
    except Abort:
        return ExitCode.INTERRUPTED
    except TyperException as error:
        say(environment, f"facts: {error.format_message()} See facts --help.")
        return ExitCode.USAGE
    return ExitCode(code or 0)


def say(environment: Environment, message: str) -> None:
    """Write one message to standard error, what must not reach a terminal made visible."""
    clean = visible(message)
    try:
        print(clean, file=environment.stderr)  # the one place that prints
    except UnicodeEncodeError:
        print(clean.encode("ascii", "backslashreplace").decode(), file=environment.stderr)
    except OSError:
        pass  # nobody listens


def _abandon_stdout() -> None:
    """Keep the interpreter from flushing into a closed pipe as it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
