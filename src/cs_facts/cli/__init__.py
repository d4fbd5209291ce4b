"""The command line: words in, an exit code out."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from typer import TyperException

from cs_facts.cli.app import run_command
from cs_facts.cli.streams import ClosedPipe
from cs_facts.cli.terminal import Environment, abandon, counted, say
from cs_facts.errors import ExitCode, FactsError, StoreFaults

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None, environment: Environment | None = None) -> int:
    """Run the words behind ``facts`` and return an exit code; here alone an exception becomes a message."""
    environment = environment or Environment.current()
    if "_FACTS_COMPLETE" in environment.variables:  # a broken store is told when the line is run, not in its midst
        environment = replace(environment, stderr=io.StringIO())
    try:
        return run_command(list(sys.argv[1:] if arguments is None else arguments), environment)
    except ClosedPipe:
        code = ExitCode.OK
    except KeyboardInterrupt:
        code = ExitCode.INTERRUPTED
    except TyperException as error:
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "facts"
        say(environment, f"facts: {error.format_message().rstrip('.')}; see {command} --help")
        code = ExitCode.USAGE
    except StoreFaults as faults:
        for problem in faults.problems:
            say(environment, str(problem))
        count = counted(len(faults.problems), "fault")
        say(environment, f"facts: {count} in the store; no query is answered until it is mended")
        code = faults.exit_code
    except FactsError as error:
        say(environment, f"facts: {error}")
        code = error.exit_code
    except MemoryError:
        say(environment, "facts: the memory that there is does not suffice")
        code = ExitCode.UNREADABLE
    except Exception as error:
        code = _own_fault(error, environment)
    abandon(environment.stdout)
    return code


def _own_fault(error: Exception, environment: Environment) -> ExitCode:
    """Tell of a mistake in the program, unless an interrupt is behind it; FACTS_DEBUG raises it."""
    if _is_interrupt(error):
        return ExitCode.INTERRUPTED
    if environment.variables.get("FACTS_DEBUG"):
        raise error
    say(environment, f"facts: a fault of facts itself: {type(error).__name__}: {error}; FACTS_DEBUG=1 shows where")
    return ExitCode.UNREADABLE


def _is_interrupt(error: BaseException | None) -> bool:
    """Tell whether an error came of an interrupt: OpenCC makes an ImportError of one while it is imported."""
    return error is not None and (isinstance(error, KeyboardInterrupt) or _is_interrupt(error.__context__))
