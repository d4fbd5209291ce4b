"""The process of ``facts``, and of ``python -m cs_facts``."""

import atexit
import gc
import os
import signal
import sys


def run() -> None:
    """Run the command line and end the process with its exit code.

    SIGTERM and SIGHUP end it as an exception does, so that it leaves nothing half-written, with 128 and their number.
    """
    # NOTE: with Python's threshold of 700 objects the collector runs dozens of times while modules are imported, and
    # finds nothing: 7 ms of 100 (`facts search WORD -f csv`); with 50,000 it takes a twentieth of a large audit.
    gc.set_threshold(1_000_000)
    sys.unraisablehook = _end_if_interrupted
    try:
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)  # Windows lacks SIGHUP
            if number and signal.getsignal(number) == signal.SIG_DFL:  # nohup has it ignored
                signal.signal(number, lambda caught, _: sys.exit(128 + caught))
        from cs_facts.cli import main  # here, so that an interrupt while modules are imported is quiet too

        code = main()
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done; an interrupt comes too late
    except KeyboardInterrupt:
        code = 130
    # NOTE: the interpreter takes 8 ms of 55 to take itself apart (`facts search WORD -f csv`), for nobody's good.
    atexit._run_exitfuncs()  # noqa: SLF001  # coverage writes its data there
    os._exit(code)


def _end_if_interrupted(lost: "sys.UnraisableHookArgs") -> None:
    """End a run whose interrupt fell into the callback of a weak reference, where Python tells and forgets it."""
    if lost.exc_type is KeyboardInterrupt:
        os._exit(130)
    sys.__unraisablehook__(lost)


if __name__ == "__main__":
    run()
