"""Files held open while the server reads them by their name in `/proc`.

Granian opens a path by itself, a moment after it was told to. A path below a source could by then lead elsewhere;
`/proc/self/fd/N` leads to the very file that was opened confined and checked, whatever became of its name.
"""

import asyncio
import os
import time
from pathlib import Path

IDLE_S = 60.0  # far longer than the server takes to open what it was told to
MOST = 256  # descriptors are few; beyond this the plain path has to do


class Handles:
    """One descriptor per file however often it is asked for, closed once nobody has asked for a while."""

    def __init__(self) -> None:
        self._held: dict[tuple[int, int], tuple[int, float]] = {}
        self._sweeper: asyncio.TimerHandle | None = None
        self._usable = Path("/proc/self/fd").is_dir()

    def lend(self, descriptor: int) -> str | None:
        """A path to the open file `descriptor` that is good for `IDLE_S`; the caller may close its own at once."""
        if not self._usable:
            return None
        info = os.fstat(descriptor)
        key = info.st_dev, info.st_ino
        kept = self._held.get(key)
        if kept is None and len(self._held) >= MOST:
            return None
        copy = kept[0] if kept is not None else os.dup(descriptor)
        self._held[key] = copy, time.monotonic()
        if self._sweeper is None:
            self._sweeper = asyncio.get_running_loop().call_later(IDLE_S, self._sweep)
        return f"/proc/self/fd/{copy}"

    def close(self) -> None:
        """Close everything that is held."""
        if self._sweeper is not None:
            self._sweeper.cancel()
            self._sweeper = None
        for descriptor, _ in self._held.values():
            os.close(descriptor)
        self._held.clear()

    def _sweep(self) -> None:
        self._sweeper = None
        old = time.monotonic() - IDLE_S
        for key, (descriptor, used) in list(self._held.items()):
            if used <= old:
                del self._held[key]
                os.close(descriptor)
        if self._held:
            self._sweeper = asyncio.get_running_loop().call_later(IDLE_S, self._sweep)
