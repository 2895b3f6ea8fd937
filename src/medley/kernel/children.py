"""Child processes for work on untrusted data: limited in time and memory, killed and replaced when they overstep.

A child runs one function, `target`, over messages: bytes in, bytes out. It tells which step of a message it is at by
writing into shared memory (no system call), so that the parent knows which file hung or crashed it.
"""

import contextlib
import mmap
import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection, wait
from typing import Literal

from medley.kernel import _child
from medley.kernel._child import NO_STEP, STATE

Step = Callable[[int], None]
Target = Callable[[bytes, Step], bytes]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may take: seconds for one step, and bytes of address space."""

    seconds: float = 30.0
    memory: int = 4 << 30


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a message ended: `answer`, or why the child died and at which step (`NO_STEP`: at none)."""

    message: bytes
    answer: bytes = b""
    failure: Literal["", "time", "crash"] = ""
    step: int = 0


@cache
def _spawner(_pid: int) -> ThreadPoolExecutor:
    """The thread that starts children. Linux kills them when the *thread* that started them ends (prctl(2)), so it
    must not be a passing thread of a web server's pool."""
    return ThreadPoolExecutor(1, thread_name_prefix="children")


class _Child:
    def __init__(self, target: str, limits: Limits) -> None:
        self.waiting: deque[bytes] = deque()
        self._shared = os.memfd_create("medley-child")
        os.ftruncate(self._shared, mmap.PAGESIZE)
        self._state = mmap.mmap(self._shared, mmap.PAGESIZE)
        STATE.pack_into(self._state, 0, NO_STEP, 0.0)
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        fds = (theirs_in, theirs_out, self._shared)
        self._process = subprocess.Popen(
            [sys.executable, "-m", _child.__name__, target, *map(str, fds), str(limits.memory)],
            pass_fds=fds,
            stdin=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self.answers = Connection(ours_in, writable=False)
        self._orders = Connection(ours_out, readable=False)

    def give(self, message: bytes) -> None:
        self.waiting.append(message)
        if len(self.waiting) == 1:
            self._send()

    def take(self) -> bytes:
        """The message that is done; the next one goes out, which the child is free to read: no deadlock of pipes."""
        done = self.waiting.popleft()
        if self.waiting:
            self._send()
        return done

    def _send(self) -> None:
        with contextlib.suppress(BrokenPipeError):  # noticed as a crash when its answer does not come
            self._orders.send_bytes(self.waiting[0])

    def at(self) -> tuple[int, float]:
        """The step it is at, and for how many seconds."""
        step, since = STATE.unpack_from(self._state, 0)
        return step, (time.monotonic() - since if step != NO_STEP else 0.0)

    @property
    def dead(self) -> bool:
        return self._process.poll() is not None

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        self.answers.close()
        self._orders.close()
        self._state.close()
        os.close(self._shared)


class Children:
    """A few children that take messages as they become free. Not safe to share between threads."""

    # One message is worked on while the next one is ready: the child never idles for us.
    _AHEAD = 2

    def __init__(self, target: str, count: int, limits: Limits | None = None) -> None:
        """`target` is the child's function as `package.module:name`; children start with the first message."""
        self._target, self._count, self._limits = target, count, limits or Limits()
        self._children: list[_Child] = []

    def __enter__(self) -> "Children":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def full(self) -> bool:
        """Whether `submit` should wait for an outcome first."""
        return self.busy >= self._count * self._AHEAD

    @property
    def busy(self) -> int:
        """How many messages are under way."""
        return sum(len(child.waiting) for child in self._children)

    def submit(self, message: bytes) -> None:
        """Hand `message` to the child that has least to do."""
        for child in [each for each in self._children if not each.waiting and each.dead]:
            self._children.remove(child)  # it died while it had nothing to do: nobody's fault
            child.end()
        if len(self._children) < self._count and all(child.waiting for child in self._children):
            self._children.append(_spawner(os.getpid()).submit(_Child, self._target, self._limits).result())
        min(self._children, key=lambda child: len(child.waiting)).give(message)

    def next(self) -> Outcome:
        """Wait for one outcome; there must be a message under way."""
        while True:
            for ready in wait([child.answers for child in self._children if child.waiting], timeout=0.5):
                child = next(each for each in self._children if each.answers is ready)
                try:
                    answer = child.answers.recv_bytes()
                except (EOFError, OSError):
                    return self._replace(child, "crash")
                return Outcome(child.take(), answer)
            for child in self._children:
                if child.waiting and child.at()[1] > self._limits.seconds:
                    return self._replace(child, "time")

    def close(self) -> None:
        """End all children at once; what is under way is lost."""
        while self._children:
            self._children.pop().end()

    def _replace(self, child: _Child, failure: Literal["time", "crash"]) -> Outcome:
        step, _ = child.at()
        self._children.remove(child)
        child.end()
        message = child.waiting.popleft()
        for waiting in child.waiting:
            self.submit(waiting)
        return Outcome(message, failure=failure, step=step)
