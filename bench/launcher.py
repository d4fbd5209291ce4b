"""Start processes one after the other and tell what each took; run by `measure`, as small a process as Python can be.

What is started begins as a copy of the process that starts it, and the kernel counts that copy among its memory: hence
a process of its own, without site and with no module but what the interpreter brings. It reads from its input and
writes to its output what `marshal` makes of

    (argv, environment, path of standard output, path of standard error)  →  (seconds, ru_maxrss, wait status)
"""

import marshal
import os
import sys
import time


def launch(argv: list[str], env: dict[str, str], stdout: str, stderr: str) -> tuple[float, int, int]:
    """Run a process to its end."""
    writing = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    streams = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, stdout, writing, 0o600),
        (os.POSIX_SPAWN_OPEN, 2, stderr, writing, 0o600),
    ]
    start = time.perf_counter()
    pid = os.posix_spawn(argv[0], argv, env, file_actions=streams)
    _, status, usage = os.wait4(pid, 0)
    return time.perf_counter() - start, usage.ru_maxrss, status


def main() -> None:
    """Answer until the input ends."""
    while True:
        try:
            asked = marshal.load(sys.stdin.buffer)
        except EOFError:
            return
        marshal.dump(launch(*asked), sys.stdout.buffer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
