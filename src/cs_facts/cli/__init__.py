"""The command line: words in, an exit code out. One file a command or a close pair.

What takes time to import is imported where it is used, so that an interrupt while modules are imported ends as any
other.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO, TextIO

    from cs_facts.cli.terminal import Environment


_INTERRUPTED = 130
"""`errors.ExitCode.INTERRUPTED`, where nothing may be imported any more."""


def main(arguments: Sequence[str] | None = None, environment: Environment | None = None) -> int:
    """Run the command line and return its exit code; this is the one place where an exception becomes a message.

    Args:
        arguments: the words behind ``facts``; those of this process by default.
        environment: streams and variables; those of this process by default.

    """
    try:
        return _code(list(sys.argv[1:] if arguments is None else arguments), environment)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:  # while modules are imported; else it has become a message
        end = _end_behind(error)
        if isinstance(end, KeyboardInterrupt):
            return _INTERRUPTED
        if end:
            raise end from None
        raise


def _code(arguments: list[str], environment: Environment | None) -> int:
    from cs_facts.cli.streams_out import ClosedPipe
    from cs_facts.cli.terminal import Environment
    from cs_facts.errors import ExitCode, FactsError, StoreFaults

    environment = environment or Environment.current()
    try:
        return _run(arguments, environment)
    except ClosedPipe:
        _abandon(environment.stdout)
        return ExitCode.OK
    except StoreFaults as faults:
        for problem in faults.problems:
            say(environment, str(problem))
        count = counted(len(faults.problems), "fault")
        say(environment, f"facts: {count} in the store; no query is answered until it is mended")
        return faults.exit_code
    except FactsError as error:
        _abandon(environment.stdout)
        say(environment, f"facts: {error}")
        return error.exit_code
    except Exception as error:
        if end := _end_behind(error):
            _abandon(environment.stdout)
            raise end from None
        if environment.variables.get("FACTS_DEBUG"):
            raise
        say(environment, f"facts: a fault of facts itself: {type(error).__name__}: {error}; FACTS_DEBUG=1 shows where")
        return ExitCode.UNREADABLE
    except BaseException:  # it is to end, and writes no more
        _abandon(environment.stdout)
        raise


def _run(arguments: list[str], environment: Environment) -> int:
    from typer import TyperException

    from cs_facts.cli.app import COMMANDS, command, one_command
    from cs_facts.cli.streams_out import write_stream
    from cs_facts.errors import ExitCode

    if completion := environment.variables.get("_FACTS_COMPLETE"):
        from cs_facts.cli.shells import answer

        answered = answer(environment, completion, command)
        if answered is not None:
            return answered
    told = (
        io.StringIO()
    )  # Typer prints help and version itself, heedless of a closed pipe and of an encoding without 党
    try:
        with contextlib.redirect_stdout(told):
            if arguments and arguments[0] in COMMANDS:  # the common case need not set up what chooses among commands
                name, *words = arguments
                chosen, called = one_command(name), f"facts {name}"
            else:
                chosen, called, words = command(), "facts", arguments
            code = chosen.main(words, prog_name=called, standalone_mode=False, obj=environment)
    except SystemExit as end:  # so Typer ends when it has given a completion script, and a signal anything
        if end.code:
            raise
        code = ExitCode.OK
    except TyperException as error:
        say(environment, f"facts: {error.format_message().rstrip('.')}; see facts --help")
        return ExitCode.USAGE
    if code == ExitCode.INTERRUPTED:  # of a KeyboardInterrupt Typer makes a code
        raise KeyboardInterrupt
    if told.getvalue():
        write_stream(environment.stdout, [told.getvalue()], environment.encoding)
    return ExitCode(code or 0)


def say(environment: Environment, message: str) -> None:
    """Write one message to standard error, what must not reach a terminal made visible."""
    from cs_facts.output.legible import legible
    from cs_facts.text import visible

    encoding = getattr(environment.stderr, "encoding", None) or "utf-8"
    try:
        print(legible(visible(message), encoding, exact=True), file=environment.stderr)  # the one place that prints
    except OSError:  # nobody listens
        _abandon(environment.stderr)


def counted(count: int, what: str) -> str:
    """Write a number of things.

    >>> counted(0, "error"), counted(1, "fault"), counted(2, "fact")
    ('no errors', '1 fault', '2 facts')
    """
    return f"{count or 'no'} {what}{'' if count == 1 else 's'}"


def _end_behind(error: BaseException) -> BaseException | None:
    """Return the interrupt, or the end that a signal made, of which Python has made another exception on its way.

    One that comes while a class is made is a RuntimeError up to Python 3.11.
    """
    cause = error.__cause__
    while cause and not isinstance(cause, (KeyboardInterrupt, SystemExit)):
        cause = cause.__cause__
    return cause


def _abandon(stream: BinaryIO | TextIO) -> None:
    """Let what a stream still holds go nowhere: the interpreter would write it at its end, though nobody takes it."""
    with contextlib.suppress(OSError, ValueError):  # it has no descriptor, or is closed
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
