"""The process of ``facts``, and of ``python -m cs_facts``: signals in, an exit code out."""

import gc
import sys

_INTERRUPTED = 130
"""`cs_facts.errors.ExitCode.INTERRUPTED`, where nothing is imported yet, or any more."""


def run() -> None:
    """Run the command line and end the process.

    Ctrl-C ends it with 130 and no word at any moment, also while modules are imported and while Python takes itself
    apart; SIGTERM and SIGHUP end it as an exception does, so that it leaves nothing half-written, with 128 and their
    number.
    """
    try:
        gc.set_threshold(100_000)  # a start makes little garbage; to look for it takes a tenth of the time
        _listen()
        from cs_facts.cli import main

        code = main()
    except KeyboardInterrupt:
        code = _INTERRUPTED
    except SystemExit as end:
        code = int(end.code or 0)
    while True:
        try:
            _stop_listening()
            break
        except KeyboardInterrupt:  # once more
            code = _INTERRUPTED
    _leave(code)


def _leave(code: int) -> None:
    """End the process without Python taking itself apart, which is a sixth of a short run and does nothing for anybody.

    What others want done at the end is done: coverage, temporary folders, processes that were started.
    """
    import atexit
    import contextlib
    import os

    atexit._run_exitfuncs()  # noqa: SLF001  # there is no other way to them
    for stream in (sys.stdout, sys.stderr):  # pragma: no cover  # coverage has written its own by now
        with contextlib.suppress(OSError, ValueError, AttributeError):  # full, closed or never there: told by now
            stream.flush()
    os._exit(code)  # pragma: no cover  # likewise


def _listen() -> None:
    import signal

    sys.unraisablehook = _ignored
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) == signal.SIG_DFL:  # nohup has it ignored
            signal.signal(number, _end)


def _end(number: int, _: object) -> None:
    sys.exit(128 + number)


def _ignored(error: "sys.UnraisableHookArgs") -> None:
    """End once more, a moment later, where Python would report what a signal has raised and go on: in a destructor."""
    import signal

    end = error.exc_value
    if not isinstance(end, (KeyboardInterrupt, SystemExit)) or not hasattr(signal, "setitimer"):
        sys.__unraisablehook__(error)
        return

    def again(*_: object) -> None:
        raise type(end)(*end.args)

    signal.signal(signal.SIGALRM, again)
    signal.setitimer(signal.ITIMER_REAL, 0.001)


def _stop_listening() -> None:
    """Let no signal interrupt what is left to do; one that is here already still does.

    To ignore them would not do: Python complains of one that has come just before.
    """
    import signal

    if hasattr(signal, "pthread_sigmask"):  # pragma: no branch  # Windows lacks it
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM])


if __name__ == "__main__":
    run()
