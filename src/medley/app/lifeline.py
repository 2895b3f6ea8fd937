"""A process ends with the supervisor that started it, however that one ended."""

import os
import threading
from collections.abc import Callable

_INPUT = 0


def hold_on(gone: Callable[[], None] | None = None) -> None:
    """Call `gone` when standard input, the supervisor's end of a pipe, is closed; without one, leave at once.

    Leaving at once is safe: whatever was answered is committed. A slow goodbye would keep the port and the worker's
    place from the next start.
    """
    threading.Thread(target=_wait, args=(gone or _leave,), name="lifeline", daemon=True).start()


def _wait(gone: Callable[[], None]) -> None:
    # Not sys.stdin: a thread that waits in its buffer would hold that buffer's lock when the interpreter ends.
    while os.read(_INPUT, 1024):
        pass
    gone()


def _leave() -> None:
    os._exit(1)
