"""The child's side of `medley.kernel.children`: imports little, for it starts with every scan."""

import contextlib
import importlib
import mmap
import os
import resource
import signal
import struct
import sys
import time
from typing import Any

STATE = struct.Struct("=qd")  # the step, and when it began (CLOCK_MONOTONIC, the same in every process)
NO_STEP = -1  # it waits, or has not begun yet

# As `multiprocessing.connection.Connection`, which the parent uses, frames a message: its size, or -1 and a longer one.
_SIZE, _LONG_SIZE = struct.Struct("!i"), struct.Struct("!Q")
_LONGEST = 0x7FFFFFFF


def serve(target: str, orders: int, answers: int, shared: int, memory: int) -> None:
    """Answer the messages that come from the descriptor `orders`, until there are no more."""
    _die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError):
        os.nice(15)  # a scan must slow neither a page nor a film
    state = mmap.mmap(shared, mmap.PAGESIZE)
    module, _, name = target.partition(":")
    function: Any = getattr(importlib.import_module(module), name)

    def step(number: int) -> None:
        STATE.pack_into(state, 0, number, time.monotonic())

    with contextlib.suppress(EOFError):
        while True:
            message = _receive(orders)
            step(0)
            answer = function(message, step)
            step(NO_STEP)
            _send(answers, answer)


def _die_with_parent() -> None:
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def _receive(descriptor: int) -> bytes:
    (size,) = _SIZE.unpack(_exactly(descriptor, _SIZE.size))
    if size == -1:
        (size,) = _LONG_SIZE.unpack(_exactly(descriptor, _LONG_SIZE.size))
    return _exactly(descriptor, size)


def _exactly(descriptor: int, size: int) -> bytes:
    parts: list[bytes] = []
    while size:
        part = os.read(descriptor, min(size, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _send(descriptor: int, message: bytes) -> None:
    size = len(message)
    head = _SIZE.pack(size) if size <= _LONGEST else _SIZE.pack(-1) + _LONG_SIZE.pack(size)
    for part in (head, memoryview(message)):
        while part:
            part = part[os.write(descriptor, part) :]


if __name__ == "__main__":
    serve(sys.argv[1], *map(int, sys.argv[2:6]))
