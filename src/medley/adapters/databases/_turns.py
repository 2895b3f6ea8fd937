"""Writers of one SQLite file take turns, across threads and processes, in about the order in which they came.

SQLite itself lets a waiting writer look again every tenth of a second: beside a scan that writes batch after batch it
hardly ever finds the moment between two (measured: half the waits above 0.9 s, the longest 2.9 s). Here a writer first
takes the place at the door and keeps it while it waits for the room, so whoever just left the room is behind it.
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from medley.kernel.errors import Unavailable

_LOOK_EVERY_S = 0.001


class Turns:
    """The queue in front of the file `path`; the system frees the place of a process that dies."""

    def __init__(self, path: Path, timeout_s: float) -> None:
        self._path = path
        self._timeout_s = timeout_s
        self._thread = threading.Lock()
        self._places: tuple[int, int] | None = None  # the door and the room

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Be the only writer inside the block; `Unavailable` when another holds on for too long."""
        deadline = time.monotonic() + self._timeout_s
        if not self._thread.acquire(timeout=self._timeout_s):
            raise self._too_long()
        try:
            room = self._enter(deadline)
            try:
                yield
            finally:
                fcntl.flock(room, fcntl.LOCK_UN)
        finally:
            self._thread.release()

    def close(self) -> None:
        """Give the files back; the next turn opens them again."""
        with self._thread:
            for place in self._places or ():
                os.close(place)
            self._places = None

    def _enter(self, deadline: float) -> int:
        self._places = door, room = self._places or (self._open("next"), self._open("turn"))
        self._take(door, deadline)
        try:
            self._take(room, deadline)
        finally:
            fcntl.flock(door, fcntl.LOCK_UN)
        return room

    def _open(self, suffix: str) -> int:
        return os.open(f"{self._path}-{suffix}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def _take(self, place: int, deadline: float) -> None:
        while True:
            try:
                fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise self._too_long() from None
                time.sleep(_LOOK_EVERY_S)

    def _too_long(self) -> Unavailable:
        return Unavailable(
            f"The database {self._path} was busy with other changes for {self._timeout_s:g} seconds.",
            hint="Try again in a moment; `medley jobs` shows what is at work.",
        )
