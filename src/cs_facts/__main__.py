"""The entry point of ``facts`` and ``python -m cs_facts``."""

import atexit
import gc
import os
import signal
import sys


def run() -> None:
    """Run the command line and exit with its code.

    SIGTERM and SIGHUP become a `SystemExit`, so that no half-written file is left; the code is 128 plus their number.
    """
    # NOTE: with Python's threshold of 700 objects the collector runs dozens of times during the imports and finds
    # nothing, which costs 7 ms of 100 (`facts search WORD -f csv`); with 50,000 it takes 5% of a large audit.
    gc.set_threshold(1_000_000)
    sys.unraisablehook = _end_if_interrupted
    try:
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)  # Windows lacks SIGHUP
            if number and signal.getsignal(number) == signal.SIG_DFL:  # under nohup it stays ignored
                signal.signal(number, lambda caught, _: sys.exit(128 + caught))
        from cs_facts.cli import main  # here, so that an interrupt during the imports is quiet too

        code = main()
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the work is done
    except KeyboardInterrupt:
        code = 130
    # NOTE: the interpreter would spend 8 ms of 55 on its own shutdown (`facts search WORD -f csv`).
    atexit._run_exitfuncs()  # noqa: SLF001  # coverage saves its data there
    os._exit(code)


def _end_if_interrupted(lost: "sys.UnraisableHookArgs") -> None:
    """Exit if an interrupt was raised in a weak reference's callback, where Python only prints and drops it."""
    if lost.exc_type is KeyboardInterrupt:
        os._exit(130)
    sys.__unraisablehook__(lost)


if __name__ == "__main__":
    run()
