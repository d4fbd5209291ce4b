"""Writing all of something to a stream that may take a part of it at a time, or not wait itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import IO


def write_all(stream: IO[bytes], data: bytes) -> None:
    """Write on after a short write, which an unbuffered stream may make, and wait for one that does not wait itself."""
    view = memoryview(data)
    while view:
        try:
            written = stream.write(view)
        except BlockingIOError as error:
            written = error.characters_written
        view = view[written or 0 :]
        if not written:
            _wait(stream)


def flush(stream: IO[bytes]) -> None:
    """Flush a stream, however often it takes none or a part."""
    while True:
        try:
            return stream.flush()
        except BlockingIOError:
            _wait(stream)


def _wait(stream: IO[bytes]) -> None:
    """Wait until a stream takes more."""
    import select  # few streams ask for it

    select.select([], [stream], [])
